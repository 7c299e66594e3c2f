"""Tables flattened into text become grids again, and each cell knows its labels."""

from __future__ import annotations

from ingest.tables import data_cells, from_text
from ingest.text import Block
from kg.model import Span

CELL_A_LINE = """Table 2: Signs of adenoma and of carcinoma
Adenoma

Carcinoma

P

Hyper

12 (60.0%)

3 (15.0%)

0.004

Hypo

8 (40.0%)

17 (85.0%)

Presence

2 (10.0%)

9 (45.0%)

0.01

Absence

18 (90.0%)

11 (55.0%)

Signs
Arterial enhancement
Capsule
"""

ROWS_OF_LINES = """Table 1 Baseline of the two arms
 | Group A | Group B | p-value
Age (mean, years) | 61.4 (33–75) | 60.3 (33–75) | 0.36
Washout | 24 (72.7%) | 9 (25%) | <0.001
Note.—Values are numbers of patients.
"""


def block(text: str) -> Block:
    return Block(kind="table", section="Table", segments=(Span(start=0, end=len(text)),))


def test_a_table_with_a_cell_a_line_is_read_with_its_moved_row_headings() -> None:
    table = from_text(CELL_A_LINE, block(CELL_A_LINE))
    assert table is not None
    found = {(d.group, d.row, d.column): d.cell.text for d in data_cells(table)}
    assert found["Arterial enhancement", "Hyper", "Adenoma"] == "12 (60.0%)"
    assert found["Arterial enhancement", "Hyper", "P"] == "0.004"
    assert found["Arterial enhancement", "Hypo", "Carcinoma"] == "17 (85.0%)"
    assert found["Capsule", "Absence", "Adenoma"] == "18 (90.0%)"
    assert table.label == "Table 2"
    assert table.caption_text == "Signs of adenoma and of carcinoma"


def test_a_table_with_a_row_a_line_is_read_with_its_headers_and_footnote() -> None:
    table = from_text(ROWS_OF_LINES, block(ROWS_OF_LINES))
    assert table is not None
    found = {(d.row, d.column): d.cell.text for d in data_cells(table)}
    assert found["Washout", "Group A"] == "24 (72.7%)"
    assert found["Washout", "p-value"] == "<0.001"
    assert [ROWS_OF_LINES[s.start : s.end] for s in table.footnotes] == ["Note.—Values are numbers of patients."]


def test_every_cell_stands_in_the_text_where_it_says() -> None:
    for text in (CELL_A_LINE, ROWS_OF_LINES):
        table = from_text(text, block(text))
        assert table is not None
        for cell in table.cells:
            assert cell.span is not None
            assert text[cell.span.start : cell.span.end] == cell.text


def test_the_evidence_of_a_cell_runs_from_its_row_label() -> None:
    table = from_text(ROWS_OF_LINES, block(ROWS_OF_LINES))
    assert table is not None
    last = list(data_cells(table))[-1]
    assert ROWS_OF_LINES[last.evidence.start : last.evidence.end] == "Washout | 24 (72.7%) | 9 (25%) | <0.001"


def test_a_changed_number_changes_its_cell() -> None:
    changed = CELL_A_LINE.replace("12 (60.0%)", "13 (65.0%)")
    table = from_text(changed, block(changed))
    assert table is not None
    assert any(d.cell.text == "13 (65.0%)" and d.row == "Hyper" for d in data_cells(table))


def test_lines_without_the_form_of_a_table_are_not_guessed_at() -> None:
    text = "Table 3: Words only\nOne\nTwo\nThree\n"
    assert from_text(text, block(text)) is None
