"""This module lets an educator change a quiz: wording, points, what is in it, in which order; ids stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.quiz.item import Item, Quiz, QuizError

LONGEST_TEXT: Final = 2000
MOST_POINTS: Final = 100.0


def reworded(item: Item, *, stem: str, options: Sequence[str], feedback: str) -> Item:
    """The item in other words; what is right stays right. QuizError for an empty or too long text, or two alike."""
    texts = [" ".join(text.split()) for text in (stem, feedback, *options)]
    if len(options) != len(item.options):
        raise QuizError(f"{len(options)} options are given; this item has {len(item.options)}")
    for text in texts:
        if not 1 <= len(text) <= LONGEST_TEXT:
            raise QuizError(f"a text has {len(text)} characters; allowed: 1 to {LONGEST_TEXT}")
    asked, told, *words = texts
    if len({word.casefold() for word in words}) < len(words):
        raise QuizError("two options are the same; word each in its own way")
    if (asked, told, words) == (item.stem, item.feedback, [option.text for option in item.options]):
        return item
    changed = tuple(replace(option, text=word) for option, word in zip(item.options, words, strict=True))
    return replace(item, stem=asked, feedback=told, options=changed, edited=True)


def with_points(item: Item, points: float) -> Item:
    """The item with other points; QuizError outside 0 to MOST_POINTS."""
    if not 0.0 <= points <= MOST_POINTS:
        raise QuizError(f"points are {points:g}; allowed: 0 to {MOST_POINTS:g}")
    return replace(item, points=points)


def with_item(quiz: Quiz, item: Item) -> Quiz:
    """The quiz with an item in the place of the one that has its id."""
    return replace(quiz, items=tuple(item if one.id == item.id else one for one in quiz.items))


def without(quiz: Quiz, identity: str) -> Quiz:
    """The quiz without an item."""
    return replace(quiz, items=tuple(item for item in quiz.items if item.id != identity))


def moved(quiz: Quiz, identity: str, by: int) -> Quiz:
    """The quiz with an item some places later (or earlier, if below 0); at either end it stays."""
    items = list(quiz.items)
    place = next((place for place, item in enumerate(items) if item.id == identity), None)
    if place is None:
        raise QuizError(f"the quiz has no item {identity!r}")
    items.insert(max(0, min(len(items) - 1, place + by)), items.pop(place))
    return replace(quiz, items=tuple(items))
