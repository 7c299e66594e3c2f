"""This module holds the tests that a paper's methods name against the statistics that its results print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from kg.audit.paper import Paper, Printed, judge, of_kind
from kg.verdict import Verdict

# The letter of a statistic, and the names of the tests that print it.
TESTS: Final = (
    ("t", re.compile(r"\bt[\s-]*tests?\b|\bstudent", re.IGNORECASE)),
    ("z", re.compile(r"mann.?whitney|wilcoxon|\brank|\bz[\s-]*tests?\b|mcnemar|normal approximation", re.IGNORECASE)),
    ("chi2", re.compile(r"\bchi\b|chi-?squared?|χ|\bmcnemar|log.?rank", re.IGNORECASE)),
)
ANALYSIS: Final = re.compile(r"\b(?:statistical(?:ly)?|SPSS|SAS|Stata|P value|p-values?)\b", re.IGNORECASE)


def methods(paper: Paper) -> Iterator[Verdict]:
    """Do the methods name a test for each kind of statistic printed? Nothing where they name no test at all."""
    blocks = [paper.text[p.span.start : p.span.end] for p in paper.running if p.section == "Methods"]
    told = " ".join(" ".join(blocks).split())
    if not ANALYSIS.search(told) or not any(pattern.search(told) for _, pattern in TESTS):
        return
    printed: dict[str, list[Printed]] = defaultdict(list)
    for number in of_kind(paper.numbers, "test_statistic"):
        if number.own and number.first.section != "Methods":
            printed[(number.statistic.unit or "").casefold()].append(number)
    for letter, pattern in TESTS:
        if letter in printed:
            named = pattern.search(told)
            how = f"the methods name {named.group()}" if named else f"the methods name no test that gives {letter}"
            shown = ", ".join(number.text for number in printed[letter])
            yield judge(
                "methods",
                "consistent" if named else "inconsistent",
                printed[letter],
                explanation=f"the results print {shown}; {how}",
            )
