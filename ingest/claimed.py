"""This module says which words claim what a predicate says of two names, and which only tell that it was looked for."""

from __future__ import annotations

import re
from typing import Final

from ingest.phrases import one_of, phrase
from ingest.predicates import RAISED
from ingest.screening import screened

CLAIMED_BY: Final = {
    "associated_with": one_of(
        *(
            "associat",
            "relat(?:ed|ion)",
            "linked",
            "(?<!the )history of",
            "due to",
            "caus",
            "aris",
            "coexist",
            "correlat",
        ),
        *("depend", "account for"),
    ),
    "has_primary_site": r"\bprimary|\borigin|\baris|\bsites?\b|\blocated|\bappear in|\bmanifest in",
    "metastasizes_to": r"metasta|spread|involve|\bsites?\b",
    "detected_by": one_of(
        *("detect", "diagnos", "confirm", "locali[sz]", "identif", "visuali", "preferred", "first.line", "of choice"),
        *("sensitiv", r"\bused (?:for|to|in)", "guid", "stag", "workup", "work-up", "follow", "monitor", "assess"),
        *(
            "recommend",
            "superior",
            "accurate",
            "effective",
            "needed",
            "necessary",
            "requested",
            "essential",
            "important",
        ),
        *("mandatory", "useful", "valuable", "helpful", "reliable"),
    ),
    "treated_by": one_of(
        *(
            "treat",
            "therap",
            "surg",
            "resect",
            "option",
            "perform",
            "recommend",
            "indicat",
            "receiv",
            "underw",
            "manag",
        ),
        *(
            "reliev",
            r"controls? (?:the |of )?(?:\w+ )?symptom",
            "administ",
            "ablat",
            "emboli",
            "advantag",
            "benefi",
            "curative",
            "effective",
            "standard",
            "considered",
        ),
    ),
    "therapy_indication": one_of(
        *("indicat", "treat", "recommend", "option", "consider", "suitable", "eligib", "for patients", "in patients"),
    ),
    "classified_by": r"classif|grad|stag|defin|accord|differentiat|categor|criteria",
    "imaging_technique": one_of(
        *("perform", "acquir", "obtain", "scan", "use", "employ", "includ", "administ", "protocol", "examin"),
        *("recommend", "should", "essential", "mandatory", "crucial", "importan", r"key\b", "necessary", "needed"),
        *("useful", "helpful", "optimal", "fundamental", "required"),
    ),
    "differential_of": one_of(
        *("differential", "similar", "mimic", "resembl", "overlap", "distinguish", "differentiat", "unlike"),
        *("compared", "mistaken"),
    ),
}
"""Words without which two names in one sentence claim nothing of each other; other predicates need none."""

_BE: Final = r"\b(?:was|were|are|is)(?: also| subsequently)? (?:retrospectively |independently |subjective(?:ly)? )?"
_LOOKED_FOR: Final = one_of(
    *("evaluated", "assessed", "analy[sz]ed", "recorded", "reviewed", "examined", "described as", "documented"),
    *("monitored", "registered", "collected", "quantified", "scored"),
)
_PLAN: Final = "presence or absence|key observations|features?: |parameters included|defined as"
_WE_DID: Final = rf"\bwe (?:\w+ )?(?:selected|chose|{_LOOKED_FOR})"
ASSESSED: Final = screened(rf"{_BE}{_LOOKED_FOR}\b|{_WE_DID}\b|{_PLAN}", re.IGNORECASE)
"""Words of a plan: what was looked for, not what was found."""

LEFT_OUT: Final = screened(r"should be avoided|were avoided|inclusion criteria|exclusion criteria", re.IGNORECASE)
MEASURED: Final = phrase("(?:was|were) (?:detected|tested|measured|determined|checked) (?:in|for)")
"""A marker that was 'detected in all cases' was tested in all; nothing is said of its level."""

FOUND: Final = frozenset(
    {
        *("has_sign", "has_marker", "has_clinical_feature", "expresses", "associated_with", "therapy_outcome"),
        *("complication", "has_prognosis"),
    }
)


SEEN: Final = screened(
    r"\b(?:show|reveal|demonstrat|exhibit|display|found\b|observ|seen\b|noted\b|common|frequent|presented)",
    re.IGNORECASE,
)
"""Words of what came out: 'the lesions were evaluated and showed washout'."""


def claimed(predicate: str, words: str) -> str | None:
    """What a sentence's words claim where two names would be joined by a predicate: that, or nothing where the words
    merely name both, or say that a finding was looked for.

    >>> [claimed("has_sign", s) for s in ("Washout was common.", "Fat was assessed.", "Vessels should be avoided.")]
    ['has_sign', None, None]
    """
    needed = CLAIMED_BY.get(predicate)
    if LEFT_OUT.search(words) or (needed is not None and screened(needed, re.IGNORECASE).search(words) is None):
        return None
    if predicate == "has_marker" and MEASURED.search(words) and not screened(RAISED, re.IGNORECASE).search(words):
        return None
    looked_for = predicate in FOUND and ASSESSED.search(words) is not None and SEEN.search(words) is None
    return None if looked_for else predicate
