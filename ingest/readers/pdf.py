"""This module reads PDF files: text in reading order, tables, running headers as noise, page numbers on every block."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.readers.base import ReaderError
from ingest.readers.draft import Draft, Place, TableParts
from ingest.readers.pdf_layout import PrintedLine, printed_lines, reading_order, segments_of
from ingest.readers.pdf_metadata import metadata_of
from ingest.readers.pdf_page import Page, page_of
from ingest.readers.pdf_tables import FoundTable, glyphs_in, tables_of
from ingest.readers.text import blocks_of
from ingest.text import Block, RawText

MOST_PAGES: Final = 2000
# A page with fewer characters than this has no text layer worth the name.
FEWEST_CHARACTERS: Final = 20
# Running headers and page numbers stand in the outer share of a page's height.
EDGE_SHARE: Final = 0.12
_PAGE_NUMBER: Final = re.compile(r"(?i)(?:page\s*)?\d{1,6}(?:\s*(?:of|/|\|)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]")
_TABLE_CAPTION: Final = re.compile(
    r"(?P<label>(?:Supplementary )?(?:Table|TABLE)\s+(?:S?\d{1,2}[A-Za-z]?|[IVX]{1,4}))\b"
)
# How far a caption may stand above its table, and a note below it, in lines.
CAPTION_DISTANCE: Final = 3.0


class PdfReader:
    """Reads .pdf files that have a text layer."""

    def can_read(self, path: Path, head: bytes) -> bool:
        return path.suffix.lower() == ".pdf" and b"%PDF-" in head

    def read(self, data: bytes) -> RawText:
        """The text of all pages, then the tables, then the running headers and page numbers.

        ReaderError where the file is locked, damaged, cut short, or only a picture of its text.
        """
        document = _opened(data)
        try:
            pages = [page_of(document, number) for number in range(1, len(document) + 1)]
            information = document.get_metadata_dict(skip_empty=True)
        except pdfium.PdfiumError as error:
            raise ReaderError(f"a page cannot be read ({error}); the file is damaged: download it again") from error
        finally:
            document.close()
        _require_text(pages)
        return _written([_sheet(page) for page in pages], pages, information)


def _opened(data: bytes) -> Any:
    """The document, opened; a reason in words where PDFium refuses it."""
    try:
        document = pdfium.PdfDocument(data)
        count = len(document)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise ReaderError("the PDF is locked with a password; save it without one") from error
        hint = "" if _is_whole(data) else " (it is cut short)"
        raise ReaderError(f"the PDF is damaged{hint}; download it again") from error
    if not _is_whole(data):
        document.close()
        raise ReaderError("the PDF is cut short: its end mark %%EOF is missing; download it again")
    if not 1 <= count <= MOST_PAGES:
        document.close()
        raise ReaderError(f"the PDF has {count} pages; 1 to {MOST_PAGES} are read: give the pages of one article")
    return document


def _is_whole(data: bytes) -> bool:
    return b"%%EOF" in data[-2048:]


def _require_text(pages: Sequence[Page]) -> None:
    if all(len(page.glyphs) + page.turned < FEWEST_CHARACTERS for page in pages):
        raise ReaderError(
            f"none of its {len(pages)} page(s) has a text layer (a scan?); run character recognition (OCR) on it first"
        )


# --- pages to lines -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as read: its lines in reading order and its tables with their captions and notes."""

    number: int
    height: float
    lines: tuple[PrintedLine, ...]
    tables: tuple[CaptionedTable, ...]


@dataclass(frozen=True, slots=True)
class CaptionedTable:
    """A table with the lines above or below it that belong to it."""

    table: FoundTable
    caption: tuple[PrintedLine, ...]
    notes: tuple[PrintedLine, ...]


def _sheet(page: Page) -> Sheet:
    tables = tables_of(page)
    taken = {id(glyph) for table in tables for glyph in glyphs_in(page.glyphs, table.box)}
    segments = segments_of(glyph for glyph in page.glyphs if id(glyph) not in taken)
    lines: list[PrintedLine] = []
    for group in reading_order(segments):
        printed = printed_lines(group)
        if printed and lines:
            # A column that begins higher up goes on where the one before it ended; anything else is a new part.
            goes_on = printed[0].base > lines[-1].base and abs(printed[0].size - lines[-1].size) < 0.6
            printed[0] = replace(printed[0], apart=not goes_on)
        lines.extend(printed)
    captioned = []
    for table in tables:
        caption, notes = _caption_lines(lines, table), _note_lines(lines, table)
        captioned.append(CaptionedTable(table, caption, notes))
        claimed = {id(line) for line in (*caption, *notes)}
        lines = [line for line in lines if id(line) not in claimed]
    return Sheet(page.number, page.height, tuple(lines), tuple(captioned))


def _caption_lines(lines: Sequence[PrintedLine], table: FoundTable) -> tuple[PrintedLine, ...]:
    """The lines from 'Table 1' down to the table, or those below the table that begin so."""
    beside = sorted((line for line in lines if _above_or_below(line, table)), key=lambda line: -line.base)
    above = [line for line in beside if line.base >= table.box.top - 2]
    starts = [place for place, line in enumerate(above) if _TABLE_CAPTION.match(line.text)]
    if starts and _follow(above[starts[-1] :], table.box.top):
        return tuple(above[starts[-1] :])
    below = [line for line in beside if line.base < table.box.bottom]
    if below and _TABLE_CAPTION.match(below[0].text) and _follow(below[:1], table.box.bottom):
        return tuple(_connected(below))
    return ()


def _above_or_below(line: PrintedLine, table: FoundTable) -> bool:
    inside = min(line.right, table.box.right) - max(line.left, table.box.left)
    return inside > 0.5 * (line.right - line.left)


def _follow(lines: Sequence[PrintedLine], edge: float) -> bool:
    """Whether lines stand closely above each other down to a table's edge."""
    bases = [line.base for line in lines]
    steps = [first - second for first, second in itertools.pairwise(bases)]
    size = lines[0].size
    return abs(bases[-1] - edge) <= CAPTION_DISTANCE * size and all(step <= 2.2 * size for step in steps)


def _connected(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The first line and those that follow it closely in the same size."""
    connected = list(lines[:1])
    for line in lines[1:]:
        last = connected[-1]
        if last.base - line.base > 1.6 * last.size or abs(last.size - line.size) > 0.4:
            break
        connected.append(line)
    return connected


def _note_lines(lines: Sequence[PrintedLine], table: FoundTable) -> tuple[PrintedLine, ...]:
    """The lines in smaller print closely below a table."""
    sizes = Counter(round(line.size, 1) for line in lines for _ in line.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    below = [line for line in lines if line.base < table.box.bottom and _above_or_below(line, table)]
    below.sort(key=lambda line: -line.base)
    if not below or below[0].size > 0.96 * body or table.box.bottom - below[0].base > 2.0 * below[0].size:
        return ()
    return () if _TABLE_CAPTION.match(below[0].text) else tuple(_connected(below))


# --- noise ----------------------------------------------------------------------------------------------------------


def _noise(sheets: Sequence[Sheet]) -> set[int]:
    """The ids of lines at the edges of pages that other pages repeat but for their numbers, and of page numbers."""
    edges = [(sheet, line) for sheet in sheets for line in _outermost(sheet)]
    seen: dict[tuple[str, int], set[int]] = {}
    for sheet, line in edges:
        seen.setdefault(_pattern(line), set()).add(sheet.number)
    enough = min(3, max(2, (len(sheets) + 1) // 2))
    repeated = {pattern for pattern, numbers in seen.items() if len(numbers) >= enough}
    return {id(line) for _, line in edges if _pattern(line) in repeated or _PAGE_NUMBER.fullmatch(line.text)}


def _outermost(sheet: Sheet) -> list[PrintedLine]:
    """The lines on the two highest and the two lowest base lines, where they stand in the page's margins."""
    bases = sorted({round(line.base) for line in sheet.lines})
    outer = {*bases[:2], *bases[-2:]}
    low, high = EDGE_SHARE * sheet.height, (1 - EDGE_SHARE) * sheet.height
    lines = [line for line in sheet.lines if round(line.base) in outer and not low < line.base < high]
    return [line for line in lines if _stands_alone(line, [other for other in sheet.lines if other not in lines])]


def _stands_alone(line: PrintedLine, body: Sequence[PrintedLine]) -> bool:
    """Whether no line of the body follows or precedes it as lines of one paragraph do."""
    beside = (other for other in body if other.left < line.right and line.left < other.right)
    return all(abs(other.base - line.base) > 1.5 * max(other.size, line.size) for other in beside)


def _pattern(line: PrintedLine) -> tuple[str, int]:
    """What a running header keeps from page to page: its words and, to a few points, its height."""
    return re.sub(r"\d+", "#", line.text).casefold(), round(line.base / 4)


# --- lines to the stored text -------------------------------------------------------------------------


def _written(sheets: Sequence[Sheet], pages: Sequence[Page], information: dict[str, str]) -> RawText:
    noise = _noise(sheets)
    prose, starts = _prose(sheets, noise)
    draft = Draft(pieces=[prose + "\n\n"], length=len(prose) + 2)
    draft.blocks.extend(_paged(block, starts) for block in (blocks_of(prose) if prose.strip() else ()))
    for sheet in sheets:
        for table in sheet.tables:
            _write_table(draft, table, sheet.number)
    for sheet in sheets:
        for line in sheet.lines:
            if id(line) in noise:
                draft.block("noise", Place(section="other", page=sheet.number), line.text, f"page {sheet.number}")
    draft.notes.extend(_notes(pages))
    return draft.finish(metadata_of(information, [line for line in sheets[0].lines if id(line) not in noise]))


def _prose(sheets: Sequence[Sheet], noise: set[int]) -> tuple[str, list[int]]:
    """All lines but noise, a form feed between pages, and where in the text each page begins."""
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for sheet in sheets:
        lines = [line for line in sheet.lines if id(line) not in noise]
        text = "".join(("\n\n" if line.apart else "\n") + line.text for line in lines).lstrip("\n")
        text = f"\f{text}\n" if starts else f"{text}\n"
        starts.append(length)
        parts.append(text)
        length += len(text)
    return "".join(parts).rstrip(), starts


def _paged(block: Block, starts: Sequence[int]) -> Block:
    number = sum(start <= block.segments[0].start for start in starts)
    return replace(block, page=number, locator=f"page {number}")


def _write_table(draft: Draft, captioned: CaptionedTable, number: int) -> None:
    """A table's caption, grid and notes, behind the prose."""
    here = Place(section="Table", page=number)
    text = " ".join(line.text for line in captioned.caption)
    caption = draft.block("caption", here, text, f"page {number}")
    label = _TABLE_CAPTION.match(text)
    parts = TableParts(label=" ".join(label["label"].split()) if label else "", caption=caption, caption_text=text)
    written = draft.table(here, parts, captioned.table.rows, f"page {number}")
    notes = draft.block("paragraph", here, " ".join(line.text for line in captioned.notes), f"page {number}")
    if notes is not None and written >= 0:
        draft.tables[written] = replace(draft.tables[written], footnotes=(notes,))


def _notes(pages: Sequence[Page]) -> list[str]:
    """What a person should know: pages that are pictures, and text that stands upright."""
    notes = []
    empty = [str(page.number) for page in pages if len(page.glyphs) + page.turned < FEWEST_CHARACTERS]
    if empty:
        notes.append(f"page(s) {', '.join(empty)} have no text layer and were not read")
    turned = {page.number: page.turned for page in pages if page.turned}
    if turned:
        where = ", ".join(f"{count} on page {number}" for number, count in turned.items())
        notes.append(f"characters that stand upright were not read: {where}")
    return notes
