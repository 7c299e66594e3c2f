"""This module reads the papers of a graph for the audit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from kg import queries
from kg.audit.paper import Paper
from kg.evidence import Lineage
from kg.model import Passage, Statement
from kg.store import Store
from kg.vocabulary import Vocabulary

PaperMaker = Callable[[str, str, Iterable[Passage], Iterable[Statement]], Paper]


def with_vocabulary(vocabulary: Vocabulary) -> PaperMaker:
    """What makes a paper of (source, text, passages, statements) that knows what the vocabulary knows."""
    lineage = Lineage(vocabulary)
    signs = frozenset(one.key for one in vocabulary.by_type("sign") if not one.variable)

    def named(name: str) -> frozenset[str]:
        return frozenset(concept.key for concept in vocabulary.find(name))

    def paper(source: str, text: str, passages: Iterable[Passage], statements: Iterable[Statement]) -> Paper:
        return Paper(
            source=source,
            text=text,
            passages=tuple(passages),
            statements=tuple(statements),
            broader=lineage.ancestors,
            named=named,
            signs=signs,
        )

    return paper


def papers_of(store: Store) -> tuple[Paper, ...]:
    """The papers of a graph, by key, with what its vocabulary knows."""
    paper = with_vocabulary(Vocabulary.of(queries.concepts(store)))
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in queries.statements(store):
        statements[statement.source].append(statement)
    keys = [source.key for source in queries.sources(store)]
    return tuple(paper(key, queries.text(store, key), queries.passages(store, key), statements[key]) for key in keys)
