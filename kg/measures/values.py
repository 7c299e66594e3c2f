"""This module holds what measures are made of: intervals, ratios, differences, tests, and how a ratio is shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from scipy import special

LEVEL: Final = 0.95


class MeasureError(ValueError):
    """A number for which a measure is not defined; the sentence names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, low <= high, in the unit of its estimate (a proportion lies in 0 to 1)."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its confidence interval; `corrected` if 0.5 was added to all four cells."""

    estimate: float
    low: float
    high: float
    corrected: bool = False

    @property
    def bound(self) -> float:
        """How clearly the ratio leaves 1: its limit on the side of 1, above 1 only if the whole interval is clear of 1.

        For a ratio below 1 it is 1 / the upper limit, so that both directions rank on one scale.

        >>> Ratio(7.5, 1.9, 29.0).bound
        1.9
        >>> Ratio(0.25, 0.1, 0.5).bound
        2.0
        """
        return self.low if self.estimate >= 1 else 1 / self.high

    @property
    def inverse(self) -> Ratio:
        """The ratio seen from the other group."""
        return Ratio(1 / self.estimate, 1 / self.high, 1 / self.low, self.corrected)


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference with its confidence interval, in the unit of its operands (proportions: -1 to 1)."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Test:
    """A test's statistic, its degrees of freedom (None where it has none) and its two-sided p value."""

    __test__ = False  # not a test of ours, whatever a collector of tests may think of its name

    statistic: float
    p: float
    freedom: float | None = None


def require_count(n: int, total: int) -> None:
    """Refuse what is no count out of a total.

    >>> require_count(24, 23)
    Traceback (most recent call last):
    kg.measures.values.MeasureError: 24 of 23; allowed: 0 <= n <= total, and a total of at least 1
    """
    if total < 1 or not 0 <= n <= total:
        raise MeasureError(f"{n} of {total}; allowed: 0 <= n <= total, and a total of at least 1")


def normal_quantile(level: float) -> float:
    """The standard normal deviate of a two-sided interval: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise MeasureError(f"level is {level}; allowed: above 0 and below 1, such as 0.95")
    return float(special.ndtri(0.5 + level / 2))


def display(value: float, digits: int = 2) -> str:
    """A ratio as it is shown: `digits` significant digits, more where they would round a value that is not 1 onto 1.

    From 100 on every whole digit is shown.

    >>> [display(value) for value in (7.5, 28.99, 0.2531, 0.99814, 1.0, 4.96, 123.4)]
    ['7.5', '29', '0.25', '0.998', '1.0', '5.0', '123']
    """
    if not math.isfinite(value):
        raise MeasureError(f"cannot show {value}; allowed: a finite number")
    shown = _significant(value, digits)
    while shown == 1 and value != 1 and digits < 15:
        digits += 1
        shown = _significant(value, digits)
    return f"{shown:f}"


def _significant(value: float, digits: int) -> Decimal:
    """`value` half up to so many significant digits, the trailing zeros kept: 4.96 becomes 5.0."""
    exact = Decimal(repr(float(value)))
    if exact == 0:
        return Decimal(0)
    step = Decimal(1).scaleb(min(0, exact.adjusted() - digits + 1))
    rounded = exact.quantize(step, rounding=ROUND_HALF_UP)
    if rounded.adjusted() > exact.adjusted() and step < 1:  # 9.96 became 10.0: one digit too many
        rounded = rounded.quantize(step.scaleb(1))
    return rounded
