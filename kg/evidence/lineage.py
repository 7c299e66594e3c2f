"""This module asks the vocabulary which concepts are broader than others, and remembers the answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol


class Hierarchy(Protocol):
    """What is asked of the vocabulary: the broader concepts of a key, itself left out."""

    def ancestors(self, key: str) -> Collection[str]: ...


class Lineage:
    """A hierarchy that remembers what it was asked, and knows nothing broader than a paper's own words.

    A key that the vocabulary lacks, such as one of an older graph, has nothing broader either.

    >>> Lineage(None).ancestors("washout")
    frozenset()
    """

    def __init__(self, hierarchy: Hierarchy | None, names: Mapping[str, str] | None = None) -> None:
        self._hierarchy = hierarchy
        self._names = names or {}
        self._known: dict[str, frozenset[str]] = {}

    @classmethod
    def of(cls, hierarchy: Hierarchy | None) -> Lineage:
        """The hierarchy itself if it is a lineage already, with all that it remembers."""
        return hierarchy if isinstance(hierarchy, Lineage) else cls(hierarchy)

    def name(self, key: str) -> str:
        """What a sentence calls a concept: its short name, else its key."""
        return self._names.get(key, key)

    def ancestors(self, key: str) -> frozenset[str]:
        """The broader concepts of a key, itself left out."""
        if key not in self._known:
            self._known[key] = self._ask(key)
        return self._known[key]

    def _ask(self, key: str) -> frozenset[str]:
        if self._hierarchy is None or key.startswith("~"):
            return frozenset()
        try:
            return frozenset(self._hierarchy.ancestors(key))
        except KeyError:
            return frozenset()

    def related(self, one: str, other: str) -> bool:
        """Whether one of two keys is the other or lies below it."""
        return one == other or other in self.ancestors(one) or one in self.ancestors(other)

    def alike(self, one: str | None, other: str | None) -> bool:
        """Whether two modalities can be the same: "CT" can be contrast-enhanced CT, and one that is not named, any.

        >>> Lineage(None).alike(None, "ct"), Lineage(None).alike("ct", "mri")
        (True, False)
        """
        return one is None or other is None or self.related(one, other)
