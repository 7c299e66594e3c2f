"""This module takes what the graph says of one thing as triples: its node and the nodes that belong to it."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from kg.store import Store
from kg.terms import IRI, nquads_term

MOST_AT_ONCE: Final = 500  # nodes of one query

_OBJECT: Final = re.compile(r" <([^>]*)> \.$")
_TEXT: Final = "#text"  # of a paper: it is long, and may have a licence of its own


def triples_of(store: Store, iris: Collection[IRI]) -> str:
    """The triples of these nodes, and of those whose IRI continues one of theirs, as sorted N-Triples.

    The text of a paper is left out.
    """
    lines: set[str] = set()
    owners = frozenset(iris)
    wanted, seen = sorted(owners), set[str]()
    while wanted:
        piece, wanted = wanted[:MOST_AT_ONCE], wanted[MOST_AT_ONCE:]
        seen.update(piece)
        values = " ".join(nquads_term(IRI(iri)) for iri in piece)
        found = store.construct(
            f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        ).splitlines(keepends=True)
        lines.update(found)
        objects = {match[1] for line in found if (match := _OBJECT.search(line.rstrip("\n")))}
        parts = {one for one in objects if _belongs(one, owners)} - seen - set(wanted)
        wanted += sorted(map(IRI, parts))
    return "".join(sorted(lines))


def _belongs(iri: str, owners: Collection[IRI]) -> bool:
    """Whether an IRI is that of a part, such as a statement's number or quote."""
    owner = iri.partition("#")[0]
    return not iri.endswith(_TEXT) and iri != owner and owner in owners
