"""This module answers which findings separate disease A from disease B, one study first, each sentence cited."""

from __future__ import annotations

from kg.comparison import (
    READINGS,
    ROW_KINDS,
    SORTS,
    Attached,
    CompareError,
    Comparison,
    Disagreement,
    Discrimination,
    Filters,
    Measured,
    PairEvidence,
    Proportion,
    Row,
    Sentence,
    StudyGroup,
    TwoByTwo,
)

__all__ = [
    "READINGS",
    "ROW_KINDS",
    "SORTS",
    "Attached",
    "CompareError",
    "Comparison",
    "Disagreement",
    "Discrimination",
    "Filters",
    "Measured",
    "PairEvidence",
    "Proportion",
    "Row",
    "Sentence",
    "StudyGroup",
    "TwoByTwo",
]
