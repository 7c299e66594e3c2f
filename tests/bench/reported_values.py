"""Hold the statistics that the grammar finds against annotated papers, by value: recall and precision a paper.

    python tests/bench/reported_values.py [--gold DIR] [--texts DIR] [--missed] [--extra]

An annotated statistic is found when one that the grammar finds overlaps it in the text and has every number of it.
DIR of --gold holds KEY.jsonl, DIR of --texts KEY.txt or KEY/text.txt; by default the papers of the tests.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ingest.readers.text import TextReader  # noqa: E402
from ingest.reported import Reported, find, find_in_cell  # noqa: E402
from ingest.text import Block, RawText, clean  # noqa: E402
from kg.model import NUMBER_FIELDS  # noqa: E402

LONE_NUMBERS = {"value", "percent", "mean", "median", "numerator", "p"}
PASSED_OVER = {"noise", "front", "title", "reference", "heading"}


@dataclass(frozen=True)
class Place:
    """A statistic found, in places of the stored text."""

    start: int
    end: int
    reported: Reported
    words: str


def found_in(raw: RawText) -> Iterator[Place]:
    """Every statistic of a paper: of its paragraphs and captions, and of its tables' cells."""
    for block in raw.blocks:
        if block.kind == "table":
            yield from _in_table(raw.text, block)
        elif block.kind not in PASSED_OVER and block.language == "en":
            cleaned = clean(raw.text, block)
            for one in find(cleaned.text):
                span = cleaned.source_span(one.start, one.end)
                words = cleaned.text[max(0, one.start - 30) : one.end + 20]
                yield Place(span.start, span.end, one, words)


def _in_table(text: str, block: Block) -> Iterator[Place]:
    """Cells of rows with bars, by header and label; else each line is a cell."""
    header: list[str] = []
    for span in block.segments:
        for line in re.compile(r"[^\n]+").finditer(text, span.start, span.end):
            cells = list(re.compile(r"[^|]+").finditer(text, line.start(), line.end()))
            label = cells[0].group().strip()
            if "|" in line.group() and not re.search(r"\d", "".join(cell.group() for cell in cells[1:])):
                header = [part.strip() for part in line.group().split("|")]
            columns = [""] * (len(cells) - len(header)) + header
            for place, cell in enumerate(cells):
                alone = place == 0 and len(cells) > 1
                numbers = find(cell.group()) if alone else find_in_cell(cell.group(), columns[place], label)
                for one in numbers:
                    yield Place(cell.start() + one.start, cell.start() + one.end, one, line.group()[:60])


def squeezed(text: str) -> tuple[str, list[int]]:
    """The text without blanks and hyphens, in small letters, with the place of each character."""
    same = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"}
    kept = [
        (same.get(character, character).lower(), place)
        for place, character in enumerate(text)
        if not character.isspace()
    ]
    kept = [(character, place) for character, place in kept if character != "-"]
    return "".join(character for character, _ in kept), [place for _, place in kept]


def located(stat: dict[str, Any], flat: str, places: list[int]) -> tuple[int, int] | None:
    """Where an annotation's number stands in the stored text."""
    quote, anchor = squeezed(stat["quote"])[0], squeezed(stat["anchor"])[0]
    at = flat.find(quote)
    if at < 0:
        return None
    inner = flat.find(anchor, at)
    start, length = (inner, len(anchor)) if 0 <= inner < at + len(quote) else (at, len(quote))
    return places[start], places[start + length - 1] + 1


def agrees(stat: dict[str, Any], reported: Reported) -> bool:
    """Whether every number of the annotation stands in the same field; a lone one may stand in another single field."""
    wanted = {name: float(stat[name]) for name in NUMBER_FIELDS if isinstance(stat.get(name), int | float)}
    wanted.pop("ci_level", None)
    have = {name: float(number) for name, number in reported.fields.items()}
    lone = {have[name] for name in LONE_NUMBERS if name in have}

    def right(name: str, number: float) -> bool:
        if name in have and math.isclose(have[name], number, rel_tol=1e-6):
            return True
        return len(wanted) == 1 and name in LONE_NUMBERS and any(math.isclose(number, other) for other in lone)

    return bool(wanted) and all(right(name, number) for name, number in wanted.items())


@dataclass(frozen=True)
class Score:
    """How many annotated statistics were found, how many of those found are annotated, and which are not."""

    annotated: int
    recalled: int
    found: int
    right: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.recalled / max(1, self.annotated)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)


def score(data: bytes, annotations: list[dict[str, Any]]) -> Score:
    """One paper held against its annotations."""
    raw = TextReader().read(data)
    flat, places = squeezed(raw.text)
    found = list(found_in(raw))
    right: set[int] = set()
    missed: list[str] = []
    stats = [annotation for annotation in annotations if annotation["kind"] == "stat"]
    for annotation in stats:
        span = located(annotation, flat, places)
        hits = {
            place
            for place, one in enumerate(found)
            if span and one.start < span[1] and span[0] < one.end and agrees(annotation["stat"], one.reported)
        }
        right |= hits
        if not hits:
            missed.append(f"{annotation['id']} {annotation['anchor']!r} {annotation['stat']['stat_type']}")
    extra = [
        f"{one.reported.kind} by {one.reported.rule!r}: …{one.words}…"
        for place, one in enumerate(found)
        if place not in right
    ]
    return Score(len(stats), len(stats) - len(missed), len(found), len(right), tuple(missed), tuple(extra))


def annotations_in(path: Path) -> list[dict[str, Any]]:
    """The objects of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def text_of(key: str, directory: Path) -> bytes:
    """A paper's text, as KEY.txt or as KEY/text.txt."""
    path = directory / f"{key}.txt"
    return (path if path.is_file() else directory / key / "text.txt").read_bytes()


def main() -> None:
    """Print a line a paper, and what was missed or found besides where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gold", type=Path, default=ROOT / "tests" / "data" / "gold")
    parser.add_argument("--texts", type=Path, default=ROOT / "sources")
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--extra", action="store_true")
    options = parser.parse_args()
    for path in sorted(options.gold.glob("*.jsonl")):
        result = score(text_of(path.stem, options.texts), annotations_in(path))
        print(
            f"{path.stem:26} recall {result.recalled}/{result.annotated} {result.recall:.1%}"
            f"  precision {result.right}/{result.found} {result.precision:.1%}"
        )
        for line in (*(result.missed if options.missed else ()), *(result.extra if options.extra else ())):
            print("   ", line)


if __name__ == "__main__":
    main()
