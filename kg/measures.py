"""This module computes proportions, intervals, 2x2 measures, tests and effect sizes: pure arithmetic, no papers.

Counts are whole numbers, proportions and probabilities lie in 0 to 1, intervals are two-sided at `level` (95 % unless
said). The formulas are closed ones on scipy.special, so that a command starts fast; the tests hold each one against
scipy.stats, statsmodels or a published value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

import numpy as np
from scipy import special

LEVEL: Final = 0.95
HALDANE_ANSCOMBE: Final = 0.5  # added to all four cells when one is zero (Haldane 1956, Anscombe 1956)


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
    kg.measures.MeasureError: 24 of 23; allowed: 0 <= n <= total, and a total of at least 1
    """
    if total < 1 or not 0 <= n <= total:
        raise MeasureError(f"{n} of {total}; allowed: 0 <= n <= total, and a total of at least 1")


def _normal_quantile(level: float) -> float:
    """The standard normal deviate of a two-sided interval: 1.96 for 0.95."""
    if not 0 < level < 1:
        raise MeasureError(f"level is {level}; allowed: above 0 and below 1, such as 0.95")
    return float(special.ndtri(0.5 + level / 2))


def wilson(n: int, total: int, level: float = LEVEL) -> Interval:
    """The score interval of a proportion without continuity correction (Wilson, JASA 1927;22:209-212).

    >>> limits = wilson(15, 23)
    >>> f"{limits.low:.0%} to {limits.high:.0%}"
    '45% to 81%'
    """
    require_count(n, total)
    z = _normal_quantile(level)
    share, weight = n / total, z * z / total
    middle = (share + weight / 2) / (1 + weight)
    half = z / (1 + weight) * math.sqrt(share * (1 - share) / total + weight / (4 * total))
    # At 0 and N one limit is exact by algebra; floating point would leave 1e-17.
    return Interval(0.0 if n == 0 else middle - half, 1.0 if n == total else middle + half)


def clopper_pearson(n: int, total: int, level: float = LEVEL) -> Interval:
    """The exact interval of a proportion from the beta distribution (Clopper and Pearson, Biometrika 1934;26:404-413).

    >>> limits = clopper_pearson(0, 12)
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.0, 0.265)
    """
    require_count(n, total)
    _normal_quantile(level)
    tail = (1 - level) / 2
    low = 0.0 if n == 0 else float(special.betaincinv(n, total - n + 1, tail))
    high = 1.0 if n == total else float(special.betaincinv(n + 1, total - n, 1 - tail))
    return Interval(low, high)


def newcombe(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Difference:
    """The difference of two proportions, a minus b, with the hybrid score interval.

    Newcombe (Stat Med 1998;17:873-890), method 10, without continuity correction.

    >>> d = newcombe(56, 70, 48, 80)
    >>> round(d.estimate, 4), round(d.low, 4), round(d.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    a, b = wilson(a_n, a_total, level), wilson(b_n, b_total, level)
    share_a, share_b = a_n / a_total, b_n / b_total
    estimate = share_a - share_b
    return Difference(
        estimate,
        estimate - math.hypot(share_a - a.low, b.high - share_b),
        estimate + math.hypot(a.high - share_a, share_b - b.low),
    )


def _four_cells(a_n: int, a_total: int, b_n: int, b_total: int) -> tuple[tuple[float, float, float, float], bool]:
    """(a with, a without, b with, b without), 0.5 added to each if one of them is zero; and whether it was added."""
    require_count(a_n, a_total)
    require_count(b_n, b_total)
    cells = (a_n, a_total - a_n, b_n, b_total - b_n)
    corrected = 0 in cells
    added = HALDANE_ANSCOMBE if corrected else 0.0
    return (cells[0] + added, cells[1] + added, cells[2] + added, cells[3] + added), corrected


def _log_interval(estimate: float, error: float, level: float, *, corrected: bool) -> Ratio:
    factor = math.exp(_normal_quantile(level) * error)
    return Ratio(estimate, estimate / factor, estimate * factor, corrected)


def risk_ratio(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Ratio:
    """The ratio of two proportions, a over b, by the log method (Katz et al., Biometrics 1978;34:469-474).

    If a cell is zero, 0.5 is added to all four (so 1 to each total) and the result says `corrected`.

    >>> r = risk_ratio(15, 23, 2, 23)
    >>> f"{r.estimate:.1f} ({r.low:.1f} to {r.high:.0f})"
    '7.5 (1.9 to 29)'
    """
    (a, a_rest, b, b_rest), corrected = _four_cells(a_n, a_total, b_n, b_total)
    estimate = (a / (a + a_rest)) / (b / (b + b_rest))
    variance = 1 / a - 1 / (a + a_rest) + 1 / b - 1 / (b + b_rest)
    return _log_interval(estimate, math.sqrt(variance), level, corrected=corrected)


def likelihood_ratio(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Ratio:
    """LR+ of a finding for A against B: how much more often it is there in A.

    Simel, Samsa and Matchar (J Clin Epidemiol 1991;44:763-770); a zero cell as in risk_ratio.
    `a_n` of `a_total` with A and `b_n` of `b_total` with B have the finding.

    >>> r = likelihood_ratio(2, 23, 0, 23)
    >>> f"{r.estimate:.1f} ({r.low:.2f} to {r.high:.0f})", r.corrected
    ('5.0 (0.25 to 99)', True)
    """
    return risk_ratio(a_n, a_total, b_n, b_total, level)


def negative_likelihood_ratio(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Ratio:
    """LR- of a finding for A against B: how much more often it is missing in A (Simel et al. 1991).

    >>> r = negative_likelihood_ratio(15, 23, 2, 23)
    >>> f"{r.estimate:.2f} ({r.low:.2f} to {r.high:.2f})"
    '0.38 (0.21 to 0.68)'
    """
    require_count(a_n, a_total)
    require_count(b_n, b_total)
    return risk_ratio(a_total - a_n, a_total, b_total - b_n, b_total, level)


def odds_ratio(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Ratio:
    """The ratio of the odds in A to those in B by the log method (Woolf, Ann Hum Genet 1955;19:251-253).

    For a finding as a test of A against B it is the diagnostic odds ratio, LR+ / LR-.

    >>> r = odds_ratio(15, 23, 2, 23)
    >>> f"{r.estimate:.1f} ({r.low:.1f} to {r.high:.0f})"
    '19.7 (3.7 to 106)'
    """
    (a, a_rest, b, b_rest), corrected = _four_cells(a_n, a_total, b_n, b_total)
    error = math.sqrt(1 / a + 1 / a_rest + 1 / b + 1 / b_rest)
    return _log_interval(a * b_rest / (a_rest * b), error, level, corrected=corrected)


def sensitivity(true_positive: int, false_negative: int, level: float = LEVEL) -> tuple[float, Interval]:
    """The share of those with the condition whom the test finds, with Wilson's interval.

    >>> sensitivity(19, 4)[0]
    0.8260869565217391
    """
    total = true_positive + false_negative
    limits = wilson(true_positive, total, level)
    return true_positive / total, limits


def specificity(true_negative: int, false_positive: int, level: float = LEVEL) -> tuple[float, Interval]:
    """The share of those without the condition whom the test leaves out, with Wilson's interval.

    >>> specificity(18, 5)[0]
    0.782608695652174
    """
    return sensitivity(true_negative, false_positive, level)


def positive_predictive_value(true_positive: int, false_positive: int, level: float = LEVEL) -> tuple[float, Interval]:
    """The share of those tested positive who have the condition: of this sample, with its mix of the two groups.

    >>> positive_predictive_value(15, 2)[0]
    0.8823529411764706
    """
    return sensitivity(true_positive, false_positive, level)


def negative_predictive_value(true_negative: int, false_negative: int, level: float = LEVEL) -> tuple[float, Interval]:
    """The share of those tested negative who are free of the condition: of this sample, with its mix of the two groups.

    >>> negative_predictive_value(21, 8)[0]
    0.7241379310344828
    """
    return sensitivity(true_negative, false_negative, level)


def fisher(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    """The two-sided p value of Fisher's exact test: the tables no likelier than the one seen (Fisher 1935).

    >>> round(fisher(7, 23, 14, 23), 3)
    0.075
    """
    require_count(a_n, a_total)
    require_count(b_n, b_total)
    with_finding, everyone = a_n + b_n, a_total + b_total
    possible = np.arange(max(0, with_finding - b_total), min(a_total, with_finding) + 1)
    log_p = (
        _log_choose(a_total, possible)
        + _log_choose(b_total, with_finding - possible)
        - _log_choose(everyone, np.array(with_finding))
    )
    seen = log_p[a_n - possible[0]]
    # 1e-7, as R has it: equally likely tables must not be lost to rounding.
    return min(1.0, float(np.exp(log_p[log_p <= seen + 1e-7]).sum()))


def _log_choose(total: int, chosen: np.ndarray) -> np.ndarray:
    logs: np.ndarray = special.gammaln(total + 1) - special.gammaln(chosen + 1) - special.gammaln(total - chosen + 1)
    return logs


def chi_square(a_n: int, a_total: int, b_n: int, b_total: int, *, yates: bool = False) -> Test:
    """Pearson's test of a 2x2 table, with Yates' continuity correction on demand (Yates, J R Stat Soc 1934;S1:217-235).

    MeasureError if nobody or everybody has the finding: the test has then no value.

    >>> plain, corrected = chi_square(7, 23, 14, 23), chi_square(7, 23, 14, 23, yates=True)
    >>> round(plain.statistic, 3), round(plain.p, 3), round(corrected.p, 3)
    (4.293, 0.038, 0.076)
    """
    require_count(a_n, a_total)
    require_count(b_n, b_total)
    with_finding, everyone = a_n + b_n, a_total + b_total
    if with_finding in (0, everyone):
        raise MeasureError(
            f"chi-square of {a_n}/{a_total} and {b_n}/{b_total}; allowed: some have the finding, some not"
        )
    cross = float(abs(a_n * (b_total - b_n) - (a_total - a_n) * b_n))
    if yates:
        cross = max(0.0, cross - everyone / 2)
    statistic = everyone * cross**2 / (a_total * b_total * with_finding * (everyone - with_finding))
    return Test(statistic, float(special.chdtrc(1, statistic)), 1)


def _require_group(mean: float, sd: float, size: int) -> None:
    if size < 2 or sd < 0 or not math.isfinite(mean):
        raise MeasureError(f"mean {mean}, SD {sd}, n {size}; allowed: a finite mean, SD at least 0, n at least 2")


@dataclass(frozen=True, slots=True)
class Sample:
    """A measured group: mean and standard deviation in one unit, and its size.

    >>> Sample(1.15, 0.33, 1)
    Traceback (most recent call last):
    kg.measures.MeasureError: mean 1.15, SD 0.33, n 1; allowed: a finite mean, SD at least 0, n at least 2
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
    half = _normal_quantile(level) * math.sqrt(variance)
    return Difference(estimate, estimate - half, estimate + half)


def post_test_probability(before: float, ratio: float) -> float:
    """The probability after a finding with this likelihood ratio, by Bayes' rule in odds (Fagan, NEJM 1975;293:257).

    `before` lies in 0 to 1, the ends included; `ratio` is at least 0.

    >>> round(post_test_probability(0.5, 7.5), 2)
    0.88
    """
    if not 0 <= before <= 1:
        raise MeasureError(f"probability before is {before}; allowed: 0 to 1")
    if not 0 <= ratio < math.inf:
        raise MeasureError(f"likelihood ratio is {ratio}; allowed: 0 or more, finite")
    if before == 1:
        return 1.0
    odds = before / (1 - before) * ratio
    return odds / (1 + odds)


def post_test(before: float, ratio: Ratio) -> Difference:
    """The probability after a finding, its interval being that of the ratio carried through Bayes' rule.

    >>> after = post_test(0.5, likelihood_ratio(15, 23, 2, 23))
    >>> f"{after.estimate:.0%} ({after.low:.0%} to {after.high:.0%})"
    '88% (66% to 97%)'
    """
    return Difference(*(post_test_probability(before, value) for value in (ratio.estimate, ratio.low, ratio.high)))


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
