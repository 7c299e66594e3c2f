"""This module finds what a sentence claims without a number: which finding, marker, therapy … of which disease."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from ingest.attributes import NO_ATTRIBUTES
from ingest.bearers import ONE_OF_MANY, bearers
from ingest.candidates import Candidate, entity_of, role_of
from ingest.context import RECRUITED
from ingest.features import KIND_GROUPS, Features, within
from ingest.frames import Joined, joined, one_list
from ingest.lists import claim_anchor
from ingest.mentions import Mention, of_type
from ingest.negation import is_negated
from ingest.pairs import SHARED_CONFIDENCE, Pair, blanked, rule_of
from ingest.phrases import beginning, one_of, phrase
from ingest.predicates import claimed
from ingest.ranking import Weights
from ingest.sentences import GENERIC, Paper, Sentence

CLAIM_TYPES: Final = (
    *("sign", "marker", "clinical-feature", "syndrome", "site", "therapy", "modality", "outcome", "classification"),
    *("disease", "phase"),
)
"""Types of what a sentence may claim of a bearer without a number."""

NO_CLAIMS: Final = GENERIC | NO_ATTRIBUTES | {"misdiagnosis"}
"""What is no claim by itself: names as wide as 'tumor', and 'misdiagnosis', which what it was taken for claims."""

BY_PHRASE_ALONE: Final = frozenset({"differential_of", "misdiagnosed_as", "other"})
"""Predicates that two diseases in one sentence do not make: a turn of phrase must join them."""

_TO: Final = one_of("analy[sz]e", "evaluate", "assess", "investigate", "compare", "illustrate", "determine", "explore")
AIM: Final = re.compile(
    rf"\b(?:aims?|purpose|objectives?|goal) of (?:this|our|the (?:present|current|study|work|paper|review|trial))\b"
    r"|\b(?:aim|objective|purpose)\w* (?:was|were) to\b|\b(?:study|we|review|paper) (?:\w+ )?aim\w*\b"
    r"|\b(?:proposed|sought|designed) to\b"
    rf"|^\W*To (?:\w+ly )?{_TO}\b|\bnull hypothesis\b|\bendpoints? (?:was|were)\b",
    re.IGNORECASE,
)
"""'The objective of this study was', 'To evaluate …': what a paper set out to do is no finding."""

_HOW: Final = one_of("using", "by", "with", "according to", "between", "in")
DONE: Final = re.compile(
    r"\b(?:was|were) (?:also |then |further )?"
    rf"(?:calculated|compared|estimated|measured|evaluated|assessed|tested) {_HOW}\b",
    re.IGNORECASE,
)
"""'were calculated using …': in Methods, what was done and not what was found."""

_ABBREVIATION: Final = r"\b[A-Z][\w/&-]{0,9}s?\s*(?:=|,|:)\s*[a-z][^;,.=]{3,60}[;,.]\s*"
LEGEND: Final = re.compile(rf"(?:{_ABBREVIATION}){{3}}")
"""'RFA, radiofrequency ablation; HCC, hepatocellular carcinoma; …' explains abbreviations."""

COMPARISON_OF: Final = re.compile(
    r"^\W*(?:Table \w+\W+)?(?:Comparison|Distribution|Summary|Characteristics) of\b", re.IGNORECASE
)
"""How the caption of a table begins."""

MATCHED: Final = phrase(
    "fulfilled the (?:following )?criteria", "matched (?:in terms? of|for|by)", "selection criteria"
)
"""Who was chosen for a study, and by what."""

RARE: Final = "rare-occurrence"

NAME_GAP: Final = re.compile(r"[\s)(\]]*(?:\w+\s){0,1}")
"""What may stand between a grade and the tumor that it is part of the name of: 'well-differentiated (G1) GEP NETs'."""

_DEGREES: Final = (
    "higher",
    "lower",
    "increased",
    "decreased",
    "various",
    "variable",
    "different",
    "similar",
    "reduced",
)
GRADED: Final = re.compile(
    rf"\b{one_of(*_DEGREES)} (?:\w+ ){{0,2}}$",
    re.IGNORECASE,
)
PROTOCOL: Final = phrase(
    *(
        "protocols?",
        "should (?:always )?(?:be|include|consist)",
        "mandatory",
        "indispensable",
        "crucial",
        "importance of",
    ),
    *("must", "carried out", "recommended", "required", "preferred"),
)
"""Words with which a review says how images should be taken."""

_IN_CASE: Final = one_of(
    "in (?:the )?(?:case|event) of", "in (?:selected )?cases (?:of|with)", "if", "unless", "whether"
)
CONDITION: Final = re.compile(rf"\b{_IN_CASE}\b[^,;]*$", re.IGNORECASE)
UNKNOWN: Final = phrase(
    *(
        "(?:is|are|remains?) (?:still )?(?:unclear|unknown|controversial|debated)",
        "data (?:are|is) (?:lacking|limited)",
    ),
    "not (?:well |fully )?(?:known|understood|established|clear)",
)
"""What the words before it are said to be."""

NO_DATA: Final = phrase("limited data", "no consensus", "lack of data")

IF_NOT: Final = re.compile(
    r"\b(?:when|if|unless|provided|in the absence|without)\b[^,;]*$", re.IGNORECASE
)
"""What opens the condition that a thing is not there."""

SETTLING: Final = frozenset({"side-effects", "goes-with", "forbidden-by", "forbidden-in", "features-in-brackets"})
"""Turns of phrase whose right side is said of nothing else: the complications of a therapy are no disease's."""

LISTED: Final = re.compile(r"(?:[\s,/]|\band\b|\bor\b|\bas well as\b|\bthe\b|\bother\b)*", re.IGNORECASE)
"""What may stand between two items of one list."""

PUBLISHER: Final = phrase("society", "societies", "college", "association", "federation", "organi[sz]ation")
SYSTEM: Final = phrase("classif\\w+", "staging", "grading", "system", "criteria", "stages?", "grades?")
"""A society classifies nothing by its name alone; its staging does."""

COURSE: Final = frozenset({"prognosis", "diagnosis", "early-diagnosis", "survival", "follow-up"})
"""Outcomes that say nothing unless a word tells how they are."""
HOW_IT_IS: Final = beginning(
    *("good", "poor", "better", "wors", "bad", "favou?r", "unfavou?r", "excellent", "dismal", "improv", "affect"),
    *("influenc", "depend", "factor", "determin", "predict", "impact", "relat", "correlat", "associat", "long", "short"),
    *("high", "low", "prolong", "increas", "decreas", "reduc", "similar", "differ", "independen", "important role"),
)

TIME: Final = re.compile(
    rf"\b{one_of('after', 'before', 'prior to', 'following', 'previous', 'despite', 'failure of', 'precede')}"
    r" (?:(?!and\b|or\b)[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
"""A therapy that only tells when: 'MRI should precede liver surgery'."""

WEIGHED: Final = phrase(
    *("associated with", "complications?", "side[- ]effects?", "mortality", "morbidity", "toxicit(?:y|ies)", "induces?"),
    *("can (?:induce|provoke|cause)", "(?:little|no|limited) (?:\\w+ )?(?:advantage|benefit|effect)", "has been limited"),
)
THE: Final = re.compile(r"\W*(?:the |an? )?", re.IGNORECASE)
IS_A: Final = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:is|are)\s+(?:an?|the)\b", re.IGNORECASE)
BEST: Final = phrase("of choice", "first[- ]line", "preferred", "standard", "best", "most", "recommended")

BEFORE_SITE, BEHIND_SITE = 120, 50
ORIGIN: Final = beginning("primar", "origin", "aris", "site", "locat", "deriv", "appear in", "manifest in", "found in", "seen in", "occur")
GROUP: Final = re.compile(r"\s(?:group|family|class|population|spectrum|disease|entit)", re.IGNORECASE)

THEM: Final = phrase("them", "it", "these", "this")

TEAM: Final = "multidisciplinary-team"
NEEDS: Final = phrase("requires?", "approach", "should", "needs?", "needed", "recommended")

NOT_DONE: Final = re.compile(r"\bnot (?:been )?(?:tested|measured|performed|evaluated|available)\b", re.IGNORECASE)


def claim_candidates(paper: Paper, index: int, weights: Weights) -> Iterator[tuple[Pair, Features]]:
    """What sentence `index` may claim, with the features that tell whether it does: what its turns of phrase join, and
    each thing that it names with its likeliest bearer.
    """
    sentence = paper.sentences[index]
    if not sentence.mentions or not says_what_is(sentence):
        return
    settled: set[Mention] = set()
    for found in joined(sentence):
        if found.right.key in COURSE and found.frame.name == "detects":
            continue
        pair = _joined_pair(paper, index, found, weights)
        if pair is not None and (found.frame.predicate == "classified_by" or not _kin(paper, pair)):
            settled |= _settled(found)
            yield pair, claim_features(sentence, pair) | {f"frame={found.frame.name}": 1.0}
    for mention in of_type(sentence.mentions, *CLAIM_TYPES):
        unsaid = mention.key in NO_CLAIMS or mention in settled
        likeliest = None if unsaid else _likeliest_pair(paper, index, mention, weights)
        for pair in _with_its_list(paper, sentence, likeliest) if likeliest is not None else ():
            if _claims_something(sentence, pair) and not _kin(paper, pair):
                yield pair, claim_features(sentence, pair)


def _settled(found: Joined) -> set[Mention]:
    """What a turn of phrase leaves no other bearer for: the therapy, site or modality that it joins with a disease."""
    ends = {found.left, found.right} - {None}
    if not any(m.type == "disease" for m in ends if m is not None):
        return {found.right} if found.frame.name in SETTLING else set()
    return {m for m in ends if m is not None and m.type in {"therapy", "site", "modality", "classification"}}


def says_what_is(sentence: Sentence) -> bool:
    """Whether a sentence can claim anything: an aim, a list of abbreviations, a title of a table and the agreement of
    observers claim nothing of a disease.
    """
    if any(KIND_GROUPS[number.kind] == "agreement" for number in sentence.numbers) or MATCHED.search(sentence.words):
        return False
    return not (AIM.search(sentence.words) or LEGEND.search(sentence.words) or COMPARISON_OF.search(sentence.words))


# ---------------------------------------------------------------- pairs


def _joined_pair(paper: Paper, index: int, found: Joined, weights: Weights) -> Pair | None:
    """What a turn of phrase joins; the disease in focus where it names nothing before itself."""
    attribute = named(paper, found.right)
    if found.left is not None:
        bearer = named(paper, found.left)
        return Pair(bearer=bearer, attribute=attribute, confidence=1.0, rule=found.frame.rule, joined_at=found.cue, denied=found.denied)
    ranked = weights.rank("bearer", bearers(paper, index, claim_anchor(found.right)))
    for likely, bearer in ranked:
        before = bearer.mention is None or bearer.mention.end <= found.cue
        if bearer.type == "disease" and before and _bears(bearer, found.right):
            return Pair(
                bearer=bearer,
                attribute=attribute,
                confidence=likely,
                rule=found.frame.rule,
                joined_at=found.cue,
                denied=found.denied,
            )
    return None


def _likeliest_pair(paper: Paper, index: int, mention: Mention, weights: Weights) -> Pair | None:
    """A mention with its likeliest bearer."""
    ranked = weights.rank("bearer", bearers(paper, index, claim_anchor(mention)))
    pairs = (Pair(bearer=b, attribute=named(paper, mention), confidence=p) for p, b in ranked if _bears(b, mention))
    sentence = paper.sentences[index]
    return next((pair for pair in pairs if _fit(paper, pair) and not _rules_out(sentence, pair)), None)


def _rules_out(sentence: Sentence, pair: Pair) -> bool:
    """Whether a bearer is only what must not be there: 'resection is considered when no extrahepatic disease is seen'."""
    holder = pair.bearer.mention
    if holder is None or pair.attribute.type not in {"therapy", "modality", "outcome"}:
        return False
    if not is_negated(sentence.negated, holder.start, holder.end):
        return False
    return IF_NOT.search(sentence.text[sentence.start : holder.start]) is not None


def _with_its_list(paper: Paper, sentence: Sentence, pair: Pair) -> Iterator[Pair]:
    """A pair, and the same said of the other items of the list that its bearer stands in: 'octreotide and lanreotide
    are effective'.
    """
    yield pair
    holder, mention = pair.bearer.mention, pair.attribute.mention
    if holder is None or mention is None:
        return
    alike = of_type(sentence.mentions, holder.type)
    for direction in (1, -1):
        place = alike.index(holder) if holder in alike else 0
        for other in one_list(sentence.text, alike[place::direction] if direction > 0 else alike[place::-1])[1:]:
            if (
                other.key in {mention.key, holder.key}
                or other.overlaps(mention.start, mention.end)
                or other.key in GENERIC
            ):
                continue
            key = paper.meant_by(other.key, sentence)
            bearer = replace(named(paper, replace(other, keys=(key,))), origin=pair.bearer.origin)
            if _fit(paper, replace(pair, bearer=bearer)):
                yield replace(pair, bearer=bearer, confidence=SHARED_CONFIDENCE * pair.confidence)


def _fit(paper: Paper, pair: Pair) -> bool:
    """Whether two modalities are one and a technique of it; other pairs always fit."""
    technique, modality = pair.attribute.entity.key, pair.bearer.entity.key
    if pair.bearer.type != "modality" or technique is None or modality is None:
        return True
    return paper.lexicon.is_a(technique, modality) or pair.attribute.type != "modality"


def named(paper: Paper, mention: Mention) -> Candidate:
    """A mention as a candidate that nothing else competes with."""
    concept = paper.lexicon.concepts[mention.key]
    return Candidate(entity=entity_of(concept), type=role_of(concept), origin="mention", features={}, mention=mention)


def _bears(bearer: Candidate, mention: Mention) -> bool:
    """Whether a bearer is a concept, and another one than a mention, in another place; one of several groups of the
    title is no bearer only because the paper is about it.
    """
    apart = bearer.mention is None or not bearer.mention.overlaps(mention.start, mention.end)
    return bearer.entity.key not in {mention.key, None} and apart and not bearer.origin.endswith(ONE_OF_MANY)


def _kin(paper: Paper, pair: Pair) -> bool:
    """Whether two diseases are one and its kind: that PHNEN is a neuroendocrine neoplasm is the vocabulary's to say."""
    keys = pair.bearer.entity.key, pair.attribute.entity.key
    if pair.attribute.type != "disease" or None in keys:
        return False
    one, other = (str(key) for key in keys)
    return paper.lexicon.is_a(one, other) or paper.lexicon.is_a(other, one)


def _claims_something(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence claims more of a pair than that both are named, or that a variable was measured."""
    predicate = rule_of(sentence, pair, "claim").predicate
    if any(refuses(sentence, pair, predicate) for refuses in REFUSALS):
        return False
    return _stands_behind(sentence, pair) or claimed(predicate, _around(sentence, pair)) is not None


def _only_measured(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'The CT value was recorded': how it was is not said."""
    return pair.attribute.type == "variable" and predicate == "measured_value" and not _is_graded(sentence, pair)


def _only_named(_: Sentence, pair: Pair, predicate: str) -> bool:
    """Two diseases in one sentence, without a turn of phrase that joins them."""
    return pair.attribute.type == "disease" and predicate in BY_PHRASE_ALONE


def _only_done(sentence: Sentence, _: Pair, predicate: str) -> bool:
    """How images are taken is claimed in Methods and by advice; Methods claim nothing else by saying what was done."""
    technique, methods = predicate == "imaging_technique", sentence.block.section == "Methods"
    if technique:
        return not methods and PROTOCOL.search(sentence.words) is None
    return methods and DONE.search(sentence.words) is not None


def _around(sentence: Sentence, pair: Pair) -> str:
    """The words of a sentence without the names of a pair: 'surgical treatment' alone does not say who was treated."""
    mentions = [c.mention for c in (pair.bearer, pair.attribute) if c.mention is not None]
    return blanked(sentence.text, mentions)[sentence.start : sentence.end]


def _is_part_of_a_name(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether a grade only names which tumors are spoken of: 'well-differentiated GEP NETs were reviewed'."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if pair.attribute.type != "classification":
        return False
    if mention is None or holder is None:
        return RECRUITED.search(sentence.words) is not None
    before = mention.end <= holder.start and NAME_GAP.fullmatch(sentence.text, mention.end, holder.start) is not None
    return before or RECRUITED.search(sentence.words) is not None


def _stands_behind(sentence: Sentence, pair: Pair) -> bool:
    """Whether a grade stands in brackets behind the name of the tumor: 'pathology confirmed a NET (G2)'."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if pair.attribute.type != "classification" or mention is None or holder is None:
        return False
    return sentence.text[holder.end : mention.start].strip() == "("


def _is_graded(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says how what is measured was: 'higher ratios', 'various enhancement patterns'."""
    mention = pair.attribute.mention
    return mention is not None and GRADED.search(sentence.text[sentence.start : mention.start]) is not None


def _not_done(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether the clause says that a thing was not looked at: 'NSE was not tested'."""
    mention = pair.attribute.mention
    clause = sentence.text[slice(*sentence.clause(mention.start, mention.end))] if mention is not None else ""
    return NOT_DONE.search(clause) is not None


def _of_a_finding(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether it is a finding that is rare: 'in metastases, calcification is uncommon'."""
    mention = pair.attribute.mention if pair.attribute.entity.key == RARE else None
    before = [m for m in sentence.mentions if mention is not None and m.end <= mention.start and m.type != "modality"]
    return bool(before) and before[-1].type != "disease"


def _only_compared(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'More sensitive than ultrasonography': what something is only measured against."""
    mention = pair.attribute.mention
    return mention is not None and mention.type != "disease" and within(sentence.compared, mention)


def _on_condition(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'In case of partial response': what must be there for something else to be done."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type not in {"outcome", "therapy", "clinical-feature", "sign"}:
        return False
    if pair.attribute.type == "sign" and pair.bearer.mention is not None:
        return False
    clause = sentence.clause(mention.start, mention.end)[0]
    opening = sentence.text[clause : mention.start]
    return CONDITION.search(opening) is not None


def _left_open(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Treatment outcomes are still unclear', 'there are limited data on …': nothing is known."""
    mention = pair.attribute.mention
    if mention is None:
        return False
    start, end = sentence.clause(mention.start, mention.end)
    unknown = UNKNOWN.search(sentence.text, mention.end, end) is not None
    return unknown or NO_DATA.search(sentence.text, start, end) is not None


def _in_one_list(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Vascular invasion, nodal and liver metastases': items of one list are not said of each other."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None or pair.attribute.type not in {"sign", "clinical-feature", "site", "outcome"}:
        return False
    left, right = min(mention.end, holder.end), max(mention.start, holder.start)
    between = sentence.text[left:right]
    for other in sentence.mentions:
        if left <= other.start and other.end <= right:
            between = between.replace(other.text, " ")
    return bool(re.search(r",|\band\b|\bor\b", between)) and LISTED.fullmatch(between) is not None


def _by_its_publisher(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'According to ENETS guidelines': a society is no classification, unless its system is spoken of."""
    mention = pair.attribute.mention
    if mention is None or predicate != "classified_by" or not PUBLISHER.search(pair.attribute.entity.label):
        return False
    return SYSTEM.search(sentence.text, mention.start, min(sentence.end, mention.end + 60)) is None


def _course_only(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Imaging is critical for diagnosis and prognosis': nothing is said of how the prognosis is."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key not in COURSE:
        return False
    return HOW_IT_IS.search(sentence.text[slice(*sentence.clause(mention.start, mention.end))]) is None


def _only_a_time(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'CT is mandatory before liver surgery': when something else is done."""
    mention = pair.attribute.mention
    if mention is None or predicate != "treated_by":
        return False
    return TIME.search(sentence.text[sentence.start : mention.start]) is not None


def _of_a_syndrome(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'The carcinoid syndrome is characterised by flushing': no feature of a disease that the sentence leaves out."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or pair.attribute.type not in {"clinical-feature", "syndrome"}:
        return False
    return any(m.end <= mention.start and m.key != mention.key for m in of_type(sentence.mentions, "syndrome"))


def _weighed(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Embolisation is associated with mortality', 'showed little advantage': what a therapy does, not whom it treats."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or predicate != "treated_by":
        return False
    return WEIGHED.search(sentence.words) is not None


def _defined(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Ki-67 is a biomarker of proliferation': what a thing is, of no disease."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or pair.attribute.type not in {"marker", "modality", "sign"}:
        return False
    opens = THE.fullmatch(sentence.text, sentence.start, mention.start) is not None
    behind = IS_A.match(sentence.text, mention.end, sentence.end) if opens else None
    return behind is not None and BEST.search(sentence.text, behind.end(), sentence.end) is None


def _told_of_another(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'May discriminate between benign and malignant lesions': not the disease in focus."""
    unnamed = pair.bearer.mention is None and predicate == "discriminates" and not THEM.search(sentence.words)
    return unnamed and bool(of_type(sentence.mentions, "disease"))


def _member_of_a_team(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Radiologists are members of the multidisciplinary team': nobody is treated."""
    return pair.attribute.entity.key == TEAM and NEEDS.search(sentence.words) is None


def _of_a_metastasis(_: Sentence, pair: Pair, predicate: str) -> bool:
    """A metastasis neither spreads to the organ that it is in nor comes from it."""
    bearer, site = pair.bearer.entity, pair.attribute.entity.label
    if pair.attribute.type != "site" or "metasta" not in bearer.label:
        return False
    own = site in bearer.label or (site == "liver" and "hepat" in bearer.label)
    return predicate == "metastasizes_to" or own


def _site_in_passing(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """A site is a primary's only where words near it say so."""
    mention = pair.attribute.mention
    if mention is None or predicate != "has_primary_site":
        return False
    around = sentence.text[max(sentence.start, mention.start - BEFORE_SITE) : min(sentence.end, mention.end + BEHIND_SITE)]
    return ORIGIN.search(around) is None


def _no_appearance(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'A heterogeneous group of tumors': not how a lesion looks."""
    mention = pair.attribute.mention
    return mention is not None and pair.attribute.type == "sign" and GROUP.match(sentence.text, mention.end) is not None


REFUSALS: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _only_measured,
    _only_named,
    _only_done,
    _not_done,
    _is_part_of_a_name,
    _of_a_finding,
    _only_compared,
    _on_condition,
    _left_open,
    _in_one_list,
    _by_its_publisher,
    _course_only,
    _only_a_time,
    _of_a_syndrome,
    _weighed,
    _defined,
    _told_of_another,
    _member_of_a_team,
    _of_a_metastasis,
    _site_in_passing,
    _no_appearance,
)
"""What each tells of a sentence that names a pair and claims nothing of it."""


# ---------------------------------------------------------------- features


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
