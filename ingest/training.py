"""This module learns the ranker's weights from annotated papers: a conditional logit over the candidates' features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

from ingest.annotations import Annotation
from ingest.examples import Choice, Example, Names, bearer_examples, claim_examples, number_examples
from ingest.ranking import MODELS, Weights
from ingest.sentences import Paper

Array: TypeAlias = npt.NDArray[np.float64]

PENALTY: Final = 3.0
"""Strength of the L2 penalty: large, since a feature is seen in few papers."""

LARGEST_SCORE: Final = 30.0
"""Scores beyond it are as good as certain, and their exponentials are safe."""

_ROUNDS, _TOLERANCE = 500, 1e-4


class TrainingError(ValueError):
    """Nothing to learn from; the sentence says what to give."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A paper with its annotations and the choices that its numbers and claims teach before anything is learnt.

    Where the annotations are `complete`, what they leave out is wrong.
    """

    paper: Paper
    gold: Sequence[Annotation]
    examples: Sequence[Example]
    complete: bool = True


def lesson(paper: Paper, gold: Sequence[Annotation], *, complete: bool = True) -> Lesson:
    """What a paper teaches before anything is known: which candidates of its numbers and claims are right."""
    names, right = Names(paper.lexicon), [one for one in gold if one.right]
    examples = [*number_examples(paper, right, names), *bearer_examples(paper, right, names)]
    return Lesson(paper, gold, examples, complete)


def train(lessons: Sequence[Lesson]) -> Weights:
    """Learn the rankers from all lessons, then, with the bearers that they choose, what a claim is.

    The same lessons in the same order give the same weights.

    Raises:
        TrainingError: there is no lesson.
    """
    if not lessons:
        raise TrainingError("no annotated paper to learn from; give at least one folder with annotations")
    known = [example for one in lessons for example in one.examples]
    rankers = Weights(models={name: fit(_choices(known, name)) for name in MODELS})
    names = Names(lessons[0].paper.lexicon)
    claims = [
        example
        for one in lessons
        for example in claim_examples(one.paper, one.gold, names, rankers, complete=one.complete)
    ]
    return Weights(
        models={**rankers.models, "claim": fit(_choices(claims, "claim"))},
        trained_on=tuple(sorted(one.paper.source.key for one in lessons)),
    )


def _choices(examples: Iterable[Example], model: str) -> list[Choice]:
    return [choice for name, choice in examples if name == model]


def fit(choices: Sequence[Choice]) -> Mapping[str, float]:
    """The weights under which the right candidates of each choice are likeliest.

    McFadden's conditional logit (1974), with several right candidates summed and an L2 penalty. Each choice has at
    least one right candidate.

    >>> weights = fit([[({"near": 1.0}, True), ({"far": 1.0}, False)]] * 5)
    >>> weights["near"] > 0 > weights["far"]
    True
    """
    names = sorted({name for choice in choices for features, _ in choice for name in features})
    if not names:
        return {}
    matrix = _matrix(choices, names)
    sizes = np.array([len(choice) for choice in choices])
    starts = np.cumsum([0, *sizes])[:-1]
    right = np.array([ok for choice in choices for _, ok in choice])

    def loss(weights: Array) -> tuple[float, Array]:
        """Minus the logarithm of the probability of what is right, with its gradient."""
        scores = np.clip(np.asarray(matrix @ weights), -LARGEST_SCORE, LARGEST_SCORE)
        every, correct = np.exp(scores), np.exp(scores) * right
        sums = np.add.reduceat(every, starts), np.add.reduceat(correct, starts)
        gradient = matrix.T @ (every / np.repeat(sums[0], sizes) - correct / np.repeat(sums[1], sizes))
        value = float(np.sum(np.log(sums[0]) - np.log(sums[1]))) + PENALTY / 2 * float(weights @ weights)
        return value, gradient + PENALTY * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS, "gtol": _TOLERANCE}
    )
    return dict(zip(names, (float(weight) for weight in found.x), strict=True))


def _matrix(choices: Sequence[Choice], names: Sequence[str]) -> csr_array:
    """One row a candidate, one column a feature."""
    place = {name: i for i, name in enumerate(names)}
    rows = [features for choice in choices for features, _ in choice]
    values = [x for row in rows for x in row.values()]
    columns = [place[name] for row in rows for name in row]
    return csr_array((values, ([i for i, row in enumerate(rows) for _ in row], columns)), shape=(len(rows), len(names)))
