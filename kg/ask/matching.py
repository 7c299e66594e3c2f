"""This module says how well a statement is about what a question names, and whether only by something broader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.ask.library import Indexed, Library
from kg.ask.reading import GENERIC, Mention

ONE_OF_ITS_ENDS: Final = 0.9
BROADER: Final = 0.45  # how well a statement of the next broader disease fits: only where nothing nearer does
NARROWER: Final = 0.95
LOOSE: Final = 0.25  # said of imaging, where one modality was asked about: only where nothing nearer is
ANY_IMAGING: Final = "medical-imaging"
NEARBY: Final = 0.3  # the sentence before names it
IMPLIED: Final = 0.4  # the sentence names no disease, and stands in a paper on this one
QUOTED: Final = 0.7  # the sentence names it, though the statement is of something else


def match(
    library: Library, indexed: Indexed, mention: Mention, *, about: str, nearby: bool = False
) -> tuple[float, bool]:
    """How well a statement is about what a mention names (0 to 1), and whether only by a broader concept.

    With `about` 'subject', a disease has to be what the statement is of, not one that it is compared with. `nearby`
    counts what the sentence before names.
    """
    best, widened = 0.0, False
    for key in mention.keys:
        quality, broader = _match_key(library, indexed, key, about)
        if mention.parts and "modality" in mention.types and not _says_of(library, indexed, key):
            quality = min(quality, LOOSE)  # seen on images of this kind, of which nothing is said
        if quality > best:
            best, widened = quality, broader
    if best < BROADER and any(
        _match_key(library, indexed, key, about)[0] >= ONE_OF_ITS_ENDS for key in mention.broader
    ):
        return BROADER, True
    if best < QUOTED and _metastatic(library, indexed, mention):
        return QUOTED, False
    if not best and _implied(library, indexed, mention.keys):
        return IMPLIED, False
    if not best and nearby:
        return _from_around(library, indexed, mention)
    return best, widened


def _says_of(library: Library, indexed: Indexed, key: str) -> bool:
    """Whether a statement's ends or its sentence name a concept."""
    return not ({indexed.subject, indexed.object} | indexed.quoted).isdisjoint({key} | library.below(key))


def _metastatic(library: Library, indexed: Indexed, mention: Mention) -> bool:
    """Whether a sentence speaks of the metastatic form of a tumor, where its metastases were asked about."""
    if not any("metastasis" in key or key == "nelm" for key in mention.keys) or "metastasis" not in indexed.quoted:
        return False
    return any(not indexed.quoted.isdisjoint({key} | library.below(key)) for key in mention.broader)


def _from_around(library: Library, indexed: Indexed, mention: Mention) -> tuple[float, bool]:
    """Whether a sentence before names what is mentioned; or that, or the paper's topic, names what is broader.

    What is said of patients with another disease is not said of this one, whatever stands before.
    """
    if _of_another_disease(library, indexed, mention):
        return 0.0, False
    if any(not indexed.nearby.isdisjoint({key} | library.below(key)) for key in mention.keys):
        return NEARBY, False
    parents = [parent for key in mention.keys if (parent := broader_of(library, key)) is not None]
    if not indexed.nearby.isdisjoint(parents) or _implied(library, indexed, parents):
        return NEARBY, True
    return 0.0, False


def _of_another_disease(library: Library, indexed: Indexed, mention: Mention) -> bool:
    subject = library.vocabulary.concepts.get(indexed.subject)
    if "disease" not in mention.types or subject is None or subject.type != "disease":
        return False
    return not any(library.lineage.related(subject.key, key) for key in (*mention.keys, *mention.broader))


def _implied(library: Library, indexed: Indexed, keys: Iterable[str]) -> bool:
    """Whether a statement that names no disease stands in a paper on one of some concepts."""
    topics = library.topics.get(indexed.statement.source, frozenset())
    if not any(key in topics or not library.below(key).isdisjoint(topics) for key in keys):
        return False
    ends = (indexed.subject, indexed.object, indexed.comparator)
    concepts = (library.vocabulary.concepts.get(key) for key in ends)
    return not any(concept is not None and concept.type == "disease" for concept in concepts)


def _match_key(library: Library, indexed: Indexed, key: str, about: str) -> tuple[float, bool]:
    concept = library.vocabulary.concepts[key]
    below = library.below(key)
    if concept.type == "disease" and about == "subject":
        return _match_patient(library, indexed, key, below)
    ends = {indexed.subject, indexed.object}
    around = indexed.context | {indexed.comparator}
    levels = (
        (1.0, key in ends),
        (NARROWER, key in around),
        (0.9, not below.isdisjoint(ends) or not below.isdisjoint(around)),
        (QUOTED + 0.1, key in indexed.quoted),
        (QUOTED, not below.isdisjoint(indexed.quoted)),
        (QUOTED, indexed.statement.id in library.spelling_out(key)),
    )
    quality = next((quality for quality, fits in levels if fits), 0.0)
    parent = broader_of(library, key)
    if not quality and parent is not None and parent in (ends | indexed.context | indexed.quoted):
        return BROADER, True
    if not quality and concept.type == "modality" and ANY_IMAGING in indexed.context:
        return LOOSE, True
    return quality, False


def _match_patient(library: Library, indexed: Indexed, key: str, below: frozenset[str]) -> tuple[float, bool]:
    """Whether a statement is of patients with a disease."""
    subject = library.vocabulary.concepts.get(indexed.subject)
    if indexed.subject == key:
        return 1.0, False
    if indexed.subject in below:
        return NARROWER, False
    of_a_disease = subject is not None and subject.type == "disease"
    if not of_a_disease and (indexed.object == key or indexed.object in below):
        return 0.85, False
    if not of_a_disease and key in indexed.quoted:
        return QUOTED, False
    if indexed.object == key and indexed.statement.predicate in BESIDE:
        return BESIDE[indexed.statement.predicate], False
    parent = broader_of(library, key)
    return (BROADER, True) if parent is not None and indexed.subject == parent else (0.0, False)


BESIDE: Final = {"associated_with": QUOTED, "has_clinical_feature": QUOTED, "has_epidemiology": NARROWER}
"""What a disease may be of another: what its patients have beside it, or a share of it."""


def broader_of(library: Library, key: str) -> str | None:
    """The next broader concept, if what is said of it says something of this one."""
    concept = library.vocabulary.concepts[key]
    parent = concept.parent
    if (
        concept.type == "modality"
        or parent is None
        or parent in GENERIC
        or parent in ("liver-metastasis", "enhancement-pattern")
    ):
        return None
    return parent
