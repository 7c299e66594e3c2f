"""This module cuts text into lines and tells what belongs to no paragraph: running headers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from ingest.screening import screened


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line without the white space at its ends: its place in the stored text and what stands before it.

    `gap` is true after an empty line, `page_break` at the top of a page; `page` counts from 1.
    """

    text: str
    start: int
    gap: bool = False
    page_break: bool = False
    page: int = 1

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def apart(self) -> bool:
        """Whether white space or a page break sets the line apart from the one above."""
        return self.gap or self.page_break


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a text is typed: whether its paragraphs run over many lines, and how wide a line of its body is."""

    wrapped: bool
    width: float
    headers: frozenset[str] = frozenset()


_LINE: Final = screened(r"[^\n\f]+|\n|\f")
_PAGE_NUMBER: Final = screened(r"(?:page\s*)?\d{1,6}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s*\d{1,4}\s*[-–—]", re.IGNORECASE)
_ADDRESS: Final = screened(r"(?:https?://|www\.)\S+(?:\s*\d{1,6})?")
_PICTURE: Final = screened(r"\[(?:image|figure|graphic|picture)\b[^\]]*\]", re.IGNORECASE)
_PANELS: Final = screened(r"[A-Z](?:[ ,]*[A-Z]){0,11}")
# A sentence's end, behind it perhaps a closing bracket and the figures of a citation: 'cases(1).', 'growth.4', '[3].'
_SENTENCE_END: Final = screened(
    r"[.!?:;][\"'”’)\]]*\Z|(?<!\d)[.!?][\"'”’)\]]*\s*[\[(]?\d[\d,;–\- ]*[\])]?\Z|[\])][.!?]\d[\d,;–\- ]*\Z"
)
_ABBREVIATED: Final = screened(
    r"(?:\b(?:[Ee]t al|[Ff]igs?|vs|e\.g|i\.e|approx|ca|cf|[Dd]r|[Nn]o|resp)\.|(?<![^\W_])[A-Z]\.)\Z"
)
LONGEST_HEADER: Final = 90


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence, citation figures behind the stop allowed.

    >>> [ends_sentence(text) for text in ("slow growth.4", "cases(1).", "as shown by Kim et al.", "of the liver")]
    [True, True, False, False]
    """
    return bool(_SENTENCE_END.search(text)) and not _ABBREVIATED.search(text)


def split_lines(text: str) -> list[Line]:
    """The lines that are not empty, in order.

    A form feed breaks the page; so does a single blank in front of a line where hardly any other line is indented
    (what becomes of a form feed when a text is tidied).
    """
    indents = re.findall(r"^[ \t]+(?=[^\s|])", text, re.MULTILINE)
    every = max(1, len(re.findall(r"^[^\n]*\S", text, re.MULTILINE)))
    blank_breaks = len(indents) < 0.15 * every
    lines: list[Line] = []
    ends, page, broken = 1, 1, False
    for match in _LINE.finditer(text):
        content = match.group().strip()
        if match.group() == "\f":
            broken = True
        elif not content:
            ends += match.group() == "\n"
        else:
            lead = len(match.group()) - len(match.group().lstrip())
            broken = (broken or (blank_breaks and match.group()[:lead] == " " and content[0] != "|")) and bool(lines)
            page += broken
            start = match.start() + lead
            lines.append(Line(text=content, start=start, gap=ends > 1, page_break=broken, page=page))
            ends, broken = 0, False
    return lines


def manner_of(lines: Sequence[Line]) -> Manner:
    """Tell wrapped text from text with a paragraph a line, and measure the body's width in characters."""
    pairs = [(first.text, second.text) for first, second in pairwise(lines) if not second.apart]
    carried = sum(second[0].islower() or first.endswith("-") for first, second in pairs)
    wrapped = bool(pairs) and carried > 0.25 * len(pairs)
    lengths = [len(line.text) for line in lines if len(line.text) >= 35] or [80]
    return Manner(wrapped=wrapped, width=median(lengths), headers=_running_headers(lines))


def _running_headers(lines: Sequence[Line]) -> frozenset[str]:
    """Short lines that the tops and bottoms of pages repeat, bare addresses, and names that such an address ends in."""
    addresses = {line.text for line in lines if _ADDRESS.fullmatch(line.text)}
    tails = {tail.casefold() for address in addresses for tail in re.split(r"[/.]+", address) if len(tail) > 4}
    named = {line.text for line in lines if line.text.casefold() in tails}
    edges: Counter[str] = Counter()
    for index, line in enumerate(lines):
        beside = lines[index : index + 2]
        at_edge = any(near.page_break for near in beside) or any(
            _PAGE_NUMBER.fullmatch(near.text) or near.text in addresses for near in lines[max(0, index - 1) : index + 2]
        )
        if at_edge and 4 < len(line.text) <= LONGEST_HEADER and not ends_sentence(line.text):
            edges[line.text] += 1
    repeated = {text for text, count in edges.items() if count >= 3}
    return frozenset(addresses | named | repeated)


def split_headers(lines: Sequence[Line], manner: Manner) -> list[Line]:
    """Cut a running header off a line that it is glued to ('involve wellwww.journal.org')."""
    glued = sorted((header for header in manner.headers if _ADDRESS.fullmatch(header)), key=len, reverse=True)
    result: list[Line] = []
    for line in lines:
        header = next((header for header in glued if line.text.endswith(header) and line.text != header), None)
        if header is None:
            result.append(line)
            continue
        body = line.text[: -len(header)].rstrip()
        result.append(replace(line, text=body))
        result.append(Line(text=header, start=line.end - len(header), page=line.page))
    return result


def is_noise(line: Line, manner: Manner) -> bool:
    """Whether a line is a running header, a page number, a picture's place or the letters of a figure's panels."""
    text = line.text
    return bool(
        text in manner.headers
        or _PAGE_NUMBER.fullmatch(text)
        or _PICTURE.fullmatch(text)
        or (_PANELS.fullmatch(text) and _names_panels(text))
    )


def _names_panels(text: str) -> bool:
    """Whether single letters are the first of the alphabet, each once, in any order.

    >>> _names_panels("CBA"), _names_panels("C D"), _names_panels("MRI")
    (True, True, False)
    """
    letters = sorted(re.findall(r"[A-Z]", text))
    follow = all(ord(second) - ord(first) == 1 for first, second in pairwise(letters))
    return bool(letters) and follow and (" " in text or len(letters) == 1 or letters[0] == "A")
