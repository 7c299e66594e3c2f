"""This module finds the statement that a curation means: by its hash, else by its place and what it said there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.curation.cells import Setting, cells_of, entity_cell
from kg.curation.row import FORMER_COLUMNS, REMOVE, Curation, CurationError
from kg.model import Span, Statement

_CANDIDATES_SHOWN: Final = 3
_QUOTE_SHOWN: Final = 60  # characters
_REMEDY: Final = "give the hash of one, or its former_subject and former_object"


class NotFoundError(CurationError):
    """A curation whose statement is not there; `nearest` are those that stand where it stood."""

    def __init__(self, sentence: str, nearest: Sequence[Statement] = ()) -> None:
        super().__init__(sentence)
        self.nearest = tuple(nearest)


class SeveralError(CurationError):
    """A curation that could mean several statements."""


def place_of(curation: Curation, setting: Setting) -> Span | None:
    """Where a row's words stand now: its own place, or, if the text moved, the only place that has its quote.

    None if the row gives no place. Raises CurationError if the quote stands nowhere, or in several other places.
    """
    span, quote = curation.span, curation.quote
    if span is None or not quote or setting.quote_of(span) == quote:
        return _within(span, setting)
    first = setting.text.find(quote)
    if first < 0:
        raise CurationError(f"the quote {_short(quote)} does not stand in the text; copy it from there")
    if setting.text.find(quote, first + 1) >= 0:
        raise CurationError(
            f"the quote {_short(quote)} does not stand at {span.start} to {span.end}, but in several other places; "
            "correct start and end"
        )
    return Span(start=first, end=first + len(quote))


def _within(span: Span | None, setting: Setting) -> Span | None:
    if span is not None and span.end > len(setting.text):
        raise CurationError(
            f"end is {span.end}, but the text has {len(setting.text)} characters; correct start and end"
        )
    return span


def find(curation: Curation, statements: Iterable[Statement], setting: Setting) -> Statement:
    """The one statement that a row means.

    Its hash decides. Where no statement has it, the place does: those at exactly that place, or else a number printed
    within it; of these only such as say what the row's `former_…` and `printed` cells say. Raises CurationError, with
    the nearest candidates, where that leaves none or several.
    """
    known = list(statements)
    for one in known:
        if one.hash == curation.statement:
            return one
    place = place_of(curation, setting)
    if place is None:
        raise CurationError(f"no statement has the hash {curation.statement}, and the row gives no place to look at")
    at_place = [one for one in known if one.span == place]
    around = [one for one in known if one.span.overlaps(place)]
    for candidates in (at_place, [one for one in around if _still_says(curation, one, place)]):
        fitting = [one for one in candidates if _fits(curation, one)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise SeveralError(f"{_sought(curation, place)} could be several statements: {_listed(fitting)}; {_REMEDY}")
    raise NotFoundError(f"{_sought(curation, place)} is no statement now{_nearest(at_place or around)}", around)


def already_said(curation: Curation, statements: Iterable[Statement], setting: Setting) -> Statement | None:
    """The statement at the row's place that says what the row would correct it to, if there is one."""
    place = place_of(curation, setting)
    unchanged = {
        name: said for name, said in curation.former.items() if name.removeprefix("former_") not in curation.changes
    }
    wanted = {name: cell for name, cell in curation.changes.items() if name != "printed_start"}
    wanted |= {name.removeprefix("former_"): said for name, said in unchanged.items()}
    if wanted.get("statistic_type") == REMOVE:
        wanted["printed"] = REMOVE
    for one in statements:
        if one.span == place:
            said = cells_of(one)
            if all(said.get(name, REMOVE) == cell for name, cell in wanted.items()):
                return one
    return None


def _former(curation: Curation) -> dict[str, str]:
    """What the row says that its statement said; an accept or a reject may say `printed` for `former_printed`.

    An accept that is whole says what its statement said and says now.
    """
    if curation.action == "accept" and curation.is_whole:
        return {name: curation.changes.get(name.removeprefix("former_"), REMOVE) for name in FORMER_COLUMNS}
    printed = curation.changes.get("printed") if curation.action in ("accept", "reject") else None
    return ({"former_printed": printed} if printed else {}) | dict(curation.former)


def _fits(curation: Curation, one: Statement) -> bool:
    """Whether a statement says what the row says that it said; `former_printed` '-' means that it has no number."""
    says = {
        "former_subject": entity_cell(one.subject),
        "former_predicate": one.predicate,
        "former_object": entity_cell(one.object),
        "former_printed": one.statistic.printed if one.statistic else REMOVE,
    }
    return all(says[name] == said for name, said in _former(curation).items())


def _still_says(curation: Curation, one: Statement, place: Span) -> bool:
    """Whether a statement of another stretch is the one meant: its number stands at the place, or both its ends fit."""
    former = _former(curation)
    if former.get("former_printed", REMOVE) != REMOVE:
        return one.statistic is not None and place.contains(one.statistic.span)
    return one.statistic is None and {"former_subject", "former_object"} <= former.keys()


def _sought(curation: Curation, place: Span) -> str:
    said = [f"{name.removeprefix('former_')} {cell!r}" for name, cell in _former(curation).items() if cell != REMOVE]
    what = ", ".join([*([curation.statement] if curation.statement else []), *said, f"at {place.start} to {place.end}"])
    return f"what the row means ({what})"


def _nearest(candidates: Sequence[Statement]) -> str:
    if not candidates:
        return "; no statement stands there: take the row out, or correct start and end"
    return f"; nearest: {_listed(candidates)}; {_REMEDY}, or take the row out"


def _listed(candidates: Sequence[Statement]) -> str:
    shown = "; ".join(map(described, candidates[:_CANDIDATES_SHOWN]))
    more = len(candidates) - _CANDIDATES_SHOWN
    return shown + (f"; and {more} more" if more > 0 else "")


def described(one: Statement) -> str:
    """A statement in a message: its hash, its three parts, and its number as printed."""
    printed = f" {one.statistic.printed!r}" if one.statistic else ""
    return f"{one.hash} ({entity_cell(one.subject)} {one.predicate} {entity_cell(one.object)}{printed})"


def _short(quote: str) -> str:
    return repr(quote if len(quote) <= _QUOTE_SHOWN else quote[:_QUOTE_SHOWN] + "…")
