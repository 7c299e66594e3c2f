"""This module proposes items on figures that papers print: accuracy of a modality, outcome of a therapy, frequency."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Statement
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import Prints, kin_figures, said_of, same_figure
from kg.quiz.ground import Ground
from kg.quiz.item import Fact
from kg.quiz.typography import SHARES, apart, called, extent, figure, group_of

SHARE_KINDS: Final = frozenset(SHARES)
ACCURACY: Final = ("sensitivity", "specificity")
FAR_IN_SIZE: Final = math.log(5)  # a figure five times as large is no rival
NEAR: Final = 5.0  # percentage points: two figures closer than this are told apart by memory alone
AGREEMENT: Final = ("kappa", "icc")
NEAR_IN_AGREEMENT: Final = 0.05  # of a coefficient of agreement: below it readers agree alike
MOST_OTHERS: Final = 9  # figures that are put to the graph for one item


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a question about a figure is made of: its statement, the paper's name, and whom or what phase it is for."""

    statement: Statement
    name: str
    where: str

    @property
    def subject(self) -> str:
        return called(self.statement.subject)

    @property
    def object(self) -> str:
        return called(self.statement.object)

    @property
    def kind(self) -> str:
        return KIND_NAMES.get(kind_of(self.statement), kind_of(self.statement))


KIND_NAMES: Final = {"auc": "area under the ROC curve", "icc": "intraclass correlation coefficient"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row of QUESTIONS: which printed figures it asks for, in words that hold for each of them."""

    type: str
    predicate: str
    kinds: tuple[str, ...]
    ask: Callable[[Asked], str]
    fits: Callable[[Statement], bool] = lambda statement: True


def where_of(ground: Ground, statement: Statement) -> str:
    """The group and the phase that a figure is for, in brackets; nothing where neither is given."""
    phases = [concept.label for key in statement.phases if (concept := ground.concept(key)) is not None]
    phases = [phase for phase in phases if phase != called(statement.subject)]
    parts = [part for part in (group_of(statement), *phases) if part]
    return f" ({'; '.join(parts)})" if parts else ""


def _modality(asked: Asked) -> str:
    return f"What {asked.kind} does {asked.name} report for {asked.object} in detecting {asked.subject}{asked.where}?"


def _test(asked: Asked) -> str:
    other = asked.statement.comparator
    told = f"{asked.object} from {called(other)}" if other is not None else asked.object
    return f"What {asked.kind} does {asked.name} report for {asked.subject} in telling {told}?"


def _outcome(asked: Asked) -> str:
    return f"What rate of {asked.object} after {asked.subject}{asked.where} does {asked.name} report?"


def _mortality(asked: Asked) -> str:
    return f"What mortality does {asked.name} report for {asked.subject}{asked.where}?"


def _survival(asked: Asked) -> str:
    return f"What {asked.object} does {asked.name} give for {asked.subject}{asked.where}?"


def _frequency(asked: Asked) -> str:
    return f"What share does {asked.name} give for {asked.object} in {asked.subject}{asked.where}?"


def _metastasis(asked: Asked) -> str:
    return f"What share does {asked.name} give for metastases to the {asked.object} in {asked.subject}{asked.where}?"


def _primary(asked: Asked) -> str:
    return (
        f"In what share of cases of {asked.subject} is the {asked.object} the primary site, according to {asked.name}?"
    )


def _share_of(asked: Asked) -> str:
    return f"What {asked.object} is {asked.subject}, according to {asked.name}?"


def _measure(asked: Asked) -> str:
    return f"What {asked.object} of {asked.subject}{asked.where} does {asked.name} report?"


def _cut_off(asked: Asked) -> str:
    return f"Which {asked.object} does {asked.name} give as the limit for {asked.subject}{asked.where}?"


def _setting(asked: Asked) -> str:
    return f"Which {asked.object} does {asked.name} give for {asked.subject}{asked.where}?"


def _agreement(asked: Asked) -> str:
    return f"How well did readers agree on {asked.subject} in {asked.name} (interobserver {asked.kind})?"


def _is_concept(statement: Statement) -> bool:
    return statement.object.key is not None


QUESTIONS: Final = (
    Question(type="modality", predicate="detected_by", kinds=("sensitivity", "specificity"), ask=_modality),
    Question(type="modality", predicate="discriminates", kinds=("sensitivity", "specificity", "auc"), ask=_test),
    Question(type="modality", predicate="observer_agreement", kinds=("kappa", "icc"), ask=_agreement, fits=_is_concept),
    Question(type="therapy", predicate="therapy_outcome", kinds=("mortality_rate",), ask=_mortality),
    Question(type="therapy", predicate="therapy_outcome", kinds=("survival_rate",), ask=_survival),
    Question(type="therapy", predicate="therapy_outcome", kinds=("percent", "percent_range"), ask=_outcome),
    Question(type="therapy", predicate="complication", kinds=("percent", "percent_range"), ask=_outcome),
    Question(type="marker", predicate="expresses", kinds=("percent", "percent_range"), ask=_frequency),
    Question(type="marker", predicate="has_marker", kinds=("percent", "percent_range"), ask=_frequency),
    Question(type="primary-site", predicate="has_primary_site", kinds=("percent", "percent_range"), ask=_primary),
    Question(
        type="figure",
        predicate="metastasizes_to",
        kinds=("percent", "percent_range"),
        ask=_metastasis,
        fits=_is_concept,
    ),
    Question(type="figure", predicate="has_sign", kinds=("percent", "percent_range"), ask=_frequency),
    Question(type="figure", predicate="has_clinical_feature", kinds=("percent", "percent_range"), ask=_frequency),
    Question(
        type="figure",
        predicate="has_prognosis",
        kinds=("survival_rate", "mortality_rate"),
        ask=_survival,
        fits=_is_concept,
    ),
    Question(
        type="figure", predicate="has_epidemiology", kinds=("incidence_rate", "range"), ask=_measure, fits=_is_concept
    ),
    Question(
        type="figure",
        predicate="has_epidemiology",
        kinds=("percent", "percent_range"),
        ask=_share_of,
        fits=lambda s: not _is_concept(s),
    ),
    Question(type="figure", predicate="classified_by", kinds=("threshold",), ask=_cut_off, fits=_is_concept),
    Question(type="figure", predicate="imaging_technique", kinds=("duration",), ask=_setting, fits=_is_concept),
)
"""What is asked of printed figures, one row a kind of question."""


def figures(ground: Ground) -> Iterator[Proposal]:
    """One item for each printed figure that a row of QUESTIONS asks for."""
    for question in QUESTIONS:
        mine = [s for s in ground.statements if s.predicate == question.predicate and is_asked(s, question)]
        seen = set()
        for statement in mine:
            asked = (
                statement.source,
                statement.subject.identity,
                statement.object.identity,
                kind_of(statement),
                statement.population,
            )
            if asked not in seen and not is_counted(ground, statement):
                if not ground.against(statement):
                    seen.add(asked)
                yield _figure(ground, question, statement)


def is_counted(ground: Ground, statement: Statement) -> bool:
    """Whether the paper counts the same thing elsewhere: then its count is asked for, with its interval."""
    cell = ground.cells.get((statement.source, statement.subject.identity, statement.object.identity))
    return cell is not None and cell.counted


def is_asked(statement: Statement, question: Question) -> bool:
    """Whether a row of QUESTIONS asks for the figure of a statement."""
    statistic = statement.statistic
    if statistic is None or statistic.kind not in question.kinds or statement.polarity == "absent":
        return False
    return bool(figure(statistic)) and question.fits(statement)


def kind_of(statement: Statement) -> str:
    """The kind of figure that a statement prints; '' if it prints none."""
    return statement.statistic.kind if statement.statistic is not None else ""


def _figure(ground: Ground, question: Question, statement: Statement) -> Proposal:
    name, value = ground.name(statement.source), statement.statistic
    if value is None:
        raise ValueError(f"{statement.id} prints no figure")
    text, others = figure(value), tuple(_others(ground, statement))
    return Proposal(
        type=question.type,
        stem=question.ask(Asked(statement=statement, name=name, where=where_of(ground, statement))),
        key=Offer(text=text, claim=Prints(of=statement, value=statement), place=middle_of(statement)),
        others=others,
        facts=(figure_fact(statement),),
        feedback=f"{name} prints {text} for {said_of(statement)}."
        + (" No n of N is printed with it, so no interval can be given." if _bare_share(statement) else ""),
        lead=(statement.id,),
        difficulty=_how_near(statement, others),
        bloom="remember",
        count=_count(statement),
        concepts=tuple(e.key or "" for e in (statement.subject, statement.object)),
        sorted=True,
        against=ground.against(statement) or several(ground, statement),
    )


def _how_near(statement: Statement, others: Sequence[Offer]) -> tuple[str, str]:
    """How hard it is to tell a figure from those beside it: by the nearest of the others that may be shown."""
    low, high = reach_of(statement)
    middle = max((low + high) / 2, 0.01)
    nearest = min((abs(math.log(max(one.place, 0.01) / middle)) for one in others[:3]), default=FAR_IN_SIZE)
    if nearest < math.log(1.25):
        return "hard", "another figure lies within a quarter of it"
    if nearest < math.log(2):
        return "moderate", "another figure is less than twice as large or small"
    return "easy", "the other figures are twice as large or small, or more so"


def _bare_share(statement: Statement) -> bool:
    return (
        statement.statistic is not None
        and statement.statistic.kind in SHARE_KINDS
        and statement.statistic.denominator is None
    )


def _count(statement: Statement) -> str:
    value = statement.statistic
    if value is None or value.numerator is None or value.denominator is None:
        return ""
    return f"{value.numerator} of {value.denominator}"


def figure_fact(statement: Statement) -> Fact:
    """What a printed figure is about, and its value."""
    parts = [
        statement.source,
        statement.subject.identity,
        statement.predicate,
        statement.object.identity,
        kind_of(statement),
    ]
    parts += [*statement.phases, statement.population or "", statement.modality or ""]
    value = statement.statistic
    return Fact(
        about=" ".join(part for part in parts if part),
        value=figure(value) if value is not None else "",
        statements=(statement.id,),
    )


def several(ground: Ground, statement: Statement) -> str:
    """Why the figure is not the only one of its kind; '' if it is."""
    mine = [
        one for one in same_figure(ground, statement) if one.source == statement.source and one.statistic is not None
    ]
    values = {figure(one.statistic) for one in mine if one.statistic is not None}
    if len(values) > 1:
        return f"the paper prints more than one figure for it: {', '.join(sorted(values))}"
    for one in kin_figures(ground, statement):
        if one.source == statement.source and _is_kind_of(ground, one, statement):
            return f"the paper prints another figure for a kind of it: {said_of(one)}"
    return next((doubt for one in mine if (doubt := ground.doubt([one.id]))), "")


def _is_kind_of(ground: Ground, one: Statement, other: Statement) -> bool:
    """Whether a figure is for a kind of what another is for, and differs from it."""
    narrower = ground.within(one.object, other.object) and not ground.is_above(one.subject, other.subject)
    ends = [(s.subject.identity, s.object.identity) for s in (one, other)]
    return narrower and ends[0] != ends[1] and apart(reach_of(one), reach_of(other))


def middle_of(statement: Statement) -> float:
    """Where a figure begins on the number line: what puts options in order."""
    reach = extent(statement.statistic) if statement.statistic is not None else None
    return reach[0] if reach is not None else 0.0


def _others(ground: Ground, statement: Statement) -> Iterator[Offer]:
    """Figures of the same kind for other things, the nearest context first, each apart from the key and the others."""
    taken = [extent(statement.statistic)] if statement.statistic is not None else []
    ranked = sorted(
        (one for one in ground.figures if _comparable(one, statement)),
        key=lambda one: (*_distance(one, statement), one.id),
    )
    for other in ranked:
        if len(taken) > MOST_OTHERS:
            return
        reach = extent(other.statistic) if other.statistic is not None else None
        if reach is None or any(t is None or not told_apart(reach, t, statement) for t in taken):
            continue
        taken.append(reach)
        yield Offer(text=figure(other.statistic), claim=Prints(of=statement, value=other), place=reach[0])  # type: ignore[arg-type]


def told_apart(one: tuple[float, float], other: tuple[float, float], statement: Statement) -> bool:
    """Whether two figures are apart, shares by as much as a learner can be asked to tell."""
    if not apart(one, other):
        return False
    gap = max(one[0] - other[1], other[0] - one[1])
    if kind_of(statement) in SHARE_KINDS and max(*one, *other) > NEAR * 2:
        return gap >= NEAR
    return gap >= NEAR_IN_AGREEMENT if kind_of(statement) in AGREEMENT else gap > 0


def _comparable(one: Statement, statement: Statement) -> bool:
    a, b = one.statistic, statement.statistic
    if a is None or b is None or one is statement or not figure(a):
        return False
    shares = a.kind in SHARE_KINDS and b.kind in SHARE_KINDS
    alike = a.kind == b.kind and " ".join((a.unit or "").split()) == " ".join((b.unit or "").split())
    return (shares or alike) and form_of(one) == form_of(statement)


def form_of(statement: Statement) -> tuple[bool, str]:
    """Whether a figure is a range, and its operator: options of one form give nothing away."""
    value = statement.statistic
    if value is None:
        return False, ""
    single = value.percent is not None or value.value is not None
    return not single, value.op or "="


def _distance(one: Statement, statement: Statement) -> tuple[int, ...]:
    """How far a figure is from being a rival of another: in size, form, kind, source, predicate, subject and object."""
    same_thing = one.subject.identity == statement.subject.identity or one.object.identity == statement.object.identity
    mine, other = sum(reach_of(statement)), sum(reach_of(one))
    decimals = ["." in figure(s.statistic) for s in (one, statement) if s.statistic is not None]
    far = abs(math.log(max(other, 0.01) / max(mine, 0.01))) > FAR_IN_SIZE
    return (
        int(far),
        int(len(set(decimals)) > 1),
        int(kind_of(one) != kind_of(statement)),
        int(one.source != statement.source),
        int(one.predicate != statement.predicate),
        int(not same_thing),
    )


def reach_of(statement: Statement) -> tuple[float, float]:
    """What a printed figure can mean on the number line; nothing at 0 for a statement without one."""
    found = extent(statement.statistic) if statement.statistic is not None else None
    return found or (0.0, 0.0)
