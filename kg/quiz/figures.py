"""This module proposes items on figures that papers print: accuracy of a modality, outcome of a therapy, frequency."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.evidence.cells import group_name
from kg.model import Statement
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import All, Prints, said_of, same_figure
from kg.quiz.ground import Ground
from kg.quiz.item import Fact
from kg.quiz.typography import SHARES, apart, called, capital, extent, figure, in_a_row

SHARE_KINDS: Final = frozenset(SHARES)
ACCURACY: Final = ("sensitivity", "specificity")
FAR_IN_SIZE: Final = math.log(5)  # a figure five times as large is no rival
NEAR: Final = 5.0  # percentage points: two figures closer than this are told apart by memory alone
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
        return KIND_NAMES.get(_kind(self.statement), _kind(self.statement))


KIND_NAMES: Final = {"auc": "area under the ROC curve", "icc": "intraclass correlation coefficient"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A row of QUESTIONS: which printed figures it asks for, in words that hold for each of them."""

    type: str
    predicate: str
    kinds: tuple[str, ...]
    ask: Callable[[Asked], str]
    fits: Callable[[Statement], bool] = lambda statement: True


def _where(ground: Ground, statement: Statement) -> str:
    """The group and the phase that a figure is for, in brackets; nothing where neither is given."""
    phases = [concept.label for key in statement.phases if (concept := ground.concept(key)) is not None]
    group = statement.population if group_name(statement.population) is not None else None
    parts = ([" ".join(group.split())] if group else []) + phases
    return f" ({'; '.join(parts)})" if parts else ""


def _modality(asked: Asked) -> str:
    return f"What {asked.kind} of {asked.object} for {asked.subject}{asked.where} does {asked.name} report?"


def _test(asked: Asked) -> str:
    other = asked.statement.comparator
    told = f"{asked.object} from {called(other)}" if other is not None else asked.object
    return f"What {asked.kind} does {asked.name} report for {asked.subject} in telling {told}?"


def _outcome(asked: Asked) -> str:
    return f"In what share of patients does {asked.name} report {asked.object} after {asked.subject}{asked.where}?"


def _mortality(asked: Asked) -> str:
    return f"What mortality of {asked.subject}{asked.where} does {asked.name} report?"


def _survival(asked: Asked) -> str:
    return f"What {asked.object} does {asked.name} give for {asked.subject}{asked.where}?"


def _frequency(asked: Asked) -> str:
    return f"In what share of patients with {asked.subject}{asked.where} does {asked.name} report {asked.object}?"


def _metastasis(asked: Asked) -> str:
    patients = f"patients with {asked.subject}{asked.where}"
    return f"In what share of {patients} does {asked.name} report metastases to the {asked.object}?"


def _primary(asked: Asked) -> str:
    return f"What share of {asked.subject} has its primary site in the {asked.object}, according to {asked.name}?"


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
        mine = [s for s in ground.statements if s.predicate == question.predicate and _is_asked(s, question)]
        seen = set()
        for statement in mine:
            asked = (
                statement.source,
                statement.subject.identity,
                statement.object.identity,
                _kind(statement),
                statement.population,
            )
            if asked not in seen and not ground.against(statement):
                seen.add(asked)
                yield _figure(ground, question, statement)


def _is_asked(statement: Statement, question: Question) -> bool:
    statistic = statement.statistic
    if statistic is None or statistic.kind not in question.kinds or statement.polarity == "absent":
        return False
    return bool(figure(statistic)) and question.fits(statement)


def _kind(statement: Statement) -> str:
    return statement.statistic.kind if statement.statistic is not None else ""


def _figure(ground: Ground, question: Question, statement: Statement) -> Proposal:
    name, value = ground.name(statement.source), statement.statistic
    if value is None:
        raise ValueError(f"{statement.id} prints no figure")
    text = figure(value)
    return Proposal(
        type=question.type,
        stem=question.ask(Asked(statement=statement, name=name, where=_where(ground, statement))),
        key=Offer(text=text, claim=Prints(of=statement, value=statement), place=_middle(statement)),
        others=tuple(_others(ground, statement)),
        facts=(figure_fact(statement),),
        feedback=f"{name} prints {text} for {said_of(statement)}."
        + (" No n of N is printed with it, so no interval can be given." if _bare_share(statement) else ""),
        lead=(statement.id,),
        difficulty=("moderate", "one printed figure has to be known among others of the same paper"),
        bloom="remember",
        count=_count(statement),
        concepts=tuple(e.key or "" for e in (statement.subject, statement.object)),
        sorted=True,
        against=_several(ground, statement),
    )


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
        _kind(statement),
    ]
    parts += [*statement.phases, statement.population or "", statement.modality or ""]
    value = statement.statistic
    return Fact(
        about=" ".join(part for part in parts if part),
        value=figure(value) if value is not None else "",
        statements=(statement.id,),
    )


def _several(ground: Ground, statement: Statement) -> str:
    """Why the figure is not the only one of its kind; '' if it is."""
    mine = [
        one for one in same_figure(ground, statement) if one.source == statement.source and one.statistic is not None
    ]
    values = {figure(one.statistic) for one in mine if one.statistic is not None}
    if len(values) > 1:
        return f"the paper prints more than one figure for it: {', '.join(sorted(values))}"
    return next((doubt for one in mine if (doubt := ground.doubt([one.id]))), "")


def _middle(statement: Statement) -> float:
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
        if reach is None or any(t is None or not _told_apart(reach, t, statement) for t in taken):
            continue
        taken.append(reach)
        yield Offer(text=figure(other.statistic), claim=Prints(of=statement, value=other), place=reach[0])  # type: ignore[arg-type]


def _told_apart(one: tuple[float, float], other: tuple[float, float], statement: Statement) -> bool:
    if not apart(one, other):
        return False
    gap = max(one[0] - other[1], other[0] - one[1])
    if _kind(statement) in SHARE_KINDS and max(*one, *other) > NEAR * 2:
        return gap >= NEAR
    return gap > 0


def _comparable(one: Statement, statement: Statement) -> bool:
    a, b = one.statistic, statement.statistic
    if a is None or b is None or one is statement or not figure(a):
        return False
    shares = a.kind in SHARE_KINDS and b.kind in SHARE_KINDS
    alike = a.kind == b.kind and " ".join((a.unit or "").split()) == " ".join((b.unit or "").split())
    return (shares or alike) and _form(one) == _form(statement)


def _form(statement: Statement) -> tuple[bool, str]:
    """Whether a figure is a range, and its operator: options of one form give nothing away."""
    value = statement.statistic
    if value is None:
        return False, ""
    single = value.percent is not None or value.value is not None
    return not single, (value.op or "=") if single else ""


def _distance(one: Statement, statement: Statement) -> tuple[int, ...]:
    """How far a figure is from being a rival of another: in size, kind, source, predicate, subject and object."""
    same_thing = one.subject.identity == statement.subject.identity or one.object.identity == statement.object.identity
    mine, other = sum(_reach(statement)), sum(_reach(one))
    far = abs(math.log(max(other, 0.01) / max(mine, 0.01))) > FAR_IN_SIZE
    return (
        int(far),
        int(_kind(one) != _kind(statement)),
        int(one.source != statement.source),
        int(one.predicate != statement.predicate),
        int(not same_thing),
    )


def best_modality(ground: Ground) -> Iterator[Proposal]:
    """Which of several modalities has the highest printed sensitivity or specificity for one task."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in ground.statements:
        accuracy = one.predicate == "detected_by" and one.polarity == "present" and _kind(one) in ACCURACY
        if accuracy and not ground.against(one) and one.object.key is not None:
            groups[one.source, one.subject.identity, _kind(one)].append(one)
    for members in groups.values():
        by_object = {one.object.identity: one for one in members}
        ranked = sorted(by_object.values(), key=_middle, reverse=True)
        if len(ranked) >= 3 and _told_apart(_reach(ranked[0]), _reach(ranked[1]), ranked[0]):
            yield _best(ground, ranked)


def _reach(statement: Statement) -> tuple[float, float]:
    found = extent(statement.statistic) if statement.statistic is not None else None
    return found or (0.0, 0.0)


def _best(ground: Ground, ranked: Sequence[Statement]) -> Proposal:
    best, name = ranked[0], ground.name(ranked[0].source)
    kind = _kind(best)
    listed = "; ".join(f"{called(one.object)} {figure(one.statistic)}" for one in ranked if one.statistic is not None)
    target = f"{called(best.subject)}{_where(ground, best)}"
    return Proposal(
        type="modality",
        stem=f"For which modality does {name} report the highest {kind} for {target}?",
        key=Offer(text=called(best.object), claim=Prints(of=best, value=best)),
        others=tuple(
            Offer(text=called(one.object), claim=Prints(of=one, value=best))
            for one in ranked[1:]
            if not ground.related(one.object, best.object)
        ),
        facts=tuple(figure_fact(one) for one in ranked),
        feedback=f"{capital(kind)} as printed: {listed}. No n of N is printed with these, so no interval can be given.",
        lead=tuple(one.id for one in ranked),
        difficulty=("easy", "the best one is far ahead of the others"),
        bloom="understand",
        concepts=(best.subject.key or "", *(one.object.key or "" for one in ranked)),
    )


def match_figures(ground: Ground) -> Iterator[Proposal]:
    """Which printed figure belongs to which of three things of one kind in one paper."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for question in QUESTIONS:
        for one in ground.statements:
            asked = one.predicate == question.predicate and _is_asked(one, question)
            if asked and not ground.against(one) and not _several(ground, one):
                groups[one.source, _kind(one), f"subject {one.subject.identity}"].append(one)
                groups[one.source, _kind(one), f"object {one.object.identity}"].append(one)
    for (_, _, shared), members in groups.items():
        chosen = _apart_from_each_other(ground, members, by_object=shared.startswith("subject"))
        if len(chosen) == 3:
            yield _match(ground, chosen, by_object=shared.startswith("subject"))


def _apart_from_each_other(ground: Ground, members: Sequence[Statement], *, by_object: bool) -> list[Statement]:
    found: list[Statement] = []
    for one in sorted(members, key=lambda s: (_middle(s), s.id)):
        mine = one.object if by_object else one.subject
        if (
            len(found) < 3
            and mine.key is not None
            and one.predicate == (found[0].predicate if found else one.predicate)
        ):
            kin = any(ground.related(mine, other.object if by_object else other.subject) for other in found)
            if not kin and all(_told_apart(_reach(one), _reach(other), one) for other in found):
                found.append(one)
    return found


def _match(ground: Ground, chosen: Sequence[Statement], *, by_object: bool) -> Proposal:
    things = [one.object if by_object else one.subject for one in chosen]
    shared = chosen[0].subject if by_object else chosen[0].object
    name, kind = ground.name(chosen[0].source), _kind(chosen[0]).replace("_rate", "").replace("_", " ")
    orders = [(0, 1, 2), (1, 0, 2), (0, 2, 1), (2, 1, 0), (1, 2, 0)]

    def offer(order: Sequence[int]) -> Offer:
        values = [chosen[place] for place in order]
        text = "; ".join(
            f"{called(t)} {figure(v.statistic)}" for t, v in zip(things, values, strict=True) if v.statistic is not None
        )
        claims = tuple(Prints(of=one, value=value) for one, value in zip(chosen, values, strict=True))
        return Offer(text=text, claim=All(claims=claims, proof="value"))

    right, *wrong = [offer(order) for order in orders]
    listed = in_a_row([called(one) for one in things])
    return Proposal(
        type="match",
        stem=f"Which figure does {name} print for each of these ({kind}, {called(shared)}): {listed}?",
        key=right,
        others=tuple(wrong),
        facts=tuple(figure_fact(one) for one in chosen),
        feedback=f"{name} prints: {right.text}.",
        lead=tuple(one.id for one in chosen),
        difficulty=("hard", "three figures have to be placed at once"),
        bloom="understand",
        concepts=(shared.key or "", *(one.key or "" for one in things)),
        pairs=tuple(
            (called(t), figure(one.statistic))
            for t, one in zip(things, chosen, strict=True)
            if one.statistic is not None
        ),
    )
