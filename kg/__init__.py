"""Signum: a literature-grounded knowledge graph of imaging signs, with its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from kg.api import open as open  # noqa: A004 - read as kg.open

_HERE: Final = Path(__file__).resolve().parent

ONTOLOGY: Final = next(
    (folder for folder in (_HERE.parent / "ontology", _HERE / "ontology") if folder.is_dir()), _HERE.parent / "ontology"
)
"""Where schema, vocabulary, context and queries are: beside kg/ in a checkout, inside it in a wheel."""

__all__ = ["ONTOLOGY", "open"]


def __getattr__(name: str) -> Any:
    """Give `kg.open` when it is first asked for, so that `import kg` loads neither pandas nor a store."""
    if name == "open":
        from kg.api import open as open_graph

        return open_graph
    raise AttributeError(f"module 'kg' has no attribute {name!r}; it offers: {', '.join(__all__)}")
