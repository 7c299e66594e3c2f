"""This module draws the filters of a comparison: the menu, what is on, and what they mean to the core."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

import streamlit as st

from kg.compare import SORTS, Filters
from kg.evidence import STATES
from kg.model import EVIDENCE_KINDS
from kg.store import Store
from kg.web import answers
from kg.web.markup import plain_label
from kg.web.view import capital

ORIGINS: Final = dict(zip(EVIDENCE_KINDS, ("Own", "Cited", "No source"), strict=True))
SORT_NAMES: Final = dict(zip(SORTS, ("Strength of evidence", "LR+", "Name", "Phase"), strict=True))
STATE_NAMES: Final = dict(
    zip(STATES, ("Seen", "Zero of N", "In words", "Not reported", "Assessed, no result", "Disagreement"), strict=True)
)
FILTERS: Final = ("modality", "phase", "origin", "paper", "state")
FLAGS: Final = {"check": "Only rows with a warning", "cross": "Ratios across studies too"}


def filter_menu(store: Store, a: str | None, b: str | None) -> Filters:
    """The popover of filters; only what occurs in this pair is offered, and what is chosen already."""
    offered = _offered(store, a, b)
    active = sum(bool(st.session_state.get(f"filter-{name}")) for name in (*FILTERS, *FLAGS))
    with st.popover(f"Filters ({active})" if active else "Filters", key="filters"):
        for name, options in offered.items():
            labels = {key: plain_label(label) for key, label in options.items()}
            if labels:
                st.pills(
                    name.capitalize(),
                    list(labels),
                    selection_mode="multi",
                    key=f"filter-{name}",
                    format_func=labels.__getitem__,
                )
        for name, label in FLAGS.items():
            st.checkbox(label, key=f"filter-{name}")
        st.selectbox("Order", list(SORT_NAMES), key="sort", format_func=SORT_NAMES.__getitem__)
    return _chosen_filters()


def _offered(store: Store, a: str | None, b: str | None) -> dict[str, dict[str, str]]:
    names = answers.labels(store)
    modalities: set[str] = set()
    phases: set[str] = set()
    papers: set[str] = set()
    if a is not None and b is not None and a != b:
        for statement in answers.comparison(store, a, b, Filters()).statements.values():
            papers.add(statement.source)
            phases.update(statement.phases)
            modalities.update([statement.modality] if statement.modality else [])
    found = {
        "modality": modalities,
        "phase": phases,
        "origin": set(ORIGINS),
        "paper": papers,
        "state": set(STATE_NAMES),
    }
    labels = {**names, **ORIGINS, **STATE_NAMES, **answers.paper_names(store)}
    return {name: _labelled(keys | set(_picked(name)), labels) for name, keys in found.items()}


def _labelled(keys: set[str], labels: Mapping[str, str]) -> dict[str, str]:
    return {key: capital(labels.get(key, key)) for key in sorted(keys, key=lambda key: labels.get(key, key).casefold())}


def _picked(name: str) -> tuple[str, ...]:
    return tuple(cast("list[str]", st.session_state.get(f"filter-{name}") or ()))


def active_filters(store: Store) -> None:
    """What is filtered, each with a button that takes it off."""
    labels = {**answers.labels(store), **ORIGINS, **STATE_NAMES, **answers.paper_names(store)}
    chosen = [(name, value) for name in FILTERS for value in _picked(name)]
    flags = [(name, label) for name, label in FLAGS.items() if st.session_state.get(f"filter-{name}")]
    if not chosen and not flags:
        return
    with st.container(horizontal=True, key="active-filters"):
        for name, value in chosen:
            label = plain_label(f"{name}: {labels.get(value, value)}")
            st.button(f"{label} ✕", key=f"off-{name}-{value}", on_click=_take_off, args=(name, value))
        for name, label in flags:
            st.button(f"{label} ✕", key=f"off-{name}", on_click=_take_off, args=(name, None))


def _take_off(name: str, value: str | None) -> None:
    key = f"filter-{name}"
    st.session_state[key] = False if value is None else [one for one in st.session_state[key] if one != value]


def _chosen_filters() -> Filters:
    return Filters(
        modalities=_picked("modality"),
        phases=_picked("phase"),
        sources=_picked("paper"),
        evidence=_picked("origin"),
        states=_picked("state"),
        only_warned=bool(st.session_state.get("filter-check")),
        cross_study=bool(st.session_state.get("filter-cross")),
        sort=cast("str", st.session_state.get("sort") or "bound"),
    )
