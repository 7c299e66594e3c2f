"""This module flattens marked-up text to one line, so that raised and lowered characters never join a number.

An article prints '5' with a raised citation '3', and `10` with a raised exponent; both lose their height in plain text.
Each raised stretch is looked at with what stands before and after it, and written as what it is: a power (10^-3), the
exponent of a unit (mm2), an isotope (131I), an ordinal (4th), a citation ([3]) or the mark of a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

# Unicode keeps these 'noncharacters' free for use inside a program: they cannot stand for anything in a text.
SUP, SUP_END, SUB, SUB_END, CITE, CITE_END, NOTE, NOTE_END = map(chr, range(0xFDD0, 0xFDD8))
_MARKS: Final = "".join((SUP, SUP_END, SUB, SUB_END, CITE, CITE_END, NOTE, NOTE_END))
_ANY_MARK: Final = re.compile(f"[{_MARKS}]")
_DROP_MARKS: Final = dict.fromkeys(map(ord, _MARKS))

_SPACES: Final = dict.fromkeys([*range(0x09, 0x0E), *range(0x1C, 0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
                                0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " ")  # fmt: skip
_NOTHING: Final = dict.fromkeys([*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0), 0xAD,
                                 *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF],
                                "")  # fmt: skip
_LETTERS: Final = {0x2010: "-", 0x2011: "-", 0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}
_TIDY: Final = {**_SPACES, **_NOTHING, **_LETTERS}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text at one height: `level` is '', 'sup' or 'sub'; `role` is '', 'cite' or 'note'."""

    text: str
    level: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Flat text; what follows `body_end` is only the marks of footnotes."""

    text: str
    body_end: int

    @property
    def body(self) -> str:
        return self.text[: self.body_end]


@dataclass(frozen=True, slots=True)
class Raised:
    """A raised stretch with its neighbours, as the rows of RAISED see it."""

    before: str
    text: str
    after: str
    role: str


def tidy(text: str) -> str:
    """The text with plain blanks and hyphens, without invisible characters; minus signs and dashes stay as printed.

    >>> tidy("58.3\\u202f% \\u2212 46\\u201393\\xad")
    '58.3 % − 46–93'
    """
    return text.translate(_TIDY)


def flatten(runs: Iterable[Run], *, cell: bool = False) -> Line:
    """One line from runs, blanks collapsed.

    >>> flatten([Run("10"), Run("−3", "sup"), Run(" mm"), Run("2", "sup"), Run("/s"), Run("3", "sup", "cite")]).text
    '10^−3 mm2/s[3]'
    >>> flatten([Run("16.3"), Run("a", "sup")], cell=True)
    Line(text='16.3 a', body_end=4)
    """
    marked = " ".join("".join(_marked(runs)).split())
    if not cell and _ANY_MARK.search(marked) is None:
        return Line(marked, len(marked))
    marked = _collapse(marked)
    raised = re.sub(f"( ?){SUP}([^{SUP}{SUP_END}]*){SUP_END}", _write_raised, marked)
    lowered = re.sub(f"{SUB}([^{SUB}{SUB_END}]*){SUB_END}", _write_lowered, raised)
    return _write_notes(_write_citations(lowered), cell)


def _marked(runs: Iterable[Run]) -> Iterable[str]:
    """The runs as text with marks, neighbours of one height together and citations inside them."""
    opened = ""
    for run in runs:
        text = tidy(run.text).translate(_DROP_MARKS)
        if not text:
            continue
        if run.level != opened:
            yield from (_ENDS.get(opened, ""), _STARTS.get(run.level, ""))
            opened = run.level
        yield f"{_STARTS[run.role]}{text}{_ENDS[run.role]}" if run.role else text
    yield _ENDS.get(opened, "")


_STARTS: Final = {"sup": SUP, "sub": SUB, "cite": CITE, "note": NOTE}
_ENDS: Final = {"sup": SUP_END, "sub": SUB_END, "cite": CITE_END, "note": NOTE_END}


def _collapse(text: str) -> str:
    """Single blanks, none just inside a mark: 'FEV<sub>1 </sub>and' has its blank after the mark."""
    text = re.sub(f"([{SUP}{SUB}{CITE}{NOTE}]+) ", r" \1", text)
    text = re.sub(f" ([{SUP_END}{SUB_END}{CITE_END}{NOTE_END}]+)", r"\1 ", text)
    text = re.sub(f"{SUP}{SUP_END}|{SUB}{SUB_END}|{CITE}{CITE_END}|{NOTE}{NOTE_END}", "", text)
    return re.sub(r" +", " ", text).strip()


_SIGNED: Final = re.compile(r"[-−–+]\s?\d+\Z")
_NUMERIC_LIST: Final = re.compile(r"[\[(]?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*[\])]?\Z")
# Marks of which at least one is a symbol: '∗a', 'b,††'.
_NOTE_MARKS: Final = re.compile(r"(?=.*[*∗†‡§¶#¤])(?:[*∗†‡§¶#¤+]|[A-Za-z]|[., ]){2,8}\Z")
_NOTE_LETTERS: Final = re.compile(r"\(?[A-Za-z](?:\s?,?\s?[A-Za-z]){0,3}\)?\Z")
_SYMBOLS: Final = re.compile(r"[^\w\s]+\Z")
_UNIT: Final = re.compile(
    r"(?:\b|[\d/·•.])(?:[munpkdcµμ]?m|[mnµμ]?mol|[mkµμ]?g|[md]?[lL]|in|ft|h|s|sec|[RrTtFIxXχη]|chi|cells?)\Z"
)
_ELEMENT: Final = re.compile(
    r"\s?-?(?:Tc|Lu|Ga|In|Re|Cu|Zr|Rb|Xe|Sm|Sr|Ra|Bi|Ac|At|Pb|Ho|Cr|Mn|Fe|Tl|[FICNOHPYK])(?![A-Za-z])"
)


def _is_power(raised: Raised) -> bool:
    base = raised.before.rstrip()
    ten = re.search(r"(?<![\d.])10\Z", base) is not None
    return (ten and raised.text.isdigit()) or (base[-1:].isdigit() and bool(_SIGNED.match(raised.text)))


def _is_isotope(raised: Raised) -> bool:
    number = re.match(r"\d{1,3}m?\Z", raised.text)
    return bool(number and not raised.before[-1:].isalnum() and _ELEMENT.match(raised.after))


def _is_unit_exponent(raised: Raised) -> bool:
    base = raised.before.rstrip()
    if _SIGNED.match(raised.text):
        return base[-1:].isalpha() or base.endswith((")", "]"))
    return raised.text in ("2", "3", "4") and _UNIT.search(base) is not None


def _is_note_letter(raised: Raised) -> bool:
    """`16.3<sup>a</sup>`, `P value<sup>a,b</sup>`, but not `Skyra<sup>TM</sup>` or `VO2<sup>max</sup>`."""
    if not _NOTE_LETTERS.match(raised.text):
        return False
    letters = re.findall(r"[A-Za-z]", raised.text)
    listed = len(letters) == 1 or "," in raised.text
    return listed if raised.before[-1:].isalpha() else len(letters) <= 2 or listed


def _cited(raised: Raised) -> str:
    in_parentheses = raised.before.rfind("(") > max(raised.before.rfind(")"), raised.before.rfind("["))
    if in_parentheses or raised.before.rstrip().endswith("["):
        return f"{CITE}{raised.text.strip('()')}{CITE_END}"
    return f"[{raised.text.strip('[]() ')}]"


def _as_is(raised: Raised) -> str:
    return raised.text


def _noted(raised: Raised) -> str:
    return f"{NOTE}{raised.text}{NOTE_END}"


# One row a meaning: what it is, whether this is one, how it is written. The first that fits wins.
RAISED: Final[tuple[tuple[str, Callable[[Raised], object], Callable[[Raised], str]], ...]] = (
    ("citation", lambda it: it.role == "cite", _cited),
    ("footnote reference", lambda it: it.role == "note", _noted),
    ("power", _is_power, lambda it: f"^{it.text.replace(' ', '')}"),
    ("ordinal", lambda it: it.before.rstrip()[-1:].isdigit() and it.text in ("st", "nd", "rd", "th"), _as_is),
    ("isotope", _is_isotope, _as_is),
    ("exponent of a unit", _is_unit_exponent, lambda it: it.text.replace(" ", "")),
    ("ion", lambda it: it.before[-1:].isalpha() and re.match(r"\d?[+−-]\Z", it.text), lambda it: it.text),
    ("symbol", lambda it: _SYMBOLS.match(it.text), _as_is),
    ("inside a word", lambda it: it.before[-1:].isalpha() and it.text.isdigit() and it.after[:1].isalpha(), _as_is),
    ("opening mark", lambda it: not it.before.strip(), lambda it: f"{it.text} "),
    ("number of a reference", lambda it: _NUMERIC_LIST.match(it.text), _cited),
    ("letter of a footnote", _is_note_letter, _noted),
    ("marks of footnotes", lambda it: _NOTE_MARKS.match(it.text), _noted),
    ("after a number", lambda it: it.before[-1:].isdigit(), lambda it: f"^{it.text}"),
    ("letters", lambda it: True, _as_is),
)


# These join what stands before them even where the paper sets a blank between: 'ml <sup>−1</sup>'.
JOINED: Final = frozenset(("power", "ordinal", "exponent of a unit"))


def _write_raised(match: re.Match[str]) -> str:
    blank, inside = match.groups()
    role = "cite" if CITE in inside else "note" if NOTE in inside else ""
    before = match.string[max(0, match.start() - 24) : match.start()].translate(_DROP_MARKS) + blank
    after = match.string[match.end() : match.end() + 6].translate(_DROP_MARKS)
    raised = Raised(before, inside.translate(_DROP_MARKS), after, role)
    name, written = next((name, write(raised)) for name, fits, write in RAISED if fits(raised))
    follows = match.string[match.end() : match.end() + 1]
    apart = " " if written[-1:].isdigit() and follows.isdigit() else ""
    return ("" if name in JOINED else blank) + written + apart


def _write_lowered(match: re.Match[str]) -> str:
    """A lowered stretch joins the letter before it (T1, Cmax) and is kept apart from a number by '_'."""
    inside = match[1].translate(_DROP_MARKS)
    before, after = match.string[max(0, match.start() - 1) : match.start()], match.string[match.end() : match.end() + 1]
    apart = "_" if before.isdigit() and inside[:1].isalnum() else ""
    return apart + inside + (" " if inside[-1:].isdigit() and after.isdigit() else "")


_CITED: Final = f"{CITE}\\d{{1,4}}(?: ?[,;–-] ?\\d{{1,4}})*{CITE_END}"
_NUMBERS_CITED: Final = f"{_CITED}(?:(?: ?(?:[,;–-]|and) ?)+{_CITED})*"
_IN_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")
_IN_PARENTHESES: Final = re.compile(f"\\( ?({_NUMBERS_CITED}) ?\\)")
_BARE: Final = re.compile(
    f"(?P<named>\\b(?:[Rr]efs?\\.?|[Rr]eferences?|[Nn]os?\\.|[Nn]umbers?) ?)?(?P<list>{_NUMBERS_CITED})"
)


def _write_citations(text: str) -> str:
    """Citations of numbers in brackets, whatever the paper encloses them in; those of names as printed."""
    if CITE not in text:
        return text
    text = _IN_BRACKETS.sub(lambda match: match[0].translate({ord(CITE): None, ord(CITE_END): None}), text)
    text = _IN_PARENTHESES.sub(r"[\1]", text)
    text = _IN_BRACKETS.sub(lambda match: match[0].translate({ord(CITE): None, ord(CITE_END): None}), text)
    text = _BARE.sub(lambda match: match[0] if match["named"] else f"[{match['list']}]", text)
    return text.translate({ord(CITE): None, ord(CITE_END): None})


def _write_notes(text: str, cell: bool) -> Line:
    """Footnote marks: symbols stay where they are; letters and numbers never touch the number before them."""
    trailing = (
        re.search(f"(?: ?{NOTE}[^{NOTE_END}]*{NOTE_END}| ?[*∗†‡§¶#¤]+| ?\\[[0-9, –-]+\\])+\\Z", text) if cell else None
    )
    body, marks = (text[: trailing.start()], text[trailing.start() :]) if trailing and trailing.start() else (text, "")
    body = _write_note_marks(body, cell)
    return Line(body + _write_note_marks(marks, cell), len(body))


def _write_note_marks(text: str, cell: bool) -> str:
    def written(match: re.Match[str]) -> str:
        mark = match[1]
        if _SYMBOLS.match(mark):
            return mark
        opening = not match.string[: match.start()].strip() and not cell
        if mark.isdigit() and not opening:
            return f"[{mark}]"
        return f"{mark} " if opening else f" {mark}" if cell else f"[{mark.strip('()')}]"

    return re.sub(r" +", " ", re.sub(f"{NOTE}([^{NOTE_END}]*){NOTE_END}", written, text))
