"""This module holds the turns of phrase of diseases and syndromes: their kinds, sites, features, grades."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

KINDS: Final = "kinds"
COMPRISING: Final = "comprises"
"""A row that joins a disease only with what the vocabulary has as a kind of it."""

ILLNESS: Final = frozenset({"disease", "syndrome"})
_OFTEN: Final = one_of(
    *("often", "usually", "frequently", "commonly", "mainly", "mostly", "rarely", "typically", "generally", "always"),
    *("already", "predominantly", "sometimes", "either", "all", "also", "initially", "clinically"),
)
_SYMPTOM: Final = one_of(
    *(
        "symptoms?",
        "features?",
        "(?:clinical |initial )?manifestations?",
        "complaints?",
        "(?:clinical )?presentations?",
    ),
    *("hallmarks?", "signs and symptoms", "symptoms and signs", "clinical signs?"),
)
_LISTS: Final = phrase("includ(?:es?|ed|ing)", "are", "is", "were", "was", "consists? of", "comprises?", "such as")
_WHO_HAVE: Final = (
    r"(?:(?:the|an?|most|many|up to|about|some|half of|\d+ ?% of|all|patients with|those with|people with|cases of) )*"
)
"""'the majority of patients with '."""
_METASTATIC: Final = (
    r"(?:(?:distant|liver|hepatic|bone|lung|nodal|lymph node|peritoneal|synchronous|extrahepatic) )?"
    r"metasta(?!\w+ (?:to|in)\b)"
)
_LOW_OR_HIGH: Final = r"(?:(?:low|high|intermediate|moderate|poor)(?:er)?(?:-| to | or | and | ))"
_SORTED: Final = one_of(
    *(
        "graded",
        "classified",
        "staged",
        "categori[sz]ed",
        "stratified",
        "subclassified",
        "divided",
        "grouped",
        "subdivided",
    ),
    *("assigned", "defined"),
)
_BY: Final = one_of(
    "by", "according to", "on the basis of", "based (?:up)?on", "using", "depending on", "following", "with"
)
_SORTING: Final = one_of(
    *(
        "divides?",
        "subdivides?",
        "separates?",
        "distinguish(?:es)?",
        "recogni[sz]es?",
        "categori[sz]es?",
        "classif(?:y|ies)",
    ),
    *("differentiates?", "grades?", "stratif(?:y|ies)", "stages?", "applies to", "(?:is|are) used (?:for|to \\w+)"),
)
DISEASE_FRAMES: Final = (
    Frame(
        name="characterised",
        cue=phrase(
            *("characteri[sz]ed by", "consists? of", "presents? with", "manifests? (?:as|with)", "accompanied by"),
            *("includes?", "such as", "comprises?", "marked by", "causes?", "causing", "leads? to", "produces?"),
        ),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature", "disease"}),
        predicate="has_clinical_feature",
        example="The carcinoid syndrome is characterised by flushing and diarrhea.",
    ),
    Frame(
        name=KINDS,
        cue=phrase(
            r"(?:sub)?(?:classified|divided|categori[sz]ed|grouped|graded) (?:\w+[ ,]+){0,9}?(?:as|into|in)",
        ),
        left=DISEASE,
        right=frozenset({"disease", "classification"}),
        predicate="classified_by",
        reach=40,
        example="Neuroendocrine neoplasms are classified into neuroendocrine tumors and neuroendocrine carcinomas.",
    ),
    Frame(
        name="sites-in-brackets",
        cue=screened(r" \("),
        left=DISEASE,
        right=frozenset({"site"}),
        predicate="has_primary_site",
        reach=2,
        near=15,
        example="Foregut carcinoids (stomach, duodenum and pancreas) are rare.",
    ),
    Frame(
        name="features-in-brackets",
        cue=screened(r"['’”\"]? \("),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        reach=2,
        near=15,
        example="The carcinoid syndrome (flushing and diarrhea) is rare.",
    ),
    Frame(
        name="grades",
        cue=phrase(
            "predict(?:s|ed|ing|ive of|ors? of)?", "associated with", "correlat(?:es?|ed|ion|ing) (?:with|between)"
        ),
        left=frozenset({"marker", "sign", "modality"}),
        right=frozenset({"classification"}),
        predicate="associated_with",
        reach=60,
        near=60,
        example="Washout is associated with tumor grade.",
    ),
    Frame(
        name="presents-with",
        cue=phrase(
            *("presents? (?:\\w+ )?(?:with|as)", "presented (?:\\w+ )?with", "manifests? (?:\\w+ )?(?:as|with|by|in)"),
            *("causes?", "characteri[sz]ed by", "accompanied by", "marked by", "responsible for", "produces?"),
            *(
                "complain(?:s|ed)? of",
                "suffer(?:s|ed)? from",
                "give rise to",
                "gives rise to",
                "leads? to",
                "results? in",
            ),
            "(?:become|becomes|became) symptomatic (?:with|by|through)",
        ),
        left=DISEASE,
        right=COMPLAINTS | {"disease"},
        predicate="has_clinical_feature",
        reach=35,
        near=45,
        itself=True,
        example="Glucagonoma presents with weight loss and diabetes.",
    ),
    Frame(
        name="symptoms-are",
        opening=screened(rf"\b{_SYMPTOM} (?:of|in|for|associated with) [^.;]{{0,70}}$", re.IGNORECASE),
        cue=_LISTS,
        left=ILLNESS,
        right=COMPLAINTS | {"disease"},
        predicate="has_clinical_feature",
        reach=12,
        near=40,
        example="The symptoms of carcinoid syndrome are flushing and diarrhea.",
    ),
    Frame(
        name="symptom-of",
        cue=screened(
            rf"\b(?:is|are|was|were|as|being|represents?) (?:[\w-]+ ){{0,5}}?{_SYMPTOM} (?:of|in|for) {_WHO_HAVE}",
            re.IGNORECASE,
        ),
        left=COMPLAINTS,
        right=ILLNESS,
        predicate="has_clinical_feature",
        reach=12,
        near=3,
        turned=True,
        itself=True,
        example="Flushing and diarrhea are the main features of the carcinoid syndrome.",
    ),
    Frame(
        name="syndrome-with",
        cue=screened(r",? with (?:an? |the )?", re.IGNORECASE),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        reach=0,
        near=12,
        example="Carcinoid crisis, with hypotension and bronchospasm, is dangerous.",
    ),
    Frame(
        name="metastatic",
        cue=screened(
            r"\b(?:is|are|was|were|has|have|had|shows?|presents?(?: with)?|develops?|developed|formed|forms?)\b"
            rf"(?: {_OFTEN}\b)*(?: (?:formed|with|developed))?(?: an?)? (?={_METASTATIC})",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="metastasizes_to",
        reach=35,
        near=0,
        itself=True,
        wide=True,
        example="Neuroendocrine carcinomas are often metastatic at diagnosis.",
    ),
    Frame(
        name="metastases-in",
        cue=screened(
            r"\b(?:present|common|frequent|found|seen|detected|observed|occur(?:s|red)?|develop(?:s|ed)?)\b"
            rf"[\w ]{{0,25}}? in {_WHO_HAVE}",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="metastasizes_to",
        reach=8,
        near=3,
        turned=True,
        wide=True,
        example="Liver metastases are common in patients with neuroendocrine tumors.",
    ),
    Frame(
        name="sorted-by",
        cue=phrase(rf"{_SORTED} (?:[\w-]+ ){{0,4}}?{_BY}"),
        left=DISEASE,
        right=frozenset({"marker", "classification"}),
        predicate="classified_by",
        reach=40,
        near=60,
        itself=True,
        example="Neuroendocrine tumors are graded by mitotic count and Ki-67 index.",
    ),
    Frame(
        name="grade-by",
        cue=phrase(
            rf"(?:determined|defined|assessed|assigned|calculated|measured|based|established) (?:\\w+ )?{_BY}",
            "based (?:up)?on",
        ),
        left=frozenset({"classification"}),
        right=frozenset({"marker"}),
        predicate="classified_by",
        reach=20,
        near=60,
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
            rf"\b(?:(?:is|are|was|were|being)(?: {_OFTEN}\b| by definition\b)*(?: of| an?)?"
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
        cue=phrase(
            "includ(?:es?|ing)", "compris(?:es?|ing)", "encompass(?:es)?", "consists? of", "such as", "are either"
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="classified_by",
        reach=12,
        near=40,
        itself=True,
        example="Functioning pancreatic neuroendocrine tumors include insulinoma and gastrinoma.",
    ),
    Frame(
        name="its-kinds",
        opening=phrase("(?:types?|subtypes?|kinds?|forms?|variants?|categories|subgroups?) of [^.;]{0,50}"),
        cue=phrase("are", "is", "includes?", "comprises?"),
        left=DISEASE,
        right=DISEASE,
        predicate="classified_by",
        reach=5,
        near=20,
        example="The types of pancreatic neuroendocrine tumors are insulinoma and gastrinoma.",
    ),
    Frame(
        name="from-cells",
        cue=phrase(
            r"(?:aris(?:e|es|ing)|originat(?:e|es|ing)|develop(?:s|ing)?|deriv(?:e|es|ed)|stem(?:s|ming)?)"
            r" (?:\w+ )?(?:from|in)"
        ),
        left=DISEASE,
        right=frozenset({"marker"}),
        predicate="associated_with",
        reach=60,
        near=30,
        itself=True,
        example="Neuroendocrine neoplasms originate from neuroendocrine cells.",
    ),
)
