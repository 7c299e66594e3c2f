"""This module tells whether extraction says what a reader settled: the same facts, in a place that overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable
from dataclasses import replace

from kg.model import Statement


class Said:
    """What was extracted from a source, looked up by what it says."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_facts: dict[Hashable, list[Statement]] = defaultdict(list)
        for one in statements:
            self._by_facts[_facts(one)].append(one)

    def same_as(self, wanted: Statement, *, others: Container[str] = ()) -> Statement | None:
        """The one that says the same in the same place, else in a stretch that overlaps it; None if none does.

        A sentence that is cut otherwise than it was says the same. `others` are the hashes of what is settled in its
        own stretch, and so confirms nothing elsewhere.
        """
        said = self._by_facts.get(_facts(wanted), ())
        free = (one for one in said if one.span == wanted.span or one.hash not in others)
        same = [one for one in free if one.span.overlaps(wanted.span)]
        return min(same, key=lambda one: (one.span != wanted.span, one.span), default=None)


def confirmed(wanted: Statement, said: Statement) -> Statement:
    """What a reader settled, as extracted: its own place and words, so that it keeps its hash."""
    if said.span == wanted.span and wanted.locator in (None, said.locator):
        return said
    return replace(
        wanted,
        locator=wanted.locator or said.locator,
        origin=said.origin,
        rule=said.rule,
        confidence=said.confidence,
    )


def _facts(one: Statement) -> Hashable:
    """All that a statement says, without its stretch of text and where that stands in the original."""
    statistic = one.statistic and (
        *(one.statistic.kind, one.statistic.span, one.statistic.unit, one.statistic.op),
        *(None if number is None else str(number) for _, number in one.statistic.numbers()),
    )
    ends = (one.subject, one.object, one.comparator, one.variable)
    return (
        *(None if end is None else end.identity for end in ends),
        *(one.predicate, one.polarity, one.hedged, one.modality, one.phases, one.population, one.unit_of_analysis),
        *(one.evidence, one.citations, one.section, statistic),
    )
