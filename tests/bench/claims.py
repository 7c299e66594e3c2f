"""Hold the claims of automatic extraction against the complete readings of the shipped papers.

    python tests/bench/claims.py [--gold DIR] [--weights FILE] [--show N] [KEY …]

A reading is what `signum build` has of a paper when its curations are played over it. A claim of the reading is found
when a claim in the same sentence has its subject, object (in either order) and polarity; typed when the predicate is the
same too. A row is supported when the reading has it, refused when a curation rejected or corrected it away. Weights: those of FILE, else, with
--gold, learned from that folder without the paper, else the shipped ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest.claims import claim_candidates
from ingest.pipeline import extract, lexicon_of, shipped_weights
from ingest.ranking import Weights, load_weights
from ingest.readers import read_source
from ingest.sentences import Paper, Sentence, read_paper
from kg import queries
from kg.build import curated
from kg.curation import curations
from kg.evaluate import train
from kg.model import Statement
from kg.export import Table
from kg.sources import StoredSource, read_folder
from kg.store import Store
from kg.terminal import print_rows
from kg.vocabulary import Vocabulary

WHY = ("found", "polarity", "below the threshold", "other bearer", "not proposed", "subject not named", "object not named", "own words")
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
        taken = [(one.former, f"{one.curation.action}ed: {one.curation.reason}") for one in applied.outcomes if one.former]
        return cls(statements=applied.statements, refused=tuple(taken))

    @classmethod
    def of_store(cls, store: Store, key: str) -> Reading:
        """By what an earlier build has."""
        taken = [(one.former, f"{one.action}ed: {one.reason}") for one in curations(store, key) if one.former]
        return cls(statements=tuple(queries.statements(store, source=key)), refused=tuple(taken))


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """The claims of one paper: those read with what became of each, those extracted with whether the reading has them."""

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
    """Whether the reading has an extracted claim: right, right but for its predicate, or the reason of its rejection."""
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
    if any(alike(one, other) for other in here):
        return "found"
    if any(ends(one) == ends(other) for other in here):
        return "polarity"
    if one.object.key is None or one.subject.key is None:
        return "own words"
    sentences = [i for i, s in enumerate(paper.sentences) if s.clean.source_span(s.start, s.end).overlaps(one.span)]
    named = {key for i in sentences for m in paper.sentences[i].mentions for key in m.keys}
    proposed = [(frozenset({p.bearer.entity.identity, p.attribute.entity.identity})) for i in sentences for p, _ in claim_candidates(paper, i, weights)]
    if ends(one) in proposed:
        return "below the threshold"
    if one.object.key not in named and not (one.subject.key in named and one.predicate == "discriminates"):
        return "object not named"
    if one.subject.key not in named:
        return "subject not named"
    if any(one.object.identity in pair for pair in proposed):
        return "other bearer"
    return "not proposed"


def figures(papers: Sequence[Judged]) -> Table:
    """A row a paper: recall, precision, and what became of what was read."""
    rows = []
    for one in papers:
        became_ = Counter(why for _, why in one.read)
        right = Counter(why.split(":")[0] for _, why in one.made)
        rows.append({
            "source": one.source,
            "found": f"{became_['found']}/{len(one.read)} ({became_['found'] / max(1, len(one.read)):.1%})",
            "supported": f"{right['right'] + right['predicate']}/{len(one.made)} ({(right['right'] + right['predicate']) / max(1, len(one.made)):.1%})",
            "typed": str(right["right"]),
            **{why: str(became_[why]) for why in WHY[1:]},
        })
    return Table(columns=tuple(rows[0]), rows=tuple(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("keys", nargs="*")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--sources", type=Path, default=Path("sources"))
    parser.add_argument("--reading", type=Path, help="a build whose curated statements are the reading")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    vocabulary = Vocabulary.load()
    folders = [p for p in sorted(options.sources.iterdir()) if (p / "curation.csv").is_file()]
    found = []
    store = Store.open(options.reading) if options.reading else None
    for folder in folders:
        if options.keys and folder.name not in options.keys:
            continue
        if options.weights:
            weights = load_weights(options.weights)
        elif options.gold:
            with TemporaryDirectory() as tmp:
                path = Path(tmp, "w.json")
                path.write_text(train([options.gold], options.sources, exclude=[folder.name], curations=False))
                weights = load_weights(path)
        else:
            weights = shipped_weights()
        found.append(judged(read_folder(folder), vocabulary, weights, store))
    if options.show:
        for one in found:
            for s, why in one.read:
                if why != "found":
                    print("MISS", one.source, why, s.subject.label, s.predicate, s.object.label, s.polarity, " ".join(s.quote.split()), sep=" | ")
            for s, why in one.made:
                print("MADE", one.source, why, f"{s.confidence:.2f}", s.rule, s.subject.label, s.predicate, s.object.label, s.polarity, " ".join(s.quote.split()), sep=" | ")
    print_rows(figures(found), form="table", output=None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
