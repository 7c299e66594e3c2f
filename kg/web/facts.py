"""This module draws what is said of one concept as tables: counts with their interval, numbers as printed, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.compare import MatrixCell
from kg.evidence import Cell
from kg.model import Entity, Statement
from kg.profile import PROFILED, Accuracy, Conflict, Fact, Printed, Section
from kg.web.cautions import short_warnings
from kg.web.evidence import ORIGIN_NAMES, origin, place_link, quotes, warning_chip
from kg.web.findings import ASSESSED, NOT_REPORTED, cell_content
from kg.web.flags import beside_number, flag, judged
from kg.web.markup import Html, element, joined, link_to
from kg.web.mentions import spoken
from kg.web.panel import predicate_words
from kg.web.view import Context, capital

LONGEST_QUOTE: Final = 160  # characters of a sentence in a table; the opened row has it whole
KIND_TITLES: Final = {"sensitivity": "Sensitivity", "specificity": "Specificity", "auc": "AUC", "rate": "Found in"}
NUMBERS_SHOWN: Final = 3


def browse_link(entity: Entity, context: Context) -> Html:
    """The name of a thing, as a link to its page where it has one."""
    label, page = capital(context.entity(entity)), page_of(entity.key or "", context)
    return element("a", label, href=page) if page else joined(label)


def page_of(key: str, context: Context) -> str | None:
    """The address of a concept's page, None for what has none."""
    concept = context.concepts.get(key)
    return link_to("browse", id=f"{concept.type}:{key}") if concept and concept.type in PROFILED else None


def section_table(section: Section, context: Context) -> Html:
    """The rows of a section, as its kind of table."""
    if section.facts:
        return fact_table(section.title, section.facts, context)
    if section.accuracies:
        return accuracy_table(section.title, section.accuracies, context)
    return printed_table(section.title, section.printed, context)


def _table(title: str, caption: str, heads: Sequence[str], rows: Iterable[Html], kind: str) -> Html:
    head = element("tr", *(element("th", text, scope="col", role="columnheader") for text in heads), role="row")
    table = element(
        "table",
        element("caption", caption),
        element("thead", head, role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        class_=f"findings {kind}",
        role="table",
    )
    return element("div", table, class_="wrap", role="region", aria_label=title)


def _cell(label: str, content: str, *, class_: str | None = None) -> Html:
    narrow = element("span", label, class_="label-narrow", aria_hidden="true") if content else None
    return element("td", narrow, content, role="cell", class_=class_)


def _row(head: Html, cells: Sequence[Html], summary: str, body: Html, context: Context) -> Html:
    details = element(
        "details", element("summary", summary), element("div", body, class_="evidence"), open=context.printing
    )
    columns = len(cells) + 1
    return joined(
        element("tr", element("th", head, scope="row", role="rowheader"), *cells, class_="finding", role="row"),
        element("tr", element("td", details, colspan=columns, role="cell"), class_="more", role="row"),
    )


def fact_table(title: str, facts: Sequence[Fact], context: Context) -> Html:
    """What can be counted: a row a finding (or a disease), the state in words, the count with its interval."""
    counted = sum(any(c.counted for c in fact.cell.counts) for fact in facts)
    caption = f"{len(facts)} facts, {counted} with n/N. Order: lower limit of the share, then never seen, then words."
    heads = (title, "Seen on", "State and n/N", "Origin", "Papers", "Check")
    return _table(title, caption, heads, [_fact_row(fact, context) for fact in facts], "facts")


def _fact_row(fact: Fact, context: Context) -> Html:
    cell = fact.cell
    said = context.all(cell.statements)
    cells = (
        _cell("Seen on", _techniques(cell, said, context)),
        _cell("State", state(cell, context), class_="wide"),
        _cell("Origin", _origins(cell, said)),
        _cell("Papers", _papers(said, context)),
        _cell("Check", _checks(cell, context), class_="wide"),
    )
    summary = f"evidence for {context.entity(fact.about)}"
    return _row(browse_link(fact.about, context), cells, summary, fact_evidence(cell, context), context)


def state(cell: MatrixCell, context: Context) -> Html:
    """Which of the five states a cell is in: never a blank, and 0/N never like 'not reported'."""
    if cell.counts:
        several = len(cell.counts) > 1
        return joined(*(_count(one, context, named=several) for one in cell.counts))
    said = context.all(cell.words)
    if said:
        mark = "≠ " if cell.state == "disagree" else None
        return joined(mark, element("span", _shortened(said), class_="state-words"))
    if cell.looked_for:
        return element("span", ASSESSED, class_="state-assessed")
    return element("span", NOT_REPORTED, class_="state-not-reported")


def _count(cell: Cell, context: Context, *, named: bool) -> Html:
    paper = element("span", f" {context.paper(cell.source)}", class_="quiet") if named else None
    return element("div", cell_content(cell, (), "a", context), paper)


def _shortened(said: Sequence[Statement]) -> Html:
    words = " ".join(said[0].quote.split())
    cut = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    more = element("span", f" and {len(said) - 1} more", class_="quiet") if len(said) > 1 else None
    return joined("in words: ", element("q", cut), more)


def _techniques(cell: MatrixCell, said: Sequence[Statement], context: Context) -> str:
    counted = [c.modality for c in cell.counts if c.modality]
    keys = dict.fromkeys([*counted, *(s.modality for s in said if s.modality)])
    return ", ".join(context.short(key) for key in list(keys)[:NUMBERS_SHOWN]) or "not said"


def _origins(cell: MatrixCell, said: Sequence[Statement]) -> str:
    derived = ["derived"] if any(c.derived is not None for c in cell.counts) else []
    return ", ".join(dict.fromkeys([*(ORIGIN_NAMES[one.evidence] for one in said), *derived])) or "—"


def _papers(said: Sequence[Statement], context: Context) -> str:
    return ", ".join(dict.fromkeys(context.paper(s.source) for s in said)) or "—"


def _checks(cell: MatrixCell, context: Context) -> Html:
    beside = [str(beside_number(c, context) or "") for c in cell.counts]
    texts = [text for c in cell.counts for text in c.warnings]
    texts = [text for text in texts if not any(text.partition(",")[0] in said for said in beside)]
    chips = [warning_chip(text) for text in short_warnings(tuple(dict.fromkeys(texts)))]
    derived = [
        element("span", "denominator ours", class_="quiet") for c in cell.counts if c.denominator_from == "cohort"
    ]
    return joined([*chips, *derived[:1]], by=" ")


def fact_evidence(cell: MatrixCell, context: Context) -> Html:
    """What a row opens to: the sentences of the count, why this reading is shown, the checks, the other sentences."""
    counted = dict.fromkeys(i for c in cell.counts for i in c.used)
    words = [s.id for one in cell.counts or () for s in spoken(one, (), context)]
    rest = [i for i in dict.fromkeys([*cell.words, *words, *cell.statements, *cell.looked_for]) if i not in counted]
    remarks = [c.why for c in cell.counts if c.why] + list(cell.notes)
    remarks += [c.derived.formula for c in cell.counts if c.derived is not None]
    remarks += [f"counted in {c.unit}" for c in cell.counts if c.unit]
    return joined(
        _part("Counted", counted, context),
        element("section", element("h3", "How to read it"), _list(remarks)) if remarks else None,
        checked(cell.statements, context),
        _part("In words" if not counted else "Other mentions", rest, context),
    )


def _part(heading: str, identifiers: Iterable[str], context: Context) -> Html | None:
    said = quotes(identifiers, context)
    return element("section", element("h3", heading), said) if said else None


def _list(items: Iterable[str]) -> Html:
    return element("ul", *(element("li", capital(item)) for item in dict.fromkeys(items)))


def checked(identifiers: Iterable[str], context: Context) -> Html | None:
    """What the audit says of the numbers of some statements."""
    found = judged(identifiers, context)
    if not found:
        return None
    return element(
        "section", element("h3", "Checked against the paper"), element("ul", *(element("li", flag(v)) for v in found))
    )


def printed_table(title: str, rows: Sequence[Printed], context: Context) -> Html:
    """What is printed: a row a thing and predicate, the numbers as they stand in the paper."""
    numbers = sum(any(s.statistic for s in context.all(row.statements)) for row in rows)
    caption = f"{len(rows)} facts, {numbers} with a number as printed. No interval is computed from these."
    heads = (title, "What is said", "Printed", "Origin", "Papers")
    return _table(title, caption, heads, [_printed_row(row, context) for row in rows], "printed")


def _printed_row(row: Printed, context: Context) -> Html:
    said = context.all(row.statements)
    printed = list(dict.fromkeys(" ".join(s.statistic.printed.split()) for s in said if s.statistic))
    more = f" and {len(printed) - NUMBERS_SHOWN} more" if len(printed) > NUMBERS_SHOWN else ""
    number: Html = (
        joined(", ".join(printed[:NUMBERS_SHOWN]) + more) if printed else element("span", "in words", class_="quiet")
    )
    denied = " · said not to be so" if all(s.polarity == "absent" for s in said) else ""
    hedge = " · hedged" if all(s.hedged for s in said) else ""
    cells = (
        _cell("What is said", f"{predicate_words(row.predicate)}{denied}{hedge}"),
        _cell("Printed", number),
        _cell("Origin", ", ".join(dict.fromkeys(ORIGIN_NAMES[one.evidence] for one in said))),
        _cell("Papers", _papers(said, context)),
    )
    body = joined(checked(row.statements, context), _part("Sentences", row.statements, context))
    summary = f"evidence for {context.entity(row.about)}: {predicate_words(row.predicate).casefold()}"
    return _row(browse_link(row.about, context), cells, summary, body, context)


def accuracy_table(title: str, rows: Sequence[Accuracy], context: Context) -> Html:
    """Accuracies as printed, a row a sentence and target."""
    caption = "Accuracies as printed. A range is a range over studies as printed, not a confidence interval."
    heads = ("Target", *KIND_TITLES.values(), "Origin", "Paper")
    return _table(
        title, caption, heads, [_accuracy_row(n, row, context) for n, row in enumerate(rows, 1)], "accuracies"
    )


def _accuracy_row(number: int, row: Accuracy, context: Context) -> Html:
    said = context.all(row.statements)
    cells = [_cell(name, _number(row.numbers.get(kind), context)) for kind, name in KIND_TITLES.items()]
    cells += [
        _cell("Origin", ", ".join(dict.fromkeys(map(origin, said)))),
        _cell("Paper", context.paper(row.source)),
    ]
    body = joined(checked(row.statements, context), _part("Sentence", row.statements, context))
    summary = f"evidence {number} for {context.entity(row.target)}"
    return _row(browse_link(row.target, context), cells, summary, body, context)


def _number(identifier: str | None, context: Context) -> Html:
    statement = context.statement(identifier) if identifier else None
    if statement is None or statement.statistic is None:
        return element("span", "—", class_="quiet")
    return joined(" ".join(statement.statistic.printed.split()))


def conflicts(found: Sequence[Conflict], context: Context) -> Html | None:
    """Where papers do not agree, on top: each side with its places."""
    if not found:
        return None
    items = (
        element(
            "li",
            element("b", f"≠ {capital(conflict.question)} "),
            joined((_side(text, ids, context) for text, ids in conflict.sides), by=" | "),
        )
        for conflict in found
    )
    return element("div", element("ul", *items), class_="message warning conflicts", role="note")


def _side(text: str, identifiers: Sequence[str], context: Context) -> Html:
    links = (place_link(statement, context) for statement in context.all(identifiers)[:2])
    return element("span", element("span", text, class_="count"), " ", joined(links, by=", "))
