"""This module reads what surrounds a mention: negation, hedging, comparison, citations, and whose evidence it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

# ---------------------------------------------------------------- citations


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Citation markers at clean characters [start, end): '(1,2)', '[3–5]', 'survival.21'."""

    start: int
    end: int
    markers: tuple[str, ...]


_NUMBERS = r"\d{1,3}(?:\s?[-–—]\s?\d{1,3})?(?:\s?,\s?\d{1,3}(?:\s?[-–—]\s?\d{1,3})?)*"
BRACKETED: Final = re.compile(rf"\[\s?({_NUMBERS})\s?\]")
ROUND: Final = re.compile(rf"(?<![\d%]) ?\(({_NUMBERS})\)")
GLUED: Final = re.compile(r"(?<=[a-z)\]”\"’%])([.,;:]?)(\d{1,3}(?:[-–,]\d{1,3})*)(?=$|[\s.,;:)]|[A-Z])")
MAX_REFERENCES: Final = 200


CITATION_STYLES: Final = ("square", "round", "glued")


def citation_style(text: str) -> str:
    """How a whole paper marks its references: 'square' [1], 'round' (1), or 'glued' to a word or full stop.

    >>> citation_style("seen in NETs.21 Others agree.22,23 Ki67 was low.24")
    'glued'
    """
    counts = {style: sum(1 for _ in _markers(text, style)) for style in CITATION_STYLES}
    return max(CITATION_STYLES, key=lambda style: counts[style])


def find_citations(text: str, style: str) -> list[Citation]:
    """Citation markers in a paper's style, left to right; a count in brackets or a name ending in a digit is none.

    >>> [c.markers for c in find_citations("seen in NETs (7–9), in men (12/20), elsewhere(3,5).", "round")]
    [('7', '8', '9'), ('3', '5')]
    """
    found = [_citation(*place) for place in _markers(text, style)]
    return sorted((c for c in found if c.markers), key=lambda c: c.start)


def _markers(text: str, style: str) -> Iterator[tuple[int, int, str]]:
    if style == "square":
        yield from ((m.start(), m.end(), m.group(1)) for m in BRACKETED.finditer(text))
    elif style == "round":
        yield from ((m.start(), m.end(), m.group(1)) for m in ROUND.finditer(text) if not _is_enumeration(text, m))
    else:
        yield from ((m.start(2), m.end(2), m.group(2)) for m in GLUED.finditer(text) if _is_glued(text, m))


def _is_enumeration(text: str, match: re.Match[str]) -> bool:
    """'(1) Hepatocellular carcinoma: …' counts items; it cites nothing."""
    if "," in match.group(1) or "–" in match.group(1) or "-" in match.group(1):
        return False
    before = text[: match.start()].rstrip()
    after = text[match.end() :].lstrip()
    opens = not before or before[-1] in ".:;"
    return (opens and after[:1].isupper()) or bool(re.search(r"\b(?:and|or|,)$", before) and after[:1].islower())


def _is_glued(text: str, match: re.Match[str]) -> bool:
    """A superscript follows a whole word or a full stop; 'CA125', 'Ki67', 'b800', 'T2' and 'G3' are names."""
    word = re.search(r"[A-Za-z)\]”\"’%]+$", text[: match.start()])
    stem = word.group(0) if word else ""
    if match.group(1):
        return match.group(1) != "." or not stem or len(stem) > 1
    return len(stem) > 3 and stem.islower() and stem not in {"grade", "type", "stage", "phase"}


def _citation(start: int, end: int, numbers: str) -> Citation:
    markers: list[str] = []
    for part in re.split(r"\s?,\s?", numbers):
        ends = [int(n) for n in re.split(r"\s?[-–—]\s?", part)]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < MAX_REFERENCES:
            markers += [str(n) for n in range(ends[0], ends[1] + 1)]
        elif ends[0] > 0:
            markers += [str(n) for n in ends]
    return Citation(start=start, end=end, markers=tuple(dict.fromkeys(markers)))


def blank_out(text: str, citations: list[Citation]) -> str:
    """The text with its markers blanked, every character at its old place."""
    for c in citations:
        text = text[: c.start] + " " * (c.end - c.start) + text[c.end :]
    return text


# ---------------------------------------------------------------- negation


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that change how what stands after ('forward') or before ('backward') them is meant."""

    words: str
    direction: str
    reach: int = 12


NEGATIONS: Final = (
    Trigger(
        words=r"no(?! (?:increase|change|significant change|longer|more than|less than|later than|definitive standard))",
        direction="forward",
    ),
    Trigger(words=r"not|cannot|never|hardly|n't", direction="forward", reach=6),
    Trigger(words=r"without(?! (?:difficulty|excluding))", direction="forward"),
    Trigger(words=r"neither|nor", direction="forward"),
    Trigger(words=r"none of|none", direction="forward"),
    Trigger(words=r"lack(?:s|ed|ing)?(?: of)?", direction="forward", reach=30),
    Trigger(words=r"absen(?:ce|t) of|absent", direction="forward"),
    Trigger(words=r"devoid of|free of|free from|negative for", direction="forward"),
    Trigger(
        words=r"(?:denie[sd]|denying|excluded?|excluding|ruled out|rule out|fail(?:s|ed)? to (?:show|reveal|demonstrate))",
        direction="forward",
    ),
    Trigger(
        words=r"(?:was|were|is|are|been|be) (?:not|never) (?:\w+ ){0,2}?(?:seen|observed|found|identified|detected|noted|present|elevated|considered|indicated|shown|demonstrated|visible|reported|increased)",
        direction="backward",
    ),
    Trigger(words=r"(?:was|were|is|are) absent", direction="backward"),
    Trigger(
        words=r"(?:was|were|is|are) (?:normal|negative|unremarkable|within (?:the )?normal (?:range|limits))",
        direction="backward",
    ),
    Trigger(words=r"within (?:the )?normal (?:range|limits)", direction="backward"),
    Trigger(words=r"not (?:associated|accompanied)", direction="forward", reach=8),
)
"""Rows of ConText (Harkema 2009): a trigger, its side, and how many tokens it reaches at most."""

PSEUDO: Final = re.compile(
    r"\b(?:no(?:t)? only|not necessarily|no (?:significant |definite |established )?(?:change|consensus|guidelines|doubt)|"
    r"not (?:well |yet )?(?:known|clear|certain|be (?:excluded|ruled out)|ruled out|excluded)|"
    r"cannot be (?:\w+ )?(?:excluded|ruled out)|without excluding|whether or not|not rule(?:d)? out)\b",
    re.IGNORECASE,
)
TERMINATORS: Final = re.compile(
    r"\b(?:but|however|although|though|whereas|while|except|nevertheless|apart from|aside from|which|because|due to|secondary to|followed by|other than|yet|still|when|presenting|exhibiting|showing|with the exception)\b|[;:]|\.\s",
    re.IGNORECASE,
)
_TRIGGERS: Final = tuple((re.compile(rf"\b(?:{t.words})(?!\w)", re.IGNORECASE), t) for t in NEGATIONS)
_ANY_NEGATION: Final = re.compile(
    r"\b(?:no|not|none|never|nor|neither|cannot|hardly|without|lack|absen|devoid|free|negativ|normal|deni|deny|exclu|rul|fail|unremark)",
    re.I,
)


def negated_stretches(sentence: str) -> list[tuple[int, int]]:
    """Stretches [start, end) of a sentence in which what is named is said not to be there.

    >>> text = "All masses lacked fat, calcification or thrombus, but washout was seen."
    >>> [text[a:b] for a, b in negated_stretches(text)]
    [' fat, calcification or thrombus, ']
    """
    if not _ANY_NEGATION.search(sentence):
        return []
    pseudo = [(m.start(), m.end()) for m in PSEUDO.finditer(sentence)]
    stretches = []
    for pattern, trigger in _TRIGGERS:
        for match in pattern.finditer(sentence):
            if any(a <= match.start() < b for a, b in pseudo):
                continue
            stretches.append(_reach(sentence, match, trigger))
    return sorted(s for s in stretches if s[0] < s[1])


def _reach(sentence: str, match: re.Match[str], trigger: Trigger) -> tuple[int, int]:
    if trigger.direction == "forward":
        stop = TERMINATORS.search(sentence, match.end())
        limit = stop.start() if stop else len(sentence)
        return match.end(), min(limit, _words_on(sentence, match.end(), trigger.reach))
    clause = max((m.end() for m in TERMINATORS.finditer(sentence, 0, match.start())), default=0)
    return max(clause, _words_back(sentence, match.start(), trigger.reach)), match.start()


def _words_on(text: str, start: int, count: int) -> int:
    """Where `count` words on from a place end; the items of a list count as one word together."""
    seen = 0
    for match in re.finditer(r"\S+", text[start:]):
        seen += 0 if match.group().endswith(",") else 1
        if seen > count:
            return start + match.start()
    return len(text)


def _words_back(text: str, end: int, count: int) -> int:
    starts = [m.start() for m in re.finditer(r"\S+", text[:end])]
    return starts[-count] if len(starts) > count else 0


def is_negated(stretches: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a mention at [start, end) lies in a negated stretch; two negations of it cancel out."""
    covering = {stretch for stretch in stretches if stretch[0] <= start and end <= stretch[1] + 1}
    return bool(covering)


# ---------------------------------------------------------------- hedging, comparison

HEDGE: Final = re.compile(
    r"\b(?:may|might|can|could|possibl[ey]|potential(?:ly)?|probabl[ey]|suggest(?:s|ed|ive|ing)?|likely|perhaps|presumably|"
    r"suspicion|suspected|thought to|believed to|seems?|tend(?:s|ed)? to|considered as hypothesis)\b",
    re.IGNORECASE,
)
NOT_A_HEDGE: Final = re.compile(r"\b(?:can be (?:performed|used)|could not|most likely site)\b", re.IGNORECASE)


def is_hedged(sentence: str) -> bool:
    """Whether a sentence (or clause) says that something may be, rather than that it is.

    >>> is_hedged("Lower ADC values may potentially support the diagnosis.")
    True
    """
    return bool(HEDGE.search(NOT_A_HEDGE.sub("", sentence)))


COMPARISON: Final = re.compile(
    r"\b(?:compared (?:with|to)|in comparison (?:with|to)|unlike|versus|vs\.?|rather than|than (?:that|those) (?:of|from|seen in|in)|"
    r"than(?: in| is| are)?|as opposed to|in contrast (?:to|with)|from (?:that|those) of|similar to|resembling|mimic(?:s|king)?|"
    r"differentiat(?:e|ed|ing|ion) (?:\w+ ){0,4}?from|distinguish(?:ed|ing)? (?:\w+ ){0,4}?from)\s+(?:an? |the |typical )?",
    re.IGNORECASE,
)


def comparator_stretches(sentence: str, reach: int = 60) -> list[tuple[int, int]]:
    """Stretches in which a disease is named only to compare with: 'unlike typical hepatocellular carcinoma'.

    >>> text = "Compared with adenocarcinoma, the metastases of NETs show washout."
    >>> [text[a:b] for a, b in comparator_stretches(text)]
    ['adenocarcinoma']
    """
    found = []
    for match in COMPARISON.finditer(sentence):
        stop = re.compile(r"[,;]|\.\s").search(sentence, match.end())
        limit = stop.start() if stop else len(sentence)
        found.append((match.end(), min(limit, match.end() + reach)))
    return found


# ---------------------------------------------------------------- evidence

OWN_WORDS: Final = re.compile(
    r"\b(?:our (?:study|series|cohort|results?|data|findings?|experience|patients|cases|hypothesis)|(?:in|of) (?:this|the (?:present|current)) (?:study|series|cohort|group|report|particular group|study group)|"
    r"the present study|this (?:study|cohort|group|particular group)|these patients|we (?:found|observed|show(?:ed)?|report|included|enrolled|performed|measured)|in the present)\b",
    re.IGNORECASE,
)
OTHERS_WORDS: Final = re.compile(
    r"\b(?:et al\.?|previous(?:ly)? (?:stud|report|literature|investigation|observation|reported|shown)|prior stud|(?:several|other|some|recent) (?:studies|researche?s|authors|series|reports)|"
    r"(?:has|have) been (?:reported|shown|described|considered|proposed|identified|summarized)|according to|in the literature|it is (?:thought|reported)|reported (?:that|in|on|by))\b",
    re.IGNORECASE,
)
REPORTS: Final = re.compile(
    r"\(?\b\d+ ?(?:/|of) ?\d+\b|\b(?:was|were|had|showed|demonstrated|exhibited|displayed|presented|revealed|underwent|observed|found)\b(?! been)",
    re.IGNORECASE,
)
"""A discussion that counts, or tells in the past tense what was seen, speaks of the paper's own cases."""

OWN_SECTIONS: Final = frozenset({"Results", "Methods", "Figure caption", "Table"})


def evidence_kind(sentence: str, *, cited: bool, section: str, review: bool, background_part: bool = False) -> str:
    """Whose evidence a sentence gives: 'own' (this paper's data), 'cited' (another work's), 'background' (nobody's).

    `review` is true for papers without data of their own; `background_part` for the background of an abstract.
    """
    own_words = bool(OWN_WORDS.search(sentence))
    if cited and not (own_words and section in {"Results", "Methods"}):
        return "cited"
    if OTHERS_WORDS.search(sentence) and not own_words:
        return "cited"
    if section == "Figure caption":
        return "own"
    if own_words and not review:
        return "own"
    if review or background_part:
        return "background"
    if section in {"Discussion", "Conclusion"} and REPORTS.search(sentence):
        return "own"
    if section in OWN_SECTIONS or section == "Abstract":
        return "own"
    return "background"


UNIVERSAL: Final = re.compile(
    r"\b(?:all|none|no|every|each|neither)\b(?: of)?(?: the| these)? ?(?:\w+ ){0,3}?(?:masses|lesions|cases|patients|tumou?rs|metastases|participants|subjects|nodules)\b",
    re.IGNORECASE,
)


def universal_population(sentence: str) -> str | None:
    """'All masses' where a sentence speaks of every member of its group, None otherwise.

    >>> universal_population("All masses lacked fat.")
    'All masses'
    """
    match = UNIVERSAL.search(sentence)
    return match.group(0) if match else None


LESION_NOUNS: Final = re.compile(r"\b(?:masses|mass|lesions?|nodules?|tumou?rs|metastases|foci)\b", re.IGNORECASE)
PATIENT_NOUNS: Final = re.compile(
    r"\b(?:patients?|cases?|participants?|subjects?|men|women|males?|females?|individuals?|people|persons?|children|adults)\b",
    re.IGNORECASE,
)


def unit_of_analysis(text: str) -> str | None:
    """'patients' or 'lesions' by the nearest counted noun behind or before a number, None if there is none."""
    if PATIENT_NOUNS.search(text):
        return "patients"
    return "lesions" if LESION_NOUNS.search(text) else None
