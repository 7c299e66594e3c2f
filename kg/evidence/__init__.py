"""This package turns statements into cells of evidence: cohort, unit, the repeats and conflicts of one fact."""

from kg.evidence.cells import DENOMINATOR_ORIGINS, STATES, Cell, Derivation, Reading
from kg.evidence.counts import COUNT_KINDS, read_count, text_order, unit_of
from kg.evidence.facts import assessed, cells, cohorts, within
from kg.evidence.frequency import how_often, state_words, with_frequency
from kg.evidence.kinds import (
    FINDING_PREDICATES,
    FINDING_TYPES,
    describes,
    is_finding,
    is_plan,
    names_a_finding,
    standing,
)
from kg.evidence.lineage import Hierarchy, Lineage

__all__ = [
    "COUNT_KINDS",
    "DENOMINATOR_ORIGINS",
    "FINDING_PREDICATES",
    "FINDING_TYPES",
    "STATES",
    "Cell",
    "Derivation",
    "Hierarchy",
    "Lineage",
    "Reading",
    "assessed",
    "cells",
    "cohorts",
    "describes",
    "how_often",
    "is_finding",
    "is_plan",
    "names_a_finding",
    "read_count",
    "standing",
    "state_words",
    "text_order",
    "unit_of",
    "with_frequency",
    "within",
]
