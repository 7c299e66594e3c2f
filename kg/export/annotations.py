"""This module gives each statement as a W3C Web Annotation on the stored text of its paper, in JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from kg import queries
from kg.encoding import CONTEXT_LENGTH
from kg.export.job import Job
from kg.model import Source, Statement
from kg.terms import BASE, source_iri, statement_iri

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"  # the model demands this name; nothing here fetches it


def write(job: Job) -> str:
    """Write one annotation a statement, as an annotation collection with all of them on its first page."""
    statements, sources = queries.statements(job.store), {one.key: one for one in queries.sources(job.store)}
    texts = {key: queries.text(job.store, key) for key in sources}

    def pieces() -> Iterator[bytes]:
        head: dict[str, Any] = {"@context": CONTEXT, "id": BASE + "annotations", "type": "AnnotationCollection"}
        head |= {"label": "Statements of radiology papers", "total": len(statements)}
        yield json.dumps(head, ensure_ascii=False).removesuffix("}").encode()
        yield b', "first": {"id": "' + (BASE + "annotations/1").encode() + b'", "type": "AnnotationPage", "items": ['
        for number, one in enumerate(statements):
            shown = json.dumps(annotation(one, sources[one.source], texts[one.source]), ensure_ascii=False)
            yield (",\n" if number else "\n").encode() + shown.encode()
        yield b"\n]}}\n"

    job.put(pieces())
    return f"{len(statements)} annotations written to {job.path}"


def annotations_file(source: Source, statements: Iterable[Statement], text: str) -> str:
    """The annotations of one paper, as an annotation page."""
    items = [annotation(one, source, text) for one in statements]
    page = {"@context": CONTEXT, "id": f"{BASE}annotations/{source.key}", "type": "AnnotationPage", "items": items}
    return json.dumps(page, ensure_ascii=False, indent=1) + "\n"


def annotation(statement: Statement, source: Source, text: str) -> dict[str, Any]:
    """One statement as an annotation; offsets count Unicode code points of the text of `signum export texts`.

    Model: Web Annotation Data Model, W3C Recommendation, 23 February 2017.
    """
    start, end = statement.span.start, statement.span.end
    return {
        "id": statement_iri(statement.id) + "#annotation",
        "type": "Annotation",
        "motivation": "describing",
        "body": [
            {"type": "TextualBody", "value": in_words(statement), "format": "text/plain", "language": "en"},
            {"type": "SpecificResource", "source": statement_iri(statement.id), "purpose": "identifying"},
        ],
        "target": {
            "source": {"id": source_iri(source.key), "type": "Text", "dcterms:title": source.title},
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": statement.quote,
                    "prefix": text[max(0, start - CONTEXT_LENGTH) : start],
                    "suffix": text[end : end + CONTEXT_LENGTH],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
    }


def in_words(statement: Statement) -> str:
    """A statement on one line, its "not" and its hedge kept.

    >>> from kg.model import Entity, Span
    >>> in_words(Statement(source="x1", span=Span(start=0, end=2), quote="ab", subject=Entity(label="PHNEN"),
    ...                    predicate="has_sign", object=Entity(label="fat"), polarity="absent", hedged=True))
    'PHNEN: has sign: not fat (hedged)'
    """
    said = f"{statement.subject.label}: {statement.predicate.replace('_', ' ')}: "
    said += f"{'not ' if statement.polarity == 'absent' else ''}{statement.object.label}"
    if statement.comparator is not None:
        said += f", against {statement.comparator.label}"
    if statement.statistic is not None:
        said += f", {statement.statistic.printed}"
    return said + (" (hedged)" if statement.hedged else "")
