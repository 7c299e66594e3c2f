"""This module finds the tables of a PDF page: those ruled on all sides, and those with rules above and below only."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from ingest.readers.grid import Placed, with_headers
from ingest.readers.inline import Line, Run, flatten
from ingest.readers.pdf_layout import Segment, lines_in, runs, segments_of
from ingest.readers.pdf_page import Box, Glyph, Page

# Rules of one table begin and end at the same x, to this many points.
SAME_EDGE: Final = 4.0
# A table has at least two columns in at least this share of its lines.
TABULAR_SHARE: Final = 0.5
# More rules than a page of tables has.
MOST_RULES: Final = 400


@dataclass(frozen=True, slots=True)
class FoundTable:
    """A table on a page: the box that holds it and its cells row by row."""

    box: Box
    rows: tuple[tuple[Placed, ...], ...]


def tables_of(page: Page) -> list[FoundTable]:
    """The tables of a page, from top to bottom; none where so many rules are drawn that they are a plot's."""
    if len(page.rules) > MOST_RULES:
        return []
    found = _ruled(page)
    for rules in _families([rule for rule in page.rules if rule.width >= rule.height]):
        box = _around(rules)
        if not any(_overlap(box, other.box) for other in found):
            table = _open_table(page, box, head=rules[1].bottom if len(rules) >= 3 else box.top)
            found += [table] if table is not None else []
    return sorted(found, key=lambda table: -table.box.top)


def _overlap(first: Box, second: Box) -> bool:
    beside = first.right <= second.left or second.right <= first.left
    return not (beside or first.top <= second.bottom or second.top <= first.bottom)


def glyphs_in(glyphs: Iterable[Glyph], box: Box) -> list[Glyph]:
    """The characters whose middle lies in a box."""
    return [glyph for glyph in glyphs if box.holds((glyph.left + glyph.right) / 2, glyph.base + 0.3 * glyph.size)]


# --- ruled on all sides -------------------------------------------------------------------------------


def _ruled(page: Page) -> list[FoundTable]:
    """The tables whose cells rules enclose; at least two rows, two columns and four cells with text."""
    tables = [_grid(page, rules) for rules in _touching(page.rules)]
    return [table for table in tables if table is not None]


def _touching(rules: Sequence[Box]) -> list[list[Box]]:
    """The rules in groups: those that touch, directly or through others, are in one."""
    groups: list[list[Box]] = []
    for rule in rules:
        touched = [group for group in groups if any(_touch(rule, other) for other in group)]
        rest = [group for group in groups if all(group is not other for other in touched)]
        groups = [*rest, [rule, *(other for group in touched for other in group)]]
    return groups


def _touch(first: Box, second: Box) -> bool:
    beside = first.right + SAME_EDGE < second.left or second.right + SAME_EDGE < first.left
    return not (beside or first.top + SAME_EDGE < second.bottom or second.top + SAME_EDGE < first.bottom)


def _grid(page: Page, rules: Sequence[Box]) -> FoundTable | None:
    """The cells between rules that touch; two neighbours with no rule between them are one that spans both."""
    flat = [rule for rule in rules if rule.width >= rule.height]
    upright = [rule for rule in rules if rule.width < rule.height]
    if len(flat) < 3 or len(upright) < 2:
        return None
    around = _around(rules)
    columns = _edges([rule.left for rule in upright] + [around.left, around.right])
    tops = _edges(-rule.bottom for rule in flat)
    if len(columns) < 3 or len(tops) < 3:
        return None
    spans = _spans(columns, tops, flat, upright)
    inside = glyphs_in(page.glyphs, around)
    rows: list[list[Placed]] = [[] for _ in tops[1:]]
    for (row, column), (row_span, column_span) in spans.items():
        cell = Box(columns[column], -tops[row + row_span], columns[column + column_span], -tops[row])
        line = _cell_line(segments_of(glyphs_in(inside, cell)))
        rows[row].append(Placed(line=line, row=row, column=column, row_span=row_span, column_span=column_span))
    if sum(bool(cell.line.text) for row in rows for cell in row) < 4:
        return None
    return FoundTable(around, tuple(map(tuple, with_headers(rows))))


def _spans(
    columns: Sequence[float], tops: Sequence[float], flat: Sequence[Box], upright: Sequence[Box]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For the first place of each cell, row and column, how many rows and columns it spans."""
    taken: set[tuple[int, int]] = set()
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for row, column in product(range(len(tops) - 1), range(len(columns) - 1)):
        if (row, column) in taken:
            continue
        middle = -(tops[row] + tops[row + 1]) / 2
        last = column + 1
        while last < len(columns) - 1 and not _walled(upright, columns[last], middle, across=False):
            last += 1
        centre = (columns[column] + columns[column + 1]) / 2
        bottom = row + 1
        while bottom < len(tops) - 1 and not _walled(flat, -tops[bottom], centre, across=True):
            bottom += 1
        spans[row, column] = (bottom - row, last - column)
        taken.update(product(range(row, bottom), range(column, last)))
    return spans


def _walled(rules: Sequence[Box], edge: float, at: float, *, across: bool) -> bool:
    """Whether a rule runs along an edge at this point of it."""
    if across:
        return any(abs(rule.bottom - edge) <= SAME_EDGE and rule.left - 1 <= at <= rule.right + 1 for rule in rules)
    return any(abs(rule.left - edge) <= SAME_EDGE and rule.bottom - 1 <= at <= rule.top + 1 for rule in rules)


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.bottom for box in boxes),
        max(box.right for box in boxes),
        max(box.top for box in boxes),
    )


def _edges(values: Iterable[float]) -> list[float]:
    """The different values, near ones as one, in order."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > SAME_EDGE:
            edges.append(value)
    return edges


def _cell_line(segments: Sequence[Segment]) -> Line:
    """The text of a cell, its lines joined by blanks."""
    joined: list[Run] = []
    for line in lines_in(segments):
        for segment in line:
            joined += [Run(" "), *runs(segment)]
    return flatten(joined, cell=True)


# --- rules above and below ----------------------------------------------------------------------------


def _families(flat: Sequence[Box]) -> list[list[Box]]:
    """At least two long rules each that begin and end at the same x, from top to bottom."""
    families: list[list[Box]] = []
    for rule in sorted((rule for rule in flat if rule.width >= 80), key=lambda rule: -rule.top):
        family = next((family for family in families if _aligned(family[0], rule)), None)
        if family is None:
            families.append([rule])
        else:
            family.append(rule)
    return [rules for rules in families if len(rules) >= 2]


def _aligned(first: Box, second: Box) -> bool:
    return abs(first.left - second.left) <= SAME_EDGE and abs(first.right - second.right) <= SAME_EDGE


def _open_table(page: Page, box: Box, *, head: float) -> FoundTable | None:
    """The table between two rules, its columns by the white stripes that run through its lines; None for prose.

    Lines above `head`, the rule below the first, are the header.
    """
    wide = Box(box.left - 2, box.bottom, box.right + 2, box.top)
    lines = lines_in(segments_of(glyphs_in(page.glyphs, wide)))
    tabular = sum(len(line) >= 2 for line in lines)
    if len(lines) < 2 or tabular < TABULAR_SHARE * len(lines):
        return None
    stripes = _stripes(lines)
    if not stripes:
        return None
    rows = [_open_row(line, number, stripes) for number, line in enumerate(lines)]
    headed = [
        [replace(cell, header=line[0].base > head) for cell in row] for row, line in zip(rows, lines, strict=True)
    ]
    return FoundTable(box, tuple(map(tuple, with_headers(headed))))


def _stripes(lines: Sequence[Sequence[Segment]]) -> list[float]:
    """The x of each column's left edge but the first: stripes that hardly any line of several cells lies across."""
    rows = [line for line in lines if len(line) >= 2]
    edges = sorted({round(x, 1) for line in rows for segment in line for x in (segment.left, segment.right)})
    stripes: list[float] = []
    for start, end in itertools.pairwise(edges):
        middle = (start + end) / 2
        crossed = sum(segment.left < middle < segment.right for line in rows for segment in line)
        left = sum(any(segment.right <= middle for segment in line) for line in rows)
        right = sum(any(segment.left >= middle for segment in line) for line in rows)
        if end - start >= 3 and crossed <= 0.15 * len(rows) and min(left, right) >= 0.3 * len(rows):
            stripes.append(middle)
    return _apart(stripes, rows)


def _apart(stripes: Sequence[float], rows: Sequence[Sequence[Segment]]) -> list[float]:
    """Of stripes with no text between them, the last: it stands next to the column that it opens."""
    kept: list[float] = []
    for stripe in stripes:
        between = kept and sum(
            any(kept[-1] < (segment.left + segment.right) / 2 < stripe for segment in line) for line in rows
        )
        if kept and not between:
            kept[-1] = stripe
        else:
            kept.append(stripe)
    return kept


def _open_row(line: Sequence[Segment], number: int, stripes: Sequence[float]) -> list[Placed]:
    """A line as cells: a segment belongs to the columns that it reaches over."""
    grouped: dict[tuple[int, int], list[Segment]] = {}
    for segment in line:
        first = sum(stripe < segment.left + 1 for stripe in stripes)
        last = max(first, sum(stripe < segment.right - 1 for stripe in stripes))
        grouped.setdefault((first, last), []).append(segment)
    return [
        Placed(line=_cell_line(segments), row=number, column=first, column_span=last - first + 1)
        for (first, last), segments in grouped.items()
    ]
