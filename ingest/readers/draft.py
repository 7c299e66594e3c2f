"""This module grows the stored text of a marked-up paper block by block, and remembers where each block stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.readers.grid import Placed
from ingest.readers.inline import Line
from ingest.text import Block, RawText, Table, TableCell
from kg.model import Span

CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a paper a block stands."""

    section: str
    heading: str = ""
    language: str = "en"
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableParts:
    """What surrounds a grid: its label, and the spans of its caption and footnotes in the text."""

    label: str
    caption: Span | None = None
    caption_text: str = ""
    footnotes: tuple[Span, ...] = ()


@dataclass(slots=True)
class Draft:
    """A text that only grows: one line a block, an empty line between blocks, one line a table row."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def write(self, text: str) -> Span:
        """The span of this text, appended as it is; `text` is not empty."""
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        return Span(start=start, end=self.length)

    def block(self, kind: str, place: Place, text: str, locator: str | None = None) -> Span | None:
        """The span of a new block, None where the text is empty (and nothing is written)."""
        if not text:
            return None
        span = self.write(text)
        self.write("\n\n")
        self._remember(kind, place, span, locator)
        return span

    def table(self, place: Place, parts: TableParts, rows: Sequence[Sequence[Placed]], locator: str | None) -> int:
        """The number of the new table in `tables`, -1 where no cell has a text: one block, one line a row."""
        start = self.length
        cells = [cell for row in rows for cell in self._row(row)]
        if self.length == start:
            return -1
        self._remember("table", place, Span(start=start, end=self.length - 1), locator)
        self.write("\n")
        self.tables.append(
            Table(
                label=parts.label,
                cells=tuple(cells),
                caption=parts.caption,
                caption_text=parts.caption_text,
                footnotes=parts.footnotes,
                page=place.page,
            )
        )
        return len(self.tables) - 1

    def finish(self, metadata: Mapping[str, object]) -> RawText:
        """The whole text (ending in one line end) with its blocks, tables and notes."""
        text = "".join(self.pieces).rstrip("\n")
        return RawText(
            text=text + "\n" if text else "",
            blocks=tuple(self.blocks),
            tables=tuple(self.tables),
            metadata=dict(metadata),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _remember(self, kind: str, place: Place, span: Span, locator: str | None) -> None:
        self.blocks.append(
            Block(
                kind=kind,
                section=place.section,
                segments=(span,),
                heading=place.heading,
                page=place.page,
                language=place.language,
                locator=locator,
            )
        )

    def _row(self, row: Sequence[Placed]) -> list[TableCell]:
        """The cells of one row, written as one line; a row without any text takes no line."""
        if not any(placed.line.text for placed in row):
            return [_cell(placed, None) for placed in row]
        cells = []
        for number, placed in enumerate(row):
            if number:
                self.write(CELL_SEPARATOR)
            cells.append(_cell(placed, self._cell_span(placed.line)))
        self.write("\n")
        return cells

    def _cell_span(self, line: Line) -> Span | None:
        if not line.text:
            return None
        span = self.write(line.text)
        return Span(start=span.start, end=span.start + (line.body_end or len(line.text)))


def _cell(placed: Placed, span: Span | None) -> TableCell:
    return TableCell(
        row=placed.row,
        column=placed.column,
        span=span,
        text=placed.line.body if span else "",
        header=placed.header,
        row_span=placed.row_span,
        column_span=placed.column_span,
        locator=placed.locator,
    )
