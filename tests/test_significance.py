"""P values and tests of tables equal those of SciPy, and of each other where they are the same test."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from kg.measures import MeasureError, chi_square, fisher
from kg.significance import chi_square_p, freeman_halton, least_expected, normal_p, pearson, student_p

COUNTS = st.integers(0, 30)
TABLES = st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=4)


def whole(rows: list[tuple[int, int]]) -> bool:
    return all(sum(row) for row in rows) and all(sum(column) for column in zip(*rows, strict=True))


@given(TABLES)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_pearson_s_test_is_scipy_s(rows: list[tuple[int, int]]) -> None:
    assume(whole(rows))
    expected = stats.chi2_contingency(np.array(rows), correction=False)
    assert pearson(rows).statistic == pytest.approx(float(expected.statistic), abs=1e-9)
    assert pearson(rows).p == pytest.approx(float(expected.pvalue))
    assert least_expected(rows) == pytest.approx(float(expected.expected_freq.min()))


@given(COUNTS, COUNTS, COUNTS, COUNTS)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_of_two_rows_the_tests_are_those_of_measures(a: int, b: int, c: int, d: int) -> None:
    rows = [(a, b), (c, d)]
    assume(whole(rows))
    assert freeman_halton(rows) == pytest.approx(fisher(a, a + c, b, b + d))
    assert pearson(rows).p == pytest.approx(chi_square(a, a + c, b, b + d).p)


def test_the_exact_test_of_three_rows_is_the_one_counted_by_hand() -> None:
    # of the 330 ways to choose 4 of 11, those no likelier than 3 of 4, 1 of 3 and 0 of 4 are 34
    assert freeman_halton([(3, 1), (1, 2), (0, 4)]) == pytest.approx(34 / 330)


def test_a_table_with_too_many_of_its_kind_has_no_exact_p() -> None:
    assert freeman_halton([(400, 400), (400, 401), (400, 399), (400, 400)]) is None


def test_tails_are_scipy_s() -> None:
    assert normal_p(1.96) == pytest.approx(2 * stats.norm.sf(1.96))
    assert normal_p(-1.96) == normal_p(1.96)
    assert student_p(-2.5, 44) == pytest.approx(2 * stats.t.sf(2.5, 44))
    assert chi_square_p(9.2, 3) == pytest.approx(stats.chi2.sf(9.2, 3))


@pytest.mark.parametrize(
    "call", [lambda: student_p(1, 0), lambda: chi_square_p(-1, 1), lambda: pearson([(1, 0), (2, 0)])]
)
def test_what_has_no_value_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(MeasureError, match="allowed"):
        call()
