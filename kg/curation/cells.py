"""This module turns cells of `curation.csv` into the fields of a statement, and a statement into such cells.

A concept is written by its key, the paper's own words with a '~' before them: `washout`, `~comet-tail appearance`.
Lists are joined by '|'. A cell '-' takes a value away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from kg.curation.row import REMOVE, CurationError, offset
from kg.model import NUMBER_FIELDS, Entity, ModelError, Passage, Span, Statement, Statistic
from kg.vocabulary import Vocabulary

WORDS: Final = "~"
SEPARATOR: Final = "|"
CURATED_RULE: Final = "curation"

ENTITY_COLUMNS: Final = ("subject", "object", "comparator", "variable")
_REQUIRED: Final = ("subject", "predicate", "object", "polarity", "hedged", "evidence", "section")
_TEXT_COLUMNS: Final = ("predicate", "polarity", "evidence", "section", "population", "unit_of_analysis", "locator")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,15})?\Z")
_SHOWN: Final = 60  # characters of a cell in a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What curations of one source are applied in: its key, its stored text with its passages, and the vocabulary.

    Of a paper that was `read_whole` only what a row settles stands; what else is extracted waits.
    """

    source: str
    text: str
    passages: tuple[Passage, ...] = ()
    vocabulary: Vocabulary
    read_whole: bool = False

    def quote_of(self, span: Span) -> str:
        """What stands at a place."""
        return self.text[span.start : span.end]

    def section_of(self, span: Span) -> str:
        """The section of the passage in which a place begins."""
        inside = (one.section for one in self.passages if one.span.start <= span.start < one.span.end)
        return next(inside, "other")


# --- Cells to a statement --------------------------------------------------------------------------------------------


def added(setting: Setting, span: Span, cells: Mapping[str, str]) -> Statement:
    """The statement that the cells of an added row describe. Raises CurationError or ModelError."""
    given = {name: cell for name, cell in cells.items() if cell != REMOVE}
    values = {"section": setting.section_of(span), **_fields(given, setting)}
    return Statement(
        source=setting.source,
        span=span,
        quote=setting.quote_of(span),
        statistic=_changed_statistic(None, given, setting, span),
        origin="curated",
        rule=CURATED_RULE,
        confidence=1.0,
        **values,
    )


def corrected(setting: Setting, statement: Statement, cells: Mapping[str, str]) -> Statement:
    """A statement with what the cells change. Raises CurationError or ModelError.

    Where they change nothing, it is the very same statement.
    """
    statistic = _changed_statistic(statement.statistic, cells, setting, statement.span)
    fields = {name: value for name, value in _fields(cells, setting).items() if not _same(value, statement, name)}
    changed = replace(statement, statistic=statistic, **fields)
    if changed == statement:
        return statement
    return replace(changed, origin="curated", rule=CURATED_RULE, confidence=1.0)


def _same(value: Any, statement: Statement, name: str) -> bool:
    """Whether a field names the concept that the statement names already, under whichever of its labels."""
    before = getattr(statement, name)
    both = isinstance(value, Entity) and isinstance(before, Entity)
    return both and value.key is not None and bool(value.key == before.key)


def _fields(cells: Mapping[str, str], setting: Setting) -> dict[str, Any]:
    """The fields of a statement that the cells give, its statistic aside."""
    found: dict[str, Any] = {}
    for name, cell in cells.items():
        if cell == REMOVE and name in _REQUIRED:
            raise CurationError(f"{name} cannot be taken away; write what it should be")
        if name in _READERS:
            empty = () if name in ("phase", "citations") else None
            found[_FIELD_NAMES.get(name, name)] = empty if cell == REMOVE else _READERS[name](name, cell, setting)
    return found


def entity(name: str, cell: str, setting: Setting) -> Entity:
    """One end of a statement: a concept by its key, or the paper's words behind '~'."""
    if cell.startswith(WORDS):
        return Entity(label=" ".join(cell[len(WORDS) :].split()))
    return Entity(key=cell, label=setting.vocabulary.concepts[_known_key(name, cell, setting)].label)


def _known_key(name: str, cell: str, setting: Setting) -> str:
    vocabulary = setting.vocabulary
    if cell in vocabulary.concepts:
        return cell
    near = ", ".join(repr(one.key) for one in vocabulary.find(cell) or vocabulary.suggest(cell))
    hint = f" (did you mean {near}?)" if near else ""
    words = f", or the paper's own words as {WORDS}words" if name in ENTITY_COLUMNS else ""
    raise CurationError(f"{name} is {cell[:_SHOWN]!r}, which is no concept's key{hint}; give a key{words}")


def _keys(name: str, cell: str, setting: Setting) -> tuple[str, ...]:
    return tuple(_known_key(name, key, setting) for key in _items(name, cell, setting))


def _items(name: str, cell: str, _: Setting) -> tuple[str, ...]:
    items = tuple(item.strip() for item in cell.split(SEPARATOR))
    if not all(items):
        raise CurationError(f"{name} is {cell[:_SHOWN]!r}, with nothing between two '|'; write a|b")
    return items


def _truth(name: str, cell: str, _: Setting) -> bool:
    if cell not in ("true", "false"):
        raise CurationError(f"{name} is {cell[:_SHOWN]!r}; allowed: true, false")
    return cell == "true"


_READERS: Final[dict[str, Callable[[str, str, Setting], Any]]] = {
    **dict.fromkeys(ENTITY_COLUMNS, entity),
    **dict.fromkeys(_TEXT_COLUMNS, lambda name, cell, setting: cell),
    "hedged": _truth,
    "modality": _known_key,
    "phase": _keys,
    "citations": _items,
}
_FIELD_NAMES: Final = {"phase": "phases"}


# --- The statistic ---------------------------------------------------------------------------------------------------


def _changed_statistic(
    before: Statistic | None, cells: Mapping[str, str], setting: Setting, quoted: Span
) -> Statistic | None:
    """The number that a statement carries after the cells changed it; `statistic_type` '-' takes it away."""
    values = {name: cells[name] for name in (*NUMBER_FIELDS, "unit", "op") if name in cells}
    kind, printed = cells.get("statistic_type"), cells.get("printed")
    if kind == REMOVE:
        if values or printed not in (None, REMOVE):
            raise CurationError("statistic_type is '-', so there is no number; empty printed and the other columns")
        return None
    if before is None and not (kind or printed or values or "printed_start" in cells):
        return None
    if printed == REMOVE:
        raise CurationError("printed cannot be taken away alone; statistic_type '-' takes the whole number away")
    if before is not None:
        kind, printed = kind or before.kind, printed or before.printed
    if not kind or not printed:
        raise CurationError("a number needs statistic_type and printed; fill both")
    span = _printed_span(before, printed, cells.get("printed_start"), setting, quoted)
    fields = {name: _value(name, cell) for name, cell in values.items()}
    known = {name: getattr(before, name) for name in (*NUMBER_FIELDS, "unit", "op")} if before else {}
    return _possible(Statistic(kind=kind, printed=printed, span=span, **{**known, **fields}))


def _value(name: str, cell: str) -> Decimal | str | None:
    if cell == REMOVE:
        return None
    return number(name, cell) if name in NUMBER_FIELDS else cell


def number(name: str, cell: str) -> Decimal:
    """A number as printed, with its decimals.

    >>> number("percent", "82.60")
    Decimal('82.60')
    >>> number("percent", "1e9")
    Traceback (most recent call last):
    kg.curation.row.CurationError: percent is '1e9'; allowed: digits with a decimal point, as in 82.60 or -1.5
    """
    if not _NUMBER.match(cell):
        raise CurationError(f"{name} is {cell[:_SHOWN]!r}; allowed: digits with a decimal point, as in 82.60 or -1.5")
    return Decimal(cell)


def _printed_span(before: Statistic | None, printed: str, start: str | None, setting: Setting, quoted: Span) -> Span:
    if start is not None and start != REMOVE:
        at = offset("printed_start", start)
        span = Span(start=at, end=at + len(printed))
        if not quoted.contains(span) or setting.quote_of(span) != printed:
            raise CurationError(f"printed is {printed!r}, which does not stand at {at} within the quote")
        return span
    if before is not None and before.printed == printed:
        return before.span
    return find_printed(printed, setting.quote_of(quoted), quoted.start)


def find_printed(printed: str, quote: str, start: int) -> Span:
    """Where a printed number stands in a quote that begins at `start`; digits of a longer number are no place.

    >>> find_printed("3/10", "in 13/10 and 3/10", 100)
    Span(start=113, end=117)

    Raises CurationError if it stands there not at all, or more than once.
    """
    before = r"(?<![0-9])(?<![0-9][.,])" if printed[:1].isdigit() else ""
    after = r"(?![0-9])(?![.,][0-9])" if printed[-1:].isdigit() else ""
    places = [found.start() for found in re.finditer(f"{before}{re.escape(printed)}{after}", quote)]
    if not places:
        raise CurationError(f"printed is {printed!r}, which does not stand in the quote {quote[:_SHOWN]!r}; copy it")
    if len(places) > 1:
        where = ", ".join(str(start + place) for place in places)
        raise CurationError(
            f"printed is {printed!r}, which stands in the quote more than once; give printed_start: {where}"
        )
    return Span(start=start + places[0], end=start + places[0] + len(printed))


def _possible(statistic: Statistic) -> Statistic:
    """A number that can be: what ontology/shapes.ttl asks of every statistic, so that a slip of the pen is named."""
    one = statistic
    if one.numerator is not None and one.denominator is not None and not 0 <= one.numerator <= one.denominator:
        raise CurationError(f"{one.numerator} of {one.denominator} cannot be; numerator lies between 0 and denominator")
    if one.denominator is not None and (one.denominator <= 0 or one.numerator is None):
        raise CurationError(f"denominator is {one.denominator}; it is above 0 and needs a numerator")
    if one.kind == "proportion" and (one.numerator is None or (one.denominator is None and one.percent is None)):
        raise CurationError(
            "a proportion has a numerator, and a denominator or a percent; fill them, or correct its kind"
        )
    if one.p is not None and not 0 <= one.p <= 1:
        raise CurationError(f"p is {one.p}; allowed: 0 to 1")
    if one.ci_low is not None and one.ci_high is not None and one.ci_low > one.ci_high:
        raise CurationError(f"the interval runs from {one.ci_low} to {one.ci_high}; ci_low is the smaller one")
    if one.ci_level is not None and not 0 < one.ci_level < 100:
        raise CurationError(f"ci_level is {one.ci_level}; allowed: above 0 and below 100, as in 95")
    return statistic


# --- A statement to cells --------------------------------------------------------------------------------------------


def entity_cell(one: Entity) -> str:
    """What `entity` reads."""
    return one.key if one.key is not None else WORDS + one.label


def cells_of(statement: Statement) -> dict[str, str]:
    """All that a statement says, as cells; what it does not have is left out. `added` reads them back.

    Raises ModelError for a list of which an item holds a '|'.
    """
    ends = {name: getattr(statement, name) for name in ENTITY_COLUMNS}
    texts = {name: getattr(statement, name) for name in _TEXT_COLUMNS}
    found = {name: entity_cell(end) for name, end in ends.items() if end is not None}
    found |= {name: text for name, text in texts.items() if text}
    found["hedged"] = "true" if statement.hedged else "false"
    found |= {"modality": statement.modality} if statement.modality else {}
    found |= _joined("phase", statement.phases) | _joined("citations", statement.citations)
    return found | _statistic_cells(statement)


def _joined(name: str, items: tuple[str, ...]) -> dict[str, str]:
    if any(SEPARATOR in item for item in items):
        raise ModelError(f"{name} {items!r} cannot be written; allowed: items without '|'")
    return {name: SEPARATOR.join(items)} if items else {}


def _statistic_cells(statement: Statement) -> dict[str, str]:
    statistic = statement.statistic
    if statistic is None:
        return {}
    cells = {"statistic_type": statistic.kind, "printed": statistic.printed}
    try:
        find_printed(statistic.printed, statement.quote, statement.span.start)
    except CurationError:
        cells["printed_start"] = str(statistic.span.start)
    cells |= {name: format(number, "f") for name, number in statistic.numbers() if number is not None}
    return cells | {name: value for name in ("unit", "op") if (value := getattr(statistic, name))}
