"""What a script gets: data frames with the numbers of the pages and of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.api import Graph
from kg.lookup import UnknownNameError
from kg.store import StoreError
from kg.tables import STATEMENT_COLUMNS


@pytest.fixture(scope="module")
def graph(shipped: Path) -> Graph:
    return kg.open(shipped)


def test_statements_have_the_columns_of_the_export(graph: Graph) -> None:
    table = graph.statements(source="cui2017")
    assert tuple(table.columns) == STATEMENT_COLUMNS
    assert set(table["source"]) == {"cui2017"}


def test_a_concept_is_asked_for_by_any_of_its_names(graph: Graph) -> None:
    by_name, by_key = graph.statements(about=["primary hepatic NENs"]), graph.statements(about=["phnen"])
    assert len(by_name) == len(by_key) > 0


def test_a_comparison_is_a_row_a_sign(graph: Graph) -> None:
    table = graph.compare("GEP-NET liver metastasis", "GEP adenocarcinoma liver metastasis")
    assert len(table) == len(
        graph.comparison("gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis").to_json()["signs"]
    )


def test_a_comparison_has_flat_columns_with_both_counts_and_the_ratio(graph: Graph) -> None:
    table = graph.compare("GEP-NET liver metastasis", "GEP adenocarcinoma liver metastasis").set_index("key")
    washout = table.loc["washout-pattern"]
    assert [washout[c] for c in ("a_n", "a_N", "b_n", "b_N", "within_study")] == [15, 23, 2, 23, True]
    assert washout["likelihood_ratio"] == pytest.approx(7.5)
    assert washout["a_low"] < washout["a_percent"] < washout["a_high"]


def test_one_name_may_be_given_as_it_is(graph: Graph) -> None:
    assert len(graph.statements(about="washout")) == len(graph.statements(about=["washout"])) > 0


def test_a_query_gives_its_rows(graph: Graph) -> None:
    rows = graph.sparql("SELECT ?source ?title WHERE { ?source signum:sha256 ?hash ; dcterms:title ?title }")
    assert len(rows) == 5
    assert list(rows.columns) == ["source", "title"]


def test_the_state_of_the_data_has_a_name(graph: Graph, shipped: Path) -> None:
    assert graph.graph_hash in (shipped / "manifest.json").read_text()


def test_what_is_unknown_is_said_in_one_sentence(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="no concept is called 'qqqqqqqq'"):
        graph.statements(about=["qqqqqqqq"])
    with pytest.raises(UnknownNameError, match="no disease is called 'washout'"):
        graph.compare("washout", "phnen")
    with pytest.raises(StoreError):
        kg.open(tmp_path / "nowhere")


def test_every_column_says_what_it_means(graph: Graph) -> None:
    statements = graph.statements(source="cui2017")
    compared = graph.compare("PHNEN", "HCC")
    for table in (statements, compared):
        assert list(table.attrs["meanings"]) == list(table.columns)


def test_a_query_without_rows_still_has_its_columns(graph: Graph) -> None:
    assert list(graph.sparql("SELECT ?a ?b WHERE { ?a <urn:none> ?b }").columns) == ["a", "b"]
