"""This module writes GIFT, Moodle's text format: one paragraph a question, its control characters escaped.

Format: Moodle documentation, "GIFT format": ~ = # { } and : are control characters, a backslash makes them text.
"""

from __future__ import annotations

import re
from typing import Final

from kg.quiz.formats.told import clean, general_feedback, name_of, option_feedback, tags_of
from kg.quiz.item import Item, Option, Quiz

CONTROL: Final = re.compile(r"[\\~=#{}:]")


def to_gift(quiz: Quiz) -> bytes:
    """All questions in one category; a comment above each gives its id and tags to Moodle."""
    parts = [f"$CATEGORY: $course$/top/{name_of(quiz)}", *map(_question, quiz.items)]
    return ("\n\n".join(parts) + "\n").encode()


def escaped(text: str) -> str:
    r"""A text in which no character controls the format.

    >>> escaped("P = 0.017: {κ ~ 1} #2")
    'P \\= 0.017\\: \\{κ \\~ 1\\} \\#2'
    """
    return CONTROL.sub(lambda found: "\\" + found[0], " ".join(clean(text).split()))


def _question(item: Item) -> str:
    tags = " ".join(f"[tag:{tag}]" for tag in tags_of(item))
    general = f"####{escaped(general_feedback(item))}"
    if item.is_true_false:
        answers = _true_false(item)
    elif item.pairs:
        answers = [f"={escaped(left)} -> {escaped(right)}" for left, right in item.pairs]
    else:
        answers = [_answer(option, item) for option in item.options]
    body = "\n".join([*answers, general])
    return f"// [id:{item.id}] {tags}\n::{item.id}::[plain]{escaped(item.stem)}{{\n{body}\n}}"


def _answer(option: Option, item: Item) -> str:
    return f"{'=' if option.correct else '~'}{escaped(option.text)}#{escaped(option_feedback(option, item))}"


def _true_false(item: Item) -> list[str]:
    """T or F, then what is told after the wrong answer and after the right one."""
    right = item.options[item.key]
    wrong = item.options[1 - item.key]
    told = [escaped(option_feedback(option, item)) for option in (wrong, right)]
    return [f"{right.text.upper()}#{told[0]}#{told[1]}"]
