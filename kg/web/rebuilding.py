"""This module offers a rebuild where decisions wait for one, starts it, and says how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import streamlit as st

from kg.rebuild import Rebuild
from kg.store import Store
from kg.web.layout import HASH_SHOWN, block, data_location, message
from kg.web.markup import element

POLL_SECONDS: Final = 2.0
ANNOUNCED: Final = "rebuild-announced"  # of the session: the state that was told last


@st.cache_resource(show_spinner=False)
def _rebuild(sources: str, data: str) -> Rebuild:
    """The one rebuild of a folder of data that all sessions share."""
    return Rebuild(Path(sources), Path(data))


def offer(store: Store, sources: Path, pending: Sequence[object]) -> None:
    """Say how many decisions the graph does not have yet, with a button to rebuild; or how far a rebuild is."""
    location = data_location()
    if not Path(location).is_dir() or not sources.is_dir():
        return
    rebuild = _rebuild(str(sources), location)
    if rebuild.state == "running":
        _progress(rebuild)
        return
    if rebuild.state == "failed" and st.session_state.get(ANNOUNCED) == "running":
        said = " ".join(rebuild.said()[-2:])
        block(message("error", element("p", element("b", "The rebuild did not end well. "), said)))
    elif rebuild.state == "done" and st.session_state.get(ANNOUNCED) == "running":
        words = f"The graph was rebuilt: it is {store.graph_hash[:HASH_SHOWN]} now."
        block(message("info", element("p", words)))
    if not pending:
        return
    count = len(pending)
    noun = "decision is" if count == 1 else "decisions are"
    with st.container(horizontal=True, vertical_alignment="center", key="rebuild"):
        block(element("p", f"{count} {noun} saved and not in the graph yet.", role="status"))
        st.button("Rebuild the graph", key="rebuild-start", on_click=_start, args=(rebuild,))


def begin(sources: Path) -> None:
    """Start a rebuild of this server's graph, if it has the folder; one that runs already goes on."""
    if Path(data_location()).is_dir():
        _start(_rebuild(str(sources), data_location()))


def _start(rebuild: Rebuild) -> None:
    rebuild.start()
    st.session_state[ANNOUNCED] = "running"


@st.fragment(run_every=POLL_SECONDS)
def _progress(rebuild: Rebuild) -> None:
    """What the build said last; when it has ended the page is drawn anew."""
    if rebuild.state != "running":
        st.rerun()
    said = rebuild.said()
    line = said[-1] if said else "starting"
    block(message("info", element("p", element("b", "Rebuilding the graph. "), f"You can go on. {line}")))
