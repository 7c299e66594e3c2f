"""This module is the Browse page: all that the papers say of one disease, sign, modality, marker or therapy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, cast

import streamlit as st

from kg import graph, queries
from kg.model import EVIDENCE_KINDS, Concept
from kg.profile import PROFILED, Profile, Section
from kg.store import Store
from kg.web import answers, browse_files, files, url_state
from kg.web.evidence import passage_link
from kg.web.facts import conflicts, section_table
from kg.web.index import index_list
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
from kg.web.markup import Html, element, joined, link_to, plain_label
from kg.web.pictures import (
    accuracy_chart,
    accuracy_words,
    has_accuracies,
    neighbourhood_chart,
    neighbourhood_table,
    neighbourhood_words,
    share_chart,
    share_words,
)
from kg.web.url_state import PageState, Parameter, UnknownValueError, shortened
from kg.web.view import Context, capital, short_name, whole_name

PAGE: Final = "browse"
ID, TAB, ORIGIN, STATE, PAPER, VIEW, TYPE, WORDS, PRINT = (
    f"browse-{name}" for name in ("id", "tab", "origin", "state", "paper", "view", "type", "words", "print")
)
ORIGINS: Final = dict(zip(EVIDENCE_KINDS, ("Own", "Cited", "No source"), strict=True))
STATES: Final = {
    "seen": "Seen",
    "zero": "Zero of N",
    "in_words": "In words",
    "not_reported": "Assessed, no result",
    "disagree": "Disagreement",
}
VIEWS: Final = {"table": "Table", "chart": "Chart", "picture": "Picture"}
TYPE_NAMES: Final = {
    "disease": "Diseases",
    "sign": "Signs",
    "modality": "Modalities",
    "marker": "Markers",
    "therapy": "Therapies",
    "clinical-feature": "Clinical features",
    "syndrome": "Syndromes",
}
MOST_SHARED: Final = 8


def render(store: Store) -> None:
    """Draw the page for the state that the address gives: the index, or one concept."""
    state = url_state.synchronise(PAGE, _parameters(store))
    key = cast("str | None", st.session_state.get(ID))
    concept = answers.vocabulary(store).concepts.get(key or "")
    frame(f"{short_name(concept)} · Browse" if concept else "Browse")
    show_address(state)
    if concept is None:
        _index(store, state)
    else:
        _concept(store, concept, state)
    notice()


def _parameters(store: Store) -> tuple[Parameter, ...]:
    return (
        Parameter(
            name="id",
            key=ID,
            default=None,
            read=lambda raw: find(raw, store),
            write=lambda key: identifier(str(key), store),
        ),
        url_state.choice("tab", _tabs(store), key=TAB, default=None, what="part"),
        url_state.choices("src", ORIGINS, key=ORIGIN, what="origin"),
        url_state.choices("state", STATES, key=STATE, what="state"),
        url_state.choices("paper", answers.paper_names(store), key=PAPER, what="paper"),
        url_state.choice("view", VIEWS, key=VIEW, default="table", what="view"),
        url_state.choice("type", TYPE_NAMES, key=TYPE, default=None, what="type"),
        url_state.text("q", key=WORDS),
        url_state.flag("print", key=PRINT),
    )


def find(raw: str, store: Store) -> str:
    """The key of the concept that `type:name` means, any of its names; UnknownValueError with what may be meant."""
    vocabulary = answers.vocabulary(store)
    kind, _, name = raw[: url_state.LONGEST_VALUE].rpartition(":")
    types = (kind,) if kind in PROFILED else PROFILED
    found = [concept for concept in vocabulary.find(name) if concept.type in types]
    if len(found) == 1:
        return found[0].key
    near = found or [concept for concept in vocabulary.suggest(name, 12) if concept.type in types]
    what = kind.replace("-", " ") if kind in PROFILED else "concept"
    meant = [(identifier(one.key, store), whole_name(one)) for one in near[:3]]
    sentence = f"{shortened(name)!r} names more than one {what}." if found else f"No {what} called {shortened(name)!r}."
    raise UnknownValueError(sentence, meant)


def identifier(key: str, store: Store) -> str:
    """How an address names a concept: `disease:phnen`."""
    return f"{answers.vocabulary(store).concepts[key].type}:{key}"


def _tabs(store: Store) -> dict[str, str]:
    """The parts that the concept of the address has; of an address without one, none."""
    raw = str(st.query_params.get("id", ""))
    try:
        key = find(raw, store) if raw else None
    except UnknownValueError:
        return {}
    return {section.name: section.title for section in answers.profile(store, key).sections} if key else {}


# One concept


def _concept(store: Store, concept: Concept, state: PageState) -> None:
    profile = answers.profile(store, concept.key)
    context = _context(store, profile, state)
    st.title(capital(concept.label), anchor=False)
    block(_about(profile, context))
    purpose()
    problems(PAGE, state)
    if not profile.sections:
        block(_nothing(profile))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        section = _choice_of_part(profile)
        chosen = st.session_state.get(PAPER) or ()  # an address may name a paper that says nothing here
        _filters(section, {key: context.paper(key) for key in dict.fromkeys((*profile.sources, *chosen))})
        view = st.segmented_control("View", list(VIEWS), key=VIEW, format_func=VIEWS.__getitem__, required=True)
        menu = st.container(horizontal=True, width="content", key="menu")
    block(conflicts(profile.conflicts, context), _definitions(store, profile, context))
    shown = profile.sections if context.printing else (section,)
    for one in shown:
        block(element("h2", one.title, class_="" if context.printing else "visually-hidden"))
        _part(store, profile, _filtered(one, context), context, view or "table")
    with menu:
        _exports(store, profile, context)
    print_line(store, PAGE, context.address, printing=context.printing)


def _context(store: Store, profile: Profile, state: PageState) -> Context:
    return Context(
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address=state.address,
        printing=state.address.get("print") == "1",
        verdicts=answers.verdicts(store),
        statements=profile.statements,
    )


def _about(profile: Profile, context: Context) -> Html:
    """Where the concept stands, what else it is called, and how much there is on it."""
    concept = profile.concept
    kind = element("a", TYPE_NAMES[concept.type], href=link_to(PAGE, type=concept.type))
    trail = [element("a", "Browse", href=link_to(PAGE)), kind]
    broader = context.concepts.get(concept.parent or "")
    if broader is not None and broader.type in PROFILED:
        trail.append(element("a", capital(broader.label), href=link_to(PAGE, id=f"{broader.type}:{broader.key}")))
    names = f"also: {', '.join(concept.alt_labels[:6])}" if concept.alt_labels else None
    papers = f"{len(profile.sources)} paper{'' if len(profile.sources) == 1 else 's'}"
    series = [f"own series of {context.paper(one.source)}: {one.size} {one.unit}" for one in profile.series]
    disagreeing = f"≠ {len(profile.conflicts)} conflict{'' if len(profile.conflicts) == 1 else 's'}"
    line = joined(papers, *series, disagreeing if profile.conflicts else None, by=" · ")
    return joined(
        element("p", joined(*trail, by=" ▸ "), class_="trail"),
        element("p", joined(names, concept.definition or None, by=" · "), class_="quiet"),
        element("p", line, class_="strip"),
    )


def _nothing(profile: Profile) -> Html:
    label = profile.concept.label
    search = element("a", "All concepts", href=link_to(PAGE, type=profile.concept.type))
    return message("info", element("p", f"No paper here says anything of {label}. ", search))


def _definitions(store: Store, profile: Profile, context: Context) -> Html | None:
    """What each paper counted under this name, in the words of its Methods, side by side."""
    concept = profile.concept
    names = (concept.label, *concept.alt_labels)
    found = [one for key in profile.sources if (one := answers.definition_in(store, key, names)) is not None]
    if not found:
        return None
    parts = (
        element(
            "section",
            element("h3", f"In {context.paper(one.source)}"),
            element("blockquote", one.quote),
            element(
                "p", element("a", f"Find it in {context.paper(one.source)}", href=passage_link(one)), class_="from"
            ),
        )
        for one in found
    )
    words = "1 paper says what it means by it" if len(found) == 1 else f"{len(found)} papers say what they mean by it"
    summary = element("summary", f"{capital(concept.label)}: {words}")
    return element("details", summary, element("div", *parts, class_="sides evidence"), open=context.printing)


def _choice_of_part(profile: Profile) -> Section:
    parts = {section.name: section for section in profile.sections}
    if st.session_state.get(TAB) not in parts:
        st.session_state[TAB] = next(iter(parts))
    chosen = st.segmented_control(
        "Part; numbers are counts of distinct facts",
        list(parts),
        key=TAB,
        format_func=lambda name: plain_label(f"{parts[name].title} {parts[name].size}"),
        required=True,
        wrap=True,
    )
    return parts[chosen or next(iter(parts))]


def _filters(section: Section, papers: Mapping[str, str]) -> None:
    """The menu of filters, and beside it each that is on, to be taken off."""
    offered: list[tuple[str, str, Mapping[str, str]]] = [("Origin", ORIGIN, ORIGINS)]
    if section.facts:
        offered.append(("State", STATE, STATES))
    if len(papers) > 1 or st.session_state.get(PAPER):
        offered.append(("Paper", PAPER, papers))
    chosen = _chosen(papers)
    with st.popover(f"Filters ({len(chosen)})" if chosen else "Filters", key="filters"):
        for title, key, names in offered:
            st.pills(title, list(names), selection_mode="multi", key=key, format_func=names.__getitem__)
    for key, value, label in chosen:
        st.button(f"{plain_label(label)} ✕", key=f"off-{key}-{value}", on_click=_take_off, args=(key, value))


def _chosen(papers: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """The filters that are on: the key of each, its value, its name."""
    kinds = ((ORIGIN, ORIGINS), (STATE, STATES), (PAPER, papers))
    return [(key, one, names[one]) for key, names in kinds for one in st.session_state.get(key) or () if one in names]


def _take_off(key: str, value: str) -> None:
    st.session_state[key] = [one for one in st.session_state[key] if one != value]


def _filtered(section: Section, context: Context) -> Section:
    """The rows of a section that pass the filters; origin and paper are those of any one statement of a row."""
    origins = set(st.session_state.get(ORIGIN) or ORIGINS)
    papers = set(st.session_state.get(PAPER) or context.sources)
    states = set(st.session_state.get(STATE) or STATES)

    def passes(identifiers: Sequence[str]) -> bool:
        return any(one.evidence in origins and one.source in papers for one in context.all(identifiers))

    return Section(
        name=section.name,
        title=section.title,
        facts=tuple(f for f in section.facts if f.cell.state in states and passes(f.cell.statements)),
        printed=tuple(row for row in section.printed if passes(row.statements)),
        accuracies=tuple(row for row in section.accuracies if passes(row.statements)),
    )


def _part(store: Store, profile: Profile, section: Section, context: Context, view: str) -> None:
    if view == "picture" and not context.printing:
        _picture(store, profile, context)
        return
    if not section.size:
        kept = {name: value for name, value in context.address.items() if name not in ("src", "state", "paper")}
        link = element("a", "Remove the filters", href=link_to(PAGE, **kept))
        block(message("info", element("p", f"0 facts of {section.title.casefold()} with these filters. ", link)))
        return
    block(element("p", f"{section.title}: {section.size} facts.", class_="visually-hidden", role="status"))
    if view == "chart":
        _chart(section, context)
        chart_files(store, PAGE, context.address, f"signum-{profile.concept.key}-{section.name}")
    block(section_table(_uncharted(section) if view == "chart" and not context.printing else section, context))


def _chart(section: Section, context: Context) -> None:
    theme = st.context.theme.type or "light"
    counted = [fact for fact in section.facts if any(cell.counted for cell in fact.cell.counts)]
    if counted:
        st.altair_chart(share_chart(counted, theme), alt=share_words(counted), theme="streamlit")
        block(element("p", "What was said in words has no bar; it stands below.", class_="quiet"))
    elif section.accuracies and has_accuracies(section.accuracies, context):
        rows = section.accuracies
        st.altair_chart(accuracy_chart(rows, context, theme), alt=accuracy_words(rows, context), theme="streamlit")
        block(element("p", "Hollow ends: ranges as printed, not confidence intervals.", class_="quiet"))
    else:
        said = f"Nothing under {section.title.casefold()} was counted, so there is nothing to draw."
        block(message("info", element("p", said)))


def _uncharted(section: Section) -> Section:
    """What the chart does not show: the facts without a count; everything where there is no chart of facts."""
    rest = tuple(fact for fact in section.facts if not any(cell.counted for cell in fact.cell.counts))
    shown = rest or section.facts
    return Section(
        name=section.name, title=section.title, facts=shown, printed=section.printed, accuracies=section.accuracies
    )


def _picture(store: Store, profile: Profile, context: Context) -> None:
    net, key = answers.network(store), profile.concept.key
    if key not in net:
        block(message("info", element("p", f"No statement links {profile.concept.label} to anything else.")))
        return
    around = graph.neighbourhood(net, key)
    picture, table = st.columns([1, 1])
    with picture:
        block(element("h2", f"Around {profile.concept.label}", class_="small"))
        theme = st.context.theme.type or "light"
        st.altair_chart(neighbourhood_chart(around, theme, context), alt=neighbourhood_words(around), theme="streamlit")
        shapes = "● disease ■ sign ▲ modality ◆ marker ✚ therapy ▼ other. Thicker: more statements."
        block(element("p", shapes, class_="quiet"))
        chart_files(store, PAGE, context.address, f"signum-around-{key}")
    with table:
        block(element("h2", "The same as a table", class_="small"), neighbourhood_table(around, context))
    if profile.concept.type == "disease":
        block(_sharing(net, key, context))


def _sharing(net: graph.Network, key: str, context: Context) -> Html | None:
    """The diseases that papers give the same signs, each with the way to the comparison."""
    found = [(other, what) for other, what in graph.sharing(net, key) if context.concepts.get(other)]
    diseases = [(other, what) for other, what in found if context.concepts[other].type == "disease"][:MOST_SHARED]
    if not diseases:
        return None
    items = (
        element(
            "li",
            element("a", f"Compare with {context.name(other)}", href=link_to("", a=key, b=other)),
            f": {len(what)} in common: {', '.join(net.nodes[one]['label'] for one in what[:6])}"
            + (" …" if len(what) > 6 else ""),
        )
        for other, what in diseases
    )
    return joined(element("h2", "Diseases that papers give the same signs", class_="small"), element("ul", *items))


def _exports(store: Store, profile: Profile, context: Context) -> None:
    concept = profile.concept
    question = f"What do the papers say of {concept.label}?"
    chosen = ", ".join(label for _, _, label in _chosen(context.papers))
    made = files.occasion(store, PAGE, context.address, question=question, filters=chosen or "none")
    shown = Profile(concept=concept, sections=tuple(_filtered(s, context) for s in profile.sections))
    query = sparql_of(concept)
    name = f"signum-{concept.type}-{concept.key}"
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("CSV", "csv", "text/csv", lambda: browse_files.to_csv(shown, context, made)),
        ("JSON", "json", "application/json", lambda: browse_files.to_json(shown, context, made)),
        ("JSON-LD", "jsonld", "application/ld+json", lambda: files.json_ld_file(made, store, profile.statements)),
        ("Markdown", "md", "text/markdown", lambda: browse_files.to_markdown(shown, context, made)),
        ("SPARQL", "rq", "application/sparql-query", lambda: files.sparql_file(made, query)),
    )
    downloads = [Download(label=n, file_name=f"{name}.{end}", mime=mime, make=make) for n, end, mime, make in kinds]
    papers = [paper for key, paper in context.sources.items() if key in profile.sources]
    export_menu([*downloads, *files.reference_downloads(name, papers)])
    as_sparql(query)


def sparql_of(concept: Concept) -> str:
    """The named query that gives what the page shows of a concept, with the concept in it."""
    if concept.type == "disease":
        return queries.standalone("signs_of_disease", disease=concept.key)
    if concept.type == "sign":
        return queries.standalone("diseases_with_sign", sign=concept.key)
    return queries.standalone("statements_about", concept=concept.key)


# The index


def _index(store: Store, state: PageState) -> None:
    st.title("Browse: what the papers speak of", anchor=False)
    purpose()
    problems(PAGE, state)
    entries = answers.index(store)
    counts = {kind: sum(entry.concept.type == kind for entry in entries) for kind in TYPE_NAMES}
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        st.text_input(
            "Find by any name", key=WORDS, max_chars=url_state.LONGEST_VALUE, placeholder="washout", type="search"
        )
        st.pills(
            "Type; numbers are counts of concepts",
            [kind for kind in TYPE_NAMES if counts[kind]],
            key=TYPE,
            format_func=lambda kind: plain_label(f"{TYPE_NAMES[kind]} {counts[kind]}"),
            wrap=True,
        )
    words = cast("str", st.session_state.get(WORDS) or "").strip()
    chosen = [e for e in entries if st.session_state.get(TYPE) in (None, e.concept.type)]
    block(index_list(chosen, words))


if __name__ == "__main__":
    with guarded("Browse"):
        render(open_store())
