"""This module tells numbers of two groups of patients apart: of which one each is, and that harm is a treatment's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.mentions import of_type
from ingest.phrases import phrase
from ingest.predicates import COMPLICATIONS
from ingest.screening import screened
from ingest.side_effects import HARMFUL, SAID_OF_THE_ILL, SHARES, tells_of_harm

FOR_GROUP: Final = screened(r"[\s,]*(?:for|in|with|under|after|on|by)\s+(?:the\s+)?", re.IGNORECASE)
AND_ANOTHER: Final = screened(r"\s*(?:patients|groups?|arms?)?\s*(?:and|or|vs\.?|versus|,)\s", re.IGNORECASE)


def _of_the_first_arm(fit: Fit) -> bool:
    """'6.4 months vs. 5.0 months for the placebo group': only the second is that group's."""
    holder, anchor = fit.pair.bearer.mention, fit.anchor
    if not anchor.arms or anchor.index or holder is None or holder.type != "therapy" or holder.start < anchor.last:
        return False
    if AND_ANOTHER.match(fit.sentence.text, holder.end, fit.sentence.end):
        return False
    return FOR_GROUP.fullmatch(fit.sentence.text, anchor.last, holder.start) is not None


def is_of_another_arm(fit: Fit) -> bool:
    """Whether a number is the second of two that are set against each other, in a sentence that names one group: what
    the first is of, the second is not.
    """
    return fit.anchor.arms and fit.anchor.index == 1 and fit.pair.bearer.mention is not None


GROUP: Final = screened(r"[ -](?:group|arm)s?\b", re.IGNORECASE)
"""' group' behind 'placebo'."""


def _of_the_group_behind(fit: Fit) -> bool:
    """'5.0 months for the placebo group': of that group, and of nobody else."""
    if KIND_GROUPS[fit.number.kind] == "count":
        return False
    text, end = fit.sentence.text, max(fit.anchor.end, fit.number.end)
    for group in of_type(fit.sentence.mentions, "therapy"):
        named = GROUP.match(text, group.end) or GROUP.search(group.text)
        if named and FOR_GROUP.fullmatch(text, end, group.start):
            return group.key not in {fit.pair.bearer.entity.key, fit.key}
    return False


def _harm_of_no_disease(fit: Fit) -> bool:
    """'Adverse events were nausea (16%)': what treatment did, and no feature of a disease."""
    harmful = fit.attribute in HARMFUL or fit.key in COMPLICATIONS
    if KIND_GROUPS[fit.number.kind] not in SHARES or not harmful:
        return False
    if fit.pair.bearer.type == "therapy" or fit.predicate not in SAID_OF_THE_ILL:
        return False
    return tells_of_harm(fit.sentence)


def _of_a_heading(fit: Fit) -> bool:
    """'Adverse events were nausea in 12%': the number is of the one that is named, and not of them all."""
    mention, text = fit.pair.attribute.mention, fit.sentence.text
    if fit.key not in COMPLICATIONS or mention is None or KIND_GROUPS[fit.number.kind] not in SHARES:
        return False
    listed = [
        m for m in of_type(fit.sentence.mentions, *HARMFUL) if mention.end <= m.start and m.end <= fit.anchor.first
    ]
    return bool(listed) and HAPPENED.search(text, listed[-1].end, fit.anchor.first) is None


HAPPENED: Final = phrase("occur\\w*", "develop\\w*", "(?:was|were|is|are)", "happened", "arose", "noted", "seen")


OF_ARMS: Final[tuple[Callable[[Fit], bool], ...]] = (
    _of_the_first_arm,
    _of_the_group_behind,
    _harm_of_no_disease,
    _of_a_heading,
)
"""What each tells of a number that is of another group, or of another harm, than its pair names."""
