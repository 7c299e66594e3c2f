"""This module keeps the address of a page and its widgets the same thing: a link restores a page, and the URL wins.

A page declares its parameters and calls `synchronise` before it draws a widget. If the address is not the one that
this page wrote last, somebody followed a link or went Back, and the widgets take its values. Otherwise the person at
the page changed a widget, and the address takes that. Values at their default stand in no address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import streamlit as st

LONGEST_VALUE: Final = 300  # characters of a parameter that are looked at; longer ones are cut in messages too


class UnknownValueError(ValueError):
    """A parameter's value that names nothing; `suggestions` are (value, label) pairs of what may have been meant."""

    def __init__(self, sentence: str, suggestions: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(sentence)
        self.suggestions = tuple(suggestions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One piece of a page's state: its name in the address, its widget's key, and how a value is read and written.

    `read` raises UnknownValueError for text that names nothing; the widget then gets `missing`.
    """

    name: str
    key: str
    default: object
    read: Callable[[str], object]
    write: Callable[[object], str]
    missing: object = None

    def text_of(self, value: object) -> str | None:
        """The value as the address has it, None where the address leaves it out."""
        if value is None or value == self.default:
            return None
        written = self.write(value)
        return None if self.default is not None and written == self.write(self.default) else written or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A parameter of the address that could not be used, in a sentence, with what may have been meant."""

    name: str
    value: str
    sentence: str
    suggestions: tuple[tuple[str, str], ...] = ()


Address = dict[str, str]


def text(name: str, *, key: str, longest: int = LONGEST_VALUE) -> Parameter:
    """A parameter of free text, cut to `longest` characters."""
    return Parameter(name=name, key=key, default="", read=lambda raw: raw[:longest], write=str, missing="")


def flag(name: str, *, key: str) -> Parameter:
    """A parameter that is 1 or left out."""

    def read(raw: str) -> bool:
        if raw not in ("0", "1"):
            raise UnknownValueError(f"{name} is {shortened(raw)!r}; allowed: 1, or left out.", (("1", "1"),))
        return raw == "1"

    return Parameter(
        name=name, key=key, default=False, read=read, write=lambda value: "1" if value else "0", missing=False
    )


def whole_number(name: str, *, key: str, default: int = 1, most: int = 9_999) -> Parameter:
    """A parameter that is a whole number from 1 to `most`."""

    def read(raw: str) -> int:
        if raw.isascii() and raw.isdecimal() and len(raw) <= len(str(most)) and 1 <= int(raw) <= most:
            return int(raw)
        raise UnknownValueError(f"{name} is {shortened(raw)!r}; allowed: a whole number from 1 to {most}.")

    return Parameter(name=name, key=key, default=default, read=read, write=str, missing=default)


def choice(name: str, options: Mapping[str, str], *, key: str, default: str | None, what: str) -> Parameter:
    """One of some options (value to label); `what` names them in a message, such as 'sort order'."""
    return Parameter(
        name=name, key=key, default=default, read=lambda raw: _one_of(raw, options, what), write=str, missing=default
    )


def choices(name: str, options: Mapping[str, str], *, key: str, what: str, default: Sequence[str] = ()) -> Parameter:
    """Any number of some options, in the address with commas between, in the order of the options."""

    def read(raw: str) -> list[str]:
        picked = [_one_of(part, options, what) for part in raw.split(",") if part]
        return [option for option in options if option in picked]

    def write(value: object) -> str:
        picked = value if isinstance(value, (list, tuple)) else ()
        return ",".join(option for option in options if option in picked)

    return Parameter(name=name, key=key, default=list(default), read=read, write=write, missing=list(default))


def _one_of(raw: str, options: Mapping[str, str], what: str) -> str:
    if raw in options:
        return raw
    raise UnknownValueError(f"No {what} called {shortened(raw)!r} here.", tuple(options.items())[:3])


def shortened(raw: str, longest: int = 60) -> str:
    """A value for a message, cut so that a hostile one cannot fill the page.

    >>> shortened("x" * 2000, 5)
    'xxxxx…'
    """
    return raw if len(raw) <= longest else raw[:longest] + "…"


def canonical(parameters: Sequence[Parameter], address: Mapping[str, str]) -> tuple[Address, tuple[Problem, ...]]:
    """The address as this page would write it, and what in it could not be used (which stays as it is)."""
    written: Address = {}
    problems: list[Problem] = []
    for parameter in parameters:
        raw = address.get(parameter.name)
        if raw is None:
            continue
        try:
            value = parameter.text_of(parameter.read(raw))
        except UnknownValueError as error:
            problems.append(_problem(parameter.name, raw, error))
            value = raw
        if value is not None:
            written[parameter.name] = value
    return written, tuple(problems)


def _problem(name: str, raw: str, error: UnknownValueError) -> Problem:
    return Problem(name=name, value=raw, sentence=str(error), suggestions=error.suggestions)


def values_of(parameters: Sequence[Parameter], address: Mapping[str, str]) -> dict[str, object]:
    """Widget key to value for an address; what is left out gets its default, what names nothing gets `missing`."""
    return {parameter.key: _value(parameter, address.get(parameter.name)) for parameter in parameters}


def _value(parameter: Parameter, raw: str | None) -> object:
    if raw is None:
        return parameter.default
    try:
        return parameter.read(raw)
    except UnknownValueError:
        return parameter.missing


def address_of(parameters: Sequence[Parameter], values: Mapping[str, object], before: Mapping[str, str]) -> Address:
    """The address for some widget values; a value that named nothing stays in it until its widget gets another."""
    address: Address = {}
    for parameter in parameters:
        raw = before.get(parameter.name)
        written = raw if _stays(parameter, raw, values) else parameter.text_of(values.get(parameter.key))
        if written is not None:
            address[parameter.name] = written
    return address


def _stays(parameter: Parameter, raw: str | None, values: Mapping[str, object]) -> bool:
    """Whether the address keeps what it has: no widget was drawn for it, or nobody has yet put a bad value right."""
    if parameter.key not in values:
        return True
    return raw is not None and values[parameter.key] == parameter.missing and _names_nothing(parameter, raw)


def _names_nothing(parameter: Parameter, raw: str) -> bool:
    try:
        parameter.read(raw)
    except UnknownValueError:
        return True
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """What `synchronise` found: the address as it should read, what was wrong in it, and whether it reads otherwise."""

    address: Address
    problems: tuple[Problem, ...]
    rewritten: bool


def synchronise(page: str, parameters: Sequence[Parameter]) -> PageState:
    """Bring the address and the widgets of a page together; call it before any of these widgets is drawn."""
    memory = f"address of {page}"
    incoming = {p.name: st.query_params[p.name] for p in parameters if p.name in st.query_params}
    before: Address | None = st.session_state.get(memory)
    wanted = _widget_address(parameters, before)
    if before is not None and wanted is not None and wanted != before:
        st.query_params.from_dict(wanted)
        address, problems = canonical(parameters, wanted)
        rewritten = False
    else:
        address, problems = canonical(parameters, incoming)
        if address != before or wanted is None:
            st.session_state.update(values_of(parameters, incoming))
        rewritten = address != incoming
    st.session_state[memory] = address
    return PageState(address=address, problems=problems, rewritten=rewritten)


def _widget_address(parameters: Sequence[Parameter], before: Address | None) -> Address | None:
    """What the widgets say, None on a first visit, when there are none yet."""
    if before is None or not any(parameter.key in st.session_state for parameter in parameters):
        return None
    values = {p.key: st.session_state[p.key] for p in parameters if p.key in st.session_state}
    return address_of(parameters, values, before)
