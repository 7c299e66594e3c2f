"""This module labels the candidates of annotated papers: which of those proposed for a number or a claim are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.annotations import Annotation, fold_name, same_numbers
from ingest.attributes import attributes
from ingest.bearers import bearers
from ingest.candidates import Candidate, entity_of
from ingest.claims import CLAIM_TYPES, claim_candidates
from ingest.entities import Lexicon
from ingest.features import Features
from ingest.lists import claim_anchor, number_anchors
from ingest.mentions import of_type
from ingest.pairs import about_of
from ingest.ranking import Weights
from ingest.reported import Reported
from ingest.sentences import Paper, Sentence
from kg.model import Entity, Span, Statement

Choice = list[tuple[Features, bool]]
"""Candidates that were proposed together, each with whether it is right."""

Example = tuple[str, Choice]
"""The model that learns from it, and the choice."""

TURNED: Final = frozenset({"discriminates", "observer_agreement"})
"""Predicates whose subject is the sign and whose object the disease."""

BORNE_TYPES: Final = tuple(name for name in CLAIM_TYPES if name != "measure")
"""Types whose claims teach what bears a thing: what is measured is borne by therapies alone, whatever is learnt."""

AROUND_QUOTE: Final = 200
"""How many characters outside of an annotation's quote its subject or object may stand."""


class Names:
    """The folded names of a concept, for comparison with annotations."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = {key: frozenset(fold_name(x) for x in c.labels) for key, c in lexicon.concepts.items()}

    def __call__(self, entity: Entity) -> frozenset[str]:
        own = frozenset({fold_name(entity.label)})
        return own | self._names.get(entity.key or "", frozenset())


def annotation_of(statement: Statement, names: Names, *, right: bool) -> Annotation:
    """What a person said of a statement, as an annotation: that the text states it, or that it does not."""
    statistic = statement.statistic
    numbers = statistic.numbers() if statistic is not None else ()
    return Annotation(
        id=statement.id,
        kind="claim" if statistic is None else "stat",
        span=statement.span,
        anchor=statement.span if statistic is None else statistic.span,
        subjects=names(statement.subject),
        objects=names(statement.object),
        predicate=statement.predicate,
        polarity=statement.polarity,
        numbers={name: float(number) for name, number in numbers if number is not None},
        right=right,
    )


def number_examples(paper: Paper, gold: Sequence[Annotation], names: Names) -> Iterator[Example]:
    """Label the candidates of every number that an annotation is about."""
    for index, sentence in enumerate(paper.sentences):
        for number, anchor in zip(sentence.numbers, number_anchors(sentence), strict=True):
            span = sentence.clean.source_span(anchor.start, anchor.end)
            about = [g for g in gold if g.kind == "stat" and g.anchor.overlaps(span) and _agrees(g, number)]
            if about:
                right = frozenset(name for one in about for name in wanted(one, "attribute"))
                measured = [(c, bool(names(c.entity) & right)) for c in attributes(paper, index, anchor, number)]
                yield from _labelled("attribute", measured)
                said = next((about_of(c) for c, fits in measured if fits), "")
                right = frozenset(name for one in about for name in wanted(one, "bearer"))
                holders = bearers(paper, index, replace(anchor, about=said))
                yield from _labelled("bearer", [(c, bool(names(c.entity) & right)) for c in holders])


def _agrees(annotation: Annotation, number: Reported) -> bool:
    return same_numbers(annotation.numbers, {k: float(v) for k, v in number.fields.items()})


def wanted(annotation: Annotation, role: str) -> frozenset[str]:
    """The names that are right in a role: a bearer is the subject, an attribute the object; turned in comparisons."""
    if (role == "bearer") != (annotation.predicate in TURNED):
        return annotation.subjects
    return annotation.objects


def _labelled(model: str, candidates: Iterable[tuple[Candidate, bool]]) -> Iterator[Example]:
    """A choice that teaches something: one of its candidates is right."""
    choice = [(candidate.features, right) for candidate, right in candidates]
    if any(right for _, right in choice):
        yield model, choice


def bearer_examples(paper: Paper, gold: Sequence[Annotation], names: Names) -> Iterator[Example]:
    """Label the candidates for what each annotated claim is about."""
    for index, sentence in enumerate(paper.sentences):
        about = _about(sentence, gold)
        for mention in of_type(sentence.mentions, *BORNE_TYPES) if about else ():
            place = sentence.clean.source_span(mention.start, mention.end)
            concept = entity_of(paper.lexicon.concepts[mention.key])
            mine = [g for g in about if names(concept) & (g.objects | g.subjects) and _near(g, place)]
            if mine:
                proposed = bearers(paper, index, claim_anchor(mention))
                yield from _labelled("bearer", [(c, _claimed(mine, c.entity, concept, names)) for c in proposed])


def claim_examples(
    paper: Paper, gold: Sequence[Annotation], names: Names, weights: Weights, *, complete: bool = True
) -> Iterator[Example]:
    """Label the pairs that sentences could claim, each against claiming nothing.

    Of annotations that are not `complete` only what they speak of teaches: a pair that they leave out may be right.
    """
    for index, sentence in enumerate(paper.sentences):
        about = _about(sentence, gold)
        for pair, features in claim_candidates(paper, index, weights):
            if pair.attribute.entity.key is None:  # annotators name such things in words of their own
                continue
            said = [g for g in about if is_pair(g, names(pair.bearer.entity), names(pair.attribute.entity))]
            if complete or said:
                right = any(one.right for one in said)
                yield "claim", [(features, right), ({}, not right)]


def _about(sentence: Sentence, gold: Sequence[Annotation]) -> list[Annotation]:
    span = sentence.clean.source_span(sentence.start, sentence.end)
    return [g for g in gold if g.span.overlaps(span)]


def _near(annotation: Annotation, place: Span) -> bool:
    return annotation.span.start - AROUND_QUOTE <= place.start <= annotation.span.end + AROUND_QUOTE


def _claimed(about: Iterable[Annotation], one: Entity, other: Entity, names: Names) -> bool:
    """Whether an annotation joins two entities, whichever of them is its subject."""
    return any(is_pair(annotation, names(one), names(other)) for annotation in about)


def is_pair(annotation: Annotation, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether an annotation joins what has these names, whichever of the two is its subject."""
    return bool(
        (one & annotation.subjects and other & annotation.objects)
        or (one & annotation.objects and other & annotation.subjects)
    )
