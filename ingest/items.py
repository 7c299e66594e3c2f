"""This module tells a finding that only stands in one list with a disease from one that is said of it."""

from __future__ import annotations

import re
from typing import Final

from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.screening import screened
from ingest.sentences import Sentence

LISTED_TYPES: Final = frozenset({"sign", "clinical-feature", "site", "outcome", "disease"})

LISTED: Final = screened(r"(?:[\s,/]|\band\b|\bor\b|\bas well as\b|\bthe\b|\bother\b)*", re.IGNORECASE)
"""What may stand between two items of one list."""

KIND: Final = screened(r"(?<=\band )[a-z]+ $")
"""'focal ' of 'adenoma, hemangioma and focal ' before 'fat'."""

IN_WHICH: Final = screened(r"\s*,\s*(?!and\b|or\b)", re.IGNORECASE)
IN_IT: Final = screened(r"\W*(?:\w+ )?(?:in|among|with|for|on)\b", re.IGNORECASE)
"""'In adenoma and cholangiocarcinoma, washout is rare': the comma before the finding ends the list."""


def in_one_list(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Vascular invasion, nodal and liver metastases': items of one list are not said of each other."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None or pair.attribute.type not in LISTED_TYPES:
        return False
    left, right = min(mention.end, holder.end), max(mention.start, holder.start)
    between = sentence.text[left:right]
    inside = [other for other in sentence.mentions if left <= other.start and other.end <= right]
    if mention.type != holder.type and _opens(sentence, holder, inside):
        return False
    for other in inside:
        between = between.replace(other.text, " ")
    if mention.type != holder.type and holder.start < mention.start:
        between = KIND.sub(" ", between)
    return bool(re.search(r"\band\b|\bor\b|/", between)) and LISTED.fullmatch(between) is not None


def _opens(sentence: Sentence, holder: Mention, behind: list[Mention]) -> bool:
    """Whether a list that a mention is of opens a sentence, and a comma ends it: 'In HCC and adenoma, fat and'."""
    alike = [m for m in behind if m.type == holder.type]
    last = alike[-1] if alike else holder
    clause = sentence.clause(holder.start, holder.end)[0]
    return IN_IT.match(sentence.text, clause) is not None and IN_WHICH.match(sentence.text, last.end) is not None
