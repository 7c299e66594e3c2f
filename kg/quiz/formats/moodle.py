"""This module writes Moodle XML: one question an item, with feedback for each option, tags and the item's id.

Format: Moodle documentation, "Moodle XML format". Text is HTML inside XML, so that it is escaped twice.
"""

from __future__ import annotations

import html
from typing import Final
from xml.etree import ElementTree as ET

from kg.quiz.formats.told import clean, general_feedback, name_of, option_feedback, tags_of
from kg.quiz.item import Item, Quiz

PENALTY: Final = "0.3333333"  # of a further attempt, in Moodle's interactive behaviour; its own default
LONGEST_NAME: Final = 120


def to_moodle(quiz: Quiz) -> bytes:
    """All questions in one category."""
    root = ET.Element("quiz")
    category = ET.SubElement(root, "question", type="category")
    _text(ET.SubElement(category, "category"), f"$course$/top/{name_of(quiz)}")
    for item in quiz.items:
        _question(root, item)
    ET.indent(root, " ")
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = clean(text)


def _html(parent: ET.Element, name: str, text: str) -> ET.Element:
    """An element whose text is a paragraph of HTML, in which nothing of a paper is markup."""
    element = ET.SubElement(parent, name, format="html")
    _text(element, f"<p>{html.escape(clean(text), quote=False)}</p>")
    return element


def _question(root: ET.Element, item: Item) -> None:
    kind = "matching" if item.pairs else "truefalse" if item.is_true_false else "multichoice"
    question = ET.SubElement(root, "question", type=kind)
    _text(ET.SubElement(question, "name"), f"{item.id} {item.stem}"[:LONGEST_NAME])
    _html(question, "questiontext", item.stem)
    _html(question, "generalfeedback", general_feedback(item))
    for name, value in (
        ("defaultgrade", f"{item.points:g}"),
        ("penalty", "1" if kind == "truefalse" else PENALTY),
        ("hidden", "0"),
        ("idnumber", item.id),
    ):
        ET.SubElement(question, name).text = value
    if kind == "matching":
        _pairs(question, item)
    else:
        _options(question, item, kind)
    tags = ET.SubElement(question, "tags")
    for tag in tags_of(item):
        _text(ET.SubElement(tags, "tag"), tag)


def _options(question: ET.Element, item: Item, kind: str) -> None:
    if kind == "multichoice":
        for name, value in (
            ("single", "true"),
            ("shuffleanswers", "false" if item.fixed_order else "true"),
            ("answernumbering", "ABCD"),
        ):
            ET.SubElement(question, name).text = value
    for option in item.options:
        fraction = "100" if option.correct else "0"
        if kind == "truefalse":
            answer = ET.SubElement(question, "answer", fraction=fraction, format="moodle_auto_format")
            _text(answer, option.text.lower())
        else:
            answer = _html(question, "answer", option.text)
            answer.set("fraction", fraction)
        _html(answer, "feedback", option_feedback(option, item))


def _pairs(question: ET.Element, item: Item) -> None:
    ET.SubElement(question, "shuffleanswers").text = "true"
    for left, right in item.pairs:
        _text(ET.SubElement(_html(question, "subquestion", left), "answer"), right)
