"""Each check tells what fits from what does not, says when it cannot tell, and shows the arithmetic without blame."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kg.audit import CHECKS, audit, worst
from kg.audit.rounding import Rounded, meant, share_fits
from kg.model import Concept
from kg.verdict import Verdict
from kg.vocabulary import Vocabulary
from tests.audited import A, B, Number, Written, count, number, p_value, patients

DIFFUSE = {"Type: focal": ("5 (21.7%)", "6 (26.1%)"), "Type: diffuse": ("18 (78.3%)", "17 (73.9%)")}
NODES = {"Nodes: nodes": ("7 (30.4%)", "14 (60.9%)"), "Nodes: no nodes": ("16 (69.6%)", "9 (39.1%)")}
SHAPE = {"Shape: round": ("23 (100.0%)", "21 (91.3%)"), "Shape: irregular": ("0 (0.0%)", "2 (8.7%)")}
PATTERN = {
    "Pattern: plateau": ("6 (26.1%)", "21 (91.3%)"),
    "Pattern: washout": ("15 (65.2%)", "2 (8.7%)"),
    "Pattern: progressive": ("2 (8.7%)", "0 (0.0%)"),
}


def written() -> Written:
    return Written()


def table(*blocks: dict[str, tuple[str, str]], **results: tuple[str, str]) -> Written:
    rows = {row: cells for block in blocks for row, cells in block.items()}
    named = {
        row: results[row.partition(":")[0]] for row in rows if _first(rows, row) and row.partition(":")[0] in results
    }
    return written().cohorts().table(rows, named)


def _first(rows: dict[str, tuple[str, str]], row: str) -> bool:
    group = row.partition(":")[0]
    return next(other for other in rows if other.partition(":")[0] == group) == row


def changed(block: dict[str, tuple[str, str]], row: str, *cells: str) -> dict[str, tuple[str, str]]:
    return {**block, row: (cells[0], cells[1])}


def cited(text: str, *numbers: Number, **common: Any) -> Written:
    return written().tell(text, *numbers, section="Discussion", evidence="cited", citations=("3",), **common)


def accuracy(sensitivity: str, specificity: str) -> Written:
    fields = {"subject": "~plateau", "predicate": "discriminates", "object": B}
    return table(PATTERN).tell(
        f"The sensitivity was {sensitivity} and the specificity {specificity}.",
        *(
            number(one, kind, **{**fields, "numerator": one.split("/")[0], "denominator": one.split("/")[1]})
            for kind, one in (("sensitivity", sensitivity), ("specificity", specificity))
        ),
    )


def sized(disease_a: str, disease_b: str, t: str) -> Written:
    said = f"The ratio was {disease_a} in A and {disease_b} in B (t={t})."
    values = [dict(zip(("mean", "sd"), one.split("±"), strict=True)) for one in (disease_a, disease_b)]
    return (
        written()
        .cohorts()
        .tell(
            said,
            number(disease_a, "mean_sd", subject=A, predicate="measured_value", **values[0]),
            number(disease_b, "mean_sd", subject=B, predicate="measured_value", **values[1]),
            number(f"t={t}", "test_statistic", value=t, unit="t", predicate="discriminates"),
        )
    )


def interval(estimate: str, low: str, high: str) -> Written:
    printed = f"AUC {estimate} (95% CI {low}-{high})"
    fields = {"value": estimate, "ci_low": low, "ci_high": high, "predicate": "discriminates", "object": B}
    return written().tell(f"It had an {printed}.", number(printed, "auc", **fields))


def abstract_and_body(abstract: str, body: str, subject: str = "~nodes") -> Written:
    fields = {"predicate": "discriminates", "object": B}
    return (
        written()
        .tell(f"Nodes differed ({abstract}).", p_value(abstract, subject="~nodes", **fields), section="Abstract")
        .tell(f"It differed ({body}).", p_value(body, subject=subject, **fields))
    )


def share_of_all(printed: str, *, cases: str = "tumours") -> Number:
    return number(
        f"{printed}%", "percent", percent=printed, subject="rare", predicate="has_epidemiology", object="~share"
    )


KNOWN = {
    "named": lambda name: frozenset(
        {"tumours": ("tumour",), "calcification": ("calcification",), "fluid": ("fluid",)}.get(name, ())
    ),
    "signs": frozenset(("calcification", "fluid")),
}


def figures(first: str, second: str) -> Written:
    return (
        written()
        .tell("Some lesions show calcification (Figure 1), some a level of fluid (Figure 2).", section="Discussion")
        .tell(f"Figure 1. Lesion with {first}.", section="Figure caption", kind="caption")
        .tell(f"Figure 2. Lesion with {second}.", section="Figure caption", kind="caption")
    )


Case = Callable[[], Written]
# check -> what is consistent, what is inconsistent, what cannot be checked
EXAMPLES: dict[str, tuple[Case, Case, Case]] = {
    "percentage": (
        lambda: written().tell("It was seen in 77.8% (7/9).", count("7/9", percent="77.8")),
        lambda: written().tell("It was seen in 77.7% (7/9).", count("7/9", percent="77.7")),
        lambda: written().table({"Type: focal": ("5 (21.7%)", "6 (26.1%)")}),
    ),
    "attainable": (
        lambda: cited("Of 31 patients, 19% died.", patients(31), count("19%", predicate="has_prognosis")),
        lambda: cited("Of 34 patients, 95% had relief.", patients(34), count("95%", predicate="has_prognosis")),
        lambda: cited("Relief was seen in 95%.", count("95%", predicate="has_prognosis")),
    ),
    "parts": (
        lambda: table(DIFFUSE),
        lambda: table(changed(DIFFUSE, "Type: focal", "5 (21.7%)", "7 (30.4%)")),
        lambda: table({"Signs: round": ("5 (21.7%)", "6 (26.1%)"), "Signs: bright": ("9 (39.1%)", "9 (39.1%)")}),
    ),
    "repeated": (
        lambda: table(PATTERN).tell("Washout was seen in 15/23.", count("15/23", object="~washout")),
        lambda: table(PATTERN).tell("Washout was seen in 14/23.", count("14/23", object="~washout")),
        lambda: (
            written()
            .tell("Three had it: 3 cases.", number("3 cases", "count", value="3"))
            .tell("Later 2 cases had it.", number("2 cases", "count", value="2"))
        ),
    ),
    "test": (
        lambda: table(NODES, Nodes=("4.293", "0.038")),
        lambda: table(NODES, Nodes=("4.393", "0.038")),
        lambda: table(changed(NODES, "Nodes: no nodes", "15 (65.2%)", "9 (39.1%)"), Nodes=("4.293", "0.038")),
    ),
    "means": (
        lambda: sized("1.15±0.33", "0.77±0.20", "4.774"),
        lambda: sized("1.15±0.33", "0.77±0.20", "5.774"),
        lambda: written().tell("It differed (t=2.759).", number("t=2.759", "test_statistic", value="2.759", unit="t")),
    ),
    "p value": (
        lambda: statistic_and_p("Z=-0.472", "P = 0.637"),
        lambda: statistic_and_p("Z=-0.472", "P = 0.367"),
        lambda: statistic_and_p("t=2.100", "P = 0.042"),
    ),
    "accuracy": (
        lambda: accuracy("21/23", "17/23"),
        lambda: accuracy("17/23", "21/23"),
        lambda: accuracy_of_something_else(True),
    ),
    "interval": (
        lambda: interval("0.856", "0.749", "0.963"),
        lambda: interval("0.656", "0.749", "0.963"),
        lambda: written().tell(
            "It was 70% (7/10; 95% CI 20-90).", count("7/10", percent="70", ci_low="20", ci_high="90")
        ),
    ),
    "abstract": (
        lambda: abstract_and_body("P=0.038", "P=0.038"),
        lambda: abstract_and_body("P=0.038", "P=0.083"),
        lambda: abstract_and_body("P=0.038", "P=0.083", subject="~size"),
    ),
}


def statistic_and_p(statistic: str, p: str) -> Written:
    letter, value = statistic.split("=")
    return written().tell(
        f"They did not differ ({statistic}, {p}).",
        number(statistic, "test_statistic", value=value, unit=letter),
        p_value(p),
    )


def accuracy_of_something_else(_: object) -> Written:
    fields = {"subject": "~ratio", "predicate": "discriminates", "object": B, "numerator": "19", "denominator": "23"}
    return table(PATTERN).tell("The sensitivity was 19/23.", number("19/23", "sensitivity", **fields))


@pytest.mark.parametrize("check", EXAMPLES)
def test_a_check_tells_what_fits_from_what_does_not_and_from_what_it_cannot_tell(check: str) -> None:
    fits, misfits, open_question = EXAMPLES[check]
    assert fits().said(check) == {"consistent"}
    assert "inconsistent" in misfits().said(check)
    assert "not checkable" in open_question().said(check)
    assert "inconsistent" not in open_question().said(check)


def test_each_row_of_checks_has_a_name_and_a_question_of_its_own() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    assert all(check.question.endswith("?") for check in CHECKS)
    assert not audit([])


# Shares


def test_a_percentage_is_held_against_n_of_n_in_words_that_blame_nobody() -> None:
    (one,) = EXAMPLES["percentage"][1]().verdicts("percentage")
    assert one.explanation == "7/9 is 77.8 %; the paper prints 77.7 %"
    assert one.recomputed == "7/9 = 77.8 %"
    assert one.quotes == ("It was seen in 77.7% (7/9).",)


def test_a_cell_takes_its_total_from_its_column_unless_another_would_do() -> None:
    wrong = table(changed(DIFFUSE, "Type: focal", "5 (23.7%)", "6 (26.1%)")).verdicts("percentage")
    assert [one.explanation for one in wrong if one.verdict == "inconsistent"] == [
        "5/23 is 21.7 %; the paper prints 23.7 %"
    ]
    alone = {**DIFFUSE, "Fat": ("5 (25.0%)", "6 (26.1%)")}
    doubtful = [one for one in table(alone).verdicts("percentage") if one.verdict == "not checkable"]
    assert [one.explanation[:18] for one in doubtful] == ["5 is 25.0 % of 20,"]


def test_a_share_told_in_three_numbers_is_checked_too() -> None:
    def told(percent: str) -> set[str]:
        text = f"Out of 517 patients they reported on 15 cases, accounting for {percent}% of all."
        counts = (patients(517), number("15 cases", "count", value="15"), count(f"{percent}%"))
        return cited(text, *counts).said("percentage")

    assert told("2.9") == {"consistent"}
    assert told("2.7") == {"inconsistent"}


@given(st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))), st.integers(0, 3))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_a_true_share_fits_its_rounded_percentage_whichever_way_halves_go(
    share: tuple[int, int], decimals: int
) -> None:
    n, total = share
    exact = Decimal(100 * n) / Decimal(total)
    for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        assert share_fits(n, total, exact.quantize(Decimal(1).scaleb(-decimals), rounding=way))


@given(st.integers(2, 60), st.data())
@settings(derandomize=True, max_examples=100, deadline=None)
def test_a_percentage_of_another_count_never_fits_where_digits_tell_them_apart(total: int, data: st.DataObject) -> None:
    n, other = data.draw(st.integers(0, total)), data.draw(st.integers(0, total))
    assume(n != other)
    printed = (Decimal(100 * other) / Decimal(total)).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assert not share_fits(n, total, printed)


@given(st.decimals(0, 100, places=2), st.decimals(0, 100, places=1))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_agreement_has_no_direction_and_implies_a_number_in_common(one: Decimal, other: Decimal) -> None:
    a, b = Rounded.of(one), Rounded.of(other)
    assert a.agrees(b) == b.agrees(a)
    assert not a.agrees(b) or a.overlaps(b)
    assert Fraction(one) in a
    assert Fraction(one) in meant(one, "<")


# Parts and groups


def test_men_and_women_and_lists_add_up_to_their_group() -> None:
    def sexes(men: int) -> set[str]:
        return (
            written()
            .tell(
                f"There were 23 patients ({men} men, 10 women).",
                patients(23),
                number(f"{men} men", "count", value=str(men), unit="men", predicate="cohort", object="male-sex"),
                number("10 women", "count", value="10", unit="women", predicate="cohort", object="female-sex"),
            )
            .said("parts")
        )

    assert (sexes(13), sexes(14)) == ({"consistent"}, {"inconsistent"})


@pytest.mark.parametrize(("sites", "verdict"), [((4, 2, 9, 8), "consistent"), ((4, 2, 9, 7), "inconsistent")])
def test_things_of_which_each_patient_has_one_add_up(sites: tuple[int, ...], verdict: str) -> None:
    names = ("stomach", "bowel", "colon", "pancreas")
    listed = [
        number(f"n={n}", "count", value=str(n), predicate="has_primary_site", object=f"~{name}")
        for n, name in zip(sites, names, strict=True)
    ]
    text = "Sites were " + ", ".join(f"{name} ({one.printed})" for name, one in zip(names, listed, strict=True))
    assert written().cohorts().tell(f"{text}.", *listed, section="Methods").said("parts") == {verdict}


@pytest.mark.parametrize(("whole", "verdict"), [("7/10", "consistent"), ("8/10", "inconsistent")])
def test_counts_by_technique_add_up_to_the_whole(whole: str, verdict: str) -> None:
    paper = written().tell(
        "All in all it was seen in many (7/10).".replace("7/10", whole), count(whole), section="Abstract"
    )
    by_technique = (count("6/8", modality="ct"), count("1/2", modality="mri"))
    assert paper.tell("On CT (6/8) and on MRI (1/2) it was seen.", *by_technique).said("parts") == {verdict}


def test_a_part_is_no_larger_than_its_group() -> None:
    larger = written().tell("Halo was seen in 15 cases.", number("15 cases", "count", value="15", unit="cases"))
    assert larger.said("subgroup") == set()
    patients_of_study = written().tell("12 patients were enrolled.", patients(12), section="Methods")
    seen = number("15 cases", "count", value="15", unit="cases", unit_of_analysis="patients")
    assert patients_of_study.tell("Halo was seen in 15 cases.", seen).said("subgroup") == {"inconsistent"}


def test_exchanged_cells_are_named_with_what_repairs_them() -> None:
    percentages = changed(
        changed(DIFFUSE, "Type: focal", "5 (21.7%)", "6 (78.3%)"), "Type: diffuse", "18 (26.1%)", "17 (73.9%)"
    )
    (one,) = table(percentages).verdicts("exchanged")
    assert one.recomputed == "6 (26.1 %), 18 (78.3 %)"
    (two,) = table(changed(PATTERN, "Pattern: washout", "2 (8.7%)", "15 (65.2%)")).verdicts("exchanged")
    assert two.recomputed == "washout: 15 (65.2%), 2 (8.7%)"
    assert not table(PATTERN, DIFFUSE).verdicts("exchanged")


@given(st.integers(4, 60), st.data())
@settings(derandomize=True, max_examples=40, deadline=None)
def test_a_table_that_adds_up_is_never_flagged_and_one_exchanged_row_always_is(size: int, data: st.DataObject) -> None:
    a, b = data.draw(st.integers(1, size - 1)), data.draw(st.integers(1, size - 1))
    assume(a not in (b, size - b) and 2 * abs(a - b) != size)

    def cells(n: int, m: int) -> tuple[str, str]:
        return f"{n} ({100 * n / size:.1f}%)", f"{m} ({100 * m / size:.1f}%)"

    right = {"Type: focal": cells(a, b), "Type: diffuse": cells(size - a, size - b)}
    paper = written().cohorts(size).table(right)
    assert "inconsistent" not in paper.said("percentage", "parts", "exchanged", "subgroup")
    wrong = written().cohorts(size).table({**right, "Type: focal": cells(b, a)})
    assert "inconsistent" in wrong.said("parts")


# Tests


def test_the_variant_that_reproduces_a_row_is_named_and_the_choice_is_a_warning() -> None:
    (one,) = EXAMPLES["test"][0]().verdicts("test")
    assert one.explanation.endswith("χ² = 4.293, P = 0.038 by Pearson's χ²")
    assert one.warning.startswith("depends on the choice of a test: χ² with Yates' correction P = 0.076")


def test_a_row_by_another_variant_than_the_others_of_its_table_is_inconsistent() -> None:
    others = {"Type": ("0.119", "0.73"), "Nodes": ("4.293", "0.038")}
    (one,) = [
        one
        for one in table(DIFFUSE, NODES, SHAPE, **others, Shape=("0.523", "0.47")).verdicts("test")
        if one.verdict == "inconsistent"
    ]
    assert (
        "is χ² with Yates' correction; the other rows of Table 1 are Pearson's χ², which here is 2.091"
        in one.explanation
    )
    assert table(SHAPE, Shape=("0.523", "0.47")).said("test") == {"consistent"}


def test_a_p_without_a_statistic_may_be_of_any_variant() -> None:
    assert table(PATTERN, Pattern=("", "<0.001")).said("test") == {"consistent"}
    assert table(NODES, Nodes=("", "0.075")).said("test") == {"consistent"}
    assert table(NODES, Nodes=("", "0.57")).said("test") == {"inconsistent"}


def test_two_proportions_in_a_sentence_give_its_p() -> None:
    def held(p: str) -> set[str]:
        both = (count("7/23"), count("14/23", subject=B), p_value(p))
        return written().tell(f"Nodes in 7/23 against 14/23 ({p}).", *both).said("test")

    assert (held("P=0.038"), held("P=0.380")) == ({"consistent"}, {"inconsistent"})


# Words


@pytest.mark.parametrize(
    ("text", "printed", "verdict"),
    [
        ("Most patients (9/12) had it.", "9/12", {"consistent"}),
        ("Most patients (5/12) had it.", "5/12", {"inconsistent"}),
        ("The majority of the masses (7/10) had it.", "7/10", {"consistent"}),
        ("Half of the time nothing was seen; 5/12 had it.", "5/12", set()),
        ("The most common site (5/12) was the lung.", "5/12", set()),
        ("All patients (11/12) had it.", "11/12", {"inconsistent"}),
        ("Not all patients (11/12) had it.", "11/12", set()),
    ],
)
def test_a_word_of_quantity_fits_the_number_in_brackets(text: str, printed: str, verdict: set[str]) -> None:
    assert written().tell(text, count(printed)).said("quantifier") == verdict


def test_a_range_that_begins_below_half_is_not_most() -> None:
    share = number("46–93%", "percent_range", low="46", high="93")
    (one,) = written().tell("Most (46–93%) of them affect the liver.", share).verdicts("quantifier")
    assert one.explanation == '"Most" needs more than half; the range 46–93% begins at 46 %'


@pytest.mark.parametrize(
    ("text", "p", "verdict"),
    [
        ("There was no significant difference (P=0.637).", "P=0.637", {"consistent"}),
        ("There was no significant difference (P=0.037).", "P=0.037", {"inconsistent"}),
        ("They were significantly different (P=0.008).", "P=0.008", {"consistent"}),
        ("They were significantly different (P=0.080).", "P=0.080", {"inconsistent"}),
        ("A value of P<0.05 was considered significant.", "P<0.05", set()),
    ],
)
def test_significance_in_words_is_that_of_the_number(text: str, p: str, verdict: set[str]) -> None:
    assert written().tell(text, p_value(p)).said("operator") == verdict


def test_one_cut_off_with_two_operators_is_named() -> None:
    def cutoff(operator: str, sign: str) -> Number:
        fields = {"subject": "~ratio", "predicate": "discriminates", "object": B}
        return number(f"{sign}0.898", "threshold", value="0.898", op=operator, **fields)

    paper = written().tell("B had a ratio ≤0.898.", cutoff("<=", "≤")).tell("B had a ratio <0.898.", cutoff("<", "<"))
    (one,) = paper.verdicts("operator")
    assert one.explanation.endswith("≤0.898 (Results), <0.898 (Results): two operators")


# Accuracy, intervals, bounds


@pytest.mark.parametrize(
    ("pair", "how"),
    [(("17/23", "21/23"), "the two are exchanged"), (("2/23", "6/23"), "each is that of the finding's absence"),
     (("20/23", "17/23"), "specificity 17/23")],
)  # fmt: skip
def test_how_sensitivity_and_specificity_went_wrong_is_said(pair: tuple[str, str], how: str) -> None:
    (one,) = accuracy(*pair).verdicts("accuracy")
    assert one.verdict == "inconsistent"
    assert one.explanation.endswith(how)


@pytest.mark.parametrize(
    "text",
    ["It differed (P = 1.038).", "It was seen in 82.6% (29 of 23).", "The age range, 77-34 years, was wide.",
     "It had 0.85 (95% CI 0.963-0.749)."],
)  # fmt: skip
def test_a_number_that_cannot_be_is_found_in_the_text(text: str) -> None:
    assert written().tell(text).said("bounds") == {"inconsistent"}


@pytest.mark.parametrize(
    "text", ["The M/F ratio (52/17) was high.", "Pressure (140/90) was high.", "It was 1.5 (7/9)."]
)
def test_two_numbers_with_a_stroke_need_not_be_a_part_and_its_group(text: str) -> None:
    assert written().tell(text).said("bounds") == set()


def test_an_interval_fits_the_n_of_its_proportion_and_its_p() -> None:
    right = count("15/23", percent="65", ci_low="45", ci_high="81")
    assert written().tell("It was 65% (15/23; 45-81).", count("15/23", percent="65")).said("interval") == set()
    assert written().tell("It was 15/23.", right).said("interval") == {"consistent"}
    wide = count("15/23", percent="65", ci_low="5", ci_high="99")
    assert "inconsistent" in written().tell("It was 15/23.", wide).said("interval")
    ratio = number(
        "OR 2.1 (1.2-3.9)", "odds_ratio", value="2.1", ci_low="1.2", ci_high="3.9", predicate="discriminates"
    )
    for p, verdict in (("P=0.012", {"consistent"}), ("P=0.120", {"consistent", "inconsistent"})):
        assert written().tell(f"It had OR 2.1 (1.2-3.9), {p}.", ratio, p_value(p)).said("interval") == verdict


# Places


def test_one_count_out_of_two_numbers_is_named() -> None:
    paper = written().tell("It was seen in 7/10.", count("7/10"), section="Abstract")
    (one,) = paper.tell("Of all, 7/9 had it.", count("7/9"), section="Discussion").verdicts("denominators")
    assert (one.verdict, one.check) == ("inconsistent", "denominators")
    assert one.explanation == "sign: 7/10 (Abstract), 7/9 (Discussion): the same count out of 10 and out of 9"


def test_counts_of_other_groups_techniques_or_phases_are_no_repeats() -> None:
    for fields in ({"population": "enhanced cases"}, {"modality": "mri"}, {"phases": ("arterial-phase",)}):
        base = {key: value for key, value in (("modality", "ct"), ("phases", ("delayed-phase",))) if key in fields}
        paper = written().tell("It was seen in 7/10.", count("7/10", **base))
        assert paper.tell("Of those, 5/10 had it.", count("5/10", **fields)).said("repeated") == set(), fields


def test_figures_whose_captions_are_crossed_are_named() -> None:
    assert figures("calcification", "fluid").said("caption", **KNOWN) == set()
    (one,) = figures("fluid", "calcification").verdicts("caption", **KNOWN)
    assert one.explanation.startswith("the text shows calcification in Figure 1 and fluid in Figure 2")


def test_a_panel_that_a_caption_does_not_have_and_a_caption_that_is_missing_are_named() -> None:
    paper = figures("calcification", "fluid").tell("See Figure 2B and Figure 9.", section="Discussion")
    found = {one.verdict: one.explanation for one in paper.verdicts("caption", **KNOWN)}
    assert found["inconsistent"] == "the text refers to Figure 2B; the caption of Figure 2 names no panel"
    assert found["not checkable"] == "the text has no caption of Figure 9"


def test_a_table_that_has_none_of_the_numbers_of_its_sentence_is_named() -> None:
    def told(first: str, second: str) -> set[str]:
        kappas = [
            number(f"κ {value}", "kappa", value=value, predicate="observer_agreement") for value in (first, second)
        ]
        return table(PATTERN).tell(f"Agreement was κ {first} and κ {second} (Table 1).", *kappas).said("caption")

    assert told("0.914", "0.775") == {"inconsistent"}
    assert told("65.2", "0.775") == {"consistent"}


def test_one_reference_for_two_shares_of_one_whole_is_named() -> None:
    def cited_twice(second: str) -> list[Verdict]:
        paper = cited("It makes 0.8% of all tumours.", share_of_all("0.8"))
        paper.tell(
            f"It makes {second}% of all tumours.",
            share_of_all(second),
            section="Discussion",
            evidence="cited",
            citations=("3",),
        )
        return paper.verdicts("reference", **KNOWN)

    assert [one.verdict for one in cited_twice("0.8")][:1] == ["consistent"]
    assert {one.verdict for one in cited_twice("0.4")} == {"inconsistent"}


def test_two_papers_that_differ_disagree_and_neither_is_in_error() -> None:
    def seen(source: str, printed: str) -> Written:
        paper = Written(source)
        return paper.tell(f"{printed} had it.", count(printed, object="washout"))

    def between(one: str, other: str) -> list[str]:
        papers = [seen("x1", one).paper(), seen("x2", other).paper()]
        return [verdict.verdict for verdict in audit(papers) if verdict.check == "papers"]

    assert between("9/12", "10/12") == ["consistent"]
    assert between("28/30", "3/30") == ["disagreement"]


# The whole


def test_the_worst_verdict_stands_for_a_statement() -> None:
    def judged(kind: str) -> Verdict:
        return Verdict(
            source="x1", check="c", verdict=kind, printed="", recomputed="", explanation="", statements=("x1/a",)
        )

    assert worst(map(judged, ("consistent", "not checkable"))) == {"x1/a": "consistent"}
    assert worst(map(judged, ("consistent", "inconsistent", "disagreement"))) == {"x1/a": "inconsistent"}


def test_the_order_of_the_statements_changes_nothing() -> None:
    paper = table(DIFFUSE, NODES, PATTERN, Nodes=("4.293", "0.038")).paper()
    turned = Written(statements=list(reversed(paper.statements)), passages=list(paper.passages), text=paper.text)
    assert audit([turned.paper()]) == audit([paper])


def test_a_verdict_says_what_it_looked_at() -> None:
    paper = table(DIFFUSE, NODES, Nodes=("4.293", "0.038")).paper()
    ids = {statement.id for statement in paper.statements}
    found = audit([paper])
    assert found
    assert all(set(one.statements) <= ids and one.explanation and one.quotes for one in found)


def test_the_vocabulary_tells_signs_from_variables() -> None:
    from kg.audit.library import with_vocabulary

    concepts = (
        Concept(key="washout", type="sign", label="washout"),
        Concept(key="pattern", type="sign", label="enhancement pattern", variable=True),
    )
    paper = with_vocabulary(Vocabulary.of(concepts))("x1", "", (), ())
    assert (paper.signs, paper.named("Washout"), paper.named("nothing")) == (
        frozenset({"washout"}),
        frozenset({"washout"}),
        frozenset(),
    )
