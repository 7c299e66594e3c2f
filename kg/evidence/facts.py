"""This module joins what a paper says into cells: repeats of one fact are one cell, and conflicts are explained."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from kg.evidence.cells import Cell, Derivation, Reading, group_name
from kg.evidence.choice import Choice, choose, join
from kg.evidence.counts import read_count, size_for, text_order, unit_of
from kg.evidence.groups import ProvenGroup, apart_from_printed, by_disease, proven
from kg.evidence.kinds import ONE_PATIENT, is_finding, is_plan
from kg.evidence.lineage import Hierarchy, Lineage
from kg.evidence.sums import added_up
from kg.measures import wilson
from kg.model import Cohort, Concept, Entity, Statement

COHORT_OBJECTS: Final = ("number-of-patients", "number-of-lesions")
FEWEST_AGREEING: Final = 2  # one count with its percentage may be a subgroup's; two that agree are the table's column
ALL_OF_THEM: Final = re.compile(
    r"\b(all|none|each|every|any|neither|never|without exception)\b|\bthere (?:was|were) no\b", re.IGNORECASE
)
SOME_OF_THEM: Final = re.compile(
    r"\b(most|majority|many|some|several|few|often|usually|commonly|frequently|generally|mainly|rarely|seldom|"
    r"sometimes|occasionally|typically|significant(?:ly)?|when|if|unless|except|apart from|other than)\b",
    re.IGNORECASE,
)


def within(key: str | None, broader: str, hierarchy: Hierarchy) -> bool:
    """Whether a concept is `broader` or lies below it."""
    return key is not None and (key == broader or broader in hierarchy.ancestors(key))


def cohorts(statements: Iterable[Statement]) -> tuple[Cohort, ...]:
    """The groups whose size the papers' own statements give, in the order (source, disease, unit, population).

    A group is no smaller than a total that the paper prints for it. Of the sizes left, the one that more places bear
    out is taken, then the larger one; a place that prints a count out of that size, or a percentage that only that
    size makes, bears it out. Without a printed size, two or more such counts that agree give it.
    """
    everything = list(statements)
    sizes, totals = _printed_sizes(everything), _totals(everything)
    found = []
    for key in {**sizes, **totals}:
        size = _size(sizes.get(key, {}), totals.get(key, {}))
        if size is not None:
            source, disease, unit, population = key
            places = _in_text_order(sizes.get(key, {}).get(size) or totals[key][size])
            ids = tuple(statement.id for statement in places)
            found.append(
                Cohort(source=source, disease=disease, size=size, unit=unit, population=population, statements=ids)
            )
    return tuple(sorted(found, key=lambda c: (c.source, c.disease, c.unit, c.population or "")))


GroupKey = tuple[str, str, str, str | None]


def _group(statement: Statement) -> GroupKey:
    unit = unit_of(statement) or "patients"
    return statement.source, statement.subject.identity, unit, group_name(statement.population)


Places = dict[int, list[Statement]]


def _printed_sizes(statements: Iterable[Statement]) -> dict[GroupKey, Places]:
    found: dict[GroupKey, Places] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        size = _cohort_size(statement)
        if size is not None:
            found[_group(statement)][size].append(statement)
    return found


def _totals(statements: Iterable[Statement]) -> dict[GroupKey, Places]:
    """The totals of a paper's own counts: printed, or the only one that makes the percentage in a table's cell."""
    found: dict[GroupKey, Places] = defaultdict(lambda: defaultdict(list))
    for statement in statements:
        of_a_group = statement.evidence == "own" and statement.section != ONE_PATIENT
        reading = read_count(statement, None) if is_finding(statement) and of_a_group else None
        if reading is None or reading.total is None:
            continue
        if reading.denominator_from == "printed" or statement.section == "Table":
            found[_group(statement)][reading.total].append(statement)
    return found


def _size(sizes: Places, totals: Places) -> int | None:
    """The size that the places bear out best, or None; "one patient" is a case, not a group."""
    least = max((total for total, places in totals.items() if any(map(_prints_total, places))), default=1)
    possible = [size for size in sizes if size >= least]
    if possible:
        return max(possible, key=lambda size: (size > 1, len(sizes[size]) + len(totals.get(size, ())), size))
    return max(totals, key=lambda total: len(totals[total])) if _agree(totals) else None


def _prints_total(statement: Statement) -> bool:
    return statement.statistic is not None and statement.statistic.denominator is not None


def _agree(totals: Places) -> bool:
    """Whether one total stands out in a table; a misprinted percentage among its cells makes a total of its own."""
    places = sorted((sum(s.section == "Table" for s in statements) for statements in totals.values()), reverse=True)
    return bool(places) and places[0] >= FEWEST_AGREEING and places[0] > sum(places[1:])


def _cohort_size(statement: Statement) -> int | None:
    statistic = statement.statistic
    if statement.predicate != "cohort" or statement.evidence != "own" or statistic is None:
        return None
    if statement.object.key not in COHORT_OBJECTS or statistic.kind != "count" or statistic.value is None:
        return None
    return int(statistic.value) if statistic.value == statistic.value.to_integral_value() >= 1 else None


def _in_text_order(statements: Iterable[Statement]) -> list[Statement]:
    return sorted(statements, key=text_order)


def cells(statements: Iterable[Statement], hierarchy: Hierarchy | None = None) -> tuple[Cell, ...]:
    """One cell for each (source, disease, finding): its count, and every place that repeats or contradicts it.

    Only a paper's own counts are counted; a statement in words, whoever it comes from, gives the state 'in_words'.
    `hierarchy` lets the sub-counts of a narrower or broader finding bear out a sum; it never changes a count.
    """
    everything = list(statements)
    lineage = Lineage.of(hierarchy)
    groups = _CohortsByGroup(cohorts(everything), lineage)
    facts = _facts(everything)
    parted = _counted_in_parts(facts)
    read = {key: _readings(fact, groups(fact[0]), lineage, parted=key[:2] in parted) for key, fact in facts.items()}
    kin = _kin(facts, lineage)
    known = _proven_groups(facts, read, kin, lineage)
    read = {
        key: _readings(fact, groups(fact[0]), lineage, parted=key[:2] in parted, proven=known.get(key[:2], ()))
        if known.get(key[:2])
        else read[key]
        for key, fact in facts.items()
    }
    found = [_cell(fact, read[key], _parts(key, kin, read), lineage) for key, fact in facts.items()]
    return tuple(sorted(found, key=lambda c: (c.source, c.disease.identity, c.finding.identity, c.phases)))


FactKey = tuple[str, str, str, int]


def _facts(statements: Iterable[Statement]) -> dict[FactKey, list[Statement]]:
    """Statements of one source on one finding in one disease, split where their phases exclude each other."""
    together: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in _in_text_order(statements):
        if is_finding(statement):
            together[statement.source, statement.subject.identity, statement.object.identity].append(statement)
    facts: dict[FactKey, list[Statement]] = {}
    for key, members in together.items():
        for number, cluster in enumerate(_by_phase(members)):
            facts[*key, number] = cluster
    return facts


def _by_phase(members: list[Statement]) -> list[list[Statement]]:
    """Clusters whose phases overlap; those that name no phase go to the first, which is usually the only one."""
    clusters: list[tuple[set[str], list[Statement]]] = []
    silent = []
    for statement in members:
        if not statement.phases:
            silent.append(statement)
            continue
        home = next((cluster for cluster in clusters if cluster[0] & set(statement.phases)), None)
        if home is None:
            clusters.append((set(statement.phases), [statement]))
        else:
            home[0].update(statement.phases)
            home[1].append(statement)
    if not clusters:
        return [silent]
    clusters[0][1].extend(silent)
    return [_in_text_order(cluster) for _, cluster in clusters]


class _CohortsByGroup:
    """Finds the cohorts that a statement may be about: those of its disease, else of the only relative that has one."""

    def __init__(self, known: Sequence[Cohort], hierarchy: Hierarchy) -> None:
        self._known: dict[str, list[Cohort]] = defaultdict(list)
        self._hierarchy = hierarchy
        for cohort in known:
            self._known[cohort.source].append(cohort)

    def __call__(self, statement: Statement) -> tuple[Cohort, ...]:
        here = self._known.get(statement.source, [])
        own = tuple(c for c in here if c.disease == statement.subject.identity)
        if own:
            return own
        related = [c for c in here if self._related(c.disease, statement.subject.identity)]
        return tuple(related) if len({c.disease for c in related}) == 1 else ()

    def _related(self, one: str, other: str) -> bool:
        return other in self._hierarchy.ancestors(one) or one in self._hierarchy.ancestors(other)


def _counted_in_parts(facts: Mapping[FactKey, list[Statement]]) -> set[tuple[str, str]]:
    """The groups (source, disease) of which the paper prints counts out of different totals.

    Then "eight cases" may be out of any of them (of those given contrast, of those tested), and no total is assumed.
    """
    totals: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for key, statements in facts.items():
        for statement in statements:
            printed = statement.statistic.denominator if statement.statistic is not None else None
            if printed is not None and statement.evidence == "own":
                totals[key[:2]].add(printed)
    return {group for group, printed in totals.items() if len(printed) > 1}


def _proven_groups(
    facts: Mapping[FactKey, list[Statement]],
    read: Mapping[FactKey, list[Reading]],
    kin: Mapping[FactKey, list[FactKey]],
    lineage: Lineage,
) -> dict[tuple[str, str], list[ProvenGroup]]:
    """The parts of each paper's cohorts whose size its own counts prove."""
    return {
        group: proven(((facts[key][0].object.label, read[key], _parts(key, kin, read)) for key in keys), lineage)
        for group, keys in by_disease(facts).items()
    }


def _readings(
    fact: list[Statement],
    groups: tuple[Cohort, ...],
    lineage: Lineage,
    *,
    parted: bool = False,
    proven: Sequence[ProvenGroup] = (),
) -> list[Reading]:
    """The distinct counts of a fact; places that print the same are one reading. `parted` keeps bare counts bare."""
    readings: list[Reading] = []
    bare: list[Reading] = []
    for statement in fact:
        if statement.evidence != "own" or statement.section == ONE_PATIENT:
            continue  # "2 lesions" beneath a picture are those of its patient
        size, sure = size_for(statement, groups)
        sure = sure and not parted
        reading = read_count(statement, size, sure=sure) or _universal_negative(statement, groups)
        if reading is None:
            continue
        reading = _in_patients(reading, groups)
        weak = reading.total is None or (reading.denominator_from == "cohort" and statement.statistic is not None)
        (bare if weak else readings).append(reading)
    joined = join(readings, lineage)
    for reading in added_up(bare):
        grouped = apart_from_printed(reading, proven, joined)
        joined = join([*joined, _with_printed_total(grouped, joined)], lineage)
    return joined


def _in_patients(reading: Reading, groups: Iterable[Cohort]) -> Reading:
    """A count "of the masses" out of no more than there are patients: it counts patients, each having one or more."""
    patients = max((cohort.size for cohort in groups if cohort.unit == "patients"), default=0)
    lesions = {cohort.size for cohort in groups if cohort.unit == "lesions"}
    if reading.unit != "lesions" or reading.total is None or reading.total > patients or reading.total in lesions:
        return reading
    note = f"worded as lesions, but {reading.total} is no more than the {patients} patients: counted as patients"
    return replace(reading, unit="patients", notes=(note,))


def _with_printed_total(reading: Reading, others: list[Reading]) -> Reading:
    """A bare count where the same n is printed with its denominator elsewhere: that denominator stands for both."""
    if reading.of_group or any(warning for warning in reading.warnings) or any("%" in text for text in reading.printed):
        return reading
    same = [o for o in others if o.n == reading.n and o.total is not None and o.derived is None]
    if len(same) != 1 or reading.complement:
        return reading
    return replace(reading, total=same[0].total, denominator_from=same[0].denominator_from)


def _universal_negative(statement: Statement, groups: tuple[Cohort, ...]) -> Reading | None:
    """0 of the cohort from "all masses lacked fat": no number printed, but the words leave no case out.

    What no lesion has, no patient has: the count is of patients.
    """
    size, sure = size_for(statement, groups, "patients")
    if statement.polarity != "absent" or statement.statistic is not None or statement.hedged or not sure or not size:
        return None
    words = f"{statement.quote} {statement.population or ''}"
    if not ALL_OF_THEM.search(words) or SOME_OF_THEM.search(words):
        return None
    return Reading(
        n=0,
        total=size,
        unit="patients",
        denominator_from="cohort",
        printed=(statement.quote,),
        modality=statement.modality,
        phases=statement.phases,
        sections=(statement.section,),
        spans=(statement.span,),
        statements=(statement.id,),
        derived=Derivation(formula=f"none of the cohort of {size}, as the sentence says", inputs=(statement.id,)),
    )


def _kin(facts: Iterable[FactKey], lineage: Lineage) -> Mapping[FactKey, list[FactKey]]:
    """For each fact those of narrower and broader findings in the same paper and disease, in the order of the facts."""
    found: dict[FactKey, list[FactKey]] = defaultdict(list)
    for group in by_disease(facts).values():
        of_finding: dict[str, list[int]] = defaultdict(list)
        for place, key in enumerate(group):
            of_finding[key[2]].append(place)
        near: dict[int, set[int]] = defaultdict(set)
        for finding, places in of_finding.items():
            for broader in lineage.ancestors(finding) - {finding}:
                for place in of_finding.get(broader, ()):
                    near[place].update(places)
                    for other in places:
                        near[other].add(place)
        for place, others in near.items():
            found[group[place]] = [group[other] for other in sorted(others)]
    return found


def _parts(key: FactKey, kin: Mapping[FactKey, list[FactKey]], read: Mapping[FactKey, list[Reading]]) -> list[Reading]:
    """Readings that may be parts of a fact's whole: its own, and those of narrower or broader findings."""
    return read[key] + [reading for other in kin.get(key, ()) for reading in read[other]]


def _cell(fact: list[Statement], readings: list[Reading], parts: list[Reading], lineage: Lineage) -> Cell:
    first = fact[0]
    cell = Cell(
        source=first.source,
        disease=first.subject,
        finding=first.object,
        predicate=Counter(s.predicate for s in fact).most_common(1)[0][0],
        state="assessed" if all(map(is_plan, fact)) else "in_words",
        variable=next((s.variable for s in fact if s.variable is not None), None),
        modality=first.modality,
        phases=tuple(dict.fromkeys(phase for s in fact for phase in s.phases)),
        statements=tuple(s.id for s in fact),
    )
    return _counted(cell, choose(readings, parts, lineage)) if readings else cell


def _counted(cell: Cell, choice: Choice) -> Cell:
    shown = choice.shown
    known = shown.total is not None
    return replace(
        cell,
        state="in_words" if not known else "disagree" if choice.undecided else "seen" if shown.n else "zero",
        n=shown.n,
        total=shown.total,
        interval=wilson(shown.n, shown.total) if shown.total is not None else None,
        unit=shown.unit or ("patients" if known else None),
        denominator_from=shown.denominator_from,
        complement=shown.complement,
        modality=shown.modality or cell.modality,
        phases=shown.phases,
        population=shown.population,
        used=shown.statements,
        alternatives=choice.others,
        why=choice.why,
        warnings=choice.warnings,
        derived=shown.derived,
        notes=shown.notes,
    )


def assessed(
    statements: Iterable[Statement],
    hierarchy: Hierarchy | None = None,
    concepts: Mapping[str, Concept] | None = None,
) -> tuple[Cell, ...]:
    """Findings that a paper says it looked for and that it gives no result for.

    With `concepts` also those of which it says so without naming a disease: "neovascularity was assessed".
    """
    lineage = Lineage.of(hierarchy)
    reported: dict[str, set[str]] = defaultdict(set)
    planned: dict[tuple[str, str], list[tuple[Entity, Statement]]] = defaultdict(list)
    for statement in _in_text_order(statements):
        if is_plan(statement):
            finding = _looked_for(statement, concepts or {})
            if finding is not None:
                planned[statement.source, finding.identity].append((finding, statement))
        elif statement.predicate not in ("imaging_technique", "other"):
            ends = (statement.subject, statement.object, statement.variable)
            names = {entity.identity for entity in ends if entity is not None}
            reported[statement.source] |= names | {a for name in names for a in lineage.ancestors(name)}
    left = [places for (source, finding), places in planned.items() if finding not in reported[source]]
    return tuple(sorted(map(_assessed_cell, left), key=lambda c: (c.source, c.finding.identity)))


def _looked_for(statement: Statement, concepts: Mapping[str, Concept]) -> Entity | None:
    """The sign that a plan is to look for; None for another plan."""
    if statement.predicate == "has_sign":
        return statement.object
    sign = concepts.get(statement.subject.key or "")
    told = statement.predicate == "other" and sign is not None and sign.type == "sign" and not sign.variable
    return statement.subject if told else None


def _assessed_cell(places: list[tuple[Entity, Statement]]) -> Cell:
    finding, first = places[0]
    return Cell(
        source=first.source,
        disease=first.subject,
        finding=finding,
        predicate=first.predicate,
        state="assessed",
        modality=first.modality,
        statements=tuple(statement.id for _, statement in places),
    )
