"""This module tells what a sentence names without saying that the disease in focus, which it does not name, has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.openings import opening_subject
from ingest.pairs import Pair
from ingest.phrases import one_of
from ingest.screening import Pattern, screened
from ingest.sentences import Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Passing:
    """A row: what of some types is only named in passing behind some words or before others, up to its name.

    `subjects` are types of what such a sentence speaks of, empty for any.
    """

    types: frozenset[str]
    example: str
    before: Pattern | None = None
    behind: Pattern | None = None
    subjects: frozenset[str] = frozenset()

    def holds(self, sentence: Sentence, pair: Pair) -> bool:
        """Whether a row is for what a pair says of something that its sentence does not name."""
        mention = pair.attribute.mention
        if mention is None or pair.attribute.type not in self.types:
            return False
        if self.before is not None and self.before.search(sentence.text[sentence.start : mention.start]) is None:
            return False
        if self.behind is not None and self.behind.match(sentence.text, mention.end, sentence.end) is None:
            return False
        subject = opening_subject(sentence) if self.subjects else None
        return not self.subjects or (subject is not None and subject.type in self.subjects)


def _types(*names: str) -> frozenset[str]:
    return frozenset(names)


_ADJECTIVES: Final = r"(?:[\w-]+ ){0,3}$"
_AGAINST: Final = one_of(
    *("control", "relief", "treatment", "management", "prevention", "palliation", "prophylaxis", "therapy", "add-on"),
    *("add-on treatment", "treatments", "option", "options", "indicated", "used", "recommended", "considered"),
)
_TASK: Final = one_of("performance", "sensitivity", "detection", "assessment", "evaluation", "characteri[sz]ation")
_HIDES: Final = one_of(r"masks?", r"obscures?", "hides?", r"simulates?", r"mimics?", "masking", "obscuring")
_HINTS: Final = one_of(
    *(
        "should (?:raise|prompt|suggest|lead)",
        "raises? (?:the )?suspicion",
        "argues? against",
        "speaks? (?:for|against)",
    ),
    *("points? (?:to|towards?)", "(?:would|may|could|might) (?:raise|point|argue|speak)"),
)
_GIVEN: Final = one_of(
    *("offered", "given", "reserved", "restricted", "applied", "recommended", "indicated", "suitable"),
    *("appropriate", "proposed", "advised", "an option", "options", "alternatives?"),
)
_LIMITS: Final = one_of("limits?", "precludes?", "hampers?", "impairs?", "prevents?", "contraindicates?", "restricts?")
_TUMORS: Final = one_of("diseases?", "tumou?rs?", "lesions?", "neoplasms?", "carcinomas?", "histology")

PASSING: Final = (
    Passing(
        types=_types("clinical-feature", "syndrome"),
        before=screened(rf"\b{_AGAINST} (?:of|for|against) {_ADJECTIVES}", re.IGNORECASE),
        example="Telotristat is recommended for refractory diarrhea.",
    ),
    Passing(
        types=_types("sign"),
        before=screened(rf"\b(?:{_TASK} (?:of|for|in)|{_HIDES}) {_ADJECTIVES}", re.IGNORECASE),
        example="Positive contrast masks hyperenhancing nodules.",
    ),
    Passing(
        types=_types("sign", "clinical-feature", "marker"),
        behind=screened(rf"(?: (?:of|in) (?:[\w-]+ ){{1,3}})?[ ,]*{_HINTS}\b", re.IGNORECASE),
        example="Multiple lesions should raise the suspicion of MEN1.",
    ),
    Passing(
        types=_types("clinical-feature", "outcome", "sign", "syndrome"),
        before=screened(r"^\W*(?:for|in) (?:\w+ )?(?:patients|those|cases) (?:with|who|whose)\b[^,]*$", re.IGNORECASE),
        subjects=_types("therapy", "modality"),
        example="For patients who are no candidates for surgery, chemoembolization is an option.",
    ),
    Passing(
        types=_types("clinical-feature", "outcome", "sign", "syndrome"),
        before=screened(rf"\b{_GIVEN} (?:\w+ )?(?:to|in|for) [^.;]*$", re.IGNORECASE),
        example="They are offered to patients with unresectable disease.",
    ),
    Passing(
        types=_types("clinical-feature", "outcome"),
        behind=screened(rf"(?:,? (?:and|or) [\w-]+)?,? (?:\w+ly |may |can |often )*{_LIMITS}\b", re.IGNORECASE),
        example="Obesity limits its value.",
    ),
    Passing(
        types=_types("classification"),
        before=screened(rf"\b(?:in|of|for|with|between|all) {_ADJECTIVES}", re.IGNORECASE),
        behind=screened(rf" {_TUMORS}\b", re.IGNORECASE),
        example="Both are done in grade 3 disease.",
    ),
)


def in_passing(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether a sentence names something without saying that the disease in focus has it, or one that stands before a
    semicolon.
    """
    holder, mention = pair.bearer.mention, pair.attribute.mention
    if pair.bearer.type != "disease" or mention is None:
        return False
    if holder is not None and not holder.stands_in:
        left, right = min(holder.end, mention.end), max(holder.start, mention.start)
        if ";" not in sentence.text[left:right]:
            return False
    return any(row.holds(sentence, pair) for row in PASSING)
