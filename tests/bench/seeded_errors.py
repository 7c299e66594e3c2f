"""Which seeded errors the audit finds: `python tests/bench/seeded_errors.py [--texts DIR] [--every N] [--missed]`.

Numbers of a paper's text are changed one at a time (a digit, a denominator, an exchanged pair, a P, a total), the
paper is taken apart anew, and the audit asked. A change counts as detectable by arithmetic if it breaks a relation that
the oracle below finds in the plain text, without the graph, the grammar or the audit of Signum, and that held before:

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

An error is found if a verdict "inconsistent" that the untouched paper does not have is about a number or sentence of a
broken relation.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Final

from scipy import stats

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ingest.pipeline import extract  # noqa: E402
from ingest.readers import read  # noqa: E402
from kg.audit import audit  # noqa: E402
from kg.audit.library import with_vocabulary  # noqa: E402
from kg.model import Source, Span, Statement, Verdict  # noqa: E402
from kg.sources import read_folder  # noqa: E402
from kg.vocabulary import Vocabulary  # noqa: E402

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


@dataclass(frozen=True, slots=True)
class Change:
    """One seeded error: the numbers that it writes, by where they stood."""

    kind: str
    tokens: tuple[Token, ...]
    written: tuple[str, ...]

    @property
    def by_start(self) -> dict[int, str]:
        return {token.start: text for token, text in zip(self.tokens, self.written, strict=True)}

    def apply(self, text: str) -> str:
        for start, new in sorted(self.by_start.items(), reverse=True):
            old = next(token for token in self.tokens if token.start == start)
            text = text[: old.start] + new + text[old.end :]
        return text

    def moved(self, place: int) -> int:
        """Where a place of the untouched text stands in the changed one."""
        shift = sum(
            len(new) - len(token.text)
            for token, new in zip(self.tokens, self.written, strict=True)
            if token.end <= place
        )
        return place + shift


# --- The oracle ------------------------------------------------------------------------------------------------------


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
        return None, float(stats.fisher_exact(table).pvalue)
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
        abs(stats.ttest_ind_from_stats(m, s, total, other, spread, total).statistic)
        for m, s, other, spread in product(*ends)
    ]
    return bool(min(found) - half(values[4]) <= Fraction(values[4]) <= max(found) + half(values[4]))


def intervals(text: str) -> Iterator[Relation]:
    level = r"95(?:\.0)?\s?%\s?CI\s?=?\s?"
    for match in re.finditer(
        rf"(?<![<>] )({NUMBER})\s*[(,]\s*{level}({NUMBER})[–-]({NUMBER})(?:,\s*P\s*=\s*({NUMBER}))?", text
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


# --- Errors ----------------------------------------------------------------------------------------------------------


def changes(found: Sequence[Relation]) -> list[Change]:
    """One error after the other, in the order of the text: digits, denominators, totals, P values, exchanged pairs."""
    every = {token.start: token for relation in found for token in relation.tokens}
    made = [change for _, token in sorted(every.items()) for change in altered(token)]
    for relation in found:
        made += exchanged(relation)
    return list({(change.by_start.__repr__()): change for change in made}.values())


NAMES: Final = {"total": "a denominator or total", "p": "a P value"}


def altered(token: Token) -> Iterator[Change]:
    """The first and the last digit, each raised by one; a P ten times as large."""
    kind = NAMES.get(token.role, "a digit")
    places = [place for place, letter in enumerate(token.text) if letter.isdigit()]
    for place in dict.fromkeys((places[0], places[-1])):
        digit = str((int(token.text[place]) + 1) % 10)
        new = token.text[:place] + digit + token.text[place + 1 :]
        if new[0] != "0" or token.text[0] == "0":
            yield Change(kind, (token,), (new,))
    if token.role == "p" and token.text.startswith("0.0"):
        yield Change(kind, (token,), (f"0.{token.text[3:]}0",))


def exchanged(relation: Relation) -> Iterator[Change]:
    """Two numbers of one relation and role that differ, each in the other's place."""
    if relation.kind not in ("sum", "test", "inside", "t"):
        return
    for one, other in combinations(relation.tokens, 2):
        ends = {one.role, other.role} == {"low", "high"}
        if one.text != other.text and (one.role == other.role or ends) and one.start < other.start:
            yield Change("an exchanged pair", (one, other), (other.text, one.text))


# --- The measurement -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one paper: the errors found and missed among those that arithmetic can detect."""

    key: str
    numbers: int
    found: tuple[Change, ...]
    missed: tuple[Change, ...]
    untouched: tuple[Verdict, ...]


class Reader:
    """Takes texts apart and audits them, with one vocabulary for all."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary.load()
        self._paper = with_vocabulary(self._vocabulary)

    def __call__(self, source: Source, text: str) -> tuple[dict[str, Statement], tuple[Verdict, ...]]:
        raw = read(Path("text.txt"), text.encode())
        extraction = extract(source, raw, self._vocabulary)
        paper = self._paper(source.key, raw.text, extraction.passages, extraction.statements)
        return {one.id: one for one in extraction.statements}, audit([paper])


def wrong(verdicts: Sequence[Verdict]) -> dict[tuple[str, str], Verdict]:
    return {(one.check, one.explanation): one for one in verdicts if one.verdict == "inconsistent"}


def measure(source: Source, text: str, reader: Reader, every: int = 1) -> Outcome:
    """Seed every `every`-th detectable error of a text and see which ones the audit finds."""
    statements, untouched = reader(source, text)
    known = relations(text)
    detectable = [change for change in changes(known) if any(r.broken_by(change.by_start) for r in known)][::every]
    found = [change for change in detectable if is_found(change, source, text, reader, known, untouched)]
    numbers = len({one.statistic.span for one in statements.values() if one.statistic is not None})
    return Outcome(
        key=source.key,
        numbers=numbers,
        found=tuple(found),
        missed=tuple(change for change in detectable if change not in found),
        untouched=untouched,
    )


def is_found(
    change: Change, source: Source, text: str, reader: Reader, known: Sequence[Relation], untouched: Sequence[Verdict]
) -> bool:
    changed = change.apply(text)
    statements, verdicts = reader(source, changed)
    before, after = wrong(untouched), wrong(verdicts)
    broken = [token for one in known if one.broken_by(change.by_start) for token in one.tokens]
    places = [Span(start=(at := change.moved(token.start)), end=at + 1) for token in broken]
    return any(
        is_about(verdict, place, statements, changed)
        for name, verdict in after.items()
        if name not in before
        for place in places
    )


def is_about(verdict: Verdict, place: Span, statements: Mapping[str, Statement], text: str) -> bool:
    """Whether a verdict is about the sentence that a place is in, by its statements or by its quotes."""
    if any(statements[identity].span.overlaps(place) for identity in verdict.statements):
        return True
    around = " ".join(text[max(0, place.start - 12) : place.end + 8].split())
    return any(around in quote for quote in verdict.quotes)


def texts(folder: Path) -> Iterator[tuple[Source, str]]:
    """The sources of a folder; of KEY.txt the first line is the title."""
    for path in sorted(folder.glob("*/source.toml")):
        stored = read_folder(path.parent)
        yield stored.source, stored.text
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield Source(key=path.stem, title=next(filter(str.strip, text.splitlines()), path.stem)), text


def main() -> None:
    """Print a line a paper and kind of error, and what the audit says of the untouched text."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, nargs="+", default=[ROOT / "sources"], help="folders of texts")
    parser.add_argument("--every", type=int, default=1, help="seed only every N-th error")
    parser.add_argument("--missed", action="store_true", help="list what was not found")
    options = parser.parse_args()
    reader, outcomes = Reader(), []
    for folder in options.texts:
        for source, text in texts(folder):
            outcomes.append(outcome := measure(source, text, reader, options.every))
            many = len(outcome.found) + len(outcome.missed)
            said = len(wrong(outcome.untouched))
            print(
                f"{source.key:26} {outcome.numbers:4} numbers, {many:4} errors, {len(outcome.found):4} found; untouched: {said}"
            )
            for change in outcome.missed if options.missed else ():
                at = change.tokens[0]
                print(
                    "    missed",
                    change.kind,
                    [t.text for t in change.tokens],
                    change.written,
                    repr(" ".join(text[max(0, at.start - 50) : at.end + 40].split())),
                )
    report(outcomes)


def report(outcomes: Sequence[Outcome]) -> None:
    found = Counter(change.kind for one in outcomes for change in one.found)
    missed = Counter(change.kind for one in outcomes for change in one.missed)
    for kind in sorted(found | missed):
        many = found[kind] + missed[kind]
        print(f"{kind:24} {found[kind]:4}/{many:4} {found[kind] / many:.1%}")
    many = sum(found.values()) + sum(missed.values())
    print(f"{'all':24} {sum(found.values()):4}/{many:4} {sum(found.values()) / max(1, many):.1%}")


if __name__ == "__main__":
    main()
