"""This module writes the whole graph as RDF, a named graph after the other, each sorted: same graph, same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from kg.export.job import Job
from kg.results import graph_written
from kg.store import Store
from kg.terms import IRI, PREFIXES, nquads_term, statement_iri

_NAMES: Final = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


def write(job: Job) -> str:
    """Write every named graph; in Turtle, which has none, their union."""
    names = [IRI(str(row["graph"])) for row in job.store.select(_NAMES)]
    size = job.put(_WRITERS[job.format](job.store, names))
    return f"{len(names)} named graphs written to {job.path} ({size} bytes)"


def _triples(store: Store, graph: IRI) -> str:
    return store.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {nquads_term(graph)} {{ ?s ?p ?o }} }}")


def _nquads(store: Store, graphs: list[IRI]) -> Iterator[bytes]:
    for graph in graphs:
        end = f" {nquads_term(graph)} .\n"
        lines = (line.removesuffix(" .") + end for line in _triples(store, graph).splitlines())
        yield "".join(lines).encode()


def _trig(store: Store, graphs: list[IRI]) -> Iterator[bytes]:
    """The prefixes stand once, on top; the names of graphs are written in full where no prefix is theirs."""
    for place, graph in enumerate(graphs):
        lines = graph_written(_triples(store, graph), graph, "TRIG").splitlines(keepends=True)
        head = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
        yield b"".join(lines[head if place else 0 :])


def _turtle(store: Store, graphs: list[IRI]) -> Iterator[bytes]:
    merged = sorted({line for graph in graphs for line in _triples(store, graph).splitlines()})
    yield graph_written("\n".join(merged) + "\n", None, "TURTLE")


def _json_ld(store: Store, graphs: list[IRI]) -> Iterator[bytes]:
    """A list of named graphs under one context that stands in the file itself, so that no reader fetches it."""
    yield b'{"@context": ' + json.dumps(PREFIXES).encode() + b',\n"@graph": ['
    for place, graph in enumerate(graphs):
        nodes = json.loads(graph_written(_triples(store, graph), graph, "JSON_LD"))
        yield b",\n" if place else b"\n"
        yield ",\n".join(json.dumps(_compact(node), ensure_ascii=False) for node in nodes).encode()
    yield b"\n]}\n"


_PARTS: Final = ("", "#statistic", "#target", "#position", "#quote")  # the nodes of a statement, none of them blank


def statements_json_ld(store: Store, identifiers: Iterable[str]) -> dict[str, Any]:
    """Some statements (ids) as one JSON-LD document: each with its number, its target and the quote."""
    nodes = [IRI(statement_iri(one) + part) for one in sorted(set(identifiers)) for part in _PARTS]
    named = " ".join(nquads_term(node) for node in nodes)
    triples = store.construct(
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {named} }} GRAPH ?graph {{ ?s ?p ?o }} }}"
    )
    graph = json.loads(graph_written(triples, None, "JSON_LD"))
    return {"@context": dict(PREFIXES), "@graph": _compact(graph)}


def _compact(node: Any) -> Any:
    """An expanded JSON-LD value with the names of PREFIXES; literals are left as they are.

    >>> _compact({"@id": PREFIXES["concept"] + "phnen", "@type": ["http://example.org/x"]})
    {'@id': 'concept:phnen', '@type': ['http://example.org/x']}
    """
    if isinstance(node, list):
        return [_compact(item) for item in node]
    if not isinstance(node, Mapping) or "@value" in node:
        return node
    return {
        name if name.startswith("@") else _curie(name): _named(value) if name in ("@id", "@type") else _compact(value)
        for name, value in node.items()
    }


def _named(value: Any) -> Any:
    return [_curie(item) for item in value] if isinstance(value, list) else _curie(value)


def _curie(iri: str) -> str:
    for name, start in PREFIXES.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{name}:{iri[len(start) :]}"
    return iri


_WRITERS: Final[Mapping[str, Callable[[Store, list[IRI]], Iterator[bytes]]]] = {
    "trig": _trig,
    "nq": _nquads,
    "jsonld": _json_ld,
    "ttl": _turtle,
}
