"""This module words the answer of a comparison: templates over its rows, with the statements behind each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.compare.comparison import Comparison, Row, Sentence
from kg.evidence.cells import Cell
from kg.model import Concept, Statement

LONGEST_QUOTE = 240  # characters; a longer sentence is opened from the row, not read out in the answer


class Names:
    """Short names of sources and concepts; a concept without one has its label, a source its key."""

    def __init__(self, known: Mapping[str, str], *concepts: Concept) -> None:
        self._known = {concept.key: concept.label for concept in concepts} | dict(known)

    def __call__(self, key: str) -> str:
        return self._known.get(key, key)


def answer(comparison: Comparison, names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The answer in sentences; `names` gives the key of a source or a concept its short name."""
    name = Names(names, comparison.a, comparison.b)
    if comparison.counted:
        return _counted(comparison, name)
    if comparison.one_sided:
        return _one_sided(comparison, name)
    return _in_words(comparison, name)


def _counted(comparison: Comparison, name: Names) -> tuple[Sentence, ...]:
    within = [row for row in comparison.counted if row.within_study]
    clear = [row for row in comparison.counted if row.reading != "does_not_separate"]
    strongest = min(comparison.counted, key=lambda row: row.rank or 0)
    total = len(comparison.counted)
    sentences = [_studies(comparison, name)] if within else [_across(comparison, name)]
    if not clear:
        sentences.append(Sentence(text=f"None of {_signs(total)} separates them: every interval holds 1."))
        return tuple(sentences)
    shown = f"{len(clear)} of {_signs(total)} may separate them. Strongest: {_versus(strongest)}."
    sentences.append(Sentence(text=shown, statements=_used(strongest)))
    sentences.append(Sentence(text=_in_hundred(strongest), statements=_used(strongest)))
    return tuple(sentence for sentence in sentences if sentence.text)


def _signs(number: int) -> str:
    return "1 sign" if number == 1 else f"{number} signs"


def _studies(comparison: Comparison, name: Names) -> Sentence:
    groups = []
    for study in comparison.studies:
        sizes = f"{study.size_a} vs {study.size_b} {study.unit}" if study.size_a and study.size_b else ""
        parts = [part for part in (sizes, name(study.modality) if study.modality else "") if part]
        groups.append(f"{name(study.source)}{': ' + ', '.join(parts) if parts else ''}")
    number = "One study" if len(groups) == 1 else f"{len(groups)} studies"
    ids = tuple(identifier for study in comparison.studies for identifier in study.statements)
    return Sentence(text=f"{number} counted signs in both groups ({'; '.join(groups)}).", statements=ids)


def _across(comparison: Comparison, name: Names) -> Sentence:
    return Sentence(
        text=f"No study counted a sign in both {name(comparison.a.key)} and {name(comparison.b.key)}; "
        "the counts below come from different studies, so they are no comparison of groups."
    )


def _versus(row: Row) -> str:
    a, b = (f"{cell.n}/{cell.total}" if cell is not None else "" for cell in (row.a, row.b))
    return f"{row.label}, {a} vs {b}"


def _in_hundred(row: Row) -> str:
    if row.a is None or row.b is None or row.a.interval is None or row.b.interval is None:
        return ""
    return f"In 100 {row.a.unit} of each kind that is about {_share(row.a)} against {_share(row.b)}."


def _share(cell: Cell) -> str:
    if cell.interval is None:
        return ""
    return f"{cell.percent:.0f} ({100 * cell.interval.low:.0f}–{100 * cell.interval.high:.0f})"


def _used(row: Row) -> tuple[str, ...]:
    cells = [cell for cell in (row.a, row.b) if cell is not None]
    return tuple(dict.fromkeys(identifier for cell in cells for identifier in cell.used))


def _one_sided(comparison: Comparison, name: Names) -> tuple[Sentence, ...]:
    sentences = [
        Sentence(
            text=f"No paper here counted signs in both {name(comparison.a.key)} and {name(comparison.b.key)}, "
            "so no likelihood ratio can be given."
        )
    ]
    shown = _first_counted(comparison.one_sided)
    if shown is not None:
        sentences.append(_counted_once(shown, name))
        said = shown.direct or (shown.words_b if shown.a is not None else shown.words_a)
        sentences += [_quoted(comparison.statements[i], name) for i in said[:1] if i in comparison.statements]
    sentences += [_quoted(comparison.statements[i], name) for i in comparison.overlap[:1] if i in comparison.statements]
    return tuple(sentences)


def _first_counted(rows: Sequence[Row]) -> Row | None:
    """The most frequent finding on which the authors set A against B, else the most frequent one of all.

    One that is seen in fewer than half says little by itself, so it is named only if there is no other.
    """
    counted = [(row, cell) for row in rows for cell in (row.a, row.b) if cell is not None and cell.counted]
    return max(counted, key=lambda pair: _tells(*pair), default=(None, None))[0]


def _tells(row: Row, cell: Cell) -> tuple[bool, bool, float]:
    often = (cell.percent or 0) >= 50
    return often, bool(row.direct), cell.interval.low if cell.interval is not None else 0.0


def _counted_once(row: Row, name: Names) -> Sentence:
    cell = row.a if row.a is not None and row.a.counted else row.b
    if cell is None:
        return Sentence(text="")
    disease = name(cell.disease.key) if cell.disease.key is not None else cell.disease.label
    text = f"{name(cell.source)} counted {row.label} in {cell.n}/{cell.total} {cell.unit} with {disease}."
    return Sentence(text=text, statements=cell.used)


def _quoted(statement: Statement, name: Names) -> Sentence:
    quote = " ".join(statement.quote.split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    references = f" (refs {', '.join(statement.citations)})" if statement.citations else ""
    return Sentence(text=f"{name(statement.source)}: “{quote}”{references}.", statements=(statement.id,))


def _in_words(comparison: Comparison, name: Names) -> tuple[Sentence, ...]:
    a, b = name(comparison.a.key), name(comparison.b.key)
    both = [row for row in comparison.words if row.direct or (row.words_a and row.words_b)]
    if not both and not comparison.overlap:
        return (Sentence(text=f"Nothing here sets {a} against {b}."),)
    sentences = [Sentence(text=f"No paper here counted a sign in {a} or {b}; what is known is in words.")]
    for row in both[:1]:
        for identifier in (row.direct or row.words_a)[:1]:
            sentences.append(_quoted(comparison.statements[identifier], name))
    sentences += [_quoted(comparison.statements[i], name) for i in comparison.overlap[:1] if i in comparison.statements]
    return tuple(sentences)
