"""Tests, findings, markers and classes among themselves: what is claimed, with whether it is so, and what is not."""

from __future__ import annotations

import pytest

from tests.written import extraction

HCC, ADENOMA, HEMANGIOMA, LYMPHOMA = "hepatocellular-carcinoma", "hepatic-adenoma", "hepatic-hemangioma", "lymphoma"
CT, MRI, US, EUS = "computed-tomography", "magnetic-resonance-imaging", "ultrasonography", "endoscopic-ultrasound"
NET = "pancreatic-net"
TITLE = "Pancreatic neuroendocrine tumors: a review"


def told(text: str) -> set[tuple[str | None, str, str | None, str]]:
    """(subject, predicate, object, polarity) of all that a sentence of a discussion claims without a number."""
    found = extraction(text, title=TITLE, section="Discussion").statements
    return {(s.subject.key, s.predicate, s.object.key, s.polarity) for s in found if s.statistic is None}


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("On CT, gastrinomas appear as small nodules.", ("gastrinoma", "detected_by", CT, "present")),
        ("At endoscopic ultrasound they are usually seen as nodules.", (NET, "detected_by", EUS, "present")),
        ("Hepatic adenoma often escapes detection at CT.", (ADENOMA, "detected_by", CT, "absent")),
        ("Insulinomas may go unnoticed on CT.", ("insulinoma", "detected_by", CT, "absent")),
        ("Recurrence was detected on MRI.", ("recurrence", "detected_by", MRI, "present")),
        ("Calcifications are best appreciated on CT.", ("calcification", "detected_by", CT, "present")),
        ("CT allows evaluation of vascular invasion.", ("vascular-invasion", "detected_by", CT, "present")),
        ("Biopsy is performed under ultrasound guidance.", ("biopsy", "associated_with", US, "present")),
        ("MRI is used to guide biopsy.", (MRI, "associated_with", "biopsy", "present")),
        ("Ultrasonography is limited by obesity.", (US, "associated_with", "obesity", "present")),
        ("Octreotide scintigraphy is mandatory.", (NET, "detected_by", "srs", "present")),
    ],
)
def test_what_a_test_shows_misses_guides_and_is_limited_by(text: str, claim: tuple[str, ...]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Washout virtually excludes hepatic hemangioma.", ("washout", "discriminates", HEMANGIOMA, "absent")),
        ("Calcification makes hepatic hemangioma unlikely.", ("calcification", "discriminates", HEMANGIOMA, "absent")),
        ("Normal AFP argues against hepatocellular carcinoma.", ("afp", "discriminates", HCC, "absent")),
        (
            "Capsular retraction is explained by fibrosis.",
            ("capsular-retraction", "associated_with", "fibrosis", "present"),
        ),
        (
            "There was no correlation between tumor size and chromogranin A.",
            ("tumor-size", "associated_with", "chromogranin-a", "absent"),
        ),
        ("Recurrence manifests as a new nodule.", ("recurrence", "has_sign", "nodule", "present")),
    ],
)
def test_what_a_finding_speaks_for_and_against_and_is_due_to(text: str, claim: tuple[str, ...]) -> None:
    assert claim in told(text)


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Chromogranin A may be falsely elevated by proton pump inhibitors.",
            ("chromogranin-a", "associated_with", "proton-pump-inhibitor", "present"),
        ),
        ("Serotonin is metabolized in the liver.", ("serotonin", "associated_with", "liver", "present")),
        ("5-HIAA is the main metabolite of serotonin.", ("5-hiaa", "associated_with", "serotonin", "present")),
    ],
)
def test_what_raises_a_marker_and_what_it_has_to_do_with(text: str, claim: tuple[str, ...]) -> None:
    assert claim in told(text)


def test_differentials_may_stand_before_their_word_and_are_of_the_disease_in_focus() -> None:
    text = "Lymphoma, leiomyoma and hepatic adenoma are the main differential diagnoses."
    assert {(NET, "differential_of", other, "present") for other in (LYMPHOMA, ADENOMA)} <= told(text)


@pytest.mark.parametrize(
    ("text", "subject", "object_"),
    [
        ("Lymphoma is not in the differential diagnosis.", NET, LYMPHOMA),
        ("MRI is recommended in patients with renal failure.", "renal-insufficiency", MRI),
        ("MRI is preferred in young patients because it is safe.", NET, "younger-age"),
        ("CT can rule out vascular invasion.", NET, "vascular-invasion"),
        ("Calcification helps to separate hepatic adenoma from hepatocellular carcinoma.", NET, HCC),
        ("Contrast-enhanced ultrasound can differentiate benign from malignant lesions.", NET, "malignant-neoplasm"),
        ("An extrahepatic primary was excluded by CT.", NET, CT),
        ("CT shows the relationship of the tumor to the duct.", NET, CT),
        ("A delayed phase is not required but may help to characterize hemangiomas.", HEMANGIOMA, "delayed-phase"),
        ("PET/CT is not recommended.", NET, "pet-ct"),
    ],
)
def test_what_is_denied_ruled_out_or_said_of_others_is_not_claimed(text: str, subject: str, object_: str) -> None:
    assert frozenset({subject, object_}) not in {frozenset({one, other}) for one, _, other, _ in told(text)}


def test_a_pronoun_behind_a_comma_is_not_denied() -> None:
    text = "Although Ki-67 is not part of the criteria, it helps to separate hepatic adenoma from lymphoma."
    assert not [one for one in told(text) if one[1] == "discriminates" and one[3] == "absent"]


def test_what_is_not_produced_is_not_expressed() -> None:
    assert ("hindgut-carcinoid", "expresses", "serotonin", "present") not in told(
        "Serotonin is not produced by hindgut tumors."
    )
