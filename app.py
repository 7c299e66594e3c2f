"""This module is the web app: the register of pages, and the menu."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from kg.web.layout import announce, guarded, open_store, other_data
from kg.web.search import search

# (file, title, path, menu); the first is shown at "/", those of a menu stand in it. A page gets its row when it works.
PAGES: Final = (
    ("kg/web/compare.py", "Compare", "", ""),
    ("kg/web/ask.py", "Ask", "ask", ""),
    ("kg/web/browse.py", "Browse", "browse", ""),
    ("kg/web/differential.py", "Differential", "differential", ""),
    ("kg/web/sources.py", "Sources", "sources", ""),
    ("kg/web/audit.py", "Audit", "audit", ""),
    ("kg/web/about.py", "About & data", "about", ""),
    ("kg/web/quiz.py", "Quiz", "quiz", "Build"),
    ("kg/web/sparql.py", "SPARQL", "sparql", "Build"),
    ("kg/web/review.py", "Review", "review", "Curate"),
    ("kg/web/add.py", "Add a paper", "add", "Curate"),
)


def main() -> None:
    """Draw the menu and run the page that the address names."""
    menus: dict[str, list[Any]] = {}
    for file, title, path, menu in PAGES:
        menus.setdefault(menu, []).append(st.Page(file, title=title, url_path=path, default=not path))
    page = st.navigation(menus, position="top")
    announce({path: title for _, title, path, _ in PAGES})
    with guarded(page.title):  # a page's own guard begins after its imports, and these can fail too
        store = open_store()
        other_data(store)
        page.run()
        search(store)  # it stands in the head, but comes last for the keyboard: Ctrl+K is nearer


main()
