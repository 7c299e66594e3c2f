"""This module says why a question has no answer, and finds the nearest questions that have one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from kg.ask.choice import Task
from kg.ask.intents import STRICT
from kg.ask.library import Library
from kg.ask.matching import match
from kg.ask.reading import Mention, Reading
from kg.ask.telling import demanded
from kg.ask.weighing import FINDING_TYPES

ADVICE: Final = "Signum reports what papers counted and said; it does not advise on a patient."
FUTURE: Final = "Signum reports what papers counted and said; it foretells nothing."
MOST_NEAREST: Final = 3
MOST_TRIED: Final = 8


def unanswerable(library: Library, reading: Reading, task: Task) -> str:
    """Why a question is refused before anything is looked up; '' if it is not."""
    named = bool(reading.mentions or reading.sources)
    unsaid = [m for m in task.required if not _family_named(library, m)]
    reasons = (
        (not reading.plain, "No question was asked; type one, such as: What are the imaging signs of PHNEN?"),
        (reading.advice, ADVICE),
        (reading.future, FUTURE),
        (not named and (reading.unknown or not reading.words), f"{_scope(library)}{_unknown_words(reading)}"),
        (reading.unknown, f"No paper here speaks of {_listed(reading.unknown)}."),
        (unsaid, f"No paper here says anything of {_listed([library.label(m.keys[0]) for m in unsaid])}."),
    )
    return next((reason for holds, reason in reasons if holds), "")


def _family_named(library: Library, mention: Mention) -> set[str]:
    said = library.named_somewhere
    return {key for key in (*mention.keys, *mention.broader) if not said.isdisjoint({key} | library.below(key))}


def _scope(library: Library) -> str:
    titles = ", ".join(source.short_name for source in library.sources.values())
    if not titles:
        return "There is no paper here."
    about = "neuroendocrine neoplasms and what they are compared with"
    return f"Signum answers from {len(library.sources)} papers ({titles}), on {about}; the question names none of it"


def _unknown_words(reading: Reading) -> str:
    return f" ({_listed(reading.unknown)})." if reading.unknown else "."


def _listed(words: Sequence[str]) -> str:
    shown = [word if len(word) <= 60 else f"{word[:57]}…" for word in dict.fromkeys(words)][:4]
    return " or ".join(f"“{word}”" for word in shown)


def nothing_found(library: Library, reading: Reading, task: Task) -> str:
    """What is empty: the concept, the pair or the cell."""
    diseases = [library.label(m.keys[0]) for m in task.required if "disease" in m.types]
    others = [library.label(m.keys[0]) for m in task.required if "disease" not in m.types]
    lacking = next((one.empty for one in demanded(task.telling)), task.intent.empty)
    what = " or ".join(task.demanded) if task.demanded else lacking
    counted = task.number and task.intent.name == "frequency"
    of = f" of {' and '.join(others)}" if others else ""
    where = f" in {' and '.join(diseases)}" if diseases else ""
    papers = " and ".join(library.names.get(key, key) for key in reading.sources)
    kinds = f", as {' or '.join(reading.evidence)} evidence" if reading.evidence else ""
    these = papers or f"these {len(library.sources)} papers"
    return f"No {'count' if counted else what}{of}{where} in {these}{kinds}."


def nearest(library: Library, reading: Reading, task: Task, answered: Callable[[str], bool]) -> tuple[str, ...]:
    """Questions near to a refused one that have an answer: each was asked, and answered."""
    found: dict[str, None] = {}
    for tried, question in enumerate(dict.fromkeys(_near(library, task))):
        if len(found) >= MOST_NEAREST or tried >= MOST_TRIED:
            break
        if question != reading.question and answered(question):
            found[question] = None
    return tuple(found)


def _near(library: Library, task: Task) -> Iterator[str]:
    diseases = [m for m in task.required if "disease" in m.types]
    findings = [m for m in task.required if any(kind in FINDING_TYPES for kind in m.types)]
    others = [m for m in task.required if m not in diseases and m not in findings]
    for finding in findings[:2]:
        label = library.label(finding.keys[0])
        for counted in _diseases_counted(library, finding):
            yield f"How often is {label} seen in {counted}?"
        yield f"Which diseases have {label}?"
    for other in others[:2]:
        label, kind = library.label(other.keys[0]), other.types[0]
        if kind == "modality":
            yield f"What is the sensitivity of {label}?"
        if kind == "therapy":
            parent = library.vocabulary.concepts[other.keys[0]].parent
            asked = f"What are the {task.intent.empty}s of"
            yield from [f"{asked} {library.label(parent)}?"] if parent and task.intent.name in STRICT else []
            yield f"What is the outcome of {label}?"
            yield f"What are the complications of {label}?"
        yield f"What do the papers say about {label}?"
    for disease in diseases[:2]:
        label = library.label(disease.keys[0])
        yield f"What are the imaging signs of {label}?"
        yield f"What do the papers say about {label}?"
    yield task.intent.example
    yield "What are the imaging signs of PHNEN?"


def _diseases_counted(library: Library, finding: Mention) -> list[str]:
    """The diseases in which a finding was counted, with a total, best known first."""
    keys = {key for one in finding.keys for key in (one, *library.below(one))}
    cells = [cell for cell in library.cells if cell.finding.key in keys and cell.counted]
    return list(dict.fromkeys(cell.disease.label for cell in sorted(cells, key=lambda c: -(c.total or 0))))[:2]


def missing(library: Library, task: Task) -> tuple[Mention, ...]:
    """The required mentions of which no statement at all is found."""
    return tuple(
        mention
        for mention in task.required
        if not any(match(library, one, mention, about="any")[0] for one in library.statements)
    )
