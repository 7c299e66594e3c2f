"""The Quiz page: an item is attempted, edited, moved and dropped; the address restores what was chosen."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.quiz import Quiz, make_quiz
from kg.store import Store

APP = str(Path(__file__).resolve().parent.parent / "app.py")
OpenQuiz = Callable[..., AppTest]


@pytest.fixture
def open_quiz(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> OpenQuiz:
    monkeypatch.setenv("SIGNUM_DATA", str(shipped))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=120)
        app.run()
        app.switch_page("kg/web/quiz.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


@pytest.fixture(scope="module")
def made(shipped: Path) -> Quiz:
    return make_quiz(Store.open(shipped), number=5, seed=3)


def words(app: AppTest) -> str:
    body = "\n".join(str(element.proto.body) for element in app.get("html"))
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", body)))


def test_the_address_gives_the_quiz_that_the_core_makes(open_quiz: OpenQuiz, made: Quiz) -> None:
    shown = words(open_quiz(seed="3", item="2"))
    item = made.items[1]
    assert "Item 2 of 5" in shown
    assert f"q-{item.id}" in shown
    assert item.stem in shown
    assert all(option.text in shown for option in item.options)
    assert " ".join(item.quotes[0].text.split()) in shown
    assert "held back" in shown


def test_a_learner_chooses_checks_and_sees_the_score_and_the_feedback(open_quiz: OpenQuiz, made: Quiz) -> None:
    app = open_quiz(seed="3", view="learner")
    item = made.items[0]
    assert "Key:" not in words(app)
    wrong = next(option for option in item.options if not option.correct)
    app.radio(key=f"quiz-answer-{item.id}").set_value(wrong.text)
    next(button for button in app.button if button.label == "Check").click().run()
    shown = words(app)
    assert "✗ Not right" in shown
    assert wrong.feedback in shown
    assert item.feedback in shown
    assert "Score: 0 of 5 points · 1 of 5 items answered" in shown


def test_dropping_moving_and_rewording_keep_the_ids(open_quiz: OpenQuiz, made: Quiz) -> None:
    app = open_quiz(seed="3")
    first, second = made.items[:2]
    app.button(key="quiz-later").click().run()
    assert (f"q-{first.id}" in words(app), "Item 2 of 5" in words(app)) == (True, True)
    app.button(key="quiz-drop").click().run()
    assert "Item 2 of 4" in words(app)
    app.button(key="quiz-earlier").click().run()
    app.run()
    assert "Item 1 of 4" in words(app)
    kept = next(item for item in made.items if f"q-{item.id}" in words(app))
    app.text_area(key=f"quiz-stem-{kept.id}").set_value("What did the paper find, in other words?")
    next(button for button in app.button if button.label == "Keep this wording").click().run()
    assert "What did the paper find, in other words?" in words(app)
    assert f"q-{kept.id}" in words(app)
    assert kept.id != first.id
    assert second.id in {item.id for item in made.items}


def test_a_topic_that_is_not_there_is_named_and_the_print_view_has_all_items(open_quiz: OpenQuiz, made: Quiz) -> None:
    assert "No topic called 'astral tumour' has enough items." in words(open_quiz(a="astral tumour"))
    shown = words(open_quiz(seed="3", print="1"))
    assert all(item.stem in shown for item in made.items)
    assert shown.count("Key:") == 5
