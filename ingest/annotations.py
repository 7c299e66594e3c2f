"""This module reads what a careful reader annotated in a paper, and finds the place of each annotation in the text."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.model import NUMBER_FIELDS, Span

_SAME: Final = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-", "ﬁ": "fi", "ﬂ": "fl"}
_LONE_ROLES: Final = frozenset({"value", "percent", "mean", "median", "numerator", "p"})


class AnnotationError(ValueError):
    """An annotation file that cannot be read; the sentence names the file and the line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """One annotated statement with its place in the text: `span` of the quote, `anchor` of the number."""

    id: str
    kind: str
    span: Span
    anchor: Span
    subjects: frozenset[str]
    objects: frozenset[str]
    predicate: str
    polarity: str
    numbers: Mapping[str, float]


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
    anchor = places.find(str(row["anchor"]), span.start) if row.get("anchor") else None
    stat = row.get("stat")
    values = stat.items() if isinstance(stat, dict) else ()
    return Annotation(
        id=str(row["id"]),
        kind=str(row["kind"]),
        span=span,
        anchor=anchor if anchor is not None and anchor.start < span.end else span,
        subjects=_accepted(row, "subject"),
        objects=_accepted(row, "object"),
        predicate=str(row["predicate"]),
        polarity=str(row.get("polarity") or "present"),
        numbers={k: float(v) for k, v in values if k in NUMBER_FIELDS and isinstance(v, (int, float))},
    )


def _accepted(row: Mapping[str, object], side: str) -> frozenset[str]:
    others = row.get(f"{side}_accept") or []
    names = [row[side], *others] if isinstance(others, list) else [row[side]]
    return frozenset(folded_name(str(n)) for n in names if n)


class Places:
    """Finds quotes in a text whatever its white space, hyphens, quotation marks and dashes."""

    def __init__(self, text: str) -> None:
        letters: list[str] = []
        self._where: list[int] = []
        for i, character in enumerate(text):
            for c in _SAME.get(character, character):
                if not c.isspace() and c != "-" and c != "\u00a0":
                    letters.append(c.lower()[:1])
                    self._where.append(i)
        self._flat = "".join(letters)

    def find(self, quote: str, start: int = 0) -> Span | None:
        """The stretch of the text that holds a quote, at or after `start`; None if it does not stand there."""
        want = "".join(
            c for c in "".join(_SAME.get(c, c) for c in quote).lower() if not c.isspace() and c not in "-\u00a0"
        )
        after = next((i for i, w in enumerate(self._where) if w >= start), 0) if start else 0
        at = self._flat.find(want, after) if want else -1
        if at < 0:
            return None
        return Span(start=self._where[at], end=self._where[at + len(want) - 1] + 1)


def folded_name(label: str) -> str:
    """A name as annotations are compared: case, plural, spelling and punctuation do not count.

    >>> folded_name("Liver metastases") == folded_name("liver metastasis")
    True
    """
    text = re.sub(r"\s+", " ", "".join(_SAME.get(c, c) for c in label)).lower().strip()
    text = re.sub(r"[^a-z0-9α-ω+/%. ]+", " ", text)
    text = re.sub(r"\b(wash|follow|cut) (out|up|off)\b", r"\1\2", text)
    return " ".join(_folded_word(word) for word in text.split())


def _folded_word(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "sis")):
        word = word[:-1]
    if word in {"metastase", "diagnose", "necrose", "fibrose"}:
        word = word[:-2] + "sis"
    word = re.sub(r"isation$", "ization", word)
    return word.replace("tumour", "tumor").replace("haem", "hem").replace("oedema", "edema")


def same_numbers(wanted: Mapping[str, float], found: Mapping[str, float]) -> bool:
    """Whether every wanted number is there; a lone one may stand in another role that holds one number."""
    if not wanted or not found:
        return False
    for role, value in wanted.items():
        if role in found and _equal(found[role], value):
            continue
        lone = len(wanted) == 1 and role in _LONE_ROLES
        if not lone or not any(_equal(value, found[r]) for r in _LONE_ROLES if r in found):
            return False
    return True


def _equal(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-9)


def gold_files(folders: Iterable[Path]) -> Iterator[Path]:
    """The annotation files of some folders, sorted by name."""
    for folder in folders:
        yield from sorted(folder.glob("*.jsonl"))
