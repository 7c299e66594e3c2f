"""This module tells where a turn of phrase is denied, is only a condition, or is of what was not done."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames import Frame
from ingest.frames.frame import ITS_PREDICATES
from ingest.mentions import Mention
from ingest.negation import is_negated
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import Sentence

_NOT: Final = r"(?:\b(?:not(?! only\b)|never|cannot|hardly|neither|nor|unable|unlikely)|n't|\bfail(?:s|ed|ing)?)\b"

NOT_AT_THE_CUE: Final = screened(
    rf"{_NOT}(?:[^\w,;:]+\w+){{0,4}}\W*$"
    r"|\bno (?:\w+ ){0,3}differen\w+(?:\W+\w+){0,8}\W*$"
    r"|\bno (?:(?:significant|statistical(?:ly)?|clear|direct|such|linear|apparent|obvious|relevant|strong) )*$",
    re.IGNORECASE,
)
"""'is not able to discriminate', 'failed to detect', unlike 'not only depends on'."""

_AUXILIARY: Final = one_of(
    "is", "are", "was", "were", "be", "been", "can", "could", "may", "might", "do", "does", "did", "has"
)

NOT_DONE: Final = screened(
    r"\bnot (?:been |\w+ly )?(?:performed|done|obtained|acquired|carried out|available"
    r"|assessed|evaluated|examined)\b[^.,;]*$",
    re.IGNORECASE,
)
"""'was not performed to detect': a test that nobody made shows nothing, and misses nothing."""

WHICH_NOT: Final = screened(
    rf"\b(?!(?:{_AUXILIARY}|have|had|\w+ly|often|also|still|but|and|or)\b)[\w-]+ not (?:\w+ly )?$", re.IGNORECASE
)
"""'Tumors not ' before 'confirmed by biopsy': which tumors, and not what biopsy misses."""

_CONDITIONS: Final = one_of("if", "unless", "whether", "in (?:the )?(?:case|event|absence) of", "provided that", "once")

ON_CONDITION: Final = screened(rf"\b{_CONDITIONS}\b[^,;]*$", re.IGNORECASE)
"""'If CT shows metastases, …': nothing is said to be so."""

HARDLY: Final = screened(r"\b(?:difficult|hard|impossible|challenging) to (?:\w+ )?$", re.IGNORECASE)
"""'is difficult to detect on CT': not that CT detects it, and not that it never does."""

_NOT_SAID: Final = one_of(
    *("feasible", "possible", "available", "suitable", "amenable", "eligible", "candidates?", "resectable"),
    *("indicated", "who", "whom", "which", "that", "and", "or", "only", "be"),
)

NOT_GIVEN: Final = screened(
    r"(?:\b(?:not|never|cannot|hardly|neither|nor|unable|unlikely)|n't|\bfail(?:s|ed|ing)?)\b"
    rf"(?: (?!{_NOT_SAID}\b)[\w-]+){{0,4}} ?(?:be )?$"
    r"|\b(?:not|never|no longer)"
    r"(?: (?:be|being|been|an?|the|all|always|usually|often|considered|good|ideal|suitable))* ?$",
    re.IGNORECASE,
)
"""'was not treated with', 'is not a suitable' candidate, unlike 'in whom resection is not feasible underwent'."""

THAT: Final = screened(r",? (?:that|which)\b")
"""'they lack the washout that is seen in HCC': what is denied of others is there in what 'that' goes on about."""

SUBJECT_BEHIND: Final = screened(r",\s*(?:(?:but|and|so|yet)\s+)?(?:the |these |this )?$", re.IGNORECASE)
"""', but the ': what stands before the subject of the next clause."""


def is_unsure(frame: Frame, before: str) -> bool:
    """Whether a cue is of a condition, or a test only hardly shows what it would be said to show."""
    if ON_CONDITION.search(before) is not None and frame.predicate not in ITS_PREDICATES:
        return True
    return frame.predicate == "detected_by" and HARDLY.search(before) is not None


def is_undone(sentence: Sentence, cue: re.Match[str]) -> bool:
    """Whether a cue is of a test that was not made, or only tells which tumors are spoken of."""
    if WHICH_NOT.search(sentence.text, sentence.start, cue.start()) is not None:
        return True
    return NOT_DONE.search(sentence.text, sentence.start, cue.end()) is not None


def of_a_clause_before(sentence: Sentence, denying: re.Match[str], left: Mention | None) -> bool:
    """Whether a 'not' belongs to another clause than the one that begins with `left`: 'it does not cure, but it …'."""
    if left is None:
        return False
    between = sentence.text[sentence.start + denying.start() : left.start]
    return SUBJECT_BEHIND.search(between) is not None


def is_of_none(sentence: Sentence, frame: Frame, left: Mention | None, place: int) -> bool:
    """Whether what came of a therapy is said not to have come, and whether it is the absence of a finding that is seen
    or that tells: 'no fever was seen after chemoembolization', 'no washout suggests adenoma'.
    """
    if left is None or left.type in {"therapy", "modality"} or frame.negative:
        return False
    if THAT.match(sentence.text, left.end, place):
        return False
    if frame.predicate not in {"has_sign", "discriminates"} and not (
        frame.turned and frame.predicate in ITS_PREDICATES
    ):
        return False
    return is_negated(sentence.negated, left.start, left.end)
