"""This module starts Streamlit's server, and loads what the first page needs before anybody waits for it."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Final

from streamlit.web import cli

NEEDED: Final = ("kg.web.compare", "kg.web.search")
"""What `/` imports: the statistics and the charts take seconds, which the first reader would wait for."""


def load() -> None:
    """Import what the first page needs."""
    for name in NEEDED:
        import_module(name)


def main() -> None:
    """Serve; the arguments are those of `streamlit`."""
    threading.Thread(target=load, daemon=True).start()
    cli.main(prog_name="streamlit")


if __name__ == "__main__":
    main()
