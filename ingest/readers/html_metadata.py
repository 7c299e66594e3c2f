"""This module reads what an article's web page says of itself, from its <meta> elements."""

from __future__ import annotations

import re
from collections import defaultdict

from ingest.readers.inline import tidy
from ingest.readers.jats_metadata import licence_name, short_name
from ingest.readers.markup import Element

# Names of <meta> elements for each field, the most telling first.
FIELDS = {
    "title": ("citation_title", "dc.title", "og:title"),
    "authors": ("citation_author", "citation_authors", "dc.creator"),
    "journal": ("citation_journal_abbrev", "citation_journal_title", "prism.publicationname"),
    "year": ("citation_publication_date", "citation_date", "citation_year", "citation_online_date", "dc.date"),
    "doi": ("citation_doi", "dc.identifier", "prism.doi"),
    "licence": ("dc.rights", "dcterms.license", "citation_license"),
}


def metadata_of(root: Element) -> dict[str, object]:
    """The fields of `kg.model.Source` that the page states; the title of the window where there is no better one."""
    stated = _stated(root)
    found: dict[str, object | None] = {
        "title": _first(stated, "title") or _window_title(root),
        "authors": tuple(_authors(stated)),
        "journal": _first(stated, "journal"),
        "year": _year(_first(stated, "year")),
        "doi": _doi(stated),
        "licence": _licence(root, stated),
    }
    return {name: value for name, value in found.items() if value}


def author_name(written: str) -> str:
    """A name as references print it, from either order.

    >>> author_name("Yang, Xiu-Rong"), author_name("Nguyen Minh Duc"), author_name("Cui Y")
    ('Yang X-R', 'Duc NM', 'Cui Y')
    """
    if "," in written:
        surname, given = (part.strip() for part in written.split(",", maxsplit=1))
        return short_name(surname, given)
    *given_names, last = written.split() or [""]
    if not given_names or re.fullmatch(r"[A-Z]{1,3}", last):
        return written.strip()
    return short_name(last, " ".join(given_names))


def _stated(root: Element) -> dict[str, list[str]]:
    stated: dict[str, list[str]] = defaultdict(list)
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").lower()
        content = " ".join(tidy(element.get("content") or "").split())
        if name and content:
            stated[name].append(content)
    return stated


def _first(stated: dict[str, list[str]], field: str) -> str | None:
    return next((stated[name][0] for name in FIELDS[field] if stated.get(name)), None)


def _window_title(root: Element) -> str | None:
    title = next(root.iter("title"), None)
    return " ".join(tidy(title.text or "").split()) if title is not None else None


def _authors(stated: dict[str, list[str]]) -> list[str]:
    written = next((stated[name] for name in FIELDS["authors"] if stated.get(name)), [])
    if len(written) == 1 and ";" in written[0]:
        written = [part.strip() for part in written[0].split(";") if part.strip()]
    return [author_name(name) for name in written]


def _year(date: str | None) -> int | None:
    match = re.search(r"\b(1[89]|20)\d\d\b", date or "")
    return int(match[0]) if match else None


def _doi(stated: dict[str, list[str]]) -> str | None:
    candidates = [value for name in FIELDS["doi"] for value in stated.get(name, [])]
    found = (re.search(r"10\.\d{4,9}/\S+", value) for value in candidates)
    return next((match[0] for match in found if match), None)


def _licence(root: Element, stated: dict[str, list[str]]) -> str | None:
    links = [link.get("href") or "" for link in root.iter("a", "link") if "license" in (link.get("rel") or "").split()]
    candidates = [*links, *(value for name in FIELDS["licence"] for value in stated.get(name, []))]
    return next(filter(None, map(licence_name, candidates)), None)
