"""This module reads what a JATS article says of itself, and writes its references as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.readers.markup import Element, Grammar, child, children, local_name, text_of

XLINK = "{http://www.w3.org/1999/xlink}href"
# The date by which a paper is cited comes first.
DATES = ("collection", "ppub", "epub-ppub", "epub", "pub", "preprint")


def metadata_of(article: Element, grammar: Grammar) -> dict[str, object]:
    """The fields of `kg.model.Source` that the article states: title, authors, journal, year, doi, licence."""
    meta = child(article, "front", "article-meta")
    if meta is None:
        return {}
    found: dict[str, object | None] = {
        "title": text_of(child(meta, "title-group", "article-title"), grammar),
        "authors": tuple(_authors(meta, grammar)),
        "journal": _journal(child(article, "front", "journal-meta"), grammar),
        "year": _year(meta),
        "doi": _doi(meta),
        "licence": _licence(meta),
    }
    return {name: value for name, value in found.items() if value}


def short_name(surname: str, given: str) -> str:
    """A name as references print it.

    >>> short_name("Yang", "Xiu-Rong"), short_name("Borel Rinkes", "I. H. M."), short_name("Cui", "Y")
    ('Yang X-R', 'Borel Rinkes IHM', 'Cui Y')
    """
    if given.isupper() and given.isalpha() and len(given) <= 3:
        return f"{surname} {given}"
    initials = "".join(
        "-".join(part[0].upper() for part in re.split(r"[-‐‑]", word) if part) for word in re.split(r"[\s.]+", given)
    )
    return f"{surname} {initials}".strip()


def licence_name(address: str) -> str | None:
    """A Creative Commons licence by its address, None for any other.

    >>> licence_name("https://creativecommons.org/licenses/by-nc/4.0/"), licence_name("http://example.org/terms")
    ('CC BY-NC 4.0', None)
    """
    if "creativecommons.org/publicdomain/zero" in address:
        return "CC0 1.0"
    match = re.search(r"creativecommons\.org/licenses/([a-z-]+)(?:/(\d\.\d))?", address)
    return " ".join(filter(None, ("CC", match[1].upper(), match[2]))) if match else None


def reference_text(reference: Element, grammar: Grammar) -> str:
    """One entry of the list of references in one line, opened by its number."""
    label = text_of(child(reference, "label"), grammar).strip("[]")
    bodies = [_citation(part, grammar) for part in reference if local_name(part) not in ("", "label", "x")]
    if not label:
        return " ".join(filter(None, bodies))
    return " ".join(filter(None, (label if label.endswith(".") else f"{label}.", *bodies)))


def _authors(meta: Element, grammar: Grammar) -> Iterator[str]:
    for group in children(meta, "contrib-group"):
        for contributor in children(group, "contrib"):
            if contributor.get("contrib-type", "author") != "author":
                continue
            name = child(contributor, "name")
            if name is None:
                name = child(contributor, "name-alternatives", "name")
            if name is not None:
                yield _name(name, grammar)
            elif collaboration := text_of(child(contributor, "collab"), grammar):
                yield collaboration


def _name(name: Element, grammar: Grammar) -> str:
    return short_name(text_of(child(name, "surname"), grammar), text_of(child(name, "given-names"), grammar))


def _journal(journal: Element | None, grammar: Grammar) -> str | None:
    if journal is None:
        return None
    short = next((part for part in children(journal, "journal-id") if part.get("journal-id-type") == "nlm-ta"), None)
    titles = (short, child(journal, "journal-title-group", "journal-title"), child(journal, "journal-title"))
    return next(filter(None, (text_of(title, grammar) for title in titles)), None)


def _year(meta: Element) -> int | None:
    """The year of the date by which the paper is cited."""
    years = {}
    for date in children(meta, "pub-date"):
        year = child(date, "year")
        if year is not None and re.fullmatch(r"\s*[12]\d{3}\s*", year.text or ""):
            years[date.get("pub-type") or date.get("date-type") or ""] = int(year.text or "")
    ranked = sorted(years.items(), key=lambda item: DATES.index(item[0]) if item[0] in DATES else len(DATES))
    return ranked[0][1] if ranked else None


def _doi(meta: Element) -> str | None:
    for identifier in children(meta, "article-id"):
        if identifier.get("pub-id-type") == "doi" and (identifier.text or "").strip():
            return re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", (identifier.text or "").strip())
    return None


def _licence(meta: Element) -> str | None:
    addresses = []
    for licence in meta.iter("{*}license"):
        links = licence.iter("{*}ext-link", "{*}license_ref", "{*}uri")
        addresses += [licence.get(XLINK, ""), *(link.get(XLINK) or link.text or "" for link in links)]
    return next(filter(None, map(licence_name, addresses)), None)


def _citation(citation: Element, grammar: Grammar) -> str:
    """A citation as printed where it is printed text, else its parts in the usual order."""
    own = [citation.text, *(part.tail for part in citation)]
    if any(re.search(r"\w|[.,;:]", text or "") for text in own):
        return text_of(citation, grammar)
    names = ", ".join(_people(citation, grammar))
    parts = {name: text_of(child(citation, name), grammar) for name in ("year", "volume", "fpage", "lpage")}
    titles = [text_of(part, grammar) for part in children(citation, "article-title", "chapter-title", "source")]
    pages = "–".join(filter(None, (parts["fpage"], parts["lpage"])))
    where = ":".join(filter(None, (parts["volume"], pages)))
    others = children(citation, "publisher-name", "publisher-loc", "comment", "ext-link", "pub-id", "elocation-id")
    rest = [text_of(part, grammar) for part in others]
    sentences = (names, *titles, ";".join(filter(None, (parts["year"], where))), *rest)
    return " ".join(f"{sentence.rstrip('.')}." for sentence in sentences if sentence)


def _people(citation: Element, grammar: Grammar) -> Iterator[str]:
    for part in citation:
        if local_name(part) == "person-group":
            yield from _people(part, grammar)
        elif local_name(part) == "name":
            yield _name(part, grammar)
        elif local_name(part) in ("collab", "string-name"):
            yield text_of(part, grammar)
        elif local_name(part) == "etal":
            yield "et al"
