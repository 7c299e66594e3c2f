"""This module writes statements as plain values, and reads them back: what a JSON file or a trainer can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final

from kg.model import NUMBER_FIELDS, Entity, Span, Statement, Statistic

_ENDS: Final = ("subject", "object", "comparator", "variable")
_SPECIAL: Final = {*_ENDS, "span", "statistic", "phases", "citations"}
_SIMPLE: Final = tuple(f.name for f in fields(Statement) if f.name not in _SPECIAL)


def to_plain(one: Statement) -> dict[str, Any]:
    """A statement as JSON can hold it: numbers as text, so that 82.60 stays 82.60; what is not there is left out."""
    values: dict[str, Any] = {name: getattr(one, name) for name in _SIMPLE}
    values |= {"start": one.span.start, "end": one.span.end}
    values |= {name: {"key": end.key, "label": end.label} for name in _ENDS if (end := getattr(one, name)) is not None}
    values |= {"phases": list(one.phases), "citations": list(one.citations)}
    if one.statistic is not None:
        values["statistic"] = _statistic_values(one.statistic)
    return {name: value for name, value in values.items() if value is not None}


def _statistic_values(one: Statistic) -> dict[str, Any]:
    values: dict[str, Any] = {"kind": one.kind, "printed": one.printed, "start": one.span.start, "end": one.span.end}
    values |= {"unit": one.unit, "op": one.op}
    values |= {name: None if number is None else format(number, "f") for name, number in one.numbers()}
    return {name: value for name, value in values.items() if value is not None}


def from_plain(values: Mapping[str, Any]) -> Statement:
    """The statement that `to_plain` wrote. Raises KeyError, TypeError or ModelError for anything else."""
    statistic = values.get("statistic")
    ends: dict[str, Any] = {name: Entity(**values[name]) for name in _ENDS if name in values}
    return Statement(
        span=Span(start=values["start"], end=values["end"]),
        statistic=None if statistic is None else _statistic(statistic),
        phases=tuple(values["phases"]),
        citations=tuple(values["citations"]),
        **ends,
        **{name: values[name] for name in _SIMPLE if name in values},
    )


def _statistic(values: Mapping[str, Any]) -> Statistic:
    return Statistic(
        kind=values["kind"],
        printed=values["printed"],
        span=Span(start=values["start"], end=values["end"]),
        unit=values.get("unit"),
        op=values.get("op"),
        **{name: Decimal(values[name]) for name in NUMBER_FIELDS if name in values},
    )
