"""This module is the About page: what the data hold and lack, how numbers come about, how to cite and to take them."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final, cast

import streamlit as st

from kg import history
from kg.compare import Matrix
from kg.export import EXPORTERS, export
from kg.history import Changes, Claim
from kg.store import Store
from kg.web import about_text, answers, url_state
from kg.web.about_text import SECTIONS
from kg.web.grid import grid, grid_words
from kg.web.layout import (
    HASH_SHOWN,
    block,
    data_location,
    dated,
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
from kg.web.markup import Html, element, joined, link_to
from kg.web.url_state import Parameter

PAGE: Final = "about"
TITLE: Final = "About & data"
SECTION, VERSION, PRINT = "about-section", "about-version", "about-print"
DISEASES_SHOWN: Final = 8  # columns of the grid that fit at 1366 px
CLAIMS_SHOWN: Final = 60


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    state = url_state.synchronise(PAGE, _parameters())
    frame("About & data")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    problems(PAGE, state)
    block(_contents())
    if answers.sources(store):
        _scope(store)
        _grid(store)
    else:
        block(no_data("The graph holds no paper."))
    block(*(_section(name) for name in about_text.TEXTS if name != "scope"))
    _licences(store)
    _citing(store)
    _changes(store)
    _downloads(store)
    print_line(store, PAGE, state.address, printing=bool(st.session_state.get(PRINT)))
    notice()
    wanted = cast("str | None", st.session_state.get(SECTION))
    if wanted:
        scroll_to(f"about-{wanted}")
    elif st.session_state.get(VERSION):
        scroll_to("about-changes")


def _parameters() -> tuple[Parameter, ...]:
    return (
        url_state.choice("sec", SECTIONS, key=SECTION, default=None, what="section"),
        url_state.text("v", key=VERSION, longest=64),
        url_state.flag("print", key=PRINT),
    )


def _contents() -> Html:
    links = (element("a", title, href=link_to(PAGE, sec=name)) for name, title in SECTIONS.items())
    return element("nav", joined(links, by=" · "), aria_label="Sections of this page")


def _heading(name: str) -> Html:
    return element("h2", SECTIONS[name], id=f"about-{name}", tabindex=-1)


def _section(name: str) -> Html:
    return element("section", _heading(name), about_text.text(name), class_="prose")


def _scope(store: Store) -> None:
    """What is in the graph, counted, and what is not."""
    papers, statements = answers.sources(store), answers.statements(store)
    numbers = sum(one.statistic is not None for one in statements)
    matrix = _matrix(store)
    lines = (
        element("li", f"{len(papers)} papers: ", joined((_paper(store, key) for key in papers), by="; "), "."),
        element("li", f"{len(statements)} statements, {numbers} of them with a printed number."),
        element("li", "What is known of each disease: ", grid_words(matrix)) if matrix else None,
    )
    block(element("section", _heading("scope"), element("ul", *lines), about_text.text("scope"), class_="prose"))


def _paper(store: Store, key: str) -> Html:
    return element("a", answers.paper_names(store)[key], href=link_to("sources", paper=key))


def _matrix(store: Store) -> Matrix | None:
    """The diseases that papers set against each other, those of which most is known first."""
    named = dict.fromkeys(key for pair in answers.pairs_with_evidence(store) for key in (pair.a, pair.b))
    keys = tuple(named)[:DISEASES_SHOWN]
    return answers.matrix(store, keys) if len(keys) > 1 else None


def _grid(store: Store) -> None:
    matrix = _matrix(store)
    if matrix is None:
        return
    words = element(
        "p", "A column of dashes is what nobody counted: it says where a study is missing, not that a sign is rare."
    )
    block(element("section", _heading("grid"), words, grid(matrix)))


def _licences(store: Store) -> None:
    rows = [
        element("li", _paper(store, key), f": {source.licence or 'licence not recorded'}")
        for key, source in answers.sources(store).items()
    ]
    own = element("p", "The code is under the MIT licence. A paper's text and its quotes keep the paper's own licence:")
    block(element("section", _heading("licence"), own, element("ul", *rows), class_="prose"))


def _citing(store: Store) -> None:
    name = f"Signum {version('signum')}, graph {store.graph_hash[:HASH_SHOWN]}"
    text = f"{name} ({dated().year}). https://w3id.org/signum/"
    block(
        element(
            "section",
            _heading("cite"),
            element("p", "Cite the version and the state of the data, and the paper whose number you use:"),
            class_="prose",
        )
    )
    block(element("p", element("code", text)))
    block(element("p", "The graph's whole hash: ", element("code", store.graph_hash), class_="quiet"))


def _changes(store: Store) -> None:
    """What changed since an earlier state: the one that the address names, else the one before this."""
    folder = Path(data_location())
    known = history.states(folder) if folder.is_dir() else ()
    before = cast("str", st.session_state.get(VERSION) or "") or next((k for k in known if k != store.graph_hash), "")
    found = history.changes(folder, before, store.graph_hash) if before and folder.is_dir() else None
    block(element("section", _heading("changes"), _changed(store, found, before), _states(known, store)))


def _changed(store: Store, found: Changes | None, before: str) -> Html:
    if found is None:
        if not before:
            return element("p", "This is the first state of the data that is known here.")
        return message(
            "info",
            element(
                "p", f"What changed since {before[:HASH_SHOWN]} is not known: this build does not have that state."
            ),
        )
    if not found.added and not found.removed:
        return element("p", f"No claim differs from those of {found.before[:HASH_SHOWN]}.")
    head = element(
        "p",
        f"Since {found.before[:HASH_SHOWN]}: {len(found.added)} claims came, {len(found.removed)} went. "
        "A number that was corrected is among both.",
    )
    parts = (("Came", found.added, True), ("Went", found.removed, False))
    return joined(head, (_claims(store, name, claims, link) for name, claims, link in parts if claims))


def _claims(store: Store, name: str, claims: Sequence[Claim], linked: bool) -> Html:
    items = [_claim(store, claim, linked) for claim in claims[:CLAIMS_SHOWN]]
    more = len(claims) - CLAIMS_SHOWN
    rest = element("li", f"and {more} more") if more > 0 else None
    return element("details", element("summary", f"{name}: {len(claims)}"), element("ul", *items, rest))


def _claim(store: Store, claim: Claim, linked: bool) -> Html:
    words = f"{claim.subject} · {claim.object}" + (f", {claim.printed}" if claim.printed else "")
    paper = answers.paper_names(store).get(claim.source, claim.source)
    if not linked:
        return element("li", f"{paper}: {words}")
    return element(
        "li", f"{paper}: ", element("a", words, href=link_to("sources", paper=claim.source, s=claim.statement))
    )


def _states(known: Sequence[str], store: Store) -> Html | None:
    others = [one for one in known if one != store.graph_hash]
    if not others:
        return None
    links = (element("a", one[:HASH_SHOWN], href=link_to(PAGE, sec="changes", v=one[:HASH_SHOWN])) for one in others)
    return element("p", "States that are known: ", joined(links, by=", "), ".", class_="quiet")


def _downloads(store: Store) -> None:
    rows = [
        element("li", element("b", name), f": {row.summary} ({', '.join(row.formats)})")
        for name, row in EXPORTERS.items()
    ]
    api = "The same by command: "
    command = element("code", "signum export NAME -o PATH")
    block(element("section", _heading("data"), element("ul", *rows), element("p", api, command), class_="prose"))
    with st.container(horizontal=True, key="downloads"):
        name = st.selectbox("What", list(EXPORTERS), key="download-name")
        form = st.selectbox("Format", list(EXPORTERS[name].formats), key=f"download-format-{name}")
        st.download_button(
            "Download",
            data=lambda: exported(store, name, form),
            file_name=f"signum-{name}-{store.graph_hash[:HASH_SHOWN]}.{_suffix(name, form)}",
            mime="application/octet-stream",
            key="download",
            on_click="ignore",
        )


def _suffix(name: str, form: str) -> str:
    return "zip" if EXPORTERS[name].folder else form


def exported(store: Store, name: str, form: str) -> bytes:
    """One export as a file; what is a folder, or several files, comes as a ZIP whose bytes are always the same."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (name if EXPORTERS[name].folder else f"{name}.{form}")
        export(store, name, path, format=form, date=dated())
        made = {
            file.relative_to(folder): file.read_bytes() for file in sorted(Path(folder).rglob("*")) if file.is_file()
        }
    if len(made) == 1 and not EXPORTERS[name].folder:
        return next(iter(made.values()))
    return _zipped({str(file): data for file, data in made.items()})


def _zipped(made: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in sorted(made.items()):
            archive.writestr(zipfile.ZipInfo(file), data)  # ZipInfo's own date, so that the bytes do not change
    return out.getvalue()


if __name__ == "__main__":
    with guarded("About & data"):
        render(open_store())
