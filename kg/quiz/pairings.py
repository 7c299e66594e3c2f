"""This module proposes items on several printed figures at once: the best modality, which figure belongs to what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.model import Statement
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import All, Prints
from kg.quiz.figures import (
    ACCURACY,
    QUESTIONS,
    figure_fact,
    form_of,
    is_asked,
    is_counted,
    kind_of,
    middle_of,
    reach_of,
    several,
    told_apart,
    where_of,
)
from kg.quiz.ground import Ground
from kg.quiz.typography import called, capital, figure, in_a_row


def best_modality(ground: Ground) -> Iterator[Proposal]:
    """Which of several modalities has the highest printed sensitivity or specificity for one task."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in ground.statements:
        accuracy = one.predicate == "detected_by" and one.polarity == "present" and kind_of(one) in ACCURACY
        if accuracy and not ground.against(one) and one.object.key is not None:
            groups[one.source, one.subject.identity, kind_of(one)].append(one)
    for members in groups.values():
        by_object = {one.object.identity: one for one in members}
        ranked = sorted(by_object.values(), key=middle_of, reverse=True)
        if len(ranked) >= 3 and told_apart(reach_of(ranked[0]), reach_of(ranked[1]), ranked[0]):
            yield _best(ground, ranked)


def _best(ground: Ground, ranked: Sequence[Statement]) -> Proposal:
    best, name = ranked[0], ground.name(ranked[0].source)
    kind = kind_of(best)
    listed = "; ".join(f"{called(one.object)} {figure(one.statistic)}" for one in ranked if one.statistic is not None)
    target = f"{called(best.subject)}{where_of(ground, best)}"
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
            asked = one.predicate == question.predicate and is_asked(one, question) and not is_counted(ground, one)
            if asked and not ground.against(one) and not several(ground, one):
                groups[one.source, kind_of(one), f"subject {one.subject.identity}"].append(one)
                groups[one.source, kind_of(one), f"object {one.object.identity}"].append(one)
    for (_, _, shared), members in groups.items():
        chosen = _apart_from_each_other(ground, members, by_object=shared.startswith("subject"))
        if len(chosen) == 3:
            yield _match(ground, chosen, by_object=shared.startswith("subject"))


def _apart_from_each_other(ground: Ground, members: Sequence[Statement], *, by_object: bool) -> list[Statement]:
    found: list[Statement] = []
    for one in sorted(members, key=lambda s: (middle_of(s), s.id)):
        mine = one.object if by_object else one.subject
        if (
            len(found) < 3
            and mine.key is not None
            and one.predicate == (found[0].predicate if found else one.predicate)
        ):
            kin = any(ground.related(mine, other.object if by_object else other.subject) for other in found)
            alike = not found or _alike(one, found[0])
            if alike and not kin and all(told_apart(reach_of(one), reach_of(other), one) for other in found):
                found.append(one)
    return found


def _alike(one: Statement, other: Statement) -> bool:
    """Whether two figures are of one form; 'about' gives nothing away where every figure has to be placed."""
    (range_, op), (other_range, other_op) = form_of(one), form_of(other)
    return range_ == other_range and (op == other_op or {op, other_op} <= {"=", "~"})


def _match(ground: Ground, chosen: Sequence[Statement], *, by_object: bool) -> Proposal:
    things = [one.object if by_object else one.subject for one in chosen]
    shared = chosen[0].subject if by_object else chosen[0].object
    name, kind = ground.name(chosen[0].source), kind_of(chosen[0])
    what = f"the {kind} for {called(shared)}" if kind in ACCURACY else called(shared)
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
        stem=f"Which figure does {name} print for {what} with each of these: {listed}?",
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
