"""This module finds the statistics that a stretch of clean text prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ingest.forms import ANCHORS, ROWS, Reported, Row
from ingest.printed import with_digits, with_points
from ingest.reported_kinds import with_kinds
from ingest.screening import screened
from ingest.table_cells import find_in_cell

__all__ = ["ROWS", "Reported", "Row", "find", "find_by_row", "find_in_cell"]

_TAKEN: Final = "\ue001"  # part of a statistic: no other row may match over it
_PASSED_OVER: Final = "\ue002"  # a citation, a date: no number any more
_LONGEST_STRETCH: Final = 6000  # characters; longer than nearly any paragraph
_NEEDS: Final = frozenset(
    need for needs in (*(row.needs for row in ROWS), *(anchor.needs for anchor in ANCHORS.values())) for need in needs
)
_WORTH_READING: Final = screened(r"\d|\b(?:[Aa]nother|[Aa] single|once|half|additional)\b")


def find(text: str) -> list[Reported]:
    """The statistics of a sentence or paragraph, in order, none over another.

    >>> [(one.kind, list(map(str, one.fields.values())), one.op) for one in find("multiple in most (9/12, P<0.001)")]
    [('proportion', ['9', '12'], None), ('p_value', ['0.001'], '<')]
    """
    if len(text) > _LONGEST_STRETCH:
        return [one.moved(start) for start, stretch in _stretches(text) for one in find(stretch)]
    digits = with_points(with_digits(text))
    if not _WORTH_READING.search(digits):
        return []
    return with_kinds(text, _matched(digits, ROWS))


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """The text in stretches that are read one by one, cut behind a sentence where there is one."""
    start = 0
    while start < len(text):
        end = start + _LONGEST_STRETCH
        if end < len(text):
            end = max(text.rfind(". ", start, end), text.rfind("; ", start, end), end - _LONGEST_STRETCH // 4) + 1
        yield start, text[start:end]
        start = end


def find_by_row(text: str, row: Row) -> list[Reported]:
    """What one row of the grammar alone finds in a text, its kind as the row says."""
    return _matched(with_points(with_digits(text)), (row,))


def _matched(text: str, rows: Sequence[Row]) -> list[Reported]:
    """What each row in turn makes of what the rows before it left, in the order of the text."""
    missing = {need for need in _NEEDS if need not in text}
    places = {
        name: [] if anchor.needs and missing.issuperset(anchor.needs) else anchor.places(text)
        for name, anchor in ANCHORS.items()
    }
    found: list[Reported] = []
    for row in rows:
        if not places[row.anchor] or (row.needs and missing.issuperset(row.needs)):
            continue
        built, taken = _found_by(row, text, places[row.anchor])
        for start, end in taken:
            text = text[:start] + (_TAKEN if built else _PASSED_OVER) * (end - start) + text[end:]
        if taken:
            places = {name: _outside(taken, those) for name, those in places.items()}
        found.extend(built)
    return sorted(found, key=lambda reported: reported.start)


def _found_by(row: Row, text: str, places: Sequence[int]) -> tuple[list[Reported], list[tuple[int, int]]]:
    """What a row finds at these places of a text, and which stretches it takes."""
    found: list[Reported] = []
    taken: list[tuple[int, int]] = []
    end = 0
    for place in places:
        match = row.pattern.match(text, place) if place >= end else None
        if match is None or _TAKEN in match.group():
            continue
        built = row.build(row, match)
        if built is None or (not built and row.kind != "none"):
            continue
        start = min((reported.start for reported in built), default=match.start())
        end = max((reported.end for reported in built), default=match.end())
        taken.append((start, end))
        found.extend(built)
    return found, taken


def _outside(taken: Sequence[tuple[int, int]], places: Sequence[int]) -> list[int]:
    """The places that lie in none of the stretches."""
    return [place for place in places if not any(start <= place < end for start, end in taken)]
