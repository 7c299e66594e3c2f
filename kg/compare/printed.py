"""This module collects what the papers print about a finding themselves: P, kappa, AUC, cut-offs, accuracy."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.compare.comparison import Attached, Discrimination, Measured, Row, Sides
from kg.compare.contrast import contrast, turned
from kg.evidence.cells import Cell, Derivation
from kg.measures import display, likelihood_ratio, wilson
from kg.model import Entity, Statement, Statistic

RESULT_PREDICATES: Final = ("discriminates", "observer_agreement")
RESULT_KINDS: Final = ("kappa", "icc", "p_value", "test_statistic", "auc")  # of a finding, whatever the predicate
DISCRIMINATION_KINDS: Final = ("auc", "sensitivity", "specificity", "threshold", "odds_ratio", "ratio")
ACCURACY_KINDS: Final = ("sensitivity", "specificity")
AGREEMENT_KINDS: Final = ("kappa", "icc")
SIGNIFICANT: Final = 0.05  # the convention of the papers, used only to see whether a test's choice changes the verdict
OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
SAME_PATIENTS: Final = "cut-off and its accuracy come from the same study"


def is_result(statement: Statement) -> bool:
    """Whether a statement is a printed result about a finding: how it discriminates, how well readers agree on it."""
    statistic = statement.statistic
    return statistic is not None and (statement.predicate in RESULT_PREDICATES or statistic.kind in RESULT_KINDS)


def about(statement: Statement, sides: Sides) -> Entity:
    """The finding or variable that a printed result is for: its subject, unless that is one of the diseases."""
    return statement.object if sides.side(statement.subject) else statement.subject


def attached(statement: Statement, sides: Sides) -> Attached:
    """A printed result as a row shows it."""
    statistic = statistic_of(statement)
    return Attached(
        kind=statistic.kind,
        text=statistic.printed,
        about=about(statement, sides),
        statement=statement.id,
        target=statement.object if statistic.kind in ACCURACY_KINDS and sides.side(statement.object) else None,
    )


def statistic_of(statement: Statement) -> Statistic:
    """The number of a statement that is known to print one; ValueError if it prints none."""
    if statement.statistic is None:
        raise ValueError(f"statement {statement.id} prints no number")
    return statement.statistic


def with_results(row: Row, results: Iterable[Statement], sides: Sides) -> Row:
    """The row with what its study prints about its finding or variable, and warnings where the counts say otherwise."""
    names = {row.finding.identity} | ({row.variable.identity} if row.variable is not None else set())
    said = [s for s in results if s.source == row.source and about(s, sides).identity in names and of_pair(s, sides)]
    mine = _of_the_rows_phases(row, said)
    if not mine:
        return row
    warnings = [warning for s in mine for warning in _warnings(row, s, sides)]
    return replace(
        row,
        attached=tuple(attached(s, sides) for s in mine),
        warnings=tuple(dict.fromkeys([*row.warnings, *warnings])),
    )


def _of_the_rows_phases(row: Row, results: Sequence[Statement]) -> list[Statement]:
    """The results without the agreements of readers on other phases, or on which of several the paper does not say."""
    phases = {phase for cell in (row.a, row.b) if cell is not None for phase in cell.phases}
    agreements = [s for s in results if statistic_of(s).kind in AGREEMENT_KINDS]
    unsaid = [s for s in agreements if not s.phases or not phases]
    single = len({(statistic_of(s).kind, statistic_of(s).value) for s in unsaid}) < 2
    left = [s for s in agreements if (single if s in unsaid else not phases.isdisjoint(s.phases))]
    return [s for s in results if s in left or s not in agreements]


def of_pair(statement: Statement, sides: Sides) -> bool:
    """Whether a result is about A against B: a disease that it names must be one of them."""
    named = [e for e in (statement.subject, statement.object, statement.comparator) if sides.side(e)]
    return bool(named) or statement.predicate == "observer_agreement"


def _warnings(row: Row, statement: Statement, sides: Sides) -> Iterable[str]:
    statistic = statistic_of(statement)
    two_levels = row.complement is not None or row.variable is None
    if statistic.kind == "p_value" and row.group is None and two_levels:
        yield from _test_matters(row, statistic)
    if statistic.kind in ACCURACY_KINDS and about(statement, sides).identity == row.finding.identity:
        yield from _accuracy_differs(row, statement, sides)


def _test_matters(row: Row, statistic: Statistic) -> Iterable[str]:
    if row.measures is None or statistic.p is None or statistic.op not in (None, "=", "<", "<="):
        return
    printed = float(statistic.p) < SIGNIFICANT or (statistic.op == "<" and float(statistic.p) <= SIGNIFICANT)
    if printed != (row.measures.fisher_p < SIGNIFICANT):
        exact = display(row.measures.fisher_p)
        yield f"P depends on the test: printed P {statistic.op or '='} {statistic.p}, Fisher's exact test {exact}"


def _accuracy_differs(row: Row, statement: Statement, sides: Sides) -> Iterable[str]:
    """A printed sensitivity or specificity, as n of N, against the paper's own counts of that finding."""
    statistic, target = statistic_of(statement), sides.side(statement.object)
    n, total = statistic.numerator, statistic.denominator
    if row.measures is None or target is None or n is None or total is None:
        return
    group = target if statistic.kind == "sensitivity" else {"a": "b", "b": "a"}[target]
    m = row.measures
    present, missing = (m.a_with, m.a_without) if group == "a" else (m.b_with, m.b_without)
    expected = present if statistic.kind == "sensitivity" else missing
    if (int(n), int(total)) != (expected, present + missing):
        name = f"{statistic.kind} for {statement.object.label}"
        yield f"{name} printed {n} of {total}, the counts give {expected} of {present + missing}"


def discriminations(results: Iterable[Statement], sides: Sides, taken: Collection[str]) -> tuple[Discrimination, ...]:
    """The studies' own AUCs, cut-offs, sensitivities and specificities between A and B, in the order of the text.

    `taken` are ids of results that already stand with a row.
    """
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in results:
        target = sides.side(statement.object)
        kind = statistic_of(statement).kind
        if target and kind in DISCRIMINATION_KINDS and statement.evidence == "own" and statement.id not in taken:
            groups[statement.source, statement.subject.identity, target].append(statement)
    return tuple(_discrimination(members, sides) for members in groups.values())


def _discrimination(members: list[Statement], sides: Sides) -> Discrimination:
    counts = accuracy(members)
    first = members[0]
    ratio = None
    if counts is not None:
        (found, diseased), (left_out, others), _ = counts
        ratio = likelihood_ratio(found, diseased, others - left_out, others)
    return Discrimination(
        source=first.source,
        finding=first.subject,
        target=first.object,
        results=tuple(attached(s, sides) for s in members),
        ratio=ratio,
        statements=tuple(s.id for s in members),
    )


def accuracy(members: Iterable[Statement]) -> tuple[tuple[int, int], tuple[int, int], tuple[str, ...]] | None:
    """((n, N) of sensitivity, (n, N) of specificity, ids) where both are printed as counts, else None."""
    counts: dict[str, tuple[int, int, str]] = {}
    for statement in members:
        statistic = statistic_of(statement)
        n, total = statistic.numerator, statistic.denominator
        if statistic.kind in ACCURACY_KINDS and n is not None and total and 0 <= n <= total:
            counts.setdefault(statistic.kind, (int(n), int(total), statement.id))
    if len(counts) < 2:
        return None
    sensitivity, specificity = counts["sensitivity"], counts["specificity"]
    return sensitivity[:2], specificity[:2], (sensitivity[2], specificity[2])


def cut_off_rows(results: Iterable[Statement], sides: Sides, known: Sequence[Measured] = ()) -> list[Row]:
    """Rows for a measured quantity with a cut-off, the counts coming from its printed sensitivity and specificity.

    The row is the side of the cut-off that points to A; the other side is its complement. `known` are the means of the
    two groups.
    """
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in results:
        wanted = statement.predicate == "discriminates" and statistic_of(statement).kind in DISCRIMINATION_KINDS
        if wanted and statement.evidence == "own" and sides.side(statement.object):
            groups[statement.source, statement.subject.identity].append(statement)
    rows = []
    for (source, quantity), members in groups.items():
        means = [one for one in known if (one.source, one.quantity.identity) == (source, quantity)]
        rows.append(_cut_off_row(members, sides, means))
    return [row for row in rows if row is not None]


def _cut_off_row(members: list[Statement], sides: Sides, means: Sequence[Measured]) -> Row | None:
    accurate = [s for s in members if statistic_of(s).kind in ACCURACY_KINDS]
    targets = {sides.side(s.object) for s in accurate}
    counts, cut_off = accuracy(accurate), _cut_off(members, sides, means)
    if counts is None or cut_off is None or len(targets) != 1:
        return None
    in_a, in_b, derived = _pointing_to_a(*counts, target_is_a=targets == {"a"})
    cell_a = _derived_cell(accurate[0], _disease(members, sides, "a"), in_a, derived)
    cell_b = _derived_cell(accurate[0], _disease(members, sides, "b"), in_b, derived)
    if cell_a is None or cell_b is None:
        return None
    operator, value, statement = cut_off
    quantity = accurate[0].subject.label
    row = contrast(cell_a, cell_b)
    return replace(
        row,
        label=f"{quantity} {operator} {value}",
        derived=derived,
        complement=replace(turned(row), label=f"{quantity} {OPPOSITE[operator]} {value}"),
        warnings=(*row.warnings, SAME_PATIENTS),
        attached=(attached(statement, sides), *(attached(s, sides) for s in members if s is not statement)),
    )


def _pointing_to_a(
    found: tuple[int, int], left_out: tuple[int, int], inputs: tuple[str, ...], *, target_is_a: bool
) -> tuple[tuple[int, int], tuple[int, int], Derivation]:
    """(n, N) in A and in B on the side of the cut-off that points to A, and how they were computed."""
    printed, other = (found, left_out) if target_is_a else (left_out, found)
    names = ACCURACY_KINDS if target_is_a else ("specificity", "sensitivity")
    rest = other[1] - other[0]
    formula = (
        f"{names[0]} {printed[0]} of {printed[1]}; "
        f"{other[1]} − {other[0]} = {rest} of {other[1]} from the {names[1]} {other[0]} of {other[1]}"
    )
    return printed, (rest, other[1]), Derivation(formula=formula, inputs=inputs)


def _cut_off(
    members: Iterable[Statement], sides: Sides, known: Iterable[Measured]
) -> tuple[str, Decimal, Statement] | None:
    """(operator, value, statement) of the printed threshold, the operator being the one that points to A.

    The side with the larger printed means lies above the cut-off; a threshold that says otherwise is left alone, and
    so are thresholds that contradict each other where no means decide.
    """
    found = []
    for statement in members:
        statistic = statistic_of(statement)
        if statistic.kind == "threshold" and statistic.value is not None and statistic.op in OPPOSITE:
            operator = statistic.op if sides.side(statement.object) == "a" else OPPOSITE[statistic.op]
            found.append((operator, statistic.value, statement))
    above = {measured.mean_a > measured.mean_b for measured in known} or {one[0] in (">", ">=") for one in found}
    if len(above) != 1:
        return None
    rising = above.pop()
    return next((one for one in found if (one[0] in (">", ">=")) is rising), None)


def _disease(members: Iterable[Statement], sides: Sides, side: str) -> Entity | None:
    named = (e for s in members for e in (s.object, s.comparator) if e is not None and sides.side(e) == side)
    return next(named, None)


def _derived_cell(first: Statement, disease: Entity | None, count: tuple[int, int], derived: Derivation) -> Cell | None:
    if disease is None:
        return None
    n, total = count
    return Cell(
        source=first.source,
        disease=disease,
        finding=first.subject,
        predicate=first.predicate,
        state="seen" if n else "zero",
        n=n,
        total=total,
        interval=wilson(n, total),
        unit="patients",
        denominator_from="printed",
        modality=first.modality,
        phases=first.phases,
        used=derived.inputs,
        statements=derived.inputs,
        derived=derived,
    )
