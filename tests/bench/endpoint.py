"""What the pool costs, and how fast the endpoint is beside rdflib-endpoint, the closest peer."""

from __future__ import annotations

import json
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph

from kg import confinement
from kg.pool import Pool
from kg.terms import PREFIXES
from tests.bench.soak_server import a_statement
from tests.serving import Service, free_port, named_questions, served, wait_until_open

QUERIES = 30
RUNS = 5
PEER_SECONDS = 20.0  # for one answer; one that is late counts as this
PEER = """
import sys
from pathlib import Path
import uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
for path in sorted(Path(sys.argv[1]).glob("*.nq")):
    graph.parse(path, format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")
"""
TEN_MILLISECONDS = """SELECT ?kind (COUNT(?statement) AS ?n) {
  GRAPH ?g { ?statement signum:predicate ?predicate ; signum:evidence ?kind ; signum:start ?start } FILTER(?start >= 0)
} GROUP BY ?kind ORDER BY ?kind"""


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    work()
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def line(what: str, peer: str, ours: float, theirs: float, goal: str) -> dict[str, str]:
    ratio = f"{ours / theirs:.3f}"
    return {
        "what": what,
        "peer": peer,
        "ours ms": f"{ours:.2f}",
        "peer ms": f"{theirs:.2f}",
        "ours ÷ peer": ratio,
        "goal": goal,
    }


def pool_cost(data: Path) -> dict[str, str]:
    """A query of about 10 ms through the pool, its answer as JSON, against the bare engine in the process that asks.

    Both have the lowest priority, as the workers always have: on a busy machine the ratio would measure that.
    """
    with multiprocessing.get_context("spawn").Pool(1, os.nice, (confinement.NICENESS,)) as process:
        return process.apply(_pool_cost, (data,))


def _pool_cost(data: Path) -> dict[str, str]:
    store = pyoxigraph.Store()
    for path in sorted(data.glob("*.nq")):
        store.bulk_load(path.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)

    def bare() -> bytes:
        found = store.query(TEN_MILLISECONDS, prefixes=PREFIXES, use_default_graph_as_union=True)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""

    with Pool(data, workers=1) as pool:
        assert pool.ask(TEN_MILLISECONDS).body == bare()
        ours, theirs = median(lambda: pool.ask(TEN_MILLISECONDS), 100), median(bare, 100)
    return line("a query through the pool", "bare engine", ours, theirs, "≤ 1.2")


def beside_the_peer(data: Path) -> list[dict[str, str]]:
    """Named queries over HTTP here and at rdflib-endpoint, installed for this run alone; a row says so if it is not."""
    with tempfile.TemporaryDirectory() as folder:
        python = installed(Path(folder))
        if python is None:
            missing = "rdflib-endpoint could not be installed: not measured"
            return [{"what": missing, "peer": "", "ours ms": "", "peer ms": "", "ours ÷ peer": "", "goal": "≤ 0.1"}]
        port, log = free_port(), Path(folder) / "peer.log"
        with log.open("w") as out:
            peer = subprocess.Popen([python, "-c", PEER, str(data), str(port)], stdout=out, stderr=out)
        try:
            wait_until_open(port, peer, log)
            with served(data, Path(folder) / "log") as service:
                return compared(service, port)
        finally:
            peer.kill()
            peer.wait()


def installed(folder: Path) -> str | None:
    venv.create(folder / "peer", with_pip=True)
    python = str(folder / "peer" / "bin" / "python")
    done = subprocess.run([python, "-m", "pip", "install", "-q", "rdflib-endpoint", "uvicorn"], check=False)
    return python if done.returncode == 0 else None


def compared(service: Service, port: int) -> list[dict[str, str]]:
    ratios, ours_all, theirs_all, late = [], [], [], 0
    questions = {name: text for name, text in named_questions(a_statement(service)).items() if "stat:" not in text}
    for name, question in list(questions.items())[:QUERIES]:
        text = prologue(question)
        here = rows(service, service.port, text)
        there = rows(service, port, text)
        ours = median(lambda text=text: rows(service, service.port, text))  # type: ignore[misc]
        if there is None:
            theirs, late = 1000 * PEER_SECONDS, late + 1
        else:
            if sorted(map(str, here or [])) != sorted(map(str, there)):
                print(
                    f"bench: {name}: {len(here or [])} rows here, {len(there)} at the peer; left out", file=sys.stderr
                )
                continue
            theirs = median(lambda text=text: rows(service, port, text), 3)  # type: ignore[misc]
        ratios.append(ours / theirs)
        ours_all.append(ours)
        theirs_all.append(theirs)
    what = f"p50 of {len(ratios)} named queries over HTTP ({late} late at the peer)"
    row = line(what, "rdflib-endpoint", statistics.median(ours_all), statistics.median(theirs_all), "≤ 0.1")
    return [
        row,
        {
            **row,
            "what": "the median and the worst of their ratios",
            "ours ms": "",
            "peer ms": "",
            "ours ÷ peer": f"{statistics.median(ratios):.3f}, {max(ratios):.3f}",
        },
    ]


def prologue(query: str) -> str:
    return (
        " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items() if f"PREFIX {name}:" not in query)
        + "\n"
        + query
    )


def rows(service: Service, port: int, query: str) -> list[Any] | None:
    """The rows that a server gives, None if it is too late."""
    at = Service(port, service.process, service.log)
    try:
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
        reply = at.ask("POST", "/sparql", urlencode({"query": query}), kind, seconds=PEER_SECONDS)
    except TimeoutError:
        return None
    assert reply.status == 200, reply
    found: list[Any] = json.loads(reply.body)["results"]["bindings"]
    return [{name: (cell["type"], cell["value"]) for name, cell in sorted(row.items())} for row in found]


if __name__ == "__main__":
    from kg.build import build
    from kg.tables import Table
    from kg.terminal import grid
    from tests.serving import ROOT

    with tempfile.TemporaryDirectory() as built:
        build(ROOT / "sources", Path(built))
        found = [pool_cost(Path(built)), *beside_the_peer(Path(built))]
    print(grid(Table(columns=tuple(found[0]), rows=tuple(found))), end="")
