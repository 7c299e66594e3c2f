"""This module reads a count out of a statement: n, its denominator, where that comes from, whether the % fits."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Final

from kg.evidence.cells import Reading, group_name
from kg.model import Cohort, Statement, Statistic

COUNT_KINDS: Final = ("proportion", "percent", "count")
INEQUALITIES: Final = ("<", ">", "<=", ">=")  # "up to 22 %" bounds a share and counts nobody
UNIT_WORDS: Final = {
    "patients": ("patient", "participant", "case", "subject", "individual", "person", "people", "men", "women"),
    "lesions": ("lesion", "mass", "nodule", "tumor", "tumour", "metastas", "foc", "node"),
}


def text_order(statement: Statement) -> tuple[object, ...]:
    """The key that puts statements in the order of their texts, the same for any order they come in.

    It does without the statement's hash, which costs more than all the rest.
    """
    number = statement.statistic.span if statement.statistic is not None else statement.span
    ends = statement.subject.identity, statement.predicate, statement.object.identity, statement.polarity
    return statement.source, statement.span.start, statement.span.end, number.start, number.end, *ends


def unit_of(statement: Statement) -> str | None:
    """The unit of analysis: as the statement has it, else from the statistic's printed unit; None if neither says."""
    if statement.unit_of_analysis is not None or statement.statistic is None:
        return statement.unit_of_analysis
    word = (statement.statistic.unit or "").casefold()
    found = [unit for unit, stems in UNIT_WORDS.items() if any(word.startswith(stem) for stem in stems)]
    return found[0] if found else None


def rounding_half(printed: Decimal) -> Fraction:
    """Half of the last printed digit's step: a printed number stands for everything within it.

    >>> rounding_half(Decimal("77.8"))
    Fraction(1, 20)
    """
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"percentage is {printed}; allowed: a finite number")
    return Fraction(10) ** exponent / 2


def percent_fits(n: int, total: int, percent: Decimal) -> bool:
    """Whether n/total, rounded to the printed decimals, can be the printed percentage.

    >>> percent_fits(7, 9, Decimal("77.8")), percent_fits(7, 9, Decimal("77.7"))
    (True, False)
    """
    return abs(Fraction(100 * n, total) - Fraction(percent)) <= rounding_half(percent)


def totals_that_fit(n: int, percent: Decimal, largest: int | None) -> list[int]:
    """Every total of which `n` is the printed percentage, up to `largest`; none where there would be no end of them.

    >>> totals_that_fit(15, Decimal("65.2"), None), totals_that_fit(1, Decimal("1"), None)[:3]
    ([23], [67, 68, 69])
    """
    low, high = Fraction(percent) - rounding_half(percent), Fraction(percent) + rounding_half(percent)
    if n == 0 or low <= 0:
        return []
    first, last = max(n, 1, math.ceil(100 * n / high)), math.floor(100 * n / low)
    return list(range(first, (last if largest is None else min(last, largest)) + 1))


def counts_that_fit(percent: Decimal, total: int) -> list[int]:
    """Every n that makes the printed percentage of `total`.

    >>> counts_that_fit(Decimal("30.4"), 23), counts_that_fit(Decimal("95"), 34), counts_that_fit(Decimal("50"), 400)
    ([7], [], [198, 199, 200, 201, 202])
    """
    middle = round(total * percent / 100)
    reach = 1 + math.ceil(rounding_half(percent) * total / 100)
    near = range(max(0, middle - reach), min(total, middle + reach) + 1)
    return [n for n in near if percent_fits(n, total, percent)]


def misfit(n: int, total: int, percent: Decimal | None) -> str | None:
    """The arithmetic in words where a printed percentage does not fit; None where it does.

    >>> misfit(6, 23, Decimal("78.3"))
    '6/23 is 26.1 %, printed 78.3 %'
    """
    if percent is None or percent_fits(n, total, percent):
        return None
    exponent = percent.as_tuple().exponent
    decimals = max(1, -exponent) if isinstance(exponent, int) else 1
    return f"{n}/{total} is {100 * n / total:.{decimals}f} %, printed {percent} %"


def _whole(value: Decimal | None) -> int | None:
    return int(value) if value is not None and value == value.to_integral_value() and value >= 0 else None


def _printed_count(statistic: Statistic) -> int | None:
    return _whole(statistic.numerator if statistic.numerator is not None else _bare(statistic))


def _bare(statistic: Statistic) -> Decimal | None:
    return statistic.value if statistic.kind in ("count", "proportion") else None


def _resolve(statistic: Statistic, size: int | None, *, sure: bool) -> tuple[int, int | None, str | None] | None:
    """(n, total, where the total comes from), or None where the statistic is no count.

    `size` is that of the cohort; `sure` says that the statement is about all of it, so that a bare n may take it.
    """
    n, total, percent = _printed_count(statistic), _whole(statistic.denominator), statistic.percent
    if n is None:
        fitting = counts_that_fit(percent, total or size or 0) if percent is not None and (total or size) else []
        return (fitting[0], total or size, "percent") if len(fitting) == 1 else None
    if total is not None:
        return (n, total, "printed") if 0 < total >= n else None
    if percent is None:
        return (n, size, "cohort") if size is not None and sure and n <= size else (n, None, None)
    if size is not None and n <= size and percent_fits(n, size, percent):
        return n, size, "cohort"
    totals = totals_that_fit(n, percent, size)
    if len(totals) == 1:
        return n, totals[0], "percent"
    return (n, size, "cohort") if size is not None and sure and n <= size else (n, None, None)


def read_count(statement: Statement, size: int | None, *, sure: bool = True) -> Reading | None:
    """The count that a statement prints, or None if it prints none.

    The denominator is the printed one; else the cohort's `size`, if n and a printed percentage fit it; else the only
    total that makes the percentage (no larger than the cohort); else, where the percentage fits nothing, the cohort
    with a warning. A count of absences is turned round where its total is known. `sure` False keeps a bare n from
    taking the cohort's size (the statement is about a part of the cohort of unknown size, or about one figure).
    """
    statistic = statement.statistic
    if statistic is None or statistic.kind not in COUNT_KINDS or statistic.op in INEQUALITIES:
        return None
    resolved = _resolve(statistic, size, sure=sure)
    if resolved is None:
        return None
    n, total, origin = resolved
    if total is None and unit_of(statement) == "lesions":
        return None  # "82 masses" is how many there were, not how many had something
    warning = None if total is None else misfit(n, total, statistic.percent)
    complement = statement.polarity == "absent" and n > 0
    if complement:
        if total is None:
            return None
        n = total - n
    return Reading(
        n=n,
        total=total,
        unit=unit_of(statement),
        denominator_from=origin,
        printed=(statistic.printed,),
        complement=complement,
        modality=statement.modality,
        phases=statement.phases,
        population=statement.population,
        sections=(statement.section,),
        spans=(statement.span,),
        statements=(statement.id,),
        warnings=() if warning is None else (warning,),
    )


def size_for(statement: Statement, cohorts: tuple[Cohort, ...], unit: str | None = None) -> tuple[int | None, bool]:
    """(size of the cohort that a statement is about, whether it is surely about all of it).

    A statement about a population takes that population's size, else, not surely, that of the whole group. `cohorts`
    are those of the statement's source and disease; `unit` is the statement's own if it is not given.
    """
    wanted = unit or unit_of(statement) or "patients"
    population = group_name(statement.population)
    exact = [c for c in cohorts if c.population == population and c.unit == wanted]
    if exact:
        return exact[0].size, statement.section != "Figure caption"
    whole = [c for c in cohorts if c.population is None and c.unit == wanted]
    return (whole[0].size if whole else None), False
