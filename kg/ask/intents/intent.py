"""This module holds the type of a thing that can be asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

COUNTS: Final = ("proportion", "percent", "percent_range", "count")
ACCURACY: Final = ("sensitivity", "specificity", "auc", "odds_ratio", "ratio")
FINDINGS: Final = ("has_sign", "has_marker", "has_clinical_feature", "associated_with", "expresses", "has_epidemiology")


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One thing that can be asked.

    `cues` are patterns of the question, in American spelling and small letters; each counts `weight` points. A
    statement answers where its predicate is one of `predicates` (best: `prefers`), its number one of `kinds`, or its
    sentence holds `words` or stands in `sections`; with `open` others answer too, after those. A sentence with
    `stress` answers better. `needs_number` if an
    answer without a number is none. `about` says where the disease asked about must stand: 'subject' (what its
    patients have), or 'any'. `lists` is the end of the statements that a listing names ('object', 'subject'), with
    `lead` before it. `consumes` are the concepts that only say what is asked. `empty` is what is missing where nothing
    answers.
    """

    name: str
    title: str
    cues: tuple[str, ...]
    example: str
    empty: str
    predicates: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: str = ""
    weight: int = 2
    needs_number: bool = False
    about: str = "any"
    lists: str = ""
    lead: str = ""
    consumes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    prefers: str = ""
    open: bool = False
    sections: tuple[str, ...] = ()
    stress: str = ""

    def points(self, question: str) -> int:
        """How much a question's words speak for this intent."""
        return self.weight * sum(re.search(cue, question) is not None for cue in self.cues)
