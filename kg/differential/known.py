"""This module gathers what the papers say of each disease, and finds what bears on a finding, narrower or broader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from kg.compare.contrast import comparable
from kg.compare.words import in_words
from kg.evidence import Cell, Hierarchy, standing
from kg.model import Statement


class Known:
    """The cells and the words of one disease, by finding."""

    def __init__(self, cells: Iterable[Cell], words: Iterable[Statement], hierarchy: Hierarchy) -> None:
        self._hierarchy = hierarchy
        self._cells: dict[str, list[Cell]] = defaultdict(list)
        self._words: dict[str, list[Statement]] = defaultdict(list)
        for cell in cells:
            if cell.n is not None:
                self._cells[cell.finding.identity].append(cell)
        for statement in words:
            if in_words(statement):
                self._words[statement.object.identity].append(statement)

    def counts(self, finding: str, *, present: bool) -> tuple[tuple[Cell, str], ...]:
        """The counts that bear on a finding, with a note where they are of another one; one a study.

        Those of the finding itself; in a study without one, that of the most frequent narrower finding; and, if the
        patient has the finding, that of a broader one, which the patient then has too.
        """
        found: dict[str, tuple[Cell, str]] = {}
        for key in self.keys(finding, present=present):
            for cell in sorted(self._cells.get(key, ()), key=_most_frequent):
                found.setdefault(cell.source, (cell, self.note(finding, cell)))
        return tuple(found[source] for source in sorted(found))

    def keys(self, finding: str, *, present: bool) -> tuple[str, ...]:
        """The findings whose counts bear on one: itself, narrower ones, and broader ones if the patient has it."""
        narrower = [key for key in self._cells if finding in self._hierarchy.ancestors(key)]
        narrower.sort(key=lambda key: (min(map(_most_frequent, self._cells[key])), key))
        return (finding, *narrower, *(self._hierarchy.ancestors(finding) if present else ()))

    def note(self, finding: str, cell: Cell) -> str:
        """Where a count is not of the finding itself, which one it is of; and of which disease, if that is narrower."""
        key, notes = cell.finding.identity, [note for note in cell.notes if note.startswith("about ")]
        if key != finding:
            kind = "narrower" if finding in self._hierarchy.ancestors(key) else "broader"
            notes.insert(0, f"counted as {cell.finding.label}, which is {kind}")
        return "; ".join(notes)

    def counted(self, source: str, key: str) -> Cell | None:
        """The only count that a study has of a finding in this disease; None if it has none, or several."""
        found = [c for c in self._cells.get(key, ()) if c.source == source and c.counted]
        return found[0] if len(found) == 1 else None

    def sources(self, key: str) -> set[str]:
        """The studies that counted a finding out of a known total."""
        return {cell.source for cell in self._cells.get(key, ()) if cell.counted}

    def said(self, finding: str) -> tuple[tuple[Statement, str], ...]:
        """What is said in words of a finding, else of narrower ones with a note; pictures of one patient last."""
        exact = [(statement, "") for statement in self._words.get(finding, ())]
        narrower = [
            (statement, f"said of {statement.object.label}, which is narrower")
            for key, statements in self._words.items()
            if finding in self._hierarchy.ancestors(key)
            for statement in statements
        ]
        return tuple(sorted(exact or narrower, key=lambda pair: standing(pair[0])))


def _most_frequent(cell: Cell) -> tuple[bool, float, str]:
    return not cell.counted, -(cell.percent or 0.0), cell.finding.label


def shared_counts(known: Mapping[str, Known], key: str, source: str) -> dict[str, Cell]:
    """The counts that one study has of one finding in several diseases, where they are of one unit and phase."""
    cells = {disease: cell for disease, one in known.items() if (cell := one.counted(source, key)) is not None}
    first = next(iter(cells.values()), None)
    return {disease: cell for disease, cell in cells.items() if first is not None and comparable(first, cell)}


def turned(cells: Sequence[Cell], *, present: bool) -> list[tuple[int, int]]:
    """(how many are like the patient, of how many) of each count."""
    return [(cell.count if present else cell.turned.count) for cell in cells]
