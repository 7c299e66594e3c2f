"""Weights are learnt from annotations: the same papers teach the same, and a paper left out teaches nothing."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kg.build import extract_source
from kg.cli import main
from kg.curation import Signature, acceptance, append, correction
from kg.evaluate import EvaluationError, curated_annotations, train
from kg.manifest import fingerprint
from kg.model import Entity
from kg.sources import folders, read_folder
from kg.vocabulary import Vocabulary
from tests.tiny import write_source

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
SOURCES = ROOT / "sources"


def test_the_same_papers_teach_the_same_and_the_build_takes_the_weights(tmp_path: Path) -> None:
    shutil.copy(GOLD / "houat2020.jsonl", tmp_path)
    first = train([tmp_path], SOURCES, curations=False)
    assert train([tmp_path], SOURCES, curations=False) == first
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
    assert json.loads(train([tmp_path], SOURCES, curations=False))["trained_on"] == ["new1"]
    shutil.copy(GOLD / "houat2020.jsonl", tmp_path)
    assert json.loads(train([tmp_path], SOURCES, curations=False, exclude=["houat2020"]))["trained_on"] == ["new1"]


def test_what_cannot_be_learnt_from_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="holds no annotations"):
        train([tmp_path], SOURCES, curations=False)
    with pytest.raises(EvaluationError, match="no annotated paper is called 'x'; annotated are: cui2017, houat2020"):
        train([GOLD], SOURCES, curations=False, exclude=["x"])
    (tmp_path / "alone.jsonl").write_text("")
    with pytest.raises(EvaluationError, match=r"alone\.jsonl has no text; put it at .*alone\.txt"):
        train([tmp_path], SOURCES, curations=False)
    with pytest.raises(ValueError, match="give at least one folder"):
        train([tmp_path], SOURCES, curations=False, exclude=["alone"])


def test_weights_that_are_none_stop_the_build_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "weights.json").write_text("{}")
    write_source(tmp_path / "sources", "one", "text")
    arguments = ["build", "--sources", str(tmp_path / "sources"), "--data", str(tmp_path / "build")]
    assert main([*arguments, "--weights", str(tmp_path / "weights.json")]) == 2
    assert "holds no usable weights" in capsys.readouterr().err


TEXT = """Results

Hepatocellular carcinoma showed washout in 15/23 patients. Hepatic hemangioma showed calcification in 2/23 patients.
"""


def curated_source(directory: Path, key: str, toml: str = 'title = "CT of hepatocellular carcinoma"\n') -> Path:
    """A source of which a person said that its statements are right but one, which belongs to another disease."""
    folder = write_source(directory, key, TEXT, toml)
    by = Signature(reviewer="A. Reader", date="2025-01-31")
    first, *rest = extract_source(read_folder(folder), Vocabulary.load()).statements
    for one in rest:
        append(folder / "curation.csv", acceptance(one, by))
    other = Entity(key="hepatic-hemangioma", label="hepatic hemangioma")
    append(folder / "curation.csv", correction(first, replace(first, subject=other), by))
    return folder


def test_what_people_curated_is_learnt_from(tmp_path: Path) -> None:
    curated_source(tmp_path / "sources", "one")
    shutil.copytree(SOURCES / "houat2020", tmp_path / "sources" / "houat2020")
    gold = tmp_path / "gold"
    gold.mkdir()
    shutil.copy(GOLD / "houat2020.jsonl", gold)
    alone = train([gold], tmp_path / "sources", exclude=["one"])
    both = train([gold], tmp_path / "sources")
    assert json.loads(both)["trained_on"] == ["houat2020", "one"]
    assert json.loads(alone)["trained_on"] == ["houat2020"]
    assert json.loads(both)["models"] != json.loads(alone)["models"]


def test_a_paper_that_is_held_out_teaches_only_when_asked(tmp_path: Path) -> None:
    curated_source(tmp_path / "sources", "one")
    curated_source(tmp_path / "sources", "two", 'title = "Another"\nheld_out = true\n')
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "one.jsonl").write_text("")
    assert json.loads(train([tmp_path / "gold"], tmp_path / "sources"))["trained_on"] == ["one"]
    asked = train([tmp_path / "gold"], tmp_path / "sources", held_out=True)
    assert json.loads(asked)["trained_on"] == ["one", "two"]


def test_curations_teach_what_is_right_and_what_is_wrong(tmp_path: Path) -> None:
    folder = curated_source(tmp_path, "one")
    taught = curated_annotations(read_folder(folder), Vocabulary.load())
    wrong = [one for one in taught if not one.right]
    assert len(taught) > len(wrong) == 1
    assert any(one.right and one.anchor == wrong[0].anchor for one in taught)


def test_the_papers_that_tell_how_well_a_new_one_is_read_are_held_out() -> None:
    held_out = {folder.name for folder in folders(SOURCES) if read_folder(folder).held_out}
    assert held_out
    assert held_out.isdisjoint(path.stem for path in GOLD.glob("*.jsonl"))
