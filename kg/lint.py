"""This module warns of names in a query that the graph does not know, so that no typing error looks like "no rows"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Final
from weakref import WeakKeyDictionary

from kg.functions import AGGREGATES, FUNCTIONS
from kg.model import PREDICATES
from kg.results import Dataset
from kg.sparql import tokens, unescape
from kg.store import Store
from kg.syntax import declared_prefixes
from kg.terms import BASE, PREFIXES, camel_case, term

MOST_WARNINGS: Final = 10  # a reader needs the first few
_FOREIGN: Final = tuple(
    iri for name, iri in PREFIXES.items() if not iri.startswith(BASE) and name not in ("xsd", "obo")
)
_KNOWN: Final[WeakKeyDictionary[Store, frozenset[str]]] = WeakKeyDictionary()
_ASKED: Final = (
    "SELECT DISTINCT ?name { GRAPH ?g { ?s ?name ?o } }",
    "SELECT DISTINCT ?name { GRAPH ?g { ?s a ?name } }",
    f"SELECT DISTINCT ?name {{ GRAPH <{PREFIXES['graph']}ontology> {{ ?name ?p ?o }} }}",
    "SELECT DISTINCT ?name { GRAPH ?name { ?s ?p ?o } }",
    "SELECT DISTINCT ?name { GRAPH ?g { ?name signum:storedText ?o } }",
)


def warnings(store: Store, query: str) -> tuple[str, ...]:
    """A sentence for each name in a query that is not in the graph and looks like a mistake.

    Names in our own namespaces must be known; of SKOS, PROV and the like only those are told that are close to one
    that the graph uses. Single statements and verdicts are not looked up.
    """
    used = dict(_names(unescape(query)))
    if not used:
        known(store)  # so that the first real query does not wait for it
    found = (_warning(iri, written, known(store)) for iri, written in used.items())
    return tuple(sentence for sentence in found if sentence)[:MOST_WARNINGS]


def missing_graphs(store: Store, query: str, dataset: Dataset | None) -> tuple[str, ...]:
    """The graphs that a query, or who sends it, names for it to read, and that are not here: nothing is fetched."""
    named = {*dataset.default, *dataset.named} if dataset else set(_from(unescape(query)))
    return tuple(sorted(named - known(store)))


def _from(query: str) -> Iterator[str]:
    """The graphs of FROM and FROM NAMED; one that is relative to a BASE is left to the engine."""
    after = ""
    prefixes = {**PREFIXES, **declared_prefixes(query)}
    for kind, text, _ in tokens(query):
        if after == "FROM" and kind == "iri" and ":" in text:
            yield text[1:-1]
        elif after == "FROM" and kind == "name":
            prefix, _, local = text.partition(":")
            yield prefixes.get(prefix, "") + local
        if kind != "word" or text.upper() != "NAMED":
            after = text.upper() if kind == "word" else ""


def known(store: Store) -> frozenset[str]:
    """Every name that the graph has or declares: properties, classes, concepts, papers, graphs, functions."""
    if store not in _KNOWN:
        names = {str(row["name"]) for query in _ASKED for row in store.rows(query)}
        names |= {PREFIXES["stat"] + name for name in (*FUNCTIONS, *AGGREGATES)}
        names |= {term(f"{space}:{camel_case(name)}") for name in PREDICATES for space in ("signum", "stated")}
        _KNOWN[store] = frozenset(names)
    return _KNOWN[store]


def _names(query: str) -> Iterator[tuple[str, str]]:
    """Each full name in a query, and how it is written there."""
    prefixes = {**PREFIXES, **declared_prefixes(query)}
    declaring = False
    for kind, text, _ in tokens(query):
        if kind == "iri" and not declaring:
            yield (text[1:-1] if ":" in text else BASE + text[1:-1]), text
        elif kind == "name" and not declaring:
            prefix, _, local = text.partition(":")
            if prefix in prefixes and local:
                yield prefixes[prefix] + local.replace("\\", "").rstrip("."), text.rstrip(".")
        declaring = (declaring and kind == "name") or (kind == "word" and text.upper() in {"PREFIX", "BASE"})


def _warning(iri: str, written: str, names: frozenset[str]) -> str | None:
    if iri in names or iri in PREFIXES.values():
        return None
    if iri.startswith((PREFIXES["statement"], PREFIXES["verdict"])):
        return None
    ours = iri.startswith(BASE)
    namespace = next((one for one in PREFIXES.values() if iri.startswith(one)), None)
    if not ours and namespace not in _FOREIGN:
        return None
    near = _near(iri, names, namespace or BASE)
    if not near:
        return f"{written} is not in this graph" if ours else None
    return f"{written} is not in this graph; did you mean {near[0]}?"


def _near(iri: str, names: Iterable[str], namespace: str) -> list[str]:
    """Names of the same namespace that are spelt almost so, as a query writes them."""
    locals_ = {one[len(namespace) :].casefold(): one for one in sorted(names) if one.startswith(namespace)}
    found = difflib.get_close_matches(iri[len(namespace) :].casefold(), locals_, n=1, cutoff=0.75)
    prefix = next((name for name, start in PREFIXES.items() if start == namespace), None)
    return [f"{prefix}:{locals_[one][len(namespace) :]}" if prefix else f"<{locals_[one]}>" for one in found]
