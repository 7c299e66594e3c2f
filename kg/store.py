"""This module opens the graph, embedded or remote, and answers SPARQL in rows of plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Final, Protocol, TypeAlias, cast

import pyoxigraph

from kg import functions
from kg.endpoint import Endpoint, EndpointError
from kg.results import Dataset, Found, Most, Written, written
from kg.sparql import QueryError, names_a_dataset, require_readable
from kg.syntax import syntax_error
from kg.terms import BASE, IRI, PREFIXES, XSD, LanguageString, Plain, RdfError, typed_literal

Row: TypeAlias = "dict[str, Plain | None]"
Bindings: TypeAlias = "Mapping[str, Plain]"
Table: TypeAlias = "tuple[list[str], Iterator[list[Plain | None]]]"

_Term: TypeAlias = "pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple"

MANIFEST_NAME: Final = "manifest.json"  # what a build writes last: the hash of each file
LOCK_NAME: Final = ".lock"  # what a build holds while it works

_LITERAL_TYPES: Final = ((bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (float, "double"))


class StoreError(ValueError):
    """Data that are missing, empty or damaged, or a server that fails; the sentence says what to do."""


class Engine(Protocol):
    """What answers a checked query: the embedded engine, or a server."""

    @property
    def graph_hash(self) -> str: ...

    def table(self, query: str, bindings: Bindings | None = None) -> Table: ...

    def ask(self, query: str, bindings: Bindings | None = None) -> bool: ...

    def construct(self, query: str) -> str: ...

    def written(self, query: str, form: str, most: Most, dataset: Dataset | None = None) -> Written: ...


class Store:
    """A read-only graph. The union of its named graphs is the default graph.

    >>> store = Store.of('<urn:a> <urn:n> "2.50"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g> .')
    >>> store.select("SELECT ?s ?n { ?s <urn:n> ?n }")
    [{'s': 'urn:a', 'n': Decimal('2.5')}]
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, location: Path | str) -> Store:
        """Load the `*.nq` files of a build directory into memory, or name the URL of a SPARQL 1.1 endpoint.

        Raises StoreError for a directory that is missing, holds no data, or holds a file that is damaged.
        """
        if str(location).startswith(("http://", "https://")):
            return cls(Endpoint(str(location)))
        return cls(_load(Path(location)))

    @classmethod
    def of(cls, *texts: str) -> Store:
        """A store of N-Quads texts, in memory."""
        engine = Embedded()
        for number, text in enumerate(texts, 1):
            engine.add(text.encode(), f"N-Quads text {number}")
        return cls(engine)

    @property
    def graph_hash(self) -> str:
        """The name of the state of the data: SHA-256 over the sorted hashes of its files."""
        return self._engine.graph_hash

    @property
    def is_fixed(self) -> bool:
        """Whether the data cannot change while they are open, so that what was read once need not be read again."""
        return isinstance(self._engine, Embedded)

    @property
    def has_functions(self) -> bool:
        """Whether queries may call the `stat:` functions; another server has their values in the graph `derived`."""
        return isinstance(self._engine, Embedded)

    def rows(self, sparql: str, bindings: Bindings | None = None) -> Iterator[Row]:
        """The rows of a SELECT, one by one; IRIs are IRI, literals str, int, Decimal, bool or float, unbound is None.

        `bindings` gives variables of the projection a value; a name that is not projected is refused.
        Raises QueryError for a query that is wrong or would do more than read.
        """
        names, found = self.table(sparql, bindings)
        return (dict(zip(names, row, strict=True)) for row in found)

    def table(self, sparql: str, bindings: Bindings | None = None) -> Table:
        """The names of the columns of a SELECT, known even without a row, and its rows one by one; see `rows`."""
        try:
            return self._engine.table(require_readable(sparql), bindings)
        except EndpointError as error:
            raise StoreError(str(error)) from error

    def select(self, sparql: str, bindings: Bindings | None = None) -> list[Row]:
        """All rows of a SELECT; see `rows`."""
        return list(self.rows(sparql, bindings))

    def ask(self, sparql: str, bindings: Bindings | None = None) -> bool:
        """The answer to an ASK."""
        try:
            return self._engine.ask(require_readable(sparql), bindings)
        except EndpointError as error:
            raise StoreError(str(error)) from error

    def construct(self, sparql: str) -> str:
        """The triples of a CONSTRUCT or DESCRIBE as sorted N-Triples."""
        try:
            return self._engine.construct(require_readable(sparql))
        except EndpointError as error:
            raise StoreError(str(error)) from error

    def written(self, sparql: str, form: str, most: Most, dataset: Dataset | None = None) -> Written:
        """The answer to any query in a format of kg.results.FORMATS, whole or QueryError.

        `dataset` names the graphs that it reads, and goes before its FROM. Without either, the default graph is the
        union of all named graphs.
        """
        try:
            return self._engine.written(require_readable(sparql), form, most, dataset)
        except EndpointError as error:
            raise StoreError(str(error)) from error


class Embedded:
    """An Oxigraph store in memory."""

    def __init__(self) -> None:
        self._store = pyoxigraph.Store()
        self._hashes: list[str] = []

    def add(self, data: bytes, name: str) -> None:
        """Load N-Quads; `name` is the file, for the message."""
        try:
            self._store.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS)
        except (SyntaxError, ValueError) as error:
            line = f", line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
            reason = " ".join(str(error.msg if isinstance(error, SyntaxError) else error).split())
            raise StoreError(f"{name}{line} is damaged: {reason}; build again with `signum build`") from error
        self._hashes.append(hashlib.sha256(data).hexdigest())

    def __len__(self) -> int:
        return len(self._store)

    @property
    def graph_hash(self) -> str:
        return hashlib.sha256("\n".join(sorted(self._hashes)).encode()).hexdigest()

    def _solve(self, query: str, bindings: Bindings | None, dataset: Dataset | None = None) -> Found:
        try:
            return self._store.query(
                query,
                base_iri=BASE,
                use_default_graph_as_union=dataset is None and not names_a_dataset(query),
                default_graph=None if dataset is None else [_oxigraph_name(name) for name in dataset.default],
                named_graphs=None if dataset is None else [_oxigraph_name(name) for name in dataset.named],
                prefixes=PREFIXES,
                custom_functions=_FUNCTIONS,
                custom_aggregate_functions=_AGGREGATES,
                substitutions={pyoxigraph.Variable(n): _oxigraph_term(v) for n, v in (bindings or {}).items()},
            )
        except SyntaxError as error:
            raise syntax_error(query, str(error.msg)) from error
        except RdfError as error:
            raise QueryError(str(error)) from error
        except (RuntimeError, OSError, ValueError) as error:
            raise QueryError(f"the query failed: {error}", kind="failed") from error

    def written(self, query: str, form: str, most: Most, dataset: Dataset | None = None) -> Written:
        found = self._solve(query, None, dataset)
        try:
            return written(found, form, most)
        except (RuntimeError, OSError) as error:
            raise QueryError(f"the query failed: {error}", kind="failed") from error

    def table(self, query: str, bindings: Bindings | None = None) -> Table:
        solutions = self._solve(query, bindings)
        if not isinstance(solutions, pyoxigraph.QuerySolutions):
            raise QueryError("rows come from SELECT alone; this query is an ASK, CONSTRUCT or DESCRIBE")
        names = [variable.value for variable in solutions.variables]
        for name in bindings or {}:
            if name not in names:
                raise QueryError(f"the query does not project ?{name}; projected are {', '.join(names)}")
        return names, _rows(solutions)

    def ask(self, query: str, bindings: Bindings | None = None) -> bool:
        answer = self._solve(query, bindings)
        if not isinstance(answer, pyoxigraph.QueryBoolean):
            raise QueryError("true or false comes from ASK alone; this query is a SELECT, CONSTRUCT or DESCRIBE")
        return bool(answer)

    def construct(self, query: str) -> str:
        triples = self._solve(query, None)
        if not isinstance(triples, pyoxigraph.QueryTriples):
            raise QueryError("triples come from CONSTRUCT and DESCRIBE alone; this query is a SELECT or ASK")
        return "".join(sorted({f"{triple} .\n" for triple in triples}))


def _function(name: str) -> Callable[..., _Term | None]:
    """A statistical function on terms; an error in it makes the expression unbound, and ends no query early."""

    def call(*terms: object) -> pyoxigraph.Literal | None:
        result = functions.evaluate(name, [_plain(term) for term in terms])
        return None if result is None else pyoxigraph.Literal(result)

    return call


_FUNCTIONS: Final = {pyoxigraph.NamedNode(PREFIXES["stat"] + name): _function(name) for name in functions.FUNCTIONS}


class _Accumulator:
    """The terms of a group until all are there; what cannot be computed is unbound, and ends no query early."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._values: list[object] = []

    def accumulate(self, term: object) -> None:
        self._values.append(_plain(term))

    def finish(self) -> pyoxigraph.Literal | None:
        result = functions.aggregate(self._name, self._values)
        return None if result is None else pyoxigraph.Literal(result)


_AGGREGATES: Final[dict[pyoxigraph.NamedNode, Callable[[], pyoxigraph.AggregateFunctionAccumulator]]] = {
    pyoxigraph.NamedNode(PREFIXES["stat"] + name): partial(_Accumulator, name) for name in functions.AGGREGATES
}


def _rows(solutions: pyoxigraph.QuerySolutions) -> Iterator[list[Plain | None]]:
    try:
        for solution in solutions:
            yield [_plain(value) for value in solution]
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query failed: {error}", kind="failed") from error


def fingerprint(location: Path | str) -> tuple[tuple[str, int, int], ...]:
    """What tells one build from another without reading it: each file's name, inode and time of change.

    The build replaces files and never writes into one, so a new build always has new inodes or times.
    """
    folder = Path(location)
    if "://" in str(location) or not folder.is_dir():
        return ()
    states = ((path.name, path.stat()) for path in sorted(folder.glob("*.nq")))
    return tuple((name, state.st_ino, state.st_mtime_ns) for name, state in states)


def _load(directory: Path) -> Embedded:
    if not directory.is_dir():
        raise StoreError(f"there are no data at {directory}; make them with `signum build --data {directory}`")
    known = _known_hashes(directory)
    engine, read = _read_files(directory)
    damaged = sorted(name for name, digest in known.items() if read.get(name) != digest)
    if damaged and not _is_being_built(directory):
        if _known_hashes(directory) != known:  # a build ended while we read
            return _load(directory)
        what = "is not as it was built" if damaged[0] in read else "is missing"
        raise StoreError(f"{directory / damaged[0]} {what}; build again with `signum build`")
    if not len(engine):
        what = "only empty *.nq files" if read else "no *.nq file"
        raise StoreError(f"{directory} holds {what}; build the graph with `signum build --data {directory}`")
    return engine


def _read_files(directory: Path) -> tuple[Embedded, dict[str, str]]:
    """The store of a directory's files, and the hash of each."""
    engine, read = Embedded(), {}
    for path in sorted(directory.glob("*.nq")):
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error.strerror or error}") from error
        engine.add(data, str(path))
        read[path.name] = hashlib.sha256(data).hexdigest()
    return engine, read


def _known_hashes(directory: Path) -> dict[str, str]:
    """The hash of each file as the last build left it; none where no build wrote a manifest."""
    try:
        files = json.loads((directory / MANIFEST_NAME).read_text(encoding="utf-8"))["files"]
        return {str(name): str(digest) for name, digest in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _is_being_built(directory: Path) -> bool:
    """Whether a build holds the lock of the directory: then files may be newer than the manifest."""
    try:
        import fcntl
    except ImportError:  # Windows; there a build at work cannot be told from damage
        return True
    try:
        with (directory / LOCK_NAME).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _oxigraph_name(iri: str) -> pyoxigraph.NamedNode:
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError as error:
        raise RdfError(f"{iri!r} is no IRI: {error}") from error


def _oxigraph_term(value: Plain) -> pyoxigraph.NamedNode | pyoxigraph.Literal:
    if isinstance(value, IRI):
        return _oxigraph_name(str(value))
    if isinstance(value, LanguageString):
        return pyoxigraph.Literal(str(value), language=value.language)
    for kind, datatype in _LITERAL_TYPES:
        if isinstance(value, kind):
            text = str(value).lower() if kind is bool else f"{value:f}" if kind is Decimal else str(value)
            return pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(XSD + datatype))
    return pyoxigraph.Literal(cast(str, value))


def _plain(node: object) -> Plain | None:
    """A term of Oxigraph as a plain value; a blank node as `_:name`."""
    if isinstance(node, pyoxigraph.NamedNode):
        return IRI(node.value)
    if isinstance(node, pyoxigraph.Literal):
        if node.language is not None and node.language != "en":
            return LanguageString(node.value, node.language)
        return typed_literal(node.value, node.datatype.value)
    return None if node is None else str(node)
