"""This module is the Audit page: what every check says of the printed numbers, with sentences and arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

import streamlit as st

from kg import queries
from kg.store import Store
from kg.web import answers, audit_table, files, url_state
from kg.web.audit_chart import audit_chart, chart_words
from kg.web.audit_table import STATES, Shown, findings_table, to_csv, to_markdown, wanted
from kg.web.layout import (
    Download,
    as_sparql,
    block,
    export_menu,
    frame,
    guarded,
    message,
    no_data,
    notice,
    open_store,
    print_line,
    problems,
    purpose,
    scroll_to,
    show_address,
)
from kg.web.markup import Html, element, link_to, plain_label
from kg.web.url_state import PageState, Parameter

PAGE: Final = "audit"
QUESTION: Final = "Do the printed numbers agree?"
TITLE: Final = "Audit: do the printed numbers agree?"
VERDICT, PAPER, CHECK, TOUCHES, VIEW, ROW, NUMBER, PRINT = (
    f"audit-{name}" for name in ("verdict", "paper", "check", "touches", "view", "row", "page", "print")
)
VIEWS: Final = {"table": "Table", "chart": "Chart"}
TOUCH_NAMES: Final = {"compare": "A row of Compare", "browse": "A concept", "none": "No answer"}
ROWS_A_PAGE: Final = 25
FOOTER: Final = "Printing and extraction both err. A number that does not fit says nothing about who is wrong."


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    every = answers.audited(store)
    state = url_state.synchronise(PAGE, _parameters(store, every))
    frame("Audit")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    if not every:
        block(no_data("The graph holds no check of a number."))
        notice()
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        _controls(store, every)
        menu = st.container(horizontal=True, width="content", key="menu")
    problems(PAGE, state)
    shown = _chosen(every)
    with menu:
        _exports(store, shown, state)
    _list(store, shown, every, state)
    print_line(store, PAGE, state.address, printing=_printing())
    notice()


def _parameters(store: Store, every: Sequence[Shown]) -> tuple[Parameter, ...]:
    papers = answers.paper_names(store)
    checks = {name: name for name in dict.fromkeys(sorted(one.verdict.check for one in every))}
    return (
        url_state.choices("verdict", {name: word for name, (_, word) in STATES.items()}, key=VERDICT, what="verdict"),
        url_state.choices("paper", papers, key=PAPER, what="paper"),
        url_state.choices("check", checks, key=CHECK, what="check"),
        url_state.choices("touches", TOUCH_NAMES, key=TOUCHES, what="answer that is touched"),
        url_state.choice("view", VIEWS, key=VIEW, default="table", what="view"),
        url_state.text("row", key=ROW),
        url_state.whole_number("page", key=NUMBER),
        url_state.flag("print", key=PRINT),
    )


def _controls(store: Store, every: Sequence[Shown]) -> None:
    counts = {name: sum(one.state == name for one in every) for name in STATES}
    papers = answers.paper_names(store)
    st.pills(
        "Verdict",
        [name for name, count in counts.items() if count or name in cast("list[str]", st.session_state[VERDICT])],
        selection_mode="multi",
        key=VERDICT,
        format_func=lambda name: plain_label(f"{STATES[name][0]} {STATES[name][1]} {counts[name]}"),
        on_change=_first_page,
    )
    active = sum(bool(st.session_state.get(key)) for key in (PAPER, CHECK, TOUCHES))
    with st.popover(f"Filters ({active})" if active else "Filters", key="audit-filters"):
        st.pills(
            "Paper",
            list(papers),
            selection_mode="multi",
            key=PAPER,
            format_func=lambda key: plain_label(papers[key]),
            on_change=_first_page,
        )
        st.pills(
            "Check",
            sorted({one.verdict.check for one in every}),
            selection_mode="multi",
            key=CHECK,
            format_func=plain_label,
            on_change=_first_page,
        )
        st.pills(
            "Touches",
            list(TOUCH_NAMES),
            selection_mode="multi",
            key=TOUCHES,
            format_func=TOUCH_NAMES.__getitem__,
            on_change=_first_page,
        )
    st.segmented_control("View", list(VIEWS), key=VIEW, format_func=VIEWS.__getitem__, required=True)


def _first_page() -> None:
    st.session_state[NUMBER] = 1
    st.session_state[ROW] = ""


def _printing() -> bool:
    return bool(st.session_state.get(PRINT))


def _picked(key: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", st.session_state.get(key) or ()))


def _chosen(every: Sequence[Shown]) -> tuple[Shown, ...]:
    return wanted(
        every,
        states=_picked(VERDICT),
        sources=_picked(PAPER),
        checks=_picked(CHECK),
        reaches=_picked(TOUCHES),
    )


def _list(store: Store, shown: Sequence[Shown], every: Sequence[Shown], state: PageState) -> None:
    if not shown:
        link = element("a", "Remove the filters", href=link_to(PAGE))
        block(message("info", element("p", f"0 of {len(every)} checks with these filters. ", link)))
        return
    block(_status(shown, every))
    if st.session_state[VIEW] == "chart":
        theme = st.context.theme.type or "light"
        st.altair_chart(
            audit_chart(shown, answers.paper_names(store), theme), alt=chart_words(shown, answers.paper_names(store))
        )
        block(_footer())
        return
    _page_of(store, shown, state)


def _page_of(store: Store, shown: Sequence[Shown], state: PageState) -> None:
    pages = -(-len(shown) // ROWS_A_PAGE)
    opened = state.address.get("row", "")
    place = next((number for number, one in enumerate(shown) if one.verdict.id == opened), None)
    if place is not None:
        st.session_state[NUMBER] = place // ROWS_A_PAGE + 1
    number = min(max(cast("int", st.session_state.get(NUMBER) or 1), 1), pages)
    first = (number - 1) * ROWS_A_PAGE
    page = shown[first : first + ROWS_A_PAGE]
    if opened and place is None:
        block(
            message("warning", element("p", "The row of this link is not among these: the data or the filters differ."))
        )
    block(findings_table(page, answers.paper_names(store), opened=opened, first=first + 1, printing=_printing()))
    if pages > 1:
        st.session_state[NUMBER] = number
        st.pagination(pages, key=NUMBER, on_change=_forget_row)
    block(_footer())
    if place is not None:
        scroll_to(audit_table.anchor(opened))


def _forget_row() -> None:
    st.session_state[ROW] = ""


def _status(shown: Sequence[Shown], every: Sequence[Shown]) -> Html:
    """What the list holds, in one line that is announced."""
    counts = {name: sum(one.state == name for one in shown) for name in STATES}
    fitting, checked = counts["consistent"], len(shown) - counts["not-checkable"]
    of_all = "" if len(shown) == len(every) else f" of {len(every)}"
    if checked and fitting == checked:
        first = f"Every number that can be checked here fits: {fitting} of {checked}."
    else:
        parts = (f"{word}: {counts[name]}" for name, (_, word) in STATES.items() if counts[name])
        first = f"{len(shown)}{of_all} checks; {', '.join(parts)}."
    return element("p", first, " Those that touch an answer first.", class_="status", role="status")


def _footer() -> Html:
    tell = element("a", "Tell us what you found in the paper", href=link_to("review", queue="reported"))
    return element("p", FOOTER, " ", tell, ".", class_="quiet")


def _exports(store: Store, shown: Sequence[Shown], state: PageState) -> None:
    filters = "; ".join(f"{name}: {value}" for name, value in state.address.items())
    made = files.occasion(store, PAGE, state.address, question=QUESTION, filters=filters)
    export_menu(
        [
            Download(label="CSV", file_name="signum-audit.csv", mime="text/csv", make=lambda: to_csv(shown, made)),
            Download(
                label="Markdown",
                file_name="signum-audit.md",
                mime="text/markdown",
                make=lambda: to_markdown(shown, made, answers.paper_names(store)),
            ),
        ]
    )
    as_sparql(queries.load("verdicts").text)


if __name__ == "__main__":
    with guarded("Audit"):
        render(open_store())
