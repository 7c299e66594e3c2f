"""This module takes a source from end to end: from what a reader read to statements, gaps and passages."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ingest.antecedents import resolved
from ingest.entities import Lexicon
from ingest.ranking import SHIPPED, Weights, load_weights
from ingest.sentences import Paper, read_paper
from ingest.statements import sentence_statements, statement_gaps, unique
from ingest.table_statements import table_statements
from ingest.text import RawText
from kg.model import Gap, Passage, Source, Span, Statement
from kg.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was made of a source: statements in the order of the text, what could not be placed, and its passages."""

    source: Source
    raw: RawText
    statements: tuple[Statement, ...]
    gaps: tuple[Gap, ...]
    passages: tuple[Passage, ...]


def extract(source: Source, raw: RawText, vocabulary: Vocabulary, weights: Weights | None = None) -> Extraction:
    """Everything that a source states, by rules and the given weights (the shipped ones if none are given).

    The same source, vocabulary and weights give the same statements in the same order.
    """
    with _collecting_later():
        statements, gaps = _stated(source, raw, lexicon_of(vocabulary), weights or shipped_weights())
    return Extraction(source=source, raw=raw, statements=statements, gaps=gaps, passages=passages(raw))


@contextmanager
def _collecting_later() -> Iterator[None]:
    """Garbage in cycles, of which extraction makes none that matters, is looked for when a paper is done."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _stated(
    source: Source, raw: RawText, lexicon: Lexicon, weights: Weights
) -> tuple[tuple[Statement, ...], tuple[Gap, ...]]:
    """The statements and gaps of a text; all that was made to find them is gone when they are returned."""
    found = _found(resolved(read_paper(source, raw, lexicon)), weights)
    statements = unique(one for one in found if isinstance(one, Statement))
    return tuple(statements), tuple(statement_gaps([one for one in found if isinstance(one, Gap)], statements))


def _found(paper: Paper, weights: Weights) -> list[Statement | Gap]:
    found: list[Statement | Gap] = []
    for index in range(len(paper.sentences)):
        found += sentence_statements(paper, index, weights)
    found += table_statements(paper)
    return found


def passages(raw: RawText) -> tuple[Passage, ...]:
    """The blocks of a text for a page that shows it, one for each segment, in the order of the stored text."""
    found = [
        Passage(span=Span(start=s.start, end=s.end), kind=b.kind, section=b.section, heading=b.heading)
        for b in raw.blocks
        for s in b.segments
    ]
    return tuple(sorted(found, key=lambda p: p.span))


_LEXICONS: dict[int, tuple[Vocabulary, Lexicon]] = {}


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The matcher of a vocabulary, made once for each vocabulary object and kept: Python's collector of garbage is told
    not to look through it again and again.
    """
    known = _LEXICONS.get(id(vocabulary))
    if known is None:
        known = (vocabulary, Lexicon(vocabulary))
        _LEXICONS[id(vocabulary)] = known
        gc.freeze()
    return known[1]


@lru_cache(maxsize=1)
def shipped_weights(path: Path = SHIPPED) -> Weights:
    """The weights that come with the project."""
    return load_weights(path)
