"""This module holds what a reviewer may decide of a statement: who may, why, and the row that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from kg.curation.cells import Setting, corrected
from kg.curation.making import Signature, acceptance, correction, rejection
from kg.curation.provenance import Record
from kg.curation.row import Curation, CurationError
from kg.model import Statement, require_one_of

DECISIONS: Final = ("accept", "correct", "reject")
REASONS: Final = ("wrong entity", "wrong number", "wrong polarity", "not stated", "duplicate")
"""Why a statement is rejected."""
OWN_WORK: Final = "You extracted this. Another reviewer must decide."
_MAKING: Final = ("add", "correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a reviewer says of a statement: one of DECISIONS, cells that change, one of REASONS if rejected, a note."""

    action: str
    changes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        require_one_of("decision", self.action, DECISIONS)
        if self.action == "reject":
            require_one_of("reason", self.reason, REASONS)

    @property
    def words(self) -> str:
        """The reason and the note, as the row keeps them."""
        return ": ".join(filter(None, (self.reason, " ".join(self.note.split()))))


def decide(
    one: Statement, decision: Decision, by: Signature, setting: Setting, *, maker: str | None = None
) -> Curation:
    """The row for a decision on a statement that `maker` entered; None if it was extracted by rules.

    Raises CurationError where the reviewer entered it themselves, where nothing is corrected, or for a bad cell.
    """
    if maker is not None and same_person(maker, by.reviewer) and decision.action != "reject":
        raise CurationError(OWN_WORK)
    signed = replace(by, reason=decision.words)
    if decision.action == "accept":
        return acceptance(one, signed)
    if decision.action == "reject":
        return rejection(one, signed)
    changed = corrected(setting, one, decision.changes)
    if changed == one:
        raise CurationError("nothing is corrected; change a value, or accept it")
    return correction(one, changed, signed)


def same_person(one: str, other: str) -> bool:
    """Whether two names as typed in are one person's.

    >>> same_person("A. Reader", " a.  reader"), same_person("A. Reader", "B. Reader")
    (True, False)
    """
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def makers(records: Iterable[Record]) -> Mapping[str, str]:
    """By a statement's id who entered it, of those that a person added or corrected; the later one has it."""
    return {
        record.statement: record.reviewer
        for record in sorted(records, key=lambda record: (record.date, record.id))
        if record.action in _MAKING and record.outcome == "applied" and record.statement is not None
    }


def confirmed_by_another(records: Iterable[Record]) -> frozenset[str]:
    """Ids of the statements that somebody accepted who did not enter them."""
    known = list(records)
    made = makers(known)
    return frozenset(
        record.statement
        for record in known
        if record.action == "accept"
        and record.statement is not None
        and record.outcome in ("applied", "confirmed", "needless")
        and not same_person(made.get(record.statement, ""), record.reviewer)
    )
