"""This module reads papers on a Dask cluster: folders go out, text comes back, and only the build writes.

Each worker of the cluster has the papers read by a process of its own, as `kg.processes` does here, so that a paper
that crashes, runs on or grows costs no worker. A worker that is lost costs its papers one more try on another one.
All workers need the same version of Signum, with `distributed`, and see the sources at the same path.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.manifest import code_digest
from kg.processes import PROBLEM, Answer, Answers, Child, Engine, Program

if TYPE_CHECKING:
    from distributed import Client

LOCAL: Final = "local"
THIS_MACHINE: Final = "127.0.0.1"
SCHEMES: Final = ("tcp", "tls", "ucx")
CONNECT_SECONDS: Final = 10
LOST_WORKERS: Final = 10  # that a paper may be on; papers do not bring a worker down, so these were lost otherwise


class ClusterError(ValueError):
    """A cluster that cannot be used; the sentence says why and what to do."""


def on_cluster(address: str, *, workers: int) -> Engine:
    """An engine of the Dask cluster whose scheduler is at `address`, as in tcp://host:8786.

    'local' starts one here, of so many workers, that listens on 127.0.0.1 alone and ends with the build.
    Raises ClusterError, when papers are to be read, if `distributed` is not installed or no scheduler answers.
    """
    require_address(address)

    def run(program: Program, items: Sequence[str]) -> Answers:
        with _client(address, min(workers, len(items))) as client:
            yield from _answers(client, program, items, code=None if address == LOCAL else code_digest())

    return run


def require_address(address: str) -> None:
    """Raise ClusterError unless `address` is 'local' or names a scheduler.

    >>> require_address("localhost:8786")
    Traceback (most recent call last):
    kg.cluster.ClusterError: no scheduler is at 'localhost:8786'; allowed: local, or an address as in tcp://host:8786
    """
    scheme, separator, host = address.partition("://")
    if address != LOCAL and not (scheme in SCHEMES and separator and host):
        raise ClusterError(f"no scheduler is at {address!r}; allowed: local, or an address as in tcp://host:8786")


def _answers(client: Client, program: Program, items: Sequence[str], *, code: str | None) -> Answers:
    from distributed import KilledWorker, as_completed

    places = {item: str(Path(item).resolve()) for item in items}
    asked = {client.submit(answer_there, program, place, code, pure=False): item for item, place in places.items()}
    for future in as_completed(list(asked)):  # type: ignore[no-untyped-call]
        item = asked.pop(future)
        try:
            answer: Answer = future.result()
            if PROBLEM in answer:  # the same words as an engine of this machine has
                answer = {PROBLEM: answer[PROBLEM].replace(places[item], item)}
        except KilledWorker:
            answer = {PROBLEM: f"{LOST_WORKERS} workers of the cluster were lost while they read it; it is set aside"}
        yield item, answer
        future.release()


_HERE: Final = Path(__file__).resolve().parent
_THERE: Final = threading.local()


def answer_there(program: Program, item: str, code: str | None) -> Answer:
    """Run on a worker: the answer of this thread's process, which stays for the next item.

    Raises ClusterError if the worker has other code than the build (its digest is `code`): the files would differ.
    """
    if code not in (None, code_digest()):
        raise ClusterError(
            f"a worker has other code or another vocabulary (in {_HERE}); install the same version there"
        )
    if getattr(_THERE, "program", None) != program:
        _THERE.program, _THERE.child = program, Child(program)
    answer: Answer = _THERE.child.ask(item)
    return answer


@contextmanager
def _client(address: str, workers: int) -> Iterator[Client]:
    try:
        import dask
        import distributed
    except ImportError:
        raise ClusterError(
            "a cluster needs the package distributed; install it with: pip install signum[cluster]"
        ) from None
    settings: dict[str, Any] = {
        "distributed.scheduler.allowed-failures": LOST_WORKERS,
        "distributed.comm.timeouts.connect": f"{CONNECT_SECONDS}s",
        "distributed.logging.distributed": "error",
    }
    with dask.config.set(settings):
        if address != LOCAL:
            with _connect(distributed.Client, address) as client:
                yield client
            return
        with (
            distributed.LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=workers,
                threads_per_worker=1,
                host=THIS_MACHINE,
                dashboard_address=f"{THIS_MACHINE}:0",
                memory_limit=0,  # each paper has its own limit
            ) as cluster,
            distributed.Client(cluster) as client,  # type: ignore[no-untyped-call]
        ):
            yield client


def _connect(client: type[Client], address: str) -> Client:
    try:
        return client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError) as error:
        raise ClusterError(f"no scheduler answers at {address} ({error}); start one with: dask scheduler") from None
