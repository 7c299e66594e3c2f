"""What axe-core finds on a page, without what Streamlit alone causes."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

STREAMLIT_CAUSED: dict[tuple[str, str], str] = {
    ("list", "stSidebarNavItems"): "on a narrow screen the menu is a list whose sections are divisions, not items",
    ("listitem", "st-emotion-cache"): "the items of these sections; no list of ours has a class of Streamlit's",
    (
        "presentation-role-conflict",
        "stFileUploaderDropzone",
    ): "the field for a file has a name and the role presentation",
}
"""axe rule and part of the selector or the element -> why it is Streamlit's own and cannot be changed from here."""


def violations(page: Page) -> list[str]:
    """What axe finds, one line for each element."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response["violations"]
    return [line for violation in found for line in _described(violation)]


def _described(violation: dict[str, Any]) -> list[str]:
    lines = []
    for node in violation["nodes"]:
        selector = " ".join(map(str, node["target"]))
        named = f"{selector} {node['html']}"  # axe names an element by whatever is unique to it
        if not any(rule == violation["id"] and part in named for rule, part in STREAMLIT_CAUSED):
            lines.append(f"{violation['id']}: {selector}: {node['html'][:160]}: {node['failureSummary'][:200]}")
    return lines
