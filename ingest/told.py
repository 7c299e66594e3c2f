"""This module reads in the words around a number what it counts: what was seen in so many, what they tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.features import COUNTED_GROUPS
from ingest.had import OF_WHOM, THEY_HAD, WERE, had, had_that, had_with, without_whom
from ingest.lists import LIST_BETWEEN
from ingest.mentions import of_type
from ingest.nouns import NO_NAME, Named, names_a_concept, own_names
from ingest.own_words import COMBINED, measured_by, opening_words
from ingest.phrases import one_of
from ingest.screening import Match, Pattern, screened
from ingest.units import by_unit

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

AFFECTS: Final = screened(r"\s(?:affect(?:s|ed)?|complicat(?:es?|ed))\s+(?:only\s+)?$", re.IGNORECASE)
MOST: Final = screened(
    r"\s(?:is|are|was|were)\s+(?:by far\s+)?the\s+(?:(?:second|third)\s+)?(?:most\s+(?:common|frequent)|commonest)\b"
    r"[^.;,()]{0,60}[(,]\s*(?:in\s+)?$",
    re.IGNORECASE,
)
"""' affects ', ' was the most frequent adverse event (' before the number of what stands before them."""

SO_IN: Final = screened(
    rf"\b(?:is|are|was|were)\s+(?:already\s+|also\s+|often\s+|\w+ly\s+){{0,2}}(?P<what>[\w-]+(?:\s+[\w-]+)?)"
    rf"(?:\s+at\s+(?:the time of\s+)?(?:diagnosis|presentation))?{_IN}",
    re.IGNORECASE,
)
"""'are already metastatic at diagnosis in ': what so many were."""

SPREAD: Final = "metastasis"
SPREADS: Final = screened(rf"\bmetasta[sz]i[sz]e[sd]?{_IN}", re.IGNORECASE)
RATE_OF: Final = screened(
    r"\b(?:risk|rate|frequency|likelihood|probability|incidence|prevalence|proportion) of (?P<what>[^.;:,]{3,60}?)\s*"
    r"(?:\b(?:is|was|were|are|being|reaches|reached|exceeds|exceeded|remains|remained)|[:=(])\s*$",
    re.IGNORECASE,
)
"""'The risk of metastasis is ' before a number."""

DEPICTED: Final = screened(
    r"(?:\s+\w+ly)?\s+(?:detect|depict|identif|visuali[sz]|show|reveal|demonstrat|found|locali[sz]|miss)\w*\s+"
    r"(?:only\s+|all\s+)?$",
    re.IGNORECASE,
)
"""' depicted ' between a test and the number of what it showed."""

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

MISTAKEN_FOR: Final = screened(
    r"[^.;\d]{0,90}?\b(?:misdiagnosed|mistaken|misinterpreted|misclassified)\s+(?:\w+ly\s+)?(?:as|for)\s+",
    re.IGNORECASE,
)
"""' of hepatocellular carcinoma was misdiagnosed as ' behind a number: what stands behind it is what so many were taken
for.
"""

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

SEX: Final = screened(r"(?:wo)?m[ae]n\Z|(?:fe)?males?\Z", re.IGNORECASE)
IN_BRACKETS: Final = "n equals"
OF_A_GROUP: Final = screened(
    r"\b(?:(?:sub)?groups?|arms?|cohorts?|populations?|samples?|series)\s*[(\[]\s*$", re.IGNORECASE
)
"""'group (' before a count: how many there were in it."""

DOSE: Final = "dose"
GRAMS: Final = screened(r"(?:m|µ|μ)?g(?:/(?:day|d|m2|m²|kg))?\Z|[GM]Bq\Z")
"""Units of what is given: 'lanreotide 120 mg'."""

RATES: Final = frozenset({"incidence", "prevalence", "mortality", "rare-occurrence"})
"""What is so many per population."""

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
    if slot.group not in COUNTED_GROUPS or slot.anchor.arms:
        return []
    seen = (
        _taken_for(slot, found)
        or _seen_in(slot, found)
        or _so_in(slot)
        or _rate_of(slot, found)
        or _depicted(slot, found)
    )
    if seen or slot.anchor.count > 1:
        return seen or without_whom(slot, proposed)
    return (
        had_that(slot, proposed)
        or had(slot, found)
        or had_with(slot, found)
        or _in_turn(slot, found)
        or without_whom(slot, proposed)
    )


def _by_kind(slot: Slot, found: Sequence[Named]) -> Iterator[list[Candidate]]:
    """What a limit, an outcome and an accuracy are of, where words tell."""
    yield _graded(slot, found)
    yield _by_form(slot, found)
    outcome = _outcome(slot)
    yield [slot.candidate(outcome, "told", {"certain": 1.0})] if outcome is not None else []
    combined = slot.group == "accuracy" and COMBINED.search(slot.sentence.words) is not None
    yield list(measured_by(slot)) if combined else []


def _by_form(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """What the form of a number says that it is of: '13 men', 'the control group (n = 68)', '3 per million a year'."""
    number = next((n for n in slot.sentence.numbers if n.start == slot.anchor.start), None)
    if number is None:
        return []
    text, sentence = slot.sentence.text, slot.sentence
    if SEX.match(number.unit or "") and not _goes_on(slot):
        return list(by_unit(slot, number))
    if number.rule == IN_BRACKETS and OF_A_GROUP.search(text, sentence.start, number.start):
        return list(by_unit(slot, number))
    if GRAMS.match(number.unit or "") and DOSE in slot.paper.lexicon.concepts:
        given = [m for m in of_type(sentence.mentions, "therapy") if text[m.end : number.start].strip(" (") == ""]
        if any(m.end <= number.start for m in given):
            return [slot.candidate(DOSE, "unit", {"certain": 1.0})]
    per_many = number.kind == "incidence_rate" and "percent" not in number.fields
    known = any(c.entity.key in RATES for c, _ in found)
    return [slot.candidate("incidence", "unit", {"certain": 1.0})] if per_many and not known else []


def _goes_on(slot: Slot) -> bool:
    """Whether a sentence tells what those that it counts had."""
    return THEY_HAD.match(slot.sentence.text, slot.anchor.last, slot.sentence.end) is not None


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
    verbs = (words.search(sentence.text, sentence.start, anchor.first) for words in (SEEN_IN, AFFECTS, MOST))
    verb = next((one for one in verbs if one is not None), None)
    return _named(slot, found, *_subject(slot, verb)) if verb is not None else []


def _taken_for(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'One case was misdiagnosed as hepatic adenoma': the wrong diagnosis."""
    cue = MISTAKEN_FOR.match(slot.sentence.text, slot.anchor.last, slot.sentence.end)
    return [c for c, m in found if cue is not None and m.type == "disease" and m.start >= cue.end()]


def _so_in(slot: Slot) -> list[Candidate]:
    """'NENs are metastatic at diagnosis in half of the cases': the complement, where it is the name of a disease."""
    sentence, anchor = slot.sentence, slot.anchor
    so = SO_IN.search(sentence.text, sentence.start, anchor.first)
    spread = [m for m in of_type(sentence.mentions, "disease") if so is not None and m.start == so.start("what")]
    return [slot.candidate(m.key, "mention", {"certain": 1.0}, m) for m in spread]


def _rate_of(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'The risk of metastasis is 2%', 'tumors below 1 cm metastasize in 2%': what is so likely."""
    sentence, anchor = slot.sentence, slot.anchor
    if SPREADS.search(sentence.text, sentence.start, anchor.first):
        return [slot.candidate(SPREAD, "told", {"certain": 1.0})]
    rate = RATE_OF.search(sentence.text, sentence.start, anchor.first)
    if rate is None:
        return []
    named = [(m, None) for m in of_type(sentence.mentions, "disease")] + [(m, c) for c, m in found]
    here = [(m, c) for m, c in named if rate.start("what") <= m.start and m.end <= rate.end("what")]
    return [c or slot.candidate(m.key, "mention", {"certain": 1.0}, m) for m, c in here[:1]]


def _depicted(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'Diffusion-weighted imaging depicted 71% of the metastases': what they were seen with."""
    text, first = slot.sentence.text, slot.anchor.first
    return [c for c, m in found if m.type == "modality" and m.end <= first and DEPICTED.match(text, m.end, first)][-1:]


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
    known = [m for m in of_type(slot.sentence.mentions, *SEEN_TYPES) if start < m.end <= head and m.type != "disease"]
    if known:
        return [slot.candidate(known[-1].key, "mention", {"certain": 1.0}, known[-1])]
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
