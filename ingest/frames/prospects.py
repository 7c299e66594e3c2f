"""This module holds the turns of phrase of what a response depends on and is followed by: who responds, what outcome
foretells another, which marker a therapy shifts.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.courses import BEARS_ON, FACTORS, GOOD_OR_BAD, HAS, IMPAIRS, IS_SO
from ingest.frames.frame import DISEASE, MARKER, TEST, THERAPY, Frame
from ingest.frames.relations import USED_FOR
from ingest.phrases import one_of, phrase
from ingest.screening import screened

OUTCOME: Final = frozenset({"outcome"})
SELECTING: Final = frozenset({"sign", "marker", "classification", "modality"})
"""What tells who will benefit from a therapy."""

_RESPONSE: Final = one_of(
    *(
        "respon(?:se|ses|ding|siveness|ders)",
        "sensitivity",
        "resistance",
        "benefits?",
        "efficacy",
        "effects?",
        "success",
    ),
    *("outcomes?", "tolerance", "tolerability", "suitability", "eligibility", "candidates"),
)
_FORETELLS: Final = one_of(
    *("predict(?:s|ed|ing|ive of|ors? of|ors? for)?", "associated with", "correlat(?:es?|ed) with", "related to"),
    *(
        "indicat(?:es?|ive of)",
        "determin(?:es?|ed)",
        "forecasts?",
        "(?:bio)?markers? (?:of|for)",
        "used to (?:assess|predict)",
    ),
)
SHIFTS: Final = one_of(
    *(
        "elevat",
        "increas",
        "rais",
        "reduc",
        "decreas",
        "lower",
        "suppress",
        "affect",
        "influenc",
        "normali[sz]",
        "inhibit",
    ),
)
_DEPENDS: Final = one_of(
    *(
        "depend(?:s|ed|ent)? (?:\\w+ )?(?:up)?on",
        "(?:influenced|limited|affected|determined|worsened|reduced) (?:\\w+ )?by",
    ),
    *("associated with", "correlat(?:es?|ed) (?:\\w+ )?with", "related to", "linked to"),
)
_FOLLOWS: Final = one_of("assess", "evaluat", "monitor", "measur", "follow", "determin", "detect", "confirm", "judg")
_ADVISED: Final = r"(?<!less )(?<!not )(?<!rarely )(?<!seldom )" + one_of(
    *(
        "indicated",
        "recommended",
        "reserved",
        "considered",
        "preferred",
        "suitable",
        "feasible",
        "advised",
        "justified",
    ),
    *("proposed", "favou?red", "appropriate", "useful", "effective", "advisable", "an option"),
)
_NEEDED: Final = one_of(
    *("prerequisites?", "requirements?", "preconditions?", "basis", "rationale", "criteri(?:on|a)", "reasons?"),
)
_OFTENER: Final = rf"(?:{IS_SO}|(?:is|are|was|were|be) (?:\w+ly )?(?:more|less) (?:frequent|common|likely|often))"
_THOSE: Final = r"(?:patients|those|tumou?rs|cases|lesions|individuals|subjects|women|men)"

_IN_THOSE: Final = "|in patients (?:taking|on|receiving|treated (?:with|by)|under)"

PROSPECT_FRAMES: Final = (
    Frame(
        name="foretells-response",
        cue=phrase(rf"{_FORETELLS} (?:(?!no\b|not\b)[\w-]+ ){{0,4}}?{_RESPONSE} (?:to|from|of|under|after|for)"),
        left=SELECTING,
        right=THERAPY,
        predicate="associated_with",
        reach=60,
        near=30,
        itself=True,
        example="The Ki-67 index predicts the response to chemotherapy.",
    ),
    Frame(
        name="response-foretold-by",
        opening=screened(rf"\b{_RESPONSE} (?:to|from|of|under|after) [^.;]{{2,60}}$", re.IGNORECASE),
        cue=phrase(_DEPENDS),
        left=THERAPY,
        right=SELECTING | DISEASE,
        predicate="associated_with",
        reach=25,
        near=40,
        example="Response to chemotherapy is associated with the Ki-67 index.",
    ),
    Frame(
        name="respond-better",
        cue=phrase("(?<!not )(?:respond|benefit|profit)(?:s|ed)? (?:\\w+ ){0,2}?(?:to|from)"),
        left=SELECTING - TEST,
        right=THERAPY,
        predicate="associated_with",
        reach=12,
        near=20,
        example="Patients with a high Ki-67 index respond better to chemotherapy.",
    ),
    Frame(
        name="such-respond-better",
        cue=phrase(
            r"(?:tumou?rs?|metastas[ei]s|lesions?|nodules?|neoplasms?|carcinomas?) (?:(?:usually|often"
            r"|typically|also|may|can) )?"
            r"(?<!not )(?:respond|benefit|profit)(?:s|ed)? (?:\w+ ){0,2}?(?:to|from)"
        ),
        left=SELECTING - TEST,
        right=THERAPY,
        predicate="associated_with",
        reach=2,
        near=20,
        example="Hypervascular metastases respond better to chemoembolization.",
    ),
    Frame(
        name="makes-fit",
        cue=phrase(
            r"mak(?:es?|ing) (?:them|it|(?:these|this|the) \w+) (?:\w+ )?"
            r"(?:suitable|amenable|accessible|eligible|candidates?|ideal|appropriate) (?:for|to)"
        ),
        left=SELECTING - TEST,
        right=THERAPY,
        predicate="therapy_indication",
        reach=40,
        near=20,
        turned=True,
        example="Strong tracer uptake makes these tumors suitable for radionuclide therapy.",
    ),
    Frame(
        name="withdrawn-before",
        cue=phrase(
            r"(?:withdrawn|discontinued|stopped|interrupted|withheld|paused|omitted) (?:[\w-]+ ){0,4}?(?:before"
            r"|prior to|for)"
        ),
        left=THERAPY,
        right=TEST | MARKER,
        predicate="associated_with",
        reach=30,
        near=30,
        example="Proton pump inhibitors should be stopped before measurement of chromogranin A.",
    ),
    Frame(
        name="given-to-those-on",
        cue=phrase(
            rf"{_ADVISED} (?:for|in) (?:\w+ )?{_THOSE} (?:who (?:will )?)?"
            r"(?:receiv\w+|undergo\w*|treated (?:with|by)|scheduled for|taking|on)"
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=40,
        near=20,
        example="Antiemetics are recommended in patients undergoing chemoembolization.",
    ),
    Frame(
        name="level-shifted-by",
        cue=phrase(
            rf"(?:{SHIFTS}\w*|ris(?:es?|en)|rose|fell|fall(?:s|en)?) (?:\w+ )?(?:by|during|under|after"
            rf"|following{_IN_THOSE})"
        ),
        left=MARKER,
        right=THERAPY | DISEASE,
        predicate="associated_with",
        reach=45,
        near=30,
        itself=True,
        example="Chromogranin A may be falsely elevated by proton pump inhibitors.",
    ),
    Frame(
        name="shifts-level",
        cue=phrase(rf"{SHIFTS}(?:es?|s|ed)?"),
        left=THERAPY,
        right=MARKER,
        predicate="associated_with",
        reach=25,
        near=35,
        itself=True,
        example="Proton pump inhibitors increase chromogranin A.",
    ),
    Frame(
        name="marker-tells",
        cue=USED_FOR,
        left=MARKER | {"classification"},
        right=OUTCOME,
        predicate="associated_with",
        near=15,
        itself=True,
        example="Chromogranin A is used to monitor the treatment response.",
    ),
    Frame(
        name="outcome-foretells",
        cue=phrase(BEARS_ON, "surrogates? (?:\\w+ )?(?:for|of)", "translat(?:es?|ed) into"),
        left=OUTCOME,
        right=OUTCOME,
        predicate="associated_with",
        reach=30,
        near=40,
        itself=True,
        example="Complete response is associated with longer overall survival.",
    ),
    Frame(
        name="measure-foretells",
        cue=phrase(BEARS_ON, IMPAIRS),
        left=frozenset({"measure"}),
        right=OUTCOME,
        predicate="associated_with",
        reach=30,
        near=40,
        itself=True,
        example="A sufficient ablation margin is associated with fewer complications.",
    ),
    Frame(
        name="followed-with",
        cue=phrase(rf"(?:(?:is|are|was|were|be|been) (?:\w+ )?){_FOLLOWS}\w* (?:\w+ly )?(?:by|with|on|using)"),
        left=OUTCOME,
        right=TEST,
        predicate="detected_by",
        reach=20,
        near=20,
        itself=True,
        example="Treatment response is assessed with computed tomography.",
    ),
    Frame(
        name="given-for-such",
        cue=phrase(
            f"{_ADVISED} (?:for|in)",
            "(?:reserved|offered|limited|restricted|confined) to",
        ),
        left=THERAPY,
        right=OUTCOME | {"sign", "classification", "clinical-feature"},
        predicate="therapy_indication",
        reach=40,
        near=45,
        example="Chemotherapy is reserved for selected patients with high-grade tumors.",
    ),
    Frame(
        name="given-for-expressing",
        cue=screened(
            rf"\b{_ADVISED} (?:for|in) [^.;,]{{0,50}}?\b(?:express(?:ing|es)?|positive for|with|high|elevated"
            rf"|increased)\s",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=MARKER,
        predicate="therapy_indication",
        reach=40,
        near=15,
        first=True,
        example="Radionuclide therapy is an option for tumors that express somatostatin receptors.",
    ),
    Frame(
        name="asks-for-such",
        cue=phrase("requires?", "required", "demands?", "presupposes?", "relies on", "depends on"),
        left=THERAPY,
        right=frozenset({"sign", "marker", "classification"}),
        predicate="therapy_indication",
        reach=20,
        near=30,
        itself=True,
        example="Radionuclide therapy requires high tracer uptake.",
    ),
    Frame(
        name="overcomes",
        cue=phrase("overcom(?:es?|ing)", "circumvents?", "(?:is|are) (?:unaffected by|independent of|free of)"),
        left=THERAPY,
        right=OUTCOME,
        predicate="therapy_outcome",
        reach=30,
        near=15,
        itself=True,
        denies=True,
        example="Microwave ablation overcomes the heat-sink effect.",
    ),
    Frame(
        name="needed-for",
        cue=phrase(
            rf"(?:is|are|was|were|as|being|be) (?:an? |the )?(?:\w+ )?{_NEEDED} (?:for|to|of)",
            r"(?:is|are) (?:\w+ )?(?:required|necessary|mandatory|essential|needed) (?:for|before)",
            *("qualif(?:y|ies) (?:[\\w ]{2,20} )?for", "selects? [\\w ]{2,20} for"),
        ),
        left=(SELECTING - TEST) | {"clinical-feature"},
        right=THERAPY,
        predicate="therapy_indication",
        reach=25,
        near=20,
        turned=True,
        itself=True,
        example="High tracer uptake is a prerequisite for radionuclide therapy.",
    ),
    Frame(
        name="course-of-those-with",
        opening=screened(rf"\b{_OFTENER}$", re.IGNORECASE),
        cue=screened(rf" (?:in|for|among) {_THOSE} with (?:an? |the )?", re.IGNORECASE),
        left=OUTCOME,
        right=FACTORS - DISEASE,
        predicate="has_prognosis",
        reach=45,
        near=20,
        turned=True,
        example="Recurrence was more frequent in patients with vascular invasion.",
    ),
    Frame(
        name="those-with-have-course",
        opening=screened(rf"\b{_THOSE} with [^.;,]{{2,50}}$", re.IGNORECASE),
        cue=screened(rf"\b{HAS} (?:an? |the )?(?:\w+ )?(?={GOOD_OR_BAD}\b)", re.IGNORECASE),
        left=FACTORS - DISEASE,
        right=OUTCOME,
        predicate="has_prognosis",
        reach=20,
        near=35,
        example="Patients with vascular invasion have a worse prognosis.",
    ),
    Frame(
        name="prognostic",
        cue=phrase(
            r"(?:is|are|was|were|represents?) (?:(?!no\b|not\b)[\w-]+ ){0,5}?prognostic"
            r" (?:factor|marker|indicator|parameter)s?(?! (?:of|in|for)\b)"
        ),
        left=FACTORS,
        right=frozenset(),
        says="prognosis",
        predicate="has_prognosis",
        reach=20,
        itself=True,
        wide=True,
        example="A high Ki-67 index is an adverse prognostic factor.",
    ),
)
