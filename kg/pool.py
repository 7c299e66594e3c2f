"""This module keeps warm, confined workers that answer untrusted queries: each may be lost, none harms another."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from kg.endpoint import table_of
from kg.results import MEBIBYTE, Dataset
from kg.sparql import QueryError, query_form, require_readable, require_small
from kg.store import Row, StoreError, fingerprint
from kg.workers import Gone, receive, send

LOAD_LIMIT: Final = 120.0  # seconds, to start the first process and load the graph
LOOK_AGAIN: Final = 1.0  # seconds between two looks at the files of the graph
WORN: Final = 4  # a worker that kept a quarter of its memory after an answer is replaced

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one query may take: seconds, rows of its answer, bytes of its answer, bytes of memory beyond the graph."""

    seconds: float = 10.0
    rows: int = 10_000
    size: int = 64 * MEBIBYTE
    memory: int = 1024 * MEBIBYTE

    def __post_init__(self) -> None:
        if not self.seconds > 0 or self.rows < 1:
            given = f"{self.seconds:g} s and {self.rows} rows"
            raise QueryError(f"the limits are {given}; allowed: above 0 s, at least 1 row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer in the format that was asked for; `form` is SELECT, ASK, CONSTRUCT or DESCRIBE."""

    form: str
    body: bytes
    rows: int
    warnings: tuple[str, ...] = ()


class PoolBusyError(ValueError):
    """Too many queries wait; `full` where the queue had no place, else the wait was too long. Try again later."""

    def __init__(self, sentence: str, *, full: bool) -> None:
        super().__init__(sentence)
        self.full = full


@dataclass(frozen=True, slots=True)
class _Worker:
    """A forked process: its number, the channel to it, and the nursery that it came from."""

    number: int
    channel: socket.socket
    nursery: _Nursery


class _Nursery:
    """The process that has the graph and forks the workers; `state` is the fingerprint of what it loaded."""

    def __init__(self, location: str, *, warm: bool) -> None:
        self.state = fingerprint(location)
        self.retired = False
        self._workers = 0
        self._lock = threading.Lock()
        self._control, far = socket.socketpair()
        paths = os.pathsep.join(path for path in sys.path if path)
        single = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # a process with threads is not to be forked
        with far:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "kg.workers", str(far.fileno())],
                pass_fds=[far.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **single, "PYTHONPATH": paths},
            )
        try:
            self._load(location, warm=warm)
        except BaseException:
            self.close()
            raise

    def _load(self, location: str, *, warm: bool) -> None:
        self._control.settimeout(LOAD_LIMIT)
        try:
            send(self._control, {"location": location, "warm": warm})
            news, _ = receive(self._control)
        except TimeoutError:
            late = f"the graph was not loaded within {LOAD_LIMIT:g} s; use a smaller one, or a server"
            raise StoreError(late) from None
        except Gone:
            raise StoreError("the process that loads the graph ended without a word") from None
        if "store_error" in news:
            raise StoreError(news["store_error"])

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def start(self, memory: int) -> _Worker:
        """Fork a worker. Raises StoreError where this process is gone."""
        near, far = socket.socketpair()
        with far, self._lock:
            try:
                socket.send_fds(self._control, [str(memory).encode()], [far.fileno()])
                news, _ = receive(self._control)
            except (OSError, Gone):
                near.close()
                raise StoreError("the process that keeps the graph is gone; try again") from None
            self._workers += 1
        return _Worker(news["worker"], near, self)

    def end(self, worker: _Worker) -> int:
        """Kill a worker, and say what it died of; 0 where nobody knows."""
        worker.channel.close()
        status = 0
        with self._lock:
            self._workers -= 1
            with contextlib.suppress(OSError, Gone):
                self._control.sendall(str(worker.number).encode())
                status = int(receive(self._control)[0]["status"])
        if self.retired and not self._workers:
            self.close()
        return status

    def close(self) -> None:
        """End it, and with it all its workers."""
        self._control.close()
        self._process.kill()
        self._process.wait()


@dataclass(slots=True)
class Counts:
    """What a pool did: queries that it answered and refused (by the kind of error), workers that it replaced."""

    answered: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    replaced: int = 0


class Pool:
    """A number of workers on one graph. A new graph on disk gets new workers; those of the old one finish.

    `waiting` queries may wait for a worker, each `patience` seconds at most. `warm` loads what a first query would
    wait for. Raises StoreError where there is no graph.
    """

    def __init__(
        self,
        location: Path | str,
        *,
        limits: Limits | None = None,
        workers: int = 2,
        waiting: int = 20,
        patience: float = 10.0,
        warm: bool = True,
    ) -> None:
        self.location, self.limits = str(location), limits or Limits()
        self.size, self.waiting, self.patience = workers, waiting, patience
        self.counts, self.queued = Counts(), 0
        self.stale: str | None = None  # why the graph on disk is newer than the one that is asked
        self._warm, self._closed = warm, False
        self._change, self._renewal = threading.Condition(), threading.Lock()
        self._looked = time.monotonic()
        self._nursery = _Nursery(self.location, warm=warm)
        self._refused = self._nursery.state
        self._idle = [self._nursery.start(self.limits.memory) for _ in range(workers)]

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def idle(self) -> int:
        """How many workers have nothing to do."""
        return len(self._idle)

    @property
    def is_alive(self) -> bool:
        """Whether queries can be answered."""
        return not self._closed and self._nursery.is_alive

    def close(self) -> None:
        """End all workers; who waits is told that the pool is closed."""
        with self._change:
            self._closed = True
            self._change.notify_all()
        self._nursery.close()

    def ask(
        self,
        query: str,
        form: str = "JSON",
        *,
        dataset: Dataset | None = None,
        limits: Limits | None = None,
        lint: bool = False,
    ) -> Answer:
        """The answer in a format of kg.results.FORMATS; `limits` other than the pool's have its memory all the same.

        Raises QueryError for whatever is wrong with the query, PoolBusyError where too many wait, and StoreError where
        the graph cannot be read.
        """
        try:
            require_small(query)
            require_readable(query)
            answer = self._asked(query, form, dataset, limits or self.limits, lint=lint)
        except QueryError as error:
            self.counts.errors[error.kind] = self.counts.errors.get(error.kind, 0) + 1
            raise
        self.counts.answered += 1
        return answer

    def _asked(self, query: str, form: str, dataset: Dataset | None, limits: Limits, *, lint: bool) -> Answer:
        named = None if dataset is None else {"default": dataset.default, "named": dataset.named}
        order: dict[str, Any] = {"query": query, "form": form, "dataset": named, "lint": lint}
        order |= {"seconds": limits.seconds, "rows": limits.rows, "size": limits.size}
        header, body = self._exchange(order, limits)
        if "store_error" in header:
            raise StoreError(header["store_error"])
        if "query_error" in header:
            sentence = header["query_error"] or _fate(-signal.SIGABRT, self.limits)[0]
            raise QueryError(sentence, kind=header["kind"], place=header["place"] and tuple(header["place"]))
        return Answer(form=header["form"], body=body, rows=header["rows"], warnings=tuple(header["warnings"]))

    def _exchange(self, order: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
        """What a worker says; QueryError with its fate where it says nothing in time."""
        worker = self._taken()
        try:
            worker.channel.settimeout(limits.seconds)
            send(worker.channel, order)
            header, body = receive(worker.channel)
        except BaseException as error:
            status, alone = worker.nursery.end(worker), worker.nursery.is_alive
            self._give_back(None, instead_of=worker)
            if isinstance(error, TimeoutError):
                raise QueryError(_late(limits.seconds), kind="time") from None
            if isinstance(error, Gone | OSError):
                sentence, kind = _fate(status if alone else -signal.SIGKILL, self.limits)
                raise QueryError(sentence, kind=kind) from None
            raise
        worn = header["grown"] * WORN > self.limits.memory
        if worn or worker.nursery is not self._nursery:
            worker.nursery.end(worker)
            self._give_back(None, instead_of=worker)
        else:
            self._give_back(worker, instead_of=worker)
        return header, body

    def _taken(self) -> _Worker:
        """An idle worker, after a wait if need be."""
        self._look()
        with self._change:
            if not self._idle and self.queued >= self.waiting:
                raise PoolBusyError(f"{self.queued} queries wait already; try again in a second", full=True)
            self.queued += 1
            try:
                self._change.wait_for(lambda: self._idle or self._closed, self.patience)
            finally:
                self.queued -= 1
            if self._closed or not self._idle:
                why = "the server stops" if self._closed else f"no worker was free within {self.patience:g} s"
                raise PoolBusyError(f"{why}; try again later", full=False)
            return self._idle.pop()

    def _give_back(self, worker: _Worker | None, *, instead_of: _Worker) -> None:
        """Make a worker's place free again, with a new one if it is lost; one of an older graph had its place taken."""
        if worker is None:
            self.counts.replaced += 1
            if instead_of.nursery is not self._nursery or self._closed:
                return
            try:
                worker = self._nursery.start(self.limits.memory)
            except StoreError:
                threading.Thread(target=self._renew, daemon=True).start()
                return
        with self._change:
            self._idle.append(worker)
            self._change.notify()

    def _look(self) -> None:
        """See to it that a new graph on disk, or a nursery that died, gets new workers; at most once a second."""
        now = time.monotonic()
        if now - self._looked < LOOK_AGAIN or self._closed:
            return
        self._looked = now
        try:
            state = fingerprint(self.location)
        except OSError:
            return  # a build replaces files at this moment
        changed = state not in (self._nursery.state, self._refused)
        if changed or not self._nursery.is_alive:
            threading.Thread(target=self._renew, daemon=True).start()

    def _renew(self) -> None:
        """Load the graph that is on disk now, and let new workers take over."""
        if not self._renewal.acquire(blocking=False):
            return  # somebody is at it
        try:
            nursery = _Nursery(self.location, warm=self._warm)
            workers = [nursery.start(self.limits.memory) for _ in range(self.size)]
        except StoreError as error:
            self.stale, self._refused = str(error), fingerprint(self.location)
            _log.error("the new graph is not served: %s", error)
            return
        finally:
            self._renewal.release()
        with self._change:
            before, self._nursery = self._nursery, nursery
            idle, self._idle = self._idle, workers
            self.stale = None
            self._change.notify_all()
        before.retired = True
        for worker in idle:
            before.end(worker)
        if self._closed:
            nursery.close()


# --- One query, and its rows as values -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The rows of a SELECT, or for an ASK one row with the column `answer`; what is odd about the query."""

    columns: tuple[str, ...]
    rows: list[Row]
    warnings: tuple[str, ...] = ()


def run_query(
    location: Path | str, sparql: str, *, timeout: float | None = None, row_limit: int | None = None
) -> QueryResult:
    """Answer one SELECT or ASK in a process of its own. Raises QueryError, one sentence, for whatever is wrong with it.

    The process can only read: it has no network (on Linux; but for a graph behind a URL), limited memory, a low
    priority, and is killed when `timeout` seconds are over. More than `row_limit` rows are an error, and no cut answer.
    Raises StoreError where the graph itself cannot be opened.
    """
    usual = Limits()
    limits = Limits(
        seconds=usual.seconds if timeout is None else timeout, rows=usual.rows if row_limit is None else row_limit
    )
    require_small(sparql)
    require_rows(require_readable(sparql))
    with Pool(location, limits=limits, workers=1, warm=False) as pool:
        return ask_rows(pool, sparql)


def ask_rows(pool: Pool, sparql: str, *, limits: Limits | None = None) -> QueryResult:
    """The rows of a SELECT or ASK from a pool, as plain values, with what is odd about the query."""
    answer = pool.ask(sparql, limits=limits, lint=True)
    require_rows(sparql)
    columns, rows = table_of(json.loads(answer.body))
    found = [dict(zip(columns, row, strict=True)) for row in rows]
    return QueryResult(columns, found, answer.warnings)


def require_rows(sparql: str) -> None:
    """Raise QueryError for a query that gives triples."""
    if query_form(sparql) not in {"SELECT", "ASK"}:
        raise QueryError("rows come from SELECT and ASK; this query is a CONSTRUCT or DESCRIBE")


def _late(seconds: float) -> str:
    return f"the query was stopped after {seconds:g} s; add a LIMIT, or start from one disease, sign or paper"


def _fate(status: int, limits: Limits) -> tuple[str, str]:
    """Why a worker ended without an answer: a sentence, and the kind of error."""
    name = signal.Signals(-status).name if status < 0 else ""
    fates = {
        "SIGSEGV": ("the query nests too deep for the engine; write it flatter", "depth"),
        "SIGABRT": (
            f"the query needs more than {limits.memory // MEBIBYTE} MiB; ask for less, or leave ORDER BY out",
            "memory",
        ),
        "SIGXCPU": ("the query took too long; add a LIMIT or start from one disease, sign or paper", "time"),
        "SIGKILL": ("the query was stopped by the system; ask for less", "memory"),
    }
    unknown = f"the process that answered the query ended without a word ({name or status}); ask for less"
    return fates.get(name, (unknown, "failed"))
