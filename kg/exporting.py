"""This module holds the command that takes the graph to other systems."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from kg.asking import open_store


def export_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum export`."""
    from kg.export import EXPORTERS

    parser.add_argument("name", help="; ".join(f"{name}: {row.summary}" for name, row in EXPORTERS.items()))
    parser.add_argument("--format", help="as the suffix of PATH, if not given")
    parser.add_argument("--date", metavar="DAY", help="the day of the release, such as 2026-01-31, for what states one")
    parser.add_argument("-o", dest="output", metavar="PATH", type=Path, help="a file, or a folder for several files")


def export(options: argparse.Namespace) -> int:
    """Write one export to a file or a folder, and say what was written."""
    from kg.export import EXPORTERS
    from kg.export import export as write

    output, row = options.output, EXPORTERS.get(options.name)
    if output is None:
        form = options.format or (row.formats[0] if row else "")
        output = Path(options.name if row and row.folder else f"{options.name}.{form}")
    print(write(open_store(options), options.name, output, format=options.format, date=_day(options.date)))
    return 0


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"--date is {text!r}; allowed: a day such as 2026-01-31") from None
