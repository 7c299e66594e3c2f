"""This module checks what a build starts from: the source folders, the vocabulary, the schema and the named queries."""

from __future__ import annotations

from pathlib import Path

import kg
from kg import queries, rdf
from kg.sources import SourceError, folders, read_folder
from kg.vocabulary import Vocabulary


def validate(sources: Path) -> list[str]:
    """Everything that is wrong with the input of a build, a sentence each; empty when all is right."""
    return [*_source_problems(sources), *_ontology_problems(), *_query_problems()]


def _source_problems(sources: Path) -> list[str]:
    try:
        found = folders(sources)
    except SourceError as error:
        return [str(error)]
    problems = []
    for folder in found:
        try:
            read_folder(folder)
        except SourceError as error:
            problems.append(str(error))
    return problems


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
