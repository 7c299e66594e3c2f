"""This module computes proportions, intervals, 2x2 measures, tests and effect sizes: pure arithmetic, no papers."""

from __future__ import annotations

from dataclasses import dataclass


class MeasureError(ValueError):
    """A number for which a measure is not defined; the sentence names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A confidence interval, low <= high, in the unit of its estimate (a proportion lies in 0 to 1)."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio with its confidence interval; `corrected` if 0.5 was added to all four cells."""

    estimate: float
    low: float
    high: float
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference with its confidence interval, in the unit of its operands (proportions: -1 to 1)."""

    estimate: float
    low: float
    high: float
