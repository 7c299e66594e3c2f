"""This module starts `signum build` in a process of its own and says how far it is, so that a page need not wait."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

ROOT: Final = Path(__file__).resolve().parent.parent
STATES: Final = ("idle", "running", "done", "failed")
LAST_LINES: Final = 12


def command(*arguments: str) -> list[str]:
    """The `signum` command with these arguments, run by this Python."""
    return [sys.executable, "-m", "kg.cli", *arguments]


def environment() -> dict[str, str]:
    """The environment in which a child imports the same code as this process."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path}


class Rebuild:
    """One build at a time of one folder of data; any number of pages may look at it."""

    def __init__(self, sources: Path, data: Path) -> None:
        self._command = command("build", "--sources", str(sources.resolve()), "--data", str(data.resolve()))
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._lock = threading.Lock()

    def start(self) -> bool:
        """Start a build; False if one is running already."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return False
            if self._said is not None:
                self._said.close()
            self._said = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=self._said,
                stderr=subprocess.STDOUT,
                env=environment(),
                cwd=ROOT,
            )
            return True

    @property
    def state(self) -> str:
        """One of STATES; a build that set a paper aside is done, and what it said names it."""
        if self._process is None:
            return "idle"
        status = self._process.poll()
        if status is None:
            return "running"
        return "done" if status == 0 else "failed"

    def said(self) -> Sequence[str]:
        """The last lines that the build printed."""
        if self._said is None:
            return ()
        size = os.fstat(self._said.fileno()).st_size
        data = os.pread(self._said.fileno(), min(size, 65_536), max(0, size - 65_536))
        lines = data.decode(errors="replace").replace("\r", "\n").splitlines()
        return [line.rstrip() for line in lines if line.strip()][-LAST_LINES:]

    def wait(self, seconds: float) -> str:
        """Wait for the build at most so long; the state then."""
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=seconds)
        return self.state
