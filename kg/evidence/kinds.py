"""This module says what a statement can bear: a finding, a plan to look for one, one patient's picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from kg.evidence.counts import COUNT_KINDS
from kg.model import Concept, Statement

# Of these a paper can say "n of N patients with the disease have it".
FINDING_PREDICATES: Final = (
    "has_sign",
    "has_clinical_feature",
    "has_marker",
    "associated_with",
    "complication",
    "expresses",
)
OBSERVED_PREDICATES: Final = ("has_sign", "has_marker", "has_clinical_feature")
SEEN_TOGETHER: Final = ("associated_with", "has_sign", "has_clinical_feature")
FINDING_TYPES: Final = ("sign", "marker", "clinical-feature", "syndrome")
# Concepts that name a class of findings, or a quantity: without a number they say nothing of a patient.
MUTE_WITHOUT_A_NUMBER: Final = frozenset(
    ("comorbidity", "risk-factor", "nodule", "ki-67", "ki-67-index", "mitotic-count")
)
ONE_PATIENT: Final = "Figure caption"
PLAN_SECTIONS: Final = ("Abstract", "Introduction", "Methods")
LOOKED_AT: Final = "analy[sz]ed|assessed|evaluated|recorded|examined|calculated|reviewed"
PLANNED: Final = re.compile(rf"\b(?:was|were|been)\b[^.;]{{0,80}}\b(?:{LOOKED_AT})\b")
# What one sentence of the results says it did, and nothing after it that it found: "were evaluated (Table 2)."
ONLY_PLANNED: Final = re.compile(
    rf"\b(?:was|were)\s+(?:(?:\w+ly|also|then)\s+)*(?:{LOOKED_AT})\s*(?:\([^)]*\))?\s*[.;]?\s*\Z"
)
INSTRUCTED: Final = re.compile(
    r"\b(?:should|must|need to|has to|have to)(?:\s+\w+ly)?\s+(?:not\s+)?be\s+"
    rf"(?:avoided|excluded|included|performed|measured|placed|drawn|taken|{LOOKED_AT})\b"
)


def is_finding(statement: Statement) -> bool:
    """Whether a statement says that a disease has, or has not, something that can be looked for."""
    return statement.predicate in FINDING_PREDICATES


def is_plan(statement: Statement) -> bool:
    """Whether a statement says that a finding was looked for, or is to be, not what was found.

    "Shape and neovascularity were analyzed" is one, so is "calcification should be avoided", and so is what Methods
    say of a finding without a number, whoever it comes from.
    """
    if statement.statistic is not None:
        return False
    if statement.section == "Methods" or INSTRUCTED.search(statement.quote) or ONLY_PLANNED.search(statement.quote):
        return True
    own_plan = statement.evidence == "own" and statement.section in PLAN_SECTIONS
    return own_plan and PLANNED.search(statement.quote) is not None


def standing(statement: Statement) -> int:
    """How low a statement ranks as evidence: 0, then 1 for the picture of one patient, then 2 for a plan."""
    return 2 if is_plan(statement) else 1 if statement.section == ONE_PATIENT else 0


def names_a_finding(statement: Statement, concepts: Mapping[str, Concept]) -> bool:
    """Whether a finding statement's object is one: a sign, a marker, a feature, a syndrome, or a paper's own words.

    A disease is one only where the study itself saw it together with the other, or as its sign: spread to lymph nodes.
    What a study measures or grades is none in words; a count of it may be.
    """
    concept = concepts.get(statement.object.key or "")
    if not is_finding(statement) or concept is None:
        return is_finding(statement)
    if concept.type == "disease":
        return statement.predicate in SEEN_TOGETHER and statement.evidence == "own"
    counted = statement.statistic is not None and statement.statistic.kind in COUNT_KINDS
    mute = concept.variable or concept.key in MUTE_WITHOUT_A_NUMBER
    return concept.type in FINDING_TYPES and (counted or not mute)


def describes(statement: Statement) -> bool:
    """Whether a paper says, from its own or a cited study, what the subject's patients have."""
    return statement.predicate in OBSERVED_PREDICATES and statement.evidence in ("own", "cited")
