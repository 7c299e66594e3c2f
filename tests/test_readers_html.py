"""Web pages: what is read, what is dropped, and what is refused."""

from __future__ import annotations

import pytest

from ingest.readers.base import ReaderError
from ingest.readers.html import HtmlReader
from ingest.text import RawText

HEAD = """<!DOCTYPE html><html lang="en"><head><title>Journal | Washout</title>
<meta name="citation_title" content="Washout in hepatic tumours"><meta name="citation_author" content="Yang, Xiu-Rong">
<meta name="citation_author" content="Ann B. Roe"><meta name="citation_doi" content="doi:10.1234/signs.2021.7">
<meta name="citation_journal_title" content="Journal of Small Signs">
<meta name="citation_publication_date" content="2021/05/14">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>"""
TABLE = """<div class="table-wrap"><p>Table 1. Signs by group</p><table>
<thead><tr><th rowspan="2">Sign</th><th colspan="2">Group</th></tr><tr><th>NET</th><th>AC</th></tr></thead>
<tbody><tr><td>Washout<sup>a</sup></td><td>15 (65.2%)</td><td>2 (8.7%)</td></tr></tbody></table>
<p><sup>a</sup>Delayed phase.</p></div>"""


def read(body: str, head: str = HEAD) -> RawText:
    return HtmlReader().read(f"{head}<body>{body}</body></html>".encode())


def found(raw: RawText) -> list[tuple[str, str, str]]:
    return [(b.kind, b.section, raw.text[b.segments[0].start : b.segments[-1].end]) for b in raw.blocks]


def test_the_page_states_its_metadata() -> None:
    assert read("<p>Text.</p>").metadata == {
        "title": "Washout in hepatic tumours",
        "authors": ("Yang X-R", "Roe AB"),
        "journal": "Journal of Small Signs",
        "year": 2021,
        "doi": "10.1234/signs.2021.7",
        "licence": "CC BY 4.0",
    }


def test_headings_open_sections_and_those_below_inherit() -> None:
    raw = read(
        "<main><h1>Washout</h1><p>A. Roe, Siena</p><h2>Abstract</h2><h3>Purpose</h3><p>To see.</p>"
        "<h2>3. Results</h2><h3>CT</h3><p>In 5 of 9.</p><h2>References</h2><ol><li>Doe J. 2001.</li></ol></main>"
    )
    assert found(raw) == [
        ("title", "Title", "Washout"),
        ("front", "other", "A. Roe, Siena"),
        ("heading", "Abstract", "Abstract"),
        ("heading", "Abstract", "Purpose"),
        ("paragraph", "Abstract", "To see."),
        ("heading", "Results", "3. Results"),
        ("heading", "Results", "CT"),
        ("paragraph", "Results", "In 5 of 9."),
        ("heading", "References", "References"),
        ("reference", "References", "Doe J. 2001."),
    ]


@pytest.mark.parametrize(
    "extra",
    [
        "<nav><ul><li>Home</li></ul></nav>",
        "<script>var p = 'P < 0.001'</script>",
        "<style>p { color: red }</style>",
        "<footer>All rights</footer>",
        '<div role="navigation">Next</div>',
        '<p style="display: none">hidden</p>',
        "<form><p>Search</p></form>",
        "<!-- P = 0.5 -->",
    ],
)
def test_what_is_not_the_article_is_dropped(extra: str) -> None:
    raw = read(f"<h2>Results</h2>{extra}<p>In 5 of 9.</p>")
    assert raw.text == "Results\n\nIn 5 of 9.\n"


def test_the_article_is_read_and_not_what_stands_beside_it() -> None:
    raw = read("<div><p>Related: other paper</p></div><article><h2>Results</h2><p>In 5 of 9.</p></article>")
    assert raw.text == "Results\n\nIn 5 of 9.\n"


def test_citations_and_footnote_marks_join_no_number() -> None:
    raw = read(
        '<h2>Results</h2><p>In 5<sup><a href="#B3">3</a>,<a href="#B4">4</a></sup> of 9, '
        "ADC 10<sup>−3</sup> mm<sup>2</sup>/s, "
        'Table <a href="#T1">1</a>, [<a href="#ref-7">7</a>].</p>'
    )
    assert raw.text.splitlines()[-1] == "In 5[3,4] of 9, ADC 10^−3 mm2/s, Table 1, [7]."


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#B12-cancers-13-01234" class="html-bibr">12</a>',
        '<a href="/articles/s1#ref-CR12">12</a>',
        '<a class="xref bibr" href="#x">12</a>',
        '<a href="#cit0012">12</a>',
    ],
)
def test_publishers_mark_citations_in_many_ways(link: str) -> None:
    assert read(f"<h2>Results</h2><p>In 5<sup>{link}</sup> of 9.</p>").text.endswith("In 5[12] of 9.\n")


def test_loose_text_and_inline_markup_are_a_paragraph() -> None:
    raw = read("<h2>Results</h2>In <b>5</b> of 9.<br>More<div>Next.</div>")
    assert [text for kind, _, text in found(raw) if kind == "paragraph"] == ["In 5 of 9. More", "Next."]


def test_a_boxed_table_has_caption_cells_and_notes() -> None:
    raw = read(f"<h2>Results</h2>{TABLE}<p>Then.</p>")
    table = raw.tables[0]
    assert (table.label, table.caption_text) == ("Table 1", "Table 1. Signs by group")
    assert [raw.text[span.start : span.end] for span in table.footnotes] == ["a Delayed phase."]
    assert [(c.row, c.column, c.row_span, c.column_span, c.header, c.text) for c in table.cells][:4] == [
        (0, 0, 2, 1, True, "Sign"),
        (0, 1, 1, 2, True, "Group"),
        (1, 1, 1, 1, True, "NET"),
        (1, 2, 1, 1, True, "AC"),
    ]
    assert [c.text for c in table.cells if c.row == 2] == ["Washout", "15 (65.2%)", "2 (8.7%)"]
    assert all(c.span is None or raw.text[c.span.start : c.span.end] == c.text for c in table.cells)


def test_a_table_boxed_by_a_section_is_read_without_its_links() -> None:
    raw = read(
        '<h2>Results</h2><section class="tw xbox" id="T1"><h3>Table 1.</h3><div class="caption"><p>Signs</p></div>'
        "<div><table><tr><th>Sign</th><th>n</th></tr><tr><td>Washout</td><td>5/9</td></tr></table></div>"
        '<div><a href="t1">Open in a new tab</a></div><div class="tw-foot"><p>On CT.</p></div></section>'
    )
    assert raw.tables[0].caption_text == "Table 1. Signs"
    assert [raw.text[span.start : span.end] for span in raw.tables[0].footnotes] == ["On CT."]
    assert "new tab" not in raw.text


def test_a_table_that_only_places_things_is_read_as_text() -> None:
    raw = read(
        '<h2>Results</h2><table role="presentation"><tr><td><p>In 5 of 9.</p></td><td><p>More.</p></td></tr></table>'
    )
    assert raw.tables == ()
    assert raw.text == "Results\n\nIn 5 of 9.\n\nMore.\n"


def test_a_figure_gives_its_caption() -> None:
    raw = read(
        "<h2>Results</h2><figure><img src='http://127.0.0.1:9/x.png'><figcaption>Figure 1. CT.</figcaption></figure>"
    )
    assert found(raw)[-1] == ("caption", "Figure caption", "Figure 1. CT.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_any_usual_encoding_is_read(encoding: str) -> None:
    data = "<html><h2>Results</h2><p>1.15 ± 0.33</p></html>".encode(encoding)
    assert "1.15 ± 0.33" in HtmlReader().read(data).text


def test_a_declared_encoding_is_used() -> None:
    data = '<html><meta charset="iso-8859-7"><p>β = 0.5</p></html>'.encode("iso-8859-7")
    assert "β = 0.5" in HtmlReader().read(data).text


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<!" * 1_000_000,
        b"<html><body>" + b"<div>" * 100_000 + b"text",
        b"<html><body><script>render()</script></body></html>",
    ],
    ids=["declarations", "deep", "script only"],
)
def test_a_page_without_readable_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReaderError, match="no text of its own"):
        HtmlReader().read(data)


def test_a_page_that_ends_early_is_told() -> None:
    raw = HtmlReader().read(b"<html><body><h2>Results</h2><p>In 5 of")
    assert raw.notes == ("the page does not end with </html>; it may be cut short",)
