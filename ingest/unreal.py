"""This module finds the stretches of a sentence that say what would be, was looked for or was left out, and of which
nothing is said to be so.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.phrases import one_of
from ingest.screening import Pattern, Rows, screened
from ingest.sentences import Sentence

_ASK: Final = one_of(
    *("evaluate", "assess", "elucidate", "investigate", "explore", "examine", "clarify", "determine", "study", "test"),
    *("verify", "compare", "rule out", "exclude"),
)
_RESEARCH: Final = one_of("stud(?:y|ies)", "trials?", "research", "investigations?", "experiments?")

UNTIL: Final = screened(r"\buntil (?:(?!\b(?:when|then)\b)[^.;,])*", re.IGNORECASE)
"""'Was repeated until no tumor was seen at MRI': what would end it."""

KEPT_FROM: Final = screened(
    r"\b(?:exclud|preclud|prevent|prohibit|disqualif|bar)(?:e|ed|ing|es|s|y|ied|ying|red|ring)?"
    r" (?:(?:[\w-]+ ){0,4}from\b|(?:any|all|further|repeated|potentially|subsequent)\b)[^.;]*",
    re.IGNORECASE,
)
"""'Excluding them from curative treatments': what is not done."""

LEFT_OUT: Final = screened(
    r"(?<!not )\bexcluded (?:from [^.;:,]{3,40} )?"
    r"(?:due to|because of|owing to|on account of|for (?:the )?following reasons?)\b.*",
    re.IGNORECASE | re.DOTALL,
)
"""'Were excluded due to poor liver function': why somebody is not among those that a paper tells of."""

SOUGHT: Final = screened(
    rf"\b(?:in order|so as|need(?:ed)? for (?:[\w-]+ ){{0,5}}{_RESEARCH}|{_RESEARCH}(?: \([^()]*\))?) to"
    rf" (?:\w+ly )?{_ASK}\b[^.;]*"
    rf"|\bneed for (?:[\w-]+ ){{0,5}}{_RESEARCH}\b[^.;]*",
    re.IGNORECASE,
)
"""'In order to evaluate the success', 'the need for trials to elucidate …': what nobody has seen yet."""

_DOES: Final = one_of("is", "are", "was", "were", "had", "has", "have", "did", r"remain\w*", r"show\w*", "[a-z]+ed")
ALLOWED_FOR: Final = screened(
    r"\b(?:adjust(?:ing|ed|ment)|controll(?:ed|ing)|correct(?:ed|ing|ion)) for\b"
    rf"(?:[^.;]|\.\d)*?(?=,(?! and )[^,.;]*\b{_DOES}\b|[.;](?!\d)|$)",
    re.IGNORECASE,
)
"""'After adjusting for age and stage': what a number is not of."""

_NOT_SO: Final = Rows(((pattern,), pattern) for pattern in (UNTIL, KEPT_FROM, LEFT_OUT, SOUGHT, ALLOWED_FOR))

Stretches = tuple[tuple[Pattern, int, int], ...]


@lru_cache(maxsize=8)  # each pair of a sentence asks
def unreal(sentence: Sentence) -> Stretches:
    """The stretches [start, end) of a sentence that say nothing of what is so, each with the pattern that tells it."""
    patterns = _NOT_SO.that_may_match(sentence.words)
    found = (
        (pattern, match)
        for pattern in patterns
        for match in pattern.finditer(sentence.text, sentence.start, sentence.end)
    )
    return tuple((pattern, *match.span()) for pattern, match in found)


def is_unreal(sentence: Sentence, place: int, *patterns: Pattern) -> bool:
    """Whether a place is in such a stretch, told by any pattern or by one of some."""
    stretches = unreal(sentence)
    return any(start <= place < end and (not patterns or pattern in patterns) for pattern, start, end in stretches)
