"""This module corrects misspelt words of a question, and keeps what was typed so that it can be undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST: Final = 4  # letters; of three, one edit makes another abbreviation
LONG_ENOUGH: Final = 8  # letters from which the first may be the wrong one
ONE_EDIT_UP_TO: Final = 11  # letters: two edits of eight turn a hamartoma into a hematoma


class Speller:
    """Known words, and the nearest of them to one that is not known."""

    def __init__(self, weighted: Iterable[tuple[str, int]]) -> None:
        """`weighted` are known words, each with how well known it is: of two that are equally near, the better wins."""
        self._weight = {word: weight for word, weight in weighted if len(word) >= SHORTEST and word.isalpha()}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._weight):
            self._by_length.setdefault(len(word), []).append(word)
        self.nearest = lru_cache(maxsize=4096)(self._nearest)

    def knows(self, word: str) -> bool:
        return word in self._weight

    def _nearest(self, word: str) -> str | None:
        """The known word that a misspelt one is nearest to: one edit away, two for a long one; None if none is.

        An edit is a letter added, lost, changed, or exchanged with its neighbour (optimal string alignment).

        >>> Speller([("washout", 2), ("neuroendocrine", 2)]).nearest("washuot")
        'washout'
        >>> Speller([("hematoma", 1)]).nearest("hamartoma") is None
        True
        """
        if len(word) < SHORTEST or not word.isalpha():
            return None
        edits = 1 if len(word) <= ONE_EDIT_UP_TO else 2
        near = self._within(word, edits)
        if len(word) < LONG_ENOUGH:  # a short word keeps its first letter
            near = [(known, distance) for known, distance in near if known[0] == word[0]]
        ranked = sorted(near, key=lambda pair: (pair[1], pair[0][0] != word[0], -self._weight[pair[0]], pair[0]))
        return ranked[0][0] if ranked else None

    def _within(self, word: str, edits: int) -> list[tuple[str, int]]:
        choices: Collection[str] = [
            known
            for length in range(len(word) - edits, len(word) + edits + 1)
            for known in self._by_length.get(length, ())
        ]
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=20)
        return [(known, int(distance)) for known, distance, _ in found]
