"""This module completes names that a neighbour shares words with: 'vascular or bile duct tumor thrombus'."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.labels import Labels
from ingest.mentions import Mention, covered_tokens
from ingest.tokens import Tokens

COORDINATORS: Final = frozenset({",", "and", "or", "/", "and/or"})
CONJUNCTIONS: Final = frozenset({"and", "or"})
COPULAS: Final = frozenset({"is", "are", "was", "were", "be"})
NOT: Final = frozenset({"not", "never", "no", "neither", "rarely", "seldom", "hardly", "n't"})
"""Words that a name may not reach over: 'AFP was not elevated' names no elevated AFP."""

MOST_SHARING: Final = 3
"""How many words before a coordinator may borrow the end of the label behind it."""


def coordinated(text: Tokens, labels: Labels, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that a text writes out, then those that a coordination completes.

    It shares the end of its neighbour's label ('vascular or bile duct tumor thrombus' also names 'vascular tumor
    thrombus') or its beginning ('GEP NETs and adenocarcinomas' are both of one organ); along a list, each item that
    is completed so hands the shared words on to the next.
    """
    covered = covered_tokens(mentions)
    found = list(mentions)
    for mention in found:  # grows on the way
        begin, end = bisect_left(text.places, mention.first), bisect_left(text.places, mention.last)
        if begin and text.words[begin - 1] in COORDINATORS:
            found += _shared_end(text, labels, (begin, end), covered)
        if end + 1 < len(text.words) and text.words[end] in CONJUNCTIONS:
            found += _shared_beginning(text, labels, (begin, end), found)
    return found


def _shared_end(text: Tokens, labels: Labels, label: tuple[int, int], covered: set[int]) -> list[Mention]:
    """'vascular' of 'vascular or bile duct tumor thrombus', where words [begin, end) are the label behind 'or'."""
    begin, end = label
    before = begin - 1
    for left in range(before - 1, max(-1, before - 1 - MOST_SHARING), -1):
        for cut in range(begin + 1, end):
            keys = labels.lookup((*text.words[left:before], *text.words[cut:end]))
            if keys and covered.isdisjoint(text.places[left:before]):
                return [labels.named(text, text.places[left], text.places[before - 1] + 1, keys, implied=True)]
    return []


def _shared_beginning(
    text: Tokens, labels: Labels, label: tuple[int, int], mentions: Sequence[Mention]
) -> list[Mention]:
    """'adenocarcinomas' of 'GEP NETs and adenocarcinomas', where words [begin, end) are the label before 'and'."""
    begin, end = label
    for other in mentions:
        if other.first != text.places[end + 1]:
            continue
        right = next((i for i in range(end + 1, len(text.places)) if text.places[i] >= other.last), len(text.places))
        for cut in range(end - 1, begin, -1):
            keys = labels.lookup((*text.words[begin:cut], *text.words[end + 1 : right]))
            if keys:
                return [labels.named(text, other.first, other.last, keys, implied=True)]
    return []


def turned(text: Tokens, labels: Labels, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """'most masses were multiple' names 'multiple masses': a label whose first word stands behind a copula."""
    if COPULAS.isdisjoint(text.words):
        return
    covered = covered_tokens(mentions)
    for i, word in enumerate(text.words):
        if word not in COPULAS or not 0 < i < len(text.words) - 1:
            continue
        for right in (i + 1, i + 2):
            if right >= len(text.words) or text.places[right] in covered or NOT & {*text.words[i + 1 : right + 1]}:
                continue
            keys = labels.lookup((text.words[right], text.words[i - 1]))
            if keys:
                yield labels.named(text, text.places[i - 1], text.places[right] + 1, keys, implied=True)
                break
