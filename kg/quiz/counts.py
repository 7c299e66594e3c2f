"""This module proposes items on what a paper counted: how often, never, in which order, in which disease more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.evidence import Cell, cohorts, read_count
from kg.measures import wilson
from kg.model import Entity
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import InOrder, InRange, NotSeen
from kg.quiz.ground import Ground
from kg.quiz.item import Fact
from kg.quiz.typography import called, in_a_row, share

QUARTERS: Final = ((0, 0), (1, 24), (25, 49), (50, 74), (75, 100))
THIRDS: Final = ((0, 0), (1, 33), (34, 66), (67, 100))
FAR: Final = 20.0  # percentage points between neighbours in an order that anybody sees
LENGTHS: Final = (3, 4)  # of a sequence to be put in order
MOST_SEQUENCES: Final = 4  # of one disease in one paper


def fact_of(cell: Cell) -> Fact:
    """What a count is about, and its value."""
    about = f"{cell.source} {cell.disease.identity} {cell.predicate} {cell.finding.identity}"
    return Fact(about=about, value=f"{cell.n}/{cell.total}", statements=cell.used or cell.statements)


def doubt_of(ground: Ground, cell: Cell) -> str:
    """Why a count can bear no key; '' if it can."""
    if cell.state == "disagree":
        return "the paper prints two counts and nothing decides between them"
    if cell.warnings:
        return f"the count has a warning: {cell.warnings[0]}"
    if any(alternative.text != f"{cell.n}/{cell.total}" for alternative in cell.alternatives):
        return "the paper prints another count as well"
    return ground.doubt(cell.used)


def whom(cell: Cell) -> str:
    """Whose finding was counted: 'patients with X', and which of them if the paper counts a part."""
    group = f" ({' '.join(cell.population.split())})" if cell.population else ""
    return f"patients with {called(cell.disease)}{group}"


def _counted(ground: Ground) -> list[Cell]:
    return [cell for cell in ground.cells.values() if cell.counted and cell.group is None]


def how_often(ground: Ground) -> Iterator[Proposal]:
    """In what share of patients a paper counted a finding: ranges that do not overlap."""
    for cell in _counted(ground):
        stem = f"In what share of {whom(cell)} did {ground.name(cell.source)} find {called(cell.finding)}?"
        told = f"{ground.name(cell.source)} counted {called(cell.finding)} in"
        yield _share_of(ground, cell, "how-often", stem, told)


def _share_of(ground: Ground, cell: Cell, type_: str, stem: str, told: str) -> Proposal:
    """An item on one count; `told` begins the sentence of the feedback that ends with the count."""
    percent = cell.percent or 0.0
    ranges = max((QUARTERS, THIRDS), key=lambda bins: _clearance(percent, bins))
    offers = {
        low: Offer(text=f"{low}–{high} %" if high else "0 %", claim=InRange(cell=cell, low=low, high=high), place=low)
        for low, high in ranges
    }
    key = next(low for low, high in ranges if low <= round(percent) <= high)
    return Proposal(
        type=type_,
        stem=stem,
        key=offers[key],
        others=tuple(offer for low, offer in offers.items() if low != key),
        facts=(fact_of(cell),),
        feedback=f"{told} {share(cell)}.",
        lead=cell.used or cell.statements,
        difficulty=_how_hard(cell),
        bloom="remember",
        count=share(cell),
        concepts=(cell.disease.key or "", cell.finding.key or ""),
        sorted=True,
        most=len(ranges),
        against=doubt_of(ground, cell),
    )


def shared_out(ground: Ground) -> Iterator[Proposal]:
    """In what share of a cohort a paper counted a primary site, or a first diagnosis that was wrong."""
    sizes = {(one.source, one.disease): one.size for one in cohorts(ground.statements) if one.population is None}
    asked: dict[tuple[str, str, str], list[Entity]] = defaultdict(list)
    for one in ground.statements:
        size = sizes.get((one.source, one.subject.identity))
        row = SHARED_OUT.get(one.predicate)
        if row is None or size is None or one.evidence != "own" or one.statistic is None or ground.against(one):
            continue
        reading = read_count(one, None)
        rivals = [
            other
            for other in ground.by_triple[one.subject.identity, one.predicate, one.object.identity]
            if other is not one
        ]
        counts = {r.n for other in rivals if other.source == one.source and (r := read_count(other, None)) is not None}
        if reading is None or reading.n > size or (reading.total or size) != size or counts - {reading.n}:
            continue
        if any(ground.related(one.object, known) for known in asked[one.source, one.subject.identity, one.predicate]):
            continue  # the first place stands for all, and for what is narrower or broader
        asked[one.source, one.subject.identity, one.predicate].append(one.object)
        cell = Cell(
            source=one.source,
            disease=one.subject,
            finding=one.object,
            predicate=one.predicate,
            state="seen" if reading.n else "zero",
            n=reading.n,
            total=size,
            interval=wilson(reading.n, size),
            unit="patients",
            used=(one.id,),
        )
        words = {"name": ground.name(one.source), "whom": whom(cell), "thing": called(one.object)}
        yield _share_of(ground, cell, row[0], row[1].format(**words), row[2].format(**words))


SHARED_OUT: Final = {
    "has_primary_site": (
        "primary-site",
        "In what share of {whom} did {name} find the primary tumor in the {thing}?",
        "{name} found the primary tumor in the {thing} in",
    ),
    "misdiagnosed_as": (
        "how-often",
        "In what share of {whom} was {thing} the first imaging diagnosis, in {name}?",
        "In {name}, {thing} was the first imaging diagnosis, a wrong one, in",
    ),
}
"""Predicates of a whole cohort that is shared out: the type of the item, its question, how its feedback begins."""


def _clearance(percent: float, bins: Sequence[tuple[int, int]]) -> float:
    """How far a percentage lies from the nearest edge inside the scale."""
    return min(abs(percent - (low - 0.5)) for low, _ in bins if low > 1)


def _how_hard(cell: Cell) -> tuple[str, str]:
    percent = cell.percent or 0.0
    if percent >= 90 or percent <= 10:
        return "easy", "nearly all patients or nearly none had it"
    return "moderate", "the share lies in the middle of the scale"


def not_seen(ground: Ground) -> Iterator[Proposal]:
    """Which finding a paper looked for and saw in none, among findings that it did see."""
    by_group: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in ground.cells.values():
        if cell.predicate == "has_sign":
            by_group[cell.source, cell.disease.identity].append(cell)
    for cells in by_group.values():
        zeros = [cell for cell in cells if cell.state == "zero" and cell.counted and not doubt_of(ground, cell)]
        if zeros:  # one question a group: a second would read the same; `how_often` asks for each
            yield _not_seen(ground, max(zeros, key=lambda cell: _described_elsewhere(ground, cell)), cells)


def _not_seen(ground: Ground, cell: Cell, cells: Sequence[Cell]) -> Proposal:
    name = ground.name(cell.source)
    seen = [one for one in cells if one.state != "zero" and not ground.related(one.finding, cell.finding)]
    seen.sort(
        key=lambda one: (one.finding.key is None, not one.counted, -len(_shared(one, cell)), one.finding.identity)
    )
    offers = _unrelated(ground, [one for one in seen if one.finding.key is not None])
    return Proposal(
        type="not-seen",
        stem=f"Which of these findings did {name} look for in {whom(cell)} and NOT see in any of them?",
        key=_not_seen_offer(cell),
        others=tuple(_not_seen_offer(one) for one in offers),
        facts=(fact_of(cell),),
        feedback=f"{called(cell.finding).capitalize()} was looked for and seen in {share(cell)}. "
        "Looked for and not seen is a result; it is not the same as not reported.",
        lead=cell.used or cell.statements,
        difficulty=("moderate", "absence must be told from what was never looked for"),
        bloom="remember",
        count=share(cell),
        concepts=(cell.disease.key or "", cell.finding.key or ""),
        against=doubt_of(ground, cell),
    )


def _described_elsewhere(ground: Ground, cell: Cell) -> tuple[int, str]:
    """In how many other diseases the finding is described: there its absence tells most."""
    others = {disease for _, disease, finding in ground.cells if finding == cell.finding.identity}
    return len(others), cell.finding.identity


def _not_seen_offer(cell: Cell) -> Offer:
    claim = NotSeen(source=cell.source, disease=cell.disease, finding=cell.finding)
    return Offer(text=called(cell.finding), claim=claim)


def _shared(one: Cell, other: Cell) -> set[str]:
    return set(called(one.finding).split()) & set(called(other.finding).split())


def _unrelated(ground: Ground, cells: Sequence[Cell]) -> list[Cell]:
    """Cells in their order, without those whose finding is another's, broader or narrower."""
    found: list[Cell] = []
    for cell in cells:
        if not any(ground.related(cell.finding, one.finding) for one in found):
            found.append(cell)
    return found


def by_frequency(ground: Ground) -> Iterator[Proposal]:
    """Which sequence of findings goes from most to least frequent, where each interval is clear of the next."""
    by_group: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for cell in _counted(ground):
        if not doubt_of(ground, cell) and cell.finding.key is not None:
            by_group[cell.source, cell.disease.identity].append(cell)
    for cells in by_group.values():
        chains = sorted(
            {tuple(chain) for chain in _chains(cells)}, key=lambda c: (-len(c), [x.finding.identity for x in c])
        )
        used: dict[str, int] = defaultdict(int)
        kept = 0
        for chain in chains:
            names = [cell.finding.identity for cell in chain]
            if kept < MOST_SEQUENCES and all(used[name] < 2 for name in names[1:-1]) and _clear_of_kin(ground, chain):
                for name in names[1:-1]:
                    used[name] += 1
                kept += 1
                yield _in_order(ground, chain)


def _clear_of_kin(ground: Ground, chain: Sequence[Cell]) -> bool:
    return len(_unrelated(ground, chain)) == len(chain)


def _chains(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Findings from most to least frequent, each interval above the next."""
    ordered = sorted(cells, key=lambda cell: (-(cell.percent or 0.0), cell.finding.identity))

    def go_on(chain: list[Cell], rest: Sequence[Cell]) -> Iterator[list[Cell]]:
        if len(chain) in LENGTHS:
            yield chain
        if len(chain) == LENGTHS[-1]:
            return
        for place, cell in enumerate(rest):
            last = chain[-1] if chain else None
            low = last.interval.low if last is not None and last.interval is not None else 2.0
            if cell.interval is not None and cell.interval.high < low:
                yield from go_on([*chain, cell], rest[place + 1 :])

    yield from go_on([], ordered)


def _in_order(ground: Ground, chain: Sequence[Cell]) -> Proposal:
    first = chain[0]
    name = ground.name(first.source)
    right = [called(cell.finding) for cell in chain]
    swaps = [(0, 1), (1, 2), (0, 2)] if len(chain) == 3 else [(1, 2), (0, 1), (2, 3), (0, 2)]
    others = []
    for one, other in [*swaps, (-1, -1)]:
        changed = list(chain)
        if one == -1:
            changed.reverse()
        else:
            changed[one], changed[other] = changed[other], changed[one]
        others.append(Offer(text=_sequence(changed), claim=InOrder(cells=tuple(changed))))
    used = tuple(dict.fromkeys(identity for cell in chain for identity in cell.used))
    least = min(_gap(a, b) for a, b in pairwise(chain))
    level = ("moderate", "neighbours are far apart") if least >= FAR else ("hard", "neighbours lie close together")
    return Proposal(
        type="order",
        stem=f"{name} counted {in_a_row(sorted(right))} in {whom(first)}. "
        "Which sequence goes from the most to the least frequent?",
        key=Offer(text=_sequence(chain), claim=InOrder(cells=tuple(chain))),
        others=tuple(others),
        facts=tuple(fact_of(cell) for cell in chain),
        feedback="Counted: " + "; ".join(f"{called(cell.finding)} in {share(cell)}" for cell in chain) + ".",
        lead=used,
        difficulty=level,
        bloom="analyse",
        count="; ".join(f"{cell.n}/{cell.total}" for cell in chain),
        concepts=(first.disease.key or "", *(cell.finding.key or "" for cell in chain)),
        order=tuple(right),
    )


def _sequence(cells: Sequence[Cell]) -> str:
    return " > ".join(called(cell.finding) for cell in cells)


def _gap(one: Cell, other: Cell) -> float:
    return abs((one.percent or 0.0) - (other.percent or 0.0))
