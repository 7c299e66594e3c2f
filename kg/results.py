"""This module writes what an engine found in the formats of SPARQL 1.1 and of RDF, within limits of rows and bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any, Final, TypeAlias, cast

import pyoxigraph

from kg.sparql import QueryError
from kg.terms import PREFIXES

Found: TypeAlias = "pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples"

MEBIBYTE: Final = 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to write an answer: its name here, its media types (the first is what an answer is labelled with)."""

    name: str
    suffix: str
    media_types: tuple[str, ...]
    iri: str = ""  # as a service description names it


_W3: Final = "http://www.w3.org/ns/formats/"

ROW_FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format(
            name="JSON",
            suffix="srj",
            media_types=("application/sparql-results+json", "application/json"),
            iri=_W3 + "SPARQL_Results_JSON",
        ),
        Format(
            name="XML",
            suffix="srx",
            media_types=("application/sparql-results+xml", "application/xml", "text/xml"),
            iri=_W3 + "SPARQL_Results_XML",
        ),
        Format(name="CSV", suffix="csv", media_types=("text/csv",), iri=_W3 + "SPARQL_Results_CSV"),
        Format(name="TSV", suffix="tsv", media_types=("text/tab-separated-values",), iri=_W3 + "SPARQL_Results_TSV"),
    )
}
"""What the rows of a SELECT and the truth of an ASK are written in."""

GRAPH_FORMATS: Final[dict[str, Format]] = {
    one.name: one
    for one in (
        Format(name="TURTLE", suffix="ttl", media_types=("text/turtle", "application/x-turtle"), iri=_W3 + "Turtle"),
        Format(
            name="N_TRIPLES",
            suffix="nt",
            media_types=("application/n-triples", "text/plain"),
            iri=_W3 + "N-Triples",
        ),
        Format(name="RDF_XML", suffix="rdf", media_types=("application/rdf+xml",), iri=_W3 + "RDF_XML"),
        Format(name="JSON_LD", suffix="jsonld", media_types=("application/ld+json",), iri=_W3 + "JSON-LD"),
        Format(name="N_QUADS", suffix="nq", media_types=("application/n-quads",), iri=_W3 + "N-Quads"),
        Format(name="TRIG", suffix="trig", media_types=("application/trig",), iri=_W3 + "TriG"),
    )
}
"""What the triples of a CONSTRUCT or DESCRIBE are written in."""

FORMATS: Final = {**ROW_FORMATS, **GRAPH_FORMATS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that a query reads: those merged into its default graph, and those that GRAPH can name."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """The most that an answer may hold: rows (or triples), and bytes."""

    rows: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An answer as bytes, and how many rows or triples it holds; of an ASK, one."""

    body: bytes
    rows: int
    empty: bool  # no row, no triple, or false


class _Sink(io.RawIOBase):
    """A file in memory that refuses to grow beyond the limits; `mark` is in each piece that counts towards `marks`."""

    def __init__(self, most: Most, mark: bytes = b"", marks: int = 0) -> None:
        super().__init__()
        self._most, self._mark, self._marks = most, mark, marks
        self._pieces: list[bytes] = []
        self._size = self._seen = 0

    def write(self, data: Any) -> int:
        self._size += len(data)
        if self._mark:
            self._seen += data.count(self._mark)
            if self._seen > self._marks:
                raise _too_many("rows", self._most)
        if self._size > self._most.size:
            size = f"{self._most.size // MEBIBYTE} MiB" if self._most.size >= MEBIBYTE else f"{self._most.size} bytes"
            raise QueryError(f"the answer is larger than {size}; ask for less, or add a LIMIT", kind="rows")
        self._pieces.append(bytes(data))
        return len(data)

    @property
    def body(self) -> bytes:
        return b"".join(self._pieces)


def _too_many(what: str, most: Most) -> QueryError:
    return QueryError(f"the query has more than {most.rows} {what}; add a LIMIT, or ask for less", kind="rows")


def written(found: Found, form: str, most: Most) -> Written:
    """What an engine found, in the format of that name. Raises QueryError beyond a limit: an answer is never cut."""
    if isinstance(found, pyoxigraph.QueryTriples):
        return _triples(found, form, most)
    columns = 1 if isinstance(found, pyoxigraph.QueryBoolean) else len(found.variables)
    sink = _row_sink(form, columns, most)
    found.serialize(cast("IO[bytes]", sink), format=getattr(pyoxigraph.QueryResultsFormat, form))
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Written(body=sink.body, rows=1, empty=not found)
    rows = _ROWS[form](sink.body)
    if rows > most.rows:
        raise _too_many("rows", most)
    return Written(body=sink.body, rows=rows, empty=not rows)


def _row_sink(form: str, columns: int, most: Most) -> _Sink:
    """A sink that stops early: no string can hold these marks, for in it a quote or a line end is escaped."""
    if form == "JSON":
        return _Sink(most, b'":{"type":"', most.rows * max(columns, 1))
    if form == "XML":
        return _Sink(most, b"<result>", most.rows)
    return _Sink(most, b"\n", most.rows + 1) if form == "TSV" else _Sink(most)


def _triples(found: Iterable[pyoxigraph.Triple], form: str, most: Most) -> Written:
    triples = list(dict.fromkeys(islice(found, most.rows + 1)))
    if len(triples) > most.rows:
        raise _too_many("triples", most)
    sink = _Sink(most)
    try:
        pyoxigraph.serialize(
            triples, cast("IO[bytes]", sink), format=getattr(pyoxigraph.RdfFormat, form), prefixes=PREFIXES
        )
    except ValueError as error:
        if isinstance(error, QueryError):
            raise
        raise QueryError(f"the triples cannot be written as {form}: {error}; ask for another format") from error
    return Written(body=sink.body, rows=len(triples), empty=not triples)


_ROWS: Final[dict[str, Callable[[bytes], int]]] = {
    "JSON": lambda body: sum(1 for _ in parsed(body)),
    "XML": lambda body: body.count(b"<result>"),
    "CSV": lambda body: sum(1 for _ in csv.reader(io.StringIO(body.decode(), newline=""))) - 1,
    "TSV": lambda body: body.count(b"\n") - 1,
}


def parsed(body: bytes) -> pyoxigraph.QuerySolutions:
    """The solutions that SPARQL JSON holds. Raises ValueError where it holds none."""
    found = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise ValueError("true or false where rows were asked for")
    return found


def from_json(body: bytes, form: str, most: Most) -> Written:
    """Another server's JSON answer, read whole and written anew; ValueError where it is none."""
    found = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
    return written(found, form, most)


def from_ntriples(text: str, form: str, most: Most) -> Written:
    """Triples as N-Triples, written anew; SyntaxError where they are none."""
    return _triples(
        (quad.triple for quad in pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_TRIPLES)), form, most
    )


def graph_written(text: str, graph: str | None, form: str) -> bytes:
    """Triples as N-Triples, written anew in a named graph (None: the default one), without a limit; for exports."""
    name = pyoxigraph.DefaultGraph() if graph is None else pyoxigraph.NamedNode(graph)
    found = pyoxigraph.parse(text.encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    quads = (pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, name) for quad in found)
    body = pyoxigraph.serialize(quads, format=getattr(pyoxigraph.RdfFormat, form), prefixes=PREFIXES) or b""
    lines = body.splitlines(keepends=True)
    head = sorted(line for line in lines if line.startswith(b"@prefix "))  # the engine gives them in any order
    return b"".join([*head, *lines[len(head) :]])
