"""This module holds what is judged when a number has been given a subject and an object: whether they fit it."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.lists import Anchor
from ingest.pairs import Pair
from ingest.reported import Reported
from ingest.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A number with the pair, the predicate and the sentence that it would stand for."""

    sentence: Sentence
    pair: Pair
    number: Reported
    anchor: Anchor
    predicate: str

    @property
    def attribute(self) -> str:
        """The type of what the number is of."""
        return self.pair.attribute.type

    @property
    def key(self) -> str | None:
        """The key of what the number is of; None for the paper's own words."""
        return self.pair.attribute.entity.key

    @property
    def label(self) -> str:
        return self.pair.attribute.entity.label

    @property
    def before(self) -> str:
        """The sentence up to the number."""
        return self.sentence.text[self.sentence.start : self.anchor.start]

    @property
    def behind(self) -> str:
        """The sentence from the number on."""
        return self.sentence.text[max(self.anchor.end, self.number.end) : self.sentence.end]
