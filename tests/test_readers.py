"""The readers together: which one reads what, what is refused, and how a source is read back."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import READERS, ReaderError, read, read_source
from ingest.readers.child import read_in_child
from ingest.readers.raw_json import from_json, to_json
from tests import pdf_papers

JATS = b"<article><body><sec><title>Results</title><p>Washout was seen in 5 of 9 patients.</p></sec></body></article>"
HTML = b"<!DOCTYPE html><html><body><h2>Results</h2><p>Washout was seen in 5 of 9.</p></body></html>"
TEXT = b"Results\n\nWashout was seen in 5 of 9 of the patients, and it was not seen in the others.\n"
PORTUGUESE = (
    "As neoplasias neuroendócrinas são um grupo heterogêneo de tumores com manifestações distintas, "
    "sendo o fígado o principal órgão acometido por suas metástases.\n"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xml", JATS), ("a.nxml", JATS), ("a.html", HTML), ("a.htm", HTML), ("a.txt", TEXT), ("A.TXT", TEXT)],
)
def test_each_format_is_read_by_its_reader(name: str, data: bytes) -> None:
    raw = read(Path(name), data)
    assert "Washout was seen in 5 of 9" in raw.text
    assert [block.section for block in raw.blocks if block.kind == "heading"] != []


def test_a_pdf_is_read() -> None:
    assert "15 (65.2%)" in read(Path("a.pdf"), pdf_papers.open_table()).text


def test_plain_text_is_asked_last() -> None:
    assert [type(reader).__name__ for reader in READERS] == ["JatsReader", "HtmlReader", "PdfReader", "TextReader"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "a.txt is empty"),
        ("a.xml", b" \n\t", "a.xml is empty"),
        ("a.pdf", HTML, "a.pdf is named as PDF but holds HTML; rename it to end in .html"),
        ("a.txt", b"%PDF-1.4 etc", "a.txt is named as text but holds PDF; rename it to end in .pdf"),
        ("a.xml", TEXT, "a.xml is named as XML but holds text; rename it to end in .txt"),
        ("a.html", JATS, "a.html is named as HTML but holds XML; rename it to end in .xml"),
        ("a.docx", b"PK\x03\x04rest", "a.docx holds ZIP archive"),
        ("a.txt", bytes(range(256)) * 9, "a.txt holds binary data"),
        ("a.txt", b"\x89PNG\r\n", "a.txt holds PNG picture"),
        ("a.md5", TEXT, "a.md5 has the suffix '.md5'; allowed: .xml"),
        ("a.txt", b"words " * 200_000, "a.txt: line 1 has 1,200,000 bytes"),
        ("a.txt", TEXT + b"\xff\xfe\xfa", "a.txt: the file is not UTF-8"),
        ("a.txt", "Washout".encode("utf-16"), "a.txt: the file is UTF-16, not UTF-8"),
        ("a.xml", b"<article><body/></article>", "a.xml holds no text"),
        ("a.xml", b"<article><p>", "a.xml: not well-formed XML"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_name_and_reason(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ReaderError) as refusal:
        read(Path(name), data)
    assert str(refusal.value).startswith(reason)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("text", [PORTUGUESE * 5, "Опухоль печени с вымыванием контраста. " * 20])
def test_another_language_is_told_and_read(text: str) -> None:
    notes = read(Path("a.txt"), text.encode()).notes
    assert len(notes) == 1
    assert "only English is read for statements" in notes[0]


def source(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def test_a_source_of_plain_text_is_its_text(tmp_path: Path) -> None:
    assert read_source(source(tmp_path, text_txt=TEXT)).text == TEXT.decode()


@pytest.mark.parametrize(
    ("name", "data"), [("paper.xml", JATS), ("paper.html", HTML), ("paper.pdf", pdf_papers.open_table())]
)
def test_a_source_with_an_original_is_read_from_it_again(name: str, data: bytes, tmp_path: Path) -> None:
    raw = read(Path(name), data)
    source(tmp_path, text_txt=raw.text.encode())
    (tmp_path / name).write_bytes(data)
    assert read_source(tmp_path) == raw


def test_an_original_that_gives_another_text_is_refused(tmp_path: Path) -> None:
    raw = read(Path("paper.xml"), JATS)
    source(tmp_path, text_txt=raw.text.encode(), paper_xml=JATS.replace(b"5 of 9", b"6 of 9"))
    with pytest.raises(ReaderError, match=r"its text is not the one in text\.txt"):
        read_source(tmp_path)


def test_two_originals_are_refused(tmp_path: Path) -> None:
    source(tmp_path, text_txt=TEXT, paper_xml=JATS, paper_html=HTML)
    with pytest.raises(ReaderError, match=r"paper\.xml and paper\.html; keep one original"):
        read_source(tmp_path)


def test_a_missing_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"text.txt cannot be read \(No such file or directory\)"):
        read_source(tmp_path)


@pytest.mark.parametrize("data", [pdf_papers.ruled_table(), pdf_papers.spanning_table()])
def test_what_a_reader_hands_over_survives_json(data: bytes) -> None:
    raw = read(Path("a.pdf"), data)
    assert from_json(to_json(raw)) == raw


def test_a_process_of_its_own_reads_the_same(tmp_path: Path) -> None:
    source(tmp_path, paper_xml=JATS)
    assert read_in_child(tmp_path / "paper.xml") == read(tmp_path / "paper.xml", JATS)


def test_the_reason_comes_back_from_that_process(tmp_path: Path) -> None:
    source(tmp_path, paper_xml=b"<article>")
    with pytest.raises(ReaderError, match=r"paper\.xml: not well-formed XML"):
        read_in_child(tmp_path / "paper.xml")


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<p>word word</p>" * 200_000
    source(tmp_path, paper_html=page)
    with pytest.raises(ReaderError, match=r"paper\.html took more than 0\.5 s to read and was stopped"):
        read_in_child(tmp_path / "paper.html", seconds=0.5)


def test_a_file_that_needs_too_much_memory_is_stopped(tmp_path: Path) -> None:
    source(tmp_path, paper_html=b"<html><body>" + (b"<p>" + b"word " * 1_000_000) * 10)
    with pytest.raises(ReaderError, match=r"paper\.html needs more than 0\.2 GB"):
        read_in_child(tmp_path / "paper.html", memory_bytes=200 << 20)
