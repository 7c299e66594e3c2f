"""Measures equal another library or a published value, and keep their identities."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy import stats
from statsmodels.stats import contingency_tables, proportion

from kg import measures
from kg.measures import MeasureError, Sample

small = settings(max_examples=60, deadline=None, derandomize=True)
groups = some.integers(1, 200).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total)))


def test_wilson_gives_the_published_interval_of_15_in_23() -> None:
    limits = measures.wilson(15, 23)
    assert (round(100 * limits.low), round(100 * limits.high)) == (45, 81)


def test_zero_in_twelve_has_an_upper_limit_and_a_lower_limit_of_exactly_zero() -> None:
    limits = measures.wilson(0, 12)
    assert limits.low == 0.0
    assert round(limits.high, 3) == 0.242


@small
@given(groups, some.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_intervals_of_a_proportion_equal_statsmodels(group: tuple[int, int], level: float) -> None:
    for ours, method in ((measures.wilson, "wilson"), (measures.clopper_pearson, "beta")):
        low, high = proportion.proportion_confint(*group, alpha=1 - level, method=method)
        limits = ours(*group, level)
        assert limits.low == pytest.approx(low, abs=1e-9)
        assert limits.high == pytest.approx(high, abs=1e-9)


@small
@given(groups)
def test_wilson_mirrors_and_holds_its_proportion_and_lies_in_0_to_1(group: tuple[int, int]) -> None:
    n, total = group
    limits, mirrored = measures.wilson(n, total), measures.wilson(total - n, total)
    assert 0 <= limits.low <= n / total <= limits.high <= 1
    assert limits.low == pytest.approx(1 - mirrored.high)


@small
@given(groups, groups)
def test_newcombe_equals_statsmodels_and_changes_sign_with_the_order(a: tuple[int, int], b: tuple[int, int]) -> None:
    ours, turned = measures.newcombe(*a, *b), measures.newcombe(*b, *a)
    low, high = proportion.confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=1e-9)
    assert (ours.low, ours.high) == pytest.approx((-turned.high, -turned.low), abs=1e-9)


@pytest.mark.parametrize(
    ("table", "shown"),
    [
        ((15, 23, 2, 23), "7.5 1.9 29 False"),
        ((18, 23, 4, 23), "4.5 1.8 11 False"),
        ((6, 23, 21, 23), "0.29 0.14 0.58 False"),
        ((17, 23, 9, 23), "1.9 1.1 3.3 False"),
        ((16, 23, 9, 23), "1.8 0.998 3.2 False"),
        ((23, 23, 21, 23), "1.1 0.94 1.3 True"),
        ((18, 23, 17, 23), "1.1 0.77 1.5 False"),
        ((2, 23, 0, 23), "5.0 0.25 99 True"),
    ],
)
def test_likelihood_ratios_of_a_table_of_eight_signs_are_shown_as_published(
    table: tuple[int, int, int, int], shown: str
) -> None:
    ratio = measures.likelihood_ratio(*table)
    parts = [measures.display(value) for value in (ratio.estimate, ratio.low, ratio.high)]
    assert f"{' '.join(parts)} {ratio.corrected}" == shown


@small
@given(groups, groups)
def test_ratios_turn_over_with_the_groups(a: tuple[int, int], b: tuple[int, int]) -> None:
    for measure in (measures.risk_ratio, measures.odds_ratio, measures.negative_likelihood_ratio):
        one, other = measure(*a, *b), measure(*b, *a).inverse
        assert (one.estimate, one.low, one.high) == pytest.approx((other.estimate, other.low, other.high))
        assert one.bound == pytest.approx(other.bound) or one.estimate == pytest.approx(1)


@small
@given(groups, groups)
def test_the_odds_ratio_is_the_positive_ratio_over_the_negative_one(a: tuple[int, int], b: tuple[int, int]) -> None:
    positive, negative = measures.likelihood_ratio(*a, *b), measures.negative_likelihood_ratio(*a, *b)
    assert measures.odds_ratio(*a, *b).estimate == pytest.approx(positive.estimate / negative.estimate)


@small
@given(groups, groups)
def test_ratios_without_a_zero_cell_equal_statsmodels(a: tuple[int, int], b: tuple[int, int]) -> None:
    cells = [[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]
    if 0 in cells[0] + cells[1]:
        assert measures.risk_ratio(*a, *b).corrected
        return
    table = contingency_tables.Table2x2(cells)
    for ours, (estimate, (low, high)) in (
        (measures.risk_ratio(*a, *b), (table.riskratio, table.riskratio_confint())),
        (measures.odds_ratio(*a, *b), (table.oddsratio, table.oddsratio_confint())),
    ):
        assert (ours.estimate, ours.low, ours.high) == pytest.approx((estimate, low, high))
        assert not ours.corrected


@small
@given(groups, groups)
def test_fisher_and_chi_square_equal_scipy(a: tuple[int, int], b: tuple[int, int]) -> None:
    cells = [[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]
    assert measures.fisher(*a, *b) == pytest.approx(stats.fisher_exact(np.array(cells)).pvalue, abs=1e-9)
    if a[0] + b[0] in (0, a[1] + b[1]):
        with pytest.raises(MeasureError, match="some have the finding, some not"):
            measures.chi_square(*a, *b)
        return
    for yates in (False, True):
        theirs = stats.chi2_contingency(cells, correction=yates)
        ours = measures.chi_square(*a, *b, yates=yates)
        assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), abs=1e-9)


@pytest.mark.parametrize(
    ("table", "one_sided"),
    [
        # p of exact.test(method="Boschloo", tsmethod="central", beta=1e-8) of R's Exact, as SciPy's tests quote it.
        ((43, 53, 40, 79), 0.0001615562),
        ((2, 10, 7, 9), 0.009886142),
        ((7, 15, 12, 15), 0.03410916),
        ((10, 35, 24, 61), 0.1512882),
    ],
)
def test_boschloo_is_twice_the_one_sided_p_of_the_package_exact(
    table: tuple[int, int, int, int], one_sided: float
) -> None:
    assert measures.boschloo(*table) == pytest.approx(2 * one_sided, abs=1e-6)


@settings(max_examples=8, deadline=None, derandomize=True)
@given(*2 * [some.integers(1, 12).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total)))])
def test_boschloo_is_the_worst_tail_over_all_common_proportions(a: tuple[int, int], b: tuple[int, int]) -> None:
    def tail(sign: int) -> float:
        statistic = np.array(
            [
                [
                    stats.hypergeom.cdf(
                        sign * i + (sign < 0) * a[1], a[1] + b[1], (i + j) if sign > 0 else a[1] + b[1] - i - j, a[1]
                    )
                    for j in range(b[1] + 1)
                ]
                for i in range(a[1] + 1)
            ]
        )
        extreme = statistic <= statistic[a[0], b[0]] * (1 + 1e-12)
        grid = np.linspace(0, 1, 501)
        p_a = stats.binom.pmf(np.arange(a[1] + 1)[:, None], a[1], grid)
        p_b = stats.binom.pmf(np.arange(b[1] + 1)[:, None], b[1], grid)
        return float(np.einsum("ig,jg,ij->g", p_a, p_b, extreme.astype(float)).max())

    if a[0] + b[0] in (0, a[1] + b[1]):
        assert measures.boschloo(*a, *b) == 1
        return
    assert measures.boschloo(*a, *b) == pytest.approx(min(1.0, 2 * min(tail(1), tail(-1))), abs=2e-3)


@small
@given(groups, groups)
def test_the_diagnostic_odds_ratio_is_the_odds_ratio(a: tuple[int, int], b: tuple[int, int]) -> None:
    assert measures.diagnostic_odds_ratio(*a, *b) == measures.odds_ratio(*a, *b)


def test_two_sample_tests_equal_scipy() -> None:
    a, b = Sample(1.15, 0.33, 23), Sample(0.77, 0.20, 19)
    for ours, equal in ((measures.student_t(a, b), True), (measures.welch_t(a, b), False)):
        theirs = stats.ttest_ind_from_stats(1.15, 0.33, 23, 0.77, 0.20, 19, equal_var=equal)
        assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue))


def test_hedges_g_is_that_of_the_published_means() -> None:
    arterial = measures.hedges_g(Sample(1.15, 0.33, 23), Sample(0.77, 0.20, 23))
    portal = measures.hedges_g(Sample(0.81, 0.27, 23), Sample(0.64, 0.15, 23))
    assert [f"{value:.2f}" for value in (arterial.estimate, arterial.low, arterial.high)] == ["1.37", "0.73", "2.01"]
    assert [f"{value:.2f}" for value in (portal.estimate, portal.low, portal.high)] == ["0.77", "0.17", "1.36"]


def test_post_test_probability_carries_the_interval_of_the_ratio() -> None:
    after = measures.post_test(0.5, measures.likelihood_ratio(15, 23, 2, 23))
    assert [round(100 * value) for value in (after.estimate, after.low, after.high)] == [88, 66, 97]


@small
@given(some.floats(0, 1), some.floats(0.01, 100))
def test_a_ratio_and_its_inverse_bring_a_probability_back(before: float, ratio: float) -> None:
    after = measures.post_test_probability(before, ratio)
    assert 0 <= after <= 1
    assert measures.post_test_probability(after, 1 / ratio) == pytest.approx(before, abs=1e-9)


@small
@given(some.floats(0.001, 1000))
def test_a_shown_ratio_stays_on_its_side_of_one_and_within_its_rounding(value: float) -> None:
    shown = float(measures.display(value))
    assert (shown > 1) == (value > 1)
    assert (shown < 1) == (value < 1)
    assert math.isclose(shown, value, rel_tol=0.05)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: measures.wilson(3, 2), "3 of 2; allowed"),
        (lambda: measures.wilson(0, 0), "0 of 0; allowed"),
        (lambda: measures.wilson(1, 2, 95), "level is 95; allowed"),
        (lambda: measures.hedges_g(Sample(1, 0, 5), Sample(2, 0, 5)), "both standard deviations are 0"),
        (lambda: measures.post_test_probability(50, 2), "probability before is 50"),
        (lambda: measures.post_test_probability(0.5, -1), "likelihood ratio is -1"),
        (lambda: measures.display(math.inf), "cannot show inf"),
    ],
)
def test_a_number_out_of_range_is_refused_with_what_is_allowed(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError, match=message):
        call()
