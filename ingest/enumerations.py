"""This module reads lists of what is named: what may stand between their items, those unknown to the vocabulary too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.screening import Pattern, screened
from ingest.sentences import Sentence

_SELDOM: Final = one_of("often", "frequently", "commonly", "rarely", "usually")
_LESS: Final = one_of(
    rf"(?:less|more|most|very) {_SELDOM}", "rarely", "occasionally", "sometimes", "especially", "mainly", "even"
)
_SO_MANY: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|the others|the rest)"
_ITEMS: Final = one_of(
    *(
        r"\s",
        ",",
        "/",
        "and",
        "n?or",
        "as well as",
        "the",
        "an?",
        "of",
        "from",
        "those",
        "that",
        "to",
        "other",
        *("such as", "including", "namely", "e\\.g\\.,?", "i\\.e\\.,?", "like"),
        *("(?:well|poorly|moderately)[- ]differentiated", "(?:high|low)[- ]grade"),
        "followed by",
        rf"(?:and|or|,)\s+{_SO_MANY}\s+as",
        "but also(?: (?:in|to|on|for|by|with))?",
        rf"(?:and|or|,)\s+{_LESS}?(?:in|to|at|into|within|on|for|by|with)",
        "(?:presence|extent|degree|number) of",
        _LESS,
    ),
    *(r"\(\s*[\w=/ ]*\)", "typical", "liver", "hepatic", "lesions?", "among", "both", "also", "malignant", "benign"),
)
ITEMS: Final = screened(rf"{_ITEMS}*", re.IGNORECASE)
"""What may stand between two things of a list: ', ', ' and the ', ' (n=3), ', ', less often, in the '."""

_NO_ITEM: Final = one_of(
    *("which", "who", "that", "is", "are", "was", "were", "has", "have", "had", "not", "no", "without", "but", "while"),
    *("if", "when", "then", "as", "however", "although", "because", "since", "after", "before", "than", "there"),
)
_UNNAMED: Final = rf",\s(?:and |or )?(?:(?!{_NO_ITEM}\b)[\w-]+\s){{0,2}}(?!{_NO_ITEM}\b)[\w-]+(?=,)"
_MANNER: Final = one_of(
    *("surgical", "systemic", "percutaneous", "transarterial", "intra-?arterial", "intravenous", "oral", "selective"),
    *("bland", "thermal", "palliative", "laparoscopic", "conventional", "partial", "repeated", "cytotoxic", "adjuvant"),
    *("external", "targeted", "prophylactic", "aggressive", "long-acting", "complete", "high-dose", "low-dose", "open"),
    *("better", "good", "high", "higher", "low", "lower", "longer", "shorter", "larger", "faster", "fewer", "improved"),
    *("reduced", "increased", "similar", "comparable", "plus", "combined with", "followed by", "loaded with", "severe"),
    *("mild", "moderate", "transient", "including", "with", "possible", "prolonged", "local", "in combination with"),
    *(
        "mixed with",
        "combination of",
        "alone",
        "either",
        "rates?",
        "(?:injection|infusion|administration|use) of",
        "symptomatic",
    ),
)
THERAPY_ITEMS: Final = screened(rf"(?:{_ITEMS}|\([^()]*\)|{_MANNER}\b|{_UNNAMED})*", re.IGNORECASE)
"""The same between therapies and between what they bring: ', transplantation, ', ' and systemic ', ', lower '."""
_NO_NAME: Final = one_of(
    *(
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "may",
        "can",
        "which",
        "that",
        "who",
        "with",
        "in",
        "of",
        "for",
    ),
    *(
        "by",
        "to",
        "from",
        "as",
        "while",
        "but",
        "after",
        "due",
        "not",
        "no",
        "without",
        "then",
        "when",
        "if",
        "on",
        "at",
    ),
    *(r"\w+ed", r"\w+ly", r"\w+ing", "and", "or", "than", "because", "cause[sd]?", "leads?", "shows?"),
)
_A_NAME: Final = rf"(?:(?:the|an?)\s+)?(?:(?!{_NO_NAME}\b)[\w'’-]+\s+){{0,2}}(?!{_NO_NAME}\b)[\w'’-]+"
_OPEN: Final = r"\s*(?:\([^()]*\)\s*)?,\s*"
UNKNOWN_ITEMS: Final = screened(
    rf"{_OPEN}(?:{_A_NAME}\s*,?\s*){{1,2}}(?:,|and|or|,\s*and|,\s*or)\s+(?:the\s+|an?\s+)?", re.IGNORECASE
)
"""', steatorrhea and ': items of a list that the vocabulary does not have."""
UNKNOWN_FIRST: Final = screened(rf"\s*(?:{_A_NAME}\s*,\s*){{1,3}}(?:and\s+|or\s+)?(?:{_A_NAME}\s+)?", re.IGNORECASE)
"""'predisposes to hemangioblastoma, ': those that it begins with."""

UNKNOWN_TAIL: Final = screened(rf"(?:\s*,\s*{_A_NAME})*,?\s+(?:and|or)\s+{_A_NAME}(?=\s)", re.IGNORECASE)
"""', bleeding and tricuspid insufficiency': those that it ends with."""

_DONE: Final = one_of("given", "used", "performed", "administered", "applied", "done", "recommended")
_BE: Final = r"(?:is|are|was|were|(?:should|can|may|must|could) be|ha(?:s|ve) (?:been|to be))"
_IS_DONE: Final = rf"\s+(?:(?:{_BE} )?{_DONE} )?"
USING: Final = screened(rf"{_IS_DONE}(?:using|utili[sz]ing|by means of|via)\s+(?:[\w-]+\s+){{0,3}}", re.IGNORECASE)
"""'embolization using ': behind it stands what it is done with."""

BESIDE: Final = screened(rf"{_IS_DONE}(?:before|prior to|after|following|during)\s+(?:[\w-]+\s+){{0,3}}", re.IGNORECASE)
"""'chemotherapy given before ': behind it stands when, one thing or several."""

DOES: Final = screened(
    r"\s+(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|may|can|could|leads?|causes?|occurs?|shows?|results?|requires?)\b",
    re.IGNORECASE,
)


def one_list(text: str, mentions: Sequence[Mention], items: Pattern = ITEMS, *, unknown: bool = False) -> list[Mention]:
    """The first mention with those that follow it (or go before it) in one list; it may have items between that are
    `unknown` to the vocabulary.
    """
    found = [mentions[0]]
    for mention in mentions[1:]:
        (_, left), (right, _) = sorted(((found[-1].start, found[-1].end), (mention.start, mention.end)))
        together = found[-1].start == mention.start  # what 'both' stands for
        between = "" if together else text[left:right] if left <= right else "."
        listed = items.fullmatch(between) or (unknown and UNKNOWN_ITEMS.fullmatch(between))
        if not listed:
            break
        found.append(mention)
    return found


def only_items(sentence: Sentence, place: int, first: Mention) -> bool:
    """Whether only items that the vocabulary lacks stand before the first that it has."""
    if any(m.end > place and m.start < first.start for m in sentence.mentions):
        return False
    return UNKNOWN_FIRST.fullmatch(sentence.text, place, first.start) is not None


def is_a_subject(sentence: Sentence, item: Mention, last: Mention) -> bool:
    """Whether the last of a list begins the next clause: 'causes diarrhea, and cirrhosis leads to'."""
    opens = sentence.text[item.end : last.start].lstrip().startswith(",")
    return opens and DOES.match(sentence.text, last.end, sentence.end) is not None


def without_devices(text: str, therapies: Sequence[Mention]) -> tuple[str, list[Mention]]:
    """A text and its therapies without what they are done with or beside, 'embolization using doxorubicin is safe', and
    without the first part of a name that holds two: 'electrode ablation'.
    """
    kept, dropped = list[Mention](), 0
    for mention in therapies:
        if kept and _is_beside(text, kept[-1].end, dropped, mention.start):
            dropped = mention.end
        elif not kept or USING.fullmatch(text, kept[-1].end, mention.start) is None:
            if kept and not text[kept[-1].end : mention.start].strip(" -"):
                kept.pop()
            kept.append(mention)
            continue
        text = text[: kept[-1].end] + " " * (mention.end - kept[-1].end) + text[mention.end :]
    return text, kept


def _is_beside(text: str, last: int, dropped: int, place: int) -> bool:
    """Whether what stands at a place only tells when the therapy is given that ends at `last`, or is listed with what
    was found to do so and ends at `dropped`: 'octreotide is given before surgery or embolization'.
    """
    if BESIDE.fullmatch(text, last, place) is not None:
        return True
    return last < dropped and ITEMS.fullmatch(text, dropped, place) is not None
