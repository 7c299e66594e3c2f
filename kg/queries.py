"""This module runs the named queries of ontology/queries, and reads typed values out of a store."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import kg
from kg import rdf
from kg.model import Concept, Gap, Passage, Source, Statement, require_key
from kg.store import Row, Store
from kg.terms import (
    BASE,
    IRI,
    LABEL,
    SHIPPED_BASE,
    Plain,
    Triple,
    concept_iri,
    graph_iri,
    nquads_term,
    source_iri,
    statement_iri,
    term,
)
from kg.verdict import Verdict

DIRECTORY: Final = kg.ONTOLOGY / "queries"
PARAMETER_KINDS: Final = ("concept", "source", "statement", "integer", "text")

_HEADER: Final = re.compile(r"#\+ (\w+): ?(.*)")
_PARAMETER: Final = re.compile(r"(\w+): (\w+) - (.+)")
_STATEMENT_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]*/[0-9a-f]{20}\Z")
_IDS_A_QUERY: Final = 500  # 45 kB of VALUES, under the usual limit of servers on the length of a query


class NamedQueryError(ValueError):
    """A named query that does not exist, is badly written, or was given the wrong parameters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a named query demands; `kind` is one of PARAMETER_KINDS."""

    name: str
    kind: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query with a name, what it answers in one sentence, and its parameters; `text` is valid SPARQL."""

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    text: str


def names() -> tuple[str, ...]:
    """The names of all named queries, sorted."""
    return tuple(sorted(path.stem for path in DIRECTORY.glob("*.rq")))


@cache
def load(name: str) -> NamedQuery:
    """Read a named query. Raises NamedQueryError for a name that is none, and for a header that lacks a part.

    >>> load("signs_of_disease").parameters
    (Parameter(name='disease', kind='concept', meaning='the disease'),)
    """
    if name not in names():
        raise NamedQueryError(f"there is no query {name!r}; allowed: {', '.join(names())}")
    text = (DIRECTORY / f"{name}.rq").read_text(encoding="utf-8")
    return parse(name, text.replace(f"<{SHIPPED_BASE}", f"<{BASE}"))


def parse(name: str, text: str) -> NamedQuery:
    """Read the `#+ summary:` and `#+ params:` headers of a query; a parameter a line: `name: kind - meaning`."""
    summary, inside = "", ""
    parameters: list[Parameter] = []
    for line in text.splitlines():
        if match := _HEADER.match(line):
            inside, summary = match[1], match[2] if match[1] == "summary" else summary
        elif line.startswith("#+   ") and inside == "params":
            parameters.append(_parameter(name, line[5:].strip()))
        else:
            inside = ""
    if not summary:
        raise NamedQueryError(f"the query {name} has no line '#+ summary: ...'; add one")
    return NamedQuery(name=name, summary=summary, parameters=tuple(parameters), text=text)


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None or match[2] not in PARAMETER_KINDS:
        kinds = ", ".join(PARAMETER_KINDS)
        raise NamedQueryError(
            f"the query {name} has the parameter {line!r}; write 'name: kind - meaning', kind of {kinds}"
        )
    return Parameter(name=match[1], kind=match[2], meaning=match[3])


EXECUTABLE_NODES: Final = {"concept": "IRI", "source": "IRI", "statement": "IRI"}
"""What a parameter of some kinds is in RDF; the others are literals."""


def executables() -> list[Triple]:
    """Every named query as a sh:SPARQLExecutable with its text and parameters, for whoever finds them by a query.

    Source: SHACL-SPARQL executables, W3C Recommendation, 20 July 2017, as far as they go without blank nodes.
    """
    return [triple for name in names() for triple in _executable(load(name))]


def _executable(query: NamedQuery) -> Iterator[Triple]:
    iri = IRI(f"{BASE}query/{query.name}")
    for name in ("sh:SPARQLExecutable", "sh:SPARQLSelectExecutable"):
        yield iri, term("rdf:type"), term(name)
    yield iri, LABEL, query.name
    yield iri, term("dcterms:description"), query.summary
    yield iri, term("sh:select"), query.text
    for parameter in query.parameters:
        node = IRI(f"{iri}#{parameter.name}")
        yield iri, term("sh:parameter"), node
        yield node, term("rdf:type"), term("sh:Parameter")
        yield node, term("sh:path"), node
        yield node, term("sh:name"), parameter.name
        yield node, term("sh:description"), f"{parameter.kind}: {parameter.meaning}"
        yield node, term("sh:nodeKind"), term(f"sh:{EXECUTABLE_NODES.get(parameter.kind, 'Literal')}")


def run(store: Store, name: str, **given: str | int) -> list[Row]:
    """The rows of a named query; every parameter is demanded. A concept is given by its key, a statement by its id."""
    query = load(name)
    wanted = {parameter.name: parameter for parameter in query.parameters}
    if given.keys() != wanted.keys():
        needs = ", ".join(wanted) or "no parameter"
        raise NamedQueryError(f"the query {name} takes {needs}; given: {', '.join(sorted(given)) or 'none'}")
    return store.select(query.text, {key: _bound(wanted[key], value) for key, value in given.items()})


def standalone(name: str, **given: str | int) -> str:
    """A named query as text that runs anywhere: its parameters stand as VALUES at its end.

    >>> standalone("signs_of_disease", disease="phnen").splitlines()[-1]
    'VALUES (?disease) { (<https://w3id.org/signum/concept/phnen>) }'
    """
    query = load(name)
    wanted = {parameter.name: parameter for parameter in query.parameters}
    if given.keys() != wanted.keys():
        needs = ", ".join(wanted) or "no parameter"
        raise NamedQueryError(f"the query {name} takes {needs}; given: {', '.join(sorted(given)) or 'none'}")
    if not wanted:
        return query.text
    names = " ".join(f"?{key}" for key in wanted)
    values = " ".join(nquads_term(_bound(wanted[key], given[key])) for key in wanted)
    return f"{query.text.rstrip()}\nVALUES ({names}) {{ ({values}) }}\n"


def _bound(parameter: Parameter, value: str | int) -> Plain:
    """The value of a parameter as the term that the query compares with."""
    if parameter.kind == "integer" and isinstance(value, int):
        return value
    if parameter.kind == "text" and isinstance(value, str):
        return value
    if parameter.kind == "statement" and isinstance(value, str):
        return statement_iri(_require_id(value))
    if parameter.kind in {"concept", "source"} and isinstance(value, str):
        require_key(parameter.name, value)
        return concept_iri(value) if parameter.kind == "concept" else source_iri(value)
    raise NamedQueryError(f"{parameter.name} is {value!r}; it takes one {parameter.kind}, {parameter.meaning}")


def _require_id(identity: str) -> str:
    if not _STATEMENT_ID.match(identity):
        raise NamedQueryError(f"{identity!r} is no statement; allowed: <source>/<20 hexadecimal digits>")
    return identity


# --- Typed readers ---------------------------------------------------------------------------------------------------
# Each asks for whole nodes, `?s ?p ?o` inside one GRAPH, and leaves the reading to the codec: 24 times faster at a
# million triples than one query with an OPTIONAL for each property. Names go in as terms made of checked keys.


def _values(iris: Iterable[IRI]) -> str:
    return " ".join(nquads_term(iri) for iri in iris)


def _triples(store: Store, query: str) -> Iterator[list[Any]]:
    """The rows of a query whose columns are ?s ?p ?o."""
    return store.table(query)[1]


_STATISTIC: Final = nquads_term(term("signum:statistic"))
_OF_STATEMENT: Final = f"?of {nquads_term(term('signum:predicate'))} ?predicate"


def _whole_statements(graph: str, choice: str) -> tuple[str, str]:
    """Two queries, for the nodes of the chosen statements and for those of their statistics."""
    return (
        f"SELECT (?of AS ?s) ?p ?o WHERE {{ GRAPH {graph} {{ {choice} ?of ?p ?o }} }}",
        f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ {choice} ?of {_STATISTIC} ?s . ?s ?p ?o }} }}",
    )


_DECODED: Final[WeakKeyDictionary[Store, dict[str, Statement]]] = WeakKeyDictionary()
_MOST_REMEMBERED: Final = 100_000  # statements of a store, some 200 MB; reading one costs ten times as much as asking


def statements(
    store: Store,
    *,
    about: Collection[str] | None = None,
    source: str | Collection[str] | None = None,
    ids: Collection[str] | None = None,
) -> tuple[Statement, ...]:
    """The statements that meet every condition given, by source, place and hash; without a condition, all.

    `about` are concept keys, one of which is subject, object or comparator; `source` is a key, or several; `ids` are
    statement ids. What was read from a store that cannot change is remembered.
    """
    sources = None if source is None else {source} if isinstance(source, str) else set(source)
    chosen = None if ids is None else {_require_id(one) for one in ids}
    if about is not None:
        found = _about(store, about)
        chosen = found if chosen is None else chosen & found
    if sources is not None:
        for one in sources:
            require_key("source", one)
        chosen = _of_sources(store, sources) if chosen is None else {i for i in chosen if i.split("/")[0] in sources}
    if chosen is None:
        return tuple(_read(store, None))
    return tuple(sorted(_known(store, chosen), key=lambda s: (s.source, s.span, s.hash)))


def _known(store: Store, chosen: Collection[str]) -> Iterable[Statement]:
    """The chosen statements, of which only those are read that are not remembered."""
    if not store.is_fixed:
        return _read(store, chosen)
    memory = _DECODED.setdefault(store, {})
    found = {one: statement for one in chosen if (statement := memory.get(one)) is not None}
    read = {statement.id: statement for statement in _read(store, set(chosen) - found.keys())}
    if len(memory) + len(read) > _MOST_REMEMBERED:
        memory.clear()
    memory.update(read)
    return (found | read).values()


def _read(store: Store, chosen: Collection[str] | None) -> list[Statement]:
    triples: list[list[Any]] = []
    for choice in _choices(chosen):
        for query in _whole_statements("?g", choice):
            triples.extend(_triples(store, query))
    return rdf.decode_statements(triples)


def _of_sources(store: Store, sources: Collection[str]) -> set[str]:
    """The ids of all statements of some sources."""
    graphs = [nquads_term(graph_iri(one)) for one in sorted(sources)]
    rows = (
        row for graph in graphs for row in store.rows(f"SELECT ?of WHERE {{ GRAPH {graph} {{ {_OF_STATEMENT} }} }}")
    )
    return {identity for row in rows if (identity := rdf.key_of(str(row["of"]), "statement")) is not None}


def _choices(chosen: Collection[str] | None) -> Iterator[str]:
    """The pattern that binds ?of, once for each piece of a long list."""
    if chosen is None:
        yield f"{_OF_STATEMENT} ."
        return
    ordered = sorted(chosen)
    for start in range(0, len(ordered), _IDS_A_QUERY):
        yield f"VALUES ?of {{ {_values(map(statement_iri, ordered[start : start + _IDS_A_QUERY]))} }}"


def _about(store: Store, keys: Collection[str]) -> set[str]:
    for key in keys:
        require_key("concept", key)
    if not keys:
        return set()
    concepts = f"VALUES ?concept {{ {_values(map(concept_iri, sorted(keys)))} }}"
    roles = " UNION ".join(
        f"{{ {concepts} ?of {nquads_term(term('signum:' + role))} ?concept }}"
        for role in ("subject", "object", "comparator")
    )
    rows = store.rows(f"SELECT DISTINCT ?of WHERE {{ GRAPH ?g {{ {roles} }} }}")
    return {identity for row in rows if (identity := rdf.key_of(str(row["of"]), "statement")) is not None}


def sources(store: Store) -> tuple[Source, ...]:
    """All sources, by key; their texts are read by `text`."""
    stored = nquads_term(term("signum:storedText"))
    return tuple(
        rdf.decode_sources(_triples(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH ?g {{ ?s {stored} ?t ; ?p ?o }} }}"))
    )


def concepts(store: Store) -> tuple[Concept, ...]:
    """All concepts, by key."""
    graph = nquads_term(graph_iri("ontology"))
    return tuple(rdf.decode_concepts(_triples(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")))


def text(store: Store, source: str) -> str:
    """The stored text of a source, in which the offsets of its statements count."""
    require_key("source", source)
    rows = store.select(
        "SELECT ?source ?text WHERE { GRAPH ?g { ?source signum:storedText/cnt:chars ?text } }",
        {"source": source_iri(source)},
    )
    if not rows:
        known = ", ".join(one.key for one in sources(store)) or "none"
        raise NamedQueryError(f"there is no source {source!r}; there are: {known}")
    return str(rows[0]["text"])


def _nodes_of(store: Store, source: str, kind: str) -> Iterator[list[Any]]:
    require_key("source", source)
    graph, class_ = nquads_term(graph_iri(source)), nquads_term(term(kind))
    return _triples(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s a {class_} ; ?p ?o }} }}")


def passages(store: Store, source: str) -> tuple[Passage, ...]:
    """The blocks of a source's text, in its order."""
    return tuple(rdf.decode_passages(_nodes_of(store, source, "signum:Passage")))


def verdicts(store: Store, source: str | None = None) -> tuple[Verdict, ...]:
    """What the audit says of every source, or of one: of its own, and of those that it disagrees with."""
    if source is not None:
        require_key("source", source)
    graph, class_ = nquads_term(graph_iri("audit")), nquads_term(term("signum:Verdict"))
    found = rdf.decode_verdicts(
        _triples(store, f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s a {class_} ; ?p ?o }} }}")
    )
    mine = (v for v in found if source in (None, v.source) or any(i.startswith(f"{source}/") for i in v.statements))
    return tuple(mine)


def gaps(store: Store, source: str) -> tuple[Gap, ...]:
    """What extraction saw in a source and could not place."""
    return tuple(rdf.decode_gaps(_nodes_of(store, source, "signum:Gap")))
