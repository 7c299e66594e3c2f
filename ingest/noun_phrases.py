"""This module reads noun phrases without a parser: a few words between two that stand in none, the last a noun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ingest.phrases import one_of
from ingest.screening import screened
from ingest.word_classes import (
    EMPTY,
    FRONT,
    FUNCTION_WORDS,
    NO_HELP,
    PARTICIPLES,
    RELATIONAL,
    TRANSPARENT,
    VERBAL_NOUNS,
    VERBS,
    WIDE,
    is_noun,
    is_plural,
)

LONGEST: Final = 6
"""Words of a noun phrase; what is longer is no name."""

SHORTEST: Final = 3
"""Characters of a noun phrase; a shorter one is a letter or a sign."""

FARTHEST: Final = 160
"""Characters that are looked at; six words and what stands before them take fewer."""

_TOKEN: Final = screened(r"[^\W_][^\s,.;:()\[\]{}/\"“”=<>%±+]*|\S")
_WORD: Final = screened(r"(?:[^\W\d_]|\d-(?=[A-Z]))[\w'’‐\-–]*")
_ENDING: Final = frozenset(",.;:()[")
_INCOMPLETE: Final = screened(
    rf"\s+{one_of('to', 'on', 'with', 'for', 'from', 'between', 'into', 'against', 'than', 'regarding')}\b"
)
"""What a single noun goes on with that is not yet a thing by itself: 'resistance to', 'contrast with'."""

_IN_WHAT: Final = screened(rf"\s+{one_of('to', 'in', 'for', 'of', 'on', 'between')}\b")
"""What a noun goes on with that leaves to it what it is of: 'significant improvements in'."""

_SHARED: Final = screened(r"\s+(?:and|or)\s+(?:[\w-]+\s+){1,2}of\b")
"""What two nouns are of together: 'activation and ongoing generation of'."""

OF: Final = "of"


@dataclass(frozen=True, slots=True, kw_only=True)
class NounPhrase:
    """Characters [start, end) of a text, articles left out; `head` is where its noun ends ('of' and what follows tell
    more of it), `acts` whether a verb follows, so that the phrase may begin a clause.
    """

    start: int
    end: int
    head: int
    acts: bool = False


def phrase_behind(text: str, place: int, limit: int) -> NounPhrase | None:
    """The noun phrase that begins at a place, None where the words up to `limit` are none.

    >>> text = "due to the severe loss of appetite in 3 patients"
    >>> found = phrase_behind(text, 6, len(text))
    >>> text[found.start : found.end], text[found.start : found.head]
    ('severe loss of appetite', 'severe loss')
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    acts = False
    for token in _TOKEN.finditer(text, place, min(limit, place + FARTHEST)):
        word, folded = token.group(), token.group().casefold()
        opening = not words or words[-1] == OF
        if opening and (folded in FRONT or _is_adverb(folded)):
            continue
        if word == "," and len(words) == 1 and not is_noun(words[0]):
            continue  # 'severe, debilitating symptoms'
        if (folded in VERBS and not (opening and folded in PARTICIPLES)) or folded in FUNCTION_WORDS or word in _ENDING:
            acts = folded in VERBS
            break
        if len(words) == LONGEST or folded in FRONT or word.endswith("-") or _WORD.fullmatch(word) is None:
            return None
        words.append(word)
        places.append(token.span())
    of = words.index(OF) if OF in words else len(words)
    first = of + 1 if of < len(words) and words[of - 1].casefold() in TRANSPARENT else 0
    if not _is_name(words[first:]):
        return None
    head = places[of - 1][1] if first == 0 else places[-1][1]
    found = NounPhrase(start=places[first][0], end=places[-1][1], head=head, acts=acts)
    incomplete = len(words) - first == 1 and _INCOMPLETE.match(text, found.end) is not None
    unsaid = words[-1].casefold() in RELATIONAL and _IN_WHAT.match(text, found.end) is not None
    unsaid = unsaid or (OF not in words and _SHARED.match(text, found.end) is not None)
    return None if incomplete or unsaid or found.end - found.start < SHORTEST else found


def phrase_before(text: str, floor: int, place: int) -> NounPhrase | None:
    """The noun phrase that ends at a place, not reaching before `floor`; None where there is none.

    >>> text = "This may cause loss of appetite and nausea"
    >>> found = phrase_before(text, 0, text.index(" and"))
    >>> text[found.start : found.end]
    'loss of appetite'
    """
    floor = max(floor, place - FARTHEST)
    start = place
    for token in reversed(list(_TOKEN.finditer(text, floor, place))):
        folded = token.group().casefold()
        if folded in VERBS and folded in PARTICIPLES:
            return None  # it may belong to the phrase, or be what is said: 'delayed rim', 'increased pain'
        if folded in FUNCTION_WORDS or folded in VERBS or _WORD.fullmatch(token.group()) is None:
            break
        if folded in VERBAL_NOUNS and start < place:
            break
        start = token.start()
    found = phrase_behind(text, start, place)
    return found if found is not None and not text[found.end : place].strip() else None


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and len(word) > len("early") and not is_noun(word)


def _is_name(words: Sequence[str]) -> bool:
    """Whether some words name a thing: 'cystic changes', 'loss of appetite', and neither 'changes' nor 'loss of'."""
    if OF not in words:
        return _is_plain(words) and not _is_wide(words)
    of = words.index(OF)
    return _is_plain(words[:of]) and _is_name(words[of + 1 :]) and OF not in words[of + 1 :]


def _is_plain(words: Sequence[str]) -> bool:
    """Whether some words end in a noun that is not empty, with nothing before it that looks like a verb."""
    if not words or not is_noun(words[-1]) or words[-1].casefold() in EMPTY:
        return False
    before = [word.casefold() for word in words[:-1]]
    return not (
        any(map(is_plural, words[:-1]))
        or VERBAL_NOUNS.intersection(before)
        or any(map(_is_participle, before))
        or any(word.endswith("ing") and word not in PARTICIPLES and "-" not in word for word in before[:1])
    )


def _is_wide(words: Sequence[str]) -> bool:
    return words[-1].casefold() in WIDE and NO_HELP.issuperset(word.casefold() for word in words[:-1])


def _is_participle(word: str) -> bool:
    """'reported' before a noun; 'dilated' and 'contrast-enhanced' stand there as adjectives do."""
    return word.endswith("ed") and word not in PARTICIPLES and "-" not in word
