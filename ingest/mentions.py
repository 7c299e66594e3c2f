"""This module holds what a mention is: a place in a text where a concept is named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Clean characters [start, end) and tokens [first, last) that name a concept.

    `keys` holds more than one concept where the label is ambiguous, none where the paper's own words have no concept
    yet; `type` is that of the first, or the one that such words are taken for. `implied` marks a concept that a
    neighbour completes ('vascular or bile duct tumor thrombus' implies 'vascular tumor thrombus').
    `stands_in` marks words that name nothing themselves and stand for what was named before: 'they', 'the procedure'.
    """

    start: int
    end: int
    first: int
    last: int
    keys: tuple[str, ...]
    type: str
    text: str
    implied: bool = False
    stands_in: bool = False

    @property
    def key(self) -> str:
        """The concept that is meant, or the likeliest of several; empty for words without a concept."""
        return self.keys[0] if self.keys else ""

    @property
    def tokens(self) -> range:
        """The places of its tokens in the text."""
        return range(self.first, self.last)

    def overlaps(self, start: int, end: int) -> bool:
        """Whether it shares a character with [start, end)."""
        return self.start < end and start < self.end


def of_type(mentions: Iterable[Mention], *types: str) -> list[Mention]:
    """The mentions of some types, in order."""
    return [mention for mention in mentions if mention.type in types]


def covered_tokens(mentions: Iterable[Mention]) -> set[int]:
    """The places of all tokens that mentions take."""
    return {place for mention in mentions for place in mention.tokens}
