"""This module holds a curation: what a person says of one statement, as a row of `curation.csv` writes it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from kg.model import NUMBER_FIELDS, Span

ACTIONS: Final = ("accept", "reject", "correct", "add")
"""What a person may do with a statement."""

STATISTIC_COLUMNS: Final = ("statistic_type", "printed", "printed_start", *NUMBER_FIELDS, "unit", "op")
CHANGE_COLUMNS: Final = (
    *("subject", "predicate", "object", "polarity", "hedged", "modality", "phase", "comparator", "population"),
    *("unit_of_analysis", "evidence", "citations", "section", "variable", "locator"),
    *STATISTIC_COLUMNS,
)
"""The columns that say what a statement is to be: those of the statement table, and what only the model has."""

FORMER_COLUMNS: Final = ("former_subject", "former_predicate", "former_object", "former_printed")
"""What the statement said when the row was written; it is found by that where its hash is no more.

`former_printed` is '-' where it had no number.
"""

_FIRST: Final = ("id", "action", "statement", "start", "end", "quote")
_LAST: Final = ("reason", "reviewer", "date")
COLUMNS: Final = (*_FIRST, *FORMER_COLUMNS, *CHANGE_COLUMNS, *_LAST)
REQUIRED_COLUMNS: Final = ("id", "action", "reviewer", "date")
NEEDED_TO_ADD: Final = ("subject", "predicate", "object", "evidence")
WHOLE_COLUMNS: Final = ("subject", "predicate", "object", "polarity", "hedged", "evidence", "section")
"""A row that fills these says the whole statement: what it leaves empty is not there, whatever was extracted."""

REMOVE: Final = "-"
"""The cell that takes a value away; an empty one leaves it as it is."""

_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")
_HASH: Final = re.compile(r"[0-9a-f]{20}\Z")
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?\Z")
_OFFSET: Final = re.compile(r"[0-9]{1,9}\Z", re.ASCII)


class CurationError(ValueError):
    """A curation that cannot be read, applied or written; the sentence names the value and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """A person's accept, reject, correction or addition, its cells as they are written.

    `statement` is a statement's hash; `span` and `quote` the place in the stored text; `former` the cells of
    FORMER_COLUMNS, `changes` those of CHANGE_COLUMNS (`printed` in an accept or a reject says which number is meant).
    `line` is where the row stands in its file, 0 if in none; `id` may be empty until it gets there.

    >>> Curation(id="1", action="approve", reviewer="A. Reader", date="2025-01-31", statement="0" * 20)
    Traceback (most recent call last):
    kg.curation.row.CurationError: action is 'approve'; allowed: accept, reject, correct, add
    """

    id: str = ""
    action: str
    statement: str | None = None
    span: Span | None = None
    quote: str = ""
    former: Mapping[str, str] = field(default_factory=dict)
    changes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    reviewer: str
    date: str
    line: int = field(default=0, compare=False)

    def __post_init__(self) -> None:
        _require(
            not self.id or _ID.match(self.id), f"id is {self.id!r}; allowed: up to 64 letters, digits, '.', '_' and '-'"
        )
        _require(self.action in ACTIONS, f"action is {self.action!r}; allowed: {', '.join(ACTIONS)}")
        _require(
            self.statement is None or _HASH.match(self.statement),
            f"statement is {self.statement!r}; allowed: a statement's hash of 20 hexadecimal digits, or nothing",
        )
        _require(self.reviewer.strip(), "the reviewer has no name; write who says so")
        _require(_is_date(self.date), f"date is {self.date!r}; allowed: 2025-01-31, or 2025-01-31T09:30:00+00:00")
        _refuse_unknown(self.former, FORMER_COLUMNS)
        _refuse_unknown(self.changes, CHANGE_COLUMNS)
        _require_place(self)
        _require_changes(self)

    @property
    def is_whole(self) -> bool:
        """Whether the row says all that its statement says, so that it needs no extraction: each added one does."""
        if self.action in ("add", "reject"):
            return self.action == "add"
        placed = self.span is not None and self.quote
        return bool(placed) and all(self.changes.get(name, REMOVE) != REMOVE for name in WHOLE_COLUMNS)

    def cells(self) -> dict[str, str]:
        """The row under COLUMNS, empty cells left out.

        >>> one = Curation(id="1", action="accept", statement="0" * 20, reviewer="A. Reader", date="2025-01-31")
        >>> one.cells() == {"id": "1", "action": "accept", "statement": "0" * 20, "reviewer": "A. Reader",
        ...                 "date": "2025-01-31"}
        True
        """
        place = {"start": str(self.span.start), "end": str(self.span.end)} if self.span else {}
        given = {
            "id": self.id,
            "action": self.action,
            "statement": self.statement or "",
            **place,
            "quote": self.quote,
            **self.former,
            **self.changes,
            "reason": self.reason,
            "reviewer": self.reviewer,
            "date": self.date,
        }
        return {name: given[name] for name in COLUMNS if given.get(name)}

    @classmethod
    def from_cells(cls, cells: Mapping[str, str], *, line: int = 0) -> Curation:
        """The curation of a row; the inverse of `cells`. Raises CurationError for a cell that is not allowed."""
        return cls(
            **{name: cells.get(name, "") for name in ("id", "action", "quote", "reason", "reviewer", "date")},
            statement=cells.get("statement") or None,
            span=_span(cells.get("start", ""), cells.get("end", "")),
            former=_filled(cells, FORMER_COLUMNS),
            changes=_filled(cells, CHANGE_COLUMNS),
            line=line,
        )


def content_id(curation: Curation) -> str:
    """An id made of what the row says: the same row has the same id, whatever its id was."""
    cells = replace(curation, id="").cells()
    return hashlib.sha256(json.dumps(sorted(cells.items())).encode()).hexdigest()[:16]


def near(word: str, allowed: tuple[str, ...]) -> str:
    """A hint at what may have been meant, or nothing.

    >>> near("predicat", CHANGE_COLUMNS), near("xyz", CHANGE_COLUMNS)
    (" (did you mean 'predicate'?)", '')
    """
    close = get_close_matches(word, allowed, n=1, cutoff=0.7)
    return f" (did you mean {close[0]!r}?)" if close else ""


def offset(name: str, cell: str) -> int:
    """A place in the stored text. Raises CurationError for anything but a whole number from 0."""
    _require(_OFFSET.match(cell), f"{name} is {cell[:40]!r}; allowed: a whole number from 0, in characters of the text")
    return int(cell)


def _span(start: str, end: str) -> Span | None:
    if not start and not end:
        return None
    first, last = offset("start", start), offset("end", end)
    _require(first < last, f"start is {first} and end {last}; the end lies behind the start")
    return Span(start=first, end=last)


def _filled(cells: Mapping[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    return {name: cells[name] for name in columns if cells.get(name)}


def _require(holds: object, sentence: str) -> None:
    if not holds:
        raise CurationError(sentence)


def _is_date(text: str) -> bool:
    try:
        return _DATE.match(text) is not None and datetime.fromisoformat(text) is not None
    except ValueError:
        return False


def _refuse_unknown(cells: Mapping[str, str], allowed: tuple[str, ...]) -> None:
    for name in cells:
        _require(name in allowed, f"there is no column {name!r}{near(name, allowed)}; allowed: {', '.join(allowed)}")


def _require_place(curation: Curation) -> None:
    """A row has to say which statement it means, or where a new one stands."""
    if curation.action == "add":
        _require(curation.span and curation.quote, "an added statement needs start, end and quote; give all three")
        _require(curation.statement is None, "an added statement has no hash yet; leave the column statement empty")
    else:
        _require(
            curation.statement or curation.span,
            f"nothing says which statement to {curation.action}; give its hash, or start and end",
        )
    if curation.span and curation.quote:
        length = curation.span.end - curation.span.start
        _require(
            len(curation.quote) == length,
            f"quote has {len(curation.quote)} characters, and from start to end are {length}; copy it from the text",
        )


def _require_changes(curation: Curation) -> None:
    if curation.action == "correct":
        _require(curation.changes, "nothing is corrected; fill at least one column of the statement, or accept it")
    if curation.action == "add":
        for name in NEEDED_TO_ADD:
            _require(curation.changes.get(name, REMOVE) != REMOVE, f"an added statement needs {name}; fill that column")
    if curation.action in ("accept", "reject") and not curation.is_whole:
        whole = f", or fill {', '.join(WHOLE_COLUMNS)}" if curation.action == "accept" else ""
        for name in curation.changes:
            _require(
                name == "printed",
                f"{curation.action} changes nothing, but {name} is filled; empty it, or make the action correct{whole}",
            )
