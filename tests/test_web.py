"""The pages' logic: what an address shows, what a click writes, what is said when something is missing."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import shutil
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.compare import Filters, compare, comparison_query, matrix
from kg.model import Source
from kg.store import Store, fingerprint
from kg.web import answers, exports
from kg.web.figures import ratio_text
from kg.web.files import Occasion, json_file, sparql_file
from kg.web.layout import NOTICE, code_changed
from kg.web.view import View
from tests.paper import Paper
from tests.web_graph import (
    ADENOCARCINOMA,
    HCC,
    HOSTILE_QUOTE,
    HOSTILE_TITLE,
    NET,
    PHNEN,
    counted_paper,
    one_sided_paper,
    source_file,
    source_of,
    stored_text,
    write_graph,
)

APP = str(Path(__file__).resolve().parent.parent / "app.py")
SOURCES_PAGE = "kg/web/sources.py"
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="module")
def shared_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("web") / "build")


@pytest.fixture
def graph(shared_graph: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(shared_graph, tmp_path / "build")
    return tmp_path / "build"


@pytest.fixture
def open_page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Runs a page with some parameters in its address."""
    monkeypatch.setenv("SIGNUM_DATA", str(graph))

    def opened(page: str | None = None, **parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        if page is not None:
            app.switch_page(page)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def markup(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def words(app: AppTest) -> str:
    """What a reader sees of the page's own markup."""
    return html.unescape(
        re.sub(r"\s+", " ", re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]+>", " ", markup(app)))
    )


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


# Compare


def test_the_pair_with_most_counts_is_shown_without_a_click(open_page: OpenPage) -> None:
    app = open_page()
    assert (app.selectbox(key="disease-a").value, app.selectbox(key="disease-b").value) == (NET, ADENOCARCINOMA)
    assert address(app) == {}
    assert "15/23" in words(app)


def test_each_row_has_the_ratio_that_the_core_gives(open_page: OpenPage, graph: Path) -> None:
    shown = words(open_page())
    comparison = compare(Store.open(graph), NET, ADENOCARCINOMA)
    assert len(comparison.counted) == 4
    for row in comparison.counted:
        assert row.ratio is not None
        assert ratio_text(row.ratio).rstrip("†").split(" ")[0] in shown
        assert f"{row.a.n}/{row.a.total}" in shown if row.a else True


def test_a_link_made_with_other_data_says_so_and_one_made_with_these_does_not(open_page: OpenPage, graph: Path) -> None:
    said = "This link was made with data 3f2a9c; some numbers may have changed."
    assert said in words(open_page(g="3f2a9c"))
    assert "This link was made with" not in words(open_page(g=Store.open(graph).graph_hash[:12]))
    assert said in words(open_page(SOURCES_PAGE, g="3f2a9c"))


def test_the_printed_page_gives_its_whole_link_with_the_data_that_made_it(open_page: OpenPage, graph: Path) -> None:
    text = words(open_page(a=PHNEN, b="hcc", print="1"))
    assert f"&g={Store.open(graph).graph_hash[:12]} · Graph" in text


def test_a_link_restores_the_pair_the_filters_and_the_open_row(open_page: OpenPage) -> None:
    app = open_page(a=PHNEN, b="hcc", row="rim-sign", src="own,cited")
    assert app.selectbox(key="disease-b").value == HCC
    assert app.session_state["filter-origin"] == ["own", "cited"]
    assert re.search(r"<details open><summary id=\"row-rim-sign\"", markup(app))


def test_changing_a_disease_writes_the_address(open_page: OpenPage) -> None:
    app = open_page()
    app.selectbox(key="disease-a").set_value(PHNEN).run()
    assert address(app) == {"a": PHNEN}


def test_swapping_turns_the_pair_and_the_address(open_page: OpenPage) -> None:
    app = open_page()
    app.button(key="swap").click().run()
    assert address(app) == {"a": ADENOCARCINOMA, "b": NET}
    assert "2/23" in words(app)


def test_an_address_that_changes_under_the_page_wins(open_page: OpenPage) -> None:
    app = open_page(a=PHNEN, b=HCC)
    app.query_params.clear()
    app.run()
    assert app.selectbox(key="disease-a").value == NET


def test_a_disease_that_nothing_is_called_is_named_and_the_rest_is_drawn(open_page: OpenPage) -> None:
    app = open_page(a="hccc")
    assert "No disease called 'hccc'. Did you mean Hepatocellular carcinoma (HCC)" in words(app)
    assert app.selectbox(key="disease-a").value is None
    assert app.selectbox(key="disease-b").value == ADENOCARCINOMA
    assert NOTICE in words(app)


def test_the_same_disease_twice_is_no_comparison(open_page: OpenPage) -> None:
    assert "Choose two different diseases." in words(open_page(a=PHNEN, b=PHNEN))


def test_filters_that_leave_nothing_say_so_and_how_to_take_them_off(open_page: OpenPage) -> None:
    shown = words(open_page(m="mri"))
    assert "0 of 4 signs with the filters modality: magnetic resonance imaging" in shown
    assert "Remove the filters" in shown


def test_a_pair_of_which_nothing_is_known_says_so_and_names_the_nearest(open_page: OpenPage) -> None:
    shown = words(open_page(a=NET, b="hepatocellular-adenoma"))
    if "Nothing here sets" in shown:
        assert "Nearest: " in shown
    else:
        assert "No paper here counted signs in both" in shown


def test_counted_on_one_side_there_is_no_ratio(open_page: OpenPage) -> None:
    drawn = markup(open_page(a=PHNEN, b=HCC))
    assert "no likelihood ratio can be given" in drawn
    assert "LR+ (95% CI)" not in drawn
    assert 'class="plot' not in drawn


def test_zero_of_n_has_its_upper_limit_and_is_not_the_same_as_not_reported(open_page: OpenPage) -> None:
    drawn = markup(open_page(a=PHNEN, b=HCC))
    zero = re.search(
        r'<span class="state-zero">(.*?)</span></span>|<span class="state-zero">(.*?)<span class="bar', drawn
    )
    assert zero
    assert "0/12" in zero[0]
    assert "(0–24)" in zero[0]
    assert '<span class="state-not-reported">— not reported</span>' in drawn
    assert "not reported" not in zero[0]


def test_counts_of_two_studies_stand_under_a_banner(open_page: OpenPage) -> None:
    assert "Not a comparison of groups." in words(open_page(x="1"))


def test_nothing_of_a_paper_or_an_address_becomes_markup(open_page: OpenPage) -> None:
    hostile = "<script>alert(1)</script>"
    names = ("m", "ph", "src", "paper", "state", "check", "x", "sort", "view", "row", "print")
    app = open_page(a=PHNEN, b=HCC, **dict.fromkeys(names, hostile))
    drawn = markup(app)
    assert "<img" not in drawn
    assert hostile not in drawn
    assert HOSTILE_QUOTE in words(app)


def test_the_chart_has_the_rows_in_words_and_their_order(open_page: OpenPage) -> None:
    app = open_page(view="chart")
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    points = next(layer for layer in spec["layer"] if layer["mark"].get("size") == 110)
    assert points["encoding"]["y"]["sort"][0] == "Washout"
    assert points["encoding"]["x"]["scale"] == {"type": "log", "domain": [0.01, 100.0], "nice": False}


def test_the_print_view_opens_every_row_and_says_where_it_comes_from(open_page: OpenPage, graph: Path) -> None:
    app = open_page(print="1")
    assert markup(app).count("<details open>") >= 4
    assert Store.open(graph).graph_hash[:12] in words(app)


def test_the_page_has_one_first_heading_and_the_notice(open_page: OpenPage) -> None:
    app = open_page()
    assert [title.value for title in app.title] == ["Compare: which signs separate A from B?"]
    assert NOTICE in words(app)


def test_a_filter_on_show_is_taken_off_by_its_button(open_page: OpenPage) -> None:
    app = open_page(src="own", x="1")
    app.button(key="off-origin-own").click().run()
    assert address(app) == {"x": "1"}
    app.button(key="off-cross").click().run()
    assert address(app) == {}


def test_whatever_fails_is_one_sentence_and_keeps_the_link(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("<b>secret</b>")

    monkeypatch.setattr(answers, "comparison", fail)
    app = open_page(a=PHNEN, b=HCC)
    assert len(app.get("skeleton")) == 0
    assert "That did not work: ZeroDivisionError" in words(app)
    assert f"?a={PHNEN}&amp;b={HCC}" in markup(app)
    assert "<b>secret" not in markup(app)
    assert NOTICE in words(app)


def test_a_page_that_cannot_even_be_loaded_says_so(open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("kg.web.layout.purpose")
    shown = words(open_page())
    assert "That did not work: ImportError" in shown
    assert NOTICE in shown


def test_a_program_newer_than_the_server_is_named() -> None:
    assert code_changed(0.0)
    assert not code_changed(time.time() + 3600)


# Exports


def view_of(graph: Path, a: str = NET, b: str = ADENOCARCINOMA) -> View:
    store = Store.open(graph)
    return View(
        comparison=compare(store, a, b, Filters()),
        concepts=answers.vocabulary(store).concepts,
        sources=answers.sources(store),
        papers=answers.paper_names(store),
        address={"a": a, "b": b},
    )


OCCASION = Occasion(
    question="Which signs separate A from B?",
    filters="none",
    day=date(2026, 1, 2),
    graph_hash="ab12",
    url="http://localhost:8501/?a=x",
)


def test_the_table_file_repeats_the_question_and_has_the_page_s_numbers(graph: Path) -> None:
    text = exports.to_csv(view_of(graph), OCCASION)
    head = [line for line in text.splitlines() if line.startswith("# ")]
    assert [line.split(":")[0] for line in head] == [
        "# question",
        "# filters",
        "# date",
        "# graph",
        "# url",
        "# notice",
    ]
    rows = list(csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("# ")))))
    assert (rows[0]["a_n"], rows[0]["a_total"], rows[0]["b_n"], rows[0]["b_total"]) == ("15", "23", "2", "23")
    assert rows[0]["a_quote"]
    assert float(rows[0]["lr"]) == pytest.approx(7.5)


def test_a_quote_in_a_file_is_the_slice_of_the_text_that_it_names(graph: Path) -> None:
    text = exports.to_csv(view_of(graph), OCCASION)
    stored = stored_text(counted_paper())
    for row in csv.DictReader(io.StringIO("\n".join(line for line in text.splitlines() if not line.startswith("# ")))):
        if row["a_quote"]:
            assert stored[int(row["a_start"]) : int(row["a_end"])] == row["a_quote"]


def test_the_files_of_the_matrix_have_a_line_for_each_count_and_each_cell(graph: Path) -> None:
    made = matrix(Store.open(graph), [NET, ADENOCARCINOMA, PHNEN])
    lines = [line for line in exports.matrix_to_csv(made, OCCASION).splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(io.StringIO("\n".join(lines))))
    counts = [(row.finding.key or "", cell.n) for row in made.rows for one in row.cells for cell in one.counts]
    assert sorted((row["key"], int(row["n"])) for row in rows if row["n"]) == sorted(counts)
    text = exports.matrix_to_markdown(made, OCCASION)
    assert all(cell.text.replace("|", "\\|") in text for row in made.rows for cell in row.cells)


def test_the_other_files_carry_the_notice_and_the_data_s_name(graph: Path) -> None:
    view = view_of(graph)
    answer = json.loads(json_file(OCCASION, "comparison", view.comparison.to_json()))
    assert (answer["notice"], answer["graph"], answer["date"]) == (NOTICE, "ab12", "2026-01-02")
    markdown = exports.to_markdown(view, OCCASION)
    assert NOTICE in markdown
    assert "| 15/23 65% (45–81) | 2/23 9% (2–27) | 7.5 (1.9–29) | may favour A |" in markdown


def test_the_query_that_is_exported_gives_the_counts_that_the_page_shows(graph: Path) -> None:
    view, store = view_of(graph), Store.open(graph)
    query = sparql_file(OCCASION, comparison_query(store, view.comparison))
    assert query.startswith("# question: Which signs separate")
    counted = {(row["a_n"], row["a_N"], row["b_n"], row["b_N"]) for row in store.select(query)}
    assert (15, 23, 2, 23) in counted


# Sources


def test_the_reader_shows_the_whole_text_and_the_licence_line(open_page: OpenPage) -> None:
    app = open_page(SOURCES_PAGE, paper="beta2024")
    shown = words(app)
    assert "licence not recorded" in shown
    assert HOSTILE_TITLE in shown
    for statement in one_sided_paper().statements:
        assert " ".join(statement.quote.split()) in shown


def test_a_link_to_a_statement_selects_it_and_says_what_it_states(open_page: OpenPage) -> None:
    statement = one_sided_paper().statements[1]
    app = open_page(SOURCES_PAGE, paper="beta2024", s=statement.id)
    assert 'id="selected-passage"' in markup(app)
    shown = words(app)
    assert "Has sign: “rim sign”" in shown
    assert "own: this study counted or saw it" in shown
    assert "2 of 4" in shown


def test_a_statement_that_is_not_there_is_named(open_page: OpenPage) -> None:
    assert "No statement called 'beta2024/nope'" in words(open_page(SOURCES_PAGE, paper="beta2024", s="beta2024/nope"))


def test_a_paper_that_is_not_there_is_named(open_page: OpenPage) -> None:
    assert "No paper called 'gamma' here." in words(open_page(SOURCES_PAGE, paper="gamma"))


def test_layers_and_kinds_hide_statements_and_say_how_many_are_left(open_page: OpenPage) -> None:
    assert "1 of 4 statements shown." in words(open_page(SOURCES_PAGE, paper="beta2024", layer="cited"))
    assert "3 of 4 statements shown." in words(open_page(SOURCES_PAGE, paper="beta2024", kind="stat"))


def test_a_search_says_how_often_it_was_found(open_page: OpenPage) -> None:
    assert "“rim sign” stands 2 times in this text." in words(open_page(SOURCES_PAGE, paper="beta2024", q="rim sign"))


def test_gaps_are_listed_with_their_reason(open_page: OpenPage) -> None:
    assert "No disease in this sentence (1)" in words(open_page(SOURCES_PAGE, paper="beta2024"))


def test_a_text_that_changed_has_no_highlights_and_says_why(open_page: OpenPage, graph: Path) -> None:
    paper = counted_paper()
    other = hashlib.sha256(b"another text").hexdigest()
    source = Source(key=paper.source, title="Signs", sha256=other)
    (graph / "alpha2017.nq").unlink()
    (graph / "alpha2017.nq").write_text(source_file(paper, source), encoding="utf-8")
    app = open_page(SOURCES_PAGE, paper="alpha2017")
    assert "This text changed since it was read" in words(app)
    assert 'class="statement' not in markup(app)


# What is missing


def test_without_a_graph_the_page_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNUM_DATA", str(tmp_path / "nothing"))
    app = AppTest.from_file(APP, default_timeout=60).run()
    assert not app.exception
    assert "signum build" in words(app)
    assert NOTICE in words(app)


def test_a_damaged_graph_is_one_sentence(open_page: OpenPage, graph: Path) -> None:
    (graph / "alpha2017.nq").unlink()
    (graph / "alpha2017.nq").write_text("<a> <b> no quads here\n", encoding="utf-8")
    app = open_page()
    assert "alpha2017.nq" in words(app)
    assert NOTICE in words(app)


def test_a_rebuild_shows_on_the_next_run(open_page: OpenPage, graph: Path) -> None:
    app = open_page()
    assert "15/23" in words(app)
    before = fingerprint(str(graph))
    replacement = graph / "new"
    replacement.write_text(changed_count("alpha2017"), encoding="utf-8")
    replacement.replace(graph / "alpha2017.nq")
    assert fingerprint(str(graph)) != before
    app.run()
    assert "14/23" in words(app)
    assert "15/23" not in words(app)


def changed_count(key: str) -> str:
    """The first paper's file as it is when washout was counted in 14 of 23."""
    paper = Paper(key)
    paper.cohort(NET, 23)
    paper.cohort(ADENOCARCINOMA, 23)
    paper.table("~enhancement pattern", (NET, ADENOCARCINOMA), {"~washout": ("14/23", "2/23")})
    return source_file(paper, source_of(paper, "Signs in two groups", "Alpha A"))
