"""This module is the SPARQL 1.1 Protocol: a query by GET, by URL-encoded POST, and by POST directly."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar
from urllib.parse import parse_qsl, quote

import anyio
from anyio import CapacityLimiter
from starlette.requests import Request
from starlette.responses import Response

from kg.pool import Pool, PoolBusyError
from kg.results import GRAPH_FORMATS, ROW_FORMATS, Dataset
from kg.server.errors import Refusal
from kg.server.negotiation import choose
from kg.sparql import SIZE_LIMIT, query_form, require_readable, require_small

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
BODY_LIMIT: Final = 4 * SIZE_LIMIT  # bytes; a query grows up to three times when it is encoded, and graphs are named
BODY_SECONDS: Final = 10.0  # to send it
MOST_FIELDS: Final = 200
METHODS: Final = ("GET", "HEAD", "POST")
WARNING_HEADER: Final = "Signum-Warning"
GRAPH_QUERIES: Final = frozenset({"CONSTRUCT", "DESCRIBE"})

_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*\Z")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs that the request names for it."""

    query: str
    dataset: Dataset | None


class Gate:
    """The way from requests to the pool: as many as may work and wait, and no more."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._most = pool.size + pool.waiting
        self._limiter: CapacityLimiter | None = None
        self._inside = 0

    async def run(self, work: Callable[[], _T]) -> _T:
        """Do the work in a thread. Raises PoolBusyError where too many are inside already."""
        if self._inside >= self._most:
            raise PoolBusyError(f"{self._inside} queries are at work or wait already; try again in a second", full=True)
        if self._limiter is None:
            self._limiter = CapacityLimiter(self._most)
        self._inside += 1
        try:
            return await anyio.to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._inside -= 1


async def answer(request: Request, pool: Pool, gate: Gate, asked: Asked) -> Response:
    """The answer to a query, in the format that the request accepts."""
    require_small(asked.query)
    triples = query_form(require_readable(asked.query)) in GRAPH_QUERIES
    chosen = choose(request.headers.get("accept"), (GRAPH_FORMATS if triples else ROW_FORMATS).values())
    work = partial(pool.ask, asked.query, chosen.format.name, dataset=asked.dataset, lint=True)
    found = await gate.run(work)
    headers = {"Vary": "Accept"}
    if found.warnings:
        headers[WARNING_HEADER] = quote("; ".join(found.warnings), safe=" ;:,.?!'#/<>()=")
    charset = "; charset=utf-8" if chosen.media_type.startswith("text/") else ""
    return Response(found.body, headers=headers, media_type=f"{chosen.media_type}{charset}")


async def read(request: Request) -> Asked | None:
    """The query of a request; None where it asks nothing, which is answered with the service description.

    Raises Refusal for what the protocol does not allow.
    """
    fields = _fields(request.scope["query_string"], "the address")
    if request.method in {"GET", "HEAD"}:
        if not fields:
            return None
        return _asked(fields)
    return await _posted(request, fields)


async def _posted(request: Request, fields: list[tuple[str, str]]) -> Asked:
    kind, charset = _content_type(request.headers.get("content-type", ""))
    if kind == UPDATE:
        raise Refusal(403, "this endpoint only reads; updates are refused")
    if kind not in {FORM, DIRECT}:
        raise Refusal(
            415, f"the body is {kind or 'of no type'}; allowed: {FORM}, {DIRECT}", {"Accept-Post": f"{FORM}, {DIRECT}"}
        )
    if charset not in {"", "utf-8", "utf8"}:
        raise Refusal(415, f"the body is in {charset}; allowed: UTF-8")
    if request.headers.get("content-encoding", "identity") != "identity":
        raise Refusal(415, "the body is compressed; allowed: as it is")
    body = await read_body(request)
    if kind == FORM:
        return _asked([*fields, *_fields(body, "the body")])
    return _asked([*fields, ("query", _decoded(body, "the body"))])


def _asked(fields: Sequence[tuple[str, str]]) -> Asked:
    values: dict[str, list[str]] = {}
    for name, value in fields:
        values.setdefault(name, []).append(value)
    for name in ("update", "using-graph-uri", "using-named-graph-uri"):
        if name in values:
            raise Refusal(403, f"this endpoint only reads; {name!r} belongs to an update, and is refused")
    found = values.get("query", [])
    if len(found) != 1:
        raise Refusal(400, f"there are {len(found)} queries; allowed: one, as the field 'query' or as the body")
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    for iri in (*default, *named):
        if not _ABSOLUTE.match(iri):
            raise Refusal(400, f"{iri[:200]!r} is no absolute IRI of a graph")
    dataset = Dataset(default=tuple(default), named=tuple(named)) if default or named else None
    return Asked(found[0], dataset)


def _content_type(header: str) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((part.partition("=")[2].strip("\"' ") for part in parameters if part.startswith("charset")), "")
    return kind, charset


def _fields(data: bytes, where: str) -> list[tuple[str, str]]:
    text = _decoded(data, where)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, f"{where} is not UTF-8") from None
    except ValueError:
        raise Refusal(400, f"{where} has more than {MOST_FIELDS} fields") from None


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, f"{where} is not UTF-8") from None


async def read_body(request: Request) -> bytes:
    """The body of a request, if it is not too large and comes in time."""
    pieces, size = [], 0
    try:
        with anyio.fail_after(BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > BODY_LIMIT:
                    raise Refusal(413, f"the body has more than {BODY_LIMIT} bytes", {"Connection": "close"})
                pieces.append(piece)
    except TimeoutError:
        raise Refusal(408, f"the body did not come within {BODY_SECONDS:g} s", {"Connection": "close"}) from None
    return b"".join(pieces)
