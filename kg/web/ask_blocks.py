"""This module draws an answer to a question: sentences with numbered references, what disagrees, or the refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from kg.ask import Answer, Clause
from kg.compare import Sentence
from kg.model import Concept
from kg.web.evidence import quoted_all
from kg.web.markup import Html, element, joined, link_to
from kg.web.view import Context, capital, sentence_text

PAGE: Final = "ask"
EXAMPLES: Final = (
    "Which signs discriminate PHNEN from HCC?",
    "How often is washout seen in GEP-NET liver metastases?",
    "What is the mortality of liver transplantation?",
    "What does Granata say about DWI?",
    "Do the papers agree on whether PHNEN is solitary or multiple?",
    "How many HCC patients had washout?",
)
"""Questions to begin with; of the last one no paper counted anything, and the page says so."""


def examples() -> Html:
    """Questions that show what can be asked."""
    items = (element("li", element("a", one, href=link_to(PAGE, q=one))) for one in EXAMPLES)
    return joined(element("h2", "Examples"), element("ul", *items))


def corrections(answer: Answer, address: Mapping[str, str]) -> Html | None:
    """What was read for a misspelt word, each with the way back to what was typed."""
    parts = []
    kept = address.get("keep", "").split()
    for one in answer.reading.corrections:
        undo = link_to(PAGE, q=address.get("q"), keep=" ".join([*kept, one.typed]))
        words = f"Read “{one.typed}” as {one.read}. "
        parts.append(element("p", words, element("a", f"Undo: keep “{one.typed}”", href=undo)))
    return element("div", *parts, class_="message info") if parts else None


def ambiguities(answer: Answer, concepts: Mapping[str, Concept]) -> Html | None:
    """What else a name can mean: the answer is of all of it until one is chosen."""
    every = [key for mention in answer.concepts for key in mention.keys]
    lines = []
    for mention in answer.reading.choices:
        links = []
        for key in mention.keys:
            rest = ",".join(other for other in every if other == key or other not in mention.keys)
            links.append(
                element("a", f"only {concepts[key].label}", href=link_to(PAGE, q=answer.reading.question, c=rest))
            )
        labels = " and ".join(concepts[key].label for key in mention.keys)
        lines.append(
            element("p", f"“{mention.text}” can mean {labels}: this answer is of both. ", joined(links, by=" · "))
        )
    return element("div", *lines, class_="message info") if lines else None


def read_as(answer: Answer, context: Context) -> Html | None:
    """What else was read of the question: papers, origin, numbers."""
    reading = answer.reading
    parts = [context.paper(key) for key in reading.sources]
    parts += [f"{kind} evidence only" for kind in reading.evidence]
    parts += [f"number {one.text}" for one in reading.numbers]
    return element("p", f"Also read: {'; '.join(parts)}.", class_="quiet") if parts else None


def status(answer: Answer) -> Html:
    """One line that is announced when the answer changes."""
    said = f"{len(answer.clauses)} sentences, {len(answer.rows)} statements" if answer.answered else "No answer"
    return element("p", f"{said}.", class_="status visually-hidden", role="status")


def sentences(answer: Answer, context: Context) -> Html:
    """The answer, a sentence a line, each with its references; what is not there before, what does not fit behind."""
    lead, rest = answer.clauses[0], answer.clauses[1:]
    shown = [element("p", note) for note in answer.notes]
    shown.append(element("p", element("b", "Answer. "), _sentence(lead, context), class_="answer"))
    if rest:
        shown.append(element("ol", *(element("li", _sentence(one, context)) for one in rest), class_="clauses"))
    if answer.disagreements:
        lines = (element("p", "⚠ ", _sentence(one, context)) for one in answer.disagreements)
        shown.append(element("div", *lines, class_="message warning"))
    return joined(*shown)


def _sentence(clause: Clause, context: Context) -> Html:
    text = sentence_text(Sentence(text=capital(clause.text)))
    links = [
        element("a", f"[{context.numbers[one.id]}]", href=context.reader_link(one))
        for one in context.all(clause.statements)
    ]
    return joined(text, " ", element("sup", joined(links, by=" ")))


def refusal(answer: Answer) -> Html:
    """Why there is no answer, and the nearest questions that have one."""
    links = (element("li", element("a", one, href=link_to(PAGE, q=one))) for one in answer.nearest)
    near = joined(element("p", "Nearest questions with an answer:"), element("ul", *links)) if answer.nearest else None
    return element("div", element("p", element("b", "No answer. "), answer.reason), near, class_="message info")


def compare_link(sides: Sequence[str]) -> Html:
    """The way to the whole comparison of the two diseases that a question sets against each other."""
    return element("a", "Open in Compare", href=link_to("", a=sides[0], b=sides[1]), class_="button")


def references(answer: Answer, context: Context) -> Html:
    """Each row that the answer gives, numbered, with its sentence and the way into the paper."""
    items = []
    for number, statement in enumerate(answer.shown, start=1):
        said = f"{capital(context.entity(statement.subject))}: {context.entity(statement.object)}"
        head = element("summary", f"[{number}] {said}, {context.paper(statement.source)}", _told_apart(number))
        cited = any(statement.id in clause.statements for clause in answer.clauses)
        items.append(element("details", head, quoted_all([statement], context), open=context.printing or cited))
    more = None
    if len(answer.rows) > len(answer.shown):
        link = link_to(PAGE, **{**context.address, "all": "1"})
        more = element("p", element("a", f"All {len(answer.rows)} statements", href=link))
    return joined(element("h2", "References"), element("div", *items, class_="evidence"), more)


def _told_apart(number: int) -> Html:
    return element("span", f" reference {number}", class_="visually-hidden")
