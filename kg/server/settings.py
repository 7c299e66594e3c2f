"""This module holds what the server is told, and the graph as it is on disk now."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Final

from kg.pool import Limits
from kg.results import MEBIBYTE
from kg.store import Store, StoreError, fingerprint

LOOK_AGAIN: Final = 1.0  # seconds between two looks at the files
REMOTE_SECONDS: Final = 60.0  # for which what was read of a server is believed
MEMORY: Final = 384 * MEBIBYTE  # of a worker: two of them, the graph and this process stay below 1.5 GiB


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is served and how: `location` is a build folder or the URL of a SPARQL server."""

    location: str
    limits: Limits = field(default_factory=lambda: Limits(memory=MEMORY))
    workers: int = 2
    waiting: int = 20
    patience: float = 10.0


class Current:
    """The store in this process, for what needs no untrusted query; opened anew when a build has replaced the files."""

    def __init__(self, location: str) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._state, self._looked = fingerprint(location), time.monotonic()
        self._store = Store.open(location)
        self._again = REMOTE_SECONDS if "://" in location else LOOK_AGAIN

    def store(self) -> Store:
        """The graph as it is now; as it was, while the files on disk cannot be read."""
        now = time.monotonic()
        with self._lock:
            if now - self._looked >= self._again:
                self._looked = now
                try:
                    state = fingerprint(self._location)
                    if state != self._state or not self._store.is_fixed:
                        self._state, self._store = state, Store.open(self._location)
                except (OSError, StoreError):
                    pass  # a build is at work, or the pool says in its log and in /health what is wrong
            return self._store
