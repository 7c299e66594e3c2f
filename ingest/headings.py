"""This module recognises headings and captions among the lines of a text, in the styles that papers set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.lines import Line, Manner, ends_sentence, is_noise
from ingest.screening import screened
from ingest.sections import heading_number, known_section

_LABEL: Final = (
    r"(?P<label>(?:Supplementary |Suppl\. )?(?:Figure|FIGURE|Fig\.?|FIG\.?|Table|TABLE|Scheme|SCHEME|Box"
    r"|Chart)[\s\xa0]*(?:S?\d{1,2}[A-Za-z]?|[IVX]{1,4}))"
)
_CAPTION: Final = screened(rf"{_LABEL}\s*(?:[:.|]|[-–—]\s)\s*\S")
_BARE_CAPTION: Final = screened(rf"{_LABEL}\s+(?=[A-Z(\[])")
LONE_LABEL: Final = screened(rf"{_LABEL}\s*[:.]?\Z")
_GLUED_LABEL: Final = screened(rf"(?<=[a-z.)]){_LABEL}\Z")
_RUN_IN: Final = screened(r"(?P<name>[A-Z][A-Za-z ,/&-]{2,45}?)\s*(?P<mark>[:.]|[—–])\s+(?=[A-Z0-9(\[])")
_SMALL_LETTERS: Final = screened(r"[a-zà-ÿ]")
MOST_HEADING_WORDS: Final = 14
LONGEST_HEADING: Final = 110


def caption_label(line: Line) -> str | None:
    """The label of a figure or table that a line's caption opens with, None for any other line."""
    for pattern in (_CAPTION, _BARE_CAPTION, LONE_LABEL):
        if match := pattern.match(line.text):
            return " ".join(match.group("label").split())
    match = _GLUED_LABEL.search(line.text)
    return " ".join(match.group("label").split()) if match else None


def starts_caption(lines: Sequence[Line], index: int, manner: Manner) -> bool:
    """Whether a caption begins here, not a sentence that a line end put a figure's name in front of."""
    line = lines[index]
    label = caption_label(line)
    if label is None:
        return False
    above = lines[index - 1] if index else None
    fresh = line.apart or not manner.wrapped or above is None or is_noise(above, manner)
    if _CAPTION.match(line.text):
        return fresh or (above is not None and ends_sentence(above.text))
    return fresh


def is_table(label: str | None) -> bool:
    """Whether a caption's label is a table's."""
    return label is not None and "table" in label.lower()


def is_short(line: Line, manner: Manner, share: float = 0.75) -> bool:
    """Whether a line is shorter than this share of the body's width; unwrapped, than 100 characters."""
    return len(line.text) <= (share * manner.width if manner.wrapped else 100)


def in_capitals(text: str) -> bool:
    """Whether a line is all in capitals: at least one word of four letters, hardly a small letter.

    >>> in_capitals("NEUROENDOCRINE HEPATIC METASTASES"), in_capitals("MRI of the liver")
    (True, False)
    """
    small = len(_SMALL_LETTERS.findall(text))
    return small <= 0.1 * len(text) and bool(re.search(r"[^\W\d_]{4}", text))


def _could_be_heading(line: Line) -> bool:
    words = line.text.split()
    return (
        len(line.text) <= LONGEST_HEADING
        and len(words) <= MOST_HEADING_WORDS
        and (line.text[0].isupper() or heading_number(line.text) is not None)
        and line.text[-1] not in ".,;"
        and not re.search(r"[@|=%]|https?:|\bdoi\b", line.text)
    )


def looks_like_prose(line: Line, manner: Manner) -> bool:
    """Whether a line is one of a paragraph, not a heading or a cell."""
    if manner.wrapped:
        return len(line.text) >= 0.6 * manner.width
    return len(line.text) > 100 or (len(line.text.split()) > 8 and ends_sentence(line.text))


def heading_length(lines: Sequence[Line], index: int, manner: Manner, *, mid_sentence: bool) -> int:
    """How many lines from `index` on are one heading; 0 if the line is none."""
    line = lines[index]
    if known_section(line.text) and (line.text[0].isupper() or line.text[0].isdigit()) and not line.text.endswith(","):
        return 1
    if not _could_be_heading(line) or (mid_sentence and not in_capitals(line.text)):
        return 0
    below = lines[index + 1] if index + 1 < len(lines) else None
    if in_capitals(line.text) or heading_number(line.text):
        more = below is not None and not below.apart and in_capitals(line.text) and in_capitals(below.text)
        return 2 if more and below is not None and _could_be_heading(below) else 1
    apart = line.apart or is_short(line, manner, 0.6) or not manner.wrapped
    if below is None or not is_short(line, manner) or not apart:
        return 0
    return _title_case_length(lines[index + 1 : index + 3], manner)


def _title_case_length(below: Sequence[Line], manner: Manner) -> int:
    """How many lines a short line over these two is a heading of: 1, 2 if it goes on in the next, 0 if it is none."""
    if below[0].text[0].islower():
        runs_on = manner.wrapped and not below[0].apart and is_short(below[0], manner, 0.6)
        closed = ends_sentence(below[0].text) or len(below) < 2 or not below[1].text[0].isupper()
        return 2 if runs_on and not closed else 0
    follows = looks_like_prose(below[0], manner) or (_could_be_heading(below[0]) and not is_noise(below[0], manner))
    return 1 if follows and caption_label(below[0]) is None else 0


def run_in_heading(line: Line) -> int:
    """How many characters of the line are a section's name set before the text ('Background: ...'); 0 without one.

    >>> run_in_heading(Line(text="Results: Twelve patients", start=0))
    8
    """
    match = _RUN_IN.match(line.text)
    if match is None or known_section(match.group("name")) in (None, "other", "References"):
        return 0
    return match.end("mark")
