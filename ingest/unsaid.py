"""This module tells pairs of which a sentence does not say what their predicate says: that a test shows a disease, that
a therapy is for it, that it expresses a marker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened
from ingest.sentences import Sentence

DETECTING: Final = beginning(
    *("detect", "diagnos", "visuali", "depict", "identif", "locali[sz]", "locat", "investigat", "confirm", "prove"),
    *("verif", "discover", "determin", "sensitiv", "accura", "work-?up", "delineat", "distinguish", "search", "screen"),
    *("histologically", "monitor", "reveal", "follow-?up", r"imaging (?:\w+ ){0,3}of choice"),
)
"""Words that say that something is found out: 'used for locating', 'the sensitivity of', 'the workup of'."""

BEFORE_OBJECT, BEHIND_OBJECT = 70, 60
"""How many characters before and behind a disease the word stands that says that it is found."""

OTHER_CLAUSE: Final = screened(r";|\b(?:whereas|while|but|although|however)\b", re.IGNORECASE)

FOUND_ALONE: Final = screened(
    r"\b(?:detect|diagnos|visuali|identif|locali[sz]|investigat|confirm|determin|stag|monitor)\w*(?:[^.;]{0,50})\b"
    r"(?:diseases?|tumou?rs?|lesions?|metastas[ei]s|primar(?:y|ies)|mass(?:es)?|them|it|syndromes?|diagnos[ei]s)\b"
    r"|\b(?:diagnostic|definitive diagnosis|diagnosis)\b",
    re.IGNORECASE,
)
"""'used to detect the lesions': what is found where the sentence does not name the disease."""

OF_A_TEST: Final = screened(
    r"[\s,-]*(?:(?:imaging|attenuation) )?(?:features?|findings?|values?|signs?|manifestations?|appearances?"
    r"|characteristics|numbers?|parameters?|data|guid(?:ed|ance)|scanners?|protocols?|sequences?)\b",
    re.IGNORECASE,
)
"""'CT features', 'the MR manifestations', 'CT-guided': what is said is not said of the test itself."""

NORMAL: Final = phrase("normal", "unremarkable")


def _not_found_by(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Masses with washout on CT', 'CT was performed': a disease and a test, of which no word says that it shows it."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "detected_by" or mention is None:
        return False
    test, thing = (mention, holder) if pair.attribute.type == "modality" else (holder, mention)
    if test is None:
        return True
    if OF_A_TEST.match(sentence.text, test.end) is not None:
        return True
    if thing is None:
        start, end = sentence.clause(test.start, test.end)
        return not pair.bearer.origin.startswith("before") or FOUND_ALONE.search(sentence.text, start, end) is None
    return _apart(sentence, test, thing) or not _is_found(sentence, thing)


def _apart(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether another clause begins, or something is called normal, between two mentions."""
    between = sentence.text[min(one.end, other.end) : max(one.start, other.start)]
    return any(pattern.search(between) for pattern in (OTHER_CLAUSE, NORMAL))


def _is_found(sentence: Sentence, thing: Mention) -> bool:
    """Whether a word of finding out stands by a thing and not by another one: 'for detecting the liver metastases'."""
    alike = [m for m in sentence.mentions if m.type in {"disease", "sign"} and m is not thing]
    left = max([sentence.start, thing.start - BEFORE_OBJECT, *(m.end for m in alike if m.end <= thing.start)])
    right = min([sentence.end, thing.end + BEHIND_OBJECT, *(m.start for m in alike if m.start >= thing.end)])
    return bool(DETECTING.search(sentence.text, left, thing.start) or DETECTING.search(sentence.text, thing.end, right))


_TIE: Final = one_of(
    *(r"\s", ",", "of", "in", "for", "with", "from", "the", "an?", "all", "most", "patients?", "cases?", "who", "have"),
    *(
        "has",
        "management",
        "treatment",
        "therapy",
        "treating",
        "treat",
        r"\([^()]*\)",
        "and",
        "or",
        "advanced",
        "early",
    ),
    *("unresectable", "metastatic", "primary", "recurrent", "small", "large", "selected", "these", "women", "stage"),
)
FOR_WHOM: Final = screened(rf"{_TIE}*", re.IGNORECASE)
"""' for patients with the ': what joins a therapy and the disease that it is for."""


def _for_no_disease(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Survival after A, B and C of patients with D': a therapy is not for each disease that it is named with."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "therapy_indication" or mention is None:
        return False
    if holder is None or holder.end > mention.start:
        return True
    return FOR_WHOM.fullmatch(sentence.text, holder.end, mention.start) is None


SAID_OF_DISEASES: Final = frozenset(
    {
        *("recurrence", "disease-progression", "progressive-disease", "local-tumor-progression", "stable-disease"),
        "intrahepatic-distant-recurrence",
    }
)
"""Outcomes that befall a disease; any disease has a survival and a prognosis, and only how these are can be said."""

FACTOR: Final = beginning(
    *("predict", "associat", "correlat", "factor", "prognostic", "risk of", "reduc", "treat", "therap", "after"),
    *("ablat", "resect", "surg", "patients? who", "compar", r"arm\b", "group"),
)
"""'A predictor of recurrence', 'recurrence after resection': not how often the disease itself recurs."""

_HOW: Final = one_of(
    *(
        "good",
        "poor",
        "better",
        r"wors\w+",
        "bad",
        r"(?:un)?favou?rable",
        "excellent",
        "dismal",
        "long",
        "short",
        "high",
    ),
    *("low", "limited", "optimistic"),
)
IS_SO: Final = screened(
    rf"\s*(?:\([^()]*\)\s*)?(?:is|are|was|were|remains?|ha[sd] been) (?:\w+ )?{_HOW}", re.IGNORECASE
)
HAS_SUCH: Final = screened(
    rf"\s*(?:\([^()]*\)\s*)?(?:has|have|had|with|carr(?:y|ies)) (?:an? )?(?:\w+ )?{_HOW}\b", re.IGNORECASE
)
"""' is still poor', ' has a very poor ': how a course is said to be, behind 'survival of HCC', between the two."""


def _how_it_goes_unsaid(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Early diagnosis matters for the prognosis of', 'survival after': not how a disease goes."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "has_prognosis" or pair.bearer.type != "disease" or mention is None:
        return False
    if holder is None or FACTOR.search(sentence.words) is not None:
        return True
    if pair.attribute.entity.key in SAID_OF_DISEASES:
        return False
    if holder.end <= mention.start:
        return HAS_SUCH.match(sentence.text, holder.end, mention.end) is None
    tied = FOR_WHOM.fullmatch(sentence.text, mention.end, holder.start) is not None
    return not tied or IS_SO.match(sentence.text, holder.end) is None


MAKES: Final = screened(
    r"\b(?:express(?:es|ed|ing)?|produc(?:es?|ed|ing)|secret(?:es?|ed|ing)|synthesi[sz](?:es?|ed|ing)|releas(?:es?|ed|ing)"
    r"|(?:over-?)?expression of|(?:hyper)?secretion of|production of)\b",
    re.IGNORECASE,
)
NEAR_MAKING: Final = 45


def _makes_nothing(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Symptoms related to hormone production': not which tumor makes what."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "expresses" or mention is None:
        return False
    if holder is None:
        return True
    first, last = (holder, mention) if holder.end <= mention.start else (mention, holder)
    cue = list(MAKES.finditer(sentence.text, first.end, last.start))
    return not cue or mention.start - cue[-1].end() > NEAR_MAKING or _apart(sentence, first, last)


def _graded_elsewhere(_: Sentence, pair: Pair, predicate: str) -> bool:
    """A system or grade that a sentence names without the tumor, unless its own text says which."""
    return predicate == "classified_by" and pair.bearer.mention is None and pair.bearer.type == "disease"


UNSAID: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _not_found_by,
    _for_no_disease,
    _how_it_goes_unsaid,
    _makes_nothing,
    _graded_elsewhere,
)
"""What each tells of a sentence that names a pair and does not say what joins it."""
