"""This module tells numbers that cannot be what a pair would have them be: a time for a size, a part for the whole."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.arms import OF_ARMS
from ingest.attributes import AGE_KEY
from ingest.bystanders import BYSTANDERS
from ingest.candidates import IMAGING
from ingest.certain import SHARE_OF_A_WHOLE
from ingest.dimensions import TIME, is_known, measures, unit_pattern
from ingest.features import KIND_GROUPS
from ingest.fit import Fit
from ingest.left_out import SITES, is_no_organ
from ingest.lists import item_of, phase_in_turn
from ingest.mentions import of_type
from ingest.misread import is_misread
from ingest.not_its_number import NOT_ITS_NUMBER
from ingest.other_counts import OTHER_COUNTS
from ingest.other_items import OTHER_ITEMS
from ingest.phrases import beginning, one_of, phrase
from ingest.plans import chooses_patients
from ingest.screening import screened
from ingest.treatments import NO_TREATMENT
from ingest.units import COUNTS, LESION_NUMBER, NUMBER_OF_PATIENTS, SIZE, TECHNIQUES
from ingest.unreal import ALLOWED_FOR, SOUGHT, is_unreal
from ingest.untold import counts_no_lesion

# ---------------------------------------------------------------- what a unit measures


DOSED: Final = frozenset({"therapy"})
DOSES: Final = unit_pattern(r"(?:[kmµμn]?g|mcg|[GMk]?Bq|m?Ci|[cm]?Gy|[kM]?I?U|[mµμn]?mol|m?l|%)(?: ?[/·] ?.*)?")
"""A drug or a radiation is said to be given in these."""

UNCOUNTABLE: Final = frozenset({"sign", "disease", "modality", "site", "classification", "therapy"})
"""Types of what no ratio is of."""

LASTING: Final = {
    "clinical-feature": phrase("for", "last\\w*", "persist\\w*", "since", "history of", "duration of"),
    "modality": phrase("every"),
}
"""What stands before the time that a symptom lasted, or that passes between two examinations."""

FOLLOWED: Final = frozenset({"follow-up", "follow-up-duration", "screening"})
NEAR_BEFORE: Final = 40
"""How many characters before a number tell what it does: how long a symptom lasted, what is a share of what."""


def _of_another_dimension(fit: Fit) -> bool:
    """'2.6 cm' of a contrast agent, '3 months' of bleeding: the unit measures something else."""
    unit = fit.number.unit
    if unit is None or KIND_GROUPS[fit.number.kind] not in {"measure", "threshold"}:
        return False
    if measures(unit, fit.label) or (fit.key in FOLLOWED and TIME.match(unit)):
        return False
    if fit.attribute in DOSED:
        return DOSES.match(unit) is None
    if TIME.match(unit) and fit.attribute in LASTING:
        return LASTING[fit.attribute].search(fit.before[-NEAR_BEFORE:]) is None
    return is_known(unit)


SHARED_LABELS: Final = beginning(
    *("rate", "ratio", "percent", "index", "burden", "load", "share", "fraction", "level", "volume", "extent", "reduc"),
    *("increas", "decreas", "change", "washout", "wash-out", "difference", "enhanc", "coefficient", "degree", "shrink"),
    *("necrosis", "accuracy", "agree", "value", "uptake", "saturation", "stenosis", "loss", "efficac", "surviv"),
)


def _share_of_a_quantity(fit: Fit) -> bool:
    """'Tumor size in 10%': what is measured has a value, and is no share of patients."""
    if fit.attribute != "variable" or fit.predicate != "measured_value" or fit.number.kind not in COUNTS:
        return False
    if fit.key == LESION_NUMBER and fit.pair.attribute.origin == "unit":
        return fit.number.kind != "count"
    return fit.number.kind != "percent" or SHARED_LABELS.search(fit.label) is None


# ---------------------------------------------------------------- what a sentence only sets


_OF_A_SCALE: Final = one_of(
    *(
        "kappa",
        "κ",
        "ICCs?",
        "AUCs?",
        "AUROC",
        "coefficients?",
        "correlations?",
        "scores?",
        "[Pp][ -]values?",
        "values?",
    ),
    "agreement",
)
_SCALED: Final = one_of(
    "suggest", "indicat", "consider", "interpret", "regard", "represent", "correspond", "defin", "denot"
)
SCALE: Final = screened(
    rf"\b{_OF_A_SCALE}\b[^;]*\b{_SCALED}\w*\b"
    rf"|\b{_SCALED}\w*\b[^;]{{0,60}}\b(?:agreement|significan\w+)\b",
    re.IGNORECASE,
)
"""'A kappa of 0.61-0.80 suggested substantial agreement': what the values of a scale mean."""

_SET: Final = one_of(
    *(
        "defined",
        "counted",
        "(?:sub)?classified",
        "categori[sz]ed",
        "(?:sub)?divided",
        "graded",
        "scored",
        "stratified",
    ),
    *("regarded", "considered", "dichotomi[sz]ed", "set", "designated"),
)
DEFINED: Final = screened(
    rf"\b(?:is|are|was|were|be)\s+(?:\w+ly )?(?:\w+ )?{_SET}\b|\bdefined as\b",
    re.IGNORECASE,
)
"""'Were subclassified into small (1-2.5 cm) and medium': where a paper draws a line, not what it found."""


def _only_set(fit: Fit) -> bool:
    """A limit in Methods that the words define or a scale has: no lesion was measured."""
    if fit.sentence.block.section != "Methods" or fit.predicate in {"classified_by", "imaging_technique", "cohort"}:
        return False
    words = fit.sentence.words
    if SCALE.search(words) is not None:
        return True
    return KIND_GROUPS[fit.number.kind] in {"measure", "threshold"} and DEFINED.search(words) is not None


def _of_a_scale(fit: Fit) -> bool:
    """The limits of a scale, whatever they would be of."""
    return fit.sentence.block.section == "Methods" and SCALE.search(fit.sentence.words) is not None


def _names_a_group(fit: Fit) -> bool:
    """'Small HCCs (<3 cm)', 'single nodule <2 cm': a limit that tells which lesions are spoken of."""
    limit = fit.number.op in {"<", "<=", ">", ">="} and (fit.number.unit or "").casefold() in {"cm", "mm"}
    return limit and fit.key != SIZE and fit.predicate in {"has_prognosis", "has_sign", "therapy_outcome"}


# ---------------------------------------------------------------- what is counted


def _counts_something_else(fit: Fit) -> bool:
    """'Two sessions' or 'once' for a number of patients, 'a single session' for a single lesion."""
    mention = fit.pair.attribute.mention
    if mention is not None and counts_no_lesion(fit.sentence, mention):
        return True
    if fit.key != NUMBER_OF_PATIENTS or fit.number.kind != "count":
        return False
    return OF_THINGS.match(fit.number.unit or "") is not None


OF_THINGS: Final = screened(
    r"(?:holes?|electrodes?|peaks?|times|sessions?|treatments?|procedures?|scans?|examinations?|injections?|samples?"
    r"|specimens?|nodes?|lymph.nodes?|ablations?|operations?|resections?|lesions?|masses|nodules?|[a-z])\Z",
    re.IGNORECASE,
)
"""Nouns of what is no patient."""


def _part_of_a_group(fit: Fit) -> bool:
    """'4/8', 'another patient', 'four patients died': some of those whose number is told elsewhere."""
    if fit.key != NUMBER_OF_PATIENTS or fit.predicate not in {"cohort", "has_epidemiology"}:
        return False
    if fit.number.kind != "count":
        return True
    if "certain" in fit.pair.attribute.features:
        return False
    return fit.number.fields.get("value") == 1 or PART.match(fit.behind) is not None


_DID: Final = one_of(
    *("died", "showed", "exhibited", "demonstrated", "developed", "required", "withdrew", "refused", "dropped"),
    *("relapsed", "recurred", "survived", "suffered", "experienced", "remained", "had (?:an?|no|been|to)"),
    "were (?:lost|alive|re-?admitted|asymptomatic|misdiagnosed)",
)
PART: Final = screened(
    rf"\s*(?:in each (?:group|arm)|of (?:them|these|those|whom|which))?\s*{_DID}\b",
    re.IGNORECASE,
)
"""' died', ' in each group had a': what some of a group did."""

CONCENTRATED: Final = screened(r"\s*(?:[\w-]+ ){0,2}$")


def _concentration(fit: Fit) -> bool:
    """'0.9% saline', '2% lidocaine': how strong what is given is, not how many are given it."""
    mention = fit.pair.attribute.mention
    if mention is None or fit.attribute != "therapy" or fit.number.kind != "percent":
        return False
    between = fit.sentence.text[fit.anchor.end : mention.start]
    return mention.start >= fit.anchor.end and CONCENTRATED.match(between) is not None and not GIVEN.search(between)


GIVEN: Final = phrase("received?", "underwent", "had", "were", "of", "with", "by")


def _ratio_of_arms(fit: Fit) -> bool:
    """'Randomized 1:1': no ratio of a stage or of a therapy."""
    return (
        fit.number.kind == "ratio"
        and ":" in fit.sentence.text[fit.number.start : fit.number.end]
        and (fit.attribute in UNCOUNTABLE)
    )


def _of_who_was_chosen(fit: Fit) -> bool:
    """A number among criteria of inclusion that would be one of a modality, a site or a feature."""
    if fit.key == AGE_KEY or not chooses_patients(fit.sentence):
        return False
    return fit.attribute in {"modality", "site", "clinical-feature", "therapy"}


def _share_of_a_whole(fit: Fit) -> bool:
    """'Accounting for 66-74% of cases': the share is one of what stands before the verb; '0.3% of all NENs are PHNENs':
    a kind and its share go with nothing; of a paper's own cases a share is no epidemiology.
    """
    if KIND_GROUPS[fit.number.kind] != "share":
        return False
    if fit.predicate == "associated_with":
        return OF_ALL.match(fit.behind) is not None
    if SHARE_OF_A_WHOLE.search(fit.before[-NEAR_BEFORE:]) is None:
        return False
    if fit.predicate == "has_epidemiology":
        return fit.attribute == "words" and fit.sentence.evidence == "own"
    return fit.predicate in {"has_sign", "measured_value", "has_clinical_feature", "cohort"}


OF_ALL: Final = screened(r"\s*of all\b")


def _not_its_place(fit: Fit) -> bool:
    """'28 s, 58 s and 120 s' behind several phases that make up no list with as many items."""
    phases = of_type(fit.sentence.mentions, "phase")
    mention = fit.pair.attribute.mention
    if mention not in phases or fit.anchor.count < 2 or len(phases) < 2:
        return False
    turn = item_of(fit.sentence, fit.anchor, phases) or phase_in_turn(fit.anchor, phases)
    return turn is None


# ---------------------------------------------------------------- whom it is of


def _of_imaging(fit: Fit) -> bool:
    """What is said of imaging as a whole is how no image is taken, and no disease has a slice thickness."""
    if fit.key in TECHNIQUES and fit.pair.bearer.type != "modality":
        return True
    return fit.pair.bearer.entity.key == IMAGING and fit.predicate in {"imaging_technique", "other", "measured_value"}


NORMAL: Final = screened(
    r"\s*(?:of|in) (?:the )?(?:\w+ )?(?:normal|adjacent|surrounding|background|healthy)\b", re.IGNORECASE
)
BEHIND_A_STROKE: Final = "decimals with a stroke"


THAN_TISSUE: Final = screened(
    r"\bthan (?:that|those|the \w+) (?:of|in) (?:the )?(?:\w+ )?"
    r"(?:liver|parenchyma|tissue|background|muscle|spleen|pancreas)\b",
    re.IGNORECASE,
)


def _of_normal_tissue(fit: Fit) -> bool:
    """'46.3/52.1' of a mass and the liver, 'than that of the liver (1.0 vs. 2.2)': the second is not the mass's."""
    mention = fit.pair.attribute.mention
    if fit.anchor.arms and fit.anchor.index == 1 and THAN_TISSUE.search(fit.before) is not None:
        return True
    if fit.number.rule == BEHIND_A_STROKE and fit.before.rstrip().endswith("/"):
        return True
    return mention is not None and NORMAL.match(fit.sentence.text, mention.end, fit.sentence.end) is not None


def _own_words_say_nothing(fit: Fit) -> bool:
    """What opens a sentence, or runs over another number, is no name of what is measured."""
    ends = (fit.pair.bearer, fit.pair.attribute)
    if any("origin=opening" in one.features for one in ends):
        return True
    if fit.key is None and WIDE_NAME.fullmatch(fit.label) is not None:
        return True
    return fit.attribute == "words" and NO_NAME.search(fit.label) is not None


NO_NAME: Final = screened(
    r"\A(?:with|in|of|until|after|before|following|while|if|when|suggest\w*|indicat\w*|identifying|show\w*"
    r"|group|sets?|years?|months?|days?)\b|\d\.\d|\bby\Z",
    re.IGNORECASE,
)
"""'indicated GEP NETs', 'until', 'A kappa of 0.81': words that name nothing."""

_WIDE: Final = one_of(
    *("conclusions?", "range", "moderate", "severe", "mild", "weak", "strong", "negligible", "analys[ei]s", "results?"),
    *("samples?(?: available)?", "representative", "total", "average", "figures?"),
    *("data", "values?", "cases?", "others?"),
    *("addition", "contrast", "particular", "fact", "series", "study", "studies", "report", "literature", "interval"),
    *("proportion", "percentage", "majority", "minority", "number", "mean", "median", "level", "order", "ratio"),
    *("alpha", "beta", "power", "week", "trial", "stratum", "available", "present", "overall", "same", "significant"),
)
_UNIT: Final = r"mmHg|(?:[mµkn]?g|[mµ]?l|cm|mm|[mµ]?mol|[kM]?I?U)/\w+"
_HEAD: Final = one_of("sets", "analysis", "samples(?: available)?", "patients", "groups?", "arms?")
WIDE_NAME: Final = screened(rf"\w+ly|{_UNIT}|(?:[\w-]+ )?(?:{_WIDE})|(?:[\w-]+ ){{0,2}}(?:{_HEAD})", re.IGNORECASE)
"""'duplicate sets', 'conclusion', 'TIMP-1 analysis': words as wide as any."""

OF_OUTCOMES: Final = frozenset({"therapy_outcome", "complication"})
OF_TREATING: Final = OF_OUTCOMES | {"treated_by", "therapy_indication"}


def _of_nothing(fit: Fit) -> bool:
    """'Fell (p = 0.02) after adjusting for age and stage', 'trials (1:1) to assess the activity of': no number of what
    is only allowed for, nor of what a therapy is yet to do.
    """
    mention = fit.pair.attribute.mention
    if mention is None:
        return False
    patterns = (ALLOWED_FOR, SOUGHT) if fit.predicate in OF_TREATING else (ALLOWED_FOR,)
    return is_unreal(fit.sentence, mention.start, *patterns)


def _misread(fit: Fit) -> bool:
    """'15 capsules of 400 mg', 'particle size 100 µm': of what a name does not mean there."""
    return is_misread(fit.sentence, fit.pair.attribute.mention)


def _tests_nothing(fit: Fit) -> bool:
    """'Survival was 20 months for A versus 24 months for B (p = 0.9)': no test of whether a disease is treated; nor
    does a placebo treat any.
    """
    if fit.predicate not in OF_TREATING - OF_OUTCOMES:
        return False
    ends = {fit.key, fit.pair.bearer.entity.key}
    return not ends.isdisjoint(NO_TREATMENT) or KIND_GROUPS[fit.number.kind] == "test"


NODE_STATUS: Final = screened(r"[\s-](?:negative|positive)\b", re.IGNORECASE)


def _of_no_organ(fit: Fit) -> bool:
    """'Two patients had dissection of the hepatic artery', '15% node negative tumors': nowhere that a tumor starts."""
    mention = fit.pair.attribute.mention
    if fit.predicate in SITES and mention is not None and NODE_STATUS.match(fit.sentence.text, mention.end):
        return True
    return is_no_organ(fit.label, fit.predicate)


MISFITS: Final[tuple[Callable[[Fit], bool], ...]] = (
    _of_another_dimension,
    _share_of_a_quantity,
    _only_set,
    _of_a_scale,
    _names_a_group,
    _counts_something_else,
    _part_of_a_group,
    _concentration,
    _ratio_of_arms,
    _of_who_was_chosen,
    _share_of_a_whole,
    _not_its_place,
    _of_imaging,
    _of_normal_tissue,
    _own_words_say_nothing,
    _of_nothing,
    _of_no_organ,
    _tests_nothing,
    _misread,
    *OF_ARMS,
    *BYSTANDERS,
    *OTHER_COUNTS,
    *OTHER_ITEMS,
    *NOT_ITS_NUMBER,
)
"""What each tells of a number that is not what its pair would have it be."""


def misfits(fit: Fit) -> bool:
    """Whether a number cannot be what its pair would have it be."""
    return any(is_one(fit) for is_one in MISFITS)
