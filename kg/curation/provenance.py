"""This module writes what became of each curation to RDF, for the graph `curation`, and reads it back.

A row is a prov:Activity: it used a statement, invalidated or generated one, and a person was associated with it. What
was taken away is kept as text, so that no query counts it among the statements.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.curation.application import Outcome
from kg.curation.plain import from_plain, to_plain
from kg.encoding import FROM_SOURCE, A, group, one
from kg.model import Statement, require_key
from kg.store import Store
from kg.terms import (
    BASE,
    IRI,
    LABEL,
    Triple,
    graph_iri,
    key_of,
    nquads,
    nquads_term,
    source_iri,
    statement_iri,
    term,
)

GRAPH: Final = "curation"
_CURATION: Final = term("signum:Curation")
_ACTION: Final = term("signum:curationAction")
_OUTCOME: Final = term("signum:curationOutcome")
_FORMER: Final = term("signum:formerStatement")
_WAITING: Final = term("signum:waitingStatement")
_ROW: Final = term("signum:curationRow")
_REVIEWER: Final = term("prov:wasAssociatedWith")
_DATE: Final = term("dcterms:date")
_REASON: Final = term("rdfs:comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A curation as the graph keeps it: whose row of which source, what became of it, and what it took away.

    `statement` is the id of the statement that stands because of it or that it accepted; `formers` is what it took
    away or replaced.
    """

    source: str
    id: str
    action: str
    outcome: str
    reviewer: str
    date: str
    reason: str = ""
    statement: str | None = None
    formers: tuple[Statement, ...] = ()


def curation_iri(source: str, identity: str) -> IRI:
    """The IRI of a row of a source's `curation.csv`."""
    return IRI(f"{BASE}curation/{source}/{identity}")


def reviewer_iri(name: str) -> IRI:
    """The IRI of a person by the name that the rows give: the same name, the same IRI."""
    return IRI(f"{BASE}reviewer/{hashlib.sha256(' '.join(name.split()).encode()).hexdigest()[:16]}")


def curation_nquads(source: str, outcomes: Iterable[Outcome], waiting: Iterable[Statement] = ()) -> str:
    """The curations of one source, and what waits for a reader, in the graph `curation`, as sorted N-Quads."""
    rows = (triple for outcome in outcomes for triple in _triples(source, outcome))
    return nquads((*rows, *((source_iri(source), _WAITING, _text(one)) for one in waiting)), GRAPH)


def _text(one: Statement) -> str:
    return json.dumps(to_plain(one), ensure_ascii=False, sort_keys=True)


def _triples(source: str, outcome: Outcome) -> Iterator[Triple]:
    curation = outcome.curation
    iri = curation_iri(source, curation.id)
    yield iri, A, _CURATION
    yield iri, A, term("prov:Activity")
    yield iri, FROM_SOURCE, source_iri(source)
    yield iri, _ACTION, curation.action
    yield iri, _OUTCOME, outcome.status
    yield iri, _DATE, curation.date
    yield iri, _ROW, json.dumps(curation.cells(), ensure_ascii=False)
    if curation.reason:
        yield iri, _REASON, curation.reason
    person = reviewer_iri(curation.reviewer)
    yield iri, _REVIEWER, person
    yield person, A, term("prov:Person")
    yield person, LABEL, " ".join(curation.reviewer.split())
    yield from _effects(iri, outcome)


def _effects(iri: IRI, outcome: Outcome) -> Iterator[Triple]:
    formers, result = outcome.formers, outcome.result
    if outcome.status != "applied":
        if result is not None:
            yield iri, term("prov:used"), statement_iri(result.id)
        return
    for former in formers:
        yield iri, term("prov:used"), statement_iri(former.id)
        yield iri, _FORMER, _text(former)
        if result is None or result.hash != former.hash:
            yield iri, term("prov:invalidated"), statement_iri(former.id)
    if result is None:
        return
    if result.origin == "extracted" and not formers:
        yield iri, term("prov:used"), statement_iri(result.id)
        return
    yield iri, term("prov:generated"), statement_iri(result.id)
    for former in formers:
        if former.hash != result.hash:
            yield statement_iri(result.id), term("prov:wasRevisionOf"), statement_iri(former.id)


def curations(store: Store, source: str | None = None) -> list[Record]:
    """The curations that a graph was built with, of one source or of all, by source, date and id.

    Raises ModelError for a key that could be none.
    """
    if source is not None:
        require_key("source", source)
    of_source = "" if source is None else f"?s {nquads_term(FROM_SOURCE)} {nquads_term(source_iri(source))} ."
    graph, person = nquads_term(graph_iri(GRAPH)), nquads_term(_REVIEWER)
    rows: list[Sequence[Any]] = []
    for choice in (f"?s {person} ?by . {of_source}", f"?of {person} ?s ."):
        rows.extend(store.table(f"SELECT DISTINCT ?s ?p ?o WHERE {{ GRAPH {graph} {{ {choice} ?s ?p ?o }} }}")[1])
    return decode_curations(rows)


def waiting(store: Store, source: str | None = None) -> list[Statement]:
    """What a graph's build extracted from papers read whole and no curation settles, by source and place.

    Each waits for a reader: `acceptance`, `rejection` or `correction` of it, put into the source's `curation.csv` by
    `append`, takes it off the list at the next build. Raises ModelError for a key that could be none.
    """
    if source is not None:
        require_key("source", source)
    of_source = "" if source is None else f"VALUES ?s {{ {nquads_term(source_iri(source))} }}"
    graph = nquads_term(graph_iri(GRAPH))
    query = f"SELECT ?text WHERE {{ {of_source} GRAPH {graph} {{ ?s {nquads_term(_WAITING)} ?text }} }}"
    found = [from_plain(json.loads(str(text))) for (text,) in store.table(query)[1]]
    return sorted(found, key=lambda one: (one.source, one.span, one.hash))


def decode_curations(triples: Iterable[Sequence[Any]]) -> list[Record]:
    """The curations that the triples hold, by source, date and id."""
    nodes = group(triples)
    found = []
    for at, node in nodes.items():
        if _CURATION not in node.get(A, ()):
            continue
        formers = [from_plain(json.loads(str(text))) for text in sorted(node.get(_FORMER, ()))]
        statement = one(node, term("prov:generated"), at, None)
        if statement is None and not formers:
            statement = one(node, term("prov:used"), at, None)
        person = str(one(node, _REVIEWER, at))
        found.append(
            Record(
                source=key_of(one(node, FROM_SOURCE, at), "source") or "",
                id=at.rpartition("/")[2],
                action=one(node, _ACTION, at),
                outcome=one(node, _OUTCOME, at),
                reviewer=one(nodes.get(person, {}), LABEL, person),
                date=one(node, _DATE, at),
                reason=one(node, _REASON, at, ""),
                statement=None if statement is None else key_of(statement, "statement"),
                formers=tuple(formers),
            )
        )
    return sorted(found, key=lambda record: (record.source, record.date, record.id))
