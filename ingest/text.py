"""This module holds what a reader hands over, and makes clean text of it with a map back to the stored source."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final

from kg.model import SECTIONS, ModelError, Span, require_one_of

BLOCK_KINDS: Final = ("title", "heading", "paragraph", "caption", "table", "reference", "front", "noise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the stored text that is read as one.

    `segments` are in reading order: a paragraph that a page break, a running header or a caption cuts in two has two.
    `heading` is the nearest heading above as printed, '' if none. `kind` 'noise' is a running header or a page number,
    'front' a title page's addresses, dates and names; neither is read for statements. `language` is ISO 639-1.
    """

    kind: str
    section: str
    segments: tuple[Span, ...]
    heading: str = ""
    page: int | None = None
    language: str = "en"
    locator: str | None = None

    def __post_init__(self) -> None:
        require_one_of("block kind", self.kind, BLOCK_KINDS)
        require_one_of("section", self.section, SECTIONS)
        if not self.segments:
            raise ModelError("a block has no segment; give at least one stretch of the stored text")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell: its place in the grid (counted from 0), how many places it spans, and where it stands in the text."""

    row: int
    column: int
    span: Span | None
    text: str
    header: bool = False
    row_span: int = 1
    column_span: int = 1
    locator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with addressable cells; `label` as printed ('Table 1')."""

    label: str
    cells: tuple[TableCell, ...]
    caption: Span | None = None
    caption_text: str = ""
    footnotes: tuple[Span, ...] = ()
    page: int | None = None
    section: str = "Table"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """What a reader makes of a file: the stored text that offsets count in, its blocks and tables, its metadata.

    `metadata` holds the fields of `kg.model.Source` that the file itself states (title, authors, journal, year, doi,
    licence). `notes` are sentences for a person: what was passed over, and why.
    """

    text: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...] = ()
    metadata: dict[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """Text as a person reads it: one blank for white space, words re-joined that a line end hyphenated.

    `offsets[i]` is the place in the stored text of character i, so every stretch maps back exactly.
    """

    text: str
    offsets: array[int]

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the stored text that holds clean characters [start, end), `start < end`."""
        return Span(start=self.offsets[start], end=self.offsets[end - 1] + 1)
