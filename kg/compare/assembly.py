"""This module assembles a comparison of two diseases from statements: pure, one study first, nothing left uncited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.compare.answer import answer
from kg.compare.comparison import (
    ROW_KINDS,
    CompareError,
    Comparison,
    Disagreement,
    Filters,
    Measured,
    Row,
    Sides,
    StudyGroup,
)
from kg.compare.contrast import agreed, levels_joined, paired, ranked
from kg.compare.disagreement import between_papers, within_papers
from kg.compare.measured import measured
from kg.compare.opposed import opposed
from kg.compare.printed import cut_off_rows, discriminations, is_result, with_results
from kg.compare.words import Words, in_words, once, one_sided, one_sided_order, only_matters, resembles, uncounted
from kg.evidence.cells import Cell
from kg.evidence.counts import text_order
from kg.evidence.facts import assessed, cells, cohorts, within
from kg.evidence.kinds import is_finding, names_a_finding, standing
from kg.evidence.lineage import Hierarchy, Lineage
from kg.model import Cohort, Concept, Statement

SPREAD: Final = "metastasis"  # the concept above every site of spread
RESEMBLANCE_PREDICATES: Final = ("differential_of", "misdiagnosed_as")


def compare_statements(
    statements: Iterable[Statement],
    a: Concept,
    b: Concept,
    hierarchy: Hierarchy,
    filters: Filters | None = None,
    *,
    names: Mapping[str, str] | None = None,
    concepts: Mapping[str, Concept] | None = None,
) -> Comparison:
    """What the statements say of A against B: the pure core of `compare`.

    Statements about narrower diseases count for A and B, and each cell says so. `names` gives sources and concepts
    their short names in the answer; without it their keys are shown. `concepts` are those of the vocabulary: what is no
    kind of finding by its concept is left out of the findings. CompareError if A and B are the same.
    """
    if a.key == b.key:
        raise CompareError(f"A and B are both {a.label}; choose two different diseases")
    ordered = sorted(statements, key=text_order)
    comparison = _comparison(_material(ordered, a, b, Lineage(hierarchy, names), concepts or {}), filters or Filters())
    return replace(comparison, answer=answer(comparison, names or {}))


def sides_of(statements: Iterable[Statement], a: str, b: str, hierarchy: Hierarchy) -> Sides:
    """The concept keys, of those that the statements name, that count as A and as B.

    Each with its narrower concepts; where B lies below A, what belongs to B does not count as A.
    """
    ends = (e for s in statements for e in (s.subject, s.object, s.comparator) if e is not None)
    keys = {e.key for e in ends if e.key is not None} | {a, b}
    in_a = {key for key in keys if within(key, a, hierarchy)}
    in_b = {key for key in keys if within(key, b, hierarchy)}
    if b in in_a:
        return Sides(frozenset(in_a - in_b), frozenset(in_b))
    return Sides(frozenset(in_a), frozenset(in_b - in_a))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Material:
    """What one comparison is made of: the statements sorted by what they can say."""

    a: Concept
    b: Concept
    sides: Sides
    hierarchy: Hierarchy
    concepts: Mapping[str, Concept]
    statements: Mapping[str, Statement]
    about: tuple[Statement, ...]
    findings: tuple[Statement, ...]
    results: tuple[Statement, ...]
    cohorts: tuple[Cohort, ...]
    cells_a: tuple[Cell, ...]
    cells_b: tuple[Cell, ...]
    words: Words

    @property
    def cells(self) -> tuple[Cell, ...]:
        return self.cells_a + self.cells_b


def _material(
    statements: Sequence[Statement], a: Concept, b: Concept, hierarchy: Hierarchy, concepts: Mapping[str, Concept]
) -> _Material:
    sides = sides_of(statements, a.key, b.key, hierarchy)
    possible = [s for s in statements if not is_finding(s) or names_a_finding(s, concepts)]
    about = tuple(s for s in possible if sides.side(s.subject))
    said = [s for s in about if not is_result(s) and not of_a_kind(s, hierarchy)]
    found = cells(said, hierarchy)
    return _Material(
        a=a,
        b=b,
        sides=sides,
        hierarchy=hierarchy,
        concepts=concepts,
        statements={s.id: s for s in statements},
        about=about,
        findings=tuple(s for s in said if is_finding(s)),
        results=tuple(s for s in statements if is_result(s)),
        cohorts=cohorts(about),
        cells_a=of_side(found, sides.a, a),
        cells_b=of_side(found, sides.b, b),
        words=Words([s for s in possible if not is_result(s)], sides, hierarchy),
    )


def of_a_kind(statement: Statement, hierarchy: Hierarchy) -> bool:
    """Whether both ends have a broader concept in common: one tumour is no finding of another, but its spread is."""
    ends = [entity.key for entity in (statement.subject, statement.object)]
    one, other = ({key, *hierarchy.ancestors(key)} if key is not None else set() for key in ends)
    return not one.isdisjoint(other) and not (SPREAD in other and SPREAD not in one)


def of_side(found: Iterable[Cell], keys: Collection[str], concept: Concept) -> tuple[Cell, ...]:
    """The cells of one side. A narrower disease says so, and steps back where its study has the disease itself."""
    mine = [cell for cell in found if cell.disease.key in keys]
    exact = {(c.source, c.finding.identity) for c in mine if c.disease.key == concept.key and c.counted}
    kept = [c for c in mine if c.disease.key == concept.key or (c.source, c.finding.identity) not in exact]
    return tuple(_noted(cell, concept) for cell in kept)


def _noted(cell: Cell, concept: Concept) -> Cell:
    if cell.disease.key == concept.key:
        return cell
    note = f"about {cell.disease.label}, which is narrower than {concept.label}"
    return replace(cell, notes=(*cell.notes, note), group=cell.disease.label)


def _comparison(material: _Material, filters: Filters) -> Comparison:
    counted = _counted(material, filters)
    sided = _one_sided(material, counted)
    rows = [*counted, *sided, *_worded(material, [*counted, *sided])]
    kept = [row for row in rows if passes(row, filters, material.statements)]
    shown = {kind: [row for row in kept if row.kind == kind] for kind in ROW_KINDS}
    taken = {attached.statement for row in counted for attached in row.attached}
    comparison = Comparison(
        a=material.a,
        b=material.b,
        filters=filters,
        studies=_studies(material, shown["counted"]),
        counted=ranked(shown["counted"], filters.sort),
        one_sided=tuple(shown["one_sided"]),
        words=tuple(shown["words"]),
        measured=_means(material),
        discriminations=discriminations(material.results, material.sides, taken),
        assessed=_assessed(material, counted),
        cited=tuple(s.id for s in material.findings if s.evidence == "cited" and not in_words(s)),
        overlap=_overlap(material),
        disagreements=(*within_papers(material.cells), *between_papers(material.cells), *_opposed(material)),
        hidden=len(rows) - len(kept),
    )
    return replace(comparison, statements=_named(comparison, material.statements))


def _opposed(material: _Material) -> Iterator[Disagreement]:
    """Papers of which one counts, or calls usual, the one level of a variable, and another the other."""
    words = [statement for statement in material.findings if in_words(statement)]
    for disease, found in ((material.a, material.cells_a), (material.b, material.cells_b)):
        for one in opposed(disease, found, words, material.concepts):
            ids = tuple(identifier for _, statements in one.sides for identifier in statements)
            finding = one.levels[0] if one.counts[0] or not one.counts[1] else one.levels[1]
            yield Disagreement(finding=finding, text=one.text, statements=ids, within_paper=False)


def _counted(material: _Material, filters: Filters) -> list[Row]:
    """Rows counted in both groups, with what the paper prints about them and what the authors say in words."""
    joined = agreed(levels_joined(paired(material.cells_a, material.cells_b, cross_study=filters.cross_study)))
    rows = [with_results(row, material.results, material.sides) for row in joined]
    known = {(row.source, row.finding.identity) for row in rows}
    cut_offs = cut_off_rows(material.results, material.sides, _means(material))
    rows += [row for row in cut_offs if (row.source, row.finding.identity) not in known]
    return [material.words.on(row) for row in rows]


def _means(material: _Material) -> tuple[Measured, ...]:
    return measured(material.about, material.results, material.cohorts, material.sides)


def _covered(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """(source, finding) of every cell that a row or its complement shows."""
    every = [r for row in rows for r in (row, row.complement) if r is not None]
    return {(c.source, c.finding.identity) for row in every for c in (row.a, row.b) if c is not None}


def _one_sided(material: _Material, counted: Sequence[Row]) -> list[Row]:
    known = _covered(counted)
    sides = (("a", material.cells_a), ("b", material.cells_b))
    alone = [(c, side) for side, found in sides for c in found if c.n is not None]
    rows = [one_sided(c, side) for c, side in alone if (c.source, c.finding.identity) not in known]
    return sorted((material.words.on(row) for row in rows), key=one_sided_order)


def _worded(material: _Material, rows: Sequence[Row]) -> list[Row]:
    known = {finding for _, finding in _covered(rows)}
    found: dict[str, Statement] = {}
    for statement in material.findings:
        if statement.object.identity not in known and in_words(statement):
            found.setdefault(statement.object.identity, statement)
    worded = [material.words.on(uncounted(statement)) for statement in found.values()]
    return sorted(worded, key=lambda r: (not r.direct, not (r.words_a and r.words_b), r.label.casefold()))


def passes(row: Row, filters: Filters, statements: Mapping[str, Statement]) -> bool:
    """Whether a row is let through by every filter that is set."""
    row_cells = [cell for cell in (row.a, row.b) if cell is not None]
    ids = [i for c in row_cells for i in c.statements] or [*row.words_a, *row.words_b, *row.direct]
    said = [statements[identifier] for identifier in ids if identifier in statements]
    tests = (
        (filters.modalities, {s.modality for s in said} | {c.modality for c in row_cells}),
        (filters.phases, {phase for s in said for phase in s.phases} | {p for c in row_cells for p in c.phases}),
        (filters.sources, {s.source for s in said}),
        (filters.evidence, {s.evidence for s in said}),
        (filters.states, {c.state for c in row_cells} or {"in_words"}),
    )
    if filters.only_warned and not (row.warnings or any(c.warnings or c.alternatives for c in row_cells)):
        return False
    return all(not wanted or not found.isdisjoint(wanted) for wanted, found in tests)


def _studies(material: _Material, rows: Sequence[Row]) -> tuple[StudyGroup, ...]:
    sources = sorted({row.source for row in rows if row.within_study and row.source})
    return tuple(_study(material, source, [row for row in rows if row.source == source]) for source in sources)


def _study(material: _Material, source: str, rows: Sequence[Row]) -> StudyGroup:
    a, b = (_cohort(material, source, side, key) for side, key in (("a", material.a.key), ("b", material.b.key)))
    modalities = {row.a.modality for row in rows if row.a is not None and row.a.modality}
    groups = [cohort for cohort in (a, b) if cohort is not None]
    return StudyGroup(
        source=source,
        size_a=a.size if a is not None else None,
        size_b=b.size if b is not None else None,
        unit=groups[0].unit if groups else "patients",
        modality=modalities.pop() if len(modalities) == 1 else None,
        rows=len(rows),
        statements=tuple(identifier for cohort in groups for identifier in cohort.statements[:1]),
    )


def _cohort(material: _Material, source: str, side: str, key: str) -> Cohort | None:
    """The group of one side in a study: that of the disease itself before that of a narrower one."""
    mine = [c for c in material.cohorts if c.source == source and material.sides.of(c.disease) == side]
    whole = [c for c in mine if c.population is None]
    return min(whole, key=lambda c: (c.disease != key, c.unit != "patients"), default=None)


def _assessed(material: _Material, counted: Iterable[Row]) -> tuple[Cell, ...]:
    sources = {row.source for row in counted}
    told = [s for s in material.statements.values() if s.source in sources]
    return assessed(told, material.hierarchy, material.concepts)


def _overlap(material: _Material) -> tuple[str, ...]:
    """Statements that A resembles B, is mistaken for it or has to be told from it."""
    side = material.sides.side
    found = [
        s
        for s in material.statements.values()
        if s.predicate in RESEMBLANCE_PREDICATES and {side(s.subject), side(s.object)} == {"a", "b"}
    ]

    def order(statement: Statement) -> tuple[int, bool, bool, bool]:
        said = statement.quote
        return standing(statement), only_matters(said), not resembles(said), statement.predicate != "differential_of"

    return once(sorted(found, key=order))


def _named(comparison: Comparison, statements: Mapping[str, Statement]) -> dict[str, Statement]:
    """Every statement that a part of the comparison names, by id."""
    ids = dict.fromkeys(_identifiers(comparison))
    return {identifier: statements[identifier] for identifier in ids if identifier in statements}


def _identifiers(comparison: Comparison) -> Iterator[str]:
    for row in (*comparison.counted, *comparison.one_sided, *comparison.words):
        yield from _of_row(row)
        if row.complement is not None:
            yield from _of_row(row.complement)
    for cell in comparison.assessed:
        yield from cell.statements
    for study in comparison.studies:
        yield from study.statements
    for one in comparison.measured:
        yield from (*one.statements, *(attached.statement for attached in one.attached))
    for found in comparison.discriminations:
        yield from found.statements
    for disagreement in comparison.disagreements:
        yield from disagreement.statements
    yield from (*comparison.cited, *comparison.overlap)


def _of_row(row: Row) -> Iterator[str]:
    for cell in (row.a, row.b):
        if cell is not None:
            yield from cell.statements
            yield from (identifier for reading in cell.alternatives for identifier in reading.statements)
    yield from (attached.statement for attached in row.attached)
    yield from (*row.words_a, *row.words_b, *row.direct)
    yield from row.derived.inputs if row.derived is not None else ()
