"""This module reads JATS XML, the format in which PubMed Central and most journals give their articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from lxml import etree

from ingest.readers.base import ReaderError
from ingest.readers.draft import Draft, Place, TableParts
from ingest.readers.grid import Placed, place, span_number, with_headers
from ingest.readers.inline import Run, flatten
from ingest.readers.jats_metadata import metadata_of, reference_text
from ingest.readers.markup import (
    Element,
    Grammar,
    Paths,
    child,
    children,
    damage,
    line_of,
    local_name,
    part_runs,
    text_of,
)
from ingest.readers.sections import section_of, subsection_of
from ingest.text import RawText
from kg.model import Span

# Stand where the paragraph that mentions them ends, not in the middle of it.
FLOATS: Final = frozenset((
    "fig", "fig-group", "table-wrap", "table-wrap-group", "boxed-text", "supplementary-material", "chem-struct-wrap",
    "media",
))  # fmt: skip
# Cut a paragraph in two.
LISTS: Final = frozenset(("list", "def-list", "disp-quote", "verse-group", "speech", "statement", "code", "preformat"))
# Written by the element around them, or nothing to read.
SILENT: Final = frozenset((
    "title", "subtitle", "label", "object-id", "sec-meta", "permissions", "graphic", "inline-graphic", "alt-text",
    "long-desc", "index-term",
))  # fmt: skip
CONTAINERS: Final = frozenset((
    "sec", "body", "back", "app", "app-group", "ack", "notes", "glossary", "fn-group", "fig-group", "table-wrap-group",
    "floats-group", "boxed-text",
))  # fmt: skip


OWN_ENTITIES: Final = "it defines XML entities of its own, which may hide or multiply text; remove its <!ENTITY …>"


def _role(element: Element) -> str:
    if local_name(element) != "xref":
        return ""
    return {"bibr": "cite", "fn": "note", "table-fn": "note"}.get(element.get("ref-type", ""), "")


GRAMMAR: Final = Grammar(
    skipped=frozenset((
        "object-id", "permissions", "graphic", "inline-graphic", "alt-text", "long-desc", "index-term", "fn",
    )),
    breaks=frozenset(("break", "hr")),
    separate=frozenset((
        "p", "title", "label", "caption", "list-item", "def-item", "term", "def", "disp-formula", "tr", "td", "th",
        "fig", "table-wrap",
    )),
    role=_role,
)  # fmt: skip


class JatsReader:
    """Reads .xml and .nxml files with one JATS <article>, also inside an envelope."""

    def can_read(self, path: Path, head: bytes) -> bool:
        return path.suffix.lower() in (".xml", ".nxml") and b"<" in head

    def read(self, data: bytes) -> RawText:
        """The article's text: title, abstracts, body, back matter, figures and tables, references.

        ReaderError where the XML is damaged, defines entities of its own, or holds no article.
        """
        article = _article_in(parse(data))
        writer = _Writer(Draft(), Paths(article.getroottree().getroot()), language=_language(article) or "en")
        writer.front(article)
        for part in children(article, "body", "back", "floats-group"):
            writer.part(part, Place(section="other", language=writer.language))
        if child(article, "sub-article") is not None:
            writer.draft.notes.append("a sub-article (a translation, a review or a reply) was passed over")
        return writer.draft.finish(metadata_of(article, GRAMMAR))


def parse(data: bytes) -> Element:
    """The root of an XML document; nothing outside the document is fetched and no entity is expanded."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = damage(error)
        if "entity" in reason.lower() and b"<!ENTITY" in data:
            raise ReaderError(OWN_ENTITIES) from error
        raise ReaderError(f"not well-formed XML ({reason}); the file may be cut short: download it again") from error
    if _defines_entities(root):
        raise ReaderError(OWN_ENTITIES)
    return root


def _defines_entities(root: Element) -> bool:
    """Whether the document's own definitions hold entities; those of the published JATS definitions do not count."""
    definitions: Any = root.getroottree().docinfo.internalDTD
    return definitions is not None and any(True for _ in definitions.iterentities())


def _article_in(root: Element) -> Element:
    if local_name(root) == "article":
        return root
    found = root.find(".//{*}article")
    if found is None:
        raise ReaderError(f"its root is <{local_name(root)}>, not a JATS <article>; convert it to JATS or plain text")
    return found


def _language(element: Element) -> str | None:
    written = element.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    return written[:2].lower() if re.match(r"[A-Za-z]{2}(?:-|\Z)", written) else None


@dataclass(slots=True)
class _Writer:
    """Writes one article into a draft, element by element."""

    draft: Draft
    paths: Paths
    language: str

    def front(self, article: Element) -> None:
        """The title, authors, abstracts and keywords."""
        meta = child(article, "front", "article-meta")
        if meta is None:
            return
        title = child(meta, "title-group", "article-title")
        whole = Place(section="Title", language=self.language)
        self.draft.block("title", whole, text_of(title, GRAMMAR), None if title is None else self.paths.of(title))
        self._front_matter("; ".join(_author_names(meta)))
        for abstract in children(meta, "abstract", "trans-abstract"):
            self._abstract(abstract)
        for keywords in children(meta, "kwd-group"):
            self._front_matter("; ".join(text_of(word, GRAMMAR) for word in children(keywords, "kwd")))

    def _front_matter(self, text: str) -> None:
        self.draft.block("front", Place(section="other", language=self.language), text)

    def _abstract(self, abstract: Element) -> None:
        language = _language(abstract) or self.language
        title = text_of(child(abstract, "title"), GRAMMAR) or "Abstract"
        at = Place(section="Abstract", heading=title, language=language)
        self.draft.block("heading", at, title, self.paths.of(abstract))
        self.walk(abstract, at)

    def part(self, part: Element, at: Place) -> None:
        """The body, the back matter or the floats; text that opens a body above its sections is the introduction."""
        sections = [_place_inside(section, at).section for section in children(part, "sec")]
        opens = local_name(part) == "body" and sections and "Introduction" not in sections
        for element in part:
            if local_name(element) == "sec":
                opens = False
            self.handle(element, replace(at, section="Introduction") if opens else at)

    def walk(self, parent: Element, at: Place) -> None:
        """Everything inside an element."""
        for element in parent:
            self.handle(element, at)

    def handle(self, element: Element, at: Place) -> None:
        """One element by the row of HANDLERS for its name."""
        name = local_name(element)
        if name and name not in SILENT:
            HANDLERS.get(name, _Writer.unknown)(self, element, at)

    def container(self, element: Element, at: Place) -> None:
        """A section or something like it: its heading, then what is in it."""
        inner = _place_inside(element, at)
        if inner.heading != at.heading:
            self.draft.block("heading", inner, inner.heading, self.paths.of(element))
        self.walk(element, inner)

    def unknown(self, element: Element, at: Place) -> None:
        """An element that has no row: a paragraph where it has text of its own, else what is in it."""
        own = [element.text, *(part.tail for part in element)]
        if any(text and text.strip() for text in own):
            self.paragraph(element, at)
        else:
            self.container(element, at)

    def paragraph(self, element: Element, at: Place, opening: str = "") -> None:
        """A paragraph; a list cuts it in two, a figure or table inside it comes after it."""
        floats: list[Element] = []
        waiting = [Run(opening), Run(element.text or "")]
        for part in element:
            name = local_name(part)
            if name in LISTS:
                self._flush(waiting, element, at)
                self.handle(part, at)
            elif name in FLOATS or name == "fn":
                floats.append(part)
            else:
                waiting.extend(part_runs(part, GRAMMAR))
            waiting.append(Run(part.tail or ""))
        self._flush(waiting, element, at)
        for part in floats:
            self.handle(part, at)

    def _flush(self, waiting: list[Run], element: Element, at: Place) -> None:
        self.draft.block("paragraph", at, flatten(waiting).text, self.paths.of(element))
        waiting.clear()

    def items(self, element: Element, at: Place) -> None:
        """A list, one paragraph an item, each opened by its label where it has one."""
        self._own_title(element, at)
        for item in children(element, "list-item", "fn"):
            self.item(item, at)

    def item(self, item: Element, at: Place) -> None:
        opening = text_of(child(item, "label"), GRAMMAR)
        parts = [part for part in item if local_name(part) and local_name(part) not in SILENT]
        for part in parts:
            if local_name(part) == "p":
                self.paragraph(part, at, opening and f"{opening} ")
                opening = ""
            else:
                self.handle(part, at)

    def definitions(self, element: Element, at: Place) -> None:
        """A list of terms: `CT: computed tomography`, one paragraph each."""
        self._own_title(element, at)
        for item in children(element, "def-item"):
            terms = ", ".join(text_of(term, GRAMMAR) for term in children(item, "term"))
            meanings = " ".join(text_of(meaning, GRAMMAR) for meaning in children(item, "def"))
            self.draft.block("paragraph", at, ": ".join(filter(None, (terms, meanings))), self.paths.of(item))
        for nested in children(element, "def-list"):
            self.definitions(nested, at)

    def _own_title(self, element: Element, at: Place) -> None:
        title = text_of(child(element, "title"), GRAMMAR)
        self.draft.block("heading", replace(at, heading=title), title, self.paths.of(element))

    def figure(self, element: Element, at: Place) -> None:
        """A figure's label and caption as one block."""
        here = replace(at, section="Figure caption")
        self.draft.block("caption", here, _captioned(element), self.paths.of(element))
        for part in element:
            if local_name(part) in ("p", "fn", "list", "def-list", "table-wrap"):
                self.handle(part, here)

    def table(self, element: Element, at: Place) -> None:
        """A table's caption, its grid one row a line, and its footnotes."""
        here = replace(at, section="Table")
        label = text_of(child(element, "label"), GRAMMAR)
        caption_text = _captioned(element)
        caption = self.draft.block("caption", here, caption_text, self.paths.of(element))
        parts = TableParts(label=label, caption=caption, caption_text=caption_text)
        grids = [grid for grid in element.iter("{*}table") if not _inside_another(grid)]
        written = [self.draft.table(here, parts, _rows(grid, self.paths), self.paths.of(grid)) for grid in grids]
        if not any(number >= 0 for number in written):
            self.draft.notes.append(f"{label or 'a table'} is a picture or empty: its numbers cannot be read")
        footnotes = tuple(self._footnotes(element, here))
        for number in written:
            if number >= 0:
                self.draft.tables[number] = replace(self.draft.tables[number], footnotes=footnotes)

    def _footnotes(self, element: Element, at: Place) -> Iterator[Span]:
        """The spans of the table's notes, each written as a paragraph of its own."""
        start = len(self.draft.blocks)
        for foot in children(element, "table-wrap-foot"):
            self.walk(foot, at)
        for block in self.draft.blocks[start:]:
            yield block.segments[0]

    def references(self, element: Element, at: Place) -> None:
        """The list of references, one block each."""
        here = replace(at, section="References", heading=text_of(child(element, "title"), GRAMMAR) or "References")
        self.draft.block("heading", here, here.heading, self.paths.of(element))
        for part in element:
            if local_name(part) == "ref":
                self.draft.block("reference", here, reference_text(part, GRAMMAR), self.paths.of(part))
            elif local_name(part) == "ref-list":
                self.references(part, here)
            elif local_name(part) == "p":
                self.paragraph(part, here)


HANDLERS: Final[dict[str, Callable[[_Writer, Element, Place], None]]] = {
    **dict.fromkeys(CONTAINERS, _Writer.container),
    "p": _Writer.paragraph,
    "list": _Writer.items,
    "def-list": _Writer.definitions,
    "fn": _Writer.item,
    "fig": _Writer.figure,
    "table-wrap": _Writer.table,
    "ref-list": _Writer.references,
}


def _author_names(meta: Element) -> Iterator[str]:
    for group in children(meta, "contrib-group"):
        for contributor in children(group, "contrib"):
            name = child(contributor, "name")
            parts = [] if name is None else [child(name, "given-names"), child(name, "surname"), child(name, "suffix")]
            written = " ".join(filter(None, (text_of(part, GRAMMAR) for part in parts)))
            written = written or text_of(child(contributor, "collab"), GRAMMAR)
            if written:
                yield written


def _place_inside(element: Element, at: Place) -> Place:
    """Where the content of a section stands, by its declared type, else its title, else the section around it."""
    label = text_of(child(element, "label"), GRAMMAR)
    title = text_of(child(element, "title"), GRAMMAR) or text_of(child(element, "caption", "title"), GRAMMAR)
    heading = " ".join(filter(None, (label, title))) or at.heading
    if at.section != "other":
        return replace(at, heading=heading)
    declared = (section_of(part) for part in re.split(r"[|,;/_ -]+", element.get("sec-type", "")) if part)
    section = next((section for section in declared if section != "other"), None)
    return replace(at, heading=heading, section=section or subsection_of(title, at.section))


def _captioned(element: Element) -> str:
    """The label and the caption of a figure or table: 'Table 1 Baseline characteristics'."""
    caption = child(element, "caption")
    return " ".join(filter(None, (text_of(child(element, "label"), GRAMMAR), text_of(caption, GRAMMAR))))


def _inside_another(grid: Element) -> bool:
    return any(local_name(outer) == "table" for outer in grid.iterancestors())


def _rows(grid: Element, paths: Paths) -> list[list[Placed]]:
    """The cells of a table, placed; rows of the head first, those of the foot last."""
    order = {"thead": 0, "tfoot": 2}
    parts = sorted((part for part in grid if local_name(part)), key=lambda part: order.get(local_name(part), 1))
    rows: list[list[Placed]] = []
    for part in parts:
        name = local_name(part)
        lines: Iterable[Element] = (part,) if name == "tr" else children(part, "tr")
        rows.extend([_cell(cell, name == "thead", paths) for cell in children(line, "td", "th")] for line in lines)
    return with_headers(place(rows))


def _cell(cell: Element, in_head: bool, paths: Paths) -> Placed:
    return Placed(
        line=line_of(cell, GRAMMAR, cell=True),
        row_span=span_number(cell.get("rowspan")),
        column_span=span_number(cell.get("colspan")),
        header=in_head or local_name(cell) == "th",
        locator=paths.of(cell),
    )
