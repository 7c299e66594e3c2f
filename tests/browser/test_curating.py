"""Sources, Audit, Review, Add a paper and About before a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from kg import queries
from kg.web import answers
from kg.web.audit_table import wanted
from tests.browser.serving import OpenPage, Site, drawn

STATUS = "document.querySelector('.status').innerText"
HOSTILE = "<script>window.broken=1</script><img src=x onerror='window.broken=1'>"
PARAMETERS = {
    "/audit": ("verdict", "paper", "check", "touches", "view", "row", "page", "print"),
    "/sources": ("paper", "s", "layer", "kind", "q", "audit", "print"),
    "/review": ("queue", "item", "paper"),
    "/add": ("step",),
    "/about": ("sec", "v", "print"),
}


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
    page.wait_for_function(f"first => {STATUS} !== first", arg=first)
    page.go_back()
    page.wait_for_function("location.search === ''")
    page.wait_for_function(f"first => {STATUS} === first", arg=first)
    page.go_forward()
    page.wait_for_function("location.search.includes('verdict=inconsistent')")
    page.wait_for_function(f"first => {STATUS} !== first", arg=first)
    assert "does not fit" in page.locator(".status").inner_text()


def test_next_to_mind_selects_a_passage_and_brings_it_into_view(open_page: OpenPage) -> None:
    page = open_page("/sources?paper=yang2024")
    page.get_by_role("button", name="Next ⚠").click()
    page.wait_for_function("document.activeElement.id === 'selected-passage'")
    drawn(page)
    assert "Checked against the paper" in page.locator("aside").inner_text()
    assert re.search(r"s=yang2024", page.url)


def test_without_colours_the_grid_still_tells(open_page: OpenPage) -> None:
    page = open_page("/about?sec=grid", forced_colors="active")
    assert page.locator("td.ring").first.inner_text().startswith("0/")
    assert page.locator("td.filled").first.evaluate("e => getComputedStyle(e).borderTopWidth") == "3px"
