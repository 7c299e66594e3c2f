"""This module holds the turns of phrase of tests, findings and therapies among themselves: what a test is for, is made
with, depends on; what a finding asks for; what binds to a receptor.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.detection import BEST
from ingest.frames.frame import MARKER, SITE, TEST, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_ADVERB: Final = r"(?:\w+ly |also |often |well |most |more |highly |still )*"
_SERVES: Final = one_of(
    "(?:adds?|provides?|gives?|offers?|yields?) (?:\\w+ )?information (?:on|about|regarding|concerning)",
    *("improves?", "increases?", "enhances?", "facilitates?", "enables?", "permits?", "simplifies", "guides?"),
    *("contributes? to", "supports?", "aids?(?: in)?", "helps? (?:in|to (?:plan|guide|assess|select|predict))"),
    *("predicts?", "reflects?", "quantif(?:y|ies)", "measures?", "assess(?:es)?", "evaluates?", "estimates?"),
    *("monitors?", "provides?", "offers?", "allows?", "affects?", "influences?", "changes?", "alters?"),
    *("(?:should|must) precede", r"plays? an? (?:\w+ )?role in"),
)
_FIT: Final = one_of(
    *("useful", "used", "essential", "important", "crucial", "helpful", "needed", "required", "mandatory"),
    *("recommended", "indicated", "valuable", "necessary", "suitable", "effective", "appropriate", "superior"),
    *("performed", "employed", "applied", "preferred", "sensitive", "accurate", "ideal", "feasible", "obtained"),
    *("acquired", "done", "reliable", "best"),
)
_BE: Final = r"(?:is|are|was|were|be|been|remains?|seems? to be|appears? to be)"
_FOR: Final = (
    r"(?:for|in|(?:in order )?to (?:plan|guide|assess|evaluate|monitor|select|predict|study|examine|follow|look for"
    r"|search for|determine|define|exclude|stage"
    r"|(?:select|identify) (?:\w+ )?(?:patients|candidates) (?:suitable |eligible )?for)|during|before|prior to|after)"
)
_USE: Final = rf"(?:{_SERVES}|{_BE} {_ADVERB}{_FIT} {_FOR}|{_BE} (?:the |an? |\w+ly |most )*{BEST} (?:for|in|to))"
_WHAT: Final = r"(?: (?:the|an?|any|both|all|better|more|accurate|precise|reliable|early|complete|further)\b)*"
_WHOSE: Final = (
    r"(?: (?:assessment|evaluation|planning|monitoring|guidance|selection|study|examination|imaging|measurement|risk"
    r"|rates?|degree|extent|depiction|analysis|staging|visuali[sz]ation|characteri[sz]ation|prediction) (?:of|for)"
    r"|(?:initiation of )?(?:treatment|therapy) with)?"
)
USED_FOR: Final = screened(rf"\b{_ADVERB}{_USE}{_WHAT}{_WHOSE}{_WHAT}", re.IGNORECASE)
"""'is useful for the assessment of the ', 'improves the ', 'guides '."""
_OFTEN: Final = r"(?:\w+ly |often |more |also |still )*"
_MERIT: Final = one_of(
    *("(?:dis)?advantages?", "strengths?", "benefits?", "merits?", "drawbacks?", "limitations?", "weakness(?:es)?"),
    *("pitfalls?", "shortcomings?"),
)
_SUCH: Final = (
    r"(?: (?:the|its|their|an?|low|lower|high|higher|poor|limited|better|good|superior|excellent|relatively"
    r"|inherent)\b)*"
)
"""What may stand before what a test is good or bad at."""

_EFFECT: Final = one_of("outcome", "response", "result", "efficacy", "success", "effect")

RELATION_FRAMES: Final = (
    Frame(
        name="test-improves",
        cue=USED_FOR,
        left=TEST | {"phase"},
        right=frozenset({"outcome", "measure", "classification"}),
        predicate="associated_with",
        near=15,
        itself=True,
        example="Magnetic resonance imaging is useful for the prediction of recurrence.",
    ),
    Frame(
        name="test-guides",
        cue=USED_FOR,
        left=TEST,
        right=THERAPY | TEST,
        predicate="associated_with",
        near=12,
        itself=True,
        example="Ultrasonography guides percutaneous drainage.",
    ),
    Frame(
        name="test-assesses",
        cue=USED_FOR,
        left=TEST,
        right=frozenset({"sign"}),
        predicate="detected_by",
        near=12,
        turned=True,
        itself=True,
        example="Computed tomography allows the evaluation of vascular invasion.",
    ),
    Frame(
        name="test-of-a-site",
        cue=screened(
            rf"\b{_ADVERB}(?:{_USE}|shows?|depicts?|visuali[sz]es?|covers?|displays?|demonstrates?){_WHAT}{_WHOSE}{_WHAT}",
            re.IGNORECASE,
        ),
        left=TEST | {"phase"},
        right=SITE,
        predicate="imaging_technique",
        near=12,
        itself=True,
        example="Endoscopic ultrasound is used to examine the pancreas.",
    ),
    Frame(
        name="binds-to",
        cue=phrase(
            *("binds? (?:\\w+ )?to", "binding (?:\\w+ )?to", "targets?", "targeting", "(?:acts?|acting) (?:\\w+ )?on"),
            *(
                "(?:has|have|with|shows?) (?:an? )?(?:\\w+ )*affinity (?:for|to)",
                "depends? on",
                "reflects?",
                "blocks?",
            ),
            *("inhibits?", "stimulates?", "suppress(?:es)?", "taken up by", "correlat(?:es|ed) with"),
        ),
        left=TEST | THERAPY,
        right=MARKER,
        predicate="associated_with",
        near=30,
        itself=True,
        example="Octreotide binds to somatostatin receptors.",
    ),
    Frame(
        name="asks-for",
        cue=phrase(
            *(rf"(?:influences?|determines?|guides?)(?! the {_EFFECT})", "requires?", "demands?", "warrants?"),
            *("prompts?", "justif(?:y|ies)", "necessitates?"),
            *("(?:is|are|was|were) (?:an? )?(?:\\w+ )?(?:indications?|prerequisites?|criterion|criteria) (?:for|of)",),
        ),
        left=frozenset({"sign", "marker", "outcome"}),
        right=THERAPY,
        predicate="therapy_indication",
        near=20,
        turned=True,
        itself=True,
        example="Disease progression is an indication for chemoembolization.",
    ),
    Frame(
        name="test-limited-by",
        cue=phrase(
            rf"{_BE} {_OFTEN}(?:limited|hampered|impaired|degraded|affected|hindered|restricted|compromised) by{_SUCH}",
            rf"{_BE} {_OFTEN}(?:prone|susceptible|vulnerable|sensitive) to(?: the)?",
            rf"suffers? from{_SUCH}",
            rf"(?:has|have) (?:the |an? )?(?:\w+ )?{_MERIT} of{_SUCH}",
        ),
        left=TEST,
        right=frozenset({"measure", "clinical-feature"}),
        predicate="associated_with",
        near=12,
        itself=True,
        words="measure",
        example="Ultrasonography is limited by obesity.",
    ),
    Frame(
        name="test-has-limits",
        opening=screened(rf"\b{_MERIT} (?:of|with) [^,;.]{{0,60}}$", re.IGNORECASE),
        cue=phrase(rf"(?:includes?|is|are|comprises?){_SUCH}"),
        left=TEST,
        right=frozenset({"measure", "outcome", "clinical-feature"}),
        predicate="associated_with",
        reach=5,
        near=12,
        words="measure",
        example="The disadvantages of computed tomography are radiation exposure and cost.",
    ),
)
