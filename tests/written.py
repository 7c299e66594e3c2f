"""Papers of a few lines written in a test, read with the shipped vocabulary."""

from __future__ import annotations

from functools import cache

from ingest.antecedents import resolved
from ingest.entities import Lexicon
from ingest.pipeline import Extraction, extract, lexicon_of
from ingest.sentences import Paper, read_paper
from ingest.text import Block, RawText
from kg.model import Source, Span, Statement
from kg.vocabulary import Vocabulary

TITLE = "CT of hepatocellular carcinoma and hepatic hemangioma: a comparison of 60 patients"


@cache
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@cache
def lexicon() -> Lexicon:
    return lexicon_of(vocabulary())


def keys(text: str) -> list[str]:
    """The concepts that a text names, left to right."""
    return [mention.key for mention in lexicon().read(text)]


def raw(*paragraphs: str, section: str = "Results", kind: str = "paragraph", heading: str = "") -> RawText:
    """A stored text of a paragraph a line."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        span = Span(start=start, end=start + len(paragraph))
        blocks.append(Block(kind=kind, section=section, segments=(span,), heading=heading))
        start = span.end + 1
    return RawText(text="\n".join(paragraphs), blocks=tuple(blocks))


def source(title: str = TITLE, *, key: str = "written", design: str | None = None) -> Source:
    return Source(key=key, title=title, study_design=design)


def paper(*paragraphs: str, title: str = TITLE, section: str = "Results", design: str | None = None) -> Paper:
    return resolved(read_paper(source(title, design=design), raw(*paragraphs, section=section), lexicon()))


def extraction(*paragraphs: str, title: str = TITLE, section: str = "Results") -> Extraction:
    return extract(source(title), raw(*paragraphs, section=section), vocabulary())


def triples(*paragraphs: str, title: str = TITLE) -> list[tuple[str, str, str, str]]:
    """(subject, predicate, object, polarity) of each statement, concepts by key."""
    return [triple(s) for s in extraction(*paragraphs, title=title).statements]


def triple(statement: Statement) -> tuple[str, str, str, str]:
    ends = [end.key or end.label for end in (statement.subject, statement.object)]
    return ends[0], statement.predicate, ends[1], statement.polarity
