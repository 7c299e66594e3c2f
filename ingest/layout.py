"""This module makes pieces of lines: headings, captions, tables and paragraphs, each line in exactly one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ingest.headings import (
    LONE_LABEL,
    LONGEST_HEADING,
    caption_label,
    heading_length,
    in_capitals,
    is_short,
    is_table,
    looks_like_prose,
    run_in_heading,
    starts_caption,
)
from ingest.lines import Line, Manner, ends_sentence, is_noise
from ingest.screening import screened
from ingest.sections import heading_number, known_section, language_of, language_scores


@dataclass(slots=True, kw_only=True)
class Piece:
    """Some lines that belong together while a text is being read; `kind` is one of `ingest.text.BLOCK_KINDS`."""

    kind: str
    lines: list[Line]
    language: str = "en"
    run_in: bool = False
    label: str | None = None
    section: str = field(default="other")
    heading: str = ""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def open(self) -> bool:
        """Whether the last sentence goes on elsewhere."""
        return not ends_sentence(self.lines[-1].text)


_KEYWORDS: Final = screened(
    r"(?:key\s?-?words?|unitermos|descritores|palavras[- ]chave|palabras clave|mots[- ]cl[ée]s|index terms"
    r"|mesh)\s*[:.—-]",
    re.IGNORECASE,
)
_FOOTNOTE: Final = screened(
    r"[*†‡§¶#]|(?:Notes?|Abbreviations?|Data|Values?|Legend)\b|[a-e]\s(?=[A-Z])|The (?:median|mean|data|values)\b"
)
_NUMERAL: Final = screened(r"\d")


class _Reader:
    """Walks over the lines once; each method takes what it recognises at the present line and moves on."""

    def __init__(self, lines: Sequence[Line], manner: Manner) -> None:
        self.lines = list(lines)
        self.manner = manner
        self.index = 0
        self.pieces: list[Piece] = []

    def read(self) -> list[Piece]:
        known = any(known_section(line.text) or run_in_heading(line) for line in self.lines)
        self.in_front = known
        while self.index < len(self.lines):
            self._step()
        return self.pieces

    def _step(self) -> None:
        line = self.lines[self.index]
        if is_noise(line, self.manner):
            self._take("noise", 1)
        elif starts_caption(self.lines, self.index, self.manner):
            self._caption()
        elif " | " in f" {line.text} " and not self.manner.wrapped:
            self._table(None)
        elif length := self._heading():
            self.in_front = False
            self._take("heading", length)
        elif width := self._run_in():
            self.in_front = False
            rest = line.text[width:]
            self.lines[self.index : self.index + 1] = [
                replace(line, text=line.text[:width]),
                replace(line, text=rest.strip(), start=line.start + width + len(rest) - len(rest.lstrip()), gap=False),
            ]
            self._take("heading", 1).run_in = True
        else:
            self._text()

    def _take(self, kind: str, count: int, label: str | None = None) -> Piece:
        taken = self.lines[self.index : self.index + count]
        self.index += count
        piece = Piece(kind=kind, lines=taken, label=label)
        self.pieces.append(piece)
        return piece

    def _mid_sentence(self) -> bool:
        last = next((piece for piece in reversed(self.pieces) if piece.kind not in ("noise", "caption", "table")), None)
        return last is not None and last.kind == "paragraph" and last.open and len(last.text.split()) > 8

    def _heading(self) -> int:
        line = self.lines[self.index]
        after = self.pieces[-1].kind if self.pieces else "noise"
        if self.manner.wrapped and not line.apart and after == "paragraph" and not known_section(line.text):
            return 0
        if self.in_front and not (known_section(line.text) or (heading_number(line.text) and "," not in line.text)):
            return 0
        return heading_length(self.lines, self.index, self.manner, mid_sentence=self._mid_sentence())

    def _run_in(self) -> int:
        return 0 if self._mid_sentence() else run_in_heading(self.lines[self.index])

    def _text(self) -> None:
        end = self.index + 1
        while end < len(self.lines) and self._goes_on(end):
            end += 1
        taken = self.lines[self.index : end]
        self.index = end
        if _KEYWORDS.match(taken[0].text):
            self.pieces.append(Piece(kind="front", lines=taken, language=language_of(taken[0].text)))
            return
        for language, lines in by_language(taken):
            self.pieces.append(Piece(kind="paragraph", lines=lines, language=language))

    def _goes_on(self, index: int) -> bool:
        """Whether the paragraph of the lines above goes on with this line."""
        line, above = self.lines[index], self.lines[index - 1]
        if line.apart or not self.manner.wrapped or is_noise(line, self.manner):
            return False
        if starts_caption(self.lines, index, self.manner):
            return False
        if not ends_sentence(above.text):
            return not (in_capitals(line.text) and known_section(line.text))
        ends = is_short(above, self.manner, 0.8) and not line.text[0].islower()
        return not (ends or known_section(line.text) or run_in_heading(line))

    def _caption(self) -> None:
        label = caption_label(self.lines[self.index])
        lone = LONE_LABEL.match(self.lines[self.index].text) is not None
        end = self.index + 1
        while end < len(self.lines) and self._caption_goes_on(end, label, lone=lone and end == self.index + 1):
            end += 1
        self._take("caption", end - self.index, label)
        if is_table(label):
            self._table(label)

    def _caption_goes_on(self, index: int, label: str | None, *, lone: bool) -> bool:
        line, above = self.lines[index], self.lines[index - 1]
        if is_noise(line, self.manner) or starts_caption(self.lines, index, self.manner):
            return False
        if lone:
            return not line.page_break and "|" not in line.text
        if line.apart or not self.manner.wrapped:
            return False
        return not (is_table(label) and is_short(above, self.manner))

    def _table(self, label: str | None) -> None:
        """Take the cells that follow: rows with bars, rows of numbers, or one short cell a line."""
        cells: list[int] = []
        index, barred = self.index, False
        while index < len(self.lines):
            line = self.lines[index]
            if starts_caption(self.lines, index, self.manner):
                break
            barred = barred or "|" in line.text
            if not self._is_cell(index, barred=barred):
                break
            cells.append(index)
            index += 1
        cells = cells[: self._table_length(cells)]
        if not cells:
            if label is None:
                self._text()
            return
        self._take("table", len(cells), label or self._last_table_label())

    def _last_table_label(self) -> str | None:
        last = self.pieces[-1] if self.pieces else None
        return last.label if last is not None and last.kind in ("caption", "table") else None

    def _is_cell(self, index: int, *, barred: bool) -> bool:
        line = self.lines[index]
        if "|" in line.text:
            return True
        if barred and _FOOTNOTE.match(line.text):
            return True
        if (ends_sentence(line.text) and len(line.text.split()) > 8) or (known_section(line.text) and not barred):
            return False
        if self.manner.wrapped:
            words = line.text.split()
            numbers = sum(bool(_NUMERAL.search(word)) for word in words)
            return is_short(line, self.manner) or (numbers >= 3 and numbers >= 0.3 * len(words))
        return len(line.text) <= 160

    def _table_length(self, cells: Sequence[int]) -> int:
        """How many of the lines taken for cells are: a heading before the next paragraph is none."""
        rows = [self.lines[index].text for index in cells]
        barred = max((place for place, row in enumerate(rows) if "|" in row), default=None)
        if barred is not None:
            length = barred + 1
            while length < len(rows) and (_FOOTNOTE.match(rows[length]) or len(rows[length]) > LONGEST_HEADING):
                length += 1
            return length
        length = len(rows)
        below = cells[-1] + 1 if cells else 0
        titled = bool(rows) and (not self.manner.wrapped or known_section(rows[-1]) or in_capitals(rows[-1]))
        if titled and below < len(self.lines) and looks_like_prose(self.lines[below], self.manner):
            length -= 1
        numeric = sum(bool(_NUMERAL.search(row)) for row in rows[:length])
        return length if length >= 3 and numeric >= 2 else 0


def by_language(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The lines of a paragraph by language, first come first: one group as a rule, two where columns interleave."""
    whole = language_of(" ".join(line.text for line in lines))
    told = [_clear_language(line.text) for line in lines]
    counts = {language: told.count(language) for language in set(told) if language is not None}
    if len(lines) <= 3:
        counts["en"] = 2 if any(_plain(line.text) for line in lines) else 0
    if len([language for language, count in counts.items() if count >= 2 or (len(lines) <= 3 and count)]) < 2:
        return [(whole, list(lines))]
    groups: dict[str, list[Line]] = {}
    language = "en" if len(lines) <= 3 else next(language for language in told if language is not None)
    for line, own in zip(lines, told, strict=True):
        language = own or language
        groups.setdefault(language, []).append(line)
    return list(groups.items())


def _plain(text: str) -> bool:
    """Whether nothing in a line speaks for another language than English: no small word of one, no accent."""
    return all(score == 0 for language, score in language_scores(text).items() if language != "en")


def _clear_language(text: str) -> str | None:
    """The language of a single line where its small words or accents tell it beyond doubt, else None."""
    scores = language_scores(text)
    best = max(scores, key=lambda language: scores[language])
    others = max(score for language, score in scores.items() if (language == "en") != (best == "en"))
    if scores[best] >= 1.5 and scores[best] >= 2 * others:
        return best if best == "en" else language_of(text, default=best)
    return "en" if best == "en" and scores[best] >= 1 and others == 0 else None


def read_pieces(lines: Sequence[Line], manner: Manner) -> list[Piece]:
    """Headings, captions, tables, paragraphs and noise, in the order of the file, each line in exactly one piece."""
    return _Reader(lines, manner).read()
