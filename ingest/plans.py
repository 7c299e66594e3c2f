"""This module tells sentences that say how things are from those that say what was planned, chosen or explained."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import Rows, screened
from ingest.sentences import Sentence

_TO: Final = one_of(
    *(
        "analy[sz]e",
        "evaluate",
        "assess",
        "investigate",
        "compare",
        "illustrate",
        "determine",
        "explore",
        "test",
        "examine",
    ),
    *("quantify", "identify", "measure", "describe", "develop", "verify", "study", "clarify", "establish", "validate"),
    *("estimate", "find out", "answer", "address", "ensure", "adjust", "control for", "account for"),
)
_STUDY: Final = one_of("study", "trial", "work", "paper", "review", "report", "survey", "project", "protocol")

AIMS: Final = tuple(
    screened(one, re.IGNORECASE)
    for one in (
        r"\b(?:aims?|purpose|objectives?|goal) of (?:this|our|the (?:present|current|study|work|paper|review|trial))\b",
        rf"\b(?:aim|objective|purpose)\w* (?:was|were) to\b|\b(?:{_STUDY}|we) (?:\w+ )?aim\w*\b",
        r"\b(?:proposed|sought|designed) to\b",
        rf"\A\W*(?:In order )?To (?:\w+ly )?{_TO}\b",
        r"\bnull hypothesis\b|\bendpoints? (?:was|were)\b",
        rf"\b(?:conducted|initiated|launched) to (?:\w+ly )?{_TO}\b",
        rf"\bfirst (?:[\w-]+ ){{0,4}}{_STUDY} (?:that|to|comparing|describing|evaluating)\b",
    )
)
"""'The objective of this study was', 'To evaluate …', 'the first trial comparing': what a paper set out to do."""

FURTHER: Final = screened(
    r"\b(?:future|further|follow-up|larger|additional|ongoing|prospective|more)\b (?:[\w-]+ ){0,4}"
    r"(?:stud(?:y|ies)|research|trials?|work|investigations?)\b[^.;]{0,60}"
    r"\b(?:should|need\w*|(?:is|are) (?:\w+ )?(?:required|necessary|warranted|planned)|will|could|must"
    r"|to (?:confirm|determine|assess))\b",
    re.IGNORECASE,
)
"""'Further studies are needed to …': what nobody has found yet."""

ENDPOINTS: Final = screened(
    r"\b(?:primary|secondary|main|co-?primary|further|other)\b[^.;]{0,30}?"
    r"\b(?:end[- ]?points?|outcome (?:measures?|variables?)|outcomes?)\s*(?:\([^)]*\)\s*)?"
    r"(?:(?:of|for|in) [^.;,]{0,50}?)?"
    r"(?::|\b(?:is|are|was|were|will)\b|includ)"
    r"|\boutcome measures?\b|\bend[- ]?points?\s*(?::|\b(?:is|are|includ\w+)\b)",
    re.IGNORECASE,
)
"""'Secondary endpoints are: …': what a trial measures."""

WILL: Final = phrase("will", "shall")

_DONE: Final = one_of(
    *(
        "measured",
        "assessed",
        "evaluated",
        "recorded",
        "documented",
        "reported",
        "analy[sz]ed",
        "compared",
        "performed",
    ),
    *(
        "collected",
        "obtained",
        "monitored",
        "calculated",
        "determined",
        "randomi[sz]ed",
        "assigned",
        "allocated",
        "asked",
    ),
    *("conducted", "carried out", "included", "excluded", "recruited", "enrolled", "followed", "treated", "given"),
    *("administered", "administrated", "described", "examined", "estimated", "tested", "used", "applied", "stratified"),
    *("defined", "considered", "continued", "discontinued", "offered", "provided", "invited", "checked", "reviewed"),
)
FUTURE: Final = screened(
    rf"\b(?:will|shall|(?:is|are) (?:planned )?to) (?:also |then |not |only |\w+ly )?be (?:\w+ly )?{_DONE}\b"
    r"|\b(?:we|trial|study|arms?|groups?|analys[ie]s|questionnaires?) will\b"
    r"|\bwill (?:\w+ )?(?:receive|undergo|take place)\b",
    re.IGNORECASE,
)
"""'Toxicity will be recorded': what a protocol has not seen yet."""

ASKED: Final = screened(
    r"\b(?:examined (?:for|whether|if)|investigated (?:whether|if|the)|focus(?:ed|es)? on|question (?:of|whether)"
    r"|searched for|tested (?:whether|if|for)|(?:is|are|was|were) (?:\w+ )?(?:unknown|asked) (?:whether|if))\b",
    re.IGNORECASE,
)
"""'We examined whether …': a question."""

ANSWERED: Final = beginning(
    "show", "found", "reveal", "demonstrat", "significan", "observ", "seen", "conclu", "suggest"
)

_ABBREVIATION: Final = r"[A-Z](?<!\w.)[\w/&-]{0,9}s?\s*(?:=|,|:)\s*[a-z][^;,.=]{3,60}[;,.]\s*"
_EXPLAINED: Final = r"[A-Za-z](?<!\w.)[\w./&-]{0,9}\s*[:=]\s*[\w(][^;:=]{3,80}[;.]\s*"

LEGENDS: Final = (screened(3 * _ABBREVIATION), screened(3 * _EXPLAINED))
"""'RFA, radiofrequency ablation; HCC, hepatocellular carcinoma; …' explains abbreviations."""

COMPARISON_OF: Final = screened(
    r"^\W*(?:Table \w+\W+)?(?:Comparison|Distribution|Summary|Characteristics) of\b", re.IGNORECASE
)
"""How the caption of a table begins."""

MATCHED: Final = phrase(
    "fulfilled the (?:following )?criteria", "matched (?:in terms? of|for|by)", "selection criteria"
)
"""Who was chosen for a study, and by what."""

CHOSEN: Final = phrase(
    *(
        "(?:inclusion|exclusion|eligibility|entry|enrol?lment) criteri(?:a|on)",
        "(?:was|were|are|is) (?:\\w+ )?(?:not )?(?:in)?eligible",
    ),
    *("eligible (?:patients|participants|subjects|women|men)", "informed consent", "ethics committee", "review board"),
    "(?:was|were|are|is) excluded (?:from|if|when|because|for|due to|owing to)",
    *("had to have", "sample size", "power calculation"),
    "criteria for (?:inclusion|exclusion|enrol?lment|participation)",
)
"""'Exclusion criteria were', 'patients had to have': who may take part in a study, whatever a paper finds."""

EXCLUDED: Final = phrase(r"(?:was|were) (?:\w+ )?excluded(?=\W*$)")
"""'Tumors not confirmed by biopsy were excluded.'"""

CRITERIA_HEADS: Final = screened(r"\b(?:inclusion|exclusion|eligibility|selection|entry)\b.*\bcriteri", re.IGNORECASE)
"""'Table 1 Inclusion/exclusion criteria'."""

READERS: Final = screened(
    r"\b(?:years?|yrs?)['’]?(?: of)?(?: \w+)? experience\b|\bexperienced (?:\w+ )?(?:radiologist|reader|patholog)", re.I
)
"""'two radiologists with 10 years of experience': who looked."""

PLANNING_HEADS: Final = beginning(
    *("statistic", "sample size", "eligib", "inclusion", "exclusion", "selection criteria", "end ?point", "end-point"),
    *("outcome measure", "randomi[sz]ation", "ethic", "objective", "aims?\\b", "data (?:collection|analys|management)"),
    *(
        "trial registration",
        "monitoring",
        "study design",
        "questionnaire",
        "abbreviation",
        "competing interest",
        "funding",
    ),
    *("acknowledg", "author", "informed consent", "safety (?:monitoring|assessment)", "(?:study )?assessments?$"),
)
"""How the headings begin under which a paper says what it does, not what is."""

FEW_WORDS: Final = 5
"""A line of fewer words without a verb is a heading, not a sentence."""

VERB: Final = screened(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|may|might|can|could|should|show\w*|underwent|proven|known|seen|lacks?|mimics?|contains?|(?:secret|releas|los)es?|produces?|express(?:es)?|enhances?|appears?|requires?|detects?|identif(?:y|ies)|remains?|occurs?|[a-z]+(?:ed|ates|izes|ises))\b"
)


PRESENT: Final = phrase("is", "are", "has", "have", "may", "can")
PLANNED: Final = phrase(
    "was", "were", "had", "will", "shall", "we", "our", "(?:is|are) (?:being )?(?:used|presented|given)"
)
"""Words of what a study itself did or does, rather than of what is known."""

CAPTION_OF_TABLE: Final = re.compile(r"\W*Table\s+\w+", re.IGNORECASE)
FINITE: Final = phrase("is", "are", "was", "were", "has", "have", "had", "shows?", "showed", "may", "can")
"""'Table 2 Expression in the cohort used here' names what a table holds."""


def says_what_is(sentence: Sentence) -> bool:
    """Whether a sentence can claim anything: an aim, a plan, an endpoint, who was chosen and who looked, a list of
    abbreviations, a title of a table and the agreement of observers claim nothing of a disease.
    """
    if any(KIND_GROUPS[number.kind] == "agreement" for number in sentence.numbers):
        return False
    block, words = sentence.block, sentence.words
    if block.section in {"Methods", "Abstract", "other"} and _heads_a_plan(block.heading):
        return False
    if block.section == "Methods" and WILL.search(words) is not None:
        return False
    if ASKED.search(words) is not None and ANSWERED.search(words) is None:
        return False
    if _names_only(sentence):
        return False
    return not any(pattern.search(words) for pattern in _SAY_NOTHING.that_may_match(words))


def is_background(sentence: Sentence) -> bool:
    """Whether a sentence tells in the present what is known, and only the heading above makes a plan of it: 'Survival
    is limited by cirrhosis' below 'Outcome measures'.
    """
    words = sentence.words.partition(";")[0]
    if sentence.block.section != "Methods" or not _heads_a_plan(sentence.block.heading):
        return False
    told = PRESENT.search(words) is not None and PLANNED.search(words) is None
    return told and not any(pattern.search(words) for pattern in _SAY_NOTHING.that_may_match(words))


@lru_cache(maxsize=64)  # each sentence below it asks
def _heads_a_plan(heading: str) -> bool:
    return PLANNING_HEADS.match(heading.strip()) is not None


def _names_only(sentence: Sentence) -> bool:
    """Whether a caption of a table, a cell or a line of few words has no verb that says anything."""
    words = sentence.words
    if CAPTION_OF_TABLE.match(words) is not None and FINITE.search(words) is None:
        return True
    short = sentence.block.section == "Table" or len(words.split()) < FEW_WORDS
    return short and VERB.search(words) is None


@lru_cache(maxsize=8)  # each number of a sentence asks
def chooses_patients(sentence: Sentence) -> bool:
    """Whether the numbers of a sentence say who may take part in a study: a limit of bilirubin that excludes a patient
    is no value of any patient.
    """
    return CRITERIA_HEADS.search(sentence.block.heading) is not None or CHOSEN.search(sentence.words) is not None


_SAY_NOTHING: Final = Rows(
    ((pattern,), pattern)
    for pattern in (MATCHED, *AIMS, FURTHER, *LEGENDS, COMPARISON_OF, ENDPOINTS, FUTURE, CHOSEN, EXCLUDED, READERS)
)
