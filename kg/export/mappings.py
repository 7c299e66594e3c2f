"""This module writes which terms of other vocabularies our concepts match, as an SSSOM table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from typing import Final

from kg import queries
from kg.export.job import Job
from kg.model import Concept
from kg.terms import CURIE_PREFIXES, PREFIXES

COLUMNS: Final = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification"),
)
JUSTIFICATION: Final = "semapv:ManualMappingCuration"
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


def write(job: Job) -> str:
    """Write the mappings of every concept of the graph, by concept and term."""
    concepts = queries.concepts(job.store)
    job.put([sssom(concepts).encode()])
    return f"{sum(len(concept.mappings) for concept in concepts)} mappings written to {job.path}"


def sssom(concepts: Iterable[Concept]) -> str:
    """The mappings as SSSOM/TSV (Simple Standard for Sharing Ontological Mappings), its metadata in the head.

    >>> print(sssom([]).splitlines()[-1].split("\\t")[:3])
    ['subject_id', 'subject_label', 'predicate_id']
    """
    rows = [
        (f"signum:{one.key}", one.label, f"skos:{m.match}Match", m.curie, m.label, JUSTIFICATION)
        for one in sorted(concepts, key=lambda concept: concept.key)
        for m in sorted(one.mappings)
    ]
    used = {row[3].split(":")[0] for row in rows}
    places = {name: iri for name, iri in CURIE_PREFIXES.items() if name in used}
    places |= {"signum": PREFIXES["concept"], "skos": PREFIXES["skos"], "semapv": "https://w3id.org/semapv/vocab/"}
    out = io.StringIO()
    out.write("#curie_map:\n")
    out.writelines(f"#  {name}: {json.dumps(iri)}\n" for name, iri in sorted(places.items()))  # one ends in ":"
    out.write(f"#license: {LICENCE}\n#mapping_set_id: {PREFIXES['source'].removesuffix('source/')}mappings\n")
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()
