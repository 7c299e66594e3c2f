"""This module writes the SPARQL query that reproduces a comparison from the counts in the graph.

The query says for each count which statement it is read from, and how: as printed, as the rest of the total where the
paper prints the absence, or from the percentage. Only a count that no statement prints ("all masses lacked fat") is
given in the query itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg.compare.comparison import Comparison, Discrimination, Measured, Row
from kg.compare.matrix import Matrix
from kg.compare.printed import accuracy
from kg.compare.stored import arguments_of, looked_up
from kg.evidence.cells import Cell
from kg.evidence.counts import text_order
from kg.model import Entity, Statement
from kg.terms import PREFIXES, graph_iri, nquads_term, statement_iri

COUNT_FIELDS: Final = ("numerator", "value")
TOTAL_FIELDS: Final = ("denominator", "value")
UNBOUND: Final = "UNDEF"
COLUMNS: Final = """?order ?sign
  ?a_n ?a_N (100 * ?a_n / ?a_N AS ?a_percent)
  (100 * stat:wilsonLow(?a_n, ?a_N) AS ?a_low) (100 * stat:wilsonHigh(?a_n, ?a_N) AS ?a_high)
  ?b_n ?b_N (100 * ?b_n / ?b_N AS ?b_percent)
  (100 * stat:wilsonLow(?b_n, ?b_N) AS ?b_low) (100 * stat:wilsonHigh(?b_n, ?b_N) AS ?b_high)
  (stat:difference(?a_n, ?a_N, ?b_n, ?b_N) AS ?difference)
  (stat:differenceLow(?a_n, ?a_N, ?b_n, ?b_N) AS ?difference_low)
  (stat:differenceHigh(?a_n, ?a_N, ?b_n, ?b_N) AS ?difference_high)
  (stat:likelihoodRatio(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr)
  (stat:likelihoodRatioLow(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr_low)
  (stat:likelihoodRatioHigh(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr_high)
  (stat:negativeLikelihoodRatio(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr_negative)
  (stat:negativeLikelihoodRatioLow(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr_negative_low)
  (stat:negativeLikelihoodRatioHigh(?a_n, ?a_N, ?b_n, ?b_N) AS ?lr_negative_high)
  (stat:oddsRatio(?a_n, ?a_N, ?b_n, ?b_N) AS ?odds_ratio)
  (stat:oddsRatioLow(?a_n, ?a_N, ?b_n, ?b_N) AS ?odds_ratio_low)
  (stat:oddsRatioHigh(?a_n, ?a_N, ?b_n, ?b_N) AS ?odds_ratio_high)
  (stat:fisher(?a_n, ?a_N, ?b_n, ?b_N) AS ?p)
  (stat:hedgesG(?a_mean, ?a_sd, ?a_N, ?b_mean, ?b_sd, ?b_N) AS ?g)
  (stat:hedgesGLow(?a_mean, ?a_sd, ?a_N, ?b_mean, ?b_sd, ?b_N) AS ?g_low)
  (stat:hedgesGHigh(?a_mean, ?a_sd, ?a_N, ?b_mean, ?b_sd, ?b_N) AS ?g_high)
  ?a_printed ?a_statement ?b_printed ?b_statement"""
SIDE_NAMES: Final = ("statement", "field", "turned", "given", "of", "of_field", "of_given")
SIDE: Final = """
    OPTIONAL {{ ?{s}_statement signum:statistic ?{s}_statistic . ?{s}_statistic ?{s}_field ?{s}_read }}
    OPTIONAL {{ ?{s}_of signum:statistic ?{s}_of_statistic . ?{s}_of_statistic ?{s}_of_field ?{s}_of_read }}
    OPTIONAL {{ ?{s}_statement signum:statistic ?{s}_place . ?{s}_place signum:printed ?{s}_printed }}
    BIND (xsd:integer(COALESCE(?{s}_of_given, ?{s}_of_read)) AS ?{s}_N)
    BIND (IF(?{s}_field = signum:percent, ROUND(?{s}_read * ?{s}_N / 100), ?{s}_read) AS ?{s}_counted)
    BIND (xsd:integer(COALESCE(?{s}_given, IF(?{s}_turned, ?{s}_N - ?{s}_counted, ?{s}_counted))) AS ?{s}_n)"""
MEANS: Final = """
    OPTIONAL {{ ?{s}_statement signum:statistic ?{s}_measured . ?{s}_measured signum:mean ?{s}_mean }}
    OPTIONAL {{ ?{s}_statement signum:statistic ?{s}_spread . ?{s}_spread signum:sd ?{s}_sd }}
    OPTIONAL {{ ?{s}_of signum:statistic ?{s}_of_statistic . ?{s}_of_statistic ?{s}_of_field ?{s}_of_read }}
    OPTIONAL {{ ?{s}_statement signum:statistic ?{s}_place . ?{s}_place signum:printed ?{s}_printed }}
    BIND (xsd:integer(COALESCE(?{s}_of_given, ?{s}_of_read)) AS ?{s}_N)"""
HEADER: Final = "# {title}: each number, from the counts in the graph.\n"
COMPUTED: Final = "computed"
LOOKED_UP: Final = "looked up"
ARGUMENTS: Final = "arguments"
WAYS: Final = {
    COMPUTED: "# The stat: functions are Signum's own; other servers read their values from <{derived}>.\n",
    LOOKED_UP: "# This server has no stat: functions: their values are read from the graph <{derived}>.\n"
    "# Of counts that no comparison of one study holds side by side there is none.\n",
    ARGUMENTS: "# What the stat: functions are called with.\n",
}
"""The ways in which a query gives what is computed, and what it says of itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """Where one number of the graph is read: a statement and a field of its statistic, or the number itself."""

    statement: str
    field: str
    given: int | None = None

    @property
    def values(self) -> tuple[str, str, str]:
        """The IRI of the statement, that of the field, and the number where no statement prints it."""
        iri, field = nquads_term(statement_iri(self.statement)), f"signum:{self.field}"
        return iri, field, UNBOUND if self.given is None else str(self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row of the query: what it is called, and what stands in the columns of each side that has a count."""

    label: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    measured: bool = False

    @property
    def shape(self) -> tuple[bool, tuple[str, ...]]:
        """Lines of one shape share a block of the query."""
        return self.measured, tuple(side for side, _ in self.sides)


class _Places:
    """Finds the statement that prints a count or a total; the first in the order of the text, those used before."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_id = {statement.id: statement for statement in statements}
        self._by_source: dict[str, list[Statement]] = {}
        for statement in sorted(self._by_id.values(), key=text_order):
            self._by_source.setdefault(statement.source, []).append(statement)

    def of_cell(self, cell: Cell) -> tuple[str, ...]:
        """The columns of a counted side."""
        used = self.named(cell.used)
        total = self._total(cell.source, cell.disease, cell.total, used) if cell.total is not None else None
        count, turned = _count(cell, used)
        if total is None:  # a bare count: how many there were is not printed, and no field is read
            total = _Read(statement=count.statement, field="denominator")
        return _columns(count, total, turned=turned)

    def of_size(self, source: str, disease: Entity, size: int, statement: str) -> _Read:
        """Where a group's size is read; given where no statement prints it."""
        return self._total(source, disease, size, self.named([statement]))

    def named(self, ids: Iterable[str]) -> list[Statement]:
        return [self._by_id[identifier] for identifier in ids if identifier in self._by_id]

    def _total(self, source: str, disease: Entity, total: int, used: Sequence[Statement]) -> _Read:
        here = [one for one in self._by_source.get(source, ()) if one.subject.identity == disease.identity]
        cohort = [one for one in here if one.predicate == "cohort"]
        for statement in (*used, *cohort, *here):
            for field in TOTAL_FIELDS:
                counts_all = field == "denominator" or statement.predicate == "cohort"
                if counts_all and _number(statement, field) == total:
                    return _Read(statement=statement.id, field=field)
        return _Read(statement=(used or here)[0].id, field="denominator", given=total)


def _number(statement: Statement, field: str) -> object:
    return getattr(statement.statistic, field) if statement.statistic is not None else None


def _count(cell: Cell, used: Sequence[Statement]) -> tuple[_Read, bool]:
    """Where n is read, and whether what is read is the rest of the total."""
    rest = cell.total - cell.n if cell.total is not None and cell.n is not None else None
    for wanted, turned in ((cell.n, False), (rest, True)):
        for statement in used:
            for field in COUNT_FIELDS:
                if wanted is not None and _number(statement, field) == wanted:
                    return _Read(statement=statement.id, field=field), turned
    for wanted, turned in ((cell.n, False), (rest, True)):
        for statement in used:
            if wanted is not None and _of_percent(statement, cell.total) == wanted:
                return _Read(statement=statement.id, field="percent"), turned
    return _Read(statement=(*cell.used, *cell.statements)[0], field="numerator", given=cell.n), False


def _of_percent(statement: Statement, total: int | None) -> int | None:
    percent = statement.statistic.percent if statement.statistic is not None else None
    return None if percent is None or total is None else int(percent * total / 100 + Decimal("0.5"))


def _columns(count: _Read, total: _Read, *, turned: bool) -> tuple[str, ...]:
    statement, field, given = count.values
    return statement, field, str(turned).lower(), given, *total.values


def reproducing_query(comparison: Comparison, statements: Iterable[Statement], *, way: str = COMPUTED) -> str:
    """The SPARQL query whose rows give every number of a comparison.

    A row has n, N, percent and Wilson's limits (out of 100) of each side that was counted, and where both were the
    difference, the ratios with their limits and Fisher's p; a measured quantity has Hedges' g. The rows are those of
    the comparison, in its order. `statements` are those among which a group's size is looked for, such as all of the
    sources that the comparison names. `way` is one of WAYS: computed by our functions, looked up in the graph
    `derived` for a server that has none, or only what they are called with.
    """
    places = _Places([*comparison.statements.values(), *statements])
    return _query(f"{comparison.a.label} against {comparison.b.label}", list(_lines(comparison, places)), way)


def matrix_query(matrix: Matrix, statements: Iterable[Statement], *, way: str = COMPUTED) -> str:
    """The SPARQL query whose rows give every count of a matrix, side a of a comparison; see `reproducing_query`."""
    places = _Places([*matrix.statements.values(), *statements])
    lines = [
        _Line(label=f"{row.finding.label} in {disease.label}", sides=(("a", places.of_cell(count)),))
        for row in matrix.rows
        for disease, cell in zip(matrix.diseases, row.cells, strict=True)
        for count in cell.counts
    ]
    return _query(", ".join(disease.label for disease in matrix.diseases), lines, way)


def _query(title: str, lines: Sequence[_Line], way: str) -> str:
    shapes = dict.fromkeys(line.shape for line in lines)
    blocks = [_block(shape, [(i, one) for i, one in enumerate(lines, 1) if one.shape == shape]) for shape in shapes]
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("signum", "stat", "xsd"))
    header = HEADER.format(title=" ".join(title.split())) + WAYS[way].format(derived=graph_iri("derived"))
    body = " UNION ".join(blocks) or "{ FILTER (false) }"
    columns, reading = COLUMNS, ""
    if way == LOOKED_UP:
        columns, reading = looked_up(COLUMNS)
    elif way == ARGUMENTS:
        columns = arguments_of(COLUMNS)
    return f"{header}{prefixes}SELECT {columns} WHERE {{\n  {body}{reading}\n}} ORDER BY ?order\n"


def _lines(comparison: Comparison, places: _Places) -> Iterable[_Line]:
    for row in (*comparison.counted, *comparison.one_sided):
        yield _of_row(row, places)
        if row.complement is not None:
            yield _of_row(row.complement, places)
    for one in comparison.measured:
        if one.size_a is not None and one.size_b is not None:
            yield _of_means(one, one.size_a, one.size_b, places)
    for found in comparison.discriminations:
        line = _of_accuracy(found, places)
        if line is not None:
            yield line


def _of_row(row: Row, places: _Places) -> _Line:
    cells = (("a", row.a), ("b", row.b))
    sides = tuple((side, places.of_cell(cell)) for side, cell in cells if cell is not None and cell.n is not None)
    return _Line(label=row.label, sides=sides)


def _of_means(one: Measured, size_a: int, size_b: int, places: _Places) -> _Line:
    sides = []
    for side, statement, size in zip("ab", places.named(one.statements), (size_a, size_b), strict=True):
        read = places.of_size(one.source, statement.subject, size, statement.id)
        mean = _Read(statement=statement.id, field="mean")
        sides.append((side, _columns(mean, read, turned=False)))
    return _Line(label=f"{one.quantity.label}: {one.text_a} vs {one.text_b}", sides=tuple(sides), measured=True)


def _of_accuracy(found: Discrimination, places: _Places) -> _Line | None:
    """A printed sensitivity and specificity, both as counts: those found, and of the others those not left out."""
    counts = accuracy(places.named(found.statements))
    if counts is None or found.ratio is None:
        return None
    _, _, (sensitivity, specificity) = counts
    sides = tuple(
        (side, _columns(_Read(statement=i, field="numerator"), _Read(statement=i, field="denominator"), turned=turned))
        for side, i, turned in (("a", sensitivity, False), ("b", specificity, True))
    )
    return _Line(label=f"{found.finding.label}, as a test for {found.target.label}", sides=sides)


def _block(shape: tuple[bool, tuple[str, ...]], lines: Sequence[tuple[int, _Line]]) -> str:
    measured, sides = shape
    names = " ".join(f"?{side}_{name}" for side in sides for name in SIDE_NAMES)
    rows = "".join(
        f"\n      ({order} {nquads_term(line.label)} {' '.join(value for _, values in line.sides for value in values)})"
        for order, line in lines
    )
    pattern = "".join((MEANS if measured else SIDE).format(s=side) for side in sides)
    return f"{{\n    VALUES (?order ?sign {names}) {{{rows}\n    }}{pattern}\n  }}"
