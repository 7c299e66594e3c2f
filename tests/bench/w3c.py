"""The W3C SPARQL 1.1 suite through the server: `python tests/bench/w3c.py --suite DIR`, its folder sparql11.

The protocol cases are sent as the manifest has them. Each query case is asked through HTTP and of the bare engine in
this process, over the same graphs: the answers must be the same, whatever the engine gives.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph
import rdflib
from rdflib import RDF, Graph, URIRef
from rdflib.collection import Collection
from rdflib.compare import isomorphic

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from tests.serving import Reply, Service, served

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
BASE = "http://w3c.example/"
QUERY_KINDS = ("QueryEvaluationTest", "CSVResultFormatTest", "PositiveSyntaxTest11", "NegativeSyntaxTest11")
SKIPPED = ("entailment", "service", "syntax-fed")


def entries(manifest: Path) -> Iterator[tuple[Graph, URIRef]]:
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    for at in graph.objects(None, MF.entries):
        for one in Collection(graph, at):
            yield graph, one  # type: ignore[misc]


# --- Protocol ---------------------------------------------------------------------------------------------------------


def protocol(suite: Path, folder: Path) -> None:
    data = folder / "protocol"
    data.mkdir()
    for number in (1, 2, 3):
        name = f"http://kasei.us/2009/09/sparql/data/data{number}.rdf"
        text = (suite / "protocol" / f"data{number}.nt").read_text().strip()
        (data / f"d{number}.nq").write_text(text.rstrip(" .") + f" <{name}> .\n")
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    with served(data, folder / "protocol.log") as service:
        for graph, case in entries(suite / "protocol" / "manifest.ttl"):
            name = str(case).rpartition("#")[2]
            kind = "update" if "update" in name else "query"
            wrong = [why for request in requests(graph, case) if (why := failure(service, graph, request))]
            total[kind] += 1
            passed[kind] += not wrong
            if wrong:
                print("  protocol", name, wrong[0])
        description = Graph().parse(data=service.get("/sparql/", "text/turtle").body, format="turtle")
        sd = "http://www.w3.org/ns/sparql-service-description#"
        points = [str(one) for one in description.objects(None, URIRef(sd + "endpoint"))]
        print("service description:", len(description), "triples, endpoint", points)
    print(f"protocol: queries {passed['query']}/{total['query']}, updates {passed['update']}/{total['update']}")


def requests(graph: Graph, case: URIRef) -> Iterator[rdflib.term.Node]:
    action = graph.value(case, MF.action)
    yield from Collection(graph, graph.value(action, HT.requests))  # type: ignore[arg-type]


def failure(service: Service, graph: Graph, request: rdflib.term.Node) -> str | None:
    headers = {}
    listed = graph.value(request, HT.headers)
    for one in Collection(graph, listed) if listed else ():
        headers[str(graph.value(one, HT.fieldName))] = str(graph.value(one, HT.fieldValue))
    body = graph.value(request, HT.body)
    data = None
    if body is not None:
        encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
        data = str(graph.value(body, CNT.chars)).encode(encoding)
    method = str(graph.value(request, HT.methodName))
    reply = service.ask(method, str(graph.value(request, HT.absolutePath)), data, headers)
    answer = graph.value(request, HT.resp)
    statuses = [str(one).rpartition("#")[2] for one in graph.objects(answer, MF.expectedStatus)]
    if not any(fits(status, reply.status) for status in statuses):
        return f"status {reply.status}, expected {statuses}"
    boolean = graph.value(answer, MF.expectedBoolean)
    if boolean is not None and reply.json.get("boolean") is not bool(boolean.toPython()):  # type: ignore[attr-defined]
        return f"{reply.body!r}, expected {boolean}"
    return None


def fits(status: str, found: int) -> bool:
    return status.replace("StatusCode", "").replace("xx", "") == str(found // 100) if "xx" in status else False


# --- Queries ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    name: str
    query: str
    default: tuple[Path, ...]
    named: tuple[Path, ...]


def cases(suite: Path) -> Iterator[Case]:
    for manifest in sorted(suite.glob("*/manifest.ttl")):
        if manifest.parent.name in SKIPPED:
            continue
        for graph, case in entries(manifest):
            if not any(str(kind).rpartition("#")[2] in QUERY_KINDS for kind in graph.objects(case, RDF.type)):
                continue
            action = graph.value(case, MF.action)
            query = graph.value(action, QT.query) or action
            path = Path(str(query).removeprefix("file://"))
            files = [
                tuple(Path(str(one).removeprefix("file://")) for one in graph.objects(action, kind))
                for kind in (QT.data, QT.graphData)
            ]
            text = path.read_text(encoding="utf-8")
            yield Case(
                f"{manifest.parent.name}/{str(case).rpartition('#')[2]}", f"BASE <{iri(path, suite)}> {text}", *files
            )


def iri(path: Path, suite: Path) -> str:
    return BASE + str(path.relative_to(suite))


def queries(suite: Path, folder: Path) -> None:
    found = list(cases(suite))
    data = folder / "queries"
    data.mkdir()
    store = pyoxigraph.Store()
    for path in {one for case in found for one in (*case.default, *case.named)}:
        name = iri(path, suite)
        form = pyoxigraph.RdfFormat.from_extension(path.suffix.removeprefix("."))
        store.load(path=path, format=form, base_iri=name, to_graph=pyoxigraph.NamedNode(name))
    (data / "all.nq").write_bytes(store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b"")
    same, errors = 0, 0
    with served(data, folder / "queries.log", "--timeout", "60") as service:
        for case in found:
            ours, theirs = through_http(service, case, suite), in_process(store, case, suite)
            if equal(ours, theirs):
                same += 1
                errors += ours is None
            else:
                print(
                    "  differs",
                    case.name,
                    str(ours)[:150].replace("\n", " "),
                    "|",
                    str(theirs)[:150].replace("\n", " "),
                )
    print(f"queries: {same}/{len(found)} answered as by the engine in process ({errors} of them refused by both)")


def through_http(service: Service, case: Case, suite: Path) -> object:
    fields = [("query", case.query)]
    fields += [("default-graph-uri", iri(path, suite)) for path in case.default] or [("default-graph-uri", "urn:none")]
    fields += [("named-graph-uri", iri(path, suite)) for path in case.named]
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json, application/n-triples;q=0.9",
    }
    reply = service.ask("POST", "/sparql", urlencode(fields), headers)
    assert reply.status in {200, 400}, (case.name, reply)
    return shape(reply) if reply.status == 200 else None


def shape(reply: Reply) -> object:
    if reply.type == "application/n-triples":
        return Graph().parse(data=reply.body, format="nt")
    return plain(reply.body)


def plain(body: bytes) -> object:
    parsed = pyoxigraph.parse_query_results(body, format=pyoxigraph.QueryResultsFormat.JSON)
    if isinstance(parsed, pyoxigraph.QueryBoolean):
        return bool(parsed)
    names = [one.value for one in parsed.variables]
    return names, sorted([[masked(row[name]) for name in names] for row in parsed])


def masked(term: object) -> str:
    text = str(term)
    random = text.startswith('"') and len(text) in (38, 39, 53) and text.count("-") == 4  # UUID
    return "_" if isinstance(term, pyoxigraph.BlankNode) or random or "urn:uuid:" in text else text


def in_process(store: pyoxigraph.Store, case: Case, suite: Path) -> object:
    default: list[Any] = [pyoxigraph.NamedNode(iri(p, suite)) for p in case.default] or [
        pyoxigraph.NamedNode("urn:none")
    ]
    named: list[Any] = [pyoxigraph.NamedNode(iri(path, suite)) for path in case.named]
    try:
        answer = store.query(case.query, default_graph=default, named_graphs=named)
        if isinstance(answer, pyoxigraph.QueryTriples):
            return Graph().parse(data=answer.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")
        return plain(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"")
    except (SyntaxError, RuntimeError):
        return None


def equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, Graph) and isinstance(theirs, Graph):
        return isomorphic(ours, theirs)
    return ours == theirs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--suite", type=Path, required=True)
    suite = parser.parse_args().suite.resolve()
    with tempfile.TemporaryDirectory() as folder:
        protocol(suite, Path(folder))
        queries(suite, Path(folder))


if __name__ == "__main__":
    main()
