"""This module is the Review page: one statement a screen, its sentence above the form, and a decision that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, cast

import streamlit as st

from kg import review
from kg.curation import REASONS, CurationError, Decision, Report, Setting, Signature, decide, same_person
from kg.model import Statement
from kg.review import QUEUES, Item
from kg.store import Store
from kg.web import answers, url_state
from kg.web.flags import flag
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
from kg.web.markup import Html, element, joined, link_to, plain_label
from kg.web.panel import predicate_words
from kg.web.rebuilding import offer
from kg.web.review_form import changed_words, fields, sentence
from kg.web.url_state import Parameter
from kg.web.view import place_of

PAGE: Final = "review"
TITLE: Final = "Review: does the statement say what the paper says?"
QUEUE, ITEM, NAME, PAPER = "review-queue", "review-item", "review-name", "review-paper"
DONE, FAILED = "review-done", "review-failed"  # decisions of this session; what the last one failed at
QUEUE_NAMES: Final = {"conflicts": "Conflicts", "new": "New", "reported": "Reported"}
EMPTY: Final = {
    "conflicts": "Nothing waiting.",
    "new": "Nothing waiting. Statements come here from an added paper, and where a paper that was read is read anew.",
    "reported": "Nothing waiting. A report is made from a statement's page.",
}


def render(store: Store) -> None:
    """Draw the page for the state that the address gives."""
    state = url_state.synchronise(PAGE, _parameters(store))
    queues = answers.review_queues(store, sources_folder())
    queue = cast("str | None", st.session_state[QUEUE]) or QUEUES[0]
    items = _of_paper(queues[queue])
    wanted = cast("str", st.session_state.get(ITEM) or "")
    frame(f"{QUEUE_NAMES[queue]} · Review")
    show_address(state)
    st.title(TITLE, anchor=False)
    purpose()
    problems(PAGE, state)
    _controls(store)
    waiting = (f"{QUEUE_NAMES[name]} {len(queues[name])}" for name in QUEUES)
    block(element("p", f"Waiting: {' · '.join(waiting)}", class_="quiet"))
    offer(store, sources_folder(), answers.review_pending(store, sources_folder()))
    _told()
    item = next((one for one in items if one.id == wanted), None)
    named = _statement(store, wanted)
    if item is None and wanted and named is not None:
        _report_form(store, named)
    elif item is None and items:
        item = items[0]
    if item is not None:
        _item(store, item, items)
    elif named is None:
        block(_empty(store, queue, queues[queue]))
    notice()


def _parameters(store: Store) -> tuple[Parameter, ...]:
    papers = answers.paper_names(store)
    return (
        url_state.choice("queue", QUEUE_NAMES, key=QUEUE, default=QUEUES[0], what="queue"),
        url_state.choice("paper", papers, key=PAPER, default=None, what="paper"),
        url_state.text("item", key=ITEM),
    )


def _of_paper(items: Sequence[Item]) -> Sequence[Item]:
    paper = st.session_state.get(PAPER)
    return [one for one in items if paper in (None, one.statement.source)]


def _statement(store: Store, identifier: str) -> Statement | None:
    return answers.by_id(store).get(identifier)


def _controls(store: Store) -> None:
    papers = answers.paper_names(store)
    with st.container(horizontal=True, vertical_alignment="bottom", key="controls"):
        st.segmented_control(
            "Queue",
            list(QUEUES),
            key=QUEUE,
            format_func=QUEUE_NAMES.__getitem__,  # a label that changes would empty the choice
            required=True,
            on_change=_forget_item,
        )
        st.selectbox(
            "Paper",
            list(papers),
            index=None,
            key=PAPER,
            format_func=papers.__getitem__,
            placeholder="All papers",
            on_change=_forget_item,
            width=220,
        )
        st.text_input(
            "Reviewer: name, or ORCID", key=NAME, max_chars=120, placeholder="As it shall stand in the file", width=280
        )
        done = cast("list[tuple[str, str, str]]", st.session_state.get(DONE) or [])
        st.button("Undo the last decision", key="review-undo", disabled=not done, on_click=_undo)


def _forget_item() -> None:
    st.session_state[ITEM] = ""


def _told() -> None:
    """What came of the last decision, announced."""
    failed = cast("str | None", st.session_state.pop(FAILED, None))
    if failed:
        block(message("error", element("p", failed)))
        return
    done = cast("list[tuple[str, str, str]]", st.session_state.get(DONE) or [])
    if done:
        block(
            element(
                "p", f"{len(done)} decided in this session; the last: {done[-1][2]}.", class_="quiet", role="status"
            )
        )


def _empty(store: Store, queue: str, items: Sequence[Item]) -> Html:
    """Nothing waits in this queue, or of this paper."""
    if items:
        return message("info", element("p", f"Nothing of this paper waits here; {len(items)} of others do."))
    open_ones = sum(one.state in ("inconsistent", "disagreement") for one in answers.audited(store))
    audit = element("a", "Audit", href=link_to("audit", verdict="inconsistent,disagreement"))
    documented = (
        joined(f" {open_ones} conflicts are documented and open in ", audit, ".") if queue == "conflicts" else None
    )
    return message("info", element("p", EMPTY[queue], documented))


def _item(store: Store, item: Item, items: Sequence[Item]) -> None:
    one = item.statement
    place = items.index(item)
    reading = answers.reading(store, one.source)
    paper = answers.paper_names(store)[one.source]
    open_in = element("a", "Open in reader", href=link_to("sources", paper=one.source, s=one.id))
    where = joined(paper, place_of(one), open_in, by=" · ")
    block(
        element("h2", f"Item {place + 1} of {len(items)}: {predicate_words(one.predicate).lower()} · {one.id}"),
        element("div", sentence(one, reading.text, where), class_="evidence"),
        _why(item),
    )
    refused = _not_writable(one)
    if refused:
        block(message("warning", element("p", "Decisions cannot be saved. ", refused)))
    changes = fields(one, answers.vocabulary(store).concepts, disabled=bool(refused))
    block(changed_words(one, changes))
    _decisions(store, item, items, changes, disabled=bool(refused))


def _not_writable(one: Statement) -> str | None:
    try:
        review.folder_of(sources_folder(), one.source)
    except CurationError as error:
        return str(error)
    return None


def _why(item: Item) -> Html | None:
    """Why the statement waits: what does not fit, what was reported, who entered it."""
    lines = [element("li", flag(verdict)) for verdict in item.verdicts]
    lines += [
        element("li", f"Reported {told.date[:10]}{f' by {told.reporter}' if told.reporter else ''}: {told.note}")
        for told in item.reports
    ]
    if item.maker:
        lines.append(element("li", f"Entered by {item.maker}; somebody else has to look at it."))
    return element("ul", *lines) if lines else None


def _decisions(store: Store, item: Item, items: Sequence[Item], changes: dict[str, str], *, disabled: bool) -> None:
    one, name = item.statement, str(st.session_state.get(NAME) or "").strip()
    own = bool(item.maker and name and same_person(item.maker, name))
    if own:
        block(message("warning", element("p", "You extracted this. Another reviewer must decide.")))
    if not name and not disabled:
        block(element("p", "Write your name above; it is kept with each decision.", class_="quiet"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="review-decide"):
        blocked = disabled or not name
        arguments = (store, item, items, changes)
        st.button(
            "Accept",
            key="review-accept",
            shortcut="alt+a",
            type="primary",
            disabled=blocked or own or bool(changes),
            on_click=_decided,
            args=("accept", *arguments),
        )
        st.button(
            "Edit and accept",
            key="review-edit",
            shortcut="alt+e",
            disabled=blocked or own or not changes,
            on_click=_decided,
            args=("correct", *arguments),
        )
        st.selectbox(
            "Reason to reject",
            list(REASONS),
            index=None,
            key=f"review-reason-{one.hash}",
            placeholder="Choose one",
            width=190,
        )
        st.button(
            "Reject",
            key="review-reject",
            shortcut="alt+x",
            disabled=blocked or not st.session_state.get(f"review-reason-{one.hash}"),
            on_click=_decided,
            args=("reject", *arguments),
        )
        st.button(
            "Next", key="review-next", shortcut="alt+n", disabled=len(items) < 2, on_click=_next, args=(item, items)
        )
    st.text_input("Note", key=f"review-note-{one.hash}", max_chars=500, disabled=disabled)


def _next(item: Item, items: Sequence[Item]) -> None:
    st.session_state[ITEM] = items[(items.index(item) + 1) % len(items)].id


def _decided(action: str, store: Store, item: Item, items: Sequence[Item], changes: dict[str, str]) -> None:
    """Save a decision and go on to the next item; a failure is told and changes nothing."""
    one, state = item.statement, st.session_state
    reading = answers.reading(store, one.source)
    setting = Setting(
        source=one.source, text=reading.text, passages=reading.passages, vocabulary=answers.vocabulary(store)
    )
    signature = Signature(reviewer=" ".join(str(state[NAME]).split()), date=_now())
    try:
        decision = Decision(
            action=action,
            changes=changes if action == "correct" else {},
            reason=(state.get(f"review-reason-{one.hash}") or "") if action == "reject" else "",
            note=str(state.get(f"review-note-{one.hash}") or ""),
        )
        row = review.save(sources_folder(), one, decide(one, decision, signature, setting, maker=item.maker))
    except ValueError as error:
        state[FAILED] = str(error)
        return
    words = {"accept": "accepted", "correct": "edited and accepted", "reject": "rejected"}[action]
    state[DONE] = [*(state.get(DONE) or []), (one.source, row.id, f"{one.id} {words}")]
    st.toast(plain_label(f"{one.id} {words}"))
    rest = [other for other in items if other is not item]
    following = list(items[items.index(item) + 1 :]) or rest
    state[ITEM] = following[0].id if following else ""


def _undo() -> None:
    done = cast("list[tuple[str, str, str]]", st.session_state.get(DONE) or [])
    source, identity, _ = done[-1]
    try:
        review.take_back(sources_folder(), source, identity)
    except ValueError as error:
        st.session_state[FAILED] = str(error)
        return
    st.session_state[DONE] = done[:-1]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _report_form(store: Store, one: Statement) -> None:
    """A statement that waits in no queue: what is wrong with it can be reported."""
    reading = answers.reading(store, one.source)
    where = joined(answers.paper_names(store)[one.source], place_of(one), by=" · ")
    block(
        element("h2", f"Report a problem with {one.id}"),
        element("div", sentence(one, reading.text, where), class_="evidence"),
    )
    refused = _not_writable(one)
    if refused:
        block(message("warning", element("p", "A report cannot be saved. ", refused)))
    with st.form("review-report", border=False):
        st.text_area("What is wrong, and where does the paper say otherwise?", key="report-note", max_chars=2000)
        st.form_submit_button("Report", disabled=bool(refused), on_click=_reported, args=(one,))


def _reported(one: Statement) -> None:
    state = st.session_state
    try:
        told = Report(
            statement=one.hash,
            note=str(state.get("report-note") or ""),
            reporter=" ".join(str(state.get(NAME) or "").split()),
            date=_now(),
        )
        review.report(sources_folder(), one, told)
    except ValueError as error:
        state[FAILED] = str(error)
        return
    state[QUEUE] = "reported"
    st.toast("Reported. It waits for a reviewer.")


if __name__ == "__main__":
    with guarded("Review"):
        render(open_store())
