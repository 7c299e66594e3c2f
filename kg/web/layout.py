"""This module draws what every page shares: the frame, the notice, messages, exports, and the store they read."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

import streamlit as st

from kg.store import Store, StoreError, fingerprint
from kg.web.markup import Html, element, joined, link_to
from kg.web.url_state import PageState, Problem, shortened

NOTICE: Final = "Education and research only. Not for diagnosis or treatment of a patient."
DATA_VARIABLE: Final = "SIGNUM_DATA"  # a build directory or the address of a SPARQL 1.1 endpoint
DEFAULT_DATA: Final = "build"
ENDPOINT_VARIABLE: Final = "SIGNUM_ENDPOINT"  # the address of the SPARQL endpoint as others reach it
DEFAULT_ENDPOINT: Final = "http://localhost:8502/sparql"
SOURCES_VARIABLE: Final = "SIGNUM_SOURCES"  # the folder of the papers, where decisions are written
DEFAULT_SOURCES: Final = "sources"
CONSOLE: Final = "sparql"  # the path of the page that takes a query
STYLE: Final = Path(__file__).with_name("style.css")
SAVE_CHART: Final = Path(__file__).with_name("save_chart.js")
MESSAGE_ROLES: Final = {"info": "status", "warning": "alert", "error": "alert"}

REMOTE_SECONDS: Final = 60  # for which what was read of a server is believed
STARTED: Final = time.time()  # when this module was loaded; the server keeps modules until it is restarted
MENU: Final = "menu"  # of the session: path -> title of the pages that this app has
DATA_PARAMETER: Final = "g"  # of every page: the hash of the graph that a link was made with
HASH_SHOWN: Final = 12  # characters of a hash that name the data where people read it
STALE: Final = "The program on disk is newer than the one that this server runs. Restart the server."

_log = logging.getLogger(__name__)


def data_location() -> str:
    """Where the graph is read from: the SIGNUM_DATA variable, else `build`."""
    return os.environ.get(DATA_VARIABLE, "") or DEFAULT_DATA


def endpoint_address() -> str:
    """Where scripts ask: the SIGNUM_ENDPOINT variable, else where `signum serve` listens."""
    return os.environ.get(ENDPOINT_VARIABLE, "") or DEFAULT_ENDPOINT


def sources_folder() -> Path:
    """Where the papers are and their curations are kept: the SIGNUM_SOURCES variable, else `sources`."""
    return Path(os.environ.get(SOURCES_VARIABLE, "") or DEFAULT_SOURCES)


def open_store() -> Store:
    """The store of the graph as it is on disk now: a rebuild shows on the next rerun, without a restart."""
    location = data_location()
    minute = (("", int(time.time() // REMOTE_SECONDS), 0),)
    return _opened(location, minute if "://" in location else fingerprint(location))


@lru_cache(maxsize=2)
def _opened(location: str, state: tuple[tuple[str, int, int], ...]) -> Store:  # noqa: ARG001 - the cache keeps a store for each
    return Store.open(location)


def frame(title: str) -> None:
    """Begin a page: the tab's title says its state, and the style is there."""
    st.set_page_config(page_title=f"{title} · Signum", layout="wide")
    st.html(STYLE)


def block(*parts: str | None, class_: str = "") -> None:
    """Draw finished markup (plain text in it is escaped)."""
    st.html(element("div", joined(*parts), class_=f"sg {class_}".strip()))


def script(source: str) -> None:
    """Run one line in the page; `source` holds no text that came from a paper or an address but through json.dumps."""
    st.html(f"<script>{source}</script>", unsafe_allow_javascript=True)


def script_value(value: str) -> str:
    r"""A string as a script may hold it; no `<` stays, so it cannot end the script.

    >>> script_value('</script>"')
    '"\\u003c/script>\\""'
    """
    return json.dumps(value).replace("<", "\\u003c")


def show_address(state: PageState) -> None:
    """Rewrite the address bar where a link wrote it otherwise (`hcc` for the concept's key), without a new entry."""
    if state.rewritten and not state.problems:
        query = link_to("", **state.address).removeprefix("/")
        script(f"history.replaceState({{}}, '', location.pathname + {script_value(query)})")


def address_of_page(page: str, address: Mapping[str, str]) -> str:
    """The whole link to a page in a state, as a file or a print-out gives it."""
    here = urlsplit(st.context.url or "http://localhost:8501/")
    return f"{here.scheme}://{here.netloc}{link_to(page, **address)}"


def linked(store: Store, page: str, address: Mapping[str, str]) -> str:
    """The whole link to a page in a state, with the data that it was made with: what files and print-outs give."""
    return address_of_page(page, {**address, DATA_PARAMETER: store.graph_hash[:HASH_SHOWN]})


def dated() -> date:
    """Today, for a file or a print-out."""
    return date.today()


def announce(pages: Mapping[str, str]) -> None:
    """Tell the pages which others there are, path to title, so that none links to one that is missing."""
    st.session_state[MENU] = dict(pages)


def menu() -> Mapping[str, str]:
    """Path to title of the pages of this app, those of the menu."""
    found: Mapping[str, str] = st.session_state.get(MENU, {})
    return found


def other_data(store: Store) -> None:
    """Say that a link was made with other data than these, if it was; drawn above every page."""
    made_with = str(st.query_params.get(DATA_PARAMETER, ""))
    if not made_with or store.graph_hash.startswith(made_with):
        return
    changed = element("a", "What changed", href=link_to("about", v=made_with)) if "about" in menu() else None
    words = f"This link was made with data {shortened(made_with, HASH_SHOWN)}; some numbers may have changed. "
    block(message("info", element("p", words, f"These are {store.graph_hash[:HASH_SHOWN]}. ", changed)))


def message(kind: str, *parts: str | None) -> Html:
    """A message box: info, warning or error; the last two are announced at once."""
    return element("div", *parts, class_=f"message {kind}", role=MESSAGE_ROLES[kind])


def problem_message(problem: Problem, links: Sequence[tuple[str, str]]) -> Html:
    """What an address said that names nothing, and links to what may have been meant (label, address)."""
    meant = joined((element("a", label, href=address) for label, address in links), by=", ")
    return message(
        "warning", element("p", problem.sentence, " Did you mean " if links else None, meant, "?" if links else None)
    )


def problems(page: str, state: PageState) -> None:
    """Name each value of the address that could not be used, with links to what may have been meant."""
    boxes = []
    for problem in state.problems:
        meant = [(label, link_to(page, **{**state.address, problem.name: v})) for v, label in problem.suggestions]
        boxes.append(problem_message(problem, meant))
    if boxes:
        block(*boxes)


def purpose() -> None:
    """The same line right under the title, before anything that could be read as advice."""
    block(element("p", NOTICE, class_="purpose"))


def notice() -> None:
    """End a page with the line that says what it is for."""
    block(element("p", NOTICE, class_="notice"))


@contextmanager
def guarded(page: str) -> Iterator[None]:
    """Turn whatever fails inside into one sentence; the log has the traceback, the reader keeps the link."""
    try:
        yield
    except StoreError as error:
        frame(page)
        block(no_data(str(error)))
        notice()
    except Exception as error:  # noqa: BLE001 - the rim of the page: a reader sees a sentence, never a traceback
        _log.exception("page %s failed", page)
        frame(page)
        block(failed(error))
        st.code(f"{type(error).__name__}: {error}\n{st.context.url}", language=None)  # with a button to copy it
        notice()


def no_data(cause: str) -> Html:
    """What a page says when there is no graph to read."""
    command = element("code", "signum build")
    return message(
        "info",
        element("p", element("b", "No graph yet. "), cause),
        element("p", "Run ", command, ", then reload this page."),
    )


def failed(error: Exception) -> Html:
    """What a page says when it could not be drawn."""
    cause = shortened(f"{type(error).__name__}: {error}", 200)
    stale = element("p", STALE) if code_changed(STARTED) else None
    again = element("a", "Try again", href="?" + urlencode(st.query_params.to_dict()))
    return message(
        "error",
        element("p", element("b", "That did not work: "), cause),
        element("p", "Your link is unchanged. ", again, " · The report to copy is below; the server's log has more."),
        stale,
    )


def code_changed(since: float) -> bool:
    """Whether a file of this project is newer than a time in seconds of the epoch: what is loaded is old then."""
    return any(file.stat().st_mtime > since for file in STYLE.parents[1].rglob("*.py"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One file of the export menu: how it is labelled, what it is called, and what makes it when asked."""

    label: str
    file_name: str
    mime: str
    make: Callable[[], str]


def export_menu(downloads: Sequence[Download], *, label: str = "Export") -> None:
    """The popover with one button a format; each file is made when it is asked for."""
    with st.popover(label, key=label.casefold().replace(" ", "-")):
        st.caption("Each file repeats the question, the filters, the date, the data's hash and this link.")
        for download in downloads:
            st.download_button(
                download.label,
                data=download.make,
                file_name=download.file_name,
                mime=download.mime,
                key=f"export-{download.file_name}",
                on_click="ignore",
                width="stretch",
            )


def as_sparql(query: str) -> None:
    """The query that gives what the page shows: in the console where there is one, else to read and to copy."""
    if CONSOLE in menu():
        block(element("a", "As SPARQL", href=link_to(CONSOLE, query=query), class_="button"))
        return
    with st.popover("As SPARQL", key="as-sparql"):
        st.code(query, language="sparql")


def print_line(store: Store, page: str, address: Mapping[str, str], *, printing: bool) -> None:
    """Where this page came from, for paper; on screen the link that opens all evidence for printing."""
    graph = f"Graph {store.graph_hash[:HASH_SHOWN]}"
    if printing:
        line = f"{linked(store, page, address)} · {graph} · {dated().isoformat()}"
        block(element("p", line, class_="quiet printed"))
        return
    link = element("a", "Print view, all evidence open", href=link_to(page, **{**address, "print": "1"}))
    block(element("p", joined(graph, link, by=" · "), class_="quiet"))


def scroll_to(identifier: str) -> None:
    """Bring an element into view and focus it: the address's own fragment does not scroll in this frame.

    What is drawn above it late, a table or a font, would push it out again: until the reader does something, or for
    three seconds, it is brought back whenever the page changes its height.
    """
    wanted = script_value(identifier)
    script(
        f"(function go(tries){{const find=()=>document.getElementById({wanted});"
        "if(!find()){if(tries)setTimeout(()=>go(tries-1),100);return;}"
        "const show=()=>{const e=find();if(!e)return;"
        "e.scrollIntoView({block:matchMedia('(max-width:900px)').matches?'start':'center'});"
        "if(document.activeElement!==e)e.focus({preventScroll:true});};"
        "show();const watch=new ResizeObserver(show);watch.observe(find().closest('.stMainBlockContainer'));"
        "const stop=()=>watch.disconnect();setTimeout(stop,3000);"
        "['wheel','touchstart','pointerdown','keydown'].forEach(n=>addEventListener(n,stop,{once:true}));})(30)"
    )


def chart_files(store: Store, page: str, address: Mapping[str, str], name: str) -> None:
    """Buttons that save the chart above them as it is drawn, its origin written beneath it.

    The browser has drawn it already, in these fonts and this theme; nothing is drawn a second time elsewhere.
    """
    origin = f"{linked(store, page, address)} · {dated().isoformat()} · {NOTICE}"
    buttons = (
        element("button", f"Save as {kind.upper()}", type="button", class_="copy", data_saves=kind, **named)
        for kind, named in ((kind, {"data_origin": origin, "data_name": name}) for kind in ("svg", "png"))
    )
    block(element("p", joined(buttons, by=" "), class_="quiet"))
    script(SAVE_CHART.read_text(encoding="utf-8"))


def copy_buttons() -> None:
    """Let the buttons of the class `copy` put the text before them on the clipboard, and say so."""
    script(
        "if(!window.signumCopies){window.signumCopies=true;document.addEventListener('click',event=>{"
        "const b=event.target.closest('.sg button.copy:not([data-saves])');if(!b)return;"
        "navigator.clipboard.writeText(b.previousElementSibling.textContent).then("
        "()=>{b.firstChild.textContent='Copied';setTimeout(()=>b.firstChild.textContent='Copy citation',2000);},"
        "()=>{});});}"
    )


def hide_by(button: str, around: str, *, then: str) -> None:
    """Let a button hide the element of some name that it stands in, and give the focus to another."""
    wanted, name, target = (script_value(value) for value in (button, around, then))
    script(
        f"(function go(tries){{const b=document.getElementById({wanted});"
        f"if(b)b.onclick=()=>{{b.closest({name}).hidden=true;document.getElementById({target})?.focus();}};"
        "else if(tries)setTimeout(()=>go(tries-1),100);})(30)"
    )
