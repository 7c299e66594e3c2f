"""How long a reader waits: the first load, a change of the pair, a row that opens.

`make bench` runs it over the five papers and over a generated graph of a million quads.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from kg.build import build
from kg.store import Store
from tests.bench.answers import large_graph
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.serving import ROOT, Site, drawn, served

PATIENCE = 180_000  # milliseconds; a bench tells how long it took, it does not give up early
RUNS = 5
GOALS = {"cold load to the answer": 4.0, "change of a pair": 1.0, "evidence opens": 0.1}
LARGE_GOAL = 2.0


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def shown(page: Page, a: str, b: str) -> None:
    """Wait until the answer of a pair is there."""
    page.wait_for_selector(".answer", timeout=PATIENCE)
    drawn(page)


def path(a: str, b: str) -> str:
    return f"/?a={a}&b={b}"


def timings(site: Site, chromium: Browser) -> dict[str, list[float]]:
    """Seconds of each, several times; the cold load once, since the server is warm after it."""
    page = chromium.new_page(viewport={"width": 1366, "height": 768})
    page.set_default_timeout(PATIENCE)
    frames: list[object] = []
    note = lambda frame: frames.append(frame)  # noqa: E731, PLW0108 - Playwright cannot wrap a method of a list
    page.on("websocket", lambda socket: socket.on("framesent", note))
    found: dict[str, list[float]] = {}
    found["cold load to the answer"] = [
        seconds(lambda: (page.goto(site.url, timeout=PATIENCE), page.wait_for_selector(".answer", timeout=PATIENCE)))
    ]
    drawn(page)
    changes, openings = [], []
    pills = page.locator(".st-key-pair button")
    for run in range(1, RUNS + 1):
        before = page.title()
        other = pills.nth(run % pills.count())  # the first is on show
        start = time.perf_counter()
        other.click()
        page.wait_for_function("before => document.title !== before", arg=before, timeout=PATIENCE)
        page.wait_for_selector(".answer", timeout=PATIENCE)
        changes.append(time.perf_counter() - start)
        drawn(page)
        frames.clear()
        row = page.locator("table.findings summary").first
        openings.append(seconds(lambda one=row: one.click()))  # type: ignore[misc]
        assert frames == [], "opening evidence asked the server"
        row.click()
    page.close()
    return {**found, "change of a pair": changes, "evidence opens": openings}


def report(where: str, found: dict[str, list[float]], goals: dict[str, float]) -> None:
    for what, times in found.items():
        middle = statistics.median(times) if times else float("nan")
        goal = goals.get(what)
        print(f"{where}: {what}: {middle:.2f} s (of {len(times)}){f', goal ≤ {goal:g} s' if goal else ''}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="leave the generated graph out")
    options = parser.parse_args()
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        sys.exit(f"no Chromium on PATH (looked for {', '.join(CHROMIUM_NAMES)}); install the package chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
        data, log = Path(folder) / "data", Path(folder) / "server.log"
        build(ROOT / "sources", data)
        with served(data, log) as site:
            report("five papers", timings(site, chromium), GOALS)
        if not options.small:
            large = Path(folder) / "large"
            large.mkdir()
            for number, content in enumerate(large_graph()[0]):
                name = "_ontology.nq" if number == 0 else f"paper{number - 1}.nq"
                (large / name).write_text(content, encoding="utf-8")
            Store.open(large)
            with served(large, log) as site:
                report("a million quads", timings(site, chromium), {"change of a pair": LARGE_GOAL})
        chromium.close()


if __name__ == "__main__":
    main()
