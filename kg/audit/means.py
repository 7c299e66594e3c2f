"""This module recomputes t from means and standard deviations, and P from a printed test statistic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise, product
from typing import Final

from kg.audit.paper import Paper, Printed, judge, of_kind
from kg.audit.rounding import Rounded, p_fits
from kg.measures import MeasureError, Sample, Test, display, student_t, welch_t
from kg.significance import chi_square_p, normal_p, student_p
from kg.verdict import Verdict

BESIDE: Final = 20  # characters between a statistic and its P
TESTS: Final[tuple[tuple[str, Callable[[Sample, Sample], Test]], ...]] = (
    ("Student's t", student_t),
    ("Welch's t", welch_t),
)


def means(paper: Paper) -> Iterator[Verdict]:
    """Do the means, standard deviations and numbers of two groups give the t that is printed with them?"""
    for numbers in paper.sentences:
        groups = _by_group(numbers)
        printed = [one for one in of_kind(numbers, "test_statistic") if one.statistic.unit == "t"]
        if len(groups) == 2 and printed and all(len(group) == len(printed) for group in groups):
            for a, b, t in zip(*groups, printed, strict=True):
                yield _recomputed(paper, a, b, t)
        elif printed:
            why = "two groups with a mean and an SD for each t do not stand in the sentence"
            yield judge("means", "not checkable", printed, explanation=why)


def _by_group(numbers: Sequence[Printed]) -> list[list[Printed]]:
    """The means of each group, in the order of the sentence; the groups in that of their first mean."""
    found: dict[str, list[Printed]] = defaultdict(list)
    for number in of_kind(numbers, "mean_sd"):
        if number.statistic.mean is not None and number.statistic.sd is not None and number.own:
            found[number.first.subject.identity].append(number)
    return list(found.values())


def _recomputed(paper: Paper, a: Printed, b: Printed, t: Printed) -> Verdict:
    sizes = paper.patients(a.first.subject.identity), paper.patients(b.first.subject.identity)
    if sizes[0] is None or sizes[1] is None:
        return judge("means", "not checkable", [a, b, t], explanation="the size of a group is not printed")
    printed = t.statistic.value
    ranges = [(name, _range(test, a, b, (sizes[0], sizes[1]))) for name, test in TESTS]
    known = [(name, limits) for name, limits in ranges if limits is not None]
    if printed is None or not known:
        return judge("means", "not checkable", [a, b, t], explanation="the groups do not vary, so t has no value")
    fits = any(_meets(printed, limits) for _, limits in known)
    recomputed = "; ".join(f"{name} {low:.3f} to {high:.3f}" for name, (low, high) in known)
    said = f"{a.text} and {b.text} with {sizes[0]} and {sizes[1]} patients give"
    return judge(
        "means",
        "consistent" if fits else "inconsistent",
        [a, b, t],
        recomputed=recomputed,
        explanation=f"{said} {recomputed}, as their digits allow; the paper prints {t.text}",
    )


def _meets(printed: Decimal, limits: tuple[float, float]) -> bool:
    """Whether the printed t, whatever its sign, rounds to something in the limits."""
    rounded = Rounded.of(abs(printed))
    return rounded.low <= limits[1] and limits[0] <= rounded.high


def _range(
    test: Callable[[Sample, Sample], Test], a: Printed, b: Printed, sizes: tuple[int, int]
) -> tuple[float, float] | None:
    """The smallest and the largest t, without its sign, that the printed digits allow; t is monotone in each number."""
    corners = [_ends(number) for one in (a, b) for number in (one.statistic.mean, one.statistic.sd)]
    found = []
    try:
        for mean, sd, other_mean, other_sd in product(*corners):
            one, other = Sample(mean, max(sd, 0.0), sizes[0]), Sample(other_mean, max(other_sd, 0.0), sizes[1])
            found.append(test(one, other).statistic)
    except MeasureError:
        return None
    if min(found) < 0 < max(found):
        return 0.0, max(map(abs, found))
    return min(map(abs, found)), max(map(abs, found))


def _ends(printed: Decimal | None) -> tuple[float, float]:
    rounded = Rounded.of(printed or Decimal(0))
    return float(rounded.low), float(rounded.high)


def probabilities(paper: Paper) -> Iterator[Verdict]:
    """Does a printed z, t or χ² give the P printed beside it?"""
    for numbers in paper.sentences:
        for one, p in pairwise(numbers):
            beside = p.span.start - one.span.end <= BESIDE
            if one.statistic.kind == "test_statistic" and p.statistic.kind == "p_value" and beside:
                yield _tail(paper, numbers, one, p)


def _tail(paper: Paper, numbers: Sequence[Printed], one: Printed, p: Printed) -> Verdict:
    tail = _distribution(paper, numbers, one)
    printed = one.statistic.value
    if tail is None or printed is None or p.statistic.p is None:
        why = f"{one.text} has no degrees of freedom that the paper prints"
        return judge("p value", "not checkable", [one, p], explanation=why)
    rounded = Rounded.of(abs(printed))
    high, low = tail(max(float(rounded.low), 0.0)), tail(float(rounded.high))
    fits = p_fits(p.statistic, low, high)
    exact = tail(abs(float(printed)))
    return judge(
        "p value",
        "consistent" if fits else "inconsistent",
        [one, p],
        recomputed=f"P = {display(exact)}",
        explanation=f"{one.text} gives P = {display(exact)}; the paper prints {p.text}",
    )


def _distribution(paper: Paper, numbers: Sequence[Printed], one: Printed) -> Callable[[float], float] | None:
    """The P of a statistic by the distribution that its letter names; t needs the sizes of two groups."""
    unit = one.statistic.unit
    if unit == "Z":
        return normal_p
    if unit == "chi2":
        return lambda value: chi_square_p(max(value, 0.0), 1)
    groups = _by_group(numbers)
    sizes = [paper.patients(group[0].first.subject.identity) for group in groups]
    if unit != "t" or len(sizes) != 2 or sizes[0] is None or sizes[1] is None:
        return None
    freedom = sizes[0] + sizes[1] - 2
    return lambda value: student_p(value, freedom)
