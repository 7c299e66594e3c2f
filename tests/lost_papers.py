"""Extractions that end badly where a text says so, for the tests of the engines that must survive it."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from kg.sources import StoredSource
from kg.vocabulary import Vocabulary
from tests import tiny

if TYPE_CHECKING:
    from ingest.pipeline import Extraction

TOO_MUCH = 1 << 40  # bytes


def extract(stored: StoredSource, vocabulary: Vocabulary) -> Extraction:
    """What `tests.tiny` extracts, unless the text tells it to be slow, be large, fail, or die (once or always)."""
    if "SLOW" in stored.text:
        time.sleep(600)
    if "LARGE" in stored.text:
        bytearray(TOO_MUCH)
    if "FAIL" in stored.text:
        raise IndexError("list index out of range")
    if "BUG" in stored.text:
        raise NameError("name 'own_phase' is not defined")
    if "DIE" in stored.text or ("LOSE" in stored.text and _first_time(stored)):
        os.kill(os.getpid(), signal.SIGKILL)
    return tiny.extract(stored, vocabulary)


def _first_time(stored: StoredSource) -> bool:
    mark = stored.folder.parent.parent / f"{stored.source.key}.lost"
    first = not mark.exists()
    mark.touch()
    return first
