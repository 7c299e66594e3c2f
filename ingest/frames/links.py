"""This module holds the turns of phrase that link diseases: causes, risks, complications, syndromes, hormones."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, ILLNESS, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

RISKS: Final = frozenset({"disease", "syndrome", "clinical-feature"})
_OFTEN: Final = one_of(
    "often", "usually", "frequently", "commonly", "mainly", "mostly", "rarely", "strongly", "typically"
)
_AT_RISK: Final = r"(?:the )?(?:development |occurrence |presence )?"
_WITH_IT: Final = r"(?:the |an? |most |many |some |patients with |individuals with |cases of |underlying |chronic )*"
_PART: Final = one_of("part", "component", "manifestation", "feature", "hallmark")
_RISK: Final = r"(?:risk|predisposing|causative) factors?"
_NO_DEATH: Final = r"(?! (?:the )?[\w-]+[ -](?:related|deaths?))"
_IS_THERE: Final = one_of(
    *("develop(?:s|ed|ing)?", "occur(?:s|red|ring)?", "aris(?:es?|ing)", "found", "seen", "present")
)
_BE: Final = one_of("is", "are", "was", "were", "be", "been", "being", "as", "represents?", "constitutes?")

LINK_FRAMES: Final = (
    Frame(
        name="syndrome-of",
        cue=screened(
            r"\b(?:(?:due|owing|secondary|related|linked|attribut(?:ed|able)) to|(?:caused|produced|induced) by"
            rf"|associated with|results? from|resulting from|{_IS_THERE} (?:\w+ )?in) {_WITH_IT}",
            re.IGNORECASE,
        ),
        left=frozenset({"syndrome"}),
        right=DISEASE,
        predicate="has_clinical_feature",
        reach=25,
        near=25,
        turned=True,
        itself=True,
        example="Zollinger-Ellison syndrome is caused by gastrinomas.",
    ),
    Frame(
        name="linked-with",
        cue=phrase(
            *("associated (?:\\w+ )?with", "(?:linked|related) to", "due to", "caused by", "secondary to", "owing to"),
            *(
                "attribut(?:ed|able) to",
                "results? from",
                "resulting from",
                "complicat(?:es|ed by)",
                "arise[sd]? (?:in|from)",
            ),
            *(
                "coexist(?:s|ed)? with",
                "(?:in|on|against) (?:the|a) (?:setting|context|background|basis) of",
                "precipitated by",
            ),
            *("provoked by", "triggered by", "induced by", "predispos(?:es?|ed|ing) to", "progress(?:es|ed)? to"),
            *("leads? to", "leading to", "results? in", "resulting in", "(?:evolves?|develops?|transforms?) (?:in)?to"),
            *("gives? rise to", "promot(?:es?|ed)", "accompanied by", "contributes? to", "stimulated by"),
            *("stimulates? (?:the )?growth of", "as a (?:\\w+ )?(?:result|consequence) of"),
        ),
        left=ILLNESS,
        right=ILLNESS,
        predicate="associated_with",
        reach=25,
        near=30,
        itself=True,
        words="disease",
        example="Hepatocellular carcinoma is associated with liver cirrhosis and hepatitis B.",
    ),
    Frame(
        name="develops-in",
        cue=screened(
            rf"\b{_IS_THERE}(?: {_OFTEN})? (?:in|from|on) {_WITH_IT}",
            re.IGNORECASE,
        ),
        left=ILLNESS,
        right=ILLNESS,
        predicate="associated_with",
        reach=25,
        near=3,
        itself=True,
        example="Gastrinomas often occur in patients with MEN1.",
    ),
    Frame(
        name="part-of",
        cue=screened(
            rf"\b(?:{_PART}s? of|in (?:association with|the course of)) {_WITH_IT}",
            re.IGNORECASE,
        ),
        left=ILLNESS,
        right=ILLNESS,
        predicate="associated_with",
        reach=40,
        near=3,
        itself=True,
        example="Pancreatic neuroendocrine tumors may be part of MEN1.",
    ),
    Frame(
        name="patients-develop",
        opening=phrase("(?:patients|individuals|people|carriers|families) (?:with|of) [^.;]{3,40}"),
        cue=phrase(
            *(
                "(?:often |usually |frequently |commonly |may |can |will )?develops?",
                "(?:is|are|be|were) at (?:\\w+ )?risk (?:of|for)",
            ),
            "(?:prone|predisposed) to",
        ),
        left=ILLNESS,
        right=DISEASE,
        predicate="associated_with",
        reach=25,
        near=25,
        example="Patients with VHL often develop renal cell carcinoma and pheochromocytoma.",
    ),
    Frame(
        name="risk-factor-for",
        cue=screened(
            rf"\b(?:{_BE} (?:[\w-]+ ){{0,5}}?(?:{_RISK} (?:for|of|in)|causes? of{_NO_DEATH})"
            rf"|increas(?:es?|ed|ing) the risk (?:of|for)) {_AT_RISK}(?:of |the )*",
            re.IGNORECASE,
        ),
        left=RISKS | {"sign", "marker", "classification"},
        right=DISEASE,
        predicate="associated_with",
        reach=25,
        near=3,
        itself=True,
        example="Hepatitis C and smoking are risk factors for hepatocellular carcinoma.",
    ),
    Frame(
        name="triggered-by",
        cue=phrase("(?:precipitated|provoked|triggered|elicited|induced) by"),
        left=frozenset({"syndrome"}),
        right=frozenset({"therapy"}),
        predicate="complication",
        reach=60,
        near=40,
        turned=True,
        itself=True,
        example="Carcinoid crisis may be precipitated by surgical resection.",
    ),
    Frame(
        name="risk-raised-in",
        opening=screened(r"\b(?:risk|incidence|frequency|prevalence) of [^.;]{0,50}$", re.IGNORECASE),
        cue=screened(
            rf"\b(?:is|are|was|were) (?:\w+ )?(?:increased|higher|elevated|raised) (?:in|among|by|with) {_WITH_IT}",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=RISKS,
        predicate="associated_with",
        reach=3,
        near=3,
        example="The risk of hepatocellular carcinoma is increased in patients with hepatitis C.",
    ),
    Frame(
        name="in-syndrome",
        cue=screened(r" (?:in|with) (?:patients with |the context of )?", re.IGNORECASE),
        left=DISEASE,
        right=frozenset({"syndrome"}),
        predicate="associated_with",
        reach=0,
        near=3,
        example="Pancreatic neuroendocrine tumors in VHL are often cystic.",
    ),
    Frame(
        name="risk-factors-are",
        opening=screened(
            r"\b(?:(?:risk|predisposing) factors?|causes?|a?etiolog(?:y|ies)) (?:for|of|in) [^.;]{0,60}$",
            re.IGNORECASE,
        ),
        cue=phrase("includ(?:es?|ed|ing)", "are", "is", "were", "such as", "comprises?"),
        left=ILLNESS,
        right=RISKS,
        predicate="associated_with",
        reach=12,
        near=30,
        words="disease",
        example="Risk factors for hepatocellular carcinoma include liver cirrhosis, hepatitis B and smoking.",
    ),
    Frame(
        name="brings-about",
        cue=phrase(
            *(
                "causes?",
                "caus(?:ing|ed)",
                "(?:is|are) (?:\\w+ )?responsible for",
                "leads? to",
                "results? in",
                "induces?",
            ),
            *(
                "mediates?",
                "stimulates?",
                "drives?",
                "triggers?",
                "promotes?",
                "contributes? to",
                "produces?",
                "provokes?",
            ),
        ),
        left=frozenset({"marker"}),
        right=frozenset({"clinical-feature", "syndrome", "disease", "sign"}),
        predicate="associated_with",
        reach=45,
        near=35,
        itself=True,
        words="clinical-feature",
        example="Serotonin causes diarrhea and fibrosis.",
    ),
    Frame(
        name="its-complications",
        opening=phrase("complications? of [^.;]{0,50}"),
        cue=phrase("includes?", "included", "are", "is", "such as"),
        left=ILLNESS,
        right=RISKS,
        predicate="complication",
        reach=12,
        near=30,
        words="clinical-feature",
        example="Complications of hepatocellular carcinoma include portal vein thrombosis and bleeding.",
    ),
    Frame(
        name="complicates",
        cue=screened(
            rf"\b{_BE} (?:[\w-]+ ){{0,3}}?complications? of (?:the |an? )?|\bcomplicat(?:es?|ed|ing) ", re.IGNORECASE
        ),
        left=RISKS,
        right=ILLNESS,
        predicate="complication",
        reach=20,
        near=3,
        turned=True,
        itself=True,
        example="Portal vein thrombosis is a frequent complication of hepatocellular carcinoma.",
    ),
    Frame(
        name="complicated-by",
        cue=phrase(
            "complicated by", "(?:carr(?:y|ies)|ha(?:s|ve)|with|bears?) (?:an? |the )?(?:\\w+ )?risks? (?:of|for)"
        ),
        left=ILLNESS,
        right=RISKS,
        predicate="complication",
        reach=30,
        near=20,
        itself=True,
        words="clinical-feature",
        example="Hepatocellular carcinoma may be complicated by bleeding and portal vein thrombosis.",
    ),
)
