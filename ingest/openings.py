"""This module tells what a sentence that begins with its subject names there."""

from __future__ import annotations

import re
from itertools import pairwise, zip_longest
from typing import Final

from ingest.anaphora import OPENER
from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import Sentence

_STOP: Final = one_of(
    *("is", "are", "was", "were", "be", "been", "has", "have", "had", "can", "may", "might", "will", "should", "must"),
    *("of", "in", "for", "with", "by", "to", "from", "on", "at", "after", "before", "between", "than", "as", "that"),
    *("which", "who", "whose", "when", "where", "about", "into", "over", "under", "through", "via", "or", "and", "not"),
)
_AHEAD: Final = one_of(
    *("in", "for", "at", "on", "with", "within", "among", "according to", "despite", "due to", "because of", "after"),
    *("before", "during", "since", "as", "to", "by", "from", "however", "moreover", "furthermore", "in addition"),
    *("therefore", "thus", "although", "while", "because", "nevertheless", "usually", "currently", "recently", "today"),
)
_MOST: Final = rf"(?:almost |nearly )?{one_of('most', 'many', 'all', 'some')} (?:of )?"
_OPENING: Final = rf"{_AHEAD}\b(?:[^,;]{{0,80}},\s*|[^,;]{{0,60}}?\s(?=(?:the|these)\b))"
LEAD: Final = screened(
    rf"(?:{OPENER.pattern})(?:{_OPENING})?(?:{_MOST})?(?:patients with |(?:the )?(?:use|role) of )?"
    rf"(?:(?!{_STOP}\b)[\w%-]+\s+){{0,4}}",
    re.IGNORECASE,
)
"""What may stand before the subject of a sentence: 'In general, most small '."""

ITEM: Final = screened(r"\s*(?:\([^()]*\)\s*)?(?:,|/|and\b|or\b|,\s*and\b)\s*(?:\w+\s+)?", re.IGNORECASE)
BARE: Final = frozenset({"tumor-marker", "treatment", "medical-imaging"})
PARTS_OF_NAMES: Final = frozenset({"site", "classification", "sign"})
"""What may be the first part of the name of a tumor: 'foregut tumors', 'large tumors'."""

IS: Final = screened(r"[^,;.]*\b(?:is|are|remains?|was|were)\s+(?:still\s+)?(?:the |an? )?", re.IGNORECASE)
"""' of choice is ': between a general name and what it is."""


def opening_subject(sentence: Sentence) -> Mention | None:
    """What a sentence names as its subject, None where it names something else first; of 'the marker of choice is
    chromogranin A' that is chromogranin A.
    """
    for mention, following in zip_longest(sentence.mentions, sentence.mentions[1:]):
        if LEAD.fullmatch(sentence.text, sentence.start, mention.start):
            named = following is not None and following.start == mention.end + 1 and mention.type in PARTS_OF_NAMES
            subject = following if named and following.type == "disease" else mention
            return _said_to_be(sentence, subject) if subject.key in BARE else subject
    return None


def _said_to_be(sentence: Sentence, general: Mention) -> Mention:
    """What a general name is said to be by the words behind it, else itself."""
    behind = (m for m in sentence.mentions if m.type == general.type and m.start >= general.end)
    return next((m for m in behind if IS.fullmatch(sentence.text, general.end, m.start)), general)


def is_subject(sentence: Sentence, mention: Mention) -> bool:
    """Whether a mention is the subject of its sentence, or stands in one list with it."""
    subject = opening_subject(sentence)
    if subject is None or subject.type != mention.type or mention.start < subject.start:
        return subject == mention
    between = [m for m in sentence.mentions if m.type == subject.type and subject.start <= m.start <= mention.start]
    return all(ITEM.fullmatch(sentence.text, a.end, b.start) for a, b in pairwise(between))
