"""This module writes a quiz as JSON, which is the saved quiz, and as text to read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from string import ascii_uppercase

from kg.quiz.formats.told import NOTICE, cited, letter_of, option_feedback
from kg.quiz.item import Item, Quiz


def to_json(quiz: Quiz) -> bytes:
    """The saved quiz: `kg.quiz.quiz_of` reads it again."""
    return (json.dumps(quiz.to_json(), ensure_ascii=False, indent=1) + "\n").encode()


def to_text(quiz: Quiz) -> bytes:
    """Questions with the key, the feedback of each option and the quotes."""
    lines = [quiz.title, "", *quiz.notes, *([""] if quiz.notes else [])]
    for number, item in enumerate(quiz.items, 1):
        lines += [f"{number}. {item.stem}", *_options(item), *_answer(item), ""]
    return ("\n".join([*lines, NOTICE]) + "\n").encode()


def _options(item: Item) -> Iterator[str]:
    for letter, option in zip(ascii_uppercase, item.options, strict=False):
        yield f"   {letter}. {option.text}"


def _answer(item: Item) -> Iterator[str]:
    yield f"   Key: {letter_of(item)}. {item.feedback}"
    for quote in item.quotes:
        yield f"   {cited(quote)}"
    for letter, option in zip(ascii_uppercase, item.options, strict=False):
        if not option.correct and not item.is_true_false:
            yield f"   Not {letter}: {option_feedback(option, item)}"
    yield f"   {item.id} · {item.type} · {item.difficulty}: {item.difficulty_reason} · {item.bloom}"
