"""The ontology is consistent by OWL 2 RL, says what each term means, and is documented from the graph itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lxml.html
import owlrl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS

import kg
from kg import queries
from kg.export.ontology import ontology, page
from kg.store import Store
from kg.terms import PREFIXES, term
from tests import example_graph as example

SCHEMA = kg.ONTOLOGY / "schema.ttl"


def contradictions(*more: tuple[str, str, str]) -> list[str]:
    """What a reasoner (OWL 2 RL) finds impossible in the schema, a paper's statements, and further triples."""
    graph: Any = rdflib.Graph().parse(SCHEMA, format="turtle")
    data = rdflib.Dataset(default_union=True)
    data.parse(data=example.files()["beta2021.nq"], format="nquads")
    for subject, predicate, value, _ in data.quads():
        graph.add((subject, predicate, value))
    for triple in more:
        graph.add(tuple(map(rdflib.URIRef, triple)))
    closure = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    closure.closure()
    return [str(message) for message in closure.error_messages]


def test_the_schema_and_the_statements_of_a_paper_contradict_nothing() -> None:
    assert contradictions() == []


def test_a_node_that_is_a_statement_and_a_statistic_is_found() -> None:
    node = str(term("signum:Statement")).replace("schema#Statement", "statement/x/1")
    found = contradictions(
        (node, str(RDF.type), term("signum:Statement")), (node, str(RDF.type), term("signum:Statistic"))
    )
    assert any("disjoint" in message.casefold() for message in found)


def test_every_term_has_a_label_a_definition_and_a_source() -> None:
    graph = rdflib.Graph().parse(SCHEMA, format="turtle")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    terms = {subject for kind in kinds for subject in graph.subjects(RDF.type, kind)}
    assert len(terms) > 80
    for one in terms:
        for needed in (RDFS.label, RDFS.comment, rdflib.DCTERMS.source):
            assert graph.value(one, needed), f"{one} has no {needed}"


def test_every_property_of_ours_in_the_graph_is_declared(shipped: Path) -> None:
    store = Store.open(shipped)
    used = {str(row["p"]) for row in store.rows("SELECT DISTINCT ?p WHERE { GRAPH ?g { ?s ?p ?o } }")}
    schema = rdflib.Graph().parse(SCHEMA, format="turtle")
    ours = {iri for iri in used if iri.startswith((PREFIXES["signum"], PREFIXES["stated"]))}
    assert {iri for iri in ours if (rdflib.URIRef(iri), RDF.type, None) not in schema} == set()


@pytest.fixture(scope="module")
def documented(shipped: Path) -> Any:
    return ontology(Store.open(shipped))


def test_the_page_has_every_class_with_an_example_from_the_graph(documented: Any) -> None:
    tree: Any = lxml.html.fromstring(page(documented))
    text = tree.text_content()
    for one in documented.classes:
        assert one.name in text
        assert one.definition in text
        assert one.used == 0 or documented.examples[one.iri].splitlines()[0] in text
    shown = {one.name for one in documented.classes if one.iri in documented.examples}
    assert shown >= {"signum:Statement", "signum:Statistic", "signum:Verdict"}


def test_the_diagram_and_its_table_name_the_same_links(documented: Any) -> None:
    assert documented.links[term("signum:Statement"), term("signum:Statistic")] == ("signum:statistic",)
    assert page(documented).count("<line ") == len({ends for ends in documented.links if ends[0] != ends[1]})


def test_the_named_queries_stand_in_the_graph_and_can_be_run_from_there(shipped: Path) -> None:
    store = Store.open(shipped)
    rows = store.select(
        "SELECT ?name ?text ?summary WHERE { GRAPH graph:ontology { ?query a sh:SPARQLExecutable ; rdfs:label ?name ; "
        "sh:select ?text ; dcterms:description ?summary } }"
    )
    assert {str(row["name"]) for row in rows} == set(queries.names())
    free = [row for row in rows if not queries.load(str(row["name"])).parameters]
    assert len(free) > 10
    text = next(str(row["text"]) for row in free if row["name"] == "sources")
    assert len(store.select(text)) == len(queries.sources(store))
