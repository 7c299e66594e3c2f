"""A printed test stands with the value that it tests: same phases, or the same place in its sentence's list."""

from __future__ import annotations

from kg.compare import Comparison, Measured, compare_statements
from kg.model import Concept, Statement
from tests.paper import Paper

A, B, RATIO = "net", "adeno", "ratio"
ARTERIAL, PORTAL = ("arterial-phase",), ("portal-venous-phase",)
SENTENCE = "ratios 1.15±0.33, 0.81±0.27 against 0.77±0.20, 0.64±0.15 (t=4.774, P<0.001 and t=2.759, P =0.008)"


class Flat:
    """Nothing is broader than anything."""

    def ancestors(self, key: str) -> tuple[str, ...]:
        return ()


def asked(paper: Paper) -> Comparison:
    a, b = (Concept(key=key, type="disease", label=key) for key in (A, B))
    return compare_statements(paper.statements, a, b, Flat())


def value(paper: Paper, group: str, printed: str, quote: str | None = None, **fields: object) -> Statement:
    mean, sd = printed.split("±")
    words = quote or f"{group} {printed} {len(paper.statements)}"
    return paper.say(group, "measured_value", RATIO, words, printed=printed, kind="mean_sd", mean=mean, sd=sd, **fields)


def result(paper: Paper, printed: str, quote: str | None = None, **fields: object) -> Statement:
    kind = "test_statistic" if printed.startswith("t") else "p_value"
    number = printed.lstrip("tP <=")
    numbers = {"p" if kind == "p_value" else "value": number, "op": "<" if "<" in printed else "="}
    fields = {"comparator": B, **fields}
    return paper.say(
        RATIO, "discriminates", A, quote or f"({printed})", printed=printed, kind=kind, **numbers, **fields
    )


def both(paper: Paper, phases: tuple[str, ...] = ()) -> None:
    value(paper, A, "1.15±0.33", phases=phases)
    value(paper, B, "0.77±0.20", phases=phases)


def texts(one: Measured) -> list[str]:
    return [attached.text for attached in one.attached]


def test_a_test_of_another_phase_is_left_out() -> None:
    paper = Paper("study")
    both(paper, ARTERIAL)
    result(paper, "P<0.001", phases=ARTERIAL)
    result(paper, "P=0.017", phases=PORTAL)
    result(paper, "P=0.5", phases=ARTERIAL + PORTAL)
    (measured,) = asked(paper).measured
    assert texts(measured) == ["P<0.001"]


def test_a_list_of_tests_is_dealt_out_to_the_values_of_its_sentence() -> None:
    paper = Paper("study")
    for group, printed, phases in (
        (A, "1.15±0.33", ARTERIAL),
        (A, "0.81±0.27", PORTAL),
        (B, "0.77±0.20", ARTERIAL),
        (B, "0.64±0.15", PORTAL),
    ):
        paper._end = 0
        value(paper, group, printed, SENTENCE, phases=phases)
    for printed in ("t=4.774", "P<0.001", "t=2.759", "P =0.008"):
        paper._end = 0
        result(paper, printed, SENTENCE, phases=ARTERIAL + PORTAL)
    found = {one.phases: texts(one) for one in asked(paper).measured}
    assert found == {ARTERIAL: ["t=4.774", "P<0.001"], PORTAL: ["t=2.759", "P =0.008"]}


def test_a_sentence_that_gives_one_value_several_p_gives_it_none() -> None:
    paper = Paper("study")
    both(paper, PORTAL)
    for printed in ("P=0.017", "P<0.001", "P =0.008"):
        paper._end = 500
        result(paper, printed, "differ (P=0.017, P<0.001, P =0.008, respectively)", phases=PORTAL)
    (measured,) = asked(paper).measured
    assert texts(measured) == []


def test_where_no_phase_is_named_one_candidate_is_taken_and_two_are_not() -> None:
    paper = Paper("study")
    both(paper)
    result(paper, "P=0.637")
    result(paper, "P =0.637")
    assert [texts(one) for one in asked(paper).measured] == [["P=0.637"]]
    result(paper, "P=0.2")
    assert [texts(one) for one in asked(paper).measured] == [[]]


def kappas(*phases: tuple[str, ...]) -> list[str]:
    """The kappas of a row of the arterial phase; each of the study's kappas is of the phases given."""
    paper = Paper("study")
    for group in (A, B):
        paper.sign(group, "hyperenhancement", "5/10", phases=ARTERIAL)
    for number, named in enumerate(phases):
        printed = f"κ=0.{number + 5}"
        paper.say(
            "hyperenhancement",
            "observer_agreement",
            "~readers",
            printed,
            printed=printed,
            kind="kappa",
            value=f"0.{number + 5}",
            phases=named,
        )
    (row,) = asked(paper).counted
    return [one.text for one in row.attached]


def test_readers_agree_on_a_phase() -> None:
    assert kappas(PORTAL, ARTERIAL) == ["κ=0.6"]
    assert kappas(()) == ["κ=0.5"]
    assert kappas((), ()) == []


def test_a_printed_accuracy_names_the_disease_that_it_is_for() -> None:
    paper = Paper("study")
    paper.sign(A, "plateau", "6/23")
    paper.sign(B, "plateau", "21/23")
    counts = {"kind": "sensitivity", "numerator": "17", "denominator": "23", "comparator": A}
    paper.say("plateau", "discriminates", B, "sensitivity 17 of 23", printed="17 of 23", **counts)
    (row,) = asked(paper).counted
    assert [one.target.key for one in row.attached if one.target] == [B]
    assert row.warnings == ("sensitivity for adeno printed 17 of 23, the counts give 21 of 23",)
