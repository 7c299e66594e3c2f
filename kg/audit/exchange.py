"""This module finds numbers that stand in each other's place: exchanged, both fit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.audit.paper import Paper, judge
from kg.audit.rounding import share_fits
from kg.audit.tables import Block, Cell, blocks
from kg.verdict import Verdict


def exchanged(paper: Paper) -> Iterator[Verdict]:
    """Would two cells of a table fit if they changed places?"""
    for block in blocks(paper):
        yield from _percentages(block)
        yield from _counts(block)


def _fits(block: Block, cell: Cell, other: Cell) -> bool:
    """Whether a cell's count goes with another cell's percentage."""
    total = block.totals.get(cell.column)
    return other.percent is not None and total is not None and share_fits(cell.n, total, other.percent)


def _percentages(block: Block) -> Iterator[Verdict]:
    """Two percentages that do not fit where they stand, and fit in each other's place."""
    wrong = [cell for cell in block.cells if cell.percent is not None and not _fits(block, cell, cell)]
    for one, other in combinations([cell for cell in wrong if cell.column in block.totals], 2):
        if one.n != other.n and _fits(block, one, other) and _fits(block, other, one):
            repaired = f"{one.n} ({other.percent} %), {other.n} ({one.percent} %)"
            yield judge(
                "exchanged",
                "inconsistent",
                [one.number, other.number],
                recomputed=repaired,
                explanation=f"{one.number.text} ({one.level}, {one.column}) and {other.number.text} ({other.level}, "
                f"{other.column}) do not fit; with their percentages exchanged both do: {repaired}",
            )


def _counts(block: Block) -> Iterator[Verdict]:
    """A row whose two cells, exchanged, make both columns add up that do not."""
    if len(block.columns) != 2 or any(column not in block.totals for column in block.columns):
        return
    a, b = block.columns
    missing = {column: block.totals[column] - block.sum(column) for column in (a, b)}
    if missing[a] == 0 or missing[a] != -missing[b] or len(block.levels) < 2:
        return
    rows = [row for level in block.levels if len(row := block.row(level)) == 2]
    fitting = [row for row in rows if row[b].n - row[a].n == missing[a]]
    if len(fitting) == 1:
        (row,) = fitting
        yield judge(
            "exchanged",
            "inconsistent",
            [row[a].number, row[b].number],
            recomputed=f"{row[a].level}: {row[b].number.text}, {row[a].number.text}",
            explanation=f"with the two cells of {row[a].level} exchanged, the levels of {block.name} add up to "
            f"{block.totals[a]} and {block.totals[b]}; as printed, to {block.sum(a)} and {block.sum(b)}",
        )
