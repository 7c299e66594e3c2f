"""This module is the child side of the pool: a process that loads the graph once, and forks workers that may be lost.

The first process (`nursery`) is started by kg.pool. It gives up the network, loads the graph, and then does three
things when told to: fork a worker on a socket that it is handed, end a worker and say what it died of, go. A worker
answers one query after another, as a header in JSON and a body, and can only read.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import struct
import sys
from typing import Any, Final

from kg import confinement, lint
from kg.results import Dataset, Most
from kg.sparql import QUERY_FORMS, QueryError, names_a_dataset, query_form
from kg.store import Store, StoreError

PROCESSOR_FACTOR: Final = 2  # processor seconds for each second of time; the engine may use two cores
_LENGTHS: Final = struct.Struct("!II")  # of the header and of the body
_ORDER_SIZE: Final = 32  # bytes of an order to the nursery: a number of bytes, with a socket, or of a process


class Gone(Exception):  # noqa: N818 - it is news, and no error of anybody
    """The other side of a channel has ended."""


def send(channel: socket.socket, header: dict[str, Any], body: bytes = b"") -> None:
    """Send a header and a body to the other side."""
    data = json.dumps(header).encode()
    try:
        channel.sendall(_LENGTHS.pack(len(data), len(body)) + data + body)
    except (BrokenPipeError, ConnectionError) as error:
        raise Gone from error


def receive(channel: socket.socket) -> tuple[dict[str, Any], bytes]:
    """Wait for a header and a body. Raises Gone where the other side ended first."""
    head, rest = _LENGTHS.unpack(_exactly(channel, _LENGTHS.size))
    header = json.loads(_exactly(channel, head))
    return header, _exactly(channel, rest)


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray(size)
    view, got = memoryview(data), 0
    while got < size:
        try:
            more = channel.recv_into(view[got:])
        except ConnectionError as error:
            raise Gone from error
        if not more:
            raise Gone
        got += more
    return bytes(data)


# --- The worker ------------------------------------------------------------------------------------------------------


def _work(channel: socket.socket, store: Store, memory: int) -> None:
    confinement.end_with_parent()
    confinement.limit_memory(memory)
    start = confinement.address_space()
    with contextlib.suppress(Gone):
        while True:
            order, _ = receive(channel)
            confinement.limit_time(PROCESSOR_FACTOR * order["seconds"])
            header, body = _answer(store, order)
            send(channel, {**header, "grown": confinement.address_space() - start}, body)


def _answer(store: Store, order: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    most = Most(rows=order["rows"], size=order["size"])
    named = order["dataset"]
    dataset = None if named is None else Dataset(default=tuple(named["default"]), named=tuple(named["named"]))
    try:
        found = store.written(order["query"], order["form"], most, dataset)
        warnings = lint.warnings(store, order["query"]) if order["lint"] else ()
        if dataset is not None or names_a_dataset(order["query"]):
            warnings += _graphs(store, order["query"], dataset, empty=found.empty)
    except StoreError as error:
        return {"store_error": str(error)}, b""
    except QueryError as error:
        return {"query_error": str(error), "kind": error.kind, "place": error.place}, b""
    except MemoryError:
        return {"query_error": "", "kind": "memory", "place": None}, b""
    return {"rows": found.rows, "warnings": list(warnings), "form": query_form(order["query"])}, found.body


def _graphs(store: Store, query: str, dataset: Dataset | None, *, empty: bool) -> tuple[str, ...]:
    """A warning for each graph that is not here; QueryError where FROM names it and the answer is empty.

    FROM looks like a document that is read. The protocol's own parameters name graphs, of which one may be empty.
    """
    missing = lint.missing_graphs(store, query, dataset)
    if missing and empty and dataset is None:
        raise QueryError(f"there is no graph <{missing[0]}> here, and nothing is fetched; the answer would be empty")
    return tuple(f"<{one}> is no graph here, and nothing is fetched" for one in missing)


# --- The nursery -----------------------------------------------------------------------------------------------------


def _nursery(control: socket.socket) -> None:
    order, _ = receive(control)
    if "://" not in order["location"]:
        confinement.refuse_network()
    try:
        store = Store.open(order["location"])
        if order["warm"]:
            _warm(store)
    except StoreError as error:
        send(control, {"store_error": str(error)})
        return
    confinement.step_back()
    gc.freeze()  # what is loaded stays shared with the workers
    send(control, {"ready": True})
    with contextlib.suppress(Gone):
        while True:
            data, descriptors, *_ = socket.recv_fds(control, _ORDER_SIZE, 1)
            if not data:
                return
            number = int(data)
            if descriptors:
                send(control, {"worker": _fork(control, descriptors[0], store, number)})
            else:
                send(control, {"status": _end(number)})


def _fork(control: socket.socket, descriptor: int, store: Store, memory: int) -> int:
    number = os.fork()
    if number == 0:
        control.close()
        with socket.socket(fileno=descriptor) as channel:
            _work(channel, store, memory)
        os._exit(0)  # freeing a large graph takes longer than the query
    os.close(descriptor)
    return number


def _end(number: int) -> int:
    """Kill a worker, which may have died already, and say what it died of."""
    os.kill(number, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def _warm(store: Store) -> None:
    """Load what a first query would wait for: the statistics, and the names that the graph knows."""
    from kg import measures

    measures.fisher(1, 2, 1, 2)
    lint.warnings(store, f"{next(iter(QUERY_FORMS))} {{}}")


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as told:
        _nursery(told)
    os._exit(0)
