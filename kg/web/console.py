"""This module asks the pool for the SPARQL page, and writes the scripts that ask the same."""

from __future__ import annotations

import json
import os
import shlex
import time
from dataclasses import dataclass
from typing import Final

import streamlit as st

from kg.endpoint import table_of
from kg.pool import Limits, Pool
from kg.results import GRAPH_FORMATS
from kg.sparql import query_form
from kg.store import Row

SECONDS_VARIABLE: Final = "SIGNUM_PAGE_SECONDS"  # the time limit of the page
SECONDS: Final = "2"  # a page is not worth waiting for longer
REMEMBERED: Final = 32  # answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a query gave: rows under columns, or triples as Turtle; and what is odd about it."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    text: str  # as the endpoint gives it
    seconds: float
    warnings: tuple[str, ...]

    @property
    def is_graph(self) -> bool:
        """Whether it is triples."""
        return not self.columns and not self.text.startswith("{")


def seconds_allowed() -> float:
    """The time limit of a query: the SIGNUM_PAGE_SECONDS variable, else two seconds."""
    return float(os.environ.get(SECONDS_VARIABLE, "") or SECONDS)


@st.cache_resource(max_entries=1, show_spinner=False)
def _pool(location: str) -> Pool:
    return Pool(location, workers=2)


@st.cache_resource(max_entries=REMEMBERED, show_spinner=False)
def asked(location: str, graph_hash: str, query: str, rows: int) -> Result:  # noqa: ARG001 - another graph, another answer
    """The answer, remembered for as long as the graph stays the same."""
    graph = query_form(query) in {"CONSTRUCT", "DESCRIBE"}
    pool, limits = _pool(location), Limits(seconds=seconds_allowed(), rows=rows)
    start = time.perf_counter()
    answer = pool.ask(query, "TURTLE" if graph else "JSON", limits=limits, lint=True)
    seconds, text = time.perf_counter() - start, answer.body.decode()
    columns, found = ((), []) if graph else table_of(json.loads(text))
    table = tuple(dict(zip(columns, row, strict=True)) for row in found)
    return Result(columns=columns, rows=table, text=text, seconds=seconds, warnings=answer.warnings)


def as_python(query: str, location: str) -> str:
    r"""A script that asks the same.

    >>> print(as_python('SELECT * { ?s ?p "a\\"b" }', "build"))
    import kg
    <BLANKLINE>
    query = r'''
    SELECT * { ?s ?p "a\"b" }
    '''
    table = kg.open('build').sparql(query)
    print(table)
    """
    text = f"r'''\n{query.strip()}\n'''" if "'''" not in query else repr(query)
    return f"import kg\n\nquery = {text}\ntable = kg.open({location!r}).sparql(query)\nprint(table)"


def as_curl(query: str, address: str) -> str:
    """The command that asks the endpoint the same.

    >>> print(as_curl("ASK { ?s ?p 'x' }", "http://localhost:8502/sparql"))
    curl -H 'Accept: text/csv' --data-urlencode query='ASK { ?s ?p '"'"'x'"'"' }' http://localhost:8502/sparql
    """
    graph = query_form(query) in {"CONSTRUCT", "DESCRIBE"}
    accept = GRAPH_FORMATS["TURTLE"].media_types[0] if graph else "text/csv"
    return f"curl -H 'Accept: {accept}' --data-urlencode query={shlex.quote(query)} {address}"
