"""Tables: the column gives the group, the row the sign, the cell the number."""

from __future__ import annotations

import pytest

from ingest.pipeline import extract
from ingest.text import Block, RawText
from kg.model import Span, Statement
from tests.written import source, triple, vocabulary

TABLE = """Table 1 Signs of the two groups
 | Hepatocellular carcinoma (n = 30) | Hepatic hemangioma (n = 20) | P-value
Washout | 24 (80.0%) | 3 (15.0%) | <0.001
Calcification | 0 (0.0%) | 2 (10.0%) | 0.430
Quokka index | 12.5 ± 2.5 | 10.5 ± 1.5 | 0.020
Ascites | - | some | 0.010
"""


def statements(text: str) -> list[Statement]:
    block = Block(kind="table", section="Table", segments=(Span(start=0, end=len(text)),))
    return list(extract(source(), RawText(text=text, blocks=(block,)), vocabulary()).statements)


def cell(text: str, printed: str) -> Statement:
    return next(s for s in statements(text) if s.statistic is not None and s.statistic.printed == printed)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("24 (80.0%)", ("hepatocellular-carcinoma", "has_sign", "washout", "present")),
        ("3 (15.0%)", ("hepatic-hemangioma", "has_sign", "washout", "present")),
        ("0 (0.0%)", ("hepatocellular-carcinoma", "has_sign", "calcification", "absent")),
        ("<0.001", ("washout", "discriminates", "hepatocellular-carcinoma", "present")),
        ("0.430", ("calcification", "discriminates", "hepatocellular-carcinoma", "absent")),
        ("12.5 ± 2.5", ("hepatocellular-carcinoma", "measured_value", "Quokka index", "present")),
    ],
)
def test_a_cell_states_its_row_of_its_column(printed: str, expected: tuple[str, str, str, str]) -> None:
    assert triple(cell(TABLE, printed)) == expected


def test_a_test_column_compares_the_two_groups() -> None:
    comparator = cell(TABLE, "<0.001").comparator
    assert comparator is not None
    assert comparator.key == "hepatic-hemangioma"


def test_the_size_of_a_group_stands_in_its_header() -> None:
    sizes = {s.subject.key: s.statistic.value for s in statements(TABLE) if s.predicate == "cohort" and s.statistic}
    assert sizes == {"hepatocellular-carcinoma": 30, "hepatic-hemangioma": 20}


def test_a_cell_is_addressed_and_quoted_with_its_row() -> None:
    found = cell(TABLE, "3 (15.0%)")
    assert found.quote.startswith("Washout")
    assert found.locator is not None
    assert found.locator.startswith("Table 1 · row Washout · column Hepatic hemangioma")


def test_a_changed_cell_changes_its_statement_alone() -> None:
    before, after = statements(TABLE), statements(TABLE.replace("3 (15.0%)", "4 (20.0%)"))
    assert len(before) == len(after)
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a.statistic != b.statistic]
    assert [
        (str(a.statistic.percent), str(b.statistic.percent)) for a, b in changed if a.statistic and b.statistic
    ] == [("15.0", "20.0")]


def test_a_cell_without_data_states_nothing_and_one_of_words_is_a_gap() -> None:
    block = Block(kind="table", section="Table", segments=(Span(start=0, end=len(TABLE)),))
    gaps = extract(source(), RawText(text=TABLE, blocks=(block,)), vocabulary()).gaps
    assert [gap.text for gap in gaps] == ["some"]


SEVERAL_COUNTS = """Table 1 The two groups
 | Hepatocellular carcinoma (n = 30) | Hepatic hemangioma (n = 20)
Male/Female | 21/9 | 8/12
Child-Pugh: A/B | 28/2 | 19/1
"""


def test_counts_of_one_cell_are_of_the_parts_of_the_label() -> None:
    """'21/9' beside 'Male/Female' are 21 men and 9 women."""
    found = {
        (one.subject.key, one.object.key, str(one.statistic.value))
        for one in statements(SEVERAL_COUNTS)
        if (one.statistic is not None and one.predicate != "cohort") or one.object.key in {"male-sex", "female-sex"}
        if one.statistic is not None
    }
    assert ("hepatocellular-carcinoma", "male-sex", "21") in found
    assert ("hepatic-hemangioma", "female-sex", "12") in found
    assert {key for _, key, value in found if value in {"28", "2"}} == {"child-pugh-a", "child-pugh-b"}


GROUPS_IN_ROWS = """Table 2 Local tumor progression after treatment
 | Overall | Small | Large
Months | 6 | 12 | 6 | 12 | 6 | 12
Hepatocellular carcinoma | 1.5% | 2.5% | 3.5% | 4.5% | 5.5% | 6.5%
Hepatic hemangioma | 7.5% | 8.5% | 9.5% | 0.0% | 11.5% | 12.5%
P-value | | 0.697 | | 0.721 | | 0.733
"""


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("3.5%", ("hepatocellular-carcinoma", "has_prognosis", "local-tumor-progression", "present")),
        ("0.0%", ("hepatic-hemangioma", "has_prognosis", "local-tumor-progression", "absent")),
    ],
)
def test_groups_may_stand_in_the_rows(printed: str, expected: tuple[str, str, str, str]) -> None:
    assert triple(cell(GROUPS_IN_ROWS, printed)) == expected


def test_a_row_of_tests_compares_the_rows_above() -> None:
    test = cell(GROUPS_IN_ROWS, "0.721")
    assert (test.subject.key, test.comparator.key if test.comparator else None) == (
        "hepatocellular-carcinoma",
        "hepatic-hemangioma",
    )


def test_a_header_stands_over_its_share_of_the_columns() -> None:
    assert "column Small" in str(cell(GROUPS_IN_ROWS, "4.5%").locator)


LEVELS = """Table 1 Patients
 | Hepatocellular carcinoma | Hepatic hemangioma | P-value
T status | | |
2 | 13 (22.4%) | 12 (31.9%) | 0.497
Quokka | 9 (15.5%) | 1 (11.0%) | 0.310
"""


def test_a_level_is_named_with_its_heading_and_each_row_has_its_own_test() -> None:
    assert triple(cell(LEVELS, "13 (22.4%)"))[2] == "T status: 2"
    assert triple(cell(LEVELS, "9 (15.5%)"))[2] == "Quokka"
    assert "Quokka" in triple(cell(LEVELS, "0.310"))


def test_the_p_value_of_a_row_says_what_its_test_does() -> None:
    table = (
        TABLE.replace("| P-value", "| χ2 | P-value")
        .replace("| 0.430", "| 0.624 | 0.430")
        .replace("| <0.001", "| 9.21 | <0.001")
    )
    assert cell(table, "0.624").polarity == "absent"
    assert cell(table, "9.21").polarity == "present"
