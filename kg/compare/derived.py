"""This module computes what the graph `derived` keeps of comparisons, for servers that have none of our functions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg import functions, queries
from kg.compare.graph import arguments_query, compare, pairs
from kg.compare.reproduction import COLUMNS
from kg.compare.stored import Node, calls
from kg.evidence import cells
from kg.lookup import vocabulary_of
from kg.store import Row, Store
from kg.terms import IRI, PREFIXES, Triple, statement_iri, term

_A: Final = IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_CLASS: Final = term("signum:DerivedValue")
_FROM: Final = term("prov:wasDerivedFrom")


def derived_values(store: Store) -> Iterator[Triple]:
    """Every value that the queries of comparisons compute: of each count, and of each pair of diseases with a count.

    A pair is there in both orders. Each node lists the statements that its numbers are read from.
    """
    found = calls(COLUMNS)
    for row in _rows(store):
        for node, names in found.items():
            yield from _triples(node, names, row)


def _rows(store: Store) -> Iterator[Row]:
    for cell in cells(queries.statements(store), vocabulary_of(store)):
        if cell.counted and cell.used:
            yield {"a_n": cell.n, "a_N": cell.total, "a_statement": statement_iri(cell.used[0])}
    for pair in pairs(store):
        if pair.kind != "words":
            for a, b in ((pair.a, pair.b), (pair.b, pair.a)):
                yield from store.select(arguments_query(store, compare(store, a, b)))


def _triples(node: Node, names: Sequence[str], row: Row) -> Iterator[Triple]:
    iri = node.iri(row)
    given = [row.get(name) for name in node.arguments]
    values = {name: functions.evaluate(name, given) for name in names} if iri is not None else {}
    known = {name: value for name, value in values.items() if value is not None}
    if iri is None or not known:
        return
    yield iri, _A, _CLASS
    for name, value in known.items():
        yield iri, IRI(PREFIXES["stat"] + name), value
    for side in node.sides:
        if (statement := row.get(f"{side}_statement")) is not None:
            yield iri, _FROM, IRI(str(statement))
