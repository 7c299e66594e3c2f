"""This module reads behind a number what so many had or were: '60% of the patients had ascites'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.candidates import Candidate, Slot
from ingest.lists import LIST_BETWEEN
from ingest.mentions import of_type
from ingest.nouns import QUALIFIED, Named, disease_within, names_a_concept, own_name, own_names, within_stretch
from ingest.phrases import one_of
from ingest.screening import screened

_NO_LINK: Final = r"(?!(?:and|or|but|who|which|that|than|as|while|whereas|if|when|vs|versus|was|were|had|have)\b)"
OF_WHOM: Final = (
    r"[\s)\]]*(?:\([^()]{1,30}\)\s*)?(?:of\s+(?:the\s+|these\s+|those\s+|all\s+|our\s+|their\s+)?)?"
    rf"(?:{_NO_LINK}[\w/’'-]+\s+){{0,5}}?"
)
"""' of the recipients ': whom a number counts, before what they had."""

_HAD: Final = one_of(
    *("had", "has", "have", "having", "show(?:ed|s|ing)?", "exhibit(?:ed|s|ing)?", "demonstrat(?:ed|es?|ing)"),
    *("display(?:ed|s)?", "develop(?:ed|s|ing)?", "experienc(?:ed?|ing)", "suffer(?:ed|ing)? from"),
    *("complain(?:ed|ing)? of", "present(?:ed|ing)? with"),
)
WERE: Final = r"(?:are|were|is|was|remain(?:ed)?)\s+(?:already\s+|also\s+|still\s+|\w+ly\s+){0,2}"
THEY_HAD: Final = screened(rf"{OF_WHOM}{_HAD}\s+(?:an?\s+|the\s+|both\s+|either\s+)?", re.IGNORECASE)
THEY_WERE: Final = screened(rf"{OF_WHOM}{WERE}", re.IGNORECASE)
"""' of the patients had a ', ' of insulinomas are ': what stands behind it was so of so many."""

CHUNK: Final = screened(
    r"[^,;:.()]*?(?=[,;:.()]|\s(?:and|or|but|in|on|at|with|after|within|during|by|for|from|to|as|that|which|who|than"
    r"|because|until|before|requiring|preventing|causing|leading|including|compared|had|was|were|is|are|\d+)\b|$)"
)
"""What follows up to the next joining word."""

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

WHO: Final = " who "
TRANSPARENT: Final = screened(
    r"\b(?:presence|absence|evidence|signs?|symptoms?|history|degrees?|types?|patterns?|areas?|regions?|foc(?:us|i)|forms?"
    r"|episodes?|rates?|kinds?|features?|findings?|appearances?|levels?|elevations?|increases?|involvement|invasion"
    r"|metastas[ei]s|spread|extension|lesions?|tumou?rs?|mass(?:es)?|nodules?|location|combination|diagnos[ie]s)$",
    re.IGNORECASE,
)
"""Heads of which what stands behind 'of' is what was found."""

OF_THOSE_WITH: Final = screened(
    rf"[\s)]*(?:\([^()]{{1,30}}\)\s*)?of\s+(?:the\s+|all\s+|these\s+)?(?:{_NO_LINK}[\w/’'-]+\s+){{0,2}}?with\s+"
)
"""' of the patients with ': whose share it is."""


GOES_BACK: Final = screened(
    r"\s*(?:this|these|such|both|the same)\s+(?:[\w-]+\s+){0,2}(?:patterns?|features?|findings?|signs?|appearances?)\b",
    re.IGNORECASE,
)
"""' this enhancement pattern': what the sentence before has named."""


def had_that(slot: Slot, proposed: Sequence[Candidate]) -> list[Candidate]:
    """'7 of 9 demonstrated this pattern': what the sentence before has named."""
    verb = THEY_HAD.match(slot.sentence.text, slot.anchor.last, slot.sentence.end)
    goes_back = verb is not None and GOES_BACK.match(slot.sentence.text, verb.end(), slot.sentence.end) is not None
    return [c for c in proposed if goes_back and c.origin.startswith("before")]


def had(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'60% of the patients had ascites', '60% of gastrinomas are malignant': the verb's object or complement."""
    text, last, stop = slot.sentence.text, slot.anchor.last, slot.sentence.end
    verb = THEY_HAD.match(text, last, stop)
    if verb is not None:
        of_a_site = any(last <= m.start < verb.end() for m in of_type(slot.sentence.mentions, "site"))
        return [] if of_a_site else _object(slot, found, verb.end())
    were = THEY_WERE.match(text, last, stop)
    if were is None:
        return []
    start, end = were.end(), _chunk(slot, were.end())
    word = text[start:end].strip().split(" ")[0]
    quality = ADJECTIVE.match(word) is not None and word not in NO_QUALITY and not names_a_concept(slot, start, end)
    return _inside(slot, found, start, end) or ([own_name(word)] if quality else [])


def had_with(slot: Slot, found: Sequence[Named]) -> list[Candidate]:
    """'One participant presented with diarrhea and another with abdominal pain': what stands behind 'with'; '40
    patients with HCC' are counted for it.
    """
    text, anchor, stop = slot.sentence.text, slot.anchor, slot.sentence.end
    behind = WITH.match(text, anchor.last, stop)
    if behind is None or slot.group != "count" or AMONG.search(text, slot.sentence.start, anchor.first):
        return []
    return [c for c in _object(slot, found, behind.end()) if c.type != "disease"]


def without_whom(slot: Slot, proposed: Sequence[Candidate]) -> list[Candidate]:
    """What is proposed without what only tells whose share it is: '20% of patients with midgut tumors'."""
    match = OF_THOSE_WITH.match(slot.sentence.text, slot.anchor.last, slot.sentence.end)
    if match is None or slot.group != "share":
        return []
    start, end = match.end(), _chunk(slot, match.end())
    left = [c for c in proposed if c.mention is None or not start <= c.mention.start < end]
    return left if len(left) < len(proposed) else []


def _object(slot: Slot, found: Sequence[Named], start: int) -> list[Candidate]:
    """What the words at a place say that so many had: the candidates of their head, else the words themselves."""
    text, end = slot.sentence.text, _chunk(slot, start)
    if text[end : end + len(WHO)] == WHO:
        return []
    of = text.find(" of ", start, end)
    head = end if of < 0 or TRANSPARENT.search(text, start, of) else of
    inside = _inside(slot, found, start, head) or disease_within(slot, start, head)
    return inside if inside or names_a_concept(slot, start, head) else own_names(slot, start, end)


def _chunk(slot: Slot, start: int) -> int:
    """Where the words that begin at a place end with the next joining word."""
    chunk = CHUNK.match(slot.sentence.text, start, slot.sentence.end)
    return chunk.end() if chunk is not None else start


def _inside(slot: Slot, found: Sequence[Named], start: int, end: int) -> list[Candidate]:
    """The candidates that the words at a place name, with what is listed behind."""
    inside = within_stretch(found, start, end)
    if not inside or not QUALIFIED.match(slot.sentence.text, start, inside[0][1].start):
        return []
    return [*(c for c, _ in inside), *_listed_behind(slot, found, end, inside[-1][1].type)]


def _listed_behind(slot: Slot, found: Sequence[Named], end: int, type_: str) -> list[Candidate]:
    """The candidates of a type that a list goes on with behind a place: ', capsule and washout'."""
    listed: list[Candidate] = []
    for candidate, mention in [(c, m) for c, m in found if m.start >= end]:
        if mention.type != type_ or not LIST_BETWEEN.fullmatch(slot.sentence.text, end, mention.start):
            break
        listed.append(candidate)
        end = mention.end
    return listed
