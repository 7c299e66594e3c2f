"""This module answers untrusted queries in a child process that may be lost: late, out of memory or off its stack."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final

from kg import confinement
from kg.sparql import QueryError, query_form, require_readable, require_small
from kg.store import Row, Store, StoreError
from kg.terms import IRI, LanguageString, Plain

__all__ = ["QueryError", "QueryResult", "run_query"]

TIME_LIMIT: Final = 10.0  # seconds, for the query alone
LOAD_LIMIT: Final = 120.0  # seconds, to start a process and load the graph
ROW_LIMIT: Final = 10_000
MEMORY_LIMIT: Final = 1024**3  # bytes beyond the loaded graph
ANSWER_LIMIT: Final = 64 * 1024**2  # bytes of the answer on its way back
PROCESSOR_FACTOR: Final = 2  # processor seconds for each second of time; the engine may use two cores
_READY: Final = b"ready\n"
_FATES: Final = {
    "SIGSEGV": "the query nests too deep for the engine; write it flatter",
    "SIGABRT": f"the query needs more than {MEMORY_LIMIT // 1024**2} MiB; ask for less, or leave ORDER BY out",
    "SIGXCPU": "the query took too long; add a LIMIT or start from one disease, sign or paper",
    "SIGKILL": "the query was stopped by the system; ask for less",
}


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of a SELECT, or for an ASK one row with the column `answer`."""

    columns: tuple[str, ...]
    rows: list[Row]


def run_query(
    location: Path | str, sparql: str, *, timeout: float = TIME_LIMIT, row_limit: int = ROW_LIMIT
) -> QueryResult:
    """Answer a SELECT or ASK in a process of its own. Raises QueryError, one sentence, for whatever goes wrong with it.

    The process can only read: it has no network (on Linux; but for a graph behind a URL), limited memory, the lowest
    priority, and is killed when `timeout` seconds are over. More than `row_limit` rows are an error, and no cut answer.
    Raises StoreError where the graph itself cannot be opened.
    """
    require_small(sparql)
    require_readable(sparql)
    if query_form(sparql) not in {"SELECT", "ASK"}:
        raise QueryError("rows come from SELECT and ASK; this query is a CONSTRUCT or DESCRIBE")
    if not timeout > 0 or row_limit < 1:
        raise QueryError(f"the limits are {timeout:g} s and {row_limit} rows; allowed: above 0 s, at least 1 row")
    order = {"location": str(location), "query": sparql, "row_limit": row_limit, "timeout": timeout}
    return _decode(_ask_child(json.dumps(order).encode(), timeout))


def _ask_child(order: bytes, timeout: float) -> Any:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    child = subprocess.Popen(
        [sys.executable, "-m", "kg.workers"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
    with child:
        try:
            answer = _Answer(child)
            _send(child, order)
            return answer.wait(timeout)
        finally:
            child.kill()


def _send(child: subprocess.Popen[bytes], order: bytes) -> None:
    assert child.stdin is not None
    try:
        with child.stdin as pipe:
            pipe.write(order)
    except BrokenPipeError:  # it died at once; `wait` says of what
        pass


class _Answer:
    """What a child writes, read in a thread, so that the wait for it can end."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdout is not None
        self._child = child
        self._begun = threading.Event()
        self._data = b""
        self._thread = threading.Thread(target=self._read, args=(child.stdout,), daemon=True)
        self._thread.start()

    def _read(self, pipe: IO[bytes]) -> None:
        first = pipe.readline()
        self._begun.set()
        self._data = (b"" if first == _READY else first) + pipe.read(ANSWER_LIMIT + 1)

    def wait(self, timeout: float) -> Any:
        if not self._begun.wait(LOAD_LIMIT):
            raise StoreError(f"the graph was not loaded within {LOAD_LIMIT:g} s; use a smaller one, or a server")
        self._thread.join(timeout)
        if self._thread.is_alive():
            remedy = "add a LIMIT, or start from one disease, sign or paper"
            raise QueryError(f"the query was stopped after {timeout:g} s; {remedy}")
        if len(self._data) > ANSWER_LIMIT:
            raise QueryError(f"the answer is larger than {ANSWER_LIMIT // 1024**2} MiB; ask for less")
        status = self._child.wait()
        if status != 0:
            raise QueryError(_fate(status))
        return json.loads(self._data)


def _fate(status: int) -> str:
    """Why a child ended without an answer."""
    name = signal.Signals(-status).name if status < 0 else ""
    return _FATES.get(
        name, f"the process that answered the query ended without a word ({name or status}); ask for less"
    )


# --- The values on their way -----------------------------------------------------------------------------------------


def _encode(value: Plain | None) -> object:
    if isinstance(value, IRI):
        return {"iri": str(value)}
    if isinstance(value, LanguageString):
        return {"text": str(value), "language": value.language}
    return {"decimal": str(value)} if isinstance(value, Decimal) else value


def _decode_value(value: Any) -> Plain | None:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if "iri" in value:
        return IRI(value["iri"])
    return Decimal(value["decimal"]) if "decimal" in value else LanguageString(value["text"], value["language"])


def _decode(answer: dict[str, Any]) -> QueryResult:
    if "store_error" in answer:
        raise StoreError(answer["store_error"])
    if "query_error" in answer:
        raise QueryError(answer["query_error"])
    columns = tuple(answer["columns"])
    rows = [dict(zip(columns, map(_decode_value, row), strict=True)) for row in answer["rows"]]
    return QueryResult(columns, rows)


# --- The child -------------------------------------------------------------------------------------------------------


def _answer(store: Store, order: dict[str, Any]) -> dict[str, Any]:
    if query_form(order["query"]) == "ASK":
        return {"columns": ["answer"], "rows": [[store.ask(order["query"])]]}
    most = order["row_limit"]
    columns, found = store.table(order["query"])
    rows = list(islice(found, most + 1))
    if len(rows) > most:
        raise QueryError(f"the query has more than {most} rows; add a LIMIT, or ask for less")
    return {"columns": columns, "rows": [[_encode(value) for value in row] for row in rows]}


def _serve(order: dict[str, Any], output: IO[bytes]) -> None:
    confinement.end_with_parent()
    confinement.step_back()
    if not order["location"].startswith(("http://", "https://")):
        confinement.refuse_network()
    try:
        store = Store.open(order["location"])
        output.write(_READY)
        output.flush()
        confinement.limit(memory=MEMORY_LIMIT, seconds=PROCESSOR_FACTOR * order["timeout"])
        answer = _answer(store, order)
    except StoreError as error:
        answer = {"store_error": str(error)}
    except QueryError as error:
        answer = {"query_error": str(error)}
    except MemoryError:
        answer = {"query_error": _FATES["SIGABRT"]}
    output.write(json.dumps(answer).encode())
    output.flush()
    os._exit(0)  # freeing a large graph takes longer than the query


if __name__ == "__main__":
    _serve(json.loads(sys.stdin.buffer.read()), sys.stdout.buffer)
