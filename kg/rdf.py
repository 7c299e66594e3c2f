"""This module is the only codec between the frozen types and RDF, and reads and checks Turtle."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import rdflib

from kg.encoding import (
    END,
    FROM_SOURCE,
    START,
    A,
    Node,
    concept_key,
    decode_statements,
    decode_verdicts,
    entity_iri,
    group,
    list_triples,
    listed,
    one,
    predicate_iri,
    span_of,
    statement_triples,
    verdict_triples,
)
from kg.model import MAPPING_MATCHES, PREDICATES, Concept, Gap, Mapping, Passage, Source, Span, Statement
from kg.terms import (
    BASE,
    IRI,
    LABEL,
    PREFIXES,
    SHIPPED_BASE,
    LanguageString,
    Plain,
    RdfError,
    Triple,
    camel_case,
    concept_iri,
    curie_iri,
    graph_iri,
    iri_curie,
    key_of,
    nquads,
    source_iri,
    statement_iri,
    term,
    typed_literal,
)
from kg.verdict import Verdict

__all__ = [
    "BASE",
    "IRI",
    "PREFIXES",
    "RdfError",
    "audit_nquads",
    "concept_iri",
    "concept_nquads",
    "decode_concepts",
    "decode_gaps",
    "decode_passages",
    "decode_sources",
    "decode_statements",
    "decode_verdicts",
    "derived_nquads",
    "entity_iri",
    "graph_iri",
    "key_of",
    "predicate_iri",
    "read_nquads",
    "read_turtle",
    "shape_violations",
    "source_iri",
    "source_nquads",
    "statement_iri",
    "stored_text",
]

_STATED_IRIS: Final = {name: term("stated:" + camel_case(name)) for name in PREDICATES}
_MATCH_IRIS: Final = {name: term(f"skos:{name}Match") for name in MAPPING_MATCHES}
_SOURCE_FIELDS: Final = {
    "title": term("dcterms:title"),
    "study_design": term("signum:studyDesign"),
    "journal": term("prism:publicationName"),
    "year": term("signum:year"),
    "doi": term("bibo:doi"),
    "licence": term("dcterms:rights"),
    "show": term("signum:show"),
    "sha256": term("signum:sha256"),
    "citation": term("dcterms:bibliographicCitation"),
}


# --- Sources, passages, gaps -----------------------------------------------------------------------------------------


def _source_triples(source: Source, text: str) -> Iterator[Triple]:
    iri = source_iri(source.key)
    yield iri, A, term("prov:Entity")
    yield iri, A, term("fabio:JournalArticle" if source.journal else "bibo:Document")
    for name, predicate in _SOURCE_FIELDS.items():
        value = getattr(source, name)
        if value is not None:
            yield iri, predicate, value
    yield from list_triples(iri, "dcterms:creator", source.authors, "signum:authorList", source.authors)
    stored = IRI(iri + "#text")
    yield iri, term("signum:storedText"), stored
    yield stored, A, term("cnt:ContentAsText")
    yield stored, term("cnt:chars"), text


def _place_triples(iri: IRI, source: str, span: Span) -> Iterator[Triple]:
    yield iri, FROM_SOURCE, source_iri(source)
    yield iri, START, span.start
    yield iri, END, span.end


def _passage_triples(source: str, number: int, passage: Passage) -> Iterator[Triple]:
    iri = IRI(f"{source_iri(source)}/passage/{number:05d}")
    yield iri, A, term("signum:Passage")
    yield from _place_triples(iri, source, passage.span)
    yield iri, term("signum:passageKind"), passage.kind
    yield iri, term("signum:section"), passage.section
    yield iri, term("signum:heading"), passage.heading


def _gap_triples(gap: Gap) -> Iterator[Triple]:
    facts = json.dumps([gap.source, gap.span.start, gap.span.end, gap.text, gap.reason])
    iri = IRI(f"{source_iri(gap.source)}/gap/{hashlib.sha256(facts.encode()).hexdigest()[:20]}")
    yield iri, A, term("signum:Gap")
    yield from _place_triples(iri, gap.source, gap.span)
    yield iri, term("signum:gapText"), gap.text
    yield iri, term("signum:reason"), gap.reason


def source_nquads(
    source: Source,
    text: str,
    passages: Iterable[Passage] = (),
    statements: Iterable[Statement] = (),
    gaps: Iterable[Gap] = (),
) -> str:
    """All that one source holds, in the graph of its key, as sorted N-Quads without a blank node."""
    triples = list(_source_triples(source, text))
    for number, passage in enumerate(passages):
        triples.extend(_passage_triples(source.key, number, passage))
    for statement in statements:
        triples.extend(statement_triples(statement, text))
    for gap in gaps:
        triples.extend(_gap_triples(gap))
    return nquads(triples, source.key)


def _of_class(nodes: dict[str, Node], name: str) -> list[tuple[str, Node]]:
    return sorted((at, node) for at, node in nodes.items() if term(name) in node.get(A, ()))


def decode_sources(triples: Iterable[Sequence[Any]]) -> list[Source]:
    """The sources that the triples hold, by key."""
    nodes = group(triples)
    return [
        Source(
            key=key_of(at, "source") or "",
            authors=listed(node, "dcterms:creator", "signum:authorList"),
            **{name: one(node, iri, at, None) for name, iri in _SOURCE_FIELDS.items()},
        )
        for at, node in sorted(nodes.items())
        if term("signum:storedText") in node
    ]


def decode_passages(triples: Iterable[Sequence[Any]]) -> list[Passage]:
    """The passages of one source, in its order."""
    return [
        Passage(
            span=span_of(node, at),
            kind=one(node, term("signum:passageKind"), at),
            section=one(node, term("signum:section"), at),
            heading=one(node, term("signum:heading"), at),
        )
        for at, node in _of_class(group(triples), "signum:Passage")
    ]


def decode_gaps(triples: Iterable[Sequence[Any]]) -> list[Gap]:
    """The gaps that the triples hold, by source and place."""
    return sorted(
        Gap(
            source=key_of(one(node, FROM_SOURCE, at), "source") or "",
            span=span_of(node, at),
            text=one(node, term("signum:gapText"), at),
            reason=one(node, term("signum:reason"), at),
        )
        for at, node in _of_class(group(triples), "signum:Gap")
    )


def _claims_plainly(statement: Statement) -> bool:
    """Is it a present, unhedged claim in words, or the paper's own count above 0?"""
    if statement.polarity != "present" or statement.hedged:
        return False
    number = statement.statistic
    if number is None:
        return True
    counted = number.numerator if number.kind == "proportion" else number.value if number.kind == "count" else None
    return statement.evidence == "own" and counted is not None and counted > 0


def derived_nquads(statements: Iterable[Statement], values: Iterable[Triple] = ()) -> str:
    """A plain triple for each plain claim, in the graph `derived` and the namespace `stated:`; and computed values.

    The namespace of its own keeps anybody from reading what a paper states as a fact.
    """
    plain = (s for s in statements if _claims_plainly(s))
    stated = ((entity_iri(s.subject), _STATED_IRIS[s.predicate], entity_iri(s.object)) for s in plain)
    return nquads((*stated, *values), "derived")


def audit_nquads(verdicts: Iterable[Verdict]) -> str:
    """What the audit says, in the graph `audit`."""
    return nquads((triple for verdict in verdicts for triple in verdict_triples(verdict)), "audit")


# --- Concepts --------------------------------------------------------------------------------------------------------


def concept_triples(concept: Concept) -> Iterator[Triple]:
    """A concept in SKOS; the labels of the terms that it matches stand at those terms."""
    iri = concept_iri(concept.key)
    yield iri, A, term("skos:Concept")
    yield iri, term("signum:conceptType"), concept.type
    yield iri, term("skos:prefLabel"), LanguageString(concept.label, "en")
    for label in concept.alt_labels:
        yield iri, term("skos:altLabel"), LanguageString(label, "en")
    for language, label in concept.translations:
        yield iri, term("skos:altLabel"), LanguageString(label, language)
    for label in concept.ambiguous_labels:
        yield iri, term("signum:ambiguousLabel"), LanguageString(label, "en")
    if concept.variable:
        yield iri, term("signum:isVariable"), True
    if concept.parent is not None:
        yield iri, term("skos:broader"), concept_iri(concept.parent)
    if concept.definition:
        yield iri, term("skos:definition"), LanguageString(concept.definition, "en")
    for mapping in concept.mappings:
        yield iri, _MATCH_IRIS[mapping.match], curie_iri(mapping.curie)
        yield curie_iri(mapping.curie), LABEL, mapping.label


def concept_nquads(concepts: Iterable[Concept], *schema_files: Path, further: Iterable[Triple] = ()) -> str:
    """The vocabulary, the triples of the schema files, and further ones, in the graph `ontology`."""
    triples = [*(triple for concept in concepts for triple in concept_triples(concept)), *further]
    for path in schema_files:
        triples.extend(read_turtle(path))
    return nquads(triples, "ontology")


def _decode_mappings(node: Node, nodes: dict[str, Node]) -> tuple[Mapping, ...]:
    found = []
    for match, predicate in _MATCH_IRIS.items():
        for iri in node.get(predicate, ()):
            curie = iri_curie(str(iri))
            found.append(Mapping(curie=curie, label=one(nodes.get(str(iri), {}), LABEL, str(iri), curie), match=match))
    return tuple(sorted(found))


def _language(label: Plain) -> str:
    return label.language if isinstance(label, LanguageString) else "en"


def decode_concepts(triples: Iterable[Sequence[Any]]) -> list[Concept]:
    """The concepts by key; their alternative labels and mappings are sorted, for RDF keeps no order."""
    nodes = group(triples)
    found = []
    for at, node in _of_class(nodes, "skos:Concept"):
        others = node.get(term("skos:altLabel"), ())
        parent = one(node, term("skos:broader"), at, None)
        found.append(
            Concept(
                key=concept_key(at),
                type=str(one(node, term("signum:conceptType"), at)),
                label=str(one(node, term("skos:prefLabel"), at)),
                alt_labels=tuple(sorted(str(label) for label in others if _language(label) == "en")),
                translations=tuple(sorted((tag, str(label)) for label in others if (tag := _language(label)) != "en")),
                ambiguous_labels=tuple(sorted(str(label) for label in node.get(term("signum:ambiguousLabel"), ()))),
                parent=None if parent is None else concept_key(parent),
                variable=bool(one(node, term("signum:isVariable"), at, False)),
                definition=str(one(node, term("skos:definition"), at, "")),
                mappings=_decode_mappings(node, nodes),
            )
        )
    return found


# --- Reading ---------------------------------------------------------------------------------------------------------


def _plain(node: Any) -> Plain:
    """A term of rdflib as a plain value."""
    if isinstance(node, rdflib.URIRef):
        text = str(node)
        return IRI(BASE + text[len(SHIPPED_BASE) :] if text.startswith(SHIPPED_BASE) else text)
    if not isinstance(node, rdflib.Literal):
        raise RdfError(f"blank node {node}; allowed are IRIs and literals: give the node a name")
    if node.language:
        return LanguageString(str(node), node.language)
    return typed_literal(str(node), str(node.datatype or ""))


# rdflib's BadSyntax, and what its reader runs into on odd bytes, names and depths.
TURTLE_FAULTS: Final = (SyntaxError, AssertionError, LookupError, RecursionError, ValueError)


def read_turtle(path: Path) -> list[Triple]:
    """The triples of a Turtle file, each with plain values; a blank node is refused."""
    graph = rdflib.Graph()
    try:
        graph.parse(path, format="turtle")
    except OSError as error:
        raise RdfError(f"{path} cannot be read: {error.strerror}") from error
    except TURTLE_FAULTS as error:
        reason = " ".join(str(error).split())[:200]
        raise RdfError(f"{path} is not valid Turtle: {reason}") from error
    return [(str(_plain(s)), str(_plain(p)), _plain(o)) for s, p, o in graph]


def read_nquads(text: str) -> list[tuple[str, str, Plain, str]]:
    """The quads of an N-Quads text as (subject, predicate, object, graph), in no promised order."""
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    return [(str(_plain(s)), str(_plain(p)), _plain(o), str(g)) for s, p, o, g in dataset.quads()]


def stored_text(text: str) -> str | None:
    """The stored text of the source whose N-Quads these are, or None if they hold none."""
    chars = f"<{term('cnt:chars')}>"
    lines = [line for line in text.split("\n") if chars in line]
    quads = read_nquads("\n".join(lines))
    return next((str(value) for _, predicate, value, _ in quads if predicate == term("cnt:chars")), None)


def shape_violations(data: str, shapes: Path) -> list[str]:
    """What SHACL finds wrong with N-Quads data, one sentence each, sorted; an empty list is a clean bill."""
    import pyshacl  # a second to import, and only a check needs it

    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=data, format="nquads")
    merged = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        merged.add((subject, predicate, value))
    text = shapes.read_text(encoding="utf-8").replace(f"<{SHIPPED_BASE}", f"<{BASE}")
    _, report, _ = pyshacl.validate(merged, shacl_graph=text, shacl_graph_format="turtle", inference="none")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    results = report.subjects(rdflib.RDF.type, sh.ValidationResult)
    return sorted(f"{report.value(r, sh.focusNode)}: {report.value(r, sh.resultMessage)}" for r in results)
