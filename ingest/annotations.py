"""This module reads what a careful reader annotated in a paper, and finds the place of each annotation in the text."""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ingest.screening import screened
from kg.model import NUMBER_FIELDS, Span

_SAME: Final = str.maketrans({**dict.fromkeys("’‘", "'"), **dict.fromkeys("“”", '"'), **dict.fromkeys("–—−", "-")})
_LIGATURES: Final = {"ﬁ": "fi", "ﬂ": "fl"}
_LINE_END_HYPHEN: Final = screened(r"(?<=[^\W\d_])-[\r\n]\s*(?=[^\W\d_A-Z])")
_NOT_IN_NAMES: Final = screened(r"[^a-z0-9α-ω+/%. ]+")
_SPLIT_WORDS: Final = screened(r"\b(wash|follow|cut) (out|up|off)\b")
_SPELLINGS: Final = (("tumour", "tumor"), ("haem", "hem"), ("oedema", "edema"))
_GREEK_PLURALS: Final = {
    "metastase": "metastasis",
    "diagnose": "diagnosis",
    "necrose": "necrosis",
    "fibrose": "fibrosis",
}
LONE_ROLES: Final = frozenset({"value", "percent", "mean", "median", "numerator", "p"})
"""Fields that a number may stand in which is annotated in another of them, if it is the only one."""


class AnnotationError(ValueError):
    """An annotation file that cannot be read; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotated statement with its place in the text: `span` of the quote, `anchor` of the number.

    One that is not `right` says what the text does not state there.
    """

    id: str
    kind: str
    span: Span
    anchor: Span
    subjects: frozenset[str]
    objects: frozenset[str]
    predicate: str
    polarity: str
    numbers: Mapping[str, float]
    right: bool = True


def read_annotations(path: Path, text: str) -> list[Annotation]:
    """The annotations of a JSON Lines file that can be placed in a text, in the order of the file.

    Raises:
        AnnotationError: a line is no JSON object or lacks a field.
    """
    places = Places(text)
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                annotation = _annotation(json.loads(line), places)
            except (ValueError, KeyError, TypeError) as error:
                raise AnnotationError(
                    f"{path.name}, line {number}: {error}; allowed: one annotation as JSON"
                ) from error
            if annotation is not None:
                found.append(annotation)
    return found


def _annotation(row: Mapping[str, object], places: Places) -> Annotation | None:
    span = places.find(str(row["quote"]))
    if span is None:
        return None
    anchor = places.find(str(row["anchor"]), within=span) if row.get("anchor") else None
    stat = row.get("stat")
    values = stat.items() if isinstance(stat, dict) else ()
    return Annotation(
        id=str(row["id"]),
        kind=str(row["kind"]),
        span=span,
        anchor=anchor or span,
        subjects=_accepted(row, "subject"),
        objects=_accepted(row, "object"),
        predicate=str(row["predicate"]),
        polarity=str(row.get("polarity") or "present"),
        numbers={k: float(v) for k, v in values if k in NUMBER_FIELDS and isinstance(v, (int, float))},
    )


def _accepted(row: Mapping[str, object], side: str) -> frozenset[str]:
    others = row.get(f"{side}_accept") or []
    names = [row[side], *others] if isinstance(others, list) else [row[side]]
    return frozenset(fold_name(str(n)) for n in names if n)


def fold_name(label: str) -> str:
    """The form under which two spellings of a name are one.

    >>> fold_name("Liver metastases") == fold_name("liver-metastasis"), fold_name("Wash-out of tumours")
    (True, 'washout of tumor')
    """
    text = _LINE_END_HYPHEN.sub("", _expand(label.translate(_SAME))).lower()
    text = _NOT_IN_NAMES.sub(" ", " ".join(text.split()))
    words = [_fold_word(word) for word in _SPLIT_WORDS.sub(r"\1\2", text).split()]
    folded = " ".join(words)
    for british, american in _SPELLINGS:
        folded = folded.replace(british, american)
    return folded


def _fold_word(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "sis")):
        word = word[:-1]
    return re.sub(r"isation$", "ization", _GREEK_PLURALS.get(word, word))


def _expand(text: str) -> str:
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    return text


class Places:
    """Where quotes stand in a text, whatever became of their blanks, hyphens, dashes and quotation marks.

    >>> Places("two  de-\\ntection rates").find("Detection rates").start
    5
    """

    def __init__(self, text: str) -> None:
        pairs = [(letter, at) for at, character in enumerate(text) for letter in _squeeze(character)]
        self._squeezed = "".join(letter for letter, _ in pairs)
        self._places = [at for _, at in pairs]

    def find(self, quote: str, *, within: Span | None = None) -> Span | None:
        """The first place of `quote`, or None; `within` demands that it begins inside that span."""
        wanted = "".join(map(_squeeze, quote))
        after = bisect_left(self._places, within.start) if within else 0
        at = self._squeezed.find(wanted, after) if wanted else -1
        if at < 0:
            return None
        found = Span(start=self._places[at], end=self._places[at + len(wanted) - 1] + 1)
        return found if within is None or found.start < within.end else None


def _squeeze(character: str) -> str:
    plain = _LIGATURES.get(character, character.translate(_SAME))
    return "" if plain.isspace() or plain == "-" else plain.lower()


def same_numbers(wanted: Mapping[str, float], found: Mapping[str, float]) -> bool:
    """Whether every wanted number is there; a lone one may stand in another role that holds one number."""
    if not wanted or not found:
        return False
    for role, value in wanted.items():
        if role in found and _equal(found[role], value):
            continue
        lone = len(wanted) == 1 and role in LONE_ROLES
        if not lone or not any(_equal(value, found[r]) for r in LONE_ROLES if r in found):
            return False
    return True


def _equal(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)
