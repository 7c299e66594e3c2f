"""What a part says of the whole: two tests in one rule, shares of a part, those left over, the columns of a row."""

from __future__ import annotations

import pytest

from kg.model import Entity
from tests.audited import A, B, Number, Written, count, number, p_value, patients
from tests.test_audit_words import CUT, group, mean, with_claim

NAMED = {
    "nens": {"nen"},
    "gi tract": {"gut"},
    "metastases": {"metastasis"},
    "hcc": {"hcc"},
    "adenoma": {"adenoma"},
    "hccs": {"hcc"},
}


def named(name: str) -> frozenset[str]:
    return frozenset(NAMED.get(name.casefold(), ()))


def accuracy(finding: str, sensitivity: str, specificity: str) -> tuple[str, tuple[Number, ...]]:
    fields = {"subject": finding, "predicate": "discriminates", "object": A}
    numbers = [
        number(f"{share} {kind}", kind, numerator=share.split("/")[0], denominator=share.split("/")[1], **fields)
        for kind, share in (("sensitivity", sensitivity), ("specificity", specificity))
    ]
    return f"{numbers[0].printed}, {numbers[1].printed}", tuple(numbers)


@pytest.mark.parametrize(
    ("rule", "words", "verdict"),
    [
        (("19/23", "21/23"), "Combining both criteria gave", "consistent"),  # both are needed
        (("22/23", "17/23"), "Combining both criteria gave", "consistent"),  # either is enough
        (("22/23", "21/23"), "Combining both criteria gave", "inconsistent"),
        (("22/23", "21/23"), "The combined model gave", "not checkable"),  # it may weigh them
    ],
)
def test_a_rule_of_two_tests_is_no_better_than_they_allow(rule: tuple[str, str], words: str, verdict: str) -> None:
    paper = Written()
    for finding, start, shares in (
        ("plateau", "Plateau:", ("21/23", "17/23")),
        ("ratio", "The ratio:", ("19/23", "18/23")),
        ("~the two of them", words, rule),
    ):
        quote, numbers = accuracy(finding, *shares)
        paper.tell(f"{start} {quote}.", *numbers)
    assert paper.said("combined") == {verdict}


@pytest.mark.parametrize(("all_of_them", "verdict"), [("15%", "inconsistent"), ("35%", "consistent")])
def test_a_share_of_a_part_is_a_share_of_the_whole(all_of_them: str, verdict: str) -> None:
    of_all = {"evidence": "cited", "subject": "nen", "section": "Introduction"}
    paper = (
        Written()
        .tell("NENs arise there in 66%.", count("66%", predicate="has_primary_site", object="gut", **of_all))
        .tell(f"{all_of_them} have spread.", count(all_of_them, object="metastasis", **of_all))
        .tell("50% of the metastases are small.", count("50%", object="metastasis", **of_all))
        .tell(
            "51% of NENs of the GI tract spread to the liver.",
            count("51%", predicate="metastasizes_to", object="liver", **{**of_all, "subject": "gut-nen"}),
        )
    )
    (one,) = paper.verdicts("part shares", named=named)
    assert (one.verdict, one.recomputed) == (verdict, "at least 33 %")


@pytest.mark.parametrize(("raised", "verdict"), [("4/12", "inconsistent"), ("3/12", "consistent")])
def test_those_who_lack_a_finding_part_by_part_leave_no_more_than_the_rest(raised: str, verdict: str) -> None:
    diagnoses = [number(f"{name} (n={n})", "count", value=str(n), predicate="misdiagnosed_as", object=name)
                 for name, n in (("hcc", 8), ("adenoma", 1), ("metastasis", 3))]  # fmt: skip
    paper = group(12).tell(f"They were {', '.join(one.printed for one in diagnoses)}.", *diagnoses)
    marker = {"object": "afp", "predicate": "has_marker", "polarity": "absent"}
    with_claim(paper, "All taken for HCC had a normal AFP.", population="cases taken for HCC", **marker)
    with_claim(paper, "The case taken for adenoma had too.", population="case taken for adenoma", **marker)
    with_claim(paper, "Some taken for metastases had too.", population="cases taken for metastases", **marker)
    paper.tell(f"AFP was raised in {raised}.", count(raised, object="afp", predicate="has_marker"))
    (one,) = paper.verdicts("leftover", named=named)
    assert (one.verdict, one.recomputed) == (verdict, f"9 + {raised[0]} of 12")


@pytest.mark.parametrize(
    ("methods", "said"),
    [
        ("Statistical analysis: the t-test.", {"inconsistent"}),
        ("Statistical analysis: the Mann-Whitney test.", {"consistent"}),
        ("Statistical analysis by a program.", set()),
    ],
)
def test_a_statistic_is_that_of_a_test_that_the_methods_name(methods: str, said: set[str]) -> None:
    z = number("Z=-0.472", "test_statistic", value="-0.472", unit="Z")
    assert Written().tell(methods, section="Methods").tell("It differed (Z=-0.472).", z).said("methods") == said


def test_who_has_lesions_has_one() -> None:
    """23 numbers from 1 to 20 with the mean 13.48 spread by 9.22 at most; from 0 it would be 9.59."""
    limit = number("less than 20", "threshold", value="20", op="<", subject="lesion-number", predicate="classified_by")
    paper = group().tell(CUT, limit, section="Methods")
    paper.tell("There were 13.48±9.56 lesions.", mean("13.48±9.56", "13.48", "9.56", object="lesion-number"))
    assert paper.said("spread") == {"inconsistent"}


@pytest.mark.parametrize(("told", "said"), [("P=0.153", {"consistent"}), ("P=0.253", set())])
def test_the_p_of_a_subgroup_in_the_row_of_a_table_is_no_rival_of_that_of_all(told: str, said: set[str]) -> None:
    fields = {"subject": "~treatment", "predicate": "measured_value", "object": "margin"}
    cells = [
        number(p, "p_value", p=p, op="=", locator=f"Table 2 · row margin · column {column} P", **fields)
        for p, column in (("0.132", "small"), ("1.000", "medium"), ("0.153", "all"))
    ]
    paper = Written()
    for cell in cells:  # each cell stands in a span of its own
        paper.tell(f"margin | {cell.printed}", cell, section="Table", kind="table")
    assert paper.tell(f"They did not differ ({told}).", p_value(told, **fields)).said("repeated") == said


def test_the_p_of_another_outcome_of_a_treatment_is_another_result() -> None:
    paper = Written()
    for section, outcome, p in (("Results", "margin", "P=0.153"), ("Abstract", "volume", "P=0.229")):
        of = {"subject": "~treatment", "predicate": "measured_value", "object": outcome}
        paper.tell(f"It did not differ ({p}).", p_value(p, **of), section=section)
    assert paper.said("repeated") == set()


def test_a_list_with_empty_cells_shares_nobody_out() -> None:
    """One column of findings that a patient may have several of adds up to the group by chance."""
    paper = Written().cohorts(12)
    for level, cells in {"bleeding": ("5", "9"), "fever": ("7", "6"), "pain": ("", "2")}.items():
        of = {"object": Entity(label=level), "variable": Entity(label="Event")}
        found = [
            number(cell, "count", value=cell, subject=one, locator=f"Table 1 · row Event: {level} · column {one}", **of)
            for one, cell in zip((A, B), cells, strict=True)
            if cell
        ]
        paper.tell(" | ".join([level, *filter(None, cells)]), *found, section="Table", kind="table")
    assert paper.said("parts") <= {"not checkable"}


def test_a_number_of_tumours_is_no_size_of_the_study() -> None:
    paper = Written()
    for section in ("Abstract", "Results", "Discussion"):
        paper.tell("69 patients were enrolled.", patients(69), section=section)
    of = {"predicate": "cohort", "object": "number-of-patients", "unit_of_analysis": "patients", "unit": "HCCs"}
    paper.tell("38 HCCs were included.", number("38 HCCs", "count", value="38", subject=A, **of), section="Methods")
    assert "inconsistent" not in paper.said("repeated", named=named)


@pytest.mark.parametrize(("necrosis", "said"), [("1/12", {"not checkable"}), ("2/12", {"consistent"})])
def test_a_sign_and_what_it_is_taken_for_may_be_one_finding_with_two_counts(necrosis: str, said: set[str]) -> None:
    paper = group(12).tell(f"Necrosis was central in {necrosis}.", count(necrosis, object="central-necrosis"))
    paper.tell("It was peripheral in 5/12.", count("5/12", object="peripheral-necrosis"))
    paper.tell("Two (2/12) had a dark centre.", count("2/12", object="central-low-attenuation"))
    taken = {"subject": "central-low-attenuation", "predicate": "associated_with", "object": "tumor-necrosis"}
    assert with_claim(paper, "It may be tumour necrosis.", hedged=True, **taken).said("kin") == said
