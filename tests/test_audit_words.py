"""What its spread, a denial of all, the patients in figures, or what another paper calls usual make doubtful."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kg.audit import audit
from tests.audited import A, Number, Written, count, number, patients


def mean(printed: str, middle: str, sd: str, **fields: Any) -> Number:
    return number(printed, "mean_sd", mean=middle, sd=sd, predicate="measured_value", **fields)


def group(size: int = 23) -> Written:
    return Written().tell(f"{size} patients with {A} were enrolled.", patients(size), section="Methods")


CUT = "The number was counted if less than 20, or else it was uncountable."


@pytest.mark.parametrize(("sd", "verdict"), [("10.30", "inconsistent"), ("9.40", "consistent")])
def test_values_that_end_somewhere_spread_no_further(sd: str, verdict: str) -> None:
    printed = f"12.61±{sd}"
    written = group()
    limit = number("less than 20", "threshold", value="20", op="<", subject="lesion-number", predicate="classified_by")
    written.tell(CUT, limit, section="Methods")
    written.tell(f"There were {printed} lesions.", mean(printed, "12.61", sd, object="lesion-number"))
    (one,) = written.verdicts("spread")
    assert one.verdict == verdict
    assert "9.47" in one.explanation


SPREADS = [("12.34", "consistent"), ("21.9", "consistent"), ("30.1", "inconsistent"), ("2.1", "inconsistent")]


@pytest.mark.parametrize(("sd", "verdict"), SPREADS)
def test_a_range_and_its_n_bound_the_standard_deviation_on_both_sides(sd: str, verdict: str) -> None:
    """34 to 77 with the mean 54.43 in 23: from 6.3 (one at each end) to 22.0 (half at each end)."""
    ages = number("34-77 years", "range", low="34", high="77", unit="years", predicate="measured_value", object="age")
    printed = f"54.43 ±{sd} years"
    written = group().tell(
        f"Mean age {printed}, range 34-77 years.", mean(printed, "54.43", sd, unit="years", object="age"), ages
    )
    assert written.said("spread") == {verdict}


def test_what_may_be_negative_or_has_no_known_end_is_not_judged() -> None:
    written = group().tell("The change was 1.2±40.1.", mean("1.2±40.1", "1.2", "40.1", object="~change"))
    assert written.said("spread") == set()


def with_claim(written: Written, quote: str, *, section: str = "Results", **fields: Any) -> Written:
    """A sentence that says something without a number."""
    before = len(written.statements)
    written.tell(quote, number(quote, "value", value="1", **fields), section=section)
    written.statements[before:] = [replace(one, statistic=None) for one in written.statements[before:]]
    return written


def test_what_all_lack_is_counted_in_none() -> None:
    raised = count("1/12", object="afp", predicate="has_marker")
    for quote, said in (
        ("AFP was not raised in all cases.", {"inconsistent"}),
        ("AFP was not raised in some cases.", set()),
        ("AFP was not raised in all cases except one.", set()),
    ):
        written = with_claim(group(12), quote, polarity="absent", object="afp", predicate="has_marker")
        assert written.tell("AFP was raised in 1/12.", raised).said("denial") == said, quote
    written = with_claim(
        group(12), "AFP was not raised in all cases.", polarity="absent", object="afp", predicate="has_marker"
    )
    assert (
        written.tell("AFP was raised in 0/12.", count("0/12", object="afp", predicate="has_marker")).said("denial")
        == set()
    )


@pytest.mark.parametrize(("n", "verdict"), [("2/3", "inconsistent"), ("1/3", "consistent")])
def test_the_patients_in_figures_are_among_those_counted(n: str, verdict: str) -> None:
    written = group(12).tell(f"NSE was raised in {n}.", count(n, object="nse", predicate="has_marker"))
    for figure in ("Figure 2. NSE was normal.", "Figure 3. NSE was in range."):
        with_claim(written, figure, section="Figure caption", polarity="absent", object="nse", predicate="has_marker")
    assert written.said("figures") == {verdict}


def test_a_number_above_one_in_a_column_of_p_cannot_be_one() -> None:
    for column, value, said in (("P", "1.73", {"inconsistent"}), ("P", "0.73", set()), ("mean", "1.73", set())):
        cell = number(value, "value", value=value, locator=f"Table 1 · row shape · column {column}")
        assert Written().tell(f"shape | {value}", cell, section="Table").said("bounds") == said


def test_two_papers_that_call_opposite_findings_usual_disagree() -> None:
    one = Written(source="x1").tell("Most were multiple (9/12).", count("9/12", object="multiple-lesions"))
    for quote, finding, said in (
        ("The lesions are usually single.", "solitary-lesion", {"disagreement"}),
        ("The lesions are usually multiple.", "multiple-lesions", {"consistent"}),
        ("The lesions can be single.", "solitary-lesion", set()),
    ):
        other = with_claim(Written(source="x2"), quote, object=finding)
        found = [v for v in audit([one.paper(), other.paper()]) if v.check == "usual"]
        assert {v.verdict for v in found} == said, quote
