"""This module proposes what a number or a claim may be said of: the disease, therapy or modality that bears it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ingest.candidates import IMAGING, Candidate, Slot, words_candidate
from ingest.certain import A_KIND_OF_ALL, SHARE_OF_A_WHOLE, owner
from ingest.compositions import METASTASES
from ingest.enumerations import UNKNOWN_ITEMS
from ingest.features import Features, place_features, rank_features, within
from ingest.in_focus import BEARER_TYPES, focus, item_disease, of_caption
from ingest.lists import Anchor
from ingest.mentions import Mention, of_type
from ingest.of_which_tumor import NEOPLASM, is_another_kind, is_lesion, of_its_clause, was_spoken_of
from ingest.own_words import opening_words
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence
from ingest.syndromes import syndrome_in_focus
from ingest.treatments import TREATED, given_before, is_of_treatment, is_ruled_out, still_given
from ingest.unknown_subjects import Unknown, unknown_subject

BEARERS_OF: Final = {
    "sign": ("disease",),
    "marker": ("disease", "syndrome"),
    "clinical-feature": ("disease", "syndrome"),
    "syndrome": ("disease",),
    "site": ("disease",),
    "therapy": ("disease", "syndrome"),
    "classification": ("disease",),
    "modality": ("disease", "syndrome", "modality"),
    "outcome": ("disease", "syndrome", "therapy"),
    "disease": ("disease", "syndrome", "therapy"),
    **dict.fromkeys(("incidence", "prevalence"), ("disease",)),
}
"""What can bear each type of thing that is claimed: a sign is a disease's, an outcome a disease's or a therapy's."""

OWN_FINDINGS: Final = frozenset(
    {"sign", "marker", "clinical-feature", "site", "classification", "therapy", "modality", "outcome", "disease"}
)
"""What a paper reports of its own cases is about the groups that it studies."""

UNKNOWN_SUBJECT: Final = "unknown-subject"
"""The origin of a bearer that is the subject of its sentence and no concept."""

LIVER_METASTASIS: Final = "liver-metastasis"
METASTASIS: Final = "metastasis"
"""What patients have beside the tumor that is spoken of: 'elevated in 80% of those with metastases'."""

SAYS_NOTHING: Final = frozenset(
    {
        *("neoplasm", "liver-neoplasm", "malignant-neoplasm", "benign-neoplasm", "primary-tumor", "mass", "lesion"),
        *("treatment", "medical-imaging"),
    }
)
"""Names that stand for the disease in focus: a claim about 'the tumor' is about that."""

ANAPHORIC: Final = screened(
    r"\W*(?:(?:rarely|usually|often|typically|in contrast|however|moreover|furthermore|additionally),? )?"
    r"(?:they|it|these|this|their|its|the (?:lesions?|mass(?:es)?|tumou?rs?|nodules?|latter|disease|condition))\b",
    re.IGNORECASE,
)
"""How a sentence begins that goes on about what the one before it was about."""

DESCRIBED_MODALITY: Final = frozenset({"accuracy", "claim", "outcome"})
"""Kinds of numbers that may be said of a modality outside of Methods."""

ITS_OWN_COUNT: Final = screened(r"\s*[(\[]\s*(?:n\s*=\s*\d|\d[\d.,]*\s?(?:%|/|of\b|vs))")

OF_IT: Final = screened(r" (?:of|for) (?:[\w-]+ ){0,2}")
"""' of ' between 'screening' and 'carcinoid heart disease'."""


MISTAKEN: Final = beginning("misdiagnos", "mistaken")
"""Words with which another disease is what patients were taken to have, whatever treatment is named."""

TECHNICAL: Final = frozenset({"technique", "phase"})
"""What is said of how images are taken, in whatever section."""

OF_A_NUMBER: Final = screened(r"\S+\s+(?:out\s+)?of\s+(?:(?:the|all|our)\s+)?\d+\s")
"""'12 of 20 '."""

PARTICIPLE: Final = screened(r"\w+ing\b")
"""'accounting', 'representing': said of what stands right before."""

EXCEPT: Final = screened(
    r"\b(?:except(?:ing)?(?: for| in)?|excluding|with the exception of|apart from|other than|but not(?: in| for)?)\s+"
    r"(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""'Except for ' before a disease of which something is not said."""

EACH_GROUP: Final = phrase("(?:each|both|all) (?:of the )?(?:\\w+ )?(?:groups?|arms?|cohorts?)")
"""'In each group': of which treatment something is said where none is named."""

SHARE_VERB: Final = 45
"""How many characters before a share the verb may stand that makes it one of a whole."""

_ITEM_PARTS: Final = one_of(
    *(r"\s", ",", "/", "and", "or", "as well as", "from", "the", "in", "metastas[ei]s", r"\(\s*\w*\s*\)")
)
ITEM_LIST: Final = screened(f"{_ITEM_PARTS}*", re.IGNORECASE)
"""What may stand between the items of a list of diseases: ', metastases from the ', ' (HCC) and '."""


NEXT_ITEM: Final = screened(r"\s*,?\s*(?:and|or)\s+(?:(?!in\b|of\b|with\b|for\b|from\b)[\w-]+\s+)?", re.IGNORECASE)
"""' and early ': what stands between a finding and the next item of its list."""


def bearers(paper: Paper, index: int, anchor: Anchor) -> list[Candidate]:
    """What a number or claim of sentence `index` may be said of: diseases, therapies, modalities of the sentence, of
    those before, of the heading, and the groups that the paper studies; at least one.
    """
    slot = Slot(paper=paper, index=index, anchor=anchor)
    syndrome = syndrome_in_focus(slot)
    if syndrome is not None:
        return [slot.candidate(syndrome, "focus-syndrome", {"certain": 1.0})]
    found = list(_mentioned(slot))
    nearer = any(c.mention is not None and c.mention.end <= anchor.start for c in found)
    unknown = unknown_subject(paper, slot.sentence) if anchor.kind == "claim" and not nearer else None
    if unknown is not None and anchor.start >= unknown.end:
        return [replace(_in_own_words(slot.sentence, unknown), type="disease" if unknown.named else "words")]
    if len(found) == 1 and "certain" in found[0].features and found[0].entity.key != METASTASIS:
        return found
    item = item_disease(slot.paper, slot.index)
    if item is not None and slot.sentence.evidence == "background" and not any(c.type == "disease" for c in found):
        return [slot.candidate(item, "item-disease", {"certain": 1.0})]
    spread = [c for c in found if c.entity.key == METASTASIS and slot.anchor.kind != "claim"]
    found = [c for c in found if c not in spread]
    goes_on = still_given(slot) if not found else None
    if goes_on is not None:
        return [slot.candidate(goes_on, "before-therapy", {"certain": 1.0})]
    found += _unnamed(slot, found)
    found += spread if not any(c.type == "disease" for c in found) else []
    wanted = "modality" if anchor.about == "technique" else "therapy" if is_of_treatment(slot) else ""
    return [c for c in found if c.type == wanted] or found or [opening_words(slot.sentence)]


def may_be_borne(paper: Paper, index: int, mention: Mention) -> bool:
    """Whether a sentence names, or anything puts in focus, what is of a type that can bear a mention: else `bearers`
    has nothing but the words that the sentence begins with.
    """
    types, sentence, concepts = (
        BEARERS_OF.get(mention.type, BEARER_TYPES),
        paper.sentences[index],
        paper.lexicon.concepts,
    )
    if any(other.type in types and other is not mention for other in sentence.mentions):
        return True
    in_focus = any(concepts[key].type in types for _, key in focus(paper, index))
    return in_focus or unknown_subject(paper, sentence) is not None


def _in_own_words(sentence: Sentence, unknown: Unknown) -> Candidate:
    return words_candidate(sentence.text[unknown.start : unknown.end], {"certain": 1.0}, UNKNOWN_SUBJECT)


# ---------------------------------------------------------------- named in the sentence


def _mentioned(slot: Slot) -> Iterator[Candidate]:
    """The mentions of the sentence that could bear it, only the certain one where the words leave no choice."""
    sentence, anchor = slot.sentence, slot.anchor
    counted = _counted(slot)
    beside = [m for m in sentence.mentions if m is counted or not m.overlaps(anchor.start, anchor.end)]
    mentions = [m for m in beside if not _is_taken(slot, m)]
    if anchor.kind != "claim":  # a number of 'grade 2 tumors' stands beside one of all
        mentions = [m for m in mentions if not (m.implied and m.stands_in)]
    mentions = [m for m in mentions if m is counted or (_can_bear(slot, m.key) and not _is_in_passing(slot, m))]
    mentions = _without_syndromes(slot, _whose_share(slot, mentions))
    studied = [m for m in of_type(mentions, "therapy") if slot.paper.group_of(m.key) is not None]
    if studied and _compares_therapies(slot):
        mentions = [m for m in mentions if m.type != "therapy" or m in studied]
    whole = counted if anchor.kind == "proportion" and counted in mentions else None
    certain = whole or given_before(slot, mentions) or owner(sentence, anchor, mentions)
    if certain is None or anchor.kind != "claim":
        mentions = _not_compared(slot, [certain] if certain is not None else mentions)
    else:
        mentions = [certain]
    mentions = of_its_clause(slot, mentions)
    for mention in mentions:
        alike = of_type(mentions, mention.type)
        features = place_features(sentence, anchor, mention, mention.type)
        features |= rank_features(sentence, alike, mention, anchor)
        if mention is certain:
            features["certain"] = 1.0
        if mention.key in GENERIC:
            features["generic"] = 1.0
        features |= _setting(slot, mention.type)
        if mention.type == "therapy" and TREATED.search(sentence.text, sentence.start, mention.start):
            features["treated-with"] = 1.0
            features[f"treated-with|kind={slot.group}"] = 1.0
        group = slot.paper.group_of(mention.key) if slot.own else _of_the_case(slot, mention)
        if group is not None:
            features["group"] = 1.0
        elif slot.paper.groups and mention.type == "disease":
            features[f"no-group|{sentence.evidence}"] = 1.0
        yield _sick(slot.candidate(group or mention.key, "mention", features, mention))


def _sick(candidate: Candidate) -> Candidate:
    """A candidate, a syndrome as a disease: it is treated, found and followed like one."""
    return replace(candidate, type="disease") if candidate.type == "syndrome" else candidate


def _without_syndromes(slot: Slot, mentions: list[Mention]) -> list[Mention]:
    """The mentions without syndromes that are not named first, or where a disease is named, which is then meant; a
    number is a syndrome's only where that is certain.
    """
    sick = slot.anchor.kind != "claim" or any(m.key not in GENERIC for m in of_type(mentions, "disease"))
    return [m for m in mentions if m.type != "syndrome" or not (sick or m.end > slot.anchor.first)]


def _is_taken(slot: Slot, mention: Mention) -> bool:
    """Whether a mention is what the number is of, or a treatment that was not given."""
    taken = slot.anchor.taken
    if taken is not None and mention.overlaps(*taken):
        return True
    if mention.type == "disease" and EXCEPT.search(slot.sentence.text, slot.sentence.start, mention.start):
        return True
    return mention.type == "therapy" and is_ruled_out(slot.sentence, mention)


def _counted(slot: Slot) -> Mention | None:
    """The disease that a count counts, in the title or not: '30 cholelithiasis patients', '12 of 20 HCCs (60%)'."""
    anchor = slot.anchor
    if anchor.kind not in {"count", "proportion"}:
        return None
    start = anchor.end if anchor.kind == "count" else _whole(slot.sentence.text, anchor)
    first = next((m for m in of_type(slot.sentence.mentions, "disease") if start <= m.start < anchor.last), None)
    return first if first is not None and first.key not in GENERIC else None


def _whole(text: str, anchor: Anchor) -> int:
    """Where the noun of a whole may begin, at the end where a proportion has none: 'HCCs' in '12 of 20 HCCs'."""
    of = OF_A_NUMBER.match(text, anchor.start, anchor.end)
    return of.end() if of is not None else anchor.last


def _whose_share(slot: Slot, mentions: list[Mention]) -> list[Mention]:
    """The mentions without the whole that a number is a share of: 'PHNENs account for 0.4% of all NENs'."""
    sentence, anchor = slot.sentence, slot.anchor
    if slot.group != "share":
        return mentions
    kind = A_KIND_OF_ALL.match(sentence.text, anchor.end, sentence.end)
    if kind is not None and any(m.start == kind.end() for m in mentions):
        return [m for m in mentions if m.start == kind.end()]
    verb = SHARE_OF_A_WHOLE.search(sentence.text, max(sentence.start, anchor.first - SHARE_VERB), anchor.first)
    if verb is None:
        return mentions
    before = [m for m in mentions if m.end <= verb.start()]
    participle = PARTICIPLE.match(sentence.text, verb.start()) is not None
    return before[-1:] if participle and before else [m for m in mentions if m.start < anchor.first]


def _setting(slot: Slot, role: str) -> Features:
    """What a paper, a heading and a sentence that speak of treatment say of what bears a number."""
    paper, concepts = slot.paper, slot.paper.lexicon.concepts
    about = concepts[slot.anchor.about].type if slot.anchor.about in concepts else slot.anchor.about
    features: Features = {}
    if _compares_therapies(slot):
        features[f"type={role}|compares-therapies|kind={slot.group}"] = 1.0
    if any(concepts[key].type == "therapy" for key in paper.headings.get(slot.sentence.block.heading, ())):
        features[f"type={role}|heading=therapy|about={about}"] = 1.0
    if of_type(slot.sentence.mentions, "therapy"):
        features[f"type={role}|therapy-named|about={about}"] = 1.0
    return features


def _is_in_passing(slot: Slot, mention: Mention) -> bool:
    """Whether a mention is of a disease that is no tumor: behind a finding it is another item, not what has it; before
    one it is where it has a count of its own: 'hypertension (48%), diarrhea (41%)'.
    """
    if not slot.anchor.about or mention.type != "disease" or slot.paper.lexicon.is_a(mention.key, NEOPLASM):
        return False
    text, anchor = slot.sentence.text, slot.anchor
    if mention.start >= anchor.start:
        return anchor.about != "modality" or OF_IT.fullmatch(text, anchor.end, mention.start) is None
    return ITS_OWN_COUNT.match(text, mention.end) is not None


def _of_the_case(slot: Slot, mention: Mention) -> str | None:
    """The metastases of the tumor that a caption opens with: 'Woman with pancreatic NET. The liver metastases …'; those
    that the paper is about, where it is about one kind of them alone.
    """
    if mention.key not in METASTASES:
        return None
    groups, compose = slot.paper.groups, slot.paper.lexicon.compositions.compose
    if len(groups) == 1 and slot.paper.lexicon.is_a(groups[0], mention.key):
        return groups[0]
    if len(groups) == 1 and mention.key == LIVER_METASTASIS and slot.anchor.kind == "claim":
        return compose(mention.key, groups[0])
    if slot.sentence.block.kind != "caption":
        return None
    found = of_caption(slot.paper, slot.index)
    composed = (compose(LIVER_METASTASIS, key) for _, key in found)
    return next((key for key in composed if key is not None), None)


def _not_compared(slot: Slot, mentions: list[Mention]) -> list[Mention]:
    """The mentions without diseases that are only compared with, where another is named; lists keep all of theirs."""
    plain = [m for m in mentions if not within(slot.sentence.compared, m)]
    if slot.anchor.kind == "claim":
        apart = [m for m in plain if not _side_by_side(slot.sentence, slot.anchor, m)]
        return [m for m in apart if not _next_item(slot.sentence, slot.anchor, m, apart)]
    if slot.anchor.count == 1 and of_type(plain, "disease"):
        return [m for m in mentions if m in plain or m.type != "disease"]
    return mentions


def _side_by_side(sentence: Sentence, anchor: Anchor, mention: Mention) -> bool:
    """Whether a mention and what a claim is about are items of one list: neither is said of the other."""
    if anchor.about != mention.type:
        return False
    (_, left), (right, _) = sorted(((mention.start, mention.end), (anchor.start, anchor.end)))
    between = sentence.text[left:right]
    for other in of_type(sentence.mentions, mention.type):
        if left <= other.start and other.end <= right:
            between = between.replace(other.text, "")
    if anchor.about == "disease" and UNKNOWN_ITEMS.fullmatch(sentence.text, left, right) is not None:
        return True
    return bool(ITEM_LIST.fullmatch(between))


def _next_item(sentence: Sentence, anchor: Anchor, mention: Mention, others: list[Mention]) -> bool:
    """Whether a disease is only the next item behind a finding: 'NECs are masses with necrosis and metastases'."""
    if anchor.about not in {"sign", "marker"} or mention.type != "disease":
        return False
    listed = NEXT_ITEM.fullmatch(sentence.text, anchor.end, mention.start) is not None
    return listed and any(other.type == "disease" and other.end <= anchor.start for other in others)


def _can_bear(slot: Slot, key: str) -> bool:
    """Whether a concept could be what a statement is about: a disease, a therapy, or a modality where it is described
    or measured. A paper's own counts are about the groups that it studies.
    """
    paper, about = slot.paper, slot.anchor.about
    concept = paper.lexicon.concepts[key]
    if concept.type not in _bearer_types(slot):
        return False
    if concept.type == "modality":
        described = slot.sentence.block.section == "Methods" or slot.group in DESCRIBED_MODALITY or about in TECHNICAL
        any_image = key == IMAGING and about == "phase" and slot.anchor.kind == "claim"
        return described and paper.lexicon.is_a(key, IMAGING) and not any_image
    if about and key in SAYS_NOTHING:
        return False
    if about == "disease" and concept.type == "therapy" and MISTAKEN.search(slot.sentence.words):
        return False
    if about == "sign" and concept.type == "disease" and not (is_lesion(paper, key) or key in paper.groups):
        return False
    own = slot.own and concept.type == "disease" and about in {"", "measure", "variable", *OWN_FINDINGS}
    return not (own and paper.groups) or paper.group_of(key) is not None


def _bearer_types(slot: Slot) -> tuple[str, ...]:
    """The types of what can bear what a number or claim is about: as its key, else as its type says."""
    about, known = slot.anchor.about, slot.paper.lexicon.concepts.get(slot.anchor.about)
    return BEARERS_OF.get(about) or BEARERS_OF.get(known.type if known is not None else "") or BEARER_TYPES


def _compares_therapies(slot: Slot) -> bool:
    """Whether a sentence speaks of the paper's own data, and these compare two treatments or more."""
    concepts = slot.paper.lexicon.concepts
    return (
        len(slot.paper.groups) > 1
        and slot.own
        and sum(concepts[key].type == "therapy" for key in slot.paper.groups) > 1
    )


# ---------------------------------------------------------------- in focus, but not named


def _unnamed(slot: Slot, named: list[Candidate]) -> Iterator[Candidate]:
    """What stands in focus without being named, each once; what the title names only where nothing nearer is."""
    context = "some" if named else "empty"
    seen = {c.entity.key for c in named}
    has_disease = any(c.type == "disease" and not _is_where_to(slot, c) for c in named)
    treatments = {g for g in slot.paper.groups if slot.paper.lexicon.concepts[g].type == "therapy"}
    arms = _compares_therapies(slot) and (slot.anchor.arms or slot.group == "test") and bool(seen & treatments)
    is_claim = slot.anchor.kind == "claim"
    one_case = slot.sentence.block.kind == "caption"
    goes_on = ANAPHORIC.match(slot.sentence.text, slot.sentence.start) is not None
    for origin, key in focus(slot.paper, slot.index):
        if origin.startswith("title") and ((has_disease and not slot.own) or (arms and key not in treatments)):
            continue
        if origin.startswith("before-2") and is_claim and not (slot.own or one_case or goes_on):
            continue
        if is_claim and origin.startswith("before") and any(is_another_kind(slot, c, key) for c in named):
            continue
        if _is_another_therapy(slot, key, origin):
            continue
        if key in seen or not _can_bear(slot, key) or not _stays_in_focus(slot, key, origin):
            continue
        seen.add(key)
        features: Features = {
            f"{origin}|{context}": 1.0,
            f"{origin}|kind={slot.group}": 1.0,
            f"{origin}|evidence={slot.sentence.evidence}": 1.0,
        }
        if goes_on:
            features[f"anaphor|{origin}"] = 1.0
        features |= _setting(slot, slot.paper.lexicon.concepts[key].type)
        candidate = _sick(slot.candidate(key, origin, features))
        has_disease |= candidate.type == "disease"
        yield candidate


def _is_another_therapy(slot: Slot, key: str, origin: str) -> bool:
    """Whether a sentence before only named a therapy that the paper does not study, such as dialysis, or a sentence
    tells of each of those that it does: no claim goes on to tell of the one.
    """
    paper = slot.paper
    if slot.anchor.kind != "claim" or paper.lexicon.concepts[key].type != "therapy" or origin.startswith("title"):
        return False
    if EACH_GROUP.search(slot.sentence.words) is not None:
        return True
    return key not in paper.topics and paper.group_of(key) is None


def _is_where_to(slot: Slot, candidate: Candidate) -> bool:
    """Whether 'bone metastases' only tell that an organ is one that a tumor spreads to, and not which."""
    key, lexicon = candidate.entity.key, slot.paper.lexicon
    if slot.anchor.about != "site" or key is None or lexicon.compositions.primary_of(key) is not None:
        return False
    return any(lexicon.is_a(key, spread) for spread in METASTASES)


def _stays_in_focus(slot: Slot, key: str, origin: str) -> bool:
    """Whether what an earlier sentence named may bear a claim of a later one: a tumor may, hepatitis in passing not."""
    lexicon = slot.paper.lexicon
    if lexicon.concepts[key].type == "syndrome" and slot.anchor.kind != "claim":
        return False
    passing = origin.startswith("before") and lexicon.concepts[key].type == "disease"
    if not (slot.anchor.about and passing) or key in slot.paper.topics:
        return True
    return lexicon.is_a(key, NEOPLASM) and was_spoken_of(slot, key)
