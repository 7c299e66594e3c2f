"""This module puts an answer together: it reads the question, finds what answers it, and words it or refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile
from typing import Final

from kg.ask.answer import MOST_ROWS, Answer, Clause, Derived
from kg.ask.choice import Task, otherwise, sides_alone, task_of
from kg.ask.composition import OPPOSITES
from kg.ask.counts import cells_of, count_clauses
from kg.ask.english import is_english
from kg.ask.intents import STRICT
from kg.ask.library import Indexed, Library, library_of
from kg.ask.literal import literal
from kg.ask.matching import match
from kg.ask.reading import GENERIC, Options, Reading, read
from kg.ask.refusal import nearest, nothing_found, unanswerable
from kg.ask.reproduction import rows_query
from kg.ask.retrieval import Hit, is_of, retrieve
from kg.ask.telling import demanded, satisfied, telling_alone
from kg.ask.versus import comparison_clauses, comparison_of
from kg.ask.weighing import FINDING_TYPES
from kg.ask.wording import MOST_QUOTES, audit_clauses, listing, quotes, relevant, thresholds
from kg.audit import worst
from kg.compare import Filters
from kg.model import Statement
from kg.store import Store

COUNTING: Final = (
    "frequency",
    "presence",
    "signs",
    "markers",
    "symptoms",
    "diseases_with",
    "discriminate",
    "agreement",
)
NEEDS_A_NUMBER: Final = "needs a number"


@dataclass(slots=True)
class _Draft:
    """An answer while it is made."""

    clauses: list[Clause] = field(default_factory=list)
    derived: list[Derived] = field(default_factory=list)
    disagreements: list[Clause] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)


def ask(store: Store, question: str, options: Options | None = None) -> Answer:
    """The answer that the graph's papers give to a question, or why they give none.

    The same question gives the same answer, to the byte; nothing outside the graph is used.
    """
    return _ask(library_of(store), question, options or Options(), suggest=True)


def _ask(library: Library, question: str, options: Options, *, suggest: bool) -> Answer:
    reading = read(library, question, options)
    task = task_of(library, reading, options)
    reason = unanswerable(library, reading, task)
    hits: list[Hit] = []
    if not reason:
        task, hits = _answered_by(library, reading, task, otherwise(library, reading, options, task))
        draft = _draft(library, reading, task, hits)
        if draft.clauses:
            return _answered(library, reading, task, hits, draft, options)
        reason = nothing_found(library, reading, task)
    near: tuple[str, ...] = ()
    if suggest and reading.plain:
        near = nearest(library, reading, task, lambda one: _ask(library, one, Options(), suggest=False).answered)
    return Answer(
        reading=reading,
        answered=False,
        intents=tuple(intent.name for intent in task.intents),
        concepts=reading.mentions,
        reason=reason,
        nearest=near,
        graph_hash=library.store.graph_hash,
        labels=_labels(library, reading),
    )


def _answered_by(library: Library, reading: Reading, task: Task, others: Iterable[Task]) -> tuple[Task, list[Hit]]:
    """The task that has an answer, with what answers: the first that leaves nothing out, else the best; or the task."""
    best: tuple[Task, list[Hit]] = (task, [])
    for one in chain((task,), others):
        hits = _hits(library, reading, one)
        alone = telling_alone(one.telling)
        told = [hit for hit in hits if not alone or satisfied(hit.indexed, alone)]
        if not one.left_out and (_has_sides(one) or told):
            return one, hits
        if best[1] and not best[0].left_out and told:  # what is said of both, and then the reason that is said of one
            return replace(best[0], left_out=one.left_out), [*best[1], *told]
        if hits and (not best[1] or hits[0].score > best[1][0].score):
            best = (one, hits)
    return best


def _has_sides(task: Task) -> bool:
    """Whether a comparison may answer where no statement by itself does."""
    return len(task.sides) == 2 and task.intent.name in ("discriminate", "ratio")


def _hits(library: Library, reading: Reading, task: Task) -> list[Hit]:
    """What answers; where nothing does, sentences that follow one which names what was asked about."""
    musts, alone = demanded(task.telling), telling_alone(task.telling)
    hits = _retrieved(library, reading, task)
    if task.demanded or (task.number and task.intent.name != "ratio"):
        return [hit for hit in hits if _has_number(hit.indexed.statement, task.demanded)]
    kinds = _answering(hits, task)
    if task.intent.name not in STRICT and not kinds:
        hits = _retrieved(library, reading, task, nearby=True)
    if task.intent.name == "discriminate" and len(task.sides) == 2:
        hits = sorted([*hits, *_of_each_side(library, reading, task, hits)], key=lambda hit: -hit.score)
    if musts or alone:
        hits = [hit for hit in hits if satisfied(hit.indexed, (*musts, *alone))] or ([] if musts else hits)
    hits = [hit for hit in hits if not hit.loose] or hits
    if (task.intent.name == "size" and _VALUE.search(besides_names(reading))) or any(
        "threshold" in one.kinds for one in musts
    ):
        hits = _values_of(library, task, hits)
    tools = {key for mention in task.required if set(mention.types) & {"therapy", "modality"} for key in mention.keys}
    if all(tools & set(hit.widened) for hit in hits):
        if task.intent.name in HARMS:
            hits = [hit for hit in hits if hit.indexed.statement.statistic is not None]  # a rate printed of the group
        else:
            hits = [hit for hit in _of_kin(library, reading, task) if not tools & set(hit.widened)] or hits
    hits = [hit for hit in _on_words(library, reading, task, hits) if satisfied(hit.indexed, musts)]
    return [hit for hit in hits if _names_one(library, task, hit.indexed)] if task.sort else hits


def _names_one(library: Library, task: Task, one: Indexed) -> bool:
    """Whether a sentence names a concept of the type that is asked which of, other than those asked about."""
    asked = {key for mention in task.required for key in mention.keys}
    there = ({one.subject, one.object} | one.quoted) - asked
    known = (library.vocabulary.concepts.get(key) for key in there)
    return any(concept is not None and concept.type == task.sort and concept.key not in GENERIC for concept in known)


def _retrieved(library: Library, reading: Reading, task: Task, *, nearby: bool = False) -> list[Hit]:
    """What is found; of a study that a question describes, what is found in its paper."""
    required, telling = task.required, task.telling
    if any("study" in one.intents and not one.kinds for one in telling) and (papers := reading.sources or task.papers):
        reading, required = replace(reading, sources=papers), ()
    return retrieve(library, reading, task.intents, required=required, telling=telling, nearby=nearby)


def _of_each_side(library: Library, reading: Reading, task: Task, known: Sequence[Hit]) -> list[Hit]:
    """What is said of one side of a comparison only, as far as it is of the kind that the question speaks of."""
    either = next((one for one in sides_alone(reading, task)), None)
    if either is None or not (len(either.required) > 1 or reading.words or task.telling or _SIGN.search(reading.plain)):
        return []
    there = {hit.indexed.statement.id for hit in known}
    return [
        hit
        for hit in _retrieved(library, reading, either)
        if hit.indexed.statement.id not in there and hit.indexed.statement.predicate in SIDED
    ]


SIDED: Final = ("has_sign", "has_marker", "has_clinical_feature", "measured_value", "has_epidemiology", "has_prognosis")
_SIGN: Final = re.compile(r"\b(?:enhanc|signal|attenuat|dens|pattern|look|appear)\w*")


def _answering(hits: Sequence[Hit], task: Task) -> list[Hit]:
    """The hits that say what is asked besides concepts, or where nothing is, are of the kind that is asked."""
    said = (*demanded(task.telling), *telling_alone(task.telling))
    if said:
        return [hit for hit in hits if satisfied(hit.indexed, said)]
    return [hit for hit in hits if is_of(hit.indexed.statement, task.intents)]


_VALUE: Final = re.compile(r"\b(?:values?|means?|average|median|how (?:high|large|big))\b")


def besides_names(reading: Reading) -> str:
    """A question without the names of concepts in it: a CT value is no value asked for."""
    text = reading.plain
    for mention in sorted(reading.mentions, key=lambda one: -one.start):
        if set(mention.types) <= {"measure"}:
            continue
        text = text[: mention.start] + text[mention.start + len(mention.text) :]
    return text


def _values_of(library: Library, task: Task, hits: Sequence[Hit]) -> list[Hit]:
    """Of the hits those with a number of the very thing whose value is asked for; all where none is named."""
    asked = _findings(library, task)
    if not asked:
        return list(hits)
    ends = ((hit, hit.indexed.statement) for hit in hits if hit.indexed.statement.statistic is not None)
    alike = {key for mention in task.required for key in mention.broader}
    return [
        hit
        for hit, one in ends
        if {end.key for end in (one.subject, one.object, one.variable) if end is not None} & (asked | alike)
    ]


def _of_kin(library: Library, reading: Reading, task: Task) -> list[Hit]:
    """What is said of a therapy or test in diseases of the family of the one asked about."""
    if any(set(mention.types) & set(FINDING_TYPES) for mention in task.required):
        return []
    kin = [
        replace(mention, broader=_family(library, mention.keys)) if "disease" in mention.types else mention
        for mention in task.required
    ]
    return retrieve(library, reading, task.intents, required=kin) if kin != list(task.required) else []


def _family(library: Library, keys: Sequence[str]) -> tuple[str, ...]:
    above = (key for one in keys for key in (one, *library.vocabulary.ancestors(one)))
    named = tuple(dict.fromkeys(takewhile(lambda key: key not in GENERIC, above)))
    return (*named, *sorted(frozenset().union(*map(library.below, named)) - set(named)))


def _on_words(library: Library, reading: Reading, task: Task, hits: Sequence[Hit]) -> list[Hit]:
    """The hits, if the rare words of a question are among their words: radiologists in Germany are not.

    Where a question names no concept, its words are all there is: each sentence has to have them.
    """
    words = [word for word in reading.words if not is_english(word)]
    if not task.required and task.intent.name == "about" and not task.intent.points(reading.plain):
        words = words if task.telling else list(reading.words)  # nothing is asked for but by these words
    if not task.required and words:
        needed = words if reading.sources or task.intent.name in STRICT else reading.words
        return [hit for hit in hits if all(not library.forms(w).isdisjoint(hit.indexed.words) for w in needed)]
    if not task.required and not demanded(task.telling) and (not reading.sources or task.intent.name == "modalities"):
        hits = _by_words(library, reading, hits)
    if task.intent.name == "presence" and all(set(mention.types) <= {"modality"} for mention in task.required):
        hits = [hit for hit in hits if literal(library, reading).points(hit.indexed)] or (
            [] if literal(library, reading).words else list(hits)
        )
    foreign = (word for word in words if word not in library.lexicon.words)  # words of no name
    rare = [word for word in foreign if sum(library.word_counts[form] for form in library.forms(word)) <= RARE]
    spoken = all(any(not library.forms(word).isdisjoint(hit.indexed.words) for hit in hits) for word in rare)
    return list(hits) if spoken else []


def _by_words(library: Library, reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Of a question that names nothing but what every sentence could be about, the hits that have most of its words."""
    words = literal(library, reading)
    best = max((words.points(hit.indexed) for hit in hits), default=0.0)
    return [hit for hit in hits if words.points(hit.indexed) >= max(FEWEST_WORDS, MOST_WORDS * best)]


FEWEST_WORDS: Final = 2.5  # points of shared words
MOST_WORDS: Final = 0.6  # of the points of the best sentence
HARMS: Final = ("complication", "contraindication")  # what is said of a group of therapies is none of each of them
RARE: Final = 5  # sentences that have a word


def _has_number(statement: Statement, kinds: Sequence[str]) -> bool:
    """Whether a statement has a number, of one of some kinds if any are given."""
    return statement.statistic is not None and (not kinds or statement.statistic.kind in kinds)


def _draft(library: Library, reading: Reading, task: Task, hits: Sequence[Hit]) -> _Draft:
    draft = _Draft()
    name = task.intent.name
    if not task.required and not reading.words and not reading.sources and not reading.numbers:
        return draft
    if len(task.sides) == 2 and name in ("discriminate", "ratio"):
        _compare(library, reading, task, draft)
        if name == "ratio":
            return draft
    if name == "ratio" or not hits:
        return draft
    if name in COUNTING and name != "discriminate" and (_findings(library, task) or task.intent.lists):
        most = 8 if name in ("signs", "diseases_with") else 4
        found = cells_of(library, hits, findings=_findings(library, task), most=most)
        clauses, derived, disagreements = count_clauses(library, found)
        draft.clauses += clauses
        draft.derived += derived
        draft.disagreements += disagreements
    if task.intent.lists:
        asked = " with ".join(library.label(mention.keys[0]) for mention in task.required) or "these patients"
        draft.clauses += listing(library, task.intent, asked, hits)
    measured = [one for one in reading.numbers if one.unit or one.op != "=" or name == "classification"]
    if measured:
        draft.clauses += thresholds(library, hits, measured)
    known = {i for clause in draft.clauses for i in clause.statements if len(clause.statements) < 4}
    of_study = any("study" in one.intents for one in demanded(task.telling))  # each criterion and limit, not the best
    said = quotes(
        library,
        hits,
        most=MOST_QUOTES,
        known=known if name in COUNTING else (),
        least=0.0 if of_study else None,
    )
    told = task.intent.lists and any(one.told(hits[0].indexed, whole=False) for one in task.telling)
    draft.clauses = [*said, *draft.clauses] if told else [*draft.clauses, *said]
    draft.notes += _widened(library, reading, task, hits)
    return draft


def _widened(library: Library, reading: Reading, task: Task, hits: Sequence[Hit]) -> list[str]:
    """Which concepts are answered only by a broader one, and which one that is."""
    least = relevant(hits)
    near = [hit for hit in hits if hit.score >= least]
    notes = [f"What is said here does not name “{mention.text}”." for mention in task.left_out]
    for mention in reading.of_type("disease") if task.intent.name == "merits" else ():
        if not any(match(library, hit.indexed, mention, about="any")[0] for hit in near):
            notes.append(f"What is said here does not name {mention.text}.")
    for mention in task.required:
        if not all(set(mention.keys) & set(hit.widened) for hit in near):
            continue
        ends = {key for hit in near for key in (hit.indexed.subject, hit.indexed.object, *hit.indexed.context)}
        parents = {library.vocabulary.concepts[key].parent for key in (*mention.keys, *mention.broader)} & ends
        broader = [library.label(parent) for parent in sorted(filter(None, parents))]
        if not broader and "disease" in mention.types:
            broader = list(dict.fromkeys(library.label(hit.indexed.subject) for hit in near))
        if broader:
            notes.append(f"Nothing of this kind is said of {mention.text} itself; the answer is of {broader[0]}.")
    return notes


def _compare(library: Library, reading: Reading, task: Task, draft: _Draft) -> None:
    modalities = tuple(key for m in reading.of_type("modality") for key in m.keys)
    filters = Filters(sources=reading.sources, evidence=reading.evidence)
    comparison, kinds = comparison_of(library, task.sides, filters)
    named = _findings(library, task)  # a variable of two levels is one row, called by either
    finding = named | {key for pair in OPPOSITES if not named.isdisjoint(pair) for key in pair}
    clauses, derived, notes = comparison_clauses(comparison, finding=finding)
    if any("tumor-marker" in mention.keys for mention in reading.mentions):
        clauses = [clause for clause in clauses if all(_is_marker(library, i) for i in clause.statements)]
    if task.intent.name == "ratio":
        clauses = [clause for clause in clauses if "likelihood ratio" in clause.text]
    elif modalities:
        clauses = [c for c in clauses if any(_on(library, i, modalities) for i in c.statements)]
    draft.clauses += clauses
    draft.derived += derived
    draft.notes += notes
    if kinds:
        draft.notes.append(
            f"Counted in both are {comparison.a.label} and {comparison.b.label}, which are kinds of what was asked."
        )
    draft.disagreements += [
        Clause(text=f"{one.finding.label}: {one.text}", statements=one.statements)
        for one in comparison.disagreements
        if set(one.statements) & {i for clause in clauses for i in clause.statements}
    ]
    draft.derived += [
        Derived(name="choice of a reading", text=one.text, formula="see why", inputs=one.statements)
        for one in comparison.disagreements
    ]


def _is_marker(library: Library, identity: str) -> bool:
    one = library.by_id.get(identity)
    return one is not None and one.statement.predicate == "has_marker"


def _findings(library: Library, task: Task) -> frozenset[str]:
    """The findings that a question names, with what is narrower."""
    named = (key for m in task.required if any(kind in FINDING_TYPES for kind in m.types) for key in m.keys)
    return frozenset(below for key in named for below in (key, *library.below(key)))


def _on(library: Library, identity: str, modalities: Sequence[str]) -> bool:
    indexed = library.by_id.get(identity)
    if indexed is None:
        return False
    return any(key in indexed.context or not library.below(key).isdisjoint(indexed.context) for key in modalities)


def _answered(
    library: Library, reading: Reading, task: Task, hits: Sequence[Hit], draft: _Draft, options: Options
) -> Answer:
    clauses = _within_budget(draft.clauses)
    cited = list(dict.fromkeys(i for clause in clauses for i in clause.statements))
    checks, values = audit_clauses(library, cited)
    disagreements = [*draft.disagreements, *checks]
    order = dict.fromkeys([*cited, *(i for one in disagreements for i in one.statements)])
    order.update(dict.fromkeys(hit.indexed.statement.id for hit in hits))
    rows = tuple(library.by_id[identity].statement for identity in order if identity in library.by_id)
    shown = rows if options.all_rows else rows[:MOST_ROWS]
    verdicts = worst(verdict for one in shown for verdict in library.verdicts.get(one.id, ()))
    return Answer(
        reading=reading,
        answered=True,
        intents=tuple(intent.name for intent in task.intents),
        concepts=reading.mentions,
        clauses=clauses,
        rows=rows,
        derived=(*draft.derived, *values),
        disagreements=tuple(disagreements),
        notes=tuple(dict.fromkeys(draft.notes)),
        sides=task.sides,
        sparql=rows_query(library, reading, task, hits, rows),
        graph_hash=library.store.graph_hash,
        labels=_labels(library, reading),
        verdicts=verdicts,
        all_rows=options.all_rows,
    )


def _within_budget(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses, each with those of its statements that fit into the rows that every answer gives."""
    kept: list[Clause] = []
    cited: set[str] = set()
    for clause in clauses:
        room = MOST_ROWS - len(cited)
        new = [identity for identity in dict.fromkeys(clause.statements) if identity not in cited]
        if len(new) > room and "“" not in clause.text:
            continue  # a list or a count needs all that it names; a quote stands with one of its statements
        new = new[:room]
        ids = tuple(identity for identity in clause.statements if identity in cited or identity in new)
        if ids and (new or not room):
            kept.append(replace(clause, statements=ids))
            cited |= set(ids)
    return tuple(kept)


def _labels(library: Library, reading: Reading) -> dict[str, str]:
    return {key: library.label(key) for mention in reading.mentions for key in mention.keys}
