"""This module holds the answer to a question: its clauses, the rows and values they rest on, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from kg.ask.reading import Mention, Reading
from kg.model import Statement
from kg.tables import statement_row

MOST_ROWS: Final = 20
STATISTIC_COLUMNS: Final = (
    *("statistic_type", "printed", "numerator", "denominator", "percent", "low", "high", "value", "unit", "mean"),
    *("sd", "median", "iqr", "ci_low", "ci_high", "ci_level", "p", "op"),
)
ROW_COLUMNS: Final = (
    *("statement", "source", "start", "end", "quote", "subject", "subject_label", "predicate", "object"),
    *("object_label", "polarity", "hedged", "modality", "phase", "comparator_label", "population"),
    *("unit_of_analysis", "evidence", "citations", "section", "origin", "verdict"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A sentence from a template, with the ids of the statements that it rests on: never none."""

    text: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A value that no paper prints: what it is, its text as a sentence shows it, formula, inputs (statement ids).

    `estimate`, `low` and `high` are numbers in the unit that `name` says (a percentage is out of 100); None for none.
    """

    name: str
    text: str
    formula: str
    inputs: tuple[str, ...]
    estimate: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What `ask` gives. `rows` are all statements that answer, most relevant first, those of the clauses before others;
    `notes` say what is not there and how the question was widened. `reason` and `nearest` are set where `answered` is
    false, and `clauses` and `rows` are empty then.
    """

    reading: Reading
    answered: bool
    intents: tuple[str, ...]
    concepts: tuple[Mention, ...] = ()
    clauses: tuple[Clause, ...] = ()
    rows: tuple[Statement, ...] = ()
    derived: tuple[Derived, ...] = ()
    disagreements: tuple[Clause, ...] = ()
    notes: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    sparql: str = ""
    reason: str = ""
    nearest: tuple[str, ...] = ()
    graph_hash: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[str, str] = field(default_factory=dict)
    all_rows: bool = False

    @property
    def intent(self) -> str:
        """What was asked for first of all: the name of one of INTENTS."""
        return self.intents[0]

    @property
    def shown(self) -> tuple[Statement, ...]:
        """The rows that are given: MOST_ROWS of them, or all where all were asked for."""
        return self.rows if self.all_rows else self.rows[:MOST_ROWS]

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values: answered, intent, interpretation, text, rows, derived, disagreements, notes,
        sparql, reason, nearest. Numbers of papers are text, as printed, so that 82.60 stays 82.60.
        """
        return {
            "question": self.reading.question,
            "answered": self.answered,
            "intent": self.intent,
            "interpretation": self._interpretation(),
            "text": [_clause(one) for one in self.clauses],
            "rows": [_row(one, self.verdicts.get(one.id)) for one in self.shown],
            "total": len(self.rows),
            "derived": [_derived(one) for one in self.derived],
            "disagreements": [_clause(one) for one in self.disagreements],
            "notes": list(self.notes),
            "sparql": self.sparql,
            "reason": self.reason,
            "nearest": list(self.nearest),
            "graph": self.graph_hash,
        }

    def _interpretation(self) -> dict[str, Any]:
        reading, labels = self.reading, self.labels
        return {
            "concepts": [
                {
                    "text": mention.text,
                    "key": mention.keys[0],
                    "label": labels.get(mention.keys[0], mention.keys[0]),
                    "type": mention.types[0],
                    "choices": [{"key": key, "label": labels.get(key, key)} for key in mention.keys[1:]],
                }
                for mention in self.concepts
            ],
            "corrected": [{"typed": one.typed, "read": one.read} for one in reading.corrections],
            "sources": list(reading.sources),
            "evidence": list(reading.evidence),
            "numbers": [
                {"text": one.text, "op": one.op, "value": str(one.value), "unit": one.unit} for one in reading.numbers
            ],
            "words": list(reading.words),
            "unknown": list(reading.unknown),
        }


def _clause(clause: Clause) -> dict[str, Any]:
    return {"sentence": clause.text, "statements": list(clause.statements)}


def _derived(one: Derived) -> dict[str, Any]:
    return {
        "name": one.name,
        "text": one.text,
        "estimate": one.estimate,
        "low": one.low,
        "high": one.high,
        "formula": one.formula,
        "inputs": list(one.inputs),
    }


def _row(statement: Statement, verdict: str | None) -> dict[str, Any]:
    whole = statement_row(statement, verdict)
    row = {name: _plain(whole[name]) for name in ROW_COLUMNS}
    number = {name: _plain(whole[name]) for name in STATISTIC_COLUMNS}
    kept = {name: value for name, value in number.items() if value not in (None, "")}
    return row | {"statement": statement.id, "iri": whole["statement"], "statistic": kept or None}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
