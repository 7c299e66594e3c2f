"""Which predicate joins two things, and which words claim something of them."""

from __future__ import annotations

import pytest

from ingest.claimed import claimed
from ingest.features import KIND_GROUPS
from ingest.predicates import FALLBACK, RULES, Case, predicate_rule
from kg.model import CONCEPT_TYPES, PREDICATES, SECTIONS
from kg.vocabulary import Vocabulary


def case(attribute: str, bearer: str = "disease", kind: str = "claim", *, tumor: bool = False, **more: str) -> Case:
    fields = {"key": "x", "words": "", "section": "Results", "evidence": "own", **more}
    return Case(attribute=attribute, bearer=bearer, kind=kind, tumor=tumor, **fields)


@pytest.mark.parametrize(
    ("asked", "predicate"),
    [
        (case("sign"), "has_sign"),
        (case("outcome", "therapy", "proportion", key="major-complication"), "complication"),
        (case("outcome", "therapy", "p_value", key="adverse-event"), "complication"),
        (case("modality", "disease", "median", key="follow-up"), "cohort"),
        (case("modality", "disease", "value", key="follow-up"), "detected_by"),
        (case("measure", "therapy", "mean_sd", key="ablation-time"), "measured_value"),
        (case("measure", "therapy", "mean_sd", key="dose"), "measured_value"),
        (case("variable", "therapy", "p_value", key="age"), "cohort"),
        (case("disease", "therapy", "count", key="liver-failure"), "complication"),
        (case("disease", "therapy", "count", key="hepatitis-b", words="Etiology of cirrhosis"), "associated_with"),
        (case("disease", "therapy", "count", key="hepatocellular-carcinoma", tumor=True), "therapy_indication"),
        (case("sign", kind="p_value"), "discriminates"),
        (case("sign", words="washout differentiated adenoma from carcinoma"), "discriminates"),
        (case("modality", kind="sensitivity"), "detected_by"),
        (case("marker"), "has_marker"),
        (case("marker", kind="mean_sd"), "measured_value"),
        (case("marker", kind="count", near="was elevated in"), "has_marker"),
        (case("marker", kind="count", near="was tested in"), "measured_value"),
        (case("marker", words="the cells express it"), "expresses"),
        (case("clinical-feature"), "has_clinical_feature"),
        (case("clinical-feature", "therapy", words="complications included fever"), "complication"),
        (case("syndrome", key="tuberous-sclerosis"), "associated_with"),
        (case("syndrome", key="cushing-syndrome"), "has_clinical_feature"),
        (case("clinical-feature", key="female-predominance"), "has_epidemiology"),
        (case("site", words="the primary was located there"), "has_primary_site"),
        (case("site", words="spread to it"), "metastasizes_to"),
        (case("therapy"), "treated_by"),
        (case("disease", "therapy"), "therapy_indication"),
        (case("outcome", "therapy"), "therapy_outcome"),
        (case("outcome"), "has_prognosis"),
        (case("disease", words="it was misdiagnosed"), "misdiagnosed_as"),
        (case("disease", words="it mimics the other"), "differential_of"),
        (case("measure", key="number-of-patients"), "cohort"),
        (case("measure", key="number-of-patients", evidence="background"), "has_epidemiology"),
        (case("variable"), "measured_value"),
        (case("variable", "modality", section="Methods"), "imaging_technique"),
    ],
)
def test_which_predicate_joins_two_things(asked: Case, predicate: str) -> None:
    assert predicate_rule(asked).predicate == predicate


def test_a_test_turns_the_sign_into_the_subject() -> None:
    assert predicate_rule(case("sign", kind="auc")).turned
    assert not predicate_rule(case("sign")).turned


def test_what_no_row_fits_is_other() -> None:
    assert predicate_rule(case("study-design")) is FALLBACK


def test_every_row_can_be_reached_by_words_of_the_model() -> None:
    types = {*CONCEPT_TYPES, "variable", "words"}
    for rule in RULES:
        assert rule.predicate in PREDICATES
        assert rule.attribute | rule.bearer <= types
        assert rule.kinds <= set(KIND_GROUPS)
        assert rule.sections <= set(SECTIONS)
        assert rule.keys <= set(Vocabulary.load().concepts)


@pytest.mark.parametrize(
    ("predicate", "words", "expected"),
    [
        ("has_sign", "Washout was common.", "has_sign"),
        ("has_sign", "Washout and fat were assessed.", None),
        ("has_sign", "The masses were assessed and showed washout.", "has_sign"),
        ("treated_by", "Adenomas were resected.", "treated_by"),
        ("treated_by", "Adenomas and metformin.", None),
        ("has_marker", "AFP was measured in all.", None),
        ("has_marker", "AFP was measured in all and elevated.", "has_marker"),
    ],
)
def test_words_decide_whether_anything_is_claimed(predicate: str, words: str, expected: str | None) -> None:
    assert claimed(predicate, words) == expected
