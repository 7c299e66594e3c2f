"""This module reads the turns of phrase that join two named things: 'misdiagnosed as', 'due to', 'helpful in
differentiating'.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from ingest.phrases import one_of, phrase
from ingest.predicates import Rule
from ingest.screening import Pattern, screened

RIGHT_REACH: Final = 110
"""How many characters behind a cue the nearest of what it joins may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A row: a cue with what may stand before and behind it, and the predicate that it states between the two.

    `left` is empty where the thing before is the disease in focus, named or not; else `reach` is how many characters
    before the cue it may stand. `near` is how many behind the cue what is joined may begin. `opening` are words that
    must stand before the cue. `among` joins the first thing behind the cue with the others of its list; `first` takes
    the first alone. `turned` makes what stands behind the subject. `example` is a sentence that the row reads.
    """

    name: str
    cue: Pattern
    left: frozenset[str]
    right: frozenset[str]
    predicate: str
    reach: int = 30
    near: int = RIGHT_REACH
    opening: Pattern | None = None
    among: bool = False
    first: bool = False
    turned: bool = False
    example: str

    @property
    def rule(self) -> Rule:
        """What joins the bearer (the thing before the cue) and the attribute behind it."""
        return Rule(predicate=self.predicate, turned=self.turned)


_FINDINGS: Final = frozenset({"sign", "marker", "clinical-feature", "syndrome"})
_TELLING: Final = frozenset({"sign", "marker", "modality", "classification"})
_DISEASE: Final = frozenset({"disease"})

_EARLY: Final = one_of("preliminary", "initial", "preoperative", "first", "imaging", "radiological", "provisional")
_DIAGNOSES: Final = one_of("of", "was", "were", "included?", "comprised", "revealed", ":")

_FRAMES: Final = (
    Frame(
        name="cause",
        cue=phrase(
            *("due to", "owing to", "because of", "caused by", "attribut(?:ed|able) to", "results? from"),
            *("resulting from", "secondary to", "correspond(?:s|ed|ing) to", "related to", "linked to"),
            *("arises? (?:due to|from)", "associated with", "correlat(?:es?|ed) with", "depends? on", "vary with"),
        ),
        left=_FINDINGS,
        right=_FINDINGS,
        predicate="associated_with",
        example="The cystic change is probably caused by necrosis.",
    ),
    Frame(
        name="effect",
        cue=phrase("leads? to", "leading to", "results? in", "resulting in", "contribut(?:es?|ed|ing) to", "causing"),
        left=_FINDINGS,
        right=_FINDINGS,
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
        left=_TELLING,
        right=_DISEASE,
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
        right=_DISEASE,
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
        right=_DISEASE,
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
        right=_DISEASE,
        predicate="differential_of",
        among=True,
        example="The differential diagnosis of hepatic adenoma and hepatocellular carcinoma is difficult.",
    ),
)

_SHOWN: Final = one_of(
    *("detect", "identif", "visuali[sz]", "locali[sz]", "depict", "exclud", "diagnos", "confirm", "delineat"),
    "discover",
)
"""Beginnings of words that say that something is seen; what is assessed, staged or evaluated may be anything."""

_DETECTION: Final = (
    Frame(
        name="detects",
        cue=screened(
            rf"\b{_SHOWN}(?:e|es|s|y|ies|ing|ion|ation|ment|sis|tic)?(?: (?:of|the|and|or|both|for))*\b", re.IGNORECASE
        ),
        left=frozenset({"modality"}),
        right=frozenset({"disease", "sign", "outcome"}),
        predicate="detected_by",
        reach=100,
        turned=True,
        example="Endoscopic ultrasound is used to detect lymph node metastases.",
    ),
    Frame(
        name="shown-by",
        cue=screened(rf"\b{_SHOWN}(?:ed|n|ied)? (?:\w+ly )?(?:by|with|on|using|at|in|via)\b", re.IGNORECASE),
        left=frozenset({"disease", "sign"}),
        right=frozenset({"modality"}),
        predicate="detected_by",
        reach=50,
        near=45,
        example="Hepatic adenoma was better depicted by magnetic resonance imaging.",
    ),
    Frame(
        name="brings",
        cue=phrase(
            "(?:can |may |could |sometimes )?(?:induces?|causes?)", "complications (?:of \\w+ )?(?:are|were|include)"
        ),
        left=frozenset({"therapy"}),
        right=frozenset({"clinical-feature", "syndrome", "disease", "sign"}),
        predicate="complication",
        reach=60,
        example="Radiofrequency ablation can cause liver abscess.",
    ),
    Frame(
        name="achieves",
        cue=phrase(
            *("effective (?:\\w+ ){0,2}?(?:for|in)", "(?:therapy|treatment|drugs?) for", "results? in", "achieves?"),
            *("improves?", "provides?", "offers?", "reduces?", "prolongs?", "relieves?", "leads? to", "allows?"),
        ),
        left=frozenset({"therapy"}),
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        reach=60,
        example="Octreotide is effective for symptom control.",
    ),
    Frame(
        name="characterised",
        cue=phrase(
            *("characteri[sz]ed by", "consists? of", "presents? with", "manifests? (?:as|with)", "accompanied by"),
            *("includes?", "such as", "comprises?"),
        ),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        example="The carcinoid syndrome is characterised by flushing and diarrhea.",
    ),
)

_CAN_COMPLAIN: Final = frozenset({"clinical-feature", "syndrome"})
_THERAPY: Final = frozenset({"therapy"})
_LISTS: Final = phrase("includes?", "included", "are", "is", "were", "comprise")
_FIRST_CHOICE: Final = rf"{one_of('first', 'second', 'third')}[- ]line (?:treatment|therapy|option)"
_THERAPIES: Final = (
    Frame(
        name="side-effects",
        opening=phrase(
            "complications?", "side[- ]effects?", "adverse (?:events?|effects?|reactions?)", "toxicit(?:y|ies)"
        ),
        cue=_LISTS,
        left=_THERAPY,
        right=_CAN_COMPLAIN | {"disease", "outcome"},
        predicate="complication",
        near=40,
        example="The side effects of radiofrequency ablation include fever and nausea.",
    ),
    Frame(
        name="goes-with",
        cue=phrase("associated with", "complicated by", "followed by", "provoke[sd]?", "risks? of"),
        left=_THERAPY,
        right=_CAN_COMPLAIN,
        predicate="complication",
        reach=60,
        near=60,
        example="Radiofrequency ablation is associated with fever.",
    ),
    Frame(
        name="forbidden-by",
        opening=phrase("contraindications? (?:of|for|to|against)"),
        cue=_LISTS,
        left=_THERAPY,
        right=_CAN_COMPLAIN | {"disease", "sign"},
        predicate="therapy_contraindication",
        near=40,
        example="Contraindications to chemoembolization include liver failure.",
    ),
    Frame(
        name="forbidden-in",
        cue=phrase("contraindicated (?:in|for|when|if)"),
        left=_THERAPY,
        right=_CAN_COMPLAIN | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=40,
        near=60,
        example="Chemoembolization is contraindicated in patients with liver failure.",
    ),
    Frame(
        name="forbids",
        cue=phrase(r"(?:is|was|are|were|as|being) (?:an? )?(?:\w+ )?contraindications? (?:for|to|of|against)"),
        left=_CAN_COMPLAIN | {"disease", "sign"},
        right=_THERAPY,
        predicate="therapy_contraindication",
        reach=20,
        near=30,
        turned=True,
        example="Liver failure is a contraindication to chemoembolization.",
    ),
    Frame(
        name="relieves",
        cue=phrase(
            *(
                "relie(?:ves?|ved|ving|f of)",
                "reduc(?:es?|ed|ing|tion of)",
                "controls?",
                "controlled",
                "alleviat(?:es?|ed|ing)",
            ),
            *(
                "palliat(?:es?|ion of)",
                "prevent(?:s|ed|ing|ion of)?",
                "suppress(?:es|ed|ing)?",
                "improv(?:es?|ed|ing|ement of)",
            ),
        ),
        left=_THERAPY,
        right=_CAN_COMPLAIN,
        predicate="therapy_outcome",
        reach=60,
        near=50,
        example="Octreotide relieves flushing and diarrhea.",
    ),
    Frame(
        name="comes-after",
        cue=phrase("after", "following"),
        left=_CAN_COMPLAIN,
        right=_THERAPY,
        predicate="complication",
        reach=30,
        near=30,
        turned=True,
        example="Fever occurred after radiofrequency ablation.",
    ),
    Frame(
        name="brought-by",
        cue=phrase("as a (?:complication|result|consequence) of", "induced by", "caused by", "due to", "owing to"),
        left=_CAN_COMPLAIN | {"disease"},
        right=_THERAPY,
        predicate="complication",
        reach=10,
        near=25,
        turned=True,
        example="Liver failure due to chemoembolization was rare.",
    ),
    Frame(
        name="requires",
        cue=phrase(
            *("requir(?:es?|ed|ing)", "(?:with the )?need(?:s|ed|ing)? (?:for|of)", "managed (?:with|by|using)"),
            *("treated (?:with|by|using)", "necessitat(?:es?|ed|ing)"),
        ),
        left=_CAN_COMPLAIN | {"disease"},
        right=_THERAPY,
        predicate="treated_by",
        reach=25,
        near=40,
        example="A liver abscess requiring percutaneous drainage occurred.",
    ),
    Frame(
        name="treats",
        cue=phrase(
            *(
                "(?:indicated|recommended|suitable|feasible|reserved|approved|effective|useful) (?:for|in)",
                "of choice (?:for|in)",
            ),
            *(f"{_FIRST_CHOICE} (?:for|in|of)", "(?:standard|preferred) (?:treatment|therapy|option) (?:for|in|of)"),
            "(?:used|performed|considered) (?:for|in|to treat)",
        ),
        left=_THERAPY,
        right=_DISEASE,
        predicate="treated_by",
        turned=True,
        reach=60,
        near=60,
        example="Surgical resection is the treatment of choice for hepatocellular carcinoma.",
    ),
)
KINDS: Final = "kinds"
_KINDS: Final = (
    Frame(
        name=KINDS,
        cue=phrase(
            r"(?:sub)?(?:classified|divided|categori[sz]ed|grouped|graded) (?:\w+[ ,]+){0,9}?(?:as|into|in)",
        ),
        left=_DISEASE,
        right=frozenset({"disease", "classification"}),
        predicate="classified_by",
        reach=40,
        example="Neuroendocrine neoplasms are classified into neuroendocrine tumors and neuroendocrine carcinomas.",
    ),
    Frame(
        name="sites-in-brackets",
        cue=screened(r" \("),
        left=_DISEASE,
        right=frozenset({"site"}),
        predicate="has_primary_site",
        reach=2,
        near=15,
        example="Foregut carcinoids (stomach, duodenum and pancreas) are rare.",
    ),
    Frame(
        name="features-in-brackets",
        cue=screened(r"['’”\"]? \("),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        reach=2,
        near=15,
        example="The carcinoid syndrome (flushing and diarrhea) is rare.",
    ),
    Frame(
        name="grades",
        cue=phrase(
            "predict(?:s|ed|ing|ive of|ors? of)?", "associated with", "correlat(?:es?|ed|ion|ing) (?:with|between)"
        ),
        left=frozenset({"marker", "sign", "modality"}),
        right=frozenset({"classification"}),
        predicate="associated_with",
        reach=60,
        near=60,
        example="Washout is associated with tumor grade.",
    ),
)

FRAMES: Final = (*_FRAMES, *_DETECTION, *_THERAPIES, *_KINDS)
