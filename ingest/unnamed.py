"""This module reads what a turn of phrase joins and the vocabulary has no concept for: an object in the paper's own
words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.frames import Frame
from ingest.mentions import Mention, of_type
from ingest.pairs import blanked
from ingest.phrases import one_of, phrase
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence
from ingest.subjects import ITSELF, only_of_it
from ingest.word_classes import VERBAL_NOUNS, is_noun
from ingest.word_items import beside, listed

NAMED_ALWAYS: Final = frozenset({"has_primary_site", "metastasizes_to", "has_prognosis", "has_epidemiology"})
"""Predicates whose objects are few and well known: words for another one are something else."""

ANYTHING: Final = phrase("produces?", "prevent\\w*", "suppress\\w*", "reports?", "experiences?", "manifests? in")
"""Cues of rows behind which words alone may be anything: 'VIPoma produces' symptoms and hormones."""

ADJECTIVAL: Final = screened(r"\b(?:the|an?|with|and|or|\w+ly)\s+$", re.IGNORECASE)
"""'the significantly ', 'hydration and ' before 'reduced': no verb."""

_ABLE: Final = "shown found able known reported seem seems appears used given indicated effective useful employed"
_SO: Final = "".join(rf"(?<!\b{word} )" for word in _ABLE.split())
AIM: Final = screened(rf"{_SO}\bto (?:\w+ly )?$", re.IGNORECASE)
"""'underwent surgery to': what a thing is for is not what it does."""

_WHEN: Final = one_of(
    *("after", "before", "during", "following", "in", "for", "to", "on", "by", "from", "which", "whether", "what")
)
HANGS: Final = screened(rf"\b{_WHEN}\s+(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
"""'after a second surgery', 'in HCC': what only tells when and where is not what a sentence speaks of."""

ANY_DRUG: Final = frozenset({"medication", "medications", "drug", "drugs", "intervention", "interventions"})
"""Names of a therapy that say nothing of it."""

IMAGING: Final = "imaging"
"""The one name of a test that looks like a verb."""

BRACKET: Final = screened(r"\([^()]*\)")
WORDS: Final = screened(r"[^\W\d_][\w-]*")
LIKE_IT: Final = frozenset({"tumors", "tumours", "tumor", "tumour", "cells", "lesions", "therapy", "treatment"})
"""Nouns behind a name that are it again: 'NET cells', 'octreotide therapy'."""


def unnamed_behind(
    sentence: Sentence, frame: Frame, cue: re.Match[str], limit: int, named: Sequence[Mention]
) -> list[Mention]:
    """What else stands in the list right behind a cue, with the things named there or, as the row allows, alone: what
    has no concept, and things of the row's types.
    """
    kind = named[0].type if named else "" if ANYTHING.search(cue.group()) else frame.words
    if not kind or not frame.words or frame.predicate in NAMED_ALWAYS:
        return []
    items = listed(sentence, cue.end(), limit, kind)
    if named and named[0] not in items:
        return []
    fitting = (m for m in items if not m.keys or (m.type in frame.right and m.key not in GENERIC))
    return [m for m in fitting if m not in named]


def unnamed_before(sentence: Sentence, frame: Frame, named: Sequence[Mention]) -> list[Mention]:
    """What else stands in the list that goes before a cue; its nearest item comes first."""
    if not frame.words or not named:
        return []
    items = beside(sentence, named[0], sentence.start, named[0].end)
    return [m for m in items if m not in named and m.key not in GENERIC]


def speaks_of(sentence: Sentence, mentions: Sequence[Mention], cue: re.Match[str]) -> bool:
    """Whether a cue speaks of nothing but the list before it: no other noun stands between, the list hangs on none
    ('the costs of octreotide'), and no article makes an adjective of the cue ('the reduced').
    """
    scanned = of_type(sentence.mentions, "modality", "phase")
    between = blanked(sentence.text, scanned)[mentions[0].end : cue.start()]
    if ADJECTIVAL.search(between) is not None and cue.group().endswith("ed"):
        return False
    last = mentions[0].text.split()[-1]
    if not (is_noun(last) or last.casefold() == IMAGING) or AIM.search(sentence.text, sentence.start, cue.start()):
        return False
    if any(one.text.split()[-1].casefold() in ANY_DRUG for one in mentions):
        return False
    hangs = any(HANGS.search(sentence.text, sentence.start, one.start) for one in mentions)
    if hangs or any(only_of_it(sentence, one, cue.start()) for one in mentions):
        return False
    return all(map(_goes_on, WORDS.findall(BRACKET.sub(" ", between).casefold())))


def _goes_on(word: str) -> bool:
    """Whether a word between a name and what is said of it leaves it at that: 'is often', 'patients'."""
    return ITSELF.match(word) is not None or word in LIKE_IT or not (is_noun(word) or word[:-1] in VERBAL_NOUNS)
