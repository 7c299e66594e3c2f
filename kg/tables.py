"""This module makes the tables that commands print and exports write, and writes a table as CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from kg import rdf
from kg.audit import worst
from kg.model import Concept, Source, Statement
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns: what commands print and exports write. Lists stay lists until a format joins them."""

    columns: tuple[str, ...]
    rows: tuple[Record, ...]


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
"""How a command or a page writes a table; a file may also be Parquet, see kg.export.parquet."""
