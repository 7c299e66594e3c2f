"""This module holds what a paper says of all its patients, and of the one in a figure, against what it counts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from kg.audit.paper import Paper, Printed, count_of, judge, total_of
from kg.evidence import FINDING_PREDICATES
from kg.evidence.cells import group_name
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Span, Statement
from kg.verdict import Verdict

ALL: Final = re.compile(r"\b(?:all|none of the|in any|not? (?:a )?single)\b", re.IGNORECASE)
EXCEPT: Final = re.compile(r"\b(?:except|apart from|other than|remaining|but)\b", re.IGNORECASE)
Key = tuple[str, str, str]


def denials(paper: Paper) -> Iterator[Verdict]:
    """Is what a paper finds in none of its patients counted in none?"""
    counted = [n for n in paper.numbers if n.own and count_of(n.statistic) and group_name(n.first.population) is None]
    for denial in paper.statements:
        if _denies_all(denial):
            found = [(n, s) for n in counted for s in n.statements[:1] if _is_denied(paper, denial, s)]
            if found:
                said = ", ".join(f"{s.object.label}: {n.text} ({s.section})" for n, s in found)
                why = f"{denial.object.label}: absent in all ({denial.section}); {said}"
                yield with_words("denial", [n for n, _ in found], [denial], right=False, recomputed="none", why=why)


def with_words(
    check: str, numbers: Sequence[Printed], words: Sequence[Statement], *, right: bool, recomputed: str, why: str
) -> Verdict:
    """A verdict on numbers and on statements that print none."""
    verdict = "consistent" if right else "inconsistent"
    one = judge(check, verdict, numbers, recomputed=recomputed, explanation=why)
    return replace(
        one,
        quotes=tuple(dict.fromkeys((*one.quotes, *(" ".join(s.quote.split()) for s in words)))),
        statements=tuple(dict.fromkeys((*one.statements, *(s.id for s in words)))),
    )


def _denies_all(statement: Statement) -> bool:
    """Whether a sentence says of all patients of the study that they lack a finding."""
    own = statement.evidence == "own" and statement.section != ONE_PATIENT and statement.statistic is None
    of_all = statement.population is None or group_name(statement.population) is None
    plain = statement.polarity == "absent" and not statement.hedged and statement.predicate in FINDING_PREDICATES
    return own and of_all and plain and bool(ALL.search(statement.quote)) and not EXCEPT.search(statement.quote)


def _is_denied(paper: Paper, denial: Statement, counted: Statement) -> bool:
    same = (counted.subject.identity, counted.predicate) == (denial.subject.identity, denial.predicate)
    finding = counted.object.identity
    below = is_below(paper, finding, denial.object.identity)
    in_context = denial.modality in (None, counted.modality) and set(denial.phases) <= set(counted.phases)
    return same and below and in_context and counted.polarity == "present" and counted.span != denial.span


def is_below(paper: Paper, finding: str, broad: str) -> bool:
    """Whether a finding is another, or a kind of it."""
    return finding == broad or broad in paper.broader(finding)


@dataclass(slots=True)
class _Figures:
    """The patients of figures of whom one finding is told, by the caption that tells it."""

    present: dict[Span, Statement] = field(default_factory=dict)
    absent: dict[Span, Statement] = field(default_factory=dict)


def figures(paper: Paper) -> Iterator[Verdict]:
    """Do the patients shown in figures fit in what is counted? Each caption tells of one patient of the study."""
    told = _told_in_figures(paper)
    for number in paper.numbers:
        n, of = count_of(number.statistic), number.first
        key = (of.subject.identity, of.predicate, of.object.identity)
        if not number.own or n is None or of.polarity != "present" or of.predicate not in FINDING_PREDICATES:
            continue
        total, tested = _tested(paper, number)
        in_part = tested is None and group_name(of.population) is not None
        if key not in told or total is None or number.statistic.op is not None or in_part:
            continue
        shown = told[key]
        for more, told_of in ((n, shown.absent), (total - n, shown.present)):
            statements = [one for one in told_of.values() if of.modality in (None, one.modality)]
            if statements:
                yield _fits(number, tested, more, total, statements)


def _told_in_figures(paper: Paper) -> Mapping[Key, _Figures]:
    captions = [one.span for one in paper.passages if one.section == ONE_PATIENT]
    found: dict[Key, _Figures] = defaultdict(_Figures)
    for one in paper.statements:
        caption = next((span for span in captions if span.contains(one.span)), None)
        of_study = one.section == ONE_PATIENT and one.evidence == "own" and one.statistic is None and not one.hedged
        if caption is not None and of_study:
            figure = found[one.subject.identity, one.predicate, one.object.identity]
            (figure.present if one.polarity == "present" else figure.absent)[caption] = one
    return found


def _tested(paper: Paper, number: Printed) -> tuple[int | None, Printed | None]:
    """How many were tested for a finding, and where that is printed: with the count, else as a count of its own."""
    total = total_of(number.statistic)
    if total is not None:
        return total, None
    of = number.first
    for other in paper.numbers:
        same = other.first.subject.identity == of.subject.identity and other.first.object.identity == of.object.identity
        if other.own and same and other.first.predicate == "measured_value" and other.statistic.kind == "count":
            return count_of(other.statistic), other
    return None, None


def _fits(number: Printed, tested: Printed | None, more: int, total: int, shown: list[Statement]) -> Verdict:
    finding, state = number.first.object.label, shown[0].polarity
    why = f"{finding}: {number.text}, out of {total}, leaves {total - more} for {state}; the figures show {len(shown)}"
    numbers = [number] if tested is None else [tested, number]
    right, sum_ = more + len(shown) <= total, f"{more} + {len(shown)} of {total}"
    return with_words("figures", numbers, shown, right=right, recomputed=sum_, why=why)
