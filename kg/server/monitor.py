"""This module watches requests at the outermost rim: what is logged, what is counted, and what no answer may lack."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from typing import Any, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.pool import Pool
from kg.server.errors import problem_of

ROUTES: Final = (
    "/sparql",
    "/api",
    "/concept",
    "/source",
    "/statement",
    "/graph",
    "/health",
    "/metrics",
    "/.well-known",
)
SAFETY: Final = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}

_log = logging.getLogger("signum.requests")


class JSONLines(logging.Formatter):
    """A line of JSON for each record, its fields as they were given."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        head = {"time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"), "level": record.levelname, "what": record.name}
        fields = getattr(record, "fields", None) or {"message": record.getMessage()}
        if record.exc_info:
            fields = {**fields, "traceback": self.formatException(record.exc_info)}
        return json.dumps({**head, **fields}, ensure_ascii=False)


def log_to_stderr() -> None:
    """Send what the server logs to standard error, a line of JSON each."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    for name in ("signum.requests", "kg", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)


class Metrics:
    """What Prometheus reads: requests and their seconds by route, and the pool."""

    def __init__(self, pool: Pool) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter("signum_requests", "Requests", ("route", "method", "status"), registry=self._registry)
        self.seconds = Histogram("signum_request_seconds", "Seconds to answer", ("route",), registry=self._registry)
        self._registry.register(_PoolMetrics(pool))

    def text(self) -> bytes:
        """All of it in the text format."""
        return generate_latest(self._registry)


class _PoolMetrics(Collector):
    """The counts of the pool, read when they are asked for."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    def collect(self) -> Iterator[Any]:
        pool, counts = self._pool, self._pool.counts
        queries = CounterMetricFamily("signum_queries", "Queries by what became of them", labels=["outcome"])
        queries.add_metric(["answered"], counts.answered)
        for kind, number in sorted(counts.errors.items()):
            queries.add_metric([kind], number)
        yield queries
        yield CounterMetricFamily("signum_workers_replaced", "Workers that were ended", value=counts.replaced)
        for name, what, value in (
            ("signum_workers", "Workers", pool.size),
            ("signum_workers_idle", "Workers with nothing to do", pool.idle),
            ("signum_queries_waiting", "Queries that wait for a worker", pool.queued),
            ("signum_graph_stale", "1 if a newer graph is not served", float(pool.stale is not None)),
        ):
            yield GaugeMetricFamily(name, what, value=value)


class Rim:
    """The outermost layer: an answer for what nobody caught, safety headers, a log line and a count a request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and see what becomes of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, begun = time.perf_counter(), 500, False

        async def watched(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the rim: whoever asks gets a sentence, the log the traceback
            if not begun:
                await problem_of(error)(scope, receive, watched)
        finally:
            self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        path = scope["path"]
        route = next((one for one in ROUTES if path == one or path.startswith(f"{one}/")), "other")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        self._metrics.requests.labels(route, method, str(status)).inc()
        self._metrics.seconds.labels(route).observe(seconds)
        fields = {"method": scope["method"], "path": path[:500], "status": status, "ms": round(1000 * seconds, 2)}
        _log.info("request", extra={"fields": fields})
