"""This module checks the text of a query before an engine sees it: it may only read, here, and not too deep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

SIZE_LIMIT: Final = 64 * 1024  # bytes of UTF-8; the pages' own queries are under 4 kB
DEPTH_LIMIT: Final = 64  # brackets within brackets; the engine's stack ends near 4,700
UPDATE_FORMS: Final = frozenset(["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"])
QUERY_FORMS: Final = frozenset(["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])

_CODE_POINT: Final = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_TOKEN: Final = re.compile(
    r'''
    (?P<string> """(?:[^"\\]|\\.|"(?!""))*""" | \'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<comment> \#[^\n\r]* )
  | (?P<variable> [?$]\w+ )
  | (?P<language> @[A-Za-z]+(?:-[A-Za-z0-9]+)* )
  | (?P<name> (?:[^\W\d_][\w.\-]*)?:(?:[\w.\-:]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%])* | _:\w+ )
  | (?P<word> [^\W\d_]\w* )
  | (?P<bracket> [(){}\[\]] )
    ''',
    re.VERBOSE | re.DOTALL,
)


class QueryError(ValueError):
    """A query that is refused, or that failed; the sentence says what is wrong with it."""


def unescape(query: str) -> str:
    r"""Replace `\uXXXX`, which SPARQL reads as the character before anything else, so no word can hide in it.

    >>> unescape("\\u0053ELECT")
    'SELECT'
    """

    def character(match: re.Match[str]) -> str:
        code = int(match[1] or match[2], 16)
        return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else match[0]

    return _CODE_POINT.sub(character, query)


def tokens(query: str) -> Iterator[tuple[str, str, int]]:
    """The (kind, text, place) of each token that is no blank, comment, string or operator."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup not in {"string", "comment", "language"}:
            yield match.lastgroup or "", match[0], match.start()


def position(query: str, place: int) -> str:
    """`line 2, column 5` of a place in a text, both counted from 1."""
    line = query.count("\n", 0, place) + 1
    return f"line {line}, column {place - query.rfind(chr(10), 0, place)}"


def query_form(query: str) -> str:
    r"""The form of a query, one of QUERY_FORMS, or '' for text that is no query.

    >>> query_form("PREFIX ask: <urn:a> # SELECT\nCONSTRUCT WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    words = (text.upper() for kind, text, _ in tokens(query) if kind == "word")
    return next((word for word in words if word in QUERY_FORMS), "")


def require_small(query: str) -> None:
    """Raise QueryError for a query longer than any honest one, which no engine's parser is built for."""
    size = len(query.encode("utf-8", "replace"))
    if size > SIZE_LIMIT:
        raise QueryError(f"the query has {size} bytes; allowed are {SIZE_LIMIT}")


def require_readable(query: str) -> str:
    """Give the query back, `\\uXXXX` replaced, if it only reads from this store; else raise QueryError.

    >>> require_readable("SELECT * { ?service ?p 'LOAD' } # SERVICE")
    "SELECT * { ?service ?p 'LOAD' } # SERVICE"
    >>> require_readable("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.sparql.QueryError: SERVICE at line 1, column 12 would ask another server; queries read this graph alone
    """
    query = unescape(query)
    began = False
    depth = 0
    for kind, text, place in tokens(query):
        word = text.upper() if kind == "word" else ""
        if word == "SERVICE":
            where = position(query, place)
            raise QueryError(f"SERVICE at {where} would ask another server; queries read this graph alone")
        began = began or word in QUERY_FORMS
        if word in UPDATE_FORMS and not began:
            raise QueryError(f"{word} at {position(query, place)} would change data; allowed: {_FORMS}")
        if word == "LOAD":
            raise QueryError(f"LOAD at {position(query, place)} would fetch a document; queries read this graph alone")
        depth += (text in "({[") - (text in ")}]") if kind == "bracket" else 0
        if depth > DEPTH_LIMIT:
            raise QueryError(f"brackets nest deeper than {DEPTH_LIMIT} at {position(query, place)}; write it flatter")
    if not began:
        raise QueryError(f"this is no query; it begins with one of {_FORMS}")
    return query


_FORMS: Final = "SELECT, ASK, CONSTRUCT, DESCRIBE"
