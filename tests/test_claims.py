"""What a sentence claims without a number, and what it only names, plans or explains."""

from __future__ import annotations

import pytest

from ingest.plans import says_what_is
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


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("Toxicity of hepatocellular carcinoma treatment will be recorded.", "Discussion"),
        ("Patients with hepatocellular carcinoma will undergo resection.", "Methods"),
        ("Secondary endpoints were overall survival and recurrence of hepatocellular carcinoma.", "Abstract"),
        ("The primary outcome (recurrence of hepatocellular carcinoma) is assessed at one year.", "Abstract"),
        ("Exclusion criteria were ascites and hepatocellular carcinoma with thrombus.", "Methods"),
        ("Patients were eligible if hepatocellular carcinoma showed washout.", "Methods"),
        ("Two readers with ten years of experience in hepatocellular carcinoma rated the washout.", "Results"),
        ("Further studies are needed to confirm washout of hepatocellular carcinoma.", "Discussion"),
        ("We examined whether hepatocellular carcinoma has washout.", "Discussion"),
        ("CMF: Cyclophosphamide, methotrexate; DFS: Disease free survival; HCC: Hepatocellular carcinoma.", "other"),
        ("AFP, bilirubin, hepatocellular carcinoma.", "Table"),
    ],
)
def test_plans_criteria_and_questions_claim_nothing(text: str, section: str) -> None:
    assert not says_what_is(paper(text, section=section).sentences[0])


@pytest.mark.parametrize(
    "text",
    [
        "Many hepatocellular carcinomas will show washout.",
        "The aims were missed, but hepatocellular carcinoma showed washout.",
        "We examined whether fat occurs, and found washout in hepatocellular carcinoma.",
        "Experience with hepatocellular carcinoma shows that washout is common.",
    ],
)
def test_what_comes_out_is_claimed_beside_a_plan(text: str) -> None:
    assert says_what_is(paper(text).sentences[0])


NOTHING = [
    ("Hepatocellular carcinoma recurred less often after placebo.", "placebo"),
    ("Sorafenib was better than placebo in hepatocellular carcinoma.", "placebo"),
    ("In hepatocellular carcinoma, progressive disease was defined as growth by a fifth.", "disease-progression"),
    ("The incidence of liver failure was high in hepatocellular carcinoma.", "incidence"),
    ("Hepatocellular carcinoma was diagnosed in the absence of lesions at other sites, such as the lung.", "lung"),
    ("Hepatocellular carcinoma is resected regardless of ascites.", "ascites"),
    ("Survival of hepatocellular carcinoma was lower after adjusting for age, smoking and ascites.", "ascites"),
    ("In hepatocellular carcinoma multiple regression was used.", "multiple-lesions"),
    ("A single pathologist read all hepatocellular carcinomas.", "solitary-lesion"),
    ("For hepatocellular carcinoma the antibody against Ki-67 was bought.", "ki-67"),
    ("Hepatocellular carcinoma showed no difference between patients who received sorafenib.", "sorafenib"),
    ("Progression-free survival of hepatocellular carcinoma is an option.", "progression-free-survival"),
]


@pytest.mark.parametrize(("text", "key"), NOTHING)
def test_what_is_only_defined_considered_or_compared_is_no_claim(text: str, key: str) -> None:
    assert key not in {object_ for _, _, object_ in claims(text)} | {subject for subject, _, _ in claims(text)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Hepatocellular carcinomas were multiple.", "multiple-lesions"),
        ("Hepatocellular carcinoma appeared as a single mass.", "solitary-lesion"),
        ("In hepatocellular carcinoma, Ki-67 was high.", "ki-67"),
        ("Progression-free survival of hepatocellular carcinoma was short.", "progression-free-survival"),
        ("Ascites was frequent in hepatocellular carcinoma, regardless of smoking.", "ascites"),
        ("Sorafenib is effective in hepatocellular carcinoma.", "sorafenib"),
    ],
)
def test_what_is_told_of_a_disease_is_a_claim(text: str, key: str) -> None:
    assert key in {end for subject, _, object_ in claims(text) for end in (subject, object_)}


def test_what_a_list_is_compared_with_does_not_have_what_it_has() -> None:
    found = claims("Compared with hepatic hemangiomas, the hepatocellular carcinomas more often showed washout.")
    assert ("hepatocellular-carcinoma", "has_sign", "washout") in found
    assert ("hepatic-hemangioma", "has_sign", "washout") not in found


def test_findings_looked_for_in_methods_are_none_and_what_images_show_elsewhere_is() -> None:
    text = "In hepatocellular carcinoma washout was noted."
    assert claims(text)
    assert not claims(text, section="Methods")


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("RFA needed a shorter ablation time than resection.", ("rfa", "ablation-time")),
        ("RFA had a similar cost.", ("rfa", "cost")),
        ("Fever was seen in two patients after RFA.", ("rfa", "fever")),
        ("One liver abscess requiring percutaneous drainage occurred.", ("liver-abscess", "percutaneous-drainage")),
    ],
)
def test_how_a_therapy_measures_and_what_follows_or_needs_it(text: str, triple: tuple[str, str]) -> None:
    assert triple in {(subject, object_) for subject, _, object_ in claims(text)}


def test_a_measure_that_is_only_named_is_no_claim() -> None:
    assert not [one for one in claims("The ablation time of RFA was noted.") if "ablation-time" in one]


def test_heart_failure_after_a_therapy_is_not_denied_by_its_name() -> None:
    found = extraction(
        "One patient presented with progressive heart failure and edema after the first TACE."
    ).statements
    assert {one.polarity for one in found} == {"present"}


def test_a_diagnosis_that_is_proven_is_detected_so() -> None:
    found = claims("Histologically proven hepatocellular carcinoma was seen.")
    assert ("hepatocellular-carcinoma", "detected_by", "histopathology") in found
    assert not claims("The histology department saw hepatocellular carcinoma.")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Events were hepatocellular carcinoma, hepatitis, or death due to other causes.", "hepatitis"),
        ("The role of washout in hepatocellular carcinoma has not been clearly established.", "washout"),
    ],
)
def test_items_of_one_list_and_what_is_not_known_are_no_claim(text: str, key: str) -> None:
    assert key not in {object_ for _, _, object_ in claims(text)}


def test_what_response_is_defined_by_grades_the_response_and_no_disease() -> None:
    found = claims("In hepatocellular carcinoma response is defined as a decrease by RECIST.")
    assert {subject for subject, _, object_ in found if object_ == "recist"} <= {"treatment-response"}


def test_a_disease_that_a_list_of_others_causes_is_claimed() -> None:
    found = claims("Hepatocellular carcinoma is associated with hepatitis and liver cirrhosis.")
    assert {"hepatitis", "liver-cirrhosis"} <= {object_ for _, _, object_ in found}
