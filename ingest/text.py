"""This module holds what a reader hands over, and makes clean text of it with a map back to the stored source."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from ingest.screening import screened
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
    offsets: Sequence[int]

    def source_span(self, start: int, end: int) -> Span:
        """The stretch of the stored text that holds clean characters [start, end), `start < end`."""
        return Span(start=self.offsets[start], end=self.offsets[end - 1] + 1)


_HYPHENS: Final = "-\u2010\u2011"
_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_NO_SIGN: Final = rf"{_INVISIBLE}\x00-\x08\x0e-\x1b\x7f"
_LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}
# A hyphen at a line end; white space that is more or other than one blank; what is no sign at all; a ligature.
_SPECIAL: Final = screened(
    rf"(?P<cut>(?<=\S)[{_HYPHENS}\u00ad][^\S\n]*\n\s*(?=\S))"
    rf"|(?P<blank>(?:[^\S ]|[ ](?=[\s{_NO_SIGN}]))[\s{_NO_SIGN}]*)|(?P<invisible>[{_NO_SIGN}]+)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
)
_LIGATURE: Final = re.compile(f"[{''.join(_LIGATURES)}]")
_LEFT_WORD: Final = screened(r"[^\W_]+(?:-[^\W_]+)*\Z")
_RIGHT_WORD: Final = screened(r"[^\W_]+(?:-[^\W_]+)*")
_WORD: Final = screened(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN_WORD: Final = screened(rf"[^\W_]+(?:[-][^\W_]+)*[{_HYPHENS}][^\S\n]*\n\s*[^\W_]+(?:-[^\W_]+)*")
# Written with a hyphen as a rule, where the document itself does not show how it writes the word.
_HYPHENATING_LEFT: Final = screened(
    r"non|well|poorly|self|high|low|long|short|first|second|third|half|cross|ill|all|ex|quasi|left|right"
)
_HYPHENATING_RIGHT: Final = screened(
    r"based|guided|specific|like|related|enhanced|weighted|free|derived|induced|dependent|associated|mediated"
    r"|positive|negative|bearing|labelled|labeled|scale|wide|shaped|type|level|term|grade|old|up|out|off"
)
# Two words of English that, set side by side, are one: never compounds with a hyphen.
_CLOSED_COMPOUNDS: Final = screened(
    r"however|therefore|without|within|although|overall|together|sometimes|otherwise|nevertheless|nonetheless"
    r"|whereas|moreover|furthermore|meanwhile|another|into|upon|cannot|throughout|whereby|thereby|themselves"
    r"|something|anything|nothing|everything|outside|inside|toward|towards|afterwards|likewise|somewhat|undergo"
    r"|underwent|undergone|outcome|outcomes|background|baseline|threshold|understand|understanding|lifetime"
    r"|healthcare|breakdown"
)


@lru_cache(maxsize=8)
def _written_words(text: str) -> Counter[str]:
    """How often the text writes each word, hyphenated compounds as one, those cut by a line end left out.

    >>> _written_words("well-differentiated and he-\\npatic")["well-differentiated"]
    1
    >>> _written_words("well-differentiated and he-\\npatic")["patic"]
    0
    """
    return Counter(_WORD.findall(_BROKEN_WORD.sub(" ", text).lower()))


@lru_cache(maxsize=8)
def _first_halves(text: str) -> frozenset[str]:
    """What stands before the hyphen in the compounds of a text."""
    return frozenset(word.partition("-")[0] for word in _written_words(text) if "-" in word)


def keeps_hyphen(left: str, right: str, text: str) -> bool:
    """Whether 'left-' at a line end and 'right' on the next are a compound that the hyphen belongs to.

    The document decides first: does it write the word joined, or with the hyphen, elsewhere? Then whether both halves
    are words of the document; then what English does as a rule.

    >>> keeps_hyphen("he", "patic", "hepatic lesions, he-\\npatic vein")
    False
    >>> keeps_hyphen("ultrasound", "guided", "guided by ultrasound; ultrasound-\\nguided biopsy")
    True
    """
    if not right[:1].islower() or not left[-1:].isalpha():
        return True
    left, right = left.lower(), right.lower()
    words = _written_words(text)
    joined, hyphenated = words[left + right], words[f"{left}-{right}"]
    if joined != hyphenated:
        return hyphenated > joined
    left, right = left.rpartition("-")[2], right.partition("-")[0]
    if _CLOSED_COMPOUNDS.fullmatch(left + right) or words[left + right]:
        return False
    if _HYPHENATING_LEFT.fullmatch(left) or (_HYPHENATING_RIGHT.fullmatch(right) and words[left]):
        return True
    if words[right] and left in _first_halves(text):
        return True
    return min(len(left), len(right)) >= 4 and bool(words[left] and words[right])


def _joined(text: str, block: Block) -> tuple[str, Sequence[int]]:
    """The block's segments as one string, a line end between two of them, and the place of each character."""
    if len(block.segments) == 1:
        start, end = block.segments[0].start, block.segments[0].end
        return text[start:end], range(start, end)
    pieces: list[str] = []
    places: array[int] = array("I")
    for segment, following in zip(block.segments, (*block.segments[1:], None), strict=True):
        pieces.append(text[segment.start : segment.end])
        places.extend(range(segment.start, segment.end))
        if following is not None and (gap := screened(r"\s").search(text, segment.end)):
            pieces.append("\n")
            places.append(gap.start())
    return "".join(pieces), places


def clean(text: str, block: Block) -> CleanText:
    """The block as a person reads it, with the place of every character in the stored `text`.

    White space becomes one blank; a word that a line end hyphenated is joined again, a compound keeps its hyphen;
    soft hyphens and zero-width characters vanish; a ligature becomes its letters, which share its place.

    >>> stored = "A he-\\npatic  mass"
    >>> cleaned = clean(stored, Block(kind="paragraph", section="other", segments=(Span(start=0, end=17),)))
    >>> cleaned.text
    'A hepatic mass'
    >>> cleaned.source_span(2, 9)
    Span(start=2, end=11)
    """
    joined, places = _joined(text, block)
    if _is_plain(joined) or _SPECIAL.search(joined) is None:
        return _stripped(joined, places)
    pieces: list[str] = []
    offsets: array[int] = array("I")
    done = 0
    for match in _SPECIAL.finditer(joined):
        pieces.append(joined[done : match.start()])
        offsets.extend(places[done : match.start()])
        replacement = _replacement(match, joined, text)
        pieces.append(replacement)
        offsets.extend([places[match.start()]] * len(replacement))
        done = match.end()
    pieces.append(joined[done:])
    offsets.extend(places[done:])
    return _stripped("".join(pieces), offsets)


def _is_plain(text: str) -> bool:
    """Whether a text surely has nothing special: of that only ligatures and blanks count as printable."""
    return text.isprintable() and "  " not in text and (text.isascii() or _LIGATURE.search(text) is None)


def _replacement(match: re.Match[str], joined: str, text: str) -> str:
    """What stands in the clean text for a line-end hyphen, white space, an invisible character or a ligature."""
    if match.lastgroup == "blank":
        return " "
    if match.lastgroup == "ligature":
        return _LIGATURES[match.group()]
    if match.lastgroup == "invisible" or match.group()[0] == "\u00ad":
        return ""
    left = _LEFT_WORD.search(joined, max(0, match.start() - 60), match.start())
    right = _RIGHT_WORD.match(joined, match.end())
    if left and right and not keeps_hyphen(left.group(), right.group(), text):
        return ""
    return match.group()[0]


def _stripped(text: str, offsets: Sequence[int]) -> CleanText:
    """Without blanks at either end."""
    start = len(text) - len(text.lstrip(" "))
    end = len(text.rstrip(" "))
    return CleanText(text[start:end], offsets[start:end])
