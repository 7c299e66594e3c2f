"""What the authors say in words of A and B: each sentence once, for the sign it names, pointing only if it does."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from kg.compare import Comparison, Row, compare_statements
from kg.compare.graph import pairs_of
from kg.model import Concept
from kg.vocabulary import Vocabulary
from tests.paper import Paper

A, B = "phnen", "hepatocellular-carcinoma"
BETWEEN = {"comparator": B, "evidence": "background", "section": "Discussion"}


class Tree:
    """Peripheral washout is a washout."""

    def ancestors(self, key: str) -> Collection[str]:
        return {"peripheral-washout": ("washout",)}.get(key, ())


def concept(key: str, label: str, kind: str = "disease", *, variable: bool = False) -> Concept:
    return Concept(key=key, type=kind, label=label, variable=variable)


def asked(paper: Paper, *concepts: Concept) -> Comparison:
    a, b = concept(A, "primary hepatic neuroendocrine neoplasm"), concept(B, "hepatocellular carcinoma")
    return compare_statements(
        paper.statements,
        a,
        b,
        Tree(),
        names={A: "PHNEN", B: "HCC", "series": "Yang 2024"},
        concepts={one.key: one for one in concepts},
    )


def series() -> Paper:
    """Counts in A only."""
    paper = Paper("series")
    paper.cohort(A, 12)
    return paper


def row(comparison: Comparison, label: str) -> Row:
    (found,) = [one for one in (*comparison.one_sided, *comparison.words) if one.label == label]
    return found


def test_the_answer_says_each_sentence_once_and_ends_with_the_overlap() -> None:
    paper = series()
    paper.sign(A, "rim", "7/10")
    quote = "(1) Compared to HCC, the rim of PHNEN is more frequent."
    first = paper.say(A, "has_sign", "rim", quote, **BETWEEN)
    repeated = paper.say(A, "differential_of", B, quote, evidence="background", section="Discussion")
    paper.statements[-1] = type(repeated)(
        **{name: getattr(repeated, name) for name in repeated.__slots__ if name != "span"} | {"span": first.span}
    )
    paper.say(A, "differential_of", B, "There is a considerable overlap with HCC.", evidence="cited", citations=("28",))
    assert [one.text for one in asked(paper).answer] == [
        "No paper here counted signs in both primary hepatic neuroendocrine neoplasm (PHNEN) and "
        "hepatocellular carcinoma (HCC), so no likelihood ratio can be given.",
        "Yang 2024 counted rim in 7/10 patients with PHNEN.",
        "Yang 2024: “Compared to HCC, the rim of PHNEN is more frequent”.",
        "Yang 2024: “There is a considerable overlap with HCC” (refs 28).",
    ]


def test_a_quote_is_a_slice_of_the_stored_sentence() -> None:
    paper = series()
    paper.say(A, "differential_of", B, "2. It resembles HCC.", evidence="cited")
    (shown,) = [one for one in asked(paper).answer if "“" in one.text]
    inside = shown.text.partition("“")[2].partition("”")[0]
    assert inside in paper.statements[-1].quote
    assert shown.text.endswith("“It resembles HCC”.")


def test_a_general_sign_is_no_evidence_of_a_narrower_one_and_a_narrower_one_is_a_note() -> None:
    paper = series()
    paper.sign(A, "peripheral-washout", "7/10")
    paper.sign(A, "washout", "8/10")
    paper.say(B, "has_sign", "washout", "HCC shows washout", evidence="cited")
    paper.say(B, "has_sign", "peripheral-washout", "peripheral washout is rare in HCC", evidence="cited")
    narrow, wide = (row(asked(paper), label) for label in ("peripheral washout", "washout"))
    said = {one.id: one.quote for one in paper.statements}
    assert [said[i] for i in narrow.words_b] == ["peripheral washout is rare in HCC"]
    assert [said[i] for i in wide.words_b] == ["HCC shows washout"]
    assert (narrow.notes, wide.notes) == ((), ("see also the narrower peripheral washout",))


def test_a_comparison_is_not_repeated_as_what_is_said_of_one_side() -> None:
    paper = series()
    paper.sign(A, "rim", "7/10")
    said = paper.say(A, "has_sign", "rim", "rim enhancement is more frequent than in HCC", **BETWEEN)
    shown = row(asked(paper), "rim")
    assert (shown.direct, shown.words_a, shown.words_b) == ((said.id,), (), ())


@pytest.mark.parametrize(
    ("quote", "polarity", "expected"),
    [
        ("unlike HCC, it has a rim", "present", "a"),
        ("unlike HCC, it has no rim", "absent", "b"),
        ("the rim is less frequent than in HCC", "present", "b"),
        ("the rim is lower and brighter, more so than in HCC", "present", None),
        ("compared to HCC, it has a similar rim", "present", None),
        ("the rim resembles that of HCC", "present", None),
        ("the rim shows no significant difference from HCC", "present", None),
    ],
)
def test_a_row_points_where_the_words_of_a_comparison_point(quote: str, polarity: str, expected: str | None) -> None:
    paper = series()
    paper.sign(A, "rim", "7/10")
    paper.say(A, "has_sign", "rim", quote, polarity=polarity, **BETWEEN)
    assert row(asked(paper), "rim").direction == expected


def test_a_bare_count_points_nowhere() -> None:
    paper = series()
    paper.sign(A, "rim", "7", population="those with contrast", comparator=B)
    paper.say(B, "has_sign", "rim", "HCC has no rim", polarity="absent", evidence="cited")
    shown = row(asked(paper), "rim")
    assert (shown.bare, shown.direction) == (True, None)
    assert shown.why == "counted in A only, of how many is not printed; the authors name A and B together in words"


def test_counts_without_a_total_come_last_lead_no_answer_and_are_counted_apart() -> None:
    paper = series()
    paper.sign(A, "capsule", "9", population="those with contrast")
    paper.say(B, "has_sign", "capsule", "HCC has a capsule", evidence="cited")
    paper.sign(A, "rim", "3/10")
    comparison = asked(paper)
    assert [one.label for one in comparison.one_sided] == ["rim", "capsule"]
    assert [one.label for one in comparison.bare] == ["capsule"]
    texts = [one.text for one in comparison.answer]
    assert texts[1] == "1 sign counted in one of them with the total; 1 more counted, total not printed."
    assert texts[2] == "Yang 2024 counted rim in 3/10 patients with PHNEN."


def test_the_lead_is_the_sign_that_the_other_side_is_said_to_have_then_the_most_frequent() -> None:
    paper = series()
    paper.sign(A, "multiple-lesions", "12/12")
    assert not any("counted multiple" in one.text for one in asked(paper).answer)
    paper.sign(A, "halo", "8/10")
    assert "counted halo in 8/10" in asked(paper).answer[1].text
    paper.sign(A, "necrosis", "5/10")
    paper.say(B, "has_sign", "necrosis", "central necrosis is commonly seen in HCC", evidence="cited")
    assert "counted necrosis in 5/10" in asked(paper).answer[1].text


def test_a_picture_and_a_plan_come_after_what_is_found() -> None:
    paper = series()
    picture = paper.say(A, "has_sign", "rim", "Figure 1: a rim (arrow)", section="Figure caption")
    paper.say(A, "has_sign", "rim", "Rims should be avoided during measurement", evidence="cited")
    found = paper.say(A, "has_sign", "rim", "Rims were usual", section="Discussion")
    assert row(asked(paper), "rim").words_a == (found.id, picture.id)


def test_what_is_no_kind_of_finding_is_no_row() -> None:
    paper = series()
    kinds = (
        concept("rim", "rim", "sign"),
        concept("tumor-size", "tumor size", "sign", variable=True),
        concept("surgery", "surgery", "therapy"),
        concept("ki-67-index", "Ki-67 index", "marker"),
        concept("cirrhosis", "cirrhosis"),
        concept("hepatitis", "hepatitis"),
    )
    for one in kinds[:4]:
        paper.say(A, "has_sign", one.key, f"{one.label} is described")
    paper.say(A, "associated_with", "cirrhosis", "one had cirrhosis")
    paper.say(A, "associated_with", "hepatitis", "hepatitis is a cause", evidence="cited")
    assert {one.label for one in asked(paper, *kinds).words} == {"rim", "cirrhosis"}


def test_spread_to_lymph_nodes_is_a_finding_and_another_tumour_is_none() -> None:
    vocabulary = Vocabulary.load()
    paper = series()
    paper.sign(A, "lymph-node-metastasis", "2/12")
    paper.say(A, "has_sign", "cholangiocarcinoma", "one had a cholangiocarcinoma")
    found = compare_statements(
        paper.statements,
        vocabulary.concepts[A],
        vocabulary.concepts[B],
        vocabulary,
        concepts=vocabulary.concepts,
    )
    assert [(row.label, row.a.count if row.a else None) for row in found.one_sided] == [
        ("lymph node metastasis", (2, 12))
    ]
    assert found.words == ()


def usual(*told: tuple[str, str, str]) -> tuple[str, ...]:
    """What papers are said to disagree on where one counted 9 multiple and 3 single, and others say what is told."""
    vocabulary = Vocabulary.load()
    paper = series()
    paper.sign(A, "multiple-lesions", "9/12")
    paper.sign(A, "solitary-lesion", "3/12")
    others = [Paper(source) for source, _, _ in told]
    for other, (_, disease, finding) in zip(others, told, strict=True):
        other.say(disease, "has_sign", finding, "The lesions are usually so", evidence="cited")
    every = [*paper.statements, *(statement for other in others for statement in other.statements)]
    a, b = vocabulary.concepts[A], vocabulary.concepts[B]
    found = compare_statements(every, a, b, vocabulary, concepts=vocabulary.concepts)
    return tuple(one.text for one in found.disagreements if not one.within_paper)


def test_the_levels_of_a_variable_are_a_disagreement_only_where_papers_speak_for_different_ones() -> None:
    assert usual() == ()  # two levels of one series are its distribution
    assert usual(("review", A, "multiple-lesions")) == ()
    assert usual(("review", "nelm", "solitary-lesion")) == ()  # of another disease
    assert usual(("review", A, "solitary-lesion"), ("second", "phnet", "solitary-lesion")) == (
        "multiple lesions 9/12 (series); solitary lesion (review, second)",
    )


def test_a_class_of_findings_is_one_only_with_a_number() -> None:
    paper = series()
    nodule = concept("nodule", "nodule", "sign")
    paper.say(A, "has_sign", "nodule", "the nodule is in the liver")
    assert asked(paper, nodule).words == ()
    paper.sign(A, "nodule", "16/34")
    assert row(asked(paper, nodule), "nodule").words_a == ()


def test_a_pair_needs_two_diseases_that_a_study_describes() -> None:
    vocabulary = Vocabulary.load()
    paper = series()
    paper.say(A, "has_sign", "washout-appearance", "washout is less frequent than in HCC", comparator=B)
    assert pairs_of(paper.statements, vocabulary) == ()
    paper.say(B, "has_sign", "washout-appearance", "HCC washes out", evidence="background")
    assert pairs_of(paper.statements, vocabulary) == ()
    paper.say(B, "has_sign", "capsule-appearance", "HCC has a capsule", evidence="cited")
    assert [{one.a, one.b} for one in pairs_of(paper.statements, vocabulary)] == [{A, B}]
