"""Many diseases side by side: five states that never look alike, and counts that no roll-up changes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.compare import MATRIX_STATES, CompareError, Matrix, MatrixCell, compare, matrix, matrix_statements, pairs
from kg.evidence import Hierarchy
from kg.model import Concept, Statement
from kg.store import Store
from kg.web.grid import grid, rows_worth_showing
from tests.paper import Paper

PARENTS = {"narrow": "alphoma", "rim": "enhancement"}
DISEASES = ("alphoma", "betoma", "gammoma")


class Tree:
    """Two concepts with a broader one each."""

    def ancestors(self, key: str) -> tuple[str, ...]:
        return (PARENTS[key],) if key in PARENTS else ()


HIERARCHY: Hierarchy = Tree()


def concept(key: str) -> Concept:
    return Concept(key=key, type="disease", label=key)


def table(statements: Sequence[Statement], diseases: Sequence[str] = DISEASES) -> Matrix:
    return matrix_statements(statements, [concept(key) for key in diseases], HIERARCHY)


def cell(made: Matrix, finding: str, disease: str) -> MatrixCell:
    column = [one.key for one in made.diseases].index(disease)
    return next(row.cells[column] for row in made.rows if finding in (row.finding.key, row.finding.label))


@pytest.fixture
def paper() -> Paper:
    one = Paper("alpha2020")
    one.cohort("alphoma", 10)
    one.sign("alphoma", "~washout", "7/10")
    one.sign("betoma", "~washout", "0/12", polarity="absent")
    one.say("gammoma", "has_sign", "~washout", "washout may be seen in gammoma", hedged=True)
    one.sign("alphoma", "~fat", "2/10")
    return one


def test_a_count_a_zero_and_words_are_three_states_and_nothing_is_a_fourth(paper: Paper) -> None:
    made = table(paper.statements)
    states = [
        (cell(made, name, disease).state, cell(made, name, disease).text)
        for name, disease in (("washout", "alphoma"), ("washout", "betoma"), ("washout", "gammoma"), ("fat", "betoma"))
    ]
    assert states == [
        ("seen", "7/10 70% (40–89)"),
        ("zero", "0/12 0% (up to 24)"),
        ("in_words", "in words (1)"),
        ("not_reported", "— not reported"),
    ]


def test_two_papers_whose_shares_differ_by_more_than_chance_disagree(paper: Paper) -> None:
    other = Paper("beta2021")
    other.sign("alphoma", "~washout", "2/40")
    found = cell(table([*paper.statements, *other.statements]), "washout", "alphoma")
    assert found.state == "disagree"
    assert found.text == "≠ 2/40 5% (1–17) beta2021; 7/10 70% (40–89) alpha2020"


def test_two_papers_on_two_narrower_diseases_do_not_disagree(paper: Paper) -> None:
    other = Paper("beta2021")
    other.sign("narrow", "~washout", "2/40")
    found = cell(table([*paper.statements, *other.statements]), "washout", "alphoma")
    assert (found.state, len(found.counts)) == ("seen", 2)


def test_two_papers_that_agree_stand_beside_each_other_and_are_not_added(paper: Paper) -> None:
    other = Paper("beta2021")
    other.sign("alphoma", "~washout", "14/20")
    found = cell(table([*paper.statements, *other.statements]), "washout", "alphoma")
    assert (found.state, [count.count for count in found.counts]) == ("seen", [(14, 20), (7, 10)])


def test_two_papers_that_contradict_each_other_in_plain_words_disagree() -> None:
    one, other = Paper("alpha2020"), Paper("beta2021")
    one.say("alphoma", "has_sign", "~fat", "fat is present")
    other.say("alphoma", "has_sign", "~fat", "fat is absent", polarity="absent")
    assert cell(table([*one.statements, *other.statements]), "fat", "alphoma").text == "≠ in words (2)"
    other.statements.clear()
    other.say("alphoma", "has_sign", "~fat", "fat may be absent", polarity="absent", hedged=True)
    assert cell(table([*one.statements, *other.statements]), "fat", "alphoma").state == "in_words"


def test_that_a_finding_was_looked_for_is_no_result_and_not_nothing(paper: Paper) -> None:
    paper.say("gammoma", "has_sign", "~fat", "fat was assessed", section="Methods")
    assert cell(table(paper.statements), "fat", "gammoma").text == "⊘ assessed, no result printed"


def test_a_narrower_disease_fills_the_cell_of_the_broader_one_and_says_so(paper: Paper) -> None:
    paper.sign("narrow", "~halo", "3/5")
    found = cell(table(paper.statements), "halo", "alphoma")
    assert found.text == "3/5 60% (23–88)"
    assert found.notes == ("about narrow, which is narrower than alphoma",)


def test_a_narrower_disease_with_a_column_of_its_own_stays_there(paper: Paper) -> None:
    paper.sign("narrow", "~halo", "3/5")
    made = table(paper.statements, ("alphoma", "narrow", "betoma"))
    assert [one.state for one in next(row for row in made.rows if row.finding.label == "halo").cells] == [
        "not_reported",
        "seen",
        "not_reported",
    ]


def test_a_narrower_finding_is_named_beside_the_broader_one_and_changes_no_count(paper: Paper) -> None:
    paper.sign("alphoma", "enhancement", "6/10")
    before = cell(table(paper.statements), "enhancement", "alphoma")
    paper.sign("alphoma", "rim", "4/10")
    after = cell(table(paper.statements), "enhancement", "alphoma")
    assert after.text == before.text == "6/10 60% (31–83)"
    assert after.notes == ("see also the narrower rim 4/10 40% (17–69)",)


def test_the_order_of_statements_does_not_matter(paper: Paper) -> None:
    assert table(paper.statements).to_json() == table(paper.statements[::-1]).to_json()


def test_rows_that_most_diseases_counted_come_first(paper: Paper) -> None:
    assert [row.finding.label for row in table(paper.statements).rows] == ["washout", "fat"]


@pytest.mark.parametrize(
    ("diseases", "message"),
    [(("alphoma",), "1 disease is given; choose two or more"), (("alphoma",) * 2, "alphoma is given twice")],
)
def test_diseases_that_make_no_matrix_are_refused(paper: Paper, diseases: tuple[str, ...], message: str) -> None:
    with pytest.raises(CompareError, match=message):
        table(paper.statements, diseases)


def test_the_matrix_of_the_shipped_papers_has_the_counts_of_each_comparison(shipped: Path) -> None:
    store = Store.open(shipped)
    evidence = [pair for pair in pairs(store) if pair.kind == "counted"]
    keys = list(dict.fromkeys(key for pair in evidence for key in (pair.a, pair.b)))
    made = matrix(store, [*keys, "phnen", "hepatocellular-carcinoma"])
    states = {one.state for row in made.rows for one in row.cells}
    assert {"seen", "zero", "in_words", "not_reported"} <= states <= set(MATRIX_STATES)
    for pair in evidence:
        for row in compare(store, pair.a, pair.b).counted:
            for shown, key in ((row.a, pair.a), (row.b, pair.b)):
                if shown is None or row.negated or shown.derived is not None:
                    continue
                assert shown.count in [count.count for count in cell(made, row.finding.key or "", key).counts]


def test_every_statement_of_the_matrix_is_in_the_graph(shipped: Path) -> None:
    store = Store.open(shipped)
    made = matrix(store, ["phnen", "hepatocellular-carcinoma", "gep-net-liver-metastasis"])
    named = {identifier for row in made.rows for one in row.cells for identifier in one.statements}
    assert named == set(made.statements)


def test_a_cell_that_is_only_compared_says_so_and_is_no_count_of_words(shipped: Path) -> None:
    made = matrix(Store.open(shipped), ["phnen", "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"])
    only = [one for row in rows_worth_showing(made) for one in row.cells if one.text.startswith("only compared")]
    drawn = str(grid(made))
    assert only
    assert all(one.text in drawn for one in only)
    assert "words 0" not in drawn
