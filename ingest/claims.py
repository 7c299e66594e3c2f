"""This module finds what a sentence claims without a number: which finding, marker, therapy … of which disease."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from ingest.attributes import NO_ATTRIBUTES
from ingest.bearers import UNKNOWN_SUBJECT, bearers, may_be_borne
from ingest.candidates import IMAGING, Candidate, entity_of, role_of, words_candidate
from ingest.claimed import claimed
from ingest.compositions import METASTASES
from ingest.elsewhere import of_something_else
from ingest.enumerations import one_list
from ingest.features import Features, within
from ingest.frames.frame import COMPLAINTS, ITS_PREDICATES
from ingest.in_focus import ONE_OF_MANY, focus
from ingest.joins import LESIONS, Joined, joined
from ingest.lists import claim_anchor
from ingest.mentions import Mention, of_type
from ingest.misjoined import is_known, joins_nothing, metastatic_site
from ingest.negation import is_negated
from ingest.of_which_tumor import is_lesion
from ingest.pairs import SHARED_CONFIDENCE, Pair, blanked, rule_of
from ingest.plans import is_background, says_what_is
from ingest.ranking import Weights
from ingest.refusals import BY_PHRASE_ALONE, REFUSALS
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence
from ingest.set_aside import rule_of_frame, set_aside
from ingest.techniques import CONTRAST_AGENT, is_way
from ingest.unsaid import rare_is_another
from ingest.vague import loosely_said
from ingest.word_items import beside
from kg.model import Concept

CLAIM_TYPES: Final = (
    *("sign", "marker", "clinical-feature", "syndrome", "site", "therapy", "modality", "outcome", "classification"),
    *("disease", "phase", "measure"),
)
"""Types of what a sentence may claim of a bearer without a number."""

NO_CLAIMS: Final = GENERIC | NO_ATTRIBUTES | {"misdiagnosis", "malignant-neoplasm", "benign-neoplasm"}
"""What is no claim by itself: names as wide as 'tumor', and 'misdiagnosis', which what it was taken for claims."""

STANDS_IN: Final = "stands-in"
"""The origin of a bearer that a pronoun or a general noun stands for."""

LISTED: Final = frozenset({"clinical-feature", "syndrome", "marker", "sign", "therapy"})
"""Types of things that papers list with others of their kind, whatever joins them to what bears them."""

MARKER: Final = screened(r"[\w-]+|(?=\S*[A-Z0-9]{2})\S+(?: \S+)?")
"""How markers are called: 'proinsulin', 'ATRX', 'RB1 loss'."""

ANOTHER_BEARER: Final = 0.1
"""How likely a therapy has to be, where a sentence does not say how the disease goes, for an outcome to be its own."""

OPENS_WITH: Final = screened(r"\b(?:in|of|for|with|from)\s+(?:(?:the|an?|patients|with)\s+)*$", re.IGNORECASE)

PROVEN: Final = screened(r"\b(?:proven|confirmed|verified)$", re.IGNORECASE)

IF_NOT: Final = screened(r"\b(?:when|if|unless|provided|in the absence|without)\b[^,;]*$", re.IGNORECASE)
"""What opens the condition that a thing is not there."""

ITS_BRACKET: Final = screened(r"\s*\([^()]*")
"""'Adenoma (fat) and cholangiocarcinoma (retraction)': what stands in the bracket behind a disease is of that alone."""

SETTLING: Final = frozenset({"outcome-looks", "side-effects", "forbidden-by", "forbidden-in", "features-in-brackets"})
"""Turns of phrase whose right side is said of nothing else: what forbids a therapy is no disease's finding."""

BROUGHT: Final = frozenset({"has_clinical_feature"})
"""What a turn of phrase says that one disease brings is no other's of the sentence."""

IMPROVING: Final = frozenset({"image-improves", "serves"})
"""Turns of phrase by which a contrast agent is how a disease is imaged: 'gadoxetic acid improves the detection of'."""

FORETELLING: Final = frozenset({"bears-on", "impairs", "factors-are", "depends-on"})
"""Turns of phrase of which neither side is said of anything else: what foretells survival is no finding of a tumor."""


def claim_candidates(paper: Paper, index: int, weights: Weights) -> Iterator[tuple[Pair, Features]]:
    """What sentence `index` may claim, with the features that tell whether it does: what its turns of phrase join, and
    each thing that it names with its likeliest bearer.
    """
    sentence = paper.sentences[index]
    if not sentence.mentions:
        return
    says = says_what_is(sentence)
    read_all = says or is_background(sentence)
    settled: set[Mention] = set()
    for found in joined(sentence, planned=not read_all):
        if joins_nothing(paper, sentence, found) or set_aside(paper, sentence, found):
            continue
        if not says and found.denied and found.frame.predicate == "detected_by":
            continue  # 'tumors not confirmed by biopsy were excluded' says which, and not that biopsy misses them
        pair = _joined_pair(paper, index, found, weights)
        if pair is not None and not _is_imaged_so(paper, found, pair):
            continue
        if pair is not None and of_something_else(paper, sentence, pair):
            settled |= _settled(found)
        elif pair is not None and (found.frame.predicate == "classified_by" or not _kin(paper, pair)):
            settled |= _settled(found)
            yield pair, claim_features(sentence, pair) | {f"frame={found.frame.name}": 1.0}
    for mention in of_type(sentence.mentions, *CLAIM_TYPES) if says else ():
        unsaid = mention.key in NO_CLAIMS or mention in settled or mention.stands_in
        pairs = [] if unsaid else _likely_pairs(paper, index, mention, weights)
        readings = (reading for pair in pairs for reading in _readings(pair))
        stated = next((pair for pair in readings if _is_stated(paper, sentence, pair)), None)
        if stated is None:
            continue
        unnamed = _beside(paper, sentence, mention) if stated.bearer.mention is not None else ()
        listed = (replace(stated, attribute=named(paper, m)) for m in unnamed)
        for pair in (*_with_its_list(paper, sentence, stated), *listed):
            if pair is stated or _is_stated(paper, sentence, pair):
                yield pair, claim_features(sentence, pair)


def _readings(pair: Pair) -> Iterator[Pair]:
    """A pair as it is named; also as one whose bearer the sentence only goes on about, where a pronoun or a noun stands
    for it: in 'depending on the tumor, resection or ablation is performed' nothing else ties the two.
    """
    yield pair
    if pair.bearer.mention is not None and pair.bearer.mention.stands_in:
        yield replace(pair, bearer=replace(pair.bearer, mention=None, origin=STANDS_IN))


def _beside(paper: Paper, sentence: Sentence, mention: Mention) -> Iterator[Mention]:
    """The items of the list that a mention stands in which are no concepts yet."""
    if mention.type not in LISTED:
        return
    for words in beside(sentence, mention, sentence.start, sentence.end):
        if not words.keys and not is_known(paper, words) and (words.type != "marker" or MARKER.fullmatch(words.text)):
            yield words


def _is_stated(paper: Paper, sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says so much of a pair that it claims it."""
    if not _claims_something(sentence, pair) or _kin(paper, pair) or _shows_by_contrast(paper, pair):
        return False
    return not loosely_said(paper, sentence, pair) and not of_something_else(paper, sentence, pair)


def _settled(found: Joined) -> set[Mention]:
    """What a turn of phrase leaves no other bearer for: the therapy, site or modality that it joins with a disease."""
    ends = {found.left, found.right} - {None}
    if found.frame.predicate in BROUGHT and not found.frame.turned:
        return {found.right}
    if found.frame.name in FORETELLING:
        return {m for m in ends if m is not None and m.type in {"marker", "outcome"}}
    if found.frame.predicate == "discriminates" and found.frame.first and found.left is not None:
        return {found.left}
    ills = {m for m in ends if m is not None and m.type in COMPLAINTS}
    if found.frame.predicate == "complication" and ills and any(m is not None and m.type == "therapy" for m in ends):
        return ills
    ill = any(m.type == "disease" for m in ends if m is not None) and found.frame.name != "given-when-ill"
    if found.left is not None and not ill:
        return {found.right} if found.frame.name in SETTLING else set()
    return {m for m in ends if m is not None and m.type in {"therapy", "site", "modality", "classification"}}


def _is_imaged_so(paper: Paper, found: Joined, pair: Pair) -> bool:
    """Whether what a turn of phrase says of tests can be so: a contrast agent shows nothing, and of two tests one is a
    way of the other, or is done with its help: 'endoscopic ultrasound allows biopsy'.
    """
    if pair.rule is not None and pair.rule.predicate == "imaging_technique":
        return is_way(paper, pair, found.frame.name)
    if _shows_by_contrast(paper, pair):
        return False
    return _samples(paper, pair) or is_way(paper, pair)


def _joined_pair(paper: Paper, index: int, found: Joined, weights: Weights) -> Pair | None:
    """What a turn of phrase joins; the disease in focus where it names nothing before itself."""
    if found.left is not None:
        bearer, attribute = (_meant(paper, index, found, mention, weights) for mention in (found.left, found.right))
        if bearer is None or attribute is None:
            return None
        pair = _framed(found, bearer, attribute, 1.0)
        by_contrast = found.frame.name in IMPROVING and _shows_by_contrast(paper, pair)
        rule = replace(found.frame.rule, predicate="imaging_technique") if by_contrast else None
        return replace(pair, rule=rule or rule_of_frame(paper, paper.sentences[index], found))
    attribute = named(paper, found.right)
    ranked = weights.rank("bearer", bearers(paper, index, claim_anchor(found.right)))
    for likely, bearer in ranked:
        before = bearer.mention is None or (
            bearer.mention.end <= found.cue and not _listed_alone(paper, index, found, bearer)
        )
        if bearer.type == "disease" and before and _bears(bearer, found.right):
            return _framed(found, bearer, attribute, likely)
    if found.frame.predicate not in BY_PHRASE_ALONE:
        return None
    in_focus = (replace(attribute, entity=entity_of(c), origin=o, mention=None) for o, c in _diseases(paper, index))
    fitting = (one for one in in_focus if _bears(one, found.right) and not _are_kin(paper, one, attribute))
    return next((_framed(found, one, attribute, SHARED_CONFIDENCE) for one in fitting), None)


def _diseases(paper: Paper, index: int) -> Iterator[tuple[str, Concept]]:
    """The tumors that the heading and the title put in focus, each with where it does."""
    concepts = paper.lexicon.concepts
    found = ((origin, concepts[key]) for origin, key in focus(paper, index) if not origin.startswith("before"))
    return ((origin, concept) for origin, concept in found if concept.type == "disease")


def _listed_alone(paper: Paper, index: int, found: Joined, bearer: Candidate) -> bool:
    """Whether a disease may only stand in the list that a turn of phrase says of the one in focus: 'adenoma, cysts and
    lymphoma are the differential diagnoses'; 'in lymphoma, adenoma is' opens with what it is said of.
    """
    if not found.frame.focus or bearer.mention is None:
        return False
    sentence = paper.sentences[index]
    return OPENS_WITH.search(sentence.text, sentence.start, bearer.mention.start) is None


def _meant(paper: Paper, index: int, found: Joined, mention: Mention, weights: Weights) -> Candidate | None:
    """What a mention names: where something spreads, the primary and the organ; for bare 'metastases' that a therapy is
    for, the kind of them that is in focus, None where there is none.
    """
    if found.frame.predicate == "metastasizes_to":
        return _spreading(paper, named(paper, mention))
    if mention.key in LESIONS:
        return _in_focus(paper, index, mention, weights)
    if mention.key not in METASTASES or found.frame.predicate not in ITS_PREDICATES:
        return named(paper, mention)
    for _, bearer in weights.rank("bearer", bearers(paper, index, claim_anchor(mention))):
        key = bearer.entity.key
        if key is not None and key != mention.key and paper.lexicon.is_a(key, mention.key) and bearer.mention is None:
            return replace(bearer, mention=mention) if not bearer.origin.endswith(ONE_OF_MANY) else None
    return None


def _in_focus(paper: Paper, index: int, mention: Mention, weights: Weights) -> Candidate | None:
    """The tumor in focus that 'lesions' stand for, None where the sentence names it or it is one of several."""
    for _, bearer in weights.rank("bearer", bearers(paper, index, claim_anchor(mention))):
        if bearer.type == "disease" and bearer.entity.key is not None and is_lesion(paper, bearer.entity.key):
            several = bearer.origin.endswith(ONE_OF_MANY)
            return replace(bearer, mention=mention) if bearer.mention is None and not several else None
    return None


def _spreading(paper: Paper, one: Candidate) -> Candidate:
    """What spreads and where to: the primary of a metastasis, and the organ that one is named by."""
    key = one.entity.key
    if one.type != "disease" or key is None:
        return one
    meant = paper.lexicon.compositions.primary_of(key) or metastatic_site(paper, key)
    concept = paper.lexicon.concepts[meant or key]
    return replace(one, entity=entity_of(concept), type=role_of(concept))


def _framed(found: Joined, bearer: Candidate, attribute: Candidate, likely: float) -> Pair:
    """A pair as a turn of phrase joins it."""
    return Pair(
        bearer=bearer,
        attribute=attribute,
        confidence=likely,
        rule=found.frame.rule,
        joined_at=found.end if found.frame.negative else found.cue,
        denied=found.denied,
    )


def _likely_pairs(paper: Paper, index: int, mention: Mention, weights: Weights) -> list[Pair]:
    """A mention with its likeliest bearer; an outcome also with the therapies that it may have come of as well."""
    if not may_be_borne(paper, index, mention):
        return []
    ranked = weights.rank("bearer", bearers(paper, index, claim_anchor(mention)))
    attribute, sentence = named(paper, mention), paper.sentences[index]
    pairs = (Pair(bearer=b, attribute=attribute, confidence=p) for p, b in ranked if _bears(b, mention))
    unfit = (_rules_out, _scans_unnamed, rare_is_another)
    fitting = (pair for pair in pairs if is_way(paper, pair) and not any(one(sentence, pair) for one in unfit))
    likeliest = list(islice(fitting, 1))
    others = (p for p in fitting if _in_one_clause(sentence, p)) if mention.type == "outcome" else ()
    return likeliest + [p for p in others if p.bearer.type == "therapy" and p.confidence >= ANOTHER_BEARER]


def _in_one_clause(sentence: Sentence, pair: Pair) -> bool:
    """Whether a bearer stands in the clause of what it bears, or in none."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None:
        return True
    start, end = sentence.clause(mention.start, mention.end)
    return start <= holder.start < end


def _shows_by_contrast(paper: Paper, pair: Pair) -> bool:
    """Whether a contrast agent would show a disease or a finding: it is the image that shows it."""
    keys = [one.entity.key for one in (pair.bearer, pair.attribute) if one.type == "modality"]
    agent = any(key is not None and paper.lexicon.is_a(key, CONTRAST_AGENT) for key in keys)
    return agent and not {pair.bearer.type, pair.attribute.type}.isdisjoint({"disease", "sign", "outcome"})


def _samples(paper: Paper, pair: Pair) -> bool:
    """Whether a turn of phrase ties an image with a test that takes none: 'biopsy under ultrasound guidance'."""
    keys = pair.bearer.entity.key, pair.attribute.entity.key
    tied = pair.rule is not None and pair.rule.predicate == "associated_with"
    return tied and not all(key is not None and paper.lexicon.is_a(key, IMAGING) for key in keys)


def _rules_out(sentence: Sentence, pair: Pair) -> bool:
    """Whether a bearer is only what must not be there: 'resection is an option when no ascites is seen'."""
    holder = pair.bearer.mention
    if holder is None or pair.attribute.type not in {"therapy", "modality", "outcome"}:
        return False
    if not is_negated(sentence.negated, holder.start, holder.end):
        return False
    return IF_NOT.search(sentence.text[sentence.start : holder.start]) is not None


def _scans_unnamed(sentence: Sentence, pair: Pair) -> bool:
    """'T1-weighted images were acquired': a technique in Methods is one of imaging, and of no disease of the title."""
    technique = sentence.block.section == "Methods" and pair.attribute.type in {"modality", "phase"}
    return technique and pair.bearer.type == "disease" and pair.bearer.origin.startswith("title")


def _with_its_list(paper: Paper, sentence: Sentence, pair: Pair) -> Iterator[Pair]:
    """A pair, and the same said of the other items of the list that its bearer stands in: 'octreotide and lanreotide
    are effective'.
    """
    yield pair
    holder, mention = pair.bearer.mention, pair.attribute.mention
    if holder is None or mention is None or ITS_BRACKET.fullmatch(sentence.text, holder.end, mention.start):
        return
    alike = of_type(sentence.mentions, holder.type)
    for direction in (1, -1):
        place = alike.index(holder) if holder in alike else 0
        for other in one_list(sentence.text, alike[place::direction] if direction > 0 else alike[place::-1])[1:]:
            if (
                other.key in {mention.key, holder.key}
                or other.overlaps(mention.start, mention.end)
                or other.key in GENERIC
                or within(sentence.compared, other) != within(sentence.compared, holder)
            ):
                continue
            key = paper.meant_by(other.key, sentence)
            bearer = replace(named(paper, replace(other, keys=(key,))), origin=pair.bearer.origin)
            if is_way(paper, replace(pair, bearer=bearer)):
                yield replace(pair, bearer=bearer, confidence=SHARED_CONFIDENCE * pair.confidence)


def named(paper: Paper, mention: Mention) -> Candidate:
    """A mention, or the paper's own words, as a candidate that nothing else competes with."""
    if not mention.keys:
        return replace(words_candidate(mention.text, {}), type=mention.type, mention=mention)
    concept = paper.lexicon.concepts[mention.key]
    return Candidate(entity=entity_of(concept), type=role_of(concept), origin="mention", features={}, mention=mention)


def _bears(bearer: Candidate, mention: Mention) -> bool:
    """Whether a bearer is a concept, and another one than a mention, in another place; one of several groups of the
    title is no bearer only because the paper is about it. What is measured is said of therapies alone.
    """
    if mention.type == "measure" and bearer.type != "therapy":
        return False
    apart = bearer.mention is None or not bearer.mention.overlaps(mention.start, mention.end)
    if bearer.entity.key is None:
        return bearer.origin == UNKNOWN_SUBJECT and bearer.type == "disease"
    return bearer.entity.key != mention.key and apart and not bearer.origin.endswith(ONE_OF_MANY)


def _kin(paper: Paper, pair: Pair) -> bool:
    """Whether two diseases are one and its kind: that PHNEN is a neuroendocrine neoplasm is the vocabulary's to say."""
    return pair.attribute.type == "disease" and _are_kin(paper, pair.bearer, pair.attribute)


def _are_kin(paper: Paper, bearer: Candidate, attribute: Candidate) -> bool:
    keys = bearer.entity.key, attribute.entity.key
    if None in keys:
        return False
    one, other = (str(key) for key in keys)
    return paper.lexicon.is_a(one, other) or paper.lexicon.is_a(other, one)


def _claims_something(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence claims more of a pair than that both are named, or that a variable was measured."""
    predicate = rule_of(sentence, pair, "claim").predicate
    if any(refuses(sentence, pair, predicate) for refuses in REFUSALS):
        return False
    return _stands_behind(sentence, pair) or claimed(predicate, _around(sentence, pair)) is not None


def _around(sentence: Sentence, pair: Pair) -> str:
    """The words of a sentence without the names of a pair: 'surgical treatment' alone does not say who was treated."""
    mentions = [c.mention for c in (pair.bearer, pair.attribute) if c.mention is not None]
    return blanked(sentence.text, mentions)[sentence.start : sentence.end]


def _stands_behind(sentence: Sentence, pair: Pair) -> bool:
    """Whether a grade stands in brackets behind the name of the tumor: 'pathology confirmed a NET (G2)'; or a name
    itself says what was shown: 'histologically proven'.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if pair.attribute.type == "modality" and mention is not None and holder is not None:
        return PROVEN.search(mention.text) is not None
    if pair.attribute.type != "classification" or mention is None or holder is None:
        return False
    return sentence.text[holder.end : mention.start].strip() == "("


def claim_features(sentence: Sentence, pair: Pair) -> Features:
    """What speaks for or against a pair being something that the sentence claims."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    features = {
        "bias": 1.0,
        f"types={pair.bearer.type}-{pair.attribute.type}": 1.0,
        f"section={sentence.block.section}|{pair.attribute.type}": 1.0,
        f"evidence={sentence.evidence}": 1.0,
        f"holder={pair.bearer.origin}": 1.0,
        f"predicate={rule_of(sentence, pair, 'claim').predicate}": 1.0,
        f"holder={pair.bearer.origin}|{pair.attribute.type}": 1.0,
        f"holder={pair.bearer.origin}|evidence={sentence.evidence}": 1.0,
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
