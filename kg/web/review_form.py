"""This module is the form of a review: a statement's fields, which of them were changed, and its sentence in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import streamlit as st

from kg.curation import cells_of
from kg.model import (
    EVIDENCE_KINDS,
    NUMBER_FIELDS,
    POLARITIES,
    PREDICATES,
    STATISTIC_KINDS,
    UNITS_OF_ANALYSIS,
    Concept,
    Span,
    Statement,
)
from kg.web.definitions import sentences
from kg.web.evidence import marked_quote
from kg.web.markup import Html, element, joined, plain_label
from kg.web.view import full_name

NONE: Final = "-"  # the cell that takes a value away
CONTEXT: Final = 3  # sentences before and after
REACH: Final = 3_000  # characters in which they are looked for
COUNT_FIELDS: Final = ("numerator", "denominator", "percent")
COUNTS: Final = ("proportion", "percent", "count")  # kinds of number that may lack one of these
FIELD_LABELS: Final = {
    "subject": "Disease or subject",
    "object": "Sign or object",
    "predicate": "Relation",
    "polarity": "Polarity",
    "hedged": "Hedged",
    "evidence": "Origin",
    "unit_of_analysis": "Unit",
    "modality": "Modality",
    "phase": "Phases",
    "comparator": "Compared with",
    "statistic_type": "Kind of number",
    "printed": "Printed",
    "numerator": "n",
    "denominator": "N",
    "percent": "Percent",
}


def context(text: str, span: Span, count: int = CONTEXT) -> tuple[str, str]:
    """The sentences before a place and those behind it, `count` of each at most.

    >>> text = "One is here. Two is here. Three is here. Four is here."
    >>> context(text, Span(start=13, end=25), 1)
    ('One is here.', 'Three is here.')
    """
    around = Span(start=max(0, span.start - REACH), end=min(len(text), span.end + REACH))
    found = list(sentences(text, around))
    before = [one for one in found if one.end <= span.start][-count:]
    after = [one for one in found if one.start >= span.end][:count]
    return tuple(" ".join(text[one.start : one.end] for one in part) for part in (before, after))  # type: ignore[return-value]


def sentence(one: Statement, text: str, where: str) -> Html:
    """The sentence with its number marked, its place, and what stands around it."""
    before, after = context(text, one.span)
    inner = joined(
        element("p", before, class_="quiet") if before else None,
        marked_quote(one),
        element("p", after, class_="quiet") if after else None,
    )
    around = element("details", element("summary", f"Context ±{CONTEXT} sentences"), inner)
    return joined(marked_quote(one), element("p", where, class_="from"), around)


def fields(one: Statement, concepts: Mapping[str, Concept], *, disabled: bool) -> dict[str, str]:
    """Draw the form; what it holds, as cells that differ from the statement's ('-' where a value is taken away)."""
    then = cells_of(one)
    now = dict(_drawn(one, then, concepts, disabled))
    return {name: cell or NONE for name, cell in now.items() if cell != then.get(name, "")}


def _drawn(
    one: Statement, then: Mapping[str, str], concepts: Mapping[str, Concept], disabled: bool
) -> Iterator[tuple[str, str]]:
    def key(name: str) -> str:
        return f"review-{name}-{one.hash}"

    with st.container(horizontal=True, vertical_alignment="bottom", key=f"review-ends-{one.hash}"):
        for name in ("subject", "predicate", "object"):
            if name == "predicate":
                yield name, _choice(name, key(name), PREDICATES, then, disabled=disabled)
            else:
                yield name, _entity(name, key(name), then, concepts, disabled)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"review-numbers-{one.hash}"):
        for name in _numbers(then):
            yield name, _text(name, key(name), then, disabled)
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"review-kinds-{one.hash}"):
        if "statistic_type" in then:
            yield "statistic_type", _choice("statistic_type", key("kind"), STATISTIC_KINDS, then, disabled=disabled)
        yield (
            "unit_of_analysis",
            _choice("unit_of_analysis", key("unit"), ("", *UNITS_OF_ANALYSIS), then, disabled=disabled),
        )
        yield "evidence", _choice("evidence", key("origin"), EVIDENCE_KINDS, then, disabled=disabled)
        yield "polarity", _choice("polarity", key("polarity"), POLARITIES, then, disabled=disabled)
        modalities = ("", *sorted(name for name, concept in concepts.items() if concept.type == "modality"))
        yield "modality", _choice("modality", key("modality"), modalities, then, labels=concepts, disabled=disabled)
        hedged = st.checkbox("Hedged", value=then.get("hedged") == "true", key=key("hedged"), disabled=disabled)
        yield "hedged", "true" if hedged else "false"


def _numbers(then: Mapping[str, str]) -> Sequence[str]:
    """The numbers that the statement has, and those that a count may lack."""
    if "printed" not in then:
        return ()
    lacking = COUNT_FIELDS if then.get("statistic_type") in COUNTS else ()
    return ("printed", *(name for name in NUMBER_FIELDS if name in then or name in lacking))


def _text(name: str, key: str, then: Mapping[str, str], disabled: bool) -> str:
    label = FIELD_LABELS.get(name, name.replace("_", " "))
    return st.text_input(
        label,
        value=then.get(name, ""),
        key=key,
        max_chars=200,
        disabled=disabled,
        width=220 if name == "printed" else 110,
    ).strip()


def _choice(
    name: str,
    key: str,
    options: Sequence[str],
    then: Mapping[str, str],
    *,
    labels: Mapping[str, Concept] | None = None,
    disabled: bool,
) -> str:
    value = then.get(name, "")
    every = [*options, *([value] if value not in options else [])]

    def shown(option: str) -> str:
        if labels and option in labels:
            return labels[option].label
        return option.replace("_", " ") or "—"

    return st.selectbox(
        FIELD_LABELS[name], every, index=every.index(value), key=key, format_func=shown, disabled=disabled, width=210
    )


def _entity(name: str, key: str, then: Mapping[str, str], concepts: Mapping[str, Concept], disabled: bool) -> str:
    """A concept by its name, or the paper's own words behind '~'."""
    value = then.get(name, "")
    every = [*([value] if value not in concepts else []), *concepts]
    picked = st.selectbox(
        FIELD_LABELS[name],
        every,
        index=every.index(value),
        key=key,
        format_func=lambda option: full_name(concepts[option]) if option in concepts else f"“{option.lstrip('~')}”",
        accept_new_options=True,
        disabled=disabled,
        width=300,
    )
    return picked if picked in concepts or picked.startswith("~") else f"~{picked}"


def changed_words(one: Statement, changes: Mapping[str, str]) -> Html | None:
    """What the form would change, each value before and after; only these are marked."""
    if not changes:
        return None
    then = cells_of(one)
    items = (
        element(
            "li",
            f"{FIELD_LABELS.get(name, name.replace('_', ' '))}: {then.get(name, '—')} → ",
            element("mark", "taken away" if cell == NONE else cell),
        )
        for name, cell in changes.items()
    )
    return joined(element("p", "Changed:"), element("ul", *items))


def label_of(name: str) -> str:
    """A label that no widget reads as Markdown."""
    return plain_label(FIELD_LABELS.get(name, name))
