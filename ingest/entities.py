"""This module finds mentions: places in a text where a concept of the vocabulary is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Final

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import compile_infix_regex

from kg.model import Concept
from kg.vocabulary import fold

JOINERS: Final = frozenset({"-", "‐", "‑", "–", '"', "“", "”", "'", "‘", "’", "``", "''", "´"})
"""Tokens that a label may or may not carry: 'wash-out', 'peripheral "washout"', 'hyper-enhancement'."""

COORDINATORS: Final = frozenset({",", "and", "or", "/", "and/or"})
COUNTED_NOUNS: Final = frozenset({"number-of-patients", "male-sex", "female-sex", "age"})
"""Concepts that a counted noun stands for: 'patients' names one only beside a number (see `ingest.candidates`)."""

COPULAS: Final = frozenset({"is", "are", "was", "were", "be"})

HYPHENATED_PREFIXES: Final = frozenset(
    [
        "hyper",
        "hypo",
        "iso",
        "non",
        "pre",
        "post",
        "intra",
        "extra",
        "peri",
        "multi",
        "inter",
        "sub",
        "trans",
        "co",
        "anti",
        "wash",
        "follow",
        "cut",
        "neo",
        "re",
        "un",
        "micro",
        "macro",
    ]
)


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One spelling for a word; a sign that folds to nothing stays itself.

    >>> [fold_word(w) for w in ("Tumours", "metastases", "/")]
    ['tumor', 'metastasis', '/']
    """
    return fold(word) or word


def is_acronym(label: str) -> bool:
    """Whether a label is a short form whose capitals matter: 'US' is ultrasound, 'us' is not.

    >>> [is_acronym(label) for label in ("US", "GEP-NETs", "pNET", "liver", "T1 signal")]
    [True, True, True, False, False]
    """
    return len(label) <= 9 and " " not in label and sum(c.isupper() for c in label) >= 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Clean characters [start, end) and tokens [first, last) that name a concept.

    `keys` holds more than one concept where the label is ambiguous; `implied` marks a concept that a coordination
    or a composition completes ('vascular or bile duct tumor thrombus').
    """

    start: int
    end: int
    first: int
    last: int
    keys: tuple[str, ...]
    type: str
    text: str
    implied: bool = False

    @property
    def key(self) -> str:
        return self.keys[0]


class Lexicon:
    """The vocabulary as a matcher; `mentions(doc)` finds what a sentence or paragraph names.

    Abbreviations that a paper defines itself are added by `with_abbreviations`, for that paper only.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.nlp = spacy.blank("en")
        infixes = [*self.nlp.Defaults.infixes, r"[()\[\]{}<>≤≥=±]"]
        self.nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
        self.concepts: dict[str, Concept] = {c.key: c for c in concepts}
        self._keys_of: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._acronyms: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._ambiguous: set[tuple[str, ...]] = set()
        for concept in self.concepts.values():
            for label in dict.fromkeys(concept.labels):
                self._add_label(label, concept)
        self._matcher = PhraseMatcher(self.nlp.vocab, attr="ORTH")
        self._matcher.add("label", [Doc(self.nlp.vocab, words=list(words)) for words in self._keys_of])
        self._composed = dict(self._composed_diseases())

    def _add_label(self, label: str, concept: Concept) -> None:
        for words in {w for way in self._ways(label) for w in label_variants(way)}:
            if concept.key not in self._keys_of[words]:
                self._keys_of[words].append(concept.key)
            if is_acronym(label):
                self._acronyms[words].add(label)
            if label in concept.ambiguous_labels:
                self._ambiguous.add(words)

    def _ways(self, label: str) -> Iterator[tuple[str, ...]]:
        """A label's words, and those where text extraction has lost one of its hyphens ('metastasis-toliver')."""
        yield self.words_of(label)
        for match in re.finditer(r"(?<=\w)[-–](?=\w)", label):
            yield self.words_of(label[: match.start()] + label[match.end() :])

    def words_of(self, text: str) -> tuple[str, ...]:
        """The folded words of a text without joiners, as labels and texts are compared."""
        return tuple(fold_word(t.text) for t in self.nlp.make_doc(text) if t.text not in JOINERS)

    def lookup(self, words: Sequence[str]) -> tuple[str, ...]:
        """The concepts that folded words name, () if none."""
        return tuple(self._keys_of.get(tuple(words), ()))

    def is_ambiguous(self, mention: Mention) -> bool:
        """Whether a mention's words name something else elsewhere, so that only the paper can tell what they mean."""
        return self.words_of(mention.text) in self._ambiguous

    def in_context(self, mentions: Sequence[Mention], named: Collection[str]) -> list[Mention]:
        """The mentions without those whose words are ambiguous and whose concept, or its parent, the paper does not
        name in full anywhere.
        """
        kept = []
        for m in mentions:
            if self.is_ambiguous(m):
                keys = tuple(k for k in m.keys if k in named or self.concepts[k].parent in named)
                if not keys:
                    continue
                m = replace(m, keys=keys, type=self.concepts[keys[0]].type)
            kept.append(m)
        return kept

    def ancestors(self, key: str) -> Iterator[str]:
        """The wider concepts, nearest first."""
        parent = self.concepts[key].parent
        while parent is not None:
            yield parent
            parent = self.concepts[parent].parent

    def is_a(self, key: str, wider: str) -> bool:
        return key == wider or wider in self.ancestors(key)

    def _composed_diseases(self) -> Iterator[tuple[tuple[str, str], str]]:
        """(kind of metastasis, primary) -> the concept that is named 'liver metastasis of <primary>'."""
        for concept in self.concepts.values():
            if concept.type != "disease":
                continue
            for words in map(self.words_of, concept.labels):
                for at in (i for i, word in enumerate(words) if word in {"of", "from"}):
                    for head in self.lookup(words[:at]):
                        for primary in self.lookup(words[at + 1 :]):
                            if self.concepts[primary].type == "disease" and self.is_a(concept.key, head):
                                yield (head, primary), concept.key

    def compose(self, head: str, primary: str) -> str | None:
        """'liver metastasis' + 'ileal NET' -> the nearest concept that stands for it, None if there is none.

        Where no concept of its own exists, that of the nearest wider primary is taken.
        """
        for wider in (primary, *self.ancestors(primary)):
            found = self._composed.get((head, wider))
            if found is not None:
                return found
        return None

    def primary_of(self, key: str) -> str | None:
        """The primary that a composed disease comes from, None for others."""
        return next((primary for (_, primary), composed in self._composed.items() if composed == key), None)

    def mentions(
        self, doc: Doc, defined: Mapping[str, tuple[str, ...]] | None = None, *, in_liver: bool = False
    ) -> list[Mention]:
        """What a text names, left to right, the longest label first; `defined` are the paper's own abbreviations.

        `in_liver` says that metastases without a site are those of the liver (the title or the heading says so).
        """
        places, folded = [], []
        for token in doc:
            if token.text not in JOINERS and not token.is_space:
                places.append(token.i)
                folded.append(fold_word(token.text))
        if not folded:
            return []
        flat = Doc(self.nlp.vocab, words=folded)
        found = [self._mention(doc, places, span) for span in _longest(self._matcher(flat, as_spans=True))]
        mentions = [m for m in found if m is not None]
        if defined is not None:
            mentions = self._apply_definitions(doc, mentions, defined)
        mentions += self._completed(doc, places, folded, mentions)
        mentions += self._copular(doc, places, folded, mentions)
        mentions = _drop_covered(sorted(mentions, key=lambda m: (m.start, -m.end)))
        return self._compose_mentions(doc, self._join_appositions(doc, mentions), in_liver=in_liver)

    def _mention(self, doc: Doc, places: Sequence[int], span: Span) -> Mention | None:
        words = tuple(t.text for t in span)
        first, last = places[span.start], places[span.end - 1] + 1
        text = doc[first:last].text
        if set(self._keys_of[words]) <= COUNTED_NOUNS:
            return None
        acronyms = self._acronyms.get(words)
        if acronyms and not self._acronym_fits(words, text, acronyms):
            return None
        return self._make(doc, first, last, tuple(self._keys_of[words]))

    def _acronym_fits(self, words: tuple[str, ...], text: str, acronyms: set[str]) -> bool:
        """An acronym matches in its own capitals (a plural s aside); a longer label of the same words always does."""
        bare = re.sub(r"[\s\-–‐]", "", text).removesuffix("s")
        return any(bare == re.sub(r"[\s\-–‐]", "", a).removesuffix("s") for a in acronyms) or (
            not text.islower()
            and bare.casefold() in {re.sub(r"[\s\-–‐]", "", a).removesuffix("s").casefold() for a in acronyms}
            and len(bare) > 3
        )

    def _make(self, doc: Doc, first: int, last: int, keys: tuple[str, ...], *, implied: bool = False) -> Mention:
        span = doc[first:last]
        return Mention(
            start=span.start_char,
            end=span.end_char,
            first=first,
            last=last,
            keys=keys,
            type=self.concepts[keys[0]].type,
            text=span.text,
            implied=implied,
        )

    def _apply_definitions(
        self, doc: Doc, mentions: list[Mention], defined: Mapping[str, tuple[str, ...]]
    ) -> list[Mention]:
        """The paper's own meaning of a short form goes before the vocabulary's; () means 'something else'."""
        kept = [
            replace(m, keys=defined[m.text], type=self.concepts[defined[m.text][0]].type) if defined.get(m.text) else m
            for m in mentions
            if defined.get(m.text, True)
        ]
        taken = {i for m in kept for i in range(m.first, m.last)}
        for token in doc:
            keys = defined.get(token.text)
            if keys and token.i not in taken:
                kept.append(self._make(doc, token.i, token.i + 1, keys))
        return kept

    def _completed(
        self, doc: Doc, places: Sequence[int], folded: Sequence[str], mentions: Sequence[Mention]
    ) -> Iterator[Mention]:
        """'vascular or bile duct tumor thrombus' also names 'vascular tumor thrombus'; 'GEP NETs and carcinomas' the
        carcinomas of the same organ: a coordination shares the end, or the beginning, of its neighbour's label.
        """
        at = {place: i for i, place in enumerate(places)}
        covered = {i for m in mentions for i in range(m.first, m.last)}
        for m in mentions:
            begin, end = at[m.first], at[m.last - 1] + 1
            if begin and folded[begin - 1] in COORDINATORS:
                yield from self._shared_end(doc, places, folded, (begin, end), covered)
            if end + 1 < len(folded) and folded[end] in {"and", "or"}:
                yield from self._shared_beginning(doc, places, folded, (begin, end), mentions)

    def _shared_end(
        self, doc: Doc, places: Sequence[int], folded: Sequence[str], span: tuple[int, int], covered: set[int]
    ) -> Iterator[Mention]:
        begin, end = span
        for left in range(begin - 2, max(-1, begin - 5), -1):
            for cut in range(begin + 1, end):
                keys = self.lookup((*folded[left : begin - 1], *folded[cut:end]))
                if keys and not any(places[i] in covered for i in range(left, begin - 1)):
                    yield self._make(doc, places[left], places[begin - 2] + 1, keys, implied=True)
                    return

    def _shared_beginning(
        self,
        doc: Doc,
        places: Sequence[int],
        folded: Sequence[str],
        span: tuple[int, int],
        mentions: Sequence[Mention],
    ) -> Iterator[Mention]:
        begin, end = span
        for m in mentions:
            if m.first != places[end + 1]:
                continue
            right = next(i for i in range(end + 1, len(places) + 1) if i == len(places) or places[i] >= m.last)
            for cut in range(end - 1, begin, -1):
                keys = self.lookup((*folded[begin:cut], *folded[end + 1 : right]))
                if keys:
                    yield self._make(doc, m.first, m.last, keys, implied=True)
                    return

    def _copular(
        self, doc: Doc, places: Sequence[int], folded: Sequence[str], mentions: Sequence[Mention]
    ) -> Iterator[Mention]:
        """'most masses were multiple' names 'multiple masses'."""
        covered = {i for m in mentions for i in range(m.first, m.last)}
        for i, word in enumerate(folded):
            if word not in COPULAS or not 0 < i < len(folded) - 1:
                continue
            for right in (i + 1, i + 2):
                if right >= len(folded) or places[right] in covered:
                    continue
                keys = self.lookup((folded[right], folded[i - 1]))
                if keys:
                    yield self._make(doc, places[i - 1], places[right] + 1, keys, implied=True)
                    break

    def _join_appositions(self, doc: Doc, mentions: list[Mention]) -> list[Mention]:
        """'gastroenteropancreatic well-differentiated neuroendocrine tumors (GEP NETs)' is one mention, as narrow as
        the narrower of the two names.
        """
        result: list[Mention] = []
        for m in mentions:
            previous = result[-1] if result else None
            if previous is not None and previous.type == m.type and doc[previous.last : m.first].text.strip() == "(":
                if self.akin(previous.key, m.key):
                    narrow = max((previous.key, m.key), key=lambda key: len(list(self.ancestors(key))))
                    closing = m.last < len(doc) and doc[m.last].text == ")"
                    result[-1] = self._make(doc, previous.first, m.last + closing, (narrow,))
                    continue
            result.append(m)
        return result

    def akin(self, one: str, other: str) -> bool:
        """Whether two concepts have a wider one in common below the top of the hierarchy."""
        lines = [{key, *self.ancestors(key)} for key in (one, other)]
        return any(self.concepts[key].parent is not None for key in lines[0] & lines[1])

    def _compose_mentions(self, doc: Doc, mentions: list[Mention], *, in_liver: bool) -> list[Mention]:
        """Join 'liver metastases of' + 'GEP NETs' and 'NET' + 'liver metastases' into one mention each."""
        result: list[Mention] = []
        head: str | None = None
        last: int | None = None
        for m in mentions:
            if m.type != "disease":
                result.append(m)
                continue
            previous = result[last] if last is not None else None
            gap = doc.text[previous.end : m.start] if previous else ""
            composed = self._pair(previous, m, gap, in_liver=in_liver) if previous else None
            if composed and previous and last is not None:
                key, head = composed
                result[last] = self._make(doc, previous.first, m.last, (key,))
                continue
            if head and previous and SHARED_HEAD.search(gap):
                shared = self.compose(head, m.key)
                m = replace(m, keys=(shared,), implied=True) if shared else m
            else:
                head = self._head_of.get(m.key, head)
            result.append(m)
            last = len(result) - 1
        return [m for m in result if not any(o is not m and o.start <= m.start and m.end < o.end for o in result)]

    @cached_property
    def _head_of(self) -> Mapping[str, str]:
        return {composed: head for (head, _), composed in self._composed.items()}

    @cached_property
    def _heads(self) -> frozenset[str]:
        return frozenset(head for head, _ in self._composed)

    def _pair(self, left: Mention, right: Mention, gap: str, *, in_liver: bool) -> tuple[str, str] | None:
        """(composed concept, its head) of two neighbouring disease mentions, None if they do not belong together."""
        for head, primary, between in ((left, right, HEAD_FIRST), (right, left, HEAD_LAST)):
            kind = "liver-metastasis" if in_liver and head.key == "metastasis" else head.key
            if kind in self._heads and between.fullmatch(gap):
                key = self.compose(kind, primary.key)
                if key:
                    return key, kind
        return None


HEAD_FIRST: Final = re.compile(r"\W*(?:of|from|in|due to)\W+(?:(?!and\b|or\b)\w+\W+){0,3}", re.IGNORECASE)
HEAD_LAST: Final = re.compile(r"\W?(?:patients?\W+with\W)?", re.IGNORECASE)
SHARED_HEAD: Final = re.compile(
    r"\b(?:that|those)\s+(?:of|from)\W*(?:\w+\W+){0,2}$|^\W*(?:and|or)\W+(?:(?:that|those)\W+)?(?:from\W+|of\W+)?$",
    re.IGNORECASE,
)
"""What may stand between the parts of a composed name, and before a second primary that shares the head."""


def label_variants(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The ways a label's words may be written: prefixes apart or joined.

    >>> sorted(label_variants(("arterial", "hyperenhancement")))
    [('arterial', 'hyper', 'enhancement'), ('arterial', 'hyperenhancement')]
    """
    variants = {words}
    for i, word in enumerate(words):
        for prefix in HYPHENATED_PREFIXES:
            if word.startswith(prefix) and len(word) > len(prefix) + 3:
                variants.add((*words[:i], prefix, word[len(prefix) :], *words[i + 1 :]))
        if word in HYPHENATED_PREFIXES and i + 1 < len(words):
            variants.add((*words[:i], word + words[i + 1], *words[i + 2 :]))
    return {v for v in variants if v}


def _longest(spans: Iterable[Span]) -> list[Span]:
    """Spans without those inside or across a longer one."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
        if not any(i in taken for i in range(span.start, span.end)):
            kept.append(span)
            taken.update(range(span.start, span.end))
    return sorted(kept, key=lambda s: s.start)


def _drop_covered(mentions: list[Mention]) -> list[Mention]:
    """A mention that an implied one stands for goes: 'adenocarcinomas' becomes 'GEP adenocarcinomas'."""
    implied = {(m.first, m.last): m for m in mentions if m.implied}
    kept = [m for m in mentions if m.implied or (m.first, m.last) not in implied]
    seen: set[tuple[int, int, tuple[str, ...]]] = set()
    unique = []
    for m in kept:
        if (m.first, m.last, m.keys) not in seen:
            seen.add((m.first, m.last, m.keys))
            unique.append(m)
    return unique


SHORT_FORM: Final = re.compile(r"\(\s*([A-Za-z0-9][A-Za-z0-9\-–/ ]{0,14}?)\s*(?:[;,][^()]*)?\)")


def defined_abbreviations(text: str, lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Short forms that a text itself defines, with the concepts that their long forms name.

    After Schwartz and Hearst (2003): a short form in brackets, its letters found right to left in the words before,
    the first one at the beginning of a word. A short form whose long form is no concept maps to (), so that the
    vocabulary's meaning of the same letters is not taken for it.
    """
    found: dict[str, tuple[str, ...]] = {}
    for match in SHORT_FORM.finditer(text):
        short = match.group(1).strip()
        if not is_acronym(short) or short in found:
            continue
        long = long_form(short, text[: match.start()])
        if long is None:
            continue
        keys = lexicon.lookup(lexicon.words_of(long))
        if not keys:
            doc = lexicon.nlp.make_doc(long)
            whole = [m for m in lexicon.mentions(doc) if m.last == len(doc)]
            keys = whole[-1].keys if whole and len(whole[-1].text) > 0.6 * len(long) else ()
        if len(keys) > 1 or (
            not keys and lexicon.lookup(lexicon.words_of(short)) and not _clearly_other(long, short, lexicon)
        ):
            continue
        found[short] = keys
        found[short.removesuffix("s")] = keys
        found[short.removesuffix("s") + "s"] = keys
    return found


def _clearly_other(long: str, short: str, lexicon: Lexicon) -> bool:
    """Whether a long form shares no word with any label of what the vocabulary takes the short form for."""
    words = set(lexicon.words_of(long))
    return not any(
        words & set(lexicon.words_of(label))
        for key in lexicon.lookup(lexicon.words_of(short))
        for label in lexicon.concepts[key].labels
    )


def long_form(short: str, before: str) -> str | None:
    """The words before a bracket that a short form abbreviates, None if its letters are not all there.

    >>> long_form("PHNENs", "features of primary hepatic neuroendocrine neoplasms ")
    'primary hepatic neuroendocrine neoplasms'
    """
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    words = before.split()[-(len(letters) + 5) :]
    tail = " ".join(words)
    at = len(tail) - 1
    for position in range(len(letters) - 1, -1, -1):
        while at >= 0 and (
            tail[at].lower() != letters[position] or (position == 0 and at > 0 and tail[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    long = tail[at + 1 :].strip()
    return long if len(long) > len(short) and "." not in long else None
