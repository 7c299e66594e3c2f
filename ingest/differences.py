"""This module reads what a paper says that its treatments do not differ in: 'no differences were found in survival'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from ingest.attributes import NAMES_OF_STATISTICS
from ingest.candidates import Candidate, entity_of, role_of, words_candidate
from ingest.enumerations import one_list
from ingest.joins import BRACKET
from ingest.mentions import Mention, of_type
from ingest.pairs import Pair
from ingest.phrases import one_of
from ingest.plans import says_what_is
from ingest.predicates import Rule
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence
from ingest.vague import OWN_STUDY

NO_DIFFERENCE: Final = screened(
    r"\b(?:no|not|nor)\b[^.;,]{0,40}?\b(?P<what>differences?|differ(?:ent|ed|s)?)\b", re.IGNORECASE
)

_GROUPS: Final = (
    rf"(?:the |both |these |our |all )*(?:(?:two|three|study|treatment) )*{one_of('groups?', 'arms?', 'treatments?')}"
)
WHERE: Final = screened(
    rf"(?:[^.;,]{{0,30}}?\bbetween (?:{_GROUPS}|(?P<named>[^.;,]{{0,60}}?)))?[^.;,]{{0,40}}?"
    r"\b(?:in|of|for|regarding|concerning|in terms of|with (?:respect|regard) to|as to)\s+(?:the |their |either )?"
    r"(?:\w+ly |mean |median |patients['’]? |overall )*$",
    re.IGNORECASE,
)
"""' were found between the two groups in median ': what may stand between 'differences' and what they would be in."""

WERE: Final = screened(r"[^.;,]{0,60}?\b(?:was|were|is|are|did|do|does)\s*$", re.IGNORECASE)
"""' was ': what may stand between a name and 'not different'."""

MEASURED: Final = ("outcome", "clinical-feature", "measure", "marker", "sign")
RULES: Final = {
    "outcome": Rule(predicate="therapy_outcome"),
    "clinical-feature": Rule(predicate="cohort"),
    **dict.fromkeys(("measure", "variable", "marker", "sign"), Rule(predicate="measured_value")),
}
CENTRE: Final = screened(r"^(?:mean|median|average)\s+", re.IGNORECASE)
SHORT: Final = screened(r"[A-Z]{2}")
"""What tells an abbreviation."""

CONFIDENCE: Final = 0.6


def differences(paper: Paper, index: int) -> Iterator[Pair]:
    """What the treatments that a paper compares do not differ in, as the words 'difference in …', denied: that there is
    no difference in survival does not say that there is no survival.
    """
    sentence = paper.sentences[index]
    arms = _arms(paper, sentence)
    if arms is None or not says_what_is(sentence):
        return
    for found in NO_DIFFERENCE.finditer(sentence.text, sentence.start, sentence.end):
        for mention in _named(sentence, found):
            concept = paper.lexicon.concepts[mention.key]
            rule = RULES.get(role_of(concept))
            if rule is not None:
                words = concept.label if SHORT.search(mention.text) else CENTRE.sub("", mention.text).lower()
                attribute = replace(words_candidate(f"difference in {words}", {}), mention=mention)
                yield Pair(
                    bearer=arms,
                    attribute=attribute,
                    confidence=CONFIDENCE,
                    rule=rule,
                    joined_at=found.start(),
                    denied=True,
                )


def _arms(paper: Paper, sentence: Sentence) -> Candidate | None:
    """The first of two treatments or more that a paper compares, or else a sentence: the first that the sentence names,
    else the title.
    """
    concepts = paper.lexicon.concepts
    named = [m for m in of_type(sentence.mentions, "therapy") if m.key not in GENERIC]
    studied = [key for key in paper.groups if concepts[key].type == "therapy"]
    if len(studied) < 2 or (sentence.evidence != "own" and OWN_STUDY.search(sentence.words) is None):
        studied = list(dict.fromkeys(m.key for m in named))
    if len(studied) < 2:
        return None
    named = [m for m in named if m.key in studied]
    concept = concepts[named[0].key if named else studied[0]]
    origin = "mention" if named else "title"
    return Candidate(
        entity=entity_of(concept),
        type=role_of(concept),
        origin=origin,
        features={},
        mention=named[0] if named else None,
    )


def _named(sentence: Sentence, found: re.Match[str]) -> Sequence[Mention]:
    """The list behind 'no differences in', or the one before 'was not different'."""
    text = BRACKET.sub(lambda bracket: " " * len(bracket.group()), sentence.text)
    measured = [m for m in of_type(sentence.mentions, *MEASURED) if m.key not in NAMES_OF_STATISTICS]
    if found["what"].casefold().startswith("difference"):
        behind = [m for m in measured if m.start >= found.end()]
        return one_list(text, behind) if behind and WHERE.fullmatch(text, found.end(), behind[0].start) else []
    before = [m for m in measured if m.end <= found.start()]
    return one_list(text, before[::-1]) if before and WERE.fullmatch(text, before[-1].end, found.start()) else []
