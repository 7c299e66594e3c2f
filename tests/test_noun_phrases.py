"""Noun phrases without a parser: what names a thing, and the many words that do not."""

from __future__ import annotations

import pytest

from ingest.noun_phrases import phrase_before, phrase_behind
from ingest.word_classes import is_noun, is_plural


def behind(text: str) -> str | None:
    """The phrase that begins behind the bar of a text."""
    found = phrase_behind(text, text.index("|") + 1, len(text))
    return text[found.start : found.end] if found is not None else None


def before(text: str) -> str | None:
    """The phrase that ends before the bar of a text."""
    found = phrase_before(text, 0, text.index("|"))
    return text[found.start : found.end] if found is not None else None


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("due to | folate deficiency and anemia", "folate deficiency"),
        ("with | a usually mild pruritus, which", "mild pruritus"),
        ("causes | loss of appetite in adults", "loss of appetite"),
        ("shows | cystic changes.", "cystic changes"),
        ("with | severe, disabling symptoms (5%)", "severe, disabling symptoms"),
        ("with | the presence of portal congestion during", "portal congestion"),
        ("with | increased gastric acidity and", "increased gastric acidity"),
        ("has | Cullen's sign.", "Cullen's sign"),
        ("binds | 5-HT3 receptors on", "5-HT3 receptors"),
        ("with | dilated lymphatics by", "dilated lymphatics"),
    ],
)
def test_a_phrase_goes_up_to_the_first_word_that_none_holds(text: str, phrase: str) -> None:
    assert behind(text) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "in | patients with cirrhosis",
        "by | chance",
        "in | three cases",
        "shows | changes in the lobe",
        "has | symptoms of the disease",
        "and | show washout",
        "and | reported pain",
        "and | causing pain",
        "with | 12 sessions",
        "with | it",
        "are | hyperechoic and large",
        "is | very common",
        "masses | masses grow fast",
        "to | resistance to octreotide",
        "to | increased requirement for oxygen",
        "for | activation and ongoing generation of sleep",
        "to | a shift in gene expression",
        "in | the aspect of the shape of the rim",
        "as “| wheel”",
        "is | no complaint",
        "was | performed",
    ],
)
def test_what_names_nothing_by_itself_is_no_phrase(text: str) -> None:
    assert behind(text) is None


def test_a_phrase_may_begin_a_clause() -> None:
    text = "| pruritus was seen"
    found = phrase_behind(text, 1, len(text))
    assert found is not None
    assert found.acts


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("these cause loss of appetite| and nausea", "loss of appetite"),
        ("they develop weight gain| and nausea", "weight gain"),
        ("with a delayed rim| and", None),
        ("the masses engender pruritus| and", None),
        ("seen in 3| and", None),
    ],
)
def test_a_phrase_before_a_place_begins_behind_what_none_holds(text: str, phrase: str | None) -> None:
    assert before(text) == phrase


def test_nouns_are_told_from_adjectives_and_verbs_by_their_look() -> None:
    nouns = ["pruritus", "ATRX", "steatorrhea", "ablation", "agent", "impairment"]
    others = ["hepatic", "small", "enlarged", "shows", "usually", "with", "bilateral", "fibrous"]
    assert [is_noun(word) for word in nouns] == [True] * len(nouns)
    assert [is_noun(word) for word in others] == [False] * len(others)


def test_a_plural_is_no_singular_that_ends_in_s() -> None:
    assert [is_plural(word) for word in ("lesions", "pelvis", "abscess", "thrombus", "CTs")] == [True] + [False] * 4
