"""What a sentence that leaves out its disease says of the one in focus, and what it does not."""

from __future__ import annotations

import pytest

from ingest.openings import is_subject, opening_subject
from tests.written import extraction, paper, triple

NENS = "Neuroendocrine neoplasms: a view"


def claims(text: str, title: str = NENS) -> set[tuple[str, str, str, str]]:
    """What the introduction of a review says, concepts by key."""
    return {triple(s) for s in extraction(text, title=title, section="Introduction").statements}


SAID = [
    ("Surgery is the only curative treatment.", "treated_by surgical-resection"),
    ("Enucleation is curative in most cases.", "treated_by enucleation"),
    ("Octreotide controls the symptoms of most patients.", "treated_by octreotide"),
    ("MRI is the investigation of choice.", "detected_by magnetic-resonance-imaging"),
    ("The biomarker of choice is chromogranin A.", "has_marker chromogranin-a"),
    ("Chromogranin A is raised in most patients.", "has_marker chromogranin-a"),
    ("Prognosis then deteriorates.", "has_prognosis prognosis"),
    ("Typical imaging features are washout and calcification.", "has_sign calcification"),
    ("Common symptoms include flushing and diarrhea.", "has_clinical_feature diarrhea"),
    ("Fatigue and ascites are common.", "has_clinical_feature fatigue"),
    ("The liver is the organ most often involved by metastases.", "metastasizes_to liver"),
]

UNSAID = [
    ("Surgery is not curative.", "treated_by surgical-resection"),
    ("MRI is the method of choice for hepatic vessels.", "detected_by magnetic-resonance-imaging"),
    ("Ki-67 is raised in dividing cells.", "has_marker ki-67"),
    ("If prognosis is poor, surgery is avoided.", "has_prognosis prognosis"),
    ("The liver is supplied by the portal vein.", "has_primary_site liver"),
    ("The liver is supplied by the portal vein.", "metastasizes_to portal-vein"),
    ("Hepatitis is treated with interferon.", "treated_by interferon-alpha"),
    ("Carcinoid crisis is treated with octreotide.", "treated_by octreotide"),
    ("The liver is the organ most often involved by metastases.", "has_primary_site liver"),
]


@pytest.mark.parametrize(("text", "told"), SAID)
def test_a_general_sentence_is_about_the_disease_of_the_title(text: str, told: str) -> None:
    assert ("neuroendocrine-neoplasm", *told.split(), "present") in claims(text)


@pytest.mark.parametrize(("text", "told"), UNSAID)
def test_what_is_said_of_something_else_is_not_said_of_it(text: str, told: str) -> None:
    predicate, object_ = told.split()
    said = {(subject, p, o) for subject, p, o, polarity in claims(text) if polarity == "present"}
    assert not {(s, p, o) for s, p, o in said if s == "neuroendocrine-neoplasm" and (p, o) == (predicate, object_)}


def test_a_feature_that_is_not_common_is_not_claimed() -> None:
    assert claims("Flushing is not common.") == set()


def test_a_syndrome_of_the_title_is_treated() -> None:
    said = claims("Octreotide is first-line therapy.", title="Carcinoid syndrome: a view")
    assert ("carcinoid-syndrome", "treated_by", "octreotide", "present") in said


def test_a_syndrome_expresses_no_marker() -> None:
    said = claims("Hindgut tumors secrete serotonin and cause the syndrome.", title="Carcinoid syndrome: a view")
    assert not {(s, p) for s, p, _, _ in said} & {("carcinoid-syndrome", "expresses")}


def test_levels_are_those_of_the_marker_before() -> None:
    said = claims("Chromogranin A is a blood marker. Levels correlate with tumor burden.")
    assert ("chromogranin-a", "associated_with", "tumor-burden", "present") in said


def test_unresectable_disease_is_the_disease_in_focus() -> None:
    (sentence,) = paper("For unresectable disease, embolization is used.", title=NENS, section="Introduction").sentences
    assert [m.key for m in sentence.mentions if m.stands_in] == ["neuroendocrine-neoplasm"]


@pytest.mark.parametrize(
    ("title", "expected"), [("Neuroendocrine tumors: a view", ["net-g2"]), ("Hepatocellular carcinoma: a view", [])]
)
def test_grade_2_tumors_are_those_of_the_kind_of_the_title(title: str, expected: list[str]) -> None:
    (sentence,) = paper("Grade 2 tumors show washout.", title=title, section="Introduction").sentences
    assert [m.key for m in sentence.mentions if m.implied] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("However, most NETs show washout.", "NETs"),
        ("In general, the liver is involved by NETs.", "liver"),
        ("The biomarker of choice is chromogranin A.", "chromogranin A"),
        ("Rectal tumors show washout.", "tumors"),
        ("Decisions about NETs are hard.", None),
        ("There is washout in NETs.", None),
    ],
)
def test_the_subject_is_what_opens_a_sentence(text: str, expected: str | None) -> None:
    (sentence,) = paper(text, title="Imaging", section="Introduction").sentences
    subject = opening_subject(sentence)
    assert (subject.text if subject is not None else None) == expected


def test_the_items_of_a_list_are_its_subject_together() -> None:
    (sentence,) = paper("Flushing, diarrhea and fatigue are common with pain.", title=NENS).sentences
    assert [m.text for m in sentence.mentions if is_subject(sentence, m)] == ["Flushing", "diarrhea", "fatigue"]
