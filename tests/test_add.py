"""`signum add`: papers come in whole or not at all, and none comes in twice."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from ingest.add import main
from ingest.readers import read_source
from ingest.shelf import Shelf, ShelfError
from kg.model import Source
from kg.sources import read_folder
from tests import pdf_papers

FRONT = (
    "<front><article-meta><article-id pub-id-type='doi'>{doi}</article-id>"
    "<title-group><article-title>{title}</article-title></title-group>"
    "<contrib-group><contrib contrib-type='author'><name><surname>Müller</surname>"
    "<given-names>Ann B.</given-names></name>"
    "</contrib></contrib-group><pub-date pub-type='epub'><year>2020</year></pub-date></article-meta></front>"
)


def jats(title: str = "Washout", doi: str = "10.1234/a", text: str = "Seen in 5 of 9.") -> str:
    front = FRONT.format(title=title, doi=doi)
    return f"<article>{front}<body><sec><title>Results</title><p>{text}</p></sec></body></article>"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "given.nxml"
    path.write_text(jats(), encoding="utf-8")
    return path


def run(tmp_path: Path, *arguments: object) -> int:
    return main([*map(str, arguments), "--sources", str(tmp_path / "sources"), "--no-count"])


def held(tmp_path: Path) -> list[str]:
    directory = tmp_path / "sources"
    return sorted(str(path.relative_to(directory)) for path in directory.rglob("*")) if directory.exists() else []


def test_a_paper_comes_in_with_its_metadata_text_and_original(paper: Path, tmp_path: Path) -> None:
    assert run(tmp_path, paper) == 0
    folder = tmp_path / "sources" / "muller2020"
    assert sorted(path.name for path in folder.iterdir()) == ["paper.xml", "source.toml", "text.txt"]
    stated = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8"))
    assert (stated["title"], stated["authors"], stated["year"], stated["doi"]) == (
        "Washout",
        ["Müller AB"],
        2020,
        "10.1234/a",
    )
    stored = read_folder(folder)
    assert stored.text == read_source(folder).text
    assert stored.source.sha256 == stated["sha256"]


def test_it_says_what_was_found(paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(tmp_path, paper)
    said = capsys.readouterr().out
    assert said.startswith("muller2020: Washout\n  added to ")
    assert "1 section (Results), 0 tables" in said


def test_plain_text_is_stored_with_plain_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes(b"\xef\xbb\xbfResults\r\n\r\nSeen in 5 of 9.\r\n")
    assert (
        run(tmp_path, path, "--title", "Mine", "--key", "mine2021", "--year", "2021", "--authors", "Roe A; Doe J") == 0
    )
    assert held(tmp_path) == ["mine2021", "mine2021/source.toml", "mine2021/text.txt"]
    stored = read_folder(tmp_path / "sources" / "mine2021")
    assert (stored.text, stored.source.authors) == ("Results\n\nSeen in 5 of 9.\n", ("Roe A", "Doe J"))


def test_a_pdf_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "two.pdf"
    path.write_bytes(pdf_papers.two_columns())
    assert run(tmp_path, path) == 0
    assert held(tmp_path) == ["two", "two/paper.pdf", "two/source.toml", "two/text.txt"]
    assert read_source(tmp_path / "sources" / "two").text == read_folder(tmp_path / "sources" / "two").text


def test_options_overrule_what_the_file_says(paper: Path, tmp_path: Path) -> None:
    options = ("--title", "Better", "--year", "2019", "--doi", "https://doi.org/10.1234/B", "--licence", "CC BY")
    assert run(tmp_path, paper, *options) == 0
    stored = read_folder(tmp_path / "sources" / "muller2019").source
    assert (stored.title, stored.year, stored.doi, stored.licence) == ("Better", 2019, "10.1234/B", "CC BY")


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (jats(title="Other", text="Other text."), "the paper with DOI 10.1234/a is here already as 'muller2020'"),
        (
            jats(title="Other", doi="10.1234/A", text="Other"),
            "the paper with DOI 10.1234/A is here already as 'muller2020'",
        ),
        (jats(doi="10.1234/other"), "a paper with exactly this text is here already as 'muller2020'"),
    ],
    ids=["doi", "doi in capitals", "text"],
)
def test_a_paper_that_is_here_is_refused_with_its_key(
    second: str, reason: str, paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, paper)
    before = held(tmp_path)
    paper.write_text(second, encoding="utf-8")
    assert run(tmp_path, paper) == 2
    assert reason in capsys.readouterr().err
    assert held(tmp_path) == before


def test_a_second_paper_of_an_author_and_year_gets_a_letter(paper: Path, tmp_path: Path) -> None:
    run(tmp_path, paper)
    paper.write_text(jats(doi="10.1234/b", text="Seen in 7 of 9."), encoding="utf-8")
    assert run(tmp_path, paper) == 0
    assert {path.name for path in (tmp_path / "sources").iterdir()} == {"muller2020", "muller2020b"}


def test_a_key_that_is_taken_is_never_overwritten(
    paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources" / "mine").mkdir(parents=True)
    assert run(tmp_path, paper, "--key", "mine") == 2
    assert "the key 'mine' is taken; nothing was added" in capsys.readouterr().err
    assert held(tmp_path) == ["mine"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--key", "../etc"], "allowed: lower-case letters, digits and '-'"),
        (["--year", "soon"], "--year is 'soon'; allowed: a year, as in 2017"),
        (["--year", "20024"], "year is 20024"),
        (["--doi", "none"], "doi is 'none'"),
    ],
)
def test_a_bad_option_adds_nothing(
    arguments: list[str], reason: str, paper: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, paper, *arguments) == 2
    assert reason in capsys.readouterr().err
    assert held(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", pdf_papers.locked(), "locked with a password"),
        ("a.pdf", pdf_papers.picture_only(), "has a text layer"),
        ("a.xml", b"<article><body>", "not well-formed XML"),
        ("a.txt", b"", "a.txt is empty"),
        ("a.txt", b"In 5 of 9.", "a.txt does not state its title; give it with --title"),
        ("a.docx", b"PK\x03\x04", "a.docx holds ZIP archive"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_nothing_behind(
    name: str, data: bytes, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert run(tmp_path, path) == 2
    said = capsys.readouterr()
    assert reason in said.err
    assert said.err.count("\n") == 1
    assert held(tmp_path) == []


def test_a_folder_is_added_paper_by_paper_and_the_good_ones_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "papers"
    (folder / "more").mkdir(parents=True)
    (folder / "a.xml").write_text(jats(doi="10.1234/1", text="One."), encoding="utf-8")
    (folder / "b.xml").write_text("<article>", encoding="utf-8")
    (folder / "more" / "c.xml").write_text(jats(doi="10.1234/3", text="Three."), encoding="utf-8")
    (folder / "notes.csv").write_text("not a paper", encoding="utf-8")
    assert run(tmp_path, folder) == 2
    said = capsys.readouterr()
    assert said.out.endswith(f"2 of 3 papers added to {tmp_path / 'sources'}\n")
    assert "[2/3] signum add: b.xml: not well-formed XML" in said.err
    assert {path.name for path in (tmp_path / "sources").iterdir()} == {"muller2020", "muller2020b"}


def test_one_title_cannot_be_that_of_many_papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Results\n\n{name}", encoding="utf-8")
    assert run(tmp_path, tmp_path / "a.txt", tmp_path / "b.txt", "--title", "Both") == 2
    assert "describe one paper, but 2 are to be added" in capsys.readouterr().err
    assert held(tmp_path) == []


def test_a_name_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, tmp_path / "none.txt") == 2
    assert "none.txt is neither a file nor a folder" in capsys.readouterr().err


def test_a_wrong_doi_in_the_file_is_left_out_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.xml"
    path.write_text(jats(doi="unknown"), encoding="utf-8")
    assert run(tmp_path, path) == 0
    assert "note: left out what the file says: doi is 'unknown'" in capsys.readouterr().out


def test_a_full_disk_leaves_nothing_behind(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.shelf.os.fsync", full)
    assert run(tmp_path, paper) == 2
    assert "cannot be written (No space left on device); nothing was added" in capsys.readouterr().err
    assert held(tmp_path) == []


def test_what_a_killed_process_left_is_removed_and_a_running_one_is_let_be(tmp_path: Path) -> None:
    finished = subprocess.Popen([sys.executable, "-c", ""])
    finished.wait()
    dead, alive = tmp_path / f".adding-{finished.pid}-x", tmp_path / f".adding-{os.getpid()}-x"
    for folder in (dead, alive):
        folder.mkdir()
    Shelf.open(tmp_path)
    assert (dead.exists(), alive.exists()) == (False, True)


def test_two_that_add_the_same_key_at_once_do_not_mix(tmp_path: Path) -> None:
    first, second = Shelf.open(tmp_path), Shelf.open(tmp_path)
    first.put(Source(key="x1", title="First"), "first\n", None)
    with pytest.raises(ShelfError, match="the key 'x1' is taken"):
        second.put(Source(key="x1", title="Second"), "second\n", None)
    assert (tmp_path / "x1" / "text.txt").read_text(encoding="utf-8") == "first\n"


def test_it_runs_as_a_command(paper: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ingest.add", str(paper), "--sources", str(tmp_path / "s"), "--no-count"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[1], check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("muller2020: Washout")
