"""This package serves a graph over HTTP, to read alone: SPARQL 1.1, REST, and each thing at its own IRI."""

from kg.server.application import application
from kg.server.settings import Settings

__all__ = ["Settings", "application"]
