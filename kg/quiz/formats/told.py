"""This module words what a learner is told after an answer, the same in every format, in characters that all hold."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Final

from kg.quiz.item import Item, Option, Quiz, Quote

NOTICE: Final = "Education and research only. Not for diagnosis or treatment of a patient."
UNSUITABLE: Final = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]"
)  # XML 1.0 allows none of them


def clean(text: str) -> str:
    r"""A text without the characters that XML cannot hold.

    >>> clean("χ² ≥ 3.84\x0b, κ")
    'χ² ≥ 3.84, κ'
    """
    return UNSUITABLE.sub("", text)


def letter_of(item: Item) -> str:
    """The letter of the right option."""
    return ascii_uppercase[item.key]


def cited(quote: Quote) -> str:
    """A quote with where it stands."""
    return f"“{quote.text}” ({quote.citation})"


def option_feedback(option: Option, item: Item) -> str:
    """Why an option is right or wrong, with the passage unless the general feedback quotes it already."""
    shown = {quote.text for quote in item.quotes}
    return " ".join([option.feedback, *(cited(quote) for quote in option.quotes if quote.text not in shown)]).strip()


def general_feedback(item: Item) -> str:
    """What is told after the answer, with the quotes."""
    return " ".join([item.feedback, *(cited(quote) for quote in item.quotes)])


def tags_of(item: Item) -> tuple[str, ...]:
    """What an item can be sorted by in a learning system: words without blanks."""
    return (item.type, item.difficulty, item.bloom, *item.sources, f"id-{item.id}")


def name_of(quiz: Quiz) -> str:
    """The name of a quiz as a folder, a deck or a category has it."""
    return clean(quiz.title).replace(":", " –").replace("/", "∕")
