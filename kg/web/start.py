"""This module starts the server of the pages, ready for its first reader: what takes seconds is loaded first."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from streamlit.web import cli

from kg.store import StoreError
from kg.web import answers
from kg.web.layout import data_location, open_store

NEEDED: Final = ("kg.web.compare", "kg.web.search")
"""What `/` imports: the statistics and the charts."""


def load() -> None:
    """Import what the first page needs, and read the graph that it shows; one on another server is asked later."""
    for name in NEEDED:
        import_module(name)
    if "://" in data_location():
        return
    try:
        answers.pairs_with_evidence(open_store())
    except StoreError:
        return  # the page says so, and what to do


def main() -> None:
    """Serve; the arguments are those of `streamlit`."""
    load()
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
