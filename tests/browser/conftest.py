"""A real Chromium before a real server of the real graph; without a Chromium these tests fail, they do not skip."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kg.store import Store

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SERVER_START = 60.0  # seconds until a server that does not answer is a failure


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that it can be run alone or left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A served graph: the address of its pages, its folder, and the store that answers for it in this process."""

    url: str
    data: Path

    @property
    def store(self) -> Store:
        return Store.open(self.data)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])


def build_graph(sources: Path, data: Path) -> None:
    """Build a graph with the project's own command, as a person would."""
    command = [sys.executable, "-m", "kg.cli", "build", "--sources", str(sources), "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"signum build failed: {done.stderr[-2000:]}"


@contextmanager
def served(data: Path, log: Path) -> Iterator[Site]:
    """The app over a folder, on a free port, stopped at the end."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    environment = {**os.environ, "SIGNUM_DATA": str(data)}
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(port, process, log)
        yield Site(url=f"http://localhost:{port}", data=data)
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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five papers, built once and served once for all tests."""
    folder = tmp_path_factory.mktemp("site")
    build_graph(ROOT / "sources", folder / "data")
    with served(folder / "data", folder / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert executable, f"no Chromium on PATH (looked for {', '.join(CHROMIUM_NAMES)}); install the package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[OpenPage]:
    """Opens a path in a fresh context and waits until the page is drawn; options are those of a browser context."""
    contexts = []

    def opened(path: str, *, width: int = 1366, height: int = 768, base: str = site.url, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(base + path)
        drawn(page)
        return page

    yield opened
    for context in contexts:
        context.close()


def drawn(page: Page) -> None:
    """Wait until the page has its last line and nothing runs any more."""
    page.wait_for_selector(".notice", timeout=30_000)
    busy = '[data-stale="true"], .stStatusWidget, .stSkeleton'
    page.wait_for_function("selector => !document.querySelector(selector)", arg=busy, timeout=30_000)
    page.wait_for_timeout(250)  # Streamlit fades its elements in
