"""This module draws findings by diseases as a grid: counted, never seen, only said, not reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.compare import Matrix, MatrixCell, MatrixRow
from kg.model import Concept
from kg.web.markup import Html, element, joined, link_to
from kg.web.view import capital, short_name

FEWEST_REPORTED: Final = 2  # diseases of which something is said, for a row without a count
# What a cell is -> (class, what it looks like, in words)
LOOKS: Final = {
    "seen": ("filled", "n/N: counted and seen"),
    "zero": ("ring", "0/N: looked for, never seen"),
    "in_words": ("hatched", "in words, no count"),
    "not_reported": ("blank", "— not reported"),
}


def look(cell: MatrixCell) -> str:
    """Which of LOOKS a cell has: papers that disagree look like what they disagree about, and say so."""
    if cell.state == "disagree":
        return "seen" if cell.counts else "in_words"
    return cell.state


def rows_worth_showing(matrix: Matrix) -> tuple[MatrixRow, ...]:
    """Findings with a count, or of which several diseases are said to have them or not."""
    return tuple(
        row
        for row in matrix.rows
        if any(cell.counts for cell in row.cells)
        or sum(cell.state != "not_reported" for cell in row.cells) >= FEWEST_REPORTED
    )


def grid(matrix: Matrix) -> Html:
    """The grid as a table: each cell says in words what its look says, and leads to Browse."""
    rows = rows_worth_showing(matrix)
    head = element("tr", element("th", "Finding", scope="col"), *(_head(disease) for disease in matrix.diseases))
    body = [_row(row, matrix.diseases) for row in rows]
    hidden = len(matrix.rows) - len(rows)
    rest = f" {hidden} more findings are named of one disease only; Browse has them." if hidden else ""
    caption = element("caption", "Findings by diseases", class_="visually-hidden")
    lead = element("p", f"{len(rows)} findings by {len(matrix.diseases)} diseases.{rest}", class_="quiet")
    table = element("table", caption, element("thead", head), element("tbody", *body), class_="small grid")
    return joined(
        _legend(),
        lead,
        element("div", table, class_="wrap", tabindex=0, role="region", aria_label="Findings by diseases"),
    )


def _legend() -> Html:
    looks = (
        element("span", element("span", "", class_=f"swatch {name}", aria_hidden="true"), f" {words}")
        for name, words in LOOKS.values()
    )
    return element("p", *looks, class_="legend")


def _head(disease: Concept) -> Html:
    name = short_name(disease)
    return element("th", element("a", name, href=link_to("browse", id=f"disease:{disease.key}")), scope="col")


def _row(row: MatrixRow, diseases: Sequence[Concept]) -> Html:
    finding = row.finding
    name = capital(finding.label)
    head = element("th", name, scope="row")
    return element("tr", head, *(_cell(cell, disease, row) for cell, disease in zip(row.cells, diseases, strict=True)))


def _cell(cell: MatrixCell, disease: Concept, row: MatrixRow) -> Html:
    kind = look(cell)
    if cell.state == "not_reported":
        return element("td", element("span", "—", aria_hidden="true"), _hidden("not reported"), class_="blank")
    of_what = _hidden(f" {row.finding.label} in {short_name(disease)}")
    link = element("a", _short(cell), of_what, href=link_to("browse", id=f"disease:{disease.key}"))
    return element("td", link, class_=LOOKS[kind][0])


def _hidden(words: str) -> Html:
    return element("span", words, class_="visually-hidden")


def _short(cell: MatrixCell) -> str:
    """n/N of each study, or that it is said in words; the opened page has the interval."""
    sign = "≠ " if cell.state == "disagree" else ""
    if cell.counts:
        counts = (f"{one.n}/{one.total}" if one.total is not None else f"{one.n} of ?" for one in cell.counts)
        return sign + ", ".join(counts)
    return sign + (f"words {len(cell.words)}" if cell.words else cell.text)  # it may be only compared, or only assessed


def grid_words(matrix: Matrix) -> str:
    """How full the grid is, disease by disease: what a reader who cannot look at it wants to know first."""
    rows = rows_worth_showing(matrix)
    said = []
    for place, disease in enumerate(matrix.diseases):
        kinds = [look(row.cells[place]) for row in rows]
        counts = {name: kinds.count(name) for name in LOOKS}
        said.append(
            f"{short_name(disease)}: {counts['seen']} counted, {counts['zero']} never seen, "
            f"{counts['in_words']} in words, {counts['not_reported']} not reported"
        )
    return "; ".join(said) + "."
