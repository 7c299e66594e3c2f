"""This module holds the turns of phrase of places: where a tumor arises, and where it spreads to."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, SITE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_OFTEN: Final = one_of(
    *("most", "more", "less", "very", "quite", "often", "frequently", "commonly", "usually", "mainly", "mostly"),
    *("typically", "predominantly", "primarily", "almost", "exclusively", "rarely", "infrequently", "occasionally"),
    *("sometimes", "generally", "preferentially", "anywhere", "throughout", "also", "first", "readily", "chiefly"),
    *("especially", "particularly", "classically", "either", "both", "early", "then", "only", "largely"),
)
_HOW: Final = rf"(?:,? ?\b{_OFTEN}\b,?)*"
SPREADS: Final = frozenset(
    f"{organ}-metastasis" for organ in ("adrenal", "bone", "brain", "liver", "lung", "lymph-node", "peritoneal")
)
_STARTS: Final = one_of(
    "aris(?:e|es|ing)", "arose", "originat(?:e|es|ed|ing)", "stem(?:s|med|ming)?", "deriv(?:e|es|ed)"
)
_GROWS: Final = one_of("develop(?:s|ed|ing)?", "grow(?:s|ing)?")
_IS_THERE: Final = one_of(
    *(
        "occur(?:s|red|ring)?",
        "(?:locat|situat|locali[sz])ed",
        "found",
        "seen",
        "encountered",
        "present",
        "appear(?:s)?",
    ),
    *(
        "diagnosed",
        "manifest",
        "lies?",
        "lying",
        "distributed",
        "resides?",
        "scattered",
        "confined",
        "detected",
        "observed",
    ),
)
_CELLS: Final = r"(?:from (?:the )?[\w -]{1,40}?\bcells?,? )?"

MOST: Final = one_of(
    *(
        "most (?:\\w+ )?(?:common|frequent|usual|typical|prevalent|likely|important)(?:ly)?",
        "commonest",
        "main",
        "usual",
    ),
    *(
        "predominant",
        "preferred",
        "preferential",
        "typical",
        "leading",
        "principal",
        "classic(?:al)?",
        "(?:most )?favou?red",
    ),
    *("common", "frequent", "major", "primary"),
)
IS: Final = one_of("is", "are", "was", "were", "being", "remains?", "represents?", "constitutes?", "serves? as")
_PLACE: Final = one_of("sites?", "locations?", "locali[sz]ations?", "(?:target )?organs?", "origins?")
_PRIMARIES: Final = r"(?:primaries|primary(?: (?:tumou?rs?|cancers?|malignanc(?:y|ies)|neoplasms?|lesions?))?|sources?)"
_SPREAD: Final = one_of(
    *("metastas[ie]s", "metasta[sz]i[sz]ation", "metastatic (?:spread|disease|involvement|deposits?|dissemination)"),
    *("(?:distant |metastatic )?spread", "dissemination"),
)
_ITS_SPREAD: Final = rf"(?:(?:distant|ha?ematogenous|metastatic|extrahepatic|lymphatic|systemic) )?{_SPREAD}"
_SITE_OF_SPREAD: Final = rf"(?:metastatic {_PLACE}|{_PLACE} (?:of|for) {_ITS_SPREAD})"
_OF_ORIGIN: Final = r"(?: of origin| of the primary)? (?!(?:of|for) (?:\w+ )?(?:metasta|spread))"
_HIT_BY: Final = (
    r"(?:that (?:is|are) )?(?:most (?:\w+ )?)?(?:affected|involved|invaded) (?:most \w+ )?by (?:the |its |their )?"
)
_HITS: Final = r"(?:mainly |most \w+ )?(?:affect|involve)s?"
_IN_THEM: Final = r"(?:of|in|from|for|by) (?:the |an? |patients with |most |many |cases of )*"

SITE_FRAMES: Final = (
    Frame(
        name="starts",
        cue=screened(rf"\b{_STARTS}\b{_HOW} {_CELLS}(?:in|from|within|at|outside|of)\b{_HOW}", re.IGNORECASE),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=60,
        near=35,
        itself=True,
        wide=True,
        example="Gastrinomas most often arise in the duodenum and the pancreas.",
    ),
    Frame(
        name="grows-in",
        cue=screened(
            rf"\b{_GROWS}\b{_HOW} {_CELLS}(?:in|from|within)\b{_HOW}(?! (?:patients|the setting|association))",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=60,
        near=20,
        itself=True,
        example="Paragangliomas may develop in the retroperitoneum.",
    ),
    Frame(
        name="located",
        cue=screened(rf"\b{_IS_THERE}\b{_HOW} (?:in|within|at|throughout|along)\b{_HOW}", re.IGNORECASE),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=60,
        near=20,
        itself=True,
        example="Most insulinomas are located in the pancreas.",
    ),
    Frame(
        name="metastases-listed",
        cue=screened(
            r"\b(?:with|and|develops?|causes?|has|have|of|including) (?:(?:early|late|multiple|synchronous|distant) )?"
            r"(?=(?:[\w-]+(?:,| and| or|, and|, or) ){1,5}[\w-]+ metasta)",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=200,
        near=1,
        example="Small cell lung cancer classically presents with early brain, adrenal, and liver metastases.",
    ),
    Frame(
        name="sign-in-site",
        cue=screened(
            rf"\b(?:(?:locat|situat|locali[sz])ed|confined|most (?:pronounced|prominent|marked))\b{_HOW}"
            r" (?:in|within|at|to)\b(?: (?:the|an?))*",
            re.IGNORECASE,
        ),
        left=frozenset({"sign"}),
        right=SITE,
        predicate="associated_with",
        reach=25,
        near=12,
        itself=True,
        example="Calcification is usually located in the mesentery.",
    ),
    Frame(
        name="of-the-site",
        cue=screened(r"(?<=\w) (?:of|in (?=the (?!liver|hepat|lymph|bone)))", re.IGNORECASE),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=0,
        near=5,
        example="Carcinoid tumors of the appendix are often small.",
    ),
    Frame(
        name="those-of-the-site",
        cue=screened(
            r"\b(?:includ(?:es?|ing)|compris(?:es?|ing)|are) (?:those|tumou?rs|lesions|primaries)"
            rf" (?:(?:{_STARTS}|located) )?(?:of|in|from) ",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=12,
        near=5,
        itself=True,
        example="Foregut carcinoids include those of the lung, stomach and duodenum.",
    ),
    Frame(
        name="site-of-origin",
        cue=screened(
            rf"\b{IS} (?:the |an? )?(?:\w+ )?{MOST} (?:primary )?{_PLACE}{_OF_ORIGIN}{_IN_THEM}",
            re.IGNORECASE,
        ),
        left=SITE,
        right=DISEASE,
        predicate="has_primary_site",
        reach=40,
        near=3,
        turned=True,
        wide=True,
        example="The ileum is the most common site of origin of midgut carcinoids.",
    ),
    Frame(
        name="sites-of-origin",
        opening=screened(
            rf"(?<!metastatic )\b{_PLACE}{_OF_ORIGIN}{_IN_THEM}[^,.;]{{0,60}}$",
            re.IGNORECASE,
        ),
        cue=phrase(f"{IS}(?: in)?", "includes?", "included", "comprises?"),
        left=DISEASE,
        right=SITE,
        predicate="has_primary_site",
        reach=10,
        near=15,
        wide=True,
        example="The most common sites of gastrinomas are the duodenum and the pancreas.",
    ),
    Frame(
        name="spreads-to",
        cue=screened(
            r"\b(?:metasta[sz]i[sz](?:e|es|ed|ing)|spread(?:s|ing)?|disseminat(?:e|es|ed|ing)|seed(?:s|ed|ing)?)\b"
            rf"{_HOW}(?: (?:to|into|in|within)\b)?{_HOW}",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=60,
        near=25,
        itself=True,
        example="Midgut carcinoids disseminate to the mesentery.",
    ),
    Frame(
        name="spread-to",
        opening=phrase(rf"{_SPREAD} (?:of|from|in) [^.;]{{0,60}}"),
        cue=screened(
            rf"(?:{IS}{_HOW} )?(?:\b{_IS_THERE}\b{_HOW} (?:in|to|at|within)|{_HITS}\b|\b{_HOW}(?:to|into))\b{_HOW}",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=25,
        near=20,
        example="Metastases of neuroendocrine tumors are mainly found in the liver and bone.",
    ),
    Frame(
        name="has-spread-to",
        cue=screened(
            rf"\b(?:ha(?:s|ve|d)|with|develops?|developed|causes?|gives? rise to|forms?|produces?)\b{_HOW}"
            rf" (?:\w+ ){{0,2}}?{_SPREAD}{_HOW} (?:to|in|into|within)\b",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=25,
        near=15,
        itself=True,
        example="Renal cell carcinoma often gives rise to metastases in the lung and bone.",
    ),
    Frame(
        name="has-spread",
        cue=screened(
            r"\b(?:ha(?:s|ve|d)|harbou?r(?:s|ed)?|develop(?:s|ed)?|present(?:s|ed)? with|gives? rise to|produces?)\b"
            rf"{_HOW} (?:[\w-]+ ){{0,2}}?(?=[^.;]{{0,50}}\bmetasta)",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        also=SPREADS,
        predicate="metastasizes_to",
        reach=40,
        near=25,
        itself=True,
        wide=True,
        unnamed=True,
        example="Small bowel tumors often present with hepatic metastases.",
    ),
    Frame(
        name="site-of-spread",
        cue=screened(
            rf"\b{IS} (?:(?:the|its|their|an?) )?(?:\w+ )?(?:{MOST} )?(?:{_SITE_OF_SPREAD}"
            rf"|{_PLACE} {_HIT_BY}{_SPREAD})"
            rf" {_IN_THEM}",
            re.IGNORECASE,
        ),
        left=SITE,
        right=DISEASE,
        predicate="metastasizes_to",
        reach=40,
        near=3,
        turned=True,
        wide=True,
        example="The liver is the most common site of spread of neuroendocrine tumors.",
    ),
    Frame(
        name="site-of-its-spread",
        cue=screened(
            rf"\b{IS} (?:(?:the|its|their|an?) )?(?:\w+ )?(?:{MOST} )?{_PLACE} (?:(?:of|for) |{_HIT_BY})"
            r"(?=(?:\w+ )?metastas)",
            re.IGNORECASE,
        ),
        left=SITE,
        right=DISEASE,
        predicate="metastasizes_to",
        reach=40,
        near=0,
        turned=True,
        example="The liver is the most common site of liver metastases of neuroendocrine tumors.",
    ),
    Frame(
        name="sites-of-spread",
        opening=screened(rf"\b{_SITE_OF_SPREAD} {_IN_THEM}[^,.;]{{0,60}}$", re.IGNORECASE),
        cue=phrase(IS, "includes?", "included"),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=10,
        near=15,
        example="The most frequent sites of metastases of neuroendocrine tumors are the liver and bone.",
    ),
    Frame(
        name="in-it-the-site-of-spread",
        cue=screened(
            rf",? (?:the )?(?=[\w -]{{3,40}} {IS} (?:(?:the|their|an?) )?(?:\w+ )?(?:{MOST} )?{_SITE_OF_SPREAD}\b)",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=SITE,
        predicate="metastasizes_to",
        reach=0,
        near=5,
        example="In neuroendocrine tumors the liver is the most common metastatic site.",
    ),
    Frame(
        name="its-site-of-spread",
        cue=screened(
            rf"\bthe (?=[\w -]{{3,40}} {IS} (?:(?:the|its|their) )?(?:by far |also |often )?(?:{MOST} {_SITE_OF_SPREAD}"
            rf"|(?:{MOST} )?{_PLACE} {_HIT_BY}{_SPREAD}|most (?:\w+ )?(?:involved|affected) (?:metastatic )?{_PLACE})"
            rf"(?! (?:of|in|from|for)\b))",
            re.IGNORECASE,
        ),
        left=frozenset(),
        right=SITE,
        predicate="metastasizes_to",
        near=3,
        example="They grow slowly, the liver being the organ most often affected by their metastases.",
    ),
    Frame(
        name="its-site-of-origin",
        cue=screened(
            rf"\bthe (?=[\w ()-]{{3,40}} {IS} (?:(?:the|its|their) )?(?:\w+ )?{MOST} (?:primary )?{_PLACE}"
            r"(?: of origin)?(?! (?:of|in|from|for)\b))",
            re.IGNORECASE,
        ),
        left=frozenset(),
        right=SITE,
        predicate="has_primary_site",
        near=3,
        example="They are rare, the ileum being their most common primary site.",
    ),
    Frame(
        name="comes-from",
        cue=screened(
            rf"\b(?:{_STARTS}|com(?:e|es|ing))\b{_HOW} (?:from|in)\b{_HOW}",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=DISEASE,
        predicate="has_primary_site",
        reach=40,
        near=25,
        itself=True,
        wide=True,
        example="Liver metastases most often originate from colorectal cancer and breast cancer.",
    ),
    Frame(
        name="primaries-are",
        opening=screened(rf"\b{_PRIMARIES} {_IN_THEM}[^,.;]{{0,40}}$", re.IGNORECASE),
        cue=phrase(IS, "includes?", "included"),
        left=DISEASE,
        right=DISEASE,
        predicate="has_primary_site",
        reach=10,
        near=15,
        wide=True,
        example="The most common primary tumors of liver metastases are colorectal cancer and breast cancer.",
    ),
    Frame(
        name="primary-of",
        cue=screened(rf"\b{IS} (?:(?:the|an?) )?(?:{MOST} )?{_PRIMARIES} {_IN_THEM}", re.IGNORECASE),
        left=DISEASE,
        right=DISEASE,
        predicate="has_primary_site",
        reach=15,
        near=3,
        wide=True,
        turned=True,
        example="Colorectal cancer is the most common primary tumor of liver metastases.",
    ),
)
