"""This module asks a graph for a differential, and for the diseases to hold findings against where none is named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from kg import queries
from kg.compare import names_of
from kg.differential.assembly import differential_statements
from kg.differential.result import Differential, DifferentialError, Findings
from kg.evidence import FINDING_TYPES, is_finding, names_a_finding
from kg.lookup import sources_of, vocabulary_of
from kg.model import Concept, Statement
from kg.store import Store
from kg.vocabulary import Vocabulary

MOST_CANDIDATES: Final = 12  # a list that can be read; further diseases have to be named


def differential(
    store: Store,
    findings: Findings,
    *,
    among: Sequence[str] = (),
    prior: Mapping[str, float] | None = None,
    in_scope: bool = True,
) -> Differential:
    """Which diseases fit the findings (concept keys), by what the graph's papers say; see `differential_statements`.

    `among` are the keys of the diseases; without it, those of which a paper says something of these findings, at most
    MOST_CANDIDATES. DifferentialError for a key that the graph does not have.
    """
    vocabulary = vocabulary_of(store)
    keys = (*findings.present, *findings.absent, *findings.not_assessed)
    for key in keys:
        _require(vocabulary, key, FINDING_TYPES, "finding")
    told = _told(store, vocabulary, findings)
    chosen = list(among) or _candidates(told, vocabulary, findings)
    diseases = [_require(vocabulary, key, ("disease",), "disease") for key in chosen]
    about = {key for one in diseases for key in (one.key, *vocabulary.descendants(one.key))}
    sources = {statement.source for statement in told}  # of any other paper, no word bears on these findings
    statements = queries.statements(store, about=about, source=sources) if about and sources else ()
    return differential_statements(
        statements,
        findings,
        diseases,
        vocabulary,
        concepts=vocabulary.concepts,
        prior=prior,
        in_scope=in_scope,
        names=names_of(store, vocabulary),
        sources=sources_of(store),
    )


def _require(vocabulary: Vocabulary, key: str, types: Collection[str], kind: str) -> Concept:
    concept = vocabulary.concepts.get(key)
    if concept is None or concept.type not in types:
        raise DifferentialError(f"no {kind} has the key {key!r}; give the key of a {kind} of this graph")
    return concept


def _told(store: Store, vocabulary: Vocabulary, findings: Findings) -> tuple[Statement, ...]:
    """What is said of the findings, of narrower ones, and of what is broader than one that is there."""
    keys = {below for key, _ in findings.assessed for below in (key, *vocabulary.descendants(key))}
    keys |= {above for key in findings.present for above in vocabulary.ancestors(key)}
    return tuple(
        statement
        for statement in queries.statements(store, about=keys)
        if statement.subject.key in vocabulary.concepts
        and statement.object.key in keys
        and is_finding(statement)
        and names_a_finding(statement, vocabulary.concepts)
    )


def _candidates(told: Iterable[Statement], vocabulary: Vocabulary, findings: Findings) -> list[str]:
    """The diseases of which a paper says something of the findings: those with most of them first, then with counts."""
    family = {below: key for key, _ in findings.assessed for below in (key, *vocabulary.descendants(key))}
    named: dict[str, set[str]] = defaultdict(set)
    counted: dict[str, int] = defaultdict(int)
    for statement in told:
        disease, finding = statement.subject.key or "", statement.object.key or ""
        if finding in family and vocabulary.concepts[disease].type == "disease":
            named[disease].add(family[finding])
            counted[disease] += statement.evidence == "own" and statement.statistic is not None
    return sorted(named, key=lambda key: (-len(named[key]), -counted[key], key))[:MOST_CANDIDATES]
