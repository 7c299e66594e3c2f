"""This module holds the turns of phrase of courses: how a disease goes, what foretells that, whom it befalls."""

from __future__ import annotations

import re
from typing import Final

from ingest.frames.frame import DISEASE, WHO_HAVE, Frame
from ingest.phrases import one_of, phrase
from ingest.screening import screened

_GOOD: Final = one_of(
    *("good", "poor(?:er)?", "better", "best", "wors[et]", "worst", "bad", "(?:un)?favou?rable", "excellent", "dismal"),
    *(
        "long(?:er)?",
        "short(?:er)?",
        "high(?:er)?",
        "low(?:er)?",
        "optimistic",
        "grim",
        "guarded",
        "adverse",
        "inferior",
    ),
    *("superior", "fatal"),
)
HAS: Final = one_of(
    *(
        "has",
        "have",
        "had",
        "having",
        "carr(?:y|ies)",
        "carried",
        "shows?",
        "showed",
        "bears?",
        "portends?",
        "confers?",
    ),
    "demonstrate[sd]?",
)
_MADE_SO: Final = one_of(
    "prolonged", "shortened", "reduced", "decreased", "increased", "limited", "impaired", "improved"
)
GOOD_OR_BAD: Final = one_of(_GOOD, _MADE_SO)
IS_SO: Final = rf"(?:is|are|was|were|remains?|has been|have been|seems?) (?:[\w-]+ ){{0,2}}?{GOOD_OR_BAD}"
FACTORS: Final = frozenset({"marker", "sign", "classification", "clinical-feature", "disease", "syndrome"})
BEARS_ON: Final = one_of(
    *("predict(?:s|ed|ing|ive of|ors? of|ors? for)?", "(?:un|in)?dependent predictors? of", "associated with"),
    *(
        "correlat(?:es?|ed) with",
        "(?:related|linked) to",
        "prognostic (?:factor|marker|indicator|parameter)s? (?:for|of|in)",
    ),
    *("influenc(?:es?|ed)", "affect(?:s|ed)", "determin(?:es?|ants? of)", "(?:impact|effect|influence)s? on"),
    *("confer(?:s|red)?", "portend(?:s|ed)?", "indicat(?:es?|ive of)", "impl(?:y|ies)", "risk factors? for"),
)
IMPAIRS: Final = one_of(
    "reduces?", "worsens?", "impairs?", "shortens?", "decreases?", "limits?", "affects?", "diminish(?:es)?"
)
_MADE: Final = one_of("influenced", "limited", "affected", "determined", "worsened", "impaired", "reduced")
_FACTOR: Final = one_of(
    *("(?:risk|prognostic|predictive) factors?", "predictors?", "determinants?", "prognostic (?:markers?|indicators?)"),
    *("factors? (?:associated|correlated) with", "factors? (?:influencing|affecting|predicting|determining)"),
)
_FREQUENCY: Final = one_of("incidence", "prevalence")
_COUNTED_AS: Final = one_of(
    *("ris(?:es?|en|ing)", "increas(?:es?|ed|ing)", "high(?:er)?", "low(?:er)?", "decreas(?:es?|ed|ing)", "rare"),
    *(
        "grow(?:s|n|ing)",
        "climb(?:s|ed|ing)",
        "stable",
        "doubled",
        "tripled",
        "estimated",
        "var(?:ies|ied|y)",
        "declin\\w+",
    ),
)
_OFTENER: Final = one_of(
    *("more (?:\\w+ )?(?:common|frequent|prevalent|often)(?:ly)?", "predominant(?:ly)?", "mainly", "mostly", "usually"),
    *("most (?:\\w+ )?(?:common|frequent|often)(?:ly)?", "typically", "chiefly", "almost exclusively", "primarily"),
    *("predominates?", "preferentially"),
)
_AFFECTS: Final = one_of(
    "affect(?:s|ed|ing)?", "in", "among", "(?:seen|found|diagnosed|occurring|reported)(?: in)?", "occurs?(?: in)?"
)
_ADULTS: Final = r"(?:(?:young|younger|middle-aged|elderly|older|adult|premenopausal|postmenopausal) (?:and \w+ )?)?"
_PREVAIL: Final = one_of("predominance", "preponderance", "predilection", "preference", "dominance")


def _sex(name: str, key: str, noun: str, adjective: str, example: str) -> Frame:
    """That a disease is more common in one sex."""
    more_in = rf"\b{_OFTENER} (?:\w+ )?{_AFFECTS} {_ADULTS}{noun}\b|\b{_AFFECTS} {_OFTENER} (?:in )?{_ADULTS}{noun}\b"
    return Frame(
        name=name,
        cue=screened(rf"{more_in}|\b{adjective} {_PREVAIL}\b", re.IGNORECASE),
        left=DISEASE,
        right=frozenset(),
        says=key,
        predicate="has_epidemiology",
        reach=40,
        itself=True,
        example=example,
    )


def _affected(name: str, key: str, noun: str, example: str) -> Frame:
    """That one sex is affected by a disease more often."""
    return Frame(
        name=name,
        cue=screened(
            rf"\b{noun} (?:are|were) "
            r"(?:more (?:often|frequently|commonly) affected by (?:the )?|affected by (?=[^.;,]{3,50} more))",
            re.IGNORECASE,
        ),
        left=frozenset(),
        right=DISEASE,
        says=key,
        predicate="has_epidemiology",
        near=3,
        turned=True,
        example=example,
    )


COURSE_FRAMES: Final = (
    Frame(
        name="course-of",
        cue=screened(
            rf"(?: rates?)?(?: \([^()]*\))? (?:of|for|in) (?:the |patients with )*(?=[^.;,]{{3,90}} {IS_SO}\b)",
            re.IGNORECASE,
        ),
        left=frozenset({"outcome"}),
        right=DISEASE,
        predicate="has_prognosis",
        reach=0,
        near=3,
        first=True,
        turned=True,
        wide=True,
        example="The prognosis of pancreatic cancer is still poor.",
    ),
    Frame(
        name="course-is",
        opening=screened(rf"\b{IS_SO}$", re.IGNORECASE),
        cue=screened(rf" (?:in|for|of|among) {WHO_HAVE}", re.IGNORECASE),
        left=frozenset({"outcome"}),
        right=DISEASE,
        predicate="has_prognosis",
        reach=30,
        near=3,
        turned=True,
        wide=True,
        example="Prognosis is poor in patients with angiosarcoma.",
    ),
    Frame(
        name="has-course",
        cue=screened(
            rf"\b(?:{HAS} (?:(?:an?|the) (?:\w+ )?(?={GOOD_OR_BAD}\b)|(?:\w+ly )?(?={_GOOD}\b))"
            rf"|(?:with|associated with) (?:an? |the )?(?:\w+ )?(?={GOOD_OR_BAD}\b))",
            re.IGNORECASE,
        ),
        left=FACTORS,
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        reach=45,
        near=25,
        first=True,
        itself=True,
        example="Cholangiocarcinoma carries a dismal prognosis.",
    ),
    Frame(
        name="cause-of-death",
        cue=screened(
            r"\b(?:is|are|was|were|remains?|represents?|as|among|constitutes?) (?:[\w-]+ ){0,5}?"
            r"(?:causes?|reasons?) (?:of|for) (?:\w+-related )?(?=death|mortality|morbidity)",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        reach=12,
        near=3,
        itself=True,
        example="Carcinoid heart disease is a leading cause of death.",
    ),
    Frame(
        name="bears-on",
        cue=phrase(BEARS_ON),
        left=FACTORS,
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        reach=45,
        near=45,
        itself=True,
        wide=True,
        example="Liver metastases and the Ki-67 index predict survival.",
    ),
    Frame(
        name="impairs",
        cue=screened(rf"(?<!to )\b{IMPAIRS}\b(?! (?:in|at|of|the (?:number|risk|rate)))", re.IGNORECASE),
        left=FACTORS,
        right=frozenset({"outcome"}),
        predicate="has_prognosis",
        reach=45,
        near=20,
        itself=True,
        wide=True,
        example="The carcinoid syndrome strongly impairs quality of life.",
    ),
    Frame(
        name="factors-are",
        opening=screened(rf"\b{_FACTOR} (?:of|for|with|in|on)?[^.;]{{0,60}}$", re.IGNORECASE),
        cue=phrase("are", "is", "were", "was", "includ(?:es?|ed|ing)"),
        left=frozenset({"outcome"}),
        right=FACTORS,
        predicate="has_prognosis",
        reach=15,
        near=40,
        turned=True,
        wide=True,
        example="Independent predictors of survival were tumor grade and ascites.",
    ),
    Frame(
        name="depends-on",
        cue=phrase(
            *("depend(?:s|ed|ent)? (?:mainly |largely |strongly |mostly )?(?:up)?on", "(?:linked|related) to"),
            *(rf"{_MADE} (?:not only |\w+ )?by", "associated with", "correlat(?:es?|ed) with"),
        ),
        left=frozenset({"outcome"}),
        right=FACTORS,
        predicate="has_prognosis",
        reach=60,
        near=40,
        turned=True,
        wide=True,
        example="Survival depends mainly on tumor grade and liver metastases.",
    ),
    Frame(
        name="outcome-depends-on",
        cue=phrase(rf"{_MADE} (?:not only |\w+ )?by", "depend(?:s|ed|ent) (?:mainly |largely |strongly )?(?:up)?on"),
        left=frozenset({"outcome"}),
        right=frozenset({"outcome", "therapy", "measure"}),
        predicate="associated_with",
        reach=40,
        near=30,
        itself=True,
        example="Survival is limited not only by tumor progression but also by liver failure.",
    ),
    Frame(
        name="prognostic-in",
        cue=screened(
            r"\b(?:is|are|was|were|as|be|remains?) (?:[\w-]+ ){0,4}?(?:prognostic|predictive)"
            r" (?:factor|marker|indicator|parameter)s? (?:of|in|for) (?:the |patients with )*",
            re.IGNORECASE,
        ),
        left=FACTORS,
        right=DISEASE,
        predicate="has_prognosis",
        reach=20,
        near=3,
        itself=True,
        wide=True,
        example="Tumor grade is an important prognostic factor in neuroendocrine tumors.",
    ),
    Frame(
        name="is-prognostic",
        cue=phrase(
            r"(?:has|have|had|is of|are of|with) (?:an? )?(?:\w+ ){0,2}?"
            r"prognostic (?:value|significance|relevance|impact)",
            r"(?:is|are|was|were|as|be|remains?) (?:[\w-]+ ){0,4}?"
            r"prognostic (?:factor|marker|indicator|parameter|sign)s?",
        ),
        left=FACTORS | {"modality"},
        right=frozenset(),
        says="prognosis",
        predicate="has_prognosis",
        reach=25,
        itself=True,
        wide=True,
        example="Vascular invasion is an adverse prognostic factor.",
    ),
    Frame(
        name="frequency-of",
        opening=screened(rf"\b{_FREQUENCY}(?: and {_FREQUENCY}| rates?)?$", re.IGNORECASE),
        cue=screened(rf" (?:of|for) (?:the )?(?=[^.;]{{3,80}} \b{_COUNTED_AS}\b)", re.IGNORECASE),
        left=frozenset({"outcome"}),
        right=DISEASE,
        predicate="has_epidemiology",
        reach=7,
        near=3,
        turned=True,
        example="The incidence of neuroendocrine tumors is rising.",
    ),
    Frame(
        name="such-frequency-of",
        opening=screened(
            rf"\b(?:{_COUNTED_AS}|(?:increase|rise) in(?: the)?) (?:\w+ )?{_FREQUENCY}(?: and {_FREQUENCY}| rates?)?$",
            re.IGNORECASE,
        ),
        cue=screened(r" (?:of|for) (?:the )?", re.IGNORECASE),
        left=frozenset({"outcome"}),
        right=DISEASE,
        predicate="has_epidemiology",
        reach=7,
        near=3,
        turned=True,
        example="This was due to the low incidence of neuroendocrine tumors.",
    ),
    Frame(
        name="has-such-frequency",
        cue=screened(
            rf"\b(?:has|have|had|shows?|with) (?:an? |the )?(?:\w+ )?{_COUNTED_AS} (?=(?:\w+ )?{_FREQUENCY})",
            re.IGNORECASE,
        ),
        left=DISEASE,
        right=frozenset({"outcome"}),
        predicate="has_epidemiology",
        reach=25,
        near=12,
        itself=True,
        example="Hepatocellular carcinoma has a high prevalence in Asia.",
    ),
    _sex("in-men", "male-sex", "(?:men|males)", "male", "Hepatocellular carcinoma is more common in men."),
    _sex("in-women", "female-sex", "(?:women|females)", "female", "Hepatic adenoma affects mainly young women."),
    _affected("men-affected", "male-sex", "(?:men|males)", "Men are affected by hepatocellular carcinoma more often."),
    _affected("women-affected", "female-sex", "(?:women|females)", "Women are more often affected by hepatic adenoma."),
    Frame(
        name="sporadically",
        cue=phrase("(?:occurs?|arises?|develops?|appears?) (?:\\w+ )?sporadically"),
        left=DISEASE,
        right=frozenset(),
        says="sporadic-occurrence",
        predicate="has_epidemiology",
        reach=25,
        itself=True,
        example="Most gastrinomas occur sporadically.",
    ),
    Frame(
        name="grows-slowly",
        cue=phrase(
            r"grow(?:s|ing)? (?:\w+ )?slowly", r"slow (?:\w+ )?growth", r"indolent (?:\w+ )?(?:behaviou?rs?|nature)"
        ),
        left=DISEASE,
        right=frozenset(),
        says="slow-growth",
        predicate="has_prognosis",
        reach=40,
        itself=True,
        example="Most neuroendocrine tumors grow very slowly.",
    ),
    Frame(
        name="grows-rapidly",
        cue=phrase(r"grow(?:s|ing)? (?:\w+ )?(?:rapidly|fast|quickly)"),
        left=DISEASE,
        right=frozenset(),
        says="rapid-growth",
        predicate="has_prognosis",
        reach=40,
        itself=True,
        example="Neuroendocrine carcinomas grow rapidly.",
    ),
    Frame(
        name="recurs",
        cue=phrase(r"recurs?"),
        left=DISEASE,
        right=frozenset(),
        says="recurrence",
        predicate="has_prognosis",
        reach=25,
        itself=True,
        example="Hepatocellular carcinoma often recurs.",
    ),
)
