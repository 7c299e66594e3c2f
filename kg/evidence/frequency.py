"""This module finds the word with which a sentence says how often a finding is there: rare, usually, most."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kg.model import Statement

# Each is one way to say it; "rare tumours" says how often the disease is, and nothing of its findings.
OF_THE_DISEASE: Final = (
    r"(?! (?:\w+ ){0,2}?(?:tumou?rs?|neoplasms?|diseases?|entit(?:y|ies)|malignanc(?:y|ies)|cancers?)\b)"
)
WORDS: Final = (
    ("seldom", r"rare(?:ly)?|uncommon(?:ly)?|infrequent(?:ly)?|seldom|exceptional(?:ly)?|unusual(?:ly)?"),
    ("sometimes", r"sometimes|occasional(?:ly)?|in some cases|in a minority of cases"),
    ("often", r"often(?! better)|frequent(?:ly)?"),
    ("mostly", r"usual(?:ly)?|typical(?:ly)?|mostly|in most cases|the majority of|most of"),
)
DEGREE: Final = r"(?<!most )(?:(?:very|extremely|exceedingly|quite|more) )?"  # "the most frequent tumour" ranks tumours
FREQUENCIES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(rf"\b{DEGREE}(?:{words})\b{OF_THE_DISEASE}", re.IGNORECASE)) for name, words in WORDS
)
ADVERB: Final = rf"{DEGREE}(?:often|occasional|mostly|rare|seldom|sometimes|(?:frequent|typical|uncommon|usual)ly)"
VERB: Final = r"(?:is|are|was|were|has|have|can|may|might|plays?|shows?)\b"
CLAUSE: Final = re.compile(
    r";|:|\b(?:while|whereas|but|however|although|with or without|as well as because|(?:and )?therefore|hence)\b"
    r"|, (?=(?:they|it|these|this|which|the latter|followed by|with no)\b)"
    rf"|(?:, (?:and )?|\band )(?={ADVERB})"  # "small, and often round": from there on
    rf"| and (?=(?:(?!and\b)[\w-]+ ){{1,6}}{VERB})",  # "small, and metastases are": of another finding
    re.IGNORECASE,
)
ASIDE: Final = re.compile(r"\(([^()]*)\)")
FIRST: Final = re.compile(r"(?:while|as|because|since|although|due to|if|when)\b[^,]*,", re.IGNORECASE)
WHOLE: Final = 3  # words; fewer are an adverb before its clause: "Typically, …"
NOT_ASKED: Final = frozenset(("has_epidemiology", "cohort", "discriminates"))  # no finding
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
    if statement.statistic is not None or statement.predicate in NOT_ASKED:
        return None
    return _how_often(statement.quote, statement.object.label)


@lru_cache(maxsize=8192)  # a page asks the same of the same sentences at each change
def _how_often(quote: str, label: str) -> str | None:
    clauses = _clauses(re.sub(r"(?<=\w)- (?=\w)", "", " ".join(quote.split())))
    wanted = _stems(label)
    said = {_word(clause) for clause in _named(clauses, wanted - COMMON) or _named(clauses, wanted) or clauses}
    return said.pop() if len(said) == 1 else None


def _named(clauses: list[str], wanted: frozenset[str]) -> list[str]:
    """The clauses that have most of the words."""
    shared = [len(_stems(clause) & wanted) for clause in clauses]
    most = max(shared)
    return [clause for clause, count in zip(clauses, shared, strict=True) if count == most and most]


def _word(clause: str) -> str | None:
    """The one word of a clause for how often."""
    found = [match[0] for _, pattern in FREQUENCIES if (match := pattern.search(clause)) is not None]
    return found[0] if len(found) == 1 else None


def _clauses(text: str) -> list[str]:
    """The parts of a sentence within which a word for how often holds; brackets are parts of their own."""
    asides = [aside for aside in ASIDE.findall(text) if _word(aside) is not None]
    text = " ".join(ASIDE.sub(" ", text).split()).replace(" ,", ",")
    first = FIRST.match(text)
    parts = [first[0], text[first.end() :]] if first else [text]
    made: list[str] = []
    for piece in (piece for part in parts for piece in CLAUSE.split(part)):
        if made and (len(made[-1].split()) < WHOLE):
            made[-1] = f"{made[-1]} {piece}"
        else:
            made.append(piece)
    return [*made, *asides]


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
