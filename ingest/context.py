"""This module reads how a sentence means what it says: as possible, in comparison, of whom, and on whose evidence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.phrases import one_of, phrase
from ingest.screening import screened

KNOWN_CLAUSES: Final = 256
"""Clauses whose reading is kept: each of the statements of a sentence asks for it."""

# ---------------------------------------------------------------- hedging

HEDGE: Final = phrase(
    *("may", "might", "can", "could", "possibl[ey]", "potential(?:ly)?", "probabl[ey]", "suggest(?:s|ed|ive|ing)?"),
    *("likely", "perhaps", "presumably", "suspicion", "suspected", "thought to", "believed to", "seems?"),
    *("tend(?:s|ed)? to", "considered as hypothesis"),
)
NOT_A_HEDGE: Final = phrase("can be (?:performed|used)", "could not", "most likely site")


@lru_cache(maxsize=KNOWN_CLAUSES)
def is_hedged(sentence: str) -> bool:
    """Whether a sentence (or clause) says that something may be, rather than that it is.

    >>> is_hedged("Lower ADC values may potentially support the diagnosis.")
    True
    """
    return bool(HEDGE.search(NOT_A_HEDGE.sub("", sentence)))


# ---------------------------------------------------------------- comparison

_THAN: Final = (r"than (?:that|those) (?:of|from|seen in|in)", r"than(?: in| is| are)?")
_TOLD_FROM: Final = (
    r"differentiat(?:e|ed|ing|ion) (?:\w+ ){0,4}?from",
    r"distinguish(?:ed|ing)? (?:\w+ ){0,4}?from",
    r"indistinguishable from",
)
_COMPARED: Final = one_of(
    *(r"compared (?:with|to)", r"in comparison (?:with|to)", "unlike", "versus", r"vs\.?", "rather than", *_THAN),
    *("as opposed to", r"in contrast (?:to|with)", r"from (?:that|those) of", "similar to", "resembling"),
    *(
        r"mimic(?:s|king)?",
        "superior to",
        r"(?:advantages?|benefits?|superiority) (?:of [\w -]{2,40} )?over",
        "preferred (?:over|to)",
        "outperform(?:s|ed)?",
        "replace[sd]?",
        "instead of",
        *_TOLD_FROM,
    ),
)
_OTHER_WORKS: Final = one_of("the", "our", "those", "previous", "earlier", "prior", "recent", "other", "published")
_OTHER_RESULTS: Final = rf"(?:{_OTHER_WORKS} ){{0,3}}(?:results?|findings?|stud|reports?|meta-anal)"
COMPARISON: Final = screened(rf"\b{_COMPARED}\s+(?!{_OTHER_RESULTS})(?:an? |the |typical )?", re.IGNORECASE)
"""What a disease is compared with stands behind: 'unlike typical ', 'than those of '."""

_LOOKING: Final = one_of(
    "detect", "diagnos", "identif", "locali[sz]", "stag", "characteri[sz]", "depict", "visuali[sz]", "imag"
)
_END_OF_COMPARISON: Final = screened(rf"[,;]|\.\s|\bfor\b|\bin (?:the |\w+ )?{_LOOKING}")
"""What ends it: 'more sensitive than CT for metastases', 'superior to CT in detecting metastases'."""


def comparator_stretches(sentence: str, reach: int = 60) -> list[tuple[int, int]]:
    """Stretches in which a disease is named only to compare with, each at most `reach` characters long.

    >>> text = "Compared with adenocarcinoma, the metastases of NETs show washout."
    >>> [text[a:b] for a, b in comparator_stretches(text)]
    ['adenocarcinoma']
    """
    found = []
    for match in COMPARISON.finditer(sentence):
        stop = _END_OF_COMPARISON.search(sentence, match.end())
        limit = min(stop.start() if stop else len(sentence), match.end() + reach)
        closing = sentence.find(")", match.end(), limit)
        if closing >= 0 and "(" not in sentence[match.end() : closing]:
            limit = closing  # the bracket was opened before: '(6.4 months vs. 5.0 months with placebo)'
        found.append((match.end(), limit))
    return found


# ---------------------------------------------------------------- evidence

_STUDY: Final = one_of("study", "series", "cohort", "group", "report", "particular group", "study group")
_OURS: Final = one_of(
    *("study", "series", "cohort", "results?", "data", "findings?", "experience", "patients", "cases", "hypothesis")
)
_WE: Final = one_of("found", "observed", "show(?:ed)?", "report", "included", "enrolled", "performed", "measured")
OWN_WORDS: Final = phrase(
    rf"our {_OURS}",
    rf"(?:in|of) (?:this|the (?:present|current)) {_STUDY}",
    "the present study",
    "this (?:study|cohort|group|particular group)",
    "these patients",
    rf"we {_WE}",
    "in the present",
)
"""'our series', 'in the present study', 'we found'."""

_EARLIER: Final = one_of(
    *("stud(?:y|ies)", "reports?", "literatures?", "investigations?", "observations?", "series", "reported", "shown")
)
_BEEN: Final = one_of("reported", "shown", "described", "considered", "proposed", "identified", "summarized")
_OTHER_WORK: Final = one_of("studies", "researche?s", "authors", "series", "reports")
OTHERS_WORDS: Final = phrase(
    r"et al\.?",
    rf"previous(?:ly)? {_EARLIER}",
    "prior (?:study|studies|reports?)",
    rf"(?:several|other|some|recent) {_OTHER_WORK}",
    rf"(?:has|have) been {_BEEN}",
    "according to",
    "in the literature",
    "it is (?:thought|reported)",
    "reported (?:that|in|on|by)",
)
"""'Kim et al.', 'previously reported', 'has been described'."""

_SAW: Final = one_of(
    *("was", "were", "had", "showed", "demonstrated", "exhibited", "displayed", "presented", "revealed", "underwent"),
    "(?<!is )(?<!are )(?<!be )(?<!ly )(?<!often )(?:observed|found)",
)
REPORTS: Final = screened(rf"\(?\b\d+ ?(?:/|of) ?\d+\b|\b{_SAW}\b(?! been)", re.IGNORECASE)
"""A discussion that counts, or tells in the past tense what was seen, speaks of the paper's own cases; what is often
found is told of all.
"""

OWN_SECTIONS: Final = frozenset({"Abstract", "Results", "Methods", "Table"})
OPINION_SECTIONS: Final = frozenset({"Discussion", "Conclusion"})


def evidence_kind(sentence: str, *, cited: bool, section: str, review: bool, background_part: bool = False) -> str:
    """Whose evidence a sentence gives: 'own' (this paper's data), 'cited' (another work's), 'background' (nobody's).

    `review` is true for papers without data of their own; `background_part` for the background of an abstract.
    """
    own_words = bool(OWN_WORDS.search(sentence))
    by_markers = cited and not (own_words and section in {"Results", "Methods"})
    if by_markers or (OTHERS_WORDS.search(sentence) and not own_words):
        return "cited"
    if section == "Figure caption" or (own_words and not review):
        return "own"
    if review or background_part:
        return "background"
    told = section in OPINION_SECTIONS and REPORTS.search(sentence) is not None
    return "own" if told or section in OWN_SECTIONS else "background"


RECRUITED: Final = phrase(
    "retrospectively (?:reviewed|analy[sz]ed|collected)", "(?:was|were) (?:enrolled|included|recruited)"
)
"""Whom a paper looked at; what they are called there is no finding."""

# ---------------------------------------------------------------- population

_LESIONS: Final = ("masses", "mass", "lesions?", "nodules?", "tumou?rs", "metastases", "foci")
_PERSONS: Final = (
    *("patients?", "cases?", "participants?", "subjects?", "men", "women", "males?", "females?", "individuals?"),
    *("people", "persons?", "children", "adults"),
)
LESION_NOUNS: Final = phrase(*_LESIONS)
PATIENT_NOUNS: Final = phrase(*_PERSONS)

_MEMBERS: Final = one_of(
    *("masses", "lesions", "cases", "patients", "tumou?rs", "metastases", "participants", "subjects", "nodules")
)
_EVERY: Final = r"(?<!almost )(?<!nearly )(?<!not )\b(?:all|none|no|every|each|neither)\b"
UNIVERSAL: Final = screened(rf"{_EVERY}(?: of)?(?: the| these)? ?(?:\w+ ){{0,3}}?{_MEMBERS}\b", re.IGNORECASE)
"""'All masses', 'none of the patients'; not 'almost all patients'."""


_PART: Final = one_of("some", "(?:the )?(?:larger|smaller|largest|smallest|remaining)", "(?:quite )?a lot of")
PARTIAL: Final = screened(rf"\b{_PART}(?: of)?(?: the| these)? (?:\w+ )?{_MEMBERS}\b", re.IGNORECASE)
"""'Some masses', 'larger lesions', 'the remaining patients': not the whole group."""


def partial_population(clause: str) -> str | None:
    """'some masses' where a clause speaks of a part of its group that it does not count, None otherwise.

    >>> partial_population("while some of the masses showed lobulation")
    'some of the masses'
    """
    match = PARTIAL.search(clause)
    return match.group(0).lower() if match else None


@lru_cache(maxsize=KNOWN_CLAUSES)
def universal_population(sentence: str) -> str | None:
    """'All masses' where a sentence speaks of every member of its group, None otherwise.

    >>> universal_population("All masses lacked fat.")
    'All masses'
    """
    match = UNIVERSAL.search(sentence)
    return match.group(0) if match else None


@lru_cache(maxsize=KNOWN_CLAUSES)
def unit_of_analysis(text: str) -> str | None:
    """'patients' or 'lesions' by what a text counts, patients where it names both, None where it names neither.

    >>> unit_of_analysis("in 12 of 30 nodules")
    'lesions'
    """
    if PATIENT_NOUNS.search(text):
        return "patients"
    return "lesions" if LESION_NOUNS.search(text) else None
