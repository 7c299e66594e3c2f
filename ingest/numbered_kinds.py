"""This module reads the kinds of a disease that papers name by their number alone: 'type 1', 'type 3 lesions'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ingest.mentions import Mention, of_type
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper, Sentence

_NUMBER: Final = r"(?:[1-5]|I{1,3}|IV|V)"
_NOUN: Final = r"(?:lesions?|tumou?rs?|neoplasms?|diseases?|carcinoids?|NE[TN]s?)"
TYPES: Final = screened(
    rf"\b[Tt]ypes? (?P<numbers>{_NUMBER}(?:(?:,| and| or|/|, and)\s?(?:type )?{_NUMBER})*)\b(?![-–.]\d)(?: {_NOUN}\b)?"
)
"""'Type 1', 'types 1 and 2', 'type 3 lesions'."""

OF: Final = screened(r"\s(?:\([^()]*\)\s)?(?:of\s)?")
"""'gastric tumors of ' before 'type 1'."""

ALL_TYPES: Final = screened(
    r"\b(?:all|both|these|the) (?:(?:two|three|four|five) )?(?:types|subtypes|kinds)\b(?! of (?!them\b|these\b))",
    re.IGNORECASE,
)
"""'All three types': the disease whose kinds were told."""

NUMBER: Final = re.compile(rf"\b{_NUMBER}\b")
ROMAN: Final = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}

SENTENCES_BACK: Final = 8
"""How far back in a paragraph the disease may stand whose kinds are spoken of."""


def with_numbered_kinds(paper: Paper, before: Sequence[Sentence], sentence: Sentence) -> tuple[Mention, ...]:
    """The mentions of a sentence, with the numbered kinds of the disease that it speaks of: 'type 1'."""
    named: list[Mention] = []
    taken: set[Mention] = set()
    for found in TYPES.finditer(sentence.text, sentence.start, sentence.end):
        covered = [m for m in sentence.mentions if m.overlaps(found.start(), found.end())]
        behind = [m for m in sentence.mentions if m.start == found.end() + 1 and m.type == "disease"]
        of = [m for m in of_type(sentence.mentions, "disease") if OF.fullmatch(sentence.text, m.end, found.start())]
        named_there = any(m.key not in GENERIC and m.type != "disease" for m in covered)
        if named_there or any(m.start < found.start() or m.end > found.end() for m in covered):
            continue  # 'multiple endocrine neoplasia type 1'
        numbers = [ROMAN.get(one.group(), one.group()) for one in NUMBER.finditer(found["numbers"])]
        keys = next(
            (keys for whole in _spoken_of(paper, before, sentence) if (keys := _kinds(paper, whole, numbers))), ()
        )
        if keys:
            taken |= {*covered, *behind, *of}
            start, end = (of[0].start if of else found.start()), (behind[0].end if behind else found.end())
            named += [_kind(paper, sentence, key, start, end) for key in keys]
    for found in ALL_TYPES.finditer(sentence.text, sentence.start, sentence.end):
        spoken_of = (key for key in _spoken_of(paper, before, sentence) if _kinds(paper, key, ["1", "2"]))
        key = next(spoken_of, None)
        if key is not None:
            named.append(_kind(paper, sentence, key, *found.span()))
    if not named:
        return sentence.mentions
    kept = [m for m in sentence.mentions if m not in taken]
    return tuple(sorted([*kept, *named], key=lambda m: (m.start, m.end)))


def _spoken_of(paper: Paper, before: Sequence[Sentence], sentence: Sentence) -> Iterator[str]:
    """The diseases that a sentence may name kinds of, the likeliest first."""
    earlier = (one for one in reversed(before) if one.block is sentence.block)
    for one in (sentence, *islice(earlier, SENTENCES_BACK)):
        for mention in of_type(one.mentions, "disease"):
            yield from (mention.key, *paper.lexicon.vocabulary.ancestors(mention.key))
    yield from paper.headings.get(sentence.block.heading, ())
    yield from paper.topics


def _kinds(paper: Paper, whole: str, numbers: Sequence[str]) -> Sequence[str]:
    """The kinds of a disease that have these numbers in their labels; none where one of them is no concept."""
    concept = paper.lexicon.concepts[whole]
    if concept.type != "disease":
        return ()
    found = []
    for number in numbers:
        keys = (key for label in concept.labels for key in paper.lexicon.lookup(f"type {number} {label}"))
        found.append(next((key for key in keys if paper.lexicon.is_a(key, whole)), None))
    return [key for key in found if key is not None] if None not in found else ()


def _kind(paper: Paper, sentence: Sentence, key: str, start: int, end: int) -> Mention:
    return Mention(
        start=start,
        end=end,
        first=0,
        last=0,
        keys=(key,),
        type=paper.lexicon.concepts[key].type,
        text=sentence.text[start:end],
        implied=True,
    )
