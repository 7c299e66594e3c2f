"""This module gives a tumor its full name where the vocabulary has only the noun: adenoid cystic carcinoma is another
disease than carcinoma.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ingest.candidates import Candidate
from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.screening import screened
from ingest.sentences import Sentence
from ingest.unknown_subjects import NAMING, PLAIN
from kg.model import Entity

WIDE: Final = frozenset({"carcinoma", "adenocarcinoma", "sarcoma", "malignant-neoplasm"})
"""Kinds of tumors of which there are many that the vocabulary does not have."""

BEFORE: Final = screened(r"(?:\b[^\W\d_][\w-]{3,}\s+){1,2}$")
"""One or two words right before the noun."""

OF_AN_ORGAN: Final = screened(r"(?:eal|nasal|ethral|aginal|ulvar|enile)$")
"""How words end that name an organ."""

NO_NAME: Final = PLAIN | {
    *("infectious", "dangerous", "obvious", "cancerous", "cutaneous", "spontaneous", "simultaneous", "advantageous"),
    *("ideal", "temporary", "preliminary", "extraordinary", "contemporary", "binary", "ordinary", "voluntary"),
}


def in_full(sentence: Sentence, pair: Pair) -> Pair:
    """A pair, its tumors by the names that the sentence calls them."""
    return replace(pair, bearer=_named(sentence, pair.bearer), attribute=_named(sentence, pair.attribute))


def _named(sentence: Sentence, one: Candidate) -> Candidate:
    if one.mention is None or one.mention.stands_in or one.entity.key not in WIDE:
        return one
    start = name_start(sentence, one.mention)
    label = " ".join(sentence.text[start : one.mention.end].split())
    return replace(one, entity=Entity(label=label)) if start < one.mention.start else one


def name_start(sentence: Sentence, mention: Mention) -> int:
    """Where the name of a tumor begins, with the words before its noun that tell which it is."""
    before = BEFORE.search(sentence.text, sentence.start, mention.start)
    place = before.start() if before is not None else mention.start
    known = [m for m in sentence.mentions if m.overlaps(place, mention.start)]
    for word in sentence.text[place : mention.start].split():
        start = sentence.text.index(word, place)
        place = start + len(word)
        plain = word.casefold()
        names = NAMING.search(plain) is not None or OF_AN_ORGAN.search(plain) is not None
        if names and plain not in NO_NAME and not any(m.overlaps(start, place) for m in known):
            return start
    return mention.start


def is_in_a_name(sentence: Sentence, sign: Mention) -> bool:
    """Whether a sign is only a word of such a name: 'cystic' in 'adenoid cystic carcinoma'."""
    wide = (m for m in sentence.mentions if m.key in WIDE and m.start >= sign.end)
    return any(name_start(sentence, m) < sign.start for m in wide)
