"""This module finds where a paper's own Methods say what a finding is, so that a reader knows what was counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.model import Passage, Span

DEFINES: Final = re.compile(
    r"\b(?:defined|described|recorded|assessed|graded|classified|regarded|considered|scored|termed)\s+as\b"
    r"|\brefer(?:s|red)?\s+to\b|\bdenote[sd]?\b",
    re.IGNORECASE,
)
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z(])")


def definition(text: str, passages: Iterable[Passage], names: Sequence[str]) -> Span | None:
    """The first sentence of the Methods that defines something by one of these names, earlier names preferred.

    >>> text = "Two readers took part. A fatty rim was defined as a bright margin. The fatty rim was common."
    >>> methods = [Passage(span=Span(start=0, end=len(text)), kind="paragraph", section="Methods")]
    >>> span = definition(text, methods, ["fatty rim"])
    >>> span and text[span.start : span.end]
    'A fatty rim was defined as a bright margin.'
    """
    methods = [passage.span for passage in passages if passage.section == "Methods" and passage.kind != "heading"]
    defining = [one for span in methods for one in sentences(text, span) if DEFINES.search(text, one.start, one.end)]
    patterns = [_pattern(name) for name in names if name.strip()]
    found = (one for pattern in patterns for one in defining if pattern.search(text, one.start, one.end))
    return next(found, None)


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The stretch cut where a full stop is followed by a capital letter, without the blanks between."""
    start = span.start
    for end in SENTENCE_END.finditer(text, span.start, span.end):
        yield Span(start=start, end=end.start())
        start = end.end()
    stop = start + len(text[start : span.end].rstrip())
    if stop > start:
        yield Span(start=start, end=stop)


def _pattern(name: str) -> re.Pattern[str]:
    """A name with any blanks or hyphens between its words, also in the plural."""
    return re.compile(
        r"\b" + r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", name.strip()))) + r"s?\b", re.IGNORECASE
    )
