"""This module holds the turns of phrase of tests: what shows a disease or a finding."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import Frame
from ingest.phrases import one_of
from ingest.screening import screened

_SHOWN: Final = one_of(
    *("detect", "identif", "visuali[sz]", "locali[sz]", "depict", "exclud", "diagnos", "confirm", "delineat"),
    "discover",
)
"""Beginnings of words that say that something is seen; what is assessed, staged or evaluated may be anything."""

DETECTION_FRAMES: Final = (
    Frame(
        name="detects",
        cue=screened(
            rf"\b{_SHOWN}(?:e|es|s|y|ies|ing|ion|ation|ment|sis|tic)?(?: (?:of|the|and|or|both|for))*\b", re.IGNORECASE
        ),
        left=frozenset({"modality"}),
        right=frozenset({"disease", "sign", "outcome"}),
        predicate="detected_by",
        reach=100,
        turned=True,
        example="Endoscopic ultrasound is used to detect lymph node metastases.",
    ),
    Frame(
        name="shown-by",
        cue=screened(rf"\b{_SHOWN}(?:ed|n|ied)? (?:\w+ly )?(?:by|with|on|using|at|in|via)\b", re.IGNORECASE),
        left=frozenset({"disease", "sign"}),
        right=frozenset({"modality"}),
        predicate="detected_by",
        reach=50,
        near=45,
        example="Hepatic adenoma was better depicted by magnetic resonance imaging.",
    ),
)
