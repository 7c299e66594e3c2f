"""The Browse page: an index, one page a concept, its parts and filters in the address, and files that stand alone."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.profile import profile
from kg.store import Store
from kg.web import answers, browse_files
from kg.web.files import Occasion
from kg.web.view import Context
from tests.web_graph import HCC, HOSTILE_QUOTE, PHNEN, write_graph

APP = str(Path(__file__).resolve().parent.parent / "app.py")
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("browse") / "build")


@pytest.fixture
def open_page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("SIGNUM_DATA", str(graph))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        app.switch_page("kg/web/browse.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def markup(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def words(app: AppTest) -> str:
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", markup(app))
    return html.unescape(re.sub(r"\s+", " ", plain))


def test_without_a_concept_it_lists_them_all_with_their_facts(open_page: OpenPage) -> None:
    app = open_page()
    assert "Primary hepatic neuroendocrine neoplasm" in words(app)
    assert re.search(r"disease · \d+ facts, \d+ with a number", words(app))
    only = open_page(type="disease", q="HCC")
    assert "1 of" in words(only)
    assert f"id=disease:{HCC}" in markup(only)


def test_nothing_of_a_name_offers_the_full_text(open_page: OpenPage) -> None:
    app = open_page(q="hamartoma")
    assert "Nothing named 'hamartoma' in these papers." in words(app)
    assert "/sources?q=hamartoma" in markup(app)


def test_a_synonym_opens_the_concept_and_a_count_is_the_core_s(open_page: OpenPage, graph: Path) -> None:
    app = open_page(id="disease:PHNEN")
    text = words(app)
    assert app.title[0].value == "Primary hepatic neuroendocrine neoplasm"
    (signs,) = profile(Store.open(graph), PHNEN).sections
    for fact in signs.facts:
        for cell in fact.cell.counts:
            assert f"{cell.n}/{cell.total}" in text
    assert "never seen" in text


def test_a_hostile_quote_stays_text(open_page: OpenPage) -> None:
    app = open_page(id="disease:phnen", print="1")
    assert html.escape(HOSTILE_QUOTE.split(" rim")[0], quote=True) in markup(app)
    assert "<img" not in markup(app)


def test_what_names_no_concept_is_named_and_the_index_is_drawn(open_page: OpenPage) -> None:
    app = open_page(id="disease:hccc", tab="signs")
    assert "No disease called 'hccc'. Did you mean" in words(app)
    assert "Browse: what the papers speak of" in app.title[0].value


def test_a_state_that_no_row_has_says_so_and_how_to_go_back(open_page: OpenPage) -> None:
    app = open_page(id="disease:phnen", state="disagree")
    assert "0 facts of signs with these filters." in words(app)
    app = open_page(id="disease:phnen", state="zero")
    assert "0/12" in words(app)
    assert "7/10" not in words(app)


def test_the_picture_has_a_table_that_says_the_same(open_page: OpenPage) -> None:
    app = open_page(id="disease:phnen", view="picture")
    assert "The 2 best known neighbours" in words(app)
    assert "has sign 1 (all say not)" in words(app)
    assert "Compare with hepatocellular carcinoma" in words(app)


def test_the_table_file_holds_the_rows_of_the_page(graph: Path) -> None:
    store = Store.open(graph)
    found = profile(store, PHNEN)
    context = Context(
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address={},
        statements=found.statements,
    )
    made = Occasion(question="Q?", day=date(2026, 1, 2), graph_hash="ab12", url="http://x/")
    text = browse_files.to_csv(found, context, made)
    rows = list(csv.DictReader(line for line in io.StringIO(text) if not line.startswith("# ")))
    assert {(row["about"], row["n"], row["total"]) for row in rows} == {
        ("rim sign", "7", "10"),
        ("calcification", "0", "12"),
    }
    assert "\\<img" in browse_files.to_markdown(found, context, made) or "7/10 70%" in browse_files.to_markdown(
        found, context, made
    )


def test_only_the_rows_of_a_chosen_paper_stay(open_page: OpenPage) -> None:
    text = words(open_page(id=f"disease:{PHNEN}", paper="beta2024"))
    assert "7/10" in text
    assert "0 facts of signs with these filters." in words(open_page(id=f"disease:{PHNEN}", paper="alpha2017"))
    assert "No paper called 'gamma'" in words(open_page(id=f"disease:{PHNEN}", paper="gamma"))


def test_a_sign_shows_how_each_paper_defines_it(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNUM_DATA", str(shipped))
    app = AppTest.from_file(APP, default_timeout=120)
    app.run()
    app.switch_page("kg/web/browse.py")
    app.query_params["id"] = "sign:washout-pattern"
    app.run()
    assert "says what it means by it" in words(app)
    quoted = re.findall(r"<blockquote>(.*?)</blockquote>", markup(app), re.DOTALL)
    text = " ".join(answers.reading(Store.open(shipped), "cui2017").text.split())
    assert any("washout" in one and " ".join(html.unescape(one).split()) in text for one in quoted)
