"""What two treatments do not differ in, and whom a study may take."""

from __future__ import annotations

import pytest

from tests.written import extraction, triples

TRIAL = "Radiofrequency ablation versus microwave ablation of hepatocellular carcinoma: a randomized trial"


def denied(text: str, title: str = TRIAL) -> set[tuple[str, str]]:
    """(subject, object) of what a trial denies without a number."""
    return {(one[0], one[2]) for one in triples(text, title=title) if one[3] == "absent"}


@pytest.mark.parametrize(
    ("text", "objects"),
    [
        (
            "No significant differences were found in overall survival and recurrence.",
            {"difference in overall survival", "difference in recurrence"},
        ),
        (
            "Overall survival was not significantly different between the two groups.",
            {"difference in overall survival"},
        ),
        ("There was no difference between groups with respect to recurrence.", {"difference in recurrence"}),
    ],
)
def test_that_there_is_no_difference_in_survival_does_not_deny_survival(text: str, objects: set[str]) -> None:
    assert {object_ for _, object_ in denied(text)} == objects
    assert {subject for subject, _ in denied(text)} == {"rfa"}


def test_only_a_paper_that_compares_treatments_says_so_of_them() -> None:
    found = denied("No significant differences were found in overall survival.", title="CT of hepatocellular carcinoma")
    assert not found


def test_the_treatment_that_the_sentence_names_first_is_the_subject() -> None:
    text = "No differences in overall survival after microwave ablation and radiofrequency ablation were found."
    assert denied(text) == {("microwave-ablation", "difference in overall survival")}


def test_a_limit_that_excludes_patients_is_no_value_of_theirs() -> None:
    limit = "Patients with hepatocellular carcinoma were excluded if bilirubin was >2.0 mg/dl."
    value = "In hepatocellular carcinoma bilirubin was >2.0 mg/dl."
    found = [[s.predicate for s in extraction(text).statements if s.statistic] for text in (limit, value)]
    assert found == [["cohort"], ["measured_value"]]


def test_a_disease_that_is_counted_bears_its_count_though_the_title_does_not_name_it() -> None:
    found = triples("The study included 50 hepatocellular carcinomas and 30 cholelithiasis patients.")
    assert ("cholelithiasis", "cohort", "number-of-patients", "present") in found


def test_what_forbids_a_therapy_and_what_it_brings() -> None:
    found = triples("Ascites was a contraindication for radiofrequency ablation.", title=TRIAL)
    assert ("rfa", "therapy_contraindication", "ascites", "present") in found
    found = triples("Liver failure due to radiofrequency ablation was rare.", title=TRIAL)
    assert ("rfa", "complication", "liver-failure", "present") in found
