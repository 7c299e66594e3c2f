"""The functions of queries give what kg.measures gives, and nothing where there is nothing to compute."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg import measures
from kg.functions import FUNCTIONS, evaluate
from kg.store import Store
from tests import example_graph as example

STORE = Store.of(*example.files().values())


def value(expression: str) -> object:
    return STORE.select(f"SELECT ({expression} AS ?x) {{}}")[0]["x"]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("stat:wilsonLow(7, 10)", measures.wilson(7, 10).low),
        ("stat:wilsonHigh(7.0, 10.0)", measures.wilson(7, 10).high),
        ("stat:likelihoodRatio(15, 23, 2, 23)", measures.likelihood_ratio(15, 23, 2, 23).estimate),
        ("stat:likelihoodRatioLow(15, 23, 2, 23)", measures.likelihood_ratio(15, 23, 2, 23).low),
        ("stat:likelihoodRatioHigh(15, 23, 2, 23)", measures.likelihood_ratio(15, 23, 2, 23).high),
        ("stat:difference(15, 23, 2, 23)", measures.newcombe(15, 23, 2, 23).estimate),
        ("stat:differenceLow(15, 23, 2, 23)", measures.newcombe(15, 23, 2, 23).low),
        ("stat:differenceHigh(15, 23, 2, 23)", measures.newcombe(15, 23, 2, 23).high),
        ("stat:fisher(15, 23, 2, 23)", measures.fisher(15, 23, 2, 23)),
    ],
)
def test_a_function_in_a_query_gives_the_value_of_the_measure(expression: str, expected: float) -> None:
    assert value(expression) == pytest.approx(expected, rel=1e-12)


def test_every_function_is_tried_above() -> None:
    tried = vars(test_a_function_in_a_query_gives_the_value_of_the_measure)["pytestmark"][0].args[1]
    assert {expression.partition("(")[0].removeprefix("stat:") for expression, _ in tried} == set(FUNCTIONS)


@pytest.mark.parametrize(
    "arguments", ["1", "1, 2, 3", "3, 2", "-1, 2", "0, 0", "1.5, 2", "'1', 2", "true, 2", "<urn:a>, 2", "?unbound, 2"]
)
def test_what_is_no_count_gives_an_unbound_value_and_the_query_goes_on(arguments: str) -> None:
    rows = STORE.select(f"SELECT ?s (stat:wilsonLow({arguments}) AS ?x) {{ ?s signum:numerator ?n }}")
    assert len(rows) == sum(s.statistic is not None and s.statistic.numerator is not None for s in example.STATEMENTS)
    assert {row["x"] for row in rows} == {None}


def test_the_functions_work_on_the_counts_of_the_graph() -> None:
    rows = STORE.select(
        """SELECT (stat:wilsonLow(?n, ?N) AS ?low) {
             ?s signum:statistic ?statistic . ?statistic signum:numerator ?n ; signum:denominator ?N }"""
    )
    expected = [
        measures.wilson(int(s.statistic.numerator), int(s.statistic.denominator)).low
        for s in example.STATEMENTS
        if s.statistic is not None and s.statistic.numerator is not None and s.statistic.denominator is not None
    ]
    assert sorted(float(str(row["low"])) for row in rows) == pytest.approx(sorted(expected))


def test_decimals_and_integers_are_counts_alike() -> None:
    assert evaluate("fisher", [1, 2, 3, 4]) == evaluate("fisher", [Decimal("1.0"), 2, Decimal(3), 4])
