"""Weights are learnt from annotations: the same papers teach the same, and a paper left out teaches nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kg.cli import main
from kg.evaluate import EvaluationError, train
from kg.manifest import fingerprint
from tests.tiny import write_source

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
SOURCES = ROOT / "sources"


def test_the_same_papers_teach_the_same_and_the_build_takes_the_weights(tmp_path: Path) -> None:
    shutil.copy(GOLD / "houat2020.jsonl", tmp_path)
    first = train([tmp_path], SOURCES)
    assert train([tmp_path], SOURCES) == first
    assert json.loads(first)["trained_on"] == ["houat2020"]
    (tmp_path / "weights.json").write_text(first)
    write_source(tmp_path / "sources", "one", "Washout was seen in 15/23 patients with hepatocellular carcinoma.\n")
    arguments = ["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build"), "--workers", "1"]
    assert main([*arguments, "--weights", str(tmp_path / "weights.json")]) == 0
    assert "15/23" in (tmp_path / "build" / "one.nq").read_text()


def test_other_weights_are_another_input(tmp_path: Path) -> None:
    folder = write_source(tmp_path, "one", "text")
    weights = tmp_path / "weights.json"
    seen = {fingerprint(folder)}
    for content in ("{}", "[]"):
        weights.write_text(content)
        seen.add(fingerprint(folder, weights))
    assert len(seen) == 3


def test_a_paper_may_bring_its_text_beside_its_annotations_or_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    text = "Signs of hepatocellular carcinoma\n\nResults\nHepatocellular carcinoma showed washout in 15/23 patients.\n"
    (tmp_path / "texts" / "new1.txt").write_text(text)
    annotation = {
        "id": "new1-1", "kind": "stat", "quote": "showed washout in 15/23 patients", "anchor": "15/23",
        "subject": "hepatocellular carcinoma", "predicate": "has_sign", "object": "washout", "polarity": "present",
        "stat": {"stat_type": "proportion", "numerator": 15, "denominator": 23},
    }  # fmt: skip
    (tmp_path / "new1.jsonl").write_text(json.dumps(annotation))
    assert json.loads(train([tmp_path], SOURCES))["trained_on"] == ["new1"]
    shutil.copy(GOLD / "houat2020.jsonl", tmp_path)
    assert json.loads(train([tmp_path], SOURCES, exclude=["houat2020"]))["trained_on"] == ["new1"]


def test_what_cannot_be_learnt_from_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds no annotations"):
        train([tmp_path], SOURCES)
    with pytest.raises(EvaluationError, match="no annotated paper is called 'x'; annotated are: cui2017, houat2020"):
        train([GOLD], SOURCES, exclude=["x"])
    (tmp_path / "alone.jsonl").write_text("")
    with pytest.raises(EvaluationError, match=r"alone\.jsonl has no text; put it at .*alone\.txt"):
        train([tmp_path], SOURCES)
    with pytest.raises(ValueError, match="give at least one folder"):
        train([tmp_path], SOURCES, exclude=["alone"])


def test_weights_that_are_none_stop_the_build_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "weights.json").write_text("{}")
    write_source(tmp_path / "sources", "one", "text")
    arguments = ["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]
    assert main([*arguments, "--weights", str(tmp_path / "weights.json")]) == 2
    assert "holds no usable weights" in capsys.readouterr().err
