"""This module finds what a text names: concepts, by their labels and by what a paper calls them itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from sys import maxsize
from typing import Final

from ingest.compositions import Compositions
from ingest.coordinations import coordinated, turned
from ingest.hierarchy import akin, is_a, narrower
from ingest.labels import Labels
from ingest.mentions import Mention, covered_tokens
from ingest.tokens import Tokens
from kg.model import Concept
from kg.vocabulary import Vocabulary

Definitions = Mapping[str, tuple[str, ...]]
"""What a paper's own short forms stand for; () for one that is no concept of the vocabulary."""

HYPHENS: Final = frozenset("-–")


class Lexicon:
    """The vocabulary as a matcher.

    >>> lexicon = Lexicon(Vocabulary.load())
    >>> [mention.key for mention in lexicon.read("Most hepatocellular carcinomas showed wash-out.")]
    ['hepatocellular-carcinoma', 'washout']
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.labels = Labels(vocabulary)
        self.compositions = Compositions(self.labels)

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by key."""
        return self.vocabulary.concepts

    def tokens(self, text: str, start: int = 0, end: int = maxsize) -> Tokens:
        """A text, or characters [start, end) of it, as tokens."""
        return self.labels.tokens(text, start, end)

    def lookup(self, text: str) -> tuple[str, ...]:
        """The concepts that have a text as a label, however written; () if none."""
        return self.labels.lookup(self.labels.words_of(text))

    def is_a(self, key: str, wider: str) -> bool:
        """Whether a concept is the wider one itself or lies below it."""
        return is_a(self.vocabulary, key, wider)

    def read(self, text: str, defined: Definitions | None = None) -> list[Mention]:
        """What a text names, left to right."""
        return self.mentions(self.tokens(text), defined)

    def mentions(self, text: Tokens, defined: Definitions | None = None, *, in_liver: bool = False) -> list[Mention]:
        """What a text names, left to right, the longest label first.

        `defined` are the paper's own abbreviations. `in_liver` says that metastases without a site are those of the
        liver (the title or the heading says so).
        """
        if not text.words:
            return []
        mentions = self._defined(text, self.labels.mentions(text), defined or {})
        mentions = coordinated(text, self.labels, mentions)
        mentions += list(turned(text, self.labels, mentions))
        if not mentions:
            return []
        mentions = _without_replaced(sorted(mentions, key=lambda m: (m.start, -m.end)))
        return self.compositions.joined(text, self._appositions_joined(text, mentions), in_liver=in_liver)

    def _defined(self, text: Tokens, mentions: Sequence[Mention], defined: Definitions) -> list[Mention]:
        """The mentions with the paper's own meaning of its short forms in place of the vocabulary's."""
        hyphenated = [self.labels.named(text, *place, keys) for place, keys in _hyphenated(text, defined)]
        hyphenated = [one for one in hyphenated if not any(_reaches_beyond(mention, one) for mention in mentions)]
        known = any(mention.text in defined for mention in mentions)
        if not hyphenated and not known and defined.keys().isdisjoint(text.written):
            return list(mentions)
        kept = list(hyphenated)
        for mention in mentions:
            keys = defined.get(mention.text, mention.keys)
            if keys and not any(mention.overlaps(one.start, one.end) for one in hyphenated):
                kept.append(self._meaning(mention, keys))
        taken = covered_tokens(kept)
        short = [(i, word) for i, word in enumerate(text.written) if defined.get(word) and i not in taken]
        return kept + [self.labels.named(text, i, i + 1, defined[word]) for i, word in short]

    def _appositions_joined(self, text: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
        """'gastroenteropancreatic well-differentiated neuroendocrine tumors (GEP NETs)' is one mention, as narrow as
        the narrower of the two names.
        """
        result: list[Mention] = []
        for mention in mentions:
            previous = result[-1] if result else None
            if previous is not None and self._in_apposition(text, previous, mention):
                key = narrower(self.vocabulary, previous.key, mention.key)
                closing = mention.last < len(text) and text.written[mention.last] == ")"
                result[-1] = self.labels.named(text, previous.first, mention.last + closing, (key,))
            else:
                result.append(mention)
        return result

    def _in_apposition(self, text: Tokens, left: Mention, right: Mention) -> bool:
        between = text.text[left.end : right.start].strip()
        return between == "(" and left.type == right.type and akin(self.vocabulary, left.key, right.key)

    def is_ambiguous(self, mention: Mention) -> bool:
        """Whether a mention's words name something else elsewhere, so that only the paper can tell what they mean."""
        return self.labels.is_ambiguous(mention.text)

    def in_context(self, mentions: Sequence[Mention], named: Collection[str]) -> list[Mention]:
        """The mentions without those whose words are ambiguous and whose concept, or its parent, the paper does not
        name in full anywhere (`named` are the concepts that it does name).
        """
        return [self._meaning(m, keys) for m in mentions if (keys := self._meant(m, named))]

    def _meaning(self, mention: Mention, keys: tuple[str, ...]) -> Mention:
        """A mention of other concepts by the same words."""
        return mention if keys == mention.keys else replace(mention, keys=keys, type=self.concepts[keys[0]].type)

    def _meant(self, mention: Mention, named: Collection[str]) -> tuple[str, ...]:
        if not self.is_ambiguous(mention):
            return mention.keys
        return tuple(k for k in mention.keys if k in named or self.concepts[k].parent in named)


def _reaches_beyond(mention: Mention, one: Mention) -> bool:
    return mention.first <= one.first and one.last <= mention.last and mention.tokens != one.tokens


def _hyphenated(text: Tokens, defined: Definitions) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Tokens [first, last) that are one short form of the paper with a hyphen in it ('g-NETs'), with what it means."""
    for hyphen, word in enumerate(text.written) if defined else ():
        if word in HYPHENS and 0 < hyphen < len(text) - 1:
            place = hyphen - 1, hyphen + 2
            keys = defined.get(text.text[text.starts[place[0]] : text.end(place[1])])
            if keys:
                yield place, keys


def _without_replaced(mentions: Sequence[Mention]) -> list[Mention]:
    """Each mention once, without those that an implied one replaces: 'adenocarcinomas' by 'GEP adenocarcinomas'."""
    implied = {(m.first, m.last) for m in mentions if m.implied}
    unique: dict[tuple[int, int, tuple[str, ...]], Mention] = {}
    for mention in mentions:
        if mention.implied or (mention.first, mention.last) not in implied:
            unique.setdefault((mention.first, mention.last, mention.keys), mention)
    return list(unique.values())
