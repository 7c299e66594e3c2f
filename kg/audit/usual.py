"""This module finds where two papers call opposite findings the usual one of a disease."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.audit.paper import Paper, count_of, total_of
from kg.evidence.cells import group_name
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Statement
from kg.verdict import Verdict

OPPOSITES: Final = (
    ("solitary-lesion", "multiple-lesions"),
    ("well-defined-margin", "ill-defined-margin"),
    ("hypervascular", "hypovascular"),
    ("homogeneous-appearance", "heterogeneous-appearance"),
    ("homogeneous-enhancement", "heterogeneous-enhancement"),
    ("arterial-phase-hyperenhancement", "arterial-phase-hypoenhancement"),
    ("hyperenhancement", "hypoenhancement"),
    ("t1-hypointensity", "t1-hyperintensity"),
    ("t2-hypointensity", "t2-hyperintensity"),
    ("restricted-distribution", "diffuse-distribution"),
)
"""Findings of which a lesion, or a patient, usually has the one or the other."""

USUAL: Final = re.compile(
    r"\b(?:usually|typically|mostly|mainly|predominantly|generally|commonly|in most cases)\b", re.IGNORECASE
)
_OPPOSITE: Final = {one: other for pair in OPPOSITES for one, other in (pair, pair[::-1])}


def usual(papers: Sequence[Paper]) -> Iterator[Verdict]:
    """Do two papers call the same one of two opposite findings usual in a disease?"""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in (statement for paper in papers for statement in paper.statements):
        pair = _usual_of(statement)
        if pair is not None:
            found[pair].append(statement)
    for members in found.values():
        for one, other in combinations(members, 2):
            if one.source != other.source and _one_disease(one, other, papers[0]):
                yield _told(one, other)


def _one_disease(one: Statement, other: Statement, paper: Paper) -> bool:
    """Whether two statements are of one disease, or of one and a kind of it with nothing in between."""
    a, b = one.subject.identity, other.subject.identity
    above = {key: paper.broader(key) for key in (a, b)}  # every paper knows the same kinds
    return a == b or above[b] - above[a] == {a} or above[a] - above[b] == {b}


def _usual_of(statement: Statement) -> str | None:
    """The pair of opposites, by phase, of which a statement calls one usual; None if it calls none so."""
    key = statement.object.key or ""
    if key not in _OPPOSITE or statement.predicate != "has_sign" or statement.polarity != "present":
        return None
    if statement.hedged or statement.section == ONE_PATIENT or group_name(statement.population) is not None:
        return None
    if statement.statistic is None:
        said = USUAL.search(statement.quote) is not None
    else:
        n, total = count_of(statement.statistic), total_of(statement.statistic)
        said = statement.evidence == "own" and n is not None and total is not None and 2 * n > total
    pair = "/".join(sorted((key, _OPPOSITE[key])))
    return f"{pair}|{'|'.join(statement.phases)}" if said else None


def _told(one: Statement, other: Statement) -> Verdict:
    same = one.object.key == other.object.key
    said = "; ".join(f"{s.source}: {s.object.label}{_number(s)} in {s.subject.label}" for s in (one, other))
    return Verdict(
        source=one.source,
        check="usual",
        verdict="consistent" if same else "disagreement",
        printed="; ".join(_number(s).strip(" ()") or s.object.label for s in (one, other)),
        recomputed="",
        explanation=said,
        quotes=tuple(dict.fromkeys(" ".join(s.quote.split()) for s in (one, other))),
        statements=(one.id, other.id),
    )


def _number(statement: Statement) -> str:
    return f" ({' '.join(statement.statistic.printed.split())})" if statement.statistic is not None else ""
