"""This module lists the concepts of which papers speak, A to Z, with how much there is on each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from kg.profile import Entry
from kg.vocabulary import fold
from kg.web.layout import message
from kg.web.markup import Html, element, joined, link_to
from kg.web.url_state import shortened
from kg.web.view import capital


def index_list(entries: Sequence[Entry], words: str) -> Html:
    """The entries that have some words in a name, by first letter; all of them without words."""
    found = [entry for entry in entries if matches(entry, words)] if words else list(entries)
    if not found:
        link = element("a", "Search the full text", href=link_to("sources", q=words))
        return message("info", element("p", f"Nothing named {shortened(words)!r} in these papers. ", link))
    letters = [(letter, list(some)) for letter, some in groupby(found, key=_letter)]
    jumps = element(
        "nav",
        *(element("a", letter, href=f"#letter-{letter}") for letter, _ in letters),
        aria_label="A to Z",
        class_="az",
    )
    count = element("p", f"{len(found)} of {len(entries)} concepts.", class_="quiet", role="status")
    lists = (
        element(
            "section",
            element("h2", letter, id=f"letter-{letter}", tabindex=-1),
            element("ul", *map(_line, some)),
        )
        for letter, some in letters
    )
    return joined(count, jumps if not words else None, element("div", *lists, class_="letters"))


def matches(entry: Entry, words: str) -> bool:
    """Whether any name of the entry's concept has the words in it, however they are spelt."""
    wanted = fold(words)
    return any(wanted in fold(name) for name in entry.concept.labels)


def _letter(entry: Entry) -> str:
    first = entry.concept.label[:1].upper()
    return first if first.isalpha() else "0"


def _line(entry: Entry) -> Html:
    concept = entry.concept
    facts = f"{entry.facts} fact{'' if entry.facts == 1 else 's'}"
    counted = f", {entry.counted} with a number" if entry.counted else ""
    link = element("a", capital(concept.label), href=link_to("browse", id=f"{concept.type}:{concept.key}"))
    kind = concept.type.replace("-", " ")
    return element("li", link, element("span", f" {kind} · {facts}{counted}", class_="quiet"))
