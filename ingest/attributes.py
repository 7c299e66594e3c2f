"""This module proposes what a number may measure or count: a sign, a marker, an outcome, what its noun counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from ingest.bearers import SHARE_VERB
from ingest.candidates import Candidate, Slot, role_of, words_candidate
from ingest.certain import A_KIND_OF_ALL, SHARE_OF_A_WHOLE
from ingest.context import RECRUITED
from ingest.features import SEEN_IN, joint_features, place_features, rank_features
from ingest.in_focus import BEARER_TYPES
from ingest.lists import Anchor, item_of, phase_in_turn
from ingest.mentions import Mention, of_type
from ingest.negation import is_negated
from ingest.own_words import COMBINED, measured_by, opening_words, words_before, words_behind
from ingest.phrases import one_of
from ingest.reported import Reported
from ingest.screening import screened
from ingest.sentences import Paper, Sentence
from ingest.side_effects import HARMFUL, tells_of_harm
from ingest.units import COUNTED_KEYS, by_unit

FINDINGS: Final = frozenset({"sign", "variable", "marker"})

_NEVER_TESTED: Final = frozenset({"disease", "phase", "site", "study-design", "clinical-feature"})
_NEVER_MEASURED: Final = frozenset({"disease", "study-design"})
_NEVER_COUNTED: Final = frozenset({"study-design"})
BARRED: Final = {
    "test": _NEVER_TESTED,
    "accuracy": _NEVER_TESTED,
    "agreement": _NEVER_TESTED,
    "measure": _NEVER_MEASURED,
    "threshold": _NEVER_MEASURED,
    "share": _NEVER_COUNTED,
    "count": _NEVER_COUNTED,
    "outcome": _NEVER_COUNTED,
}
"""Types that a kind of number is never about: what is tested is a finding, and the diseases are what it tells apart."""

DIAGNOSED: Final = screened(
    one_of(
        *("misdiagnos", "diagnosed as", r"diagnos\w+ (?:\w+ ){0,6}(?:revealed|comprised|included|was|were)"),
        *("mistaken", "differential", "history of", "associated with", "coexist", "underlying", "due to"),
        *("presence of", "recurren"),
    ),
    re.IGNORECASE,
)
"""Words with which a count may be one of another disease."""

METASTASIS: Final = "metastasis"
WERE: Final = screened(
    r"\b(?:are|were|is|was|have|had|develop\w*|will develop)\s+(?:already |usually |\w+ly )?$", re.IGNORECASE
)
"""'of GEP-NETs will develop ' before what they develop."""

_NAMES_OF_STATISTICS: Final = """
sensitivity specificity auc roc-curve p-value confidence-interval kappa icc odds-ratio hazard-ratio relative-risk
likelihood-ratio mean median standard-deviation interquartile-range statistical-significance diagnostic-accuracy
interobserver-agreement intraobserver-agreement cutoff-value youden-index z-score correlation-coefficient
chi-square-test fisher-exact-test independent-t-test paired-t-test kolmogorov-smirnov-test mann-whitney-test
wilcoxon-signed-rank-test kruskal-wallis-test log-rank-test analysis-of-variance logistic-regression cox-regression
positive-predictive-value negative-predictive-value
multivariate-analysis univariate-analysis kaplan-meier-method region-of-interest
"""
NAMES_OF_STATISTICS: Final = frozenset(_NAMES_OF_STATISTICS.split())
"""Measures that name the kind of a number; what the number is about stands elsewhere."""

_WIDE: Final = "mass lesion liver-mass neoplasm diagnosis differential-diagnosis treatment medical-imaging misdiagnosis"
NO_ATTRIBUTES: Final = NAMES_OF_STATISTICS | frozenset(_WIDE.split())
"""What no number and no claim is about: names of statistics, the lesions themselves, words as wide as 'treatment'."""

LISTED_TYPES: Final = (
    FINDINGS | {"clinical-feature"},
    {"modality"},
    {"phase"},
    {"outcome"},
    {"clinical-feature"},
    {"site"},
)
"""Types whose mentions make up one list."""

AGE_FORM, AGE_KEY = "age", "age"
"""The form that reads '45 yrs old', and what it is."""

PERSON_BEFORE: Final = screened(r"\b(?:man|woman|male|female|boy|girl),?\s*(?:aged )?$", re.IGNORECASE)
SHARES: Final = frozenset({"percent", "percent_range", "proportion"})
WHOLE: Final = screened(
    r"(?:\s*\([^)]*\))?\s*of\s+((?:all|total|the total|the)\s+(?:[\w-]+\s+){0,5}?[\w-]+(?:['’]s)?)"
    r"(?=\s*[,.;(\[]|\s+(?:and|in|with|cases|occurring)\b|\s*$)"
)
"""' of all primary liver tumors'."""

COHORT_NOUN: Final = screened(
    r"[^.;,()]{0,25}?\b(?:patients|cases|participants|subjects|individuals|persons)\b", re.IGNORECASE
)
COHORT_OF: Final = screened(
    r"\b(?:stud(?:y|ies)|series|groups?|cohorts?|total|trials?|population|sample|report|analysis|database)\s+"
    r"(?:(?:was|were|is) )?(?:of|comprising|including|included|consisted of|on|in|with)"
    r"\s+(?:only |about |approximately |the )*$",
    re.IGNORECASE,
)
"""'the largest reported study of '."""

REPORTED_CASES: Final = screened(
    r"\s*(?:(?:of|with)\b[^.;,]{0,60}?)?\b(?:have|has|had|having) been (?:reported|described|published|documented)",
    re.IGNORECASE,
)
"""' of PHNET have been reported'."""

_FINDING: Final = one_of("pattern", "finding", "feature", "sign", "appearance", "manifestation", "characteristic")
ANAPHOR: Final = screened(rf"\b(?:this|these|such|the same) (?:\w+ ){{0,2}}?{_FINDING}s?\b", re.IGNORECASE)
"""'this enhancement pattern'."""

FINDINGS_BACK: Final = 3
"""How far back a sentence may have named the finding that a cut-off or an accuracy is of; within one paragraph."""

DEFINITE: Final = screened(
    r"\b(?:of|in|from|for|to) (?:the|these|those|our|all)\s*$"
    r"|\b(?:findings|features|characteristics|data|results|images|records|demographics|examinations?|scans|reports|charts"
    r"|files|specimens|appearances?) (?:of|in|from|for)\s*$",
    re.IGNORECASE,
)
"""'the diagnosis of the 12 participants' speaks of a group that is known: the number is its size."""


def attributes(paper: Paper, index: int, anchor: Anchor, number: Reported) -> list[Candidate]:
    """What a number may measure or count: a sign, marker, outcome … of the sentence, what its noun counts, or the
    paper's own words around it; at least one.
    """
    slot = Slot(paper=paper, index=index, anchor=anchor)
    certain = _certain(slot, number)
    if certain is not None:
        return [certain]
    found = _mentioned(slot, number)
    item = _listed(slot, found)
    if item is not None:
        return [item]
    if number.kind == "count" and DEFINITE.search(slot.sentence.text, slot.sentence.start, anchor.start):
        return list(by_unit(slot, number)) or found
    named = [c for c in found if c.type == "outcome" and c.mention and c.mention.overlaps(number.start, number.end)]
    stated = named or [c for c in found if _is_stated_of(slot, c)] or [c for c in found if _is_told_behind(slot, c)]
    if stated:
        return stated
    found += _earlier_signs(slot)
    joined = any(name.startswith(("showed|", "seen-in|")) for c in found for name in c.features)
    found += [c for c in by_unit(slot, number) if not joined or c.entity.key not in COUNTED_KEYS]
    found += [*words_before(slot), *measured_by(slot), *words_behind(slot.sentence, number)]
    return found or [opening_words(slot.sentence)]


def _certain(slot: Slot, number: Reported) -> Candidate | None:
    """What the form of a number leaves no doubt of: a person's age, a share of a whole."""
    years = (number.unit or "").casefold().startswith("y")
    before = slot.sentence.text[slot.sentence.start : slot.anchor.start]
    if number.rule == AGE_FORM or (years and PERSON_BEFORE.search(before)):
        return slot.candidate(AGE_KEY, "unit", {"certain": 1.0})
    if number.kind == "count" and (
        RECRUITED.search(slot.sentence.text, slot.anchor.end, slot.sentence.end) or _is_a_cohort(slot)
    ):
        return next(by_unit(slot, number), None)
    kind = A_KIND_OF_ALL.match(slot.sentence.text, slot.anchor.end, slot.sentence.end)
    if number.kind in SHARES and kind is not None and _opens_a_disease(slot.sentence, kind.end()):
        return words_candidate(f"share of {kind.group(1)}", {"certain": 1.0})
    if number.kind in SHARES and SHARE_OF_A_WHOLE.search(before[-SHARE_VERB:]):
        whole = WHOLE.match(slot.sentence.text, slot.anchor.end, slot.sentence.end)
        if whole is not None:
            return words_candidate(f"share of {whole.group(1)}", {"certain": 1.0})
    return None


def _opens_a_disease(sentence: Sentence, place: int) -> bool:
    """Whether the name of a disease begins at a place."""
    return any(m.start == place for m in of_type(sentence.mentions, "disease"))


def _is_a_cohort(slot: Slot) -> bool:
    """Whether a count says how many were looked at: 'a series of 34 patients', 'fewer than 150 cases of PHNET have been
    reported'.
    """
    text, anchor, end = slot.sentence.text, slot.anchor, slot.sentence.end
    noun = COHORT_NOUN.match(text, anchor.end, end)
    if noun is None:
        return False
    if COHORT_OF.search(text, max(slot.sentence.start, anchor.start - SHARE_VERB), anchor.start):
        return True
    return REPORTED_CASES.match(text, noun.end(), end) is not None


# ---------------------------------------------------------------- named in the sentence


def _mentioned(slot: Slot, number: Reported) -> list[Candidate]:
    """The mentions of the sentence that a number of this kind may be about."""
    sentence, anchor, concepts = slot.sentence, slot.anchor, slot.paper.lexicon.concepts
    diagnosed = DIAGNOSED.search(sentence.words) is not None
    mentions = [m for m in sentence.mentions if _can_be_counted(slot, m, number, diagnosed=diagnosed)]
    found = []
    for mention in mentions:
        role = role_of(concepts[mention.key])
        features = place_features(sentence, anchor, mention, role) | joint_features(sentence, anchor, mention)
        features |= rank_features(sentence, _alike(slot.paper, mentions, role), mention, anchor)
        if mention.type == "disease":
            features[f"disease-named={diagnosed}"] = 1.0
        if is_negated(sentence.negated, mention.start, mention.end):
            features["negated"] = 1.0
        found.append(slot.candidate(mention.key, "mention", features, mention))
    return found


def _listed(slot: Slot, found: list[Candidate]) -> Candidate | None:
    """The one that a number's place in its list gives, or the arm of two modalities that it is of."""
    mentions = {c.mention.start: c for c in found if c.mention is not None}
    for types in LISTED_TYPES if slot.anchor.count > 1 else ():
        alike = [c.mention for c in mentions.values() if c.mention is not None and c.type in types]
        if types == {"phase"} and any(c.type in FINDINGS for c in found):
            continue
        item = item_of(slot.sentence, slot.anchor, alike)
        if item is None and types == {"phase"}:
            item = phase_in_turn(slot.anchor, alike)
        if item is None and types == {"modality"}:
            item = _arm(slot, alike)
        if item is not None:
            return mentions[item.start]
    return None


def _arm(slot: Slot, modalities: list[Mention]) -> Mention | None:
    """'DECT was more sensitive than CT (95.7% vs. 68.8%)': each number has its modality."""
    anchor = slot.anchor
    two = list({m.key: m for m in modalities}.values())
    return two[anchor.index] if anchor.arms and slot.group == "accuracy" and len(two) == 2 else None


def _can_be_counted(slot: Slot, mention: Mention, number: Reported, *, diagnosed: bool) -> bool:
    """Whether a mention beside (not inside) a number is of a type that such a number may be about.

    A disease is counted only where the words speak of diagnoses, or where its count stands in brackets.
    """
    if mention.key in NO_ATTRIBUTES or mention.stands_in or mention.overlaps(slot.anchor.start, slot.anchor.end):
        return False
    if mention.type not in BEARER_TYPES and mention.overlaps(number.start, number.end):
        return number.kind == "count" and mention.type == "outcome"
    barred = BARRED.get(slot.group, frozenset())
    if mention.type == "therapy" and slot.group == "test" and _names_what_came_of_it(slot.sentence):
        return False
    if mention.type == "disease":
        if slot.group == "count" and _has_its_own_count(slot.sentence, mention):
            return False
        opened = slot.anchor.opens and not slot.anchor.arms
        opened = opened or (slot.anchor.arms and tells_of_harm(slot.sentence))
        return "disease" not in barred and (diagnosed or opened or _is_said_of_the_share(slot, mention))
    return mention.type not in barred


def _names_what_came_of_it(sentence: Sentence) -> bool:
    """Whether a test may be one of what a sentence names, and so of none of the treatments that it compares."""
    return any(m.key not in NO_ATTRIBUTES for m in of_type(sentence.mentions, "outcome", "measure", "marker", "sign"))


def _has_its_own_count(sentence: Sentence, mention: Mention) -> bool:
    """Whether a disease is the noun of a count, which no other count is of: 'BTC' in '20 BTCs, 10 HCCs'."""
    return any(n.kind == "count" and n.start < mention.start < n.end for n in sentence.numbers)


def _is_said_of_the_share(slot: Slot, mention: Mention) -> bool:
    """'80% of the tumors were metastatic', 'metastases were present in 20%': the disease that a share is of, or has."""
    text, anchor, lexicon = slot.sentence.text, slot.anchor, slot.paper.lexicon
    if slot.group not in {"share", "count"}:
        return False
    if mention.start >= anchor.last:
        return WERE.search(text[anchor.last : mention.start]) is not None
    spread = lexicon.is_a(mention.key, METASTASIS)
    return spread and SEEN_IN.search(text[mention.end : anchor.first]) is not None


def _is_stated_of(slot: Slot, candidate: Candidate) -> bool:
    """Whether a number stands in brackets right behind a name: 'hepatocellular carcinoma (n=7)'; two groups are set
    against each other of what treatment brings: 'fatigue (47% vs. 28%)'.
    """
    mention, anchor = candidate.mention, slot.anchor
    if mention is None or mention.type == "modality" or not anchor.opens:
        return False
    if anchor.count > 1 and not (anchor.arms and mention.type in HARMFUL and tells_of_harm(slot.sentence)):
        return False
    return slot.group in {"count", "share"} and not slot.sentence.text[mention.end : anchor.first].strip(" ([")


def _is_told_behind(slot: Slot, candidate: Candidate) -> bool:
    """Whether a name stands in brackets right behind a number: '150 s (equilibrium phase)'."""
    mention, anchor, text = candidate.mention, slot.anchor, slot.sentence.text
    if mention is None or mention.type not in {"phase", "sign", "marker"} or mention.start < anchor.end:
        return False
    return text[anchor.end : mention.start].strip() in {"(", "["} and text[mention.end :].lstrip()[:1] in {")", "]"}


def _alike(paper: Paper, mentions: list[Mention], role: str) -> list[Mention]:
    """The mentions that a list could run over together with one of this role: findings of all kinds count as one."""
    if role not in FINDINGS:
        return of_type(mentions, role)
    return [m for m in mentions if role_of(paper.lexicon.concepts[m.key]) in FINDINGS]


# ---------------------------------------------------------------- named before


def _earlier_signs(slot: Slot) -> Iterator[Candidate]:
    """'this enhancement pattern' stands for the signs of the sentence before; a cut-off or an accuracy that names no
    sign belongs to one named before.
    """
    yield from _earlier_modality(slot)
    anaphor = ANAPHOR.search(slot.sentence.words) is not None
    combined = COMBINED.search(slot.sentence.words) is not None
    tells = not combined and slot.group in {"test", "accuracy", "threshold"}
    named = (
        _last_named(slot, 1 if anaphor or not _names_no_finding(slot) else FINDINGS_BACK) if anaphor or tells else []
    )
    for place, mention in enumerate(named):
        features = {"anaphor" if anaphor else "named-before": 1.0}
        if place == 0:
            features["named-before|first"] = 1.0
        yield slot.candidate(mention.key, "before", features)


def _last_named(slot: Slot, back: int) -> list[Mention]:
    """The signs and markers of the nearest of so many sentences before that names any."""
    for sentence in islice(slot.earlier(), back):
        named = [m for m in of_type(sentence.mentions, "sign", "marker") if m.key not in NO_ATTRIBUTES]
        if named:
            return named
    return []


def _names_no_finding(slot: Slot) -> bool:
    """Whether a cut-off or an accuracy stands in a sentence that names no sign and no marker."""
    return slot.group in {"accuracy", "threshold"} and not of_type(slot.sentence.mentions, "sign", "marker", "modality")


def _earlier_modality(slot: Slot) -> Iterator[Candidate]:
    """An accuracy in a sentence that names no sign and no modality is that of the one named last before."""
    if slot.group != "accuracy" or of_type(slot.sentence.mentions, "sign", "marker", "modality"):
        return
    named = ((back, m) for back, s in enumerate(islice(slot.earlier(), 3), 1) for m in of_type(s.mentions, "modality"))
    for back, mention in named:
        if mention.key not in NO_ATTRIBUTES:
            yield slot.candidate(mention.key, "before", {f"modality-before-{back}": 1.0})
