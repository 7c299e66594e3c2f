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
_ROW: Final = term("signum:curationRow")
_REVIEWER: Final = term("prov:wasAssociatedWith")
_DATE: Final = term("dcterms:date")
_REASON: Final = term("rdfs:comment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A curation as the graph keeps it: whose row of which source, what became of it, and what it took away.

    `statement` is the id of the statement that stands because of it or that it accepted.
    """

    source: str
    id: str
    action: str
    outcome: str
    reviewer: str
    date: str
    reason: str = ""
    statement: str | None = None
    former: Statement | None = None


def curation_iri(source: str, identity: str) -> IRI:
    """The IRI of a row of a source's `curation.csv`."""
    return IRI(f"{BASE}curation/{source}/{identity}")


def reviewer_iri(name: str) -> IRI:
    """The IRI of a person by the name that the rows give: the same name, the same IRI."""
    return IRI(f"{BASE}reviewer/{hashlib.sha256(' '.join(name.split()).encode()).hexdigest()[:16]}")


def curation_nquads(source: str, outcomes: Iterable[Outcome]) -> str:
    """The curations of one source in the graph `curation`, as sorted N-Quads without a blank node."""
    return nquads((triple for outcome in outcomes for triple in _triples(source, outcome)), GRAPH)


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
    former, result = outcome.former, outcome.result
    looked_at = former or (result if outcome.curation.action != "add" else None)
    if looked_at is not None:
        yield iri, term("prov:used"), statement_iri(looked_at.id)
    if outcome.status != "applied":
        return
    if former is not None:
        yield iri, _FORMER, json.dumps(to_plain(former), ensure_ascii=False, sort_keys=True)
        if result is None or result.hash != former.hash:
            yield iri, term("prov:invalidated"), statement_iri(former.id)
    if result is not None and outcome.curation.action != "accept":
        yield iri, term("prov:generated"), statement_iri(result.id)
        if former is not None and former.hash != result.hash:
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


def decode_curations(triples: Iterable[Sequence[Any]]) -> list[Record]:
    """The curations that the triples hold, by source, date and id."""
    nodes = group(triples)
    found = []
    for at, node in nodes.items():
        if _CURATION not in node.get(A, ()):
            continue
        former = one(node, _FORMER, at, None)
        statement = one(node, term("prov:generated"), at, None)
        if statement is None and former is None:
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
                former=None if former is None else from_plain(json.loads(former)),
            )
        )
    return sorted(found, key=lambda record: (record.source, record.date, record.id))
