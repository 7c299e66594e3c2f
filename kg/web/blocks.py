"""This module draws what stands around the table of a comparison: the answer, measured values, what is not counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kg.compare import Comparison, Disagreement, Discrimination, Measured, Row, Sentence
from kg.web.evidence import attached_text, place_link, quotes
from kg.web.figures import effect_text, ratio_text
from kg.web.findings import ASSESSED, cell_content, count_of, source_and_check
from kg.web.markup import Html, element, joined
from kg.web.view import View, capital, sentence_text, short_name

ORIGINS: Final = (
    ("own", "counted or seen by this study"),
    ("cites", "taken from the reference with this number"),
    ("no source", "said without a reference"),
)
TERMS: Final = (
    (
        "n/N % (low–high)",
        "n of N have the sign, as a percentage, with its 95% interval (Wilson): the dark line on the bar.",
    ),
    (
        "LR+ for A against B",
        "How many times more frequent the sign is in A than in B. 1: it separates nothing. 2: twice.",
    ),
    ("Interval", "The range that fits the counts with 95% certainty. Where it holds 1, the sign does not separate."),
    ("■ ◆ ○ □", "Points to A, points to B, separates neither, no ratio."),
    ("†", "0.5 was added to all four cells of the two by two table, because one is 0."),
    ("κ", "Agreement of two readers beyond chance: 1 is perfect, 0 is no better than guessing."),
    ("0/N never seen", "Looked for in N and found in none; not the same as “not reported”."),
    (
        "⚠ ≠",
        "A number to be careful with; two numbers printed for one thing. The opened row has the arithmetic.",
    ),
)


def answer(view: View) -> Html:
    """The answer in sentences, each with the numbers of the passages that it rests on."""
    cited: set[str] = set()
    once = {sentence_text(sentence): sentence for sentence in reversed(view.comparison.answer)}
    sentences = [joined(text, _reference(sentence, cited, view)) for text, sentence in reversed(once.items())]
    return element("p", joined(element("b", "Answer."), *sentences, by=" "), class_="answer")


def legend() -> Html:
    """How to read a table, folded, and what its three origins mean, on one line."""
    terms = (joined(element("dt", term), element("dd", meaning)) for term, meaning in TERMS)
    fold = element("details", element("summary", "How to read this table"), element("dl", *terms, class_="evidence"))
    words = (element("span", element("b", name), f": {meaning}") for name, meaning in ORIGINS)
    return element("div", element("p", joined(words, by=" · "), class_="origins"), fold, class_="how")


def _reference(sentence: Sentence, cited: set[str], view: View) -> Html | None:
    """A link to the first passage of a sentence that no sentence before it has cited."""
    new = (one for one in map(view.statement, sentence.statements) if one is not None and one.id not in cited)
    statement = next(new, None)
    if statement is None or cited.intersection(sentence.statements):
        return None
    cited.update(sentence.statements)
    return element("sup", element("a", f"[{view.numbers[statement.id]}]", href=view.reader_link(statement)))


def status(view: View) -> Html:
    """One line that is announced when the table changes."""
    comparison = view.comparison
    both = f"{count_of(comparison.counted, 'sign')} counted in both groups"
    shown = f"{both}, {len(comparison.one_sided)} in one, {len(comparison.words)} in words"
    hidden = f"; {comparison.hidden} left out by the filters" if comparison.hidden else ""
    return element("p", f"{shown}{hidden}.", class_="status visually-hidden", role="status")


def cross_study_banner() -> Html:
    """What stands above a table that sets counts of two studies side by side."""
    return element(
        "div",
        element(
            "p",
            element("b", "Counts of different studies side by side. "),
            "Different hospitals, scanners and definitions. Not a comparison of groups.",
        ),
        class_="message warning",
        role="note",
    )


def around(view: View) -> Html:
    """Everything below the table, in the order of what it can carry."""
    comparison = view.comparison
    parts = (
        _measured(comparison.measured, view),
        _discriminations(comparison.discriminations, view),
        _assessed(comparison, view),
        _disagreements(comparison.disagreements, view),
        _quoted_block(
            count_of(comparison.overlap, "sentence") + " on how much A and B resemble each other",
            comparison.overlap,
            view,
        ),
        _cited(comparison, view),
        _in_words(comparison.words, view),
    )
    heading = element("h2", "What else the papers say", class_="visually-hidden")
    return element("div", heading, joined(parts), class_="blocks")


def _details(title: str, body: str, view: View) -> Html:
    return element("details", element("summary", title), element("div", body, class_="evidence"), open=view.printing)


def _measured(measured: Sequence[Measured], view: View) -> Html | None:
    if not measured:
        return None
    return _details(
        f"Measured in both groups ({len(measured)}): {_measured_line(measured, view)}",
        _measured_table(measured, view),
        view,
    )


def _measured_line(measured: Sequence[Measured], view: View) -> str:
    return "; ".join(f"{_quantity(one, view)} {one.text_a} vs {one.text_b}" for one in measured[:2])


def _quantity(measured: Measured, view: View) -> str:
    phases = ", ".join(view.name(phase) for phase in measured.phases)
    return f"{view.entity(measured.quantity)}{f' ({phases})' if phases else ''}"


def _measured_table(measured: Sequence[Measured], view: View) -> Html:
    heads = (
        "Quantity",
        f"A {short_name(view.comparison.a)}",
        f"B {short_name(view.comparison.b)}",
        "Printed",
        "Hedges' g (95% CI)",
        "Place",
    )
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    rows = [
        element(
            "tr",
            element("th", capital(_quantity(one, view)), scope="row"),
            element("td", _with_unit(one.text_a, one.unit)),
            element("td", _with_unit(one.text_b, one.unit)),
            element("td", ", ".join(attached_text(attached) for attached in one.attached) or "—"),
            element("td", effect_text(one.effect) if one.effect else "— group sizes not printed"),
            element("td", _places(one.statements, view)),
        )
        for one in measured
    ]
    caption = element("caption", "Mean ± SD as printed; g is A minus B in standard deviations, computed by us.")
    table = element("table", caption, element("thead", head), element("tbody", *rows), class_="small")
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label="Measured in both groups")


def _with_unit(text: str, unit: str | None) -> str:
    return text if unit is None or unit in text else f"{text} {unit}"


def _places(identifiers: Iterable[str], view: View) -> Html:
    return joined((place_link(view.statement(identifier), view) for identifier in identifiers), by="; ")


def _discriminations(found: Sequence[Discrimination], view: View) -> Html | None:
    if not found:
        return None
    items = [_discrimination(one, view) for one in found]
    return _details(f"The papers' own discrimination results ({len(found)})", element("ul", *items), view)


def _discrimination(one: Discrimination, view: View) -> Html:
    results = (
        joined(attached_text(result), " ", place_link(view.statement(result.statement), view)) for result in one.results
    )
    ratio = (
        joined("; LR+ for ", view.entity(one.target), f" {ratio_text(one.ratio)}, computed by us")
        if one.ratio
        else None
    )
    head = element("b", capital(view.entity(one.finding)))
    return element(
        "li", head, f" for {view.entity(one.target)}, {view.paper(one.source)}: ", joined(results, by=", "), ratio, "."
    )


def _assessed(comparison: Comparison, view: View) -> Html | None:
    if not comparison.assessed:
        return None
    names = dict.fromkeys(f"{view.entity(cell.finding)} ({view.paper(cell.source)})" for cell in comparison.assessed)
    identifiers = [identifier for cell in comparison.assessed for identifier in cell.statements]
    return _details(f"{ASSESSED}: {', '.join(names)}", quotes(identifiers, view), view)


def _disagreements(found: Sequence[Disagreement], view: View) -> Html | None:
    if not found:
        return None
    items = (
        joined(
            element("h3", f"≠ {capital(view.entity(one.finding))}"),
            element("p", one.text),
            quotes(one.statements, view),
        )
        for one in found
    )
    return _details(f"≠ Papers disagree ({len(found)})", joined(items), view)


def _quoted_block(title: str, identifiers: Sequence[str], view: View) -> Html | None:
    return _details(title, quotes(identifiers, view), view) if identifiers else None


def _cited(comparison: Comparison, view: View) -> Html | None:
    if not comparison.cited:
        return None
    note = element("p", "Counts that these papers take from others. They enter no ratio.")
    return _details(f"Cited counts ({len(comparison.cited)})", joined(note, quotes(comparison.cited, view)), view)


def _in_words(rows: Sequence[Row], view: View) -> Html | None:
    if not rows:
        return None
    return _details(f"In words only ({count_of(rows, 'sign')})", _words_table(rows, view), view)


def _words_table(rows: Sequence[Row], view: View) -> Html:
    heads = ("Sign", f"A {short_name(view.comparison.a)}", f"B {short_name(view.comparison.b)}", "Source")
    head = element("tr", *(element("th", text, scope="col") for text in heads))
    body = [
        element(
            "tr",
            element("th", capital(row.label), scope="row"),
            element("td", cell_content(row.a, row.words_a, "a", view)),
            element("td", cell_content(row.b, row.words_b, "b", view)),
            element("td", _word_sources(row, view)),
        )
        for row in rows
    ]
    caption = element(
        "caption", "What the papers say of a sign without a count. Words are no numbers: no bar, no ratio."
    )
    table = element("table", caption, element("thead", head), element("tbody", *body), class_="small")
    return element("div", table, class_="wrap", tabindex=0, role="region", aria_label="In words only")


def _word_sources(row: Row, view: View) -> Html:
    identifiers = dict.fromkeys([*row.words_a, *row.words_b, *row.direct])
    return _places(identifiers, view) if identifiers else source_and_check(row, view)


def nothing_found(view: View, nearest: Sequence[tuple[str, str]]) -> Html:
    """What the page says of a pair on which the graph holds nothing, and where something is (label, address)."""
    a, b = short_name(view.comparison.a), short_name(view.comparison.b)
    links = joined((element("a", label, href=address) for label, address in nearest), by=" · ")
    near = element("p", "Nearest: ", links) if nearest else None
    return element(
        "div", element("p", f"Nothing here sets {a} against {b}."), near, class_="message info", role="status"
    )
