"""A warning beside a row says what it warns of, in few words; none is swallowed."""

from __future__ import annotations

from kg.web.cautions import LONGEST, SHOWN, short_warnings


def test_the_key_fact_of_each_known_warning_is_printed() -> None:
    said = {
        "P depends on the test: printed P < 0.05, Fisher's exact test 0.12": "P depends on test",
        "cut-off and its accuracy come from the same study": "cut-off chosen on these patients",
        "two studies: different hospitals, scanners and definitions": "two studies",
        "9/40 is 22.5 %, printed 25.2 %": "9/40 is 22.5 %, printed 25.2 %",
    }
    assert [short_warnings([warning]) for warning in said] == [[short] for short in said.values()]


def test_accuracies_are_exchanged_only_if_each_is_the_other_s_count() -> None:
    sensitivity = "sensitivity for this disease printed 30 of 41, the counts give 35 of 41"
    assert short_warnings([sensitivity, "specificity printed 35 of 41, the counts give 30 of 41"]) == [
        "Se/Sp exchanged?"
    ]
    other = "specificity printed 36 of 41, the counts give 30 of 41"
    assert short_warnings([sensitivity, other]) == ["sensitivity does not fit", "specificity does not fit"]
    assert short_warnings([sensitivity]) == ["sensitivity does not fit"]


def test_a_warning_that_nobody_foresaw_is_cut_at_a_whole_word() -> None:
    (short,) = short_warnings(["the groups of this table add up to more patients than the study enrolled"])
    assert len(short) <= LONGEST
    assert short.endswith("…")
    assert "the groups of this table add up to".startswith(short[:-1])


def test_more_warnings_than_fit_are_counted() -> None:
    warnings = [f"warning {number}" for number in range(SHOWN + 3)]
    assert short_warnings(warnings)[-1] == "3 more in the row"
    assert short_warnings([]) == []
