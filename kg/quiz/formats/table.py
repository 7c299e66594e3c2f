"""This module lists the formats of a quiz: what each is for, its file's suffix, and what writes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from kg.quiz.formats import anki, gift, h5p, handout, moodle, plain_text, practice, qti, sheets
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
            name="moodle",
            title="Moodle XML",
            summary="a question bank for Moodle, with feedback for each option, tags and ids",
            suffix=".xml",
            mime="application/xml",
            make=moodle.to_moodle,
        ),
        Format(
            name="gift",
            title="GIFT",
            summary="the same as Moodle's text format, which other systems read too",
            suffix=".gift",
            mime="text/plain",
            make=gift.to_gift,
        ),
        Format(
            name="qti21",
            title="QTI 2.1",
            summary="a content package for learning systems that read QTI 2",
            suffix=".zip",
            mime="application/zip",
            make=qti.to_qti21,
        ),
        Format(
            name="qti30",
            title="QTI 3.0",
            summary="a content package for learning systems that read QTI 3",
            suffix=".zip",
            mime="application/zip",
            make=qti.to_qti30,
        ),
        Format(
            name="anki",
            title="Anki",
            summary="a deck; learners keep their history when a wording is edited",
            suffix=".apkg",
            mime="application/octet-stream",
            make=anki.to_anki,
        ),
        Format(
            name="h5p",
            title="H5P",
            summary="a question set for Moodle, WordPress, Drupal and others with H5P",
            suffix=".h5p",
            mime="application/zip",
            make=h5p.to_h5p,
        ),
        Format(
            name="csv",
            title="CSV",
            summary="a table with everything, one row an item",
            suffix=".csv",
            mime="text/csv",
            make=sheets.to_csv,
        ),
        Format(
            name="kahoot",
            title="Kahoot spreadsheet",
            summary="rows that Kahoot takes; what is too long for it stands on a second sheet",
            suffix=".xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            make=sheets.to_kahoot,
        ),
        Format(
            name="docx",
            title="DOCX hand-out",
            summary="questions for print, to be edited",
            suffix=".docx",
            mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            make=partial(handout.to_docx, key=False),
        ),
        Format(
            name="docx-key",
            title="DOCX with key",
            summary="the same, with key, feedback and quotes",
            suffix=".docx",
            mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            make=partial(handout.to_docx, key=True),
        ),
        Format(
            name="pdf",
            title="PDF hand-out",
            summary="questions for print",
            suffix=".pdf",
            mime="application/pdf",
            make=partial(handout.to_pdf, key=False),
        ),
        Format(
            name="pdf-key",
            title="PDF with key",
            summary="the same, with key, feedback and quotes",
            suffix=".pdf",
            mime="application/pdf",
            make=partial(handout.to_pdf, key=True),
        ),
        Format(
            name="html",
            title="HTML to practise",
            summary="one page that works offline: attempt, check, feedback, score",
            suffix=".html",
            mime="text/html",
            make=practice.to_html,
        ),
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
