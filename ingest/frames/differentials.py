"""This module holds the turns of phrase of diseases that look alike: what mimics what, and what is taken for what."""

from __future__ import annotations

from typing import Final

from ingest.frames.frame import DISEASE, Frame
from ingest.phrases import one_of, phrase

_EARLY: Final = one_of("preliminary", "initial", "preoperative", "first", "imaging", "radiological", "provisional")
_DIAGNOSES: Final = one_of("of", "was", "were", "included?", "comprised", "revealed", ":")

_TELL: Final = one_of("distinguish", "differentiate", "discriminate", "separate", "tell", "discern")
_THEM: Final = one_of("it", "them", "these", "this", "those", "both", "(?:these|this|the) (?:\\w+ )?\\w+")
_TELLING: Final = one_of(
    "differentiating", "differentiation", "distinguishing", "distinction", "discriminating", "discrimination"
)
_TOLD: Final = one_of("distinguished", "differentiated", "discriminated", "separated", "told apart", "discerned")
_OTHER_LESIONS: Final = frozenset({"liver-mass"})

_HARD: Final = one_of("difficult", "hard", "impossible", "challenging", "not (?:always |usually )?possible", "tricky")
_NEEDED: Final = one_of("important", "essential", "crucial", "critical", "necessary", "mandatory", "required")
_HAS_TO: Final = one_of("cannot", "can not", "could not", "should", "must", "(?:has|have|had|needs?) to", "not")
_DIFFERENTIAL: Final = "differential (?:diagnos[ei]s|considerations?|diagnostic considerations?)"
_LISTS: Final = one_of("includes?", "included", "comprises?", "encompass(?:es)?", "consists? of", "are", "is", "were")
_WORDS: Final = r"(?:(?!(?:not|never|no|hardly|rarely|unlikely|nor|neither)\b)\w+ )"
_OUGHT_TO: Final = one_of("should", "must", "may", "can", "(?:has|have|needs?) to")

DIFFERENTIAL_FRAMES: Final = (
    Frame(
        name="misdiagnosed",
        cue=phrase(
            *("misdiagnos(?:ed|is) (?:\\w+ ){0,3}?as", "mistaken (?:for|as)", "(?:misinterpreted|misread) as"),
            *("(?:confused|confounded) with", "(?:erroneously|wrongly|incorrectly) (?:\\w+ )?as"),
        ),
        left=DISEASE,
        right=DISEASE,
        also=_OTHER_LESIONS,
        predicate="misdiagnosed_as",
        wide=True,
        unnamed=True,
        words="disease",
        example="Neuroendocrine neoplasms are often mistaken for hepatocellular carcinoma.",
    ),
    Frame(
        name="first-thought",
        cue=phrase(rf"{_EARLY} (?:\w+ ){{0,2}}?diagnos[ei]s (?:\w+ ){{0,6}}?{_DIAGNOSES}"),
        left=frozenset(),
        right=DISEASE,
        predicate="misdiagnosed_as",
        wide=True,
        example="The preoperative diagnosis was hepatocellular carcinoma in three cases.",
    ),
    Frame(
        name="hard-to-tell",
        cue=phrase(
            rf"{_HARD} to (?:\w+ly )?{_TELL} (?:\w+ ){{0,3}}?from",
            rf"{_HAS_TO} (?:\w+ )?be (?:\w+ )?{_TOLD} (?:\w+ )?from",
            r"(?:indistinguishable|not (?:\w+ )?distinguishable) (?:\w+ )?from",
        ),
        left=DISEASE,
        right=DISEASE,
        also=_OTHER_LESIONS,
        predicate="differential_of",
        wide=True,
        unnamed=True,
        negative=True,
        example="Hepatic adenoma must be distinguished from hepatocellular carcinoma.",
    ),
    Frame(
        name="resembles",
        cue=phrase(
            *("similar to(?: those (?:of|from))?", "mimic(?:s|ked|king)?", "simulat(?:es?|ing)", "imitat(?:es?|ing)"),
            *("resembl(?:es?|ed|ing)", "looks? like", "overlap(?:s|ped)? with", f"{_TELL} {_THEM} (?:\\w+ )?from"),
        ),
        left=DISEASE,
        right=DISEASE,
        also=_OTHER_LESIONS,
        predicate="differential_of",
        wide=True,
        unnamed=True,
        example="Their appearance is similar to that of hepatocellular carcinoma.",
    ),
    Frame(
        name="its-differential",
        opening=phrase(f"{_DIFFERENTIAL} (?:\\w+ )?(?:of|for|in|with)"),
        cue=phrase(_LISTS),
        left=DISEASE,
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        near=60,
        example="The differential diagnosis of hepatic hemangioma includes hepatic adenoma and liver metastases.",
    ),
    Frame(
        name="the-differential",
        cue=phrase(rf"{_DIFFERENTIAL} (?!of\b|for\b|between\b)(?:\w+ ){{0,3}}?(?:{_LISTS}|such as)"),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        near=60,
        example="The main differential diagnoses are hepatic adenoma and hepatocellular carcinoma.",
    ),
    Frame(
        name="in-its-differential",
        cue=phrase(
            rf"(?:in|into|among|to|as|is|are|part of|enters?) {_WORDS}{{0,4}}?{_DIFFERENTIAL} (?:of|for|with)",
        ),
        left=DISEASE,
        right=DISEASE,
        also=_OTHER_LESIONS,
        predicate="differential_of",
        wide=True,
        reach=50,
        near=40,
        example="Hepatic adenoma should be included in the differential diagnosis of hepatocellular carcinoma.",
    ),
    Frame(
        name="are-differentials",
        cue=phrase(
            rf"(?:are|is|represents?|remains?|{_OUGHT_TO} (?:\w+ )?be [^,;.]{{0,30}}?)"
            rf" {_WORDS}{{0,5}}?{_DIFFERENTIAL}(?! (?:of|for|with|from|between))",
            rf"{_OUGHT_TO} (?:\w+ )?be (?:kept in mind|considered|excluded|ruled out)"
            r" as (?:\w+ )?alternative diagnos[ei]s",
        ),
        left=DISEASE,
        right=frozenset(),
        predicate="differential_of",
        wide=True,
        focus=True,
        reach=15,
        words="disease",
        example="Hepatic adenoma and hepatocellular carcinoma are the main differential diagnoses.",
    ),
    Frame(
        name="between",
        cue=phrase(
            *(f"{_DIFFERENTIAL} (?:of|between)", "(?:distinguish|differentiat)\\w+ between", "distinction between"),
            *("differentiation (?:of (?:\\w+ ){1,3})?between", "overlap(?:s|ping)? (?:[\\w,]+ ){0,12}?between"),
        ),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        among=True,
        example="The differential diagnosis of hepatic adenoma and hepatocellular carcinoma is difficult.",
    ),
    Frame(
        name="telling-from-is-hard",
        cue=phrase(rf"{_TELLING} from"),
        closing=phrase(_HARD, _NEEDED),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        near=25,
        negative=True,
        words="disease",
        example="Differentiation from hepatocellular carcinoma can be difficult.",
    ),
    Frame(
        name="telling-is-hard",
        cue=phrase(rf"{_TELLING}(?: of)?"),
        closing=phrase(_HARD, _NEEDED),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        near=40,
        among=True,
        negative=True,
        example="Differentiating hepatic adenoma from hepatocellular carcinoma is challenging.",
    ),
    Frame(
        name="hard-to-tell-apart",
        cue=phrase(rf"(?:{_HARD}|{_NEEDED}) to (?:\w+ly )?{_TELL}"),
        left=frozenset(),
        right=DISEASE,
        predicate="differential_of",
        wide=True,
        near=40,
        among=True,
        negative=True,
        example="It is difficult to differentiate hepatic adenoma from hepatocellular carcinoma.",
    ),
)
