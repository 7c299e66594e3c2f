"""This package computes proportions, intervals, 2x2 measures, tests, effect sizes and pools: arithmetic, no papers.

Counts are whole numbers, proportions and probabilities lie in 0 to 1, intervals are two-sided at `level` (95 % unless
said). The formulas are closed ones on scipy.special, so that a command starts fast; the tests hold each one against
scipy.stats, statsmodels or a published value.
"""

from kg.measures.bayes import (
    Likelihood,
    joined_ratio,
    likelihoods,
    post_test,
    post_test_of,
    post_test_probability,
    shares_after,
)
from kg.measures.means import Sample, hedges_g, student_t, welch_t
from kg.measures.pooling import MODELS, RATIOS, Pooled, pool_proportions, pool_ratios
from kg.measures.proportions import (
    clopper_pearson,
    negative_predictive_value,
    newcombe,
    positive_predictive_value,
    sensitivity,
    specificity,
    wilson,
)
from kg.measures.tables import (
    HALDANE_ANSCOMBE,
    boschloo,
    chi_square,
    diagnostic_odds_ratio,
    fisher,
    likelihood_ratio,
    negative_likelihood_ratio,
    odds_ratio,
    risk_ratio,
)
from kg.measures.values import (
    LEVEL,
    Difference,
    Interval,
    MeasureError,
    Ratio,
    Test,
    display,
    normal_quantile,
    require_count,
)

__all__ = [
    "HALDANE_ANSCOMBE",
    "LEVEL",
    "MODELS",
    "RATIOS",
    "Difference",
    "Interval",
    "Likelihood",
    "MeasureError",
    "Pooled",
    "Ratio",
    "Sample",
    "Test",
    "boschloo",
    "chi_square",
    "clopper_pearson",
    "diagnostic_odds_ratio",
    "display",
    "fisher",
    "hedges_g",
    "joined_ratio",
    "likelihood_ratio",
    "likelihoods",
    "negative_likelihood_ratio",
    "negative_predictive_value",
    "newcombe",
    "normal_quantile",
    "odds_ratio",
    "pool_proportions",
    "pool_ratios",
    "positive_predictive_value",
    "post_test",
    "post_test_of",
    "post_test_probability",
    "require_count",
    "risk_ratio",
    "sensitivity",
    "shares_after",
    "specificity",
    "student_t",
    "welch_t",
    "wilson",
]
