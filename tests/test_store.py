"""The store loads a build, answers in plain values, and never shows missing data as an empty answer."""

from __future__ import annotations

import hashlib
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.sparql import QueryError
from kg.store import LOCK_NAME, MANIFEST_NAME, Store, StoreError
from kg.terms import IRI, LanguageString, concept_iri
from tests import example_graph as example

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    for name, text in example.files().items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    return tmp_path


def test_the_default_graph_is_the_union_of_the_files(build: Path) -> None:
    store = Store.open(build)
    rows = store.select(
        "SELECT ?label ?polarity { ?s signum:object ?o ; signum:polarity ?polarity . ?o skos:prefLabel ?label }"
    )
    assert {"label": "washout", "polarity": "present"} in rows


def test_values_are_plain_and_typed() -> None:
    store = Store.of(
        f"""<urn:s> <urn:iri> <urn:o> <urn:g> .
            <urn:s> <urn:text> "a\\nb" <urn:g> .
            <urn:s> <urn:english> "liver"@en <urn:g> .
            <urn:s> <urn:other> "figado"@pt <urn:g> .
            <urn:s> <urn:whole> "7"^^<{XSD}integer> <urn:g> .
            <urn:s> <urn:decimal> "7.5"^^<{XSD}decimal> <urn:g> .
            <urn:s> <urn:double> "0.25"^^<{XSD}double> <urn:g> .
            <urn:s> <urn:truth> "true"^^<{XSD}boolean> <urn:g> .
            <urn:s> <urn:year> "2024"^^<{XSD}gYear> <urn:g> ."""
    )
    got = {str(row["p"]).removeprefix("urn:"): row["o"] for row in store.select("SELECT ?p ?o { ?s ?p ?o }")}
    assert got == {
        "iri": "urn:o",
        "text": "a\nb",
        "english": "liver",
        "other": "figado",
        "whole": 7,
        "decimal": Decimal("7.5"),
        "double": 0.25,
        "truth": True,
        "year": "2024",
    }
    assert {name: type(value) for name, value in got.items()} == {
        "iri": IRI,
        "text": str,
        "english": str,
        "other": LanguageString,
        "whole": int,
        "decimal": Decimal,
        "double": float,
        "truth": bool,
        "year": str,
    }


def test_an_unbound_variable_is_none_and_keeps_its_column(build: Path) -> None:
    query = "SELECT ?s ?nothing { ?s signum:conceptType 'modality' OPTIONAL { ?s <urn:no> ?nothing } }"
    assert Store.open(build).select(query) == [{"s": concept_iri("ct"), "nothing": None}]


def test_ask_and_construct_answer_too(build: Path) -> None:
    store = Store.open(build)
    assert store.ask("ASK { ?s stated:hasSign ?o }") is True
    assert store.ask("ASK { ?s <urn:no> ?o }") is False
    triples = store.construct("CONSTRUCT { ?s skos:broader ?o } WHERE { ?s skos:broader ?o }")
    assert triples.splitlines() == sorted(triples.splitlines())
    assert len(triples.splitlines()) == 2


@pytest.mark.parametrize("value", ['x") } UNION { ?s ?p ?o FILTER(true || "', "a'b", 'a"b', "a\\b\n", "{}#"])
def test_a_bound_value_is_a_term_and_never_a_part_of_the_query(value: str) -> None:
    store = Store.of('<urn:s> <urn:p> "other" <urn:g> .')
    assert store.select("SELECT ?s ?o { ?s ?p ?o }", {"o": value}) == []
    assert len(store.select("SELECT ?s ?o { ?s ?p ?o }", {"o": "other"})) == 1


def test_a_binding_that_the_query_does_not_project_is_refused(build: Path) -> None:
    with pytest.raises(QueryError, match="concpt"):
        Store.open(build).select("SELECT ?concept { ?concept a skos:Concept }", {"concpt": concept_iri("ct")})


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT ?s { ?s ?p }", r"not valid SPARQL at line 1, column 19: } does not fit here"),
        ("ASK { ?s ?p ?o }", "rows come from SELECT"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT at line 1, column 1 would change data"),
        ("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }", "SERVICE at line 1, column 12"),
        ("", "this is no query"),
    ],
)
def test_a_query_that_is_wrong_or_would_do_more_than_read_is_refused(build: Path, query: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        Store.open(build).select(query)


def test_a_directory_that_is_missing_or_holds_no_data_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there are no data at .*gone; make them with `signum build"):
        Store.open(tmp_path / "gone")
    with pytest.raises(StoreError, match=r"holds no \*\.nq file; build the graph"):
        Store.open(tmp_path)
    (tmp_path / "a.nq").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match=r"holds only empty \*\.nq files"):
        Store.open(tmp_path)


def test_a_damaged_file_is_named_with_its_line(build: Path) -> None:
    path = build / "beta2021.nq"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[4] = lines[4][:20] + "\n"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    with pytest.raises(StoreError, match=r"beta2021\.nq, line 5 is damaged: .*build again"):
        Store.open(build)


def write_manifest(build: Path) -> None:
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in build.glob("*.nq")}
    (build / MANIFEST_NAME).write_text(json.dumps({"files": hashes}), encoding="utf-8")


def test_a_file_that_lost_a_line_or_changed_a_digit_since_the_build_is_refused(build: Path) -> None:
    write_manifest(build)
    assert Store.open(build)
    path = build / "alpha2020.nq"
    whole = path.read_text(encoding="utf-8")
    for damaged in (whole[: whole.rindex("\n", 0, -1) + 1], whole.replace('"82.60"', '"82.61"'), ""):
        path.write_text(damaged, encoding="utf-8", newline="")
        with pytest.raises(StoreError, match=r"alpha2020\.nq is not as it was built; build again"):
            Store.open(build)
    path.unlink()
    with pytest.raises(StoreError, match=r"alpha2020\.nq is missing; build again"):
        Store.open(build)


@pytest.mark.skipif(sys.platform == "win32", reason="the lock of a build is not known there")
def test_files_that_a_build_at_work_has_replaced_are_taken_as_they_are(build: Path) -> None:
    import fcntl

    write_manifest(build)
    path = build / "alpha2020.nq"
    path.write_text(path.read_text(encoding="utf-8").replace('"82.60"', '"82.61"'), encoding="utf-8", newline="")
    with (build / LOCK_NAME).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert Store.open(build)
    with pytest.raises(StoreError, match="is not as it was built"):
        Store.open(build)


def test_the_names_are_those_that_a_build_uses() -> None:
    from kg import build as building

    assert building.MANIFEST_NAME == MANIFEST_NAME


def test_the_graph_hash_names_the_state_of_the_data(build: Path) -> None:
    before = Store.open(build).graph_hash
    assert Store.open(build).graph_hash == before
    assert len(before) == 64
    path = build / "beta2021.nq"
    path.write_text(path.read_text(encoding="utf-8").replace("mimic", "mimik"), encoding="utf-8", newline="")
    assert Store.open(build).graph_hash != before
