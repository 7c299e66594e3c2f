"""The Review page: a decision goes into the file, the next item comes up, and it can be taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from kg.build import build
from kg.curation import CURATION_NAME, read
from tests import tiny
from tests.test_web import APP, words
from tests.tiny import write_source

TEXT = "We saw washout in 15/23 and calcification in 0/12.\n"


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    write_source(tmp_path / "sources", "one", TEXT, 'title = "<b>One</b>"\nread_whole = true\n')
    build(tmp_path / "sources", tmp_path / "build", extract=tiny.extract)
    monkeypatch.setenv("SIGNUM_DATA", str(tmp_path / "build"))
    monkeypatch.setenv("SIGNUM_SOURCES", str(tmp_path / "sources"))
    opened = AppTest.from_file(APP, default_timeout=60)
    opened.run()
    opened.switch_page("kg/web/review.py")
    opened.query_params["queue"] = "new"
    opened.run()
    assert not opened.exception
    return opened


def test_each_decision_is_a_row_of_the_file_until_nothing_waits(app: AppTest, tmp_path: Path) -> None:
    path = tmp_path / "sources" / "one" / CURATION_NAME
    assert "Item 1 of 2" in words(app)
    assert app.button(key="review-accept").disabled
    app.text_input(key="review-name").set_value("B. Reader <i>").run()
    app.button(key="review-accept").click().run()
    assert not app.exception
    assert "Item 1 of 1" in words(app)
    assert app.session_state["review-queue"] == "new"
    app.button(key="review-accept").click().run()
    assert "Nothing waiting." in words(app)
    assert [(row.action, row.reviewer) for row in read(path).curations] == [("accept", "B. Reader <i>")] * 2
    assert re.search(r"2 decisions are saved and not in the graph yet", words(app))
    app.button(key="review-undo").click().run()
    assert len(read(path).curations) == 1
    assert "Item 1 of 1" in words(app)
