"""This module holds what a turn of phrase is that joins two named things: a row with its cue and what it joins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.phrases import one_of
from ingest.predicates import Rule
from ingest.screening import Pattern, screened

RIGHT_REACH: Final = 110
"""How many characters behind a cue the nearest of what it joins may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A row: a cue with what may stand before and behind it, and the predicate that it states between the two.

    `left` is empty where the thing before is the disease in focus, named or not; else `reach` is how many characters
    before the cue it may stand; `unnamed` lets the disease in focus bear it where none stands there. `near` is how many
    behind the cue what is joined may begin; `also` names concepts of other types that may stand there. `opening` and
    `closing` are words that must stand before and behind the cue. `among` joins the first thing behind the cue with the
    others of its list; `first` takes the first alone. `focus` says what stands
    before the cue of the disease in focus. `turned` makes what stands behind the subject. `itself` says that
    the cue must speak of what stands before it and not of something of it ('the treatment of NETs causes'). `wide`
    takes 'metastases' of no primary too. `negative` says that a 'not' within or before the cue is part of what the row
    says ('should not be offered to'). `denies` says that the cue denies by itself ('is negative in'). `says` is the key
    of a concept that the cue itself names ('grow slowly'): nothing behind it is looked for, unless there is a `right`,
    which it is then said of. `planned` lets the row read a sentence that else only plans: what is defined, and what an
    examination was done for. `words` is the type that the paper's own words behind the cue are of where they have no
    concept yet; empty where they may be anything. `example` is a sentence that the row reads.
    """

    name: str
    cue: Pattern
    left: frozenset[str]
    right: frozenset[str]
    predicate: str
    reach: int = 30
    near: int = RIGHT_REACH
    unnamed: bool = False
    also: frozenset[str] = frozenset()
    opening: Pattern | None = None
    closing: Pattern | None = None
    among: bool = False
    first: bool = False
    focus: bool = False
    turned: bool = False
    itself: bool = False
    wide: bool = False
    negative: bool = False
    denies: bool = False
    says: str = ""
    planned: bool = False
    words: str = ""
    example: str

    @property
    def rule(self) -> Rule:
        """What joins the bearer (the thing before the cue) and the attribute behind it."""
        return Rule(predicate=self.predicate, turned=self.turned)

    def may_join(self, types: frozenset[str], keys: frozenset[str]) -> bool:
        """Whether a sentence that names concepts of some types, and these, names what may stand on its two sides.

        What has no concept may stand behind a row that takes words.
        """
        if self.focus:
            return not types.isdisjoint(self.left)
        named_behind = not (types.isdisjoint(self.right) and keys.isdisjoint(self.also))
        says_itself = self.says != "" and not self.right
        named_before = not self.left or self.unnamed or not types.isdisjoint(self.left)
        return named_before and (named_behind or says_itself or self.words != "")


FINDINGS: Final = frozenset({"sign", "marker", "clinical-feature", "syndrome"})
TELLING: Final = frozenset({"sign", "marker", "modality"})
DISEASE: Final = frozenset({"disease"})
SITE: Final = frozenset({"site"})
THERAPY: Final = frozenset({"therapy"})
TEST: Final = frozenset({"modality"})
MARKER: Final = frozenset({"marker"})
COMPLAINTS: Final = frozenset({"clinical-feature", "syndrome"})
"""What a patient complains of."""
ILLNESS: Final = frozenset({"disease", "syndrome"})
WHO_HAVE: Final = (
    r"(?:(?:the|an?|most|many|up to|about|some|half of|\d+ ?% of|all|patients with|those with|people with|cases of) )*"
)
"""'the majority of patients with '."""

TIE: Final = one_of(
    *(
        r"\s",
        ",",
        "of",
        "in",
        "for",
        "with",
        "from",
        "the",
        "an?",
        "all",
        "most",
        "many",
        "some",
        "several",
        "patients?",
    ),
    *("cases?", "who", "have", "has", "management", "treatment", "therapy", "treating", "treat", r"\([^()]*\)", "and"),
    *(
        "or",
        "these",
        "their",
        "women",
        "selected",
        "young",
        "elderly",
        "cirrhotic",
        "advanced",
        "early",
        "intermediate",
    ),
    *(
        "late",
        "stage",
        "unresectable",
        "nonresectable",
        "resectable",
        "inoperable",
        "metastatic",
        "primary",
        "recurrent",
    ),
    *(
        "progressive",
        "small",
        "large",
        "single",
        "solitary",
        "multiple",
        "multifocal",
        "bilobar",
        "diffuse",
        "sporadic",
    ),
    *("locali[sz]ed", "symptomatic", "functional", "functioning", "non-?functioning", "benign", "malignant"),
    *("treatment-naive", "well[- ]differentiated", "poorly differentiated", "low-grade", "high-grade"),
)
FOR_WHOM: Final = screened(rf"{TIE}*", re.IGNORECASE)
"""' for patients with the ': what joins a therapy and the disease that it is for."""

ITS_PREDICATES: Final = frozenset(
    {"therapy_outcome", "therapy_indication", "therapy_contraindication", "treated_by", "complication"}
)
"""What is said of a therapy."""
