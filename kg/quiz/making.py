"""This module makes quizzes: the bank of every sound item that a graph supports, and a choice from it."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.lookup import UnknownNameError, find_concept, sources_of, vocabulary_of
from kg.quiz import appraisal, contrasts, counts, figures, pairings, relations, sentences
from kg.quiz.assembly import Proposal, assemble, shuffled
from kg.quiz.ground import Ground, ground_of
from kg.quiz.item import DIFFICULTIES, HeldBack, Item, Quiz, QuizError
from kg.store import Store

MOST_ITEMS: Final = 500
DEFAULT_NUMBER: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemType:
    """A row of TYPES: what the items of a type ask."""

    name: str
    title: str
    summary: str


TYPES: Final = {
    row.name: row
    for row in (
        ItemType(
            name="which-sign",
            title="Which sign",
            summary="which sign favours disease A over B, and in which group it is seen more",
        ),
        ItemType(name="how-often", title="How often", summary="in what share of patients a paper counted a finding"),
        ItemType(name="not-seen", title="Not seen", summary="which finding was looked for and not seen"),
        ItemType(
            name="modality", title="Modality", summary="which modality for which task, with its printed performance"
        ),
        ItemType(
            name="therapy",
            title="Therapy",
            summary="indication, contraindication, complication and printed outcome of a therapy",
        ),
        ItemType(name="marker", title="Marker", summary="which marker is raised, produced or not"),
        ItemType(name="primary-site", title="Primary site", summary="where the primary tumor is"),
        ItemType(name="match", title="Match", summary="match signs to groups, and printed figures to what they are of"),
        ItemType(name="order", title="Order", summary="put findings in the order of their frequency"),
        ItemType(name="true-false", title="True or false", summary="true or false, with the “not” kept"),
        ItemType(name="flaw", title="Spot the flaw", summary="what the audit found, as a lesson in statistics"),
        ItemType(
            name="case", title="Short case", summary="which diagnosis the counts favour in a patient with some findings"
        ),
        ItemType(
            name="conclusion", title="Conclusion", summary="read the sentence and choose the conclusion that it allows"
        ),
        ItemType(
            name="figure", title="Printed figure", summary="frequency, survival, cut-off or timing as a paper prints it"
        ),
    )
}
"""Every type of item, in the order of a menu."""

MAKERS: Final[tuple[Callable[[Ground], Iterator[Proposal]], ...]] = (
    contrasts.which_sign,
    contrasts.which_group,
    counts.how_often,
    counts.shared_out,
    counts.not_seen,
    counts.by_frequency,
    contrasts.match_groups,
    figures.figures,
    pairings.best_modality,
    pairings.match_figures,
    relations.roles,
    relations.denied,
    relations.groups_denied,
    relations.divisions,
    relations.sites_of_signs,
    sentences.true_or_false,
    sentences.contrasts,
    sentences.compared_figures,
    sentences.stated_roles,
    sentences.conclusions,
    appraisal.misfits,
    appraisal.recomputed,
    appraisal.unattainable,
    appraisal.exchanged,
    appraisal.tests,
    appraisal.sums,
    appraisal.cases,
)
"""What proposes items; a new kind of question is one function in this list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """Every sound item of a graph, by type and id, and what was held back with the reason."""

    items: tuple[Item, ...]
    held_back: tuple[HeldBack, ...]


def bank_of(ground: Ground) -> Bank:
    """Put every proposal to the graph; no two items of the bank have one id or one stem."""
    items: dict[str, Item] = {}
    stems: set[str] = set()
    held: list[HeldBack] = []
    for proposal in (one for make in MAKERS for one in make(ground)):
        made = assemble(ground, proposal)
        if isinstance(made, HeldBack):
            held.append(made)
        elif made.id not in items and made.stem not in stems:
            items[made.id] = made
            stems.add(made.stem)
    order = list(TYPES)
    ordered = sorted(items.values(), key=lambda item: (order.index(item.type), item.id))
    unasked = {(one.type, one.question): one for one in reversed(held) if one.question not in stems}
    return Bank(
        items=tuple(ordered), held_back=tuple(one for one in held if unasked.get((one.type, one.question)) is one)
    )


@lru_cache(maxsize=4)
def bank(store: Store) -> Bank:
    """The bank of a store's graph, made once."""
    return bank_of(ground_of(store))


def make_quiz(
    store: Store,
    *,
    topic: str | Sequence[str] = (),
    types: Collection[str] = (),
    number: int = DEFAULT_NUMBER,
    seed: int = 0,
    difficulty: str = "",
) -> Quiz:
    """A quiz of `number` items (1 to MOST_ITEMS) that the graph supports; the same arguments give the same bytes.

    `topic` are concepts by any of their names, or sources by their keys: items that touch one of them, or a kind of it
    (none: all). `types` are names of TYPES (none: all), `difficulty` one of DIFFICULTIES (none: all). No fact is asked
    for twice as long as there are others. Where the graph supports fewer, `notes` say how many and why. QuizError or
    UnknownNameError for what is not known.
    """
    _require(types, number, difficulty)
    topics = _topics(store, [topic] if isinstance(topic, str) else topic)
    whole = bank(store)
    fitting = [item for item in whole.items if _touches(item, topics)]
    wanted = [item for item in fitting if not types or item.type in types]
    usable = [item for item in wanted if not difficulty or item.difficulty == difficulty]
    chosen = _chosen(usable, number, seed)
    held = [one for one in whole.held_back if (not types or one.type in types) and _about(one, topics)]
    return Quiz(
        title=_title(store, topics),
        items=tuple(shuffled(item, seed) for item in chosen),
        topic=tuple(topics),
        types=tuple(name for name in TYPES if name in types),
        number=number,
        seed=seed,
        difficulty=difficulty,
        graph_hash=store.graph_hash,
        usable=len(usable),
        held_back=tuple(held),
        notes=tuple(_fewer(number, len(chosen), held)),
    )


def _require(types: Collection[str], number: int, difficulty: str) -> None:
    for name in types:
        if name not in TYPES:
            raise QuizError(f"no type of item is called {name!r}; there are: {', '.join(TYPES)}")
    if not 1 <= number <= MOST_ITEMS:
        raise QuizError(f"the number of items is {number}; allowed: 1 to {MOST_ITEMS}")
    if difficulty and difficulty not in DIFFICULTIES:
        raise QuizError(f"no difficulty is called {difficulty!r}; there are: {', '.join(DIFFICULTIES)}")


def _topics(store: Store, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """For each topic, the keys of concepts or of the source that an item may touch."""
    found: dict[str, frozenset[str]] = {}
    vocabulary, known = vocabulary_of(store), {source.key for source in sources_of(store)}
    for name in (part.strip() for whole in names for part in whole.split(",")):
        if not name:
            continue
        if name in known:
            found[name] = frozenset((name,))
            continue
        try:
            key = find_concept(store, name).key
        except UnknownNameError as error:
            raise UnknownNameError(f"{error}; or give a source: {', '.join(sorted(known))}") from None
        found[key] = frozenset((key, *vocabulary.descendants(key)))
    return found


def _touches(item: Item, topics: dict[str, frozenset[str]]) -> bool:
    mine = {*item.concepts, *item.sources}
    return not topics or any(mine & keys for keys in topics.values())


def _about(held: HeldBack, topics: dict[str, frozenset[str]]) -> bool:
    words = set(held.fact.replace(";", " ").split())
    return not topics or any(words & keys for keys in topics.values())


def _title(store: Store, topics: dict[str, frozenset[str]]) -> str:
    vocabulary, sources = vocabulary_of(store), {source.key: source for source in sources_of(store)}
    names = [sources[key].short_name if key in sources else vocabulary.concepts[key].label for key in topics]
    return f"Quiz: {', '.join(names)}" if names else "Quiz: the whole graph"


def _chosen(usable: Sequence[Item], number: int, seed: int) -> list[Item]:
    """Items in the seed's order, the types in turn, no fact asked twice as long as others are left."""
    rng = random.Random(seed)
    by_type: dict[str, list[Item]] = defaultdict(list)
    for item in usable:
        by_type[item.type].append(item)
    for items in by_type.values():
        rng.shuffle(items)
    turns = [name for name in TYPES if by_type[name]]
    rng.shuffle(turns)
    chosen: list[Item] = []
    asked: set[str] = set()
    later: list[Item] = []
    while len(chosen) < number and any(by_type[name] for name in turns):
        for name in turns:
            found = _next(by_type[name], asked, later)
            if found is not None and len(chosen) < number:
                chosen.append(found)
                asked |= _asks(found)
    return [*chosen, *later[: number - len(chosen)]]


def _next(items: list[Item], asked: set[str], later: list[Item]) -> Item | None:
    """The next item that asks for nothing that was asked; those that do are kept for the end."""
    while items:
        item = items.pop()
        if not asked & _asks(item):
            return item
        later.append(item)
    return None


def _asks(item: Item) -> set[str]:
    """The facts that an item asks for, without their values; an item on several asks for their set as one."""
    return {" | ".join(fact.about for fact in item.facts)}


def _fewer(number: int, found: int, held: Sequence[HeldBack]) -> Iterator[str]:
    if found >= number:
        return
    yield f"This choice supports {found} sound items, not {number}."
    reasons = Counter(one.reason.partition(":")[0] for one in held)
    if reasons:
        listed = "; ".join(f"{count} × {reason}" for reason, count in reasons.most_common(5))
        yield f"{len(held)} facts are held back: {listed}."
    yield "Take in another topic, type or difficulty, or add papers."
