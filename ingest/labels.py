"""This module finds the labels of the vocabulary in a text, in whatever way a label may be written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from ingest.mentions import Mention
from ingest.screening import screened
from ingest.tokens import Tokenizer, Tokens, Words
from ingest.wordings import WORDED_TYPES, worded
from kg.model import Concept
from kg.vocabulary import Vocabulary

_PREFIXES: Final = (
    "hyper hypo iso non pre post intra extra peri multi inter sub trans co anti wash follow cut neo re un micro macro"
)
PREFIXES: Final = frozenset(_PREFIXES.split())
"""Beginnings of words that papers write joined, apart, or with a hyphen: 'hyperenhancement', 'hyper-enhancement'."""

NON: Final = "non"
COUNTED_NOUNS: Final = frozenset({"number-of-patients", "male-sex", "female-sex", "age"})
"""Concepts that a counted noun stands for: 'patients' names one only beside a number (see `ingest.attributes`)."""

_HYPHEN_IN_WORD: Final = screened(r"(?<=\w)[-–](?=\w)")
_APART: Final = screened(r"[\s\-–‐]")
_LONGEST_ACRONYM: Final = 9  # characters; 'GEP-NETs' has eight
_KNOWN_TEXTS: Final = 10_000
_SHORTEST_WITH_ANY_CASE: Final = 4  # characters; of fewer too many are words: 'us', 'or', 'met'


def is_acronym(label: str) -> bool:
    """Whether a label is a short form whose capitals matter: 'US' is ultrasound, 'us' is not.

    >>> [is_acronym(label) for label in ("US", "GEP-NETs", "pNET", "liver", "T1 signal")]
    [True, True, True, False, False]
    """
    return len(label) <= _LONGEST_ACRONYM and " " not in label and sum(c.isupper() for c in label) >= 2


def label_variants(words: Words) -> set[Words]:
    """The ways a label's words may be written: prefixes apart or joined.

    >>> sorted(label_variants(("arterial", "hyperenhancement")))
    [('arterial', 'hyper', 'enhancement'), ('arterial', 'hyperenhancement')]
    """
    variants = {words}
    for i, word in enumerate(words):
        for prefix in PREFIXES:
            if word.startswith(prefix) and len(word) > len(prefix) + 3:
                variants.add((*words[:i], prefix, word[len(prefix) :], *words[i + 1 :]))
        if word in PREFIXES and i + 1 < len(words):
            variants.add((*words[:i], word + words[i + 1], *words[i + 2 :]))
    return {v for v in variants if v}


class Labels:
    """Every label of a vocabulary, to look up and to find in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.tokens = Tokenizer()
        self._known_words = lru_cache(maxsize=_KNOWN_TEXTS)(self._words_anew)  # a paper names the same again and again
        self._keys_of: dict[Words, tuple[str, ...]] = {}
        self._acronyms: dict[Words, set[str]] = defaultdict(set)
        self._ambiguous: set[Words] = set()
        for concept in vocabulary.concepts.values():
            for label in dict.fromkeys(concept.labels):
                self._add(label, concept)
        self._keys_of = self._worded() | self._keys_of
        self._lengths = _lengths_by_first_word(self._keys_of)

    def _add(self, label: str, concept: Concept) -> None:
        for words in {w for way in self._ways(label) for w in label_variants(way)}:
            known = self._keys_of.get(words, ())
            if concept.key not in known:
                self._keys_of[words] = (*known, concept.key)
            if is_acronym(label):
                self._acronyms[words].add(_bare(label))
            if label in concept.ambiguous_labels:
                self._ambiguous.add(words)

    def _worded(self) -> dict[Words, tuple[str, ...]]:
        """The concepts by the other ways to say their labels."""
        found: dict[Words, tuple[str, ...]] = {}
        for words, keys in self._keys_of.items():
            if self.vocabulary.concepts[keys[0]].type in WORDED_TYPES and words not in self._ambiguous:
                for variant in {variant for way in worded(words) for variant in label_variants(way)}:
                    found.setdefault(variant, keys)
        return found

    def _ways(self, label: str) -> Iterator[Words]:
        """A label's words, and those where text extraction has lost one of its hyphens ('metastasis-toliver')."""
        yield self.words_of(label)
        for match in _HYPHEN_IN_WORD.finditer(label):
            yield self.words_of(label[: match.start()] + label[match.end() :])

    def words_of(self, text: str) -> Words:
        """The folded words of a text without joiners."""
        return self._known_words(text)

    def _words_anew(self, text: str) -> Words:
        return self.tokens(text).words

    def lookup(self, words: Words) -> tuple[str, ...]:
        """The concepts that folded words name, () if none."""
        return self._keys_of.get(words, ())

    def is_ambiguous(self, text: str) -> bool:
        """Whether a label names something else elsewhere, so that only the paper can tell what it means."""
        return self.words_of(text) in self._ambiguous

    def named(self, tokens: Tokens, first: int, last: int, keys: tuple[str, ...], *, implied: bool = False) -> Mention:
        """The mention of some concepts by the tokens [first, last) of a text."""
        start, end = tokens.starts[first], tokens.end(last)
        return Mention(
            start=start,
            end=end,
            first=first,
            last=last,
            keys=keys,
            type=self.vocabulary.concepts[keys[0]].type,
            text=tokens.text[start:end],
            implied=implied,
        )

    def mentions(self, tokens: Tokens) -> list[Mention]:
        """The labels that a text writes out, left to right, of those that overlap the longest.

        Acronyms count in their own capitals only, nouns that are merely counted ('patients') not at all.
        """
        found = []
        for first, last in _longest(self._written_out(tokens.words)):
            words = tokens.words[first:last]
            keys = self._keys_of[words]
            denied = first > 0 and tokens.words[first - 1] == NON  # 'non-insulinoma'
            if not denied and not COUNTED_NOUNS.issuperset(keys):
                mention = self.named(tokens, tokens.places[first], tokens.places[last - 1] + 1, keys)
                if self._fits_case(words, mention.text):
                    found.append(mention)
        return found

    def _written_out(self, words: Words) -> Iterator[tuple[int, int]]:
        """Each stretch of words that is a label."""
        lengths, keys_of = self._lengths, self._keys_of
        for first in [place for place, word in enumerate(words) if word in lengths]:
            for length in lengths[words[first]]:
                if words[first : first + length] in keys_of and first + length <= len(words):
                    yield first, first + length

    def _fits_case(self, words: Words, text: str) -> bool:
        """Whether words that are an acronym stand in its own capitals, a plural s aside; the capitals of a longer one
        may differ, as long as there are some.
        """
        acronyms = self._acronyms.get(words)
        if acronyms is None:
            return True
        bare = _bare(text)
        if bare in acronyms:
            return True
        folded = {acronym.casefold() for acronym in acronyms}
        return not text.islower() and bare.casefold() in folded and len(bare) >= _SHORTEST_WITH_ANY_CASE


def _lengths_by_first_word(labels: Iterable[Words]) -> dict[str, tuple[int, ...]]:
    """How many words the labels have that begin with a word."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in labels:
        lengths[words[0]].add(len(words))
    return {word: tuple(sorted(found)) for word, found in lengths.items()}


def _bare(acronym: str) -> str:
    return _APART.sub("", acronym).removesuffix("s")


def _longest(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches without those inside or across a longer one, in order."""
    found = list(stretches)
    if len(found) < 2:
        return found
    kept: list[tuple[int, int]] = []
    taken: set[int] = set()
    for first, last in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if taken.isdisjoint(range(first, last)):
            kept.append((first, last))
            taken.update(range(first, last))
    return sorted(kept)
