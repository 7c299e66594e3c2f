"""This module holds the turns of phrase of what a therapy brings: outcomes, relief, complications."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_LISTS: Final = phrase("includes?", "included", "are", "is", "were", "comprise")
_ILLS: Final = one_of(
    *("complications?", "side[- ]effects?", "adverse (?:events?|effects?|reactions?)", "toxicit(?:y|ies)", "sequelae?"),
    "consequences?",
)
_CAUSES: Final = one_of("induce[sd]?", "cause[sd]?", "precipitate[sd]?", "trigger(?:s|ed)?", "provoke[sd]?")
_HAPPENS: Final = one_of(
    *("occur(?:s|red|ring)?", "develop(?:s|ed|ing)?", "appear(?:s|ed)?", "seen", "observed", "noted", "reported"),
    *("found", "described", "common", "frequent", "rare", "uncommon", "unusual", "encountered", "experienced"),
    *("documented", "recorded", "arose", "persisted", "achieved", "obtained", "reached", "possible", "expected"),
)
_AFTER: Final = one_of(
    *("after", "following", "with", "during", "under", "upon"),
    "in (?:\\w+ )?patients (?:who )?(?:were )?(?:treated (?:with|by)|undergoing|underwent|receiving|received|after)",
)
_NO_ADJECTIVE: Final = r"(?<!\bthe )(?<!\ban )(?<!\ba )(?<!\bits )"
"""'the reduced dose' tells of nothing that was reduced."""
_ACHIEVES: Final = one_of(
    *(
        "effective (?:\\w+ ){0,2}?(?:for|in)",
        "(?:therapy|treatment|drugs?) for",
        "result(?:s|ed)? in",
        "ha[sd]",
        "have",
    ),
    *("achieve[sd]?", "improve[sd]?", "provide[sd]?", "offer(?:s|ed)?", "reduce[sd]?", "prolong(?:s|ed)?", "gives?"),
    *("relieve[sd]?", "leads? to", "led to", "allow(?:s|ed)?", "yield(?:s|ed)?", "gave", "carr(?:y|ies|ied)", "showed"),
    *(
        "confer(?:s|red)?",
        "increase[sd]?",
        "decrease[sd]?",
        "lower(?:s|ed)?",
        "delay(?:s|ed)?",
        "ensure[sd]?",
        "shows?",
    ),
    *("enable[sd]?", "create[sd]?", "produce[sd]?", "prevent(?:s|ed)?", "associated with", "followed by"),
    *("demonstrate[sd]?", "(?:equivalent|comparable|similar) in terms of"),
)
_RISK: Final = (
    r"(?:carr(?:y|ies|ied)|bears?|has|have|had|poses?|with) (?:an? |the |some )?(?:[\w-]+ ){0,2}risks? (?:of|for)"
)

EFFECT_FRAMES: Final = (
    Frame(
        name="brings",
        cue=phrase(
            rf"(?:can |may |could |sometimes )?{_CAUSES}(?! (?:by|to)\b)",
            "complications (?:of \\w+ )?(?:are|were|include)",
            *("leads? to", "led to", "results? in", "resulted in", "complicated by", _RISK),
        ),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="complication",
        reach=60,
        near=60,
        example="Radiofrequency ablation can cause liver abscess.",
    ),
    Frame(
        name="achieves",
        cue=screened(rf"{_NO_ADJECTIVE}\b{_ACHIEVES}\b", re.IGNORECASE),
        left=THERAPY,
        right=frozenset({"outcome", "measure"}),
        predicate="therapy_outcome",
        reach=60,
        near=60,
        example="Octreotide provided good symptom control.",
    ),
    Frame(
        name="has-advantages",
        cue=phrase(
            "advantages?(?: over [\\w -]{3,30})?,? (?:such as|including|of|are|is|include)",
            "benefits? (?:such as|including)",
        ),
        left=THERAPY,
        right=frozenset({"outcome", "measure"}),
        predicate="therapy_outcome",
        reach=60,
        near=80,
        example="Microwave ablation offers advantages such as shorter ablation time.",
    ),
    Frame(
        name="achieved-by",
        cue=phrase(
            rf"{_HAPPENS} (?:(?!to\b)\w+ ){{0,2}}?{_AFTER}",
            rf"{_HAPPENS} by",
            "(?:improved|prolonged|increased|reduced) (?:by|with|after)",
        ),
        left=frozenset({"outcome"}),
        right=THERAPY,
        predicate="therapy_outcome",
        reach=30,
        near=40,
        turned=True,
        example="Complete response was observed after radiofrequency ablation.",
    ),
    Frame(
        name="is-curative",
        cue=screened(
            r"\b(?:is|are|was|were|be|as|remains?)(?: [\w-]+){0,5}? (?=(?:curative|palliative|palliation)\b)",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="therapy_outcome",
        reach=25,
        near=1,
        first=True,
        example="Enucleation is usually curative.",
    ),
    Frame(
        name="side-effects",
        opening=phrase(_ILLS),
        cue=_LISTS,
        left=THERAPY,
        right=COMPLAINTS | {"disease", "outcome"},
        predicate="complication",
        near=40,
        example="The side effects of radiofrequency ablation include fever and nausea.",
    ),
    Frame(
        name="drawbacks",
        opening=phrase("(?:limitations?|drawbacks?|disadvantages?|advantages?|benefits?|results?) (?:of|with)"),
        cue=_LISTS,
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        near=30,
        example="The main limitation of radiofrequency ablation is local recurrence.",
    ),
    Frame(
        name="is-side-effect",
        cue=phrase(rf"(?:is|are|was|were|as) (?:[\w-]+ ){{0,4}}?{_ILLS} (?:of|after|following|with|in)"),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=20,
        near=30,
        turned=True,
        example="Fever is a common side effect of chemoembolization.",
    ),
    Frame(
        name="goes-with",
        cue=phrase("associated with", "complicated by", "followed by", "provoke[sd]?", _RISK),
        left=THERAPY,
        right=COMPLAINTS,
        predicate="complication",
        reach=60,
        near=60,
        example="Radiofrequency ablation is associated with fever.",
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
        left=THERAPY,
        right=COMPLAINTS,
        predicate="therapy_outcome",
        reach=60,
        near=50,
        example="Octreotide relieves flushing and diarrhea.",
    ),
    Frame(
        name="comes-after",
        cue=phrase("after", "following"),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=30,
        near=30,
        turned=True,
        example="Fever occurred after radiofrequency ablation.",
    ),
    Frame(
        name="happens-after",
        cue=phrase(rf"{_HAPPENS} (?:(?!to\b)\w+ ){{0,3}}?{_AFTER}", rf"{_CAUSES} by"),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=20,
        near=30,
        turned=True,
        example="Liver abscess was seen after chemoembolization.",
    ),
    Frame(
        name="in-its-group",
        cue=screened(r"\bin the (?=[\w-]+(?: [\w-]+){0,2}?(?: treatment)? (?:groups?|arms?)\b)", re.IGNORECASE),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=30,
        near=1,
        turned=True,
        first=True,
        example="A liver abscess occurred in the radiofrequency ablation group.",
    ),
    Frame(
        name="brought-by",
        cue=phrase("as a (?:complication|result|consequence) of", "induced by", "caused by", "due to", "owing to"),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=10,
        near=25,
        turned=True,
        example="Liver failure due to chemoembolization was rare.",
    ),
)
