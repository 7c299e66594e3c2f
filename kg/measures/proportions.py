"""This module computes proportions with their intervals, differences of two, and the shares of a test."""

from __future__ import annotations

import math

from scipy import special

from kg.measures.values import LEVEL, Difference, Interval, normal_quantile, require_count


def wilson(n: int, total: int, level: float = LEVEL) -> Interval:
    """The score interval of a proportion without continuity correction (Wilson, JASA 1927;22:209-212).

    >>> limits = wilson(15, 23)
    >>> f"{limits.low:.0%} to {limits.high:.0%}"
    '45% to 81%'
    """
    require_count(n, total)
    z = normal_quantile(level)
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
    normal_quantile(level)
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
