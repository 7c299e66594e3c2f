"""This module makes sentences of a paper's blocks, each with what it names, the numbers it prints and what it cites."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from ingest.abbreviations import defined_abbreviations
from ingest.citations import Citation, blank_out, citation_style, find_citations
from ingest.context import comparator_stretches, evidence_kind
from ingest.designs import is_review
from ingest.entities import Definitions, Lexicon
from ingest.hierarchy import akin
from ingest.mentions import Mention, of_type
from ingest.negation import negated_stretches
from ingest.reported import Reported, find
from ingest.screening import screened
from ingest.tables import prose_of_tables
from ingest.text import Block, CleanText, RawText, clean
from kg.model import Source, Span

READABLE: Final = frozenset({"paragraph", "caption", "title", "heading"})
LONGEST_QUOTE: Final = 600
"""A quote longer than this many characters is cut to the clause around its number: a page is no evidence."""

_NO_STOP_BEFORE: Final = screened(
    r"(?:\b(?:et al|vs|cf|approx|ca|e\.g|i\.e|etc|resp|Fig|Figs|Ref|No|Dr|Prof|St|Eq|Tab|Suppl|min|max)|\b[A-Z])\.$"
)
_STOP: Final = screened(r"[.!?](?:[\"”’)\]]+)?(?=\s)")
_GAP: Final = screened(r"[\s.]*")
_CLAUSE: Final = screened(r"[;:]\s|,\s(?=(?:and|but|while|whereas|which|with)\b)|\s(?=(?:but|while|whereas)\b)")


@dataclass(frozen=True, kw_only=True, eq=False)
class Sentence:
    """Clean characters [start, end) of a block; offsets of mentions, numbers and stretches count in the block.

    `text` is the block's clean text with citation markers blanked; `review` says that the paper has no data of its own.
    """

    block: Block
    clean: CleanText
    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]
    numbers: tuple[Reported, ...]
    citations: tuple[str, ...]
    review: bool

    @cached_property
    def words(self) -> str:
        return self.text[self.start : self.end]

    @cached_property
    def evidence(self) -> str:
        """Whose evidence it gives."""
        section = self.block.section
        opening = section == "Abstract" and BACKGROUND.match(self.block.heading) is not None
        return evidence_kind(
            self.words, cited=bool(self.citations), section=section, review=self.review, background_part=opening
        )

    @cached_property
    def negated(self) -> tuple[tuple[int, int], ...]:
        """Where it speaks of what is not there; the 'loss of' of a name, 'loss of DAXX or ATRX', denies nothing."""
        stretches = [(a + self.start, b + self.start) for a, b in negated_stretches(self.words)]
        losses = [m for m in self.mentions if stretches and m.text[:4].casefold() == "loss"]
        return tuple((a, b) for a, b in stretches if not any(m.start < a < m.end for m in losses))

    @cached_property
    def compared(self) -> tuple[tuple[int, int], ...]:
        """Where it only names what something is compared with."""
        return tuple((a + self.start, b + self.start) for a, b in comparator_stretches(self.words))

    @cached_property
    def _cuts(self) -> tuple[tuple[int, int], ...]:
        """What parts its clauses, in order."""
        return tuple(match.span() for match in _CLAUSE.finditer(self.text, self.start, self.end))

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """The clause of this sentence around clean characters [start, end)."""
        left, right = self.start, self.end
        for cut_start, cut_end in self._cuts:
            if cut_end <= start:
                left = cut_end
            elif cut_start >= end:
                right = cut_start
                break
        return left, right

    def quote_span(self, start: int, end: int) -> Span:
        """The stretch of the stored text to quote for clean characters [start, end): the sentence, or the part of it
        around them that stands together in one piece and is short enough to be read.
        """
        left, right = self._together(start, end)
        if right - left > LONGEST_QUOTE:
            a, b = self.clause(start, end)
            left, right = max(left, a), min(right, b)
        if right - left > LONGEST_QUOTE:
            left, right = max(left, start - LONGEST_QUOTE // 2), min(right, end + LONGEST_QUOTE // 2)
        while left < start and self.clean.text[left].isspace():
            left += 1
        while right > end and self.clean.text[right - 1].isspace():
            right -= 1
        return self.clean.source_span(left, right)

    def _together(self, start: int, end: int) -> tuple[int, int]:
        """The part of the sentence around [start, end) that lies in the same segments of the block."""
        offsets = self.clean.offsets
        home = [s for s in self.block.segments if s.start < offsets[end - 1] + 1 and offsets[start] < s.end]
        low = min((s.start for s in home), default=0)
        high = max((s.end for s in home), default=len(offsets))
        left = min(start, max(self.start, bisect_left(offsets, low)))
        right = max(end, min(self.end, bisect_left(offsets, high)))
        return left, right


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Paper:
    """A paper as sentences, with what it is about.

    `groups` are the diseases that the paper studies itself (of its title), `review` is true for papers without data of
    their own; `headings` maps a heading to what it puts in focus; `topics` are all that the title does.
    """

    source: Source
    raw: RawText
    lexicon: Lexicon
    sentences: tuple[Sentence, ...]
    groups: tuple[str, ...]
    review: bool
    abbreviations: Definitions
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    title_modality: str | None = None
    _read: dict[str, tuple[Mention, ...]] = field(default_factory=dict, repr=False)

    def named_in(self, text: str) -> tuple[Mention, ...]:
        """What a label, header or caption of the paper names, with the paper's own abbreviations."""
        if text not in self._read:  # each cell of a table asks for the label of its row
            self._read[text] = tuple(self.lexicon.read(text, self.abbreviations))
        return self._read[text]

    def earlier(self, index: int) -> Iterator[Sentence]:
        """The sentences before one in the same block, nearest first."""
        block = self.sentences[index].block
        for before in range(index - 1, -1, -1):
            if self.sentences[before].block is not block:
                return
            yield self.sentences[before]

    def group_of(self, key: str) -> str | None:
        """The one study group that a looser name stands for in this paper: 'NETs' for the liver metastases of GEP-NETs
        that it compares; a narrower disease stands for itself; None where no group, or more than one, fits.
        """
        if key in self.groups or (self.lexicon.concepts[key].type == "disease" and self._is_kind_of_a_group(key)):
            return key
        fitting = [g for g in self.groups if self.stands_for(key, g)]
        return fitting[0] if len(fitting) == 1 else None

    def _is_kind_of_a_group(self, key: str) -> bool:
        return any(self.lexicon.is_a(key, group) for group in self.groups)

    def meant_by(self, key: str, sentence: Sentence) -> str:
        """The group that a name stands for in a sentence about the paper's own data, else what it names itself."""
        return (self.group_of(key) if sentence.evidence == "own" and not self.review else None) or key

    def stands_for(self, key: str, group: str) -> bool:
        """Whether a name is a looser one for a group, or for the primary that the group's metastases come from."""
        primary = self.lexicon.compositions.primary_of(group) or group
        return key not in GENERIC and (self.lexicon.is_a(group, key) or akin(self.lexicon.vocabulary, primary, key))


GENERIC: Final = frozenset(
    {"neoplasm", "liver-neoplasm", "metastasis", "liver-metastasis", "primary-tumor", "mass", "lesion", "treatment"}
)
"""Names so wide that they say nothing of a group."""

LIVER: Final = screened(r"\b(?:liver|hepatic|hepato\w+)\b", re.IGNORECASE)
BACKGROUND: Final = screened(r"(?:background|introduction|context)\b", re.IGNORECASE)


def read_paper(source: Source, raw: RawText, lexicon: Lexicon) -> Paper:
    """A paper's blocks as sentences, in the order of the text."""
    blocks = [b for b in raw.blocks if b.kind in READABLE and b.language == "en"] + list(prose_of_tables(raw))
    texts = [clean(raw.text, b) for b in blocks]
    style = citation_style(raw.text)
    abbreviations: dict[str, tuple[str, ...]] = {}
    for text in texts:
        for short, keys in defined_abbreviations(text.text, lexicon).items():
            abbreviations.setdefault(short, keys)
    in_liver = bool(LIVER.search(source.title))
    review = is_review(source, raw)
    sentences: list[Sentence] = []
    for block, text in zip(blocks, texts, strict=True):
        if block.kind in {"paragraph", "caption"}:
            reading = Reading(lexicon, style, abbreviations, review, in_liver or bool(LIVER.search(block.heading)))
            sentences += _sentences(block, text, reading)
    sentences = _disambiguated(sentences, lexicon, abbreviations)
    return Paper(
        source=source,
        raw=raw,
        lexicon=lexicon,
        sentences=tuple(sentences),
        groups=study_groups(source.title, lexicon),
        review=review,
        abbreviations=abbreviations,
        headings={h: _heading_focus(h, lexicon) for h in {b.heading for b in raw.blocks if b.heading}},
        topics=_heading_focus(source.title, lexicon, *FOCUSED, "marker"),
        title_modality=_title_modality(source.title, lexicon),
    )


def _title_modality(title: str, lexicon: Lexicon) -> str | None:
    """The modality that a title names; 'imaging' names none."""
    named = [m.key for m in of_type(_title_mentions(title, lexicon), "modality")]
    return next((key for key in named if lexicon.concepts[key].parent is not None), None)


def _title_mentions(title: str, lexicon: Lexicon) -> list[Mention]:
    return lexicon.mentions(lexicon.tokens(title), in_liver=bool(LIVER.search(title)))


def _disambiguated(
    sentences: Sequence[Sentence], lexicon: Lexicon, defined: Mapping[str, tuple[str, ...]]
) -> list[Sentence]:
    """The sentences with only those ambiguous names that the paper explains."""
    named = {m.key for s in sentences for m in s.mentions if not lexicon.is_ambiguous(m)}
    named |= {key for keys in defined.values() for key in keys}
    named |= {key for s in sentences for key in _explained_together(s, lexicon)}
    open_ones = {s for s in sentences if any(map(lexicon.is_ambiguous, s.mentions))}
    return [
        replace(s, mentions=tuple(lexicon.in_context(s.mentions, named))) if s in open_ones else s for s in sentences
    ]


def _explained_together(sentence: Sentence, lexicon: Lexicon) -> set[str]:
    """Ambiguous names of one type explain each other: TR beside TE, or CR beside PR, SD and PD."""
    ambiguous = [m for m in sentence.mentions if lexicon.is_ambiguous(m) and len(m.keys) == 1]
    types = [m.type for m in ambiguous]
    together = {t for t in types if len({m.key for m in ambiguous if m.type == t}) > 1}
    return {m.key for m in ambiguous if m.type in together}


def study_groups(title: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a paper compares or describes, by its title: therapies where it names two or more, and diseases; wider ones
    of another left out.
    """
    named = _title_mentions(title, lexicon)
    therapies = list(dict.fromkeys(m.key for m in named if m.type == "therapy"))
    keys = (therapies if len(therapies) > 1 else []) + list(dict.fromkeys(m.key for m in named if m.type == "disease"))
    narrow = [k for k in keys if not any(k != other and lexicon.is_a(other, k) for other in keys)]
    return tuple(k for k in narrow if k not in GENERIC)


FOCUSED: Final = ("disease", "therapy", "modality", "syndrome")


def _heading_focus(heading: str, lexicon: Lexicon, *types: str) -> tuple[str, ...]:
    """The diseases, therapies and modalities, or what else, that a heading puts in focus."""
    named = of_type(_title_mentions(heading, lexicon), *(types or FOCUSED))
    return tuple(dict.fromkeys(m.key for m in named if m.key not in GENERIC))


@dataclass(frozen=True, slots=True)
class Reading:
    """How a block is read: with which words, citation style and abbreviations, as a review, about the liver."""

    lexicon: Lexicon
    style: str
    abbreviations: Mapping[str, tuple[str, ...]]
    review: bool
    in_liver: bool


def _sentences(block: Block, clean_text: CleanText, reading: Reading) -> Iterator[Sentence]:
    citations = find_citations(clean_text.text, reading.style)
    text = blank_out(clean_text.text, citations)
    for start, end in boundaries(text):
        yield _sentence(block, clean_text, text, (start, end), citations, reading)


def _sentence(
    block: Block,
    clean_text: CleanText,
    text: str,
    place: tuple[int, int],
    citations: Sequence[Citation],
    reading: Reading,
) -> Sentence:
    start, end = place
    following = _GAP.match(text, end)
    limit = following.end() if following else end
    markers = tuple(m for c in citations if start <= c.start < end or (end <= c.start < limit) for m in c.markers)
    tokens = reading.lexicon.tokens(text, start, end)
    mentions = reading.lexicon.mentions(tokens, reading.abbreviations, in_liver=reading.in_liver)
    return Sentence(
        block=block,
        clean=clean_text,
        text=text,
        start=start,
        end=end,
        mentions=tuple(mentions),
        numbers=tuple(n.moved(start) for n in find(text[start:end])),
        citations=tuple(dict.fromkeys(markers)),
        review=reading.review,
    )


def boundaries(text: str) -> Iterator[tuple[int, int]]:
    """Sentences as [start, end) without white space around them.

    >>> text = "Song et al. found 15 of 517 (2.7%). None was benign."
    >>> [text[a:b] for a, b in boundaries(text)]
    ['Song et al. found 15 of 517 (2.7%).', 'None was benign.']
    """
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        following = text[end:].lstrip()[:1]
        if _NO_STOP_BEFORE.search(text[max(0, match.start() - 12) : match.start() + 1]) or following.islower():
            continue
        yield from _stripped(text, start, end)
        start = end
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
