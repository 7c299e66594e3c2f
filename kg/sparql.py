"""This module checks the text of a query before an engine sees it: it may only read, here, and not too deep."""

from __future__ import annotations

import difflib
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


QUERY_ERRORS: Final = {
    "syntax": "it is not valid SPARQL",
    "refused": "it would do more than read this graph",
    "depth": "it nests too deep",
    "length": "its text is too long",
    "rows": "its answer is too large",
    "time": "it takes too long",
    "memory": "it needs too much memory",
    "failed": "the engine could not answer it",
}
"""The kinds of QueryError."""


class QueryError(ValueError):
    """A query that is refused, or that failed; the sentence says what is wrong with it.

    `kind` is a key of QUERY_ERRORS; `place` is the line and the column, both from 1, where one is to blame.
    """

    def __init__(self, sentence: str, *, kind: str = "refused", place: tuple[int, int] | None = None) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.place = place


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
    return "line {}, column {}".format(*line_and_column(query, place))


def line_and_column(query: str, place: int) -> tuple[int, int]:
    """The line and the column of a place in a text, both counted from 1.

    >>> line_and_column("a\\nbc", 3)
    (2, 2)
    """
    return query.count("\n", 0, place) + 1, place - query.rfind("\n", 0, place)


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
        raise QueryError(f"the query has {size} bytes; allowed are {SIZE_LIMIT}", kind="length")


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
            raise _refusal(query, place, "SERVICE at {} would ask another server; queries read this graph alone")
        began = began or word in QUERY_FORMS
        if word in UPDATE_FORMS and not began:
            raise _refusal(query, place, f"{word} at {{}} would change data; allowed: {_FORMS}")
        if word == "LOAD":
            raise _refusal(query, place, "LOAD at {} would fetch a document; queries read this graph alone")
        depth += (text in "({[") - (text in ")}]") if kind == "bracket" else 0
        if depth > DEPTH_LIMIT:
            raise _refusal(query, place, f"brackets nest deeper than {DEPTH_LIMIT} at {{}}; write it flatter", "depth")
    if not began:
        word, first = next(((text, place) for kind, text, place in tokens(query) if kind == "word"), ("", 0))
        near = difflib.get_close_matches(word.upper(), QUERY_FORMS, n=1)
        meant = f": {word} is no word of SPARQL; did you mean {near[0]}?" if near else ""
        sentence = f"this is no query; it begins with one of {_FORMS}{meant}"
        raise QueryError(sentence, kind="syntax", place=line_and_column(query, first))
    return query


def _refusal(query: str, place: int, sentence: str, kind: str = "refused") -> QueryError:
    at = line_and_column(query, place)
    return QueryError(sentence.format("line {}, column {}".format(*at)), kind=kind, place=at)


def names_a_dataset(query: str) -> bool:
    """Whether a query says with FROM which graphs it reads.

    >>> names_a_dataset("SELECT * FROM <urn:g> { ?s ?p ?o }"), names_a_dataset("SELECT ?from { ?from ?p 'FROM' }")
    (True, False)
    """
    return any(kind == "word" and text.upper() == "FROM" for kind, text, _ in tokens(query))


_FORMS: Final = "SELECT, ASK, CONSTRUCT, DESCRIBE"


def blanked(query: str) -> str:
    """The query with blanks for its strings, comments and IRIs, every other character in its place.

    >>> blanked("SELECT * { ?s ?p 'a}' } # }")
    'SELECT * { ?s ?p      }    '
    """
    hidden = {"string", "comment", "iri", "language"}
    return _TOKEN.sub(lambda match: " " * len(match[0]) if match.lastgroup in hidden else match[0], query)
