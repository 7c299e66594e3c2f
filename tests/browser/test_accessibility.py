"""The keyboard, targets, the panel on a phone, forced colours, motion, the names of charts."""

from __future__ import annotations

import pytest

from kg import queries
from tests.browser.axe import violations
from tests.browser.serving import OpenPage, Site, drawn

COMPARE, ONE_SIDED = "/", "/?a=phnen&b=hcc"


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
