"""This module holds the turns of phrase of how images are taken: in which phase, by which sequence, with what agent."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.detection import BEST, FIT, IN_A_PATIENT, LOOKING, SEEN, SHOWN
from ingest.frames.frame import DISEASE, TEST, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

PHASE: Final = frozenset({"phase"})
WAYS: Final = frozenset({"phase", "modality", "measure"})
"""Types of what says how an image is taken; of tests and measures only some do."""

_TAKEN: Final = one_of("acquired", "obtained", "performed", "carried out", "done", "recorded", "scanned")
_BE: Final = one_of("is", "are", "was", "were", "be")
_IN: Final = one_of(
    *("in", "during", "with", "at", "(?:by )?using", "after", "following", "before and after", "by means of"),
    "(?:before|prior to|during),? and after",
)
_SO_LONG: Final = r"(?: (?:at )?\d[\d.–-]* ?(?:h|hours?|min|minutes?|s|sec|seconds?|days?))?"
_OF_WHAT: Final = (
    r"(?: (?:the|an?|both|all|several|multiple|different|intravenous|iv|rapid|bolus|injection|administration"
    r"|use|infusion|combination|of))*"
)
_GIVEN: Final = one_of(
    *("given", "administered", "injected", "ingested", "used", "applied", "employed", "included", "added", "acquired"),
    *("obtained", "performed", "recommended", "mandatory", "required", "necessary", "essential", "part of"),
    *("incorporated", "integrated", "indispensable", "preferred", "advised"),
)
_IMAGE: Final = one_of("images?", "scans?", "sections?", "views?", "reconstructions?", "sonograms?")
_EACH: Final = r"(?: (?:the|an?|all|every|each|most|any|standard|routine|modern|protocols?|of|for|in))*"
_HELPS: Final = one_of(
    *("improves?", "increases?", "enhances?", "maximi[sz]es?", "facilitates?", "optimi[sz]es?", "aids?(?: in)?"),
    *("allows?(?: for)?", "enables?", "helps? in"),
)
_CONSPICUITY: Final = rf"(?:conspicuity|visibility|detectability|detection rates?|{LOOKING})"
_IMPROVING: Final = (
    rf"{_HELPS}(?: (?:the|both|better|early|accurate))* {_CONSPICUITY}(?:(?:,| and| or) {_CONSPICUITY}){{0,2}}"
    rf" (?:of|for){IN_A_PATIENT}"
)
_GUIDED: Final = screened(r"\b(?:under|with|using) (?=[^,;.]{2,40}[ -]guidance)|\bguided by ", re.IGNORECASE)

TECHNIQUE_FRAMES: Final = (
    Frame(
        name="best-in-phase",
        cue=phrase(
            rf"(?:{SEEN}|visuali[sz]ed|depicted|detected|identified|delineated|conspicuous|visible)"
            r" (?:only )?(?:in|on|during)"
        ),
        opening=phrase("best", "better", "most", "more", "optimal(?:ly)?", "only"),
        left=DISEASE | {"sign"},
        right=PHASE,
        predicate="imaging_technique",
        wide=True,
        reach=40,
        near=20,
        example="Insulinomas are best seen in the arterial phase.",
    ),
    Frame(
        name="phase-for",
        cue=phrase(
            rf"(?:{BEST}|{FIT}) (?:for|in|to)(?: (?:the|early|accurate))*"
            rf"(?: (?:{LOOKING}|{SHOWN}ing)(?:(?:,| and| or) {LOOKING}){{0,3}}(?: of| in)?)?{IN_A_PATIENT}",
        ),
        left=PHASE,
        right=DISEASE,
        predicate="imaging_technique",
        wide=True,
        reach=30,
        near=15,
        turned=True,
        example="The late arterial phase is crucial for detecting pancreatic neuroendocrine tumors.",
    ),
    Frame(
        name="phase-improves",
        cue=phrase(_IMPROVING),
        left=PHASE,
        right=DISEASE,
        predicate="imaging_technique",
        wide=True,
        reach=25,
        near=20,
        turned=True,
        example="The combination of the arterial and portal venous phases improves the detection of insulinoma.",
    ),
    Frame(
        name="image-improves",
        cue=phrase(_IMPROVING),
        left=TEST,
        right=DISEASE,
        predicate="detected_by",
        wide=True,
        reach=25,
        near=20,
        turned=True,
        example="Diffusion-weighted imaging increases the conspicuity of liver metastases.",
    ),
    Frame(
        name="taken-in",
        cue=phrase(
            "(?:includ(?:e|es|ed|ing)|compris(?:e|es|ed|ing)|consist(?:s|ed|ing)? of)",
            rf"{_BE} (?:\w+ly )?{_TAKEN}{_SO_LONG} {_IN}{_OF_WHAT}",
        ),
        left=TEST,
        right=WAYS,
        predicate="imaging_technique",
        wide=True,
        reach=30,
        near=30,
        example="Multiphasic CT including an arterial phase is required.",
    ),
    Frame(
        name="made-with",
        cue=phrase(
            *("us(?:es|e of)", "utili[sz]es?", "employs?", "requires?", "needs", "relies on", "makes use of"),
            *(rf"{_BE} (?:\w+ly )?based on", "exploits?", "provides?", "offers?"),
            "(?:allows?|enables?)(?: for)? (?:the )?(?:acquisition|generation|reconstruction|creation|calculation) of",
        ),
        left=TEST,
        right=WAYS,
        predicate="imaging_technique",
        reach=25,
        near=30,
        example="Computed tomography requires an arterial phase and a portal venous phase.",
    ),
    Frame(
        name="given-for",
        cue=phrase(
            rf"{_BE} (?:\w+ly )?{_GIVEN}(?: as [^,;.]{{2,40}}?)?"
            rf"(?: (?:before|prior to|during|for|in|to|on|with))?{_EACH}"
        ),
        left=frozenset({"phase", "modality"}),
        right=TEST,
        predicate="imaging_technique",
        reach=25,
        near=10,
        turned=True,
        example="Oral contrast is given before computed tomography.",
    ),
    Frame(
        name="with-what",
        cue=phrase(f"(?:with|using|after|following){_OF_WHAT}"),
        closing=phrase(
            rf"(?:is|are) (?:\w+ly |the |an? |now |most )*(?:{BEST}|{FIT}|most)", "should be (?:used|performed)"
        ),
        left=TEST,
        right=WAYS,
        predicate="imaging_technique",
        reach=12,
        near=15,
        example="Magnetic resonance imaging with a hepatobiliary contrast agent is recommended.",
    ),
    Frame(
        name="combined-with",
        cue=phrase(
            rf"{_BE} (?:\w+ly )?(?:combined|fused|co-?registered|integrated|merged) (?:with|to)(?: (?:the|an?))*"
        ),
        left=TEST,
        right=TEST,
        predicate="imaging_technique",
        reach=25,
        near=20,
        example="Ultrasonography can be fused with magnetic resonance imaging.",
    ),
    Frame(
        name="seen-only-in-phase",
        cue=phrase(
            rf"(?:{SEEN}|visuali[sz]ed|depicted|detected|identified|conspicuous|visible|apparent)"
            r" (?:only|best|exclusively|better|mainly|particularly) (?:in|on|during|at)"
        ),
        left=DISEASE,
        right=PHASE,
        predicate="imaging_technique",
        wide=True,
        reach=40,
        near=20,
        example="Some liver metastases are visible only in the hepatobiliary phase.",
    ),
    Frame(
        name="phase-misses",
        cue=phrase(
            r"(?:missed|overlooked|undetected|not (?:\w+ )?(?:visible|seen|detectable|detected)|invisible|occult)"
            r" (?:in|on|during|at)"
        ),
        left=DISEASE,
        right=PHASE,
        predicate="detected_by",
        wide=True,
        reach=30,
        near=20,
        negative=True,
        denies=True,
        example="Liver metastases are often missed in the portal venous phase.",
    ),
    Frame(
        name="guided-by",
        cue=screened(
            r"\b(?:(?:under|with|using)(?= [^.;,]{2,60}\b(?:guidance|navigation|control)\b)|(?:guided|monitored) by)"
            r"(?: (?:the|an?))*",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=TEST,
        predicate="imaging_technique",
        reach=45,
        near=25,
        example="Radiofrequency ablation was performed percutaneously under ultrasound guidance.",
    ),
    Frame(
        name="guides",
        cue=phrase(r"(?:for|during) (?:[\w-]+ ){0,3}?(?:monitoring|guidance|guiding|navigation)(?: (?:of|the|an?))*"),
        left=TEST,
        right=THERAPY,
        predicate="imaging_technique",
        reach=30,
        near=3,
        turned=True,
        example="Fusion imaging was used for monitoring of radiofrequency ablation.",
    ),
    Frame(
        name="for-its-guidance",
        opening=phrase(r"for (?:[\w-]+ ){0,3}?(?:monitoring|guidance|guiding|navigation) of"),
        cue=screened(
            rf",(?=(?:\([^()]*\)|[^.;()]){{3,160}}\b{_BE} (?:\w+ )?{_GIVEN})(?: (?:the|an?)\b)*", re.IGNORECASE
        ),
        left=THERAPY,
        right=TEST,
        predicate="imaging_technique",
        reach=12,
        near=25,
        example="For guidance of the ablation, ultrasonography was used.",
    ),
    Frame(
        name="image-shows",
        opening=screened(
            rf"\b{_IMAGE}\b(?:(?!\b(?:is|are|was|were|has|have|shows?|showed|which|that)\b)[^.;:]){{20,120}}$",
            re.IGNORECASE,
        ),
        cue=phrase("shows?", "reveals?", "demonstrates?", "depicts?"),
        left=TEST,
        right=DISEASE,
        predicate="detected_by",
        wide=True,
        reach=130,
        near=25,
        turned=True,
        example="MR images during the arterial and portal venous phases after injection show hepatocellular carcinoma.",
    ),
    Frame(
        name="imaging-done-with",
        opening=screened(r"\bimaging $", re.IGNORECASE),
        cue=phrase(rf"{_BE} (?:\w+ly )?{_TAKEN} (?:with|using|by|by means of)(?: (?:the|an?|both|either))*"),
        left=frozenset(),
        right=TEST,
        predicate="detected_by",
        near=3,
        example="Liver imaging was performed with magnetic resonance imaging.",
    ),
    Frame(
        name="test-under-guidance",
        cue=_GUIDED,
        left=TEST,
        right=TEST,
        predicate="associated_with",
        reach=30,
        near=3,
        example="Biopsy is performed under computed tomography guidance.",
    ),
)
