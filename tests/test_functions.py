"""The functions of queries give what kg.measures gives, and nothing where there is nothing to compute."""

from __future__ import annotations

from decimal import Decimal
from operator import attrgetter

import pytest

from kg import measures
from kg.functions import AGGREGATES, FUNCTIONS, evaluate
from kg.store import Store
from tests import example_graph as example

STORE = Store.of(*example.files().values())


def value(expression: str) -> object:
    return STORE.select(f"SELECT ({expression} AS ?x) {{}}")[0]["x"]


TWO = (15, 23, 2, 23)
MEANS = (measures.Sample(1.15, 0.33, 23), measures.Sample(0.77, 0.20, 23))
AFTER = measures.post_test(0.5, measures.likelihood_ratio(*TWO))
STUDIES = ((15, 23, 2, 23), (9, 20, 3, 25), (12, 30, 4, 28))


def with_limits(name: str, arguments: str, found: measures.Ratio | measures.Difference) -> list[tuple[str, float]]:
    parts = (("", found.estimate), ("Low", found.low), ("High", found.high))
    return [(f"stat:{name}{suffix}({arguments})", expected) for suffix, expected in parts]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("stat:wilsonLow(7, 10)", measures.wilson(7, 10).low),
        ("stat:wilsonHigh(7.0, 10.0)", measures.wilson(7, 10).high),
        ("stat:clopperPearsonLow(7, 10)", measures.clopper_pearson(7, 10).low),
        ("stat:clopperPearsonHigh(7, 10)", measures.clopper_pearson(7, 10).high),
        *with_limits("likelihoodRatio", "15, 23, 2, 23", measures.likelihood_ratio(*TWO)),
        *with_limits("negativeLikelihoodRatio", "15, 23, 2, 23", measures.negative_likelihood_ratio(*TWO)),
        *with_limits("riskRatio", "15, 23, 2, 23", measures.risk_ratio(*TWO)),
        *with_limits("oddsRatio", "15, 23, 2, 23", measures.odds_ratio(*TWO)),
        *with_limits("difference", "15, 23, 2, 23", measures.newcombe(*TWO)),
        *with_limits("hedgesG", "1.15, 0.33, 23, 0.77, 0.2, 23", measures.hedges_g(*MEANS)),
        *with_limits("postTest", "0.5, 15, 23, 2, 23", AFTER),
        ("stat:fisher(15, 23, 2, 23)", measures.fisher(*TWO)),
        ("stat:boschloo(15, 23, 2, 23)", measures.boschloo(*TWO)),
        ("stat:chiSquare(15, 23, 2, 23)", measures.chi_square(*TWO).statistic),
        ("stat:chiSquareP(15, 23, 2, 23)", measures.chi_square(*TWO).p),
        ("stat:yatesP(15, 23, 2, 23)", measures.chi_square(*TWO, yates=True).p),
        ("stat:studentP(1.15, 0.33e0, 23, 0.77, 0.2, 23)", measures.student_t(*MEANS).p),
        ("stat:welchP(1.15, 0.33, 23, 0.77, 0.2, 23)", measures.welch_t(*MEANS).p),
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


PREDICTED = (("PredictionLow", "prediction.low"), ("PredictionHigh", "prediction.high"))
PARTS = {"": "estimate", "Low": "low", "High": "high", "ISquared": "i_squared", "TauSquared": "tau_squared"}


def pooled(expression: str, studies: str) -> object:
    return STORE.select(f"SELECT ({expression} AS ?x) {{ VALUES (?a ?N ?b ?M) {{ {studies} }} }}")[0]["x"]


@pytest.mark.parametrize("name", sorted(AGGREGATES))
def test_an_aggregate_pools_the_studies_of_a_query(name: str) -> None:
    of_ratio = name.startswith("pooledLikelihoodRatio")
    found = measures.pool_ratios(STUDIES) if of_ratio else measures.pool_proportions([s[:2] for s in STUDIES])
    part = name.removeprefix("pooledLikelihoodRatio" if of_ratio else "pooledProportion")
    expected = attrgetter((PARTS | dict(PREDICTED))[part])(found)
    each = 'CONCAT(STR(?a), "/", STR(?N)' + (', " ", STR(?b), "/", STR(?M))' if of_ratio else ")")
    rows = " ".join(f"({' '.join(map(str, study))})" for study in STUDIES)
    assert pooled(f"stat:{name}({each})", rows) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("each", ["?a", "'many'", "'15/23'", "'3/2 1/2'", "'15/23 2/23 1/2'", "?unbound", "<urn:a>"])
def test_an_aggregate_of_what_is_no_study_is_unbound(each: str) -> None:
    assert pooled(f"stat:pooledLikelihoodRatio({each})", "(15 23 2 23) (9 20 3 25)") is None


def test_a_prediction_from_two_studies_is_unbound() -> None:
    each = 'CONCAT(STR(?a), "/", STR(?N))'
    assert pooled(f"stat:pooledProportionPredictionLow({each})", "(15 23 2 23) (9 20 3 25)") is None


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("fisher", [1, 10**12, 1, 10**12]),
        ("boschloo", [1, 501, 1, 2]),
        ("postTest", [float("nan"), 1, 2, 1, 2]),
        ("hedgesG", [1.0, float("inf"), 5, 1.0, 1.0, 5]),
        ("wilsonLow", [Decimal("Infinity"), 2]),
        ("chiSquare", [0, 2, 0, 2]),
    ],
)
def test_what_is_too_large_or_not_defined_has_no_value(name: str, values: list[object]) -> None:
    assert evaluate(name, values) is None
