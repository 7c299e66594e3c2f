"""This module packs a release as an RO-Crate: the data in the formats that people ask for, and what each file is."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Final

from kg import queries
from kg.export.job import Exporter, Job
from kg.model import Source

MEMBERS: Final = (
    *(("graph", "graph.trig"), ("statements", "statements.csv"), ("entities", "entities.csv")),
    *(("verdicts", "verdicts.csv"), ("mappings", "mappings.sssom.tsv"), ("references", "references.bib")),
)
"""The exports that a release holds, and what their files are called in it."""

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
NAME: Final = "Signum: radiology papers as a graph in which every number can be checked"
PURPOSE: Final = "Education and research only. Not for diagnosis or treatment of a patient."


def write(job: Job, exporters: Mapping[str, Exporter]) -> str:
    """Write the members and `ro-crate-metadata.json` (RO-Crate 1.1) into a folder."""
    from rocrate.rocrate import ROCrate  # a second to import, and only this needs it

    day = job.require_date()
    with tempfile.TemporaryDirectory(prefix="signum-crate-") as room:
        crate = ROCrate()
        _describe(crate, job, day)
        for name, file in MEMBERS:
            exporter, place = exporters[name], Path(room) / file
            form = next(form for form in exporter.formats if file.endswith(f".{form}"))
            exporter.write(Job(store=job.store, path=place, format=form, date=day))
            about = {"name": exporter.summary, "encodingFormat": exporter.media[form]}
            crate.add_file(place, file, properties=about | {"contentSize": str(place.stat().st_size)})
        job.path.mkdir(parents=True, exist_ok=True)
        crate.write(job.path)
    return f"{len(MEMBERS)} files and their description written to {job.path}"


def _describe(crate: object, job: Job, day: date) -> None:
    from rocrate.model.contextentity import ContextEntity

    root = crate.root_dataset  # type: ignore[attr-defined]
    crate.name, crate.description = NAME, PURPOSE  # type: ignore[attr-defined]
    crate.datePublished = day  # type: ignore[attr-defined]
    root["datePublished"] = day.isoformat()
    root["license"] = {"@id": LICENCE}
    root["version"] = f"{version('signum')}+{job.store.graph_hash[:12]}"
    root["identifier"] = job.store.graph_hash
    root["citation"] = [{"@id": _address(source)} for source in queries.sources(job.store)]
    for source in queries.sources(job.store):
        about = {"@type": "ScholarlyArticle", "name": source.title}
        if source.licence is not None:
            about["license"] = source.licence
        crate.add(ContextEntity(crate, _address(source), properties=about))  # type: ignore[attr-defined]


def _address(source: Source) -> str:
    return f"https://doi.org/{source.doi}" if source.doi else f"#{source.key}"
