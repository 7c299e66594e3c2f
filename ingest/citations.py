"""This module reads citation markers, in the style in which a paper marks its references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.screening import screened


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Citation markers at clean characters [start, end): '(1,2)', '[3–5]', 'survival.21'."""

    start: int
    end: int
    markers: tuple[str, ...]


_RANGE: Final = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?"
_NUMBERS: Final = rf"{_RANGE}(?:\s?,\s?{_RANGE})*"
BRACKETED: Final = screened(rf"\[\s?({_NUMBERS})\s?\]")  # 'as shown [3–5]'
ROUND: Final = screened(rf"\((?<![\d%]\()({_NUMBERS})\)")  # 'as shown (3, 4)', not '12(4)'
BLANK_BEFORE: Final = re.compile(r"(?<![\d%]) \Z")  # of such a marker, as far as no number stands before it
# 'in NETs.21 Others', 'of the pancreas1 and'; it begins with a character class, which the engine skips to quickly.
_WORD_ENDS: Final = r"[a-z)\]”\"’%]"
GLUED: Final = screened(
    rf"[.,;:\d](?:(?:(?<={_WORD_ENDS}[.,;:])|(?<=[A-Z]\.))\d{{1,3}}|(?<={_WORD_ENDS}\d)\d{{0,2}})(?:[-–,]\d{{1,3}})*"
    r"(?=$|[\s.,;:)]|[A-Z])"
)
LONGEST_WORD: Final = 60  # characters
NEAR: Final = 80
"""Characters on either side of a marker that tell whether it counts an item."""

MOST_REFERENCES: Final = 200
"""A range of more is none of references."""

NUMBERED_WORDS: Final = frozenset({"grade", "type", "stage", "phase"})
"""Words whose number is glued to them by a lost blank, and cites nothing."""

ABBREVIATED: Final = frozenset({"Fig", "Figs", "Tab", "Eq", "No", "Vol", "vol", "Ref", "Refs", "p", "pp", "ca", "vs"})
"""Words that a full stop shortens before a number of their own: 'Fig.3'."""

CITATION_STYLES: Final = ("square", "round", "glued")


def citation_style(text: str) -> str:
    """How a whole paper marks its references: 'square' [1], 'round' (1), or 'glued' to a word or full stop.

    >>> citation_style("seen in NETs.21 Others agree.22,23 Ki67 was low.24")
    'glued'
    """
    counts = {style: sum(1 for _ in _markers(text, style)) for style in CITATION_STYLES}
    return max(CITATION_STYLES, key=lambda style: counts[style])


def find_citations(text: str, style: str) -> list[Citation]:
    """Citation markers in a paper's style, left to right; a count in brackets or a name ending in a digit is none.

    >>> [c.markers for c in find_citations("seen in NETs (7–9), in men (12/20), elsewhere(3,5).", "round")]
    [('7', '8', '9'), ('3', '5')]
    """
    found = [_citation(*place) for place in _markers(text, style)]
    return sorted((c for c in found if c.markers), key=lambda c: c.start)


def _markers(text: str, style: str) -> Iterator[tuple[int, int, str]]:
    if style == "square":
        yield from ((m.start(), m.end(), m.group(1)) for m in BRACKETED.finditer(text))
    elif style == "round":
        found = (m for m in ROUND.finditer(text) if not _is_enumeration(text, m))
        yield from ((_with_blank(text, m.start()), m.end(), m.group(1)) for m in found)
    else:
        found = (m for m in GLUED.finditer(text) if _is_glued(text, m))
        places = ((m.start() + len(_mark(m)), m.end()) for m in found)
        yield from ((start, end, text[start:end]) for start, end in places)


def _with_blank(text: str, start: int) -> int:
    """Where a marker in round brackets starts, with the blank before it."""
    blank = BLANK_BEFORE.search(text, max(0, start - 2), start)
    return blank.start() if blank else start


def _is_enumeration(text: str, match: re.Match[str]) -> bool:
    """'(1) Hepatocellular carcinoma: …' counts items; it cites nothing."""
    if "," in match.group(1) or "–" in match.group(1) or "-" in match.group(1):
        return False
    before = text[max(0, match.start() - NEAR) : match.start()].rstrip()
    after = text[match.end() : match.end() + NEAR].lstrip()
    opens = not before or before[-1] in ".:;"
    goes_on = re.search(r"\b(?:and|or|,)$", before) is not None
    return (opens and after[:1].isalpha()) or (goes_on and after[:1].islower())


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """A superscript follows a whole word or a full stop; 'CA125', 'Ki67', 'b800', 'T2' and 'G3' are names."""
    word = re.search(r"[A-Za-z)\]”\"’%]+$", text[max(0, match.start() - LONGEST_WORD) : match.start()])
    stem = word.group(0) if word else ""
    mark = _mark(match)
    if mark:
        return mark != "." or not stem[-1:].isalpha() or (len(stem) > 1 and stem not in ABBREVIATED)
    return len(stem) > 3 and stem.islower() and stem not in NUMBERED_WORDS


def _mark(match: re.Match[str]) -> str:
    """The full stop or comma between a word and the number glued to it, if there is one."""
    first = match.group()[0]
    return "" if first.isdigit() else first


def _citation(start: int, end: int, numbers: str) -> Citation:
    markers: list[str] = []
    for part in re.split(r"\s?,\s?", numbers):
        ends = [int(n) for n in re.split(r"\s?[-–—]\s?", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < MOST_REFERENCES:
            markers += [str(n) for n in range(ends[0], ends[1] + 1)]
        elif ends[0] > 0:
            markers += [str(n) for n in ends]
    return Citation(start=start, end=end, markers=tuple(dict.fromkeys(markers)))


def blank_out(text: str, citations: Sequence[Citation]) -> str:
    """The text with its markers blanked, every character at its old place."""
    for c in citations:
        text = text[: c.start] + " " * (c.end - c.start) + text[c.end :]
    return text
