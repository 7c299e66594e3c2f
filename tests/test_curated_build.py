"""A build plays curations over what it extracts, says what they did, and holds to what the folders say."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg import build as building
from kg import queries
from kg.build import BuildReport
from kg.cli import main
from kg.curation import (
    Curation,
    Signature,
    acceptance,
    addition,
    append,
    correction,
    curations,
    read,
    rejection,
    to_csv,
    waiting,
)
from kg.evaluate import evaluate, extracted
from kg.model import Entity, Span, Statement
from kg.rdf import shape_violations
from kg.store import Store
from kg.summary import build_summary
from kg.tables import curated_shares
from kg.validate import validate
from kg.verify import verify
from tests import tiny
from tests.tiny import write_source

BY = Signature(reviewer="A. Reader", date="2025-01-31", reason="read again")
ONE = "We saw washout in 15/23 and calcification in 0/12. Surgery helped.\n"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    directory = tmp_path / "sources"
    write_source(directory, "one", ONE)
    write_source(directory, "two", "Again washout in 7/10, in 70 %.\n")
    return directory


def build(papers: Path, *, curations: bool = True, extract: building.Extract = tiny.extract) -> BuildReport:
    return building.build(papers, papers.parent / "build", curations=curations, extract=extract)


def store(papers: Path) -> Store:
    return Store.open(papers.parent / "build")


def statements(papers: Path) -> dict[str, Statement]:
    return {one.quote: one for one in queries.statements(store(papers))}


def files(papers: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (papers.parent / "build").glob("*.*")}


def surgery() -> Statement:
    start = ONE.index("Surgery helped")
    return Statement(
        source="one",
        span=Span(start=start, end=start + 14),
        quote="Surgery helped",
        subject=Entity(key="phnen", label="x"),
        predicate="treated_by",
        object=Entity(label="surgery"),
        evidence="own",
        section="Results",
    )


@pytest.fixture
def reviewed(papers: Path) -> Path:
    """The papers, one of them with a row of each action."""
    build(papers)
    found = statements(papers)
    washout, calcification = found["washout in 15/23"], found["calcification in 0/12"]
    path = papers / "one" / "curation.csv"
    append(path, acceptance(washout, BY))
    append(path, rejection(calcification, BY))
    append(path, addition(surgery(), BY))
    two = found["washout in 7/10"]
    fixed = correction(two, tiny_with_words(two), BY)
    append(papers / "two" / "curation.csv", fixed)
    return papers


def tiny_with_words(one: Statement) -> Statement:
    return replace(one, object=Entity(label="delayed washout"))


def test_the_graph_holds_what_people_say(reviewed: Path) -> None:
    report = build(reviewed)
    assert report.problems == ()
    found = statements(reviewed)
    assert set(found) == {"washout in 15/23", "Surgery helped", "washout in 7/10"}
    assert [found[quote].origin for quote in found] == ["extracted", "curated", "curated"]
    assert found["washout in 7/10"].object == Entity(label="delayed washout")
    assert [(one.statements, one.curated) for one in report.sources] == [(2, 1), (1, 1)]
    assert {(one.action, one.outcome) for one in curations(store(reviewed))} == {
        *(("accept", "confirmed"), ("reject", "applied"), ("add", "applied"), ("correct", "applied")),
    }
    assert [one.reviewer for one in curations(store(reviewed), "two")] == ["A. Reader"]


def test_what_was_taken_away_is_in_no_named_query_and_the_graph_fits_the_shapes(reviewed: Path) -> None:
    build(reviewed)
    rows = queries.run(store(reviewed), "sentences_with", words="calcification")
    assert not rows
    data = "".join(content.decode() for name, content in files(reviewed).items() if name in ("one.nq", "two.nq"))
    data += files(reviewed)["_curation.nq"].decode()
    assert [line for line in shape_violations(data, kg.ONTOLOGY / "shapes.ttl") if "concept" not in line] == []


def test_curations_can_be_left_out_and_taken_in_again(reviewed: Path) -> None:
    with_them = build(reviewed).graph_hash
    curated_files = files(reviewed)
    without = build(reviewed, curations=False)
    assert set(statements(reviewed)) == {"washout in 15/23", "calcification in 0/12", "washout in 7/10"}
    assert "_curation.nq" not in files(reviewed)
    assert [one.curated for one in without.sources] == [0, 0]
    assert build(reviewed).graph_hash == with_them
    assert files(reviewed) == curated_files


def test_only_the_source_whose_curations_changed_is_read_again(reviewed: Path) -> None:
    build(reviewed)
    before = files(reviewed)["_curation.nq"]
    append(reviewed / "two" / "curation.csv", acceptance(statements(reviewed)["washout in 7/10"], BY))
    assert build(reviewed).kept == ("one",)
    after = files(reviewed)["_curation.nq"]
    assert set(before.splitlines()) < set(after.splitlines())
    assert build(reviewed).kept == ("one", "two")


def test_a_lost_or_damaged_curation_graph_is_made_again(reviewed: Path) -> None:
    build(reviewed)
    before = files(reviewed)
    data = reviewed.parent / "build"
    (data / "_curation.nq").write_text("")
    assert build(reviewed).kept == ("one", "two")
    assert files(reviewed) == before
    (data / ".one.curation").unlink()
    assert build(reviewed).kept == ("two",)
    assert files(reviewed) == before


def test_a_source_that_is_gone_takes_its_curations_along(reviewed: Path) -> None:
    build(reviewed)
    for path in (reviewed / "two").iterdir():
        path.unlink()
    (reviewed / "two").rmdir()
    assert build(reviewed).removed == ("two",)
    assert b"/curation/two/" not in files(reviewed)["_curation.nq"]
    assert b"/curation/one/" in files(reviewed)["_curation.nq"]


def test_a_row_that_fits_nowhere_is_named_each_time_and_the_others_are_applied(reviewed: Path) -> None:
    path = reviewed / "one" / "curation.csv"
    append(path, stray())
    for _ in range(2):  # the second build keeps the file
        report = build(reviewed)
        (problem,) = report.problems
        assert problem.startswith(f"{path}, line 5 (stray): what the row means (")
        assert "Surgery helped" in statements(reviewed)
    assert "curations that could not be applied: 1\n" in build_summary(report)
    assert "set aside" not in build_summary(report)
    (record,) = (one for one in curations(store(reviewed)) if one.id == "stray")
    assert record.outcome == "failed"


def stray() -> Curation:
    """A row on a statement that is not there, by its hash and place alone."""
    one = acceptance(replace(surgery(), predicate="complication"), BY, id="stray")
    return replace(one, changes={}, former={"former_predicate": "complication"})


def test_a_curation_file_that_cannot_be_read_sets_the_source_aside(reviewed: Path) -> None:
    build(reviewed)
    before = files(reviewed)
    (reviewed / "one" / "curation.csv").write_bytes(b"id,\xff")
    (problem,) = build(reviewed).problems
    assert "curation.csv, line 1 is not UTF-8" in problem
    assert "the graph keeps what an earlier build read" in problem
    assert files(reviewed)["one.nq"] == before["one.nq"]
    assert files(reviewed)["_curation.nq"] == before["_curation.nq"]


def test_the_summary_shows_how_much_is_curated(reviewed: Path) -> None:
    append(reviewed / "two" / "curation.csv", addition(again(reviewed), BY))
    summary = build_summary(build(reviewed))
    lines = [line.split() for line in summary.splitlines()]
    assert lines[0][-2:] == ["curated", "share"]
    assert [line[-2:] for line in lines[1:4]] == [["1", "50.0%"], ["1", "100.0%"], ["2", "66.7%"]]
    assert "two: 1 curations are needless; signum validate lists them\n" in summary


def again(papers: Path) -> Statement:
    """What extraction gives anyway, once the correction of it is applied."""
    return tiny_with_words(statements(papers)["washout in 7/10"])


def test_an_export_says_how_much_is_curated(reviewed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(reviewed)
    data, path = str(reviewed.parent / "build"), tmp_path / "statements.csv"
    assert main(["export", "statements", "--data", data, "-o", str(path)]) == 0
    said = capsys.readouterr().out
    assert said == f"3 rows written to {path}; curated: one 1/2 (50.0%), two 1/1 (100.0%)\n"
    rows = csv.DictReader(path.open(encoding="utf-8", newline=""))
    assert [row["origin"] for row in rows] == ["extracted", "curated", "curated"]
    assert curated_shares([]) == ""


def test_verification_regenerates_the_curated_graph(reviewed: Path) -> None:
    build(reviewed)
    data = reviewed.parent / "build"
    assert verify(reviewed, data, extract=tiny.extract) == []
    path = data / "_curation.nq"
    path.write_text(path.read_text().replace("read again", "never read"))
    assert any(
        "_curation.nq" in problem and "read again" in problem
        for problem in verify(reviewed, data, extract=tiny.extract)
    )
    build(reviewed, curations=False)
    assert verify(reviewed, data, curations=False, extract=tiny.extract) == []
    assert verify(reviewed, data, extract=tiny.extract) != []


def test_validation_lists_stray_and_needless_rows(reviewed: Path) -> None:
    assert validate(reviewed, extract=tiny.extract).problems == ()
    path = reviewed / "one" / "curation.csv"
    append(path, addition(surgery(), BY, id="known"))
    append(path, stray())
    found = validate(reviewed, extract=tiny.extract)
    assert [problem.partition(": ")[0] for problem in found.problems] == [f"{path}, line 6 (stray)"]
    assert [sentence.partition(": ")[0] for sentence in found.needless] == [f"{path}, line 5 (known) can go"]


def test_of_a_paper_read_whole_the_unread_waits_and_is_listed(
    reviewed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(reviewed, curations=False)
    before = {one.hash for one in queries.statements(store(reviewed), source="one")}
    path = reviewed / "one" / "curation.csv"
    kept = [one for one in read(path).curations if one.action != "reject"]
    path.write_text(to_csv(kept), encoding="utf-8")
    metadata = reviewed / "one" / "source.toml"
    metadata.write_text(f"{metadata.read_text()}read_whole = true\n")
    report = build(reviewed)
    assert "one: 1 extracted statements wait to be read; signum export waiting lists them\n" in build_summary(report)
    assert "calcification in 0/12" not in statements(reviewed)
    (unread,) = waiting(store(reviewed))
    assert waiting(store(reviewed), "two") == []
    assert (unread.quote, unread.origin) == ("calcification in 0/12", "extracted")
    assert {one.hash for one in extracted(store(reviewed), "one")} == before
    (sentence,) = validate(reviewed, extract=tiny.extract).waiting
    assert unread.hash in sentence
    data, table = reviewed.parent / "build", tmp_path / "waiting.csv"
    assert main(["export", "waiting", "--data", str(data), "-o", str(table)]) == 0
    assert "calcification in 0/12" in table.read_text()
    assert verify(reviewed, data, extract=tiny.extract) == []
    append(path, acceptance(unread, BY))
    assert build(reviewed).problems == ()
    assert waiting(store(reviewed)) == []
    assert statements(reviewed)["calcification in 0/12"] == unread


def test_the_official_figures_are_those_of_extraction(reviewed: Path, tmp_path: Path) -> None:
    annotation = {
        "id": "one-1", "kind": "claim", "quote": "Surgery helped", "subject": "PHNEN", "predicate": "treated_by",
        "object": "surgery", "polarity": "present",
    }  # fmt: skip
    counted = {
        "id": "one-2", "kind": "stat", "quote": "calcification in 0/12", "anchor": "0/12", "subject": "PHNEN",
        "predicate": "has_sign", "object": "calcification", "polarity": "absent",
        "stat": {"numerator": 0, "denominator": 12},
    }  # fmt: skip
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "one.jsonl").write_text(f"{json.dumps(annotation)}\n{json.dumps(counted)}\n")
    build(reviewed, curations=False)
    before = evaluate(store(reviewed), gold)
    build(reviewed)
    assert evaluate(store(reviewed), gold) == before
    assert (before[-1].claim_found, before[-1].stat_linked) == (0, 1)
    after = evaluate(store(reviewed), gold, with_curated=True)
    assert (after[-1].claim_found, after[-1].stat_linked) == (1, 0)
    assert {one.quote for one in extracted(store(reviewed), "one")} == {"washout in 15/23", "calcification in 0/12"}


def test_other_processes_apply_the_same_curations(reviewed: Path, tmp_path: Path) -> None:
    from kg.processes import on_processes

    build(reviewed)
    other = building.build(reviewed, tmp_path / "other", extract=tiny.extract, engine=on_processes(2))
    assert other.problems == ()
    assert files(reviewed) == {path.name: path.read_bytes() for path in (tmp_path / "other").glob("*.*")}


def test_the_commands_take_curations_in_and_leave_them_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Results\n\nHepatocellular carcinoma showed washout in 15/23 patients.\n"
    folder = write_source(tmp_path / "sources", "one", text)
    places = ["--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]
    assert main(["build", *places]) == 0
    found = queries.statements(Store.open(tmp_path / "build"))
    for one in found:
        append(folder / "curation.csv", rejection(one, BY))
    gold = {
        "id": "one-1",
        "kind": "stat",
        "quote": "washout in 15/23 patients",
        "anchor": "15/23",
        "polarity": "present",
    }
    gold |= {"subject": "hepatocellular carcinoma", "predicate": "has_sign", "object": "washout"}
    (tmp_path / "one.jsonl").write_text(json.dumps({**gold, "stat": {"numerator": 15, "denominator": 23}}))
    assert main(["build", *places]) == 0
    assert queries.statements(Store.open(tmp_path / "build")) == ()
    assert main(["verify", *places]) == 0
    capsys.readouterr()
    assert main(["evaluate", *places[2:], "--gold", str(tmp_path), "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(row["source"], row["counted"], row["stat linked"]) for row in rows] == [
        *(("one", "extracted", "1/1 (100.0%)"), ("ALL", "extracted", "1/1 (100.0%)")),
        *(("one", "with curated", "0/1 (0.0%)"), ("ALL", "with curated", "0/1 (0.0%)")),
    ]
    assert main(["build", *places, "--no-curation"]) == 0
    assert queries.statements(Store.open(tmp_path / "build")) == found
    assert main(["verify", *places, "--no-curation"]) == 0
    (folder / "curation.csv").write_text("id,action,reviewer,date\n1,accept,A,2025-01-31\n")
    assert main(["validate", *places[:2]]) == 1
    assert "one/curation.csv, line 2: nothing says which statement to accept" in capsys.readouterr().err
    assert main(["build", *places]) == 2
    assert "curations that could not be applied: 1" in capsys.readouterr().out
