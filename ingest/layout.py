"""This module makes pieces of lines: headings, captions, tables and paragraphs, those that a page or a figure cut in two joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Final

from ingest.lines import Line, Manner, ends_sentence, is_noise
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


_LABEL: Final = r"(?P<label>(?:Supplementary |Suppl\. )?(?:Figure|FIGURE|Fig\.?|FIG\.?|Table|TABLE|Scheme|SCHEME|Box|Chart)[\s\xa0]*(?:S?\d{1,2}[A-Za-z]?|[IVX]{1,4}))"
_CAPTION: Final = re.compile(rf"{_LABEL}\s*(?:[:.|]|[-–—]\s)\s*\S")
_BARE_CAPTION: Final = re.compile(rf"{_LABEL}\s+(?=[A-Z(\[])")
_LONE_LABEL: Final = re.compile(rf"{_LABEL}\s*[:.]?\Z")
_GLUED_LABEL: Final = re.compile(rf"(?<=[a-z.)]){_LABEL}\Z")
_RUN_IN: Final = re.compile(r"(?P<name>[A-Z][A-Za-z ,/&-]{2,45}?)\s*(?P<mark>[:.]|[—–])\s+(?=[A-Z0-9(\[])")
_KEYWORDS: Final = re.compile(
    r"(?:key\s?-?words?|unitermos|descritores|palavras[- ]chave|palabras clave|mots[- ]cl[ée]s|index terms|mesh)\s*[:.—-]",
    re.IGNORECASE,
)
_FOOTNOTE: Final = re.compile(
    r"[*†‡§¶#]|(?:Notes?|Abbreviations?|Data|Values?|Legend)\b|[a-e]\s(?=[A-Z])|The (?:median|mean|data|values)\b"
)
_NUMERAL: Final = re.compile(r"\d")
MOST_HEADING_WORDS: Final = 14
LONGEST_HEADING: Final = 110


def caption_label(line: Line) -> str | None:
    """The label of a figure or table that a line's caption opens with, None for any other line."""
    for pattern in (_CAPTION, _BARE_CAPTION, _LONE_LABEL):
        if match := pattern.match(line.text):
            return " ".join(match.group("label").split())
    match = _GLUED_LABEL.search(line.text)
    return " ".join(match.group("label").split()) if match else None


def _starts_caption(lines: Sequence[Line], index: int, manner: Manner) -> bool:
    """Whether a caption begins here, not a sentence that a line end put a figure's name in front of."""
    line = lines[index]
    label = caption_label(line)
    if label is None:
        return False
    above = lines[index - 1] if index else None
    fresh = line.apart or not manner.wrapped or above is None or is_noise(above, manner)
    if _CAPTION.match(line.text):
        return fresh or (above is not None and ends_sentence(above.text))
    return fresh


def is_table(label: str | None) -> bool:
    """Whether a caption's label is a table's."""
    return label is not None and "table" in label.lower()


def _short(line: Line, manner: Manner, share: float = 0.75) -> bool:
    return len(line.text) <= (share * manner.width if manner.wrapped else 100)


def _capitals(text: str) -> bool:
    """Whether a line is all in capitals: at least one word of four letters, hardly a small letter.

    >>> _capitals("NEUROENDOCRINE HEPATIC METASTASES"), _capitals("MRI of the liver")
    (True, False)
    """
    letters = [character for character in text if character.isalpha()]
    small = sum(character.islower() for character in letters)
    return bool(re.search(r"[^\W\d_]{4}", text)) and small <= 0.1 * len(letters)


def _could_be_heading(line: Line) -> bool:
    words = line.text.split()
    return (
        len(line.text) <= LONGEST_HEADING
        and len(words) <= MOST_HEADING_WORDS
        and (line.text[0].isupper() or heading_number(line.text) is not None)
        and line.text[-1] not in ".,;"
        and not re.search(r"[@|=%]|https?:|\bdoi\b", line.text)
    )


def _looks_like_prose(line: Line, manner: Manner) -> bool:
    if manner.wrapped:
        return len(line.text) >= 0.6 * manner.width
    return len(line.text) > 100 or (len(line.text.split()) > 8 and ends_sentence(line.text))


def heading_length(lines: Sequence[Line], index: int, manner: Manner, *, mid_sentence: bool) -> int:
    """How many lines from `index` on are one heading; 0 if the line is none."""
    line = lines[index]
    if known_section(line.text) and (line.text[0].isupper() or line.text[0].isdigit()) and not line.text.endswith(","):
        return 1
    if not _could_be_heading(line) or (mid_sentence and not _capitals(line.text)):
        return 0
    below = lines[index + 1] if index + 1 < len(lines) else None
    if _capitals(line.text) or heading_number(line.text):
        goes_on = below is not None and not below.apart and _capitals(line.text) and _capitals(below.text)
        return 2 if goes_on and below is not None and _could_be_heading(below) else 1
    if below is None or not _short(line, manner):
        return 0
    if manner.wrapped and not line.apart and not _short(line, manner, 0.6):
        return 0
    if below.text[0].islower():
        third = lines[index + 2] if index + 2 < len(lines) else None
        continued = manner.wrapped and not below.apart and _short(below, manner, 0.6) and not ends_sentence(below.text)
        return 2 if continued and third is not None and third.text[0].isupper() else 0
    follows = _looks_like_prose(below, manner) or (_could_be_heading(below) and not is_noise(below, manner))
    return 1 if follows and caption_label(below) is None else 0


def run_in_heading(line: Line) -> int:
    """How many characters of the line are a section's name set before the text ('Background: ...'); 0 without one.

    >>> run_in_heading(Line(text="Results: Twelve patients", start=0))
    8
    """
    match = _RUN_IN.match(line.text)
    if match is None or known_section(match.group("name")) in (None, "other", "References"):
        return 0
    return match.end("mark")


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
        elif _starts_caption(self.lines, self.index, self.manner):
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
        if _starts_caption(self.lines, index, self.manner):
            return False
        if not ends_sentence(above.text):
            return not (_capitals(line.text) and known_section(line.text))
        ends = _short(above, self.manner, 0.8) and not line.text[0].islower()
        return not (ends or known_section(line.text) or run_in_heading(line))

    def _caption(self) -> None:
        label = caption_label(self.lines[self.index])
        lone = _LONE_LABEL.match(self.lines[self.index].text) is not None
        end = self.index + 1
        while end < len(self.lines) and self._caption_goes_on(end, label, lone=lone and end == self.index + 1):
            end += 1
        self._take("caption", end - self.index, label)
        if is_table(label):
            self._table(label)

    def _caption_goes_on(self, index: int, label: str | None, *, lone: bool) -> bool:
        line, above = self.lines[index], self.lines[index - 1]
        if is_noise(line, self.manner) or _starts_caption(self.lines, index, self.manner):
            return False
        if lone:
            return not line.page_break and "|" not in line.text
        if line.apart or not self.manner.wrapped:
            return False
        return not (is_table(label) and _short(above, self.manner))

    def _table(self, label: str | None) -> None:
        """Take the cells that follow: rows with bars, rows of numbers, or one short cell a line."""
        cells: list[int] = []
        index, barred = self.index, False
        while index < len(self.lines):
            line = self.lines[index]
            if _starts_caption(self.lines, index, self.manner):
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
            return _short(line, self.manner) or (numbers >= 3 and numbers >= 0.3 * len(words))
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
        if cells and below < len(self.lines) and _looks_like_prose(self.lines[below], self.manner):
            if not self.manner.wrapped or known_section(rows[-1]) or _capitals(rows[-1]):
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


def joined_paragraphs(pieces: Iterable[Piece], manner: Manner) -> list[Piece]:
    """Join a paragraph that a page break, a caption or a second column cut in two; what is joined stands where it ends.

    A piece that begins with a small letter goes on with the last paragraph whose sentence is open. Where a heading
    lies between them, the text was set in columns: the opening part, and the paragraphs right above it, are read
    under that heading.
    """
    result: list[Piece] = []
    for piece in pieces:
        opening = _opening_of(piece, result, manner)
        if opening is None:
            result.append(piece)
            continue
        place = result.index(opening)
        between = any(other.kind == "heading" for other in result[place + 1 :])
        opening.lines = [*opening.lines, *piece.lines]
        if between:
            first = _column_start(result, place)
            result = [*result[:first], *result[place + 1 :], *result[first : place + 1]]
    return result


def _opening_of(piece: Piece, before: Sequence[Piece], manner: Manner) -> Piece | None:
    """The piece that this one goes on, None if it stands by itself."""
    if piece.kind != "paragraph":
        return None
    last = next((other for other in reversed(before) if other.kind != "noise"), None)
    if last is None or last.kind == "heading":
        return None
    first = piece.lines[0].text[0]
    small = first.islower() or first in ")],;%–" or (not first.isalpha() and first not in '(["“‘•·*†‡')
    if last.kind == "caption" and (
        (last.open and first.islower()) or (last is before[-1] and _both_wide(last, piece, manner))
    ):
        return last
    for other in reversed(before):
        if other.kind == "heading" and not first.islower():
            return None
        if other.kind != "paragraph" or other.language != piece.language:
            continue
        if other.open and len(other.text.split()) > 5 and (small or manner.wrapped):
            return other
        if not small or not manner.wrapped:
            return None
    return None


def _both_wide(caption: Piece, piece: Piece, manner: Manner) -> bool:
    """Whether a caption of one line and what follows on its page are both set across the columns of the body."""
    if not manner.wrapped or len(caption.lines) > 1 or piece.lines[0].page_break:
        return False
    widths = [len(line.text) for line in piece.lines[:-1] or piece.lines]
    return min(median(widths), len(caption.lines[0].text)) > 1.4 * manner.width


def _column_start(pieces: Sequence[Piece], place: int) -> int:
    """Where the paragraphs of the same column begin that end with the one at `place`."""
    first = place
    while first and pieces[first - 1].kind == "paragraph" and pieces[first - 1].language == pieces[place].language:
        first -= 1
    return first
