"""This module asks whether a standard deviation can be: what a mean, the ends of the values and their number allow."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from kg.audit.paper import Paper, Printed, judge, of_kind
from kg.audit.rounding import Rounded
from kg.verdict import Verdict

# The least that a value can be: who has lesions has one.
LEAST: Final = MappingProxyType({"age": 0, "lesion-number": 1, "tumor-size": 0})
UNITS_FROM_ZERO: Final = frozenset(("mm", "cm", "years", "year", "months", "month", "days", "weeks", "ml", "g"))
# "counted if less than 20, or else defined as uncountable"
CUT: Final = re.compile(r"\b(?:uncountable|not counted|or else|otherwise|not measured)\b", re.IGNORECASE)
FEWEST: Final = 2  # of fewer values there is no standard deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Ends:
    """Where the values of a group lie; `attained` if both ends are values of the group, as those of a range are."""

    low: float
    high: float | None
    attained: bool
    words: str
    numbers: tuple[Printed, ...] = ()


def spreads(paper: Paper) -> Iterator[Verdict]:
    """Is no standard deviation larger, or smaller, than the ends of the values and their number allow?"""
    for number in of_kind(paper.numbers, "mean_sd"):
        mean, sd = number.statistic.mean, number.statistic.sd
        ends = _ends(paper, number)
        size = paper.patients(number.first.subject.identity) if number.own else None
        if mean is None or sd is None or ends is None or (size is not None and size < FEWEST):
            continue
        if ends.high is None and size is None:
            continue
        yield from _possible(number, mean, sd, ends, size)


def _ends(paper: Paper, number: Printed) -> Ends | None:
    for other in of_kind(paper.numbers, "range"):
        low, high = other.statistic.low, other.statistic.high
        if low is not None and high is not None and low < high and _one_quantity(number, other):
            low_end, high_end = float(Rounded.of(low).low), float(Rounded.of(high).high)
            return Ends(low=low_end, high=high_end, attained=True, words=f"{low} to {high}", numbers=(other,))
    least = _least(number)
    if least is None:
        return None
    for other in of_kind(paper.numbers, "threshold"):
        value, cut = other.statistic.value, other.first
        named = cut.subject.identity == number.first.object.identity and cut.predicate == "classified_by"
        if value is not None and value > 0 and named and other.statistic.op in ("<", "<=") and CUT.search(cut.quote):
            words = f"{least} to {value}"
            return Ends(low=float(least), high=float(value), attained=False, words=words, numbers=(other,))
    return Ends(low=float(least), high=None, attained=False, words=f"{least} upwards")


def _one_quantity(one: Printed, other: Printed) -> bool:
    a, b = one.first, other.first
    same = a.subject.identity == b.subject.identity and a.object.identity == b.object.identity
    units = {one.statistic.unit, other.statistic.unit} - {None}
    return same and a.predicate == b.predicate and a.population == b.population and len(units) < 2


def _least(number: Printed) -> int | None:
    """The least that the values can be; None if they may be negative."""
    known = LEAST.get(number.first.object.key or "")
    return 0 if known is None and (number.statistic.unit or "") in UNITS_FROM_ZERO else known


def _possible(number: Printed, mean: Decimal, sd: Decimal, ends: Ends, size: int | None) -> Iterator[Verdict]:
    centre, spread = Rounded.of(mean), Rounded.of(sd)
    middles = (float(centre.low), float(centre.high))
    if middles[1] < ends.low or (ends.high is not None and middles[0] > ends.high):
        return  # that the mean lies outside is another check's to say
    largest = _largest(middles, ends, size)
    smallest = _smallest(middles, ends, size)
    right = float(spread.low) <= largest and float(spread.high) >= smallest
    said = f"{size} values" if size is not None else "values"
    limit = f"at most {largest:.2f}" if float(spread.low) > largest or smallest == 0 else f"at least {smallest:.2f}"
    yield judge(
        "spread",
        "consistent" if right else "inconsistent",
        [number, *ends.numbers],
        recomputed=f"{smallest:.2f} to {largest:.2f}",
        explanation=f"{said} from {ends.words} with the mean {mean} have a standard deviation of {limit}; "
        f"the paper prints {sd}",
    )


def _largest(middles: tuple[float, float], ends: Ends, size: int | None) -> float:
    """Half of the values at each end, as far as the mean allows; without an upper end all but one at the lower."""
    if ends.high is None:
        return (middles[1] - ends.low) * math.sqrt(size or FEWEST)
    best = min(max((ends.low + ends.high) / 2, middles[0]), middles[1])
    many = size or FEWEST
    return math.sqrt(max(best - ends.low, 0.0) * max(ends.high - best, 0.0) * many / (many - 1))


def _smallest(middles: tuple[float, float], ends: Ends, size: int | None) -> float:
    """One value at each end and all others in one place, if both ends are values."""
    if not ends.attained or ends.high is None or size is None or size <= FEWEST:
        return 0.0
    low, high = ends.low + 1, ends.high - 1  # the ends are rounded, and so may lie further in
    best = min(max((low + high) / 2, middles[0]), middles[1])
    rest = (size * best - low - high) / (size - 2)
    squares = (low - best) ** 2 + (high - best) ** 2 + (size - 2) * (rest - best) ** 2
    return math.sqrt(squares / (size - 1)) if low < high else 0.0
