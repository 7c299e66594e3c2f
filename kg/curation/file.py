"""This module reads `curation.csv`, writes it, and appends to it.

UTF-8, a header, a row a curation. A cell that a spreadsheet would run as a formula is written with a "'" before it,
which reading takes off again.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.curation.row import COLUMNS, REQUIRED_COLUMNS, Curation, CurationError, content_id, near
from kg.publish import BuildError, write

CURATION_NAME: Final = "curation.csv"
LARGEST_FILE: Final = 32 << 20  # bytes; a complete reading of a long paper takes one or two million

_AS_WRITTEN: Final = ("quote", "printed", "former_printed")  # slices of the text, whose blanks count
_FORMULA: Final = re.compile(r"'*[=+\-@\t\r]")
_HARMLESS: Final = re.compile(r"[=+\-]|[+-][0-9.]+")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a `curation.csv` holds: its rows in their order, and a sentence for each line that is none."""

    curations: tuple[Curation, ...] = ()
    problems: tuple[str, ...] = ()


def read(path: Path) -> Reading:
    """The curations of a file; none if there is no such file.

    A row that is not allowed becomes a problem with its line, and the others count. Raises CurationError for a file
    that cannot be read as a whole: too large, not UTF-8, not CSV, or with a header that is none.
    """
    text = _text(path)
    if not text.strip():
        return Reading()
    try:
        rows = list(rows_of(text))
    except csv.Error as error:
        raise CurationError(f"{path.name} is not valid CSV: {error}; quote cells as RFC 4180 says") from None
    (_, header), *body = rows
    _require_header(path.name, header)
    return _reading(path.name, header, body)


def to_csv(curations: Iterable[Curation]) -> str:
    """The text of a `curation.csv` with these rows, and only the columns that they use."""
    rows = [one.cells() for one in curations]
    columns = tuple(name for name in COLUMNS if name in REQUIRED_COLUMNS or any(name in row for row in rows))
    return csv_line(columns, "\n") + "".join(csv_line([row.get(name, "") for name in columns], "\n") for row in rows)


def append(path: Path, curation: Curation) -> Curation:
    """Put a row at the end of a `curation.csv`, which is made if it is not there; gives the row with its id.

    What is in the file stays byte for byte; only its header gains, at its end, the columns that it lacks. A reader, and
    a crash, see the old file or the new one; of two that append at once, one waits. An empty id becomes one made of the
    content. Raises CurationError, and leaves the file alone, where it cannot be read or written or has the id already.
    """
    with only_writer(path):
        known = read(path)
        named = _named(curation, {one.id for one in known.curations})
        data = path.read_bytes() if path.exists() else b""
        try:
            write(path, _appended(data.decode("utf-8"), named))
        except BuildError as error:
            raise CurationError(str(error)) from error
        return named


def withdraw(path: Path, identity: str) -> None:
    """Take the row with an id off the end of a `curation.csv`, so that it is as before it was appended.

    Raises CurationError, and leaves the file alone, unless that row is the last one: what came later may rest on it.
    """
    with only_writer(path):
        known = read(path).curations
        if not known or known[-1].id != identity:
            raise CurationError(f"{identity!r} is not the last row of {path.name} any more; decide again instead")
        text = path.read_bytes().decode("utf-8")
        *_, (line, _) = rows_of(text.removeprefix("\ufeff"))
        kept = "".join(text.splitlines(keepends=True)[: line - 1])
        try:
            write(path, kept)
        except BuildError as error:
            raise CurationError(str(error)) from error


# --- Reading ---------------------------------------------------------------------------------------------------------


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise CurationError(
                f"{path.name} is larger than {LARGEST_FILE >> 20} MB, which no reading of a paper takes"
            )
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise CurationError(f"{path.name} cannot be read: {error.strerror or error}") from None
    try:
        text = data.decode("utf-8-sig")  # a spreadsheet writes a BOM
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CurationError(
            f"{path.name}, line {line} is not UTF-8: byte 0x{data[error.start]:02x}; save it as UTF-8"
        ) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise CurationError(f"{path.name}, line {line} has a NUL byte, which no text has; take it out")
    return text


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; empty lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for row in reader:
        if row:
            yield line, row
        line = reader.line_num + 1


def _require_header(name: str, header: Sequence[str]) -> None:
    for column in header:
        if column not in COLUMNS:
            raise CurationError(
                f"{name} has a column {column[:40]!r}{near(column, COLUMNS)}; allowed: {', '.join(COLUMNS)}"
            )
    if len(set(header)) < len(header):
        double = next(column for column in header if header.count(column) > 1)
        raise CurationError(f"{name} has the column {double!r} twice; take one out")
    if missing := [column for column in REQUIRED_COLUMNS if column not in header]:
        raise CurationError(f"{name} lacks the column {missing[0]!r}; each row needs {', '.join(REQUIRED_COLUMNS)}")


def _reading(name: str, header: Sequence[str], body: Sequence[tuple[int, list[str]]]) -> Reading:
    found: dict[str, Curation] = {}
    problems = []
    for line, row in body:
        try:
            curation = _curation(header, row, line)
            if (first := found.setdefault(curation.id, curation)) is not curation:
                raise CurationError(f"the id {curation.id!r} stands on line {first.line} already; give it another")
        except ValueError as error:  # CurationError, and a span that the model refuses
            problems.append(f"{name}, line {line}: {error}")
    return Reading(curations=tuple(found.values()), problems=tuple(problems))


def _curation(header: Sequence[str], row: Sequence[str], line: int) -> Curation:
    """A row, which may be shorter than the header: what it lacks is empty."""
    if len(row) > len(header):
        raise CurationError(f"there are {len(row)} cells under {len(header)} columns; quote a cell that holds a comma")
    cells = {
        column: (cell if column in _AS_WRITTEN else cell.strip())
        for column, cell in zip(header, map(unguarded, row), strict=False)
    }
    if not cells.get("id"):
        raise CurationError("the row has no id; give it one that no other row has")
    return Curation.from_cells(cells, line=line)


# --- Writing ---------------------------------------------------------------------------------------------------------


def _named(curation: Curation, taken: set[str]) -> Curation:
    if curation.id in taken:
        raise CurationError(f"the id {curation.id!r} is there already; nothing was written: give it another")
    if curation.id:
        return curation
    first = content_id(curation)
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return replace(curation, id=next(name for name in (first, *numbered) if name not in taken))


def _appended(text: str, curation: Curation) -> str:
    """The text of a file with one more row, with the line ends that it has."""
    cells = curation.cells()
    if not text.strip("\ufeff \r\n"):
        return csv_line(COLUMNS, "\n") + csv_line([cells.get(name, "") for name in COLUMNS], "\n")
    lead = re.match(r"\ufeff?[\r\n]*", text)
    start = lead.end() if lead else 0
    header_line = re.match(r"[^\r\n]*", text[start:])
    end = start + (header_line.end() if header_line else 0)
    header = next(csv.reader([text[start:end]]))
    further = [name for name in COLUMNS if name in cells and name not in header]
    newline = "\r\n" if text[end : end + 2] == "\r\n" else "\n"
    body = text[end:] if text.endswith("\n") else text[end:] + newline
    row = csv_line([cells.get(name, "") for name in (*header, *further)], newline)
    return text[:start] + ",".join([text[start:end], *further]) + body + row


def csv_line(cells: Iterable[str], newline: str) -> str:
    """One row as CSV, with no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=newline).writerow([_guarded(cell) for cell in cells])
    return out.getvalue()


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet runs.

    >>> _guarded("=HYPERLINK(1)"), _guarded("-1.5"), _guarded("="), unguarded(_guarded("'@sum"))
    ("'=HYPERLINK(1)", '-1.5', '=', "'@sum")
    """
    return f"'{cell}" if _FORMULA.match(cell) and not _HARMLESS.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `csv_line` kept a spreadsheet from running it."""
    return cell[1:] if _GUARDED.match(cell) else cell


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the folder of a file while it is read and replaced, so that no row of another writer is lost."""
    try:
        folder = os.open(path.parent, os.O_RDONLY)
    except OSError as error:
        raise CurationError(f"{path.parent} cannot be opened: {error.strerror or error}") from None
    try:
        try:
            import fcntl
        except ImportError:  # Windows; there one reviewer at a time is the user's care
            pass
        else:
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
