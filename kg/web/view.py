"""This module holds what the renderers of a comparison need beside it: names, numbers of references, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.compare import Comparison, Row
from kg.model import Concept, Entity, Source, Statement
from kg.web.markup import link_to

LONGEST_SHORT_NAME = 9  # PHNEN, HCC, GEP-NET; a longer name is no abbreviation


def capital(text: str) -> str:
    """A label as it begins a line; abbreviations and proper names keep their letters.

    >>> capital("washout pattern"), capital("pNET")
    ('Washout pattern', 'pNET')
    """
    first = text.split(" ", 1)[0]
    return text if any(character.isupper() for character in first) else text[:1].upper() + text[1:]


def short_name(concept: Concept) -> str:
    """The abbreviation that the vocabulary gives, else the label.

    >>> short_name(Concept(key="hcc", type="disease", label="hepatocellular carcinoma", alt_labels=("HCC", "hepatoma")))
    'HCC'
    """
    short = [label for label in concept.alt_labels if len(label) <= LONGEST_SHORT_NAME and label[:2].isupper()]
    return short[0] if short else capital(concept.label)


def full_name(concept: Concept) -> str:
    """The label with the abbreviation behind it, as a list of choices shows it."""
    short = short_name(concept)
    label = capital(concept.label)
    return label if short == label else f"{label} ({short})"


@dataclass(frozen=True)
class View:
    """A comparison as one page shows it.

    `labels` maps concept keys to names, `sources` source keys to papers; `address` are the page's parameters, `opened`
    the key of the row that the address opens ('' for none), `printing` opens all of them.
    """

    comparison: Comparison
    labels: Mapping[str, str]
    sources: Mapping[str, Source]
    address: Mapping[str, str]
    opened: str = ""
    printing: bool = False

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Statement id to the number that stands for it on this page, in the order of the papers' texts."""
        ordered = sorted(self.comparison.statements.values(), key=lambda s: (s.source, s.span, s.id))
        return {statement.id: number for number, statement in enumerate(ordered, start=1)}

    def statement(self, identifier: str) -> Statement | None:
        return self.comparison.statements.get(identifier)

    def paper(self, key: str) -> str:
        """'Cui 2017', or the key where the graph does not have the paper."""
        return self.sources[key].short_name if key in self.sources else key

    def name(self, key: str) -> str:
        return self.labels.get(key, key)

    def entity(self, entity: Entity) -> str:
        """The concept's label, or the paper's own words."""
        return self.labels.get(entity.key, entity.label) if entity.key else entity.label

    def row_link(self, row: Row) -> str:
        return link_to("", **{**self.address, "row": row.key})

    def reader_link(self, statement: Statement) -> str:
        return link_to("sources", paper=statement.source, s=statement.id)
