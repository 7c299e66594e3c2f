"""This module holds the turns of phrase of therapies among themselves: what one is combined with, carries, replaces,
comes before, is held against.
"""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, THERAPY, Frame
from ingest.frames.therapies import GIVEN
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_A: Final = r"(?:the |an? )?"
_TOGETHER: Final = one_of(
    *("combined (?:\\w+ )?with", "in (?:combination|conjunction|association) with", "together with", "coupled with"),
    *("plus", "added to", "in addition to", "(?:along|concurrently|concomitantly|simultaneously) with", "alongside"),
    *("paired with", "supplemented (?:with|by)", "complemented by", "co-?administered with", "as an adjunct to"),
)
_INSTEAD: Final = one_of(
    *("alternatives? to", "instead of", "in (?:place|lieu) of", "substitutes? for", "(?:can|may) replace"),
    *(
        "(?:has|have) replaced",
        "(?:been|was|were|are) replaced by",
        "preferred (?:to|over)",
        "preferable to",
        "rather than",
    ),
)
_AS_GOOD: Final = one_of(
    *("superior to", "inferior to", "equivalent to", "comparable (?:to|with)", "not different from"),
    *(
        r"(?:as|more|less) (?:\w+ly )?(?:effective|safe|efficacious|invasive|toxic|expensive|costly"
        r"|painful) (?:as|than)",
        "(?:better|worse|safer|cheaper|faster) than",
    ),
    *("outperform(?:s|ed)?", r"(?:an? )?equivalent (?:\w+ )?to", "advantages? over"),
)
_WHEN: Final = one_of("before", "prior to", "after", "following", "during", "in preparation for")
_MORE: Final = one_of(
    *(
        "higher",
        "lower",
        "longer",
        "shorter",
        "better",
        "worse",
        "greater",
        "smaller",
        "fewer",
        "less",
        "more",
        "rarer",
    ),
    *("superior", "inferior", "increased", "reduced", "decreased", "faster", "larger", "frequent", "common"),
)
_THAN: Final = one_of(
    r"than(?: (?:that|those))?", "(?:as |when )?compared (?:with|to)(?: (?:that|those))?", "versus", r"vs\.?"
)
_UNDER: Final = one_of("after", "with", "in", "for", "by", "following", "under", "of", "during", "achieved (?:by|with)")
_ALIKE: Final = one_of("similar", "comparable", "equivalent", "identical", "equal", "the same")
_HAD: Final = one_of(
    "ha[sd]", "have", r"show\w*", "associated with", r"yield\w*", r"provid\w*", r"result\w* in", "led to"
)

HELD_AGAINST: Final = "held-against"
"""The row whose left side is what another therapy is only compared with, which the outcome is said of as well."""

COMBINATION_FRAMES: Final = (
    Frame(
        name="given-together",
        cue=phrase(_TOGETHER),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=45,
        near=30,
        example="Chemoembolization can be combined with radiofrequency ablation.",
    ),
    Frame(
        name="combining",
        opening=screened(r"\bcombin(?:ing|es?|ed|ations? of|ed use of) [^.;]{0,60}$", re.IGNORECASE),
        cue=screened(rf"\s(?:with|and|plus)\s{_A}", re.IGNORECASE),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=0,
        near=12,
        example="The combination of chemoembolization and sorafenib was well tolerated.",
    ),
    Frame(
        name="carries",
        cue=phrase("(?:loaded|label(?:l)?ed|coated|impregnated|mixed) with", "emulsified (?:in|with)", "containing"),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=40,
        example="Drug-eluting beads loaded with doxorubicin are used.",
    ),
    Frame(
        name="loaded",
        cue=screened(r"-(?:loaded|eluting|containing|label(?:l)?ed) ", re.IGNORECASE),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        reach=0,
        near=20,
        turned=True,
        first=True,
        example="Doxorubicin-loaded drug-eluting beads are used.",
    ),
    Frame(
        name="instead-of",
        cue=phrase(_INSTEAD),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=45,
        near=30,
        example="Microwave ablation is an alternative to surgical resection.",
    ),
    Frame(
        name="as-good-as",
        cue=phrase(_AS_GOOD),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=40,
        near=12,
        example="Radiofrequency ablation is inferior to surgical resection.",
    ),
    Frame(
        name="then",
        cue=screened(
            rf"\b(?:{GIVEN}|infused|placed|inserted|continued)"
            rf" (?:(?!not\b)\w+ ){{0,4}}?{_WHEN}\s|,? followed by\s|\bprecedes? ",
            re.IGNORECASE,
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="associated_with",
        reach=40,
        near=10,
        example="Portal vein embolization is performed before liver resection.",
    ),
    Frame(
        name="more-than-with",
        opening=screened(rf"\b{_MORE}\b[^.;]{{0,90}}$", re.IGNORECASE),
        cue=phrase(rf"{_THAN} {_UNDER}"),
        left=frozenset({"outcome"}),
        right=THERAPY,
        predicate="therapy_outcome",
        reach=90,
        near=25,
        turned=True,
        first=True,
        example="Overall survival was longer after liver resection than after chemoembolization.",
    ),
    Frame(
        name="more-ills-than-with",
        opening=screened(rf"\b(?:{_MORE}|risk|rate|incidence|frequency)\b[^.;]{{0,90}}$", re.IGNORECASE),
        cue=phrase(rf"{_THAN} {_UNDER}"),
        left=COMPLAINTS | DISEASE,
        right=THERAPY,
        predicate="complication",
        reach=60,
        near=20,
        turned=True,
        first=True,
        example="Liver abscess was more frequent after chemoembolization than after radiofrequency ablation.",
    ),
    Frame(
        name=HELD_AGAINST,
        opening=screened(
            r"\b(?:compared (?:with|to)|in (?:contrast|comparison) (?:to|with)|unlike|relative to) [^.;,]{2,60}$",
            re.IGNORECASE,
        ),
        cue=screened(rf",\s(?=[^.;,]{{3,60}}\b{_HAD} (?:an? )?(?:[\w-]+ )?(?:{_MORE}|{_ALIKE})\b)", re.IGNORECASE),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        reach=1,
        near=110,
        example="Compared with radiofrequency ablation, microwave ablation had a lower recurrence rate.",
    ),
)
