"""This package takes the graph to other systems: a row of EXPORTERS an export, a module a family of formats."""

from kg.export.job import Exporter, ExportError, Job
from kg.export.registry import EXPORTERS, export

__all__ = ["EXPORTERS", "ExportError", "Exporter", "Job", "export"]
