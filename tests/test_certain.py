"""Turns of phrase that leave no choice of what a number is about."""

from __future__ import annotations

import pytest

from ingest.certain import owner
from ingest.lists import claim_anchor, number_anchors
from ingest.mentions import of_type
from tests.written import paper


def owners(text: str) -> list[str | None]:
    """The certain bearer of each number of a sentence."""
    (sentence,) = paper(text).sentences
    diseases = of_type(sentence.mentions, "disease")
    found = [owner(sentence, anchor, diseases) for anchor in number_anchors(sentence)]
    return [mention.key if mention is not None else None for mention in found]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ratios were higher than those of hepatic hemangioma (0.77).", "hepatic-hemangioma"),
        ("Fat was seen in 34.5% of hepatic adenomas.", "hepatic-adenoma"),
        ("The size of hepatic adenoma was 50.3 mm.", "hepatic-adenoma"),
        ("The sensitivity for identifying hepatic adenoma was 82.6%.", "hepatic-adenoma"),
        ("We saw 23 hepatic adenomas.", "hepatic-adenoma"),
        ("Hepatic adenomas account for 2.0% of liver neoplasms.", None),
        ("Fat was seen in 34.5%.", None),
    ],
)
def test_what_a_number_can_only_be_about(text: str, key: str | None) -> None:
    assert key in owners(text)


def test_each_of_two_arms_has_its_group() -> None:
    text = "Fat in hepatic adenoma was more common than in hepatic hemangioma (30.4% vs. 10.9%)."
    assert owners(text) == ["hepatic-adenoma", "hepatic-hemangioma"]


def test_in_cases_of_a_disease_opens_a_claim_about_it() -> None:
    (sentence,) = paper("In patients with hepatic adenoma, washout is common.").sentences
    (washout,) = of_type(sentence.mentions, "sign")
    found = owner(sentence, claim_anchor(washout), of_type(sentence.mentions, "disease"))
    assert found is not None
    assert found.key == "hepatic-adenoma"
