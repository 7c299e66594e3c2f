"""This module tells numbers that only stand beside what their pair names: times of a rate, tools, other patients."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.attributes import AGE_KEY
from ingest.dimensions import TIME
from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.screening import screened
from ingest.units import LESION_NUMBER, NUMBER_OF_PATIENTS

POINT_IN_TIME: Final = screened(
    r"(?:\bat|\bwithin|\bafter|\bbeyond|(?P<span>\bfor|\bover))\s+(?:the (?:first|next)\s+)?$"
)
SHARES: Final = frozenset({"share", "outcome"})


def _time_of_a_share(fit: Fit) -> bool:
    """'83% at 3 years', '30% of them live for 5 years': when a share was counted, and no survival of so long."""
    concept_is_outcome = fit.attribute == "outcome"
    if not concept_is_outcome or TIME.match(fit.number.unit or "") is None or fit.number.kind in {"median", "mean_sd"}:
        return False
    point = POINT_IN_TIME.search(fit.before)
    if point is None:
        return False
    shares = (n for n in fit.sentence.numbers if KIND_GROUPS[n.kind] in SHARES and not TIME.match(n.unit or ""))
    return point.group("span") is None or next(shares, None) is not None


def _at_least_so_many(fit: Fit) -> bool:
    """'Two or more lesions', 'at least one lesion': a criterion or a finding, and not how many there were."""
    return fit.number.kind == "count" and fit.number.op in {">=", "<="} and fit.key == LESION_NUMBER


ONE_OF_THE_MOST: Final = screened(
    r"(?:one|1) of the (?:\w+ )?(?:most|main|leading|few|major|largest|best|common\w+)\b", re.IGNORECASE
)


def _one_of_the_most(fit: Fit) -> bool:
    """'One of the most common cancers': no cancer is counted."""
    return ONE_OF_THE_MOST.match(fit.sentence.text, fit.number.start) is not None


OF_TOOLS: Final = screened(
    r"(?:holes?|electrodes?|peaks?|sessions?|replicates?|samples?|specimens?|injections?)\Z", re.IGNORECASE
)
MEASURED: Final = frozenset({"variable", "measure"})
"""Nouns of tools, and types of what they do not have."""


def _counts_tools(fit: Fit) -> bool:
    """'Among the three electrodes', 'one session of energy': how many tools, and nothing of what is measured."""
    noun = (fit.number.unit or "").casefold()
    if fit.number.kind != "count" or OF_TOOLS.match(noun) is None:
        return False
    return noun.rstrip("s") not in fit.label.casefold() and fit.attribute in MEASURED


SOME_OF_THEM: Final = "a count without its noun"
DID: Final = screened(
    r"\s*(?:mainly|mostly|predominantly|(?:had|has|have|showed|were|was|received|underwent|did|died|developed)\b)",
    re.IGNORECASE,
)
"""What some of those counted before are told to be or to have."""


def _some_of_them(fit: Fit) -> bool:
    """'With 5 mainly in the periphery': some of those counted before, and no group of its own."""
    return fit.number.rule == SOME_OF_THEM and fit.key == NUMBER_OF_PATIENTS and DID.match(fit.behind) is not None


WITHOUT: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?(?:in|for|among|of)\s+(?:the\s+)?(?:patients?|those|controls?|cases|groups?|arms?)?\s*"
    r"(?:(?:who|that) (?:did|had|were|was|have|received) (?:not|no)\b|without\b|not\b|other than\b|controls?\b"
    r"|untreated\b)",
    re.IGNORECASE,
)


def _of_the_others(fit: Fit) -> bool:
    """'34% in patients who did not have surgery', '40% for those without': no outcome of the surgery."""
    if fit.pair.bearer.mention is None and fit.pair.bearer.type != "therapy":
        return False
    return WITHOUT.match(fit.behind) is not None and fit.predicate in {
        "therapy_outcome",
        "complication",
        "has_prognosis",
    }


OF_PROCEDURES: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+|all\s+|these\s+)?(?:[\w-]+\s+)?"
    r"(?:procedures|sessions|treatments|interventions|operations|resections|ablations|embolizations|injections)\b",
    re.IGNORECASE,
)


def _of_procedures(fit: Fit) -> bool:
    """'In 40% of the procedures': the share of what was done, and of no disease."""
    suffered = fit.predicate in {"has_clinical_feature", "has_prognosis", "complication", "associated_with"}
    return suffered and fit.pair.bearer.type == "disease" and OF_PROCEDURES.match(fit.behind) is not None


OF_AN_ORGAN: Final = screened(r"\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+)?(?:total\s+|whole\s+|entire\s+)?$")
SITED: Final = frozenset({"metastasizes_to", "has_primary_site"})


def _part_of_an_organ(fit: Fit) -> bool:
    """'Less than 50% of the liver': how much of an organ, and in how many there is something in it."""
    mention = fit.pair.attribute.mention
    if mention is None or fit.predicate not in SITED or mention.start < fit.anchor.end:
        return False
    return OF_AN_ORGAN.match(fit.sentence.text[fit.anchor.end : mention.start]) is not None


SOLUTION: Final = screened(
    r"\s*(?:\w+\s+){0,2}?(?:solutions?|saline|dextrose|glucose|lidocaine|ethanol|alcohol|formalin|formaldehyde)\b",
    re.IGNORECASE,
)


def _strength(fit: Fit) -> bool:
    """'A 5% dextrose solution': how strong something is."""
    return fit.number.kind == "percent" and SOLUTION.match(fit.behind) is not None


AGE_IN_WORDS: Final = "age in words"


def _age_of_those(fit: Fit) -> bool:
    """'By the age of 50': when, and no value of what is said of those so old."""
    return fit.number.rule == AGE_IN_WORDS and fit.key != AGE_KEY


BYSTANDERS: Final[tuple[Callable[[Fit], bool], ...]] = (
    _time_of_a_share,
    _at_least_so_many,
    _one_of_the_most,
    _counts_tools,
    _some_of_them,
    _of_the_others,
    _of_procedures,
    _part_of_an_organ,
    _strength,
    _age_of_those,
)
"""What each tells of a number that only stands beside what its pair names."""
