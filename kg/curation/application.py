"""This module applies curations to the statements of one source, in the order of the rows; the later row wins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from kg.curation.cells import Setting, added, corrected
from kg.curation.confirming import Said, confirmed
from kg.curation.finding import NotFoundError, SeveralError, already_said, described, find, place_of
from kg.curation.row import ACTIONS, Curation, CurationError
from kg.model import ModelError, Statement

STATUSES: Final = ("applied", "confirmed", "needless", "overruled", "failed")
"""What became of a row: extraction says the same as a confirmed one, which so holds whatever extraction will say; a
needless one says what is so without it, an overruled one was taken back by a later row."""

_STANDING: Final = ("applied", "confirmed", "needless")

Taken: TypeAlias = tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one curation.

    `formers` are the statements that were taken away or replaced, mostly one, `result` the one that stands now: the
    accepted, the corrected, the added one. `sentence` says why a row was needless, overruled, or failed.
    """

    curation: Curation
    status: str
    formers: Taken = ()
    result: Statement | None = None
    sentence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The statements of a source with its curations applied, in the order of the text, and what became of each row.

    `waiting` are those that were extracted from a paper read whole and that no row settles: they are not among the
    statements, and wait for a reader.
    """

    statements: Taken
    outcomes: tuple[Outcome, ...]
    waiting: Taken = ()

    def with_status(self, status: str) -> tuple[Outcome, ...]:
        """The outcomes that have one of STATUSES."""
        return tuple(one for one in self.outcomes if one.status == status)

    @property
    def extracted(self) -> Taken:
        """The statements as extraction gave them, with those that curation took away or replaced, and that wait."""
        former = (one for outcome in self.with_status("applied") for one in outcome.formers)
        known = (*self.statements, *self.waiting, *former)
        return _in_order({one.hash: one for one in known if one.origin == "extracted"}.values())


def apply(curations: Sequence[Curation], statements: Iterable[Statement], setting: Setting) -> Applied:
    """Apply each row to what the rows before it left. A row that cannot be applied is named, and the others go on.

    Rows on one statement: the later wins. A row that names what an earlier one replaced or rejected takes that one
    back; a row that names what an earlier one made works on it. The same rows and statements give the same result.
    A row that says the whole statement holds whatever extraction says: where that is the same, it counts as extracted.
    """
    work = _Work(statements, stated=_stated_hashes(curations, setting))
    for curation in curations:
        try:
            outcome = _ACTIONS[curation.action](work, curation, setting)
        except (CurationError, ModelError) as error:
            outcome = Outcome(curation=curation, status="failed", sentence=str(error))
        work.outcomes.append(outcome)
    outcomes = tuple(map(work.settled, work.outcomes))
    settled = {one.result.hash for one in outcomes if one.result is not None and one.status in _STANDING}
    waits = {name for name in work.present if setting.read_whole and name not in settled}
    return Applied(
        statements=_in_order(one for one in work.present.values() if one.hash not in waits),
        outcomes=outcomes,
        waiting=_in_order(work.present[name] for name in waits),
    )


def _stated_hashes(curations: Iterable[Curation], setting: Setting) -> frozenset[str]:
    """The hashes of what the rows say whole: no row on another statement means one of these."""
    found = set()
    for one in curations:
        if one.is_whole:
            with suppress(CurationError, ModelError):  # it fails when its turn comes
                found.add(_stated(one, setting).hash)
    return frozenset(found)


def _in_order(statements: Iterable[Statement]) -> Taken:
    return tuple(sorted(statements, key=lambda one: (one.span, one.hash)))


class _Work:
    """The statements at work, by hash: those there now, and those taken away, each with the number of the row."""

    def __init__(self, statements: Iterable[Statement], *, stated: frozenset[str]) -> None:
        self.present = {one.hash: one for one in statements}
        self.original = Said(self.present.values())
        self.stated = stated
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
        formers, result = self.outcomes[row].formers, self.outcomes[row].result
        if result is not None and self.made.get(result.hash) == row:
            for later in [later for _, later in reversed(self.removed[result.hash]) if later > row]:
                self.overrule(later)
            self.present.pop(result.hash, None)
            del self.made[result.hash]
        for former in formers:
            self.removed[former.hash] = [entry for entry in self.removed[former.hash] if entry[1] != row]
            self.present[former.hash] = former
        self.outcomes[row] = _overruled(self.outcomes[row])

    def settled(self, outcome: Outcome) -> Outcome:
        """What became of a row in the end: an acceptance or an addition may have been undone by a later row."""
        result, action = outcome.result, outcome.curation.action
        if outcome.status not in ("applied", "confirmed") or result is None or result in self.present.values():
            return outcome
        rejected = self.removed[result.hash] and self.outcomes[self.removed[result.hash][-1][1]].result is None
        made_new = outcome.status == "confirmed" or not outcome.formers
        undone = made_new and (action == "accept" or (action == "add" and rejected))
        return _overruled(outcome) if undone else outcome


def _overruled(outcome: Outcome) -> Outcome:
    return replace(outcome, status="overruled", sentence="a later row says otherwise")


def _target(work: _Work, curation: Curation, setting: Setting) -> Statement:
    """The statement that a row means: one that is there, else one that an earlier row took away, which is restored."""
    by_hash = work.standing(curation.statement) if curation.statement else None
    if by_hash is not None:
        return by_hash
    others = work.stated if curation.statement else frozenset[str]()
    try:
        return find(curation, [one for one in work.present.values() if one.hash not in others], setting)
    except NotFoundError:
        if curation.statement or not (gone := work.gone()):  # what its hash was of is no more, here and elsewhere
            raise
        former = find(curation, gone, setting)
    restored = work.standing(former.hash)
    assert restored is not None  # it was taken away by the last row of its stack
    return restored


def _accept(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    if curation.is_whole:
        return _state(work, curation, setting)
    return Outcome(curation=curation, status="applied", result=_target(work, curation, setting))


def _reject(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    try:
        one = _target(work, curation, setting)
    except NotFoundError as error:
        if error.nearest and not {"former_subject", "former_object"} <= curation.former.keys():
            raise  # one of them may be the one that is meant
        return Outcome(curation=curation, status="needless", sentence="no statement says that any more")
    except SeveralError:
        if not (setting.read_whole and curation.statement):
            raise
        return Outcome(curation=curation, status="needless", sentence="several statements are near that; they wait")
    work.take_away(one)
    return Outcome(curation=curation, status="applied", formers=(one,))


def _correct(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    if curation.is_whole:
        return _state(work, curation, setting)
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
    return Outcome(curation=curation, status="applied", formers=(one,), result=stays or changed)


def _state(work: _Work, curation: Curation, setting: Setting) -> Outcome:
    """Let the statement stand that a row says whole, in place of what it was made of and of another with its hash."""
    wanted = _stated(curation, setting)
    said = work.original.same_as(wanted, others=work.stated)
    new = wanted if said is None else confirmed(wanted, said)
    before = None if curation.action == "add" else _replaced(work, curation, setting)
    there = work.standing(new.hash)
    wrong = [one for one in (before, there) if one is not None and one not in (new, said)]
    formers = tuple({one.hash: one for one in (*wrong, said) if one is not None and one != new}.values())
    formers = tuple(one for one in formers if one.hash in work.present)
    for one in formers:
        work.take_away(one)
    if there != new:
        work.make(new)
    elif new.origin == "curated" and not wrong:
        return _needless(curation, new)
    return Outcome(
        curation=curation, status="applied" if wrong or said is None else "confirmed", formers=formers, result=new
    )


def _stated(curation: Curation, setting: Setting) -> Statement:
    """The statement that a row says whole, where its words stand now."""
    place = place_of(curation, setting)
    assert place is not None
    assert curation.span is not None  # a row that is whole has one
    return added(setting, place, _moved(curation.changes, by=place.start - curation.span.start))


def _replaced(work: _Work, curation: Curation, setting: Setting) -> Statement | None:
    """What a whole row on an extracted statement replaces; it may be gone, or be one of several now."""
    try:
        return _target(work, curation, setting)
    except CurationError:
        return None


def _needless(curation: Curation, one: Statement) -> Outcome:
    by = "extraction" if one.origin == "extracted" else "an earlier row"
    return Outcome(curation=curation, status="needless", result=one, sentence=f"{by} says so already: {described(one)}")


def _moved(cells: Mapping[str, str], *, by: int) -> dict[str, str]:
    """Cells of a row whose quote stands elsewhere now."""
    start = cells.get("printed_start", "")
    return {**cells, "printed_start": str(int(start) + by)} if by and start.isdecimal() else dict(cells)


_ACTIONS: Final = {"accept": _accept, "reject": _reject, "correct": _correct, "add": _state}
if tuple(_ACTIONS) != ACTIONS:
    raise AssertionError("every action has to be applied")
