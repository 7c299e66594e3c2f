"""What arithmetic alone can say of a paper's plain text: an oracle for the audit, which shares no code with it.

It reads numbers with a few patterns of its own, and knows these relations:

- n of N gives the percentage printed with it (exactly, halves either way); n (P %) in a table does so for the one N
  that most of the table's cells fit; n is no more than N; a percentage against another (30.4 % vs. 60.9 %), or in a
  group of N patients, is that of a whole number of them;
- the levels of a table's block add up to N; men and women, and a list of three or more (n = k) or "in k cases", add up
  to the patients of the sentence or of the table; two counts of one sentence add up to one that the paper prints;
- a chi-square and P beside a block are those of its counts by Pearson or Yates, or P by the exact test (SciPy); t is
  within what the printed digits of means and SDs allow (SciPy); Z or t gives the P behind it;
- an estimate, mean or median lies in its interval or range, whose ends are in order; a ratio's interval leaves out 1
  exactly if its P is below 0.05;
- a majority is more than half; what one sentence calls significant, or not, has its P on that side of 0.05.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise, product
from typing import Final

import numpy as np
from scipy import stats

NUMBER: Final = r"(?:\d+(?:\.\d+)?|\.\d+)"
WHOLE: Final = r"\d{1,4}"
SENTENCE: Final = re.compile(r"[^.]*(?:\.(?=\d)[^.]*|\.(?=,)[^.]*)*\.?", re.DOTALL)
CELL: Final = re.compile(rf"(?<![\d.])({WHOLE})\s?\(({NUMBER})%\)")
ALPHA: Final = 0.05
FEWEST_CELLS: Final = 5


@dataclass(frozen=True, slots=True)
class Token:
    """A number in the text, and the part that it plays: n, total, percent, p, statistic, mean, sd, low, high, count."""

    start: int
    text: str
    role: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Relation:
    """What some numbers of a text have to fulfil; `holds` takes them as printed, in their order."""

    kind: str
    tokens: tuple[Token, ...]
    holds: Callable[[Sequence[str]], bool]

    def broken_by(self, changes: Mapping[int, str]) -> bool:
        values = [changes.get(token.start, token.text) for token in self.tokens]
        try:
            return not self.holds(values)
        except (ValueError, ZeroDivisionError, ArithmeticError):
            return False  # a number that is no longer one, or a test without a value, is nothing to recompute


def half(printed: str) -> Fraction:
    """Half of the step of the last printed digit."""
    decimals = len(printed.partition(".")[2])
    return Fraction(1, 2 * 10**decimals)


def rounds_to(value: float | Fraction, printed: str) -> bool:
    return abs(Fraction(value) - Fraction(printed)) <= half(printed)


def share(values: Sequence[str]) -> bool:
    """(n, N, percent)"""
    n, total, percent = values
    return int(n) <= int(total) and rounds_to(Fraction(100 * int(n), int(total)), percent)


def attainable(values: Sequence[str]) -> bool:
    """(percent, N)"""
    percent, total = values
    return any(rounds_to(Fraction(100 * n, int(total)), percent) for n in range(int(total) + 1))


def probability(operator: str, printed: str, p: float) -> bool:
    if operator == "<":
        return p <= float(printed)
    return rounds_to(p, printed)


def tokens(match: re.Match[str], roles: Sequence[str], groups: Sequence[int] = ()) -> tuple[Token, ...]:
    numbers = groups or range(1, len(roles) + 1)
    return tuple(Token(match.start(g), match[g], role) for g, role in zip(numbers, roles, strict=True))


def relations(text: str) -> list[Relation]:
    """Every relation that the text fulfils."""
    total = table_total(text)
    found = [*shares(text), *cells(text, total), *blocks(text, total), *groups(text, total), *means(text, total)]
    found += [*intervals(text), *words(text), *techniques(text)]
    return [one for one in found if not one.broken_by({})]


def table_total(text: str) -> int | None:
    """The one N that most cells n (P %) fit, if there are enough of them."""
    pairs = [(int(m[1]), m[2]) for m in CELL.finditer(text)]
    votes = Counter(
        total for n, percent in pairs for total in range(max(n, 1), 400) if share((str(n), str(total), percent))
    )
    best = max(votes, key=lambda total: (votes[total], -total), default=0)
    return best if len(pairs) >= FEWEST_CELLS and votes[best] * 10 >= len(pairs) * 7 else None


def shares(text: str) -> Iterator[Relation]:
    for match in re.finditer(rf"({NUMBER})\s?%,?\s*[(,]?\s*({WHOLE})\s*(?:of|/)\s*({WHOLE})(?!\d)", text):
        percent, n, total = tokens(match, ("percent", "n", "total"))
        yield Relation("share", (n, total, percent), share)
    for match in re.finditer(rf"(?<![\d.])({WHOLE})\s?/\s?({WHOLE})\s?\(({NUMBER})\s?%\)", text):
        yield Relation("share", tokens(match, ("n", "total", "percent")), share)
    for match in re.finditer(rf"\(({WHOLE})/({WHOLE})\)", text):
        yield Relation("part", tokens(match, ("n", "total")), lambda v: int(v[0]) <= int(v[1]))
    for match in re.finditer(rf"({NUMBER})% is reported in a group of\s+({WHOLE})\s+patients", text):
        yield Relation("attainable", tokens(match, ("percent", "total")), attainable)


def cells(text: str, total: int | None) -> Iterator[Relation]:
    if total is None:
        return
    for match in CELL.finditer(text):
        yield Relation("share", tokens(match, ("n", "percent")), lambda v: share((v[0], str(total), v[1])))
    for match in re.finditer(rf"\(({NUMBER})% vs\.? ({NUMBER})%\)", text):
        for token in tokens(match, ("percent", "percent")):
            yield Relation("attainable", (token,), lambda v: attainable((v[0], str(total))))


@dataclass(slots=True)
class Block:
    """Rows of a table that a test stands with."""

    rows: list[tuple[Token, Token]] = field(default_factory=list)
    statistic: Token | None = None
    operator: str = "="
    p: Token | None = None


ROW: Final = re.compile(
    rf"({WHOLE})\s?\({NUMBER}%\)\s+({WHOLE})\s?\({NUMBER}%\)(?:\s+({NUMBER}|-)\s+(<)?({NUMBER})(?=\s))?"
)


def table_blocks(text: str) -> list[Block]:
    """Two columns of counts, a block from each row that a test stands in to the next such row."""
    found: list[Block] = []
    for match in ROW.finditer(text):
        if match[5]:
            one = Block(operator=match[4] or "=", p=Token(match.start(5), match[5], "p"))
            one.statistic = Token(match.start(3), match[3], "statistic") if match[3] != "-" else None
            found.append(one)
        if found:
            found[-1].rows.append((Token(match.start(1), match[1], "n"), Token(match.start(2), match[2], "n")))
    return found


def blocks(text: str, total: int | None) -> Iterator[Relation]:
    for block in table_blocks(text):
        for column in zip(*block.rows, strict=True):
            yield Relation("sum", column, lambda v: sum(map(int, v)) == total)
        counts = tuple(token for row in block.rows for token in row)
        results = tuple(token for token in (block.statistic, block.p) if token is not None)
        for test in TESTS:
            rule = tested(test, block, len(counts))
            candidate = Relation("test", (*counts, *results), rule)
            if not candidate.broken_by({}):
                yield candidate
                break


TESTS: Final = ("pearson", "yates", "exact")


def tested(test: str, block: Block, many: int) -> Callable[[Sequence[str]], bool]:
    def holds(values: Sequence[str]) -> bool:
        table = [[int(values[i]), int(values[i + 1])] for i in range(0, many, 2)]
        statistic, p = recomputed(test, table)
        right = probability(block.operator, values[-1], p)
        return right and (block.statistic is None or (statistic is not None and rounds_to(statistic, values[many])))

    return holds


def recomputed(test: str, table: list[list[int]]) -> tuple[float | None, float]:
    if test == "exact":
        return None, float(stats.fisher_exact(np.array(table)).pvalue)
    result = stats.chi2_contingency(table, correction=test == "yates")
    return float(result.statistic), float(result.pvalue)


def groups(text: str, total: int | None) -> Iterator[Relation]:
    sexes = (
        rf"({WHOLE})\s+patients\s*\(({WHOLE})\s+(?:\d{{5,}}\s+)?men,\s*({WHOLE})\s+women",
        rf"({WHOLE}) participants, consisting of ({WHOLE}) males and ({WHOLE}) females",
    )
    for pattern in sexes:
        for match in re.finditer(pattern, text):
            yield Relation("sum", tokens(match, ("total", "n", "n")), lambda v: int(v[0]) == int(v[1]) + int(v[2]))
    for sentence in SENTENCE.finditer(text):
        for item in (r"\(n\s?=\s?(\d+)\)", r"in (\d+)\s+cases"):
            yield from listed(text, sentence, item, total)


def listed(text: str, sentence: re.Match[str], item: str, total: int | None) -> Iterator[Relation]:
    parts = [
        Token(m.start(1), m[1], "n") for m in re.finditer(item, text[: sentence.end()]) if m.start() >= sentence.start()
    ]
    if len(parts) < 3:
        return
    group = re.search(rf"({WHOLE}) (?:patients|participants)", sentence[0])
    if group is not None:
        whole = Token(sentence.start() + group.start(1), group[1], "total")
        yield Relation("sum", (whole, *parts), lambda v: int(v[0]) == sum(map(int, v[1:])))
    elif total is not None:
        yield Relation("sum", tuple(parts), lambda v: sum(map(int, v)) == total)


def means(text: str, total: int | None) -> Iterator[Relation]:
    for match in re.finditer(rf"([Zt])\s?=\s?-?({NUMBER}),\s*P\s*(=|<)\s*({NUMBER})", text):
        yield Relation("tail", tokens(match, ("statistic", "p"), (2, 4)), tail(match[1], match[3], total))
    if total is None:
        return
    for sentence in SENTENCE.finditer(text):
        spread = list(re.finditer(rf"({NUMBER})\s?±\s?({NUMBER})", sentence[0]))
        values = list(re.finditer(rf"\bt\s?=\s?({NUMBER})", sentence[0]))
        if values and len(spread) == 2 * len(values):
            for place, value in enumerate(values):
                pair = [t for m in (spread[place], spread[place + len(values)]) for t in tokens(m, ("mean", "sd"))]
                every = (*pair, *tokens(value, ("statistic",)))
                moved = tuple(Token(t.start + sentence.start(), t.text, t.role) for t in every)
                yield Relation("t", moved, lambda v: t_allowed(v, total))


def tail(letter: str, operator: str, total: int | None) -> Callable[[Sequence[str]], bool]:
    def holds(values: Sequence[str]) -> bool:
        ends = (float(Fraction(values[0]) + sign * half(values[0])) for sign in (-1, 1))
        ps = [2 * (stats.norm.sf(x) if letter == "Z" else stats.t.sf(x, 2 * (total or 0) - 2)) for x in ends]
        if operator == "<":
            return bool(min(ps) <= float(values[1]))
        low, high = Fraction(values[1]) - half(values[1]), Fraction(values[1]) + half(values[1])
        return bool(min(ps) <= high and max(ps) >= low)

    return holds


def t_allowed(values: Sequence[str], total: int) -> bool:
    ends = [[float(Fraction(v) + sign * half(v)) for sign in (-1, 1)] for v in values[:4]]
    found = [
        abs(float(stats.ttest_ind_from_stats(m, s, total, other, spread, total).statistic))
        for m, s, other, spread in product(*ends)
    ]
    return bool(min(found) - half(values[4]) <= Fraction(values[4]) <= max(found) + half(values[4]))


def intervals(text: str) -> Iterator[Relation]:
    level = r"95(?:\.0)?\s?%\s?CI\s?=?\s?"
    for match in re.finditer(
        rf"(?<![<>] )(?<![\d.])({NUMBER})\s*[(,]\s*{level}({NUMBER})[–-]({NUMBER})(?:,\s*P\s*=\s*({NUMBER}))?", text
    ):
        yield Relation("inside", tokens(match, ("value", "low", "high")), inside)
        if match[4] and "Exp" in text[max(0, match.start() - 20) : match.start()]:
            yield Relation("clear", tokens(match, ("low", "high", "p"), (2, 3, 4)), clear)
    for match in re.finditer(
        rf"mean age, ({NUMBER})\s?±\s?{NUMBER} years;\s*age\s+range,\s*({NUMBER})-({NUMBER})", text
    ):
        yield Relation("inside", tokens(match, ("mean", "low", "high")), inside)
    for match in re.finditer(rf"ages ranging from ({NUMBER}) to ({NUMBER}) years and a median age of ({NUMBER})", text):
        yield Relation("inside", tokens(match, ("value", "low", "high"), (3, 1, 2)), inside)
    for match in re.finditer(rf"({NUMBER})\s?% \(range ({NUMBER})[–-]({NUMBER})%\)", text):
        yield Relation("inside", tokens(match, ("value", "low", "high")), inside)


def inside(values: Sequence[str]) -> bool:
    middle, low, high = map(Fraction, values)
    return low <= high and low - half(values[1]) <= middle + half(values[0]) and middle <= high + 2 * half(values[2])


def clear(values: Sequence[str]) -> bool:
    low, high, p = map(float, values)
    return (high < 1 or low > 1) == (p < ALPHA)


def words(text: str) -> Iterator[Relation]:
    for match in re.finditer(rf"(?:\b[Mm]ost\b|[Mm]ajority of)[^.;:()\d]{{0,110}}\(({WHOLE})/({WHOLE})\)", text):
        yield Relation("most", tokens(match, ("n", "total")), lambda v: 2 * int(v[0]) > int(v[1]))
    for sentence in SENTENCE.finditer(text):
        found = list(re.finditer(rf"\bP\s*=\s*({NUMBER})", sentence[0]))
        if len(found) != 1 or "significan" not in sentence[0] or "however" in sentence[0].casefold():
            continue
        negated = re.search(r"\b(?:no|not)\b[^.;]{0,40}significan", sentence[0])
        token = Token(sentence.start() + found[0].start(1), found[0][1], "p")
        yield Relation(
            "called", (token,), (lambda v: float(v[0]) >= ALPHA) if negated else (lambda v: float(v[0]) < ALPHA)
        )


def techniques(text: str) -> Iterator[Relation]:
    """Two counts of one sentence that add up to one printed elsewhere."""
    every = [tokens(m, ("n", "total")) for m in re.finditer(rf"\(({WHOLE})/({WHOLE})\)", text)]
    for one, other in pairwise(every):
        if "." in text[one[1].end : other[0].start]:
            continue
        for whole in every:
            yield Relation("sum", (*one, *other, *whole), added)


def added(values: Sequence[str]) -> bool:
    a, b, c, d, n, total = map(int, values)
    return a + c == n and b + d == total
