"""This module tells what a turn of phrase speaks of: the subject of its verb, past what is inserted, and not something
of it or what it is merely in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.mentions import Mention
from ingest.phrases import beginning, one_of
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence

TUMORS: Final = GENERIC | {"malignant-neoplasm", "benign-neoplasm", "primary-liver-tumor"}
"""Names that only say what kind of a thing another is."""

IS_ONE_OF: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?,?\s*(?:(?:is|are|was|were|represents?|constitutes?|as|remains?)\b|(?:an?|the)\s)[^,;.:()]{0,70}",
    re.IGNORECASE,
)
"""'NETs are a heterogeneous group of tumors that': what is said of the tumors is said of NETs."""

_OF: Final = one_of("of", "for", "in", "with", "from", "by", "on", "against", "to", "after", "between")
_WHOSE: Final = one_of(
    *("the", "an?", "all", "most", "many", "some", "these", "this", "such", "both", "other", "advanced", "primary"),
    *("patients?", "cases?", "people", "subjects?", "individuals?", "with", "having", "who have"),
)
OF_IT: Final = screened(rf"\b([a-z]+)\s+(?:{_OF}\s+)(?:{_WHOSE}\s+)*$", re.IGNORECASE)
IN_IT: Final = screened(
    rf"(?:^|[,;]\s*|\b(?:that|and)\s+)\W*(?:in|for|among|with|on|at|unlike)\s+(?:{_WHOSE}\s+)*$", re.IGNORECASE
)
GOES_ON: Final = screened(r"[\s,]*(?:who|which|that)?\s*", re.IGNORECASE)
ITSELF: Final = beginning(
    *("majorit", "percent", "third", "quarter", "half", "most", "all", "many", "some", "number", "proportion", "type"),
    *("subtype", "form", "group", "subset", "variant", "patient", "case", "presence", "development", "none", "each"),
    *("one", "occurrence", "subgroup", "kind", "rest", "part", "fraction", "evidence", "tenth", "fifth", "few", "two"),
    *("up", "is", "are", "was", "were", "that", "which", "and", "as", "whereas", "while", "because", "progression"),
    *(
        "level",
        "concentration",
        "expression",
        "tumou?r",
        "cancer",
        "neoplasm",
        "carcinoma",
        "primar",
        "lesion",
        "carcinoid",
        "incidence",
        "risk",
    ),
)
"""'The majority of NETs', 'patients with NETs': said of these themselves, unlike 'the treatment of NETs'."""

_HOW_OFTEN: Final = one_of(
    *(r"\w+ly", "often", "also", "then", "thus", "sometimes", "always", "almost", "never", "may", "can", "could"),
    *("is", "are", "was", "were", "has", "have", "had", "been", "be", "will", "might", "not", "more", "most"),
)
AND_DOES: Final = screened(rf",?\s+(?:and|but)\s+(?:{_HOW_OFTEN}\s+)*$", re.IGNORECASE)
"""'arise in the ileum and often ': what goes on about the subject of the verb before."""

WHICH: Final = screened(r"\b(?:which|who|that|where)\b[^,;]*$", re.IGNORECASE)
"""A clause about the last thing named, which 'and' goes on."""

AND: Final = screened(r"(?:\s|,|and|or|as well as|the|\([^()]*\))*", re.IGNORECASE)

_OPENS: Final = one_of(
    *(
        "which",
        "who",
        "that",
        "whose",
        "as",
        "an?",
        "the",
        "including",
        "such as",
        "especially",
        "particularly",
        "like",
    ),
    *("in particular", "also", r"\w+ed", r"\w+ing", "small", "large", "with", "known", "also known as", "either"),
)
INSERTED: Final = screened(rf",\s*{_OPENS}\b[^;:.]{{3,150}},\s*(?:[a-z]+\s+){{0,3}}$", re.IGNORECASE)
"""'NETs, which are rare, often ': what is said beside the subject."""

OPENS: Final = screened(
    rf"\W*(?:[\w-]+(?: [\w-]+)?,\s+)?(?:(?:{_WHOSE}|of|majority|presence|half|up to|about|\d+ ?%|while|although)\s+)*"
    r"(?:[\w-]+\s+){0,2}",
    re.IGNORECASE,
)
"""'However, most patients with advanced ': what may stand before the first thing that a sentence names, for it to be
the subject.
"""

IS: Final = one_of("is", "are", "was", "were", "has", "have", "had", "may", "can", "could", "does", "do")
ASIDE: Final = screened(rf",[^,;:.]{{3,150}},\s*((?:{_HOW_OFTEN}\s+)*)$", re.IGNORECASE)
FINITE: Final = screened(rf"(?:\w+ly\s+)?{IS}\b", re.IGNORECASE)
"""'Patients, not known to have diabetes, are …': a verb behind a comma is not about what the comma closes."""

_GLUE: Final = one_of(
    *(
        r"[\s,()/\[\]\d%.:=<>–-]",
        r"and\b",
        r"or\b",
        r"which\b",
        r"that\b",
        r"who\b",
        r"to\b",
        r"as\b",
        r"in\b",
        r"of\b",
    ),
    *(rf"{_HOW_OFTEN}\b", r"very\b", r"both\b", r"all\b", r"either\b", r"still\b", r"even\b", r"the\b", r"with\b"),
    *(r"(?:shown|found|known|considered|thought|believed|reported|seen|said)\b", r"(?:clinical|single|main)\b"),
    *(r"(?:levels?|status|values?|ind(?:ex|ices)|rates?|scores?|counts?|involvement|burden|load|grade)\b",),
    *(r"(?:patients?|tumou?rs?|cases?|lesions?|diseases?|syndromes?|metastas[ei]s)\b",),
)
_WORDS: Final = r"(?:[\w'-]+\b)"
TIED: Final = screened(rf"{_GLUE}*(?:{_WORDS}{_GLUE}*){{0,2}}", re.IGNORECASE)
"""What may stand between the subject and what is said of it: at most two words that say something."""


def subject_of(sentence: Sentence, place: int) -> tuple[list[Mention], int]:
    """What is named before a cue that it may speak of, and where the words before the cue end: past an insertion, and
    up to the subject alone where 'and' goes on about that.
    """
    before = [m for m in sentence.mentions if m.end <= place]
    on = AND_DOES.search(sentence.text, sentence.start, place)
    if on is not None and not any(m.end > on.start() for m in before):
        start = sentence.text.rfind(";", sentence.start, on.start()) + 1 or sentence.start
        return _coordinated(sentence, [m for m in before if m.start >= start], start, on.start())
    aside = INSERTED.search(sentence.text, sentence.start, place)
    if aside is None:
        aside = _beside(sentence, place)
    if aside is None:
        return before, place
    closed = sentence.text.rfind(",", aside.start(), place)
    outside = [m for m in before if m.end <= aside.start()]
    if any(m.start >= closed for m in before):
        return before, place
    return outside, aside.start()


def _beside(sentence: Sentence, place: int) -> re.Match[str] | None:
    """What stands between two commas before a verb."""
    aside = ASIDE.search(sentence.text, sentence.start, place)
    if aside is None:
        return None
    verb = FINITE.search(aside[1]) or FINITE.match(sentence.text, place)
    return aside if verb is not None else None


def _coordinated(sentence: Sentence, before: Sequence[Mention], start: int, place: int) -> tuple[list[Mention], int]:
    """The subject that 'and' goes on about: the first thing named from a place on, where the sentence or its last part
    behind a semicolon begins, with its list; what a relative clause goes on about stays the last.
    """
    first = next((m for m in before if IN_IT.search(sentence.text, start, m.start) is None), None)
    if first is None or OPENS.fullmatch(sentence.text, start, first.start) is None:
        return [], place
    if WHICH.search(sentence.text, first.end, place) is not None:
        return list(before), place
    subject = [first]
    for mention in before:
        if mention.start >= subject[-1].end and AND.fullmatch(sentence.text, subject[-1].end, mention.start):
            subject.append(mention)
    return subject, subject[-1].end


def meant(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Mentions without a last 'tumors' that the one before is said to be: 'NETs are rare tumors that'."""
    if len(mentions) < 2 or mentions[-1].key not in TUMORS:
        return mentions
    said = IS_ONE_OF.fullmatch(sentence.text, mentions[-2].end, mentions[-1].start) is not None
    return mentions[:-1] if said else mentions


RELATIVE: Final = screened(r"(?:\s[\w-]+)?,?\s(?:which|that)\s(?:\w+ly\s)?")
"""'is staged with the BCLC system, which ': said of the system."""


def only_of_it(sentence: Sentence, mention: Mention, place: int) -> bool:
    """Whether words before a mention say that something of it is spoken of: 'the treatment of NETs', 'In NETs the
    response is'.
    """
    before = OF_IT.search(sentence.text, sentence.start, mention.start)
    if before is not None:
        told = ITSELF.match(before.group(1)) is None
        return told and RELATIVE.fullmatch(sentence.text, mention.end, place) is None
    inside = IN_IT.search(sentence.text, sentence.start, mention.start) is not None
    return inside and GOES_ON.fullmatch(sentence.text, mention.end, place) is None


def is_tied(sentence: Sentence, start: int, place: int) -> bool:
    """Whether no other subject can stand between what a cue may speak of and the cue."""
    between = sentence.text[start:place]
    for mention in sentence.mentions:
        if start <= mention.start and mention.end <= place:
            between = between.replace(mention.text, " ")
    return TIED.fullmatch(between) is not None
