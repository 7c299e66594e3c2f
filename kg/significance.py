"""This module computes p values from printed test statistics, and tests of tables with more than two rows.

Pure arithmetic, no papers. P values are two-sided where the test has sides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from scipy import special

from kg.measures import MeasureError, Test

MOST_TABLES: Final = 200_000  # with the same margins that the exact test looks at; a second's work

Rows = Sequence[tuple[int, int]]


def normal_p(z: float) -> float:
    """The two-sided p value of a standard normal deviate.

    >>> round(normal_p(-0.472), 3)
    0.637
    """
    return 2 * float(special.ndtr(-abs(z)))


def student_p(t: float, freedom: float) -> float:
    """The two-sided p value of a t statistic.

    >>> round(student_p(2.759, 44), 3)
    0.008
    """
    if freedom <= 0:
        raise MeasureError(f"degrees of freedom are {freedom}; allowed: above 0")
    return 2 * float(special.stdtr(freedom, -abs(t)))


def chi_square_p(statistic: float, freedom: int) -> float:
    """The p value of a chi-square statistic.

    >>> round(chi_square_p(5.662, 1), 3)
    0.017
    """
    if freedom < 1 or statistic < 0:
        raise MeasureError(f"chi-square {statistic} with {freedom} degrees of freedom; allowed: 0 or more, 1 or more")
    return float(special.chdtrc(freedom, statistic))


def pearson(rows: Rows) -> Test:
    """Pearson's chi-square of a table with two columns and any number of rows (Pearson, Phil Mag 1900;50:157-175).

    Rows of zeros do not count. MeasureError if fewer than two rows, or a column, hold anybody.

    >>> test = pearson([(6, 21), (15, 2), (2, 0)])
    >>> round(test.statistic, 2), test.freedom
    (20.27, 2)
    """
    used = [row for row in rows if sum(row)]
    _require_table(used)
    sums = [sum(column) for column in zip(*used, strict=True)]
    everyone = sum(sums)
    statistic = sum(
        (count - sum(row) * total / everyone) ** 2 / (sum(row) * total / everyone)
        for row in used
        for count, total in zip(row, sums, strict=True)
    )
    freedom = len(used) - 1
    return Test(statistic, chi_square_p(statistic, freedom), freedom)


def least_expected(rows: Rows) -> float:
    """The smallest count expected by chance: below 5 the chi-square test is doubtful (Cochran, Biometrics 1954).

    >>> least_expected([(23, 21), (0, 2)])
    1.0
    """
    used = [row for row in rows if sum(row)]
    _require_table(used)
    sums = [sum(column) for column in zip(*used, strict=True)]
    smallest: float = min(sum(row) for row in used) * min(sums) / sum(sums)
    return smallest


def _require_table(rows: Rows) -> None:
    columns = [sum(column) for column in zip(*rows, strict=True)]
    if len(rows) < 2 or any(count < 0 for row in rows for count in row) or 0 in columns:
        raise MeasureError(f"a table of {list(rows)}; allowed: two rows or more and two columns, nobody missing in all")


def freeman_halton(rows: Rows) -> float | None:
    """Fisher's exact test of a table with two columns (Freeman and Halton, Biometrika 1951;38:141-149).

    None where the tables with these margins are too many to look at.

    >>> round(freeman_halton([(7, 14), (16, 9)]), 3), freeman_halton([(6, 21), (15, 2), (2, 0)]) < 0.001
    (0.075, True)
    """
    used = [row for row in rows if sum(row)]
    _require_table(used)
    totals = [sum(row) for row in used]
    if math.prod(total + 1 for total in totals[:-1]) > MOST_TABLES:
        return None
    first = sum(row[0] for row in used)
    seen = _likelihood(totals, [row[0] for row in used])
    found = (_likelihood(totals, counts) for counts in _tables(totals, first))
    whole = math.exp(_log_choose(sum(totals), first))
    # 1e-7, as R has it: equally likely tables must not be lost to rounding.
    p = sum(math.exp(one) for one in found if one <= seen + 1e-7) / whole
    return 1.0 if p > 1 - 1e-9 else p


def _tables(totals: Sequence[int], first: int) -> Iterator[list[int]]:
    """Every first column of a table with these row totals that adds up to `first`."""
    if len(totals) == 1:
        if first <= totals[0]:
            yield [first]
        return
    for count in range(min(totals[0], first) + 1):
        yield from ([count, *rest] for rest in _tables(totals[1:], first - count))


def _likelihood(totals: Sequence[int], counts: Sequence[int]) -> float:
    return sum(_log_choose(total, count) for total, count in zip(totals, counts, strict=True))


def _log_choose(total: int, chosen: int) -> float:
    return math.lgamma(total + 1) - math.lgamma(chosen + 1) - math.lgamma(total - chosen + 1)
