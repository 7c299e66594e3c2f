"""This module tells outcomes that a sentence only names from those of which it says how they are."""

from __future__ import annotations

from typing import Final

from ingest.pairs import Pair
from ingest.phrases import beginning
from ingest.sentences import Sentence

COURSE: Final = frozenset({"prognosis", "diagnosis", "early-diagnosis", "survival", "follow-up"})

ENDPOINTS: Final = COURSE | {
    *("overall-survival", "quality-of-life", "progression-free-survival", "disease-free-survival", "median-survival"),
    *("time-to-progression", "time-to-untreatable-progression", "local-progression-free-survival", "life-expectancy"),
    *("one-year-survival", "two-year-survival", "three-year-survival", "five-year-survival", "ten-year-survival"),
    *("complication", "major-complication", "minor-complication", "recurrence-rate", "incidence", "prevalence"),
    *("adverse-event", "treatment-response", "objective-response", "mortality", "morbidity", "technique-efficacy"),
    *("differential-diagnosis", "disease-control"),
}
"""Outcomes that say nothing unless a word tells how they are."""

HOW_IT_IS: Final = beginning(
    *("good", "poor", "better", "wors", "bad", "favou?r", "unfavou?r", "excellent", "dismal", "improv", "affect"),
    *(
        "influenc",
        "depend",
        "factor",
        "determin",
        "predict",
        "impact",
        "relat",
        "correlat",
        "associat",
        "long",
        "short",
    ),
    *("high", "low", "prolong", "increas", "decreas", "reduc", "similar", "differ", "independen", "important role"),
    *("comparable", "equivalen", "equal", "superior", "inferior", "benefi", "advantag", "achiev", "provid", "great"),
    *(
        r"same\b",
        "few",
        r"less\b",
        r"more\b",
        r"no\b",
        r"not\b",
        "rare",
        "common",
        "frequent",
        "acceptable",
        "promising",
    ),
    *("cause", "due to", "lead", "result(?:s|ed) in", "reach", "limited", "optimistic", "mild", "severe", "show"),
    *("observ", "occur", "experienc", "develop", r"had\b", "w(?:as|ere) seen", r"ris(?:e|es|en|ing)\b", r"rose\b"),
    *("climb", "grow(?:s|n|ing)", "declin", "dropp"),
    *("fell", r"fall(?:s|en|ing)?\b", "deteriorat", r"var(?:y|ies|iable)\b"),
)


def course_only(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Imaging is critical for diagnosis and prognosis': nothing is said of how the prognosis is."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key not in ENDPOINTS:
        return False
    return HOW_IT_IS.search(sentence.text[slice(*sentence.clause(mention.start, mention.end))]) is None
