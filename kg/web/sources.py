"""This module is the Sources page: a paper's text with every statement that was read in it, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

import streamlit as st

from kg import queries
from kg.endpoint import with_values
from kg.export.annotations import annotations_file
from kg.export.references import bibtex, ris
from kg.model import EVIDENCE_KINDS, Source, Statement
from kg.store import Store
from kg.terms import source_iri
from kg.web import answers, files, url_state
from kg.web.answers import Reading
from kg.web.audit_table import Shown, findings_table, wanted
from kg.web.layout import (
    Download,
    as_sparql,
    block,
    export_menu,
    frame,
    guarded,
    hide_by,
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
from kg.web.markup import Html, element, joined, link_to, plain_label
from kg.web.panel import CLOSE, gaps, legend, panel, statement_words
from kg.web.reader import FIRST_HIT, FOCUS, Reader, article
from kg.web.source_view import (
    around,
    groups,
    next_doubtful,
    statements_csv,
    statements_jsonl,
    strip_chart,
    strip_words,
    tally,
)
from kg.web.url_state import PageState, Parameter, UnknownValueError, shortened

PAGE: Final = "sources"
PAPER, LAYERS, KIND, WORDS, STATEMENT, AUDIT, PRINT = (
    f"source-{name}" for name in ("paper", "layers", "kind", "words", "statement", "audit", "print")
)
LAYER_NAMES: Final = dict(zip(EVIDENCE_KINDS, ("own", "cited", "no source"), strict=True))
NEXT_HELP: Final = "The next statement in the text of which a check says something to mind"
KINDS: Final = {"all": "All", "stat": "Numbers", "claim": "Claims"}


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    papers = answers.sources(store)
    if not papers:
        frame("Sources")
        block(no_data("The graph holds no paper."))
        notice()
        return
    state = url_state.synchronise(PAGE, _parameters(store))
    reading = answers.reading(store, cast("str", st.session_state[PAPER]))
    frame(f"{answers.paper_names(store)[reading.source.key]} · Sources")
    show_address(state)
    st.title("Sources: a paper and what was read in it", anchor=False)
    purpose()
    _controls(store, reading)
    block(_about(store, reading))
    problems(PAGE, state)
    if st.session_state.get(AUDIT):
        _audit(store, reading)
    else:
        _text(store, reading, state)
    print_line(store, PAGE, state.address, printing=bool(st.session_state.get(PRINT)))
    notice()


def _parameters(store: Store) -> tuple[Parameter, ...]:
    papers = answers.paper_names(store)
    named = str(st.query_params.get("s", "")).split("/", 1)[0]
    first = named if named in papers else next(iter(papers))
    return (
        url_state.choice("paper", papers, key=PAPER, default=first, what="paper"),
        url_state.choices("layer", LAYER_NAMES, key=LAYERS, what="layer", default=tuple(LAYER_NAMES)),
        url_state.choice("kind", KINDS, key=KIND, default="all", what="kind of statement"),
        url_state.text("q", key=WORDS),
        url_state.flag("audit", key=AUDIT),
        url_state.flag("print", key=PRINT),
        Parameter(
            name="s", key=STATEMENT, default="", read=lambda raw: _statement_id(raw, store), write=str, missing=""
        ),
    )


def _statement_id(raw: str, store: Store) -> str:
    """A statement's id, if the graph has it."""
    source = raw.split("/", 1)[0]
    if source in answers.sources(store) and any(one.id == raw for one in answers.reading(store, source).statements):
        return raw
    raise UnknownValueError(
        f"No statement called {shortened(raw)!r}. The graph may have been rebuilt since the link was made."
    )


def _controls(store: Store, reading: Reading) -> None:
    papers = answers.paper_names(store)
    counts = {kind: sum(one.evidence == kind for one in reading.statements) for kind in EVIDENCE_KINDS}
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        st.selectbox(
            "Paper",
            list(papers),
            key=PAPER,
            format_func=papers.__getitem__,
            on_change=_forget_statement,
        )
        st.pills(
            "Layers",
            list(LAYER_NAMES),
            selection_mode="multi",
            key=LAYERS,
            format_func=lambda kind: plain_label(f"{LAYER_NAMES[kind]} {counts[kind]}"),
        )
        st.segmented_control("Only", list(KINDS), key=KIND, format_func=KINDS.__getitem__, required=True)
        st.text_input("Find in text", key=WORDS, max_chars=url_state.LONGEST_VALUE, placeholder="washout")
        st.button("Next ⚠", key="source-next", on_click=_to_next, args=(store, reading), help=NEXT_HELP)
        st.toggle("Audit", key=AUDIT)
        _exports(store, reading)


def _forget_statement() -> None:
    st.session_state[STATEMENT] = ""


def _to_next(store: Store, reading: Reading) -> None:
    """Select the next statement that a check says something of; all layers and kinds are on then."""
    chosen = cast("str", st.session_state.get(STATEMENT) or "")
    found = next_doubtful(reading.statements, chosen, answers.verdicts(store))
    if found is not None:
        st.session_state[STATEMENT] = found.id
        st.session_state[AUDIT] = False


def _of_paper(store: Store, reading: Reading) -> tuple[Shown, ...]:
    """The checks that are about this paper."""
    return wanted(answers.audited(store), sources=[reading.source.key])


def _audit(store: Store, reading: Reading) -> None:
    """The checks of this paper as the Audit page lists them."""
    shown = _of_paper(store, reading)
    link = element(
        "a", "With filters, chart and files on the page Audit", href=link_to("audit", paper=reading.source.key)
    )
    if not shown:
        block(message("info", element("p", "No number of this paper can be checked. ", link)))
        return
    open_ones = [one for one in shown if not one.verdict.fits]
    rest = [one for one in shown if one.verdict.fits]
    papers, printing = answers.paper_names(store), bool(st.session_state.get(PRINT))
    block(element("p", link))
    if open_ones:
        block(findings_table(open_ones, papers, printing=printing))
    else:
        block(element("p", f"Every number that can be checked here fits: {len(rest)} of {len(rest)}.", role="status"))
    if rest:
        table = findings_table(rest, papers, first=len(open_ones) + 1, printing=printing, name="Checks that fit")
        block(element("details", element("summary", f"✓ {len(rest)} checks that fit"), table, open=printing))


def _exports(store: Store, reading: Reading) -> None:
    source, statements = reading.source, reading.statements
    name = answers.paper_names(store)[source.key]
    made = files.occasion(store, PAGE, {"paper": source.key}, question=f"What was read in {name}?")
    judged = answers.verdicts_of(store, source.key)
    kinds: tuple[tuple[str, str, str, Callable[[], str]], ...] = (
        ("Statements, CSV", "csv", "text/csv", lambda: statements_csv(made, statements, judged)),
        ("Statements, JSON lines", "jsonl", "application/jsonl", lambda: statements_jsonl(made, statements, judged)),
        (
            "Web Annotations",
            "jsonld",
            "application/ld+json",
            lambda: annotations_file(source, statements, reading.text),
        ),
        ("RIS", "ris", "application/x-research-info-systems", lambda: ris([source])),
        ("BibTeX", "bib", "application/x-bibtex", lambda: bibtex([source])),
    )
    export_menu(
        [
            Download(label=label, file_name=f"signum-{source.key}.{end}", mime=mime, make=make)
            for label, end, mime, make in kinds
        ]
    )
    as_sparql(with_values(queries.load("statements_of_source").text, {"source": source_iri(source.key)}))


def _about(store: Store, reading: Reading) -> Html:
    """The paper in two lines: what it is, what was read in it."""
    source = reading.source
    numbers = sum(statement.statistic is not None for statement in reading.statements)
    read = f"{len(reading.statements)} statements ({numbers} numbers, {len(reading.statements) - numbers} claims)"
    curated = sum(statement.origin == "curated" for statement in reading.statements)
    by_hand = f"{curated} of them curated ({100 * curated / len(reading.statements):.0f}%)" if curated else None
    unplaced = f"{len(reading.gaps)} seen and not placed"
    sizes = groups(reading.statements, answers.short_names(store))
    described = joined(_authors(source), _journal(source), source.study_design, sizes, _doi(source), by=" · ")
    licence = source.licence or "licence not recorded"
    if source.show:
        licence += "; only a sentence with its neighbours is shown"
    checked = tally(answers.verdicts_of(store, source.key))
    return joined(
        element("h2", source.title, class_="paper"),
        element("p", described) if described else None,
        element("p", joined(licence, read, by_hand, unplaced, checked, by=" · "), class_="quiet"),
    )


def _authors(source: Source) -> str | None:
    return ", ".join(source.authors[:3]) + (" et al." if len(source.authors) > 3 else "") or None


def _journal(source: Source) -> str | None:
    return " ".join(filter(None, (source.journal, str(source.year) if source.year else None))) or None


def _doi(source: Source) -> Html | None:
    return element("a", f"doi {source.doi}", href=f"https://doi.org/{source.doi}") if source.doi else None


def _text(store: Store, reading: Reading, state: PageState) -> None:
    if not reading.text:
        block(
            message(
                "warning",
                element(
                    "p",
                    "The text of this paper is not in the graph. Run ",
                    element("code", "signum build"),
                    " with its folder in place.",
                ),
            )
        )
        return
    chosen = cast("str", st.session_state.get(STATEMENT) or "")
    words = cast("str", st.session_state.get(WORDS) or "")
    shown = _shown(reading.statements, chosen)
    selected = next((one for one in shown if one.id == chosen), None)
    whole = reading.source.show is None
    passages = reading.passages if whole else around(reading.text, reading.passages, selected.span) if selected else ()
    reader = Reader(
        text=reading.text,
        passages=passages,
        whole=whole,
        statements=shown,
        address={name: value for name, value in state.address.items() if name != "s"},
        selected=selected,
        words=words,
        highlighted=reading.unchanged,
    )
    block(_status(reader, reading), legend(), _changed(reading), _quote_only(store, reader))
    if whole:
        theme = st.context.theme.type or "light"
        chart = strip_chart(len(reading.text), shown, reading.passages, theme)
        st.altair_chart(chart, alt=strip_words(shown), width="stretch")
    pairs = answers.pairs_with_evidence(store)
    items = answers.quiz_items(store).get(selected.id, 0) if selected is not None else 0
    names, short = answers.labels(store), answers.short_names(store)
    block(
        element(
            "div",
            article(reader),
            panel(reader, names, short, pairs, answers.verdicts(store), items),
            class_="reader",
        ),
        gaps(reading.gaps),
    )
    if reader.selected is not None:
        scroll_to(FOCUS)
        hide_by(CLOSE, "aside", then=FOCUS)
    elif reader.hits:
        scroll_to(FIRST_HIT)


def _shown(statements: Sequence[Statement], chosen: str) -> tuple[Statement, ...]:
    """The statements of the layers and the kind that are on; the chosen one always."""
    layers = cast("list[str]", st.session_state.get(LAYERS) or [])
    kind = st.session_state.get(KIND) or "all"
    wanted = {"all": (True, False), "stat": (True,), "claim": (False,)}[cast("str", kind)]
    return tuple(
        one
        for one in statements
        if one.id == chosen or (one.evidence in layers and (one.statistic is not None) in wanted)
    )


def _status(reader: Reader, reading: Reading) -> Html:
    found = (
        f"“{shortened(reader.words)}” stands {len(reader.hits)} times in this text. " if reader.words.strip() else ""
    )
    return element(
        "p",
        f"{found}{len(reader.statements)} of {len(reading.statements)} statements shown.",
        class_="quiet",
        role="status",
    )


def _quote_only(store: Store, reader: Reader) -> Html | None:
    """Of a paper whose licence lets no more be shown than a sentence, the list of what was read in it."""
    if reader.whole:
        return None
    names = answers.labels(store)
    items = (
        element("li", element("a", statement_words(one, names), href=reader.link(one))) for one in reader.statements
    )
    head = "The licence of this paper does not let its text stand here. Choose a statement to see its sentence."
    return joined(
        message("info", element("p", head)),
        element("details", element("summary", f"All {len(reader.statements)} statements"), element("ul", *items)),
    )


def _changed(reading: Reading) -> Html | None:
    """What the page says when the text is not the one that was read."""
    if reading.unchanged:
        return None
    recorded = (reading.source.sha256 or "none")[:12]
    if recorded == reading.text_hash[:12]:
        cause = "A quote in the graph is not what the text says at its place."
    else:
        cause = f"This text changed since it was read (hash {reading.text_hash[:12]} ≠ {recorded})."
    return message(
        "error",
        element("p", cause, " Highlights are off until ", element("code", "signum build"), " has read it again."),
    )


if __name__ == "__main__":
    with guarded("Sources"):
        render(open_store())
