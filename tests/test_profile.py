"""What is said of one concept: counts as the matrix has them, numbers as printed, and where papers do not agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import queries
from kg.compare import compare
from kg.differential import offer
from kg.profile import ProfileError, disease_profile, finding_profile, index, profile
from kg.store import Store
from kg.vocabulary import Vocabulary
from tests.paper import Paper
from tests.web_graph import ADENOCARCINOMA, HCC, NET, PHNEN, add_paper, keyed_paper, write_graph

VOCABULARY = Vocabulary.load()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(write_graph(tmp_path_factory.mktemp("profile") / "build"))


def test_a_disease_has_the_counts_of_the_comparison_and_zero_is_not_silence(store: Store) -> None:
    signs = next(section for section in profile(store, PHNEN).sections if section.name == "signs")
    states = {fact.about.label: (fact.cell.state, fact.cell.text) for fact in signs.facts}
    assert states["calcification"] == ("zero", "0/12 0% (up to 24)")
    assert states["rim sign"][0] == "seen"
    compared = {row.finding.label: row.a for row in compare(store, PHNEN, HCC).one_sided}
    for fact in signs.facts:
        cell = compared[fact.about.label]
        assert cell is not None
        assert [(c.n, c.total) for c in fact.cell.counts] == [(cell.n, cell.total)]


def test_a_sign_has_a_row_for_each_disease_that_it_is_said_of() -> None:
    paper = Paper("gamma2020")
    paper.cohort(PHNEN, 12)
    paper.sign(PHNEN, "calcification", "0/12", polarity="absent")
    paper.say(HCC, "has_sign", "calcification", "Calcification is rare in HCC", evidence="background")
    found = [s for s in paper.statements if s.object.key == "calcification"]
    (section,) = finding_profile(VOCABULARY.concepts["calcification"], found, paper.statements, VOCABULARY).sections
    assert {fact.about.key: fact.cell.state for fact in section.facts} == {PHNEN: "zero", HCC: "in_words"}


def test_two_papers_that_say_opposite_levels_are_a_conflict() -> None:
    one, other = Paper("gamma2020"), Paper("delta2021")
    one.cohort(PHNEN, 12)
    one.sign(PHNEN, "multiple-lesions", "9/12")
    one.sign(PHNEN, "solitary-lesion", "3/12")
    other.say(PHNEN, "has_sign", "solitary-lesion", "The lesions are usually single", evidence="cited")
    both = [*one.statements, *other.statements]
    (conflict,) = disease_profile(VOCABULARY.concepts[PHNEN], both, VOCABULARY).conflicts
    assert {text for text, _ in conflict.sides} == {"multiple lesions 9/12", "solitary lesion"}
    assert disease_profile(VOCABULARY.concepts[PHNEN], one.statements, VOCABULARY).conflicts == ()


def test_a_hedged_opposite_is_no_conflict() -> None:
    one, other = Paper("gamma2020"), Paper("delta2021")
    one.sign(PHNEN, "multiple-lesions", "9/12")
    other.say(PHNEN, "has_sign", "solitary-lesion", "They may be single", evidence="cited", hedged=True)
    other.say(PHNEN, "has_sign", "multiple-lesions", "or multiple", evidence="cited", hedged=True)
    both = [*one.statements, *other.statements]
    assert disease_profile(VOCABULARY.concepts[PHNEN], both, VOCABULARY).conflicts == ()


def test_every_row_names_statements_that_the_profile_holds(store: Store) -> None:
    for entry in index(queries.statements(store), VOCABULARY.concepts):
        found = profile(store, entry.concept.key)
        for section in found.sections:
            assert section.size > 0
            assert section.statements
            assert set(section.statements) <= found.statements.keys()


def test_the_index_counts_distinct_facts(store: Store) -> None:
    entries = {entry.concept.key: entry for entry in index(queries.statements(store), VOCABULARY.concepts)}
    assert entries[NET].facts == len({s.object.identity for s in queries.statements(store, about=[NET])})
    assert "number-of-patients" not in entries


def test_a_concept_without_a_profile_is_named(store: Store) -> None:
    with pytest.raises(ProfileError, match="'liver' has no page"):
        profile(store, "liver")


def test_a_case_is_offered_the_levels_of_a_variable_as_one_choice_and_what_speaks_of_the_same_together(
    tmp_path: Path,
) -> None:
    found = offer(Store.open(add_paper(write_graph(tmp_path / "build"), keyed_paper())), NET, ADENOCARCINOMA)
    assert found.counted
    assert [study.source for study in found.studies] == ["gamma2020"]
    groups = [[sorted(level.key for level in control.levels) for control in group.controls] for group in found.groups]
    pattern = ["plateau-pattern", "progressive-enhancement", "washout-pattern"]
    levels = ["arterial-phase-hyperenhancement", "arterial-phase-hypoenhancement"]
    assert [pattern, levels] in groups or [levels, pattern] in groups
    assert [["lymphadenopathy"]] in groups


def test_a_paper_s_own_words_cannot_be_asked_for(store: Store) -> None:
    assert offer(store, NET, ADENOCARCINOMA).groups == ()


def test_a_named_query_stands_alone_with_its_parameters(store: Store) -> None:
    text = queries.standalone("signs_of_disease", disease=PHNEN)
    assert len(store.select(text)) == len(queries.run(store, "signs_of_disease", disease=PHNEN)) > 0
