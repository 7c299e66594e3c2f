"""This module writes what papers counted in diseases as rows like those of HPO's annotation file.

One row a study, a disease and a finding, with n/m as its frequency: what one paper repeats is one row. Diseases and
findings that no MONDO or HPO term matches exactly keep our own names; what was looked for and never seen is a NOT row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg import queries
from kg.evidence import Cell, cells
from kg.export.job import Job
from kg.model import Concept, Entity, Source, Statement
from kg.tables import Table
from kg.vocabulary import Vocabulary

COLUMNS: Final = (
    *("database_id", "disease_name", "qualifier", "hpo_id", "reference", "evidence", "onset", "frequency"),
    *("sex", "modifier", "aspect", "biocuration", "phenotype_name", "statements"),
)
"""Those of phenotype.hpoa in their order, and two of ours behind them."""

PUBLISHED_CLINICAL_STUDY: Final = "PCS"
PHENOTYPIC_ABNORMALITY: Final = "P"


def write(job: Job) -> str:
    """Write the rows under comment lines that say what they are, as HPO's own file has them."""
    day = job.require_date()
    table = phenotype_table(
        queries.statements(job.store), queries.concepts(job.store), queries.sources(job.store), job.store.graph_hash
    )
    head = (
        '#description: "Findings that radiology papers counted in diseases, in the columns of HPO\'s annotation file"\n'
        f"#date: {day.isoformat()}\n#tracker: graph {job.store.graph_hash[:12]}\n"
    )
    lines = ("\t".join(" ".join(str(row.get(name) or "").split()) for name in COLUMNS) for row in table.rows)
    job.put([head.encode(), ("\t".join(COLUMNS) + "\n").encode(), *(f"{line}\n".encode() for line in lines)])
    return f"{len(table.rows)} rows written to {job.path}"


def phenotype_table(
    statements: Iterable[Statement], concepts: Iterable[Concept], sources: Iterable[Source], version: str
) -> Table:
    """One row for each cell of evidence that has a count, by paper, disease and finding."""
    known = {concept.key: concept for concept in concepts}
    papers = {source.key: source for source in sources}
    found = cells([one for one in statements if one.evidence == "own"], Vocabulary.of(known.values()))
    rows = (_row(cell, known, papers[cell.source], version) for cell in found if cell.counted)
    ordered = sorted(
        rows, key=lambda row: (row["reference"], row["disease_name"], row["phenotype_name"], row["frequency"])
    )
    return Table(columns=COLUMNS, rows=tuple(ordered))


def _row(cell: Cell, known: Mapping[str, Concept], source: Source, version: str) -> dict[str, str]:
    return {
        "database_id": _term(cell.disease, known, "MONDO"),
        "disease_name": _label(cell.disease, known),
        "qualifier": "NOT" if cell.n == 0 else "",
        "hpo_id": _term(cell.finding, known, "HP"),
        "reference": f"DOI:{source.doi}" if source.doi else f"SIGNUM.SOURCE:{source.key}",
        "evidence": PUBLISHED_CLINICAL_STUDY,
        "frequency": f"{cell.n}/{cell.total}",
        "aspect": PHENOTYPIC_ABNORMALITY,
        "biocuration": f"SIGNUM:{version[:12]}",
        "phenotype_name": _label(cell.finding, known),
        "statements": "|".join(cell.used),
    }


def _terms(concept: Concept, prefix: str) -> Iterator[str]:
    return (m.curie for m in concept.mappings if m.match == "exact" and m.curie.startswith(f"{prefix}:"))


def _term(entity: Entity, known: Mapping[str, Concept], prefix: str) -> str:
    concept = known.get(entity.key or "")
    if concept is None:
        return "SIGNUM.WORDS:" + "_".join(entity.label.casefold().split())
    return next(_terms(concept, prefix), f"SIGNUM:{concept.key}")


def _label(entity: Entity, known: Mapping[str, Concept]) -> str:
    concept = known.get(entity.key or "")
    return concept.label if concept else entity.label
