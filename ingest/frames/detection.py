"""This module holds the turns of phrase of tests: what shows a disease or a finding, and what a disease is looked for
by.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, MARKER, TEST, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

SHOWN: Final = one_of(
    *("detect", "identif", "visuali[sz]", "locali[sz]", "depict", "exclud", "diagnos", "confirm", "delineat"),
    "discover",
)
"""Beginnings of words that say that something is seen; what is assessed, staged or evaluated may be anything."""

SEEN: Final = one_of("seen", "shown", "demonstrated", "revealed", "imaged", "displayed", "appreciated", "recogni[sz]ed")
_LOOKED_AT: Final = one_of(
    *("evaluated", "assessed", "examined", "investigated", "staged", "characteri[sz]ed", "followed(?: up)?"),
    *("monitored", "imaged", "screened", "diagnosed", "studied", "explored"),
)
_OUGHT: Final = one_of("should", "must", "can", "could", "may", "needs? to", "ha(?:s|ve) to")
_BY: Final = one_of("by", "with", "on", "using", "at", "in", "via", "through", "by means of")

_WAY: Final = one_of(
    *(
        "modality",
        "method",
        "technique",
        "examination",
        "test",
        "tool",
        "procedure",
        "investigation",
        "study",
        "approach",
    ),
    *("imaging", "option", "step", "marker", "standard", "sequence", "phase", "scan"),
)
BEST: Final = one_of(
    *(
        "gold standard",
        f"reference (?:\\w+ )?{_WAY}",
        "cornerstone",
        "mainstay",
        "workhorse",
        f"(?:{_WAY} )?of (?:\\w+ )?choice",
    ),
    rf"(?:first|second)[- ]line (?:\w+ )?{_WAY}",
    rf"(?:preferred|primary|best|main|standard|initial|optimal|key|useful|valuable|important|good|helpful|reliable"
    rf"|accurate|sensitive|essential|effective|powerful|promising|commonest|common) (?:\w+ )?{_WAY}",
)
FIT: Final = one_of(
    *("useful", "helpful", "valuable", "essential", "mandatory", "necessary", "important", "crucial", "indispensable"),
    *("recommended", "advised", "indicated", "required", "needed", "preferred", "appropriate", "suitable", "best"),
    *("accurate", "reliable", "sensitive", "superior", "effective"),
)
_GREAT: Final = one_of("important", "key", "central", "major", "crucial", "essential", "pivotal", "fundamental")
_DONE: Final = one_of("used", "performed", "employed", "applied", "carried out")
LOOKING: Final = one_of(
    *(
        "detection",
        "diagnosis",
        "identification",
        "locali[sz]ation",
        "staging",
        "evaluation",
        "assessment",
        "depiction",
    ),
    *("characteri[sz]ation", "follow-up", "monitoring", "surveillance", "visuali[sz]ation", "delineation", "screening"),
    *("work-?up", "imaging", "investigation", "confirmation", "exclusion", "differentiation", "management"),
)
_LOOKING_AT: Final = r"(?:characteri[sz]|stag|evaluat|assess|monitor|follow|screen)ing(?: (?:for|up))?"
_OUTDOES: Final = one_of("outperforms?", "outperformed", "surpass(?:es)?", "is preferred to", "is preferable to")
_MEASURING: Final = one_of(
    *("measuring", "measurements? of", "determining", "determination of", "elevated", "increased", "the", "serum"),
    *("plasma", "urinary"),
)
IN_A_PATIENT: Final = (
    r"(?: (?:patients?|cases?|people|those|individuals|women|men|children|with|of|suspected|known|small|the|all|an?))*"
)

DETECTION_FRAMES: Final = (
    Frame(
        name="detects",
        cue=screened(
            rf"\b{SHOWN}(?:e|es|s|y|ies|ing|ion|ation|ment|sis|tic)?(?: (?:of|the|and|or|both|for))*\b", re.IGNORECASE
        ),
        left=TEST,
        right=frozenset({"disease", "sign", "outcome"}),
        predicate="detected_by",
        wide=True,
        reach=100,
        turned=True,
        words="sign",
        example="Endoscopic ultrasound is used to detect lymph node metastases.",
    ),
    Frame(
        name="shown-by",
        cue=screened(rf"\b{SHOWN}(?:ed|n|ied)? (?:\w+ly )?(?:by|with|on|using|at|in|via)\b", re.IGNORECASE),
        left=frozenset({"disease", "sign", "outcome"}),
        right=TEST,
        predicate="detected_by",
        planned=True,
        wide=True,
        reach=50,
        near=45,
        example="Hepatic adenoma was better depicted by magnetic resonance imaging.",
    ),
    Frame(
        name="shows",
        cue=phrase("shows?", "reveals?", "demonstrates?", "displays?"),
        left=TEST,
        right=DISEASE,
        predicate="detected_by",
        wide=True,
        reach=25,
        near=25,
        turned=True,
        example="Magnetic resonance imaging shows liver metastases better than computed tomography.",
    ),
    Frame(
        name="seen-by",
        cue=phrase(
            rf"{SEEN} (?:\w+ly )?{_BY}",
            f"(?:conspicuous|visible|apparent|evident) {_BY}",
            rf"(?:(?:is|are) (?:\w+ly |best )?|{_OUGHT} (?:\w+ )?be (?:\w+ly |best )?){_LOOKED_AT} {_BY}",
        ),
        left=frozenset({"disease", "outcome"}),
        right=TEST,
        predicate="detected_by",
        wide=True,
        reach=30,
        near=35,
        example="Liver metastases are best seen on diffusion-weighted imaging.",
    ),
    Frame(
        name="sign-best-on",
        cue=phrase(
            rf"(?:best|better|most|only|optimally|readily|easily|well|more) (?:\w+ly )?"
            rf"(?:{SEEN}|visuali[sz]ed|depicted|detected|conspicuous|visible|apparent|evident) (?:only )?{_BY}"
        ),
        left=frozenset({"sign"}),
        right=TEST,
        predicate="detected_by",
        reach=25,
        near=25,
        example="Calcification is best seen on computed tomography.",
    ),
    Frame(
        name="appears-at",
        opening=screened(r"\b(?:at|on|in|with) [^,;.]{2,60}$", re.IGNORECASE),
        cue=screened(
            r",(?: (?:the|most|many|all|these|small|large|typical))*"
            r"(?= [^,;.]{3,60} (?:appears?|presents?|manifests?"
            r"|(?:is|are|may be|can be) (?:\w+ly )?(?:seen|visible|depicted)"
            r"|(?:is|are) (?:usually|typically|often|commonly|generally|mostly|classically))\b)",
            re.IGNORECASE,
        ),
        left=TEST,
        right=DISEASE,
        predicate="detected_by",
        wide=True,
        reach=1,
        near=25,
        turned=True,
        example="On computed tomography, gastrinomas appear as small nodules.",
    ),
    Frame(
        name="they-appear-at",
        opening=screened(r"\b(?:at|on|in|with) [^,;.]{2,60}$", re.IGNORECASE),
        cue=screened(
            r",? (?:they|it|these|these (?:lesions|tumou?rs)|the (?:lesions?|tumou?rs?|masses|mass))"
            r" (?:\w+ly |often |may |can )*(?:appears?|presents?|manifests?"
            r"|(?:is|are|be) (?:\w+ly )?(?:seen|visible|depicted))\b",
            re.IGNORECASE,
        ),
        left=TEST,
        right=frozenset(),
        predicate="detected_by",
        focus=True,
        reach=1,
        example="At endoscopy they appear as small nodules.",
    ),
    Frame(
        name="serves",
        cue=phrase(
            rf"(?:(?:{BEST}|{FIT})(?: (?:to|than) [^,;.]{{2,40}}?)? (?:for|in|to)"
            rf"|{_OUTDOES} [^,;.]{{2,40}}? (?:for|in)|(?:an )?alternative (?:for|in)"
            rf"|{_DONE} (?:for|to)|(?:is|are|be) (?:\w+ly )?{_DONE} in|reserved for"
            rf"|(?:plays?|ha(?:s|ve)) (?:an? )?{_GREAT} role in)"
            rf"(?: (?:the|an?|early|accurate|initial|preoperative|exact|further|better))*"
            rf"(?: (?:{LOOKING}(?:(?:,| and| or) {LOOKING}){{0,3}} (?:of|in|for)|{_LOOKING_AT}))?{IN_A_PATIENT}",
        ),
        left=TEST,
        right=DISEASE,
        predicate="detected_by",
        wide=True,
        reach=45,
        near=20,
        turned=True,
        example="Magnetic resonance imaging is superior to computed tomography in hepatic adenoma.",
    ),
    Frame(
        name="undergo",
        cue=phrase(rf"{_OUGHT} (?:\w+ )?(?:undergo|receive|have)", "should be (?:offered|referred for)"),
        left=DISEASE,
        right=TEST,
        predicate="detected_by",
        wide=True,
        reach=30,
        near=30,
        example="Patients with gastrinoma should undergo endoscopic ultrasound.",
    ),
    Frame(
        name="workup",
        opening=phrase(rf"(?:{LOOKING}|examinations?) (?:of|for|in)"),
        cue=phrase(
            *("includes?", "included", "comprises?", "consists? of", "involves?", "relies on", "requires?"),
            *("(?:is|are|can be) (?:\\w+ )?(?:based on|made|established|achieved|confirmed)(?: by| with| on| using)?",),
        ),
        left=DISEASE,
        right=TEST,
        predicate="detected_by",
        wide=True,
        reach=20,
        near=30,
        example="The workup of insulinoma includes endoscopic ultrasound and magnetic resonance imaging.",
    ),
    Frame(
        name="positive",
        cue=phrase("(?:is|are|was|were|be) (?:\\w+ ){0,2}?positive (?:in|for)"),
        left=TEST,
        right=DISEASE | {"classification"},
        predicate="detected_by",
        wide=True,
        reach=12,
        near=25,
        turned=True,
        example="Somatostatin receptor scintigraphy is positive in most gastrinomas.",
    ),
    Frame(
        name="misses",
        cue=phrase("(?:is|are|was|were|be) (?:\\w+ ){0,2}?negative (?:in|for)", "miss(?:es|ed)?", "overlook(?:s|ed)?"),
        left=TEST,
        right=DISEASE | {"classification"},
        predicate="detected_by",
        wide=True,
        reach=25,
        near=25,
        turned=True,
        denies=True,
        example="Computed tomography misses small liver metastases.",
    ),
    Frame(
        name="missed-by",
        cue=phrase(
            rf"(?:missed|overlooked|undetected|not (?:\w+ )?(?:visible|detectable)|invisible|occult|underestimated"
            rf"|unnoticed|unrecogni[sz]ed) {_BY}",
            rf"(?:escap(?:es?|ed)|elud(?:es?|ed)) (?:detection|notice|diagnosis|recognition) {_BY}",
        ),
        left=frozenset({"disease", "sign"}),
        right=TEST | {"phase"},
        predicate="detected_by",
        wide=True,
        near=25,
        negative=True,
        denies=True,
        example="Liver metastases are often missed on computed tomography.",
    ),
    Frame(
        name="raised-in",
        cue=phrase(
            *("(?:elevated|increased|raised|(?:over)?expressed|positive|found|detected) (?:\\w+ly )?in", "higher? in"),
            "elevations? occurs? in",
        ),
        left=MARKER,
        right=frozenset({"disease", "syndrome"}),
        predicate="has_marker",
        wide=True,
        reach=40,
        near=30,
        turned=True,
        example="Chromogranin A is increased in chronic atrophic gastritis.",
    ),
    Frame(
        name="normal-in",
        cue=phrase("(?:normal|negative|absent|not (?:\\w+ )?(?:elevated|increased|raised|expressed)) in"),
        left=MARKER,
        right=frozenset({"disease", "syndrome"}),
        predicate="has_marker",
        wide=True,
        negative=True,
        denies=True,
        reach=40,
        near=30,
        turned=True,
        example="AFP is usually normal in cholangiocarcinoma.",
    ),
    Frame(
        name="marks",
        cue=phrase(
            "(?:bio)?markers? (?:for|of)",
            rf"(?:sensitive (?:but|and) (?:not )?specific|{FIT}|{_DONE}|specific|(?:should|must) be measured)"
            r" (?:for|in|to)(?: (?:the|an?|early|initial))*"
            rf"(?: {LOOKING}(?:(?:,| and| or) {LOOKING}){{0,3}} (?:of|in|for))?{IN_A_PATIENT}",
        ),
        left=MARKER,
        right=frozenset({"disease", "syndrome"}),
        predicate="has_marker",
        reach=45,
        near=20,
        turned=True,
        example="Chromogranin A is the best marker for neuroendocrine tumors.",
    ),
    Frame(
        name="measured-for",
        cue=phrase(f"(?:diagnosed|confirmed|monitored|followed|detected|assessed) (?:by|with|using)(?: {_MEASURING})*"),
        left=frozenset({"disease", "syndrome"}),
        right=MARKER,
        predicate="has_marker",
        reach=30,
        near=10,
        example="Carcinoid syndrome is diagnosed by measuring 5-HIAA.",
    ),
)
