"""This module writes quizzes as tables: CSV with everything, and the spreadsheet that Kahoot takes.

A cell that a spreadsheet would take for a formula is text: in CSV behind an apostrophe (OWASP, "CSV Injection"), in the
spreadsheet by its type.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kg.quiz.formats.archive import dated_anew
from kg.quiz.formats.told import clean, general_feedback, letter_of, option_feedback
from kg.quiz.item import Item, Quiz

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
MOST_OPTIONS: Final = 5
KAHOOT_OPTIONS: Final = 4
KAHOOT_QUESTION: Final = 120  # characters that Kahoot takes
KAHOOT_ANSWER: Final = 75
KAHOOT_SECONDS: Final = 60  # of the times that Kahoot allows (5, 10, 20, 30, 60, 90, 120, 240)
KAHOOT_HEADER_ROW: Final = 8  # of Kahoot's own template; questions begin below it
NOW: Final = (
    re.compile(rb"(<dcterms:modified[^>]*>)[^<]*"),
    rb"\g<1>2020-01-01T00:00:00Z",
)  # the writer takes the clock
ONE_DAY: Final = datetime(2020, 1, 1)
COLUMNS: Final = (
    *("id", "type", "question"),
    *(f"option_{letter}" for letter in "abcde"),
    *("key", "feedback"),
    *(f"feedback_{letter}" for letter in "abcde"),
    *("count", "quotes", "citations", "difficulty", "difficulty_reason", "bloom", "points", "state", "changes"),
)


def to_csv(quiz: Quiz) -> bytes:
    """One row an item under COLUMNS, UTF-8 with a byte order mark, as spreadsheets expect it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for item in quiz.items:
        writer.writerow([harmless(value) for value in _row(item)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs.

    >>> harmless("=HYPERLINK(1)"), harmless("≥ 3")
    ("'=HYPERLINK(1)", '≥ 3')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def _row(item: Item) -> Iterator[str]:
    missing = [""] * (MOST_OPTIONS - len(item.options))
    yield from (item.id, item.type, item.stem)
    yield from (*(option.text for option in item.options), *missing)
    yield from (letter_of(item), item.feedback)
    yield from (*(option_feedback(option, item) for option in item.options), *missing)
    yield from (item.count, " | ".join(q.text for q in item.quotes), " | ".join(q.citation for q in item.quotes))
    yield from (item.difficulty, item.difficulty_reason, item.bloom, f"{item.points:g}")
    yield from (item.state, " ".join(item.changes))


def to_kahoot(quiz: Quiz) -> bytes:
    """A workbook with the rows that Kahoot takes; a second sheet has, whole, what is too long for it."""
    book = Workbook()
    book.properties.created = book.properties.modified = ONE_DAY
    book.properties.creator = "Signum"
    first = book.active
    if not isinstance(first, Worksheet):
        raise TypeError("a new workbook has no sheet")
    first.title = "Kahoot"
    header = ["", f"Question - max {KAHOOT_QUESTION} characters"]
    header += [f"Answer {n} - max {KAHOOT_ANSWER} characters" for n in range(1, KAHOOT_OPTIONS + 1)]
    header += ["Time limit (sec)", "Correct answer(s) - choose at least one"]
    _write(first, 1, ["", quiz.title])
    _write(first, KAHOOT_HEADER_ROW, header)
    short = [item for item in quiz.items if fits_kahoot(item)]
    for number, item in enumerate(short, 1):
        options = [option.text for option in item.options] + [""] * (KAHOOT_OPTIONS - len(item.options))
        _write(first, KAHOOT_HEADER_ROW + number, [number, item.stem, *options, KAHOOT_SECONDS, item.key + 1])
    rest = book.create_sheet("Too long for Kahoot")
    _write(rest, 1, ["id", "Question", *(f"Answer {n}" for n in range(1, MOST_OPTIONS + 1)), "Correct", "Feedback"])
    for number, item in enumerate((one for one in quiz.items if one not in short), 2):
        options = [option.text for option in item.options] + [""] * (MOST_OPTIONS - len(item.options))
        _write(rest, number, [item.id, item.stem, *options, item.key + 1, general_feedback(item)])
    out = io.BytesIO()
    book.save(out)
    return dated_anew(out.getvalue(), replace={"docProps/core.xml": NOW})


def fits_kahoot(item: Item) -> bool:
    """Whether Kahoot takes the item: it has a limit on options and on the length of each text."""
    lengths = [len(option.text) for option in item.options]
    return len(item.stem) <= KAHOOT_QUESTION and len(lengths) <= KAHOOT_OPTIONS and max(lengths) <= KAHOOT_ANSWER


def _write(sheet: Worksheet, row: int, values: Sequence[str | int]) -> None:
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row=row, column=column)
        if isinstance(cell, Cell):
            cell.value = clean(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"  # text, whatever it begins with
