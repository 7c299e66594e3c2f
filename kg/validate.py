"""This module checks what a build starts from: the source folders, the curations, the vocabulary, the named queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import kg
from kg import queries, rdf
from kg.build import Extract, curated, extract_source
from kg.curation import CURATION_NAME, described
from kg.sources import SourceError, folders, read_folder
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """What is wrong with the input of a build, what is only needless, and what waits for a reader, a sentence each."""

    problems: tuple[str, ...]
    needless: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def validate(sources: Path, *, extract: Extract = extract_source) -> Validation:
    """Check everything that a build starts from; a source with curations is extracted to see where they belong."""
    found = [*_sources(sources, extract)]
    return Validation(
        problems=(*(p for one in found for p in one.problems), *_ontology_problems(), *_query_problems()),
        needless=tuple(sentence for one in found for sentence in one.needless),
        waiting=tuple(sentence for one in found for sentence in one.waiting),
    )


def _sources(sources: Path, extract: Extract) -> Iterator[Validation]:
    try:
        found = folders(sources)
    except SourceError as error:
        yield Validation(problems=(str(error),))
        return
    for folder in found:
        try:
            yield _source(folder, extract)
        except ValueError as error:
            yield Validation(problems=(str(error) if str(folder) in str(error) else f"{folder}: {error}",))


def _source(folder: Path, extract: Extract) -> Validation:
    """One source, and its curations if it has any; extraction takes seconds, so the others do without."""
    stored = read_folder(folder)
    path = folder / CURATION_NAME
    if not path.exists() and not stored.read_whole:
        return Validation(problems=())
    made = curated(stored, Vocabulary.load(), extract)
    needless = (
        f"{path}, line {one.curation.line} ({one.curation.id}) can go: {one.sentence}"
        for one in made.applied.with_status("needless")
    )
    waiting = (f"{folder}: waits to be read: {described(one)}" for one in made.applied.waiting)
    return Validation(
        problems=tuple(f"{folder}/{sentence}" for sentence in made.refused),
        needless=tuple(needless),
        waiting=tuple(waiting),
    )


def _ontology_problems() -> list[str]:
    try:
        vocabulary = Vocabulary.load()
        data = rdf.concept_nquads(vocabulary.concepts.values(), kg.ONTOLOGY / "schema.ttl")
        return rdf.shape_violations(data, kg.ONTOLOGY / "shapes.ttl")
    except ValueError as error:
        return [str(error)]


def _query_problems() -> list[str]:
    problems = []
    for name in queries.names():
        try:
            queries.load(name)
        except ValueError as error:
            problems.append(str(error))
    return problems
