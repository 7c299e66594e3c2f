"""This module asks a graph for a comparison, and for the pairs of diseases that it can say something about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from kg import queries
from kg.compare.assembly import RESEMBLANCE_PREDICATES, compare_statements
from kg.compare.comparison import CompareError, Comparison, Filters, PairEvidence
from kg.compare.matrix import Matrix, matrix_statements
from kg.compare.reproduction import ARGUMENTS, COMPUTED, LOOKED_UP, matrix_query, reproducing_query
from kg.evidence import COUNT_KINDS, STATES, Cell, cells, describes, is_finding, names_a_finding
from kg.lookup import find_concept, require_source, sources_of, vocabulary_of
from kg.model import EVIDENCE_KINDS, Concept, Statement, require_one_of
from kg.store import Store
from kg.vocabulary import Vocabulary

Pair = tuple[str, str]


def compare(store: Store, a: str, b: str, filters: Filters | None = None) -> Comparison:
    """Which findings separate disease `a` from disease `b` (concept keys), by what the graph's papers say.

    CompareError for a key that is no disease of the graph, or for the same disease twice.
    """
    vocabulary = vocabulary_of(store)
    one, other = disease_of(vocabulary, a), disease_of(vocabulary, b)
    statements = _statements(store, vocabulary, one, other)
    names = names_of(store, vocabulary)
    return compare_statements(statements, one, other, vocabulary, filters, names=names, concepts=vocabulary.concepts)


def filters_named(
    store: Store,
    *,
    modality: Sequence[str] = (),
    phase: Sequence[str] = (),
    source: Sequence[str] = (),
    evidence: Sequence[str] = (),
    state: Sequence[str] = (),
    only_warned: bool = False,
    cross_study: bool = False,
    sort: str = "bound",
) -> Filters:
    """The filters that names stand for: of concepts any name, of sources the key.

    UnknownNameError for a concept or source that the graph has not; ValueError for another value that is not allowed.
    """
    for name, values, allowed in (("evidence", evidence, EVIDENCE_KINDS), ("state", state, STATES)):
        for value in values:
            require_one_of(name, value, tuple(allowed))
    for key in source:
        require_source(store, key)
    return Filters(
        modalities=tuple(find_concept(store, name, type="modality").key for name in modality),
        phases=tuple(find_concept(store, name, type="phase").key for name in phase),
        sources=tuple(source),
        evidence=tuple(evidence),
        states=tuple(state),
        only_warned=only_warned,
        cross_study=cross_study,
        sort=sort,
    )


def matrix(store: Store, keys: Sequence[str]) -> Matrix:
    """The findings of several diseases (concept keys) side by side, by what the graph's papers say.

    CompareError for a key that is no disease of the graph, for fewer than two, and for the same disease twice.
    """
    vocabulary = vocabulary_of(store)
    diseases = [disease_of(vocabulary, key) for key in keys]
    wanted = {key for one in diseases for key in (one.key, *vocabulary.descendants(one.key))}
    statements = queries.statements(store, about=wanted)
    return matrix_statements(statements, diseases, vocabulary, concepts=vocabulary.concepts)


def comparison_query(store: Store, asked: Comparison | Matrix) -> str:
    """The SPARQL query whose rows give every number of a comparison or a matrix of this graph.

    On a server without our functions it reads their values from the graph `derived`.
    """
    way = COMPUTED if store.has_functions else LOOKED_UP
    every = _of_sources(store, asked)
    return (
        matrix_query(asked, every, way=way) if isinstance(asked, Matrix) else reproducing_query(asked, every, way=way)
    )


def arguments_query(store: Store, asked: Comparison) -> str:
    """The SPARQL query whose rows give what our functions are called with for a comparison."""
    return reproducing_query(asked, _of_sources(store, asked), way=ARGUMENTS)


def _of_sources(store: Store, asked: Comparison | Matrix) -> tuple[Statement, ...]:
    return queries.statements(store, source=sorted({statement.source for statement in asked.statements.values()}))


def disease_of(vocabulary: Vocabulary, key: str) -> Concept:
    """The disease that has a key; CompareError if none has."""
    concept = vocabulary.concepts.get(key)
    if concept is None or concept.type != "disease":
        raise CompareError(f"no disease has the key {key!r}; give the key of a disease of this graph, such as 'phnen'")
    return concept


def _statements(store: Store, vocabulary: Vocabulary, a: Concept, b: Concept) -> tuple[Statement, ...]:
    """Statements about A, B and what lies below them, and all of the studies that speak of both: these also hold
    what is said of a sign without naming a disease, such as its kappa.
    """
    keys = {key for one in (a, b) for key in (one.key, *vocabulary.descendants(one.key))}
    about = queries.statements(store, about=keys)
    named: Mapping[str, set[str]] = defaultdict(set)
    for statement in about:
        named[statement.source] |= _sides_counted(statement, a, b, vocabulary)
    both = sorted(source for source, sides in named.items() if len(sides) == 2)
    whole = queries.statements(store, source=both) if both else ()
    return tuple({statement.id: statement for statement in (*about, *whole)}.values())


def _sides_counted(statement: Statement, a: Concept, b: Concept, vocabulary: Vocabulary) -> set[str]:
    if statement.evidence != "own" or statement.statistic is None or statement.subject.key is None:
        return set()
    lineage = {statement.subject.key, *vocabulary.ancestors(statement.subject.key)}
    return lineage & {a.key, b.key}


def names_of(store: Store, vocabulary: Vocabulary) -> dict[str, str]:
    """Short names: 'Cui 2017' for a source, the abbreviation for a modality or disease that has one."""
    abbreviated = (one for kind in ("disease", "modality") for one in vocabulary.by_type(kind))
    concepts = {concept.key: short_name(concept) for concept in abbreviated}
    return concepts | {source.key: source.short_name for source in sources_of(store)}


OFTEN: Final = 3
"""So many sentences that set two diseases against each other make a pair, though only one of them is described."""


def short_name(concept: Concept) -> str:
    """The concept's first abbreviation in capitals, else its label.

    >>> short_name(Concept(key="mri", type="modality", label="magnetic resonance imaging", alt_labels=("MR", "MRI")))
    'MR'
    """
    short = (label for label in concept.alt_labels if label.isupper() and label.isalnum() and len(label) <= 6)
    return next(short, concept.label)


def pairs(store: Store) -> tuple[PairEvidence, ...]:
    """The pairs of diseases that the papers say something about: counted in one study first, then counted on one side
    with a comparison in words, then in words; each kind with the best known pairs first.
    """
    return pairs_of(queries.statements(store), vocabulary_of(store))


def pairs_of(statements: Sequence[Statement], vocabulary: Vocabulary) -> tuple[PairEvidence, ...]:
    """As `pairs`, from statements."""
    possible = [s for s in statements if not is_finding(s) or names_a_finding(s, vocabulary.concepts)]
    described = described_diseases(possible, vocabulary)
    found = cells(possible, vocabulary)
    counted = _counted_pairs(statements, found, vocabulary)
    linked = _linked(statements, vocabulary)
    compared = {pair for pair, sources in linked.items() if sources.total() >= OFTEN and not described.isdisjoint(pair)}
    _link_by_findings(linked, possible, vocabulary)
    told = compared | {pair for pair in linked if described.issuperset(pair)}
    known = [pair for pair in linked if pair in told and not _known(pair, counted)]
    sided = [_linked_pair(pair, found, linked) for pair in known]
    order = {"counted": 0, "one_sided": 1, "words": 2}
    ranked = sorted(
        [*counted, *sided],
        key=lambda p: (order[p.kind], -p.counted, -linked.get((p.a, p.b), Counter()).total(), p.a, p.b),
    )
    return tuple(ranked)


def described_diseases(statements: Iterable[Statement], vocabulary: Vocabulary) -> frozenset[str]:
    """The diseases of which a paper itself says, of its own or a cited study, what their patients have."""
    named = (s.subject.key for s in statements if describes(s))
    return frozenset(key for key in named if key is not None and _is_disease(key, vocabulary))


def _known(pair: Pair, pairs_so_far: Iterable[PairEvidence]) -> bool:
    return any({one.a, one.b} == set(pair) for one in pairs_so_far)


def _is_disease(key: str | None, vocabulary: Vocabulary) -> bool:
    return key is not None and key in vocabulary.concepts and vocabulary.concepts[key].type == "disease"


def _kin(pair: Pair, vocabulary: Vocabulary) -> bool:
    """Whether one disease is a kind of the other, so that holding them against each other means little."""
    one, other = pair
    return one == other or one in vocabulary.ancestors(other) or other in vocabulary.ancestors(one)


def _counted_pairs(
    statements: Sequence[Statement], found: Iterable[Cell], vocabulary: Vocabulary
) -> list[PairEvidence]:
    first = _first_places(statements)
    shared: dict[Pair, set[str]] = defaultdict(set)
    by_finding: dict[tuple[str, str], set[str]] = defaultdict(set)
    for cell in found:
        if cell.counted and cell.disease.key is not None and _is_disease(cell.disease.key, vocabulary):
            by_finding[cell.source, cell.finding.identity].add(cell.disease.key)
    for (source, _), diseases in by_finding.items():
        for one, other in combinations(sorted(diseases, key=lambda key: first.get(key, (source, 0))), 2):
            if not _kin((one, other), vocabulary):
                shared[one, other].add(source)
    return [_counted_pair(pair, sources, statements, vocabulary) for pair, sources in shared.items()]


def _first_places(statements: Iterable[Statement]) -> dict[str, tuple[str, int]]:
    """Where a paper first counts a finding of its own in a disease: its first group, a table's first column, is A."""
    first: dict[str, tuple[str, int]] = {}
    for statement in statements:
        if statement.statistic is None or statement.evidence != "own" or statement.statistic.kind not in COUNT_KINDS:
            continue
        key, place = statement.subject.key, (statement.source, statement.statistic.span.start)
        if key is not None and (key not in first or place < first[key]):
            first[key] = place
    return first


def _counted_pair(
    pair: Pair, sources: set[str], statements: Sequence[Statement], vocabulary: Vocabulary
) -> PairEvidence:
    """How many findings the comparison of the pair would show; as the page shows them, levels joined."""
    mine = [statement for statement in statements if statement.source in sources]
    one, other = (vocabulary.concepts[key] for key in pair)
    counted = len(compare_statements(mine, one, other, vocabulary, concepts=vocabulary.concepts).counted)
    return PairEvidence(a=pair[0], b=pair[1], kind="counted", counted=counted, sources=tuple(sorted(sources)))


def _linked(statements: Iterable[Statement], vocabulary: Vocabulary) -> dict[Pair, Counter[str]]:
    """Pairs of diseases that a sentence sets against each other, with the sources that do."""
    linked: dict[Pair, Counter[str]] = defaultdict(Counter)
    for statement in statements:
        ends = [statement.subject.key, statement.comparator.key if statement.comparator is not None else None]
        if statement.predicate in RESEMBLANCE_PREDICATES and ends[1] is None:
            ends[1] = statement.object.key
        one, other = ends
        if one is None or other is None or not (_is_disease(one, vocabulary) and _is_disease(other, vocabulary)):
            continue
        if not _kin((one, other), vocabulary):
            pair = (other, one) if (other, one) in linked else (one, other)
            linked[pair][statement.source] += 1
    return linked


def _link_by_findings(
    linked: dict[Pair, Counter[str]], statements: Iterable[Statement], vocabulary: Vocabulary
) -> None:
    """Diseases of which one paper names the same finding are linked as well."""
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for statement in statements:
        key = statement.subject.key
        if is_finding(statement) and key is not None and _is_disease(key, vocabulary):
            named[statement.source, statement.object.identity].add(key)
    for (source, _), diseases in sorted(named.items()):
        for one, other in combinations(sorted(diseases), 2):
            if not _kin((one, other), vocabulary):
                pair = (other, one) if (other, one) in linked else (one, other)
                linked[pair][source] += 1


def _linked_pair(pair: Pair, found: Sequence[Cell], linked: Mapping[Pair, Counter[str]]) -> PairEvidence:
    counts = Counter(cell.disease.key for cell in found if cell.counted)
    one, other = pair
    if counts[other] > counts[one]:
        one, other = other, one
    made = PairEvidence(a=one, b=other, kind="words", sources=tuple(sorted(linked[pair])))
    return replace(made, kind="one_sided", side=one) if counts[one] else made
