"""The Ask page: what an address shows, what a chip and an undo do, and that nothing hostile becomes markup."""

from __future__ import annotations

import html
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

PAGE = str(Path(__file__).resolve().parent.parent / "kg" / "web" / "ask.py")


def opened(data: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("SIGNUM_DATA", str(data))
    app = AppTest.from_file(PAGE, default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def shown(app: AppTest) -> str:
    assert not app.exception
    return "".join(str(part.proto.body) for part in app.get("html"))


def test_without_a_question_there_are_six_examples(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(opened(shipped, monkeypatch)).count("<li><a href=") == 6


def test_each_sentence_has_numbered_references_into_the_papers(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(opened(shipped, monkeypatch, q="mortality of liver transplantation"))
    answer = page[page.index("<b>Answer. </b>") :]
    assert "19%" in html.unescape(answer[: answer.index("</p>")])
    assert ">[1]</a>" in answer
    assert 'href="/sources?paper=veenendaal2006&amp;s=veenendaal2006/' in answer


def test_a_misspelt_word_is_told_and_undone(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(opened(shipped, monkeypatch, q="How often is washuot seen in PHNEN?"))
    assert "Read “washuot” as washout." in page
    kept = shown(opened(shipped, monkeypatch, q="How often is washuot seen in PHNEN?", keep="washuot"))
    assert "No answer." in kept
    assert "No paper here speaks of “washuot”" in kept


def test_a_chip_changes_the_reading_and_the_address(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(shipped, monkeypatch, q="liver transplantation in neuroendocrine liver metastases")
    app.selectbox(key="ask-chip-intent").set_value("complication").run()
    assert "peritoneal bleeding" in shown(app)
    assert app.query_params["i"] in ("complication", ["complication"])


def test_a_refusal_names_what_is_empty_and_what_is_near(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = shown(opened(shipped, monkeypatch, q="How many HCC patients had washout?"))
    assert "No count of washout appearance in hepatocellular carcinoma" in page
    assert "/ask?q=How+often+is+washout" in page


@pytest.mark.parametrize("name", ["q", "i", "c", "paper", "src", "keep", "all"])
def test_a_hostile_address_becomes_no_markup(shipped: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    hostile = "<script>window.broken=1</script>" + "x" * 2000
    page = shown(opened(shipped, monkeypatch, **{"q": "signs of PHNEN", name: hostile}))
    assert "<script>window.broken" not in page


def test_no_graph_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "No graph yet" in shown(opened(tmp_path / "none", monkeypatch, q="signs of PHNEN"))
