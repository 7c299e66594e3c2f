"""This module puts into words what a build did: a line for each source, and what needs a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.build import BuildReport
from kg.tables import Table, share
from kg.terminal import grid

COUNTED: Final = ("statements", "statistics", "gaps", "curated")


def build_summary(report: BuildReport) -> str:
    """A table with a row for each source and their sum, and a line for each note."""
    columns = ("source", *COUNTED, "share")
    table = Table(columns=columns, rows=tuple(_rows(report)))
    return grid(table, numeric=columns[1:]) + "".join(f"{line}\n" for line in _notes(report))


def _rows(report: BuildReport) -> Iterator[dict[str, str | int]]:
    """What each source gave, and how much of it a person gave."""
    rows: list[dict[str, str | int]] = [
        {"source": one.key, **{name: getattr(one, name) for name in COUNTED}} for one in report.sources
    ]
    rows.append({"source": "all", **{name: sum(int(row[name]) for row in rows) for name in COUNTED}})
    for row in rows:
        yield {**row, "share": share(int(row["curated"]), int(row["statements"]))}


def _notes(report: BuildReport) -> Iterator[str]:
    if report.kept:
        yield f"unchanged since the last build: {', '.join(report.kept)}"
    for one in report.sources:
        yield from (f"{one.key}: {note}" for note in one.notes)
        if one.needless:
            yield f"{one.key}: {one.needless} curations are needless; signum validate lists them"
        if one.waiting:
            yield f"{one.key}: {one.waiting} extracted statements wait to be read; signum export waiting lists them"
    yield from (f"{key}: removed, its source is gone" for key in report.removed)
    refused = sum(len(one.refused) for one in report.sources)
    if refused:
        yield f"curations that could not be applied: {refused}"
    if len(report.problems) > refused:
        yield f"set aside: {len(report.problems) - refused}"
