"""This module is what Python sees: `kg.open(...)` and the graph behind it, answering in data frames."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from kg import compare as comparing
from kg import differential as differing
from kg import graph as network
from kg import queries
from kg.ask import Answer, Options
from kg.ask import ask as answer_to
from kg.columns import COMPARISON_MEANINGS, STATEMENT_MEANINGS, meanings
from kg.compare import Comparison, Filters, Matrix
from kg.differential import Differential, Findings
from kg.lookup import find_concept, find_finding, vocabulary_of
from kg.model import Statement
from kg.quiz import DEFAULT_NUMBER, Quiz, make_quiz
from kg.show import DIFFERENTIAL_COLUMNS, MATRIX_COLUMNS, differential_table, matrix_table
from kg.store import Store
from kg.tables import Table, statement_table

_SIDE = ("source", "n", "N", "percent", "low", "high", "unit", "state", "statements")
COMPARISON_COLUMNS: Final = (
    *("sign", "key", "kind", "variable", "reading", "within_study", "rank"),
    *(f"{side}_{name}" for side in ("a", "b") for name in _SIDE),
    *("likelihood_ratio", "likelihood_ratio_low", "likelihood_ratio_high", "corrected"),
    *("difference", "difference_low", "difference_high", "p", "why"),
)
"""The columns of `Graph.compare` of two diseases; those of more are MATRIX_COLUMNS."""

__all__ = ["COMPARISON_COLUMNS", "DIFFERENTIAL_COLUMNS", "MATRIX_COLUMNS", "Graph", "open"]


class Graph:
    """A graph to ask: its statements, a comparison, a query. Every answer names the statements it rests on.

    A data frame says in `frame.attrs["meanings"]` what each of its columns means, and in which unit its values are.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def graph_hash(self) -> str:
        """The name of the state of the data, as links and exports give it."""
        return self.store.graph_hash

    def statements(
        self,
        *,
        about: str | Collection[str] | None = None,
        source: str | None = None,
        ids: Collection[str] | None = None,
    ) -> pd.DataFrame:
        """The statement table, with the columns of `signum export statements`.

        `about` is a concept or several (any of their names) that are subject, object or comparator; `source` is a key.
        """
        names = [about] if isinstance(about, str) else about
        keys = None if names is None else [find_concept(self.store, name).key for name in names]
        found = self.find(about=keys, source=source, ids=ids)
        return _frame(statement_table(found, queries.verdicts(self.store)), STATEMENT_MEANINGS)

    def find(
        self, *, about: Collection[str] | None = None, source: str | None = None, ids: Collection[str] | None = None
    ) -> tuple[Statement, ...]:
        """The statements themselves; `about` are concept keys."""
        return queries.statements(self.store, about=about, source=source, ids=ids)

    def compare(self, a: str, b: str, *more: str, filters: Filters | None = None) -> pd.DataFrame:
        """Which signs separate disease A from disease B: a row a sign, best first, in COMPARISON_COLUMNS.

        Percentages and their limits are out of 100 (Wilson, 95 %), `p` is Fisher's, `statements` are the ids behind
        each count; what a side did not count is empty. `comparison` gives all of it, sentences included. With three
        diseases or more it is their matrix: a row for each sign, disease and paper that counted it, in MATRIX_COLUMNS,
        of which `state` says what is known (seen, zero, in_words, not_reported, disagree).
        """
        if more:
            return _frame(matrix_table(self.matrix(a, b, *more)))
        signs = self.comparison(a, b, filters=filters).to_json()["signs"]
        frame = pd.DataFrame([_comparison_row(sign) for sign in signs], columns=list(COMPARISON_COLUMNS))
        frame.attrs["meanings"] = meanings(COMPARISON_COLUMNS, COMPARISON_MEANINGS)
        return frame

    def matrix(self, *diseases: str) -> Matrix:
        """The findings of several diseases side by side, with the statements behind each cell."""
        return comparing.matrix(self.store, [find_concept(self.store, name, type="disease").key for name in diseases])

    def comparison(self, a: str, b: str, *, filters: Filters | None = None) -> Comparison:
        """The comparison with its cells, intervals, warnings and the statements behind each number."""
        one, other = (find_concept(self.store, name, type="disease").key for name in (a, b))
        return comparing.compare(self.store, one, other, filters)

    def differential(
        self,
        present: Collection[str] = (),
        absent: Collection[str] = (),
        *,
        among: Collection[str] = (),
        prior: Mapping[str, float] | None = None,
        in_scope: bool = True,
    ) -> pd.DataFrame:
        """Which diseases fit what a patient shows: a row for each disease and finding, in DIFFERENTIAL_COLUMNS.

        Names are any of a concept's names. `probability` (0 to 1, with 95 % limits) is given where one study, or a pool
        of studies, counted the findings in several of the diseases and the patient is like theirs (`in_scope`); it
        starts from `prior`, what is not given being shared equally. `differential_answer` gives all of it.
        """
        found = self.differential_answer(present, absent, among=among, prior=prior, in_scope=in_scope)
        return _frame(differential_table(found))

    def differential_answer(
        self,
        present: Collection[str] = (),
        absent: Collection[str] = (),
        *,
        among: Collection[str] = (),
        prior: Mapping[str, float] | None = None,
        in_scope: bool = True,
    ) -> Differential:
        """The differential with its studies, steps, evidence and the statements behind each number."""
        there, missing = (tuple(find_finding(self.store, name).key for name in names) for names in (present, absent))
        return differing.differential(
            self.store,
            Findings(present=there, absent=missing),
            among=[self._disease(name) for name in among],
            prior={self._disease(name): share for name, share in (prior or {}).items()},
            in_scope=in_scope,
        )

    def ask(self, question: str, options: Options | None = None) -> Answer:
        """The answer that the papers give to a question in plain words, each clause with its statements, or why none.

        `answer.answered` tells which; `answer.to_json()` is what `signum ask --format json` prints.
        """
        return answer_to(self.store, question, options)

    def _disease(self, name: str) -> str:
        return find_concept(self.store, name, type="disease").key

    def quiz(
        self,
        topic: str | Sequence[str] = (),
        *,
        types: Collection[str] = (),
        number: int = DEFAULT_NUMBER,
        seed: int = 0,
        difficulty: str = "",
    ) -> Quiz:
        """A quiz on concepts (any of their names) or sources (keys); `kg.quiz.formats.write` makes a file of it.

        `types` and `difficulty` as in kg.quiz.TYPES and DIFFICULTIES. The same arguments give the same quiz; where the
        graph supports fewer than `number` items, `notes` say why.
        """
        return make_quiz(self.store, topic=topic, types=types, number=number, seed=seed, difficulty=difficulty)

    def comparison_query(self, a: str, b: str, *more: str) -> str:
        """The SPARQL query that gives the numbers of `compare` from the counts in the graph."""
        asked = self.matrix(a, b, *more) if more else self.comparison(a, b)
        return comparing.comparison_query(self.store, asked)

    def networkx(self) -> network.Network:
        """The graph as a networkx multigraph: nodes are concepts and papers' own words, edges what is stated of two.

        Nodes have `label` and `type`, edges `statements` and `sources` (joined by '|'), `present`, `absent`, `counted`
        and `weight`; the key of an edge is its predicate.
        """
        return network.network(queries.statements(self.store), vocabulary_of(self.store).concepts)

    def sparql(self, query: str) -> pd.DataFrame:
        """The rows of a SELECT over the union of all named graphs. Trusted queries only: it runs in this process."""
        names, rows = self.store.table(query)
        return pd.DataFrame(list(rows), columns=names)


def open(location: str | Path = "build") -> Graph:  # noqa: A001 - read as kg.open
    """Open a graph: the folder that `signum build` wrote, or the URL of a SPARQL 1.1 endpoint.

    Raises kg.store.StoreError if nothing is there, or what is there is damaged.
    """
    return Graph(Store.open(location))


def _comparison_row(sign: Mapping[str, Any]) -> dict[str, object]:
    """One sign of a comparison's JSON as a flat row."""
    row: dict[str, object] = {name: sign[name] for name in COMPARISON_COLUMNS if name in sign}
    for side in ("a", "b"):
        cell = sign[side] or {}
        low, high = cell.get("interval") or (None, None)
        row |= {f"{side}_{name}": cell.get(name) for name in _SIDE} | {f"{side}_low": low, f"{side}_high": high}
    for name in ("likelihood_ratio", "difference"):
        found = sign[name] or {}
        row |= {name: found.get("estimate"), f"{name}_low": found.get("low"), f"{name}_high": found.get("high")}
    return row | {"corrected": (sign["likelihood_ratio"] or {}).get("corrected")}


def _frame(table: Table, known: dict[str, str] | None = None) -> pd.DataFrame:
    frame = pd.DataFrame([dict(row) for row in table.rows], columns=list(table.columns))
    if known:
        frame.attrs["meanings"] = meanings(table.columns, known)
    return frame
