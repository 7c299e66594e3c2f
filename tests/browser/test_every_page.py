"""What holds on every page: axe-core, names, the notice, every width, both themes, large text, no colours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import opener
from tests.browser.serving import SCREENSHOTS, Site
from tests.browser.test_compare import BANNED

Scheme = Literal["light", "dark"]

PAGES = {
    "compare": "/",
    "one-sided": "/?a=phnen&b=hcc",
    "matrix": "/?view=matrix&more=phnen",
    "ask": "/ask?q=Which+signs+discriminate+PHNEN+from+HCC%3F",
    "refused": "/ask?q=How+many+HCC+patients+had+washuot%3F",
    "browse": "/browse?id=disease:phnen",
    "picture": "/browse?id=disease:phnen&view=picture",
    "index": "/browse?type=sign",
    "differential": "/differential?f=washout-pattern.1&scope=y",
    "sources": "/sources?paper=cui2017",
    "numbers": "/sources?paper=yang2024&kind=stat",
    "paper-audit": "/sources?paper=cui2017&audit=1",
    "audit": "/audit?verdict=inconsistent,disagreement",
    "audit-chart": "/audit?view=chart",
    "quiz": "/quiz?view=learner&seed=3",
    "sparql": "/sparql?query=SELECT+*+{+?s+signum:hasSing+?o;+signum:hasSign+?sign+}",
    "review": "/review",
    "add": "/add",
    "about": "/about",
}
NOTICE = "Education and research only. Not for diagnosis or treatment of a patient."
IS_DARK = """wanted => wanted ===
    (+getComputedStyle(document.querySelector('.stApp')).backgroundColor.match(/\\d+/)[0] < 128)"""
DETAILS = "is => document.querySelectorAll('.sg details').forEach(one => one.open = is)"
LEVELS = "[...document.querySelectorAll('.stMain :is(h1,h2,h3,h4,h5,h6)')].map(h => +h.tagName[1])"
NAMES_OF_TWO = """(() => { const seen = new Map(), links = [...document.querySelectorAll('.sg a:not(article a)')];
    return links.filter(a => { const name = a.textContent.trim(), known = seen.get(name); seen.set(name, a.href);
    return known && known !== a.href; }).map(a => a.textContent); })()"""
OURS = """(() => { const main = document.querySelector('.stMain').cloneNode(true);
    main.querySelectorAll('article, aside, blockquote, q').forEach(e => e.remove()); return main.textContent; })()"""
CUT_OFF = """[...document.querySelectorAll('.sg :is(td, th, p, li, summary, .count, .reading, .answer)')].filter(
    e => e.scrollHeight > e.clientHeight + 4 && getComputedStyle(e).overflow === 'hidden'
        && !e.closest('.visually-hidden')).map(e => e.innerText.slice(0, 80))"""


@pytest.fixture(scope="module", params=PAGES)
def shown(request: pytest.FixtureRequest, site: Site, chromium: Browser) -> Iterator[tuple[str, Page]]:
    """Each page, opened once for the tests that only turn it: its width, theme, text size, evidence open or closed."""
    with opener(site, chromium) as opened:
        yield request.param, opened(PAGES[request.param])


def turned(page: Page, width: int = 1366, scheme: Scheme = "light", *, evidence: bool = True, **media: Any) -> Page:
    """The page at a width and in a theme, as Streamlit has drawn it then; nothing is left of what a test did before."""
    page.set_viewport_size({"width": width, "height": 768})
    page.emulate_media(**{"color_scheme": scheme, "forced_colors": "none", **media})
    page.wait_for_function(IS_DARK, arg=scheme == "dark")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(DETAILS, evidence)
    page.wait_for_timeout(250)
    return page


@pytest.mark.parametrize("width", [1366, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_with_evidence_closed_and_open(
    shown: tuple[str, Page], scheme: Scheme, width: int
) -> None:
    name, page = shown
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    turned(page, width, scheme, evidence=False)
    page.screenshot(path=SCREENSHOTS / f"{name}-{width}-{scheme}.png")
    assert violations(page) == []
    assert violations(turned(page, width, scheme)) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1920])
def test_the_page_itself_never_scrolls_sideways(shown: tuple[str, Page], width: int) -> None:
    page = turned(shown[1], width)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_headings_tables_links_and_folds_have_their_names(shown: tuple[str, Page]) -> None:
    page = turned(shown[1])
    levels = page.evaluate(LEVELS)
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert page.evaluate("[...document.querySelectorAll('.sg table')].every(t => t.caption && t.caption.textContent)")
    assert page.evaluate("[...document.querySelectorAll('.sg th')].every(th => th.scope)")
    assert page.evaluate(NAMES_OF_TWO) == []
    folds = [text for text in page.locator(".sg summary").all_inner_texts() if text]
    assert len(folds) == len(set(folds))


def test_every_page_has_the_notice_and_no_word_that_judges_a_patient(shown: tuple[str, Page]) -> None:
    page = turned(shown[1])
    assert NOTICE in page.locator(".stMain").inner_text()
    ours = page.evaluate(OURS)  # papers may say it, pages do not
    assert [banned for banned in BANNED if re.search(banned, ours.casefold())] == []


def test_text_at_twice_its_size_is_not_cut_nor_is_it_without_colours(shown: tuple[str, Page]) -> None:
    page = turned(shown[1], forced_colors="active")
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    page.wait_for_timeout(250)
    assert page.evaluate(CUT_OFF) == []
