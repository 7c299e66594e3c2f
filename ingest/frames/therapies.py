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
    *(
        "used",
        "performed",
        "considered",
        "applied",
        "attempted",
        "justified",
        "curative",
        "active",
        "efficacious",
        "possible",
    ),
)
_NOT_THEM: Final = one_of(r"(?:[\w-]+ ){0,3}(?:patients?|cases?|people|tumou?rs?|lesions?|diseases?|disorders?)")
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
GIVEN: Final = one_of(
    *("performed", "repeated", "used", "given", "considered", "indicated", "recommended", "reserved", "offered"),
    *("started", "administered", "applied", "preferred", "attempted", "advised", "initiated", "needed", "required"),
    *("necessary", "warranted", "justified", "mandatory", "appropriate", "feasible", "possible", "an option"),
)

THERAPY_FRAMES: Final = (
    Frame(
        name="requires",
        cue=phrase(
            *(
                "requir(?:es?|ed|ing)(?! (?:for|to|in|by|before))",
                "(?:with the )?need(?:s|ed|ing)? (?:for|of)",
                "managed (?:with|by|using)",
            ),
            *(
                "treated (?:with|by|using)",
                "necessitat(?:es?|ed|ing)",
                "(?:cured|controlled|relieved|alleviated|stopped|arrested|resolved) (?:only "
                "|in [\\w %]{3,25} )?(?:by|with)",
            ),
            *("respon(?:ds?|ded|sive) to", "resolved after"),
        ),
        left=COMPLAINTS | {"disease"},
        right=THERAPY,
        predicate="treated_by",
        reach=40,
        near=40,
        words="therapy",
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
        left=DISEASE | {"syndrome"},
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
        cue=phrase(
            "underwent", "undergo(?:es|ing|ne)?", "receiv(?:es?|ed|ing)", "(?:treated|managed) (?:with|by|using)"
        ),
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
        words="therapy",
        example="The treatment of hepatocellular carcinoma includes resection and chemoembolization.",
    ),
    Frame(
        name="its-options",
        cue=phrase(rf"(?:{_TREATING} (?:{_MEANS} )?|{_CHOICE} )(?:of choice )?{_LISTS}"),
        left=DISEASE | {"syndrome"},
        right=THERAPY,
        predicate="treated_by",
        near=50,
        words="therapy",
        example="In hepatocellular carcinoma, treatment options include resection and chemoembolization.",
    ),
    Frame(
        name="for-whom-given",
        opening=screened(r"\A\W*(?:for|in)\b[^;:]*$", re.IGNORECASE),
        cue=screened(rf",\s(?=[^;.]{{3,90}}\b(?:{GIVEN}|{_MEANS})\b)", re.IGNORECASE),
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
            rf"{_SAID} (?:for|in|to (?:treat|manage|cure|control|palliate)|against)",
            "(?:given|administered|proposed|available|provided|offered) to",
            *("reserved to", "roles? (?:in|for)", "(?:treats?|cures?)"),
        ),
        left=THERAPY,
        right=DISEASE | {"syndrome"},
        predicate="treated_by",
        turned=True,
        reach=60,
        near=60,
        example="Surgical resection is recommended for hepatocellular carcinoma.",
    ),
    Frame(
        name="treats-complaint",
        cue=phrase(
            rf"{_SAID} (?:for|to (?:treat|manage|control|palliate|relieve)"
            rf"|against)(?: (?:the )?{_TREATING} of)?(?! {_NOT_THEM})"
        ),
        left=THERAPY,
        right=frozenset({"clinical-feature"}),
        predicate="treated_by",
        turned=True,
        reach=40,
        near=20,
        example="Octreotide is effective against diarrhea.",
    ),
    Frame(
        name="is-treatment",
        cue=phrase(
            rf"{_IS} (?:(?!{_OTHERWISE}\b)[\w-]+,? ){{0,5}}?(?:{_BEST}|{_MEANS}) (?:to [\w-]+ (?:[\w-]+ )?)?{_OF_WHOM}",
            rf"of choice {_OF_WHOM}",
            rf"line {_MEANS} {_OF_WHOM}",
            rf"(?:standard|preferred) {_MEANS} {_OF_WHOM}",
        ),
        left=THERAPY,
        right=DISEASE | {"syndrome"},
        predicate="treated_by",
        turned=True,
        reach=60,
        near=60,
        example="Surgical resection is the treatment of choice for hepatocellular carcinoma.",
    ),
    *(
        Frame(
            name=name,
            opening=screened(
                r"\b(?:tumou?rs?|lesions?|metastas[ei]s|nodules?|neoplasms?|carcino\w+|\w+omas?|NE[NTC]s?"
                r"|HCCs?)\b[^.;,]{0,50}$",
                re.IGNORECASE,
            ),
            cue=phrase(
                rf"(?:(?:should|must|can|may|could|need to|has to|have to) (?:\w+ )?be|is|are"
                rf"|were) (?:\w+ly )?{done}(?! with)"
            ),
            left=DISEASE,
            right=frozenset(),
            says=therapy,
            predicate="treated_by",
            reach=30,
            itself=True,
            example=example,
        )
        for name, therapy, done, example in (
            ("is-resected", "surgical-resection", "(?:resected|excised)", "Insulinomas should be resected."),
            ("is-enucleated", "enucleation", "enucleated", "Small insulinomas can be enucleated."),
            ("is-ablated", "ablative-therapy", "ablated", "Small liver metastases of insulinoma can be ablated."),
        )
    ),
    Frame(
        name="treating-with",
        opening=screened(
            rf"\b(?:{_TREATING} (?:of|for)|treat(?:ed|ing)?|managed?|managing)\b[^.;:,]{{0,50}}$", re.IGNORECASE
        ),
        cue=phrase("with", "by", "using", "by means of"),
        left=DISEASE,
        right=THERAPY,
        predicate="treated_by",
        reach=1,
        near=25,
        example="Treatment of hepatocellular carcinoma with radioembolization is safe.",
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
        cue=phrase(
            rf"(?:{_DONE} )?(?:using|utili[sz]ing)",
            "(?:consists? of|uses|combines?|involves?|delivers?)",
            rf"{_DONE} (?:\w+ly )?(?:with|by|under|in an?)",
        ),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        reach=25,
        near=50,
        example="Chemoembolization was performed with doxorubicin and lipiodol.",
    ),
    Frame(
        name="its-drugs",
        opening=screened(
            r"\b(?:drugs?|agents?|regimens?|cytostatics?|beads|materials?) (?:\w+ )?(?:for|in|during|of)\b[^.;,]*$",
            re.IGNORECASE,
        ),
        cue=phrase("includ(?:es?|ed)", "are", "is", "were", "was", "such as", "like"),
        left=THERAPY,
        right=THERAPY,
        predicate="treated_by",
        reach=2,
        near=30,
        words="therapy",
        example="Drugs used for chemoembolization include doxorubicin and cisplatin.",
    ),
)
