"""This module holds the turns of phrase that say whom a therapy is for, what it is done with and what forbids it."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import COMPLAINTS, DISEASE, THERAPY, TIE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_TREATING: Final = one_of("treatments?", "therap(?:y|ies)", "management", "treating", "palliation")
_CHOICE: Final = one_of("options?", "alternatives?", "approach(?:es)?", "modalit(?:y|ies)", "strateg(?:y|ies)")
_MEANS: Final = one_of(
    _TREATING, _CHOICE, "choices?", "procedures?", "methods?", "techniques?", "tools?", "candidates?"
)
_BEST: Final = one_of("mainstay", "cornerstone", "backbone", "gold[- ]standard", "standard(?: of care)?", "choice")
_OF_WHOM: Final = rf"(?:(?:of|in|for|to) (?:the )?{_TREATING} )?(?:for|in|of|to treat|against)"
_IS: Final = one_of(
    "is", "are", "was", "were", "be", "been", "as", "remains?", "represents?", "becomes?", "became", "offers?"
)
_OTHERWISE: Final = one_of(
    *("compared", "with", "than", "from", "by", "no", "not", "superior", "inferior", "before", "after", "during", "if"),
)
_SAID: Final = one_of(
    *("indicated", "recommended", "suitable", "feasible", "reserved", "approved", "effective", "useful", "preferred"),
    *("proposed", "advocated", "suggested", "available", "established", "safe", "favou?red", "applicable", "licensed"),
    *("appropriate", "beneficial", "advisable", "employed", "introduced", "chosen", "given", "administered", "advised"),
    *("used", "performed", "considered", "applied", "attempted", "justified", "curative", "active", "efficacious"),
)
_FIT: Final = one_of(
    "candidates?", "eligible", "amenable", "suitable", "referred", "scheduled", "suited", "listed", "considered"
)
_LISTS: Final = one_of(
    *("includ(?:es?|ed|ing)", "consists? of", "compris(?:es?|ed|ing)", "(?:is|are) based on", "relies on", "involves?"),
    *("such as", "namely", "like", "are", "is", "remains?", "ranges? from", "consisted of", r"e\.g\.,?", "were", "was"),
)
_DONE: Final = one_of(
    "performed", "carried out", "done", "conducted", "undertaken", "accomplished", "achieved", "delivered"
)
_GIVEN: Final = one_of(
    *("performed", "repeated", "used", "given", "considered", "indicated", "recommended", "reserved", "offered"),
    *("started", "administered", "applied", "preferred", "attempted", "advised", "initiated", "needed", "required"),
    *("necessary", "warranted", "justified", "mandatory", "appropriate", "feasible", "possible", "an option"),
)
_WHEN: Final = one_of("in (?:the )?(?:case|event|presence)s? of", "in cases? with", "if", "when", "whenever", "once")
_NOT_GIVEN: Final = one_of(
    rf"(?:should|must|can) ?not be (?:\w+ )?{_GIVEN}",
    "(?:should|must|has to|have to) be avoided",
    r"(?:is|are|was|were) not (?:\w+ )?(?:recommended|indicated|suitable|feasible|advisable|appropriate|an option)",
)
_UNFIT: Final = one_of(
    *("(?:unsuitable|ineligible|unfit|inappropriate) for", "not (?:\\w+ )?(?:suitable|eligible|candidates?|fit) for"),
    *("not (?:\\w+ )?(?:amenable|suited) to", "poor candidates? for", "excluded from"),
)
_WITHHELD: Final = one_of(
    "not (?:be )?(?:receiv\\w+|undergo\\w*|perform\\w*|given|repeated|treated|offered|done|possible|feasible)",
    *("excluded from", "precluded", "stopped", "discontinued", "terminated", "abandoned", "withdrawn"),
)

THERAPY_FRAMES: Final = (
    Frame(
        name="forbidden-by",
        opening=phrase("contraindications? (?:of|for|to|against)"),
        cue=phrase("includ(?:es?|ed|ing)", "are", "is", "were", "comprise", "such as", "like"),
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
        name="not-given-in",
        cue=phrase(rf"{_NOT_GIVEN} (?:in|for|when|if|to)"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=40,
        near=60,
        negative=True,
        example="Chemoembolization should not be offered to patients with liver failure.",
    ),
    Frame(
        name="not-given-because",
        opening=screened(rf"\b{_WITHHELD}\b[^.;]*$", re.IGNORECASE),
        cue=phrase("because of", "due to", "owing to", "on account of"),
        left=THERAPY,
        right=COMPLAINTS | {"disease", "sign"},
        predicate="therapy_contraindication",
        reach=30,
        near=60,
        negative=True,
        example="Chemoembolization was not repeated because of liver failure.",
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
        name="precludes",
        cue=phrase(
            "(?:preclud|prohibit|prevent|contraindicat)(?:s|es|ed|ing)?(?: (?:repeated|further|any|all|the|use|of))*"
        ),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=45,
        near=15,
        turned=True,
        example="Liver failure precluded repeated chemoembolization in one patient.",
    ),
    Frame(
        name="unfit",
        cue=phrase(_UNFIT),
        left=COMPLAINTS | {"disease", "sign"},
        right=THERAPY,
        predicate="therapy_contraindication",
        reach=25,
        near=25,
        turned=True,
        negative=True,
        example="Patients with ascites are unsuitable for chemoembolization.",
    ),
    Frame(
        name="requires",
        cue=phrase(
            *("requir(?:es?|ed|ing)", "(?:with the )?need(?:s|ed|ing)? (?:for|of)", "managed (?:with|by|using)"),
            *("treated (?:with|by|using)", "necessitat(?:es?|ed|ing)", "(?:cured|controlled|relieved) (?:by|with)"),
            *("respon(?:ds?|ded|sive) to", "resolved (?:after|with)"),
        ),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="treated_by",
        reach=40,
        near=40,
        example="A liver abscess requiring percutaneous drainage occurred.",
    ),
    Frame(
        name="undergoes",
        cue=phrase(
            *(
                "underwent",
                "undergo(?:es|ing|ne)?",
                "receiv(?:es?|ed|ing)",
                rf"{_FIT} (?:for|to)",
                "benefit(?:s|ed)? from",
            ),
            *(
                "(?:be|is|are|was|were) offered",
                "treated (?:with|by|using)",
                "managed (?:with|by|using)",
                "subjected to",
            ),
            "(?:randomi[sz]ed|assigned|allocated) to",
        ),
        left=DISEASE,
        right=THERAPY,
        predicate="treated_by",
        reach=50,
        near=40,
        example="Patients with hepatocellular carcinoma should undergo chemoembolization.",
    ),
    Frame(
        name="undergoes-then",
        opening=screened(
            r"\b(?:patients?|cases?|those|lesions?|tumou?rs?)\b[^.;,]{0,30}\b(?:with|after|of)\b[^.;,]*$", re.IGNORECASE
        ),
        cue=phrase("underwent", "undergo(?:es|ing|ne)?", "receiv(?:es?|ed|ing)", "treated (?:with|by|using)"),
        left=frozenset({"outcome"}),
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=25,
        example="Patients with tumor progression received sorafenib.",
    ),
    Frame(
        name="options",
        opening=screened(
            rf"\b(?:{_TREATING}|{_MEANS}|{_BEST})\s+(?:of choice\s+)?(?:for|of|in|against)\b[^.;:]{{0,60}}$",
            re.IGNORECASE,
        ),
        cue=phrase(_LISTS),
        left=DISEASE | {"syndrome"},
        right=THERAPY,
        predicate="treated_by",
        near=50,
        example="The treatment of hepatocellular carcinoma includes resection and chemoembolization.",
    ),
    Frame(
        name="its-options",
        cue=phrase(rf"(?:{_TREATING} (?:{_MEANS} )?|{_CHOICE} )(?:of choice )?{_LISTS}"),
        left=DISEASE | {"syndrome"},
        right=THERAPY,
        predicate="treated_by",
        near=50,
        example="In hepatocellular carcinoma, treatment options include resection and chemoembolization.",
    ),
    Frame(
        name="for-whom-given",
        opening=screened(r"\A\W*(?:for|in)\b[^;:]*$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^;.]{{3,90}}\b(?:{_GIVEN}|{_MEANS})\b)", re.IGNORECASE),
        left=DISEASE,
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=25,
        example="For hepatocellular carcinoma, chemoembolization and radioembolization are used.",
    ),
    Frame(
        name="treats",
        cue=phrase(
            rf"{_SAID} (?:for|in|to treat|against)",
            rf"{_IS} (?:(?!{_OTHERWISE}\b)[\w-]+,? ){{0,5}}?(?:{_BEST}|{_MEANS}) (?:to [\w-]+ (?:[\w-]+ )?)?{_OF_WHOM}",
            rf"of choice {_OF_WHOM}",
            rf"line {_MEANS} {_OF_WHOM}",
            rf"(?:standard|preferred) {_MEANS} {_OF_WHOM}",
            *("(?:be|is|are|was|were) (?:\\w+ )?offered to", "reserved to", "roles? (?:in|for)", "(?:treats?|cures?)"),
        ),
        left=THERAPY,
        right=DISEASE | {"syndrome"},
        predicate="treated_by",
        turned=True,
        reach=60,
        near=60,
        example="Surgical resection is the treatment of choice for hepatocellular carcinoma.",
    ),
    Frame(
        name="is-for",
        cue=screened(rf"\b(?:for|in|of|to treat|against)\s(?:{TIE}(?:(?<=\W)|(?!\w)))*", re.IGNORECASE),
        left=THERAPY,
        right=DISEASE,
        predicate="treated_by",
        turned=True,
        reach=1,
        near=1,
        example="Chemoembolization for hepatocellular carcinoma is common.",
    ),
    Frame(
        name="done-with",
        cue=phrase(rf"(?:{_DONE} )?(?:using|utili[sz]ing)", rf"{_DONE} (?:\w+ly )?(?:with|by|under|in an?)"),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=50,
        example="Chemoembolization was performed with doxorubicin and lipiodol.",
    ),
    Frame(
        name="bridges",
        cue=phrase(
            "bridg(?:e|es|ing)(?: \\w+)? (?:to|before|for|until)", "downstag\\w+ (?:\\w+ )?(?:before|for|to|prior to)"
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="therapy_indication",
        reach=60,
        near=25,
        example="Chemoembolization is a bridge to liver transplantation.",
    ),
    Frame(
        name="given-when",
        cue=phrase(rf"{_GIVEN} (?:\w+ ){{0,3}}?{_WHEN}"),
        left=THERAPY,
        right=COMPLAINTS | {"outcome", "sign", "classification"},
        predicate="therapy_indication",
        reach=30,
        near=30,
        first=True,
        example="Chemoembolization can be repeated in case of tumor progression.",
    ),
    Frame(
        name="when-given",
        opening=screened(rf"\A\W*(?:{_WHEN}|for|in patients with)\b[^;:]*$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^;.]{{3,60}}\b(?:{_GIVEN}|use)\b)", re.IGNORECASE),
        left=COMPLAINTS | {"outcome", "sign", "classification"},
        right=THERAPY,
        predicate="therapy_indication",
        reach=45,
        near=60,
        turned=True,
        example="In cases with tumor progression, chemoembolization can be repeated.",
    ),
    Frame(
        name="given-to-reach",
        cue=phrase(
            "(?:indicated|recommended|used|considered|given|reserved|performed) (?:\\w+ )?(?:for|to (?:\\w+ )?achieve)"
        ),
        left=THERAPY,
        right=frozenset({"outcome"}),
        predicate="therapy_indication",
        reach=30,
        near=12,
        example="Embolization is indicated for symptom control.",
    ),
)
