"""This module holds those who are said to lack a finding, part by part, against those who are counted with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.audit.denials import is_below, with_words
from kg.audit.paper import Paper, Printed, count_of
from kg.audit.totals import ONE_EACH
from kg.evidence import FINDING_PREDICATES
from kg.evidence.cells import group_name
from kg.evidence.kinds import ONE_PATIENT
from kg.model import Statement
from kg.verdict import Verdict

ALL: Final = re.compile(r"\b(?:all|none|no)\b", re.IGNORECASE)
ANOTHER: Final = re.compile(r"\b(?:an)?other (?:case|patient|participant)\b", re.IGNORECASE)
LONGEST_NAME: Final = 4  # words of a part's name

Parts = Mapping[str, tuple[int, str]]  # by its key how many are in a part, and what it is called


@dataclass(slots=True)
class _Lacking:
    """How many in each part lack a finding, and what says so."""

    counts: dict[str, int] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def add(self, part: str, count: int, statement: Statement) -> None:
        self.counts[part] = max(count, self.counts.get(part, 0))
        self.statements.append(statement)


def leftover(paper: Paper) -> Iterator[Verdict]:
    """Are those who lack a finding and those who have it no more than all?

    A list that shares out the patients, such as their first diagnoses, gives the parts; what is said of all of a part,
    and of the patient in a figure, gives how many lack the finding.
    """
    for disease, parts in _shared_out(paper):
        total = sum(n for n, _ in parts.values())
        for finding, lacking in _lacking(paper, disease, parts).items():
            having = _having(paper, disease, finding)
            if having and len(lacking.counts) > 1:
                without, with_it = sum(lacking.counts.values()), sum(count_of(n.statistic) or 0 for n in having)
                said = " + ".join(f"{n} ({parts[part][1]})" for part, n in lacking.counts.items())
                label = lacking.statements[0].object.label
                yield with_words(
                    "leftover",
                    having,
                    lacking.statements,
                    right=without + with_it <= total,
                    recomputed=f"{without} + {with_it} of {total}",
                    why=f"{label}: lacking in {said}, counted in {with_it}; that is {without + with_it} of {total}",
                )


def _shared_out(paper: Paper) -> Iterator[tuple[str, Parts]]:
    """The lists of a paper that give each patient of a disease one of several things, by its key."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for numbers in paper.sentences:
        found: dict[tuple[str, str], dict[str, tuple[int, str]]] = defaultdict(dict)
        for number in numbers:
            n, of = count_of(number.statistic), number.first
            if number.own and n and of.predicate in ONE_EACH and number.statistic.op is None:
                found[of.subject.identity, of.predicate][of.object.identity] = (n, of.object.label)
        for (disease, _), parts in found.items():
            known = (disease, frozenset(parts))
            if len(parts) > 1 and sum(n for n, _ in parts.values()) == paper.patients(disease) and known not in seen:
                seen.add(known)
                yield disease, parts


def _lacking(paper: Paper, disease: str, parts: Parts) -> Mapping[str, _Lacking]:
    found: dict[str, _Lacking] = defaultdict(_Lacking)
    for one in paper.statements:
        plain = one.evidence == "own" and one.polarity == "absent" and one.statistic is None and not one.hedged
        if not plain or one.subject.identity != disease or one.predicate not in FINDING_PREDICATES:
            continue
        if one.section == ONE_PATIENT:
            part = _part_of_figure(paper, one, parts)
            count = 1
        else:
            part = _named_part(paper, one.population, parts)
            count, _ = parts.get(part or "", (0, ""))
            if count > 1 and not ALL.search(one.quote):
                part = None
        if part is not None:
            found[one.object.identity].add(part, count, one)
    return found


def _named_part(paper: Paper, population: str | None, parts: Parts) -> str | None:
    """The part that a population names, itself or by a broader name; None if that is none, or not one alone."""
    words = re.findall(r"[\w-]+", group_name(population) or "")
    spans = (" ".join(words[at : at + size]) for size in range(1, LONGEST_NAME + 1) for at in range(len(words)))
    return _one_of(paper, {key for span in spans for key in paper.named(span)}, parts)


def _part_of_figure(paper: Paper, statement: Statement, parts: Parts) -> str | None:
    """The part that the patient of a figure is in, by what its caption says that each patient has one of."""
    captions = (p.span for p in paper.passages if p.section == ONE_PATIENT)
    caption = next((span for span in captions if span.contains(statement.span)), None)
    if caption is None:
        return None
    told = {s.object.identity for s in paper.statements if s.predicate in ONE_EACH and caption.contains(s.span)}
    return _one_of(paper, told, parts)


def _one_of(paper: Paper, named: Iterable[str], parts: Parts) -> str | None:
    known = set(named)
    fitting = [part for part in parts if part in known] or [part for part in parts if paper.broader(part) & known]
    return fitting[0] if len(fitting) == 1 else None


def _having(paper: Paper, disease: str, finding: str) -> Sequence[Printed]:
    """Counts of different patients with a finding, or a kind of it: those that a sentence tells one after another."""
    best: Sequence[Printed] = ()
    for numbers in paper.sentences:
        counted = [n for n in numbers if n.own and count_of(n.statistic) and _has(paper, n, disease, finding)]
        apart = len(counted) == 1 or all(count_of(n.statistic) == 1 for n in counted)
        if counted and apart and (len(counted) == 1 or ANOTHER.search(counted[0].first.quote)):
            best = max(best, counted, key=lambda group: sum(count_of(n.statistic) or 0 for n in group))
    return best


def _has(paper: Paper, number: Printed, disease: str, finding: str) -> bool:
    return any(
        s.subject.identity == disease
        and s.polarity == "present"
        and s.predicate in FINDING_PREDICATES
        and group_name(s.population) is None
        and is_below(paper, s.object.identity, finding)
        for s in number.statements
    )
