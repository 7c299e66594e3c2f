"""This module groups findings that speak of one thing, so that no ratio is multiplied with its own shadow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.evidence import Hierarchy
from kg.model import Concept, Statement


def variables(statements: Iterable[Statement]) -> dict[str, frozenset[str]]:
    """The variables that the papers give each finding as a level of, by the finding's key."""
    found: dict[str, set[str]] = {}
    for statement in statements:
        if statement.variable is not None:
            found.setdefault(statement.object.identity, set()).add(statement.variable.identity)
    return {finding: frozenset(names) for finding, names in found.items()}


def grouped(
    findings: Sequence[str], levels: Mapping[str, frozenset[str]], hierarchy: Hierarchy
) -> tuple[tuple[str, ...], ...]:
    """Findings in groups, each sorted, the groups by their first.

    Two belong together if one lies below the other, if both lie below one concept, or if papers give both, or what
    lies below them, as levels of one variable; and so do two that each belong together with a third.
    """
    groups: list[tuple[set[str], set[str]]] = []
    for finding in sorted(findings):
        members, names = {finding}, _names(finding, levels, hierarchy)
        apart = []
        for other, theirs in groups:
            if names & theirs:
                members, names = members | other, names | theirs
            else:
                apart.append((other, theirs))
        groups = [*apart, (members, names)]
    return tuple(sorted(tuple(sorted(members)) for members, _ in groups))


def _names(finding: str, levels: Mapping[str, frozenset[str]], hierarchy: Hierarchy) -> set[str]:
    """What a finding belongs to: itself, what lies above it, and what it, or what lies below it, is a level of."""
    below = [key for key in levels if finding in hierarchy.ancestors(key)]
    names = {finding, *(variable for key in (finding, *below) for variable in levels.get(key, ()))}
    return names | {above for name in names for above in hierarchy.ancestors(name)}


def exclusive(
    present: Iterable[str], levels: Mapping[str, frozenset[str]], concepts: Mapping[str, Concept]
) -> list[str]:
    """A sentence for each variable of which two levels are given as present: only one can be."""
    given: dict[str, list[str]] = {}
    for finding in sorted(present):
        for variable in sorted(levels.get(finding, ())):
            given.setdefault(variable, []).append(finding)
    return [
        f"{' and '.join(_label(key, concepts) for key in several)} are levels of one variable, "
        f"{_label(variable, concepts)}: usually only one can be present"
        for variable, several in given.items()
        if len(several) > 1
    ]


def _label(key: str, concepts: Mapping[str, Concept]) -> str:
    return concepts[key].label if key in concepts else key
