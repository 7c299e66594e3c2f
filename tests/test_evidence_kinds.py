"""What a statement can bear: a finding, a plan, the picture of one patient."""

from __future__ import annotations

import pytest

from kg.evidence import cells, is_plan, standing
from tests.paper import Paper


@pytest.mark.parametrize(
    ("quote", "fields", "planned"),
    [
        ("Shape and neovascularity were evaluated", {"section": "Methods"}, True),
        ("A tumor grade was given by the Ki-67 index", {"section": "Methods", "evidence": "cited"}, True),
        ("vessels and calcification should be avoided during measurement", {"evidence": "cited"}, True),
        ("Calcification and fat were also evaluated.", {}, True),
        ("Calcification was evaluated as coarse", {}, False),
        ("Calcification should raise the suspicion", {"section": "Discussion"}, False),
        ("Calcification was seen", {}, False),
    ],
)
def test_a_plan_is_told_from_a_finding(quote: str, fields: dict[str, str], planned: bool) -> None:
    paper = Paper("study")
    said = paper.say("net", "has_sign", "calcification", quote, **fields)
    assert is_plan(said) is planned
    assert cells([said])[0].state == ("assessed" if planned else "in_words")


def test_a_count_beneath_a_picture_counts_no_group() -> None:
    paper = Paper("study")
    paper.sign("net", "calcification", "1/1", section="Figure caption")
    (cell,) = cells(paper.statements)
    assert (cell.state, cell.n) == ("in_words", None)
    assert standing(paper.statements[0]) == 1


def test_a_count_beneath_a_picture_is_no_rival_of_the_group() -> None:
    paper = Paper("study")
    paper.sign("net", "calcification", "3/12")
    paper.sign("net", "calcification", "1/1", section="Figure caption")
    (cell,) = cells(paper.statements)
    assert (cell.n, cell.total, cell.alternatives) == (3, 12, ())
