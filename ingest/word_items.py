"""This module finds what lists and turns of phrase name in the paper's own words, where there is no concept for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from ingest.mentions import Mention, of_type
from ingest.noun_phrases import NounPhrase, phrase_before, phrase_behind
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.sentences import Sentence
from ingest.word_classes import FRONT, FUNCTION_WORDS, PLACING, VERBS, is_noun

_CONJUNCTION: Final = one_of("and/or", "as well as", "and", "or")
_GAP: Final = rf"(?:\s*\([^()]{{0,30}}\))?(?:\s*,\s*(?:{_CONJUNCTION}\s+)?|\s+{_CONJUNCTION}\s+)"
NEXT: Final = screened(_GAP, re.IGNORECASE)
"""What parts an item of a list from the next: ', ', ' (24%) and '."""

PREVIOUS: Final = screened(rf"{_GAP}(?P<before>(?:(?!{_CONJUNCTION}\s)[a-z][\w-]*\s+){{0,2}})$", re.IGNORECASE)
"""The same before an item, with up to two words that tell more of it: ', and severe '."""

LAST: Final = screened(rf"\b{_CONJUNCTION}\b", re.IGNORECASE)
ARTICLES: Final = frozenset({"a", "an", "the"})
ARTICLE: Final = screened(r"\s*(?:an?|the)\s", re.IGNORECASE)
"""What opens an aside between commas where the items of a list have none: 'flushing, a vasomotor symptom, and'."""


_WHOSE: Final = one_of(
    "patients?", "those", "subjects", "individuals", "people", "cases?", "(?:the )?(?:presence|setting)"
)
LEAD: Final = screened(rf"\s*(?:in\s+|for\s+)?{_WHOSE}\s+(?:with|of|having|who have)\s", re.IGNORECASE)
"""What may stand between a turn of phrase and the list that it asks for: 'in patients with '."""


def listed(sentence: Sentence, place: int, limit: int, kind: str) -> Sequence[Mention]:
    """The items of the list that begins right at a place: concepts of any type, and of the given type what has none."""
    lead = LEAD.match(sentence.text, place, limit)
    return _closed(sentence, list(_items(sentence, lead.end() if lead is not None else place, limit, kind)))


def beside(sentence: Sentence, mention: Mention, floor: int, limit: int) -> Sequence[Mention]:
    """The list that a mention stands in, between two places, with what has no concept: 'flushing, pellagra and pain'.

    It is of the type of the mention; what is of another type ends the list. Empty where nothing in it lacks a concept.
    """
    if not is_noun(mention.text.split()[-1]):
        return ()
    before = list(_items_before(sentence, mention, floor))[::-1]
    gap = NEXT.match(sentence.text, mention.end, limit)
    behind = _items(sentence, gap.end(), limit, mention.type, gap) if gap is not None else ()
    items = _closed(sentence, [*before, mention, *takewhile(lambda item: item.type == mention.type, behind)])
    return items if mention in items and any(not item.keys for item in items) else ()


def _closed(sentence: Sentence, items: Sequence[Mention]) -> Sequence[Mention]:
    """The items up to the one behind 'and' or 'or', the first alone where there is none: only commas make no list, and
    'and' behind a comma closes one of three items or more.
    """
    for last in range(len(items) - 1, 0, -1):
        between = sentence.text[items[last - 1].end : items[last].start]
        if LAST.search(between) is not None and (last > 1 or "," not in between):
            return items[: last + 1]
    return items[:1]


def _items(
    sentence: Sentence, place: int, limit: int, kind: str, gap: re.Match[str] | None = None
) -> Iterator[Mention]:
    """The items of a list from a place on, which `gap` parts from the item before it, if there is one."""
    while True:
        found = phrase_behind(sentence.text, place, limit)
        item = _named(sentence, place, found) or words_at(sentence, found, kind)
        if item is None or (not item.keys and gap is not None and _opens_a_clause(sentence.text, item, found, gap)):
            return
        yield item
        end = max(item.end, found.end if found is not None else 0)
        following = NEXT.match(sentence.text, end, limit)
        told = found is not None and found.end > found.head and following is not None and "," not in following.group()
        if following is None or told or (gap is not None and LAST.search(gap.group()) is not None):
            return
        gap, place = following, following.end()


def _named(sentence: Sentence, place: int, found: NounPhrase | None) -> Mention | None:
    """The mention that is the noun of a phrase at a place, or begins there where the words are no phrase."""
    for mention in sentence.mentions:
        if found is not None and mention.start < found.head <= mention.end:
            return mention
        if found is None and mention.start >= place:
            before = sentence.text[place : mention.start].casefold().split()
            return mention if FRONT.issuperset(before) else None
    return None


def words_at(sentence: Sentence, found: NounPhrase | None, kind: str) -> Mention | None:
    """A noun phrase as a thing of some type in the paper's own words.

    None where a mention covers its noun, or one of that type stands in it: then that is what is named.
    """
    if found is None or any(_takes(mention, found, kind) for mention in sentence.mentions):
        return None
    label = " ".join(sentence.text[found.start : found.end].split())
    return Mention(start=found.start, end=found.end, first=0, last=0, keys=(), type=kind, text=label)


def _takes(mention: Mention, found: NounPhrase, kind: str) -> bool:
    if not mention.overlaps(found.start, found.end):
        return False
    return mention.type == kind or mention.start < found.head <= mention.end or mention.end > found.end


def _opens_a_clause(text: str, item: Mention, found: NounPhrase | None, gap: re.Match[str]) -> bool:
    """Whether words behind a gap go on with a verb, begin with one, or are an aside: 'washout, and fat was seen'."""
    if found is None or found.acts or item.text.split()[0].casefold() in VERBS:
        return True
    return LAST.search(gap.group()) is None and ARTICLE.match(text, gap.end()) is not None


def _items_before(sentence: Sentence, item: Mention, floor: int) -> Iterator[Mention]:
    """The items of a list that go before one of them, the nearest first."""
    alike = of_type(sentence.mentions, item.type)
    while (gap := PREVIOUS.search(sentence.text, floor, item.start)) is not None:
        if not all(map(_tells_more, gap["before"].split())):
            return
        named = next((m for m in alike if m.end == gap.start()), None)
        previous = named or words_at(sentence, _phrase_before(sentence.text, floor, gap.start()), item.type)
        if previous is None:
            return
        yield previous
        item = previous


def _phrase_before(text: str, floor: int, place: int) -> NounPhrase | None:
    """The noun phrase that ends at a place, unless a preposition hangs it on another noun, or it is an aside."""
    found = phrase_before(text, floor, place)
    words = text[floor : found.start].casefold().split() if found is not None else []
    aside = bool(words) and words[-1] in ARTICLES and len(words) > 1 and words[-2].endswith(",")
    while words and words[-1] in FRONT:
        words.pop()
    return None if aside or (words and words[-1] in PLACING) else found


def _tells_more(word: str) -> bool:
    """Whether a word may stand before an item: an article or an adjective."""
    folded = word.casefold()
    return folded in FRONT or (folded not in VERBS | FUNCTION_WORDS and not is_noun(folded))
