"""This module draws how many checks of each paper fit, as stacked bars, and says the same in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt

from kg.web.audit_table import STATES, Shown
from kg.web.chart import COLOURS

FILLS: Final = {
    "light": ("#A3193B", "#A84300", "#FFDD57", "#C4CBD1", "#9CC4E4"),
    "dark": ("#FF9AAE", "#FFAA5C", "#FFDD57", "#5B6670", "#24557D"),
}
INKS: Final = {
    "light": ("#FFFFFF", "#FFFFFF", "#14181C", "#14181C", "#14181C"),
    "dark": ("#14181C", "#14181C", "#14181C", "#FFFFFF", "#FFFFFF"),
}
BAR_HEIGHT: Final = 44
SMALLEST_LABELLED: Final = 0.035  # share of the longest bar that a sign with its number needs


def counted(shown: Sequence[Shown], papers: Mapping[str, str]) -> dict[str, Counter[str]]:
    """Checks by paper and verdict; of two papers that disagree, both have it."""
    found: dict[str, Counter[str]] = {}
    for one in shown:
        for key in one.sources:
            found.setdefault(papers.get(key, key), Counter())[one.state] += 1
    return dict(sorted(found.items()))


def audit_chart(shown: Sequence[Shown], papers: Mapping[str, str], theme: str) -> alt.LayerChart | alt.FacetChart:
    """A bar a paper: x is the number of checks, colour and sign the verdict."""
    mode = "dark" if theme == "dark" else "light"
    ink = COLOURS[mode]["ink"]
    points = _points(counted(shown, papers), INKS[mode])
    base = alt.Chart(alt.InlineData(values=points)).encode(
        y=alt.Y("paper:N", title=None, axis=alt.Axis(labelColor=ink, labelLimit=220)),
        x=alt.X("from:Q", title="Checks", axis=alt.Axis(labelColor=ink, titleColor=ink, tickMinStep=1)),
    )
    words = [word for _, word in STATES.values()]
    bars = base.mark_bar(stroke=ink, strokeWidth=0.5, height={"band": 0.7}).encode(
        x2="to:Q",
        color=alt.Color(
            "verdict:N",
            scale=alt.Scale(domain=words, range=list(FILLS[mode])),
            legend=alt.Legend(title=None, orient="top", labelColor=ink, labelLimit=200, symbolStrokeColor=ink),
        ),
        tooltip=[alt.Tooltip("paper:N"), alt.Tooltip("verdict:N"), alt.Tooltip("checks:Q")],
    )
    labels = (
        base.transform_filter("datum.labelled")
        .mark_text(fontSize=13)
        .encode(x="middle:Q", text="text:N", color=alt.Color("ink:N", scale=None))
    )
    return alt.layer(bars, labels).properties(height=alt.Step(BAR_HEIGHT))


def _points(counts: Mapping[str, Counter[str]], inks: Sequence[str]) -> list[dict[str, object]]:
    longest = max((found.total() for found in counts.values()), default=1)
    points: list[dict[str, object]] = []
    for paper, found in counts.items():
        at = 0
        for (state, (sign, word)), ink in zip(STATES.items(), inks, strict=True):
            if number := found[state]:
                points.append(
                    {
                        "paper": paper,
                        "verdict": word,
                        "checks": number,
                        "from": at,
                        "to": at + number,
                        "middle": at + number / 2,
                        "text": f"{sign} {number}",
                        "ink": ink,
                        "labelled": number >= SMALLEST_LABELLED * longest,
                    }
                )
                at += number
    return points


def chart_words(shown: Sequence[Shown], papers: Mapping[str, str]) -> str:
    """The chart in words, for those who do not see it."""
    said = (
        f"{paper}: {', '.join(f'{found[state]} {word}' for state, (_, word) in STATES.items() if found[state])}"
        for paper, found in counted(shown, papers).items()
    )
    return f"Checks of each paper by verdict. {'; '.join(said)}."
