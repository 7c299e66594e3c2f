"""This module draws what was found in an uploaded paper: its text and statements, the checks, what would change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.adding import Change, Preview
from kg.model import Concept
from kg.web.flags import flag
from kg.web.markup import Html, element, joined, link_to
from kg.web.panel import gaps, legend, predicate_words
from kg.web.reader import Reader, article
from kg.web.view import capital, short_name

CHANGES_SHOWN: Final = 40
KIND_WORDS: Final = {"counted": "counted in both", "one_sided": "counted in one", "words": "in words", None: "nothing"}


def text(found: Preview) -> Html:
    """What is known of the paper itself."""
    source = found.source
    facts = (
        ("Title", source.title),
        ("Authors", ", ".join(source.authors)),
        ("Journal", source.journal),
        ("Year", str(source.year) if source.year else None),
        ("DOI", source.doi),
        ("Licence", source.licence or "not recorded"),
        ("sha-256", source.sha256),
    )
    known = (joined(element("dt", name), element("dd", value)) for name, value in facts if value)
    return element("dl", *known)


def sections(found: Preview) -> Html:
    """Sections with their passages, and how many tables."""
    if not found.sections:
        return element("p", "No heading was recognised; the text is read as one section.")
    items = (element("li", f"{name}: {count} passages") for name, count in found.sections.items())
    return joined(element("ul", *items), element("p", f"{found.tables} tables."))


def statements(found: Preview, names: Mapping[str, str]) -> Html:
    """How many of each kind, then the text with each of them underlined; nothing in it is a tag or a link."""
    rows = (
        element("tr", element("th", predicate_words(kind), scope="row"), element("td", str(count)))
        for kind, count in found.kinds.items()
    )
    head = element("tr", element("th", "Kind", scope="col"), element("th", "Statements", scope="col"))
    caption = element("caption", "Statements by kind", class_="visually-hidden")
    table = element("table", caption, element("thead", head), element("tbody", *rows), class_="small")
    reader = Reader(text=found.text, passages=found.passages, statements=found.statements, address={}, linked=False)
    listed = (
        element(
            "li",
            f"{_end(one.subject.key, one.subject.label, names)} · {'not ' if one.polarity == 'absent' else ''}"
            f"{_end(one.object.key, one.object.label, names)}{f', {one.statistic.printed}' if one.statistic else ''}",
        )
        for one in found.statements
    )
    all_of_them = element(
        "details", element("summary", f"All {len(found.statements)} as a list"), element("ul", *listed)
    )
    box = element(
        "div", article(reader), class_="paper-box", tabindex=0, role="region", aria_label="Text of the upload"
    )
    return joined(table, all_of_them, legend(), box, gaps(found.gaps))


def _end(key: str | None, label: str, names: Mapping[str, str]) -> str:
    return names.get(key, label) if key else f"“{label}”"


def checks(found: Preview) -> Html:
    """What the audit says of the paper's numbers; what fits is counted."""
    open_ones = [one for one in found.verdicts if not one.fits]
    fitting = len(found.verdicts) - len(open_ones)
    items = (element("li", flag(one)) for one in open_ones)
    line = element("p", f"{fitting} checks fit." if found.verdicts else "No number of this paper can be checked.")
    return joined(line, element("ul", *items) if open_ones else None)


def changes(found: Preview, concepts: Mapping[str, Concept]) -> Html:
    """What the comparisons would gain, pair by pair."""
    numbers = sum(one.statistic is not None for one in found.statements)
    line = element(
        "p", f"+{len(found.statements)} statements, {numbers} of them with a number, once they are accepted."
    )
    if not found.changes:
        return joined(line, element("p", "No comparison would gain counts or come up for the first time."))
    heads = ("Comparison", "Now", "With this paper")
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    rows = (_change(one, concepts) for one in found.changes[:CHANGES_SHOWN])
    caption = element("caption", f"{len(found.changes)} comparisons would change")
    table = element("table", caption, element("thead", head), element("tbody", *rows), class_="small")
    more = len(found.changes) - CHANGES_SHOWN
    wrapped = element(
        "div", table, class_="wrap", tabindex=0, role="region", aria_label="Comparisons that would change"
    )
    return joined(line, wrapped, element("p", f"and {more} more") if more > 0 else None)


def _change(one: Change, concepts: Mapping[str, Concept]) -> Html:
    names = " | ".join(short_name(concepts[key]) if key in concepts else key for key in (one.a, one.b))
    link = element("a", names, href=link_to("", a=one.a, b=one.b)) if one.kind_before else names
    return element(
        "tr",
        element("th", link, scope="row"),
        element("td", _state(one.kind_before, one.counted_before)),
        element("td", _state(one.kind_after, one.counted_after)),
    )


def _state(kind: str | None, counted: int) -> str:
    return f"{capital(KIND_WORDS[kind])}{f': {counted}' if counted else ''}"
