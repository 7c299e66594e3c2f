"""This module publishes each statement as a nanopublication whose name is a hash of its content (a trusty URI).

The structure is that of the nanopublication guidelines: a head, an assertion (the statement with all its context, so
that no "not" and no hedge is lost), its provenance (the paper, the sentence and its place), and what is known of the
publication. They are unsigned: a signature needs the key of whoever publishes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Final

import rdflib

from kg import queries
from kg.encoding import A, statement_triples
from kg.export.job import Job
from kg.model import Source, Statement
from kg.terms import BASE, IRI, XSD, Triple, nquads_term, source_iri, term

SCHEMA: Final = "http://www.nanopub.org/nschema#"
PLACE: Final = IRI(BASE + "np/")  # what the names of nanopublications begin with; the hash of the content follows
LICENCE: Final = IRI("https://creativecommons.org/licenses/by/4.0/")
HEAD, ASSERTION, PROVENANCE, PUBINFO = (IRI(PLACE + name) for name in ("Head", "assertion", "provenance", "pubinfo"))

Quad = tuple[str, str, str, str]  # graph, subject, predicate, object, each as N-Quads writes it


def write(job: Job) -> str:
    """Write every statement of the graph as a nanopublication, in the order of source and place."""
    day, written = job.require_date(), 0
    sources = queries.sources(job.store)

    def pieces() -> Iterator[bytes]:
        nonlocal written
        for source in sources:
            text = queries.text(job.store, source.key)
            for statement in queries.statements(job.store, source=source.key):
                written += 1
                yield nanopublication(statement, source, text, day, form=job.format).encode()

    job.put(pieces())
    return f"{written} nanopublications written to {job.path}"


def nanopublication(statement: Statement, source: Source, text: str, day: date, *, form: str = "trig") -> str:
    """One statement as a nanopublication, in TriG or N-Quads (`form` is trig or nq); `text` is its source's text.

    The trusty URI is computed as Kuhn and Dumontier define it (module RA), by the nanopub library.
    """
    quads = sorted(_quads(statement, source, text, day), key=lambda quad: (_ORDER[quad[0]], quad))
    named = _named(quads)
    return _trig(named) if form == "trig" else "".join(f"{s} {p} {o} {graph} .\n" for graph, s, p, o in named)


def _iri(value: str) -> str:
    return nquads_term(IRI(value))


_ORDER: Final = {_iri(graph): place for place, graph in enumerate((HEAD, ASSERTION, PROVENANCE, PUBINFO))}


def _quads(statement: Statement, source: Source, text: str, day: date) -> Iterator[Quad]:
    """The four graphs, under names that lack the hash."""
    for name, part in (("hasAssertion", ASSERTION), ("hasProvenance", PROVENANCE), ("hasPublicationInfo", PUBINFO)):
        yield _iri(HEAD), _iri(PLACE), _iri(SCHEMA + name), _iri(part)
    yield _iri(HEAD), _iri(PLACE), _iri(A), _iri(SCHEMA + "Nanopublication")
    for triple in statement_triples(statement, text):
        yield _quad(PROVENANCE if _is_place(triple) else ASSERTION, triple)
    for triple in _provenance(statement, source):
        yield _quad(PROVENANCE, triple)
    created = f'"{day.isoformat()}T00:00:00Z"^^<{XSD}dateTime>'
    yield _iri(PUBINFO), _iri(PLACE), _iri(term("dcterms:created")), created
    yield _quad(PUBINFO, (PLACE, term("dcterms:license"), LICENCE))
    yield _quad(PUBINFO, (PLACE, term("prov:wasAttributedTo"), IRI(BASE.rstrip("/"))))


def _quad(graph: str, triple: Triple) -> Quad:
    subject, predicate, value = triple
    return _iri(graph), _iri(subject), _iri(predicate), nquads_term(value)


def _is_place(triple: Triple) -> bool:
    """Whether a triple of a statement says where it stands."""
    return triple[0].endswith(("#target", "#quote", "#position")) or triple[1] == term("oa:hasTarget")


def _provenance(statement: Statement, source: Source) -> Iterator[Triple]:
    yield ASSERTION, term("prov:wasDerivedFrom"), source_iri(source.key)
    yield source_iri(source.key), term("dcterms:title"), source.title
    if source.doi is not None:
        yield ASSERTION, term("prov:hadPrimarySource"), IRI("https://doi.org/" + source.doi)
    yield ASSERTION, term("signum:origin"), statement.origin


def _named(quads: Iterable[Quad]) -> list[Quad]:
    """The quads under the name that their own content gives them."""
    from nanopub.trustyuri.rdf import RdfHasher, RdfUtils  # half a second to import, and only this needs it

    found = list(quads)
    graph = rdflib.ConjunctiveGraph()
    graph.parse(data="".join(f"{s} {p} {o} {g} .\n" for g, s, p, o in found), format="nquads")
    code = RdfHasher.make_hash(
        RdfUtils.get_quads(graph),  # type: ignore[no-untyped-call]
        hashstr=" ",
        baseuri=PLACE,
    )
    names = {_iri(PLACE): _iri(PLACE + code)}
    names |= {
        _iri(part): _iri(f"{PLACE}{code}#{part[len(PLACE) :]}") for part in (HEAD, ASSERTION, PROVENANCE, PUBINFO)
    }
    return [(names[g], names.get(s, s), p, names.get(o, o)) for g, s, p, o in found]


def _trig(quads: Iterable[Quad]) -> str:
    blocks = []
    for graph, members in groupby(quads, key=lambda quad: quad[0]):
        lines = "".join(f"  {s} {p} {o} .\n" for _, s, p, o in members)
        blocks.append(f"{graph} {{\n{lines}}}\n")
    return "".join(blocks) + "\n"
