"""This module judges what an option claims: which statements of the graph bear it out, which state it otherwise.

An option is right only if its claim is borne out and nothing states it otherwise; it is wrong only if something states
it otherwise and nothing, in any paper, bears it out. What is merely unreported is neither, and makes no option.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Protocol

from kg.compare import Row
from kg.evidence import Cell
from kg.measures import likelihood_ratio
from kg.model import Entity, Statement
from kg.quiz.ground import Ground
from kg.quiz.typography import apart, called, extent, figure, group_of, share

ROLES: Final = {
    "therapy_indication": "an indication for",
    "therapy_contraindication": "a contraindication to",
    "complication": "a complication of",
}
"""What a thing can be to a therapy, and how a sentence says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the graph says of a claim: ids that bear it out, ids that state it otherwise, and what they state."""

    borne_out: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    reason: str = ""
    proof: str = "polarity"

    @property
    def right(self) -> bool:
        return bool(self.borne_out) and not self.otherwise

    @property
    def wrong(self) -> bool:
        return bool(self.otherwise) and not self.borne_out


class Claim(Protocol):
    """What an option says, so that the graph can be asked whether it is so."""

    def judge(self, ground: Ground) -> Judgement: ...


def _ids(statements: Iterable[Statement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in statements))


@dataclass(frozen=True, slots=True, kw_only=True)
class InRange:
    """A paper counted a finding in `low` to `high` percent, both whole numbers, of a disease's patients."""

    cell: Cell
    low: int
    high: int

    def judge(self, ground: Ground) -> Judgement:
        inside = self.low <= round(self.cell.percent or 0.0) <= self.high
        reason = f"The paper counted {share(self.cell)}."
        used = self.cell.used or self.cell.statements
        return Judgement(
            borne_out=used if inside else (), otherwise=() if inside else used, reason=reason, proof="counts"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSeen:
    """A paper looked for a finding in every patient of a group and saw it in none."""

    source: str
    disease: Entity
    finding: Entity

    def judge(self, ground: Ground) -> Judgement:
        cell = ground.cells.get((self.source, self.disease.identity, self.finding.identity))
        said = ground.by_triple.get((self.disease.identity, "has_sign", self.finding.identity), ())
        mine = [one for one in said if one.source == self.source and one.evidence == "own"]
        seen = [one for one in mine if one.polarity == "present" and not ground.against(one)]
        if cell is not None and cell.state == "zero" and not seen:
            found = f"looked for and seen in none: {share(cell)}"
            return Judgement(borne_out=cell.used or cell.statements, reason=f"It was {found}.", proof="counts")
        absent = [one for one in mine if one.polarity == "absent"]
        if cell is not None and cell.n and not absent:
            used = cell.used or _ids(seen)
            sure = cell.counted and cell.state == "seen" and not cell.warnings
            told = f"It was seen: {share(cell)}." if sure else "It was seen in this study."
            return Judgement(otherwise=used, reason=told, proof="counts")
        if seen and not absent:
            return Judgement(otherwise=_ids(seen), reason="It was seen in this study.", proof="polarity")
        return Judgement(proof="counts")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreFrequent:
    """One study counted a finding more often in one of two diseases, by a ratio whose interval leaves 1 out."""

    row: Row
    side: str

    def judge(self, ground: Ground) -> Judgement:
        row = self.row
        if row.a is None or row.b is None or not (row.a.counted and row.b.counted):
            return Judgement(proof="counts")
        ratio = likelihood_ratio(*row.a.count, *row.b.count)
        leans = "a" if ratio.low > 1 else "b" if ratio.high < 1 else None
        used = tuple(dict.fromkeys((*row.a.used, *row.b.used)))
        reason = f"{row.a.n}/{row.a.total} against {row.b.n}/{row.b.total} {row.a.unit or 'patients'}."
        if leans is None:
            return Judgement(borne_out=used, otherwise=used, reason=reason, proof="counts")  # neither can be held
        here = leans == self.side
        return Judgement(borne_out=used if here else (), otherwise=() if here else used, reason=reason, proof="counts")


@dataclass(frozen=True, slots=True, kw_only=True)
class InOrder:
    """A paper counted these findings of one disease in this order of frequency, each interval clear of the next."""

    cells: tuple[Cell, ...]

    def judge(self, ground: Ground) -> Judgement:
        used = tuple(dict.fromkeys(identity for cell in self.cells for identity in cell.used))
        steps = [_above(one, other) for one, other in pairwise(self.cells)]
        reason = "Counted: " + "; ".join(f"{called(c.finding)} {c.n}/{c.total}" for c in self.cells) + "."
        if all(step == 1 for step in steps):
            return Judgement(borne_out=used, reason=reason, proof="counts")
        return Judgement(otherwise=used if -1 in steps else (), reason=reason, proof="counts")


def _above(one: Cell, other: Cell) -> int:
    """1 where the first interval lies above the second, -1 where it lies below, 0 where they meet."""
    if one.interval is None or other.interval is None:
        return 0
    return 1 if one.interval.low > other.interval.high else -1 if one.interval.high < other.interval.low else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prints:
    """A paper prints, for what a statement is about, the figure of another statement."""

    of: Statement
    value: Statement

    def judge(self, ground: Ground) -> Judgement:
        mine, wanted = self.of, self.value.statistic
        if mine.statistic is None or wanted is None:
            return Judgement(proof="value")
        asked = extent(wanted)
        known = same_figure(ground, mine)
        meets = [
            one
            for one in (*known, *kin_figures(ground, mine))
            if one.statistic is not None and (own := extent(one.statistic)) and asked and not apart(own, asked)
        ]
        here = [one for one in known if one.source == mine.source and one not in meets]
        reason = ""
        if here and here[0].statistic is not None:
            reason = f"For that the paper prints {figure(here[0].statistic)}"
            printed_by = "its" if self.value.source == mine.source else f"the {ground.name(self.value.source)}"
            reason += f"; {figure(wanted)} is {printed_by} figure for {said_of(self.value)}."
        return Judgement(borne_out=_ids(meets), otherwise=_ids(here), reason=reason, proof="value")


PHRASES: Final = {
    "detected_by": "the {kind} of {o} for {s}",
    "discriminates": "the {kind} of {s} in telling {o}",
    "observer_agreement": "the agreement of readers on {s}",
    "therapy_outcome": "{o} after {s}",
    "metastasizes_to": "metastases to the {o} in {s}",
    "has_primary_site": "a primary site in the {o} in {s}",
    "has_epidemiology": "{o} among {s}",
    "classified_by": "{o} in {s}",
    "has_sign": "{o} in {s}",
    "has_clinical_feature": "{o} in {s}",
    "has_marker": "{o} in {s}",
    "expresses": "{o} in {s}",
}


def said_of(statement: Statement) -> str:
    """What a printed figure is about, as a phrase: 'metastases to the liver in ileal neuroendocrine tumor'."""
    kind = (statement.statistic.kind if statement.statistic is not None else "figure").replace("_", " ")
    phrase = PHRASES.get(statement.predicate, "{o} of {s}")
    if statement.object.label.startswith("share of"):
        phrase = "{s} as a {o}"
    told = phrase.format(kind=kind, s=called(statement.subject), o=called(statement.object))
    phases = [key.replace("-", " ") for key in statement.phases]
    parts = [part for part in (group_of(statement), *phases) if part and part not in told]
    return f"{told} ({'; '.join(parts)})" if parts else told


def same_figure(ground: Ground, statement: Statement) -> list[Statement]:
    """The figures of one kind that any paper prints for one subject and object, the statement's own among them."""
    kind = statement.statistic.kind if statement.statistic is not None else ""
    triple = statement.subject.identity, statement.predicate, statement.object.identity
    return [
        one
        for one in ground.by_triple.get(triple, ())
        if one.statistic is not None and one.statistic.kind == kind and one.phases == statement.phases
    ]


def kin_figures(ground: Ground, statement: Statement) -> list[Statement]:
    """The figures of one kind that a paper prints for what is broader or narrower: a reader may take one for it."""
    value = statement.statistic
    return [
        one
        for one in ground.of_predicate.get(statement.predicate, ())
        if one.statistic is not None
        and value is not None
        and one.statistic.kind == value.kind
        and one.phases == statement.phases
        and ground.related(one.object, statement.object)
        and _same_patients(ground, one, statement)
    ]


def _same_patients(ground: Ground, one: Statement, other: Statement) -> bool:
    """Whether two figures are for patients of whom one is a kind of the other, by the subject or by the group."""
    if ground.related(one.subject, other.subject):
        return True
    groups = {" ".join((s.population or "").casefold().split()) for s in (one, other)} - {""}
    return any(group in ground.names(s.subject) for group in groups for s in (one, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class All:
    """Several claims at once, as a matching makes them."""

    claims: tuple[Claim, ...]
    proof: str

    def judge(self, ground: Ground) -> Judgement:
        found = [claim.judge(ground) for claim in self.claims]
        borne = tuple(dict.fromkeys(i for one in found for i in one.borne_out))
        wrong = [one for one in found if one.wrong]
        if all(one.right for one in found):
            reason = " ".join(one.reason for one in found if one.reason)
            return Judgement(borne_out=borne, reason=reason, proof=self.proof)
        against = tuple(dict.fromkeys(i for one in wrong for i in one.otherwise))
        return Judgement(otherwise=against, reason=" ".join(one.reason for one in wrong), proof=self.proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plays:
    """A paper names a thing in one of ROLES to a therapy."""

    source: str
    therapy: Entity
    thing: Entity
    role: str

    def judge(self, ground: Ground) -> Judgement:
        alike = roles_between(ground, self.therapy, self.thing)
        named = [s for s in alike if s.source == self.source and s.polarity == "present"]
        borne = [s for s in alike if s.predicate == self.role and s.polarity == "present"]
        denied = [s for s in alike if s.predicate == self.role and s.polarity == "absent" and s.source == self.source]
        elsewise = [s for s in named if s.predicate != self.role]
        # What bears a key out must be undisputed, hedges included; what makes an option wrong must be unhedged.
        other = denied or (elsewise if borne else [s for s in elsewise if not ground.against(s)])
        reason = f"The paper names it as {ROLES[other[0].predicate]} {called(self.therapy)}." if other else ""
        if denied:
            reason = f"The paper says that it is not {ROLES[self.role]} {called(self.therapy)}."
        return Judgement(borne_out=_ids(borne), otherwise=_ids(other), reason=reason, proof="role")


def roles_between(ground: Ground, therapy: Entity, thing: Entity) -> list[Statement]:
    """Every statement, hedged ones too, in which a thing is something to a therapy or to a kind of it."""
    return [
        one
        for role in ROLES
        for one in ground.of_predicate.get(role, ())
        if one.statistic is None
        and ground.related(one.subject, therapy)
        and (ground.related(one.object, thing) or _qualified(called(one.object), called(thing)))
    ]


def _qualified(one: str, other: str) -> bool:
    """Whether one name is the other with words before it: 'unresectable liver metastasis' is a metastasis."""
    return f" {one}".endswith(f" {other}") or f" {other}".endswith(f" {one}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Divides:
    """One sentence shares out things among groups of one kind, and gives this one to this group."""

    group: Entity
    thing: Entity
    sentence: tuple[Statement, ...] = field(repr=False)

    def judge(self, ground: Ground) -> Judgement:
        here = {s.id for s in self.sentence}
        mine = [s for s in self.sentence if ground.related(s.object, self.thing)]
        borne = [s for s in mine if ground.related(s.subject, self.group)]
        other = [s for s in mine if s not in borne]
        elsewhere = [
            s
            for s in ground.of_predicate.get(self.sentence[0].predicate, ())
            if s.id not in here
            and s.polarity == "present"
            and ground.within(s.subject, self.group)
            and ground.related(s.object, self.thing)
        ]
        reason = f"The sentence gives it to {called(other[0].subject)}." if other else ""
        return Judgement(borne_out=_ids([*borne, *elsewhere]), otherwise=_ids(other), reason=reason, proof="division")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsTo:
    """A paper takes the sign of a statement for a mark of a primary site."""

    of: Statement
    site: Entity

    def judge(self, ground: Ground) -> Judgement:
        alike = [
            s
            for s in ground.of_predicate.get(self.of.predicate, ())
            if s.polarity == "present" and ground.related(s.subject, self.of.subject)
        ]
        borne = [s for s in alike if ground.related(s.object, self.site)]
        other = [s for s in alike if s not in borne and s.source == self.of.source and not ground.against(s)]
        reason = f"The paper takes it for a sign of the {called(other[0].object)}." if other else ""
        return Judgement(borne_out=_ids(borne), otherwise=_ids(other), reason=reason, proof="division")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """What one sentence is: present or absent, the authors' own observation or taken from a cited work."""

    statement: Statement
    polarity: str
    evidence: str

    def judge(self, ground: Ground) -> Judgement:
        one = self.statement
        if (one.polarity, one.evidence) == (self.polarity, self.evidence):
            return Judgement(borne_out=(one.id,), reason="That is what the sentence says.", proof="source")
        wrong = []
        if one.polarity != self.polarity:
            wrong.append("the sentence denies it" if one.polarity == "absent" else "the sentence affirms it")
        if one.evidence != self.evidence:
            own = "the authors' own observation" if one.evidence == "own" else "taken from the work that it cites"
            wrong.append(f"what it says is {own}")
        return Judgement(otherwise=(one.id,), reason=f"{'; '.join(wrong).capitalize()}.", proof="source")


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """A paper states something, or denies it, without a hedge."""

    statement: Statement
    polarity: str

    def judge(self, ground: Ground) -> Judgement:
        one = self.statement
        if ground.against(one):
            return Judgement()
        alike = [
            other
            for other in ground.by_triple.get((one.subject.identity, one.predicate, one.object.identity), ())
            if other.source == one.source and other.population == one.population
        ]
        same = [s for s in alike if s.polarity == self.polarity]
        opposite = [s for s in alike if s.polarity != self.polarity and not ground.against(s)]
        reason = "The paper says so." if self.polarity == one.polarity else "The paper says the opposite."
        return Judgement(borne_out=_ids(same), otherwise=_ids(opposite), reason=reason, proof="polarity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denies:
    """The papers deny what a statement is about."""

    statement: Statement

    def judge(self, ground: Ground) -> Judgement:
        one = self.statement
        alike = [
            other
            for other in ground.of_predicate.get(one.predicate, ())
            if ground.related(other.subject, one.subject) and ground.related(other.object, one.object)
        ]
        denied = [s for s in alike if s.polarity == "absent"]
        affirmed = [s for s in alike if s.polarity == "present"]
        sure = [s for s in affirmed if not ground.against(s)]
        if one.polarity == "absent":
            told = f"{ground.name(affirmed[0].source)} affirms it." if affirmed else "That is denied."
            return Judgement(borne_out=(one.id,), otherwise=_ids(affirmed), reason=told)
        reason = f"{ground.name(one.source)} affirms it."
        return Judgement(borne_out=_ids(denied), otherwise=_ids(sure), reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrary:
    """What is so if a claim is not: the option 'False'."""

    claim: Claim

    def judge(self, ground: Ground) -> Judgement:
        found = self.claim.judge(ground)
        return Judgement(borne_out=found.otherwise, otherwise=found.borne_out, reason=found.reason, proof=found.proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What another part of Signum has worked out (the audit, the differential): `holds` or not, with its statements."""

    holds: bool
    reason: str
    statements: tuple[str, ...]
    proof: str

    def judge(self, ground: Ground) -> Judgement:
        used = self.statements
        return Judgement(
            borne_out=used if self.holds else (),
            otherwise=() if self.holds else used,
            reason=self.reason,
            proof=self.proof,
        )
