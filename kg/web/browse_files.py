"""This module says what the files of a concept's page hold: a record a row, the same in JSON and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.compare import MatrixCell
from kg.model import Statement
from kg.profile import Profile
from kg.web.evidence import origin
from kg.web.files import Occasion, csv_file, json_file, markdown_file, markdown_table
from kg.web.view import Context, capital

COLUMNS = (
    "part", "about", "about_key", "state", "n", "total", "percent", "low", "high", "unit", "printed", "predicate",
    "origin", "source", "quote", "start", "end", "warnings", "statements",
)  # fmt: skip


def records(profile: Profile, context: Context) -> Iterator[dict[str, Any]]:
    """A record a count, a row in words, or a printed number, in the order of the page."""
    for section in profile.sections:
        for fact in section.facts:
            head = {"part": section.title, "about": context.entity(fact.about), "about_key": fact.about.key or ""}
            yield from ({**head, **rest} for rest in _of_cell(fact.cell, context))
        for row in section.printed:
            head = {"part": section.title, "about": context.entity(row.about), "about_key": row.about.key or ""}
            for statement in context.all(row.statements):
                yield {**head, "predicate": row.predicate, **_of_statement(statement)}
        for accuracy in section.accuracies:
            head = {
                "part": section.title,
                "about": context.entity(accuracy.target),
                "about_key": accuracy.target.key or "",
            }
            for kind, identifier in accuracy.numbers.items():
                for statement in context.all([identifier]):
                    yield {**head, "predicate": kind, **_of_statement(statement)}


def _of_cell(cell: MatrixCell, context: Context) -> Iterator[dict[str, Any]]:
    for count in cell.counts:
        record: dict[str, Any] = {"state": count.state, "n": count.n, "total": count.total, "unit": count.unit}
        if count.interval is not None:
            record |= {"percent": count.percent, "low": 100 * count.interval.low, "high": 100 * count.interval.high}
        first = next(iter(context.all(count.used)), None)
        record |= _of_statement(first) if first is not None else {"source": count.source}
        yield {**record, "warnings": "|".join(count.warnings), "statements": "|".join(count.used)}
    if not cell.counts:
        for statement in context.all((*cell.words, *cell.looked_for)):
            yield {"state": cell.state, **_of_statement(statement)}


def _of_statement(statement: Statement) -> dict[str, Any]:
    return {
        "printed": statement.statistic.printed if statement.statistic else "",
        "predicate": statement.predicate,
        "origin": origin(statement),
        "source": statement.source,
        "quote": statement.quote,
        "start": statement.span.start,
        "end": statement.span.end,
        "statements": statement.id,
    }


def to_csv(profile: Profile, context: Context, made: Occasion) -> str:
    """One line a record."""
    return csv_file(made, COLUMNS, records(profile, context))


def to_json(profile: Profile, context: Context, made: Occasion) -> str:
    """The records, under the head."""
    return json_file(made, "facts", list(records(profile, context)))


def to_markdown(profile: Profile, context: Context, made: Occasion) -> str:
    """A table a part: what, how often or what is printed, where it stands."""
    lines: list[str] = []
    found = list(records(profile, context))
    for section in profile.sections:
        mine = [record for record in found if record["part"] == section.title]
        rows = [(capital(r["about"]), _number(r), r.get("origin", ""), context.paper(r["source"])) for r in mine]
        lines += [f"## {section.title}", "", *markdown_table(("What", "Number", "Origin", "Paper"), rows), ""]
    return markdown_file(made, lines)


def _number(record: dict[str, Any]) -> str:
    if record.get("percent") is not None:
        limits = f"{record['low']:.0f}–{record['high']:.0f}"
        return f"{record['n']}/{record['total']} {record['percent']:.0f}% ({limits})"
    return " ".join(str(record.get("printed") or "in words").split())
