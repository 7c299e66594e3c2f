"""This module finds the labels of the vocabulary in a text, in whatever way a label may be written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

import spacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from ingest.mentions import Mention
from kg.model import Concept
from kg.vocabulary import Vocabulary, fold

Words = tuple[str, ...]
"""Folded words without joiners, as labels and texts are compared."""

JOINERS: Final = frozenset({"-", "‐", "‑", "–", '"', "“", "”", "'", "‘", "’", "``", "''", "´"})
"""Tokens that a label may or may not carry: 'wash-out', 'peripheral "washout"', 'hyper-enhancement'."""

_PREFIXES: Final = (
    "hyper hypo iso non pre post intra extra peri multi inter sub trans co anti wash follow cut neo re un micro macro"
)
PREFIXES: Final = frozenset(_PREFIXES.split())
"""Beginnings of words that papers write joined, apart, or with a hyphen: 'hyperenhancement', 'hyper-enhancement'."""

COUNTED_NOUNS: Final = frozenset({"number-of-patients", "male-sex", "female-sex", "age"})
"""Concepts that a counted noun stands for: 'patients' names one only beside a number (see `ingest.attributes`)."""

_HYPHEN_IN_WORD: Final = re.compile(r"(?<=\w)[-–](?=\w)")
_APART: Final = re.compile(r"[\s\-–‐]")
_BRACKETS_AND_SIGNS: Final = r"[()\[\]{}<>≤≥=±]"
_LONGEST_ACRONYM: Final = 9  # characters; 'GEP-NETs' has eight
_KNOWN_TEXTS: Final = 10_000
_SHORTEST_WITH_ANY_CASE: Final = 4  # characters; of fewer too many are words: 'us', 'or', 'met'


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One spelling for a word; a sign that folds to nothing stays itself.

    >>> [fold_word(w) for w in ("Tumours", "metastases", "/")]
    ['tumor', 'metastasis', '/']
    """
    return fold(word) or word


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


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A text as its folded words without joiners; word i is the token `places[i]`, `tokens` are all as written."""

    doc: Doc
    tokens: tuple[str, ...]
    words: Words
    places: tuple[int, ...]

    @classmethod
    def of(cls, doc: Doc) -> FoldedText:
        tokens = tuple(token.text for token in doc)
        places = tuple(i for i, word in enumerate(tokens) if word not in JOINERS and not word.isspace())
        return cls(doc, tokens, tuple(fold_word(tokens[place]) for place in places), places)

    def span(self, first: int, last: int) -> Span:
        """The stretch of the text that holds words [first, last)."""
        return self.doc[self.places[first] : self.places[last - 1] + 1]


class Labels:
    """Every label of a vocabulary, to look up and to find in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.nlp = _tokenizing()
        self._known_words = lru_cache(maxsize=_KNOWN_TEXTS)(self._words_anew)  # a paper names the same again and again
        self._keys_of: dict[Words, list[str]] = defaultdict(list)
        self._acronyms: dict[Words, set[str]] = defaultdict(set)
        self._ambiguous: set[Words] = set()
        for concept in vocabulary.concepts.values():
            for label in dict.fromkeys(concept.labels):
                self._add(label, concept)
        self._matcher = PhraseMatcher(self.nlp.vocab, attr="ORTH")
        self._matcher.add("label", [Doc(self.nlp.vocab, words=list(words)) for words in self._keys_of])

    def _add(self, label: str, concept: Concept) -> None:
        for words in {w for way in self._ways(label) for w in label_variants(way)}:
            if concept.key not in self._keys_of[words]:
                self._keys_of[words].append(concept.key)
            if is_acronym(label):
                self._acronyms[words].add(label)
            if label in concept.ambiguous_labels:
                self._ambiguous.add(words)

    def _ways(self, label: str) -> Iterator[Words]:
        """A label's words, and those where text extraction has lost one of its hyphens ('metastasis-toliver')."""
        yield self.words_of(label)
        for match in _HYPHEN_IN_WORD.finditer(label):
            yield self.words_of(label[: match.start()] + label[match.end() :])

    def words_of(self, text: str) -> Words:
        """The folded words of a text without joiners."""
        return self._known_words(text)

    def _words_anew(self, text: str) -> Words:
        return tuple(fold_word(token.text) for token in self.nlp.make_doc(text) if token.text not in JOINERS)

    def lookup(self, words: Sequence[str]) -> tuple[str, ...]:
        """The concepts that folded words name, () if none."""
        return tuple(self._keys_of.get(tuple(words), ()))

    def is_ambiguous(self, text: str) -> bool:
        """Whether a label names something else elsewhere, so that only the paper can tell what it means."""
        return self.words_of(text) in self._ambiguous

    def named(self, span: Span, keys: tuple[str, ...], *, implied: bool = False) -> Mention:
        """The mention of some concepts by a stretch of a text."""
        return Mention.of(span, keys, of_type=self.vocabulary.concepts[keys[0]].type, implied=implied)

    def mentions(self, text: FoldedText) -> list[Mention]:
        """The labels that a text writes out, left to right, of those that overlap the longest.

        Acronyms count in their own capitals only, nouns that are merely counted ('patients') not at all.
        """
        flat = Doc(self.nlp.vocab, words=list(text.words))
        found = []
        for match in _longest(self._matcher(flat, as_spans=True)):
            words = tuple(token.text for token in match)
            span, keys = text.span(match.start, match.end), tuple(self._keys_of[words])
            if not COUNTED_NOUNS.issuperset(keys) and self._fits_case(words, span.text):
                found.append(self.named(span, keys))
        return found

    def _fits_case(self, words: Words, text: str) -> bool:
        """Whether words that are an acronym stand in its own capitals, a plural s aside; the capitals of a longer one
        may differ, as long as there are some.
        """
        acronyms = {_bare(acronym) for acronym in self._acronyms.get(words, ())}
        bare = _bare(text)
        if not acronyms or bare in acronyms:
            return True
        folded = {acronym.casefold() for acronym in acronyms}
        return not text.islower() and bare.casefold() in folded and len(bare) >= _SHORTEST_WITH_ANY_CASE


def _tokenizing() -> Language:
    """The rules of spaCy for English, with brackets and signs of comparison always apart."""
    nlp = spacy.blank("en")
    infixes = [*cast("Sequence[str]", nlp.Defaults.infixes), _BRACKETS_AND_SIGNS]
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


def _bare(acronym: str) -> str:
    return _APART.sub("", acronym).removesuffix("s")


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Spans without those inside or across a longer one, in order."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(i in taken for i in range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda s: s.start)
