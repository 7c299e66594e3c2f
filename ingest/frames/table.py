"""This module finds the turns of phrase that a sentence may hold, without a look at all the others."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ingest.frames.frame import Frame
from ingest.screening import Rows

KNOWN_COMPANIES: Final = 4096  # sets of types that are named in one sentence


class FrameTable:
    """Frames, to be asked for by what a sentence names and by its words: there may be many more than a sentence has."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._frames = tuple(frames)
        self._also = frozenset[str]().union(*(frame.also for frame in self._frames))
        self._of = lru_cache(maxsize=KNOWN_COMPANIES)(self._of_types)
        self._rows(self._frames)  # their words are known from the beginning

    def that_may_join(self, words: str, types: Iterable[str], keys: Iterable[str]) -> tuple[Frame, ...]:
        """The frames whose words stand in a sentence that names concepts of some types, in the order of the rows."""
        return self._of(frozenset(types), self._also.intersection(keys)).that_may_match(words)

    def _of_types(self, types: frozenset[str], keys: frozenset[str]) -> Rows[Frame]:
        return self._rows(frame for frame in self._frames if frame.may_join(types, keys))

    def _rows(self, frames: Iterable[Frame]) -> Rows[Frame]:
        return Rows((filter(None, (frame.cue, frame.opening, frame.closing)), frame) for frame in frames)
