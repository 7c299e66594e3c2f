"""This module holds the commands that put the graph on the network: serve it, publish it to another server."""

from __future__ import annotations

import argparse
from typing import Final

DEFAULT_PORT: Final = 8502


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum serve`."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"default: {DEFAULT_PORT}")
    parser.add_argument("--address", default="localhost", help="default: localhost, so that only this machine asks")
    parser.add_argument("--workers", metavar="N", type=int, default=2, help="queries at a time (default: 2)")
    parser.add_argument("--waiting", metavar="N", type=int, default=20, help="queries that may wait (default: 20)")
    parser.add_argument("--timeout", metavar="S", type=float, default=10.0, help="stop a query after S seconds")
    parser.add_argument("--rows", metavar="N", type=int, default=10_000, help="the most rows of an answer")


def serve(options: argparse.Namespace) -> int:
    """Serve the graph until told to stop."""
    from kg.pool import Limits
    from kg.server import Settings
    from kg.server.application import serve as run
    from kg.server.settings import MEMORY

    if options.workers < 1 or options.waiting < 0:
        raise ValueError(f"--workers {options.workers} --waiting {options.waiting}: allowed are 1 or more, 0 or more")
    limits = Limits(seconds=options.timeout, rows=options.rows, memory=MEMORY)
    settings = Settings(location=options.data, limits=limits, workers=options.workers, waiting=options.waiting)
    run(settings, host=options.address, port=options.port)
    return 0
