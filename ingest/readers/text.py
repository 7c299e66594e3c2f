"""This module reads plain text: it decodes the file, then finds title, sections, paragraphs, captions, tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.headings import is_table
from ingest.layout import Piece, read_pieces
from ingest.lines import Line, ends_sentence, manner_of, split_headers, split_lines
from ingest.paragraphs import joined_paragraphs
from ingest.readers.base import ReaderError
from ingest.sections import STRUCTURED_ABSTRACT_SECTIONS, heading_number, known_section, language_of, language_scores
from ingest.text import Block, RawText
from kg.model import Span

SUFFIXES: Final = (".txt", ".text", ".md")
LONGEST_ABSTRACT: Final = 6000  # characters; an abstract alone, with its title, is shorter
FEWEST_PAGES: Final = 3  # fewer breaks that only a blank shows are none: pages come in a row
_IN_CONCLUSION: Final = re.compile(r"(?:In|To) (?:conclusion|conclude)\b")


class TextReader:
    """Reads plain text in UTF-8; asked last, because every text file looks like text."""

    def can_read(self, path: Path, head: bytes) -> bool:
        """Whether the file's name or, without a telling name, its first bytes are plain text's."""
        if path.suffix.lower() in SUFFIXES:
            return True
        return path.suffix == "" and b"\x00" not in head and not head.lstrip().startswith((b"<", b"%PDF", b"PK"))

    def read(self, data: bytes) -> RawText:
        """The stored text (LF line ends, no byte order mark) and its blocks.

        Raises ReaderError for an empty file, another encoding than UTF-8, or NUL bytes.
        """
        text = decoded(data)
        return RawText(text=text, blocks=blocks_of(text))


def decoded(data: bytes) -> str:
    """The text of a file as it is stored: UTF-8 decoded, line ends LF, no byte order mark.

    >>> decoded(b"\\xef\\xbb\\xbfResults\\r\\n7/12\\r\\n")
    'Results\\n7/12\\n'
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReaderError("the file is UTF-16, not UTF-8; save it as UTF-8 and add it again")
    if b"\x00" in data:
        raise ReaderError(
            f"the file has a NUL byte at position {data.index(0)}, so it is no plain text; "
            "give a .txt, .pdf, .xml or .html file"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReaderError(
            f"the file is not UTF-8 (byte {data[error.start]:#04x} at position {error.start}); "
            "save it as UTF-8 and add it again"
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReaderError("the file has no text in it; give a file with the paper's text")
    return text


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a stored text in reading order; every character that is not white space lies in exactly one."""
    lines = split_lines(text)
    manner = manner_of(lines)
    pieces = read_pieces(split_headers(lines, manner), manner)
    _mark_front(pieces)
    pieces = joined_paragraphs(pieces, manner)
    _name_sections(pieces, len(text))
    paged = "\f" in text or sum(line.page_break for line in lines) >= FEWEST_PAGES
    return tuple(_block(piece, text, paged=paged) for piece in pieces)


def _block(piece: Piece, text: str, *, paged: bool) -> Block:
    return Block(
        kind=piece.kind,
        section=piece.section,
        segments=_segments(piece.lines, text),
        heading=piece.heading,
        page=piece.lines[0].page if paged else None,
        language=piece.language,
        locator=piece.label,
    )


def _segments(lines: Sequence[Line], text: str) -> tuple[Span, ...]:
    """The stretches that the lines cover, those with only white space between them as one."""
    spans: list[Span] = []
    for line in lines:
        if spans and not text[spans[-1].end : line.start].strip() and line.start >= spans[-1].end:
            spans[-1] = Span(start=spans[-1].start, end=line.end)
        else:
            spans.append(Span(start=line.start, end=line.end))
    return tuple(spans)


# --- front matter ---


def _mark_front(pieces: list[Piece]) -> None:
    """Call what stands before the first section or the first prose title or front matter."""
    title: str | None = None
    for piece in pieces:
        if piece.kind == "heading" or (piece.kind == "paragraph" and is_prose(piece.text)):
            return
        if piece.kind != "paragraph":
            continue
        words = _folded(piece.text)
        if title is None and _could_be_title(piece):
            title = words
        piece.kind = "title" if words == title else "front"
        piece.language = language_of(piece.text)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _could_be_title(piece: Piece) -> bool:
    words = piece.text.split()
    return (
        4 <= len(words) <= 45
        and not ends_sentence(piece.text)
        and not re.search(r"@|\bdoi\b|https?:|\d{4}", piece.text)
    )


def is_prose(text: str) -> bool:
    """Whether a stretch is sentences of English, not a title, names, addresses or dates.

    >>> is_prose("Department of Radiology, University of Siena, Italy")
    False
    """
    words = text.split()
    if len(words) < 20 or (len(words) < 40 and not ends_sentence(text)):
        return False
    verbs = re.findall(r"\b(?:is|are|was|were|be|been|has|have|had|can|may|we|this|that|these|which)\b", text.lower())
    return language_scores(text)["en"] >= 0.2 * len(words) and len(verbs) >= 2


# --- sections ---


def _name_sections(pieces: list[Piece], length: int) -> None:
    """Give every piece its section and the heading that it stands under."""
    headings = [index for index, piece in enumerate(pieces) if piece.kind == "heading"]
    names = {index: known_section(pieces[index].text) for index in headings}
    first_body = _first_body_heading(names, pieces, length)
    report = any(name in ("Methods", "Results") for index, name in names.items() if index >= first_body)
    style = {pieces[index].text.isupper() for index, name in names.items() if name and index >= first_body}
    section = "Abstract" if first_body > 0 and (headings or length <= LONGEST_ABSTRACT) else "other"
    heading = ""
    for index, piece in enumerate(pieces):
        if piece.kind == "heading":
            if index < first_body:
                section = "other" if names[index] in ("other", "References") else "Abstract"
            else:
                section = _section_under(
                    piece, names[index], section, report=report, main=piece.text.isupper() in style
                )
            heading = (
                piece.text.rstrip(" :.") if piece.language == "en" and language_of(piece.text) == "en" else heading
            )
        piece.heading = heading
        piece.section = _own_section(piece, section)
        if section == "References" and piece.kind == "paragraph":
            piece.kind = "reference"


def _first_body_heading(names: dict[int, str | None], pieces: Sequence[Piece], length: int) -> int:
    """The index of the heading that ends the abstract; one past the end for an abstract alone."""
    order = list(names)
    if not order:
        return len(pieces) if length <= LONGEST_ABSTRACT else 0
    introductions = [index for index in order if names[index] == "Introduction" and not pieces[index].run_in]
    begun = next(
        (index for index in order if names[index] in ("Methods", "Discussion") and index > order[0]), len(pieces)
    )
    if introductions and length > LONGEST_ABSTRACT:
        early = [index for index in introductions if pieces[index].lines[0].start < length / 2]
        return (early or introductions)[-1] if len(introductions) > 1 else introductions[0]
    if length <= LONGEST_ABSTRACT and not any(names[index] in ("Discussion", "References") for index in order):
        return len(pieces)
    if names[order[0]] == "Abstract":
        return order[1] if len(order) > 1 else len(pieces)
    repeated = [index for place, index in enumerate(order) if names[index] in {names[other] for other in order[:place]}]
    structured = names[order[0]] in STRUCTURED_ABSTRACT_SECTIONS and any(names[index] for index in repeated)
    return min(repeated) if structured else min(begun, order[0])


def _section_under(piece: Piece, name: str | None, current: str, *, report: bool, main: bool) -> str:
    """The section that a heading of the body opens."""
    number = heading_number(piece.text)
    if name == "Objective":
        return "Introduction"
    if name is not None and not (number and "." in number):
        return name
    if name == "References":
        return name
    if number is not None:
        return current if "." in number else "other"
    return current if report or not main else "other"


def _own_section(piece: Piece, current: str) -> str:
    if piece.kind == "title":
        return "Title"
    if piece.kind in ("table", "caption"):
        return "Table" if piece.kind == "table" or is_table(piece.label) else "Figure caption"
    if piece.kind == "front":
        return "other"
    if current == "Discussion" and piece.kind == "paragraph" and _IN_CONCLUSION.match(piece.text):
        return "Conclusion"
    return current
