"""This module draws the search that every page has: a button in the head, and a dialog that finds while one types."""

from __future__ import annotations

from typing import Final, cast

import streamlit as st

from kg.store import Store
from kg.web import answers
from kg.web.hits import Hit, Hits, hits
from kg.web.layout import block, menu, script
from kg.web.markup import Html, element, joined, link_to
from kg.web.url_state import LONGEST_VALUE, shortened

WORDS: Final = "search-words"
OPENING: Final = "search-opening"  # of the session: the dialog is about to open, and its field wants the focus
# A dialog takes the focus itself, some time after it opened; until a key is pressed or 3 s are over its field takes it.
FOCUS_THE_FIELD: Final = (
    "(function go(tries){const box=document.querySelector('[role=dialog]'),field=box&&box.querySelector('input');"
    "const at=document.activeElement;"
    "if(field&&at!==field&&(at===box||at===document.body||!box.contains(at)))field.focus();"
    "if(tries&&!(field&&field.value))setTimeout(()=>go(tries-1),60);})(50)"
)


def search(store: Store) -> None:
    """The button, and the dialog once it was pressed, by mouse or by Ctrl+K."""
    pressed = st.button(
        "Search", key="search", icon=":material/search:", shortcut="Ctrl+K", on_click=_opening, width="content"
    )
    if pressed:
        _dialog(store)


def _opening() -> None:
    st.session_state[WORDS] = ""
    st.session_state[OPENING] = True


@st.dialog("Search", width="large")
def _dialog(store: Store) -> None:
    st.text_input(
        "Search diseases, signs, markers, modalities, therapies, papers, sentences",
        key=WORDS,
        type="search",
        live=True,
        max_chars=LONGEST_VALUE,
        placeholder="PHNEN, washout, Cui …",
    )
    if st.session_state.pop(OPENING, False):
        script(FOCUS_THE_FIELD)
    words = cast("str", st.session_state.get(WORDS) or "").strip()
    if not words:
        block(element("p", "Any name will do: PHNEN, carcinoid, wash-out.", class_="quiet", role="status"))
        return
    found = hits(
        words,
        entries=answers.index(store),
        vocabulary=answers.vocabulary(store),
        sources=answers.sources(store).values(),
        statements=answers.statements(store),
        pages=menu(),
    )
    block(*_drawn(found, words, len(answers.sources(store))), class_="hits")


def _drawn(found: Hits, words: str, papers: int) -> list[Html]:
    text = element("a", "Search the full text", href=link_to("sources", q=words))
    if not found.groups or found.corrected:
        said = element("p", f"Nothing named {shortened(words)!r} in these {papers} papers. ", text, role="status")
        return [said, *([element("p", "Did you mean:")] if found.groups else []), *map(_group, found.groups)]
    total = sum(len(some) for _, some in found.groups)
    count = element("p", f"{total} found. ", text, class_="quiet", role="status")
    return [count, *map(_group, found.groups)]


def _group(group: tuple[str, tuple[Hit, ...]]) -> Html:
    title, some = group
    items = (
        element("li", element("a", hit.label, href=hit.link), element("span", f" {hit.note}", class_="quiet"))
        for hit in some
    )
    return joined(element("h3", title), element("ul", *items))
