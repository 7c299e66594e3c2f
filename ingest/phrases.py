"""This module builds patterns of English phrases from lists of words."""

from __future__ import annotations

import re

from ingest.screening import Pattern, screened


def one_of(*alternatives: str) -> str:
    """A pattern of any one of some patterns; the first that fits is taken.

    >>> re.sub(one_of("was", "were"), "_", "one was, two were")
    'one _, two _'
    """
    return f"(?:{'|'.join(alternatives)})"


def phrase(*alternatives: str) -> Pattern:
    """A pattern of any one of some phrases, as whole words and in any case; each may itself be a pattern.

    >>> bool(phrase("(?:can|may) be", "likely").search("It may be benign")), bool(phrase("may").search("dismay"))
    (True, False)
    """
    return screened(rf"\b{one_of(*alternatives)}\b", re.IGNORECASE)


def beginning(*alternatives: str) -> Pattern:
    """A pattern of any one of some beginnings of words, in any case.

    >>> bool(beginning("metasta").search("Metastatic")), bool(beginning("metasta").search("micrometastasis"))
    (True, False)
    """
    return screened(rf"\b{one_of(*alternatives)}", re.IGNORECASE)
