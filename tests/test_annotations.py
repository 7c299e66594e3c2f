"""Annotations: read from a file, placed in a text, compared by name and by number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.annotations import AnnotationError, Places, fold_name, read_annotations, same_numbers
from kg.model import Span

TEXT = "Wash-\nout was seen in\n12 of 30 (40.0%) adenomas. In 12 others it was “faint”."


def row(**more: object) -> dict[str, object]:
    return {
        "id": "a1",
        "kind": "stat",
        "quote": "washout was seen in 12 of 30 (40.0%) adenomas",
        "anchor": "40.0%",
        "subject": "Adenomas",
        "subject_accept": ["hepatic adenoma"],
        "object": "wash-out",
        "predicate": "has_sign",
        "stat": {"numerator": 12, "denominator": 30, "percent": 40.0, "unit": None},
        **more,
    }


def written(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(one) for one in rows) + "\n", encoding="utf-8")
    return path


def test_an_annotation_is_placed_in_the_text(tmp_path: Path) -> None:
    (one,) = read_annotations(written(tmp_path / "x.jsonl", row()), TEXT)
    assert TEXT[one.span.start : one.span.end].endswith("(40.0%) adenomas")
    assert TEXT[one.anchor.start : one.anchor.end] == "40.0%"
    assert one.subjects == {"adenoma", "hepatic adenoma"}
    assert one.numbers == {"numerator": 12.0, "denominator": 30.0, "percent": 40.0}
    assert one.polarity == "present"


def test_an_annotation_of_other_words_is_left_out(tmp_path: Path) -> None:
    path = written(tmp_path / "x.jsonl", row(quote="no such words"), row(id="a2", anchor=None))
    (one,) = read_annotations(path, TEXT)
    assert one.id == "a2"
    assert one.anchor == one.span


def test_a_number_behind_the_quote_is_not_its_anchor(tmp_path: Path) -> None:
    (one,) = read_annotations(written(tmp_path / "x.jsonl", row(anchor="faint")), TEXT)
    assert one.anchor == one.span


@pytest.mark.parametrize("line", ["not json", "[]", '{"id": "a"}', "3"])
def test_a_line_that_is_no_annotation_is_refused_with_its_place(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row()) + "\n\n" + line + "\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"x\.jsonl, line 3"):
        read_annotations(path, TEXT)


@pytest.mark.parametrize("quote", ["washout", "“faint”", '"faint"', "12  of 30", "Washout was seen in 12"])
def test_a_quote_is_found_whatever_its_blanks_and_signs(quote: str) -> None:
    assert Places(TEXT).find(quote) is not None


def test_a_quote_is_looked_for_from_a_place_on() -> None:
    places = Places(TEXT)
    first = places.find("12")
    assert first is not None
    second = places.find("12", within=Span(start=first.end, end=len(TEXT)))
    assert second is not None
    assert TEXT[second.start :].startswith("12 others")
    assert places.find("") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Liver metastases", "liver metastasis"),
        ("Tumour", "tumors"),
        ("wash-out", "washout"),
        ("“Rim” sign", "rim sign"),
    ],
)
def test_two_spellings_of_a_name_are_one(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ({"percent": 40.0}, {"percent": 40.0, "numerator": 12.0}, True),
        ({"value": 12.0}, {"numerator": 12.0}, True),
        ({"percent": 40.0, "numerator": 12.0}, {"percent": 40.0}, False),
        ({"percent": 40.0}, {"percent": 40.1}, False),
        ({"low": 1.0}, {"value": 1.0}, False),
        ({}, {"value": 1.0}, False),
    ],
)
def test_numbers_are_the_same_or_not(wanted: dict[str, float], found: dict[str, float], same: bool) -> None:
    assert same_numbers(wanted, found) is same
