"""What a question in plain words gives: cited sentences, or a reasoned refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ask import INTENTS, MOST_ROWS, Answer, Options, ask
from kg.store import Store


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


def sentences(answer: Answer) -> str:
    return " ".join(clause.text for clause in answer.clauses)


@pytest.mark.parametrize("intent", INTENTS, ids=[intent.name for intent in INTENTS])
def test_the_example_of_each_intent_is_read_as_that_intent_and_has_an_answer(store: Store, intent: object) -> None:
    answer = ask(store, intent.example)  # type: ignore[attr-defined]
    assert (answer.intent, answer.answered) == (intent.name, True), answer.reason  # type: ignore[attr-defined]


def test_a_number_comes_with_the_sentence_it_stands_in(store: Store) -> None:
    answer = ask(store, "mortality after liver transplantation")
    assert "19%" in sentences(answer)
    assert {row.statistic.printed for row in answer.rows if row.statistic} >= {"mortality of 19%"} or any(
        "19%" in row.quote for row in answer.rows
    )


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    question = "which signs discriminate PHNEN from HCC"
    assert ask(store, question).to_json() == ask(store, question).to_json()


def test_no_ratio_without_counts_on_both_sides(store: Store) -> None:
    answer = ask(store, "likelihood ratio of peripheral washout for PHNEN against HCC")
    assert not answer.answered
    assert answer.nearest
    assert all(ask(store, question).answered for question in answer.nearest)


def test_twenty_rows_or_all(store: Store) -> None:
    question = "What are the imaging signs of PHNEN?"
    few, every = ask(store, question).to_json(), ask(store, question, Options(all_rows=True)).to_json()
    assert len(few["rows"]) == MOST_ROWS < len(every["rows"]) == few["total"]
