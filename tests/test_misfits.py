"""Numbers that are not what a sentence names beside them, each beside a sentence in which they are."""

from __future__ import annotations

import pytest

from ingest.dimensions import is_known, measures
from tests.written import extraction

Said = tuple[str, str]


def said(text: str, section: str = "Results") -> set[Said]:
    """(what a number is of, the number as printed) of each statement of a text."""
    statements = extraction(text, section=section).statements
    ends = [(s, end) for s in statements for end in (s.subject, s.object)]
    return {(end.key or end.label, s.statistic.printed) for s, end in ends if s.statistic is not None}


@pytest.mark.parametrize(
    ("misfit", "fit", "key", "printed"),
    [
        ("Hepatocellular carcinoma with washout at 2.6 kV.", "Washout was seen in 26%.", "washout", "2.6 cm"),
        (
            "Bleeding was seen in hepatocellular carcinoma after 3 months.",
            "Patients with hepatocellular carcinoma had bleeding for 3 months.",
            "bleeding",
            "3 months",
        ),
        (
            "In hepatocellular carcinoma, the tumor size was in 10% assumed.",
            "In hepatocellular carcinoma, the mean tumor size was 10 mm.",
            "tumor-size",
            "10%",
        ),
        (
            "Hepatocellular carcinoma was treated with 0.9% saline.",
            "In 0.9%, hepatocellular carcinoma was treated with saline.",
            "saline",
            "0.9%",
        ),
        (
            "Hepatocellular carcinoma of M0 was randomized 1:1 to two groups.",
            "Hepatocellular carcinoma was M0 in 11 patients.",
            "m-stage",
            "1:1",
        ),
    ],
)
def test_a_unit_measures_what_it_can(misfit: str, fit: str, key: str, printed: str) -> None:
    assert (key, printed) not in said(misfit)
    assert key in {of for of, _ in said(fit)}


@pytest.mark.parametrize(
    "text",
    [
        "A kappa of 0.61-0.80 suggested substantial agreement of CT.",
        "Hepatocellular carcinomas were classified by tumor size as small (< 2.5 cm).",
    ],
)
def test_a_scale_and_a_definition_measure_nothing(text: str) -> None:
    assert said(text, section="Methods") == set()


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("In hepatocellular carcinoma, four patients withdrew.", "four patients"),
        ("The drug was repeated once in hepatocellular carcinoma.", "once"),
        ("Patients with hepatocellular carcinoma had two sessions.", "two sessions"),
        ("We studied patients with 74 HCCs, hepatocellular carcinomas.", "74 HCCs"),
    ],
)
def test_a_part_and_a_thing_are_no_number_of_patients(text: str, printed: str) -> None:
    assert ("number-of-patients", printed) not in said(text)


def test_the_whole_is_a_number_of_patients() -> None:
    text = "The study included 74 patients with hepatocellular carcinoma."
    assert ("number-of-patients", "74 patients") in said(text)


def test_a_time_of_a_phase_is_its_delay() -> None:
    text = "CT scans were obtained at 30 s (arterial phase) and 150 s (equilibrium phase) after injection."
    delays = {
        (s.statistic.printed, s.phases)
        for s in extraction(text, section="Methods").statements
        if s.statistic is not None and s.object.key == "scan-delay"
    }
    assert delays == {("30 s", ("arterial-phase",)), ("150 s", ("equilibrium-phase",))}


def test_a_dose_of_a_contrast_agent_is_one() -> None:
    text = "On MRI, 0.2 mmol/kg of Gd-DTPA was given."
    assert ("contrast-dose", "0.2 mmol/kg") in said(text, section="Methods")


def test_a_scan_without_contrast_has_no_injection() -> None:
    text = "After a non-contrast CT, contrast-enhanced CT was done; iopromide was injected at 3 ml/s."
    assert ("noncontrast-ct", "3 ml/s") not in said(text, section="Methods")


def test_a_case_that_was_misdiagnosed_has_the_wrong_diagnosis() -> None:
    text = "One case of hepatocellular carcinoma was misdiagnosed as hepatic adenoma."
    assert ("hepatic-adenoma", "One case") in said(text)
    assert ("misdiagnosis", "One case") not in said(text)


def test_a_number_that_does_not_fit_is_a_gap() -> None:
    found = extraction("Hepatocellular carcinoma with washout at 2.6 kV.")
    assert "2.6 kV" in {gap.text for gap in found.gaps}


def test_tumors_of_patients_are_counted_as_lesions() -> None:
    text = "We included 69 patients with 74 hepatocellular carcinomas."
    assert ("lesion-number", "74 hepatocellular carcinomas") in said(text)


def test_rows_of_detectors_are_no_scanner() -> None:
    text = "CT was performed with a 64-slice CT scanner."
    assert ("detector-rows", "64-slice") in said(text, section="Methods")


def test_a_cut_off_is_of_the_finding_named_last() -> None:
    text = "The figure shows washout on CT. The curve is below. With a cutoff value of 0.898, hepatic adenoma was told."
    assert ("washout", "0.898") in said(text)


def test_who_was_scanned_was_not_detected_by_it() -> None:
    found = extraction("In hepatocellular carcinoma, eight patients underwent contrast-enhanced CT.").statements
    assert {s.predicate for s in found if s.statistic is not None} == {"imaging_technique"}


def test_findings_of_so_many_cases_are_of_all() -> None:
    text = "Table 1 Summary of CT findings of 12 cases."
    assert ("number-of-patients", "12 cases") in said(text)


def test_phases_and_times_go_in_turn() -> None:
    text = "CT in the arterial phase, early portal venous phase, and delayed phase was done at 28 s, 58 s, and 120 s."
    delays = {
        (s.statistic.printed, s.phases)
        for s in extraction(text, section="Methods").statements
        if s.statistic is not None
    }
    assert delays == {
        ("28 s", ("arterial-phase",)),
        ("58 s", ("portal-venous-phase",)),
        ("120 s", ("delayed-phase",)),
    }


def test_own_patients_are_of_the_group_and_not_of_their_diagnosis() -> None:
    text = "The imaging diagnosis of the 12 patients was hepatic adenoma (n = 7)."
    statements = extraction(text, title="CT of hepatocellular carcinoma").statements
    subjects = {s.subject.key for s in statements if s.object.key == "number-of-patients"}
    assert subjects == {"hepatocellular-carcinoma"}


def test_a_tests_value_differs_where_the_p_value_behind_it_does() -> None:
    text = "Washout of hepatocellular carcinoma was compared (Z=-0.47, P=0.637)."
    polarity = {s.polarity for s in extraction(text).statements if s.statistic is not None}
    assert polarity == {"absent"}


def test_an_injection_is_of_a_scan_with_contrast() -> None:
    found = said("CT was performed. Contrast agent was injected at 3 ml/s.", section="Methods")
    assert {of for of, printed in found if printed == "3 ml/s"} == {"contrast-enhanced-ct", "injection-rate"}


def test_follow_up_visits_are_what_was_done_with_the_group() -> None:
    found = extraction("Hepatocellular carcinoma had follow-up visits every 3 months.").statements
    assert {s.predicate for s in found if s.statistic is not None} == {"cohort"}


def test_a_voltage_is_no_rate() -> None:
    assert measures("kV", "tube voltage")
    assert is_known("kV")
    assert not measures("kV", "injection rate")


def test_a_kind_goes_with_nothing_by_its_share() -> None:
    text = "Only 0.3% of all neuroendocrine neoplasms are primary hepatic neuroendocrine neoplasms."
    found = [s for s in extraction(text).statements if s.statistic is not None]
    assert [(s.subject.key, s.predicate, s.object.label) for s in found] == [
        ("phnen", "has_epidemiology", "share of all neuroendocrine neoplasms")
    ]


def test_who_was_operated_on_was_misdiagnosed_all_the_same() -> None:
    text = "Three cases were misdiagnosed as metastatic tumors, all of which had a history of gastric cancer surgery."
    found = extraction(text, title="CT of hepatocellular carcinoma").statements
    assert "therapy_indication" not in {s.predicate for s in found if s.statistic is not None}


def test_this_pattern_is_what_the_sentence_before_named() -> None:
    text = "The lesions showed washout. 7 of 9 (77.8%) of all cases demonstrated this enhancement pattern."
    found = extraction(text, title="CT of hepatocellular carcinoma").statements
    assert "washout" in {s.object.key for s in found if s.statistic is not None and s.statistic.numerator == 7}


def test_patients_with_a_disease_are_its_cohort() -> None:
    text = "We reviewed 40 patients with hepatocellular carcinoma and 30 patients with hepatic hemangioma."
    assert {("number-of-patients", "40 patients"), ("number-of-patients", "30 patients")} <= said(text)
