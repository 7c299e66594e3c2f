"""This module lays out what the graph says of one thing, or of two diseases, as tables that a terminal can print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg import queries
from kg.ask import Answer, Clause
from kg.audit import worst
from kg.compare import Comparison, Matrix, Row, short_name
from kg.differential import BEARINGS, Assessment, Differential
from kg.differential.wording import share
from kg.evidence import Cell, with_frequency
from kg.lookup import UnknownNameError, find_concept
from kg.measures import display
from kg.model import Concept, Source, Statement
from kg.store import Store
from kg.tables import Table, Value, entity_row, source_table, statement_row, statement_table

OVERVIEW_COLUMNS: Final = ("source", "section", "subject", "predicate", "object", "what", "evidence", "statement")
RATIO_COLUMNS: Final = ("A", "B", "LR+ (95% CI)", "source")
COMPARISON_COLUMNS: Final = (
    *("rank", "sign", "kind", "a_n", "a_total", "a_percent", "a_low", "a_high", "b_n", "b_total", "b_percent", "b_low"),
    *("b_high", "lr", "lr_low", "lr_high", "corrected", "reading", "why", "source", "within_study", "warnings"),
    "statements",
)


MATRIX_COLUMNS: Final = (
    *("sign", "key", "disease", "disease_key", "state", "text", "source", "n", "total", "percent", "low", "high"),
    *("unit", "words", "notes", "statements"),
)

DIFFERENTIAL_COLUMNS: Final = (
    *("rank", "disease", "key", "before", "probability", "probability_low", "probability_high", "finding", "present"),
    *("bearing", "group", "n", "total", "percent", "low", "high", "unit", "source", "evidence", "statements"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What `signum show` prints: a heading in words, a table to read, the statement table, and the thing itself."""

    heading: str
    overview: Table
    statements: Table
    thing: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """The thing and its statements, numbers as printed (as text, so that 82.60 stays 82.60)."""
        return {**_plain(self.thing), "statements": [_plain(row) for row in self.statements.rows]}


def show(store: Store, name: str) -> Shown:
    """What the graph says of a source (by key), a statement (by id) or a concept (by any of its names).

    Raises UnknownNameError with what may have been meant.
    """
    sources = {source.key: source for source in queries.sources(store)}
    if name in sources:
        return _show_source(store, sources[name])
    if name.partition("/")[0] in sources:
        return _show_statement(store, name)
    return _show_concept(store, find_concept(store, name))


def _show_source(store: Store, source: Source) -> Shown:
    statements = queries.statements(store, source=source.key)
    known = (*source.authors[:3], "et al." if len(source.authors) > 3 else None, source.citation or source.journal)
    details = " · ".join(str(part) for part in (*known, source.year, source.doi, source.licence) if part)
    return _shown(f"{source.key}: {source.title}\n{details}", statements, dict(source_table([source]).rows[0]))


def _show_concept(store: Store, concept: Concept) -> Shown:
    statements = queries.statements(store, about=[concept.key])
    lines = [f"{concept.label} ({concept.type}, key {concept.key})"]
    also = (*concept.alt_labels, *concept.ambiguous_labels)
    lines += [f"also called: {', '.join(also)}"] if also else []
    lines += [concept.definition] if concept.definition else []
    lines += [f"a kind of: {concept.parent}"] if concept.parent else []
    return _shown("\n".join(lines), statements, entity_row(concept))


def _show_statement(store: Store, identity: str) -> Shown:
    found = queries.statements(store, ids=[identity])
    if not found:
        raise UnknownNameError(
            f"no statement has the id {identity!r}; `signum show {identity.partition('/')[0]}` lists them"
        )
    verdicts = queries.verdicts(store, found[0].source)
    row = statement_row(found[0], worst(verdicts).get(identity))
    pairs = tuple({"field": name, "value": value} for name, value in row.items() if value not in (None, "", ()))
    return Shown(
        heading=identity,
        overview=Table(columns=("field", "value"), rows=pairs),
        statements=statement_table(found, verdicts),
        thing={"id": identity},
    )


def _shown(heading: str, statements: Sequence[Statement], thing: dict[str, Any]) -> Shown:
    counted = f"{len(statements)} statements from {len({one.source for one in statements})} sources"
    ordered = sorted(statements, key=lambda one: (one.source, one.span, one.id))
    return Shown(
        heading=f"{heading}\n{counted}",
        overview=Table(columns=OVERVIEW_COLUMNS, rows=tuple(map(_overview, ordered))),
        statements=statement_table(statements),
        thing=thing,
    )


def _overview(one: Statement) -> dict[str, Value]:
    words = ("not" if one.polarity == "absent" else "", "maybe" if one.hedged else "")
    printed = one.statistic.printed if one.statistic else ""
    return {
        "source": one.source,
        "section": one.section,
        "subject": one.subject.label,
        "predicate": one.predicate,
        "object": one.object.label,
        "what": " ".join(part for part in (*words, printed) if part),
        "evidence": one.evidence + (f" [{', '.join(one.citations)}]" if one.citations else ""),
        "statement": one.id,
    }


def comparison_table(comparison: Comparison) -> Table:
    """The rows of a comparison with every number in a column of its own: what CSV wants."""
    rows = (*comparison.counted, *comparison.one_sided, *comparison.words)
    return Table(columns=COMPARISON_COLUMNS, rows=tuple(map(_comparison_row, rows)))


def comparison_overview(comparison: Comparison) -> Table:
    """The rows of a comparison as a person reads them: counts first, then the ratio with its interval."""
    rows = tuple(
        {
            "sign": row.label,
            "A": _cell_text(row.a, row.words_a, row, comparison),
            "B": _cell_text(row.b, row.words_b, row, comparison),
            "LR+ (95% CI)": _ratio_text(row),
            "reading": _reading_text(row),
            "source": row.source,
            "warnings": "; ".join(row.every_warning),
        }
        for row in (*comparison.counted, *comparison.one_sided, *comparison.words)
    )
    return Table(columns=("sign", "A", "B", "LR+ (95% CI)", "reading", "source", "warnings"), rows=rows)


def matrix_overview(matrix: Matrix) -> Table:
    """A matrix as a person reads it: a row a finding, a column a disease."""
    names = [short_name(disease) for disease in matrix.diseases]
    if len(set(names)) < len(names):
        names = [disease.label for disease in matrix.diseases]
    rows = tuple(
        {"sign": row.finding.label, **{name: cell.text for name, cell in zip(names, row.cells, strict=True)}}
        for row in matrix.rows
    )
    return Table(columns=("sign", *names), rows=rows)


def matrix_table(matrix: Matrix) -> Table:
    """A matrix with every number in a column of its own: a row for each finding, disease and paper that counted it."""
    rows = tuple(
        {
            "sign": row.finding.label,
            "key": row.finding.key,
            "disease": disease.label,
            "disease_key": disease.key,
            "state": cell.state,
            "text": cell.text,
            **_counted_by(count),
            "words": cell.words,
            "notes": cell.notes,
            "statements": cell.statements,
        }
        for row in matrix.rows
        for disease, cell in zip(matrix.diseases, row.cells, strict=True)
        for count in cell.counts or (None,)
    )
    return Table(columns=MATRIX_COLUMNS, rows=rows)


def _counted_by(cell: Cell | None) -> dict[str, Value]:
    values = {name.removeprefix("_"): value for name, value in _cell_values("", cell).items()}
    return values | {"source": cell.source if cell else None, "unit": cell.unit if cell else None}


def differential_overview(found: Differential) -> Table:
    """A differential as a person reads it: a row a disease, with what speaks for it, against it, and what is open."""
    rows = tuple(
        {
            "disease": one.disease.label,
            "probability": share(one.after) if one.after is not None else "",
            **{bearing: "; ".join(map(_assessed, one.of(bearing))) for bearing in BEARINGS},
        }
        for one in found.candidates
    )
    return Table(columns=("disease", "probability", *BEARINGS), rows=rows)


def _assessed(assessment: Assessment) -> str:
    """A finding with its first piece of evidence, and how many more there are."""
    if not assessment.items:
        return assessment.label
    first, more = assessment.items[0], len(assessment.items) - 1
    note = f", {first.note}" if first.note else ""
    return f"{assessment.label}: {first.text}{note}{f' and {more} more' if more else ''}"


def differential_table(found: Differential) -> Table:
    """A differential with a row for each disease and finding, the numbers in columns of their own."""
    rows = []
    for rank, one in enumerate(found.candidates, start=1):
        for each in one.assessments:
            count = next((item.cell for item in each.items if item.cell is not None), None)
            rows.append(
                {
                    "rank": rank,
                    "disease": one.disease.label,
                    "key": one.disease.key,
                    "before": one.before,
                    "probability": one.after.estimate if one.after else None,
                    "probability_low": one.after.low if one.after else None,
                    "probability_high": one.after.high if one.after else None,
                    "finding": each.finding.key,
                    "present": each.present,
                    "bearing": each.bearing,
                    "group": each.group,
                    **_counted_by(count),
                    "evidence": tuple(item.text for item in each.items),
                    "statements": each.statements,
                }
            )
    return Table(columns=DIFFERENTIAL_COLUMNS, rows=tuple(rows))


def answer_text(asked: Answer) -> str:
    """An answer as a person reads it: how the question was read, sentences with numbered references, the references."""
    read = [f"Read “{one.typed}” as {one.read}." for one in asked.reading.corrections]
    if not asked.answered:
        near = ["Nearest questions with an answer:", *(f"  {one}" for one in asked.nearest)] if asked.nearest else []
        return "\n".join([*read, asked.reason, *near]) + "\n"
    numbers: dict[tuple[str, int, int], int] = {}
    places = {one.id: (one.source, one.span.start, one.span.end) for one in asked.rows}

    def line(clause: Clause) -> str:
        cited = dict.fromkeys(numbers.setdefault(places[i], len(numbers) + 1) for i in clause.statements if i in places)
        return f"{clause.text} {''.join(f'[{number}]' for number in cited)}"

    lines = [*read, *map(line, asked.clauses), *map(line, asked.disagreements), *asked.notes]
    quotes = {places[one.id]: " ".join(one.quote.split()) for one in asked.rows}
    references = [
        f"[{number}] {place[0]} {place[1]}–{place[2]}: “{quotes[place]}”" for place, number in numbers.items()
    ]
    return "\n".join([*lines, "", *references]) + "\n"


def _comparison_row(row: Row) -> dict[str, Value | Sequence[str]]:
    ratio = row.ratio
    return {
        "rank": row.rank,
        "sign": row.label,
        "kind": row.kind,
        **_cell_values("a", row.a),
        **_cell_values("b", row.b),
        "lr": ratio.estimate if ratio else None,
        "lr_low": ratio.low if ratio else None,
        "lr_high": ratio.high if ratio else None,
        "corrected": ratio.corrected if ratio else None,
        "reading": row.reading,
        "why": row.why,
        "source": row.source,
        "within_study": row.within_study,
        "warnings": row.warnings,
        "statements": _unique((*_used(row.a), *_used(row.b), *row.words_a, *row.words_b, *row.direct)),
    }


def _cell_values(side: str, cell: Cell | None) -> dict[str, Value]:
    low, high = (cell.interval.low, cell.interval.high) if cell and cell.interval else (None, None)
    values = (cell.n, cell.total, cell.percent) if cell else (None, None, None)
    limits = tuple(None if limit is None else 100 * limit for limit in (low, high))
    return dict(
        zip((f"{side}_{name}" for name in ("n", "total", "percent", "low", "high")), (*values, *limits), strict=True)
    )


def _cell_text(cell: Cell | None, words: Sequence[str], row: Row, comparison: Comparison) -> str:
    if cell is None or cell.n is None:
        said = [comparison.statements[one] for one in words]
        return with_frequency(_words_text([one.polarity for one in said], row), said)
    group = f", {cell.group}" if cell.group else ""
    if cell.total is None or cell.interval is None or cell.percent is None:
        return f"{cell.n}, of how many is not printed{group}"
    low, high = 100 * cell.interval.low, 100 * cell.interval.high
    return f"{cell.n}/{cell.total}  {cell.percent:.0f}% ({low:.0f}–{high:.0f}){group}"


def _words_text(polarities: Sequence[str], row: Row) -> str:
    """What is said without a count: that it is there, that it is not, or only how one side is to the other."""
    if not polarities:
        compared = row.direct if row.kind == "one_sided" else ()
        return f"only compared ({len(compared)})" if compared else "— not reported"
    absent = polarities.count("absent")
    if absent in (0, len(polarities)):
        return f"{'absent ' if absent else ''}in words ({len(polarities)})"
    return f"in words ({len(polarities) - absent}), absent in words ({absent})"


def _reading_text(row: Row) -> str:
    """What a row says of A and B; one counted on one side says so."""
    sides = [letter for letter, cell in (("A", row.a), ("B", row.b)) if cell is not None and cell.n is not None]
    if row.reading != "in_words_only":
        return row.reading.replace("_", " ")
    counted = f"counted in {sides[0]} only" if sides else "in words only"
    return f"{counted}; authors: {row.direction.upper()}" if row.direction else counted


def _ratio_text(row: Row) -> str:
    if row.ratio is None:
        return ""
    limits = f"{display(row.ratio.low)}–{display(row.ratio.high)}"
    return f"{display(row.ratio.estimate)} ({limits}){'†' if row.ratio.corrected else ''}"


def _used(cell: Cell | None) -> tuple[str, ...]:
    return cell.used or cell.statements if cell else ()


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _plain(row: Any) -> dict[str, Any]:
    simple = (str, int, float, bool, type(None))
    return {
        name: value if isinstance(value, simple) else list(value) if isinstance(value, tuple) else str(value)
        for name, value in dict(row).items()
    }
