"""This module holds the answer to "which diseases fit these findings", and everything that it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kg.compare import Sentence
from kg.evidence import Cell
from kg.measures import Difference, Pooled, Ratio
from kg.model import Concept, Statement, require_one_of

BEARINGS: Final = ("for", "against", "open", "unknown")


class DifferentialError(ValueError):
    """Findings, diseases or starting values that no differential can be made of; the sentence says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was looked for in a patient, as concept keys: there, not there, or not assessed.

    What is not assessed is the same as what is not named: it is kept to be shown, and changes nothing.

    >>> Findings(present=("washout",), absent=("halo",), not_assessed=("fat",)).assessed
    (('halo', False), ('washout', True))
    """

    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    not_assessed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = Counter((*self.present, *self.absent, *self.not_assessed))
        twice = [key for key, times in given.items() if times > 1]
        if twice:
            remedy = "give each finding once: present, absent or not assessed"
            raise DifferentialError(f"{twice[0]!r} is given twice; {remedy}")
        if not self.present and not self.absent:
            raise DifferentialError("no finding is given as present or absent; give one that was looked for")

    @property
    def assessed(self) -> tuple[tuple[str, bool], ...]:
        """(key, whether it is there) of each finding that was looked for, in the order of the keys."""
        return tuple(sorted([(key, True) for key in self.present] + [(key, False) for key in self.absent]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of evidence: a count of one study (`cell`), or a passage in words (`statement`).

    `bearing` is one of BEARINGS but 'unknown'; `text` says it in words; `clear` is false where the interval of a count
    holds one half. `note` says where it is about a narrower or broader finding, or a narrower disease.
    """

    bearing: str
    text: str
    source: str
    evidence: str
    clear: bool = True
    hedged: bool = False
    cell: Cell | None = None
    note: str = ""
    statements: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("bearing", self.bearing, BEARINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What is known of one finding in one disease, as the patient has it: present or absent.

    `bearing` is 'for' where at least half of the counted patients are like this one, 'against' where fewer are, and
    else what the authors say in words; 'open' where that points both ways or nowhere, 'unknown' where nothing is known.
    Findings of one `group` speak of one thing and count once.
    """

    finding: Concept
    present: bool
    bearing: str
    group: str
    items: tuple[Item, ...] = ()

    @property
    def label(self) -> str:
        """The finding as the patient has it: 'washout', or 'no washout'."""
        return self.finding.label if self.present else f"no {self.finding.label}"

    @property
    def statements(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(identifier for item in self.items for identifier in item.statements))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One disease: what speaks for and against it, and its probability where one can be given (with 95 % limits)."""

    disease: Concept
    assessments: tuple[Assessment, ...]
    before: float | None = None
    after: Difference | None = None

    def of(self, bearing: str) -> tuple[Assessment, ...]:
        """The assessments with one of BEARINGS."""
        require_one_of("bearing", bearing, BEARINGS)
        return tuple(one for one in self.assessments if one.bearing == bearing)

    def groups(self, bearing: str) -> int:
        """In how many groups of findings something has this bearing."""
        return len({one.group for one in self.of(bearing)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One group of findings carried through Bayes' rule.

    `finding` stands for the group; `counted` is what the studies counted, which may be narrower or broader (`note`
    says so). `cells` are the counts, by study and disease. `ratio`, of two diseases, is for the first of the panel;
    `pooled` if it is pooled over studies. `left_out` are findings of the group that are not multiplied again. `after`
    are the probabilities after this step, in the order of the panel.
    """

    group: str
    finding: Concept
    present: bool
    counted: str
    cells: tuple[Cell, ...]
    after: tuple[Difference, ...]
    ratio: Ratio | None = None
    corrected: bool = False
    pooled: Pooled | None = None
    left_out: tuple[str, ...] = ()
    note: str = ""
    text: str = ""

    @property
    def statements(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(identifier for cell in self.cells for identifier in cell.used))


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """Whom a study was about: "is your patient like theirs?". `groups` are (disease, size, unit) as the paper has them.

    `statements` are those that give the sizes.
    """

    source: str
    name: str
    title: str = ""
    design: str | None = None
    year: int | None = None
    groups: tuple[tuple[str, int, str], ...] = ()
    modalities: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """The question that comes before any number."""
        sizes = ", ".join(f"{size} {unit} with {disease}" for disease, size, unit in self.groups)
        parts = [part for part in (sizes, ", ".join(self.modalities), self.design) if part]
        return f"Are your patients like those of {self.name}{': ' if parts else ''}{'; '.join(parts)}?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Differential:
    """Diseases in the order in which they fit, with the reasons.

    `panel` are the keys of the diseases that have a probability, because one study (or a pool of studies) counted the
    findings in all of them; the probabilities add up to 1 over the panel. `prior` says what they start from: 'equal'
    or 'given'. `statements` has every statement that any part names, by id.
    """

    findings: Findings
    concepts: Mapping[str, Concept]
    candidates: tuple[Candidate, ...]
    studies: tuple[Study, ...] = ()
    panel: tuple[str, ...] = ()
    prior: str = "equal"
    in_scope: bool = True
    steps: tuple[Step, ...] = ()
    answer: tuple[Sentence, ...] = ()
    notes: tuple[str, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The differential as plain values; probabilities lie in 0 to 1, percentages in 0 to 100.

        findings: present, absent, not_assessed. studies: whom each was about, with the question to ask first. answer:
        sentences with the statements behind each. panel, prior. steps: what was multiplied, with counts, ratio and the
        probabilities after it. candidates: before, after with limits, and an assessment for each finding (bearing,
        items). notes. statements: each quote by id.
        """
        return {
            "findings": {name: list(getattr(self.findings, name)) for name in ("present", "absent", "not_assessed")},
            "in_scope": self.in_scope,
            "studies": [_study_json(study) for study in self.studies],
            "answer": [{"sentence": one.text, "statements": list(one.statements)} for one in self.answer],
            "panel": list(self.panel),
            "prior": self.prior,
            "steps": [_step_json(step, self.panel) for step in self.steps],
            "candidates": [_candidate_json(candidate) for candidate in self.candidates],
            "notes": list(self.notes),
            "statements": {
                key: {
                    "source": one.source,
                    "start": one.span.start,
                    "end": one.span.end,
                    "quote": one.quote,
                    "evidence": one.evidence,
                    "hedged": one.hedged,
                }
                for key, one in self.statements.items()
            },
        }


def _limits(value: Difference | Ratio | None) -> dict[str, float] | None:
    return None if value is None else {"estimate": value.estimate, "low": value.low, "high": value.high}


def _study_json(study: Study) -> dict[str, Any]:
    return {
        "source": study.source,
        "title": study.title,
        "design": study.design,
        "year": study.year,
        "groups": [{"disease": disease, "size": size, "unit": unit} for disease, size, unit in study.groups],
        "modalities": list(study.modalities),
        "question": study.question,
        "statements": list(study.statements),
    }


def _step_json(step: Step, panel: tuple[str, ...]) -> dict[str, Any]:
    pooled = step.pooled
    return {
        "group": step.group,
        "finding": step.finding.key,
        "present": step.present,
        "counted": step.counted,
        "cells": [_cell_json(cell) for cell in step.cells],
        "likelihood_ratio": _limits(step.ratio),
        "for": panel[0] if step.ratio is not None else None,
        "corrected": step.corrected,
        "pooled": None if pooled is None else {"studies": pooled.studies, "i_squared": pooled.i_squared},
        "left_out": list(step.left_out),
        "after": {key: _limits(after) for key, after in zip(panel, step.after, strict=True)},
        "note": step.note,
        "text": step.text,
        "statements": list(step.statements),
    }


def _cell_json(cell: Cell) -> dict[str, Any]:
    interval = cell.interval
    return {
        "source": cell.source,
        "disease": cell.disease.key,
        "finding": cell.finding.label,
        "n": cell.n,
        "N": cell.total,
        "percent": cell.percent,
        "interval": None if interval is None else [100 * interval.low, 100 * interval.high],
        "unit": cell.unit,
        "statements": list(cell.used),
    }


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "disease": candidate.disease.key,
        "label": candidate.disease.label,
        "before": candidate.before,
        "after": _limits(candidate.after),
        "findings": [
            {
                "finding": one.finding.key,
                "label": one.finding.label,
                "present": one.present,
                "bearing": one.bearing,
                "group": one.group,
                "items": [
                    {
                        "bearing": item.bearing,
                        "text": item.text,
                        "source": item.source,
                        "evidence": item.evidence,
                        "hedged": item.hedged,
                        "clear": item.clear,
                        "note": item.note,
                        "count": None if item.cell is None else _cell_json(item.cell),
                        "statements": list(item.statements),
                    }
                    for item in one.items
                ],
            }
            for one in candidate.assessments
        ],
    }
