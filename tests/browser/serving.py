"""Serving a graph to a browser: the build, the server on a free port, and waiting until a page is drawn."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from kg.store import Store
from tests.serving import free_port

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
SERVER_START = 60.0  # seconds until a server that does not answer is a failure

OpenPage = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """A served graph: the address of its pages, its folder, and the store that answers for it in this process."""

    url: str
    data: Path
    pid: int = 0

    @property
    def store(self) -> Store:
        return Store.open(self.data)


def build_graph(sources: Path, data: Path) -> None:
    """Build a graph with the project's own command, as a person would."""
    command = [sys.executable, "-m", "kg.cli", "build", "--sources", str(sources), "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"signum build failed: {done.stderr[-2000:]}"


@contextmanager
def served(data: Path, log: Path, *, sources: Path = ROOT / "sources") -> Iterator[Site]:
    """The app over a folder and the papers of another, on a free port, stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "kg.cli", "app", "--data", str(data), "--port", str(port)]
    command += ["--sources", str(sources)]
    environment = {**os.environ, "SIGNUM_PAGE_SECONDS": "60"}  # the machine may be busy
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(port, process, log)
        yield Site(url=f"http://localhost:{port}", data=data, pid=process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_healthy(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    limit = time.monotonic() + SERVER_START
    while time.monotonic() < limit:
        assert process.poll() is None, f"the server stopped: {log.read_text()[-2000:]}"
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer within {SERVER_START:.0f} s: {log.read_text()[-2000:]}")


def drawn(page: Page) -> None:
    """Wait until the page has its last line and nothing runs any more."""
    page.wait_for_selector(".notice", timeout=90_000)
    busy = '[data-stale="true"], .stStatusWidget, .stSkeleton'
    page.wait_for_function("selector => !document.querySelector(selector)", arg=busy, timeout=90_000)
    page.wait_for_timeout(250)  # Streamlit fades its elements in
