"""This module holds the turns of phrase by which Methods state something: what counts as what, and what an examination
was done for.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, MARKER, TEST, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_BE: Final = r"(?:is|are|was|were|be|been)"
_OF_NUMBERS: Final = one_of(
    *("times?", "intervals?", "periods?", "durations?", "dates?", "days?", "weeks?", "months?", "years?"),
    *("percentages?", "proportions?", "ratios?", "rates?", "numbers?", "sums?", "means?", "averages?", "quotients?"),
    *("differences?", "cases?", "patients?", "products?", "fractions?"),
)
_WHAT: Final = rf"(?! (?:the |an? )?(?:\w+ )?{_OF_NUMBERS}\b)(?: (?:the|an?|any|either))*"
_DEFINED: Final = (
    rf"{_BE} (?:\w+ly )?(?:defined|described) (?:as|by|if|when){_WHAT}"
    rf"|{_BE} (?:\w+ly )?(?:considered|assumed|recorded|declared|regarded|determined|scored|diagnosed)"
    r"(?: (?:present|positive|achieved|complete|successful))? (?:if|when|in case of)"
)
_SHOWING: Final = one_of("showing", "with", "having", "exhibiting", "demonstrating", "displaying", "appearing as")
_CHANGES: Final = one_of("disappear", "resol", "decreas", "reduc", "regress", "increas", "chang", "diminish", "less")
_AS_IT_IS: Final = rf"(?![^.;]{{0,60}}\b{_CHANGES})"
DEFINED_IN_WORDS: Final = screened(rf"\b(?:{_DEFINED})\b", re.IGNORECASE)
"""'was defined as the ', 'was considered present if': what tells by what a thing is known."""
DEFINED_BY_SIGN: Final = screened(rf"\b(?:{_DEFINED})(?: (?:[\w-]+ ){{0,6}}?{_SHOWING})?\b{_AS_IT_IS}", re.IGNORECASE)
DEFINED: Final = screened(rf"\b(?:{_DEFINED})\b{_AS_IT_IS}", re.IGNORECASE)
"""The same where it is not known by how something changes: 'defined as the disappearance of enhancement'."""

_LOOK: Final = one_of(
    *(
        "evaluate",
        "assess",
        "detect",
        "exclude",
        "rule out",
        "identify",
        "monitor",
        "look for",
        "search for",
        "confirm",
    ),
    *("screen for", "check for", "visuali[sz]e", "locali[sz]e", "determine", "verify", "document", "delineate"),
)
_THERE: Final = (
    r"(?: (?:the|an?|any|possible|potential|presence|absence|development|occurrence|extent|degree|efficacy|status"
    r"|suspected|of|or|and|for))*"
)
_FOR: Final = rf"(?:in order )?to (?:\w+ly )?{_LOOK}(?:(?:,| and| or) {_LOOK})?{_THERE}"
_DONE: Final = one_of("performed", "obtained", "acquired", "carried out", "done", "repeated", "undertaken", "conducted")
_HAD: Final = r"(?:underwent|received|had|were (?:examined|scanned|imaged|followed|evaluated) (?:by|with|using))"
_SOMEHOW: Final = rf"[^.;]{{3,120}}\b(?:{_BE} (?:\w+ )?{_DONE}|{_HAD})\b"
_JUDGED: Final = one_of(
    *("assessed", "evaluated", "monitored", "measured", "determined", "examined", "judged", "checked", "followed up")
)
_ACCORDING: Final = r"(?:according to|based on|as per|per)(?: (?:the|definitions?|criteria|guidelines?|of|in))*"
_CRITERIA: Final = one_of(
    *("m?RECIST", "iRECIST", "PERCIST", "EASL", "Choi", "CTCAE", "WHO", "NCI", "Clavien", "Society", "SIR", "modified"),
    *("Common Terminology", "Response Evaluation", "National Cancer Institute", "World Health"),
)
_WORDS: Final = r"(?:\([^()]*\)|[^.;()])"
_DEVICE: Final = one_of("electrodes?", "antennas?", "probes?", "applicators?", "beads", "microspheres", "particles")
COURSES: Final = frozenset({"outcome"})
LOOKED_FOR: Final = frozenset({"disease", "sign", "outcome"})

METHOD_FRAMES: Final = (
    Frame(
        name="defined-by-sign",
        cue=DEFINED_BY_SIGN,
        left=frozenset({"outcome", "disease", "syndrome"}),
        right=frozenset({"sign"}),
        predicate="has_sign",
        planned=True,
        itself=True,
        reach=25,
        near=60,
        example="Recurrence was defined as any new lesion showing arterial enhancement and washout.",
    ),
    Frame(
        name="sign-defined-by",
        cue=DEFINED_BY_SIGN,
        left=frozenset({"sign", "clinical-feature", "phase"}),
        right=frozenset({"sign", "phase"}),
        predicate="classified_by",
        planned=True,
        itself=True,
        reach=25,
        near=3,
        example="Washout was defined as hypointensity relative to the liver.",
    ),
    Frame(
        name="defined-by-feature",
        cue=DEFINED,
        left=frozenset({"outcome", "disease", "syndrome"}),
        right=frozenset({"clinical-feature", "syndrome"}),
        predicate="has_clinical_feature",
        planned=True,
        itself=True,
        reach=25,
        near=25,
        example="Liver failure was defined as ascites and hepatic encephalopathy.",
    ),
    Frame(
        name="defined-by-marker",
        cue=DEFINED,
        left=frozenset({"outcome", "disease", "syndrome"}),
        right=MARKER,
        predicate="has_marker",
        planned=True,
        itself=True,
        reach=25,
        near=25,
        example="Liver failure was defined as an elevated bilirubin.",
    ),
    Frame(
        name="defined-by",
        cue=DEFINED,
        left=frozenset({"outcome", "measure", "clinical-feature", "disease", "syndrome"}),
        right=frozenset({"outcome", "measure", "classification"}),
        predicate="classified_by",
        planned=True,
        itself=True,
        reach=25,
        near=8,
        example="Disease control was defined as partial response or stable disease.",
    ),
    Frame(
        name="defined-in-words",
        cue=DEFINED_IN_WORDS,
        left=frozenset({"outcome", "measure", "clinical-feature", "sign"}),
        right=frozenset(),
        predicate="classified_by",
        planned=True,
        itself=True,
        reach=25,
        near=5,
        words="measure",
        example="Technical success was defined as complete destruction of the target lesion.",
    ),
    Frame(
        name="done-to-look",
        opening=phrase(rf"{_BE} (?:\w+ly )?{_DONE}", _HAD),
        cue=phrase(_FOR),
        left=TEST,
        right=LOOKED_FOR,
        predicate="detected_by",
        planned=True,
        wide=True,
        turned=True,
        reach=90,
        near=10,
        example="All patients underwent computed tomography of the chest to rule out lung metastases.",
    ),
    Frame(
        name="to-look-done",
        opening=phrase(_FOR),
        cue=screened(rf",(?={_SOMEHOW})(?: (?:[\w-]+ ){{0,4}}?{_HAD})?(?: (?:the|an?)\b)*", re.IGNORECASE),
        left=LOOKED_FOR,
        right=TEST,
        predicate="detected_by",
        planned=True,
        wide=True,
        reach=5,
        near=50,
        example="To exclude liver metastases, computed tomography was performed in all patients.",
    ),
    Frame(
        name="judged-on",
        cue=phrase(
            rf"(?<!not )(?:{_BE} )?(?:\w+ly )?(?<!not ){_JUDGED} (?:[\w-]+ ){{0,3}}?(?:by|on|with|using|at|in|via)"
        ),
        left=COURSES,
        right=TEST,
        predicate="detected_by",
        planned=True,
        itself=True,
        reach=25,
        near=45,
        example="Tumor response was assessed by magnetic resonance imaging.",
    ),
    Frame(
        name="defined-according",
        cue=phrase(rf"{_BE} (?:\w+ly )?defined (?:as|by) [^.;]{{3,90}}?{_ACCORDING}"),
        left=frozenset({"outcome", "measure"}),
        right=frozenset({"classification"}),
        predicate="classified_by",
        planned=True,
        itself=True,
        reach=25,
        near=8,
        example="Progression was defined as growth of the target lesions according to mRECIST.",
    ),
    Frame(
        name="according-to",
        cue=screened(rf"\b{_ACCORDING} (?={_CRITERIA}\b)", re.IGNORECASE),
        left=frozenset({"outcome", "measure"}),
        right=frozenset({"classification"}),
        predicate="classified_by",
        planned=True,
        reach=25,
        near=3,
        example="The rate of complete response according to mRECIST was high.",
    ),
    Frame(
        name="group-used",
        opening=phrase(r"in the [^,;.]{2,40} (?:group|arm)"),
        cue=screened(
            rf",(?={_WORDS}{{3,60}}\b{_DEVICE}\b{_WORDS}{{0,200}}\b(?:was|were) (?:used|employed|placed|inserted)\b)",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        planned=True,
        reach=8,
        near=40,
        example="In the RFA group, an internally cooled electrode was used.",
    ),
    Frame(
        name="found-on",
        opening=screened(
            r"\b(?:show(?:s|ed)|had|presented with|revealed|demonstrated|developed|due to|because of)\b"
            r"(?:(?!\b(?:no|not|without)\b)[^.;]){1,60}$",
            re.IGNORECASE,
        ),
        cue=screened(
            r" (?:in|on|at)(?: (?:the|an?|follow-up|initial|baseline|immediate|postoperative))* ", re.IGNORECASE
        ),
        left=DISEASE | COURSES,
        right=TEST,
        predicate="detected_by",
        planned=True,
        reach=0,
        near=0,
        example="One patient showed portal vein thrombosis on follow-up ultrasonography.",
    ),
)
