"""This module scores candidates: a sum of the weights of their features, kept in a file that a person can read."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.candidates import Candidate
from ingest.features import Features

MODELS: Final = ("bearer", "attribute", "claim")
"""What is ranked: what a statement is about, what it says of it, and whether a pair is a claim at all."""

SHIPPED: Final = Path(__file__).parent / "weights.json"


class WeightsError(ValueError):
    """A weights file that cannot be used; the sentence says why and how to make one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """A weight for each feature of each model. `trained_on` are the papers that taught them."""

    models: Mapping[str, Mapping[str, float]]
    trained_on: tuple[str, ...] = ()

    def score(self, model: str, features: Features) -> float:
        """The sum of the weights of a candidate's features; features that were never seen count nothing."""
        weights = self.models[model]
        return sum(weights.get(name, 0.0) * x for name, x in features.items())

    def probability(self, model: str, features: Features) -> float:
        """How likely a single candidate is right, in [0, 1]: it or nothing."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(model, features)))))

    def rank(self, model: str, candidates: Iterable[Candidate]) -> list[tuple[float, Candidate]]:
        """Candidates with the probability that each is the one, best first; ties keep the order of proposal."""
        scored = [(self.score(model, c.features), c) for c in candidates]
        top = max((score for score, _ in scored), default=0.0)
        total = sum(math.exp(score - top) for score, _ in scored)
        likely = [(math.exp(score - top) / total, c) for score, c in scored]
        return sorted(likely, key=lambda pair: -pair[0])


def load_weights(path: Path = SHIPPED) -> Weights:
    """Read a weights file as `signum train` writes it.

    Raises:
        WeightsError: the file is missing, is no JSON, or lacks a model.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        models = {name: {k: float(v) for k, v in content["models"][name].items()} for name in MODELS}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"{path} holds no usable weights ({error}); allowed: a file made by 'signum train -o FILE'"
        ) from error
    return Weights(models=models, trained_on=tuple(content.get("trained_on", ())))


def dump_weights(weights: Weights) -> str:
    """Weights as JSON, sorted, so that a change of one is one line of a diff."""
    models: dict[str, dict[str, float]] = {
        name: {k: round(v, 4) for k, v in sorted(weights.models[name].items()) if abs(v) >= 5e-4} for name in MODELS
    }
    content: dict[str, Sequence[str] | dict[str, dict[str, float]]] = {
        "trained_on": list(weights.trained_on),
        "models": models,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"
