"""This module finds the concept that a person means by a name, in the vocabulary that a graph was built with."""

from __future__ import annotations

from functools import lru_cache

from kg import queries
from kg.model import Concept
from kg.store import Store
from kg.vocabulary import Vocabulary


class UnknownNameError(ValueError):
    """A name that nothing has, or that several things have; the sentence gives what may have been meant."""


@lru_cache(maxsize=4)
def vocabulary_of(store: Store) -> Vocabulary:
    """The vocabulary that the graph itself holds, so that an older graph is asked in its own words."""
    return Vocabulary.of(queries.concepts(store))


def find_concept(store: Store, name: str, *, type: str | None = None) -> Concept:  # noqa: A002 - the model's word
    """The one concept that has this name (any of its labels, however spelt, or its key), of a type if one is given.

    Raises UnknownNameError with what may have been meant if there is none, or more than one.
    """
    vocabulary = vocabulary_of(store)
    found = [one for one in vocabulary.find(name) if type in (None, one.type)]
    if len(found) == 1:
        return found[0]
    kind = type or "concept"
    if found:
        raise UnknownNameError(f"{name!r} names more than one {kind}: {_listed(found)}; give the key of one")
    near = [one for one in vocabulary.suggest(name, 12) if type in (None, one.type)][:3]
    raise UnknownNameError(f"no {kind} is called {name!r}" + (f"; did you mean {_listed(near)}?" if near else ""))


def _listed(concepts: list[Concept]) -> str:
    return " or ".join(f"{one.label} ({one.key})" for one in concepts)
