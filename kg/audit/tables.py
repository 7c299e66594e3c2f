"""This module lays out the tables of a paper again from the addresses of their cells: blocks of levels by group."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, total_of
from kg.audit.rounding import share_fits
from kg.evidence.counts import totals_that_fit

ADDRESS: Final = re.compile(r"(?P<table>.*?) · row (?P<row>.*) · column (?P<column>.*)", re.DOTALL)
FEWEST: Final = 2  # cells of a column that must agree on its total
RESULTS: Final = ("test_statistic", "p_value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A count in a table: n, and the percentage and total printed with it."""

    level: str
    column: str
    number: Printed

    @property
    def n(self) -> int:
        n = count_of(self.number.statistic)
        if n is None:
            raise ValueError(f"{self.number.text!r} is no count; allowed: cells with an n")
        return n

    @property
    def percent(self) -> Decimal | None:
        return self.number.statistic.percent


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows of a table under one heading, the levels of one variable, with the test printed beside them.

    `totals` gives the size of each column's group, where it is known.
    """

    table: str
    name: str
    cells: tuple[Cell, ...]
    results: tuple[Printed, ...]
    totals: Mapping[str, int]

    @property
    def levels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.level for cell in self.cells))

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(cell.column for cell in self.cells))

    def column(self, name: str) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.column == name)

    def sum(self, column: str) -> int:
        """What the levels of a column add up to."""
        return sum(cell.n for cell in self.column(column))

    def adds_up(self, column: str) -> bool:
        """Whether the levels of a column add up to its group."""
        return self.sum(column) == self.totals.get(column)

    def row(self, level: str) -> dict[str, Cell]:
        return {cell.column: cell for cell in self.cells if cell.level == level}

    @property
    def statistic(self) -> Printed | None:
        return next((one for one in self.results if one.statistic.kind == "test_statistic"), None)

    @property
    def p(self) -> Printed | None:
        return next((one for one in self.results if one.statistic.kind == "p_value"), None)


def blocks(paper: Paper) -> tuple[Block, ...]:
    """The blocks of every table of a paper, in the order of the text."""
    cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    results: dict[tuple[str, str], list[Printed]] = defaultdict(list)
    for number in paper.numbers:
        address = ADDRESS.fullmatch(number.first.locator or "")
        if address is None:
            continue
        group, _, level = address["row"].rpartition(": ")
        key = (address["table"], group or level)
        if number.statistic.kind in RESULTS:
            results[key].append(number)
        elif count_of(number.statistic) is not None and number.statistic.kind in ("proportion", "count"):
            cells[key].append(Cell(level=level, column=address["column"], number=number))
    totals = _column_totals(paper, cells)
    return tuple(
        Block(
            table=table,
            name=name,
            cells=tuple(members),
            results=tuple(results[table, name]),
            totals={column: size for (of, column), size in totals.items() if of == table},
        )
        for (table, name), members in cells.items()
    )


def _column_totals(paper: Paper, cells: Mapping[tuple[str, str], Sequence[Cell]]) -> dict[tuple[str, str], int]:
    """The size of each column's group: that of its disease if the cells bear it out, else what most of them say."""
    columns: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for (table, _), members in cells.items():
        for cell in members:
            columns[table, cell.column].append(cell)
    found = {key: _total(members, _size(paper, members)) for key, members in columns.items()}
    return {key: total for key, total in found.items() if total is not None}


def _size(paper: Paper, cells: Sequence[Cell]) -> int | None:
    subjects = {cell.number.first.subject.identity for cell in cells}
    return paper.patients(subjects.pop()) if len(subjects) == 1 else None


def _total(cells: Sequence[Cell], size: int | None) -> int | None:
    printed = Counter(total for cell in cells if (total := total_of(cell.number.statistic)) is not None)
    if printed:
        (total, often), *_ = printed.most_common()
        return total if 2 * often > len(cells) else None
    shares = [cell for cell in cells if cell.percent is not None]
    if size is not None and 2 * _fitting(shares, size) >= len(shares):
        return size
    votes = Counter(total for cell in shares for total in _possible(cell))
    best = max(votes, key=lambda total: (votes[total], -total), default=0)
    return best if votes[best] >= FEWEST and 2 * votes[best] > len(shares) else None


def _possible(cell: Cell) -> Iterable[int]:
    return totals_that_fit(cell.n, cell.percent, None) if cell.percent is not None else ()


def _fitting(cells: Sequence[Cell], total: int) -> int:
    return sum(
        cell.n <= total and cell.percent is not None and share_fits(cell.n, total, cell.percent) for cell in cells
    )


def pairs(block: Block) -> Iterator[tuple[tuple[int, int], ...]]:
    """The counts of a block with two groups as rows of two: one a level, or with and without where there is one level.

    Nothing where a count or the size of a group is missing, or where the levels do not add up to it.
    """
    if len(block.columns) != 2 or any(column not in block.totals for column in block.columns):
        return
    a, b = block.columns
    rows = [block.row(level) for level in block.levels]
    if any(len(row) != 2 for row in rows):
        return
    counts = [(row[a].n, row[b].n) for row in rows]
    if len(counts) > 1 and block.adds_up(a) and block.adds_up(b):
        yield tuple(counts)
    elif len(counts) == 1 and all(n <= block.totals[c] for n, c in zip(counts[0], (a, b), strict=True)):
        (one,) = counts
        yield (one, (block.totals[a] - one[0], block.totals[b] - one[1]))
