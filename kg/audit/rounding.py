"""This module reads a printed number as what it stands for: everything that rounds to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kg.model import Statistic

HIGHEST: Final = Fraction(10**30)  # stands for no upper limit


@dataclass(frozen=True, slots=True)
class Rounded:
    """A closed interval of exact numbers. Both ends count, for papers round halves up, or to even.

    >>> Rounded.of(Decimal("77.8"))
    Rounded(low=Fraction(311, 4), high=Fraction(1557, 20))
    """

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, printed: Decimal) -> Rounded:
        """What rounds to a printed number, with the decimals that it is printed with."""
        exponent = printed.as_tuple().exponent
        if not isinstance(exponent, int):
            raise ValueError(f"a printed number is {printed}; allowed: a finite one")
        half = Fraction(10) ** min(exponent, 0) / 2
        return cls(Fraction(printed) - half, Fraction(printed) + half)

    @classmethod
    def between(cls, low: Decimal, high: Decimal) -> Rounded:
        """What a printed range can mean."""
        return cls(cls.of(low).low, cls.of(high).high)

    def __contains__(self, value: float | Fraction) -> bool:
        return self.low <= Fraction(value) <= self.high

    def overlaps(self, other: Rounded) -> bool:
        """Whether both can stand for one number."""
        return self.low <= other.high and other.low <= self.high

    def agrees(self, other: Rounded) -> bool:
        """Whether both can be one printed result: 0.038 and 0.04 can, 0.008 and 0.009 share but the border.

        >>> Rounded.of(Decimal("0.008")).agrees(Rounded.of(Decimal("0.009")))
        False
        """
        return self.low < other.high and other.low < self.high


def share_fits(n: int, total: int, percent: Decimal) -> bool:
    """Whether n of total can be the printed percentage, however halves are rounded.

    >>> share_fits(1, 8, Decimal("12.5")), share_fits(1, 8, Decimal("13")), share_fits(1, 8, Decimal("12"))
    (True, True, True)
    >>> share_fits(7, 9, Decimal("77.7"))
    False
    """
    return Fraction(100 * n, total) in Rounded.of(percent)


def meant(number: Decimal, operator: str | None) -> Rounded:
    """What a number behind an operator allows: '<0.001' is everything up to 0.001.

    >>> meant(Decimal("0.001"), "<").low, meant(Decimal("0.04"), "=").high
    (Fraction(-1000000000000000000000000000000, 1), Fraction(9, 200))
    """
    if operator in ("<", "<="):
        return Rounded(-HIGHEST, Fraction(number))
    if operator in (">", ">="):
        return Rounded(Fraction(number), HIGHEST)
    return Rounded.of(number)


def p_fits(printed: Statistic, low: float, high: float | None = None) -> bool:
    """Whether a printed P can be one between `low` and `high` (the same, if not given)."""
    if printed.p is None:
        return False
    return meant(printed.p, printed.op).overlaps(Rounded(Fraction(low), Fraction(low if high is None else high)))


def shown(value: float | Fraction, like: Decimal, *, least: int = 1) -> str:
    """A recomputed number with the decimals of a printed one, at least one.

    >>> shown(Fraction(700, 9), Decimal("77.7")), shown(61 / 3, Decimal("20"))
    ('77.8', '20.3')
    """
    exponent = like.as_tuple().exponent
    decimals = max(least, -exponent) if isinstance(exponent, int) else least
    return f"{float(value):.{decimals}f}"
