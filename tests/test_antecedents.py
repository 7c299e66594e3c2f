"""What pronouns and general nouns stand for: what was named before, where that is certain."""

from __future__ import annotations

import pytest

from ingest.anaphora import NOUNS, anaphors
from tests.written import extraction, paper, triple

REVIEW = "Neuroendocrine neoplasms: a view"
OF_HCC = "Hepatocellular carcinoma: a view"


def stand_ins(*paragraphs: str, title: str = REVIEW, section: str = "Introduction") -> list[tuple[str, str]]:
    """(words, concept) of all that stands in for something in some paragraphs, in order."""
    sentences = paper(*paragraphs, title=title, section=section).sentences
    return [(m.text, m.key) for s in sentences for m in s.mentions if m.stands_in]


def claims(text: str) -> list[tuple[str, str, str, str]]:
    """What the introduction of a review says, concepts by key."""
    return [triple(s) for s in extraction(text, title=REVIEW, section="Introduction").statements]


@pytest.mark.parametrize("row", NOUNS, ids=lambda row: row.words[:12])
def test_each_noun_stands_for_something(row: object) -> None:
    example = getattr(row, "example")  # noqa: B009
    (found,) = anaphors(example, 0, len(example))
    assert found.types == getattr(row, "types")  # noqa: B009


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Insulinomas are rare. They are small.", [("They", "insulinoma")]),
        ("Insulinoma is rare. It is small.", [("It", "insulinoma")]),
        ("Insulinoma is rare. As a rule it grows slowly.", [("it", "insulinoma")]),
        ("Insulinomas are rare. Their incidence is low.", [("Their", "insulinoma")]),
        ("Carcinoid syndrome is rare. It occurs with liver metastases.", [("It", "carcinoid-syndrome")]),
        ("The carcinoid syndrome is rare. Patients present with flushing.", [("Patients", "carcinoid-syndrome")]),
        ("Octreotide relieves flushing. The drug is safe.", [("drug", "octreotide")]),
        (
            "Octreotide and lanreotide relieve flushing. Both drugs are safe.",
            [("drugs", "octreotide"), ("drugs", "lanreotide")],
        ),
        ("Chromogranin A is raised. This marker is not specific.", [("marker", "chromogranin-a")]),
        ("CT shows the liver. The examination is quick.", [("examination", "computed-tomography")]),
        ("Insulinomas and gastrinomas are rare. The latter are malignant.", [("The latter", "gastrinoma")]),
        ("Insulinomas and gastrinomas are rare. The former are benign.", [("The former", "insulinoma")]),
        ("Insulinomas are rare. They are small. They are benign.", [("They", "insulinoma"), ("They", "insulinoma")]),
        ("Most insulinomas are benign. Between 5% and 10% of them are malignant.", [("10% of them", "insulinoma")]),
    ],
)
def test_words_stand_for_what_the_sentence_before_is_about(text: str, expected: list[tuple[str, str]]) -> None:
    assert stand_ins(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Insulinoma is rare. It is important to find the lesion early in life.",  # the 'it' of 'it is … to'
        "Insulinoma is rare. It has been shown that glucose is low.",
        "Insulinoma is rare. They are small.",  # one, and several
        "Insulinomas are rare. It is small.",
        "Decisions about insulinomas are hard. They take time.",  # the decisions
        "The treatment of insulinoma is surgical. It is safe.",  # the treatment
        "Octreotide or lanreotide is given after CT. The drug is safe.",  # either of the two
        "Insulinomas and gastrinomas are rare. The tumor that secretes gastrin is malignant.",
        "Insulinomas, gastrinomas and VIPomas are rare. Both are benign.",
        "Octreotide relieves flushing. The drug of choice is another.",
        "Insulinomas are rare. These findings are known.",
    ],
)
def test_where_two_things_fit_or_none_nothing_is_named(text: str) -> None:
    assert [found for found in stand_ins(text) if found[0] not in {"lesion", "tumor"}] == []


def test_lesions_by_themselves_are_what_the_title_is_about() -> None:
    assert stand_ins("Contrast is given. Most lesions are bright.") == [("Most lesions", "neuroendocrine-neoplasm")]
    assert stand_ins("Hepatitis B is common. Most lesions are bright.", title=OF_HCC) == [
        ("Most lesions", "hepatocellular-carcinoma")
    ]


def test_the_masses_of_a_study_are_those_that_it_is_about() -> None:
    found = stand_ins("Hemangiomas were excluded. The masses were bright.", title=OF_HCC, section="Results")
    assert found == [("The masses", "hepatocellular-carcinoma")]


def test_the_masses_of_a_study_of_two_tumors_are_of_no_one_of_them() -> None:
    title = "Hepatocellular carcinoma and hepatic hemangioma"
    assert stand_ins("CT was done. The masses were bright.", title=title, section="Results") == []


def test_the_intervention_of_a_trial_is_no_therapy_of_the_title() -> None:
    title = "Exercise after chemotherapy for hepatocellular carcinoma"
    assert stand_ins("Patients were asked. The intervention was safe.", title=title, section="Results") == [
        ("Patients", "hepatocellular-carcinoma")
    ]


def test_a_name_between_is_what_is_spoken_of() -> None:
    assert stand_ins("Insulinomas are small. In gastrinoma the tumor is malignant.") == []


def test_what_a_pronoun_stands_for_bears_what_is_said() -> None:
    found = claims("Insulinomas are rare. They often show washout.")
    assert ("insulinoma", "has_sign", "washout", "present") in found


def test_a_denied_finding_of_a_pronoun_is_absent() -> None:
    found = claims("Insulinomas are rare. They show no washout.")
    assert ("insulinoma", "has_sign", "washout", "absent") in found
    assert ("insulinoma", "has_sign", "washout", "present") not in found


def test_a_pronoun_is_claimed_only_by_a_turn_of_phrase() -> None:
    treated = ("hepatocellular-carcinoma", "treated_by", "octreotide", "present")
    assert treated in claims("Octreotide is known. It is used for hepatocellular carcinoma.")
    assert treated not in claims("Octreotide is known. It was studied beside hepatocellular carcinoma.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ileal tumors are often small.", ["ileal-net"]),
        ("Tumors of the appendix are often small.", ["appendiceal-net"]),
        ("Gastric and rectal tumors are often small.", ["gastric-nen", "rectal-net"]),
        ("They make up a part of all gastric tumors.", []),  # tumors of any kind
        ("Benign rectal tumors are often small.", []),
    ],
)
def test_tumors_of_an_organ_are_of_the_kind_that_the_title_names(text: str, expected: list[str]) -> None:
    (sentence,) = paper(text, title=REVIEW, section="Introduction").sentences
    assert [m.key for m in sentence.mentions if m.implied] == expected


def test_tumors_of_an_organ_are_of_no_kind_under_another_title() -> None:
    (sentence,) = paper("Rectal tumors are often small.", title=OF_HCC, section="Introduction").sentences
    assert not any(m.implied for m in sentence.mentions)
