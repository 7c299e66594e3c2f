"""This module reads what is told as harm of a treatment: of which one it is, and that it is no feature of a disease."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.in_focus import focus
from ingest.mentions import Mention, of_type
from ingest.phrases import one_of, phrase
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence
from ingest.treatments import NO_TREATMENT, is_ruled_out

HARMS: Final = phrase(
    r"(?:adverse|untoward) (?:\w+[- ])?(?:events?|effects?|reactions?)",
    r"side[- ](?:effects?|reactions?)",
    r"(?:drug|treatment|therapy)[- ](?:related|emergent)",
    r"toxicit(?:y|ies)",
)
"""What treatment brings, and no disease."""

COMPLICATIONS: Final = phrase(r"complications?")
OF_A_DISEASE: Final = screened(
    r"\s+(?:of|from|due to) (?:the |their )?(?:\w+ )?(?:disease|tumou?rs?|cirrhosis|cancer|syndrome)\b", re.IGNORECASE
)
HARMFUL: Final = frozenset({"clinical-feature", "syndrome", "disease", "words"})
"""Types of what may be told as harm of a treatment."""

CONTROLS: Final = NO_TREATMENT | {"best-supportive-care", "supportive-care"}
"""What others get, who are compared with."""

SAID_OF_THE_ILL: Final = frozenset(
    {"has_clinical_feature", "associated_with", "has_prognosis", "measured_value", "has_sign", "has_marker"}
)
"""What harm of a treatment is not to a disease."""

SHARES: Final = frozenset({"share", "count"})
_BEFORE: Final = one_of(
    "with", "after", "following", "by", "of", "for", "to", "receiv\\w+", "on", "in", "under", "from"
)
GROUP: Final = screened(rf"[)\]]?\s*(?:{_BEFORE}\s+)?(?:the\s+)?", re.IGNORECASE)
ITS_BRACKET: Final = screened(r"\s*(?:groups?|arms?|patients)?\s*[(\[]\s*", re.IGNORECASE)
IN_THE: Final = screened(r"\b(?:in|after|with|for|under)\s+(?:the\s+)?$", re.IGNORECASE)
"""' in the ' before and ' group (' behind the treatment of a group."""


@lru_cache(maxsize=8)  # each number of a sentence asks
def tells_of_harm(sentence: Sentence) -> bool:
    """Whether a sentence speaks of harm that treatment does: complications are a disease's unless one is named."""
    if HARMS.search(sentence.words) is not None:
        return True
    told = COMPLICATIONS.search(sentence.text, sentence.start, sentence.end)
    if told is None or OF_A_DISEASE.match(sentence.text, told.end(), sentence.end):
        return False
    return bool(_treatments(sentence))


def harmful(slot: Slot, attribute: Candidate) -> Candidate | None:
    """The treatment that what is told as harm comes of: the only one that the sentence names, else the only one in
    focus; None where none or several could be.
    """
    if slot.group not in SHARES or attribute.type not in HARMFUL or not tells_of_harm(slot.sentence):
        return None
    named = {m.key: m for m in _treatments(slot.sentence) if not _is_taken(slot, m)}
    if len(named) == 1:
        (mention,) = named.values()
        return slot.candidate(mention.key, "mention", {"certain": 1.0}, mention)
    if named:
        beside = [m for m in _treatments(slot.sentence) if _is_its_group(slot, m)]
        return slot.candidate(beside[0].key, "mention", {"certain": 1.0}, beside[0]) if len(beside) == 1 else None
    concepts = slot.paper.lexicon.concepts
    known = {key: origin for origin, key in focus(slot.paper, slot.index) if concepts[key].type == "therapy"}
    known = {key: origin for key, origin in known.items() if key not in CONTROLS | GENERIC}
    return slot.candidate(*known.popitem(), {"certain": 1.0}) if len(known) == 1 else None


def _is_its_group(slot: Slot, mention: Mention) -> bool:
    """Whether a treatment is the group that a number is of, beside it: 'in the TACE group (3%)', '3% with TACE'."""
    text, anchor = slot.sentence.text, slot.anchor
    if mention.start >= anchor.last:
        return GROUP.fullmatch(text, anchor.last, mention.start) is not None
    opened = ITS_BRACKET.fullmatch(text, mention.end, anchor.first) is not None
    return opened and IN_THE.search(text, slot.sentence.start, mention.start) is not None


def _is_taken(slot: Slot, mention: Mention) -> bool:
    return slot.anchor.taken is not None and mention.overlaps(*slot.anchor.taken)


def _treatments(sentence: Sentence) -> list[Mention]:
    """The treatments that a sentence says some were given."""
    named = (m for m in of_type(sentence.mentions, "therapy") if m.key not in CONTROLS | GENERIC)
    return [m for m in named if not is_ruled_out(sentence, m)]
