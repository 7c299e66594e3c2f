"""The reader page shows the whole text, each statement a link, and no link inside another."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Entity, Passage, Span, Statement, Statistic
from kg.web.reader import FIRST_HIT, FOCUS, Reader, article, clusters, hits

TEXT = "Rim <b>sign</b> in 7/10 & washout in 15/23.\nNo calcification.  The end."


def statement(start: int, end: int, *, text: str = TEXT, evidence: str = "own", **fields: object) -> Statement:
    number = re.search(r"\d+/\d+", text[start:end])
    statistic = None
    if number:
        at = Span(start=start + number.start(), end=start + number.end())
        statistic = Statistic(kind="proportion", printed=number[0], span=at, numerator=Decimal(1))
    return Statement(
        source="x1",
        span=Span(start=start, end=end),
        quote=text[start:end],
        subject=Entity(label="tumour"),
        predicate="has_sign",
        object=Entity(label=f"sign {start}-{end}"),
        evidence=evidence,
        statistic=statistic,
        **fields,  # type: ignore[arg-type]
    )


def reader(*statements: Statement, text: str = TEXT, passages: tuple[Passage, ...] = (), **fields: object) -> Reader:
    return Reader(text=text, passages=passages, statements=statements, address={}, **fields)  # type: ignore[arg-type]


def shown(markup: str) -> str:
    """The text that a reader of the markup sees, without the small counts."""
    return html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", markup)))


class Nesting(HTMLParser):
    """Checks that elements are closed in order and that no link is inside another."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "a" or "a" not in self.open, "a link inside a link"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


spans = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, len(TEXT))).filter(lambda pair: pair[0] < pair[1])


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=3), st.sampled_from(["", "in", "sign in"]))
@settings(max_examples=80, derandomize=True)
def test_whatever_overlaps_the_text_stays_whole_and_the_links_apart(
    found: list[tuple[int, int]], blocks: list[tuple[int, int]], words: str
) -> None:
    passages = tuple(Passage(span=Span(start=a, end=b), kind="paragraph", section="Results") for a, b in blocks)
    drawn = article(reader(*(statement(a, b) for a, b in found), passages=passages, words=words))
    assert "".join(shown(drawn).split()) == "".join(TEXT.split())
    nesting = Nesting()
    nesting.feed(drawn)
    assert nesting.open == []


@given(st.lists(spans, min_size=1, max_size=8))
@settings(max_examples=60, derandomize=True)
def test_clusters_hold_every_statement_once_and_do_not_overlap(found: list[tuple[int, int]]) -> None:
    statements = [statement(a, b) for a, b in found]
    groups = clusters(statements)
    assert sorted(s.id for group in groups for s in group.statements) == sorted(s.id for s in statements)
    assert all(one.span.end <= other.span.start for one, other in pairwise(groups))


def test_statements_of_one_sentence_are_one_link_that_says_how_many() -> None:
    drawn = article(reader(statement(0, 23), statement(10, 42)))
    assert drawn.count("<a ") == 1
    assert ">2</sup>" in drawn


def test_the_selected_statement_has_the_focus_once() -> None:
    one = statement(0, 23)
    passages = tuple(
        Passage(span=Span(start=a, end=b), kind="paragraph", section="Results") for a, b in ((0, 10), (10, 30))
    )
    drawn = article(reader(one, passages=passages, selected=one))
    assert drawn.count(f'id="{FOCUS}"') == 1
    assert drawn.count('aria-current="true"') == 2  # both pieces of the sentence


def test_numbers_are_bold_and_origins_have_their_class() -> None:
    drawn = article(reader(statement(0, 23, evidence="cited")))
    assert "<b>7/10</b>" in drawn
    assert 'class="cited"' in drawn


def test_without_highlights_nothing_is_a_link() -> None:
    assert "<a " not in article(reader(statement(0, 23), highlighted=False))


def test_a_search_finds_words_across_a_line_end_and_reads_no_pattern() -> None:
    assert hits("dynamic\nenhanced CT", "dynamic enhanced") == (Span(start=0, end=16),)
    assert hits("a.c abc", "a.c") == (Span(start=0, end=3),)
    assert hits("anything", "  ") == ()


def test_table_cells_come_back_as_a_table() -> None:
    cells = [("Washout", "NETs", 19, 23), ("Washout", "Adeno", 37, 42)]
    statements = [statement(a, b, locator=f"Table 1 · row {row} · column {column}") for row, column, a, b in cells]
    passages = (Passage(span=Span(start=0, end=len(TEXT)), kind="table", section="Table"),)
    drawn = article(reader(*statements, passages=passages))
    assert '<th scope="col">NETs</th><th scope="col">Adeno</th>' in drawn
    assert '<th scope="row">Washout</th>' in drawn
    assert "Table 1 as it stands in the text" in drawn
    assert 'href="/sources?paper=x1&amp;s=' + statements[0].id in drawn


def test_a_click_on_a_passage_opens_its_first_number_before_its_claims() -> None:
    claim, number = statement(0, 12), statement(0, 23)
    assert claim.statistic is None
    assert number.statistic is not None
    drawn = article(reader(claim, number))
    assert f"s={number.id}" in drawn
    assert f"s={claim.id}" not in drawn


def test_a_reading_in_doubt_has_a_thinner_line_unless_a_sure_one_covers_it() -> None:
    doubtful, sure = statement(0, 23, confidence=0.31), statement(0, 23, confidence=0.9)
    assert 'class="own low"' in article(reader(doubtful))
    assert 'class="own low"' not in article(reader(doubtful, sure))
    assert 'class="own low"' not in article(reader(statement(0, 23, confidence=0.31, origin="curated")))


def test_the_first_hit_can_be_scrolled_to_once() -> None:
    assert article(reader(words="in")).count(f'id="{FIRST_HIT}"') == 1
