"""This module reads lists: numbers that stand side by side, and which of several things each of them belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.reported import Reported
from ingest.screening import Pattern, screened
from ingest.sentences import Sentence

_BETWEEN: Final = screened(r"[\s,;/)(]*(?:and|or|vs\.?|versus|compared (?:with|to))?[\s,(]*", re.IGNORECASE)
_ARMS: Final = screened(r"\b(?:vs\.?|versus|compared (?:with|to))", re.IGNORECASE)
_PREDICTIVE: Final = screened(
    r"\b(?:accurac(?:y|ies)|predictive values?|[PN]PVs?|detection rates?)\b[^.;]{0,60}$", re.IGNORECASE
)
_SHARES: Final = frozenset({"percent", "proportion"})
_SPANS: Final = frozenset({"percent", "percent_range", "sensitivity", "specificity", "survival_rate"})
_RESPECTIVELY: Final = screened(r"\brespectively\b", re.IGNORECASE)
_LISTED: Final = screened(
    r"(?:\s|[,;/]|and|or|vs\.?|versus|both|the|on|in|at|of|for|with|during|groups?|patients|phases?|\([^)\d]*\))*",
    re.IGNORECASE,
)
"""What may stand between things that are listed: ' in both the ', ' group and the '."""

_TOLD: Final = screened(r"[^,;.\d]{0,30}(?:,|/|\band\b|\bor\b|\bvs\b)[^,;.\d]{0,30}", re.IGNORECASE)
"""The same where 'respectively' says that it is a list: ', absence of '."""

_NUMERAL: Final = screened(r"[^\d\s]*(?:\s[^\d\s]+)*?\s?\d[\d.,]*|\S+")
_ITEM_PARTS: Final = one_of(
    *(",", "/", "and", "or", "as well as", "along with", "followed by", r"\(\s*\)", "with", "both", r"\s"),
    *(r"[A-Za-z\-]+ing", "peripheral", "similar", "[“”\"'‘’]"),
)
LIST_BETWEEN: Final = screened(rf"\s*{_ITEM_PARTS}*\s*", re.IGNORECASE)
"""What may stand between findings that share a number: ', delayed ', ' as well as “'."""

_ITEM_JOIN: Final = screened(r"(?:\s|,|and|or|both|on|in|the|during|at)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What candidates are proposed for: a number, or the mention that a claim is about ([start, end), kind 'claim').

    [first, last) is the whole list that a number stands in, `index` its place in it, `count` how many stand there;
    `arms` says that the list sets two groups against each other ('15% vs. 40%'); `opens` that a bracket opens it;
    `bracket` is the place of the bracket that it stands in, wherever in it; `measures` says that the list gives several
    measures of one thing ('82.6% and 91.3%' of a sensitivity and specificity). `about` is what was chosen that it
    is of, which stands at `taken`.
    """

    start: int
    end: int
    kind: str
    first: int
    last: int
    index: int = 0
    count: int = 1
    arms: bool = False
    opens: bool = False
    bracket: int | None = None
    measures: bool = False
    about: str = ""
    taken: tuple[int, int] | None = None


def claim_anchor(mention: Mention) -> Anchor:
    """The anchor of a claim about a mention, whose type is `about`."""
    return Anchor(
        start=mention.start, end=mention.end, kind="claim", first=mention.start, last=mention.end, about=mention.type
    )


def number_anchors(sentence: Sentence) -> list[Anchor]:
    """An anchor for each number of a sentence, in order."""
    anchors = []
    for group in number_lists(sentence.text, sentence.numbers):
        first, last = group[0].start, group[-1].end
        gaps = [sentence.text[a.end : b.start] for a, b in pairwise(group)]
        for index, number in enumerate(group):
            anchors.append(
                Anchor(
                    start=number.start,
                    end=numeral_end(sentence.text, number),
                    kind=_kind_of(sentence.text, group[0], number),
                    first=first,
                    last=last,
                    index=index,
                    count=len(group),
                    arms=len(group) == 2 and bool(_ARMS.search(gaps[0])),
                    opens=sentence.text[:first].rstrip().endswith(("(", "[")),
                    bracket=_bracket(sentence.text, sentence.start, first),
                    measures={"sensitivity", "specificity"} <= {one.kind for one in group},
                )
            )
    return sorted(anchors, key=lambda anchor: anchor.start)


def _kind_of(text: str, first: Reported, number: Reported) -> str:
    """The kind of a number; a share that its words call an accuracy or a predictive value is 'predictive'."""
    before = text[max(0, first.start - _NAME_REACH) : first.start]
    return "predictive" if number.kind in _SHARES and _PREDICTIVE.search(before) else number.kind


_NAME_REACH: Final = 90


def _bracket(text: str, start: int, place: int) -> int | None:
    """The place of the round bracket that is open at `place`, None outside of all."""
    opened, closed = text.rfind("(", start, place), text.rfind(")", start, place)
    return opened if opened > closed else None


def number_lists(text: str, numbers: Sequence[Reported]) -> list[list[Reported]]:
    """Numbers of one kind that only commas, 'and' or 'vs.' part, together; each other number by itself.

    >>> from ingest.reported import find
    >>> text = "hyper-enhancement, washout and a rim (P=0.01, P<0.001 and P=0.04, respectively) in 12 of 23"
    >>> [len(one) for one in number_lists(text, find(text))]
    [3, 1]
    """
    lists: list[list[Reported]] = []
    taken: list[Reported] = []
    for place, number in enumerate(numbers):
        if number in taken:
            continue
        in_turn = _in_turn(text, numbers[place:])
        if in_turn:
            lists += [in_turn[::2], in_turn[1::2]]
            taken += in_turn
        elif lists and lists[-1][-1] not in taken and _same_list(text, lists[-1][-1], number):
            lists[-1].append(number)
        else:
            lists.append([number])
    return lists


_TURN: Final = screened(
    r"[\s,;:=()\[\]]*(?:(?:and|with|[HOR]Rs?|hazard ratios?|odds ratios?|[Pp](?:[- ]values?)?)[\s,;:=()\[\]]*)*"
)
_TESTED: Final = frozenset({"p_value", "test_statistic", "odds_ratio", "ratio", "correlation"})
_PAIR: Final = 2
_REACH: Final = 120  # characters behind the last number in which 'respectively' may stand


def _in_turn(text: str, numbers: Sequence[Reported]) -> list[Reported]:
    """The numbers of two kinds that follow each other in turn, from the first on: 'HR 0.5; P = 0.01 and HR 0.6; P = 0.2
    for A and B, respectively' are two lists of two.
    """
    found = list(numbers[:_PAIR])
    kinds = [number.kind for number in found]
    if len(set(kinds)) < _PAIR or not _TESTED.issuperset(kinds):
        return []
    for number in numbers[_PAIR:]:
        if number.kind != kinds[len(found) % _PAIR] or not _TURN.fullmatch(text, found[-1].end, number.start):
            break
        found.append(number)
    found = found[: len(found) // _PAIR * _PAIR]
    told = _RESPECTIVELY.search(text, found[-1].end, found[-1].end + _REACH) is not None
    return found if told and len(found) > _PAIR and _TURN.fullmatch(text, found[0].end, found[1].start) else []


def _same_list(text: str, left: Reported, right: Reported) -> bool:
    kinds = {left.kind, right.kind}
    alike = len(kinds) == 1 or kinds <= {"sensitivity", "specificity"} or ("percent_range" in kinds and kinds <= _SPANS)
    return alike and left.kind != "count" and bool(_BETWEEN.fullmatch(text[left.end : right.start]))


def numeral_end(text: str, number: Reported) -> int:
    """Where the numeral of a count ends: '23 GEP adenocarcinomas' names a disease behind it."""
    if number.kind != "count":
        return number.end
    match = _NUMERAL.match(text, number.start, number.end)
    return match.end() if match else number.end


def items_before(
    sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]
) -> list[tuple[Mention, Mention | None]]:
    """The things before a list, in order, each with the one of several phases that it is split into.

    'hyperenhancement, washout and higher ratios on both arterial phase and portal venous phase' are four items.
    """
    phases = [m for m in sentence.mentions if m.type == "phase" and m.end <= anchor.first]
    items: list[tuple[Mention, Mention | None]] = []
    for mention in (m for m in mentions if m.end <= anchor.first):
        split = _phases_behind(sentence.text, mention, phases)
        items += [(mention, phase) for phase in split] if len(split) > 1 else [(mention, None)]
    return items


def _phases_behind(text: str, mention: Mention, phases: Sequence[Mention]) -> list[Mention]:
    """The phases that follow a mention with nothing but 'on both … and …' between."""
    found: list[Mention] = []
    end = mention.end
    for phase in phases:
        if phase.start >= end and _ITEM_JOIN.fullmatch(text[end : phase.start]):
            found.append(phase)
            end = phase.end
    return found


def listed_phase(sentence: Sentence, anchor: Anchor, mention: Mention | None) -> tuple[str, ...] | None:
    """The phase that a number's place in its list gives, None where the list says nothing of phases."""
    phases = [m for m in sentence.mentions if m.type == "phase"]
    touching = [
        m
        for m in phases
        if m.end <= anchor.first and re.fullmatch(r"\s*[(\[]?\s*", sentence.text[m.end : anchor.first])
    ]
    before = [m for m in phases if m.end <= anchor.first]
    if anchor.count > 1 and mention is not None and mention.end <= anchor.first:
        split = _phases_behind(sentence.text, mention, before)
        if len(split) == anchor.count and not anchor.arms:
            return (split[anchor.index].key,)
        items = items_before(sentence, anchor, [mention])
        if len(items) > 1:
            tail = items[anchor.index - anchor.count :] if 0 < anchor.count - anchor.index <= len(items) else []
            if tail and tail[0][1] is not None:
                return (tail[0][1].key,)
    if len(touching) == 1:
        return (touching[0].key,)
    return None


def alignment(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention], mention: Mention) -> str | None:
    """How a mention's place among its like fits a number's place in its list: 'aligned', 'misaligned', or None."""
    if anchor.count < 2:
        return None
    items = [m for m, _ in items_before(sentence, anchor, mentions)]
    if len(items) != anchor.count:
        items = [m for m in mentions if m.start >= anchor.last]
    if len(items) != anchor.count and len(mentions) == anchor.count:
        items = list(mentions)
    if len(items) != anchor.count:
        return None
    return "aligned" if items[anchor.index] is mention else "misaligned"


def item_of(sentence: Sentence, anchor: Anchor, mentions: Sequence[Mention]) -> Mention | None:
    """The one of some things that a number belongs to by its place in a list of as many: 'washout and a rim (P=0.01 and
    P=0.04)'; None where the things make up no such list, or the numbers set two groups against each other.
    """
    if anchor.count < 2 or anchor.arms or anchor.measures:
        return None
    before = [m for m, _ in items_before(sentence, anchor, mentions)]
    after = [m for m in mentions if m.start >= anchor.last]
    told = _RESPECTIVELY.search(sentence.text, sentence.start, sentence.end) is not None
    for items in (before[-anchor.count :], after[: anchor.count]):
        enough = len(items) == anchor.count and len({m.start for m in items}) > 1
        if enough and _is_list(sentence, items, _TOLD if told else _LISTED):
            return items[anchor.index]
    return None


def phase_in_turn(anchor: Anchor, phases: Sequence[Mention]) -> Mention | None:
    """The one of several phases before a list of as many numbers that comes in its turn, whatever words stand between:
    'arterial, venous and delayed phase were scanned at 28 s, 58 s and 120 s'.
    """
    before = [m for m in phases if m.end <= anchor.first]
    distinct = len({m.key for m in before}) == len(before) == anchor.count
    return before[anchor.index] if distinct and not anchor.arms else None


def _is_list(sentence: Sentence, items: Sequence[Mention], joined: Pattern) -> bool:
    """Whether only commas, 'and' and the like stand between some things."""
    gaps = (sentence.text[a.end : b.start] for a, b in pairwise(items) if a is not b)
    return all(joined.fullmatch(gap) is not None for gap in gaps)
