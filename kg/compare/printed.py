"""This module collects what the papers print about a finding themselves: P, kappa, AUC, cut-offs, means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.compare.comparison import Attached, Discrimination, Measured, Row, Sides
from kg.compare.contrast import contrast, turned
from kg.evidence.cells import Cell, Derivation
from kg.measures import Difference, Sample, display, hedges_g, likelihood_ratio, wilson
from kg.model import Cohort, Entity, Statement, Statistic

RESULT_PREDICATES: Final = ("discriminates", "observer_agreement")
RESULT_KINDS: Final = ("kappa", "icc", "p_value", "test_statistic", "auc")  # of a finding, whatever the predicate
TEST_KINDS: Final = ("p_value", "test_statistic")
DISCRIMINATION_KINDS: Final = ("auc", "sensitivity", "specificity", "threshold", "odds_ratio", "ratio")
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
    statistic = _statistic(statement)
    return Attached(kind=statistic.kind, text=statistic.printed, about=about(statement, sides), statement=statement.id)


def _statistic(statement: Statement) -> Statistic:
    if statement.statistic is None:
        raise ValueError(f"statement {statement.id} prints no number")
    return statement.statistic


def with_results(row: Row, results: Iterable[Statement], sides: Sides) -> Row:
    """The row with what its study prints about its finding or variable, and warnings where the counts say otherwise."""
    names = {row.finding.identity} | ({row.variable.identity} if row.variable is not None else set())
    mine = [s for s in results if s.source == row.source and about(s, sides).identity in names and _of_pair(s, sides)]
    if not mine:
        return row
    warnings = [warning for s in mine for warning in _warnings(row, s, sides)]
    return replace(
        row,
        attached=tuple(attached(s, sides) for s in mine),
        warnings=tuple(dict.fromkeys([*row.warnings, *warnings])),
    )


def _of_pair(statement: Statement, sides: Sides) -> bool:
    """Whether a result is about A against B: a disease that it names must be one of them."""
    named = [e for e in (statement.subject, statement.object, statement.comparator) if sides.side(e)]
    return bool(named) or statement.predicate == "observer_agreement"


def _warnings(row: Row, statement: Statement, sides: Sides) -> Iterable[str]:
    statistic = _statistic(statement)
    two_levels = row.complement is not None or row.variable is None
    if statistic.kind == "p_value" and row.group is None and two_levels:
        yield from _test_matters(row, statistic)
    if statistic.kind in ("sensitivity", "specificity") and about(statement, sides).identity == row.finding.identity:
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
    statistic, target = _statistic(statement), sides.side(statement.object)
    n, total = statistic.numerator, statistic.denominator
    if row.measures is None or target is None or n is None or total is None:
        return
    group = target if statistic.kind == "sensitivity" else {"a": "b", "b": "a"}[target]
    m = row.measures
    present, missing = (m.a_with, m.a_without) if group == "a" else (m.b_with, m.b_without)
    expected = present if statistic.kind == "sensitivity" else missing
    if (int(n), int(total)) != (expected, present + missing):
        yield f"{statistic.kind} printed {n} of {total}, the counts give {expected} of {present + missing}"


def measured(
    statements: Iterable[Statement], results: Sequence[Statement], cohorts: Sequence[Cohort], sides: Sides
) -> tuple[Measured, ...]:
    """Quantities of which one study prints mean and SD in both groups, in the order of the text."""
    found: dict[tuple[str, str, tuple[str, ...]], dict[str, dict[str, Statement]]] = defaultdict(
        lambda: {"a": {}, "b": {}}
    )
    for statement in statements:
        side, statistic = sides.side(statement.subject), statement.statistic
        if side is None or statistic is None or statement.evidence != "own":
            continue
        if statistic.mean is not None and statistic.sd is not None:
            values = found[statement.source, statement.object.identity, statement.phases][side]
            values.setdefault(f"{statistic.mean}±{statistic.sd}", statement)
    # Two values of one quantity in each group stand in the same order: arterial and portal, "respectively".
    pairs = [pair for group in found.values() for pair in zip(group["a"].values(), group["b"].values(), strict=False)]
    return tuple(_measured(a, b, results, cohorts, sides) for a, b in pairs)


def _measured(
    a: Statement, b: Statement, results: Sequence[Statement], cohorts: Sequence[Cohort], sides: Sides
) -> Measured:
    values = [(_statistic(s), _size(s, cohorts)) for s in (a, b)]
    samples = [
        Sample(float(v.mean), float(v.sd), size)
        for v, size in values
        if v.mean is not None and v.sd is not None and size is not None and size > 1
    ]
    mine = [s for s in results if s.source == a.source and _same_quantity(s, a, sides) and _of_pair(s, sides)]
    (of_a, size_a), (of_b, size_b) = values
    return Measured(
        source=a.source,
        quantity=a.object,
        phases=a.phases,
        unit=of_a.unit or of_b.unit,
        mean_a=float(of_a.mean or 0),
        sd_a=float(of_a.sd or 0),
        mean_b=float(of_b.mean or 0),
        sd_b=float(of_b.sd or 0),
        text_a=of_a.printed,
        text_b=of_b.printed,
        size_a=size_a,
        size_b=size_b,
        effect=_effect(samples),
        statements=(a.id, b.id),
        attached=tuple(attached(s, sides) for s in mine if _statistic(s).kind in TEST_KINDS),
    )


def _effect(samples: Sequence[Sample]) -> Difference | None:
    if len(samples) < 2 or not any(sample.sd for sample in samples):
        return None
    return hedges_g(samples[0], samples[1])


def _size(statement: Statement, cohorts: Sequence[Cohort]) -> int | None:
    sizes = [
        c.size
        for c in cohorts
        if (c.source, c.disease, c.population, c.unit)
        == (statement.source, statement.subject.identity, None, "patients")
    ]
    return sizes[0] if sizes else None


def _same_quantity(result: Statement, value: Statement, sides: Sides) -> bool:
    if about(result, sides).identity != value.object.identity:
        return False
    return not result.phases or not value.phases or bool(set(result.phases) & set(value.phases))


def discriminations(results: Iterable[Statement], sides: Sides, taken: Collection[str]) -> tuple[Discrimination, ...]:
    """The studies' own AUCs, cut-offs, sensitivities and specificities between A and B, in the order of the text.

    `taken` are ids of results that already stand with a row.
    """
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in results:
        target = sides.side(statement.object)
        kind = _statistic(statement).kind
        if target and kind in DISCRIMINATION_KINDS and statement.evidence == "own" and statement.id not in taken:
            groups[statement.source, statement.subject.identity, target].append(statement)
    return tuple(_discrimination(members, sides) for members in groups.values())


def _discrimination(members: list[Statement], sides: Sides) -> Discrimination:
    accuracy = _accuracy(members)
    first = members[0]
    ratio = None
    if accuracy is not None:
        (found, diseased), (left_out, others), _ = accuracy
        ratio = likelihood_ratio(found, diseased, others - left_out, others)
    return Discrimination(
        source=first.source,
        finding=first.subject,
        target=first.object,
        results=tuple(attached(s, sides) for s in members),
        ratio=ratio,
        statements=tuple(s.id for s in members),
    )


def _accuracy(members: Iterable[Statement]) -> tuple[tuple[int, int], tuple[int, int], tuple[str, ...]] | None:
    """((n, N) of sensitivity, (n, N) of specificity, ids) where both are printed as counts, else None."""
    counts: dict[str, tuple[int, int, str]] = {}
    for statement in members:
        statistic = _statistic(statement)
        n, total = statistic.numerator, statistic.denominator
        if statistic.kind in ("sensitivity", "specificity") and n is not None and total and 0 <= n <= total:
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
        wanted = statement.predicate == "discriminates" and _statistic(statement).kind in DISCRIMINATION_KINDS
        if wanted and statement.evidence == "own" and sides.side(statement.object):
            groups[statement.source, statement.subject.identity].append(statement)
    rows = []
    for (source, quantity), members in groups.items():
        means = [one for one in known if (one.source, one.quantity.identity) == (source, quantity)]
        rows.append(_cut_off_row(members, sides, means))
    return [row for row in rows if row is not None]


def _cut_off_row(members: list[Statement], sides: Sides, means: Sequence[Measured]) -> Row | None:
    accurate = [s for s in members if _statistic(s).kind in ("sensitivity", "specificity")]
    targets = {sides.side(s.object) for s in accurate}
    accuracy, cut_off = _accuracy(accurate), _cut_off(members, sides, means)
    if accuracy is None or cut_off is None or len(targets) != 1:
        return None
    in_a, in_b, derived = _pointing_to_a(*accuracy, target_is_a=targets == {"a"})
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
    names = ("sensitivity", "specificity") if target_is_a else ("specificity", "sensitivity")
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
        statistic = _statistic(statement)
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
