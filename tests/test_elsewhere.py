"""What a sentence says of something else than the tumor in focus, each beside a sentence that says it of the tumor."""

from __future__ import annotations

import pytest

from tests.test_claims import claims
from tests.written import extraction, triples

HCC = "hepatocellular-carcinoma"
TITLE = "Hepatocellular carcinoma: imaging findings of 12 patients"
SIGN = "has_sign"


@pytest.mark.parametrize(
    ("elsewhere", "said", "claim"),
    [
        (
            "The low attenuation of hepatocellular carcinoma may be attributed to necrosis.",
            "Hepatocellular carcinoma often shows necrosis.",
            (HCC, SIGN, "necrosis"),
        ),
        (
            "We asked whether hepatocellular carcinoma shows washout.",
            "Hepatocellular carcinoma shows washout.",
            (HCC, SIGN, "washout"),
        ),
        (
            "Hepatocellular carcinoma may grow from ectopic pancreatic tissue.",
            "Hepatocellular carcinoma may arise in the pancreas.",
            (HCC, "has_primary_site", "pancreas"),
        ),
        (
            "Fever was seen in resectable hepatocellular carcinoma.",
            "Hepatocellular carcinoma is resectable.",
            (HCC, "has_clinical_feature", "resectability"),
        ),
        (
            "Round ROIs were placed and hepatocellular carcinoma was found.",
            "Hepatocellular carcinoma was found to be round.",
            (HCC, SIGN, "round-shape"),
        ),
        (
            "The vessels and fat of hepatocellular carcinoma were subjective analyzed.",
            "Fat was seen in hepatocellular carcinoma.",
            (HCC, SIGN, "intralesional-fat"),
        ),
        (
            "Hepatocellular carcinoma shows various enhancement patterns.",
            "Hepatocellular carcinoma shows higher attenuation compared with hepatic hemangioma.",
            (HCC, "measured_value", "enhancement-pattern"),
        ),
    ],
)
def test_what_is_said_of_something_else_is_no_claim(elsewhere: str, said: str, claim: tuple[str, str, str]) -> None:
    assert claim not in claims(elsewhere)
    if claim[1] != "measured_value":
        assert claim in claims(said)


def test_what_a_finding_points_at_is_no_site_of_the_tumor_in_the_title() -> None:
    text = "Washout can indicate that the primary site is in the pancreas."
    assert not [t for t in triples(text, title=TITLE) if t[1] in {SIGN, "has_primary_site"}]
    hint = "Features that hint at their origin, such as washout with pancreatic tumors, were seen."
    assert not [t for t in triples(hint, title=TITLE) if t[1] in {SIGN, "discriminates"}]


def test_cysts_are_no_multiple_lesions_and_what_was_selected_is_no_finding() -> None:
    assert not [
        t for t in triples("A specimen with multiple cysts was seen.", title=TITLE) if t[2] == "multiple-lesions"
    ]
    assert [t for t in triples("Multiple masses were seen.", title=TITLE) if t[2] == "multiple-lesions"]
    assert not [t for t in triples("We selected the area of marked enhancement.", title=TITLE) if t[1] == SIGN]


def test_a_comparative_ends_what_is_absent_and_a_normal_marker_is_absent() -> None:
    compared = "Absence of lymphadenopathy and higher attenuation was seen in hepatocellular carcinoma."
    found = {s.object.key: s.polarity for s in extraction(compared).statements}
    assert found["lymphadenopathy"] == "absent"
    assert "absent" not in {polarity for key, polarity in found.items() if key != "lymphadenopathy"}
    normal = "Hepatocellular carcinoma with normal liver tumor markers levels such as AFP was elevated in size."
    assert ("afp", "absent") in {(s.object.key, s.polarity) for s in extraction(normal).statements}


@pytest.mark.parametrize(
    "text",
    [
        "A preliminary diagnosis of cholangiocarcinoma with washout was made.",
        "In metastases from gastric cancer washout is common.",
    ],
)
def test_a_finding_of_another_tumor_is_none_of_the_one_in_the_title(text: str) -> None:
    washout = (HCC, SIGN, "washout", "present")
    assert washout not in triples(text, title=TITLE)
    assert washout in triples("In most cases washout was observed.", title=TITLE)


def test_a_sign_is_that_of_the_phase_that_the_sentence_names() -> None:
    found = {
        phase: [
            s.object.key for s in extraction(f"Hepatocellular carcinoma showed hyperenhancement{phase}.").statements
        ]
        for phase in (" in the arterial phase", " in the portal venous phase", "")
    }
    assert found == {
        " in the arterial phase": ["arterial-phase-hyperenhancement"],
        " in the portal venous phase": ["portal-venous-hyperenhancement"],
        "": ["hyperenhancement"],
    }


def test_a_degree_of_differentiation_tells_nothing_apart() -> None:
    found = claims("Washout of hepatocellular carcinoma depends on the degree of differentiation.")
    assert not [one for one in found if one[1] == "discriminates"]
    told = claims("Washout helps in the differentiation of hepatocellular carcinoma from hepatic hemangioma.")
    assert ("washout", "discriminates", HCC) in told


def test_what_tells_two_tumors_apart_is_claimed_once() -> None:
    title = "Hepatocellular carcinoma and cholangiocarcinoma on CT"
    text = "Washout was helpful in differentiating hepatocellular carcinoma from cholangiocarcinoma."
    found = [t for t in triples(text, title=title) if t[1] == "discriminates"]
    assert found == [("washout", "discriminates", HCC, "present")]


def test_words_say_what_a_p_value_only_measures() -> None:
    title = "Hepatocellular carcinoma and cholangiocarcinoma on CT"
    text = "Washout (P=0.01) was significantly different between hepatocellular carcinoma and cholangiocarcinoma."
    found = [s.statistic is None for s in extraction(text, title=title).statements if s.predicate == "discriminates"]
    assert sorted(found) == [False, True]
