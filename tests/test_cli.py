"""The command line as a person uses it: what it prints, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg import export
from kg.cli import COMMANDS, main
from tests.tiny import write_source

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
TEXT = """Results

Of 23 patients with primary hepatic neuroendocrine neoplasm (PHNEN), washout was seen in 15/23 (65.2%).
Hepatocellular carcinoma showed washout in 2/23 (8.7%), P<0.001.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("cli")
    write_source(directory / "sources", "one", TEXT)
    assert main(["build", "--sources", str(directory / "sources"), "--data", str(directory / "build")]) == 0
    return directory


@pytest.fixture
def data(folder: Path) -> str:
    return str(folder / "build")


def complaint(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that was given bad input says: one line on standard error, nothing else, exit code 2."""
    capsys.readouterr()
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"signum {arguments[0]}: ")
    assert printed.err.count("\n") == 1
    return printed.err.removeprefix(f"signum {arguments[0]}: ").rstrip("\n")


def test_build_prints_a_line_for_each_paper_and_the_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_source(tmp_path / "sources", "one", TEXT)
    write_source(tmp_path / "sources", "words", "Nothing was counted.")
    arguments = ["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]
    assert main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["source", "statements", "statistics", "gaps", "curated", "share"]
    assert [line.split()[0] for line in lines[1:4]] == ["one", "words", "all"]
    assert "words: no printed statistic was found in this text" in lines
    assert main(arguments) == 0
    assert "unchanged since the last build: one, words" in capsys.readouterr().out


def test_build_names_a_bad_source_builds_the_rest_and_exits_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_source(tmp_path / "sources", "one", TEXT)
    write_source(tmp_path / "sources", "two", "text", "title = ")
    assert main(["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]) == 2
    printed = capsys.readouterr()
    assert f"signum build: {tmp_path / 'sources' / 'two' / 'source.toml'} is no valid TOML" in printed.err
    assert "one" in printed.out
    assert (tmp_path / "build" / "one.nq").exists()


def test_build_without_sources_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    message = complaint(["build", "--sources", str(tmp_path / "x"), "--data", str(tmp_path / "b")], capsys)
    assert message == f"{tmp_path / 'x'} is no folder of sources; give one with --sources DIR"


def test_verify_exits_1_and_names_what_changed(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    arguments = ["verify", "--sources", str(tmp_path / "copy" / "sources"), "--data", str(tmp_path / "copy" / "build")]
    assert main(arguments) == 0
    capsys.readouterr()
    text = tmp_path / "copy" / "sources" / "one" / "text.txt"
    text.write_text(text.read_text().replace("P<0.001", "P>0.001"))
    assert main(arguments) == 1
    assert "P>0.001" in capsys.readouterr().err


def test_validate_names_what_is_wrong_before_a_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_source(tmp_path, "one", "text", 'titel = "a"\n')
    assert main(["validate", "--sources", str(tmp_path)]) == 1
    assert "unknown field 'titel' (did you mean 'title'?)" in capsys.readouterr().err


def test_validate_finds_nothing_in_what_is_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--sources", str(ROOT / "sources")]) == 0
    assert capsys.readouterr().out.startswith("0 problems")


@pytest.mark.parametrize("form", ["csv", "json"])
def test_sparql_prints_rows(form: str, data: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = (
        "SELECT ?source (COUNT(*) AS ?n) WHERE { ?s a signum:Statement ; prov:wasDerivedFrom ?source } GROUP BY ?source"
    )
    assert main(["sparql", "--data", data, query, "--format", form]) == 0
    printed = capsys.readouterr().out
    rows = json.loads(printed) if form == "json" else list(csv.DictReader(io.StringIO(printed)))
    assert [row["source"].rpartition("/")[2] for row in rows] == ["one"]
    assert int(rows[0]["n"]) >= 2


def test_sparql_reads_a_file_or_standard_input(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "q.rq").write_text("ASK { ?s ?p ?o }")
    assert main(["sparql", "--data", data, "-f", str(tmp_path / "q.rq"), "--format", "csv"]) == 0
    first = capsys.readouterr().out
    monkeypatch.setattr(sys, "stdin", io.StringIO("ASK { ?s ?p ?o }"))
    assert main(["sparql", "--data", data, "--format", "csv"]) == 0
    assert capsys.readouterr().out == first == "answer\ntrue\n"
    assert "q2.rq cannot be read: No such file" in complaint(
        ["sparql", "--data", data, "-f", str(tmp_path / "q2.rq")], capsys
    )


def test_a_query_that_never_ends_is_stopped(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert "1 s" in complaint(["sparql", "--data", data, query, "--timeout", "1"], capsys)


def test_a_query_that_is_wrong_is_one_line(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not valid SPARQL" in complaint(["sparql", "--data", data, "SELECT WHERE"], capsys)


def test_show_finds_a_concept_by_any_name_and_prints_its_statements(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", "--data", data, "PHNENs"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("primary hepatic neuroendocrine neoplasm (disease, key phnen)\n")
    assert "15/23" in printed
    assert main(["show", "--data", data, "phnen", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["key"] == "phnen"
    assert {row["source"] for row in shown["statements"]} == {"one"}


def test_show_finds_a_source_and_a_statement(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "--data", data, "one", "--format", "csv"]) == 0
    row = next(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    identity = row["statement"].partition("/statement/")[2]
    assert main(["show", "--data", data, identity]) == 0
    assert " ".join(row["quote"].split())[:60] in capsys.readouterr().out


def test_an_unknown_name_is_one_line_with_what_may_have_been_meant(
    data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "did you mean" in complaint(["show", "--data", data, "phnnen"], capsys)
    message = complaint(["compare", "--data", data, "hccc", "phnen"], capsys)
    assert message.startswith(
        "no disease is called 'hccc'; did you mean hepatocellular carcinoma (hepatocellular-carcinoma)"
    )
    message = complaint(["compare", "--data", data, "washout", "phnen"], capsys)
    assert message.startswith("no disease is called 'washout'")
    assert "no statement has the id" in complaint(["show", "--data", data, f"one/{'0' * 20}"], capsys)
    complaint(["show", "--data", data, "one/xyz"], capsys)


def test_a_source_that_is_not_there_is_named_with_those_that_are(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("audit", "gaps"):
        message = complaint([command, "two", "--data", data], capsys)
        assert message == "no source is called 'two'; there are: one"


def test_the_same_disease_twice_is_one_line(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    message = complaint(["compare", "--data", data, "phnen", "PHNENs"], capsys)
    assert "primary hepatic neuroendocrine neoplasm" in message


def test_compare_gives_one_answer_in_three_forms(data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["compare", "--data", data, "PHNEN", "HCC"]
    assert main(arguments) == 0
    assert "15/23" in capsys.readouterr().out
    assert main([*arguments, "--format", "json", "-o", str(tmp_path / "c.json")]) == 0
    answer = json.loads((tmp_path / "c.json").read_text())
    assert {"a", "b", "signs"} <= answer.keys()
    assert main([*arguments, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert ("15", "23") in {(row["a_n"], row["a_total"]) for row in rows}


@pytest.mark.parametrize(
    "command", ["export statements", "show phnen", "compare phnen hcc", "sparql ASK{?s?p?o}", "evaluate"]
)
def test_a_graph_that_is_missing_or_empty_is_one_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, *rest = command.split()
    rest += ["--gold", str(GOLD)] if name == "evaluate" else []
    missing = complaint([name, "--data", str(tmp_path / "nowhere"), *rest], capsys)
    assert "nowhere" in missing
    assert "signum build" in missing
    assert "signum build" in complaint([name, "--data", str(tmp_path), *rest], capsys)


def test_a_damaged_graph_is_one_line(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(folder / "build", tmp_path / "build")
    path = tmp_path / "build" / "one.nq"
    path.write_bytes(path.read_bytes()[:-40])
    assert "one.nq" in complaint(["show", "--data", str(tmp_path / "build"), "phnen"], capsys)


@pytest.mark.parametrize("name", export.EXPORTERS)
def test_export_writes_every_export(name: str, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", name, "--data", data, "--date", "2026-01-31", "-o", str(tmp_path / "out")]) == 0
    assert (tmp_path / "out").exists()
    assert str(tmp_path / "out") in capsys.readouterr().out


def test_export_takes_the_format_from_the_name(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "entities", "--data", data, "-o", "e.json"]) == 0
    assert json.loads((tmp_path / "e.json").read_text())
    assert main(["export", "entities", "--data", data]) == 0
    assert (tmp_path / "entities.csv").read_text().startswith("iri,key,")
    assert "no export is called 'entity'" in complaint(["export", "entity", "--data", data], capsys)
    assert "--date is 'today'; allowed: a day" in complaint(
        ["export", "crate", "--data", data, "--date", "today"], capsys
    )


def test_evaluate_without_annotations_is_one_line(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "holds no annotations" in complaint(["evaluate", "--data", data, "--gold", str(tmp_path)], capsys)


def test_evaluate_prints_the_figures_and_what_was_missed(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    annotation = {
        "id": "one-1", "kind": "stat", "quote": "washout was seen in 15/23 (65.2%)", "anchor": "15/23",
        "subject": "no such disease", "predicate": "has_sign", "object": "washout", "polarity": "present",
        "stat": {"stat_type": "proportion", "numerator": 15, "denominator": 23},
    }  # fmt: skip
    (tmp_path / "one.jsonl").write_text(json.dumps(annotation))
    assert main(["evaluate", "--data", data, "--gold", str(tmp_path), "--missed", "5"]) == 0
    printed = capsys.readouterr().out
    assert "1/1 (100.0%)" in printed
    assert "missed | one | link | one-1 | 15/23 | no such disease | washout" in printed


def test_an_unknown_argument_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["build", "--sauces", "x"], ["nothing"], []):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("command", [command.name for command in COMMANDS])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    if command == "add":
        done = subprocess.run(
            [sys.executable, "-m", "kg.cli", "add", "--help"], capture_output=True, text=True, check=True
        )
        assert "usage: signum add" in done.stdout
        return
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert "--data" in capsys.readouterr().out


def test_add_brings_a_paper_in_that_the_build_then_reads(tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text(TEXT)
    command = [
        sys.executable,
        "-m",
        "kg.cli",
        "add",
        str(tmp_path / "new.txt"),
        "--title",
        "On washout",
        "--key",
        "new1",
    ]
    done = subprocess.run(
        [*command, "--sources", str(tmp_path / "sources")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert main(["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]) == 0
    assert (tmp_path / "build" / "new1.nq").exists()


def test_app_serves_the_data_that_it_was_given(data: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def start(program: str, arguments: list[str]) -> None:
        started.append(arguments)
        raise SystemExit

    monkeypatch.setattr(os, "execv", start)
    monkeypatch.setenv("SIGNUM_DATA", "")
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit):
        main(["app", "--data", data, "--port", "8600"])
    assert os.environ["SIGNUM_DATA"] == data
    (arguments,) = started
    assert arguments[1:4] == ["-m", "kg.web.start", "run"]
    assert arguments[arguments.index("--server.port") + 1] == "8600"
    assert arguments[arguments.index("--server.headless") + 1] == "true"


def test_asking_loads_neither_spacy_nor_streamlit(data: str) -> None:
    program = (
        "import sys; from kg.cli import main; main(sys.argv[1:]); "
        "print(sorted({'spacy', 'streamlit', 'pandas', 'ingest', 'pyshacl'} & sys.modules.keys()), file=sys.stderr)"
    )
    command = [sys.executable, "-c", program, "compare", "--data", data, "phnen", "hcc"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == "[]\n"


def test_compare_takes_the_filters_of_the_page(shipped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def asked(*options: str) -> dict[str, Any]:
        assert main(["compare", "--data", str(shipped), "PHNEN", "HCC", "--format", "json", *options]) == 0
        found: dict[str, Any] = json.loads(capsys.readouterr().out)
        return found

    whole, own = asked(), asked("--evidence", "own")
    assert own["hidden"] > asked("--evidence", "own,cited")["hidden"] > whole["hidden"] == 0
    assert own["answer"][-1]["sentence"] == f"The filters leave out {own['hidden']} rows."
    nothing = asked("--modality", "EUS", "--only-warned")
    assert nothing["answer"][0]["sentence"].startswith("With these filters, ")
    assert nothing["signs"] == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--state", "sen"], "state is 'sen'; allowed: seen, zero"),
        (["--sort", "size"], "sort is 'size'; allowed: bound, lr, name, phase"),
        (["--source", "miller1999"], "miller1999"),
        (["--modality", "washout"], "washout"),
    ],
)
def test_a_filter_that_is_none_is_named(
    options: list[str], says: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert says in complaint(["compare", "--data", data, "phnen", "hcc", *options], capsys)


def test_filters_are_for_two_diseases(data: str, capsys: pytest.CaptureFixture[str]) -> None:
    message = complaint(["compare", "--data", data, "phnen", "hcc", "ihcc", "--cross-study"], capsys)
    assert "--cross-study is for two diseases, and 3 are given" in message


def test_compare_prints_a_query_that_gives_its_numbers(
    data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "--data", data, "PHNEN", "HCC", "--sparql", "-o", str(tmp_path / "compare.rq")]) == 0
    assert main(["sparql", "--data", data, "-f", str(tmp_path / "compare.rq"), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [rows[0][name] for name in ("a_n", "a_N", "b_n", "b_N")] == ["15", "23", "2", "23"]
    assert float(rows[0]["lr"]) == pytest.approx(7.5)


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_compare_of_three_diseases_is_a_matrix(form: str, data: str, capsys: pytest.CaptureFixture[str]) -> None:
    names = ["PHNEN", "HCC", "cholangiocarcinoma"]
    assert main(["compare", "--data", data, *names, "--format", form]) == 0
    printed = capsys.readouterr().out
    assert "15/23 65% (45–81)" in printed
    assert "— not reported" in printed
    if form == "json":
        assert [one["state"] for one in json.loads(printed)["signs"][0]["cells"]] == ["seen", "seen", "not_reported"]


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_differential_prints_what_fits(form: str, data: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["differential", "--data", data, "--present", "washout", "--among", "PHNEN,HCC", "--format", form]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    if form == "table":
        assert "Are your patients like those of" in printed
        assert "88% (66–97)" in printed
    elif form == "csv":
        assert [float(row["probability"]) > 0.5 for row in csv.DictReader(io.StringIO(printed))] == [True, False]
    else:
        assert json.loads(printed)["panel"] == ["phnen", "hepatocellular-carcinoma"]
    assert main([*arguments, "--out-of-scope"]) == 0
    assert "88%" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--present", "washut"], "no finding is called 'washut'; did you mean washout"),
        (["--present", "washout", "--among", "PHNEM"], "no disease is called 'PHNEM'; did you mean"),
        ([], "no finding is given as present or absent"),
        (["--present", "washout", "--prior", "PHNEN=x"], "--prior has 'PHNEN=x'; allowed: a disease and 0 to 1"),
        (["--present", "washout", "--absent", "wash-out"], "'washout' is given twice"),
        (["--present", "washout", "--among", "PHNEN,HCC", "--prior", "PHNEN=3"], "is 3.0; allowed: 0 to 1"),
    ],
)
def test_differential_refuses_in_one_line(
    arguments: list[str], message: str, data: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in complaint(["differential", "--data", data, *arguments], capsys)
