"""This module words counts: the cells of evidence that an answer rests on, each with its n, its N and its interval."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kg.ask.answer import Clause, Derived
from kg.ask.library import Library
from kg.ask.retrieval import Hit
from kg.evidence import Cell

MOST_CITED: Final = 2


def cells_of(library: Library, hits: Sequence[Hit], *, findings: Collection[str], most: int) -> list[Cell]:
    """The counted cells that the hits are evidence in, in the order of the hits; those without a total come last.

    With `findings` (concept keys) only the cells of these.
    """
    found: dict[int, Cell] = {}
    allowed = {hit.indexed.statement.id for hit in hits}
    for hit in hits:
        for cell in library.cells_of.get(hit.indexed.statement.id, ()):
            wanted = not findings or cell.finding.identity in findings
            if wanted and cell.n is not None and set(cell.used or cell.statements) & allowed:
                found.setdefault(id(cell), cell)
    ordered = sorted(found.values(), key=lambda cell: not cell.counted)
    return ordered[:most]


def count_clauses(library: Library, cells: Iterable[Cell]) -> tuple[list[Clause], list[Derived], list[Clause]]:
    """The sentences of some cells, the percentages and intervals in them, and what they disagree on."""
    clauses, derived, disagreements = [], [], []
    for cell in cells:
        value = share_of(cell)
        clauses.append(Clause(text=_sentence(library, cell, value), statements=cited_of(cell)))
        if value is not None:
            derived.append(value)
        if cell.alternatives and cell.warnings and cell.why:
            ids = (*cell.used, *(i for reading in cell.alternatives for i in reading.statements))
            who = library.names.get(cell.source, cell.source)
            text = f"{who} prints {cell.finding.label} in more ways than one: {cell.why}"
            disagreements.append(Clause(text=text, statements=tuple(dict.fromkeys(ids))))
            derived.append(Derived(name="choice of a reading", text=cell.why, formula="see why", inputs=ids))
    return clauses, derived, disagreements


def cited_of(cell: Cell) -> tuple[str, ...]:
    """The statements that a sentence on a cell cites: the first that print its count; the rows have the others."""
    return (cell.used or cell.statements)[:MOST_CITED]


def share_of(cell: Cell) -> Derived | None:
    """The percentage of a counted cell with its interval; None for one without a total."""
    if cell.interval is None or cell.percent is None:
        return None
    low, high = 100 * cell.interval.low, 100 * cell.interval.high
    return Derived(
        name="percentage",
        text=f"{cell.percent:.0f} %, {low:.0f}–{high:.0f} %",
        formula=f"{cell.n}/{cell.total}; Wilson score interval, 95 %",
        inputs=cell.used or cell.statements,
        estimate=cell.percent,
        low=low,
        high=high,
    )


def _sentence(library: Library, cell: Cell, value: Derived | None) -> str:
    who = library.names.get(cell.source, cell.source)
    disease, finding = cell.disease.label, cell.finding.label
    what = f"no {finding}" if cell.complement and cell.predicate != "has_marker" else finding
    group = f", of {cell.population}" if cell.population else ""
    if value is None:
        return f"{who} counted {what} in {cell.n} of its patients with {disease}{group}; of how many is not printed."
    if cell.n == 0:
        looked = f"{who} looked for {what} in {cell.total} {cell.unit} with {disease}"
        return f"{looked} and found none: 0/{cell.total} ({value.text})."
    return f"{who} counted {what} in {cell.n}/{cell.total} {cell.unit} with {disease}{group} ({value.text})."
