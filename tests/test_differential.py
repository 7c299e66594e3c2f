"""Findings in, diseases out: counts decide within one study, what was not assessed changes nothing, all is cited."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import kg
from kg import measures, queries
from kg.api import DIFFERENTIAL_COLUMNS, Graph
from kg.differential import (
    Assessment,
    Candidate,
    Differential,
    DifferentialError,
    Findings,
    differential,
    differential_statements,
)
from kg.differential.correlation import grouped
from kg.differential.probability import starting
from kg.lookup import UnknownNameError
from kg.model import Concept, Statement
from kg.store import Store
from tests.paper import Paper

PARENTS = {"rim": "enhancement", "hyper": "enhancement", "narrow": "alphoma"}
SIGNS = ("washout", "halo", "fat", "rim", "hyper", "enhancement", "plateau", "even")
CONCEPTS = {key: Concept(key=key, type="sign", label=key) for key in SIGNS} | {
    key: Concept(key=key, type="disease", label=key) for key in ("alphoma", "betoma", "gammoma", "narrow")
}
A, B = "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"


class Tree:
    """Broader concepts by PARENTS."""

    def ancestors(self, key: str) -> tuple[str, ...]:
        return (PARENTS[key],) if key in PARENTS else ()


def ask(
    statements: Sequence[Statement],
    present: Sequence[str] = (),
    absent: Sequence[str] = (),
    among: Sequence[str] = ("alphoma", "betoma"),
    **options: Any,
) -> Differential:
    findings = Findings(present=tuple(present), absent=tuple(absent), not_assessed=options.pop("not_assessed", ()))
    diseases = [CONCEPTS[key] for key in among]
    return differential_statements(statements, findings, diseases, Tree(), concepts=CONCEPTS, **options)


def study(counts: Mapping[str, Mapping[str, str]], source: str = "alpha2020", **fields: Any) -> list[Statement]:
    """A paper that counts each sign in each disease, all of them patients."""
    paper = Paper(source)
    for sign, by_disease in counts.items():
        for disease, printed in by_disease.items():
            polarity = "absent" if printed.startswith("0/") else "present"
            paper.sign(disease, sign, printed, polarity=polarity, unit_of_analysis="patients", **fields)
    return list(paper.statements)


def candidate(found: Differential, key: str) -> Candidate:
    return next(one for one in found.candidates if one.disease.key == key)


def assessment(found: Differential, disease: str, finding: str) -> Assessment:
    return next(one for one in candidate(found, disease).assessments if one.finding.key == finding)


def after(found: Differential, key: str) -> tuple[float, float, float]:
    value = candidate(found, key).after
    assert value is not None
    return value.estimate, value.low, value.high


TWO = study({"washout": {"alphoma": "15/23", "betoma": "2/23"}, "halo": {"alphoma": "16/23", "betoma": "9/23"}})


def test_one_sign_of_one_study_gives_the_probability_of_its_ratio() -> None:
    found = ask(TWO, ["washout"])
    assert [round(100 * value) for value in after(found, "alphoma")] == [88, 66, 97]
    assert found.panel == ("alphoma", "betoma")
    assert found.steps[0].ratio == measures.likelihood_ratio(15, 23, 2, 23)


def test_two_signs_that_have_nothing_in_common_are_multiplied_and_that_is_said() -> None:
    found = ask(TWO, ["washout", "halo"])
    assert [round(100 * value) for value in after(found, "alphoma")] == [93, 75, 98]
    assert "as if they were independent" in " ".join(one.text for one in found.answer)


def test_an_absent_finding_counts_those_without_it() -> None:
    found = ask(TWO, absent=["washout"])
    expected = measures.post_test(0.5, measures.negative_likelihood_ratio(15, 23, 2, 23))
    assert after(found, "alphoma") == pytest.approx((expected.estimate, expected.low, expected.high))
    assert assessment(found, "betoma", "washout").bearing == "for"


def test_a_zero_cell_is_corrected_and_that_is_said() -> None:
    found = ask(study({"fat": {"alphoma": "2/23", "betoma": "0/23"}}), ["fat"])
    assert found.steps[0].ratio == measures.likelihood_ratio(2, 23, 0, 23)
    assert found.steps[0].corrected
    assert "0.5 was added" in found.steps[0].text
    assert after(found, "betoma")[0] > 0


@settings(max_examples=25, deadline=None, derandomize=True)
@given(some.permutations(["washout", "halo", "fat", "rim"]), some.permutations(["alphoma", "betoma", "gammoma"]))
def test_the_order_of_findings_of_diseases_and_of_statements_does_not_matter(
    signs: list[str], diseases: list[str]
) -> None:
    counts = {
        sign: {"alphoma": f"{9 - i}/20", "betoma": f"{3 + i}/20", "gammoma": f"{5 * i}/25"}
        for i, sign in enumerate(["washout", "halo", "fat", "rim"])
    }
    one = ask(study(counts), ["fat", "halo", "rim", "washout"], among=["alphoma", "betoma", "gammoma"])
    statements = [s for sign in signs for s in study(counts) if s.object.key == sign]
    other = ask(statements, signs, among=diseases)
    first, second = one.to_json(), other.to_json()
    first.pop("findings")
    second.pop("findings")
    assert first == second


def test_a_finding_that_was_not_assessed_changes_nothing() -> None:
    plain, named = ask(TWO, ["washout"]).to_json(), ask(TWO, ["washout"], not_assessed=("halo", "fat")).to_json()
    assert named.pop("findings")["not_assessed"] == ["halo", "fat"]
    plain.pop("findings")
    assert named == plain


def test_a_finding_as_frequent_in_both_moves_no_probability_and_adds_its_doubt() -> None:
    even = study({"even": {"alphoma": "10/20", "betoma": "10/20"}}, "beta2021")
    plain, more = ask(TWO, ["washout"]), ask([*TWO, *even], ["washout", "even"])
    assert after(more, "alphoma")[0] == pytest.approx(after(plain, "alphoma")[0])
    assert after(more, "alphoma")[1] < after(plain, "alphoma")[1]


def test_what_no_paper_says_anything_of_changes_no_probability() -> None:
    assert after(ask(TWO, ["washout", "fat"]), "alphoma") == after(ask(TWO, ["washout"]), "alphoma")
    assert assessment(ask(TWO, ["washout", "fat"]), "alphoma", "fat").bearing == "unknown"


@settings(max_examples=25, deadline=None, derandomize=True)
@given(some.lists(some.integers(0, 20), min_size=3, max_size=3), some.floats(0.05, 0.9))
def test_probabilities_add_up_to_one_over_three_diseases_of_one_study(counts: list[int], prior: float) -> None:
    among = ("alphoma", "betoma", "gammoma")
    statements = study({"washout": {key: f"{n}/20" for key, n in zip(among, counts, strict=True)}})
    found = ask(statements, ["washout"], among=among, prior={"betoma": prior})
    assert sorted(found.panel) == sorted(among)
    assert math.fsum(after(found, key)[0] for key in among) == pytest.approx(1)
    assert math.fsum(one.before or 0 for one in found.candidates) == pytest.approx(1)
    assert found.steps[0].ratio is None


def test_signs_below_one_concept_give_one_ratio() -> None:
    counts = {"rim": {"alphoma": "15/23", "betoma": "2/23"}, "hyper": {"alphoma": "17/23", "betoma": "9/23"}}
    both, alone = ask(study(counts), ["rim", "hyper"]), ask(study(counts), ["rim"])
    assert after(both, "alphoma") == after(alone, "alphoma")
    assert both.steps[0].left_out == ("hyper",)
    assert "not multiplied with hyper" in both.steps[0].text
    assert candidate(both, "alphoma").groups("for") == 1


def test_levels_of_one_variable_give_one_ratio_and_two_of_them_are_warned_of() -> None:
    counts = {"washout": {"alphoma": "15/23", "betoma": "2/23"}, "plateau": {"alphoma": "6/23", "betoma": "21/23"}}
    found = ask(study(counts, variable="~pattern"), ["washout", "plateau"])
    assert len(found.steps) == 1
    assert "usually only one can be present" in found.notes[0]


def test_groups_join_through_a_third() -> None:
    levels = {"a": frozenset(["x"]), "b": frozenset(["x", "y"]), "c": frozenset(["y"]), "d": frozenset(["z"])}
    assert grouped(["d", "c", "a", "b"], levels, Tree()) == (("a", "b", "c"), ("d",))
    assert grouped(["c", "a"], levels, Tree()) == (("a",), ("c",))


def test_two_studies_of_the_same_two_diseases_are_pooled_and_that_is_said() -> None:
    second = study({"washout": {"alphoma": "9/20", "betoma": "3/25"}}, "beta2021")
    found = ask([*TWO, *second], ["washout"])
    pooled = measures.pool_ratios([(15, 23, 2, 23), (9, 20, 3, 25)])
    expected = measures.post_test(0.5, pooled.ratio)
    assert after(found, "alphoma") == pytest.approx((expected.estimate, expected.low, expected.high))
    assert "pooled over 2 studies" in found.steps[0].text
    assert [one.source for one in found.studies] == ["alpha2020", "beta2021"]


def test_counts_of_two_studies_are_never_set_against_each_other() -> None:
    apart = [*study({"washout": {"alphoma": "15/23"}}), *study({"washout": {"betoma": "2/23"}}, "beta2021")]
    found = ask(apart, ["washout"])
    assert (found.panel, found.steps) == ((), ())
    assert all(one.after is None for one in found.candidates)
    assert "no probability is given" in " ".join(one.text for one in found.answer)
    assert [one.disease.key for one in found.candidates] == ["alphoma", "betoma"]


def test_a_patient_unlike_those_of_the_study_gets_no_probability_and_the_same_evidence() -> None:
    found, other = ask(TWO, ["washout"]), ask(TWO, ["washout"], in_scope=False)
    assert other.panel == ()
    assert all(one.after is None for one in other.candidates)
    assert "no probability is given" in " ".join(one.text for one in other.answer)
    assert [one.assessments for one in other.candidates] == [one.assessments for one in found.candidates]


def test_whom_the_study_was_about_is_asked_first() -> None:
    paper = Paper("gamma2022")
    paper.cohort("alphoma", 23)
    paper.cohort("betoma", 23)
    paper.sign("alphoma", "washout", "15/23", modality="ct")
    paper.sign("betoma", "washout", "2/23", modality="ct")
    found = ask(paper.statements, ["washout"])
    assert found.answer[0].text == (
        "Are your patients like those of gamma2022: 23 patients with alphoma, 23 patients with betoma; ct?"
    )
    assert len(found.answer[0].statements) == 2


def test_a_disease_that_the_study_did_not_count_has_no_probability_and_that_is_said() -> None:
    words = Paper("beta2021")
    words.say("gammoma", "has_sign", "washout", "washout is absent in gammoma", polarity="absent")
    found = ask([*TWO, *words.statements], ["washout"], among=["alphoma", "betoma", "gammoma"])
    assert candidate(found, "gammoma").after is None
    assert assessment(found, "gammoma", "washout").bearing == "against"
    assert "among alphoma and betoma alone" in found.notes[0]


def test_words_speak_where_nothing_is_counted_and_keep_their_hedge() -> None:
    paper = Paper("beta2021")
    paper.say("alphoma", "has_sign", "halo", "a halo may be seen", hedged=True, evidence="cited", citations=("3",))
    paper.say("betoma", "has_sign", "halo", "a halo is rarely seen")
    found = ask(paper.statements, ["halo"])
    item = assessment(found, "alphoma", "halo").items[0]
    assert (item.bearing, item.hedged, item.text) == ("for", True, "in words: may be present (beta2021, cites 3)")
    assert assessment(found, "betoma", "halo").bearing == "open"


def test_a_count_of_a_narrower_finding_stands_in_and_says_so() -> None:
    counts = {"rim": {"alphoma": "15/23", "betoma": "2/23"}}
    found = ask(study(counts), ["enhancement"])
    assert found.steps[0].note == "counted as rim, which is narrower"
    broader = {"enhancement": {"alphoma": "15/23", "betoma": "2/23"}}
    assert ask(study(broader), ["rim"]).steps[0].note == "counted as enhancement, which is broader"
    assert ask(study(broader), absent=["rim"]).steps == ()


def test_a_narrower_disease_counts_for_the_broader_one_and_says_so() -> None:
    found = ask(study({"washout": {"narrow": "15/23", "betoma": "2/23"}}), ["washout"])
    assert found.steps[0].note == "about narrow, which is narrower than alphoma"


def test_counts_of_lesions_and_of_patients_are_not_set_against_each_other() -> None:
    paper = Paper("alpha2020")
    paper.sign("alphoma", "washout", "15/23", unit_of_analysis="lesions")
    paper.sign("betoma", "washout", "2/23", unit_of_analysis="patients")
    assert ask(paper.statements, ["washout"]).steps == ()


def test_every_statement_that_a_part_names_is_given() -> None:
    found = ask(TWO, ["washout"], ["halo"])
    named = {i for one in found.candidates for each in one.assessments for i in each.statements}
    named |= {i for step in found.steps for i in step.statements} | {i for one in found.answer for i in one.statements}
    assert named == set(found.statements)


@pytest.mark.parametrize(
    ("given_prior", "message"),
    [
        ({"alphoma": 1.5}, "is 1.5; allowed: 0 to 1"),
        ({"alphoma": 0.7, "betoma": 0.7}, "add up to 1.4; allowed: 1 over all diseases"),
        ({"alphoma": 0.2, "betoma": 0.2}, "add up to 0.4; allowed: 1"),
        ({"gammoma": 0.2}, "'gammoma', which is not among the diseases"),
    ],
)
def test_starting_probabilities_that_make_no_sense_are_refused(given_prior: dict[str, float], message: str) -> None:
    with pytest.raises(DifferentialError, match=message):
        ask(TWO, ["washout"], prior=given_prior)


def test_what_is_not_given_is_shared_equally() -> None:
    assert starting(["a", "b", "c", "d"], {"a": 0.4}) == pytest.approx({"a": 0.4, "b": 0.2, "c": 0.2, "d": 0.2})


@pytest.mark.parametrize(
    ("present", "absent", "message"),
    [
        (("washout",), ("washout",), "'washout' is given twice"),
        ((), (), "no finding is given as present or absent"),
        (("rim",), ("enhancement",), "rim is given as present and enhancement as absent, but one is a kind"),
    ],
)
def test_findings_that_contradict_each_other_are_refused(
    present: tuple[str, ...], absent: tuple[str, ...], message: str
) -> None:
    with pytest.raises(DifferentialError, match=message):
        ask(TWO, present, absent)


def test_a_disease_given_twice_is_refused() -> None:
    with pytest.raises(DifferentialError, match="alphoma is given twice"):
        ask(TWO, ["washout"], among=["alphoma", "alphoma"])


# the shipped papers


@pytest.fixture(scope="module")
def graph(shipped: Path) -> Graph:
    return kg.open(shipped)


@pytest.fixture(scope="module")
def store(graph: Graph) -> Store:
    return graph.store


def test_washout_on_the_shipped_papers_is_88_in_100(store: Store) -> None:
    found = differential(store, Findings(present=("washout-pattern",)), among=[A, B])
    assert [round(100 * value) for value in after(found, A)] == [88, 66, 97]


def test_washout_and_hyperenhancement_are_one_group_and_lymph_nodes_another(store: Store) -> None:
    findings = Findings(present=("washout-pattern", "arterial-phase-hyperenhancement"), absent=("lymphadenopathy",))
    found = differential(store, findings, among=[A, B])
    assert [round(100 * value) for value in after(found, A)] == [93, 75, 98]
    assert [step.left_out for step in found.steps] == [("arterial phase hyperenhancement",), ()]


def test_phnen_against_hcc_has_no_probability_but_evidence(store: Store) -> None:
    found = differential(store, Findings(present=("rim-aphe",)), among=["phnen", "hepatocellular-carcinoma"])
    assert found.panel == ()
    assert assessment(found, "phnen", "rim-aphe").bearing == "for"
    assert all(item.cell is None for item in assessment(found, "hepatocellular-carcinoma", "rim-aphe").items)
    assert all(one.after is None for one in found.candidates)


def test_without_diseases_those_are_taken_of_which_a_paper_says_something(store: Store) -> None:
    found = differential(store, Findings(present=("washout-pattern",), absent=("calcification",)))
    assert {A, B, "phnen"} <= {one.disease.key for one in found.candidates}
    assert all(any(each.items for each in one.assessments) for one in found.candidates)


def test_every_statement_of_a_differential_is_in_the_graph(store: Store) -> None:
    found = differential(store, Findings(present=("washout",), absent=("calcification", "lymphadenopathy")))
    assert found.statements
    assert {one.id for one in queries.statements(store, ids=set(found.statements))} == set(found.statements)


def test_a_data_frame_has_a_row_for_each_disease_and_finding(graph: Graph) -> None:
    table = graph.differential(["washout enhancement pattern"], ["lymphadenopathy"], among=[A, B], prior={A: 0.3})
    assert tuple(table.columns) == DIFFERENTIAL_COLUMNS
    assert len(table) == 4
    assert table.loc[0, "before"] == pytest.approx(0.3)
    first = table[table["finding"] == "washout-pattern"].iloc[0]
    assert (first["n"], first["total"], first["bearing"]) == (15, 23, "for")


def test_a_name_that_nothing_has_is_one_sentence(graph: Graph) -> None:
    with pytest.raises(UnknownNameError, match=r"no finding is called 'washut'; did you mean washout"):
        graph.differential(["washut"])
    with pytest.raises(UnknownNameError, match="no finding is called 'phnen'"):
        graph.differential(["phnen"])
    with pytest.raises(DifferentialError, match="no disease has the key 'washout'"):
        differential(graph.store, Findings(present=("washout",)), among=["washout"])


def test_a_starting_value_that_nothing_is_computed_from_is_named() -> None:
    found = ask(TWO, ["washout"], among=["alphoma", "betoma", "gammoma"], prior={"gammoma": 0.9})
    assert found.prior == "equal"
    assert any("gammoma is not used" in note for note in found.notes)
