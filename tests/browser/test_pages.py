"""Browse, Differential and the search, in a browser: numbers, quotes, links, Back, keys, hostile addresses, print."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from kg import queries
from kg.compare.matrix import count_text
from kg.differential import Findings, differential
from kg.profile import profile
from tests.browser.serving import OpenPage, Site, drawn

NET, ADENOCARCINOMA = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"
BROWSE, CASE = "/browse?id=disease:phnen", "/differential?f=washout-pattern.1&scope=y"
HOSTILE = '<script>window.broken=1</script><img src=x onerror="window.broken=1">'
PARAMETERS = {
    "/browse": ("id", "tab", "src", "state", "view", "type", "q", "print", "g"),
    "/differential": ("a", "b", "f", "pre", "scope", "view", "print", "g"),
}
BANNED = ("diagnosis is", "patient has", "rule out")
NOTICE = "Education and research only. Not for diagnosis or treatment of a patient."
ROWS = """[...document.querySelectorAll('table.facts > tbody > tr.finding')].map(row => ({
    name: row.querySelector('th').innerText.trim(), state: row.querySelectorAll('td')[1].innerText }))"""

# address -> what stands in the title, in the first heading, and somewhere in the page
LINKS = (
    (BROWSE, "PHNEN · Browse", "Primary hepatic neuroendocrine neoplasm", "9/12"),
    ("/browse?id=disease:phnen&tab=markers", "PHNEN · Browse", "Primary hepatic", "Alpha-fetoprotein"),
    ("/browse?id=disease:phnen&state=zero", "PHNEN", "Primary hepatic", "0/12"),
    ("/browse?id=disease:phnen&view=chart", "PHNEN", "Primary hepatic", "What was said in words has no bar"),
    ("/browse?id=disease:phnen&view=picture", "PHNEN", "Primary hepatic", "The 24 best known neighbours"),
    ("/browse?id=sign:washout-pattern", "Browse", "Washout enhancement pattern", "15/23"),
    ("/browse?id=modality:magnetic-resonance-imaging", "MRI", "Magnetic resonance imaging", "93% (range 85–100%)"),
    ("/browse?id=marker:afp", "Browse", "Alpha-fetoprotein", "evidence for"),
    ("/browse?id=therapy:liver-transplantation&tab=mortality", "Browse", "Liver transplantation", "19%"),
    ("/browse?type=marker", "Browse", "Browse: what the papers speak of", "Alpha-fetoprotein"),
    ("/browse?q=hamartoma", "Browse", "Browse: what", "Nothing named 'hamartoma'"),
    (CASE, "Differential", "Differential: what", "88 of 100 such patients would have"),
    ("/differential?f=plateau-pattern.1&scope=y&view=table", "Differential", "Differential: what", "does not fit"),
    ("/differential?a=phnen&b=hcc&f=rim-aphe.1", "PHNEN or HCC?", "Differential", "No likelihood ratio exists"),
    ("/differential?f=washout-pattern.1", "Differential", "Differential", "Answer question 1 first"),
    ("/differential?f=washout-pattern.1&scope=y&pre=20", "Differential", "Differential", "It starts from 20%"),
    ("/?view=matrix&more=phnen", "Compare", "Compare: which signs", "Findings by diseases"),
)


@pytest.mark.parametrize(("address", "title", "heading", "words"), LINKS, ids=[link[0] for link in LINKS])
def test_a_link_restores_its_page(open_page: OpenPage, address: str, title: str, heading: str, words: str) -> None:
    page = open_page(address)
    assert title in page.title()
    assert heading in page.locator("h1").inner_text()
    text = page.locator(".stMain").inner_text()
    assert words in text
    assert NOTICE in text
    assert not [banned for banned in BANNED if banned in text.casefold()]


def test_every_count_of_the_page_is_the_core_s_and_zero_has_its_limit(open_page: OpenPage, site: Site) -> None:
    page = open_page(BROWSE)
    signs = next(section for section in profile(site.store, "phnen").sections if section.name == "signs")
    shown = {row["name"].casefold(): row["state"] for row in page.evaluate(ROWS)}
    assert len(shown) == len(signs.facts)
    for fact in signs.facts:
        state = shown[fact.about.label.casefold()]
        for cell in fact.cell.counts:
            assert count_text(cell).split(" ")[0] in state
            if cell.state == "zero":
                assert "never seen" in state
                assert "not reported" not in state
        if not fact.cell.counts and fact.cell.words:
            assert "in words" in state
            assert not re.search(r"\d+/\d+ \d+%", state)


def test_every_quote_of_the_print_view_stands_in_its_paper(open_page: OpenPage, site: Site) -> None:
    page = open_page(f"{BROWSE}&print=1")
    quotes = page.evaluate("[...document.querySelectorAll('blockquote')].map(q => [q.textContent, q.innerText])")
    texts = [folded(queries.text(site.store, source.key)) for source in queries.sources(site.store)]
    assert len(quotes) > 50
    for text, _ in quotes:
        assert any(folded(text) in paper for paper in texts), text
    assert page.locator("details:not([open])").count() == 0
    assert f"&g={site.store.graph_hash[:12]}" in page.locator("p.printed").inner_text()


def folded(text: str) -> str:
    return " ".join(text.split())


def test_the_probability_is_the_core_s_and_no_other_digit_stands_for_one(open_page: OpenPage, site: Site) -> None:
    found = differential(
        site.store,
        Findings(present=("washout-pattern",), absent=("lymphadenopathy",)),
        among=[NET, ADENOCARCINOMA],
        prior={NET: 0.5, ADENOCARCINOMA: 0.5},
    )
    after = found.candidates[0].after
    assert after is not None
    page = open_page("/differential?f=washout-pattern.1,lymphadenopathy.0&scope=y")
    low, high = f"{100 * after.low:.0f}", f"{100 * after.high:.0f}"
    said = page.locator(".result").inner_text()
    assert said.startswith(f"{100 * after.estimate:.0f} of 100")
    assert f"({low}–{high})" in said
    assert open_page("/differential?a=phnen&b=hcc&f=rim-aphe.1&scope=y").locator(".result").count() == 0


def test_a_choice_goes_into_the_address_and_back_takes_it_out(open_page: OpenPage) -> None:
    page = open_page(CASE)
    before = page.locator(".result").inner_text()
    page.get_by_text("Plateau enhancement pattern", exact=True).first.click()
    page.wait_for_function("location.search.includes('plateau-pattern.1')")
    page.wait_for_function("before => document.querySelector('.result')?.innerText !== before", arg=before)
    drawn(page)
    assert "washout" not in page.url
    page.go_back()
    page.wait_for_function("before => document.querySelector('.result')?.innerText === before", arg=before)
    page.go_forward()
    page.wait_for_function("before => document.querySelector('.result')?.innerText !== before", arg=before)


def test_a_part_goes_into_the_address_and_back_takes_it_out(open_page: OpenPage) -> None:
    page = open_page(BROWSE)
    page.get_by_text(re.compile(r"^Mimics \d+$")).first.click()
    page.wait_for_function("location.search.includes('tab=mimics')")
    page.wait_for_selector("table.printed")
    page.go_back()
    page.wait_for_selector("table.facts")
    drawn(page)
    assert "tab=" not in page.url


@pytest.mark.parametrize("path", PARAMETERS)
@pytest.mark.parametrize("value", [HOSTILE, "x" * 2000, "%00%ff", "..:..", "} UNION { ?s ?p ?o"])
def test_nothing_in_an_address_is_run_and_what_is_wrong_is_named(open_page: OpenPage, path: str, value: str) -> None:
    page = open_page(f"{path}?" + "&".join(f"{name}={quote(value)}" for name in PARAMETERS[path]))
    page.wait_for_timeout(200)
    assert page.evaluate("window.broken") is None
    text = page.locator("body").inner_text()
    assert "Traceback" not in text
    assert "That did not work" not in text
    assert page.locator(".message").count() > 0


def test_the_search_takes_the_focus_finds_while_typing_and_gives_the_focus_back(open_page: OpenPage) -> None:
    page = open_page(BROWSE)
    page.locator(".st-key-search button").focus()
    page.keyboard.press("Control+k")
    page.wait_for_function("document.activeElement.matches('[role=dialog] input')")
    page.wait_for_timeout(400)
    page.keyboard.type("phnet")
    found = page.locator("[role=dialog] a", has_text="Primary hepatic neuroendocrine")
    found.first.wait_for()
    headings = page.locator("[role=dialog] h3").all_inner_texts()
    assert "Diseases" in headings
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=dialog]", state="detached")
    assert page.evaluate("document.querySelector('.st-key-search').contains(document.activeElement)")


def test_a_click_on_the_picture_opens_the_neighbour(open_page: OpenPage) -> None:
    page = open_page("/browse?id=disease:phnen&view=picture")
    page.wait_for_selector("[role='graphics-document']")
    drawn(page)
    assert page.locator("[role='graphics-document'][aria-label^='Neighbours of']").count() == 1
    names = page.locator("table.small tbody th").all_inner_texts()
    assert len(names) == 24
    assert page.locator("table.small tbody th a").first.evaluate(
        "a => a.getAttribute('href').startsWith('/browse?id=')"
    )


def keys_until(page: Page, found: str, most: int) -> int:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    for keys in range(2, most):
        if page.evaluate(found):
            return keys
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached within {most} keys")


@pytest.mark.parametrize("path", [BROWSE, "/differential?f=washout-pattern.1&scope=y&view=table"])
def test_evidence_is_reached_and_opened_by_keyboard_alone(open_page: OpenPage, path: str) -> None:
    page = open_page(path)
    keys_until(page, "document.activeElement.tagName === 'SUMMARY'", 40)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
