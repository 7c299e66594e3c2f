"""This module holds a rule of two tests against those tests: what needs both, or either, can be no better than they."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kg.audit.accuracy import ACCURACY, expected
from kg.audit.paper import Paper, Printed, count_of, judge, total_of
from kg.audit.rounding import Rounded
from kg.audit.tables import blocks
from kg.verdict import Verdict

COMBINED: Final = re.compile(r"\bcombin|\btogether\b", re.IGNORECASE)
# What is combined by "both" or "either"; a model of the two weighs them, and may separate better than any such rule.
CRITERIA: Final = re.compile(r"\b(?:criteri\w+|features|findings|signs)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """Sensitivity and specificity of one test for one disease, as shares of 1, and where they are printed."""

    numbers: tuple[Printed, ...]
    sensitivity: Rounded
    specificity: Rounded
    said: str


def combined(paper: Paper) -> Iterator[Verdict]:
    """Can a rule of two tests, needing both or either, have the sensitivity and specificity printed for it?

    Where the paper's tables count a test, what they give stands for what is printed of it. A rule of more tests, or of
    those of which the paper gives another number, has more ways than these two.
    """
    known = blocks(paper)
    rules: dict[str, list[_Test]] = defaultdict(list)
    single: dict[str, dict[str, _Test]] = defaultdict(dict)
    for (finding, disease), printed in _pairs(paper):
        of_rule = COMBINED.search(printed[ACCURACY[0]].first.quote) is not None
        counted = {} if of_rule else expected(known, finding, disease)
        test = _test(printed, {kind: Fraction(*share) for kind, share in counted.items()})
        if test is None:
            continue
        if of_rule:
            rules[disease].append(test)
        else:
            single[disease].setdefault(finding, test)
    for disease, tests in rules.items():
        parts = tuple(single[disease].values())
        if len(parts) == 2:
            for rule in tests:
                yield _against(rule, parts[0], parts[1])


def _pairs(paper: Paper) -> Iterator[tuple[tuple[str, str], Mapping[str, Printed]]]:
    """The sensitivity and specificity that a sentence prints of one test for one disease."""
    for numbers in paper.sentences:
        found: dict[tuple[str, str], dict[str, Printed]] = defaultdict(dict)
        for number in numbers:
            if number.own and number.statistic.kind in ACCURACY and _share(number) is not None:
                key = (number.first.subject.identity, number.first.object.identity)
                found[key].setdefault(number.statistic.kind, number)
        yield from ((key, printed) for key, printed in found.items() if len(printed) == len(ACCURACY))


def _share(number: Printed) -> Rounded | None:
    n, total, percent = count_of(number.statistic), total_of(number.statistic), number.statistic.percent
    if n is not None and total is not None:
        return Rounded(Fraction(n, total), Fraction(n, total))
    if percent is None or number.statistic.op is not None:
        return None
    printed = Rounded.of(percent)
    return Rounded(printed.low / 100, printed.high / 100)


def _test(printed: Mapping[str, Printed], counted: Mapping[str, Fraction]) -> _Test | None:
    shares = {kind: _share(printed[kind]) for kind in ACCURACY}
    shares |= {kind: Rounded(share, share) for kind, share in counted.items()}
    sensitivity, specificity = (shares[kind] for kind in ACCURACY)
    if sensitivity is None or specificity is None:
        return None
    return _Test(
        numbers=tuple(printed[kind] for kind in ACCURACY),
        sensitivity=sensitivity,
        specificity=specificity,
        said="by the counts of the table" if counted else "as printed",
    )


def _needs_both(rule: Rounded, one: Rounded, other: Rounded) -> bool:
    """Whether a share can be that of what both find: no more than either, no less than what they must share."""
    return rule.low <= min(one.high, other.high) and rule.high >= one.low + other.low - 1


def _needs_either(rule: Rounded, one: Rounded, other: Rounded) -> bool:
    """Whether a share can be that of what at least one finds."""
    return rule.high >= max(one.low, other.low) and rule.low <= one.high + other.high


def _against(rule: _Test, one: _Test, other: _Test) -> Verdict:
    """What needs both tests or either fits, or does not; what may weigh them cannot be told."""
    both = _needs_both(rule.sensitivity, one.sensitivity, other.sensitivity) and _needs_either(
        rule.specificity, one.specificity, other.specificity
    )
    either = _needs_either(rule.sensitivity, one.sensitivity, other.sensitivity) and _needs_both(
        rule.specificity, one.specificity, other.specificity
    )
    tests = "; ".join(f"{test.numbers[0].first.subject.label} {_shown(test)} {test.said}" for test in (one, other))
    misfit = "inconsistent" if CRITERIA.search(rule.numbers[0].first.quote) else "not checkable"
    return judge(
        "combined",
        "consistent" if both or either else misfit,
        [*rule.numbers, *one.numbers, *other.numbers],
        recomputed=_fits(both, either),
        explanation=f"sensitivity and specificity: {tests}; of the two together {_shown(rule)}: {_fits(both, either)}",
    )


def _fits(both: bool, either: bool) -> str:
    if both or either:
        return f"possible if {'both are needed' if both else 'either is enough'}"
    return "where both are needed sensitivity is no higher than that of each, where either is enough specificity is not"


def _shown(test: _Test) -> str:
    return f"{_percent(test.sensitivity)} and {_percent(test.specificity)}"


def _percent(share: Rounded) -> str:
    return f"{float(50 * (share.low + share.high)):.1f} %"
