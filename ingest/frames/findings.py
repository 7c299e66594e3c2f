"""This module holds the turns of phrase of findings: what causes them, what they tell apart, point to, resemble."""

from __future__ import annotations

from typing import Final

from ingest.frames.frame import DISEASE, FINDINGS, TELLING, Frame
from ingest.phrases import one_of, phrase

_EARLY: Final = one_of("preliminary", "initial", "preoperative", "first", "imaging", "radiological", "provisional")
_DIAGNOSES: Final = one_of("of", "was", "were", "included?", "comprised", "revealed", ":")

FINDING_FRAMES: Final = (
    Frame(
        name="cause",
        cue=phrase(
            *("due to", "owing to", "because of", "caused by", "attribut(?:ed|able) to", "results? from"),
            *("resulting from", "secondary to", "correspond(?:s|ed|ing) to", "related to", "linked to"),
            *("arises? (?:due to|from)", "associated with", "correlat(?:es?|ed) with", "depends? on", "vary with"),
        ),
        left=FINDINGS,
        right=FINDINGS,
        predicate="associated_with",
        example="The cystic change is probably caused by necrosis.",
    ),
    Frame(
        name="effect",
        cue=phrase("leads? to", "leading to", "results? in", "resulting in", "contribut(?:es?|ed|ing) to", "causing"),
        left=FINDINGS,
        right=FINDINGS,
        predicate="associated_with",
        example="Intratumoral hemorrhage contributes to cystic change.",
    ),
    Frame(
        name="tells-apart",
        cue=phrase(
            *(
                r"differentiat(?:e|es|ing|ion)(?: of)?",
                r"distinguish(?:es|ing)?",
                r"discriminat(?:e|es|ing|ion)(?: of)?",
            ),
            *("significant(?:ly)? differen(?:t|ces?) (?:between|from)", "differ(?:s|ed)? (?:slightly )?from"),
        ),
        left=TELLING,
        right=DISEASE,
        reach=90,
        first=True,  # the second is what it is told from
        predicate="discriminates",
        example="Computed tomography is helpful in differentiating liver metastases from hepatocellular carcinoma.",
    ),
    Frame(
        name="points-to",
        cue=phrase(
            *("(?:highly )?suggestive of", "indicat(?:es?|ed|ive of)", "suggest(?:s|ed)?", "hints? at", "points? to"),
            *(
                "favou?rs?",
                "supports? the diagnosis of",
                "predicts?",
                "predictors? (?:of|for)",
                "pathognomonic (?:of|for)",
            ),
        ),
        left=frozenset({"sign", "marker"}),
        right=frozenset({"disease", "site"}),
        reach=60,
        predicate="discriminates",
        example="Washout in the portal venous phase is suggestive of hepatocellular carcinoma.",
    ),
    Frame(
        name="foretells",
        cue=phrase(
            "predict(?:s|ed|ive of)?",
            "associated with",
            "correlat(?:es?|ed) with",
            "prognostic (?:factor|marker)s? for",
        ),
        left=frozenset({"marker", "sign", "classification"}),
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        example="Chromogranin A can predict recurrence.",
    ),
    Frame(
        name="misdiagnosed",
        cue=phrase(
            *("misdiagnos(?:ed|is) (?:\\w+ ){0,3}?as", "mistaken (?:for|as)", "misinterpreted as", "confused with"),
            rf"{_EARLY} (?:\w+ ){{0,2}}?diagnos[ei]s (?:\w+ ){{0,6}}?{_DIAGNOSES}",
        ),
        left=frozenset(),
        right=DISEASE,
        predicate="misdiagnosed_as",
        example="Neuroendocrine neoplasms are often mistaken for hepatocellular carcinoma.",
    ),
    Frame(
        name="resembles",
        cue=phrase(
            *(
                "similar to(?: those (?:of|from))?",
                "mimic(?:s|ked|king)?",
                "resembl(?:es?|ed|ing)",
                "indistinguishable from",
            ),
            *("overlap(?:s|ped)? with", "(?:distinguish|differentiate) (?:\\w+ ){0,3}?from"),
            r"differential diagnos[ei]s (?:\w+ ){0,3}?(?:included?|includes|are|is|for)",
        ),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        example="Their appearance is similar to that of hepatocellular carcinoma.",
    ),
    Frame(
        name="between",
        cue=phrase(
            *(r"differential diagnos[ei]s (?:of|between)", "(?:distinguish|differentiat)\\w+ between"),
            *("differentiation (?:of (?:\\w+ ){1,3})?between", "overlap(?:s|ping)? (?:\\w+ ){0,9}?between"),
        ),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        among=True,
        example="The differential diagnosis of hepatic adenoma and hepatocellular carcinoma is difficult.",
    ),
)
