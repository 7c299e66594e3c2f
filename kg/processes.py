"""This module runs work in processes that may be lost: each item goes in as one line, and comes out as one line.

A process that dies costs its item one more try. An item under which two processes died is set aside, and so is one that
takes too long or too much memory; the others go on. The program that such a process runs answers JSON by JSON:
`serve` is its loop.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

TRIES: Final = 2
READY: Final = "ready\n"
PROBLEM: Final = "problem"  # the field of an answer that says why there is no result
_RETIRE: Final = "retire"  # the field of an answer after which its process is not asked again
_ROOT: Final = Path(__file__).resolve().parent.parent
ENDS_BY_ITSELF: Final = 2.0  # seconds
_LATE: Final = "SIGALRM"  # which ends a process that took too long, even in the middle of a library
_GIGABYTE: Final = 1 << 30

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What a process runs: `python -m module argument seconds memory_bytes`; see `serve` for the limits of an item."""

    module: str
    argument: str
    seconds: float
    memory_bytes: int

    def command(self) -> list[str]:
        """The command line on this machine."""
        limits = [f"{self.seconds:g}", str(self.memory_bytes)]
        return [sys.executable, "-P", "-m", self.module, self.argument, *limits]


Answers = Generator[tuple[str, Answer], None, None]
Engine = Callable[[Program, Sequence[str]], Answers]
"""Gives each item with the answer that a process of the program gave, in any order. Closing it ends the processes."""


class ProcessError(ValueError):
    """Processes that cannot be had: too few, or one that does not start; the sentence has the last that it said."""


class Child:
    """One process that answers items one after the other, started when it is first asked."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._process: subprocess.Popen[str] | None = None
        self._said: IO[bytes] | None = None
        self._closed = False

    def ask(self, item: str) -> Answer:
        """The answer to an item. Where two processes in a row died of it, an answer that says how the last one did.

        Raises ProcessError if the process cannot be started.
        """
        ending = ""
        for _ in range(TRIES):
            if self._process is None:
                self._start()
            if (line := self._exchange(item)) is not None:
                answer: Answer = json.loads(line)
                if answer.get(_RETIRE):
                    self._end()
                return answer
            ending = self._end()
            if ending == _LATE:
                return {PROBLEM: f"it took more than {self._program.seconds:g} s and was stopped; it is set aside"}
            if self._closed:
                break
        return {PROBLEM: f"the process that read it was ended {TRIES} times in a row ({ending}); it is set aside"}

    def stop(self) -> None:
        """End the process now, whatever it is doing; no other is started. May be called from another thread."""
        self._closed = True
        if (process := self._process) is not None:
            process.kill()

    def close(self) -> None:
        """Leave nothing of the process behind. Not to be called while another thread asks."""
        self.stop()
        self._end()

    def _start(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH")]))  # the same code as here
        self._process = subprocess.Popen(
            self._program.command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "PYTHONPATH": path},
            encoding="utf-8",
            start_new_session=True,  # Ctrl+C is for the build, which then ends its processes
        )
        if self._closed:
            self._process.kill()
        elif _pipe(self._process.stdout).readline() != READY and not self._closed:
            said = self._last_said()
            self._end()
            raise ProcessError(f"a process of {self._program.module} does not start: {said}")

    def _exchange(self, item: str) -> str | None:
        """The line that answers an item; None if the process died."""
        process = self._process
        assert process is not None
        try:
            _pipe(process.stdin).write(json.dumps(item) + "\n")
            _pipe(process.stdin).flush()
            line = _pipe(process.stdout).readline()
        except (OSError, ValueError):  # the pipe broke, or was cut within a character
            return None
        return line if line.endswith("\n") else None

    def _end(self) -> str:
        """End the process and say how it ended."""
        process, self._process = self._process, None
        if process is None:
            return ""
        with suppress(OSError):
            _pipe(process.stdin).close()
        _pipe(process.stdout).close()
        with suppress(subprocess.TimeoutExpired):  # one that fails by itself says of what
            process.wait(timeout=ENDS_BY_ITSELF)
        process.kill()
        status = process.wait()
        return signal.Signals(-status).name if status < 0 else f"exit code {status}: {self._last_said()}"

    def _last_said(self) -> str:
        assert self._said is not None
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").split("\n")
        return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def usable_processors() -> int:
    """How many processors this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def on_processes(workers: int) -> Engine:
    """An engine of so many processes of this machine, at most one for each item. Raises ProcessError if below 1."""
    if workers < 1:
        raise ProcessError(f"{workers} processes cannot read anything; give 1 or more")

    def run(program: Program, items: Sequence[str]) -> Answers:
        children = _Children(program)
        executor = ThreadPoolExecutor(max_workers=max(1, min(workers, len(items))))
        try:
            asked = {executor.submit(children.ask, item): item for item in items}
            for future in as_completed(asked):
                yield asked.pop(future), future.result()
        finally:
            children.stop()
            executor.shutdown(cancel_futures=True)
            children.close()

    return run


class _Children:
    """A child for each thread that asks."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._own = threading.local()
        self._all: list[Child] = []

    def ask(self, item: str) -> Answer:
        if not hasattr(self._own, "child"):
            self._own.child = Child(self._program)
            self._all.append(self._own.child)
        child: Child = self._own.child
        return child.ask(item)

    def stop(self) -> None:
        for child in self._all:
            child.stop()

    def close(self) -> None:
        for child in self._all:
            child.close()


# The other side: the loop of the program that answers.


def serve(answer: Callable[[str], Answer], *, seconds: float, memory_bytes: int) -> None:
    """Answer each line of standard input by one on standard output, until there is none.

    An answer that takes longer than `seconds` ends the process; one that takes more than `memory_bytes` beyond what the
    process has now becomes a problem, and the process is to be replaced.
    Whatever else is printed goes to standard error.
    """
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(memory_bytes)
    replies.write(READY)
    replies.flush()
    for line in sys.stdin:
        reply = _within_limits(answer, json.loads(line), seconds, memory_bytes)
        replies.write(json.dumps(reply, ensure_ascii=False) + "\n")
        replies.flush()


def _within_limits(answer: Callable[[str], Answer], item: str, seconds: float, memory_bytes: int) -> Answer:
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return answer(item)
    except MemoryError:
        limit = memory_bytes / _GIGABYTE
        return {PROBLEM: f"it needs more than {limit:.3g} GB of memory; it is set aside", _RETIRE: True}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(memory_bytes: int) -> None:
    """Bound the address space. Where the system does not tell how much is used already, there is no bound."""
    try:
        import resource

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (ImportError, OSError):
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    limit = pages * resource.getpagesize() + memory_bytes
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
