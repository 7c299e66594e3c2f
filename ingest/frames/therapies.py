"""This module holds the turns of phrase of therapies: what they treat, achieve, bring, and what forbids them."""

from __future__ import annotations

from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, THERAPY, Frame
from ingest.phrases import one_of, phrase

_LISTS: Final = phrase("includes?", "included", "are", "is", "were", "comprise")
_FIRST_CHOICE: Final = rf"{one_of('first', 'second', 'third')}[- ]line (?:treatment|therapy|option)"
THERAPY_FRAMES: Final = (
    Frame(
        name="brings",
        cue=phrase(
            "(?:can |may |could |sometimes )?(?:induces?|causes?)", "complications (?:of \\w+ )?(?:are|were|include)"
        ),
        left=frozenset({"therapy"}),
        right=frozenset({"clinical-feature", "syndrome", "disease", "sign"}),
        predicate="complication",
        reach=60,
        example="Radiofrequency ablation can cause liver abscess.",
    ),
    Frame(
        name="achieves",
        cue=phrase(
            *("effective (?:\\w+ ){0,2}?(?:for|in)", "(?:therapy|treatment|drugs?) for", "results? in", "achieves?"),
            *("improves?", "provides?", "offers?", "reduces?", "prolongs?", "relieves?", "leads? to", "allows?"),
        ),
        left=frozenset({"therapy"}),
        right=frozenset({"outcome"}),
        predicate="therapy_outcome",
        reach=60,
        example="Octreotide is effective for symptom control.",
    ),
    Frame(
        name="side-effects",
        opening=phrase(
            "complications?", "side[- ]effects?", "adverse (?:events?|effects?|reactions?)", "toxicit(?:y|ies)"
        ),
        cue=_LISTS,
        left=THERAPY,
        right=COMPLAINTS | {"disease", "outcome"},
        predicate="complication",
        near=40,
        example="The side effects of radiofrequency ablation include fever and nausea.",
    ),
    Frame(
        name="goes-with",
        cue=phrase("associated with", "complicated by", "followed by", "provoke[sd]?", "risks? of"),
        left=THERAPY,
        right=COMPLAINTS,
        predicate="complication",
        reach=60,
        near=60,
        example="Radiofrequency ablation is associated with fever.",
    ),
    Frame(
        name="forbidden-by",
        opening=phrase("contraindications? (?:of|for|to|against)"),
        cue=_LISTS,
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        near=40,
        example="Contraindications to chemoembolization include liver failure.",
    ),
    Frame(
        name="forbidden-in",
        cue=phrase("contraindicated (?:in|for|when|if)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=40,
        near=60,
        example="Chemoembolization is contraindicated in patients with liver failure.",
    ),
    Frame(
        name="forbids",
        cue=phrase(r"(?:is|was|are|were|as|being) (?:an? )?(?:\w+ )?contraindications? (?:for|to|of|against)"),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=20,
        near=30,
        turned=True,
        example="Liver failure is a contraindication to chemoembolization.",
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
        left=COMPLAINTS,
        right=THERAPY,
        predicate="complication",
        reach=30,
        near=30,
        turned=True,
        example="Fever occurred after radiofrequency ablation.",
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
    Frame(
        name="requires",
        cue=phrase(
            *("requir(?:es?|ed|ing)", "(?:with the )?need(?:s|ed|ing)? (?:for|of)", "managed (?:with|by|using)"),
            *("treated (?:with|by|using)", "necessitat(?:es?|ed|ing)"),
        ),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=40,
        example="A liver abscess requiring percutaneous drainage occurred.",
    ),
    Frame(
        name="treats",
        cue=phrase(
            *(
                "(?:indicated|recommended|suitable|feasible|reserved|approved|effective|useful) (?:for|in)",
                "of choice (?:for|in)",
            ),
            *(f"{_FIRST_CHOICE} (?:for|in|of)", "(?:standard|preferred) (?:treatment|therapy|option) (?:for|in|of)"),
            "(?:used|performed|considered) (?:for|in|to treat)",
        ),
        left=THERAPY,
        right=DISEASE,
        predicate="treated_by",
        turned=True,
        reach=60,
        near=60,
        example="Surgical resection is the treatment of choice for hepatocellular carcinoma.",
    ),
)
