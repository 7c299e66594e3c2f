"""This module computes ratios and tests of a 2x2 table: n of N in A against n of N in B."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from scipy import special

from kg.measures.values import LEVEL, MeasureError, Ratio, Test, normal_quantile, require_count

HALDANE_ANSCOMBE: Final = 0.5  # added to all four cells when one is zero (Haldane 1956, Anscombe 1956)


def _four_cells(a_n: int, a_total: int, b_n: int, b_total: int) -> tuple[tuple[float, float, float, float], bool]:
    """(a with, a without, b with, b without), 0.5 added to each if one of them is zero; and whether it was added."""
    require_count(a_n, a_total)
    require_count(b_n, b_total)
    cells = (a_n, a_total - a_n, b_n, b_total - b_n)
    corrected = 0 in cells
    added = HALDANE_ANSCOMBE if corrected else 0.0
    return (cells[0] + added, cells[1] + added, cells[2] + added, cells[3] + added), corrected


def _log_interval(estimate: float, error: float, level: float, *, corrected: bool) -> Ratio:
    factor = math.exp(normal_quantile(level) * error)
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


def diagnostic_odds_ratio(a_n: int, a_total: int, b_n: int, b_total: int, level: float = LEVEL) -> Ratio:
    """The odds of a finding in A over those in B, as a test of A against B: LR+ / LR-.

    Glas et al. (J Clin Epidemiol 2003;56:1129-1135); the same number as odds_ratio.

    >>> round(diagnostic_odds_ratio(15, 23, 2, 23).estimate, 1)
    19.7
    """
    return odds_ratio(a_n, a_total, b_n, b_total, level)


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


def boschloo(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    """The two-sided p value of Boschloo's exact test, which asks no fixed margins and so has more power than Fisher's.

    Boschloo (Stat Neerl 1970;24:1-9): Fisher's one-sided p as the statistic, its tail taken at the worst common
    proportion; the two-sided p is twice the smaller one-sided, 1 at most. SciPy's; it takes some milliseconds.

    >>> round(boschloo(7, 23, 14, 23), 3)
    0.047
    """
    from scipy import stats  # takes longer to load than any command that does without it

    require_count(a_n, a_total)
    require_count(b_n, b_total)
    table = [[a_n, b_n], [a_total - a_n, b_total - b_n]]
    if a_n + b_n in (0, a_total + b_total):
        return 1.0
    return min(1.0, float(stats.boschloo_exact(table).pvalue))
