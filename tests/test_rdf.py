"""The codec gives back what it was given, and writes N-Quads that any reader takes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg import rdf
from kg.encoding import STATISTIC_CLASSES
from kg.model import (
    CONCEPT_TYPES,
    EVIDENCE_KINDS,
    MAPPING_MATCHES,
    NUMBER_FIELDS,
    OPERATORS,
    ORIGINS,
    POLARITIES,
    PREDICATES,
    SECTIONS,
    STATISTIC_KINDS,
    UNITS_OF_ANALYSIS,
    Concept,
    Entity,
    Gap,
    Mapping,
    Passage,
    Source,
    Span,
    Statement,
    Statistic,
)
from kg.queries import concepts, gaps, passages, sources, statements, text
from kg.store import Store
from kg.terms import CURIE_PREFIXES, RdfError, curie_iri, iri_curie, nquads, term
from kg.vocabulary import Vocabulary
from tests import example_graph as example

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")

AWKWARD = "\n\r\t\"'\\\x00\x0b\x1c\x7f\x85\u00a0\u2028\u2029\ufeff\ufffe𝄞é<>{}|^`@#"
TEXTS = st.text(st.one_of(st.sampled_from(AWKWARD), st.characters(exclude_categories=["Cs"])), max_size=30)
WORDS = TEXTS.filter(lambda text: bool(text.strip()))
KEYS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
ENTITIES = st.builds(Entity, key=st.none() | KEYS, label=WORDS)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, allow_nan=False, allow_infinity=False, places=3) | st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, 10**7), st.integers(0, 6)
)


@st.composite
def statistics(draw: st.DrawFn, within: Span) -> Statistic:
    start = draw(st.integers(within.start, within.end - 1))
    end = draw(st.integers(start + 1, within.end))
    fields = draw(st.dictionaries(st.sampled_from(NUMBER_FIELDS), NUMBERS, min_size=1, max_size=5))
    return Statistic(
        kind=draw(st.sampled_from(STATISTIC_KINDS)),
        printed=draw(TEXTS),
        span=Span(start=start, end=end),
        unit=draw(st.none() | TEXTS),
        op=draw(st.none() | st.sampled_from(OPERATORS)),
        **fields,
    )


@st.composite
def any_statements(draw: st.DrawFn) -> Statement:
    quote = draw(TEXTS.filter(bool))
    start = draw(st.integers(0, 10**6))
    span = Span(start=start, end=start + len(quote))
    return Statement(
        source=draw(KEYS),
        span=span,
        quote=quote,
        subject=draw(ENTITIES),
        predicate=draw(st.sampled_from(PREDICATES)),
        object=draw(ENTITIES),
        polarity=draw(st.sampled_from(POLARITIES)),
        hedged=draw(st.booleans()),
        modality=draw(st.none() | KEYS),
        phases=tuple(draw(st.lists(KEYS, max_size=3))),
        comparator=draw(st.none() | ENTITIES),
        population=draw(st.none() | TEXTS),
        unit_of_analysis=draw(st.none() | st.sampled_from(UNITS_OF_ANALYSIS)),
        evidence=draw(st.sampled_from(EVIDENCE_KINDS)),
        citations=tuple(draw(st.lists(TEXTS, max_size=3))),
        section=draw(st.sampled_from(SECTIONS)),
        statistic=draw(st.none() | statistics(span)),
        variable=draw(st.none() | ENTITIES),
        locator=draw(st.none() | TEXTS),
        origin=draw(st.sampled_from(ORIGINS)),
        rule=draw(TEXTS),
        confidence=draw(st.floats(0, 1)),
    )


ANY_SOURCES = st.builds(
    Source,
    key=KEYS,
    title=WORDS,
    study_design=st.none() | TEXTS,
    authors=st.lists(TEXTS, max_size=4).map(tuple),
    journal=st.none() | TEXTS,
    year=st.none() | st.integers(1500, 2200),
    doi=st.none() | TEXTS,
    licence=st.none() | TEXTS,
    sha256=st.none() | TEXTS,
    citation=st.none() | TEXTS,
)
SPANS = st.builds(lambda start, size: Span(start=start, end=start + size), st.integers(0, 9999), st.integers(1, 99))
ANY_PASSAGES = st.builds(Passage, span=SPANS, kind=TEXTS, section=TEXTS, heading=TEXTS)


def read_back(nquads_text: str) -> Store:
    return Store.of(nquads_text)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(any_statements())
def test_a_statement_survives_the_way_through_a_store(statement: Statement) -> None:
    source = Source(key=statement.source, title="T")
    store = read_back(rdf.source_nquads(source, "text", (), [statement]))
    assert statements(store) == (statement,)
    assert statements(store)[0].hash == statement.hash


@settings(derandomize=True, max_examples=25, deadline=None)
@given(any_statements())
def test_another_reader_of_n_quads_gives_the_same_statement(statement: Statement) -> None:
    written = rdf.source_nquads(Source(key=statement.source, title="T"), "text", (), [statement])
    assert rdf.decode_statements(rdf.read_nquads(written)) == [statement]


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    ANY_SOURCES, WORDS, st.lists(st.builds(Passage, span=SPANS, kind=TEXTS, section=TEXTS, heading=TEXTS), max_size=4)
)
def test_a_source_its_text_and_its_passages_survive(source: Source, stored: str, blocks: list[Passage]) -> None:
    written = rdf.source_nquads(source, stored, blocks)
    store = read_back(written)
    assert sources(store) == (source,)
    assert text(store, source.key) == stored == rdf.stored_text(written)
    assert passages(store, source.key) == tuple(blocks)


@settings(derandomize=True, max_examples=40, deadline=None)
@given(st.lists(st.builds(Gap, source=st.just("s"), span=SPANS, text=TEXTS, reason=TEXTS), max_size=4))
def test_gaps_survive(found: list[Gap]) -> None:
    store = read_back(rdf.source_nquads(Source(key="s", title="T"), "text", (), (), found))
    assert gaps(store, "s") == tuple(sorted(set(found)))


TERMS = {f"MONDO:{number:07d}": f"term {number}" for number in range(4)}
ANY_CONCEPTS = st.builds(
    Concept,
    key=KEYS,
    type=st.sampled_from(CONCEPT_TYPES),
    label=TEXTS,
    alt_labels=st.sets(TEXTS, max_size=3).map(lambda labels: tuple(sorted(labels))),
    variable=st.booleans(),
    ambiguous_labels=st.sets(TEXTS, max_size=3).map(lambda labels: tuple(sorted(labels))),
    translations=st.sets(st.tuples(st.sampled_from(["pt", "de"]), TEXTS), max_size=2).map(lambda t: tuple(sorted(t))),
    parent=st.none() | KEYS,
    definition=TEXTS,
    mappings=st.sets(st.tuples(st.sampled_from(sorted(TERMS)), st.sampled_from(MAPPING_MATCHES)), max_size=3).map(
        lambda pairs: tuple(sorted(Mapping(curie=curie, label=TERMS[curie], match=match) for curie, match in pairs))
    ),
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(ANY_CONCEPTS)
def test_a_concept_survives(concept: Concept) -> None:
    assert concepts(read_back(rdf.concept_nquads([concept]))) == (concept,)


def test_the_whole_vocabulary_survives() -> None:
    vocabulary = Vocabulary.load()
    assert concepts(read_back(rdf.concept_nquads(vocabulary.concepts.values()))) == tuple(vocabulary.concepts.values())


def test_n_quads_are_sorted_lines_without_blank_nodes_and_the_same_each_time() -> None:
    written = example.files()["alpha2020.nq"]
    lines = written.splitlines()
    assert lines == sorted(set(lines))
    assert all(re.fullmatch(r"<[^>]+> <[^>]+> .+ <[^>]+/graph/alpha2020> \.", line) for line in lines)
    assert not [line for line in lines if re.search(r"(^| )_:", line.partition('"')[0])]
    reordered = rdf.source_nquads(
        example.ALPHA, example.ALPHA_TEXT, example.PASSAGES, tuple(reversed(example.ALPHA_STATEMENTS))
    )
    assert reordered == written


def test_a_line_end_in_a_text_never_ends_a_line_of_n_quads() -> None:
    written = nquads([("urn:s", "urn:p", AWKWARD)], "g")
    assert len(written.splitlines()) == 1
    assert Store.of(written).select("SELECT ?o { ?s ?p ?o }") == [{"o": AWKWARD}]


def test_printed_decimals_are_kept_in_the_file_and_by_the_codec() -> None:
    written = example.files()["alpha2020.nq"]
    assert '"82.60"^^<http://www.w3.org/2001/XMLSchema#decimal>' in written
    (found,) = statements(Store.of(written), ids=[example.SENSITIVITY.id])
    assert found.statistic is not None
    assert str(found.statistic.percent) == "82.60"


def test_a_statement_is_a_web_annotation_whose_selectors_find_the_quote() -> None:
    rows = Store.of(*example.files().values()).select(
        """SELECT ?statement ?exact ?prefix ?suffix ?start ?end WHERE {
             ?statement oa:hasTarget ?target . ?target oa:hasSource ?source ; oa:hasSelector ?quote, ?place .
             ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix . ?place oa:start ?start ; oa:end ?end }"""
    )
    assert len(rows) == len(example.STATEMENTS)
    for row in rows:
        stored = example.ALPHA_TEXT if "alpha2020" in str(row["statement"]) else example.BETA_TEXT
        assert stored[int(str(row["start"])) : int(str(row["end"]))] == row["exact"]
        assert str(row["prefix"]) + str(row["exact"]) + str(row["suffix"]) in stored


def test_the_kinds_that_stato_has_are_typed_by_terms_that_the_vocabulary_maps_to() -> None:
    known = {mapping.curie for concept in Vocabulary.load().by_type("measure") for mapping in concept.mappings}
    known |= {mapping.curie for concept in Vocabulary.load().by_type("outcome") for mapping in concept.mappings}
    assert {name.replace("_", ":") for name in STATISTIC_CLASSES.values()} <= known
    assert f"obo/{STATISTIC_CLASSES['sensitivity']}>" in example.files()["alpha2020.nq"]


def test_only_plain_claims_and_own_counts_above_zero_are_stated() -> None:
    lines = rdf.derived_nquads(example.STATEMENTS).splitlines()
    stated = {tuple(re.findall(r"[/#](\w+)>", line)[:3]) for line in lines}
    assert ("alphoma", "hasSign", "washout") in stated
    assert ("alphoma", "treatedBy", "surgery") in stated
    assert ("alphoma", "hasSign", "fat") not in stated  # 0/10
    assert ("alphoma", "differentialOf", "betoma") not in stated  # hedged
    denied = replace(example.TREATED, polarity="absent")
    quoted = replace(example.WASHOUT_ALPHOMA, evidence="cited")
    assert rdf.derived_nquads([denied, quoted]) == ""


def test_no_plain_triple_is_in_the_namespace_of_statements() -> None:
    assert "/schema#" not in rdf.derived_nquads(example.STATEMENTS)


def test_the_same_words_are_one_phrase_and_two_spellings_of_blanks_and_case_too() -> None:
    assert rdf.entity_iri(Entity(label="Astral  sign")) == rdf.entity_iri(Entity(label="astral sign"))
    assert rdf.entity_iri(Entity(label="astral sign")) != rdf.entity_iri(Entity(label="star sign"))


@pytest.mark.parametrize("prefix", sorted(CURIE_PREFIXES))
def test_a_curie_comes_back_from_its_iri(prefix: str) -> None:
    assert iri_curie(curie_iri(f"{prefix}:A1")) == f"{prefix}:A1"


def test_a_curie_with_an_unknown_prefix_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(RdfError, match=r"SCT:123.*MONDO"):
        curie_iri("SCT:123")


def test_a_statement_that_lacks_a_property_is_named_with_it() -> None:
    triples = [t for t in rdf.read_nquads(example.files()["beta2021.nq"]) if t[1] != term("signum:subjectLabel")]
    with pytest.raises(RdfError, match=r"statement/beta2021/.* has no .*subjectLabel.*build them again"):
        rdf.decode_statements(triples)


def test_turtle_that_is_broken_or_has_blank_nodes_is_refused_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_text("<urn:a> <urn:p> ", encoding="utf-8")
    with pytest.raises(RdfError, match=r"x\.ttl is not valid Turtle"):
        rdf.read_turtle(path)
    path.write_text("<urn:a> <urn:p> [ <urn:q> 1 ] .", encoding="utf-8")
    with pytest.raises(RdfError, match="blank node"):
        rdf.read_turtle(path)
    with pytest.raises(RdfError, match=r"no\.ttl cannot be read"):
        rdf.read_turtle(tmp_path / "no.ttl")


SHAPES = kg.ONTOLOGY / "shapes.ttl"


def test_the_example_graph_fits_the_shapes() -> None:
    assert rdf.shape_violations("".join(example.files().values()), SHAPES) == []


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('signum/schema#numerator> "7"', 'signum/schema#numerator> "17"', "n lies between 0 and N"),
        ('schema#polarity> "present"', 'schema#polarity> "maybe"', "polarity is present or absent"),
        ("schema#denominator>", "schema#other>", "a proportion has a numerator"),
        ("schema#numerator>", "schema#other>", "a proportion has a numerator"),
        ("schema#hasSign>", "schema#hasSing>", "a statement has one predicate"),
    ],
)
def test_the_shapes_find_a_damaged_graph(right: str, wrong: str, message: str) -> None:
    damaged = "".join(example.files().values()).replace(right, wrong)
    assert any(message in sentence for sentence in rdf.shape_violations(damaged, SHAPES))


def test_every_property_that_the_codec_writes_has_a_label_and_a_definition_in_the_schema() -> None:
    triples = rdf.read_turtle(kg.ONTOLOGY / "schema.ttl")
    described = {s for s, p, _ in triples if p == term("rdfs:comment")} & {
        s for s, p, _ in triples if p == term("rdfs:label")
    }
    full = replace(
        example.MIMIC,
        comparator=example.entity("fat"),
        variable=example.entity("fat"),
        locator="Table 1",
        population="all",
        unit_of_analysis="lesions",
        phases=("a", "b"),
        modality="ct",
    )
    every_number = Statistic(
        kind="value", printed="1", span=full.span, unit="cm", op="=", **{name: Decimal(1) for name in NUMBER_FIELDS}
    )
    written = rdf.source_nquads(
        example.ALPHA, "text", example.PASSAGES, [replace(full, statistic=every_number)], [example.GAP]
    )
    used = set(re.findall(rf"<({re.escape(rdf.PREFIXES['signum'])}[^>]+)>", written))
    assert used - described == set()
    relations = {str(rdf.predicate_iri(name)) for name in PREDICATES}
    assert relations <= described
    assert {iri.replace("schema#", "stated#") for iri in relations} <= described


def test_another_base_changes_every_iri_and_no_identity() -> None:
    script = """
from tests import example_graph as example
from kg import queries, rdf
from kg.store import Store
from kg.vocabulary import Vocabulary
import kg
written = "".join(example.files().values())
assert "w3id.org/signum" not in written, "an IRI of the shipped base is left"
store = Store.of(written)
assert set(queries.statements(store)) == set(example.STATEMENTS)
assert len(queries.run(store, "signs_of_disease", disease="alphoma")) == 3
assert len(Vocabulary.load().find("PHNEN")) == 1
assert rdf.shape_violations(written, kg.ONTOLOGY / "shapes.ttl") == []
print(example.MIMIC.id)
"""
    environment = {**os.environ, "SIGNUM_BASE": "http://example.org/kg/", "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == example.MIMIC.id
