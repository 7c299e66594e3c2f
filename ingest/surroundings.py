"""This module reads what stands around a statement: its modality, phase, comparator, unit of analysis, polarity."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ingest.candidates import IMAGING, entity_of
from ingest.context import unit_of_analysis, universal_population
from ingest.features import within
from ingest.lists import Anchor, listed_phase
from ingest.mentions import Mention, of_type
from ingest.negation import is_negated
from ingest.pairs import without_diseases
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence
from kg.model import Entity

SEQUENCES: Final = frozenset({"t1-weighted-imaging", "t2-weighted-imaging", "diffusion-weighted-imaging", "adc-map"})
"""Modalities that are read as phases of magnetic resonance imaging."""

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


def modality_of(paper: Paper, sentence: Sentence, near: int, sign: str | None = None) -> str | None:
    """The modality named right before a place or nearest to it, that of a sign which only one shows, else the one that
    the title names for own findings.
    """
    named = [
        m
        for m in of_type(sentence.mentions, "modality")
        if m.key not in SEQUENCES and m.key != IMAGING and paper.lexicon.is_a(m.key, IMAGING)
    ]
    if sign is not None and sign.startswith(MAGNETIC) and not any(paper.lexicon.is_a(m.key, MRI) for m in named):
        return MRI
    before = [m for m in named if m.end <= near and len(sentence.text[m.end : near].split()) <= WORDS_TO_MODALITY]
    if before:
        return before[-1].key
    own = [m for m in named if not _another_finding_between(sentence, near, m)]
    if own:
        return min(own, key=lambda m: (abs(m.start - near), m.start)).key
    return paper.title_modality if sentence.evidence == "own" else None


ARTERIAL_SIGNS: Final = "arterial-phase-enhancement"
ARTERIAL: Final = "arterial-phase"


def own_phase(paper: Paper, key: str | None) -> tuple[str, ...]:
    """The phase that a sign is of by its definition: arterial hyperenhancement is seen in the arterial phase."""
    arterial = key in paper.lexicon.concepts and paper.lexicon.is_a(str(key), ARTERIAL_SIGNS)
    return (ARTERIAL,) if arterial else ()


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


def comparator_of(paper: Paper, sentence: Sentence, used: set[str | None]) -> Entity | None:
    """The first disease that a sentence only compares with, other than those that are `used`."""
    for mention in of_type(sentence.mentions, "disease"):
        if within(sentence.compared, mention):
            key = paper.meant_by(mention.key, sentence)
            if key not in used and key not in GENERIC:
                return entity_of(paper.lexicon.concepts[key])
    return None


def population_of(paper: Paper, sentence: Sentence) -> str | None:
    """Whom a sentence speaks of: all of a group, or the one patient of a figure."""
    if sentence.block.kind == "caption":
        opening = paper.raw.text[sentence.block.segments[0].start :][:OPENING]
        return ONE_PATIENT if PERSON.search(opening) else None
    return universal_population(sentence.words)


def unit_of(sentence: Sentence, start: int, end: int) -> str | None:
    """What is counted: the noun at the number, else of its clause; a disease's own name counts nothing."""
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


def polarity_of(sentence: Sentence, mention: Mention | None, number: Reported | None) -> str:
    """Whether a sentence says that something is there: by its number, then by a 'not' around the mention."""
    negated = mention is not None and is_negated(sentence.negated, mention.start, mention.end)
    by_words = "absent" if negated else "present"
    if number is None:
        return by_words
    if number.kind == "test_statistic":
        return "absent" if NOT_SIGNIFICANT.search(sentence.words) else "present"
    counted = number.kind in COUNTING and NO_DIFFERENCE.search(sentence.words) is None
    return number_polarity(number, otherwise=by_words if counted else "present")
