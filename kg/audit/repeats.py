"""This module holds what a paper says more than once against itself: counts, results, cut-offs, abstract and body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, counts_patients, judge, place, total_of
from kg.audit.rounding import Rounded, meant
from kg.audit.tables import blocks
from kg.evidence import FINDING_PREDICATES, cells, unit_of
from kg.evidence.cells import group_name
from kg.evidence.counts import INEQUALITIES, counts_that_fit
from kg.model import Span
from kg.verdict import Verdict

COUNTED: Final = (*FINDING_PREDICATES, "misdiagnosed_as")
# Results that a paper gives once for one variable or finding, whatever place it repeats them in.
RESULTS: Final = ("sensitivity", "specificity", "auc", "kappa", "icc", "odds_ratio", "p_value", "mean_sd", "value")
MEASURED: Final = ("measured_value", "discriminates", "observer_agreement")
MODEL: Final = re.compile(r"regress|multivaria|adjusted|Exp\s*\(|logistic|predictor", re.IGNORECASE)
ABSTRACT: Final = "Abstract"
BODY: Final = ("Results", "Table", "Discussion")
MOST_VALUES: Final = 3  # that a body has of one thing; of a subject with more, nobody knows which is meant
CENSUS: Final = re.compile(
    r"\b(?:enrolled|included|total of|participants|recruited|in this cohort|summari[sz]ed)\b", re.I
)
BEFORE_SELECTION: Final = re.compile(
    r"\b(?:screened|excluded|initially|eligible|identified|of whom|of which|among)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A count of a finding with the total that its place gives; `total` None for a bare one."""

    number: Printed
    n: int
    total: int | None

    @property
    def text(self) -> str:
        return f"{self.n}/{self.total}" if self.total is not None else f"{self.n}"


def repeats(paper: Paper) -> Iterator[Verdict]:
    """Is a count the same, and of the same number, wherever the paper prints it?"""
    for readings in _facts(paper).values():
        yield from _by_technique(readings)
        for one, other in combinations(readings, 2):
            if one.number.first.span != other.number.first.span and _same_group(one.number, other.number):
                yield from _compared(one, other)


def _by_technique(readings: Sequence[Reading]) -> Iterator[Verdict]:
    """Counts of one sentence by technique, 6/8 on CT and 1/2 on MRI, against the count of all of them."""
    for one, other in combinations(readings, 2):
        a, b = one.number.first, other.number.first
        if a.span != b.span or a.modality == b.modality or None in (a.modality, b.modality, one.total, other.total):
            continue
        total = (one.total or 0) + (other.total or 0)
        wholes = [reading for reading in readings if _may_be_whole(reading, one.n + other.n, total)]
        for whole in wholes:
            right = (whole.n, whole.total) == (one.n + other.n, total)
            why = f"{one.text} and {other.text} are {one.n + other.n}/{total}; the paper prints {whole.text}"
            yield judge(
                "parts",
                "consistent" if right else "inconsistent",
                [one.number, other.number, whole.number],
                recomputed=f"{one.n + other.n}/{total}",
                explanation=why,
            )


def _may_be_whole(reading: Reading, n: int, total: int) -> bool:
    """Whether a count, of no technique alone, has the n or the total that the parts add up to."""
    return (
        reading.total is not None
        and reading.number.first.modality is None
        and (reading.n == n or reading.total == total)
    )


def _facts(paper: Paper) -> dict[tuple[str, str, str], list[Reading]]:
    totals = {
        cell.number.span: total
        for block in blocks(paper)
        for cell in block.cells
        if (total := block.totals.get(cell.column)) is not None
    }
    found: dict[tuple[str, str, str], list[Reading]] = defaultdict(list)
    for number in paper.numbers:
        reading = _reading(paper, number, totals)
        if reading is None:
            continue
        for key in dict.fromkeys(
            (s.subject.identity, s.object.identity, "absent" if s.polarity == "absent" and reading.n else "present")
            for s in number.statements
            if s.predicate in COUNTED
        ):
            found[key].append(reading)
    return found


def _reading(paper: Paper, number: Printed, totals: dict[Span, int]) -> Reading | None:
    statistic = number.statistic
    if not number.own or not _in_patients(paper, number) or statistic.op in INEQUALITIES:
        return None
    if statistic.kind not in ("count", "proportion", "percent"):
        return None
    n, total = count_of(statistic), total_of(statistic) or totals.get(number.span)
    if n is None and statistic.kind == "percent" and statistic.percent is not None and statistic.op is None:
        total = paper.size(number.first)
        fitting = counts_that_fit(statistic.percent, total) if total else []
        n = fitting[0] if len(fitting) == 1 else None
    return None if n is None else Reading(number=number, n=n, total=total)


def _in_patients(paper: Paper, number: Printed) -> bool:
    """Whether a count is of patients, or worded as lesions out of no more than there are patients."""
    total = total_of(number.statistic)
    size = max((group.size for group in paper.groups if group.unit == "patients"), default=0)
    return counts_patients(number) or (total is not None and total <= size)


def _same_group(one: Printed, other: Printed) -> bool:
    """Whether two counts can be of one group: no name, technique or phase tells them apart."""
    a, b = one.first, other.first
    apart = a.modality and b.modality and a.modality != b.modality
    phases = _phases(one), _phases(other)
    in_others = all(phases) and phases[0].isdisjoint(phases[1])
    return group_name(a.population) == group_name(b.population) and not apart and not in_others


def _phases(number: Printed) -> frozenset[str]:
    """The phases of everything that was read from a number: one count may be of two signs in two phases."""
    return frozenset(phase for statement in number.statements for phase in statement.phases)


def _compared(one: Reading, other: Reading) -> Iterator[Verdict]:
    numbers = [one.number, other.number]
    said = f"{one.text} ({place(one.number)}), {other.text} ({place(other.number)})"
    what = one.number.first.object.label
    if one.n == other.n and one.total == other.total:
        yield judge("repeated", "consistent", numbers, explanation=f"{what}: {said}")
    elif one.n == other.n and one.total is not None and other.total is not None:
        why = f"{what}: {said}: the same count out of {one.total} and out of {other.total}"
        yield judge("denominators", "inconsistent", numbers, explanation=why)
    elif one.n != other.n and (one.total == other.total or None in (one.total, other.total)):
        in_part = one.total is None and other.total is None
        verdict = "not checkable" if in_part or _may_be_part(one, other) else "inconsistent"
        yield judge("repeated", verdict, numbers, explanation=f"{what}: {said}: two values")


def _may_be_part(one: Reading, other: Reading) -> bool:
    """Whether the smaller of two counts, printed without a total, may be of a part that the sentence leaves unsaid."""
    bare = one if one.total is None else other if other.total is None else None
    whole = other if bare is one else one
    return bare is not None and bare.n < whole.n and bare.number.first.section not in ("Abstract", "Results")


def proven_totals(paper: Paper) -> Iterator[Verdict]:
    """Is a count that is printed without its total out of what the same count is printed out of elsewhere?

    The total is that of the named group, such as all enhanced cases, where the sub-counts of another finding prove it.
    """
    for cell in cells(paper.statements):
        for reading in cell.alternatives:
            if reading.of_group and reading.n == cell.n and reading.derived is not None and cell.total is not None:
                ids = {*cell.used, *reading.statements}
                numbers = [number for number in paper.numbers if ids.intersection(number.ids)]
                why = f"{cell.finding.label}: {cell.n}/{cell.total}, and {reading.n} of {reading.derived.formula}"
                yield judge("denominators", "inconsistent", numbers, recomputed=reading.text, explanation=why)


def results(paper: Paper) -> Iterator[Verdict]:
    """Is a result (P, AUC, kappa, a mean, a cut-off) the same wherever the paper prints it?"""
    found: dict[tuple[str, ...], dict[str, list[Printed]]] = defaultdict(lambda: defaultdict(list))
    for number in paper.numbers:
        key = _result_key(number)
        if key is not None:
            found[key][_home(number)].append(number)
    for places in found.values():
        for one, other in combinations(places.values(), 2):
            if one[0].first.section != other[0].first.section:  # in one section they are two results
                yield from _same_results(one, other)
    yield from _cutoffs(paper)
    yield from _sizes(paper)


def _home(number: Printed) -> str:
    """The sentence of a number, or the row of its table: the columns of a row are parts of the study, and all of it."""
    row, column, _ = (number.first.locator or "").rpartition(" · column ")
    return row if column and number.first.section == "Table" else str(number.first.span)


def _result_key(number: Printed) -> tuple[str, ...] | None:
    statistic, first = number.statistic, number.first
    if first.evidence != "own" or statistic.kind not in RESULTS or (first.population is not None and not number.own):
        return None
    if not number.predicates & set(MEASURED):
        return None
    if statistic.kind in ("mean_sd", "value"):
        centre = "measured" if first.predicate == "measured_value" and not statistic.unit else None
        return None if centre is None else (centre, first.subject.identity, first.object.identity)
    of_finding = statistic.kind == "p_value" and first.predicate == "discriminates"  # whichever disease it is told of
    ends = (first.subject.identity,) if of_finding else (first.subject.identity, first.object.identity)
    context = "model" if MODEL.search(first.quote) and statistic.kind == "p_value" else ""
    return (statistic.kind, context, *ends)


def _result(number: Printed) -> Rounded | None:
    statistic = number.statistic
    for value in (statistic.p, statistic.percent, statistic.mean, statistic.value):
        if value is not None:
            return meant(value, statistic.op)
    return None


def _same_results(one: Sequence[Printed], other: Sequence[Printed]) -> Iterator[Verdict]:
    """The results of one key in two places, value by value; places with more or fewer of them say only what agrees."""
    left = list(other)
    for number in one:
        twin = next((candidate for candidate in left if _agree(number, candidate)), None)
        if twin is not None:
            left.remove(twin)
            yield judge("repeated", "consistent", [number, twin], explanation=_twice(number, twin))
    if len(one) != len(other):
        return
    alone = [number for number in one if not any(_agree(number, candidate) for candidate in other)]
    for number, rest in zip(alone, left, strict=False):
        yield judge("repeated", "inconsistent", [number, rest], explanation=f"{_twice(number, rest)}: two values")


def _agree(one: Printed, other: Printed) -> bool:
    a, b = _result(one), _result(other)
    limits = {(x.ci_low, x.ci_high) for x in (one.statistic, other.statistic) if x.ci_low is not None}
    return a is not None and b is not None and a.agrees(b) and len(limits) < 2


def _twice(one: Printed, other: Printed) -> str:
    return f"{one.first.subject.label}: {one.text} ({place(one)}), {other.text} ({place(other)})"


def _cutoffs(paper: Paper) -> Iterator[Verdict]:
    """One cut-off for one disease with two operators."""
    found: dict[tuple[str, str, Decimal], list[Printed]] = defaultdict(list)
    for number in paper.numbers:
        value, first = number.statistic.value, number.first
        usable = number.own and number.statistic.op is not None and first.predicate == "discriminates"
        if number.statistic.kind == "threshold" and value is not None and usable:
            found[first.subject.identity, first.object.identity, value].append(number)
    for numbers in found.values():
        if len({number.statistic.op for number in numbers}) > 1:
            said = ", ".join(f"{number.text} ({place(number)})" for number in numbers)
            why = f"{numbers[0].first.subject.label} for {numbers[0].first.object.label}: {said}: two operators"
            yield judge("operator", "inconsistent", numbers, explanation=why)


def _sizes(paper: Paper) -> Iterator[Verdict]:
    """The size of the study in a sentence that states it, against the one that other sentences agree on."""
    census = [one for one in paper.numbers if _is_size(one) and not paper.named(one.statistic.unit or "")]
    counts = [number for number in paper.numbers if number.statistic.kind == "count"]
    values = {count_of(number.statistic) for number in counts}
    left_out = {count_of(number.statistic) for number in counts if "exclud" in number.first.quote}
    for number in census:
        places: dict[int, list[Printed]] = defaultdict(list)
        for other in census:
            if other.subjects & number.subjects and other.first.span != number.first.span:
                places[count_of(other.statistic) or 0].append(other)
        size = max(places, key=lambda value: len(places[value]), default=None)
        if size is None or len(places[size]) < 2 or not CENSUS.search(number.first.quote):
            continue
        same = size == count_of(number.statistic)
        if not same and size - (count_of(number.statistic) or 0) in values:  # with another group it is the whole
            continue
        if (count_of(number.statistic) or 0) - size in left_out:  # before some of them were excluded
            continue
        why = f"{number.text} ({place(number)}); in {len(places[size])} other places {size}"
        verdict = "consistent" if same else "inconsistent"
        yield judge("repeated", verdict, [number, *places[size][:2]], explanation=why)


def _is_size(number: Printed) -> bool:
    statistic, first = number.statistic, number.first
    states = "cohort" in number.predicates and first.object.key == "number-of-patients" and number.own
    plain = (
        statistic.kind == "count" and statistic.op is None and statistic.unit is not None and counts_patients(number)
    )
    people = unit_of(first) == "patients"
    return states and plain and people and (count_of(statistic) or 0) > 1 and not BEFORE_SELECTION.search(first.quote)


def abstracts(paper: Paper) -> Iterator[Verdict]:
    """Does the body print the results that the abstract prints?"""
    if not any(number.own and number.first.section == "Results" for number in paper.numbers):
        return
    for number in paper.numbers:
        if number.own and number.first.section == ABSTRACT and number.statistic.kind in RESULTS:
            yield from _in_body(paper, number)


def _in_body(paper: Paper, number: Printed) -> Iterator[Verdict]:
    body = [
        other
        for other in paper.numbers
        if other.own and other.first.section in BODY and other.statistic.kind == number.statistic.kind
    ]
    same = [other for other in body if _agree(number, other)]
    about = [other for other in body if other.subjects & number.subjects]
    if same:
        yield judge(
            "abstract", "consistent", [number, same[0]], explanation=f"{number.text}: {place(same[0])} has it too"
        )
    elif 0 < len(about) <= MOST_VALUES:
        said = ", ".join(dict.fromkeys(other.text for other in about))
        why = f"the abstract prints {number.text}; the body has {said} for {number.first.subject.label}"
        yield judge("abstract", "inconsistent", [number, *about], explanation=why)
    else:
        yield judge("abstract", "not checkable", [number], explanation=f"the body does not repeat {number.text}")
