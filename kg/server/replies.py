"""This module turns what a route found into the answer that the request accepts, and says when nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.results import GRAPH_FORMATS, MEBIBYTE, Format, Most, from_ntriples
from kg.server.negotiation import choose
from kg.server.nodes import triples_of
from kg.server.settings import Current
from kg.store import Store
from kg.tables import Table, to_json
from kg.terms import IRI

JSON: Final = Format(name="REST", suffix="json", media_types=("application/json",))
FORMATS: Final = (JSON, *GRAPH_FORMATS.values())
HASH_LENGTH: Final = 20  # characters of the graph's hash that tell one state from another
MOST: Final = Most(rows=1_000_000, size=256 * MEBIBYTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a route found: its JSON as text, and the nodes of the graph that it is about."""

    text: str
    nodes: Collection[IRI] = ()


def plain(value: Any) -> Found:
    """A value that JSON can write as it is."""
    return Found(text=json.dumps(value, ensure_ascii=False))


def page(table: Table, nodes: Collection[IRI], *, total: int, offset: int, limit: int) -> Found:
    """A page of a collection; numbers keep the decimals that the paper printed."""
    head = json.dumps({"total": total, "offset": offset, "limit": limit})
    return Found(text=f'{head[:-1]}, "items": {to_json(table).strip()}}}', nodes=nodes)


def item(table: Table, more: Mapping[str, Any], nodes: Collection[IRI]) -> Found:
    """The one row of a table, with what else belongs to it."""
    row = to_json(table).strip().removeprefix("[").removesuffix("]").strip()
    rest = json.dumps(dict(more), ensure_ascii=False)[1:-1]
    return Found(text=f"{row[:-1]}, {rest}}}" if rest else row, nodes=nodes)


def current(request: Request) -> Current:
    """The graph that the application serves."""
    found: Current = request.app.state.current
    return found


def reply(request: Request, find: Callable[[Store], Found], *, rdf: bool = False) -> Response:
    """The answer in the format that the request accepts; 304 where the asker has it of these data already."""
    store = current(request).store()
    chosen = choose(request.headers.get("accept"), FORMATS if rdf else (JSON,))
    headers = tagged(store, chosen.format.name)
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    found = find(store)
    if chosen.format is JSON:
        body = found.text.encode()
    else:
        body = from_ntriples(triples_of(store, found.nodes), chosen.format.name, MOST).body
    return Response(body, headers=headers, media_type=chosen.media_type)


def tagged(store: Store, form: str) -> dict[str, str]:
    """The headers that name the state of the data: the same graph, format and address give the same bytes."""
    return {"ETag": f'"{store.graph_hash[:HASH_LENGTH]}-{form.lower()}"', "Vary": "Accept", "Cache-Control": "no-cache"}


def is_known(request: Request, tag: str) -> bool:
    """Whether the asker has this state already."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or tag in {one.strip().removeprefix("W/") for one in given.split(",")}
