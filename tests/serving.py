"""The real server of a graph on a free port, for tests that ask it over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kg import queries
from kg.endpoint import with_values
from kg.terms import Plain, concept_iri, source_iri, statement_iri

ROOT = Path(__file__).resolve().parent.parent
START = 120.0  # seconds until a server that does not answer is a failure
ANSWER = 120.0  # seconds for one answer; the machine may be busy


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Service:
    """A server that runs: its port, and the process."""

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float = ANSWER,
    ) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body.encode() if isinstance(body, str) else body, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, path: str, accept: str = "*/*", **fields: str) -> Reply:
        return self.ask("GET", f"{path}?{urlencode(fields)}" if fields else path, headers={"Accept": accept})

    def query(self, query: str, accept: str = "application/sparql-results+json") -> Reply:
        return self.get("/sparql", accept, query=query)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(location: Path | str, log: Path, *options: str, **environment: str) -> Iterator[Service]:
    """`signum serve` of a graph, stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "kg.cli", "serve", "--data", str(location), "--port", str(port), *options]
    command += ["--address", "127.0.0.1"]
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out)
    service = Service(port, process, log)
    try:
        wait_until_open(port, process, log)
        yield service
    finally:
        process.terminate()
        process.wait(timeout=60)


def wait_until_open(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server listens."""
    limit = time.monotonic() + START
    while time.monotonic() < limit:
        assert process.poll() is None, f"the server stopped: {log.read_text()[-2000:]}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"the server did not listen within {START:.0f} s: {log.read_text()[-2000:]}")


GIVEN = {
    "disease": "phnen",
    "a": "gep-net-liver-metastasis",
    "b": "gep-adenocarcinoma-liver-metastasis",
    "sign": "washout",
    "concept": "washout",
    "therapy": "octreotide",
    "modality": "ct",
    "source": "yang2024",
    "type": "sign",
    "kind": "proportion",
    "words": "washout",
    "called": "HCC",
}
"""What a named query's parameters are asked with under load."""


def named_questions(statement: str) -> dict[str, str]:
    """The text of each named query with its parameters given, by its name; `statement` is the id of one."""
    made = {"concept": concept_iri, "source": source_iri, "statement": statement_iri}
    found = {}
    for name in queries.names():
        query = queries.load(name)
        values: dict[str, Plain] = {}
        for one in query.parameters:
            value = statement if one.kind == "statement" else GIVEN[one.name]
            values[one.name] = made[one.kind](value) if one.kind in made else value
        found[name] = with_values(query.text, values)
    return found
