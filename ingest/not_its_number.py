"""This module tells numbers that stand beside what they are not of: a change, a rate's 'per', who had what."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.screening import screened

CHANGED_BY: Final = screened(
    r"\b(?:improv|increas|reduc|decreas|declin|dropp|drops|f[ae]ll|lower|prolong|extend|shorten|rose|rises?|grew|shr[aiu]nk)"
    r"[a-z]*\b[^,;.]{0,60}\bby (?:about |approximately |up to |as much as |more than |over |nearly |almost )?$",
    re.IGNORECASE,
)
"""'improvement in overall survival by ' before '29%'."""


def _is_a_change(fit: Fit) -> bool:
    """'Survival improved by 29%': how much it changed, and no survival."""
    return KIND_GROUPS[fit.number.kind] != "test" and CHANGED_BY.search(fit.before) is not None


PER: Final = screened(r"\b(?:per|each|every) (?:\w+ )?$", re.IGNORECASE)
"""'150 mg per ' before 'session'."""


def _is_of_a_rate(fit: Fit) -> bool:
    """'150 mg per session': no number of sessions."""
    mention = fit.pair.attribute.mention
    if mention is None or mention.start < fit.anchor.end:
        return False
    return PER.search(fit.sentence.text, fit.anchor.end, mention.start) is not None


WHO_HAD: Final = screened(
    r"\s*(?:of (?:the |all |our )?)?(?:(?:patients?|cases?|subjects?|lesions?|tumou?rs?|women|men) )?(?:with|who had) "
    r"(?:an? |the |[a-z-]+ )?$",
    re.IGNORECASE,
)
"""' with local ' between 'three of four patients' and 'tumor progression'."""
THEN: Final = screened(
    r"\s*(?:\([^()]*\) )?(?:who |that )?(?:also |then |subsequently )?"
    r"(?:developed|had|showed|presented|underwent|received|died|were|was|demonstrated|required|experienced)\b",
    re.IGNORECASE,
)
"""' developed ' behind it."""


def _is_of_those_who_had(fit: Fit) -> bool:
    """'Three of four patients with progression developed ascites': how many of those with it, not how many had it."""
    mention = fit.pair.attribute.mention
    if mention is None or mention.start < fit.number.end or mention.type == "disease":
        return False
    text = fit.sentence.text
    if WHO_HAD.fullmatch(text, fit.number.end, mention.start) is None:
        return False
    return THEN.match(text, mention.end, fit.sentence.end) is not None


COMPARES: Final = screened(
    r"\b(?:than|versus|vs|compared|comparison|differ\w*|categor\w+|stratified)\b",
    re.IGNORECASE,
)
"""Words of a sentence that holds groups of patients against each other."""


def _compares_groups_of_one(fit: Fit) -> bool:
    """'Survival was better with strong than with weak expression (p = 0.02)': the p is of the expression, and says
    nothing of the disease that all of these patients have.
    """
    if fit.predicate != "has_prognosis" or KIND_GROUPS[fit.number.kind] != "test":
        return False
    named = fit.pair.bearer.mention
    there = named is not None and fit.sentence.start <= named.start < fit.sentence.end
    return not there and COMPARES.search(fit.sentence.words) is not None


NOT_ITS_NUMBER: Final[tuple[Callable[[Fit], bool], ...]] = (
    _is_a_change,
    _is_of_a_rate,
    _is_of_those_who_had,
    _compares_groups_of_one,
)
