"""This module reads the turns of phrase that leave no choice of what a number is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.lists import Anchor, item_of
from ingest.mentions import Mention, of_type
from ingest.phrases import beginning, one_of
from ingest.screening import screened
from ingest.sentences import Sentence

COPULA: Final = screened(r"\s*(?:was|were|is|are|had|of|:|=)?\s*(?:approximately |about )?", re.IGNORECASE)
"""'that of adenomas was about ': what joins a name and the number behind it."""

BEFORE_BRACKET: Final = screened(r"\s*(?:groups?|arms?|patients|cohorts?)?[\s(\[]*", re.IGNORECASE)
"""' group (': what may stand between a name and its number."""

OF_WHAT: Final = screened(
    r"\s*(?:of|with|in|from|for|among)\s+(?:the\s+|all\s+|our\s+|an?\s+|\w+ly\s+|resect\w+\s+)*", re.IGNORECASE
)
"""' of the resectable ': what joins a number and what it is of."""

SHARE_OF_A_WHOLE: Final = beginning("account", "represent", "compris", "constitut", "make up", "made up")
"""'NETs account for 2% of tumors': the number is not one of the tumors."""

A_KIND_OF_ALL: Final = screened(
    r"\s*of (all (?:[\w-]+\s+){0,4}?[\w-]+)\s+(?:are|is|were|was)\s+(?:an? |the )?(?=[A-Za-z])"
)
"""'0.3% of all NENs are PHNENs': the number is the share of what stands behind."""

_TELLS: Final = one_of(
    *(r"identif\w+", r"distinguish\w*", r"differentiat\w+", r"diagnos\w+", r"predict\w*", r"detect\w*"),
    r"discriminat\w+",
)
TELLS_APART: Final = screened(rf"\b{_TELLS}\b(?: of| for)?", re.IGNORECASE)


COUNTED_PERSONS: Final = screened(r"[^\S\n]*(?:patients?|cases?|participants?|subjects?)?\s*")
CUE_REACH: Final = 60
"""How many characters behind 'identifying' the disease may stand."""


_PERSONS_WITH: Final = r"(?:cases?|patients|people) (?:of|with) (?:the |an? )?"
IN_CASES_OF: Final = screened(rf"\W*(?:in|for|among) (?:(?:the|all|most|some) )?{_PERSONS_WITH}", re.IGNORECASE)
"""'In most patients with ' at the beginning of a sentence."""


IN_IT: Final = screened(r"\W*in (?:(?:the|all|most|some|many) )?", re.IGNORECASE)
"""'In most ' at the beginning of a sentence."""

HOW_IT_IS: Final = screened(r"(?: [\w-]+){0,2} ")
"""' slow ' between 'their' and what they have."""

RELATIVES: Final = (" which ", " that ", " who ")
CLAUSE_ENDS: Final = frozenset(",;:()")
BEFORE_RELATIVE: Final = screened(r"\s*(?:\([^()]*\)\s*)?,?")
"""' (DIPNECH),' between a name and ' which'."""


def owner(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """The one bearer that the words around a number leave, None where they leave a choice."""
    group = KIND_GROUPS[anchor.kind]
    if group == "claim":
        rows = (_possessed, _of_a_relative_clause, _in_cases_of, _in_it, _whose_bracket)
        return next((found for row in rows if (found := row(sentence, anchor, mentions)) is not None), None)
    if anchor.arms:
        return _arm(anchor, mentions)
    if group == "accuracy":
        return _told_apart(sentence, mentions)
    for type_ in ("therapy", "disease") if group != "test" else ():
        item = item_of(sentence, anchor, of_type(mentions, type_))
        if item is not None:
            return item
    return (
        _counted(anchor, mentions)
        or _before_bracket(sentence, anchor, mentions)
        or _behind(sentence, anchor, mentions)
        or _with_copula(sentence, anchor, mentions)
    )


def _in_cases_of(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'In cases of liver metastases from esophageal cancer, ring enhancement is common.'"""
    match = IN_CASES_OF.match(sentence.text, sentence.start, sentence.end)
    if match is None or anchor.start < match.end():
        return None
    return next((m for m in mentions if m.start == match.end()), None)


def _possessed(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'Despite their indolent growth, metastases are present': what 'their' stands for."""
    before = [m for m in mentions if m.stands_in and m.text.casefold() in {"its", "their"} and m.end < anchor.start]
    return next((m for m in before if HOW_IT_IS.fullmatch(sentence.text, m.end, anchor.start)), None)


def _in_it(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'In metastases of unknown primary, CDX2 points to …': the one tumor that a sentence opens with."""
    match = IN_IT.match(sentence.text, sentence.start, sentence.end)
    if match is None:
        return None
    opening = [m for m in of_type(sentence.mentions, "disease") if match.end() <= m.start < anchor.start]
    closing = sentence.text.find(",", match.end(), anchor.start)
    opens = len(opening) == 1 and opening[0].start == match.end() and opening[0].end <= closing
    return opening[0] if opens and opening[0] in mentions else None


def _whose_bracket(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'Adenoma (fat) and cholangiocarcinoma (capsular retraction)': the name right before the bracket."""
    opened, closed = (sentence.text.rfind(sign, sentence.start, anchor.start) for sign in "()")
    if opened <= closed:
        return None
    before = (m for m in of_type(mentions, "disease") if m.end <= opened)
    return next((m for m in before if not sentence.text[m.end : opened].strip()), None)


def _of_a_relative_clause(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'type 3 lesions, which are sporadic and require gastrectomy': the name right before 'which', up to a comma."""
    text, start = sentence.text, sentence.start
    place = max(text.rfind(word, start, anchor.start) for word in RELATIVES)
    if place < 0 or not CLAUSE_ENDS.isdisjoint(text[place : anchor.start]):
        return None
    before = (m for m in of_type(mentions, "disease", "therapy") if m.end <= place)
    return next((m for m in before if BEFORE_RELATIVE.fullmatch(text, m.end, place)), None)


def _arm(anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'lymphadenopathy of NETs was lower than that of adenocarcinomas (30.4% vs. 60.9%)': each number has its group."""
    diseases = [m for m in of_type(mentions, "disease") if m.end <= anchor.first]
    therapies = of_type(mentions, "therapy")
    for alike in (diseases, [m for m in therapies if m.start >= anchor.last], therapies):
        groups = list({m.key: m for m in alike}.values())
        if len(groups) >= 2 and (alike is diseases or len(groups) == 2):
            return groups[-2:][anchor.index]
    return None


def _counted(anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'23 GEP adenocarcinomas': the disease that a count counts."""
    if anchor.kind != "count":
        return None
    return next((m for m in mentions if anchor.end <= m.start < anchor.last), None)


def _before_bracket(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'… compared with GEP adenocarcinomas (0.77±0.20, 0.64±0.15)'."""
    if not anchor.opens:
        return _with_its_bracket(sentence, anchor, mentions)
    before = (m for m in mentions if m.end <= anchor.first)
    return next((m for m in before if BEFORE_BRACKET.fullmatch(sentence.text, m.end, anchor.first)), None)


def _with_its_bracket(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'well-differentiated tumors (uncertain behavior, Ki-67 <2%)': the name that the bracket explains."""
    if anchor.bracket is None or any(anchor.bracket < m.start < anchor.first for m in mentions):
        return None
    before = (m for m in mentions if m.end <= anchor.bracket)
    return next((m for m in before if not sentence.text[m.end : anchor.bracket].strip()), None)


def _behind(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'34.5% of pancreatic NETs', '23 patients (13 men; mean age 54 years) with liver metastases from GEP NETs'."""
    place = _out_of_brackets(sentence.text, anchor, sentence.end)
    match = OF_WHAT.match(sentence.text, place)
    if match is None or match.end() == place or SHARE_OF_A_WHOLE.search(sentence.text[sentence.start : anchor.first]):
        return None
    return next((m for m in mentions if m.start == match.end()), None)


def _out_of_brackets(text: str, anchor: Anchor, end: int) -> int:
    """Where the words go on behind a number, past the bracket that it stands in or that follows it."""
    noun = COUNTED_PERSONS.match(text, anchor.end)
    place = noun.end() if noun is not None else anchor.end
    opened = text.rfind("(", 0, anchor.first), text.rfind(")", 0, anchor.first)
    if opened[0] > opened[1] or text[place : place + 1] == "(":
        closing = text.find(")", place, end)
        return closing + 1 if closing >= 0 else place
    return len(text[:place].rstrip())


def _with_copula(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """'that of GEP adenocarcinomas was 50.35±39.40 mm'."""
    if KIND_GROUPS[anchor.kind] not in {"measure", "share"} or anchor.count > 1:
        return None
    before = [m for m in mentions if m.end <= anchor.first]
    if before and COPULA.fullmatch(sentence.text[before[-1].end : anchor.first]):
        return before[-1]
    return None


def _told_apart(sentence: Sentence, mentions: Sequence[Mention]) -> Mention | None:
    """'the sensitivity for identifying GEP adenocarcinomas was 82.6%': the disease that the test is for."""
    diseases = of_type(mentions, "disease")
    for cue in TELLS_APART.finditer(sentence.text, sentence.start, sentence.end):
        behind = [m for m in diseases if 0 <= m.start - cue.end() <= CUE_REACH]
        if behind:
            return behind[0]
    return None
