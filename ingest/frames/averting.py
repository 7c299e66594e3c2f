"""This module holds the turns of phrase of what a therapy averts, resolves, spares or is limited by."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, THERAPY, Frame
from ingest.frames.prospects import OUTCOME, SHIFTS
from ingest.frames.therapies import GIVEN
from ingest.phrases import phrase
from ingest.screening import screened

AVERTING_FRAMES: Final = (
    Frame(
        name="averted-by",
        cue=phrase(
            r"(?:prevented|avoided|reduced|minimi[sz]ed|lessened|decreased|mitigated|lowered|suppressed|palliated"
            r"|improved|ameliorated|averted|diminished|counteracted|alleviated) (?:\w+ )?(?:by|with|using)"
        ),
        left=COMPLAINTS | DISEASE,
        right=THERAPY,
        predicate="therapy_outcome",
        reach=30,
        near=40,
        turned=True,
        itself=True,
        example="Carcinoid crisis can be prevented by octreotide.",
    ),
    Frame(
        name="averts",
        cue=phrase(
            "(?:prevent|avoid|avert|minimi[sz]e)(?:s|ed|ing|d)?",
            "(?:prevention|prophylaxis) of",
            r"(?:reduc|lower|decreas|diminish|minimi[sz])\w* (?:the )?(?:\w+ )?(?:risk|rate|incidence|frequency"
            r"|likelihood) of",
        ),
        left=THERAPY,
        right=DISEASE,
        predicate="therapy_outcome",
        reach=60,
        near=35,
        example="Antibiotics are given to prevent liver abscess.",
    ),
    Frame(
        name="to-avert-it",
        opening=screened(
            r"\A\W*(?:in order )?(?:to|for(?: the)?) (?:(?:prevent|avoid|reduc|minimi[sz]|control|reliev"
            r"|alleviat|palliat)\w*"
            r"|prophylaxis|relief) [^;:.]*$",
            re.IGNORECASE,
        ),
        cue=screened(rf",\s(?=[^;.]{{3,90}}\b{GIVEN}\b)", re.IGNORECASE),
        left=COMPLAINTS | DISEASE,
        right=THERAPY,
        predicate="therapy_outcome",
        reach=25,
        near=40,
        turned=True,
        example="To prevent liver abscess, antibiotics are given.",
    ),
    Frame(
        name="resolves-after",
        cue=phrase(
            r"(?:resolv|subsid|disappear|improv|regress|abat|remit|normali[sz]|ceas|vanish)(?:es?|s|ed)?"
            r" (?:[\w-]+ ){0,4}?(?:after|with|under|following|during|on|upon)"
        ),
        left=COMPLAINTS | DISEASE,
        right=THERAPY,
        predicate="therapy_outcome",
        reach=20,
        near=25,
        turned=True,
        itself=True,
        example="Flushing usually disappears after resection.",
    ),
    Frame(
        name="finding-shifted-by",
        cue=phrase(
            rf"(?:{SHIFTS}\w*|ris(?:es?|en)|rose|fell|fall(?:s|en)?|disappear(?:s|ed)?) (?:\w+ )?(?:by|during"
            rf"|under|after|following)"
        ),
        left=frozenset({"sign"}),
        right=THERAPY,
        predicate="therapy_outcome",
        reach=20,
        near=25,
        turned=True,
        itself=True,
        example="Enhancement decreases after chemoembolization.",
    ),
    Frame(
        name="without-risk",
        cue=phrase(
            r"(?:no|without(?: the| any)?|free of|eliminat(?:es?|ing)(?: the)?|avoid(?:s|ing)?(?: the)?"
            r"|obviat(?:es?|ing)(?: the)?)"
            r" (?:\w+ )?risks? (?:of|for)"
        ),
        left=THERAPY,
        right=COMPLAINTS | DISEASE | OUTCOME,
        predicate="complication",
        reach=70,
        near=15,
        denies=True,
        negative=True,
        example="Microwave ablation carries no risk of liver failure.",
    ),
    Frame(
        name="limited-by",
        cue=phrase("(?:limited|hampered|burdened|compromised|restricted|hindered|complicated) (?:\\w+ )?by"),
        left=THERAPY,
        right=COMPLAINTS | DISEASE,
        predicate="complication",
        reach=25,
        near=45,
        example="Chemotherapy is often limited by nausea.",
    ),
    Frame(
        name="limited-in-success-by",
        cue=phrase(
            "(?:limited|hampered|burdened|compromised|restricted|hindered|affected|influenced) (?:\\w+ )?by",
            "(?:susceptible|prone|vulnerable|subject|sensitive) to",
        ),
        left=THERAPY,
        right=OUTCOME,
        predicate="therapy_outcome",
        reach=25,
        near=30,
        example="Radiofrequency ablation is limited by the heat-sink effect.",
    ),
)
