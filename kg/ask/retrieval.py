"""This module finds the statements that answer a question, and ranks them by relevance and then by evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.ask.intents import DEFINING, STRICT, Intent
from kg.ask.intents.intent import COUNTS
from kg.ask.library import Indexed, Library, Passage
from kg.ask.reading import GENERIC, AskedNumber, Mention, Reading
from kg.ask.telling import Telling, demanded, satisfied
from kg.evidence import is_plan
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Statement, Statistic

EVIDENCE_POINTS: Final = {"own": 2.0, "cited": 1.0, "background": 0.0}
ONE_OF_ITS_ENDS: Final = 0.9
BROADER: Final = 0.45  # how well a statement of the next broader disease fits: only where nothing nearer does
NARROWER: Final = 0.95
LOOSE: Final = 0.25  # said of imaging, where one modality was asked about: only where nothing nearer is
ANY_IMAGING: Final = "medical-imaging"
NEARBY: Final = 0.3  # the sentence before names it
FROM_AROUND: Final = {True: 4.0, False: 10.0}
"""Points that a statement has less of which only a sentence before names the disease asked about, or another thing."""
IMPLIED: Final = 0.4  # the sentence names no disease, and stands in a paper on this one
QUOTED: Final = 0.7  # the sentence names it, though the statement is of something else

ON_TOOLS: Final = ("modalities", "performance", "merits", "outcome", "indication")
OF_THE_TOOL: Final = (
    4.0  # points of whatever is said of the test or therapy that a question on tests or therapies names
)
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


def match(
    library: Library, indexed: Indexed, mention: Mention, *, about: str, nearby: bool = False
) -> tuple[float, bool]:
    """How well a statement is about what a mention names (0 to 1), and whether only by a broader concept.

    With `about` 'subject', a disease has to be what the statement is of, not one that it is compared with. `nearby`
    counts what the sentence before names.
    """
    best, widened = 0.0, False
    for key in mention.keys:
        quality, broader = _match_key(library, indexed, key, about)
        if mention.parts and "modality" in mention.types and not _says_of(library, indexed, key):
            quality = min(quality, LOOSE)  # seen on images of this kind, of which nothing is said
        if quality > best:
            best, widened = quality, broader
    if best < BROADER and any(
        _match_key(library, indexed, key, about)[0] >= ONE_OF_ITS_ENDS for key in mention.broader
    ):
        return BROADER, True
    if best < QUOTED and _metastatic(library, indexed, mention):
        return QUOTED, False
    if not best and _implied(library, indexed, mention.keys):
        return IMPLIED, False
    if not best and nearby:
        return _from_around(library, indexed, mention)
    return best, widened


def _says_of(library: Library, indexed: Indexed, key: str) -> bool:
    """Whether a statement's ends or its sentence name a concept."""
    return not ({indexed.subject, indexed.object} | indexed.quoted).isdisjoint({key} | library.below(key))


def _metastatic(library: Library, indexed: Indexed, mention: Mention) -> bool:
    """Whether a sentence speaks of the metastatic form of a tumor, where its metastases were asked about."""
    if not any("metastasis" in key or key == "nelm" for key in mention.keys) or "metastasis" not in indexed.quoted:
        return False
    return any(not indexed.quoted.isdisjoint({key} | library.below(key)) for key in mention.broader)


def _from_around(library: Library, indexed: Indexed, mention: Mention) -> tuple[float, bool]:
    """Whether a sentence before names what is mentioned; or that, or the paper's topic, names what is broader.

    What is said of patients with another disease is not said of this one, whatever stands before.
    """
    if _of_another_disease(library, indexed, mention):
        return 0.0, False
    if any(not indexed.nearby.isdisjoint({key} | library.below(key)) for key in mention.keys):
        return NEARBY, False
    parents = [parent for key in mention.keys if (parent := broader_of(library, key)) is not None]
    if not indexed.nearby.isdisjoint(parents) or _implied(library, indexed, parents):
        return NEARBY, True
    return 0.0, False


def _of_another_disease(library: Library, indexed: Indexed, mention: Mention) -> bool:
    subject = library.vocabulary.concepts.get(indexed.subject)
    if "disease" not in mention.types or subject is None or subject.type != "disease":
        return False
    return not any(library.lineage.related(subject.key, key) for key in (*mention.keys, *mention.broader))


def _implied(library: Library, indexed: Indexed, keys: Iterable[str]) -> bool:
    """Whether a statement that names no disease stands in a paper on one of some concepts."""
    topics = library.topics.get(indexed.statement.source, frozenset())
    if not any(key in topics or not library.below(key).isdisjoint(topics) for key in keys):
        return False
    ends = (indexed.subject, indexed.object, indexed.comparator)
    concepts = (library.vocabulary.concepts.get(key) for key in ends)
    return not any(concept is not None and concept.type == "disease" for concept in concepts)


def _match_key(library: Library, indexed: Indexed, key: str, about: str) -> tuple[float, bool]:
    concept = library.vocabulary.concepts[key]
    below = library.below(key)
    if concept.type == "disease" and about == "subject":
        return _match_patient(library, indexed, key, below)
    ends = {indexed.subject, indexed.object}
    around = indexed.context | {indexed.comparator}
    levels = (
        (1.0, key in ends),
        (NARROWER, key in around),
        (0.9, not below.isdisjoint(ends) or not below.isdisjoint(around)),
        (QUOTED + 0.1, key in indexed.quoted),
        (QUOTED, not below.isdisjoint(indexed.quoted)),
        (QUOTED, indexed.statement.id in library.spelling_out(key)),
    )
    quality = next((quality for quality, fits in levels if fits), 0.0)
    parent = broader_of(library, key)
    if not quality and parent is not None and parent in (ends | indexed.context | indexed.quoted):
        return BROADER, True
    if not quality and concept.type == "modality" and ANY_IMAGING in indexed.context:
        return LOOSE, True
    return quality, False


def _match_patient(library: Library, indexed: Indexed, key: str, below: frozenset[str]) -> tuple[float, bool]:
    """Whether a statement is of patients with a disease."""
    subject = library.vocabulary.concepts.get(indexed.subject)
    if indexed.subject == key:
        return 1.0, False
    if indexed.subject in below:
        return NARROWER, False
    of_a_disease = subject is not None and subject.type == "disease"
    if not of_a_disease and (indexed.object == key or indexed.object in below):
        return 0.85, False
    if not of_a_disease and key in indexed.quoted:
        return QUOTED, False
    if indexed.object == key and indexed.statement.predicate in BESIDE:
        return QUOTED, False
    parent = broader_of(library, key)
    return (BROADER, True) if parent is not None and indexed.subject == parent else (0.0, False)


BESIDE: Final = ("associated_with", "has_clinical_feature")  # what patients with a disease have beside it


def broader_of(library: Library, key: str) -> str | None:
    """The next broader concept, if what is said of it says something of this one."""
    concept = library.vocabulary.concepts[key]
    parent = concept.parent
    if (
        concept.type == "modality"
        or parent is None
        or parent in GENERIC
        or parent in ("liver-metastasis", "enhancement-pattern")
    ):
        return None
    return parent


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
    score = 0.0
    widened: list[str] = []
    exact = 0
    loose = tool = False
    said = False  # that a sentence before, or the paper, is about all that is asked, makes no sentence an answer
    for mention in required:
        quality, broader = match(library, indexed, mention, about=about, nearby=nearby)
        if quality == 0.0:
            return None
        score += 10.0 * quality
        exact += quality >= QUOTED
        tool = tool or (quality >= ONE_OF_ITS_ENDS and bool({"modality", "therapy"} & set(mention.types)))
        said = said or quality >= BROADER
        loose = loose or quality == LOOSE
        score -= FROM_AROUND["disease" in mention.types] * (quality == NEARBY)
        if broader:
            widened += mention.keys
    if len(required) > 1 and not said:
        return None
    kind = max(answers(indexed, intent) * (1.0 if place == 0 else 0.6) for place, intent in enumerate(intents))
    connects = exact == len(required) > 1 and not any(intent.name in STRICT for intent in intents)
    musts = demanded(telling)
    if tool and intents[0].name in ON_TOOLS:
        kind = max(kind, OF_THE_TOOL)
    if musts and satisfied(indexed, musts):
        kind = max(kind, DEMANDED)
    if not kind and not connects:
        return None
    if intents[0].name in DEFINING and _defines(indexed, required):
        score += DEFINED
    score += kind + sum(TOLD * one.told(indexed, whole=False) + SAID_AROUND * one.told(indexed) for one in telling)
    score += sum(
        _weight(mention, reading, required) * match(library, indexed, mention, about="any")[0]
        for mention in reading.mentions
        if mention not in required
    )
    score += sum(
        min(library.rarity(word), 5.0) for word in reading.words if not library.forms(word).isdisjoint(indexed.words)
    )
    score += sum(4.0 * (_named_of(library, indexed, mention) - 1) for mention in required if _joined(mention))
    score += _of_numbers(indexed, reading.numbers) + _of_evidence(indexed)
    if reading.how_many and indexed.statement.statistic is not None and indexed.statement.statistic.kind in COUNTS:
        score += 3.0
    return Hit(indexed=indexed, score=score, widened=tuple(widened), loose=loose)


DEFINED: Final = 8.0


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
