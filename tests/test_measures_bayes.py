"""Probabilities after findings keep the identities of Bayes' rule, for two groups and for more."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg import measures
from kg.measures import Likelihood, MeasureError, Ratio

small = settings(max_examples=60, deadline=None, derandomize=True)
groups = some.integers(1, 80).flatmap(lambda total: some.tuples(some.integers(0, total), some.just(total)))
findings = some.integers(2, 4).flatmap(
    lambda size: some.lists(some.lists(groups, min_size=size, max_size=size), min_size=1, max_size=3)
)


def equal(size: int) -> list[float]:
    return [1 / size] * size


def test_two_groups_of_signs_give_the_probability_of_their_joined_ratio() -> None:
    ratios = [measures.likelihood_ratio(15, 23, 2, 23), measures.likelihood_ratio(16, 23, 9, 23)]
    after = measures.post_test_of(0.5, ratios)
    assert [round(100 * value) for value in (after.estimate, after.low, after.high)] == [93, 75, 98]


@small
@given(some.lists(some.tuples(groups, groups), min_size=1, max_size=4))
def test_the_variances_of_the_logs_add(found: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    ratios = [measures.likelihood_ratio(*a, *b) for a, b in found]
    joined = measures.joined_ratio(ratios)
    widths = [math.log(ratio.high / ratio.low) for ratio in ratios]
    assert math.log(joined.estimate) == pytest.approx(sum(math.log(ratio.estimate) for ratio in ratios), abs=1e-9)
    assert math.log(joined.high / joined.low) == pytest.approx(math.sqrt(sum(width**2 for width in widths)), abs=1e-9)


def test_no_finding_leaves_the_probability_as_it_was() -> None:
    assert measures.joined_ratio([]) == Ratio(1.0, 1.0, 1.0)
    assert measures.post_test_of(0.3, []).estimate == pytest.approx(0.3)


@small
@given(groups, groups, some.floats(0.01, 0.99))
def test_of_two_groups_the_share_is_that_of_the_likelihood_ratio_with_its_limits(
    a: tuple[int, int], b: tuple[int, int], before: float
) -> None:
    found, corrected = measures.likelihoods([a, b])
    ratio = measures.likelihood_ratio(*a, *b)
    ours, theirs = measures.shares_after([before, 1 - before], [found])[0], measures.post_test(before, ratio)
    assert (ours.estimate, ours.low, ours.high) == pytest.approx((theirs.estimate, theirs.low, theirs.high), abs=1e-9)
    assert corrected == ratio.corrected


@small
@given(findings)
def test_shares_add_up_to_one_and_lie_within_their_limits(found: list[list[tuple[int, int]]]) -> None:
    every = [measures.likelihoods(counts)[0] for counts in found]
    shares = measures.shares_after(equal(len(found[0])), every)
    assert math.fsum(share.estimate for share in shares) == pytest.approx(1)
    assert all(0 <= share.low <= share.estimate <= share.high <= 1 for share in shares)


@small
@given(findings)
def test_the_order_of_findings_and_of_groups_does_not_matter(found: list[list[tuple[int, int]]]) -> None:
    before = equal(len(found[0]))
    every = [measures.likelihoods(counts)[0] for counts in found]
    shares = measures.shares_after(before, every)
    mirrored = measures.shares_after(before, [one[::-1] for one in every[::-1]])
    for one, other in zip(shares, mirrored[::-1], strict=True):
        assert (one.estimate, one.low, one.high) == pytest.approx((other.estimate, other.low, other.high), abs=1e-9)


def test_the_interval_of_three_groups_is_that_of_a_simulation() -> None:
    counts = [(60, 100), (30, 100), (15, 120)]
    (found, _), before = measures.likelihoods(counts), [0.2, 0.5, 0.3]
    rng = np.random.default_rng(7)
    draws = np.array([rng.beta(n, total - n, 200_000) for n, total in counts]) * np.array(before)[:, None]
    simulated = draws / draws.sum(axis=0)
    for share, drawn in zip(measures.shares_after(before, [found]), simulated, strict=True):
        low, high = np.quantile(drawn, [0.025, 0.975])
        assert (share.low, share.high) == pytest.approx((low, high), abs=0.01)


def test_a_prior_without_doubt_stays_without_doubt() -> None:
    found, _ = measures.likelihoods([(1, 10), (9, 10)])
    sure, never = measures.shares_after([1.0, 0.0], [found])
    assert (sure.estimate, sure.low, never.estimate, never.high) == (1, 1, 0, 0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: measures.shares_after([0.5, 0.6], []), r"\[0.5, 0.6\]; allowed: two or more that add up to 1"),
        (lambda: measures.shares_after([1.0], []), "two or more"),
        (lambda: measures.shares_after([0.5, 0.5], [[Likelihood(0, 1)]]), "each of 2 groups"),
        (lambda: measures.shares_after([1.5, -0.5], []), "probability before is 1.5"),
        (lambda: measures.likelihoods([(3, 2)]), "3 of 2; allowed"),
        (lambda: Likelihood(0, -1), "variance at least 0"),
    ],
)
def test_what_is_no_probability_is_refused(call, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MeasureError, match=message):
        call()
