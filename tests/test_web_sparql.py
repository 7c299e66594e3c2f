"""The SPARQL page: a link restores a query and its answer; what is wrong is shown with its place."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from streamlit.testing.v1 import AppTest

from kg import queries
from kg.terms import IRI
from kg.web import console, links
from tests.web_graph import counted_paper, write_graph

APP = str(Path(__file__).resolve().parent.parent / "app.py")


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("web") / "build")


@pytest.fixture
def page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SIGNUM_DATA", str(graph))
    monkeypatch.setenv("SIGNUM_PAGE_SECONDS", "60")
    return AppTest.from_file(APP, default_timeout=120)


def opened(page: AppTest, **address: str) -> AppTest:
    page.run()
    page.switch_page("kg/web/sparql.py")
    for name, value in address.items():
        page.query_params[name] = value
    return page.run()


def asked(page: AppTest, query: str) -> AppTest:
    page.text_area[0].set_value(query)
    next(button for button in page.button if "Run" in button.label).click()
    return page.run()


def words(page: AppTest) -> str:
    drawn = [one.proto.body for one in page.get("html") if "<style" not in one.proto.body]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", " ".join(drawn))).split())


def test_a_link_restores_a_query_its_answer_and_the_pages_of_what_it_found(page: AppTest) -> None:
    query = "SELECT ?statement ?n { ?statement signum:statistic/signum:numerator ?n } ORDER BY DESC(?n) LIMIT 1"
    app = opened(page, query=query)
    assert app.text_area[0].value == query
    assert app.selectbox[0].value is None
    assert "1 row" in words(app)
    markup = " ".join(one.proto.body for one in app.get("html"))
    assert re.search(
        r'<a href="/sources\?paper=\w+&amp;s=\w+/[0-9a-f]{20}" title="https://w3id.org/signum/statement/', markup
    )


def test_examples_fill_the_field_and_stand_in_the_address_until_they_are_changed(page: AppTest) -> None:
    app = opened(page, ex="cohorts")
    assert app.text_area[0].value == queries.load("cohorts").text
    app.selectbox[0].set_value("coverage").run()
    assert dict(app.query_params) == {"ex": "coverage"}
    asked(app, "SELECT ?s { ?s a signum:Statement } LIMIT 3")
    assert dict(app.query_params) == {"query": "SELECT ?s { ?s a signum:Statement } LIMIT 3"}
    assert "3 rows" in words(app)


def test_what_is_wrong_is_one_sentence_with_the_place_and_a_caret(page: AppTest) -> None:
    app = opened(page, query="SELECT * {\n  ?s ?p ?o . FILTR(?o)\n}")
    assert "line 2, column 14: FILTR is no word of SPARQL; did you mean FILTER?" in words(app)
    assert not app.exception
    assert "SERVICE at line 1" in words(asked(app, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"))
    assert "has more than 100 rows" in words(opened(page, query="SELECT * { ?s ?p ?o }", rows="100"))


def test_a_misspelt_name_is_told_beside_the_empty_answer(page: AppTest) -> None:
    app = opened(page, query="SELECT * { ?s signum:hasSing ?sign ; skos:prefLable ?x }")
    said = words(app)
    assert "signum:hasSing is not in this graph; did you mean signum:hasSign?" in said
    assert "skos:prefLable is not in this graph; did you mean skos:prefLabel?" in said
    assert "No row: the graph was asked, and nothing in it fits." in said


def test_triples_are_shown_as_turtle(page: AppTest) -> None:
    app = opened(page, query="CONSTRUCT { <urn:a> a ?c } { ?s a ?c }")
    assert any("<urn:a> a " in one.value for one in app.code)


def test_the_scripts_that_the_page_prints_run(graph: Path) -> None:
    query = "SELECT (COUNT(?s) AS ?n) { ?s a signum:Statement . FILTER(STR(?s) != 'x''\"\"\"') }".replace("''\"", '"')
    names: dict[str, object] = {}
    exec(console.as_python(query.replace('\'x"""\'', "'x'"), str(graph)), names)
    table = names["table"]
    assert int(table["n"][0]) >= len(counted_paper().statements)  # type: ignore[index]
    assert quote("'") not in console.as_curl(query, "http://localhost:8502/sparql")


def test_cells_show_what_they_hold_and_no_markup() -> None:
    assert links.curie("https://w3id.org/signum/concept/phnen") == "concept:phnen"
    assert links.curie(IRI("urn:x")) == "<urn:x>"
    assert json.loads('"\\u003cb>"') == "<b>"
