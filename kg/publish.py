"""This module writes the files of a build: each at once, so that a reader and a crash see the old or the new one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.store import LOCK_NAME


class BuildError(ValueError):
    """A build that cannot go on: another one is writing, or nothing can be written; the sentence says what to do."""


def write(path: Path, text: str) -> None:
    """Put `text` at `path`, on the disk before it has that name. Raises BuildError; then the old file is whole."""
    try:
        replace(path, [text.encode()])
    except OSError as error:
        raise BuildError(f"{path} cannot be written: {error.strerror or error}; the old file is whole") from error


def replace(path: Path, pieces: Iterable[bytes]) -> int:
    """Put the pieces at `path` one after the other, on the disk before it has that name; returns how many bytes.

    Raises OSError, or what making a piece raises; then the old file is whole and nothing else is left.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    size = 0
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                size += file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp makes it private; another user may serve the graph  # noqa: PTH101
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return size


def write_or_remove(path: Path, text: str) -> None:
    """Put `text` at `path`; no text, no file."""
    if text:
        write(path, text)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def only_writer(data: Path) -> Iterator[None]:
    """Hold the build folder for this process; what a killed build left half-written is removed.

    Raises BuildError if the folder cannot be written to, or another build holds it.
    """
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock = (data / LOCK_NAME).open("w")
    except OSError as error:
        raise BuildError(
            f"{data} cannot be written to: {error.strerror or error}; give another with --data DIR"
        ) from None
    with lock:
        _hold(lock.fileno(), data)
        for leftover in data.glob(".*.part"):
            leftover.unlink()
        yield


def _hold(descriptor: int, data: Path) -> None:
    try:
        import fcntl
    except ImportError:  # Windows; there one build at a time is the user's care
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise BuildError(
            f"another build is writing to {data}; wait for it, or give another folder with --data DIR"
        ) from None
