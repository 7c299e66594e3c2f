"""This module tells what a sentence that leaves out its disease does not say of the one in focus, and what it does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.context import LESION_NOUNS, PATIENT_NOUNS
from ingest.openings import is_subject, opening_subject
from ingest.pairs import Pair
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened
from ingest.sentences import GENERIC, Sentence

SITES: Final = frozenset({"has_primary_site", "metastasizes_to"})
_MOST: Final = r"(?:most (?:common|frequent|often)|commonest|common|frequent|usual|main|typical|predominant)\w*"
SITES_TOLD: Final = phrase(
    "primary sites?",
    "sites? of (?:origin|metastas[ei]s|distant)",
    "metastatic sites?",
    rf"{_MOST} (?:\w+ ){{0,3}}(?:sites?|organs?|locations?|affected|involved)",
    rf"(?:sites?|organs?|locations?) (?:\w+ ){{0,2}}{_MOST}",
)
"""'The most common primary site', 'the organ most often involved': whose site that is need not be said."""

NAME: Final = screened(r".*?(?=\s+(?:is|are|was|were|remains?)\b|$)")

_FEATURES: Final = one_of(
    "features?",
    "findings?",
    "appearances?",
    "signs?",
    "manifestations?",
    "characteristics",
    "symptoms?",
    "presentations?",
)
_KIND: Final = one_of(
    *(
        "typical",
        "common",
        "characteristic",
        "classic(?:al)?",
        "usual",
        "main",
        "imaging",
        "clinical",
        "radiologic(?:al)?",
    ),
    *("CT", "MRI?", "ultrasound", "sonographic", "histologic(?:al)?", "frequent", "presenting", "other", "further"),
)
FEATURES_TOLD: Final = screened(
    rf"\W*(?:the |its |their )?(?:{_KIND},? (?:and )?)+{_FEATURES}\b|\W*symptoms?\b|\W*(?:the )?clinical picture\b",
    re.IGNORECASE,
)
"""'Typical imaging features are …' at the beginning of a sentence: whose they are need not be said."""

CHANNEL: Final = phrase(
    "arter(?:y|ies)", "veins?", "hepatocytes?", "valves?", "trunk", "aorta", "vena cava", "vessels?"
)
"""What leads to an organ or makes it up: nowhere that a tumor starts or spreads to."""

NODE: Final = phrase("nodes?")
"""Where tumors spread to and do not start."""

_SUCH: Final = one_of(
    "effective", "useful", "important", "sensitive", "accurate", "reliable", "widely", "specific", "frequently"
)
_BEST: Final = one_of(
    *("of choice", "first[- ]line", "gold standard", "preferred", "mainstay", "cornerstone", "standard", "curative"),
    *("only", "best", "in (?:routine|general|common|clinical) use", "routinely used", "widely used", "commonly used"),
    rf"most (?:\w+ )?{_SUCH}",
)
BEST: Final = phrase(_BEST)
"""'The only curative treatment', 'the investigation of choice': said of the disease that a paper is about."""

_AT_ALL: Final = one_of(
    *("choice\\b", "(?:the |initial |early )?(?:diagnos|detect|stag|follow|locali[sz]|treatment|patients?|cases)"),
    *("(?:most|many|all|selected) (?:patients|cases)", "prolong", "control", "cur(?:e|ing)\\b", "relie"),
)
FOR_WHAT: Final = screened(rf"\b(?:for|to|in|of)\s+(?!{_AT_ALL})", re.IGNORECASE)
"""'of choice for hepatic vessels': what it is the best for is told, and is not the disease in focus."""

NOT: Final = phrase("not", "never", "no longer", "neither", "nor", "rarely", "seldom", "hardly", "cannot")

_BRACKET: Final = r"\s*(?:\([^()]*\)\s*)?"
_HOW: Final = r"(?:(?:[a-z]+ly|often|also|therefore|then|still|always|less|more|most|very)\s+){0,3}"
_ADVISED: Final = one_of(
    *("used", "given", "indicated", "recommended", "performed", "offered", "considered", "preferred", "reserved"),
    *("administered", "advised", "required"),
)
_HELPS: Final = one_of("controls?", "relieves?", "alleviates?", "palliates?", "improves?", "reduces?")
GIVEN: Final = screened(
    rf"{_BRACKET}(?:is|are|can be|may be|should be|remains?)\s+{_HOW}{_ADVISED}\b"
    rf"|[^,;.]{{0,20}}\b{_HELPS}\s+(?:(?:the|most|hormonal|many)\s+){{0,2}}(?:symptoms?|flushing|diarrh)",
    re.IGNORECASE,
)
"""' is often given', ' control the symptoms': what is said of a therapy that is for the disease in focus."""

_SO: Final = one_of(
    *("common", "frequent", "rare", "uncommon", "present", "seen", "found", "observed", "usual", "typical", "absent"),
    *("high", "raised", "elevated", "low", "increased", "decreased", "diagnostic", "characteristic", "asymptomatic"),
    *("pathognomonic", "noted", "encountered", "reported"),
    r"the (?:\w+ ){0,3}(?:feature|symptom|sign|manifestation|finding)s?",
)
_WHOM: Final = (
    r"(?:about|up to|approximately|\d)|(?:[\w%.–-]+\s+){0,4}"
    r"(?:patients?|cases?|individuals?|tumou?rs?|lesions?|adults|men|women|children)\b"
)
OCCURS: Final = screened(
    rf"{_BRACKET}(?:(?:is|are|may be|can be|was|were)\s+{_HOW}{_SO}"
    rf"|(?:(?:may|can)\s+)?{_HOW}(?:occur|develop|follow|predominate|prevail)s?)\b(?!\s+(?:in|by|within)\s+(?!{_WHOM}))",
    re.IGNORECASE,
)
"""' are common', ' often occurs': what is said of a feature of the disease in focus."""

USED: Final = screened(
    rf"{_BRACKET}(?:is|are|can be|may be|should be|must be|has to be|have to be|remains?)\s+{_HOW}"
    rf"(?:{_ADVISED}|obtained|mandatory|essential|necessary|an? (?:\w+ )?alternative)\b(?! (?:to|for|in the)\b)",
    re.IGNORECASE,
)
"""' is mandatory', ' should be performed': what is said of a test that is for the disease in focus."""

RAISED: Final = beginning("elevat", "rais", "increas", "high", "positiv", "normal", "expressed", "detect")

GOES: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:then|has|have|usually|often|generally|thus|therefore|however|is|are|remains?|was|were)\W+){0,3}"
    r"(?:very |fairly |relatively |generally |usually |often |clearly )?"
    r"(?:deteriorat|worsen|improv|increas|decreas|ris(?:e|ing|en)|rose\b|climb|fall|low\b|high\b|rare\b|common\b|var(?:y|ies)|poor|good|excellent|dismal|favou?rable|unfavou?rable|wors|better|bad|bleak)",
    re.IGNORECASE,
)
"""' then deteriorates', ' is generally poor': how a course goes that opens a sentence."""


def is_best(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says of a therapy or a test, as its subject, that it is the best, and of no disease for which:
    'surgery is the only curative treatment'.
    """
    mention = pair.attribute.mention
    if mention is None or not is_subject(sentence, mention):
        return False
    start, end = sentence.clause(mention.start, mention.end)
    best = BEST.search(sentence.text, start, end)
    if best is None or NOT.search(sentence.text, mention.end, max(mention.end, best.start())) is not None:
        return False
    return FOR_WHAT.search(sentence.text, best.end(), end) is None


def is_raised(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says how a marker is in patients, or that it is the best: 'chromogranin A is raised in most
    patients'.
    """
    mention = pair.attribute.mention
    if mention is None or not is_subject(sentence, mention):
        return False
    of_patients = any(nouns.search(sentence.words) for nouns in (PATIENT_NOUNS, LESION_NOUNS))
    raised = RAISED.search(sentence.text, mention.end, sentence.end) is not None
    return (of_patients and raised) or is_best(sentence, pair) or occurs(sentence, pair)


def goes_so(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence begins with a course and says how it goes: 'prognosis then deteriorates'."""
    mention = pair.attribute.mention
    if mention is None or not is_subject(sentence, mention):
        return False
    noun = NAME.match(sentence.text, mention.start, mention.end)  # 'prognosis is poor' may be a name
    return noun is not None and GOES.match(sentence.text, noun.end(), sentence.end) is not None


def is_a_feature(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence tells of the features of what it is about: 'typical findings are washout and a capsule'."""
    told = FEATURES_TOLD.match(sentence.text, sentence.start, sentence.end)
    mention = pair.attribute.mention
    return told is not None and mention is not None and mention.start >= told.end() and mention.type in FELT_OR_SEEN


FELT_OR_SEEN: Final = frozenset({"sign", "clinical-feature"})


def occurs(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says of a feature, as its subject, that it occurs: 'fatigue and edema are common'."""
    mention = pair.attribute.mention
    if mention is None or mention.type not in FELT_OR_SEEN | {"marker"} or not is_subject(sentence, mention):
        return False
    last = max((m for m in sentence.mentions if is_subject(sentence, m)), key=lambda m: m.end)
    return OCCURS.match(sentence.text, last.end, sentence.end) is not None


def is_given(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says of a therapy, as its subject, that it is given: 'octreotide controls the symptoms'."""
    mention = pair.attribute.mention
    if mention is None or mention.type != "therapy" or not is_subject(sentence, mention):
        return False
    last = max((m for m in sentence.mentions if is_subject(sentence, m)), key=lambda m: m.end)
    return GIVEN.match(sentence.text, last.end, sentence.end) is not None


def is_used(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says of a test, as its subject, that it is made: 'scintigraphy is mandatory'."""
    mention = pair.attribute.mention
    if mention is None or mention.type != "modality" or not is_subject(sentence, mention):
        return False
    last = max((m for m in sentence.mentions if is_subject(sentence, m)), key=lambda m: m.end)
    return USED.match(sentence.text, last.end, sentence.end) is not None


def _of_its_own_subject(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Carcinoid crisis is treated with octreotide', 'hepatitis is found by a blood test': said of its subject."""
    if pair.bearer.mention is not None or pair.bearer.type != "disease" or pair.attribute.mention is None:
        return False
    subject = opening_subject(sentence)
    if (
        subject is None
        or subject.stands_in
        or subject.overlaps(pair.attribute.mention.start, pair.attribute.mention.end)
    ):
        return False
    if subject.type == "disease" and _is_a_syndrome(pair):
        return True
    return subject.type in {"disease", "syndrome"} and subject.key not in GENERIC


def _is_a_syndrome(pair: Pair) -> bool:
    return any(name.startswith("type=syndrome") for name in pair.bearer.features)


def _expressed_by_a_syndrome(_: Sentence, pair: Pair, predicate: str) -> bool:
    """'Hindgut tumors secrete no serotonin and do not cause the syndrome': it is tumors that express a marker."""
    return predicate == "expresses" and _is_a_syndrome(pair)


def _site_of_unnamed(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'The liver is supplied by the portal vein': no site of the tumor in focus unless words say that it is one."""
    if predicate not in SITES or pair.bearer.mention is not None or sentence.evidence == "own":
        return False
    return pair.bearer.origin != "stands-in" and SITES_TOLD.search(sentence.words) is None


def _no_organ(_: Sentence, pair: Pair, predicate: str) -> bool:
    return is_no_organ(pair.attribute.entity.label, predicate)


def is_no_organ(label: str, predicate: str) -> bool:
    """Whether a tumor neither starts in a place nor spreads to it: an artery or a kind of cell; or, as no tumor starts
    in a lymph node, does not start there.
    """
    if predicate == "has_primary_site" and NODE.search(label) is not None:
        return True
    return predicate in SITES and CHANNEL.search(label) is not None


SAID_WITHOUT_A_NAME: Final = (goes_so, is_best, is_used, is_raised, is_a_feature, occurs)
"""What each tells of a general sentence that it is about the disease in focus, though it does not name it."""

LEFT_OUT: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _of_its_own_subject,
    _site_of_unnamed,
    _no_organ,
    _expressed_by_a_syndrome,
)
"""What each tells of a sentence that leaves out what it speaks of."""
