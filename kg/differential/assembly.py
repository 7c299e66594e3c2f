"""This module assembles a differential from statements: pure, whom the studies were about first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.compare.assembly import of_side
from kg.compare.matrix import can_be_said, count_text, owners_of
from kg.compare.words import once
from kg.differential.correlation import exclusive, grouped, variables
from kg.differential.known import Known
from kg.differential.probability import clearest, contrasts, panel_of, starting, weights, within_panel
from kg.differential.result import Assessment, Candidate, Differential, DifferentialError, Findings, Item, Step, Study
from kg.differential.wording import Name, answer, step_text
from kg.evidence import Cell, Hierarchy, Lineage, cells, cohorts, is_finding, standing, state_words, text_order
from kg.measures import shares_after
from kg.model import Concept, Source, Statement

HALF: Final = 0.5
RARELY: Final = re.compile(
    r"\b(?:rare(?:ly)?|seldom|uncommon(?:ly)?|infrequent(?:ly)?|exceptional(?:ly)?)\b", re.IGNORECASE
)
CITED: Final = {"own": "", "cited": "cites ", "background": "no source, "}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What one differential is made of."""

    findings: Findings
    diseases: tuple[Concept, ...]
    concepts: Mapping[str, Concept]
    lineage: Lineage
    said: tuple[Statement, ...]
    known: Mapping[str, Known]
    groups: Mapping[str, str]
    levels: Mapping[str, frozenset[str]]

    def name(self, key: str) -> str:
        """What a sentence calls a concept or a source."""
        found = self.lineage.name(key)
        return self.concepts[key].label if found == key and key in self.concepts else found


def differential_statements(
    statements: Iterable[Statement],
    findings: Findings,
    diseases: Sequence[Concept],
    hierarchy: Hierarchy,
    *,
    concepts: Mapping[str, Concept],
    prior: Mapping[str, float] | None = None,
    in_scope: bool = True,
    names: Mapping[str, str] | None = None,
    sources: Iterable[Source] = (),
) -> Differential:
    """Which of the diseases fit the findings, by what the statements say.

    A probability is given to diseases in all of which one study counted a finding (or a pool of such studies, for two
    diseases), and only if the patient is like those of the study (`in_scope`). It starts from `prior` (by key, 0 to 1;
    what is not given is shared equally). Of findings that speak of one thing one ratio is used. What is said of a
    narrower disease counts for the nearest of the diseases, and says so. `concepts` are those of the vocabulary,
    `names` short names of sources and concepts. DifferentialError for diseases or starting values that cannot be used.
    """
    _require_diseases(diseases)
    case = _case(statements, findings, diseases, Lineage(hierarchy, names), concepts)
    _require_no_contradiction(case)
    before = starting([disease.key for disease in diseases], prior or {})
    panel, steps, notes = _probabilities(case, before) if in_scope else ((), (), ())
    unused = [key for key in prior or {} if key not in panel]
    candidates = [_candidate(case, disease, before, panel, steps) for disease in diseases]
    ranked = tuple(sorted(candidates, key=_rank))
    found = Differential(
        findings=findings,
        concepts={key: concepts[key] for key in (*findings.present, *findings.absent, *findings.not_assessed)},
        candidates=ranked,
        studies=_studies(case, ranked, steps, {source.key: source for source in sources}),
        panel=panel,
        prior="given" if any(key in panel for key in prior or {}) else "equal",
        in_scope=in_scope,
        steps=steps,
        notes=(*exclusive(findings.present, case.levels, concepts), *notes, *_not_used(unused, case.name)),
    )
    worded = replace(found, answer=answer(found, case.name))
    by_id = {statement.id: statement for statement in case.said}
    return replace(worded, statements={key: by_id[key] for key in _identifiers(worded) if key in by_id})


def _not_used(keys: Sequence[str], name: Name) -> Iterator[str]:
    """Starting values that nothing is computed from."""
    for key in keys:
        yield f"the starting value of {name(key)} is not used: no probability is computed for it"


def _require_diseases(diseases: Sequence[Concept]) -> None:
    keys = [disease.key for disease in diseases]
    twice = [disease.label for disease in diseases if keys.count(disease.key) > 1]
    if twice:
        raise DifferentialError(f"{twice[0]} is given twice; name each disease once")
    if not diseases:
        raise DifferentialError("no paper here says anything of these findings in any disease; name other findings")


def _case(
    statements: Iterable[Statement],
    findings: Findings,
    diseases: Sequence[Concept],
    lineage: Lineage,
    concepts: Mapping[str, Concept],
) -> _Case:
    ordered = sorted(statements, key=text_order)
    owners = owners_of(ordered, [disease.key for disease in diseases], lineage)
    said = tuple(s for s in ordered if can_be_said(s, owners, concepts, lineage))
    counted, levels = cells(said, lineage), variables(said)
    known = {
        one.key: Known(
            of_side(counted, owners[one.key], one),
            [s for s in said if is_finding(s) and s.subject.key in owners[one.key]],
            lineage,
        )
        for one in sorted(diseases, key=lambda disease: disease.key)
    }
    together = grouped([key for key, _ in findings.assessed], levels, lineage)
    groups = {key: " + ".join(concepts[one].label for one in group) for group in together for key in group}
    return _Case(
        findings=findings,
        diseases=tuple(diseases),
        concepts=concepts,
        lineage=lineage,
        said=said,
        known=known,
        groups=groups,
        levels=levels,
    )


def _require_no_contradiction(case: _Case) -> None:
    """A finding that is there is there by each broader name too."""
    for present in case.findings.present:
        for absent in case.findings.absent:
            if absent in case.lineage.ancestors(present):
                one, other = case.concepts[present].label, case.concepts[absent].label
                raise DifferentialError(
                    f"{one} is given as present and {other} as absent, but one is a kind of the other; change one"
                )


def _probabilities(
    case: _Case, before: Mapping[str, float]
) -> tuple[tuple[str, ...], tuple[Step, ...], tuple[str, ...]]:
    """The panel with the most probable disease first, what was multiplied, and what has to be said of it."""
    found = contrasts(case.known, case.findings.assessed, case.lineage)
    some = panel_of(found, case.groups, sorted(case.known))
    if not some:
        return (), (), ("no study counted any of these findings in two of the diseases, so no probability is given",)
    chosen = [weight for weight, _ in clearest(weights(found, some), case.groups)]
    shares = shares_after(within_panel(before, some), [weight.likelihoods for weight in chosen])
    order = sorted(zip(some, shares, strict=True), key=lambda pair: (-pair[1].estimate, pair[0]))
    panel = tuple(key for key, _ in order)
    steps, sofar = [], []
    for weight, left_out in clearest(weights(found, panel), case.groups):
        sofar.append(weight.likelihoods)
        step = Step(
            group=case.groups[weight.finding],
            finding=case.concepts[weight.finding],
            present=weight.present,
            counted=weight.cells[0].finding.label,
            cells=weight.cells,
            after=shares_after(within_panel(before, panel), sofar),
            ratio=weight.ratio,
            corrected=weight.corrected,
            pooled=weight.pooled,
            left_out=tuple(case.concepts[key].label for key in left_out),
            note="; ".join(dict.fromkeys(filter(None, (_note(case, weight.finding, cell) for cell in weight.cells)))),
        )
        steps.append(replace(step, text=step_text(step, panel, case.name)))
    return panel, tuple(steps), _left_alone(case, panel)


def _note(case: _Case, finding: str, cell: Cell) -> str:
    return next(iter(case.known.values())).note(finding, cell)


def _left_alone(case: _Case, panel: Sequence[str]) -> tuple[str, ...]:
    others = sorted(case.name(disease.key) for disease in case.diseases if disease.key not in panel)
    if not others:
        return ()
    among = " and ".join(case.name(key) for key in panel)
    return (
        f"the probabilities are those among {among} alone: no study counted the findings in {', '.join(others)} too",
    )


def _candidate(
    case: _Case, disease: Concept, before: Mapping[str, float], panel: Sequence[str], steps: Sequence[Step]
) -> Candidate:
    assessments = tuple(_assessment(case, disease, key, present) for key, present in case.findings.assessed)
    if disease.key not in panel:
        return Candidate(disease=disease, assessments=assessments)
    place = list(panel).index(disease.key)
    start, after = within_panel(before, panel)[place], steps[-1].after[place]
    return Candidate(disease=disease, assessments=assessments, before=start, after=after)


def _rank(candidate: Candidate) -> tuple[bool, float, int, int, int, str]:
    """Those with a probability first, by it; then by groups of findings for it, against it, and open."""
    after = candidate.after.estimate if candidate.after is not None else 0.0
    groups = (-candidate.groups("for"), candidate.groups("against"), -candidate.groups("open"))
    return candidate.after is None, -after, *groups, candidate.disease.label.casefold()


def _assessment(case: _Case, disease: Concept, key: str, present: bool) -> Assessment:
    known = case.known[disease.key]
    counts = [_of_count(case, cell, note, present) for cell, note in known.counts(key, present=present)]
    passages = known.said(key)
    ids = set(once([statement for statement, _ in passages]))
    words = [_of_words(case, s, note, present) for s, note in passages if s.id in ids]
    return Assessment(
        finding=case.concepts[key],
        present=present,
        bearing=_bearing([item for item in counts if item.cell and item.cell.counted] or words or counts),
        group=case.groups[key],
        items=(*counts, *words),
    )


def _bearing(items: Sequence[Item]) -> str:
    """What all items together say; pictures of one patient and plans speak only where nothing else does."""
    said = {item.bearing for item in items if item.bearing != "open"}
    return "unknown" if not items else said.pop() if len(said) == 1 else "open"


def _of_count(case: _Case, cell: Cell, note: str, present: bool) -> Item:
    """A count as evidence: for, if at least half of the patients are like this one."""
    text, where = count_text(cell), case.name(cell.source)
    base = Item(
        bearing="open",
        text=f"{text} have it ({where})",
        source=cell.source,
        evidence="own",
        cell=cell,
        note=note,
        statements=cell.used or cell.statements,
    )
    if not cell.counted:
        return base
    like = cell if present else cell.turned
    n, total = like.count
    interval = like.interval
    clear = interval is not None and HALF not in interval
    return replace(base, bearing="for" if n / total >= HALF else "against", clear=clear)


def _of_words(case: _Case, statement: Statement, note: str, present: bool) -> Item:
    """A passage as evidence: for, if it says of the disease what the patient has."""
    fits = (statement.polarity == "present") == present
    rare = RARELY.search(statement.quote) is not None or standing(statement) > 0
    origin = CITED[statement.evidence] + (", ".join(statement.citations) if statement.evidence == "cited" else "")
    place = ", ".join(part for part in (case.name(statement.source), origin.strip(" ,")) if part)
    hedge = "may be " if statement.hedged else ""
    return Item(
        bearing="open" if rare else "for" if fits else "against",
        text=f"in words: {hedge}{state_words(statement)} ({place})",
        source=statement.source,
        evidence=statement.evidence,
        hedged=statement.hedged,
        note=note,
        statements=(statement.id,),
    )


def _studies(
    case: _Case, candidates: Iterable[Candidate], steps: Iterable[Step], sources: Mapping[str, Source]
) -> tuple[Study, ...]:
    """The studies whose counts are used: those of the probabilities, else all that counted one of the findings."""
    used = [cell for step in steps for cell in step.cells]
    shown = [item.cell for one in candidates for each in one.assessments for item in each.items if item.cell]
    counted = used or [cell for cell in shown if cell.counted]
    by_source: dict[str, list[Cell]] = {}
    for cell in counted:
        by_source.setdefault(cell.source, []).append(cell)
    return tuple(_study(case, source, by_source[source], sources.get(source)) for source in sorted(by_source))


def _study(case: _Case, source: str, counted: Sequence[Cell], known: Source | None) -> Study:
    diseases = {cell.disease.identity for cell in counted}
    groups = [
        cohort
        for cohort in cohorts([s for s in case.said if s.source == source])
        if cohort.disease in diseases and cohort.population is None
    ]
    modalities = dict.fromkeys(case.name(cell.modality) for cell in counted if cell.modality is not None)
    return Study(
        source=source,
        name=case.name(source),
        title=known.title if known else "",
        design=known.study_design if known else None,
        year=known.year if known else None,
        groups=tuple((case.name(cohort.disease), cohort.size, cohort.unit) for cohort in groups),
        modalities=tuple(modalities),
        statements=tuple(dict.fromkeys(identifier for cohort in groups for identifier in cohort.statements[:1])),
    )


def _identifiers(found: Differential) -> tuple[str, ...]:
    every = [identifier for one in found.candidates for each in one.assessments for identifier in each.statements]
    every += [identifier for step in found.steps for identifier in step.statements]
    every += [identifier for study in found.studies for identifier in study.statements]
    return tuple(dict.fromkeys(every))
