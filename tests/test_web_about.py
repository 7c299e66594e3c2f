"""The About page: what is in the data and what is not, the grid, what changed, and every export as a file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg import history
from kg.compare import matrix
from kg.store import Store
from kg.web.about import exported
from kg.web.about_text import SECTIONS, UPSTREAM
from kg.web.grid import LOOKS, grid, grid_words, look, rows_worth_showing
from kg.web.layout import NOTICE
from tests.test_web import APP, markup, words
from tests.web_graph import ADENOCARCINOMA, HCC, NET, PHNEN, write_graph

OpenPage = Callable[..., AppTest]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    return write_graph(tmp_path / "build")


@pytest.fixture
def open_page(graph: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    monkeypatch.setenv("SIGNUM_DATA", str(graph))

    def opened(**parameters: str) -> AppTest:
        app = AppTest.from_file(APP, default_timeout=60)
        app.run()
        app.switch_page("kg/web/about.py")
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        assert not app.exception
        return app

    return opened


def test_the_page_has_every_section_and_what_the_framework_causes(open_page: OpenPage, graph: Path) -> None:
    app = open_page()
    drawn, shown = markup(app), words(app)
    assert all(f'id="about-{name}"' in drawn for name in SECTIONS)
    assert all(issue in shown for _, issue in UPSTREAM)
    assert Store.open(graph).graph_hash in shown
    assert "This is the first state of the data that is known here." in shown
    assert "<script>alert" not in drawn
    assert NOTICE in shown


def test_the_grid_has_four_looks_and_never_a_blank(graph: Path) -> None:
    found = matrix(Store.open(graph), [NET, ADENOCARCINOMA, PHNEN, HCC])
    drawn = str(grid(found))
    cells = re.findall(r'<td class="(\w+)">(.*?)</td>', drawn)
    rows = rows_worth_showing(found)
    assert len(cells) == 4 * len(rows)
    shown = [LOOKS[look(cell)][0] for row in rows for cell in row.cells]
    assert [name for name, _ in cells] == shown
    assert {"filled", "ring", "hatched", "blank"} == set(shown)
    for name, content in cells:
        text = re.sub(r"<[^>]+>", "", content)
        assert (name == "blank") == ("not reported" in text)
        assert (name == "ring") == text.startswith("0/")
    assert "/browse?id=disease:phnen" in drawn
    assert grid_words(found).count("not reported") == 4


def test_a_link_with_an_older_state_says_what_changed(open_page: OpenPage, graph: Path) -> None:
    older = graph / history.FOLDER / f"{'ab' * 32}.jsonl"
    older.parent.mkdir()
    older.write_text('["alpha2017/0a", "A", "hasSign", "<b>gone</b>", "9/9"]\n', encoding="utf-8")
    history.note(graph, Store.open(graph).graph_hash)
    app = open_page(v="abababababab")
    assert re.search(r"Since abababababab: \d+ claims came, 1 went\.", words(app))
    assert "<b>gone" not in markup(app)
    assert "is not known: this build does not have that state." in words(open_page(v="ffffffffffff"))


def test_every_export_comes_as_a_file_with_the_same_bytes_each_time(graph: Path) -> None:
    store = Store.open(graph)
    table = exported(store, "statements", "csv")
    assert table == exported(store, "statements", "csv")
    assert table.startswith(b"statement,source,start")
    texts = exported(store, "texts", "txt")
    assert texts == exported(store, "texts", "txt")
    assert zipfile.ZipFile(io.BytesIO(texts)).namelist() == ["texts/alpha2017.txt", "texts/beta2024.txt"]
