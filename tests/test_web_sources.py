"""A paper's page: its checks, the next number to mind, where statements lie, its files, and how much may be shown."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.export.annotations import annotations_file
from kg.model import ModelError, Passage, Source, Span
from kg.quiz import bank
from kg.sources import SourceError, read_metadata
from kg.store import Store
from kg.verdict import Verdict
from kg.web import answers
from kg.web.files import Occasion
from kg.web.reader import Reader, article, without_body
from kg.web.source_view import (
    around,
    groups,
    next_doubtful,
    statements_csv,
    statements_jsonl,
    strip_chart,
    strip_words,
    tally,
)
from tests.test_web import APP, SOURCES_PAGE, markup, words
from tests.web_graph import counted_paper, one_sided_paper, source_file, source_of, stored_text, write_graph

OpenPage = Callable[..., AppTest]
MADE = Occasion(question="Q?", day=date(2026, 1, 2), graph_hash="0a", url="http://localhost/sources")


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "build")


@pytest.fixture
def open_page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("SIGNUM_DATA", str(graph))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        app.switch_page(SOURCES_PAGE)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def judged(identifier: str, verdict: str = "inconsistent") -> Verdict:
    return Verdict(
        source="alpha2017", check="parts", verdict=verdict, printed="5", recomputed="6", explanation="5 is not 6",
        statements=(identifier,),
    )  # fmt: skip


def test_next_goes_round_the_numbers_that_a_check_says_something_of() -> None:
    statements = counted_paper().statements
    told = {statements[one].id: (judged(statements[one].id),) for one in (2, 5)}
    told[statements[3].id] = (judged(statements[3].id, "consistent"),)
    places = ["", statements[2].id, statements[5].id]
    found = [next_doubtful(statements, chosen, told) for chosen in places]
    assert [one and statements.index(one) for one in found] == [2, 5, 2]
    assert next_doubtful(statements, "", {}) is None


def test_the_head_counts_groups_and_checks() -> None:
    statements = counted_paper().statements
    sizes = groups(statements, {})
    assert sizes
    assert sizes.count("23 ") == 2
    assert str(tally([judged("x/0a"), judged("x/0b", "consistent")])).count("1 ") == 2
    assert tally([]) is None


def test_the_strip_has_a_tick_for_each_statement_and_says_it_in_words() -> None:
    statements = counted_paper().statements
    passages = (Passage(span=Span(start=0, end=40), kind="paragraph", section="Results"),)
    spec = strip_chart(400, statements, passages, "light").to_dict()
    (ticks,) = spec["datasets"].values()
    assert len(ticks) == len(statements)
    assert "Results" in spec["encoding"]["x"]["axis"]["labelExpr"]
    assert f"Where the {len(statements)} statements stand." in strip_words(statements)
    assert sum(map(int, re.findall(r"(\d+) own", strip_words(statements)))) == len(statements)


def test_the_files_hold_every_statement_with_its_quote_at_its_place() -> None:
    paper = counted_paper()
    text, source = stored_text(paper), source_of(paper, "T", "A A")
    lines = [line for line in statements_csv(MADE, paper.statements, []).splitlines(keepends=True) if line[0] != "#"]
    rows = list(csv.DictReader(lines))
    assert len(rows) == len(paper.statements)
    head, *found = map(json.loads, statements_jsonl(MADE, paper.statements, []).splitlines())
    assert head["graph"] == "0a"
    assert [(one["start"], one["quote"]) for one in found] == [(int(row["start"]), row["quote"]) for row in rows]
    page = json.loads(annotations_file(source, paper.statements, text))
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]


def test_a_paper_that_may_only_be_quoted_shows_a_sentence_with_its_neighbours(open_page: OpenPage, graph: Path) -> None:
    paper = counted_paper()
    source = replace(source_of(paper, "Signs in two groups", "Alpha A"), show="quote")
    (graph / "alpha2017.nq").write_text(source_file(paper, source), encoding="utf-8")
    chosen = paper.statements[6]
    closed = markup(open_page(paper="alpha2017"))
    assert '<article lang="en" aria-label="Text of the paper"></article>' in closed
    shown = words(open_page(paper="alpha2017", s=chosen.id))
    assert chosen.quote in shown
    assert "only a sentence with its neighbours is shown" in shown
    with pytest.raises(ModelError, match="show is 'all'; allowed: quote"):
        replace(source, show="all")


def test_the_neighbours_of_a_sentence_are_one_before_and_one_behind() -> None:
    text = "One is here. Two is here. Three is here. Four is here."
    passages = [Passage(span=Span(start=0, end=len(text)), kind="paragraph", section="Results")]
    (shown,) = around(text, passages, Span(start=26, end=31))
    assert text[shown.span.start : shown.span.end] == "Two is here. Three is here. Four is here."
    reader = Reader(text=text, passages=(shown,), statements=(), address={}, whole=False)
    assert "One is here" not in article(reader)


def test_a_caption_without_its_table_says_that_nothing_was_read_from_it() -> None:
    text = "Table 1: Signs.\nTable 2: Markers.\nAFP 3\nFigure 1: A rim."
    kinds = (("caption", 0, 15), ("caption", 16, 33), ("table", 34, 39), ("caption", 40, 56))
    passages = [Passage(span=Span(start=a, end=b), kind=kind, section="Table") for kind, a, b in kinds]
    assert without_body(text, passages) == {passages[0]}
    reader = Reader(text=text, passages=tuple(passages), statements=(), address={})
    assert article(reader).count("Table body not in this file; nothing was extracted from it.") == 1


def test_show_of_a_source_is_quote_or_not_there(tmp_path: Path) -> None:
    path = tmp_path / "source.toml"
    path.write_text('title = "T"\nshow = "quote"\n', encoding="utf-8")
    assert read_metadata(path, key="x1").show == "quote"
    path.write_text('title = "T"\nshow = "abstract"\n', encoding="utf-8")
    with pytest.raises(SourceError, match="show is 'abstract'; allowed: \"quote\""):
        read_metadata(path, key="x1")
    assert Source(key="x1", title="T").show is None


def test_the_audit_of_a_paper_is_a_link_away(open_page: OpenPage, graph: Path) -> None:
    app = open_page(paper="beta2024", audit="1")
    assert "No number of this paper can be checked." in words(app)
    assert "<article" not in markup(app)
    assert re.search(r'href="/audit\?paper=beta2024"', markup(app))
    assert answers.verdicts_of(Store.open(graph), "beta2024") == ()
    assert one_sided_paper().source == "beta2024"


def test_a_statement_says_how_many_quiz_items_ask_about_it(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(shipped)
    asked = answers.quiz_items(store)
    most = max(asked, key=lambda identity: (asked[identity], identity))
    assert asked[most] == sum(most in {i for fact in item.facts for i in fact.statements} for item in bank(store).items)
    monkeypatch.setenv("SIGNUM_DATA", str(shipped))
    app = AppTest.from_file(APP, default_timeout=120)
    app.switch_page("kg/web/sources.py")
    app.query_params["paper"], app.query_params["s"] = most.split("/")[0], most
    app.run()
    assert not app.exception
    assert f"{asked[most]} quiz items" in words(app)
