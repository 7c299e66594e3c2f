"""This module tells names of the vocabulary that mean something else where they stand: a capsule that is swallowed, the
heterogeneity of patients, the size of particles.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.screening import Pattern, screened
from ingest.sentences import Sentence

_SWALLOWED: Final = one_of(
    *("mg", "mcg", "µg", "daily", "doses?", "dosage"),
    *("dosing", "tablets?", "pills?", "placebo", "orally", "swallow\\w*"),
    *("supplement\\w*", "gelatine?", "administered", "once a day", "per day"),
)
CAPSULE: Final = screened(r"capsules?", re.IGNORECASE)
SWALLOWED: Final = screened(rf"\b{_SWALLOWED}\b", re.IGNORECASE)

HETEROGENEITY: Final = screened(r"(?:in)?homogeneity|heterogen(?:eity|e?ous)", re.IGNORECASE)
_OF_NO_LESION: Final = one_of(
    *("patients?", "populations?", "stud(?:y|ies)", "trials?", "results?"),
    *("cohorts?", "data", "literature", "methods?"),
    *("treatments?", "managements?", "protocols?", "outcomes?", "definitions?", "reports?", "series", "groups?"),
    *("samples?", "designs?", "criteria", "practices?", "subjects?", "participants?", "techniques?", "regimens?"),
)
OF_NO_LESION: Final = screened(
    rf"\s+(?:\(\w+\)\s+)?(?:in terms? of|with (?:regard|respect) to|regarding|among|across|between|within|of|in)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_OF_NO_LESION}\b|\s+{_OF_NO_LESION}\b",
    re.IGNORECASE,
)
TESTED_FOR: Final = screened(
    r"\b(?:statistical|stud(?:y|ies)|patients?|clinical|population|between-study)\s+$", re.IGNORECASE
)

SIZE: Final = screened(r"sizes?", re.IGNORECASE)
OF_A_TOOL: Final = screened(
    r"\b(?:particles?|beads?|microspheres?|samples?|effect|field|matrix|needles?|catheters?|probes?|pores?|voxel|pixel"
    r"|cohort|population|family|portion)[ -]$",
    re.IGNORECASE,
)

_MEANT_OTHERWISE: Final[tuple[tuple[Pattern, Pattern | None, Pattern | None, Pattern | None], ...]] = (
    (CAPSULE, SWALLOWED, None, None),
    (HETEROGENEITY, None, None, OF_NO_LESION),
    (HETEROGENEITY, None, TESTED_FOR, None),
    (SIZE, None, OF_A_TOOL, None),
)
"""Rows of a name, and of the words of the sentence, before it and behind it with which it means something else."""


def is_misread(sentence: Sentence, mention: Mention | None) -> bool:
    """Whether a name means something else than what the vocabulary has it for.

    'Each capsule contains 400 mg', 'the heterogeneity of the patients', 'smaller particle sizes'.
    """
    if mention is None or mention.type != "sign":
        return False
    text = sentence.text
    return any(
        name.fullmatch(mention.text) is not None
        and (around is None or around.search(sentence.words) is not None)
        and (before is None or before.search(text, sentence.start, mention.start) is not None)
        and (behind is None or behind.match(text, mention.end, sentence.end) is not None)
        for name, around, before, behind in _MEANT_OTHERWISE
    )
