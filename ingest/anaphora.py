"""This module finds the words that stand in for what was named before: 'it', 'these tumors', 'neither procedure'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.phrases import one_of
from ingest.screening import screened


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """Characters [start, end) of a text that stand in for something of one of some types.

    `plural` says that it is one thing or several, None where the words do not tell. `count` is how many were named, 0
    where it is not said; `place` is which of them is meant ('first', 'last', or '' for all). `opens` says that nothing
    but what opens a sentence stands before it; `noun` is the noun that says what it is, `bare` one without an article,
    `near` one that points at what was named last ('this'), `points` one that does so
    in any way ('these', 'both'). `within` are types of names that it may be a part of ('unresectable disease').
    """

    start: int
    end: int
    types: frozenset[str]
    plural: bool | None = None
    count: int = 0
    place: str = ""
    opens: bool = True
    noun: str = ""
    bare: bool = False
    near: bool = False
    points: bool = False
    within: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """A row: nouns that stand in for what was named before, of which types that may be, and a sentence with one."""

    words: str
    types: frozenset[str]
    example: str


TUMOR: Final = "tumor"
"""A type of its own: a disease that is a lesion."""

ANYTHING: Final = frozenset({"disease", "syndrome", "therapy", "modality", "marker"})
"""What a pronoun may stand for."""

SICK: Final = frozenset({"disease", "syndrome"})

NOUNS: Final = (
    Noun(
        words="tumou?rs?|neoplasms?|lesions?|mass(?:es)?|nodules?|malignanc(?:y|ies)|carcinomas?|cancers?|metastases",
        types=frozenset({TUMOR}),
        example="These tumors are hypervascular.",
    ),
    Noun(
        words="diseases?|condition|disorder|entit(?:y|ies)",
        types=SICK,
        example="The disease is often found late.",
    ),
    Noun(words="syndromes?", types=frozenset({"syndrome"}), example="The syndrome is rare."),
    Noun(
        words="treatments?|therap(?:y|ies)|procedures?|interventions?|operations?|drugs?|agents?|analogu?es?|regimens?"
        "|medications?",
        types=frozenset({"therapy"}),
        example="The procedure is safe.",
    ),
    Noun(
        words="techniques?|methods?|approach(?:es)?|modalit(?:y|ies)",
        types=frozenset({"therapy", "modality"}),
        example="Both techniques relieve symptoms.",
    ),
    Noun(
        words="examinations?|investigations?|tests?|scans?",
        types=frozenset({"modality"}),
        example="The examination is not invasive.",
    ),
    Noun(
        words="levels|concentrations",
        types=frozenset({"marker"}),
        example="These levels correlate with tumor burden.",
    ),
    Noun(
        words="markers?|peptides?|proteins?|assays?",
        types=frozenset({"marker"}),
        example="This marker is raised in liver metastases.",
    ),
)
_TYPES: Final = tuple((re.compile(row.words, re.IGNORECASE), row.types) for row in NOUNS)

_LIKE: Final = one_of(
    *("same", "main", "dominant", "rare", "hepatic", "two", "three", "whole", "large", "small", "huge", "solitary"),
    *(r"hyper\w+", r"hypo\w+", r"hetero\w+", r"homo\w+", "cystic", "solid", "lobulated", "round", "necrotic"),
)
_OF_THEM: Final = one_of("all", "most", "many", "some", "each", "none", "both", "either", "neither", "half")
_WHICH: Final = one_of(
    "the", "this", "these", "those", "such(?: an?)?", "both", "either", "neither", "latter", "former"
)
WITH_NOUN: Final = screened(
    rf"\b(?P<which>(?:{_OF_THEM} of )?{_WHICH}(?: latter| former)?(?: (?:type|kind|form)s? of)?) "
    rf"(?P<like>(?:{_LIKE} ){{0,2}})"
    rf"(?P<noun>{'|'.join(row.words for row in NOUNS)})\b(?!-)",
    re.IGNORECASE,
)
"""'These tumors', 'neither procedure', 'the latter technique'."""

COMPLETED: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?(?:of|for|from|with|without|in (?:patients|cases|whom|which)|that|which|who|to)\b",
    re.IGNORECASE,
)
"""' of choice', ' with a capsule', ' that secrete': words that tell which are meant, and that these are others."""

_PARTS: Final = one_of(
    *("groups?", "arms?", "plan", "course", "system", "result", "effect", "response", "outcome", "option", "strateg"),
    *("session", "cost", "decision", "goal", "period", "protocol", "failure", "schedule", "program", "cell", "marker"),
    *("number", "size", "type", "site", "margin", "volume", "board", "burden", "stage", "grade", "time", "design"),
    *("progression", "activity", "development", "control", "duration", "center", "centre", "bed", "tissue"),
)
ITS_PART: Final = screened(rf"\s+(?:[\w-]+ )?{_PARTS}", re.IGNORECASE)
"""' groups', ' feeding cells': a noun that is only the first word of a longer name."""

_MOST: Final = one_of("most", "many", "almost all", "nearly all", "all", "(?:the|a) (?:vast |large )?majority of")
BARE: Final = screened(
    rf"(?:{_MOST} )?(?:(?:the|affected|such|these) )?"
    r"(?P<noun>lesions|tumou?rs|neoplasms|masses|nodules|patients|cases)\b(?!-)",
    re.IGNORECASE,
)
"""'Most lesions ', 'Patients ' at the beginning of a sentence."""

POINTS: Final = screened(rf"(?:{_OF_THEM} of )?(?:this|these|those|such|both|either|neither)\b", re.IGNORECASE)
POINTING: Final = screened(r"\b(?:the (?!majority)|such|these)\b", re.IGNORECASE)

LEVELS: Final = screened(
    r"(?:(?:the|false|elevated|raised|high|serum|plasma|urinary|circulating|blood) )*"
    r"(?P<noun>levels|concentrations|elevations?)\b(?! of\b)",
    re.IGNORECASE,
)
"""'Serum levels ', 'False elevation ' at the beginning of a sentence: of the marker that is spoken of."""

_COURSES: Final = one_of(
    *("advanced", "early", "late", "refractory", "unresectable", "inoperable", "resectable", "recurrent"),
    *("symptomatic", "locali[sz]ed", "disseminated", "extensive", "bilobar"),
)
OF_A_COURSE: Final = screened(rf"\b(?:{_COURSES}(?:,? (?:and|or) |, | ))+(?P<noun>disease)\b(?!-)", re.IGNORECASE)
"""'Refractory, unresectable or recurrent disease'."""

_ADVERB: Final = one_of(
    *("however", "moreover", "furthermore", "additionally", "in addition", "in contrast", "rarely", "usually", "often"),
    *("typically", "generally", "in general", "as a rule", "therefore", "thus", "hence", "also", "nevertheless", "so"),
    *("nonetheless", "unfortunately", "clinically", "histologically", "sometimes", "occasionally", "consequently"),
    *("similarly", "interestingly", "importantly", "in (?:most|many|some) cases", "by contrast", "but", "then", "and"),
)
_JOIN: Final = one_of(
    *("although", "though", "because", "since", "as", "while", "whereas", "when", "if", "and", "but", "so", "once"),
    "even though",
)
OPENER: Final = screened(rf"\W*(?:{_ADVERB}\W+)?(?:{_JOIN}\W+)?(?:{_ADVERB}\W+)?", re.IGNORECASE)
"""What may open a sentence before its subject: 'However, ', 'Although '."""

OF_ITS_OWN: Final = screened(
    r"\W*(?:despite|because of|owing to|due to|given|in spite of|in view of|apart from|besides|with|by) $",
    re.IGNORECASE,
)
"""'Despite ' before 'their slow growth'."""

CLAUSE: Final = screened(rf"(?:[,;:]\s*(?:{_JOIN}\s+)?|\b{_JOIN}\s+)$", re.IGNORECASE)
"""What stands before the subject of a later clause: ', because '."""

PRONOUN: Final = screened(r"\b(?:it|they|its|their|these|both)\b", re.IGNORECASE)
OF_THEM: Final = screened(rf"\b(?:{_OF_THEM}|\d+(?:\.\d+)?%) of (?:them|these|those)\b(?!\s+[a-z]+s\b)", re.IGNORECASE)
OPENING: Final = 40
"""How many characters from the beginning of a sentence 'all of them' stands for what the sentence before spoke of."""

THE_LATTER: Final = screened(
    r"\bthe (?P<place>latter|former)\b(?=(?P<verb> (?:is|are|was|were|can|may|has|have)\b)"
    r"|\W*(?:$|while|whereas|and|but)|[.;,])",
    re.IGNORECASE,
)

_BE: Final = one_of(
    *("is", "was", "are", "were", "has been", "may be", "can be", "could be", "should be", "must be", "will be"),
    *("would be", "remains?", "seems", "appears", "becomes?"),
)
EXPLETIVE: Final = screened(
    rf"it {one_of(_BE, 'has', 'may', 'can', 'should', 'must')}(?: \w+){{0,3}}? (?:that|whether|if|to)\b"
    rf"|it (?:takes|follows|depends|turns|makes|appears|seems)\b"
    rf"|it {_BE} (?:not )?(?:possible|important|necessary|clear|unclear|unknown|advisable|essential|difficult)\b",
    re.IGNORECASE,
)
"""'It has been shown that', 'it is important to': an 'it' that stands for nothing."""

STILL_MEANT: Final = screened(
    r"it (?:is|was|has been|may be|can be) (?:\w+ly )?"
    r"(?:confined|limited|used|applied|given|due|related|similar|secondary|reserved|restricted) to\b",
    re.IGNORECASE,
)
"""'It is confined to': an 'it' that is what was named before."""

_DO: Final = one_of(
    *("are", "were", "can", "may", "could", "should", "must", "have", "had", "do", "did", "include", "show", "arise"),
    *(
        "occur",
        "cause",
        "produce",
        "secrete",
        "present",
        "originate",
        "comprise",
        "account",
        "tend",
        "enhance",
        "appear",
    ),
    *("grow", "express", "require", "respond", "offer", "provide", "allow", "improve", "reduce", "relieve", "consist"),
    *("prolong", "usually", "often", "also", "typically", "rarely", "generally", "frequently", "represent"),
)
VERB_BEHIND: Final = screened(rf"\s+{_DO}\b", re.IGNORECASE)
"""' are', ' often': what tells 'these' by itself from 'these findings'."""

_COUNTS: Final = (
    (screened(r"\b(?:both|either|neither|two)\b", re.IGNORECASE), 2),
    (screened(r"\bthree\b", re.IGNORECASE), 3),
)
_PLACES: Final = {"latter": "last", "former": "first"}
SINGLE: Final = frozenset({"it", "its"})


def anaphors(text: str, start: int, end: int) -> list[Anaphor]:
    """The words of a sentence [start, end) that stand in for something named before, left to right, none in another.

    >>> text = "They secrete hormones, and the syndrome is rare."
    >>> [text[a.start : a.end] for a in anaphors(text, 0, len(text))]
    ['They', 'syndrome']
    """
    rows = (_bare, _levels, _of_a_course, _with_noun, _pronouns)
    found = [one for row in rows for one in row(text, start, end)]
    kept: list[Anaphor] = []
    for one in sorted(found, key=lambda a: (a.start, -a.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _opens(text: str, start: int, place: int) -> bool:
    return OPENER.fullmatch(text, start, place) is not None


def _bare(text: str, start: int, end: int) -> Iterator[Anaphor]:
    """'Most lesions are …', 'Patients present with …' at the beginning."""
    opening = OPENER.match(text, start, end)
    match = BARE.match(text, opening.end() if opening is not None else start, end)
    if match is not None and COMPLETED.match(text, match.end(), end) is None:
        noun = match["noun"].casefold()
        types = SICK if noun in {"patients", "cases"} else frozenset({TUMOR})
        yield Anaphor(
            start=match.start(),
            end=match.end(),
            types=types,
            plural=True,
            noun=noun,
            bare=not POINTING.search(match.group()),
        )


def _levels(text: str, start: int, end: int) -> Iterator[Anaphor]:
    """'Levels correlate with …' at the beginning."""
    opening = OPENER.match(text, start, end)
    match = LEVELS.match(text, opening.end() if opening is not None else start, end)
    if match is not None:
        noun = match["noun"].casefold()
        yield Anaphor(start=match.start(), end=match.end(), types=frozenset({"marker"}), noun=noun)


def _of_a_course(text: str, start: int, end: int) -> Iterator[Anaphor]:
    """'Early disease is …', 'for unresectable disease'."""
    for match in OF_A_COURSE.finditer(text, start, end):
        if COMPLETED.match(text, match.end(), end) is None and ITS_PART.match(text, match.end(), end) is None:
            opens = _opens(text, start, match.start())
            yield Anaphor(
                start=match.start("noun"),
                end=match.end(),
                types=SICK,
                opens=opens,
                noun="disease",
                bare=True,
                within=frozenset({"clinical-feature"}),
            )


def _with_noun(text: str, start: int, end: int) -> Iterator[Anaphor]:
    """'The procedure', 'neither technique', 'these tumors'."""
    for match in WITH_NOUN.finditer(text, start, end):
        if any(cue.match(text, match.end(), end) is not None for cue in (COMPLETED, ITS_PART)):
            continue
        which = f"{match['which']} {match['like']}"
        yield Anaphor(
            start=match.start("noun"),
            end=match.end(),
            types=next(types for words, types in _TYPES if words.fullmatch(match["noun"])),
            plural=_is_plural(match["noun"]),
            count=next((count for words, count in _COUNTS if words.search(which)), 0),
            place=next((place for word, place in _PLACES.items() if word in which.casefold()), ""),
            opens=_opens(text, start, match.start()),
            noun=match["noun"].casefold(),
            near=which.casefold().startswith("this "),
            points=POINTS.match(which) is not None,
        )


def _is_plural(noun: str) -> bool:
    return noun.casefold().endswith("s") and not noun.casefold().endswith("ss")


def _pronouns(text: str, start: int, end: int) -> Iterator[Anaphor]:
    """'It', 'they', 'their' as the subject of a clause, 'all of them', 'the latter'."""
    for match in OF_THEM.finditer(text, start, min(end, start + OPENING)):
        count = 2 if _COUNTS[0][0].search(match.group()) else 0
        yield Anaphor(start=match.start(), end=match.end(), types=ANYTHING, plural=True, count=count)
    for match in THE_LATTER.finditer(text, start, end):
        place, types = _PLACES[match["place"].casefold()], ANYTHING if match["verb"] else SICK
        yield Anaphor(start=match.start(), end=match.end(), types=types, place=place, opens=False)
    for match in PRONOUN.finditer(text, start, end):
        word, opens = match.group().casefold(), _opens(text, start, match.start())
        opens = opens or (word in {"its", "their"} and OF_ITS_OWN.fullmatch(text, start, match.start()) is not None)
        if not (opens or (word in {"it", "they"} and CLAUSE.search(text[start : match.start()]))):
            continue
        if (
            word == "it"
            and EXPLETIVE.match(text, match.start(), end)
            and not STILL_MEANT.match(text, match.start(), end)
        ):
            continue
        if word in {"these", "both"} and VERB_BEHIND.match(text, match.end(), end) is None:
            continue
        yield Anaphor(
            start=match.start(),
            end=match.end(),
            types=ANYTHING,
            plural=word not in SINGLE,
            count=2 if word == "both" else 0,
            opens=opens,
            points=word == "these",
        )
