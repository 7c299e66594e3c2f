"""This module holds what a graph's papers say, indexed by concept and word, so that a question is answered at once."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from kg import queries
from kg.ask.english import is_english
from kg.ask.lexicon import Lexicon, Token, tokens
from kg.ask.plain_words import CONNECTORS, FUNCTION_WORDS, PLAIN_SPELLINGS, PLAIN_WORDS, SYNONYMS
from kg.ask.spelling import Speller
from kg.compare import PairEvidence, names_of, pairs
from kg.evidence import Cell, Lineage, cells
from kg.lookup import sources_of, vocabulary_of
from kg.model import Entity, Source, Statement
from kg.store import Store
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary

ROLES: Final = ("subject", "object", "comparator", "context")
HEAD_NOUNS: Final = ("tumor", "neoplasm", "carcinoma", "metastasis", "adenocarcinoma")
"""What a name of a disease may end in for a longer name that holds all its words to be one of its kinds."""

TOPIC: Final = 0.1
SHORTEST_PLAIN: Final = 6  # letters of a plain word that a misspelt one may be read as
SHORTEST_STEM: Final = 5  # letters that two forms of a word share at least
CLOSE_BY: Final = 60  # characters between two sentences that follow each other
LONGEST_ENDING: Final = 4  # letters by which two forms of a word differ at most

Passage = tuple[str, int, int]
"""Where a sentence stands: source, start, end."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A statement with its place, the concepts in each of its roles, and the words of its sentence and its ends.

    `said` is its quote, and `sentence` the whole sentence, in one line, with the words whole that a line breaks.
    """

    statement: Statement
    passage: Passage
    subject: str
    object: str
    comparator: str
    context: frozenset[str]
    quoted: frozenset[str]
    nearby: frozenset[str]
    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    said: str
    sentence: str


class Library:
    """All statements of a graph, with what their sentences name, their cells of evidence and their verdicts."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.vocabulary: Vocabulary = vocabulary_of(store)
        self.lineage = Lineage(self.vocabulary)
        self.lexicon = Lexicon(self.vocabulary)
        self.sources: Mapping[str, Source] = {source.key: source for source in sources_of(store)}
        self.names: Mapping[str, str] = names_of(store, self.vocabulary)
        everything = queries.statements(store)
        self.sentences = whole_sentences(everything)
        self.quotes = {self.sentences[_place(one)]: "" for one in everything}
        self.quotes.update({_place(one): one.quote for one in everything if _place(one) in self.quotes})
        known = words_known(self.quotes.values())
        self._known = known
        self.texts = {place: whole_words(quote, known) for place, quote in self.quotes.items()}
        read = {place: tokens(text) for place, text in self.texts.items()}
        self._named = {place: self.lexicon.everything_named(words) for place, words in read.items()}
        self._words = {place: frozenset(word.folded for word in words) for place, words in read.items()}
        self._adjacent = {place: frozenset(_adjacent(words)) for place, words in read.items()}
        self._before = dict(_pairs(sorted(self.quotes)))
        self.statements = tuple(map(self._indexed, everything))
        self.by_id: Mapping[str, Indexed] = {one.statement.id: one for one in self.statements}
        words_of: dict[Passage, set[str]] = defaultdict(set)
        for one in self.statements:
            words_of[one.passage] |= one.words
        self.word_counts = Counter(word for words in words_of.values() for word in words)
        self.passages = len(words_of)
        self.speller = Speller(self._spellings())

    def _indexed(self, one: Statement) -> Indexed:
        passage = self.sentences[_place(one)]
        ends = " ".join(part.label for part in (one.subject, one.object, one.comparator, one.variable) if part)
        own = frozenset(word.folded for word in tokens(f"{ends} {one.population or ''}"))
        context = (one.modality, *one.phases, one.variable.key if one.variable else None)
        parts = (one.subject, one.object, one.comparator)
        said = " . ".join(part.label for part in parts if part is not None and part.key is None)
        return Indexed(
            statement=one,
            passage=passage,
            subject=one.subject.identity,
            object=one.object.identity,
            comparator=one.comparator.identity if one.comparator is not None else "",
            context=frozenset(key for key in context if key is not None),
            quoted=self._named[passage] | self.lexicon.everything_named(tokens(f"{said} . {one.population or ''}")),
            nearby=self._named_before(passage),
            words=self._words[passage] | own,
            pairs=self._adjacent[passage],
            said=whole_words(one.quote, self._known),
            sentence=self.texts[passage],
        )

    def _named_before(self, passage: Passage) -> frozenset[str]:
        """The concepts that the two sentences before one name."""
        before = self._before.get(passage)
        further = self._before.get(before) if before is not None else None
        return frozenset().union(*(self._named[place] for place in (before, further) if place is not None))

    def _spellings(self) -> Iterable[tuple[str, int]]:
        """Words as they are written, with their weight: names before what only sentences have.

        A short plain word corrects nothing: "mother" is no misspelt "other".
        """
        weights = Counter(token.text.casefold() for quote in self.quotes.values() for token in tokens(quote))
        for word in self.lexicon.spellings:
            weights[word] += 50
        for word in PLAIN_SPELLINGS:
            weights[word] += 100
        names = self.lexicon.spellings
        for word in self.lexicon.abbreviations:  # "ache" is no misspelt APHE
            weights.pop(word, None)
        return ((w, n) for w, n in weights.items() if w in names or w not in PLAIN_WORDS or len(w) >= SHORTEST_PLAIN)

    @lru_cache(maxsize=4096)  # noqa: B019 - one library lives as long as its store
    def forms(self, folded: str) -> frozenset[str]:
        """The words of sentences that are a word, another form of it (express, expression), or say the same (before,
        prior).
        """
        same = next((words for words in SYNONYMS if folded in words), (folded,))
        return frozenset().union(*(self._forms(word) for word in same))

    def _forms(self, folded: str) -> frozenset[str]:
        stem = folded[: max(SHORTEST_STEM, len(folded) - 3)]
        if len(folded) < SHORTEST_STEM or not folded.isalpha():
            endings = ("", "ed", "ing") if len(folded) == SHORTEST_STEM - 1 else ("",)
            return frozenset({folded + ending for ending in endings} & self.word_counts.keys())
        return frozenset(
            word
            for word in self.word_counts
            if word == folded or (word.startswith(stem) and abs(len(word) - len(folded)) <= LONGEST_ENDING)
        )

    def rarity(self, folded: str) -> float:
        """How much a word tells sentences apart: the logarithm of all sentences over those that have it; 0 if none."""
        count = sum(self.word_counts[form] for form in self.forms(folded))
        return math.log((self.passages + 1) / count) if count else 0.0

    @cached_property
    def mentioning(self) -> Mapping[str, frozenset[int]]:
        """For each concept the places in `statements` of those that have it in a role, or near it in the text."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, one in enumerate(self.statements):
            for key in {one.subject, one.object, one.comparator} | one.context | one.quoted | one.nearby:
                found[key].add(place)
        return {key: frozenset(places) for key, places in found.items()}

    @cached_property
    def of_source(self) -> Mapping[str, frozenset[int]]:
        """For each paper the places of its statements."""
        found: dict[str, set[int]] = defaultdict(set)
        for place, one in enumerate(self.statements):
            found[one.statement.source].add(place)
        return {source: frozenset(places) for source, places in found.items()}

    @cached_property
    def counted_pairs(self) -> tuple[PairEvidence, ...]:
        """The pairs of diseases of which one study counted signs in both."""
        return tuple(pair for pair in pairs(self.store) if pair.kind == "counted")

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """The cells of evidence of all papers."""
        return cells((one.statement for one in self.statements), self.vocabulary)

    @cached_property
    def cells_of(self) -> Mapping[str, tuple[Cell, ...]]:
        """For each statement, by id, the cells that it is evidence in."""
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self.cells:
            ids = {*cell.statements, *cell.used, *(i for reading in cell.alternatives for i in reading.statements)}
            for identity in ids:
                found[identity].append(cell)
        return {identity: tuple(cells) for identity, cells in found.items()}

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Verdict, ...]]:
        """For each statement, by id, what the audit says of it."""
        found: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in queries.verdicts(self.store):
            for identity in verdict.statements:
                found[identity].append(verdict)
        return {identity: tuple(verdicts) for identity, verdicts in found.items()}

    @cached_property
    def named_somewhere(self) -> frozenset[str]:
        """Every concept that is in a role of a statement, or named in a sentence."""
        keys: set[str] = set()
        for one in self.statements:
            keys |= {one.subject, one.object, one.comparator} | one.context | one.quoted
        return frozenset(keys)

    @cached_property
    def topics(self) -> Mapping[str, frozenset[str]]:
        """The diseases that each paper is about: those that a tenth of its statements have as their subject."""
        of_source: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.statements:
            of_source[one.statement.source][one.subject] += 1
        diseases = {concept.key for concept in self.vocabulary.by_type("disease")}
        return {
            source: frozenset(
                key for key, count in counts.items() if key in diseases and count >= TOPIC * counts.total()
            )
            for source, counts in of_source.items()
        }

    @cached_property
    def paper_names(self) -> Mapping[str, frozenset[str]]:
        """The words by which people call each paper: those of its title and of what stands before its abstract (where
        it comes from, of what kind it is), if no other paper has them there and they are neither plain English nor of
        the name of a concept.
        """
        found = {key: self._front_words(key, source.title) for key, source in self.sources.items()}
        everywhere = Counter(word for words in found.values() for word in words)
        return {key: frozenset(word for word in words if everywhere[word] == 1) for key, words in found.items()}

    def _front_words(self, source: str, title: str) -> frozenset[str]:
        starts = (one.statement.span.start for one in self.statements if one.statement.source == source)
        abstract = (
            one.statement.span.start
            for one in self.statements
            if one.statement.source == source and one.statement.section == "Abstract"
        )
        front = queries.text(self.store, source)[: min(abstract, default=min(starts, default=0))]
        words = (token for token in tokens(f"{title} {front}") if not is_english(token.text.casefold()))
        named = {token.folded for token in words if token.folded.isalpha() and len(token.folded) >= SHORTEST_STEM}
        return frozenset(named - self.lexicon.words)

    @cached_property
    def title_words(self) -> Mapping[str, frozenset[str]]:
        """The words that stand in the title of one paper only: the misdiagnosis paper."""
        titles = {key: tokens(source.title) for key, source in self.sources.items()}
        found = {
            key: {token.folded for token in title if not is_english(token.text.casefold())}
            for key, title in titles.items()
        }
        everywhere = Counter(word for words in found.values() for word in words)
        return {key: frozenset(word for word in words if everywhere[word] == 1) for key, words in found.items()}

    @cached_property
    def titles(self) -> Mapping[str, frozenset[str]]:
        """The concepts that the title of each paper names, and the diseases that it is about."""
        return {
            key: self.lexicon.everything_named(tokens(source.title)) | self.topics.get(key, frozenset())
            for key, source in self.sources.items()
        }

    @lru_cache(maxsize=512)  # noqa: B019 - one library lives as long as its store
    def below(self, key: str) -> frozenset[str]:
        """The concepts narrower than one; of a disease also those whose name holds all words of its name."""
        found = set(self.vocabulary.descendants(key))
        concept = self.vocabulary.concepts.get(key)
        if concept is not None and concept.type == "disease":
            least = 1 if key == "adenocarcinoma" else 2
            names = [words for words in map(_headed, concept.labels) if len(words) >= least]
            others = self.vocabulary.by_type("disease")
            found |= {other.key for other in others if any(words < set(other.label.split()) for words in names)}
        return frozenset(found - {key})

    @lru_cache(maxsize=512)  # noqa: B019 - one library lives as long as its store
    def spelling_out(self, key: str) -> frozenset[str]:
        """The ids of statements whose ends and sentences hold every word of a longer name of a modality or metastasis
        between them: FDG and PET/CT, the lymph node and the metastasis.
        """
        concept = self.vocabulary.concepts[key]
        if not (concept.type == "modality" or "metastasis" in key):
            return frozenset()
        names = [{token.folded for token in tokens(label)} - CONNECTORS for label in concept.labels]
        longer = [words for words in names if len(words) > 1]
        return frozenset(
            one.statement.id
            for one in self.statements
            if any(words <= one.words | self._words_named_by(one) for words in longer)
        )

    def _words_named_by(self, one: Indexed) -> frozenset[str]:
        keys = {one.subject, one.object} | one.context | one.quoted
        return frozenset().union(*(self._words_of_label(key) for key in keys))

    @lru_cache(maxsize=8192)  # noqa: B019 - one library lives as long as its store
    def _words_of_label(self, key: str) -> frozenset[str]:
        return frozenset(token.folded for token in tokens(self.label(key)))

    def before(self, passage: Passage) -> Passage | None:
        """The sentence before one, where that ends close by in the same paper."""
        return self._before.get(passage)

    @cached_property
    def place_of(self) -> Mapping[str, int]:
        """For each statement, by id, its place in `statements`."""
        return {one.statement.id: place for place, one in enumerate(self.statements)}

    def label(self, identity: str) -> str:
        """The preferred label of a concept, or a paper's own words."""
        concept = self.vocabulary.concepts.get(identity)
        return concept.label if concept is not None else identity.removeprefix("~")

    def short(self, entity: Entity) -> str:
        """What a sentence calls one end of a statement: its label."""
        return self.label(entity.key) if entity.key is not None else entity.label


def _headed(label: str) -> set[str]:
    """The words of a name of a disease that ends in what kinds of it end in; none of another."""
    words = label.split()
    return set(words) if words and words[-1] in HEAD_NOUNS else set()


def _adjacent(words: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """The words of a sentence, two by two as they follow each other, without those that only join others."""
    return pairwise(token.folded for token in words if token.text.casefold() not in FUNCTION_WORDS)


def _place(one: Statement) -> Passage:
    return one.source, one.span.start, one.span.end


def _pairs(places: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Each place with the one before it, where that ends close by in the same paper."""
    for before, place in pairwise(places):
        if before[0] == place[0] and 0 <= place[1] - before[2] <= CLOSE_BY:
            yield place, before


_BROKEN: Final = re.compile(r"([^\W\d_]+)-[^\S\n]*\n\s*([^\W\d_]+)")
_WORD: Final = re.compile(r"[^\W\d_]+")


def words_known(texts: Iterable[str]) -> frozenset[str]:
    """The words of some texts, in small letters, those aside that the end of a line breaks."""
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(_BROKEN.sub(" ", text)))


def whole_words(text: str, known: Collection[str]) -> str:
    """A text in one line with the words whole that the end of a line breaks; a hyphen stays that two known words have.

    >>> whole_words("more sen-\\nsitive, first-\\nline", {"first", "line"})
    'more sensitive, first-line'
    """

    def mended(match: re.Match[str]) -> str:
        first, last = match.groups()
        apart = (first + last).casefold() not in known and {first.casefold(), last.casefold()} <= set(known)
        return f"{first}-{last}" if apart else first + last

    return " ".join(_BROKEN.sub(mended, text).split())


def whole_sentences(statements: Iterable[Statement]) -> Mapping[Passage, Passage]:
    """For the place of each statement the longest place of one that holds it: half a sentence belongs to the whole.

    Cells of a table stay apart: the place of one begins with those before it.
    """
    places = sorted({(_place(one), one.section == "Table") for one in statements})
    found: dict[Passage, Passage] = {}
    outer: Passage | None = None
    for place, in_table in sorted(places, key=lambda pair: (pair[0][0], pair[0][1], -pair[0][2])):
        if in_table:
            found[place] = place
            continue
        if outer is None or outer[0] != place[0] or place[2] > outer[2]:
            outer = place
        found[place] = outer
    return found


@lru_cache(maxsize=4)
def library_of(store: Store) -> Library:
    """The library of a graph, made once."""
    return Library(store)
