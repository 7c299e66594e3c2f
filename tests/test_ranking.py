"""The ranker: scores, probabilities, and a weights file that a person can read."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.candidates import words_candidate
from ingest.ranking import MODELS, SHIPPED, Weights, WeightsError, dump_weights, load_weights

EMPTY: dict[str, dict[str, float]] = {name: {} for name in MODELS}
MODEL_WEIGHTS = st.dictionaries(st.text(min_size=1, max_size=5), st.floats(-9, 9).map(lambda x: round(x, 2)))


def weights(**bearer: float) -> Weights:
    return Weights(models={**EMPTY, "bearer": bearer})


def test_a_score_is_the_sum_of_known_features() -> None:
    assert weights(near=2.0, far=-1.0).score("bearer", {"near": 1.0, "far": 1.0, "never seen": 1.0}) == 1.0


def test_the_best_comes_first_and_probabilities_add_up() -> None:
    near, far = words_candidate("near", {"near": 1.0}), words_candidate("far", {"far": 1.0})
    ranked = weights(near=1.0).rank("bearer", [far, near])
    assert [c.entity.label for _, c in ranked] == ["near", "far"]
    assert math.isclose(sum(p for p, _ in ranked), 1.0)
    assert math.isclose(ranked[0][0] / ranked[1][0], math.e)


def test_ties_keep_the_order_of_proposal() -> None:
    candidates = [words_candidate(label, {}) for label in "abc"]
    assert [c.entity.label for _, c in weights().rank("bearer", candidates)] == ["a", "b", "c"]


def test_nothing_proposed_gives_nothing() -> None:
    assert weights().rank("bearer", []) == []


@pytest.mark.parametrize(("score", "expected"), [(0.0, 0.5), (1000.0, 1.0), (-1000.0, 0.0)])
def test_a_probability_lies_between_0_and_1(score: float, expected: float) -> None:
    assert math.isclose(weights(x=score).probability("bearer", {"x": 1.0}), expected, abs_tol=1e-9)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(bearer=MODEL_WEIGHTS, claim=MODEL_WEIGHTS)
def test_what_is_written_is_what_was_learnt(bearer: dict[str, float], claim: dict[str, float]) -> None:
    written = json.loads(dump_weights(Weights(models={**EMPTY, "bearer": bearer, "claim": claim}, trained_on=("a",))))
    for name, learnt in (("bearer", bearer), ("claim", claim)):
        assert written["models"][name] == {k: v for k, v in learnt.items() if v != 0}
    assert written["trained_on"] == ["a"]


def test_a_round_trip_through_a_file(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(dump_weights(weights(b=1.23456, a=-2.0, gone=0.0001)), encoding="utf-8")
    read = load_weights(path)
    assert read.models["bearer"] == {"a": -2.0, "b": 1.2346}
    assert path.read_text(encoding="utf-8") == dump_weights(read)


def test_weights_are_written_in_order() -> None:
    lines = dump_weights(weights(zebra=1.0, adder=1.0)).splitlines()
    assert [line.split('"')[1] for line in lines if "adder" in line or "zebra" in line] == ["adder", "zebra"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"models": {"bearer": {}}}', '{"models": null}'])
def test_a_file_without_weights_is_refused_with_its_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"weights\.json holds no usable weights .* made by 'signum train"):
        load_weights(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.json"):
        load_weights(tmp_path / "none.json")


def test_the_shipped_weights_leave_two_papers_unseen() -> None:
    shipped = load_weights(SHIPPED)
    assert all(shipped.models[name] for name in MODELS)
    assert not {"granata2019", "veenendaal2006"} & set(shipped.trained_on)
