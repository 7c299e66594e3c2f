"""This module decides what a question asks for, and which of its concepts an answer has to be about."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.ask.intents import BY_NAME, DEFINING, INTENTS, STRICT, Intent
from kg.ask.library import Library
from kg.ask.reading import GENERIC, Mention, Options, Reading
from kg.ask.telling import Telling, demanded, tellings

FINDING_TYPES: Final = ("sign", "marker", "clinical-feature", "syndrome")
_WHICH_TREATMENT: Final = re.compile(
    r"\b(?:which|what|how)\b.{0,40}\b(?:treat|therap|manag|drug|line|prevent|avoid|abort)"
)
_WHAT_IS: Final = re.compile(r"(?:what|who)(?: i|')s\b|what are\b|what does\b|define\b|explain\b")
_YEARS: Final = re.compile(r"\b(?:\d+|one|two|three|five|ten)[- ]?(?:years?|yr)\b")
_WHAT_VALUE: Final = re.compile(
    r"^(?:is|are|does|do|did|was|were|can|could)\b|\b(?:increas|improv|higher|better|more)\w*\b"
)
_ACCURACY: Final = {
    "sensitivity": re.compile(r"\bsensitivit(?:y|ies)\b"),
    "specificity": re.compile(r"\bspecificit(?:y|ies)\b"),
    "auc": re.compile(r"\bau(?:ro)?c\b|\barea under\b"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to answer: intents, the foremost first; the mentions that every answer is about; the kinds of number that
    were asked for by name (any of them answers); the two diseases set against each other, if it sets two; what it asks
    besides concepts; the papers that it is about, where it is about a study.
    """

    intents: tuple[Intent, ...]
    required: tuple[Mention, ...]
    demanded: tuple[str, ...] = ()
    number: bool = False
    sides: tuple[str, ...] = ()
    telling: tuple[Telling, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def intent(self) -> Intent:
        return self.intents[0]


def task_of(library: Library, reading: Reading, options: Options, *, without: Collection[str] = ()) -> Task:
    """The task that a reading stands for, of other intents than those `without`."""
    plain = joined_by_or(reading)
    if options.intents:
        chosen = tuple(BY_NAME[name] for name in options.intents)
    else:
        chosen = _intents(library, reading, composed(library, plain, reading.corrected), without)
    chosen = _of_a_syndrome(plain, chosen)
    first = chosen[0].name
    mentions = plain if first == "spread" else composed(library, plain, reading.corrected)
    if first in EITHER_WAY:
        mentions = [_with_opposite(library, mention) for mention in mentions]
    required = tuple(mention for mention in mentions if _is_required(mention, chosen))
    if first == "merits":
        required = _of_tests(required) or required
    required += tuple(m for m in mentions if m not in required and _THERE_IS.search(reading.corrected[: m.start]))
    if first in ("frequency", "presence") and all("disease" in mention.types for mention in required):
        required += tuple(m for m in mentions if "metastasis" in m.keys and m not in required)
    if not required:  # "what is a neuroendocrine neoplasm made of": something has to be asked about
        told = [m for m in mentions if not _consumed(m, chosen) and set(m.types) & {"disease", "site", "modality"}]
        required = tuple(told[:1])
    if first in DEFINING and any("modality" not in mention.types for mention in required):
        required = tuple(mention for mention in required if "modality" not in mention.types)
    if first in ("size", "significance", "discriminate", "follow_up", "classification"):
        required = tuple(_alike(library, mention) for mention in required)
    sides = _sides(library, mentions) if first in ("discriminate", "ratio", "significance", "mimics") else ()
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
        telling=tellings(asked_of(reading.plain), first),
        papers=papers,
    )


SOFT: Final = ("follow_up",)
"""Strict intents of which a question may speak only by the way: a reader of follow-up scans."""
_NUMERIC: Final = ("ratio", "significance", "mortality", "survival", "frequency", "reader_agreement", "size")


def otherwise(library: Library, reading: Reading, options: Options, task: Task) -> Iterator[Task]:
    """Other tasks that a question may stand for, where the one it stands for has no answer: what else it asks for; of
    diseases named side by side each for itself; and whatever is said of all that it names, if that is more than one.
    """
    if options.intents:
        return
    if task.intent.name in SOFT:
        yield task_of(library, reading, options, without=SOFT)
    yield from sides_alone(reading, task)
    exact = task.demanded or demanded(task.telling) or task.number or task.intent.name in (*STRICT, *_NUMERIC)
    if len(task.required) > 1 and not exact:
        yield replace(task, intents=(BY_NAME["about"],))


def sides_alone(reading: Reading, task: Task) -> Iterator[Task]:
    """The task of diseases named side by side, each for itself."""
    diseases = [mention for mention in task.required if "disease" in mention.types]
    if len(diseases) > 1 and task.intent.name not in ("ratio", "significance"):
        others = tuple(mention for mention in task.required if mention not in diseases)
        yield replace(task, required=(_together(reading, diseases), *others))


def _together(reading: Reading, mentions: Sequence[Mention]) -> Mention:
    """Several mentions as one, which any of them meets."""
    first, last = mentions[0], mentions[-1]
    return replace(
        first,
        keys=tuple(dict.fromkeys(key for mention in mentions for key in mention.keys)),
        broader=tuple(dict.fromkeys(key for mention in mentions for key in mention.broader)),
        text=reading.corrected[first.start : last.start + len(last.text)],
        parts=tuple(part for mention in mentions for part in (mention.parts or (mention,))),
    )


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
EITHER_WAY: Final = ("agreement", "presence")
OPPOSITES: Final = (
    ("solitary-lesion", "multiple-lesions"),
    ("hypervascular", "hypovascular"),
    ("well-defined-margin", "ill-defined-margin"),
    ("arterial-phase-hyperenhancement", "arterial-phase-hypoenhancement"),
    ("hyperenhancement", "hypoenhancement"),
    ("homogeneous-appearance", "heterogeneous-appearance"),
    ("complete-capsule", "incomplete-capsule"),
    ("cystic-tumor", "solid-lesion"),
    ("slow-growth", "rapid-growth"),
    ("hyperattenuation", "hypoattenuation"),
    ("restricted-distribution", "diffuse-distribution"),
    ("round-shape", "irregular-shape"),
)
"""Findings of which a lesion has one or the other: what is said of one answers whether there is the other."""


ALIKE: Final = (
    ("tumor-size", "tumor-diameter"),
    ("hypervascular", "arterial-phase-hyperenhancement"),
    ("hypervascular", "hyperenhancement"),
    ("hypovascular", "arterial-phase-hypoenhancement"),
    ("hypovascular", "hypoenhancement"),
    ("hyperenhancement", "arterial-phase-hyperenhancement"),
    ("hypoenhancement", "arterial-phase-hypoenhancement"),
)
"""Things that papers say in place of each other: of one the other answers, with a word that it does."""


def _alike(library: Library, mention: Mention) -> Mention:
    pairs = [(one, other) for pair in ALIKE for one, other in (pair, pair[::-1])]
    known = library.vocabulary.concepts
    further = tuple(other for one, other in pairs if one in mention.keys and other in known)
    return replace(mention, broader=(*mention.broader, *further)) if further else mention


def _with_opposite(library: Library, mention: Mention) -> Mention:
    pairs = {one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])}
    further = (pairs[key] for key in mention.keys if key in pairs and pairs[key] in library.vocabulary.concepts)
    return replace(mention, keys=tuple(dict.fromkeys((*mention.keys, *further))))


JOINED: Final = ("sign", "marker", "clinical-feature", "site", "modality", "phase", "therapy")
_OR: Final = re.compile(
    r"\s*(?:,|/|&|\b(?:or|and|vs\.?|versus|with|over|against|(?:as )?compare[sd]? (?:to|with)|in comparison (?:to|with)"
    r"|as opposed to|"
    r"rather than|instead of|superior to|inferior to|(?:prefer\w*|chosen|used) (?:over|to)|(?:\w+ ){0,2}than)\b)"
    r"(?:\s*\b(?:that|those|the|of|in|for|with|an?|or|and|just|after|from|by|on|at|under|during|using)\b)*\s*",
    re.IGNORECASE,
)
"""What stands between two things of which either is asked about: RFA compared with that of embolization."""


def joined_by_or(reading: Reading) -> list[Mention]:
    """The mentions, of which those of one type with only "or", "and" between them are one: either is answered."""
    found: list[Mention] = []
    for mention in reading.mentions:
        last = found[-1] if found else None
        if last is not None and mention.types == last.types and mention.types[0] in JOINED:
            between = reading.corrected[last.start + len(last.text) : mention.start]
            if _OR.fullmatch(between):
                found[-1] = _together(reading, (last, mention))
                continue
        found.append(mention)
    return found


_HAVE: Final = re.compile(r"\b(?:have|has|had|having|get|gets|develop\w*|show\w*|present\w*|spread\w*)\b")


def composed(library: Library, plain: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, with "liver metastases" of something joined to the something: carcinoid, liver metastases.

    That somebody with a tumor has metastases speaks of the tumor.
    """
    mentions = list(plain)
    spread = [m for m in mentions if set(m.keys) & {"liver-metastasis", "metastasis"}]
    origins = [m for m in mentions if "disease" in m.types and m not in spread and not _is_metastasis(library, m)]
    for metastasis in spread:
        near = [m for m in origins if abs(m.start - metastasis.start) < _NEAR and m in mentions]
        for origin in near[:1]:
            between = text[origin.start + len(origin.text) : metastasis.start]
            if _HAVE.search(between.casefold()):
                continue
            joint = _metastases_of(library, origin)
            if joint:
                parents = (library.vocabulary.concepts[key].parent for key in origin.keys)
                broader = (*origin.keys, *(key for key in parents if key is not None and key not in GENERIC))
                text = f"{origin.text} {metastasis.text}"
                mentions[mentions.index(origin)] = replace(origin, keys=joint, broader=broader, text=text)
                mentions.remove(metastasis)
    return mentions


_NEAR: Final = 45  # characters between the two parts of one name


def _is_metastasis(library: Library, mention: Mention) -> bool:
    return any(key in library.vocabulary.descendants("metastasis") for key in mention.keys if "metastasis" in key)


def _metastases_of(library: Library, origin: Mention) -> tuple[str, ...]:
    """The liver metastases that are those of a disease, or of the nearest broader one that has a name for them."""
    vocabulary = library.vocabulary
    if "liver-metastasis" not in vocabulary.concepts:
        return ()
    kinds = [vocabulary.concepts[key] for key in vocabulary.descendants("liver-metastasis")]
    for key in origin.keys:
        for level in (key, *vocabulary.ancestors(key)):
            if level in GENERIC:
                break
            words = set(vocabulary.concepts[level].label.split()) - {"tumor", "neoplasm", "cancer", "carcinoma"}
            joint = [kind.key for kind in kinds if any(words <= set(label.split()) for label in kind.labels) and words]
            if joint:
                return tuple(joint[:2])
    return ()


def _intents(
    library: Library, reading: Reading, mentions: Sequence[Mention], without: Collection[str]
) -> tuple[Intent, ...]:
    points = {intent.name: _points(library, intent, reading, mentions) for intent in INTENTS}
    points |= dict.fromkeys(without, 0.0)
    strict = [name for name in STRICT if points[name] > 0]
    if strict == ["agreement"]:
        others = sorted((name for name in points if name not in STRICT and points[name] > 0), key=lambda n: -points[n])
        return tuple(BY_NAME[name] for name in ["agreement", *others[:2]])
    if "reader_agreement" in strict and "agreement" in strict:
        strict.remove("agreement")
    if strict:
        return tuple(BY_NAME[name] for name in sorted(strict, key=lambda name: -points[name]))
    ranked = sorted((name for name in points if points[name] > 0), key=lambda name: -points[name])
    if not ranked:
        return (BY_NAME["meaning" if _WHAT_IS.match(reading.plain) else _by_types(mentions)],)
    top = points[ranked[0]]
    return tuple(BY_NAME[name] for name in ranked[:3] if points[name] >= max(2.0, 0.6 * top) or name == ranked[0])


_DESCRIBED: Final = re.compile(
    r"\b(stud(?:y|ies)|papers?|series|articles?|work|reports?|reviews?|essay)\b"
    r" (?:that|which|comparing|describing|looking at|about|dealing with)\b[^,;:?]*"
)


_READERS: Final = re.compile(r"\b(?:readers?|observers?|radiologists?|raters?)\b")
_STUDIES: Final = re.compile(r"\b(?:papers|studies|sources|reviews|literature)\b")


def asked_of(question: str) -> str:
    """A question without what only says which study is meant.

    >>> asked_of("limitations of the study that compared net with adenocarcinoma?")
    'limitations of the study?'
    """
    return _DESCRIBED.sub(r"\1", question)


def _points(library: Library, intent: Intent, reading: Reading, mentions: Sequence[Mention]) -> float:
    """The points of its cues, more or less by what the question names: a therapy has outcomes, a sign a frequency."""
    points = float(intent.points(asked_of(reading.plain)))
    named = [mention for mention in mentions if mention.required]
    types = {kind for mention in named for kind in mention.types}
    of_readers = _READERS.search(reading.plain) is not None and _STUDIES.search(reading.plain) is None
    if not points or (intent.name == "agreement" and of_readers):
        return 0.0
    if intent.name == "discriminate":
        return points * _of_sides(library, named, types)
    if intent.name == "diseases_with":
        return points if types & {*FINDING_TYPES} and not _specific(named) else 0.0
    if intent.name == "mimics" and types & {*FINDING_TYPES} and not _specific(named):
        return 0.0
    if intent.name == "therapies" and _WHICH_TREATMENT.search(reading.plain):
        return points
    points += 4.0 * (intent.name == "epidemiology" and _a_kind_of_another(library, named))
    points += 2.0 * (intent.name in ("study", "about") and bool(reading.sources))
    weights = [weight for weight in WEIGHTS if weight.fits(intent.name, types)]
    return sum((weight.add for weight in weights), points) * math.prod(weight.times for weight in weights)


def _specific(named: Sequence[Mention]) -> bool:
    """Whether a question names a disease, and not only that there is a lesion or a metastasis."""
    return any("disease" in mention.types and not set(mention.keys) <= {"liver-metastasis"} for mention in named)


def _a_kind_of_another(library: Library, named: Sequence[Mention]) -> bool:
    """Whether a question names a disease and a kind of it: the share of PHNEN in all NENs."""
    keys = [key for mention in named if "disease" in mention.types for key in mention.keys[:1]]
    return any(one != other and library.lineage.related(one, other) for one in keys for other in keys)


def _of_sides(library: Library, named: Sequence[Mention], types: set[str]) -> float:
    """How far a comparison is one of diseases: two of them, one, or rather of two tests or therapies."""
    if _sides(library, named):
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


def _sides(library: Library, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The two diseases that a question sets against each other; none of them is a kind of the other."""
    keys = [m.keys[0] for m in mentions if "disease" in m.types and m.required]
    found: list[str] = []
    for key in keys:
        if not any(library.lineage.related(key, other) for other in found):
            found.append(key)
    return tuple(found[:2]) if len(found) >= 2 else ()


def _is_required(mention: Mention, intents: Sequence[Intent]) -> bool:
    return mention.required and not _consumed(mention, intents)


def _consumed(mention: Mention, intents: Sequence[Intent]) -> bool:
    """Whether a mention only says what is asked: "sensitivity" in a question for it."""
    return all(any(key in intent.consumes for intent in intents) for key in mention.keys)


def _demanded(reading: Reading, intents: Sequence[Intent]) -> tuple[str, ...]:
    if _YEARS.search(reading.plain) and any(intent.name == "survival" for intent in intents):
        return ("survival_rate", "percent", "percent_range")
    if _WHAT_VALUE.search(reading.plain) or not any(intent.name == "performance" for intent in intents):
        return ()
    return tuple(kind for kind, pattern in _ACCURACY.items() if pattern.search(reading.plain))
