"""This module sets many diseases side by side: one row a finding, one column a disease, and five states that differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Final

from kg.compare.assembly import of_a_kind, of_side
from kg.compare.comparison import CompareError
from kg.compare.disagreement import apart
from kg.compare.printed import is_result
from kg.compare.words import in_words, once
from kg.evidence.cells import Cell
from kg.evidence.counts import text_order
from kg.evidence.facts import cells
from kg.evidence.frequency import how_often
from kg.evidence.kinds import FINDING_TYPES, is_finding, is_plan, names_a_finding, standing
from kg.evidence.lineage import Hierarchy, Lineage
from kg.model import Concept, Entity, Statement, require_one_of

MATRIX_STATES: Final = ("seen", "zero", "in_words", "not_reported", "disagree")
NOT_REPORTED: Final = "— not reported"
ASSESSED: Final = "⊘ assessed, no result printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """What all papers say of one finding in one disease.

    `state` is one of MATRIX_STATES; `counts` are the counted cells, a study each, the largest first, `words` ids of
    what is said without a count, `looked_for` ids of what says only that it was looked for. `notes` name narrower
    diseases that fill the cell, and narrower findings that have evidence of their own: neither changes a count.
    `often` are the authors' words for how often, `compared` ids of what is said only in comparison with a disease.
    """

    state: str
    counts: tuple[Cell, ...] = ()
    words: tuple[str, ...] = ()
    looked_for: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    often: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("state of a cell of the matrix", self.state, MATRIX_STATES)

    @property
    def text(self) -> str:
        """The cell in words: n/N, 0/N with its upper limit, or which of the other states it is."""
        if self.counts:
            shown = "; ".join(_with_source(cell, several=len(self.counts) > 1) for cell in self.counts)
            return f"≠ {shown}" if self.state == "disagree" else shown
        if self.words:
            often = f": {', '.join(f'“{word}”' for word in self.often)}" if self.often else ""
            return f"{'≠ ' if self.state == 'disagree' else ''}in words ({len(self.words)}){often}"
        if self.compared:
            return f"only compared ({len(self.compared)})"
        return ASSESSED if self.looked_for else NOT_REPORTED

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of every statement behind the cell."""
        counted = (identifier for cell in self.counts for identifier in cell.statements)
        return tuple(dict.fromkeys((*counted, *self.words, *self.looked_for, *self.compared)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One finding, with a cell for each disease of the matrix."""

    finding: Entity
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Findings by diseases; `statements` has every statement that a cell names, by id."""

    diseases: tuple[Concept, ...]
    rows: tuple[MatrixRow, ...]
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The matrix as plain values: diseases, and for each sign its cells in their order."""
        return {
            "diseases": [{"key": one.key, "label": one.label} for one in self.diseases],
            "signs": [_row_json(row, self.diseases) for row in self.rows],
            "statements": {
                key: {"source": one.source, "start": one.span.start, "end": one.span.end, "quote": one.quote}
                for key, one in self.statements.items()
            },
        }


def count_text(cell: Cell) -> str:
    """A count as a cell shows it: '15/23 65% (45–81)', '0/12 0% (up to 24)', or '8, of how many is not printed'."""
    if cell.total is None or cell.interval is None or cell.percent is None:
        return f"{cell.n}, of how many is not printed"
    high = 100 * cell.interval.high
    limits = f"up to {high:.0f}" if cell.n == 0 else f"{100 * cell.interval.low:.0f}–{high:.0f}"
    return f"{cell.n}/{cell.total} {cell.percent:.0f}% ({limits})"


def _with_source(cell: Cell, *, several: bool) -> str:
    """A count with what else its paper prints for it if that is not decided, and its paper if there are several."""
    others = [reading.text for reading in cell.alternatives if reading.total is not None and cell.state == "disagree"]
    parts = [count_text(cell), *(f"or {text}" for text in others), *([cell.source] if several else [])]
    return " ".join(parts)


def matrix_statements(
    statements: Iterable[Statement],
    diseases: Sequence[Concept],
    hierarchy: Hierarchy,
    *,
    concepts: Mapping[str, Concept] | None = None,
) -> Matrix:
    """The findings of several diseases side by side, from statements; those that most diseases have counts of first.

    What is said of a narrower disease stands in the column of the nearest broader one, and says so. CompareError for
    fewer than two diseases, or one that is given twice.
    """
    _require_different(diseases)
    return side_by_side(statements, diseases, hierarchy, concepts=concepts)


def side_by_side(
    statements: Iterable[Statement],
    diseases: Sequence[Concept],
    hierarchy: Hierarchy,
    *,
    concepts: Mapping[str, Concept] | None = None,
) -> Matrix:
    """As `matrix_statements`, of one disease or none as well: what is known of it, a row a finding."""
    lineage = Lineage.of(hierarchy)
    ordered = sorted(statements, key=text_order)
    owners = owners_of(ordered, [disease.key for disease in diseases], lineage)
    said = [s for s in ordered if can_be_said(s, owners, concepts or {}, lineage)]
    found = cells(said, lineage)
    told = [s for s in ordered if _tells(s, concepts or {})]
    columns = [
        _Column(
            of_side(found, owners[one.key], one),
            _named(said, owners[one.key]),
            [s for s in told if s.object.key in owners[one.key]],
            lineage,
        )
        for one in diseases
    ]
    findings = {entity.identity: entity for column in columns for entity in column.findings}
    rows = [MatrixRow(finding=one, cells=tuple(column.cell(one) for column in columns)) for one in findings.values()]
    by_id = {statement.id: statement for statement in (*said, *told)}
    named = dict.fromkeys(identifier for row in rows for cell in row.cells for identifier in cell.statements)
    return Matrix(
        diseases=tuple(diseases),
        rows=tuple(sorted(rows, key=_row_order)),
        statements={identifier: by_id[identifier] for identifier in named if identifier in by_id},
    )


def _require_different(diseases: Sequence[Concept]) -> None:
    keys = [disease.key for disease in diseases]
    twice = [disease.label for disease in diseases if keys.count(disease.key) > 1]
    if twice:
        raise CompareError(f"{twice[0]} is given twice; choose different diseases")
    if len(diseases) < 2:
        raise CompareError(f"{len(diseases)} disease is given; choose two or more")


def owners_of(statements: Iterable[Statement], keys: Sequence[str], hierarchy: Hierarchy) -> dict[str, frozenset[str]]:
    """For each disease the keys that count for it: its own, and those below it that lie below no nearer one."""
    owned: dict[str, set[str]] = {key: {key} for key in keys}
    for named in {s.subject.key for s in statements if s.subject.key is not None} - set(keys):
        above = [key for key in hierarchy.ancestors(named) if key in owned]
        nearest = [key for key in above if not any(key in hierarchy.ancestors(other) for other in above)]
        for key in nearest:
            owned[key].add(named)
    return {key: frozenset(found) for key, found in owned.items()}


def can_be_said(
    statement: Statement, owners: Mapping[str, frozenset[str]], concepts: Mapping[str, Concept], lineage: Lineage
) -> bool:
    """Whether a statement is about one of the diseases, and no printed result about a finding."""
    mine = any(statement.subject.key in keys for keys in owners.values())
    possible = not is_finding(statement) or names_a_finding(statement, concepts)
    return mine and possible and not is_result(statement) and not of_a_kind(statement, lineage)


def _tells(statement: Statement, concepts: Mapping[str, Concept]) -> bool:
    """Whether the authors say in words, not that a disease has a finding, but that it tells it from another."""
    finding = concepts.get(statement.subject.key or "")
    told = statement.predicate == "discriminates" and statement.polarity == "present" and statement.statistic is None
    possible = finding is not None and finding.type in FINDING_TYPES and not finding.variable
    return told and possible and statement.comparator is not None and not is_plan(statement)


def _named(statements: Iterable[Statement], keys: frozenset[str]) -> list[Statement]:
    return [s for s in statements if is_finding(s) and s.subject.key in keys]


class _Column:
    """What is known of one disease, by finding."""

    def __init__(
        self, found: Iterable[Cell], said: Iterable[Statement], told: Iterable[Statement], lineage: Lineage
    ) -> None:
        self._cells: dict[str, list[Cell]] = defaultdict(list)
        self._words: dict[str, list[Statement]] = defaultdict(list)
        self._told: dict[str, list[Statement]] = defaultdict(list)
        self._narrower: dict[str, set[str]] = defaultdict(set)
        cells_ = list(found)
        self._entities = {cell.finding.identity: cell.finding for cell in cells_}
        for statement in told:
            self._told[statement.subject.identity].append(statement)
            self._entities.setdefault(statement.subject.identity, statement.subject)
        for cell in cells_:
            self._cells[cell.finding.identity].append(cell)
            for above in lineage.ancestors(cell.finding.identity) if cell.n is not None else ():
                self._narrower[above].add(f"{cell.finding.label} {count_text(cell)}")
        for statement in said:
            if in_words(statement):
                self._words[statement.object.identity].append(statement)

    @property
    def findings(self) -> tuple[Entity, ...]:
        return tuple(self._entities.values())

    def cell(self, finding: Entity) -> MatrixCell:
        found = self._cells.get(finding.identity, [])
        counts = sorted((c for c in found if c.n is not None), key=lambda c: (not c.counted, -(c.total or 0), c.source))
        words = sorted(self._words.get(finding.identity, ()), key=standing)
        compared = sorted(self._told.get(finding.identity, ()), key=standing)
        narrower = sorted(self._narrower.get(finding.identity, ()))
        return MatrixCell(
            state=_state(counts, [*words, *compared]),
            counts=tuple(counts),
            words=once(words),
            often=tuple(dict.fromkeys(word for s in words if (word := how_often(s)) is not None)),
            compared=once(compared),
            looked_for=tuple(i for c in found if c.state == "assessed" for i in c.statements),
            notes=(
                *dict.fromkeys(note for c in found for note in c.notes),
                *(f"see also the narrower {text}" for text in narrower),
            ),
        )


def _state(counts: Sequence[Cell], words: Sequence[Statement]) -> str:
    known = [cell for cell in counts if cell.counted]
    same = [(one, other) for one, other in combinations(known, 2) if one.disease.identity == other.disease.identity]
    if any(cell.state == "disagree" for cell in known) or any(apart(*pair) for pair in same):
        return "disagree"
    if known:
        return "seen" if any(cell.n for cell in known) else "zero"
    if _contradict(words):
        return "disagree"
    return "in_words" if counts or words else "not_reported"


def _contradict(words: Iterable[Statement]) -> bool:
    """Whether one paper says in plain words that it is there and another that it is not."""
    sources: dict[str, set[str]] = {"present": set(), "absent": set()}
    for statement in words:
        if not statement.hedged and standing(statement) == 0:
            sources[statement.polarity].add(statement.source)
    return any(one != other for one in sources["present"] for other in sources["absent"])


def _row_order(row: MatrixRow) -> tuple[int, int, str]:
    counted = sum(any(c.counted for c in cell.counts) for cell in row.cells)
    reported = sum(cell.state != "not_reported" for cell in row.cells)
    return -counted, -reported, row.finding.label.casefold()


def _row_json(row: MatrixRow, diseases: Sequence[Concept]) -> dict[str, Any]:
    return {
        "key": row.finding.key,
        "sign": row.finding.label,
        "cells": [
            {
                "disease": disease.key,
                "state": cell.state,
                "text": cell.text,
                "counts": [_count_json(one) for one in cell.counts],
                "words": list(cell.words),
                "looked_for": list(cell.looked_for),
                "often": list(cell.often),
                "compared": list(cell.compared),
                "notes": list(cell.notes),
            }
            for disease, cell in zip(diseases, row.cells, strict=True)
        ],
    }


def _count_json(cell: Cell) -> dict[str, Any]:
    interval = cell.interval
    return {
        "source": cell.source,
        "disease": cell.disease.key,
        "n": cell.n,
        "N": cell.total,
        "percent": cell.percent,
        "interval": [100 * interval.low, 100 * interval.high] if interval is not None else None,
        "unit": cell.unit,
        "statements": list(cell.used),
        "warnings": list(cell.warnings),
    }
