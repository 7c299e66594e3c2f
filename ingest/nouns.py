"""This module makes candidates of the words that are the subject or the object at a number, concepts or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.candidates import Candidate, Slot, words_candidate
from ingest.mentions import Mention, of_type
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import GENERIC

Named = tuple[Candidate, Mention]
"""A candidate with the place where the sentence names it."""

NAME: Final = screened(r"[A-Za-z][A-Za-z'’-]*(?:[ /][A-Za-z'’-]+){0,7}\Z")
"""A name of up to eight words."""

_GENERAL: Final = one_of(
    *("it", "they", "this", "these", "those", "that", "which", "who", "there", "ones?", "all", "none", "some", "most"),
    *("each", "others?", "the latter", "patients?", "cases?", "tumou?rs?", "lesions?", "mass(?:es)?", "nodules?"),
    *("findings?", "features?", "signs?", "symptoms?", "changes?", "results?", r"abnormalit\w+", "diseases?"),
    *("differences?", "diagnos[ie]s", "values?", "conditions?", "data", "problems?", "evidence", "history"),
)
_NO_NOUN: Final = one_of(
    *("no", "not", "neither", "never", "without", r"lack\w*", "been", "to", "only", "within", "in", "on", "at", "with"),
    *("after", "by", "for", "from", "as", "of", r"\w+(?:ed|en)"),
)
NO_NAME: Final = screened(rf"(?:{_GENERAL})\Z|.*\d|{_NO_NOUN}\b", re.IGNORECASE)
"""Words that say of nothing in particular."""

QUALIFIED: Final = screened(r"(?:(?!\w+ing\b|been\b)[A-Za-z-]+\s+){0,4}\Z")
"""'mild or ' before what so many had; 'undergone imaging showing ' is more than that."""


def own_name(label: str) -> Candidate:
    """What so many had, in the paper's own words."""
    return replace(words_candidate(label, {"certain": 1.0}), type="clinical-feature")


def own_names(slot: Slot, start: int, end: int) -> list[Candidate]:
    """The words of a stretch, where they are a name of something that the vocabulary does not have."""
    label = slot.sentence.text[start:end].strip()
    return [own_name(label)] if NAME.match(label) and not NO_NAME.match(label) else []


def names_a_concept(slot: Slot, start: int, end: int) -> bool:
    """Whether a stretch names a concept, so that its words are no name of their own; 'duodenal' before a noun is part
    of one.
    """
    inside = [m for m in slot.sentence.mentions if start <= m.start and m.end <= end]
    return any(m.type != "site" or m.end == end for m in inside)


def disease_within(slot: Slot, start: int, end: int) -> list[Candidate]:
    """The disease that a stretch names, where the paper does not study it."""
    text, paper = slot.sentence.text, slot.paper
    for mention in of_type(slot.sentence.mentions, "disease"):
        named = start <= mention.start < end and QUALIFIED.match(text, start, mention.start) is not None
        if named and paper.group_of(mention.key) is None and mention.key not in GENERIC:
            return [slot.candidate(mention.key, "mention", {"certain": 1.0}, mention)]
    return []


def within_stretch(found: Sequence[Named], start: int, end: int) -> list[Named]:
    """The candidates that are named in a stretch."""
    return [(c, m) for c, m in found if start <= m.start < end]
