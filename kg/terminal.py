"""This module prints: rows as a table, CSV or JSON, to the screen or a file, and how far a long work has come."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table as Grid
from rich.text import Text

from kg.export import ExportError
from kg.tables import WRITERS, Table, to_text

FORMATS: Final = ("table", *WRITERS)
WIDE: Final = 160  # columns of a table that goes to a file or a pipe, which have no width of their own


def print_rows(table: Table, *, form: str | None, output: Path | None) -> None:
    """Write rows as `form` (one of FORMATS; a table if None) to the file `output`, or the screen if None."""
    write = WRITERS.get(form or "")
    emit(write(table) if write else grid(table, width=_screen_width(output)), output)


def print_json(value: Any, output: Path | None) -> None:
    """Write a JSON value to the file `output`, or the screen if None."""
    emit(json.dumps(value, indent=1, ensure_ascii=False) + "\n", output)


def emit(text: str, output: Path | None) -> None:
    """Write text to the file `output`, or the screen if None. Raises ExportError if the file cannot be written."""
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise ExportError(f"{output} cannot be written: {error.strerror or error}; give another with -o FILE") from None


def grid(table: Table, *, width: int | None = WIDE, numeric: Sequence[str] = (), whole: Sequence[str] = ()) -> str:
    """The rows in aligned columns; long cells fold within `width` (None: the screen's). 'no rows' if there are none.

    `numeric` columns stand to the right, `whole` ones never fold.

    >>> print(grid(Table(columns=("sign", "n"), rows=({"sign": "washout", "n": 15},)), numeric=["n"]), end="")
    sign     n
    washout  15
    """
    if not table.rows:
        return "no rows\n"
    drawn = Grid(box=None, pad_edge=False)
    for name in table.columns:
        drawn.add_column(
            name, justify="right" if name in numeric else "left", overflow="fold", no_wrap=name in {*numeric, *whole}
        )
    for row in table.rows:
        drawn.add_row(*(" ".join(to_text(row.get(name)).split()) for name in table.columns))
    console = Console(width=width, highlight=False, markup=False, color_system=None)
    with console.capture() as captured:
        console.print(drawn)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Draw a bar on standard error; what it gives takes (what was done last, how many are done, of how many)."""
    columns = (TextColumn("{task.description:24}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    console = Console(stderr=True)  # where nobody looks at a screen, no bar: a log wants no control characters
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what or "reading", completed=done, total=total)

        yield show


class _Rate(ProgressColumn):
    """How many are done in a minute, of late."""

    def render(self, task: Task) -> Text:
        return Text(rate(task.finished_speed or task.speed))


def rate(a_second: float | None) -> str:
    """A rate as people read it; nothing while it is not known.

    >>> rate(0.25), rate(None)
    ('15.0 a minute', '')
    """
    return f"{60 * a_second:.1f} a minute" if a_second else ""


def _screen_width(output: Path | None) -> int | None:
    return None if output is None and sys.stdout.isatty() else WIDE
