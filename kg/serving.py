"""This module holds the commands that put the graph on the network: serve it, publish it to another server."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Final

DEFAULT_PORT: Final = 8502
PAGES_PORT: Final = 8501


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


def publish_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum publish`."""
    parser.add_argument("--store", metavar="URL", required=True, help="where the server is asked (SPARQL 1.1 Query)")
    parser.add_argument("--graph-store", metavar="URL", help="write to it by the Graph Store Protocol")
    parser.add_argument("--update", metavar="URL", help="write to it by SPARQL 1.1 Update")


def publish(options: argparse.Namespace) -> int:
    """Load a build into a server, and count it there."""
    from kg.upload import Place, upload

    place = Place(query=options.store, graph_store=options.graph_store, update=options.update)
    number = upload(Path(options.data), place, print)
    print(f"{options.store} has the {number} triples of {options.data}.")
    return 0


def app_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `signum app`."""
    parser.add_argument("--sources", metavar="DIR", type=Path, default=Path("sources"), help="the papers")
    parser.add_argument("--port", type=int, default=PAGES_PORT, help=f"default: {PAGES_PORT}")
    parser.add_argument("--address", default="localhost", help="default: localhost, so that only this machine sees it")


def app(options: argparse.Namespace) -> int:
    """Become the server of the pages."""
    page = Path(__file__).resolve().parent.parent / "app.py"
    os.environ["SIGNUM_DATA"] = options.data if "://" in options.data else str(Path(options.data).resolve())
    os.environ["SIGNUM_SOURCES"] = str(options.sources.resolve())
    os.chdir(page.parent)  # .streamlit/config.toml is read from there
    arguments = [sys.executable, "-m", "kg.web.start", "run", str(page)]
    arguments += ["--server.port", str(options.port), "--server.address", options.address, "--server.headless", "true"]
    sys.stdout.flush()
    os.execv(sys.executable, arguments)  # so that Ctrl+C and signals reach the server itself
