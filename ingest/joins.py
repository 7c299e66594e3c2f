"""This module joins what stands before and behind the turns of phrase of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from ingest.candidates import IMAGING
from ingest.compositions import METASTASES
from ingest.denials import NOT_AT_THE_CUE, NOT_GIVEN, is_of_none, is_undone, is_unsure, of_a_clause_before
from ingest.enumerations import ITEMS, THERAPY_ITEMS, UNKNOWN_TAIL, is_a_subject, one_list, only_items, without_devices
from ingest.features import within
from ingest.frames import FRAMES, KINDS, Frame
from ingest.frames.combinations import HELD_AGAINST
from ingest.frames.frame import FOR_WHOM, ITS_PREDICATES, SITE, THERAPY
from ingest.frames.table import FrameTable
from ingest.mentions import Mention, of_type
from ingest.openings import opening_subject
from ingest.phrases import one_of
from ingest.screening import Pattern, screened
from ingest.sentences import GENERIC, Sentence
from ingest.subjects import is_tied, meant, only_of_it, subject_of
from ingest.unnamed import speaks_of, unnamed_before, unnamed_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two mentions that a frame joins by a cue that begins at `cue` and ends at `end`; `left` is None where the disease
    in focus bears what stands behind; `denied` says that a 'not' stands at the cue.
    """

    frame: Frame
    cue: int
    end: int
    left: Mention | None
    right: Mention
    denied: bool = False


SAID: Final = "said"
"""The type of what a cue itself names, which is no name of the vocabulary."""

TREATMENT: Final = "treatment"
"""In 'X is the treatment of choice' it is X that treats."""

NAMELY: Final = screened(r",?\s*(?:namely|such as|including|like|e\.g\.,?|i\.e\.,?|:|\()", re.IGNORECASE)
"""'therapies, namely embolization': what is given stands behind."""

LESIONS: Final = frozenset({"lesion", "mass", "neoplasm"})
"""Names by which a sentence speaks of the tumor in focus."""

SHOWING: Final = frozenset({"detected_by", "imaging_technique"})
"""What is said of a test that shows them."""

WIDE: Final = frozenset({"malignant-neoplasm", "benign-neoplasm"})
"""Of which no therapy is told: 'patients with cancer underwent resection'."""

_STOP: Final = screened(r"[;:]\s|\.\s|\b(?:whereas|while|but(?! also\b)|although|however)\b")
APPOSED: Final = screened(r"\s*,\s*(?:the |an? )?", re.IGNORECASE)
"""'In cirrhosis, HCC': no list of two things, which 'and' would join."""

AND: Final = screened(r",?\s+and\s+(?:the |an? )?", re.IGNORECASE)
IS_ONE: Final = screened(r"\s+(?:\([^()]*\)\s+)?(?:is|was|has)\b", re.IGNORECASE)
"""'biopsies and MRI was': a verb in the singular is of the last alone."""

_ITS: Final = one_of("it", "they", "these", "this", "(?:its|their) (?:use|application|benefit|value)")
_IS: Final = one_of(
    *("is", "are", "was", "were", "has", "have", "can", "may", "should", "must", "also", "often", "usually", "best"),
    *("been", "be", "limited by"),
)
IT: Final = screened(rf"\b{_ITS}\s(?:{_IS}\s)*$", re.IGNORECASE)
"""'…, and it is ': what the sentence begins with is meant."""

OPENING: Final = 25
"""How many characters from the beginning of a sentence its subject stands."""

_IS_SEEN: Final = one_of(
    r"(?:(?:is|are|was|were|be|being|can|may|has been|have been) )*(?:\w+ly |often |more |most )*"
    r"(?:seen|found|observed|present|common|frequent|typical|noted|detected|reported|positive|expressed|elevated"
    r"|normal) "
)
OF: Final = screened(
    rf"\s*{_IS_SEEN}?(?:of|in|from|with)\s+(?:the |an? |these |most |many |small |large |patients with |cases of )*"
)
"""' of the ', ' was often seen in ': what stands between a finding and whose it is."""

TEST_FOR: Final = screened(
    r"\s*(?:(?:protocols?|examinations?|stud(?:y|ies)|scans?|imaging)\s+)?(?:for|of|in)\s+"
    r"(?:the |an? |patients with |suspected )*",
    re.IGNORECASE,
)
"""' protocol for ': what stands between a test and the disease that it is done for."""

LIST_NEAR: Final = 15
"""A row that takes what begins so many characters behind its cue takes a list."""

UNKNOWN_REACH: Final = 70
"""How many characters the items may take that a list begins with."""

BRACKET: Final = screened(r"\([^()]*\)")


AND_DOES: Final = screened(
    r",? and (?:\w+ly |thus |often |also )?(?:is|are|was|were|can|may|might|could|has|have|had|should|helps?)\b",
    re.IGNORECASE,
)
DOES_TOO: Final = screened(
    r",?\s+(?:and|but)(?:\s+(?:\w+ly|also|often|thus|then|is|are|was|were|can|may|might|could|has|have|had|should))*\s*$",
    re.IGNORECASE,
)
"""'Cryoablation spares vessels but carries', up to the verb."""
RELATIVE: Final = screened(r"\b(?:which|who|that)\b")
"""'Cancers which were positive and treated by': the second verb is of what the clause is about."""
VERB: Final = screened(
    r"\b(?:is|are|was|were|can|may|might|could|has|have|had|should|shows?|showed|appears?|presents?"
    r"|[a-z]+(?:ates|izes|ifies))\b"
)
"""'The ADC correlates with Ki-67 and can help to differentiate': of two verbs the subject stands before the first."""


WHICH: Final = screened(r"\s*(?:\([^()]*\)\s*)?,\s*(?:which|who|that)\b")
NEXT_CLAUSE: Final = screened(r",\s*and\b")
POSSESSED: Final = screened(r"\s*(?:its|their)\b", re.IGNORECASE)
"""'CT is used for tumors owing to its availability': of what the sentence speaks of, and not of what stands nearest."""


_FRAMES: Final = FrameTable(FRAMES)
_PLANNED: Final = FrameTable(frame for frame in FRAMES if frame.planned)


def joined(sentence: Sentence, *, planned: bool = False) -> Iterator[Joined]:
    """What the frames of a sentence join, in the order of the rows: every item of a list before with every item of the
    list behind; of a sentence that only plans what the rows do that read such a one.
    """
    types, keys = (m.type for m in sentence.mentions), (m.key for m in sentence.mentions)
    for frame in (_PLANNED if planned else _FRAMES).that_may_join(sentence.words, types, keys):
        for cue in frame.cue.finditer(sentence.text, sentence.start, sentence.end):
            before = sentence.text[sentence.start : cue.start()]
            if not _is_framed(sentence, frame, cue) or is_unsure(frame, before):
                continue
            if frame.predicate == "detected_by" and is_undone(sentence, cue):
                continue
            pattern = NOT_GIVEN if frame.predicate in ITS_PREDICATES else NOT_AT_THE_CUE
            denying = None if frame.negative else pattern.search(before)
            possessed = POSSESSED.match(sentence.text, cue.end())
            for one, other in product(*_sides(sentence, frame, cue)):
                if possessed and one is not None and opening_subject(sentence) not in {None, one}:
                    continue
                if one is None or (one.key or one.text) != (other.key or other.text):
                    denied = frame.denies != (denying is not None and not of_a_clause_before(sentence, denying, one))
                    none = denied or is_of_none(sentence, frame, one, cue.start())
                    yield Joined(frame=frame, cue=cue.start(), end=cue.end(), left=one, right=other, denied=none)


def _is_framed(sentence: Sentence, frame: Frame, cue: re.Match[str]) -> bool:
    """Whether the words stand before and behind a cue that its row asks for."""
    opened = frame.opening is None or frame.opening.search(sentence.text, sentence.start, cue.start()) is not None
    return opened and (
        frame.closing is None or frame.closing.search(sentence.text, cue.end(), sentence.end) is not None
    )


def _sides(sentence: Sentence, frame: Frame, cue: re.Match[str]) -> tuple[Sequence[Mention | None], Sequence[Mention]]:
    """What stands before and behind a cue, as its row takes them."""
    right = [_said(frame, cue)] if frame.says and not frame.right else _behind(sentence, frame, cue.end())
    if frame.says and frame.right:
        return [_said(frame, cue)], right
    if frame.among:
        return right[:1], right[1:]
    left = _before(sentence, frame, cue.start()) if frame.left else []
    if frame.focus:
        return (None,), [*left, *unnamed_before(sentence, frame, left)][::-1]
    if frame.words and not frame.first:
        right = _with_unnamed(sentence, frame, cue, (left, right))
        left += unnamed_before(sentence, frame, left)
    unnamed = not left and (frame.unnamed or not frame.left)
    if unnamed and any(cue.start() <= m.start and m.end <= cue.end() for m in of_type(sentence.mentions, *frame.left)):
        return (), ()
    return (None,) if unnamed else left, right[:1] if frame.first else right


def _with_unnamed(
    sentence: Sentence, frame: Frame, cue: re.Match[str], sides: tuple[Sequence[Mention], list[Mention]]
) -> list[Mention]:
    """What stands behind a cue, with what has no concept, where the cue speaks of nothing but what stands before it."""
    left, right = sides
    if frame.left and not left and not frame.unnamed:
        return right
    stop = _STOP.search(sentence.text, cue.end(), sentence.end)
    found = unnamed_behind(sentence, frame, cue, stop.start() if stop else sentence.end, right)
    if found and left and frame.opening is None and not speaks_of(sentence, left, cue):
        found = [m for m in found if m.keys]
    return sorted([*right, *found], key=lambda m: m.start)


def _said(frame: Frame, cue: re.Match[str]) -> Mention:
    """What the cue itself names, at its place."""
    return Mention(start=cue.start(), end=cue.end(), first=0, last=0, keys=(frame.says,), type=SAID, text=cue.group())


def _behind(sentence: Sentence, frame: Frame, place: int) -> list[Mention]:
    """The list that begins nearest behind a cue, empty where another clause or another kind of thing comes first."""
    stop = _STOP.search(sentence.text, place, sentence.end)
    reach = max(frame.near, UNKNOWN_REACH) if frame.itself and frame.near >= LIST_NEAR else frame.near
    limit = min(place + reach, stop.start() if stop else sentence.end)
    behind = [m for m in sentence.mentions if m.start >= place]
    following = [m for m in behind if m.type in frame.right]
    if not following or following[0].start > limit:
        following = [m for m in behind if m.key in frame.also]
    if not following or following[0].start > limit or _another_nearer(sentence, frame, place, following[0]):
        return []
    if following[0].start > place + frame.near and not only_items(sentence, place, following[0]):
        return []
    if following[0].key == TREATMENT and following[1:] and NAMELY.match(sentence.text, following[0].end):
        following = following[1:]
    text = BRACKET.sub(lambda found: " " * len(found.group()), sentence.text) if frame.name == KINDS else sentence.text
    listed = one_list(text, following, _items_of(frame), unknown=True)
    if len(listed) > 1 and is_a_subject(sentence, *listed[-2:]):
        listed.pop()
    more = [m for m in listed[1:] if frame.right != frame.left or frame.cue.match(text, m.end + 1) is None]
    return _telling(frame, [listed[0], *more])


def _another_nearer(sentence: Sentence, frame: Frame, place: int, found: Mention) -> bool:
    """Whether another test is named between the cue of a turned row and what a test is said to show, or the organ that
    it images: 'CT is used for guidance and MRI for liver metastases', 'water is preferred for CT of the pancreas'.
    """
    between = [m for m in sentence.mentions if place <= m.start and m.end <= found.start and m.type in frame.left]
    between = [m for m in between if m.type == "modality" and not within(sentence.compared, m)]
    return (frame.turned or frame.right == SITE) and bool(between)


def _items_of(frame: Frame) -> Pattern:
    """What may stand between the items of a list that a frame joins."""
    return THERAPY_ITEMS if frame.predicate in ITS_PREDICATES else ITEMS


def _before(sentence: Sentence, frame: Frame, place: int) -> list[Mention]:
    """The list that ends nearest before a cue; empty where a disease stands nearer: the cue then speaks of that."""
    named = [m for m in sentence.mentions if m.end <= place and (m.type in frame.left or m.type == "disease")]
    named = [m for m in named if not _is_of_a_phase(sentence, m)]
    resolved = bool(named) and named[-1].stands_in and named[-1].type in frame.left
    if (
        frame.predicate in ITS_PREDICATES
        and not resolved
        and IT.search(sentence.text[sentence.start : place]) is not None
    ):
        subject = sentence.mentions[0]
        opens = subject.start - sentence.start <= OPENING and subject.type in frame.left and subject.end <= place
        return _telling(frame, [subject]) if opens else []
    ends, reached = _of_the_subject(sentence, named, place)
    if frame.itself:
        spoken_of, place = subject_of(sentence, place)
        ends = [m for m in spoken_of if m in named]
        reached = ends[-1].end if ends else place
    if not ends or _stopped(sentence, ends[-1].end, place) or _distance(sentence, reached, place) > frame.reach:
        return []
    bare = ends[-1].key == TREATMENT
    ends = meant(sentence, ends)
    text, fitting = sentence.text, [m for m in ends if m.type in frame.left]
    if frame.left == THERAPY:
        text, fitting = without_devices(text, fitting)
    fitting = _without_the_widest(fitting)
    fitting = [m for m in fitting if m.key != TREATMENT and not _only_compared(sentence, frame, m)]
    if ends[-1].type == "disease" and "disease" not in frame.left and not _of_the_finding(sentence, ends):
        return []
    if not fitting or (bare and place - fitting[-1].end > frame.reach):
        return []
    found = _listed_before(sentence, text, fitting, _items_of(frame))
    found = _of_a_relative(sentence, found, place)
    tied = is_tied(sentence, max(reached, found[0].end), place) and not any(
        only_of_it(sentence, m, place) for m in found
    )
    return _telling(frame, found) if tied or not frame.itself else []


def _is_of_a_phase(sentence: Sentence, mention: Mention) -> bool:
    """Whether 'imaging' only goes on about a phase: 'hepatobiliary phase imaging is the most sensitive for'."""
    if mention.key != IMAGING:
        return False
    return any(m.type == "phase" and not sentence.text[m.end : mention.start].strip() for m in sentence.mentions)


def _of_a_relative(sentence: Sentence, found: list[Mention], place: int) -> list[Mention]:
    """A list before a cue, its last item alone where ', which' goes on about that: 'it is large, and fat, which is rare
    in adenoma, is seen'.
    """
    if len(found) < 2 or WHICH.match(sentence.text, found[0].end, place) is None:
        return found
    return found[:1] if NEXT_CLAUSE.search(sentence.text[found[1].end : found[0].start]) else found


def _of_the_subject(sentence: Sentence, mentions: list[Mention], place: int) -> tuple[list[Mention], int]:
    """The mentions before the first verb of a clause whose second verb a cue belongs to, else all; and where that verb
    or the last of them ends.
    """
    if not mentions:
        return mentions, place
    second = AND_DOES.search(sentence.text, mentions[-1].end, place)
    if second is None and RELATIVE.search(sentence.text, mentions[-1].end, place) is None:
        second = DOES_TOO.search(sentence.text, mentions[-1].end, place)
    if second is None:
        return mentions, mentions[-1].end
    first = VERB.search(sentence.text, sentence.clause(mentions[-1].start, place)[0], second.start())
    if first is None:
        return mentions, mentions[-1].end
    return [m for m in mentions if m.end <= first.start()], second.end()


def _stopped(sentence: Sentence, start: int, place: int) -> bool:
    """Whether another clause begins between a name and a cue; one that 'but' goes on with about it is none."""
    goes_on = DOES_TOO.search(sentence.text, start, place)
    return _STOP.search(sentence.text, start, goes_on.start() if goes_on is not None else place) is not None


def _distance(sentence: Sentence, start: int, place: int) -> int:
    """How many characters stand between a list and a cue, without brackets and the items that the vocabulary lacks."""
    items = UNKNOWN_TAIL.match(sentence.text, start, place)
    return len(BRACKET.sub("", sentence.text[items.end() if items is not None else start : place]))


def _only_compared(sentence: Sentence, frame: Frame, mention: Mention) -> bool:
    """Whether a finding is only compared with; not where it is told whose it is: 'rather than fat seen in adenoma'."""
    told = frame.predicate == "has_sign" or frame.name == HELD_AGAINST
    return mention.type != "disease" and not told and within(sentence.compared, mention)


def _listed_before(sentence: Sentence, text: str, mentions: Sequence[Mention], items: Pattern) -> list[Mention]:
    """The last mention with those that stand in a list with it, the last first: two that only a comma parts are none,
    nor are one that others are compared with and these.
    """
    found = one_list(text, mentions[::-1], items)
    if len(found) > 1 and APPOSED.fullmatch(sentence.text, found[1].end, found[0].start):
        return found[:1]
    if len(found) > 1 and _is_alone(sentence.text, *found[1::-1]):
        return found[:1]
    compared = within(sentence.compared, found[0])
    return [m for m in found if within(sentence.compared, m) is compared]


def _is_alone(text: str, before: Mention, last: Mention) -> bool:
    """Whether the last of two begins a clause of its own: 'to guide biopsies, and MRI was'."""
    return AND.fullmatch(text, before.end, last.start) is not None and IS_ONE.match(text, last.end) is not None


def _without_the_widest(mentions: list[Mention]) -> list[Mention]:
    """Mentions without 'imaging' where it only sums up those before it: 'CT and MRI are the best imaging tests'."""
    named = [m for m in mentions if m.key != IMAGING]
    return named if named and mentions[-1].key == IMAGING else mentions


def _of_the_finding(sentence: Sentence, ends: Sequence[Mention]) -> bool:
    """Whether the last disease only says whose the finding or therapy before it is: 'washout of HCC is due to …'."""
    findings = [m for m in ends if m.type != "disease"]
    if not findings:
        return False
    start, end = findings[-1].end, ends[-1].start
    if findings[-1].type == "modality" and TEST_FOR.fullmatch(sentence.text, start, end) is not None:
        return True
    if findings[-1].type != "therapy":
        return OF.fullmatch(sentence.text, start, end) is not None
    between = sentence.text[start:end]
    for other in ends[ends.index(findings[-1]) + 1 : -1]:
        between = between.replace(other.text, "")
    return FOR_WHOM.fullmatch(between) is not None


def _telling(frame: Frame, listed: Sequence[Mention]) -> list[Mention]:
    """The items of a list that say something; a row may take 'metastases', and a therapy's those in focus, where its
    list names nothing else.
    """
    if frame.predicate not in ITS_PREDICATES:
        named = [m for m in listed if m.key not in GENERIC or (frame.wide and m.key in METASTASES)]
        return named or [m for m in listed if frame.predicate in SHOWING and m.key in LESIONS]
    telling = [m for m in listed if m.key not in GENERIC | WIDE]
    return telling or [m for m in listed if m.key in METASTASES and m.text.casefold().endswith("s")]
