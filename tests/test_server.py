"""The SPARQL 1.1 Protocol over HTTP, case by case from the recommendation, and that the server only ever reads."""

from __future__ import annotations

import http.server
import io
import json
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import rdflib

from kg.results import GRAPH_FORMATS, ROW_FORMATS
from kg.sparql import QueryError
from kg.store import Store
from kg.terms import graph_iri
from tests.serving import ROOT, Reply, Service, served

pytestmark = pytest.mark.alone

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = "application/sparql-results+json"
LAST_SECONDS = "8"  # the limit of a query here


@pytest.fixture(scope="module")
def service(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    log = tmp_path_factory.mktemp("server") / "log"
    with served(shipped, log, "--timeout", LAST_SECONDS) as running:
        yield running


def graph(name: str) -> str:
    return graph_iri(name)


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def number(reply: Reply) -> int:
    assert reply.status == 200, reply.body
    return int(reply.json["results"]["bindings"][0]["n"]["value"])


# --- Section 2.1: a query by GET, by URL-encoded POST, by POST directly ----------------------------------------------


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_the_three_ways_to_ask_give_the_same_answer(service: Service, path: str) -> None:
    query = 'SELECT ?t { ?s dcterms:title ?t FILTER(CONTAINS(?t, "50%") || CONTAINS(?t, "é") || true) } ORDER BY ?t'
    by_get = service.get(path, JSON, query=query)
    by_form = service.ask("POST", path, urlencode({"query": query}), {"Content-Type": FORM, "Accept": JSON})
    direct = service.ask("POST", path, query, {"Content-Type": f"{DIRECT}; charset=UTF-8", "Accept": JSON})
    assert by_get.status == by_form.status == direct.status == 200
    assert by_get.body == by_form.body == direct.body
    assert by_get.json["results"]["bindings"]


def test_what_is_percent_encoded_is_decoded_once(service: Service) -> None:
    query = 'SELECT ("50%25 – +" AS ?x) {}'
    for reply in (
        service.query(query),
        service.ask("POST", "/sparql", urlencode({"query": query}), {"Content-Type": FORM}),
    ):
        assert reply.json["results"]["bindings"][0]["x"]["value"] == "50%25 – +"


def test_the_dataset_of_the_protocol_is_what_is_read(service: Service) -> None:
    one, other = graph("yang2024"), graph("cui2017")
    whole = number(service.query(COUNT))
    first = number(service.get("/sparql", JSON, query=COUNT, **{"default-graph-uri": one}))
    both = urlencode([("default-graph-uri", one), ("default-graph-uri", other)])
    merged = number(service.ask("POST", f"/sparql?{both}", COUNT, {"Content-Type": DIRECT}))
    form = urlencode([("query", COUNT), ("default-graph-uri", one), ("default-graph-uri", other)])
    assert 0 < first < merged < whole
    assert number(service.ask("POST", "/sparql", form, {"Content-Type": FORM})) == merged
    named = service.get("/sparql", JSON, query=NAMED, **{"named-graph-uri": one})
    assert [row["g"]["value"] for row in named.json["results"]["bindings"]] == [one]
    assert number(service.get("/sparql", JSON, query=COUNT, **{"named-graph-uri": one})) == 0


def test_the_dataset_of_the_protocol_goes_before_the_one_of_the_query(service: Service) -> None:
    query = f"SELECT (COUNT(*) AS ?n) FROM <{graph('cui2017')}> {{ ?s ?p ?o }}"
    alone = number(service.query(query))
    given = number(service.get("/sparql", JSON, query=query, **{"default-graph-uri": graph("yang2024")}))
    assert alone == number(service.get("/sparql", JSON, query=COUNT, **{"default-graph-uri": graph("cui2017")}))
    assert given == number(service.get("/sparql", JSON, query=COUNT, **{"default-graph-uri": graph("yang2024")}))
    assert alone != given


def test_a_graph_that_is_not_here_is_told(service: Service) -> None:
    for query in (
        "SELECT * FROM <http://127.0.0.1:9/x> { ?s ?p ?o }",
        "ASK FROM NAMED <http://127.0.0.1:9/x> { GRAPH ?g { ?s ?p ?o } }",
    ):
        reply = service.query(query)
        assert reply.status == 400
        assert "no graph <http://127.0.0.1:9/x> here, and nothing is fetched" in reply.json["detail"]
    for query in ("ASK {}", "SELECT * { ?s ?p ?o }"):
        named = service.get("/sparql", JSON, query=query, **{"default-graph-uri": "http://127.0.0.1:9/x"})
        assert named.status == 200
        assert "<http://127.0.0.1:9/x> is no graph here" in named.headers["signum-warning"]


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
        ("GET", "/sparql?default-graph-uri=urn:x", None, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, None, 400),
        ("GET", "/sparql?query=ASK%20%7B%FF%7D", None, None, 400),
        ("GET", "/sparql?query=SELECT%20%7B", None, None, 400),
        ("POST", "/sparql", "query=ASK%7B%7D&query=ASK%7B%7D", FORM, 400),
        ("POST", "/sparql?query=ASK%7B%7D", "ASK {}", DIRECT, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("POST", "/sparql", "ASK {}", "text/plain", 415),
        ("POST", "/sparql", "ASK {}", None, 415),
        ("POST", "/sparql", "ASK {}", "application/json", 415),
        ("POST", "/sparql", "ASK {}".encode("utf-16"), f"{DIRECT}; charset=UTF-16", 415),
        ("POST", "/sparql", b"ASK { ?s ?p '\xff' }", DIRECT, 400),
        ("POST", "/sparql", "ASK {} # " + "x" * 70_000, DIRECT, 413),
        ("POST", "/sparql", "x" * 300_000, DIRECT, 413),
        ("POST", "/sparql", "&".join(f"a{n}=1" for n in range(1000)), FORM, 400),
        ("PUT", "/sparql", "ASK {}", DIRECT, 405),
        ("DELETE", "/sparql?query=ASK%7B%7D", None, None, 405),
        ("PATCH", "/sparql", "ASK {}", DIRECT, 405),
    ],
)
def test_what_the_protocol_does_not_allow_has_its_status_and_one_shape_of_error(
    service: Service, method: str, path: str, body: str | bytes | None, kind: str | None, status: int
) -> None:
    reply = service.ask(method, path, body, {"Content-Type": kind} if kind else None)
    assert reply.status == status, reply.body
    assert reply.type == "application/problem+json"
    assert reply.json["status"] == status
    assert reply.json["detail"]


def test_a_syntax_error_has_its_place(service: Service) -> None:
    error = service.query("SELECT ?s {\n ?s ?p ?o . FILTR(?o) }").json
    assert (error["kind"], error["line"], error["column"]) == ("syntax", 2, 13)


def test_head_options_and_cross_origin_requests(service: Service) -> None:
    whole, head = service.query("ASK {}"), service.ask("HEAD", "/sparql?query=ASK%7B%7D", headers={"Accept": JSON})
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(whole.body)))
    assert service.ask("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"
    asking = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    flight = service.ask("OPTIONS", "/sparql", headers={**asking, "Access-Control-Request-Headers": "content-type"})
    assert flight.status == 200
    assert flight.headers["access-control-allow-origin"] == "*"
    assert service.ask("GET", "/sparql?query=ASK%7B%7D", headers=asking).headers["access-control-allow-origin"] == "*"


# --- Section 2.1.6: formats -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        *((kind, kind) for one in ROW_FORMATS.values() for kind in one.media_types),
        ("text/csv;q=0.3, application/sparql-results+xml;q=0.9, text/*;q=0.1", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/json"),
        ("text/html, */*;q=0.1", JSON),
        ("*/*", JSON),
        ("TEXT/CSV", "text/csv"),
    ],
)
def test_rows_come_in_the_format_that_weighs_most(service: Service, accept: str, expected: str) -> None:
    reply = service.query("SELECT ?x { VALUES ?x { 1 } }", accept)
    assert (reply.status, reply.type) == (200, expected)
    assert "Accept" in reply.headers["vary"]


@pytest.mark.parametrize("kind", [kind for one in GRAPH_FORMATS.values() for kind in one.media_types])
def test_triples_come_in_every_format_and_read_back_the_same(service: Service, kind: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } { VALUES ?s { concept:phnen } ?s ?p ?o }"
    reply = service.query(query, kind)
    assert (reply.status, reply.type) == (200, kind)
    names = {"application/trig": "trig", "application/n-quads": "nquads", "application/ld+json": "json-ld"}
    names |= {"text/plain": "nt", "application/x-turtle": "turtle"}
    found = rdflib.Dataset(default_union=True).parse(data=reply.body, format=names.get(kind, kind))
    wanted = rdflib.Graph().parse(data=service.query(query, "application/n-triples").body, format="nt")
    assert {(s, p, o) for s, p, o, _ in found.quads()} == set(wanted)
    assert len(wanted) > 5


def test_the_formats_of_rows_hold_the_same_terms(service: Service) -> None:
    rows = '("x,\\n\\"y\\"" "é"@de 2.50 UNDEF) (<urn:a> 7 "e" "2026-01-02"^^xsd:date)'
    query = f"SELECT ?a ?b ?c ?d {{ VALUES (?a ?b ?c ?d) {{ {rows} }} }}"
    found = {}
    for name in ("JSON", "XML", "TSV"):
        body = service.query(query, ROW_FORMATS[name].media_types[0]).body
        parsed = rdflib.query.Result.parse(io.BytesIO(body), format=name.lower())
        found[name] = [sorted((str(n), v.n3()) for n, v in row.items()) for row in parsed.bindings]
    assert found["JSON"] == found["XML"] == found["TSV"]
    assert service.query(query, "text/csv").body.startswith(b'a,b,c,d\r\n"x,\n""y""",')


def test_a_format_that_cannot_be_given_is_406_with_those_that_can(service: Service) -> None:
    for query, wanted in (("ASK {}", "text/turtle"), ("DESCRIBE concept:phnen", "text/csv"), ("ASK {}", "image/png")):
        reply = service.query(query, wanted)
        assert reply.status == 406
        assert "allowed: " in reply.json["detail"]


# --- Service description --------------------------------------------------------------------------------------------

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_without_a_query_the_endpoint_describes_itself(service: Service, path: str) -> None:
    reply = service.get(path, "text/turtle, */*;q=0.1")
    found = rdflib.Graph().parse(data=reply.body, format="turtle")
    (endpoint,) = set(found.objects(None, SD.endpoint))
    assert str(endpoint).startswith(service.url)
    assert path.rstrip("/") in str(endpoint)
    (about,) = found.subjects(rdflib.RDF.type, SD.Service)
    assert (about, SD.supportedLanguage, SD.SPARQL11Query) in found
    assert (about, SD.feature, SD.UnionDefaultGraph) in found
    dataset = found.value(about, SD.defaultDataset)
    assert int(str(found.value(found.value(dataset, SD.defaultGraph), VOID.triples))) == number(service.query(COUNT))
    graphs = {str(found.value(one, SD.name)) for one in found.objects(dataset, SD.namedGraph)}
    assert graphs == {row["g"]["value"] for row in service.query(NAMED).json["results"]["bindings"]}
    ours = [one for one in {*found.predicates(), *found.objects(None, rdflib.RDF.type)} if str(one).startswith(str(SD))]
    known = (
        "endpoint feature defaultEntailmentRegime supportedLanguage extensionFunction extensionAggregate name Service"
    )
    known += " defaultDataset defaultGraph namedGraph resultFormat Dataset Graph NamedGraph Function Aggregate graph"
    assert {str(one).removeprefix(str(SD)) for one in ours} <= set(known.split())


def test_the_data_set_is_described_in_void_and_dcat(service: Service) -> None:
    found = rdflib.Graph().parse(data=service.get("/.well-known/void", "text/turtle").body, format="turtle")
    (dataset,) = (one for one in found.subjects(rdflib.RDF.type, rdflib.DCAT.Dataset))
    assert (dataset, rdflib.RDF.type, VOID.Dataset) in found
    assert int(str(found.value(dataset, VOID.triples))) == number(service.query(COUNT))
    assert str(found.value(dataset, VOID.sparqlEndpoint)) == f"{service.url}/sparql"
    assert list(found.subjects(rdflib.DCAT.servesDataset, dataset))


# --- It only reads, and only here -----------------------------------------------------------------------------------

UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/>",
    "CLEAR ALL",
    "DROP SILENT ALL",
    "CREATE GRAPH <urn:g>",
    "COPY DEFAULT TO <urn:g>",
    "MOVE <urn:g> TO <urn:h>",
    "ADD <urn:g> TO DEFAULT",
    "PREFIX a: <urn:a> \\u0049NSERT DATA { a:a a:b a:c }",
)


def test_every_update_is_refused_however_it_comes(service: Service) -> None:
    before = service.get("/health").json["graph"], number(service.query(COUNT))
    for update in UPDATES:
        assert service.query(update).status == 400, update
        assert service.ask("POST", "/sparql", update, {"Content-Type": DIRECT}).status == 400, update
        assert service.ask("POST", "/sparql", update, {"Content-Type": "application/sparql-update"}).status == 403
        for form in ({"update": update}, {"update": update, "query": "ASK {}"}):
            assert service.ask("POST", "/sparql", urlencode(form), {"Content-Type": FORM}).status == 403
            assert service.get("/sparql", **form).status == 403
    for header in ("X-HTTP-Method-Override", "X-Method-Override"):
        assert (
            service.ask("POST", "/sparql?_method=PUT", "ASK {}", {"Content-Type": DIRECT, header: "PUT"}).status == 200
        )
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        for path in ("/update", "/sparql/graph", "/api/statements", "/graph/yang2024", "/store?default"):
            assert service.ask(method, path, UPDATES[0], {"Content-Type": "text/turtle"}).status in {404, 405}
    assert (service.get("/health").json["graph"], number(service.query(COUNT))) == before


SERVICES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service silent <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SER\\u0056ICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ERVICE <URL> { ?s ?p ?o } }",
    "PREFIX s: <URL> SELECT * { SERVICE s: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\n<URL> { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "SELECT * { OPTIONAL { SERVICE SILENT <URL> { ?s ?p ?o } } }",
    "SELECT * { MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <URL> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) SERVICE SILENT ?u { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a\\\\' . SERVICE <URL> { ?s ?p ?o } }",
)
DECOYS = (
    "SELECT ?service { ?service ?p 'SERVICE <http://x/>' } LIMIT 1",
    'SELECT * { ?s ?p ?o FILTER(STR(?o) != """SERVICE " <urn:x>""") } LIMIT 1 # SERVICE <urn:x>',
    "PREFIX SERVICE: <urn:load#> SELECT * { OPTIONAL { ?s SERVICE:LOAD ?o } }",
    "SELECT * { OPTIONAL { ?s <urn:x#SERVICE> ?load } }",
    "SELECT ('LOAD' AS ?update) {}",
)


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that nothing may ask, and what asked it."""
    hits: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_error(404)

        do_POST = do_GET  # noqa: N815 - the name that the library calls

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/x", hits
        server.shutdown()


def test_no_query_makes_the_server_ask_another_one(service: Service, canary: tuple[str, list[str]]) -> None:
    url, hits = canary
    others = ("LOAD <URL>", "SELECT * FROM <URL> { ?s ?p ?o }", "ASK FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }")
    for query in (*SERVICES, *others):
        assert service.query(query.replace("URL", url)).status == 400, query
    assert service.get("/sparql", JSON, query="ASK { ?s ?p ?o }", **{"default-graph-uri": url}).json["boolean"] is False
    for query in DECOYS:
        assert service.query(query).status == 200, query
    assert hits == []


def test_the_guard_alone_lets_no_query_out(shipped: Path, canary: tuple[str, list[str]]) -> None:
    url, hits = canary
    store = Store.of('<urn:a> <urn:b> "c" <urn:g> .')
    for query in SERVICES:
        with pytest.raises(QueryError, match="SERVICE at"):
            store.select(query.replace("URL", url))
    assert hits == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the network is refused on Linux alone")
def test_the_filter_of_the_system_alone_lets_no_query_out(canary: tuple[str, list[str]]) -> None:
    url, hits = canary
    script = f"""
import pyoxigraph
from kg import confinement
def ask(query):
    try:
        list(pyoxigraph.Store().query(query.replace("URL", {url!r})))
    except (RuntimeError, OSError, SyntaxError, TypeError):
        pass
ask("SELECT * {{ SERVICE <URL> {{ ?s ?p ?o }} }}")
assert confinement.refuse_network()
for query in {SERVICES!r}:
    ask(query)
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, timeout=120)
    assert len(hits) == 1, "only the question of before the filter may arrive"


# --- Limits ---------------------------------------------------------------------------------------------------------

RUNAWAY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { " + " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(1000)) + " }",
)


def test_runaways_end_with_a_reason_while_others_are_answered(service: Service) -> None:
    ended: list[Reply] = []
    threads = [threading.Thread(target=lambda q=query: ended.append(service.query(q))) for query in RUNAWAY]
    for thread in threads[:1]:
        thread.start()
    assert service.query("ASK { ?s ?p ?o }").json["boolean"] is True
    for thread in threads[1:]:
        thread.start()
    for thread in threads:
        thread.join()
    assert {reply.status for reply in ended} <= {400, 503}
    assert {reply.json["kind"] for reply in ended} <= {"time", "memory", "depth", "rows"}
    state = service.get("/health").json
    assert (state["status"], state["workers"], state["waiting"]) == ("ok", 2, 0)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 50_000 + "1) }",
        "SELECT * { ?s ?p ?o FILTER(1" + " || 1" * 12_000 + ") }",
        "SELECT * { {}" + " UNION {}" * 6_000 + " }",
        "SELECT * { ?s " + "(" * 60 + "^" * 9_000 + "a" + ")" * 60 + " ?o }",
        "SELECT * { ?s ?p " + "<<(" * 9_000 + " }",
        "SELECT * { ?s ?p ?o } #" + "x" * 80_000,
        "SELECT (" + "1+" * 20_000 + "1 AS ?x) {}",
    ],
    ids=lambda query: query[:30],
)
def test_deep_and_long_queries_get_an_answer_and_no_dropped_connection(service: Service, query: str) -> None:
    reply = service.ask("POST", "/sparql", query, {"Content-Type": DIRECT})
    assert reply.status in {200, 400, 413, 503}
    assert service.query("ASK {}").status == 200


def test_an_answer_beyond_the_limit_is_refused_and_never_cut(service: Service) -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "SELECT * { ?s ?p ?o . ?a ?b ?c }"):
        for accept in ("*/*", "text/csv;q=0.9, text/turtle"):
            reply = service.query(query, accept)
            assert reply.status in {400, 503}, (query, accept)
            assert reply.json["kind"] in {"rows", "time", "memory"}


def test_a_misspelt_name_is_told_in_a_header(service: Service) -> None:
    reply = service.query("SELECT * { ?s signum:hasSing ?o }")
    assert reply.json["results"]["bindings"] == []
    assert reply.headers["signum-warning"] == "signum:hasSing is not in this graph; did you mean signum:hasSign?"


def test_too_many_queries_are_sent_away_with_a_time_to_come_back(shipped: Path, tmp_path: Path) -> None:
    with served(shipped, tmp_path / "log", "--workers", "1", "--waiting", "1", "--timeout", "3") as small:
        replies: list[Reply] = []
        threads = [threading.Thread(target=lambda: replies.append(small.query(RUNAWAY[0]))) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        statuses = [reply.status for reply in replies]
        assert set(statuses) == {429, 503}
        assert all("retry-after" in reply.headers for reply in replies)
        text = small.get("/metrics").body.decode()
        assert re.search(r'signum_requests_total\{method="GET",route="/sparql",status="429"\} [1-9]', text)
        assert re.search(r'signum_queries_total\{outcome="time"\} [1-9]', text)
        small.process.terminate()
        small.process.wait(timeout=60)
        lines = [json.loads(line) for line in small.log.read_text(encoding="utf-8").splitlines()]
        asked = [line for line in lines if line["what"] == "signum.requests"]
        assert {"method", "path", "status", "ms", "time"} <= asked[0].keys()
        assert any("Application shutdown complete" in line.get("message", "") for line in lines)


def test_a_new_graph_on_disk_gets_new_workers(shipped: Path, tmp_path: Path) -> None:
    data = tmp_path / "build"
    data.mkdir()
    for file in shipped.glob("*.nq"):
        (data / file.name).hardlink_to(file)
    added = "<urn:new> <urn:is> <urn:here> <urn:g> .\n"
    with served(data, tmp_path / "log") as one:
        before = one.get("/health").json["graph"]
        (data / "_new.part").write_text(added, encoding="utf-8")
        (data / "_new.part").rename(data / "zzz.nq")
        threading.Event().wait(1.1)  # the files are looked at once a second
        found = (one.query("ASK { <urn:new> <urn:is> <urn:here> }").json["boolean"] for _ in range(2000))
        assert any(found)
        assert one.get("/health").json["graph"] != before
        (data / "zzz.part").write_text("damaged", encoding="utf-8")
        (data / "zzz.part").rename(data / "zzz.nq")
        threading.Event().wait(1.1)
        assert one.query("ASK { <urn:new> <urn:is> <urn:here> }").json["boolean"] is True


def test_a_request_that_is_no_http_and_one_that_never_ends_harm_nobody(service: Service) -> None:
    for raw in (
        b"\x00\xff\x16\x03\x01 junk\r\n\r\n",
        b"GET /sparql HTTP/9.9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\n",
    ):
        with socket.create_connection(("127.0.0.1", service.port), timeout=60) as line:
            line.sendall(raw)
    assert service.get("/sparql", query="ASK {}", x="y" * 100_000).status == 200
    with suppress(ConnectionError):  # it may hang up before it has read the whole of an endless line
        assert service.get("/sparql", query="ASK {} #" + quote("é" * 40_000)).status in {400, 413, 431}
    assert service.query("ASK {}").status == 200
