"""This module tells where the sentences before, the heading or the title put a syndrome in focus, and no tumor."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

from ingest.candidates import Slot
from ingest.features import COUNTED_GROUPS, KIND_GROUPS
from ingest.mentions import Mention, of_type
from ingest.sentences import GENERIC

OF_SYNDROMES: Final = frozenset({"clinical-feature", "marker", "disease", "incidence", "prevalence", "words"})
"""What a number may be about that is said of a syndrome: a type, or the key of an outcome."""

SENTENCES_BACK: Final = 3
"""How far back a sentence may have put a syndrome in focus."""

OPENING: Final = 30
"""How many characters into a sentence what it is about begins."""


def syndrome_in_focus(slot: Slot) -> str | None:
    """The syndrome that a number is of: 'Carcinoid syndrome: an overview. … Flushing is present in up to 85%'."""
    about = slot.anchor.about
    if slot.anchor.kind == "claim" or about not in OF_SYNDROMES:
        return None
    named = [m for m in of_type(slot.sentence.mentions, "disease", "syndrome") if m.end <= slot.anchor.first]
    meant = next((m for m in named if m.stands_in), None)
    if meant is not None and meant.type == "syndrome":
        return meant.key
    if named and about != "disease":
        return None
    headed = _first(slot.paper.named_in(slot.sentence.block.heading)) if slot.sentence.block.heading else None
    nearby = 1 if headed is not None and headed.type == "disease" else SENTENCES_BACK
    for sentence in islice(slot.earlier(), nearby):
        opening = [m for m in sentence.mentions if m.start - sentence.start <= OPENING]
        first = _first(opening)
        if first is not None:
            counted = any(KIND_GROUPS[number.kind] in COUNTED_GROUPS for number in sentence.numbers)
            return first.key if first.type == "syndrome" and not counted else None
    for text in (slot.sentence.block.heading, slot.paper.source.title):
        first = _first(slot.paper.named_in(text)) if text else None
        if first is not None:
            return first.key if first.type == "syndrome" else None
    return None


def _first(mentions: Iterable[Mention]) -> Mention | None:
    """The first disease or syndrome of some mentions that says of which."""
    return next((m for m in of_type(mentions, "disease", "syndrome") if m.key not in GENERIC), None)
