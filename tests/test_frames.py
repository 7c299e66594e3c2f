"""Turns of phrase: each row reads its own example, and joins nothing where its words say something else."""

from __future__ import annotations

import pytest

from ingest.frames import FRAMES, Frame
from ingest.frames.table import FrameTable
from ingest.joins import joined
from kg.model import PREDICATES
from tests.written import paper


def pairs(text: str) -> list[tuple[str, str | None, str]]:
    """(row, what stands before, what stands behind) of everything that the first sentence of a text joins."""
    found = joined(paper(text).sentences[0])
    return [(one.frame.name, one.left.key if one.left else None, one.right.key) for one in found]


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_each_row_reads_its_example(frame: Frame) -> None:
    assert frame.name in {name for name, _, _ in pairs(frame.example)}
    assert frame.predicate in PREDICATES


def test_each_row_has_a_name_of_its_own() -> None:
    assert len({frame.name for frame in FRAMES}) == len(FRAMES)


def test_each_item_behind_a_cue_is_joined() -> None:
    text = "Hepatic hemangioma was mistaken for hepatic adenoma, liver abscess or cholangiocarcinoma."
    behind = [right for name, _, right in pairs(text) if name == "misdiagnosed"]
    assert behind == ["hepatic-adenoma", "liver-abscess", "cholangiocarcinoma"]


def test_what_a_sign_tells_apart_is_the_first_of_two_diseases() -> None:
    text = "Washout is helpful in differentiating hepatocellular carcinoma from hepatic hemangioma."
    assert ("tells-apart", "washout", "hepatocellular-carcinoma") in pairs(text)
    assert ("tells-apart", "washout", "hepatic-hemangioma") not in pairs(text)


@pytest.mark.parametrize(
    "text",
    [
        "Washout was common; calcification is due to necrosis.",
        "Washout of the hepatocellular carcinoma, which was large and in the left lobe, is due to its age.",
        "Computed tomography was performed. Recurrence was frequent.",
    ],
)
def test_a_finding_of_another_clause_or_sentence_is_not_joined(text: str) -> None:
    assert not [one for one in pairs(text) if one[1] == "washout" or one[0] == "detects"]


def test_a_disease_and_its_metastases_are_set_side_by_side_by_between() -> None:
    text = "The differential diagnosis of hepatic adenoma and hepatocellular carcinoma is difficult."
    assert ("between", "hepatic-adenoma", "hepatocellular-carcinoma") in pairs(text)


def test_of_two_verbs_the_subject_stands_before_the_first() -> None:
    text = "The ADC value correlates with the Ki-67 index and can help to differentiate adenocarcinoma from melanoma."
    apart = [(left, right) for name, left, right in pairs(text) if name == "tells-apart"]
    assert apart == [("adc-value", "adenocarcinoma")]
    assert not [one for one in pairs("Adenocarcinomas are hypovascular and are associated with fever.") if one[1]]


def test_a_test_shows_nothing_that_another_one_behind_its_cue_shows() -> None:
    found = pairs("Computed tomography is used for guidance and magnetic resonance imaging for liver metastases.")
    assert not [one for one in found if one[1] == "computed-tomography"]


def test_the_table_finds_the_frames_of_a_sentence_by_its_types_and_words_in_the_order_of_the_rows() -> None:
    table = FrameTable(FRAMES)
    for frame in FRAMES:
        types, keys = {*frame.left, *frame.right}, set(frame.also)
        found = table.that_may_join(frame.example, types, keys)
        assert frame in found, frame.name
        assert list(found) == [one for one in FRAMES if one in found]
        assert len(found) < len(FRAMES) / 2, frame.name
        assert all(one.may_join(frozenset(types), frozenset(keys)) for one in found)
    assert table.that_may_join("The tumor is caused by it.", {"site"}, set()) == ()
