"""This module holds what the renderers of a comparison need beside it: names, numbers of references, links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from kg.compare import Comparison, Row, Sentence
from kg.model import Concept, Entity, Source, Statement
from kg.verdict import Verdict
from kg.web.markup import link_to

LONGEST_SHORT_NAME: Final = 9  # PHNEN, HCC, GEP-NET; a longer name is no abbreviation
LOW_CONFIDENCE: Final = 0.5  # below it a reading is more likely wrong than right
LONGEST_CHOICE: Final = 48  # characters that a select box shows at 1366 px
ABBREVIATED_WORD: Final = re.compile(r"\b[A-Z]{2,}")
QUOTED_STOP: Final = re.compile(r"([.!?…])([”\"’)]+)\.(?=\s|$)")
PLURAL: Final = re.compile(r"metastases|[A-Za-z]s\b(?<!sis)(?<!ss)(?<!us)")


def capital(text: str) -> str:
    """A label as it begins a line; abbreviations and proper names keep their letters.

    >>> capital("washout pattern"), capital("pNET")
    ('Washout pattern', 'pNET')
    """
    first = text.split(" ", 1)[0]
    return text if any(character.isupper() for character in first) else text[:1].upper() + text[1:]


def short_name(concept: Concept) -> str:
    """The abbreviation of the label that the vocabulary gives, else a shorter name with one in it, else the label.

    >>> short_name(Concept(key="hcc", type="disease", label="hepatocellular carcinoma", alt_labels=("hepatoma", "HCC")))
    'HCC'
    >>> names = ("liver metastases of GEP NETs", "NET liver metastasis", "liver metastasis of GEP NET")
    >>> label = "liver metastasis of gastroenteropancreatic neuroendocrine tumour"
    >>> short_name(Concept(key="x", type="disease", label=label, alt_labels=names))
    'Liver metastasis of GEP NET'
    """
    short = abbreviation(concept)
    if short:
        return short
    shorter = [name for name in concept.labels if ABBREVIATED_WORD.search(name) and not PLURAL.search(name)]
    best = min(shorter, key=lambda name: (-sum(map(str.isupper, name)), len(name), name), default=concept.label)
    return capital(best if len(best) < len(concept.label) else concept.label)


def abbreviation(concept: Concept) -> str | None:
    """The shortest name in capitals that abbreviates the label, None where there is none."""
    names = sorted(concept.labels[1:], key=len)
    short = (name for name in names if len(name) <= LONGEST_SHORT_NAME and _abbreviates(name, concept.label))
    return next(short, None)


def _abbreviates(name: str, label: str) -> bool:
    """Whether a name in capitals has the letters of the label in their order, the last one beginning its last word.

    >>> _abbreviates("PHNEN", "primary hepatic neuroendocrine neoplasm")
    True
    >>> _abbreviates("PHNET", "primary hepatic neuroendocrine neoplasm")
    False
    """
    letters = [letter.casefold() for letter in name if letter.isalpha()]
    rest = iter(label.casefold())
    return (
        name.upper() == name
        and label.casefold().split()[-1].startswith(letters[-1:][0])
        and all(x in rest for x in letters)
    )


def full_name(concept: Concept) -> str:
    """A disease as a list of choices shows it: the label with its abbreviation; a very long label shortened.

    >>> full_name(Concept(key="hcc", type="disease", label="hepatocellular carcinoma", alt_labels=("HCC",)))
    'Hepatocellular carcinoma (HCC)'
    """
    short = abbreviation(concept)
    if short:
        return f"{capital(concept.label)} ({short})"
    return capital(concept.label) if len(concept.label) <= LONGEST_CHOICE else short_name(concept)


def whole_name(concept: Concept) -> str:
    """The label, however long, with its abbreviation.

    >>> whole_name(Concept(key="hcc", type="disease", label="hepatocellular carcinoma", alt_labels=("HCC",)))
    'Hepatocellular carcinoma (HCC)'
    """
    short = abbreviation(concept)
    return capital(concept.label) + (f" ({short})" if short else "")


def confidence_words(confidence: float) -> str:
    """How sure the reading of a statement is, in words where that is less than even.

    >>> confidence_words(0.312), confidence_words(0.5)
    ('read with low confidence, 0.31', '0.50')
    """
    words = f"{confidence:.2f}"
    return f"read with low confidence, {words}" if confidence < LOW_CONFIDENCE else words


def sentence_text(sentence: Sentence) -> str:
    """A sentence of the answer with one full stop: a quote that ends in its own needs no second one behind it.

    >>> sentence_text(Sentence(text="They say: “It is rare.”."))
    'They say: “It is rare.”'
    """
    return QUOTED_STOP.sub(r"\1\2", sentence.text)


def place_of(statement: Statement) -> str:
    """Where a statement stands: its section, and its page, figure or table cell where that is known."""
    section = statement.section if statement.section not in ("other", "Table", "Figure caption") else None
    return " · ".join(filter(None, (section, statement.locator))) or statement.section


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A sentence in which a paper says what it means by a finding."""

    source: str
    quote: str


@dataclass(frozen=True, kw_only=True)
class Context:
    """What the renderers of evidence need beside a statement: names, papers, numbers of references, links, verdicts.

    `concepts`, `sources` and `papers` (short names) are by key, `statements` and `verdicts` (the audit's) by the id of
    a statement; `address` are the page's parameters, `printing` opens all that can be opened.
    """

    concepts: Mapping[str, Concept]
    sources: Mapping[str, Source]
    papers: Mapping[str, str]
    address: Mapping[str, str]
    printing: bool = False
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Statement id to the number that stands for it here."""
        return {identifier: number for number, identifier in enumerate(self.statements, start=1)}

    def all(self, identifiers: Iterable[str]) -> list[Statement]:
        """The statements that are known here of some ids, in their order."""
        return [statement for statement in map(self.statement, identifiers) if statement is not None]

    def statement(self, identifier: str) -> Statement | None:
        return self.statements.get(identifier)

    def paper(self, key: str) -> str:
        """'Cui 2017', or the key where the graph does not have the paper."""
        return self.papers.get(key, key)

    def name(self, key: str) -> str:
        return self.concepts[key].label if key in self.concepts else key

    def short(self, key: str) -> str:
        """'CT' for computed tomography; a label without an abbreviation as it is."""
        return short_name(self.concepts[key]) if key in self.concepts else key

    def entity(self, entity: Entity) -> str:
        """The concept's label, or the paper's own words."""
        return self.concepts[entity.key].label if entity.key and entity.key in self.concepts else entity.label

    def reader_link(self, statement: Statement) -> str:
        return link_to("sources", paper=statement.source, s=statement.id)


@dataclass(frozen=True, kw_only=True)
class View(Context):
    """A comparison as one page shows it.

    `opened` is the key of the row that the address opens ('' for none). `define` finds where a paper (by key) says what
    a finding of one of some names is.
    """

    comparison: Comparison
    opened: str = ""
    define: Callable[[str, tuple[str, ...]], Definition | None] = lambda source, names: None

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Statement id to the number that stands for it here: the answer's first, then the tables', then all."""
        comparison = self.comparison
        named = [identifier for sentence in comparison.answer for identifier in sentence.statements]
        for row in (*comparison.counted, *comparison.one_sided):
            named += [identifier for cell in (row.a, row.b) if cell for identifier in (*cell.used, *cell.statements)]
        rest = sorted(comparison.statements.values(), key=lambda s: (s.source, s.span, s.id))
        ordered = dict.fromkeys([*named, *(statement.id for statement in rest)])
        return {identifier: number for number, identifier in enumerate(ordered, start=1)}

    @cached_property
    def _anchors(self) -> dict[int, str]:
        """Row (by identity) to its id in the page; two rows of one finding get two ids."""
        times: Counter[str] = Counter()
        anchors = {}
        for row in (*self.comparison.counted, *self.comparison.one_sided):
            times[row.key] += 1
            anchors[id(row)] = f"row-{row.key}" if times[row.key] == 1 else f"row-{row.key}-{times[row.key]}"
        return anchors

    def anchor(self, row: Row) -> str:
        """The id that stands for a row of one of the tables."""
        return self._anchors.get(id(row), f"row-{row.key}")

    def is_opened(self, row: Row) -> bool:
        """Whether the address names the row, or the same finding the other way round."""
        return bool(self.opened) and self.opened in (row.key, row.complement.key if row.complement else None)

    @property
    def opened_anchor(self) -> str | None:
        """The id of the row that the address opens, None if it is in no table."""
        rows = (*self.comparison.counted, *self.comparison.one_sided)
        return next((self.anchor(row) for row in rows if self.is_opened(row)), None)

    def statement(self, identifier: str) -> Statement | None:
        return self.comparison.statements.get(identifier)

    def row_link(self, row: Row) -> str:
        return link_to("", **{**self.address, "row": row.key})

    def names_of(self, entity: Entity | None) -> tuple[str, ...]:
        """Every name of a concept, the longest first; of the paper's own words, those."""
        if entity is None:
            return ()
        concept = self.concepts.get(entity.key or "")
        return tuple(sorted({entity.label, *(concept.labels if concept else ())}, key=lambda name: (-len(name), name)))

    def definition(self, row: Row) -> Definition | None:
        """Where the paper of a row defines its finding, else its variable."""
        cell = row.a or row.b
        return self.define(cell.source, self.names_of(row.finding) + self.names_of(row.variable)) if cell else None
