"""This module finds the diseases that sentences speak of and the vocabulary does not have, so that what is said of them
is said of nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ingest.anaphora import OPENER
from ingest.labels import is_acronym
from ingest.noun_phrases import phrase_behind
from ingest.screening import screened
from ingest.sentences import Paper, Sentence

DISEASE: Final = screened(
    r"(?:omas?|omata|itis|itides|osis|oses|a?emias?|path(?:y|ies)|plasias?|trophy|cysts?|abscess(?:es)?|aneurysms?"
    r"|infarcts?|infections?|fistulas?)$",
)
"""How words end that name a disease."""

NO_DISEASE: Final = screened(r"(?:diagnosis|prognosis|biopsy|necrosis|parenchyma|stoma|anastomosis|fibrosis|basis)$")
"""Words with such an ending that name something else, or a finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Characters [start, end) that name a disease which is no concept; `named` is false for a bare short form."""

    start: int
    end: int
    named: bool


@lru_cache(maxsize=8)  # each claim of a sentence asks
def unknown_subject(paper: Paper, sentence: Sentence) -> Unknown | None:
    """The disease without a concept that a sentence begins with as its subject, None where it begins otherwise."""
    opening = OPENER.match(sentence.text, sentence.start, sentence.end)
    found = phrase_behind(sentence.text, opening.end() if opening is not None else sentence.start, sentence.end)
    if found is None or not (found.acts or sentence.text[found.end : found.end + 2] in {" (", ", "}):
        return None
    head = sentence.text[found.start : found.head].split()[-1]
    place = found.head - len(head)
    if any(m.overlaps(place, found.head) for m in sentence.mentions):
        return None
    if is_acronym(head) and paper.abbreviations.get(head) == ():
        return Unknown(start=found.start, end=found.end, named=False)
    named = DISEASE.search(head) is not None and NO_DISEASE.search(head) is None
    return Unknown(start=found.start, end=found.end, named=True) if named else None
