"""This module holds the turns of phrase of markers: what raises them, what they act on, where they are made."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import MARKER, SITE, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_BE: Final = one_of("is", "are", "was", "were", "be", "been", "being")

MARKER_FRAMES: Final = (
    Frame(
        name="marker-raised-by",
        cue=screened(
            r"\b(?:elevated|increased|raised|reduced|decreased|lowered|suppressed) (?:by|due to|because of|owing to"
            r"|as a result of|during|under|in (?:patients|people|those) (?:taking|on|treated with))"
            r"(?: (?:the|use|intake|of))*",
            re.IGNORECASE,
        ),
        left=MARKER,
        right=THERAPY | {"disease", "clinical-feature", "syndrome"},
        predicate="associated_with",
        near=15,
        itself=True,
        example="Chromogranin A may be falsely elevated by proton pump inhibitors or renal insufficiency.",
    ),
    Frame(
        name="bound-to-severity",
        cue=screened(
            rf"\b(?:correlat(?:es?|ed) (?:\w+ )?with|{_BE} (?:\w+ )?(?:associated with|related to|predictive of)"
            r"|reflects?|predicts?)(?: the)? (?:severity|extent|presence|degree|development|progression|risk"
            r"|likelihood) of(?: (?:the|an?))*",
            re.IGNORECASE,
        ),
        left=MARKER | {"sign", "classification"},
        right=frozenset({"disease", "syndrome"}),
        predicate="associated_with",
        near=3,
        itself=True,
        wide=True,
        example="5-HIAA correlates with the severity of carcinoid heart disease.",
    ),
    Frame(
        name="marker-acts-on",
        cue=phrase(
            *("stimulates?", "inhibits?", "suppress(?:es)?", "regulates?", "secretes?", "releases?"),
            *("correlat(?:es|ed) (?:\\w+ )?with", "binds? to", "(?:co-?secreted|co-?released|co-?expressed) with"),
            rf"{_BE} (?:[\w-]+ ){{0,3}}(?:precursor|metabolite|product|inhibitor|stimulator|agonist|receptor)s?"
            r" (?:of|for)",
        ),
        left=MARKER,
        right=MARKER,
        predicate="associated_with",
        near=30,
        itself=True,
        example="5-HIAA is the main metabolite of serotonin.",
    ),
    Frame(
        name="marker-made-in",
        cue=phrase(
            rf"{_BE} (?:\w+ly |mainly |also )*(?:produced|secreted|synthesi[sz]ed|released|metaboli[sz]ed|inactivated"
            r"|degraded|stored|expressed) (?:by|in|from|within)(?: (?:the|normal|healthy))*"
        ),
        left=MARKER,
        right=SITE | MARKER,
        predicate="associated_with",
        near=15,
        itself=True,
        example="Serotonin is metabolized in the liver.",
    ),
    Frame(
        name="makes-marker",
        cue=phrase(
            "produces?",
            "secretes?",
            "releases?",
            "inactivates?",
            "metaboli[sz]es?",
            "degrades?",
            "clears?",
            "expresses?",
        ),
        left=SITE,
        right=MARKER,
        predicate="associated_with",
        near=20,
        itself=True,
        example="The liver inactivates serotonin.",
    ),
)
