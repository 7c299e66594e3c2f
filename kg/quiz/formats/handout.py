"""This module writes hand-outs for print, with the key and without: DOCX with Word's styles, PDF set by Typst."""

from __future__ import annotations

import io
import json
from datetime import datetime
from string import ascii_uppercase
from typing import Any, Final

import docx
import typst
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.shared import Pt

from kg.quiz.formats.archive import dated_anew
from kg.quiz.formats.told import NOTICE, cited, clean, letter_of, option_feedback
from kg.quiz.item import Item, Quiz

ONE_DAY: Final = datetime(2020, 1, 1)
KEY_HEADING: Final = "Key and feedback"

# All texts come as data: Typst never reads them as markup.
TEMPLATE: Final = r"""
#let quiz = json(bytes(sys.inputs.quiz))
#set document(title: quiz.title, author: "Signum", date: none)
#set page(paper: "a4", margin: 2.2cm, numbering: "1 / 1", footer-descent: 30%,
  header: text(size: 8.5pt)[#quiz.title #h(1fr) #quiz.graph])
#set text(size: 10.5pt, lang: "en")
#set par(leading: 0.62em)
#set heading(numbering: none)
= #quiz.title
#text(size: 9pt)[#quiz.notice]
#for item in quiz.items {
  block(breakable: false, above: 1.4em)[
    #strong(str(item.number) + ". " + item.stem)
    #for option in item.options {
      block(above: 0.6em, inset: (left: 1.2em))[#box(width: 1.4em)[#option.letter.] #option.text]
    }
  ]
}
#if quiz.key {
  pagebreak()
  heading(level: 2, quiz.heading)
  for item in quiz.items {
    block(above: 1.2em)[
      #strong(str(item.number) + ". " + item.answer) #linebreak()
      #item.feedback
      #for one in item.wrong { block(above: 0.5em, inset: (left: 1.2em), one) }
      #for one in item.quotes { block(above: 0.5em, inset: (left: 1.2em), emph(one)) }
      #text(size: 8.5pt, item.about)
    ]
  }
}
"""


def to_pdf(quiz: Quiz, *, key: bool) -> bytes:
    """The hand-out as PDF (A4, tagged)."""
    data = {
        "title": clean(quiz.title),
        "notice": NOTICE,
        "graph": f"graph {quiz.graph_hash[:12]}",
        "key": key,
        "heading": KEY_HEADING,
        "items": [_plain(number, item) for number, item in enumerate(quiz.items, 1)],
    }
    made = typst.compile(
        TEMPLATE.encode(),
        format="pdf",
        sys_inputs={"quiz": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError("Typst made no single file")
    return made


def _plain(number: int, item: Item) -> dict[str, Any]:
    options = list(zip(ascii_uppercase, item.options, strict=False))
    return {
        "number": number,
        "stem": clean(item.stem),
        "options": [{"letter": letter, "text": clean(option.text)} for letter, option in options],
        "answer": clean(f"{letter_of(item)}. {item.options[item.key].text}"),
        "feedback": clean(item.feedback),
        "wrong": [
            clean(f"{letter}: {option_feedback(option, item)}") for letter, option in options if not option.correct
        ],
        "quotes": [clean(cited(quote)) for quote in item.quotes],
        "about": f"{item.id} · {item.type} · {item.difficulty} · {item.bloom}",
    }


def to_docx(quiz: Quiz, *, key: bool) -> bytes:
    """The hand-out as DOCX: headings and lists by Word's own styles, so that it can be restyled."""
    document = docx.Document()
    core = document.core_properties
    core.title, core.author, core.created, core.modified = clean(quiz.title), "Signum", ONE_DAY, ONE_DAY
    core.comments = NOTICE
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(clean(quiz.title), level=1)
    document.add_paragraph(NOTICE)
    for number, item in enumerate(quiz.items, 1):
        stem = document.add_paragraph()
        stem.paragraph_format.keep_with_next = True
        stem.add_run(clean(f"{number}. {item.stem}")).bold = True
        for letter, option in zip(ascii_uppercase, item.options, strict=False):
            document.add_paragraph(clean(f"{letter}. {option.text}"), style="List")
    if key:
        _key(document, quiz)
    document.add_paragraph(f"Graph {quiz.graph_hash[:12]}")
    out = io.BytesIO()
    document.save(out)
    return dated_anew(out.getvalue())


def _key(document: Document, quiz: Quiz) -> None:
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_heading(KEY_HEADING, level=2)
    for number, item in enumerate(quiz.items, 1):
        told = _plain(number, item)
        document.add_paragraph().add_run(f"{number}. {told['answer']}").bold = True
        document.add_paragraph(told["feedback"])
        for line in told["wrong"]:
            document.add_paragraph(line, style="List")
        for line in told["quotes"]:
            document.add_paragraph(line, style="Quote")
        document.add_paragraph(told["about"])
