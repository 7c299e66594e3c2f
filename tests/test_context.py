"""Negation, hedging, comparison, citations and evidence, on sentences of many styles."""

from __future__ import annotations

import pytest

from ingest.context import (
    blank_out,
    citation_style,
    comparator_stretches,
    evidence_kind,
    find_citations,
    is_hedged,
    is_negated,
    negated_stretches,
    universal_population,
)


def negated(sentence: str, word: str) -> bool:
    start = sentence.index(word)
    return is_negated(negated_stretches(sentence), start, start + len(word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No calcification was seen.", "calcification"),
        ("All masses lacked fat, calcification, haemorrhage or tumour thrombus.", "tumour thrombus"),
        ("Neither lymphadenopathy nor ascites was identified.", "lymphadenopathy"),
        ("Neither lymphadenopathy nor ascites was identified.", "ascites"),
        ("There was no evidence of ductal dilatation or abnormal markers.", "abnormal markers"),
        ("AFP was not elevated.", "AFP"),
        ("None of the patients had hepatitis or cirrhosis.", "cirrhosis"),
        ("Lesions without washout were benign.", "washout"),
        ("Calcification was absent.", "Calcification"),
        ("CEA and CA19-9 were within the normal range.", "CEA"),
        ("Absence of a capsule was typical.", "capsule"),
    ],
)
def test_what_is_said_not_to_be_there_is_negated(sentence: str, word: str) -> None:
    assert negated(sentence, word)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No calcification was seen, but washout was present.", "washout"),
        ("The lesion showed no fat; lymphadenopathy was found.", "lymphadenopathy"),
        ("Calcification was seen in all patients.", "Calcification"),
        ("Not only washout but also a capsule was seen.", "washout"),
        ("A second primary could not be ruled out.", "second primary"),
        ("Metastases are rare.", "Metastases"),
    ],
)
def test_what_is_said_to_be_there_is_not_negated(sentence: str, word: str) -> None:
    assert not negated(sentence, word)


@pytest.mark.parametrize(
    ("text", "style", "markers"),
    [
        ("as shown [3–5], and again [12,14].", "square", [("3", "4", "5"), ("12", "14")]),
        ("as shown (3, 4) before (9).", "round", [("3", "4"), ("9",)]),
        ("in difficult cases(1). Most (46%) of them", "round", [("1",)]),
        ("of the pancreas.1 Later work agrees.23,38-40 And", "glued", [("1",), ("23", "38", "39", "40")]),
    ],
)
def test_citation_markers_of_each_style(text: str, style: str, markers: list[tuple[str, ...]]) -> None:
    assert citation_style(text) == style
    assert [c.markers for c in find_citations(text, style)] == markers


@pytest.mark.parametrize(
    "text", ["seen in 7 (58.3%) of them", "the ratio (7/12)", "Ki67 and CA125 and T2 signal in G2", "(n=7)", "P (0.03)"]
)
def test_numbers_that_cite_nothing(text: str) -> None:
    assert [find_citations(text, style) for style in ("square", "round", "glued")] == [[], [], []]


def test_enumerated_items_are_no_citations() -> None:
    text = "There were two reasons. (1) Hepatic adenoma: it bleeds. (2) Metastases: they grow."
    assert find_citations(text, "round") == []


def test_blanking_keeps_every_other_character_in_place() -> None:
    text = "in NETs.21 Others [3] agree"
    blank = blank_out(text, find_citations(text, "square"))
    assert len(blank) == len(text)
    assert blank.replace(" ", "") == text.replace("[3]", "").replace(" ", "")


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
