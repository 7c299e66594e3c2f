"""axe-core, the keyboard, headings and names, narrow screens, forced colours."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from kg import queries
from tests.browser.serving import OpenPage, Site, drawn

COMPARE, ONE_SIDED, SOURCES = "/", "/?a=phnen&b=hcc", "/sources?paper=cui2017"
SPARQL = "/sparql?query=SELECT+*+{+?s+signum:hasSing+?o;+signum:hasSign+?sign+}"
ASK, REFUSED = "/ask?q=Which+signs+discriminate+PHNEN+from+HCC%3F", "/ask?q=How+many+HCC+patients+had+washuot%3F"
BROWSE, PICTURE = "/browse?id=disease:phnen", "/browse?id=disease:phnen&view=picture"
INDEX, CASE = "/browse?type=sign", "/differential?f=washout-pattern.1&scope=y"
QUIZ = "/quiz?view=learner&seed=3"
PAGES = (COMPARE, ONE_SIDED, SOURCES, SPARQL, BROWSE, PICTURE, INDEX, CASE, QUIZ, ASK, REFUSED)
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STREAMLIT_CAUSED: dict[str, str] = {
    "list stSidebarNavItems": "on a narrow screen the menu is a list whose sections are divisions, not items",
    "listitem st-emotion-cache": "the items of these sections; no list of ours has a class of Streamlit's",
    "presentation-role-conflict stFileUploaderDropzone": "the field for a file has a name and the role presentation",
}
"""axe rule and part of the selector or the element -> why it is Streamlit's own and cannot be changed from here."""

OPEN_ALL = "document.querySelectorAll('.sg details').forEach(one => one.open = true)"


def violations(page: Page) -> list[str]:
    """What axe finds, one line each, without what Streamlit alone causes."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response["violations"]
    return [line for violation in found for line in described(violation)]


def described(violation: dict[str, Any]) -> list[str]:
    lines = []
    for node in violation["nodes"]:
        selector = " ".join(map(str, node["target"]))
        named = f"{selector} {node['html']}"  # axe names an element by whatever is unique to it
        if not any(rule == violation["id"] and part in named for rule, part in known()):
            lines.append(f"{violation['id']}: {selector}: {node['html'][:160]}: {node['failureSummary'][:200]}")
    return lines


def known() -> list[tuple[str, str]]:
    return [(entry.split(" ", 1)[0], entry.split(" ", 1)[1]) for entry in STREAMLIT_CAUSED]


@pytest.mark.parametrize("width", [1366, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_no_violation_with_evidence_closed_and_open(
    open_page: OpenPage, path: str, scheme: str, width: int
) -> None:
    page = open_page(path, width=width, color_scheme=scheme)
    assert violations(page) == []
    page.evaluate(OPEN_ALL)
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_with_a_statement_selected(open_page: OpenPage, site: Site, scheme: str) -> None:
    statement = queries.statements(site.store, source="yang2024")[40]
    page = open_page(f"/sources?paper=yang2024&s={statement.id}&q=washout", color_scheme=scheme)
    assert violations(page) == []


def test_the_first_evidence_opens_by_keyboard_alone_within_14_keys(open_page: OpenPage) -> None:
    page = open_page(COMPARE)
    keys = ["Tab", "Enter"]  # the skip link
    for key in keys:
        page.keyboard.press(key)
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
        keys.append("Tab")
        assert len(keys) < 14, "the first evidence is too many keys away"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_the_keyboard_leaves_every_part_of_the_page_again(open_page: OpenPage) -> None:
    page = open_page(ONE_SIDED)
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
    assert len(seen) > 20


@pytest.mark.parametrize("path", PAGES)
def test_headings_tables_and_links_have_their_names(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    page.evaluate(OPEN_ALL)
    levels = page.evaluate("[...document.querySelectorAll('.stMain h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert page.evaluate("[...document.querySelectorAll('.sg table')].every(t => t.caption && t.caption.innerText)")
    assert page.evaluate("[...document.querySelectorAll('.sg th')].every(th => th.scope)")
    names = page.evaluate("[...document.querySelectorAll('.sg summary')].map(s => s.innerText)")
    assert len(names) == len(set(names))
    links = page.evaluate("[...document.querySelectorAll('.sg .evidence a')].map(a => [a.innerText, a.href])")
    targets: dict[str, str] = {}
    for name, target in links:
        assert targets.setdefault(name, target) == target, f"two links are called {name!r}"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 390, 768, 1920])
def test_the_page_itself_never_scrolls_sideways(open_page: OpenPage, path: str, width: int) -> None:
    page = open_page(path, width=width)
    page.evaluate(OPEN_ALL)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1")


@pytest.mark.parametrize("width", [1366, 390])
def test_references_are_large_enough_to_hit(open_page: OpenPage, width: int) -> None:
    page = open_page(COMPARE, width=width)
    sizes = page.evaluate("[...document.querySelectorAll('.answer sup a')].map(a => a.getBoundingClientRect().height)")
    assert sizes
    assert min(sizes) >= 24


def test_on_a_phone_the_panel_waits_for_a_statement_and_can_be_closed(open_page: OpenPage, site: Site) -> None:
    assert not open_page("/sources?paper=cui2017", width=390).locator("aside").is_visible()
    statement = queries.statements(site.store, source="cui2017")[20]
    page = open_page(f"/sources?paper=cui2017&s={statement.id}", width=390)
    assert "Confidence" in page.locator("aside").inner_text()
    page.get_by_role("button", name="Close").click()
    assert not page.locator("aside").is_visible()
    assert page.evaluate("document.activeElement.id") == "selected-passage"


def test_text_at_twice_its_size_is_not_cut(open_page: OpenPage) -> None:
    page = open_page(COMPARE)
    page.evaluate("document.documentElement.style.fontSize = '32px'")
    page.wait_for_timeout(300)
    clipped = """[...document.querySelectorAll('.sg .count, .sg .reading, .sg th, .sg summary, .sg .answer')]
        .filter(e => e.scrollHeight > e.clientHeight + 4 && getComputedStyle(e).overflow === 'hidden').length"""
    assert page.evaluate(clipped) == 0


def test_without_colours_letter_and_shape_still_say_which_side(open_page: OpenPage) -> None:
    page = open_page(COMPARE, forced_colors="active")
    readings = page.locator(".reading").all_inner_texts()
    assert any("■ may favour A" in text or "■ favours A" in text for text in readings)
    assert any("◆ may favour B" in text or "◆ favours B" in text for text in readings)
    point = page.locator(".plot > .point").first
    assert point.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_reduced_motion_is_respected(open_page: OpenPage) -> None:
    page = open_page(COMPARE, reduced_motion="reduce")
    longest = """Math.max(...[...document.querySelectorAll('.sg *')].map(
        e => parseFloat(getComputedStyle(e).transitionDuration) || 0))"""
    assert page.evaluate(longest) < 0.01


def test_a_chart_has_a_name_and_says_the_same_in_words(open_page: OpenPage) -> None:
    page = open_page("/?view=chart")
    page.wait_for_selector("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    drawn(page)
    named = page.locator("[role='graphics-document'][aria-label^='Likelihood ratios']")
    assert named.count() == 1
