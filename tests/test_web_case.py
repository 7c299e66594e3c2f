"""The Differential page: no number before the scope is answered, absent is never the default, no ratio is invented."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.differential import Findings, differential
from kg.store import Store
from kg.web import answers, case
from kg.web.hits import hits
from kg.web.view import Context
from tests.web_graph import ADENOCARCINOMA, NET, add_paper, keyed_paper, write_graph

APP = str(Path(__file__).resolve().parent.parent / "app.py")
OpenPage = Callable[..., AppTest]
WASHOUT = "differential-of-washout-pattern"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return add_paper(write_graph(tmp_path_factory.mktemp("case") / "build"), keyed_paper())


@pytest.fixture
def open_page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("SIGNUM_DATA", str(graph))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        app.switch_page("kg/web/differential.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def words(app: AppTest) -> str:
    markup = "\n".join(str(element.proto.body) for element in app.get("html"))
    plain = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", markup)
    return html.unescape(re.sub(r"\s+", " ", plain))


def test_nothing_is_assessed_unless_somebody_says_so(open_page: OpenPage) -> None:
    app = open_page()
    assert "Nothing is assessed yet" in words(app)
    keys = ("differential-of-lymphadenopathy", WASHOUT, "differential-of-arterial-phase-hyperenhancement")
    assert {app.session_state[key] for key in keys} == {"Not assessed"}


def test_no_probability_before_the_scope_is_answered_with_yes(open_page: OpenPage) -> None:
    for scope in ({}, {"scope": "n"}, {"scope": "u"}):
        text = words(open_page(f="washout-pattern.1", **scope))
        assert "of 100 such patients" not in text
        assert "fits: washout" in text


def test_a_case_has_the_core_s_numbers(open_page: OpenPage, graph: Path) -> None:
    app = open_page(f="washout-pattern.1,lymphadenopathy.0", scope="y")
    found = differential(
        Store.open(graph),
        Findings(present=("washout-pattern",), absent=("lymphadenopathy",)),
        among=[NET, ADENOCARCINOMA],
        prior={NET: 0.5, ADENOCARCINOMA: 0.5},
    )
    after = found.candidates[0].after
    assert after is not None
    text = words(app)
    low, high = 100 * after.low, 100 * after.high
    assert f"{100 * after.estimate:.0f} of 100 such patients would have" in text
    assert f"({low:.0f}–{high:.0f})" in text
    assert "multiplied as if they were independent, which no paper here tested" in text


def test_a_link_restores_the_choices(open_page: OpenPage) -> None:
    app = open_page(f="washout-pattern.1,lymphadenopathy.0", pre="20")
    assert app.session_state[WASHOUT].lower().startswith("washout")
    assert app.session_state["differential-of-lymphadenopathy"] == "Absent"
    assert app.number_input(key="differential-pre").value == 20


def test_what_an_address_says_wrongly_is_named(open_page: OpenPage) -> None:
    assert "No finding called 'washuot'" in words(open_page(f="washuot.1"))
    assert "has no state; write name.1 or name.0" in words(open_page(f="washout-pattern"))
    assert "The starting value is '150'" in words(open_page(pre="150"))
    assert "Choose two different diseases." in words(open_page(a=NET, b=NET))


def test_a_slide_says_what_was_found_and_quotes_it(graph: Path) -> None:
    store = Store.open(graph)
    found = answers.differential(store, (NET, ADENOCARCINOMA), ("washout-pattern.1",), 50, in_scope=True)
    context = Context(
        concepts=answers.vocabulary(store).concepts, sources={}, papers={}, address={}, statements=found.statements
    )
    lines = case.slide(found, context)
    assert "- Washout enhancement pattern" in lines
    assert any(line.startswith("> ") and "15/23" in line for line in lines)
    assert all("diagnosis is" not in line and "patient has" not in line for line in lines)


def test_the_icon_array_has_a_square_for_each_of_a_hundred(graph: Path) -> None:
    store = Store.open(graph)
    found = answers.differential(store, (NET, ADENOCARCINOMA), ("washout-pattern.1",), 50, in_scope=True)
    after = found.candidates[0].after
    assert after is not None
    squares = case.icon_array(after, "A", "B", "light").data.values
    states = [square["state"] for square in squares]
    assert len(states) == 100
    assert states.count("A") == round(100 * after.low)
    assert states.count("B") == 100 - round(100 * after.high)


@pytest.mark.parametrize(
    ("typed", "group", "label"),
    [
        ("carcinod", "Diseases", "Carcinoid tumor"),
        ("wash-out pattern", "Signs", "Washout enhancement pattern"),
        ("gamma", "Papers", "Gamma 2017"),
        ("unlike typical", "Sentences", "unlike typical HCC, which lacks a rim sign"),
        ("brow", "Pages", "Browse"),
    ],
)
def test_the_search_finds_by_synonym_typo_author_sentence_and_page(
    graph: Path, typed: str, group: str, label: str
) -> None:
    store = Store.open(graph)
    extra = Store.open(graph)
    found = hits(
        typed,
        entries=answers.index(store),
        vocabulary=answers.vocabulary(store),
        sources=answers.sources(extra).values(),
        statements=answers.statements(extra),
        pages={"browse": "Browse"},
    )
    groups = dict(found.groups)
    if typed == "carcinod":
        assert found.corrected
        return
    assert label in {hit.label for hit in groups[group]}
