"""This module asks the core on behalf of the pages and remembers the answers for as long as the graph stays the same.

An answer is remembered by the store object: `layout.open_store` makes a new one when the build on disk changes.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from kg import compare as comparing
from kg import curation, queries, review
from kg import differential as differing
from kg import profile as profiling
from kg.ask import Answer, Options, ask
from kg.compare import Comparison, Filters, Matrix, PairEvidence, compare
from kg.compare.graph import pairs_of
from kg.curation import Curation, Record
from kg.differential import Differential, Findings, Offer
from kg.lookup import statements_of, vocabulary_of
from kg.model import Concept, Gap, Passage, Source, Statement
from kg.profile import Entry, Profile
from kg.reach import leading_pairs, order, touched_rows, touches
from kg.review import Item
from kg.store import Store
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary
from kg.web.audit_table import Shown
from kg.web.definitions import definition
from kg.web.view import Definition, short_name

if TYPE_CHECKING:
    from kg.graph import Network

REMEMBERED: Final = 64  # comparisons; a page of one is about 100 kB


@lru_cache(maxsize=REMEMBERED)
def comparison(store: Store, a: str, b: str, filters: Filters) -> Comparison:
    """kg.compare.compare, remembered."""
    return compare(store, a, b, filters)


@lru_cache(maxsize=REMEMBERED)
def answered(store: Store, question: str, options: Options) -> Answer:
    """kg.ask.ask, remembered."""
    return ask(store, question, options)


_QUERIES: Final[WeakKeyDictionary[Store, dict[tuple[str, str, Filters], str]]] = WeakKeyDictionary()


def comparison_query(store: Store, asked: Comparison) -> str:
    """The SPARQL query that gives a comparison's numbers, remembered."""
    known = _QUERIES.setdefault(store, {})
    name = (asked.a.key, asked.b.key, asked.filters)
    if name not in known:
        if len(known) >= REMEMBERED:
            known.clear()
        known[name] = comparing.comparison_query(store, asked)
    return known[name]


@lru_cache(maxsize=2)
def pairs_with_evidence(store: Store) -> tuple[PairEvidence, ...]:
    """Pairs of diseases of which something is known, those with most same-study counts first."""
    return pairs_of(statements(store), vocabulary(store))


@lru_cache(maxsize=REMEMBERED)
def profile(store: Store, key: str) -> Profile:
    """kg.profile.profile, remembered."""
    return profiling.profile(store, key)


@lru_cache(maxsize=REMEMBERED)
def offered(store: Store, a: str, b: str) -> Offer:
    """The findings that a case of two diseases can be described by."""
    return differing.offer(store, a, b)


@lru_cache(maxsize=REMEMBERED)
def differential(
    store: Store, pair: tuple[str, str], chosen: tuple[str, ...], percent: int, in_scope: bool
) -> Differential:
    """kg.differential.differential of two diseases, remembered; `chosen` as in an address: `washout-pattern.1`."""
    states = [part.rsplit(".", 1) for part in chosen]
    there, missing = (tuple(key for key, value in states if value == wanted) for wanted in ("1", "0"))
    share = percent / 100
    prior = {pair[0]: share, pair[1]: 1 - share} if in_scope else None
    found = Findings(present=there, absent=missing)
    return differing.differential(store, found, among=list(pair), prior=prior, in_scope=in_scope)


@lru_cache(maxsize=2)
def index(store: Store) -> tuple[Entry, ...]:
    """The concepts of which anything is said, by name."""
    return profiling.index(statements(store), vocabulary(store).concepts)


@lru_cache(maxsize=2)
def network(store: Store) -> Network:
    """The statements as a network."""
    from kg import graph  # networkx takes a third of a second, and only a picture needs it

    return graph.network(statements(store), vocabulary(store).concepts)


def statements(store: Store) -> tuple[Statement, ...]:
    """All statements of the graph, read once for what looks at all of them."""
    return statements_of(store)


def vocabulary(store: Store) -> Vocabulary:
    """The concepts of the graph with their index of names."""
    return vocabulary_of(store)


@lru_cache(maxsize=2)
def labels(store: Store) -> Mapping[str, str]:
    """Concept key to label."""
    return MappingProxyType({key: concept.label for key, concept in vocabulary(store).concepts.items()})


@lru_cache(maxsize=2)
def short_names(store: Store) -> Mapping[str, str]:
    """Concept key to the name that fits into a list: the abbreviation of a disease, the label of anything else."""
    concepts = vocabulary(store).concepts
    short = {key: short_name(concept) for key, concept in concepts.items() if concept.type == "disease"}
    return MappingProxyType({**labels(store), **short})


@lru_cache(maxsize=2)
def sources(store: Store) -> Mapping[str, Source]:
    """Source key to paper, in the order of the keys."""
    return MappingProxyType({source.key: source for source in queries.sources(store)})


@lru_cache(maxsize=2)
def verdicts(store: Store) -> Mapping[str, tuple[Verdict, ...]]:
    """What the audit says, by the id of each statement that it is about."""
    found: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in queries.verdicts(store):
        for identifier in verdict.statements:
            found[identifier].append(verdict)
    return MappingProxyType({identifier: tuple(about) for identifier, about in found.items()})


@lru_cache(maxsize=2)
def by_id(store: Store) -> Mapping[str, Statement]:
    """Every statement of the graph by its id."""
    return MappingProxyType({statement.id: statement for statement in statements(store)})


@lru_cache(maxsize=2)
def quiz_items(store: Store) -> Mapping[str, int]:
    """How many sound items of a quiz ask about each statement, by id."""
    from kg.quiz import bank  # a page that shows no statement does not wait for it

    asked = ({identity for fact in item.facts for identity in fact.statements} for item in bank(store).items)
    return MappingProxyType(Counter(identity for ids in asked for identity in ids))


@lru_cache(maxsize=2)
def waiting(store: Store) -> tuple[Statement, ...]:
    """What was extracted from papers read whole and waits for a reader."""
    return tuple(curation.waiting(store))


@lru_cache(maxsize=2)
def curation_records(store: Store) -> tuple[Record, ...]:
    """The curations that the graph was built with."""
    return tuple(curation.curations(store))


def review_pending(store: Store, folder: Path) -> tuple[tuple[str, Curation], ...]:
    """Decisions that are saved and that the graph was not built with yet."""
    return review.pending(folder, sources(store), curation_records(store))


def review_queues(store: Store, folder: Path) -> dict[str, tuple[Item, ...]]:
    """What waits for a reviewer; what was decided and waits for a rebuild does not wait any more."""
    queues = review.queues(
        by_id(store),
        waiting(store),
        queries.verdicts(store),
        curation_records(store),
        review.reported(folder, sources(store)),
    )
    decided = {(key, row.statement) for key, row in review_pending(store, folder)}
    return {
        name: tuple(one for one in items if (one.statement.source, one.statement.hash) not in decided)
        for name, items in queues.items()
    }


@lru_cache(maxsize=4)
def matrix(store: Store, diseases: tuple[str, ...]) -> Matrix:
    """kg.compare.matrix, remembered."""
    return comparing.matrix(store, list(diseases))


@lru_cache(maxsize=2)
def audited(store: Store) -> tuple[Shown, ...]:
    """Every verdict with its statements and what it touches, in the order of a report."""
    known = by_id(store)
    types = {key: concept.type for key, concept in vocabulary(store).concepts.items()}
    shown = [comparison(store, pair.a, pair.b, Filters()) for pair in leading_pairs(pairs_with_evidence(store))]
    rows = touched_rows(shown)
    found = [
        Shown(
            verdict=verdict,
            touches=touches(verdict, known, rows, types),
            statements=tuple(known[one] for one in verdict.statements if one in known),
        )
        for verdict in queries.verdicts(store)
    ]
    return tuple(sorted(found, key=lambda one: order(one.verdict, one.touches)))


@lru_cache(maxsize=8)
def verdicts_of(store: Store, source: str) -> tuple[Verdict, ...]:
    """What the audit says of one paper, of its disagreements with others too."""
    return queries.verdicts(store, source)


@lru_cache(maxsize=2)
def paper_names(store: Store) -> Mapping[str, str]:
    """Source key to short name, with the key behind it where two papers would have the same name."""
    short = {key: source.short_name for key, source in sources(store).items()}
    shared = {name for name, times in Counter(short.values()).items() if times > 1}
    return MappingProxyType({key: f"{name} ({key})" if name in shared else name for key, name in short.items()})


@lru_cache(maxsize=2)
def diseases(store: Store) -> Mapping[str, Concept]:
    """The diseases that any statement is about, by key, in the order of their labels."""
    concepts = vocabulary(store).concepts
    named: set[str] = set()
    for statement in statements(store):
        ends = (statement.subject, statement.object, statement.comparator)
        named.update(entity.key for entity in ends if entity is not None and entity.key is not None)
    found = [concepts[key] for key in named if key in concepts and concepts[key].type == "disease"]
    return MappingProxyType(
        {concept.key: concept for concept in sorted(found, key=lambda c: (c.label.casefold(), c.key))}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A paper as the reader page shows it; `text` is '' where the graph does not have it."""

    source: Source
    text: str
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    gaps: tuple[Gap, ...]

    @property
    def text_hash(self) -> str:
        """sha-256 of the text as it is now, to hold against the one that was recorded."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def unchanged(self) -> bool:
        """Whether the text is what was read: the recorded hash fits, and so does every quote."""
        if self.source.sha256 is not None and self.source.sha256 != self.text_hash:
            return False
        return all(self.text[s.span.start : s.span.end] == s.quote for s in self.statements)


@lru_cache(maxsize=8)
def reading(store: Store, source: str) -> Reading:
    """A paper with everything that was read in it, in the order of the text."""
    return Reading(
        source=sources(store)[source],
        text=queries.text(store, source),
        passages=tuple(sorted(queries.passages(store, source), key=lambda passage: passage.span)),
        statements=tuple(
            sorted(queries.statements(store, source=source), key=lambda s: (s.span.start, -s.span.end, s.id))
        ),
        gaps=tuple(sorted(queries.gaps(store, source), key=lambda gap: gap.span)),
    )


@lru_cache(maxsize=512)
def definition_in(store: Store, source: str, names: tuple[str, ...]) -> Definition | None:
    """The sentence of a paper's Methods that says what it means by a finding, None where there is none."""
    if source not in sources(store):
        return None
    paper = reading(store, source)
    span = definition(paper.text, paper.passages, names)
    return Definition(source=source, quote=paper.text[span.start : span.end]) if span is not None else None
