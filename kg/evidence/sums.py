"""This module adds up what one sentence counts of one finding in patients told apart: one case, another case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import Final

from kg.evidence.cells import Derivation, Reading

ANOTHER: Final = re.compile(r"\b(?:another|additional|further)\b", re.IGNORECASE)


def added_up(readings: Iterable[Reading]) -> list[Reading]:
    """The readings with those of one sentence made one sum, where it says that they are of other patients.

    >>> from kg.model import Span
    >>> one = Reading(n=1, total=12, printed=("one case",), spans=(Span(start=0, end=9),), statements=("x1/a",))
    >>> other = replace(one, printed=("yet another case",), statements=("x1/b",))
    >>> [(found.text, found.derived.formula) for found in added_up([one, other])]
    [('2/12', '“one case” + “yet another case” = 2')]
    """
    together: dict[Hashable, list[Reading]] = defaultdict(list)
    for place, reading in enumerate(readings):
        together[_key(reading, place)].append(reading)
    return [found for members in together.values() for found in _sum(members)]


def _key(reading: Reading, place: int) -> Hashable:
    """What readings have in common that may be added up; a reading of several places, or of absences, stays alone."""
    if len(reading.spans) != 1 or reading.complement:
        return place
    return reading.spans, reading.total, reading.unit, reading.modality, reading.phases, reading.population


def _sum(members: list[Reading]) -> list[Reading]:
    apart = all(ANOTHER.search(reading.printed[0]) for reading in members[1:] if reading.printed)
    n = sum(reading.n for reading in members)
    first = members[0]
    possible = len(members) > 1 and apart and all(reading.printed for reading in members)
    if not possible or (first.total is not None and n > first.total):
        return members
    ids = tuple(identity for reading in members for identity in reading.statements)
    formula = f"{' + '.join(f'“{reading.printed[0]}”' for reading in members)} = {n}"
    return [
        replace(
            first,
            n=n,
            printed=tuple(reading.printed[0] for reading in members),
            sections=tuple(section for reading in members for section in reading.sections),
            spans=tuple(span for reading in members for span in reading.spans),
            statements=ids,
            derived=Derivation(formula=formula, inputs=ids),
        )
    ]
