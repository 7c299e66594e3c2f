"""This module answers at the IRI of each thing: a plain page for people, RDF for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.lookup import UnknownNameError, require_source, vocabulary_of
from kg.results import GRAPH_FORMATS
from kg.server.description import DESCRIPTION
from kg.server.negotiation import wants_html
from kg.server.replies import Found, current, is_known, reply, tagged
from kg.server.rest import known_statement
from kg.show import Shown, show
from kg.store import Store
from kg.tables import Table, to_text
from kg.terms import IRI, concept_iri, source_iri, statement_iri
from kg.web.markup import Html, element, escaped, joined

STYLE: Final = (
    "body{font:16px/1.45 system-ui,sans-serif;max-width:80rem;margin:1.5rem auto;padding:0 1rem;"
    "color:light-dark(#14181C,#E8ECEF);background:light-dark(#fff,#14181C)}:root{color-scheme:light dark}"
    "a{color:light-dark(#004E87,#9AD0FF)}table{border-collapse:collapse}"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .7rem .25rem 0;border-bottom:1px solid #767F88;"
    "overflow-wrap:anywhere}.wrap{overflow-x:auto}"
)
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
MOST_ROWS: Final = 500
WRAP: Final[dict[str, str | int]] = {"tabindex": 0, "role": "region", "aria_label": "What the graph says"}


router: Final = APIRouter(include_in_schema=False)


@router.api_route("/concept/{key}", methods=["GET", "HEAD"], response_model=None)
def concept(request: Request, key: str) -> Response:
    """A concept."""

    def known(store: Store) -> IRI:
        if key not in vocabulary_of(store).concepts:
            near = ", ".join(one.key for one in vocabulary_of(store).suggest(key[:100]))
            raise UnknownNameError(
                f"no concept has the key {key[:100]!r}" + (f"; did you mean {near}?" if near else "")
            )
        return concept_iri(key)

    return _thing(request, known, key)


@router.api_route("/source/{key}", methods=["GET", "HEAD"], response_model=None)
def source(request: Request, key: str) -> Response:
    """A paper."""

    def known(store: Store) -> IRI:
        require_source(store, key)
        return source_iri(key)

    return _thing(request, known, key)


@router.api_route("/statement/{source}/{hash}", methods=["GET", "HEAD"], response_model=None)
def statement(request: Request, source: str, hash: str) -> Response:  # noqa: A002 - the model's word
    """A statement."""
    identity = f"{source}/{hash}"

    def known(store: Store) -> IRI:
        return statement_iri(known_statement(store, identity).id)

    return _thing(request, known, identity)


def _thing(request: Request, known: Callable[[Store], IRI], name: str) -> Response:
    def find(store: Store) -> Found:
        iri = known(store)
        return Found(text=show_json(store, iri, name), nodes=[iri])

    if not wants_html(request.headers.get("accept")):
        return reply(request, find, rdf=True)
    store = current(request).store()
    iri, headers = known(store), tagged(store, "html")
    if is_known(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers |= {"Content-Security-Policy": POLICY, "Link": f'<{iri}>; rel="canonical"'}
    return HTMLResponse(_page(show(store, name), iri, request.url.path), headers=headers)


def show_json(store: Store, iri: IRI, name: str) -> str:
    """What `signum show --format json` prints, with the IRI."""
    return json.dumps({"iri": str(iri), **show(store, name).to_json()}, ensure_ascii=False)


def _page(shown: Shown, iri: IRI, path: str) -> str:
    title, *rest = shown.heading.split("\n")
    others = element("a", "the query that gives it", href=f"/sparql?query={quote(f'DESCRIBE <{iri}>')}")
    body = joined(
        element("h1", title),
        (element("p", line) for line in rest),
        element("p", "IRI: ", element("code", iri), ". As RDF: ask this address for text/turtle, or run ", others, "."),
        element("div", _table(shown.overview), class_="wrap", **WRAP),
        element("hr"),
        element("p", element("small", DESCRIPTION)),
    )
    named = f"<title>{escaped(title)} · Signum</title><style>{STYLE}</style>"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">{named}'
    links = "".join(
        f'<link rel="alternate" type="{one.media_types[0]}" href="{escaped(path)}">' for one in GRAPH_FORMATS.values()
    )
    whole = f'<html lang="en"><head>{head}{links}</head><body><main>{body}</main></body></html>'
    return f"<!doctype html>{whole}"


def _table(table: Table) -> Html:
    rows = table.rows[:MOST_ROWS]
    cut = (
        f" The first {MOST_ROWS} of {len(table.rows)}; /api/statements has all." if len(table.rows) > MOST_ROWS else ""
    )
    head = element("tr", [element("th", name, scope="col") for name in table.columns])
    body = [element("tr", [element("td", _cell(name, row.get(name))) for name in table.columns]) for row in rows]
    return element(
        "table", element("caption", f"What papers state.{cut}"), element("thead", head), element("tbody", body)
    )


def _cell(name: str, value: object) -> Html:
    text = to_text(value) if not isinstance(value, str) else value  # type: ignore[arg-type]
    address = {"statement": f"/statement/{quote(text)}", "source": f"/source/{quote(text)}"}.get(name)
    return element("a", text, href=address) if address and text and "://" not in text else escaped(text)
