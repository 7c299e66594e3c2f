"""This module finds what a text names: concepts, by their labels and by what a paper calls them itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from ingest.compositions import Compositions
from ingest.coordinations import coordinated, turned
from ingest.hierarchy import akin, is_a, narrower
from ingest.labels import FoldedText, Labels
from ingest.mentions import Mention, covered_tokens
from kg.model import Concept
from kg.vocabulary import Vocabulary

Definitions = Mapping[str, tuple[str, ...]]
"""What a paper's own short forms stand for; () for one that is no concept of the vocabulary."""

_KNOWN_TEXTS: Final = 2000  # the labels and headers of one paper's tables, with room to spare


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
        self._read = lru_cache(maxsize=_KNOWN_TEXTS)(self._read_anew)  # each cell asks for its row's label and header

    @property
    def concepts(self) -> Mapping[str, Concept]:
        """The concepts by key."""
        return self.vocabulary.concepts

    def doc(self, text: str) -> Doc:
        """A text as tokens."""
        return self.labels.nlp.make_doc(text)

    def lookup(self, text: str) -> tuple[str, ...]:
        """The concepts that have a text as a label, however written; () if none."""
        return self.labels.lookup(self.labels.words_of(text))

    def is_a(self, key: str, wider: str) -> bool:
        """Whether a concept is the wider one itself or lies below it."""
        return is_a(self.vocabulary, key, wider)

    def read(self, text: str, defined: Definitions | None = None) -> list[Mention]:
        """What a text names, left to right."""
        return list(self._read(text, frozenset((defined or {}).items())))

    def _read_anew(self, text: str, defined: frozenset[tuple[str, tuple[str, ...]]]) -> tuple[Mention, ...]:
        return tuple(self.mentions(self.doc(text), dict(defined)))

    def mentions(self, doc: Doc, defined: Definitions | None = None, *, in_liver: bool = False) -> list[Mention]:
        """What a text names, left to right, the longest label first.

        `defined` are the paper's own abbreviations. `in_liver` says that metastases without a site are those of the
        liver (the title or the heading says so).
        """
        text = FoldedText.of(doc)
        if not text.words:
            return []
        mentions = self._defined(text, self.labels.mentions(text), defined or {})
        mentions = coordinated(text, self.labels, mentions)
        mentions += list(turned(text, self.labels, mentions))
        mentions = _without_replaced(sorted(mentions, key=lambda m: (m.start, -m.end)))
        return self.compositions.joined(doc, self._appositions_joined(doc, mentions), in_liver=in_liver)

    def _defined(self, text: FoldedText, mentions: Sequence[Mention], defined: Definitions) -> list[Mention]:
        """The mentions with the paper's own meaning of its short forms in place of the vocabulary's."""
        if not defined:
            return list(mentions)
        kept = []
        for mention in mentions:
            keys = defined.get(mention.text, mention.keys)
            if keys:
                kept.append(replace(mention, keys=keys, type=self.concepts[keys[0]].type))
        taken = covered_tokens(kept)
        places = [i for i, word in enumerate(text.tokens) if word in defined and defined[word] and i not in taken]
        short = [text.doc[i : i + 1] for i in places]
        return kept + [self.labels.named(span, defined[span.text]) for span in short]

    def _appositions_joined(self, doc: Doc, mentions: Sequence[Mention]) -> list[Mention]:
        """'gastroenteropancreatic well-differentiated neuroendocrine tumors (GEP NETs)' is one mention, as narrow as
        the narrower of the two names.
        """
        result: list[Mention] = []
        for mention in mentions:
            previous = result[-1] if result else None
            if previous is not None and self._in_apposition(doc, previous, mention):
                key = narrower(self.vocabulary, previous.key, mention.key)
                closing = mention.last < len(doc) and doc[mention.last].text == ")"
                result[-1] = self.labels.named(doc[previous.first : mention.last + closing], (key,))
            else:
                result.append(mention)
        return result

    def _in_apposition(self, doc: Doc, left: Mention, right: Mention) -> bool:
        between = doc[left.last : right.first].text.strip()
        return between == "(" and left.type == right.type and akin(self.vocabulary, left.key, right.key)

    def is_ambiguous(self, mention: Mention) -> bool:
        """Whether a mention's words name something else elsewhere, so that only the paper can tell what they mean."""
        return self.labels.is_ambiguous(mention.text)

    def in_context(self, mentions: Sequence[Mention], named: Collection[str]) -> list[Mention]:
        """The mentions without those whose words are ambiguous and whose concept, or its parent, the paper does not
        name in full anywhere (`named` are the concepts that it does name).
        """
        meant = (replace(m, keys=self._meant(m, named)) for m in mentions)
        return [replace(m, type=self.concepts[m.key].type) for m in meant if m.keys]

    def _meant(self, mention: Mention, named: Collection[str]) -> tuple[str, ...]:
        if not self.is_ambiguous(mention):
            return mention.keys
        return tuple(k for k in mention.keys if k in named or self.concepts[k].parent in named)


def _without_replaced(mentions: Sequence[Mention]) -> list[Mention]:
    """Each mention once, without those that an implied one replaces: 'adenocarcinomas' by 'GEP adenocarcinomas'."""
    implied = {(m.first, m.last) for m in mentions if m.implied}
    unique: dict[tuple[int, int, tuple[str, ...]], Mention] = {}
    for mention in mentions:
        if mention.implied or (mention.first, mention.last) not in implied:
            unique.setdefault((mention.first, mention.last, mention.keys), mention)
    return list(unique.values())
