"""Raised and lowered characters never join a number, and mean what they mean."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.inline import Run, flatten, tidy


def sup(text: str, role: str = "") -> Run:
    return Run(text, "sup", role)


def cite(text: str) -> Run:
    return Run(text, "", "cite")


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([Run("seen in 5"), sup("3"), Run(" of 9")], "seen in 5[3] of 9"),
        ([Run("10"), sup("−3"), Run(" mm"), sup("2"), Run("/s")], "10^−3 mm2/s"),
        ([Run("3 × 10 "), sup("9"), Run("/L")], "3 × 10^9/L"),
        ([Run("ml kg"), sup("−1"), Run(" min "), sup("-1")], "ml kg−1 min-1"),
        ([Run("55 mmol"), sup("2"), Run("/l")], "55 mmol2/l"),
        ([Run("χ"), sup("2"), Run(" = 5.662")], "χ2 = 5.662"),
        ([Run("with "), sup("131"), Run("I and "), sup("99m"), Run("Tc-MAA")], "with 131I and 99mTc-MAA"),
        ([Run("the 4"), sup("th"), Run(" day")], "the 4th day"),
        ([Run("CD4"), sup("+"), Run(" cells")], "CD4+ cells"),
        ([Run("growth."), sup("1", "cite"), sup(",", ""), sup("2", "cite")], "growth.[1,2]"),
        ([Run("growth "), sup("12–14"), Run(" and")], "growth [12–14] and"),
        ([Run("known ["), cite("1"), Run(", "), cite("2"), Run("]")], "known [1, 2]"),
        ([Run("known ("), cite("1"), Run("–"), cite("3"), Run(")")], "known [1–3]"),
        ([Run("known"), sup("("), sup("7", "cite"), sup(")")], "known[7]"),
        ([Run("[n = 5"), sup("3", "cite"), Run("]")], "[n = 5[3]]"),
        ([Run("by "), cite("Doe et al., 2001"), Run(".")], "by Doe et al., 2001."),
        ([Run("see ref. "), cite("4")], "see ref. 4"),
        ([Run("FEV"), Run("1 ", "sub"), Run("and")], "FEV1 and"),
        ([Run("χ"), sup("2"), Run("1", "sub"), Run(" = 4.1")], "χ2_1 = 4.1"),
        ([sup("a"), Run("On CT.")], "a On CT."),
        ([Run("16.3"), sup("a"), Run(" months")], "16.3[a] months"),
        ([Run("Skyra"), sup("TM")], "SkyraTM"),
    ],
)
def test_a_raised_stretch_is_written_as_what_it_is(runs: list[Run], expected: str) -> None:
    assert flatten(runs).text == expected


@pytest.mark.parametrize(
    ("runs", "body", "text"),
    [
        ([Run("16.3"), sup("a")], "16.3", "16.3 a"),
        ([Run("16.3"), sup("a,b")], "16.3", "16.3 a,b"),
        ([Run("45 (12%)"), sup("*")], "45 (12%)", "45 (12%)*"),
        ([Run("0.04"), sup("1")], "0.04", "0.04[1]"),
        ([Run("3 (5*)")], "3 (5*)", "3 (5*)"),
        ([sup("*")], "*", "*"),
    ],
)
def test_the_body_of_a_cell_ends_before_the_marks_of_footnotes(runs: list[Run], body: str, text: str) -> None:
    line = flatten(runs, cell=True)
    assert (line.body, line.text) == (body, text)


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        ("58.3\u202f%", "58.3 %"),
        ("well\u2010defined", "well-defined"),
        ("−5 – 7 — 9", "−5 – 7 — 9"),
        ("hyper\xadvascular", "hypervascular"),
        ("ﬁbrosis\u200b", "fibrosis"),
    ],
)
def test_blanks_and_hyphens_are_plain_and_minus_signs_stay(printed: str, plain: str) -> None:
    assert tidy(printed) == plain


RUNS = st.builds(
    Run,
    st.text(alphabet="0123456789 .,%±abm(*)[]", max_size=6),
    st.sampled_from(["", "sup", "sub"]),
    st.sampled_from(["", "cite", "note"]),
)


@settings(derandomize=True, max_examples=300)
@given(st.lists(RUNS, max_size=8), st.booleans())
def test_no_letter_or_digit_is_lost_and_none_is_made_up(runs: list[Run], cell: bool) -> None:
    line = flatten(runs, cell=cell)
    before = re.sub(r"[\W_]", "", "".join(run.text for run in runs))
    assert re.sub(r"[\W_]", "", line.text) == before
    assert line.text.startswith(line.body)


@settings(derandomize=True, max_examples=300)
@given(st.from_regex(r"[1-9]\d{0,3}", fullmatch=True), st.from_regex(r"\d{1,3}", fullmatch=True))
def test_digits_of_two_heights_are_never_one_number(base: str, raised: str) -> None:
    numbers = re.findall(r"\d+", flatten([Run(f"n = {base}"), sup(raised)]).text)
    assert numbers == [base, raised]
