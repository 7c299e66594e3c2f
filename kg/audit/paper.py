"""This module lays a paper out for the audit: its printed numbers in order, its sentences, its groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from kg.evidence import cohorts, unit_of
from kg.evidence.cells import group_name
from kg.evidence.counts import size_for
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Cohort, Passage, Span, Statement, Statistic
from kg.verdict import Verdict

FRONT: Final = ("Title", "Abstract")
TOLD_APART: Final = ("noise", "title", "reference", "front")  # blocks that are not the paper's running text

Keys = Callable[[str], frozenset[str]]


def no_keys(_: str) -> frozenset[str]:
    """What a paper that is read without a vocabulary knows of a key, or a name."""
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One number as printed, with every statement that was read from it."""

    statistic: Statistic
    statements: tuple[Statement, ...]

    @property
    def first(self) -> Statement:
        """The statement that speaks for all: they share place, section and sentence."""
        return self.statements[0]

    @property
    def span(self) -> Span:
        return self.statistic.span

    @property
    def text(self) -> str:
        """The number as printed, on one line."""
        return " ".join(self.statistic.printed.split())

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(statement.id for statement in self.statements)

    @property
    def own(self) -> bool:
        """Whether it is a result of the paper's own patients, not of the one in a figure."""
        return self.first.evidence == "own" and self.first.section != ONE_PATIENT

    @property
    def subjects(self) -> frozenset[str]:
        return frozenset(statement.subject.identity for statement in self.statements)

    @property
    def predicates(self) -> frozenset[str]:
        return frozenset(statement.predicate for statement in self.statements)


def whole(value: object) -> int | None:
    """A count as an int; None for what is no whole number of 0 or more."""
    if isinstance(value, Decimal) and value == value.to_integral_value() and value >= 0:
        return int(value)
    return None


def count_of(statistic: Statistic) -> int | None:
    """The n of a printed count or proportion, None if it prints none."""
    bare = statistic.value if statistic.kind in ("count", "proportion") else None
    return whole(statistic.numerator if statistic.numerator is not None else bare)


def total_of(statistic: Statistic) -> int | None:
    """The printed N of a proportion; None where none is printed, or none above 0."""
    return whole(statistic.denominator) or None


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A source as the audit reads it.

    `broader` gives the broader concepts of a key, itself left out; `named` the concepts that a name can mean; `signs`
    are the keys of what images can show.
    """

    source: str
    text: str = ""
    passages: tuple[Passage, ...] = ()
    statements: tuple[Statement, ...] = ()
    broader: Keys = no_keys
    named: Keys = no_keys
    signs: frozenset[str] = frozenset()

    @cached_property
    def numbers(self) -> tuple[Printed, ...]:
        """Each printed number once, in the order of the text."""
        found: dict[tuple[Span, str], list[Statement]] = defaultdict(list)
        for statement in self.statements:
            if statement.statistic is not None:
                found[statement.statistic.span, statement.statistic.kind].append(statement)
        return tuple(
            Printed(statistic=one, statements=tuple(sorted(group, key=lambda s: s.id)))
            for (_, _), group in sorted(found.items())
            if (one := group[0].statistic) is not None
        )

    @cached_property
    def sentences(self) -> tuple[tuple[Printed, ...], ...]:
        """The numbers of each sentence outside tables, in the order of the text."""
        found: dict[Span, list[Printed]] = defaultdict(list)
        for number in self.numbers:
            if number.first.section != "Table":
                found[number.first.span].append(number)
        return tuple(tuple(numbers) for _, numbers in sorted(found.items()))

    @cached_property
    def groups(self) -> tuple[Cohort, ...]:
        """The groups of patients and lesions whose size the paper gives."""
        return cohorts(self.statements)

    def size(self, statement: Statement) -> int | None:
        """How many are in the group that a statement is surely about; None if that is not known."""
        size, sure = size_for(statement, self.groups_of(statement.subject.identity))
        return size if sure else None

    def groups_of(self, disease: str) -> tuple[Cohort, ...]:
        """The groups with a disease."""
        return tuple(group for group in self.groups if group.disease == disease)

    def patients(self, disease: str) -> int | None:
        """The number of patients with a disease, None if the paper does not give it."""
        sizes = (g.size for g in self.groups_of(disease) if g.population is None and g.unit == "patients")
        return next(sizes, None)

    def between(self, one: Printed, other: Printed) -> str:
        """The words from the end of one number to the start of a later one, on one line."""
        return " ".join(self.text[one.span.end : other.span.start].split())

    def before(self, number: Printed, reach: int) -> str:
        """The words of its sentence before a number, up to `reach` characters."""
        start = max(number.first.span.start, number.span.start - reach)
        return " ".join(self.text[start : number.span.start].split())

    def after(self, number: Printed, reach: int) -> str:
        """The words of its sentence behind a number, up to `reach` characters."""
        end = min(number.first.span.end, number.span.end + reach)
        return " ".join(self.text[number.span.end : end].split())

    @cached_property
    def running(self) -> tuple[Passage, ...]:
        """The blocks that belong to the paper's text, in its order."""
        return tuple(passage for passage in self.passages if passage.kind not in TOLD_APART)


def counts_patients(number: Printed) -> bool:
    """Whether a count may be of patients: no word makes it one of lesions."""
    return unit_of(number.first) in (None, "patients")


def whole_group(number: Printed) -> bool:
    """Whether a number is about all of its group, as far as the sentence says."""
    return group_name(number.first.population) is None


def place(number: Printed) -> str:
    """Where a number stands, for a person: the cell of a table, the figure, else the section."""
    locator = number.first.locator or ""
    return locator if locator.startswith(("Table", "Figure")) else number.first.section


def judge(
    check: str,
    verdict: str,
    numbers: Sequence[Printed],
    *,
    explanation: str,
    recomputed: str = "",
    printed: str | None = None,
    warning: str = "",
) -> Verdict:
    """A verdict on some numbers of one paper."""
    return Verdict(
        source=numbers[0].first.source,
        check=check,
        verdict=verdict,
        printed="; ".join(number.text for number in numbers) if printed is None else printed,
        recomputed=recomputed,
        explanation=explanation,
        warning=warning,
        quotes=tuple(dict.fromkeys(" ".join(number.first.quote.split()) for number in numbers)),
        statements=tuple(dict.fromkeys(identity for number in numbers for identity in number.ids)),
    )


def of_kind(numbers: Iterable[Printed], *kinds: str) -> Iterator[Printed]:
    """The numbers of some kinds."""
    return (number for number in numbers if number.statistic.kind in kinds)
