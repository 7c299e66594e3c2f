"""This module lists what a graph lacks: words that are no concept yet, and numbers that could not be placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from kg import queries
from kg.lookup import UnknownNameError
from kg.model import Gap, Statement
from kg.store import Store
from kg.tables import Table
from kg.vocabulary import fold

LABEL_COLUMNS: Final = ("label", "statements", "role", "predicates", "sources", "quote")
GAP_COLUMNS: Final = ("source", "start", "end", "text", "reason")


def missing_concepts(store: Store) -> Table:
    """What statements name in the paper's words because the vocabulary has no concept for it, most frequent first.

    One row for all spellings of a label, under the first one by source and place, which also gives the quote.
    """
    return label_table(queries.statements(store))


def label_table(statements: Iterable[Statement]) -> Table:
    """A row for each label without a concept among the subjects and objects of statements."""
    named: dict[str, list[tuple[str, str, Statement]]] = defaultdict(list)
    for one in sorted(statements, key=lambda one: (one.source, one.span, one.id)):
        for role, entity in (("subject", one.subject), ("object", one.object)):
            if entity.key is None:
                named[fold(entity.label)].append((entity.label, role, one))
    ordered = sorted(named.items(), key=lambda item: (-len(item[1]), item[0]))
    return Table(columns=LABEL_COLUMNS, rows=tuple(_label_row(uses) for _, uses in ordered))


def _label_row(uses: list[tuple[str, str, Statement]]) -> dict[str, str | int | tuple[str, ...]]:
    label, _, first = uses[0]
    return {
        "label": label,
        "statements": len({one.id for _, _, one in uses}),
        "role": tuple(sorted({role for _, role, _ in uses}, reverse=True)),
        "predicates": tuple(sorted({one.predicate for _, _, one in uses})),
        "sources": tuple(sorted({one.source for _, _, one in uses})),
        "quote": first.quote,
    }


def gaps(store: Store, source: str | None = None) -> Table:
    """What was seen in one source, or in all, and could not be placed, in the order of the text, with the reason.

    Raises UnknownNameError if the graph has no such source.
    """
    keys = [one.key for one in queries.sources(store)]
    if source is not None and source not in keys:
        raise UnknownNameError(f"no source has the key {source!r}; the graph has: {', '.join(keys)}")
    found = [gap for key in keys if source in (None, key) for gap in queries.gaps(store, key)]
    return Table(columns=GAP_COLUMNS, rows=tuple(_gap_row(gap) for gap in sorted(found, key=_place)))


def _gap_row(gap: Gap) -> dict[str, str | int]:
    return {"source": gap.source, "start": gap.span.start, "end": gap.span.end, "text": gap.text, "reason": gap.reason}


def _place(gap: Gap) -> tuple[str, int, int, str]:
    return gap.source, gap.span.start, gap.span.end, gap.reason
