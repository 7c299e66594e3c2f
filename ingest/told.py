"""This module reads in the words around a number what it counts: what was seen in so many, what so many had or were."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from ingest.candidates import Candidate, Slot, words_candidate
from ingest.lists import LIST_BETWEEN
from ingest.mentions import Mention, of_type
from ingest.own_words import opening_words
from ingest.phrases import one_of
from ingest.screening import Match, Pattern, screened
from ingest.sentences import GENERIC

COUNTED_KINDS: Final = frozenset({"share", "count"})
"""Groups of numbers that say in how many something was."""

Named = tuple[Candidate, Mention]
"""A candidate with the place where the sentence names it."""

# ---------------------------------------------------------------- what was seen in so many

_SEEN: Final = one_of(
    *("seen", "found", "observed", "noted", "detected", "identified", "present", "reported", "described", "visible"),
    *("evident", "encountered", "apparent", "recorded", "documented", "demonstrated"),
)
_OCCURS: Final = one_of("occurs?", "occurred", "occurring", "develops?", "developed", "arises?", "arose")
SEEN_IN: Final = screened(
    rf"(?:,?\s*\b(?:is|are|was|were|been|being)\s+(?:\w+ly\s+|also\s+|only\s+|already\s+|more\s+|often\s+){{0,2}}{_SEEN}"
    rf"|\s{_OCCURS})\b(?:\s+(?:on|at|by|during)\s+(?:[\w-]+\s+){{0,3}}?[\w-]+)?\s+(?:in|among)\s+"
    r"(?:(?:only|the|other|another|all|these|our)\s+)*$",
    re.IGNORECASE,
)
"""' was also seen on CT in ' before a number: what stands before it was in so many."""

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
NO_SUBJECT: Final = screened(
    r"(?:it|they|this|these|those|that|which|who|there|ones?|all|none|some|most|each|others?|the latter|patients?"
    r"|cases?|tumou?rs?|lesions?|mass(?:es)?|nodules?|findings?|features?|signs?|symptoms?|changes?|results?|abnormalit\w+"
    r"|diseases?|differences?|diagnos[ie]s|values?|conditions?|data|problems?|evidence|history)\Z"
    r"|.*\d|(?:no|not|neither|never|without|lack\w*|been|to|only|within|in|on|at|with|after|by|for|from|to|as|of|\w+(?:ed|en))\b",
    re.IGNORECASE,
)
"""Words that say of nothing in particular."""

STANDS_FOR: Final = screened(r"(?:it|they|this|these)\Z", re.IGNORECASE)
"""Words for what the sentence before began with."""

OPENING_WORDS: Final = 30
"""How many characters into a sentence what it is about begins."""

NAME: Final = screened(r"[A-Za-z][A-Za-z'’-]*(?:[ /][A-Za-z'’-]+){0,7}\Z")
"""A name of up to eight words."""

# ---------------------------------------------------------------- what so many had or were

_NO_LINK: Final = r"(?!(?:and|or|but|who|which|that|than|as|while|whereas|if|when|vs|versus|was|were|had|have)\b)"
_OF_WHOM: Final = (
    r"[\s)\]]*(?:\([^()]{1,30}\)\s*)?(?:of\s+(?:the\s+|these\s+|those\s+|all\s+|our\s+|their\s+)?)?"
    rf"(?:{_NO_LINK}[\w/’'-]+\s+){{0,5}}?"
)
_HAD: Final = one_of(
    *("had", "has", "have", "show(?:ed|s)?", "exhibit(?:ed|s)?", "demonstrate[ds]?", "display(?:ed|s)?"),
    *("develop(?:ed|s)?", "experienced?", "suffer(?:ed)? from", "complain(?:ed)? of", "present(?:ed)? with"),
)
_WERE: Final = r"(?:are|were|is|was|remain(?:ed)?)\s+(?:already\s+|also\s+|still\s+|\w+ly\s+){0,2}"
HAD: Final = screened(rf"{_OF_WHOM}{_HAD}\s+(?:an?\s+|the\s+|both\s+|either\s+)?", re.IGNORECASE)
WERE: Final = screened(rf"{_OF_WHOM}{_WERE}", re.IGNORECASE)
"""' of the patients had a ', ' of insulinomas are ': what stands behind it was so of so many."""

CHUNK: Final = screened(
    r"[^,;:.()]*?(?=[,;:.()]|\s(?:and|or|but|in|on|at|with|after|within|during|by|for|from|to|as|that|which|who|than"
    r"|because|until|before|requiring|preventing|causing|leading|including|compared|had|was|were|is|are|\d+)\b|$)"
)
"""What follows up to the next joining word."""

QUALIFIED: Final = screened(r"(?:(?!\w+ing\b|been\b)[A-Za-z-]+\s+){0,4}\Z")
"""'mild or ' before what so many had; 'undergone imaging showing ' is more than that."""

_SUFFIX: Final = one_of("ic", "al", "ous", "ive", "ent", "ant", "ar", "ign", "ary", "ing", "ile", "able", "ible")
ADJECTIVE: Final = screened(rf"(?:non-?)?[a-z-]+{_SUFFIX}\Z")
_NO_QUALITY: Final = """
available able visible evident apparent present different similar identical comparable important possible likely
significant consistent eligible suitable equal being having receiving undergoing showing including following
dependent consecutive additional several missing lacking ongoing negative positive final total
"""
NO_QUALITY: Final = frozenset(_NO_QUALITY.split())
"""Adjectives that alone say nothing of a disease."""

WITH: Final = screened(
    r"(?:\s*\([^()]{1,30}\))?(?:\s+(?:patients?|cases?|participants?|subjects?))?\s+with\s+(?:an?\s+|the\s+)?"
)
AMONG: Final = screened(r"\b(?:in|of|among|from|for|and|or)\s+(?:(?:only|the|these|all|our)\s+)*$", re.IGNORECASE)
"""' with a ' behind a count, and before it what makes of those that it counts the cases of something else."""

OF_THOSE_WITH: Final = screened(
    rf"[\s)]*(?:\([^()]{{1,30}}\)\s*)?of\s+(?:the\s+|all\s+|these\s+)?(?:{_NO_LINK}[\w/’'-]+\s+){{0,2}}?with\s+"
)
"""' of the patients with ': whose share it is."""

PARALLEL: Final = screened(r"[^.;]{0,60}?(?:,|;|\band)\s+(?:(?:an?|the|in)\s+)?(?:[a-z-]+\s+){0,2}\Z")
JUST_IN: Final = screened(r"\s+in\s+(?:only\s+|the\s+)*\Z")
"""'X in five cases and ' before Y, and ' in ' behind it: of two findings each has its number."""

WHO: Final = " who "
TRANSPARENT: Final = screened(
    r"\b(?:presence|absence|evidence|signs?|symptoms?|history|degrees?|types?|patterns?|areas?|regions?|foc(?:us|i)|forms?"
    r"|episodes?|rates?|kinds?|features?|findings?|appearances?|levels?|elevations?|increases?|involvement|invasion"
    r"|metastas[ei]s|spread|extension|lesions?|tumou?rs?|mass(?:es)?|nodules?|location|combination|diagnos[ie]s)$",
    re.IGNORECASE,
)
"""Heads of which what stands behind 'of' is what was found."""

OUTCOMES: Final[tuple[tuple[str, Pattern], ...]] = (
    ("overall-survival", screened(rf"{_OF_WHOM}(?:{_WERE}(?:alive|living)|lived?\s+(?:for|at|beyond))\b")),
    ("disease-free-survival", screened(rf"{_OF_WHOM}{_WERE}(?:free of|without) (?:disease|recurrence|relapse)\b")),
)
"""' of the recipients were alive': an outcome that verbs tell."""

EFFECTS: Final[tuple[tuple[str, Pattern], ...]] = (
    ("symptom-relief", screened(r"\b(?:reliev|alleviat|palliat)\w+ (?:of )?(?:[\w-]+ ){0,2}symptoms\b[^.;,\d]{0,40}$")),
)
"""'relieves symptoms in ': an outcome that a verb and its object tell."""


def told(slot: Slot, proposed: Sequence[Candidate]) -> list[Candidate]:
    """Of what a number may be of, that which the words at it say was in so many, or was so in so many; the paper's own
    words where these name no concept; nothing where the words leave it open.
    """
    found = [(c, c.mention) for c in proposed if c.mention is not None]
    graded = _graded(slot, found)
    if graded:
        return graded
    outcome = _outcome(slot)
    if outcome is not None:
        return [slot.candidate(outcome, "told", {"certain": 1.0})]
    if slot.group not in COUNTED_KINDS or slot.anchor.arms:
        return []
    listed = slot.anchor.count > 1
    return (
        _seen_in(slot, found)
        or ([] if listed else _had(slot, found) or _with(slot, found) or _in_turn(slot, found))
        or _without_whom(slot, proposed)
    )


PROLIFERATION: Final = frozenset({"ki-67", "ki-67-index", "mitotic-count"})
"""What grades are told by."""


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


LIMITS: Final = frozenset({"threshold", "percent_range", "range"})
"""Kinds of numbers that say how far something goes."""


def _outcome(slot: Slot) -> str | None:
    """The outcome that the verb before or behind a number tells."""
    text, anchor, sentence = slot.sentence.text, slot.anchor, slot.sentence
    behind = (key for key, words in OUTCOMES if words.match(text, anchor.last, sentence.end))
    before = (key for key, words in EFFECTS if words.search(text, sentence.start, anchor.first))
    return next(behind, None) or next(before, None)


def _seen_in(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'Thromboembolism occurs in up to 30%': the subject of the verb."""
    sentence, anchor = slot.sentence, slot.anchor
    verb = SEEN_IN.search(sentence.text, sentence.start, anchor.first)
    return _named(slot, found, *_subject(slot, verb)) if verb is not None else []


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
    if NO_SUBJECT.match(label):
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
    return [_own_name(label)] if NAME.match(label) and not _names(slot, start, end) else []


def _meant(slot: Slot, start: int) -> list[Candidate]:
    """What 'it' stands for: what is known to be meant, else what the sentence before begins with; nothing else."""
    known = next((m for m in slot.sentence.mentions if m.stands_in and m.start == start), None)
    if known is not None and known.type in SEEN_TYPES:
        return [slot.candidate(known.key, "mention", {"certain": 1.0}, known)]
    before = next(slot.earlier(), None)
    mention = before.mentions[0] if before is not None and before.mentions else None
    if (
        before is None
        or mention is None
        or mention.start - before.start > OPENING_WORDS
        or mention.type not in SEEN_TYPES
    ):
        return [opening_words(slot.sentence)]
    return [slot.candidate(mention.key, "before", {"certain": 1.0})]


SEEN_TYPES: Final = frozenset({"sign", "marker", "clinical-feature", "syndrome", "outcome", "disease"})
"""Types of what is seen in so many."""


def _own_name(label: str) -> Candidate:
    """What so many had, in the paper's own words."""
    return replace(words_candidate(label, {"certain": 1.0}), type="clinical-feature")


def _names(slot: Slot, start: int, end: int) -> bool:
    """Whether a stretch names a concept, its words are no name of their own; 'duodenal' before a noun names none."""
    inside = [m for m in slot.sentence.mentions if start <= m.start and m.end <= end]
    return any(m.type != "site" or m.end == end for m in inside)


def _listed_before(slot: Slot, found: Sequence[Named], start: int) -> list[Candidate]:
    """The candidates of the list whose last item begins at a place: 'flushing, diarrhea and ' before 'wheezing'."""
    listed: list[Candidate] = []
    for candidate, mention in reversed([(c, m) for c, m in found if m.end <= start]):
        if not LIST_BETWEEN.fullmatch(slot.sentence.text, mention.end, start):
            break
        listed.insert(0, candidate)
        start = mention.start
    return listed


def _listed_behind(slot: Slot, found: Sequence[Named], end: int, type_: str) -> list[Candidate]:
    """The candidates of a type that a list goes on with behind a place: ', capsule and washout'."""
    listed: list[Candidate] = []
    for candidate, mention in [(c, m) for c, m in found if m.start >= end]:
        if mention.type != type_ or not LIST_BETWEEN.fullmatch(slot.sentence.text, end, mention.start):
            break
        listed.append(candidate)
        end = mention.end
    return listed


def _had(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'60% of the patients had ascites', '60% of gastrinomas are malignant': the verb's object or complement."""
    text, last, stop = slot.sentence.text, slot.anchor.last, slot.sentence.end
    had = HAD.match(text, last, stop)
    if had is not None and any(last <= m.start < had.end() for m in of_type(slot.sentence.mentions, "site")):
        return []
    if had is not None:
        return _object(slot, found, had.end())
    were = WERE.match(text, last, stop)
    if were is None:
        return []
    start, end = were.end(), _chunk(slot, were.end())
    word = text[start:end].strip().split(" ")[0]
    quality = ADJECTIVE.match(word) is not None and word not in NO_QUALITY and not _names(slot, start, end)
    return _inside(slot, found, start, end) or ([_own_name(word)] if quality else [])


def _with(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'One participant presented with diarrhea and another with abdominal pain': what stands behind 'with'."""
    text, anchor, stop = slot.sentence.text, slot.anchor, slot.sentence.end
    behind = WITH.match(text, anchor.last, stop)
    if behind is None or slot.group != "count" or AMONG.search(text, slot.sentence.start, anchor.first):
        return []
    return _object(slot, found, behind.end())


def _object(slot: Slot, found: Sequence[Named], start: int) -> list[Candidate]:
    """What the words at a place say that so many had: the candidates of their head, else the words themselves."""
    text, end = slot.sentence.text, _chunk(slot, start)
    if text[end : end + len(WHO)] == WHO:
        return []
    of = text.find(" of ", start, end)
    head = end if of < 0 or TRANSPARENT.search(text, start, of) else of
    inside = _inside(slot, found, start, head) or _other_disease(slot, start, head)
    label = text[start:end].strip()
    if inside or _names(slot, start, head) or NO_SUBJECT.match(label) or not NAME.match(label):
        return inside
    return [_own_name(label)]


def _chunk(slot: Slot, start: int) -> int:
    """Where the words that begin at a place end with the next joining word."""
    chunk = CHUNK.match(slot.sentence.text, start, slot.sentence.end)
    return chunk.end() if chunk is not None else start


def _inside(slot: Slot, found: Sequence[Named], start: int, end: int) -> list[Candidate]:
    """The candidates that the words at a place name, with what is listed behind."""
    inside = [(c, m) for c, m in found if start <= m.start < end]
    if not inside or not QUALIFIED.match(slot.sentence.text, start, inside[0][1].start):
        return []
    return [*(c for c, _ in inside), *_listed_behind(slot, found, end, inside[-1][1].type)]


def _other_disease(slot: Slot, start: int, end: int) -> list[Candidate]:
    """The disease that the words at a place name, where the paper does not study it."""
    text, paper = slot.sentence.text, slot.paper
    for mention in of_type(slot.sentence.mentions, "disease"):
        named = start <= mention.start < end and QUALIFIED.match(text, start, mention.start) is not None
        if named and paper.group_of(mention.key) is None and mention.key not in GENERIC:
            return [slot.candidate(mention.key, "mention", {"certain": 1.0}, mention)]
    return []


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


NO_ITEMS: Final = frozenset({"phase", "modality"})
"""Types of what a finding is seen on."""


def _without_whom(slot: Slot, proposed: Sequence[Candidate]) -> list[Candidate]:
    """What is proposed without what only tells whose share it is: '20% of patients with midgut tumors'."""
    match = OF_THOSE_WITH.match(slot.sentence.text, slot.anchor.last, slot.sentence.end)
    if match is None or slot.group != "share":
        return []
    start, end = match.end(), _chunk(slot, match.end())
    left = [c for c in proposed if c.mention is None or not start <= c.mention.start < end]
    return left if len(left) < len(proposed) else []
