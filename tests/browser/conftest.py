"""A real Chromium before a real server of the real graph; without a Chromium these tests fail, they do not skip."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.serving import OpenPage, Site, drawn, served

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder, so that it can be run alone or left out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The five papers, served once for all tests."""
    with served(shipped, tmp_path_factory.mktemp("site") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    assert executable, f"no Chromium on PATH (looked for {', '.join(CHROMIUM_NAMES)}); install the package chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@contextmanager
def opener(site: Site, chromium: Browser) -> Iterator[OpenPage]:
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


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[OpenPage]:
    with opener(site, chromium) as opened:
        yield opened
