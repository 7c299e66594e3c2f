"""What a sentence claims of a disease itself: where it arises and spreads to, whom it befalls, how it goes, what it
brings, what it is linked with and graded by; and what only seems so.
"""

from __future__ import annotations

import pytest

from tests.written import triples

TITLE = "Imaging of abdominal masses: what the radiologist sees"


def claims(text: str) -> set[tuple[str, str, str, str]]:
    return set(triples(text, title=TITLE))


TOLD = [
    ("Gastrinomas originate in the duodenum or, less often, in the pancreas.", "gastrinoma has_primary_site pancreas"),
    ("Gastrinomas, which arise in the duodenum, are rare.", "gastrinoma has_primary_site duodenum"),
    ("Carcinoid tumors are a group of tumors that arise in the ileum.", "carcinoid-tumor has_primary_site ileum"),
    ("Paragangliomas may develop in the retroperitoneum.", "paraganglioma has_primary_site retroperitoneum"),
    ("The ileum is the usual site of midgut carcinoids.", "midgut-carcinoid has_primary_site ileum"),
    ("The primary sites of gastrinomas are the duodenum and pancreas.", "gastrinoma has_primary_site pancreas"),
    ("Gastrinomas are rare, the duodenum being their commonest primary site.", "gastrinoma has_primary_site duodenum"),
    ("Liver metastases mostly come from colorectal cancer.", "liver-metastasis has_primary_site colorectal-cancer"),
    ("Breast cancer is a frequent primary of liver metastases.", "liver-metastasis has_primary_site breast-cancer"),
    ("Midgut carcinoids disseminate to the mesentery.", "midgut-carcinoid metastasizes_to mesentery"),
    ("Metastases of gastrinomas are mostly found in the liver.", "gastrinoma metastasizes_to liver"),
    ("The liver is the organ most affected by metastases of gastrinomas.", "gastrinoma metastasizes_to liver"),
    ("In gastrinomas the liver is the main metastatic site.", "gastrinoma metastasizes_to liver"),
    ("Bone metastases are common in patients with gastrinomas.", "gastrinoma metastasizes_to bone"),
    ("Gastrinomas have often formed liver metastases when they are found.", "gastrinoma metastasizes_to liver"),
    ("The incidence of carcinoid tumors is rising.", "carcinoid-tumor has_epidemiology incidence"),
    ("Hepatocellular carcinoma is more common in men.", "hepatocellular-carcinoma has_epidemiology male-sex"),
    ("Hepatic adenoma affects mainly young women.", "hepatic-adenoma has_epidemiology female-sex"),
    ("The prognosis of pancreatic cancer is still poor.", "pancreatic-cancer has_prognosis prognosis"),
    ("Cholangiocarcinoma grows fast and has a dismal prognosis.", "cholangiocarcinoma has_prognosis prognosis"),
    ("Carcinoid tumors usually grow slowly for years.", "carcinoid-tumor has_prognosis slow-growth"),
    ("Carcinoid heart disease is a leading cause of death.", "carcinoid-heart-disease has_prognosis mortality"),
    ("Liver metastases and ascites predict survival.", "liver-metastasis has_prognosis overall-survival"),
    ("Predictors of survival were tumor grade and ascites.", "ascites has_prognosis overall-survival"),
    ("Survival depends mainly on tumor grade.", "tumor-grade has_prognosis overall-survival"),
    ("VIPoma is marked by diarrhea and diabetes.", "vipoma has_clinical_feature diabetes"),
    ("Flushing is the main symptom of carcinoid syndrome.", "carcinoid-syndrome has_clinical_feature flushing"),
    ("The symptoms of carcinoid syndrome are flushing and pain.", "carcinoid-syndrome has_clinical_feature pain"),
    (
        "Zollinger-Ellison syndrome is caused by gastrinomas.",
        "gastrinoma has_clinical_feature zollinger-ellison-syndrome",
    ),
    ("Gastrinomas occur in patients with MEN1.", "gastrinoma associated_with men1"),
    ("It is known that VHL predisposes to pheochromocytoma.", "vhl associated_with pheochromocytoma"),
    (
        "Hepatitis C is a risk factor for hepatocellular carcinoma.",
        "hepatitis-c associated_with hepatocellular-carcinoma",
    ),
    (
        "Risk factors for hepatocellular carcinoma include hepatitis B and smoking.",
        "hepatocellular-carcinoma associated_with smoking",
    ),
    ("Serotonin is responsible for flushing.", "serotonin associated_with flushing"),
    ("Carcinoid tumors are graded by mitotic count and Ki-67 index.", "carcinoid-tumor classified_by mitotic-count"),
    ("The tumor grade is determined by the Ki-67 index.", "tumor-grade classified_by ki-67-index"),
    (
        "The WHO classification distinguishes neuroendocrine tumors from neuroendocrine carcinomas.",
        "neuroendocrine-carcinoma classified_by who-classification",
    ),
    (
        "Neuroendocrine carcinoma is by definition poorly differentiated.",
        "neuroendocrine-carcinoma classified_by poorly-differentiated",
    ),
    (
        "Functioning pancreatic neuroendocrine tumors include insulinoma and gastrinoma.",
        "functioning-pnet classified_by insulinoma",
    ),
]


@pytest.mark.parametrize(("text", "triple"), TOLD)
def test_what_is_told_of_a_disease_is_claimed(text: str, triple: str) -> None:
    subject, predicate, object_ = triple.split()
    assert (subject, predicate, object_, "present") in claims(text)


SPOKEN_OF = [
    ("Somatostatinomas arise in the pancreas and present with diarrhea.", "somatostatinoma", "diarrhea"),
    ("Liver metastases occur in gastrinomas and often limit survival.", "liver-metastasis", "overall-survival"),
    ("Gastrinomas, which are often found in MEN1, arise in the duodenum.", "gastrinoma", "duodenum"),
    ("Gastrin, secreted by gastrinomas, causes gastric ulcers.", "gastrin", "gastric-ulcer"),
    ("Angiosarcoma is a rare and aggressive malignancy with a poor prognosis.", "angiosarcoma", "prognosis"),
    ("VIPoma presents with hypokalemia, diarrhea, achlorhydria and weight loss.", "vipoma", "weight-loss"),
    ("It is known that VHL predisposes to hemangioblastoma and pheochromocytoma.", "vhl", "pheochromocytoma"),
]


@pytest.mark.parametrize(("text", "subject", "object_"), SPOKEN_OF)
def test_what_a_turn_of_phrase_speaks_of_is_the_subject_of_its_verb(text: str, subject: str, object_: str) -> None:
    assert (subject, object_) in {(one, other) for one, _, other, _ in claims(text)}


NOT_SPOKEN_OF = [
    ("Hyperglycemia in patients, not known to have hepatitis, is associated with a poor outcome.", "hepatitis"),
    ("Hyperglycemia occurs even without hepatitis, and shortens survival.", "hepatitis"),
    ("Gastrinoma causes diarrhea, and liver cirrhosis leads to ascites.", "gastrinoma ascites"),
    ("Advances in the treatment of gastrinoma have improved survival.", "gastrinoma"),
    ("Acacia is used in gastrinoma, and it has also been reported in pain.", "gastrinoma"),
    ("Most tumors are well differentiated, whereas neuroendocrine carcinomas spread.", "well-differentiated"),
]


@pytest.mark.parametrize(("text", "keys"), NOT_SPOKEN_OF)
def test_what_another_verb_speaks_of_is_not_joined(text: str, keys: str) -> None:
    joined = [{subject, object_} for subject, _, object_, _ in claims(text)]
    assert not [ends for ends in joined if ends >= set(keys.split())]


def test_the_other_end_of_a_range_is_not_denied() -> None:
    text = "The presentation of gastrinoma ranges from tumors without symptoms to the carcinoid syndrome."
    assert ("gastrinoma", "has_clinical_feature", "carcinoid-syndrome", "absent") not in claims(text)


def test_one_sex_is_affected_more_often() -> None:
    found = claims("Women are more often affected by hepatic adenoma.")
    assert ("hepatic-adenoma", "has_epidemiology", "female-sex", "present") in found


DENIED = [
    ("Gastrinomas do not arise in the spleen.", ("gastrinoma", "has_primary_site", "spleen")),
    ("Insulinoma does not present with diarrhea.", ("insulinoma", "has_clinical_feature", "diarrhea")),
    (
        "Hepatic adenoma is not associated with liver cirrhosis.",
        ("hepatic-adenoma", "associated_with", "liver-cirrhosis"),
    ),
]


@pytest.mark.parametrize(("text", "triple"), DENIED)
def test_a_not_at_the_cue_denies(text: str, triple: tuple[str, str, str]) -> None:
    found = claims(text)
    assert (*triple, "absent") in found
    assert (*triple, "present") not in found


UNTOLD = [
    ("Liver metastases are located in the right lobe.", "has_primary_site"),
    ("Pancreatic cancers arise from cells of the pancreas.", "has_primary_site"),
    ("Hepatitis occurs in the liver.", "has_primary_site"),
    ("The treatment of gastrinomas causes fever.", "has_clinical_feature"),
    ("In liver cirrhosis, hemangioma is due to chance and not to hepatitis.", "has_clinical_feature"),
    ("Whether gastrinomas arise in the spleen is not known.", "has_primary_site"),
    ("Hepatocellular carcinoma rarely presents with fever.", "has_epidemiology"),
    ("When the liver is the only site of spread, gastrinomas are resected.", "metastasizes_to"),
    ("Differential diagnoses of insulinoma include hepatic adenoma.", "classified_by"),
    ("The incidence of liver failure was high.", "has_epidemiology"),
    ("Liver cirrhosis is a risk factor.", "has_clinical_feature"),
]


@pytest.mark.parametrize(("text", "predicate"), UNTOLD)
def test_what_is_said_of_something_else_is_not_claimed_of_the_disease(text: str, predicate: str) -> None:
    assert predicate not in {predicate for _, predicate, _, _ in claims(text)}


def test_a_disease_that_another_is_compared_with_does_not_arise_there() -> None:
    found = claims("Compared with insulinomas, gastrinomas arise in the duodenum.")
    assert {subject for subject, predicate, _, _ in found if predicate == "has_primary_site"} == {"gastrinoma"}


def test_two_diseases_that_a_comma_parts_are_no_list() -> None:
    found = claims("In patients with insulinoma, gastrinomas arise in the duodenum.")
    assert {subject for subject, predicate, _, _ in found if predicate == "has_primary_site"} == {"gastrinoma"}


def test_the_primary_spreads_and_not_its_metastases() -> None:
    found = set(triples("Metastases of neuroendocrine tumors are found in the liver.", title="Liver metastases"))
    assert ("neuroendocrine-neoplasm", "metastasizes_to", "liver", "present") in found
    assert not [one for one in found if one[1] == "has_primary_site"]


def test_what_foretells_survival_is_no_finding_of_a_tumor_of_its_list() -> None:
    found = claims("Ki-67 index, tumor grade and liver metastases predict survival.")
    assert ("ki-67-index", "has_prognosis", "overall-survival", "present") in found
    assert not [one for one in found if one[1] == "has_marker"]
