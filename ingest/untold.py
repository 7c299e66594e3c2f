"""This module tells pairs that a sentence defines, counts, adjusts for or looks for from those of which it tells."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.context import LESION_NOUNS, PATIENT_NOUNS
from ingest.left_out import SAID_WITHOUT_A_NAME, SITES_TOLD
from ingest.mentions import Mention
from ingest.negation import is_negated
from ingest.pairs import Pair
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened
from ingest.sentences import Sentence
from ingest.treatments import NO_TREATMENT

DEFINED: Final = phrase(r"(?:is|are|was|were) (?:\w+ )?(?:defined|counted) (?:as|by|when|if)", "defined as")

RARE: Final = "rare-occurrence"
RATES: Final = frozenset({"incidence", "prevalence"})
OF: Final = screened(r"\s+(?:rates? )?(?:of|for|in)\s+(?:the |an? )?", re.IGNORECASE)

NOWHERE_ELSE: Final = screened(
    r"\b(?:absence of|no|without|exclu\w+)\s+(?:\w+ ){0,3}(?:lesions?|tumou?rs?|mass(?:es)?|disease|primar\w+|sites?)\b"
    r"[^.;]{0,40}\b(?:at|in|elsewhere|outside)\b[^.;]*$",
    re.IGNORECASE,
)

CONSIDERED: Final = screened(
    r"\b(?:tak\w+ into (?:account|consideration)|should (?:\w+ )?consider|which (?:\w+ly )?(?:considers?|combines?)"
    r"|such factors as|factors such as|stratified (?:by|for|according to)|covariates?"
    r"|variables? (?:such as|included?|were))\b[^.;]*$"
    r"|\b(?:regardless of|irrespective of|independent(?:ly)? of|depending (?:up)?on)\b[^,.;]*$",
    re.IGNORECASE,
)
CONSIDERED_TYPES: Final = frozenset(
    {"sign", "marker", "clinical-feature", "variable", "outcome", "site", "classification"}
)

LINKED: Final = beginning(
    *(
        "associat",
        "relat",
        "link",
        "history of",
        "due to",
        "caus",
        "aris",
        "coexist",
        "correlat",
        "risk",
        "account for",
    ),
    *(
        "concomitant",
        "synchronous",
        "underlying",
        "background of",
        "depend",
        "in patients with",
        "develop",
        "predispos",
    ),
)
NEAR_A_LINK: Final = 60
"""How many characters from a disease the word stands that links it with another."""

NO_DIFFERENCE: Final = screened(r"\b(?:no|not|without)\b[^.;]{0,40}\bdifferen\w+", re.IGNORECASE)

BARE_NUMBERS: Final = frozenset({"multiple", "single", "solitary"})
BESIDE_A_NUMBER: Final = 60
_LESION: Final = one_of(
    *(
        "lesion",
        "mass",
        "nodule",
        "tumou?r",
        "metasta",
        "foc[iu]",
        "cyst",
        "hepatic",
        "liver",
        "hypervascular",
        "NE[NT]s?",
    ),
    *("carcinoma", "adenoma", "cancer", "hemangioma", "neoplasm", "deposit", "abscess", "large", "small"),
)
LESIONS_BEHIND: Final = screened(
    rf"\W*(?!cyst)(?:(?:and|or|to|in)\b|[.;)/]|,[\w\s,-]{{0,40}}?\b{_LESION}|(?:[\w-]+ ){{0,2}}?{_LESION})",
    re.IGNORECASE,
)
LESIONS_BEFORE: Final = screened(
    rf"{_LESION}\w*[^.;]{{0,30}}\b(?:was|were|is|are|be|usually|often|either)\s+(?:\w+ )?$|\b(?:either|or|and|,)\s*$",
    re.IGNORECASE,
)

LACKS: Final = beginning("lack", "devoid", "los(?:es|e|t|s of)")
LEVEL: Final = beginning(
    *(
        "elevat",
        "increas",
        "rais",
        "high",
        "heighten",
        "positiv",
        "negativ",
        "abnormal",
        "normal",
        "express",
        "decreas",
    ),
    *("low", "produc", "secret", "stain", "useful", "effective", "helpful", "predict", "associat", "correlat", "relat"),
    *(
        "sensitiv",
        "specific",
        "detect",
        "present",
        "absen",
        "overexpress",
        "characteri",
        "synthesi",
        "marker",
        "biomarker",
        "arise",
    ),
    *(
        "origin",
        "deriv",
        "diagnos",
        "releas",
        "retain",
        r"los(?:e|es|s|t)\b",
        "mutat",
        "amplif",
        "immunoreact",
        "contain",
    ),
    *(r"develops? from", r"graded", "of choice", "gold standard"),
)
"""Words that say how a marker was, or what it tells."""

WHEREAS: Final = screened(r"(?:,\s+(?:whereas|while|but)|\s(?:since|because))\b", re.IGNORECASE)

TURNS: Final = screened(r",?\s+(?:whereas|while|although)\s+(?!.*[;:.]\s)", re.IGNORECASE)
GOES_ON: Final = screened(
    r"(?:\w+ing|rarely|often|usually|not|sometimes|in|also|still|(?:they|it|these|this|some|most|others?|its|their)"
    r"|small|large\w*)\b",
    re.IGNORECASE,
)
"""' whereas ' between two clauses, and how the second begins that goes on about the subject of the first."""

DOES: Final = screened(
    r"(?:rarely|infrequently|seldom|uncommonly)\s+(?!(?:(?:been|be)\s+)?"
    r"(?:seen|encountered|reported|found|observed|diagnosed|described|documented|occur\w*)\b)\w+\s+(?!tumou?rs?\b)",
    re.IGNORECASE,
)
"""'rarely presents with', 'rarely arise in'; not 'rarely seen'."""

THEM: Final = phrase("them", "it", "these", "this", "they", "their", "its")


def _placebo(_: Sentence, pair: Pair, __: str) -> bool:
    """A placebo treats nothing, and what follows it is the course without treatment."""
    return not {pair.bearer.entity.key, pair.attribute.entity.key}.isdisjoint(NO_TREATMENT)


def _defined_as(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Progression was defined as …': what a word means in a paper, of which no patient is told."""
    defined = pair.attribute.type in {"outcome", "sign", "modality", "phase", "site", "classification"}
    return defined and DEFINED.search(sentence.words) is not None


def _rate_of_another(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'The incidence of liver failure after embolization' is that of liver failure."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or pair.attribute.entity.key not in RATES:
        return False
    of = OF.match(sentence.text, mention.end)
    behind = [other for other in sentence.mentions if of is not None and other.start >= of.end()]
    another = of is not None and (holder is None or behind[:1] != [holder])
    return pair.bearer.type != "disease" or another


def _nowhere_else(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'The absence of lesions at other sites, such as the lungs': where a primary is not."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "site":
        return False
    return NOWHERE_ELSE.search(sentence.text[sentence.start : mention.start]) is not None


def _only_considered(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Regardless of tumor size', 'treatment plans should consider comorbidities': not how they are."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type not in CONSIDERED_TYPES:
        return False
    return CONSIDERED.search(sentence.text[sentence.start : mention.start]) is not None


def _linked_elsewhere(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """Two diseases in a sentence whose 'associated' or 'related' stands far from both."""
    mention = pair.attribute.mention
    if mention is None or predicate != "associated_with" or pair.attribute.type != "disease":
        return False
    start, end = max(sentence.start, mention.start - NEAR_A_LINK), min(sentence.end, mention.end + NEAR_A_LINK)
    return LINKED.search(sentence.text[start:end]) is None


def _not_of_a_lesion(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Multiple linear regression', 'a single pathologist': no number of lesions."""
    return pair.attribute.mention is not None and counts_no_lesion(sentence, pair.attribute.mention)


def counts_no_lesion(sentence: Sentence, mention: Mention) -> bool:
    """Whether a bare number stands before something else than lesions."""
    if mention.text.casefold() not in BARE_NUMBERS:
        return False
    behind = sentence.text[mention.end : min(sentence.end, mention.end + BESIDE_A_NUMBER)]
    before = sentence.text[max(sentence.start, mention.start - BESIDE_A_NUMBER) : mention.start]
    return LESIONS_BEHIND.match(behind) is None and LESIONS_BEFORE.search(before) is None


def _level_unsaid(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """A marker that a sentence only names: 'the procedure for Ki-67 was described by others'."""
    mention = pair.attribute.mention
    if mention is None or predicate != "has_marker":
        return False
    if is_negated(sentence.negated, mention.start, mention.end) and LACKS.search(sentence.words):
        return False
    start, end = sentence.clause(mention.start, mention.end)
    return LEVEL.search(f"{sentence.text[start : mention.start]} {sentence.text[mention.end : end]}") is None


def _arms_compared(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'No difference between patients who received radiotherapy and …': who got what is not what is denied."""
    mention = pair.attribute.mention
    if mention is None or predicate not in {"treated_by", "therapy_indication", "detected_by"}:
        return False
    return NO_DIFFERENCE.search(sentence.text[sentence.start : mention.start]) is not None


def _in_response(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Levels rose in response to the drug': not that a tumor responded."""
    mention = pair.attribute.mention
    return mention is not None and pair.attribute.type == "outcome" and sentence.text[: mention.start].endswith("in ")


def _of_nobody(sentence: Sentence, pair: Pair, _: str) -> bool:
    """A general sentence that names neither the disease of the title nor any lesions or patients."""
    unnamed = pair.bearer.mention is None and pair.bearer.origin.startswith("title")
    if not unnamed or sentence.evidence == "own" or pair.attribute.type == "therapy":
        return False
    if any(told(sentence, pair) for told in SAID_WITHOUT_A_NAME) or SITES_TOLD.search(sentence.words):
        return False
    return not any(named.search(sentence.words) for named in (LESION_NOUNS, PATIENT_NOUNS, THEM))


def _before_another_clause(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Most tumors are well differentiated, whereas NECs …': what stands before is not of what comes behind; nor is
    what comes behind of what stands before, where it has a subject of its own: 'whereas biopsy is used in the liver'.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None:
        return False
    if holder.start >= mention.end:
        return WHEREAS.search(sentence.text, mention.end, holder.start) is not None
    turn = TURNS.search(sentence.text, holder.end, mention.start)
    if turn is None or GOES_ON.match(sentence.text, turn.end()) is not None:
        return False
    return not any(turn.end() <= m.start and (m.key == holder.key or m.stands_in) for m in sentence.mentions)


def _rarely_does(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'NETs rarely cause fever': what a disease seldom does, not that it is rare."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key != RARE:
        return False
    return DOES.match(sentence.text[mention.start : sentence.end]) is not None


def _risk_of_what(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Cirrhosis is a risk factor for HCC': that there is one says nothing; that none is known does."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key != "risk-factor":
        return False
    return not is_negated(sentence.negated, mention.start, mention.end)


UNTOLD: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _placebo,
    _defined_as,
    _rate_of_another,
    _nowhere_else,
    _only_considered,
    _linked_elsewhere,
    _not_of_a_lesion,
    _level_unsaid,
    _arms_compared,
    _in_response,
    _of_nobody,
    _risk_of_what,
    _rarely_does,
    _before_another_clause,
)
"""What each tells of a sentence that names a pair and tells nothing of it."""
