"""A query that nobody vouches for gets its answer or one sentence, and never takes anything with it."""

from __future__ import annotations

import socket
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from kg.measures import wilson
from kg.pool import Limits, Pool, run_query
from kg.sparql import QueryError
from kg.store import Store, StoreError
from kg.terms import IRI, LanguageString
from tests import example_graph as example

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    for name, text in example.files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def refused(build: Path, query: str, **limits: float) -> str:
    with pytest.raises(QueryError) as caught:
        run_query(build, query, **limits)  # type: ignore[arg-type]
    return str(caught.value)


def test_rows_are_the_ones_that_the_store_gives_in_this_process(build: Path) -> None:
    query = """SELECT ?s ?n ?hedged ?confidence ?start ?label ?none WHERE {
        ?s signum:hedged ?hedged ; signum:confidence ?confidence ; signum:start ?start ; signum:object ?o
        OPTIONAL { ?s signum:statistic/signum:numerator ?n } OPTIONAL { ?o skos:prefLabel ?label }
        OPTIONAL { ?s <urn:x> ?none }
      } ORDER BY ?s"""
    result = run_query(build, query)
    assert result.rows == Store.open(build).select(query)
    assert result.columns == ("s", "n", "hedged", "confidence", "start", "label", "none")
    types = {type(value) for row in result.rows for value in row.values()}
    assert types == {IRI, Decimal, bool, float, int, str, type(None)}


def test_an_ask_is_one_row_and_no_row_still_has_its_columns(build: Path) -> None:
    assert run_query(build, "ASK { ?s ?p ?o }").rows == [{"answer": True}]
    empty = run_query(build, "SELECT ?s ?o { ?s <urn:none> ?o }")
    assert (empty.columns, empty.rows) == (("s", "o"), [])


def test_the_statistical_functions_are_there_too(build: Path) -> None:
    (row,) = run_query(build, "SELECT (stat:wilsonLow(7, 10) AS ?low) {}").rows
    assert row["low"] == pytest.approx(wilson(7, 10).low)


def test_a_language_stays_with_its_literal(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text('<urn:s> <urn:p> "figado"@pt <urn:g> .\n', encoding="utf-8")
    (row,) = run_query(tmp_path, "SELECT ?o { ?s ?p ?o }").rows
    assert isinstance(row["o"], LanguageString)
    assert (row["o"], row["o"].language) == ("figado", "pt")


def test_a_syntax_error_is_told_with_its_place(build: Path) -> None:
    sentence = refused(build, "SELECT ?s WHERE {\n  ?s ?p }")
    assert sentence.startswith("the query is not valid SPARQL")
    assert "line 2, column 9" in sentence


def test_a_cross_product_is_stopped_at_the_time_limit(build: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    assert refused(build, query, timeout=0.3).startswith("the query was stopped after 0.3 s; add a LIMIT")


def test_a_query_that_takes_all_memory_dies_alone(build: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
    assert "needs more than 1024 MiB" in refused(build, query, timeout=60)


@pytest.mark.parametrize("depth", [100, 5000, 30_000])
def test_deep_brackets_are_refused_before_an_engine_sees_them(build: Path, depth: int) -> None:
    assert "brackets nest deeper" in refused(build, "SELECT * { FILTER" + "(" * depth + "1" + ")" * depth + "}")


@pytest.mark.parametrize("filler", ["!", "-", "+"])
def test_a_stack_that_ends_without_a_bracket_is_one_sentence_too(build: Path, filler: str) -> None:
    sentence = refused(build, "SELECT * { ?s ?p ?o FILTER(" + filler * 60_000 + "1) }")
    assert sentence.startswith(
        ("the query nests too deep", "the query is not valid SPARQL", "the process that answered")
    )


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE at line 1"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "SERVICE at line 1"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "INSERT at line 1, column 1 would change data"),
        ("DROP ALL", "DROP at line 1"),
        ("LOAD <file:///etc/passwd>", "LOAD at line 1"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "rows come from SELECT and ASK"),
        ("SELECT * { ?s ?p '" + "x" * 70_000 + "' }", "bytes; allowed are 65536"),
        ("hello", "this is no query"),
    ],
)
def test_what_is_no_reading_query_is_refused(build: Path, query: str, reason: str) -> None:
    assert reason in refused(build, query)


def test_too_many_rows_are_an_error_and_no_cut_answer(build: Path) -> None:
    assert refused(build, "SELECT * { ?s ?p ?o }", row_limit=10).startswith(
        "the query has more than 10 rows; add a LIMIT"
    )
    assert len(run_query(build, "SELECT * { ?s ?p ?o } LIMIT 10", row_limit=10).rows) == 10


def test_too_large_an_answer_is_an_error(build: Path) -> None:
    small = Pool(build, limits=Limits(size=2000), workers=1, warm=False)
    with small as pool, pytest.raises(QueryError, match="the answer is larger than 2000 bytes"):
        pool.ask("SELECT * { ?s ?p ?o }", "CSV")


@pytest.mark.parametrize("limits", [{"timeout": 0}, {"timeout": float("nan")}, {"row_limit": 0}])
def test_limits_that_allow_nothing_are_refused(build: Path, limits: dict[str, float]) -> None:
    assert "allowed: above 0 s, at least 1 row" in refused(build, "ASK {}", **limits)


def test_data_that_are_missing_or_damaged_are_named_as_by_the_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there are no data at"):
        run_query(tmp_path / "gone", "ASK {}")
    (tmp_path / "a.nq").write_text("damaged", encoding="utf-8")
    with pytest.raises(StoreError, match=r"a\.nq, line 1 is damaged"):
        run_query(tmp_path, "ASK {}")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the network is refused on Linux alone")
def test_a_confined_process_opens_no_socket_starts_no_program_and_writes_no_file(tmp_path: Path) -> None:
    script = f"""
import socket, subprocess
from kg import confinement
assert confinement.refuse_network()
confinement.step_back()
def write():
    open({str(tmp_path / "x")!r}, "w").write("x" * 9999)
for what in (socket.socket, lambda: subprocess.run(["true"]), write):
    try:
        what()
    except OSError as error:
        print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["PermissionError", "PermissionError", "OSError"], done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the network is refused on Linux alone")
def test_service_reaches_nobody_even_where_the_guard_would_miss_it(build: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.1)
        url = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        script = f"""
import sys
from kg import confinement, sparql, store
store.require_readable = lambda query: query
confinement.refuse_network()
graph = store.Store.open({str(build)!r})
print(graph.select("SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}"))
"""
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
        assert "the query failed" in done.stderr
        with pytest.raises(TimeoutError):
            canary.accept()
