"""This module is the list of exports, and runs one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date as Date  # noqa: N812 - `date` is the argument
from pathlib import Path
from typing import Final

from kg import queries
from kg.curation import waiting
from kg.export import annotations as web_annotations
from kg.export import crate, dataset, kgx, mappings, nanopublications, ontology, phenotypes, references
from kg.export.job import Exporter, ExportError, Job
from kg.export.parquet import to_parquet
from kg.store import Store
from kg.tables import WRITERS, Table, curated_shares, entity_table, source_table, statement_table, verdict_table

TABLE_MEDIA: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}


def export(store: Store, name: str, path: Path, *, format: str | None = None, date: Date | None = None) -> str:  # noqa: A002
    """Write the export `name` to `path`; the format is the one named, else that of the path's suffix, else the first.

    `date` is the day of the release, for exports that state one. Returns what was written, as a sentence. Raises
    ExportError for an unknown name or format, a missing date, or a path that cannot be written; then nothing changed.
    """
    if name not in EXPORTERS:
        raise ExportError(f"no export is called {name!r}; there are: {', '.join(EXPORTERS)}")
    exporter = EXPORTERS[name]
    chosen = format or next((form for form in exporter.formats if path.name.endswith(f".{form}")), exporter.formats[0])
    if chosen not in exporter.formats:
        raise ExportError(f"{name} is not exported as {chosen!r}; there are: {', '.join(exporter.formats)}")
    try:
        return exporter.write(Job(store=store, path=path, format=chosen, date=date))
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror or error}; give another with -o PATH") from None


def _of_table(make: Callable[[Store], Table]) -> Callable[[Job], str]:
    return lambda job: _write_table(make(job.store), job)


def _write_table(table: Table, job: Job) -> str:
    content = to_parquet(table) if job.format == "parquet" else WRITERS[job.format](table).encode()
    job.put([content])
    return f"{len(table.rows)} rows written to {job.path}"


def _write_statements(job: Job) -> str:
    statements = queries.statements(job.store)
    table = statement_table(statements, queries.verdicts(job.store))
    return _write_table(table, job) + curated_shares(statements)


def _write_texts(job: Job) -> str:
    keys = [source.key for source in queries.sources(job.store)]
    for key in keys:
        job.put([queries.text(job.store, key).encode()], f"{key}.txt")
    return f"{len(keys)} texts written to {job.path}"


def _write_network(job: Job) -> str:
    from kg import graph  # networkx takes a third of a second, and pages import this module

    concepts = {concept.key: concept for concept in queries.concepts(job.store)}
    found = graph.network(queries.statements(job.store), concepts)
    if job.format == "graphml":
        content = graph.graphml(found)
    else:
        content = json.dumps(graph.cytoscape(found), ensure_ascii=False, indent=1) + "\n"
    job.put([content.encode()])
    return f"{found.number_of_nodes()} nodes and {found.number_of_edges()} edges written to {job.path}"


EXPORTERS: Final[Mapping[str, Exporter]] = {
    "statements": Exporter(
        summary="every statement with its quote, its place, its context and its statistic",
        media=TABLE_MEDIA,
        write=_write_statements,
    ),
    "entities": Exporter(
        summary="every concept with its names, its parent and its mappings",
        media=TABLE_MEDIA,
        write=_of_table(lambda store: entity_table(queries.concepts(store))),
    ),
    "verdicts": Exporter(
        summary="what the audit says of each number, with the arithmetic in words",
        media=TABLE_MEDIA,
        write=_of_table(lambda store: verdict_table(queries.verdicts(store))),
    ),
    "sources": Exporter(
        summary="the papers, with what is known of each",
        media=TABLE_MEDIA,
        write=_of_table(lambda store: source_table(queries.sources(store))),
    ),
    "waiting": Exporter(
        summary="what was extracted from papers read whole and no reader has settled: it is not in the graph",
        media=TABLE_MEDIA,
        write=_of_table(lambda store: statement_table(waiting(store))),
    ),
    "texts": Exporter(
        summary="the stored text of each source as KEY.txt in a folder: what offsets count in",
        media={"txt": "text/plain"},
        write=_write_texts,
        folder=True,
    ),
    "graph": Exporter(
        summary="everything, with its named graphs (in Turtle, merged into one)",
        media={
            "trig": "application/trig",
            "nq": "application/n-quads",
            "jsonld": "application/ld+json",
            "ttl": "text/turtle",
        },
        write=dataset.write,
    ),
    "annotations": Exporter(
        summary="each statement as a W3C Web Annotation on the text of its paper",
        media={"jsonld": "application/ld+json"},
        write=web_annotations.write,
    ),
    "nanopublications": Exporter(
        summary="each statement as a nanopublication with a trusty URI (unsigned; takes --date)",
        media={"trig": "application/trig", "nq": "application/n-quads"},
        write=nanopublications.write,
    ),
    "kgx": Exporter(
        summary="nodes.tsv and edges.tsv in a folder, with the names of the Biolink Model",
        media={"tsv": "text/tab-separated-values"},
        write=kgx.write,
        folder=True,
    ),
    "network": Exporter(
        summary="concepts and what links them, for Gephi, yEd, Cytoscape and networkx",
        media={"graphml": "application/graphml+xml", "cyjs": "application/json"},
        write=_write_network,
    ),
    "phenotypes": Exporter(
        summary="own counts with n/m in the columns of HPO's annotation file (takes --date)",
        media={"hpoa": "text/tab-separated-values"},
        write=phenotypes.write,
    ),
    "mappings": Exporter(
        summary="the terms of other vocabularies that concepts match, as SSSOM",
        media={"tsv": "text/tab-separated-values"},
        write=mappings.write,
    ),
    "ontology": Exporter(
        summary="the classes and properties of the graph on a page, with a diagram and an example of each class",
        media={"html": "text/html"},
        write=ontology.write,
    ),
    "references": Exporter(
        summary="the papers for a reference manager, as BibTeX or RIS",
        media={"bib": "application/x-bibtex", "ris": "application/x-research-info-systems"},
        write=references.write,
    ),
    "crate": Exporter(
        summary="a release as an RO-Crate in a folder: the data, and what each file is (takes --date)",
        media={"json": "application/ld+json"},
        write=lambda job: crate.write(job, EXPORTERS),
        folder=True,
    ),
}
