"""Each named query gives the rows that a small graph must give, and asks the shipped graph in time."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

from kg import queries
from kg.model import Source, Statistic
from kg.rdf import audit_nquads, source_nquads
from kg.store import Store
from kg.terms import key_of
from kg.verdict import Verdict
from tests import example_graph as example
from tests.example_graph import entity, place, statement

TEXT = (
    "CEA was not raised in alphoma. Alphoma may rarely arise in fat. Alphoma was graded by washout. "
    "CT finds alphoma in 93%. Surgery is the first-line therapy of alphoma. After surgery bleeding occurred in 10%. "
    "Kappa for washout was 0.91. CT was done after 60 s. Both show washout.\n"
)


def said(quote: str, subject: str, predicate: str, to: str, **rest: Any) -> Any:
    return statement("gamma2022", TEXT, quote, subject, predicate, entity(to), **rest)


def number(kind: str, printed: str, **values: Any) -> Statistic:
    return Statistic(kind=kind, printed=printed, span=place(TEXT, printed), **values)


GAMMA = (
    said("CEA was not raised in alphoma", "alphoma", "has_marker", "fat", polarity="absent", section="Results"),
    said("Alphoma may rarely arise in fat", "alphoma", "has_primary_site", "fat", hedged=True),
    said("Alphoma was graded by washout", "alphoma", "classified_by", "washout"),
    said(
        "CT finds alphoma in 93%",
        "alphoma",
        "detected_by",
        "ct",
        statistic=number("percent", "93%", percent=Decimal(93)),
    ),
    said("Surgery is the first-line therapy of alphoma", "surgery", "therapy_indication", "alphoma"),
    said(
        "After surgery bleeding occurred in 10%",
        "surgery",
        "complication",
        "fat",
        statistic=number("percent", "10%", percent=Decimal(10)),
    ),
    said(
        "Kappa for washout was 0.91",
        "washout",
        "observer_agreement",
        "washout",
        evidence="own",
        statistic=number("kappa", "0.91", value=Decimal("0.91")),
    ),
    said("CT was done after 60 s", "ct", "imaging_technique", "fat"),
    said("Both show washout", "alphoma", "has_sign", "washout"),
    said("Both show washout", "betoma", "has_sign", "washout"),
    said("Alphoma was graded by washout", "alphoma", "has_prognosis", "washout"),
    said("Alphoma may rarely arise in fat", "alphoma", "has_epidemiology", "fat", hedged=True),
    said("After surgery bleeding occurred in 10%", "surgery", "therapy_outcome", "fat"),
    said("Both show washout", "alphoma", "has_clinical_feature", "fat"),
    said("Both show washout", "neoplasm", "has_sign", "fat"),
)
VERDICT = Verdict(
    source="alpha2020",
    check="denominators",
    verdict="inconsistent",
    printed="7/10; 7/9",
    recomputed="",
    explanation="one count, two totals",
    statements=(example.WASHOUT_ALPHOMA.id,),
)
APART = Verdict(
    source="beta2021",
    check="papers",
    verdict="disagreement",
    printed="17",
    recomputed="",
    explanation="two papers",
    statements=(example.MIMIC.id,),
)
STORE = Store.of(
    *example.files().values(),
    source_nquads(Source(key="gamma2022", title="More"), TEXT, (), GAMMA),
    audit_nquads([VERDICT, APART]),
)

# fmt: off
EXPECTED: Final[dict[str, tuple[dict[str, str], str, list[tuple[Any, ...]]]]] = {
    "markers_of_disease": ({"disease": "alphoma"}, "label polarity", [("intralesional fat", "absent")]),
    "clinical_features_of_disease": ({"disease": "alphoma"}, "label polarity", [("intralesional fat", "present")]),
    "primary_sites_of_disease": ({"disease": "alphoma"}, "label hedged", [("intralesional fat", True)]),
    "epidemiology_of_disease": ({"disease": "alphoma"}, "label", [("intralesional fat",)]),
    "prognosis_of_disease": ({"disease": "alphoma"}, "label", [("washout",)]),
    "classification_of_disease": ({"disease": "alphoma"}, "label", [("washout",)]),
    "detection_of_disease": ({"disease": "alphoma"}, "label printed", [("computed tomography", "93%")]),
    "outcomes_of_therapy": ({"therapy": "surgery"}, "label", [("intralesional fat",)]),
    "complications_of_therapy": ({"therapy": "surgery"}, "label printed", [("intralesional fat", "10%")]),
    "indications_of_therapy": ({"therapy": "surgery"}, "label", [("alphoma",)]),
    "therapies_by_line": ({}, "line subject object", [("first line", "surgery", "alphoma")]),
    "modality_performance": ({"modality": "ct"}, "kind subject printed", [("percent", "alphoma", "93%")]),
    "inconsistent_numbers": ({}, "check printed", [("denominators", "7/10; 7/9")]),
    "disagreements": ({}, "check explanation", [("papers", "two papers")]),
    "verdicts": ({}, "source check verdict printed", [
        ("alpha2020", "denominators", "inconsistent", "7/10; 7/9"), ("beta2021", "papers", "disagreement", "17"),
    ]),
    "verdicts_of_statement": (
        {"statement": example.WASHOUT_ALPHOMA.id}, "result check", [("inconsistent", "denominators")]
    ),
    "audit_summary": ({}, "source result checks", [
        ("alpha2020", "inconsistent", 1), ("beta2021", "disagreement", 1),
    ]),
    "statements_of_source": ({"source": "beta2021"}, "subject object hedged", [
        ("alphoma", "betoma", True), ("alphoma", "surgery", False),
    ]),
    "numbers_of_source": ({"source": "gamma2022"}, "kind printed", [
        ("percent", "93%"), ("percent", "10%"), ("kappa", "0.91"),
    ]),
    "numbers_of_kind": ({"kind": "sensitivity"}, "subject printed", [("washout", "82.60%")]),
    "hedged_claims": ({"concept": "alphoma"}, "object source", [
        ("betoma", "beta2021"), ("intralesional fat", "gamma2022"), ("intralesional fat", "gamma2022"),
    ]),
    "denied_of_disease": ({"disease": "alphoma"}, "label printed source", [
        ("intralesional fat", "0/10", "alpha2020"), ("intralesional fat", None, "gamma2022"),
    ]),
    "signs_by_modality": ({"disease": "betoma", "modality": "ct"}, "label n N", [
        ("intralesional fat", 3, 12), ("washout", 1, 12),
    ]),
    "signs_in_words_only": ({"disease": "neoplasm"}, "label quote", [("intralesional fat", "Both show washout")]),
    "never_counted": ({}, "label signs papers", [("neoplasm", 1, 1)]),
    "own_counts_with_intervals": ({"disease": "betoma"}, "label n low high", [
        ("intralesional fat", 3, 0.08894, 0.53231), ("washout", 1, 0.01487, 0.35388),
    ]),
    "likelihood_ratios": ({"a": "alphoma", "b": "betoma"}, "label a_n a_N b_n b_N ratio", [
        ("intralesional fat", 0, 10, 3, 12, 0.16883), ("washout", 7, 10, 1, 12, 8.4), ("washout", 7, 9, 1, 12, 9.33333),
    ]),
    "cited_evidence": ({"source": "beta2021"}, "reference object", [("3", "betoma"), ("4", "betoma")]),
    "same_sentence": ({"statement": GAMMA[8].id}, "subject object", [
        ("neoplasm", "intralesional fat"), ("alphoma", "intralesional fat"), ("betoma", "washout"),
    ]),
    "sections": ({}, "source section statements numbers", [
        ("alpha2020", "Methods", 1, 1), ("alpha2020", "Results", 6, 6), ("beta2021", "Discussion", 1, 0),
        ("beta2021", "other", 1, 0), ("gamma2022", "Results", 1, 0), ("gamma2022", "other", 14, 3),
    ]),
    "origins": ({}, "source origin statements", [
        ("alpha2020", "extracted", 7), ("beta2021", "extracted", 2), ("gamma2022", "extracted", 15),
    ]),
    "curations_of_source": ({"source": "alpha2020"}, "action", []),
    "concepts_of_type": ({"type": "sign"}, "concept parent", [("fat", None), ("washout", None)]),
    "concepts_named": ({"called": "alp"}, "concept label", [("alphoma", "alphoma")]),
    "unmapped_concepts": ({}, "label type statements", [
        ("intralesional fat", "sign", 10), ("washout", "sign", 9), ("betoma", "disease", 4), ("surgery", "therapy", 4),
        ("computed tomography", "modality", 2), ("neoplasm", "disease", 1),
    ]),
    "phrases": ({}, "words statements papers", [("number of patients", 1, 1)]),
    "stated_plainly": ({"concept": "betoma"}, "label", [("intralesional fat",), ("washout",)]),
    "shared_signs": ({"a": "alphoma", "b": "betoma"}, "label", [("washout",)]),
    "observer_agreement": ({}, "subject kind printed", [("washout", "kappa", "0.91")]),
    "imaging_techniques": ({}, "subject object", [("computed tomography", "intralesional fat")]),
}
# fmt: on
TOLD_ELSEWHERE: Final = {  # in tests/test_queries.py, row by row
    *("cohorts", "concepts_below", "conflict_candidates", "coverage", "differentials_of_disease", "diseases_with_sign"),
    *("gaps_of_source", "mappings_of_concept", "provenance_of_number", "sentences_with", "signs_of_disease", "sources"),
    *("statement_by_id", "statements_about", "test_accuracy", "therapies_of_disease", "within_study_pairs"),
    "zeros_looked_for",
}


def shown(value: Any) -> Any:
    """A value of a row as the table of expectations writes it: a key for an IRI of ours, five decimals."""
    for kind in ("concept", "source"):
        if isinstance(value, str) and (key := key_of(value, kind)) is not None:
            return key
    return round(float(value), 5) if isinstance(value, float) else value


def test_every_named_query_has_its_expected_rows() -> None:
    assert set(EXPECTED) | TOLD_ELSEWHERE == set(queries.names())
    assert len(queries.names()) >= 40


@pytest.mark.parametrize("name", EXPECTED)
def test_a_named_query_gives_its_rows(name: str) -> None:
    given, columns, rows = EXPECTED[name]
    found = queries.run(STORE, name, **given)
    assert [tuple(shown(row[column]) for column in columns.split()) for row in found] == rows


def test_the_curations_of_a_paper_say_who_did_what_and_why(shipped: Path) -> None:
    store = Store.open(shipped)
    rows = queries.run(store, "curations_of_source", source="cui2017")
    assert {row["action"] for row in rows} <= {"accept", "reject", "correct", "add"}
    assert all(row["reviewer"] and row["date"] and row["reason"] for row in rows)
