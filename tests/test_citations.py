"""Citation markers in the styles of journals, and numbers that cite nothing."""

from __future__ import annotations

import pytest

from ingest.citations import blank_out, citation_style, find_citations


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
