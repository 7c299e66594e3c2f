"""This module tells what of a sentence that names two things claims nothing of them: plans, comparisons, conditions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.candidates import IMAGING
from ingest.context import RECRUITED
from ingest.endpoints import course_only
from ingest.features import within
from ingest.full_names import is_in_a_name
from ingest.items import in_one_list
from ingest.left_out import LEFT_OUT
from ingest.mentions import of_type
from ingest.misread import is_misread
from ingest.needed import is_needed
from ingest.negation import is_negated
from ingest.of_others import OF_OTHERS
from ingest.pairs import Pair, is_named_a_tumor
from ingest.phrases import beginning, one_of, phrase
from ingest.predicates import TUMOR
from ingest.screening import screened
from ingest.sentences import Sentence
from ingest.unreal import is_unreal
from ingest.unsaid import RARE, RARE_IN, UNSAID
from ingest.untold import UNTOLD

BY_PHRASE_ALONE: Final = frozenset({"differential_of", "misdiagnosed_as"})
"""Predicates that two diseases in one sentence do not make: a turn of phrase must join them."""

_HOW: Final = one_of("using", "by", "with", "according to", "between", "in")

DONE: Final = screened(
    r"\b(?:was|were) (?:also |then |further )?"
    rf"(?:calculated|compared|estimated|measured|evaluated|assessed|tested) {_HOW}\b",
    re.IGNORECASE,
)
"""'were calculated using …': what was done and not what was found."""

FOUND: Final = beginning(
    *("significan", "high", "low", "great", r"more\b", r"less\b", "differ", "similar", "comparable", "better", "wors"),
    *("longer", "shorter", "found", "show", "reveal", "increas", "decreas", r"no\b", r"not\b", "equal", "superior"),
    *("inferior", r"most\b"),
)
"""Words that say what came out of what was compared or measured."""

TOLD_IN_METHODS: Final = frozenset({"treated_by", "therapy_indication", "classified_by", "detected_by"})
"""What the methods of a study say of its patients; signs, markers and outcomes are named there as looked for."""

NO_IMAGING: Final = frozenset(
    {
        *("biopsy", "histopathology", "immunohistochemistry", "blood-test", "hormone-test", "physical-examination"),
        *("follow-up", "screening", "percutaneous-biopsy", "fine-needle-aspiration", "nomogram", "machine-learning"),
        *("mass-spectrometry", "polymerase-chain-reaction", "surgical-exploration", "laparoscopy", "decision-tree"),
        *("cytology", "gross-examination", "microscopy", "frozen-section", "fine-needle-biopsy", "genetic-testing"),
        *("prolonged-fast", "secretin-test", "arterial-calcium-stimulation", "venous-sampling", "urine-test"),
        *("liver-function-test", "tumor-marker-test", "serology", "prediction-model", "clinical-history"),
    }
)
"""What is examined without an image is no way to take one."""

NAME_GAP: Final = screened(r"[\s)(\]]*(?:\w+\s){0,1}")
"""What may stand between a grade and the tumor that it is part of the name of: 'well-differentiated (G1) GEP NETs'."""

_DEGREES: Final = (
    *("higher", "lower", "increased", "decreased", "various", "variable", "different", "similar", "reduced", "shorter"),
    *("longer", "larger", "smaller", "greater", "fewer", "less", "more", "lesser", "faster", "comparable"),
)

GRADED: Final = screened(
    rf"\b{one_of(*_DEGREES)} (?:\w+ ){{0,2}}$",
    re.IGNORECASE,
)

IS_GRADED: Final = screened(rf"\s*(?:is|are|was|were|tended to be) (?:\w+ )?{one_of(*_DEGREES)}\b", re.IGNORECASE)
"""'The hospital stay was shorter': how what a therapy takes was."""

PROTOCOL: Final = phrase(
    *(
        "protocols?",
        "should (?:always )?(?:be|include|consist)",
        "mandatory",
        "indispensable",
        "crucial",
        "importance of",
    ),
    *("must", "carried out", "recommended", "required", "preferred"),
)
"""Words with which a review says how images should be taken."""

_WHEN: Final = one_of("if", "when", "whenever", "unless", "whether", "until")
ROUTINE: Final = screened(
    rf"(?:(?!\b{_WHEN}\b).)*?\b(?:is|are) (?:\w+ly |then )?(?:acquired|obtained|performed|injected|administered)\b",
    re.IGNORECASE | re.DOTALL,
)
"""'Images are acquired in': how they are taken, and no condition."""

_IN_CASE: Final = one_of(
    "in (?:the )?(?:case|event) of", "in (?:selected )?cases (?:of|with)", "if", "unless", "until", "whether"
)

CONDITION: Final = screened(rf"\b{_IN_CASE}\b[^,;]*$", re.IGNORECASE)

UNKNOWN: Final = phrase(
    *(
        "(?:is|are|remains?) (?:still )?(?:unclear|unknown|controversial|debated)",
        "data (?:are|is) (?:lacking|limited)",
    ),
    "not (?:been )?(?:well |fully |clearly |yet )?(?:known|understood|established|clear|certain)",
)
"""What the words before it are said to be."""

_NONE: Final = r"there (?:is|are|was|were|have been|has been) (?:no|few|little|limited|insufficient|not enough)"
NO_DATA: Final = phrase(
    *("(?:limited|inconclusive|non-?conclusive) (?:data|evidence)", "no information", "no consensus", "lack of data"),
    rf"{_NONE} (?:\w+ ){{0,2}}(?:stud(?:y|ies)|trials?|data|research|literature|reports?|evidence (?:for|on|about))",
)

PUBLISHER: Final = phrase("society", "societies", "college", "association", "federation", "organi[sz]ation")

SYSTEM: Final = phrase("classif\\w+", "staging", "grading", "system", "criteria", "stages?", "grades?")
"""A society classifies nothing by its name alone; its staging does."""


TIME: Final = screened(
    rf"\b{one_of('after', 'before', 'prior to', 'following', 'previous', 'despite', 'failure of', 'precede')}"
    r" (?:(?!and\b|or\b)[\w-]+ ){0,3}$",
    re.IGNORECASE,
)
"""A therapy that only tells when: 'MRI should precede liver surgery'."""

OUTCOME: Final = beginning("outcome", "surviv", "recur", "prognos", "respon")
"""'Survival after resection': the therapy was given."""

WEIGHED: Final = phrase(
    *(
        "associated with",
        "complications?",
        "side[- ]effects?",
        "mortality",
        "morbidity",
        "toxicit(?:y|ies)",
        "induces?",
    ),
    *(
        "can (?:induce|provoke|cause)",
        "(?:little|no|limited) (?:\\w+ )?(?:advantage|benefit|effect)",
        "has been limited",
    ),
)

THE: Final = screened(r"\W*(?:the |an? )?", re.IGNORECASE)

IS_A: Final = screened(r"\s*(?:\([^)]*\)\s*)?(?:is|are)\s+(?:an?|the)\b", re.IGNORECASE)

BEST: Final = phrase("of choice", "first[- ]line", "preferred", "standard", "best", "most", "recommended")

BEFORE_SITE, BEHIND_SITE = 120, 50

COMES_FROM: Final = beginning("primar", "origin", "aris", "deriv", "stem", r"from\b", r"of\b", "coming")

ORIGIN: Final = beginning(
    "primar", "origin", "aris", "site", "locat", "deriv", "appear in", "manifest in", "found in", "seen in", "occur"
)

GROUP: Final = screened(
    r"\s(?:group|family|class|population|spectrum|disease|entit|stain|expression|sample|subtype|subgroup|stud|trial|line|bar|curve)",
    re.IGNORECASE,
)

THEM: Final = phrase("them", "it", "these", "this")

BUT: Final = phrase("but", "although", "though", "however", "whereas", "while")

TEAM: Final = "multidisciplinary-team"

NEEDS: Final = phrase("requires?", "decisions?", "approach", "should", "needs?", "needed", "recommended")

NOT_DONE: Final = screened(
    r"\bnot (?:been )?(?:tested|measured|performed|evaluated|available|calculated|recorded|reported|analy[sz]ed)\b",
    re.IGNORECASE,
)


def _only_measured(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'The CT value was recorded': how it was is not said."""
    if pair.attribute.type == "measure":
        return not _is_graded(sentence, pair)
    return pair.attribute.type == "variable" and predicate == "measured_value" and not _is_graded(sentence, pair)


def _only_named(_: Sentence, pair: Pair, predicate: str) -> bool:
    """Two diseases, or two things that no predicate fits, in one sentence, without a turn of phrase that joins them; a
    tumor is no complication of a therapy. Of two tumors a turn of phrase alone says that they go together.
    """
    if pair.attribute.type == "disease" and predicate == "complication":
        return TUMOR.search(pair.attribute.entity.label) is not None
    if predicate == "other" or pair.attribute.type != "disease":
        return predicate == "other"
    tumors = pair.bearer.type == "disease" and is_named_a_tumor(pair.bearer) and is_named_a_tumor(pair.attribute)
    return predicate in BY_PHRASE_ALONE or (predicate == "associated_with" and tumors)


def _only_done(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """How images are taken is claimed in Methods and by advice; nothing is claimed by saying what was done, and of
    findings nothing in Methods.
    """
    methods = sentence.block.section == "Methods"
    if predicate == "imaging_technique":
        named = pair.attribute.entity.key in NO_IMAGING or pair.bearer.entity.key == IMAGING
        told = methods or PROTOCOL.search(sentence.words) is not None or ROUTINE.match(sentence.words) is not None
        return named or not (told or is_needed(sentence, pair))
    if methods and predicate not in TOLD_IN_METHODS:
        return True
    return DONE.search(sentence.words) is not None and (methods or FOUND.search(sentence.words) is None)


def _is_part_of_a_name(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether a grade only names which tumors are spoken of: 'well-differentiated GEP NETs were reviewed'."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if pair.attribute.type != "classification":
        return False
    if mention is None or holder is None:
        return RECRUITED.search(sentence.words) is not None
    before = mention.end <= holder.start and NAME_GAP.fullmatch(sentence.text, mention.end, holder.start) is not None
    return before or RECRUITED.search(sentence.words) is not None


def _is_graded(sentence: Sentence, pair: Pair) -> bool:
    """Whether a sentence says how what is measured was: 'higher ratios', 'various enhancement patterns'."""
    mention = pair.attribute.mention
    if mention is None:
        return False
    behind = pair.bearer.type == "therapy" and IS_GRADED.match(sentence.text, mention.end, sentence.end) is not None
    return behind or GRADED.search(sentence.text[sentence.start : mention.start]) is not None


def _not_done(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether the clause says that a thing was not looked at: 'NSE was not tested'."""
    mention = pair.attribute.mention
    clause = sentence.text[slice(*sentence.clause(mention.start, mention.end))] if mention is not None else ""
    return NOT_DONE.search(clause) is not None


def _of_a_finding(sentence: Sentence, pair: Pair, _: str) -> bool:
    """Whether it is a finding that is rare: 'in metastases, calcification is uncommon', 'calcification is found in
    metastases and rare in adenomas'.
    """
    mention = pair.attribute.mention if pair.attribute.entity.key == RARE else None
    if mention is None:
        return False
    before = [m for m in sentence.mentions if m.end <= mention.start and m.type != "modality"]
    elsewhere = [
        m for m in of_type(sentence.mentions, "disease") if RARE_IN.fullmatch(sentence.text, mention.end, m.start)
    ]
    return bool(before) and (before[-1].type != "disease" or (bool(elsewhere) and before[0].type != "disease"))


def _only_compared(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'More sensitive than ultrasonography': what something is only measured against."""
    mention = pair.attribute.mention
    return mention is not None and mention.type != "disease" and within(sentence.compared, mention)


def _on_condition(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'In case of partial response': what must be there for something else to be done."""
    mention = pair.attribute.mention
    if mention is None or pair.attribute.type not in {"outcome", "therapy", "clinical-feature", "sign"}:
        return False
    if pair.attribute.type == "sign" and pair.bearer.mention is not None:
        return False
    clause = sentence.clause(mention.start, mention.end)[0]
    opening = sentence.text[clause : mention.start]
    return CONDITION.search(opening) is not None


def _left_open(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Treatment outcomes are still unclear', 'there are limited data on …': nothing is known."""
    mention = pair.attribute.mention
    if mention is None:
        return False
    start, end = sentence.clause(mention.start, mention.end)
    unknown = UNKNOWN.search(sentence.text, mention.end, end) is not None
    return unknown or NO_DATA.search(sentence.text, start, end) is not None


def _by_its_publisher(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'According to ENETS guidelines': a society is no classification, unless its system is spoken of."""
    mention = pair.attribute.mention
    if mention is None or predicate != "classified_by" or not PUBLISHER.search(pair.attribute.entity.label):
        return False
    return SYSTEM.search(sentence.text, mention.start, min(sentence.end, mention.end + 60)) is None


def _only_a_time(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'CT is mandatory before liver surgery': when something else is done."""
    mention = pair.attribute.mention
    if mention is None or predicate != "treated_by" or OUTCOME.search(sentence.words):
        return False
    return TIME.search(sentence.text[sentence.start : mention.start]) is not None


def _of_a_syndrome(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'The carcinoid syndrome is characterised by flushing': no feature of a disease that the sentence leaves out."""
    mention = pair.attribute.mention
    if (
        mention is None
        or pair.bearer.mention is not None
        or pair.attribute.type not in {"clinical-feature", "syndrome"}
    ):
        return False
    return any(m.end <= mention.start and m.key != mention.key for m in of_type(sentence.mentions, "syndrome"))


def _weighed(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Embolisation is associated with mortality', 'showed little advantage': not whom it treats."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or predicate != "treated_by":
        return False
    return WEIGHED.search(sentence.words) is not None


def _defined(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Ki-67 is a biomarker of proliferation': what a thing is, of no disease."""
    mention = pair.attribute.mention
    if mention is None or pair.bearer.mention is not None or pair.attribute.type not in {"marker", "modality", "sign"}:
        return False
    opens = THE.fullmatch(sentence.text, sentence.start, mention.start) is not None
    behind = IS_A.match(sentence.text, mention.end, sentence.end) if opens else None
    return behind is not None and BEST.search(sentence.text, behind.end(), sentence.end) is None


def _told_of_another(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'May discriminate between benign and malignant lesions': not the disease in focus."""
    unnamed = pair.bearer.mention is None and predicate == "discriminates" and not THEM.search(sentence.words)
    return unnamed and bool(of_type(sentence.mentions, "disease"))


def _tells_which(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'Cystic tumors can be told apart by their rim': what only tells which tumors tells nothing apart."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if predicate != "discriminates" or mention is None or holder is None:
        return False
    return mention.end <= holder.start and not sentence.text[mention.end : holder.start].strip()


def _denied_in_its_clause(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'A delayed phase is not required but helps to find adenomas': what is denied is not said of the next clause."""
    mention, holder = pair.attribute.mention, pair.bearer.mention
    if mention is None or holder is None or pair.attribute.type not in {"phase", "modality"}:
        return False
    denied = is_negated(sentence.negated, mention.start, mention.end)
    return denied and BUT.search(sentence.text, mention.end, holder.start) is not None


def _member_of_a_team(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'Radiologists are members of the multidisciplinary team': nobody is treated."""
    return pair.attribute.entity.key == TEAM and NEEDS.search(sentence.words) is None


def _of_a_metastasis(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """A metastasis neither spreads to the organ that it is in nor comes from it: where it lies is no primary."""
    bearer, site = pair.bearer.entity, pair.attribute.entity.label
    if pair.attribute.type != "site" or "metasta" not in bearer.label:
        return False
    own = site in bearer.label or (site == "liver" and "hepat" in bearer.label)
    return predicate == "metastasizes_to" or own or COMES_FROM.search(sentence.words) is None


def _site_in_passing(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """A site is a primary's only where words near it say so."""
    mention = pair.attribute.mention
    if mention is None or predicate != "has_primary_site":
        return False
    around = sentence.text[
        max(sentence.start, mention.start - BEFORE_SITE) : min(sentence.end, mention.end + BEHIND_SITE)
    ]
    return ORIGIN.search(around) is None


def _no_appearance(sentence: Sentence, pair: Pair, _: str) -> bool:
    """'A heterogeneous group of tumors', 'capsules of 400 mg': not how a lesion looks."""
    mention = pair.attribute.mention
    if mention is not None and (is_misread(sentence, mention) or is_in_a_name(sentence, mention)):
        return True
    return mention is not None and pair.attribute.type == "sign" and GROUP.match(sentence.text, mention.end) is not None


def _of_nothing(sentence: Sentence, pair: Pair, predicate: str) -> bool:
    """'In order to evaluate the success of ablation', 'until no lesion is seen': what is claimed of nobody."""
    mention = pair.attribute.mention
    return mention is not None and predicate != "therapy_contraindication" and is_unreal(sentence, mention.start)


REFUSALS: Final[tuple[Callable[[Sentence, Pair, str], bool], ...]] = (
    _only_measured,
    _only_named,
    _only_done,
    _not_done,
    _is_part_of_a_name,
    _of_a_finding,
    _only_compared,
    _on_condition,
    _left_open,
    in_one_list,
    _by_its_publisher,
    course_only,
    _only_a_time,
    _of_a_syndrome,
    _weighed,
    _defined,
    _told_of_another,
    _tells_which,
    _denied_in_its_clause,
    _member_of_a_team,
    _of_a_metastasis,
    _site_in_passing,
    _no_appearance,
    *OF_OTHERS,
    *UNTOLD,
    *UNSAID,
    *LEFT_OUT,
    _of_nothing,
)
"""What each tells of a sentence that names a pair and claims nothing of it."""
