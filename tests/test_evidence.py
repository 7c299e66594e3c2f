"""A fact that a paper prints in several places is one cell, and its conflicts stay visible."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from kg.evidence import Cell, assessed, cells, cohorts
from kg.evidence.counts import counts_that_fit, percent_fits, totals_that_fit
from kg.model import Concept
from tests.paper import Paper

small = settings(max_examples=60, deadline=None, derandomize=True)


class Tree:
    """A hierarchy given as child: parent."""

    def __init__(self, **parents: str) -> None:
        self._parents = {child.replace("_", "-"): parent for child, parent in parents.items()}

    def ancestors(self, key: str) -> Collection[str]:
        found = []
        while key in self._parents:
            key = self._parents[key]
            found.append(key)
        return found


def only(paper: Paper, tree: Tree | None = None) -> Cell:
    found = cells(paper.statements, tree)
    assert len(found) == 1
    return found[0]


def test_the_same_count_in_three_sections_is_one_cell_with_three_statements() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    for section, printed in (("Abstract", "65.2%"), ("Table", "15 (65.2%)"), ("Discussion", "15/23")):
        paper.sign("net", "washout", printed, section=section)
    cell = only(paper)
    assert (cell.n, cell.total, cell.state) == (15, 23, "seen")
    assert len(cell.used) == len(cell.statements) == 3
    assert (cell.alternatives, cell.warnings, cell.why) == ((), (), "")
    assert cell.denominator_from == "printed"
    assert cell.interval is not None
    assert [round(100 * limit) for limit in (cell.interval.low, cell.interval.high)] == [45, 81]


def test_a_table_cell_without_its_denominator_takes_the_cohort_and_says_so() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net", "washout", "15 (65.2%)", section="Table")
    assert (only(paper).total, only(paper).denominator_from) == (23, "cohort")


def test_without_a_cohort_the_only_total_that_makes_the_percentage_is_recovered() -> None:
    paper = Paper("study")
    paper.sign("net", "washout", "15 (65.2%)")
    assert (only(paper).total, only(paper).denominator_from) == (23, "percent")


def test_a_percentage_that_several_totals_make_recovers_none() -> None:
    paper = Paper("study")
    paper.sign("net", "washout", "1 (1%)")
    cell = only(paper)
    assert (cell.n, cell.total, cell.state, cell.interval) == (1, None, "in_words", None)
    assert not cell.counted


def test_a_count_is_recovered_from_a_percentage_where_one_whole_number_fits() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net", "lymphadenopathy", "30.4%")
    cell = only(paper)
    assert (cell.n, cell.total, cell.denominator_from) == (7, 23, "percent")


def test_a_percentage_that_no_whole_number_makes_counts_nobody() -> None:
    paper = Paper("study")
    paper.cohort("net", 34)
    paper.sign("net", "washout", "95%")
    assert only(paper).n is None


def test_exchanged_percentages_keep_the_counts_and_warn_with_the_arithmetic() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.cohort("adenocarcinoma", 23)
    paper.sign("adenocarcinoma", "restricted", "6 (78.3%)", section="Table")
    paper.sign("net", "diffuse", "18 (26.1%)", section="Table")
    found = {cell.finding.key: cell for cell in cells(paper.statements)}
    assert found["restricted"].warnings == ("6/23 is 26.1 %, printed 78.3 %",)
    assert found["diffuse"].warnings == ("18/23 is 78.3 %, printed 26.1 %",)
    assert (found["diffuse"].n, found["diffuse"].total) == (18, 23)  # not 18 of 69, which makes 26.1 %


def test_a_subgroup_count_with_a_percentage_gets_the_subgroup_as_total() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "necrosis", "5 (71.4%)")
    assert (only(paper).n, only(paper).total, only(paper).denominator_from) == (5, 7, "percent")


def test_two_denominators_are_kept_and_the_one_that_sub_counts_add_up_to_is_shown() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "rim", "7/10", section="Abstract")
    paper.sign("net", "rim", "6/8", modality="ct")
    paper.sign("net", "rim", "1/2", modality="mri")
    paper.sign("net", "rim", "7/9", section="Discussion")
    cell = only(paper)
    assert (cell.n, cell.total, cell.state) == (7, 10, "seen")
    assert [other.text for other in cell.alternatives] == ["7/9"]
    assert cell.why == (
        "Abstract 7/10; Results 6/8 ct + 1/2 mri = 7/10; Discussion 7/9. "
        "Shown: 7/10, because the sub-counts add up to it."
    )
    assert cell.warnings == ("also printed 7/9 (Discussion)",)


def test_sub_counts_of_a_narrower_sign_bear_out_the_sum_of_a_broader_one() -> None:
    paper = Paper("study")
    paper.sign("net", "enhancement", "7/9", section="Abstract")
    paper.sign("net", "enhancement", "7/10", section="Discussion")
    paper.sign("net", "rim", "6/8", modality="ct")
    paper.sign("net", "rim", "1/2", modality="mri")
    found = {cell.finding.key: cell for cell in cells(paper.statements, Tree(rim="enhancement"))}
    assert (found["enhancement"].n, found["enhancement"].total) == (7, 10)
    assert found["rim"].total == 8  # the roll-up changes no count


def test_where_nothing_in_the_paper_decides_the_cell_says_that_it_disagrees() -> None:
    paper = Paper("study")
    paper.sign("net", "washout", "7/9")
    paper.sign("net", "washout", "7/10")
    cell = only(paper)
    assert cell.state == "disagree"
    assert cell.counted
    assert "does not decide" in cell.why


def test_a_count_of_absences_is_the_same_fact_turned_round() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net", "lymphadenopathy", "7 (30.4%)", section="Table")
    paper.sign("net", "lymphadenopathy", "16 (69.6%)", section="Table", polarity="absent")
    cell = only(paper)
    assert (cell.n, cell.total, cell.complement) == (7, 23, True)
    assert cell.alternatives == ()
    assert len(cell.used) == 2
    assert (cell.turned.n, cell.turned.total) == (16, 23)


def test_zero_of_n_was_looked_for_and_is_not_silence() -> None:
    paper = Paper("study")
    paper.sign("net", "calcification", "0/12", polarity="absent")
    cell = only(paper)
    assert (cell.state, cell.n, cell.total) == ("zero", 0, 12)
    assert cell.interval is not None
    assert round(100 * cell.interval.high) == 24


def test_a_universal_negative_is_a_derived_zero_of_the_cohort() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    said = paper.say("net", "has_sign", "intralesional-fat", "All masses lacked fat", polarity="absent")
    cell = only(paper)
    assert (cell.state, cell.n, cell.total) == ("zero", 0, 12)
    assert cell.derived is not None
    assert cell.derived.inputs == (said.id,)


def test_what_no_lesion_has_no_patient_has() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    whole = {"population": "All masses", "unit_of_analysis": "lesions"}
    paper.say("net", "has_sign", "intralesional-fat", "All masses lacked fat", polarity="absent", **whole)
    assert (only(paper).n, only(paper).total, only(paper).unit) == (0, 12, "patients")


@pytest.mark.parametrize(
    ("quote", "fields"),
    [
        ("Fat was not seen", {}),
        ("There was no fat when the mass was small", {}),
        ("All masses may lack fat", {"hedged": True}),
        ("Most masses lacked fat, all were solid", {}),
        ("All masses lacked fat", {"evidence": "cited"}),
        ("All masses lacked fat", {"population": "masses in women"}),
        ("There was no significant increase of fat", {}),
    ],
)
def test_a_negative_that_is_not_universal_counts_nobody(quote: str, fields: dict[str, str]) -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.say("net", "has_sign", "intralesional-fat", quote, polarity="absent", **fields)
    assert (only(paper).state, only(paper).n) == ("in_words", None)


def test_a_universal_negative_against_a_count_is_kept_beside_it() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.say(
        "net", "has_marker", "afp", "AFP was raised in none of the patients", polarity="absent", section="Abstract"
    )
    paper.say("net", "has_marker", "afp", "AFP in 1 case", printed="1", kind="count", value="1", unit="case")
    cell = only(paper)
    assert (cell.n, cell.total) == (1, 12)
    assert [other.text for other in cell.alternatives] == ["0/12"]


def test_only_own_counts_are_counted() -> None:
    paper = Paper("review")
    paper.sign("net", "washout", "16/34", evidence="cited", citations=("20",))
    assert (only(paper).state, only(paper).n) == ("in_words", None)


def test_a_bare_count_joins_the_place_that_prints_its_denominator() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "necrosis", "7", unit="cases")
    paper.sign("net", "necrosis", "7/9", section="Discussion")
    cell = only(paper)
    assert (cell.n, cell.total, cell.alternatives) == (7, 9, ())


def test_a_count_in_a_figure_caption_is_about_one_patient_and_takes_no_cohort() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "necrosis", "2", section="Figure caption")
    assert only(paper).total is None


def test_lesions_are_not_counted_out_of_patients() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "washout", "9", unit="lesions")
    assert not only(paper).counted


def test_a_count_of_lesions_out_of_the_number_of_patients_counts_patients() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net", "washout", "15/23", unit_of_analysis="lesions")
    paper.sign("net", "washout", "15 (65.2%)", section="Table")
    assert (only(paper).unit, only(paper).total, only(paper).alternatives) == ("patients", 23, ())


def test_masses_out_of_fewer_than_the_patients_count_patients_and_say_so() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    paper.sign("net", "rim", "7/10", unit_of_analysis="lesions")
    paper.sign("net", "fat", "30/82", unit_of_analysis="lesions")
    found = {cell.finding.key: cell for cell in cells(paper.statements)}
    assert found["rim"].unit == "patients"
    assert found["rim"].notes == ("worded as lesions, but 10 is no more than the 12 patients: counted as patients",)
    assert (found["fat"].unit, found["fat"].notes) == ("lesions", ())


def test_an_upper_bound_is_no_count() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net", "washout", "26.1%", op="<")
    assert not only(paper).counted


def test_phases_that_exclude_each_other_are_two_facts() -> None:
    paper = Paper("study")
    paper.sign("net", "hyperenhancement", "7/10", phases=("arterial-phase",))
    paper.sign("net", "hyperenhancement", "2/10", phases=("portal-venous-phase",))
    assert [(cell.n, cell.phases) for cell in cells(paper.statements)] == [
        (7, ("arterial-phase",)),
        (2, ("portal-venous-phase",)),
    ]


def test_the_cohort_of_a_broader_disease_stands_in_where_the_paper_has_no_other() -> None:
    paper = Paper("study")
    paper.cohort("net", 23)
    paper.sign("net-metastasis", "washout", "15 (65.2%)")
    assert only(paper, Tree(net_metastasis="net")).denominator_from == "cohort"


def test_a_group_is_no_smaller_than_a_total_that_the_paper_prints() -> None:
    paper = Paper("study")
    for size in (12, 1, 1, 3, 3):
        paper.cohort("net", size)
    paper.sign("net", "multiple", "9/12")
    assert [cohort.size for cohort in cohorts(paper.statements)] == [12]


def test_one_patient_is_a_case_and_no_group() -> None:
    paper = Paper("study")
    for size in (12, 1, 1):
        paper.cohort("net", size)
    assert [cohort.size for cohort in cohorts(paper.statements)] == [12]


def test_modalities_of_which_one_is_broader_are_one_place_of_the_same_count() -> None:
    paper = Paper("study")
    paper.sign("net", "washout", "9/12", modality="ct", section="Abstract")
    paper.sign("net", "washout", "9/12", modality="contrast-ct")
    cell = only(paper, Tree(contrast_ct="ct"))
    assert (cell.modality, len(cell.used), cell.alternatives) == ("contrast-ct", 2, ())


def test_a_cohort_has_the_size_that_more_places_print() -> None:
    paper = Paper("study")
    for size in (23, 24, 23):
        paper.cohort("net", size)
    (cohort,) = cohorts(paper.statements)
    assert (cohort.size, len(cohort.statements)) == (23, 2)


def test_a_table_whose_percentages_agree_on_one_size_gives_its_zero_a_total() -> None:
    paper = Paper("study")
    columns = {
        "washout": ["15 (65.2%)"],
        "plateau": ["8 (34.8%)"],
        "misprinted": ["18 (26.1%)"],
        "progressive": ["0 (0%)"],
    }
    paper.table("pattern", ["net"], columns)
    found = {cell.finding.key: cell for cell in cells(paper.statements)}
    assert (found["progressive"].state, found["progressive"].total) == ("zero", 23)


def test_one_percentage_alone_gives_no_other_count_its_total() -> None:
    paper = Paper("study")
    paper.table("pattern", ["net"], {"washout": ["15 (65.2%)"], "progressive": ["0 (0%)"]})
    found = {cell.finding.key: cell for cell in cells(paper.statements)}
    assert not found["progressive"].counted


def test_a_finding_that_methods_announce_and_results_pass_over_is_assessed() -> None:
    paper = Paper("study")
    paper.say("net", "has_sign", "tumor-neovascularity", "neovascularity was recorded", section="Methods")
    paper.say("net", "has_sign", "washout", "washout was recorded", section="Methods")
    paper.sign("net", "washout", "15/23")
    assert [(cell.finding.key, cell.state) for cell in assessed(paper.statements)] == [
        ("tumor-neovascularity", "assessed")
    ]


def test_a_sign_that_is_assessed_without_a_disease_and_never_reported_is_assessed() -> None:
    kinds = (("tumor-neovascularity", "sign"), ("ct-value", "measure"), ("washout", "sign"))
    concepts = {key: Concept(key=key, type=kind, label=key) for key, kind in kinds}
    paper = Paper("study")
    for key in concepts:
        paper.say(key, "other", "~analysis on CT", f"{key} was assessed", section="Methods")
    paper.sign("net", "washout", "15/23")
    assert [cell.finding.key for cell in assessed(paper.statements, None, concepts)] == ["tumor-neovascularity"]


def test_that_a_sign_was_analyzed_says_nothing_of_it() -> None:
    paper = Paper("study")
    paper.say("net", "has_sign", "tumor-neovascularity", "neovascularity and shape were analyzed", section="Abstract")
    assert only(paper).state == "assessed"
    paper.say("net", "has_sign", "tumor-neovascularity", "neovascularity was marked")
    assert only(paper).state == "in_words"
    assert assessed(paper.statements) == ()


def test_the_order_of_the_statements_does_not_matter() -> None:
    paper = Paper("study")
    paper.cohort("net", 12)
    for printed, section in (("7/10", "Abstract"), ("7/9", "Discussion"), ("7", "Results")):
        paper.sign("net", "rim", printed, section=section)
    first = cells(paper.statements)
    assert all(cells(order) == first for order in itertools.permutations(paper.statements))


@small
@given(some.integers(1, 300), some.integers(0, 300), some.integers(0, 2))
def test_recovery_finds_what_was_rounded(total: int, n: int, decimals: int) -> None:
    if n > total:
        return
    percent = round(Decimal(100 * n) / total, decimals)
    assert percent_fits(n, total, percent)
    assert n in counts_that_fit(percent, total)
    if n and percent > Decimal(1).scaleb(-decimals):
        assert total in totals_that_fit(n, percent, None)
    assert all(percent_fits(n, other, percent) for other in totals_that_fit(n, percent, 300))
