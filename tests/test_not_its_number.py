"""A number that stands beside something is not always of it; one with a decimal comma is read as it is meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.reported import find
from ingest.table_cells import find_in_cell
from tests.written import extraction

HCC = "Hepatocellular carcinoma: outcomes of 80 patients"


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        ("Overall survival of HCC improved by 29% with chemotherapy.", "29%"),
        ("Patients with HCC got 150 mg of doxorubicin per session.", "150 mg"),
        ("The agreement of both readings of the HCCs was 71.4%.", "71.4%"),
        ("Three of four patients with ascites developed HCC.", "Three of four patients"),
        ("HCC was treated with placebo (n = 16).", "n = 16"),
        ("HCC was treated with saline (7.6).", "7.6"),
        ("Survival was better with strong than with weak staining (p = 0.02).", "p = 0.02"),
        ("The location of the tumors told HCC from adenoma (n = 8).", "n = 8"),
    ],
)
def test_a_number_is_a_gap_where_what_stands_beside_it_is_not_what_it_is_of(text: str, gap: str) -> None:
    found = extraction(text, title=HCC)
    assert [one.statistic.printed for one in found.statements if one.statistic is not None] == []
    assert gap in {one.text for one in found.gaps}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Overall survival of HCC was 29% at 5 years.", "29%"),
        ("Ascites was seen in three of four patients with HCC.", "three of four patients"),
        ("Survival of HCC was better than that of cholangiocarcinoma (p = 0.02).", "p = 0.02"),
    ],
)
def test_and_hangs_on_what_it_is_of(text: str, printed: str) -> None:
    assert printed in {one.statistic.printed for one in extraction(text, title=HCC).statements if one.statistic}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a sensitivity of 82,6%", {"percent": Decimal("82.6")}),
        ("a mean diameter of 3,5 cm", {"mean": Decimal("3.5")}),
        ("more often (P < 0,001)", {"p": Decimal("0.001")}),
        ("a median of 12,25 months", {"median": Decimal("12.25")}),
        ("measured 2,1 ± 0,4 cm", {"mean": Decimal("2.1"), "sd": Decimal("0.4")}),
        ("from 3,5 to 4,1 cm", {"low": Decimal("3.5"), "high": Decimal("4.1")}),
    ],
)
def test_a_decimal_comma_is_a_point(text: str, fields: dict[str, Decimal]) -> None:
    (one,) = find(text)
    assert dict(one.fields) == fields


def test_a_comma_of_thousands_and_one_of_a_list_stay() -> None:
    assert [dict(one.fields) for one in find("in 1,204 patients")] == [{"value": Decimal(1204)}]
    assert find("in segments 5,6 and 7") == []
    assert [one.fields.get("value") for one in find("b values of 0,800 s/mm2")] != [Decimal("0.800")]


def test_a_decimal_comma_of_a_cell_is_a_point() -> None:
    assert [dict(one.fields) for one in find_in_cell("3,5", "HCC", "Diameter (cm)")] == [{"value": Decimal("3.5")}]


@pytest.mark.parametrize("text", ["a dose of 2.5 × 10^5 u/m2", "a titer of 3 × 10^6 particles"])
def test_a_power_of_ten_whose_unit_is_not_known_is_no_number(text: str) -> None:
    assert find(text) == []


def test_a_power_of_ten_belongs_to_its_unit() -> None:
    assert [(dict(one.fields), one.unit) for one in find("a count of 0.5 × 10^9/L")] == [
        ({"value": Decimal("0.5")}, "× 10^9/L")
    ]
