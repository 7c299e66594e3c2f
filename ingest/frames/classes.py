"""This module holds the turns of phrase of classes: the kinds of a disease, and what it is graded and staged by."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

KINDS: Final = "kinds"
COMPRISING: Final = "comprises"
"""A row that joins a disease only with what the vocabulary has as a kind of it."""

_OFTEN: Final = one_of(
    *("often", "usually", "frequently", "commonly", "mainly", "mostly", "rarely", "typically", "generally", "always"),
    *("predominantly", "sometimes", "either", "all", "also", "histologically", "by definition"),
)
_LOW_OR_HIGH: Final = r"(?:(?:low|high|intermediate|moderate|poor)(?:er)?(?:-| to | or | and | ))"
_SORTED: Final = one_of(
    *("graded", "classified", "staged", "categori[sz]ed", "stratified", "subclassified", "divided", "grouped"),
    *("subdivided", "assigned", "defined", "separated", "split"),
)
_JUDGED: Final = one_of(
    *("assessed", "evaluated", "measured", "classified", "graded", "determined", "defined", "scored", "categori[sz]ed")
)
_BY: Final = one_of(
    *("by", "according to", "on the basis of", "based (?:up)?on", "using", "depending on", "following", "with")
)
_SORTING: Final = one_of(
    *("divides?", "subdivides?", "separates?", "distinguish(?:es)?", "recogni[sz]es?", "categori[sz]es?"),
    *("classif(?:y|ies)", "differentiates?", "grades?", "stratif(?:y|ies)", "stages?", "applies to"),
    "(?:is|are) used (?:for|to \\w+)",
)
_SYSTEM: Final = one_of("classifications?", "staging", "grading", "systems?", "schemes?", "criteria", "guidelines?")
_KIND: Final = one_of("types?", "subtypes?", "kinds?", "forms?", "variants?", "members?", "categories", "subgroups?")
_ENTITIES: Final = rf"(?:{_KIND}|entities|neoplasms|tumou?rs|lesions|groups|grades|classes)"

CLASS_FRAMES: Final = (
    Frame(
        name=KINDS,
        cue=phrase(
            r"(?:sub)?(?:classified|divided|categori[sz]ed|grouped|graded) (?:\w+[ ,]+){0,9}?(?:as|into|in)",
        ),
        left=DISEASE | {"classification"},
        right=frozenset({"disease", "classification"}),
        predicate="classified_by",
        reach=40,
        example="Neuroendocrine neoplasms are classified into neuroendocrine tumors and neuroendocrine carcinomas.",
    ),
    Frame(
        name="grades",
        cue=phrase(
            *("predict(?:s|ed|ing|ive of|ors? of)?", "associated with", "correlat(?:es?|ed|ion|ing) (?:with|between)"),
            *("indicat(?:es?|ive of)", "reflects?", "(?:increases?|decreases?|rises?|var(?:y|ies)|changes?) with"),
        ),
        left=frozenset({"marker", "sign", "modality", "measure"}),
        right=frozenset({"classification"}),
        predicate="associated_with",
        reach=60,
        near=60,
        example="Washout is associated with tumor grade.",
    ),
    Frame(
        name="grade-expresses",
        cue=phrase(
            r"(?:\w+ly )?(?:express(?:es)?|(?:has|have|shows?|exhibits?) (?:an? )?(?:high|strong|intense|elevated))"
        ),
        left=frozenset({"classification"}),
        right=frozenset({"marker"}),
        predicate="expresses",
        reach=12,
        near=25,
        example="Well-differentiated tumors strongly express somatostatin receptors.",
    ),
    Frame(
        name="bond-between",
        cue=phrase(
            "(?:associations?|correlations?|relations(?:hips?)?|links?)(?: (?:was|were|is|are|has been|exist(?:s|ed)"
            "|found|seen|observed|noted|present|reported|demonstrated)){0,3} between"
        ),
        left=frozenset(),
        right=frozenset({"sign", "marker", "classification"}),
        predicate="associated_with",
        near=25,
        among=True,
        example="No correlation was found between the ADC value and the Ki-67 index.",
    ),
    Frame(
        name="sorted-by",
        cue=phrase(rf"{_SORTED} (?:[\w-]+,? ){{0,8}}?{_BY}"),
        left=DISEASE,
        right=frozenset({"marker", "classification"}),
        predicate="classified_by",
        planned=True,
        reach=40,
        near=60,
        itself=True,
        example="Neuroendocrine tumors are graded by mitotic count and Ki-67 index.",
    ),
    Frame(
        name="grade-by",
        cue=phrase(
            rf"(?:determined|defined|assessed|assigned|calculated|measured|based|established) (?:\w+ )?{_BY}",
            *(
                "depends? on",
                "based (?:up)?on",
                "relies on",
                "rests on",
                "takes? into account",
                "considers?",
                "combines?",
            ),
        ),
        left=frozenset({"classification"}),
        right=frozenset({"marker", "sign", "measure", "site", "clinical-feature", "outcome"}),
        predicate="classified_by",
        planned=True,
        reach=20,
        near=60,
        itself=True,
        example="The tumor grade is determined by the Ki-67 index.",
    ),
    Frame(
        name="grading-rests-on",
        opening=screened(
            r"\b(?:grading|staging|classification|subclassification|stratification) of [^.;]{0,60}$", re.IGNORECASE
        ),
        cue=phrase(
            *("(?:is|are|was|were) (?:\\w+ )?(?:based|founded|dependent) (?:up)?on", "relies on", "rests on", "uses?"),
            *(
                "follows",
                "depends on",
                "includes?",
                "(?:is|was) (?:performed|done|made) (?:by|according to|with|using)",
            ),
            "takes? into account",
        ),
        left=DISEASE,
        right=frozenset({"marker", "classification"}),
        predicate="classified_by",
        reach=12,
        near=60,
        example="Grading of neuroendocrine tumors is based on the mitotic count and the Ki-67 index.",
    ),
    Frame(
        name="sorts",
        cue=phrase(_SORTING),
        left=frozenset({"classification"}),
        right=DISEASE,
        predicate="classified_by",
        reach=40,
        near=40,
        turned=True,
        example="The WHO classification distinguishes neuroendocrine tumors from neuroendocrine carcinomas.",
    ),
    Frame(
        name="sorts-into",
        opening=phrase(rf"{_SORTING} [^.;]{{0,80}}"),
        cue=screened(r" (?:into|as) ", re.IGNORECASE),
        left=DISEASE,
        right=frozenset({"disease", "classification"}),
        predicate="classified_by",
        reach=0,
        near=40,
        example="The WHO classification divides NECs into small cell NEC and large cell NEC.",
    ),
    Frame(
        name="is-of-grade",
        cue=screened(
            rf"\b(?:(?:is|are|was|were|being)(?: {_OFTEN}\b)*(?: of| an?)?"
            rf"|(?:has|have|had|shows?|exhibits?)(?: an?)?) {_LOW_OR_HIGH}*",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=frozenset({"classification"}),
        predicate="classified_by",
        reach=12,
        near=0,
        itself=True,
        example="Neuroendocrine carcinomas are by definition poorly differentiated.",
    ),
    Frame(
        name=COMPRISING,
        cue=screened(
            r"\b(?:(?:includ(?:es?|ing)|compris(?:es?|ing)|encompass(?:es)?|consists? of)\b"
            rf"(?: (?:[\w-]+ ){{0,3}}{_ENTITIES}\b:?)?|such as\b|are either\b)",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="classified_by",
        reach=30,
        near=40,
        itself=True,
        example="Functioning pancreatic neuroendocrine tumors include insulinoma and gastrinoma.",
    ),
    Frame(
        name="its-kinds",
        opening=phrase(rf"{_KIND} of [^.;]{{0,50}}"),
        cue=screened(r"\b(?:are|is|includes?|comprises?)\b|: ", re.IGNORECASE),
        left=DISEASE,
        right=DISEASE,
        predicate="classified_by",
        reach=5,
        near=20,
        example="The types of pancreatic neuroendocrine tumors are insulinoma and gastrinoma.",
    ),
    Frame(
        name="measured-by",
        cue=phrase(rf"{_JUDGED} (?:[\w-]+ ){{0,5}}?{_BY}"),
        left=frozenset({"outcome", "clinical-feature", "measure"}),
        right=frozenset({"classification"}),
        predicate="classified_by",
        planned=True,
        reach=35,
        near=75,
        example="Tumor response is assessed by mRECIST.",
    ),
    Frame(
        name="grades-in-brackets",
        cue=screened(r" \("),
        left=DISEASE,
        right=frozenset({"classification"}),
        predicate="classified_by",
        reach=0,
        near=0,
        example="Gastrinomas (grade 1 and grade 2) are often resected.",
    ),
    Frame(
        name="defines-grade",
        cue=phrase("defines?", "determines?", "(?:is|are) used to (?:define|determine|assess)"),
        left=frozenset({"marker"}),
        right=frozenset({"classification"}),
        predicate="classified_by",
        reach=20,
        near=25,
        turned=True,
        example="The Ki-67 index defines the tumor grade.",
    ),
    Frame(
        name="system-for",
        opening=screened(rf"\b{_SYSTEM}(?: \w+)?$", re.IGNORECASE),
        cue=screened(r" (?:for|of) (?:the |patients with )*", re.IGNORECASE),
        left=frozenset({"classification"}),
        right=DISEASE,
        predicate="classified_by",
        reach=16,
        near=3,
        turned=True,
        example="The WHO classification of neuroendocrine neoplasms was revised.",
    ),
    Frame(
        name="kind-of",
        cue=screened(
            rf"\b(?:is|are|represents?|constitutes?) (?:[\w-]+ ){{0,4}}?{_KIND} of (?:the |an? )?", re.IGNORECASE
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="classified_by",
        reach=12,
        near=3,
        turned=True,
        itself=True,
        example="Insulinoma and gastrinoma are the main types of functioning neuroendocrine tumors.",
    ),
)
