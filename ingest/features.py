"""This module describes how a mention stands to a number or a claim, as features that a ranker weighs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ingest.lists import Anchor, alignment
from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import Sentence

Features = dict[str, float]

_BUCKETS: Final = (0, 2, 5, 10, 20)
_BUCKET_NAMES: Final = ("0", "1-2", "3-5", "6-10", "11-20", "21+")

KIND_GROUPS: Final = {
    "p_value": "test",
    "test_statistic": "test",
    "odds_ratio": "test",
    "correlation": "test",
    "auc": "accuracy",
    "sensitivity": "accuracy",
    "specificity": "accuracy",
    "predictive": "accuracy",
    "kappa": "agreement",
    "icc": "agreement",
    "proportion": "share",
    "percent": "share",
    "percent_range": "share",
    "count": "count",
    "survival_rate": "outcome",
    "mortality_rate": "outcome",
    "incidence_rate": "outcome",
    "mean_sd": "measure",
    "median": "measure",
    "median_iqr": "measure",
    "range": "measure",
    "value": "measure",
    "size": "measure",
    "duration": "measure",
    "ratio": "measure",
    "threshold": "threshold",
    "claim": "claim",
}

COUNTED_GROUPS: Final = frozenset({"share", "count"})
"""Groups of numbers that say in how many something was."""

SEEN_IN: Final = screened(
    r"\b(?:observed|seen|found|noted|detected|identified|present|reported|visible|elevated|increased|involved|elevation)\b"
    r"[^,;.]*?\b(?:in|among|for|by)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
SHOWED: Final = screened(
    r"\W*(?:\w+\s+){0,4}?(?:had|showed|demonstrated|exhibited|presented|displayed|developed|revealed|underwent|with|having|were|was|"
    r"indicated|suggested)\b[^;]{0,60}$",
    re.IGNORECASE,
)
"""'washout was observed in three cases', 'three cases exhibited washout': how a count and a finding are joined."""

_LINK: Final = screened(
    r"\s*(?:\w+\s+)?(of|in|for|with|was|were|is|had|from|by|to|demonstrated|showed)\s+(?:\w+\s+){0,2}"
)
LEAD_REACH: Final = 30
"""How many characters before a number tell how it is joined to what stands before."""

_LEAD: Final = screened(
    r"(?:^|[\s(])(in|of|for|with|was|were|is|are|had|by|to|than|among|\(|[=:,])"
    r"\s*(?:only |about |approximately |up to |the )*$",
    re.IGNORECASE,
)
_COUNTED_NOUN: Final = r"(?:(?:\w+ )?(?:patients?|cases?|participants?|lesions?|tumou?rs?|masses|nodules)\b)?[\s)]*"
_SHOWS: Final = one_of(
    *("had", "with", r"show\w*", r"demonstrat\w+", r"exhibit\w*", r"present\w*", r"display\w*", r"develop\w*"),
    *(r"reveal\w*", "underwent", "having"),
)
_FOLLOW: Final = screened(
    rf"[\s)]*(?:of (?:the|all|these|our) )?{_COUNTED_NOUN}"
    rf"(?:(?P<shows>{_SHOWS})\b|(?P<be>was|were|is|are)\b|(?P<of>of|from)\b|(?P<at>in|for|at|by|on)\b"
    r"|(?P<and>and|or|,|;)|(?P<stop>[.)]))",
    re.IGNORECASE,
)
"""How a count goes on: '12 of the cases showed', '12 (60%) of'."""

_BREAK: Final = screened(r"[;:]|\b(?:while|whereas|but)\b")


def place_features(sentence: Sentence, anchor: Anchor, mention: Mention, role: str) -> Features:
    """How a mention stands to a number's list, or to what a claim is about, in the same sentence.

    `role` is the mention's type, which some features are told apart by.
    """
    before = mention.end <= anchor.first
    left, right = (mention.end, anchor.first) if before else (anchor.last, mention.start)
    between = sentence.text[left:right] if left < right else ""
    side = "before" if before else "after"
    words = _BUCKET_NAMES[bisect_left(_BUCKETS, len(between.split()))]
    numbers = sum(left <= n.start and n.end <= right for n in sentence.numbers)
    features = {
        f"{side}|words={words}": 1.0,
        f"{side}|numbers={min(numbers, 3)}": 1.0,
        f"{side}|commas={min(between.count(','), 3)}": 1.0,
    }
    if before and anchor.opens and len(between.split()) <= 2:
        features[f"bracket|{role}"] = 1.0
    if anchor.bracket is not None and mention.end <= anchor.bracket and _next_to(sentence, mention, anchor.bracket):
        features[f"before-its-bracket|{role}"] = 1.0
    if _BREAK.search(between):
        features["clause-break"] = 1.0
    if before and SEEN_IN.search(between):
        features[f"seen-in|{role}"] = 1.0
    if not before and not numbers and SHOWED.match(between):
        features[f"showed|{role}"] = 1.0
    link = _LINK.fullmatch(between)
    if link:
        features[f"{side}|link={link.group(1)}"] = 1.0
    if within(sentence.compared, mention):
        features["compared"] = 1.0
    return features


def joint_features(sentence: Sentence, anchor: Anchor, mention: Mention) -> Features:
    """How the words on either side of a number's list join it to a finding: 'in 12 of 20', '12 of 20 showed'."""
    before = mention.end <= anchor.first
    left, right = (mention.end, anchor.first) if before else (anchor.last, mention.start)
    numbers = min(2, sum(left <= n.start and n.end <= right for n in sentence.numbers))
    lead, follow = _joints(sentence, anchor.first, anchor.last)
    place = f"{'before' if before else 'after'}|numbers={numbers}"
    return {f"lead={lead}|{place}": 1.0, f"follow={follow}|{place}": 1.0}


@lru_cache(maxsize=8)  # each candidate of a number asks
def _joints(sentence: Sentence, first: int, last: int) -> tuple[str, str]:
    """The word that leads to a list of numbers, and how the words behind it go on past the noun that is counted."""
    lead = _LEAD.search(sentence.text, max(sentence.start, first - LEAD_REACH), first)
    follow = _FOLLOW.match(sentence.text, last, sentence.end)
    return (
        lead.group(1).casefold() if lead is not None else "other",
        (follow.lastgroup if follow is not None else None) or "other",
    )


def _next_to(sentence: Sentence, mention: Mention, place: int) -> bool:
    """Whether at most one word stands between a mention and a place behind it."""
    return len(sentence.text[mention.end : place].split()) <= 1


def within(stretches: Sequence[tuple[int, int]], mention: Mention) -> bool:
    """Whether a mention begins in one of some stretches."""
    return any(a <= mention.start < b for a, b in stretches)


def rank_features(sentence: Sentence, mentions: Sequence[Mention], mention: Mention, anchor: Anchor) -> Features:
    """Where a mention stands among those of its kind: nearest, first, alone, or in the same place of a list."""
    features: Features = {}
    before = [m for m in mentions if m.end <= anchor.first]
    after = [m for m in mentions if m.start >= anchor.last]
    if before and before[-1] is mention:
        features["nearest-before"] = 1.0
    if after and after[0] is mention:
        features["nearest-after"] = 1.0
    if mentions and mentions[0] is mention:
        features["first"] = 1.0
    if len({m.key for m in mentions}) == 1:
        features["only"] = 1.0
    fit = alignment(sentence, anchor, mentions, mention)
    if fit is not None:
        features[fit + ("|arms" if anchor.arms else "")] = 1.0
    return features
