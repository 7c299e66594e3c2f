"""This module reads what a test says goes together: 'S was associated with A (P = 0.01) and B (P = 0.2)'."""

from __future__ import annotations

import re
from typing import Final

from ingest.candidates import Candidate, Slot, words_candidate
from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.phrases import one_of
from ingest.predicates import Rule
from ingest.screening import screened

ASSOCIATED: Final = Rule(predicate="associated_with")
TESTS: Final = frozenset({"p_value", "test_statistic", "correlation"})
LIKELY: Final = 0.8
"""How likely it is that a test in the bracket behind a name is one of that name."""

_LINKED: Final = one_of("associated", "correlated", "related", "linked")
WITH: Final = screened(
    rf"\b(?:also\s+)?(?:(?:is|are|was|were|be|been)\s+(?:(?:not|also|both|each|\w+ly)\s+)*(?:{_LINKED})|correlat(?:es|ed?))"
    r"\s+(?:\w+ly\s+)?(?:with|to)\s+",
    re.IGNORECASE,
)
"""'was significantly associated with ' between the two that go together."""

_ADVERB: Final = one_of(
    *("however", "moreover", "furthermore", "in addition", "additionally", "interestingly", "notably", "again"),
    *("similarly", "conversely"),
)
OPENS: Final = screened(rf"\W*(?:{_ADVERB}\b,?\s*)?(?:(?:the|an?|both)\s+)?", re.IGNORECASE)
"""'However, the ' before what goes with others."""

ENDS_A_PART: Final = screened(r"[,;:]\s|\b(?:that|whereas|while|but|although)\s")
NEXT: Final = screened(r"(?:[);,]|\bas well as\b|\band\b|\bor\b|\bbut\b|\bnor\b|\bboth\b|\beither\b)\s*", re.IGNORECASE)
"""What stands before an item of a list."""

ITEM_OPENS: Final = screened(r"(?:(?:with|an?|the|not)\s+)*", re.IGNORECASE)
GRADED: Final = screened(
    r"(?:(?:increas\w+|decreas\w+|higher|lower|greater|larger|smaller|elevated|reduced|shorter|longer|poor(?:er)?|worse"
    r"|better|advanced|presence of|level of|the)\s+)*",
    re.IGNORECASE,
)
"""'increased ' before the name of what goes with something."""

PRONOUN: Final = screened(r"(?:it|they|this|these|those|which|that|who|both|all|none|neither)\Z", re.IGNORECASE)
BRACKETED: Final = screened(r"\s*\([^()]*\)")
NO_LABEL: Final = screened(
    r"[;:()]|\d\.\d|\A(?:of|at|in|by|for|from|with|conditions?|groups?|treatment)\b|\b(?:approached|reached|than|was|were|is|are|been|not|to|its|their|there|tended|found|had|has|have|did|does|we)\b",
    re.IGNORECASE,
)
MOST_WORDS: Final = 7
GIVEN: Final = frozenset({"disease", "therapy", "modality"})
"""Types of a subject whose tests are read as what comes of it, or what it tells."""


def associated(slot: Slot) -> Pair | None:
    """What a test goes with what by the words before its bracket; None where they do not say so."""
    text, sentence, anchor = slot.sentence.text, slot.sentence, slot.anchor
    if anchor.kind not in TESTS or anchor.bracket is None:
        return None
    cues = [cue for cue in WITH.finditer(text, sentence.start, anchor.bracket) if _outside(text, sentence.start, cue)]
    if not cues or ";" in BRACKETED.sub("", text[cues[-1].end() : anchor.bracket]):
        return None
    start, end = sentence.start, cues[-1].start()
    for cut in ENDS_A_PART.finditer(text, start, end):
        start = cut.end()
    opening = OPENS.match(text, start, end)
    what = _named(slot, opening.end() if opening is not None else start, end)
    item = _item(slot, cues[-1].end(), anchor.bracket)
    if what is None or item is None or what.type in GIVEN or what.entity.identity == item.entity.identity:
        return None
    return Pair(bearer=item, attribute=what, confidence=LIKELY, rule=ASSOCIATED)


def _outside(text: str, start: int, cue: re.Match[str]) -> bool:
    """Whether a turn of phrase stands in no bracket."""
    return text.count("(", start, cue.start()) == text.count(")", start, cue.start())


def _item(slot: Slot, start: int, end: int) -> Candidate | None:
    """The item of a list that ends at a place."""
    text = slot.sentence.text
    for cut in NEXT.finditer(text, start, end):
        start = cut.end()
    opening = ITEM_OPENS.match(text, start, end)
    return _named(slot, opening.end() if opening is not None else start, end)


def _named(slot: Slot, start: int, end: int) -> Candidate | None:
    """A stretch as a concept where it is the name of one, whatever it is said to be; else as its own words."""
    text = slot.sentence.text
    label = BRACKETED.sub("", text[start:end]).strip()
    if not label or PRONOUN.match(label) or len(label.split()) > MOST_WORDS or NO_LABEL.search(label):
        return None
    graded = GRADED.match(text, start, end)
    bare = graded.end() if graded is not None else start
    for mention in slot.sentence.mentions:
        if _is_named(text, mention, bare, end):
            return slot.candidate(mention.key, "mention", {"certain": 1.0}, mention)
    known = slot.paper.lexicon.lookup(label)
    return slot.candidate(known[0], "mention", {}) if len(known) == 1 else words_candidate(label, {"certain": 1.0})


def _is_named(text: str, mention: Mention, start: int, end: int) -> bool:
    """Whether a mention and its bracket make up a stretch."""
    return mention.start == start and not BRACKETED.sub("", text[mention.end : end]).strip()
