"""This module weighs which intents a question speaks for, by its cues and by what it names."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from kg.ask.intents import BY_NAME, INTENTS, STRICT, Intent
from kg.ask.library import Library
from kg.ask.plain_words import FUNCTION_WORDS
from kg.ask.reading import Mention, Reading

FINDING_TYPES: Final = ("sign", "marker", "clinical-feature", "syndrome")
_WHICH_TREATMENT: Final = re.compile(
    r"\b(?:which|what|how)\b.{0,40}\b(?:treat|therap|manag|drug|line|prevent|avoid|abort)"
)
_WHAT_IS: Final = re.compile(r"(?:what|who)(?: i|')s\b|what are\b|what does\b|define\b|explain\b")


def intents_of(
    library: Library, reading: Reading, mentions: Sequence[Mention], without: Collection[str]
) -> tuple[Intent, ...]:
    """What a question asks for, the foremost first, of all intents but those `without`."""
    if _only_what_it_is(reading):
        return (BY_NAME["meaning"],)
    points = {intent.name: _points(library, intent, reading, mentions) for intent in INTENTS}
    points |= dict.fromkeys(without, 0.0)
    strict = [name for name in STRICT if points[name] > 0]
    if strict == ["agreement"]:
        others = sorted((name for name in points if name not in STRICT and points[name] > 0), key=lambda n: -points[n])
        near = [name for name in others[:2] if points[name] >= NEARLY * points[others[0]]]
        return tuple(BY_NAME[name] for name in ["agreement", *near])
    if "reader_agreement" in strict and "agreement" in strict:
        strict.remove("agreement")
    if strict:
        return tuple(BY_NAME[name] for name in sorted(strict, key=lambda name: -points[name]))
    ranked = sorted((name for name in points if points[name] > 0), key=lambda name: -points[name])
    if not ranked:
        return (BY_NAME["meaning" if _WHAT_IS.match(reading.plain) else _by_types(mentions)],)
    top = points[ranked[0]]
    return tuple(BY_NAME[name] for name in ranked[:3] if points[name] >= max(2.0, NEARLY * top) or name == ranked[0])


_DESCRIBED: Final = re.compile(
    r"\b(stud(?:y|ies)|papers?|series|articles?|work|reports?|reviews?|essay)\b"
    r" (?:that|which|comparing|describing|looking at|about|dealing with)\b[^,;:?]*"
)


_CALLED: Final = re.compile(r"\bthe \w+ paper\b")  # the misdiagnosis paper
_HOW_RARE: Final = re.compile(
    r"\b(?:how (?:rare|common|frequent)|rarity)\b|\bcases\b.{0,40}\b(?:reported|published|described|documented)\b"
)
_READERS: Final = re.compile(r"\b(?:readers?|observers?|radiologists?|raters?)\b")
_STUDIES: Final = re.compile(r"\b(?:papers|studies|sources|reviews|literature)\b")


def asked_of(question: str) -> str:
    """A question without what only says which study is meant.

    >>> asked_of("limitations of the study that compared net with adenocarcinoma?")
    'limitations of the study?'
    """
    return _CALLED.sub("the paper", _DESCRIBED.sub(r"\1", question))


NEARLY: Final = 0.6  # of the points of the foremost intent: what has as many is asked for as well


def _only_what_it_is(reading: Reading) -> bool:
    """Whether a question asks what a thing is, and nothing besides."""
    if not _WHAT_IS.match(reading.plain) or len(reading.mentions) != 1 or reading.sources:
        return False
    rest = reading.plain
    for mention in sorted(reading.mentions, key=lambda one: -one.start):
        rest = rest[: mention.start] + rest[mention.start + len(mention.text) :]
    return not set(re.findall(r"[a-z]+", rest)) - FUNCTION_WORDS - {"define", "explain"}


def _points(library: Library, intent: Intent, reading: Reading, mentions: Sequence[Mention]) -> float:
    """The points of its cues, more or less by what the question names: a therapy has outcomes, a sign a frequency."""
    points = float(intent.points(asked_of(reading.plain)))
    named = [mention for mention in mentions if mention.required]
    types = {kind for mention in named for kind in mention.types}
    if not points or _is_ruled_out(intent, reading, named, types):
        return 0.0
    if intent.name == "discriminate":
        return points * _of_sides(library, named, types)
    if intent.name == "frequency" and not types & {*FINDING_TYPES} and _HOW_RARE.search(reading.plain):
        return 0.5 * points  # of a disease by itself: how rare it is, and not what is seen in it
    if intent.name == "diseases_with":
        return points
    if intent.name == "therapies" and _WHICH_TREATMENT.search(reading.plain):
        return points
    points += 4.0 * (intent.name == "epidemiology" and _a_kind_of_another(library, named))
    points += 2.0 * (intent.name in ("study", "about") and bool(reading.sources))
    weights = [weight for weight in WEIGHTS if weight.fits(intent.name, types)]
    return sum((weight.add for weight in weights), points) * math.prod(weight.times for weight in weights)


def _is_ruled_out(intent: Intent, reading: Reading, named: Sequence[Mention], types: Collection[str]) -> bool:
    """Whether a question does not ask for something in spite of its cues: that readers agree, not that papers do."""
    of_a_finding = any(kind in FINDING_TYPES for kind in types) and not _specific(named)
    if intent.name == "agreement":
        return _READERS.search(reading.plain) is not None and _STUDIES.search(reading.plain) is None
    return (intent.name == "diseases_with" and not of_a_finding) or (intent.name == "mimics" and of_a_finding)


def _specific(named: Sequence[Mention]) -> bool:
    """Whether a question names a disease, and not only that there is a lesion or a metastasis."""
    return any("disease" in mention.types and not set(mention.keys) <= {"liver-metastasis"} for mention in named)


def _a_kind_of_another(library: Library, named: Sequence[Mention]) -> bool:
    """Whether a question names a disease and a kind of it: the share of PHNEN in all NENs."""
    keys = [key for mention in named if "disease" in mention.types for key in mention.keys[:1]]
    return any(one != other and library.lineage.related(one, other) for one in keys for other in keys)


def _of_sides(library: Library, named: Sequence[Mention], types: set[str]) -> float:
    """How far a comparison is one of diseases: two of them, one, or rather of two tests or therapies."""
    if sides_of(library, named):
        return 2.0
    tests = [mention for mention in named if "modality" in mention.types]
    return 0.0 if len(tests) > 1 or "therapy" in types else 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the types of the concepts in a question say for or against some intents: `types` named, `without` not."""

    intents: tuple[str, ...]
    types: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    add: float = 0.0
    times: float = 1.0

    def fits(self, intent: str, types: Collection[str]) -> bool:
        """Whether it speaks of an intent in a question that names these types."""
        named = not self.types or any(kind in types for kind in self.types)
        return intent in self.intents and named and not any(kind in types for kind in self.without)


ABOUT_THERAPY: Final = ("outcome", "complication", "mortality", "survival", "indication", "contraindication")
WEIGHTS: Final = (
    Weight(intents=ABOUT_THERAPY, types=("therapy",), add=2.0),
    Weight(intents=("therapies",), types=("therapy",), times=0.4),
    Weight(intents=("outcome",), types=("disease",), without=("therapy",), times=0.6),
    Weight(intents=("indication",), without=("therapy",), times=0.4),
    Weight(intents=("performance", "modalities"), types=("modality",), add=1.0),
    Weight(intents=("signs",), types=("sign",), times=0.4),  # a sign is named: it is asked for that one, not for all
    Weight(intents=("markers",), types=("marker",), times=0.4),
    Weight(intents=("symptoms",), types=("clinical-feature",), times=0.4),
    Weight(intents=("presence", "frequency"), types=("sign", "marker", "clinical-feature", "syndrome"), add=2.0),
    Weight(intents=("mimics",), types=("disease",), add=1.0),
    Weight(intents=("epidemiology",), types=("therapy",), times=0.3),
    Weight(intents=("measurement",), types=("disease",), times=0.8),
    Weight(intents=("demographics",), types=("modality", "therapy"), times=0.3),
)


def _by_types(mentions: Sequence[Mention]) -> str:
    """What is asked by naming things only: "AFP PHNEN" asks whether it is there."""
    types = {kind for mention in mentions if mention.required for kind in mention.types}
    if len({key for m in mentions if m.required and "disease" in m.types for key in m.keys}) > 1 and types == {
        "disease"
    }:
        return "discriminate"
    if types & {*FINDING_TYPES} and "disease" in types:
        return "presence"
    return "about"


def sides_of(library: Library, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The two diseases that a question sets against each other; none of them is a kind of the other."""
    diseases = {concept.key for concept in library.vocabulary.by_type("disease")}
    named = (key for m in mentions if m.required for key in [next((key for key in m.keys if key in diseases), None)])
    keys = [key for key in named if key is not None]
    found: list[str] = []
    for key in keys:
        if not any(library.lineage.related(key, other) for other in found):
            found.append(key)
    return tuple(found[:2]) if len(found) >= 2 else ()
