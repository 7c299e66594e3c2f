"""This module tells what a sentence says of something else than a pair that it names: of its own subject, of one of
two, of a part, of what factors foretell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.mentions import of_type
from ingest.pairs import Pair, is_another_subject, is_named_a_tumor
from ingest.phrases import one_of, phrase
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence
from ingest.unnamed_bearers import in_passing

FOUND_IN: Final = frozenset({"has_marker", "has_clinical_feature", "has_epidemiology", "has_sign"})

FACTORS: Final = screened(
    r"\b(?:are|were|is|was|remain(?:s|ed)?) (?:[\w-]+ ){0,3}(?:factors?|predictors?|determinants?)\b", re.IGNORECASE
)

PART: Final = screened(r"[ -](?:halo|rim|ring|capsule|pseudocapsule|septa|septations?|scar|walls?|borders?)\b")

EXPLAINED: Final = screened(
    r"\b(?:account(?:s|ed)? for|explain(?:s|ed)?|responsible for|reasons? for|causes? of|lead to|led to)"
    r" (?:this|these|that|those|such(?: an?)?) (?:[\w-]+ )?(?:differen|discrepan|inconsisten|disagree)\w+",
    re.IGNORECASE,
)

_OTHERS: Final = one_of("observations?", "stud(?:y|ies)", "reports?", "research", "investigations?", "literature")
_SAID: Final = one_of("indicated", "shown", "reported", "demonstrated", "suggested", "found", "described", "revealed")
OTHERS_SAID: Final = screened(
    rf"\W*(?:Previous|Prior|Earlier|Past) (?:[\w-]+ ){{0,2}}?{_OTHERS} (?:(?:have|has|had) )?(?:\w+ly )?{_SAID} that\b",
    re.IGNORECASE,
)
_PART: Final = one_of(
    "cent(?:er|re)", "core", "margin", "periphery", "wall", "edge", "cells?", "tissue", "bed", "surface"
)
THESE: Final = phrase(
    "(?:the|this|these|those|such) (?:[\\w-]+ ){0,2}?"
    rf"(?:tumou?rs?|lesions?|neoplasms?|mass(?:es)?|nodules?|disease|patients|cases)(?! {_PART}\b)"
)
"""'These tumors': the ones that a paper speaks of; 'the tumor center' is of any."""

RELATIVE: Final = screened(r",? (?:which|that|who)\b(?:(?!\b(?:and|but)\b)[^,;:])*", re.IGNORECASE)

LATTER: Final = phrase("the (?:latter|former)")


def _of_another_subject(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Rectal tumors are rare': what a sentence speaks of is not said of what the one before did, and of a tumor that
    is not named none is said to go with it.
    """
    if pair.bearer.mention is not None:
        return False
    tumor = pair.attribute.type == "disease" and is_named_a_tumor(pair.attribute) and predicate == "associated_with"
    return tumor or is_another_subject(sentence, pair.attribute)


def _of_a_part(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'A hypoechoic halo': how a part of a lesion looks, and not the lesion."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "sign":
        return False
    return PART.match(sentence.text, mention.end, sentence.end) is not None


def _foretells(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Older age, elevated alkaline phosphatase and bone metastases are adverse factors': none is said of another."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or predicate not in FOUND_IN:
        return False
    cue = FACTORS.search(sentence.text, mention.end, sentence.clause(mention.start, mention.end)[1])
    return cue is not None and not (holder is not None and cue.end() <= holder.start)


def _of_one_of_two(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Fat would point to the latter': said of what that stands for, and of nothing else that the sentence names."""
    mention = pair.attribute.mention
    if mention is None or LATTER.search(sentence.words) is None:
        return False
    found = LATTER.search(sentence.text, *sentence.clause(mention.start, mention.end))
    ends = [m for m in (mention, pair.bearer.mention) if m is not None]
    return found is not None and not any(m.overlaps(*found.span()) for m in ends)


def _explains(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Stronger invasion of adenocarcinomas can account for this difference': nothing of what the sentence before was
    about.
    """
    return pair.bearer.mention is None and EXPLAINED.search(sentence.words) is not None


def _in_general(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Previous studies have indicated that necrosis often arises within rapidly growing tumors': of tumors in general,
    and not of the one of the title.
    """
    if pair.bearer.mention is not None or not pair.bearer.origin.startswith("title"):
        return False
    return OTHERS_SAID.match(sentence.words) is not None and THESE.search(sentence.words) is None


def _of_a_relative_clause(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Breast cancers which were receptor positive': of those, and of no disease that the sentence does not name."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or predicate not in FOUND_IN:
        return False
    named = (m for m in of_type(sentence.mentions, "disease") if m.end <= mention.start and m.key not in GENERIC)
    return any(RELATIVE.fullmatch(sentence.text, m.end, mention.start) is not None for m in named if not m.stands_in)


OF_OTHERS: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _of_another_subject,
    _of_one_of_two,
    _of_a_part,
    _foretells,
    in_passing,
    _explains,
    _in_general,
    _of_a_relative_clause,
)
"""What each tells of a sentence that names a pair and speaks of something else."""
