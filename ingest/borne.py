"""This module tells what bears a number where the words at it say so: who had it, what brought it, what it tells."""

from __future__ import annotations

import re
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.had import CHUNK, OF_THOSE_WITH
from ingest.mentions import Mention, of_type
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import GENERIC
from ingest.side_effects import harmful
from ingest.treatments import is_ruled_out

SUFFERED: Final = ("disease", "syndrome")
"""Types of what patients have."""

BROUGHT: Final = frozenset({"clinical-feature", "syndrome", "outcome", "disease"})
"""Types of what a treatment brings, for good or ill."""

_BRINGS: Final = one_of(
    *(r"achiev\w+", r"yield\w*", r"produc\w+", r"provid\w+", r"prolong\w*", r"improv\w+", r"reduc\w+", r"decreas\w+"),
    *(r"control\w*", r"reliev\w+", r"alleviat\w+", r"ameliorat\w+", r"abolish\w*", r"suppress\w*", r"normali[sz]\w+"),
    *(
        r"induc\w+",
        r"caus\w+",
        r"led to",
        r"leads? to",
        r"result(?:s|ed)? in",
        r"g[ai]ves?",
        r"offer\w*",
        r"stabili[sz]\w+",
    ),
    *("(?:is|was|are|were) (?:associated with|followed by)", r"carr(?:y|ies|ied)", r"provok\w+", r"resolv\w+"),
)
BRINGS: Final = screened(
    r"(?:\s*\([^()]*\))?(?:\s+(?:\w+ly|also|alone|can|may|has|have|been|therapy|treatment))*\s+"
    rf"{_BRINGS}\b"
    r"[^.;:]*$",
    re.IGNORECASE,
)
"""' can control ' between a treatment and a number: what it brings."""

BROUGHT_BY: Final = screened(
    r"\b(?:control|reliev|alleviat|ameliorat|improv|reduc|abolish|suppress|normali[sz]|induc|caus|provok|achiev|obtain)\w*"
    r"\s+(?:by|with|after|under|during)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""'controlled by ' before a treatment."""

FOR_WHAT: Final = screened(
    r"[\s)]*(?:\([^()]*\)\s*)?(?:for|in)\s+(?:(?:the\s+)?(?:diagnosis|detection|identification|diagnosing|detecting"
    r"|identifying|presence)\s*(?:of\s+)?)?(?:the\s+)?$",
    re.IGNORECASE,
)
"""' for the diagnosis of ' between an accuracy and what is told by it."""


def told_bearer(slot: Slot, attribute: Candidate) -> Candidate | None:
    """What the words at a number say that it is of; None where they leave it open."""
    mention = _told_by(slot) or _brought(slot, attribute) or _of_whom(slot, attribute)
    if mention is None:
        return harmful(slot, attribute)
    return slot.candidate(mention.key, "mention", {"certain": 1.0}, mention)


def _told_by(slot: Slot) -> Mention | None:
    """'A specificity of 90% for carcinoid syndrome': the syndrome or disease that a test tells."""
    if slot.group != "accuracy":
        return None
    text, last = slot.sentence.text, slot.anchor.last
    behind = [m for m in of_type(slot.sentence.mentions, *SUFFERED) if m.start >= last]
    return next((m for m in behind[:1] if FOR_WHAT.match(text, last, m.start)), None)


def _brought(slot: Slot, attribute: Candidate) -> Mention | None:
    """'Octreotide controls flushing in 70%', 'flushing was controlled by octreotide in 70%': the treatment."""
    if attribute.type not in BROUGHT:
        return None
    sentence, first = slot.sentence, slot.anchor.first
    text, what = sentence.text, attribute.mention
    treatments = [m for m in of_type(sentence.mentions, "therapy") if m.end <= first and not is_ruled_out(sentence, m)]
    for one in reversed(treatments):
        if BROUGHT_BY.search(text, sentence.start, one.start):
            return one
        if BRINGS.match(text, one.end, first) and (what is None or what.start > one.end):
            return one
    return None


def _of_whom(slot: Slot, attribute: Candidate) -> Mention | None:
    """'In 20% of patients with carcinoid syndrome': those who are counted."""
    text, sentence = slot.sentence.text, slot.sentence
    match = OF_THOSE_WITH.match(text, slot.anchor.last, sentence.end)
    if match is None or slot.group != "share":
        return None
    chunk = CHUNK.match(text, match.end(), sentence.end)
    end = chunk.end() if chunk is not None else match.end()
    whom = [m for m in of_type(sentence.mentions, *SUFFERED) if match.end() <= m.start < end and m.key not in GENERIC]
    return next((m for m in whom if m.key != attribute.entity.key), None)
