"""Signum: a literature-grounded knowledge graph of imaging signs, with its evidence."""
