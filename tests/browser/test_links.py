"""Links restore what they were made from, Back and Forward too; what they cannot name they say."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Request

from kg import queries
from kg.compare import Filters, compare
from kg.curation import CURATION_NAME
from tests.browser.serving import ROOT, OpenPage, Site, build_graph, drawn, served

NET, ADENOCARCINOMA = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"
HOSTILE = '<script>window.broken=1</script><img src=x onerror="window.broken=1">'
PARAMETERS = ("a", "b", "m", "ph", "src", "paper", "state", "check", "x", "sort", "view", "row", "print")
IN_VIEW = """id => { const r = document.getElementById(id).getBoundingClientRect();
    return r.top >= 0 && r.bottom <= innerHeight }"""
STARTS_IN_VIEW = """id => { const r = document.getElementById(id).getBoundingClientRect();
    return r.top >= 0 && r.top < innerHeight }"""


def selected(page: Page) -> list[str]:
    return [box.input_value() for box in page.locator("[data-testid=stSelectbox] input").all()[:2]]


def test_a_link_to_a_row_opens_it_in_view(open_page: OpenPage, site: Site) -> None:
    row = compare(site.store, NET, ADENOCARCINOMA, Filters()).counted[-1]
    page = open_page(f"/?row={quote(row.key)}")
    identifier = f"row-{row.key}"
    page.wait_for_function("id => document.activeElement.id === id", arg=identifier)
    assert page.evaluate("id => document.getElementById(id).parentElement.open", identifier)
    page.wait_for_function(IN_VIEW, arg=identifier)


@pytest.mark.parametrize("source", ["cui2017", "yang2024", "houat2020", "granata2019", "veenendaal2006"])
def test_a_link_to_a_statement_brings_its_passage_into_view_with_focus(
    open_page: OpenPage, site: Site, source: str
) -> None:
    statements = queries.statements(site.store, source=source)
    for statement in (statements[0], statements[len(statements) // 2], statements[-1]):
        page = open_page(f"/sources?paper={source}&s={statement.id}")
        page.wait_for_function("document.activeElement.id === 'selected-passage'")
        page.wait_for_function(STARTS_IN_VIEW, arg="selected-passage")
        assert statement.id in page.locator("aside").inner_text()


def test_the_reader_shows_every_character_of_a_paper(open_page: OpenPage, site: Site) -> None:
    page = open_page("/sources?paper=cui2017")
    shown = page.evaluate(
        """(() => { const copy = document.querySelector('article').cloneNode(true);
        copy.querySelectorAll('sup.many, .wrap, summary').forEach(e => e.remove()); return copy.textContent; })()"""
    )
    assert "".join(shown.split()) == "".join(queries.text(site.store, "cui2017").split())


def test_back_after_open_in_reader_is_the_same_pair_and_filters(open_page: OpenPage) -> None:
    page = open_page("/?a=phnen&b=hcc&src=own")
    title, address = page.title(), page.url
    page.locator("table summary").first.click()
    page.get_by_role("link", name=re.compile("Open in reader")).first.click()
    page.wait_for_selector("article")
    drawn(page)
    assert "/sources?" in page.url
    page.go_back()
    page.wait_for_selector("table.findings")
    drawn(page)
    assert (page.title(), page.url) == (title, address)


def test_back_and_forward_bring_address_boxes_table_and_title_together(open_page: OpenPage) -> None:
    page = open_page("/")
    first = page.title()
    page.get_by_text(re.compile("PHNEN . HCC")).first.click()
    page.wait_for_function("document.title.startsWith('PHNEN vs HCC')")
    drawn(page)
    page.get_by_role("button", name="Swap").click()
    page.wait_for_function("document.title.startsWith('HCC vs PHNEN')")
    drawn(page)
    page.go_back()
    page.wait_for_function("document.title.startsWith('PHNEN vs HCC')")
    drawn(page)
    assert page.locator("table.findings thead").first.inner_text().count("PHNEN") == 1
    page.go_back()
    page.wait_for_function("title => document.title === title", arg=first)
    drawn(page)
    assert page.locator("table.columns-7").count() == 1
    page.go_forward()
    page.wait_for_function("document.title.startsWith('PHNEN vs HCC')")


def test_a_synonym_is_taken_and_the_address_rewritten(open_page: OpenPage) -> None:
    page = open_page("/?a=PHNEN&b=hcc")
    page.wait_for_function("location.search === '?a=phnen&b=hepatocellular-carcinoma'")
    assert page.title().startswith("PHNEN vs HCC")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/?a=hccc", "No disease called 'hccc'. Did you mean Hepatocellular carcinoma (HCC)"),
        ("/?a=phnen&b=phnen", "Choose two different diseases."),
        ("/?m=xray9", "No modality called 'xray9'."),
        ("/?sort=size", "No order called 'size' here."),
        ("/?row=nope", "No row called 'nope' in this table."),
        ("/sources?s=nope", "No statement called 'nope'."),
        ("/sources?paper=nope", "No paper called 'nope' here."),
    ],
)
def test_what_names_nothing_is_named(open_page: OpenPage, address: str, sentence: str) -> None:
    page = open_page(address)
    assert sentence in page.locator(".stMain").inner_text()


@pytest.mark.parametrize("start", ["/?", "/sources?"])
@pytest.mark.parametrize("value", [HOSTILE, "x" * 2000, "%00%ff", "../../etc/passwd", "' OR 1=1", "} UNION { ?s ?p ?o"])
def test_nothing_in_an_address_is_run(open_page: OpenPage, start: str, value: str) -> None:
    names = PARAMETERS if start == "/?" else ("paper", "s", "layer", "kind", "q")
    page = open_page(start + "&".join(f"{name}={quote(value)}" for name in names))
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None
    assert "Traceback" not in page.locator("body").inner_text()
    assert page.locator(".message").count() > 0


def test_nothing_is_asked_of_another_machine(open_page: OpenPage) -> None:
    page = open_page("/")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.reload()
    drawn(page)
    assert [url for url in asked if not re.match(r"(https?|ws)://localhost:|data:|blob:", url)] == []


def test_a_count_changed_in_a_paper_changes_the_page_after_a_rebuild(chromium: Browser, tmp_path: Path) -> None:
    sources, data = tmp_path / "sources", tmp_path / "data"
    shutil.copytree(ROOT / "sources" / "cui2017", sources / "cui2017")
    read_by_nobody(sources / "cui2017")
    build_graph(sources, data)
    with served(data, tmp_path / "server.log") as site:
        page = chromium.new_page()
        page.goto(site.url)
        drawn(page)
        assert "15/23" in page.locator("table.findings").first.inner_text()
        change_a_count(sources / "cui2017")
        build_graph(sources, data)
        page.reload()
        drawn(page)
        table = page.locator("table.findings").first.inner_text()
        page.close()
    assert "14/23" in table
    assert "15/23" not in table


def read_by_nobody(folder: Path) -> None:
    """Extraction alone: no curated row, whose quotes are those of the text as it was, and no word that all is read."""
    (folder / CURATION_NAME).unlink()
    settings = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(re.sub(r"(?m)^read_whole.*\n", "", settings), encoding="utf-8")


def change_a_count(folder: Path) -> None:
    """Washout in 14 of 23 instead of 15, wherever the paper prints it; the recorded hash goes with it."""
    text = (folder / "text.txt").read_text(encoding="utf-8")
    changed = text.replace("15/23", "14/23").replace("15(65.2%)", "14(60.9%)")
    assert changed != text
    (folder / "text.txt").write_text(changed, encoding="utf-8")
    settings = (folder / "source.toml").read_text(encoding="utf-8")
    (folder / "source.toml").write_text(re.sub(r"(?m)^sha256.*\n", "", settings), encoding="utf-8")


def test_a_paper_says_how_much_of_it_was_curated(open_page: OpenPage) -> None:
    text = open_page("/sources?paper=cui2017").locator(".stMain").inner_text()
    assert re.search(r"\d+ of them curated \(\d+%\)", text)


def test_the_panel_says_what_the_audit_says_of_the_number(open_page: OpenPage, site: Site) -> None:
    verdict = next(one for one in queries.verdicts(site.store, "cui2017") if one.check == "exchanged")
    text = open_page(f"/sources?paper=cui2017&s={verdict.statements[0]}").locator("aside").inner_text()
    assert "Checked against the paper" in text
    assert f"does not fit: {verdict.explanation}" in text
