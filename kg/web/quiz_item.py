"""This module draws one item of a quiz: with its key to edit it, as a learner answers it, and all of them on paper."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_uppercase
from typing import Final, cast

import streamlit as st

from kg.quiz import TYPES, Item, Option, Quiz, QuizError, Quote, flaws
from kg.quiz.editing import LONGEST_TEXT, MOST_POINTS, moved, reworded, with_item, with_points, without
from kg.web.layout import block, message
from kg.web.markup import Html, element, joined, link_to, plain_label
from kg.web.view import capital

TAKEN_KEY: Final = "quiz-taken"
REVEALED_KEY: Final = "quiz-revealed"
Keep = Callable[[Quiz], None]


def _letters(item: Item) -> list[tuple[str, Option]]:
    return list(zip(ascii_uppercase, item.options, strict=False))


def heading(item: Item, number: int, count: int) -> Html:
    """Which item this is, of what kind and how hard."""
    kind = f"{TYPES[item.type].title} · {item.difficulty}: {item.difficulty_reason}"
    about = f"{kind} · {item.bloom} · {item.points:g} {'point' if item.points == 1 else 'points'}"
    return joined(
        element("h2", f"Item {number} of {count}"), element("p", f"{about} · q-{item.id}", class_="quiet"), _state(item)
    )


def _state(item: Item) -> Html | None:
    if not item.state:
        return None
    changes = element("ul", *(element("li", change) for change in item.changes))
    kind = "error" if item.state == "withdrawn" else "warning"
    return message(kind, element("p", element("b", capital(item.state)), ": the evidence has changed."), changes)


def _quoted(quote: Quote) -> Html:
    where = element("a", quote.citation, href=link_to("sources", paper=quote.source, s=quote.statement))
    return element("blockquote", element("p", f"“{quote.text}”"), element("p", where, class_="quiet"))


def _told(option: Option, item: Item) -> Html:
    shown = {quote.text for quote in item.quotes}
    quotes = (_quoted(quote) for quote in option.quotes if quote.text not in shown)
    return joined(element("p", option.feedback), quotes)


def _general(item: Item) -> Html:
    return joined(element("p", item.feedback), map(_quoted, item.quotes))


# --- Build -----------------------------------------------------------------------------------------------------------


def build_view(quiz: Quiz, item: Item, number: int, keep: Keep) -> None:
    """The item with its key, why each option is right or wrong, and what can be done with it."""
    rows = [
        element(
            "li",
            element(
                "p", element("b", option.text), element("span", " ✓ key", class_="fits") if option.correct else None
            ),
            _told(option, item) if not option.correct else None,
        )
        for _, option in _letters(item)
    ]
    flawed = (
        [message("warning", element("p", f"Item writing: {found}.")) for found in flaws(item)] if item.edited else []
    )
    block(
        heading(item, number, len(quiz.items)),
        element("p", item.stem, class_="stem"),
        element("ol", *rows, class_="options", type="A"),
        element("h3", "Feedback"),
        _general(item),
        *flawed,
    )
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz-actions"):
        _edit(quiz, item, keep)
        st.button("Drop", key="quiz-drop", on_click=lambda: keep(without(quiz, item.id)), disabled=len(quiz.items) < 2)
        for label, by, end in (("Earlier", -1, number == 1), ("Later", 1, number == len(quiz.items))):
            st.button(label, key=f"quiz-{label.lower()}", on_click=_move, args=(quiz, item, by, keep), disabled=end)


def _move(quiz: Quiz, item: Item, by: int, keep: Keep) -> None:
    keep(moved(quiz, item.id, by))
    st.session_state["quiz-item"] += by


def _edit(quiz: Quiz, item: Item, keep: Keep) -> None:
    with st.popover("Edit wording", key="quiz-edit"), st.form(f"quiz-edit-{item.id}", border=False):
        stem = st.text_area("Question", item.stem, max_chars=LONGEST_TEXT, key=f"quiz-stem-{item.id}")
        texts = [
            st.text_input(f"Option {letter}", option.text, max_chars=LONGEST_TEXT, key=f"quiz-{letter}-{item.id}")
            for letter, option in _letters(item)
        ]
        feedback = st.text_area("Feedback", item.feedback, max_chars=LONGEST_TEXT, key=f"quiz-told-{item.id}")
        points = st.number_input("Points", 0.0, MOST_POINTS, item.points, key=f"quiz-points-{item.id}")
        st.caption("The key, the quotes and the item's id stay as they are.")
        if st.form_submit_button("Keep this wording"):
            try:
                changed = with_points(reworded(item, stem=stem, options=texts, feedback=feedback), points)
            except QuizError as error:
                block(message("error", element("p", capital(str(error)), ".")))
                return
            keep(with_item(quiz, changed))
            st.rerun()


# --- Preview as a learner ---------------------------------------------------------------------------------------------


def _taken() -> dict[str, str]:
    return cast("dict[str, str]", st.session_state.setdefault(TAKEN_KEY, {}))


def score_line(quiz: Quiz) -> Html:
    """What was reached so far: the first answer to each item counts."""
    taken = _taken()
    answered = [item for item in quiz.items if item.id in taken]
    reached = sum(item.points for item in answered if taken[item.id] == item.options[item.key].text)
    most = sum(item.points for item in quiz.items)
    told = f"Score: {reached:g} of {most:g} points · {len(answered)} of {len(quiz.items)} items answered"
    return element("p", told, role="status")


def learner_view(item: Item, number: int, count: int) -> None:
    """Attempt, check, feedback: the key shows after an answer, or when it is asked for."""
    block(heading(item, number, count))
    texts = [option.text for option in item.options]
    with st.form(f"quiz-attempt-{item.id}", border=False):
        chosen = st.radio(
            plain_label(item.stem), texts, index=None, format_func=plain_label, key=f"quiz-answer-{item.id}"
        )
        with st.container(horizontal=True, key="quiz-check"):
            checked = st.form_submit_button("Check")
            revealed = st.form_submit_button("Show key")
    shown = cast("set[str]", st.session_state.setdefault(REVEALED_KEY, set()))
    if checked and chosen is None:
        block(message("info", element("p", "Choose an answer first.")))
    if checked and chosen is not None and item.id not in _taken() and item.id not in shown:
        _taken()[item.id] = chosen
        st.rerun()  # the score above counts it
    if revealed:
        shown.add(item.id)
    if (chosen is not None and item.id in _taken()) or item.id in shown:
        block(_verdict(item, chosen), class_="feedback")


def _verdict(item: Item, chosen: str | None) -> Html:
    option = next((one for one in item.options if one.text == chosen), None)
    letter = ascii_uppercase[item.key]
    key = element("p", element("b", "Key: "), f"{letter}. {item.options[item.key].text}")
    if option is None:
        return joined(element("h3", "The key"), key, _general(item))
    word = "✓ Right" if option.correct else "✗ Not right"
    own = _told(option, item) if not option.correct else None
    return joined(element("h3", word), own, key, _general(item))


# --- Paper ------------------------------------------------------------------------------------------------------------


def printed_items(quiz: Quiz) -> Html:
    """All items with their key, for paper."""
    return joined(
        element(
            "section",
            heading(item, number, len(quiz.items)),
            element("p", item.stem, class_="stem"),
            element("ol", *(element("li", option.text) for option in item.options), class_="options", type="A"),
            element("p", element("b", f"Key: {ascii_uppercase[item.key]}")),
            _general(item),
        )
        for number, item in enumerate(quiz.items, 1)
    )
