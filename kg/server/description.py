"""This module describes the service and its data in RDF: SPARQL Service Description, VoID and DCAT."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.functions import AGGREGATES, FUNCTIONS
from kg.results import GRAPH_FORMATS, ROW_FORMATS
from kg.store import Store
from kg.terms import IRI, PREFIXES, Plain, nquads_term, term

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
VOID: Final = "http://rdfs.org/ns/void#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
TITLE: Final = "Signum: what radiology papers state, each number with its sentence"
DESCRIPTION: Final = (
    "Statements of radiology papers on tumour types, imaging signs, modalities, markers and therapies, each with its "
    "n/N, its sentence and its place in the paper. Education and research only. "
    "Not for diagnosis or treatment of a patient."
)

A: Final = term("rdf:type")
_Triple = tuple[str, str, Plain]
_COUNTS: Final = {
    "triples": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "distinctObjects": "SELECT (COUNT(DISTINCT ?o) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { GRAPH ?g { ?s a ?c } }",
}
_GRAPHS: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_CLASSES: Final = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?c } } GROUP BY ?c ORDER BY ?c"
_PROPERTIES: Final = "SELECT ?p (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?p ORDER BY ?p"


def service_description(store: Store, endpoint: str) -> str:
    """The service at this address and its dataset, as sorted N-Triples."""
    return _ntriples(_service(store, endpoint))


def dataset_description(store: Store, endpoint: str) -> str:
    """The data set in VoID and DCAT: its size, its graphs, classes and properties, and where to get it."""
    return _ntriples(_dataset(store, endpoint))


def _ntriples(triples: Iterator[_Triple]) -> str:
    lines = {f"{nquads_term(IRI(s))} {nquads_term(IRI(p))} {nquads_term(o)} .\n" for s, p, o in triples}
    return "".join(sorted(lines))


def _service(store: Store, endpoint: str) -> Iterator[_Triple]:
    service, dataset, union = IRI(f"{endpoint}#service"), IRI(f"{endpoint}#dataset"), IRI(f"{endpoint}#default-graph")
    yield service, A, IRI(SD + "Service")
    yield service, SD + "endpoint", IRI(endpoint)
    yield service, SD + "supportedLanguage", IRI(SD + "SPARQL11Query")
    yield service, SD + "feature", IRI(SD + "UnionDefaultGraph")
    yield service, SD + "defaultEntailmentRegime", IRI("http://www.w3.org/ns/entailment/Simple")
    for one in (*ROW_FORMATS.values(), *GRAPH_FORMATS.values()):
        yield service, SD + "resultFormat", IRI(one.iri)
    for kind, names in (("extensionFunction", FUNCTIONS), ("extensionAggregate", AGGREGATES)):
        for name, row in names.items():
            iri = IRI(PREFIXES["stat"] + name)
            yield service, SD + kind, iri
            yield iri, A, IRI(SD + ("Function" if names is FUNCTIONS else "Aggregate"))
            yield iri, term("rdfs:label"), name
            yield iri, term("rdfs:comment"), f"{name}({row.parameters}): {row.meaning}"
    yield service, SD + "defaultDataset", dataset
    yield dataset, A, IRI(SD + "Dataset")
    yield dataset, SD + "defaultGraph", union
    yield union, A, IRI(SD + "Graph")
    yield union, VOID + "triples", _number(store, _COUNTS["triples"])
    for graph, count in _counted(store, _GRAPHS):
        named, held = IRI(f"{endpoint}#{_local(graph)}"), IRI(f"{endpoint}#{_local(graph)}-triples")
        yield dataset, SD + "namedGraph", named
        yield named, A, IRI(SD + "NamedGraph")
        yield named, SD + "name", IRI(graph)
        yield named, SD + "graph", held
        yield held, A, IRI(SD + "Graph")
        yield held, VOID + "triples", count


def _dataset(store: Store, endpoint: str) -> Iterator[_Triple]:
    base = endpoint.removesuffix("sparql")
    dataset, service = IRI(f"{base}.well-known/void#dataset"), IRI(f"{endpoint}#service")
    for class_ in (VOID + "Dataset", DCAT + "Dataset"):
        yield dataset, A, IRI(class_)
    yield dataset, term("dcterms:title"), TITLE
    yield dataset, term("dcterms:description"), DESCRIPTION
    yield dataset, term("dcterms:identifier"), store.graph_hash
    yield dataset, VOID + "sparqlEndpoint", IRI(endpoint)
    yield dataset, VOID + "uriSpace", PREFIXES["concept"].removesuffix("concept/")
    for one in ("signum", "skos", "prov", "oa", "dcterms"):
        yield dataset, VOID + "vocabulary", IRI(PREFIXES[one])
    for name, query in _COUNTS.items():
        yield dataset, VOID + name, _number(store, query)
    yield from _partitions(store, dataset)
    yield service, A, IRI(DCAT + "DataService")
    yield service, term("dcterms:title"), "SPARQL 1.1 endpoint, to read"
    yield service, DCAT + "endpointURL", IRI(endpoint)
    yield service, DCAT + "endpointDescription", IRI(endpoint)
    yield service, DCAT + "servesDataset", dataset
    distribution = IRI(f"{endpoint}#distribution")
    yield dataset, DCAT + "distribution", distribution
    yield distribution, A, IRI(DCAT + "Distribution")
    yield distribution, DCAT + "accessService", service
    yield distribution, DCAT + "accessURL", IRI(endpoint)


def _partitions(store: Store, dataset: IRI) -> Iterator[_Triple]:
    """How much of the data set each graph, class and property is."""
    rows = (
        ("subset", _GRAPHS, SD + "name", "triples"),
        ("classPartition", _CLASSES, VOID + "class", "entities"),
        ("propertyPartition", _PROPERTIES, VOID + "property", "triples"),
    )
    for kind, query, names, counts in rows:
        for number, (what, count) in enumerate(_counted(store, query)):
            part = IRI(f"{dataset}-{kind}-{number}")
            yield dataset, VOID + kind, part
            yield part, A, IRI(VOID + "Dataset")
            yield part, names, IRI(what)
            yield part, VOID + counts, count


@lru_cache(maxsize=64)
def _counted(store: Store, query: str) -> tuple[tuple[str, int], ...]:
    names, rows = store.table(query)
    assert len(names) == 2
    return tuple((str(name), int(str(count))) for name, count in rows)


@lru_cache(maxsize=64)
def _number(store: Store, query: str) -> int:
    return int(str(next(iter(store.rows(query)))["n"]))


def _local(graph: str) -> str:
    return graph.rstrip("/#").rpartition("/")[2] or "graph"
