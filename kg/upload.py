"""This module loads a build into a SPARQL 1.1 server, by the Graph Store Protocol or by Update, and counts it there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from kg.endpoint import Endpoint, EndpointError, send
from kg.store import StoreError
from kg.terms import IRI, PREFIXES, nquads_term

PIECE: Final = 1024 * 1024  # characters of one INSERT DATA; a graph store gets a graph at once
SECONDS: Final = 600.0  # for one graph
_QUAD: Final = re.compile(r"(.*) <([^<>]*)> \.\n?\Z", re.DOTALL)
_STATE: Final = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A server: where it is asked, and where it is written to, by one of two protocols."""

    query: str
    graph_store: str | None = None
    update: str | None = None

    def __post_init__(self) -> None:
        if (self.graph_store is None) == (self.update is None):
            raise StoreError("a server is written to by its graph store or by its update address; give one of the two")


def upload(data: Path, place: Place, told: Callable[[str], None] = lambda sentence: None) -> int:
    """Put every graph of a build at the server, take away those of ours that the build has no more; count them there.

    Returns the number of triples. Each graph is replaced at once where the server has a graph store. Raises StoreError
    where the server refuses, or holds something else afterwards.
    """
    graphs = _graphs(data)
    try:
        for iri in sorted(_there(place).keys() - graphs.keys()):
            if iri.startswith(PREFIXES["graph"]):
                _remove(place, iri)
                told(f"removed <{iri}>")
        for iri, lines in sorted(graphs.items()):
            _put(place, iri, lines)
            told(f"{len(lines)} triples in <{iri}>")
        found = _there(place)
    except EndpointError as error:
        raise StoreError(str(error)) from error
    for iri, lines in graphs.items():
        if found.get(iri) != len(lines):
            raise StoreError(f"{place.query} holds {found.get(iri, 0)} triples of <{iri}>, and {len(lines)} were sent")
    return sum(map(len, graphs.values()))


def _graphs(data: Path) -> dict[str, list[str]]:
    """The triples of each graph of a build, a line of N-Triples each."""
    graphs: dict[str, set[str]] = defaultdict(set)
    files = sorted(data.glob("*.nq"))
    if not files:
        raise StoreError(f"{data} holds no *.nq file; build the graph with `signum build --data {data}`")
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            for number, line in enumerate(lines, 1):
                match = _QUAD.match(line)
                if match is None:
                    raise StoreError(f"{file}, line {number} is no quad; build again with `signum build`")
                graphs[match[2]].add(f"{match[1]} .\n")
    return {iri: sorted(lines) for iri, lines in graphs.items()}


def _there(place: Place) -> dict[str, int]:
    """The graphs that the server has, with how many triples each."""
    _, rows = Endpoint(place.query, whole=False).table(_STATE)
    return {str(graph): int(str(count)) for graph, count in rows}


def _put(place: Place, iri: str, lines: Sequence[str]) -> None:
    if place.graph_store is not None:
        body = "".join(lines).encode()
        send(_graph_address(place.graph_store, iri), "PUT", body, "application/n-triples", seconds=SECONDS)
        return
    name = nquads_term(IRI(iri))
    _update(place, f"DROP SILENT GRAPH {name}")
    for piece in _pieces(lines):
        _update(place, f"INSERT DATA {{ GRAPH {name} {{\n{piece}}} }}")


def _remove(place: Place, iri: str) -> None:
    if place.graph_store is not None:
        send(_graph_address(place.graph_store, iri), "DELETE", seconds=SECONDS)
    else:
        _update(place, f"DROP GRAPH {nquads_term(IRI(iri))}")


def _update(place: Place, text: str) -> None:
    send(place.update or "", "POST", text.encode(), "application/sparql-update", seconds=SECONDS)


def _graph_address(graph_store: str, iri: str) -> str:
    return f"{graph_store}{'&' if '?' in graph_store else '?'}{urlencode({'graph': iri})}"


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    piece, size = list[str](), 0
    for line in lines:
        piece.append(line)
        size += len(line)
        if size >= PIECE:
            yield "".join(piece)
            piece, size = [], 0
    if piece:
        yield "".join(piece)
