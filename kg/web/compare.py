"""This module is the Compare page: which signs separate disease A from disease B, each sentence one click away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kg.compare import Comparison, Filters, Matrix, PairEvidence
from kg.model import Concept
from kg.store import Store
from kg.web import answers, blocks, exports, files, url_state
from kg.web.chart import chart_words, ratio_chart
from kg.web.filters import ORIGINS, SORT_NAMES, STATE_NAMES, active_filters, filter_menu
from kg.web.findings import counted_table, one_sided_tables
from kg.web.grid import grid
from kg.web.layout import (
    Download,
    as_sparql,
    block,
    chart_files,
    copy_buttons,
    export_menu,
    frame,
    guarded,
    message,
    notice,
    open_store,
    print_line,
    problems,
    purpose,
    scroll_to,
    show_address,
)
from kg.web.markup import Html, element, joined, link_to, plain_label
from kg.web.url_state import PageState, Parameter, UnknownValueError, shortened
from kg.web.view import View, abbreviation, full_name, short_name, whole_name

PAGE: Final = "compare"
TITLE: Final = "Compare: which signs separate A from B?"
VIEWS: Final = {"table": "Table", "chart": "Chart", "matrix": "Matrix"}
MORE: Final = "compare-more"
MOST_DISEASES: Final = 8  # columns that can be read
PAIRS_SHOWN: Final = 3  # one line at 1366 px
A_KEY, B_KEY, PAIR_KEY = "disease-a", "disease-b", "pair"


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    known = answers.pairs_with_evidence(store)
    parameters = _parameters(store, known)
    state = url_state.synchronise(PAGE, parameters)
    a, b = (cast("str | None", st.session_state[key]) for key in (A_KEY, B_KEY))
    frame(_tab_title(store, a, b))
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        _disease_choices(store, a, b)
        st.button("Swap", key="swap", icon=":material/swap_horiz:", shortcut="alt+x", on_click=_swap)
        filters = filter_menu(store, a, b)
        menu = st.container(horizontal=True, width="content", key="menu")
    _pair_line(store, a, b)
    with st.container(horizontal=True, vertical_alignment="bottom", key="pairs"):
        _pair_pills(store, known, a, b)
        switch = st.container(width="content", key="switch")
    active_filters(store)
    problems("", state)
    if a is None or b is None:
        block(message("info", element("p", "Choose a disease for both A and B.")))
    elif a == b:
        block(message("warning", element("p", "Choose two different diseases.")))
    else:
        with st.skeleton(height=480):
            comparison = answers.comparison(store, a, b, filters)
        _result(store, comparison, state, menu, switch)
    notice()


def _tab_title(store: Store, a: str | None, b: str | None) -> str:
    concepts = answers.vocabulary(store).concepts
    names = [short_name(concepts[key]) if key and key in concepts else "?" for key in (a, b)]
    return f"{' vs '.join(names)} · Compare"


def _parameters(store: Store, known: Sequence[PairEvidence]) -> tuple[Parameter, ...]:
    first = known[0] if known else None
    papers = answers.paper_names(store)
    return (
        _disease_parameter("a", A_KEY, first.a if first else None, store),
        _disease_parameter("b", B_KEY, first.b if first else None, store),
        _concepts_parameter("m", "filter-modality", "modality", store),
        _concepts_parameter("ph", "filter-phase", "phase", store),
        url_state.choices("src", ORIGINS, key="filter-origin", what="origin"),
        url_state.choices("paper", papers, key="filter-paper", what="paper"),
        url_state.choices("state", STATE_NAMES, key="filter-state", what="state"),
        url_state.flag("check", key="filter-check"),
        url_state.flag("x", key="filter-cross"),
        url_state.choice("sort", SORT_NAMES, key="sort", default="bound", what="order"),
        url_state.choice("view", VIEWS, key="view", default="table", what="view"),
        url_state.choices("more", _named_diseases(store), key=MORE, what="disease"),
        url_state.text("row", key="row"),
        url_state.flag("print", key="print"),
    )


def _named_diseases(store: Store) -> dict[str, str]:
    return {key: full_name(concept) for key, concept in answers.diseases(store).items()}


def _disease_parameter(name: str, key: str, default: str | None, store: Store) -> Parameter:
    def read(raw: str) -> str:
        return find_concept(raw, "disease", store)

    return Parameter(name=name, key=key, default=default, read=read, write=str)


def _concepts_parameter(name: str, key: str, kind: str, store: Store) -> Parameter:
    """Any number of concepts of a type, by any of their names, with commas between."""

    def read(raw: str) -> list[str]:
        return sorted({find_concept(part, kind, store) for part in raw.split(",") if part})

    def write(value: object) -> str:
        return ",".join(sorted(value)) if isinstance(value, (list, tuple)) else ""

    return Parameter(name=name, key=key, default=[], read=read, write=write, missing=[])


def find_concept(raw: str, kind: str, store: Store) -> str:
    """The key of the concept of a type that a name means; UnknownValueError with what may have been meant."""
    vocabulary = answers.vocabulary(store)
    name = raw[: url_state.LONGEST_VALUE]
    found = [concept for concept in vocabulary.find(name) if concept.type == kind]
    if len(found) == 1:
        return found[0].key
    if found:
        raise UnknownValueError(f"{shortened(raw)!r} names more than one {kind}.", _choices(found))
    meant = [concept for concept in vocabulary.suggest(name, 12) if concept.type == kind]
    raise UnknownValueError(f"No {kind} called {shortened(raw)!r}.", _choices(meant[:3]))


def _choices(concepts: Sequence[Concept]) -> list[tuple[str, str]]:
    return [(concept.key, full_name(concept)) for concept in concepts]


def _disease_choices(store: Store, a: str | None, b: str | None) -> None:
    concepts = answers.vocabulary(store).concepts
    options = list(answers.diseases(store))
    options += [key for key in (a, b) if key is not None and key not in options]
    for letter, key in (("A", A_KEY), ("B", B_KEY)):
        st.selectbox(
            f"Disease {letter}",
            options,
            key=key,
            format_func=lambda option: full_name(concepts[option]),
            placeholder="Choose a disease",
            index=None if st.session_state[key] is None else 0,  # None would add a button that empties the choice
        )


def _pair_line(store: Store, a: str | None, b: str | None) -> None:
    """Both groups by their whole names: the boxes above cut them where the screen is narrow."""
    concepts = answers.vocabulary(store).concepts
    named = [(letter, concepts[key]) for letter, key in (("A", a), ("B", b)) if key is not None and key in concepts]
    parts = (element("span", element("b", f"{letter}: "), whole_name(concept)) for letter, concept in named)
    block(element("p", joined(parts, by=" · "), class_="pair"))


def _swap() -> None:
    state = st.session_state
    state[A_KEY], state[B_KEY] = state[B_KEY], state[A_KEY]


def _pair_pills(store: Store, known: Sequence[PairEvidence], a: str | None, b: str | None) -> None:
    """The pairs of which most is known, one click away; the one on show is marked."""
    shown = {f"{pair.a} {pair.b}": pair for pair in known[:PAIRS_SHOWN]}
    if not shown:
        return
    current = next((name for name, pair in shown.items() if {pair.a, pair.b} == {a, b}), None)
    st.session_state[PAIR_KEY] = current
    st.pills(
        plain_label(f"Pairs with evidence. {_expansions(shown.values(), store)}".strip()),
        list(shown),
        key=PAIR_KEY,
        format_func=lambda name: plain_label(_pair_label(shown[name], store)),
        on_change=_take_pair,
        wrap=True,
    )


def _expansions(pairs: Iterable[PairEvidence], store: Store) -> str:
    """What the abbreviations of some pairs stand for, each once: 'HCC: hepatocellular carcinoma'."""
    concepts = answers.vocabulary(store).concepts
    named = dict.fromkeys(key for pair in pairs for key in (pair.a, pair.b))
    short = ((abbreviation(concepts[key]), concepts[key].label) for key in named)
    return "; ".join(f"{name}: {label}" for name, label in short if name)


def _take_pair() -> None:
    picked = cast("str | None", st.session_state.get(PAIR_KEY))
    if picked:
        st.session_state[A_KEY], st.session_state[B_KEY] = picked.split(" ")


def _pair_label(pair: PairEvidence, store: Store) -> str:
    concepts = answers.vocabulary(store).concepts
    a, b = short_name(concepts[pair.a]), short_name(concepts[pair.b])
    if pair.kind == "counted":
        return f"{a} | {b} · {pair.counted} counted"
    if pair.kind == "one_sided" and pair.side and pair.side in concepts:
        counted = abbreviation(concepts[pair.side]) or ("first" if pair.side == pair.a else "second")
        return f"{a} | {b} · {counted} only"
    return f"{a} | {b} · in words"


def _result(
    store: Store, comparison: Comparison, state: PageState, menu: DeltaGenerator, switch: DeltaGenerator
) -> None:
    view = View(
        comparison=comparison,
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address={"a": comparison.a.key, "b": comparison.b.key, **state.address},  # a default may change with the data
        opened=state.address.get("row", ""),
        printing=state.address.get("print") == "1",
        define=partial(answers.definition_in, store),
        verdicts=answers.verdicts(store),
    )
    rows = (*comparison.counted, *comparison.one_sided, *comparison.words)
    with menu:
        _exports(store, view)
    if not rows:
        block(_empty(store, view))
        return
    block(blocks.answer(view), blocks.status(view))
    _unknown_row(view)
    if comparison.filters.cross_study:
        block(blocks.cross_study_banner())
    _findings(store, view, switch)
    block(blocks.legend(), blocks.around(view))
    copy_buttons()
    as_sparql(answers.comparison_query(store, comparison))
    print_line(store, "", view.address, printing=view.printing)
    if view.opened_anchor is not None:
        scroll_to(view.opened_anchor)


def _findings(store: Store, view: View, switch: DeltaGenerator) -> None:
    comparison = view.comparison
    options = [name for name in VIEWS if name != "chart" or comparison.counted]
    if st.session_state.get("view") not in options:
        st.session_state["view"] = options[0]
    with switch:
        chosen = st.segmented_control("View", options, key="view", format_func=VIEWS.__getitem__, required=True)
    if chosen == "matrix":
        _matrix(store, view)
        return
    if comparison.counted and chosen == "chart":
        theme = st.context.theme.type or "light"
        chart = ratio_chart(comparison.counted, theme)
        st.altair_chart(chart, alt=chart_words(comparison.counted), theme="streamlit")
        chart_files(store, "", view.address, f"signum-{comparison.a.key}-{comparison.b.key}")
    elif comparison.counted:
        block(counted_table(comparison.counted, view))
    if comparison.one_sided:
        block(one_sided_tables(comparison.one_sided, view))


def _matrix(store: Store, view: View) -> None:
    """A and B beside further diseases: a row a finding, a column a disease, and five states that differ."""
    pair = (view.comparison.a.key, view.comparison.b.key)
    named = _named_diseases(store)
    more = st.multiselect(
        "Further diseases",
        [key for key in named if key not in pair],
        key=MORE,
        format_func=named.__getitem__,
        max_selections=MOST_DISEASES - 2,
        placeholder="Choose diseases to set beside A and B",
    )
    matrix = answers.matrix(store, (*pair, *(key for key in more if key not in pair)))
    block(grid(matrix))
    _matrix_exports(store, matrix, view)


def _matrix_exports(store: Store, matrix: Matrix, view: View) -> None:
    """The files of the matrix, beneath it: those above are of A and B."""
    named = ", ".join(one.label for one in matrix.diseases)
    made = files.occasion(store, "", view.address, question=f"Which findings have {named}?")
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("CSV", "csv", "text/csv", lambda: exports.matrix_to_csv(matrix, made)),
        ("JSON", "json", "application/json", lambda: files.json_file(made, "matrix", matrix.to_json())),
        ("Markdown", "md", "text/markdown", lambda: exports.matrix_to_markdown(matrix, made)),
    )
    export_menu(
        [
            Download(label=f"Matrix as {label}", file_name=f"signum-matrix.{end}", mime=mime, make=make)
            for label, end, mime, make in kinds
        ],
        label="Export the matrix",
    )


def _unknown_row(view: View) -> None:
    if view.opened and view.opened_anchor is None:
        block(message("warning", element("p", f"No row called {shortened(view.opened)!r} in this table.")))


def _empty(store: Store, view: View) -> Html:
    """Nothing under these filters, or nothing at all: what to take off, or where something is."""
    filters = view.comparison.filters
    if filters != Filters(sort=filters.sort):
        everything = answers.comparison(store, view.comparison.a.key, view.comparison.b.key, Filters())
        total = len(everything.counted) + len(everything.one_sided) + len(everything.words)
        if total:
            kept = {name: value for name, value in view.address.items() if name in ("a", "b", "sort", "view")}
            link = element("a", "Remove the filters", href=link_to("", **kept))
            words = exports.filters_in_words(view)
            return message("info", element("p", f"0 of {total} signs with the filters {words}. ", link))
    return blocks.nothing_found(view, _nearest(store, view))


def _nearest(store: Store, view: View) -> list[tuple[str, str]]:
    """Pairs that share a disease with this one and of which something is known."""
    pair = {view.comparison.a.key, view.comparison.b.key}
    near = [known for known in answers.pairs_with_evidence(store) if pair & {known.a, known.b}]
    return [(_pair_label(known, store), link_to("", a=known.a, b=known.b)) for known in near[:3]]


def _exports(store: Store, view: View) -> None:
    question, filters = exports.question(view.comparison), exports.filters_in_words(view)
    made = files.occasion(store, "", view.address, question=question, filters=filters)
    query = partial(answers.comparison_query, store, view.comparison)
    name = f"signum-{view.comparison.a.key}-{view.comparison.b.key}"
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("CSV", "csv", "text/csv", lambda: exports.to_csv(view, made)),
        ("JSON", "json", "application/json", lambda: files.json_file(made, "comparison", view.comparison.to_json())),
        (
            "JSON-LD",
            "jsonld",
            "application/ld+json",
            lambda: files.json_ld_file(made, store, view.comparison.statements),
        ),
        ("Markdown", "md", "text/markdown", lambda: exports.to_markdown(view, made)),
        ("SPARQL", "rq", "application/sparql-query", lambda: files.sparql_file(made, query())),
    )
    downloads = [Download(label=n, file_name=f"{name}.{end}", mime=mime, make=make) for n, end, mime, make in kinds]
    cited = {one.source for one in view.comparison.statements.values()}
    papers = [paper for key, paper in view.sources.items() if key in cited]
    export_menu([*downloads, *files.reference_downloads(name, papers)])


if __name__ == "__main__":
    with guarded("Compare"):
        render(open_store())
