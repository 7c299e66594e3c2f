"""This module splits a text into tokens, by spaCy's rules for English, each distinct stretch between blanks once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

from ingest.screening import screened
from kg.vocabulary import fold

Words = tuple[str, ...]
"""Folded words without joiners, as labels and texts are compared."""

JOINERS: Final = frozenset({"-", "‐", "‑", "–", '"', "“", "”", "'", "‘", "’", "``", "''", "´"})
"""Tokens that a label may or may not carry: 'wash-out', 'peripheral "washout"', 'hyper-enhancement'."""

_BRACKETS_AND_SIGNS: Final = r"[()\[\]{}<>≤≥=±]"
_PIECE: Final = screened(r"\S+|\s+")
_KNOWN_PIECES: Final = 200_000  # words, as written; a paper has some two thousand


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """One spelling for a word; a sign that folds to nothing stays itself.

    >>> [fold_word(w) for w in ("Tumours", "metastases", "/")]
    ['tumor', 'metastasis', '/']
    """
    return fold(word) or word


@dataclass(frozen=True, slots=True)
class Tokens:
    """A text as its tokens as written, with the place of each, and as its folded words without joiners: word i is the
    token `places[i]`.
    """

    text: str
    written: tuple[str, ...]
    starts: tuple[int, ...]
    words: Words
    places: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.written)

    def end(self, last: int) -> int:
        """Where the token before `last` ends."""
        return self.starts[last - 1] + len(self.written[last - 1])


Piece = tuple[tuple[str, int, str | None], ...]
"""The tokens of a stretch without blanks: each as written, its place in the stretch, its folded word if it has one."""


class Tokenizer:
    """spaCy's English tokenizer with brackets and signs of comparison always apart.

    What spaCy makes of a stretch without blanks does not depend on its neighbours, so each is split once.

    >>> Tokenizer()("Wash-out (12/20)").written
    ('Wash', '-', 'out', '(', '12/20', ')')
    """

    def __init__(self) -> None:
        self._nlp = _tokenizing()
        self._piece = lru_cache(maxsize=_KNOWN_PIECES)(self._piece_anew)

    def __call__(self, text: str) -> Tokens:
        written: list[str] = []
        starts: list[int] = []
        words: list[str] = []
        places: list[int] = []
        split = self._piece
        for match in _PIECE.finditer(text):
            piece, place = match.group(), match.start()
            if place and piece[0] == " ":  # one blank behind a word belongs to it, as spaCy has it
                piece, place = piece[1:], place + 1
                if not piece:
                    continue
            for token, offset, word in split(piece):
                if word is not None:
                    places.append(len(written))
                    words.append(word)
                written.append(token)
                starts.append(place + offset)
        return Tokens(text, tuple(written), tuple(starts), tuple(words), tuple(places))

    def _piece_anew(self, piece: str) -> Piece:
        if piece.isspace():
            return ((piece, 0, None),)
        doc = self._nlp.make_doc(piece)
        return tuple((t.text, t.idx, None if t.text in JOINERS else fold_word(t.text)) for t in doc)


def _tokenizing() -> Language:
    nlp = spacy.blank("en")
    infixes = [*cast("Sequence[str]", nlp.Defaults.infixes), _BRACKETS_AND_SIGNS]
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp
