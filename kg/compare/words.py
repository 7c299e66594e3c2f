"""This module finds what the authors say in words of a finding: in A, in B, and where they set A against B."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.compare.comparison import Row, Sides
from kg.evidence.cells import Cell
from kg.evidence.counts import COUNT_KINDS
from kg.evidence.kinds import is_finding, is_plan, standing
from kg.evidence.lineage import Hierarchy
from kg.model import Entity, Statement

OTHER: Final = {"a": "b", "b": "a"}
ALIKE: Final = re.compile(
    r"\b(?:(?<!not )similar(?:ly|ity|ities)?|resembl\w+|overlap\w*|mimic\w*|indistinguishable|same|identical(?:ly)?|"
    r"alike|equally|comparable|no (?:\w+ )?differences?|not (?:\w+ )?differ\w*)\b",
    re.IGNORECASE,
)
LESS: Final = re.compile(r"\b(?:lower|less|fewer|rarer|smaller|infrequent\w*|uncommon(?:ly)?|rarely)\b", re.IGNORECASE)
MORE: Final = re.compile(r"\b(?:higher|more|greater|larger)\b", re.IGNORECASE)


def in_words(statement: Statement) -> bool:
    """Whether a statement says something of a finding without a count; that it was looked for says nothing of it."""
    return not is_plan(statement) and (statement.statistic is None or statement.statistic.kind not in COUNT_KINDS)


class Words:
    """The statements in words about each finding, by side, and those that compare A and B on it.

    Only what names the finding itself speaks of it: "washout" is no evidence of "peripheral washout". That a narrower
    finding is spoken of is a note, not evidence. Pictures of one patient come after everything else.
    """

    def __init__(self, statements: Iterable[Statement], sides: Sides, hierarchy: Hierarchy) -> None:
        self._said: Mapping[str, dict[str, list[Statement]]] = {"a": defaultdict(list), "b": defaultdict(list)}
        self._direct: dict[str, list[tuple[Statement, str]]] = defaultdict(list)
        self._labels: dict[str, str] = {}
        for statement in statements:
            side = sides.side(statement.subject)
            if side is not None and is_finding(statement):
                self._add(statement, side, sides.side(statement.comparator))
            elif statement.predicate == "discriminates" and statement.statistic is None:
                self._add_discrimination(statement, sides)
        self._below: dict[str, list[str]] = defaultdict(list)
        for finding, label in self._labels.items():
            for broader in hierarchy.ancestors(finding):
                self._below[broader].append(label)

    def _add(self, statement: Statement, side: str, comparator: str | None) -> None:
        finding = statement.object.identity
        if in_words(statement):
            self._said[side][finding].append(statement)
            self._labels.setdefault(finding, statement.object.label)
        if comparator == OTHER[side] and not is_plan(statement):
            self._direct[finding].append((statement, side))

    def _add_discrimination(self, statement: Statement, sides: Sides) -> None:
        """A sign that the authors say tells A from B: it speaks of the disease that it is said to tell."""
        side = sides.side(statement.object)
        if side is not None and sides.side(statement.comparator) == OTHER[side]:
            self._direct[statement.subject.identity].append((statement, side))

    def said(self, finding: Entity, side: str) -> tuple[Statement, ...]:
        """What is said in words of the finding itself in one disease, pictures of one patient last."""
        return tuple(sorted(self._said[side].get(finding.identity, ()), key=standing))

    def direct(self, finding: Entity) -> tuple[tuple[Statement, str], ...]:
        """What sets A against B on the finding itself in words or counts, with the side it speaks of."""
        return tuple(sorted(self._direct.get(finding.identity, ()), key=lambda pair: standing(pair[0])))

    def narrower(self, finding: Entity) -> tuple[str, ...]:
        """The names of the narrower findings that are spoken of in words."""
        return tuple(sorted(self._below.get(finding.identity, ())))

    def on(self, row: Row) -> Row:
        """The row with the authors' words on it, each statement in one place only.

        A count that the row shows is not repeated as a comparison, nor a comparison as what is said of one side; only
        a row without any count has a comparison on the side it speaks of, which would be empty otherwise.
        """
        direct = self.direct(row.finding)
        shown = {one for cell in (row.a, row.b) if cell is not None for one in cell.used}
        compared = [s for s, _ in direct if row.kind != "counted" or s.id not in shown]
        compared.sort(key=lambda s: ALIKE.search(s.quote) is not None)  # what tells them apart before what does not
        elsewhere = set() if row.kind == "words" else {s.id for s in compared}
        said = {side: [s for s in self.said(row.finding, side) if s.id not in elsewhere] for side in "ab"}
        worded = replace(
            row,
            words_a=once(said["a"]),
            words_b=once(said["b"]),
            direct=once(compared),
            notes=(*row.notes, *(f"see also the narrower {name}" for name in self.narrower(row.finding))),
        )
        if row.kind == "counted":
            return worded
        pointed = replace(worded, direction=direction(direct))
        return replace(pointed, why=row.why or _why(pointed))


def once(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The ids of the statements, one for each passage."""
    passages: dict[tuple[str, int, int], str] = {}
    for statement in statements:
        passages.setdefault((statement.source, statement.span.start, statement.span.end), statement.id)
    return tuple(passages.values())


def direction(direct: Sequence[tuple[Statement, str]]) -> str | None:
    """The side that every direct comparison points to; None if they point both ways, or none of them points.

    >>> direction(()) is None
    True
    """
    sides = {pointed for statement, side in direct if (pointed := points_to(statement, side)) is not None}
    return sides.pop() if len(sides) == 1 else None


def points_to(statement: Statement, side: str) -> str | None:
    """The side that one comparison says has more of the finding; `side` is the one that it speaks of.

    None where it says that the two resemble each other, where it is a bare count, and where "lower" and "higher", or
    "less" and an absence, stand together, so that the words do not say of which finding they are.
    """
    statistic = statement.statistic
    uncounted = statistic is not None and statistic.denominator is None and statistic.percent is None
    if statement.comparator is None or uncounted or resembles(statement.quote):
        return None
    less = LESS.search(statement.quote) is not None
    if less and (statement.polarity == "absent" or MORE.search(statement.quote)):
        return None
    return OTHER[side] if less or statement.polarity == "absent" else side


# Of what use it would be to tell them apart, or how hard it is; nothing of what tells them apart, or is alike.
MATTERS: Final = re.compile(
    r"\b(?:differentiat|distinguish|distinction|discriminat)\w*\b[^.;]{0,140}"
    r"\b(?:important|importance|crucial|essential|noteworthy|necessary|meaningful|vital|critical)\b"
    r"|\b(?:important|crucial|essential|vital|critical|necessary)\b[^.;]{0,60}"
    r"\b(?:differentiat|distinguish|discriminat)\w*",
    re.IGNORECASE,
)


def only_matters(quote: str) -> bool:
    """Whether a sentence says only that it matters to tell two diseases apart.

    >>> only_matters("The differentiation of A from B may be clinically noteworthy")
    True
    """
    return MATTERS.search(" ".join(quote.split())) is not None


def resembles(quote: str) -> bool:
    """Whether a sentence says that two things are alike.

    >>> resembles("PHNENs show a similar washout"), resembles("dissimilar to HCC"), resembles("no clear difference")
    (True, False, True)
    """
    return ALIKE.search(quote) is not None


def _why(row: Row) -> str:
    counted = [letter for letter, cell in (("A", row.a), ("B", row.b)) if cell is not None and cell.n is not None]
    start = f"counted in {counted[0]} only" if counted else "counted in neither"
    if row.bare:
        start += ", of how many is not printed"
    if row.direct:
        return f"{start}; the authors {'set A against B' if row.direction else 'name A and B together'} in words"
    both = row.words_a and row.words_b
    other = {"A": row.words_b, "B": row.words_a}.get(counted[0]) if counted else both
    return (
        f"{start}; the other side is in words" if other else f"{start}; no paper here says anything of the other side"
    )


def one_sided(cell: Cell, side: str) -> Row:
    """The row of a finding that was counted in one group only; no ratio is possible."""
    return Row(
        kind="one_sided",
        label=cell.finding.label,
        finding=cell.finding,
        predicate=cell.predicate,
        a=cell if side == "a" else None,
        b=cell if side == "b" else None,
        reading="in_words_only",
        variable=cell.variable,
        source=cell.source,
        derived=cell.derived,
        within_study=False,
    )


def one_sided_order(row: Row) -> tuple[bool, bool, bool, bool, float, str]:
    """Counts with their total first; of these, those that the authors set against the other disease, then those with
    words on it, then the more frequent findings by their lower limit.
    """
    cell = row.a or row.b
    low = cell.interval.low if cell is not None and cell.interval is not None else 0.0
    return row.bare, row.direction is None, not row.direct, not row.words_on_the_other_side, -low, row.label.casefold()


def uncounted(statement: Statement) -> Row:
    """The row of a finding that is known in words only."""
    return Row(
        kind="words",
        label=statement.object.label,
        finding=statement.object,
        predicate=statement.predicate,
        a=None,
        b=None,
        reading="in_words_only",
        within_study=False,
    )
