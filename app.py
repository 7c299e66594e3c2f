"""This module is the web app: the register of pages, and the menu."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kg.web.layout import guarded

# (file, title, path); the first is shown at "/". A page gets its row when it does its work.
PAGES: Final = (
    ("kg/web/compare.py", "Compare", ""),
    ("kg/web/sources.py", "Sources", "sources"),
)


def main() -> None:
    """Draw the menu and run the page that the address names."""
    pages = [st.Page(file, title=title, url_path=path, default=not path) for file, title, path in PAGES]
    page = st.navigation(pages, position="top")
    with guarded(page.title):  # a page's own guard begins after its imports, and these can fail too
        page.run()


main()
