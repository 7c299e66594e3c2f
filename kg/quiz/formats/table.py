"""This module lists the formats of a quiz: what each is for, its file's suffix, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.quiz.formats import plain_text
from kg.quiz.item import Quiz, QuizError


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row of FORMATS: `make` gives the file's bytes, the same for the same quiz."""

    name: str
    title: str
    summary: str
    suffix: str
    mime: str
    make: Callable[[Quiz], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFile:
    """A quiz as a file: its bytes, the name it should have, and its media type."""

    data: bytes
    name: str
    mime: str


FORMATS: Final = {
    row.name: row
    for row in (
        Format(
            name="json",
            title="JSON",
            summary="the quiz itself, to be opened again: items, facts, quotes, what was held back",
            suffix=".json",
            mime="application/json",
            make=plain_text.to_json,
        ),
        Format(
            name="text",
            title="Text",
            summary="questions, key and feedback to read",
            suffix=".txt",
            mime="text/plain",
            make=plain_text.to_text,
        ),
    )
}
"""Every format, in the order of a menu."""


def write(quiz: Quiz, name: str) -> QuizFile:
    """The quiz in a format of FORMATS; QuizError for an unknown one, or for a quiz without items."""
    if name not in FORMATS:
        raise QuizError(f"no quiz format is called {name!r}; there are: {', '.join(FORMATS)}")
    row = FORMATS[name]
    if not quiz.items and name not in ("json", "text"):
        raise QuizError("the quiz has no items; choose another topic, type or difficulty")
    return QuizFile(data=row.make(quiz), name=f"signum-quiz-{quiz.seed}-{name}{row.suffix}", mime=row.mime)
