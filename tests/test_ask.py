"""What a question in plain words gives: cited sentences, or a reasoned refusal."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from kg.ask import INTENTS, LONGEST_QUESTION, MOST_ROWS, Answer, Intent, Options, ask
from kg.store import Store
from tests.asked import misses, questions

LEAST_CITED = 0.95  # of the answerable questions of our own set
LEAST_OF_OTHERS = 0.85  # of those worded by readers who saw the papers and not the program
EVERY = 5  # of the questions of the set, one in so many has its query run here; `make soak` runs all
RANDOM_QUESTIONS = 60  # `make soak` asks 10,000


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


@pytest.fixture(scope="module")
def asked(store: Store) -> dict[str, Answer]:
    """Every question of the set, with its answer."""
    return {row["question"]: ask(store, row["question"]) for row in questions()}


def sentences(answer: Answer) -> str:
    return " ".join(clause.text for clause in answer.clauses)


@pytest.mark.parametrize("intent", INTENTS, ids=[intent.name for intent in INTENTS])
def test_the_example_of_each_intent_is_read_as_that_intent_and_has_an_answer(store: Store, intent: Intent) -> None:
    answer = ask(store, intent.example)
    assert (answer.intent, answer.answered) == (intent.name, True), answer.reason


def test_the_set_has_enough_questions_of_each_kind() -> None:
    rows = list(questions())
    assert len(rows) >= 150
    assert sum(not row["answerable"] for row in rows) >= 30
    assert sum("means" in row for row in rows) >= 25
    sources = {evidence["source"] for row in rows for evidence in row.get("evidence", ())}
    assert sources == {"cui2017", "granata2019", "houat2020", "veenendaal2006", "yang2024"}


@pytest.mark.parametrize(("others", "least"), [(False, LEAST_CITED), (True, LEAST_OF_OTHERS)], ids=["own", "others"])
def test_the_unanswerable_are_refused_and_the_others_cite_what_they_must(
    asked: dict[str, Answer], *, others: bool, least: float
) -> None:
    rows = [row for row in questions() if "means" not in row and (row["part"] == "others") == others]
    found = misses(rows, asked.__getitem__)
    assert [miss for miss in found if not _answerable(miss.id)] == []
    assert len(found) <= (1 - least) * sum(row["answerable"] for row in rows), found


def _answerable(identifier: str) -> bool:
    return bool(next(row["answerable"] for row in questions() if row["id"] == identifier))


def test_a_misspelt_question_gets_the_answer_of_the_right_one(store: Store) -> None:
    rows = [row for row in questions() if "means" in row]
    assert misses(rows, lambda question: ask(store, question)) == []


def test_every_clause_carries_statements_that_are_rows(asked: dict[str, Answer]) -> None:
    for question, answer in asked.items():
        given = {one.id for one in answer.shown}
        for clause in answer.clauses:
            assert clause.statements, question
            assert given.issuperset(clause.statements), question


def test_every_number_of_an_answer_is_in_its_rows_or_derived_values(asked: dict[str, Answer]) -> None:
    for question, answer in asked.items():
        whole = answer.to_json()
        known = set(re.findall(r"\d+", json.dumps([whole["rows"], whole["derived"]], ensure_ascii=False)))
        for clause in (*answer.clauses, *answer.disagreements):
            assert set(re.findall(r"\d+", clause.text)) <= known, (question, clause.text)


def test_no_not_is_lost(store: Store) -> None:
    answer = ask(store, "Is AFP elevated in PHNEN?")
    assert "AFP were not elevated" in sentences(answer)
    assert "0/12" in sentences(ask(store, "Is fat seen in PHNEN?"))
    assert "Said not to be" in sentences(ask(store, "primary site of PHNEN"))


def test_papers_that_disagree_are_told_apart(store: Store) -> None:
    answer = ask(store, "Do the papers agree on whether PHNEN is solitary or multiple?")
    told = sentences(answer)
    assert "9/12" in told
    assert "usually single" in told
    assert "7/9" in " ".join(one.text for one in ask(store, "peripheral washout in PHNEN").disagreements)


def test_no_ratio_without_counts_on_both_sides(store: Store) -> None:
    answer = ask(store, "likelihood ratio of peripheral washout for PHNEN against HCC")
    assert not answer.answered
    assert answer.nearest
    assert all(ask(store, question).answered for question in answer.nearest)


def test_a_correction_can_be_undone(store: Store) -> None:
    question = "How often is washuot seen in PHNEN?"
    assert [(one.typed, one.read) for one in ask(store, question).reading.corrections] == [("washuot", "washout")]
    kept = ask(store, question, Options(keep=("washuot",)))
    assert not kept.answered
    assert "washuot" in kept.reason


def test_an_ambiguous_name_is_shown_as_a_choice(store: Store) -> None:
    answer = ask(store, "What do the papers say about G2?")
    assert {key for mention in answer.reading.choices for key in mention.keys} == {"net-g2", "grade-2"}


def test_the_parse_of_an_answer_asks_for_the_same_answer(store: Store) -> None:
    for question in (
        "How often is peripheral washout seen in PHNEN?",
        "carcinoid liver mets: sens of SRS",
        "ICC tumour size",
    ):
        first = ask(store, question)
        concepts = tuple(key for mention in first.concepts for key in mention.keys)
        again = ask(store, question, Options(intents=first.intents, concepts=concepts))
        assert again.clauses == first.clauses


def test_twenty_rows_or_all(store: Store) -> None:
    question = "What are the imaging signs of PHNEN?"
    few, every = ask(store, question).to_json(), ask(store, question, Options(all_rows=True)).to_json()
    assert len(few["rows"]) == MOST_ROWS < len(every["rows"]) == few["total"]


def test_the_query_asks_what_was_asked_and_finds_every_row(store: Store, asked: dict[str, Answer]) -> None:
    answers = [answer for answer in asked.values() if answer.answered][::EVERY]
    exactly = 0
    for answer in answers:
        assert "/statement/" not in answer.sparql, "a query names what is asked, not what was found"
        found = {str(row["statement"]).split("/statement/")[1] for row in store.select(answer.sparql)}
        rows = {one.id for one in answer.rows}
        assert rows <= found, answer.reading.question
        exactly += rows == found
    assert exactly >= len(answers) / 2  # of the others the rows are the more relevant


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    question = "which signs discriminate PHNEN from HCC"
    assert json.dumps(ask(store, question).to_json()) == json.dumps(ask(store, question).to_json())


def random_questions(store: Store, number: int, seed: int) -> list[str]:
    """Names of the vocabulary shuffled, control characters, very long text, and what no question is."""
    chance = random.Random(seed)
    words = [
        label
        for row in store.select("SELECT ?label WHERE { ?c skos:prefLabel ?label }")
        for label in [str(row["label"])]
    ]
    odd = [
        "",
        " ",
        "\x00\x01\x1b[31m",
        "%" * 50,
        "?" * 2000,
        "neuroendocrine " * 7000,
        "🙂\u202e PHNEN",
        "SELECT * WHERE {",
        "<b>PHNEN</b>",
    ]
    mixed = [" ".join(chance.choices(words, k=chance.randint(1, 12))) for _ in range(number)]
    return [
        *odd,
        *(f"{chance.choice(('how often', 'why', 'is', ''))} {one}{chance.choice(('?', chr(7), ''))}" for one in mixed),
    ]


def test_no_random_question_raises(store: Store) -> None:
    for question in random_questions(store, RANDOM_QUESTIONS, seed=7):
        answer = ask(store, question)
        assert answer.answered or answer.reason
        assert len(answer.reading.question) <= LONGEST_QUESTION
        json.dumps(answer.to_json())
