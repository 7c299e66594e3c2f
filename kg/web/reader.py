"""This module draws the text of a paper with every statement that was read in it as a link to itself.

Statements overlap: a sentence with three counts holds three. Stretches that overlap become one link that lists all of
its statements; inside it each piece is underlined by its origin, numbers are bold, and no link holds another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from kg.model import EVIDENCE_KINDS, Passage, Span, Statement
from kg.web.markup import Html, element, joined, link_to
from kg.web.view import LOW_CONFIDENCE

TABLE_CAPTION: Final = re.compile(r"\s*table\s*\d+", re.IGNORECASE)
FOCUS: Final = "selected-passage"
FIRST_HIT: Final = "first-hit"
PASSAGE_ELEMENTS: Final = {"title": "h3", "heading": "h3"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A stretch of the text that overlapping statements cover together, in the order of the text."""

    span: Span
    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The statement that a click opens: the first that prints a number, else the first claim."""
        return next((one for one in self.statements if one.statistic is not None), self.statements[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A place in one of the paper's tables, as a statement's locator names it."""

    table: str
    row: str
    column: str


def clusters(statements: Sequence[Statement]) -> tuple[Cluster, ...]:
    """Statements whose stretches overlap, together; the clusters do not overlap each other."""
    found: list[list[Statement]] = []
    end = -1
    for statement in sorted(statements, key=lambda s: (s.span.start, -s.span.end, s.id)):
        if statement.span.start >= end:
            found.append([])
        found[-1].append(statement)
        end = max(end, statement.span.end)
    return tuple(_cluster(group) for group in found)


def _cluster(group: Sequence[Statement]) -> Cluster:
    span = Span(start=group[0].span.start, end=max(statement.span.end for statement in group))
    return Cluster(span=span, statements=tuple(group))


def hits(text: str, words: str) -> tuple[Span, ...]:
    """Where some words stand in a text; any white space between them fits, line ends too.

    >>> hits("washout  pattern\\nor Washout\\npattern", "washout pattern")
    (Span(start=0, end=16), Span(start=20, end=35))
    """
    parts = [re.escape(word) for word in words.split()]
    if not parts:
        return ()
    return tuple(Span(start=m.start(), end=m.end()) for m in re.finditer(r"\s+".join(parts), text, re.IGNORECASE))


def table_cell(locator: str | None) -> Cell | None:
    """The place that a locator of a table cell names, None for any other locator.

    >>> table_cell("Table 1 · row Washout · column NETs")
    Cell(table='Table 1', row='Washout', column='NETs')
    >>> table_cell("page 3") is None
    True
    """
    parts = (locator or "").split(" · ")
    if len(parts) < 3 or not parts[-2].startswith("row ") or not parts[-1].startswith("column "):
        return None
    return Cell(table=" · ".join(parts[:-2]), row=parts[-2][4:], column=parts[-1][7:])


@dataclass(frozen=True)
class Reader:
    """A paper as it is drawn: `statements` are those on show, `selected` is one of them or None.

    Where not the `whole` text may be shown, nothing is drawn beside the passages.
    `address` are the page's parameters, which each link keeps; without `linked` there are none, for a paper that has no
    page yet.
    """

    text: str
    passages: tuple[Passage, ...]
    statements: tuple[Statement, ...]
    address: Mapping[str, str]
    selected: Statement | None = None
    words: str = ""
    highlighted: bool = True
    linked: bool = True
    whole: bool = True

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        return clusters(self.statements) if self.highlighted else ()

    @cached_property
    def hits(self) -> tuple[Span, ...]:
        return hits(self.text, self.words)

    @cached_property
    def cells(self) -> dict[Cell, list[Statement]]:
        """Place in a table to the statements read from it, in the order of the text."""
        found: dict[Cell, list[Statement]] = {}
        for statement in sorted(self.statements, key=_printed_at) if self.highlighted else ():
            place = table_cell(statement.locator)
            if place is not None:
                found.setdefault(place, []).append(statement)
        return found

    def link(self, statement: Statement) -> str:
        return link_to("sources", **{**self.address, "paper": statement.source, "s": statement.id})

    def cluster_of(self, statement: Statement) -> Cluster | None:
        return next((one for one in self.clusters if statement in one.statements), None)


def _printed_at(statement: Statement) -> int:
    """Where the number itself stands; the quote of a cell begins at its row's label."""
    return statement.statistic.span.start if statement.statistic is not None else statement.span.start


def article(reader: Reader) -> Html:
    """The whole text: nothing that is stored is left out, what no passage covers is drawn as it stands."""
    drawn = set[str]()
    passages = list(whole(reader.text, reader.passages) if reader.whole else reader.passages)
    bare = without_body(reader.text, passages)
    parts = [joined(_passage(reader, passage, drawn), _no_body() if passage in bare else None) for passage in passages]
    return element("article", *parts, lang="en", aria_label="Text of the paper")


def without_body(text: str, passages: Sequence[Passage]) -> frozenset[Passage]:
    """Captions of tables whose cells are not in the file: no table stands beside them."""
    found = set()
    for before, one, after in zip([None, *passages], passages, [*passages[1:], None], strict=False):
        beside = {other.kind for other in (before, after) if other is not None}
        if one.kind == "caption" and TABLE_CAPTION.match(text, one.span.start) and "table" not in beside:
            found.add(one)
    return frozenset(found)


def _no_body() -> Html:
    return element("p", "Table body not in this file; nothing was extracted from it.", class_="quiet")


def whole(text: str, passages: Sequence[Passage]) -> Iterator[Passage]:
    """The passages in order, without overlap, and the stretches between them as passages of kind 'front'."""
    position = 0
    for passage in sorted(passages, key=lambda one: one.span):
        if passage.span.end <= position:
            continue
        start = max(passage.span.start, position)
        if text[position:start].strip():
            yield Passage(span=Span(start=position, end=start), kind="front", section="other")
        yield Passage(span=Span(start=start, end=passage.span.end), kind=passage.kind, section=passage.section)
        position = passage.span.end
    if text[position:].strip():
        yield Passage(span=Span(start=position, end=len(text)), kind="front", section="other")


def _passage(reader: Reader, passage: Passage, drawn: set[str]) -> Html:
    if passage.kind == "table":
        return _table(reader, passage, drawn)
    name = PASSAGE_ELEMENTS.get(passage.kind, "p")
    return element(name, marked(reader, passage.span, drawn), class_=passage.kind)


def marked(reader: Reader, span: Span, drawn: set[str]) -> Html:
    """A stretch of the text with its links; `drawn` remembers which ids stand on the page already."""
    parts: list[str] = []
    position = span.start
    for cluster in reader.clusters:
        start, end = max(cluster.span.start, span.start), min(cluster.span.end, span.end)
        if start >= end:
            continue
        parts += [plain(reader, position, start), _link(reader, cluster, start, end, drawn)]
        position = end
    return joined(*parts, plain(reader, position, span.end))


def plain(reader: Reader, start: int, end: int) -> Html:
    """Text without a statement, what was searched for marked in it."""
    return joined(_pieces(reader, start, end, ()))


def _link(reader: Reader, cluster: Cluster, start: int, end: int, drawn: set[str]) -> Html:
    chosen = reader.selected if reader.selected in cluster.statements else cluster.first
    selected = reader.selected is not None and chosen is reader.selected
    focus = FOCUS if selected and FOCUS not in drawn else None
    if focus:
        drawn.add(focus)
    count = len(cluster.statements)
    many = (
        element("sup", str(count), class_="many", title=f"{count} statements")
        if count > 1 and end == cluster.span.end
        else None
    )
    return element(
        "a" if reader.linked else "span",
        joined(_pieces(reader, start, end, cluster.statements)),
        many,
        href=reader.link(chosen) if reader.linked else None,
        class_="statement selected" if selected else "statement",
        id=focus,
        aria_current="true" if selected else None,
    )


def _pieces(reader: Reader, start: int, end: int, statements: Sequence[Statement]) -> Iterator[Html]:
    """The stretch cut wherever an underline, a number or a hit begins or ends."""
    found = [hit for hit in reader.hits if hit.start < end and start < hit.end]
    numbers = [statement.statistic.span for statement in statements if statement.statistic is not None]
    edges = {start, end}
    for span in (*found, *numbers, *(statement.span for statement in statements)):
        edges |= {edge for edge in (span.start, span.end) if start < edge < end}
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        piece = Span(start=left, end=right)
        words: str = reader.text[left:right]
        if any(number.contains(piece) for number in numbers):
            words = element("b", words)
        if any(hit.contains(piece) for hit in found):
            words = element("mark", words, class_="hit", id=FIRST_HIT if piece.start == reader.hits[0].start else None)
        kind = _looks(piece, statements)
        yield element("span", words, class_=kind) if kind else joined(words)


def _looks(piece: Span, statements: Sequence[Statement]) -> str | None:
    """The strongest origin of the statements that cover a piece, own before cited before none, and whether in doubt."""
    covering = [statement for statement in statements if statement.span.contains(piece)]
    kinds = {statement.evidence for statement in covering}
    kind = next((kind for kind in EVIDENCE_KINDS if kind in kinds), None)
    doubtful = all(in_doubt(statement) for statement in covering)
    return f"{kind} low" if kind and doubtful else kind


def in_doubt(statement: Statement) -> bool:
    """Whether the reading is more likely wrong than right; what a person added is never in doubt."""
    return statement.origin != "curated" and statement.confidence < LOW_CONFIDENCE


def _table(reader: Reader, passage: Passage, drawn: set[str]) -> Html:
    """A table rebuilt from the cells that were read, and beneath it its text as it is stored."""
    places = {
        place: statements
        for place, statements in reader.cells.items()
        if any(passage.span.overlaps(statement.span) for statement in statements) and place.table not in drawn
    }
    rebuilt = [_rebuilt(reader, name, places, drawn) for name in dict.fromkeys(place.table for place in places)]
    stored = element("pre", marked(reader, passage.span, drawn), class_="table")
    if not rebuilt:
        return stored
    drawn.update(place.table for place in places)
    names = ", ".join(dict.fromkeys(place.table for place in places))
    return joined(rebuilt, element("details", element("summary", f"{names} as it stands in the text"), stored))


def _rebuilt(reader: Reader, name: str, places: Mapping[Cell, list[Statement]], drawn: set[str]) -> Html:
    here = [place for place in places if place.table == name]
    rows = list(dict.fromkeys(place.row for place in here))
    columns = list(dict.fromkeys(place.column for place in here))
    head = element("tr", element("th", "Row", scope="col"), *(element("th", column, scope="col") for column in columns))
    body = []
    for row in rows:
        cells = (
            _rebuilt_cell(reader, places.get(Cell(table=name, row=row, column=column), []), drawn) for column in columns
        )
        body.append(element("tr", element("th", row, scope="row"), *cells))
    caption = element("caption", f"{name}, the cells that were read")
    table = element("table", caption, element("thead", head), element("tbody", *body), class_="small")
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label=name)


def _rebuilt_cell(reader: Reader, statements: Sequence[Statement], drawn: set[str]) -> Html:
    """The printed number of a cell as a link to its statement; several statements of one number are one link."""
    by_text: dict[str, Statement] = {}
    for statement in statements:
        words = statement.statistic.printed if statement.statistic is not None else statement.object.label
        if words not in by_text or statement is reader.selected:
            by_text[words] = statement
    links = [_cell_link(reader, words, statement, drawn) for words, statement in by_text.items()]
    return element("td", joined(links, by=" · ") if links else element("span", "—", class_="quiet"))


def _cell_link(reader: Reader, words: str, statement: Statement, drawn: set[str]) -> Html:
    selected = statement is reader.selected
    focus = FOCUS if selected and FOCUS not in drawn else None
    if focus:
        drawn.add(focus)
    return element(
        "a" if reader.linked else "span",
        element("span", words, class_=f"{statement.evidence} low" if in_doubt(statement) else statement.evidence),
        href=reader.link(statement) if reader.linked else None,
        class_="statement selected" if selected else "statement",
        id=focus,
    )
