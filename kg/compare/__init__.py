"""This package answers which findings separate disease A from disease B, one study first, each sentence cited."""

from kg.compare.assembly import compare_statements
from kg.compare.comparison import (
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
    Sides,
    StudyGroup,
    TwoByTwo,
)
from kg.compare.graph import compare, comparison_query, described_diseases, pairs

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
    "Sides",
    "StudyGroup",
    "TwoByTwo",
    "compare",
    "compare_statements",
    "comparison_query",
    "described_diseases",
    "pairs",
]
