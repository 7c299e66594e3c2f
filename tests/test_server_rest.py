"""REST, each thing at its own address, the clients that people use, and that nothing odd gets more than a sentence."""

from __future__ import annotations

import json
import random
import re
import shutil
import string
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlencode

import pytest
import rdflib
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from SPARQLWrapper import JSON, POST, TURTLE, SPARQLWrapper

from kg.api import Graph
from kg.compare import compare, comparison_query
from kg.compare.graph import pairs_of
from kg.lookup import vocabulary_of
from kg.queries import statements
from kg.store import Store
from tests.serving import ANSWER, ROOT, Service, served

pytestmark = pytest.mark.alone

JAVASCRIPT = ROOT / "tests" / "javascript"
PAIR = ("gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis")
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
CASES = 300  # of `make test`; `make soak` sends 10,000


@pytest.fixture(scope="module")
def service(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with served(shipped, tmp_path_factory.mktemp("server") / "log", "--timeout", "60") as running:
        yield running


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


# --- REST -----------------------------------------------------------------------------------------------------------


def test_a_collection_is_filtered_and_paged_without_a_gap(service: Service, store: Store) -> None:
    whole = [one.id for one in statements(store, source="yang2024") if one.polarity == "absent"]
    found: list[str] = []
    while len(found) < len(whole):
        page = service.get(
            "/api/statements", source="yang2024", polarity="absent", limit="7", offset=str(len(found))
        ).json
        assert page["total"] == len(whole)
        assert page["items"]
        found += [one["statement"].rpartition("statement/")[2] for one in page["items"]]
    assert found == whole
    named = service.get("/api/statements", about="PHNEN", predicate="has_sign", number="true", limit="1000").json
    assert named["total"] == len(named["items"]) > 0
    assert all("phnen" in f"{one['subject']} {one['object']}" or one["comparator_label"] for one in named["items"])


def test_numbers_keep_the_decimals_that_the_paper_printed(service: Service) -> None:
    text = service.get("/api/statements", source="cui2017", limit="1000").body.decode()
    assert re.search(r'"percent": \d+\.\d0\b', text)


def test_one_thing_is_found_by_its_names_and_carries_its_verdicts(service: Service, store: Store) -> None:
    assert service.get("/api/concepts/PHNEN").json["key"] == "phnen"
    assert service.get("/api/sources/yang2024").json["statements"] == len(statements(store, source="yang2024"))
    judged = service.get("/api/audit", source="cui2017", verdict="inconsistent").json["items"][0]
    identity = judged["statements"][0]
    one = service.get(f"/api/statements/{identity}").json
    assert one["id"] == identity
    assert judged["check"] in {each["check"] for each in one["verdicts"]}
    missing = service.get("/api/concepts/" + quote("hccc"))
    assert (missing.status, "did you mean" in missing.json["detail"]) == (404, True)


def test_answers_are_those_of_the_library(service: Service, store: Store) -> None:
    a, b = PAIR
    assert service.get("/api/compare", a=a, b=b).json == json.loads(json.dumps(compare(store, *PAIR).to_json()))
    differential = service.get("/api/differential", present="washout", among=a).json
    assert differential == json.loads(json.dumps(Graph(store).differential_answer(["washout"], among=[a]).to_json()))
    asked = service.get("/api/ask", q="Which signs separate PHNEN from HCC?").json
    assert asked == json.loads(json.dumps(Graph(store).ask("Which signs separate PHNEN from HCC?").to_json()))
    quiz = service.get("/api/quiz", topic="PHNEN", number="3", seed="5").json
    assert quiz == json.loads(json.dumps(Graph(store).quiz("PHNEN", number=3, seed=5).to_json()))


def test_a_parameter_that_nothing_reads_is_refused(service: Service) -> None:
    for path in (
        "statements?souce=yang2024",
        "compare?a=phnen&b=hcc&a=hcc",
        "statements?polarity=maybe",
        "sources?limit=0",
    ):
        reply = service.get(f"/api/{path}")
        assert reply.status in {400, 422}, path
        assert reply.type == "application/problem+json"
        assert reply.json["detail"]


def test_what_has_not_changed_is_not_sent_again(service: Service) -> None:
    first = service.ask("GET", "/api/sources", headers={"Accept": "application/json"})
    again = service.ask(
        "GET", "/api/sources", headers={"Accept": "application/json", "If-None-Match": first.headers["etag"]}
    )
    other = service.ask(
        "GET", "/api/sources", headers={"Accept": "text/turtle", "If-None-Match": first.headers["etag"]}
    )
    assert (again.status, again.body, other.status) == (304, b"", 200)
    assert first.headers["etag"].strip('"').startswith(service.get("/health").json["graph"][:20])


def test_a_collection_is_rdf_by_its_accept_header(service: Service) -> None:
    reply = service.get("/api/statements", "application/ld+json", source="yang2024", limit="3")
    found = rdflib.Graph().parse(data=reply.body, format="json-ld")
    named = set(found.subjects(rdflib.RDF.type, rdflib.URIRef("https://w3id.org/signum/schema#Statement")))
    assert len(named) == 3
    quotes = set(found.objects(None, rdflib.URIRef("http://www.w3.org/ns/oa#exact")))
    wanted = {one["quote"] for one in service.get("/api/statements", source="yang2024", limit="3").json["items"]}
    assert wanted <= {str(one) for one in quotes}


@pytest.mark.parametrize("kind", ["concept", "source", "statement"])
def test_an_address_gives_a_page_to_people_and_rdf_to_programs(service: Service, store: Store, kind: str) -> None:
    key = {"concept": "phnen", "source": "yang2024", "statement": statements(store, source="yang2024")[0].id}[kind]
    page = service.get(f"/{kind}/{key}", "text/html,application/xhtml+xml,*/*;q=0.8")
    assert (page.status, page.type) == (200, "text/html")
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert b"<script" not in page.body
    found = rdflib.Graph().parse(data=service.get(f"/{kind}/{key}", "text/turtle").body, format="turtle")
    assert (rdflib.URIRef(f"https://w3id.org/signum/{kind}/{key}"), None, None) in found
    assert service.get(f"/{kind}/{key}", "application/json").json["iri"].endswith(key)
    assert service.get(f"/{kind}/no-such", "text/html").status == 404
    assert service.get(f"/{kind}/{key}", "image/png").status == 406


def test_no_parameter_is_taken_for_anything_but_text(service: Service, store: Store) -> None:
    payloads = (
        'x") } UNION { ?s ?p ?o FILTER(true || "', "phnen> ?p ?o } #", "' OR 1=1 --", "<script>alert(1)</script>",
        "../../etc/passwd", "%00", "{{7*7}}", "\u202egnp", "=cmd|' /C calc'!A0", "phnen\r\nSet-Cookie: a=b", "\\u007d",
    )  # fmt: skip
    names = {
        "about": "statements",
        "source": "statements",
        "q": "concepts",
        "a": "compare",
        "present": "differential",
        "topic": "quiz",
    }
    for payload in payloads:
        for name, path in names.items():
            fields = {name: payload, **({"b": "hcc"} if name == "a" else {})}
            reply = service.get(f"/api/{path}", **fields)
            assert reply.status in {200, 400, 404, 422}, (payload, name)
            assert "set-cookie" not in reply.headers
            if reply.status == 200:
                assert reply.json.get("total", 0) == 0, (payload, name)
        for path in ("concept", "source", "statement/yang2024", "api/concepts", "api/statements/yang2024"):
            reply = service.get(f"/{path}/{quote(payload, safe='')}", "text/html, application/json;q=0.5")
            assert reply.status in {400, 404, 406}, (payload, path)
        asked = service.get("/api/ask", q=payload)
        assert asked.status in {200, 400}


# --- Clients --------------------------------------------------------------------------------------------------------


def test_sparqlwrapper_asks_by_get_and_post(service: Service, store: Store) -> None:
    client: Any = SPARQLWrapper(f"{service.url}/sparql")
    client.setQuery("SELECT ?key { ?key signum:storedText ?text } ORDER BY ?key")
    client.setReturnFormat(JSON)
    rows = [row["key"]["value"] for row in client.queryAndConvert()["results"]["bindings"]]
    assert rows == [row["key"] for row in store.rows("SELECT ?key { ?key signum:storedText ?text } ORDER BY ?key")]
    client.setMethod(POST)
    assert [row["key"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == rows
    client.setQuery("CONSTRUCT { <urn:a> a ?class } { ?s a ?class }")
    client.setReturnFormat(TURTLE)
    assert len(rdflib.Graph().parse(data=client.queryAndConvert(), format="turtle")) > 5


def test_the_sparql_store_of_rdflib_reads_through_it(service: Service) -> None:
    for method in ("GET", "POST"):
        graph = rdflib.Graph(SPARQLStore(f"{service.url}/sparql", method=method, returnFormat="json"))
        titles = list(graph.objects(rdflib.URIRef("https://w3id.org/signum/source/yang2024"), rdflib.DCTERMS.title))
        assert len(titles) == 1
        rows = graph.query("SELECT ?t { ?s <http://purl.org/dc/terms/title> ?t }")
        assert titles[0] in {row[0] for row in rows}  # type: ignore[index]


def test_curl_asks_as_the_documents_say(service: Service) -> None:
    curl = shutil.which("curl")
    assert curl, "no curl on PATH; install it (Debian: apt-get install curl)"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^curl (.*)$", readme, flags=re.MULTILINE)
    assert len(commands) >= 2
    for command in commands:
        line = f"{curl} -sS --fail {command}".replace("http://localhost:8502", service.url)
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=True, timeout=120)
        assert len(done.stdout.splitlines()) > 2


def test_a_javascript_client_asks_in_all_three_ways(service: Service, store: Store) -> None:
    node = shutil.which("node")
    assert node, "no node on PATH; install Node.js 18 or newer"
    installed = JAVASCRIPT / "node_modules" / "sparql-http-client"
    assert installed.is_dir(), "the client is not there: run .ci/javascript"

    def asked(operation: str, query: str) -> dict[str, Any]:
        command = [node, str(JAVASCRIPT / "ask.mjs"), f"{service.url}/sparql", operation, query]
        return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=300).stdout)  # type: ignore[no-any-return]

    ways = ("get", "postUrlencoded", "postDirect")
    assert asked("ask", "ASK { ?s a skos:Concept }") == dict.fromkeys(ways, True)
    query = "SELECT ?paper ?title { ?paper dcterms:title ?title } ORDER BY ?paper"
    rows = [{name: str(value) for name, value in row.items()} for row in store.rows(query)]
    for found in asked("select", query).values():
        assert [{name: term["value"] for name, term in row.items()} for row in found] == rows
    quads = asked("construct", "CONSTRUCT { ?s a skos:Concept } { ?s a skos:Concept ; signum:conceptType 'disease' }")
    assert len({json.dumps(found) for found in quads.values()}) == 1
    assert len(quads["get"]) > 10


# --- Compare --------------------------------------------------------------------------------------------------------


def value_of(text: str) -> float | str:
    """A number as its value, whichever way it is written; else the text."""
    try:
        return float(text)
    except ValueError:
        return text


def test_every_number_of_a_comparison_comes_from_its_printed_query(service: Service, store: Store) -> None:
    """Over HTTP the query gives, column by column, what it gives in the process, where another test holds it against
    the comparison and against other libraries.
    """
    asked = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
    ratios = 0
    for pair in [one for one in pairs_of(statements(store), vocabulary_of(store)) if one.kind != "words"]:
        comparison = compare(store, pair.a, pair.b)
        query = comparison_query(store, comparison)
        found = service.ask("POST", "/sparql", urlencode({"query": query}), asked).json["results"]["bindings"]
        rows = [{n: value_of(str(value)) for n, value in row.items() if value is not None} for row in store.rows(query)]
        assert [{n: value_of(term["value"]) for n, term in row.items()} for row in found] == rows, (pair.a, pair.b)
        counts = {tuple(row.get(name) for name in COUNTS) for row in rows}
        for row in comparison.counted:
            assert row.a is not None
            assert row.b is not None
            assert (row.a.n, row.a.total, row.b.n, row.b.total) in counts, (pair, row.label)
        ratios += sum("lr" in row for row in rows)
    assert ratios > 5


COUNTS = ("a_n", "a_N", "b_n", "b_N")


# --- Malformed ------------------------------------------------------------------------------------------------------


def malformed(chance: random.Random) -> tuple[str, str, bytes | None, dict[str, str]]:
    """A request that nobody sends on purpose; `make soak` sends many."""
    odd = "".join(chance.choices(string.printable + "éß\u202e€𝛼", k=chance.randint(0, 200)))
    pieces = [
        "SELECT",
        "*",
        "{",
        "}",
        "?s",
        "?p",
        "?o",
        "FILTER(",
        ")",
        "<urn:a>",
        '"',
        "'''",
        "#",
        "GRAPH",
        "LIMIT -1",
        odd,
    ]
    query = " ".join(chance.choices(pieces, k=chance.randint(0, 30)))
    path = chance.choice(
        ["/sparql", "/sparql/", "/api/statements", "/api/compare", "/concept/x", "/api/concepts/", "//", "/%ff"]
    )
    names = [
        "query",
        "default-graph-uri",
        "named-graph-uri",
        "update",
        "about",
        "limit",
        "offset",
        "a",
        "b",
        quote(odd)[:30],
    ]
    fields = "&".join(
        f"{chance.choice(names)}={quote(chance.choice([query, odd, '-1', '1e9', '']))}"
        for _ in range(chance.randint(0, 4))
    )
    method = chance.choice(["GET", "GET", "POST", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
    kinds = [
        "application/x-www-form-urlencoded",
        "application/sparql-query",
        "text/plain",
        "a/b;charset=x",
        "",
        'application/sparql-query;charset="utf-8',
    ]
    accepts = ["*/*", "text/csv;q=nan", "a/b", "/", ";;,,", "text/turtle;q=-1", "application/json;q=0.5,*/*;q=0.1"]
    headers = {"Accept": chance.choice(accepts), "If-None-Match": chance.choice(['"x"', "*", "W/"])}
    body = None
    if method in {"POST", "PUT", "PATCH"}:
        headers["Content-Type"] = chance.choice(kinds)
        body = chance.choice(
            [query.encode(), fields.encode(), odd.encode("utf-16"), b"\xff\xfe\x00", f"query={quote(query)}".encode()]
        )
    return method, f"{path}?{fields}"[:20_000], body, headers


def test_malformed_requests_get_a_sentence_and_never_a_failure(service: Service) -> None:
    chance = random.Random(20260101)
    for _ in range(CASES):
        method, path, body, headers = malformed(chance)
        reply = service.ask(method, path, body, headers)
        assert reply.status < 500, (method, path, body, headers, reply)
        assert b"Traceback" not in reply.body
        assert b'File "' not in reply.body
    assert "traceback" not in service.log.read_text(encoding="utf-8")


def check_description(service: Service, examples: int) -> int:
    """Send generated requests, right ones and wrong ones, to each route of the description; how many were sent."""
    schema = schemathesis.openapi.from_url(f"{service.url}/api/openapi.json")
    sent = 0
    for result in schema.get_all_operations():
        for mode in GenerationMode:
            strategy = cast("Any", result).ok().as_strategy(generation_mode=mode)

            @settings(
                max_examples=examples,
                derandomize=True,
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy)
            def check(case: Any) -> None:
                nonlocal sent
                sent += 1
                case.call_and_validate(checks=CHECKS, timeout=ANSWER)

            with suppress(Unsatisfiable):  # of a route without a parameter nothing is wrong
                check()
    return sent


def test_the_interface_is_what_its_description_says(service: Service) -> None:
    assert check_description(service, 3) > 30
