"""This module finds what the authors say in words of a finding: in A, in B, and where they set A against B."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from kg.compare.comparison import Row, Sides
from kg.evidence.cells import Cell
from kg.evidence.counts import COUNT_KINDS
from kg.evidence.facts import is_finding, is_plan
from kg.evidence.lineage import Hierarchy
from kg.model import Entity, Statement

OTHER = {"a": "b", "b": "a"}


def in_words(statement: Statement) -> bool:
    """Whether a statement says something of a finding without a count; that it was looked for says nothing of it."""
    return not is_plan(statement) and (statement.statistic is None or statement.statistic.kind not in COUNT_KINDS)


class Words:
    """The statements in words about each finding, by side, and those that compare A and B on it.

    What is said of a narrower or broader finding counts as said of a finding: "rim washout" speaks of washout.
    """

    def __init__(self, statements: Iterable[Statement], sides: Sides, hierarchy: Hierarchy) -> None:
        self._hierarchy = hierarchy
        self._said: Mapping[str, dict[str, list[Statement]]] = {"a": defaultdict(list), "b": defaultdict(list)}
        self._direct: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
        for statement in statements:
            side = sides.side(statement.subject)
            if side is not None and is_finding(statement):
                self._add(statement, side, sides.side(statement.comparator))
            elif statement.predicate == "discriminates" and statement.statistic is None:
                self._add_discrimination(statement, sides)

    def _add(self, statement: Statement, side: str, comparator: str | None) -> None:
        finding = statement.object.identity
        if in_words(statement):
            self._said[side][finding].append(statement)
        if comparator == OTHER[side]:
            self._direct[finding].append((statement, side))

    def _add_discrimination(self, statement: Statement, sides: Sides) -> None:
        """A sign that the authors say tells A from B: it speaks of the disease that it is said to tell."""
        side = sides.side(statement.object)
        if side is not None and sides.side(statement.comparator) == OTHER[side]:
            self._direct[statement.subject.identity].append((statement, side))

    def _related(self, finding: Entity, known: Iterable[str]) -> list[str]:
        """The finding itself, then those of the known ones that are broader or narrower."""
        own = finding.identity
        broader = set(self._hierarchy.ancestors(finding.key)) if finding.key else set()
        near = [k for k in known if k != own and (k in broader or own in self._hierarchy.ancestors(k))]
        return [own, *sorted(near)]

    def said(self, finding: Entity, side: str) -> tuple[Statement, ...]:
        """What is said in words of the finding in one disease, the exact finding first."""
        known = self._said[side]
        return tuple(s for key in self._related(finding, list(known)) for s in known.get(key, ()))

    def direct(self, finding: Entity) -> tuple[tuple[Statement, str], ...]:
        """What sets A against B on the finding in words or counts, with the side it speaks of."""
        return tuple(pair for key in self._related(finding, list(self._direct)) for pair in self._direct.get(key, ()))

    def on(self, row: Row) -> Row:
        """The row with the authors' words on it; a count that the row shows is not repeated as a comparison."""
        direct = self.direct(row.finding)
        said = {side: self.said(row.finding, side) for side in "ab"}
        shown = (
            {one for cell in (row.a, row.b) if cell is not None for one in cell.used}
            if row.kind == "counted"
            else set()
        )
        worded = replace(
            row,
            words_a=tuple(s.id for s in said["a"]),
            words_b=tuple(s.id for s in said["b"]),
            direct=tuple(statement.id for statement, _ in direct if statement.id not in shown),
        )
        if row.kind == "counted":
            return worded
        return replace(worded, direction=direction(direct) or _denied(row, said), why=row.why or _why(worded))


def _denied(row: Row, said: Mapping[str, Sequence[Statement]]) -> str | None:
    """The side where a finding was seen, if all that is said of the other side is that it is missing there."""
    for side, cell in (("a", row.a), ("b", row.b)):
        other = said[OTHER[side]]
        if cell is not None and cell.n and other and all(s.polarity == "absent" for s in other):
            return side
    return None


def direction(direct: Sequence[tuple[Statement, str]]) -> str | None:
    """The side that every direct comparison points to, None if they point both ways or there is none.

    >>> direction(()) is None
    True
    """
    sides = {side if statement.polarity == "present" else OTHER[side] for statement, side in direct}
    return sides.pop() if len(sides) == 1 else None


def _why(row: Row) -> str:
    counted = [letter for letter, cell in (("A", row.a), ("B", row.b)) if cell is not None and cell.counted]
    start = f"counted in {counted[0]} only" if counted else "counted in neither"
    if row.direct:
        return f"{start}; the authors set A against B in words"
    both = row.words_a and row.words_b
    other = {"A": row.words_b, "B": row.words_a}.get(counted[0]) if counted else both
    return (
        f"{start}; the other side is in words" if other else f"{start}; no paper here says anything of the other side"
    )


def one_sided(cell: Cell, side: str) -> Row:
    """The row of a finding that was counted in one group only; no ratio is possible."""
    return Row(
        kind="one_sided",
        label=cell.finding.label,
        finding=cell.finding,
        predicate=cell.predicate,
        a=cell if side == "a" else None,
        b=cell if side == "b" else None,
        reading="in_words_only",
        variable=cell.variable,
        source=cell.source,
        derived=cell.derived,
        within_study=False,
    )


def one_sided_order(row: Row) -> tuple[bool, bool, bool, float, str]:
    """Direct comparisons first, then words on the other side, then the more frequent findings by their lower limit."""
    cell = row.a or row.b
    low = cell.interval.low if cell is not None and cell.interval is not None else 0.0
    other = row.words_b if row.a is not None else row.words_a
    return not row.direct, not other, cell is None or not cell.counted, -low, row.label.casefold()


def uncounted(statement: Statement) -> Row:
    """The row of a finding that is known in words only."""
    return Row(
        kind="words",
        label=statement.object.label,
        finding=statement.object,
        predicate=statement.predicate,
        a=None,
        b=None,
        reading="in_words_only",
        within_study=False,
    )
