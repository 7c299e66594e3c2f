"""Tests, findings and therapies among themselves: what is said of the one that opens the clause, and of no other."""

from __future__ import annotations

import pytest

from ingest.joins import joined
from tests.written import paper


def pairs(text: str) -> set[tuple[str | None, str, bool]]:
    """(what stands before, what stands behind, whether it is denied) of all that a sentence joins."""
    found = joined(paper(text).sentences[0])
    return {(one.left.key if one.left else None, one.right.key, one.denied) for one in found}


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Ultrasonography is essential for percutaneous drainage.", "ultrasonography", "percutaneous-drainage"),
        ("Octreotide binds with high affinity to somatostatin receptors.", "octreotide", "sstr"),
        ("Flushing and diarrhea are features of the carcinoid syndrome.", "flushing", "carcinoid-syndrome"),
        ("Flushing is controlled by octreotide.", "flushing", "octreotide"),
        ("Radiofrequency ablation results in tumor necrosis.", "rfa", "necrosis"),
    ],
)
def test_what_one_thing_does_with_another_is_joined(text: str, left: str, right: str) -> None:
    assert (left, right, False) in pairs(text)


def test_a_not_at_the_verb_denies_it() -> None:
    text = "Octreotide does not bind to the somatostatin receptor."
    assert ("octreotide", "sstr", True) in pairs(text)
    assert ("octreotide", "sstr", False) not in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ultrasonography was available; its use is essential for percutaneous drainage.",
        "After chemoembolization the abscess requires percutaneous drainage.",
        "If ultrasonography improves the detection of recurrence, it is kept.",
    ],
)
def test_another_clause_or_a_condition_joins_nothing(text: str) -> None:
    joins = {(left, right) for left, right, _ in pairs(text)}
    assert ("ultrasonography", "percutaneous-drainage") not in joins
    assert ("tace", "percutaneous-drainage") not in joins
    assert ("ultrasonography", "recurrence") not in joins
