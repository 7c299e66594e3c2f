"""This module tells pairs of which a sentence does not say what their predicate says: that a test shows a disease, that
a therapy is for it, that it expresses a marker.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.enumerations import without_devices
from ingest.features import within
from ingest.frames.frame import FOR_WHOM
from ingest.left_out import goes_so, is_best, is_given, is_raised, is_used
from ingest.mentions import Mention
from ingest.pairs import Pair
from ingest.phrases import beginning, one_of, phrase
from ingest.screening import screened
from ingest.sentences import Sentence

RARE: Final = "rare-occurrence"

OTHER_CLAUSE: Final = screened(r";|\b(?:whereas|while|but|although|however)\b", re.IGNORECASE)

OF_A_TEST: Final = screened(
    r"[\s,-]*(?:(?:imaging|attenuation) )?(?:features?|findings?|values?|signs?|manifestations?|appearances?"
    r"|characteristics|numbers?|parameters?|data|specimens?|samples?|guid(?:ed|ance)|scanners?|protocols?|sequences?)\b",
    re.IGNORECASE,
)
"""'CT features', 'the MR manifestations', 'CT-guided': what is said is not said of the test itself."""

NORMAL: Final = phrase("normal", "unremarkable")


RULED_OUT: Final = phrase("(?:was|were|is|are|be|been) (?:excluded|ruled out)", "to (?:exclude|rule out)")
"""'Another primary was excluded by CT': it is not the tumor in focus that it showed, or did not."""

HARD_TO_SEE: Final = phrase("(?:difficult|hard|impossible|challenging) to (?:\\w+ )?\\w+ (?:on|by|with|at|in|using)")


def _not_found_by(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'CT features of', 'normal on CT', 'hard to see on CT': a test that is not said to show a disease; the disease of
    the title, which the sentence does not name, is shown by no test.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "detected_by" or mention is None:
        return False
    test, thing = (mention, holder) if pair.attribute.type == "modality" else (holder, mention)
    if test is None or OF_A_TEST.match(sentence.text, test.end) is not None:
        return True
    if thing is None:
        if RULED_OUT.search(sentence.text, *sentence.clause(test.start, test.end)) is not None:
            return True
        said = is_best(sentence, pair) or is_used(sentence, pair)
        return not (pair.bearer.origin.startswith("before") or said)
    between = sentence.text[min(test.end, thing.end) : max(test.start, thing.start)]
    return _apart(sentence, test, thing) or HARD_TO_SEE.search(between) is not None


def _apart(sentence: Sentence, one: Mention, other: Mention) -> bool:
    """Whether another clause begins, or something is called normal, between two mentions."""
    between = sentence.text[min(one.end, other.end) : max(one.start, other.start)]
    return any(pattern.search(between) for pattern in (OTHER_CLAUSE, NORMAL))


def _for_no_disease(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Survival after A, B and C of patients with D': a therapy is not for each disease that it is named with."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "therapy_indication" or mention is None:
        return False
    if holder is None or holder.end > mention.start:
        return True
    return FOR_WHOM.fullmatch(sentence.text, holder.end, mention.start) is None


SAID_OF_DISEASES: Final = frozenset(
    {
        *("recurrence", "disease-progression", "progressive-disease", "local-tumor-progression", "stable-disease"),
        "intrahepatic-distant-recurrence",
    }
)
"""Outcomes that befall a disease; any disease has a survival and a prognosis, and only how these are can be said."""

GROWTH: Final = frozenset({"slow-growth", "rapid-growth"})
"""How a tumor grows says how it goes."""

FACTOR: Final = beginning(
    *("predict", "associat", "correlat", "factor", "prognostic", "risk of", "reduc", "treat", "therap", "after"),
    *("ablat", "resect", "surg", "patients? who", "compar", r"arm\b", "group"),
)
"""'A predictor of recurrence', 'recurrence after resection': not how often the disease itself recurs."""

_HOW: Final = one_of(
    *(
        "good",
        "poor",
        "better",
        r"wors\w+",
        "bad",
        r"(?:un)?favou?rable",
        "excellent",
        "dismal",
        "long",
        "short",
        "high",
    ),
    *("low", "limited", "optimistic"),
)
IS_SO: Final = screened(
    rf"\s*(?:\([^()]*\)\s*)?(?:is|are|was|were|remains?|ha[sd] been) (?:\w+ )?{_HOW}", re.IGNORECASE
)
HAS_SUCH: Final = screened(
    rf"\s*(?:\([^()]*\)\s*)?(?:has|have|had|with|carr(?:y|ies)) (?:an? )?(?:\w+ )?{_HOW}\b", re.IGNORECASE
)
"""' is still poor', ' has a very poor ': how a course is said to be, behind 'survival of HCC', between the two."""


def _how_it_goes_unsaid(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Early diagnosis matters for the prognosis of', 'survival after': not how a disease goes. Of its own patients a
    paper says it by any word.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    grows = pair.attribute.entity.key in GROWTH
    if predicate != "has_prognosis" or pair.bearer.type != "disease" or mention is None or grows:
        return False
    if FACTOR.search(sentence.text, *sentence.clause(mention.start, mention.end)) is not None:
        return True
    if sentence.evidence == "own" or pair.attribute.entity.key in SAID_OF_DISEASES:
        return False
    if holder is None:
        return not goes_so(sentence, pair)
    if holder.end <= mention.start:
        return HAS_SUCH.match(sentence.text, holder.end, mention.end) is None
    tied = FOR_WHOM.fullmatch(sentence.text, mention.end, holder.start) is not None
    return not tied or IS_SO.match(sentence.text, holder.end) is None


TREATING: Final = beginning(
    *("treat", "manag", "underw", "undergo", "receiv", "perform", "options?", "candidate", "amenable", "randomi[sz]ed"),
    *("indicat", "recommend", "of choice", "first[- ]line", "second[- ]line", "approved", "standard", "effective"),
    *("curative", "administ", "offered", "feasible", "eligible", r"used?\b", "under"),
)
"""Words that say that a therapy is given: 'patients with NETs who underwent', 'is the treatment of choice for'."""

IS_FOR: Final = screened(r"\b(?:is|are|was|were|can|may|could|has|have|remains?|represents?)\b", re.IGNORECASE)
"""'Ablation is … in HCC': what is said of a therapy in front of its disease."""

_PASSED: Final = one_of(
    *(
        r"failures? (?:of|to|with|after)",
        "fail(?:s|ed|ing)",
        r"refus\w+",
        r"declin\w+",
        "unwilling to",
        "refractory (?:to|after)",
    ),
    *(
        r"intoleran\w+ (?:to|of)",
        r"resist\w+ (?:of (?:[\w-]+ ){0,3})?to",
        "sensitivity to",
        "instead of",
        "alternative to",
    ),
    *(
        r"superior\w* (?:to|over)",
        r"inferior\w* to",
        "(?:similar|equivalent|equal|comparable) (?:to|with)",
        r"vs\.?",
        "than",
    ),
    *("as (?:effective|good|safe) as", "compared (?:with|to)", "versus", r"previous\w*", "prior", "without", "during"),
    *("completed", "contraindications? (?:to|for|of|against)"),
)
_GOES_ON: Final = one_of("because", "since", "as", "and", "while", "when", "if", "that", "which", "but", "so")
PASSED: Final = screened(rf"\b{_PASSED} (?:(?!{_GOES_ON}\b)[\w-]+ ){{0,2}}$", re.IGNORECASE)
"""'After failure of TACE', 'resistant to chemotherapy', 'than resection': a therapy that another is set against."""
NOT_FEASIBLE: Final = screened(
    r"[^.;,]{0,40}\b(?:not|no longer|never) (?:\w+ )?(?:feasible|possible|available|an option|indicated|suitable)\b"
    r"|\s+(?:is|are|was|were) (?:\w+ )?contraindicated\b(?!\s+(?:in|for|by|when|if))"
    r"|\s+(?:has|have|had|plays?|is of) (?:\w+ )?no (?:\w+ )?(?:role|place|benefit|effect|value|use)\b"
    r"|-(?:refractory|resistant|naive|failure|related|induced)\b",
    re.IGNORECASE,
)
"""'When resection is not feasible', 'TACE-refractory HCC'."""

GIVEN_FOR: Final = screened(
    r"\b(?:received|underwent|treated|given|after|by|with)\b[^.;]*\b(?:of|for)\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE
)
"""'Received radiotherapy of bone ': what stands behind is what that therapy was for."""

OPTIONS: Final = phrase("options?", "treatment of choice", "(?:are|is|were|was) treated", "multidisciplinary")

TOLD_OF_THERAPY: Final = beginning(
    *(
        "surviv",
        "outcome",
        "progress",
        "respon",
        "recur",
        r"not\b",
        r"no\b",
        "should",
        "stud(?:y|ies)",
        "trial",
        "report",
    ),
    *("during", "before", "prior to", "resist", "failure", "refractory", "compar", "toxic", "adverse"),
)
"""Words with which a sentence tells of a therapy already given, or to be given, and not that it treats a disease."""


def _treats_none(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'In HCC, local ablation and age …', 'after failure of TACE': a therapy and a disease that are only named; no
    therapy is treated by another.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "treated_by" or mention is None or pair.bearer.type != "disease":
        return predicate == "treated_by" and pair.bearer.type == "therapy"
    if set_against(sentence, mention, sentence.start):
        return True
    if holder is None:
        weak = pair.bearer.origin.startswith("before") and OPTIONS.search(sentence.words) is None
        said = sentence.evidence == "own" or is_best(sentence, pair) or is_given(sentence, pair)
        return not said and (weak or TOLD_OF_THERAPY.search(sentence.words) is not None)
    left, right = min(mention.end, holder.end), max(mention.start, holder.start)
    if FOR_WHOM.fullmatch(sentence.text, left, right) is not None:
        return False
    if holder.start < mention.start and GIVEN_FOR.search(sentence.text[sentence.start : holder.start]) is not None:
        return True
    cues = (TREATING, IS_FOR) if mention.start < holder.start else (TREATING,)
    return _apart(sentence, mention, holder) or not any(cue.search(sentence.text, left, right) for cue in cues)


def set_against(sentence: Sentence, therapy: Mention, start: int) -> bool:
    """Whether words from a place on say that a therapy failed, was given before, or is what another is held against."""
    before = PASSED.search(sentence.text[start : therapy.start])
    return before is not None or NOT_FEASIBLE.match(sentence.text, therapy.end, sentence.end) is not None


ACHIEVING: Final = beginning(
    *(
        "(?<!the )improv",
        "provid",
        "achiev",
        "(?<!the )reduc",
        "(?<!the )increas",
        "result",
        "lead",
        "led",
        "offer",
        "prolong",
        "show",
        "had",
        "has",
    ),
    *("have", "allow", "enabl", "lower", "prevent", "cause", "induc", "demonstrat", "yield", "create", "require"),
    *("contribut", "need", "took", "equivalent", "comparable", "relie", "control"),
)
CAME_OF: Final = screened(
    r"(?:\s+(?:rates?|times?|data|benefits?|advantages?))?(?:\s+\([^()]*\))?"
    r"(?:\s+(?:is|are|was|were|can be|may be|has been|have been|developed|occurred|appeared)\b"
    r"(?:(?!\b(?:managed|treated|indicated|considered|candidates?|referred)\b)[^.;,]){0,50})?"
    r"\s+(?:of|after|with|following|by|in|for|between|among|from|related to|due to)\s+(?:[^\s.;,]+ ){0,4}",
    re.IGNORECASE,
)
"""'survival rates after the ', 'mortality was lower with ': what joins an outcome and the therapy that it came of."""


RESPONSES: Final = frozenset({"treatment-response", "objective-response", "biochemical-response"})
RESPONSE_TO: Final = screened(r"(?:\s+rates?)?\s+to\s+(?:[^\s.;,]+ ){0,2}", re.IGNORECASE)
"""'the response to ' a therapy."""

EXAMPLES: Final = phrase("such as", "including", r"e\.g", "like")
"""'Treatments such as ablation': what is said of all treatments is said of no one of them."""

IN_THE_GROUP: Final = screened(
    r"(?:[\s-](?:treated )?(?:groups?|arms?|patients|cohorts?)\b|-(?:related|associated|induced)\s)", re.IGNORECASE
)
"""'In the TACE group, four patients died', 'ablation-related deaths': whose the outcome is."""


def _came_of_another(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Survival, age and ablation': no words say what came of a therapy; one of several examples has not all of it."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate not in {"therapy_outcome", "complication"} or mention is None or holder is None:
        return False
    alike = [m for m in sentence.mentions if m.key == holder.key and not within(sentence.compared, m)]
    return not any(_comes_of(sentence, mention, therapy) for therapy in (holder, *alike))


def _comes_of(sentence: Sentence, outcome: Mention, therapy: Mention) -> bool:
    """Whether the words between an outcome and a therapy say that the one came of the other."""
    if therapy.end <= outcome.start:
        before = [m for m in sentence.mentions if m.type == "therapy" and m.end <= outcome.start]
        apart = _apart(sentence, therapy, outcome) or is_of_another(sentence, therapy, outcome)
        if apart or therapy not in without_devices(sentence.text, before)[1]:
            return False
        cue = ACHIEVING.search(sentence.text, therapy.end, outcome.start)
        if cue is None and ")" in sentence.text[therapy.end : outcome.start]:
            return False
        return cue is not None or IN_THE_GROUP.match(sentence.text, therapy.end) is not None
    if EXAMPLES.search(sentence.text, outcome.end, therapy.start) is not None:
        return False
    between = [m for m in sentence.mentions if outcome.end <= m.start and m.end <= therapy.start]
    end = next((m.start for m in between if m.type == "therapy"), therapy.start)
    if outcome.key in RESPONSES and RESPONSE_TO.fullmatch(sentence.text, outcome.end, end) is not None:
        return True
    return CAME_OF.fullmatch(sentence.text, outcome.end, end) is not None


LOWER_IN: Final = screened(
    r"\b(?:lower|higher|better|worse|less|more|greater|shorter|longer|fewer|superior|inferior|reduced|increased|improved)"
    r"(?: (?:in|with|after|for|by|following|under)(?: the)?) $",
    re.IGNORECASE,
)
"""'The risk of embolization is lower in ' a therapy, of which what follows is said."""


def is_of_another(sentence: Sentence, therapy: Mention, outcome: Mention) -> bool:
    """Whether the words between a therapy and an outcome turn to another therapy: 'toxicity of A is lower with B'."""
    others = (m for m in sentence.mentions if m.type == "therapy" and therapy.end <= m.start and m.end <= outcome.start)
    return any(
        m.key != therapy.key and LOWER_IN.search(sentence.text, therapy.end, m.start) is not None for m in others
    )


def _marker_of_unnamed(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Ki-67 is raised in dividing cells': what others say of a marker is of no disease of the title or heading."""
    unnamed = predicate == "has_marker" and pair.bearer.mention is None and sentence.evidence != "own"
    return unnamed and not (pair.bearer.origin.startswith("before-disease") or is_raised(sentence, pair))


RARE_IN: Final = screened(r"\s+(?:in|among|with|for|after)\s+(?:[\w-]+\s+){0,3}", re.IGNORECASE)
RARELY: Final = screened(
    r"(?:rarely|uncommonly|infrequently)\s+(?!occur|seen|found|encounter|report|observ|describ|diagnos|develop|aris|originat|metasta)[a-z]",
    re.IGNORECASE,
)


def rare_is_another(sentence: Sentence, pair: Pair) -> bool:
    """Whether what is rare is a disease that stands nearer, or is rare in the bearer, or is done rarely: 'While
    metastases are known, HCC is rare', 'calcification is rare in HCC', 'HCC rarely causes fever'.
    """
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if pair.attribute.entity.key != RARE or mention is None or holder is None:
        return False
    if RARELY.match(sentence.text, mention.start) or RARE_IN.fullmatch(sentence.text, mention.end, holder.start):
        return True
    left, right = min(holder.end, mention.end), max(holder.start, mention.start)
    return any(left <= m.start and m.end <= right for m in sentence.mentions if m.type == "disease")


UNSAID: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _not_found_by,
    _for_no_disease,
    _how_it_goes_unsaid,
    _treats_none,
    _came_of_another,
    _marker_of_unnamed,
)
"""What each tells of a sentence that names a pair and does not say what joins it."""
