"""This module chooses what belongs together: the bearer and the attribute of a number, and what joins them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from ingest.attributes import attributes
from ingest.bearers import bearers
from ingest.borne import told_bearer
from ingest.candidates import Candidate, Slot, entity_of
from ingest.dimensions import is_known, measures
from ingest.features import KIND_GROUPS
from ingest.lists import LIST_BETWEEN, Anchor
from ingest.mentions import Mention, of_type
from ingest.openings import opening_subject
from ingest.phrases import beginning, one_of
from ingest.plans import chooses_patients
from ingest.predicates import TUMOR, Case, Rule, predicate_rule
from ingest.ranking import Weights
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import Paper, Sentence
from ingest.told import told
from ingest.units import COUNTS, TECHNICAL_UNITS, TECHNIQUES, measured_of
from ingest.unreal import KEPT_FROM, is_unreal

SHARED_CONFIDENCE: Final = 0.9
"""How much of the confidence in the first item of a list the others keep at most."""

UNNAMED_CONFIDENCE: Final = 0.4
"""How much of its confidence a number keeps of which only the words that open its sentence say what it is about."""

LEAST_CONFIDENCE: Final = 0.01

WITHOUT_CONTRAST: Final = "noncontrast-ct"
OF_CONTRAST: Final = frozenset({"injection-rate", "contrast-dose", "scan-delay"})
"""What no scan has that is made without a contrast agent."""

WITH_CONTRAST: Final = (
    ("computed-tomography", "contrast-enhanced-ct"),
    ("magnetic-resonance-imaging", "contrast-enhanced-mri"),
)
"""A modality, and its kind that a contrast agent is given for."""

NEAR_BEFORE, NEAR_AFTER = 60, 40
"""How many characters around a number tell how a marker was."""

MEASURED: Final = frozenset({"measure", "variable", "sign"})
"""Types of what has a value with a unit."""

COHORT_KEYS: Final = frozenset({"number-of-patients", "age", "male-sex", "female-sex", "follow-up-duration"})
"""What is said of patients."""

TREATED: Final = Rule(predicate="treated_by")
COHORT: Final = Rule(predicate="cohort")
_UNSUITABLE: Final = one_of("not (?:suitable|amenable|eligible|candidates?)", "unsuitable", "ineligible")
UNSUITABLE: Final = screened(rf"\b{_UNSUITABLE}\w* (?:[\w-]+ ){{0,3}}$", re.IGNORECASE)
FORBIDDEN: Final = screened(r"\s*(?:\([^)]*\)\s*)?(?:is|are|was|were|being) (?:\w+ )?contraindicated\b", re.IGNORECASE)
"""'Not suitable for surgery', 'surgery is contraindicated'."""

SPREAD: Final = beginning("metasta")
_ELSEWHERE: Final = screened(r"[,;:]| with | and ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A bearer and an attribute that belong together, and how likely that is right."""

    bearer: Candidate
    attribute: Candidate
    confidence: float
    rule: Rule | None = None
    """What a turn of phrase says that joins them; None leaves it to their types and the words around."""
    joined_at: int | None = None
    """Where the turn of phrase begins that joins them."""
    denied: bool = False
    """Whether the sentence says that they do not belong together: 'is not able to discriminate'."""


# ---------------------------------------------------------------- numbers


def number_pairs(paper: Paper, index: int, anchor: Anchor, number: Reported, weights: Weights) -> list[Pair]:
    """The likeliest pairs for a number of sentence `index`: the best, and those that a list joins to it ('rim APHE and
    washout (7/10)'); empty where bearer and attribute could only be the same.
    """
    proposed = attributes(paper, index, anchor, number)
    left = told(Slot(paper=paper, index=index, anchor=anchor), proposed)
    ranked = [(likely, measured_of(paper, number, one)) for likely, one in weights.rank("attribute", left or proposed)]
    top, best = _measurable(number, ranked)
    chosen = [(top, best)]
    if number.kind in COUNTS:
        joined = [(p, c) for p, c in ranked[1:] if _listed_together(paper.sentences[index], best, c)]
        chosen += [(SHARED_CONFIDENCE * min(p, top), c) for p, c in joined]
    pairs = [pair for one in chosen if (pair := _with_bearer(paper, index, (number, anchor), one, weights)) is not None]
    if pairs or KIND_GROUPS[number.kind] == "measure":
        return pairs
    rest = [*ranked[1:], *(weights.rank("attribute", proposed) if left else ())]
    others = (_with_bearer(paper, index, (number, anchor), one, weights) for one in rest)
    return [pair for pair in others if pair is not None][:1]


def _measurable(number: Reported, ranked: list[tuple[float, Candidate]]) -> tuple[float, Candidate]:
    """The likeliest attribute; where the unit does not measure it, the likeliest measure or own words that it does."""
    unit = number.unit or ""
    best = ranked[0]
    if KIND_GROUPS[number.kind] not in {"measure", "threshold"} or not is_known(unit):
        return best
    named = ((p, c) for p, c in ranked if measures(unit, c.entity.label))
    if measures(unit, best[1].entity.label) or best[1].type == "therapy":
        return best
    told = next(((p, c) for p, c in named if c.type in MEASURED or _is_a_full_name(c)), None)
    return told or best


def _is_a_full_name(candidate: Candidate) -> bool:
    """Whether the paper's own words before a number are more than 'period' or 'rate', which say of nothing."""
    return candidate.origin == "words" and " " in candidate.entity.label


def _with_bearer(
    paper: Paper, index: int, counted: tuple[Reported, Anchor], chosen: tuple[float, Candidate], weights: Weights
) -> Pair | None:
    """An attribute, with how likely it is, and its likeliest bearer; None where that could only be the same."""
    (number, anchor), (likely, attribute) = counted, chosen
    about = "technique" if _is_technical(paper.sentences[index], number, attribute) else about_of(attribute)
    mention = attribute.mention
    wanted = replace(anchor, about=about, taken=(mention.start, mention.end) if mention is not None else None)
    said = told_bearer(Slot(paper=paper, index=index, anchor=wanted), attribute)
    holders = [(1.0, said)] if said is not None else weights.rank("bearer", bearers(paper, index, wanted))
    holder = next(((p, b) for p, b in holders if _go_together(paper, index, b, attribute)), None)
    if holder is None:
        return None
    confidence = max((likely * holder[0]) ** 0.5, LEAST_CONFIDENCE)
    if "origin=opening" in holder[1].features:
        confidence *= UNNAMED_CONFIDENCE
    return Pair(bearer=_with_contrast(paper, holder[1], attribute), attribute=attribute, confidence=confidence)


def _with_contrast(paper: Paper, bearer: Candidate, attribute: Candidate) -> Candidate:
    """What an injection, a dose of contrast agent or a delay is of: CT or MRI with contrast, where only that is named
    which may be without: 'CT. The contrast agent was injected at 3 ml/s'.
    """
    key, concepts = bearer.entity.key, paper.lexicon.concepts
    if attribute.entity.key not in OF_CONTRAST or key is None or bearer.type != "modality":
        return bearer
    for plain, enhanced in WITH_CONTRAST:
        if paper.lexicon.is_a(key, plain) and not paper.lexicon.is_a(key, enhanced):
            return replace(bearer, entity=entity_of(concepts[enhanced]))
    return bearer


def _go_together(paper: Paper, index: int, bearer: Candidate, attribute: Candidate) -> bool:
    """Whether a bearer and an attribute are two things, and not two modalities outside of Methods: a share or an
    accuracy is of what one of them detects. A modality has no patients, and no disease a wider one.
    """
    sentence, wide, narrow = paper.sentences[index], attribute.entity.key, bearer.entity.key
    if bearer.entity.identity == attribute.entity.identity:
        return False
    if bearer.type == "modality" and wide in COHORT_KEYS:
        return False
    if bearer.mention is None and narrow is not None and is_another_subject(sentence, attribute):
        return False
    if bearer.type == attribute.type == "disease" and wide and narrow and paper.lexicon.is_a(narrow, wide):
        return False
    if bearer.entity.key == WITHOUT_CONTRAST and attribute.entity.key in OF_CONTRAST:
        return False
    return not (bearer.type == attribute.type == "modality" and sentence.block.section != "Methods")


def is_another_subject(sentence: Sentence, attribute: Candidate) -> bool:
    """Whether a sentence speaks of a disease of its own ('Type 2 (5%) develops in …'), which is then not said of one
    that is not named; of metastases it may be.
    """
    if attribute.mention is None or attribute.type != "disease" or not is_named_a_tumor(attribute):
        return False
    return opening_subject(sentence) == attribute.mention


def is_named_a_tumor(disease: Candidate) -> bool:
    """Whether a disease is a tumor by its name, and no metastasis."""
    label = disease.entity.label
    return TUMOR.search(label) is not None and SPREAD.search(label) is None


def _is_technical(sentence: Sentence, number: Reported, attribute: Candidate) -> bool:
    """Whether a number in Methods has a unit that only says how images are taken."""
    unit = (number.unit or "").casefold()
    return sentence.block.section == "Methods" and unit in TECHNICAL_UNITS and attribute.type != "disease"


def about_of(attribute: Candidate) -> str:
    """What a bearer is chosen by: the type of what is said of it, an outcome itself (survival is a disease's, a
    complication a therapy's).
    """
    if attribute.entity.key in TECHNIQUES:
        return "technique"
    return (attribute.entity.key or "") if attribute.type == "outcome" else attribute.type


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


# ---------------------------------------------------------------- what joins them


def rule_of(sentence: Sentence, pair: Pair, kind: str, anchor: Anchor | None = None) -> Rule:
    """What joins a pair: what a turn of phrase says, else what fits their types and the words around."""
    if kind != "claim" and pair.attribute.type not in {"modality", "site"} and chooses_patients(sentence):
        return COHORT
    rule = pair.rule or predicate_rule(case_of(sentence, pair, kind, anchor))
    forbidding = pair.rule is None and rule.predicate == "therapy_contraindication"
    return TREATED if forbidding and not _is_forbidden(sentence, pair.attribute.mention) else rule


def _is_forbidden(sentence: Sentence, mention: Mention | None) -> bool:
    """Whether a therapy itself is what does not suit: surgery in 'unsuitable for surgery, embolization is used'."""
    if mention is None:
        return True
    before, behind = sentence.text[sentence.start : mention.start], sentence.text[mention.end : sentence.end]
    forbidden = UNSUITABLE.search(before) is not None or FORBIDDEN.match(behind) is not None
    return forbidden or is_unreal(sentence, mention.start, KEPT_FROM)


def case_of(sentence: Sentence, pair: Pair, kind: str, anchor: Anchor | None = None) -> Case:
    """What a predicate is chosen by, for a pair in a sentence; `kind` is a statistic kind or 'claim'."""
    return Case(
        attribute=pair.attribute.type,
        bearer=pair.bearer.type,
        kind=kind,
        key=pair.attribute.entity.key,
        words=without_diseases(sentence)[slice(*_said_in(sentence, pair, kind))],
        section=sentence.block.section,
        evidence=sentence.evidence,
        tumor=TUMOR.search(pair.attribute.entity.label) is not None,
        near=_near(sentence, anchor) if anchor is not None else "",
    )


def _said_in(sentence: Sentence, pair: Pair, kind: str) -> tuple[int, int]:
    """The clauses that say what joins a pair: from the one's to the other's for a claim, the sentence for a number or
    where only one is named.
    """
    one, other = pair.bearer.mention, pair.attribute.mention
    if kind != "claim" or one is None or other is None:
        return sentence.start, sentence.end
    first, last = sorted((one, other), key=lambda m: m.start)
    return sentence.clause(first.start, first.end)[0], sentence.clause(last.start, last.end)[1]


def _near(sentence: Sentence, anchor: Anchor) -> str:
    """The words around a number that belong to it: not those behind the next comma or 'with'."""
    before = sentence.text[max(sentence.start, anchor.start - NEAR_BEFORE) : anchor.start]
    after = sentence.text[anchor.end : min(sentence.end, anchor.end + NEAR_AFTER)]
    return f"{before} {_ELSEWHERE.split(after)[0]}"


@lru_cache(maxsize=8)  # each pair of a sentence asks
def without_diseases(sentence: Sentence) -> str:
    """The block's text with the sentence's names of diseases blanked: 'liver metastases' says nothing of spread."""
    return blanked(sentence.text, of_type(sentence.mentions, "disease"))


def blanked(text: str, mentions: Sequence[Mention]) -> str:
    """A text with some mentions blanked, every other character at its old place."""
    for mention in mentions:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text
