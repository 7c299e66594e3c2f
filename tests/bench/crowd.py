"""Ten people at once, part of `make soak`: ten browsers, each clicking for itself, for two minutes.

Each picks a pair of diseases, reads the answer, opens a row, goes Back, in its own order. What it sees is held against
the core: the counts and the sentences of the pair in its own address, so that one that saw another's would be found.
Exit code 1 where a page says that something failed, a number differs, nothing came, or memory grew after the first
minute.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

from playwright.async_api import Browser, Page, async_playwright

from kg.build import build
from kg.compare import Comparison, Filters, compare, pairs
from tests.browser.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.browser.serving import ROOT, Site, served

READERS = 10
PATIENCE = 120_000  # milliseconds; two cores serve ten browsers and run them
FLAT = 0.10  # of the memory after the first minute, by which it may grow
FIRST_MINUTE = 60.0
BUSY = '[data-stale="true"], .stStatusWidget, .stSkeleton'
WITHIN = 150  # milliseconds, until what a click asks for has begun
AGAIN = 2_000
Pair = tuple[str, str]


@dataclass(slots=True)
class Seen:
    """What the crowd did, how long each change of pair took, and what was wrong."""

    acts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


async def settled(page: Page) -> None:
    """Wait until the page has its answer and nothing runs any more."""
    await page.wait_for_selector(".answer", timeout=PATIENCE)
    await page.wait_for_function("selector => !document.querySelector(selector)", arg=BUSY, timeout=PATIENCE)
    await page.wait_for_timeout(250)


async def shown(page: Page, first: Pair) -> tuple[Pair, str]:
    """The pair in the address (without one it is the first), and the text of the page at the same moment."""
    search, text = await page.evaluate("() => [location.search, document.querySelector('.stMain').innerText]")
    given = parse_qs(str(search).removeprefix("?"))
    return ((given["a"][0], given["b"][0]) if "a" in given and "b" in given else first), str(text)


def differences(text: str, comparison: Comparison) -> list[str]:
    """What of a page's text is not what the core says of the pair."""
    lacks = [] if "That did not work" not in text else ["an error"]
    words = " ".join(text.split())
    for row in (*comparison.counted, *comparison.one_sided):
        lacks += [
            f"{row.label} {cell.n}/{cell.total}"
            for cell in (row.a, row.b)
            if cell is not None and cell.counted and f"{cell.n}/{cell.total}" not in words
        ]
    lacks += [one.text for one in comparison.answer if " ".join(one.text.split()) not in words]
    return lacks


async def reader(number: int, site: Site, chromium: Browser, until: float, known: dict[Pair, Comparison]) -> Seen:
    """One person in a browser of their own."""
    chance, seen = random.Random(number), Seen()
    context = await chromium.new_context(viewport={"width": 1366, "height": 768})
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    first = next(iter(known))
    await page.goto(site.url, timeout=PATIENCE)
    await settled(page)
    pills = page.locator(".st-key-pair button")
    await pills.first.wait_for()
    depth = 0
    while time.monotonic() < until:
        before, start = (await shown(page, first))[0], time.perf_counter()
        act = chance.choice(("pair", "pair", "row", "back")) if depth else "pair"
        if act == "pair":
            await pills.nth(chance.randrange(await pills.count())).click()
        elif act == "row":
            await page.locator("table.findings summary").first.click()
        else:
            await page.go_back()
        await page.wait_for_timeout(WITHIN)
        await settled(page)
        now, text = await shown(page, first)
        if now != before:
            seen.seconds.append(time.perf_counter() - start)
            depth += 1 if act == "pair" else -1
        if differences(text, known[now]):  # a change may have begun in between; what is wrong stays wrong
            await page.wait_for_timeout(AGAIN)
            await settled(page)
            now, text = await shown(page, first)
            seen.wrong += [f"reader {number} at {now}: no {one}" for one in differences(text, known[now])]
        seen.acts[act] += 1
        await page.wait_for_timeout(chance.randrange(200, 1500))  # reads
    await context.close()
    return seen


def memory(pid: int) -> int:
    """Resident memory of a process, in bytes."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


async def memories(pid: int, until: float) -> list[tuple[float, int]]:
    """The server's memory every five seconds, with the seconds since the start."""
    start, found = time.monotonic(), list[tuple[float, int]]()
    while time.monotonic() < until:
        found.append((time.monotonic() - start, memory(pid)))
        await asyncio.sleep(5)
    return found


async def crowd(site: Site, executable: str, minutes: float) -> tuple[Seen, list[tuple[float, int]]]:
    """Let them all click at once."""
    every = [(one.a, one.b) for one in pairs(site.store)]
    known = {pair: compare(site.store, *pair, Filters()) for pair in every}
    async with async_playwright() as playwright:
        browsers = [
            await playwright.chromium.launch(executable_path=executable, args=list(CHROMIUM_FLAGS))
            for _ in range(READERS)
        ]
        until = time.monotonic() + 60 * minutes
        watch = asyncio.create_task(memories(site.pid, until))
        seen = await asyncio.gather(
            *(reader(number, site, browser, until, known) for number, browser in enumerate(browsers))
        )
        for browser in browsers:
            await browser.close()
    together = Seen()
    for one in seen:
        together.acts += one.acts
        together.seconds += one.seconds
        together.wrong += one.wrong
    return together, await watch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    options = parser.parse_args()
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if executable is None:
        sys.exit(f"no Chromium on PATH (looked for {', '.join(CHROMIUM_NAMES)}); install the package chromium")
    with tempfile.TemporaryDirectory() as folder:
        data, log = Path(folder) / "data", Path(folder) / "server.log"
        build(ROOT / "sources", data)
        with served(data, log) as site:
            seen, held = asyncio.run(crowd(site, executable, options.minutes))
        traceback = "Traceback" in log.read_text(encoding="utf-8")
    acts = ", ".join(f"{count} × {act}" for act, count in sorted(seen.acts.items()))
    after = [size for second, size in held if second >= FIRST_MINUTE] or [held[-1][1]]
    middle = statistics.median(seen.seconds) if seen.seconds else float("nan")
    print(f"{READERS} browsers at once, {acts}; change of a pair {middle:.2f} s (median of {len(seen.seconds)})")
    print(f"memory {after[0] / 1e6:.0f} MB after the first minute, at most {max(after) / 1e6:.0f} MB after it")
    for one in seen.wrong[:20]:
        print(one, file=sys.stderr)
    if seen.wrong or traceback or not seen.seconds:
        sys.exit(f"{len(seen.wrong)} differences; {'a traceback in the log' if traceback else 'no traceback'}")
    if max(after) > after[0] * (1 + FLAT):
        sys.exit("memory grew after the first minute")


if __name__ == "__main__":
    main()
