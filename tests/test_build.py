"""A build turns folders into files: what is right gets in, what is wrong is named, and nothing is half-written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.text import RawText
from kg import build as building
from kg import queries
from kg.build import BuildError, BuildReport
from kg.sources import SourceError, StoredSource
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests import tiny
from tests.tiny import write_source

if TYPE_CHECKING:
    from ingest.pipeline import Extraction


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    directory = tmp_path / "sources"
    write_source(directory, "one", "We saw washout in 15/23 and calcification in 0/12.\n")
    write_source(directory, "two", "Again washout in 7/10, in 70 %.\n")
    return directory


def build(papers: Path, extract: building.Extract = tiny.extract) -> BuildReport:
    return building.build(papers, papers.parent / "build", extract=extract)


def files(papers: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (papers.parent / "build").glob("*.*")}


def counts(papers: Path) -> set[str]:
    store = Store.open(papers.parent / "build")
    return {f"{s.source} {s.statistic.printed}" for s in queries.statements(store) if s.statistic}


def test_the_graph_holds_what_the_papers_print(papers: Path) -> None:
    report = build(papers)
    assert report.problems == ()
    assert [(one.key, one.statements, one.statistics, one.gaps) for one in report.sources] == [
        ("one", 2, 2, 0),
        ("two", 1, 1, 1),
    ]
    assert counts(papers) == {"one 15/23", "one 0/12", "two 7/10"}


def test_the_same_input_gives_the_same_bytes(papers: Path, tmp_path: Path) -> None:
    first = build(papers)
    other = building.build(papers, tmp_path / "elsewhere", extract=tiny.extract)
    assert files(papers) == {path.name: path.read_bytes() for path in (tmp_path / "elsewhere").glob("*.*")}
    assert first.graph_hash == other.graph_hash


def test_a_changed_number_changes_the_graph(papers: Path) -> None:
    before = build(papers)
    write_source(papers, "one", "We saw washout in 14/23.\n")
    after = build(papers)
    assert counts(papers) == {"one 14/23", "two 7/10"}
    assert after.graph_hash != before.graph_hash
    assert after.kept == ("two",)


def test_an_unchanged_source_is_not_read_again(papers: Path) -> None:
    build(papers)
    before = files(papers)
    report = build(papers, tiny_must_not_run)
    assert report.kept == ("one", "two")
    assert [one.statements for one in report.sources] == [2, 1]
    assert files(papers) == before


def tiny_must_not_run(stored: StoredSource, _: object) -> Extraction:
    raise AssertionError(f"{stored.source.key} was read again")


def test_a_file_that_was_changed_behind_the_build_is_written_again(papers: Path) -> None:
    build(papers)
    before = files(papers)
    path = papers.parent / "build" / "one.nq"
    path.write_text(path.read_text().replace("15/23", "16/23"))
    assert build(papers).kept == ("two",)
    assert files(papers) == before


def test_what_the_computer_derives_follows_the_statements(papers: Path) -> None:
    build(papers)
    lines = files(papers)["_derived.nq"].decode().splitlines()
    assert len([line for line in lines if "/stated#" in line]) == 1  # 0/12 is absence, and states no plain fact
    for count in ("15/23", "0/12"):
        assert any(f"/derived/{count}> " in line for line in lines)
    write_source(papers, "one", "We saw nothing in particular.\n")
    write_source(papers, "two", "Nor did we.\n")
    build(papers)
    assert "_derived.nq" not in files(papers)


BAD_FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no source.toml": (lambda folder: (folder / "source.toml").unlink(), "source.toml is missing"),
    "no text": (lambda folder: (folder / "text.txt").unlink(), "text.txt is missing"),
    "unreadable text": (
        lambda folder: (folder / "text.txt").rename(folder / "other.txt").parent.joinpath("text.txt").mkdir(),
        "text.txt cannot be read: Is a directory",
    ),
    "empty text": (lambda folder: (folder / "text.txt").write_text("\n"), "text.txt is empty"),
    "bad TOML": (lambda folder: (folder / "source.toml").write_text("title = "), "is no valid TOML"),
    "unknown field": (
        lambda folder: (folder / "source.toml").write_text('title = "a"\ntilte = "b"\n'),
        "unknown field 'tilte' (did you mean 'title'?)",
    ),
    "other text than the hash says": (
        lambda folder: (folder / "source.toml").write_text(f'title = "a"\nsha256 = "{"0" * 64}"\n'),
        "is not the text that source.toml describes",
    ),
}


@pytest.mark.parametrize("name", BAD_FOLDERS)
def test_a_bad_source_is_named_and_the_others_are_built(name: str, papers: Path) -> None:
    spoil, sentence = BAD_FOLDERS[name]
    spoil(write_source(papers, "bad", "washout in 1/2"))
    report = build(papers)
    (problem,) = report.problems
    assert sentence in problem
    assert str(papers / "bad") in problem
    assert counts(papers) == {"one 15/23", "one 0/12", "two 7/10"}
    assert "bad.nq" not in files(papers)


@pytest.mark.parametrize("name", BAD_FOLDERS)
def test_a_source_that_went_bad_keeps_its_file_of_before(name: str, papers: Path) -> None:
    folder = write_source(papers, "bad", "washout in 1/2")
    build(papers)
    before = files(papers)["bad.nq"]
    BAD_FOLDERS[name][0](folder)
    (problem,) = build(papers).problems
    assert "the graph keeps what an earlier build read" in problem
    assert files(papers)["bad.nq"] == before
    assert "bad 1/2" in counts(papers)


def test_a_fault_in_one_paper_does_not_cost_the_others(papers: Path) -> None:
    write_source(papers, "bad", "washout in 1/2")
    report = build(papers, tiny.fail)
    assert report.problems == (
        f"{papers / 'bad'} could not be taken apart: IndexError: list index out of range; please report it",
    )
    assert len(report.sources) == 2


def test_a_text_without_any_statistic_builds_and_says_so(papers: Path) -> None:
    write_source(papers, "words", "Nothing was counted here.")
    report = build(papers)
    assert report.problems == ()
    assert [one.notes for one in report.sources] == [(), (), ("no printed statistic was found in this text",)]


def test_the_same_paper_in_two_folders_is_refused(papers: Path) -> None:
    write_source(papers, "three", (papers / "one" / "text.txt").read_text())
    (problem,) = build(papers).problems
    assert "three has the same text as one" in problem


def test_the_same_doi_in_two_folders_is_refused(papers: Path) -> None:
    for key in ("x1", "x2"):
        write_source(papers, key, f"text of {key}", 'title = "a"\ndoi = "10.1000/AB"\n')
    (problem,) = build(papers).problems
    assert "x2 has the same doi as x1 (10.1000/AB)" in problem


def test_the_file_of_a_source_that_is_gone_is_removed(papers: Path) -> None:
    folder = write_source(papers, "gone", "washout in 1/2")
    build(papers)
    for path in [*folder.iterdir()]:
        path.unlink()
    folder.rmdir()
    assert build(papers).removed == ("gone",)
    assert "gone.nq" not in files(papers)


def test_a_file_that_no_build_wrote_is_left_alone(papers: Path) -> None:
    foreign = papers.parent / "build" / "mine.nq"
    foreign.parent.mkdir()
    foreign.write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n")
    assert build(papers).removed == ()
    assert foreign.exists()


def test_a_write_that_fails_leaves_the_old_file_whole(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(papers)
    before = files(papers)
    write_source(papers, "one", "We saw washout in 14/23.\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BuildError, match="cannot be written: No space left on device"):
        build(papers)
    assert files(papers) == before
    assert not list((papers.parent / "build").glob("*.part")) + list((papers.parent / "build").glob(".*.part"))


def test_what_a_killed_build_left_behind_is_cleared_away(papers: Path) -> None:
    leftover = papers.parent / "build" / ".one.nq.abc.part"
    leftover.parent.mkdir()
    leftover.write_text("half a fi")
    build(papers)
    assert not leftover.exists()


def test_two_builds_do_not_write_at_once(papers: Path) -> None:
    def build_inside(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
        with pytest.raises(BuildError, match="another build is writing to"):
            build(papers)
        return tiny.extract(stored, vocabulary)

    assert build(papers, build_inside).problems == ()


def test_no_sources_at_all_is_one_clear_message(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="holds no source"):
        building.build(tmp_path, tmp_path / "build", extract=tiny.extract)
    assert not (tmp_path / "build").exists()


def test_a_folder_that_cannot_be_made_is_one_clear_message(papers: Path) -> None:
    (papers.parent / "build").write_text("a file")
    with pytest.raises(BuildError, match="build cannot be written to: File exists"):
        build(papers)


def test_a_reader_that_sees_another_text_is_not_believed(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.readers

    monkeypatch.setattr(ingest.readers, "read_source", lambda folder: RawText(text="other", blocks=()))
    report = build(papers, building.extract_source)
    assert len(report.problems) == 2
    assert "changed while it was read" in report.problems[0]


def test_a_damaged_manifest_only_costs_time(papers: Path) -> None:
    build(papers)
    before = files(papers)
    for damage in ("", "[]", '{"sources": {"one": 3}}'):
        (papers.parent / "build" / "manifest.json").write_text(damage)
        assert build(papers).kept == ()
        assert files(papers) == before
    assert json.loads(before["manifest.json"])["files"].keys() == {name for name in before if name.endswith(".nq")}


def test_the_order_of_hashing_does_not_reach_the_files(papers: Path) -> None:
    """Python gives sets another order in each process; the files must not show it."""
    program = (
        "import sys; from pathlib import Path; from kg.build import build; from tests import tiny; "
        "print(build(Path(sys.argv[1]), Path(sys.argv[2]), extract=tiny.extract).graph_hash)"
    )
    hashes = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", program, str(papers), str(papers.parent / seed)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
        )
        hashes.add(done.stdout)
    assert len(hashes) == 1
