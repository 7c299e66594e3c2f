"""This module draws what stands around a paper's text: how its checks came out, where its statements lie, its files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt

from kg.evidence import cohorts
from kg.model import EVIDENCE_KINDS, Passage, Span, Statement
from kg.tables import STATEMENT_COLUMNS, statement_table, to_text
from kg.verdict import Verdict
from kg.web.chart import COLOURS
from kg.web.definitions import sentences
from kg.web.files import Occasion, csv_file
from kg.web.markup import Html, element, joined

LAYER_WORDS: Final = dict(zip(EVIDENCE_KINDS, ("own", "cited", "no source"), strict=True))
ROW_HEIGHT: Final = 22
DOUBTFUL: Final = ("inconsistent", "disagreement")


def groups(statements: Sequence[Statement], names: Mapping[str, str]) -> str | None:
    """The sizes of a paper's own groups: '23 GEP-NET liver metastasis + 23 adenocarcinoma (patients)'."""
    found = [one for one in cohorts(statements) if one.population is None]
    parts = [f"{one.size} {names.get(one.disease, one.disease)} ({one.unit})" for one in found]
    return " + ".join(parts) or None


def tally(verdicts: Sequence[Verdict]) -> Html | None:
    """How the checks of a paper came out, in signs and words."""
    if not verdicts:
        return None
    kinds = Counter("fits" if one.fits else "open" if _doubtful(one) else "rest" for one in verdicts)
    return joined(
        element("span", f"⚠ {kinds['open']} to mind"),
        element("span", f"✓ {kinds['fits']} checks fit"),
        f"{kinds['rest']} not checkable" if kinds["rest"] else None,
        by=" · ",
    )


def _doubtful(verdict: Verdict) -> bool:
    return verdict.verdict in DOUBTFUL or bool(verdict.warning)


def doubtful(verdicts: Mapping[str, Sequence[Verdict]]) -> frozenset[str]:
    """Ids of the statements of which a check says something to mind."""
    return frozenset(identifier for identifier, about in verdicts.items() if any(map(_doubtful, about)))


def next_doubtful(
    statements: Sequence[Statement], chosen: str, verdicts: Mapping[str, Sequence[Verdict]]
) -> Statement | None:
    """The next statement in the text that a check says something of, after the chosen one; round from the end."""
    wanted = doubtful(verdicts)
    found = [one for one in statements if one.id in wanted]
    places = {one.id: number for number, one in enumerate(statements)}
    at = places.get(chosen, -1)
    return next((one for one in found if places[one.id] > at), found[0] if found else None)


def around(text: str, passages: Sequence[Passage], span: Span) -> tuple[Passage, ...]:
    """The sentence of a place with the one before and the one behind it: what may be shown of a paper."""
    home = next((one for one in passages if one.span.start <= span.start < one.span.end), None)
    section, inside = (home.section, home.span) if home else ("other", Span(start=0, end=len(text)))
    found = list(sentences(text, inside)) or [span]
    here = [number for number, one in enumerate(found) if one.overlaps(span)] or [0]
    first, last = found[max(0, here[0] - 1)], found[min(len(found) - 1, here[-1] + 1)]
    shown = Span(start=min(first.start, span.start), end=max(last.end, span.end))
    return (Passage(span=shown, kind="paragraph", section=section),)


def strip_chart(
    reading_length: int, statements: Sequence[Statement], passages: Sequence[Passage], theme: str
) -> alt.Chart:
    """A tick for each statement: x is where it stands in the text, y where it comes from."""
    colours = COLOURS["dark" if theme == "dark" else "light"]
    shades = [colours["a"], colours["b"], colours["neither"]]
    points = [{"at": one.span.start, "origin": LAYER_WORDS[one.evidence], "section": one.section} for one in statements]
    starts = section_starts(passages)
    label = "''"
    for at, name in starts:
        label = f"datum.value >= {at} ? {json.dumps(name)} : ({label})"
    axis = alt.Axis(
        values=[at for at, _ in starts],
        labelExpr=label,
        labelColor=colours["ink"],
        labelAngle=-25,
        labelOverlap=False,
        grid=True,
        title=None,
    )
    words = list(LAYER_WORDS.values())
    drawn: alt.Chart = (
        alt.Chart(alt.InlineData(values=points))
        .mark_tick(thickness=1.5, opacity=1)
        .encode(
            x=alt.X("at:Q", scale=alt.Scale(domain=[0, max(reading_length, 1)], nice=False), axis=axis),
            y=alt.Y("origin:N", sort=words, title=None, axis=alt.Axis(labelColor=colours["ink"])),
            color=alt.Color("origin:N", scale=alt.Scale(domain=words, range=shades), legend=None),
            tooltip=[alt.Tooltip("section:N"), alt.Tooltip("origin:N")],
        )
        .properties(height=alt.Step(ROW_HEIGHT))
    )
    return drawn


def section_starts(passages: Sequence[Passage]) -> list[tuple[int, str]]:
    """Where each section first begins, in the order of the text."""
    found: dict[str, int] = {}
    for one in passages:
        found.setdefault(one.section, one.span.start)
    return sorted((at, name) for name, at in found.items() if name not in ("other", "Title"))


def strip_words(statements: Sequence[Statement]) -> str:
    """The chart in words: how many statements of each origin each section has."""
    counts: dict[str, Counter[str]] = {}
    for one in statements:
        counts.setdefault(one.section, Counter())[LAYER_WORDS[one.evidence]] += 1
    said = (
        f"{section}: {', '.join(f'{found[word]} {word}' for word in LAYER_WORDS.values() if found[word])}"
        for section, found in counts.items()
    )
    return f"Where the {len(statements)} statements stand. {'; '.join(said)}."


def statements_csv(made: Occasion, statements: Sequence[Statement], verdicts: Sequence[Verdict]) -> str:
    """The statement table of a paper."""
    table = statement_table(statements, verdicts)
    rows = ({name: to_text(row.get(name)) for name in STATEMENT_COLUMNS} for row in table.rows)
    return csv_file(made, STATEMENT_COLUMNS, rows)


def statements_jsonl(made: Occasion, statements: Sequence[Statement], verdicts: Sequence[Verdict]) -> str:
    """The head on the first line, then a statement a line; numbers keep the decimals of the paper."""
    lines = [json.dumps(made.head, ensure_ascii=False)]
    for row in statement_table(statements, verdicts).rows:
        known = {name: value for name, value in row.items() if value is not None}
        lines.append(json.dumps(known, ensure_ascii=False, default=str))
    return "\n".join(lines) + "\n"
