"""This module holds the files of the graph against the papers: every hash, quote, digit, sign, operator and unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Final

from kg.build import ONTOLOGY_NAME, Curated, Extract, curated, extract_source, ontology_file, source_file, uncurated
from kg.files import CURATION_GRAPH_NAME, FOLLOWING, curation_graph
from kg.model import Statement
from kg.sources import SourceError, StoredSource, folders, read_folder
from kg.terms import BASE, nquads_term, term
from kg.vocabulary import Vocabulary

SHOWN_LENGTH: Final = 160  # characters of a long value (a stored text) around the first place that differs
_QUAD: Final = re.compile(r"(<[^>]*>) (<[^>]*>) (.*) (<[^>]*>) \.")


def verify(sources: Path, data: Path, *, curations: bool = True, extract: Extract = extract_source) -> list[str]:
    """Every way in which the graph in `data` is not what `sources` say, a sentence each; empty when all is right.

    Each source is read and taken apart anew, and its file in `data` compared with the result line by line, so a change
    of one character on either side is found. `curations` False is for a graph that was built without them. Raises
    SourceError if `sources` holds no source at all.
    """
    found = folders(sources)
    vocabulary = Vocabulary.load()
    take = partial(curated if curations else uncurated, vocabulary=vocabulary, extract=extract)
    problems = list(_compare(data / ONTOLOGY_NAME, ontology_file(vocabulary)))
    parts = []
    for folder in found:
        differences, part = _verify_source(folder, data, take)
        problems += differences
        parts.append(part)
    keys = {folder.name for folder in found}
    problems += [
        f"{path} belongs to no source of {sources}; build again, or remove it"
        for path in sorted(data.glob("[!_.]*.nq"))
        if path.stem not in keys
    ]
    made = _verify_made(data / CURATION_GRAPH_NAME, curation_graph(parts))
    return [
        *problems,
        *made,
        *(wrong for name, follow in FOLLOWING.items() for wrong in _following(data / name, follow)),
    ]


def misplaced(statement: Statement, text: str) -> Iterator[str]:
    """What of a statement does not stand in `text` where the statement says that it stands."""
    span = statement.span
    if text[span.start : span.end] != statement.quote:
        yield f"the quote {statement.quote!r} is not what stands at [{span.start}, {span.end}) of the text"
    if (statistic := statement.statistic) is None:
        return
    at = statistic.span
    if text[at.start : at.end] != statistic.printed:
        yield f"{statistic.printed!r} is not what stands at [{at.start}, {at.end}) of the text"


def _verify_source(folder: Path, data: Path, take: Callable[[StoredSource], Curated]) -> tuple[list[str], str]:
    """The differences of one source, and what the graph `curation` should hold of it."""
    stored_file = data / f"{folder.name}.nq"
    try:
        stored = read_folder(folder)
        made = take(stored)
    except ValueError as error:
        text = folder / "text.txt"
        changed = _changed_text(stored_file, text) if isinstance(error, SourceError) else []
        return [str(error) if str(folder) in str(error) else f"{folder}: {error}", *changed], ""
    wrong = [
        f"statement {statement.id}: {sentence}"
        for statement in made.extraction.statements
        for sentence in misplaced(statement, stored.text)
    ]
    return [*wrong, *_compare(stored_file, source_file(made.extraction))], made.curation_file


def _following(path: Path, follow: Callable[[Path], str]) -> list[str]:
    """What differs in a file that follows from the others."""
    try:
        expected = follow(path.parent)
    except ValueError as error:  # StoreError, or data that the codec refuses
        return [str(error)]
    return _verify_made(path, expected)


def _verify_made(path: Path, expected: str) -> list[str]:
    """The differences of a file that is there only if there is something to put into it."""
    if not expected and not path.exists():
        return []
    return list(_compare(path, expected))


def _changed_text(stored_file: Path, path: Path) -> list[str]:
    """Where the text of a paper is not the one that the graph was built from, both as N-Quads writes them."""
    try:
        now = nquads_term(path.read_bytes().decode("utf-8"))
        quads = map(_QUAD.fullmatch, stored_file.read_text(encoding="utf-8").splitlines())
        then = next(quad[3] for quad in quads if quad and quad[2] == f"<{term('cnt:chars')}>")
    except (OSError, ValueError, StopIteration):
        return []
    if then == now:
        return []
    line = then.count("\\n", 0, _first_difference(then, now)) + 1
    return [f"{path}, line {line}: {_both(then, now)}"]


def _compare(path: Path, expected: str) -> Iterator[str]:
    """The differences between a stored file and what it should hold, by the thing and the property that differ."""
    try:
        stored = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        yield f"{path} is missing; build it with `signum build`"
        return
    except (OSError, ValueError) as error:
        yield f"{path} cannot be read: {error}"
        return
    if stored == expected:
        return
    yield from _line_differences(path, stored.splitlines(), expected.splitlines()) or [
        f"{path} holds the right lines, but not in the order or with the line ends of a build"
    ]


def _line_differences(path: Path, stored: list[str], expected: list[str]) -> list[str]:
    here, there = set(expected), set(stored)
    values: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    problems = []
    for line in stored:
        if line in here:
            continue
        if match := _QUAD.fullmatch(line):
            values[match[1], match[2]][0].append(match[3])
        else:
            problems.append(f"{path}: a line is damaged: {line[:SHOWN_LENGTH]!r}")
    for line in expected:
        if line not in there and (match := _QUAD.fullmatch(line)):
            values[match[1], match[2]][1].append(match[3])
    for (subject, predicate), (wrong, right) in values.items():
        for is_stored, should_be in zip_longest(wrong, right):
            problems.append(f"{path}: {_short(subject)} {_name(predicate)}: {_both(is_stored, should_be)}")
    return problems


def _both(stored: str | None, expected: str | None) -> str:
    if expected is None:
        return f"stored {_clip(stored or '', 0)}, which the source does not give"
    if stored is None:
        return f"the source gives {_clip(expected, 0)}, which is not stored"
    at = _first_difference(stored, expected)
    return f"stored {_clip(stored, at)}, the source gives {_clip(expected, at)}"


def _first_difference(a: str, b: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _clip(value: str, at: int) -> str:
    value = _value(value)
    if len(value) <= SHOWN_LENGTH:
        return value
    start = max(0, at - SHOWN_LENGTH // 2)
    return f"…{value[start : start + SHOWN_LENGTH]}…"


def _short(iri: str) -> str:
    """An IRI in angle brackets as a person reads it: without what all of ours begin with.

    >>> _short("<https://w3id.org/signum/statement/cui2017/0f#statistic>")
    'statement/cui2017/0f#statistic'
    """
    return iri.strip("<>").removeprefix(BASE)


def _name(iri: str) -> str:
    """The last part of a property's IRI.

    >>> _name("<https://w3id.org/signum/schema#numerator>"), _name("<http://purl.org/dc/terms/title>")
    ('numerator', 'title')
    """
    return re.split(r"[#/]", iri.strip("<>"))[-1]


def _value(literal: str) -> str:
    """A value of N-Quads without its type.

    >>> _value('"82.60"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    '"82.60"'
    """
    return literal.partition("^^<")[0] if literal.startswith('"') else _short(literal)
