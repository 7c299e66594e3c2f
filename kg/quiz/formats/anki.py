"""This module writes an Anki package: one note an item, with the guid of the item, so that learners keep history."""

from __future__ import annotations

import html
import tempfile
from pathlib import Path
from string import ascii_uppercase
from typing import Final

import genanki

from kg.quiz.formats.archive import dated_anew
from kg.quiz.formats.told import NOTICE, clean, general_feedback, letter_of, name_of, option_feedback, tags_of
from kg.quiz.item import Item, Quiz, digest

MODEL_ID: Final = 1_731_905_337  # made once; another number would be another note type to Anki
FIRST_SECOND: Final = 1_577_836_800  # 2020-01-01, of a quiz that was never revised: the same quiz, the same bytes
LARGEST_ID: Final = 1 << 31
FIELDS: Final = ("Question", "Options", "Answer", "Feedback", "Sources", "Item")
FRONT: Final = "<div class=stem>{{Question}}</div>{{Options}}"
BACK: Final = (
    "{{FrontSide}}<hr id=answer><p><b>{{Answer}}</b></p>{{Feedback}}<div class=sources>{{Sources}}</div>"
    f"<p class=notice>{NOTICE}</p>"
)
STYLE: Final = (
    ".card{font:1.1rem/1.45 system-ui,sans-serif;text-align:left;max-width:44rem;margin:auto;padding:0 1rem}"
    ".stem{font-weight:600}.sources,.notice{font-size:.85em}ol{padding-left:1.6em}blockquote{margin:.5em 0 .5em 1em}"
)
TO_ANKI: Final = {
    ord("["): "&#91;",
    ord("{"): "&#123;",
    ord("\\"): "&#92;",
}  # LaTeX, sounds and templates are live text


def to_anki(quiz: Quiz) -> bytes:
    """An .apkg of one deck."""
    model = genanki.Model(
        MODEL_ID,
        "Signum quiz item",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    deck = genanki.Deck(
        int(digest([quiz.title]), 16) % LARGEST_ID or 1, name_of(quiz), f"{NOTICE} Items made by Signum."
    )
    for item in quiz.items:
        deck.add_note(genanki.Note(model=model, fields=_fields(item), guid=guid_of(item), tags=list(tags_of(item))))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "quiz.apkg"
        genanki.Package(deck).write_to_file(path, timestamp=max(FIRST_SECOND, quiz.revised))
        return dated_anew(path.read_bytes())


def guid_of(item: Item) -> str:
    """What Anki knows a note by: the item's id, which no wording changes."""
    return f"signum-{item.id}"


def _shown(text: str) -> str:
    return html.escape(clean(text), quote=True).translate(TO_ANKI)


def _fields(item: Item) -> list[str]:
    options = "".join(f"<li>{_shown(option.text)}</li>" for option in item.options)
    told = "".join(
        f"<p>{letter}. {_shown(option_feedback(option, item))}</p>"
        for letter, option in zip(ascii_uppercase, item.options, strict=False)
        if not option.correct
    )
    sources = "".join(f"<blockquote>{_shown(quote.text)}</blockquote>{_shown(quote.citation)}" for quote in item.quotes)
    return [
        _shown(item.stem),
        f'<ol type="A">{options}</ol>',
        f"{letter_of(item)}. {_shown(item.options[item.key].text)}",
        f"<p>{_shown(item.feedback)}</p>{told}",
        sources or _shown(general_feedback(item)),
        item.id,
    ]
