"""This module holds values that a paper takes from others against each other: one reference, two values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.audit.paper import Paper, Printed, judge
from kg.audit.rounding import Rounded, meant
from kg.model import Statistic
from kg.verdict import Verdict

# "0.4% of all NENs cases", "0.3% of all NENs are PHNENs"
WHOLE: Final = re.compile(
    r"\A\s*\)?\s*of (?:all |total |the |overall )*(?P<whole>[\w-]+(?: [\w-]+){0,3}?)"
    r"(?=[.,;()]|\s+(?:are|were|is|cases|and|but|in|with|\()|\Z)(?:\s+(?:are|were) (?P<part>[\w-]+))?",
    re.IGNORECASE,
)
WORD: Final = re.compile(r"[\w-]+")
LONGEST_NAME: Final = 4  # words of a concept's name that are tried
REACH: Final = 80  # characters behind a percentage that name what it is of
CITED_KINDS: Final = (
    "percent", "percent_range", "proportion", "survival_rate", "mortality_rate", "incidence_rate", "sensitivity",
    "specificity", "auc",
)  # fmt: skip
VAGUE: Final = ("measured_value", "other", "cohort")  # predicates under which different things are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What share of a whole a part makes, as printed: both are concepts."""

    part: frozenset[str]
    whole: frozenset[str]
    value: Rounded
    number: Printed


def value_of(statistic: Statistic) -> Rounded | None:
    """What a printed share, rate or range allows."""
    if statistic.low is not None and statistic.high is not None:
        return Rounded.between(min(statistic.low, statistic.high), max(statistic.low, statistic.high))
    for value in (statistic.percent, statistic.value):
        if value is not None:
            return meant(value, statistic.op)
    return None


def shares(paper: Paper) -> Iterator[Share]:
    """The percentages that say of what whole they are, with the part that they are about."""
    for number in paper.numbers:
        match = (
            WHOLE.match(paper.after(number, REACH)) if number.statistic.kind in ("percent", "percent_range") else None
        )
        value = value_of(number.statistic)
        if match is None or value is None:
            continue
        whole = _concepts(paper, match["whole"])
        part = _part(paper, number, whole, match["part"])
        if part:
            yield Share(part=part, whole=whole, value=value, number=number)


def _part(paper: Paper, number: Printed, whole: frozenset[str], behind: str | None) -> frozenset[str]:
    """The part that a percentage is about: named behind the whole, else the subject, else named before the number.

    It is neither the whole nor broader, and what is only named nearby lies below it.
    """
    words = WORD.findall(paper.before(number, REACH))
    spans = (words[at : at + size] for size in range(1, LONGEST_NAME + 1) for at in range(len(words)))
    before = frozenset(key for span in spans for key in paper.named(" ".join(span)))
    above = whole.union(*(paper.broader(key) for key in whole))
    choices = (
        _concepts(paper, behind) - above if behind else frozenset(),
        number.subjects - above,
        frozenset(key for key in before if paper.broader(key) & whole),
    )
    return next(filter(None, choices), frozenset()) if whole else frozenset()


def _concepts(paper: Paper, words: str) -> frozenset[str]:
    """The concepts that some words name, the last ones left out where all together name none."""
    parts = words.split()
    found = (paper.named(" ".join(parts[:end])) for end in range(len(parts), 0, -1))
    return next(filter(None, found), frozenset())


def one_share(one: Share, other: Share, paper: Paper) -> bool:
    """Whether two shares are of one part in one whole, or in wholes of which one is the broader."""
    if not one.part & other.part:
        return False
    return any(a == b or a in paper.broader(b) or b in paper.broader(a) for a in one.whole for b in other.whole)


def references(paper: Paper) -> Iterator[Verdict]:
    """Is one reference cited for one value of one thing?"""
    for one, other in combinations(shares(paper), 2):
        if _cited_together(one.number, other.number) and one_share(one, other, paper):
            yield _compared(one.number, other.number, same=one.value.overlaps(other.value))
    cited = [number for number in paper.numbers if _is_cited(number)]
    for a, b in combinations(cited, 2):
        if a.first.span != b.first.span and _cited_together(a, b) and _one_thing(a, b):
            values = value_of(a.statistic), value_of(b.statistic)
            if values[0] is not None and values[1] is not None:
                yield _compared(a, b, same=values[0].overlaps(values[1]))


def _is_cited(number: Printed) -> bool:
    return bool(number.first.citations) and number.statistic.kind in CITED_KINDS


def _one_thing(one: Printed, other: Printed) -> bool:
    keys = (
        {
            (s.subject.identity, s.predicate, s.object.identity, s.polarity)
            for s in number.statements
            if s.predicate not in VAGUE
        }
        for number in (one, other)
    )
    return one.statistic.kind == other.statistic.kind and bool(set.intersection(*keys))


def _cited_together(one: Printed, other: Printed) -> bool:
    return bool(set(one.first.citations) & set(other.first.citations)) and one.first.span != other.first.span


def _compared(one: Printed, other: Printed, *, same: bool) -> Verdict:
    shared = [marker for marker in one.first.citations if marker in other.first.citations]
    why = f"reference {', '.join(shared)} is cited for {one.text} ({one.first.section}) and for {other.text} "
    why += f"({other.first.section})"
    return judge("reference", "consistent" if same else "inconsistent", [one, other], explanation=why)
