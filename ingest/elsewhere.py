"""This module tells what a sentence says of something else than a pair: a diagnosis made, a cause, an image."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.features import within
from ingest.hierarchy import akin
from ingest.mentions import of_type
from ingest.pairs import Pair, rule_of
from ingest.phrases import beginning, one_of, phrase
from ingest.predicates import TUMOR
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence

SEEN_TYPES: Final = frozenset({"sign", "clinical-feature", "site", "marker"})
"""What a lesion or a patient shows."""

_GIVEN: Final = one_of("attributed", "attributable", "owing", "due", "secondary", "ascribed", "thought to be related")
_BROUGHT: Final = one_of("result(?:s|ed|ing)?", "aris(?:e|es|ing)", "stem(?:s|med|ming)?")
_BECAUSE: Final = one_of(
    rf"{_GIVEN} to(?! (?:the )?presence)",
    rf"{_BROUGHT} from",
    r"contribut\w+ to",
    r"(?:caused|explained|produced) by",
    "because of(?! (?:the )?presence)",
    r"(?:believed|considered|known|thought|reported) to be (?:associated with|related to|caused by|due to)",
)
CAUSE: Final = screened(rf"\b{_BECAUSE}\b[^,;.]*$", re.IGNORECASE)
"""'A low-attenuation area, potentially attributed to necrosis': an explanation of what is seen."""

_ASKING: Final = one_of(
    "whether",
    r"(?:look|search|screen)(?:s|ed|ing)? for",
    r"(?:can|could|may|helps?|able to) (?:\w+ly )?(?:rule out|exclude)",
    "in search of",
    r"hypothesi[sz]e[ds]? that",
    r"postulate[ds]? that",
    r"speculate[ds]? that",
)
ASKED: Final = screened(rf"\b{_ASKING}\b[^,;.]*$", re.IGNORECASE)
"""'To determine whether the lesions originate in the liver': what is asked is not answered."""

_DIAGNOSED: Final = one_of(
    r"diagnos(?:is|es)\s+(?:\w+\s+)?(?:of|was|were|included?|as)", "diagnosed as", "suspected", r"suspicion of"
)
DIAGNOSIS: Final = screened(rf"\b{_DIAGNOSED}\b[^,;.]*\bwith\b[^,;.]*$", re.IGNORECASE)
"""'A preliminary diagnosis of hepatocellular carcinoma with multiple metastases': what was thought."""

STEMS_FROM: Final = beginning("aris", "originat", "deriv", "stem")
"""'NENs arise from neuroendocrine cells'."""

_TISSUE: Final = one_of("cells?", "tissues?", "epitheli(?:um|al)", "stem", "islets?", "neurons?", "mucosa")
TISSUE_BEHIND: Final = screened(rf"\W*(?:(?!and\b)\w+\W+){{0,2}}?{_TISSUE}\b", re.IGNORECASE)
TISSUE_BEFORE: Final = screened(rf"\b(?:ectopic|{_TISSUE})\b[^,;.]{{0,30}}$", re.IGNORECASE)
"""'Ectopic pancreatic tissue', 'cells of the biliary epithelium': what a tumor may grow from, no primary site."""

POINTS: Final = screened(
    r"[^,;.]*\b(?:indicates?|points? to|hints? at|suggests? that|can help (?:to )?(?:find|identify))\b", re.IGNORECASE
)
HINTING: Final = screened(r"\b(?:hints? at|points? to) (?:\w+ ){0,2}(?:origins?|primar\w+)\b", re.IGNORECASE)
"""'Features that can hint at their origin, such as …': findings of no one tumor."""

POINTED_AT: Final = screened(
    r"\b(?:indicates?|points? to|hints? at|suggests?)\b[^;.]*?\b(?:primary|origin)[^;.]*$", re.IGNORECASE
)
"""'Washout can indicate an enteric origin': what a finding tells, of no tumor that the sentence names."""

TUMOR_BEHIND: Final = screened(
    r"[\s-]*(?:(?:and|or)\s+)?(?:\w+\s+){0,1}?(?:tumou?rs?|neoplasms?|carcinomas?|adenocarcinomas?|cancers?|NE[NT]s?|metastas[ei]s|patients?|disease)\b",
    re.IGNORECASE,
)
"""'Rapidly growing tumors', 'resectable colorectal NETs': of which tumors or patients the sentence speaks."""

COPULA: Final = screened(r"\s*(?:\([^)]*\)\s*)?(?:is|are|was|were|as|being)\b[^,;.]*", re.IGNORECASE)
"""'PHNENs are slow-growing tumors': what a tumor is said to be."""

OPENING: Final = screened(r"\W*(?:in|for|with|among|of)\b[^,;:]{0,60}", re.IGNORECASE)
"""'In cases of liver metastases from ': what opens a clause about another tumor than the one in focus."""

SPOKEN_OF: Final = frozenset({"rare-occurrence", "sporadic-occurrence"})
"""What a name that stands before 'tumors' says of them."""

IMAGE_PART: Final = phrase("ROIs?", "regions? of interest", "cursors?")
"""'Two oval ROIs were placed': how a measurement was made."""


def of_something_else(paper: Paper, sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says what is claimed of something else; a turn of phrase that joins a pair says it of that."""
    if pair.attribute.mention is None:
        return False
    if pair.rule is not None:
        return _asked(sentence, pair)
    return _of_another_tumor(paper, sentence, pair) or any(tells(sentence, pair) for tells in ELSEWHERE)


def _before(sentence: Sentence, pair: Pair) -> str:
    """The words of a sentence before the attribute of a pair."""
    assert pair.attribute.mention is not None
    return sentence.text[sentence.start : pair.attribute.mention.start]


def _of_another_tumor(paper: Paper, sentence: Sentence, pair: Pair) -> bool:
    """Whether the tumor in focus is not named, and another one is before what is claimed: 'in metastases of gastric
    cancer, ring enhancement is common'.
    """
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or pair.bearer.type != "disease":
        return False
    if pair.attribute.type not in SEEN_TYPES or pair.bearer.entity.key is None:
        return False
    opening, _ = sentence.clause(mention.start, mention.end)
    others = (m for m in of_type(sentence.mentions, "disease") if opening <= m.start and m.end <= mention.start)
    return any(
        OPENING.fullmatch(sentence.text, opening, other.start) is not None
        and TUMOR.search(other.text) is not None
        and other.key not in GENERIC
        and not within(sentence.compared, other)
        and not akin(paper.lexicon.vocabulary, other.key, pair.bearer.entity.key)
        for other in others
    )


def only_linked(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence only links two things: a finding explains another one, a tumor may grow from a tissue."""
    if pair.rule is not None or pair.attribute.mention is None or pair.bearer.type != "disease":
        return False
    return any(links(sentence, pair) for links in (_a_cause, _of_a_tissue, _its_origin))


def _a_cause(sentence: Sentence, pair: Pair) -> bool:
    """A finding that only explains another one."""
    return pair.attribute.type in {"sign", "marker"} and CAUSE.search(_before(sentence, pair)) is not None


def _asked(sentence: Sentence, pair: Pair) -> bool:
    """What is asked, looked for or only supposed."""
    return ASKED.search(_before(sentence, pair)) is not None


def _diagnosed(sentence: Sentence, pair: Pair) -> bool:
    """What belongs to a diagnosis that was made, and not to the lesion."""
    unnamed = pair.bearer.mention is None and pair.attribute.type in SEEN_TYPES
    return unnamed and DIAGNOSIS.search(_before(sentence, pair)) is not None


def _of_a_tissue(sentence: Sentence, pair: Pair) -> bool:
    """Tissue that a tumor may grow from."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "site":
        return False
    behind = TISSUE_BEHIND.match(sentence.text, mention.end, sentence.end) is not None
    return behind or TISSUE_BEFORE.search(_before(sentence, pair)) is not None


def _its_origin(sentence: Sentence, pair: Pair) -> bool:
    """The cells that a tumor arises from, which are no marker of it."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None or pair.attribute.type != "marker":
        return False
    return STEMS_FROM.search(sentence.text, min(holder.end, mention.end), max(holder.start, mention.start)) is not None


def _which_tumors(sentence: Sentence, pair: Pair) -> bool:
    """A clinical feature that only tells which tumors or patients are spoken of."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "clinical-feature" or pair.attribute.entity.key in SPOKEN_OF:
        return False
    holder = pair.bearer.mention
    if holder is not None and COPULA.fullmatch(sentence.text, holder.end, mention.start):
        return False
    return TUMOR_BEHIND.match(sentence.text, mention.end, sentence.end) is not None


def _tells_where_from(sentence: Sentence, pair: Pair) -> bool:
    """A finding that would tell where a tumor comes from, and where that would be."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type not in {"sign", "site"}:
        return False
    if pair.attribute.type == "sign" and HINTING.search(_before(sentence, pair)) is not None:
        return True
    if pair.bearer.mention is not None:
        return False
    if pair.attribute.type == "site":
        return POINTED_AT.search(_before(sentence, pair)) is not None
    return POINTS.match(sentence.text, mention.end, sentence.end) is not None


def _of_the_image(sentence: Sentence, pair: Pair) -> bool:
    """The shape of a region of interest."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "sign":
        return False
    start, end = sentence.clause(mention.start, mention.end)
    return IMAGE_PART.search(sentence.text, start, end) is not None


def _measured_at_all(sentence: Sentence, pair: Pair) -> bool:
    """A measure without its value, and without another one that it is held against."""
    if pair.bearer.type != "disease" or sentence.compared:
        return False
    return rule_of(sentence, pair, "claim").predicate == "measured_value"


ELSEWHERE: Final[tuple[Callable[[Sentence, Pair], bool], ...]] = (
    _asked,
    _diagnosed,
    _which_tumors,
    _tells_where_from,
    _of_the_image,
    _measured_at_all,
)
"""What each tells of a sentence that says something of something else."""
