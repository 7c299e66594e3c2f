"""This module is the program of the processes that read papers: a source folder comes in, its N-Quads go out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kg.build import answering
from kg.processes import serve


def main(arguments: Sequence[str]) -> int:
    """Serve with the job, the seconds and the bytes of memory that `kg.processes.Program` passes."""
    job, seconds, memory_bytes = arguments
    serve(answering(job), seconds=float(seconds), memory_bytes=int(memory_bytes))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
