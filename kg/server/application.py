"""This module puts the server together: its routes, what lies around them, and how it starts and stops."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

import uvicorn
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from kg.pool import Pool
from kg.results import GRAPH_FORMATS, Most, from_ntriples
from kg.server import description, errors, pages, protocol, rest
from kg.server.monitor import Metrics, Rim, log_to_stderr
from kg.server.negotiation import choose
from kg.server.settings import Current, Settings

HEADER_LIMIT: Final = 256 * 1024  # bytes of a request's head: a query in the address, encoded
STOP_SECONDS: Final = 15  # for what is at work when the server is told to stop
READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")


def application(settings: Settings) -> FastAPI:
    """The server as an ASGI application. Raises StoreError where there is no graph; close its pool by its lifespan."""
    current = Current(settings.location)
    pool = Pool(
        settings.location,
        limits=settings.limits,
        workers=settings.workers,
        waiting=settings.waiting,
        patience=settings.patience,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        pool.close()

    app = FastAPI(
        title="Signum",
        version=version("signum"),
        description=description.DESCRIPTION,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,  # its page loads scripts from another host
        redoc_url=None,
    )
    errors.install(app)
    metrics = Metrics(pool)
    _sparql(app, current, pool)
    _watching(app, current, pool, metrics)
    app.state.current = current
    app.include_router(rest.router)
    app.include_router(pages.router)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["*"],
        expose_headers=["ETag", "Link", "Retry-After", protocol.WARNING_HEADER],
        max_age=86400,
    )
    app.add_middleware(Rim, metrics=metrics)
    return app


def _sparql(app: FastAPI, current: Current, pool: Pool) -> None:
    gate = protocol.Gate(pool)

    async def sparql(request: Request) -> Response:
        if request.method == "OPTIONS":
            allow = {"Allow": ", ".join((*protocol.METHODS, "OPTIONS"))}
            return Response(status_code=204, headers={**allow, "Accept-Post": f"{protocol.FORM}, {protocol.DIRECT}"})
        asked = await protocol.read(request)
        if asked is None:
            return _described(request, description.service_description(current.store(), _endpoint(request)))
        return await protocol.answer(request, pool, gate, asked)

    async def void(request: Request) -> Response:
        return _described(request, description.dataset_description(current.store(), _endpoint(request)))

    methods = [*protocol.METHODS, "OPTIONS"]
    for path in ("/sparql", "/sparql/"):
        app.router.add_route(path, sparql, methods=methods, include_in_schema=False)
    for path in ("/.well-known/void", "/dataset"):
        app.router.add_route(path, void, methods=["GET", "HEAD"], include_in_schema=False)


def _endpoint(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}/sparql"


def _described(request: Request, ntriples: str) -> Response:
    chosen = choose(request.headers.get("accept"), GRAPH_FORMATS.values())
    found = from_ntriples(ntriples, chosen.format.name, Most(rows=1_000_000, size=1 << 28))
    return Response(found.body, media_type=chosen.media_type, headers={"Vary": "Accept"})


def _watching(app: FastAPI, current: Current, pool: Pool, metrics: Metrics) -> None:
    async def health(_: Request) -> Response:
        """Whether queries are answered, and from which graph."""
        well = pool.is_alive
        state: dict[str, object] = {
            "status": "ok" if well else "failing",
            "graph": current.store().graph_hash if well else None,
        }
        state |= {"workers": pool.size, "idle": pool.idle, "waiting": pool.queued, "stale": pool.stale}
        return JSONResponse(state, 200 if well else 503, headers={"Cache-Control": "no-store"})

    async def measured(_: Request) -> Response:
        return Response(metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")

    async def front(_: Request) -> Response:
        return RedirectResponse("/api/", status_code=307)

    routes: tuple[tuple[str, Callable[[Request], Awaitable[Response]]], ...] = (
        ("/health", health),
        ("/metrics", measured),
        ("/", front),
    )
    for path, route in routes:
        app.router.add_route(path, route, methods=["GET", "HEAD"], include_in_schema=False)


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Serve until told to stop; what is at work then is finished first."""
    app = application(settings)
    log_to_stderr()
    uvicorn.run(
        app,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=HEADER_LIMIT,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
