"""This module holds the statistical functions that a query can call, `stat:wilsonLow(?n, ?N)` and the like.

An aggregate takes one string a study, such as "15/23" or "15/23 2/23", because an aggregate of SPARQL takes one value.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from typing import Any, Final

LARGEST_COUNT: Final = 10_000_000  # an exact test goes through every table; no study of patients is larger
LARGEST_OF_BOSCHLOO: Final = 500  # it goes through the product of both totals, many times


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of numbers: its parameters as a page shows them, what it gives, and how it is computed.

    A parameter whose name is in REAL may be any number; all others are counts of at most `largest`.
    """

    parameters: str
    meaning: str
    compute: Callable[..., float]
    largest: int = LARGEST_COUNT

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its parameters, in order."""
        return tuple(self.parameters.split(", "))

    @property
    def arity(self) -> int:
        """How many numbers it takes."""
        return len(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """A function of all studies of a group: what one study's string holds, what it gives, and how it is computed."""

    parameters: str
    meaning: str
    counts: int
    compute: Callable[[Sequence[tuple[int, ...]]], float | None]


REAL: Final = frozenset(("before", "mean in A", "SD in A", "mean in B", "SD in B"))
_ONE: Final = "n, N"
_TWO: Final = "n, N in A, n, N in B"
_MEANS: Final = "mean in A, SD in A, N in A, mean in B, SD in B, N in B"
_BEFORE: Final = f"before, {_TWO}"
_SEVERAL: Final = re.compile(r"\d+")
_STUDY: Final = re.compile(r"\s*\d+\s*/\s*\d+(?:[\s;,]+\d+\s*/\s*\d+)*\s*")


def _measure(name: str, part: str | None = None) -> Callable[..., float]:
    """A measure of kg.measures by its name, or a part of what it gives.

    It is looked up when it is first called: numpy takes longer to load than most queries take.
    """

    def compute(*numbers: float) -> float:
        from kg import measures

        found = getattr(measures, name)(*numbers)
        return float(attrgetter(part)(found) if part else found)

    return compute


def _of_means(name: str, part: str) -> Callable[..., float]:
    """A measure of two samples, each a mean, an SD and a size."""

    def compute(a_mean: float, a_sd: float, a_size: int, b_mean: float, b_sd: float, b_size: int) -> float:
        from kg import measures

        samples = measures.Sample(a_mean, a_sd, a_size), measures.Sample(b_mean, b_sd, b_size)
        return float(attrgetter(part)(getattr(measures, name)(*samples)))

    return compute


def _after(part: str) -> Callable[..., float]:
    def compute(before: float, *counts: int) -> float:
        from kg import measures

        return float(getattr(measures.post_test(before, measures.likelihood_ratio(*counts)), part))

    return compute


def _with_limits(name: str, measure: str, meaning: str, parameters: str = _TWO) -> Iterator[tuple[str, Function]]:
    """The rows of a measure that has limits: itself, its lower and its upper one."""
    make = _of_means if parameters == _MEANS else _measure
    rows = (("", "estimate", meaning), ("Low", "low", "its lower limit (95 %)"), ("High", "high", "its upper limit"))
    for suffix, part, says in rows:
        yield name + suffix, Function(parameters=parameters, meaning=says, compute=make(measure, part))


def _limits(name: str, measure: str, called: str) -> Iterator[tuple[str, Function]]:
    for suffix, part, side in (("Low", "low", "lower"), ("High", "high", "upper")):
        meaning = f"{side} {called} limit (95 %) of n/N"
        yield name + suffix, Function(parameters=_ONE, meaning=meaning, compute=_measure(measure, part))


def _yates(*counts: int) -> float:
    from kg import measures

    return measures.chi_square(*counts, yates=True).p


FUNCTIONS: Final[dict[str, Function]] = {
    **dict(_limits("wilson", "wilson", "Wilson")),
    **dict(_limits("clopperPearson", "clopper_pearson", "Clopper-Pearson")),
    **dict(_with_limits("likelihoodRatio", "likelihood_ratio", "likelihood ratio of A against B")),
    **dict(_with_limits("negativeLikelihoodRatio", "negative_likelihood_ratio", "the same of the finding's absence")),
    **dict(_with_limits("riskRatio", "risk_ratio", "share in A over share in B")),
    **dict(_with_limits("oddsRatio", "odds_ratio", "odds in A over odds in B")),
    **dict(_with_limits("difference", "newcombe", "share in A less share in B (limits by Newcombe)")),
    **dict(_with_limits("hedgesG", "hedges_g", "difference of two means in standard deviations", _MEANS)),
    "fisher": Function(parameters=_TWO, meaning="two-sided p by Fisher's exact test", compute=_measure("fisher")),
    "boschloo": Function(
        parameters=_TWO,
        meaning=f"two-sided p by Boschloo's exact test (counts up to {LARGEST_OF_BOSCHLOO})",
        compute=_measure("boschloo"),
        largest=LARGEST_OF_BOSCHLOO,
    ),
    "chiSquare": Function(
        parameters=_TWO, meaning="Pearson's chi-square statistic", compute=_measure("chi_square", "statistic")
    ),
    "chiSquareP": Function(parameters=_TWO, meaning="its p value", compute=_measure("chi_square", "p")),
    "yatesP": Function(parameters=_TWO, meaning="its p value with Yates' correction", compute=_yates),
    "studentP": Function(
        parameters=_MEANS, meaning="p by Student's t of two means", compute=_of_means("student_t", "p")
    ),
    "welchP": Function(parameters=_MEANS, meaning="p by Welch's t of two means", compute=_of_means("welch_t", "p")),
    "postTest": Function(
        parameters=_BEFORE, meaning="probability of A after the finding, from 0 to 1", compute=_after("estimate")
    ),
    "postTestLow": Function(parameters=_BEFORE, meaning="its lower limit (95 %)", compute=_after("low")),
    "postTestHigh": Function(parameters=_BEFORE, meaning="its upper limit", compute=_after("high")),
}
"""Every function, by its name after `stat:`."""


def _pool(name: str, part: str) -> Callable[[Sequence[tuple[int, ...]]], float | None]:
    """A part of what pooling gives; None where the studies are too few for it."""

    def compute(studies: Sequence[tuple[int, ...]]) -> float | None:
        from kg import measures

        found: Any = getattr(measures, name)(studies)
        for step in part.split("."):
            found = None if found is None else getattr(found, step)
        return None if found is None else float(found)

    return compute


_POOLED_PARTS: Final = (
    ("", "estimate", "pooled over studies (random effects)"),
    ("Low", "low", "its lower limit (95 %)"),
    ("High", "high", "its upper limit"),
    ("ISquared", "i_squared", "share of the differences that chance does not explain"),
    ("TauSquared", "tau_squared", "variance between the studies"),
    ("PredictionLow", "prediction.low", "lower limit for one more study"),
    ("PredictionHigh", "prediction.high", "upper limit for one more study"),
)

AGGREGATES: Final[dict[str, Aggregate]] = {
    name + suffix: Aggregate(
        parameters=parameters, meaning=f"{what}: {meaning}", counts=counts, compute=_pool(measure, part)
    )
    for name, what, measure, parameters, counts in (
        ("pooledProportion", "proportion", "pool_proportions", '"n/N"', 2),
        ("pooledLikelihoodRatio", "likelihood ratio", "pool_ratios", '"n/N in A n/N in B"', 4),
    )
    for suffix, part, meaning in _POOLED_PARTS
}
"""Every aggregate, by its name after `stat:`."""


def evaluate(name: str, values: Sequence[object]) -> float | None:
    """The value of a function, or None where it has none: too few values, one that is no count, n above N.

    >>> round(evaluate("likelihoodRatio", [15, 23, Decimal("2"), 23]), 2)
    7.5
    >>> evaluate("wilsonLow", [3, 2]) is None and evaluate("wilsonLow", [1]) is None
    True
    """
    function = FUNCTIONS[name]
    if len(values) != function.arity:
        return None
    numbers = [
        _real(value) if name in REAL else _count(value, function.largest)
        for name, value in zip(function.names, values, strict=True)
    ]
    return None if None in numbers else _computed(function.compute, *numbers)


def _computed(compute: Callable[..., float | None], *arguments: Any) -> float | None:
    """What is computed, or None where it is not defined or no finite number."""
    try:
        result = compute(*arguments)
    except (ValueError, ArithmeticError):
        return None
    return result if result is not None and math.isfinite(result) else None


def aggregate(name: str, values: Iterable[object]) -> float | None:
    """The value of an aggregate over the studies' strings, or None where one of them is no count.

    >>> round(aggregate("pooledProportion", ["15/23", "9/20"]), 2), aggregate("pooledProportion", ["15/23", "many"])
    (0.55, None)
    """
    row = AGGREGATES[name]
    studies = [study(value, row.counts) for value in values]
    found = [one for one in studies if one is not None]
    return _computed(row.compute, found) if found and len(found) == len(studies) else None


def study(value: object, counts: int) -> tuple[int, ...] | None:
    """The counts of one study's string, as many as are wanted; None if it does not hold them.

    >>> study("15/23 2/23", 4), study("15 of 23", 2)
    ((15, 23, 2, 23), None)
    """
    if not isinstance(value, str) or not _STUDY.fullmatch(value):
        return None
    digits = _SEVERAL.findall(value)
    found = tuple(map(int, digits)) if max(map(len, digits)) < len(str(LARGEST_COUNT)) else ()
    return found if len(found) == counts else None


def _count(value: object, largest: int) -> int | None:
    """A whole number, as integer or as decimal; n and N come from the graph as decimals."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not math.isfinite(value):
        return None
    return int(value) if -largest <= value <= largest and value == int(value) else None


def _real(value: object) -> float | None:
    """Any number that is one."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return float(value)
