"""This module holds the share of a feature in a disease against what one part of the disease brings with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from kg.audit.paper import Paper, Printed, judge
from kg.audit.references import value_of
from kg.audit.rounding import Rounded
from kg.verdict import Verdict

SPREADS: Final = "metastasizes_to"
ANY_SPREAD: Final = "metastasis"  # the concept of spread, wherever it is
OF: Final = re.compile(r"\A\s*\)?\s*of (?P<whole>[^.,;()]+)", re.IGNORECASE)
LONGEST_WHOLE: Final = 6  # words that name a tumour and its site
REACH: Final = 80  # characters behind a share that name what it is of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    number: Printed
    value: Rounded


def part_shares(paper: Paper) -> Iterator[Verdict]:
    """Is a feature as frequent in a disease as the share of one part of it, times the feature's share in it, demands?

    If 66 % of tumours arise in the gut, and half of those spread to the liver, then at least 33 % of all spread.
    """
    shares = [
        _Share(number=number, value=value)
        for number in paper.numbers
        if not number.own and number.statistic.kind in ("percent", "percent_range")
        if number.first.polarity == "present"
        if (value := value_of(number.statistic)) is not None
    ]
    for part in shares:
        if part.number.first.predicate == "has_primary_site":
            for feature in shares:
                if _is_of_part(paper, feature.number, part.number):
                    yield from _against(paper, part, feature, shares)


def _is_of_part(paper: Paper, feature: Printed, part: Printed) -> bool:
    """Whether a share is of those tumours that arise in the site of another: "half of NENs of the GI tract"."""
    named = [key for found in _named_behind(paper, feature) for key in found]
    return feature is not part and {part.first.object.identity, part.first.subject.identity} <= set(named)


def _named_behind(paper: Paper, share: Printed) -> list[frozenset[str]]:
    """The concepts that a share is said to be of, in the order of the words that name them."""
    match = OF.match(paper.after(share, REACH))
    words = match["whole"].split()[:LONGEST_WHOLE] if match is not None else []
    spans = (" ".join(words[at:end]) for at in range(len(words)) for end in range(len(words), at, -1))
    return [found for span in spans if (found := paper.named(span))]


def _against(paper: Paper, part: _Share, feature: _Share, shares: list[_Share]) -> Iterator[Verdict]:
    least = max(Fraction(0), part.value.low) * max(Fraction(0), feature.value.low) / 100
    for whole in shares:
        if whole not in (part, feature) and _implied(paper, feature.number, part.number, whole.number):
            right = whole.value.high >= least
            why = (
                f"{part.number.text} ({part.number.first.object.label}) times {feature.number.text} "
                f"({feature.number.first.object.label}) is at least {float(least):.0f} % of all; "
                f"the paper prints {whole.number.text} ({whole.number.first.object.label})"
            )
            yield judge(
                "part shares",
                "consistent" if right else "inconsistent",
                [part.number, feature.number, whole.number],
                recomputed=f"at least {float(least):.0f} %",
                explanation=why,
            )


def _implied(paper: Paper, feature: Printed, part: Printed, whole: Printed) -> bool:
    """Whether who has the feature of the part counts for the share of the whole: spread to the liver is spread."""
    of, said = feature.first, whole.first
    disease = part.first.subject.identity
    ends = {disease, said.object.identity, ANY_SPREAD}
    first = next((found & ends for found in _named_behind(paper, whole) if found & ends), {disease})
    if said.subject.identity != disease or disease not in first:  # "46 % of the metastases" is no share of the disease
        return False
    if of.predicate == SPREADS and said.object.identity == ANY_SPREAD:
        return True
    same = said.object.identity == of.object.identity or said.object.identity in paper.broader(of.object.identity)
    return same and said.predicate == of.predicate and said.population is None
