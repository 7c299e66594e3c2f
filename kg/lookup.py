"""This module finds the concept that a person means by a name, in the vocabulary that a graph was built with."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from kg import queries
from kg.evidence import FINDING_TYPES
from kg.model import Concept, Source, Statement
from kg.store import Store
from kg.vocabulary import Vocabulary


class UnknownNameError(ValueError):
    """A name that nothing has, or that several things have; the sentence gives what may have been meant."""


@lru_cache(maxsize=4)
def vocabulary_of(store: Store) -> Vocabulary:
    """The vocabulary that the graph itself holds, so that an older graph is asked in its own words."""
    return Vocabulary.of(queries.concepts(store))


@lru_cache(maxsize=4)
def sources_of(store: Store) -> tuple[Source, ...]:
    """The papers of the graph, by key."""
    return queries.sources(store)


@lru_cache(maxsize=2)
def statements_of(store: Store) -> tuple[Statement, ...]:
    """Every statement of the graph, read once for all that looks at all of them."""
    return queries.statements(store)


def require_source(store: Store, key: str) -> None:
    """UnknownNameError, with the keys that there are, if no paper of the graph has this one."""
    known = [source.key for source in sources_of(store)]
    if key not in known:
        raise UnknownNameError(f"no source is called {key!r}; there are: {', '.join(known)}")


def find_concept(store: Store, name: str, *, type: str | None = None) -> Concept:  # noqa: A002 - the model's word
    """The one concept that has this name (any of its labels, however spelt, or its key), of a type if one is given.

    Raises UnknownNameError with what may have been meant if there is none, or more than one.
    """
    return _find(store, name, (type,) if type is not None else (), type or "concept")


def find_finding(store: Store, name: str) -> Concept:
    """The one sign, marker, clinical feature or syndrome that has this name; UnknownNameError as `find_concept`."""
    return _find(store, name, FINDING_TYPES, "finding")


def _find(store: Store, name: str, types: Collection[str], kind: str) -> Concept:
    vocabulary = vocabulary_of(store)
    found = [one for one in vocabulary.find(name) if not types or one.type in types]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownNameError(f"{name!r} names more than one {kind}: {_listed(found)}; give the key of one")
    near = [one for one in vocabulary.suggest(name, 12) if not types or one.type in types][:3]
    raise UnknownNameError(f"no {kind} is called {name!r}" + (f"; did you mean {_listed(near)}?" if near else ""))


def _listed(concepts: list[Concept]) -> str:
    return " or ".join(f"{one.label} ({one.key})" for one in concepts)
