"""This module says which predicate joins two things: by their types, the kind of number and the words around."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from ingest.phrases import beginning, one_of
from ingest.screening import screened


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: for these types of attribute and bearer, kinds of number, words and sections, this predicate.

    An empty field allows anything; `tumor` asks whether the attribute is one; `words` and `unless` are patterns of
    words that the sentence must have, and that those near the number must not have. `turned` makes the attribute the
    subject.
    """

    predicate: str
    attribute: frozenset[str] = frozenset()
    bearer: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    words: str = ""
    unless: str = ""
    tumor: bool | None = None
    sections: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    turned: bool = False

    def joins(self, case: Case) -> bool:
        """Whether the types and the kind of a case are those that the row is for."""
        return (
            (not self.attribute or case.attribute in self.attribute)
            and (not self.bearer or case.bearer in self.bearer)
            and (not self.kinds or case.kind in self.kinds)
        )

    def fits(self, case: Case) -> bool:
        """Whether a case has everything that the row asks for."""
        return (
            self.joins(case)
            and (not self.keys or case.key in self.keys)
            and (not self.sections or case.section in self.sections)
            and (not self.evidence or case.evidence in self.evidence)
            and (self.tumor is None or case.tumor is self.tumor)
            and (not self.unless or screened(self.unless, re.IGNORECASE).search(case.near) is None)
            and (not self.words or screened(self.words, re.IGNORECASE).search(case.words) is not None)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a predicate is asked for: `kind` is a key of `ingest.features.KIND_GROUPS`, `words` the sentence without the
    names of diseases, `near` the words around the number.
    """

    attribute: str
    bearer: str
    kind: str
    key: str | None
    words: str
    section: str
    evidence: str
    tumor: bool = False
    near: str = ""


_TESTS: Final = frozenset(
    {"p_value", "test_statistic", "odds_ratio", "auc", "sensitivity", "specificity", "predictive"}
)
_ACCURACY: Final = frozenset({"sensitivity", "specificity", "auc", "predictive"})
_SPREADS: Final = frozenset({"mean_sd", "median", "median_iqr", "range", "value", "duration", "size"})
_SUMMARIES: Final = frozenset({"mean_sd", "median", "median_iqr", "range"})
_SHARES: Final = frozenset({"count", "proportion", "percent", "percent_range"})
_COHORT: Final = frozenset({"number-of-patients", "age", "male-sex", "female-sex"})
_EPIDEMIOLOGY: Final = frozenset(
    {
        *("incidence", "prevalence", "rare-occurrence", "sporadic-occurrence"),
        *("male-predominance", "female-predominance", "older-age", "middle-age", "younger-age", "childhood"),
    }
)
"""How often a disease is, and in whom."""

_FOLLOWED: Final = frozenset({"follow-up", "follow-up-duration"})
_AT_ENTRY: Final = _COHORT | _FOLLOWED | {"sex"}
"""What a table says of the patients before anything was done to them."""

COMPLICATIONS: Final = frozenset({"complication", "major-complication", "minor-complication", "adverse-event"})
"""What treatment leads to: where one is in focus, it bears them."""

HEREDITARY: Final = frozenset(
    {
        *("hereditary-tumor-syndrome", "men1", "men2", "men4", "vhl", "nf1", "tuberous-sclerosis", "gcpn-syndrome"),
        *(
            "insulinomatosis",
            "fap",
            "lynch-syndrome",
            "peutz-jeghers-syndrome",
            "li-fraumeni-syndrome",
            "hboc-syndrome",
        ),
        *(
            "beckwith-wiedemann-syndrome",
            "cowden-syndrome",
            "carney-triad",
            "carney-complex",
            "hereditary-leiomyomatosis",
        ),
        *("hereditary-paraganglioma-syndrome", "mccune-albright-syndrome", "birt-hogg-dube-syndrome"),
        "autosomal-dominant-inheritance",
    }
)
"""Syndromes that a tumor is part of, not what it brings."""

_HOW_TREATED: Final = frozenset({"number-of-treatment-sessions", "treatment-interval"})
"""What says how a therapy was given, not what came of it."""

TUMOR: Final = beginning(
    "neoplas", "cancer", "carcinoma", "tumou?r", "malignan", "sarcoma", "melanoma", "metasta", "adenoma"
)
"""How the names of tumors are known."""

_TO_TELL: Final = one_of(
    r"differentiat(?:e|es|ing)\b", "discriminat", r"\bdistinguish", r"\bdistinction", "told apart", "tell apart"
)
TELLING_APART: Final = one_of(
    rf"{_TO_TELL}",
    r"differentiated (?:\w+ ){0,2}(?:from|between)\b",
    r"differentiation (?:of|from|between)\b",
    r"predictors?\b",
    *("highly suggestive", "significantly different"),
)
"""Words with which a sign is said to tell diseases apart, rather than to be seen in one."""

RAISED: Final = r"elevat|increas|rais|high|heighten|positiv|abnormal|express|decreas|\blow|normal|negative"
"""Words that say how a marker was; without them 'detected in three cases' says that it was measured in three."""


def _of(*names: str) -> frozenset[str]:
    return frozenset(names)


_FELT: Final = _of("clinical-feature", "syndrome")
_SECTIONS_OF_FINDINGS: Final = ("Results", "Abstract", "Discussion", "Table")

_SPREADING: Final = r"metasta|spread|involve|\binva[ds]"

RULES: Final = (
    Rule(predicate="detected_by", kinds=_ACCURACY, attribute=_of("modality"), bearer=_of("disease")),
    Rule(predicate="detected_by", kinds=_ACCURACY, attribute=_of("disease"), bearer=_of("modality"), turned=True),
    Rule(predicate="complication", keys=COMPLICATIONS, bearer=_of("therapy")),
    Rule(predicate="cohort", keys=_FOLLOWED, kinds=_SUMMARIES, evidence=_of("own")),
    Rule(predicate="cohort", keys=_of("follow-up-duration"), kinds=_SPREADS, evidence=_of("own")),
    Rule(predicate="cohort", keys=_FOLLOWED, kinds=_SPREADS, words=r"\bevery\b|\bvisits?\b", evidence=_of("own")),
    Rule(predicate="cohort", keys=_AT_ENTRY, kinds=_TESTS, bearer=_of("therapy")),
    Rule(
        predicate="measured_value",
        kinds=_TESTS,
        bearer=_of("therapy"),
        attribute=_of("variable", "measure", "words", "marker"),
    ),
    Rule(predicate="therapy_outcome", kinds=_TESTS, bearer=_of("therapy")),
    Rule(predicate="measured_value", keys=_of("dose"), kinds=_SPREADS, bearer=_of("therapy")),
    Rule(predicate="treated_by", keys=_HOW_TREATED, kinds=_SPREADS | _SHARES, bearer=_of("therapy")),
    Rule(predicate="measured_value", kinds=_SPREADS, bearer=_of("therapy"), attribute=_of("measure", "words")),
    Rule(
        predicate="discriminates",
        kinds=_TESTS,
        bearer=_of("disease"),
        attribute=_of("sign", "variable", "marker", "measure", "words", "phase", "classification", "site", "modality"),
        turned=True,
    ),
    Rule(predicate="cohort", keys=_COHORT, evidence=_of("own")),
    Rule(predicate="cohort", keys=_of("number-of-patients"), evidence=_of("cited")),
    Rule(predicate="cohort", keys=_of("lesion-number"), kinds=_of("count"), evidence=_of("own")),
    Rule(predicate="has_epidemiology", keys=_COHORT),
    Rule(predicate="has_epidemiology", keys=_EPIDEMIOLOGY),
    Rule(predicate="has_prognosis", keys=_of("slow-growth"), bearer=_of("disease")),
    Rule(predicate="associated_with", keys=HEREDITARY, bearer=_of("disease")),
    Rule(
        predicate="has_epidemiology",
        attribute=_of("words"),
        bearer=_of("disease"),
        kinds=_of("percent", "percent_range", "proportion"),
        words=r"\baccount|\brepresent|\bconstitut|\bcompris|\bof all\b",
    ),
    Rule(predicate="complication", keys=_of("complication")),
    Rule(
        predicate="associated_with",
        attribute=_of("disease", "clinical-feature"),
        bearer=_of("therapy"),
        kinds=_SHARES,
        words=r"\betiolog|\baetiolog|\bcauses? of\b|\bunderlying",
        unless=r"\bdeaths?\b|\bdied\b",
    ),
    Rule(
        predicate="complication",
        attribute=_of("disease"),
        bearer=_of("therapy"),
        kinds=_SHARES,
        tumor=False,
    ),
    Rule(
        predicate="complication",
        bearer=_of("therapy"),
        attribute=_of("clinical-feature", "syndrome", "disease"),
        words=r"complicat|adverse|side effect|toxicit|\bcaus|\binduc|\bmorbidit|syndrome",
    ),
    Rule(
        predicate="discriminates",
        attribute=_of("sign", "variable", "marker", "measure"),
        bearer=_of("disease"),
        words=TELLING_APART,
        turned=True,
    ),
    Rule(
        predicate="discriminates",
        attribute=_of("sign", "variable", "marker", "measure"),
        bearer=_of("disease"),
        kinds=_of("threshold"),
        words=r"\bcut-?\s?offs?\b",
        turned=True,
    ),
    Rule(predicate="has_sign", attribute=_of("sign")),
    Rule(predicate="imaging_technique", attribute=_of("variable"), bearer=_of("modality"), sections=_of("Methods")),
    Rule(predicate="measured_value", attribute=_of("variable")),
    Rule(predicate="expresses", attribute=_of("marker"), words=r"\bexpress|\bproduc|\bsecret|\breleas"),
    Rule(
        predicate="measured_value",
        attribute=_of("marker"),
        kinds=_of("mean_sd", "median", "median_iqr", "range", "value", "threshold"),
    ),
    Rule(
        predicate="measured_value", attribute=_of("marker"), kinds=_of("count", "proportion", "percent"), unless=RAISED
    ),
    Rule(predicate="has_marker", attribute=_of("marker")),
    Rule(predicate="has_clinical_feature", attribute=_FELT, bearer=_of("disease", "syndrome")),
    Rule(predicate="associated_with", attribute=_of("disease"), bearer=_of("syndrome")),
    Rule(predicate="therapy_outcome", attribute=_FELT, bearer=_of("therapy")),
    Rule(predicate="metastasizes_to", keys=_of("lymph-node"), bearer=_of("disease"), words=_SPREADING),
    Rule(predicate="has_primary_site", attribute=_of("site"), words=r"\bprimary|\borigin|\baris|\blocated|\bsites? of"),
    Rule(predicate="metastasizes_to", attribute=_of("site"), words=_SPREADING),
    Rule(predicate="has_primary_site", attribute=_of("site")),
    Rule(
        predicate="therapy_contraindication",
        attribute=_of("therapy"),
        bearer=_of("disease"),
        words=r"contraindicat|(?:exclud|preclud|prevent|prohibit)(?:e|ed|ing|es|s)? [\w ]{2,30} from\b",
        turned=True,
    ),
    Rule(predicate="treated_by", attribute=_of("therapy"), bearer=_of("disease")),
    Rule(predicate="therapy_indication", attribute=_of("disease"), bearer=_of("therapy")),
    Rule(predicate="treated_by", attribute=_of("therapy"), bearer=_of("therapy")),
    Rule(predicate="therapy_outcome", attribute=_of("outcome"), bearer=_of("therapy")),
    Rule(predicate="has_prognosis", attribute=_of("outcome"), bearer=_of("disease")),
    Rule(
        predicate="misdiagnosed_as",
        attribute=_of("disease"),
        bearer=_of("disease"),
        words=r"misdiagnos|mistaken|initial (?:\w+ )?diagnos|not considered in the diagnosis",
    ),
    Rule(
        predicate="differential_of",
        attribute=_of("disease"),
        bearer=_of("disease"),
        words=r"differential|similar|mimic|resembl|overlap|distinguish|differentiat|unlike|compared",
    ),
    Rule(predicate="associated_with", attribute=_of("disease"), bearer=_of("disease")),
    Rule(predicate="classified_by", attribute=_of("classification")),
    Rule(predicate="imaging_technique", attribute=_of("phase"), bearer=_of("disease", "modality")),
    Rule(
        predicate="imaging_technique",
        bearer=_of("modality"),
        attribute=_of("words", "measure", "modality", "phase", "site", "therapy"),
    ),
    Rule(predicate="detected_by", keys=_of("histopathology", "biopsy"), bearer=_of("disease")),
    Rule(
        predicate="imaging_technique",
        attribute=_of("modality"),
        bearer=_of("disease"),
        kinds=_SHARES,
        words=r"\bunderw|\bperformed\b|\bwere (?:scanned|imaged|examined)\b",
        unless=r"\bdetect|\bdiagnos|\bidentif|\bconfirm|\bvisuali|\bdepict|\bshow|\breveal",
    ),
    Rule(
        predicate="imaging_technique",
        attribute=_of("modality"),
        sections=_of("Methods"),
        bearer=_of("disease", "modality"),
    ),
    Rule(predicate="detected_by", attribute=_of("modality")),
    Rule(
        predicate="classified_by",
        kinds=_of("threshold"),
        attribute=_of("measure", "words"),
        words=r"defin|classif|grad|categor",
    ),
    Rule(
        predicate="therapy_outcome",
        attribute=_of("words", "measure"),
        bearer=_of("therapy"),
        sections=_of(*_SECTIONS_OF_FINDINGS),
    ),
    Rule(predicate="measured_value", attribute=_of("measure", "words")),
)

"""The first row that fits is taken, so a narrower row stands before a wider one."""

FALLBACK: Final = Rule(predicate="other")


def predicate_rule(case: Case) -> Rule:
    """The row that joins a bearer and an attribute.

    >>> washout = {"attribute": "sign", "bearer": "disease", "key": "washout", "section": "Results", "evidence": "own"}
    >>> [predicate_rule(Case(kind=kind, words="", **washout)).predicate for kind in ("p_value", "proportion")]
    ['discriminates', 'has_sign']
    """
    rules = _rules_of(case.attribute, case.bearer, case.kind)
    return next((rule for rule in rules if rule.fits(case)), FALLBACK)


@cache  # there are few types and kinds
def _rules_of(attribute: str, bearer: str, kind: str) -> tuple[Rule, ...]:
    """The rows that ask for nothing else of these types and this kind."""
    asked = Case(attribute=attribute, bearer=bearer, kind=kind, key=None, words="", section="", evidence="")
    return tuple(rule for rule in RULES if rule.joins(asked))
