"""Source folders of a line or two, and an extraction simple enough to check by eye."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.text import Block, RawText
from kg.model import NUMBER_FIELDS, Entity, Gap, Passage, Span, Statement, Statistic
from kg.sources import StoredSource
from kg.vocabulary import Vocabulary

if TYPE_CHECKING:
    from ingest.pipeline import Extraction

PATTERNS = (
    (
        "proportion",
        re.compile(r"(?P<sign>washout|calcification) in (?P<number>(?P<numerator>\d+)/(?P<denominator>\d+))"),
    ),
    ("size", re.compile(r"(?P<sign>change) of (?P<number>(?P<value>-?\d+\.\d+) (?P<unit>mm|cm))")),
    ("p_value", re.compile(r"(?P<sign>difference), (?P<number>P(?P<op>[<=>])(?P<p>0\.\d+))")),
)


def write_source(directory: Path, key: str, text: str, toml: str | None = None) -> Path:
    """Make sources/<key>/ with a title (or the given source.toml) and a text."""
    folder = directory / key
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "source.toml").write_text(f'title = "On {key}"\n' if toml is None else toml, encoding="utf-8")
    (folder / "text.txt").write_text(text, encoding="utf-8", newline="")
    return folder


def extract(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
    """One statement for each match of PATTERNS, and a gap for each '%'."""
    from ingest.pipeline import Extraction  # loads spaCy, which tests of folders do without

    key, text = stored.source.key, stored.text
    whole = Span(start=0, end=len(text))
    gaps = (Gap(source=key, span=_span(found), text="%", reason="no number") for found in re.finditer("%", text))
    statements = (
        _statement(stored, kind, found) for kind, pattern in PATTERNS for found in pattern.finditer(stored.text)
    )
    return Extraction(
        source=stored.source,
        raw=RawText(text=text, blocks=(Block(kind="paragraph", section="Results", segments=(whole,)),)),
        statements=tuple(statements),
        gaps=tuple(gaps),
        passages=(Passage(span=whole, kind="paragraph", section="Results"),),
    )


def fail(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
    """An extraction with a fault, to see that the others go on."""
    if stored.source.key == "bad":
        raise IndexError("list index out of range")
    return extract(stored, vocabulary)


def _statement(stored: StoredSource, kind: str, found: re.Match[str]) -> Statement:
    words = found.groupdict()
    numbers = {name: Decimal(words[name]) for name in NUMBER_FIELDS if name in words}
    return Statement(
        source=stored.source.key,
        span=_span(found),
        quote=found[0],
        subject=Entity(key="phnen", label="PHNEN"),
        predicate="has_sign" if kind == "proportion" else "measured_value",
        object=Entity(label=found["sign"]),
        polarity="present" if numbers.get("numerator") != 0 else "absent",
        evidence="own",
        section="Results",
        statistic=Statistic(
            kind=kind,
            printed=found["number"],
            span=Span(start=found.start("number"), end=found.end("number")),
            unit=words.get("unit"),
            op=words.get("op"),
            **numbers,
        ),
        rule="tiny",
    )


def _span(found: re.Match[str]) -> Span:
    return Span(start=found.start(), end=found.end())
