"""An upload is refused in one sentence or shown with what it would change; in either case nothing is left behind."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest

from kg import adding
from kg.adding import AddError, Limits, Upload, preview, send
from kg.compare import pairs
from kg.model import Source
from kg.rdf import source_nquads
from kg.sources import read_folder
from kg.store import Store
from tests.web_graph import HCC, PHNEN, write_graph

PAPER = """Liver tumours <script>alert(1)</script> on CT

Abstract
We reviewed 40 patients with hepatocellular carcinoma and 30 patients with primary hepatic neuroendocrine neoplasm.

Results
Washout was seen in 28 of 40 patients (70.0%) with hepatocellular carcinoma and in 12 of 30 patients (41.0%) with \
primary hepatic neuroendocrine neoplasm.
"""
UPLOAD = Upload(
    name="../../etc/My paper (2).txt", data=PAPER.encode(), fields={"year": "2026", "authors": "Doe J; Roe R"}
)


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, so that a test sees what is left."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(write_graph(tmp_path / "build"))


def test_a_paper_is_shown_with_what_it_would_change_and_sent_to_wait(
    scratch: Path, store: Store, tmp_path: Path
) -> None:
    steps: list[str] = []
    found = preview(UPLOAD, store, pairs(store), watch=steps.append)
    assert steps == ["Reading the file", "Looking for statements", "Checking the numbers", "Comparing with the graph"]
    assert found.source.key == "doe2026"
    printed = {one.statistic.printed for one in found.statements if one.statistic}
    assert {"28 of 40 patients (70.0%)", "12 of 30 patients (41.0%)"} <= printed
    assert all(found.text[one.span.start : one.span.end] == one.quote for one in found.statements)
    assert [one.explanation for one in found.verdicts if one.verdict == "inconsistent"] == [
        "12/30 is 40.0 %; the paper prints 41.0 %"
    ]
    (change,) = [one for one in found.changes if {one.a, one.b} == {HCC, PHNEN}]
    assert (change.counted_before, change.kind_after, change.counted_after) == (0, "counted", 1)
    sources = tmp_path / "sources"
    sources.mkdir()
    folder = send(UPLOAD, sources)
    stored = read_folder(folder)
    assert (folder.name, stored.read_whole, stored.source.year) == ("doe2026", True, 2026)
    with pytest.raises(AddError, match="exactly this text is here already as 'doe2026'; nothing was added"):
        send(UPLOAD, sources)
    assert [path.name for path in sources.iterdir()] == ["doe2026"]
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("paper.docx", b"x", "'paper.docx' is not a paper that can be read; allowed: txt, nxml, xml, html, htm, pdf"),
        ("paper", b"x", "'paper' is not a paper that can be read"),
        ("x" * 500 + ".exe", b"x", "is not a paper that can be read"),
        ("paper.pdf", b"", "'paper.pdf' is empty; choose the file again"),
        ("paper.txt", b"x" * (adding.LARGEST + 1), "has 20 MB; allowed: up to 20 MB"),
    ],
)
def test_a_file_is_refused_by_name_and_size_before_anything_reads_it(
    store: Store, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, sentence: str
) -> None:
    monkeypatch.setattr(adding, "_run", lambda *_: pytest.fail("something was started"))
    with pytest.raises(AddError, match=re.escape(sentence)):
        preview(Upload(name=name, data=data), store, ())


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"%PDF-1.4\n%%EOF", "a.pdf"),
        ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><article>&c;</article>', "a.xml"),
        ("a.txt", b"\x00\x01\x02\xff\xfe", "a.txt"),
        ("a.html", b"PK\x03\x04 a zip", "a.html"),
        ("untitled.txt", b"washout.", "untitled.txt"),
    ],
)
def test_a_hostile_file_gives_one_clear_sentence(
    scratch: Path, store: Store, name: str, data: bytes, sentence: str
) -> None:
    with pytest.raises(AddError, match=re.escape(sentence)) as refused:
        preview(Upload(name=name, data=data), store, ())
    said = str(refused.value)
    assert "\n" not in said
    assert "Traceback" not in said
    assert "--" not in said
    assert str(scratch) not in said
    assert list(scratch.iterdir()) == []


def test_what_takes_too_long_is_stopped_with_everything_that_it_started(scratch: Path, store: Store) -> None:
    with pytest.raises(AddError, match=r"it took more than 0\.01 s and was stopped"):
        preview(UPLOAD, store, (), limits=Limits(add=0.01))
    assert list(scratch.iterdir()) == []


def test_a_paper_that_is_here_is_named(store: Store) -> None:
    known = Source(key="known2020", title="Known", doi="10.1000/ab", authors=("Doe J",), year=2020)
    with_doi = Store.of(source_nquads(known, "text", (), (), ()))
    with pytest.raises(AddError, match=r"Already here: 10\.1000/ab \(Doe 2020\)") as refused:
        adding._refuse_known(Source(key="new", title="New", doi="10.1000/AB"), with_doi)
    assert refused.value.known == "known2020"


def test_nothing_is_sent_where_nothing_can_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(AddError, match="cannot be written to by this server"):
        send(UPLOAD, tmp_path)
