"""This package turns statements into cells of evidence: cohort, unit, the repeats and conflicts of one fact."""

from kg.evidence.cells import DENOMINATOR_ORIGINS, STATES, Cell, Derivation, Reading
from kg.evidence.counts import COUNT_KINDS, read_count, text_order, unit_of
from kg.evidence.facts import FINDING_PREDICATES, assessed, cells, cohorts, is_finding, is_plan, within
from kg.evidence.lineage import Hierarchy, Lineage

__all__ = [
    "COUNT_KINDS",
    "DENOMINATOR_ORIGINS",
    "FINDING_PREDICATES",
    "STATES",
    "Cell",
    "Derivation",
    "Hierarchy",
    "Lineage",
    "Reading",
    "assessed",
    "cells",
    "cohorts",
    "is_finding",
    "is_plan",
    "read_count",
    "text_order",
    "unit_of",
    "within",
]
