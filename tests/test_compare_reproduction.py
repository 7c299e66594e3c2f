"""The query that a comparison prints gives its numbers, and so does an independent computation."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph
import pytest
from scipy import special, stats
from statsmodels.stats import contingency_tables, proportion

from kg import queries
from kg.compare import Comparison, Measured, Row, compare, comparison_query, matrix, pairs
from kg.compare.reproduction import LOOKED_UP, matrix_query, reproducing_query
from kg.evidence import cells
from kg.measures import display
from kg.rdf import concept_nquads
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.paper import Paper
from tests.web_graph import source_file, source_of, write_graph

A, B = "gep-net-liver-metastasis", "hepatocellular-carcinoma"


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(write_graph(tmp_path_factory.mktemp("written") / "build"))


def graph_of(paper: Paper) -> Store:
    return Store.of(
        source_file(paper, source_of(paper, "A paper", "Author A")),
        concept_nquads(Vocabulary.load().concepts.values()),
    )


def lines_of(comparison: Comparison) -> list[Row]:
    """The rows that the query has, in its order: each with its complement behind it."""
    rows = (*comparison.counted, *comparison.one_sided)
    return [one for row in rows for one in (row, row.complement) if one is not None]


def number(value: object) -> float:
    assert isinstance(value, float | int | Decimal)
    return float(value)


def independent(a: tuple[int, int], b: tuple[int, int]) -> dict[str, float]:
    """The measures of a 2x2 table by statsmodels and SciPy; 0.5 in all four cells where one of them is zero."""
    cells = np.array([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]], dtype=float)
    low, high = proportion.confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")
    table = contingency_tables.Table2x2(cells + 0.5 if (cells == 0).any() else cells, shift_zeros=False)
    lr_low, lr_high = table.riskratio_confint()
    odds_low, odds_high = table.oddsratio_confint()
    without = contingency_tables.Table2x2(table.table[:, ::-1], shift_zeros=False)
    negative_low, negative_high = without.riskratio_confint()
    return {
        "difference": a[0] / a[1] - b[0] / b[1],
        "difference_low": low,
        "difference_high": high,
        "lr": table.riskratio,
        "lr_low": lr_low,
        "lr_high": lr_high,
        "lr_negative": without.riskratio,
        "lr_negative_low": negative_low,
        "lr_negative_high": negative_high,
        "odds_ratio": table.oddsratio,
        "odds_ratio_low": odds_low,
        "odds_ratio_high": odds_high,
        "p": float(stats.fisher_exact(cells).pvalue),
    }


def independent_g(measured: Measured) -> dict[str, float]:
    """Hedges' g by NumPy and SciPy: the exact correction, limits by the variance 1/n + 1/m + g²/2(n + m)."""
    n, m = measured.size_a or 0, measured.size_b or 0
    pooled = np.sqrt(np.average(np.square([measured.sd_a, measured.sd_b]), weights=[n - 1, m - 1]))
    half = (n + m - 2) / 2
    exact = np.exp(special.gammaln(half) - special.gammaln(half - 0.5)) / np.sqrt(half)
    g = exact * (measured.mean_a - measured.mean_b) / pooled
    low, high = stats.norm.interval(0.95, loc=g, scale=np.sqrt(1 / n + 1 / m + g**2 / (2 * (n + m))))
    return {"g": float(g), "g_low": float(low), "g_high": float(high)}


def shown(value: float) -> str:
    """To the digits that are printed."""
    return display(value) if value else "0"


def check_row(row: Row, answer: dict[str, Any]) -> None:
    """The query's row has the comparison's numbers, and both are those of another library."""
    assert answer["sign"] == row.label
    for side, cell in (("a", row.a), ("b", row.b)):
        n, total = (cell.n, cell.total) if cell is not None and cell.n is not None else (None, None)
        assert (answer[f"{side}_n"], answer[f"{side}_N"]) == (n, total)
        if cell is not None and cell.interval is not None and cell.percent is not None and n is not None:
            low, high = proportion.proportion_confint(n, total, method="wilson")
            for name, ours, theirs in (
                ("low", cell.interval.low, low),
                ("high", cell.interval.high, high),
                ("percent", cell.percent / 100, n / (total or 1)),
            ):
                assert number(answer[f"{side}_{name}"]) == pytest.approx(100 * ours, abs=1e-9)
                assert f"{100 * ours:.0f}" == f"{100 * theirs:.0f}"
    if row.measures is None or row.a is None or row.b is None:
        assert answer["lr"] is None
        assert answer["p"] is None
        return
    limited = (
        ("difference", row.measures.difference),
        ("lr", row.measures.positive),
        ("lr_negative", row.measures.negative),
        ("odds_ratio", row.measures.odds),
    )
    values = {
        f"{name}{suffix}": float(getattr(found, part))
        for name, found in limited
        for suffix, part in (("", "estimate"), ("_low", "low"), ("_high", "high"))
    }
    theirs = independent(row.a.count, row.b.count)
    for name, value in (values | {"p": row.measures.fisher_p}).items():
        assert number(answer[name]) == pytest.approx(value, rel=1e-9, abs=1e-12)
        assert shown(value) == shown(theirs[name]), (row.label, name)
    for share, (n, total) in (
        (row.measures.sensitivity, row.a.count),
        (row.measures.specificity, (row.b.count[1] - row.b.count[0], row.b.count[1])),
    ):
        limits = proportion.proportion_confint(n, total, method="wilson")
        assert (share.n, share.total) == (n, total)
        assert (share.interval.low, share.interval.high) == pytest.approx(limits, abs=1e-9)


def check(store: Store, a: str, b: str) -> int:
    """How many rows were held against the query."""
    comparison = compare(store, a, b)
    answers = store.select(comparison_query(store, comparison))
    rows = lines_of(comparison)
    assert len(answers) >= len(rows)
    for row, answer in zip(rows, answers, strict=False):
        check_row(row, answer)
    check_rest(comparison, answers[len(rows) :])
    return len(rows)


def check_rest(comparison: Comparison, answers: list[Any]) -> None:
    """After the counts the query has Hedges' g of what was measured, and the papers' own tests."""
    sized = [one for one in comparison.measured if one.size_a and one.size_b]
    tests = [one for one in comparison.discriminations if one.ratio is not None]
    for measured, answer in zip(sized, answers[: len(sized)], strict=True):
        assert measured.effect is not None
        theirs = independent_g(measured)
        for part, name in (("estimate", "g"), ("low", "g_low"), ("high", "g_high")):
            assert number(answer[name]) == pytest.approx(getattr(measured.effect, part))
            assert shown(getattr(measured.effect, part)) == shown(theirs[name]), (measured.quantity, name)
    for test, answer in zip(tests, answers[len(sized) :], strict=True):
        assert test.ratio is not None
        assert number(answer["lr"]) == pytest.approx(test.ratio.estimate)
        assert number(answer["lr_low"]) == pytest.approx(test.ratio.low)
        assert number(answer["lr_high"]) == pytest.approx(test.ratio.high)
        a, b = ((int(answer[f"{side}_n"]), int(answer[f"{side}_N"])) for side in "ab")
        theirs = independent(a, b)
        for name, ours in (("lr", test.ratio.estimate), ("lr_low", test.ratio.low), ("lr_high", test.ratio.high)):
            assert shown(ours) == shown(theirs[name]), (test.finding, name)


def test_every_pair_of_the_shipped_papers_with_a_count_is_reproduced(store: Store) -> None:
    offered = {frozenset((pair.a, pair.b)) for pair in pairs(store) if pair.kind != "words"}
    counted = {cell.disease.key for cell in cells(queries.statements(store)) if cell.counted and cell.disease.key}
    every = sorted(tuple(sorted(pair)) for pair in offered | {frozenset(two) for two in combinations(counted, 2)})
    found = {(a, b): check(store, a, b) for a, b in every}
    assert len(found) > 5
    assert all(found[a, b] for a, b in every if frozenset((a, b)) in offered)


def test_every_pair_of_the_written_papers_with_a_count_is_reproduced(written: Store) -> None:
    assert all(check(written, pair.a, pair.b) for pair in pairs(written) if pair.kind != "words")


def test_a_server_without_our_functions_gives_the_same_numbers(shipped: Path, store: Store) -> None:
    """The query for a remote store reads from the graph `derived` what the embedded one computes."""
    server = pyoxigraph.Store()
    for path in shipped.glob("*.nq"):
        server.bulk_load(path=str(path))
    asked = [compare(store, p.a, p.b) for p in pairs(store) if p.kind != "words"][:4]
    three = matrix(store, ["phnen", "hepatocellular-carcinoma", A])
    every, numbers = queries.statements(store), 0
    looked_up = [(comparison_query(store, one), reproducing_query(one, every, way=LOOKED_UP)) for one in asked]
    looked_up.append((comparison_query(store, three), matrix_query(three, every, way=LOOKED_UP)))
    for computing, query in looked_up:
        assert "read from the graph" in query
        assert "stat:wilsonLow(" not in query
        found = server.query(query, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for theirs, ours in zip(found, store.select(computing), strict=True):
            for name in names:
                value, computed = theirs[name], ours[name]
                assert (value is None) == (computed is None), name
                if isinstance(computed, float):
                    assert float(str(value.value)) == pytest.approx(computed, rel=1e-12)
                    numbers += 1
    assert numbers > 100


def test_a_derived_value_says_what_it_was_computed_from(store: Store) -> None:
    (row,) = store.select(
        "SELECT ?low (COUNT(?used) AS ?many) WHERE { <https://w3id.org/signum/derived/15/23/2/23> "
        "stat:likelihoodRatioLow ?low ; prov:wasDerivedFrom ?used } GROUP BY ?low"
    )
    assert (shown(float(row["low"])), row["many"]) == ("1.9", 2)  # type: ignore[arg-type]


def test_a_count_from_a_percentage_and_a_printed_absence_are_read_from_where_they_stand() -> None:
    paper = Paper("alpha2020")
    paper.cohort(A, 23)
    paper.cohort(B, 20)
    for disease, printed in ((A, "30.4%"), (B, "60%")):
        paper.sign(disease, "lymphadenopathy", printed)
    for disease, printed in ((A, "16 (69.6%)"), (B, "5 (25.0%)")):
        paper.sign(disease, "calcification", printed, polarity="absent")
    graph = graph_of(paper)
    assert check(graph, A, B) >= 2
    query = comparison_query(graph, compare(graph, A, B))
    assert "signum:percent" in query
    assert "true" in query


def test_no_count_of_a_pair_is_typed_into_the_query_that_a_statement_prints(store: Store) -> None:
    query = comparison_query(store, compare(store, A, "gep-adenocarcinoma-liver-metastasis"))
    values = [line for line in query.splitlines() if line.strip().startswith("(") and "statement/" in line]
    assert values
    assert all(line.count("UNDEF") == 4 for line in values)


def test_the_query_follows_the_graph_when_a_number_changes() -> None:
    def answer(n: str) -> list[Any]:
        paper = Paper("alpha2020")
        for disease, printed in ((A, f"{n}/23"), (B, "2/23")):
            paper.sign(disease, "washout", printed)
        graph = graph_of(paper)
        return [row["a_n"] for row in graph.select(comparison_query(graph, compare(graph, A, B)))]

    assert (answer("15"), answer("9")) == ([15], [9])


def test_a_pair_without_counts_has_a_query_without_rows(store: Store) -> None:
    words = next(pair for pair in pairs(store) if pair.kind == "words")
    comparison = compare(store, words.a, words.b)
    assert len(store.select(comparison_query(store, comparison))) == len(lines_of(comparison))


def test_the_counts_of_a_matrix_are_reproduced(store: Store) -> None:
    made = matrix(store, ["phnen", "hepatocellular-carcinoma", A])
    answers = store.select(comparison_query(store, made))
    counts = [count for row in made.rows for cell in row.cells for count in cell.counts]
    assert [(answer["a_n"], answer["a_N"]) for answer in answers] == [(count.n, count.total) for count in counts]
