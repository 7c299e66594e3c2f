"""What is proposed for a number or a claim: the right thing is among it, and nothing of a type that cannot be."""

from __future__ import annotations

import pytest

from ingest.attributes import NO_ATTRIBUTES, attributes
from ingest.bearers import bearers
from ingest.candidates import Candidate
from ingest.lists import claim_anchor, number_anchors
from tests.written import extraction, paper


def proposed(*paragraphs: str, index: int = -1) -> tuple[list[Candidate], list[Candidate]]:
    """(attributes, bearers) proposed for the last number of a sentence."""
    read = paper(*paragraphs)
    place = index % len(read.sentences)
    sentence = read.sentences[place]
    number, anchor = sentence.numbers[-1], number_anchors(sentence)[-1]
    return attributes(read, place, anchor, number), bearers(read, place, anchor)


def names(candidates: list[Candidate]) -> set[str]:
    return {c.entity.key or c.entity.label for c in candidates}


def test_the_sign_and_the_disease_of_the_sentence_are_proposed() -> None:
    what, whose = proposed("Washout was seen in 12 of 30 patients with hepatic hemangioma.")
    assert "washout" in names(what)
    assert (whose[0].entity.key, whose[0].origin) == ("hepatic-hemangioma", "mention")


def test_a_sentence_without_a_disease_is_about_the_groups_or_the_sentence_before() -> None:
    _, whose = proposed("Hepatic hemangioma was common. Washout was seen in 40.0%.")
    assert {"hepatic-hemangioma", "hepatocellular-carcinoma"} <= names(whose)
    assert whose[0].origin == "before-disease"


def test_what_is_tested_is_never_a_disease() -> None:
    what, _ = proposed("Washout of hepatic hemangioma was different (P=0.010).")
    assert "disease" not in {c.type for c in what}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("There were 12 men.", "male-sex"),
        ("There were 12 women.", "female-sex"),
        ("Of 30 patients, some were lost.", "number-of-patients"),
        ("All were scanned at 3.0 T.", "magnetic-field-strength"),
    ],
)
def test_a_unit_says_what_is_counted_or_measured(text: str, key: str) -> None:
    assert key in names(proposed(text)[0])


def test_a_name_that_the_vocabulary_lacks_is_proposed_in_the_words_of_the_paper() -> None:
    what, _ = proposed("Each had a quokka index (12.5 mm).")
    assert "quokka index" in names(what)


def test_this_finding_is_the_sign_of_the_sentence_before() -> None:
    what, _ = proposed("Hepatic hemangioma showed washout. This finding had a specificity of 80.0%.")
    assert ("washout", "before") in {(c.entity.key, c.origin) for c in what}


def test_the_name_of_a_statistic_is_no_attribute() -> None:
    what, _ = proposed("The sensitivity of washout for hepatic hemangioma was 80.0%.")
    assert names(what).isdisjoint(NO_ATTRIBUTES)


def test_there_is_always_a_candidate() -> None:
    what, whose = proposed("Nothing else: 12.5%.")
    assert what
    assert whose


def test_items_of_a_list_say_nothing_of_each_other() -> None:
    read = paper("Hepatic adenoma, hepatic hemangioma and cirrhosis were excluded.")
    first, *_ = (m for m in read.sentences[0].mentions if m.type == "disease")
    assert "mention" not in {c.origin for c in bearers(read, 0, claim_anchor(first))}


def test_what_speaks_for_a_candidate_is_there_or_not() -> None:
    for candidate in (c for side in proposed("Washout was seen in 12 of 30 hepatic hemangiomas.") for c in side):
        assert candidate.features
        assert set(candidate.features.values()) == {1.0}


def test_a_share_is_of_what_stands_before_its_verb() -> None:
    _, whose = proposed("Hepatic hemangiomas account for 12% of all hepatocellular carcinomas.")
    assert names([c for c in whose if c.origin == "mention"]) == {"hepatic-hemangioma"}


def test_an_accuracy_is_that_of_the_modality_named_before() -> None:
    what, _ = proposed("Ultrasonography was done first. In hepatic hemangioma the sensitivity was 84%.")
    assert "ultrasonography" in names(what)


def test_a_number_in_a_list_belongs_to_the_thing_in_its_place() -> None:
    what, _ = proposed("Washout and calcification were seen in 12% and 15%, respectively.")
    assert names(what) == {"calcification"}


def test_a_series_of_patients_is_a_cohort() -> None:
    what, _ = proposed("In a series of 34 patients washout was seen.")
    assert names(what) == {"number-of-patients"}


def test_a_b_value_may_stand_behind_its_letter() -> None:
    what, _ = proposed("Diffusion-weighted imaging was acquired at b800 s/mm2.")
    assert "b-value" in names(what)


def test_a_disease_with_a_count_of_its_own_does_not_bear_the_next_one() -> None:
    found = extraction("Hypertension (48.5%), fatigue (38.6%) and diarrhea (41.0%) were seen.").statements
    assert "hypertension" not in {s.subject.key for s in found if s.object.key in {"diarrhea", "fatigue"}}
    found = extraction("Hypertension was seen with diarrhea (41.0%).").statements
    assert {s.subject.key for s in found if s.object.key == "diarrhea"}
