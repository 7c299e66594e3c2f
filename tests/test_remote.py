"""The whole application on a SPARQL server that is not ours: the same answers as from the folder, or what is wrong."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg import queries
from kg.cli import main
from kg.compare import compare
from kg.endpoint import EndpointError, credentials
from kg.store import Store, StoreError
from kg.terms import BASE
from kg.upload import Place, upload
from kg.web.layout import HASH_SHOWN
from tests import example_graph as example
from tests.serving import free_port, served, wait_until_open

pytestmark = pytest.mark.alone

APP = str(Path(__file__).resolve().parent.parent / "app.py")
PAIR = ("gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis")


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The Oxigraph server on an empty store; its address."""
    program = Path(sys.executable).parent / "oxigraph"
    assert program.exists(), "the Oxigraph server is not there: run .ci/setup test"
    port = free_port()
    command = [str(program), "serve", "--location", str(folder / "store"), "--bind", f"127.0.0.1:{port}", *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_until_open(port, process, folder / "log")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def server(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose default graph is the union, loaded by the command over the Graph Store Protocol."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph"), "--union-default-graph") as url:
        where = ["--store", f"{url}/query", "--graph-store", f"{url}/store"]
        assert main(["publish", "--data", str(shipped), *where]) == 0
        yield url


def test_the_readers_and_every_named_query_give_the_same_rows(server: str, shipped: Path) -> None:
    local, remote = Store.open(shipped), Store.open(f"{server}/query")
    assert queries.statements(remote) == queries.statements(local)
    assert queries.concepts(remote) == queries.concepts(local)
    assert queries.sources(remote) == queries.sources(local)
    assert queries.verdicts(remote) == queries.verdicts(local)
    ran = 0
    for name in queries.names():
        text = queries.load(name).text
        if "stat:" not in text:
            here, there = (sorted(map(repr, store.rows(text))) for store in (local, remote))
            assert there == here, name
            ran += bool(here)
    assert ran > 10


def test_the_commands_print_the_same(server: str, shipped: Path, tmp_path: Path) -> None:
    commands = (
        ["compare", *PAIR, "--format", "json"],
        ["differential", "--present", "washout", "--format", "json"],
        ["show", "washout", "--format", "csv"],
        ["ask", "Which signs separate PHNEN from HCC?", "--format", "json"],
        ["sparql", "SELECT ?s ?t { ?s dcterms:title ?t } ORDER BY ?s", "--format", "csv"],
        ["export", "statements", "--format", "csv"],
    )
    for number, command in enumerate(commands):
        files = [tmp_path / f"{number}-{side}" for side in ("here", "there")]
        assert main([*command, "--data", str(shipped), "-o", str(files[0])]) == 0, command
        assert main([*command, "--store", f"{server}/query", "-o", str(files[1])]) == 0, command
        here, there = (file.read_text(encoding="utf-8") for file in files)
        assert without_hash(there) == without_hash(here), command


def without_hash(text: str) -> str:
    """A server's state has a hash of its own kind."""
    return "\n".join(line for line in text.splitlines() if "graph_hash" not in line and '"graph"' not in line)


PAGES = {
    None: {"a": PAIR[0], "b": PAIR[1], "print": "1"},
    "browse": {"id": "disease:phnen"},
    "sources": {"paper": "cui2017"},
    "audit": {"verdict": "inconsistent"},
}


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_show_the_same(
    page: str | None, server: str, shipped: Path, monkeypatch: pytest.MonkeyPatch, same_main_module: None
) -> None:
    shown = []
    for location in (str(shipped), f"{server}/query"):
        monkeypatch.setenv("SIGNUM_DATA", location)
        app = AppTest.from_file(APP, default_timeout=120)
        for name, value in PAGES[page].items():
            app.query_params[name] = value
        if page is not None:
            app.switch_page(f"kg/web/{page}.py")
        app.run()
        assert not app.exception
        name = Store.open(location).graph_hash[:HASH_SHOWN]  # each store names its graph by what it holds
        drawn = [re.sub(rf"{name}[0-9a-f]*", "HASH", one.proto.body) for one in app.get("html")]
        shown.append([re.sub(r'"/sparql[?]query=[^"]*"', "QUERY", one) for one in drawn])  # there without our functions
    here, there = shown
    assert len("".join(here)) > 1000
    assert there == here


def test_our_endpoint_answers_from_the_server(server: str, shipped: Path, tmp_path: Path) -> None:
    with served(f"{server}/query", tmp_path / "log", "--timeout", "60") as service:
        query = "SELECT ?s ?n { ?s signum:statistic/signum:numerator ?n } ORDER BY ?s ?n LIMIT 50"
        rows = [(row["s"]["value"], row["n"]["value"]) for row in service.query(query).json["results"]["bindings"]]
        assert rows == [(str(row["s"]), str(row["n"])) for row in Store.open(shipped).rows(query)]
        assert service.query(query, "text/csv").body.count(b"\n") == len(rows) + 1
        assert service.get("/sparql", "text/turtle", query="DESCRIBE concept:phnen").body.count(b"\n") > 5
        found = service.get("/api/compare", a=PAIR[0], b=PAIR[1]).json
        assert found == json.loads(json.dumps(compare(Store.open(shipped), *PAIR).to_json()))
        assert service.query("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }").status == 400


def test_a_build_is_replaced_by_update_too_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    data = tmp_path / "build"
    data.mkdir()
    for name, text in example.files().items():
        (data / name).write_text(text, encoding="utf-8")
    with oxigraph(tmp_path) as url:  # its default graph is empty, so each query names the graphs
        place = Place(query=f"{url}/query", update=f"{url}/update")
        assert upload(data, place) == upload(data, place)
        (data / "alpha2020.nq").unlink()
        said: list[str] = []
        upload(data, place, said.append)
        assert f"removed <{BASE}graph/alpha2020>" in said
        remote, local = Store.open(f"{url}/query"), Store.open(data)
        assert queries.statements(remote) == queries.statements(local)


def test_a_server_without_our_graph_is_an_error_and_no_empty_answer(tmp_path: Path) -> None:
    with oxigraph(tmp_path) as url:
        with pytest.raises(StoreError, match="holds no graph of Signum; load one with `signum publish`"):
            Store.open(f"{url}/query").select("SELECT * { ?s ?p ?o }")
        with pytest.raises(StoreError, match=r"refused the query: 404 .*is this the right address\?"):
            Store.open(f"{url}/nowhere").ask("ASK {}")
        (tmp_path / "a.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n", encoding="utf-8")
        for place, reason in (
            (Place(query=f"{url}/query", graph_store=f"{url}/nowhere"), "refused the graph: 404"),
            (Place(query=f"{url}/query", update=f"{url}/query"), "refused the query: 4"),
            (Place(query="http://127.0.0.1:9/", update="http://127.0.0.1:9/"), "cannot be asked"),
        ):
            with pytest.raises(StoreError, match=reason):
                upload(tmp_path, place)


def test_credentials_come_from_the_environment_and_go_over_no_open_line(monkeypatch: pytest.MonkeyPatch) -> None:
    assert credentials("http://example.org/") == {}
    monkeypatch.setenv("SIGNUM_STORE_USER", "ann")
    monkeypatch.setenv("SIGNUM_STORE_PASSWORD", "p:w")
    assert credentials("https://example.org/") == {"Authorization": "Basic YW5uOnA6dw=="}
    assert credentials("http://localhost:1/") == credentials("https://example.org/")
    monkeypatch.setenv("SIGNUM_STORE_TOKEN", "t")
    assert credentials("https://example.org/") == {"Authorization": "Bearer t"}
    with pytest.raises(EndpointError, match="unencrypted; use https"):
        credentials("http://example.org/")
