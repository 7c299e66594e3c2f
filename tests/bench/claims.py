"""Hold the claims of automatic extraction against the complete readings of the shipped papers.

    python tests/bench/claims.py [--gold DIR] [--weights FILE] [--show N] [KEY …]

A reading is what `signum build` has of a paper when its curations are played over it. A claim of the reading is found
when a claim in the same sentence has its subject, object (in either order) and polarity; typed when the predicate is
the same too. A row is supported when the reading has it, refused when a curation rejected or corrected it away.
Weights: those of FILE, else, with --gold, learned from that folder without the paper, else the shipped ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.claims import claim_candidates
from ingest.pipeline import extract, lexicon_of, shipped_weights
from ingest.ranking import Weights, load_weights
from ingest.readers import read_source
from ingest.sentences import Paper, read_paper
from kg import queries
from kg.build import curated
from kg.curation import curations
from kg.evaluate import train
from kg.model import Statement
from kg.sources import StoredSource, read_folder
from kg.store import Store
from kg.tables import Table
from kg.terminal import print_rows
from kg.vocabulary import Vocabulary

WHY = (
    *("found", "polarity", "own words", "below the threshold", "object not named", "subject not named", "other bearer"),
    "not proposed",
)
"""What becomes of a claim of the reading, the first that fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a complete reading of a paper left standing, and what it took away, each with the reason."""

    statements: tuple[Statement, ...]
    refused: tuple[tuple[Statement, str], ...]

    @classmethod
    def of_source(cls, stored: StoredSource, vocabulary: Vocabulary) -> Reading:
        """By playing the curations of a source over its extraction."""
        applied = curated(stored, vocabulary).applied
        taken = [
            (former, f"{one.curation.action}ed: {one.curation.reason}")
            for one in applied.outcomes
            for former in one.formers
        ]
        return cls(statements=applied.statements, refused=tuple(taken))

    @classmethod
    def of_store(cls, store: Store, key: str) -> Reading:
        """By what an earlier build has."""
        taken = [(former, f"{one.action}ed: {one.reason}") for one in curations(store, key) for former in one.formers]
        return cls(statements=tuple(queries.statements(store, source=key)), refused=tuple(taken))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The claims of one paper: those read with what became of each, those extracted with what the reading says."""

    source: str
    read: tuple[tuple[Statement, str], ...]
    made: tuple[tuple[Statement, str], ...]


def claims(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """The statements without a number."""
    return tuple(one for one in statements if one.statistic is None)


def ends(one: Statement) -> frozenset[str]:
    """The two things that a statement joins, in either order."""
    return frozenset({one.subject.identity, one.object.identity})


def alike(one: Statement, other: Statement) -> bool:
    """Whether two claims of one sentence join the same with the same polarity."""
    return one.span.overlaps(other.span) and ends(one) == ends(other) and one.polarity == other.polarity


def judged(stored: StoredSource, vocabulary: Vocabulary, weights: Weights, store: Store | None) -> Judged:
    """The claims of a source by extraction, and by its reading."""
    raw = read_source(stored.folder)
    made = extract(stored.source, raw, vocabulary, weights).statements
    paper = read_paper(stored.source, raw, lexicon_of(vocabulary))
    reading = Reading.of_store(store, stored.source.key) if store else Reading.of_source(stored, vocabulary)
    truth = reading.statements
    return Judged(
        source=stored.source.key,
        read=tuple((one, became(one, made, paper, weights)) for one in claims(truth)),
        made=tuple((one, verdict(one, truth, reading)) for one in claims(made)),
    )


def verdict(one: Statement, truth: Sequence[Statement], reading: Reading) -> str:
    """What the reading says of an extracted claim: right, right but for its predicate, or why it was refused."""
    same = [other for other in truth if alike(one, other)]
    if same:
        return "right" if any(one.predicate == other.predicate for other in same) else "predicate"
    for former, why in reading.refused:
        if former.predicate == one.predicate and alike(former, one):
            return why
    return "not read"


def became(one: Statement, made: Sequence[Statement], paper: Paper, weights: Weights) -> str:
    """What became of a claim of the reading: a row of WHY."""
    here = [other for other in made if one.span.overlaps(other.span)]
    if any(ends(one) == ends(other) for other in here):
        return "found" if any(alike(one, other) for other in here) else "polarity"
    places = [i for i, s in enumerate(paper.sentences) if s.clean.source_span(s.start, s.end).overlaps(one.span)]
    named = {key for i in places for m in paper.sentences[i].mentions for key in m.keys}
    pairs = [pair for i in places for pair, _ in claim_candidates(paper, i, weights)]
    proposed = [frozenset({p.bearer.entity.identity, p.attribute.entity.identity}) for p in pairs]
    reasons = {
        "own words": one.object.key is None or one.subject.key is None,
        "below the threshold": ends(one) in proposed,
        "object not named": one.object.key not in named,
        "subject not named": one.subject.key not in named,
        "other bearer": any(one.object.identity in pair for pair in proposed),
    }
    return next((why for why, is_so in reasons.items() if is_so), "not proposed")


def share(part: int, whole: int) -> str:
    """A count out of another, and its share."""
    return f"{part}/{whole} ({part / max(1, whole):.1%})"


def figures(papers: Sequence[Judged]) -> Table:
    """A row a paper: recall, precision, and what became of what was read."""
    rows = []
    for one in papers:
        fate = Counter(why for _, why in one.read)
        said = Counter(why.partition(":")[0] for _, why in one.made)
        rows.append(
            {
                "source": one.source,
                "found": share(fate["found"], len(one.read)),
                "supported": share(said["right"] + said["predicate"], len(one.made)),
                "typed": str(said["right"]),
                **{why: str(fate[why]) for why in WHY[1:]},
            }
        )
    return Table(columns=tuple(rows[0]), rows=tuple(rows))


def line(kind: str, source: str, why: str, one: Statement) -> str:
    """A statement as a line to read."""
    triple = (one.subject.label, one.predicate, one.object.label, one.polarity, " ".join(one.quote.split()))
    return " | ".join((kind, source, why, f"{one.confidence:.2f}", one.rule, *triple))


def weights_without(key: str, gold: Path, sources: Path) -> Weights:
    """What the other annotated papers teach."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "weights.json")
        path.write_text(train([gold], sources, exclude=[key], curations=False), encoding="utf-8")
        return load_weights(path)


def main() -> int:
    """Print a row a paper, with --show a line for each claim that was missed and each that was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keys", nargs="*")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--sources", type=Path, default=Path("sources"))
    parser.add_argument("--reading", type=Path, help="a build whose curated statements are the reading")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    vocabulary = Vocabulary.load()
    store = Store.open(options.reading) if options.reading else None
    fixed = load_weights(options.weights) if options.weights else shipped_weights()
    annotated = {path.stem for path in options.gold.glob("*.jsonl")} if options.gold else set()
    found = []
    for folder in sorted(path.parent for path in options.sources.glob("*/curation.csv")):
        if not options.keys or folder.name in options.keys:
            learned = folder.name in annotated
            weights = weights_without(folder.name, options.gold, options.sources) if learned else fixed
            found.append(judged(read_folder(folder), vocabulary, weights, store))
    for one in found if options.show else ():
        for statement, why in one.read:
            if why != "found":
                print(line("missed", one.source, why, statement))
        for statement, why in one.made:
            print(line("made", one.source, why, statement))
    print_rows(figures(found), form="table", output=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
