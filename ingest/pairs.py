"""This module chooses what belongs together: the bearer and the attribute of a number, or of a claim without one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.attributes import COUNTS, NO_ATTRIBUTES, attributes
from ingest.bearers import bearers
from ingest.candidates import Candidate, entity_of, role_of
from ingest.features import Features
from ingest.lists import Anchor, claim_anchor
from ingest.mentions import Mention, of_type
from ingest.negation import is_negated
from ingest.phrases import one_of
from ingest.predicates import Case, claimed, predicate_rule
from ingest.ranking import Weights
from ingest.reported import Reported
from ingest.sentences import GENERIC, Paper, Sentence

CLAIM_TYPES: Final = (
    *("sign", "marker", "clinical-feature", "syndrome", "site", "therapy", "modality", "outcome", "classification"),
    "disease",
)
"""Types of what a sentence may claim of a bearer without a number."""

_ITEM_PARTS: Final = one_of(
    *(",", "/", "and", "or", "as well as", "along with", "followed by", r"\(\s*\)", "with", "both", r"\s"),
    *(r"[A-Za-z\-]+ing", "peripheral", "similar", "[“”\"'‘’]"),
)
LIST_BETWEEN: Final = re.compile(rf"\s*{_ITEM_PARTS}*\s*", re.IGNORECASE)
"""What may stand between findings that share a number: ', delayed ', ' as well as “'."""

SHARED_CONFIDENCE: Final = 0.9
"""How much of the confidence in the first item of a list the others keep at most."""

LEAST_CONFIDENCE: Final = 0.01
NEAR_BEFORE, NEAR_AFTER = 60, 40
"""How many characters around a number tell how a marker was."""

_ELSEWHERE: Final = re.compile(r"[,;:]| with | and ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A bearer and an attribute that belong together, and how likely that is right."""

    bearer: Candidate
    attribute: Candidate
    confidence: float


# ---------------------------------------------------------------- numbers


def number_pairs(paper: Paper, index: int, anchor: Anchor, number: Reported, weights: Weights) -> list[Pair]:
    """The likeliest pairs for a number of sentence `index`: the best, and those that a list joins to it ('rim APHE and
    washout (7/10)'); empty where bearer and attribute could only be the same.
    """
    ranked = weights.rank("attribute", attributes(paper, index, anchor, number))
    holders = weights.rank("bearer", bearers(paper, index, anchor))
    top, best = ranked[0]
    chosen = [(top, best)]
    if number.kind in COUNTS:
        joined = [(p, c) for p, c in ranked[1:] if _listed_together(paper.sentences[index], best, c)]
        chosen += [(SHARED_CONFIDENCE * min(p, top), c) for p, c in joined]
    pairs = []
    for likely, attribute in chosen:
        holder = next(((p, b) for p, b in holders if b.entity.identity != attribute.entity.identity), None)
        if holder is not None:
            confidence = max((likely * holder[0]) ** 0.5, LEAST_CONFIDENCE)
            pairs.append(Pair(bearer=holder[1], attribute=attribute, confidence=confidence))
    return pairs


def _listed_together(sentence: Sentence, best: Candidate, other: Candidate) -> bool:
    """Whether two attributes are items of one list to which the number belongs."""
    if best.origin == other.origin == "before":
        return True
    if best.mention is None or other.mention is None or best.type != other.type or best.type == "disease":
        return False
    first, last = sorted((best.mention, other.mention), key=lambda m: m.start)
    if first.end > last.start or any(first.end <= n.start and n.end <= last.start for n in sentence.numbers):
        return False
    return LIST_BETWEEN.fullmatch(sentence.text[first.end : last.start]) is not None


# ---------------------------------------------------------------- claims


def claim_candidates(paper: Paper, index: int, weights: Weights) -> Iterator[tuple[Pair, Features]]:
    """Each attribute of a sentence with its likeliest bearer, and the features that tell whether it is a claim."""
    sentence = paper.sentences[index]
    for mention in of_type(sentence.mentions, *CLAIM_TYPES):
        if mention.key in GENERIC | NO_ATTRIBUTES:
            continue
        holders = weights.rank("bearer", bearers(paper, index, claim_anchor(mention)))
        holder = next(((p, b) for p, b in holders if _bears(b, mention)), None)
        if holder is not None:
            concept = paper.lexicon.concepts[mention.key]
            attribute = Candidate(
                entity=entity_of(concept), type=role_of(concept), origin="mention", features={}, mention=mention
            )
            pair = Pair(bearer=holder[1], attribute=attribute, confidence=holder[0])
            if _claims_something(sentence, pair) and not _kin(paper, pair):
                yield pair, claim_features(sentence, pair)


def _bears(bearer: Candidate, mention: Mention) -> bool:
    """Whether a bearer is a concept, and another one than a mention, in another place."""
    apart = bearer.mention is None or not bearer.mention.overlaps(mention.start, mention.end)
    return bearer.entity.key not in {mention.key, None} and apart


def _kin(paper: Paper, pair: Pair) -> bool:
    """Whether two diseases are one and its kind: that PHNEN is a neuroendocrine neoplasm is the vocabulary's to say."""
    keys = pair.bearer.entity.key, pair.attribute.entity.key
    if pair.attribute.type != "disease" or None in keys:
        return False
    one, other = (str(key) for key in keys)
    return paper.lexicon.is_a(one, other) or paper.lexicon.is_a(other, one)


def _claims_something(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence claims more of a pair than that both are named, or that a variable was measured."""
    predicate = predicate_rule(case_of(sentence, pair, "claim")).predicate
    only_measured = pair.attribute.type == "variable" and predicate == "measured_value"
    return not only_measured and claimed(predicate, sentence.words) is not None


def claim_features(sentence: Sentence, pair: Pair) -> Features:
    """What speaks for or against a pair being something that the sentence claims."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    features = {
        "bias": 1.0,
        f"types={pair.bearer.type}-{pair.attribute.type}": 1.0,
        f"section={sentence.block.section}|{pair.attribute.type}": 1.0,
        f"evidence={sentence.evidence}": 1.0,
        f"holder={pair.bearer.origin}": 1.0,
        f"predicate={predicate_rule(case_of(sentence, pair, 'claim')).predicate}": 1.0,
        "holder-probability": pair.confidence,
        f"mentions={min(len(sentence.mentions), 8)}": 1.0,
    }
    if mention is not None and is_negated(sentence.negated, mention.start, mention.end):
        features["negated"] = 1.0
    if sentence.numbers:
        features["has-numbers"] = 1.0
    if holder is not None and mention is not None:
        features[f"gap={min(abs(holder.start - mention.start) // 40, 6)}"] = 1.0
    return features


# ---------------------------------------------------------------- what joins them


def case_of(sentence: Sentence, pair: Pair, kind: str, anchor: Anchor | None = None) -> Case:
    """What a predicate is chosen by, for a pair in a sentence; `kind` is a statistic kind or 'claim'."""
    return Case(
        attribute=pair.attribute.type,
        bearer=pair.bearer.type,
        kind=kind,
        key=pair.attribute.entity.key,
        words=without_diseases(sentence)[sentence.start : sentence.end],
        section=sentence.block.section,
        evidence=sentence.evidence,
        near=_near(sentence, anchor) if anchor is not None else "",
    )


def _near(sentence: Sentence, anchor: Anchor) -> str:
    """The words around a number that belong to it: not those behind the next comma or 'with'."""
    before = sentence.text[max(sentence.start, anchor.start - NEAR_BEFORE) : anchor.start]
    after = sentence.text[anchor.end : min(sentence.end, anchor.end + NEAR_AFTER)]
    return f"{before} {_ELSEWHERE.split(after)[0]}"


def without_diseases(sentence: Sentence) -> str:
    """The block's text with the sentence's names of diseases blanked: 'liver metastases' says nothing of spread."""
    return blanked(sentence.text, of_type(sentence.mentions, "disease"))


def blanked(text: str, mentions: Sequence[Mention]) -> str:
    """A text with some mentions blanked, every other character at its old place."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
