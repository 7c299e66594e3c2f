"""This module sets two counted cells against each other: ratio, 2x2 measures, reading, and the levels of a variable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.compare.comparison import Proportion, Row, TwoByTwo
from kg.evidence.cells import Cell
from kg.measures import (
    Ratio,
    display,
    fisher,
    likelihood_ratio,
    negative_likelihood_ratio,
    newcombe,
    odds_ratio,
    wilson,
)


def proportion(n: int, total: int) -> Proportion:
    """A count with its Wilson interval."""
    return Proportion(n=n, total=total, interval=wilson(n, total))


def two_by_two(a: tuple[int, int], b: tuple[int, int]) -> TwoByTwo:
    """The measures of a finding as a test of A against B, from (n, N) in each.

    >>> table = two_by_two((15, 23), (2, 23))
    >>> table.specificity.n, round(table.difference.estimate, 2)
    (21, 0.57)
    """
    (a_n, a_total), (b_n, b_total) = a, b
    return TwoByTwo(
        a_with=a_n,
        a_without=a_total - a_n,
        b_with=b_n,
        b_without=b_total - b_n,
        sensitivity=proportion(a_n, a_total),
        specificity=proportion(b_total - b_n, b_total),
        positive=likelihood_ratio(*a, *b),
        negative=negative_likelihood_ratio(*a, *b),
        odds=odds_ratio(*a, *b),
        difference=newcombe(*a, *b),
        fisher_p=fisher(*a, *b),
    )


def reading_of(ratio: Ratio) -> str:
    """What one study's ratio says: it may favour A or B if its interval is clear of 1.

    >>> reading_of(Ratio(1.8, 0.998, 3.2)), reading_of(Ratio(0.29, 0.14, 0.58))
    ('does_not_separate', 'may_favour_b')
    """
    if ratio.low > 1:
        return "may_favour_a"
    return "may_favour_b" if ratio.high < 1 else "does_not_separate"


def ratio_text(ratio: Ratio) -> str:
    """A ratio with its limits: '7.5 (1.9–29)'."""
    return f"{display(ratio.estimate)} ({display(ratio.low)}–{display(ratio.high)})"


def contrast(a: Cell, b: Cell) -> Row:
    """The row of a finding counted in both groups; the cells are of one finding and one unit of analysis."""
    measures = two_by_two(a.count, b.count)
    ratio = measures.positive
    within = a.source == b.source
    return Row(
        kind="counted",
        label=a.finding.label,
        finding=a.finding,
        predicate=a.predicate,
        a=a,
        b=b,
        reading=reading_of(ratio),
        why=_why(ratio),
        variable=a.variable or b.variable,
        ratio=ratio,
        bound=ratio.bound,
        within_study=within,
        source=a.source if within else None,
        measures=measures,
        notes=("0.5 was added to all four cells, because one of them is 0",) if ratio.corrected else (),
        warnings=() if within else ("two studies: different hospitals, scanners and definitions",),
    )


def _why(ratio: Ratio) -> str:
    if reading_of(ratio) == "does_not_separate":
        return f"the interval of the likelihood ratio, {ratio_text(ratio)}, holds 1"
    return f"the interval of the likelihood ratio, {ratio_text(ratio)}, is clear of 1"


def turned(row: Row) -> Row:
    """The row of the finding's absence."""
    if row.a is None or row.b is None:
        return row
    label = row.finding.label if row.negated else f"no {row.finding.label}"
    other = contrast(row.a.turned, row.b.turned)
    return replace(other, label=label, negated=not row.negated, variable=row.variable, derived=row.derived)


def paired(cells_a: Iterable[Cell], cells_b: Iterable[Cell], *, cross_study: bool = False) -> list[Row]:
    """A row for each finding that one study counted in both groups, in the same unit and no different phase.

    With `cross_study`, also for each finding that no single study counted in both but two studies did.
    """
    by_finding: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells_b:
        if cell.counted:
            by_finding[cell.finding.identity].append(cell)
    pairs = [(a, b) for a in cells_a if a.counted for b in by_finding.get(a.finding.identity, ()) if comparable(a, b)]
    same = [(a, b) for a, b in pairs if a.source == b.source]
    covered = {a.finding.identity for a, _ in same}
    across = [(a, b) for a, b in pairs if a.source != b.source and a.finding.identity not in covered]
    return [contrast(a, b) for a, b in (same + across if cross_study else same)]


def comparable(a: Cell, b: Cell) -> bool:
    """Whether two counts of one finding are of one unit of analysis and of no different phase."""
    phases = not a.phases or not b.phases or bool(set(a.phases) & set(b.phases))
    return phases and a.unit == b.unit


def levels_joined(rows: Sequence[Row]) -> list[Row]:
    """Rows with the levels of one variable put together.

    Levels exclude each other where they add up to the whole in one group and to no more in the other, which is then
    warned of. Of two such levels, the one more frequent in A is the row and the other its complement; three or more
    stay rows and name their variable as `group`. A finding of which the paper also prints the absence is a variable of
    two levels by itself.
    """
    together: dict[tuple[str | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        variable = row.variable.identity if row.variable is not None else row.finding.identity
        together[row.source, variable].append(row)
    joined: list[Row] = []
    for members in together.values():
        warnings = _missing_from_levels(members) if len(members) > 1 else None
        if warnings is None:
            joined += [_oriented(row) for row in members]
            continue
        warned = [replace(row, warnings=(*row.warnings, *warnings)) for row in members]
        if len(warned) == 2:
            joined.append(_with_complement(*sorted(warned, key=_share_in_a, reverse=True)))
        else:
            joined += [replace(row, group=row.variable.label if row.variable else None) for row in warned]
    return joined


def _missing_from_levels(rows: Sequence[Row]) -> tuple[str, ...] | None:
    """What is missing where levels do not add up, in words; None if they do not exclude each other."""
    warnings = []
    for letter, cells in (("A", [row.a for row in rows]), ("B", [row.b for row in rows])):
        counts = [cell.count for cell in cells if cell is not None and cell.counted]
        totals = {total for _, total in counts}
        there, total = sum(n for n, _ in counts), max(totals, default=0)
        if len(totals) != 1 or there > total:
            return None
        if there < total:
            warnings.append(f"the levels add up to {there} of {total} in {letter}")
    return tuple(warnings) if len(warnings) < 2 else None


def _share_in_a(row: Row) -> float:
    return (row.a.percent or 0.0) if row.a is not None else 0.0


def _with_complement(shown: Row, other: Row) -> Row:
    return replace(shown, complement=replace(other, kind="counted"))


def _oriented(row: Row) -> Row:
    """A finding whose absence is printed too: the side more frequent in A is the row."""
    if row.a is None or row.b is None or not (row.a.complement or row.b.complement):
        return row
    other = turned(row)
    shown, hidden = (other, row) if _share_in_a(other) > _share_in_a(row) else (row, other)
    return _with_complement(shown, hidden)


def agreed(rows: Sequence[Row]) -> list[Row]:
    """Rows of findings on which two or more studies agree, and none points the other way, say 'favours'."""
    sides: dict[tuple[str, bool], dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if row.within_study:
            sides[row.finding.identity, row.negated][row.reading].add(row.source)
    return [_agreed(row, sides[row.finding.identity, row.negated]) for row in rows]


def _agreed(row: Row, found: dict[str, set[str | None]]) -> Row:
    opposite = {"may_favour_a": "may_favour_b", "may_favour_b": "may_favour_a"}.get(row.reading)
    sources = found.get(row.reading, set())
    if opposite is None or len(sources) < 2 or found.get(opposite):
        return row
    reading = row.reading.removeprefix("may_").replace("favour_", "favours_")
    return replace(row, reading=reading, why=f"{row.why}; {len(sources)} studies agree")


def ranked(rows: Iterable[Row], sort: str = "bound") -> tuple[Row, ...]:
    """Rows in the order asked for; `rank` is always by bound, the interval's limit on the side of 1, largest first."""
    by_bound = sorted(rows, key=lambda row: (-(row.bound or 0.0), row.label.casefold(), row.source or ""))
    numbered = [replace(row, rank=number) for number, row in enumerate(by_bound, start=1)]
    if sort == "lr":
        numbered.sort(key=lambda row: -(row.ratio.estimate if row.ratio else 0.0))
    elif sort == "name":
        numbered.sort(key=lambda row: row.label.casefold())
    elif sort == "phase":
        numbered.sort(key=lambda row: row.a.phases if row.a is not None else ())
    return tuple(numbered)
