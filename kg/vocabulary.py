"""This module loads the vocabulary, finds concepts by any of their names, and walks the hierarchy."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

import kg
from kg import rdf
from kg.model import CONCEPT_TYPES, MAPPING_MATCHES, Concept, ModelError, require_one_of
from kg.terms import LABEL, Triple, curie_iri, iri_curie, key_of, term

DEFAULT_DIRECTORY: Final = kg.ONTOLOGY / "vocabulary"

_MATCH_NAMES: Final = {str(term(f"skos:{name}Match")): f"skos:{name}Match" for name in MAPPING_MATCHES}

_SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—−_/'’‘\"“”():]+")
_SPELLINGS: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"tumour", "tumor"),
        (r"colour", "color"),
        (r"behaviour", "behavior"),
        (r"haem", "hem"),
        (r"aemi", "emi"),
        (r"oedem", "edem"),
        (r"oesoph", "esoph"),
        (r"rrhoea", "rrhea"),
        (r"caec", "cec"),
        (r"faec", "fec"),
        (r"paed", "ped"),
        (r"gynaec", "gynec"),
        (r"aetiolog", "etiolog"),
        (r"isation", "ization"),
        (r"(?<=[a-z]{3})ise(d?)\b", r"ize\1"),
        (r"(?<=[a-z]{3})ising\b", "izing"),
        (r"labell", "label"),
        (r"centre", "center"),
        (r"fibre", "fiber"),
        (r"grey", "gray"),
        (r"analogue", "analog"),
        (r"sulph", "sulf"),
        (r"homogenous", "homogeneous"),
        (r"dilation\b", "dilatation"),
        (r"distention\b", "distension"),
    )
)
_SUGGESTION_SCORE: Final = 60.0  # of 100; below it a suggestion reads as a guess out of the blue


class VocabularyError(ValueError):
    """A vocabulary that contradicts itself; the sentence names the concepts and says what to change."""


def _singular(word: str) -> str:
    if len(word) <= 3 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("stases", "crises", "noses", "roses", "lyses", "bases", "theses")):
        return word[:-2] + "is"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The form under which two spellings of one name are equal: case, hyphens, blanks, plural, British spelling.

    >>> fold("Liver Metastases") == fold("liver metastasis")
    True
    >>> fold("wash-out") == fold("washout") and fold("tumours") == fold("Tumor")
    True
    >>> fold("HEPATIC METASTASES") == fold("hepatic metastasis")
    True
    >>> fold("haemangioma"), fold("CA 19-9"), fold("NETs")
    ('hemangioma', 'ca199', 'net')
    """
    words = _SEPARATORS.split(unicodedata.normalize("NFKC", text))
    folded = " ".join(
        _singular(word.lower() if word.isupper() and len(word) > 5 else word) for word in words
    ).casefold()
    for british, american in _SPELLINGS:
        folded = british.sub(american, folded)
    return folded.replace(" ", "")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts, an index over all their names, and their hierarchy.

    >>> vocabulary = Vocabulary.load()
    >>> [concept.key for concept in vocabulary.find("primary hepatic NENs")]
    ['phnen']
    >>> vocabulary.ancestors("phnen")
    ('hepatic-nen', 'neuroendocrine-neoplasm', 'neoplasm')
    """

    concepts: Mapping[str, Concept]
    _index: Mapping[str, tuple[str, ...]] = field(repr=False)
    _children: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def load(cls, directory: Path | str = DEFAULT_DIRECTORY) -> Vocabulary:
        """Read every `*.ttl` of a directory, and `mappings.sssom.tsv` beside the directory where there is one.

        Raises VocabularyError where the files contradict themselves or each other.
        """
        directory = Path(directory)
        files = sorted(directory.glob("*.ttl"))
        if not files:
            raise VocabularyError(f"{directory} holds no *.ttl file; give the directory of the vocabulary")
        triples: list[Triple] = []
        seen: dict[str, Path] = {}
        for path in files:
            read = _read(path)
            _refuse_two_homes(read, path, seen)
            triples += read
        try:
            triples += _mapping_labels(directory.parent / "mappings.sssom.tsv", triples)
            concepts = rdf.decode_concepts(triples)
        except (rdf.RdfError, ModelError) as error:
            raise VocabularyError(f"{directory}: {error}") from error
        return cls.of(concepts)

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Vocabulary:
        """The vocabulary of these concepts, checked.

        Raises VocabularyError for a key that stands twice, an unknown parent, a circle in the hierarchy, and a label
        that two concepts share without both marking it ambiguous.
        """
        by_key: dict[str, Concept] = {}
        for concept in sorted(concepts, key=lambda c: c.key):
            if concept.key in by_key:
                raise VocabularyError(f"two concepts have the key {concept.key!r}; rename one of them")
            by_key[concept.key] = concept
        _check_parents(by_key)
        index = _label_index(by_key.values())
        _check_labels(index, by_key)
        children: dict[str, list[str]] = defaultdict(list)
        for concept in by_key.values():
            if concept.parent is not None:
                children[concept.parent].append(concept.key)
        return cls(
            by_key,
            {name: tuple(keys) for name, keys in index.items()},
            {key: tuple(found) for key, found in children.items()},
        )

    def find(self, text: str) -> list[Concept]:
        """The concepts that a text names: one by its key, else all that have it as a name, however spelt."""
        if text in self.concepts:
            return [self.concepts[text]]
        return [self.concepts[key] for key in self._index.get(fold(text), ())]

    def suggest(self, text: str, n: int = 3) -> list[Concept]:
        """The n concepts whose names are nearest to a text that names none; empty if nothing is near."""
        near = process.extract(fold(text), self._index.keys(), scorer=fuzz.ratio, limit=5 * n)
        keys = [key for name, score, _ in near if score >= _SUGGESTION_SCORE for key in self._index[name]]
        return [self.concepts[key] for key in list(dict.fromkeys(keys))[:n]]

    def ancestors(self, key: str) -> tuple[str, ...]:
        """The keys above a concept, nearest first."""
        return tuple(_upwards(key, self.concepts))

    def descendants(self, key: str) -> tuple[str, ...]:
        """The keys below a concept, at any depth, each once, nearer ones first."""
        found: list[str] = list(self._children.get(key, ()))
        for below in found:
            found.extend(self._children.get(below, ()))
        return tuple(found)

    def by_type(self, concept_type: str) -> tuple[Concept, ...]:
        """The concepts of one of CONCEPT_TYPES, by key."""
        require_one_of("concept type", concept_type, CONCEPT_TYPES)
        return tuple(concept for concept in self.concepts.values() if concept.type == concept_type)


def _read(path: Path) -> list[Triple]:
    try:
        return rdf.read_turtle(path)
    except rdf.RdfError as error:
        raise VocabularyError(str(error)) from error


def _refuse_two_homes(triples: list[Triple], path: Path, seen: dict[str, Path]) -> None:
    """One concept, one block: two would merge into one concept with the labels of both."""
    blocks = [str(s) for s, p, o in triples if p == term("skos:prefLabel")]
    for iri in blocks:
        key = key_of(iri, "concept") or iri
        if iri in seen or blocks.count(iri) > 1:
            raise VocabularyError(f"two concepts have the key {key!r}, in {seen.get(iri, path)} and {path}; rename one")
    seen.update(dict.fromkeys(blocks, path))


def _mapping_labels(path: Path, triples: list[Triple]) -> list[Triple]:
    """The labels of the terms that concepts match, from an SSSOM table that says the same as the concepts."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        content = (line for line in lines if not line.startswith("#"))
        rows = list(csv.DictReader(content, delimiter="\t", quoting=csv.QUOTE_NONE))
    table = {(row["subject_id"].partition(":")[2], row["predicate_id"], row["object_id"]) for row in rows}
    written = {
        (key_of(s, "concept") or s, name, iri_curie(str(o)))
        for s, p, o in triples
        for name in [_MATCH_NAMES.get(p)]
        if name is not None
    }
    for key, name, curie in sorted(table ^ written):
        where, other = (path, "the concept") if (key, name, curie) in table else ("the concept", path)
        raise VocabularyError(
            f"{where} says {key} {name} {curie}, and {other} does not; write it in both or in neither"
        )
    return [(curie_iri(row["object_id"]), LABEL, row["object_label"]) for row in rows]


def _upwards(key: str, concepts: Mapping[str, Concept]) -> Iterator[str]:
    parent = concepts[key].parent
    while parent is not None:
        yield parent
        parent = concepts[parent].parent


def _check_parents(concepts: Mapping[str, Concept]) -> None:
    for concept in concepts.values():
        if concept.parent is not None and concept.parent not in concepts:
            raise VocabularyError(
                f"{concept.key} has the parent {concept.parent!r}, which is no concept; name one that is"
            )
    for key in concepts:
        path = [key]
        for above in _upwards(key, concepts):
            if above in path:
                chain = " -> ".join([*path[path.index(above) :], above])
                raise VocabularyError(f"the hierarchy runs in a circle: {chain}; take one skos:broader out")
            path.append(above)


def _label_index(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    index: dict[str, list[str]] = defaultdict(list)
    for concept in concepts:
        for name in dict.fromkeys(fold(label) for label in concept.labels):
            index[name].append(concept.key)
    return index


def _check_labels(index: Mapping[str, Collection[str]], concepts: Mapping[str, Concept]) -> None:
    for name, keys in index.items():
        if len(keys) < 2:
            continue
        for key in keys:
            if name not in {fold(label) for label in concepts[key].ambiguous_labels}:
                label = next(label for label in concepts[key].labels if fold(label) == name)
                others = " and ".join(other for other in keys if other != key)
                remedy = "take it from one, or mark it signum:ambiguousLabel in both"
                raise VocabularyError(f"{label!r} names both {key} and {others}; {remedy}")
