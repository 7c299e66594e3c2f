"""This module holds the turns of phrase of diseases and syndromes: what a patient complains of, what spreads."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, ILLNESS, WHO_HAVE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

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
_METASTATIC: Final = (
    r"(?:(?:distant|liver|hepatic|bone|lung|nodal|lymph node|peritoneal|synchronous|extrahepatic) )?"
    r"metasta(?!\w+ (?:to|in the)\b)"
)
_BE_OR_HAVE: Final = one_of("is", "are", "was", "were", "has", "have", "had")
_FOUND: Final = one_of("discovered", "detected", "found", "diagnosed", "identified")

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
        words="clinical-feature",
        example="The carcinoid syndrome is characterised by flushing and diarrhea.",
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
            "reports?",
            "experiences?",
            "(?:become|becomes|became) symptomatic (?:with|by|through)",
        ),
        left=DISEASE,
        right=COMPLAINTS | {"disease"},
        predicate="has_clinical_feature",
        reach=35,
        near=45,
        itself=True,
        words="clinical-feature",
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
        words="clinical-feature",
        example="The symptoms of carcinoid syndrome are flushing and diarrhea.",
    ),
    Frame(
        name="symptom-of",
        cue=screened(
            rf"\b(?:is|are|was|were|as|being|represents?) (?:[\w-]+ ){{0,5}}?"
            rf"(?:{_SYMPTOM} (?:of|in|for)|(?:typical|characteristic) (?:of|for)|(?:common|frequent) in) {WHO_HAVE}",
            re.IGNORECASE,
        ),
        left=COMPLAINTS | {"disease"},
        right=ILLNESS,
        predicate="has_clinical_feature",
        reach=12,
        near=3,
        turned=True,
        itself=True,
        example="Flushing and diarrhea are the main features of the carcinoid syndrome.",
    ),
    Frame(
        name="symptom-of-a-name",
        cue=screened(
            rf"\b(?:is|are|was|were|as|being) (?:[\w-]+ ){{0,5}}?(?={_SYMPTOM} (?:of|in|for) )", re.IGNORECASE
        ),
        left=COMPLAINTS | {"disease"},
        right=ILLNESS,
        predicate="has_clinical_feature",
        reach=12,
        near=0,
        turned=True,
        itself=True,
        example="Flushing is the main symptom of carcinoid syndrome.",
    ),
    Frame(
        name="syndrome-with",
        cue=screened(r",? with (?:an? |the )?", re.IGNORECASE),
        left=frozenset({"syndrome"}),
        right=frozenset({"clinical-feature"}),
        predicate="has_clinical_feature",
        reach=0,
        near=12,
        words="clinical-feature",
        example="Carcinoid crisis, with hypotension and bronchospasm, is dangerous.",
    ),
    Frame(
        name="metastatic",
        cue=screened(
            rf"\b(?:{_BE_OR_HAVE}|shows?|presents?|develop(?:s|ed)?|form(?:s|ed)?|die[sd]?|complicated|gives? rise)\b"
            rf"(?: {_OFTEN}\b)*(?: (?:formed|with|developed|by|of|from|to))?(?: an?)? (?={_METASTATIC})",
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
            rf"[\w ]{{0,25}}? in {WHO_HAVE}",
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
        words="marker",
        example="Neuroendocrine neoplasms originate from neuroendocrine cells.",
    ),
    Frame(
        name="symptom-in-it",
        opening=screened(r"\b(?:in|for|with) (?:patients with |cases of |the )*[\w -]{3,60}$", re.IGNORECASE),
        cue=screened(
            r",? (?:the )?(?=[\w ,]{3,60} (?:is|are|was|were) (?:the |an? )?(?:most )?(?:\w+ )?"
            rf"{_SYMPTOM}\b(?! (?:of|in|for)))",
            re.IGNORECASE,
        ),
        left=ILLNESS,
        right=COMPLAINTS | {"disease"},
        predicate="has_clinical_feature",
        reach=0,
        near=5,
        example="In the carcinoid syndrome, flushing is the most frequent symptom.",
    ),
    Frame(
        name="complaint-due-to",
        cue=phrase("due to", "caused by", "results? from", "resulting from", "secondary to", "owing to"),
        left=frozenset({"clinical-feature"}),
        right=DISEASE,
        predicate="has_clinical_feature",
        reach=12,
        near=15,
        turned=True,
        example="Portal hypertension may result from portal vein thrombosis.",
    ),
    Frame(
        name="found-by-chance",
        cue=phrase(
            *(rf"{_FOUND} (?:\w+ )?incidentally", rf"incidentally {_FOUND}", rf"{_FOUND} (?:\w+ )?by chance"),
            *(
                r"incidental (?:findings?|detection|discovery)",
                r"(?:do|does|did) not (?:cause|produce|have) (?:any )?symptoms",
            ),
            *(
                r"symptom-free",
                r"clinically silent",
                r"without (?:any |clinical )?symptoms",
                r"no (?:specific )?symptoms",
            ),
        ),
        left=DISEASE,
        right=frozenset(),
        says="asymptomatic",
        predicate="has_clinical_feature",
        reach=35,
        itself=True,
        example="Hepatic hemangioma is often detected incidentally.",
    ),
)
