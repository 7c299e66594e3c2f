"""This module words what sets two diseases against each other, from the comparison of the graph."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.ask.answer import Clause, Derived
from kg.ask.counts import cited_of, share_of
from kg.ask.library import Library
from kg.compare import Comparison, Filters, Row, compare
from kg.evidence import Cell
from kg.measures import display

MOST_COUNTED: Final = 8
MOST_ONE_SIDED: Final = 4
READING_WORDS: Final = {
    "may_favour_a": "may favour the first",
    "may_favour_b": "may favour the second",
    "favours_a": "favours the first",
    "favours_b": "favours the second",
    "does_not_separate": "does not separate them",
}


def comparison_of(library: Library, sides: Sequence[str], filters: Filters) -> tuple[Comparison, bool]:
    """The comparison of two diseases, or (True) of a counted pair of their kinds where of these nothing is counted."""
    asked = compare(library.store, sides[0], sides[1], filters)
    if asked.counted:
        return asked, False
    families = [{side} | library.below(side) for side in sides]
    for pair in library.counted_pairs:
        for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
            if a in families[0] and b in families[1]:
                return compare(library.store, a, b, filters), True
    return asked, False


def comparison_clauses(
    comparison: Comparison, *, finding: frozenset[str]
) -> tuple[list[Clause], list[Derived], list[str]]:
    """The sentences of a comparison, the values in them, and what it says of what is missing.

    With `finding` only the rows of these findings.
    """
    notes = [one.text for one in comparison.answer if not one.statements]
    clauses: list[Clause] = []
    derived: list[Derived] = []
    rows = [row for row in comparison.counted if not finding or _is(row, finding)]
    told = [one for one in comparison.answer if one.statements and "“" not in one.text]
    if rows and not finding:
        clauses += [Clause(text=one.text, statements=one.statements[:2]) for one in told]
        derived += [
            Derived(name="answer", text=one.text, formula="see kg.compare", inputs=one.statements) for one in told
        ]
    for row in rows[:MOST_COUNTED]:
        clause, values = _counted(row)
        clauses.append(clause)
        derived += values
    sided = [row for row in comparison.one_sided if not row.bare and (not finding or _is(row, finding))]
    for row in sided[:MOST_ONE_SIDED]:
        clause, values = _sided(row)
        clauses.append(clause)
        derived += values
    return clauses, derived, notes


def _is(row: Row, finding: frozenset[str]) -> bool:
    keys = {row.finding.key, row.variable.key if row.variable is not None else None}
    return not finding.isdisjoint(key for key in keys if key is not None)


def _counted(row: Row) -> tuple[Clause, list[Derived]]:
    a, b = row.a, row.b
    values = [value for cell in (a, b) if cell is not None and (value := share_of(cell)) is not None]
    ids = _used(a, b)
    if row.derived is not None:  # counts at a cut-off that the paper chose: its label says which
        values.append(Derived(name="finding", text=row.label, formula=row.derived.formula, inputs=row.derived.inputs))
    text = f"{row.label}: {_side(a)} against {_side(b)}"
    if row.ratio is not None:
        ratio = row.ratio
        shown = f"likelihood ratio {display(ratio.estimate)} ({display(ratio.low)}–{display(ratio.high)})"
        note = ", 0.5 added to each cell" if ratio.corrected else ""
        text += f"; {shown}{note}; {READING_WORDS.get(row.reading, row.reading)}"
        values.append(
            Derived(
                name="likelihood ratio",
                text=f"{shown}{note}",
                formula="log method, 95 %",
                inputs=ids,
                estimate=ratio.estimate,
                low=ratio.low,
                high=ratio.high,
            )
        )
    return Clause(text=f"{text}.", statements=ids), values


def _side(cell: Cell | None) -> str:
    if cell is None:
        return "not reported"
    value = share_of(cell)
    shown = f" ({value.text})" if value is not None else ""
    return f"{cell.n}/{cell.total}{shown} of {cell.disease.label}"


def _sided(row: Row) -> tuple[Clause, list[Derived]]:
    cell = row.a if row.a is not None and row.a.counted else row.b
    value = share_of(cell) if cell is not None else None
    other = "; nothing on the other side was counted"
    return Clause(text=f"{row.label}: {_side(cell)}{other}.", statements=_used(cell)[:1]), [value] if value else []


def _used(*cells: Cell | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for cell in cells if cell is not None for i in cited_of(cell)))
