"""This module lists the formats of a quiz: what each is for, its file's suffix, and what writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Final

from kg.quiz.item import Quiz, QuizError


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A row of FORMATS: `make` gives the file's bytes, the same for the same quiz."""

    name: str
    title: str
    summary: str
    suffix: str
    make: Callable[[Quiz], bytes]

    @property
    def mime(self) -> str:
        """The media type of the file."""
        return MIMES[self.suffix]


def _writer(name: str, **how: Any) -> Callable[[Quiz], bytes]:
    """What writes a format, by module and function; imported when it is called: all of them take a second to load."""
    module, _, function = name.partition(".")
    return partial(_write, module, function, how)


def _write(module: str, function: str, how: Mapping[str, Any], quiz: Quiz) -> bytes:
    return bytes(getattr(import_module(f"kg.quiz.formats.{module}"), function)(quiz, **how))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFile:
    """A quiz as a file: its bytes, the name it should have, and its media type."""

    data: bytes
    name: str
    mime: str


MIMES: Final = {
    ".xml": "application/xml",
    ".gift": "text/plain",
    ".zip": "application/zip",
    ".h5p": "application/zip",
    ".apkg": "application/octet-stream",
    ".csv": "text/csv",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".json": "application/json",
    ".txt": "text/plain",
}
"""The media type of each suffix."""
LEARNING_SYSTEMS: Final = "a content package for learning systems that read QTI"
WITH_KEY: Final = "the same, with key, feedback and quotes"
FORMATS: Final = {
    name: Format(name=name, title=title, suffix=suffix, make=make, summary=summary)
    for name, title, suffix, make, summary in (
        (
            *("moodle", "Moodle XML", ".xml", _writer("moodle.to_moodle")),
            "a question bank for Moodle, with feedback for each option, tags and ids",
        ),
        (
            "gift",
            "GIFT",
            ".gift",
            _writer("gift.to_gift"),
            "the same as Moodle's text format, which other systems read too",
        ),
        ("qti21", "QTI 2.1", ".zip", _writer("qti.to_qti21"), f"{LEARNING_SYSTEMS} 2"),
        ("qti30", "QTI 3.0", ".zip", _writer("qti.to_qti30"), f"{LEARNING_SYSTEMS} 3"),
        (
            "anki",
            "Anki",
            ".apkg",
            _writer("anki.to_anki"),
            "a deck; learners keep their history when a wording is edited",
        ),
        (
            "h5p",
            "H5P",
            ".h5p",
            _writer("h5p.to_h5p"),
            "a question set for Moodle, WordPress, Drupal and others with H5P",
        ),
        ("csv", "CSV", ".csv", _writer("sheets.to_csv"), "a table with everything, one row an item"),
        (
            *("kahoot", "Kahoot spreadsheet", ".xlsx", _writer("sheets.to_kahoot")),
            "rows that Kahoot takes; what is too long for it stands on a second sheet",
        ),
        ("docx", "DOCX hand-out", ".docx", _writer("handout.to_docx", key=False), "questions for print, to be edited"),
        ("docx-key", "DOCX with key", ".docx", _writer("handout.to_docx", key=True), WITH_KEY),
        ("pdf", "PDF hand-out", ".pdf", _writer("handout.to_pdf", key=False), "questions for print"),
        ("pdf-key", "PDF with key", ".pdf", _writer("handout.to_pdf", key=True), WITH_KEY),
        (
            *("html", "HTML to practise", ".html", _writer("practice.to_html")),
            "one page that works offline: attempt, check, feedback, score",
        ),
        (
            *("json", "JSON", ".json", _writer("plain_text.to_json")),
            "the quiz itself, to be opened again: items, facts, quotes, what was held back",
        ),
        ("text", "Text", ".txt", _writer("plain_text.to_text"), "questions, key and feedback to read"),
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
