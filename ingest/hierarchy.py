"""This module says how two concepts of the vocabulary stand to each other."""

from __future__ import annotations

from typing import Final

from kg.vocabulary import Vocabulary


def is_a(vocabulary: Vocabulary, key: str, wider: str) -> bool:
    """Whether a concept is the wider one itself or lies below it; an empty key is none.

    >>> vocabulary = Vocabulary.load()
    >>> is_a(vocabulary, "hepatocellular-carcinoma", "neoplasm"), is_a(vocabulary, "neoplasm", "washout")
    (True, False)
    """
    return key == wider or (bool(key) and wider in vocabulary.ancestors(key))


GROUPINGS: Final = frozenset(
    {"liver-neoplasm", "primary-liver-tumor", "malignant-neoplasm", "benign-neoplasm", "metastasis", "liver-metastasis"}
)
"""Wider concepts that bring tumors of any kind together, by where they are or how they behave."""


def akin(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether two concepts are of one kind: one is the other's wider, or a kind below the top is that of both.

    >>> vocabulary = Vocabulary.load()
    >>> akin(vocabulary, "gep-net", "neuroendocrine-tumor")
    True
    >>> akin(vocabulary, "hepatocellular-carcinoma", "cholangiocarcinoma")  # both in the liver, and two tumors
    False
    """
    lines = [{key, *vocabulary.ancestors(key)} for key in (one, other)]
    if one in lines[1] or other in lines[0]:
        return vocabulary.concepts[one].parent is not None and vocabulary.concepts[other].parent is not None
    return any(key not in GROUPINGS and vocabulary.concepts[key].parent is not None for key in lines[0] & lines[1])


def narrower(vocabulary: Vocabulary, one: str, other: str) -> str:
    """The one that lies deeper; the first where both lie equally deep."""
    return max((one, other), key=lambda key: len(vocabulary.ancestors(key)))
