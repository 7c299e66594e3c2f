"""What Methods state beside what was done: what counts as what, and what an examination was done for."""

from __future__ import annotations

import pytest

from ingest.plans import is_background
from ingest.sentences import read_paper
from tests.written import extraction, lexicon, raw, source, triple


def stated(text: str, section: str = "Methods") -> set[tuple[str, str, str, str]]:
    """What a text states without a number."""
    return {triple(s) for s in extraction(text, section=section).statements if s.statistic is None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Recurrence was defined as any new nodule with washout.",
            ("recurrence", "has_sign", "washout", "present"),
        ),
        (
            "Complete response was defined as absence of arterial enhancement.",
            ("complete-response", "has_sign", "arterial-phase-enhancement", "absent"),
        ),
        (
            "Liver cirrhosis was diagnosed when splenomegaly and ascites were present.",
            ("liver-cirrhosis", "has_clinical_feature", "ascites", "present"),
        ),
        (
            "Technical success was defined as complete destruction of the target lesion.",
            ("technical-success", "classified_by", "complete destruction of the target lesion", "present"),
        ),
        (
            "To exclude liver metastases, all patients underwent computed tomography.",
            ("liver-metastasis", "detected_by", "computed-tomography", "present"),
        ),
        (
            "Computed tomography was performed to rule out liver metastases.",
            ("liver-metastasis", "detected_by", "computed-tomography", "present"),
        ),
        (
            "Exclusion criteria were any contraindication to chemoembolization such as ascites.",
            ("tace", "therapy_contraindication", "ascites", "present"),
        ),
        (
            "Patients without contraindications to chemoembolization, such as ascites, were eligible.",
            ("tace", "therapy_contraindication", "ascites", "present"),
        ),
        (
            "In the RFA group, an internally cooled electrode (RF Company; Town) was used.",
            ("rfa", "associated_with", "rf-electrode", "present"),
        ),
        (
            "Response was assessed at three months with MRI.",
            ("treatment-response", "detected_by", "magnetic-resonance-imaging", "present"),
        ),
    ],
)
def test_definitions_and_what_examinations_are_for_are_stated(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "Overall survival was defined as the time from the first chemoembolization to death.",
        "Recurrence was not defined as washout.",
        "Tumor response was not assessed by MRI.",
        "Computed tomography was not performed to detect liver metastases.",
        "Patients with hepatic adenoma not confirmed by biopsy were excluded.",
        "Informed consent was given by patients with hepatic adenoma not confirmed by biopsy.",
        "Computed tomography was performed to determine whether recurrence had occurred.",
    ],
)
def test_times_changes_and_what_was_not_done_are_not(text: str) -> None:
    assert not stated(text)


@pytest.mark.parametrize(
    "words", ["disappearance of intratumoral arterial enhancement", "decrease of arterial enhancement"]
)
def test_what_changes_is_named_as_that(words: str) -> None:
    found = stated(f"Partial response was defined as the {words}.")
    assert {(predicate, object_) for _, predicate, object_, _ in found} == {("classified_by", words)}


@pytest.mark.parametrize(
    ("text", "heading", "told"),
    [
        ("Survival is limited by liver cirrhosis.", "Outcome measures", True),
        ("Survival was limited by liver cirrhosis.", "Outcome measures", False),
        ("Overall survival is used for comparison.", "Statistical analysis", False),
        ("Survival is limited by liver cirrhosis.", "Patients", False),
    ],
)
def test_what_is_known_is_told_below_the_heading_of_a_plan(text: str, heading: str, told: bool) -> None:
    paper = read_paper(source(), raw(text, section="Methods", heading=heading), lexicon())
    assert is_background(paper.sentences[0]) is told


@pytest.mark.parametrize("factor", ["ascites", "liver-cirrhosis"])
def test_what_is_not_the_only_one_is_one(factor: str) -> None:
    found = stated("Survival is not only limited by ascites, but also by liver cirrhosis.", section="Discussion")
    assert (factor, "has_prognosis", "overall-survival", "present") in found


def test_one_alone_has_a_verb_in_the_singular() -> None:
    found = stated("CT was used to guide biopsies and MRI was performed to evaluate treatment response.")
    tests = {object_ for subject, predicate, object_, _ in found if subject == "treatment-response"}
    assert tests == {"magnetic-resonance-imaging"}
