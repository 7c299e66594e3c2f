"""This module chooses which of a paper's readings of one count is shown, and says why; the others stay beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, TypeVar

from kg.evidence.cells import DENOMINATOR_ORIGINS, Reading, group_name
from kg.evidence.lineage import Lineage

Value = TypeVar("Value")

# Where a count is at home, before where it is retold.
HOME_SECTIONS: Final = ("Table", "Results", "Abstract")
LARGEST_SUM: Final = 4  # parts of a sum that are looked for; no table splits a count by more modalities


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The reading that is shown, those that are not, and why; `undecided` if nothing in the paper speaks for one."""

    shown: Reading
    others: tuple[Reading, ...] = ()
    undecided: bool = False
    why: str = ""
    warnings: tuple[str, ...] = ()


def choose(readings: Sequence[Reading], parts: Iterable[Reading] = (), lineage: Lineage | None = None) -> Choice:
    """The reading to show of those that a paper prints for one fact.

    First one with a total; then one that sub-counts (`parts`, by modality or population) add up to; then a printed one
    before a derived one; then one that stands in more of Table, Results and Abstract; then the larger total; then the
    one printed more often.

    >>> choose([Reading(n=7, total=9, sections=("Discussion",)), Reading(n=7, total=10, sections=("Abstract",))]).why
    'Abstract 7/10; Discussion 7/9. Shown: 7/10, because it stands in the Abstract.'
    """
    known_parts, tree = list(parts), lineage or Lineage(None)
    sums = [sum_of_parts(reading, known_parts, tree) for reading in readings]
    weights = [_weight(reading, found) for reading, found in zip(readings, sums, strict=True)]
    best = max(range(len(readings)), key=weights.__getitem__)
    shown = readings[best]
    others = tuple(r for i, r in enumerate(readings) if i != best and r not in sums[best])
    rivals = [r for r in others if _contradicts(shown, r, tree)]
    return Choice(
        shown=shown,
        others=others,
        undecided=any(r.of_group or weights[readings.index(r)][:4] == weights[best][:4] for r in rivals),
        why=_why(shown, sums[best], others, tree),
        warnings=(*(w for r in (shown, *others) for w in r.warnings), *(_also(r) for r in rivals)),
    )


def join(readings: Iterable[Reading], lineage: Lineage) -> list[Reading]:
    """Readings with those that print the same count made one.

    Equal counts of two modalities stay two where a third reading is their sum: 3/6 on CT and 3/6 on MRI of 6/12.
    """
    every = list(readings)
    counts = {(reading.n, reading.total) for reading in every}
    joined: list[Reading] = []
    for reading in every:
        doubled = reading.total is not None and (2 * reading.n, 2 * reading.total) in counts
        same = (i for i, other in enumerate(joined) if (other.n, other.total) == (reading.n, reading.total))
        place = next((i for i in same if not doubled or lineage.alike(joined[i].modality, reading.modality)), None)
        if place is None:
            joined.append(reading)
        else:
            joined[place] = _merge(joined[place], reading, lineage)
    return joined


def _shared(one: str | None, other: str | None, lineage: Lineage) -> str | None:
    """The narrower of two modalities, None for two that exclude each other."""
    if one is None or other is None:
        return one or other
    if not lineage.related(one, other):
        return None
    return other if one in lineage.ancestors(other) else one


def _merge(one: Reading, other: Reading, lineage: Lineage) -> Reading:
    first = one.spans + other.spans
    order = sorted(range(len(first)), key=first.__getitem__)
    return replace(
        one,
        unit=one.unit or other.unit,
        denominator_from=_surest(one.denominator_from, other.denominator_from),
        printed=_ordered(one.printed + other.printed, order),
        complement=one.complement or other.complement,
        modality=_shared(one.modality, other.modality, lineage),
        phases=tuple(dict.fromkeys(one.phases + other.phases)),
        population=one.population or other.population,
        sections=_ordered(one.sections + other.sections, order),
        spans=_ordered(first, order),
        statements=_ordered(one.statements + other.statements, order),
        warnings=tuple(dict.fromkeys(one.warnings + other.warnings)),
        notes=tuple(dict.fromkeys(one.notes + other.notes)),
        derived=one.derived and other.derived,
    )


def _ordered(values: tuple[Value, ...], order: Sequence[int]) -> tuple[Value, ...]:
    return tuple(values[place] for place in order)


def _surest(*origins: str | None) -> str | None:
    return min((origin for origin in origins if origin), key=DENOMINATOR_ORIGINS.index, default=None)


def sum_of_parts(whole: Reading, parts: Iterable[Reading], lineage: Lineage) -> tuple[Reading, ...]:
    """Sub-counts of groups apart that add up to the whole in n and in N; empty if none do."""
    usable = [p for p in parts if p.total is not None and p is not whole]
    for size in range(2, LARGEST_SUM + 1):
        for chosen in combinations(usable, size):
            sums = sum(p.n for p in chosen), sum(p.total or 0 for p in chosen)
            if sums == (whole.n, whole.total) and all(_apart(*pair, lineage) for pair in combinations(chosen, 2)):
                return chosen
    return ()


def _apart(one: Reading, other: Reading, lineage: Lineage) -> bool:
    """Whether two readings are of groups apart: other modalities or populations, or side by side in one sentence."""
    populations = one.population and other.population and group_name(one.population) != group_name(other.population)
    side_by_side = not set(one.spans).isdisjoint(other.spans)
    return bool(populations) or side_by_side or not lineage.alike(one.modality, other.modality)


def _weight(reading: Reading, parts: tuple[Reading, ...]) -> tuple[int, ...]:
    """What speaks for showing a reading; compared from left to right."""
    return (
        int(reading.total is not None),
        int(bool(parts)),
        int(reading.derived is None),
        len(set(reading.sections) & set(HOME_SECTIONS)),
        reading.total or 0,
        len(reading.statements),
    )


def _contradicts(shown: Reading, other: Reading, lineage: Lineage) -> bool:
    """Whether two readings claim to be one count: the same n of another total, or another n of the same total.

    A different population excuses both, a different modality the second: 5/8 on CT and 3/8 on MRI can both be right.
    """
    if other.total is None:
        return False
    if other.of_group:
        return shown.n == other.n and shown.total != other.total
    if shown.population and other.population and group_name(shown.population) != group_name(other.population):
        return False
    return shown.n == other.n or (shown.total == other.total and lineage.alike(shown.modality, other.modality))


def _also(reading: Reading) -> str:
    where = ", ".join(dict.fromkeys(reading.sections))
    if reading.of_group and reading.derived is not None:
        return f"{where} also means {reading.text}: {reading.derived.formula}"
    return f"also printed {reading.text} ({where})"


def _why(shown: Reading, parts: tuple[Reading, ...], others: tuple[Reading, ...], lineage: Lineage) -> str:
    """Each reading with its sections, then which is shown and the reason; empty where there is nothing to choose."""
    if not others and not parts:
        return ""
    versions = [f"{', '.join(dict.fromkeys(r.sections))} {_described(r, lineage)}" for r in (shown, *others)]
    if parts:
        total = " + ".join(f"{_described(part, lineage)}" for part in parts)
        versions.insert(1, f"{', '.join(dict.fromkeys(p for r in parts for p in r.sections))} {total} = {shown.text}")
    return f"{'; '.join(versions)}. Shown: {shown.text}, {_reason(shown, parts, others)}."


def _described(reading: Reading, lineage: Lineage) -> str:
    if reading.of_group and reading.derived is not None:
        return f"{reading.text} ({reading.derived.formula})"
    label = lineage.name(reading.modality) if reading.modality is not None else reading.population
    return f"{reading.text} {label}" if label else reading.text


def _reason(shown: Reading, parts: tuple[Reading, ...], others: tuple[Reading, ...]) -> str:
    if parts:
        return "because the sub-counts add up to it"
    if all(other.total is None for other in others) and shown.total is not None:
        return "because its total is known"
    if any(other.derived is not None for other in others) and shown.derived is None:
        return "because it is printed as a count"
    homes = [s for s in dict.fromkeys(shown.sections) if s in HOME_SECTIONS]
    if homes and not all(set(other.sections) & set(HOME_SECTIONS) for other in others):
        return f"because it stands in the {' and '.join(homes)}"
    return "because it has the larger total or stands in more places; the paper does not decide between them"
