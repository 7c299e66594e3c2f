"""What a reader sees on Compare is what the core computed, and stands in the papers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import WebSocket

from kg import queries
from kg.compare import Comparison, Filters, compare, pairs
from kg.measures import likelihood_ratio, wilson
from kg.web.figures import percent, percent_limits, ratio_text
from tests.browser.serving import SCREENSHOTS, OpenPage, Site, drawn

NET, ADENOCARCINOMA = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"
PAIRS = ((NET, ADENOCARCINOMA), ("phnen", "hepatocellular-carcinoma"))
BANNED = ("diagnosis is", "patient has", "rule out")
ROWS = """[...document.querySelectorAll('table.columns-7 > tbody > tr.finding')].map(row => ({
    sign: row.querySelector('th').innerText.trim(),
    cells: [...row.querySelectorAll('td')].map(cell => cell.textContent),
}))"""


def path(a: str, b: str) -> str:
    return f"/?a={a}&b={b}"


def of_pair(site: Site, a: str, b: str) -> Comparison:
    return compare(site.store, a, b, Filters())


def test_the_first_screen_is_the_pair_with_most_counts(open_page: OpenPage, site: Site) -> None:
    first = pairs(site.store)[0]
    assert (first.a, first.b) == (NET, ADENOCARCINOMA)
    page = open_page("/")
    assert page.title().startswith("GEP-NET")
    assert page.locator("table.columns-7 tr.finding").count() == first.counted
    assert page.locator("tr.finding .count").first.inner_text() == "15/23"


def test_on_a_phone_the_ratio_has_a_line_of_its_own_and_the_groups_their_whole_names(open_page: OpenPage) -> None:
    page = open_page("/", width=390, height=900)
    row = page.locator("table.columns-7 tr.finding").first
    b, ratio, plot = (row.locator("td").nth(place).bounding_box() for place in (1, 3, 2))
    assert b
    assert ratio
    assert plot
    assert ratio["y"] >= b["y"] + b["height"] - 1
    assert ratio["x"] < 40 < b["x"]
    assert plot["y"] > ratio["y"]
    assert "LR+ for A against B" in row.inner_text()
    assert row.locator(".plotted .scale").inner_text().split() == [".01", "1", "100"]
    names = page.locator(".pair")
    assert "A: Liver metastasis of gastroenteropancreatic neuroendocrine tumor" in names.inner_text()
    table = page.locator("table.columns-7").bounding_box()
    box = names.bounding_box()
    assert box
    assert table
    assert box["y"] < table["y"]


def test_a_warning_says_what_it_warns_of(open_page: OpenPage) -> None:
    texts = " ".join(open_page("/").locator("table.columns-7 .sourced .warn").all_inner_texts())
    for words in ("P depends on test", "cut-off chosen on these patients", "Se/Sp exchanged?"):
        assert words in texts


def test_an_opened_row_begins_with_its_number_and_folds_what_else_is_said(open_page: OpenPage) -> None:
    page = open_page("/?row=no-lymphadenopathy")
    opened = page.locator("tr.more details[open] > .evidence")
    assert opened.locator("blockquote").first.inner_text().startswith("Absence")
    assert opened.locator("blockquote mark").first.inner_text().startswith("16")
    assert opened.locator("details > summary").last.inner_text().startswith("Other mentions (")
    assert opened.locator("details[open]").count() == 0


def test_the_table_reads_the_counts_of_the_paper(open_page: OpenPage) -> None:
    page = open_page(path(NET, ADENOCARCINOMA))
    rows = {row["sign"]: row["cells"] for row in page.evaluate(ROWS)}
    washout = next(cells for sign, cells in rows.items() if "ashout" in sign)
    assert "15/23" in washout[0]
    assert "2/23" in washout[1]
    assert washout[3].removeprefix("LR+ for A against B").strip() == "7.5 (1.9–29)"
    hyper = next(cells for sign, cells in rows.items() if "yperenhancement" in sign)
    assert "17/23" in hyper[0]
    assert "9/23" in hyper[1]
    nodes = next(cells for sign, cells in rows.items() if "ymph" in sign)
    assert "16/23" in nodes[0]
    assert "9/23" in nodes[1]


def test_every_number_of_the_table_is_the_one_that_the_measures_give(open_page: OpenPage, site: Site) -> None:
    comparison = of_pair(site, NET, ADENOCARCINOMA)
    drawn_rows = open_page(path(NET, ADENOCARCINOMA)).evaluate(ROWS)
    assert len(drawn_rows) == len(comparison.counted) > 0
    for row, shown in zip(comparison.counted, drawn_rows, strict=True):
        assert shown["sign"].casefold() == row.label.casefold()
        for cell, text in ((row.a, shown["cells"][0]), (row.b, shown["cells"][1])):
            assert cell is not None
            assert cell.n is not None
            assert cell.total is not None
            assert f"{cell.n}/{cell.total} {percent(cell.n / cell.total, cell.total)}" in text
            assert f"({percent_limits(wilson(cell.n, cell.total))})" in text
        assert row.a is not None
        assert row.b is not None
        ratio = likelihood_ratio(row.a.n or 0, row.a.total or 1, row.b.n or 0, row.b.total or 1)
        assert ratio_text(ratio) in shown["cells"][3]


def test_the_answer_counts_the_rows_that_are_marked(open_page: OpenPage) -> None:
    page = open_page("/")
    marked = [text for text in page.locator(".columns-7 .reading").all_inner_texts() if "favour" in text]
    total = page.locator(".columns-7 .reading").count()
    assert f"{len(marked)} of {total} signs" in page.locator(".answer").inner_text()


@pytest.mark.parametrize("pair", PAIRS)
def test_every_quote_stands_in_its_paper_and_every_mark_in_its_quote(
    open_page: OpenPage, site: Site, pair: tuple[str, str]
) -> None:
    page = open_page(path(*pair) + "&print=1")
    texts = [" ".join(queries.text(site.store, source.key).split()) for source in queries.sources(site.store)]
    quotes = page.evaluate(
        """[...document.querySelectorAll('.sg blockquote, .sg q')]
            .map(q => [q.textContent, q.querySelector('mark')?.textContent])"""
    )
    assert len(quotes) > 5
    for quote, mark in quotes:
        folded = " ".join(quote.split())
        assert any(folded in text for text in texts), quote
        assert mark is None or mark in quote


def test_no_ratio_without_both_counts_in_one_study(open_page: OpenPage, site: Site) -> None:
    for a, b in PAIRS:
        comparison = of_pair(site, a, b)
        both = {row.label.casefold() for row in comparison.counted if row.a and row.b and row.a.source == row.b.source}
        page = open_page(path(a, b))
        for row in page.evaluate(ROWS):
            if re.search(r"\d", row["cells"][3].removeprefix("LR+ for A against B")):
                assert row["sign"].casefold() in both
        assert page.locator("table.columns-5 .plot").count() == 0


def test_zero_always_has_its_upper_limit_and_never_looks_like_not_reported(open_page: OpenPage) -> None:
    for a, b in PAIRS:
        page = open_page(path(a, b))
        for text in page.locator(".state-zero").all_text_contents():
            assert re.search(r"0/\d+ 0% \(0–\d+\)", text), text
        assert page.locator(".state-zero .state-not-reported, .state-not-reported .state-zero").count() == 0
        assert all(text == "— not reported" for text in page.locator(".state-not-reported").all_text_contents())


def test_evidence_opens_without_asking_the_server(open_page: OpenPage) -> None:
    page = open_page("/")
    sent: list[object] = []

    def note(frame: object) -> None:
        sent.append(frame)

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", note)

    page.on("websocket", listen)
    page.reload()
    drawn(page)
    assert sent  # the page itself came that way
    sent.clear()
    page.locator("table.columns-7 summary").first.click()
    assert page.locator("table.columns-7 details[open] mark").first.is_visible()
    assert sent == []


@pytest.mark.parametrize("address", ["/", "/?a=phnen&b=hcc", "/?a=phnen&b=hcc&print=1", "/sources?paper=yang2024"])
def test_the_notice_is_there_and_banned_words_only_in_quotes(open_page: OpenPage, address: str) -> None:
    page = open_page(address)
    assert (
        "Education and research only. Not for diagnosis or treatment of a patient."
        in page.locator(".notice").inner_text()
    )
    own = page.evaluate(
        """(() => { const copy = document.querySelector('.stMain').cloneNode(true);
        const quoted = 'blockquote, q, article, aside, h2, summary, .answer, details li, td, th';
        copy.querySelectorAll(quoted).forEach(e => e.remove());
        return copy.innerText.toLowerCase(); })()"""
    )
    for words in (*BANNED, "significant"):
        assert words not in own


def test_a_pill_shows_its_pair_and_swap_turns_it(open_page: OpenPage) -> None:
    page = open_page("/")
    page.get_by_text(re.compile("PHNEN . HCC")).first.click()
    page.wait_for_function("document.title.startsWith('PHNEN vs HCC')")
    assert "a=phnen" in page.url
    page.get_by_role("button", name="Swap").click()
    page.wait_for_function("document.title.startsWith('HCC vs PHNEN')")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("compare-counted", "/"),
        ("compare-words", "/?a=phnen&b=hcc"),
        ("compare-chart", "/?view=chart"),
        ("sources", "/sources?paper=cui2017"),
    ],
)
def test_pictures_for_the_eye(open_page: OpenPage, name: str, address: str, width: int, scheme: str) -> None:
    page = open_page(address, width=width, height=900, color_scheme=scheme)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    file = SCREENSHOTS / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=file)
    assert file.stat().st_size > 20_000  # a blank page is smaller
