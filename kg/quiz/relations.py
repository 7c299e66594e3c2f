"""This module proposes items on relations in words: what a thing is to a therapy, what is denied, what is where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from kg.model import Entity, Statement
from kg.quiz.assembly import Offer, Proposal
from kg.quiz.claims import ROLES, Denies, Divides, Plays, PointsTo
from kg.quiz.ground import Ground
from kg.quiz.item import Fact
from kg.quiz.typography import called, capital

SELF_EVIDENT: Final = {
    "therapy_indication": re.compile(r"\bindicat|\bcandidates?\b", re.IGNORECASE),
    "therapy_contraindication": re.compile(r"\bcontraindicat", re.IGNORECASE),
    "complication": re.compile(r"\bcomplication|\bside[- ]effect|\badverse\b|\btoxic", re.IGNORECASE),
}
"""Words in the name of a thing that say what it is to a therapy."""
STEMS: Final = {
    "has_marker": ("marker", "Which of these markers does {name} say is NOT raised in patients with {subject}?"),
    "expresses": ("marker", "Which of these does {name} say that {subject} does NOT produce?"),
}


def relation_fact(statement: Statement) -> Fact:
    """What a statement in words is about, and that it affirms or denies it."""
    about = f"{statement.source} {statement.subject.identity} {statement.predicate} {statement.object.identity}"
    return Fact(about=about, value=statement.polarity, statements=(statement.id,))


def roles(ground: Ground) -> Iterator[Proposal]:
    """What a thing is to a therapy: an indication, a contraindication or a complication; one a sentence and thing."""
    seen = set()
    for one in ground.statements:
        asked = one.source, one.span.start, one.object.identity
        concept = ground.concept(one.subject.key)
        is_therapy = concept is not None and concept.type == "therapy"
        plain = one.predicate in ROLES and one.statistic is None and one.polarity == "present"
        if plain and is_therapy and asked not in seen:
            if not ground.against(one):
                seen.add(asked)
            yield _role(ground, one)


def _role(ground: Ground, one: Statement) -> Proposal:
    name, therapy, thing = ground.name(one.source), called(one.subject), called(one.object)

    def offer(role: str) -> Offer:
        claim = Plays(source=one.source, therapy=one.subject, thing=one.object, role=role)
        return Offer(text=f"{ROLES[role]} it", claim=claim)

    return Proposal(
        type="therapy",
        stem=f"According to {name}, what is “{thing}” with regard to {therapy}?",
        key=offer(one.predicate),
        others=tuple(offer(role) for role in ROLES if role != one.predicate),
        facts=(relation_fact(one),),
        feedback=f"{name} names {thing} as {ROLES[one.predicate]} {therapy}.",
        lead=(one.id,),
        difficulty=("moderate", "for and against a therapy have to be told apart"),
        bloom="understand",
        concepts=(one.subject.key or "", one.object.key or ""),
        against=ground.against(one) or answers_itself(one),
    )


def answers_itself(one: Statement) -> str:
    """Why what a thing is to a therapy is no question: its own name says it; '' if it does not."""
    told = SELF_EVIDENT[one.predicate].search(one.object.label)
    return f"its name gives the answer away: {called(one.object)}" if told else ""


def denied(ground: Ground) -> Iterator[Proposal]:
    """Which of several things a paper denies of one subject, while it affirms the others: by polarity alone."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for one in ground.statements:
        if one.predicate in STEMS and not ground.against(one) and one.statistic is None:
            groups[one.source, one.predicate, one.subject.identity].append(one)
    for (_, predicate, _), members in groups.items():
        for absent in _firsts(members, "absent"):
            others = [one for one in _firsts(members, "present") if not ground.related(one.object, absent.object)]
            others = [one for one in others if one.object.key is not None]
            yield _denied(ground, predicate, absent, others)


def _firsts(members: Sequence[Statement], polarity: str) -> list[Statement]:
    found: dict[str, Statement] = {}
    for one in members:
        if one.polarity == polarity:
            found.setdefault(one.object.identity, one)
    return list(found.values())


def _denied(ground: Ground, predicate: str, absent: Statement, others: Sequence[Statement]) -> Proposal:
    type_, stem = STEMS[predicate]
    name = ground.name(absent.source)
    return Proposal(
        type=type_,
        stem=stem.format(name=name, subject=called(absent.subject)),
        key=Offer(text=called(absent.object), claim=Denies(statement=absent)),
        others=tuple(Offer(text=called(one.object), claim=Denies(statement=one)) for one in others),
        facts=(relation_fact(absent),),
        feedback=f"{name} denies it: {called(absent.object)}.",
        lead=(absent.id,),
        difficulty=("moderate", "a denial must be told from a finding"),
        bloom="remember",
        concepts=(absent.subject.key or "", absent.object.key or ""),
    )


def groups_denied(ground: Ground) -> Iterator[Proposal]:
    """Of which of several subjects a paper denies one thing, while it affirms it of the others."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in ground.statements:
        if one.predicate in ("expresses", "has_marker", "has_primary_site") and not ground.against(one):
            groups[one.predicate, one.object.identity].append(one)
    for (predicate, _), members in groups.items():
        for absent in [one for one in members if one.polarity == "absent"]:
            others = [one for one in members if one.polarity == "present" and one.subject.key is not None]
            others = [one for one in others if not ground.related(one.subject, absent.subject)]
            yield _group_denied(ground, predicate, absent, others)


def _group_denied(ground: Ground, predicate: str, absent: Statement, others: Sequence[Statement]) -> Proposal:
    thing, type_ = called(absent.object), "primary-site" if predicate == "has_primary_site" else "marker"
    asked = {
        "has_primary_site": f"For which of these do the papers say that the {thing} is NOT the primary site?",
        "expresses": f"Which of these do the papers say does NOT produce {thing}?",
        "has_marker": f"In which of these do the papers say that {thing} is NOT raised?",
    }[predicate]
    return Proposal(
        type=type_,
        stem=asked,
        key=Offer(text=called(absent.subject), claim=Denies(statement=absent)),
        others=tuple(Offer(text=called(one.subject), claim=Denies(statement=one)) for one in others),
        facts=(relation_fact(absent),),
        feedback=f"{ground.name(absent.source)} denies it of {called(absent.subject)}.",
        lead=(absent.id,),
        difficulty=("moderate", "a denial must be told from a finding"),
        bloom="remember",
        concepts=(absent.subject.key or "", absent.object.key or ""),
    )


def divisions(ground: Ground) -> Iterator[Proposal]:
    """To which of several groups of one kind a sentence that shares things out gives one of them."""
    sentences: dict[tuple[str, int, int, str], list[Statement]] = defaultdict(list)
    for one in ground.statements:
        if one.polarity == "present" and one.statistic is None and not ground.against(one):
            sentences[one.source, one.span.start, one.span.end, one.predicate].append(one)
    for (_, _, _, predicate), members in sentences.items():
        subjects = {one.subject.identity: one.subject for one in members if one.subject.key is not None}
        if predicate == "has_primary_site" and len(subjects) >= 3 and _siblings(ground, list(subjects.values())):
            for one in members:
                yield _division(ground, one, list(subjects.values()), members)


def _siblings(ground: Ground, subjects: Sequence[Entity]) -> bool:
    parents = {concept.parent for one in subjects if (concept := ground.concept(one.key)) is not None}
    return len(parents) == 1 and None not in parents


def _division(ground: Ground, one: Statement, subjects: Sequence[Entity], members: Sequence[Statement]) -> Proposal:
    name, site = ground.name(one.source), called(one.object)
    sentence = tuple(members)
    offers = {
        s.identity: Offer(text=called(s), claim=Divides(group=s, thing=one.object, sentence=sentence)) for s in subjects
    }
    return Proposal(
        type="primary-site",
        stem=f"In the classification that {name} describes, which tumor has its primary site in the {site}?",
        key=offers.pop(one.subject.identity),
        others=tuple(offers.values()),
        facts=(relation_fact(one),),
        feedback=f"{capital(called(one.subject))}: the sentence gives the {site} to it.",
        lead=(one.id,),
        difficulty=("easy", "three groups share out the sites"),
        bloom="remember",
        concepts=(*(s.key or "" for s in subjects), one.object.key or ""),
    )


def sites_of_signs(ground: Ground) -> Iterator[Proposal]:
    """To which primary site a sign points, by what a paper says; a sentence that is hedged is held back."""
    telling: dict[str, list[Statement]] = defaultdict(list)
    for one in ground.of_predicate.get("discriminates", ()):
        ends = ground.concept(one.object.key), ground.concept(one.subject.key)
        fits = ends[0] is not None and ends[0].type == "site" and (ends[1] is None or ends[1].type == "sign")
        if fits and one.polarity == "present" and one.statistic is None:
            telling[one.source].append(one)
    for members in telling.values():
        sites = {one.object.identity: one.object for one in members}
        yield from (_site_of_sign(ground, one, list(sites.values())) for one in members)


def _site_of_sign(ground: Ground, one: Statement, sites: Sequence[Entity]) -> Proposal:
    name, sign, site = ground.name(one.source), called(one.subject), called(one.object)
    offers = {s.identity: Offer(text=called(s), claim=PointsTo(of=one, site=s)) for s in sites}
    return Proposal(
        type="primary-site",
        stem=f"According to {name}, to which primary site does “{sign}” point?",
        key=offers.pop(one.object.identity),
        others=tuple(offers.values()),
        facts=(relation_fact(one),),
        feedback=f"{name} takes {sign} for a sign of a primary site in the {site}.",
        lead=(one.id,),
        difficulty=("moderate", "a pattern has to be read as a place"),
        bloom="apply",
        concepts=(one.subject.key or "", one.object.key or ""),
        against=ground.against(one),
    )
