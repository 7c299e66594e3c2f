"""This module splits a text into tokens, by spaCy's rules for English, each distinct stretch between blanks once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, compress, count
from sys import maxsize
from typing import Any, Final, NamedTuple, cast

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from kg.vocabulary import fold

Words = tuple[str, ...]
"""Folded words without joiners, as labels and texts are compared."""

JOINERS: Final = frozenset({"-", "‐", "‑", "–", '"', "“", "”", "'", "‘", "’", "``", "''", "´"})
"""Tokens that a label may or may not carry: 'wash-out', 'peripheral "washout"', 'hyper-enhancement'."""

_BRACKETS_AND_SIGNS: Final = r"[()\[\]{}<>≤≥=±]"
_PLAIN: Final = re.compile(r"(?P<word>[^\W\d_]+)(?P<sign>[,;:)]|(?<=[a-z][a-z])\.)?")
"""Letters, and at most one sign that always stands apart: most of what is written, of which spaCy need not be asked."""

LETTER_AND_STOP: Final = re.compile(r"[A-Za-z]\.")
"""A letter with the full stop that ends a text, which spaCy takes for an initial: 'positive for chromogranin A.'"""

_KNOWN_PIECES: Final = 200_000  # words, as written; a paper has some two thousand


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One spelling for a word; a sign that folds to nothing stays itself.

    >>> [fold_word(w) for w in ("Tumours", "metastases", "/")]
    ['tumor', 'metastasis', '/']
    """
    return fold(word) or word


class Piece(NamedTuple):
    """A stretch without blanks: its length with the one blank behind it, its tokens as written, the place of each in
    it, which of them are words, and these folded.
    """

    length: int
    written: tuple[str, ...]
    offsets: tuple[int, ...]
    are_words: tuple[bool, ...]
    words: Words


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text, or a part of it, as its tokens as written, with the place of each, and as its folded words without
    joiners: word i is the token `places[i]`.
    """

    text: str
    written: tuple[str, ...]
    starts: tuple[int, ...]
    words: Words
    places: Sequence[int]

    def __len__(self) -> int:
        return len(self.written)

    def end(self, last: int) -> int:
        """Where the token before `last` ends."""
        return self.starts[last - 1] + len(self.written[last - 1])


class Tokenizer:
    """spaCy's English tokenizer with brackets and signs of comparison always apart.

    What spaCy makes of a stretch without blanks does not depend on its neighbours, so each is split once; one blank
    behind it belongs to it, each further one is a token.

    >>> Tokenizer()("Wash-out (12/20)").written
    ('Wash', '-', 'out', '(', '12/20', ')')
    """

    def __init__(self) -> None:
        self._nlp = _tokenizing()
        self._exceptions = frozenset(cast("Any", self._nlp.tokenizer).rules)
        self._piece = lru_cache(maxsize=_KNOWN_PIECES)(self._piece_anew)

    def __call__(self, text: str, start: int = 0, end: int = maxsize) -> Tokens:
        """The tokens of a text, or of characters [start, end) of it."""
        stretches = text[start:end].rstrip(" ").split(" ")
        pieces = list(map(self._piece, stretches))
        if LETTER_AND_STOP.fullmatch(stretches[-1]):
            pieces[-1] = _letter_and_stop(stretches[-1])
        begins = accumulate([piece.length for piece in pieces], initial=start)
        written = tuple(chain.from_iterable([piece.written for piece in pieces]))
        words = tuple(chain.from_iterable([piece.words for piece in pieces]))
        are_words = chain.from_iterable([piece.are_words for piece in pieces])
        return Tokens(
            text=text,
            written=written,
            starts=tuple([begin + at for begin, piece in zip(begins, pieces, strict=False) for at in piece.offsets]),
            words=words,
            places=range(len(words)) if len(words) == len(written) else tuple(compress(count(), are_words)),
        )

    def _piece_anew(self, piece: str) -> Piece:
        tokens = self._split(piece)
        are_words = tuple(not (token.isspace() or token in JOINERS) for token, _ in tokens)
        return Piece(
            length=len(piece) + 1 if piece else 1,
            written=tuple(token for token, _ in tokens),
            offsets=tuple(offset for _, offset in tokens),
            are_words=are_words,
            words=tuple(fold_word(token) for token, _ in compress(tokens, are_words)),
        )

    def _split(self, piece: str) -> Sequence[tuple[str, int]]:
        """The tokens of a stretch without blanks, each with its place in it."""
        if not piece:
            return [(" ", 0)]
        plain = _PLAIN.fullmatch(piece)
        if plain is None or not self._exceptions.isdisjoint({piece, plain["word"]}):
            return [(token.text, token.idx) for token in self._nlp.make_doc(piece)]
        word, sign = plain["word"], plain["sign"]
        return [(word, 0), (sign, len(word))] if sign else [(word, 0)]


def _letter_and_stop(piece: str) -> Piece:
    """The two tokens of a letter with the full stop behind it."""
    words = tuple(map(fold_word, piece))
    return Piece(length=3, written=tuple(piece), offsets=(0, 1), are_words=(True, True), words=words)


def _tokenizing() -> Language:
    nlp = spacy.blank("en")
    infixes = [*cast("Sequence[str]", nlp.Defaults.infixes), _BRACKETS_AND_SIGNS]
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp
