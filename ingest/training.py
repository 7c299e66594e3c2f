"""This module learns the ranker's weights from annotated papers, by a conditional logit over the candidates' features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from ingest.annotations import Annotation, folded_name, same_numbers
from ingest.candidates import Candidate, attributes, bearers
from ingest.entities import Lexicon
from ingest.features import Features
from ingest.lists import Anchor, claim_anchor, number_anchors
from ingest.ranking import MODELS, Weights
from ingest.reported import Reported
from ingest.sentences import Paper, Sentence
from ingest.statements import CLAIM_TYPES, claim_candidates
from kg.model import Entity, Span

Array = npt.NDArray[np.float64]

PENALTY: Final = 3.0
"""Strength of the L2 penalty: large, since a feature is seen in few papers."""

TURNED: Final = frozenset({"discriminates", "observer_agreement"})
"""Predicates whose subject is the sign and whose object the disease."""

Choice = list[tuple[Features, bool]]
"""Candidates that were proposed together, each with whether it is right."""


@dataclass
class Examples:
    """Labelled choices of each model, gathered over papers."""

    of: dict[str, list[Choice]] = field(default_factory=lambda: {name: [] for name in MODELS})


class Names:
    """The folded names of a concept, for comparison with annotations."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = {key: frozenset(folded_name(x) for x in c.labels) for key, c in lexicon.concepts.items()}

    def __call__(self, entity: Entity) -> frozenset[str]:
        own = frozenset({folded_name(entity.label)})
        return own | self._names.get(entity.key or "", frozenset())


def number_examples(paper: Paper, gold: Sequence[Annotation], examples: Examples, names: Names) -> None:
    """Label the candidates of every number that an annotation is about."""
    for index, sentence in enumerate(paper.sentences):
        for number, anchor in zip(sentence.numbers, number_anchors(sentence), strict=True):
            span = sentence.clean.source_span(anchor.start, anchor.end)
            about = [g for g in gold if g.kind == "stat" and g.anchor.overlaps(span) and _agrees(g, number)]
            if about:
                _label(attributes(paper, index, anchor, number), about, examples.of["attribute"], names, "attribute")
                _label(bearers(paper, index, anchor), about, examples.of["bearer"], names, "bearer")


def _agrees(annotation: Annotation, number: Reported) -> bool:
    return same_numbers(annotation.numbers, {k: float(v) for k, v in number.fields.items()})


def _label(
    candidates: Iterable[Candidate], about: Sequence[Annotation], into: list[Choice], names: Names, role: str
) -> None:
    found = [(c.features, any(names(c.entity) & wanted(g, role, c.type) for g in about)) for c in candidates]
    if any(right for _, right in found):
        into.append(found)


def wanted(annotation: Annotation, role: str, type_: str) -> frozenset[str]:
    """The names that are right in a role: a bearer is the subject and an attribute the object, turned for comparisons."""
    turned = annotation.predicate in TURNED
    if role == "bearer":
        return annotation.objects if turned else annotation.subjects
    return annotation.subjects if turned else annotation.objects


def bearer_examples(paper: Paper, gold: Sequence[Annotation], examples: Examples, names: Names) -> None:
    """Label the candidates for what each annotated claim is about."""
    for index, sentence in enumerate(paper.sentences):
        about = _about(sentence, gold)
        for mention in sentence.mentions if about else ():
            if mention.type not in CLAIM_TYPES:
                continue
            place = sentence.clean.source_span(mention.start, mention.end)
            concept = Entity(key=mention.key, label=paper.lexicon.concepts[mention.key].label)
            mine = [g for g in about if names(concept) & (g.objects | g.subjects) and _near(g, place)]
            if mine:
                _label_claim_bearers(paper, index, claim_anchor(mention), mine, examples.of["bearer"], names, concept)


def claim_examples(
    paper: Paper, gold: Sequence[Annotation], examples: Examples, names: Names, weights: Weights
) -> None:
    """Label the pairs that sentences could claim."""
    for index, sentence in enumerate(paper.sentences):
        about = _about(sentence, gold)
        for pair, features in claim_candidates(paper, index, weights):
            right = any(_is_pair(g, pair.bearer.entity, pair.attribute.entity, names) for g in about)
            examples.of["claim"].append([(features, right), ({}, not right)])


def _about(sentence: Sentence, gold: Sequence[Annotation]) -> list[Annotation]:
    span = sentence.clean.source_span(sentence.start, sentence.end)
    return [g for g in gold if g.span.overlaps(span)]


def _near(annotation: Annotation, place: Span) -> bool:
    return annotation.span.start - 200 <= place.start <= annotation.span.end + 200


def _label_claim_bearers(
    paper: Paper,
    index: int,
    anchor: Anchor,
    mine: Sequence[Annotation],
    into: list[Choice],
    names: Names,
    concept: Entity,
) -> None:
    def right(candidate: Candidate) -> bool:
        return any(_is_pair(g, candidate.entity, concept, names) for g in mine)

    found = [(c.features, right(c)) for c in bearers(paper, index, anchor)]
    if any(ok for _, ok in found):
        into.append(found)


def _is_pair(annotation: Annotation, a: Entity, b: Entity, names: Names) -> bool:
    one, other = names(a), names(b)
    return bool(
        (one & annotation.subjects and other & annotation.objects)
        or (one & annotation.objects and other & annotation.subjects)
    )


def fit(examples: Examples, trained_on: Sequence[str]) -> Weights:
    """Weights of each model; the same examples in the same order give the same weights."""
    models = {name: fit_choices(examples.of[name]) for name in MODELS}
    return Weights(models=models, trained_on=tuple(trained_on))


def fit_choices(choices: Sequence[Choice]) -> Mapping[str, float]:
    """The weights under which the right candidates of each choice are likeliest (McFadden's conditional logit, 1974,
    with several right ones summed and an L2 penalty).
    """
    names = sorted({name for choice in choices for features, _ in choice for name in features})
    if not names:
        return {}
    place = {name: i for i, name in enumerate(names)}
    rows = [features for choice in choices for features, _ in choice]
    matrix = csr_matrix(
        (
            [x for row in rows for x in row.values()],
            ([i for i, row in enumerate(rows) for _ in row], [place[name] for row in rows for name in row]),
        ),
        shape=(len(rows), len(names)),
    )
    starts = np.cumsum([0, *(len(choice) for choice in choices)])[:-1]
    right = np.array([ok for choice in choices for _, ok in choice])

    def loss(weights: Array) -> tuple[float, Array]:
        scores = np.clip(matrix @ weights, -30, 30)
        every, correct = np.exp(scores), np.exp(scores) * right
        sums = np.add.reduceat(every, starts), np.add.reduceat(correct, starts)
        sizes = np.diff([*starts, len(rows)])
        gradient = matrix.T @ (every / np.repeat(sums[0], sizes) - correct / np.repeat(sums[1], sizes))
        value = float(np.sum(np.log(sums[0]) - np.log(sums[1]))) + PENALTY / 2 * float(weights @ weights)
        return value, gradient + PENALTY * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500, "gtol": 1e-4})
    return dict(zip(names, (float(w) for w in found.x), strict=True))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A paper with its annotations and the choices that its numbers and claims teach."""

    paper: Paper
    gold: Sequence[Annotation]
    examples: Examples


def lesson(paper: Paper, gold: Sequence[Annotation]) -> Lesson:
    """What a paper teaches before anything is known: which candidates of its numbers and claims are right."""
    examples, names = Examples(), Names(paper.lexicon)
    number_examples(paper, gold, examples, names)
    bearer_examples(paper, gold, examples, names)
    return Lesson(paper, gold, examples)


def train(lessons: Sequence[Lesson]) -> Weights:
    """Learn the rankers from all lessons, then, with the bearers that they choose, what a claim is.

    Raises:
        ValueError: there is no lesson.
    """
    if not lessons:
        raise ValueError("no annotated paper to learn from; give at least one folder with annotations")
    names = Names(lessons[0].paper.lexicon)
    known = Examples()
    for one in lessons:
        for model in MODELS:
            known.of[model] += one.examples.of[model]
    rankers = fit(known, ())
    for one in lessons:
        claim_examples(one.paper, one.gold, known, names, rankers)
    models = {**rankers.models, "claim": fit_choices(known.of["claim"])}
    return Weights(models=models, trained_on=tuple(sorted(one.paper.source.key for one in lessons)))
