"""This module holds what a graph's papers say, indexed by concept and word, so that a question is answered at once."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from kg import queries
from kg.ask.lexicon import Lexicon, tokens
from kg.ask.plain_words import PLAIN_WORDS
from kg.ask.spelling import Speller
from kg.compare import names_of
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

Passage = tuple[str, int, int]
"""Where a sentence stands: source, start, end."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """A statement with its place, the concepts in each of its roles, and the words of its sentence and its ends."""

    statement: Statement
    passage: Passage
    subject: str
    object: str
    comparator: str
    context: frozenset[str]
    quoted: frozenset[str]
    words: frozenset[str]


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
        quotes: dict[Passage, tuple[frozenset[str], frozenset[str]]] = {}
        self.statements = tuple(self._indexed(one, quotes) for one in everything)
        self.by_id: Mapping[str, Indexed] = {one.statement.id: one for one in self.statements}
        words_of: dict[Passage, set[str]] = defaultdict(set)
        for one in self.statements:
            words_of[one.passage] |= one.words
        self.word_counts = Counter(word for words in words_of.values() for word in words)
        self.passages = len(words_of)
        self.speller = Speller(self._spellings())

    def _indexed(self, one: Statement, quotes: dict[Passage, tuple[frozenset[str], frozenset[str]]]) -> Indexed:
        passage = self.sentences[_place(one)]
        if passage not in quotes:
            words = tokens(self.quotes[passage])
            quotes[passage] = self.lexicon.everything_named(words), frozenset(word.folded for word in words)
        named, words_of = quotes[passage]
        ends = " ".join(part.label for part in (one.subject, one.object, one.comparator, one.variable) if part)
        own = frozenset(word.folded for word in tokens(f"{ends} {one.population or ''}"))
        context = {one.modality, *one.phases, one.variable.key if one.variable else None} - {None}
        return Indexed(
            statement=one,
            passage=passage,
            subject=one.subject.identity,
            object=one.object.identity,
            comparator=one.comparator.identity if one.comparator is not None else "",
            context=frozenset(key for key in context if key is not None),
            quoted=named | self.lexicon.everything_named(tokens(one.population or "")),
            words=words_of | own,
        )

    def _spellings(self) -> Iterable[tuple[str, int]]:
        weights: Counter[str] = Counter(self.word_counts)
        for word in self.lexicon.words:
            weights[word] += 50
        for word in PLAIN_WORDS:
            weights[word] += 100
        return weights.items()

    def knows_word(self, folded: str) -> bool:
        """Whether a sentence of a paper, or a name of the vocabulary, has the word."""
        return folded in self.word_counts or folded in self.lexicon.words

    def rarity(self, folded: str) -> float:
        """How much a word tells sentences apart: the logarithm of all sentences over those that have it; 0 if none."""
        count = self.word_counts[folded]
        return math.log((self.passages + 1) / count) if count else 0.0

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

    @lru_cache(maxsize=512)  # noqa: B019 - one library lives as long as its store
    def below(self, key: str) -> frozenset[str]:
        """The concepts narrower than one; of a disease also those whose name holds all words of its name."""
        found = set(self.vocabulary.descendants(key))
        concept = self.vocabulary.concepts.get(key)
        if concept is not None and concept.type == "disease" and concept.label.split()[-1] in HEAD_NOUNS:
            words = set(concept.label.split())
            if len(words) > 1 or key == "adenocarcinoma":
                found |= {other.key for other in self.vocabulary.by_type("disease") if words < set(other.label.split())}
        return frozenset(found - {key})

    def label(self, identity: str) -> str:
        """The preferred label of a concept, or a paper's own words."""
        concept = self.vocabulary.concepts.get(identity)
        return concept.label if concept is not None else identity.removeprefix("~")

    def short(self, entity: Entity) -> str:
        """What a sentence calls one end of a statement: its label."""
        return self.label(entity.key) if entity.key is not None else entity.label


def _place(one: Statement) -> Passage:
    return one.source, one.span.start, one.span.end


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
