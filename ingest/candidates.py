"""This module proposes, for a number or a claim, what it may be about: typed candidates with the features that rank them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.certain import owner
from ingest.negation import is_negated
from ingest.mentions import Mention
from ingest.features import KIND_GROUPS, Features, place_features, rank_features, within
from ingest.lists import Anchor
from ingest.reported import Reported
from ingest.sentences import GENERIC, Paper, Sentence
from kg.model import Concept, Entity

IMAGING: Final = "medical-imaging"
BEARER_TYPES: Final = ("disease", "therapy", "modality")
"""Types that a statement can be about: what bears the sign, is treated, detects."""

BEARERS_OF: Final = {
    **dict.fromkeys(
        ("sign", "marker", "clinical-feature", "syndrome", "site", "therapy", "classification"), ("disease",)
    ),
    "modality": ("disease", "modality"),
    "outcome": ("disease", "therapy"),
    "disease": ("disease", "therapy"),
}
"""What can bear each type of thing that is claimed: a sign is a disease's, an outcome a disease's or a therapy's."""

OWN_FINDINGS: Final = frozenset({"sign", "marker", "clinical-feature"})
"""What a paper reports of its own cases is about the groups that it studies."""


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


def role_of(concept: Concept) -> str:
    """A concept's type, or 'variable' for what is measured or graded."""
    return "variable" if concept.variable else concept.type


# ---------------------------------------------------------------- bearers


def bearers(paper: Paper, index: int, anchor: Anchor) -> list[Candidate]:
    """What a number or claim of sentence `index` may be said of: diseases, therapies, modalities of the sentence, of the
    one before, of the heading, and the groups that the paper studies.
    """
    sentence = paper.sentences[index]
    found = list(_mentioned_bearers(paper, sentence, anchor))
    if len(found) == 1 and "certain" in found[0].features:
        return found
    item = _item(paper, index)
    if item is not None and sentence.evidence == "background" and not any(c.type == "disease" for c in found):
        return [_candidate(paper, item, "item-disease", {"certain": 1.0}, anchor, sentence)]
    context = "empty" if not found else "some"
    named = {c.entity.key for c in found}
    elsewhere = sentence.evidence != "own"
    for origin, key in _focus(paper, index):
        if elsewhere and origin.startswith("title") and any(c.type == "disease" for c in found):
            continue
        if key in named or not _can_bear(paper, sentence, key, anchor):
            continue
        named.add(key)
        features = {f"{origin}|{context}": 1.0, f"{origin}|kind={KIND_GROUPS[anchor.kind]}": 1.0}
        features[f"{origin}|evidence={sentence.evidence}"] = 1.0
        found.append(_candidate(paper, key, origin, features, anchor, sentence))
    return found or [_opening_words(sentence)]


def _mentioned_bearers(paper: Paper, sentence: Sentence, anchor: Anchor) -> Iterator[Candidate]:
    mentions = [m for m in sentence.mentions if not _overlaps(m, anchor) and _can_bear(paper, sentence, m.key, anchor)]
    certain = owner(sentence, anchor, mentions)
    if certain is not None:
        mentions = [certain]
    plain = [m for m in mentions if not within(sentence.compared, m)]
    if anchor.kind == "claim":
        mentions = [m for m in plain if not _side_by_side(sentence, anchor, m)]
    elif any(m.type == "disease" for m in plain) and anchor.count == 1:
        mentions = [m for m in mentions if m in plain or m.type != "disease"]
    for mention in mentions:
        alike = [m for m in mentions if m.type == mention.type]
        features = place_features(sentence, anchor, mention, mention.type)
        features |= rank_features(sentence, alike, mention, anchor)
        if mention is certain:
            features["certain"] = 1.0
        if mention.key in GENERIC:
            features["generic"] = 1.0
        group = paper.group_of(mention.key) if sentence.evidence == "own" else None
        if group is not None:
            features["group"] = 1.0
        elif paper.groups and mention.type == "disease":
            features[f"no-group|{sentence.evidence}"] = 1.0
        yield _candidate(paper, group or mention.key, "mention", features, anchor, sentence, mention)


def _side_by_side(sentence: Sentence, anchor: Anchor, mention: Mention) -> bool:
    """Whether a mention and what a claim is about are items of one list: neither is said of the other."""
    if anchor.about != mention.type:
        return False
    left, right = sorted(((mention.start, mention.end), (anchor.start, anchor.end)))
    between = sentence.text[left[1] : right[0]]
    others = [m for m in sentence.mentions if m.type == mention.type and left[1] <= m.start and m.end <= right[0]]
    for other in others:
        between = between.replace(other.text, "")
    return bool(ITEM_LIST.fullmatch(between))


ITEM_LIST: Final = re.compile(r"(?:\s|,|/|and|or|as well as|from|the|in|metastas[ei]s|\(\s*\w*\s*\))*", re.IGNORECASE)


def _can_bear(paper: Paper, sentence: Sentence, key: str, anchor: Anchor) -> bool:
    """Whether a concept could be what a statement is about: a disease, a therapy, or a modality where it is described
    or measured. A paper's own counts are about the groups that it studies.
    """
    concept = paper.lexicon.concepts[key]
    if concept.type not in BEARERS_OF.get(anchor.about, BEARER_TYPES):
        return False
    if concept.type == "modality":
        described = sentence.block.section == "Methods" or KIND_GROUPS[anchor.kind] in {"accuracy", "claim", "outcome"}
        return described and paper.lexicon.is_a(key, IMAGING)
    own = sentence.evidence == "own" and concept.type == "disease" and anchor.about in {"", *OWN_FINDINGS}
    return not (own and paper.groups) or paper.group_of(key) is not None


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
            if mention.type in BEARER_TYPES and mention.key not in GENERIC and not within(previous.compared, mention):
                group = paper.group_of(mention.key) if sentence.evidence == "own" else None
                yield ("before" if back == 1 else "before-2") + "-" + mention.type, group or mention.key
    item = _item(paper, index)
    if item is not None:
        yield "item-disease", item
    for back in range(index - 1, max(-1, index - 12), -1):
        previous = paper.sentences[back]
        if previous.block is not sentence.block:
            break
        for mention in previous.mentions:
            if mention.type == "modality" and mention.key not in GENERIC:
                yield "paragraph-modality", mention.key
    if sentence.block.kind == "caption":
        opening = next(s for s in paper.sentences if s.block is sentence.block)
        for mention in opening.mentions:
            if mention.type == "disease" and mention.key not in GENERIC:
                yield (
                    "caption-disease",
                    (paper.group_of(mention.key) if sentence.evidence == "own" else None) or mention.key,
                )
    for key in paper.headings.get(sentence.block.heading, ()):
        yield "heading-" + paper.lexicon.concepts[key].type, key
    for i, group in enumerate(paper.groups):
        yield ("title" if len(paper.groups) == 1 else f"title-{i + 1}-of-many"), group


ITEM: Final = re.compile(r"\W*\(?\d{1,2}[.)]\s*([^:.;]{3,60}):")
"""'(3) Hepatic adenoma: …' opens an item of a list that runs over several sentences."""


def _item(paper: Paper, index: int) -> str | None:
    """The disease that the item of an enumeration is about, for each of its sentences."""
    block = paper.sentences[index].block
    for back in range(index, -1, -1):
        sentence = paper.sentences[back]
        if sentence.block is not block:
            return None
        match = ITEM.match(sentence.text, sentence.start, sentence.end)
        if match is not None:
            named = [m for m in sentence.mentions if m.type == "disease" and match.start(1) <= m.start and m.end <= match.end(1)]
            return named[0].key if named else None
    return None


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
COUNTED_KEYS: Final = frozenset({"number-of-patients", "lesion-number"})

FINDINGS: Final = frozenset({"sign", "variable", "marker"})
BARRED: Final = {
    **{
        group: frozenset({"disease", "phase", "site", "study-design", "clinical-feature"})
        for group in ("test", "accuracy", "agreement")
    },
    **{group: frozenset({"disease", "study-design"}) for group in ("measure", "threshold")},
    **{group: frozenset({"study-design"}) for group in ("share", "count", "outcome")},
}
"""Types that a kind of number is never about: what is tested is a finding, and the diseases are what it tells apart."""

DIAGNOSED: Final = re.compile(
    r"misdiagnos|diagnosed as|diagnos\w+ (?:\w+ ){0,6}(?:revealed|comprised|included|was|were)|mistaken|differential|history of|"
    r"associated with|coexist|underlying|due to|presence of|recurren",
    re.IGNORECASE,
)
"""Words with which a count may be one of another disease."""

NAMES_OF_STATISTICS: Final = frozenset(
    [
        "sensitivity",
        "specificity",
        "auc",
        "roc-curve",
        "p-value",
        "confidence-interval",
        "kappa",
        "icc",
        "odds-ratio",
        "hazard-ratio",
        "mean",
        "median",
        "standard-deviation",
        "interquartile-range",
        "statistical-significance",
        "diagnostic-accuracy",
        "interobserver-agreement",
        "intraobserver-agreement",
        "logistic-regression",
        "cutoff-value",
        "chi-square-test",
        "fisher-exact-test",
        "independent-t-test",
        "paired-t-test",
        "kolmogorov-smirnov-test",
        "mann-whitney-test",
        "wilcoxon-signed-rank-test",
        "kruskal-wallis-test",
        "log-rank-test",
        "analysis-of-variance",
        "cox-regression",
        "multivariate-analysis",
        "univariate-analysis",
        "youden-index",
        "z-score",
        "relative-risk",
        "correlation-coefficient",
        "kaplan-meier-method",
        "likelihood-ratio",
        "region-of-interest",
    ]
)
"""Measures that name the kind of a number; what the number is about stands elsewhere."""

NO_ATTRIBUTES: Final = NAMES_OF_STATISTICS | {
    "mass",
    "lesion",
    "liver-mass",
    "neoplasm",
    "diagnosis",
    "medical-imaging",
}
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

ANAPHOR: Final = re.compile(
    r"\b(?:this|these|such|the same) (?:\w+ ){0,2}?(?:pattern|finding|feature|sign|appearance|manifestation|characteristic)s?\b",
    re.I,
)


def attributes(paper: Paper, index: int, anchor: Anchor, number: Reported) -> list[Candidate]:
    """What a number may measure or count: a sign, marker, outcome … of the sentence, what its noun counts, or the
    paper's own words before it.
    """
    sentence = paper.sentences[index]
    barred = BARRED.get(KIND_GROUPS[anchor.kind], frozenset())
    if not DIAGNOSED.search(sentence.words):
        barred |= {"disease"}
    mentions = [
        m
        for m in sentence.mentions
        if m.key not in NO_ATTRIBUTES
        and (m.type not in barred or (m.type == "disease" and anchor.opens and not barred & {"phase"}))
        and not _overlaps(m, anchor)
        and (m.type in BEARER_TYPES or not (m.start < number.end and number.start < m.end))
    ]
    found = []
    for mention in mentions:
        role = role_of(paper.lexicon.concepts[mention.key])
        alike = _alike(paper, mentions, role)
        features = place_features(sentence, anchor, mention, role) | rank_features(sentence, alike, mention, anchor)
        if mention.type == "disease":
            features[f"disease-named={bool(DIAGNOSED.search(sentence.words))}"] = 1.0
        if is_negated(list(sentence.negated), mention.start, mention.end):
            features["negated"] = 1.0
        found.append(_candidate(paper, mention.key, "mention", features, anchor, sentence, mention))
    if number.kind == "count" and DEFINITE.search(sentence.text, sentence.start, anchor.start):
        return list(_by_unit(paper, sentence, anchor, number)) or found
    stated = [c for c in found if _is_stated_of(sentence, c, anchor)]
    if stated:
        return stated
    found += _earlier_signs(paper, index, anchor)
    joined = any(f.startswith(("showed|", "seen-in|")) for c in found for f in c.features)
    found += [c for c in _by_unit(paper, sentence, anchor, number) if not joined or c.entity.key not in COUNTED_KEYS]
    found += _own_words(paper, sentence, anchor)
    found += _measured_by(paper, sentence, anchor)
    found += _words_behind(sentence, number)
    return found or [_opening_words(sentence)]


def _is_stated_of(sentence: Sentence, candidate: Candidate, anchor: Anchor) -> bool:
    """Whether a number stands in brackets right behind a name: 'hepatocellular carcinoma (n=7)'."""
    mention = candidate.mention
    if mention is None or mention.type == "modality" or not anchor.opens or anchor.count > 1:
        return False
    return KIND_GROUPS[anchor.kind] in {"count", "share"} and not sentence.text[mention.end : anchor.first].strip(" ([")


DEFINITE: Final = re.compile(r"\b(?:of|in|from|for|to) (?:the|these|those|our|all)\s*$", re.IGNORECASE)
"""'the diagnosis of the 12 participants' speaks of a group that is known: the number is its size."""


def _alike(paper: Paper, mentions: list[Mention], role: str) -> list[Mention]:
    """The mentions that a list could run over together with one of this role: findings of all kinds count as one."""
    if role not in FINDINGS:
        return [m for m in mentions if m.type == role]
    return [m for m in mentions if role_of(paper.lexicon.concepts[m.key]) in FINDINGS]


def _earlier_signs(paper: Paper, index: int, anchor: Anchor) -> Iterator[Candidate]:
    """'this enhancement pattern' stands for the signs of the sentence before; a cut-off or an accuracy that names no
    sign belongs to one named before.
    """
    sentence = paper.sentences[index]
    if index == 0 or paper.sentences[index - 1].block is not sentence.block:
        return
    anaphor = bool(ANAPHOR.search(sentence.words))
    if COMBINED.search(sentence.words) and not anaphor:
        return
    if not anaphor and KIND_GROUPS[anchor.kind] not in {"test", "accuracy", "threshold"}:
        return
    named = [
        m for m in paper.sentences[index - 1].mentions if m.type in {"sign", "marker"} and m.key not in NO_ATTRIBUTES
    ]
    for place, mention in enumerate(named):
        features = {"anaphor" if anaphor else "named-before": 1.0}
        if place == 0:
            features["named-before|first"] = 1.0
        yield _candidate(paper, mention.key, "before", features, anchor, sentence)


def _by_unit(paper: Paper, sentence: Sentence, anchor: Anchor, number: Reported) -> Iterator[Candidate]:
    concepts = paper.lexicon.concepts
    near = sentence.text[max(sentence.start, anchor.start - 25) : min(sentence.end, anchor.end + 30)]
    unit = f"{number.unit or ''} {sentence.text[anchor.start : min(sentence.end, number.end + 22)]}"
    key = None if KIND_GROUPS[number.kind] == "test" else UNIT_ATTRIBUTES.get((number.unit or "").casefold())
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
        if re.match(
            r"\s*\w*\s*(?:with|having|who|had|showed|demonstrated|presented|underwent|exhibited|were (?!enrolled|included|reviewed|identified))",
            later,
        ):
            features[f"unit={key}|goes-on"] = 1.0
        yield _candidate(paper, key, "unit", features, anchor, sentence)


_HEAD_NOUNS: Final = re.compile(
    r"((?:[A-Za-z][\w\-/]*\s+){0,4}[A-Za-z][\w\-/]*)\s*(?:,\s*)?(?:\(|:|=|of|was|were|is|are|at|ranged|ranging|ranges|from|between|being|set|about|approximately|to|,|measuring|up|over|less|more|than|with|\s)*\s*$"
)
_NOT_IN_A_NAME: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "by",
        "with",
        "for",
        "from",
        "to",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "that",
        "which",
        "who",
        "whose",
        "this",
        "these",
        "those",
        "we",
        "our",
        "had",
        "has",
        "have",
        "using",
        "used",
        "including",
        "included",
        "than",
        "as",
        "respectively",
        "per",
        "each",
        "both",
        "all",
        "some",
        "most",
        "least",
        "between",
        "within",
        "after",
        "before",
        "during",
        "showed",
        "respectively",
        "also",
        "were",
        "not",
        "no",
        "its",
        "their",
        "while",
        "when",
        "where",
        "but",
        "however",
    ]
)


def _own_words(paper: Paper, sentence: Sentence, anchor: Anchor) -> Iterator[Candidate]:
    """The paper's own words before a number ('a slice thickness of 5 mm'), where they are no concept's label."""
    match = _HEAD_NOUNS.search(sentence.text[sentence.start : anchor.start])
    if match is None:
        return
    words: list[str] = []
    for word in reversed(match.group(1).split()):
        if word.lower() in _NOT_IN_A_NAME or (word.endswith("ed") and words == []):
            break
        words.insert(0, word)
    label = " ".join(words)
    if len(label) < 3 or paper.lexicon.lookup(label):
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
        features = {
            "origin=words-behind": 1.0,
            f"words-behind|kind={kind}": 1.0,
            f"words-behind|length={len(words)}": 1.0,
        }
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


COMBINED: Final = re.compile(r"\bcombin\w+(?: of)?(?: the)?(?: \w+){1,2}|\bin combination\b", re.IGNORECASE)
"""A rule that joins several findings is none of them."""

_ACCURACY_OF: Final = re.compile(
    r"\b(?:sensitivity|specificity|accuracy|AUC|AUROC)(?:,? and \w+)*(?: values?)? (?:of|for) (?!\d)([^.;,()]{4,80}?) (?:in|for|were|was|at)\b",
    re.IGNORECASE,
)


def _measured_by(paper: Paper, sentence: Sentence, anchor: Anchor) -> Iterator[Candidate]:
    """What a sensitivity or specificity is said to be of, in the paper's own words ('of combining the two signs')."""
    if KIND_GROUPS[anchor.kind] != "accuracy":
        return
    combined = COMBINED.search(sentence.words)
    if combined and not any(m.type == "sign" for m in sentence.mentions):
        yield Candidate(
            entity=Entity(label=combined.group(0)), type="words", origin="words", features={"combined": 1.0}
        )
    match = _ACCURACY_OF.search(sentence.text, sentence.start, anchor.first)
    if match and not any(
        match.start(1) <= m.start and m.end <= match.end(1) for m in sentence.mentions if m.type == "sign"
    ):
        yield Candidate(
            entity=Entity(label=match.group(1).strip()), type="words", origin="words", features={"accuracy-of": 1.0}
        )
