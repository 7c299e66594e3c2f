"""This module makes statements of table cells: the column gives the group, the row the sign, the cell the number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.candidates import entity_of, role_of
from ingest.mentions import Mention
from ingest.predicates import TUMOR, Case, predicate_rule
from ingest.reported import Reported, find, find_in_cell
from ingest.screening import screened
from ingest.sentences import GENERIC, Paper
from ingest.statements import statistic_at
from ingest.surroundings import defined_phases, number_polarity, own_phase
from ingest.table_rows import Meaning, named_by, parts_of_row, row_meaning
from ingest.tables import DataCell, data_cells, tables_of
from ingest.text import Table, TableCell
from kg.model import Entity, Gap, Span, Statement

TEST_COLUMN: Final = screened(
    r"^\W*(?:p|p[\s-]*values?|χ\s?2|chi.*|[tzfu]|test statistic|statistic)\W*$", re.IGNORECASE
)
STATISTIC: Final = screened(
    r"\W*(?:sensitivity|specificity|accuracy|AUC|AUROC|PPV|NPV|(?:positive|negative) predictive value|odds ratio|OR|HR"
    r"|hazard ratio|95 ?% CI|n|no\.|number|%|n ?\(%\)|patients|cases|frequency|value)\b.*",
    re.IGNORECASE,
)
"""What a column holds that is about no group of its own."""

OVERALL: Final = screened(r"\b(?:overall|total|all|entire)\b", re.IGNORECASE)
CONFIDENCE: Final = (0.4, 0.7, 0.9)
"""Of a cell, by how many of its subject and object are concepts."""

NO_DATA: Final = screened(r"^(?:[-–—]+|n/?a|nd|ns)$", re.IGNORECASE)
NAMELESS: Final = "table"
"""What a table is called that prints no label."""


def table_statements(paper: Paper) -> Iterator[Statement | Gap]:
    """One statement for each number of each cell of a paper's tables; a cell that cannot be placed is a gap."""
    for table in tables_of(paper.raw):
        cells = list(data_cells(table))
        groups = column_groups(paper, table, cells)
        yield from _header_statements(paper, table, cells, groups)
        meanings: dict[tuple[str, str], Meaning | None] = {}
        for data in cells:
            if (data.row, data.group) not in meanings:
                meanings[data.row, data.group] = row_meaning(paper, data)
        turned = turned_table(paper, table, meanings, groups)
        tested = _tested_by_row(cells)
        numbers = [find_in_cell(data.cell.text, data.column, data.row) for data in cells]
        differing = _polarity_by_row(cells, numbers)
        for data, printed in zip(cells, numbers, strict=True):
            if not NO_DATA.match(data.cell.text.strip()):
                meaning = meanings[data.row, data.group]
                if meaning is not None and (data.group, data.column) in tested:
                    meaning = replace(meaning, variable=None)
                found = turned.cell(paper, data, meaning) if turned is not None else None
                meaning, bearer = found or (meaning, _bearer(data, groups))
                for one in _cell_statements(paper, (data, printed), meaning, bearer):
                    yield _as_tested(one, differing.get(_test_place(data)))


def _tested_by_row(cells: Sequence[DataCell]) -> set[tuple[str, str]]:
    """(heading, column) of tests in several rows under one heading: each is of its row, not of the heading."""
    seen = Counter(
        (data.group, data.column)
        for data in cells
        if data.group and data.columns and TEST_COLUMN.match(data.columns[-1]) and any(map(str.isdigit, data.cell.text))
    )
    return {place for place, count in seen.items() if count > 1}


TestPlace = tuple[str, str, tuple[str, ...]]
"""The row, its heading and the upper headers under which a test and its p value stand side by side."""


def _test_place(data: DataCell) -> TestPlace:
    return data.group, data.row, data.columns[:-1]


def _polarity_by_row(cells: Sequence[DataCell], numbers: Sequence[Sequence[Reported]]) -> dict[TestPlace, str]:
    """What the p value of a row says of the test that stands in the row beside it."""
    found: dict[TestPlace, str] = {}
    for data, printed in zip(cells, numbers, strict=True):
        for number in printed:
            if number.kind == "p_value":
                found[_test_place(data)] = number_polarity(number)
    return found


def _as_tested(one: Statement | Gap, polarity: str | None) -> Statement | Gap:
    """A test's value with the polarity of its p value: chi-squared 0.523 with P = 0.47 shows no difference."""
    if isinstance(one, Gap) or polarity is None or one.statistic is None or one.statistic.kind != "test_statistic":
        return one
    return replace(one, polarity=polarity)


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
        if data.column not in found and data.column and not TEST_COLUMN.match(data.columns[-1]):
            found[data.column] = _column_entity(paper, data.columns, caption)
    return found


def _column_entity(paper: Paper, columns: Sequence[str], caption: Sequence[Mention]) -> tuple[Entity, str]:
    """What a column is about: what the lowest of its headers names, else what the table or the paper is about."""
    header = " ".join(columns)
    named = [m for lower in reversed(columns) for m in paper.named_in(lower) if m.type in {"disease", "therapy"}]
    if named:
        key = _in_caption(paper, named[0].key, caption) or paper.group_of(named[0].key) or named[0].key
        concept = paper.lexicon.concepts[key]
        return entity_of(concept), concept.type
    if OVERALL.search(header) or STATISTIC.match(columns[-1]) or len(paper.groups) == 1:
        diseases = [m.key for m in caption if m.type == "disease" and m.key not in GENERIC]
        focus = next(iter((*diseases, *paper.groups)), None)
        if focus is not None:
            return entity_of(paper.lexicon.concepts[focus]), "disease"
    return Entity(label=header), "words"


def _in_caption(paper: Paper, key: str, caption: Sequence[Mention]) -> str | None:
    """The one disease of the caption that a header shortens: 'NETs' under 'liver metastases of GEP NETs and …'."""
    fitting = {m.key for m in caption if m.type == "disease" and paper.stands_for(key, m.key)}
    return fitting.pop() if len(fitting) == 1 else None


Bearer = tuple[Entity, str, Entity | None]
"""What a cell is about, its type, and what that is compared with."""

MEASURED: Final = frozenset({"outcome", "sign", "marker", "clinical-feature", "variable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A table whose rows are the groups: what is measured stands in its caption or over its columns."""

    rows: tuple[tuple[Entity, str], ...]
    measured: Meaning | None

    def cell(self, paper: Paper, data: DataCell, meaning: Meaning | None) -> tuple[Meaning, Bearer] | None:
        """What a cell is of, and what it is about; a row of tests compares the first two groups."""
        header = named_by(paper, data.columns[-1]) if data.columns else None
        measured = Meaning(entity=header[0], type=header[1]) if header and header[1] in MEASURED else self.measured
        if measured is None:
            return None
        if TEST_COLUMN.match(data.row):
            return measured, (*self.rows[0], self.rows[1][0])
        if meaning is not None and (meaning.entity, meaning.type) in self.rows:
            return measured, (meaning.entity, meaning.type, None)
        return None


def turned_table(
    paper: Paper,
    table: Table,
    meanings: dict[tuple[str, str], Meaning | None],
    groups: dict[str, tuple[Entity, str]],
) -> Turned | None:
    """How to read a table of which two rows or more are groups that the paper studies and its columns are not."""
    found = [
        m for m in meanings.values() if m is not None and m.entity.key is not None and m.type in {"disease", "therapy"}
    ]
    rows = tuple(dict.fromkeys((m.entity, m.type) for m in found if paper.group_of(str(m.entity.key)) is not None))
    across = {entity for entity, type_ in groups.values() if any(type_ == of_row for _, of_row in rows)}
    if len(rows) < 2 or len(across) > 1:
        return None
    named = [m for m in paper.named_in(table.caption_text) if m.type in MEASURED]
    concept = paper.lexicon.concepts[named[0].key] if named else None
    measured = Meaning(entity=entity_of(concept), type=role_of(concept)) if concept is not None else None
    return Turned(rows=rows, measured=measured)


def _cell_statements(
    paper: Paper, printed: tuple[DataCell, Sequence[Reported]], meaning: Meaning | None, bearer: Bearer
) -> Iterator[Statement | Gap]:
    """The statements of a cell with the numbers that it prints; a gap where it has none or its row no label."""
    data, numbers = printed
    span = data.cell.span
    if span is None:
        return
    if meaning is None or not numbers:
        reason = "a table cell whose row has no label" if numbers else "a table cell without a number of a known form"
        yield Gap(source=paper.source.key, span=span, text=data.cell.text, reason=reason)
        return
    counted = len(numbers) > 1 and all(number.kind == "count" for number in numbers)
    parts = parts_of_row(paper, data, len(numbers)) if counted else []
    for place, number in enumerate(numbers):
        part = replace(parts[place], variable=meaning.variable) if parts else meaning
        yield _cell_statement(paper, data, part, number, bearer)


def _cell_statement(paper: Paper, data: DataCell, meaning: Meaning, number: Reported, bearer: Bearer) -> Statement:
    assert data.cell.span is not None
    at = _number_place(paper.raw.text, data.cell.span, number)
    holder, type_, comparator = bearer
    target = meaning.variable if comparator is not None and meaning.variable is not None else meaning.entity
    evidence = "background" if paper.review else "own"
    case = Case(
        attribute=meaning.type,
        bearer=type_,
        kind=number.kind,
        key=target.key,
        words=f"{data.column} {data.group} {data.row}",
        section="Table",
        evidence=evidence,
        tumor=TUMOR.search(target.label) is not None,
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
        phases=own_phase(paper, target.key) or defined_phases(paper).get(target.key or "", ()),
        comparator=comparator,
        evidence=evidence,
        section="Table",
        statistic=statistic_at(paper.raw.text, at, number),
        variable=meaning.variable,
        locator=data.locator,
        rule=f"{number.rule}+cell",
        confidence=CONFIDENCE[bool(subject.key) + bool(object_.key)],
    )


def _number_place(text: str, cell: Span, number: Reported) -> Span:
    """Where a number of a cell stands in the stored text."""
    printed = text[cell.start : cell.end]
    if len(printed) < number.end:
        return cell
    return Span(start=cell.start + number.start, end=cell.start + number.end)


def _bearer(data: DataCell, groups: dict[str, tuple[Entity, str]]) -> Bearer:
    """(what the cell is about, its type, what it is compared with): a test column compares the first two groups."""
    if data.column in groups:
        return (*groups[data.column], None)
    beside = {key: entity for key, entity in groups.items() if _side_by_side(key, data)} or groups
    arms = [entity for entity in beside.items() if not OVERALL.search(entity[0])] or list(beside.items())
    if not arms:
        return Entity(label=data.column.strip() or data.table.label.strip() or NAMELESS), "words", None
    first = arms[0][1]
    return (*first, arms[1][1][0] if len(arms) > 1 else None)


def _side_by_side(column: str, data: DataCell) -> bool:
    """Whether a column stands under the same upper headers as a cell."""
    upper = " ".join(data.columns[:-1])
    return bool(upper) and column.startswith(upper)
