"""This module checks what needs no other number of the paper: bounds, order, and an interval with its estimate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, judge, of_kind, total_of
from kg.audit.rounding import Rounded, meant, shown
from kg.measures import clopper_pearson, wilson
from kg.model import Statistic
from kg.verdict import Verdict

BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "p": (0, 1),
    "percent": (0, 100),
}
VALUE_BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "auc": (0, 1),
    "kappa": (-1, 1),
    "icc": (-1, 1),
    "correlation": (-1, 1),
}
SHARES: Final = ("proportion", "sensitivity", "specificity")
RATIOS: Final = ("odds_ratio", "ratio")
CENTRE: Final = ("mean", "median", "value")
P_COLUMN: Final = re.compile(r"column p(?:[ -]?values?)?\Z", re.IGNORECASE)
WIDEST: Final = 2  # times Wilson's interval, and its half: no usual method of a proportion lies outside
USUAL_LEVEL: Final = 95
NO_EFFECT: Final = 1
SIGNIFICANT: Final = Decimal("0.05")  # what an interval of 95 % without 1 means


def bounds(paper: Paper) -> Iterator[Verdict]:
    """Does each number lie where its kind can lie, and each range have its lower end first?"""
    for number in paper.numbers:
        for name, value, (low, high) in _bounded(number.statistic):
            if not low <= value <= high:  # that a P is no more than 1 speaks for nothing
                why = f"{name} {value} does not lie between {low} and {high}"
                yield judge("bounds", "inconsistent", [number], explanation=why)
        for low_end, high_end in _ends(number.statistic):
            right = low_end <= high_end
            explanation = f"{low_end} to {high_end}: {'the lower end first' if right else 'the ends are the wrong way'}"
            yield judge("bounds", "consistent" if right else "inconsistent", [number], explanation=explanation)


def _bounded(statistic: Statistic) -> Iterator[tuple[str, Decimal, tuple[int, int]]]:
    for name, value in statistic.numbers():
        limits = BOUNDS.get(name) if name != "value" else VALUE_BOUNDS.get(statistic.kind)
        share = name != "percent" or statistic.kind in (*SHARES, "survival_rate", "mortality_rate")
        if value is not None and limits is not None and share:
            yield name, value, limits


def _ends(statistic: Statistic) -> Iterator[tuple[Decimal, Decimal]]:
    for low, high in ((statistic.low, statistic.high), (statistic.ci_low, statistic.ci_high)):
        if low is not None and high is not None:
            yield low, high


def columns_of_p(paper: Paper) -> Iterator[Verdict]:
    """Can each number in a table's column of P be one? What is no P is read as a plain value."""
    for number in paper.numbers:
        value = number.statistic.value
        if value is not None and number.statistic.kind != "p_value" and _in_column_of_p(number) and value > 1:
            why = f"{number.text} stands in the column of P; a probability is no more than 1"
            yield judge("bounds", "inconsistent", [number], explanation=why)


def _in_column_of_p(number: Printed) -> bool:
    return number.first.section == "Table" and P_COLUMN.search(number.first.locator or "") is not None


def estimates(paper: Paper) -> Iterator[Verdict]:
    """Does an interval contain its estimate, fit its n, and agree with its P? Does a range contain its mean?"""
    for number in paper.numbers:
        yield from _contains(number)
        yield from _fits_n(number)
    for numbers in paper.sentences:
        yield from _agrees_with_p(numbers)
        yield from _centre_in_range(numbers)


def _estimate(statistic: Statistic) -> Decimal | None:
    names = (
        ("percent", "value", "mean", "median") if statistic.kind in SHARES else ("value", "mean", "median", "percent")
    )
    return next((value for name in names if (value := getattr(statistic, name)) is not None), None)


def _limits(statistic: Statistic) -> tuple[Decimal, Decimal] | None:
    for low, high in ((statistic.ci_low, statistic.ci_high), (statistic.low, statistic.high)):
        if low is not None and high is not None and low <= high:
            return low, high
    return None


def _contains(number: Printed) -> Iterator[Verdict]:
    estimate, limits = _estimate(number.statistic), _limits(number.statistic)
    if estimate is None or limits is None:
        return
    right = meant(estimate, number.statistic.op).overlaps(Rounded.between(*limits))
    yield judge(
        "interval",
        "consistent" if right else "inconsistent",
        [number],
        recomputed=f"{limits[0]} to {limits[1]}",
        explanation=f"{estimate} lies {'in' if right else 'outside'} its interval {limits[0]} to {limits[1]}",
    )


def _fits_n(number: Printed) -> Iterator[Verdict]:
    """The interval of a proportion against Wilson's and the exact one of its n and N."""
    statistic = number.statistic
    n, total, limits = count_of(statistic), total_of(statistic), _limits(statistic)
    if statistic.kind not in SHARES or n is None or total is None or limits is None or n > total:
        return
    if statistic.ci_low is None or statistic.ci_level not in (None, USUAL_LEVEL):
        return
    unit = 100 if limits[1] > 1 or (statistic.percent or 0) > 1 else 1
    known = {"Wilson": wilson(n, total), "exact": clopper_pearson(n, total)}
    recomputed = "; ".join(
        f"{name} {shown(one.low * unit, limits[0])} to {shown(one.high * unit, limits[1])}"
        for name, one in known.items()
    )
    said = f"{n} of {total} gives {recomputed}; the paper prints {limits[0]} to {limits[1]}"
    score = known["Wilson"]
    times = float(limits[1] - limits[0]) / unit / (score.high - score.low)
    if any(_ends_fit(limits, one.low * unit, one.high * unit) for one in known.values()):
        verdict = "consistent"
    else:
        verdict = "not checkable" if 1 / WIDEST <= times <= WIDEST else "inconsistent"
    yield judge("interval", verdict, [number], recomputed=recomputed, explanation=said)


def _ends_fit(limits: tuple[Decimal, Decimal], low: float, high: float) -> bool:
    return low in Rounded.of(limits[0]) and high in Rounded.of(limits[1])


def _agrees_with_p(numbers: Sequence[Printed]) -> Iterator[Verdict]:
    """A ratio's interval of 95 % leaves out 1 exactly if its P is below 0.05."""
    for one, p in pairwise(numbers):
        limits = _limits(one.statistic)
        if one.statistic.kind not in RATIOS or p.statistic.kind != "p_value" or limits is None:
            continue
        if one.statistic.ci_level not in (None, USUAL_LEVEL) or p.statistic.p is None:
            continue
        yield _clear_of_one(one, p, limits, p.statistic.p)


def _clear_of_one(one: Printed, p: Printed, limits: tuple[Decimal, Decimal], value: Decimal) -> Verdict:
    ends = [Rounded.of(end) for end in limits]
    clear = ends[0].low > NO_EFFECT or ends[1].high < NO_EFFECT
    touches = ends[0].low <= NO_EFFECT <= ends[0].high or ends[1].low <= NO_EFFECT <= ends[1].high
    allowed = meant(value, p.statistic.op)
    small, large = allowed.low < Fraction(SIGNIFICANT), allowed.high > Fraction(SIGNIFICANT)
    right = touches or (small if clear else large)
    what = "leaves out" if clear else "holds"
    return judge(
        "interval",
        "consistent" if right else "inconsistent",
        [one, p],
        recomputed="P below 0.05" if clear else "P above 0.05",
        explanation=f"{limits[0]} to {limits[1]} {what} 1; the paper prints {p.text}",
    )


def _centre_in_range(numbers: Sequence[Printed]) -> Iterator[Verdict]:
    """A mean or median against the range of the same quantity in the same group and sentence."""
    for middle in of_kind(numbers, "mean_sd", "median", "median_iqr"):
        for spread in of_kind(numbers, "range"):
            limits, centre = _limits(spread.statistic), _centre(middle.statistic)
            if limits is None or centre is None or not _same_quantity(middle, spread):
                continue
            right = Rounded.of(centre).overlaps(Rounded.between(*limits))
            yield judge(
                "interval",
                "consistent" if right else "inconsistent",
                [middle, spread],
                recomputed=f"{limits[0]} to {limits[1]}",
                explanation=f"{centre} lies {'in' if right else 'outside'} the range {limits[0]} to {limits[1]}",
            )


def _centre(statistic: Statistic) -> Decimal | None:
    return next((value for name in CENTRE if (value := getattr(statistic, name)) is not None), None)


def _same_quantity(one: Printed, other: Printed) -> bool:
    a, b = one.first, other.first
    same = (a.subject.identity, a.object.identity, a.population) == (
        b.subject.identity,
        b.object.identity,
        b.population,
    )
    return same and a.predicate == b.predicate and one.statistic.unit == other.statistic.unit
