"""This module proves the size of a named part of a cohort, such as the enhanced cases, from the counts of a finding."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.evidence.cells import Derivation, Reading, group_name
from kg.evidence.choice import sum_of_parts
from kg.evidence.lineage import Lineage

# Words of a group's or a technique's name that tell no group from another.
COMMON_WORDS: Final = frozenset(("all", "the", "with", "and", "case", "cases", "patients", "masses", "lesions"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenGroup:
    """A part of a cohort by the technique that examined it: its size, and the sum that proves it in words.

    `words` are those that the techniques of all parts share.
    """

    size: int
    words: frozenset[str]
    formula: str
    statements: tuple[str, ...]


def proven(findings: Iterable[tuple[str, Sequence[Reading], Sequence[Reading]]], lineage: Lineage) -> list[ProvenGroup]:
    """The groups that the findings of one paper and disease prove; each comes as (label, readings, possible parts).

    A count whose sub-counts by technique add up to it in n and in N proves the N.
    """
    return [group for finding in findings for group in _proven_by(*finding, lineage)]


def _proven_by(
    label: str, readings: Sequence[Reading], parts: Sequence[Reading], lineage: Lineage
) -> Iterator[ProvenGroup]:
    for reading in readings:
        found = sum_of_parts(reading, parts, lineage)
        techniques = [_words(part.modality) for part in found if part.modality is not None]
        words = frozenset.intersection(*techniques) if techniques else frozenset()
        if reading.total is not None and len(techniques) == len(found) and words:
            sum_of_totals = " + ".join(str(part.total) for part in found)
            yield ProvenGroup(
                size=reading.total,
                words=words,
                formula=f"{sum_of_totals} = {reading.total} by {label} ({' + '.join(part.text for part in found)})",
                statements=tuple(dict.fromkeys(i for part in found for i in part.statements)),
            )


def _words(name: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", (name or "").casefold())) - COMMON_WORDS


def apart_from_printed(reading: Reading, groups: Sequence[ProvenGroup], others: Sequence[Reading]) -> Reading:
    """A bare count of a named group with the group's proven size, if the same n is printed of another total elsewhere.

    Otherwise the reading as it was. Groups of different sizes under one name prove nothing.
    """
    name = _words(group_name(reading.population))
    fitting = {group.size: group for group in groups if name and name <= group.words}
    if reading.total is not None or len(fitting) != 1:
        return reading
    (group,) = fitting.values()
    rivals = [other for other in others if other.n == reading.n and other.total not in (None, group.size)]
    if not rivals or reading.n > group.size:
        return reading
    formula = f"{reading.population}, which are {group.formula}"
    inputs = (*reading.statements, *group.statements)
    derived = Derivation(formula=formula, inputs=tuple(dict.fromkeys(inputs)))
    return replace(reading, total=group.size, denominator_from="cohort", derived=derived, of_group=True)


def by_disease(keys: Iterable[tuple[str, str, str, int]]) -> Mapping[tuple[str, str], list[tuple[str, str, str, int]]]:
    """The keys of the facts by paper and disease."""
    found: dict[tuple[str, str], list[tuple[str, str, str, int]]] = {}
    for key in keys:
        found.setdefault(key[:2], []).append(key)
    return found
