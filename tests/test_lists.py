"""Numbers side by side: which are one list, and which thing each of them belongs to."""

from __future__ import annotations

import pytest

from ingest.lists import alignment, items_before, listed_phase, number_anchors, number_lists
from ingest.mentions import of_type
from ingest.reported import find
from tests.written import paper


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("(P=0.01, P<0.001 and P=0.04, respectively)", [3]),
        ("in 15.0% vs. 40.0% of cases", [2]),
        ("in 15.0%; the P value was 0.03", [1, 1]),
        ("12 men and 14 women", [1, 1]),
        ("nothing was counted", []),
    ],
)
def test_which_numbers_are_one_list(text: str, sizes: list[int]) -> None:
    assert [len(one) for one in number_lists(text, find(text))] == sizes


def test_each_number_knows_its_place_in_its_list() -> None:
    (sentence,) = paper("Washout and fat were different (P=0.010, P=0.020).").sentences
    anchors = number_anchors(sentence)
    assert [(a.index, a.count, a.opens, a.arms) for a in anchors] == [(0, 2, True, False), (1, 2, True, False)]


def test_two_numbers_set_against_each_other_are_arms() -> None:
    (sentence,) = paper("Washout was more common (60.0% vs. 20.0%).").sentences
    assert [a.arms for a in number_anchors(sentence)] == [True, True]


def test_numbers_and_signs_are_aligned_in_order() -> None:
    (sentence,) = paper("Washout and calcification were seen in 60.0% and 20.0% of cases, respectively.").sentences
    signs = of_type(sentence.mentions, "sign")
    fits = [[alignment(sentence, anchor, signs, sign) for sign in signs] for anchor in number_anchors(sentence)]
    assert fits == [["aligned", "misaligned"], ["misaligned", "aligned"]]


def test_a_sign_that_is_split_over_two_phases_counts_twice() -> None:
    text = "Washout on both portal venous phase and delayed phase was different (P=0.010, P=0.020)."
    (sentence,) = paper(text).sentences
    first, second = number_anchors(sentence)
    signs = of_type(sentence.mentions, "sign")
    assert len(items_before(sentence, first, signs)) == 2
    assert listed_phase(sentence, first, signs[0]) == ("portal-venous-phase",)
    assert listed_phase(sentence, second, signs[0]) == ("delayed-phase",)


def test_a_lone_number_is_in_no_order() -> None:
    (sentence,) = paper("Washout was seen in 60.0%.").sentences
    (anchor,) = number_anchors(sentence)
    assert alignment(sentence, anchor, sentence.mentions, sentence.mentions[0]) is None
