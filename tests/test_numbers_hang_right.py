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


HARM = (
    "The most common adverse events were fatigue (40% vs. 28%), hypertension (30% vs. 5%), diarrhea (33% vs. 8%) and "
    "hair loss (11% vs. 3%) with sorafenib as compared to placebo."
)


def test_what_treatment_brings_is_no_feature_of_the_disease_and_nothing_of_the_placebo() -> None:
    assert numbers(HARM, HCC) == {
        "40%": {("sorafenib", "complication", "fatigue")},
        "30%": {("sorafenib", "complication", "hypertension")},
        "33%": {("sorafenib", "complication", "diarrhea")},
        "11%": {("sorafenib", "complication", "alopecia")},
    }


def test_harm_is_of_the_treatment_in_focus_or_of_none() -> None:
    text = "Adverse events were nausea in 12% and fatigue in 20%."
    assert numbers(text, HCC) == {}
    assert numbers(f"Sorafenib is used in HCC. {text}", HCC) == {"20%": {("sorafenib", "complication", "fatigue")}}
    assert numbers("Complications of cirrhosis included ascites (30%).", HCC) == {
        "30%": {("hepatocellular-carcinoma", "has_clinical_feature", "ascites")}
    }


def test_a_count_of_complications_is_one_of_the_treatment() -> None:
    found = numbers("Two major complications occurred in patients with HCC treated by resection.", HCC)
    assert found == {"Two major complications": {("surgical-resection", "complication", "major-complication")}}


def test_harm_is_of_the_group_beside_it() -> None:
    text = (
        "Complications were one active bleeding in the SIRT group (2.7%, 1/36) and pain in the TACE group (5.2%, 2/38)."
    )
    found = numbers(text, HCC)
    assert found == {"5.2%, 2/38)": {("tace", "complication", "pain")}}


def test_of_two_arms_the_named_group_has_only_its_own() -> None:
    title = "Sorafenib or TACE in hepatocellular carcinoma"
    found = numbers("Median survival was 6.4 months vs. 5.0 months for the placebo group.", HCC)
    assert found.get("5.0 months", set()) <= {("placebo", "therapy_outcome", "median-survival")}
    text = "Technical success was more often achieved in the TACE group, but without significance (72% vs 55%)."
    assert numbers(text, title) == {"72%": {("tace", "therapy_outcome", "technical-success")}}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Excluded were those with poor liver function (n = 3), bleeding (n = 2), and lost consent (n = 1).", "n = 1"),
        ("Reasons were: (a) refusal of the treatment (n = 4); (b) confirmed cholangiocarcinoma (n = 2).", "n = 4"),
        ("One had an unclear collection (2.5%) and another active bleeding (2.6%).", "2.5%"),
        ("Expression was seen in many tumors (14%, moderate; 28%, strong).", "14%"),
        ("We chose a tip among 2.0 cm and 3.0 cm according to the tumor size and shape.", "2.0 cm"),
        ("The drug reduced it (β = −2.4, p = 0.02) after adjusting for age, body mass index and stage.", "p = 0.02"),
        ("Each generator has a maximum power of 200 W and drives the electrodes of radiofrequency ablation.", "200 W"),
    ],
)
def test_a_number_is_not_of_the_item_beside_it(text: str, printed: str) -> None:
    assert printed not in numbers(text, HCC)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Two complications occurred, one in the SIRT group and one in the TACE group.", "Two complications"),
        ("Among the 66 patients who had success, recurrence developed in 9 (14%).", "66 patients"),
        (
            "There was one with a dissection of the celiac trunk that ended it and two patients with shunts.",
            "two patients",
        ),
        ("The tumors included 15% node negative ones.", "15%"),
        ("Patients with HCC were assigned to placebo (n = 16) or a vitamin of 50 mg/d.", "n = 16"),
        ("The proportion of biopsies showing weak staining was 24%.", "24%"),
        ("The vitamin in HCC was distributed over 15 capsules.", "over 15"),
        ("Of all, 42% showed moderate or strong expression.", "42%"),
        ("Of those, 58 out of 88 patients had samples available for analysis.", "58 out of 88 patients"),
        ("Necrosis was seen in HCC. There was no significance (P > 0.05) between the two groups.", "P > 0.05"),
        ("The radiofrequency electrode has holes (0.02 mm in diameter) in which less than 1% remains.", "less than 1%"),
        ("In conclusion, 50 mg/d of a vitamin reduced the level in HCC.", "50 mg/d"),
        ("The agreement of the training and duplicate sets was 71.4%.", "71.4%"),
        ("Age was significantly different, but not the lesion location (left/right: SIRT 4/8; TACE 5/7).", "8"),
        ("Age was significantly different, but not the lesion location (left/right: SIRT 4/8; TACE 5/7).", "4"),
    ],
)
def test_what_only_stands_beside_a_number_is_not_what_it_is_of(text: str, printed: str) -> None:
    assert printed not in numbers(text, HCC)


def test_the_response_inside_a_count_is_what_it_counts() -> None:
    text = "With chemotherapy 24/69 (34.8%) of the tumors shrank, of which there were 1 CR case and 12 PR cases."
    found = numbers(text, "Chemotherapy of hepatocellular carcinoma")
    assert found["1 CR case"] == {("chemotherapy", "therapy_outcome", "complete-response")}
    assert found["12 PR cases"] == {("chemotherapy", "therapy_outcome", "partial-response")}
    assert {one[2] for one in found.get("24/69 (34.8%)", set())}.isdisjoint({"complete-response", "partial-response"})


def test_numbers_of_two_kinds_are_handed_out_in_turn_each() -> None:
    text = (
        "The model held with HR: 0.57; 95% CI 0.37 to 0.86; P = 0.006 and HR: 0.64; 95% CI 0.41 to 1.01; P = 0.04 for "
        "disease-free survival and overall survival, respectively."
    )
    found = {printed[:9]: {one[2] for one in hung} for printed, hung in numbers(text, HCC).items()}
    assert found == {
        "HR: 0.57;": {"disease-free-survival"},
        "P = 0.006": {"disease-free-survival"},
        "HR: 0.64;": {"overall-survival"},
        "P = 0.04": {"overall-survival"},
    }


def test_a_test_of_treatments_whose_outcome_has_no_name_is_a_gap() -> None:
    assert "p = 0.01" not in numbers("The need for rescue was lower with sorafenib than with TACE (p = 0.01).", HCC)
