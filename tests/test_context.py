"""Hedging, comparison, evidence and population, on sentences of many styles."""

from __future__ import annotations

import pytest

from ingest.context import comparator_stretches, evidence_kind, is_hedged, universal_population


@pytest.mark.parametrize(
    "sentence", ["This may indicate a primary.", "It could be malignant.", "findings suggestive of NET"]
)
def test_hedges_are_heard(sentence: str) -> None:
    assert is_hedged(sentence)


def test_a_plain_statement_is_no_hedge() -> None:
    assert not is_hedged("Washout was seen in 15 of 23 patients.")


def test_a_disease_that_is_only_compared_with_stands_in_a_comparison() -> None:
    sentence = "Unlike hepatocellular carcinoma, these tumours show a rim."
    (start, end), *_ = comparator_stretches(sentence)
    assert "hepatocellular carcinoma" in sentence[start:end]


@pytest.mark.parametrize(
    ("sentence", "cited", "section", "review", "expected"),
    [
        ("Washout was seen in 15/23.", False, "Results", False, "own"),
        ("Washout was seen in 40% of NETs.", True, "Introduction", False, "cited"),
        ("NETs are rare tumours.", False, "Introduction", False, "background"),
        ("In our series washout was common.", False, "Discussion", False, "own"),
        ("Kim et al. reported washout.", False, "Discussion", False, "cited"),
        ("Surgery is the treatment of choice.", False, "other", True, "background"),
        ("Axial CT shows a mass.", False, "Figure caption", True, "own"),
    ],
)
def test_whose_evidence_a_sentence_gives(sentence: str, cited: bool, section: str, review: bool, expected: str) -> None:
    assert evidence_kind(sentence, cited=cited, section=section, review=review) == expected


def test_all_of_a_group_is_named_as_its_population() -> None:
    assert universal_population("None of the patients had hepatitis.") == "None of the patients"
    assert universal_population("Some masses had fat.") is None
