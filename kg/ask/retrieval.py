"""This module finds the statements that answer a question, and ranks them by relevance and then by evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.ask.intents import DEFINING, NUMERIC, STRICT, Intent
from kg.ask.intents.intent import COUNTS
from kg.ask.library import Indexed, Library, Passage
from kg.ask.literal import literal
from kg.ask.matching import ANY_IMAGING, BROADER, LOOSE, NEARBY, ONE_OF_ITS_ENDS, QUOTED, broader_of, match
from kg.ask.reading import AskedNumber, Mention, Reading
from kg.ask.telling import Telling, demanded, satisfied, telling_alone
from kg.evidence import is_plan
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Statement, Statistic

EVIDENCE_POINTS: Final = {"own": 2.0, "cited": 1.0, "background": 0.0}
FROM_AROUND: Final = {True: 4.0, False: 10.0}
"""Points that a statement has less of which only a sentence before names the disease asked about, or another thing."""

ON_TOOLS: Final = ("modalities", "performance", "merits", "outcome", "indication")
OF_THE_TOOL: Final = (
    4.0  # points of whatever is said of the test or therapy that a question on tests or therapies names
)
OF_THE_MATTER: Final = 3.0  # points of a statement of what is asked for, whatever it says of it
WORDS_ENOUGH: Final = 5.0  # points of words that a sentence shares with a question, from which it may answer it
BY_WORDS: Final = 1.0
HARD: Final = frozenset({*STRICT, *NUMERIC} - {"follow_up"})
"""Intents that shared words alone make no statement an answer to."""
DEMANDED: Final = 6.0  # points of a statement whose sentence says what an answer has to say
CONSUMED: Final = 4.0  # points of a statement of what the question asks for: an age, a sensitivity
BY_NAME: Final = 5.0  # points of what is named in a question that asks for no concept, but for an account of a study
TOLD: Final = 2.5  # points of a statement whose own words say what is asked besides concepts
SAID_AROUND: Final = 1.5  # points of one whose sentence says it


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A statement that answers, with its score; `widened` are the keys that it meets only by a broader concept."""

    indexed: Indexed
    score: float
    widened: tuple[str, ...] = ()
    loose: bool = False


def answers(indexed: Indexed, intent: Intent) -> float:
    """How well a statement is of the kind that an intent asks for: 0 if it is none."""
    statement = indexed.statement
    kind = statement.statistic.kind if statement.statistic is not None else ""
    score = 0.1 if intent.open or not (intent.predicates or intent.kinds or intent.words) else 0.0
    if statement.predicate in intent.predicates:
        score += 6.0 if not intent.prefers or statement.predicate == intent.prefers else 4.0
    if kind and kind in intent.kinds:
        score += 5.0
    if intent.words and re.search(intent.words, indexed.said, re.IGNORECASE if intent.words.islower() else 0):
        score += 2.0
    if score and intent.stress and re.search(intent.stress, indexed.said, re.IGNORECASE):
        score += 2.0
    return score + (5.0 if statement.section in intent.sections else 0.0)


def is_of(statement: Statement, intents: Sequence[Intent]) -> bool:
    """Whether a statement is of the kind that is asked by its predicate or its number, not only by its words."""
    kind = statement.statistic.kind if statement.statistic is not None else ""
    return any(statement.predicate in intent.predicates or kind in intent.kinds for intent in intents)


def retrieve(
    library: Library,
    reading: Reading,
    intents: Sequence[Intent],
    *,
    required: Sequence[Mention],
    telling: Sequence[Telling] = (),
    nearby: bool = False,
) -> list[Hit]:
    """Every statement that is about all that is required and of the kind that is asked, best first.

    A statement of the two things asked about, one its subject and one its object, is of the kind whatever it says.
    """
    hits = []
    for indexed in _candidates(library, required):
        statement = indexed.statement
        if reading.sources and statement.source not in reading.sources:
            continue
        if reading.evidence and statement.evidence not in reading.evidence:
            continue
        hit = _hit(library, indexed, reading, intents, required, telling=telling, nearby=nearby)
        if hit is not None:
            hits.append(hit)
    return sorted(hits, key=lambda hit: (-hit.score, hit.indexed.passage, hit.indexed.statement.id))


def _candidates(library: Library, required: Sequence[Mention]) -> Iterator[Indexed]:
    """The statements that can be about all that is required: a superset, from the index."""
    places: frozenset[int] | None = None
    for mention in required:
        mine = _places(library, mention)
        places = mine if places is None else places & mine
    chosen = range(len(library.statements)) if places is None else sorted(places)
    return (library.statements[place] for place in chosen)


def _places(library: Library, mention: Mention) -> frozenset[int]:
    keys = {*mention.keys, *mention.broader}
    for key in mention.keys:
        keys |= library.below(key) | {broader_of(library, key) or key}
    for key in mention.broader:
        keys |= library.below(key)
    if "modality" in mention.types:
        keys.add(ANY_IMAGING)
    found = [library.mentioning.get(key, frozenset()) for key in keys]
    found += [frozenset(library.place_of[identity] for identity in library.spelling_out(key)) for key in mention.keys]
    topical = [places for source, places in library.of_source.items() if keys & library.topics[source]]
    return frozenset().union(*found, *topical)


def _hit(
    library: Library,
    indexed: Indexed,
    reading: Reading,
    intents: Sequence[Intent],
    required: Sequence[Mention],
    *,
    telling: Sequence[Telling],
    nearby: bool,
) -> Hit | None:
    one_disease = sum("disease" in mention.types for mention in required) == 1
    about = intents[0].about if one_disease else "any"
    met: list[_Met] = []
    for mention in required:
        quality, broader = match(library, indexed, mention, about=about, nearby=nearby)
        if quality == 0.0:
            return None
        met.append(_Met(mention, quality, broader))
    if len(met) > 1 and not any(one.quality >= BROADER for one in met):
        return None  # that a sentence before, or the paper, is about all that is asked, makes no sentence an answer
    words = literal(library, reading).points(indexed)
    kind = _kind(library, indexed, reading, intents, met, telling=telling, words=words)
    connects = len(met) > 1 and all(one.quality >= QUOTED for one in met)
    if not kind and not (connects and not any(intent.name in STRICT for intent in intents)):
        return None
    score = kind + words + sum(one.points for one in met)
    score += DEFINED * (intents[0].name in DEFINING and _defines(indexed, required))
    score += sum(TOLD * one.told(indexed, whole=False) + SAID_AROUND * one.told(indexed) for one in telling)
    others = (mention for mention in reading.mentions if mention not in required)
    score += sum(_weight(one, reading, required) * match(library, indexed, one, about="any")[0] for one in others)
    score += sum(4.0 * (_named_of(library, indexed, mention) - 1) for mention in required if _joined(mention))
    score += _of_numbers(indexed, reading.numbers) + _of_evidence(indexed)
    if reading.how_many and indexed.statement.statistic is not None and indexed.statement.statistic.kind in COUNTS:
        score += 3.0
    widened = tuple(key for one in met if one.broader for key in one.mention.keys)
    return Hit(indexed=indexed, score=score, widened=widened, loose=any(one.quality == LOOSE for one in met))


@dataclass(frozen=True, slots=True)
class _Met:
    """How well a statement is about one thing that it has to be about, and whether only by something broader."""

    mention: Mention
    quality: float
    broader: bool

    @property
    def points(self) -> float:
        around = FROM_AROUND["disease" in self.mention.types] if self.quality == NEARBY else 0.0
        return 10.0 * self.quality - around

    @property
    def is_tool(self) -> bool:
        """Whether the statement is of the very test or therapy that is asked about."""
        return self.quality >= ONE_OF_ITS_ENDS and bool({"modality", "therapy"} & set(self.mention.types))


def _kind(
    library: Library,
    indexed: Indexed,
    reading: Reading,
    intents: Sequence[Intent],
    met: Sequence[_Met],
    *,
    telling: Sequence[Telling],
    words: float,
) -> float:
    """How far a statement is of the kind that is asked; by its predicate, number or words, or by what it is of."""
    first = intents[0].name
    asked = {one.mention for one in met}
    besides = (mention for mention in reading.mentions if mention.required and mention not in asked)
    direct = not met or any(one.quality >= QUOTED for one in met)
    musts, alone = demanded(telling), telling_alone(telling)
    reasons = (
        (OF_THE_TOOL, first in ON_TOOLS and any(one.is_tool for one in met)),
        (OF_THE_MATTER, bool(alone) and satisfied(indexed, alone)),
        (OF_THE_MATTER, first not in (*STRICT, "size") and any(_is_end(library, indexed, one) for one in besides)),
        (BY_WORDS, first not in HARD and direct and words >= WORDS_ENOUGH),
        (DEMANDED, bool(musts) and satisfied(indexed, musts)),
    )
    of_intents = (answers(indexed, intent) * (1.0 if place == 0 else 0.6) for place, intent in enumerate(intents))
    return max(*of_intents, *(points for points, holds in reasons if holds), 0.0)


DEFINED: Final = 8.0


def _is_end(library: Library, indexed: Indexed, mention: Mention) -> bool:
    """Whether a statement is of what a mention names: its subject or its object."""
    return any(not {indexed.subject, indexed.object}.isdisjoint({key} | library.below(key)) for key in mention.keys)


def _weight(mention: Mention, reading: Reading, required: Sequence[Mention]) -> float:
    """What it adds that a statement is of something named which an answer need not be about."""
    if "number-of-patients" in mention.keys and not reading.how_many:
        return 0.0  # every question speaks of patients
    if not required:
        return BY_NAME
    return CONSUMED if mention.required else 2.0


def _defines(indexed: Indexed, required: Sequence[Mention]) -> bool:
    """Whether a statement says what one of the things asked about is: what it is of, and how it is described."""
    keys = {key for mention in required if "modality" not in mention.types for key in mention.keys}
    return indexed.statement.predicate == "classified_by" and indexed.subject in keys


def _joined(mention: Mention) -> bool:
    """Whether a mention is of things joined by "and", "or", of which a sentence on all says most."""
    return len(mention.keys) > 1 and " " in mention.text


def _named_of(library: Library, indexed: Indexed, mention: Mention) -> int:
    there = {indexed.subject, indexed.object, indexed.comparator} | indexed.context | indexed.quoted
    return max(1, sum(not there.isdisjoint({key} | library.below(key)) for key in mention.keys))


def _of_evidence(indexed: Indexed) -> float:
    """What a statement's standing adds: own before cited before background, a number before none, a plan last."""
    statement = indexed.statement
    points = EVIDENCE_POINTS[statement.evidence] + (1.0 if statement.statistic is not None else 0.0)
    if statement.section == ONE_PATIENT or statement.population == "one patient":
        points -= 4.0
    return points - (2.0 if is_plan(statement) else 0.0)


def _of_numbers(indexed: Indexed, numbers: Iterable[AskedNumber]) -> float:
    statistic = indexed.statement.statistic
    printed = sum(4.0 for number in numbers if statistic is not None and _near(statistic, number))
    named = sum(4.0 for number in numbers if _YEAR.fullmatch(number.text) and number.text in indexed.words)
    return printed + named


_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def _near(statistic: Statistic, number: AskedNumber) -> bool:
    """Whether a printed number is the one that a question names."""
    return any(value is not None and value == number.value for _, value in statistic.numbers())


def thresholds_met(statistic: Statistic, number: AskedNumber) -> bool | None:
    """Whether every value that a question asks of (such as > 20 %) lies within a printed threshold (such as > 15 %).

    None where some do and some do not, and where the units differ.
    """
    printed = statistic.value if statistic.value is not None else statistic.percent
    if printed is None or statistic.op not in ("<", ">", "<=", ">="):
        return None
    unit = "%" if "%" in statistic.printed else (statistic.unit or "")
    if number.unit != unit and ((number.unit and unit) or unit in ("cm", "mm")):
        return None
    low, high = _range(number.op, number.value)
    return _within(low, high, statistic.op, printed)


def _range(op: str, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The limits of what is asked of; None is no limit."""
    return (value, None) if op in (">", ">=") else (None, value) if op in ("<", "<=") else (value, value)


def _within(low: Decimal | None, high: Decimal | None, op: str, printed: Decimal) -> bool | None:
    if op in (">", ">="):
        if low is not None and (low > printed or (low == printed and op == ">=")):
            return True
        return False if high is not None and high <= printed and not (high == printed and op == ">=") else None
    if high is not None and (high < printed or (high == printed and op == "<=")):
        return True
    return False if low is not None and low >= printed and not (low == printed and op == "<=") else None


def by_passage(hits: Iterable[Hit]) -> Mapping[Passage, list[Hit]]:
    """The hits of each sentence, sentences in the order of their best hit."""
    found: dict[Passage, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.indexed.passage, []).append(hit)
    return found
