"""How well and how fast a folder of JATS articles is read: `python tests/bench/readers.py FOLDER`.

For each article the sections and tables that were found, against the tables that its XML holds, and the time for each
character of text. Exit code 1 where an article could not be read, has no section, lacks a table that is no picture, or
took more than 20 times the median for each character.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from lxml import etree

from ingest.readers import ReaderError, read
from ingest.text import RawText

SLOWEST_RATIO = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article as it was read."""

    name: str
    problem: str | None = None
    characters: int = 0
    seconds: float = 0.0
    sections: int = 0
    tables: int = 0
    tables_held: int = 0
    cells: int = 0
    rows_held: int = 0

    @property
    def microseconds(self) -> float:
        """For each character of text."""
        return 1e6 * self.seconds / max(self.characters, 1)


def main() -> int:
    """Print a line for each article that falls short and a summary."""
    parser = argparse.ArgumentParser(description="Read every JATS article of a folder and measure it.")
    parser.add_argument("folder", type=Path, help="a folder of .xml or .nxml files; nothing is copied from it")
    parser.add_argument("--times", type=int, default=3, help="read each article so often, keep the fastest (default 3)")
    options = parser.parse_args()
    readings = list(_readings(options.folder, options.times))
    if not readings:
        print(f"{options.folder} holds no .xml or .nxml file; give a folder of JATS articles", file=sys.stderr)
        return 2
    return _summary(readings)


def _readings(folder: Path, times: int) -> Iterator[Reading]:
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".xml", ".nxml")):
        data = path.read_bytes()
        try:
            yield _reading(path, data, times)
        except ReaderError as error:
            yield Reading(name=path.name, problem=str(error))


def _reading(path: Path, data: bytes, times: int) -> Reading:
    fastest, raw = min((_timed(path, data) for _ in range(max(times, 1))), key=lambda timed: timed[0])
    held = list(_tables_with_text(data))
    return Reading(
        name=path.name,
        characters=len(raw.text),
        seconds=fastest,
        sections=len({block.section for block in raw.blocks} - {"Title", "other"}),
        tables=len(raw.tables),
        tables_held=len(held),
        cells=sum(cell.span is not None for table in raw.tables for cell in table.cells),
        rows_held=sum(1 for table in held for _ in table.iter("{*}tr")),
    )


def _timed(path: Path, data: bytes) -> tuple[float, RawText]:
    start = time.process_time()
    raw = read(path, data)
    return time.process_time() - start, raw


def _tables_with_text(data: bytes) -> Iterator[etree._Element]:
    """The tables of an article that are no pictures, counted without the reader."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for table in root.iter("{*}table"):
        if any(str(text).strip() for cell in table.iter("{*}td", "{*}th") for text in cell.itertext()):
            yield table


def _summary(readings: list[Reading]) -> int:
    usual = median(reading.microseconds for reading in readings if reading.problem is None)
    shortcomings = [sentence for reading in readings for sentence in _shortcomings(reading, usual)]
    print("\n".join(shortcomings))
    done = [reading for reading in readings if reading.problem is None]
    slowest = max(done, key=lambda reading: reading.microseconds)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"articles read     {len(done)} of {len(readings)}")
    print(f"with sections     {sum(reading.sections > 0 for reading in done)}")
    print(f"tables read       {sum(reading.tables for reading in done)} of {sum(r.tables_held for r in done)}")
    print(f"cells with text   {sum(reading.cells for reading in done):,} in {sum(r.rows_held for r in done):,} rows")
    print(f"characters        {sum(reading.characters for reading in done):,}")
    print(f"seconds           {sum(reading.seconds for reading in done):.1f} for all")
    print(f"per character     median {usual:.2f} µs, slowest {slowest.microseconds:.2f} µs ({slowest.name})")
    print(f"slowest / median  {slowest.microseconds / usual:.1f} (at most {SLOWEST_RATIO:g})")
    print(f"memory at most    {memory:.0f} MB for the whole process")
    return 1 if shortcomings else 0


def _shortcomings(reading: Reading, usual: float) -> Iterator[str]:
    if reading.problem is not None:
        yield reading.problem
        return
    if reading.sections == 0:
        yield f"{reading.name}: no section"
    if reading.tables != reading.tables_held:
        yield f"{reading.name}: {reading.tables} tables read of {reading.tables_held}"
    if reading.microseconds > SLOWEST_RATIO * usual:
        yield f"{reading.name}: {reading.microseconds / usual:.0f} times the median for each character"


if __name__ == "__main__":
    sys.exit(main())
