"""What a sentence states: ends, polarity, comparator, phase, unit, population, and what stays a gap."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.model import Statement
from tests.written import extraction, triples


def first(text: str, **about: str) -> Statement:
    """The first statement with the wanted fields."""
    found = extraction(text).statements
    return next(s for s in found if all(str(getattr(s, name)) == value for name, value in about.items()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Washout was seen in 12 of 30 patients with hepatic hemangioma.",
            ("hepatic-hemangioma", "has_sign", "washout", "present"),
        ),
        ("No hepatic hemangioma had ascites.", ("hepatic-hemangioma", "has_clinical_feature", "ascites", "absent")),
        (
            "Calcification was not seen in hepatic hemangioma.",
            ("hepatic-hemangioma", "has_sign", "calcification", "absent"),
        ),
        (
            "Washout was seen in 0 of 30 patients with hepatic hemangioma.",
            ("hepatic-hemangioma", "has_sign", "washout", "absent"),
        ),
        (
            "The sensitivity of washout for identifying hepatocellular carcinoma was 82.6%.",
            ("washout", "discriminates", "hepatocellular-carcinoma", "present"),
        ),
    ],
)
def test_what_a_sentence_states(text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in triples(text)


def test_a_list_gives_a_statement_an_item() -> None:
    found = {object_ for _, _, object_, _ in triples("Washout and calcification were seen in 12 of 30 hemangiomas.")}
    assert {"washout", "calcification"} <= found


def test_two_groups_each_have_their_count() -> None:
    text = "Washout was seen in 14 of 30 patients with hepatocellular carcinoma and in 2 of 30 with hepatic hemangioma."
    counts = {s.subject.key: s.statistic.numerator for s in extraction(text).statements if s.statistic is not None}
    assert counts == {"hepatocellular-carcinoma": Decimal(14), "hepatic-hemangioma": Decimal(2)}


@pytest.mark.parametrize(("p", "polarity"), [("P=0.030", "present"), ("P<0.001", "present"), ("P=0.430", "absent")])
def test_a_p_value_above_the_limit_tells_nothing_apart(p: str, polarity: str) -> None:
    assert first(f"Washout was compared between groups ({p}).", predicate="discriminates").polarity == polarity


def test_what_a_disease_is_compared_with_is_the_comparator() -> None:
    text = "Compared with hepatic hemangioma, washout of hepatocellular carcinoma was seen in 14 of 30 patients."
    statement = first(text, predicate="has_sign")
    assert statement.subject.key == "hepatocellular-carcinoma"
    assert statement.comparator is not None
    assert statement.comparator.key == "hepatic-hemangioma"


def test_phase_modality_and_unit_are_those_of_the_sentence() -> None:
    statement = first("On MRI, washout on portal venous phase was seen in 14 of 30 patients.", predicate="has_sign")
    assert statement.modality == "magnetic-resonance-imaging"
    assert statement.phases == ("portal-venous-phase",)
    assert statement.unit_of_analysis == "patients"


def test_all_of_a_group_is_its_population() -> None:
    assert first("All lesions showed washout in hepatic hemangioma.", predicate="has_sign").population == "All lesions"


def test_a_cautious_claim_is_hedged() -> None:
    assert first("Hepatic hemangioma may show calcification.", predicate="has_sign").hedged


def test_numbers_keep_their_decimals() -> None:
    found = extraction("Washout was seen in 40.00% of hepatic hemangiomas.").statements
    assert [str(s.statistic.percent) for s in found if s.statistic is not None] == ["40.00"]


def test_each_number_is_stated_or_a_gap() -> None:
    text = "Hepatocellular carcinoma (n=30) and size (34.2 mm) were recorded in 12 of 30 patients (P=0.020)."
    found = extraction(text)
    spans = [s.statistic.span for s in found.statements if s.statistic is not None] + [g.span for g in found.gaps]
    for printed in ("n=30", "34.2 mm", "12 of 30", "P=0.020"):
        at = text.index(printed)
        assert any(span.start <= at < span.end for span in spans), printed


def test_a_disease_and_its_kind_claim_nothing_of_each_other() -> None:
    sentence = "Hepatocellular carcinoma is associated with liver neoplasms and with liver cirrhosis."
    ends = [{subject, object_} for subject, _, object_, _ in triples(sentence)]
    assert {"hepatocellular-carcinoma", "liver-neoplasm"} not in ends


def test_that_a_disease_is_rare_is_epidemiology_and_no_finding() -> None:
    found = triples("Hepatocellular carcinoma is rare.", title="Hepatocellular carcinoma: a review")
    assert [predicate for _, predicate, object_, _ in found if object_ == "rare-occurrence"] == ["has_epidemiology"]
