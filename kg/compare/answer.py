"""This module words the answer of a comparison: templates over its rows, with the statements behind each sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from kg.compare.comparison import Comparison, Row, Sentence
from kg.compare.words import only_matters
from kg.evidence.cells import Cell
from kg.model import Concept, Statement

LONGEST_QUOTE: Final = 240  # characters; a longer sentence is opened from the row, not read out in the answer
ENUMERATOR: Final = re.compile(r"\s*(?:\(\d{1,2}\)|\d{1,2}[.)]|[•▪●])\s+")
# How many lesions there are belongs to the extent of a disease, not to its look; it leads no answer by itself.
HOW_MANY: Final = re.compile(r"\b(?:multiple|single|solitary|multifocal|unifocal)\b", re.IGNORECASE)


class Names:
    """Short names of sources and concepts; a concept without one has its label, a source its key."""

    def __init__(self, known: Mapping[str, str], *concepts: Concept) -> None:
        self._known = {concept.key: concept.label for concept in concepts} | dict(known)

    def __call__(self, key: str) -> str:
        return self._known.get(key, key)


def answer(comparison: Comparison, names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """The answer in sentences, none twice; `names` gives the key of a source or a concept its short name."""
    name = Names(names, comparison.a, comparison.b)
    if comparison.counted:
        sentences, quoted = _counted(comparison, name), list[str]()
    else:
        sentences, quoted = (_one_sided if comparison.one_sided else _in_words)(comparison, name)
    return _expanded((*sentences, *_quotes(comparison, quoted, name), *_left_out(comparison)), comparison, name)


def _left_out(comparison: Comparison) -> Iterable[Sentence]:
    """How many rows the filters take away: an answer about what is left is none about the papers."""
    if comparison.hidden:
        rows = "1 row" if comparison.hidden == 1 else f"{comparison.hidden} rows"
        yield Sentence(text=f"The filters leave out {rows}.")


def _none(comparison: Comparison, of_what: str) -> str:
    """'No paper here', of what the filters leave."""
    return f"With these filters, {of_what}" if comparison.hidden else of_what.capitalize()


def _quotes(comparison: Comparison, quoted: Sequence[str], name: Names) -> Iterable[Sentence]:
    """The quotes asked for, then the first of those that A and B resemble each other that is not among them."""
    passages: dict[tuple[str, int], Statement] = {}
    for identifier in quoted:
        _add_passage(passages, comparison.statements.get(identifier))
    before = len(passages)
    for identifier in comparison.overlap:
        statement = comparison.statements.get(identifier)
        if len(passages) == before and statement is not None and not only_matters(statement.quote):
            _add_passage(passages, statement)
    return [_quoted(statement, name) for statement in passages.values()]


def _add_passage(passages: dict[tuple[str, int], Statement], statement: Statement | None) -> None:
    if statement is not None:
        passages.setdefault((statement.source, statement.span.start), statement)


def _expanded(sentences: Sequence[Sentence], comparison: Comparison, name: Names) -> tuple[Sentence, ...]:
    """The sentences with the short name of each disease expanded where the answer first says it itself."""
    shown = list(sentences)
    for concept in (comparison.a, comparison.b):
        short = name(concept.key)
        pattern = re.compile(rf"(?<![\w-]){re.escape(short)}(?![\w-])")
        for place, sentence in enumerate(shown):
            found = pattern.search(sentence.text.partition("“")[0])
            if found is not None and short != concept.label:
                text = f"{sentence.text[: found.start()]}{concept.label} ({short}){sentence.text[found.end() :]}"
                shown[place] = replace(sentence, text=text)
                break
    return tuple(shown)


def _counted(comparison: Comparison, name: Names) -> list[Sentence]:
    within = [row for row in comparison.counted if row.within_study]
    clear = [row for row in comparison.counted if row.reading != "does_not_separate"]
    strongest = min(comparison.counted, key=lambda row: row.rank or 0)
    total = len(comparison.counted)
    sentences = [_studies(comparison, name)] if within else [_across(comparison, name)]
    if not clear:
        sentences.append(Sentence(text=f"None of {_signs(total)} separates them: every interval holds 1."))
        return sentences
    shown = f"{len(clear)} of {_signs(total)} may separate them. Strongest: {_versus(strongest)}."
    sentences.append(Sentence(text=shown, statements=_used(strongest)))
    sentences.append(Sentence(text=_in_hundred(strongest), statements=_used(strongest)))
    return [sentence for sentence in sentences if sentence.text]


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
    none = _none(comparison, "no study")
    return Sentence(
        text=f"{none} counted a sign in both {name(comparison.a.key)} and {name(comparison.b.key)}; "
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


def _one_sided(comparison: Comparison, name: Names) -> tuple[list[Sentence], list[str]]:
    """What was counted on one side, and the ids of what to quote of the authors on the same finding."""
    sentences = [
        Sentence(
            text=f"{_none(comparison, 'no paper here')} counted signs in both {name(comparison.a.key)} and "
            f"{name(comparison.b.key)}, so no likelihood ratio can be given."
        )
    ]
    if comparison.bare:
        sentences.append(_how_many(comparison))
    shown = _leading(comparison.with_total)
    if shown is None:
        return sentences, []
    sentences.append(_counted_once(shown, name))
    return sentences, [*shown.direct, *shown.words_on_the_other_side][:1]


def _how_many(comparison: Comparison) -> Sentence:
    with_total = f"{_signs(len(comparison.with_total))} counted in one of them with the total"
    return Sentence(text=f"{with_total}; {len(comparison.bare)} more counted, total not printed.")


def _leading(rows: Sequence[Row]) -> Row | None:
    """The row that sets A against B best: where the authors do, else where they name the sign in the other disease.

    Without one, the most frequent by its lower limit; never one that says only how many lesions there are.
    """
    told = [row for row in rows if _contrasts(row) != (False, False, False) or not HOW_MANY.search(row.label)]
    return max(told, key=lambda row: (*_contrasts(row), _lower_limit(row)), default=None)


def _contrasts(row: Row) -> tuple[bool, bool, bool]:
    return row.direction is not None, bool(row.direct), bool(row.words_on_the_other_side)


def _lower_limit(row: Row) -> float:
    return max((c.interval.low for c in (row.a, row.b) if c is not None and c.interval is not None), default=0.0)


def _counted_once(row: Row, name: Names) -> Sentence:
    cell = row.a if row.a is not None and row.a.counted else row.b
    if cell is None:
        return Sentence(text="")
    disease = name(cell.disease.key) if cell.disease.key is not None else cell.disease.label
    text = f"{name(cell.source)} counted {row.label} in {cell.n}/{cell.total} {cell.unit} with {disease}."
    return Sentence(text=text, statements=cell.used)


def _quoted(statement: Statement, name: Names) -> Sentence:
    quote = " ".join(shown_part(statement.quote).split())
    if len(quote) > LONGEST_QUOTE:
        quote = quote[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    references = f" (refs {', '.join(statement.citations)})" if statement.citations else ""
    return Sentence(text=f"{name(statement.source)}: “{quote}”{references}.", statements=(statement.id,))


def shown_part(quote: str) -> str:
    """The slice of a quote that a sentence shows: without the number of a list's item and without the full stop.

    >>> shown_part("(1) Rim enhancement is seen.")
    'Rim enhancement is seen'
    """
    found = ENUMERATOR.match(quote)
    start = found.end() if found is not None and found.end() < len(quote) else 0
    return quote[start:].rstrip().rstrip(".")


def _in_words(comparison: Comparison, name: Names) -> tuple[list[Sentence], list[str]]:
    a, b = name(comparison.a.key), name(comparison.b.key)
    both = [row for row in comparison.words if row.direct or (row.words_a and row.words_b)]
    if not both and not comparison.overlap:
        return [Sentence(text=f"{_none(comparison, 'nothing here')} sets {a} against {b}.")], []
    none = _none(comparison, "no paper here")
    sentences = [Sentence(text=f"{none} counted a sign in {a} or {b}; what is known is in words.")]
    return sentences, [identifier for row in both[:1] for identifier in (row.direct or row.words_a)[:1]]
