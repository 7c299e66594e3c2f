"""This module joins two names to one: 'liver metastases' and 'GEP NETs' to the liver metastases of GEP-NETs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Final

from ingest.hierarchy import is_a
from ingest.labels import Labels
from ingest.mentions import Mention
from ingest.screening import screened
from ingest.tokens import Tokens

HEAD_FIRST: Final = screened(r"\W*(?:of|from|in|due to)\W+(?:(?!and\b|or\b)\w+\W+){0,3}", re.IGNORECASE)
"""Between 'liver metastases' and its primary: ' of well differentiated '."""

HEAD_LAST: Final = screened(r"\W?(?:patients?\W+with\W)?", re.IGNORECASE)
"""Between a primary and 'liver metastases': ' ', ' patients with '."""

METASTASES: Final = frozenset({"liver-metastasis", "metastasis"})
"""Metastases whose primary is not said."""

_THOSE: Final = r"\b(?:that|those)\s+(?:of|from)\W*(?:\w+\W+){0,2}$"
_AND_FROM: Final = r"^\W*(?:and|or)\W+(?:(?:that|those)\W+)?(?:from\W+|of\W+)?$"
SHARED_HEAD: Final = screened(f"{_THOSE}|{_AND_FROM}", re.IGNORECASE)
"""Before a second primary that shares the head: ' compared with those from ', ' and '."""


class Compositions:
    """The diseases of a vocabulary that are named by a kind of metastasis and the primary that it comes from."""

    def __init__(self, labels: Labels) -> None:
        self._vocabulary = labels.vocabulary
        self._labels = labels
        self._composed = dict(self._named_by_two())
        self._heads = {head for head, _ in self._composed}
        self._head_of = {composed: head for (head, _), composed in self._composed.items()}

    def _named_by_two(self) -> Iterator[tuple[tuple[str, str], str]]:
        """(kind of metastasis, primary) -> the concept that has the label 'liver metastasis of <primary>'."""
        for concept in self._vocabulary.by_type("disease"):
            for words in map(self._labels.words_of, concept.labels):
                for at in (i for i, word in enumerate(words) if word in {"of", "from"}):
                    heads = [h for h in self._labels.lookup(words[:at]) if is_a(self._vocabulary, concept.key, h)]
                    for head, primary in product(heads, self._labels.lookup(words[at + 1 :])):
                        if self._vocabulary.concepts[primary].type == "disease":
                            yield (head, primary), concept.key

    def compose(self, head: str, primary: str) -> str | None:
        """'liver-metastasis' + 'ileal-net' -> the concept that stands for it, None if there is none.

        Where no concept of its own exists, that of the nearest wider primary is taken.
        """
        wider = (primary, *self._vocabulary.ancestors(primary))
        return next((found for key in wider if (found := self._composed.get((head, key))) is not None), None)

    def primary_of(self, key: str) -> str | None:
        """The primary that a composed disease comes from, None for others."""
        return next((primary for (_, primary), composed in self._composed.items() if composed == key), None)

    def joined(self, text: Tokens, mentions: Sequence[Mention], *, in_liver: bool) -> list[Mention]:
        """Mentions with the two parts of a composed name as one, and second primaries under the head that they share.

        `in_liver` says that metastases without a site are those of the liver.
        """
        result: list[Mention] = []
        head: str | None = None
        last: int | None = None  # the place of the latest disease in `result`
        for mention in mentions:
            if mention.type != "disease":
                result.append(mention)
                continue
            previous = result[last] if last is not None else None
            gap = text.text[previous.end : mention.start] if previous is not None else ""
            pair = self._pair(previous, mention, gap, in_liver=in_liver) if previous is not None else None
            if pair is not None and previous is not None and last is not None:
                key, head = pair
                result[last] = self._labels.named(text, previous.first, mention.last, (key,))
                continue
            if head is not None and SHARED_HEAD.search(gap):
                shared = self.compose(head, mention.key)
                result.append(replace(mention, keys=(shared,), implied=True) if shared else mention)
            else:
                head = self._head_of.get(mention.key, head)
                result.append(mention)
            last = len(result) - 1
        return _outermost(result)

    def _pair(self, left: Mention, right: Mention, gap: str, *, in_liver: bool) -> tuple[str, str] | None:
        """(composed concept, its head) of two neighbouring diseases, None if they do not belong together."""
        for head, primary, between in ((left, right, HEAD_FIRST), (right, left, HEAD_LAST)):
            kind = "liver-metastasis" if in_liver and head.key == "metastasis" else head.key
            if kind in self._heads and between.fullmatch(gap):
                key = self.compose(kind, primary.key)
                if key is not None:
                    return key, kind
        return None


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that lie in no other."""
    return [m for m in mentions if not any(o is not m and o.start <= m.start and m.end < o.end for o in mentions)]
