"""This module tells numbers of one item of a list from the other items: what stands between keeps them apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.mentions import Mention
from ingest.phrases import one_of, phrase
from ingest.screening import screened

COUNTED: Final = frozenset({"share", "count"})
FOUND: Final = frozenset({"sign", "marker", "clinical-feature", "disease", "syndrome", "outcome", "site", "words"})
"""Types of what items of a list are."""

_OWN: Final = r"(?!(?:and|or|the|an?|in|of|with|was|were|is|are|for|to|by|at|on|from|only)\b)[A-Za-z][\w-]{3,}"
WORDS_OF_ITS_OWN: Final = screened(
    rf"\s*(?:[,;]\s*)?(?:(?:and|or|\([a-z]\))\s+)?(?:[\w-]+\s+)*?{_OWN}[^()]*$", re.IGNORECASE
)
"""', and withdrawal of consent ' between two brackets."""

OF_GROUPS: Final = phrase(
    r"(?:groups?|arms?|patients|cases|those|controls?|cohorts?|lesions?|tumou?rs?|phases?|both|males?|females?|men|women"
    r"|respectively|compared|similar|results?|versus|vs|than)"
)
"""Words of another group, in which the same is counted again."""


def _of_another_item(fit: Fit) -> bool:
    """'Poor function (n = 3), spread (n = 3) and withdrawal of consent (n = 1)': the last is not of function."""
    opened, mention, text = fit.anchor.bracket, fit.pair.attribute.mention, fit.sentence.text
    if opened is None or mention is None or KIND_GROUPS[fit.number.kind] not in COUNTED or fit.attribute not in FOUND:
        return False
    closed = text.rfind(")", fit.sentence.start, opened)
    if closed < mention.end or not any(mention.end <= n.start < closed for n in fit.sentence.numbers):
        return False
    between = text[closed + 1 : opened]
    if WORDS_OF_ITS_OWN.match(between) is None or OF_GROUPS.search(between) is not None:
        return False
    holder = fit.pair.bearer.mention
    return holder is None or not closed < holder.start < opened


NEXT_ITEM: Final = screened(r"[^()]*\)\s*(?:,|;|and\b|or\b)", re.IGNORECASE)
FINITE: Final = phrase("was", "were", "is", "are", "had", "has", "have", "shows?", "did", "could", "than", r"\w{2,}ed")


def _of_the_next_item(fit: Fit) -> bool:
    """'An abscess (2.7%) and active bleeding': what stands behind the bracket and 'and' is another item."""
    mention, text, last = fit.pair.attribute.mention, fit.sentence.text, fit.anchor.last
    own = text.rfind("(", fit.anchor.start, last) if text[:last].endswith(")") else -1  # 'one abscess (2.7%)'
    opened = own if own >= 0 else fit.anchor.bracket
    if opened is None or mention is None or KIND_GROUPS[fit.number.kind] not in COUNTED or fit.attribute not in FOUND:
        return False
    last = last - 1 if text[:last].endswith(")") else last
    if mention.start < last or NEXT_ITEM.match(text, last, mention.start) is None or OF_PERSONS.search(text[:opened]):
        return False
    return ";" in text[last : mention.start] or FINITE.search(text, last, mention.start) is None


OF_PERSONS: Final = screened(r"\b(?:patients|cases|lesions|tumou?rs|subjects|participants)\s*$", re.IGNORECASE)
"""'In ten patients (20%), bleeding was seen': the bracket says how many are spoken of."""

# ---------------------------------------------------------------- what only sorts or belongs to another noun

_SORTED: Final = one_of(
    *("according to", "depending (?:up)?on"),
    *("stratified (?:by|for|according to)", "regardless of", "irrespective of", "independent(?:ly)? of", "grouped by"),
    *("matched (?:by|for)", "on the basis of"),
)
SORTED_BY: Final = screened(rf"\b(?:{_SORTED})\s(?P<items>[^.;:]*)$", re.IGNORECASE)
IN_ORDER: Final = phrase("according to", "depending (?:up)?on", "on the basis of")
"""What is ordered by one thing: behind a comma the sentence goes on."""

IS_SAID: Final = screened(r"\s*(?:\([^()]*\)\s*)?(?:was|were|is|are|had|has|ranged|showed|decreased|increased)\b")
TOUCHES: Final = screened(r"\s*(?:of|[=:<>≤≥(\[]+)?\s*")


def _only_sorts(fit: Fit) -> bool:
    """'Lengths of 2 cm according to the tumor size', 'after adjusting for age and stage': not what is measured."""
    mention, text = fit.pair.attribute.mention, fit.sentence.text
    if mention is None or fit.attribute == "classification":
        return False
    sorts = SORTED_BY.search(text, fit.sentence.start, mention.start)
    if sorts is None or FINITE.search(sorts.group("items")) is not None:
        return False
    if IN_ORDER.match(sorts.group()) and "," in sorts.group("items"):
        return False
    if KIND_GROUPS[fit.number.kind] != "test" and TOUCHES.fullmatch(text, mention.end, fit.anchor.first):
        return False
    return IS_SAID.match(text, mention.end, fit.sentence.end) is None


_TOOLS: Final = one_of(
    *("gap", "power", "energy", "output", "voltage", "current", "pitch", "angle", "bandwidth", "temperature"),
    *("pressure", "frequency", "length", "width", "depth", "height", "spacing", "thickness", "resolution", "speed"),
)
HEAD_OF: Final = screened(
    rf"(?P<name>(?:[\w-]+\s+){{0,4}}(?P<head>{_TOOLS}))\s+of\s+"
    r"(?:(?:about|approximately|only|up to|over|at least)\s+)?$",
    re.IGNORECASE,
)
MEASURES: Final = frozenset({"measure", "threshold"})


def _of_another_noun(fit: Fit) -> bool:
    """'An interslice gap of 1 mm', 'a power of 200 W': of the noun before 'of', and of no other."""
    if KIND_GROUPS[fit.number.kind] not in MEASURES or fit.number.unit is None:
        return False
    head = HEAD_OF.search(fit.sentence.text, fit.sentence.start, fit.anchor.first)
    if head is None:
        return False
    mention = fit.pair.attribute.mention
    if mention is not None:
        return mention.end <= head.start("name") or mention.start >= head.end("head")
    return fit.attribute == "words" and head.group("head").casefold() not in fit.label.casefold()


_WHO: Final = one_of(
    "patients?", "cases?", "lesions?", "tumou?rs?", "groups?", "arms?", "cohorts?", "subjects?", "study"
)
HAS: Final = screened(
    r"\W*(?:each|every|the|an?|this|both)\s+(?P<noun>(?:[\w-]+\s+){1,3}?)(?:has|have|had|provides?|uses?|contains?)\b",
    re.IGNORECASE,
)
WHO: Final = screened(rf"\b{_WHO}\b", re.IGNORECASE)


def _of_its_subject(fit: Fit) -> bool:
    """'Each generator has a power of 200 W and drives the electrodes': of what the sentence begins with."""
    holder, sentence = fit.pair.bearer.mention, fit.sentence
    named_before = holder is not None and holder.start < fit.anchor.last
    if named_before or fit.attribute != "words" or KIND_GROUPS[fit.number.kind] not in MEASURES:
        return False
    subject = HAS.match(sentence.text, sentence.start, fit.anchor.start)
    if subject is None or WHO.search(subject.group("noun")) is not None:
        return False
    return not any(m.start < subject.end() for m in sentence.mentions)


ITS_WORD: Final = screened(r"\s*,\s*(?P<word>[A-Za-z][\w-]*(?:\s[A-Za-z][\w-]*)?)\s*(?=[;)])")


def _of_the_word_behind(fit: Fit) -> bool:
    """'(14%, moderate; 28%, strong)': of the word behind the comma."""
    if fit.anchor.bracket is None or KIND_GROUPS[fit.number.kind] not in COUNTED:
        return False
    behind = ITS_WORD.match(fit.sentence.text, fit.number.end, fit.sentence.end)
    if behind is None or not _lists_words(fit, behind.end()):
        return False
    mention: Mention | None = fit.pair.attribute.mention
    return mention is None or not behind.start() <= mention.start < behind.end()


def _lists_words(fit: Fit, end: int) -> bool:
    """Whether a semicolon parts the items of a bracket."""
    closed = fit.sentence.text.find(")", end)
    inside = fit.sentence.text[fit.anchor.bracket : closed] if closed > 0 else ""
    return ";" in inside and len(re.findall(r"\d", inside)) > 1


PART_OF: Final = screened(r"\b(?:proportions?|percentages?|shares?|fractions?) of (?:the |all )?$", re.IGNORECASE)
THAT_SHOW: Final = screened(r"\s+(?:showing|with|that|which|having|in (?:whom|which))\b", re.IGNORECASE)


def _of_a_part(fit: Fit) -> bool:
    """'The proportion of biopsies showing weak staining was 24%': of the staining, and not of the biopsies."""
    mention, text = fit.pair.attribute.mention, fit.sentence.text
    if mention is None or KIND_GROUPS[fit.number.kind] not in COUNTED:
        return False
    whole = PART_OF.search(text, fit.sentence.start, mention.start) is not None
    return whole and THAT_SHOW.match(text, mention.end, fit.sentence.end) is not None


OTHER_ITEMS: Final[tuple[Callable[[Fit], bool], ...]] = (
    _of_another_item,
    _of_the_next_item,
    _only_sorts,
    _of_another_noun,
    _of_its_subject,
    _of_the_word_behind,
    _of_a_part,
)
"""What each tells of a number that is of another item than its pair names."""
