"""This module holds the frozen types of a quiz: the item, its options, the quotes behind them, what was held back."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

from kg.model import require_one_of

DIFFICULTIES: Final = ("easy", "moderate", "hard")
BLOOM_LEVELS: Final = ("remember", "understand", "apply", "analyse", "evaluate")
PROOFS: Final = ("polarity", "counts", "value", "role", "division", "audit", "differential", "source")
STATES: Final = ("", "updated", "withdrawn")
SHORT_ID: Final = 12  # hexadecimal digits of an item's id; 48 bits keep a million items apart


class QuizError(ValueError):
    """A quiz that cannot be made, read or written; the sentence says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A passage of a source that bears something out: `text` is its exact slice but for white space and line breaks."""

    statement: str
    source: str
    start: int
    end: int
    text: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option; `feedback` says why it is right or wrong, `proof` by what kind of fact, `quotes` where."""

    text: str
    correct: bool
    feedback: str
    proof: str
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("proof of an option", self.proof, PROOFS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What an item asks about: `about` names it without its value, so that a changed value is seen as a change."""

    about: str
    value: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question with one best answer.

    `id` is the hash of `type` and `facts` (what they are about and their values), of no wording: an edited stem keeps
    it. `pairs` are the right pairs of a matching item, `order` the right sequence of an ordering item; both are also
    asked as options, for what knows no such question. `count` is n/N with its Wilson interval (95 %) where the key is
    a count. `concepts` are keys that it touches. `state` is one of STATES, after a look at a changed graph.
    """

    type: str
    stem: str
    options: tuple[Option, ...]
    feedback: str
    facts: tuple[Fact, ...]
    quotes: tuple[Quote, ...]
    difficulty: str
    difficulty_reason: str
    bloom: str
    count: str = ""
    concepts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    fixed_order: bool = False
    points: float = 1.0
    edited: bool = False
    state: str = ""
    changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("difficulty", self.difficulty, DIFFICULTIES)
        require_one_of("Bloom level", self.bloom, BLOOM_LEVELS)
        require_one_of("state of an item", self.state, STATES)
        right = sum(option.correct for option in self.options)
        if len(self.options) < 2 or right != 1:
            raise QuizError(
                f"item {self.stem!r} has {len(self.options)} options, {right} right; allowed: 2 or more, one right"
            )

    @property
    def id(self) -> str:
        """The stable name of the item: 12 hexadecimal digits over its type and its facts.

        The statements' own hashes do not count: they change with the place of a sentence in its text.
        """
        return digest([self.type, [[fact.about, fact.value] for fact in self.facts]])

    @property
    def subject(self) -> str:
        """What the item asks about, whatever its value: a changed number gives another id and the same subject."""
        return digest([self.type, [fact.about for fact in self.facts]])

    @property
    def key(self) -> int:
        """The place of the right option, from 0."""
        return next(place for place, option in enumerate(self.options) if option.correct)

    @property
    def is_true_false(self) -> bool:
        """Whether the item asks for a verdict on one sentence."""
        return [option.text for option in self.options] == ["True", "False"]

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of every statement that the item rests on."""
        quotes = (*self.quotes, *(quote for option in self.options for quote in option.quotes))
        return tuple(dict.fromkeys([i for fact in self.facts for i in fact.statements] + [q.statement for q in quotes]))


def digest(value: Any) -> str:
    """The first hexadecimal digits of the SHA-256 of a value's JSON.

    >>> digest(["how-often", [["x1 has_sign halo", "8/10"]]])
    'e52750010b5d'
    """
    return hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()[:SHORT_ID]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A fact that no item asks about, or an item that was not sound: what would have been asked, and the reason."""

    type: str
    fact: str
    question: str
    reason: str
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Items in order, with what was asked for, what was held back, and notes such as why there are fewer.

    `revised` is when somebody last changed it by hand, in seconds of the epoch: Anki takes texts that are newer.
    """

    title: str
    items: tuple[Item, ...]
    topic: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    number: int = 10
    seed: int = 0
    difficulty: str = ""
    graph_hash: str = ""
    usable: int = 0
    held_back: tuple[HeldBack, ...] = ()
    notes: tuple[str, ...] = field(default=())
    revised: int = 0

    def to_json(self) -> dict[str, Any]:
        """The quiz as plain values; `quiz_of` reads it again."""
        return {"signum_quiz": 1, **plain(self)}


def plain(value: Any) -> Any:
    """A dataclass as dicts and lists; an item has its id and its key besides."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        return {"id": value.id, "key": value.key, **found} if isinstance(value, Item) else found
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


def quiz_of(data: Any) -> Quiz:
    """The quiz that `Quiz.to_json` wrote; QuizError for anything else, which names what is missing or wrong."""
    if not isinstance(data, Mapping) or data.get("signum_quiz") != 1:
        raise QuizError(
            "this is no quiz of Signum: it has no field signum_quiz with the value 1; save one with --format json"
        )
    try:
        items = tuple(_item(one) for one in data["items"])
        held = tuple(HeldBack(**_tuples(one)) for one in data.get("held_back", ()))
        known = {one.name for one in fields(Quiz)} - {"items", "held_back"}
        rest = _tuples({name: value for name, value in data.items() if name in known})
        quiz = Quiz(items=items, held_back=held, **rest)
        for part in (quiz, *held):
            _typed(part)
        return quiz
    except (KeyError, TypeError, AttributeError) as error:
        raise QuizError(f"the saved quiz is damaged: {error}; make it again with signum quiz") from None


TYPES_OF_FIELDS: Final[Mapping[str, tuple[type, ...]]] = {
    "str": (str,),
    "int": (int,),
    "float": (int, float),
    "bool": (bool,),
    "tuple[str, ...]": (tuple,),
}


def _typed(value: Any) -> None:
    """Refuse a field of another type than it is declared with: a file may hold anything."""
    for one in fields(value):
        found, allowed = getattr(value, one.name), TYPES_OF_FIELDS.get(str(one.type))
        wrong = allowed is not None and not isinstance(found, allowed)
        if str(one.type) == "tuple[str, ...]" and isinstance(found, tuple):
            wrong = not all(isinstance(part, str) for part in found)
        if wrong or (str(one.type) == "float" and not math.isfinite(found)):
            raise QuizError(f"{one.name} of the saved quiz is {str(found)[:60]!r}; allowed: a value of type {one.type}")


def _item(data: Mapping[str, Any]) -> Item:
    given = {name: value for name, value in data.items() if name not in ("id", "key")}
    options = tuple(Option(**{**one, "quotes": _quotes(one["quotes"])}) for one in given.pop("options"))
    for option in options:
        _typed(option)  # before the item counts the right ones
    facts = tuple(Fact(**_tuples(one)) for one in given.pop("facts"))
    quotes, pairs = _quotes(given.pop("quotes")), tuple(tuple(pair) for pair in given.pop("pairs", ()))
    item = Item(options=options, facts=facts, quotes=quotes, pairs=pairs, **_tuples(given))
    for part in (item, *facts, *quotes, *(quote for option in options for quote in option.quotes)):
        _typed(part)
    if data.get("id", item.id) != item.id:
        raise QuizError(f"item {data['id']} does not have the facts that its id stands for; make the quiz again")
    return item


def _quotes(data: Sequence[Mapping[str, Any]]) -> tuple[Quote, ...]:
    return tuple(Quote(**one) for one in data)


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
