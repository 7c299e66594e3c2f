"""This module writes the SPARQL query whose rows are those of an answer."""

from __future__ import annotations

from collections.abc import Iterable

from kg.ask.reading import Reading
from kg.model import Statement
from kg.terms import nquads_term, statement_iri

_QUERY = """\
# {question}
# The statements that answer, with the sentence each stands in and its number as printed.
SELECT ?statement ?source ?quote ?start ?end ?subject ?predicate ?object ?polarity ?evidence ?printed WHERE {{
  VALUES ?statement {{
    {ids}
  }}
  GRAPH ?graph {{
    ?statement signum:subject ?subject ; signum:predicate ?predicate ; signum:object ?object ;
      signum:polarity ?polarity ; signum:evidence ?evidence .
  }}
}}
"""


def rows_query(reading: Reading, rows: Iterable[Statement]) -> str:
    """A query that gives the rows of an answer from the graph."""
    ids = "\n    ".join(nquads_term(statement_iri(one.id)) for one in rows)
    question = " ".join("".join(c if c.isprintable() else " " for c in reading.question).split())
    return _QUERY.format(question=question[:200], ids=ids)
