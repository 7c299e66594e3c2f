"""This module holds the command that makes quizzes, and opens a saved one against the graph as it is now."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kg.asking import open_store

if TYPE_CHECKING:
    from kg.quiz import Quiz


def quiz_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum quiz`."""
    from kg.quiz import DEFAULT_NUMBER, DIFFICULTIES, TYPES
    from kg.quiz.formats import FORMATS

    parser.add_argument(
        "--topic",
        metavar="NAME,...",
        action="append",
        default=[],
        help="concepts by any of their names, or sources by their keys (default: everything)",
    )
    parser.add_argument("--types", metavar="TYPE,...", default="", help=f"of {', '.join(TYPES)} (default: all)")
    parser.add_argument(
        "--number", metavar="N", type=int, default=DEFAULT_NUMBER, help=f"items (default: {DEFAULT_NUMBER})"
    )
    parser.add_argument(
        "--seed", metavar="N", type=int, default=0, help="the same seed gives the same quiz (default: 0)"
    )
    parser.add_argument("--difficulty", choices=DIFFICULTIES, help="default: any")
    parser.add_argument(
        "--open", metavar="FILE", type=Path, help="a saved quiz (JSON): say what the graph has changed in it"
    )
    parser.add_argument("--held-back", action="store_true", help="list what no item asks about, and why")
    parser.add_argument(
        "--revised", metavar="DATE", help="the day of an edit, as 2026-11-28: Anki takes texts that are newer"
    )
    parser.add_argument("--format", choices=tuple(FORMATS), help="default: by the suffix of FILE, else text")
    parser.add_argument("-o", dest="output", metavar="FILE", type=Path, help="write there and not to the screen")


def quiz(options: argparse.Namespace) -> int:
    """Make a quiz, or open a saved one, and write it."""
    from kg.quiz import make_quiz
    from kg.quiz.formats import FORMATS, write
    from kg.quiz.saved import reopened
    from kg.terminal import emit

    store = open_store(options)
    if options.open is not None:
        made = reopened(store, _read(options.open))
    else:
        made = make_quiz(
            store,
            topic=options.topic,
            types=[name.strip() for name in options.types.split(",") if name.strip()],
            number=options.number,
            seed=options.seed,
            difficulty=options.difficulty or "",
        )
    if options.revised is not None:
        made = replace(made, revised=_seconds(options.revised))
    form = options.format
    if form is None:
        suffix = options.output.suffix if options.output is not None else ""
        form = next((name for name, row in FORMATS.items() if row.suffix == suffix), "text")
    for note in made.notes:
        print(f"signum quiz: {note}", file=sys.stderr)
    if options.held_back:
        emit(_held_back(made), options.output)
        return 0
    file = write(made, form)
    if options.output is None and file.mime.startswith(("text/", "application/json")):
        emit(file.data.decode(), None)
        return 0
    path = options.output or Path(file.name)
    try:
        path.write_bytes(file.data)
    except OSError as error:
        raise ValueError(f"{path} cannot be written: {error.strerror or error}; give another with -o FILE") from None
    print(f"{len(made.items)} items written to {path}")
    return 0


def _seconds(day: str) -> int:
    try:
        return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise ValueError(f"--revised is {day!r}; allowed: a day such as 2026-11-28") from None


def _read(path: Path) -> Quiz:
    from kg.quiz.saved import read_quiz

    try:
        return read_quiz(path.read_bytes())
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror or error}") from None


def _held_back(made: Quiz) -> str:
    lines = [f"{one.type} · {one.question} · {one.reason}" for one in made.held_back]
    return "\n".join(lines) + "\n"
