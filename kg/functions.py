"""This module holds the statistical functions that a query can call, `stat:wilsonLow(?n, ?N)` and the like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function of counts: its parameters as a page shows them, what it gives, and how it is computed."""

    parameters: str
    meaning: str
    compute: Callable[..., float]

    @property
    def arity(self) -> int:
        """How many counts it takes."""
        return len(self.parameters.split(", "))


def _wilson_low(n: int, total: int) -> float:
    from kg import measures  # numpy takes longer to load than most queries take

    return measures.wilson(n, total).low


def _wilson_high(n: int, total: int) -> float:
    from kg import measures

    return measures.wilson(n, total).high


def _ratio(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.likelihood_ratio(a_n, a_total, b_n, b_total).estimate


def _ratio_low(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.likelihood_ratio(a_n, a_total, b_n, b_total).low


def _ratio_high(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.likelihood_ratio(a_n, a_total, b_n, b_total).high


def _difference(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.newcombe(a_n, a_total, b_n, b_total).estimate


def _difference_low(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.newcombe(a_n, a_total, b_n, b_total).low


def _difference_high(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.newcombe(a_n, a_total, b_n, b_total).high


def _fisher(a_n: int, a_total: int, b_n: int, b_total: int) -> float:
    from kg import measures

    return measures.fisher(a_n, a_total, b_n, b_total)


_ONE: Final = "n, N"
_TWO: Final = "n, N in A, n, N in B"

FUNCTIONS: Final = {
    "wilsonLow": Function(parameters=_ONE, meaning="lower Wilson limit (95 %) of n/N", compute=_wilson_low),
    "wilsonHigh": Function(parameters=_ONE, meaning="upper Wilson limit (95 %) of n/N", compute=_wilson_high),
    "likelihoodRatio": Function(parameters=_TWO, meaning="likelihood ratio of A against B", compute=_ratio),
    "likelihoodRatioLow": Function(parameters=_TWO, meaning="its lower limit (95 %)", compute=_ratio_low),
    "likelihoodRatioHigh": Function(parameters=_TWO, meaning="its upper limit (95 %)", compute=_ratio_high),
    "difference": Function(parameters=_TWO, meaning="share in A less share in B", compute=_difference),
    "differenceLow": Function(parameters=_TWO, meaning="its lower limit by Newcombe (95 %)", compute=_difference_low),
    "differenceHigh": Function(parameters=_TWO, meaning="its upper limit by Newcombe (95 %)", compute=_difference_high),
    "fisher": Function(parameters=_TWO, meaning="two-sided p by Fisher's exact test", compute=_fisher),
}


def evaluate(name: str, values: Sequence[object]) -> float | None:
    """The value of a function, or None where it has none: too few values, one that is no count, n above N.

    >>> round(evaluate("likelihoodRatio", [15, 23, Decimal("2"), 23]), 2)
    7.5
    >>> evaluate("wilsonLow", [3, 2]) is None and evaluate("wilsonLow", [1]) is None
    True
    """
    function = FUNCTIONS[name]
    counts = [_count(value) for value in values]
    if len(counts) != function.arity or None in counts:
        return None
    try:
        return function.compute(*counts)
    except (ValueError, ArithmeticError):
        return None


def _count(value: object) -> int | None:
    """A whole number, as integer or as decimal; n and N come from the graph as decimals."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value != int(value):
        return None
    return int(value)
