"""This module gathers what the papers say of one concept: a disease, a sign, a marker, a modality, a therapy.

What can be counted in a disease (signs, markers, clinical features) comes as the cells of the matrix of `kg.compare`,
so that a number here is the number there. The rest comes as printed, a row a thing, with every statement behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg import queries
from kg.compare import MatrixCell, Opposed, opposed, side_by_side
from kg.evidence import Cell, cohorts, is_finding, is_plan, text_order
from kg.lookup import vocabulary_of
from kg.model import Cohort, Concept, Entity, Statement
from kg.store import Store
from kg.vocabulary import Vocabulary

PROFILED: Final = ("disease", "sign", "modality", "marker", "therapy", "clinical-feature", "syndrome")
FOUND_IN_DISEASES: Final = ("sign", "marker", "clinical-feature", "syndrome")
ACCURACY_KINDS: Final = ("sensitivity", "specificity", "auc")
RATE_KINDS: Final = ("percent", "percent_range", "proportion")
HARM_OUTCOMES: Final = ("complication", "therapy_contraindication")


class ProfileError(ValueError):
    """A concept that has no profile; the sentence says which have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row that can be counted: what is known of one finding in one disease.

    `about` is what the row is headed by: the finding in a disease's profile, the disease in a finding's.
    """

    about: Entity
    cell: MatrixCell


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One row as printed: what is said of the concept and another thing by one predicate, the statements in order."""

    about: Entity
    predicate: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accuracy:
    """What one paper prints in one sentence of how well a thing is found: at most one number a kind."""

    source: str
    target: Entity
    numbers: Mapping[str, str]
    """Kind of statistic ('sensitivity', 'specificity', 'auc', 'rate') to the statement that prints it."""

    @property
    def statements(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.numbers.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a profile under a heading; one of the three lists has rows."""

    name: str
    title: str
    facts: tuple[Fact, ...] = ()
    printed: tuple[Printed, ...] = ()
    accuracies: tuple[Accuracy, ...] = ()

    @property
    def size(self) -> int:
        """How many distinct facts it holds."""
        return len(self.facts) + len(self.printed) + len(self.accuracies)

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids behind all its rows, those of counts that are not shown included."""
        cells = [fact.cell for fact in self.facts]
        named = [identifier for cell in cells for identifier in cell.statements]
        rivals = [reading for cell in cells for count in cell.counts for reading in count.alternatives]
        named += [identifier for reading in rivals for identifier in reading.statements]
        named += [identifier for row in self.printed for identifier in row.statements]
        return tuple(dict.fromkeys([*named, *(identifier for row in self.accuracies for identifier in row.statements)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A question on which papers, or two places of one, do not agree, with every statement concerned."""

    question: str
    sides: tuple[tuple[str, tuple[str, ...]], ...]
    """What each side says, and the statements that say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A concept, what is said of it by section, its own series, and where papers disagree."""

    concept: Concept
    sections: tuple[Section, ...]
    conflicts: tuple[Conflict, ...] = ()
    series: tuple[Cohort, ...] = ()
    sources: tuple[str, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the index: a concept, how many distinct facts name it, how many of these have a number."""

    concept: Concept
    facts: int
    counted: int
    sources: tuple[str, ...]


def index(statements: Iterable[Statement], concepts: Mapping[str, Concept]) -> tuple[Entry, ...]:
    """The concepts that have a profile and of which anything is said, by name; facts are distinct triples."""
    triples: dict[str, dict[tuple[str, str, str], bool]] = defaultdict(dict)
    sources: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        triple = statement.subject.identity, statement.predicate, statement.object.identity
        for key in _named(statement):
            if key in concepts and concepts[key].type in PROFILED:
                known = triples[key].get(triple, False)
                triples[key][triple] = known or statement.statistic is not None
                sources[key].add(statement.source)
    entries = (
        Entry(concept=concepts[key], facts=len(found), counted=sum(found.values()), sources=tuple(sorted(sources[key])))
        for key, found in triples.items()
    )
    return tuple(sorted(entries, key=lambda entry: (entry.concept.label.casefold(), entry.concept.key)))


def _named(statement: Statement) -> set[str]:
    ends = (statement.subject, statement.object, statement.comparator)
    return {entity.key for entity in ends if entity is not None and entity.key is not None}


def profile(store: Store, key: str) -> Profile:
    """What the graph's papers say of a concept. ProfileError for a key that is no concept with a profile."""
    vocabulary = vocabulary_of(store)
    concept = vocabulary.concepts.get(key)
    if concept is None or concept.type not in PROFILED:
        raise ProfileError(f"{key!r} has no page; give the key of a {', '.join(PROFILED[:-1])} or {PROFILED[-1]}")
    about = queries.statements(store, about=[key])
    if concept.type == "disease":
        below = queries.statements(store, about=[key, *vocabulary.descendants(key)])
        return disease_profile(concept, below, vocabulary)
    if concept.type in FOUND_IN_DISEASES:
        sources = {statement.source for statement in about}
        diseases = sorted({s.subject.key for s in about if is_finding(s) and s.subject.key is not None})
        context = queries.statements(store, about=diseases, source=sources) if diseases and sources else ()
        return finding_profile(concept, about, context, vocabulary)
    return printed_profile(concept, about)


def disease_profile(concept: Concept, statements: Iterable[Statement], vocabulary: Vocabulary) -> Profile:
    """The profile of a disease; what is said of a narrower one fills the row of its finding, and says so."""
    ordered = sorted(statements, key=text_order)
    found = side_by_side(ordered, [concept], vocabulary, concepts=vocabulary.concepts)
    facts: dict[str, list[Fact]] = defaultdict(list)
    for row in found.rows:
        (cell,) = row.cells
        if not cell.statements:
            continue
        facts[_part_of(row.finding, cell, vocabulary, found.statements)].append(Fact(about=row.finding, cell=cell))
    own = [s for s in ordered if concept.key in _named(s)]
    sections = (
        *(Section(name=n, title=t, facts=_ranked(facts[n])) for n, t in COUNTED_PARTS),
        *(
            Section(name=n, title=t, printed=_printed(own, concept.key, predicates))
            for n, t, predicates in DISEASE_PARTS
        ),
    )
    made = [one for group in (facts["signs"], facts["markers"], facts["clinical"]) for one in group]
    by_id = {s.id: s for s in ordered}
    levels = opposed(concept, *_said_of(made, by_id), vocabulary.concepts)
    conflicts = (*_within(made), *(Conflict(question=_which(one), sides=one.sides) for one in levels))
    series = tuple(c for c in cohorts(own) if c.disease == concept.key and c.population is None)
    return _made(concept, sections, by_id, conflicts=conflicts, series=series)


COUNTED_PARTS: Final = (("signs", "Signs"), ("markers", "Markers"), ("clinical", "Clinical"))
DISEASE_PARTS: Final = (
    ("measured", "Measured", ("measured_value",)),
    ("modalities", "Modalities", ("detected_by", "imaging_technique")),
    (
        "therapies",
        "Therapies",
        ("treated_by", "therapy_outcome", "therapy_indication", "therapy_contraindication", "complication"),
    ),
    ("mimics", "Mimics", ("differential_of", "misdiagnosed_as", "discriminates")),
    (
        "epidemiology",
        "Epidemiology",
        ("has_epidemiology", "has_prognosis", "has_primary_site", "metastasizes_to", "classified_by"),
    ),
)
"""Name, title and predicates of the parts of a disease's profile that come as printed."""


def _part_of(finding: Entity, cell: MatrixCell, vocabulary: Vocabulary, said: Mapping[str, Statement]) -> str:
    """Where a finding belongs: by its type, and of a paper's own words by what is said of them."""
    concept = vocabulary.concepts.get(finding.key or "")
    predicates = {said[identifier].predicate for identifier in cell.statements if identifier in said}
    if concept is not None and concept.type in ("sign", "marker"):
        return "signs" if concept.type == "sign" else "markers"
    if concept is None and predicates & {"has_sign"}:
        return "signs"
    return "markers" if concept is None and predicates & {"has_marker", "expresses"} else "clinical"


def _ranked(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Counted facts first, by the lower limit of the share; then what was never seen; then words."""
    return tuple(sorted(facts, key=_rank))


def _rank(fact: Fact) -> tuple[int, float, str]:
    first = next((c for c in fact.cell.counts if c.interval is not None), None)
    if first is not None and first.interval is not None:
        return 0 if first.n else 1, -first.interval.low, fact.about.label.casefold()
    order = {"disagree": 2, "seen": 2, "zero": 2, "in_words": 3, "not_reported": 4}
    return order[fact.cell.state] if not fact.cell.counts else 2, 0.0, fact.about.label.casefold()


def _within(facts: Iterable[Fact]) -> list[Conflict]:
    """A fact of which the places of one paper, or two papers, print counts that do not go together."""
    found = []
    for fact in facts:
        rivals = [c for c in fact.cell.counts if c.state == "disagree" or any("also" in w for w in c.warnings)]
        sides: list[tuple[str, tuple[str, ...]]] = []
        for cell in rivals:
            sides.append((f"{cell.n}/{cell.total}", cell.used))
            sides += [(one.text, one.statements) for one in cell.alternatives if one.total is not None]
        if fact.cell.state == "disagree" and not sides:
            sides = [(f"{c.n}/{c.total}", c.used) for c in fact.cell.counts if c.counted]
        distinct = dict(reversed(sides))
        if len(distinct) > 1:
            ordered = tuple((text, distinct[text]) for text in dict.fromkeys(text for text, _ in sides))
            found.append(Conflict(question=f"How often {fact.about.label}?", sides=ordered))
    return found


def _said_of(facts: Sequence[Fact], said: Mapping[str, Statement]) -> tuple[list[Cell], list[Statement]]:
    """The counts behind some facts, and what is said of them in words."""
    words = (identifier for fact in facts for identifier in fact.cell.words)
    return [c for fact in facts for c in fact.cell.counts], [said[i] for i in words if i in said]


def _which(found: Opposed) -> str:
    one, other = found.levels
    return f"{one.label} or {other.label}?"


def finding_profile(
    concept: Concept, about: Iterable[Statement], context: Iterable[Statement], vocabulary: Vocabulary
) -> Profile:
    """The profile of a sign, a marker or a clinical feature: in which diseases, how often, and what else is printed.

    `context` are all statements of the papers in question on these diseases: they give the sizes of the groups.
    """
    ordered = sorted({s.id: s for s in (*about, *context)}.values(), key=text_order)
    own = [s for s in ordered if concept.key in _named(s)]
    named = {s.subject.key for s in own if is_finding(s) and s.object.key == concept.key}
    diseases = [
        c for key in sorted(k for k in named if k) if (c := vocabulary.concepts.get(key)) and c.type == "disease"
    ]
    facts = []
    if diseases:
        found = side_by_side(ordered, diseases, vocabulary, concepts=vocabulary.concepts)
        row = next((one for one in found.rows if one.finding.key == concept.key), None)
        facts = [
            Fact(about=Entity(key=disease.key, label=disease.label), cell=cell)
            for disease, cell in zip(diseases, row.cells if row else (), strict=False)
            if cell.state != "not_reported" or cell.looked_for
        ]
    shown = {identifier for fact in facts for identifier in fact.cell.statements}
    rest = [s for s in own if s.id not in shown]
    sections = (
        Section(name="diseases", title="Diseases", facts=_ranked(facts)),
        *(Section(name=n, title=t, printed=_printed(rest, concept.key, chosen)) for n, t, chosen in FINDING_PARTS),
    )
    return _made(concept, sections, {s.id: s for s in ordered}, conflicts=tuple(_within(facts)))


FINDING_PARTS: Final = (
    ("tells", "Tells apart", ("discriminates", "differential_of", "misdiagnosed_as")),
    ("measured", "Measured, cut-offs", ("measured_value", "classified_by")),
    ("modalities", "Modalities", ("detected_by", "imaging_technique")),
    ("agreement", "Agreement of readers", ("observer_agreement",)),
    (
        "linked",
        "Linked with",
        ("associated_with", "has_prognosis", "therapy_outcome", "has_sign", "has_marker", "expresses"),
    ),
)


def printed_profile(concept: Concept, about: Iterable[Statement]) -> Profile:
    """The profile of a modality or a therapy: what is printed of it, by what it is about."""
    ordered = sorted(about, key=text_order)
    parts = MODALITY_PARTS if concept.type == "modality" else THERAPY_PARTS
    numbers = _accuracies(ordered, concept.key) if concept.type == "modality" else ()
    shown = {identifier for one in numbers for identifier in one.statements}
    rest = [s for s in ordered if s.id not in shown]
    accuracy = (Section(name="accuracy", title="How well it finds", accuracies=numbers),)
    sections = (
        *(accuracy if concept.type == "modality" else ()),
        *(Section(name=n, title=t, printed=_printed_where(rest, concept.key, belongs)) for n, t, belongs in parts),
    )
    return _made(concept, sections, {s.id: s for s in ordered})


def _one_of(*predicates: str) -> Callable[[Statement], bool]:
    return lambda statement: statement.predicate in predicates


def _mortality(statement: Statement) -> bool:
    kind = statement.statistic.kind if statement.statistic is not None else ""
    return kind == "mortality_rate" or "mortality" in f"{statement.object.key} {statement.object.label}".casefold()


def _harm(statement: Statement) -> bool:
    return not _mortality(statement) and statement.predicate in HARM_OUTCOMES


def _response(statement: Statement) -> bool:
    return not _mortality(statement) and statement.predicate in ("therapy_outcome", "has_prognosis")


MODALITY_PARTS: Final[tuple[tuple[str, str, Callable[[Statement], bool]], ...]] = (
    ("diseases", "What it shows", _one_of("detected_by")),
    ("technique", "How it is done", _one_of("imaging_technique")),
    ("linked", "Linked with", _one_of("associated_with", "discriminates", "other", "classified_by")),
)
THERAPY_PARTS: Final[tuple[tuple[str, str, Callable[[Statement], bool]], ...]] = (
    ("use", "Indication and use", _one_of("treated_by", "therapy_indication")),
    ("response", "Response", _response),
    ("harm", "Harm", _harm),
    ("mortality", "Mortality", _mortality),
    ("linked", "Linked with", _one_of("associated_with", "other", "detected_by")),
)


def _accuracies(statements: Sequence[Statement], key: str) -> tuple[Accuracy, ...]:
    """Sensitivities, specificities, areas and detection rates of one sentence on one target, together."""
    found: dict[tuple[str, int, str], dict[str, str]] = {}
    targets: dict[tuple[str, int, str], Entity] = {}
    for statement in statements:
        kind = statement.statistic.kind if statement.statistic is not None else ""
        rate = kind in RATE_KINDS and statement.predicate == "detected_by"
        if kind not in ACCURACY_KINDS and not rate:
            continue
        target = other_end(statement, key)
        place = (statement.source, statement.span.start, target.identity)
        numbers = found.setdefault(place, {})
        name = "rate" if rate else kind
        if name in numbers:  # a second number of the kind in one sentence is another result
            place = (*place[:2], f"{target.identity}#{statement.id}")
            numbers = found.setdefault(place, {})
        targets[place] = target
        numbers[name] = statement.id
    return tuple(
        Accuracy(source=place[0], target=targets[place], numbers=numbers) for place, numbers in sorted(found.items())
    )


def other_end(statement: Statement, key: str) -> Entity:
    """What a statement is about beside a concept: its object, or its subject where the concept is the object."""
    return statement.subject if statement.object.key == key else statement.object


def _printed(statements: Iterable[Statement], key: str, predicates: Sequence[str]) -> tuple[Printed, ...]:
    return _printed_where(statements, key, lambda statement: statement.predicate in predicates)


def _printed_where(
    statements: Iterable[Statement], key: str, belongs: Callable[[Statement], bool]
) -> tuple[Printed, ...]:
    """A row for each thing and predicate; those with numbers first, then by how much is said, then by name."""
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if belongs(statement) and not is_plan(statement):
            found[other_end(statement, key).identity, statement.predicate].append(statement)
    rows = [
        (not any(s.statistic for s in said), -len(said), other_end(said[0], key).label.casefold(), predicate, said)
        for (_, predicate), said in found.items()
    ]
    return tuple(
        Printed(about=other_end(said[0], key), predicate=predicate, statements=tuple(s.id for s in said))
        for *_, predicate, said in sorted(rows, key=lambda row: row[:4])
    )


def _made(
    concept: Concept,
    sections: Sequence[Section],
    said: Mapping[str, Statement],
    *,
    conflicts: tuple[Conflict, ...] = (),
    series: tuple[Cohort, ...] = (),
) -> Profile:
    kept = tuple(section for section in sections if section.size)
    named = [identifier for section in kept for identifier in section.statements]
    named += [identifier for conflict in conflicts for _, ids in conflict.sides for identifier in ids]
    statements = {i: said[i] for i in dict.fromkeys(named) if i in said}
    return Profile(
        concept=concept,
        sections=kept,
        conflicts=conflicts,
        series=series,
        sources=tuple(sorted({s.source for s in statements.values()})),
        statements=statements,
    )
