"""This module tells pairs that a sentence names too loosely: an outcome without how it was, a symptom as treated."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.mentions import of_type
from ingest.negation import is_negated
from ingest.of_which_tumor import is_lesion
from ingest.pairs import Pair
from ingest.phrases import beginning, one_of, phrase
from ingest.predicates import COMPLICATIONS, RAISED, TUMOR
from ingest.screening import screened
from ingest.sentences import Paper, Sentence

_TIED: Final = one_of(
    *(
        r"\s",
        ",",
        "/",
        "of",
        "in",
        "with",
        "from",
        "for",
        "by",
        "after",
        "the",
        "an?",
        "is",
        "are",
        "was",
        "were",
        "can",
    ),
    *("may", "has", "have", "had", "caus(?:e|es|ed|ing)", "patients", "cases", "who", "be", r"\(", r"\)"),
    *("treated", "associated", "due", "to", "related", r"\w+-related", "often", "usually", "most", "all", "also"),
    *("elevated", "increased", "raised", "high", "higher", "serum", "plasma", "urinary", "levels?", "occurs?"),
)
TIED: Final = screened(rf"{_TIED}*", re.IGNORECASE)
"""What may stand between a disease that is no tumor and what is said of it: ' treated with ', ' is due to '."""

TUMOR_MARKER: Final = "tumor-marker"
RAISED_OR_NOT: Final = screened(rf"\b(?:{RAISED})", re.IGNORECASE)

VAGUE: Final = COMPLICATIONS | {
    *("prognosis", "technique-efficacy", "treatment-response", "quality-of-life", "objective-response"),
    *("follow-up", TUMOR_MARKER),
}
"""What says nothing of a disease or a therapy unless words beside it say how it was."""

_HOW: Final = one_of(
    *(
        "good",
        "poor",
        r"better",
        r"wors\w*",
        "bad",
        r"favou?rable",
        r"unfavou?rable",
        "excellent",
        "dismal",
        r"improv\w+",
    ),
    *("longer", "shorter", r"high\w*", r"low\w*", r"prolong\w*", r"increas\w+", r"decreas\w+", r"reduc\w+", "similar"),
    *(
        "comparable",
        r"equivalen\w+",
        "equal",
        "superior",
        "inferior",
        "few",
        "fewer",
        "less",
        "more",
        "no",
        "not",
        "rare",
    ),
    *("common", "frequent", "acceptable", "promising", r"optimistic", "mild", "severe", "limited", "great", "greater"),
    *(
        "serious",
        "main",
        "major",
        "substantial",
        "significant",
        "same",
        "safe",
        "independent",
        "adequate",
        "sufficient",
    ),
    *(
        "complete",
        "partial",
        "without",
        "main",
        r"\w*lethal",
        "fatal",
        "worst",
        "best",
        "lack of",
        "risk of",
        "potential of",
    ),
    *(r"advantag\w*", r"benefi\w+", r"impact\w*", r"deteriorat\w+", r"climb\w*", r"ris(?:e|es|ing|en)", "rose", "fell"),
    *(r"var(?:y|ies|iable)",),
)
HOW_BEFORE: Final = screened(rf"\b{_HOW}(?:\s+(?!(?:and|or)\b)[^\s.;,()]+){{0,5}}$", re.IGNORECASE)
_OF_WHAT: Final = r"(?:\s+(?:rates?\s+)?(?:of|after|with|following|to|for)\s[^.;,()]{0,50}?|[^.;()]{0,12})"
HOW_BEHIND: Final = screened(
    rf"{_OF_WHAT}\b(?:was|were|is|are|remain\w*|can be|may be|has been|have been|seem\w*|rates?|depend\w*"
    rf"|affect\w*|occur\w*|{_HOW})\b[^.;]{{0,40}}",
    re.IGNORECASE,
)
"""'poor long-term outcome', 'the outcomes are still poor': how an outcome is said to be, before and behind its name."""

_AGAINST: Final = one_of(
    *("reliev", "relief", "reduc", "manag", "control", "treat", "prevent", "mitigat", "minimi", "alleviat", "palliat"),
    *("improv", "address", "ameliorat", "lessen", "assess", "measur", "evaluat", "report", "correlat", "comparable"),
    *("spar(?:e|es|ed|ing)\\b", "protect", "avoid", "overcom"),
)
AGAINST: Final = screened(rf"\b{_AGAINST}\w*[^.;]{{0,60}}$", re.IGNORECASE)
"""'to mitigate fatigue and pain': what is done about a symptom, not who has it."""

_WORK: Final = one_of("trials?", "stud(?:y|ies)", "reviews?", "meta-analys[ei]s", "reports?", "experiments?", "survey")
_LOOKS: Final = one_of(
    *("examin", "test", "investigat", "evaluat", "assess", "sponsor", "recruit", "includ", "compar(?!ed (?:with|to))"),
    *("explor", "is being", "are being", "is (?:an?|the)", "consist"),
)
OF_A_STUDY: Final = screened(
    rf"\b(?:randomi[sz]ed|ongoing|pilot|phase [IV\d]+|prospective|recent|systematic|larg\w+|other|these|several|few)\b"
    rf"[^.;]{{0,40}}\b{_WORK}\b[^.;]{{0,60}}\b{_LOOKS}",
    re.IGNORECASE,
)
"""'Two other pilot studies are examining …': whom others look at."""

OWN_STUDY: Final = phrase(f"(?:this|our|the present|the current) (?:[\\w-]+ ){{0,4}}{_WORK}")

SHOWN_ELSEWHERE: Final = screened(
    r"\b(?:shown|summari[sz]ed|presented|listed|given|reported|displayed|detailed|described|provided|outlined) in "
    r"(?:the )?(?:\w+ )?(?:Tables?|Fig(?:ure|s)?|Suppl\w*|Additional|Appendix)\b",
    re.IGNORECASE,
)
OUTCOME_TOLD: Final = beginning(
    "significan", "high", "low", "increas", "decreas", r"more\b", r"less\b", r"no\b", r"not\b"
)
"""'The responses are shown in Table 2': where a result stands, not what it is."""

BASELINE: Final = frozenset({"sex", "age", "male-sex", "female-sex", "pregnancy", "body-mass-index"})
"""What any patient has: no feature of a disease by being named with it."""

AGES: Final = frozenset({"younger-age", "middle-age", "older-age", "childhood", "pregnancy"})


COMPOUND: Final = screened(r"\banti-?\s?$", re.IGNORECASE)
"""'anti-nausea medication'."""

SIDE_EFFECTS: Final = screened(
    r"\b(?:adverse|side[- ]effects?|toxicit|tolerab|treatment[- ]emergent|drug[- ]related|complications?)[^;]*$",
    re.IGNORECASE,
)
"""'The most common adverse events were fatigue and …': what a drug does is no feature of the disease."""

_ALIKE: Final = one_of(
    "comparable", "similar", "balanced", "matched", "did not differ", r"no \w*\s*(?:significant )?differen\w+"
)
GROUPS_ALIKE: Final = screened(
    rf"\b(?:groups?|arms?)\b[^.;]{{0,60}}\b{_ALIKE}|\b{_ALIKE}[^.;]*\b(?:groups?|arms?)\b", re.IGNORECASE
)
"""'The two groups had comparable smoking habits': how groups were alike."""

_UNTIL: Final = one_of(
    *("until", "prior to", "before", "beyond", "after", "time to", "at", "documented", "in case of", "without", "upon"),
    *("(?:patients?|cases?|those|subjects?) with", "with respect to"),
)
UNTIL: Final = screened(rf"\b{_UNTIL} (?:[\w-]+ ){{0,2}}$", re.IGNORECASE)
"""'Until progression', 'patients with progression': when, and who, not what came out."""

DATED: Final = frozenset({"progressive-disease", "local-tumor-progression", "recurrence", "disease-progression"})


COURSES: Final = frozenset(
    {
        *("prognosis", "overall-survival", "survival", "progression-free-survival", "disease-free-survival"),
        *("quality-of-life", "life-expectancy", "median-survival", "five-year-survival"),
    }
)
"""What every disease has one of: only how it is can be said."""

FORETOLD: Final = phrase("associated with", "predict\\w*", "prognostic", "confer\\w*", "correlat\\w*", "hypothes\\w+")
"""'Over-expression is associated with survival': what a finding foretells is not how the disease goes."""

NO_DIFFERENCE: Final = screened(r"\b(?:no|not|nor|without)\b[^.;]{0,40}?\bdiffer\w*[^.;]*$", re.IGNORECASE)
OCCURRED: Final = screened(r"[^.;,]{0,20}\b(?:occurr?|develop|appear|aris)\w*", re.IGNORECASE)


def loosely_said(paper: Paper, sentence: Sentence, pair: Pair) -> bool:
    """Whether a pair is named in a sentence that does not say so much of it; a turn of phrase that joins it does."""
    if pair.rule is not None:
        return False
    return _of_no_lesion(paper, sentence, pair) or any(is_vague(sentence, pair) for is_vague in _VAGUE)


def _of_no_lesion(paper: Paper, sentence: Sentence, pair: Pair) -> bool:
    """Infection, diabetes and the like bear only what words right between the two give them."""
    holder, mention, key = pair.bearer.mention, pair.attribute.mention, pair.bearer.entity.key
    if pair.bearer.type != "disease" or key is None or is_lesion(paper, key):
        return False
    headings = paper.headings.get(sentence.block.heading, ())
    if (holder is None or holder.stands_in) and key in {*paper.topics, *headings}:
        return False
    if holder is None or mention is None or pair.attribute.type == "sign":
        return True
    left, right = min(holder.end, mention.end), max(holder.start, mention.start)
    compound = pair.attribute.type in {"outcome", "clinical-feature"} and not sentence.text[left:right].strip()
    return compound or TIED.fullmatch(sentence.text, left, right) is None


def _therapy_unnamed(sentence: Sentence, pair: Pair) -> bool:
    """Outside of a paper's results, what came of a therapy that the sentence does not name may have come of another."""
    told = sentence.evidence == "own" and sentence.block.section in {"Results", "Abstract"}
    return pair.bearer.type == "therapy" and pair.bearer.mention is None and not told


def _how_unsaid(sentence: Sentence, pair: Pair) -> bool:
    """'The efficacy and safety of', 'clinical outcomes': nothing is said of how they were."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key not in VAGUE:
        return False
    start, end = sentence.clause(mention.start, mention.end)
    if pair.attribute.entity.key == TUMOR_MARKER:
        return not RAISED_OR_NOT.search(sentence.text, start, end)
    before = HOW_BEFORE.search(sentence.text[start : mention.end])
    return before is None and HOW_BEHIND.match(sentence.text, mention.end, end) is None


def _acted_against(sentence: Sentence, pair: Pair) -> bool:
    """A symptom that is treated, looked for or brought by a drug, or alike in two groups."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type != "clinical-feature" or pair.bearer.type != "disease":
        return False
    before = sentence.text[sentence.start : mention.start]
    patterns = (AGAINST, SIDE_EFFECTS, COMPOUND)
    return any(one.search(before) for one in patterns) or GROUPS_ALIKE.search(sentence.words) is not None


def _only_dated(sentence: Sentence, pair: Pair) -> bool:
    """'Prior to progression': when something else is done."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.entity.key not in DATED:
        return False
    return UNTIL.search(sentence.text[sentence.start : mention.start]) is not None


def _linked_with_unnamed(sentence: Sentence, pair: Pair) -> bool:
    """What others say of one disease is linked with the disease of the title only where that is named."""
    unnamed = pair.bearer.origin.startswith("title") and sentence.evidence != "own"
    return unnamed and pair.attribute.type == pair.bearer.type == "disease"


def _denied_course(sentence: Sentence, pair: Pair) -> bool:
    """'Not associated with survival', 'no difference in relapses': that there is none is not said."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type not in {"outcome", "clinical-feature", "measure"}:
        return False
    named = pair.attribute.entity.key in COURSES
    course = named and is_negated(sentence.negated, mention.start, mention.end)
    foretold = named and FORETOLD.search(sentence.text[sentence.start : mention.end]) is not None
    return course or foretold or NO_DIFFERENCE.search(sentence.text[sentence.start : mention.start]) is not None


def _no_indication(sentence: Sentence, pair: Pair) -> bool:
    """'Liver failure after embolization', 'metastases occurred after ablation': not what a therapy is for."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.type != "therapy" or pair.attribute.type != "disease":
        return False
    occurred = OCCURRED.match(sentence.text, mention.end, sentence.end) is not None
    return occurred or not (TUMOR.search(pair.attribute.entity.label) or SIDE_EFFECTS.search(sentence.words))


def _of_a_study(sentence: Sentence, pair: Pair) -> bool:
    """Whom others study, and where the results stand."""
    if OWN_STUDY.search(sentence.words) is not None:
        return False
    if SHOWN_ELSEWHERE.search(sentence.words) and OUTCOME_TOLD.search(sentence.words) is None:
        return True
    return pair.attribute.type in {"therapy", "outcome", "disease"} and OF_A_STUDY.search(sentence.words) is not None


def _for_whom(sentence: Sentence, pair: Pair) -> bool:
    """'MRI is preferred in young patients': for whom a test or a therapy is, and not whom a disease befalls."""
    unnamed = pair.bearer.mention is None and pair.attribute.entity.key in AGES
    return unnamed and bool(of_type(sentence.mentions, "modality", "therapy"))


def _of_any_patient(_: Sentence, pair: Pair) -> bool:
    """Sex, age and the like of the patients of a study."""
    return pair.attribute.entity.key in BASELINE


_VAGUE: Final[tuple[Callable[[Sentence, Pair], bool], ...]] = (
    _therapy_unnamed,
    _how_unsaid,
    _acted_against,
    _only_dated,
    _denied_course,
    _no_indication,
    _linked_with_unnamed,
    _of_a_study,
    _for_whom,
    _of_any_patient,
)
"""What each tells of a sentence that names a pair and does not say so much of it."""
