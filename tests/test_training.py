"""Training: tiny papers, what they teach, and what happens when one is left out."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from ingest.annotations import Annotation, fold_name
from ingest.examples import Choice, Names, annotation_of, claim_examples, wanted
from ingest.ranking import MODELS, dump_weights
from ingest.training import Lesson, TrainingError, fit, lesson, train
from kg.model import Span
from tests.written import extraction, lexicon, paper

SIGNS = ("washout", "calcification")


def annotation(text: str, quote: str, subject: str, object_: str, **more: object) -> Annotation:
    start = text.index(quote)
    span = Span(start=start, end=start + len(quote))
    numbers: dict[str, float] = {"numerator": 12.0, "denominator": 30.0}
    fields = {"kind": "stat", "predicate": "has_sign", "numbers": numbers, **more}
    return Annotation(
        id="a",
        span=span,
        anchor=span,
        subjects=frozenset({fold_name(subject)}),
        objects=frozenset({fold_name(object_)}),
        polarity="present",
        **fields,  # type: ignore[arg-type]
    )


def taught(sign: str, disease: str) -> Lesson:
    """A paper of one sentence, with its count annotated."""
    text = f"{sign.capitalize()} was seen in 12 of 30 patients with {disease}, and ascites in few."
    return lesson(paper(text), [annotation(text, "12 of 30", disease, sign)])


LESSONS = [taught(sign, disease) for sign in SIGNS for disease in ("hepatic hemangioma", "hepatocellular carcinoma")]


def test_an_annotated_number_labels_its_candidates() -> None:
    choices: dict[str, list[Choice]] = {name: [c for m, c in LESSONS[0].examples if m == name] for name in MODELS}
    (attribute,) = choices["attribute"]
    assert {right for _, right in attribute} == {True, False}
    assert choices["bearer"]


def test_a_number_of_another_value_teaches_nothing() -> None:
    text = "Washout was seen in 13 of 30 patients with hepatic hemangioma."
    one = lesson(paper(text), [annotation(text, "13 of 30", "hepatic hemangioma", "washout")])
    assert "attribute" not in {model for model, _ in one.examples}


def test_comparisons_are_turned() -> None:
    turned = annotation("x", "x", "washout", "adenoma", predicate="discriminates")
    plain = annotation("x", "x", "adenoma", "washout")
    assert wanted(turned, "bearer") == wanted(plain, "bearer") == {"adenoma"}
    assert wanted(turned, "attribute") == wanted(plain, "attribute") == {"washout"}


def test_the_same_lessons_give_the_same_weights() -> None:
    assert dump_weights(train(LESSONS)) == dump_weights(train(LESSONS))


def test_a_paper_left_out_changes_the_weights() -> None:
    assert dump_weights(train(LESSONS)) != dump_weights(train(LESSONS[1:]))


def test_the_papers_are_named() -> None:
    assert train(LESSONS[:1]).trained_on == ("written",)


def test_a_named_disease_is_learnt_to_bear_what_is_counted() -> None:
    learnt = train(LESSONS)
    named, unnamed = {"origin=mention": 1.0}, {"origin=title-1-of-many": 1.0}
    assert learnt.score("bearer", named) > learnt.score("bearer", unnamed)


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(TrainingError, match="no annotated paper"):
        train([])


def test_a_preference_is_learnt() -> None:
    weights = fit([[({"near": 1.0, "x": 1.0}, True), ({"far": 1.0, "x": 1.0}, False)]] * 20)
    assert weights["near"] > 0.5
    assert weights["far"] < -0.5
    assert math.isclose(weights["x"], 0.0, abs_tol=1e-3)


def test_several_right_candidates_share_what_is_learnt() -> None:
    weights = fit([[({"a": 1.0}, True), ({"b": 1.0}, True), ({"c": 1.0}, False)]] * 20)
    assert math.isclose(weights["a"], weights["b"], abs_tol=1e-3)
    assert weights["a"] > 0 > weights["c"]


def test_no_choice_gives_no_weight() -> None:
    assert dict(fit([])) == {}


def said(text: str, quote: str, disease: str, sign: str, *, right: bool) -> Annotation:
    """What a person said of a claim."""
    return annotation(text, quote, disease, sign, kind="claim", numbers={}, right=right)


CLAIM = "Hepatic hemangioma shows washout. Hepatocellular carcinoma shows calcification."


def claims(one: Lesson) -> list[list[bool]]:
    """Of each pair that its sentences could claim, whether it is taught as right, and 'nothing' as wrong."""
    rankers = train(LESSONS)
    examples = claim_examples(one.paper, one.gold, Names(one.paper.lexicon), rankers, complete=one.complete)
    return [[right for _, right in choice] for _, choice in examples]


def test_what_a_person_did_not_look_at_teaches_nothing() -> None:
    right = [said(CLAIM, "Hepatic hemangioma shows washout", "hepatic hemangioma", "washout", right=True)]
    wrong = [replace(right[0], right=False)]
    assert claims(lesson(paper(CLAIM), right, complete=False)) == [[True, False]]
    assert claims(lesson(paper(CLAIM), wrong, complete=False)) == [[False, True]]
    assert claims(lesson(paper(CLAIM), [], complete=False)) == []
    assert [False, True] in claims(lesson(paper(CLAIM), right))  # of a complete reading, what it leaves out is wrong


def test_what_was_rejected_is_no_right_bearer() -> None:
    wrong = [replace(LESSONS[0].gold[0], right=False)]
    assert lesson(LESSONS[0].paper, wrong).examples == []


def test_a_statement_is_annotated_with_all_names_of_its_concepts() -> None:
    (counted,) = [one for one in extraction(COUNTED).statements if one.statistic and one.statistic.kind == "proportion"]
    made = annotation_of(counted, Names(lexicon()), right=True)
    assert made.kind == "stat"
    assert {fold_name("HCC"), fold_name("hepatocellular carcinoma")} <= made.subjects
    assert made.numbers == {"numerator": 12.0, "denominator": 30.0}
    assert COUNTED[made.anchor.start : made.anchor.end].startswith("12/30")


COUNTED = "Hepatocellular carcinoma showed washout in 12/30 patients."
