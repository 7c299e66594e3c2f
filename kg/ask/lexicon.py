"""This module finds the concepts that a text names: by any label, in any word order, however spelt or hyphenated."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from kg.ask.names import ALSO_CALLED
from kg.ask.plain_words import CONNECTORS, PLAIN_WORDS
from kg.model import Concept
from kg.vocabulary import Vocabulary, fold

LONGEST_NAME: Final = 9  # words; no label of the vocabulary has more that a person would type
_WORD: Final = re.compile(r"[^\W_]+|[<>≤≥=%±]")
_TINY: Final = 3  # an abbreviation of so few letters that is an English word too must be written in capitals


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its place and the form under which spellings are equal."""

    text: str
    start: int
    end: int
    folded: str


@dataclass(frozen=True, slots=True)
class Found:
    """Concepts that the tokens [first, last) name; more than one where the name is ambiguous."""

    first: int
    last: int
    keys: tuple[str, ...]


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text.

    >>> [token.folded for token in tokens("Wash-out in NETs")]
    ['wash', 'out', 'in', 'net']
    """
    return tuple(
        Token(match.group(), match.start(), match.end(), fold(match.group()) or match.group())
        for match in _WORD.finditer(text)
    )


_LONGEST_FIRST_HALF: Final = 3  # words of a name before "and" whose last words follow later
_PARTING: Final = ("and", "or", "from", "to")
_BEFORE_A_JOINT: Final = ("rather", "more", "and", "or")
_JOINTS: Final = ("and", "or", "vs", "versus", "over", "from", "than", "against", "nor")


def _joins(words: Sequence[Token], place: int) -> bool:
    return place > 0 and words[place].text.casefold() in _JOINTS


ORGANS: Final = (
    ("hepatic", "liver"),
    ("pancreatic", "pancreas"),
    ("gastric", "stomach"),
    ("rectal", "rectum"),
    ("colonic", "colon"),
    ("ileal", "ileum"),
    ("duodenal", "duodenum"),
    ("renal", "kidney"),
    ("urinary", "urine"),
)
"""Words for one organ, of which a name may have either: hepatic carcinoid, liver carcinoid."""


def _reworded(label: str) -> Iterator[str]:
    """A name of more words than one with the other word for an organ."""
    words = label.split()
    for pair in ORGANS if len(words) > 1 else ():
        for one, other in (pair, pair[::-1]):
            if one in words:
                yield " ".join(other if word == one else word for word in words)


def _parted_by_comma(words: Sequence[Token], place: int) -> bool:
    """Whether a comma, or the like, stands between a word and the one before."""
    return place > 0 and words[place].start - words[place - 1].end == len(", ")


class Lexicon:
    """Every name of every concept, as folded words written together, and as a set of words in any order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        names: dict[str, dict[str, None]] = defaultdict(dict)
        bags: dict[frozenset[str], dict[str, None]] = defaultdict(dict)
        self._capitals: set[str] = set()
        self.words: set[str] = set()
        self.spellings: set[str] = set()
        self.abbreviations: set[str] = set()
        for concept in vocabulary.concepts.values():
            for label in (*concept.labels, concept.key):
                self._add(label, concept, names, bags)
        for name, key in ALSO_CALLED:
            if key in vocabulary.concepts:
                self._add(name, vocabulary.concepts[key], names, bags)
        known = frozenset(names)
        for concept in vocabulary.concepts.values():
            for label in concept.labels:
                for other in _reworded(label):
                    if "".join(token.folded for token in tokens(other)) not in known:
                        self._add(other, concept, names, bags)
        self._names: Mapping[str, tuple[str, ...]] = {name: tuple(keys) for name, keys in names.items()}
        self._bags: Mapping[frozenset[str], tuple[str, ...]] = {bag: tuple(keys) for bag, keys in bags.items()}
        self._beginnings = {name[:length] for name in names for length in range(1, len(name) + 1)}

    def _add(
        self,
        label: str,
        concept: Concept,
        names: dict[str, dict[str, None]],
        bags: dict[frozenset[str], dict[str, None]],
    ) -> None:
        found = tokens(label)
        words = [token.folded for token in found]
        self.spellings.update(token.text.casefold() for token in found)
        self.abbreviations.update(token.text.casefold() for token in found if token.text.isupper())
        together = "".join(words)
        names[together][concept.key] = None
        self.words.update(words)
        if label.isupper() and len(label) <= _TINY and together in PLAIN_WORDS:
            self._capitals.add(together)
        content = frozenset(word for word in words if word not in CONNECTORS)
        if len(content) > 1:
            bags[content][concept.key] = None

    def named(self, words: Sequence[Token]) -> tuple[str, ...]:
        """The concepts of which these words, in this order, are a name."""
        together = "".join(word.folded for word in words)
        if together in self._capitals and not words[0].text.isupper():
            return ()
        return self._names.get(together, ())

    def find(self, words: Sequence[Token]) -> list[Found]:
        """The names in a text, longest first where they overlap, in the order of the text."""
        taken: list[Found] = []
        free = [True] * len(words)
        for length in range(min(LONGEST_NAME, len(words)), 0, -1):
            ways = (self.named, self._in_any_order) if length > 1 else (self.named,)
            for named, first in product(ways, range(len(words) - length + 1)):
                last = first + length
                if all(free[first:last]) and (keys := named(words[first:last])):
                    taken.append(Found(first, last, keys))
                    free[first:last] = [False] * length
        return self._with_heads(words, sorted(taken, key=lambda found: found.first))

    def _with_heads(self, words: Sequence[Token], found: Sequence[Found]) -> list[Found]:
        """The names, with those whose last words are said once for all: "dual-energy or conventional CT"."""
        heads = [one for one in found for place in (one.first - 1, one.first - 2) if _joins(words, place)]
        completed: list[Found] = []
        for head in heads:
            joint = head.first - 1 if _joins(words, head.first - 1) else head.first - 2
            while more := next(self._completions(words, joint, head), ()):
                completed += more
                joint = more[0].first if _parted_by_comma(words, more[0].first) else 0
        inside = {place for one in completed for place in range(one.first, one.last)}
        kept = [one for one in found if not any(place in inside for place in range(one.first, one.last))]
        return sorted((*kept, *completed), key=lambda one: one.first)

    def _completions(self, words: Sequence[Token], joint: int, head: Found) -> Iterator[tuple[Found]]:
        end = joint - (joint > 0 and words[joint - 1].text.casefold() in _BEFORE_A_JOINT)
        for first in range(max(0, end - _LONGEST_FIRST_HALF), end):
            for last_words in range(head.first, head.last):
                keys = self.named((*words[first:end], *words[last_words : head.last]))
                if keys and keys != head.keys:
                    yield (Found(first, end, keys),)

    def _in_any_order(self, words: Sequence[Token]) -> tuple[str, ...]:
        inside = [word.folded for word in words if word.folded not in CONNECTORS]
        once = len(set(inside)) == len(inside)
        if words[0].folded in CONNECTORS or words[-1].folded in CONNECTORS or not once:
            return ()
        if any(word.text.casefold() in _PARTING for word in words):
            return ()  # "T1 imaging and T2 imaging", "from the primary tumor to the liver" name two things
        return self._bags.get(frozenset(inside), ())

    def everything_named(self, words: Sequence[Token]) -> frozenset[str]:
        """Every concept that a sentence names, those inside longer names too."""
        return frozenset(key for one in self.names_in(words) for key in one.keys)

    def names_in(self, words: Sequence[Token]) -> Iterator[Found]:
        """Every name in a sentence, those inside longer names too.

        One plain word names none there: "a single case" speaks of no single lesion.
        """
        for first in range(len(words)):
            together = ""
            for last in range(first, min(first + LONGEST_NAME, len(words))):
                together += words[last].folded
                if together not in self._beginnings:
                    break
                if together in self._names and not (first == last and together in PLAIN_WORDS):
                    keys = self.named(words[first : last + 1])
                    if keys:
                        yield Found(first, last + 1, keys)
