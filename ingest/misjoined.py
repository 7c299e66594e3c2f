"""This module tells turns of phrase that join two things and say nothing of them: an empty course, a place that is no
primary site, a kind that is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ingest.candidates import IMAGING
from ingest.compositions import METASTASES
from ingest.elsewhere import TISSUE_BEHIND
from ingest.endpoints import COURSE
from ingest.frames import COMPRISING
from ingest.hierarchy import akin
from ingest.joins import LESIONS, Joined
from ingest.mentions import Mention
from ingest.misread import is_misread
from ingest.of_which_tumor import NEOPLASM, is_lesion
from ingest.phrases import beginning, phrase
from ingest.predicates import COMPLICATIONS, HEREDITARY, TUMOR
from ingest.screening import screened
from ingest.sentences import Paper, Sentence
from ingest.subjects import TUMORS
from ingest.treatments import NO_TREATMENT
from ingest.unreal import KEPT_FROM, UNTIL, is_unreal
from ingest.unsaid import OF_A_TEST
from ingest.untold import counts_no_lesion

EMPTY_BEHIND: Final = {
    "detects": COURSE | {"technique-efficacy"},
    "foretells": COMPLICATIONS,
    "induced-outcome": COMPLICATIONS,
}
"""What the turn of phrase of a frame says nothing of: 'to assess the prognosis', 'associated with adverse events'."""

LOOKED_AFTER: Final = frozenset({"follow-up", "screening"})
"""What is no test by itself: 'from follow-up to assessment'."""

HOW_IT_OCCURS: Final = frozenset({"sporadic-occurrence", "rare-occurrence", "asymptomatic"})

TISSUE_OF: Final = screened(r"\b(?:cells?|tissues?|epithelium|remnants?) of (?:the )?$", re.IGNORECASE)
"""'arise from cells of the pancreas'."""

ORIGINS: Final = frozenset(
    {"starts", "site-of-origin", "sites-of-origin", "its-site-of-origin", "comes-from", "primaries-are", "primary-of"}
)
"""Turns of phrase that say where a metastasis comes from, and not where it is."""

PATIENTS_WITH: Final = screened(
    r"\b(?:in|for) (?:\w+ ){0,2}(?:patients|those|people|individuals) with [^;.]*$", re.IGNORECASE
)

SHOWING: Final = frozenset({"shows", "serves", "positive", "misses"})
"""Turns of phrase by which a test itself shows a disease or is for it."""

OF: Final = phrase("of", "between", "to")

OF_NO_COURSE: Final = frozenset({"shown-by", "seen-by", "outcome-looks"})
"""Turns of phrase of recurrence, response and the like: a prognosis is not seen."""

TELLS_APART: Final = beginning("differentiat", "distinguish", "discriminat", "separat", "distinction")

LINKING: Final = frozenset({"linked-with", "develops-in", "part-of", "patients-develop"})

RISK_FACTOR: Final = "risk-factor"
"""'Risk factors are associated with VAP': of what they are factors is not said."""

KINDS_OF_IT: Final = frozenset({COMPRISING, "its-kinds", "kind-of"})

TOGETHER: Final = "given-together"
OR: Final = screened(r"\bor\b", re.IGNORECASE)

NO_COURSE: Final = COMPLICATIONS | {
    *("diagnosis", "early-diagnosis", "differential-diagnosis", "misdiagnosis", "incidence", "prevalence", "charring"),
    *("technical-success", "technical-failure", "technique-efficacy", "heat-sink-effect", "radiation-exposure"),
    *("vessel-patency", "readmission"),
}
"""Outcomes that say nothing of how a disease goes."""


def joins_nothing(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """Whether what a turn of phrase joins says nothing of the two."""
    ends = [m for m in (found.left, found.right) if m is not None]
    if any(is_misread(sentence, m) for m in ends):
        return True
    if any(is_known(paper, m) or (m.key == RISK_FACTOR and not found.right.keys) for m in ends):
        return True
    return any(empty(paper, sentence, found) for empty in _EMPTY)


def is_known(paper: Paper, mention: Mention) -> bool:
    """Whether words that were taken for no concept are the label of one, though they name nothing here."""
    return not mention.keys and bool(paper.lexicon.lookup(mention.text))


def _says_nothing(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """A course or a complication of which the turn of phrase says nothing, a placebo, a number of other things than
    lesions.
    """
    ends = [m for m in (found.left, found.right) if m is not None]
    if found.frame.name == "detects" and found.left is not None and found.left.key in LOOKED_AFTER:
        return True
    if found.frame.name in OF_NO_COURSE and any(m.key in COURSE for m in ends):
        return True
    if found.right.key in EMPTY_BEHIND.get(found.frame.name, ()):
        return True
    return any(m.key in NO_TREATMENT or counts_no_lesion(sentence, m) for m in ends)


def _no_test(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'CT features are useful for', 'imaging is performed with MRI': findings of a test, and no test of its own; 'shows
    the relationship of the tumor to the duct': something of a tumor.
    """
    tests = [m for m in (found.left, found.right) if m is not None and m.type == "modality"]
    if found.frame.predicate == "imaging_technique":
        return found.left is not None and found.left.key == IMAGING
    if found.frame.name == "serves" and TELLS_APART.search(sentence.text, found.cue, found.right.start) is not None:
        return True
    if any(m.key == IMAGING and _of_a_phase(sentence, m) for m in tests):
        return True
    if found.right.key in LESIONS and OF.search(sentence.text, found.end, found.right.start) is not None:
        return True
    return found.frame.name in SHOWING and any(OF_A_TEST.match(sentence.text, m.end, sentence.end) for m in tests)


def _of_a_phase(sentence: Sentence, image: Mention) -> bool:
    """Whether 'imaging' is only that of a phase: 'arterial phase imaging'."""
    phases = (m for m in sentence.mentions if m.type == "phase")
    return any(not sentence.text[m.end : image.start].strip() for m in phases if m.end <= image.start)


def _of_such_patients(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """'MRI is preferred in patients with renal failure': in whom a test is made, and not what it shows."""
    if found.frame.name != "serves" or is_lesion(paper, found.right.key) or found.right.key in paper.topics:
        return False
    return PATIENTS_WITH.search(sentence.text, found.cue, found.right.start) is not None


def _no_primary(paper: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Metastases are located in the liver', 'arise from cells of the pancreas', 'hepatitis in the liver'."""
    if found.frame.predicate != "has_primary_site":
        return False
    tissue = TISSUE_BEHIND.match(sentence.text, found.right.end, sentence.end)
    if tissue is not None or TISSUE_OF.search(sentence.text, found.cue, found.right.start) is not None:
        return True
    tumor = _tumor_of(found)
    if tumor is None:
        return False
    if found.frame.name == "of-the-site" and tumor.key in TUMORS:
        return True
    spread = _is_a_metastasis(paper, tumor.key)
    return not is_lesion(paper, tumor.key) or (spread and _is_in(paper, tumor, found))


def _is_in(paper: Paper, tumor: Mention, found: Joined) -> bool:
    """Whether a place is where a metastasis is, and not where it comes from."""
    own = metastatic_site(paper, tumor.key)
    return found.frame.name not in ORIGINS or own in {end.key for end in (found.left, found.right) if end is not None}


def _no_spread(paper: Paper, _: Sentence, found: Joined) -> bool:
    """Only tumors spread, and not a metastasis whose primary nobody names."""
    if found.frame.predicate != "metastasizes_to":
        return False
    tumor = _tumor_of(found)
    if tumor is None:
        return False
    other = found.right if tumor is found.left else found.left
    if other is not None and other.type == "disease" and not _is_a_metastasis(paper, other.key):
        return True
    known = not _is_a_metastasis(paper, tumor.key) or paper.lexicon.compositions.primary_of(tumor.key) is not None
    return not known or not is_lesion(paper, tumor.key)


def _no_kind(paper: Paper, _: Sentence, found: Joined) -> bool:
    """'Benign tumors of the liver include HCC': only what is akin by the vocabulary, and not the wider, is a kind."""
    if found.frame.name not in KINDS_OF_IT or found.left is None:
        return False
    left, right = (found.right, found.left) if found.frame.turned else (found.left, found.right)
    wider = left.key != right.key and paper.lexicon.is_a(left.key, right.key)
    return wider or not akin(paper.lexicon.vocabulary, left.key, right.key)


def _no_complaint(_: Paper, __: Sentence, found: Joined) -> bool:
    """A tumor is no symptom."""
    symptom = found.left if found.frame.turned else found.right
    told = found.frame.predicate == "has_clinical_feature" and symptom is not None and symptom.type == "disease"
    return told and symptom is not None and TUMOR.search(symptom.text) is not None


def _no_course(_: Paper, __: Sentence, found: Joined) -> bool:
    """'Associated with complications', 'the diagnosis is poor': no course of a disease."""
    ends = [m for m in (found.left, found.right) if m is not None and m.type == "outcome"]
    return found.frame.predicate == "has_prognosis" and any(m.key in NO_COURSE for m in ends)


def _tumor_of(found: Joined) -> Mention | None:
    """The disease that a turn of phrase gives a place to."""
    return found.right if found.frame.turned else found.left


def _is_a_metastasis(paper: Paper, key: str) -> bool:
    return any(paper.lexicon.is_a(key, kind) for kind in METASTASES) or "metasta" in paper.lexicon.concepts[key].label


def metastatic_site(paper: Paper, key: str) -> str | None:
    """Where a kind of metastasis is by its name: the liver for liver metastases; None for others."""
    for label in paper.lexicon.concepts[key].labels:
        place, _, kind = label.rpartition(" ")
        if place and kind.startswith("metasta"):
            sites = (one for one in paper.lexicon.lookup(place) if paper.lexicon.concepts[one].type == "site")
            if (site := next(sites, None)) is not None:
                return site
    return None


def _no_frequency(paper: Paper, _: Sentence, found: Joined) -> bool:
    """'The incidence of liver failure was high' tells of a therapy or of patients, and not of whom a tumor befalls."""
    told = found.frame.predicate == "has_epidemiology"
    return told and any(m.type == "disease" and not is_lesion(paper, m.key) for m in (found.left, found.right) if m)


def _no_syndrome(paper: Paper, _: Sentence, found: Joined) -> bool:
    """A tumor brings the carcinoid syndrome and is part of MEN1: each is said by a turn of phrase of its own."""
    ends = [m for m in (found.left, found.right) if m is not None]
    brought = [m for m in ends if m.type == "syndrome" and m.key not in HEREDITARY]
    tumors = [m for m in ends if m.type == "disease" and paper.lexicon.is_a(m.key, NEOPLASM)]
    if found.frame.name in LINKING:
        return bool(brought and tumors)
    return found.frame.name == "syndrome-of" and not (brought and tumors)


def _no_origin(paper: Paper, _: Sentence, found: Joined) -> bool:
    """Only a metastasis has a disease as its primary."""
    if found.frame.predicate != "has_primary_site" or found.right.type == "site" or found.left is None:
        return False
    tumor = _tumor_of(found)
    other = found.left if tumor is found.right else found.right
    if tumor is None or other.type == "site":
        return False
    primary = paper.lexicon.is_a(other.key, NEOPLASM) and not _is_a_metastasis(paper, other.key)
    return not primary or not _is_a_metastasis(paper, tumor.key)


def _not_with_both(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Octreotide or cisplatin plus etoposide': only the one that stands nearer goes with the last."""
    if found.frame.name != TOGETHER or found.left is None:
        return False
    nearer = [m for m in sentence.mentions if found.left.end <= m.start and m.end <= found.cue and m.type == "therapy"]
    return bool(nearer) and OR.search(sentence.text, found.left.end, nearer[0].start) is not None


def _no_finding(paper: Paper, _: Sentence, found: Joined) -> bool:
    """'Sporadic or associated with MEN1': how often or in whom a disease occurs causes nothing, and no finding causes a
    tumor.
    """
    if found.frame.name == "effect" and found.right.type == "disease":
        return not found.right.keys or paper.lexicon.is_a(found.right.key, NEOPLASM)
    return found.left is not None and found.left.key in HOW_IT_OCCURS


def _of_nothing(_: Paper, sentence: Sentence, found: Joined) -> bool:
    """'Is repeated until no tumor is detected by MRI', 'excluding them from resection': what is not so. By what
    something is looked for can be told.
    """
    if found.frame.predicate == "therapy_contraindication":
        return False
    patterns = (UNTIL, KEPT_FROM) if found.frame.predicate == "detected_by" else ()
    return any(is_unreal(sentence, place, *patterns) for place in (found.cue, found.right.start))


_EMPTY: Final[tuple[Callable[[Paper, Sentence, Joined], bool], ...]] = (
    _says_nothing,
    _no_test,
    _of_such_patients,
    _no_primary,
    _no_spread,
    _no_kind,
    _no_complaint,
    _no_course,
    _no_frequency,
    _no_syndrome,
    _no_origin,
    _no_finding,
    _not_with_both,
    _of_nothing,
)
"""What each tells of a turn of phrase that joins two things and says nothing of them."""
