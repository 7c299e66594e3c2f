"""This module says how two concepts of the vocabulary stand to each other."""

from __future__ import annotations

from kg.vocabulary import Vocabulary


def is_a(vocabulary: Vocabulary, key: str, wider: str) -> bool:
    """Whether a concept is the wider one itself or lies below it.

    >>> vocabulary = Vocabulary.load()
    >>> is_a(vocabulary, "hepatocellular-carcinoma", "neoplasm"), is_a(vocabulary, "neoplasm", "washout")
    (True, False)
    """
    return key == wider or wider in vocabulary.ancestors(key)


def akin(vocabulary: Vocabulary, one: str, other: str) -> bool:
    """Whether two concepts have a wider one in common below the top of the hierarchy."""
    lines = [{key, *vocabulary.ancestors(key)} for key in (one, other)]
    return any(vocabulary.concepts[key].parent is not None for key in lines[0] & lines[1])


def narrower(vocabulary: Vocabulary, one: str, other: str) -> str:
    """The one that lies deeper; the first where both lie equally deep."""
    return max((one, other), key=lambda key: len(vocabulary.ancestors(key)))
