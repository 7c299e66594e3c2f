"""This module turns a query that calls our functions into one that reads their values from the graph `derived`.

A value stands at a node named by what it was computed from, under the name of the function that gives it:
`<…/derived/15/23> stat:wilsonLow 0.449`. So a server that has no such function answers with the same numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.terms import BASE, IRI, PREFIXES

STORE: Final = f"{BASE}derived/"
NOWHERE: Final = f"{STORE}none"  # what an unbound number leads to: no value stands there
_CALL: Final = re.compile(r"stat:(\w+)\(([^()]*)\)")
_STATEMENT: Final = PREFIXES["statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Where the values of some arguments stand: `named_by` are the variables whose values make up its name."""

    name: str
    arguments: tuple[str, ...]
    named_by: tuple[str, ...]

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides of the comparison, a and b, whose statements the numbers are read from."""
        return tuple(side for side in "ab" if any(name.startswith(f"{side}_") for name in self.arguments))

    def iri(self, row: Mapping[str, Any]) -> IRI | None:
        """The node of the numbers of a row; None where one of them is unbound."""
        parts = [row.get(name) for name in self.named_by]
        return None if None in parts else IRI(STORE + "/".join(str(part).removeprefix(_STATEMENT) for part in parts))

    @property
    def pattern(self) -> str:
        """The pattern that binds the node in a query."""
        parts = ', "/", '.join(self._text(name) for name in self.named_by)
        return f'\n  BIND (COALESCE(IRI(CONCAT("{STORE}", {parts})), <{NOWHERE}>) AS ?{self.name})'

    def _text(self, name: str) -> str:
        return f'STRAFTER(STR(?{name}), "{_STATEMENT}")' if name.endswith("_statement") else f"STR(?{name})"

    def value(self, function: str) -> str:
        """The variable that a value of the node is read into."""
        return f"?{self.name}_{function}"


_COUNTS: Final = ("a_n", "a_N", "b_n", "b_N")
NODES: Final = (
    Node(name="a_share", arguments=_COUNTS[:2], named_by=_COUNTS[:2]),
    Node(name="b_share", arguments=_COUNTS[2:], named_by=_COUNTS[2:]),
    Node(name="table", arguments=_COUNTS, named_by=_COUNTS),
    Node(
        name="means",
        arguments=("a_mean", "a_sd", "a_N", "b_mean", "b_sd", "b_N"),
        named_by=("a_statement", "b_statement"),
    ),
)


def calls(columns: str) -> dict[Node, tuple[str, ...]]:
    """The functions that the columns of a query call, by the node at which their values stand."""
    by_arguments = {node.arguments: node for node in NODES}
    found: dict[Node, dict[str, None]] = {node: {} for node in NODES}
    for function, given in _CALL.findall(columns):
        found[by_arguments[_arguments(given)]][function] = None
    return {node: tuple(names) for node, names in found.items()}


def _arguments(given: str) -> tuple[str, ...]:
    return tuple(part.strip().removeprefix("?") for part in given.split(","))


def looked_up(columns: str) -> tuple[str, str]:
    """The columns of a query with each call read from the graph, and the pattern that reads them."""
    by_arguments = {node.arguments: node for node in NODES}
    plain = _CALL.sub(lambda call: by_arguments[_arguments(call[2])].value(call[1]), columns)
    return plain, "".join(_reading(calls(columns).items()))


def _reading(found: Iterable[tuple[Node, tuple[str, ...]]]) -> Iterable[str]:
    for node, names in found:
        yield node.pattern
        for name in names:
            yield f"\n  OPTIONAL {{ ?{node.name} stat:{name} {node.value(name)} }}"


def arguments_of(columns: str) -> str:
    """The columns that a query needs to give what the calls are made with, and where that is read."""
    needed = (name for node in calls(columns) for name in (*node.arguments, *node.named_by))
    return " ".join(f"?{name}" for name in dict.fromkeys(("order", *needed, "a_statement", "b_statement")))
