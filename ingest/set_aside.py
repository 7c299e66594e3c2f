"""This module tells therapies that a turn of phrase joins and that a sentence sets aside: failed, refused, denied, not
known to help.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ingest.context import PATIENT_NOUNS
from ingest.features import within
from ingest.frames.combinations import HELD_AGAINST
from ingest.frames.frame import COMPLAINTS, ITS_PREDICATES, THERAPY
from ingest.joins import Joined
from ingest.mentions import Mention
from ingest.negation import is_negated
from ingest.phrases import beginning, phrase
from ingest.predicates import COMPLICATIONS, Rule
from ingest.refusals import NO_DATA, UNKNOWN
from ingest.screening import screened
from ingest.sentences import Paper, Sentence
from ingest.unsaid import GIVEN_FOR, is_of_another, set_against
from ingest.vague import OF_A_STUDY, OWN_STUDY

NEOPLASM: Final = "neoplasm"

STATES: Final = frozenset(
    {
        *("age", "sex", "male-sex", "female-sex", "pregnancy", "risk-factor", "family-history", "ethnicity"),
        *("rare-occurrence", "sporadic-occurrence", "resectability", "smoking", "alcohol-use", "growth-rate"),
        *("malignant-potential", "performance-status", "liver-function", "comorbidity", "asymptomatic"),
        *("subcapsular-location", "perivascular-tumor"),
    }
)
"""What a patient is, which nothing treats and no therapy brings."""

MET: Final = frozenset(
    {
        *("pregnancy", "resectability", "performance-status", "liver-function", "comorbidity", "asymptomatic"),
        *("subcapsular-location", "perivascular-tumor"),
    }
)
"""States that a therapy is given in: 'is recommended in asymptomatic patients'."""

COMPARING: Final = frozenset({HELD_AGAINST, "more-than-with", "more-ills-than-with"})
"""Turns of phrase that say of a therapy what came of it where another one is held against it."""

LASTING: Final = frozenset(
    {
        *(
            "liver-cirrhosis",
            "hepatitis",
            "hepatitis-b",
            "hepatitis-c",
            "chronic-liver-disease",
            "diabetes",
            "hypertension",
        ),
        *("cardiovascular-disease", "alcoholic-liver-disease", "nafld", "hepatic-steatosis", "crohn-disease"),
        *("irritable-bowel-syndrome", "chronic-pancreatitis", "chronic-atrophic-gastritis", "cholelithiasis"),
    }
)
"""What a patient had before: 'patients with cirrhosis after resection'."""

LOOSE: Final = frozenset({"comes-after", "goes-with", "after-which"})
"""Turns of phrase that say of what a patient had before that it came after."""

SPENT: Final = frozenset(
    {
        *(
            "ablation-margin",
            "ablation-time",
            "ablation-volume",
            "blood-loss",
            "cost",
            "hospital-stay",
            "procedure-time",
        ),
        *("number-of-ablations", "number-of-punctures", "number-of-treatment-sessions"),
    }
)
"""Measures of what a therapy takes and makes; a mean or a significance is none."""

COURSE: Final = frozenset(
    {
        *("disease-progression", "local-tumor-progression", "recurrence", "progressive-disease", "partial-response"),
        *("stable-disease", "intrahepatic-distant-recurrence", "symptom-relief"),
    }
)
"""How a tumor goes on, which is treated, or which a therapy is given for."""

COMPANY: Final = phrase("with", "and", "complicated by", "on", "in", "plus", "accompanied by")
"""'Hepatocellular carcinoma with cirrhosis': what the tumor that is treated comes with."""


AVERTED: Final = screened(
    r"\b(?:prevent|avoid|reduc|decreas|minimi[sz]|lower|prophyla|diminish|mitigat)\w*[^.;,]{0,40}$", re.IGNORECASE
)

ALONE: Final = screened(r"\s+(?:alone|only|monotherapy)\b", re.IGNORECASE)

WHEN: Final = phrase("before", "after", "prior to", "until", "following", "preceding")

NEITHER: Final = screened(r"\b(?:neither|nor) (?:[\w-]+ ){0,2}$", re.IGNORECASE)
"""'Neither chemotherapy nor ': what is denied is what it does."""

BE: Final = phrase("is", "are", "was", "were", "has", "have", "had", "be")

NEXT: Final = screened(r",\s(?:and|while|whereas|but)?\s?(?:\w+\s){0,4}(?:patients?|cases?|others?)\b", re.IGNORECASE)
"""'Fever, and one patient ': another one.'"""

RESOLVED: Final = beginning(
    "resolv", "subsid", "disappear", "improv", "regress", "abat", "remit", "normali[sz]", "ceas"
)
"""'Flushing disappears after resection': what a therapy puts an end to is none of its complications."""

TO_DO: Final = phrase("to")

RELATIVE: Final = phrase("that", "which", "who", "whose")

NO_DIFFERENCE: Final = screened(r"\b(?:no|not|without)\b[^.,;]{0,40}\bdifferen\w+[^.,;]*$", re.IGNORECASE)
"""'No difference between patients who ': how groups were alike."""


SUCH_AS: Final = phrase("such as", "like", "including")
WHY: Final = phrase("because", "due to", "owing to", "risks? of", "in view of", "despite")

FIT: Final = phrase("candidates?", "eligible", "amenable", "suitable", "suited", "considered", "referred")

FOR_ANYONE: Final = frozenset({"treats", "is-treatment"})
IN_SUCH: Final = screened(
    r"\bin\s(?:[\w-]+ ){0,3}(?:patients|cases|those|people|the presence)?\b[^.;,]{0,20}$", re.IGNORECASE
)
"""'in patients with ': who gets a therapy, which treats another disease."""


def rule_of_frame(paper: Paper, sentence: Sentence, found: Joined) -> Rule:
    """What a turn of phrase says: of what is no tumor, 'can be used in patients with' tells who is treated and not that
    this is; 'ablation using electrodes' tells what goes with a therapy, which nothing treats.
    """
    left = found.left
    if left is not None and left.type == found.right.type == "therapy" and found.frame.predicate == "treated_by":
        return replace(found.frame.rule, predicate="associated_with")
    indicated = found.frame.name in FOR_ANYONE and _in_such(paper, sentence, found)
    return Rule(predicate="therapy_indication") if indicated else found.frame.rule


def _in_such(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """Whether a turn of phrase names patients by a disease that is no tumor: 'in patients with cirrhosis'."""
    if found.right.type != "disease" or _is_tumor(paper, found.right):
        return False
    return IN_SUCH.search(sentence.text, found.cue, found.right.start) is not None


def set_aside(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """Whether a sentence says of a therapy and what a turn of phrase joins it with that they do not belong together."""
    if found.frame.predicate not in ITS_PREDICATES or THERAPY.isdisjoint(found.frame.left | found.frame.right):
        return False
    return any(tells(paper, sentence, found) for tells in _SET_ASIDE)


def _passed(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'After failure of chemoembolization', 'instead of surgery': a therapy that another one follows or replaces."""
    if found.frame.predicate == "therapy_contraindication" or found.frame.name in COMPARING | {"induced"}:
        return False
    left = found.left if found.left is not None and found.left.type == "therapy" else None
    right = found.right if found.right.type == "therapy" else None
    return (left is not None and set_against(sentence, left, sentence.start)) or (
        right is not None and set_against(sentence, right, found.end)
    )


def _only_when(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Should undergo valve replacement before liver resection': when something else is done."""
    if found.right.type != "therapy" or found.frame.predicate != "treated_by":
        return False
    return WHEN.search(sentence.text, found.end, found.right.start) is not None


def _in_some(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Resection in patients with cirrhosis is risky': in whom it is, which is not what it is for."""
    return found.frame.name == "is-for" and _in_such(paper, sentence, found)


def _less_than_both(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Ablation with chemotherapy yielded longer survival than chemotherapy alone': not the latter."""
    left = found.left
    if left is None or left.type != "therapy" or found.frame.predicate != "therapy_outcome":
        return False
    alike = (m for m in sentence.mentions if m.key == left.key and within(sentence.compared, m))
    return any(ALONE.match(sentence.text, m.end) is not None for m in alike)


def _not_there(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Patients without ascites underwent surgery', 'is used in patients without thrombosis': a condition; but 'no
    contraindication such as ascites' says that ascites is one.
    """
    frame, left, right = found.frame, found.left, found.right
    if frame.name == "forbidden-by" and SUCH_AS.fullmatch(sentence.text, found.cue, found.end) is not None:
        return False
    if frame.negative or (found.denied and left is not None and NEITHER.search(sentence.text[: left.start])):
        return False
    if left is not None and (left.type == "therapy" or not frame.turned) and _denied(sentence, left):
        return True
    if left is not None and frame.predicate == "therapy_indication" and _denied(sentence, left):
        return True
    is_condition = right.type != "therapy" and frame.predicate in {"treated_by", "therapy_indication"}
    behind = [stretch for stretch in sentence.negated if stretch[0] >= found.cue]
    return is_condition and is_negated(behind, right.start, right.end)


def _denied(sentence: Sentence, mention: Mention) -> bool:
    """Whether a thing is said not to be there; that two do not differ denies neither."""
    no_difference = NO_DIFFERENCE.search(sentence.text[sentence.start : mention.start]) is not None
    return not no_difference and is_negated(sentence.negated, mention.start, mention.end)


def _which_of_them(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Diarrhea that is not controlled by octreotide': which one is spoken of."""
    if not found.denied or found.left is None:
        return False
    return RELATIVE.search(sentence.text, found.left.end, found.cue) is not None


def _alike(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'No difference between patients who received sorafenib and …': not who is treated how."""
    given = found.frame.predicate in {"treated_by", "therapy_indication"}
    return given and NO_DIFFERENCE.search(sentence.text[sentence.start : found.cue]) is not None


def _treated_by_the_first(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Received radiotherapy of bone metastases and underwent resection': what one therapy is for, not both."""
    if found.left is None or found.frame.name != "undergoes":
        return False
    return GIVEN_FOR.search(sentence.text[sentence.start : found.left.start]) is not None


def _by_its_own_kind(paper: Paper, _: Sentence, found: Joined) -> bool:
    """'Radiofrequency ablation using an ablation technique', 'ablation using a no-touch ablation': a therapy is not
    done with what it is itself, nor with a kind of it.
    """
    left = found.left
    if left is None or not left.type == found.right.type == "therapy" or found.frame.predicate != "treated_by":
        return False
    if paper.lexicon.is_a(left.key, found.right.key):
        return True
    heads, others = (
        {label.split()[-1] for label in paper.lexicon.concepts[k].labels} for k in (left.key, found.right.key)
    )
    return paper.lexicon.is_a(found.right.key, left.key) and not heads.isdisjoint(others)  # electrodes are no ablation


def _not_known(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'The role of chemotherapy in melanoma is unclear', 'there are few data on …'."""
    start, end = sentence.clause(found.right.start, found.right.end)
    unknown = UNKNOWN.search(sentence.text, found.cue, end) is not None
    return unknown or NO_DATA.search(sentence.text, start, end) is not None


def _no_effect(paper: Paper, _: Sentence, found: Joined) -> bool:
    """A tumor is no complication of a therapy, and how old a patient is no therapy brings or treats."""
    ends = [m for m in (found.left, found.right) if m is not None]
    predicate = found.frame.predicate
    if any(m.key in (STATES - MET if predicate == "therapy_indication" else STATES) for m in ends):
        return predicate != "therapy_contraindication"
    if any(m.type == "measure" and m.key not in SPENT for m in ends):
        return True
    if predicate in {"treated_by", "therapy_indication"}:
        return any(m.type == "outcome" and m.key not in COURSE for m in ends)
    if found.frame.name == "unfit" and found.left is not None and _is_tumor(paper, found.left):
        return "metasta" not in paper.lexicon.concepts[found.left.key].label
    lasting = found.frame.name in LOOSE and any(m.key in LASTING for m in ends)
    return predicate == "complication" and (lasting or any(_is_tumor(paper, m) for m in ends))


def _of_a_tumor(paper: Paper, _: Sentence, found: Joined) -> bool:
    """A tumor is no relief that a therapy brings, and 'the disease' that a noun stands for forbids none."""
    ends = [m for m in (found.left, found.right) if m is not None and m.type == "disease"]
    if found.frame.predicate == "therapy_contraindication":
        return any(m.stands_in for m in ends)
    return found.frame.predicate == "therapy_outcome" and any(_is_tumor(paper, m) for m in ends)


def _in_company(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Hepatocellular carcinoma with cirrhosis was resected': what the tumor comes with is not what is treated."""
    company = found.left if found.left is not None and not found.frame.turned else found.right
    if found.frame.predicate != "treated_by" or company.type != "disease" or _is_tumor(paper, company):
        return False
    behind = (m for m in sentence.mentions if company.end <= m.start and m.end <= found.cue and _is_tumor(paper, m))
    if any(COMPANY.search(sentence.text, company.end, m.start) is not None for m in behind):
        return True
    before = [m for m in sentence.mentions if m.end <= company.start and m.type == "disease" and _is_tumor(paper, m)]
    return bool(before) and COMPANY.search(sentence.text, before[-1].end, company.start) is not None


def _of_patients(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Pain in women treated with resection', 'gallstones in patients receiving': who is treated, and not the ill."""
    left = found.left
    if left is None or found.frame.name not in {"requires", "undergoes"}:
        return False
    if left.type not in COMPLAINTS and (left.type != "disease" or _is_tumor(paper, left)):
        return False
    return PATIENT_NOUNS.search(sentence.text, left.end, found.cue) is not None


def _averted(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Antibiotics prevent liver abscess after chemoembolization': what does not come."""
    if found.frame.predicate != "complication":
        return False
    ill = found.left if found.frame.turned else found.right
    return ill is not None and AVERTED.search(sentence.text[sentence.start : ill.start]) is not None


def _of_another_cause(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Fever caused by infection was treated by antibiotics', 'heart failure was seen to rise after': not of the
    therapy.
    """
    if found.frame.predicate != "complication" or not found.frame.turned or found.left is None:
        return False
    if RESOLVED.search(sentence.text, found.left.end, found.end) is not None:
        return True
    if BE.search(sentence.text, found.end, found.right.start) or NEXT.search(sentence.text, found.left.end, found.cue):
        return True
    if TO_DO.search(sentence.text, found.left.end, found.cue) is not None:
        return True
    said = [m for m in sentence.mentions if found.left.end <= m.start and m.end <= found.cue]
    if any(m.type == "outcome" and m.key not in COMPLICATIONS for m in said):
        return True
    between = (m for m in sentence.mentions if found.end <= m.start and m.end <= found.right.start)
    return any(m.type == "disease" or m.type in COMPLAINTS for m in between)


def _for_the_risk(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Should not be used near vessels because of the risk of stricture': why, and not what a therapy is for."""
    if found.frame.predicate not in {"treated_by", "therapy_indication"} or found.right.type == "therapy":
        return False
    return WHY.search(sentence.text, found.end, found.right.start) is not None


def _not_fit(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Most patients are not candidates for surgery': not how the disease is not treated."""
    return found.denied and found.frame.name == "undergoes" and FIT.match(sentence.text, found.cue) is not None


def _studied(_: Paper, sentence: Sentence, __: Joined) -> bool:
    """'Two ongoing trials are examining …': whom others look at."""
    return OWN_STUDY.search(sentence.words) is None and OF_A_STUDY.search(sentence.words) is not None


def _of_another(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'The toxicity of A is lower with B due to its shorter procedure time': of B, and not of A."""
    left = found.left
    if left is None or left.type != "therapy" or found.frame.turned or found.frame.predicate != "therapy_outcome":
        return False
    return is_of_another(sentence, left, found.right)


def _is_tumor(paper: Paper, mention: Mention) -> bool:
    return mention.type == "disease" and paper.lexicon.is_a(mention.key, NEOPLASM)


_SET_ASIDE: Final = (
    _passed,
    _only_when,
    _in_some,
    _less_than_both,
    _not_there,
    _which_of_them,
    _alike,
    _treated_by_the_first,
    _by_its_own_kind,
    _not_known,
    _no_effect,
    _of_a_tumor,
    _in_company,
    _of_patients,
    _averted,
    _of_another_cause,
    _for_the_risk,
    _not_fit,
    _studied,
    _of_another,
)
"""What each tells of a therapy that a turn of phrase joins and that is set aside."""
