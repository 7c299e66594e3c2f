"""This module puts the sentences behind a row in the order in which a reader needs them: first those that print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kg.compare import Row
from kg.evidence import Cell
from kg.model import Statement
from kg.web.view import Context, View

LAST_SECTIONS: Final = ("Figure caption", "Methods")  # they show or plan a finding; they do not report it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """The sentences of a row, each once: the count's own, the contrast's, the complement's, the rest."""

    a: tuple[Statement, ...]
    b: tuple[Statement, ...]
    direct: tuple[Statement, ...]
    other_way: tuple[Statement, ...]
    others: tuple[Statement, ...]


def mentions(row: Row, view: View) -> Mentions:
    """All statements that a row names, in the parts in which its evidence is drawn."""
    a, b = (view.all(leading(cell, words, view)) for cell, words in ((row.a, row.words_a), (row.b, row.words_b)))
    turned = row.complement
    pairs = [(row.a, row.words_a), (row.b, row.words_b)]
    pairs += [(turned.a, turned.words_a), (turned.b, turned.words_b)] if turned else []
    other_way = [identifier for cell, _ in pairs[2:] for identifier in counting(cell, view)]
    every = [identifier for cell, words in pairs for identifier in (*(cell.statements if cell else ()), *words)]
    direct, rest, last = once((view.all(row.direct), view.all(other_way), weighed(view.all(every))), above=(*a, *b))
    return Mentions(a=once((a,))[0], b=once((b,))[0], direct=direct, other_way=rest, others=last)


def leading(cell: Cell | None, words: Sequence[str], view: Context) -> list[str]:
    """What a side rests on: the statements of its count, else the one sentence that says most."""
    counts = counting(cell, view)
    return counts or [one.id for one in spoken(cell, words, view)[:1]]


def counting(cell: Cell | None, view: Context) -> list[str]:
    """The statements of a cell's count; those that print this number before those that print its complement."""
    if cell is None or cell.n is None:
        return []
    number = cell.n
    return [one.id for one in sorted(view.all(cell.used), key=lambda statement: not prints(statement, number))]


def prints(statement: Statement, number: int) -> bool:
    """Whether a statement's own number is this count."""
    statistic = statement.statistic
    return statistic is not None and number in (statistic.numerator, statistic.value)


def spoken(cell: Cell | None, words: Sequence[str], view: Context) -> tuple[Statement, ...]:
    """What is said of a side in words, or by its cell, sentences of results before captions and methods."""
    return weighed(view.all(words) or view.all(cell.statements if cell is not None else ()))


def weighed(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Statements in their order, but those of captions and of methods last."""
    return tuple(sorted(statements, key=lambda statement: 1 + _last(statement.section)))


def _last(section: str) -> int:
    return LAST_SECTIONS.index(section) if section in LAST_SECTIONS else -1


def once(groups: Iterable[Iterable[Statement]], above: Iterable[Statement] = ()) -> tuple[tuple[Statement, ...], ...]:
    """Each passage in the first group that has it; a passage that states several things is one."""
    seen = {_passage(statement) for statement in above}
    result = []
    for group in groups:
        fresh = {_passage(statement): statement for statement in reversed(list(group))}
        kept = [one for key, one in reversed(fresh.items()) if key not in seen]
        seen.update(fresh)
        result.append(tuple(kept))
    return tuple(result)


def _passage(statement: Statement) -> tuple[str, int, str]:
    return (
        statement.source,
        statement.span.start,
        statement.statistic.printed if statement.statistic else statement.quote,
    )
