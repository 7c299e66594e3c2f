"""Whom the words at a number say that it is of: who had it, what brought it, what was told by it."""

from __future__ import annotations

import pytest

from tests.test_told import HCC, said


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("Octreotide controls flushing in 70% of patients.", "70%", ("octreotide", "flushing")),
        ("Flushing was controlled by octreotide in 70% of patients.", "70%", ("octreotide", "flushing")),
        ("Ascites is found in 20% of patients with cirrhosis.", "20%", ("liver-cirrhosis", "ascites")),
        ("Octreotide 30 mg prolonged overall survival.", "30 mg", ("octreotide", "dose")),
        ("CT had a sensitivity of 90% for hepatic hemangioma.", "90%", ("hepatic-hemangioma", "computed-tomography")),
    ],
)
def test_the_words_at_a_number_say_of_whom_it_is(text: str, printed: str, expected: tuple[str, str]) -> None:
    found = {frozenset(pair) for pair in said(text, title="A study")[printed]}
    assert frozenset(expected) in found


@pytest.mark.parametrize(
    ("text", "printed", "never"),
    [
        ("Without radiofrequency ablation, overall survival is 31%.", "31%", "rfa"),
        (
            "Octreotide was given. Flushing is common; it controls nothing. Flushing was seen in 70%.",
            "70%",
            "octreotide",
        ),
        ("Serum AFP is elevated in 80% of patients with metastases.", "80%", "metastasis"),
        ("Washout is seen in 80%, except for hepatic hemangioma.", "80%", "hepatic-hemangioma"),
        ("All were seen on ultrasonography, and 12 patients were followed.", "12 patients", "ultrasonography"),
    ],
)
def test_what_is_only_named_beside_bears_nothing(text: str, printed: str, never: str) -> None:
    assert never not in {one for pair in said(text).get(printed, set()) for one in pair}


def test_what_a_number_is_of_does_not_bear_it() -> None:
    found = said("Lymph node metastasis is found in 46–93% of patients.", title=HCC, section="Introduction")
    assert found["46–93%"] == {("hepatocellular-carcinoma", "lymph-node-metastasis")}


def test_no_disease_goes_with_a_wider_one() -> None:
    found = said("Hepatocellular carcinoma was the most frequent malignant tumor (62%).", title="A study")
    assert ("hepatocellular-carcinoma", "malignant-neoplasm") not in found.get("62%", set())
