"""This module puts paragraphs together that a page, a caption or a column cut, and sets languages apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from ingest.layout import Piece
from ingest.lines import Manner


def joined_paragraphs(pieces: Iterable[Piece], manner: Manner) -> list[Piece]:
    """Join a paragraph that a page break, a caption or a second column cut in two; what is joined stands where it ends.

    A piece that begins with a small letter goes on with the last paragraph whose sentence is open. Where a heading
    lies between them, the text was set in columns: the opening part, and the paragraphs right above it, are read
    under that heading.
    """
    result: list[Piece] = []
    for piece in pieces:
        opening = _opening_of(piece, result, manner)
        if opening is None:
            result.append(piece)
            continue
        place = result.index(opening)
        between = any(other.kind == "heading" for other in result[place + 1 :])
        opening.lines = [*opening.lines, *piece.lines]
        if between:
            first = _column_start(result, place)
            result = [*result[:first], *result[place + 1 :], *result[first : place + 1]]
    return result


def _opening_of(piece: Piece, before: Sequence[Piece], manner: Manner) -> Piece | None:
    """The piece that this one goes on, None if it stands by itself."""
    if piece.kind != "paragraph":
        return None
    last = next((other for other in reversed(before) if other.kind != "noise"), None)
    if last is None or last.kind == "heading":
        return None
    first = piece.lines[0].text[0]
    if last.kind == "caption" and (
        (last.open and first.islower()) or (last is before[-1] and _both_wide(last, piece, manner))
    ):
        return last
    return _open_paragraph(piece, before, manner)


def _open_paragraph(piece: Piece, before: Sequence[Piece], manner: Manner) -> Piece | None:
    """The last paragraph that this one may go on: the one right before it, or, with a small letter, any open one."""
    first = piece.lines[0].text[0]
    small = first.islower() or first in ")],;%–" or (not first.isalpha() and first not in '(["“‘•·*†‡')
    for other in reversed(before):
        if other.kind == "heading" and not first.islower():
            return None
        if other.kind != "paragraph" or other.language != piece.language:
            continue
        if other.open and len(other.text.split()) > 5 and (small or manner.wrapped):
            return other
        if not small or not manner.wrapped:
            return None
    return None


def _both_wide(caption: Piece, piece: Piece, manner: Manner) -> bool:
    """Whether a caption of one line and what follows on its page are both set across the columns of the body."""
    if not manner.wrapped or len(caption.lines) > 1 or piece.lines[0].page_break:
        return False
    widths = [len(line.text) for line in piece.lines[:-1] or piece.lines]
    return min(median(widths), len(caption.lines[0].text)) > 1.4 * manner.width


def _column_start(pieces: Sequence[Piece], place: int) -> int:
    """Where the paragraphs of the same column begin that end with the one at `place`."""
    first = place
    while first and pieces[first - 1].kind == "paragraph" and pieces[first - 1].language == pieces[place].language:
        first -= 1
    return first
