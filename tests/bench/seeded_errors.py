"""Which seeded errors the audit finds: `python tests/bench/seeded_errors.py [--texts DIR ...] [--every N] [--missed]`.

Numbers of a paper's text are changed one at a time (a digit, a denominator, an exchanged pair, a P, a total), the
paper is taken apart anew, and the audit asked. A change counts as detectable by arithmetic if it breaks a relation that
held before and that `arithmetic.py` finds in the plain text, without the graph, the grammar or the audit of Signum. An
error is found if a verdict "inconsistent" that the untouched paper does not have is about a number or sentence of a
broken relation. The last figure of a paper's line counts the verdicts "inconsistent" on the untouched text: those of
the shipped papers are listed, each with its reason, in tests/test_audit_papers.py.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from ingest.pipeline import extract  # noqa: E402
from ingest.readers import read  # noqa: E402
from kg.audit import audit  # noqa: E402
from kg.audit.library import with_vocabulary  # noqa: E402
from kg.model import Source, Span, Statement  # noqa: E402
from kg.sources import read_folder  # noqa: E402
from kg.verdict import Verdict  # noqa: E402
from kg.vocabulary import Vocabulary  # noqa: E402
from tests.bench.arithmetic import Relation, Token, relations  # noqa: E402


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
            counted = f"{outcome.numbers:4} numbers, {many:4} errors, {len(outcome.found):4} found"
            print(f"{source.key:26} {counted}; untouched: {said}")
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
