"""What one finding proves of a group's size is held against the total that another finding is printed with."""

from __future__ import annotations

import pytest

from kg.evidence import Cell, cells
from tests.paper import Paper

ENHANCED = "all enhanced cases"


def series(mri: str = "1/2") -> Paper:
    """Eight patients with contrast-enhanced CT, two with contrast-enhanced MRI, 7/10 in the Abstract."""
    paper = Paper("series")
    paper.cohort("net", 12)
    paper.sign("net", "rim", "7/10", section="Abstract")
    paper.sign("net", "rim", "6/8", modality="contrast-enhanced-ct")
    paper.sign("net", "rim", mri, modality="contrast-enhanced-mri")
    paper.sign("net", "necrosis", "7/9", section="Discussion")
    return paper


def necrosis(paper: Paper) -> Cell:
    (cell,) = [one for one in cells(paper.statements) if one.finding.key == "necrosis"]
    return cell


def test_the_same_n_of_a_group_of_another_size_is_a_disagreement_that_names_the_proof() -> None:
    paper = series()
    paper.sign("net", "necrosis", "7", population=ENHANCED)
    cell = necrosis(paper)
    assert (cell.state, cell.n, cell.total) == ("disagree", 7, 9)
    assert [one.text for one in cell.alternatives] == ["7/10"]
    assert "Results also means 7/10: all enhanced cases, which are 8 + 2 = 10 by rim (6/8 + 1/2)" in cell.warnings


@pytest.mark.parametrize(
    ("mri", "population", "printed"),
    [
        ("1/3", ENHANCED, "7"),  # 6/8 + 1/3 is no 7/10: nothing proves the ten
        ("1/2", None, "7"),
        ("1/2", "all operated cases", "7"),
        ("1/2", ENHANCED, "6"),
    ],
)
def test_without_proof_or_of_another_group_nothing_is_assumed(mri: str, population: str | None, printed: str) -> None:
    paper = series(mri)
    paper.sign("net", "necrosis", printed, population=population)
    assert necrosis(paper).state == "seen"
    assert all(one.total != 10 for one in necrosis(paper).alternatives)
