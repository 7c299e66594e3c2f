"""This module finds what a study measured in both groups, and the tests that it prints for just these values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from kg.compare.comparison import Measured, Sides
from kg.compare.printed import about, attached, of_pair, statistic_of
from kg.measures import Difference, Sample, hedges_g
from kg.model import Cohort, Statement

TEST_KINDS: Final = ("test_statistic", "p_value")


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
    all_values = [a for a, _ in pairs]
    return tuple(_measured(a, b, tests_of(a, all_values, results, sides), cohorts, sides) for a, b in pairs)


def _measured(
    a: Statement, b: Statement, tests: Iterable[Statement], cohorts: Sequence[Cohort], sides: Sides
) -> Measured:
    values = [(statistic_of(s), _size(s, cohorts)) for s in (a, b)]
    samples = [
        Sample(float(v.mean), float(v.sd), size)
        for v, size in values
        if v.mean is not None and v.sd is not None and size is not None and size > 1
    ]
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
        attached=tuple(attached(s, sides) for s in tests),
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


def tests_of(
    value: Statement, values: Sequence[Statement], results: Iterable[Statement], sides: Sides
) -> list[Statement]:
    """The printed tests of a measured value, each number once; `values` are all that the papers measured.

    Those of the value's own sentence come before those of any other, for each kind of test.
    """
    same = [v for v in values if (v.source, v.object.identity) == (value.source, value.object.identity)]
    mine = [s for s in results if _tests_quantity(s, value, sides)]
    found: list[Statement] = []
    for kind in TEST_KINDS:
        of_kind = [s for s in mine if statistic_of(s).kind == kind]
        near = _of_phases([s for s in of_kind if s.span == value.span], value, same)
        found += near or _of_phases([s for s in of_kind if s.span != value.span], value, same)
    return sorted(found, key=lambda s: statistic_of(s).span)


def _tests_quantity(result: Statement, value: Statement, sides: Sides) -> bool:
    same = result.source == value.source and about(result, sides).identity == value.object.identity
    return same and of_pair(result, sides)


def _of_phases(tests: Sequence[Statement], value: Statement, values: Sequence[Statement]) -> list[Statement]:
    """The tests of one kind that are of the value's phases: said to be, or standing at its place in a list.

    A sentence that prints several numbers for the same phases belongs to none of them; where the phases are not known,
    there must be one value and one number only.
    """
    unknown = [s for s in tests if not s.phases or not value.phases]
    if unknown:
        single = len(values) == 1 and len({_number(s) for s in unknown}) == 1
        return unknown[:1] if single else []
    found: dict[object, Statement] = {}
    for test in tests:
        peers = [s for s in tests if s.span == test.span and set(s.phases) == set(test.phases)]
        fits = set(test.phases) == set(value.phases) and len({_number(s) for s in peers}) == 1
        if fits or _at_the_same_place(test, peers, value, values):
            found.setdefault(_number(test), test)
    return list(found.values())


def _at_the_same_place(
    test: Statement, peers: Sequence[Statement], value: Statement, values: Sequence[Statement]
) -> bool:
    """Whether one sentence lists as many tests of all its phases as values, and the two stand at one place."""
    listed = sorted((v for v in values if v.span == test.span), key=lambda v: statistic_of(v).span)
    if value not in listed or len(listed) != len(peers) or not set(value.phases) < set(test.phases):
        return False
    return sorted(peers, key=lambda s: statistic_of(s).span).index(test) == listed.index(value)


def _number(statement: Statement) -> object:
    """A printed number as a value: "P =0.008" and "P=0.008" are one."""
    statistic = statement.statistic
    return statistic and (statistic.kind, statistic.op or "=", tuple(value for _, value in statistic.numbers()))
