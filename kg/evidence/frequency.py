"""This module finds the word with which a sentence says how often a finding is there: rare, usually, most."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Statement

# Each is one way to say it; "rare tumours" says how often the disease is, and nothing of its findings.
OF_THE_DISEASE: Final = (
    r"(?! (?:\w+ ){0,2}?(?:tumou?rs?|neoplasms?|diseases?|entit(?:y|ies)|malignanc(?:y|ies)|cancers?)\b)"
)
FREQUENCIES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"\b(?:(?:very|extremely|exceedingly|quite) )?(?:{words})\b{OF_THE_DISEASE}", re.IGNORECASE))
    for name, words in (
        ("seldom", r"rare(?:ly)?|uncommon(?:ly)?|infrequent(?:ly)?|seldom|exceptional(?:ly)?|unusual(?:ly)?"),
        ("sometimes", r"sometimes|occasional(?:ly)?|in some cases|in a minority of cases"),
        ("often", r"often|frequent(?:ly)?"),
        ("mostly", r"usual(?:ly)?|typical(?:ly)?|mostly|in most cases|the majority of|most of"),
    )
)
CLAUSE: Final = re.compile(r";|:|\b(?:while|whereas|but|however|although)\b", re.IGNORECASE)
COMMON: Final = frozenset(
    ("shape", "lesio", "appea", "patte", "tumor", "enhan", "phase", "chang")
)  # name no finding alone
STEM: Final = 5  # letters that a word of a label and one of a sentence share


def how_often(statement: Statement) -> str | None:
    """The author's word for how often it is there; None with a number, without a word, or with words that differ.

    Of several clauses only those count that name the finding.

    >>> from kg.model import Entity, Span
    >>> quote = "Calcification is rare; necrosis is often seen"
    >>> one = Statement(source="x1", span=Span(start=0, end=len(quote)), quote=quote, subject=Entity(label="tumour"),
    ...                 predicate="has_sign", object=Entity(label="calcification"))
    >>> how_often(one)
    'rare'
    """
    if statement.statistic is not None or statement.predicate == "has_epidemiology":
        return None
    clauses = CLAUSE.split(" ".join(statement.quote.split()))
    named = [clause for clause in clauses if _names(clause, statement)]
    found = {
        name: match[0]
        for clause in named or (clauses if len(clauses) == 1 else ())
        for name, pattern in FREQUENCIES
        if (match := pattern.search(clause)) is not None
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _names(clause: str, statement: Statement) -> bool:
    """Whether a clause has a word of the finding's label."""
    wanted = _stems(statement.object.label)
    return not _stems(clause).isdisjoint(wanted - COMMON or wanted)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in re.findall(r"\w{4,}", text.casefold()))


def state_words(statement: Statement) -> str:
    """'present' or 'absent', with the author's word for how often: 'present, “rare”'."""
    word = how_often(statement)
    return statement.polarity if word is None else f"{statement.polarity}, “{word}”"


def with_frequency(text: str, statements: tuple[Statement, ...] | list[Statement]) -> str:
    """A text on some statements with the words for how often that they use, each once: 'in words (2): “rare”'."""
    words = dict.fromkeys(word for one in statements if (word := how_often(one)) is not None)
    return f"{text}: {', '.join(f'“{word}”' for word in words)}" if words else text
