"""This module is the Quiz page: choose, look at each item as a learner does or with its key, edit, take it away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

import streamlit as st

from kg.quiz import DIFFICULTIES, MOST_ITEMS, TYPES, Quiz, QuizError, bank, make_quiz
from kg.quiz.formats import FORMATS, write
from kg.quiz.saved import read_quiz, reopened
from kg.store import Store
from kg.web import answers, url_state
from kg.web.layout import (
    block,
    dated,
    frame,
    guarded,
    message,
    notice,
    open_store,
    print_line,
    problems,
    purpose,
    show_address,
)
from kg.web.markup import Html, element, joined
from kg.web.quiz_item import build_view, learner_view, printed_items, score_line
from kg.web.url_state import Parameter, UnknownValueError, shortened
from kg.web.view import capital

PAGE: Final = "quiz"
TITLE: Final = "Quiz: questions that the papers bear out"
A_KEY, B_KEY, TYPES_KEY, NUMBER_KEY, SEED_KEY, LEVEL_KEY, ITEM_KEY, FORMAT_KEY, VIEW_KEY, PRINT_KEY = (
    f"quiz-{name}" for name in ("a", "b", "types", "number", "seed", "level", "item", "format", "view", "print")
)
OPENED_KEY: Final = "quiz-opened"
EDITED_KEY: Final = "quiz-edited"
VIEWS: Final = {"build": "Build", "learner": "Preview as learner"}
LEVELS: Final = {level: capital(level) for level in DIFFICULTIES}
DEFAULT_ITEMS: Final = 5
FEWEST_OF_TOPIC: Final = 3  # items that make a concept a topic worth choosing
HELD_SHOWN: Final = 60


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    with st.skeleton(height=480):
        topics = topics_of(store)
    state = url_state.synchronise(PAGE, _parameters(store, topics))
    frame("Quiz")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    problems(PAGE, state)
    _controls(topics)
    _saved()
    quiz = _quiz(store)
    block(_status(quiz))
    if not quiz.items:
        block(
            message("info", element("p", "No sound item for this choice. Take in another topic, type or difficulty."))
        )
    elif st.session_state[PRINT_KEY]:
        block(printed_items(quiz))
    else:
        _items(quiz)
    _held_back(quiz)
    print_line(store, PAGE, state.address, printing=bool(st.session_state[PRINT_KEY]))
    notice()


@st.cache_data(max_entries=2, show_spinner=False, hash_funcs={Store: lambda store: store.graph_hash})
def topics_of(store: Store) -> Mapping[str, str]:
    """Concepts and papers that several items touch, with how many; those with most items first."""
    found = Counter(key for item in bank(store).items for key in (*item.concepts, *item.sources))
    concepts, papers = answers.vocabulary(store).concepts, answers.paper_names(store)
    names = {key: papers.get(key) or capital(concepts[key].label) for key in found if key in concepts or key in papers}
    ranked = sorted(names, key=lambda key: (-found[key], names[key]))
    return {key: f"{names[key]} · {found[key]}" for key in ranked if found[key] >= FEWEST_OF_TOPIC}


def _parameters(store: Store, topics: Mapping[str, str]) -> tuple[Parameter, ...]:
    return (
        _topic("a", A_KEY, store, topics),
        _topic("b", B_KEY, store, topics),
        url_state.whole_number("n", key=NUMBER_KEY, default=DEFAULT_ITEMS, most=MOST_ITEMS),
        url_state.choices("types", _type_names(), key=TYPES_KEY, what="type of item"),
        url_state.choice("level", LEVELS, key=LEVEL_KEY, default=None, what="difficulty"),
        url_state.whole_number("seed", key=SEED_KEY, default=1),
        url_state.whole_number("item", key=ITEM_KEY, default=1, most=MOST_ITEMS),
        url_state.choice("fmt", _format_names(), key=FORMAT_KEY, default="moodle", what="format"),
        url_state.choice("view", VIEWS, key=VIEW_KEY, default="build", what="view"),
        url_state.flag("print", key=PRINT_KEY),
    )


def _type_names() -> dict[str, str]:
    return {name: row.title for name, row in TYPES.items()}


def _format_names() -> dict[str, str]:
    return {name: row.title for name, row in FORMATS.items()}


def _topic(name: str, key: str, store: Store, topics: Mapping[str, str]) -> Parameter:
    """A concept by any of its names, or a paper by its key, on which there are items."""

    def read(raw: str) -> str:
        if raw in topics:
            return raw
        found = [one.key for one in answers.vocabulary(store).find(raw[: url_state.LONGEST_VALUE]) if one.key in topics]
        if len(found) == 1:
            return found[0]
        raise UnknownValueError(f"No topic called {shortened(raw)!r} has enough items.", tuple(topics.items())[:3])

    return Parameter(name=name, key=key, default=None, read=read, write=str)


def _controls(topics: Mapping[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        for label, key in (("Topic", A_KEY), ("Further topic", B_KEY)):
            st.selectbox(
                label,
                list(topics),
                key=key,
                index=None,
                format_func=lambda option: topics.get(option, option),
                placeholder="Everything" if key == A_KEY else "None",
            )
        st.multiselect("Types", list(TYPES), key=TYPES_KEY, format_func=_type_names().__getitem__, placeholder="All")
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz-numbers"):
        st.number_input("Items", 1, MOST_ITEMS, key=NUMBER_KEY, width=130)
        st.number_input("Seed", 1, 9_999, key=SEED_KEY, width=130)
        st.selectbox(
            "Difficulty",
            list(LEVELS),
            key=LEVEL_KEY,
            index=None,
            format_func=LEVELS.__getitem__,
            placeholder="Any",
            width=180,
        )
        st.segmented_control("View", list(VIEWS), key=VIEW_KEY, format_func=VIEWS.__getitem__, required=True)


def _saved() -> None:
    with st.expander("Open a saved quiz (JSON)", key="quiz-saved"):
        st.file_uploader(
            "A quiz that was saved as JSON: its items are held against the graph as it is now",
            type="json",
            key=OPENED_KEY,
            max_upload_size=20,
        )


def _choice() -> tuple[object, ...]:
    """What the quiz is made of; edits hold as long as it stays the same."""
    state = st.session_state
    uploaded = state.get(OPENED_KEY)
    if uploaded is not None:
        return ("opened", uploaded.file_id)
    return tuple(
        tuple(value) if isinstance(value := state[key], list) else value
        for key in (A_KEY, B_KEY, TYPES_KEY, NUMBER_KEY, SEED_KEY, LEVEL_KEY)
    )


def _quiz(store: Store) -> Quiz:
    """The quiz of this choice, as it was edited."""
    state, choice = st.session_state, (store.graph_hash, *_choice())
    kept = cast("tuple[object, Quiz] | None", state.get(EDITED_KEY))
    if kept is not None and kept[0] == choice:
        return kept[1]
    quiz = _opened(store) or make_quiz(
        store,
        topic=[key for key in (state[A_KEY], state[B_KEY]) if key],
        types=state[TYPES_KEY],
        number=state[NUMBER_KEY],
        seed=state[SEED_KEY],
        difficulty=state[LEVEL_KEY] or "",
    )
    state[EDITED_KEY] = (choice, quiz)
    return quiz


def _opened(store: Store) -> Quiz | None:
    uploaded = st.session_state.get(OPENED_KEY)
    if uploaded is None:
        return None
    try:
        return reopened(store, read_quiz(uploaded.getvalue()))
    except QuizError as error:
        block(message("error", element("p", capital(str(error)), ".")))
        return None


def keep(quiz: Quiz) -> None:
    """Go on with an edited quiz."""
    choice, _ = cast("tuple[object, Quiz]", st.session_state[EDITED_KEY])
    st.session_state[EDITED_KEY] = (choice, quiz)


def _status(quiz: Quiz) -> Html:
    held = f"{len(quiz.held_back)} facts held back" if quiz.held_back else "nothing held back"
    line = element("p", f"{len(quiz.items)} of {quiz.usable or len(quiz.items)} sound items · {held}", role="status")
    return joined(line, (message("warning", element("p", note)) for note in quiz.notes))


def _items(quiz: Quiz) -> None:
    state = st.session_state
    state[ITEM_KEY] = min(state[ITEM_KEY], len(quiz.items))
    learner = state[VIEW_KEY] == "learner"
    if learner:
        block(score_line(quiz))
    number = int(st.pagination(len(quiz.items), key=ITEM_KEY))
    item = quiz.items[number - 1]
    if learner:
        learner_view(item, number, len(quiz.items))
    else:
        build_view(quiz, item, number, keep)
    _export(quiz)


def _export(quiz: Quiz) -> None:
    block(element("h2", "Take it away", class_="small"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="quiz-export"):
        name = st.selectbox("Format", list(FORMATS), key=FORMAT_KEY, format_func=_format_names().__getitem__, width=260)
        row = FORMATS[name]
        sound = replace(
            quiz,
            items=quiz.items if name in ("json", "csv") else tuple(i for i in quiz.items if i.state != "withdrawn"),
            revised=dated().toordinal() * 86_400 - UNIX_EPOCH
            if any(item.edited for item in quiz.items)
            else quiz.revised,
        )
        st.download_button(
            f"Download {row.title}",
            data=lambda: write(sound, name).data,
            file_name=f"signum-quiz-{quiz.seed}{row.suffix}",
            mime=row.mime,
            key=f"quiz-download-{name}",
            on_click="ignore",
            disabled=not sound.items,
        )
    block(element("p", capital(row.summary), ". Withdrawn items are left out, but for JSON and CSV.", class_="quiet"))


UNIX_EPOCH: Final = 719_163 * 86_400  # seconds from year 1 to 1970, as date.toordinal counts days


def _held_back(quiz: Quiz) -> None:
    if not quiz.held_back:
        return
    rows = [
        element(
            "li",
            element("b", TYPES[one.type].title),
            f": {one.question} ",
            element("b", "Held back: "),
            f"{one.reason}.",
        )
        for one in quiz.held_back[:HELD_SHOWN]
    ]
    more = len(quiz.held_back) - len(rows)
    rest = element("p", f"{more} more: signum quiz --held-back lists all.") if more > 0 else None
    summary = element("summary", f"What no item asks about, and why ({len(quiz.held_back)})")
    block(element("details", summary, element("ul", *rows), rest))


if __name__ == "__main__":
    with guarded(TITLE):
        render(open_store())
