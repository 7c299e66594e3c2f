"""This module finds the tables of a PDF page: those ruled on all sides, and those with rules above and below only."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from ingest.readers.grid import Placed, with_headers
from ingest.readers.inline import Line, Run, flatten
from ingest.readers.pdf_layout import Segment, lines_in, runs, segments_of
from ingest.readers.pdf_page import RULE_THICKNESS, Box, Glyph, Page

# Rules of one table begin and end at the same x, to this many points.
SAME_EDGE: Final = 4.0
# A table has at least two columns in at least this share of its lines.
TABULAR_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table on a page: the box that holds it and its cells row by row."""

    box: Box
    rows: tuple[tuple[Placed, ...], ...]


def tables_of(page: Page, data: bytes) -> list[FoundTable]:
    """The tables of a page, from top to bottom; `data` is the whole PDF, opened only where the page has full grids."""
    flat = [rule for rule in page.rules if rule.height <= RULE_THICKNESS]
    upright = [rule for rule in page.rules if rule.width <= RULE_THICKNESS]
    found = _ruled(page, data) if len(upright) >= 2 and len(flat) >= 2 else []
    for rules in _families(flat):
        box = _around(rules)
        if not any(_overlap(box, other.box) for other in found):
            table = _open_table(page, box, head=rules[1].bottom if len(rules) >= 3 else box.top)
            found += [table] if table is not None else []
    return sorted(found, key=lambda table: -table.box.top)


def _overlap(first: Box, second: Box) -> bool:
    beside = first.right <= second.left or second.right <= first.left
    return not (beside or first.top <= second.bottom or second.top <= first.bottom)


def glyphs_in(glyphs: Iterable[Glyph], box: Box) -> list[Glyph]:
    """The characters whose middle lies in a box."""
    return [glyph for glyph in glyphs if box.holds((glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.size)]


# --- ruled on all sides ---------------------------------------------------------------------------------------------


def _ruled(page: Page, data: bytes) -> list[FoundTable]:
    """The tables whose cells are drawn as boxes; at least two rows, two columns and some text."""
    import pdfplumber  # slow to load, and needed for few pages

    with pdfplumber.open(io.BytesIO(data), pages=[page.number]) as document:
        plumbed: Any = document.pages[0]
        grids = [[_box(cell, page.height) for cell in table.cells] for table in plumbed.find_tables()]
    tables = [_grid(page, cells) for cells in grids]
    return [table for table in tables if table is not None]


def _box(cell: Sequence[float], height: float) -> Box:
    """Pdfplumber counts y from the top."""
    left, top, right, bottom = cell
    return Box(left, height - bottom, right, height - top)


def _grid(page: Page, cells: Sequence[Box]) -> FoundTable | None:
    """The cells with their rows and columns; a cell that reaches over several edges spans them."""
    columns = _edges(cell.left for cell in cells)
    tops = _edges(-cell.top for cell in cells)
    if len(columns) < 2 or len(tops) < 2:
        return None
    inside = glyphs_in(page.glyphs, _around(cells))
    rows: list[list[Placed]] = [[] for _ in tops]
    for cell in sorted(cells, key=lambda cell: (_nearest(tops, -cell.top), cell.left)):
        row, column = _nearest(tops, -cell.top), _nearest(columns, cell.left)
        row_span = sum(1 for edge in tops[row + 1 :] if edge < -cell.bottom - SAME_EDGE)
        column_span = sum(1 for edge in columns[column + 1 :] if edge < cell.right - SAME_EDGE)
        rows[row].append(
            Placed(
                line=_cell_line(segments_of(glyphs_in(inside, cell))),
                row=row,
                column=column,
                row_span=row_span + 1,
                column_span=column_span + 1,
            )
        )
    if sum(bool(cell.line.text) for row in rows for cell in row) < 4:
        return None
    return FoundTable(_around(cells), tuple(map(tuple, with_headers(rows))))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _edges(values: Iterable[float]) -> list[float]:
    """The different values, near ones as one, in order."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda number: abs(edges[number] - value))


def _cell_line(segments: Sequence[Segment]) -> Line:
    """The text of a cell, its lines joined by blanks."""
    joined: list[Run] = []
    for line in lines_in(segments):
        for segment in line:
            joined += [Run(" "), *runs(segment)]
    return flatten(joined, cell=True)


# --- rules above and below ------------------------------------------------------------------------------------------


def _families(flat: Sequence[Box]) -> list[list[Box]]:
    """At least two long rules each that begin and end at the same x, from top to bottom."""
    families: list[list[Box]] = []
    for rule in sorted((rule for rule in flat if rule.width >= 80), key=lambda rule: -rule.top):
        family = next((family for family in families if _aligned(family[0], rule)), None)
        if family is None:
            families.append([rule])
        else:
            family.append(rule)
    return [rules for rules in families if len(rules) >= 2]


def _aligned(first: Box, second: Box) -> bool:
    return abs(first.left - second.left) <= SAME_EDGE and abs(first.right - second.right) <= SAME_EDGE


def _open_table(page: Page, box: Box, *, head: float) -> FoundTable | None:
    """The table between two rules, its columns by the white stripes that run through its lines; None for prose.

    Lines above `head`, the rule below the first, are the header.
    """
    wide = Box(box.left - 2, box.bottom, box.right + 2, box.top)
    lines = lines_in(segments_of(glyphs_in(page.glyphs, wide)))
    tabular = sum(len(line) >= 2 for line in lines)
    if len(lines) < 2 or tabular < TABULAR_SHARE * len(lines):
        return None
    stripes = _stripes(lines)
    if not stripes:
        return None
    rows = [_open_row(line, number, stripes) for number, line in enumerate(lines)]
    headed = [
        [replace(cell, header=line[0].base > head) for cell in row] for row, line in zip(rows, lines, strict=True)
    ]
    return FoundTable(box, tuple(map(tuple, with_headers(headed))))


def _stripes(lines: Sequence[Sequence[Segment]]) -> list[float]:
    """The x of each column's left edge but the first: stripes that hardly any line of several cells lies across."""
    rows = [line for line in lines if len(line) >= 2]
    edges = sorted({round(x, 1) for line in rows for segment in line for x in (segment.left, segment.right)})
    stripes: list[float] = []
    for start, end in itertools.pairwise(edges):
        middle = (start + end) / 2
        crossed = sum(segment.left < middle < segment.right for line in rows for segment in line)
        left = sum(any(segment.right <= middle for segment in line) for line in rows)
        right = sum(any(segment.left >= middle for segment in line) for line in rows)
        if end - start >= 3 and crossed <= 0.15 * len(rows) and min(left, right) >= 0.3 * len(rows):
            stripes.append(middle)
    return _apart(stripes, rows)


def _apart(stripes: Sequence[float], rows: Sequence[Sequence[Segment]]) -> list[float]:
    """Of stripes with no text between them, the last: it stands next to the column that it opens."""
    kept: list[float] = []
    for stripe in stripes:
        between = kept and sum(
            any(kept[-1] < (segment.left + segment.right) / 2 < stripe for segment in line) for line in rows
        )
        if kept and not between:
            kept[-1] = stripe
        else:
            kept.append(stripe)
    return kept


def _open_row(line: Sequence[Segment], number: int, stripes: Sequence[float]) -> list[Placed]:
    """A line as cells: a segment belongs to the columns that it reaches over."""
    grouped: dict[tuple[int, int], list[Segment]] = {}
    for segment in line:
        first = sum(stripe < segment.left + 1 for stripe in stripes)
        last = max(first, sum(stripe < segment.right - 1 for stripe in stripes))
        grouped.setdefault((first, last), []).append(segment)
    return [
        Placed(line=_cell_line(segments), row=number, column=first, column_span=last - first + 1)
        for (first, last), segments in grouped.items()
    ]
