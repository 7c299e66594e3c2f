"""How well negation is told, on sentences that people annotated: `python tests/bench/negation.py FILE`.

FILE has a line a sentence, columns parted by tabs: number, condition, sentence, label (Negated, Affirmed, Possible);
further columns are passed over. A condition that stands in its sentence counts as named there, and the question is
whether it is denied. Beside it stands negspacy on the same sentences, if it is installed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from ingest.negation import is_negated, negated_stretches

Judge = Callable[[str, int, int], bool]


@dataclass(frozen=True, slots=True)
class Case:
    """A condition at [start, end) of a sentence, and whether a person reads it as denied."""

    sentence: str
    start: int
    end: int
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many denials were told, of how many, and how many of those told are none."""

    right: int
    told: int
    held: int
    seconds: float

    @property
    def precision(self) -> float:
        return self.right / max(self.told, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.held, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.told + self.held, 1)


def cases(path: Path) -> Iterator[Case]:
    """The annotated sentences of a file; one whose condition does not stand in it is passed over."""
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        columns = [column.strip().strip('"') for column in line.split("\t")]
        if len(columns) < 4 or not columns[0].isdigit():
            continue
        _, condition, sentence, label = columns[:4]
        start = sentence.lower().find(condition.lower())
        if start >= 0 and condition:
            yield Case(sentence, start, start + len(condition), label.lower() == "negated")


def ours(sentence: str, start: int, end: int) -> bool:
    return is_negated(negated_stretches(sentence), start, end)


def negspacy() -> Judge | None:
    """What negspacy says of a span that is named in a sentence; None if it is not installed."""
    try:
        import spacy

        import_module("negspacy.negation")  # registers the component
    except ImportError:
        return None
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("negex", config={"ent_types": ["CONDITION"]})
    negex = nlp.get_pipe("negex")

    def judge(sentence: str, start: int, end: int) -> bool:
        doc = nlp.get_pipe("sentencizer")(nlp.make_doc(sentence))
        span = doc.char_span(start, end, label="CONDITION", alignment_mode="expand")
        assert span is not None
        doc.set_ents([span])
        return bool(negex(doc).ents[0]._.negex)

    return judge


def outcome(judge: Judge, annotated: list[Case]) -> Outcome:
    """A judge held against annotated sentences."""
    judge(annotated[0].sentence, annotated[0].start, annotated[0].end)  # warm up
    start = time.perf_counter()
    told = [judge(case.sentence, case.start, case.end) for case in annotated]
    seconds = time.perf_counter() - start
    right = sum(one and case.denied for one, case in zip(told, annotated, strict=True))
    return Outcome(right=right, told=sum(told), held=sum(case.denied for case in annotated), seconds=seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path, help="annotated sentences; nothing is copied from it")
    parser.add_argument("--wrong", action="store_true", help="print the sentences that are told wrongly")
    options = parser.parse_args()
    annotated = list(cases(options.file))
    if not annotated:
        print(f"{options.file} holds no annotated sentence; give a file of tabbed lines", file=sys.stderr)
        return 2
    print(f"{len(annotated)} sentences, {sum(case.denied for case in annotated)} of them denials")
    for name, judge in (("ours", ours), ("negspacy", negspacy())):
        if judge is None:
            print(f"{name:9} is not installed, so nothing stands beside ours")
            continue
        found = outcome(judge, annotated)
        print(
            f"{name:9} precision {found.precision:.3f}  recall {found.recall:.3f}  F1 {found.f1:.3f}"
            f"  {1e6 * found.seconds / len(annotated):.0f} µs a sentence"
        )
    if options.wrong:
        for case in annotated:
            if ours(case.sentence, case.start, case.end) != case.denied:
                words = case.sentence[case.start : case.end]
                print(f"{'denied' if case.denied else 'not denied'}: {words} | {case.sentence}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
