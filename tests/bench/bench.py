"""How long things take, each against a peer in the same run: `make bench`.

A ratio says more than a time: both sides ran on this machine, a moment apart. Each is the median of several runs, with
the spread, and counts only if both sides gave the same answer, which is checked.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
import spacy

from ingest.pipeline import extract
from ingest.readers import read, read_source
from kg import queries
from kg.build import build, extract_source
from kg.compare import compare
from kg.model import Source
from kg.pool import run_query
from kg.sources import folders, read_folder
from kg.store import Store
from kg.tables import Table
from kg.terminal import grid
from kg.terms import PREFIXES
from kg.vocabulary import Vocabulary
from tests.bench import endpoint
from tests.bench.answers import Answer, answering, large_graph, shipped_files

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = 5
PAIR = ("gep-net-liver-metastasis", "gep-adenocarcinoma-liver-metastasis")


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of each run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def spread(self) -> float:
        """Half of the range, as a share of the median."""
        return (max(self.seconds) - min(self.seconds)) / 2 / self.median


def timed(work: Callable[[], object], runs: int = RUNS) -> Timing:
    work()  # warm up
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Timing(tuple(seconds))


def row(what: str, peer: str, ours: Timing, theirs: Timing, goal: str = "") -> dict[str, str]:
    return {
        "what": what,
        "peer": peer,
        "ours ms": f"{1000 * ours.median:.1f} ±{100 * ours.spread:.0f}%",
        "peer ms": f"{1000 * theirs.median:.1f} ±{100 * theirs.spread:.0f}%",
        "ours ÷ peer": f"{ours.median / theirs.median:.2f}",
        "goal": goal,
    }


def reading(sources: Path) -> dict[str, str]:
    """The whole extraction (reading aside) against spaCy's blank tokenizer on the same texts."""
    vocabulary, tokenizer = Vocabulary.load(), spacy.blank("en").tokenizer
    papers = [(read_folder(folder).source, read_source(folder)) for folder in folders(sources)]
    ours = timed(lambda: [extract(source, raw, vocabulary) for source, raw in papers])
    theirs = timed(lambda: [tokenizer(raw.text) for _, raw in papers])
    return row("extract statements", "spaCy blank tokenizer", ours, theirs, "≤ 6.7")


def corpus_reading(corpus: Path) -> dict[str, str]:
    """The same over a folder of articles; the slowest article per character against the median."""
    vocabulary, seconds = Vocabulary.load(), []
    for path in sorted(p for p in corpus.rglob("*") if p.suffix in {".xml", ".nxml", ".html", ".txt"}):
        raw = read(path, path.read_bytes())
        start = time.perf_counter()
        extract(Source(key="x", title="x"), raw, vocabulary)
        seconds.append((time.perf_counter() - start) / len(raw.text))
    slowest, median = Timing((max(seconds),)), Timing((statistics.median(seconds),))
    return row(f"slowest of {len(seconds)} articles, a character", "the median article", slowest, median, "≤ 20")


def rebuilding(sources: Path, data: Path) -> dict[str, str]:
    """A build with nothing to do against one from nothing."""

    def from_nothing() -> None:
        with tempfile.TemporaryDirectory() as folder:
            build(sources, Path(folder), extract=extract_source)

    return row(
        "build, nothing changed", "build from nothing", timed(lambda: build(sources, data)), timed(from_nothing, 3)
    )


def loading(data: Path) -> dict[str, str]:
    def bare() -> None:
        store = pyoxigraph.Store()
        for path in sorted(data.glob("*.nq")):
            store.bulk_load(path.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)

    return row("open the graph", "bare bulk load", timed(lambda: Store.open(data)), timed(bare), "≤ 1.2")


def querying(data: Path) -> list[dict[str, str]]:
    """A named query and a comparison against the bare engine, and the query in a process of its own."""
    store, bare = Store.open(data), pyoxigraph.Store()
    for path in sorted(data.glob("*.nq")):
        bare.bulk_load(path.read_bytes(), pyoxigraph.RdfFormat.N_QUADS)
    text = queries.load("sources").text

    def bare_query() -> int:
        found = bare.query(text, use_default_graph_as_union=True, prefixes=PREFIXES)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return len(list(found))

    assert len(queries.run(store, "sources")) == bare_query() == len(run_query(data, text).rows)
    engine = timed(bare_query, 20)
    return [
        row("named query `sources`", "bare engine", timed(lambda: queries.run(store, "sources"), 20), engine, "≤ 1.2"),
        row("the same, cold, in its own process", "bare engine", timed(lambda: run_query(data, text)), engine),
        row("compare two diseases", "named query", timed(lambda: compare(store, *PAIR)), engine),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, default=ROOT / "sources")
    parser.add_argument("--corpus", type=Path, help="a folder of articles to read as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        if problems := build(options.sources, data).problems:
            sys.exit("\n".join(problems))
        rows = [reading(options.sources), rebuilding(options.sources, data), loading(data), *querying(data)]
        rows += [endpoint.pool_cost(data), *endpoint.beside_the_peer(data)]
        rows += answering("five papers", shipped_files(data), Answer(*PAIR, "phnen", "washout"), 50)
    rows += answering("a million quads", *large_graph(), 1000)
    if options.corpus:
        rows.append(corpus_reading(options.corpus))
    columns = ("what", "peer", "ours ms", "peer ms", "ours ÷ peer", "goal")
    print(grid(Table(columns=columns, rows=tuple(rows)), numeric=columns[2:5]), end="")


if __name__ == "__main__":
    main()
