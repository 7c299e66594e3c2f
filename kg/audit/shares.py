"""This module checks percentages: against n of N, against the only n that could give one, where none can."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, counts_patients, judge, total_of, whole_group
from kg.audit.rounding import meant, share_fits, shown
from kg.audit.tables import Block, Cell, blocks
from kg.evidence.counts import counts_that_fit, totals_that_fit
from kg.verdict import Verdict

SHARE_KINDS: Final = ("proportion", "percent", "sensitivity", "specificity", "mortality_rate", "survival_rate")
ACCURACY: Final = ("sensitivity", "specificity")
PEOPLE: Final = (
    "has_sign", "has_clinical_feature", "has_marker", "associated_with", "complication", "expresses",
    "therapy_outcome", "has_prognosis", "metastasizes_to", "misdiagnosed_as",
)  # fmt: skip
INEXACT: Final = ("<", ">", "<=", ">=", "~")
AS_MUCH_AS: Final = re.compile(
    r"account|represent|constitut|compris|correspond|equal|which is|that is|i\.e\.|\bor\b", re.I
)
OUT_OF: Final = re.compile(r"\b(?:of|among|in|from)\b[^.;]*\Z", re.I)
IN_A_GROUP: Final = re.compile(r"(?:\w+ ){0,4}(?:in|of|among) (?:a |the )?(?:group|series|cohort|total) of", re.I)
NEXT_GROUP: Final = re.compile(r"\bof (?:the|all|our)\b(?! (?:patients|cases|subjects|participants|individuals))", re.I)


def percentages(paper: Paper) -> Iterator[Verdict]:
    """Does n of N, rounded as printed, give the percentage printed with it?"""
    for number in paper.numbers:
        n, total, percent = count_of(number.statistic), total_of(number.statistic), number.statistic.percent
        if n is not None and total is not None and percent is not None and n <= total:
            yield _share("percentage", [number], n, total, percent)
    for block in blocks(paper):
        for cell in block.cells:
            yield from _cell_share(block, cell)
    for numbers in paper.sentences:
        yield from _told_apart(paper, numbers)


def _share(check: str, numbers: list[Printed], n: int, total: int, percent: Decimal) -> Verdict:
    operator = next((one.statistic.op for one in numbers if one.statistic.percent is not None), None)
    exact = Fraction(100 * n, total)
    fits = share_fits(n, total, percent) if operator in (None, "=", "~") else exact in meant(percent, operator)
    recomputed = f"{n}/{total} = {shown(exact, percent)} %"
    said = f"{operator} {percent}" if operator in ("<", ">", "<=", ">=") else f"{percent}"
    return judge(
        check,
        "consistent" if fits else "inconsistent",
        numbers,
        recomputed=recomputed,
        explanation=f"{n}/{total} is {shown(exact, percent)} %; the paper prints {said} %",
    )


def _cell_share(block: Block, cell: Cell) -> Iterator[Verdict]:
    """A cell with n and percentage: N is that of its column, unless another N would do as well."""
    if cell.percent is None or total_of(cell.number.statistic) is not None:
        return
    total = block.totals.get(cell.column)
    if total is None:
        why = f"no N is known for the column {cell.column}"
        yield judge("percentage", "not checkable", [cell.number], explanation=why)
        return
    if cell.n > total:
        return  # the check of groups says so
    others = [] if cell.n == 0 else [t for t in totals_that_fit(cell.n, cell.percent, total) if t != total]
    levels = len(block.column(cell.column))
    partial = not (levels > 1 and block.adds_up(cell.column))
    if others and partial and not share_fits(cell.n, total, cell.percent):
        why = (
            f"{cell.n} is {cell.percent} % of {others[-1]}, not of the {total} of its column; the table gives no N here"
        )
        yield judge("percentage", "not checkable", [cell.number], explanation=why)
        return
    yield _share("percentage", [cell.number], cell.n, total, cell.percent)


def _told_apart(paper: Paper, numbers: tuple[Printed, ...]) -> Iterator[Verdict]:
    """A count, its total and its percentage told one after the other: of 517 patients, fifteen, that is 2.7 %."""
    percents = [one for one in numbers if one.statistic.kind == "percent" and total_of(one.statistic) is None]
    counts = [one for one in numbers if one.statistic.kind == "count" and one.statistic.op is None]
    if len(percents) != 1 or len(counts) != 2 or percents[0].statistic.percent is None:
        return
    (percent,), (whole, part) = percents, counts
    n, total = count_of(part.statistic), count_of(whole.statistic)
    if n is None or not total or n >= total or not part.span.end <= percent.span.start:
        return
    if OUT_OF.search(paper.before(whole, 60)) and AS_MUCH_AS.search(paper.between(part, percent)):
        yield _share("percentage", [whole, part, percent], n, total, percents[0].statistic.percent)


def attainable(paper: Paper) -> Iterator[Verdict]:
    """Is there a whole number of patients that gives a percentage printed without its n?"""
    for number in paper.numbers:
        if number.statistic.kind in SHARE_KINDS and _is_alone(number) and _is_of_people(number):
            yield from _attainable(paper, number)


def _is_alone(number: Printed) -> bool:
    """A percentage of patients without n and N, printed as an exact one."""
    statistic = number.statistic
    bare = statistic.percent is not None and count_of(statistic) is None and total_of(statistic) is None
    return bare and statistic.op not in INEXACT and statistic.low is None


def _is_of_people(number: Printed) -> bool:
    """Whether it can be a share of patients at all: a ratio or an index in per cent is none."""
    return number.statistic.kind in ACCURACY or bool(number.predicates & set(PEOPLE))


def _attainable(paper: Paper, number: Printed) -> Iterator[Verdict]:
    percent, group = number.statistic.percent, _group(paper, number)
    if percent is None:
        return
    if group is None:
        why = f"{percent} % without n, and the size of its group is not printed beside it"
        yield judge("attainable", "not checkable", [number], explanation=why)
        return
    total, others = group
    fitting = counts_that_fit(percent, total)
    if fitting:
        ways = f"{fitting[0]}/{total}" if len(fitting) == 1 else f"{fitting[0]} to {fitting[-1]} of {total}"
        yield judge(
            "attainable", "consistent", [number, *others], recomputed=ways, explanation=f"{percent} % is {ways}"
        )
        return
    near = _nearest(percent, total)
    yield judge(
        "attainable",
        "inconsistent",
        [number, *others],
        recomputed=near,
        explanation=f"no whole number out of {total} is {percent} %: {near}",
    )


def _nearest(percent: Decimal, total: int) -> str:
    below = int(Fraction(percent) * total / 100)
    around = [n for n in (below, below + 1) if 0 <= n <= total]
    return ", ".join(f"{n}/{total} is {shown(Fraction(100 * n, total), percent)} %" for n in around)


def _group(paper: Paper, number: Printed) -> tuple[int, tuple[Printed, ...]] | None:
    """The size of the group that a percentage is of, and the number that gives it where it stands in the sentence."""
    first = number.first
    if number.statistic.kind in ACCURACY:
        size = _tested(paper, number) if number.own else None
        return None if size is None else (size, ())
    if not counts_patients(number):
        return None
    beside = _beside(paper, number)
    if beside is not None:
        return beside
    if not number.own or not whole_group(number) or first.predicate != "has_sign":
        return None
    counted_in_parts = {total_of(one.statistic) for one in paper.numbers if one.own and one.subjects & number.subjects}
    size = paper.size(first)
    return (size, ()) if size is not None and counted_in_parts <= {None, size} else None


def _tested(paper: Paper, number: Printed) -> int | None:
    """How many a sensitivity or specificity is of, as every other place that prints n of N for one has it."""
    totals = {
        total
        for other in paper.numbers
        if other.own and other.statistic.kind == number.statistic.kind
        if other.first.object.identity == number.first.object.identity
        if (total := total_of(other.statistic)) is not None
    }
    return totals.pop() if len(totals) == 1 else None


def _beside(paper: Paper, number: Printed) -> tuple[int, tuple[Printed, ...]] | None:
    """The only group of patients of the same sentence; none if the words go from the percentage to another."""
    sentence = next((one for one in paper.sentences if number in one), ())
    groups = [one for one in sentence if one.statistic.kind == "count" and _of_patients(one)]
    if len(groups) != 1:
        return None
    behind = groups[0].span.start >= number.span.end
    if behind and not IN_A_GROUP.fullmatch(paper.between(number, groups[0])):
        return None
    size = count_of(groups[0].statistic)
    if not size or groups[0].statistic.op is not None or NEXT_GROUP.search(paper.after(number, 40)):
        return None
    return size, (groups[0],)


def _of_patients(number: Printed) -> bool:
    return (
        (number.statistic.unit or "").casefold().startswith(("patient", "participant", "subject", "case", "individual"))
    )
