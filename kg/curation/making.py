"""This module makes curations: of a statement that a person looked at, and of what it should have been."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.curation.cells import cells_of, entity_cell
from kg.curation.row import FORMER_COLUMNS, REMOVE, Curation, CurationError
from kg.model import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who says so, when (a date, or a time with its zone, in ISO 8601) and why."""

    reviewer: str
    date: str
    reason: str = ""


def acceptance(one: Statement, by: Signature, *, id: str = "") -> Curation:  # noqa: A002
    """A person says that a statement is right. The row says all of it, so that it holds if extraction changes.

    Raises ModelError for a list of which an item holds a '|'.
    """
    return replace(_about(one, "accept", by, id, cells_of(one)), former={})


def rejection(one: Statement, by: Signature, *, id: str = "") -> Curation:  # noqa: A002
    """A person says that a statement is wrong, and that there is none to put in its place."""
    return _about(one, "reject", by, id)


def correction(before: Statement, after: Statement, by: Signature, *, id: str = "") -> Curation:  # noqa: A002
    """A person says what a statement should be; the row says all of it. Both stand in the same place, and differ.

    Raises CurationError where they do not.
    """
    if (before.source, before.span) != (after.source, after.span):
        raise CurationError(f"{before.id} and {after.id} stand in two places; reject the one and add the other")
    cells, then = cells_of(after), cells_of(before)
    if cells == then:
        raise CurationError(f"nothing of {before.id} is corrected; accept it, or change a value")
    return _about(before, "correct", by, id, cells)


def addition(one: Statement, by: Signature, *, id: str = "") -> Curation:  # noqa: A002
    """A person says what is missing."""
    return Curation(
        id=id,
        action="add",
        span=one.span,
        quote=one.quote,
        changes=cells_of(one),
        reviewer=by.reviewer,
        date=by.date,
        reason=by.reason,
    )


def _about(one: Statement, action: str, by: Signature, id: str, changes: dict[str, str] | None = None) -> Curation:  # noqa: A002
    """A row that finds its statement again even if its hash has changed."""
    printed = one.statistic.printed if one.statistic else REMOVE
    former = zip(
        FORMER_COLUMNS, (entity_cell(one.subject), one.predicate, entity_cell(one.object), printed), strict=True
    )
    return Curation(
        id=id,
        action=action,
        statement=one.hash,
        span=one.span,
        quote=one.quote,
        former=dict(former),
        changes=changes or {},
        reviewer=by.reviewer,
        date=by.date,
        reason=by.reason,
    )
