"""This module is the Ask page: a question in plain words, how it was read, and an answer cited sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

import streamlit as st

from kg.ask import INTENTS, LONGEST_QUESTION, Answer, Options
from kg.model import EVIDENCE_KINDS
from kg.store import Store
from kg.web import answers, ask_blocks, ask_files, files, url_state
from kg.web.layout import (
    Download,
    as_sparql,
    block,
    export_menu,
    frame,
    guarded,
    notice,
    open_store,
    print_line,
    problems,
    purpose,
    script,
    script_value,
    show_address,
)
from kg.web.markup import Html, joined, link_to, plain_label
from kg.web.url_state import PageState, Parameter, UnknownValueError, shortened
from kg.web.view import Context, full_name, short_name

PAGE: Final = "ask"
TITLE: Final = "Ask a question these papers can answer"
QUESTION, INTENT, CONCEPTS, PAPER, ORIGIN, KEPT, ALL, PRINT = (
    f"ask-{name}" for name in ("question", "intent", "concepts", "paper", "origin", "kept", "all", "print")
)
TYPED: Final = "ask-typed"  # the text field, which is no part of the address until the question is asked
NOTHING: Final = "none"  # in an address: no concept at all
ORIGINS: Final = dict(zip(EVIDENCE_KINDS, ("Own", "Cited", "No source"), strict=True))
INTENT_NAMES: Final = {intent.name: intent.title for intent in INTENTS}


def render(store: Store) -> None:
    """Draw the page for the question and the parse that the address gives."""
    state = url_state.synchronise(PAGE, _parameters(store))
    question = str(st.session_state.get(QUESTION) or "")
    frame(f"{shortened(question, 50)} · Ask" if question else "Ask")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    _form(question)
    problems(PAGE, state)
    if not question.strip():
        block(ask_blocks.examples())
    else:
        _answer(store, question, state)
    notice()


def _parameters(store: Store) -> tuple[Parameter, ...]:
    return (
        url_state.text("q", key=QUESTION, longest=LONGEST_QUESTION),
        Parameter(name="i", key=INTENT, default=[], read=_intents, write=_listed, missing=[]),
        Parameter(name="c", key=CONCEPTS, default=None, read=lambda raw: _concepts(raw, store), write=_listed),
        url_state.choices("paper", answers.paper_names(store), key=PAPER, what="paper"),
        url_state.choices("src", ORIGINS, key=ORIGIN, what="origin"),
        url_state.text("keep", key=KEPT),
        url_state.flag("all", key=ALL),
        url_state.flag("print", key=PRINT),
    )


def _intents(raw: str) -> list[str]:
    """The kinds of question that an address names, the foremost first."""
    names = [name for name in raw.split(",") if name]
    unknown = next((name for name in names if name not in INTENT_NAMES), None)
    if unknown is not None:
        raise UnknownValueError(f"No kind of question called {shortened(unknown)!r}.", tuple(INTENT_NAMES.items())[:3])
    return names


def _concepts(raw: str, store: Store) -> list[str]:
    """The keys of the concepts that an address names, by key or name; NOTHING for none at all."""
    vocabulary = answers.vocabulary(store)
    keys = []
    for part in (part for part in raw.split(",") if part and part != NOTHING):
        found = vocabulary.find(part)
        if len(found) != 1:
            near = [(one.key, full_name(one)) for one in found or vocabulary.suggest(part)]
            raise UnknownValueError(f"No concept called {shortened(part)!r}.", near[:3])
        keys.append(found[0].key)
    return keys


def _listed(value: object) -> str:
    names = cast("list[str]", value) if isinstance(value, list) else []
    return ",".join(names) or NOTHING


def _form(question: str) -> None:
    if st.session_state.get(f"{TYPED} of") != question:  # a link, or Back, brought another question
        st.session_state[TYPED] = question
        st.session_state[f"{TYPED} of"] = question
    with st.form("ask-form", border=False):
        columns = st.columns([8, 1], vertical_alignment="bottom")
        columns[0].text_input(
            "Your question",
            key=TYPED,
            max_chars=LONGEST_QUESTION,
            placeholder="Which signs discriminate PHNEN from HCC?",
        )
        columns[1].form_submit_button("Ask", on_click=_take_question, width="stretch")


def _take_question() -> None:
    """A new question is read afresh: what was changed of the reading of the last one does not hold."""
    st.session_state[QUESTION] = st.session_state[f"{TYPED} of"] = st.session_state[TYPED]
    for key, empty in ((INTENT, []), (CONCEPTS, None), (PAPER, []), (ORIGIN, []), (KEPT, ""), (ALL, False)):
        st.session_state[key] = empty


def _options() -> Options:
    picked = st.session_state
    concepts = cast("list[str] | None", picked.get(CONCEPTS))
    return Options(
        intents=tuple(picked.get(INTENT) or ()),
        concepts=None if concepts is None else tuple(concepts),
        sources=tuple(picked.get(PAPER) or ()),
        evidence=tuple(picked.get(ORIGIN) or ()),
        keep=tuple(str(picked.get(KEPT) or "").split()),
        all_rows=bool(picked.get(ALL)),
    )


def _answer(store: Store, question: str, state: PageState) -> None:
    options = _options()
    with st.skeleton(height=320):
        answer = answers.answered(store, question, options)
    context = _context(store, answer, state)
    _draw(ask_blocks.corrections(answer, state.address))
    if answer.answered or answer.concepts:
        _chips(store, answer, options)
    _draw(joined(ask_blocks.read_as(answer, context), ask_blocks.status(answer)))
    if not answer.answered:
        block(ask_blocks.refusal(answer))
        return
    block(ask_blocks.sentences(answer, context))
    with st.container(horizontal=True, vertical_alignment="bottom", key="menu"):
        if answer.sides:
            block(ask_blocks.compare_link(answer.sides))
        _copy(answer, context)
        _exports(store, answer, context)
    block(ask_blocks.references(answer, context))
    _parse_in_address(answer, state)
    print_line(store, PAGE, state.address, printing=context.printing)


def _draw(part: Html | None) -> None:
    if part:
        block(part)


def _context(store: Store, answer: Answer, state: PageState) -> Context:
    return Context(
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address=state.address,
        printing=state.address.get("print") == "1",
        verdicts=answers.verdicts(store),
        statements={one.id: one for one in answer.shown},
    )


def _chips(store: Store, answer: Answer, options: Options) -> None:
    """How the question was read, each part to be changed: what is asked, of what, in which papers, from whom."""
    concepts = answers.vocabulary(store).concepts
    read = list(dict.fromkeys(key for mention in answer.concepts for key in mention.keys))
    st.session_state["ask-chip-intent"] = answer.intent
    st.session_state["ask-chip-concepts"] = [key for key in read if key in concepts]
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        st.selectbox(
            "I read this as",
            list(INTENT_NAMES),
            key="ask-chip-intent",
            format_func=INTENT_NAMES.__getitem__,
            on_change=_take_intent,
        )
        if read:
            st.pills(
                "of (take off what was not meant)",
                read,
                selection_mode="multi",
                key="ask-chip-concepts",
                format_func=lambda key: plain_label(short_name(concepts[key])),
                on_change=_take_concepts,
                wrap=True,
            )
        with st.popover("Papers and origin", key="filters"):
            st.pills(
                "Papers", list(answers.paper_names(store)), selection_mode="multi", key=PAPER, format_func=_paper(store)
            )
            st.pills("Origin", list(ORIGINS), selection_mode="multi", key=ORIGIN, format_func=ORIGINS.__getitem__)
    _draw(ask_blocks.ambiguities(answer, answers.vocabulary(store).concepts))
    if options.all_rows:
        st.button("Only the first rows ✕", key="ask-fewer", on_click=_take, args=(ALL, False))


def _paper(store: Store) -> Callable[[str], str]:
    names = answers.paper_names(store)
    return lambda key: plain_label(names[key])


def _take_intent() -> None:
    st.session_state[INTENT] = [st.session_state["ask-chip-intent"]]


def _take_concepts() -> None:
    st.session_state[CONCEPTS] = list(st.session_state["ask-chip-concepts"] or [])


def _take(key: str, value: object) -> None:
    st.session_state[key] = value


def _parse_in_address(answer: Answer, state: PageState) -> None:
    """Write the parse beside the question, so that the link gives this answer when questions are read otherwise."""
    if state.problems or {"i", "c"} <= state.address.keys():
        return
    keys = dict.fromkeys(key for mention in answer.concepts for key in mention.keys)
    parse = {"i": _listed(list(answer.intents)), "c": _listed(list(keys))}
    query = link_to("", **{**parse, **state.address}).removeprefix("/")
    script(f"history.replaceState({{}}, '', location.pathname + {script_value(query)})")


def _copy(answer: Answer, context: Context) -> None:
    with st.popover("Copy with citations", key="ask-copy"):
        st.code("\n".join(ask_files.lines(answer, context)), language=None, wrap_lines=True)


def _exports(store: Store, answer: Answer, context: Context) -> None:
    chosen = [*context.address.get("paper", "").split(","), *context.address.get("src", "").split(",")]
    filters = ", ".join(filter(None, chosen)) or "none"
    made = files.occasion(store, PAGE, context.address, question=answer.reading.question, filters=filters)
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("CSV", "csv", "text/csv", lambda: ask_files.to_csv(answer, made)),
        ("JSON", "json", "application/json", lambda: files.json_file(made, "answer", answer.to_json())),
        ("Markdown", "md", "text/markdown", lambda: files.markdown_file(made, ask_files.lines(answer, context))),
        ("SPARQL", "rq", "application/sparql-query", lambda: files.sparql_file(made, answer.sparql)),
    )
    export_menu([Download(label=n, file_name=f"signum-answer.{e}", mime=m, make=make) for n, e, m, make in kinds])
    as_sparql(answer.sparql)


if __name__ == "__main__":
    with guarded("Ask"):
        render(open_store())
