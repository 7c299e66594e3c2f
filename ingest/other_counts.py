"""This module tells counts and ratios that are of what no pair names: events, genes, plans, arms, parts of a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.pairs import is_named_a_tumor
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened

# ---------------------------------------------------------------- by the noun that is counted

OF_EVENTS: Final = screened(
    r"(?:complications?|(?:adverse )?events?|deaths?|side.effects?|toxicit(?:y|ies)|reactions?|genes?|mutations?"
    r"|hotspots?|peaks?|proteins?|peptides?|antibod(?:y|ies)|variants?|alleles?|loci|capsules?|tablets?|pills?|studies|trials?"
    r"|articles?|reports?|centers?|centres?|hospitals?|institutions?|items?|questions?|factors?|parameters?|features?"
    r"|variables?|readers?|radiologists?|observers?|electrodes?|probes?|needles?|stents?|cycles?|doses?|days?|weeks?"
    r"|months?|years?)\Z",
    re.IGNORECASE,
)
"""Nouns of what is no patient and no tumor."""

OF_PATIENTS: Final = frozenset(
    {
        *("treated_by", "cohort", "has_epidemiology", "associated_with", "has_prognosis", "therapy_indication"),
        *("has_clinical_feature", "has_primary_site", "metastasizes_to", "classified_by", "detected_by"),
    }
)
"""What is said of so many patients or tumors."""


def _counts_events(fit: Fit) -> bool:
    """'Two major complications', '16 events', '47 genes': no patients, unless the pair names what is counted."""
    words = fit.sentence.text[fit.anchor.end : fit.number.end].split() or fit.behind.split()[:1]
    noun = OF_EVENTS.match(words[-1].strip(",;.)")) if words and fit.number.kind == "count" else None
    if noun is None or fit.predicate not in OF_PATIENTS:
        return False
    return noun.group().casefold().rstrip("s") not in fit.label.casefold()


def _links_two_tumors(fit: Fit) -> bool:
    """'20 BTCs, 10 HCCs', '50 patients' in a sentence of two tumors: how many there were of one, and no link."""
    if fit.predicate != "associated_with" or fit.number.kind != "count":
        return False
    return is_named_a_tumor(fit.pair.attribute) or _has_a_noun_of_its_own(fit)


def _has_a_noun_of_its_own(fit: Fit) -> bool:
    """Whether what a count counts is itself a disease: '20 HCCs'."""
    inside = (m for m in fit.sentence.mentions if m.type == "disease")
    return any(fit.anchor.end <= m.start < fit.number.end for m in inside)


SHORT_FORM: Final = screened(r"\b[A-Z][A-Z0-9]+s?\b(?=[\s-]+[a-z])")
"""'PR ' before 'cases'."""


def _of_a_short_form(fit: Fit) -> bool:
    """'12 PR cases', where PR is the name of no concept: they are of nothing else."""
    if fit.number.kind != "count":
        return False
    named = [m for m in fit.sentence.mentions if fit.number.start <= m.start < fit.number.end]
    short = SHORT_FORM.finditer(fit.sentence.text, fit.anchor.end, fit.number.end)
    return any(not any(m.start <= one.start() < m.end for m in named) for one in short)


OF_WHICH: Final = screened(r":|\b(?:includ\w+|compris\w+|namely|one|of which|i\.e\.)", re.IGNORECASE)
GROUP: Final = screened(r"\s*(?:groups?|arms?|patients)\b", re.IGNORECASE)


def _of_both_groups(fit: Fit) -> bool:
    """'Two complications: one in the SIRT group and one in the TACE group': the two are of neither alone."""
    holder, text = fit.pair.bearer.mention, fit.sentence.text
    if fit.number.kind != "count" or holder is None or holder.type != "therapy" or holder.start < fit.number.end:
        return False
    behind = (m for m in fit.sentence.mentions if m.type == "therapy" and m.start >= fit.number.end)
    groups = {m.key for m in behind if GROUP.match(text, m.end, fit.sentence.end)}
    return len(groups) > 1 and holder.key in groups and OF_WHICH.search(text, fit.number.end, holder.start) is not None


SEEN: Final = frozenset({"outcome", "sign", "clinical-feature", "disease", "syndrome", "marker"})


def _of_its_own_count(fit: Fit) -> bool:
    """'24 of 69 shrank, of which 1 CR case': what stands within another count is of that one."""
    mention = fit.pair.attribute.mention
    if mention is None or KIND_GROUPS[fit.number.kind] not in {"share", "count"} or fit.attribute not in SEEN:
        return False
    others = (n for n in fit.sentence.numbers if n.kind == "count" and n.start != fit.number.start)
    return any(n.start < mention.start < n.end for n in others)


WHOLE: Final = screened(r"\b(?:among|of|out of)\s+(?:the|these|those|our|all)\s*\Z", re.IGNORECASE)


def _of_the_whole(fit: Fit) -> bool:
    """'Among the 66 patients who had success, recurrence developed in 9': the 66 are the whole, and the 9 had it."""
    mention, text = fit.pair.attribute.mention, fit.sentence.text
    if mention is None or fit.number.kind != "count" or WHOLE.search(fit.before) is None:
        return False
    comma = text.find(",", fit.anchor.end, mention.start)
    later = any(n.start >= mention.end and KIND_GROUPS[n.kind] in {"share", "count"} for n in fit.sentence.numbers)
    return comma >= 0 and later


# ---------------------------------------------------------------- ranges, ratios, plans

HALF_A_RANGE: Final = screened(r"\d\s*(?:to|-|–|~|or|/)\s*\Z")
OTHER_HALF: Final = screened(r"\s*/\s*\d")


def _ends_a_range(fit: Fit) -> bool:
    """'15 to 20 patients', '4/8': neither of the two."""
    if fit.number.kind != "count":
        return False
    bare = fit.anchor.end == fit.number.end and OTHER_HALF.match(fit.behind) is not None
    return HALF_A_RANGE.search(fit.before) is not None or bare


RANDOMIZED: Final = phrase(r"(?:randomi[sz]|allocat|assign)\w*|ratio")
NEAR: Final = 50
RATIO: Final = screened(r"\d+ ?[:/] ?\d+")


def _ratio_of_groups(fit: Fit) -> bool:
    """'Randomized (1/1)', 'allocated in a 2:1 ratio': how many go to each group."""
    printed = fit.sentence.text[fit.number.start : fit.number.end]
    if fit.number.kind not in {"ratio", "proportion"} or RATIO.fullmatch(printed) is None:
        return False
    return RANDOMIZED.search(fit.before[-NEAR:] + " | " + fit.behind[:NEAR]) is not None


DENIED: Final = screened(r"\b(?:not|no|nor|without|never)\s*\Z", re.IGNORECASE)


def _denied(fit: Fit) -> bool:
    """'Not > 3 previous lines': a limit that must not be passed, and no value."""
    return fit.number.op in {">", ">=", "<", "<="} and DENIED.search(fit.before) is not None


_SIZE: Final = one_of(r"sample size", r"(?:expected|required) (?:number of )?(?:events|patients|deaths)", "per stratum")
PLANNED: Final = screened(
    rf"\b{_SIZE}\b|\b(?:statistical )?assumptions?\b|\bassuming\b"
    r"|\btype (?:I|II|1|2) error|\b(?:statistical|lower|higher) power\b|\bpowered to\b"
    r"|\bpower (?:of|was|is|\([^()]*\) =) (?:0?\.\d|\d+ ?%)"
    r"|(?<![\w-])(?:alpha|beta|[αβ])(?:[- ]error)?\s*=|[αβ][- ](?:error|level)"
    r"|\b(?:will|are to|is to|shall) (?:\w+ )?be (?:randomi[sz]ed|recruited|enrolled|included|needed|required)\b"
    r"|\bwill randomi[sz]ed\b|\b(?:patients|events|subjects) (?:are|will be|would be) (?:required|needed)\b",
    re.IGNORECASE,
)
"""'Statistical assumptions are', 'a power of', 'alpha = 0.1', 'will be randomized': what a trial reckons with."""

BETA_OF_A_MODEL: Final = phrase("standard error", "coefficients?", "regression", "adjust\\w+")


def _planned(fit: Fit) -> bool:
    """What a trial reckons with when it is planned: assumptions, power, the patients that it will take."""
    if fit.sentence.block.section not in {"Methods", "Abstract", "other", "Introduction"}:
        return False
    words = fit.sentence.words
    return PLANNED.search(words) is not None and BETA_OF_A_MODEL.search(words) is None


BARE: Final = frozenset({"value", "median", "range"})


def _bare_number(fit: Fit) -> bool:
    """'The 3,400 and 4,502 peaks' of a tree, 'saline (pH 7.6)': a number without a unit is nothing that a test finds
    or a treatment does.
    """
    return fit.predicate in {"detected_by", "treated_by"} and fit.number.kind in BARE and fit.number.unit is None


def _so_many_things(fit: Fit) -> bool:
    """'Distributed over 15 capsules': how many, and nothing that is seen in a tumor."""
    mention = fit.pair.attribute.mention
    if mention is None or fit.number.kind != "threshold" or fit.number.unit is not None or fit.attribute != "sign":
        return False
    return mention.start >= fit.number.end and not fit.sentence.text[fit.number.end : mention.start].strip()


LENGTH: Final = beginning("diameter", "thickness", "length")
CHANGED: Final = beginning(
    "reduc", "increas", "decreas", "chang", "shrink", "shrank", "grew", "growth", "differ", "margin"
)


def _share_of_a_length(fit: Fit) -> bool:
    """'Holes 0.02 mm in diameter, in which less than 1% remains': no diameter is a share."""
    if fit.number.kind not in {"percent", "percent_range"} or LENGTH.search(fit.label) is None:
        return False
    return CHANGED.search(fit.sentence.words) is None


# ---------------------------------------------------------------- whom a cohort got

ANY_OF: Final = beginning("irrespective", "regardless", "independent", "whatever")


def _of_a_therapy_not_named(fit: Fit) -> bool:
    """'The 288 patients' of a paper on a drug among others: not those who got it, unless the words say so."""
    bearer = fit.pair.bearer
    if fit.predicate != "cohort" or bearer.type != "therapy" or KIND_GROUPS[fit.number.kind] == "test":
        return False
    if bearer.mention is None:
        return bearer.origin != "title"
    return ANY_OF.search(fit.sentence.text, fit.sentence.start, bearer.mention.start) is not None


def _share_of_a_kind(fit: Fit) -> bool:
    """'Subtypes are liposarcoma (25%)' behind a sentence on a drug: a share of tumors, and of none that it is for."""
    unnamed = fit.pair.bearer.mention is None and fit.predicate == "therapy_indication"
    return unnamed and KIND_GROUPS[fit.number.kind] == "share"


TESTED: Final = frozenset({"has_primary_site", "metastasizes_to", "cohort", "detected_by"})


def _test_of_no_finding(fit: Fit) -> bool:
    """'SIRT versus TACE (p = 0.93)': a test is of what came of it, and not of whether it was given."""
    if KIND_GROUPS[fit.number.kind] != "test" or fit.sentence.block.section == "Table":
        return False
    if fit.pair.attribute.origin == "before" and fit.pair.bearer.mention is None:
        return True
    if fit.pair.bearer.entity.key == "placebo" and fit.attribute == "words":
        return True
    return fit.predicate in TESTED or ENDS_IN_PATIENTS.search(fit.label) is not None


ENDS_IN_PATIENTS: Final = screened(r"\b(?:patients|groups?|cohorts?|arms?|cases|studies|trials?)\Z", re.IGNORECASE)
"""'TACE patients': who was tested, and not what for."""

OTHER_COUNTS: Final[tuple[Callable[[Fit], bool], ...]] = (
    _counts_events,
    _links_two_tumors,
    _of_a_short_form,
    _of_both_groups,
    _of_its_own_count,
    _of_the_whole,
    _ends_a_range,
    _ratio_of_groups,
    _denied,
    _planned,
    _bare_number,
    _so_many_things,
    _share_of_a_length,
    _of_a_therapy_not_named,
    _share_of_a_kind,
    _test_of_no_finding,
)
"""What each tells of a number that is of what its pair does not name."""
