"""This module compares two groups by their means, standard deviations and sizes."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from kg.measures.values import LEVEL, Difference, MeasureError, Test, normal_quantile


def _require_group(mean: float, sd: float, size: int) -> None:
    if size < 2 or not 0 <= sd < math.inf or not math.isfinite(mean):
        raise MeasureError(f"mean {mean}, SD {sd}, n {size}; allowed: a finite mean, SD at least 0, n at least 2")


@dataclass(frozen=True, slots=True)
class Sample:
    """A measured group: mean and standard deviation in one unit, and its size.

    >>> Sample(1.15, 0.33, 1)
    Traceback (most recent call last):
    kg.measures.values.MeasureError: mean 1.15, SD 0.33, n 1; allowed: a finite mean, SD at least 0, n at least 2
    """

    mean: float
    sd: float
    size: int

    def __post_init__(self) -> None:
        _require_group(self.mean, self.sd, self.size)


def _pooled_sd(a: Sample, b: Sample) -> float:
    freedom = a.size + b.size - 2
    pooled = math.sqrt(((a.size - 1) * a.sd**2 + (b.size - 1) * b.sd**2) / freedom)
    if pooled == 0:
        raise MeasureError("both standard deviations are 0; allowed: at least one above 0")
    return pooled


def student_t(a: Sample, b: Sample) -> Test:
    """Student's two-sample t from summary values, equal variances (Student, Biometrika 1908;6:1-25).

    >>> t = student_t(Sample(0.81, 0.27, 23), Sample(0.64, 0.15, 23))
    >>> round(t.statistic, 2), round(t.p, 3)
    (2.64, 0.011)
    """
    freedom = a.size + b.size - 2
    statistic = (a.mean - b.mean) / (_pooled_sd(a, b) * math.sqrt(1 / a.size + 1 / b.size))
    return Test(statistic, 2 * float(special.stdtr(freedom, -abs(statistic))), freedom)


def welch_t(a: Sample, b: Sample) -> Test:
    """The two-sample t from summary values without the assumption of equal variances (Welch, Biometrika 1947;34:28-35).

    >>> round(welch_t(Sample(1.15, 0.33, 23), Sample(0.77, 0.20, 23)).freedom, 1)
    36.2
    """
    part_a, part_b = a.sd**2 / a.size, b.sd**2 / b.size
    if part_a + part_b == 0:
        raise MeasureError("both standard deviations are 0; allowed: at least one above 0")
    statistic = (a.mean - b.mean) / math.sqrt(part_a + part_b)
    freedom = (part_a + part_b) ** 2 / (part_a**2 / (a.size - 1) + part_b**2 / (b.size - 1))
    return Test(statistic, 2 * float(special.stdtr(freedom, -abs(statistic))), freedom)


def hedges_g(a: Sample, b: Sample, level: float = LEVEL) -> Difference:
    """The difference of two means, a minus b, in pooled standard deviations, without small-sample bias.

    Hedges (J Educ Stat 1981;6:107-128), with his exact correction; the interval is g -/+ z sqrt(1/n + 1/m + g^2/2(n+m))
    (Hedges and Olkin 1985, and the default of R's metafor).

    >>> g = hedges_g(Sample(1.15, 0.33, 23), Sample(0.77, 0.20, 23))
    >>> f"{g.estimate:.2f} ({g.low:.2f} to {g.high:.2f})"
    '1.37 (0.73 to 2.01)'
    """
    freedom = a.size + b.size - 2
    unbiased = math.exp(special.gammaln(freedom / 2) - special.gammaln((freedom - 1) / 2)) / math.sqrt(freedom / 2)
    estimate = unbiased * (a.mean - b.mean) / _pooled_sd(a, b)
    variance = 1 / a.size + 1 / b.size + estimate**2 / (2 * (a.size + b.size))
    half = normal_quantile(level) * math.sqrt(variance)
    return Difference(estimate, estimate - half, estimate + half)
