"""This module says how far a sentence has the very words of a question, those of names aside, and in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.ask.lexicon import Token, tokens
from kg.ask.library import Indexed, Library
from kg.ask.plain_words import FUNCTION_WORDS
from kg.ask.reading import Reading

MOST: Final = 5.0  # points of a rare word that is no part of a name
PLAIN: Final = 0.5  # of the points of a word that is plain and not rare; one that is part of a name has none
COMMON: Final = 1.0  # rarity of a word that tells nothing
OTHER_FORM: Final = 0.8  # of the points of a word, where the sentence has another form of it
ADJACENT: Final = 1.5  # points of two words that stand side by side in both


@dataclass(frozen=True, slots=True)
class Literal:
    """The words of a question with their points, and the pairs of them that stand side by side."""

    words: tuple[tuple[str, frozenset[str], float], ...]
    pairs: frozenset[tuple[str, str]]

    def points(self, one: Indexed) -> float:
        """The points of a statement's sentence, and of its ends, for the words that it shares with the question."""
        shared = (
            points if word in one.words else OTHER_FORM * points
            for word, forms, points in self.words
            if not forms.isdisjoint(one.words)
        )
        return sum(shared) + ADJACENT * len(self.pairs & one.pairs)


@lru_cache(maxsize=64)
def literal(library: Library, reading: Reading) -> Literal:
    """The words of a question that tell sentences apart."""
    found = content(tokens(reading.corrected))
    names = [range(mention.start, mention.start + len(mention.text)) for mention in reading.mentions]
    named = {token.folded for token in found if any(token.start in name for name in names)}
    words = {}
    for word in dict.fromkeys(token.folded for token in found if token.folded not in named):
        rarity = library.rarity(word)
        points = min(rarity, MOST) if word in reading.words else PLAIN * min(max(rarity - COMMON, 0.0), MOST)
        if points:
            words[word] = (word, library.forms(word), points)
    pairs = (pair for pair in pairs_of(found) if not named.issuperset(pair))
    return Literal(tuple(words.values()), frozenset(pairs))


def content(found: Sequence[Token]) -> tuple[Token, ...]:
    """The words of a text without those that only join others."""
    return tuple(token for token in found if token.text.casefold() not in FUNCTION_WORDS)


def pairs_of(found: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The words of a text, two by two as they follow each other."""
    return pairwise(token.folded for token in found)
