"""JATS XML: what is read, where it stands, and what is refused."""

from __future__ import annotations

import itertools

import pytest

from ingest.readers.base import ReaderError
from ingest.readers.jats import JatsReader
from ingest.text import Block, RawText, Table, TableCell

FRONT = """
<front><journal-meta><journal-id journal-id-type="nlm-ta">J Small Signs</journal-id></journal-meta><article-meta>
<article-id pub-id-type="doi">10.1234/signs.2021.7</article-id>
<title-group><article-title>Washout in <italic>hepatic</italic> tumours</article-title></title-group>
<contrib-group>
<contrib contrib-type="author"><name><surname>Borel Rinkes</surname><given-names>I. H.</given-names></name></contrib>
<contrib contrib-type="author"><name><surname>Yang</surname><given-names>Xiu-Rong</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Nobody</surname><given-names>N</given-names></name></contrib>
</contrib-group>
<pub-date pub-type="epub"><year>2020</year></pub-date><pub-date pub-type="collection"><year>2021</year></pub-date>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"/></permissions>
<abstract><sec><title>Purpose</title><p>To compare.</p></sec>
<sec><title>Results</title><p>Seen in 15/23.</p></sec></abstract>
<trans-abstract xml:lang="pt"><p>Foi visto em 15 pacientes.</p></trans-abstract>
</article-meta></front>
"""
TABLE = """
<table-wrap id="t1"><label>Table 1</label><caption><p>Signs by group.</p></caption><table>
<thead><tr><th rowspan="2">Sign</th><th colspan="2">Group</th><th rowspan="2"><italic>P</italic></th></tr>
<tr><th>NET (n = 23)</th><th>AC (n = 23)</th></tr></thead>
<tbody><tr><td>Washout<sup>a</sup></td><td>15 (65.2%)</td><td>2 (8.7%)<sup>*</sup></td><td>&lt;0.001</td></tr>
<tr><td colspan="4">Margins</td></tr>
<tr><td>Well defined</td><td>16.3<sup>1</sup></td><td/><td>0.5</td></tr></tbody></table>
<table-wrap-foot><fn><p><sup>a</sup>On the delayed phase.</p></fn>
<fn><label>*</label><p>One missing.</p></fn></table-wrap-foot>
</table-wrap>
"""


def article(body: str, back: str = "", front: str = FRONT) -> bytes:
    opening = '<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML">'
    return f"{opening}{front}<body>{body}</body>{back}</article>".encode()


def read(body: str, back: str = "", front: str = FRONT) -> RawText:
    return JatsReader().read(article(body, back, front))


def words(raw: RawText, block: Block) -> str:
    return " ".join(raw.text[span.start : span.end] for span in block.segments)


def blocks(raw: RawText, kind: str) -> list[tuple[str, str, str]]:
    return [(block.section, block.heading, words(raw, block)) for block in raw.blocks if block.kind == kind]


def cell_at(table: Table, row: int, column: int) -> TableCell:
    return next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))


def test_the_article_states_its_metadata() -> None:
    assert read("").metadata == {
        "title": "Washout in hepatic tumours",
        "authors": ("Borel Rinkes IH", "Yang X-R"),
        "journal": "J Small Signs",
        "year": 2021,
        "doi": "10.1234/signs.2021.7",
        "licence": "CC BY 4.0",
    }


def test_an_article_without_front_matter_states_nothing() -> None:
    assert read("<p>Text.</p>", front="").metadata == {}


def test_structured_abstracts_keep_their_headings_and_their_language() -> None:
    raw = read("")
    abstract = [b for b in raw.blocks if b.section == "Abstract" and b.kind == "paragraph"]
    assert [(b.heading, b.language) for b in abstract] == [("Purpose", "en"), ("Results", "en"), ("Abstract", "pt")]


@pytest.mark.parametrize(
    ("attributes", "title", "section"),
    [
        ('sec-type="materials|methods"', "What we did", "Methods"),
        ('sec-type="intro"', "Liver tumours", "Introduction"),
        ("", "2. Patients and methods", "Methods"),
        ("", "RESULTS AND DISCUSSION", "Results"),
        ("", "Concluding remarks", "Conclusion"),
        ("", "Somatostatin analogues", "other"),
    ],
)
def test_a_section_is_known_by_its_type_or_its_title(attributes: str, title: str, section: str) -> None:
    raw = read(f"<sec {attributes}><title>{title}</title><p>Some text.</p></sec>")
    assert blocks(raw, "paragraph")[-1] == (section, title, "Some text.")


def test_text_above_the_first_section_is_the_introduction() -> None:
    raw = read("<p>Tumours wash out.</p><sec><title>Methods</title><p>CT.</p></sec>")
    assert [section for section, _, _ in blocks(raw, "paragraph")][-2:] == ["Introduction", "Methods"]


def test_subsections_inherit_the_section_and_have_their_own_heading() -> None:
    raw = read(
        "<sec><title>Results</title><p>One.</p>"
        "<sec><label>3.1</label><title>Statistical methods</title><p>Two.</p></sec></sec>"
    )
    assert blocks(raw, "paragraph")[-2:] == [
        ("Results", "Results", "One."),
        ("Results", "3.1 Statistical methods", "Two."),
    ]


def test_citations_stay_recognisable_and_join_no_number() -> None:
    raw = read(
        '<p>In 5<sup><xref ref-type="bibr">3</xref></sup> of 9 [<xref ref-type="bibr">4</xref>], 7 '
        '(<xref ref-type="bibr">5</xref>) and <xref ref-type="fig">Figure 1</xref>.</p>'
    )
    assert blocks(raw, "paragraph")[-1][2] == "In 5[3] of 9 [4], 7 [5] and Figure 1."


def test_formulas_are_read_as_text() -> None:
    raw = read(
        "<p>ADC <inline-formula><alternatives><tex-math>\\alpha</tex-math><mml:math><mml:mn>1.15</mml:mn>"
        "<mml:mo>×</mml:mo>"
        "<mml:msup><mml:mn>10</mml:mn><mml:mrow><mml:mo>−</mml:mo><mml:mn>3</mml:mn></mml:mrow></mml:msup></mml:math>"
        "</alternatives></inline-formula> was low.</p>"
    )
    assert blocks(raw, "paragraph")[-1][2] == "ADC 1.15×10^−3 was low."


def test_a_list_cuts_a_paragraph_and_a_figure_comes_after_it() -> None:
    raw = read(
        "<p>Signs were <fig><label>Figure 1</label><caption><title>Washout.</title><p>In 7 of 9.</p></caption></fig>"
        "<list><list-item><label>1)</label><p>washout</p></list-item><list-item><p>rim</p></list-item></list>"
        " and more.</p>"
    )
    assert [words(raw, b) for b in raw.blocks][-5:] == [
        "Signs were",
        "1) washout",
        "rim",
        "and more.",
        "Figure 1 Washout. In 7 of 9.",
    ]
    assert raw.blocks[-1].section == "Figure caption"


def test_a_table_has_addressable_cells() -> None:
    table = read(TABLE).tables[0]
    assert (table.label, table.caption_text) == ("Table 1", "Table 1 Signs by group.")
    group = cell_at(table, 0, 1)
    assert (group.text, group.column_span, group.header) == ("Group", 2, True)
    assert (cell_at(table, 0, 0).row_span, cell_at(table, 1, 1).text) == (2, "NET (n = 23)")
    assert [cell.text for cell in table.cells if cell.row == 2] == ["Washout", "15 (65.2%)", "2 (8.7%)", "<0.001"]
    assert cell_at(table, 3, 0).column_span == 4
    assert cell_at(table, 4, 1).text == "16.3"
    assert cell_at(table, 4, 2).span is None
    assert cell_at(table, 2, 1).locator == "/article/body/table-wrap/table/tbody/tr[1]/td[2]"


def test_every_cell_stands_in_the_text_where_it_says() -> None:
    raw = read(TABLE)
    for cell in raw.tables[0].cells:
        assert cell.span is None or raw.text[cell.span.start : cell.span.end] == cell.text
    assert "Sign | Group | P\nNET (n = 23) | AC (n = 23)\nWashout a | 15 (65.2%) | 2 (8.7%)* | <0.001\n" in raw.text


def test_footnotes_of_a_table_are_read_and_belong_to_it() -> None:
    raw = read(TABLE)
    notes = [raw.text[span.start : span.end] for span in raw.tables[0].footnotes]
    assert notes == ["a On the delayed phase.", "* One missing."]


def test_a_table_without_marked_header_takes_its_first_row_of_words() -> None:
    raw = read(
        "<table-wrap><table><tr><td>Sign</td><td>NET</td></tr><tr><td>Washout</td><td>15</td></tr></table></table-wrap>"
    )
    assert [cell.text for cell in raw.tables[0].cells if cell.header] == ["Sign", "NET"]


def test_a_table_that_is_a_picture_is_told() -> None:
    raw = read("<table-wrap><label>Table 2</label><graphic/></table-wrap>")
    assert raw.tables == ()
    assert raw.notes == ("Table 2 is a picture or empty: its numbers cannot be read",)


def test_references_are_blocks_of_their_own() -> None:
    raw = read(
        "",
        "<back><ref-list><ref><label>1</label><element-citation><person-group><name><surname>Doe</surname>"
        "<given-names>Jane</given-names></name></person-group><article-title>Signs</article-title><source>Radiol</source>"
        "<year>2001</year><volume>4</volume><fpage>5</fpage><lpage>9</lpage></element-citation></ref>"
        "<ref><label>2</label><mixed-citation>Roe A. <source>Livers</source>. 2002."
        "</mixed-citation></ref></ref-list></back>",
    )
    assert blocks(raw, "reference") == [
        ("References", "References", "1. Doe J. Signs. Radiol. 2001;4:5–9."),
        ("References", "References", "2. Roe A. Livers. 2002."),
    ]


def test_glossary_and_acknowledgement_are_read() -> None:
    raw = read(
        "",
        "<back><ack><p>We thank.</p></ack><glossary><title>Abbreviations</title><def-list><def-item><term>CT</term>"
        "<def><p>computed tomography</p></def></def-item></def-list></glossary></back>",
    )
    assert [text for _, _, text in blocks(raw, "paragraph")][-2:] == ["We thank.", "CT: computed tomography"]


def test_blocks_do_not_overlap_and_come_in_order() -> None:
    raw = read(f"<sec><title>Results</title><p>Seen.</p>{TABLE}</sec>")
    spans = [span for block in raw.blocks for span in block.segments]
    assert all(first.end <= second.start for first, second in itertools.pairwise(spans))


def test_an_entity_that_html_knows_is_read_without_fetching_its_definition() -> None:
    definition = b'<!DOCTYPE article SYSTEM "http://127.0.0.1:9/none.dtd">'
    data = definition + b"<article><body><p>5&nbsp;of&hellip;</p></body></article>"
    assert JatsReader().read(data).text == "5 of…\n"


def laughs(use: str) -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE article [<!ENTITY a0 "ha">{levels}]><article><body>{use}</body></article>'.encode()


SECRET = b'<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><body><p>&x;</p></body></article>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (laughs("<p>&a11;</p>"), "defines XML entities of its own"),
        (laughs('<p id="&a11;"/>'), "defines XML entities of its own"),
        (laughs("<p>unused</p>"), "defines XML entities of its own"),
        (SECRET, "defines XML entities of its own"),
        (b"<article><body>" + b"<sec>" * 100_000, "not well-formed XML"),
        (b"<article><body><p>cut", "not well-formed XML"),
        (b"<article><body><p>" + b"<" * 1_000_000, "not well-formed XML"),
        (b"<TEI><text/></TEI>", "its root is <tei>, not a JATS <article>"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        JatsReader().read(data)


def test_a_span_of_a_million_columns_is_cut() -> None:
    cells = '<td colspan="999999999" rowspan="999999999">1</td>' * 20
    raw = read(f"<table-wrap><table>{f'<tr>{cells}</tr>' * 50}</table></table-wrap>")
    assert max(cell.column_span for cell in raw.tables[0].cells) <= 1000


def test_utf_16_is_read() -> None:
    written = '<?xml version="1.0" encoding="utf-16"?><article><body><p>5 of 7 − 3</p></body></article>'
    assert JatsReader().read(written.encode("utf-16")).text == "5 of 7 − 3\n"
