"""This package takes what a patient shows and says which diseases fit: what speaks for each, against it, and why."""

from kg.differential.assembly import differential_statements
from kg.differential.graph import differential
from kg.differential.offer import Control, Group, Offer, offer
from kg.differential.result import (
    BEARINGS,
    Assessment,
    Candidate,
    Differential,
    DifferentialError,
    Findings,
    Item,
    Step,
    Study,
)

__all__ = [
    "BEARINGS",
    "Assessment",
    "Candidate",
    "Control",
    "Differential",
    "DifferentialError",
    "Findings",
    "Group",
    "Item",
    "Offer",
    "Step",
    "Study",
    "differential",
    "differential_statements",
    "offer",
]
