"""The tables that a terminal prints say of each number what the graph says, and never more."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import show
from kg.compare import Comparison, compare
from kg.lookup import UnknownNameError, find_concept
from kg.store import Store


@pytest.fixture(scope="module")
def store(shipped: Path) -> Store:
    return Store.open(shipped)


@pytest.fixture(scope="module")
def comparison(store: Store) -> Comparison:
    return compare(store, "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis")


def test_a_comparison_has_a_row_for_each_finding_the_counted_first(comparison: Comparison) -> None:
    rows = show.comparison_table(comparison).rows
    assert len(rows) == len(comparison.counted) + len(comparison.one_sided) + len(comparison.words)
    assert [row["rank"] for row in rows[: len(comparison.counted)]] == list(range(1, len(comparison.counted) + 1))


def test_no_ratio_is_shown_where_one_side_has_no_count(comparison: Comparison) -> None:
    for row, shown in zip(
        show.comparison_table(comparison).rows, show.comparison_overview(comparison).rows, strict=True
    ):
        if row["lr"] is None:
            assert shown["LR+ (95% CI)"] == ""
        else:
            assert None not in (row["a_n"], row["a_total"], row["b_n"], row["b_total"])


def test_a_count_is_never_shown_without_its_interval(comparison: Comparison) -> None:
    for row in show.comparison_table(comparison).rows:
        for side in ("a", "b"):
            if row[f"{side}_total"] is not None:
                assert None not in (row[f"{side}_low"], row[f"{side}_high"], row[f"{side}_percent"])


def test_every_row_names_statements_of_the_graph(comparison: Comparison) -> None:
    for row in show.comparison_table(comparison).rows:
        assert row["statements"], row["sign"]
        assert set(row["statements"]) <= comparison.statements.keys()  # type: ignore[arg-type]


def test_zero_and_not_reported_never_look_alike(comparison: Comparison) -> None:
    for row in show.comparison_overview(comparison).rows:
        for side in ("A", "B"):
            shown = str(row[side])
            assert (
                shown.startswith(("— not reported", "in words (", "absent in words (", "only compared ("))
                or shown[0].isdigit()
            )


def test_a_source_is_shown_with_what_is_known_of_it(store: Store) -> None:
    shown = show.show(store, "granata2019")
    assert shown.heading.startswith("granata2019: The multidisciplinary team")
    assert "Granata V · Fusco R · Setola SV · et al. · Radiol Oncol · 2019 · 10.2478/raon-2019-0040" in shown.heading
    assert len(shown.overview.rows) == len(shown.statements.rows) > 0


def test_a_statement_is_shown_field_by_field(store: Store) -> None:
    identity = str(show.show(store, "cui2017").overview.rows[0]["statement"])
    fields = {row["field"]: row["value"] for row in show.show(store, identity).overview.rows}
    assert fields["source"] == "cui2017"
    assert str(fields["statement"]).endswith(identity)


def test_a_name_that_nothing_has_gets_its_nearest(store: Store) -> None:
    with pytest.raises(UnknownNameError, match="did you mean hepatocellular carcinoma"):
        find_concept(store, "hepatocelular carcinma")
    with pytest.raises(UnknownNameError, match=r"no concept is called 'qqqqqqqq'$"):
        find_concept(store, "qqqqqqqq")


def test_a_name_that_several_things_have_is_not_guessed(store: Store) -> None:
    with pytest.raises(UnknownNameError, match=r"'ICC' names more than one concept: .* or .*; give the key of one"):
        find_concept(store, "ICC")
    assert find_concept(store, "ICC", type="disease").key == "intrahepatic-cholangiocarcinoma"
