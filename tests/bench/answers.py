"""How long an answer takes, from the shipped papers and from a generated graph of a million quads.

Beside each stands the query that reproduces the comparison: on the embedded store, and on rdflib's memory store in a
process that is ended when it takes too long.
"""

from __future__ import annotations

import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from queue import Empty

from rdflib import Dataset

from kg.compare import compare, comparison_query, matrix
from kg.differential import Findings, differential
from kg.model import Concept, Entity, Passage, Source, Span, Statement, Statistic
from kg.rdf import concept_nquads, derived_nquads, source_nquads
from kg.store import Store
from kg.vocabulary import Vocabulary

QUADS = 1_000_000
DISEASES = 60
SIGNS = 24  # that a paper counts in each of its two groups
RUNS = 5
RDFLIB_SECONDS = 300.0
COUNTS = ("a_n", "a_N", "b_n", "b_N")


@dataclass(frozen=True, slots=True)
class Answer:
    """What is asked of a graph: two diseases that one study counted, a third, and a finding."""

    a: str
    b: str
    c: str
    finding: str


def large_graph(quads: int = QUADS, seed: int = 7) -> tuple[list[str], Answer]:
    """N-Quads of invented papers on the concepts of the vocabulary, about as many as asked for, and what to ask."""
    vocabulary, chance = Vocabulary.load(), random.Random(seed)
    diseases = [one for one in vocabulary.by_type("disease") if not vocabulary.descendants(one.key)][:DISEASES]
    signs = [one for one in vocabulary.by_type("sign") if not one.variable]
    files = [concept_nquads(vocabulary.concepts.values())]
    written = files[0].count("\n")
    for number in range(quads):
        pair = chance.sample(diseases, 2) if number else diseases[:2]
        chosen = chance.sample(signs, SIGNS) if number else signs[:SIGNS]
        files.append(_paper(f"paper{number}", pair, chosen, chance))
        written += files[-1].count("\n")
        if written >= quads:
            break
    return files, Answer(diseases[0].key, diseases[1].key, diseases[2].key, signs[0].key)


def _paper(key: str, pair: list[Concept], signs: list[Concept], chance: random.Random) -> str:
    """A paper with a cohort of each of two diseases, and a sentence for each count of a sign in one of them."""
    sentences, statements = list[str](), list[Statement]()
    at = 0
    for disease in pair:
        size = chance.randint(20, 90)
        for quote, to, numbers in _lines(disease, size, signs, chance):
            sentences.append(quote)
            statements.append(_statement(key, at, quote, disease, to, numbers))
            at += len(quote) + 1
    text = "\n".join(sentences) + "\n"
    source = Source(key=key, title=f"Signs in {pair[0].label} and {pair[1].label}", authors=("Author A",), year=2020)
    passages = (Passage(span=Span(start=0, end=len(text)), kind="paragraph", section="Results"),)
    return source_nquads(source, text, passages, statements) + derived_nquads(statements)


def _lines(
    disease: Concept, size: int, signs: list[Concept], chance: random.Random
) -> Iterator[tuple[str, Concept | None, tuple[int, ...]]]:
    yield f"{size} patients with {disease.label} were included.", None, (size,)
    for sign in signs:
        n = chance.randint(0, size)
        yield f"{sign.label} was seen in {n}/{size} patients with {disease.label}.", sign, (n, size)


def _statement(
    key: str, at: int, quote: str, disease: Concept, sign: Concept | None, numbers: tuple[int, ...]
) -> Statement:
    printed = "/".join(map(str, numbers))
    place = at + quote.index(printed)
    statistic = Statistic(
        kind="count" if sign is None else "proportion",
        printed=printed,
        span=Span(start=place, end=place + len(printed)),
        unit="patients",
        value=Decimal(numbers[0]) if sign is None else None,
        numerator=Decimal(numbers[0]) if sign else None,
        denominator=Decimal(numbers[1]) if sign else None,
    )
    return Statement(
        source=key,
        span=Span(start=at, end=at + len(quote)),
        quote=quote,
        subject=Entity(key=disease.key, label=disease.label),
        predicate="cohort" if sign is None else "has_sign",
        object=Entity(key=sign.key, label=sign.label) if sign else Entity(key="number-of-patients", label="patients"),
        polarity="absent" if sign and not numbers[0] else "present",
        evidence="own",
        section="Methods" if sign is None else "Results",
        unit_of_analysis="patients",
        statistic=statistic,
        rule="generated",
    )


def milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """The median of some runs, and the first run before them, which may have more to read."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken[1:]), taken[0]


def answering(name: str, files: list[str], asked: Answer, limit: float) -> list[dict[str, str]]:
    """A row for each kind of answer, beside the first time it was asked; its query beside rdflib's memory store."""
    store = Store.of(*files)
    kinds: tuple[tuple[str, Callable[[], object]], ...] = (
        ("compare two diseases", lambda: compare(store, asked.a, asked.b)),
        ("matrix of three diseases", lambda: matrix(store, (asked.a, asked.b, asked.c))),
        (
            "differential among three",
            lambda: differential(store, Findings(present=(asked.finding,)), among=(asked.a, asked.b, asked.c)),
        ),
        ("differential among all", lambda: differential(store, Findings(present=(asked.finding,)))),
    )
    rows = [_row(f"{name}: {what}", "the first time", *milliseconds(work), limit) for what, work in kinds]
    query = comparison_query(store, compare(store, asked.a, asked.b))
    counts: list[list[object]] = [[row[column] for column in COUNTS] for row in store.select(query)]
    ours, _ = milliseconds(lambda: store.select(query))
    return [*rows, _row(f"{name}: its query", "rdflib", ours, rdflib_milliseconds(files, query, counts), limit)]


def _row(what: str, peer: str, ours: float, theirs: float | None, limit: float) -> dict[str, str]:
    return {
        "what": what,
        "peer": peer,
        "ours ms": f"{ours:.1f}",
        "peer ms": f"not in {RDFLIB_SECONDS:.0f} s" if theirs is None else f"{theirs:.1f}",
        "ours ÷ peer": "" if theirs is None else f"{ours / theirs:.4f}",
        "goal": f"≤ {limit:.0f} ms",
    }


def rdflib_milliseconds(files: list[str], query: str, counts: list[list[object]]) -> float | None:
    """How long rdflib takes for the query, its answer checked; None if it does not finish, loading included."""
    answers: multiprocessing.Queue[tuple[float, list[list[object]]]] = multiprocessing.Queue()
    child = multiprocessing.Process(target=_on_rdflib, args=(files, query, answers), daemon=True)
    child.start()
    try:
        taken, found = answers.get(timeout=RDFLIB_SECONDS)
    except Empty:
        return None
    finally:
        child.kill()
        child.join()
    if found != counts:
        sys.exit(f"rdflib and the embedded store differ: {found[:3]} and {counts[:3]}")
    return taken


def _on_rdflib(files: list[str], query: str, answers: multiprocessing.Queue[tuple[float, list[list[object]]]]) -> None:
    graph = Dataset(default_union=True)
    for text in files:
        graph.parse(data=text, format="nquads")
    start = time.perf_counter()
    rows = [[getattr(row, column) for column in COUNTS] for row in graph.query(query)]
    taken = 1000 * (time.perf_counter() - start)
    answers.put((taken, [[None if value is None else int(value) for value in row] for row in rows]))


def shipped_files(data: Path) -> list[str]:
    """The files of a build."""
    return [path.read_text(encoding="utf-8") for path in sorted(data.glob("*.nq"))]
