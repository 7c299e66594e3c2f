"""This module puts the characters of a PDF page into lines, and the lines into the order in which a person reads them.

Characters that follow each other on one base line are a segment; raised and lowered ones stay in it. A page is then
cut as a person sees it: into two columns where a gutter runs between segments, into bands where a segment (a title, a
wide caption) lies across that gutter, and each part again.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from ingest.readers.inline import Run, flatten
from ingest.readers.pdf_page import Box, Glyph

# In units of the font's size: a wider gap ends a segment; a wider one inside it is a blank.
SEGMENT_GAP: Final = 1.0
WORD_GAP: Final = 0.22
# A gutter is at least this wide, in points, and at most this share of the segments beside it may lie across it.
GUTTER_WIDTH: Final = 5.0
GUTTER_CROSSED: Final = 0.25
DEEPEST_CUT: Final = 24


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters in a row, with nothing wide between them."""

    glyphs: tuple[Glyph, ...]
    left: float
    right: float
    base: float
    size: float

    @property
    def text(self) -> str:
        return flatten(runs(self)).text

    @property
    def bold(self) -> bool:
        return sum(glyph.bold for glyph in self.glyphs) * 2 > len(self.glyphs)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line of one column: its text, its place, and whether something sets it apart from the line above."""

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    apart: bool = False

    @property
    def box(self) -> Box:
        return Box(self.left, self.base - 0.25 * self.size, self.right, self.base + 0.75 * self.size)


def segments_of(glyphs: Iterable[Glyph]) -> list[Segment]:
    """Segments, in the order in which they were drawn."""
    segments: list[Segment] = []
    current: list[Glyph] = []
    for glyph in glyphs:
        if current and not _goes_on(current, glyph):
            segments.append(_segment(current))
            current = []
        current.append(glyph)
    return [*segments, _segment(current)] if current else segments


def _goes_on(current: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether a character stands right behind the last one, on its line or raised or lowered by less than a line."""
    last = current[-1]
    size = max(last.size, glyph.size)
    gap = glyph.left - last.right
    small = min(last.size, glyph.size) < 0.9 * size
    # The letters of a ligature share one box: the second begins where the first does, not where it ends.
    onward = gap > -0.5 * size or glyph.left >= last.left
    return onward and gap < SEGMENT_GAP * size and abs(glyph.base - last.base) < (0.7 if small else 0.25) * size


def _segment(glyphs: Sequence[Glyph]) -> Segment:
    """The segment of these characters; its size is that of most of them, its base line theirs."""
    sizes = Counter(round(glyph.size, 1) for glyph in glyphs)
    size = max(sizes, key=lambda size: (sizes[size], size))
    main = [glyph.base for glyph in glyphs if round(glyph.size, 1) == size]
    left, right = min(glyph.left for glyph in glyphs), max(glyph.right for glyph in glyphs)
    return Segment(tuple(glyphs), left, right, median(main), max(size, 1.0))


def runs(segment: Segment) -> Iterator[Run]:
    """The segment's text by height: smaller characters above or below its base line are raised or lowered."""
    last: Glyph | None = None
    last_level = ""
    for glyph in segment.glyphs:
        level = _level(glyph, segment)
        if last is not None:
            # Where the height changes PDFium guesses a blank; only a drawn or a wide one counts there.
            blank = glyph.blank == "drawn" or (glyph.blank == "guessed" and level == last_level)
            yield Run(" " if blank or glyph.left - last.right > WORD_GAP * segment.size else "", level)
        yield Run(glyph.text, level)
        last, last_level = glyph, level


def _level(glyph: Glyph, segment: Segment) -> str:
    lift = (glyph.base - segment.base) / segment.size
    small = glyph.size < 0.9 * segment.size
    return "sup" if small and lift > 0.12 else "sub" if small and lift < -0.06 else ""


def reading_order(segments: Sequence[Segment], depth: int = 0) -> list[list[Segment]]:
    """Groups of segments in reading order: each group is one column of one band."""
    if len(segments) < 4 or depth >= DEEPEST_CUT:
        return [list(segments)] if segments else []
    gutter = _gutter(segments)
    if gutter is None:
        return [list(segments)]
    across = [segment for segment in segments if segment.left < gutter < segment.right]
    if not across:
        left = [segment for segment in segments if segment.right <= gutter]
        right = [segment for segment in segments if segment.left >= gutter]
        return [*reading_order(left, depth + 1), *reading_order(right, depth + 1)]
    parts = _bands(segments, across)
    return [group for part in parts for group in reading_order(part, depth + 1)]


def _gutter(segments: Sequence[Segment]) -> float | None:
    """The x of the white stripe that divides these segments into columns, None where there is none."""
    left, right = min(segment.left for segment in segments), max(segment.right for segment in segments)
    edges = sorted({round(segment.right, 1) for segment in segments} | {round(segment.left, 1) for segment in segments})
    best: tuple[int, float, float] | None = None
    for start, end in itertools.pairwise(edges):
        middle = (start + end) / 2
        if end - start < GUTTER_WIDTH or not left + 0.15 * (right - left) < middle < right - 0.15 * (right - left):
            continue
        candidate = (sum(segment.left < middle < segment.right for segment in segments), -(end - start), middle)
        best = candidate if best is None else min(best, candidate)
    return best[2] if best is not None and _divides(segments, best[2], best[0]) else None


def _divides(segments: Sequence[Segment], middle: float, crossing: int) -> bool:
    """Whether both sides of x hold several lines beside each other, and few segments lie across."""
    left = [segment.base for segment in segments if segment.right <= middle]
    right = [segment.base for segment in segments if segment.left >= middle]
    if min(len(left), len(right)) < 3 or crossing > GUTTER_CROSSED * len(segments):
        return False
    low, high = max(min(left), min(right)), min(max(left), max(right))
    beside = [sum(low <= base <= high for base in side) for side in (left, right)]
    return min(beside) >= 2


def _bands(segments: Sequence[Segment], across: Sequence[Segment]) -> list[list[Segment]]:
    """The segments cut above and below each run of segments that lie across the gutter, from top to bottom."""
    crossing = set(map(id, across))
    bands: list[list[Segment]] = []
    last_crosses: bool | None = None
    for line in lines_in(segments):
        crosses = any(id(segment) in crossing for segment in line)
        if crosses != last_crosses:
            bands.append([])
        bands[-1].extend(line)
        last_crosses = crosses
    return bands


def lines_in(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments by base line, from top to bottom, each line from left to right."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: (-segment.base, segment.left)):
        if lines and lines[-1][0].base - segment.base < 0.4 * max(segment.size, lines[-1][0].size):
            lines[-1].append(segment)
        else:
            lines.append([segment])
    return [sorted(line, key=lambda segment: segment.left) for line in lines]


def printed_lines(group: Sequence[Segment]) -> list[PrintedLine]:
    """The lines of one column; `apart` by a wide gap, another size or weight, or an indent after a short line."""
    lines = [_printed(line) for line in lines_in(group)]
    leadings = _leadings(lines)
    left = min((line.left for line in lines), default=0.0)
    right = max((line.right for line in lines), default=0.0)
    result = lines[:1]
    for above, line in itertools.pairwise(lines):
        gap = above.base - line.base > 1.35 * leadings.get(round(line.size), 1.25 * line.size)
        other = abs(above.size - line.size) > 0.6 or (above.bold != line.bold and above.right < right - line.size)
        ended = above.text[-1:] in ".:?!" or above.right < right - 3 * line.size
        indent = left + 0.6 * line.size < line.left < left + 4 * line.size and above.left < line.left - 1
        result.append(replace(line, apart=gap or other or (ended and indent)))
    return [line for line in result if line.text]


def _leadings(lines: Sequence[PrintedLine]) -> dict[int, float]:
    """The usual step from line to line for each size of print, in points."""
    steps: dict[int, list[float]] = {}
    for above, line in itertools.pairwise(lines):
        if round(above.size) == round(line.size):
            steps.setdefault(round(line.size), []).append(above.base - line.base)
    return {size: sorted(found)[len(found) // 4] for size, found in steps.items()}


def _printed(line: Sequence[Segment]) -> PrintedLine:
    longest = max(line, key=lambda segment: segment.right - segment.left)
    text = " ".join(filter(None, (segment.text for segment in line)))
    right = max(segment.right for segment in line)
    return PrintedLine(text, line[0].left, right, longest.base, longest.size, longest.bold)
