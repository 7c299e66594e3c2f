"""This module pools proportions and ratios over studies: one common value, or a mean of values that differ."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import special

from kg.measures.tables import HALDANE_ANSCOMBE, odds_ratio, risk_ratio
from kg.measures.values import LEVEL, Interval, MeasureError, Ratio, normal_quantile, require_count

MODELS: Final = ("fixed", "random")
RATIOS: Final = {"risk": risk_ratio, "odds": odds_ratio}
FEWEST_TO_PREDICT: Final = 3  # studies; the t distribution of a prediction has two degrees of freedom fewer
_STEPS: Final = 200  # of the scoring; a dozen are the rule
_EXACT: Final = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """A value pooled over `studies`, with its confidence interval.

    `tau_squared` is the variance between studies (on the scale of the logs, or of the logits for proportions),
    `i_squared` the share, 0 to 1, of the differences between studies that chance does not explain, `q` Cochran's
    statistic with its p value `q_p`. `prediction` is where the value of one more study would lie: for the random model
    and three studies or more. `corrected` if 0.5 was added to the cells of a study.
    """

    model: str
    studies: int
    estimate: float
    low: float
    high: float
    tau_squared: float
    i_squared: float
    q: float
    q_p: float
    prediction: Interval | None = None
    corrected: bool = False

    @property
    def ratio(self) -> Ratio:
        """The pooled value as a ratio; it says nothing for a proportion."""
        return Ratio(self.estimate, self.low, self.high, self.corrected)


@dataclass(frozen=True, slots=True)
class _Studies:
    """One value a study on a scale on which it is roughly normal, and its sampling variance."""

    values: np.ndarray
    variances: np.ndarray
    corrected: bool

    def mean(self, tau_squared: float) -> tuple[float, float]:
        """The mean weighted by the inverse variances, and its standard error."""
        weights = 1 / (self.variances + tau_squared)
        return float(weights @ self.values / weights.sum()), float(weights.sum()) ** -0.5


def pool_ratios(
    studies: Sequence[tuple[int, int, int, int]], *, measure: str = "risk", model: str = "random", level: float = LEVEL
) -> Pooled:
    """The pooled ratio of studies, each (n in A, N in A, n in B, N in B): 'risk' (the LR+ of a finding) or 'odds'.

    Inverse-variance weights on the logs. The random model has the variance between studies by restricted maximum
    likelihood (Viechtbauer, J Educ Behav Stat 2005;30:261-293), I squared by Higgins and Thompson (Stat Med
    2002;21:1539-1558) and the prediction interval by Higgins, Thompson and Spiegelhalter (J R Stat Soc A
    2009;172:137-159). A zero cell adds 0.5 to the four cells of its study alone.

    >>> pooled = pool_ratios([(15, 23, 2, 23), (9, 20, 3, 25), (12, 30, 4, 28)])
    >>> f"{pooled.estimate:.1f} ({pooled.low:.1f} to {pooled.high:.1f})", round(pooled.i_squared, 2)
    ('3.9 (2.0 to 7.6)', 0.0)
    """
    if measure not in RATIOS:
        raise MeasureError(f"ratio to pool is {measure!r}; allowed: {', '.join(RATIOS)}")
    one_by_one = [RATIOS[measure](*study) for study in studies]
    z = normal_quantile(LEVEL)
    errors = np.array([math.log(ratio.high / ratio.low) / (2 * z) for ratio in one_by_one])
    logs = np.array([math.log(ratio.estimate) for ratio in one_by_one])
    return _pooled(_Studies(logs, errors**2, any(r.corrected for r in one_by_one)), model, level, math.exp)


def pool_proportions(groups: Sequence[tuple[int, int]], *, model: str = "random", level: float = LEVEL) -> Pooled:
    """The pooled proportion of groups, each (n, N), from their logits (Stijnen et al., Stat Med 2010;29:3046-3067).

    As `pool_ratios`; a group of which nobody or everybody is counted gets 0.5 more on both sides.

    >>> pooled = pool_proportions([(15, 23), (9, 20), (12, 30)])
    >>> f"{pooled.estimate:.0%} ({pooled.low:.0%} to {pooled.high:.0%})"
    '50% (35% to 65%)'
    """
    for group in groups:
        require_count(*group)
    corrected = [n in (0, total) for n, total in groups]
    added = [HALDANE_ANSCOMBE if one else 0.0 for one in corrected]
    cells = [(n + more, total - n + more) for (n, total), more in zip(groups, added, strict=True)]
    logits = np.array([math.log(n / rest) for n, rest in cells])
    variances = np.array([1 / n + 1 / rest for n, rest in cells])
    return _pooled(_Studies(logits, variances, any(corrected)), model, level, lambda x: float(special.expit(x)))


def _pooled(studies: _Studies, model: str, level: float, back: Callable[[float], float]) -> Pooled:
    """The pooled value, brought back from the scale of the logs or logits by `back`."""
    number = len(studies.values)
    if model not in MODELS or not number:
        raise MeasureError(f"{number} studies pooled by model {model!r}; allowed: one or more, {' or '.join(MODELS)}")
    tau_squared = _tau_squared(studies) if model == "random" else 0.0
    mean, error = studies.mean(tau_squared)
    half = normal_quantile(level) * error
    q, freedom = _cochran(studies), number - 1
    return Pooled(
        model=model,
        studies=number,
        estimate=back(mean),
        low=back(mean - half),
        high=back(mean + half),
        tau_squared=tau_squared,
        i_squared=max(0.0, (q - freedom) / q) if freedom and q > 0 else 0.0,
        q=q,
        q_p=float(special.chdtrc(freedom, q)) if freedom else 1.0,
        prediction=_prediction(mean, math.hypot(error, math.sqrt(tau_squared)), number, level, back)
        if model == "random"
        else None,
        corrected=studies.corrected,
    )


def _cochran(studies: _Studies) -> float:
    """How far the studies lie from their common mean (Cochran, Biometrics 1954;10:101-129)."""
    mean, _ = studies.mean(0.0)
    return float(((studies.values - mean) ** 2 / studies.variances).sum())


def _tau_squared(studies: _Studies) -> float:
    """The variance between studies by restricted maximum likelihood, by Fisher scoring from the moment estimate."""
    if len(studies.values) < 2:
        return 0.0
    tau_squared = max(0.0, float(studies.values.var(ddof=1) - studies.variances.mean()))
    for _ in range(_STEPS):
        weights = 1 / (studies.variances + tau_squared)
        total, squares, cubes = (float((weights**power).sum()) for power in (1, 2, 3))
        mean, _ = studies.mean(tau_squared)
        score = float((weights**2 * (studies.values - mean) ** 2).sum()) - (total - squares / total)
        information = squares - 2 * cubes / total + (squares / total) ** 2
        before, tau_squared = tau_squared, max(0.0, tau_squared + score / information)
        if abs(tau_squared - before) < _EXACT:
            break
    return tau_squared


def _prediction(
    mean: float, error: float, number: int, level: float, back: Callable[[float], float]
) -> Interval | None:
    if number < FEWEST_TO_PREDICT:
        return None
    half = float(special.stdtrit(number - 2, 0.5 + level / 2)) * error
    return Interval(back(mean - half), back(mean + half))
