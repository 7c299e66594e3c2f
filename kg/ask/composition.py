"""This module joins the mentions of a question: what it names side by side, metastases of something, opposites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.ask.lexicon import ORGANS
from kg.ask.library import Library
from kg.ask.reading import GENERIC, Mention, Reading

EITHER_WAY: Final = ("agreement", "presence")
OPPOSITES: Final = (
    ("solitary-lesion", "multiple-lesions"),
    ("hypervascular", "hypovascular"),
    ("well-defined-margin", "ill-defined-margin"),
    ("arterial-phase-hyperenhancement", "arterial-phase-hypoenhancement"),
    ("hyperenhancement", "hypoenhancement"),
    ("homogeneous-appearance", "heterogeneous-appearance"),
    ("complete-capsule", "incomplete-capsule"),
    ("cystic-tumor", "solid-lesion"),
    ("slow-growth", "rapid-growth"),
    ("hyperattenuation", "hypoattenuation"),
    ("restricted-distribution", "diffuse-distribution"),
    ("round-shape", "irregular-shape"),
)
"""Findings of which a lesion has one or the other: what is said of one answers whether there is the other."""


ALIKE: Final = (
    ("tumor-size", "tumor-diameter"),
    ("hypervascular", "arterial-phase-hyperenhancement"),
    ("hypervascular", "hyperenhancement"),
    ("hypovascular", "arterial-phase-hypoenhancement"),
    ("hypovascular", "hypoenhancement"),
    ("hyperenhancement", "arterial-phase-hyperenhancement"),
    ("hypoenhancement", "arterial-phase-hypoenhancement"),
)
"""Things that papers say in place of each other: of one the other answers, with a word that it does."""


def alike_of(library: Library, mention: Mention) -> Mention:
    """A mention that what papers say in place of it answers as well, with a word that it does."""
    pairs = [(one, other) for pair in ALIKE for one, other in (pair, pair[::-1])]
    known = library.vocabulary.concepts
    further = tuple(other for one, other in pairs if one in mention.keys and other in known)
    return replace(mention, broader=(*mention.broader, *further)) if further else mention


def with_tumors(library: Library, mention: Mention) -> Mention:
    """A mention of an organ that what is said of the tumors of this organ answers as well: stomach, gastric NEN."""
    if "site" not in mention.types:
        return mention
    named = {word for key in mention.keys for word in library.label(key).split()}
    words = named | {other for pair in ORGANS for one, other in (pair, pair[::-1]) if one in named}
    tumors = (one.key for one in library.vocabulary.by_type("disease") if words & set(one.label.split()))
    return replace(mention, broader=(*mention.broader, *tumors)) if words - {"liver", "hepatic"} else mention


def with_opposite(library: Library, mention: Mention) -> Mention:
    """A mention of a finding and of the one that a lesion has instead."""
    pairs = {one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])}
    further = (pairs[key] for key in mention.keys if key in pairs and pairs[key] in library.vocabulary.concepts)
    return replace(mention, keys=tuple(dict.fromkeys((*mention.keys, *further))))


JOINED: Final = ("sign", "marker", "clinical-feature", "site", "modality", "phase", "therapy")
_OR: Final = re.compile(
    r"\s*(?:,|/|&|\b(?:or|and|plus|vs\.?|versus|with|over|against|(?:as )?compare[sd]? (?:to|with)"
    r"|in comparison (?:to|with)"
    r"|as opposed to|"
    r"rather than|instead of|superior to|inferior to|(?:prefer\w*|chosen|used) (?:over|to)|(?:\w+ ){0,2}than)\b)"
    r"(?:\s*\b(?:that|those|the|of|in|for|with|an?|or|and|just|after|from|by|on|at|under|during|using)\b)*\s*",
    re.IGNORECASE,
)
"""What stands between two things of which either is asked about: RFA compared with that of embolization."""


def joined_by_or(reading: Reading) -> list[Mention]:
    """The mentions, of which those of one type with only "or", "and" between them are one: either is answered."""
    found: list[Mention] = []
    for mention in reading.mentions:
        last = found[-1] if found else None
        alike = last is not None and (mention.types, mention.required) == (last.types, last.required)
        if last is not None and alike and mention.types[0] in JOINED:
            between = reading.corrected[last.start + len(last.text) : mention.start]
            if _OR.fullmatch(between):
                found[-1] = together(reading, (last, mention))
                continue
        found.append(mention)
    return found


_HAVE: Final = re.compile(r"\b(?:have|has|had|having|get|gets|develop\w*|show\w*|present\w*|spread\w*)\b")


def composed(library: Library, plain: Sequence[Mention], text: str) -> list[Mention]:
    """The mentions, with "liver metastases" of something joined to the something: carcinoid, liver metastases.

    That somebody with a tumor has metastases speaks of the tumor.
    """
    mentions = list(plain)
    spread = [m for m in mentions if set(m.keys) & {"liver-metastasis", "metastasis"}]
    origins = [m for m in mentions if "disease" in m.types and m not in spread and not _is_metastasis(library, m)]
    for metastasis in spread:
        near = [m for m in origins if abs(m.start - metastasis.start) < _NEAR and m in mentions and m.required]
        near.sort(key=lambda m: abs(m.start - metastasis.start))
        for origin in near[:1]:
            between = text[origin.start + len(origin.text) : metastasis.start]
            if _HAVE.search(between.casefold()):
                continue
            joint = _metastases_of(library, origin)
            if joint:
                parents = (library.vocabulary.concepts[key].parent for key in origin.keys)
                broader = (*origin.keys, *(key for key in parents if key is not None and key not in GENERIC))
                text = f"{origin.text} {metastasis.text}"
                mentions[mentions.index(origin)] = replace(origin, keys=joint, broader=broader, text=text)
                mentions.remove(metastasis)
    return mentions


_NEAR: Final = 45  # characters between the two parts of one name


def _is_metastasis(library: Library, mention: Mention) -> bool:
    return any(key in library.vocabulary.descendants("metastasis") for key in mention.keys if "metastasis" in key)


def _metastases_of(library: Library, origin: Mention) -> tuple[str, ...]:
    """The liver metastases that are those of a disease, or of the nearest broader one that has a name for them."""
    vocabulary = library.vocabulary
    if "liver-metastasis" not in vocabulary.concepts:
        return ()
    kinds = [vocabulary.concepts[key] for key in vocabulary.descendants("liver-metastasis")]
    for key in origin.keys:
        for level in (key, *vocabulary.ancestors(key)):
            if level in GENERIC:
                break
            words = set(vocabulary.concepts[level].label.split()) - {"tumor", "neoplasm", "cancer", "carcinoma"}
            joint = [kind.key for kind in kinds if any(words <= set(label.split()) for label in kind.labels) and words]
            if joint:
                return tuple(joint[:2])
    return ()


def together(reading: Reading, mentions: Sequence[Mention]) -> Mention:
    """Several mentions as one, which any of them meets."""
    first, last = mentions[0], mentions[-1]
    return replace(
        first,
        keys=tuple(dict.fromkeys(key for mention in mentions for key in mention.keys)),
        broader=tuple(dict.fromkeys(key for mention in mentions for key in mention.broader)),
        text=reading.corrected[first.start : last.start + len(last.text)],
        parts=tuple(part for mention in mentions for part in (mention.parts or (mention,))),
    )
