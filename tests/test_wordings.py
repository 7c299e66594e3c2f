"""A label of two parts is found in the other ways to say it, and in nothing that says something else."""

from __future__ import annotations

import pytest

from tests.written import keys, triples


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Octreotide controls the symptoms.", "symptom-relief"),
        ("Symptoms were relieved by surgery.", "symptom-relief"),
        ("These tumours grew slowly.", "slow-growth"),
        ("The lesions enhanced avidly.", "marked-enhancement"),
        ("a heterogeneously enhancing mass", "heterogeneous-enhancement"),
        ("It hyperenhances in the arterial phase.", "arterial-phase-hyperenhancement"),
        ("hyper-enhancing on arterial phase images", "arterial-phase-hyperenhancement"),
        ("The tumor is bright on T2-weighted images.", "t2-hyperintensity"),
        ("a high T2 signal", "t2-hyperintensity"),
        ("low signal intensity on T1WI", "t1-hypointensity"),
        ("hyperintense on diffusion-weighted imaging", "dwi-hyperintensity"),
        ("hypointense in the hepatobiliary phase", "hepatobiliary-phase-hypointensity"),
        ("It restricts diffusion.", "restricted-diffusion"),
        ("The tumor invaded the portal vein.", "portal-vein-invasion"),
        ("The bile ducts were dilated.", "bile-duct-dilatation"),
    ],
)
def test_a_verb_or_an_adjective_says_what_a_label_says(text: str, key: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The bile ducts were not dilated.", "bile-duct-dilatation"),
        ("Patients with symptoms served as controls.", "symptom-relief"),
        ("The trial was controlled; symptoms were recorded.", "symptom-relief"),
        ("uncontrolled symptoms", "symptom-relief"),
        ("The tumor is bright.", "t2-hyperintensity"),
        ("bright on T1-weighted images", "t2-hyperintensity"),
        ("dark on T2-weighted images", "t2-hyperintensity"),
        ("Growth was studied in slowly thawed cells.", "slow-growth"),
    ],
)
def test_words_that_say_something_else_name_nothing(text: str, key: str) -> None:
    assert key not in keys(text)


def test_a_not_before_the_verb_denies_it() -> None:
    denied = triples("Octreotide did not control the symptoms of the carcinoid syndrome.")
    assert ("octreotide", "therapy_outcome", "symptom-relief", "present") not in denied
    claims = triples("Hepatic hemangioma does not restrict diffusion.", "Hepatocellular carcinoma is bright on T2WI.")
    assert ("hepatic-hemangioma", "has_sign", "restricted-diffusion", "absent") in claims
    assert ("hepatocellular-carcinoma", "has_sign", "t2-hyperintensity", "present") in claims
