"""This module gives each cell of a marked-up table its place in the grid, counting cells that span rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.readers.inline import Line

# What HTML allows a cell to span, and more columns than a table has; a larger number is a mistake or an attack.
MOST_COLUMNS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A cell with its text and its place; rows and columns count from 0."""

    line: Line
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    header: bool = False
    locator: str | None = None


def span_number(written: str | None) -> int:
    """A rowspan or colspan attribute as a number of at least 1.

    >>> [span_number(written) for written in ("3", " 2 ", None, "0", "many", "99999999")]
    [3, 2, 1, 1, 1, 1000]
    """
    digits = (written or "").strip()
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return 1
    return min(max(int(digits), 1), MOST_COLUMNS)


def place(rows: Iterable[Sequence[Placed]]) -> list[list[Placed]]:
    """The same cells with row and column set: each stands in the first column that no cell above it reaches into.

    A cell never reaches beyond the last row.

    >>> tall, wide, last = (Placed(line=Line(name, 1), row_span=2) for name in "abc")
    >>> [[(cell.row, cell.column, cell.row_span) for cell in row] for row in place([[tall, wide], [last]])]
    [[(0, 0, 2), (0, 1, 2)], [(1, 2, 1)]]
    """
    listed = [list(row) for row in rows]
    free_from: dict[int, int] = {}
    placed: list[list[Placed]] = []
    for number, row in enumerate(listed):
        column = 0
        placed.append([])
        for cell in row:
            while free_from.get(column, 0) > number:
                column += 1
            rows_spanned = min(cell.row_span, len(listed) - number)
            columns_spanned = _free_columns(cell.column_span, column, free_from, number)
            placed[-1].append(
                replace(cell, row=number, column=column, row_span=rows_spanned, column_span=columns_spanned)
            )
            free_from.update(dict.fromkeys(range(column, column + columns_spanned), number + rows_spanned))
            column += columns_spanned
    return placed


def _free_columns(wanted: int, column: int, free_from: Mapping[int, int], row: int) -> int:
    """How many columns a cell takes: what it asks for, up to the first that a cell above reaches into."""
    last = max(column + 1, min(column + wanted, MOST_COLUMNS))
    taken = (place for place in range(column, last) if free_from.get(place, 0) > row)
    return next(taken, last) - column


def with_headers(rows: list[list[Placed]]) -> list[list[Placed]]:
    """The same rows; where the table marks no header, the first row (and what it spans) is one if it is words only."""
    if len(rows) < 2 or any(cell.header for row in rows for cell in row):
        return rows
    first = [cell for cell in rows[0] if cell.line.text]
    if len(first) < 2 or not _is_wordy(first):
        return rows
    depth = max(cell.row_span for cell in first)
    if depth == 1 and any(cell.column_span > 1 for cell in first) and len(rows) > 2 and _is_wordy(rows[1]):
        depth = 2
    return [[replace(cell, header=True) for cell in row] for row in rows[:depth]] + rows[depth:]


def _is_wordy(row: Sequence[Placed]) -> bool:
    """Whether no cell of a row begins with a number."""
    return not any(re.match(r"[<>≤≥=]?\s*[\d.]", cell.line.text) for cell in row)
