"""What a sentence names together without the words that would say what joins it."""

from __future__ import annotations

import pytest

from tests.test_claims import claims

HCC = "hepatocellular-carcinoma"
CT = "computed-tomography"
RFA = "rfa"


@pytest.mark.parametrize(
    "text",
    [
        "Hepatocellular carcinoma was detected with computed tomography.",
        "Computed tomography is used for locating and staging hepatocellular carcinoma.",
        "The diagnosis of hepatocellular carcinoma is made by computed tomography.",
    ],
)
def test_a_test_shows_a_disease_where_words_say_so(text: str) -> None:
    assert (HCC, "detected_by", CT) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Computed tomography features are useful for the diagnosis of hepatocellular carcinoma.",
        "Computed tomography is preferred, whereas biopsy confirmed hepatocellular carcinoma.",
        "Hepatocellular carcinoma was diagnosed when vessels were normal on computed tomography.",
        "The stage of hepatocellular carcinoma was assessed by computed tomography.",
    ],
)
def test_a_test_named_with_a_disease_does_not_show_it(text: str) -> None:
    assert (HCC, "detected_by", CT) not in claims(text)


def test_a_test_without_a_disease_shows_that_of_the_sentence_before_and_not_that_of_the_title() -> None:
    named, test = "Hepatocellular carcinoma is common.", "Computed tomography is used to detect the lesions."
    assert (HCC, "detected_by", CT) in claims(f"{named} {test}")
    assert not [one for one in claims(test) if one[1:] == ("detected_by", CT)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Radiofrequency ablation is used in patients with hepatocellular carcinoma.", True),
        ("Survival after radiofrequency ablation was compared with treatment of hepatocellular carcinoma.", False),
    ],
)
def test_a_therapy_is_for_what_it_is_tied_to(text: str, *, said: bool) -> None:
    joins = {("treated_by", HCC, RFA), ("therapy_indication", RFA, HCC)}
    found = {(predicate, subject, key) for subject, predicate, key in claims(text)}
    assert bool(found & joins) is said


@pytest.mark.parametrize(
    "text",
    [
        "Early detection is important for the better prognosis of hepatocellular carcinoma.",
        "Size is the most important predictor of recurrence in patients with hepatocellular carcinoma.",
        "Recurrence of hepatocellular carcinoma was common after surgical resection.",
    ],
)
def test_how_a_disease_goes_is_not_said_by_naming_an_outcome(text: str) -> None:
    assert not [one for one in claims(text, section="Introduction") if one[:2] == (HCC, "has_prognosis")]


def test_how_its_own_patients_fare_a_paper_says_by_any_word() -> None:
    text = "Survival of hepatocellular carcinoma was seen."
    assert (HCC, "has_prognosis", "overall-survival") in claims(text)
    assert (HCC, "has_prognosis", "overall-survival") not in claims(text, section="Introduction")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Recurrence of hepatocellular carcinoma was common.", "recurrence"),
        ("Hepatocellular carcinoma has a very poor prognosis.", "prognosis"),
    ],
)
def test_how_a_disease_goes_is_said_by_words_at_the_outcome(text: str, outcome: str) -> None:
    assert (HCC, "has_prognosis", outcome) in claims(text)


def test_a_contrast_agent_is_one_of_the_imaging_before_it_and_not_of_the_disease_of_the_title() -> None:
    found = claims("Computed tomography was used. A contrast agent was administered.", section="Methods")
    assert {one for one in found if one[2] == "contrast-agent"} == {(CT, "imaging_technique", "contrast-agent")}


@pytest.mark.parametrize(
    "text",
    [
        "Ablation with RFA is an option for hepatocellular carcinoma.",
        "Patients with hepatocellular carcinoma who underwent RFA were old.",
        "RFA in patients with hepatocellular carcinoma is effective.",
    ],
)
def test_a_therapy_treats_where_words_say_that_it_is_given(text: str) -> None:
    assert (HCC, "treated_by", RFA) in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "In hepatocellular carcinoma, symptoms during RFA are considered.",
        "Sorafenib is used in hepatocellular carcinoma after failure of RFA.",
        "Hepatocellular carcinoma is treated when RFA is not feasible.",
        "Hepatocellular carcinoma was considered, but RFA was used.",
        "Sorafenib is better than RFA in hepatocellular carcinoma.",
    ],
)
def test_a_therapy_that_failed_or_is_compared_with_treats_nothing(text: str) -> None:
    assert (HCC, "treated_by", RFA) not in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "RFA provided a high complete response in the trials of cancer.",
        "The complete response rate after RFA was high.",
        "In the RFA group a complete response was seen.",
    ],
)
def test_an_outcome_came_of_a_therapy_where_words_say_so(text: str) -> None:
    assert (RFA, "therapy_outcome", "complete-response") in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The complete response was high after treatment options such as RFA.",
        "RFA was common and age was high with complete response.",
    ],
)
def test_an_outcome_named_with_a_therapy_came_of_another(text: str) -> None:
    assert (RFA, "therapy_outcome", "complete-response") not in claims(text)


def test_the_cells_that_a_tumor_comes_from_are_no_marker_of_it() -> None:
    text = "Neuroendocrine neoplasms arise from neuroendocrine cells."
    found = {one[1] for one in claims(text, section="Discussion") if one[2] == "neuroendocrine-cell"}
    assert found == {"associated_with"}


def test_only_the_disease_named_last_is_rare() -> None:
    text = "While liver metastasis is known, hepatocellular carcinoma remains very rare."
    assert {one[0] for one in claims(text) if one[1] == "has_epidemiology"} == {HCC}


def test_the_image_and_not_its_contrast_agent_shows_a_disease() -> None:
    text = "MRI with a contrast agent is used to detect hepatocellular carcinoma."
    found = {key for subject, predicate, key in claims(text) if (subject, predicate) == (HCC, "detected_by")}
    assert found == {"magnetic-resonance-imaging"}
