"""This module decides what a question asks for, and which of its concepts an answer has to be about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.ask.composition import EITHER_WAY, alike_of, composed, joined_by_or, together, with_opposite, with_tumors
from kg.ask.intents import BY_NAME, DEFINING, NUMERIC, STRICT, Intent
from kg.ask.library import Library
from kg.ask.matters import tellings
from kg.ask.reading import Mention, Options, Reading
from kg.ask.telling import Telling, demanded, telling_alone
from kg.ask.weighing import FINDING_TYPES, asked_of, intents_of, sides_of

_YEARS: Final = re.compile(r"\b(?:\d+|one|two|three|five|ten)[- ]?(?:years?|yr)\b")
_WHAT_VALUE: Final = re.compile(
    r"^(?:is|are|does|do|did|was|were|can|could)\b|\b(?:increas|improv|higher|better|more)\w*\b"
    r"|\bdo(?:es)? to\b|\b(?:affect|influenc|chang)\w*\b"
)
_ACCURACY: Final = {
    "sensitivity": re.compile(r"\bsensitivit(?:y|ies)\b"),
    "specificity": re.compile(r"\bspecificit(?:y|ies)\b"),
    "auc": re.compile(r"\bau(?:ro)?c\b|\barea under\b"),
}


SORTS: Final = (
    (r"\b(?:which|what) (?:\w+ )?(?:drugs?|medications?|therap(?:y|ies)|treatments?)\b", "therapy"),
    (r"\b(?:which|what|most) (?:\w+ )?(?:biomarkers?|markers?|hormones?)\b(?!-)", "marker"),
)
"""What a question asks which of, and the type of the concepts that answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to answer: intents, the foremost first; the mentions that every answer is about; the kinds of number that
    were asked for by name (any of them answers); the two diseases set against each other, if it sets two; what it asks
    besides concepts; the papers that it is about, where it is about a study; what was asked about and is left out; the
    type of concept that it asks which of.
    """

    intents: tuple[Intent, ...]
    required: tuple[Mention, ...]
    demanded: tuple[str, ...] = ()
    number: bool = False
    sides: tuple[str, ...] = ()
    telling: tuple[Telling, ...] = ()
    papers: tuple[str, ...] = ()
    left_out: tuple[Mention, ...] = ()
    sort: str = ""

    @property
    def intent(self) -> Intent:
        return self.intents[0]


def task_of(library: Library, reading: Reading, options: Options, *, without: Collection[str] = ()) -> Task:
    """The task that a reading stands for, of other intents than those `without`."""
    plain = joined_by_or(reading)
    if options.intents:
        chosen = tuple(BY_NAME[name] for name in options.intents)
    else:
        chosen = intents_of(library, reading, composed(library, plain, reading.corrected), without)
    chosen = _of_a_syndrome(plain, chosen)
    first = chosen[0].name
    mentions = plain if first == "spread" else composed(library, plain, reading.corrected)
    if first in EITHER_WAY:
        mentions = [with_opposite(library, mention) for mention in mentions]
    telling = tellings(asked_of(reading.plain), first)
    required = tuple(m for m in mentions if _is_required(m, chosen) and not _only_tells(m, telling))
    if first == "merits":
        required = _of_tests(required) or required
    required += tuple(m for m in mentions if m not in required and _THERE_IS.search(reading.corrected[: m.start]))
    if first in ("frequency", "presence") and all("disease" in mention.types for mention in required):
        required += tuple(m for m in mentions if "metastasis" in m.keys and m not in required)
    if first not in OF_THERAPY:
        required = tuple(m for m in required if not _by_the_way(m, reading, required))
    if not required:  # "what is a neuroendocrine neoplasm made of": something has to be asked about
        kinds = {"disease", "site"} if telling or reading.words else {"disease", "site", "modality"}
        told = [m for m in mentions if not _consumed(m, chosen) and set(m.types) & kinds]
        required = tuple(told[:1])
    if first in DEFINING and any("modality" not in mention.types for mention in required):
        required = tuple(mention for mention in required if "modality" not in mention.types)
    if first in ("size", "significance", "discriminate", "follow_up", "classification"):
        required = tuple(alike_of(library, mention) for mention in required)
    required = tuple(with_tumors(library, mention) for mention in required)
    sides = sides_of(library, mentions) if first in ("discriminate", "ratio", "significance", "mimics") else ()
    demanded = _demanded(reading, chosen)
    counts = first == "frequency" or (
        any(intent.name == "frequency" for intent in chosen)
        and any(set(mention.types) & set(FINDING_TYPES) for mention in required)
    )
    number = first == "ratio" or (counts and reading.how_many)
    papers = () if reading.sources or first != "study" else _papers_on(library, required)
    return Task(
        intents=chosen,
        required=required,
        demanded=demanded,
        number=number,
        sides=sides,
        telling=tuple(one for one in telling if reading.sources or not one.own),
        papers=papers,
        sort=next((sort for cue, sort in SORTS if re.search(cue, reading.plain)), ""),
    )


OF_THERAPY: Final = (
    *("outcome", "therapies", "complication", "mortality", "survival", "follow_up", "indication", "contraindication"),
    *("frequency", "presence"),
)
_AT_THAT_TIME: Final = re.compile(r"\b(?:after|before|during|following) (?:the |an? )?$")


def _by_the_way(mention: Mention, reading: Reading, required: Sequence[Mention]) -> bool:
    """Whether a mention only says when: recurrence after surgery, beside something else that is asked about."""
    others = [one for one in required if one is not mention and "disease" not in one.types]
    when = _AT_THAT_TIME.search(reading.plain[: mention.start]) is not None
    return when and "surgical-resection" in mention.keys and bool(others)


MOST_TOGETHER: Final = 2  # things that one sentence has to name all; of more, one may be left out
SOFT: Final = ("follow_up",)
"""Strict intents of which a question may speak only by the way: a reader of follow-up scans."""


def otherwise(library: Library, reading: Reading, options: Options, task: Task) -> Iterator[Task]:
    """Other tasks that a question may stand for, where the one it stands for has no answer: what else it asks for; of
    diseases named side by side each for itself; and whatever is said of all that it names, if that is more than one.
    """
    if options.intents:
        return
    if task.intent.name in SOFT:
        yield task_of(library, reading, options, without=SOFT)
    yield from sides_alone(reading, task)
    exact = task.demanded or demanded(task.telling) or task.number or task.intent.name in (*STRICT, *NUMERIC)
    if len(task.required) > 1 and not exact:
        yield replace(task, intents=(BY_NAME["about"],))
    if len(task.required) == MOST_TOGETHER and task.intent.name == "cause" and telling_alone(task.telling):
        for left_out in (m for m in task.required if set(m.types) & set(FINDING_TYPES)):
            others = tuple(mention for mention in task.required if mention is not left_out)
            yield replace(task, required=others, left_out=(left_out,))
    if len(task.required) > MOST_TOGETHER and not exact:
        for left_out in sorted(task.required, key=lambda mention: "disease" in mention.types):
            others = tuple(mention for mention in task.required if mention is not left_out)
            yield replace(task, intents=(BY_NAME["about"],), required=others, left_out=(left_out,))


def sides_alone(reading: Reading, task: Task) -> Iterator[Task]:
    """The task of diseases named side by side, each for itself."""
    diseases = [mention for mention in task.required if "disease" in mention.types]
    if len(diseases) > 1 and task.intent.name not in ("ratio", "significance"):
        others = tuple(mention for mention in task.required if mention not in diseases)
        yield replace(task, required=(together(reading, diseases), *others))


def _papers_on(library: Library, required: Sequence[Mention]) -> tuple[str, ...]:
    """The papers whose title names most of the diseases and modalities by which a question describes a study."""
    named = [{below for key in m.keys for below in (key, *library.below(key))} for m in required if _describes(m)]
    found = {source: sum(not keys.isdisjoint(library.titles[source]) for keys in named) for source in library.sources}
    most = max(found.values(), default=0)
    return tuple(source for source, count in found.items() if count == most) if most else ()


def _describes(mention: Mention) -> bool:
    return bool({"disease", "modality"} & set(mention.types))


def _of_a_syndrome(mentions: Sequence[Mention], chosen: tuple[Intent, ...]) -> tuple[Intent, ...]:
    """The intents, of a syndrome alone its symptoms: it has features, and no image."""
    types = {kind for mention in mentions if mention.required for kind in mention.types}
    if types == {"syndrome"} and chosen[0].name in ("signs", "diseases_with"):
        return (BY_NAME["symptoms"], *(intent for intent in chosen if intent.name != "symptoms"))
    return chosen


def _of_tests(required: Sequence[Mention]) -> tuple[Mention, ...]:
    """The tests and therapies alone: what they cost or spare is seldom said of one disease, which then only ranks."""
    return tuple(mention for mention in required if set(mention.types) & {"modality", "therapy"})


_THERE_IS: Final = re.compile(r"\b(?:is|are) there (?:an? |any )?$", re.IGNORECASE)
"""Before what is asked for, however general it is: "is there a guideline"."""


def _is_required(mention: Mention, intents: Sequence[Intent]) -> bool:
    return mention.required and not _consumed(mention, intents)


def _only_tells(mention: Mention, telling: Sequence[Telling]) -> bool:
    """Whether a mention only says what else is asked: "dose" in a question for it."""
    measured = set(mention.types) <= {"measure", "outcome", "study-design"}
    return measured and any(re.search(one.cue, mention.text.casefold()) for one in demanded(telling))


def _consumed(mention: Mention, intents: Sequence[Intent]) -> bool:
    """Whether a mention only says what is asked: "sensitivity" in a question for it."""
    return all(any(key in intent.consumes for intent in intents) for key in mention.keys)


def _demanded(reading: Reading, intents: Sequence[Intent]) -> tuple[str, ...]:
    if _YEARS.search(reading.plain) and any(intent.name == "survival" for intent in intents):
        return ("survival_rate", "percent", "percent_range")
    if _WHAT_VALUE.search(reading.plain) or not any(intent.name == "performance" for intent in intents):
        return ()
    return tuple(kind for kind, pattern in _ACCURACY.items() if pattern.search(reading.plain))
