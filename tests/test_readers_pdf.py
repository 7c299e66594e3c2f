"""PDF files: reading order, tables, noise, and what is refused."""

from __future__ import annotations

import zlib
from functools import cache

import pytest

from ingest.readers.base import ReaderError
from ingest.readers.pdf import PdfReader
from ingest.text import RawText, clean
from tests import pdf_papers


@cache
def read(name: str) -> RawText:
    return PdfReader().read(getattr(pdf_papers, name)())


def cells(raw: RawText) -> list[tuple[int, int, str]]:
    return [(cell.row, cell.column, cell.text) for cell in raw.tables[0].cells]


EXPECTED_CELLS = [(row, column, text) for row, line in enumerate(pdf_papers.ROWS) for column, text in enumerate(line)]


def test_columns_are_read_one_after_the_other() -> None:
    raw = read("two_columns")
    paragraphs = [clean(raw.text, block).text for block in raw.blocks if block.kind == "paragraph"]
    numbers = [int(text.split()[2]) for text in paragraphs if text.startswith("Paragraph number")]
    assert numbers == list(range(1, 8)) * 4


def test_a_paragraph_goes_on_over_a_column_and_a_page() -> None:
    raw = read("two_columns")
    paragraphs = [clean(raw.text, block).text for block in raw.blocks if block.kind == "paragraph"]
    assert all(text.startswith("Paragraph number") and text.endswith(("minutes.", "lesions.")) for text in paragraphs)


def test_headings_open_sections() -> None:
    raw = read("two_columns")
    headings = [
        (raw.text[b.segments[0].start : b.segments[0].end], b.section) for b in raw.blocks if b.kind == "heading"
    ]
    assert headings == [
        ("Introduction", "Introduction"),
        ("Materials and methods", "Methods"),
        ("Results", "Results"),
        ("Discussion", "Discussion"),
    ]


def test_running_headers_and_page_numbers_are_noise() -> None:
    raw = read("two_columns")
    noise = [raw.text[b.segments[0].start : b.segments[0].end] for b in raw.blocks if b.kind == "noise"]
    assert {f"Journal of Small Signs 2021;4:{page}" for page in (1, 2, 3)} <= set(noise)
    assert {"1", "2", "3"} <= set(noise)
    assert not any("phase" in line for line in noise)


def test_every_block_has_its_page() -> None:
    raw = read("two_columns")
    assert all(block.locator == f"page {block.page}" for block in raw.blocks)
    assert {block.page for block in raw.blocks} >= {1, 2, 3}


def test_raised_characters_join_no_number() -> None:
    text = clean(read("two_columns").text, read("two_columns").blocks[5]).text
    assert "1.15 × 10^−3 mm2/s in 12 lesions" in text
    assert "before in 5[3] of 9" in text


def test_the_file_states_its_metadata() -> None:
    assert read("two_columns").metadata == {
        "title": pdf_papers.TITLE_TEXT,
        "authors": ("Roe AB", "Yang X-R"),
        "doi": "10.1234/signs.2021.7",
    }


@pytest.mark.parametrize("name", ["ruled_table", "open_table"])
def test_a_table_has_addressable_cells(name: str) -> None:
    raw = read(name)
    assert cells(raw) == EXPECTED_CELLS
    table = raw.tables[0]
    assert (table.label, table.page) == ("Table 1", 1)
    assert table.caption_text == "Table 1. Signs of liver metastases in both groups."
    assert [cell.text for cell in table.cells if cell.header] == list(pdf_papers.ROWS[0])
    assert [raw.text[span.start : span.end] for span in table.footnotes] == [
        "NET, neuroendocrine tumour. Data are counts."
    ]
    assert all(cell.span and raw.text[cell.span.start : cell.span.end] == cell.text for cell in table.cells)


def test_cells_that_no_rule_divides_span() -> None:
    table = read("spanning_table").tables[0]
    spans = {cell.text: (cell.row_span, cell.column_span, cell.header) for cell in table.cells}
    assert (spans["Group"], spans["Sign"], spans["NET"]) == ((1, 2, True), (2, 1, True), (1, 1, True))
    assert spans["15/23"] == (1, 1, False)


def test_prose_around_a_table_stays_prose() -> None:
    raw = read("ruled_table")
    prose = [b for b in raw.blocks if b.kind == "paragraph" and b.section != "Table"]
    assert len(prose) == 6
    assert not any("|" in raw.text[b.segments[0].start : b.segments[-1].end] for b in prose)


def test_upright_text_is_left_out_and_told() -> None:
    raw = read("upright_text")
    assert "Downloaded" not in raw.text
    assert raw.notes == ("characters that stand upright were not read: 19 on page 1",)


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of which is its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%btrailer << /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return out + b"startxref\n%d\n%%%%EOF\n" % (out.rindex(b"xref\n"))


def one_page(stream: bytes, filters: bytes) -> bytes:
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << >> >>"
    content = b"<< /Length %d /Filter %b >>\nstream\n%b\nendstream" % (len(stream), filters, stream)
    catalogue, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return pdf(catalogue, pages, page, content)


LOOP = pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9999999 >>")
BOMB = one_page(zlib.compress(zlib.compress(bytes(1 << 26), 9), 9), b"[/FlateDecode /FlateDecode]")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf_papers.picture_only(), "has a text layer"),
        (pdf_papers.empty_pages(2), "has a text layer"),
        (pdf_papers.locked(), "locked with a password"),
        (pdf_papers.open_table()[:-20], "cut short"),
        (pdf_papers.open_table()[:900], "cut short"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20 + b"%%EOF", "is damaged"),
        (LOOP, "is damaged"),
        (BOMB, "has a text layer"),
    ],
    ids=["picture", "empty pages", "locked", "no end mark", "half", "junk", "page loop", "bomb"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReaderError, match=reason):
        PdfReader().read(data)


def test_a_page_with_thousands_of_rules_is_read_without_tables() -> None:
    lines = b"".join(b"%d 100 m %d 700 l S 50 %d m 550 %d l S " % (x, x, x + 60, x + 60) for x in range(50, 550))
    text = b"BT /F 10 Tf 20 750 Td (Washout was seen in fifteen of all patients.) Tj ET "
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    data = one_page(zlib.compress(text + lines), b"/FlateDecode").replace(b"/Resources << >>", b"/Resources " + font)
    raw = PdfReader().read(data)
    assert (raw.tables, raw.text) == ((), "Washout was seen in fifteen of all patients.\n")
