"""A paper that comes in by the browser: read, shown with its changes, sent to review, decided, and run by no one.

The paper is hostile: its title, author, heading, sentences and table hold markup, Markdown links, LaTeX and addresses.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from kg import queries
from tests.browser.conftest import opener
from tests.browser.serving import ROOT, OpenPage, Site, build_graph, drawn, served

BROKEN = "window.broken=1"
TAGS = f"<script>{BROKEN}</script><img src=x onerror='{BROKEN}'><a href='javascript:{BROKEN}'>here</a>"
MARKDOWN = f"[here](javascript:{BROKEN}) ![seen](https://example.org/seen.png) $\\href{{javascript:{BROKEN}}}{{x}}$"
NUMBER = "15/23 (65.2%)"
SENTENCE = f"Washout was seen in {NUMBER} patients with hepatocellular carcinoma {TAGS} {MARKDOWN}."
OTHER = f"Washout was seen in 2/20 (10%) patients with PHNEN {TAGS}."
PAPER = f"""<html><head><title>Washout in hepatocellular carcinoma {escape(TAGS)}</title>
<script>{BROKEN}</script><meta http-equiv="refresh" content="0;url=https://example.org/"></head>
<body onload="{BROKEN}"><h1>Washout in hepatocellular carcinoma {escape(TAGS)}</h1>
<h2>Results {escape(TAGS)}</h2><p>{escape(SENTENCE)}</p><p>{escape(OTHER)}</p>
<img src="https://example.org/pixel.png"><iframe src="https://example.org/"></iframe>
<table><caption>Table 1. Findings {escape(MARKDOWN)}</caption><tr><th>Sign</th><th>HCC {escape(TAGS)} (n = 23)</th></tr>
<tr><td>Washout {escape(TAGS)}</td><td>{NUMBER}</td></tr></table></body></html>"""
MOST = 4  # decisions
PAGES = (
    "/?a=phnen&b=hepatocellular-carcinoma&print=1",
    "/browse?id=disease:hepatocellular-carcinoma",
    "/browse?id=sign:washout",
    "/ask?q=how+often+is+washout+in+hepatocellular+carcinoma",
    "/differential?a=phnen&b=hepatocellular-carcinoma",
    "/sources",
    "/audit?print=1",
    "/about",
)


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Site, Path]]:
    """A graph of one shipped paper, served with a folder of sources of its own."""
    sources = tmp_path / "sources"
    shutil.copytree(ROOT / "sources" / "yang2024", sources / "yang2024")
    build_graph(sources, tmp_path / "data")
    with served(tmp_path / "data", tmp_path / "log", sources=sources) as site:
        yield site, sources


@pytest.fixture
def visit(room: tuple[Site, Path], chromium: Browser) -> Iterator[OpenPage]:
    with opener(room[0], chromium) as opened:
        yield opened


class Watch:
    """What a page asks of others than its own server."""

    def __init__(self, page: Page, site: Site) -> None:
        self.left: list[str] = []
        self._own = (site.url, site.url.replace("http", "ws"), "data:", "blob:")
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith(self._own):
            self.left.append(request.url)


def inert(page: Page) -> None:
    """Nothing of the paper was run or has become an element."""
    assert page.evaluate("window.broken") is None
    found = page.evaluate(
        """() => [...document.querySelectorAll('.stMain script, .stMain img, .stMain iframe, .stMain a')]
        .map(e => e.getAttribute('src') || e.getAttribute('href') || e.textContent)
        .filter(text => /javascript:|broken|example[.]org|^x$/.test(text))"""
    )
    assert found == []
    assert "Traceback" not in page.locator("body").inner_text()


def test_a_hostile_paper_is_read_reviewed_and_never_run(room: tuple[Site, Path], visit: OpenPage) -> None:
    site, sources = room
    page = visit("/add")
    watch = Watch(page, site)
    page.locator("input[type=file]").set_input_files(
        {"name": "hostile.html", "mimeType": "text/html", "buffer": PAPER.encode()}
    )
    drawn(page)
    page.get_by_role("button", name="Read the paper").click()
    send = page.get_by_role("button", name="Send to review")
    send.wait_for(timeout=90_000)
    drawn(page)
    for step in page.locator(".stExpander summary").all()[1:]:
        if not step.evaluate("e => e.parentElement.open"):
            step.click()
    drawn(page)
    assert NUMBER in page.locator(".paper-box mark, .paper-box a, .paper-box").first.inner_text()
    inert(page)

    send.click()
    page.get_by_text("is among the sources").wait_for(timeout=90_000)
    page.get_by_text("The graph was rebuilt").wait_for(timeout=120_000)
    inert(page)
    (key,) = {path.name for path in sources.iterdir() if path.is_dir()} - {"yang2024"}
    assert key not in {one.source for one in queries.statements(site.store)}  # nothing enters unseen

    decided = review(page, site, key)
    rows = list(csv.DictReader((sources / key / "curation.csv").read_text(encoding="utf-8").splitlines()))
    assert decided == MOST
    assert [row["action"] for row in rows] == ["accept"] * decided
    assert {row["reviewer"] for row in rows} == {f"Ada {TAGS}"[:40]}

    page.get_by_role("button", name="Rebuild the graph").click()
    page.get_by_text("The graph was rebuilt").wait_for(timeout=120_000)
    held = [one for one in queries.statements(site.store) if one.source == key]
    assert any(one.statistic and one.statistic.printed == NUMBER for one in held)
    for path in (*PAGES, f"/sources?paper={key}"):
        page.goto(site.url + path)
        drawn(page)
        inert(page)
        page.evaluate("document.querySelectorAll('.stMain details').forEach(one => { one.open = true; })")
        inert(page)
    assert "onerror" in page.locator(".stMain").inner_text()  # the reader shows it as the text that it is
    assert watch.left == []


def review(page: Page, site: Site, key: str) -> int:
    """Accept the first statements of a paper as a person does; how many there were."""
    page.goto(f"{site.url}/review?queue=new&paper={key}")
    drawn(page)
    inert(page)
    page.get_by_label("Reviewer: name, or ORCID").fill(f"Ada {TAGS}"[:40])
    page.keyboard.press("Enter")
    decided = 0
    accept = page.locator(".st-key-review-accept button")
    while decided < MOST and accept.count():
        expect(accept).to_be_enabled(timeout=30_000)
        heading = page.locator("h2").filter(has_text="Item").inner_text()
        accept.click()
        page.wait_for_function(
            "before => document.querySelector('.stMain h2')?.innerText !== before", arg=heading, timeout=30_000
        )
        drawn(page)
        inert(page)
        decided += 1
    return decided
