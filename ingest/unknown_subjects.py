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


WORD: Final = screened(r"[^\W\d_][\w-]*")
NAMING: Final = screened(r"(?:ary|oid|ous|matous|omatous|illary|cell|blastic|cystic|thelial|ioid)$")
"""How words end that name a kind of tumor: 'pseudopapillary', 'acinar cell', 'sebaceous'."""

TELLING: Final = frozenset({"sign", "site", "classification", "clinical-feature", "measure", "outcome", "phase"})
"""Types of what only tells which tumors are spoken of: 'large', 'hypervascular', 'hepatic'."""

PLAIN: Final = frozenset(
    {"primary", "secondary", "ordinary", "solitary", "numerous", "various", "previous", "serious", "heterogeneous"}
    | {
        "homogeneous",
        "subcutaneous",
        "synchronous",
        "metachronous",
        "hereditary",
        "stationary",
        "contrary",
        "necessary",
    }
)
"""Words with such an ending that tell no kind."""


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
    there = [m for m in sentence.mentions if m.overlaps(place, found.head)]
    if there:
        kind = all(m.start >= place and m.type == "disease" and not m.stands_in for m in there)
        own = kind and _has_a_name_of_its_own(sentence, found.start, place)
        return Unknown(start=found.start, end=found.head, named=True) if own else None
    if is_acronym(head) and paper.abbreviations.get(head) == ():
        return Unknown(start=found.start, end=found.end, named=False)
    named = DISEASE.search(head) is not None and NO_DISEASE.search(head) is None
    return Unknown(start=found.start, end=found.end, named=True) if named else None


def _has_a_name_of_its_own(sentence: Sentence, start: int, place: int) -> bool:
    """Whether the words before the name of a wide kind tell one that is no concept: 'pseudopapillary tumors'."""
    told = [m for m in sentence.mentions if m.type in TELLING]
    words = [m for m in WORD.finditer(sentence.text, start, place) if m.group().casefold() not in PLAIN]
    return any(NAMING.search(m.group().casefold()) and not any(t.overlaps(*m.span()) for t in told) for m in words)
