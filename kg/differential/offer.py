"""This module says which findings a case of two diseases can be described by, grouped so that none counts twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.compare import Comparison, Row, compare
from kg.differential.correlation import grouped, variables
from kg.differential.graph import differential
from kg.differential.result import Findings, Study
from kg.evidence import FINDING_TYPES, Lineage
from kg.lookup import vocabulary_of
from kg.model import Concept
from kg.store import Store

MOST_OFFERED: Final = 16  # of findings that no study counted in both: a form that can be read


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One choice: the levels of one variable, of which one can be there, or a single finding that is there or not.

    `labels` are what the studies counted, by finding, where that is more than the finding's name (a cut-off).
    """

    title: str
    levels: tuple[Concept, ...]
    labels: Mapping[str, str]

    @property
    def is_variable(self) -> bool:
        """Whether it is a choice of levels; then no level can be said to be absent."""
        return len(self.levels) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Controls that speak of one thing: of all that is chosen in them one ratio is used."""

    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be asked of two diseases: groups of controls, and whom the studies were about.

    `counted` is false where no study counted any finding in both: then nothing but a list of matches can come of it.
    """

    groups: tuple[Group, ...]
    studies: tuple[Study, ...]
    counted: bool


def offer(store: Store, a: str, b: str) -> Offer:
    """The findings that tell two diseases (concept keys) apart, else those that are known of one of them."""
    vocabulary = vocabulary_of(store)
    found = compare(store, a, b)
    counted = tuple(_usable(found.counted, vocabulary.concepts))
    rows = counted or tuple(_usable((*found.one_sided, *found.words), vocabulary.concepts))[:MOST_OFFERED]
    controls = _controls(rows, vocabulary.concepts)
    keys = [concept.key for control in controls for concept in control.levels]
    together = grouped(keys, variables(found.statements.values()), Lineage.of(vocabulary))
    groups = tuple(_group(controls, members) for members in together)
    order = {key: place for place, key in enumerate(keys)}
    ranked = sorted(groups, key=lambda group: order[group.controls[0].levels[0].key])
    return Offer(groups=tuple(ranked), studies=_studies(store, found, keys), counted=bool(counted))


def _usable(rows: Iterable[Row], concepts: Mapping[str, Concept]) -> Iterator[Row]:
    """Rows of findings that have a concept: a paper's own words cannot be asked for."""
    for row in rows:
        concept = concepts.get(row.finding.key or "")
        if concept is not None and concept.type in FINDING_TYPES:
            yield row


def _controls(rows: Sequence[Row], concepts: Mapping[str, Concept]) -> list[Control]:
    """Rows of one variable are one control; a row whose complement is another finding has both as levels."""
    levels: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    for row in rows:
        key = row.finding.key or ""
        other = row.complement.finding.key if row.complement is not None else None
        alone = other in (None, key)
        name = row.group or (row.variable.label if row.variable is not None and not alone else concepts[key].label)
        titles.setdefault(name, name)
        levels.setdefault(name, {})[key] = concepts[key].label if row.negated else row.label
        if row.complement is not None and other and not alone and other in concepts:
            levels[name][other] = row.complement.label
    return [
        Control(title=titles[name], levels=tuple(concepts[key] for key in found), labels=found)
        for name, found in levels.items()
    ]


def _group(controls: Iterable[Control], members: Sequence[str]) -> Group:
    return Group(controls=tuple(one for one in controls if any(level.key in members for level in one.levels)))


def _studies(store: Store, found: Comparison, keys: Sequence[str]) -> tuple[Study, ...]:
    if not keys:
        return ()
    every = Findings(present=tuple(dict.fromkeys(keys)))
    return differential(store, every, among=[found.a.key, found.b.key], in_scope=False).studies
