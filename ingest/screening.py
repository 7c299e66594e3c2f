"""This module tries a pattern only on texts that hold a word without which it cannot match.

Most of the patterns that a sentence is held against do not match it. To say so, the engine of `re` walks through the
sentence with every alternative; to look for their words takes a tenth of that. Which words these are is read from the
pattern itself, so that they cannot differ from it. Idea: literal prefilters of search tools, such as ripgrep's.

Where it has to be tried, a pattern is told with which letters it can begin, as far as the engine does not see that for
itself: at all other places of a text it then fails at once, without a look at each of its alternatives.

A table of patterns is indexed by their words, and which of the words of all tables stand in a sentence is worked out
once: however many rows a table has, only those are looked at whose words stand there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import takewhile
from re import _constants as kinds  # what `re` compiles from
from re import _parser as parser
from sys import maxsize
from typing import Any, Final, Generic, Protocol, TypeVar

MOST_WORDS: Final = 48  # to look for more takes as long as the pattern
MOST_WORDS_OF_A_ROW: Final = 192  # to look for more of them in a table takes no longer
SHORTEST: Final = 2  # letters of a word; a single letter is nearly everywhere, a single sign is not
TELLING: Final = 4  # letters from which on a longer word says no more
_EVERYWHERE: Final = "a an and are as at be been by for from had has have in is it of on or the to was were with"
EVERYWHERE: Final = frozenset(_EVERYWHERE.split())
"""Words that stand in so many sentences, by themselves or within others, that they tell nothing."""

BEGINNING: Final = 3  # letters by which the words are found that may stand in a stretch
KNOWN_TEXTS: Final = 1024  # sentences; each is held against several tables
KNOWN_WORDS: Final = 50_000  # as written; a paper has some two thousand

MOST_BEGINNINGS: Final = 24  # signs a pattern may begin with; to ask for one of more is no gain
BOUNDARY: Final = r"\b"

Match = re.Match[str]
Row = TypeVar("Row")


class Pattern(Hashable, Protocol):
    """What is used of a compiled pattern."""

    @property
    def pattern(self) -> str:
        """The pattern as written."""

    @property
    def flags(self) -> int:
        """How it is to be read, as `re` has it."""

    def search(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """The first match."""

    def match(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """The match at the beginning."""

    def fullmatch(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """The match of the whole text."""

    def finditer(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Iterator[Match]:
        """All matches, from left to right."""

    def findall(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> list[Any]:
        """What `re` makes of all matches."""

    def split(self, string: str, maxsplit: int = 0) -> list[str | Any]:
        """The text between the matches."""

    def sub(self, repl: str | Callable[[Match], str], string: str, count: int = 0) -> str:
        """The text with its matches replaced."""


def _folds_alone(text: str) -> bool:
    """Whether a text has a letter that matches s or i without regard to case, and is no upper case of theirs."""
    return "ſ" in text or "ı" in text


class Screened:
    """A compiled pattern that is tried only where one of the words that it needs stands."""

    def __init__(self, compiled: re.Pattern[str], words: frozenset[str]) -> None:
        self.pattern = compiled.pattern
        self.flags = compiled.flags
        self.words = tuple(sorted(words))
        self._folds = bool(compiled.flags & re.IGNORECASE)
        self._compiled = where_it_may_begin(compiled)
        self._last: tuple[str, Match | None] = ("", compiled.search(""))

    def _can_match(self, text: str) -> bool:
        if self._folds:
            if not text.isascii() and _folds_alone(text):
                return True
            text = text.lower()
        for word in self.words:  # noqa: SIM110 - a generator costs more than what it looks for
            if word in text:
                return True
        return False

    def search(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """As of a compiled pattern; the text of a sentence is asked for again by each of its numbers."""
        if pos or endpos != maxsize:
            return self._compiled.search(string, pos, endpos) if self._can_match(string[pos:endpos]) else None
        last = self._last
        if last[0] is not string:
            self._last = last = (string, self._compiled.search(string) if self._can_match(string) else None)
        return last[1]

    def match(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """As of a compiled pattern, which looks at one place only: there is nothing to save."""
        return self._compiled.match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Match | None:
        """As of a compiled pattern, which looks at one place only: there is nothing to save."""
        return self._compiled.fullmatch(string, pos, endpos)

    def finditer(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> Iterator[Match]:
        """As of a compiled pattern."""
        return self._compiled.finditer(string, pos, endpos) if self._can_match(string[pos:endpos]) else iter(())

    def findall(self, string: str, pos: int = 0, endpos: int = maxsize, /) -> list[Any]:
        """As of a compiled pattern."""
        return self._compiled.findall(string, pos, endpos) if self._can_match(string[pos:endpos]) else []

    def split(self, string: str, maxsplit: int = 0) -> list[str | Any]:
        """As of a compiled pattern."""
        return self._compiled.split(string, maxsplit) if self._can_match(string) else [string]

    def sub(self, repl: str | Callable[[Match], str], string: str, count: int = 0) -> str:
        """As of a compiled pattern."""
        return self._compiled.sub(repl, string, count) if self._can_match(string) else string


@cache
def screened(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    """A pattern compiled; screened where there are words that it needs.

    >>> pattern = screened(r"\\b(?:aims? to|purpose)\\b", re.IGNORECASE)
    >>> pattern.words, pattern.search("No such thing"), pattern.search("The aim To compare")[0]
    (('aim', 'purpose'), None, 'aim To')
    >>> screened(r"\\d+").search("12")[0]
    '12'
    """
    compiled = re.compile(pattern, flags)
    words = words_needed(compiled)
    return Screened(compiled, words) if words else where_it_may_begin(compiled)


class _WordsOfTables:
    """The words that the patterns of tables need, and which of them stand in a text."""

    def __init__(self) -> None:
        self._by_beginning: dict[str, set[str]] = defaultdict(set)
        self._in_stretch = lru_cache(maxsize=KNOWN_WORDS)(self._in_stretch_anew)
        self.standing_in = lru_cache(maxsize=KNOWN_TEXTS)(self._standing_in)
        self.needed = cache(self._needed)

    def _needed(self, pattern: Pattern) -> list[frozenset[str]]:
        """All that a pattern needs, each word by the longest of its parts between blanks."""
        found = [frozenset(max(word.lower().split(), key=len) for word in words) for words in needs(pattern)]
        for part in frozenset[str]().union(*found):
            self._by_beginning[part[:BEGINNING]].add(part)
        self._in_stretch.cache_clear()
        self.standing_in.cache_clear()
        return found

    def _standing_in(self, text: str) -> frozenset[str]:
        if not text.isascii() and _folds_alone(text):
            return frozenset().union(*self._by_beginning.values())
        return frozenset().union(*map(self._in_stretch, text.lower().split()))

    def _in_stretch_anew(self, stretch: str) -> frozenset[str]:
        beginnings = {stretch[i : i + length] for i in range(len(stretch)) for length in range(1, BEGINNING + 1)}
        may_stand = [word for one in beginnings & self._by_beginning.keys() for word in self._by_beginning[one]]
        return frozenset(word for word in may_stand if word in stretch)


_WORDS: Final = _WordsOfTables()


class Rows(Generic[Row]):
    """A table whose rows have patterns that must all match a text, to find those that may without a look at the others.

    >>> rows = Rows([((screened("due to"),), "cause"), ((screened("signs? of"), screened("include")), "signs")])
    >>> [rows.that_may_match(text) for text in ("A sign due to fibrosis", "Signs of fibrosis include", "Ascites")]
    [('cause',), ('signs',), ()]
    """

    def __init__(self, rows: Iterable[tuple[Iterable[Pattern], Row]]) -> None:
        self._rows: list[tuple[list[frozenset[str]], Row]] = []
        self._always: set[int] = set()
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for place, (patterns, row) in enumerate(rows):
            needed = [words for pattern in patterns for words in _WORDS.needed(pattern)]
            self._rows.append((needed, row))
            for word in max(needed, key=_worth, default=frozenset()):
                self._by_word[word].append(place)
            if not needed:
                self._always.add(place)

    def that_may_match(self, text: str) -> tuple[Row, ...]:
        """The rows of whose patterns a text has all the words that they need, in their order."""
        standing = _WORDS.standing_in(text)
        places = self._always.union(*(self._by_word[word] for word in self._by_word.keys() & standing))
        rows = (self._rows[place] for place in sorted(places))
        return tuple(row for needed, row in rows if not any(map(standing.isdisjoint, needed)))


def where_it_may_begin(compiled: re.Pattern[str]) -> re.Pattern[str]:
    """A pattern that finds the same, told with which letters it can begin; itself where that would gain nothing.

    >>> where_it_may_begin(re.compile(r"\\b(?:not|no|none)\\b", re.IGNORECASE)).pattern
    '\\\\b(?=[n])(?:\\\\b(?:not|no|none)\\\\b)'
    >>> where_it_may_begin(re.compile("tumou?rs?")).pattern
    'tumou?rs?'
    """
    items = list(parser.parse(compiled.pattern, compiled.flags))
    letters = _beginnings(items)
    if not letters or (not compiled.flags & re.IGNORECASE and _is_seen_by_the_engine(items)):
        return compiled
    at_word = any(kind is kinds.AT and value is kinds.AT_BOUNDARY for kind, value in takewhile(_has_no_width, items))
    told = f"(?=[{''.join(sorted(map(re.escape, letters)))}])"
    return re.compile(rf"{BOUNDARY if at_word else ''}{told}(?:{compiled.pattern})", compiled.flags)


def _has_no_width(item: tuple[Any, Any]) -> bool:
    return item[0] in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT)


def _is_seen_by_the_engine(items: Sequence[tuple[Any, Any]]) -> bool:
    """Whether `re` skips to the letters that a pattern with regard to case begins with."""
    kind, value = items[0]
    if kind is kinds.SUBPATTERN:
        return bool(len(value[3])) and _is_seen_by_the_engine(list(value[3]))
    if kind is kinds.BRANCH:
        return all(len(branch) and branch[0][0] is kinds.LITERAL for branch in value[1])
    return kind in (kinds.LITERAL, kinds.IN)


def _beginnings(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The signs of which one stands at the beginning of every match, None where that is not certain or says little."""
    found = frozenset[str]()
    for kind, value in items:
        if _has_no_width((kind, value)):
            continue
        here, may_be_empty = _first_signs(kind, value)
        if here is None:
            return None
        found |= here
        if not may_be_empty:
            return found if len(found) <= MOST_BEGINNINGS else None
    return None


def _first_signs(kind: Any, value: Any) -> tuple[frozenset[str] | None, bool]:
    """The signs that a part can begin with, None if they cannot be listed, and whether it can be empty."""
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        least, _, repeated = value
        return _beginnings(repeated), least == 0
    if kind is kinds.BRANCH:
        return _joined(_beginnings(branch) for branch in value[1]), False
    if kind is kinds.SUBPATTERN:
        return (None, False) if value[1] or value[2] else (_beginnings(value[3]), False)
    if kind is kinds.IN and len(value) > 1 and all(inner in (kinds.LITERAL, kinds.RANGE) for inner, _ in value):
        ranges = [(one, one) if inner is kinds.LITERAL else one for inner, one in value]
        return frozenset(chr(sign) for first, last in ranges for sign in range(first, min(last, first + 99) + 1)), False
    return _exact(kind, value), False


def words_needed(compiled: Pattern, most: int = MOST_WORDS) -> frozenset[str]:
    """Words of which at least one stands in every match, lower case where the pattern has no regard to case; empty if
    there are none, or more than `most` or too short to be worth looking for.

    >>> sorted(words_needed(re.compile("tumou?rs?|analy[sz]ed", re.I))), words_needed(re.compile("a?b*"))
    (['analy', 'tumo'], frozenset())
    """
    return max((words for words in needs(compiled) if len(words) <= most), key=_worth, default=frozenset())


def needs(compiled: Pattern) -> list[frozenset[str]]:
    """Sets of words of each of which at least one stands in every match, those left out that are not worth it.

    >>> [sorted(words) for words in needs(re.compile("(?:seen|found) .*on (?=MRI|CT)"))]
    [['found ', 'seen '], ['CT', 'MRI']]
    """
    found: list[frozenset[str]] = []
    for words in _choices(parser.parse(compiled.pattern, compiled.flags)):
        folded = frozenset(word.lower() for word in words) if compiled.flags & re.IGNORECASE else words
        shortest = frozenset(word for word in folded if not any(other != word and other in word for other in folded))
        if 0 < len(shortest) <= MOST_WORDS_OF_A_ROW and all(map(_tells, shortest)):
            found.append(shortest)
    return found


def _tells(word: str) -> bool:
    bare = word.strip()
    return word.isascii() and bare not in EVERYWHERE and (len(bare) >= SHORTEST or (bare != "" and not bare.isalnum()))


Words = frozenset[str] | None
"""Of which one stands in every match; None where nothing is certain."""


def _choices(items: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """Of a sequence, the stretches that can only be one of some texts; what of it says nothing can be ''."""
    choices: list[frozenset[str]] = []
    stretch = frozenset({""})
    for kind, value in items:
        exact = _exact(kind, value)
        if kind is kinds.ASSERT and value[0] > 0:  # what must follow; what must go before may stand outside the text
            choices += _choices(value[1])
        if exact is not None and len(stretch) * len(exact) <= MOST_WORDS:
            if len(exact) > 1:
                choices.append(stretch)  # may tell enough without what follows
            stretch = frozenset(before + after for before in stretch for after in exact)
            continue
        choices.append(stretch)
        stretch = exact if exact is not None else frozenset({""})
        if exact is None:
            choices += _inside(kind, value)
    choices.append(stretch)
    return [words for words in choices if "" not in words]


def _needed(items: Iterable[tuple[Any, Any]]) -> Words:
    """The best words of a sequence."""
    return max(_choices(items), key=_worth, default=None)


def _worth(words: frozenset[str]) -> tuple[int, int]:
    """How much words tell: by the shortest of them, then the fewer the better."""
    return min(min(len(word.strip()), TELLING) if _tells(word) else 0 for word in words), -len(words)


def _inside(kind: Any, value: Any) -> list[frozenset[str]]:
    """The words that a part needs which can be other things as well."""
    if kind is kinds.SUBPATTERN:
        _, added, taken, items = value
        return [] if added or taken else _choices(items)
    if kind is kinds.BRANCH:
        words = _joined(_needed(items) for items in value[1])
        return [words] if words is not None else []
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT) and value[0] > 0:
        return _choices(value[2])
    return []


def _exact(kind: Any, value: Any) -> Words:
    """All texts that a part can match, None where they cannot be listed."""
    if kind is kinds.LITERAL:
        return frozenset({chr(value)})
    if kind in (kinds.AT, kinds.ASSERT, kinds.ASSERT_NOT):  # has no width
        return frozenset({""})
    if kind is kinds.IN and all(inner is kinds.LITERAL for inner, _ in value):
        return frozenset(chr(letter) for _, letter in value)
    if kind is kinds.SUBPATTERN:
        _, added, taken, items = value
        return None if added or taken else _all_of(items)
    if kind is kinds.BRANCH:
        return _joined(_all_of(items) for items in value[1])
    return None


def _all_of(items: Iterable[tuple[Any, Any]]) -> Words:
    found = frozenset({""})
    for kind, value in items:
        exact = _exact(kind, value)
        if exact is None or len(found) * len(exact) > MOST_WORDS:
            return None
        found = frozenset(before + after for before in found for after in exact)
    return found


def _joined(branches: Iterable[Words]) -> Words:
    found = frozenset[str]()
    for words in branches:
        if words is None:
            return None
        found |= words
    return found if len(found) <= MOST_WORDS_OF_A_ROW else None
