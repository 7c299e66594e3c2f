"""This module gathers what waits for a reviewer: conflicts, what is new, what was reported; and saves a decision."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg import curation
from kg.curation import CURATION_NAME, REPORTS_NAME, Curation, CurationError, Record, Report
from kg.model import Statement
from kg.verdict import Verdict

QUEUES: Final = ("conflicts", "new", "reported")
CONFLICTS: Final = ("inconsistent", "disagreement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A statement that waits for a decision, and why: what the audit says of it, what readers report.

    `maker` is who entered it, None if rules extracted it.
    """

    statement: Statement
    verdicts: tuple[Verdict, ...] = ()
    reports: tuple[Report, ...] = ()
    maker: str | None = None

    @property
    def id(self) -> str:
        """The id of the statement."""
        return self.statement.id


def queues(
    statements: Mapping[str, Statement],
    waiting: Iterable[Statement],
    verdicts: Iterable[Verdict],
    records: Sequence[Record],
    reported: Iterable[Report],
) -> dict[str, tuple[Item, ...]]:
    """What waits, by QUEUES, in the order of the papers and their texts.

    A conflict waits until somebody who did not enter the number has looked at it; a report waits for any decision that
    is younger than it. `statements` are those of the graph by id.
    """
    judged: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.verdict in CONFLICTS:
            for identifier in verdict.statements:
                judged[identifier].append(verdict)
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reported:
        told[report.statement].append(report)
    made, seen = curation.makers(records), curation.confirmed_by_another(records)

    def item(one: Statement) -> Item:
        return Item(
            statement=one,
            verdicts=tuple(judged.get(one.id, ())),
            reports=tuple(told.get(one.hash, ())),
            maker=made.get(one.id),
        )

    new = list(waiting)
    both = {one.hash: one for one in (*statements.values(), *new)}
    return {
        "conflicts": tuple(
            item(statements[i]) for i in sorted(judged, key=_place(statements)) if _open(i, statements, seen)
        ),
        "new": tuple(map(item, new)),
        "reported": tuple(
            item(both[name]) for name in told if name in both and not _answered(both[name], told[name], records)
        ),
    }


def _place(statements: Mapping[str, Statement]) -> Callable[[str], tuple[str, int, str]]:
    def place(identifier: str) -> tuple[str, int, str]:
        one = statements.get(identifier)
        return (one.source, one.span.start, one.hash) if one is not None else ("", 0, identifier)

    return place


def _open(identifier: str, statements: Mapping[str, Statement], seen: frozenset[str]) -> bool:
    return identifier in statements and identifier not in seen


def _answered(one: Statement, told: Sequence[Report], records: Iterable[Record]) -> bool:
    last = max(report.date for report in told)
    return any(record.statement == one.id and record.date > last for record in records)


# The files of the sources


def folder_of(sources: Path, source: str) -> Path:
    """The folder of a paper. Raises CurationError if it is not there or nothing can be written into it."""
    folder = sources / source
    if not folder.is_dir():
        raise CurationError(
            f"{folder} is not there; start the pages where the folder of sources is, or set SIGNUM_SOURCES"
        )
    if not os.access(folder, os.W_OK):
        raise CurationError(
            f"{folder} cannot be written to by this server; give it the right, or review where you have it"
        )
    return folder


def save(sources: Path, one: Statement, row: Curation) -> Curation:
    """Put a decision at the end of the paper's `curation.csv`; gives the row with its id. Raises CurationError."""
    return curation.append(folder_of(sources, one.source) / CURATION_NAME, row)


def take_back(sources: Path, source: str, identity: str) -> None:
    """Remove a decision that is still the last one of its paper. Raises CurationError if another came after it."""
    curation.withdraw(folder_of(sources, source) / CURATION_NAME, identity)


def report(sources: Path, one: Statement, told: Report) -> None:
    """Keep what a reader reports of a statement. Raises CurationError."""
    curation.add_report(folder_of(sources, one.source) / REPORTS_NAME, told)


def reported(sources: Path, keys: Iterable[str]) -> tuple[Report, ...]:
    """All reports of some papers."""
    return tuple(one for key in keys for one in curation.reports(sources / key / REPORTS_NAME))


def pending(sources: Path, keys: Iterable[str], records: Iterable[Record]) -> tuple[tuple[str, Curation], ...]:
    """Decisions in the files that the graph was not yet built with: (source, row), in the order of the files."""
    known = {(record.source, record.id) for record in records}
    found = []
    for key in keys:
        path = sources / key / CURATION_NAME
        try:
            state = path.stat()
        except OSError:
            continue
        rows = _rows(path, state.st_mtime_ns, state.st_size)
        found += [(key, row) for row in rows if (key, row.id) not in known]
    return tuple(found)


@lru_cache(maxsize=64)
def _rows(path: Path, changed: int, size: int) -> tuple[Curation, ...]:  # noqa: ARG001 - they name the state of the file
    try:
        return curation.read(path).curations
    except CurationError:
        return ()  # `signum validate` says what is wrong with it
