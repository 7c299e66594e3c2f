"""What a text names: every way to write a label, and names that only their neighbours or the paper complete."""

from __future__ import annotations

import pytest

from ingest.abbreviations import defined_abbreviations, long_form
from kg.model import Concept
from kg.vocabulary import Vocabulary
from tests.written import keys, lexicon, paper


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The haemangioma of the liver bled.", "hepatic-hemangioma"),
        ("Hepatic hemangiomas are benign.", "hepatic-hemangioma"),
        ("HEPATOCELLULAR CARCINOMA", "hepatocellular-carcinoma"),
        ("wash-out in the late phase", "washout"),
        ("wash out in the late phase", "washout"),
        ("arterial phase hyper-enhancement", "arterial-phase-hyperenhancement"),
        ("a peripheral “washout”", "peripheral-washout"),
    ],
)
def test_a_label_is_found_in_plural_british_and_hyphenated_form(text: str, key: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US was done first.", ["ultrasonography"]),
        ("It told us nothing.", []),
        ("HCCs and PET", ["hepatocellular-carcinoma", "pet"]),
        ("a pet at home", []),
    ],
)
def test_acronyms_count_in_their_own_capitals(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_a_name_stands_where_the_mention_says() -> None:
    text = "Ascites and hepatic adenomas were rare."
    for mention in lexicon().read(text):
        assert text[mention.start : mention.end] == mention.text


def test_the_longest_name_is_taken() -> None:
    assert keys("focal nodular hyperplasia") == ["focal-nodular-hyperplasia"]


def test_a_coordination_shares_the_end_of_a_label() -> None:
    found = lexicon().read("Vascular or bile duct tumor thrombus was absent.")
    assert [(m.key, m.implied) for m in found] == [("tumor-in-vein", True), ("bile-duct-tumor-thrombus", False)]


def test_a_coordination_shares_the_beginning_of_a_label() -> None:
    assert keys("GEP NETs and adenocarcinomas") == ["gep-net", "gep-adenocarcinoma"]


def test_a_copula_turns_a_label_around() -> None:
    assert "multiple-lesions" in keys("All nodules were multiple.")
    assert "elevated-liver-enzymes" in keys("The transaminases were elevated.")
    assert "elevated-liver-enzymes" not in keys("The transaminases were not elevated.")


@pytest.mark.parametrize(
    "text",
    [
        "liver metastases of GEP NETs and GEP adenocarcinomas",
        "liver metastases of GEP NETs compared with those from GEP adenocarcinomas",
        "liver metastases from GEP NETs or from GEP adenocarcinomas",
    ],
)
def test_two_primaries_share_their_liver_metastases(text: str) -> None:
    assert keys(text) == ["gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis"]


def test_the_primary_may_stand_first() -> None:
    assert keys("patients with NET liver metastases") == ["gep-net-liver-metastasis"]


def test_metastases_are_of_the_liver_where_the_heading_says_so() -> None:
    tokens = lexicon().tokens("metastases from GEP NETs")
    assert [m.key for m in lexicon().mentions(tokens, in_liver=True)] == ["gep-net-liver-metastasis"]
    assert [m.key for m in lexicon().mentions(tokens)] != ["gep-net-liver-metastasis"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("neuroendocrine tumors of the pancreas", ["pancreatic-net", "pancreas"]),
        ("neuroendocrine carcinoma arising in the liver", ["hepatic-nec", "liver"]),
        ("primary tumors of the liver", ["primary-liver-tumor", "liver"]),
        ("neuroendocrine tumors in the liver", ["neuroendocrine-tumor", "liver"]),  # may be metastases
        (
            "neuroendocrine tumors of the pancreas, stomach and rectum",
            ["neuroendocrine-tumor", "pancreas", "stomach", "rectum"],
        ),
        ("neuroendocrine tumors of the spleen", ["neuroendocrine-tumor", "spleen"]),
    ],
)
def test_a_tumor_of_an_organ_is_one_of_that_organ(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize("text", ["liver metastases of neuroendocrine origin", "neuroendocrine liver metastases"])
def test_metastases_are_of_their_origin(text: str) -> None:
    assert keys(text) == ["nelm"]


def test_an_unknown_origin_names_nothing() -> None:
    assert keys("liver metastases of unknown origin")[0] == "liver-metastasis"


def test_a_name_and_its_abbreviation_in_brackets_are_one_mention() -> None:
    (mention,) = lexicon().read("gastroenteropancreatic neuroendocrine tumors (GEP NETs)")
    assert mention.key == "gep-net"
    assert mention.text.endswith("(GEP NETs)")


def test_two_diseases_in_brackets_stay_two() -> None:
    assert len(keys("cirrhosis (hepatitis B)")) == 2


@pytest.mark.parametrize(
    ("short", "before", "expected"),
    [
        ("FNH", "In focal nodular hyperplasia ", "focal nodular hyperplasia"),
        ("HVP", "on the hepatic venous phase ", "hepatic venous phase"),
        ("XYZ", "on the hepatic venous phase ", None),
        ("HVP", "", None),
    ],
)
def test_the_long_form_holds_the_letters_of_the_short_one(short: str, before: str, expected: str | None) -> None:
    assert long_form(short, before) == expected


def test_a_paper_defines_its_own_abbreviation() -> None:
    defined = defined_abbreviations("Hepatic hemangiomas (HHs) were compared.", lexicon())
    assert defined["HH"] == defined["HHs"] == ("hepatic-hemangioma",)
    assert [m.key for m in lexicon().read("One HH bled.", defined)] == ["hepatic-hemangioma"]
    assert keys("One HH bled.") == []


def test_a_short_form_of_something_else_loses_the_meaning_of_the_vocabulary() -> None:
    defined = defined_abbreviations("We used a unified score (US) to grade.", lexicon())
    assert defined["US"] == ()
    assert lexicon().read("The US was high.", defined) == []


def test_an_ambiguous_name_counts_only_where_the_paper_explains_it() -> None:
    lonely = paper("The PR was high in hepatic hemangioma.")
    explained = paper("The PR was high in hepatic hemangioma.", "A partial response was seen.")
    assert "partial-response" not in [m.key for m in lonely.sentences[0].mentions]
    assert "partial-response" in [m.key for m in explained.sentences[0].mentions]


def test_ambiguous_names_of_one_kind_explain_each_other() -> None:
    mentions = paper("CR, PR and SD were recorded.").sentences[0].mentions
    assert {"complete-response", "partial-response"} <= {m.key for m in mentions}


def test_any_vocabulary_makes_a_lexicon() -> None:
    from ingest.entities import Lexicon

    small = Lexicon(Vocabulary.of([Concept(key="halo", type="sign", label="halo sign", alt_labels=("Hof",))]))
    assert [m.key for m in small.read("A halo-sign, or Hof, was seen beside washout.")] == ["halo", "halo"]
