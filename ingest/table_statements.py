"""This module makes statements of table cells: the column gives the group, the row the sign, the cell the number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.candidates import entity_of, role_of
from ingest.mentions import Mention
from ingest.predicates import Case, predicate_rule
from ingest.reported import Reported, find, find_in_cell
from ingest.sentences import GENERIC, Paper
from ingest.statements import statistic_at
from ingest.surroundings import number_polarity
from ingest.tables import DataCell, data_cells, tables_of
from ingest.text import Table, TableCell
from kg.model import Entity, Gap, Span, Statement

TEST_COLUMN: Final = re.compile(
    r"^\W*(?:p|p[\s-]*values?|χ\s?2|chi.*|[tzfu]|test statistic|statistic)\W*$", re.IGNORECASE
)
OVERALL: Final = re.compile(r"\b(?:overall|total|all|entire)\b", re.IGNORECASE)
PRESENT: Final = frozenset({"present", "presence", "yes", "positive", "+"})
ABSENT: Final = frozenset({"absent", "absence", "no", "negative", "none", "-"})
NO_DATA: Final = re.compile(r"^(?:[-–—]+|n/?a|nd|ns)$", re.IGNORECASE)
NAMELESS: Final = "table"
"""What a table is called that prints no label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a row stands for: the attribute, its type, whether it counts the presence or the absence of it."""

    entity: Entity
    type: str
    polarity: str = "present"
    variable: Entity | None = None


def table_statements(paper: Paper) -> Iterator[Statement | Gap]:
    """One statement for each number of each cell of a paper's tables; a cell that cannot be placed is a gap."""
    for table in tables_of(paper.raw):
        cells = list(data_cells(table))
        groups = column_groups(paper, table, cells)
        yield from _header_statements(paper, table, cells, groups)
        meanings: dict[tuple[str, str], Meaning | None] = {}
        for data in cells:
            row = data.row, data.group
            if NO_DATA.match(data.cell.text.strip()):
                continue
            if row not in meanings:
                meanings[row] = row_meaning(paper, data)
            yield from _cell_statements(paper, data, meanings[row], groups)


def _header_statements(
    paper: Paper, table: Table, cells: Sequence[DataCell], groups: dict[str, tuple[Entity, str]]
) -> Iterator[Statement]:
    """The numbers of headers and row labels: 'Group A (n = 25)' is the size of a group, '≥ 2.5 cm' what a row is of."""
    columns = {h.column: groups[d.column][0] for d in cells for h in [d.cell] if d.column in groups}
    focus = paper.groups[0] if paper.groups else None
    whole = entity_of(paper.lexicon.concepts[focus]) if focus else Entity(label=table.label.strip() or NAMELESS)
    for cell in table.cells:
        if not cell.header or cell.span is None:
            continue
        for number in find(cell.text):
            size = number.kind == "count"
            subject = columns.get(cell.column, whole)
            about = NUMBER_OF_PATIENTS if size else cell.text
            yield _label_statement(paper, table.label, cell, number, (subject, about))


def _label_statement(
    paper: Paper, label: str, cell: TableCell, number: Reported, pair: tuple[Entity, str]
) -> Statement:
    assert cell.span is not None
    subject, about = pair
    concept = paper.lexicon.concepts.get(about)
    object_ = entity_of(concept) if concept is not None else Entity(label=" ".join(about.split()))
    return Statement(
        source=paper.source.key,
        span=cell.span,
        quote=paper.raw.text[cell.span.start : cell.span.end],
        subject=subject,
        predicate="cohort" if concept else "classified_by",
        object=object_,
        evidence="background" if paper.review else "own",
        section="Table",
        statistic=statistic_at(paper.raw.text, _number_place(paper.raw.text, cell.span, number), number),
        locator=f"{label} · {'column' if cell.column else 'row'} {cell.text}",
        rule=f"{number.rule}+label",
        confidence=0.6,
    )


NUMBER_OF_PATIENTS: Final = "number-of-patients"


def column_groups(paper: Paper, table: Table, cells: Sequence[DataCell]) -> dict[str, tuple[Entity, str]]:
    """What each column is about: header -> (entity, type), for the columns that are groups and no test."""
    found: dict[str, tuple[Entity, str]] = {}
    caption = paper.named_in(table.caption_text)
    for data in cells:
        if data.column in found or not data.column or TEST_COLUMN.match(data.column):
            continue
        found[data.column] = _column_entity(paper, data.column, caption)
    return found


def _column_entity(paper: Paper, header: str, caption: Sequence[Mention]) -> tuple[Entity, str]:
    named = [m for m in paper.named_in(header) if m.type in {"disease", "therapy"}]
    if named:
        key = _in_caption(paper, named[0].key, caption) or paper.group_of(named[0].key) or named[0].key
        concept = paper.lexicon.concepts[key]
        return entity_of(concept), concept.type
    if OVERALL.search(header) or len(paper.groups) == 1:
        diseases = [m.key for m in caption if m.type == "disease" and m.key not in GENERIC]
        focus = next(iter((*diseases, *paper.groups)), None)
        if focus is not None:
            return entity_of(paper.lexicon.concepts[focus]), "disease"
    return Entity(label=header), "words"


def _in_caption(paper: Paper, key: str, caption: Sequence[Mention]) -> str | None:
    """The one disease of the caption that a header shortens: 'NETs' under 'liver metastases of GEP NETs and …'."""
    fitting = {m.key for m in caption if m.type == "disease" and paper.stands_for(key, m.key)}
    return fitting.pop() if len(fitting) == 1 else None


def row_meaning(paper: Paper, data: DataCell) -> Meaning | None:
    """What a row counts or measures, by its label and the heading it stands under; None where it has no label."""
    row, group = data.row.strip(), data.group.strip()
    if not row:
        return None
    level = row.casefold().strip(" .:")
    variable = _entity(paper, group) if group else None
    if variable is not None and level in PRESENT | ABSENT:
        polarity = "absent" if level in ABSENT else "present"
        return Meaning(entity=variable[0], type=variable[1], polarity=polarity, variable=variable[0])
    for words in _readings(row, group):
        found = _named(paper, words)
        if found is not None:
            return Meaning(entity=found[0], type=found[1], variable=variable[0] if variable else None)
    entity, type_ = _entity(paper, row)
    return Meaning(entity=entity, type=type_, variable=variable[0] if variable else None)


def _readings(row: str, group: str) -> Iterator[str]:
    """Ways to say a row in full: with its heading, then by itself."""
    if group:
        yield f"{row} {group}"
        yield f"{group} {row}"
        words = group.split()
        for cut in range(1, len(words)):
            yield f"{row} {' '.join(words[cut:])}"
    yield row


def _named(paper: Paper, words: str) -> tuple[Entity, str] | None:
    """The concept that words name, alone or with a contrast phase behind it ('hyperenhancement in arterial phase')."""
    keys = paper.lexicon.lookup(words)
    if len(keys) != 1:
        mentions = paper.named_in(words)
        named = [m for m in mentions if m.type != "phase"]
        if len(named) != 1 or named[0].start > 0 or len(mentions) == 1:
            return None
        keys = named[0].keys
    concept = paper.lexicon.concepts[keys[0]]
    return entity_of(concept), role_of(concept)


def _entity(paper: Paper, words: str) -> tuple[Entity, str]:
    """A label's concept, the concept of its main words, or the words themselves."""
    bare = re.sub(r"\s*[(\[].*$", "", words).strip(" :,*") or words
    exact = _named(paper, words) or _named(paper, bare)
    if exact is not None:
        return exact
    inside = [m for m in paper.named_in(bare) if m.type not in {"study-design"}]
    if len(inside) == 1 and len(inside[0].text) > 0.6 * len(bare):
        concept = paper.lexicon.concepts[inside[0].key]
        return entity_of(concept), role_of(concept)
    return Entity(label=bare), "words"


def _cell_statements(
    paper: Paper, data: DataCell, meaning: Meaning | None, groups: dict[str, tuple[Entity, str]]
) -> Iterator[Statement | Gap]:
    numbers = find_in_cell(data.cell.text, data.column, data.row)
    span = data.cell.span
    if span is None:
        return
    if meaning is None or not numbers:
        reason = "a table cell whose row has no label" if numbers else "a table cell without a number of a known form"
        yield Gap(source=paper.source.key, span=span, text=data.cell.text, reason=reason)
        return
    for number in numbers:
        yield _cell_statement(paper, data, meaning, number, groups)


def _cell_statement(
    paper: Paper, data: DataCell, meaning: Meaning, number: Reported, groups: dict[str, tuple[Entity, str]]
) -> Statement:
    assert data.cell.span is not None
    at = _number_place(paper.raw.text, data.cell.span, number)
    holder, type_, comparator = _bearer(data, groups)
    target = meaning.variable if comparator is not None and meaning.variable is not None else meaning.entity
    evidence = "background" if paper.review else "own"
    case = Case(
        attribute=meaning.type,
        bearer=type_,
        kind=number.kind,
        key=target.key,
        words=data.column,
        section="Table",
        evidence=evidence,
    )
    rule = predicate_rule(case)
    subject, object_ = (target, holder) if rule.turned else (holder, target)
    return Statement(
        source=paper.source.key,
        span=data.evidence,
        quote=paper.raw.text[data.evidence.start : data.evidence.end],
        subject=subject,
        predicate=rule.predicate,
        object=object_,
        polarity=number_polarity(number, otherwise=meaning.polarity),
        modality=paper.title_modality if meaning.type == "sign" else None,
        comparator=comparator,
        evidence=evidence,
        section="Table",
        statistic=statistic_at(paper.raw.text, at, number),
        variable=meaning.variable,
        locator=data.locator,
        rule=f"{number.rule}+cell",
        confidence=0.9 if subject.key and object_.key else 0.7,
    )


def _number_place(text: str, cell: Span, number: Reported) -> Span:
    """Where a number of a cell stands in the stored text."""
    printed = text[cell.start : cell.end]
    if len(printed) < number.end:
        return cell
    return Span(start=cell.start + number.start, end=cell.start + number.end)


def _bearer(data: DataCell, groups: dict[str, tuple[Entity, str]]) -> tuple[Entity, str, Entity | None]:
    """(what the cell is about, its type, what it is compared with): a test column compares the first two groups."""
    if data.column in groups:
        return (*groups[data.column], None)
    arms = [entity for entity in groups.items() if not OVERALL.search(entity[0])] or list(groups.items())
    if not arms:
        return Entity(label=data.column.strip() or data.table.label.strip() or NAMELESS), "words", None
    first = arms[0][1]
    return (*first, arms[1][1][0] if len(arms) > 1 else None)
