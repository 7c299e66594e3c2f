"""The figures are those of the reference scorer, which came with the annotations."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ingest.annotations import Places, fold_name
from kg.evaluate import EvaluationError, names_of, read_annotations, score
from kg.model import NUMBER_FIELDS, Concept, Entity, Statement, Statistic
from kg.tables import entity_table, statement_table, to_csv

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "tests" / "data" / "gold"
CONCEPTS = (
    Concept(
        key="phnen", type="disease", label="primary hepatic neuroendocrine neoplasm", alt_labels=("PHNENs", "PHNET")
    ),
    Concept(key="hcc", type="disease", label="hepatocellular carcinoma"),
    Concept(key="washout", type="sign", label="washout pattern", alt_labels=("wash-out",)),
)


def read_as_statement(one: dict[str, Any], text: str, places: Places, chance: random.Random) -> Statement | None:
    """An annotation turned into a statement, now and then a wrong one: what a middling extraction would give."""
    span = places.find(one["quote"])
    if span is None or chance.random() < 0.2:
        return None
    statistic = None
    if one["kind"] == "stat" and chance.random() < 0.9:
        numbers: dict[str, Any] = {
            k: Decimal(str(v)) for k, v in one["stat"].items() if k in NUMBER_FIELDS and v is not None
        }
        if numbers and chance.random() < 0.2:
            name = chance.choice(sorted(numbers))
            numbers[name] += 1
        if numbers:
            printed = text[span.start : span.end]
            statistic = Statistic(kind=one["stat"]["stat_type"], printed=printed, span=span, **numbers)
    ends = [Entity(label=one["subject"]), Entity(label=one["object"] or "nothing")]
    if chance.random() < 0.3:
        ends[chance.randrange(2)] = Entity(key="phnen", label="something else")
    if chance.random() < 0.2:
        ends.reverse()
    return Statement(
        source="x",
        span=span,
        quote=text[span.start : span.end],
        subject=ends[0],
        predicate=one["predicate"] if chance.random() < 0.8 else "other",
        object=ends[1],
        polarity=one["polarity"] if chance.random() < 0.9 else "absent",
        statistic=statistic,
        confidence=chance.randrange(100) / 100,
    )


@pytest.mark.parametrize("key", ["houat2020", "yang2024", "cui2017"])
def test_figures_equal_those_of_the_reference(key: str, tmp_path: Path) -> None:
    text = (ROOT / "sources" / key / "text.txt").read_text(encoding="utf-8")
    gold = read_annotations(GOLD / f"{key}.jsonl")
    chance, places = random.Random(7), Places(text)
    made = {one.id: one for g in gold for _ in range(3) if (one := read_as_statement(g, text, places, chance))}
    statements = [replace(one, source=key) for one in made.values()]
    ours = score(key, text, statements, gold, names_of(CONCEPTS))

    (tmp_path / "statements.csv").write_text(to_csv(statement_table(statements)), encoding="utf-8")
    (tmp_path / "entities.csv").write_text(to_csv(entity_table(CONCEPTS)), encoding="utf-8")
    (tmp_path / f"{key}.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, str(GOLD / "score.py"), "--gold", str(GOLD), "--source", key, "--texts", str(tmp_path)]
    command += ["--statements", str(tmp_path / "statements.csv"), "--entities", str(tmp_path / "entities.csv")]
    subprocess.run([*command, "--json", str(tmp_path / "figures.json")], check=True, capture_output=True)
    theirs = json.loads((tmp_path / "figures.json").read_text())[key]

    renamed = {"stat_rows_good": "good_rows", "stat_rows_linked": "linked_rows", "gold_unlocated": "unlocated"}
    assert theirs["stat_linked"] > 0
    assert theirs["stat_value"] < theirs["stats"]
    assert {renamed.get(name, name): n for name, n in theirs.items()} == {
        renamed.get(name, name): getattr(ours, renamed.get(name, name)) for name in theirs
    }


def test_names_are_compared_without_spelling() -> None:
    assert fold_name("Tumour haemorrhages") == fold_name("tumor hemorrhage")
    assert fold_name("wash–out") == fold_name("washout") == "washout"
    assert fold_name("fibro-\nsis") == "fibrosis"


def test_a_quote_is_found_whatever_the_line_ends() -> None:
    text = "hyper-\nenhancement of the\nlesion – “rim”"
    span = Places(text).find('hyperenhancement of the lesion - "rim"')
    assert span is not None
    assert (span.start, span.end) == (0, len(text))
    assert Places(text).find("hypoenhancement") is None


def test_a_line_that_is_no_annotation_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "x-1", "kind": "claim", "quote": "a"}\n\n{"id": 3}\n')
    with pytest.raises(EvaluationError, match=r"x\.jsonl, line 3 is no annotation"):
        read_annotations(tmp_path / "x.jsonl")
