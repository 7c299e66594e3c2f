"""This module draws the table of findings: one semantic table, bars and intervals beside the numbers they repeat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.compare import Row
from kg.evidence import Cell
from kg.measures import Interval
from kg.model import Concept, Statement
from kg.web.cautions import short_warnings
from kg.web.evidence import attached_text, evidence, origin, warning_chip
from kg.web.figures import bar, interval_plot, percent, percent_limits, ratio_limits, rounded, scale, scale_header
from kg.web.flags import beside_number
from kg.web.markup import Html, element, joined
from kg.web.mentions import counting, spoken
from kg.web.view import Context, View, capital, short_name

# reading -> (side, mark, words); the letter and the shape carry it, the colour only repeats it
READINGS: Final = {
    "may_favour_a": ("a", "■", "may favour A"),
    "favours_a": ("a", "■", "favours A"),
    "may_favour_b": ("b", "◆", "may favour B"),
    "favours_b": ("b", "◆", "favours B"),
    "does_not_separate": ("neither", "○", "does not separate"),
    "in_words_only": ("neither", "□", "no ratio"),
}
RATIO_LABEL: Final = "LR+ for A against B"  # where a row is a card and has no column heads
NOT_REPORTED: Final = "— not reported"
ASSESSED: Final = "⊘ assessed, no result printed"


def counted_table(rows: Sequence[Row], view: View) -> Html:
    """Findings that were counted in both groups, with their ratios."""
    heads = (
        "Sign",
        joined("A ", abbreviated(view.comparison.a)),
        joined("B ", abbreviated(view.comparison.b)),
        scale_header(),
        "LR+ (95% CI)",
        "Reading",
        "Source · check",
    )
    title = "Signs counted in both groups"
    caption = f"{count_of(rows, 'sign')} counted in both groups{_by(rows)}. {ORDERS[view.comparison.filters.sort]}"
    heading = element("h2", title, class_="visually-hidden")
    return joined(heading, _table(title, caption, heads, [_counted_row(row, view) for row in rows], 7))


ORDERS: Final = {
    "bound": "Order: interval limit on the side of 1, largest first.",
    "lr": "Order: LR+, largest first.",
    "name": "Order: by name.",
    "phase": "Order: by phase.",
}


def abbreviated(concept: Concept) -> Html:
    """The short name of a disease, with the whole one behind it."""
    short, whole = short_name(concept), capital(concept.label)
    return element("abbr", short, title=whole) if short != whole else joined(short)


def _by(rows: Sequence[Row]) -> str:
    return " by one study" if all(row.within_study for row in rows) else "; ⚠ marks a pair of two studies"


def count_of(things: Sequence[object], noun: str) -> str:
    """'1 sign', '8 signs'."""
    return f"{len(things)} {noun}{'' if len(things) == 1 else 's'}"


def one_sided_tables(rows: Sequence[Row], view: View) -> Html:
    """Findings counted in one group; those whose total no paper prints stand apart, under their own heading."""
    whole = [row for row in rows if not without_total(row)]
    bare = [row for row in rows if without_total(row)]
    counted = f"{count_of(whole, 'sign')} counted in one group only: no likelihood ratio can be given for these."
    number = f"{count_of(bare, 'sign')} with a number of patients and no total: no percentage can be given for these."
    parts = (("Signs counted in one group", counted, whole), ("Number printed, total not printed", number, bare))
    return joined(_one_sided_table(title, caption, some, view) for title, caption, some in parts if some)


def without_total(row: Row) -> bool:
    """Whether a row has a number, and nowhere the total that it is of."""
    numbers = [cell for cell in (row.a, row.b) if cell is not None and cell.n is not None]
    return bool(numbers) and all(cell.total is None for cell in numbers)


def _one_sided_table(title: str, caption: str, rows: Sequence[Row], view: View) -> Html:
    """The authors' words, or their silence, stand on the side that was not counted."""
    heads = (
        "Sign",
        joined("A ", abbreviated(view.comparison.a)),
        joined("B ", abbreviated(view.comparison.b)),
        "Reading",
        "Source · check",
    )
    heading = element("h2", title, class_="small")
    return joined(heading, _table(title, caption, heads, [_one_sided_row(row, view) for row in rows], 5))


def _table(title: str, caption: str, heads: Sequence[str], rows: Sequence[Html], columns: int) -> Html:
    head = element("tr", *(element("th", text, scope="col", role="columnheader") for text in heads), role="row")
    table = element(
        "table",
        element("caption", caption),
        element("thead", head, role="rowgroup"),
        element("tbody", *rows, role="rowgroup"),
        class_=f"findings columns-{columns}",
        role="table",
    )
    return element("div", table, class_="wrap", role="region", aria_label=title)


def _counted_row(row: Row, view: View) -> Html:
    side, _, _ = READINGS[row.reading]
    plot = interval_plot(row.ratio, side) if row.ratio else None
    cells = (
        _cell("A", cell_content(row.a, row.words_a, "a", view), short_name(view.comparison.a)),
        _cell("B", cell_content(row.b, row.words_b, "b", view), short_name(view.comparison.b)),
        element(
            "td",
            plot,
            element("span", scale(), class_="label-narrow") if plot else None,
            class_="wide plotted",
            role="cell",
        ),
        _cell(RATIO_LABEL, _ratio(row), "", class_="wide ratio"),
        element("td", reading(row), role="cell", class_="wide read"),
        element("td", source_and_check(row, view), role="cell", class_="wide sourced"),
    )
    return _row_pair(row, cells, view, 7)


def _one_sided_row(row: Row, view: View) -> Html:
    cells = (
        _cell("A", cell_content(row.a, row.words_a or row.direct, "a", view), short_name(view.comparison.a)),
        _cell("B", cell_content(row.b, row.words_b or row.direct, "b", view), short_name(view.comparison.b)),
        element("td", reading(row), role="cell", class_="wide"),
        element("td", source_and_check(row, view), role="cell", class_="wide"),
    )
    return _row_pair(row, cells, view, 5)


def _cell(letter: str, content: Html, name: str, class_: str | None = None) -> Html:
    """A cell with the label that stands above it where the table has no columns."""
    label = element("span", joined(letter, name, by=" "), class_="label-narrow", aria_hidden="true")
    return element("td", label, content, role="cell", class_=class_)


def _row_pair(row: Row, cells: Sequence[Html], view: View, columns: int) -> Html:
    """The numbers, and beneath them the line that opens to the evidence."""
    opened = view.printing or view.is_opened(row)
    head = element("th", capital(row.label), scope="row", role="rowheader")
    target = " target" if view.is_opened(row) else ""
    details = element(
        "details", element("summary", summary(row, view), id=view.anchor(row)), evidence(row, view), open=opened
    )
    more = element("td", details, colspan=columns, role="cell")
    return joined(
        element("tr", head, *cells, class_=f"finding{target}", role="row"),
        element("tr", more, class_="more", role="row"),
    )


def cell_content(cell: Cell | None, words: Sequence[str], side: str, view: Context) -> Html:
    """A count with its interval, the authors' words, or which of the other states it is: never a blank."""
    if cell is not None and cell.interval is not None and cell.n is not None and cell.total is not None:
        return joined(_counted(cell, cell.n, cell.total, cell.interval, side), beside_number(cell, view))
    if cell is not None and cell.state == "assessed":
        return element("span", ASSESSED, class_="state-assessed")
    said = spoken(cell, words, view)
    if cell is not None and cell.n is not None:
        return _bare(cell.n, view.all(counting(cell, view))[:1] or said, view)
    return _in_words(said, view) if said else element("span", NOT_REPORTED, class_="state-not-reported")


def _in_words(said: Sequence[Statement], view: Context) -> Html:
    more = f" · {len(said) - 1} more" if len(said) > 1 else ""
    where = element("span", f" {view.paper(said[0].source)}, {origin(said[0])}{more}", class_="quiet")
    return element("span", element("q", said[0].quote), where, class_="state-words")


def _bare(n: int, said: Sequence[Statement], view: Context) -> Html:
    """A count of nobody knows how many: the sentence first, the number small, so that it looks like no proportion."""
    sentence = _in_words(said[:1], view) if said else None
    number = element("span", f"{n}, of how many is not printed", class_="quiet")
    return element("span", joined(sentence, number, by=" · "), class_="state-bare")


def _counted(cell: Cell, n: int, total: int, interval: Interval, side: str) -> Html:
    proportion = n / total
    texts = (
        element("span", f"{n}/{total}", class_="count"),
        element("span", percent(proportion, total), class_="percent"),
        element("span", f"({percent_limits(interval)})", class_="interval"),
        element("span", "lesions", class_="quiet") if cell.unit == "lesions" else None,
        element("span", "never seen", class_="quiet") if cell.state == "zero" and not cell.complement else None,
    )
    return joined(
        element("span", joined(texts, by=" "), class_=f"state-{cell.state.replace('_', '-')}"),
        bar(proportion, interval, side),
    )


def _ratio(row: Row) -> Html:
    if row.ratio is None:
        return element("span", "—", class_="quiet")
    mark = element("span", "†", title="0.5 added to all four cells, one of which is 0") if row.ratio.corrected else None
    limits = element("span", f"({ratio_limits(row.ratio)})", class_="interval")
    return joined(element("span", rounded(row.ratio.estimate), class_="count"), " ", limits, mark)


def reading(row: Row) -> Html:
    """Which way the row points, by letter and shape."""
    side, mark, words = READINGS[row.reading]
    if row.ratio is None and row.direction is not None:
        side, words = row.direction, f"authors: {row.direction.upper()}"
    return element("span", element("span", mark, aria_hidden="true"), f" {words}", class_=f"reading {side}")


def source_and_check(row: Row, view: View) -> Html:
    """The papers behind the row, whose counts they are, and what to be careful with."""
    sources = dict.fromkeys([cell.source for cell in (row.a, row.b) if cell is not None] or filter(None, [row.source]))
    names = ", ".join(view.paper(key) for key in sources)
    kinds = dict.fromkeys(
        statement.evidence
        for cell in (row.a, row.b)
        if cell
        for statement in map(view.statement, cell.used)
        if statement
    )
    line = joined(
        names, [{"own": "own", "cited": "cited", "background": "no source"}[kind] for kind in kinds], by=" · "
    )
    return joined(element("span", line, class_="origin"), *(joined(" ", chip) for chip in _chips(row, view)))


def _chips(row: Row, view: View) -> list[Html]:
    """What a reader should know before opening the row: other readings, corrections, warnings."""
    shown = {f"{cell.n}/{cell.total}" for cell in (row.a, row.b) if cell}
    others = (other.text for cell in (row.a, row.b) if cell for other in cell.alternatives)
    alternatives = [text for text in others if text not in shown]
    chips = (
        [element("span", f"≠ also printed {', '.join(dict.fromkeys(alternatives))}", class_="warn")]
        if alternatives
        else []
    )
    if row.ratio is not None and row.ratio.corrected:
        chips.append(element("span", "† 0.5 added to each cell", class_="quiet"))
    said = [str(beside_number(cell, view) or "") for cell in (row.a, row.b) if cell]
    warnings = [
        text
        for text in row.every_warning
        if not (alternatives and text.startswith("also printed"))
        and not any(text.partition(",")[0] in flag for flag in said)
    ]
    return [*chips, *(warning_chip(text) for text in short_warnings(warnings))]


def summary(row: Row, view: View) -> str:
    """The line that opens the row: how it was seen, how well readers agreed, and what opens."""
    cell = row.a or row.b
    phases = " → ".join(view.name(phase) for phase in cell.phases) if cell else ""
    technique = [view.short(cell.modality) if cell and cell.modality else "", phases]
    agreement = next((attached_text(one) for one in row.attached if one.kind in ("kappa", "icc")), "")
    level = f"a level of {row.group}" if row.group else None
    side = "" if row.a and row.b else " in A" if row.a else " in B"
    parts = [", ".join(filter(None, technique)), agreement.replace("=", " "), level, f"evidence for {row.label}{side}"]
    return " · ".join(" ".join(part.split()) for part in parts if part)
