"""The named queries answer right on a small graph, and the typed readers give back what was built."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from kg import queries
from kg.endpoint import with_values
from kg.model import ModelError
from kg.queries import NamedQueryError
from kg.sparql import require_readable
from kg.store import Store
from kg.terms import IRI, concept_iri, source_iri, statement_iri, term
from tests import example_graph as example

STORE = Store.of(*example.files().values())
ARGUMENTS: dict[str, str | int] = {
    "concept": "alphoma",
    "source": "alpha2020",
    "statement": example.WASHOUT_ALPHOMA.id,
    "text": "washout",
    "integer": 1,
}


def some_arguments(name: str) -> dict[str, Any]:
    return {parameter.name: ARGUMENTS[parameter.kind] for parameter in queries.load(name).parameters}


def run(name: str, **given: str | int) -> list[dict[str, Any]]:
    return queries.run(STORE, name, **given)


def statement_ids(rows: list[dict[str, Any]], column: str = "statement") -> set[str]:
    return {str(row[column]).split("/statement/")[1] for row in rows}


@pytest.mark.parametrize("name", queries.names())
def test_a_named_query_says_what_it_answers_and_projects_every_parameter(name: str) -> None:
    query = queries.load(name)
    assert query.summary.endswith(".")
    assert require_readable(query.text)
    projection = re.search(r"SELECT (.*) WHERE", query.text)
    assert projection is not None
    for parameter in query.parameters:
        assert f"?{parameter.name} " in projection[1]


@pytest.mark.parametrize("name", queries.names())
def test_a_named_query_gives_the_same_rows_by_the_protocol_as_embedded(name: str) -> None:
    """A remote server gets its parameters as VALUES; both ways have to mean the same."""
    query, given = queries.load(name), some_arguments(name)
    bound = {p.name: queries._bound(p, given[p.name]) for p in query.parameters}
    assert STORE.select(with_values(query.text, bound)) == run(name, **given)


def test_signs_of_a_disease_come_with_n_of_n_and_with_zeros() -> None:
    rows = run("signs_of_disease", disease="alphoma")
    seen = {(row["label"], row["n"], row["N"], row["polarity"]) for row in rows}
    assert seen == {
        ("washout", 7, 10, "present"),
        ("washout", 7, 9, "present"),
        ("intralesional fat", 0, 10, "absent"),
    }
    assert {row["modality"] for row in rows} == {concept_iri("ct")}


def test_diseases_with_a_sign_come_with_their_counts() -> None:
    rows = run("diseases_with_sign", sign="fat")
    assert {(row["label"], row["n"], row["N"]) for row in rows} == {("alphoma", 0, 10), ("betoma", 3, 12)}


def test_statements_about_a_concept_say_which_part_it_plays() -> None:
    roles = {(row["role"], row["predicate"]) for row in run("statements_about", concept="betoma")}
    assert ("subject", term("signum:hasSign")) in roles
    assert ("object", term("signum:differentialOf")) in roles
    assert ("comparator", term("signum:discriminates")) in roles


def test_zeros_that_were_looked_for_are_found_and_nothing_else() -> None:
    (row,) = run("zeros_looked_for", disease="alphoma")
    assert (row["label"], row["n"], row["N"], row["printed"]) == ("intralesional fat", 0, 10, "0/10")
    assert run("zeros_looked_for", disease="betoma") == []


def test_pairs_within_a_study_stand_side_by_side_a_zero_too() -> None:
    rows = run("within_study_pairs", a="alphoma", b="betoma")
    pairs = {(row["label"], row["a_n"], row["a_N"], row["b_n"], row["b_N"]) for row in rows}
    assert pairs == {
        ("washout", 7, 10, 1, 12),
        ("washout", 7, 9, 1, 12),
        ("intralesional fat", 0, 10, 3, 12),
    }
    assert {row["source"] for row in rows} == {source_iri("alpha2020")}


def test_a_fact_counted_twice_with_other_numbers_is_a_candidate_for_a_conflict() -> None:
    (row,) = run("conflict_candidates")
    assert statement_ids([row], "first") | statement_ids([row], "second") == {
        example.WASHOUT_ALPHOMA.id,
        example.WASHOUT_AGAIN.id,
    }


def test_cohorts_give_sizes_with_their_unit() -> None:
    (row,) = run("cohorts")
    assert (row["label"], row["size"], row["unit"], row["population"]) == ("alphoma", 10, "patients", None)


def test_the_provenance_of_a_number_leads_to_its_place_in_the_text() -> None:
    (row,) = run("provenance_of_number", statement=example.SENSITIVITY.id)
    assert example.ALPHA_TEXT[row["start"] : row["end"]] == row["printed"] == "82.60%"
    assert (row["title"], row["doi"], row["section"]) == ('On "washout"', "10.1000/alpha", "Results")


def test_a_statement_is_told_property_by_property() -> None:
    rows = run("statement_by_id", statement=example.WASHOUT_ALPHOMA.id)
    assert ("statistic", term("signum:numerator"), Decimal(7)) in {
        (row["node"], row["property"], row["value"]) for row in rows
    }


def test_sources_are_listed_with_what_they_give() -> None:
    rows = run("sources")
    assert [(row["source"], row["statements"], row["numbers"]) for row in rows] == [
        (source_iri("alpha2020"), 7, 7),
        (source_iri("beta2021"), 2, 0),
    ]


def test_coverage_counts_statements_and_counts_for_each_paper_and_disease() -> None:
    rows = run("coverage")
    assert {(row["source"], row["label"], row["statements"], row["counts"]) for row in rows} == {
        (source_iri("alpha2020"), "alphoma", 4, 3),
        (source_iri("alpha2020"), "betoma", 2, 2),
        (source_iri("beta2021"), "alphoma", 2, 0),
    }


def test_differentials_are_found_from_both_sides() -> None:
    assert example.MIMIC.id in statement_ids(run("differentials_of_disease", disease="alphoma"))
    rows = run("differentials_of_disease", disease="betoma")
    assert statement_ids(rows) == {example.MIMIC.id, example.SENSITIVITY.id}


def test_accuracies_therapies_gaps_and_sentences_are_found() -> None:
    assert [row["printed"] for row in run("test_accuracy")] == ["82.60%"]
    assert [row["therapy"] for row in run("therapies_of_disease", disease="alphoma")] == ["surgery"]
    assert [row["reason"] for row in run("gaps_of_source", source="beta2021")] == ["no disease in the sentence"]
    assert statement_ids(run("sentences_with", words="MAY MIMIC")) == {example.MIMIC.id}


def test_the_vocabulary_is_asked_for_what_is_below_and_for_mappings() -> None:
    assert [row["label"] for row in run("concepts_below", concept="neoplasm")] == ["alphoma", "betoma"]
    (row,) = run("mappings_of_concept", concept="alphoma")
    assert (row["term"], row["label"]) == ("http://purl.obolibrary.org/obo/MONDO_0000001", "invented")


def test_an_unknown_query_is_refused_with_those_that_exist() -> None:
    with pytest.raises(NamedQueryError, match=r"no query 'sings'; allowed: .*signs_of_disease"):
        run("sings")


@pytest.mark.parametrize("given", [{}, {"disease": "a", "b": "c"}, {"diseas": "a"}])
def test_parameters_that_are_missing_or_unknown_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(NamedQueryError, match=r"signs_of_disease takes disease; given: "):
        run("signs_of_disease", **given)


@pytest.mark.parametrize("value", ["x> } UNION { ?s ?p ?o", "A B", "", "../x", "a\n"])
def test_a_key_that_is_none_is_refused_before_it_reaches_a_query(value: str) -> None:
    with pytest.raises(ModelError, match="allowed: lower-case letters"):
        run("signs_of_disease", disease=value)
    with pytest.raises(ModelError, match="allowed: lower-case letters"):
        queries.statements(STORE, about=[value])


def test_a_value_of_another_kind_is_refused() -> None:
    with pytest.raises(NamedQueryError, match="disease is 3; it takes one concept, the disease"):
        run("signs_of_disease", disease=3)
    with pytest.raises(NamedQueryError, match="'x' is no statement"):
        run("statement_by_id", statement="x")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT * {}", "no line '#\\+ summary"),
        ("#+ summary: A.\n#+ params:\n#+   a concept\nSELECT ?a {}", "write 'name: kind - meaning'"),
        ("#+ summary: A.\n#+ params:\n#+   a: colour - x\nSELECT ?a {}", "kind of concept, source"),
    ],
)
def test_a_header_that_lacks_a_part_is_refused(text: str, reason: str) -> None:
    with pytest.raises(NamedQueryError, match=reason):
        queries.parse("bad", text)


def test_all_statements_come_back_as_they_were_built() -> None:
    assert set(queries.statements(STORE)) == set(example.STATEMENTS)


def test_statements_are_chosen_by_concept_source_and_id_and_by_all_of_them() -> None:
    about_betoma = {example.WASHOUT_BETOMA, example.FAT_BETOMA, example.SENSITIVITY, example.MIMIC}
    assert set(queries.statements(STORE, about=["betoma"])) == about_betoma
    assert set(queries.statements(STORE, source="beta2021")) == set(example.BETA_STATEMENTS)
    assert queries.statements(STORE, about=["betoma"], source="beta2021") == (example.MIMIC,)
    assert queries.statements(STORE, ids=[example.MIMIC.id]) == (example.MIMIC,)
    assert queries.statements(STORE, ids=[example.MIMIC.id], about=["fat"]) == ()
    assert set(queries.statements(STORE, about=["fat", "betoma"])) == about_betoma | {example.FAT_ALPHOMA}


def test_an_empty_choice_chooses_nothing() -> None:
    assert queries.statements(STORE, about=[]) == ()
    assert queries.statements(STORE, ids=[]) == ()
    assert queries.statements(STORE, source="nobody2000") == ()


def test_a_long_list_of_ids_is_asked_for_in_pieces() -> None:
    ids = [f"alpha2020/{number:020x}" for number in range(1200)]
    assert queries.statements(STORE, ids=[*ids, example.MIMIC.id]) == (example.MIMIC,)


def test_sources_texts_passages_gaps_and_concepts_come_back() -> None:
    assert queries.sources(STORE) == (example.ALPHA, example.BETA)
    assert queries.text(STORE, "alpha2020") == example.ALPHA_TEXT
    assert queries.passages(STORE, "alpha2020") == example.PASSAGES
    assert queries.gaps(STORE, "beta2021") == (example.GAP,)
    assert queries.concepts(STORE) == example.CONCEPTS


def test_the_text_of_an_unknown_source_is_refused_with_those_that_exist() -> None:
    with pytest.raises(NamedQueryError, match="no source 'nobody2000'; there are: alpha2020, beta2021"):
        queries.text(STORE, "nobody2000")


def test_iris_are_told_from_strings() -> None:
    (row,) = STORE.select("SELECT ?s { ?s signum:quote ?q }", {"s": statement_iri(example.MIMIC.id)})
    assert isinstance(row["s"], IRI)


def test_what_a_fixed_store_was_read_once_is_remembered_and_the_same_as_read_anew() -> None:
    texts = example.files().values()
    store, fresh = Store.of(*texts), Store.of(*texts)
    everything = queries.statements(store)
    for source in ("alpha2020", "beta2021"):
        queries.statements(store, source=source)
    assert queries.statements(store, source=["alpha2020", "beta2021"]) == everything
    first, again = (queries.statements(store, about=["washout"]) for _ in range(2))
    assert first == again == queries.statements(fresh, about=["washout"])
    assert all(one is other for one, other in zip(first, again, strict=True))


def test_nothing_is_remembered_of_a_store_that_can_change(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.of(*example.files().values())
    monkeypatch.setattr(Store, "is_fixed", False)
    first, again = (queries.statements(store, about=["washout"]) for _ in range(2))
    assert first == again
    assert not any(one is other for one, other in zip(first, again, strict=True))


def test_little_is_remembered_of_a_store_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "_MOST_REMEMBERED", 2)
    store = Store.of(*example.files().values())
    everything = queries.statements(store)
    assert queries.statements(store, source=["alpha2020", "beta2021"]) == everything
    assert queries.statements(store, ids=[one.id for one in everything]) == everything
