"""The Audit page: the worst that touches an answer first, every filter, both sentences, and words for nothing."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.compare import Filters, compare, pairs
from kg.reach import REACHES, leading_pairs, reach, touched_rows, touches
from kg.store import Store
from kg.web import answers
from kg.web.audit_chart import chart_words
from kg.web.audit_table import STATES, arithmetic, to_csv, wanted
from kg.web.files import Occasion
from kg.web.layout import NOTICE
from tests.test_web import APP, address, markup, words

AUDIT_PAGE = "kg/web/audit.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture
def open_page(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("SIGNUM_DATA", str(shipped))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        app.switch_page(AUDIT_PAGE)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def test_what_touches_an_answer_stands_first_and_what_fits_last(shipped: Path) -> None:
    every = answers.audited(Store.open(shipped))
    kinds = [one.reach for one in every if one.state in ("inconsistent", "disagreement", "warning")]
    assert kinds == sorted(kinds, key=REACHES.index)
    assert [one.state for one in every][-1] == "consistent"
    assert {one.state for one in every} <= STATES.keys()


def test_a_number_of_a_comparison_reaches_it_and_a_check_of_the_text_does_not(shipped: Path) -> None:
    store = Store.open(shipped)
    shown = [compare(store, one.a, one.b, Filters()) for one in leading_pairs(pairs(store))]
    rows = touched_rows(shown)
    statements = {one.id: one for one in answers.statements(store)}
    types = {key: concept.type for key, concept in answers.vocabulary(store).concepts.items()}
    for one in answers.audited(store):
        found = touches(one.verdict, statements, rows, types)
        if one.verdict.check == "caption":
            assert all(touch.reach == "browse" for touch in found)
        elif any(identifier in rows for identifier in one.verdict.statements):
            assert all(touch.reach == "compare" for touch in found)
        assert reach(one.verdict, found) == ("none" if one.verdict.fits or not found else found[0].reach)


def test_the_page_lists_every_verdict_with_its_printed_numbers(open_page: OpenPage, shipped: Path) -> None:
    shown = words(open_page(verdict="inconsistent", paper="cui2017"))
    every = wanted(answers.audited(Store.open(shipped)), states=["inconsistent"], sources=["cui2017"])
    assert 5 < len(every) <= 25  # that a page shows
    for one in every:
        assert " ".join(one.verdict.printed.split()) in shown
        assert all(" ".join(line.split()) in shown for line in arithmetic(one.verdict))
    assert NOTICE in shown


def test_both_sentences_stand_side_by_side_with_their_numbers_marked(open_page: OpenPage) -> None:
    drawn = markup(open_page(check="exchanged"))
    assert drawn.count("<blockquote>") >= 2
    assert len(re.findall(r"<mark>([^<]+)</mark>", drawn)) >= 2


def test_a_link_opens_its_row_wherever_it_stands(open_page: OpenPage, shipped: Path) -> None:
    last = answers.audited(Store.open(shipped))[-1]
    app = open_page(row=last.verdict.id)
    assert markup(app).count("<details open>") == 1
    assert address(app)["row"] == last.verdict.id


def test_filters_are_in_the_address_and_what_is_unknown_is_named(open_page: OpenPage) -> None:
    app = open_page(paper="cui2017,nope", check="<script>alert(1)</script>", page="0")
    shown = words(app)
    assert "No paper called 'nope' here." in shown
    assert "page is '0'; allowed: a whole number from 1 to 9999." in shown
    assert "<script>alert" not in markup(app).replace("<script>(", "")


def test_filters_that_leave_nothing_say_so(open_page: OpenPage) -> None:
    shown = words(open_page(paper="granata2019", verdict="inconsistent"))
    assert "checks with these filters. Remove the filters" in shown


def test_a_paper_whose_numbers_all_fit_says_how_many(open_page: OpenPage) -> None:
    shown = words(open_page(verdict="consistent"))
    found = re.search(r"Every number that can be checked here fits: (\d+) of (\d+)\.", shown)
    assert found
    assert found[1] == found[2]


def test_the_file_and_the_chart_say_what_the_list_says(shipped: Path) -> None:
    store = Store.open(shipped)
    every = answers.audited(store)
    text = to_csv(every, Occasion(question="Q?", day=date(2026, 1, 2), graph_hash="0a", url="http://localhost/audit"))
    rows = list(csv.DictReader(line for line in text.splitlines(keepends=True) if not line.startswith("# ")))
    assert len(rows) == len(every)
    assert f"# notice: {NOTICE}" in text
    said = chart_words(every, answers.paper_names(store))
    for name, (_, word) in STATES.items():
        numbers = map(int, re.findall(rf"(\d+) {re.escape(word)}", said))
        assert sum(numbers) == sum(len(one.sources) for one in every if one.state == name)


def test_no_word_accuses(open_page: OpenPage) -> None:
    shown = words(open_page(verdict="inconsistent")).casefold()
    own = re.sub(r"“[^”]*”", "", shown)
    assert not re.search(r"\b(wrongly|fraud|fabricat|careless|the authors erred|mistaken numbers)\b", own)
    assert "printing and extraction both err" in shown
