"""This module recomputes tests of counts from the paper's own counts, and names the variant that reproduces them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, judge, total_of
from kg.audit.rounding import Rounded, p_fits, shown
from kg.audit.tables import Block, blocks, pairs
from kg.measures import MeasureError, chi_square, display
from kg.model import Statistic
from kg.significance import freeman_halton, least_expected, pearson
from kg.verdict import Verdict

SIGNIFICANT: Final = 0.05  # the papers' convention; used only to see whether the choice of a test changes the result
PEARSON: Final = "Pearson's χ²"
YATES: Final = "χ² with Yates' correction"
FISHER: Final = "Fisher's exact test"
DOUBTFUL: Final = 5  # expected counts below which χ² is usually not used (Cochran, Biometrics 1954)
AGAINST: Final = re.compile(r"\b(?:vs|versus|against|compared|than|and|in|of|for)\b", re.IGNORECASE)
NEAR: Final = 60  # characters from the second proportion to its P

Rows = Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Variant:
    """A test by name with its statistic, None where it has none, and its P."""

    name: str
    statistic: float | None
    p: float

    def gives(self, statistic: Statistic | None, p: Statistic | None) -> bool:
        """Whether it gives what is printed, each number within its rounding."""
        value = statistic.value if statistic is not None else None
        right = value is None or (self.statistic is not None and self.statistic in Rounded.of(value))
        return right and (p is None or p_fits(p, self.p))

    def text(self, like: Statistic | None) -> str:
        value = ""
        if self.statistic is not None and like is not None and like.value is not None:
            value = f"{shown(self.statistic, like.value)}, "
        return f"{self.name} {value}P = {display(self.p)}"


def variants(rows: Rows) -> tuple[Variant, ...]:
    """The tests that papers use on a table with two groups, the plainest first.

    >>> [f"{one.name} {one.p:.3f}" for one in variants([(7, 14), (16, 9)])]
    ["Pearson's χ² 0.038", "χ² with Yates' correction 0.076", "Fisher's exact test 0.075"]
    """
    found = []
    try:
        plain = pearson(rows)
        found.append(Variant(PEARSON, plain.statistic, plain.p))
        if len(rows) == 2:
            (a, b), (a_rest, b_rest) = rows
            corrected = chi_square(a, a + a_rest, b, b + b_rest, yates=True)
            found.append(Variant(YATES, corrected.statistic, corrected.p))
        exact = freeman_halton(rows)
    except MeasureError:
        return ()
    return tuple(found) if exact is None else (*found, Variant(FISHER, None, exact))


def tests(paper: Paper) -> Iterator[Verdict]:
    """Do the paper's counts give the test that it prints?"""
    known = [block for block in blocks(paper) if block.results]
    for table in dict.fromkeys(block.table for block in known):
        yield from _table([block for block in known if block.table == table])
    for numbers in paper.sentences:
        yield from _in_words(paper, numbers)


def _table(members: Sequence[Block]) -> Iterator[Verdict]:
    habit = _habit(members)
    for block in members:
        rows = next(pairs(block), None)
        if rows is None:
            why = f"the counts of {block.name} are not those of two groups, each shared out whole"
            yield judge("test", "not checkable", block.results, explanation=why)
            continue
        yield from _judged(block, rows, habit)


def _matching(block: Block, rows: Rows) -> list[Variant]:
    statistic = block.statistic.statistic if block.statistic is not None else None
    p = block.p.statistic if block.p is not None else None
    return [one for one in variants(rows) if one.gives(statistic, p)]


def _habit(members: Sequence[Block]) -> str | None:
    """The variant that reproduces most rows of a table that print a statistic; None where no one leads."""
    votes = Counter(
        variant.name
        for block in members
        if block.statistic is not None and (rows := next(pairs(block), None)) is not None
        for variant in _matching(block, rows)
    )
    (name, often), *rest = [*votes.most_common(), ("", 0)]
    return name if often > 1 and often > rest[0][1] else None


def _judged(block: Block, rows: Rows, habit: str | None) -> Iterator[Verdict]:
    found, every = _matching(block, rows), variants(rows)
    if not every:
        yield judge("test", "not checkable", block.results, explanation=f"{_counts(rows)} leave nothing to test")
        return
    like = block.statistic.statistic if block.statistic is not None else None
    recomputed = "; ".join(one.text(like) for one in every)
    if not found:
        verdict, why = "inconsistent", f"{_counts(rows)} give {recomputed}; the paper prints {_printed(block)}"
    elif habit is not None and block.statistic is not None and habit not in [one.name for one in found]:
        other = next(one for one in every if one.name == habit)
        verdict = "inconsistent"
        why = (
            f"{_printed(block)} is {found[0].name}; the other rows of {block.table} are {habit}, which here is "
            f"{other.text(like).removeprefix(habit).strip()}"
        )
    else:
        verdict, why = "consistent", f"{_counts(rows)} give {_printed(block)} by {found[0].name}"
    warning = _warning(found, every, rows)
    yield judge("test", verdict, block.results, recomputed=recomputed, explanation=why, warning=warning)


def _counts(rows: Rows) -> str:
    return " and ".join("/".join(map(str, column)) for column in zip(*rows, strict=True))


def _printed(block: Block) -> str:
    parts = []
    if block.statistic is not None:
        parts.append(f"χ² = {block.statistic.text}")
    if block.p is not None:
        parts.append(_p_text(block.p))
    return ", ".join(parts)


def _p_text(number: Printed) -> str:
    return f"P {number.statistic.op or '='} {number.statistic.p}"


def _warning(found: Sequence[Variant], every: Sequence[Variant], rows: Rows) -> str:
    """On what the result depends: another usual test would fall on the other side of 0.05."""
    if not found:
        return ""
    side = found[0].p < SIGNIFICANT
    others = [one for one in every if (one.p < SIGNIFICANT) != side]
    if not others:
        return ""
    sparse = f"; the smallest expected count is {least_expected(rows):.1f}" if least_expected(rows) < DOUBTFUL else ""
    return "depends on the choice of a test: " + ", ".join(one.text(None) for one in others) + sparse


def _in_words(paper: Paper, numbers: Sequence[Printed]) -> Iterator[Verdict]:
    """Two proportions of two groups held against each other in a sentence, with one P behind them."""
    shares = [one for one in numbers if one.statistic.kind == "proportion" and _whole(one)]
    probabilities = [one for one in numbers if one.statistic.kind == "p_value"]
    if len(shares) != 2 or len(probabilities) != 1 or any(one.statistic.kind == "odds_ratio" for one in numbers):
        return
    (a, b), (p,) = shares, probabilities
    if p.span.start < b.span.end or p.span.start - b.span.end > NEAR or not AGAINST.search(paper.between(a, b)):
        return
    (n, total), (m, other) = _pair(a), _pair(b)
    if n > total or m > other:
        return
    every = variants([(n, m), (total - n, other - m)])
    found = [one for one in every if one.gives(None, p.statistic)]
    if not every:
        return
    recomputed = "; ".join(one.text(None) for one in every)
    yield judge(
        "test",
        "consistent" if found else "inconsistent",
        [a, b, p],
        recomputed=recomputed,
        explanation=f"{n}/{total} and {m}/{other} give {recomputed}; the paper prints {_p_text(p)}",
        warning=_warning(found, every, [(n, m), (total - n, other - m)]),
    )


def _whole(number: Printed) -> bool:
    return count_of(number.statistic) is not None and total_of(number.statistic) is not None


def _pair(number: Printed) -> tuple[int, int]:
    return count_of(number.statistic) or 0, total_of(number.statistic) or 1
