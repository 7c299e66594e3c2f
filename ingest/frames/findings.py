"""This module holds the turns of phrase of findings: what causes them, what they tell apart, point to."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, FINDINGS, TELLING, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_BY: Final = one_of("by", "on the basis of", "based on", "because of", "owing to", "thanks to", "using", "through")
_BE: Final = one_of("is", "are", "was", "were", "be", "as", "being")

FINDING_FRAMES: Final = (
    Frame(
        name="cause",
        cue=phrase(
            *("due to", "owing to", "because of", "caused by", "attribut(?:ed|able) to", "results? from"),
            *("resulting from", "secondary to", "correspond(?:s|ed|ing) to", "related to", "linked to"),
            *("arises? (?:due to|from)", "associated with", "correlat(?:es?|ed) with", "depends? on", "vary with"),
            *("(?:induced|produced|explained) by", "reflect(?:s|ed|ing)?", "represent(?:s|ing)?"),
            rf"{_BE} (?:the |an? )?(?:\w+ )?(?:results?|consequences?|expressions?|manifestations?) of",
        ),
        left=FINDINGS,
        right=FINDINGS,
        predicate="associated_with",
        words="sign",
        example="The cystic change is probably caused by necrosis.",
    ),
    Frame(
        name="effect",
        cue=phrase(
            *("leads? to", "leading to", "results? in", "resulting in", "contribut(?:es?|ed|ing) to", "causing"),
            *("accounts? for", "accounting for", "explain(?:s|ing)?", "(?:is|are) responsible for", "gives? rise to"),
            *("manifests? as", "translates? (?:in)?to", "causes?", "induces?", "produces?"),
        ),
        left=FINDINGS,
        right=FINDINGS | DISEASE,
        predicate="associated_with",
        words="sign",
        example="Intratumoral hemorrhage contributes to cystic change.",
    ),
    Frame(
        name="tells-apart",
        cue=phrase(
            *(
                r"differentiat(?:e|es|ing|ion)(?: of)?",
                r"distinguish(?:es|ing)?",
                r"discriminat(?:e|es|ing|ion)(?: of)?",
                r"separat(?:e|es|ing|ion of)",
            ),
            *("significant(?:ly)? differen(?:t|ces?) (?:between|from)", "differ(?:s|ed)? (?:\\w+ )?(?:from|between)"),
        ),
        left=TELLING,
        right=DISEASE,
        reach=90,
        first=True,  # the second is what it is told from
        predicate="discriminates",
        wide=True,
        example="Computed tomography is helpful in differentiating liver metastases from hepatocellular carcinoma.",
    ),
    Frame(
        name="seen-in",
        cue=phrase(
            "(?:seen|found|observed|encountered|noted|present|reported|described) (?:\\w+ )?in",
            "(?:common|uncommon|frequent|infrequent|rare|unusual) in",
            "(?:typical|characteristic|hallmarks?|features?|signs?) of",
        ),
        left=frozenset({"sign"}),
        right=DISEASE,
        predicate="has_sign",
        wide=True,
        reach=30,
        near=30,
        turned=True,
        example="The lesions showed fat rather than the necrosis commonly seen in hepatocellular carcinoma.",
    ),
    Frame(
        name="not-in",
        cue=phrase(
            "but not (?:in|with|for)", "(?:but|and) (?:is |are )?(?:absent|lacking|missing|never seen) in", "unlike in"
        ),
        left=frozenset({"sign", "marker"}),
        right=DISEASE,
        predicate="has_sign",
        wide=True,
        negative=True,
        denies=True,
        reach=80,
        near=25,
        turned=True,
        example="Washout was seen in hepatocellular carcinoma but not in hepatic hemangioma.",
    ),
    Frame(
        name="unlike",
        cue=phrase("unlike", "as opposed to", "in contrast to"),
        left=frozenset({"sign"}),
        right=DISEASE,
        predicate="has_sign",
        wide=True,
        denies=True,
        first=True,
        reach=15,
        near=15,
        turned=True,
        example="Hepatocellular carcinomas show washout, unlike hepatic hemangiomas.",
    ),
    Frame(
        name="difference-in",
        opening=phrase("differen(?:ces?|t|tly) (?:in|of|for|regarding)"),
        cue=phrase("between"),
        left=TELLING,
        right=DISEASE,
        reach=30,
        near=30,
        first=True,
        predicate="discriminates",
        wide=True,
        example="There was no difference in calcification between cholangiocarcinoma and hepatocellular carcinoma.",
    ),
    Frame(
        name="points-to",
        cue=phrase(
            *("(?:highly )?suggestive of", "indicat(?:es?|ed|ive of)", "suggest(?:s|ed)?", "hints? at", "points? to"),
            *(
                "favou?rs?",
                "supports? the diagnosis of",
                "predicts?",
                "predictors? (?:of|for)",
                "pathognomonic (?:of|for)",
            ),
            *("raises? (?:the )?suspicion (?:of|for)", "suspicious (?:of|for)", "points? towards?"),
            *("in favou?r of", "favou?ring", "speaks? for", "diagnostic (?:of|for)", "clues? to(?: the diagnosis of)?"),
            "(?:allows?|enables?|permits?|suggests?) (?:the |an? )?(?:\\w+ )?diagnosis of",
        ),
        left=frozenset({"sign", "marker", "classification"}),
        right=frozenset({"disease", "site"}),
        reach=60,
        predicate="discriminates",
        wide=True,
        words="disease",
        example="Washout in the portal venous phase is suggestive of hepatocellular carcinoma.",
    ),
    Frame(
        name="disease-depends",
        cue=phrase("depends? (?:\\w+ )?(?:up)?on"),
        left=DISEASE,
        right=frozenset({"marker", "sign", "classification"}),
        predicate="associated_with",
        reach=15,
        near=40,
        itself=True,
        wide=True,
        example="The occurrence of metastasis depends mainly on the tumor grade.",
    ),
    Frame(
        name="points-against",
        cue=screened(
            r"\b(?:(?:argues?|speaks?) (?:\w+ )?against|excludes?|rules? out|makes?(?=[^.;,]{3,60} (?:un|less )likely))"
            r"(?: the diagnosis of)?\b",
            re.IGNORECASE,
        ),
        left=frozenset({"sign", "marker"}),
        right=DISEASE,
        reach=60,
        near=30,
        predicate="discriminates",
        wide=True,
        negative=True,
        denies=True,
        example="Calcification makes hepatic hemangioma unlikely.",
    ),
    Frame(
        name="outcome-looks",
        cue=phrase(
            "(?:appears?|manifests?|presents?|(?:is|are) (?:\\w+ly )?(?:seen|visible|recogni[sz]ed)) as",
            "(?:is|are) (?:\\w+ly )?(?:characteri[sz]ed|indicated|suggested) by",
        ),
        left=frozenset({"outcome"}),
        right=frozenset({"sign"}),
        predicate="has_sign",
        reach=25,
        near=40,
        example="Recurrence typically manifests as nodular enhancement.",
    ),
    Frame(
        name="foretells",
        cue=phrase(
            "predict(?:s|ed|ive of)?",
            "associated with",
            "correlat(?:es?|ed) with",
            "prognostic (?:factor|marker)s? for",
        ),
        left=frozenset({"marker", "sign", "classification"}),
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        example="Chromogranin A can predict recurrence.",
    ),
    Frame(
        name="told-by",
        cue=screened(
            rf"\b(?:differentiated|distinguished|discriminated|separated|told apart) from\b[^;.]{{3,70}}?\b{_BY}\b",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=frozenset({"sign", "marker", "modality"}),
        predicate="discriminates",
        wide=True,
        turned=True,
        near=60,
        example="Hepatic hemangioma can be distinguished from hepatocellular carcinoma by progressive enhancement.",
    ),
)
