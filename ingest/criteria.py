"""This module reads who might take part in a study: the criteria of inclusion and exclusion that a paper lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from typing import Final

from ingest.candidates import Candidate, entity_of, role_of, words_candidate
from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.phrases import one_of
from ingest.predicates import Rule
from ingest.screening import screened
from ingest.sentences import Paper, Sentence

CONFIDENCE: Final = 0.6
RULE: Final = Rule(predicate="cohort")

_SIDE: Final = (
    r"\W*(?:(?:the|our|main|major|further|other|additional|key)\s+)*(?P<side>inclusion|exclusion) criteri(?:a|on)"
)
HEAD: Final = screened(rf"{_SIDE}\W*", re.IGNORECASE)
"""'Exclusion criteria:' as a line of its own, above those that it lists."""

_ARE: Final = one_of("were", "was", "are", "is", "included?", "comprised?")
_WHOSE: Final = r"(?: (?:for|of|in) [^.:;,]{3,60}?)?"
_LISTED: Final = r"(?: as follows| the following| the presence of)?:?"
LISTING: Final = screened(rf"{_SIDE}{_WHOSE}(?: {_ARE}\b{_LISTED}|:)\s*", re.IGNORECASE)
"""'The exclusion criteria for both groups were as follows: ' before its list."""

NUMBERED: Final = screened(r"[,;]?\s*(?:\band\s+)?\(?\b(?:\d{1,2}|[a-h]|i{1,3}|iv|vi{0,3})\)\s*", re.IGNORECASE)
PARTED: Final = screened(r"\s*;\s*(?:and |or )?")
COMMAS: Final = screened(r"\s*,\s*(?:and |or )?|\s+(?:and|or)\s+")
"""What parts criteria from each other: '(2) ', else '; ', else commas."""

GOES_ON: Final = screened(
    r"\W*(?:such as|including|like|which|who|that|but|if|unless|as|i\.?e|e\.?g|no|not|without|absence|lack)\b",
    re.IGNORECASE,
)
"""Where commas part criteria, 'no ascites, thrombosis or' and 'contraindications, such as' go on with none."""

_TOLD: Final = one_of(
    *("discussed", "described", "listed", "shown", "summari[sz]ed", "given", "applied", "used", "met", "presented"),
    *("published", "defined", "based", "similar", "strict", "the same", "identical", "not", "fulfilled", "chosen"),
)
NO_CRITERION: Final = screened(
    rf"\W*(?:{_TOLD}\b|(?:inclusion|exclusion) criteri)|.*\bno (?:inclusion|exclusion) criteri", re.IGNORECASE
)
_TIME: Final = one_of("during", "within", "in", "over", "for")
LESS: Final = screened(
    rf"\s*\([^()]*\)|\s+{_TIME} (?:the )?(?:last|past|previous|preceding|prior|\d)\b.*", re.IGNORECASE | re.DOTALL
)
"""' (Child-Pugh A)', ' during the last 4 weeks': what only tells more of a criterion."""
WHO: Final = screened(
    r"\W*(?:(?:patients|those) (?!who|whose|aged|that|in\b))?(?:with |(?:the )?presence of )?(?:any |an? |the )*",
    re.IGNORECASE,
)
CLOSED: Final = screened(r"[\s,.;:]*(?:\s(?:and|or))?\s*$")
MEASURED: Final = screened(r"[\d<>≤≥=%]")
SHORTEST, LONGEST = 3, 70
"""Characters of a criterion; a longer one is a sentence."""

LINES: Final = 40
"""How many lines above a criterion the head of its list may stand."""


def criteria(paper: Paper, index: int) -> Iterator[Pair]:
    """Each criterion that a sentence lists, or is, as one of the cohort and in the paper's own words: 'exclusion
    criterion: ascites' does not say that anyone had it. What a number tells is said by the number.
    """
    sentence = paper.sentences[index]
    studied = [key for key in paper.groups if paper.lexicon.concepts[key].type == "disease"]
    found = None if paper.review or len(studied) != 1 else _listed(paper, index)
    if found is None:
        return
    concept = paper.lexicon.concepts[studied[0]]
    bearer = Candidate(entity=entity_of(concept), type=role_of(concept), origin="title", features={}, mention=None)
    side, items = found
    for start, end in items:
        item = _criterion(sentence, start, end)
        if item is not None:
            attribute = replace(words_candidate(f"{side} criterion: {item.text}", {}), mention=item)
            yield Pair(bearer=bearer, attribute=attribute, confidence=CONFIDENCE, rule=RULE, joined_at=sentence.end)


def _listed(paper: Paper, index: int) -> tuple[str, list[tuple[int, int]]] | None:
    """Which criteria a sentence lists, and where each of them stands."""
    sentence = paper.sentences[index]
    if sentence.block.section == "Table":
        side = _side_of_line(paper, index)
        return (side, [(sentence.start, sentence.end)]) if side is not None else None
    if sentence.block.section not in {"Methods", "Abstract"}:
        return None
    listing = LISTING.match(sentence.text, sentence.start, sentence.end)
    return (listing["side"].lower(), _items(sentence, listing.end())) if listing is not None else None


def _side_of_line(paper: Paper, index: int) -> str | None:
    """Whether a line of a table stands below 'Inclusion criteria' or below 'Exclusion criteria'."""
    for below in range(index, max(index - LINES, 0), -1):
        above, line = (paper.sentences[i].block for i in (below - 1, below))
        if above.section != "Table" or above.segments[-1].end + 1 < line.segments[0].start:
            return None
        head = HEAD.fullmatch(paper.sentences[below - 1].words)
        if head is not None:
            return head["side"].lower()
    return None


def _items(sentence: Sentence, place: int) -> list[tuple[int, int]]:
    """Where the items of a list stand that begins at a place."""
    parts = next(p for p in (NUMBERED, PARTED, COMMAS) if p is COMMAS or p.search(sentence.text, place, sentence.end))
    cuts = [m.span() for m in parts.finditer(sentence.text, place, sentence.end)]
    starts, ends = [place, *(end for _, end in cuts)], [*(start for start, _ in cuts), sentence.end]
    found = [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    if parts is not COMMAS:
        return found
    return list(takewhile(lambda item: GOES_ON.match(sentence.text, *item) is None, found))


def _criterion(sentence: Sentence, start: int, end: int) -> Mention | None:
    """A criterion without what only tells more of it; None where a number tells it, and where it is none."""
    if NO_CRITERION.match(sentence.text, start, end):
        return None
    lead = WHO.match(sentence.text, start, end)
    start = lead.end() if lead is not None else start
    text = CLOSED.sub("", LESS.sub("", sentence.text[start:end]))
    if MEASURED.search(text) or not SHORTEST <= len(text) <= LONGEST:
        return None
    words = " ".join(text.split())
    return Mention(start=start, end=start + len(text), first=0, last=0, keys=(), type="clinical-feature", text=words)
