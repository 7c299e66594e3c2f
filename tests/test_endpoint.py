"""A remote server is asked by the standard protocol; whatever is not a whole answer is an error."""

from __future__ import annotations

import json
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg import endpoint, queries
from kg.store import Store, StoreError
from kg.terms import IRI, LanguageString
from tests import example_graph as example

pytestmark = pytest.mark.alone

JSON = "application/sparql-results+json"
Reply = Callable[[BaseHTTPRequestHandler, str], None]


class Server:
    """A server on this machine whose reply a test chooses."""

    def __init__(self) -> None:
        self.reply: Reply = lambda handler, query: None
        self.queries: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                query = urllib.parse.parse_qs(body)["query"][0]
                if endpoint.PROBE in query:
                    send('{"head": {}, "boolean": true}')(self, query)
                    return
                outer.queries.append(query)
                with suppress(ConnectionError):  # the asker may have given up
                    outer.reply(self, query)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}/sparql"
        threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.close()


def send(body: bytes | str, kind: str = JSON, status: int = 200, length: int | None = None) -> Reply:
    data = body.encode() if isinstance(body, str) else body

    def reply(handler: BaseHTTPRequestHandler, query: str) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(data) if length is None else length))
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def results(names: list[str], *rows: dict[str, dict[str, str]]) -> str:
    return json.dumps({"head": {"vars": names}, "results": {"bindings": list(rows)}})


def answer_from(store: Store) -> Reply:
    """A reply as a SPARQL server gives it, from a store in this process."""

    def cell(value: object) -> dict[str, str]:
        xsd = "http://www.w3.org/2001/XMLSchema#"
        if isinstance(value, IRI):
            return {"type": "uri", "value": str(value)}
        if isinstance(value, LanguageString):
            return {"type": "literal", "value": str(value), "xml:lang": value.language}
        for kind, name in ((bool, "boolean"), (int, "integer"), (Decimal, "decimal"), (float, "double")):
            if isinstance(value, kind):
                return {"type": "literal", "value": str(value).lower(), "datatype": xsd + name}
        return {"type": "literal", "value": str(value)}

    def reply(handler: BaseHTTPRequestHandler, query: str) -> None:
        names, rows = store.table(query)
        found = [{n: cell(v) for n, v in zip(names, row, strict=True) if v is not None} for row in rows]
        send(results(names, *found))(handler, query)

    return reply


def test_the_typed_readers_and_named_queries_work_through_the_protocol(server: Server) -> None:
    local = Store.of(*example.files().values())
    server.reply = answer_from(local)
    remote = Store.open(server.url)
    assert queries.statements(remote, about=["betoma"]) == queries.statements(local, about=["betoma"])
    assert queries.sources(remote) == queries.sources(local)
    assert queries.concepts(remote) == queries.concepts(local)
    assert queries.text(remote, "alpha2020") == example.ALPHA_TEXT
    given = {"a": "alphoma", "b": "betoma"}
    assert queries.run(remote, "within_study_pairs", **given) == queries.run(local, "within_study_pairs", **given)


def test_terms_are_plain_values_and_an_unbound_one_is_none(server: Server) -> None:
    server.reply = send(
        results(
            ["a", "b", "c", "d"],
            {
                "a": {"type": "uri", "value": "urn:a"},
                "b": {"type": "literal", "value": "2.50", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
                "c": {"type": "bnode", "value": "b0"},
            },
        )
    )
    (row,) = Store.open(server.url).select("SELECT * { ?s ?p ?o }")
    assert row == {"a": IRI("urn:a"), "b": Decimal("2.50"), "c": "_:b0", "d": None}


def test_an_ask_is_answered(server: Server) -> None:
    server.reply = send('{"head": {}, "boolean": false}')
    assert Store.open(server.url).ask("ASK { ?s ?p ?o }") is False


def test_a_construct_is_sorted_n_triples(server: Server) -> None:
    server.reply = send("<urn:b> <urn:p> <urn:o> .\n<urn:a> <urn:p> <urn:o> .\n", "application/n-triples")
    got = Store.open(server.url).construct("CONSTRUCT WHERE { ?s ?p ?o }")
    assert got == "<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> <urn:o> .\n"


def test_the_graph_hash_follows_the_data(server: Server) -> None:
    server.reply = answer_from(Store.of(*example.files().values()))
    before = Store.open(server.url).graph_hash
    assert Store.open(server.url).graph_hash == before
    server.reply = answer_from(Store.of(example.files()["alpha2020.nq"]))
    assert Store.open(server.url).graph_hash != before


def redirect(handler: BaseHTTPRequestHandler, query: str) -> None:
    handler.send_response(302)
    handler.send_header("Location", "http://127.0.0.1:9/private")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def hang_up(handler: BaseHTTPRequestHandler, query: str) -> None:
    handler.connection.close()


def cut_chunk(handler: BaseHTTPRequestHandler, query: str) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Content-Type", JSON)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"20\r\n" + results([])[:16].encode())


WHOLE = results(["s"], {"s": {"type": "uri", "value": "urn:a"}})


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (send("<html>Welcome</html>", "text/html"), "answered with text/html; expected application/sparql-results"),
        (send(WHOLE[:40]), "cut or no JSON"),
        (send(WHOLE, length=len(WHOLE) + 50), "cut"),
        (send(""), "cut or no JSON"),
        (send("[]"), "no SPARQL result"),
        (send("{}"), "no SPARQL result"),
        (send('{"head": {"vars": ["s"]}, "results": {}}'), "no SPARQL result"),
        (send('{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"value": "x"}}]}}'), "no SPARQL result"),
        (send(b'"\xff"'), "not UTF-8"),
        (send("Parse error: line 1", "text/plain", 400), "refused the query: 400 .*Parse error: line 1"),
        (send("", status=503), "refused the query: 503"),
        (redirect, "302"),
        (hang_up, "cannot be asked"),
        (cut_chunk, "cannot be asked|cut"),
    ],
)
def test_an_answer_that_is_not_whole_and_right_is_an_error(server: Server, reply: Reply, reason: str) -> None:
    server.reply = reply
    with pytest.raises(StoreError, match=reason):
        Store.open(server.url).select("SELECT ?s { ?s ?p ?o }")


def test_an_answer_that_drips_is_given_up_at_the_time_limit(server: Server) -> None:
    def drip(handler: BaseHTTPRequestHandler, query: str) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.02)

    server.reply = drip
    with pytest.raises(endpoint.EndpointError, match=r"took longer than 0\.2 s|timed out"):
        endpoint.Endpoint(server.url, timeout=0.2).ask("ASK {}")


def test_an_answer_that_never_ends_is_given_up_at_the_size_limit(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "SIZE_LIMIT", 1000)
    server.reply = send(b" " * 5000)
    with pytest.raises(StoreError, match="more than 1000 bytes"):
        Store.open(server.url).ask("ASK {}")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9/ cannot be asked"):
        Store.open("http://127.0.0.1:9/").ask("ASK {}")


def test_a_query_that_the_guard_refuses_never_reaches_the_server(server: Server) -> None:
    with pytest.raises(ValueError, match="SERVICE"):
        Store.open(server.url).select("SELECT * { SERVICE <urn:x> { ?s ?p ?o } }")
    assert server.queries == []


def test_bound_values_are_written_as_terms(server: Server) -> None:
    server.reply = send(WHOLE)
    hostile = 'x") } UNION { ?s ?p ?o FILTER(true || "'
    Store.open(server.url).select("SELECT ?o { ?s ?p ?o }", {"o": hostile})
    assert 'VALUES (?o) { ("x\\") } UNION { ?s ?p ?o FILTER(true || \\"") }' in server.queries[0]
