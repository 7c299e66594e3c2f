"""This module holds the turns of phrase that say when a therapy is given, what for, and what forbids it."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, THERAPY, Frame
from ingest.frames.therapies import GIVEN
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_WHEN: Final = one_of("in (?:the )?(?:case|event|presence)s? of", "in cases? with", "if", "when", "whenever", "once")
_NOT_GIVEN: Final = one_of(
    rf"(?:should|must|can) ?not be (?:\w+ )?{GIVEN}",
    "(?:should|must|has to|have to) be avoided",
    r"(?:is|are|was|were) not (?:\w+ )?(?:recommended|indicated|suitable|feasible|advisable|appropriate|an option)",
)
_UNFIT: Final = one_of(
    *("(?:unsuitable|ineligible|unfit|inappropriate) for", "not (?:\\w+ )?(?:suitable|eligible|candidates?|fit) for"),
    *("not (?:\\w+ )?(?:amenable|suited) to", "poor candidates? for", "excluded from"),
    "(?:exclud|disqualif)(?:es?|y|ies) (?:[\\w ]{2,20} )?from",
)
_WITHHELD: Final = one_of(
    "not (?:\\w+ ){0,3}?(?:candidates?|eligible|amenable|suitable|fit) (?:for|to)",
    "not (?:be )?(?:receiv\\w+|undergo\\w*|perform\\w*|given|repeated|treated|offered|done|possible|feasible)",
    *("excluded from", "precluded", "abandoned"),
)

INDICATION_FRAMES: Final = (
    Frame(
        name="forbidden-by",
        opening=phrase("contraindications? (?:of|for|to|against)"),
        cue=phrase("includ(?:es?|ed|ing)", "are", "is", "were", "comprise", "such as", "like"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=20,
        near=40,
        planned=True,
        words="clinical-feature",
        example="Contraindications to chemoembolization include liver failure.",
    ),
    Frame(
        name="forbidden-in",
        cue=phrase("(?:contraindicated|inadvisable|unsafe|hazardous|dangerous|discouraged) (?:in|for|when|if)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=40,
        near=60,
        words="clinical-feature",
        example="Chemoembolization is contraindicated in patients with liver failure.",
    ),
    Frame(
        name="not-given-in",
        cue=phrase(rf"{_NOT_GIVEN} (?:in|for|when|if|to)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=40,
        near=60,
        negative=True,
        example="Chemoembolization should not be offered to patients with liver failure.",
    ),
    Frame(
        name="not-given-because",
        opening=screened(rf"\b{_WITHHELD}\b[^.;]*$", re.IGNORECASE),
        cue=phrase("because of", "due to", "owing to", "on account of"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=30,
        near=60,
        negative=True,
        example="Chemoembolization was not repeated because of liver failure.",
    ),
    Frame(
        name="because-not-given",
        opening=screened(r"\A\W*(?:because of|due to|owing to|on account of|given) [^;:]*$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^.;]{{3,60}}\b(?:{_WITHHELD}|impossible|contraindicated)\b)", re.IGNORECASE),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=15,
        near=30,
        turned=True,
        first=True,
        example="Because of liver failure, chemoembolization was not repeated.",
    ),
    Frame(
        name="absence-needed",
        opening=screened(r"\b(?:absence|lack|exclusion) of [^.;]{2,50}$", re.IGNORECASE),
        cue=phrase(
            "(?:is|are|being) (?:an? |the )?(?:\\w+ )?(?:prerequisites?|requirements?|required|necessary"
            "|mandatory) (?:for|to)"
        ),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=10,
        near=20,
        turned=True,
        negative=True,
        example="The absence of liver failure is a prerequisite for chemoembolization.",
    ),
    Frame(
        name="forbids",
        cue=phrase(r"(?:is|was|are|were|as|being) (?:(?!no\b|not\b)\w+ ){0,3}contraindications? (?:for|to|of|against)"),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=20,
        near=30,
        turned=True,
        example="Liver failure is a contraindication to chemoembolization.",
    ),
    Frame(
        name="precludes",
        cue=phrase(
            "(?:preclud|prohibit|prevent|contraindicat)(?:e|s|es|ed|ing)?(?! by\\b)"
            "(?: (?:repeated|further|any|all|the|use|of))*",
            *("(?:argues?|speaks?) against", "limits? (?:the )?(?:use|application|feasibility) of", "rules? out"),
            "(?:renders?|makes?|making) (?=[^.;,]{3,40} (?:un(?:safe|feasible)|impossible|dangerous|hazardous"
            "|inadvisable|risky))",
        ),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=45,
        near=15,
        turned=True,
        example="Liver failure precluded repeated chemoembolization in one patient.",
    ),
    Frame(
        name="unfit",
        cue=phrase(_UNFIT),
        left=COMPLAINTS | {"disease", "sign", "classification"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=25,
        near=15,
        turned=True,
        negative=True,
        example="Patients with ascites are unsuitable for chemoembolization.",
    ),
    Frame(
        name="should-not-undergo",
        cue=phrase(r"(?:should|must|can) ?not (?:undergo|receive|be (?:treated (?:with|by)|offered|given))"),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=20,
        near=25,
        turned=True,
        negative=True,
        example="Patients with liver failure should not undergo chemoembolization.",
    ),
    Frame(
        name="allows",
        cue=phrase("allow(?:s|ed|ing)?", "enabl(?:e|es|ed|ing)", "facilitate[sd]?", "permit(?:s|ted)?"),
        left=THERAPY,
        right=THERAPY,
        predicate="therapy_indication",
        reach=40,
        near=25,
        example="Portal vein embolization allows liver resection.",
    ),
    Frame(
        name="bridges",
        cue=phrase(
            "bridg(?:e|es|ing)(?: \\w+)? (?:to|before|for|until)", "downstag\\w+ (?:\\w+ )?(?:before|for|to|prior to)"
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="therapy_indication",
        reach=60,
        near=25,
        example="Chemoembolization is a bridge to liver transplantation.",
    ),
    Frame(
        name="given-when",
        cue=phrase(rf"{GIVEN} (?:\w+ ){{0,3}}?{_WHEN}"),
        left=THERAPY,
        right=COMPLAINTS | {"outcome", "sign", "classification"},
        predicate="therapy_indication",
        reach=30,
        near=30,
        first=True,
        example="Chemoembolization can be repeated in case of tumor progression.",
    ),
    Frame(
        name="given-when-ill",
        cue=phrase(rf"{GIVEN} (?:\w+ ){{0,3}}?{_WHEN}"),
        left=THERAPY,
        right=frozenset({"disease"}),
        predicate="therapy_indication",
        reach=30,
        near=30,
        first=True,
        example="Radioembolization is preferred in the presence of portal vein thrombosis.",
    ),
    Frame(
        name="when-given",
        opening=screened(rf"\A\W*(?:{_WHEN}|for|in patients with|after|upon)\b[^;:]*$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^;.]{{3,60}}\b(?:{GIVEN}|use)\b)", re.IGNORECASE),
        left=COMPLAINTS | {"outcome", "sign", "classification"},
        right=THERAPY,
        predicate="therapy_indication",
        reach=45,
        near=60,
        turned=True,
        example="In cases with tumor progression, chemoembolization can be repeated.",
    ),
    Frame(
        name="such-should-undergo",
        opening=screened(r"\b(?:patients|those|tumou?rs|cases|lesions|individuals) with [^.;]{2,60}$", re.IGNORECASE),
        cue=phrase(
            r"(?:(?:is|are) (?:\w+ )?)?(?:candidates?|eligible|amenable|suitable|suited) (?:for|to)",
            r"(?:should|can|may|must|could) (?:undergo|receive|benefit from|be (?:treated (?:with|by)|offered"
            r"|(?:considered|referred) for))",
        ),
        left=COMPLAINTS | {"sign", "classification"},
        right=THERAPY,
        predicate="therapy_indication",
        reach=15,
        near=20,
        turned=True,
        example="Patients with multiple lesions are candidates for chemoembolization.",
    ),
    Frame(
        name="stage-undergoes",
        cue=phrase(
            r"(?:patients?|tumou?rs?|lesions?|disease|cases|HCCs?) (?:(?:is|are) (?:\w+ )?(?:treated"
            r"|managed) (?:with|by)"
            r"|(?:should|can|may|must) (?:undergo|receive|be (?:treated (?:with|by)|offered|considered for))"
            r"|(?:is|are) (?:\w+ )?(?:candidates?|suitable|eligible) for)"
        ),
        left=frozenset({"classification"}),
        right=THERAPY,
        predicate="therapy_indication",
        reach=3,
        near=20,
        turned=True,
        example="BCLC stage B patients should undergo chemoembolization.",
    ),
    Frame(
        name="given-to-reach",
        cue=phrase(
            "(?:indicated|recommended|used|useful|considered|given|reserved|performed) (?:(?:not only|\\w+) )?"
            "(?:for|to (?:\\w+ )?achieve)"
        ),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_indication",
        reach=30,
        near=30,
        example="Embolization is indicated for symptom control.",
    ),
    Frame(
        name="indicated-by",
        opening=phrase("(?:indications?|candidates?|requirements?|prerequisites?) (?:for|of|to)"),
        cue=phrase("includ(?:es?|ed|ing)", "are", "is", "were", "was", "comprise", "such as"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "outcome", "sign", "classification"},
        predicate="therapy_indication",
        near=45,
        example="Indications for liver transplantation include liver failure.",
    ),
    Frame(
        name="is-indication",
        cue=phrase(r"(?:is|was|are|were|as|being) (?:an? |the )?(?:\w+ )?indications? (?:for|to|of)"),
        left=COMPLAINTS | {"disease", "sign", "classification"},
        right=THERAPY,
        predicate="therapy_indication",
        reach=20,
        near=30,
        turned=True,
        example="Liver failure is an indication for liver transplantation.",
    ),
    Frame(
        name="aims-at",
        opening=phrase("(?:aims?|goals?|purposes?|objectives?) of"),
        cue=phrase("is", "are", "was", "remains?", "includes?"),
        left=THERAPY,
        right=COMPLAINTS | {"outcome"},
        predicate="therapy_indication",
        reach=2,
        near=30,
        example="The goal of chemoembolization is symptom control.",
    ),
)
