"""This module words an answer: templates over rows, the papers' own sentences in quotes, nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.ask.answer import Clause, Derived
from kg.ask.intents import Intent
from kg.ask.library import Library
from kg.ask.reading import AskedNumber
from kg.ask.retrieval import Hit, by_passage, thresholds_met
from kg.model import Statement

MOST_ITEMS: Final = 8  # of a list in one sentence; the rows have the others
MOST_QUOTES: Final = 7
MOST_CITED: Final = 4  # statements of one sentence; the rows have the others
SAME_PAPER: Final = 2.0  # points that each sentence already told of a paper takes from its next
EQUALLY_GOOD: Final = 0.5  # points within which statements of one sentence answer alike
CLOSE_ENOUGH: Final = 6.0
NEAR_ENOUGH: Final = 0.62  # of the best score: what is less relevant stands in the rows only


def origin(statement: Statement) -> str:
    """Where a statement comes from, in words: the paper's own data, what it cites, or neither."""
    if statement.evidence == "own":
        return "own data"
    if statement.evidence == "cited":
        return f"cites {', '.join(statement.citations)}" if statement.citations else "cites other work"
    return "names no source"


def quoted(library: Library, statements: Sequence[Statement]) -> Clause:
    """The sentence that some statements stand in, in the paper's own words; it is the quote of one of them."""
    longest = max(statements, key=lambda one: len(one.quote))
    first = statements[0]
    who = library.names.get(first.source, first.source)
    quote = " ".join(longest.quote.split()).rstrip(".")
    return Clause(text=f"{who} ({origin(first)}): “{quote}”.", statements=tuple(one.id for one in statements))


def cell_of_table(library: Library, statement: Statement) -> Clause:
    """What a table's cell says; its quote is no sentence."""
    who = library.names.get(statement.source, statement.source)
    printed = f": {' '.join(statement.statistic.printed.split())}" if statement.statistic is not None else ""
    no = "no " if statement.polarity == "absent" and statement.predicate.startswith("has_") else ""
    text = f"{who} (own data, table): {no}{statement.object.label}, {statement.subject.label}{printed}."
    return Clause(text=text, statements=(statement.id,))


def quotes(
    library: Library, hits: Sequence[Hit], *, most: int, known: Iterable[str] = (), least: float | None = None
) -> list[Clause]:
    """The sentences of the best hits; one all of whose statements are `known` from another clause is left out.

    `least` is the score that a sentence has to have (None: what is near enough to the best).
    """
    clauses: list[Clause] = []
    seen = set(known)
    texts: set[str] = set()
    for passage in _varied(hits, relevant(hits) if least is None else least):
        if len(clauses) >= most:
            break
        close = [hit.indexed.statement for hit in passage if hit.score >= NEAR_ENOUGH * passage[0].score]
        fresh = [one for one in close if one.id not in seen]
        if not fresh:
            continue
        best = [hit.indexed.statement for hit in passage if hit.score >= passage[0].score - EQUALLY_GOOD]
        made = cell_of_table(library, fresh[0]) if fresh[0].section == "Table" else quoted(library, _told(best, close))
        if made.text not in texts:
            clauses.append(made)
            texts.add(made.text)
            seen.update(made.statements)
    return clauses


def _told(best: Sequence[Statement], close: Sequence[Statement]) -> list[Statement]:
    """The statements that a quoted sentence cites: the best, and the one whose quote is the longest part of it."""
    longest = max(close, key=lambda one: len(one.quote))
    told = list(best[:MOST_CITED])
    return told if longest in told or len(longest.quote) == len(told[0].quote) else [*told[: MOST_CITED - 1], longest]


def _varied(hits: Sequence[Hit], least: float) -> Iterator[list[Hit]]:
    """The hits of each sentence, best first; a further sentence of one paper has to be better than one of another."""
    left = list(by_passage(hits).values())
    told: Counter[str] = Counter()
    while left:
        best = max(left, key=lambda passage: passage[0].score - SAME_PAPER * told[passage[0].indexed.passage[0]])
        left.remove(best)
        if best[0].score < least:
            continue
        told[best[0].indexed.passage[0]] += 1
        yield best


def relevant(hits: Sequence[Hit]) -> float:
    """The score from which a hit stands in the sentences and not in the rows only."""
    best = hits[0].score if hits else 0.0
    return min(NEAR_ENOUGH * best, best - CLOSE_ENOUGH)


CONVERSE: Final = {"treated_by", "therapy_indication"}
"""Predicates that say one thing from either end: what the first one has as object the other has as subject."""


def listing(library: Library, intent: Intent, asked: str, hits: Sequence[Hit]) -> list[Clause]:
    """What an intent lists, named with the papers that name it: plainly said, with a reserve, and said not to be."""
    least = relevant(hits)
    groups: dict[str, dict[str, list[Statement]]] = {"": {}, "With a reserve (may, can): ": {}, "Said not to be: ": {}}
    for hit in hits:
        one = hit.indexed.statement
        if one.predicate not in intent.predicates[:2] or hit.score < least or hit.widened:
            continue
        turned = {one.predicate, intent.predicates[0]} == CONVERSE
        end = one.object if (intent.lists == "object") != turned else one.subject
        group = "Said not to be: " if one.polarity == "absent" else "With a reserve (may, can): " if one.hedged else ""
        groups[group].setdefault(end.label, []).append(one)
    clauses: list[Clause] = []
    for start, items in groups.items():
        if len(items) > (1 if not start else 0) and (clauses or not start):
            clauses.append(_list_clause(library, intent.lead.format(asked=asked) if not start else "", start, items))
    return clauses


def _list_clause(library: Library, lead: str, start: str, items: dict[str, list[Statement]]) -> Clause:
    named = list(items.items())[: MOST_ITEMS if lead else MOST_ITEMS // 2]
    parts = [f"{label} ({_papers(library, places[:1])})" for label, places in named]
    more = "; more in the rows" if len(items) > len(named) else ""
    ids = tuple(dict.fromkeys(places[0].id for _, places in named))
    return Clause(text=f"{lead + ': ' if lead else start}{', '.join(parts)}{more}.", statements=ids)


def _papers(library: Library, places: Sequence[Statement]) -> str:
    return ", ".join(dict.fromkeys(library.names.get(one.source, one.source) for one in places))


def thresholds(library: Library, hits: Sequence[Hit], numbers: Sequence[AskedNumber]) -> list[Clause]:
    """Which printed thresholds the asked values lie within, and which not."""
    clauses = []
    for number in numbers[:1]:
        inside: list[Statement] = []
        outside: list[Statement] = []
        for hit in hits:
            one = hit.indexed.statement
            if one.statistic is None or one.statistic.kind != "threshold":
                continue
            met = thresholds_met(one.statistic, number)
            if met is not None:
                (inside if met else outside).append(one)
        if inside:
            clauses.append(_threshold_clause(library, "The values asked about lie within", inside[:4]))
        if outside:
            clauses.append(
                _threshold_clause(
                    library,
                    "They do not lie within" if inside else "The values asked about do not lie within",
                    outside[:4],
                )
            )
    return clauses


def _threshold_clause(library: Library, start: str, statements: Sequence[Statement]) -> Clause:
    parts = [
        f"{' '.join(one.statistic.printed.split())} ({one.subject.label}, {library.names.get(one.source, one.source)})"
        for one in statements
        if one.statistic is not None
    ]
    return Clause(text=f"{start} {'; '.join(dict.fromkeys(parts))}.", statements=tuple(one.id for one in statements))


def audit_clauses(library: Library, cited: Iterable[str]) -> tuple[list[Clause], list[Derived]]:
    """What the audit says against the numbers that an answer rests on, with its arithmetic."""
    clauses: dict[str, Clause] = {}
    derived = []
    for identity in dict.fromkeys(cited):
        for verdict in library.verdicts.get(identity, ()):
            against = verdict.verdict in ("inconsistent", "disagreement")
            if not against and not verdict.warning:
                continue
            said = verdict.explanation if against else f"{verdict.explanation}; {verdict.warning}"
            if said in clauses:
                continue
            start = "The papers do not agree" if verdict.verdict == "disagreement" else "Check"
            clauses[said] = Clause(text=f"{start} ({verdict.check}): {said}.", statements=(identity,))
            derived.append(Derived(name="audit", text=said, formula=verdict.check, inputs=verdict.statements))
    return list(clauses.values())[:4], derived[:4]
