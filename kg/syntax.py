"""This module says where a query is not valid SPARQL, and what would put it right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from typing import Final

from kg.sparql import QueryError, blanked, line_and_column, tokens
from kg.terms import PREFIXES

# The keywords and built-in functions of the SPARQL 1.1 grammar.
_WORDS: Final = """
    BASE PREFIX SELECT DISTINCT REDUCED AS CONSTRUCT DESCRIBE ASK FROM NAMED WHERE GROUP BY HAVING ORDER ASC DESC LIMIT
    OFFSET VALUES UNDEF OPTIONAL GRAPH SERVICE SILENT BIND MINUS UNION FILTER A TRUE FALSE IN NOT EXISTS SEPARATOR STR
    LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN UCASE LCASE ENCODE_FOR_URI
    CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS TIMEZONE TZ NOW UUID STRUUID MD5
    SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK ISLITERAL ISNUMERIC REGEX SUBSTR
    REPLACE COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT
"""
KEYWORDS: Final = frozenset(_WORDS.split())
OPENING: Final = {")": "(", "]": "[", "}": "{"}

_PLACE: Final = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_ANY_TOKEN: Final = re.compile(r"""[?$]?[\w:.\-]*\w|"[^"\n]*"|'[^'\n]*'|<[^<>\s]*>|\S""")
_TRIPLE: Final = "; a triple is a subject, a predicate and an object, and one of them may be missing before it"
_WHY: Final = {**dict.fromkeys(".;}", _TRIPLE), ")": "; an expression before it is not whole"}
_Found = tuple[int, str] | None  # where it is wrong in the text, and how to put it right


def syntax_error(query: str, message: str) -> QueryError:
    """The engine's message with its place, and the likeliest cause where it can be told.

    >>> str(syntax_error("SELEC * { ?s ?p ?o }", "error at 1:21: expected CONSTRUCT"))
    'the query is not valid SPARQL at line 1, column 1: SELEC is no word of SPARQL; did you mean SELECT?'
    """
    found = next((found for cause in _CAUSES if (found := cause(query))), None)
    place, hint = (line_and_column(query, found[0]), found[1]) if found else _engine_place(query, message)
    at = "at line {}, column {}".format(*place) if place else "somewhere"
    return QueryError(f"the query is not valid SPARQL {at}: {hint}", kind="syntax", place=place)


def caret(query: str, place: tuple[int, int]) -> str:
    r"""The line of a place with a caret below its column.

    >>> print(caret("SELECT *\n{ ?s ?p }", (2, 9)))
    { ?s ?p }
            ^
    """
    lines = query.splitlines() or [""]
    line = lines[min(place[0], len(lines)) - 1]
    blank = "".join("\t" if character == "\t" else " " for character in line[: place[1] - 1])
    return f"{line}\n{blank.ljust(place[1] - 1)}^"


def _unclosed_string(query: str) -> _Found:
    at = re.search("[\"']", blanked(query))
    return (at.start(), "this quotation mark opens a string that does not end on its line") if at else None


def _unbalanced(query: str) -> _Found:
    still_open: list[tuple[str, int]] = []
    for kind, text, place in tokens(query):
        if kind != "bracket":
            continue
        if text in OPENING.values():
            still_open.append((text, place))
        elif not still_open:
            return place, f"this {text} closes nothing; take it away, or open {OPENING[text]} before it"
        elif still_open[-1][0] != OPENING[text]:
            return place, f"this {text} cannot close the {still_open[-1][0]} before it"
        else:
            still_open.pop()
    return (still_open[-1][1], f"this {still_open[-1][0]} is never closed") if still_open else None


def _unknown_word(query: str) -> _Found:
    for kind, text, place in tokens(query):
        if kind == "word" and text.upper() not in KEYWORDS:
            near = difflib.get_close_matches(text.upper(), sorted(KEYWORDS), n=1, cutoff=0.6)
            remedy = f"did you mean {near[0]}?" if near else "a name has a prefix, a variable begins with ?"
            return place, f"{text[:40]} is no word of SPARQL; {remedy}"
    return None


def _undeclared_prefix(query: str) -> _Found:
    declared = set(PREFIXES) | declared_prefixes(query).keys()
    for kind, text, place in tokens(query):
        prefix = text.partition(":")[0]
        if kind == "name" and prefix != "_" and prefix not in declared and not _is_declaration(query, place):
            near = difflib.get_close_matches(prefix, sorted(declared), n=1)
            meant = f"did you mean {near[0]}:? Or declare it: " if near else "declare it: "
            return place, f"the prefix {prefix[:40]}: is not declared; {meant}PREFIX {prefix[:40]}: <...>"
    return None


def declared_prefixes(query: str) -> dict[str, str]:
    """The prefixes that a query declares itself.

    >>> declared_prefixes("PREFIX ex: <urn:x#> SELECT * { ?s ex:p ?o }")
    {'ex': 'urn:x#'}
    """
    found, last, inside = {}, "", False
    for kind, text, _ in tokens(query):
        if inside and kind == "name":
            last = text.rstrip(":")
        elif inside and kind == "iri":
            found[last] = text[1:-1]
            inside = False
        if kind == "word":
            inside = text.upper() == "PREFIX"
    return found


def _is_declaration(query: str, place: int) -> bool:
    return bool(re.search(r"\bPREFIX\s+$", query[:place], re.IGNORECASE))


_CAUSES: Final[tuple[Callable[[str], _Found], ...]] = (
    _unclosed_string,
    _unbalanced,
    _unknown_word,
    _undeclared_prefix,
)

_PHRASES: Final = (
    (
        "SELECT contains a variable that is unbound",
        "a variable of SELECT is neither in GROUP BY nor inside COUNT, SUM or the like",
    ),
    ("IRI parsing failed", 'this is no IRI; it may hold no blank and none of <>"{}|^`\\'),
)


def _engine_place(query: str, message: str) -> tuple[tuple[int, int] | None, str]:
    """The token at which the engine gave up, and a word on it.

    The engine's place is the furthest that it looked at, which is the token after the wrong one, but for a number.
    """
    match = _PLACE.match(message)
    if match is None:
        return None, " ".join(message.split())[:200]
    line, column, expected = int(match[1]), int(match[2]), match[3]
    for phrase, hint in _PHRASES:
        if phrase in expected:
            return (line, column), hint
    if "['0'..='9']" in expected and "'_'" not in expected:
        return (line, column), "expected a number"
    end = sum(len(one) for one in query.splitlines(keepends=True)[: line - 1]) + column - 1
    found = list(_ANY_TOKEN.finditer(query, 0, min(end, len(query))))
    if not found:
        return (line, column), "the query ends too early"
    last = found[-1]
    return line_and_column(query, last.start()), f"{last[0][:40]} does not fit here{_WHY.get(last[0], '')}"
