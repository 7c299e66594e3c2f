"""This module reads the papers of a graph for the audit."""

from __future__ import annotations

from collections import defaultdict

from kg import queries
from kg.audit.paper import Paper
from kg.evidence import Lineage
from kg.model import Statement
from kg.store import Store
from kg.vocabulary import Vocabulary


def papers_of(store: Store) -> tuple[Paper, ...]:
    """The papers of a graph, by key, with what its vocabulary knows."""
    vocabulary = Vocabulary.of(queries.concepts(store))
    lineage = Lineage(vocabulary)
    signs = frozenset(one.key for one in vocabulary.by_type("sign") if not one.variable)
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in queries.statements(store):
        statements[statement.source].append(statement)

    def named(name: str) -> frozenset[str]:
        return frozenset(concept.key for concept in vocabulary.find(name))

    return tuple(
        Paper(
            source=source.key,
            text=queries.text(store, source.key),
            passages=queries.passages(store, source.key),
            statements=tuple(statements[source.key]),
            broader=lineage.ancestors,
            named=named,
            signs=signs,
        )
        for source in queries.sources(store)
    )
