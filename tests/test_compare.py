"""Which signs separate two diseases: the rows, their order, what is never shown, and what every answer rests on."""

from __future__ import annotations

import json
from collections.abc import Collection

import pytest

from kg.compare import CompareError, Comparison, Filters, Row, compare, compare_statements, pairs
from kg.measures import display
from kg.model import Concept
from kg.store import Store
from tests.paper import Paper
from tests.web_graph import write_graph

NET = "net-metastasis"
ADENO = "adeno-metastasis"
TABLE_ORDER = (
    "washout",
    "metastasis to liver ratio > 0.898",
    "plateau",
    "hyperenhancement",
    "no lymphadenopathy",
    "round shape",
    "diffuse",
    "progressive",
)


class Tree:
    """NET metastases have a narrower kind; nothing else has."""

    def ancestors(self, key: str) -> Collection[str]:
        return {"insulinoma-metastasis": (NET,)}.get(key, ())


def disease(key: str) -> Concept:
    return Concept(key=key, type="disease", label=key.replace("-", " "))


def table_study() -> Paper:
    """A study that counted signs of two groups of 23 in a table, as papers print them, slips included."""
    paper = Paper("study")
    groups = (NET, ADENO)
    for group in groups:
        paper.cohort(group, 23, modality="ct")
    ct = {"modality": "ct"}
    paper.table(
        "distribution", groups, {"restricted": ("5 (21.7%)", "6(78.3%)"), "diffuse": ("18(26.1%)", "17(73.9%)")}, **ct
    )
    paper.table("shape", groups, {"round-shape": ("23(100.0%)", "21(91.3%)"), "irregular": ("0(.0%)", "2(8.7%)")}, **ct)
    paper.table(
        "arterial-enhancement",
        groups,
        {"hyperenhancement": ("17(73.9%)", "9(39.1%)"), "hypoenhancement": ("6(26.1%)", "14(60.9%)")},
        **ct,
    )
    paper.table(
        "enhancement-pattern",
        groups,
        {
            "plateau": ("6(26.1%)", "21(91.3%)"),
            "washout": ("15(65.2%)", "2(8.7%)"),
            "progressive": ("2(8.7%)", "0(0%)"),
        },
        **ct,
    )
    paper.table(
        "lymphadenopathy",
        groups,
        {"lymphadenopathy": ("7(30.4%)", "14(60.9%)"), "no lymphadenopathy": ("16(69.6%)", "9(39.1%)")},
        **ct,
    )
    paper.sign(NET, "washout", "15/23", section="Discussion")
    add_printed_results(paper)
    return paper


def add_printed_results(paper: Paper) -> None:
    between = {"comparator": ADENO}
    p = {"kind": "p_value", "op": "="}
    paper.say("lymphadenopathy", "discriminates", NET, "nodes (P=0.038)", printed="P=0.038", p="0.038", **p, **between)
    paper.say("shape", "discriminates", NET, "shape (P=0.47)", printed="P=0.47", p="0.47", **p, **between)
    kappa = {"kind": "kappa", "value": "0.914"}
    paper.say("enhancement-pattern", "observer_agreement", "~readers", "κ= 0.914", printed="κ= 0.914", **kappa)
    ratio = "metastasis-to-liver-ratio"
    for group, printed, mean, sd in ((NET, "1.15±0.33", "1.15", "0.33"), (ADENO, "0.77±0.20", "0.77", "0.20")):
        paper.say(group, "measured_value", ratio, printed, printed=printed, kind="mean_sd", mean=mean, sd=sd)
    cut = {"kind": "threshold", "value": "0.898", "op": ">", **between}
    paper.say(ratio, "discriminates", NET, "a value>0.898 indicated NET", printed=">0.898", **cut)
    for finding, se, sp in ((ratio, 19, 18), ("plateau", 17, 21), ("combined-rule", 19, 21)):
        for kind, n in (("sensitivity", se), ("specificity", sp)):
            counts = {"kind": kind, "numerator": str(n), "denominator": "23", "comparator": NET}
            paper.say(finding, "discriminates", ADENO, f"{kind} {n} of 23", printed=f"{n} of 23", **counts)


def words_study() -> Paper:
    """A study that counted one group only and set it against the other in words."""
    paper = Paper("series")
    paper.cohort(NET, 12)
    paper.sign(NET, "rim", "7/10", section="Abstract")
    paper.sign(NET, "rim", "6/8", modality="ct")
    paper.sign(NET, "rim", "1/2", modality="mri")
    paper.sign(NET, "rim", "7/9", section="Discussion")
    paper.sign(NET, "hepatitis", "0/12", polarity="absent")
    paper.say(NET, "has_sign", "rim", "unlike typical adeno metastases, the rim enhances", comparator=ADENO)
    paper.say(ADENO, "has_sign", "necrosis", "central necrosis commonly seen", evidence="background")
    paper.say(NET, "has_sign", "lobulated", "the masses were lobulated")
    paper.say(
        NET, "differential_of", ADENO, "there is a considerable overlap", evidence="cited", citations=("28", "29")
    )
    paper.sign(NET, "capsule", "3/10", evidence="cited", citations=("7",))
    return paper


def asked(paper: Paper, filters: Filters | None = None, a: str = NET, b: str = ADENO) -> Comparison:
    return compare_statements(paper.statements, disease(a), disease(b), Tree(), filters)


def row(comparison: Comparison, label: str) -> Row:
    every = (*comparison.counted, *comparison.one_sided, *comparison.words)
    (found,) = [one for one in every if one.label == label]
    return found


def shown(one: Row) -> str:
    assert one.a is not None
    assert one.b is not None
    assert one.ratio is not None
    ratio = " ".join(display(value) for value in (one.ratio.estimate, one.ratio.low, one.ratio.high))
    return f"{one.a.n}/{one.a.total} {one.b.n}/{one.b.total} {ratio} {one.reading}"


@pytest.fixture(scope="module")
def counted() -> Comparison:
    return asked(table_study())


@pytest.fixture(scope="module")
def sided() -> Comparison:
    return asked(words_study())


def test_rows_stand_by_the_limit_of_their_interval_on_the_side_of_one(counted: Comparison) -> None:
    assert tuple(one.label for one in counted.counted) == TABLE_ORDER
    assert [one.rank for one in counted.counted] == list(range(1, 9))


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("washout", "15/23 2/23 7.5 1.9 29 may_favour_a"),
        ("metastasis to liver ratio > 0.898", "18/23 4/23 4.5 1.8 11 may_favour_a"),
        ("plateau", "6/23 21/23 0.29 0.14 0.58 may_favour_b"),
        ("hyperenhancement", "17/23 9/23 1.9 1.1 3.3 may_favour_a"),
        ("no lymphadenopathy", "16/23 9/23 1.8 0.998 3.2 does_not_separate"),
        ("round shape", "23/23 21/23 1.1 0.94 1.3 does_not_separate"),
        ("diffuse", "18/23 17/23 1.1 0.77 1.5 does_not_separate"),
        ("progressive", "2/23 0/23 5.0 0.25 99 does_not_separate"),
    ],
)
def test_each_row_has_its_counts_its_ratio_and_its_reading(counted: Comparison, label: str, expected: str) -> None:
    assert shown(row(counted, label)) == expected


def test_of_a_variable_with_two_levels_the_other_level_is_inside(counted: Comparison) -> None:
    hyper, nodes = row(counted, "hyperenhancement"), row(counted, "no lymphadenopathy")
    assert hyper.complement is not None
    assert hyper.complement.label == "hypoenhancement"
    assert nodes.complement is not None
    assert shown(nodes.complement).startswith("7/23 14/23")
    assert (nodes.negated, nodes.key) == (True, "no-lymphadenopathy")


def test_three_levels_of_a_variable_are_rows_of_one_bracket(counted: Comparison) -> None:
    groups = {one.label: one.group for one in counted.counted if one.group}
    assert groups == dict.fromkeys(("washout", "plateau", "progressive"), "enhancement pattern")


def test_levels_that_do_not_add_up_to_the_group_are_no_bracket() -> None:
    paper = Paper("study")
    rows = {"pain": ("5/23", "4/23"), "flushing": ("7/23", "2/23"), "diarrhea": ("3/23", "9/23")}
    paper.table("symptoms", (NET, ADENO), rows)
    assert [one.group for one in asked(paper).counted] == [None, None, None]


def test_levels_that_miss_somebody_in_one_group_stay_a_bracket_and_say_so() -> None:
    paper = Paper("study")
    rows = {"washout": ("14/23", "2/23"), "plateau": ("6/23", "21/23"), "progressive": ("2/23", "0/23")}
    paper.table("pattern", (NET, ADENO), rows)
    for one in asked(paper).counted:
        assert (one.group, one.warnings) == ("pattern", ("the levels add up to 22 of 23 in A",))


def test_the_opened_row_has_the_two_by_two_measures(counted: Comparison) -> None:
    measures = row(counted, "washout").measures
    assert measures is not None
    assert (measures.sensitivity.n, measures.specificity.n) == (15, 21)
    assert [display(v) for v in (measures.negative.estimate, measures.negative.low, measures.negative.high)] == [
        "0.38",
        "0.21",
        "0.68",
    ]
    assert [
        round(100 * v) for v in (measures.difference.estimate, measures.difference.low, measures.difference.high)
    ] == [
        57,
        29,
        74,
    ]


def test_printed_results_stand_with_the_row_of_their_sign_or_variable(counted: Comparison) -> None:
    assert [one.text for one in row(counted, "washout").attached] == ["κ= 0.914"]
    assert [one.text for one in row(counted, "round shape").attached] == ["P=0.47"]


def test_a_p_value_that_another_test_would_turn_over_is_warned_of(counted: Comparison) -> None:
    (warning,) = row(counted, "no lymphadenopathy").warnings
    assert warning == "P depends on the test: printed P = 0.038, Fisher's exact test 0.075"
    assert row(counted, "round shape").warnings == ()


def test_a_printed_sensitivity_that_the_counts_contradict_is_warned_of(counted: Comparison) -> None:
    assert row(counted, "plateau").warnings == (
        "sensitivity for adeno metastasis printed 17 of 23, the counts give 21 of 23",
        "specificity for adeno metastasis printed 21 of 23, the counts give 17 of 23",
    )


def test_a_cut_off_becomes_a_derived_row_with_its_inputs(counted: Comparison) -> None:
    derived = row(counted, "metastasis to liver ratio > 0.898")
    assert derived.derived is not None
    assert derived.derived.formula == "specificity 18 of 23; 23 − 19 = 4 of 23 from the sensitivity 19 of 23"
    assert len(derived.derived.inputs) == 2
    assert derived.complement is not None
    assert shown(derived.complement).startswith("5/23 19/23")
    assert derived.warnings == ("cut-off and its accuracy come from the same study",)


@pytest.mark.parametrize(("means", "rows"), [(("1.15", "0.77"), 0), (("0.77", "1.15"), 1), (None, 1)])
def test_a_cut_off_that_the_means_contradict_makes_no_row(means: tuple[str, str] | None, rows: int) -> None:
    paper = Paper("study")
    for group, mean in zip((NET, ADENO), means or (), strict=False):
        paper.say(
            group, "measured_value", "ratio", f"{mean}±0.2", printed=f"{mean}±0.2", kind="mean_sd", mean=mean, sd="0.2"
        )
    cut = {"kind": "threshold", "value": "0.9", "op": ">", "comparator": NET}
    paper.say("ratio", "discriminates", ADENO, "a value>0.9", printed=">0.9", **cut)
    for kind in ("sensitivity", "specificity"):
        counts = {"kind": kind, "numerator": "19", "denominator": "23", "comparator": NET}
        paper.say("ratio", "discriminates", ADENO, f"{kind} 19 of 23", printed="19 of 23", **counts)
    assert len(asked(paper).counted) == rows


def test_a_rule_without_a_cut_off_is_listed_with_its_ratio(counted: Comparison) -> None:
    (rule,) = counted.discriminations
    assert rule.ratio is not None
    assert rule.finding.key == "combined-rule"
    assert [display(v) for v in (rule.ratio.estimate, rule.ratio.low, rule.ratio.high)] == ["9.5", "2.5", "36"]


def test_means_of_both_groups_give_hedges_g(counted: Comparison) -> None:
    (measured,) = counted.measured
    assert measured.effect is not None
    assert [f"{v:.2f}" for v in (measured.effect.estimate, measured.effect.low, measured.effect.high)] == [
        "1.37",
        "0.73",
        "2.01",
    ]
    assert (measured.text_a, measured.text_b) == ("1.15±0.33", "0.77±0.20")


def test_the_answer_counts_the_rows_that_may_separate_and_names_the_strongest(counted: Comparison) -> None:
    assert [one.text for one in counted.answer] == [
        "One study counted signs in both groups (study: 23 vs 23 patients, ct).",
        "4 of 8 signs may separate them. Strongest: washout, 15/23 vs 2/23.",
        "In 100 patients of each kind that is about 65 (45–81) against 9 (2–27).",
    ]
    assert all(one.statements for one in counted.answer)


def test_swapping_the_diseases_turns_every_ratio_over(counted: Comparison) -> None:
    swapped = asked(table_study(), a=ADENO, b=NET)
    ratios = {one.label: one.ratio for one in counted.counted}
    for one in swapped.counted:
        if one.label in ratios:
            ratio, other = one.ratio, ratios[one.label]
            assert ratio is not None
            assert other is not None
            assert ratio.estimate == pytest.approx(other.inverse.estimate)
    assert row(swapped, "lymphadenopathy").complement is not None


def test_a_changed_count_changes_the_row() -> None:
    paper = Paper("study")
    for group in (NET, ADENO):
        paper.cohort(group, 23)
    paper.table("pattern", (NET, ADENO), {"washout": ("14(60.9%)", "2(8.7%)")})
    assert shown(row(asked(paper), "washout")).startswith("14/23 2/23 7.0")


def test_one_side_counted_gives_no_ratio_anywhere(sided: Comparison) -> None:
    assert sided.counted == ()
    for one in (*sided.one_sided, *sided.words):
        assert (one.ratio, one.bound, one.measures, one.reading) == (None, None, None, "in_words_only")
    assert sided.answer[0].text == (
        "No paper here counted signs in both net metastasis and adeno metastasis, so no likelihood ratio can be given."
    )
    assert sided.answer[1].text == "series counted rim in 7/10 patients with net metastasis."


def test_the_row_that_the_authors_set_against_the_other_disease_stands_first(sided: Comparison) -> None:
    first = sided.one_sided[0]
    assert (first.label, first.direction, len(first.direct)) == ("rim", "a", 1)
    assert "the authors set A against B in words" in first.why


def test_zero_of_n_and_not_reported_never_look_alike(sided: Comparison) -> None:
    hepatitis = row(sided, "hepatitis")
    assert hepatitis.a is not None
    assert (hepatitis.a.state, hepatitis.a.n, hepatitis.a.total) == ("zero", 0, 12)
    assert hepatitis.a.interval is not None
    assert hepatitis.b is None
    assert hepatitis.words_b == ()


def test_what_is_known_in_words_is_kept_with_its_side(sided: Comparison) -> None:
    necrosis, lobulated = row(sided, "necrosis"), row(sided, "lobulated")
    assert (len(necrosis.words_a), len(necrosis.words_b)) == (0, 1)
    assert (len(lobulated.words_a), len(lobulated.words_b)) == (1, 0)


def test_a_tumour_is_no_finding_of_another_tumour() -> None:
    paper = Paper("study")
    paper.say("insulinoma-metastasis", "associated_with", NET, "insulinoma metastases are NET metastases")
    assert asked(paper).words == ()


def test_cited_counts_stand_apart_and_enter_no_row(sided: Comparison) -> None:
    assert len(sided.cited) == 1
    assert "capsule" not in {one.label for one in (*sided.counted, *sided.one_sided)}


def test_resemblance_is_quoted_with_its_references(sided: Comparison) -> None:
    assert len(sided.overlap) == 1
    assert sided.answer[-1].text == "series: “there is a considerable overlap” (refs 28, 29)."


def test_a_disagreement_within_a_paper_is_listed_with_its_statements(sided: Comparison) -> None:
    (disagreement,) = sided.disagreements
    assert disagreement.within_paper
    assert "6/8 ct + 1/2 mri = 7/10" in disagreement.text
    assert len(disagreement.statements) == 2


def two_studies() -> Paper:
    one, other = Paper("one"), Paper("other")
    one.sign(NET, "washout", "15/23")
    other.sign(ADENO, "washout", "2/23")
    one.statements += other.statements
    return one


def test_counts_of_two_studies_give_a_ratio_on_request_only_and_then_say_so() -> None:
    assert asked(two_studies()).counted == ()
    (across,) = asked(two_studies(), Filters(cross_study=True)).counted
    assert (across.within_study, across.source) == (False, None)
    assert across.warnings == ("two studies: different hospitals, scanners and definitions",)


def test_two_studies_that_agree_favour_a_and_one_may_favour_it() -> None:
    one, other = Paper("one"), Paper("other")
    for paper in (one, other):
        paper.sign(NET, "washout", "15/23")
        paper.sign(ADENO, "washout", "2/23")
    one.statements += other.statements
    assert [found.reading for found in asked(one).counted] == ["favours_a", "favours_a"]


def test_patients_are_not_held_against_lesions() -> None:
    paper = Paper("study")
    paper.sign(NET, "washout", "15/23", unit_of_analysis="patients")
    paper.sign(ADENO, "washout", "20/90", unit_of_analysis="lesions")
    comparison = asked(paper)
    assert comparison.counted == ()
    assert len(comparison.one_sided) == 2


def test_a_narrower_disease_counts_visibly_and_steps_back_before_the_disease_itself() -> None:
    paper = Paper("study")
    paper.sign("insulinoma-metastasis", "washout", "3/9")
    paper.sign(ADENO, "washout", "2/23")
    (narrow,) = asked(paper).counted
    assert narrow.a is not None
    assert narrow.a.notes == ("about insulinoma metastasis, which is narrower than net metastasis",)
    assert narrow.a.group == "insulinoma metastasis"
    paper.sign(NET, "washout", "15/23")
    (whole,) = asked(paper).counted
    assert (shown(whole)[:5], whole.a and whole.a.group) == ("15/23", None)


def test_filters_hide_rows_and_say_how_many() -> None:
    on_mri = asked(table_study(), Filters(modalities=("mri",)))
    assert (on_mri.counted, on_mri.hidden) == ((), 8)
    warned = asked(table_study(), Filters(only_warned=True))
    assert {one.label for one in warned.counted} >= {"plateau", "diffuse", "no lymphadenopathy"}
    assert "washout" not in {one.label for one in warned.counted}
    by_name = asked(table_study(), Filters(sort="name"))
    assert [one.label for one in by_name.counted] == sorted(TABLE_ORDER)


def test_a_pair_that_no_paper_speaks_of_says_so() -> None:
    comparison = asked(table_study(), a="hydatid-cyst", b="lymphoma")
    assert [one.text for one in comparison.answer] == ["Nothing here sets hydatid cyst against lymphoma."]


def test_a_disease_is_not_held_against_itself() -> None:
    with pytest.raises(CompareError, match="choose two different diseases"):
        asked(table_study(), a=NET, b=NET)


@pytest.mark.parametrize("paper", [table_study(), words_study()], ids=["counted", "words"])
def test_every_statement_that_is_named_is_at_hand_and_json_holds_them_all(paper: Paper) -> None:
    comparison = asked(paper)
    answer = json.loads(json.dumps(comparison.to_json()))
    known = set(answer["statements"])
    for sign in answer["signs"]:
        for cell in filter(None, (sign["a"], sign["b"])):
            assert known.issuperset(cell["statements"] + cell["other_statements"])
        assert known.issuperset(sign["words_a"] + sign["words_b"] + sign["direct"])
        assert known.issuperset(printed["statement"] for printed in sign["printed"])
    assert known.issuperset(answer["cited"] + answer["overlap"])
    assert known.issuperset(one for sentence in answer["answer"] for one in sentence["statements"])


def test_the_order_of_the_statements_does_not_matter() -> None:
    paper = table_study()
    backwards = Paper("study", statements=list(reversed(paper.statements)))
    assert asked(backwards).counted == asked(paper).counted


def test_own_words_without_a_concept_are_compared_too() -> None:
    paper = Paper("study")
    for group, printed in ((NET, "9/10"), (ADENO, "1/10")):
        paper.sign(group, "~Astral sign", printed)
    assert row(asked(paper), "Astral sign").key == "astral-sign"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(write_graph(tmp_path_factory.mktemp("graph")))


def test_a_graph_is_asked_by_keys_and_answers_with_the_short_names_of_papers(graph: Store) -> None:
    comparison = compare(graph, "gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis")
    assert comparison.answer[0].text.startswith("One study counted signs in both groups (Alpha 2017: 23 vs 23 patients")
    assert comparison.counted[0].label == "washout"


def test_the_pairs_of_a_graph_name_the_one_counted_in_both_groups_first(graph: Store) -> None:
    found = pairs(graph)
    assert [(pair.a, pair.kind, pair.side) for pair in found] == [
        ("gep-net-liver-metastasis", "counted", None),
        ("phnen", "one_sided", "phnen"),
    ]
    comparison = compare(graph, found[0].a, found[0].b)
    assert found[0].counted == len(comparison.counted)


@pytest.mark.parametrize("key", ["hccc", "washout", "Not A Key"])
def test_a_key_that_is_no_disease_is_refused_by_name(graph: Store, key: str) -> None:
    with pytest.raises(CompareError, match=f"no disease has the key '{key}'"):
        compare(graph, key, "phnen")
