"""What sentences say of therapies: for whom they are, what they achieve and bring, what forbids them, and what not."""

from __future__ import annotations

import pytest

from ingest.joins import joined
from tests.written import paper, triples

TITLE = "Treatment of tumors: a review"
HCC, RFA, TACE, SIRT = "hepatocellular-carcinoma", "rfa", "tace", "sirt"
SURGERY, TRANSPLANTATION = "surgical-resection", "liver-transplantation"


def said(text: str) -> set[tuple[str, str, str, str]]:
    """All that a text of a paper on no one disease states."""
    return set(triples(text, title=TITLE))


def treated(disease: str, *therapies: str) -> set[tuple[str, str, str, str]]:
    return {(disease, "treated_by", therapy, "present") for therapy in therapies}


@pytest.mark.parametrize(
    ("text", "therapies"),
    [
        ("Patients with hepatocellular carcinoma (stage B) should undergo chemoembolization.", [TACE]),
        ("Patients with unresectable hepatocellular carcinoma are candidates for chemoembolization.", [TACE]),
        ("Elderly patients with hepatocellular carcinoma may benefit from radiofrequency ablation.", [RFA]),
        ("Young patients with hepatocellular carcinoma can be offered liver transplantation.", [TRANSPLANTATION]),
        ("Small hepatocellular carcinoma is amenable to radiofrequency ablation.", [RFA]),
        ("Hepatocellular carcinoma is treated by surgery, RFA or chemoembolization.", [SURGERY, RFA, TACE]),
        ("The treatment of hepatocellular carcinoma includes resection, RFA and TACE.", [SURGERY, RFA, TACE]),
        ("Treatment of hepatocellular carcinoma consists of resection, transplantation, and TACE.", [SURGERY, TACE]),
        ("The management of hepatocellular carcinoma is based on surgery.", [SURGERY]),
        ("Therapeutic options in patients with advanced hepatocellular carcinoma are TACE and SIRT.", [TACE, SIRT]),
        ("In hepatocellular carcinoma, treatment options include RFA and systemic sorafenib.", [RFA, "sorafenib"]),
        ("The treatment of choice for hepatocellular carcinoma is surgery.", [SURGERY]),
        ("Several therapies, namely RFA and TACE, are used in hepatocellular carcinoma.", [RFA, TACE]),
        ("Surgery remains the mainstay of treatment for hepatocellular carcinoma.", [SURGERY]),
        ("Surgery is considered the gold standard in the treatment of hepatocellular carcinoma.", [SURGERY]),
        ("Surgery is the only potentially curative option for patients with hepatocellular carcinoma.", [SURGERY]),
        ("Radiofrequency ablation is a safe alternative for small hepatocellular carcinoma.", [RFA]),
        ("Liver transplantation should be reserved for early hepatocellular carcinoma.", [TRANSPLANTATION]),
        ("Surgery is preferred for hepatocellular carcinoma.", [SURGERY]),
        ("Chemoembolization for hepatocellular carcinoma is widely available.", [TACE]),
        ("Radiofrequency ablation of hepatocellular carcinoma needs experience.", [RFA]),
        ("For hepatocellular carcinoma, chemoembolization and radioembolization are used.", [TACE, SIRT]),
        ("Treatment of hepatocellular carcinoma with radioembolization is safe.", [SIRT]),
        ("We treated small hepatocellular carcinomas with RFA.", [RFA]),
        ("Sorafenib is given to patients with hepatocellular carcinoma.", ["sorafenib"]),
        ("Patients with hepatocellular carcinoma in whom surgery is not feasible undergo TACE.", [TACE]),
    ],
)
def test_whom_a_therapy_is_for(text: str, therapies: list[str]) -> None:
    assert treated(HCC, *therapies) <= said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Patients with hepatocellular carcinoma refused RFA.",
        "Patients with hepatocellular carcinoma should undergo staging before RFA.",
        "Hepatocellular carcinoma is treated by surgery, and RFA has no role.",
        "Metastases are a contraindication to RFA in hepatocellular carcinoma.",
        "Instead of RFA, surgery was used in hepatocellular carcinoma.",
        "Sorafenib is used in hepatocellular carcinoma after failure of RFA.",
        "Surgery is better than RFA for hepatocellular carcinoma.",
        "Sorafenib is inferior to RFA in hepatocellular carcinoma.",
        "The role of RFA in hepatocellular carcinoma is unclear.",
        "There are few studies on RFA for hepatocellular carcinoma.",
        "Whether RFA is suitable for hepatocellular carcinoma was discussed.",
        "Further trials of RFA for hepatocellular carcinoma are needed.",
        "Two other trials are comparing RFA of hepatocellular carcinoma and surgery.",
        "Patients without hepatocellular carcinoma underwent RFA.",
        "RFA is used in patients without hepatocellular carcinoma.",
        "Hepatocellular carcinoma that is not treated by RFA grows.",
        "There was no difference in hepatocellular carcinoma between patients who received RFA.",
        "Patients with hepatocellular carcinoma were not treated by RFA.",
        "RFA is not effective for hepatocellular carcinoma.",
        "Sorafenib was compared with treatment by RFA in trials of hepatocellular carcinoma.",
    ],
)
def test_whom_a_therapy_is_not_said_to_treat(text: str) -> None:
    assert not treated(HCC, RFA) & said(text)


def test_what_a_tumor_comes_with_is_not_what_is_treated() -> None:
    found = said("Patients with hepatocellular carcinoma and liver cirrhosis underwent chemoembolization.")
    assert treated(HCC, TACE) <= found
    assert not treated("liver-cirrhosis", TACE) & found


def test_what_one_therapy_was_for_is_not_what_the_next_is_for() -> None:
    found = said("Others received radiotherapy of painful bone metastases, and underwent surgery.")
    assert not treated("bone-metastasis", SURGERY) & found


def test_cancer_is_too_wide_a_word() -> None:
    assert not treated("malignant-neoplasm", SURGERY) & said("Patients with cancer underwent surgery.")


def test_bare_metastases_are_those_that_the_title_is_about() -> None:
    text = "Surgery is preferred for hepatic metastases."
    about = set(triples(text, title="Neuroendocrine liver metastases: what to do"))
    assert treated("nelm", SURGERY) <= about
    assert not [one for one in said(text) if one[1] == "treated_by"]


@pytest.mark.parametrize(
    ("text", "complaint", "therapy"),
    [
        ("Flushing is controlled by octreotide in most patients.", "flushing", "octreotide"),
        ("Bleeding from a branch of the artery required embolization.", "bleeding", "hepatic-artery-embolization"),
        ("Patients with tumor progression received sorafenib.", "disease-progression", "sorafenib"),
        ("Carcinoid crisis may occur at surgery, and it is treated with octreotide.", "carcinoid-crisis", "octreotide"),
        ("Lanreotide is used to treat carcinoid syndrome.", "carcinoid-syndrome", "lanreotide"),
    ],
)
def test_a_complaint_is_treated(text: str, complaint: str, therapy: str) -> None:
    assert treated(complaint, therapy) <= said(text)


def test_pain_of_patients_who_are_treated_is_not_what_is_treated() -> None:
    assert not treated("pain", SURGERY) & said("Pain was less common in women treated with surgery.")


@pytest.mark.parametrize(
    ("text", "therapy", "outcomes"),
    [
        ("Sorafenib prolonged overall survival in advanced disease.", "sorafenib", ["overall-survival"]),
        ("Surgery carries the highest survival of all.", SURGERY, ["overall-survival"]),
        ("Both RFA and TACE in the management of gastrinoma had similar survival.", RFA, ["overall-survival"]),
        ("SIRT resulted in partial response and stable disease.", SIRT, ["partial-response", "stable-disease"]),
        ("RFA using two electrodes achieved complete response.", RFA, ["complete-response"]),
        ("RFA offers advantages over surgery, such as lower cost and shorter hospital stay.", RFA, ["hospital-stay"]),
        ("Complete response was often observed after RFA.", RFA, ["complete-response"]),
        ("Enucleation is usually curative in these patients.", "enucleation", ["curative-treatment"]),
        ("The main drawback of RFA is local recurrence.", RFA, ["recurrence"]),
        ("After surgery, recurrence is very frequent.", SURGERY, ["recurrence"]),
        ("With SIRT, partial response was seen in most patients.", SIRT, ["partial-response"]),
        ("RFA is superior to SIRT in terms of recurrence.", RFA, ["recurrence"]),
        ("The response to sorafenib is poor in these patients.", "sorafenib", ["treatment-response"]),
        ("The response rate of sorafenib is low in most of them.", "sorafenib", ["treatment-response"]),
        ("The hospital stay was shorter after RFA.", RFA, ["hospital-stay"]),
    ],
)
def test_what_a_therapy_achieves(text: str, therapy: str, outcomes: list[str]) -> None:
    assert {(therapy, "therapy_outcome", outcome, "present") for outcome in outcomes} <= said(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("RFA provided better survival than sorafenib.", ("sorafenib", "overall-survival")),
        ("Compared with sorafenib, RFA improved survival.", ("sorafenib", "overall-survival")),
        ("RFA is superior to sorafenib in terms of survival.", ("sorafenib", "overall-survival")),
        ("Chemotherapy after RFA improves survival.", (RFA, "overall-survival")),
        ("Octreotide is given before surgery or RFA to prevent carcinoid crisis.", (RFA, "carcinoid-crisis")),
        ("SIRT with RFA yielded longer survival than RFA alone.", (RFA, "overall-survival")),
        ("After RFA, survival was assessed.", (RFA, "overall-survival")),
        ("The response to RFA was assessed by computed tomography.", (RFA, "treatment-response")),
        ("The hospital stay after RFA was noted.", (RFA, "hospital-stay")),
        ("Causes of death were sepsis (two in the RFA group), progression (two others).", (RFA, "disease-progression")),
        ("RFA did not improve survival.", (RFA, "overall-survival")),
        ("RFA achieved statistical significance in these patients.", (RFA, "statistical-significance")),
        ("RFA using electrodes achieved complete response.", ("rf-electrode", "complete-response")),
        ("RFA was chosen for the reduced number of treatment sessions.", (RFA, "number-of-treatment-sessions")),
    ],
)
def test_what_a_therapy_is_not_said_to_achieve(text: str, triple: tuple[str, str]) -> None:
    therapy, outcome = triple
    assert (therapy, "therapy_outcome", outcome, "present") not in said(text)


@pytest.mark.parametrize(
    ("text", "therapy", "ills", "polarity"),
    [
        ("Embolization may lead to liver failure.", "hepatic-artery-embolization", ["liver-failure"], "present"),
        ("RFA carries a low risk of bleeding.", RFA, ["bleeding"], "present"),
        ("Liver abscess was seen in two patients after TACE.", TACE, ["liver-abscess"], "present"),
        ("Carcinoid crisis may be triggered by anesthesia.", "anesthesia", ["carcinoid-crisis"], "present"),
        ("Pain is a common side effect of TACE.", TACE, ["pain"], "present"),
        ("The toxicity of sorafenib includes fatigue and severe diarrhea.", "sorafenib", ["diarrhea"], "present"),
        ("A liver abscess developed in the RFA group.", RFA, ["liver-abscess"], "present"),
        ("Sorafenib-induced diarrhea is frequent.", "sorafenib", ["diarrhea"], "present"),
        ("Sorafenib has side effects such as fatigue and severe diarrhea.", "sorafenib", ["diarrhea"], "present"),
        ("Side effects of sorafenib, such as fatigue and nausea, are mild.", "sorafenib", ["nausea"], "present"),
        ("Sorafenib was stopped because of severe diarrhea.", "sorafenib", ["diarrhea"], "present"),
        ("Two patients in the RFA group developed a liver abscess.", RFA, ["liver-abscess"], "present"),
        ("Following TACE, fever and pain are common.", TACE, ["fever", "pain"], "present"),
        ("No bleeding occurred after RFA.", RFA, ["bleeding"], "absent"),
        ("There were no cases of fever in the RFA group.", RFA, ["fever"], "absent"),
    ],
)
def test_what_a_therapy_brings(text: str, therapy: str, ills: list[str], polarity: str) -> None:
    assert {(therapy, "complication", ill, polarity) for ill in ills} <= said(text)


@pytest.mark.parametrize(
    ("text", "therapy", "ill"),
    [
        ("Antibiotics prevent liver abscess after TACE.", TACE, "liver-abscess"),
        ("SIRT reduces the risk of bleeding.", SIRT, "bleeding"),
        ("Patients with diabetes after surgery were examined.", SURGERY, "diabetes"),
        ("Hepatocellular carcinoma was seen after TACE.", TACE, HCC),
        ("Patients with ascites had a higher mortality after surgery.", SURGERY, "ascites"),
        ("In patients treated with TACE, liver cirrhosis was common.", TACE, "liver-cirrhosis"),
        ("Some had liver failure, and other patients in the RFA group had none.", RFA, "liver-failure"),
        ("Bleeding after biopsy was treated by embolization.", "hepatic-artery-embolization", "bleeding"),
        ("A peptide used to find heart failure was observed to rise following TACE.", TACE, "heart-failure"),
        ("Fever caused by infection was treated by antibiotics.", "antibiotic", "fever"),
    ],
)
def test_what_a_therapy_is_not_said_to_bring(text: str, therapy: str, ill: str) -> None:
    assert (therapy, "complication", ill, "present") not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chemoembolization should not be offered to patients with liver failure.",
        "Chemoembolization must be avoided in patients with liver failure.",
        "Patients with liver failure are unsuitable for chemoembolization.",
        "Contraindications to chemoembolization such as liver failure are rare.",
        "Liver failure precluded further chemoembolization in one patient.",
        "Chemoembolization was not repeated because of liver failure.",
        "Patients with liver failure should not undergo chemoembolization.",
        "Ascites and liver failure are considered relative contraindications to chemoembolization.",
    ],
)
def test_what_forbids_a_therapy(text: str) -> None:
    assert (TACE, "therapy_contraindication", "liver-failure", "present") in said(text)


def test_what_does_not_forbid_a_therapy() -> None:
    found = said("Chemoembolization is not contraindicated in patients with liver failure.")
    assert (TACE, "therapy_contraindication", "liver-failure", "present") not in found
    found = said("Radiofrequency ablation may help when surgery is contraindicated in hepatocellular carcinoma.")
    assert not {one[2] for one in found if one[1] == "therapy_contraindication"} & {RFA}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Chemoembolization can be repeated in case of tumor progression.", "disease-progression"),
        ("In cases with tumor progression, chemoembolization can be repeated.", "disease-progression"),
        ("Chemoembolization can serve as a bridge to liver transplantation.", TRANSPLANTATION),
        ("Chemoembolization is indicated for symptom control.", "symptom-relief"),
        ("The goal of chemoembolization is symptom control.", "symptom-relief"),
        ("Indications for chemoembolization are bleeding and pain.", "bleeding"),
        ("Pain is a good indication for chemoembolization.", "pain"),
    ],
)
def test_when_a_therapy_is_given(text: str, what: str) -> None:
    assert (TACE, "therapy_indication", what, "present") in said(text)


def test_in_whom_a_therapy_can_be_used_is_an_indication_and_not_what_it_treats() -> None:
    found = said("Radioembolization can be used in patients with portal vein thrombosis.")
    assert (SIRT, "therapy_indication", "portal-vein-thrombosis", "present") in found
    found = said("Liver resection in patients with liver cirrhosis is risky.")
    assert not [one for one in found if "liver-cirrhosis" in one]


def test_a_contraindication_that_is_denied_contraindicates_nothing() -> None:
    found = said("Metastases are no longer an absolute contraindication to resection in colorectal liver metastases.")
    assert not [one for one in found if one[1] == "therapy_contraindication" and one[3] == "present"]


def test_a_number_that_belongs_to_nothing_leaves_the_claim() -> None:
    text = "Interferon has been used for more than 20 years in the treatment of neuroendocrine tumors."
    assert treated("neuroendocrine-tumor", "interferon-alpha") <= said(text)


def test_what_must_not_be_there_is_no_indication() -> None:
    for text in (
        "Chemoembolization can be performed if no ascites is present.",
        "In cases with tumor progression and no ascites, chemoembolization can be repeated.",
    ):
        assert "ascites" not in {key for one in said(text) for key in one}


def going_with(therapy: str, *others: str) -> set[tuple[str, str, str, str]]:
    return {(therapy, "associated_with", other, "present") for other in others}


def test_what_a_therapy_is_done_with() -> None:
    found = said("TACE was performed with doxorubicin and lipiodol.")
    assert going_with(TACE, "doxorubicin", "lipiodol") <= found
    found = said("Both TACE using doxorubicin and SIRT using lipiodol were given.")
    assert not going_with(TACE, SIRT) & found
    found = said("Drugs used for chemoembolization include doxorubicin and cisplatin.")
    assert going_with(TACE, "doxorubicin", "cisplatin") <= found


def test_a_touch_that_there_is_none_of_denies_nothing() -> None:
    sentence = paper("The no-touch ablation achieved complete response.").sentences[0]
    assert [found.denied for found in joined(sentence)] == [False]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Bevacizumab is given in combination with oxaliplatin.", ("bevacizumab", "associated_with", "oxaliplatin")),
        ("RFA is an alternative to surgery in these patients.", (RFA, "associated_with", SURGERY)),
        ("Octreotide is infused before surgery in these patients.", ("octreotide", "associated_with", SURGERY)),
        (
            "Drug-eluting beads loaded with doxorubicin are used.",
            ("drug-eluting-beads", "associated_with", "doxorubicin"),
        ),
        ("Recurrence was lower after surgery than after RFA.", (RFA, "therapy_outcome", "recurrence")),
        ("Compared with RFA, surgery had a lower recurrence rate.", (RFA, "therapy_outcome", "recurrence-rate")),
        ("Ki-67 predicts the response to temozolomide.", ("ki-67", "associated_with", "temozolomide")),
        ("Ascites and jaundice preclude surgery.", (SURGERY, "therapy_contraindication", "jaundice")),
        ("The absence of ascites is required for surgery.", (SURGERY, "therapy_contraindication", "ascites")),
        ("Chemotherapy is often limited by nausea.", ("chemotherapy", "complication", "nausea")),
        ("Carcinoid crisis is prevented by octreotide.", ("octreotide", "therapy_outcome", "carcinoid-crisis")),
        ("Flushing usually disappears after surgery.", (SURGERY, "therapy_outcome", "flushing")),
        ("Surgery should not be offered to patients with ascites.", (SURGERY, "therapy_contraindication", "ascites")),
    ],
)
def test_what_is_said_of_therapies_among_themselves_and_of_whom_they_fit(
    text: str, triple: tuple[str, str, str]
) -> None:
    assert (*triple, "present") in said(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        (
            "Carcinoid crisis is prevented by octreotide.",
            ("octreotide", "therapy_contraindication", "carcinoid-crisis"),
        ),
        ("Surgery has no risk of liver abscess.", (SURGERY, "complication", "liver-abscess")),
        (
            "Patients with gastrinoma are often not suitable candidates for surgery.",
            ("gastrinoma", "treated_by", SURGERY),
        ),
        ("Advantages of SIRT over RFA are good survival.", (RFA, "therapy_outcome", "overall-survival")),
        ("Flushing usually disappears after surgery.", (SURGERY, "complication", "flushing")),
        ("RFA is less effective in hypovascular tumors.", (RFA, "therapy_indication", "hypovascular")),
        ("Octreotide or cisplatin plus etoposide is given.", ("octreotide", "associated_with", "etoposide")),
        ("Surgery was done because of the risk of liver abscess.", ("liver-abscess", "treated_by", SURGERY)),
        ("Liver abscess develops in half of patients receiving SIRT.", ("liver-abscess", "treated_by", "sirt")),
    ],
)
def test_what_is_not_said_of_therapies_and_whom_they_fit(text: str, triple: tuple[str, str, str]) -> None:
    assert (*triple, "present") not in said(text)


def test_what_a_therapy_has_no_risk_of_is_denied() -> None:
    assert (SURGERY, "complication", "liver-abscess", "absent") in said("Surgery has no risk of liver abscess.")
