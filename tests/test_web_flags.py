"""A number that does not fit says so beside itself, in words with the arithmetic; what fits stays quiet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.compare import Filters, compare
from kg.store import Store
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary
from kg.web.flags import beside_number, flag, of_row
from kg.web.view import View
from tests.web_graph import ADENOCARCINOMA, NET, write_graph

VOCABULARY = Vocabulary.load()


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> View:
    graph = write_graph(tmp_path_factory.mktemp("flags"))
    comparison = compare(Store.open(graph), NET, ADENOCARCINOMA, Filters())
    return View(comparison=comparison, concepts=VOCABULARY.concepts, sources={}, papers={}, address={})


def verdict(kind: str, *statements: str, **fields: str) -> Verdict:
    values: dict[str, Any] = {
        "check": "percentage",
        "printed": "15 (66%)",
        "recomputed": "15/23",
        "explanation": "15/23 is 65.2 %",
    }
    return Verdict(source="alpha2017", verdict=kind, statements=statements, **{**values, **fields})


def with_verdict(view: View, found: Verdict) -> View:
    return replace(view, verdicts=dict.fromkeys(found.statements, (found,)))


def test_a_flag_is_a_sign_a_word_and_the_arithmetic() -> None:
    assert str(flag(verdict("inconsistent"))).endswith("does not fit: 15/23 is 65.2 %")
    assert "depends on the test: 15/23 is 65.2 %; Fisher 0.08" in str(
        flag(verdict("consistent", warning="Fisher 0.08"))
    )
    assert "&lt;b&gt;" in str(flag(verdict("inconsistent", explanation="<b>")))


def test_only_a_number_that_does_not_fit_is_flagged_beside_itself(view: View) -> None:
    row = view.comparison.counted[0]
    assert row.a is not None
    assert beside_number(row.a, view) is None
    for kind, shown in (
        ("inconsistent", True),
        ("disagreement", True),
        ("consistent", False),
        ("not checkable", False),
    ):
        judged = with_verdict(view, verdict(kind, *row.a.used))
        assert (beside_number(row.a, judged) is not None) == shown, kind


def test_a_wrong_reference_to_a_figure_is_no_fault_of_the_count(view: View) -> None:
    row = view.comparison.counted[0]
    assert row.a is not None
    assert beside_number(row.a, with_verdict(view, verdict("inconsistent", *row.a.used, check="caption"))) is None


def test_the_opened_row_has_every_verdict_and_folds_those_that_fit(view: View) -> None:
    row = view.comparison.counted[0]
    assert row.a is not None
    assert of_row(row, view) is None
    assert "does not fit" in str(of_row(row, with_verdict(view, verdict("inconsistent", *row.a.used))))
    assert "fits: 1 check<" in str(of_row(row, with_verdict(view, verdict("consistent", *row.a.used))))
