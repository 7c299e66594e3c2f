"""This module finds what a few words name: concepts by any of their names, papers, sentences, pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.model import Source, Statement
from kg.profile import Entry
from kg.vocabulary import Vocabulary, fold
from kg.web.markup import link_to
from kg.web.view import capital, place_of, whole_name

GROUPS: Final = (
    ("disease", "Diseases"),
    ("sign", "Signs"),
    ("marker", "Markers"),
    ("modality", "Modalities"),
    ("therapy", "Therapies"),
    ("clinical-feature", "Clinical features"),
    ("syndrome", "Syndromes"),
)
MOST_OF_A_GROUP: Final = 5
SHORTEST: Final = 2  # letters; one letter names everything
LONGEST_SENTENCE: Final = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One line of the answer: what it is called, what is said beside it, and where it leads."""

    label: str
    note: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """Hits by group, groups without one left out; `corrected` if no name fits and near ones are shown instead."""

    groups: tuple[tuple[str, tuple[Hit, ...]], ...]
    corrected: bool = False


def hits(
    words: str,
    *,
    entries: Sequence[Entry],
    vocabulary: Vocabulary,
    sources: Iterable[Source],
    statements: Iterable[Statement],
    pages: Mapping[str, str],
) -> Hits:
    """What the words name. Exact names come before beginnings, and beginnings before what only holds the words."""
    wanted = fold(words)
    if len(wanted) < SHORTEST:
        return Hits(groups=())
    named = _ranked(wanted, entries)
    others = (
        ("Papers", _papers(wanted, sources)),
        ("Sentences", _sentences(words, statements)),
        ("Pages", tuple(_pages(wanted, pages))),
    )
    corrected = not named and not any(found for _, found in others)
    if corrected:
        near = {concept.key for concept in vocabulary.suggest(words, 12)}
        named = [entry for entry in entries if entry.concept.key in near]
    groups = [
        (title, tuple(_concept(e) for e in named if e.concept.type == kind)[:MOST_OF_A_GROUP]) for kind, title in GROUPS
    ]
    return Hits(groups=tuple((title, found) for title, found in (*groups, *others) if found), corrected=corrected)


def _ranked(wanted: str, entries: Iterable[Entry]) -> list[Entry]:
    found = []
    for entry in entries:
        names = [fold(name) for name in entry.concept.labels]
        best = min((_fit(wanted, name) for name in names), default=3)
        if best < 3:
            found.append((best, -entry.facts, entry.concept.label.casefold(), entry))
    return [entry for *_, entry in sorted(found, key=lambda item: item[:3])]


def _fit(wanted: str, name: str) -> int:
    return 0 if name == wanted else 1 if name.startswith(wanted) else 2 if wanted in name else 3


def _concept(entry: Entry) -> Hit:
    concept = entry.concept
    facts = f"{entry.facts} fact{'' if entry.facts == 1 else 's'}"
    return Hit(label=whole_name(concept), note=facts, link=link_to("browse", id=f"{concept.type}:{concept.key}"))


def _papers(wanted: str, sources: Iterable[Source]) -> tuple[Hit, ...]:
    found = (s for s in sources if any(wanted in fold(text) for text in (s.title, s.short_name, s.key, *s.authors)))
    return tuple(Hit(label=s.short_name, note=capital(s.title), link=link_to("sources", paper=s.key)) for s in found)[
        :MOST_OF_A_GROUP
    ]


def _sentences(words: str, statements: Iterable[Statement]) -> tuple[Hit, ...]:
    """The first sentences that hold the words as they are written, each passage once."""
    wanted = " ".join(words.casefold().split())
    found: dict[tuple[str, str], Hit] = {}
    for statement in statements:
        text = " ".join(statement.quote.split())
        at = text.casefold().find(wanted)
        if at < 0 or (statement.source, text) in found:
            continue
        note = f"{statement.source} · {place_of(statement)}"
        link = link_to("sources", paper=statement.source, s=statement.id)
        found[statement.source, text] = Hit(label=_around(text, at), note=note, link=link)
        if len(found) >= MOST_OF_A_GROUP:
            break
    return tuple(found.values())


def _around(text: str, at: int) -> str:
    """The stretch of a sentence in which the words stand, cut at blanks.

    >>> _around("short enough", 6)
    'short enough'
    """
    if len(text) <= LONGEST_SENTENCE:
        return text
    start = max(0, min(at - 40, len(text) - LONGEST_SENTENCE))
    end = start + LONGEST_SENTENCE
    part = text[start:end] if not start else "… " + text[start:end].split(" ", 1)[-1]
    return part if end >= len(text) else part + " …"


def _pages(wanted: str, pages: Mapping[str, str]) -> Iterable[Hit]:
    for path, title in pages.items():
        if fold(title).startswith(wanted):
            yield Hit(label=title, note="page", link=link_to(path))
