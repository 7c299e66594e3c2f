"""This module holds the turns of phrase of what a therapy brings: outcomes, relief, complications."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, THERAPY, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_LISTS: Final = phrase("includ(?:es?|ed|ing)", "are", "is", "were", "comprise", "such as", "like", "consists? of")
_ILLS: Final = one_of(
    *("complications?", "side[- ]effects?", "adverse (?:events?|effects?|reactions?)", "toxicit(?:y|ies)", "sequelae?"),
    "consequences?",
)
_CAUSES: Final = one_of("induce[sd]?", "cause[sd]?", "precipitate[sd]?", "trigger(?:s|ed)?", "provoke[sd]?")
_HAPPENS: Final = one_of(
    *("occur(?:s|red|ring)?", "develop(?:s|ed|ing)?", "appear(?:s|ed)?", "seen", "observed", "noted", "reported"),
    *("found", "described", "common", "frequent", "rare", "uncommon", "unusual", "encountered", "experienced"),
    *(
        "documented",
        "recorded",
        "worsen(?:s|ed)?",
        "arose",
        "persisted",
        "achieved",
        "obtained",
        "reached",
        "possible",
        "expected",
    ),
)
_HOW: Final = one_of(
    *("low(?:er)?", "high(?:er)?", "good", "better", "excellent", "poor", "worse", "long(?:er)?", "short(?:er)?"),
    *("improved", "prolonged", "reduced", "increased", "acceptable", "similar", "comparable", "favou?rable", "limited"),
)
_AFTER: Final = one_of(
    *("after", "following", "with", "during", "under", "upon"),
    "in (?:\\w+ )?patients (?:who )?(?:were )?(?:treated (?:with|by)|undergoing|underwent|receiving|received|after)",
)
_IN_SOME: Final = rf"{_HAPPENS} in (?:[\w.%<>–-]+ ){{1,6}}?(?:of|after|undergoing|treated (?:with|by)|receiving)"
"""'occur in up to 10% of '."""
_NOT_WHO: Final = r"(?<!patients )(?<!cases )(?<!those )"
"""'in patients with' tells who they are, and not what was done."""
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
    *(
        "doubl(?:es?|ed)",
        "tripled",
        "extend(?:s|ed)?",
        "lengthen(?:s|ed)?",
        "maintain(?:s|ed)?",
        "preserve[sd]?",
        "shorten(?:s|ed)?",
    ),
    *("enhance[sd]?", "favou?rs", "worsen(?:s|ed)?", "impair(?:s|ed)?", "affect(?:s|ed)?", "promote[sd]?"),
    *("(?:independent )?predictors? (?:of|for)", "(?:predicts?|predicted)", "prognostic factors? (?:for|of)"),
    *("enable[sd]?", "create[sd]?", "produce[sd]?", "prevent(?:s|ed)?", "associated with", "followed by"),
    "demonstrate[sd]?",
    r"(?:superior|inferior|better|worse|equivalent|comparable|similar) (?:(?:to|than|with) [\w -]{3,40} )?"
    r"(?:in terms of|with (?:respect|regard) to|regarding|concerning)",
)
_RISK: Final = (
    r"(?:carr(?:y|ies|ied)|bears?|has|have|had|poses?|with) (?:an? |the |some )?"
    r"(?:(?!no\b|little\b|without\b)[\w-]+ ){0,2}risks? (?:of|for)"
)

EFFECT_FRAMES: Final = (
    Frame(
        name="brings",
        cue=phrase(
            rf"(?:can |may |could |sometimes )?{_CAUSES}(?! (?:by|to)\b)",
            "complications (?:of \\w+ )?(?:are|were|include)",
            *("worsens?", "aggravate[sd]?", "exacerbate[sd]?", "predisposes? (?:[\\w ]{2,20} )?to"),
            *("leads? to", "led to", "results? in", "resulted in", "complicated by", "linked (?:to|with)", _RISK),
        ),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=60,
        near=60,
        words="clinical-feature",
        example="Radiofrequency ablation can cause liver abscess.",
    ),
    Frame(
        name="works",
        cue=phrase(
            rf"{_CAUSES}(?! (?:by|to)\b)", "leads? to", "led to", "result(?:s|ed|ing)? in", "produces?", "creates?"
        ),
        left=THERAPY,
        right=frozenset({"sign"}),
        predicate="therapy_outcome",
        reach=60,
        near=30,
        example="Chemoembolization induces necrosis.",
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
        name="itself-improved",
        cue=screened(
            r"\s(?=(?:improve|prolong|reduce|increase|enhance|maintain|preserve|control|relieve)(?:s|d|ed)?\s)",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        reach=40,
        near=0,
        example="Octreotide improved quality of life.",
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
            "(?:improv|prolong|increas|reduc|decreas|lower|worsen)(?:ed|s|es) (?:\\w+ )?(?:by|with|after|during"
            "|under|on)",
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
            r"\b(?:is|are|was|were|be|as|remains?)(?: (?!of\b|for\b|to\b|in\b|with\b)[\w-]+){0,5}? "
            r"(?=(?:curative|palliative|palliation)\b)",
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
        words="clinical-feature",
        example="The side effects of radiofrequency ablation include fever and nausea.",
    ),
    Frame(
        name="has-side-effects",
        cue=phrase(rf"{_ILLS},? (?:such as|including|like|namely)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=60,
        near=25,
        words="clinical-feature",
        example="Sorafenib has side effects such as fatigue and diarrhea.",
    ),
    Frame(
        name="induced",
        cue=phrase("-(?:related|induced|associated)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=0,
        near=25,
        example="Chemotherapy-induced nausea is frequent.",
    ),
    Frame(
        name="induced-outcome",
        cue=phrase("-(?:related|induced|associated)"),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="complication",
        reach=0,
        near=12,
        first=True,
        example="Chemotherapy-related mortality is low.",
    ),
    Frame(
        name="offset-by",
        cue=phrase(
            r"(?:is|are|was|were) (?:\w+ )?(?:nullified|offset|outweighed|counterbalanced|compensated"
            r"|neutrali[sz]ed) by",
            "at the (?:cost|expense|price) of",
        ),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=45,
        near=45,
        example="The benefit of extended hepatectomy is offset by liver failure.",
    ),
    Frame(
        name="stopped-for",
        cue=phrase(
            "(?:stopped|discontinued|interrupted|terminated) (?:in [\\w ]{3,25} )?(?:because of|due to|owing to)"
        ),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=30,
        near=25,
        words="clinical-feature",
        example="Sorafenib was stopped because of severe diarrhea.",
    ),
    Frame(
        name="who-had-it-got",
        cue=phrase(
            "(?:(?:groups?|arms?|patients?) )?(?:developed|(?:(?:may|can|could|often|frequently) )?experienced?"
            "|suffered(?: from)?"
            "|(?:may|can|could|often) (?:develop|suffer(?: from)?)|died (?:of|from)"
            "|(?:is|are|was|were) at (?:\\w+ )?risk (?:of|for))"
        ),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=12,
        near=30,
        example="Patients treated with sorafenib experienced fatigue.",
    ),
    Frame(
        name="after-which",
        opening=screened(rf"{_NOT_WHO}\b{_AFTER}\s[^.;,]{{0,50}}$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^.;]{{3,90}}\b(?:{_HAPPENS}|{_ILLS})\b)", re.IGNORECASE),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        reach=1,
        near=25,
        example="After chemoembolization, fever and pain are common.",
    ),
    Frame(
        name="after-which-outcome",
        opening=screened(rf"{_NOT_WHO}\b(?:{_AFTER}|by)\s[^.;,]{{0,50}}$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^.;]{{3,90}}\b(?:{_HAPPENS}|{_HOW})\b)", re.IGNORECASE),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        reach=1,
        near=40,
        example="After liver transplantation, disease-free survival was low.",
    ),
    Frame(
        name="drawbacks",
        opening=phrase("(?:limitations?|drawbacks?|disadvantages?|advantages?|benefits?|results?) (?:of|with)"),
        cue=_LISTS,
        left=THERAPY,
        right=frozenset({"outcome", "measure"}),
        predicate="therapy_outcome",
        near=30,
        example="The main limitation of radiofrequency ablation is local recurrence.",
    ),
    Frame(
        name="drawback-is-ill",
        opening=phrase("(?:limitations?|drawbacks?|disadvantages?|risks?) (?:of|with)"),
        cue=_LISTS,
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
        predicate="complication",
        near=30,
        example="The main disadvantage of cryoablation is the risk of bleeding.",
    ),
    Frame(
        name="achieves-in-whom",
        cue=screened(
            rf"{_NO_ADJECTIVE}\b{_ACHIEVES}\b[^.;,]{{0,60}}?\b(?:survival|responses?|progression|control|relief"
            rf"|recurrences?"
            r"|outcomes?|quality of life)(?: rates?| benefit)? (?:in|for|among|of) (?:patients with "
            r"|those with |the )?",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=frozenset({"disease"}),
        predicate="treated_by",
        reach=40,
        near=25,
        turned=True,
        example="Sorafenib prolongs survival in hepatocellular carcinoma.",
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
        cue=phrase("associated with", "followed by"),
        left=THERAPY,
        right=COMPLAINTS | {"disease"},
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
                "control(?:s|led|ling| of)?",
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
        reach=90,
        near=50,
        words="clinical-feature",
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
        cue=phrase(rf"{_HAPPENS} (?:(?!to\b)\w+ ){{0,3}}?{_AFTER}", rf"{_CAUSES} by", _IN_SOME),
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
        reach=45,
        near=1,
        turned=True,
        first=True,
        example="A liver abscess occurred in the radiofrequency ablation group.",
    ),
    Frame(
        name="brought-by",
        cue=phrase(
            *("as a (?:complication|result|consequence) of", "induced by", "caused by", "due to", "owing to"),
            *("secondary to", "results? from", "resulting from", "attribut(?:ed|able) to"),
        ),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="complication",
        reach=10,
        near=25,
        turned=True,
        example="Liver failure due to chemoembolization was rare.",
    ),
)
