"""This module gives every error one shape, that of RFC 9457: a status, a title, and one sentence that helps."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from kg.lookup import UnknownNameError
from kg.pool import PoolBusyError
from kg.sparql import QueryError
from kg.store import StoreError

MEDIA_TYPE: Final = "application/problem+json"
QUERY_STATUS: Final = {"length": 413, "time": 503, "memory": 503, "failed": 400}  # of other kinds of QueryError: 400
RETRY_SOON, RETRY_LATER = "1", "5"  # seconds

_log = logging.getLogger(__name__)


class ProblemModel(BaseModel):
    """Every error of the server, as RFC 9457 has it."""

    type: str = Field(description="about:blank, so that the title says what the status says")
    title: str = Field(description="what the status means")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what was wrong, what is allowed, what to do")
    kind: str | None = Field(
        default=None, description="of a query: syntax, refused, depth, length, rows, time, memory, failed"
    )
    line: int | None = Field(default=None, description="of the query, from 1")
    column: int | None = Field(default=None, description="of the line, from 1")


class Refusal(Exception):  # noqa: N818 - a refusal is what it is
    """A request that is not answered: the status, and why in a sentence."""

    def __init__(self, status: int, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.headers = status, dict(headers or {})


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, **more: Any) -> Response:
    """The answer that says so."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body |= {name: value for name, value in more.items() if value is not None}
    return JSONResponse(body, status, dict(headers or {}), media_type=MEDIA_TYPE)


def problem_of(error: Exception) -> Response:
    """The answer to a request that raised this; what nobody expects is logged, and told without its insides."""
    for kind, said in _ANSWERS.items():
        if isinstance(error, kind):
            return said(error)
    _log.error("a request failed", exc_info=error)
    return problem(500, "the server failed; its log says at what")


def _query_problem(error: QueryError) -> Response:
    line, column = error.place or (None, None)
    status = QUERY_STATUS.get(error.kind, 400)
    retry = {"Retry-After": RETRY_LATER} if status == HTTPStatus.SERVICE_UNAVAILABLE else None
    return problem(status, str(error), retry, kind=error.kind, line=line, column=column)


def _busy_problem(error: PoolBusyError) -> Response:
    after = RETRY_SOON if error.full else RETRY_LATER
    return problem(429 if error.full else 503, str(error), {"Retry-After": after})


_ANSWERS: Final[dict[type[Exception], Callable[[Any], Response]]] = {
    Refusal: lambda error: problem(error.status, str(error), error.headers),
    QueryError: _query_problem,
    PoolBusyError: _busy_problem,
    StoreError: lambda error: problem(502 if "://" in str(error) else 503, str(error), {"Retry-After": RETRY_LATER}),
    UnknownNameError: lambda error: problem(404, str(error)),
    HTTPException: lambda error: problem(error.status_code, str(error.detail), error.headers),
    RequestValidationError: lambda error: problem(422, "; ".join(map(_said, error.errors()))),
    ValueError: lambda error: problem(400, str(error)),  # every error of Signum subclasses it, and says what is allowed
}


def _said(one: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in one["loc"][1:]) or "the request"
    return f"{name}: {one['msg']}"


def install(app: FastAPI) -> None:
    """Let the application answer every error in this shape."""

    async def handled(request: Request, error: Exception) -> Response:  # noqa: ARG001 - Starlette passes it
        return problem_of(error)

    for kind in (Refusal, HTTPException, RequestValidationError, ValueError, Exception):
        app.add_exception_handler(kind, handled)
