"""Sources, Audit, Review, Add a paper and About before a real browser; and a hostile paper from upload to Compare."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import quote

import pytest

from kg import queries
from kg.web import answers
from kg.web.audit_table import wanted
from tests.browser.serving import SCREENSHOTS, OpenPage, Site, drawn
from tests.browser.test_accessibility import OPEN_ALL, violations
from tests.browser.test_compare import BANNED

PAGES = {
    "audit": "/audit?verdict=inconsistent,disagreement",
    "audit-chart": "/audit?view=chart",
    "sources": "/sources?paper=yang2024&kind=stat",
    "sources-audit": "/sources?paper=cui2017&audit=1",
    "review": "/review",
    "add": "/add",
    "about": "/about",
}
HOSTILE = "<script>window.broken=1</script><img src=x onerror='window.broken=1'>"
PARAMETERS = {
    "/audit": ("verdict", "paper", "check", "touches", "view", "row", "page", "print"),
    "/sources": ("paper", "s", "layer", "kind", "q", "audit", "print"),
    "/review": ("queue", "item", "paper"),
    "/add": ("step",),
    "/about": ("sec", "v", "print"),
}
PAPER = """Liver tumours <script>window.broken=1</script> on CT & <b>MRI</b>

Abstract
We reviewed 40 patients with hepatocellular carcinoma and 30 patients with primary hepatic neuroendocrine neoplasm.

Results
Washout was seen in 28 of 40 patients (70.0%) with hepatocellular carcinoma and in 12 of 30 patients (41.0%) with \
primary hepatic neuroendocrine neoplasm <img src=x onerror="window.broken=1">.
"""


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (320, "dark")])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_and_a_screenshot_is_kept(
    open_page: OpenPage, path: str, scheme: str, width: int, request: pytest.FixtureRequest
) -> None:
    page = open_page(path, width=width, color_scheme=scheme)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{re.sub(r'[^a-z0-9]+', '-', path.strip('/'))}-{width}-{scheme}.png")
    assert violations(page) == []
    page.evaluate(OPEN_ALL)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_headings_tables_links_and_the_notice(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    levels = page.evaluate("[...document.querySelectorAll('.stMain :is(h1,h2,h3,h4)')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.evaluate("[...document.querySelectorAll('.sg table')].every(t => t.caption && t.caption.textContent)")
    assert page.evaluate("[...document.querySelectorAll('.sg th')].every(h => h.scope)")
    unlike = """(() => { const seen = new Map(), links = [...document.querySelectorAll('.sg a:not(article a)')];
        return links.filter(a => { const name = a.textContent.trim(), known = seen.get(name); seen.set(name, a.href);
        return known && known !== a.href; }).map(a => a.textContent); })()"""
    assert page.evaluate(unlike) == []
    summaries = [
        text for text in page.locator(".sg summary").all_inner_texts() if text
    ]  # one in a closed fold has none
    assert len(set(summaries)) == len(summaries)
    assert (
        "Education and research only. Not for diagnosis or treatment of a patient."
        in page.locator(".stMain").inner_text()
    )
    ours = page.evaluate(
        "(() => { const m = document.querySelector('.stMain').cloneNode(true);"
        " m.querySelectorAll('article, aside, blockquote, q').forEach(e => e.remove()); return m.textContent; })()"
    )
    assert not any(banned in ours.casefold() for banned in BANNED)  # papers may say it, pages do not


@pytest.mark.parametrize("start", PARAMETERS)
@pytest.mark.parametrize("value", [HOSTILE, "x" * 2000])
def test_nothing_in_an_address_is_run_and_what_names_nothing_is_said(
    open_page: OpenPage, start: str, value: str
) -> None:
    page = open_page(f"{start}?" + "&".join(f"{name}={quote(value)}" for name in PARAMETERS[start]))
    assert page.evaluate("window.broken") is None
    assert "Traceback" not in page.locator("body").inner_text()
    assert page.locator(".message").count() > 0


def test_every_sentence_of_the_audit_stands_in_its_paper_and_each_number_in_its_sentence(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page("/audit?verdict=inconsistent,disagreement,warning&print=1")
    texts = ["".join(queries.text(site.store, key).split()) for key in answers.sources(site.store)]
    quotes = page.locator("blockquote").all_text_contents()
    assert quotes
    assert [one for one in quotes if not any("".join(one.split()) in text for text in texts)] == []
    assert page.evaluate("[...document.querySelectorAll('.audits mark')].every(m => m.closest('blockquote'))")
    shown = " ".join(page.locator("table.audits").first.inner_text().split())
    every = wanted(answers.audited(site.store), states=("inconsistent", "disagreement", "warning"))
    assert page.locator("tr.finding").count() == min(len(every), 25)
    assert all(" ".join(one.verdict.printed.split()) in shown for one in every[:25])


def test_back_and_forward_bring_filter_and_address_together(open_page: OpenPage) -> None:
    page = open_page("/audit")
    first = page.locator(".status").inner_text()
    page.get_by_role("checkbox", name=re.compile("does not fit")).or_(
        page.get_by_role("button", name=re.compile("does not fit"))
    ).first.click()
    page.wait_for_function("location.search.includes('verdict=inconsistent')")
    drawn(page)
    assert page.locator(".status").inner_text() != first
    page.go_back()
    page.wait_for_function("location.search === ''")
    drawn(page)
    assert page.locator(".status").inner_text() == first
    page.go_forward()
    page.wait_for_function("location.search.includes('verdict=inconsistent')")
    drawn(page)
    assert page.locator(".status").inner_text() != first


def test_next_to_mind_selects_a_passage_and_brings_it_into_view(open_page: OpenPage) -> None:
    page = open_page("/sources?paper=yang2024")
    page.get_by_role("button", name="Next ⚠").click()
    page.wait_for_function("document.activeElement.id === 'selected-passage'")
    drawn(page)
    assert "Checked against the paper" in page.locator("aside").inner_text()
    assert re.search(r"s=yang2024", page.url)


def test_without_colours_and_at_twice_the_size_the_grid_still_tells(open_page: OpenPage) -> None:
    page = open_page("/about?sec=grid", forced_colors="active")
    assert page.locator("td.ring").first.inner_text().startswith("0/")
    assert page.locator("td.filled").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    clipped = """[...document.querySelectorAll('.sg td, .sg th, .sg p, .sg li')].filter(
        e => e.scrollHeight > e.clientHeight + 4 && getComputedStyle(e).overflow === 'hidden'
            && !e.classList.contains('visually-hidden') && !e.closest('.visually-hidden')).length"""
    assert page.evaluate(clipped) == 0
