"""This module holds what is proposed for a number or a claim: a candidate, with the features that rank it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.features import KIND_GROUPS, Features
from ingest.lists import Anchor
from ingest.mentions import Mention
from ingest.sentences import Paper, Sentence
from kg.model import Concept, Entity

IMAGING: Final = "medical-imaging"
KNOWN_ENTITIES: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that a number or claim may be about.

    `origin` says where it comes from: 'mention' (of the sentence), 'before' (the sentence before), 'heading', 'title',
    'unit' (what the counted noun says), 'words' (the paper's own words, no concept yet).
    """

    entity: Entity
    type: str
    origin: str
    features: Features
    mention: Mention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A number or claim of sentence `index` of a paper, which candidates are proposed for."""

    paper: Paper
    index: int
    anchor: Anchor

    @property
    def sentence(self) -> Sentence:
        return self.paper.sentences[self.index]

    @property
    def group(self) -> str:
        """The group of kinds that the number belongs to."""
        return KIND_GROUPS[self.anchor.kind]

    @property
    def own(self) -> bool:
        """Whether the sentence speaks of the paper's own cases; what a review shows are examples."""
        return self.sentence.evidence == "own" and not self.paper.review

    def earlier(self) -> Iterator[Sentence]:
        """The sentences before it in the same block, nearest first."""
        return self.paper.earlier(self.index)

    def candidate(self, key: str, origin: str, features: Features, mention: Mention | None = None) -> Candidate:
        """A concept as a candidate, with what its type says beside the given features."""
        concept = self.paper.lexicon.concepts[key]
        role = role_of(concept)
        known = {
            f"origin={origin}": 1.0,
            f"type={role}|kind={self.group}": 1.0,
            f"type={role}|section={self.sentence.block.section}": 1.0,
            f"type={role}|about={self.anchor.about}": 1.0,
        }
        return Candidate(
            entity=entity_of(concept), type=role, origin=origin, features=features | known, mention=mention
        )


def words_candidate(label: str, features: Features, origin: str = "words") -> Candidate:
    """The paper's own words as a candidate."""
    return Candidate(entity=Entity(label=label), type="words", origin=origin, features=features)


def role_of(concept: Concept) -> str:
    """A concept's type, or 'variable' for what is measured or graded."""
    return "variable" if concept.variable else concept.type


def entity_of(concept: Concept) -> Entity:
    """A concept as an end of a statement.

    >>> entity_of(Concept(key="washout", type="sign", label="washout"))
    Entity(key='washout', label='washout')
    """
    return _entity(concept.key, concept.label)


@lru_cache(maxsize=KNOWN_ENTITIES)  # a paper names the same again and again
def _entity(key: str, label: str) -> Entity:
    return Entity(key=key, label=label)
