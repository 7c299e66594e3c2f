"""This module says what a reader is, and how it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ingest.text import RawText


class ReaderError(ValueError):
    """A file that cannot be read; the sentence says why, and what would help."""


class Reader(Protocol):
    """Turns one format into RawText."""

    def can_read(self, path: Path, head: bytes) -> bool:
        """Whether a file of this name that begins with these bytes is mine."""

    def read(self, data: bytes) -> RawText:
        """The whole file, read; ReaderError where it is damaged, locked or without text."""
