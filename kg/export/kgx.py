"""This module writes the graph as a KGX TSV pair, nodes.tsv and edges.tsv, with the names of the Biolink Model.

An edge is a statement: what it denies is `negated`, and the predicate that has no Biolink name stands as the original
predicate beside the general one. Names are those of Biolink Model 4.4; a test holds them against its list.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg import queries
from kg.encoding import entity_iri
from kg.export.job import Job
from kg.graph import NOT_TIES, WORDS_TYPE
from kg.model import Concept, Entity, Source, Statement
from kg.tables import to_text

CATEGORIES: Final = {
    "disease": "Disease",
    "syndrome": "Disease",
    "sign": "PhenotypicFeature",
    "clinical-feature": "PhenotypicFeature",
    "site": "AnatomicalEntity",
    "modality": "Procedure",
    "therapy": "Treatment",
    WORDS_TYPE: "NamedThing",
}
"""The Biolink category of each type of concept; what is not listed is a NamedThing."""

BY_MAPPING: Final = {"CHEBI": "ChemicalEntity", "PR": "Protein", "HGNC": "Gene", "CL": "Cell"}
"""The category of a marker, by the vocabulary that has it."""

PREDICATES: Final = {
    "has_sign": "has_phenotype",
    "has_clinical_feature": "has_phenotype",
    "has_marker": "has_biomarker",
    "has_primary_site": "disease_has_location",
    "detected_by": "is_diagnosed_by",
    "treated_by": "treated_by",
    "associated_with": "associated_with",
    "expresses": "expresses",
}
"""The Biolink predicate of ours; what is not listed is related_to, with ours as the original predicate."""

NODE_COLUMNS: Final = ("id", "category", "name", "description", "synonym", "xref", "same_as", "provided_by")
EDGE_COLUMNS: Final = (
    *("id", "subject", "predicate", "object", "original_predicate", "category", "negated"),
    *("knowledge_level", "agent_type", "primary_knowledge_source", "publications", "supporting_text"),
    *("has_count", "has_total", "has_percentage", "p_value", "hedged", "evidence", "comparator", "printed"),
)
KNOWLEDGE_SOURCE: Final = "infores:signum"


def write(job: Job) -> str:
    """Write both files into a folder."""
    concepts = {concept.key: concept for concept in queries.concepts(job.store)}
    sources = {source.key: source for source in queries.sources(job.store)}
    ties = [one for one in queries.statements(job.store) if one.predicate not in NOT_TIES]
    nodes = list(_nodes(ties, concepts))
    job.put(_tsv(NODE_COLUMNS, nodes), "nodes.tsv")
    job.put(_tsv(EDGE_COLUMNS, (_edge(one, concepts, sources[one.source]) for one in ties)), "edges.tsv")
    return f"{len(nodes)} nodes and {len(ties)} edges written to {job.path}"


Row = Mapping[str, object]


def _tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """A header and a line a row; tabs and line ends in a value become blanks, as KGX has no quotes."""
    yield ("\t".join(columns) + "\n").encode()
    for row in rows:
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(" ".join(_text(row.get(name)).split()) for name in columns)
        yield out.getvalue().encode()


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (list, tuple)):
        return to_text(value)  # type: ignore[arg-type]
    return "|".join(str(item).replace("|", "/") for item in value)


def category(concept: Concept | None) -> str:
    """The Biolink category of a concept, or of a paper's own words.

    >>> category(Concept(key="phnen", type="disease", label="PHNEN")), category(None)
    ('biolink:Disease', 'biolink:NamedThing')
    """
    if concept is None:
        return "biolink:NamedThing"
    prefixes = (mapping.curie.split(":")[0] for mapping in concept.mappings if mapping.match == "exact")
    of_marker = next((BY_MAPPING[name] for name in prefixes if name in BY_MAPPING), "NamedThing")
    return f"biolink:{of_marker if concept.type == 'marker' else CATEGORIES.get(concept.type, 'NamedThing')}"


def node_id(entity: Entity) -> str:
    """The CURIE of one end of an edge: SIGNUM:key, or SIGNUM.PHRASE with a hash for a paper's own words."""
    if entity.key is not None:
        return f"SIGNUM:{entity.key}"
    return "SIGNUM.PHRASE:" + str(entity_iri(entity)).rsplit("/", 1)[-1]


def _nodes(statements: Iterable[Statement], concepts: Mapping[str, Concept]) -> Iterator[Row]:
    ends = {node_id(entity): entity for one in statements for entity in (one.subject, one.object)}
    for identifier, entity in sorted(ends.items()):
        concept = concepts.get(entity.key or "")
        mappings = concept.mappings if concept else ()
        yield {
            "id": identifier,
            "category": category(concept),
            "name": concept.label if concept else entity.label,
            "description": concept.definition if concept else "",
            "synonym": concept.alt_labels if concept else (),
            "xref": tuple(mapping.curie for mapping in mappings),
            "same_as": tuple(mapping.curie for mapping in mappings if mapping.match == "exact"),
            "provided_by": KNOWLEDGE_SOURCE,
        }


def _edge(statement: Statement, concepts: Mapping[str, Concept], source: Source) -> Row:
    number = statement.statistic
    return {
        "id": f"SIGNUM.STATEMENT:{statement.id}",
        "subject": node_id(statement.subject),
        "predicate": f"biolink:{PREDICATES.get(statement.predicate, 'related_to')}",
        "object": node_id(statement.object),
        "original_predicate": f"signum:{statement.predicate}",
        "category": _association(statement, concepts),
        "negated": statement.polarity == "absent",
        "knowledge_level": "observation" if statement.evidence == "own" else "knowledge_assertion",
        "agent_type": "manual_agent" if statement.origin == "curated" else "text_mining_agent",
        "primary_knowledge_source": KNOWLEDGE_SOURCE,
        "publications": (f"doi:{source.doi}" if source.doi else f"SIGNUM.SOURCE:{source.key}",),
        "supporting_text": statement.quote,
        "has_count": number.numerator if number else None,
        "has_total": number.denominator if number else None,
        "has_percentage": number.percent if number else None,
        "p_value": number.p if number else None,
        "hedged": statement.hedged,
        "evidence": statement.evidence,
        "comparator": node_id(statement.comparator) if statement.comparator else None,
        "printed": number.printed if number else None,
    }


def _association(statement: Statement, concepts: Mapping[str, Concept]) -> str:
    ends = [category(concepts.get(entity.key or "")) for entity in (statement.subject, statement.object)]
    if ends == ["biolink:Disease", "biolink:PhenotypicFeature"] and statement.predicate in PREDICATES:
        return "biolink:DiseaseToPhenotypicFeatureAssociation"
    return "biolink:Association"
