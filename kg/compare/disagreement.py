"""This module finds where papers disagree: two counts of one fact in a paper, two papers on one finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.compare.comparison import Disagreement
from kg.evidence.cells import Cell
from kg.measures import newcombe


def within_papers(cells: Iterable[Cell]) -> Iterator[Disagreement]:
    """A fact of which one paper prints two counts, with the reason for the one that is shown."""
    for cell in cells:
        rivals = [reading for reading in cell.alternatives if any(reading.text in text for text in cell.warnings)]
        if rivals:
            ids = (*cell.used, *(identifier for reading in rivals for identifier in reading.statements))
            yield Disagreement(finding=cell.finding, text=cell.why, statements=ids, within_paper=True)


def between_papers(cells: Iterable[Cell]) -> Iterator[Disagreement]:
    """A finding that two papers counted in one disease with shares whose difference is clear of 0."""
    together: dict[tuple[str, str, str | None], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.counted:
            together[cell.disease.identity, cell.finding.identity, cell.unit].append(cell)
    for members in together.values():
        for one, other in combinations(members, 2):
            if one.source != other.source and apart(one, other):
                yield Disagreement(
                    finding=one.finding,
                    text=f"{one.source} {one.n}/{one.total}; {other.source} {other.n}/{other.total} {one.unit}",
                    statements=one.used + other.used,
                    within_paper=False,
                )


def apart(one: Cell, other: Cell) -> bool:
    """Whether two papers' shares of one finding differ by more than chance: the interval of the difference leaves 0."""
    difference = newcombe(*one.count, *other.count)
    return difference.low > 0 or difference.high < 0
