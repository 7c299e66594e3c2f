"""This package takes the graph to other systems: a row of EXPORTERS an export, a module a family of formats."""

from kg.export.job import Exporter, ExportError, Job
from kg.export.registry import EXPORTERS, export
from kg.export.tables import (
    ENTITY_COLUMNS,
    STATEMENT_COLUMNS,
    VERDICT_COLUMNS,
    WRITERS,
    Table,
    Value,
    curated_shares,
    entity_row,
    entity_table,
    share,
    source_table,
    statement_row,
    statement_table,
    to_csv,
    to_json,
    to_text,
    verdict_table,
)

__all__ = [
    "ENTITY_COLUMNS",
    "EXPORTERS",
    "STATEMENT_COLUMNS",
    "VERDICT_COLUMNS",
    "WRITERS",
    "ExportError",
    "Exporter",
    "Job",
    "Table",
    "Value",
    "curated_shares",
    "entity_row",
    "entity_table",
    "export",
    "share",
    "source_table",
    "statement_row",
    "statement_table",
    "to_csv",
    "to_json",
    "to_text",
    "verdict_table",
]
