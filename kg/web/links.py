"""This module turns a value of an answer into what a page shows: a link for what has a page, else its text."""

from __future__ import annotations

from typing import Final

from kg.store import Store
from kg.terms import IRI, PREFIXES, LanguageString, Plain, key_of
from kg.web import answers
from kg.web.layout import menu
from kg.web.markup import Html, element, escaped, link_to
from kg.web.url_state import shortened

LONGEST_CELL: Final = 300  # characters; a paper's whole text would be one cell
BROWSED: Final = ("disease", "sign", "modality", "marker", "therapy")


def cell(store: Store, value: Plain | None) -> Html | str:
    """A value: an IRI short and, where it has a page, as a link to it; numbers as they are; unbound is a dash."""
    if value is None:
        return element("span", "—", title="unbound")
    if isinstance(value, IRI):
        address, name = page_of(store, value), curie(value)
        return element("a", name, href=address, title=value) if address else element("span", name, title=value)
    if isinstance(value, bool):
        return str(value).lower()
    text = shortened(str(value), LONGEST_CELL)
    return escaped(f"{text} ({value.language})") if isinstance(value, LanguageString) else escaped(text)


def page_of(store: Store, iri: str) -> str | None:
    """The address of the page on a concept, a paper or a statement; None where no page shows it."""
    statement, paper, concept = (key_of(iri, kind) for kind in ("statement", "source", "concept"))
    if statement:
        return link_to("sources", paper=statement.partition("/")[0], s=statement)
    if paper:
        return link_to("sources", paper=paper.partition("/")[0].partition("#")[0])
    known = answers.vocabulary(store).concepts.get(concept or "")
    if known is None or known.type not in BROWSED or "browse" not in menu():
        return None
    return link_to("browse", id=f"{known.type}:{known.key}")


def curie(iri: str) -> str:
    """An IRI with a prefix where one fits.

    >>> curie("http://www.w3.org/2004/02/skos/core#prefLabel"), curie("urn:x")
    ('skos:prefLabel', '<urn:x>')
    """
    starts = sorted(((start, name) for name, start in PREFIXES.items()), key=lambda one: -len(one[0]))
    found = next(((start, name) for start, name in starts if iri.startswith(start)), None)
    return f"{found[1]}:{iri[len(found[0]) :]}" if found else f"<{iri}>"
