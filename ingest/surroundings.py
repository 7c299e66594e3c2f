"""This module reads what stands around a statement: its modality, phase, comparator, unit of analysis, polarity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from ingest.candidates import IMAGING, entity_of
from ingest.context import partial_population, unit_of_analysis, universal_population
from ingest.features import within
from ingest.lists import Anchor, listed_phase
from ingest.mentions import Mention, of_type
from ingest.negation import is_negated
from ingest.pairs import without_diseases
from ingest.phrases import phrase
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence
from kg.model import Entity

SEQUENCES: Final = frozenset({"t1-weighted-imaging", "t2-weighted-imaging", "diffusion-weighted-imaging", "adc-map"})
"""Modalities that are read as phases of magnetic resonance imaging."""

PHASES_OF_SIGNS: Final = (
    ("t1-", "t1-weighted-imaging"),
    ("t2-", "t2-weighted-imaging"),
    ("dwi-", "diffusion-weighted-imaging"),
    ("restricted-diffusion", "diffusion-weighted-imaging"),
    ("adc-", "adc-map"),
)
"""The sequence in which a sign is seen, by the beginning of the sign's key."""

ABOUT_THE_WAY: Final = frozenset({"cohort", "detected_by", "imaging_technique"})
"""Predicates whose modality is the one that is their end, if any: who is studied, and by what a disease is found."""

COUNT_NOTHING: Final = ABOUT_THE_WAY | {"has_epidemiology", "has_prognosis", "associated_with"}
"""Predicates of which a sentence without a number counts neither patients nor lesions."""

NEVER_SHOWN: Final = frozenset(
    {"has_epidemiology", "has_prognosis", "has_clinical_feature", "has_marker", "expresses", "treated_by"}
) | {"therapy_outcome", "therapy_indication", "therapy_contraindication", "complication"}
"""Predicates of what no image shows."""

WITHOUT_CONTRAST: Final = ("noncontrast-ct", "precontrast-phase")
"""The modality that is a phase as well."""

BETWEEN: Final = screened(
    r"\b(?:between|vs\.?|versus|than|compared?|comparison|differ\w*|respectively)(?!\w)", re.IGNORECASE
)
"""Words by which a sentence sets two groups against each other."""

ANY_PHASE: Final = "contrast-phase"
MRI: Final = "magnetic-resonance-imaging"
MAGNETIC: Final = ("t1-", "t2-", "dwi-", "adc-", "restricted-diffusion", "hepatobiliary-phase")
"""Signs that only magnetic resonance shows, by the beginnings of their keys."""

WORDS_TO_MODALITY: Final = 2
"""How many words may stand between a modality and the number that it is named for."""

PERSON: Final = screened(
    r"\b\d{1,3}[- ](?:year|yrs?)s?[- ]old|\baged \d|\b(?:male|female|man|woman)\b|\bin a case of\b", re.IGNORECASE
)
ONE_PATIENT: Final = "one patient"
OPENING: Final = 200
"""How many characters of a caption tell whether it shows one patient."""

COUNTING: Final = frozenset({"count", "proportion", "percent", "percent_range"})
"""Kinds of numbers that a 'not' turns into the number of those without."""

SIGNIFICANCE: Final = Decimal("0.05")
NOT_SIGNIFICANT: Final = screened(r"\bno(?:t)?\b[^.;]{0,40}\b(?:significan\w+|differen\w+)", re.IGNORECASE)
"""'were not significantly different'."""

NO_DIFFERENCE: Final = screened(
    r"\bno (?:statistically )?(?:significant )?(?:\w+ )?differen\w+|\b(?:not|n't) (?:\w+ ){0,2}?(?:differ\b|different)",
    re.IGNORECASE,
)
"""'no significant difference in recurrence (12% vs. 15%)': what is denied is the difference."""

NOUN_BEHIND: Final = 25
"""How many characters behind a number its counted noun may stand."""


def modality_of(
    paper: Paper, sentence: Sentence, near: int, ends: tuple[Entity, str, Entity], sign: str | None = None
) -> str | None:
    """The modality that is itself an end of a statement on how something is done or found; else the one named right
    before a place or nearest to it, that of a sign which only one shows, else the one of the whole caption, else the
    one that the title names for own findings.
    """
    subject, predicate, object_ = ends
    if predicate in NEVER_SHOWN or _is_marker(paper, object_):
        return None
    if predicate in ABOUT_THE_WAY:
        way = next((e.key for e in (object_, subject) if e.key is not None and _shows(paper, e.key)), None)
        return _general(paper, way) if way is not None and predicate == "imaging_technique" else way
    shown = _named_modality(paper, sentence, near, sign)
    if shown is None and sentence.block.kind == "caption":
        shown = _caption_modality(paper, sentence)
    return shown or (paper.title_modality if sentence.evidence == "own" else None)


def _named_modality(paper: Paper, sentence: Sentence, near: int, sign: str | None) -> str | None:
    named = _modalities(paper, sentence)
    if sign is not None and sign.startswith(MAGNETIC) and not any(paper.lexicon.is_a(m.key, MRI) for m in named):
        return MRI
    before = [m for m in named if m.end <= near and len(sentence.text[m.end : near].split()) <= WORDS_TO_MODALITY]
    if before:
        return before[-1].key
    clause = sentence.clause(near, near)
    elsewhere = any(clause[0] <= m.start < near for m in of_type(sentence.mentions, "modality"))
    own = [m for m in named if not _another_finding_between(sentence, near, m)]
    own = [m for m in own if clause[0] <= m.start < clause[1]] if elsewhere else own
    if own:
        return min(own, key=lambda m: (abs(m.start - near), m.start)).key
    return None


def _is_marker(paper: Paper, entity: Entity) -> bool:
    return entity.key is not None and paper.lexicon.concepts[entity.key].type == "marker"


def _shows(paper: Paper, key: str) -> bool:
    """Whether a concept is a way to make images, and no mere sequence of one."""
    return key not in SEQUENCES | {IMAGING, "nuclear-medicine-imaging"} and paper.lexicon.is_a(key, IMAGING)


def _modalities(paper: Paper, sentence: Sentence) -> list[Mention]:
    return [m for m in of_type(sentence.mentions, "modality") if _shows(paper, m.key)]


def _caption_modality(paper: Paper, sentence: Sentence) -> str | None:
    """The one modality that the sentences of a caption name, in general: that of CT without contrast is CT."""
    caption = [one for one in paper.sentences if one.block is sentence.block]
    named = {_general(paper, m.key) for one in caption for m in _modalities(paper, one)}
    if any(m.key in SEQUENCES for one in caption for m in one.mentions):
        named.add(MRI)
    return named.pop() if len(named) == 1 else None


def _general(paper: Paper, key: str) -> str:
    """The widest modality that a modality is a kind of."""
    parent = paper.lexicon.concepts[key].parent
    return key if parent in (None, IMAGING) else _general(paper, parent)


ANY_ENHANCEMENT: Final = "contrast-enhancement"
ARTERIAL_SIGNS: Final = "arterial-phase-enhancement"
ARTERIAL: Final = "arterial-phase"


def own_phase(paper: Paper, key: str | None) -> tuple[str, ...]:
    """The phase that a sign is of by its definition: arterial hyperenhancement is seen in the arterial phase, T1
    hypointensity in T1-weighted images.
    """
    concept = paper.lexicon.concepts.get(key or "")
    if concept is not None and concept.type == "phase" and concept.key != ANY_PHASE:
        return (concept.key,)  # what is said of a phase is said of that one
    sequence = next((phase for beginning, phase in PHASES_OF_SIGNS if (key or "").startswith(beginning)), None)
    if sequence is not None and key != sequence:
        return (sequence,)
    arterial = key in paper.lexicon.concepts and paper.lexicon.is_a(str(key), ARTERIAL_SIGNS)
    return (ARTERIAL,) if arterial else ()


NEW_SUBJECT: Final = screened(
    r",\s(?=(?:al)?though\b|(?:a few|these|they|it|most|some|the|\w+ patients) (?:\w+ ){0,3}"
    r"(?:is|are|was|were|can|could|may|might|has|have|had)\b)",
    re.IGNORECASE,
)
"""Where another part of a sentence begins that says something by itself: ', a few may have', ', although it is'."""


def said_with(sentence: Sentence, start: int, end: int) -> str:
    """The words that say something of clean characters [start, end), by themselves: a 'may' of the next part of the
    sentence is none of theirs.
    """
    left, right = sentence.clause(start, end)
    for cut in NEW_SUBJECT.finditer(sentence.text, left, right):
        if cut.end() <= start:
            left = cut.end()
        elif cut.start() >= end:
            right = cut.start()
            break
    return sentence.text[left:right]


IN_TIME: Final = (
    "precontrast-phase",
    "early-arterial-phase",
    ARTERIAL,
    "portal-venous-phase",
    "delayed-phase",
    "equilibrium-phase",
)
"""Phases in the order in which they are imaged."""

DEFINES: Final = phrase(
    "(?:recorded|described|defined|categori[sz]ed|classified|graded) (?:as|into|by)", "divided into"
)


@lru_cache(maxsize=4)  # each statement of a paper asks
def defined_phases(paper: Paper) -> Mapping[str, tuple[str, ...]]:
    """The phases by which the methods of a paper define a sign: 'plateau pattern, the degree of enhancement is similar
    between the arterial and the portal venous phase'; a sign that is divided into others has the phases of them all.
    """
    found: dict[str, tuple[str, ...]] = {}
    for sentence in paper.sentences:
        if sentence.block.section == "Methods" and DEFINES.search(sentence.words):
            signs = [m for m in of_type(sentence.mentions, "sign") if m.key != ANY_ENHANCEMENT]
            every = _in_time(m.key for m in of_type(sentence.mentions, "phase"))
            for sign, following in zip_longest(signs, signs[1:]):
                end = following.start if following is not None else sentence.end
                own = _in_time(m.key for m in of_type(sentence.mentions, "phase") if sign.end <= m.start < end)
                if len(own or every) > 1:
                    found.setdefault(sign.key, own or every)
    return found


def _in_time(phases: Iterable[str]) -> tuple[str, ...]:
    named = set(phases)
    return tuple(phase for phase in IN_TIME if phase in named)


def in_its_phase(paper: Paper, entity: Entity, phases: tuple[str, ...]) -> Entity:
    """The narrower sign that a sign is in the one phase that a sentence names, where the vocabulary has it:
    hyperenhancement in the arterial phase is arterial phase hyperenhancement.
    """
    concepts = paper.lexicon.concepts
    sign = concepts.get(entity.key or "")
    if sign is None or sign.type != "sign" or len(phases) != 1 or phases[0] not in concepts:
        return entity
    named = paper.lexicon.lookup(f"{concepts[phases[0]].label} {sign.label}")
    return entity_of(concepts[named[0]]) if len(named) == 1 and concepts[named[0]].type == "sign" else entity


def phase_of_modality(modality: str | None) -> tuple[str, ...]:
    """The phase that a modality is itself: CT without contrast is the phase before it."""
    return (WITHOUT_CONTRAST[1],) if modality == WITHOUT_CONTRAST[0] else ()


def _another_finding_between(sentence: Sentence, near: int, modality: Mention) -> bool:
    """Whether a modality behind a place belongs to a later finding: 'multiple (9/12), with low attenuation on CT'."""
    return any(near < m.start and m.end <= modality.start and m.type in {"sign", "marker"} for m in sentence.mentions)


def phases_of(
    sentence: Sentence, start: int, end: int, mention: Mention | None, anchor: Anchor | None = None
) -> tuple[str, ...]:
    """The phase that a number's place in a list gives, else the phases and sequences of the clause, in order."""
    listed = listed_phase(sentence, anchor, mention) if anchor is not None else None
    if listed is not None:
        return listed
    if mention is not None:
        start, end = min(start, mention.start), max(end, mention.end)
    left, right = sentence.clause(start, end)
    inside = [m for m in sentence.mentions if left <= m.start and m.end <= right]
    return tuple(
        dict.fromkeys(m.key for m in inside if (m.type == "phase" or m.key in SEQUENCES) and m.key != ANY_PHASE)
    )


def comparator_of(
    paper: Paper, sentence: Sentence, used: set[str | None], predicate: str, *, counted: bool
) -> Entity | None:
    """The first disease that a sentence only compares with, other than those that are `used`; of a number, the other of
    the two groups that a paper compares, where the sentence sets them against each other.
    """
    if predicate in ALIKE:
        return None
    for mention in of_type(sentence.mentions, "disease"):
        if within(sentence.compared, mention):
            key = paper.meant_by(mention.key, sentence)
            if key not in used and key not in GENERIC:
                return entity_of(paper.lexicon.concepts[key])
    other = _other_group(paper, used)
    if other is not None and (
        predicate == "discriminates" or (counted and predicate in COMPARED and _sets_apart(paper, sentence))
    ):
        return entity_of(paper.lexicon.concepts[other])
    return None


ARMS: Final = phrase("groups?", "arms?", "cohorts?", "patients", "between", "versus", r"vs\.?", "than", "compared")
"""Words by which a sentence tells of two treatments as of two groups."""


def other_arm(paper: Paper, sentence: Sentence, therapy: str | None) -> Entity | None:
    """The one other treatment of a sentence that tells of two: what a test holds the first against."""
    if therapy is None or ARMS.search(sentence.words) is None:
        return None
    named = dict.fromkeys(
        paper.group_of(m.key) or m.key for m in of_type(sentence.mentions, "therapy") if m.key not in GENERIC
    )
    arms = [key for key in named if not any(key != other and paper.lexicon.is_a(other, key) for other in named)]
    rest = [key for key in arms if key != therapy]
    return entity_of(paper.lexicon.concepts[rest[0]]) if len(arms) == PAIR and len(rest) == 1 else None


ALIKE: Final = frozenset({"differential_of", "misdiagnosed_as"})
"""Predicates of which the object is what the subject is held against."""

PAIR: Final = 2
COMPARED: Final = frozenset({"measured_value", "has_sign", "has_marker", "has_clinical_feature"})
"""Predicates whose numbers are told of two groups in turn."""


def _other_group(paper: Paper, used: set[str | None]) -> str | None:
    """The second of the two diseases that a paper studies, where a statement is about the first; a disease and its
    therapy are no such two.
    """
    rest = [key for key in paper.groups if key not in used]
    alike = len({paper.lexicon.concepts[key].type for key in paper.groups}) == 1
    return rest[0] if alike and len(paper.groups) == PAIR and len(rest) == 1 else None


def _sets_apart(paper: Paper, sentence: Sentence) -> bool:
    named = {paper.meant_by(m.key, sentence) for m in of_type(sentence.mentions, "disease")}
    return named.issuperset(paper.groups) and BETWEEN.search(sentence.words) is not None


def population_of(paper: Paper, sentence: Sentence, place: tuple[int, int], *, counted: bool) -> str | None:
    """Whom a sentence speaks of: all of a group, a part of it in the clause at a place, or the one patient of a
    figure.
    """
    if sentence.block.kind == "caption":
        opening = paper.raw.text[sentence.block.segments[0].start :][:OPENING]
        return ONE_PATIENT if PERSON.search(opening) else None
    part = None if counted else partial_population(sentence.text[slice(*sentence.clause(*place))])
    return part or universal_population(sentence.words)


def unit_of(sentence: Sentence, start: int, end: int, predicate: str, *, counted: bool) -> str | None:
    """What is counted: the noun at the number, else of its clause; a disease's own name counts nothing."""
    if not counted and predicate in COUNT_NOTHING:
        return None
    text = without_diseases(sentence)
    near = text[start : min(sentence.end, end + NOUN_BEHIND)]
    return unit_of_analysis(near) or unit_of_analysis(text[slice(*sentence.clause(start, end))])


def number_polarity(number: Reported, *, otherwise: str = "present") -> str:
    """What a number itself says: none of them, or no significant difference, is 'absent'."""
    p = number.fields.get("p")
    if number.kind == "p_value" and p is not None:
        return "absent" if p > SIGNIFICANCE and number.op not in {"<", "<="} else "present"
    counted = {"numerator": COUNTING, "value": {"count"}, "percent": {"percent", "incidence_rate"}}
    if any(number.fields.get(field) == 0 and number.kind in kinds for field, kinds in counted.items()):
        return "absent"
    return otherwise


def _p_value_behind(sentence: Sentence, number: Reported) -> Reported | None:
    """The p value right behind a test's value: 'Z=-0.472, P=0.637'."""
    behind = next((other for other in sentence.numbers if other.start >= number.end), None)
    if behind is None or behind.kind != "p_value":
        return None
    return behind if not sentence.text[number.end : behind.start].strip(" ,;\n") else None


def polarity_of(sentence: Sentence, mention: Mention | None, number: Reported | None) -> str:
    """Whether a sentence says that something is there: by its number, then by a 'not' around the mention."""
    negated = mention is not None and is_negated(sentence.negated, mention.start, mention.end)
    by_words = "absent" if negated else "present"
    if number is None:
        return by_words
    if number.kind == "test_statistic":
        tested = _p_value_behind(sentence, number)
        if tested is not None:
            return number_polarity(tested)
        return "absent" if NOT_SIGNIFICANT.search(sentence.words) else "present"
    counted = number.kind in COUNTING and NO_DIFFERENCE.search(sentence.words) is None
    return number_polarity(number, otherwise=by_words if counted else "present")
