"""A number hangs on what its words say that it is of; what cannot be hung safely is a gap."""

from __future__ import annotations

import pytest

from tests.written import extraction

TUMORS = "A study of tumors"
MARKER = "Is a marker a predictor of benefit from anthracyclines in a breast cancer chemotherapy trial?"
HCC = "Hepatocellular carcinoma: outcomes of 80 patients"


def numbers(text: str, title: str = TUMORS, section: str = "Results") -> dict[str, set[tuple[str, str, str]]]:
    """(subject, predicate, object) of each number that is hung on anything, concepts by key."""
    found: dict[str, set[tuple[str, str, str]]] = {}
    for one in extraction(text, title=title, section=section).statements:
        if one.statistic is not None:
            ends = [end.key or end.label for end in (one.subject, one.object)]
            found.setdefault(one.statistic.printed, set()).add((ends[0], one.predicate, ends[1]))
    return found


@pytest.mark.parametrize("title", [TUMORS, HCC])
def test_a_proportion_is_of_the_tumors_that_it_counts(title: str) -> None:
    found = numbers("Washout was seen in 12 of 20 HCCs (60%) and 3 of 15 adenomas (20%).", title)
    assert found == {
        "12 of 20 HCCs (60%)": {("hepatocellular-carcinoma", "has_sign", "washout")},
        "3 of 15 adenomas (20%)": {("adenoma", "has_sign", "washout")},
    }


@pytest.mark.parametrize("title", [HCC, MARKER])
def test_a_test_is_of_what_stands_before_its_bracket_and_of_what_that_goes_with(title: str) -> None:
    text = (
        "However, marker positivity was significantly associated with an increased number of positive nodes "
        "(P = 0.01), larger tumor size (P = 0.004), and decreased proliferation (measured by an assay; P = 0.2)."
    )
    found = [s for s in extraction(text, title=title).statements if s.statistic is not None]
    assert {(s.subject.label, s.predicate, s.object.label, s.polarity, s.comparator) for s in found} == {
        ("increased number of positive nodes", "associated_with", "marker positivity", "present", None),
        ("large tumor size", "associated_with", "marker positivity", "present", None),
        ("decreased proliferation", "associated_with", "marker positivity", "absent", None),
    }


def test_a_therapy_is_no_comparator_of_a_finding() -> None:
    found = extraction("The tumor size was significantly different (P = 0.01).", title=MARKER).statements
    assert [s.comparator for s in found] == [None]


def test_a_test_of_two_therapies_does_not_say_that_one_was_not_given() -> None:
    assert numbers("Median OS was 592 days for SIRT versus 788 days for TACE patients (p = 0.93).", HCC).keys() <= {
        "592 days",
        "788 days",
    }
    hung = numbers("Median overall survival was 592 days for SIRT versus 788 days for TACE patients (p = 0.93).", HCC)
    assert {one[1:] for one in hung["p = 0.93"]} == {("therapy_outcome", "median-survival")}


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("Two major complications occurred in patients with HCC treated by resection.", ["Two major complications"]),
        ("HCC was read with a colorectal cancer panel (47 genes, 790 hotspots).", ["47", "790 hotspots"]),
        ("With chemotherapy a complete response was seen, with 12 PR cases.", ["12 PR cases"]),
        ("Approximately 15 to 20 HCC patients are treated here per month.", ["20 HCC patients"]),
        ("Patients were randomized (1/1) to sorafenib or observation for HCC.", ["1/1"]),
        ("Patients with HCC had not > 3 previous lines of chemotherapy.", ["> 3"]),
        ("The classification tree with the 3,400, 4,502, and 11,242 peaks had a good sensitivity.", ["3,400", "4,502"]),
    ],
)
def test_what_counts_something_else_is_a_gap(text: str, gaps: list[str]) -> None:
    found = numbers(text, HCC)
    assert not [printed for printed in found if any(gap.startswith(printed) or printed in gap for gap in gaps)]


@pytest.mark.parametrize(
    "text",
    [
        "Statistical assumptions are a survival of 4.6 months and alpha = 0.1 with 50 patients per stratum.",
        "A sample size of 14 patients with HCC would allow the detection of a change of 0.5 cm with a power of 80%.",
        "Only 25 patients with HCC will be randomized.",
    ],
)
def test_what_a_trial_reckons_with_is_no_result(text: str) -> None:
    assert numbers(text, HCC, section="Methods") == {}


def test_a_count_whose_noun_is_a_disease_is_a_cohort_of_that_one() -> None:
    found = numbers("The training set (30 HCCs, 20 adenomas) was read twice.", "HCC and hepatocellular adenoma")
    assert {printed: {one[:2] for one in hung} for printed, hung in found.items()} == {
        "30 HCCs": {("hepatocellular-carcinoma", "cohort")},
        "20 adenomas": {("adenoma", "cohort")},
    }


def test_a_cohort_is_one_of_a_therapy_only_where_its_sentence_names_it() -> None:
    text = "The markers were tested in the entire patient cohort (n = 288), irrespective of the allocated chemotherapy."
    assert "n = 288" not in numbers(text, MARKER)
