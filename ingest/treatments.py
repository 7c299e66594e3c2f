"""This module tells of which treatment an outcome is: the one that the words say patients were given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from ingest.candidates import Slot
from ingest.mentions import Mention, of_type
from ingest.predicates import COMPLICATIONS
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence

NO_TREATMENT: Final = frozenset({"placebo"})
"""What is given to those who get nothing."""

TREATED: Final = screened(
    r"(?:\b(?:treated (?:with|by)|after|following|underwent|undergo(?:ing)?|receiving|received|use of)|(?:^|\.\s+)with)"
    r"\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""'patients treated with ', 'after hepatic ': what stands before the treatment that an outcome is of."""

RULED_OUT: Final = screened(
    r"\b(?:without|no|not|instead of|rather than|other than|in the absence of|unlike|never|untreated (?:by|with))\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""'Without ' before the treatment that nobody was given."""

OPENING: Final = 20
"""How many characters into a sentence a treatment stands that it is about."""


def is_ruled_out(sentence: Sentence, mention: Mention) -> bool:
    """Whether a treatment is named as one that was not given."""
    return RULED_OUT.search(sentence.text, sentence.start, mention.start) is not None


def given_before(slot: Slot, mentions: Sequence[Mention]) -> Mention | None:
    """The one treatment that patients were given, for an outcome: 'of patients treated with RFA, 95% had relief'."""
    if not _is_outcome(slot) or (slot.own and of_type(mentions, "disease")):
        return None
    given = _given(slot.sentence, mentions)
    return given or (_opening(slot.sentence, mentions) if not of_type(mentions, "disease") else None)


def still_given(slot: Slot) -> str | None:
    """The treatment of the sentence before, for an outcome in one that names no treatment and no disease: 'Surgery was
    described in 22 series. Overall survival was 46–86%'.
    """
    before = next(slot.earlier(), None)
    if before is None or not _is_outcome(slot) or slot.anchor.kind == "claim":
        return None
    if of_type(slot.sentence.mentions, "therapy", "disease"):
        return None
    first = _opening(before, before.mentions)
    return first.key if first is not None else None


def _is_outcome(slot: Slot) -> bool:
    concept = slot.paper.lexicon.concepts.get(slot.anchor.about)
    return concept is not None and concept.type == "outcome"


def _given(sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """The one treatment before which words say that it was given."""
    text, start = sentence.text, sentence.start
    return _only(m for m in of_type(mentions, "therapy") if TREATED.search(text, start, m.start))


def _opening(sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """The one treatment that a sentence begins with."""
    first = (m for m in of_type(mentions, "therapy") if m.start - sentence.start <= OPENING)
    return _only(m for m in first if not is_ruled_out(sentence, m))


def _only(mentions: Iterable[Mention]) -> Mention | None:
    """The one treatment that some mentions name, None for several."""
    named = {m.key: m for m in mentions if m.key not in GENERIC}
    return next(iter(named.values())) if len(named) == 1 else None


def is_of_treatment(slot: Slot) -> bool:
    """Whether what a number is about is what treatment leads to: a complication, or any outcome under a heading that
    names a treatment, where no disease is named.
    """
    concepts, about = slot.paper.lexicon.concepts, slot.anchor.about
    if about in COMPLICATIONS:
        return True
    under = any(concepts[key].type == "therapy" for key in slot.paper.headings.get(slot.sentence.block.heading, ()))
    outcome = about in concepts and concepts[about].type == "outcome"
    return outcome and under and not slot.own and not of_type(slot.sentence.mentions, "disease")
