"""This module is the Add page: a paper is uploaded, read beside the graph, shown with its changes, and sent on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final, cast

import streamlit as st

from kg import adding
from kg.adding import AddError, Preview, Upload
from kg.store import Store
from kg.web import answers, url_state
from kg.web.add_steps import changes, checks, sections, statements, text
from kg.web.layout import (
    block,
    frame,
    guarded,
    message,
    notice,
    open_store,
    problems,
    purpose,
    show_address,
    sources_folder,
)
from kg.web.markup import Html, element, link_to, plain_label
from kg.web.rebuilding import begin, offer

PAGE: Final = "add"
TITLE: Final = "Add a paper"
STEP, FILE, SHOWN, FAILED, SENT = "add-step", "add-file", "add-shown", "add-failed", "add-sent"
STEPS: Final = {
    "text": "Text",
    "sections": "Sections and tables",
    "statements": "Statements",
    "checks": "Checks",
    "changes": "What would change",
    "send": "Send to review",
}
OPEN_AT_FIRST: Final = ("changes", "send")
FIELD_LABELS: Final = {
    "title": "Title",
    "authors": "Authors, as in Cui Y; Li Z-W",
    "year": "Year",
    "doi": "DOI",
    "licence": "Licence, as in CC BY 4.0",
}


def render(store: Store) -> None:
    """Draw the page: a form for the file, then a step for each thing that was found."""
    state = url_state.synchronise(PAGE, (url_state.choice("step", STEPS, key=STEP, default=None, what="step"),))
    frame("Add a paper")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    problems(PAGE, state)
    offer(store, sources_folder(), answers.review_pending(store, sources_folder()))
    upload = _form()
    _read(store, upload)
    _told()
    shown = cast("tuple[str, Preview] | None", st.session_state.get(SHOWN))
    if upload is not None and shown is not None and shown[0] == _digest(upload):
        _steps(store, shown[1], upload)
    elif not st.session_state.get(SENT):
        block(_how())
    notice()


def _how() -> Html:
    return element(
        "p",
        "The file is read on this server, within limits of time and memory; no network is needed. Nothing goes into "
        "the graph before a reviewer has decided on each statement.",
        class_="quiet",
    )


def _form() -> Upload | None:
    """The file, and what it may not say of itself; None while there is no file."""
    endings = ", ".join(f".{ending}" for ending in adding.SUFFIXES)
    file = st.file_uploader(
        f"Paper ({endings}; up to {adding.LARGEST >> 20} MB)",
        type=list(adding.SUFFIXES),
        max_upload_size=adding.LARGEST >> 20,
        key=FILE,
    )
    with st.expander("What the file does not say of itself", key="add-fields"):
        fields = {name: st.text_input(label, key=f"add-{name}", max_chars=500) for name, label in FIELD_LABELS.items()}
    return None if file is None else Upload(name=file.name, data=file.getvalue(), fields=fields)


def _digest(upload: Upload) -> str:
    """Names a file with what was said of it, so that no result is shown for another one."""
    said = "\0".join(f"{name}={value}" for name, value in sorted(upload.fields.items()))
    return hashlib.sha256(upload.data + upload.name.encode() + said.encode()).hexdigest()


def _read(store: Store, upload: Upload | None) -> None:
    """The button that reads, and what is said while it does."""
    if not st.button("Read the paper", key="add-read", type="primary", disabled=upload is None) or upload is None:
        return
    for key in (SHOWN, FAILED, SENT):
        st.session_state.pop(key, None)
    with st.status("Reading the file", expanded=False) as status:
        try:
            found = adding.preview(
                upload,
                store,
                answers.pairs_with_evidence(store),
                watch=lambda step: status.update(label=f"{step} …"),
            )
        except AddError as error:
            status.update(label="Not read", state="error")
            st.session_state[FAILED] = (str(error), error.known)
            return
        status.update(label="Read", state="complete")
    st.session_state[SHOWN] = (_digest(upload), found)


def _told() -> None:
    """What went wrong, or where the paper is now."""
    failed = cast("tuple[str, str | None] | None", st.session_state.get(FAILED))
    if failed:
        sentence, known = failed
        link = element("a", "Open", href=link_to("sources", paper=known)) if known else None
        block(message("error", element("p", sentence, " Nothing was added. ", link)))
    sent = cast("tuple[str, int] | None", st.session_state.get(SENT))
    if sent:
        key, count = sent
        link = element("a", "Open the review", href=link_to("review", queue="new", paper=key))
        words = f"{key} is among the sources; {count} statements wait for a reviewer once the graph is rebuilt. "
        block(message("info", element("p", words, link)))


def _steps(store: Store, found: Preview, upload: Upload) -> None:
    wanted = cast("str | None", st.session_state.get(STEP))
    for number, (name, title) in enumerate(STEPS.items(), start=1):
        is_open = name == wanted if wanted else name in OPEN_AT_FIRST
        label = plain_label(f"{number} {title}: {_summary(name, found)}")
        with st.expander(label, expanded=is_open, type="step", key=f"add-step-{name}"):
            if name == "send":
                _send(found, upload)
            else:
                block(_content(store, name, found))


def _summary(name: str, found: Preview) -> str:
    numbers = sum(one.statistic is not None for one in found.statements)
    wrong = sum(one.verdict in ("inconsistent", "disagreement") for one in found.verdicts)
    lines: Mapping[str, str] = {
        "text": f"{len(found.text):,} characters",
        "sections": f"{len(found.sections)} sections, {found.tables} tables",
        "statements": f"{len(found.statements)} statements, {numbers} with a number; {len(found.gaps)} not placed",
        "checks": f"{len(found.verdicts)} checks, {wrong} do not fit",
        "changes": f"+{len(found.statements)} statements, {len(found.changes)} comparisons",
        "send": "nothing enters the graph before a reviewer has decided",
    }
    return lines[name]


def _content(store: Store, name: str, found: Preview) -> Html:
    drawers = {
        "text": lambda: text(found),
        "sections": lambda: sections(found),
        "statements": lambda: statements(found, answers.labels(store)),
        "checks": lambda: checks(found),
        "changes": lambda: changes(found, answers.vocabulary(store).concepts),
    }
    return drawers[name]()


def _send(found: Preview, upload: Upload) -> None:
    if not found.statements:
        block(message("warning", element("p", "No statement was found in this text, so there is nothing to review.")))
    words = f"It becomes the source {found.source.key}; {len(found.statements)} statements will wait in Review."
    block(element("p", words))
    st.button("Send to review", key="add-send", on_click=_sent, args=(found, upload), disabled=not found.statements)


def _sent(found: Preview, upload: Upload) -> None:
    """Put the paper among the sources and start a rebuild; a refusal is told and changes nothing."""
    try:
        folder = adding.send(upload, sources_folder())
    except AddError as error:
        st.session_state[FAILED] = (str(error), error.known)
        return
    st.session_state.pop(FAILED, None)
    st.session_state.pop(SHOWN, None)
    st.session_state[SENT] = (folder.name, len(found.statements))
    begin(sources_folder())


if __name__ == "__main__":
    with guarded("Add a paper"):
        render(open_store())
