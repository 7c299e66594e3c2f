"""What a sentence claims without a number, and what it only names, plans or explains."""

from __future__ import annotations

import pytest

from ingest.claims import says_what_is
from tests.written import extraction, paper


def claims(*paragraphs: str, section: str = "Results") -> set[tuple[str | None, str, str | None]]:
    """(subject, predicate, object) of all that a text claims without a number."""
    found = extraction(*paragraphs, section=section).statements
    return {(s.subject.key, s.predicate, s.object.key) for s in found if s.statistic is None}


@pytest.mark.parametrize(
    "text",
    [
        "The aim of this study was to describe washout of hepatocellular carcinoma.",
        "To evaluate washout of hepatocellular carcinoma.",
        "We sought to describe washout; this study was designed to compare hepatocellular carcinoma and hemangioma.",
        "HCC, hepatocellular carcinoma; RFA, radiofrequency ablation; CT, computed tomography; MRI, magnetic imaging.",
        "Table 1: Comparison of washout in hepatocellular carcinoma and hepatic hemangioma",
        "Agreement for washout was high (κ = 0.81).",
    ],
)
def test_aims_legends_titles_and_agreement_claim_nothing(text: str) -> None:
    assert not says_what_is(paper(text).sentences[0])


def test_a_plain_sentence_can_claim() -> None:
    assert says_what_is(paper("Washout is common in hepatocellular carcinoma.").sentences[0])


def test_each_disease_of_a_list_has_what_the_sentence_says_of_them() -> None:
    text = "Hepatocellular carcinoma and hepatic hemangioma often showed washout."
    assert {
        ("hepatocellular-carcinoma", "has_sign", "washout"),
        ("hepatic-hemangioma", "has_sign", "washout"),
    } <= claims(text)


def test_what_was_not_tested_is_no_finding_and_the_next_clause_is() -> None:
    found = claims("In hepatocellular carcinoma AFP was elevated; NSE was not tested.")
    assert {key for _, _, key in found} & {"afp", "nse"} == {"afp"}


def test_a_grade_in_front_of_a_name_is_part_of_it() -> None:
    found = claims("Well-differentiated hepatocellular carcinomas showed washout.")
    assert ("hepatocellular-carcinoma", "classified_by", "well-differentiated") not in found


def test_hepatitis_in_passing_has_no_sign() -> None:
    found = claims("Hepatocellular carcinoma was common. Hepatitis was known. Washout was usually seen.")
    assert not [one for one in found if one[0] == "hepatitis"]


def test_two_diseases_in_one_sentence_are_not_joined_by_that() -> None:
    found = claims("Hepatocellular carcinoma and hepatic hemangioma were examined by computed tomography.")
    assert not [one for one in found if one[1] in {"differential_of", "misdiagnosed_as"}]
