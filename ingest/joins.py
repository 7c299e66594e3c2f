"""This module joins what stands before and behind the turns of phrase of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from ingest.candidates import IMAGING
from ingest.compositions import METASTASES
from ingest.features import within
from ingest.frames import FRAMES, KINDS, Frame
from ingest.mentions import Mention
from ingest.phrases import beginning, one_of
from ingest.screening import Rows, screened
from ingest.sentences import GENERIC, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two mentions that a frame joins by a cue that begins at `cue`; `left` is None where the disease in focus bears
    what stands behind; `denied` says that a 'not' stands at the cue.
    """

    frame: Frame
    cue: int
    left: Mention | None
    right: Mention
    denied: bool = False


SAID: Final = "said"
"""The type of what a cue itself names, which is no name of the vocabulary."""

TREATMENT: Final = "treatment"
"""In 'X is the treatment of choice' it is X that treats."""

_STOP: Final = screened(r"[;:]\s|\.\s|\b(?:whereas|while|but|although|however)\b")
_SELDOM: Final = one_of("often", "frequently", "commonly", "rarely", "usually")
_LESS: Final = one_of(
    rf"(?:less|more|most|very) {_SELDOM}", "rarely", "occasionally", "sometimes", "especially", "mainly", "even"
)
_ITEMS: Final = one_of(
    *(
        r"\s",
        ",",
        "/",
        "and",
        "or",
        "as well as",
        "the",
        "an?",
        "of",
        "from",
        "those",
        "that",
        "to",
        "other",
        "such as",
        "followed by",
        rf"(?:and|or|,)\s+{_LESS}?(?:in|to|at|into|within)",
        _LESS,
    ),
    *(r"\(\s*[\w=/ ]*\)", "typical", "liver", "hepatic", "lesions?", "among", "both", "also", "malignant", "benign"),
)
ITEMS: Final = screened(rf"{_ITEMS}*", re.IGNORECASE)
"""What may stand between two things of a list: ', ', ' and the ', ' (n=3), ', ', less often, in the '."""

APPOSED: Final = screened(r"\s*,\s*(?:the |an? )?", re.IGNORECASE)
"""'In cirrhosis, HCC': no list of two things, which 'and' would join."""

IS_ONE_OF: Final = screened(
    r"\s*(?:\([^()]*\)\s*)?,?\s*(?:is|are|was|were|represents?|constitutes?|as)\b[^,;.:()]{0,70}", re.IGNORECASE
)
"""'NETs are a heterogeneous group of tumors that': what is said of the tumors is said of NETs."""

_OF: Final = one_of("of", "for", "in", "with", "from", "by", "on", "against", "to", "after", "between")
_WHOSE: Final = one_of(
    *("the", "an?", "all", "most", "many", "some", "these", "this", "such", "both", "other", "advanced", "primary"),
    *("patients?", "cases?", "people", "subjects?", "individuals?", "with", "having", "who have"),
)
OF_IT: Final = screened(rf"\b([a-z]+)\s+(?:{_OF}\s+)(?:{_WHOSE}\s+)*$", re.IGNORECASE)
IN_IT: Final = screened(rf"(?:^|[,;]\s*|\b(?:that|and)\s+)\W*(?:in|for|among|with)\s+(?:{_WHOSE}\s+)*$", re.IGNORECASE)
GOES_ON: Final = screened(r"[\s,]*(?:who|which|that)?\s*", re.IGNORECASE)
ITSELF: Final = beginning(
    *("majorit", "percent", "third", "quarter", "half", "most", "all", "many", "some", "number", "proportion", "type"),
    *("subtype", "form", "group", "subset", "variant", "patient", "case", "presence", "development", "none", "each"),
    *("one", "occurrence", "subgroup", "kind", "rest", "part", "fraction", "evidence", "tenth", "fifth", "few", "two"),
    *("up", "is", "are", "was", "were", "that", "which", "and", "as", "whereas", "while", "because", "progression"),
)
"""'The majority of NETs', 'patients with NETs': said of these themselves, unlike 'the treatment of NETs'."""

BRACKET: Final = screened(r"\([^()]*\)")
_FRAMES: Final = Rows((frame.cue, frame) for frame in FRAMES)

NOT_AT_THE_CUE: Final = screened(
    r"(?:\b(?:not|never|cannot|hardly|neither|nor|unable|unlikely)|n't|\bfail(?:s|ed|ing)?)\b(?:\W+\w+){0,4}\W*$",
    re.IGNORECASE,
)
"""'is not able to discriminate', 'failed to detect'."""


def joined(sentence: Sentence) -> Iterator[Joined]:
    """What the frames of a sentence join, in the order of the rows: every item of a list before with every item of the
    list behind.
    """
    types = {mention.type for mention in sentence.mentions}
    for frame in _FRAMES.that_may_match(sentence.words):
        if (types.isdisjoint(frame.right) and not frame.says) or (frame.left and types.isdisjoint(frame.left)):
            continue
        for cue in frame.cue.finditer(sentence.text, sentence.start, sentence.end):
            if frame.opening is not None and not frame.opening.search(sentence.text, sentence.start, cue.start()):
                continue
            denied = NOT_AT_THE_CUE.search(sentence.text[sentence.start : cue.start()]) is not None
            for one, other in product(*_sides(sentence, frame, cue)):
                if one is None or one.key != other.key:
                    yield Joined(frame=frame, cue=cue.start(), left=one, right=other, denied=denied)


def _sides(sentence: Sentence, frame: Frame, cue: re.Match[str]) -> tuple[Sequence[Mention | None], Sequence[Mention]]:
    """What stands before and behind a cue, as its row takes them."""
    right = [_said(frame, cue)] if frame.says else _behind(sentence, frame, cue.end())
    if frame.among:
        return right[:1], right[1:]
    left = _before(sentence, frame, cue.start()) if frame.left else (None,)
    return left, right[:1] if frame.first else right


def _said(frame: Frame, cue: re.Match[str]) -> Mention:
    """What the cue itself names, at its place."""
    return Mention(start=cue.start(), end=cue.end(), first=0, last=0, keys=(frame.says,), type=SAID, text=cue.group())


def _behind(sentence: Sentence, frame: Frame, place: int) -> list[Mention]:
    """The list that begins nearest behind a cue, empty where another clause or another kind of thing comes first."""
    stop = _STOP.search(sentence.text, place, sentence.end)
    limit = min(place + frame.near, stop.start() if stop else sentence.end)
    following = [m for m in sentence.mentions if m.start >= place and m.type in frame.right]
    if not following or following[0].start > limit:
        return []
    text = BRACKET.sub(lambda found: " " * len(found.group()), sentence.text) if frame.name == KINDS else sentence.text
    return [m for m in one_list(text, following) if _says_something(frame, m)]


def _before(sentence: Sentence, frame: Frame, place: int) -> list[Mention]:
    """The list that ends nearest before a cue; empty where a disease stands nearer: the cue then speaks of that."""
    ends = [m for m in sentence.mentions if m.end <= place and (m.type in frame.left or m.type == "disease")]
    if not ends or place - ends[-1].end > frame.reach or _STOP.search(sentence.text, ends[-1].end, place):
        return []
    ends = _meant(sentence, ends)
    fitting = _without_the_widest([m for m in ends if m.type in frame.left])
    fitting = [m for m in fitting if m.key != TREATMENT and (m.type == "disease" or not within(sentence.compared, m))]
    if ends[-1].type == "disease" and "disease" not in frame.left and not _of_the_finding(sentence, ends):
        return []
    if not fitting:
        return []
    found = _listed_before(sentence, fitting)
    if frame.itself and any(_only_of_it(sentence, one, place) for one in found):
        return []
    return [m for m in found if _says_something(frame, m)]


def _listed_before(sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """The last mention with those that stand in a list with it, the last first: two that only a comma parts are none,
    nor are one that others are compared with and these.
    """
    found = one_list(sentence.text, mentions[::-1])
    if len(found) > 1 and APPOSED.fullmatch(sentence.text, found[1].end, found[0].start):
        return found[:1]
    compared = within(sentence.compared, found[0])
    return [m for m in found if within(sentence.compared, m) is compared]


def _meant(sentence: Sentence, ends: list[Mention]) -> list[Mention]:
    """Mentions without a last 'tumors' that the one before is said to be: 'NETs are rare tumors that'."""
    if len(ends) < 2 or ends[-1].key not in GENERIC:
        return ends
    said = IS_ONE_OF.fullmatch(sentence.text, ends[-2].end, ends[-1].start) is not None
    return ends[:-1] if said else ends


def _only_of_it(sentence: Sentence, mention: Mention, place: int) -> bool:
    """Whether words before a mention say that something of it is spoken of: 'the treatment of NETs', 'In NETs the
    response is'.
    """
    before = OF_IT.search(sentence.text, sentence.start, mention.start)
    if before is not None:
        return ITSELF.match(before.group(1)) is None
    inside = IN_IT.search(sentence.text, sentence.start, mention.start) is not None
    return inside and GOES_ON.fullmatch(sentence.text, mention.end, place) is None


def _without_the_widest(mentions: list[Mention]) -> list[Mention]:
    """Mentions without 'imaging' where it only sums up those before it: 'CT and MRI are the best imaging tests'."""
    named = [m for m in mentions if m.key != IMAGING]
    return named if named and mentions[-1].key == IMAGING else mentions


def _of_the_finding(sentence: Sentence, ends: Sequence[Mention]) -> bool:
    """Whether the last disease only says whose the finding before it is: 'washout of HCC is due to …'."""
    findings = [m for m in ends if m.type != "disease"]
    return (
        bool(findings)
        and re.fullmatch(r"\s*(?:of|in|from)\s+(?:the |an? |these )?", sentence.text[findings[-1].end : ends[-1].start])
        is not None
    )


def one_list(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The first mention with those that follow it (or go before it) in one list."""
    found = [mentions[0]]
    for mention in mentions[1:]:
        (_, left), (right, _) = sorted(((found[-1].start, found[-1].end), (mention.start, mention.end)))
        if left > right or ITEMS.fullmatch(text[left:right]) is None:
            break
        found.append(mention)
    return found


def _says_something(frame: Frame, mention: Mention) -> bool:
    """Whether a mention is no name as wide as 'tumor'; a row may take 'metastases'."""
    return mention.key not in GENERIC or (frame.wide and mention.key in METASTASES)
