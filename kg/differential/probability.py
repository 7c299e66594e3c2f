"""This module carries counts of one study, or of a pool of studies, through Bayes' rule over several diseases."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.differential.known import Known, shared_counts, turned
from kg.differential.result import DifferentialError
from kg.evidence import Cell, Hierarchy
from kg.measures import (
    LEVEL,
    Likelihood,
    Pooled,
    Ratio,
    likelihood_ratio,
    likelihoods,
    normal_quantile,
    pool_ratios,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What one study counted of one finding in two diseases or more.

    `finding` is the one asked for, `counted` the one that the study has, which may be narrower or broader.
    """

    finding: str
    present: bool
    counted: str
    source: str
    cells: Mapping[str, Cell]

    @property
    def patients(self) -> int:
        return sum(cell.total or 0 for cell in self.cells.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a finding says between the diseases of a panel: a likelihood for each, in their order.

    `ratio` is that for the first of two diseases; None for more. `bound` is how clearly it tells any two of them apart:
    the largest limit of a ratio on the side of 1.
    """

    finding: str
    present: bool
    counted: str
    cells: tuple[Cell, ...]
    likelihoods: tuple[Likelihood, ...]
    corrected: bool
    ratio: Ratio | None = None
    pooled: Pooled | None = None

    @property
    def bound(self) -> float:
        return max(ratio_of(*pair).bound for pair in combinations(self.likelihoods, 2))


def ratio_of(one: Likelihood, other: Likelihood) -> Ratio:
    """The likelihood ratio for one disease against another, with its interval (95 %)."""
    estimate = math.exp(one.log - other.log)
    factor = math.exp(normal_quantile(LEVEL) * math.sqrt(one.variance + other.variance))
    return Ratio(estimate, estimate / factor, estimate * factor)


def contrasts(
    known: Mapping[str, Known], findings: Iterable[tuple[str, bool]], hierarchy: Hierarchy
) -> tuple[Contrast, ...]:
    """What each study counted, in at least two of the diseases, that bears on a finding; the nearest finding first."""
    found = []
    for finding, present in findings:
        for key in _related(known, finding, hierarchy, present=present):
            for source in sorted(set().union(*(one.sources(key) for one in known.values()))):
                cells = shared_counts(known, key, source)
                if len(cells) > 1:
                    found.append(Contrast(finding=finding, present=present, counted=key, source=source, cells=cells))
    return tuple(found)


def _related(known: Mapping[str, Known], finding: str, hierarchy: Hierarchy, *, present: bool) -> list[str]:
    """The finding, those below it, and those above it if the patient has it: what is there is there by each name."""
    every = dict.fromkeys(key for one in known.values() for key in one.keys(finding, present=present))
    broader = list(hierarchy.ancestors(finding)) if present else []
    narrower = sorted(set(every) - {finding, *broader})
    return [finding, *narrower, *broader]


def panel_of(found: Sequence[Contrast], groups: Mapping[str, str], order: Sequence[str]) -> tuple[str, ...]:
    """The diseases to give a probability: the largest set that one study counted a finding in, in the order given.

    Of equally large ones, that with most groups of findings, then most patients, then the first by name.
    """
    panels = {frozenset(contrast.cells) for contrast in found}
    if not panels:
        return ()

    def standing(panel: frozenset[str]) -> tuple[int, int, int, tuple[str, ...]]:
        covering = [contrast for contrast in found if panel <= set(contrast.cells)]
        patients = {contrast.source: contrast.patients for contrast in covering}
        told = len({groups[contrast.finding] for contrast in covering})
        return -len(panel), -told, -sum(patients.values()), tuple(sorted(panel))

    chosen = min(panels, key=standing)
    return tuple(key for key in order if key in chosen)


def weights(found: Sequence[Contrast], panel: Sequence[str]) -> tuple[Weight, ...]:
    """One weight for each finding that a study counted in the whole panel, by the nearest finding that one counted."""
    covering = [contrast for contrast in found if set(panel) <= set(contrast.cells)]
    chosen: dict[str, list[Contrast]] = {}
    for contrast in covering:
        same = chosen.setdefault(contrast.finding, [])
        if not same or same[0].counted == contrast.counted:
            same.append(contrast)
    return tuple(_weight(same, panel) for same in chosen.values())


def _weight(studies: Sequence[Contrast], panel: Sequence[str]) -> Weight:
    """Of two diseases the ratios of several studies are pooled; of more, the largest study speaks."""
    largest = min(studies, key=lambda study: (-study.patients, study.source))
    used = sorted(studies, key=lambda study: study.source) if len(panel) == 2 else [largest]
    counts = [turned([study.cells[key] for key in panel], present=study.present) for study in used]
    pooled = pool_ratios([(*a, *b) for a, b in counts]) if len(used) > 1 else None
    found, corrected = (_from_pool(pooled), pooled.corrected) if pooled else likelihoods(counts[0])
    return Weight(
        finding=largest.finding,
        present=largest.present,
        counted=largest.counted,
        cells=tuple(study.cells[key] for study in used for key in panel),
        likelihoods=found,
        corrected=corrected,
        ratio=pooled.ratio if pooled else _ratio(counts[0]),
        pooled=pooled,
    )


def _ratio(counts: Sequence[tuple[int, int]]) -> Ratio | None:
    return likelihood_ratio(*counts[0], *counts[1]) if len(counts) == 2 else None


def _from_pool(pooled: Pooled) -> tuple[Likelihood, ...]:
    """The likelihoods of two diseases whose ratio is the pooled one, all of its variance with the first."""
    error = math.log(pooled.high / pooled.low) / (2 * normal_quantile(LEVEL))
    return Likelihood(math.log(pooled.estimate), error**2), Likelihood(0.0, 0.0)


def clearest(found: Iterable[Weight], groups: Mapping[str, str]) -> tuple[tuple[Weight, tuple[str, ...]], ...]:
    """The weight that stands for each group, the clearest first, with the findings of the group that it leaves out."""
    by_group: dict[str, list[Weight]] = {}
    for weight in found:
        by_group.setdefault(groups[weight.finding], []).append(weight)
    ordered = [sorted(members, key=_order) for members in by_group.values()]
    chosen = [(members[0], tuple(sorted(one.finding for one in members[1:]))) for members in ordered]
    return tuple(sorted(chosen, key=lambda pair: _order(pair[0])))


def _order(weight: Weight) -> tuple[float, str]:
    return -weight.bound, weight.finding


def starting(candidates: Sequence[str], given: Mapping[str, float]) -> dict[str, float]:
    """The probability of each disease before anything is known: as given, the rest shared equally.

    >>> starting(["a", "b", "c"], {"a": 0.5})
    {'a': 0.5, 'b': 0.25, 'c': 0.25}
    """
    for key, share in given.items():
        if key not in candidates:
            raise DifferentialError(f"a starting probability is given for {key!r}, which is not among the diseases")
        if not 0 <= share <= 1:
            raise DifferentialError(f"the starting probability of {key!r} is {share}; allowed: 0 to 1, such as 0.3")
    total, others = math.fsum(given.values()), [key for key in candidates if key not in given]
    if total > 1 + 1e-9 or (not others and not math.isclose(total, 1, abs_tol=1e-6)):
        wanted = "at most 1" if others else "1"
        raise DifferentialError(f"the starting probabilities add up to {total:g}; allowed: {wanted} over all diseases")
    left = max(0.0, 1 - total) / len(others) if others else 0.0
    return {key: given.get(key, left) for key in candidates}


def within_panel(before: Mapping[str, float], panel: Sequence[str]) -> tuple[float, ...]:
    """The starting probabilities of the panel alone; they add up to 1. DifferentialError if all of them are 0."""
    total = math.fsum(before[key] for key in panel)
    if total == 0:
        raise DifferentialError(f"the starting probabilities of {', '.join(panel)} are all 0; give one of them more")
    return tuple(before[key] / total for key in panel)
