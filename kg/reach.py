"""This module says how far a verdict reaches: the rows of Compare whose numbers it is about, and the concepts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.compare import Comparison, PairEvidence, Row
from kg.evidence import Cell
from kg.model import Statement
from kg.verdict import VERDICTS, Verdict

REACHES: Final = ("compare", "browse", "none")
"""What a verdict touches: the number of a comparison, what is known of a concept, or nothing that an answer shows."""
OF_THE_TEXT: Final = ("caption",)  # checks of how a paper points to its own parts, whose numbers are right
BROWSED: Final = ("therapy", "marker", "modality", "disease", "sign")  # the most telling concept of a statement first


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Touch:
    """One answer that a verdict is about: `reach` is compare or browse.

    `keys` are the concepts of A, B and the row's own key for a comparison, else the one concept.
    """

    reach: str
    keys: tuple[str, ...]
    label: str


def leading_pairs(pairs: Iterable[PairEvidence]) -> tuple[PairEvidence, ...]:
    """The pairs that show every count once: of each disease with counts the first pair that it stands in."""
    shown: set[str] = set()
    found = []
    for pair in pairs:
        counted = {pair.a, pair.b} if pair.kind == "counted" else {pair.side} if pair.side else set()
        if counted - shown:
            found.append(pair)
            shown |= counted
    return tuple(found)


def touched_rows(comparisons: Iterable[Comparison]) -> Mapping[str, tuple[Touch, ...]]:
    """By the id of each statement whose number a comparison shows, the rows that show it."""
    found: dict[str, dict[Touch, None]] = {}
    for comparison in comparisons:
        for identifier, key, label in _numbers(comparison):
            keys = (comparison.a.key, comparison.b.key, key)
            found.setdefault(identifier, {})[Touch(reach="compare", keys=keys, label=label)] = None
    return {identifier: tuple(touches) for identifier, touches in found.items()}


def _numbers(comparison: Comparison) -> Iterator[tuple[str, str, str]]:
    """Statement id, key and label of the row for every number that is counted, measured, or printed beside a count."""
    for row in (*comparison.counted, *comparison.one_sided):
        yield from ((identifier, row.key, row.label) for identifier in _of_row(row))
    for measured in comparison.measured:
        attached = (one.statement for one in measured.attached)
        yield from ((identifier, "", measured.quantity.label) for identifier in (*measured.statements, *attached))
    for one in comparison.discriminations:
        results = (result.statement for result in one.results)
        yield from ((identifier, "", one.finding.label) for identifier in (*one.statements, *results))


def _of_row(row: Row) -> Iterator[str]:
    turned = row.complement
    cells: Sequence[Cell | None] = (row.a, row.b, *((turned.a, turned.b) if turned else ()))
    for cell in cells:
        if cell is not None and cell.n is not None:
            yield from (*cell.used, *(i for other in cell.alternatives for i in other.statements))
    yield from (one.statement for one in row.attached)


def touches(
    verdict: Verdict,
    statements: Mapping[str, Statement],
    rows: Mapping[str, tuple[Touch, ...]],
    types: Mapping[str, str],
) -> tuple[Touch, ...]:
    """What a verdict is about: the comparisons that show its numbers, else the concepts that its statements name.

    `statements` are by id, `rows` those of `touched_rows`, `types` the type of each concept. A check of the text
    itself reaches no comparison.
    """
    if verdict.check not in OF_THE_TEXT:
        found = tuple(dict.fromkeys(touch for one in verdict.statements for touch in rows.get(one, ())))
        if found:
            return found
    named = (statements[one] for one in verdict.statements if one in statements)
    return tuple(dict.fromkeys(touch for one in named if (touch := _browsed(one, types)) is not None))


def _browsed(statement: Statement, types: Mapping[str, str]) -> Touch | None:
    """The concept of a statement under which a reader would look for it."""
    named = [one for one in (statement.object, statement.subject) if one.key in types]
    found = min(named, key=lambda one: _rank(types[one.key or ""]), default=None)
    if found is None or found.key is None or types[found.key] not in BROWSED:
        return None
    return Touch(reach="browse", keys=(types[found.key], found.key), label=found.label)


def _rank(kind: str) -> int:
    return BROWSED.index(kind) if kind in BROWSED else len(BROWSED)


def reach(verdict: Verdict, touched: Sequence[Touch]) -> str:
    """The farthest of REACHES; a number that fits leaves every answer as it is, so it has none."""
    if verdict.fits or not touched:
        return "none"
    return min((one.reach for one in touched), key=REACHES.index)


def order(verdict: Verdict, touched: Sequence[Touch]) -> tuple[int, int, int, Verdict]:
    """Sorts verdicts for a reader: what does not fit and touches an answer first, what fits last."""
    rank = VERDICTS.index(verdict.verdict)
    doubtful = verdict.verdict in VERDICTS[:2] or bool(verdict.warning)
    settled = 0 if doubtful else 1 if verdict.verdict == "not checkable" else 2
    return settled, REACHES.index(reach(verdict, touched)), rank, verdict
