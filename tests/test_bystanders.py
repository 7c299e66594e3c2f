"""Numbers that only stand beside what is named, each beside a sentence in which such a number is of it."""

from __future__ import annotations

import pytest

from tests.test_misfits import said


@pytest.mark.parametrize(
    ("misfit", "fit", "printed"),
    [
        (
            "The overall survival of hepatocellular carcinoma was 83% at 3 years.",
            "The median overall survival of hepatocellular carcinoma was 3 years.",
            "3 years",
        ),
        (
            "After resection of hepatocellular carcinoma, 30% survived for 5 years.",
            "After resection of hepatocellular carcinoma, patients survived for a mean of 5 years.",
            "5 years",
        ),
        (
            "Hepatocellular carcinoma with two or more lesions was common.",
            "Hepatocellular carcinoma with two lesions was common.",
            "two or more lesions",
        ),
        (
            "Hepatocellular carcinoma is one of the most common cancers, and its incidence rises.",
            "The incidence of hepatocellular carcinoma was 5 per 100,000.",
            "one of the most common cancers",
        ),
        (
            "In hepatocellular carcinoma, the tumor size after one session was small.",
            "In hepatocellular carcinoma, the tumor size was 10 mm.",
            "one session",
        ),
        (
            "Overall survival after resection was 80%, against 34% in patients who did not have surgery.",
            "Overall survival after resection was 80%, and 34% in patients who had washout.",
            "34%",
        ),
        (
            "The CT attenuation value of hepatocellular carcinoma was lower than that of the liver (1.02 vs. 2.24 HU).",
            "The CT attenuation value of hepatocellular carcinoma was 1.02 HU.",
            "2.24 HU",
        ),
        (
            "In hepatocellular carcinoma, ascites using a 5% dextrose solution was seen.",
            "In hepatocellular carcinoma, ascites was seen in 5%.",
            "5%",
        ),
        (
            "In hepatocellular carcinoma, bleeding occurred in 40% of the procedures.",
            "In hepatocellular carcinoma, bleeding occurred in 40% of the patients.",
            "40%",
        ),
        (
            "In hepatocellular carcinoma, less than 50% of the liver may be involved.",
            "In hepatocellular carcinoma, the primary site was the liver in 50%.",
            "less than 50%",
        ),
        (
            "In hepatocellular carcinoma, cirrhosis is found by the age of 50.",
            "Patients with hepatocellular carcinoma had a mean age of 50 years.",
            "50",
        ),
    ],
)
def test_what_stands_beside_is_not_of_it(misfit: str, fit: str, printed: str) -> None:
    assert printed not in {number for _, number in said(misfit)}
    assert said(fit)
