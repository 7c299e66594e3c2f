"""This module makes an item of a proposal: each option is put to the graph, and what is not proven is left out."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Final

from kg.quiz.claims import Claim, Judgement
from kg.quiz.ground import Ground
from kg.quiz.item import Fact, HeldBack, Item, Option, digest
from kg.quiz.rules import flaws

MOST_OPTIONS: Final = 4
FEWEST_OPTIONS: Final = 3
TRUE_FALSE: Final = ("True", "False")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An option that may be: its text and what it claims. `place` orders numeric options; `quiet` adds no reason."""

    text: str
    claim: Claim
    place: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An item that may be: the key, further options with the nearest first, and what is told after the answer.

    `sorted` orders the options by `place` (numbers), else their order is the seed's. `lead` are the ids of the
    statements that the general feedback quotes. `against` is a reason that the maker saw already.
    """

    type: str
    stem: str
    key: Offer
    others: tuple[Offer, ...]
    facts: tuple[Fact, ...]
    feedback: str
    lead: tuple[str, ...]
    difficulty: tuple[str, str]
    bloom: str
    count: str = ""
    concepts: tuple[str, ...] = ()
    sorted: bool = False
    most: int = MOST_OPTIONS
    pairs: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    against: str = ""


def assemble(ground: Ground, proposal: Proposal) -> Item | HeldBack:
    """The item, or what it was held back for."""
    about = "; ".join(fact.about for fact in proposal.facts)

    def held(reason: str) -> HeldBack:
        return HeldBack(type=proposal.type, fact=about, question=proposal.stem, reason=reason, statements=proposal.lead)

    if proposal.against:
        return held(proposal.against)
    verdict = proposal.key.claim.judge(ground)
    if not verdict.right:
        contested = "the graph also states it otherwise" if verdict.borne_out else "nothing bears the key out"
        return held(f"{contested}: {verdict.reason}".rstrip(": "))
    chosen = _wrong_options(ground, proposal)
    fewest = 2 if _is_true_false(proposal) else FEWEST_OPTIONS
    if len(chosen) + 1 < fewest:
        proven = f"only {len(chosen)}" if chosen else "none"
        return held(f"{proven} of the other options is proven wrong ({fewest - 1} needed)")
    item = _item(ground, proposal, [(proposal.key, verdict), *chosen])
    if found := flaws(item):
        return held(f"item-writing: {found[0]}")
    return item


def _is_true_false(proposal: Proposal) -> bool:
    return {proposal.key.text, *(one.text for one in proposal.others)} == set(TRUE_FALSE)


def _wrong_options(ground: Ground, proposal: Proposal) -> list[tuple[Offer, Judgement]]:
    """The first proven ones, no two of which say the same."""
    chosen: list[tuple[Offer, Judgement]] = []
    texts = {proposal.key.text.casefold()}
    for offer in proposal.others:
        if len(chosen) + 1 == proposal.most:
            break
        if offer.text.casefold() in texts:
            continue
        found = offer.claim.judge(ground)
        if found.wrong:
            chosen.append((offer, found))
            texts.add(offer.text.casefold())
    return chosen


def _item(ground: Ground, proposal: Proposal, offers: list[tuple[Offer, Judgement]]) -> Item:
    options = [
        (
            offer.place,
            Option(
                text=offer.text,
                correct=place == 0,
                feedback=verdict.reason or proposal.feedback,
                proof=verdict.proof,
                quotes=ground.quotes((verdict.borne_out or verdict.otherwise)[:2]),
            ),
        )
        for place, (offer, verdict) in enumerate(offers)
    ]
    if _is_true_false(proposal):
        options.sort(key=lambda pair: TRUE_FALSE.index(pair[1].text))
    elif proposal.sorted:
        options.sort(key=lambda pair: pair[0])
    else:
        options.sort(key=lambda pair: pair[1].text.casefold())
    quotes = ground.quotes(proposal.lead[:3])
    sources = dict.fromkeys(quote.source for quote in quotes)
    level, reason = proposal.difficulty
    return Item(
        type=proposal.type,
        stem=proposal.stem,
        options=tuple(option for _, option in options),
        feedback=proposal.feedback,
        facts=proposal.facts,
        quotes=quotes,
        difficulty=level,
        difficulty_reason=reason,
        bloom=proposal.bloom,
        count=proposal.count,
        concepts=tuple(dict.fromkeys(key for key in proposal.concepts if key)),
        sources=tuple(sources),
        pairs=proposal.pairs,
        order=proposal.order,
        fixed_order=proposal.sorted or _is_true_false(proposal),
    )


def shuffled(item: Item, seed: int) -> Item:
    """The item with its options in the order that a seed gives them; numbers, True and False stay in theirs."""
    if item.fixed_order:
        return item
    options = list(item.options)
    random.Random(f"{seed} {item.id}").shuffle(options)
    return replace(item, options=tuple(options))


def is_even(*parts: str) -> bool:
    """A coin that falls the same way for the same parts: so a bank has as many true as false sentences."""
    return int(digest(list(parts)), 16) % 2 == 0
