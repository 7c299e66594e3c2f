"""What papers name and the vocabulary does not: behind turns of phrase and in lists, and what is no such thing."""

from __future__ import annotations

import pytest

from ingest.claims import claim_candidates
from ingest.examples import Names, claim_examples
from ingest.pairs import Pair, rule_of
from ingest.pipeline import shipped_weights
from kg.missing import label_table
from kg.model import Statement
from tests.written import extraction, paper

HCC, TACE = "hepatocellular-carcinoma", "tace"

SURE = "Carcinoid syndrome is characterised by flushing, earlobe numbness, diarrhea and skin quivering."
"""A sentence whose claims are likely enough to be written."""


def pairs(text: str) -> list[Pair]:
    """What the first sentence of a text may claim."""
    return [pair for pair, _ in claim_candidates(paper(text), 0, shipped_weights())]


def claims(text: str) -> set[tuple[str, str, str]]:
    """(subject, predicate, object) of what a text may claim; without a concept in the paper's words."""
    sentence = paper(text).sentences[0]
    found = set()
    for pair in pairs(text):
        bearer, attribute = (one.entity.key or one.entity.label for one in (pair.bearer, pair.attribute))
        found.add((bearer, rule_of(sentence, pair, "claim").predicate, attribute))
    return found


def own_words(text: str) -> set[str]:
    """What a text may claim of what has no concept."""
    ends = (one.entity for pair in pairs(text) for one in (pair.bearer, pair.attribute))
    return {entity.label for entity in ends if entity.key is None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Hepatocellular carcinoma may present with earlobe numbness.",
            (HCC, "has_clinical_feature", "earlobe numbness"),
        ),
        ("Hepatocellular carcinoma is linked to solvent exposure.", (HCC, "associated_with", "solvent exposure")),
        ("Chemoembolization can cause spleen infarcts.", (TACE, "complication", "spleen infarcts")),
        ("Octreotide was shown to reduce salivary output.", ("octreotide", "therapy_outcome", "salivary output")),
        ("Liver abscess requires drainage or needle lavage.", ("liver-abscess", "treated_by", "needle lavage")),
        ("Washout is due to arteriolar shunting.", ("washout", "associated_with", "arteriolar shunting")),
        (
            "Chemoembolization is contraindicated in patients with biliary drainage tubes.",
            (TACE, "therapy_contraindication", "biliary drainage tubes"),
        ),
        (
            "Hepatocellular carcinoma was misdiagnosed as hepatic elastosis.",
            (HCC, "misdiagnosed_as", "hepatic elastosis"),
        ),
    ],
)
def test_what_a_turn_of_phrase_asks_for_is_the_object_in_the_papers_words(
    text: str, expected: tuple[str, str, str]
) -> None:
    assert expected in claims(text)


def test_each_item_of_a_list_is_an_object_whether_it_has_a_concept_or_not() -> None:
    told = {o for s, p, o in claims(SURE) if (s, p) == ("carcinoid-syndrome", "has_clinical_feature")}
    assert told == {"flushing", "earlobe numbness", "diarrhea", "skin quivering"}


def test_an_item_of_a_list_has_what_is_said_of_its_neighbours() -> None:
    found = claims("Frequent symptoms in hepatocellular carcinoma were earlobe numbness, abdominal pain and jaundice.")
    assert (HCC, "has_clinical_feature", "earlobe numbness") in found


def test_a_therapy_without_a_concept_does_what_its_list_does() -> None:
    found = claims("Octreotide, fulvirelin and lanreotide relieve diarrhea.")
    relieving = {s for s, p, o in found if (p, o) == ("therapy_outcome", "diarrhea")}
    assert {"octreotide", "fulvirelin", "lanreotide"} <= relieving


def test_a_not_makes_it_absent() -> None:
    (pair,) = pairs("Hepatocellular carcinoma does not cause earlobe numbness.")
    assert pair.attribute.entity.label == "earlobe numbness"
    assert pair.denied


def statements(text: str) -> dict[str, Statement]:
    return {s.object.label: s for s in extraction(text).statements}


def test_own_words_are_less_sure_than_concepts_of_the_same_sentence() -> None:
    found = statements(SURE)
    assert found["earlobe numbness"].confidence < found["diarrhea"].confidence


def test_own_words_are_no_concept_and_are_listed_as_missing() -> None:
    found = statements(SURE)["earlobe numbness"]
    assert found.object.identity == "~earlobe numbness"
    assert "earlobe numbness" in found.quote
    assert [row["label"] for row in label_table([found]).rows] == ["earlobe numbness"]


@pytest.mark.parametrize(
    "text",
    [
        "Hepatocellular carcinoma may present in elderly patients.",
        "Hepatocellular carcinoma presents with various symptoms.",
        "Hepatocellular carcinoma is associated with high costs.",
        "Hepatocellular carcinoma leads to death.",
        "Hepatocellular carcinoma causes 12 deaths each year.",
        "Hepatocellular carcinoma is associated with it.",
        "Hepatocellular carcinoma was shown (Figure 2) and causes concern in Table 3.",
        "If hepatocellular carcinoma causes earlobe numbness, it is resected.",
        "Whether hepatocellular carcinoma leads to earlobe numbness is unknown.",
        "The diagnosis of hepatocellular carcinoma is linked to solvent exposure.",
        "After chemoembolization, physicians can cause spleen infarcts.",
        "The costs of octreotide reduced compliance.",
        "Octreotide with its significantly reduced injection frequency is preferred.",
        "The patient underwent chemoembolization to improve mobility.",
        "Hepatocellular carcinoma produces vasoactive oligopeptides.",
        "Octreotide prevents earlobe numbness.",
        "Few medications improve earlobe numbness.",
        "Which chemoembolization causes spleen infarcts is unanswered.",
        "Hepatocellular carcinoma is associated with short- and long-term sequelae.",
    ],
)
def test_what_is_no_thing_or_is_not_said_of_it_is_no_object(text: str) -> None:
    assert not own_words(text)


def test_a_mention_that_is_the_noun_of_the_words_is_the_object() -> None:
    text = "Hepatocellular carcinoma may present with nightly jaundice."
    assert not own_words(text)
    assert (HCC, "has_clinical_feature", "jaundice") in claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "Hepatocellular carcinoma presents with jaundice, and earlobe numbness was rare.",
        "Hepatocellular carcinoma presents with jaundice, and earlobe numbness.",
        "Hepatocellular carcinoma presents with jaundice, a cholestatic complaint, and pain.",
        "Hepatocellular carcinoma presents with jaundice and develops slowly.",
        "Hepatocellular carcinoma presents with jaundice and patients die early.",
        "Hepatocellular carcinoma presents with jaundice, numbness.",
        "Hepatocellular carcinoma presented with jaundice of the skin and large.",
        "In hepatocellular carcinoma, numbness of the earlobes, washout in the periphery and jaundice.",
    ],
)
def test_what_only_stands_behind_a_comma_or_an_and_is_no_item(text: str) -> None:
    assert not own_words(text)


def test_own_words_teach_the_ranker_nothing() -> None:
    written = paper(SURE)
    proposed = pairs(SURE)
    unnamed = [pair for pair in proposed if pair.attribute.entity.key is None]
    assert unnamed
    examples = list(claim_examples(written, [], Names(written.lexicon), shipped_weights()))
    assert len(examples) == len(proposed) - len(unnamed)
