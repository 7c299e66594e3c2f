"""What a sentence says is not there, and where a negation ends."""

from __future__ import annotations

import pytest

from ingest.negation import is_negated, negated_stretches


def negated(sentence: str, word: str) -> bool:
    start = sentence.index(word)
    return is_negated(negated_stretches(sentence), start, start + len(word))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No calcification was seen.", "calcification"),
        ("All masses lacked fat, calcification, haemorrhage or tumour thrombus.", "tumour thrombus"),
        ("Neither lymphadenopathy nor ascites was identified.", "lymphadenopathy"),
        ("Neither lymphadenopathy nor ascites was identified.", "ascites"),
        ("There was no evidence of ductal dilatation or abnormal markers.", "abnormal markers"),
        ("AFP was not elevated.", "AFP"),
        ("None of the patients had hepatitis or cirrhosis.", "cirrhosis"),
        ("Lesions without washout were benign.", "washout"),
        ("Calcification was absent.", "Calcification"),
        ("CEA and CA19-9 were within the normal range.", "CEA"),
        ("Absence of a capsule was typical.", "capsule"),
    ],
)
def test_what_is_said_not_to_be_there_is_negated(sentence: str, word: str) -> None:
    assert negated(sentence, word)


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("No calcification was seen, but washout was present.", "washout"),
        ("CT was performed to exclude metastases.", "metastases"),
        ("CT is useful for excluding metastases and can rule out metastatic disease.", "metastatic disease"),
        ("The lesion showed no fat; lymphadenopathy was found.", "lymphadenopathy"),
        ("Calcification was seen in all patients.", "Calcification"),
        ("Not only washout but also a capsule was seen.", "washout"),
        ("A second primary could not be ruled out.", "second primary"),
        ("Metastases are rare.", "Metastases"),
        ("Tumors lacking a capsule in the periphery had washout.", "washout"),
        ("Lesions without calcification showed enhancement.", "enhancement"),
        ("Adverse events related to the surgery cannot be ignored.", "Adverse events"),
    ],
)
def test_what_is_said_to_be_there_is_not_negated(sentence: str, word: str) -> None:
    assert not negated(sentence, word)
