"""This module proposes items on what one study counted in two diseases: which finding favours which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.compare import Comparison, Row
from kg.evidence import Cell
from kg.measures import Ratio, display
from kg.model import Concept
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import All, MoreFrequent, Settled
from kg.quiz.ground import Ground
from kg.quiz.item import Fact
from kg.quiz.typography import capital, in_a_row, printed, share


def which_sign(ground: Ground) -> Iterator[Proposal]:
    """Which finding one study counted more often in disease A than in B, among those it counted more often in B."""
    for comparison in ground.comparisons:
        rows = _both_ways(comparison)
        for side in ("a", "b"):
            for source in sorted({row.source or "" for row, _ in rows}):
                mine = [(row, leans) for row, leans in rows if row.source == source]
                sound = [row for row, leans in mine if leans == side and not row.every_warning]
                if sound:  # the strongest: a second would be the same question
                    row = max(sound, key=lambda one: (one.bound or 0.0, one.key))
                    yield _which_sign(ground, comparison, row, side, [one for one, leans in mine if leans != side])


def _both_ways(comparison: Comparison) -> list[tuple[Row, str]]:
    """The rows that may favour a side, each with that side; the complement of a row favours the other."""
    every = []
    for row in comparison.counted:
        if row.within_study:
            every.append(row)
            if row.complement is not None:  # what to mind of a row is to be minded of its complement
                every.append(replace(row.complement, warnings=row.every_warning))
    return [(row, row.reading[-1]) for row in every if row.ratio is not None and row.reading[-2:] in ("_a", "_b")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSides:
    """Both cells of a row seen from one side: here, and there."""

    here: Concept
    there: Concept
    mine: Cell
    theirs: Cell

    @property
    def used(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.mine.used, *self.theirs.used)))

    @property
    def counts(self) -> str:
        return f"{share(self.mine)} with {self.here.label}; {share(self.theirs)} with {self.there.label}"


def seen_from(comparison: Comparison, row: Row, side: str) -> TwoSides:
    """A row's cells from the side 'a' or 'b'; ValueError for a row that is not counted on both."""
    a, b = row.a, row.b
    if a is None or b is None:
        raise ValueError(f"{row.label} is not counted on both sides")
    if side == "a":
        return TwoSides(here=comparison.a, there=comparison.b, mine=a, theirs=b)
    return TwoSides(here=comparison.b, there=comparison.a, mine=b, theirs=a)


def _which_sign(ground: Ground, comparison: Comparison, row: Row, side: str, others: Sequence[Row]) -> Proposal:
    seen = seen_from(comparison, row, side)
    source = row.source or seen.mine.source
    return Proposal(
        type="which-sign",
        stem=f"Which finding did {ground.name(source)} count more often in patients with {seen.here.label} than in "
        f"patients with {seen.there.label}?",
        key=Offer(text=printed(row.label), claim=MoreFrequent(row=row, side=side)),
        others=tuple(
            Offer(text=printed(one.label), claim=MoreFrequent(row=one, side=side))
            for one in others
            if not ground.related(one.finding, row.finding)
        ),
        facts=(contrast_fact(row, seen),),
        feedback=contrast_feedback(row.ratio if side == "a" or row.ratio is None else row.ratio.inverse, row, seen),
        lead=seen.used,
        difficulty=_contrast_difficulty(row),
        bloom="analyse",
        count=seen.counts,
        concepts=(seen.here.key, seen.there.key, row.finding.key or ""),
        against=ground.doubt(seen.used),
    )


def contrast_fact(row: Row, seen: TwoSides) -> Fact:
    """What a contrast is about, and both counts."""
    value = f"{seen.mine.n}/{seen.mine.total} against {seen.theirs.n}/{seen.theirs.total}"
    about = f"{seen.mine.source} {row.key} {seen.here.key} against {seen.there.key}"
    return Fact(about=about, value=value, statements=seen.used)


def contrast_feedback(ratio: Ratio | None, row: Row, seen: TwoSides) -> str:
    """Both counts with their intervals, and the likelihood ratio with its own."""
    interval = (
        f" Likelihood ratio {display(ratio.estimate)} (95 % CI {display(ratio.low)}–{display(ratio.high)})."
        if ratio
        else ""
    )
    return f"{capital(printed(row.label))}: {seen.counts}.{interval}"


def which_group(ground: Ground) -> Iterator[Proposal]:
    """In which of two diseases one study counted a finding more often, or whether its counts tell neither apart."""
    for comparison in ground.comparisons:
        for row in comparison.counted:
            if (
                row.within_study
                and row.kind == "counted"
                and row.ratio is not None
                and row.a
                and row.b
                and row.a.counted
            ):
                yield _which_group(ground, comparison, row)


def _which_group(ground: Ground, comparison: Comparison, row: Row) -> Proposal:
    seen = seen_from(comparison, row, "a")
    low, high = (row.ratio.low, row.ratio.high) if row.ratio is not None else (0.0, 2.0)
    texts = {
        "a": f"in patients with {comparison.a.label}",
        "b": f"in patients with {comparison.b.label}",
        "": "in neither group, beyond what chance explains",
    }
    found = "a" if low > 1 else "b" if high < 1 else ""
    reason = contrast_feedback(row.ratio, row, seen)
    offers = {
        side: Offer(text=text, claim=Settled(holds=side == found, reason=reason, statements=seen.used, proof="counts"))
        for side, text in texts.items()
    }
    warning = next((one for one in row.every_warning), "")
    return Proposal(
        type="which-sign",
        stem=f"{ground.name(seen.mine.source)} counted {printed(row.label)} in patients with {comparison.a.label} and "
        f"in patients with {comparison.b.label}. In which group was it more frequent, or in neither, judged by the "
        "95 % interval of the likelihood ratio?",
        key=offers.pop(found),
        others=tuple(offers.values()),
        facts=(contrast_fact(row, seen),),
        feedback=reason,
        lead=seen.used,
        difficulty=_contrast_difficulty(row)
        if found
        else ("hard", "a difference is seen that the interval does not bear out"),
        bloom="analyse",
        count=seen.counts,
        concepts=(comparison.a.key, comparison.b.key, row.finding.key or ""),
        against=(f"the row has a warning: {warning}" if warning else "") or ground.doubt(seen.used),
    )


def _contrast_difficulty(row: Row) -> tuple[str, str]:
    if row.bound is not None and row.bound >= 1.5:
        return "easy", "the likelihood ratio is far from 1, its nearer limit included"
    return "moderate", "the limit of the likelihood ratio lies near 1"


def one_thing(ground: Ground, one: Row, other: Row) -> bool:
    """Whether two rows are of one finding, or of two values of one variable: then one tells the other."""
    same = one.variable is not None and other.variable is not None and one.variable.identity == other.variable.identity
    return same or ground.related(one.finding, other.finding)


def match_groups(ground: Ground) -> Iterator[Proposal]:
    """In which of two diseases each of several findings was the more frequent, by one study's counts."""
    for comparison in ground.comparisons:
        rows = [(row, side) for row, side in _both_ways(comparison) if not row.every_warning]
        for source in sorted({row.source or "" for row, _ in rows}):
            mine = [(row, side) for row, side in rows if row.source == source]
            yield from _match_groups(ground, comparison, source, mine)


def _match_groups(
    ground: Ground, comparison: Comparison, source: str, rows: Sequence[tuple[Row, str]]
) -> Iterator[Proposal]:
    chosen = [next((pair for pair in rows if pair[1] == side), None) for side in ("a", "b")]
    if None in chosen:
        return
    picked = [pair for pair in chosen if pair is not None]
    further = [
        pair for pair in rows if pair not in picked and all(not one_thing(ground, pair[0], one) for one, _ in picked)
    ]
    picked = [*picked, *further[:1]]
    if len(picked) < 3:
        return
    labels = {"a": "group A", "b": "group B"}
    sides = [side for _, side in picked]
    patterns = [[("b" if s == "a" else "a") if i == at else s for i, s in enumerate(sides)] for at in range(len(sides))]
    used = tuple(
        dict.fromkeys(i for row, _ in picked for cell in (row.a, row.b) if cell is not None for i in cell.used)
    )

    names = [printed(row.label) for row, _ in picked]

    def offer(pattern: Sequence[str]) -> Offer:
        text = "; ".join(
            f"{printed(row.label)}: {labels[side]}" for (row, _), side in zip(picked, pattern, strict=True)
        )
        claims = tuple(MoreFrequent(row=row, side=side) for (row, _), side in zip(picked, pattern, strict=True))
        return Offer(text=text, claim=All(claims=claims, proof="counts"))

    counts = [
        f"{printed(row.label)} {row.a.n}/{row.a.total} against {row.b.n}/{row.b.total}"
        for row, _ in picked
        if row.a and row.b
    ]
    yield Proposal(
        type="match",
        stem=f"{ground.name(source)} compared patients with {comparison.a.label} (group A) and patients with "
        f"{comparison.b.label} (group B). In which group was each of these findings more frequent: {in_a_row(names)}?",
        key=offer(sides),
        others=tuple(offer(pattern) for pattern in patterns),
        facts=tuple(
            Fact(
                about=f"{source} {row.key} group",
                value=comparison.a.key if side == "a" else comparison.b.key,
                statements=tuple(row.a.used if row.a else ()),
            )
            for row, side in picked
        ),
        feedback=f"Group A against group B: {'; '.join(counts)}.",
        lead=used,
        difficulty=("moderate", "three findings have to be placed at once"),
        bloom="analyse",
        count="; ".join(counts),
        concepts=(comparison.a.key, comparison.b.key, *(row.finding.key or "" for row, _ in picked)),
        pairs=tuple((printed(row.label), labels[side]) for row, side in picked),
    )
