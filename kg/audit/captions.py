"""This module holds references to figures and tables against the captions and cells that they point to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from kg.audit.paper import Paper, Printed
from kg.audit.tables import ADDRESS
from kg.evidence.counts import INEQUALITIES
from kg.model import Span, Statement
from kg.verdict import Verdict

CAPTION: Final = re.compile(r"(?P<kind>fig(?:ure)?|table)\.?\s*(?P<number>\d+)\s*(?:[.:|]|[A-Z]|$)", re.IGNORECASE)
REFERENCE: Final = re.compile(
    r"\b(?P<kind>fig(?:ure)?s?|tables?)\.?\s*(?P<number>\d+)(?P<panel>[A-H])?\b", re.IGNORECASE
)
CLAUSE: Final = re.compile(r"[.;:]\s|\b(?:whereas|while|in contrast|however)\b", re.IGNORECASE)
PANEL: Final = re.compile(r"\b[A-H]\b")
WORD: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
LONGEST_NAME: Final = 3  # words of a concept's name that are tried
REACH: Final = 160  # characters before a reference that say what is shown there
FEWEST_NUMBERS: Final = 2
DECIMALS: Final = re.compile(r"\d+(?:\.\d+)?")
CELLS: Final = 4  # that a table must have to be known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention of a figure or table, with the signs named before it."""

    kind: str
    number: int
    panel: str
    span: Span
    topics: frozenset[str]


def captions(paper: Paper) -> Iterator[Verdict]:
    """Do references point to what their captions, or cells, show?"""
    known = _captions(paper)
    found = [one for one in _references(paper) if one.kind == "figure" and ("figure", one.number) in known]
    yield from _crossed(paper, found, known)
    yield from _panels(paper, known)
    yield from _missing(paper, known)
    yield from _tables(paper)


def _kind(word: str) -> str:
    return "table" if word.casefold().startswith("table") else "figure"


def _captions(paper: Paper) -> dict[tuple[str, int], str]:
    """The text of each caption, by kind and number. A caption's number may stand at the end of its own title."""
    found: dict[tuple[str, int], str] = {}
    for passage in paper.passages:
        if passage.kind != "caption":
            continue
        text = " ".join(paper.text[passage.span.start : passage.span.end].split())
        match = CAPTION.match(text) or next(CAPTION.finditer(text), None)
        if match is not None:
            key = (_kind(match["kind"]), int(match["number"]))
            found[key] = f"{found.get(key, '')} {text}".strip()
    return found


def _references(paper: Paper) -> Iterator[Reference]:
    """Every reference in the running text."""
    for passage in paper.running:
        if passage.kind in ("caption", "table", "heading"):
            continue
        text, last = paper.text[passage.span.start : passage.span.end], 0
        for match in REFERENCE.finditer(text):
            before = CLAUSE.split(text[max(last, match.start() - REACH) : match.start()])[-1]
            last = match.end()
            at = passage.span.start + match.start()
            yield Reference(
                kind=_kind(match["kind"]),
                number=int(match["number"]),
                panel=match["panel"] or "",
                span=Span(start=at, end=at + len(match[0])),
                topics=_topics(paper, before),
            )


def _topics(paper: Paper, text: str) -> frozenset[str]:
    """The signs that a text names; a word broken at a line's end is one."""
    words = WORD.findall(re.sub(r"-\s+", "", text))
    names = (" ".join(words[at : at + size]) for size in range(1, LONGEST_NAME + 1) for at in range(len(words)))
    return frozenset(key for name in dict.fromkeys(names) for key in paper.named(name) & paper.signs)


def _quote(paper: Paper, span: Span) -> str:
    start = max(0, span.start - REACH // 2)
    return " ".join(paper.text[start : span.end + 1].split())


def _crossed(paper: Paper, found: Sequence[Reference], known: Mapping[tuple[str, int], str]) -> Iterator[Verdict]:
    """Two references, each of which names what only the other's caption names."""
    shown = {one.number: _topics(paper, known["figure", one.number]) for one in found}
    for one, other in combinations(found, 2):
        mine, its = shown[one.number], shown[other.number]
        swapped = (one.topics & its) - mine, (other.topics & mine) - its
        right = (one.topics & mine) - its, (other.topics & its) - mine
        if all(swapped) and not any(right):
            names = ", ".join(sorted(swapped[0])), ", ".join(sorted(swapped[1]))
            yield _verdict(
                paper,
                [one.span, other.span],
                "inconsistent",
                printed=f"Figure {one.number}; Figure {other.number}",
                recomputed=f"Figure {other.number}; Figure {one.number}",
                explanation=f"the text shows {names[0]} in Figure {one.number} and {names[1]} in Figure "
                f"{other.number}; the captions have them the other way round",
            )


def _panels(paper: Paper, known: Mapping[tuple[str, int], str]) -> Iterator[Verdict]:
    """A panel of a figure whose caption has none, though another figure's text refers to it."""
    for passage in paper.running:
        if passage.kind in ("table", "heading"):
            continue
        for match in REFERENCE.finditer(paper.text, passage.span.start, passage.span.end):
            key = (_kind(match["kind"]), int(match["number"]))
            if match["panel"] and key in known and not PANEL.search(known[key]):
                name = f"{key[0].capitalize()} {key[1]}"
                yield _verdict(
                    paper,
                    [Span(start=match.start(), end=match.end())],
                    "inconsistent",
                    printed=match[0],
                    recomputed=f"{name} without panels",
                    explanation=f"the text refers to {match[0]}; the caption of {name} names no panel",
                )


def _missing(paper: Paper, known: Mapping[tuple[str, int], str]) -> Iterator[Verdict]:
    """References to a figure or table whose caption the text does not have."""
    seen = set()
    for one in _references(paper):
        key = (one.kind, one.number)
        numbers = [number for kind, number in known if kind == one.kind]
        if key in known or key in seen or not numbers:
            continue
        seen.add(key)
        yield _verdict(
            paper,
            [one.span],
            "not checkable",
            printed=f"{one.kind.capitalize()} {one.number}",
            recomputed="",
            explanation=f"the text has no caption of {one.kind.capitalize()} {one.number}",
        )


def _tables(paper: Paper) -> Iterator[Verdict]:
    """A sentence that refers to a table for numbers of which the table has none."""
    cells = _cells(paper)
    for numbers in paper.sentences:
        first = numbers[0].first
        end = _end_with_reference(paper, first)
        for match in REFERENCE.finditer(paper.text, first.span.start, end):
            label = f"Table {int(match['number'])}"
            held = cells.get(label)
            if _kind(match["kind"]) == "table" and held is not None and first.evidence == "own":
                yield from _held(paper, numbers, label, held, Span(start=match.start(), end=match.end()))


def _cells(paper: Paper) -> dict[str, frozenset[str]]:
    """The numbers of each table, as printed, of those that have enough of them."""
    found: dict[str, set[str]] = {}
    for number in paper.numbers:
        address = ADDRESS.fullmatch(number.first.locator or "")
        if address is not None:
            found.setdefault(address["table"], set()).update(DECIMALS.findall(number.text))
    return {table: frozenset(numbers) for table, numbers in found.items() if len(numbers) >= CELLS}


def _end_with_reference(paper: Paper, statement: Statement) -> int:
    """The end of a sentence with the references in brackets that stand behind its full stop."""
    behind = re.compile(r"(?:\s*\((?:Table|Fig(?:ure)?)\.?\s*\d+\)\.?)*", re.IGNORECASE)
    match = behind.match(paper.text, statement.span.end)
    return match.end() if match else statement.span.end


def _held(paper: Paper, numbers: Sequence[Printed], label: str, held: frozenset[str], at: Span) -> Iterator[Verdict]:
    exact = [number for number in numbers if number.statistic.op not in INEQUALITIES]
    printed = [value for number in exact for value in DECIMALS.findall(number.text) if "." in value]
    if len(printed) < FEWEST_NUMBERS:
        return
    there = [value for value in printed if value in held]
    said = ", ".join(dict.fromkeys(number.text for number in numbers))
    explanation = f"the sentence refers to {label} and prints {said}; "
    explanation += f"{label} has {', '.join(dict.fromkeys(there))}" if there else f"{label} has none of them"
    yield Verdict(
        source=paper.source,
        check="caption",
        verdict="consistent" if there else "inconsistent",
        printed=label,
        recomputed="",
        explanation=explanation,
        quotes=(_quote(paper, at),),
        statements=tuple(dict.fromkeys(identity for number in numbers for identity in number.ids)),
    )


def _verdict(
    paper: Paper, spans: Sequence[Span], verdict: str, *, printed: str, recomputed: str, explanation: str
) -> Verdict:
    """A verdict on places of the text, with the statements of the sentences that they stand in."""
    touched = (s.id for s in paper.statements if any(s.span.overlaps(span) for span in spans) and s.section != "Table")
    return Verdict(
        source=paper.source,
        check="caption",
        verdict=verdict,
        printed=printed,
        recomputed=recomputed,
        explanation=explanation,
        quotes=tuple(_quote(paper, span) for span in spans),
        statements=tuple(sorted(set(touched))),
    )
