"""This package asks whether a paper agrees with itself, and papers with each other: one row of CHECKS a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.audit.accuracy import accuracy
from kg.audit.captions import captions
from kg.audit.combined import combined
from kg.audit.contrasts import tests
from kg.audit.denials import denials, figures
from kg.audit.exchange import exchanged
from kg.audit.impossible import impossible
from kg.audit.kin import kin
from kg.audit.language import quantifiers, significance
from kg.audit.leftover import leftover
from kg.audit.limits import bounds, columns_of_p, estimates
from kg.audit.means import means, probabilities
from kg.audit.methods import methods
from kg.audit.paper import Paper
from kg.audit.papers import disagreements
from kg.audit.partshares import part_shares
from kg.audit.references import references
from kg.audit.repeats import abstracts, proven_totals, repeats, results
from kg.audit.shares import attainable, percentages
from kg.audit.spread import spreads
from kg.audit.totals import parts, subgroups
from kg.audit.usual import usual
from kg.verdict import VERDICTS, Verdict

__all__ = ["CHECKS", "Check", "Paper", "audit", "worst"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A row of CHECKS: `question` is what it asks, `run` answers it for all papers at once."""

    name: str
    question: str
    run: Callable[[Sequence[Paper]], Iterable[Verdict]]


def _each(*rules: Callable[[Paper], Iterator[Verdict]]) -> Callable[[Sequence[Paper]], Iterable[Verdict]]:
    """Rules that look at one paper at a time."""
    return lambda papers: (verdict for paper in papers for rule in rules for verdict in rule(paper))


def _row(name: str, question: str, *rules: Callable[[Paper], Iterator[Verdict]]) -> Check:
    return Check(name=name, question=question, run=_each(*rules))


CHECKS: Final = (
    _row("percentage", "does n of N give the percentage printed with it?", percentages),
    _row("attainable", "can a whole number of patients give the percentage?", attainable),
    _row("parts", "do the parts add up to their total?", parts),
    _row("exchanged", "would two cells fit in each other's place?", exchanged),
    _row(
        "repeated",
        "is a count or size the same, and out of the same number, wherever it stands?",
        repeats,
        proven_totals,
        results,
    ),
    _row("kin", "has a sign the count of what the paper takes it for?", kin),
    _row("subgroup", "is a part no larger than its group?", subgroups),
    _row("test", "do the counts give the χ² and P printed with them, by the test of the other rows?", tests),
    _row("means", "do means and standard deviations give the t printed with them?", means),
    _row("methods", "do the methods name the tests whose statistics are printed?", methods),
    _row("spread", "can a standard deviation be so large, or so small, with its mean, range and n?", spreads),
    _row("denial", "is what all patients are said to lack counted in none?", denials),
    _row("leftover", "are those who lack a finding and those who have it no more than all?", leftover),
    _row("figures", "do the patients shown in figures fit in the counts?", figures),
    _row("p value", "does a test statistic give the P printed with it?", probabilities),
    _row("quantifier", "does a word such as most fit its number?", quantifiers),
    _row("accuracy", "are sensitivity and specificity those of the table?", accuracy),
    _row("combined", "can a rule of two tests have the accuracy printed for it?", combined),
    _row("bounds", "does a number lie where its kind can lie?", bounds, columns_of_p, impossible),
    _row("interval", "does an interval contain its estimate and fit its n and P?", estimates),
    _row("operator", "does P fit what its sentence says of it?", significance),
    _row("abstract", "does the body have the results of the abstract?", abstracts),
    _row("caption", "do references to figures and tables match what those show?", captions),
    _row("reference", "is a reference cited for one value of one thing?", references),
    _row("part shares", "is a feature as frequent as the share of one part demands?", part_shares),
    Check(name="papers", question="do two papers agree?", run=disagreements),
    Check(name="usual", question="do two papers call the same finding usual?", run=usual),
)
"""Every check, in the order of a report. Verdicts carry the name of a check, or that of what it found: denominators."""


def audit(papers: Iterable[Paper]) -> tuple[Verdict, ...]:
    """What every check says of some papers, each verdict once and in order."""
    ordered = sorted(papers, key=lambda paper: paper.source)
    return tuple(sorted({verdict for check in CHECKS for verdict in check.run(ordered)}))


def worst(verdicts: Iterable[Verdict]) -> Mapping[str, str]:
    """For each statement that a check looked at, by id, the worst of its verdicts.

    >>> one = Verdict(source="x1", check="parts", verdict="consistent", printed="5", recomputed="5", explanation="",
    ...               statements=("x1/0a",))
    >>> worst([one])
    {'x1/0a': 'consistent'}
    """
    found: dict[str, str] = {}
    for one in verdicts:
        for identity in one.statements:
            found[identity] = min(found.get(identity, one.verdict), one.verdict, key=VERDICTS.index)
    return found
