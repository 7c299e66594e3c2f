"""This module keeps what readers report of a statement, in a file beside its paper, until a reviewer decides."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.curation.file import csv_line, only_writer, rows_of, unguarded
from kg.curation.row import CurationError
from kg.publish import BuildError, write

REPORTS_NAME: Final = "reports.csv"
COLUMNS: Final = ("statement", "note", "reporter", "date")
LONGEST_NOTE: Final = 2_000  # characters
MOST: Final = 1_000  # reports of one paper; a page that anybody can reach must not fill the disk
_HASH: Final = re.compile(r"[0-9a-f]{20}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody says is wrong with a statement (its hash); `reporter` may be empty."""

    statement: str
    note: str
    reporter: str = ""
    date: str

    def __post_init__(self) -> None:
        if not _HASH.match(self.statement):
            raise CurationError(f"statement is {self.statement[:40]!r}; allowed: a statement's hash")
        if not self.note.strip():
            raise CurationError("the report says nothing; write what is wrong, and where the paper says otherwise")
        if len(self.note) > LONGEST_NOTE:
            raise CurationError(f"the report has {len(self.note)} characters; allowed: up to {LONGEST_NOTE}")

    @property
    def id(self) -> str:
        """A name made of what it says."""
        said = "\0".join((self.statement, self.note, self.reporter, self.date))
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def reports(path: Path) -> tuple[Report, ...]:
    """The reports of a file, none if there is no such file; a row that is none is passed over."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(_read(text))


def _read(text: str) -> Iterator[Report]:
    try:
        rows = [row for _, row in rows_of(text)]
    except csv.Error:
        return
    for row in rows[1:]:
        try:
            yield Report(**dict(zip(COLUMNS, map(unguarded, row), strict=True)))
        except ValueError:
            continue


def add_report(path: Path, report: Report) -> None:
    """Put a report at the end of a file, which is made if it is not there; the same report stands there once.

    Raises CurationError where it cannot be written, or there are too many.
    """
    with only_writer(path):
        known = reports(path)
        if report.id in {one.id for one in known}:
            return
        if len(known) >= MOST:
            raise CurationError(f"{MOST} reports of this paper wait already; a reviewer has to look at them first")
        try:
            write(path, to_text((*known, report)))
        except BuildError as error:
            raise CurationError(str(error)) from error


def to_text(found: Sequence[Report]) -> str:
    """The text of a file with these reports."""
    out = io.StringIO(newline="")
    out.write(csv_line(COLUMNS, "\n"))
    for one in found:
        out.write(csv_line([one.statement, " ".join(one.note.split()), one.reporter, one.date], "\n"))
    return out.getvalue()
