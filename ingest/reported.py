"""This module finds the statistics that a stretch of clean text prints."""

from __future__ import annotations

import re
from typing import Final

from ingest.grammar import Reported, Row
from ingest.printed import with_digits
from ingest.reported_kinds import with_kinds
from ingest.rows import ROWS
from ingest.table_cells import find_in_cell

__all__ = ["ROWS", "Reported", "Row", "find", "find_in_cell"]

_TAKEN: Final = "\ue001"  # part of a statistic: no other row may match over it
_PASSED_OVER: Final = "\ue002"  # a citation, a date: no number any more
_DIGIT: Final = re.compile(r"\d")
_WORDS_OF_ONE: Final = re.compile(r"\b(?:another|single|once|half|other case|additional)\b", re.IGNORECASE)


def find(text: str) -> list[Reported]:
    """The statistics of a sentence or paragraph, in order, none over another.

    >>> [(r.kind, {k: str(v) for k, v in r.fields.items()}, r.op) for r in find("Most masses were multiple (9/12, P<0.001).")]
    [('proportion', {'numerator': '9', 'denominator': '12'}, None), ('p_value', {'p': '0.001'}, '<')]
    """
    digits = with_digits(text)
    if not _DIGIT.search(digits) and not _WORDS_OF_ONE.search(digits):
        return []
    return with_kinds(text, sorted(_matched(digits), key=lambda reported: reported.start))


def _matched(text: str) -> list[Reported]:
    """What each row in turn makes of what the rows before it left."""
    found: list[Reported] = []
    for row in ROWS:
        if not row.worth_trying(text):
            continue
        place = 0
        while match := row.pattern.search(text, place):
            built = [] if _TAKEN in match.group() else row.build(row, match)
            if not built and row.kind != "none":
                place = match.start() + 1
                continue
            start = min((reported.start for reported in built), default=match.start())
            end = max((reported.end for reported in built), default=match.end())
            text = text[:start] + (_TAKEN if built else _PASSED_OVER) * (end - start) + text[end:]
            place = max(end, match.start() + 1)
            found.extend(built)
    return found
