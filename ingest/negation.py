"""This module reads negation: which stretches of a sentence speak of what is not there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ingest.phrases import beginning, one_of, phrase
from ingest.screening import Pattern, Rows, screened

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A row of ConText (Harkema 2009): words that negate what stands on one side of them, and how many words on.

    The items of a list count as one word together. `listed` is true where a list goes on behind ', and'; `modifies`
    where the words only tell which thing is spoken of, so that its verb ends them: 'tumors lacking fat had washout'.
    """

    words: str
    direction: Literal["forward", "backward"]
    reach: int = 12
    listed: bool = True
    modifies: bool = False

    @property
    def pattern(self) -> Pattern:
        return screened(rf"\b(?:{self.words})(?!\w)", re.IGNORECASE)


_BE: Final = one_of("was", "were", "is", "are")
_SEEN: Final = one_of(
    *("seen", "observed", "found", "identified", "detected", "noted", "present", "elevated", "considered"),
    *("indicated", "shown", "demonstrated", "visible", "reported", "increased", "produced", "expressed", "secreted"),
)
_ADVISED: Final = one_of(
    "recommended", "advised", "suitable", "useful", "helpful", "effective", "required", "necessary"
)
_NO_MORE: Final = one_of(
    *("increase", "change", "significant change", "longer", "more than", "less than", "later than"),
    "definitive standard",
)
_FAILED: Final = r"fail(?:s|ed)? to (?:show|reveal|demonstrate)"
_NO_PURPOSE: Final = "".join(rf"(?<!\b{word} )" for word in ("to", "for", "in", "can", "could", "may"))
"""A test that is done 'to rule out' or that 'can exclude' metastases does not say that there are none."""
_MARKERS: Final = r"(?:markers?|levels?|values?)\b"
_ALWAYS: Final = one_of("often", "more", "all", "both", "also", "still")
_NORMAL_RANGE: Final = r"within (?:the )?normal (?:range|limits)"

TRIGGERS: Final = (
    Trigger(words=rf"no(?!-| {_NO_MORE})", direction="forward"),
    Trigger(words=r"not|cannot|never|hardly|n't", direction="forward", reach=6),
    Trigger(words=r"without(?! (?:difficulty|excluding))", direction="forward", listed=False, modifies=True),
    Trigger(words=r"neither|nor", direction="forward"),
    Trigger(words=r"none of|none", direction="forward"),
    Trigger(words=r"lacking|lack of", direction="forward", reach=30, modifies=True),
    Trigger(words=r"lack(?:s|ed)?(?! of)", direction="forward", reach=30),
    Trigger(words=r"los(?:e|es|t)(?! to)|loss of", direction="forward", reach=4, modifies=True),
    Trigger(words=r"absen(?:ce|t) of|absent", direction="forward", modifies=True),
    Trigger(words=r"devoid of|free of|free from|negative for", direction="forward", modifies=True),
    Trigger(words=one_of("denie[sd]", "denying", "ruled out", f"{_NO_PURPOSE}rule out", _FAILED), direction="forward"),
    Trigger(words=rf"{_NO_PURPOSE}exclud(?:e|es|ed|ing)", direction="forward", reach=4),
    Trigger(words=rf"normal(?= (?:[\w-]+ ){{0,3}}{_MARKERS})", direction="forward", reach=8, listed=False),
    Trigger(
        words=rf"{one_of('was', 'were', 'is', 'are', 'been', 'be')} (?:not|never) (?:\w+ ){{0,2}}?{_SEEN}",
        direction="backward",
    ),
    Trigger(words=rf"{_BE} (?:not|never) (?:\w+ ){{0,2}}?{_ADVISED}", direction="backward"),
    Trigger(words=rf"{_BE} absent", direction="backward"),
    Trigger(
        words=rf"{_BE} (?:\w+ly |{_ALWAYS} )?{one_of('normal', 'negative', 'unremarkable', _NORMAL_RANGE)}",
        direction="backward",
    ),
    Trigger(words=_NORMAL_RANGE, direction="backward"),
    Trigger(words=r"not (?:associated|accompanied)", direction="forward", reach=8),
)

PSEUDO: Final = phrase(
    "no(?:t)? only",
    "not necessarily",
    "not (?:in|un)(?:frequently|commonly|frequent|common|usual)|not (?:rare|rarely|seldom|unusual)",
    "no (?:significant |definite |established )?(?:change|consensus|guidelines|doubt)",
    "not (?:well |yet )?(?:known|clear|certain|be (?:excluded|ruled out)|ruled out|excluded)",
    r"(?:cannot|can not|not) be (?:\w+ )?(?:excluded|ruled out|ignored|neglected|underestimated|overlooked)",
    "without excluding",
    "whether or not",
    "with (?:or|and) without",
    "(?:the )?presence or absence(?: of)?",
    "not rule(?:d)? out",
    "but not (?:\\w+ )?(?:specific|sensitive)",
)
"""A 'no' or 'not' that negates nothing: 'not only washout but …', 'a second primary cannot be ruled out', 'the presence
or absence of calcification was recorded'."""

_TURNS: Final = one_of(
    *("but", "however", "although", "though", "whereas", "while", "except", "nevertheless", "apart from"),
    *("aside from", "which", "because", "due to", "secondary to", "followed by", "other than", "yet", "still"),
    *("when", "presenting", "exhibiting", "showing", "with the exception", "leading to", "resulting in"),
)
_POSITIVE: Final = r"(?:and|or) (?:\w+ )?(?:positive|elevated|increased|raised)"
_MORE: Final = r"and (?:significantly )?(?:higher|lower|greater|larger|smaller)"
_ANOTHER: Final = r",\s(?:it|they|we|this|these)\b"
_SAYS: Final = r"(?:is|are|was|were|has|have|had|can|may|might|shows?|showed|appears?|remains?)"
_NEXT_SUBJECT: Final = rf", and (?:[\w-]+ ){{1,4}}(?={_SAYS}\b(?! (?:\w+ )?(?:absent|negative|normal)\b))"
TERMINATORS: Final = screened(
    rf"\b(?:{_TURNS}|{_MORE}|{_POSITIVE})\b|{_NEXT_SUBJECT}|{_ANOTHER}|[;:]|\.\s", re.IGNORECASE
)
"""Where a negation ends: 'no fat, but washout was seen', 'absence of fat and higher ratios', 'lacks specificity, and
INSM1 has emerged'."""

_VERB: Final = screened(
    r"(?<=\w) (?:had|has|have|was|were|is|are|did|does|may|might|can|could|show(?:s|ed)?|experienc(?:es?|ed)"
    r"|demonstrat(?:es?|ed)|achiev(?:es?|ed)|develop(?:s|ed)?|underwent|receiv(?:es?|ed)|caus(?:es?|ed)"
    r"|leads?|led|results?|resulted|induc(?:es?|ed)|suggest(?:s|ed)?|indicat(?:es?|ed)|favou?r(?:s|ed)?"
    r"|predict(?:s|ed)?|correlat(?:es?|ed)|mak(?:es?)|made|supports?|supported)\b",
    re.IGNORECASE,
)
"""The verb that ends what only tells which thing is spoken of."""

_RANGES_FROM: Final = screened(r"\brang(?:es?|ed|ing) from\b[^;:]*$", re.IGNORECASE)
_TO: Final = screened(r"\bto\b", re.IGNORECASE)
"""'ranges from lesions without symptoms to metastases': the other end of a range is not denied."""

_NEXT_FINDING: Final = screened(r",? and (?!no\b|without\b)|,? with\b", re.IGNORECASE)
"""Where 'without' ends: 'without any fat, and heterogeneous enhancement', 'without fat, with washout'; what it denies
is listed with 'or'.
"""

_ANY_NEGATION: Final = beginning(
    *("no", "not", "none", "never", "nor", "neither", "cannot", "hardly", "without", "lack", "absen", "devoid", "free"),
    *("negativ", "normal", "deni", "deny", "los(?:e|s|t)", "exclu", "rul", "fail", "unremark"),
)
_TRIGGERS: Final = Rows(((trigger.pattern,), (trigger.pattern, trigger)) for trigger in TRIGGERS)


def negated_stretches(sentence: str) -> list[Stretch]:
    """Stretches [start, end) of a sentence in which what is named is said not to be there.

    >>> text = "All masses lacked fat, calcification or thrombus, but washout was seen."
    >>> [text[a:b] for a, b in negated_stretches(text)]
    [' fat, calcification or thrombus, ']
    """
    if not _ANY_NEGATION.search(sentence):
        return []
    pseudo = [(m.start(), m.end()) for m in PSEUDO.finditer(sentence)]
    stretches = [
        _reach(sentence, match, trigger)
        for pattern, trigger in _TRIGGERS.that_may_match(sentence)
        for match in pattern.finditer(sentence)
        if not any(a <= match.start() < b for a, b in pseudo)
    ]
    return sorted((start, end) for start, end in stretches if start < end)


def _reach(sentence: str, match: re.Match[str], trigger: Trigger) -> Stretch:
    if trigger.direction == "forward":
        stops = [TERMINATORS.search(sentence, match.end())]
        if not trigger.listed:
            stops.append(_NEXT_FINDING.search(sentence, match.end()))
        if trigger.modifies:
            stops.append(_VERB.search(sentence, match.end()))
        if _RANGES_FROM.search(sentence, 0, match.start()):
            stops.append(_TO.search(sentence, match.end()))
        limit = min((stop.start() for stop in stops if stop), default=len(sentence))
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


def is_negated(stretches: Sequence[Stretch], start: int, end: int) -> bool:
    """Whether a mention at [start, end) lies in a negated stretch."""
    return any(a <= start and end <= b + 1 for a, b in stretches)
