"""This module reads tables: a grid from a table that was flattened into text, and the labels of each cell."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import Final

from ingest.screening import screened
from ingest.text import Block, RawText, Table, TableCell
from kg.model import Span

CAPTION: Final = screened(r"^\s*(table\s+[0-9IVX]+[A-Za-z]?)\b\s*[.:|]?\s*", re.IGNORECASE)
DATA: Final = screened(r"^(?:[-–—]|n/?a|[<>≤≥=~±]?\s*[-−]?\(?\d*\.?\d.*)$", re.IGNORECASE)
SEPARATOR: Final = screened(r"\s*\|\s*|\t")
CONTINUES: Final = screened(r"^[a-z(]|^[^\w\s]")
FOOTNOTE: Final = screened(
    r"^(?:note|abbreviations?|[a-e*†‡§#]\s|\*|†|values? (?:are|in)|data (?:are|in)|unless|sd\b|ci\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a flattened table: its text without surrounding white space, and where it stands."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCell:
    """A data cell with the labels that give it its meaning, as printed.

    `row` is the label of its row, `group` the heading that its row stands under ('' if none), `columns` the headers
    above it from the top down, `evidence` the stretch from the row's label to the cell, or the cell alone where they
    do not stand together.
    """

    table: Table
    cell: TableCell
    row: str
    group: str
    columns: tuple[str, ...]
    evidence: Span
    group_first: bool = False

    @property
    def column(self) -> str:
        return " ".join(self.columns)

    @property
    def locator(self) -> str:
        """The cell's address for a person: 'Table 1 · row Washout · column NETs'."""
        row = f"{self.group}: {self.row}" if self.group and self.group != self.row else self.row
        return f"{self.table.label} · row {row} · column {self.column}".strip()


def tables_of(raw: RawText) -> list[Table]:
    """The reader's own tables, then those that stand flattened in the text."""
    return [*raw.tables, *(table for _, table in _flattened(raw) if table is not None)]


def _flattened(raw: RawText) -> Iterator[tuple[Block, Table | None]]:
    """Each block of a table that the reader left as text, with its grid, None where it has none."""
    placed = [cell.span for table in raw.tables for cell in table.cells if cell.span is not None]
    caption: Block | None = None
    for block in raw.blocks:
        if block.kind == "caption" and block.section == "Table":
            caption = block
        if block.kind == "table" and not any(s.overlaps(part) for s in placed for part in block.segments):
            yield block, from_text(raw.text, block, caption)
            caption = None


def prose_of_tables(raw: RawText) -> Iterator[Block]:
    """What tables say in sentences, as blocks: their footnotes, and the lines of those that are lists, not grids."""
    for table in raw.tables:
        yield from (_prose(span) for span in table.footnotes)
    for block, grid in _flattened(raw):
        lines = list(_lines(raw.text, block))
        spans = [x.span for x in lines] if grid is None else list(grid.footnotes)
        caption = " ".join(x.text for x in _split_caption(lines)[0]) if grid is None else ""
        yield from (_prose(span, caption) for span in spans)


def _prose(span: Span, heading: str = "") -> Block:
    return Block(kind="paragraph", section="Table", segments=(span,), heading=heading)


def from_text(text: str, block: Block, above: Block | None = None) -> Table | None:
    """The grid of a table whose cells stand one a line, or whose rows stand one a line with '|' or tabs between.

    `above` is the block of the table's caption, if that stands apart. None where the lines have no such form: nothing
    is guessed.
    """
    caption, rest = _split_caption(list(_lines(text, block)))
    caption = caption or (list(_lines(text, above)) if above is not None else [])
    if not rest:
        return None
    label = CAPTION.match(caption[0].text) if caption else None
    cells, notes = _rows_of_lines(rest) if any(SEPARATOR.search(x.text) for x in rest) else _cell_a_line(rest)
    if not cells:
        return None
    words = " ".join(x.text for x in caption)
    return Table(
        label=label.group(1) if label else "Table",
        cells=tuple(cells),
        caption=Span(start=caption[0].span.start, end=caption[-1].span.end) if caption else None,
        caption_text=words[label.end() :] if label else words,
        footnotes=tuple(x.span for x in notes),
        page=block.page,
    )


def _lines(text: str, block: Block) -> Iterator[Line]:
    for segment in block.segments:
        start = segment.start
        for piece in text[segment.start : segment.end].splitlines(keepends=True):
            bare = piece.strip()
            if bare:
                at = start + piece.index(bare[0])
                yield Line(bare, Span(start=at, end=at + len(bare)))
            start += len(piece)


def _split_caption(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    if not lines or not CAPTION.match(lines[0].text):
        return [], list(lines)
    end = 1
    while end < len(lines) and CONTINUES.match(lines[end].text) and not SEPARATOR.search(lines[end].text):
        if DATA.match(lines[end].text):
            break
        end += 1
    return list(lines[:end]), list(lines[end:])


# ---------------------------------------------------------------- rows of lines


def _rows_of_lines(lines: Sequence[Line]) -> tuple[list[TableCell], list[Line]]:
    """One row a line: 'Age | 61.4 (33–75) | 0.36'. Lines without a separator that open a group stay as label rows."""
    cells: list[TableCell] = []
    notes: list[Line] = []
    row = 0
    for line in lines:
        parts = list(_parts(line))
        if len(parts) == 1 and (FOOTNOTE.match(line.text) or len(line.text) > 90):
            notes.append(line)
            continue
        header = row == 0 or (len(parts) > 1 and not any(DATA.match(t) for _, t, _ in parts[1:]) and row < 3)
        for column, words, span in parts:
            if span is not None:
                cells.append(TableCell(row=row, column=column, span=span, text=words, header=header or column == 0))
        row += 1
    return (_spanning(cells), notes) if row > 1 else ([], notes)


def _spanning(cells: Sequence[TableCell]) -> list[TableCell]:
    """The cells with the headers of the first row over as many columns each as there are in equal shares: three over
    nine columns stand over three each.
    """
    top = [c for c in cells if c.row == 0 and c.column > 0]
    width = max((c.column for c in cells if c.row > 0), default=0)
    share, rest = divmod(width, len(top)) if top else (0, 1)
    if rest or share < 2 or [c.column for c in top] != list(range(1, len(top) + 1)):
        return list(cells)
    spread = {id(c): replace(c, column=1 + i * share, column_span=share) for i, c in enumerate(top)}
    return [spread.get(id(c), c) for c in cells]


def _parts(line: Line) -> Iterator[tuple[int, str, Span | None]]:
    start, column = 0, 0
    text = line.text
    bounds = [(m.start(), m.end()) for m in SEPARATOR.finditer(text)] + [(len(text), len(text))]
    for left, right in bounds:
        words = text[start:left].strip()
        at = line.span.start + start + (len(text[start:left]) - len(text[start:left].lstrip()))
        yield column, words, Span(start=at, end=at + len(words)) if words else None
        start, column = right, column + 1


# ---------------------------------------------------------------- a cell a line


def _cell_a_line(lines: Sequence[Line]) -> tuple[list[TableCell], list[Line]]:
    """Cells one a line, as text extraction leaves a table: headers, then each row's label and its cells, then (where
    the extraction moved them) the headings that rows stand under.

    The widest row tells how many columns there are; the labels before the first row are the headers. Headings at the
    end are given to groups only where there are as many as rows that open a group, that is rows as wide as the widest.
    """
    runs = [(is_data, list(run)) for is_data, run in groupby(lines, key=lambda x: bool(DATA.match(x.text)))]
    if runs and runs[0][0]:
        runs = runs[1:]
    rows = [(labels[-1], data) for (_, labels), (_, data) in _pairs(runs)]
    if len(rows) < 2:
        return [], []
    width = max(len(data) for _, data in rows)
    headers = runs[0][1][:-1][-width:]
    if len(headers) != width:
        return [], []
    trailing = runs[-1][1] if not runs[-1][0] else []
    groups = _groups(rows, runs, trailing, width)
    cells = [TableCell(row=0, column=i + 1, span=h.span, text=h.text, header=True) for i, h in enumerate(headers)]
    row = 1
    for index, (label, data) in enumerate(rows):
        if index in groups:
            heading = groups[index]
            cells.append(
                TableCell(row=row, column=0, span=heading.span, text=heading.text, header=True, column_span=width + 1)
            )
            row += 1
        cells.append(TableCell(row=row, column=0, span=label.span, text=label.text, header=True))
        cells += [TableCell(row=row, column=i + 1, span=x.span, text=x.text) for i, x in enumerate(data)]
        row += 1
    return cells, []


def _pairs(
    runs: Sequence[tuple[bool, list[Line]]],
) -> Iterator[tuple[tuple[bool, list[Line]], tuple[bool, list[Line]]]]:
    for left, right in pairwise(runs):
        if not left[0] and right[0]:
            yield left, right


def _groups(
    rows: Sequence[tuple[Line, list[Line]]],
    runs: Sequence[tuple[bool, list[Line]]],
    trailing: Sequence[Line],
    width: int,
) -> dict[int, Line]:
    """Which row opens which group: headings that stand above their row, else those moved to the end."""
    above = [labels[-2] if len(labels) > 1 and i else None for i, ((_, labels), _) in enumerate(_pairs(runs))]
    if any(above):
        return {i: heading for i, heading in enumerate(above) if heading is not None}
    opening = [i for i, (_, data) in enumerate(rows) if len(data) == width]
    if opening and 0 < len(opening) <= len(trailing) <= len(opening) + 1 and len(opening) < len(rows):
        return dict(zip(opening, trailing[-len(opening) :], strict=True))
    return {}


# ---------------------------------------------------------------- labels of a cell


def data_cells(table: Table) -> Iterator[DataCell]:
    """Each data cell of a table with its labels, row by row."""
    grid = _spread(table)
    rows: dict[int, list[TableCell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    top = [r for r in sorted(rows) if all(c.header for c in rows[r]) and any(c.column > 0 for c in rows[r])]
    columns: dict[int, tuple[str, ...]] = {}
    group, fresh = "", False
    for row in sorted(rows):
        cells = rows[row]
        if row in top:
            continue
        label = next((c for c in cells if c.column == 0), None)
        data = [c for c in cells if c.column > 0 and c.text]
        if not data:
            group, fresh = (label.text if label else ""), True
            continue
        for cell in data:
            if cell.column not in columns:
                over = (grid.get((r, cell.column)) for r in top)
                columns[cell.column] = tuple(dict.fromkeys(h.text for h in over if h is not None and h.text))
            yield DataCell(
                table=table,
                cell=cell,
                row=label.text if label else "",
                group=group,
                columns=columns[cell.column],
                evidence=_evidence(label, cell),
                group_first=fresh,
            )
        fresh = False


def _spread(table: Table) -> dict[tuple[int, int], TableCell]:
    """Every place of the grid with the cell that covers it."""
    return {
        (cell.row + r, cell.column + c): cell
        for cell in table.cells
        for r in range(cell.row_span)
        for c in range(cell.column_span)
    }


def _evidence(label: TableCell | None, cell: TableCell) -> Span:
    """From the row's label to the cell where they stand close together, else the cell."""
    if cell.span is None:
        raise ValueError(f"cell {cell.text!r} has no place in the stored text; readers give each cell a span")
    if label is None or label.span is None or not 0 <= cell.span.end - label.span.start <= 400:
        return cell.span
    return Span(start=min(label.span.start, cell.span.start), end=cell.span.end)
