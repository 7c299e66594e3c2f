"""This module reads in the words around a number what it counts: what was seen in so many, what they tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.had import OF_WHOM, WERE, had, had_with, without_whom
from ingest.lists import LIST_BETWEEN
from ingest.mentions import of_type
from ingest.nouns import NO_NAME, Named, names_a_concept, own_names
from ingest.own_words import COMBINED, measured_by, opening_words
from ingest.phrases import one_of
from ingest.screening import Match, Pattern, screened

COUNTED_KINDS: Final = frozenset({"share", "count"})
"""Groups of numbers that say in how many something was."""

_SEEN: Final = one_of(
    *("seen", "found", "observed", "noted", "detected", "identified", "present", "reported", "described", "visible"),
    *("evident", "encountered", "apparent", "recorded", "documented", "demonstrated"),
)
_OCCURS: Final = one_of("occurs?", "occurred", "occurring", "develops?", "developed", "arises?", "arose")
_IN: Final = r"\s+(?:in|among)\s+(?:(?:only|the|other|another|all|these|our)\s+)*$"
SEEN_IN: Final = screened(
    rf"(?:,?\s*\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+|also\s+|only\s+|already\s+|more\s+|often\s+){{0,2}}{_SEEN}"
    rf"|\s{_OCCURS})\b(?:\s+(?:on|at|by|during)\s+(?:[\w-]+\s+){{0,3}}?[\w-]+)?{_IN}",
    re.IGNORECASE,
)
"""' was also seen on CT in ' before a number: what stands before it was in so many."""

SO_IN: Final = screened(
    rf"\b(?:is|are|was|were)\s+(?:already\s+|also\s+|often\s+|\w+ly\s+){{0,2}}(?P<what>[\w-]+(?:\s+[\w-]+)?)"
    rf"(?:\s+at\s+(?:the time of\s+)?(?:diagnosis|presentation))?{_IN}",
    re.IGNORECASE,
)
"""'are already metastatic at diagnosis in ': what so many were."""

CUT: Final = screened(
    r"[;:]\s|,\s+(?:(?:and|or|but|with)\s)?|\b(?:and|or|but|while|whereas|although|though|because|since|that|which|who"
    r"|as|when|where)\s",
    re.IGNORECASE,
)
"""What parts the subject of a verb from the words before it."""

APPOSED: Final = screened(
    r"\s*(?:$|most |mainly |usually |often |especially |particularly |predominantly |such |including |e\.g)",
    re.IGNORECASE,
)
"""How words begin that only explain the name before them: ', most often prolactinomas,'."""

_OPENS: Final = screened(
    r"(?:(?:an?|the|this|these|such|other|some|any|both|however|moreover|thus|also|furthermore|additionally|in addition"
    r"|overall|only|finally|in contrast|interestingly|notably),?\s+)*",
    re.IGNORECASE,
)
_BRACKET: Final = screened(r"\s*\([^()]*\)\s*$")
_PREPOSITION: Final = screened(r"\s(?:of|in|to|with|from|on|at|by|for|during|within|around|between|after)\s")
LIST_OPENS: Final = screened(
    r"(?:.*[.;:]\s+)?(?:[^,;.]{0,25},\s+)?(?:(?!was\b|were\b|is\b|are\b|by\b|with\b|had\b)[\w-]+\s+){0,3}\Z", re.DOTALL
)
"""What stands before a list that a sentence or a clause opens with: 'In contrast, mild '."""

STANDS_FOR: Final = screened(r"(?:it|they|this|these)\Z", re.IGNORECASE)
"""Words for what the sentence before began with."""

OPENING_WORDS: Final = 30
"""How many characters into a sentence what it is about begins."""

SEEN_TYPES: Final = frozenset({"sign", "marker", "clinical-feature", "syndrome", "outcome", "disease"})
"""Types of what is seen in so many."""

NO_ITEMS: Final = frozenset({"phase", "modality"})
"""Types of what a finding is seen on."""

PARALLEL: Final = screened(r"[^.;]{0,60}?(?:,|;|\band)\s+(?:(?:an?|the|in)\s+)?(?:[a-z-]+\s+){0,2}\Z")
JUST_IN: Final = screened(r"\s+in\s+(?:only\s+|the\s+)*\Z")
"""'X in five cases and ' before Y, and ' in ' behind it: of two findings each has its number."""

OUTCOMES: Final[tuple[tuple[str, Pattern], ...]] = (
    ("overall-survival", screened(rf"{OF_WHOM}(?:{WERE}(?:alive|living)|lived?\s+(?:for|at|beyond))\b")),
    ("disease-free-survival", screened(rf"{OF_WHOM}{WERE}(?:free of|without) (?:disease|recurrence|relapse)\b")),
)
"""' of the recipients were alive': an outcome that verbs tell."""

EFFECTS: Final[tuple[tuple[str, Pattern], ...]] = (
    ("symptom-relief", screened(r"\b(?:reliev|alleviat|palliat)\w+ (?:of )?(?:[\w-]+ ){0,2}symptoms\b[^.;,\d]{0,40}$")),
)
"""'relieves symptoms in ': an outcome that a verb and its object tell."""

PROLIFERATION: Final = frozenset({"ki-67", "ki-67-index", "mitotic-count"})
"""What grades are told by."""

LIMITS: Final = frozenset({"threshold", "percent_range", "range"})
"""Kinds of numbers that say how far something goes."""


def told(slot: Slot, proposed: Sequence[Candidate]) -> list[Candidate]:
    """Of what a number may be of, that which the words at it say was in so many, or was so in so many; the paper's own
    words where these name no concept; nothing where the words leave it open.
    """
    found = [(c, c.mention) for c in proposed if c.mention is not None]
    for one in _by_kind(slot, found):
        if one:
            return one
    if slot.group not in COUNTED_KINDS or slot.anchor.arms:
        return []
    seen = _seen_in(slot, found) or _so_in(slot)
    if seen or slot.anchor.count > 1:
        return seen or without_whom(slot, proposed)
    return had(slot, found) or had_with(slot, found) or _in_turn(slot, found) or without_whom(slot, proposed)


def _by_kind(slot: Slot, found: Sequence[Named]) -> Iterator[list[Candidate]]:
    """What a limit, an outcome and an accuracy are of, where words tell."""
    yield _graded(slot, found)
    outcome = _outcome(slot)
    yield [slot.candidate(outcome, "told", {"certain": 1.0})] if outcome is not None else []
    combined = slot.group == "accuracy" and COMBINED.search(slot.sentence.words) is not None
    yield list(measured_by(slot)) if combined else []


def _graded(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'Grade 2 with a Ki-67 index of 3 to 20%': a limit is one of what is measured, and never of the grade."""
    number = next((n for n in slot.sentence.numbers if n.start == slot.anchor.start), None)
    if number is None or (number.kind not in LIMITS and number.op is None):
        return []
    measured = [(c, m) for c, m in found if c.entity.key in PROLIFERATION]
    if not measured or not any(c.type == "classification" for c, _ in found):
        return []
    before = [c for c, m in measured if m.end <= slot.anchor.start]
    return before[-1:] or [measured[0][0]]


def _outcome(slot: Slot) -> str | None:
    """The outcome that the verb before or behind a number tells."""
    text, anchor, sentence = slot.sentence.text, slot.anchor, slot.sentence
    behind = (key for key, words in OUTCOMES if words.match(text, anchor.last, sentence.end))
    before = (key for key, words in EFFECTS if words.search(text, sentence.start, anchor.first))
    return next(behind, None) or next(before, None)


# ---------------------------------------------------------------- what was seen in so many


def _seen_in(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'Thromboembolism occurs in up to 30%': the subject of the verb."""
    sentence, anchor = slot.sentence, slot.anchor
    verb = SEEN_IN.search(sentence.text, sentence.start, anchor.first)
    return _named(slot, found, *_subject(slot, verb)) if verb is not None else []


def _so_in(slot: Slot) -> list[Candidate]:
    """'NENs are metastatic at diagnosis in half of the cases': the complement, where it is the name of a disease."""
    sentence, anchor = slot.sentence, slot.anchor
    so = SO_IN.search(sentence.text, sentence.start, anchor.first)
    spread = [m for m in of_type(sentence.mentions, "disease") if so is not None and m.start == so.start("what")]
    return [slot.candidate(m.key, "mention", {"certain": 1.0}, m) for m in spread]


def _subject(slot: Slot, verb: Match) -> tuple[int, int]:
    """The stretch of the subject of a verb, past what only explains it."""
    text, start, end = slot.sentence.text, slot.sentence.start, verb.start()
    cuts = [(start, start), *(cut.span() for cut in CUT.finditer(text, start, end))]
    for left, behind in reversed(cuts):
        if not APPOSED.match(text[behind:end]):
            return behind, end
        end = left
    return end, end


def _named(slot: Slot, found: Sequence[Named], start: int, end: int) -> list[Candidate]:
    """The candidates that the head of a stretch names, with what is listed before it; else the words of the stretch."""
    text = slot.sentence.text
    bracket, opening = _BRACKET.search(text, start, end), _OPENS.match(text, start, end)
    end = bracket.start() if bracket is not None else end
    start = opening.end() if opening is not None else start
    label = text[start:end].strip()
    if STANDS_FOR.match(label):
        return _meant(slot, start)
    if NO_NAME.match(label):
        return []
    preposition = _PREPOSITION.search(text, start, end)
    head = preposition.start() if preposition is not None else end
    for stop in (head, end):
        inside = [c for c, m in found if start < m.end <= stop and (m.type != "site" or m.end == stop)]
        if inside:
            return [*_listed_before(slot, found, start), *inside]
    whole = [m for m in of_type(slot.sentence.mentions, "disease") if (m.start, m.end) == (start, end)]
    if whole:
        return [slot.candidate(whole[0].key, "mention", {"certain": 1.0}, whole[0])]
    return [] if names_a_concept(slot, start, end) else own_names(slot, start, end)


def _meant(slot: Slot, start: int) -> list[Candidate]:
    """What 'it' stands for: what is known to be meant, else what the sentence before begins with; nothing else."""
    known = next((m for m in slot.sentence.mentions if m.stands_in and m.start == start), None)
    if known is not None and known.type in SEEN_TYPES:
        return [slot.candidate(known.key, "mention", {"certain": 1.0}, known)]
    before = next(slot.earlier(), None)
    opening = [m for m in before.mentions if m.start - before.start <= OPENING_WORDS] if before is not None else []
    if not opening or opening[0].type not in SEEN_TYPES:
        return [opening_words(slot.sentence)]
    return [slot.candidate(opening[0].key, "before", {"certain": 1.0})]


def _listed_before(slot: Slot, found: Sequence[Named], start: int) -> list[Candidate]:
    """The candidates of the list whose last item begins at a place: 'flushing, diarrhea and ' before 'wheezing'."""
    text, listed = slot.sentence.text, list[Candidate]()
    for candidate, mention in reversed([(c, m) for c, m in found if m.end <= start]):
        if not LIST_BETWEEN.fullmatch(text, mention.end, start):
            break
        listed.insert(0, candidate)
        start = mention.start
    return listed if LIST_OPENS.match(text, slot.sentence.start, start) else []


def _in_turn(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'Biopsy in five cases and surgery in seven': of two findings, each before its number, the second."""
    text, anchor = slot.sentence.text, slot.anchor
    last = max((n.end for n in slot.sentence.numbers if n.end <= anchor.first), default=None)
    before = [(c, m) for c, m in found if last is not None and last <= m.start and m.end <= anchor.first]
    if last is None or not before or before[-1][1].type in NO_ITEMS:
        return []
    candidate, mention = before[-1]
    in_turn = PARALLEL.match(text, last, mention.start) and JUST_IN.match(text, mention.end, anchor.first)
    return [candidate] if in_turn else []
