"""What a sentence does not say of the two things that it names, and what it says of them instead."""

from __future__ import annotations

import pytest

from kg.model import Statement
from tests.written import extraction, keys, lexicon, triple

HCC, RFA, TACE = "hepatocellular-carcinoma", "rfa", "tace"
TUMOR = "Hepatocellular carcinoma: a study"
ARMS = "Radiofrequency ablation versus chemoembolization for hepatocellular carcinoma"

Row = tuple[str, str, str, str]


def statements(*paragraphs: str, title: str = TUMOR, section: str = "Results") -> tuple[Statement, ...]:
    return extraction(*paragraphs, title=title, section=section).statements


def said(*paragraphs: str, title: str = TUMOR, section: str = "Results") -> set[Row]:
    """All that a text states, concepts by key, names without a concept as they stand."""
    return {triple(one) for one in statements(*paragraphs, title=title, section=section)}


def named_together(rows: set[Row], *keys: str) -> set[str]:
    """The predicates that join two things, in whatever order."""
    return {one[1] for one in rows if {one[0], one[2]} == set(keys)}


# ---------------------------------------------------------------- a therapy treats a disease


def test_a_therapy_is_not_treated_by_its_tool() -> None:
    rows = said("Radiofrequency ablation using an internally cooled electrode destroyed all lesions.")
    assert named_together(rows, RFA, "rf-electrode") == {"associated_with"}


def test_a_therapy_is_not_done_with_a_kind_of_it() -> None:
    rows = said("Radiofrequency ablation using the no-touch radiofrequency ablation was feasible.")
    assert not named_together(rows, RFA, "no-touch-rfa")


def test_a_dose_is_measured() -> None:
    rows = said("Patients were randomized to receive either doxorubicin (50 mg once daily) or placebo.")
    assert ("doxorubicin", "measured_value", "dose", "present") in rows


# ---------------------------------------------------------------- what is not so


def test_what_would_end_a_therapy_is_not_found() -> None:
    text = "In hepatocellular carcinoma, embolization was repeated until no tumor was detected by MRI."
    assert not named_together(said(text), HCC, "magnetic-resonance-imaging")


def test_who_is_kept_from_a_therapy_is_not_treated_by_it() -> None:
    text = "Most patients with HCC have cirrhosis excluding them from curative treatments like resection."
    rows = said(text)
    assert ("surgical-resection", "therapy_contraindication", HCC, "present") in rows
    assert "treated_by" not in {one[1] for one in rows}


def test_why_somebody_is_left_out_is_no_finding() -> None:
    text = "Five patients with hepatocellular carcinoma were excluded due to ascites (n = 3) and withdrawal (n = 2)."
    assert not named_together(said(text), HCC, "ascites")


@pytest.mark.parametrize(
    "text",
    [
        "There is a need for trials to elucidate the effect of chemotherapy for successful treatment of HCC.",
        "This is one of three trials to assess the activity of sorafenib (1/1) in hepatocellular carcinoma.",
    ],
)
def test_what_is_still_sought_is_not_so(text: str) -> None:
    rows = said(text, section="Discussion")
    assert not named_together(rows, HCC, "chemotherapy") | named_together(rows, HCC, "sorafenib")


def test_a_number_is_of_no_covariate() -> None:
    text = "Survival changed in hepatocellular carcinoma after adjusting for age, sex, BMI and smoking (p = 0.02)."
    assert not [one for one in said(text) if "body-mass-index" in one]


def test_what_is_found_after_adjusting_stays() -> None:
    text = "After adjusting for age, enhancement was higher in HCC than in hepatic hemangioma (p = 0.02)."
    assert ("contrast-enhancement", "discriminates", HCC, "present") in said(text)


# ---------------------------------------------------------------- each clause has its own subject


def test_what_another_is_better_than_has_not_its_advantages() -> None:
    text = (
        "Microwave ablation and RFA had similar survival, although microwave ablation should have advantages over RFA, "
        "such as an improved profile and faster ablation times."
    )
    rows = said(text, title=ARMS, section="Discussion")
    assert ("microwave-ablation", "therapy_outcome", "ablation-time", "present") in rows
    assert not named_together(rows, RFA, "ablation-time")


def test_what_is_lower_with_another_therapy_is_told_of_that() -> None:
    text = "The risk of bleeding after chemoembolization is lower with ablation due to the reduced procedure time."
    assert not named_together(said(text, title=ARMS), TACE, "procedure-time")


def test_a_subject_of_the_other_clause_is_not_taken() -> None:
    text = "Endosonography is used for pancreatic tumors whereas laparoscopy is used when there is liver involvement."
    rows = said(text, title="Neuroendocrine neoplasms: a review", section="Discussion")
    assert not named_together(rows, "pancreatic-tumor", "liver")


# ---------------------------------------------------------------- which therapy is meant


def test_a_therapy_in_passing_is_not_gone_on_about() -> None:
    text = "One patient needed hemodialysis for renal failure. Liver failure then led to high mortality."
    assert not named_together(said(text, title=ARMS), "hemodialysis", "mortality")


def test_what_is_told_of_each_group_is_told_of_no_one_of_them() -> None:
    text = "Some patients had radiofrequency ablation. In each group, there were more deaths in the elderly."
    assert not named_together(said(text, title=ARMS), RFA, "mortality")


# ---------------------------------------------------------------- predicates that fit


def test_a_larger_zone_is_what_comes_of_a_therapy_and_no_value() -> None:
    text = "Despite the potential of radiofrequency ablation in creating a larger ablation zone, no trial was done."
    assert named_together(said(text, title=ARMS, section="Introduction"), RFA, "ablation-volume") == {"therapy_outcome"}


def test_no_tumor_starts_in_a_vessel() -> None:
    text = "There was one patient with a tear of the hepatic artery that prohibited further catheterization."
    assert not [one for one in said(text) if "hepatic-artery" in one]


def test_a_tumor_spreads_to_nodes_and_starts_in_none() -> None:
    rows = said("Some 30%–40% nodes of hepatocellular carcinoma present with invasion.")
    assert ("hepatocellular-carcinoma", "metastasizes_to", "lymph-node", "present") in rows


# ---------------------------------------------------------------- names that mean something else


@pytest.mark.parametrize(
    "text",
    [
        "Patients with hepatocellular carcinoma took fifteen capsules of 400 mg daily.",
        "Heterogeneity in terms of the management of hepatocellular carcinoma was seen.",
        "In hepatocellular carcinoma, there was heterogeneity among the results of the trials.",
        "Hepatocellular carcinoma was embolized with a smaller particle size.",
    ],
)
def test_a_pill_has_no_rim_and_patients_no_density(text: str) -> None:
    assert "has_sign" not in {one[1] for one in said(text)}


def test_a_lesion_has_them() -> None:
    rows = said("Hepatocellular carcinoma showed a capsule and heterogeneity.")
    assert {(HCC, "has_sign", one, "present") for one in ("capsule-appearance", "heterogeneous-appearance")} <= rows


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("tumor necrosis factor", ["tnf-alpha"]),
        ("tumor necrosis", ["necrosis"]),
        ("anthracycline", ["anthracycline"]),
        ("anthracycline-containing chemotherapy", ["anthracycline"]),
        ("efficacy", []),
        ("technique efficacy", ["technique-efficacy"]),
        ("vessel damage", ["vessel-injury"]),
        ("nasopharyngeal carcinoma", ["nasopharyngeal-carcinoma"]),
    ],
)
def test_names_are_read_as_what_they_mean(text: str, named: list[str]) -> None:
    assert keys(text) == named


def test_anthracyclines_are_a_class_of_drugs() -> None:
    assert all(lexicon().is_a(drug, "anthracycline") for drug in ("epirubicin", "doxorubicin"))


# ---------------------------------------------------------------- what is explained, and of tumors in general


def test_what_explains_a_difference_is_of_nothing_before() -> None:
    text = "Rectal cancer is known. The aggressive growth of adenocarcinomas may account for these differences."
    assert not named_together(said(text, section="Discussion"), "rectal-cancer", "adenocarcinoma")


def test_what_others_saw_in_tumors_is_not_of_the_one_of_the_title() -> None:
    text = "Previous studies have indicated that necrosis often arises in rapidly growing tumors."
    assert not named_together(said(text, section="Discussion"), HCC, "necrosis")


# ---------------------------------------------------------------- tests of two arms


def comparators(text: str, title: str = ARMS) -> set[tuple[str | None, str | None]]:
    """What each test of a text is of, and what that is held against."""
    tested = (s for s in statements(text, title=title) if s.statistic is not None and s.statistic.kind == "p_value")
    return {(s.subject.key, s.comparator.key if s.comparator is not None else None) for s in tested}


def test_a_test_of_two_arms_has_the_other_as_its_comparator() -> None:
    text = "Survival was 94% in the radiofrequency ablation group and 91% in the chemoembolization group (p = 0.69)."
    assert comparators(text) in ({(RFA, TACE)}, {(TACE, RFA)})


def test_a_disease_is_not_held_against_its_therapy() -> None:
    text = "A responsive profile was associated with an increased tumor grade (P = 0.005)."
    title = "Is the profile a predictor of benefit from epirubicin in the breast cancer chemotherapy trial?"
    assert {other for _, other in comparators(text, title)} == {None}


def test_no_test_says_that_a_disease_is_treated() -> None:
    text = "Values were significantly different from the placebo group at week 8 (p < 0.05)."
    assert "treated_by" not in {one[1] for one in said(text)}


# ---------------------------------------------------------------- another disease than the noun alone


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Urethral carcinoma is treated with radiotherapy.", "Urethral carcinoma"),
        ("In most cases adenoid cystic carcinoma is treated with radiotherapy.", "adenoid cystic carcinoma"),
        ("Recurrent carcinoma is treated with radiotherapy.", "carcinoma"),
        ("Primary carcinoma is treated with radiotherapy.", "carcinoma"),
    ],
)
def test_a_tumor_is_called_by_its_full_name(text: str, subject: str) -> None:
    rows = said(text, title="Radiotherapy of carcinoma: a review", section="Discussion")
    assert rows == {(subject, "treated_by", "radiotherapy", "present")}


def test_what_a_relative_clause_says_is_of_the_disease_before_it() -> None:
    text = "In our series, the others were breast cancers which were estrogen-receptor positive and treated by surgery."
    assert not named_together(said(text), HCC, "estrogen-receptor")
