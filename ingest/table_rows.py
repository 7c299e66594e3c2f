"""This module reads what the rows of a table stand for: a sign, a level of a variable, things counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest.candidates import entity_of, role_of
from ingest.screening import screened
from ingest.sentences import Paper
from ingest.tables import DataCell
from kg.model import Entity

PRESENT: Final = frozenset({"present", "presence", "yes", "positive", "+"})
ABSENT: Final = frozenset({"absent", "absence", "no", "negative", "none", "-"})
_PARTS: Final = r"[^()/:]+(?:/[^()/:]+)+"
HEADED_PARTS: Final = screened(rf"(?P<head>[^(:]*?)\s*[(:]\s*(?P<parts>{_PARTS})\s*\)?\s*")
"""'Child-Pugh: A/B', 'Gender (M/F ratio)', '(alcohol/HCV)'."""

BARE_PARTS: Final = screened(rf"(?P<parts>{_PARTS})\s*(?:\(n\))?\s*")
"""'Male/female', 'M/F ratio', 'G1/G2/G3'."""

COUNTED: Final = screened(r"\s*\b(?:ratio|numbers?|n)\s*$", re.IGNORECASE)
"""What ends the last part of a label and is none of it: ' ratio'."""

LEVEL: Final = screened(
    r"\W*(?:[\dIVX]{1,4}[ab]?|[A-Z]\d?|[<>≤≥]\s?[\d.]+|yes|no|unknown|missing|other)\W*", re.IGNORECASE
)
"""A row that says nothing without its heading: '2' under 'T status'."""

SEXES: Final = {"m": "male-sex", "f": "female-sex"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a row stands for: the attribute, its type, whether it counts the presence or the absence of it."""

    entity: Entity
    type: str
    polarity: str = "present"
    variable: Entity | None = None


def row_meaning(paper: Paper, data: DataCell) -> Meaning | None:
    """What a row counts or measures, by its label and the heading it stands under; None where it has no label."""
    row, group = data.row.strip(), data.group.strip()
    if not row:
        return None
    level = row.casefold().strip(" .:")
    variable = entity_by(paper, group) if group else None
    if variable is not None and level in PRESENT | ABSENT:
        polarity = "absent" if level in ABSENT else "present"
        return Meaning(entity=variable[0], type=variable[1], polarity=polarity, variable=variable[0])
    for words in _readings(row, group):
        found = named_by(paper, words)
        if found is not None:
            return Meaning(entity=found[0], type=found[1], variable=variable[0] if variable else None)
    entity, type_ = entity_by(paper, row)
    if group and type_ == "words" and LEVEL.fullmatch(row):
        entity = Entity(label=f"{bare_label(group)}: {entity.label}")
    return Meaning(entity=entity, type=type_, variable=variable[0] if variable else None)


def _readings(row: str, group: str) -> Iterator[str]:
    """Ways to say a row in full: with its heading, then by itself."""
    if group:
        yield f"{row} {group}"
        yield f"{group} {row}"
        words = group.split()
        for cut in range(1, len(words)):
            yield f"{row} {' '.join(words[cut:])}"
    yield row


def named_by(paper: Paper, words: str) -> tuple[Entity, str] | None:
    """The concept that words name, alone or with a contrast phase behind it ('hyperenhancement in arterial phase')."""
    keys = paper.lexicon.lookup(words)
    if len(keys) != 1:
        mentions = paper.named_in(words)
        named = [m for m in mentions if m.type != "phase"]
        if len(named) != 1 or named[0].start > 0 or len(mentions) == 1:
            return None
        keys = named[0].keys
    concept = paper.lexicon.concepts[keys[0]]
    return entity_of(concept), role_of(concept)


def bare_label(words: str) -> str:
    """A label without what stands in brackets behind it: 'T status' of 'T status (%)'."""
    return re.sub(r"\s*[(\[].*$", "", words).strip(" :,*") or words


def entity_by(paper: Paper, words: str) -> tuple[Entity, str]:
    """A label's concept, the concept of its main words, or the words themselves."""
    bare = bare_label(words)
    exact = named_by(paper, words) or named_by(paper, bare)
    if exact is not None:
        return exact
    inside = [m for m in paper.named_in(bare) if m.type not in {"study-design"}]
    if len(inside) == 1 and len(inside[0].text) > 0.6 * len(bare):
        concept = paper.lexicon.concepts[inside[0].key]
        return entity_of(concept), role_of(concept)
    return Entity(label=bare), "words"


def parts_of_row(paper: Paper, data: DataCell, count: int) -> list[Meaning]:
    """What each of several counts of a cell is of, where the label of its row has as many parts: 'Male/Female' beside
    '8/4'; empty for any other label.
    """
    for pattern in (HEADED_PARTS, BARE_PARTS):
        match = pattern.fullmatch(data.row.strip())
        parts = [COUNTED.sub("", part).strip(" ,") for part in match.group("parts").split("/")] if match else []
        if match is not None and len(parts) == count and all(parts):
            head = match.groupdict().get("head") or " ".join(parts[0].split()[:-1])
            return [_part(paper, part, head or data.group) for part in parts]
    return []


def _part(paper: Paper, part: str, head: str) -> Meaning:
    """What a part of a label stands for: by itself, or with what the label begins with ('Child' before 'B')."""
    sex = SEXES.get(part.casefold())
    ways = [part] if sex is None else [paper.lexicon.concepts[sex].label]
    ways += [f"{head} {part}", f"{part} {head}"] if head and not part.startswith(head) else []
    found = next((one for way in ways if (one := named_by(paper, way)) is not None), None)
    entity, type_ = found or (Entity(label=" ".join(ways[-1 if len(ways) == 1 else 1].split())), "words")
    return Meaning(entity=entity, type=type_)
