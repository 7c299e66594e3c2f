"""This module takes the characters and rules of a PDF page from PDFium, with their places in points."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pypdfium2 as pdfium
import pypdfium2.raw as raw

# A rule is a drawn line or a thin filled box: at most this thick, at least this long, in points.
RULE_THICKNESS: Final = 2.5
RULE_LENGTH: Final = 20.0
# A rule may be drawn cell by cell, in pieces at least this long.
SHORTEST_PIECE: Final = 4.0
# More drawn things than a page with tables has: a plot, whose lines are no rules of a table.
MOST_SHAPES: Final = 3000


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as drawn: its box, the line it stands on, its font's size and weight.

    `blank` says what stands before it: 'drawn' a blank of the file's own, 'guessed' one that PDFium puts in, '' none.
    `size` is in points.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    blank: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `number` counts from 1; `turned` counts the characters that stand upright, which are left out."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rules: tuple[Box, ...]
    turned: int


def page_of(document: pdfium.PdfDocument, number: int) -> Page:
    """The page of this number, counted from 1."""
    page: Any = document[number - 1]
    try:
        textpage: Any = page.get_textpage()
        try:
            turned: list[int] = []
            glyphs = tuple(_glyphs(textpage.raw, turned))
        finally:
            textpage.close()
        width, height = page.get_size()
        return Page(number, width, height, glyphs, tuple(_rules(page)), len(turned))
    finally:
        page.close()


def _glyphs(textpage: Any, turned: list[int]) -> Iterator[Glyph]:
    """The characters in the order in which they were drawn; blanks only as `spaced` of the next one."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    blank = ""
    for index in range(raw.FPDFText_CountChars(textpage)):
        code = raw.FPDFText_GetUnicode(textpage, index)
        text = _character(code)
        if text.isspace():
            guessed = raw.FPDFText_IsGenerated(textpage, index) == 1
            blank = blank if guessed and blank else "guessed" if guessed else "drawn"
            continue
        if not text:
            continue
        if abs(raw.FPDFText_GetCharAngle(textpage, index)) > 0.1:
            turned.append(index)
            continue
        raw.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        yield Glyph(
            text=text,
            left=min(left.value, x.value),
            right=right.value,
            base=y.value,
            size=raw.FPDFText_GetFontSize(textpage, index) * _scale(textpage, index),
            bold=raw.FPDFText_GetFontWeight(textpage, index) >= 600,
            blank=blank,
        )
        blank = ""


def _character(code: int) -> str:
    """A character by its number; PDFium writes 2 for a hyphen at a line end."""
    if code in (2, 0xAD):
        return "-"
    if code < 32:
        return " "
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF or code in (0xFFFE, 0xFFFF):
        return ""
    return chr(code)


def _scale(textpage: Any, index: int) -> float:
    """How much the page enlarges the font: many PDFs set size 1 and draw it 9 times as large."""
    matrix = raw.FS_MATRIX()
    if not raw.FPDFText_GetMatrix(textpage, index, matrix):
        return 1.0
    return float((matrix.c**2 + matrix.d**2) ** 0.5) or 1.0


def _rules(page: Any) -> Iterator[Box]:
    """The straight horizontal and vertical rules of a page, pieces in one line joined.

    The edges of an outlined box count as four.
    """
    pieces = [piece for piece in _pieces(page) if max(piece.width, piece.height) >= SHORTEST_PIECE]
    flat = [(piece.bottom, piece.left, piece.right) for piece in pieces if piece.width >= piece.height]
    upright = [(piece.left, piece.bottom, piece.top) for piece in pieces if piece.width < piece.height]
    yield from (Box(start, at, end, at + 1) for at, start, end in _joined(flat))
    yield from (Box(at, start, at + 1, end) for at, start, end in _joined(upright))


def _pieces(page: Any) -> Iterator[Box]:
    """Drawn lines, thin filled boxes, and the edges of outlined boxes."""
    for number, shape in enumerate(page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=3)):
        if number >= MOST_SHAPES:
            return
        box = Box(*_bounds(shape))
        if min(box.width, box.height) <= RULE_THICKNESS:
            yield box
        elif _is_outlined(shape.raw):
            yield Box(box.left, box.top, box.right, box.top)
            yield Box(box.left, box.bottom, box.right, box.bottom)
            yield Box(box.left, box.bottom, box.left, box.top)
            yield Box(box.right, box.bottom, box.right, box.top)


def _joined(pieces: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """Pieces (where, from, to) at the same place that touch, as one; only what is long enough for a rule."""
    current: tuple[float, float, float] | None = None
    for at, start, end in sorted((round(at / RULE_THICKNESS), start, end) for at, start, end in pieces):
        if current is not None and at == current[0] and start <= current[2] + RULE_THICKNESS:
            current = (at, current[1], max(end, current[2]))
            continue
        if current is not None and current[2] - current[1] >= RULE_LENGTH:
            yield current[0] * RULE_THICKNESS, current[1], current[2]
        current = (at, start, end)
    if current is not None and current[2] - current[1] >= RULE_LENGTH:
        yield current[0] * RULE_THICKNESS, current[1], current[2]


def _bounds(shape: Any) -> tuple[float, float, float, float]:
    get = getattr(shape, "get_bounds", None) or shape.get_pos
    left, bottom, right, top = get()
    return left, bottom, right, top


def _is_outlined(shape: Any) -> bool:
    """Whether a path is drawn as an outline of four straight strokes."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shape, fill, stroke)
    return bool(stroke.value) and 4 <= raw.FPDFPath_CountSegments(shape) <= 5
