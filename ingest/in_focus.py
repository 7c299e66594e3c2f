"""This module tells what stands in focus for a sentence that does not name it: of sentences before, heading, title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from ingest.features import within
from ingest.mentions import of_type
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper

BEARER_TYPES: Final = ("disease", "therapy", "modality")
"""Types that a statement can be about: what bears the sign, is treated, detects."""

ONE_OF_MANY: Final = "-of-many"
"""How the origin of a candidate ends that is one of several groups of the title."""

PASSED_ON_ONCE: Final = frozenset({"therapy"})
"""Types of which the sentence before puts another in focus than the one before that."""

NOT_OF: Final = screened(r"\b(?:of all (?:[\w-]+ ){0,2}|except(?:ing)?(?: for| in)? (?:[\w-]+ ){0,3})$", re.IGNORECASE)
"""'account for 2% of all ', 'except in some ' before what a sentence is not about."""

SENTENCES_BACK: Final = 2
MODALITY_SENTENCES_BACK: Final = 11
"""How far back a sentence may have put a disease, and a modality, in focus; within one paragraph."""

ITEM: Final = screened(r"\W*\(?\d{1,2}[.)]\s*([^:.;]{3,60}):")
"""'(3) Hepatic adenoma: …' opens an item of a list that runs over several sentences."""


@lru_cache(maxsize=8)  # each number and each claim of a sentence asks
def focus(paper: Paper, index: int) -> tuple[tuple[str, str], ...]:
    """(where from, concept) of all that may stand in focus for a sentence, the nearest first."""
    return tuple(_in_focus(paper, index))


def _in_focus(paper: Paper, index: int) -> Iterator[tuple[str, str]]:
    block = paper.sentences[index].block
    yield from _of_sentences_before(paper, index)
    item = item_disease(paper, index)
    if item is not None:
        yield "item-disease", item
    for sentence in islice(paper.earlier(index), MODALITY_SENTENCES_BACK):
        for mention in of_type(sentence.mentions, "modality"):
            if mention.key not in GENERIC:
                yield "paragraph-modality", mention.key
    if block.kind == "caption":
        yield from of_caption(paper, index)
    for key in paper.headings.get(block.heading, ()):
        yield f"heading-{paper.lexicon.concepts[key].type}", key
    groups = paper.groups or [key for key in paper.topics if paper.lexicon.concepts[key].type == "syndrome"]
    for place, group in enumerate(groups, start=1):
        yield ("title" if len(groups) == 1 else f"title-{place}{ONE_OF_MANY}"), group


def _of_sentences_before(paper: Paper, index: int) -> Iterator[tuple[str, str]]:
    nearer: frozenset[str] = frozenset()
    for back, sentence in enumerate(islice(paper.earlier(index), SENTENCES_BACK), start=1):
        first: str | None = None  # the disease that the sentence begins with is what it is about
        for mention in of_type(sentence.mentions, *BEARER_TYPES):
            if mention.type in nearer or NOT_OF.search(sentence.text, sentence.start, mention.start):
                continue
            if mention.key not in GENERIC and not within(sentence.compared, mention):
                where = "before" if back == 1 else f"before-{back}"
                first = mention.key if first is None and mention.type == "disease" else first
                later = "later-" if mention.type == "disease" and mention.key != first else ""
                yield f"{where}-{later}{mention.type}", paper.meant_by(mention.key, paper.sentences[index])
        nearer = frozenset({m.type for m in sentence.mentions} & PASSED_ON_ONCE)


@lru_cache(maxsize=8)
def item_disease(paper: Paper, index: int) -> str | None:
    """The disease that the item of an enumeration is about, for each of its sentences."""
    for sentence in (paper.sentences[index], *paper.earlier(index)):
        match = ITEM.match(sentence.text, sentence.start, sentence.end)
        if match is not None:
            diseases = of_type(sentence.mentions, "disease")
            return next((m.key for m in diseases if match.start(1) <= m.start and m.end <= match.end(1)), None)
    return None


def of_caption(paper: Paper, index: int) -> Iterator[tuple[str, str]]:
    """The diseases that the first sentence of a caption names."""
    opening = next(s for s in paper.sentences if s.block is paper.sentences[index].block)
    for mention in of_type(opening.mentions, "disease"):
        if mention.key not in GENERIC:
            yield "caption-disease", paper.meant_by(mention.key, paper.sentences[index])
