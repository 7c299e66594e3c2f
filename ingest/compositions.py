"""This module joins two names to one: 'liver metastases' and 'GEP NETs' to the liver metastases of GEP-NETs, 'NETs' and
'the pancreas' to pancreatic NETs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product, zip_longest
from typing import Final

from ingest.hierarchy import GROUPINGS, is_a
from ingest.labels import Labels
from ingest.mentions import Mention
from ingest.phrases import one_of
from ingest.screening import screened
from ingest.tokens import Tokens, Words

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

_ORIGINS: Final = frozenset({"origin", "primary", "source"})
_FROM: Final = frozenset({"of", "from", "with"})

TOO_WIDE: Final = GROUPINGS | {"neoplasm", "primary-tumor"}
"""Kinds of tumor that are not known by their name and an organ alone."""

_LIES_IN: Final = one_of(
    "of", "(?:that )?(?:aris|originat|start|develop)(?:es?|ing|ed|s)? (?:primarily )?(?:in|from|within)", "primary to"
)
OF_A_SITE: Final = screened(rf"\s*(?:\([^()]*\)\s*)?{_LIES_IN}\s+(?:the )?", re.IGNORECASE)
"""Between a kind of tumor and the organ that it is of: ' of the ', ' arising in the '."""

MORE_SITES: Final = screened(r"\s*(?:,|/|and\b|or\b)", re.IGNORECASE)
"""What goes on behind an organ that is only the first of a list."""


WHERE_TO: Final = frozenset({"liver", "lymph-node", "bone", "peritoneum"})
"""Organs of which a tumor may be a metastasis as well."""

ADJECTIVE: Final = screened(r"(?:ic|al|ar|ary)$", re.IGNORECASE)
"""How an organ is named as an adjective."""

OF: Final = screened(r"\s*(?:\([^()]*\)\s*)?(?:of|with)\s+(?:an? |either |primary )?", re.IGNORECASE)
ORIGIN: Final = screened(r"\s+(?:origins?|primar(?:y|ies))\b", re.IGNORECASE)
"""'tumors of ' and ' origin' around the organs that they come from."""

ITEM_OF_SITES: Final = screened(r"\s*(?:,|and|or|/|,\s*(?:and|or))\s*", re.IGNORECASE)
"""Between the organs of a list."""


class Compositions:
    """The diseases of a vocabulary that are named by a kind of metastasis and the primary that it comes from, or by a
    kind of tumor and the organ that it is in.
    """

    def __init__(self, labels: Labels) -> None:
        self._vocabulary = labels.vocabulary
        self._labels = labels
        self._composed = dict(self._named_by_two())
        self._heads = {head for head, _ in self._composed}
        self._head_of = {composed: head for (head, _), composed in self._composed.items()}
        self._called = dict(self._named_by_origin())
        self._worded = dict(reversed(list(self._named_by_site())))  # of several the first, by its own label
        self._placed = {
            (kind, site): found
            for (words, site), found in reversed(self._worded.items())
            for kind in self._of_type(words, "disease")
            if kind not in TOO_WIDE
        }

    def _named_by_two(self) -> Iterator[tuple[tuple[str, str], str]]:
        """(kind of metastasis, primary) -> the concept that has the label 'liver metastasis of <primary>'."""
        for concept in self._vocabulary.by_type("disease"):
            for words in map(self._labels.words_of, concept.labels):
                for at in (i for i, word in enumerate(words) if word in {"of", "from"}):
                    heads = [h for h in self._labels.lookup(words[:at]) if is_a(self._vocabulary, concept.key, h)]
                    for head, primary in product(heads, self._labels.lookup(words[at + 1 :])):
                        if self._vocabulary.concepts[primary].type == "disease":
                            yield (head, primary), concept.key

    def _named_by_origin(self) -> Iterator[tuple[tuple[str, str], str]]:
        """(kind of metastasis, word) -> the concept that has the label '<word> liver metastasis', organs left out."""
        for concept in self._vocabulary.by_type("disease"):
            for word, *rest in filter(None, map(self._labels.words_of, concept.labels)):
                if self._of_type((word,), "site"):
                    continue
                for head in self._labels.lookup(tuple(rest)):
                    if head in self._heads and is_a(self._vocabulary, concept.key, head):
                        yield (head, word), concept.key

    def _named_by_site(self) -> Iterator[tuple[tuple[Words, str], str]]:
        """(words without the organ or grade, organ) -> the concept that has them as a label, its own label first."""
        concepts = self._vocabulary.by_type("disease")
        labels = [(c, c.label) for c in concepts] + [(c, label) for c in concepts for label in c.labels]
        for concept, words in ((concept, self._labels.words_of(label)) for concept, label in labels):
            for first in range(len(words)):
                for last in (first + 1, first + 2):
                    rest = (*words[:first], *words[last:])
                    parts = self._of_type(words[first:last], "site") + self._of_type(
                        words[first:last], "classification"
                    )
                    for part in parts if rest else ():
                        yield (rest, part), concept.key

    def _of_type(self, words: Words, type_: str) -> list[str]:
        """The concepts of a type that words name."""
        return [key for key in self._labels.lookup(words) if self._vocabulary.concepts[key].type == type_]

    def placed(self, words: Words, site: str) -> str | None:
        """The tumor that words name, in an organ: 'neuroendocrine tumor' + 'pancreas' -> the concept that stands for
        it; by other words for the same kind as well; None if there is none.
        """
        kinds = (kind for kind in self._of_type(words, "disease") if kind not in TOO_WIDE)
        alike = (self._placed.get((kind, site)) for kind in kinds)
        return self._worded.get((words, site)) or next((found for found in alike if found is not None), None)

    def placed_like(self, kind: str, site: str) -> str | None:
        """The tumor of an organ or a grade that is of a kind, or of one wider or narrower: of neuroendocrine neoplasms
        of the ileum the vocabulary knows ileal NETs; None if there is none.
        """
        line = [key for key in (kind, *self._vocabulary.ancestors(kind)) if key not in TOO_WIDE]
        exact = next((self._placed[key, site] for key in line if (key, site) in self._placed), None)
        if exact is not None or not line:
            return exact
        below = {k: found for (k, s), found in self._placed.items() if s == site and self._is_a(k, line[-1])}
        depth = min((len(self._vocabulary.ancestors(k)) for k in below), default=0)
        widest = {found for k, found in below.items() if len(self._vocabulary.ancestors(k)) == depth}
        return widest.pop() if len(widest) == 1 else None

    def _is_a(self, key: str, wider: str) -> bool:
        return is_a(self._vocabulary, key, wider)

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
        placed = self._of_their_sites(text, self._of_their_origins(text, mentions, in_liver=in_liver))
        for mention in self._of_sites_of_origin(text, self._of_listed_sites(text, list(placed))):
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

    def _of_their_origins(self, text: Tokens, mentions: Sequence[Mention], *, in_liver: bool) -> Iterator[Mention]:
        """Mentions with 'liver metastases of neuroendocrine origin' and 'neuroendocrine metastases' (of the liver) as
        what they are.
        """
        for mention in mentions:
            kind = "liver-metastasis" if in_liver and mention.key == "metastasis" else mention.key
            if kind not in self._heads:
                yield mention
                continue
            behind = [word.casefold() for word in text.written[mention.last : mention.last + 3]]
            before = text.written[mention.first - 1].casefold() if mention.first else ""
            named = len(behind) == 3 and behind[0] in _FROM and behind[2] in _ORIGINS
            first, last = (mention.first, mention.last + 3) if named else (mention.first - 1, mention.last)
            found = self._called.get((kind, behind[1] if named else before))
            yield self._labels.named(text, first, last, (found,)) if found is not None else mention

    def _of_their_sites(self, text: Tokens, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """Mentions with 'neuroendocrine tumors' of 'neuroendocrine tumors of the pancreas' as pancreatic ones, and
        'small bowel' with the 'neuroendocrine neoplasms' right behind it as one.
        """
        listed = list(mentions)
        before: Mention | None = None
        for mention, following in zip_longest(listed, listed[1:]):
            named = self._named_with_site(text, before, mention) if before is not None else None
            found = self._of_its_site(text, mention, following) if following is not None else None
            if named is not None:
                before = named
                continue
            if before is not None:
                yield before
            before = replace(mention, keys=(found,), implied=True) if found is not None else mention
        if before is not None:
            yield before

    def _of_listed_sites(self, text: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
        """Mentions with 'gastric' of 'gastric, ileal and rectal neuroendocrine tumors' as the tumors of that organ."""
        found = list(mentions)
        kinds: list[str] = []
        for place in range(len(found) - 1, -1, -1):
            site = found[place]
            if site.type == "disease":
                kinds = self._kinds_of_organ(site)
                continue
            listed = site.type == "site" and site.key not in WHERE_TO and ADJECTIVE.search(site.text) is not None
            if not (kinds and listed and ITEM_OF_SITES.fullmatch(text.text, site.end, found[place + 1].start)):
                kinds = []
                continue
            key = next((key for kind in kinds if (key := self.placed_like(kind, site.key)) is not None), None)
            found[place] = replace(site, keys=(key,), type="disease", implied=True) if key is not None else site
        return found

    def _of_sites_of_origin(self, text: Tokens, mentions: Sequence[Mention]) -> Sequence[Mention]:
        """Mentions with 'pancreatic' and 'gastric' of 'neuroendocrine tumors of pancreatic or gastric origin' as these
        tumors, in place of those of any organ.
        """
        found = list(mentions)
        for place in range(len(found) - 2, -1, -1):
            tumor, sites = found[place], self._listed_sites(text, found[place + 1 :])
            of = sites and OF.fullmatch(text.text, tumor.end, sites[0].start)
            if tumor.type != "disease" or not of or ORIGIN.match(text.text, sites[-1].end) is None:
                continue
            keys = [self.placed_like(tumor.key, site.key) for site in sites]
            if None not in keys:
                named = zip(sites, keys, strict=True)
                found[place : place + 1 + len(sites)] = [
                    replace(site, keys=(key,), type="disease", implied=True) for site, key in named if key is not None
                ]
        return found

    def _listed_sites(self, text: Tokens, mentions: Sequence[Mention]) -> list[Mention]:
        """The organs at the beginning of some mentions that stand in one list."""
        listed: list[Mention] = []
        for mention in mentions:
            apart = listed and ITEM_OF_SITES.fullmatch(text.text, listed[-1].end, mention.start) is None
            if mention.type != "site" or apart:
                break
            listed.append(mention)
        return listed

    def _kinds_of_organ(self, tumor: Mention) -> list[str]:
        """What kinds of tumor a name is of that begins with an organ as an adjective: 'rectal carcinoids'."""
        words = self._labels.words_of(tumor.text)
        if not self._of_type(words[:1], "site") or ADJECTIVE.search(tumor.text.split()[0]) is None:
            return []
        return [kind for kind in self._of_type(words[1:], "disease") if kind not in TOO_WIDE]

    def _named_with_site(self, text: Tokens, site: Mention, mention: Mention) -> Mention | None:
        """The tumor that an organ and a kind of tumor right behind it name together: 'ileal neuroendocrine neoplasms'.

        Of the liver none is named so: 'hepatic neuroendocrine tumors' may be primaries or metastases.
        """
        apart = site.type != "site" or mention.type != "disease" or site.key in WHERE_TO
        if apart or text.text[site.end : mention.start] not in {" ", "-"}:
            return None
        key = self.placed_like(mention.key, site.key)
        return self._labels.named(text, site.first, mention.last, (key,)) if key is not None else None

    def _of_its_site(self, text: Tokens, mention: Mention, site: Mention) -> str | None:
        """The tumor of the organ that stands behind it; None where that is one of several."""
        if site.type != "site" or OF_A_SITE.fullmatch(text.text, mention.end, site.start) is None:
            return None
        listed = MORE_SITES.match(text.text, site.end) is not None
        return None if listed else self.placed(self._labels.words_of(mention.text), site.key)

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
