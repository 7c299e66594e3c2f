"""This module finds the two levels of a variable of which one paper speaks for the one, and another for the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.evidence.cells import Cell
from kg.evidence.kinds import standing
from kg.model import Concept, Entity, Statement

Leaning = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposed:
    """Two levels, and for each the count of it if a paper has one and the statements that speak for it, by paper."""

    levels: tuple[Entity, Entity]
    counts: tuple[str, str]
    leaning: tuple[Leaning, Leaning]

    @property
    def sides(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What each side says, and the statements that say it."""
        return tuple(
            (f"{level.label}{count}", tuple(identifier for ids in lean.values() for identifier in ids))
            for level, count, lean in zip(self.levels, self.counts, self.leaning, strict=True)
        )

    @property
    def text(self) -> str:
        """Both sides with their papers: 'multiple lesions 9/12 (x1); solitary lesion (x2)'."""
        papers = (", ".join(sorted(lean)) for lean in self.leaning)
        return "; ".join(f"{text} ({keys})" for (text, _), keys in zip(self.sides, papers, strict=True))


def opposed(
    disease: Concept, cells: Iterable[Cell], statements: Iterable[Statement], concepts: Mapping[str, Concept]
) -> Iterator[Opposed]:
    """The variables of two levels on which papers do not agree, for a disease and what is directly a kind of it.

    Two levels that one paper counts are its distribution and no disagreement; nor is it one if two narrower diseases
    differ. Hedged words, pictures and plans speak for nothing.
    """
    kinds = {disease.key, *(concept.key for concept in concepts.values() if concept.parent == disease.key)}
    counted = [cell for cell in cells if cell.counted and cell.disease.key in kinds]
    words = [s for s in statements if s.subject.key in kinds and s.polarity == "present" and not s.hedged]
    told = [s for s in words if s.statistic is None and not standing(s)]
    said = {cell.finding.key: cell.finding for cell in counted} | {s.object.key: s.object for s in told}
    for levels in _pairs(concepts):
        if all(level in said for level in levels):
            one, other = (_leaning(level, rival, counted, told) for level, rival in (levels, levels[::-1]))
            if one and other and one.keys() != other.keys():
                counts = (_count(levels[0], one, counted), _count(levels[1], other, counted))
                yield Opposed(levels=(said[levels[0]], said[levels[1]]), counts=counts, leaning=(one, other))


def _pairs(concepts: Mapping[str, Concept]) -> Iterator[tuple[str, str]]:
    """The two levels of each variable that has two."""
    levels: dict[str, list[str]] = defaultdict(list)
    for concept in concepts.values():
        variable = concepts.get(concept.parent or "")
        if variable is not None and variable.variable:
            levels[variable.key].append(concept.key)
    yield from ((found[0], found[1]) for found in levels.values() if len(found) == 2)


def _leaning(level: str, rival: str, counted: Sequence[Cell], told: Sequence[Statement]) -> Leaning:
    """The papers that speak for a level: by the larger count of the two, else by plain words that it is so."""
    mine = {cell.source: cell for cell in counted if cell.finding.key == level}
    others = {cell.source: cell for cell in counted if cell.finding.key == rival}
    found = {s: c.used for s, c in mine.items() if (c.n or 0) > ((others[s].n or 0) if s in others else 0)}
    for statement in told:
        if statement.object.key == level and statement.source not in {**mine, **others}:
            found[statement.source] = (*found.get(statement.source, ()), statement.id)
    return found


def _count(level: str, leaning: Leaning, counted: Sequence[Cell]) -> str:
    mine = (cell for cell in counted if cell.finding.key == level and cell.source in leaning)
    return next((f" {cell.n}/{cell.total}" for cell in mine), "")
