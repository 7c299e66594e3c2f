"""This module finds two counts that may be of one finding under two names: a sign, and what the paper takes it for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, judge, place
from kg.verdict import Verdict

PLACES: Final = frozenset(("central", "peripheral", "scattered", "diffuse", "marginal", "rim", "perilesional"))
COMMON: Final = frozenset(("tumor", "tumour", "lesion", "finding", "area", "appearance", "pattern"))


def kin(paper: Paper) -> Iterator[Verdict]:
    """Has a sign the count of what the paper takes it for, in the same place of the lesion?

    "Low attenuation in the centre, which may be necrosis" in 2, and central necrosis in 1: whether they are one finding
    is for a reader to say.
    """
    taken_for = _taken_for(paper)
    counted = [number for number in paper.numbers if _counts_a_sign(number)]
    for one in counted:
        sign = one.first.object
        for other in counted:
            named = _words(other.first.object.label)
            same_place = _words(sign.label) & PLACES & named
            alike = taken_for.get(sign.identity, frozenset()) & named - PLACES - COMMON
            apart = sign.identity != other.first.object.identity and one.first.span != other.first.span
            if same_place and alike and apart and one.subjects & other.subjects:
                yield _compared(one, other)


def _taken_for(paper: Paper) -> Mapping[str, frozenset[str]]:
    """By sign, the words of what the paper itself says that it comes from."""
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for statement in paper.statements:
        if statement.predicate == "associated_with" and statement.evidence == "own" and statement.polarity == "present":
            found[statement.subject.identity] |= _words(statement.object.label)
    return found


def _words(label: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", label.casefold()))


def _counts_a_sign(number: Printed) -> bool:
    of = number.first
    told = of.predicate == "has_sign" and of.polarity == "present" and number.statistic.op is None
    return told and number.own and count_of(number.statistic) is not None


def _compared(one: Printed, other: Printed) -> Verdict:
    same = count_of(one.statistic) == count_of(other.statistic)
    said = "; ".join(f"{n.first.object.label}: {n.text} ({place(n)})" for n in (one, other))
    why = f"{said}: {'the same number' if same else 'are they one finding? A reader decides'}"
    return judge("kin", "consistent" if same else "not checkable", [one, other], explanation=why)
