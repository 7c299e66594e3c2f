"""What turns of phrase of findings, tests and look-alikes claim, with whether it is so, and what they leave alone."""

from __future__ import annotations

import pytest

from tests.written import extraction

HCC, ADENOMA, HEMANGIOMA = "hepatocellular-carcinoma", "hepatic-adenoma", "hepatic-hemangioma"
CC, METASTASIS, HYDATID = "cholangiocarcinoma", "liver-metastasis", "hydatid-cyst"
CT, MRI = "computed-tomography", "magnetic-resonance-imaging"
TITLE = "Imaging of abdominal tumors"


def told(text: str) -> set[tuple[str | None, str, str | None, str]]:
    """(subject, predicate, object, polarity) of all that a sentence of a discussion claims without a number."""
    found = extraction(text, title=TITLE, section="Discussion").statements
    return {(s.subject.key, s.predicate, s.object.key, s.polarity) for s in found if s.statistic is None}


def pairs(text: str) -> set[frozenset[str | None]]:
    """Whatever two things a sentence claims of each other."""
    return {frozenset({subject, found}) for subject, _, found, _ in told(text)}


# ---------------------------------------------------------------- look-alikes


@pytest.mark.parametrize(
    ("text", "subject", "others"),
    [
        ("Hepatic adenoma can simulate hepatocellular carcinoma.", ADENOMA, {HCC}),
        ("Hepatic adenoma is hard to distinguish from hypervascular liver metastases.", ADENOMA, {METASTASIS}),
        (
            "Cholangiocarcinoma should be differentiated from liver metastasis and hepatic adenoma.",
            CC,
            {METASTASIS, ADENOMA},
        ),
        ("Hepatic adenoma cannot be distinguished from hepatocellular carcinoma.", ADENOMA, {HCC}),
        ("Well-known hepatic adenoma is indistinguishable from hepatocellular carcinoma.", ADENOMA, {HCC}),
        (
            "The differential diagnosis of hepatic hemangioma includes cholangiocarcinoma and liver metastases.",
            HEMANGIOMA,
            {CC, METASTASIS},
        ),
        ("Hepatic adenoma belongs in the differential diagnosis of hepatocellular carcinoma.", ADENOMA, {HCC}),
        ("It is difficult to differentiate hepatic adenoma from hepatocellular carcinoma.", ADENOMA, {HCC}),
        ("The distinction between hepatic adenoma and hepatocellular carcinoma is challenging.", ADENOMA, {HCC}),
    ],
)
def test_what_looks_alike_is_a_differential_diagnosis(text: str, subject: str, others: set[str]) -> None:
    found = {(a, b, polarity) for a, predicate, b, polarity in told(text) if predicate == "differential_of"}
    assert {(subject, other, "present") for other in others} <= found


def test_a_disease_is_taken_for_the_one_named_behind() -> None:
    text = "In patients with cirrhosis, hydatid cysts may be confused with liver metastases."
    assert (HYDATID, "misdiagnosed_as", METASTASIS, "present") in told(text)


def test_other_lesions_are_what_a_disease_is_mistaken_for_where_none_is_named() -> None:
    assert (ADENOMA, "misdiagnosed_as", "liver-mass", "present") in told(
        "Hepatic adenoma can be mistaken for other liver lesions."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Washout helps in differentiating hepatic adenoma from hepatocellular carcinoma.",
        "If hepatic adenoma mimics hepatocellular carcinoma, biopsy is needed.",
        "Whether hepatic adenoma resembles hepatocellular carcinoma is unknown.",
        "Hepatic adenoma and hepatocellular carcinoma were studied.",
    ],
)
def test_what_is_told_apart_asked_or_only_named_is_no_differential(text: str) -> None:
    assert frozenset({ADENOMA, HCC}) not in pairs(text)


# ---------------------------------------------------------------- findings


def test_a_sign_by_which_one_is_told_from_another_is_of_the_first() -> None:
    text = "Hepatic hemangioma can be distinguished from hepatocellular carcinoma by progressive enhancement."
    assert ("progressive-enhancement", "discriminates", HEMANGIOMA, "present") in told(text)
    assert frozenset({"progressive-enhancement", HCC}) not in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "There was no significant difference in calcification between cholangiocarcinoma and hepatocellular carcinoma.",
        "Calcification did not differ between cholangiocarcinoma and hepatocellular carcinoma.",
    ],
)
def test_where_nothing_differs_the_difference_is_absent_and_the_sign_is_not(text: str) -> None:
    assert told(text) == {("calcification", "discriminates", CC, "absent")}


def test_it_is_the_absence_of_a_sign_that_suggests() -> None:
    assert ("washout", "discriminates", ADENOMA, "absent") in told(
        "The absence of washout is suggestive of hepatic adenoma."
    )


def test_a_sign_is_of_the_disease_that_it_is_seen_in_even_in_a_comparison() -> None:
    text = "Hepatic adenoma shows fat rather than the necrosis commonly seen in hepatocellular carcinoma."
    assert (HCC, "has_sign", "necrosis", "present") in told(text)
    assert frozenset({ADENOMA, "necrosis"}) not in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hepatocellular carcinoma rarely causes capsular retraction.",
        "Calcification is found in liver metastases and is uncommon in hepatocellular carcinoma.",
    ],
)
def test_a_disease_is_not_rare_where_a_finding_is(text: str) -> None:
    assert frozenset({HCC, "rare-occurrence"}) not in pairs(text)


# ---------------------------------------------------------------- tests


@pytest.mark.parametrize(
    ("text", "test", "disease", "polarity"),
    [
        ("MRI shows hepatocellular carcinoma better than CT.", MRI, HCC, "present"),
        ("MRI is superior to CT for liver metastases.", MRI, METASTASIS, "present"),
        ("MRI is more sensitive than CT for hepatic adenoma.", MRI, ADENOMA, "present"),
        ("Liver metastases are more conspicuous on MRI than on CT.", MRI, METASTASIS, "present"),
        ("MRI should be performed for hepatic adenoma.", MRI, ADENOMA, "present"),
        ("Patients with hepatic adenoma should undergo MRI.", MRI, ADENOMA, "present"),
        ("The workup of hepatic adenoma comprises MRI.", MRI, ADENOMA, "present"),
        ("Liver metastases are best seen on MRI.", MRI, METASTASIS, "present"),
        ("Liver metastases may be missed on CT.", CT, METASTASIS, "absent"),
        ("CT is not able to show liver metastases.", CT, METASTASIS, "absent"),
        ("MRI is positive in most hepatic adenomas.", MRI, ADENOMA, "present"),
        ("MRI is often negative in hepatic adenoma.", MRI, ADENOMA, "absent"),
    ],
)
def test_a_test_shows_or_misses_a_disease(text: str, test: str, disease: str, polarity: str) -> None:
    assert {(found, state) for a, _, found, state in told(text) if a == disease} == {(test, polarity)}


@pytest.mark.parametrize(
    "text",
    [
        "If CT shows liver metastases, surgery is contraindicated.",
        "Small liver metastases are difficult to detect on CT.",
        "CT features are useful for hepatic adenoma and liver metastases.",
    ],
)
def test_a_condition_a_hard_task_and_features_of_a_test_show_nothing(text: str) -> None:
    assert frozenset({CT, METASTASIS}) not in pairs(text)


def test_a_protocol_has_its_phases() -> None:
    found = told("Multiphasic CT consists of an arterial phase and a portal venous phase.")
    assert {phase for _, predicate, phase, _ in found if predicate == "imaging_technique"} == {
        "arterial-phase",
        "portal-venous-phase",
    }


def test_a_disease_is_best_seen_in_a_phase() -> None:
    assert ("insulinoma", "imaging_technique", "arterial-phase", "present") in told(
        "Insulinomas are best visualized in the arterial phase."
    )


@pytest.mark.parametrize(
    ("text", "end", "marker", "polarity"),
    [
        ("5-HIAA is used for the diagnosis of carcinoid syndrome.", "carcinoid-syndrome", "5-hiaa", "present"),
        ("Carcinoid syndrome is diagnosed by measuring 5-HIAA.", "carcinoid-syndrome", "5-hiaa", "present"),
        ("Ferritin is sensitive but not specific for hepatocellular carcinoma.", HCC, "ferritin", "present"),
        ("AFP is usually normal in cholangiocarcinoma.", CC, "afp", "absent"),
        (
            "Neuroendocrine carcinomas often lose chromogranin A.",
            "neuroendocrine-carcinoma",
            "chromogranin-a",
            "absent",
        ),
        ("Carcinoid tumors release serotonin.", "carcinoid-tumor", "serotonin", "present"),
    ],
)
def test_a_marker_is_of_a_disease_or_is_not(text: str, end: str, marker: str, polarity: str) -> None:
    assert {(found, state) for a, _, found, state in told(text) if a == end} == {(marker, polarity)}


def test_a_marker_that_was_only_measured_is_of_no_disease() -> None:
    assert not told("AFP was measured in patients with hepatocellular carcinoma.")


def test_a_letter_that_ends_a_sentence_belongs_to_a_name() -> None:
    assert ("neuroendocrine-tumor", "expresses", "chromogranin-a", "present") in told(
        "Neuroendocrine tumors express synaptophysin and chromogranin A."
    )


@pytest.mark.parametrize(
    "text",
    [
        "In hepatic adenoma, washout and capsular retraction are common.",
        "In hepatic hemangioma and hepatic adenoma, washout and capsular retraction are common.",
    ],
)
def test_findings_behind_the_comma_are_of_the_disease_that_opens_the_sentence(text: str) -> None:
    signs = {found for subject, _, found, _ in told(text) if subject == ADENOMA}
    assert {"washout", "capsular-retraction"} <= signs


def test_a_finding_in_a_bracket_is_of_the_disease_before_it_alone() -> None:
    text = "These include hepatic adenoma (fat), cholangiocarcinoma (capsular retraction) and melanoma (hemorrhage)."
    signs = {(subject, found) for subject, predicate, found, _ in told(text) if predicate == "has_sign"}
    assert signs == {
        (ADENOMA, "intralesional-fat"),
        (CC, "capsular-retraction"),
        ("melanoma", "intratumoral-hemorrhage"),
    }


def test_a_disease_that_is_the_next_item_has_no_finding_of_the_one_before() -> None:
    text = "Neuroendocrine carcinomas are large masses with necrosis and early metastases."
    assert ("neuroendocrine-carcinoma", "has_sign", "necrosis", "present") in told(text)
    assert frozenset({"metastasis", "necrosis"}) not in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Washout was seen in hepatocellular carcinoma but not in hepatic hemangioma.",
        "Hepatocellular carcinomas show washout, unlike hepatic hemangiomas.",
    ],
)
def test_a_sign_of_one_is_absent_in_the_other_where_words_say_so(text: str) -> None:
    assert {(subject, state) for subject, _, found, state in told(text) if found == "washout"} == {
        (HCC, "present"),
        (HEMANGIOMA, "absent"),
    }


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("Cholangiocarcinoma is negative for AFP and positive for CA19-9.", {"ca19-9"}, {"afp"}),
        (
            "Cholangiocarcinomas without calcification with capsular retraction are common.",
            {"capsular-retraction"},
            set(),
        ),
    ],
)
def test_a_not_ends_where_something_is_said_to_be_there(text: str, present: set[str], absent: set[str]) -> None:
    found = {(marker, state) for subject, _, marker, state in told(text) if subject == CC}
    assert {(one, "present") for one in present} | {(one, "absent") for one in absent} <= found


def test_a_marker_is_raised_in_a_disease_that_is_no_tumor() -> None:
    assert ("chronic-atrophic-gastritis", "has_marker", "chromogranin-a", "present") in told(
        "Chromogranin A is increased in chronic atrophic gastritis."
    )


def test_a_phase_is_for_a_disease() -> None:
    assert ("pancreatic-net", "imaging_technique", "late-arterial-phase", "present") in told(
        "The late arterial phase is crucial for detecting pancreatic neuroendocrine tumors."
    )
