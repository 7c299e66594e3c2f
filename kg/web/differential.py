"""This module is the Differential page: findings in, what the counts would say out, for teaching, not for a patient."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kg.compare import Filters
from kg.differential import Control, Differential, DifferentialError, Group, Offer
from kg.evidence import FINDING_TYPES
from kg.store import Store
from kg.web import answers, case, files, url_state
from kg.web.compare import find_concept
from kg.web.layout import (
    Download,
    as_sparql,
    block,
    chart_files,
    export_menu,
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
from kg.web.markup import element, link_to, plain_label
from kg.web.url_state import PageState, Parameter, UnknownValueError, shortened
from kg.web.view import Context, capital, full_name, short_name

PAGE: Final = "differential"
A, B, FINDINGS, PRE, SCOPE, VIEW, PRINT = (
    f"differential-{name}" for name in ("a", "b", "f", "pre", "scope", "view", "print")
)
HALF: Final = 50
NOT_ASSESSED: Final = "Not assessed"
PRESENT, ABSENT = "Present", "Absent"
SCOPES: Final = {"y": "Yes", "n": "No", "u": "Not sure"}
VIEWS: Final = {"icons": "Icon array", "nomogram": "Nomogram", "table": "Table"}
NO_PATIENT: Final = "Do not type patient data. Nothing is stored; what you choose stands in the link alone."


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    state = url_state.synchronise(PAGE, _parameters(store))
    a, b = (cast("str | None", st.session_state.get(key)) for key in (A, B))
    concepts = answers.vocabulary(store).concepts
    names = [short_name(concepts[key]) if key and key in concepts else "?" for key in (a, b)]
    frame(f"{' or '.join(names)}? · Differential")
    show_address(state)
    st.title("Differential: what the counts would say", anchor=False)
    purpose()
    block(element("p", NO_PATIENT, class_="quiet"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        _diseases(store, a, b)
        menu = st.container(horizontal=True, width="content", key="menu")
    problems(PAGE, state)
    if a is None or b is None:
        block(message("info", element("p", "Choose two diseases.")))
    elif a == b:
        block(message("warning", element("p", "Choose two different diseases.")))
    else:
        _case(store, (a, b), state, menu)
    notice()


def _parameters(store: Store) -> tuple[Parameter, ...]:
    known = answers.pairs_with_evidence(store)
    first = known[0] if known else None
    return (
        *(
            Parameter(name=name, key=key, default=default, read=partial(_disease, store=store), write=str)
            for name, key, default in (("a", A, first and first.a), ("b", B, first and first.b))
        ),
        Parameter(name="f", key=FINDINGS, default=[], read=partial(_findings, store=store), write=_written, missing=[]),
        Parameter(name="pre", key=PRE, default=HALF, read=_percentage, write=str, missing=HALF),
        url_state.choice("scope", SCOPES, key=SCOPE, default=None, what="answer"),
        url_state.choice("view", VIEWS, key=VIEW, default="icons", what="view"),
        url_state.flag("print", key=PRINT),
    )


def _disease(raw: str, store: Store) -> str:
    return find_concept(raw, "disease", store)


def _percentage(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or not 1 <= int(raw[:4]) <= 99:
        allowed = "allowed: a whole number of percent from 1 to 99."
        raise UnknownValueError(f"The starting value is {shortened(raw)!r}; {allowed}", (("50", "50"),))
    return int(raw)


def _findings(raw: str, store: Store) -> list[str]:
    """'washout-pattern.1,halo.0' as a list; UnknownValueError for what is no finding, or neither 1 nor 0."""
    found = {}
    for part in filter(None, raw[: 10 * url_state.LONGEST_VALUE].split(",")):
        name, _, value = part.rpartition(".")
        if value not in ("0", "1"):
            raise UnknownValueError(f"The finding {shortened(part)!r} has no state; write name.1 or name.0.")
        found[_finding(store, name)] = value
    return [f"{key}.{value}" for key, value in found.items()]


def _finding(store: Store, name: str) -> str:
    """The key of the finding that a name means; UnknownValueError with what may have been meant."""
    vocabulary = answers.vocabulary(store)
    found = [concept for concept in vocabulary.find(name) if concept.type in FINDING_TYPES]
    if len(found) == 1:
        return found[0].key
    near = found or [concept for concept in vocabulary.suggest(name, 12) if concept.type in FINDING_TYPES]
    raise UnknownValueError(
        f"No finding called {shortened(name)!r}.", [(f"{one.key}.1", one.label) for one in near[:3]]
    )


def _written(value: object) -> str:
    return ",".join(value) if isinstance(value, (list, tuple)) else ""


def _diseases(store: Store, a: str | None, b: str | None) -> None:
    concepts = answers.vocabulary(store).concepts
    options = list(answers.diseases(store))
    options += [key for key in (a, b) if key is not None and key not in options]
    for letter, key in (("A", A), ("B", B)):
        st.selectbox(
            f"Disease {letter}",
            options,
            key=key,
            format_func=lambda option: full_name(concepts[option]),
            placeholder="Choose a disease",
            index=None if st.session_state.get(key) is None else 0,
            on_change=_forget,
        )


def _forget() -> None:
    """Another disease has other findings, and other studies to be like."""
    st.session_state[FINDINGS] = []
    st.session_state[SCOPE] = None


# The case


def _case(store: Store, pair: tuple[str, str], state: PageState, menu: DeltaGenerator) -> None:
    offered = answers.offered(store, *pair)
    if not offered.groups:
        names = " or ".join(short_name(answers.vocabulary(store).concepts[key]) for key in pair)
        link = element("a", "See what the papers say of them", href=link_to("", a=pair[0], b=pair[1]))
        block(message("info", element("p", f"No paper here names a finding of {names} that can be asked for. ", link)))
        return
    asked, told = st.columns([3, 2], gap="large")
    with asked:
        _questions(store, pair, offered)
    with told:
        block(element("h2", "Result"))
        found = _found(store, pair, offered)
        if found is not None:
            context = _context(store, found, {"a": pair[0], "b": pair[1], **state.address})
            _result(store, found, context, counted=offered.counted)
    if found is None:
        return
    if not found.panel or context.printing or st.session_state.get(VIEW) == "table":
        block(case.matches(found, context))
    with menu:
        _exports(store, pair, found, context)
    print_line(store, PAGE, context.address, printing=context.printing)


def _questions(store: Store, pair: tuple[str, str], offered: Offer) -> None:
    """In the order in which they matter: whom the studies were about, what it starts from, what was seen."""
    if offered.counted:
        _scope(offered)
        _start(store, pair)
    else:
        words = "No likelihood ratio exists in these papers for this pair: no study counted a finding in both. "
        block(message("info", element("p", element("b", words), "What fits is listed, without a probability.")))
    _controls(offered)
    _unoffered(store, offered)


def _found(store: Store, pair: tuple[str, str], offered: Offer) -> Differential | None:
    """What comes of the choices; None, and a message, where nothing can."""
    chosen = tuple(sorted(st.session_state.get(FINDINGS) or []))
    if not chosen:
        block(element("p", "Nothing is assessed yet: choose what was seen.", class_="status", role="status"))
        return None
    in_scope = not offered.counted or st.session_state.get(SCOPE) == "y"
    try:
        return answers.differential(store, pair, chosen, cast("int", st.session_state.get(PRE) or HALF), in_scope)
    except DifferentialError as error:
        block(message("warning", element("p", f"{capital(str(error))}.")))
        return None


def _scope(offered: Offer) -> None:
    """Whom the studies were about comes before any number."""
    block(element("h2", "1 Are your patients like theirs?"))
    block(*(element("p", study.question) for study in offered.studies))
    st.segmented_control(
        "Are your patients like theirs?",
        list(SCOPES),
        key=SCOPE,
        format_func=SCOPES.__getitem__,
        label_visibility="collapsed",
    )


def _start(store: Store, pair: tuple[str, str]) -> None:
    block(element("h2", "2 Start from"))
    name, other = (plain_label(short_name(answers.vocabulary(store).concepts[key])) for key in pair)
    st.number_input(f"% {name}, the rest {other}", min_value=1, max_value=99, step=1, key=PRE, width=420)
    block(element("p", "No paper gives a starting value; 50% is only an illustration.", class_="quiet"))


def _controls(offered: Offer) -> None:
    block(element("h2", "3 What was seen" if offered.counted else "What was seen"))
    alone = [group for group in offered.groups if len(group.controls) == 1]
    for group in offered.groups:
        if group not in alone:
            _group(group)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for group in alone:
            _control(group.controls[0])


def _group(group: Group) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        for control in group.controls:
            _control(control)
    if len(group.controls) > 1:
        titles = " and ".join(control.title for control in group.controls)
        words = f"{capital(titles)} speak of one thing: one ratio is used, they are not multiplied."
        block(element("p", words, class_="quiet"))


def _control(control: Control) -> None:
    """One three-way choice, or a choice of levels; not assessed unless somebody says otherwise."""
    key = f"differential-of-{control.levels[0].key}"
    options = _options(control)
    states = dict(part.rsplit(".", 1) for part in st.session_state.get(FINDINGS) or [])
    st.session_state[key] = next(
        (name for name, value in options.items() if value and states.get(value[0]) == value[1]), NOT_ASSESSED
    )
    label = control.title if control.is_variable else next(iter(control.labels.values()))
    st.segmented_control(
        plain_label(capital(label)),
        list(options),
        key=key,
        format_func=plain_label,
        required=True,
        on_change=_take,
        args=(key, control),
        wrap=True,
    )


def _options(control: Control) -> dict[str, tuple[str, str] | None]:
    """What can be chosen, as (finding, 1 or 0); of a variable's levels none can be said to be absent."""
    if control.is_variable:
        levels = {capital(control.labels[level.key]): (level.key, "1") for level in control.levels}
        return {**levels, NOT_ASSESSED: None}
    key = control.levels[0].key
    return {PRESENT: (key, "1"), ABSENT: (key, "0"), NOT_ASSESSED: None}


def _take(key: str, control: Control) -> None:
    picked = _options(control).get(cast("str", st.session_state.get(key)) or NOT_ASSESSED)
    mine = {level.key for level in control.levels}
    kept = [part for part in st.session_state.get(FINDINGS) or [] if part.rsplit(".", 1)[0] not in mine]
    st.session_state[FINDINGS] = sorted([*kept, f"{picked[0]}.{picked[1]}"] if picked else kept)


def _unoffered(store: Store, offered: Offer) -> None:
    """Findings of the address that no control shows are named, with a way to take them off."""
    shown = {level.key for group in offered.groups for control in group.controls for level in control.levels}
    others = [part.rsplit(".", 1) for part in st.session_state.get(FINDINGS) or []]
    with st.container(horizontal=True, key="active-filters"):
        for key, value in others:
            if key not in shown:
                name = answers.labels(store).get(key, key)
                label = f"{'' if value == '1' else 'no '}{name} ✕"
                st.button(plain_label(label), key=f"off-{key}", on_click=_take_off, args=(key,))


def _take_off(key: str) -> None:
    st.session_state[FINDINGS] = [part for part in st.session_state[FINDINGS] if part.rsplit(".", 1)[0] != key]


def _context(store: Store, found: Differential, address: Mapping[str, str]) -> Context:
    return Context(
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address=address,
        printing=address.get("print") == "1",
        verdicts=answers.verdicts(store),
        statements=found.statements,
    )


def _result(store: Store, found: Differential, context: Context, *, counted: bool) -> None:
    if counted and st.session_state.get(SCOPE) is None:
        words = "Answer question 1 first: without “Yes” no probability is given, only what fits."
        block(message("info", element("p", words)))
    if found.panel:
        block(case.result(found))
        _views(found)
        if st.session_state.get(VIEW) != "table":
            chart_files(store, PAGE, context.address, "signum-differential")
    else:
        block(case.summary(found))
    block(case.answer(found, context))
    if found.steps:
        block(case.steps(found, context))


def _views(found: Differential) -> None:
    first, theme = found.candidates[0], st.context.theme.type or "light"
    if first.after is None or first.before is None:
        return
    chosen = st.segmented_control("View", list(VIEWS), key=VIEW, format_func=VIEWS.__getitem__, required=True)
    name = short_name(first.disease)
    others = " or ".join(short_name(one.disease) for one in found.candidates[1:] if one.after is not None)
    if chosen == "icons":
        chart = case.icon_array(first.after, name, others, theme)
        st.altair_chart(chart, alt=case.icon_words(first.after, name), theme="streamlit", width="content")
    elif chosen == "nomogram":
        drawn = case.nomogram(first.before, first.after, theme)
        st.altair_chart(drawn, alt=case.nomogram_words(first.before, first.after, name), theme="streamlit", width=480)


def _exports(store: Store, pair: Sequence[str], found: Differential, context: Context) -> None:
    a, b = (answers.vocabulary(store).concepts[key].label for key in pair)
    given = ", ".join(one.label for one in found.candidates[0].assessments)
    question = f"{capital(given)}: {a} or {b}?"
    scope = SCOPES.get(cast("str", st.session_state.get(SCOPE) or ""), "not answered")
    start = f"starts from {st.session_state.get(PRE) or HALF}% {a}"
    made = files.occasion(
        store, PAGE, context.address, question=question, filters=f"patients like theirs: {scope}; {start}"
    )
    query = partial(answers.comparison_query, store, answers.comparison(store, pair[0], pair[1], Filters()))
    name = f"signum-differential-{pair[0]}-{pair[1]}"
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        (
            "Teaching slide (Markdown)",
            "md",
            "text/markdown",
            lambda: files.markdown_file(made, case.slide(found, context)),
        ),
        ("CSV", "csv", "text/csv", lambda: files.csv_file(made, case.CSV_COLUMNS, case.csv_rows(found))),
        ("JSON", "json", "application/json", lambda: files.json_file(made, "differential", found.to_json())),
        ("SPARQL of the counts", "rq", "application/sparql-query", lambda: files.sparql_file(made, query())),
    )
    export_menu([Download(label=n, file_name=f"{name}.{end}", mime=mime, make=make) for n, end, mime, make in kinds])
    as_sparql(query())


if __name__ == "__main__":
    with guarded("Differential"):
        render(open_store())
