"""This module reads an article's web page."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from lxml import etree

from ingest.readers.base import ReaderError
from ingest.readers.draft import Draft, Place, TableParts
from ingest.readers.grid import Placed, place, span_number, with_headers
from ingest.readers.html_metadata import metadata_of
from ingest.readers.inline import Run, flatten
from ingest.readers.markup import Element, Grammar, Paths, children, damage, line_of, local_name, part_runs, text_of
from ingest.readers.sections import subsection_of
from ingest.readers.text import is_prose
from ingest.text import RawText
from kg.model import Span

SUFFIXES: Final = (".html", ".htm", ".xhtml")
DROPPED: Final = frozenset((
    "script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button", "select", "textarea",
    "input", "svg", "iframe", "object", "canvas", "audio", "video", "dialog", "menu", "img", "map",
))  # fmt: skip
DROPPED_ROLES: Final = frozenset(("navigation", "banner", "search", "complementary", "contentinfo", "dialog", "menu"))
HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS: Final = frozenset((
    "p", "div", "section", "article", "main", "header", "hgroup", "figure", "figcaption", "table", "ul", "ol", "dl",
    "li", "dt", "dd", "blockquote", "pre", "details", "summary", "address", "center", "fieldset", *HEADINGS,
))  # fmt: skip
# What a link's target or class is called when the link is a citation, and when it is the mark of a footnote.
_CITED: Final = re.compile(
    r"#(?:[\w.:-]*[-_.:])?(?:b|r|c|cr|rf|bibr?|cit(?:e|ation)?|ref(?:erence)?)[-_.]?[a-z]{0,2}\d+(?:-[\w-]+)?\Z", re.I
)
_CITING_CLASS: Final = re.compile(r"\b(?:bibr|bibref|citation-ref|ref-link|reference-link)\b")
_NOTED: Final = re.compile(r"#.*(?:fn|note)", re.IGNORECASE)
_TABLE_LABEL: Final = re.compile(r"\s*(tab(?:le|\.)\s+[A-Z]{0,2}\.?\d{0,3}[A-Z]?|table)(?=[\s.:|–-]|\Z)", re.IGNORECASE)
_TABLE_CLASS: Final = re.compile(r"(?:\A|[\s_-])(?:table|tbl|tw|tablewrap|table-wrap)", re.IGNORECASE)


def _role(element: Element) -> str:
    if local_name(element) != "a":
        return ""
    target = element.get("href", "")
    if _NOTED.match(target):
        return "note"
    return "cite" if _CITED.search(target) or _CITING_CLASS.search(element.get("class", "")) else ""


GRAMMAR: Final = Grammar(
    skipped=DROPPED, breaks=frozenset(("br", "hr")), separate=BLOCKS | {"td", "th", "tr"}, role=_role
)


class HtmlReader:
    """Reads .html, .htm and .xhtml files."""

    def can_read(self, path: Path, head: bytes) -> bool:
        return path.suffix.lower() in SUFFIXES and b"<" in head

    def read(self, data: bytes) -> RawText:
        """The page's main text: headings, paragraphs, captions, tables, references; no menus, no scripts.

        ReaderError where nothing is left to read.
        """
        root = parse(data)
        writer = _Writer(Draft(), Paths(root), Place(section="other", language=_language(root) or "en"))
        writer.walk(_main_part(root), writer.place)
        if not writer.draft.blocks:
            raise ReaderError("the page has no text of its own (a script fills it in, or it is damaged); save its text")
        if b"</html" not in data[-4096:].lower() and b"<html" in data[:4096].lower():
            writer.draft.notes.append("the page does not end with </html>; it may be cut short")
        return writer.draft.finish(metadata_of(root))


def parse(data: bytes) -> Element:
    """The root of a web page; nothing outside it is fetched."""
    text = _decoded(data)
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReaderError(f"not readable as HTML ({damage(error)}); save the page again") from error
    if root is None:
        raise ReaderError("the page has no element; save the page again")
    return root


def _decoded(data: bytes) -> str:
    """The page as text: by its mark, as UTF-8, by what it declares, else as Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = re.search(rb"charset\s*=\s*[\"']?([\w.:-]+)", data[:4096])
    try:
        return data.decode(declared[1].decode("ascii") if declared else "windows-1252", errors="replace")
    except LookupError:
        return data.decode("windows-1252", errors="replace")


def _language(element: Element) -> str | None:
    written = element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    return written[:2].lower() if re.match(r"[A-Za-z]{2}(?:-|\Z)", written) else None


def _main_part(root: Element) -> Element:
    """The element with the article: the <article> with most text, else <main>, else the whole body."""
    articles = [part for part in root.iter("article") if not any(True for _ in part.iterancestors("article"))]
    if articles:
        largest = max(articles, key=lambda part: len(text_of(part, GRAMMAR)))
        if sum(1 for _ in largest.iter("p")) * 2 >= sum(1 for _ in root.iter("p")):
            return largest
    mains = (part for part in root.iter("main", "div") if local_name(part) == "main" or part.get("role") == "main")
    main = next(mains, None)
    return main if main is not None and len(main) else root


def _is_dropped(element: Element) -> bool:
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    invisible = re.search(r"display\s*:\s*none", element.get("style", "")) is not None
    without_title = local_name(element) == "header" and not any(True for _ in element.iter(*HEADINGS))
    return (
        local_name(element) in DROPPED or element.get("role") in DROPPED_ROLES or hidden or invisible or without_title
    )


@dataclass(slots=True)
class _Writer:
    """Writes one page into a draft; `place` moves on with each heading, `levels` holds the open headings."""

    draft: Draft
    paths: Paths
    place: Place
    levels: dict[int, Place] = field(default_factory=dict)
    titled: bool = False
    started: bool = False

    def walk(self, element: Element, at: Place) -> None:
        """Everything inside an element: runs of text as paragraphs, block elements by their kind."""
        waiting = [Run(element.text or "")]
        for part in element:
            if not local_name(part) or _is_dropped(part):
                pass
            elif _has_block(part):
                self._flush(waiting, element, at)
                self._block(part, at)
            else:
                waiting.extend(part_runs(part, GRAMMAR))
            waiting.append(Run(part.tail or ""))
        self._flush(waiting, element, at)

    def _block(self, part: Element, at: Place) -> None:
        name = local_name(part)
        inner = replace(at, language=_language(part) or at.language)
        if name in HEADINGS:
            self._heading(part, inner)
        elif name == "table" and not _is_layout(part):
            self._table(part, [], [])
        elif (grid := _only_table(part)) is not None:
            self._wrapped_table(part, grid)
        elif name in ("figcaption", "figure"):
            self._caption(part)
        else:
            self.walk(part, inner)

    def _flush(self, waiting: list[Run], element: Element, at: Place) -> None:
        text = flatten(waiting).text
        waiting.clear()
        here = replace(self.place, language=at.language)
        if here.section == "References":
            self.draft.block("reference", here, text, self.paths.of(element))
        elif not self.started and not is_prose(text):
            self.draft.block("front", replace(here, section="other"), text, self.paths.of(element))
        else:
            self.started = True
            self.draft.block("paragraph", here, text, self.paths.of(element))

    def _heading(self, element: Element, at: Place) -> None:
        """A heading closes those of its own level and below; the first h1 is the title."""
        text = text_of(element, GRAMMAR)
        if not text:
            return
        level = HEADINGS.index(local_name(element))
        if level == 0 and not self.titled:
            self.titled = True
            self.draft.block("title", replace(at, section="Title", heading=""), text, self.paths.of(element))
            return
        self.started = True
        self.levels = {open_level: outer for open_level, outer in self.levels.items() if open_level < level}
        outer = self.levels[max(self.levels)].section if self.levels else "other"
        self.place = Place(section=subsection_of(text, outer), heading=text, language=at.language)
        self.levels[level] = self.place
        self.draft.block("heading", self.place, text, self.paths.of(element))

    def _caption(self, element: Element) -> None:
        """A figure's heading and caption; all its text where it marks no caption."""
        marked = [part for part in element.iter("figcaption", *HEADINGS) if part is not element]
        captioned = any(local_name(part) == "figcaption" for part in marked)
        texts = [text_of(part, GRAMMAR) for part in (marked if captioned else [element])]
        text = " ".join(filter(None, texts))
        section = "Table" if _TABLE_LABEL.match(text) else "Figure caption"
        self.draft.block("caption", replace(self.place, section=section), text, self.paths.of(element))

    def _wrapped_table(self, element: Element, grid: Element) -> None:
        """A table in a box of its own: what stands before it there is its caption, what stands after are its notes."""
        leaves = list(_leaves_around(element, grid))
        before, after = leaves[: leaves.index(grid)], leaves[leaves.index(grid) + 1 :]
        if not before and after and _TABLE_LABEL.match(text_of(after[0], GRAMMAR)):
            before = [after.pop(0)]
        self._table(grid, before, after)

    def _table(self, grid: Element, before: list[Element], after: list[Element]) -> None:
        here = replace(self.place, section="Table")
        captions = [*before, *children(grid, "caption")]
        caption_text = " ".join(filter(None, (text_of(part, GRAMMAR) for part in captions)))
        caption = self.draft.block("caption", here, caption_text, self.paths.of(captions[0]) if captions else None)
        label = _TABLE_LABEL.match(caption_text)
        parts = TableParts(label=label[1] if label else "", caption=caption, caption_text=caption_text)
        number = self.draft.table(here, parts, _rows(grid, self.paths), self.paths.of(grid))
        footnotes = tuple(self._footnotes(after, here))
        if number >= 0:
            self.draft.tables[number] = replace(self.draft.tables[number], footnotes=footnotes)
        else:
            self.draft.notes.append(f"{parts.label or 'a table'} is a picture or empty: its numbers cannot be read")

    def _footnotes(self, notes: list[Element], at: Place) -> Iterator[Span]:
        for note in notes:
            span = self.draft.block("paragraph", at, text_of(note, GRAMMAR), self.paths.of(note))
            if span is not None:
                yield span


def _has_block(element: Element) -> bool:
    return any(local_name(part) in BLOCKS for part in element.iter())


def _is_layout(grid: Element) -> bool:
    """A table that only places things on the page: marked so, with a table inside, or of one cell."""
    nested = next(grid.iter("table"), None) is not grid or sum(1 for _ in grid.iter("table")) > 1
    return grid.get("role") in ("presentation", "none") or nested or sum(1 for _ in grid.iter("td", "th")) < 2


def _only_table(element: Element) -> Element | None:
    """The table of an element that is a box around one table, by its name or its class."""
    named = _TABLE_CLASS.search(f"{element.get('class', '')} {element.get('id', '')}")
    if local_name(element) != "figure" and not (local_name(element) in ("div", "section") and named):
        return None
    grids = [grid for grid in element.iter("table") if not _is_layout(grid)]
    headed = any(True for _ in element.iter("h1", "h2"))
    return grids[0] if len(grids) == 1 and not headed else None


def _leaves_around(element: Element, grid: Element) -> Iterator[Element]:
    """The innermost block elements around a table that hold text, in their order, the table among them."""
    for part in element:
        if part is grid:
            yield grid
        elif local_name(part) and not _is_dropped(part):
            if any(map(_has_block, part)):
                yield from _leaves_around(part, grid)
            elif text_of(part, GRAMMAR) and not _is_link(part):
                yield part


def _is_link(element: Element) -> bool:
    """Whether a block holds nothing but a link: 'Open in a new tab'."""
    linked = "".join(text_of(link, GRAMMAR) for link in element.iter("a"))
    return linked == text_of(element, GRAMMAR)


def _rows(grid: Element, paths: Paths) -> list[list[Placed]]:
    order = {"thead": 0, "tfoot": 2}
    rows: list[tuple[int, list[Placed]]] = []
    for line in grid.iter("tr"):
        parent = line.getparent()
        part = "" if parent is None else local_name(parent)
        rows.append((order.get(part, 1), [_cell(cell, part == "thead", paths) for cell in children(line, "td", "th")]))
    return with_headers(place(cells for _, cells in sorted(rows, key=lambda row: row[0])))


def _cell(cell: Element, in_head: bool, paths: Paths) -> Placed:
    return Placed(
        line=line_of(cell, GRAMMAR, cell=True),
        row_span=span_number(cell.get("rowspan")),
        column_span=span_number(cell.get("colspan")),
        header=in_head or local_name(cell) == "th",
        locator=paths.of(cell),
    )
