"""This module says what the files of an answer hold: its sentences with their references, and its rows."""

from __future__ import annotations

from kg.ask import Answer
from kg.tables import statement_table, to_text
from kg.web.files import Occasion, csv_file
from kg.web.view import Context


def lines(answer: Answer, context: Context) -> list[str]:
    """The answer as text: sentences with the numbers of their references, and the references with their sentences."""
    told = [*answer.clauses, *answer.disagreements]
    body = [
        f"{one.text} {''.join(f'[{context.numbers[i]}]' for i in one.statements if i in context.numbers)}"
        for one in told
    ]
    cited = {identity for one in told for identity in one.statements}
    references = [
        f"[{context.numbers[one.id]}] {_citation(context, one.source)}: “{' '.join(one.quote.split())}”"
        for one in answer.shown
        if one.id in cited
    ]
    return [*body, *answer.notes, "", *references]


def _citation(context: Context, key: str) -> str:
    source = context.sources.get(key)
    return f"{source.short_name}, {source.citation or source.title}" if source is not None else key


def to_csv(answer: Answer, made: Occasion) -> str:
    """The rows under the columns of the statement table."""
    table = statement_table(answer.shown)
    rows = ({name: to_text(row[name]) for name in table.columns} for row in table.rows)
    return csv_file(made, table.columns, rows)
