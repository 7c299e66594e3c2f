"""This module is the SPARQL page: ask the graph in its own language, with the named queries to begin from.

The query is written in Streamlit's own text area: it is labelled, Tab leaves it, Ctrl+Enter runs it, axe finds nothing
in it. The editors with colours that work without a network (Ace, CodeMirror or Yasgui in a frame) take Tab for
themselves and leave their field without a name.
"""

from __future__ import annotations

from typing import Any, Final, cast

import streamlit as st

from kg import queries
from kg.pool import PoolBusyError
from kg.sparql import SIZE_LIMIT, QueryError
from kg.store import Store
from kg.syntax import caret
from kg.web import console, files, links, url_state
from kg.web.layout import (
    Download,
    block,
    data_location,
    endpoint_address,
    export_menu,
    frame,
    guarded,
    linked,
    message,
    notice,
    open_store,
    problems,
    purpose,
    show_address,
)
from kg.web.markup import Html, element
from kg.web.url_state import PageState, Parameter
from kg.web.view import capital

PAGE: Final = "sparql"
TITLE: Final = "SPARQL: ask the graph in its own language"
EXAMPLE_KEY, QUERY_KEY, ROWS_KEY = "sparql-example", "sparql-query", "sparql-rows"
FIRST_EXAMPLE: Final = "sources"
ROW_LIMITS: Final = {"100": "100 rows", "1000": "1,000 rows", "10000": "10,000 rows"}
SHOWN: Final = 200  # rows that the page draws; the files have all


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    state = url_state.synchronise(PAGE, _parameters())
    _begin_with_an_example()
    query = cast("str", st.session_state[QUERY_KEY])
    example = cast("str | None", st.session_state[EXAMPLE_KEY])
    frame(f"{example or 'A query'} · SPARQL")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    problems(PAGE, state)
    names = queries.names()
    st.selectbox(
        "Examples: the named queries",
        names,
        key=EXAMPLE_KEY,
        format_func=lambda name: queries.load(name).summary,
        on_change=_take_example,
        placeholder="Your own query",
    )
    with st.form("sparql-form", border=False):
        st.text_area("Query", key=QUERY_KEY, height=320, max_chars=SIZE_LIMIT)
        with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
            st.selectbox("Limit", list(ROW_LIMITS), key=ROWS_KEY, format_func=ROW_LIMITS.__getitem__, width=160)
            st.form_submit_button("Run (Ctrl+Enter)", on_click=_leave_example)
    _answer(store, query, state)
    notice()


def _parameters() -> tuple[Parameter, ...]:
    summaries = {name: queries.load(name).summary for name in queries.names()}

    def written(text: object) -> str:
        """A query stands in the address unless it is the example that stands there."""
        name = st.session_state.get(EXAMPLE_KEY)
        return "" if name and text == queries.load(name).text else str(text)

    return (
        url_state.choice("ex", summaries, key=EXAMPLE_KEY, default=None, what="example"),
        Parameter(name="query", key=QUERY_KEY, default="", read=lambda raw: raw, write=written, missing=""),
        url_state.choice("rows", ROW_LIMITS, key=ROWS_KEY, default="1000", what="limit"),
    )


def _begin_with_an_example() -> None:
    """Nothing is asked yet: take the example of the address, or the first one."""
    if not st.session_state[QUERY_KEY].strip():
        name = st.session_state[EXAMPLE_KEY] or FIRST_EXAMPLE
        st.session_state[EXAMPLE_KEY] = name
        st.session_state[QUERY_KEY] = queries.load(name).text


def _take_example() -> None:
    name = st.session_state[EXAMPLE_KEY]
    st.session_state[QUERY_KEY] = queries.load(name).text if name else ""


def _leave_example() -> None:
    name = st.session_state[EXAMPLE_KEY]
    if name and st.session_state[QUERY_KEY] != queries.load(name).text:
        st.session_state[EXAMPLE_KEY] = None


# --- Asking ----------------------------------------------------------------------------------------------------------


def _answer(store: Store, query: str, state: PageState) -> None:
    try:
        with st.skeleton(height=240):
            result = console.asked(data_location(), store.graph_hash, query, int(st.session_state[ROWS_KEY]))
    except QueryError as error:
        block(_wrong(query, error))
        return
    except PoolBusyError as error:
        block(message("warning", element("p", "Too many queries at this moment: ", str(error), ".")))
        return
    block(*(map(_warned, result.warnings)))
    count = len(result.rows) if not result.is_graph else result.text.count("\n")
    what = f"{count:,} {'lines of Turtle' if result.is_graph else 'row' if count == 1 else 'rows'}"
    told = f"{what} · {result.seconds:.2f} s · graph {store.graph_hash[:12]}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="sparql-result"):
        block(element("p", told, role="status"))
        _menus(store, query, result, state)
    if result.is_graph:
        st.code(result.text, language="turtle")
    else:
        block(_table(store, result))


def _wrong(query: str, error: QueryError) -> Html:
    """What is wrong with a query, with the line and a caret below the place."""
    place = element("pre", caret(query, error.place)) if error.place else None
    return message("error", element("p", capital(ended(str(error)))), place)


def _warned(sentence: str) -> Html:
    return message("warning", element("p", ended(sentence), " A name that is in no data finds no row."))


def ended(sentence: str) -> str:
    """A sentence with its full stop.

    >>> ended("did you mean it?"), ended("no row")
    ('did you mean it?', 'no row.')
    """
    return sentence if sentence.endswith((".", "?")) else f"{sentence}."


# --- The result ------------------------------------------------------------------------------------------------------


def _table(store: Store, result: console.Result) -> Html:
    if not result.rows:
        return element("p", "No row: the graph was asked, and nothing in it fits.")
    shown = result.rows[:SHOWN]
    cut = f" The first {SHOWN} of {len(result.rows):,}; the files have all." if len(result.rows) > SHOWN else ""
    head = element("tr", [element("th", name, scope="col") for name in result.columns])
    rows = [element("tr", [element("td", links.cell(store, row[name])) for name in result.columns]) for row in shown]
    caption = element("caption", f"Answer to the query.{cut}")
    table = element("table", caption, element("thead", head), element("tbody", rows), class_="small answer")
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label="Answer to the query")


def _menus(store: Store, query: str, result: console.Result, state: PageState) -> None:
    address = {name: value for name, value in state.address.items() if value}
    export_menu(_downloads(store, query, result, address))
    with st.popover("As Python", key="as-python"):
        st.code(console.as_python(query, data_location()), language="python")
    with st.popover("As curl", key="as-curl"):
        st.caption("The endpoint is started with `signum serve`.")
        st.code(console.as_curl(query, endpoint_address()), language="bash")
    with st.popover("Link", key="sparql-link"):
        st.code(linked(store, PAGE, address), language=None)


def _downloads(store: Store, query: str, result: console.Result, address: dict[str, str]) -> tuple[Download, ...]:
    if result.is_graph:
        return (Download(label="Turtle", file_name="answer.ttl", mime="text/turtle", make=lambda: result.text),)
    made = files.occasion(store, PAGE, address, question=" ".join(query.split()))
    return (
        Download(
            label="CSV",
            file_name="answer.csv",
            mime="text/csv",
            make=lambda: files.csv_file(made, result.columns, cast("Any", result.rows)),
        ),
        Download(
            label="JSON (SPARQL results)",
            file_name="answer.srj",
            mime="application/sparql-results+json",
            make=lambda: result.text,
        ),
    )


if __name__ == "__main__":
    with guarded("SPARQL"):
        render(open_store())
