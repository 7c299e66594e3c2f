"""This module writes the files of a build that follow from those of the sources, and removes what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from kg import queries, rdf
from kg.audit import audit
from kg.audit.library import papers_of
from kg.compare.derived import derived_values
from kg.manifest import curation_file
from kg.publish import write_or_remove
from kg.store import Store

AUDIT_NAME: Final = "_audit.nq"
DERIVED_NAME: Final = "_derived.nq"
CURATION_GRAPH_NAME: Final = "_curation.nq"


def derived_file(data: Path) -> str:
    """The N-Quads of what follows from the statements in the files of `data`."""
    store = Store.open(data)
    return rdf.derived_nquads(queries.statements(store), derived_values(store))


def audit_file(data: Path) -> str:
    """The N-Quads of what the audit says of the papers in the files of `data`."""
    return rdf.audit_nquads(audit(papers_of(Store.open(data))))


FOLLOWING: Final[Mapping[str, Callable[[Path], str]]] = {DERIVED_NAME: derived_file, AUDIT_NAME: audit_file}


def write_curation(data: Path) -> None:
    """Put the sources' parts of the graph `curation` together."""
    text = curation_graph(part.read_text(encoding="utf-8") for part in data.glob(curation_file(data, "*").name))
    path = data / CURATION_GRAPH_NAME
    if not path.exists() or path.read_bytes() != text.encode():
        write_or_remove(path, text)


def curation_graph(parts: Iterable[str]) -> str:
    """The N-Quads of the graph `curation` from those of each source; a person who is in several stands there once."""
    return "".join(sorted({line for part in parts for line in part.splitlines(keepends=True)}))


def write_following(data: Path) -> list[str]:
    """Write what follows from the statements; a problem, in one sentence, for each file that cannot be computed."""
    return [problem for name, follow in FOLLOWING.items() for problem in _write_one(data / name, follow)]


def _write_one(path: Path, follow: Callable[[Path], str]) -> list[str]:
    try:
        text = follow(path.parent)
    except ValueError as error:  # StoreError, or data that the codec refuses
        return [f"{path} could not be computed: {error}"]
    write_or_remove(path, text)
    return []


def remove_gone(data: Path, keys: set[str]) -> tuple[str, ...]:
    """Remove the files of sources that are no more; a file that no build wrote is left alone."""
    gone = tuple(
        path.stem
        for path in sorted(data.glob("[!_.]*.nq"))
        if path.stem not in keys and _first_line(path).endswith(f"<{rdf.graph_iri(path.stem)}> .")
    )
    for key in gone:
        (data / f"{key}.nq").unlink()
    for part in data.glob(curation_file(data, "*").name):
        if not (data / f"{part.stem[1:]}.nq").exists():
            part.unlink()
    return gone


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().rstrip("\n")
