"""This module finds where two papers disagree: each may be right of its own patients, or follow another source."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.audit.paper import Paper, Printed, judge
from kg.audit.references import Share, one_share, shares, value_of
from kg.evidence import Cell, cells
from kg.measures import newcombe
from kg.model import Statement
from kg.verdict import Verdict

RATES: Final = ("survival_rate", "mortality_rate", "percent", "percent_range")
TOLD: Final = ("has_prognosis", "has_epidemiology", "has_clinical_feature", "metastasizes_to", "complication")


def disagreements(papers: Sequence[Paper]) -> Iterator[Verdict]:
    """Do two papers give one value for one thing?"""
    yield from _shares(papers)
    yield from _rates(papers)
    yield from _counts(papers)


def _shares(papers: Sequence[Paper]) -> Iterator[Verdict]:
    """The share of a part in a whole, such as that of a rare tumour among all of its kind."""
    known: dict[str, list[tuple[Paper, Share]]] = defaultdict(list)
    for paper in papers:
        for share in shares(paper):
            for part in sorted(share.part):
                known[part].append((paper, share))
    for members in known.values():
        for (paper, one), (other_paper, other) in combinations(members, 2):
            if paper.source != other_paper.source and one_share(one, other, paper):
                yield _told(one.number, other.number, same=one.value.overlaps(other.value))


def _rates(papers: Sequence[Paper]) -> Iterator[Verdict]:
    """A rate of one outcome or feature in one disease."""
    found: dict[tuple[str, ...], list[Printed]] = defaultdict(list)
    for paper in papers:
        for number in (number for sentence in paper.sentences for number in _rates_of(sentence)):
            first = number.first
            found[first.subject.identity, first.predicate, first.object.identity, first.polarity].append(number)
    for numbers in found.values():
        for one, other in combinations(numbers, 2):
            a, b = value_of(one.statistic), value_of(other.statistic)
            if one.first.source != other.first.source and a is not None and b is not None:
                yield _told(one, other, same=a.overlaps(b))


def _rates_of(sentence: Sequence[Printed]) -> Iterator[Printed]:
    """The rates of a sentence that others found; of several, each must be told of a group of its own."""
    rates = [number for number in sentence if number.statistic.kind in RATES]
    groups = {(number.first.subject.identity, number.first.population) for number in rates}
    if len(groups) == len(rates):
        yield from (rate for rate in rates if rate.first.predicate in TOLD and not rate.own)


def _told(one: Printed, other: Printed, *, same: bool) -> Verdict:
    why = f"{one.first.source}: {one.text}; {other.first.source}: {other.text}"
    return judge("papers", "consistent" if same else "disagreement", [one, other], explanation=why)


def _counts(papers: Sequence[Paper]) -> Iterator[Verdict]:
    """A finding that two papers counted in one disease, with shares whose difference is clear of 0."""
    statements = [statement for paper in papers for statement in paper.statements]
    by_id = {statement.id: statement for statement in statements}
    together: dict[tuple[str, str, str | None], list[Cell]] = defaultdict(list)
    for cell in cells(statements):
        if cell.counted:
            together[cell.disease.identity, cell.finding.identity, cell.unit].append(cell)
    for members in together.values():
        for one, other in combinations(members, 2):
            if one.source != other.source:
                yield _compared(one, other, by_id)


def _compared(one: Cell, other: Cell, by_id: dict[str, Statement]) -> Verdict:
    difference = newcombe(*one.count, *other.count)
    apart = difference.low > 0 or difference.high < 0
    limits = f"{100 * difference.low:.0f} to {100 * difference.high:.0f} points"
    used = (*one.used, *other.used)
    return Verdict(
        source=one.source,
        check="papers",
        verdict="disagreement" if apart else "consistent",
        printed=f"{one.n}/{one.total}; {other.n}/{other.total}",
        recomputed=limits,
        explanation=f"{one.finding.label}: {one.source} {one.n}/{one.total}, {other.source} {other.n}/{other.total}; "
        f"difference {limits}",
        quotes=tuple(dict.fromkeys(" ".join(by_id[i].quote.split()) for i in used if i in by_id)),
        statements=used,
    )
