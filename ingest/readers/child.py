"""This module reads a file in a process of its own, limited in time and memory, which is all that it can stop."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ingest.readers.base import ReaderError
from ingest.readers.raw_json import from_json, to_json
from ingest.text import RawText

# Reading the longest article known to us (a PDF of 60 pages) takes 6 seconds and 0.3 GB.
DEFAULT_SECONDS: Final = 30.0
DEFAULT_BYTES: Final = 1 << 30
REFUSED: Final = 2
# The checkout, or where the packages are installed: the process is to import the same code.
_ROOT: Final = Path(__file__).resolve().parents[2]


def read_in_child(path: Path, *, seconds: float = DEFAULT_SECONDS, memory_bytes: int = DEFAULT_BYTES) -> RawText:
    """What `ingest.readers.read` makes of the file, read by a process that may take this long and this much memory.

    ReaderError where the reader refuses the file, or where the process runs into a limit or dies.
    """
    command = [sys.executable, "-m", "ingest.readers.child", str(path.resolve()), str(memory_bytes), str(seconds)]
    try:
        done = subprocess.run(command, cwd=_ROOT, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as error:
        raise ReaderError(_over_time(path, seconds)) from error
    if done.returncode == 0:
        return from_json(done.stdout.decode())
    raise ReaderError(_reason(path, done, seconds, memory_bytes))


def _over_time(path: Path, seconds: float) -> str:
    return f"{path.name} took more than {seconds:g} s to read and was stopped; give the article's text or JATS XML"


def _reason(path: Path, done: subprocess.CompletedProcess[bytes], seconds: float, memory_bytes: int) -> str:
    """Why the process gave no text: the reader's own sentence, or the limit that it ran into."""
    if done.returncode == REFUSED:
        return str(json.loads(done.stdout.decode())["refused"])
    if -done.returncode in (9, 24):  # SIGKILL, SIGXCPU
        return _over_time(path, seconds)
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    if b"MemoryError" in done.stderr or done.returncode in (-6, -11):
        limit = memory_bytes / (1 << 30)
        return (
            f"{path.name} needs more than {limit:.2g} GB to be read, or is damaged; give the article's text or JATS XML"
        )
    return f"{path.name} could not be read ({lines[-1] if lines else f'exit code {done.returncode}'}); report this file"


def main(arguments: Sequence[str]) -> int:
    """Read the file named first, within the limits named next, and print it as JSON."""
    path, memory_bytes, seconds = Path(arguments[0]), int(arguments[1]), float(arguments[2])
    from ingest.readers import read  # loaded before the limit counts its memory against the file

    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        print(to_json(read(path, path.read_bytes())))
    except ReaderError as error:
        print(json.dumps({"refused": str(error)}))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
