"""This module says what a comparison's files hold: a record a row, the table in Markdown, the filters in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.compare import Comparison, Matrix, Row
from kg.evidence import Cell
from kg.show import matrix_table
from kg.tables import to_text
from kg.web.figures import percent_limits, ratio_text
from kg.web.files import Occasion, csv_file, markdown_file, markdown_table
from kg.web.findings import READINGS
from kg.web.view import View, capital, sentence_text

COLUMNS = (
    "sign", "kind", "a_n", "a_total", "a_percent", "a_low", "a_high", "b_n", "b_total", "b_percent", "b_low", "b_high",
    "lr", "lr_low", "lr_high", "half_added", "reading", "source", "unit", "warnings", "a_printed", "a_quote", "a_start",
    "a_end", "b_printed", "b_quote", "b_start", "b_end",
)  # fmt: skip


def question(comparison: Comparison) -> str:
    """What was asked, in words."""
    return f"Which signs separate {comparison.a.label} (A) from {comparison.b.label} (B)?"


def filters_in_words(view: View) -> str:
    """The filters that were on, or 'none'."""
    filters = view.comparison.filters
    parts = [
        ("modality", [view.name(key) for key in filters.modalities]),
        ("phase", [view.name(key) for key in filters.phases]),
        ("paper", [view.paper(key) for key in filters.sources]),
        ("origin", list(filters.evidence)),
        ("state", list(filters.states)),
        ("only with a warning", ["yes"] if filters.only_warned else []),
        ("across studies", ["yes"] if filters.cross_study else []),
    ]
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in parts if values) or "none"


def to_csv(view: View, made: Occasion) -> str:
    """One line a row, computed columns beside the printed ones."""
    return csv_file(made, COLUMNS, (_record(row, view) for row in _rows(view.comparison)))


def matrix_to_csv(matrix: Matrix, made: Occasion) -> str:
    """One line for each finding, disease and paper that counted it."""
    table = matrix_table(matrix)
    return csv_file(made, table.columns, ({name: to_text(value) for name, value in row.items()} for row in table.rows))


def matrix_to_markdown(matrix: Matrix, made: Occasion) -> str:
    """The matrix as the page shows it: a row a finding, a column a disease."""
    head = ("Finding", *(capital(one.label) for one in matrix.diseases))
    rows = [(capital(row.finding.label), *(cell.text for cell in row.cells)) for row in matrix.rows]
    return markdown_file(made, markdown_table(head, rows))


def _rows(comparison: Comparison) -> Iterator[Row]:
    yield from comparison.counted
    yield from comparison.one_sided
    yield from comparison.words


def _record(row: Row, view: View) -> dict[str, object]:
    record: dict[str, object] = {"sign": row.label, "kind": row.kind, "reading": READINGS[row.reading][2]}
    record["source"] = "|".join(dict.fromkeys(cell.source for cell in (row.a, row.b) if cell is not None))
    record["unit"] = "|".join(dict.fromkeys(cell.unit for cell in (row.a, row.b) if cell is not None and cell.unit))
    record["warnings"] = "|".join(row.every_warning)
    record |= {f"a_{name}": value for name, value in _cell_record(row.a, row.words_a, view).items()}
    record |= {f"b_{name}": value for name, value in _cell_record(row.b, row.words_b, view).items()}
    if row.ratio is not None:
        record |= {
            "lr": row.ratio.estimate,
            "lr_low": row.ratio.low,
            "lr_high": row.ratio.high,
            "half_added": row.ratio.corrected,
        }
    return record


def _cell_record(cell: Cell | None, words: Sequence[str], view: View) -> dict[str, object]:
    record: dict[str, object] = {}
    if cell is not None and cell.n is not None and cell.interval is None:
        record = {"n": cell.n}
    elif cell is not None and cell.interval is not None:
        record = {"n": cell.n, "total": cell.total, "percent": cell.percent}
        record |= {"low": 100 * cell.interval.low, "high": 100 * cell.interval.high}
    first = next(
        filter(None, map(view.statement, [*(cell.used if cell else ()), *(cell.statements if cell else ()), *words])),
        None,
    )
    if first is not None:
        printed = first.statistic.printed if first.statistic else ""
        record |= {"printed": printed, "quote": first.quote, "start": first.span.start, "end": first.span.end}
    return record


def to_markdown(view: View, made: Occasion) -> str:
    """The answer and the table for a document or a slide."""
    heads = ("Sign", "A", "B", "LR+ (95% CI)", "Reading", "Source")
    table = markdown_table(heads, (_markdown_row(row, view) for row in _rows(view.comparison)))
    return markdown_file(made, [*dict.fromkeys(map(sentence_text, view.comparison.answer)), "", *table])


def _markdown_row(row: Row, view: View) -> tuple[str, ...]:
    cells = (_cell_words(row.a, row.words_a), _cell_words(row.b, row.words_b))
    ratio = ratio_text(row.ratio) if row.ratio is not None else "—"
    sources = ", ".join(dict.fromkeys(view.paper(cell.source) for cell in (row.a, row.b) if cell is not None))
    return (capital(row.label), *cells, ratio, READINGS[row.reading][2], sources)


def _cell_words(cell: Cell | None, words: Sequence[str]) -> str:
    if cell is not None and cell.interval is not None and cell.percent is not None:
        return f"{cell.n}/{cell.total} {cell.percent:.0f}% ({percent_limits(cell.interval)})"
    if cell is not None and cell.n is not None and cell.total is None:
        return f"{cell.n}, of how many is not printed"
    if cell is not None and cell.state == "assessed":
        return "assessed, no result printed"
    return "in words" if words or (cell is not None and cell.statements) else "not reported"
