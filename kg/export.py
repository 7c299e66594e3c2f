"""This module writes the graph's tables and texts to files: one row of EXPORTERS a thing that can be exported."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from kg import queries, rdf
from kg.audit import worst
from kg.model import Concept, Source, Statement
from kg.store import Store
from kg.verdict import VERDICTS, Verdict

Value = str | int | float | Decimal | bool | None
Record = Mapping[str, Value | Sequence[str]]

# fmt: off
STATEMENT_COLUMNS: Final = (
    "statement", "source", "start", "end", "quote", "subject", "subject_label", "predicate", "object", "object_label",
    "polarity", "hedged", "modality", "phase", "comparator_label", "population", "unit_of_analysis", "evidence",
    "citations", "section", "statistic_type", "printed", "numerator", "denominator", "percent", "low", "high", "value",
    "unit", "mean", "sd", "median", "iqr", "ci_low", "ci_high", "ci_level", "p", "op", "origin", "rule", "confidence",
    "verdict",
)
# fmt: on
SHORT_VERDICT_COLUMNS: Final = ("source", "check", "verdict", "printed", "explanation", "warning")
VERDICT_COLUMNS: Final = (
    *("source", "check", "verdict", "printed", "recomputed", "explanation", "warning", "quotes", "statements"),
)
ENTITY_COLUMNS: Final = ("iri", "key", "type", "label", "alt_labels", "parent", "definition", "mappings")


class ExportError(ValueError):
    """An export that is not known, or a place it cannot go to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns: what commands print and exports write. Lists stay lists until a format joins them."""

    columns: tuple[str, ...]
    rows: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exporter:
    """A row of EXPORTERS: `write(store, path, format)` puts the export at `path` and says what it wrote."""

    summary: str
    formats: tuple[str, ...]
    write: Callable[[Store, Path, str], str]


def statement_table(statements: Iterable[Statement], verdicts: Iterable[Verdict] = ()) -> Table:
    """One row a statement, in the order of source and place, with the worst of the verdicts on it."""
    ordered, judged = sorted(statements, key=lambda one: (one.source, one.span, one.id)), worst(verdicts)
    return Table(columns=STATEMENT_COLUMNS, rows=tuple(statement_row(one, judged.get(one.id)) for one in ordered))


def statement_row(statement: Statement, verdict: str | None = None) -> dict[str, Value | Sequence[str]]:
    """A statement under STATEMENT_COLUMNS; a number has the decimals of the paper, what is not known is None."""
    row: dict[str, Value | Sequence[str]] = dict.fromkeys(STATEMENT_COLUMNS)
    row |= {
        "statement": rdf.statement_iri(statement.id),
        "source": statement.source,
        "start": statement.span.start,
        "end": statement.span.end,
        "quote": statement.quote,
        "subject": str(rdf.entity_iri(statement.subject)),
        "subject_label": statement.subject.label,
        "predicate": statement.predicate,
        "object": str(rdf.entity_iri(statement.object)),
        "object_label": statement.object.label,
        "polarity": statement.polarity,
        "hedged": statement.hedged,
        "modality": statement.modality,
        "phase": statement.phases,
        "comparator_label": statement.comparator.label if statement.comparator else None,
        "population": statement.population,
        "unit_of_analysis": statement.unit_of_analysis,
        "evidence": statement.evidence,
        "citations": statement.citations,
        "section": statement.section,
        "origin": statement.origin,
        "rule": statement.rule,
        "confidence": statement.confidence,
        "verdict": verdict,
    }
    if (statistic := statement.statistic) is not None:
        row |= {"statistic_type": statistic.kind, "printed": statistic.printed}
        row |= {"unit": statistic.unit, "op": statistic.op, **dict(statistic.numbers())}
    return row


def verdict_table(verdicts: Iterable[Verdict], *, whole: bool = True) -> Table:
    """One row a verdict, the worst first, those of one kind by source and check; `whole` has the places too."""
    ordered = sorted(verdicts, key=lambda one: (VERDICTS.index(one.verdict), one))
    rows = tuple({name: getattr(one, name) for name in VERDICT_COLUMNS} for one in ordered)
    return Table(columns=VERDICT_COLUMNS if whole else SHORT_VERDICT_COLUMNS, rows=rows)


def entity_table(concepts: Iterable[Concept]) -> Table:
    """One row a concept, in the order of the keys."""
    return Table(columns=ENTITY_COLUMNS, rows=tuple(entity_row(one) for one in sorted(concepts, key=lambda c: c.key)))


def entity_row(concept: Concept) -> dict[str, Value | Sequence[str]]:
    """A concept under ENTITY_COLUMNS; a mapping reads `match:curie`.

    >>> entity_row(Concept(key="washout", type="sign", label="washout", alt_labels=("wash-out",)))["alt_labels"]
    ('wash-out',)
    """
    return {
        "iri": str(rdf.concept_iri(concept.key)),
        "key": concept.key,
        "type": concept.type,
        "label": concept.label,
        "alt_labels": (*concept.alt_labels, *concept.ambiguous_labels),
        "parent": concept.parent,
        "definition": concept.definition or None,
        "mappings": tuple(f"{mapping.match}:{mapping.curie}" for mapping in concept.mappings),
    }


def share(part: int, whole: int) -> str:
    """How much of a whole a part is, in percent; nothing if there is no whole.

    >>> share(3, 480), share(0, 0)
    ('0.6%', '')
    """
    return f"{100 * part / whole:.1f}%" if whole else ""


def curated_shares(statements: Iterable[Statement]) -> str:
    """How many statements of each source are a person's, as a sentence; nothing if none are."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in statements:
        counts[one.source][one.origin] += 1
    parts = [
        f"{key} {found['curated']}/{found.total()} ({share(found['curated'], found.total())})"
        for key, found in sorted(counts.items())
        if found["curated"]
    ]
    return f"; curated: {', '.join(parts)}" if parts else ""


def source_table(sources: Iterable[Source]) -> Table:
    """One row a source, with what is known of it."""
    columns = ("source", "title", "authors", "journal", "year", "study_design", "doi", "licence", "citation", "sha256")
    rows = tuple(
        {"source": one.key, **{name: getattr(one, name) for name in columns[1:]}}
        for one in sorted(sources, key=lambda source: source.key)
    )
    return Table(columns=columns, rows=rows)


def to_csv(table: Table) -> str:
    """The table as CSV (RFC 4180, but LF line ends): lists joined by '|', true or false, '' where nothing is known.

    >>> to_csv(Table(columns=("a", "b"), rows=({"a": ("x", "y"), "b": True}, {"a": Decimal("82.60"), "b": None})))
    'a,b\\nx|y,true\\n82.60,\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([to_text(row.get(name)) for name in table.columns] for row in table.rows)
    return out.getvalue()


def to_json(table: Table) -> str:
    """The table as a JSON list of objects: lists stay lists, numbers keep the decimals that the paper printed.

    >>> print(to_json(Table(columns=("percent",), rows=({"percent": Decimal("82.60")},))), end="")
    [
    {"percent": 82.60}
    ]
    """
    lines = (
        "{" + ", ".join(f"{json.dumps(name)}: {_json(row.get(name))}" for name in table.columns) + "}"
        for row in table.rows
    )
    return "[\n" + ",\n".join(lines) + ("\n" if table.rows else "") + "]\n"


def to_text(value: Value | Sequence[str]) -> str:
    """A value as one cell of text."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case Decimal():
            return format(value, "f")
        case str() | int() | float():
            return str(value)
        case _:
            return "|".join(str(item) for item in value)


def _json(value: Value | Sequence[str]) -> str:
    match value:
        case Decimal():
            return format(value, "f")
        case None | bool() | str() | int() | float():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return json.dumps([str(item) for item in value], ensure_ascii=False)


WRITERS: Final[Mapping[str, Callable[[Table], str]]] = {"csv": to_csv, "json": to_json}


def export(store: Store, name: str, path: Path, *, format: str | None = None) -> str:  # noqa: A002
    """Write the export `name` to `path`; the format is the one named, else that of the path's suffix, else the first.

    Returns what was written, as a sentence. Raises ExportError for an unknown name or format, or an unwritable path.
    """
    if name not in EXPORTERS:
        raise ExportError(f"no export is called {name!r}; there are: {', '.join(EXPORTERS)}")
    exporter = EXPORTERS[name]
    suffix = path.suffix.removeprefix(".")
    chosen = format or (suffix if suffix in exporter.formats else exporter.formats[0])
    if chosen not in exporter.formats:
        raise ExportError(f"{name} is not exported as {chosen!r}; there are: {', '.join(exporter.formats)}")
    try:
        return exporter.write(store, path, chosen)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}; give another with -o PATH") from None


def _write_table(table: Table, path: Path, format: str) -> str:  # noqa: A002
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WRITERS[format](table), encoding="utf-8", newline="")
    return f"{len(table.rows)} rows written to {path}"


def _write_statements(store: Store, path: Path, format: str) -> str:  # noqa: A002
    statements = queries.statements(store)
    table = statement_table(statements, queries.verdicts(store))
    return _write_table(table, path, format) + curated_shares(statements)


def _write_texts(store: Store, folder: Path, _: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    keys = [source.key for source in queries.sources(store)]
    for key in keys:
        (folder / f"{key}.txt").write_text(queries.text(store, key), encoding="utf-8", newline="")
    return f"{len(keys)} texts written to {folder}"


EXPORTERS: Final[Mapping[str, Exporter]] = {
    "statements": Exporter(
        summary="every statement with its quote, its place, its context and its statistic",
        formats=("csv", "json"),
        write=_write_statements,
    ),
    "entities": Exporter(
        summary="every concept with its names, its parent and its mappings",
        formats=("csv", "json"),
        write=lambda store, path, form: _write_table(entity_table(queries.concepts(store)), path, form),
    ),
    "verdicts": Exporter(
        summary="what the audit says of each number, with the arithmetic in words",
        formats=("csv", "json"),
        write=lambda store, path, form: _write_table(verdict_table(queries.verdicts(store)), path, form),
    ),
    "texts": Exporter(
        summary="the stored text of each source as KEY.txt in a folder: what offsets count in",
        formats=("txt",),
        write=_write_texts,
    ),
}
