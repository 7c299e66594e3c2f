"""What a sentence names too loosely to claim it, each beside a sentence that does say it."""

from __future__ import annotations

import pytest

from tests.test_claims import claims
from tests.written import triples

HCC = "hepatocellular-carcinoma"


@pytest.mark.parametrize(
    ("loose", "said", "claim"),
    [
        (
            "In hepatocellular carcinoma, tumors of the same stage and their outcomes entered a registry.",
            "Hepatocellular carcinoma had a poor prognosis.",
            (HCC, "has_prognosis", "prognosis"),
        ),
        (
            "In hepatocellular carcinoma, massage was given to relieve pain.",
            "Patients with hepatocellular carcinoma often had pain.",
            (HCC, "has_clinical_feature", "pain"),
        ),
        (
            "In hepatocellular carcinoma, adverse events of the drug were fatigue and nausea.",
            "Patients with hepatocellular carcinoma often had fatigue.",
            (HCC, "has_clinical_feature", "fatigue"),
        ),
        (
            "Both groups of patients with hepatocellular carcinoma had comparable fatigue.",
            "Patients with hepatocellular carcinoma often had fatigue.",
            (HCC, "has_clinical_feature", "fatigue"),
        ),
        (
            "Washout was associated with a poor prognosis in hepatocellular carcinoma.",
            "Hepatocellular carcinoma has a poor prognosis.",
            (HCC, "has_prognosis", "prognosis"),
        ),
    ],
)
def test_what_is_only_named_is_no_claim(loose: str, said: str, claim: tuple[str, str, str]) -> None:
    assert claim not in claims(loose)
    assert claim in claims(said)


def test_infection_bears_only_what_stands_right_beside_it() -> None:
    title = "Fluids in infection"
    apart = triples("In infection, fluids were given and pain was seen later.", title=title)
    beside = triples("Infection with fever was common.", title=title)
    assert ("infection", "has_clinical_feature", "pain", "present") not in apart
    assert ("infection", "has_clinical_feature", "fever", "present") in beside


@pytest.mark.parametrize(
    "text",
    [
        "Chemoembolization was considered although liver failure was treated later.",
        "Treatment by chemoembolization was followed by liver failure in the lobe.",
    ],
)
def test_liver_failure_is_no_reason_to_embolize(text: str) -> None:
    assert ("tace", "therapy_indication", "liver-failure") not in claims(text)


def test_estimates_are_no_lesions() -> None:
    text = (
        "In hepatocellular carcinoma the data are analysed separately, with multiple estimates due to a single model."
    )
    assert not {one for one in claims(text) if {one[0], one[2]} & {"multiple-lesions", "solitary-lesion"}}
