"""This module applies curations to the statements of one source, in the order of the rows; the later row wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.curation.cells import Setting, added, corrected
from kg.curation.finding import NotFoundError, already_said, described, find, place_of
from kg.curation.row import ACTIONS, Curation, CurationError
from kg.model import ModelError, Statement

STATUSES: Final = ("applied", "needless", "overruled", "failed")
"""What became of a row; a needless one says what is so without it, an overruled one was taken back by a later row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one curation.

    `former` is the statement that was taken away or replaced, `result` the one that stands now: the accepted, the
    corrected, the added one. `sentence` says why a row was needless, overruled, or failed.
    """

    curation: Curation
    status: str
    former: Statement | None = None
    result: Statement | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The statements of a source with its curations applied, in the order of the text, and what became of each row."""

    statements: tuple[Statement, ...]
    outcomes: tuple[Outcome, ...]

    def with_status(self, status: str) -> tuple[Outcome, ...]:
        """The outcomes that have one of STATUSES."""
        return tuple(one for one in self.outcomes if one.status == status)

    @property
    def extracted(self) -> tuple[Statement, ...]:
        """The statements as extraction gave them, those that curation took away or replaced included."""
        former = (one.former for one in self.with_status("applied"))
        kept = {one.hash: one for one in (*self.statements, *filter(None, former)) if one.origin == "extracted"}
        return _in_order(kept.values())


def apply(curations: Sequence[Curation], statements: Iterable[Statement], setting: Setting) -> Applied:
    """Apply each row to what the rows before it left. A row that cannot be applied is named, and the others go on.

    Rows on one statement: the later wins. A row that names what an earlier one replaced or rejected takes that one
    back; a row that names what an earlier one made works on it. The same rows and statements give the same result.
    """
    work = _Work(statements)
    for curation in curations:
        try:
            outcome = _ACTIONS[curation.action](work, curation, setting)
        except (CurationError, ModelError) as error:
            outcome = Outcome(curation=curation, status="failed", sentence=str(error))
        work.outcomes.append(outcome)
    return Applied(statements=_in_order(work.present.values()), outcomes=tuple(map(work.settled, work.outcomes)))


def _in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda one: (one.span, one.hash)))


class _Work:
    """The statements at work, by hash: those there now, and those taken away, each with the number of the row."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.present = {one.hash: one for one in statements}
        self.removed: dict[str, list[tuple[Statement, int]]] = defaultdict(list)
        self.made: dict[str, int] = {}
        self.outcomes: list[Outcome] = []

    @property
    def row(self) -> int:
        """The number of the row that is being applied."""
        return len(self.outcomes)

    def gone(self) -> list[Statement]:
        """What was taken away and is not there in another form, as it last was."""
        return [stack[-1][0] for name, stack in self.removed.items() if stack and name not in self.present]

    def take_away(self, one: Statement) -> None:
        """Remove a statement, if it is there, on behalf of the row that is being applied."""
        if self.present.pop(one.hash, None) is not None:
            self.removed[one.hash].append((one, self.row))

    def make(self, one: Statement) -> None:
        """Let a statement stand that the row being applied made."""
        self.present[one.hash] = one
        self.made[one.hash] = self.row

    def standing(self, wanted: str) -> Statement | None:
        """The statement with a hash; a row that took it away is overruled."""
        if wanted not in self.present and self.removed[wanted]:
            self.overrule(self.removed[wanted][-1][1])
        return self.present.get(wanted)

    def overrule(self, row: int) -> None:
        """Take back what a row did, and first what later rows did with what it made."""
        former, result = self.outcomes[row].former, self.outcomes[row].result
        if result is not None and self.made.get(result.hash) == row:
            for later in [later for _, later in reversed(self.removed[result.hash]) if later > row]:
                self.overrule(later)
            self.present.pop(result.hash, None)
            del self.made[result.hash]
        if former is not None:
            self.removed[former.hash] = [entry for entry in self.removed[former.hash] if entry[1] != row]
            self.present[former.hash] = former
        self.outcomes[row] = _overruled(self.outcomes[row])

    def settled(self, outcome: Outcome) -> Outcome:
        """What became of a row in the end: an acceptance or an addition may have been undone by a later row."""
        result, action = outcome.result, outcome.curation.action
        if outcome.status != "applied" or result is None or result in self.present.values():
            return outcome
        rejected = self.removed[result.hash] and self.outcomes[self.removed[result.hash][-1][1]].result is None
        undone = action == "accept" or (action == "add" and outcome.former is None and rejected)
        return _overruled(outcome) if undone else outcome


def _overruled(outcome: Outcome) -> Outcome:
    return replace(outcome, status="overruled", sentence="a later row says otherwise")


def _target(work: _Work, curation: Curation, setting: Setting) -> Statement:
    """The statement that a row means: one that is there, else one that an earlier row took away, which is restored."""
    by_hash = work.standing(curation.statement) if curation.statement else None
    if by_hash is not None:
        return by_hash
    try:
        return find(curation, work.present.values(), setting)
    except NotFoundError:
        gone = work.gone()
        if not gone:
            raise
        former = find(curation, gone, setting)
    restored = work.standing(former.hash)
    assert restored is not None  # it was taken away by the last row of its stack
    return restored


def _accept(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    return Outcome(curation=curation, status="applied", result=_target(work, curation, setting))


def _reject(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    try:
        one = _target(work, curation, setting)
    except NotFoundError as error:
        if error.nearest and not {"former_subject", "former_object"} <= curation.former.keys():
            raise  # one of them may be the one that is meant
        return Outcome(curation=curation, status="needless", sentence="no statement says that any more")
    work.take_away(one)
    return Outcome(curation=curation, status="applied", former=one)


def _correct(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    known = curation.statement in work.present or work.removed[curation.statement or ""]
    if not known and (right := already_said(curation, work.present.values(), setting)):
        return _needless(curation, right)
    one = _target(work, curation, setting)
    changed = corrected(setting, one, curation.changes)
    if changed == one:
        return _needless(curation, one)
    stays = None if changed.hash == one.hash else work.standing(changed.hash)
    work.take_away(one)
    if stays is None:
        work.make(changed)
    return Outcome(curation=curation, status="applied", former=one, result=stays or changed)


def _add(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    place = place_of(curation, setting)
    assert place is not None
    assert curation.span is not None  # an added row has one
    cells = _moved(curation.changes, by=place.start - curation.span.start)
    new = added(setting, place, cells)
    there = work.standing(new.hash)
    if there is None:
        work.make(new)
        return Outcome(curation=curation, status="applied", result=new)
    changed = corrected(setting, there, {"hedged": "false", **cells})  # what is not in the hash
    if changed == there:
        return _needless(curation, there)
    work.take_away(there)
    work.make(changed)
    return Outcome(curation=curation, status="applied", former=there, result=changed)


def _needless(curation: Curation, one: Statement) -> Outcome:
    by = "extraction" if one.origin == "extracted" else "an earlier row"
    return Outcome(curation=curation, status="needless", result=one, sentence=f"{by} says so already: {described(one)}")


def _moved(cells: Mapping[str, str], *, by: int) -> dict[str, str]:
    """Cells of a row whose quote stands elsewhere now."""
    start = cells.get("printed_start", "")
    return {**cells, "printed_start": str(int(start) + by)} if by and start.isdecimal() else dict(cells)


_ACTIONS: Final = {"accept": _accept, "reject": _reject, "correct": _correct, "add": _add}
if tuple(_ACTIONS) != ACTIONS:
    raise AssertionError("every action has to be applied")
