"""This module reads a question: concepts, papers, numbers and words, what was misspelt, and what nobody "
"here knows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from kg.ask.english import is_english
from kg.ask.lexicon import Found, Token, tokens
from kg.ask.library import Library
from kg.ask.papers import papers_named
from kg.ask.plain_words import SHORTHAND
from kg.model import Concept

LONGEST_QUESTION: Final = 1000  # characters; nobody types a longer question, and every one of them is looked at
GENERIC: Final = frozenset(
    {
        *("neoplasm", "malignant-neoplasm", "metastasis", "lesion", "mass", "nodule", "liver-mass", "liver-neoplasm"),
        *("medical-imaging", "treatment", "diagnosis", "number-of-patients", "liver", "tumor-marker", "follow-up"),
        *("contrast-phase", "prognosis", "differential-diagnosis", "misdiagnosis", "treatment-response", "sex"),
        *("primary-liver-tumor", "benign-neoplasm", "carcinoma", "tumor-differentiation", "abdomen", "risk-factor"),
        *("statistical-significance", "literature-review", "rare-occurrence", "contrast-enhancement", "mean"),
        *("standard-deviation", "lesion-location", "density", "who", "t-stage", "age"),
        *("number-of-lesions-studied", "confidence-interval", "control-group", "diagnostic-accuracy", "incidence"),
        *(
            "cutoff-value",
            "guideline",
            "contrast-agent",
            "resectability",
            "case-report",
            "retrospective-study",
            "nonspecific-symptoms",
            "median",
        ),
    }
)
"""Concepts that nearly every sentence could be about: they rank answers and refuse none."""

_SPELLING: Final = ((r"(?<=[a-z])our(?=s?\b|ed\b|ing\b|able\b)", "or"), (r"isation", "ization"), (r"aemi", "emi"))
_OPERATORS: Final = (
    (r"(?:>=|≥|at least|no less than|from)", ">="),
    (r"(?:<=|≤|at most|up to|no more than)", "<="),
    (r"(?:>|above|over|more than|greater than|larger than|bigger than|higher than|exceed(?:s|ing)?)", ">"),
    (r"(?:<|below|under|less than|smaller than|lower than|fewer than)", "<"),
)
_NUMBER: Final = re.compile(
    rf"(?P<op>{'|'.join(pattern for pattern, _ in _OPERATORS)})?\s*(?P<value>\d+(?:\.\d+)?)"
    r"\s*(?P<unit>%|percent|cm|mm)?"
    r"(?![\w.]*\d|[a-z])",
    re.IGNORECASE,
)
HOW_MANY: Final = re.compile(
    r"\bhow many\b(?! (?:seconds|minutes|hours|days|weeks|months|years|mm|cm|mg|ml|times)\b)|\b(?:percentage|percent"
    r"|proportion|fraction|number of|count|rate)\b|\bwhat share\b|\bn/n\b"
)
_ORDINAL: Final = re.compile(
    r"\b(?:types?|grades?|stages?|figures?|fig\.?|tables?|segments?|groups?|class|case|cases|versions?|who|recist|"
    r"recommendation|part|no\.?|number|or|and|to)\s*$",
    re.IGNORECASE,
)
"""What stands before a number that names something and measures nothing: type 3, segment 7."""
_COHORT: Final = re.compile(r" (?:patients|cases|participants|subjects|people)\b", re.IGNORECASE)
"""What stands after a number that says which patients are meant: the 12 patients of Yang."""
_OWN: Final = re.compile(r"\b(?:own|original)\b.{0,12}\b(?:data|series|patients|cases|cohort|results|evidence|only)\b")
_CITED: Final = re.compile(r"\b(?:cited|citing)\b.{0,15}\b(?:only|evidence|data|results|studies)\b|\bonly cited\b")
_ADVICE: Final = re.compile(
    r"\bmy (?:patient|wife|husband|mother|father|mom|mum|dad|son|daughter|child|brother|sister|friend|doctor|partner|"
    r"aunt|uncle|cousin|neighbor|gran\w*|boss|colleague|niece|nephew|"
    r"tumou?r|liver|scan|mri|ct|report|results?|diagnosis|cancer|lesions?|case|surgery|treatment)s?\b"
    r"|\b(?:should|shall|can|must|do|may|could) i\b(?! (?:find|read|see|cite|look|compare|ask|use signum))"
    r"|\bi (?:have|had|was|am|got|feel|suffer)\b(?! (?:a question|to know|interested|looking|asking|reading))"
    r"|\b(?:am i|for me|would you (?:treat|give|recommend|do|operate)|what would you|do you (?:think|recommend))\b"
    r"|\b(?:this|our|a|an|the) (?:\d+[- ]year[- ]old\b|patient of mine\b)"
    r"|(?<!whether )(?<!or not )(?<!if )(?<!when )\b(?:this|our|a|an|the) patient (?:has|have)\b"
    r"|\bour patients? (?:has|is|with|should)\b|\bgive (?:him|her|my)\b|\bhelp me (?:treat|diagnose|decide)\b"
    r"|\bhow (?:long )?(?:will|do) i\b|\bprescri\w+|\bwhat dose\b.{0,20}\b(?:give|take|should)\b"
)
_FUTURE: Final = re.compile(
    r"\b(?:will|going to) .{0,60}\b(?:future|next (?:year|decade|century)|by 20\d\d|in 20\d\d|tomorrow)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of a question that name a concept; more than one key is an ambiguity, shown as a choice.

    `required` if an answer has to be about it; `broader` are concepts that answer only where none of the keys does.
    `parts` are the mentions of which this one is made, where a question names things side by side.
    """

    text: str
    start: int
    keys: tuple[str, ...]
    types: tuple[str, ...]
    required: bool = True
    broader: tuple[str, ...] = ()
    parts: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A misspelt word, and the word that it was read as."""

    typed: str
    read: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNumber:
    """A number in a question, with its operator ('=' if none is given) and its unit ('%', 'cm', 'mm' or '')."""

    text: str
    op: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a question is to be read, where a person has changed the reading.

    `intents` are names of intents, the foremost first (none: what the question asks for); `concepts` are the keys of
    the only concepts that count (None: all that the question names); `sources` are source keys, `evidence` evidence
    kinds; `keep` are words not to be corrected; `all_rows` gives every row, not the first 20.
    """

    intents: tuple[str, ...] = ()
    concepts: tuple[str, ...] | None = None
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    all_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood of a question.

    `corrected` is it spelt right, `plain` in small letters and American spelling, `words` those of its content words
    that sentences have, `unknown` those that no paper and no name here has.
    """

    question: str
    plain: str
    corrected: str = ""
    mentions: tuple[Mention, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    numbers: tuple[AskedNumber, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    how_many: bool = False
    advice: bool = False
    future: bool = False
    choices: tuple[Mention, ...] = field(default=())

    def of_type(self, *types: str) -> tuple[Mention, ...]:
        """The mentions of some types."""
        return tuple(mention for mention in self.mentions if any(kind in types for kind in mention.types))


def read(library: Library, question: str, options: Options | None = None) -> Reading:
    """What a question says. Control characters count as blanks; only LONGEST_QUESTION characters are read."""
    options = options or Options()
    text = " ".join("".join(c if c.isprintable() else " " for c in question[:LONGEST_QUESTION]).split())
    corrected, corrections = _spelt(library, _expanded(text), options.keep)
    words = tokens(corrected)
    papers, about_papers = papers_named(library, words)
    found = [one for one in library.lexicon.find(words) if not _inside(one, about_papers)]
    mentions = _mentions(library, corrected, words, found)
    if options.concepts is not None:
        mentions = _chosen(library, mentions, options.concepts)
    covered = {place for one in found for place in range(one.first, one.last)} | about_papers
    rest = [token for place, token in enumerate(words) if place not in covered]
    plain = _plain(corrected)
    numbers = _numbers(corrected, words, found, about_papers)
    known, unknown = _content(library, rest)
    return Reading(
        question=text,
        plain=plain,
        corrected=corrected,
        mentions=tuple(mentions),
        corrections=tuple(corrections),
        sources=options.sources or papers,
        evidence=options.evidence or _evidence(plain),
        numbers=tuple(numbers),
        words=known,
        unknown=unknown,
        how_many=HOW_MANY.search(plain) is not None,
        advice=_ADVICE.search(_plain(text)) is not None,
        future=_FUTURE.search(_plain(text)) is not None,
        choices=tuple(mention for mention in mentions if len(mention.keys) > 1),
    )


def _expanded(text: str) -> str:
    """The question with the shorthand of clinicians written out; a name of the vocabulary that is one too is left."""

    def written_out(match: re.Match[str]) -> str:
        word = match.group()
        full = SHORTHAND.get(word.casefold())
        return full if full is not None else word

    return re.sub(r"\b[^\W_]+\b(?![*])", written_out, text)


def _spelt(library: Library, text: str, keep: Collection[str]) -> tuple[str, list[Correction]]:
    """The question with misspelt words put right."""
    corrections: list[Correction] = []
    words = tokens(text)
    named = {place for one in library.lexicon.find(words) for place in range(one.first, one.last)}
    pieces, end = [], 0
    for place, token in enumerate(words):
        better = None if place in named or token.text in keep else _corrected(library, token)
        pieces += [text[end : token.start], better or token.text]
        end = token.end
        if better is not None:
            corrections.append(Correction(typed=token.text, read=better))
    return "".join(pieces) + text[end:], corrections


def _corrected(library: Library, token: Token) -> str | None:
    word = token.folded
    known = word in library.word_counts or word in library.lexicon.words
    if is_plain(token) or known or _surname(library, word):
        return None
    nearest = library.speller.nearest(token.text.casefold())
    if nearest is None or nearest in library.lexicon.spellings:
        return nearest
    return None if _is_form(token.text.casefold(), nearest) else nearest


def _is_form(one: str, other: str) -> bool:
    """Whether one word is another with an ending: hypothesize, hypothesized."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short)


def _surname(library: Library, word: str) -> bool:
    return any(word in {t.folded for a in source.authors for t in tokens(a)} for source in library.sources.values())


def _inside(one: Found, places: set[int]) -> bool:
    return any(place in places for place in range(one.first, one.last))


def _mentions(library: Library, text: str, words: Sequence[Token], found: Sequence[Found]) -> list[Mention]:
    mentions = []
    for one in found:
        start, end = words[one.first].start, words[one.last - 1].end
        if text[start:end] == "SD" and _MEAN_AND.search(text[:start]):
            continue  # standard deviation, and no stable disease
        mentions.append(_mention(library, text[start:end], start, one.keys, text[:start]))
    return mentions


_MEAN_AND: Final = re.compile(r"(?:\b(?:means?|averages?)\b|±|\+/-)[\s,/()]*(?:and|or|with|±|\+/-)?\s*$", re.IGNORECASE)
_EXCEPT: Final = re.compile(
    r"\b(?:non[- ]?|other than |besides |except(?: for)? |excluding |apart from )(?:an? |the )?$", re.IGNORECASE
)
"""Before what is not asked about: non-insulinoma, tumors other than insulinoma."""


MEANT_TOO: Final = (
    ("gep-net-liver-metastasis", "nelm", r"gep|gastro|digestive|enteropancreatic"),
    ("portal-vein-thrombosis", "tumor-in-vein", r"bland"),
    ("grade-1", "net-g1", r"adenocarcinoma"),
    ("grade-2", "net-g2", r"adenocarcinoma"),
    ("grade-3", "net-g3", r"adenocarcinoma"),
    ("moderate-ring-enhancement", "rim-aphe", r"moderate"),
    ("bleeding", "intratumoral-hemorrhage", r"complication|gastric|bowel|rectal"),
)
"""A concept, another that the same words may mean, and what words mean the first alone: NET liver metastases."""


def _mention(library: Library, text: str, start: int, keys: tuple[str, ...], text_before: str = "") -> Mention:
    exact = tuple(key for key in keys if _is_called(library.vocabulary.concepts[key], text))
    keys = exact or keys
    further = (other for one, other, fuller in MEANT_TOO if one in keys and re.search(fuller, text.casefold()) is None)
    keys += tuple(key for key in further if key in library.vocabulary.concepts and key not in keys)
    types = tuple(dict.fromkeys(library.vocabulary.concepts[key].type for key in keys))
    required = not all(key in GENERIC for key in keys) and _EXCEPT.search(text_before) is None
    return Mention(text=text, start=start, keys=keys, types=types, required=required)


def _is_called(concept: Concept, text: str) -> bool:
    """Whether a concept has just these letters as a name: T2-weighted imaging is not T2*-weighted imaging."""
    return any(label.casefold() == text.casefold() for label in concept.labels)


def _chosen(library: Library, mentions: Sequence[Mention], keys: Sequence[str]) -> list[Mention]:
    """The mentions of the question that a person left in, and what else was chosen."""
    chosen = [key for key in keys if key in library.vocabulary.concepts]
    kept = []
    for mention in mentions:
        left = tuple(key for key in mention.keys if key in chosen)
        if left:
            kept.append(_mention(library, mention.text, mention.start, left))
    named = {key for mention in kept for key in mention.keys}
    more = [key for key in dict.fromkeys(chosen) if key not in named]
    behind = max((mention.start + len(mention.text) for mention in kept), default=0)
    return kept + [_mention(library, library.label(key), behind + 1000 * n, (key,)) for n, key in enumerate(more, 1)]


def _plain(text: str) -> str:
    plain = text.casefold()
    for british, american in _SPELLING:
        plain = re.sub(british, american, plain)
    return plain


def _evidence(plain: str) -> tuple[str, ...]:
    return ("own",) if _OWN.search(plain) else ("cited",) if _CITED.search(plain) else ()


def _numbers(
    text: str, words: Sequence[Token], found: Sequence[Found], papers: Collection[int]
) -> Iterator[AskedNumber]:
    """The numbers that are no part of a name."""
    taken = [(words[one.first].start, words[one.last - 1].end) for one in found]
    taken += [(words[place].start, words[place].end) for place in papers]
    for match in _NUMBER.finditer(text):
        at = match.start("value")
        if any(start <= at < end for start, end in taken) or (at and text[at - 1].isalnum()):
            continue
        if _ORDINAL.search(text[:at]) or _COHORT.match(text[match.end("value") :]):
            continue
        given = (match["op"] or "").casefold()
        op = next((sign for pattern, sign in _OPERATORS if given and re.fullmatch(pattern, given)), "=")
        unit = {"percent": "%"}.get((match["unit"] or "").casefold(), (match["unit"] or "").casefold())
        yield AskedNumber(text=match.group().strip(), op=op, value=Decimal(match["value"]), unit=unit)


def _content(library: Library, rest: Sequence[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that ask for something: those that sentences have, and those that nothing here has."""
    known: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for token in rest:
        word = token.folded
        plain = is_plain(token)
        if _is_manner(token.text.casefold()) and not library.forms(word):
            continue
        if library.forms(word) and word.isalpha() and len(word) >= _SHORTEST:
            if not plain or (library.rarity(word) > _TELLING and len(word) >= _LONG):
                known[word] = None
        elif not plain and not _is_number(word) and len(word) >= _SHORTEST - 1 and not library.forms(word):
            unknown[token.text] = None
    return tuple(known), tuple(unknown)


def is_plain(token: Token) -> bool:
    """Whether a word is one of plain English."""
    return is_english(token.folded) or is_english(token.text.casefold())


def _is_manner(word: str) -> bool:
    """Whether a word says how or by whom, such as admittedly, suspected: nobody asks for what ends so."""
    return len(word) > _LONG and word.endswith(("ed", "ly")) and word not in ("anomaly", "biopsied", "assembly")


_TELLING: Final = 3.0
"""A plain word that one sentence in twenty has or fewer still tells sentences apart."""
_LONG: Final = 5
_SHORTEST: Final = 3


def _is_number(word: str) -> bool:
    """Digits, unless they are a year that no paper speaks of: what is asked of 2030 has no answer here."""
    return word[0].isdigit() and re.fullmatch(r"(?:19|20)\d\d", word) is None
