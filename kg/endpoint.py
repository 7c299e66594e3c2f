"""This module asks a remote SPARQL 1.1 server by its protocol; a cut or odd answer is an error, never an empty one."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from kg.results import ROW_FORMATS, Dataset, Most, Written, from_json, from_ntriples
from kg.sparql import QueryError, names_a_dataset, tokens
from kg.terms import IRI, PREFIXES, LanguageString, Plain, graph_iri, nquads_term, typed_literal

TIME_LIMIT: Final = 30.0  # seconds for a whole answer, not for one piece of it
SIZE_LIMIT: Final = 256 * 1024 * 1024  # bytes of one answer
_PIECE: Final = 1 << 20
_RESULT_TYPES: Final = ("application/sparql-results+json", "application/json")
_GRAPH_TYPES: Final = ("application/n-triples", "text/plain")
_PROLOGUE: Final = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
_STATE: Final = """
SELECT ?g (COUNT(*) AS ?n) (MAX(?sha256) AS ?text) WHERE {
  GRAPH ?g { ?s ?p ?o OPTIONAL { ?s signum:sha256 ?sha256 } }
} GROUP BY ?g"""


PROBE: Final = "ASK { ?concept a skos:Concept }"  # true where the default graph is the union, and holds our data
_GRAPHS: Final = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
_THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1")


class EndpointError(ValueError):
    """A server that could not be asked, or whose answer cannot be trusted; the sentence names it and the reason."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect could lead into a private network, so none is followed."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirect)


def with_values(query: str, bindings: Mapping[str, Plain]) -> str:
    """The query with a VALUES block at the start of its pattern: variables get terms, and no text is spliced in.

    >>> with_values("SELECT ?s WHERE { ?s ?p ?o }", {"o": 1})
    'SELECT ?s WHERE { VALUES (?o) { ("1"^^<http://www.w3.org/2001/XMLSchema#integer>) } ?s ?p ?o }'
    """
    if not bindings:
        return query
    opening = next((place for kind, text, place in tokens(query) if kind == "bracket" and text == "{"), None)
    if opening is None:
        return query
    names = " ".join(f"?{name}" for name in bindings)
    values = " ".join(nquads_term(value) for value in bindings.values())
    return f"{query[: opening + 1]} VALUES ({names}) {{ ({values}) }}{query[opening + 1 :]}"


class Endpoint:
    """A SPARQL 1.1 server. Each call is one POST; an answer that is not whole within `timeout` seconds is an error.

    `whole` sees to it that the default graph is the union of all: of a server that has another one, every query names
    the graphs. A server without a graph of ours is an error, so that no answer is empty for want of data.
    """

    def __init__(self, url: str, *, timeout: float = TIME_LIMIT, whole: bool = True) -> None:
        self.url = url
        self.timeout = timeout
        self._whole = whole

    @cached_property
    def _union(self) -> Dataset | None:
        """The graphs to name in each query; None where the server's default graph is their union."""
        if self._boolean(self._post(PROBE, _RESULT_TYPES)):
            return None
        _, rows = self._table(self._post(_GRAPHS, _RESULT_TYPES))
        graphs = tuple(str(row[0]) for row in rows)
        if graph_iri("ontology") not in graphs:
            raise EndpointError(f"{self.url} holds no graph of Signum; load one with `signum publish`")
        return Dataset(default=graphs, named=graphs)

    def _dataset(self, query: str) -> Dataset | None:
        return self._union if self._whole and not names_a_dataset(query) else None

    @cached_property
    def graph_hash(self) -> str:
        """A name for the state of the data when it was first asked: over the size and text hashes of each graph."""
        rows = sorted(json.dumps([str(value) for value in row]) for row in self.table(_STATE)[1])
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def table(
        self, query: str, bindings: Mapping[str, Plain] | None = None
    ) -> tuple[list[str], Iterator[list[Plain | None]]]:
        """The columns and the rows of a SELECT; an unbound variable is None."""
        return self._table(self._post(with_values(query, bindings or {}), _RESULT_TYPES, self._dataset(query)))

    def _table(self, body: str) -> tuple[list[str], Iterator[list[Plain | None]]]:
        answer = self._json(body)
        try:
            names, rows = table_of(answer)
        except (KeyError, TypeError, AttributeError) as error:
            raise EndpointError(f"{self.url} gave JSON that is no SPARQL result: {error!r}") from error
        return list(names), iter(rows)

    def ask(self, query: str, bindings: Mapping[str, Plain] | None = None) -> bool:
        """The answer to an ASK."""
        return self._boolean(self._post(with_values(query, bindings or {}), _RESULT_TYPES, self._dataset(query)))

    def _boolean(self, body: str) -> bool:
        answer = self._json(body).get("boolean")
        if not isinstance(answer, bool):
            raise EndpointError(f"{self.url} gave no true or false to an ASK")
        return answer

    def construct(self, query: str) -> str:
        """The triples of a CONSTRUCT or DESCRIBE as sorted N-Triples."""
        lines = self._post(query, _GRAPH_TYPES, self._dataset(query)).splitlines()
        return "".join(sorted({line.strip() + "\n" for line in lines if line.strip()}))

    def written(self, query: str, form: str, most: Most, dataset: Dataset | None = None) -> Written:
        """The answer to any query in a format of kg.results.FORMATS, checked and written anew."""
        rows = form in ROW_FORMATS
        body = self._post(query, _RESULT_TYPES if rows else _GRAPH_TYPES, dataset or self._dataset(query))
        try:
            return from_json(body.encode(), form, most) if rows else from_ntriples(body, form, most)
        except QueryError:
            raise
        except (ValueError, SyntaxError) as error:
            raise EndpointError(f"{self.url} gave an answer that is cut or no SPARQL result: {error}") from error

    def _json(self, body: str) -> dict[str, Any]:
        try:
            answer = json.loads(body)
        except ValueError as error:
            raise EndpointError(f"{self.url} gave an answer that is cut or no JSON: {error}") from error
        if not isinstance(answer, dict):
            raise EndpointError(f"{self.url} gave JSON that is no SPARQL result")
        return answer

    def _post(self, query: str, accepted: tuple[str, ...], dataset: Dataset | None = None) -> str:
        fields = [("query", f"{_PROLOGUE} {query}")]
        if dataset is not None:
            fields += [("default-graph-uri", iri) for iri in dataset.default]
            fields += [("named-graph-uri", iri) for iri in dataset.named]
        body, kind = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
        return send(self.url, "POST", body, kind, accepted=accepted, seconds=self.timeout).decode("utf-8")


def send(
    url: str,
    method: str,
    body: bytes | None = None,
    kind: str | None = None,
    *,
    accepted: tuple[str, ...] = (),
    seconds: float = TIME_LIMIT,
) -> bytes:
    """One request to a server, with the credentials of the environment. Raises EndpointError with the reason.

    `kind` is the type of the body, `accepted` are those that the answer may have (any, if none is given).
    """
    headers = {**credentials(url), **({"Content-Type": kind} if kind else {})}
    headers |= {"Accept": ", ".join(accepted)} if accepted else {}
    deadline = time.monotonic() + seconds
    try:
        request = urllib.request.Request(url, data=body, headers=headers, method=method)
        with _OPENER.open(request, timeout=seconds) as response:
            found = response.headers.get_content_type()
            if accepted and found not in accepted:
                raise EndpointError(f"{url} answered with {found}; expected {' or '.join(accepted)}")
            answer = _read(url, response, deadline, seconds)
            answer.decode("utf-8")
            return answer
    except urllib.error.HTTPError as error:
        what = {"POST": "the query", "PUT": "the graph"}.get(method, method)
        raise EndpointError(
            f"{url} refused {what}: {error.code} {error.reason}{_reason(error)}{_remedy(error)}"
        ) from error
    except UnicodeDecodeError as error:
        raise EndpointError(f"{url} gave an answer that is not UTF-8") from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, EndpointError):
            raise
        reason = getattr(error, "reason", None) or error
        raise EndpointError(f"{url} cannot be asked: {reason or type(error).__name__}") from error


def credentials(url: str) -> dict[str, str]:
    """The header that names who asks: SIGNUM_STORE_TOKEN, or SIGNUM_STORE_USER with SIGNUM_STORE_PASSWORD, if set.

    They are sent over https, and to this machine; elsewhere anybody on the way could read them.
    """
    token, user = os.environ.get("SIGNUM_STORE_TOKEN", ""), os.environ.get("SIGNUM_STORE_USER", "")
    if not token and not user:
        return {}
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
        raise EndpointError(f"{url} would get the credentials of the environment unencrypted; use https")
    if token:
        return {"Authorization": f"Bearer {token}"}
    pair = f"{user}:{os.environ.get('SIGNUM_STORE_PASSWORD', '')}".encode()
    return {"Authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _read(url: str, response: http.client.HTTPResponse, deadline: float, seconds: float) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > SIZE_LIMIT:
            raise EndpointError(f"{url} gave more than {SIZE_LIMIT} bytes; ask for less")
        if time.monotonic() > deadline:
            raise EndpointError(f"{url} took longer than {seconds:g} s; ask for less, or allow more time")
    if response.length:  # what Content-Length promised and did not come; read1 ends without a word
        raise EndpointError(f"{url} gave an answer that is cut: {response.length} bytes are missing")
    return b"".join(pieces)


_REMEDIES: Final = {
    401: "; give SIGNUM_STORE_USER and SIGNUM_STORE_PASSWORD, or SIGNUM_STORE_TOKEN",
    403: "; whose credentials these are may not do that",
    404: "; is this the right address?",
    405: "; is this the right address?",
    413: "; the server takes no more at once",
    507: "; the server is full",
}


def _remedy(error: urllib.error.HTTPError) -> str:
    return _REMEDIES.get(error.code, "")


def _reason(error: urllib.error.HTTPError) -> str:
    """The first line that the server says, for a syntax error is found there."""
    try:
        text = " ".join(error.read(2000).decode("utf-8", "replace").split())
    except (OSError, http.client.HTTPException):
        return ""
    return f": {text[:200]}" if text and not text.startswith("<") else ""


def table_of(answer: Mapping[str, Any]) -> tuple[tuple[str, ...], list[list[Plain | None]]]:
    """The columns and rows of an answer in the JSON results format; of an ASK, one row with the column `answer`."""
    if "boolean" in answer:
        return ("answer",), [[answer["boolean"]]]
    names = tuple(answer["head"]["vars"])
    found = answer["results"]["bindings"]
    return names, [[_plain(row[name]) if name in row else None for name in names] for row in found]


def _plain(node: Mapping[str, str]) -> Plain:
    """A term of the JSON results format as a plain value; a blank node as `_:name`."""
    if node["type"] == "uri":
        return IRI(node["value"])
    if node["type"] == "bnode":
        return "_:" + node["value"]
    language = node.get("xml:lang", "en")
    if language.casefold() not in {"en", ""}:
        return LanguageString(node["value"], language.casefold())
    return typed_literal(node["value"], node.get("datatype", ""))
