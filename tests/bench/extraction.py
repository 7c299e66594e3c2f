"""How long a folder of JATS articles takes to read and to extract: `python tests/bench/extraction.py FOLDER`.

Time and memory of each article with `--each`; words a second side by side with spaCy's blank English tokenizer on the
same texts. Exit code 1 where an article fails or takes more than 20 times the median for each character.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

import spacy

from ingest.pipeline import Extraction, extract, lexicon_of
from ingest.readers import read
from ingest.text import RawText
from kg.model import Source
from kg.vocabulary import Vocabulary

SLOWEST_RATIO = 20.0
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What one article took: seconds of reading and of extraction, its size, and the most memory that Python held."""

    name: str
    reading: float
    extraction: float
    characters: int
    words: int
    statements: int
    gaps: int
    megabytes: float | None

    @property
    def microseconds(self) -> float:
        """For each character, reading and extraction together."""
        return 1e6 * (self.reading + self.extraction) / self.characters


def article(path: Path, vocabulary: Vocabulary, times: int, *, memory: bool) -> Article:
    """Read and extract one article so often, and keep the fastest."""
    data = path.read_bytes()
    reading, raw = fastest(lambda: read(path, data), times)
    source = Source(key="x", title=str(raw.metadata.get("title") or path.stem))

    def extracted() -> Extraction:
        return extract(source, raw, vocabulary)

    extraction, found = fastest(extracted, times)
    return Article(
        name=path.name,
        reading=reading,
        extraction=extraction,
        characters=len(raw.text),
        words=len(raw.text.split()),
        statements=len(found.statements),
        gaps=len(found.gaps),
        megabytes=peak(lambda: (read(path, data), extracted())) if memory else None,
    )


def fastest(work: Callable[[], Result], times: int) -> tuple[float, Result]:
    """The shortest time that the work took, and its result."""
    seconds, result = [], None
    for _ in range(max(times, 1)):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    assert result is not None
    return min(seconds), result


def peak(work: Callable[[], object]) -> float:
    """The most megabytes that Python held for the work (what C libraries take is in the process's figure)."""
    tracemalloc.start()
    work()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def tokenizing(texts: list[RawText], times: int) -> float:
    """Seconds of spaCy's blank tokenizer over all texts."""
    tokenizer = spacy.blank("en").tokenizer
    return fastest(lambda: [tokenizer(raw.text) for raw in texts], times)[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder of .xml or .nxml files; nothing is copied from it")
    parser.add_argument("--times", type=int, default=2, help="do each article so often, keep the fastest (default 2)")
    parser.add_argument("--each", action="store_true", help="print a line for each article, with its memory (slow)")
    options = parser.parse_args()
    vocabulary = Vocabulary.load()
    lexicon_of(vocabulary)
    articles, failed = [], 0
    paths = sorted(path for path in options.folder.iterdir() if path.suffix in (".xml", ".nxml"))
    for path in paths:
        try:
            articles.append(article(path, vocabulary, options.times, memory=options.each))
        except Exception as error:  # noqa: BLE001 - to name every article that fails, whatever the fault
            failed += 1
            print(f"{path.name}: {type(error).__name__}: {error}")
            continue
        if options.each:
            print(line(articles[-1]))
    if not articles:
        print(f"{options.folder} holds no .xml or .nxml file that could be read; give JATS articles", file=sys.stderr)
        return 2
    texts = [read(path, path.read_bytes()) for path in paths] if not failed else []
    slow = summary(articles, tokenizing(texts, options.times) if texts else None)
    return 1 if failed or slow else 0


def line(one: Article) -> str:
    """One article's figures."""
    return (
        f"{one.name:22} {one.characters:8,} characters  read {one.reading:.3f} s  extracted {one.extraction:.3f} s"
        f"  {one.megabytes or 0:6.1f} MB  {one.statements:4} statements  {one.gaps:4} gaps"
    )


def summary(articles: list[Article], tokenizer: float | None) -> bool:
    """Print what all took; True if one article is too slow for its length."""
    usual = median(one.microseconds for one in articles)
    slowest = max(articles, key=lambda one: one.microseconds)
    words, seconds = sum(one.words for one in articles), sum(one.extraction for one in articles)
    middle, statements, gaps = (
        median(one.extraction for one in articles),
        sum(one.statements for one in articles),
        sum(one.gaps for one in articles),
    )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"articles          {len(articles)}, {sum(one.characters for one in articles):,} characters, {words:,} words")
    print(f"reading           {sum(one.reading for one in articles):.1f} s for all")
    print(f"extraction        {seconds:.1f} s for all, median {middle:.3f} s an article")
    print(f"found             {statements:,} statements, {gaps:,} gaps")
    print(f"per character     median {usual:.2f} µs, slowest {slowest.microseconds:.2f} µs ({slowest.name})")
    print(f"slowest / median  {slowest.microseconds / usual:.1f} (at most {SLOWEST_RATIO:g})")
    print(f"words a second    {words / seconds:,.0f}")
    if tokenizer is not None:
        print(f"blank tokenizer   {words / tokenizer:,.0f} words a second; ours / its {tokenizer / seconds:.2f}")
    print(f"memory at most    {memory:.0f} MB for the whole process")
    return slowest.microseconds > SLOWEST_RATIO * usual


if __name__ == "__main__":
    sys.exit(main())
