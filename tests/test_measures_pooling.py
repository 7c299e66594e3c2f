"""Pooled values equal R's metafor and another library, and keep their identities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from scipy import optimize
from statsmodels.stats import meta_analysis

from kg import measures
from kg.measures import MeasureError

small = settings(max_examples=40, deadline=None, derandomize=True)
groups = some.integers(2, 80).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total)))
studies = some.tuples(groups, groups).map(lambda pair: (*pair[0], *pair[1]))

# 13 trials of BCG vaccine against tuberculosis (Colditz et al., JAMA 1994;271:698-702; dat.bcg of R's metafor):
# cases and people, vaccinated and not.
BCG = (
    (4, 123, 11, 139),
    (6, 306, 29, 303),
    (3, 231, 11, 220),
    (62, 13598, 248, 12867),
    (33, 5069, 47, 5808),
    (180, 1541, 372, 1451),
    (8, 2545, 10, 629),
    (505, 88391, 499, 88391),
    (29, 7499, 45, 7277),
    (17, 1716, 65, 1665),
    (186, 50634, 141, 27338),
    (5, 2498, 3, 2341),
    (27, 16913, 29, 17854),
)


def test_the_random_model_gives_what_metafor_publishes_for_the_bcg_trials() -> None:
    # rma(measure="RR", ...) and predict(res, transf=exp), as the documentation of metafor 4 prints them.
    pooled = measures.pool_ratios(BCG)
    assert [round(x, 4) for x in (pooled.estimate, pooled.low, pooled.high)] == [0.4894, 0.3441, 0.6962]
    assert (round(pooled.tau_squared, 4), round(pooled.q, 4), pooled.studies) == (0.3132, 152.2330, 13)
    assert pooled.q_p < 0.0001


def test_the_fixed_model_gives_what_metafor_publishes_for_the_bcg_trials() -> None:
    # rma(..., method="EE"): -0.4303 (-0.5097 to -0.3509), I squared 92.12 %.
    pooled = measures.pool_ratios(BCG, model="fixed")
    logs = np.log([pooled.estimate, pooled.low, pooled.high])
    assert [round(float(x), 4) for x in logs] == [-0.4303, -0.5097, -0.3509]
    assert round(100 * pooled.i_squared, 2) == 92.12
    assert (pooled.tau_squared, pooled.prediction) == (0.0, None)


def restricted(tau_squared: float, values: np.ndarray, variances: np.ndarray) -> float:
    """Minus the restricted log-likelihood, up to a constant, from its definition."""
    weights = 1 / (variances + tau_squared)
    mean = (weights * values).sum() / weights.sum()
    terms = np.log(variances + tau_squared) + weights * (values - mean) ** 2
    return float(terms.sum() + np.log(weights.sum())) / 2


@small
@given(some.lists(groups, min_size=2, max_size=6))
def test_the_variance_between_studies_is_the_one_of_the_highest_restricted_likelihood(
    found: list[tuple[int, int]],
) -> None:
    more = [0.5 if n in (0, total) else 0.0 for n, total in found]
    n = np.array([n + add for (n, _), add in zip(found, more, strict=True)])
    rest = np.array([total - n + add for (n, total), add in zip(found, more, strict=True)])
    values, variances = np.log(n / rest), 1 / n + 1 / rest
    pooled = measures.pool_proportions(found)
    best = optimize.minimize_scalar(restricted, bounds=(0, 40), args=(values, variances), method="bounded")
    assert restricted(pooled.tau_squared, values, variances) <= float(best.fun) + 1e-6
    assert 0 < pooled.low <= pooled.estimate <= pooled.high < 1


@pytest.mark.filterwarnings("ignore::RuntimeWarning:statsmodels")  # of its random model, which is not asked for
@small
@given(some.lists(studies, min_size=2, max_size=6))
def test_the_fixed_model_and_cochrans_q_equal_statsmodels(found: list[tuple[int, int, int, int]]) -> None:
    one_by_one = [measures.risk_ratio(*study) for study in found]
    logs = np.log([ratio.estimate for ratio in one_by_one])
    errors = np.log([ratio.high / ratio.low for ratio in one_by_one]) / 2 / measures.normal_quantile(0.95)
    theirs = meta_analysis.combine_effects(logs, errors**2, method_re="dl")
    ours = measures.pool_ratios(found, model="fixed")
    assert (np.log(ours.estimate), ours.q) == pytest.approx((theirs.mean_effect_fe, theirs.q), abs=1e-8)
    assert ours.i_squared == pytest.approx(max(0.0, theirs.i2), abs=1e-8)
    assert ours.q_p == pytest.approx(theirs.test_homogeneity().pvalue, abs=1e-9)


@small
@given(studies, some.sampled_from(measures.MODELS), some.sampled_from([0.8, 0.95]))
def test_one_study_pooled_is_that_study(study: tuple[int, int, int, int], model: str, level: float) -> None:
    pooled, alone = measures.pool_ratios([study], model=model, level=level), measures.risk_ratio(*study, level)
    assert (pooled.estimate, pooled.low, pooled.high) == pytest.approx((alone.estimate, alone.low, alone.high))
    assert (pooled.tau_squared, pooled.i_squared, pooled.prediction) == (0.0, 0.0, None)


@small
@given(some.lists(studies, min_size=3, max_size=6))
def test_the_order_of_studies_does_not_matter_and_a_prediction_is_wider(found: list[tuple[int, int, int, int]]) -> None:
    one, other = measures.pool_ratios(found), measures.pool_ratios(found[::-1])
    assert (one.estimate, one.tau_squared) == pytest.approx((other.estimate, other.tau_squared), abs=1e-6)
    assert one.prediction is not None
    assert one.prediction.low < one.low <= one.estimate <= one.high < one.prediction.high


@small
@given(studies, some.integers(2, 5))
def test_equal_studies_have_no_variance_between_them_and_a_narrower_interval(
    study: tuple[int, int, int, int], times: int
) -> None:
    alone, pooled = measures.risk_ratio(*study), measures.pool_ratios([study] * times)
    assume(alone.low < alone.high)
    assert pooled.estimate == pytest.approx(alone.estimate)
    assert pooled.tau_squared == 0
    assert alone.low < pooled.low < pooled.high < alone.high


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: measures.pool_ratios([]), "0 studies pooled by model 'random'"),
        (lambda: measures.pool_proportions([(1, 2)], model="bayes"), "allowed: one or more, fixed or random"),
        (lambda: measures.pool_ratios([(1, 2, 1, 2)], measure="rate"), "ratio to pool is 'rate'; allowed: risk, odds"),
        (lambda: measures.pool_proportions([(3, 2)]), "3 of 2; allowed"),
    ],
)
def test_what_cannot_be_pooled_is_refused_with_what_is_allowed(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError, match=message):
        call()
