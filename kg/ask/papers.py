"""This module finds which papers a question names: by author, key, journal, design, title, origin or year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.ask.lexicon import Token, tokens
from kg.ask.library import Library
from kg.model import Source

STUDY_WORDS: Final = (
    *("paper", "study", "review", "article", "essay", "series", "group", "team", "author", "authors", "cohort"),
    *("radiologists", "readers", "patients", "cases", "data", "hospital", "researchers", "investigators", "protocol"),
)
"""What may stand behind a word that says where a paper comes from, or when it came out."""

Named = tuple[str, set[int]]
"""The key of a paper, and the places of the words that name it."""


def papers_named(library: Library, words: Sequence[Token]) -> tuple[tuple[str, ...], set[int]]:
    """The papers that a question names, and the places of the words used: by the first way in which it names any."""
    for way in (_by_author, _by_design, _by_origin, _by_year):
        found = list(way(library, words))
        if found:
            return tuple(dict.fromkeys(key for key, _ in found)), {place for _, places in found for place in places}
    return (), set()


def _by_author(library: Library, words: Sequence[Token]) -> Iterator[Named]:
    """By the first author (with a year or without), the key or the journal."""
    for place, token in enumerate(words):
        for key, source in library.sources.items():
            first = tokens(source.authors[0])[0].folded if source.authors else ""
            journal = "".join(t.folded for t in tokens(source.journal or ""))
            if token.folded in (first, key) or (token.folded == journal and len(journal) > 6):
                yield key, {place, *(after for after in (place + 1, place + 2) if _belongs(words, after, source))}


def _belongs(words: Sequence[Token], place: int, source: Source) -> bool:
    """Whether a word behind an author's name is part of how a paper is named: Yang's, Yang 2024."""
    return place < len(words) and words[place].text in (str(source.year), "s")


def _by_design(library: Library, words: Sequence[Token]) -> Iterator[Named]:
    """By a design that no other paper has: the pictorial essay."""
    designs = Counter((source.study_design or "").casefold() for source in library.sources.values())
    for place in range(len(words) - 1):
        design = f"{words[place].text} {words[place + 1].text}".casefold()
        for key, source in library.sources.items():
            if designs[design] == 1 and (source.study_design or "").casefold() == design:
                yield key, {place, place + 1}


def _by_origin(library: Library, words: Sequence[Token]) -> Iterator[Named]:
    """By a word that stands before its abstract alone, or in its title: the Xiamen series, the misdiagnosis paper."""
    for place, token in enumerate(words):
        behind = [word.text.casefold() for word in words[place + 1 : place + 3]]
        named = [key for key, names in library.paper_names.items() if token.folded in names]
        if behind[:1] == ["paper"]:
            named += [key for key, names in library.title_words.items() if token.folded in names]
        if named and any(word in STUDY_WORDS for word in behind):
            yield named[0], {place}


def _by_year(library: Library, words: Sequence[Token]) -> Iterator[Named]:
    """By its year: the 2017 study."""
    years = {str(source.year): key for key, source in library.sources.items()}
    for place, token in enumerate(words):
        before = words[place - 1].folded if place else ""
        after = words[place + 1].text.casefold() if place + 1 < len(words) else ""
        if token.text in years and before in ("the", "from", "in", "of") and after in STUDY_WORDS:
            yield years[token.text], {place}
