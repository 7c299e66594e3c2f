"""This module proposes, for a number or a claim, what it may be about: typed candidates with the features that rank them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.context import is_negated
from ingest.entities import Mention
from ingest.reported import Reported
from ingest.sentences import GENERIC, Paper, Sentence
from kg.model import Concept, Entity

BEARER_TYPES: Final = ("disease", "therapy", "modality")
"""Types that a statement can be about: what bears the sign, is treated, detects."""

Features = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One thing that a number or claim may be about.

    `origin` says where it comes from: 'mention' (of the sentence), 'before' (the sentence before), 'heading', 'title',
    'unit' (what the counted noun says), 'words' (the paper's own words, no concept yet).
    """

    entity: Entity
    type: str
    origin: str
    features: Features
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a candidate is proposed for: a number, or the mention that a claim is about."""

    start: int
    end: int
    kind: str
    index: int = 0
    count: int = 1


def number_anchors(sentence: Sentence) -> list[Anchor]:
    """An anchor for each number of a sentence, with its place among those of its kind."""
    kinds = [n.kind for n in sentence.numbers]
    return [
        Anchor(n.start, _numeral_end(sentence.text, n), n.kind, kinds[:i].count(n.kind), kinds.count(n.kind))
        for i, n in enumerate(sentence.numbers)
    ]


def _numeral_end(text: str, number: Reported) -> int:
    """Where the numeral of a count ends: '23 GEP adenocarcinomas' names a disease behind it."""
    if number.kind != "count":
        return number.end
    match = NUMERAL.match(text, number.start, number.end)
    return match.end() if match else number.end


# ---------------------------------------------------------------- features

_BUCKETS: Final = (0, 2, 5, 10, 20)
_BUCKET_NAMES: Final = ("0", "1-2", "3-5", "6-10", "11-20", "21+")
NUMERAL: Final = re.compile(r"[^\d\s]*(?:\s[^\d\s]+)*?\s?\d[\d.,]*|\S+")
KIND_GROUPS: Final = {
    "p_value": "test",
    "test_statistic": "test",
    "odds_ratio": "test",
    "auc": "accuracy",
    "sensitivity": "accuracy",
    "specificity": "accuracy",
    "kappa": "agreement",
    "icc": "agreement",
    "proportion": "share",
    "percent": "share",
    "percent_range": "share",
    "count": "count",
    "survival_rate": "outcome",
    "mortality_rate": "outcome",
    "incidence_rate": "outcome",
    "mean_sd": "measure",
    "median": "measure",
    "median_iqr": "measure",
    "range": "measure",
    "value": "measure",
    "size": "measure",
    "duration": "measure",
    "ratio": "measure",
    "correlation": "test",
    "threshold": "threshold",
    "claim": "claim",
}


SEEN_IN: Final = re.compile(
    r"\b(?:observed|seen|found|noted|detected|identified|present|reported|visible|elevated|increased|involved|misdiagnosed)\b"
    r"[^,;.]*?\b(?:in|among|for|by)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
SHOWED: Final = re.compile(
    r"\W*(?:\w+\s+){0,4}?(?:had|showed|demonstrated|exhibited|presented|displayed|developed|revealed|underwent|with|having|were|was)\b"
    r"[^;]{0,60}$",
    re.IGNORECASE,
)
"""'washout was observed in three cases', 'three cases exhibited washout': how a count and a finding are joined."""


def place_features(sentence: Sentence, anchor: Anchor, mention: Mention) -> Features:
    """How a mention stands to an anchor in the same sentence."""
    before = mention.end <= anchor.start
    left, right = (mention.end, anchor.start) if before else (anchor.end, mention.start)
    between = sentence.text[left:right] if left < right else ""
    side = "before" if before else "after"
    words = _BUCKET_NAMES[bisect_left(_BUCKETS, len(between.split()))]
    numbers = sum(left <= n.start and n.end <= right for n in sentence.numbers)
    features = {
        f"{side}|words={words}": 1.0,
        f"{side}|numbers={min(numbers, 3)}": 1.0,
        f"{side}|commas={min(between.count(','), 3)}": 1.0,
    }
    if re.fullmatch(r"\s*[(\[]\s*", between):
        features[f"{side}|bracket"] = 1.0
    if re.search(r"[;:]|\b(?:while|whereas|but)\b", between):
        features["clause-break"] = 1.0
    if before and SEEN_IN.search(between):
        features["seen-in"] = 1.0
    if not before and not numbers and SHOWED.match(between):
        features["showed"] = 1.0
    link = re.fullmatch(r"\s*(?:\w+\s+)?(of|in|for|with|was|were|is|had|from|by|to|demonstrated|showed)\s+(?:\w+\s+){0,2}", between)
    if link:
        features[f"{side}|link={link.group(1)}"] = 1.0
    if _within(sentence.compared, mention):
        features["compared"] = 1.0
    return features


def _within(stretches: Sequence[tuple[int, int]], mention: Mention) -> bool:
    return any(a <= mention.start < b for a, b in stretches)


def rank_features(mentions: Sequence[Mention], mention: Mention, anchor: Anchor) -> Features:
    """Where a mention stands among those of its kind: nearest before, first, in the same place of a list of numbers."""
    features: Features = {}
    before = [m for m in mentions if m.end <= anchor.start]
    after = [m for m in mentions if m.start >= anchor.end]
    if before and before[-1] is mention:
        features["nearest-before"] = 1.0
    if after and after[0] is mention:
        features["nearest-after"] = 1.0
    if mentions and mentions[0] is mention:
        features["first"] = 1.0
    if len(mentions) == 1:
        features["only"] = 1.0
    if anchor.count > 1 and len(mentions) == anchor.count:
        features["aligned" if mentions[anchor.index] is mention else "misaligned"] = 1.0
    if anchor.count > 1 and len(mentions) > 1 and anchor.count % len(mentions) == 0 and anchor.count != len(mentions):
        turn = anchor.index // (anchor.count // len(mentions))
        features["block-aligned" if mentions[turn] is mention else "block-misaligned"] = 1.0
    return features


def role_of(concept: Concept) -> str:
    """A concept's type, or 'variable' for what is measured or graded."""
    return "variable" if concept.variable else concept.type


# ---------------------------------------------------------------- bearers


def bearers(paper: Paper, index: int, anchor: Anchor) -> list[Candidate]:
    """What a number or claim of sentence `index` may be said of: diseases, therapies, modalities of the sentence, of the
    one before, of the heading, and the groups that the paper studies."""
    sentence = paper.sentences[index]
    found = list(_mentioned_bearers(paper, sentence, anchor))
    context = "empty" if not found else "some"
    named = {c.entity.key for c in found}
    for origin, key in _focus(paper, index):
        if key in named:
            continue
        named.add(key)
        features = {f"{origin}|{context}": 1.0, f"{origin}|kind={KIND_GROUPS[anchor.kind]}": 1.0}
        features[f"{origin}|evidence={sentence.evidence}"] = 1.0
        found.append(_candidate(paper, key, origin, features, anchor, sentence))
    return found or [_opening_words(sentence)]


def _mentioned_bearers(paper: Paper, sentence: Sentence, anchor: Anchor) -> Iterator[Candidate]:
    mentions = [m for m in sentence.mentions if m.type in BEARER_TYPES and not _overlaps(m, anchor)]
    for mention in mentions:
        alike = [m for m in mentions if m.type == mention.type]
        features = place_features(sentence, anchor, mention) | rank_features(alike, mention, anchor)
        if mention.key in GENERIC:
            features["generic"] = 1.0
        group = paper.group_of(mention.key) if sentence.evidence == "own" else None
        if group is not None:
            features["group"] = 1.0
        yield _candidate(paper, group or mention.key, "mention", features, anchor, sentence, mention)


def _overlaps(mention: Mention, anchor: Anchor) -> bool:
    return mention.start < anchor.end and anchor.start < mention.end


def _focus(paper: Paper, index: int) -> Iterator[tuple[str, str]]:
    """Diseases (and modalities) that stand in focus without being named: (where from, concept)."""
    sentence = paper.sentences[index]
    for back in (1, 2):
        if index < back or paper.sentences[index - back].block is not sentence.block:
            break
        previous = paper.sentences[index - back]
        for mention in previous.mentions:
            if mention.type in BEARER_TYPES and mention.key not in GENERIC and not _within(previous.compared, mention):
                group = paper.group_of(mention.key) if sentence.evidence == "own" else None
                yield ("before" if back == 1 else "before-2") + "-" + mention.type, group or mention.key
    for back in range(index - 1, max(-1, index - 12), -1):
        previous = paper.sentences[back]
        if previous.block is not sentence.block:
            break
        for mention in previous.mentions:
            if mention.type == "modality" and mention.key not in GENERIC:
                yield "paragraph-modality", mention.key
    for key in paper.headings.get(sentence.block.heading, ()):
        yield "heading-" + paper.lexicon.concepts[key].type, key
    for i, group in enumerate(paper.groups):
        yield ("title" if len(paper.groups) == 1 else f"title-{i + 1}-of-many"), group


def _candidate(
    paper: Paper,
    key: str,
    origin: str,
    features: Features,
    anchor: Anchor,
    sentence: Sentence,
    mention: Mention | None = None,
) -> Candidate:
    concept = paper.lexicon.concepts[key]
    kind = KIND_GROUPS[anchor.kind]
    type_ = role_of(concept)
    features |= {
        f"origin={origin}": 1.0,
        f"type={type_}|kind={kind}": 1.0,
        f"type={type_}|section={sentence.block.section}": 1.0,
    }
    return Candidate(
        entity=Entity(key=key, label=concept.label), type=type_, origin=origin, features=features, mention=mention
    )


# ---------------------------------------------------------------- attributes

COUNTED: Final = (
    (re.compile(r"\b(?:men|males?|man|boys?)\b", re.I), "male-sex"),
    (re.compile(r"\b(?:women|females?|woman|girls?)\b", re.I), "female-sex"),
    (re.compile(r"\b(?:patients?|cases?|participants?|subjects?|individuals?)\b", re.I), "number-of-patients"),
    (re.compile(r"\b(?:masses|lesions|nodules|tumou?rs|metastases)\b", re.I), "lesion-number"),
)
"""What a count is of, by the noun that it counts."""

NAMES_OF_STATISTICS: Final = frozenset(
    "sensitivity specificity auc roc-curve p-value confidence-interval kappa icc odds-ratio hazard-ratio mean median "
    "standard-deviation interquartile-range statistical-significance diagnostic-accuracy interobserver-agreement".split()
)
"""Measures that name the kind of a number; what the number is about stands elsewhere."""

NO_ATTRIBUTES: Final = NAMES_OF_STATISTICS | {"mass", "lesion", "liver-mass", "neoplasm", "diagnosis", "medical-imaging"}
"""What no number is about: names of statistics, and the lesions themselves."""

AGE: Final = re.compile(r"\b(?:age[ds]?|old|years of age)\b", re.IGNORECASE)
UNIT_ATTRIBUTES: Final = {
    "t": "magnetic-field-strength",
    "tesla": "magnetic-field-strength",
    "kv": "tube-voltage",
    "kvp": "tube-voltage",
    "ma": "tube-current",
    "mas": "tube-current",
    "ml/s": "injection-rate",
    "ml/sec": "injection-rate",
    "cc/s": "injection-rate",
    "s/mm2": "b-value",
    "s/mm²": "b-value",
    "hu": "ct-value",
    "kg/m2": "body-mass-index",
}
"""What a unit alone says is measured."""

ANAPHOR: Final = re.compile(r"\b(?:this|these|such|the same) (?:\w+ ){0,2}?(?:pattern|finding|feature|sign|appearance|manifestation|characteristic)s?\b", re.I)


def attributes(paper: Paper, index: int, anchor: Anchor, number: Reported) -> list[Candidate]:
    """What a number may measure or count: a sign, marker, outcome … of the sentence, what its noun counts, or the
    paper's own words before it."""
    sentence = paper.sentences[index]
    mentions = [
        m
        for m in sentence.mentions
        if m.key not in NO_ATTRIBUTES
        and not _overlaps(m, anchor)
        and (m.type in BEARER_TYPES or not (m.start < number.end and number.start < m.end))
    ]
    found = []
    for mention in mentions:
        alike = [m for m in mentions if m.type == mention.type]
        features = place_features(sentence, anchor, mention) | rank_features(alike, mention, anchor)
        if is_negated(list(sentence.negated), mention.start, mention.end):
            features["negated"] = 1.0
        found.append(_candidate(paper, mention.key, "mention", features, anchor, sentence, mention))
    found += _earlier_signs(paper, index, anchor)
    found += _by_unit(paper, sentence, anchor, number)
    found += _own_words(paper, sentence, anchor)
    found += _words_behind(sentence, number)
    return found


def _earlier_signs(paper: Paper, index: int, anchor: Anchor) -> Iterator[Candidate]:
    """'this enhancement pattern' stands for the signs of the sentence before; a cut-off or an accuracy that names no
    sign belongs to one named before."""
    sentence = paper.sentences[index]
    if index == 0 or paper.sentences[index - 1].block is not sentence.block:
        return
    anaphor = bool(ANAPHOR.search(sentence.words))
    if not anaphor and KIND_GROUPS[anchor.kind] not in {"test", "accuracy", "threshold"}:
        return
    named = [m for m in paper.sentences[index - 1].mentions if m.type in {"sign", "marker"} and m.key not in NO_ATTRIBUTES]
    for place, mention in enumerate(named):
        features = {"anaphor" if anaphor else "named-before": 1.0}
        if place == 0:
            features["named-before|first"] = 1.0
        yield _candidate(paper, mention.key, "before", features, anchor, sentence)


def _by_unit(paper: Paper, sentence: Sentence, anchor: Anchor, number: Reported) -> Iterator[Candidate]:
    concepts = paper.lexicon.concepts
    near = sentence.text[max(sentence.start, anchor.start - 25) : min(sentence.end, anchor.end + 30)]
    unit = f"{number.unit or ''} {sentence.text[anchor.start : min(sentence.end, number.end + 22)]}"
    key = UNIT_ATTRIBUTES.get((number.unit or "").casefold())
    if key is None and number.kind in {"count", "proportion", "percent"}:
        nouns = [(m.start(), k) for pattern, k in COUNTED if (m := pattern.search(unit))]
        key = min(nouns)[1] if nouns else None
    implied = key is None and number.kind == "count"
    if implied:
        key = "number-of-patients"
    if key is None and "year" in (number.unit or "") and AGE.search(near):
        key = "age"
    if key is not None and key in concepts:
        features = {f"unit={key}": 1.0, f"unit={key}|section={sentence.block.section}": 1.0}
        if implied:
            features = {"unit=implied": 1.0, f"unit=implied|section={sentence.block.section}": 1.0}
        later = sentence.text[anchor.end : anchor.end + 60]
        if re.match(r"\s*\w*\s*(?:with|having|who|had|showed|demonstrated|presented|underwent|exhibited|were (?!enrolled|included|reviewed|identified))", later):
            features[f"unit={key}|goes-on"] = 1.0
        yield _candidate(paper, key, "unit", features, anchor, sentence)


_HEAD_NOUNS: Final = re.compile(
    r"((?:[A-Za-z][\w\-/]*\s+){0,4}[A-Za-z][\w\-/]*)\s*(?:,\s*)?(?:\(|:|=|of|was|were|is|are|at|ranged|ranging|ranges|from|between|being|set|about|approximately|to|,|measuring|up|over|less|more|than|with|\s)*\s*$"
)
_NOT_IN_A_NAME: Final = frozenset(
    "the a an and or of in on at by with for from to was were is are be been that which who whose this these those we our had has have "
    "using used including included than as respectively per each both all some most least between within after before during showed "
    "respectively also were not no its their while when where but however".split()
)


def _own_words(paper: Paper, sentence: Sentence, anchor: Anchor) -> Iterator[Candidate]:
    """The paper's own words before a number ('a slice thickness of 5 mm'), where they are no concept's label."""
    match = _HEAD_NOUNS.search(sentence.text[sentence.start : anchor.start])
    if match is None:
        return
    words: list[str] = []
    for word in reversed(match.group(1).split()):
        if word.lower() in _NOT_IN_A_NAME or word.endswith("ed") and words == []:
            break
        words.insert(0, word)
    label = " ".join(words)
    if len(label) < 3 or paper.lexicon.lookup(paper.lexicon.words_of(label)):
        return
    features = {
        "origin=words": 1.0,
        f"words|kind={KIND_GROUPS[anchor.kind]}": 1.0,
        f"words|section={sentence.block.section}": 1.0,
        f"words|length={len(words)}": 1.0,
    }
    yield Candidate(entity=Entity(label=label), type="words", origin="words", features=features)


def _words_behind(sentence: Sentence, number: Reported) -> Iterator[Candidate]:
    """The paper's own words behind a number ('12 sessions of treatment'), up to the first word that ends a name."""
    words: list[str] = []
    for word in re.findall(r"[^\W\d_][\w\-/]*|[^\w\s]", sentence.text[number.end : sentence.end])[:5]:
        if not word[0].isalpha() or word.lower() in _NOT_IN_A_NAME:
            break
        words.append(word)
    label = " ".join(words)
    if len(label) > 2:
        kind = KIND_GROUPS[number.kind]
        features = {"origin=words-behind": 1.0, f"words-behind|kind={kind}": 1.0, f"words-behind|length={len(words)}": 1.0}
        yield Candidate(entity=Entity(label=label), type="words", origin="words-behind", features=features)


def _opening_words(sentence: Sentence) -> Candidate:
    """What a sentence begins with, where the vocabulary knows nothing that it could be about."""
    words = []
    for word in sentence.words.split()[:8]:
        if word.lower() in {"was", "were", "is", "are", "had", "has", "have", "showed"}:
            break
        words.append(word)
    label = " ".join(words).strip(" ,.;:()") or sentence.words[:40]
    return Candidate(entity=Entity(label=label), type="words", origin="words", features={"origin=opening": 1.0})
