"""This module holds the cell of evidence: one source, one disease, one finding, with its count and its places."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from kg.measures import Interval, wilson
from kg.model import Entity, Span, require_one_of

STATES: Final = ("seen", "zero", "in_words", "not_reported", "assessed", "disagree")
WHOLE_GROUP: Final = re.compile(
    r"(?:all|none|each|every|any|no)(?: of)?(?: the| these| our)?(?: \d+)? "
    r"(?:patient|case|participant|subject|individual|mass|lesion|tumou?r|nodule|metastas[ie])(?:s|es)?",
    re.IGNORECASE,
)
DENOMINATOR_ORIGINS: Final = ("printed", "cohort", "percent")


def group_name(population: str | None) -> str | None:
    """A population's name without its case and blanks; None for the whole group, whatever it is called.

    >>> group_name("All masses"), group_name("None of the patients"), group_name("Contrast-enhanced  cases")
    (None, None, 'contrast-enhanced cases')
    """
    if population is None or WHOLE_GROUP.fullmatch(" ".join(population.split())):
        return None
    return " ".join(population.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a value that no paper printed was computed: the formula in words and the ids of the statements it used."""

    formula: str
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One version of a count, as a paper prints it in one or more places.

    `n` of `total` have the finding (a printed absence is turned round, then `complement` is true). `total` is None
    where neither the place nor the cohort nor a percentage gives it; `denominator_from` says which of them did.
    `of_group` is true where the total is that of a named part of the cohort, which another finding of the paper proves.
    `printed`, `sections`, `spans` and `statements` are parallel, in the order of the text.
    """

    n: int
    total: int | None
    unit: str | None = None
    denominator_from: str | None = None
    printed: tuple[str, ...] = ()
    complement: bool = False
    modality: str | None = None
    phases: tuple[str, ...] = ()
    population: str | None = None
    sections: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    statements: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derived: Derivation | None = None
    of_group: bool = False

    def __post_init__(self) -> None:
        if self.denominator_from is not None:
            require_one_of("origin of a denominator", self.denominator_from, DENOMINATOR_ORIGINS)
        if len(self.spans) != len(self.statements):
            raise ValueError(f"{len(self.spans)} spans of {len(self.statements)} statements; allowed: one for each")

    @property
    def text(self) -> str:
        """`n/N`, or `n` alone where no denominator is known.

        >>> Reading(n=7, total=10).text, Reading(n=7, total=None).text
        ('7/10', '7')
        """
        return str(self.n) if self.total is None else f"{self.n}/{self.total}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one source says of one finding in one disease.

    `state` is one of STATES; `n`, `total` and `interval` (Wilson, 95 %) are given for seen, zero and disagree only.
    `used` are the ids of the statements that print the shown reading, `statements` those of every place that repeats
    the fact, in words too. `complement` is true where some place prints the absence instead. `alternatives` are the
    readings that are not shown; `why` says why the shown one is. `warnings` are sentences with their arithmetic.
    `derived` is set where no place prints the shown count. `group` is the label of the narrower disease that fills the
    cell of a broader one.
    """

    source: str
    disease: Entity
    finding: Entity
    predicate: str
    state: str
    variable: Entity | None = None
    n: int | None = None
    total: int | None = None
    interval: Interval | None = None
    unit: str | None = None
    denominator_from: str | None = None
    complement: bool = False
    modality: str | None = None
    phases: tuple[str, ...] = ()
    population: str | None = None
    used: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    alternatives: tuple[Reading, ...] = ()
    why: str = ""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    derived: Derivation | None = None
    group: str | None = None

    def __post_init__(self) -> None:
        require_one_of("state of a cell", self.state, STATES)

    @property
    def counted(self) -> bool:
        """Whether the cell has both a count and its denominator, so that it may enter a ratio."""
        return self.n is not None and self.total is not None

    @property
    def count(self) -> tuple[int, int]:
        """(n, N) of a counted cell; ValueError for one without a count."""
        if self.n is None or self.total is None:
            raise ValueError(f"{self.finding.label} in {self.disease.label} is not counted by {self.source}")
        return self.n, self.total

    @property
    def percent(self) -> float | None:
        """The recomputed percentage, out of 100; None without a denominator."""
        return 100.0 * self.n / self.total if self.n is not None and self.total is not None else None

    @property
    def turned(self) -> Cell:
        """The cell of the same finding's absence: 7/23 with it are 16/23 without. ValueError without a count."""
        n, total = self.count
        left = total - n
        return replace(
            self,
            n=left,
            interval=wilson(left, total),
            state=self.state if self.state == "disagree" else "seen" if left else "zero",
            complement=True,
        )
