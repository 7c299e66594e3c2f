"""This module asks a remote SPARQL 1.1 server by its protocol; a cut or odd answer is an error, never an empty one."""

from __future__ import annotations

import hashlib
import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.results import ROW_FORMATS, Dataset, Most, Written, from_json, from_ntriples
from kg.sparql import QueryError, tokens
from kg.terms import IRI, PREFIXES, LanguageString, Plain, nquads_term, typed_literal

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
    """A SPARQL 1.1 server. Each call is one POST; an answer that is not whole within `timeout` seconds is an error."""

    def __init__(self, url: str, *, timeout: float = TIME_LIMIT) -> None:
        self.url = url
        self.timeout = timeout

    @property
    def graph_hash(self) -> str:
        """A name for the state of the data: a hash over the size and the text hashes of each named graph."""
        rows = sorted(json.dumps([str(value) for value in row]) for row in self.table(_STATE)[1])
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()

    def table(
        self, query: str, bindings: Mapping[str, Plain] | None = None
    ) -> tuple[list[str], Iterator[list[Plain | None]]]:
        """The columns and the rows of a SELECT; an unbound variable is None."""
        answer = self._json(with_values(query, bindings or {}))
        try:
            names, rows = table_of(answer)
        except (KeyError, TypeError, AttributeError) as error:
            raise EndpointError(f"{self.url} gave JSON that is no SPARQL result: {error!r}") from error
        return list(names), iter(rows)

    def ask(self, query: str, bindings: Mapping[str, Plain] | None = None) -> bool:
        """The answer to an ASK."""
        answer = self._json(with_values(query, bindings or {})).get("boolean")
        if not isinstance(answer, bool):
            raise EndpointError(f"{self.url} gave no true or false to an ASK")
        return answer

    def construct(self, query: str) -> str:
        """The triples of a CONSTRUCT or DESCRIBE as sorted N-Triples."""
        lines = self._post(query, _GRAPH_TYPES).splitlines()
        return "".join(sorted({line.strip() + "\n" for line in lines if line.strip()}))

    def written(self, query: str, form: str, most: Most, dataset: Dataset | None = None) -> Written:
        """The answer to any query in a format of kg.results.FORMATS, checked and written anew."""
        rows = form in ROW_FORMATS
        body = self._post(query, _RESULT_TYPES if rows else _GRAPH_TYPES, dataset)
        try:
            return from_json(body.encode(), form, most) if rows else from_ntriples(body, form, most)
        except QueryError:
            raise
        except (ValueError, SyntaxError) as error:
            raise EndpointError(f"{self.url} gave an answer that is cut or no SPARQL result: {error}") from error

    def _json(self, query: str) -> dict[str, Any]:
        body = self._post(query, _RESULT_TYPES)
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
        request = urllib.request.Request(
            self.url,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Accept": ", ".join(accepted), "Content-Type": "application/x-www-form-urlencoded"},
        )
        deadline = time.monotonic() + self.timeout
        try:
            with _OPENER.open(request, timeout=self.timeout) as response:
                kind = response.headers.get_content_type()
                if kind not in accepted:
                    raise EndpointError(f"{self.url} answered with {kind}; expected {' or '.join(accepted)}")
                return self._read(response, deadline).decode("utf-8")
        except urllib.error.HTTPError as error:
            raise EndpointError(f"{self.url} refused the query: {error.code} {error.reason}{_reason(error)}") from error
        except UnicodeDecodeError as error:
            raise EndpointError(f"{self.url} gave an answer that is not UTF-8") from error
        except (OSError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise EndpointError(f"{self.url} cannot be asked: {reason or type(error).__name__}") from error

    def _read(self, response: http.client.HTTPResponse, deadline: float) -> bytes:
        pieces, size = [], 0
        while piece := response.read1(_PIECE):
            pieces.append(piece)
            size += len(piece)
            if size > SIZE_LIMIT:
                raise EndpointError(f"{self.url} gave more than {SIZE_LIMIT} bytes; ask for less")
            if time.monotonic() > deadline:
                raise EndpointError(f"{self.url} took longer than {self.timeout:g} s; ask for less, or allow more time")
        if response.length:  # what Content-Length promised and did not come; read1 ends without a word
            raise EndpointError(f"{self.url} gave an answer that is cut: {response.length} bytes are missing")
        return b"".join(pieces)


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
